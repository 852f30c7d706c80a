/* ctl-journal.c: homewardctl verify and backup.
 *
 * Both open the journal read-only on a connection of their own and never speak to the broker.
 * Verify owns a register of its own and replays every event into it, then checks what of the file the
 * events do not show. What can fail: no journal, a broken chain, an event that does not fit, a snapshot
 * that differs from the replay, a damaged page, an index or a list that does not agree with the events.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ctl-journal.h"

#include "ctl-reads.h"

#include "broker/broker-journal.h"
#include "common/bed-time.h"

#include <string.h>

typedef struct
{
  BrokerRegister *reg; /* owned */
  GBytes *snapshot;    /* owned: state of the newest snapshot, or NULL */
  CtlVerdict *verdict; /* borrowed */
  GError *error;       /* owned: why the replay stopped */
} Replay;

static void
replay_clear (Replay *replay)
{
  g_clear_pointer (&replay->reg, broker_register_free);
  g_clear_pointer (&replay->snapshot, g_bytes_unref);
  g_clear_error (&replay->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Replay, replay_clear)

static void
print_hex (const guint8 hash[static 32], char text[static CTL_HASH_SIZE])
{
  for (guint i = 0; i < 32; i++)
    g_snprintf (text + 2 * i, 3, "%02x", hash[i]);
}

static void
hash_state (const BrokerRegister *reg, char text[static CTL_HASH_SIZE])
{
  g_autoptr (GBytes) state = broker_register_save (reg);
  g_autofree char *hex = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, state);
  g_strlcpy (text, hex, CTL_HASH_SIZE);
}

static gboolean
compare_snapshot (Replay *replay)
{
  g_autoptr (GBytes) state = broker_register_save (replay->reg);
  if (g_bytes_equal (state, replay->snapshot))
    return TRUE;
  g_set_error (&replay->error, BED_ERROR, BED_ERROR_UNAVAILABLE,
               "the snapshot of revision %" G_GUINT64_FORMAT " differs from the replayed register",
               replay->verdict->snapshot);
  return FALSE;
}

static gboolean
apply_event (const BedEvent *event, gpointer user_data)
{
  Replay *replay = user_data;
  CtlVerdict *verdict = replay->verdict;
  broker_register_keep (replay->reg);
  if (!broker_register_apply (replay->reg, event, &replay->error))
    return FALSE;
  broker_register_keep (replay->reg);
  verdict->revision = event->revision;
  verdict->kinds[event->kind]++;
  verdict->erased += event->is_erased;
  if (verdict->first_us == 0)
    verdict->first_us = event->at_us;
  verdict->last_us = event->at_us;
  return replay->snapshot == NULL || event->revision != verdict->snapshot
         || compare_snapshot (replay);
}

static void
count_rows (const BrokerRegister *reg, CtlVerdict *verdict)
{
  const BrokerReference *reference = broker_register_peek_reference (reg);
  for (guint32 i = 0; reference != NULL && i < reference->sizes.units; i++)
    verdict->units += (broker_register_peek_unit (reg, i)->flags & BED_FLAG_IN_EFFECT) != 0;
  for (guint32 i = 0; reference != NULL && i < reference->sizes.beds; i++)
    verdict->beds += (broker_register_peek_bed (reg, i)->flags & BED_FLAG_IN_EFFECT) != 0;
  for (guint32 i = 0; i < broker_register_get_n_referrals (reg); i++)
    verdict->referrals
        += (broker_register_peek_referral (reg, i)->flags & BED_REFERRAL_CLOSED) == 0;
}

gboolean
ctl_journal_verify (const char *folder, CtlVerdict *verdict, GError **error)
{
  g_auto (Replay) replay = { .verdict = verdict };
  memset (verdict, 0, sizeof *verdict);
  g_autoptr (BrokerJournal) journal = broker_journal_open_read_only (folder, NULL, error);
  if (journal == NULL)
    return FALSE;
  g_autoptr (GError) fault = NULL;
  if (!broker_journal_load_snapshot (journal, BROKER_STATE_LAYOUT, &verdict->snapshot,
                                     &replay.snapshot, &fault)
      && fault != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&fault));
      return FALSE;
    }
  replay.reg = broker_register_new (BED_MAX_REFERRALS);
  gboolean is_followed = broker_journal_follow (journal, 0, apply_event, &replay, error);
  if (replay.error != NULL)
    {
      g_clear_error (error);
      g_propagate_error (error, g_steal_pointer (&replay.error));
      return FALSE;
    }
  if (!is_followed)
    return FALSE;
  if (verdict->revision != broker_journal_get_revision (journal))
    {
      g_set_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE,
                   "the journal says revision %" G_GUINT64_FORMAT
                   ", its events end at %" G_GUINT64_FORMAT,
                   broker_journal_get_revision (journal), verdict->revision);
      return FALSE;
    }
  if (!broker_journal_check (journal, error))
    return FALSE;
  guint8 head[32];
  broker_journal_get_head (journal, head);
  print_hex (head, verdict->head);
  hash_state (replay.reg, verdict->state);
  count_rows (replay.reg, verdict);
  return TRUE;
}

static void
print_verdict_json (const CtlVerdict *verdict)
{
  g_auto (BedJson) json;
  bed_json_init (&json, 1024);
  bed_json_begin_object (&json);
  bed_json_add_bool (&json, "sound", TRUE);
  bed_json_add_int (&json, "revision", (gint64) verdict->revision);
  bed_json_add_string (&json, "head", verdict->head);
  bed_json_add_string (&json, "state", verdict->state);
  bed_json_add_int (&json, "snapshot", (gint64) verdict->snapshot);
  bed_json_add_int (&json, "units", verdict->units);
  bed_json_add_int (&json, "beds", verdict->beds);
  bed_json_add_int (&json, "referrals", verdict->referrals);
  bed_json_add_int (&json, "erased", (gint64) verdict->erased);
  bed_json_name (&json, "events");
  bed_json_begin_object (&json);
  for (guint kind = 0; kind < BED_N_EVENTS; kind++)
    if (verdict->kinds[kind] > 0)
      bed_json_add_int (&json, bed_event_word ((BedEventKind) kind), (gint64) verdict->kinds[kind]);
  bed_json_end_object (&json);
  bed_json_end_object (&json);
  g_string_append_c (json.text, '\n');
  ctl_print (json.text->str);
}

static void
print_verdict (const CtlVerdict *verdict)
{
  g_autoptr (GString) out = g_string_new (NULL);
  char first[BED_TIME_SIZE] = "none";
  char last[BED_TIME_SIZE] = "none";
  if (verdict->revision > 0)
    {
      bed_time_print (verdict->first_us, first);
      bed_time_print (verdict->last_us, last);
    }
  g_string_append_printf (out, "sound     every event replayed, the chain holds%s\n",
                          verdict->snapshot > 0 ? ", the snapshot agrees" : "");
  g_string_append_printf (out, "revision  %" G_GUINT64_FORMAT "\n", verdict->revision);
  g_string_append_printf (out, "head      %s\n", verdict->head);
  g_string_append_printf (out, "state     %s\n", verdict->state);
  g_string_append_printf (out, "snapshot  %" G_GUINT64_FORMAT "\n", verdict->snapshot);
  g_string_append_printf (out, "from      %s\nto        %s\n", first, last);
  g_string_append_printf (out, "register  %u units, %u beds, %u people\n", verdict->units,
                          verdict->beds, verdict->referrals);
  g_string_append_printf (out, "erased    %" G_GUINT64_FORMAT " needs profiles\n", verdict->erased);
  for (guint kind = 0; kind < BED_N_EVENTS; kind++)
    if (verdict->kinds[kind] > 0)
      g_string_append_printf (out, "%9" G_GUINT64_FORMAT " %s\n", verdict->kinds[kind],
                              bed_event_word ((BedEventKind) kind));
  ctl_print (out->str);
}

CtlExit
ctl_verify (CtlOptions *options, int argc, char **argv)
{
  if (!ctl_options_parse (options, NULL, &argc, &argv, 0, 0))
    return CTL_USAGE;
  g_autoptr (GError) error = NULL;
  g_autofree CtlVerdict *verdict = g_new0 (CtlVerdict, 1);
  if (!ctl_journal_verify (options->state, verdict, &error))
    {
      ctl_say_error ("not sound after revision %" G_GUINT64_FORMAT ": %s", verdict->revision,
                     error->message);
      return CTL_REFUSED;
    }
  if (options->is_json)
    print_verdict_json (verdict);
  else
    print_verdict (verdict);
  return CTL_DONE;
}

CtlExit
ctl_backup (CtlOptions *options, int argc, char **argv)
{
  if (!ctl_options_parse (options, NULL, &argc, &argv, 1, 1))
    return CTL_USAGE;
  g_autoptr (GError) error = NULL;
  g_autoptr (BrokerJournal) journal = broker_journal_open_read_only (options->state, NULL, &error);
  if (journal == NULL || !broker_journal_backup (journal, argv[1], &error))
    {
      ctl_say_error ("%s", error->message);
      return CTL_REFUSED;
    }
  return CTL_DONE;
}
