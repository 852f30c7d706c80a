/* run.c: one seed: a thousand random commands to a register and to the model, with time and
 * crashes.
 *
 * Owns the register, a second one that follows it event by event (what a replay would give at any
 * moment), and all events so far. A batch is staged as the broker does it: the clock first, then
 * proposals, then commands of one instant; now and then it is taken back, or the register is
 * dropped and made again from its bytes or from its events. The first difference ends the seed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "run.h"

#include "compare.h"
#include "generate.h"

#include "tests/export-trip.h"

#include "broker/broker-proposals.h"
#include "broker/broker-rules.h"

#include "common/bed-time.h"

#include <string.h>

#define BATCH_MAX 6
#define TOLD_LENGTH 24 /* commands remembered for the report of a failure */
#define START_US (G_GINT64_CONSTANT (1772323200) * SECOND_US) /* 2026-03-01 */

typedef struct
{
  BrokerRegister *reg;        /* owned */
  BrokerRegister *shadow;     /* owned */
  BrokerProposals *proposals; /* owned */
  Model *model;               /* owned */
  GPtrArray *events;          /* BedEvent, owned: kept */
  GPtrArray *batch;           /* BedEvent, owned: staged */
  GQueue told;                /* owned lines */
  GString *fault;             /* owned; empty: none */
  Generator generator;
  gint64 now_us;
  gint64 quarter;
  gboolean is_told;
  RunCounts *counts;
} Run;

static void
free_event (gpointer event)
{
  bed_event_clear (event);
  g_free (event);
}

static void
tell (Run *run, const BedCommand *command, const char *verdict)
{
  g_auto (BedJson) json = { 0 };
  bed_json_init (&json, 256);
  bed_json_begin_object (&json);
  bed_facts_print (&command->facts, &json);
  bed_json_end_object (&json);
  char at[BED_TIME_SIZE];
  bed_time_print (run->now_us, at);
  g_autofree char *body = g_strndup (json.text->str, MIN (json.text->len, 400));
  char *line = g_strdup_printf ("%s %s %s %s: %s", at, command->actor.user,
                                bed_method_word (command->method), body, verdict);
  if (run->is_told)
    g_printerr ("# %s\n", line);
  g_queue_push_tail (&run->told, line);
  if (run->told.length > TOLD_LENGTH)
    g_free (g_queue_pop_head (&run->told));
}

static const char *
name_verdict (int verdict)
{
  return verdict == MODEL_DONE ? "accepted" : bed_error_reason ((BedError)verdict);
}

/* Whom a race's loser is told of as the next best: it must be one they may have. */
static void
check_next (Run *run, const BrokerRefusal *refusal)
{
  BedOffer offer;
  if (refusal->referral == BED_NONE
      || !broker_rules_find_next (run->reg, refusal->referral, refusal->at_us, &offer))
    return;
  int why = truth_unsuits (run->model, (int)offer.bed, &run->model->people[refusal->referral],
                           run->now_us, FALSE);
  if (why != BED_RULED_OUT_NOTHING)
    g_string_append_printf (run->fault, "  next best is %s, which is ruled out: %s\n",
                            county_beds[offer.bed].id,
                            bed_words_print (&bed_ruled_out_words, (guint)why));
}

/* Asks both. TRUE: accepted, and applied to both. */
static gboolean
ask (Run *run, const BedCommand *command)
{
  BedEvent *event = g_new0 (BedEvent, 1);
  BrokerRefusal refusal = { .referral = BED_NONE };
  g_autoptr (GError) error = NULL;
  guint8 occupancy[MODEL_BEDS];
  compare_note (run->reg, occupancy);
  gboolean is_accepted = broker_rules_check (run->reg, command, run->now_us, event, &refusal);
  int is = is_accepted ? MODEL_DONE : (int)refusal.error;
  int should
      = model_ask (run->model, command, run->now_us, is_accepted ? event->facts.referral : "");
  tell (run, command, name_verdict (is));
  if (is != should)
    g_string_append_printf (run->fault, "  %s is %s (%s), the model says %s\n",
                            bed_method_word (command->method), name_verdict (is), refusal.member,
                            name_verdict (should));
  if (is_accepted && !broker_register_apply (run->reg, event, &error))
    g_string_append_printf (run->fault, "  not applied: %s\n", error->message);
  if (is_accepted)
    {
      g_ptr_array_add (run->batch, event);
      run->counts->accepted[command->method]++;
      run->counts->couples += bed_facts_has (&event->facts, BED_FACT_OTHER_BED);
      compare_steps (run->reg, occupancy, command->method, run->fault);
    }
  else
    {
      g_free (event);
      run->counts->refused[command->method]++;
      if (is == should)
        check_next (run, &refusal);
    }
  return is_accepted && is == should;
}

/* The clock */

static void
ask_quarter (Run *run)
{
  BedCommand command
      = { .method = BED_METHOD_QUARTER_PASS, .actor = { .user = "clock", .role = BED_ROLE_CLOCK } };
  if (run->now_us / (15 * MINUTE_US) == run->quarter)
    return;
  run->quarter = run->now_us / (15 * MINUTE_US);
  if (ask (run, &command) && run->fault->len == 0)
    compare_history (run->reg, run->model, run->fault);
}

static void
ask_due (Run *run)
{
  for (guint i = 0; run->fault->len == 0; i++)
    {
      g_auto (BedCommand) command = { 0 };
      if (!broker_rules_next_due (run->reg, run->now_us, &command))
        break;
      if (!ask (run, &command) || i > 5000)
        g_string_append (run->fault, "  what is due is not done\n");
    }
  const char *due = run->fault->len == 0 ? model_find_due (run->model, run->now_us) : NULL;
  if (due != NULL)
    g_string_append_printf (run->fault, "  the clock has not said: %s\n", due);
}

static void
ask_proposals (Run *run)
{
  static BedCommand drawn[BROKER_PROPOSALS_MAX]; /* half a megabyte */
  guint n = broker_proposals_draw (run->proposals, run->reg, run->now_us, drawn);
  for (guint i = 0; i < n; i++)
    {
      g_strlcpy (drawn[i].actor.user, "clock", sizeof drawn[i].actor.user);
      drawn[i].actor.role = BED_ROLE_CLOCK;
      gboolean is_made = run->fault->len == 0 && ask (run, &drawn[i]);
      if (!is_made && bed_facts_has (&drawn[i].facts, BED_FACT_BED))
        g_string_append (run->fault, "  a proposal is not one\n");
      bed_command_clear (&drawn[i]);
    }
  if (run->fault->len == 0)
    compare_proposals (run->model, run->now_us, run->fault);
}

/* Time */

static void
pass_time (Run *run)
{
  static const gint64 spans_us[]
      = { 1, 1000, SECOND_US, 30 * SECOND_US, MINUTE_US, 20 * MINUTE_US, 2 * HOUR_US };
  Generator *generator = &run->generator;
  gint64 span_us = spans_us[generate_below (generator, G_N_ELEMENTS (spans_us))];
  guint rare = generate_below (generator, 1000);
  if (rare < 20)
    span_us = 12 * HOUR_US;
  else if (rare < 30)
    span_us = 2 * DAY_US;
  else if (rare < 33)
    span_us = 21 * DAY_US;
  run->now_us += 1 + (gint64)(generate_number (generator) % (guint64)span_us);
}

/* Keeping, taking back, crashing */

static gboolean
follow (Run *run, BrokerRegister *reg, const BedEvent *event)
{
  g_autoptr (GError) error = NULL;
  if (!broker_register_apply (reg, event, &error))
    g_string_append_printf (run->fault, "  replay: %s\n", error->message);
  broker_register_keep (reg);
  return error == NULL;
}

/* Whose needs the journal has erased, and when: code → the event's revision. */
static GHashTable *
list_erased (const Run *run)
{
  GHashTable *erased = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < run->events->len; i++)
    {
      BedEvent *event = run->events->pdata[i];
      if (event->kind == BED_EVENT_PROFILE_ERASED)
        g_hash_table_insert (erased, event->facts.referral, GSIZE_TO_POINTER (event->revision));
    }
  return erased;
}

/* As it would come back from the journal: of needs that are erased, that there were some. */
static gboolean
follow_text (Run *run, BrokerRegister *reg, const BedEvent *event, GHashTable *erased)
{
  BedEvent kept = *event; /* borrows what it owns: not cleared */
  gpointer revision = g_hash_table_lookup (erased, event->facts.referral);
  if (revision != NULL && event->revision < GPOINTER_TO_SIZE (revision))
    {
      kept.facts.must = kept.facts.must_not = kept.facts.prefer = 0;
      kept.facts.needed_infection = kept.facts.weight_band = kept.facts.oxygen_lpm = 0;
    }
  g_autofree char *body = bed_event_print_body (&kept);
  g_auto (BedEvent) read = *event;
  g_autoptr (GError) error = NULL;
  memset (&read.facts, 0, sizeof read.facts);
  if (!bed_event_parse_body (body, &read, &error))
    {
      g_string_append_printf (run->fault, "  the event does not parse: %s: %s\n", error->message,
                              body);
      return FALSE;
    }
  return follow (run, reg, &read);
}

static void
compare_bytes (Run *run, const BrokerRegister *other, const char *what)
{
  g_autoptr (GBytes) is = broker_register_save (run->reg), should = broker_register_save (other);
  gsize n, m;
  const guint8 *a = g_bytes_get_data (is, &n), *b = g_bytes_get_data (should, &m);
  gsize at = 0;
  while (at < n && at < m && a[at] == b[at])
    at++;
  if (n != m || at < n)
    g_string_append_printf (run->fault,
                            "  %s gives other bytes: %" G_GSIZE_FORMAT " and %" G_GSIZE_FORMAT
                            ", from %" G_GSIZE_FORMAT "\n",
                            what, n, m, at);
}

static void
crash_and_load (Run *run)
{
  g_autoptr (GBytes) bytes = broker_register_save (run->reg);
  g_autoptr (GError) error = NULL;
  g_autoptr (BrokerRegister) loaded
      = broker_register_load (bytes, (guint32)run->model->people_max, &error);
  run->counts->crashes++;
  if (loaded == NULL)
    {
      g_string_append_printf (run->fault, "  does not load: %s\n", error->message);
      return;
    }
  compare_bytes (run, loaded, "loading");
  broker_register_free (run->reg);
  run->reg = g_steal_pointer (&loaded);
}

static void
crash_and_replay (Run *run)
{
  g_autoptr (BrokerRegister) replayed = broker_register_new ((guint32)run->model->people_max);
  g_autoptr (GHashTable) erased = list_erased (run);
  run->counts->replays++;
  for (guint i = 0; i < run->events->len; i++)
    if (!follow_text (run, replayed, run->events->pdata[i], erased))
      return;
  compare_bytes (run, replayed, "replaying");
  broker_register_free (run->reg);
  run->reg = g_steal_pointer (&replayed);
}

/* Its state as files, and those imported into another register. */
static void
export_and_import (Run *run)
{
  const char *imported = NULL;
  gint64 at_us = 0;
  for (guint i = 0; i < run->events->len; i++)
    {
      const BedEvent *event = run->events->pdata[i];
      at_us = event->at_us;
      if (event->kind == BED_EVENT_IMPORTED)
        imported = event->facts.files;
    }
  g_autofree char *difference = imported != NULL ? export_trip_find_difference (run->reg, imported, at_us) : NULL;
  run->counts->exports++;
  if (difference != NULL)
    g_string_append_printf (run->fault, "  exported and imported: %s\n", difference);
}

static void
keep (Run *run)
{
  guint rare = generate_below (&run->generator, 1000);
  broker_register_keep (run->reg);
  for (guint i = 0; i < run->batch->len; i++)
    {
      if (run->fault->len == 0)
        follow (run, run->shadow, run->batch->pdata[i]);
      g_ptr_array_add (run->events, run->batch->pdata[i]);
    }
  g_ptr_array_set_free_func (run->batch, NULL);
  g_ptr_array_set_size (run->batch, 0);
  g_ptr_array_set_free_func (run->batch, free_event);
  if (run->fault->len > 0)
    return;
  if (rare < 250)
    compare_bytes (run, run->shadow, "following");
  if (rare < 20)
    crash_and_load (run);
  else if (rare < 26)
    crash_and_replay (run);
  else if (rare < 46)
    export_and_import (run);
}

static void
take_back (Run *run, const Model *before)
{
  broker_register_take_back (run->reg);
  model_restore (run->model, before);
  g_ptr_array_set_size (run->batch, 0);
  run->counts->taken_back++;
}

static void
ask_commands (Run *run, guint n)
{
  for (guint i = 0; i < n && run->fault->len == 0; i++)
    {
      g_auto (BedCommand) command = { 0 };
      run->generator.now_us = run->now_us;
      generate_command (&run->generator, &command);
      if (command.method == BED_METHOD_UNIT_RULES)
        keep (run); /* a new epoch: alone in its batch, and the end of it */
      if (run->fault->len > 0)
        return;
      ask (run, &command);
      compare_all (run->reg, run->model, run->fault);
      if (command.method == BED_METHOD_UNIT_RULES)
        return;
    }
}

/* Time, the clock, proposals; then commands, which may be taken back: as after a failed append. */
static void
run_batch (Run *run)
{
  guint n = 1 + generate_below (&run->generator, BATCH_MAX);
  pass_time (run);
  Model *before = model_copy (run->model);
  guint64 n_kept = run->events->len;
  gint64 quarter = run->quarter;
  ask_due (run);
  if (run->fault->len == 0)
    compare_all (run->reg, run->model, run->fault);
  if (run->fault->len == 0)
    ask_quarter (run);
  if (run->fault->len == 0 && generate_chance (&run->generator, 60))
    ask_proposals (run);
  ask_commands (run, n);
  if (run->fault->len == 0 && run->events->len == n_kept && generate_chance (&run->generator, 4))
    {
      take_back (run, before);
      run->quarter = quarter;
      compare_all (run->reg, run->model, run->fault);
      if (run->fault->len > 0)
        g_string_append (run->fault, "  after taking back\n");
    }
  else
    keep (run);
  model_free (before);
}

static void
import (Run *run)
{
  BedEvent *event = g_new0 (BedEvent, 1);
  *event = (BedEvent){
    .revision = 1, .at_us = run->now_us, .kind = BED_EVENT_IMPORTED, .role = BED_ROLE_LOCAL
  };
  event->facts.files = county_files (run->now_us);
  bed_facts_set (&event->facts, BED_FACT_FILES);
  follow (run, run->reg, event);
  follow (run, run->shadow, event);
  g_ptr_array_add (run->events, event);
}

static void
begin (Run *run, guint64 seed)
{
  run->generator.state = seed * G_GUINT64_CONSTANT (0xd1342543de82ef95) + 1;
  int people_max = generate_chance (&run->generator, 5) ? 24 : MODEL_PEOPLE;
  run->now_us = START_US + (gint64)(generate_number (&run->generator) % (guint64)(400 * DAY_US));
  run->model = model_new (run->now_us, people_max);
  run->generator.model = run->model;
  run->reg = broker_register_new ((guint32)people_max);
  run->shadow = broker_register_new ((guint32)people_max);
  run->proposals = broker_proposals_new ();
  run->events = g_ptr_array_new_with_free_func (free_event);
  run->batch = g_ptr_array_new_with_free_func (free_event);
  run->fault = g_string_new ("");
  g_queue_init (&run->told);
  import (run);
}

static void
end (Run *run)
{
  broker_register_free (run->reg);
  broker_register_free (run->shadow);
  broker_proposals_free (run->proposals);
  model_free (run->model);
  g_ptr_array_unref (run->events);
  g_ptr_array_unref (run->batch);
  g_queue_clear_full (&run->told, g_free);
}

char *
run_seed (guint64 seed, gboolean is_told, RunCounts *counts)
{
  Run run = { .is_told = is_told, .counts = counts };
  begin (&run, seed);
  while (run.fault->len == 0 && run.generator.n < RUN_COMMANDS)
    run_batch (&run);
  if (run.fault->len == 0)
    crash_and_replay (&run);
  if (run.fault->len > 0)
    {
      g_autoptr (GString) told = g_string_new ("");
      for (GList *line = run.told.head; line != NULL; line = line->next)
        g_string_append_printf (told, "  %s\n", (const char *)line->data);
      g_string_prepend (run.fault, told->str);
      g_string_append_printf (
          run.fault, "  seed %" G_GUINT64_FORMAT ", after %" G_GUINT64_FORMAT " commands\n", seed,
          run.generator.n);
    }
  end (&run);
  return g_string_free (run.fault, run.fault->len == 0);
}
