/* desk-handover.c: gathers histories since a time and counts what happened.
 *
 * Owns its rows. Pure; events that are malformed or no news are left out. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-handover.h"

#include "../board-codes.h"
#include "../board-i18n.h"
#include "../board-rows.h"
#include "../board-time.h"
#include "common/bed-time.h"
#include "desk-story.h"

#include <string.h>

gint64
desk_since_find (DeskSince since, guint16 minute, gint64 now_us)
{
  gint64 midnight_us = bed_time_find_midnight (now_us);
  gint64 today_us;

  switch (since)
    {
    case DESK_SINCE_LAST_12_H:
      return now_us - 12 * BED_HOUR_US;
    case DESK_SINCE_07:
      minute = 7 * 60;
      break;
    case DESK_SINCE_15:
      minute = 15 * 60;
      break;
    case DESK_SINCE_20:
      minute = 20 * 60;
      break;
    case DESK_SINCE_TIME:
    case DESK_SINCE_N:
      break;
    }
  today_us = bed_time_find_next_local (midnight_us - 1, minute / 60, minute % 60);
  if (today_us <= now_us)
    return today_us;
  return bed_time_find_next_local (bed_time_find_midnight (midnight_us - 1) - 1, minute / 60, minute % 60);
}

static void
free_person (gpointer pointer)
{
  DeskHandoverPerson *person = pointer;

  g_free (person->stands);
  g_array_unref (person->told);
  g_free (person);
}

/* The last quarter of an hour before then that is known. */
static int
find_occupied (BoardModel *model, gint64 at_us)
{
  const GArray *quarters = board_model_peek_quarters (model);
  int occupied = -1;

  for (guint i = 0; i < quarters->len; i++)
    if (g_array_index (quarters, BoardQuarter, i).at_us <= at_us)
      occupied = (int)g_array_index (quarters, BoardQuarter, i).occupied;
  return occupied;
}

/* What became of somebody who has left the register. */
typedef struct
{
  gint64 at_us;
  char *words; /* owned */
  BedReferralState state;
} End;

static void
free_end (gpointer pointer)
{
  End *end = pointer;

  g_free (end->words);
  g_free (end);
}

DeskHandover *
desk_handover_new (BoardModel *model, gint64 since_us, gint64 now_us)
{
  DeskHandover *handover = g_rc_box_new0 (DeskHandover);
  const BoardTotals *totals = board_model_peek_totals (model);

  handover->since_us = since_us;
  handover->now_us = now_us;
  handover->people = g_ptr_array_new_with_free_func (free_person);
  handover->left = g_ptr_array_new_with_free_func (g_free);
  handover->ends = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_end);
  handover->occupied_then = find_occupied (model, since_us);
  handover->occupied_now = (int)totals->occupied;
  handover->free_now = totals->free;
  return handover;
}

static void
clear (gpointer pointer)
{
  DeskHandover *handover = pointer;

  g_ptr_array_unref (handover->people);
  g_hash_table_unref (handover->ends);
  g_ptr_array_unref (handover->left);
}

DeskHandover *
desk_handover_ref (DeskHandover *handover)
{
  return g_rc_box_acquire (handover);
}

void
desk_handover_free (DeskHandover *handover)
{
  g_rc_box_release_full (handover, clear);
}

static int
find_happened (int event)
{
  static const struct
  {
    BedEventKind event;
    DeskHappened happened;
  } kinds[] = {
    { BED_EVENT_REFERRAL_SUBMITTED, DESK_HAPPENED_REFERRED }, { BED_EVENT_HOLD_TAKEN, DESK_HAPPENED_HELD },
    { BED_EVENT_PLACED, DESK_HAPPENED_HELD },                 { BED_EVENT_DECLINED, DESK_HAPPENED_DECLINED },
    { BED_EVENT_ACCEPTED, DESK_HAPPENED_ACCEPTED },           { BED_EVENT_ARRIVED, DESK_HAPPENED_ARRIVED },
    { BED_EVENT_LEFT, DESK_HAPPENED_LEFT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if ((int)kinds[i].event == event)
      return (int)kinds[i].happened;
  return -1;
}

static void
count (DeskHandover *handover, JsonObject *history)
{
  JsonArray *events = board_rows_get_array (history, "events");

  for (guint i = 0; events != NULL && i < json_array_get_length (events); i++)
    {
      JsonObject *event = board_rows_get_element (events, i);
      int happened = event != NULL ? find_happened (bed_event_parse (board_rows_get_string (event, "event"))) : -1;

      if (happened >= 0 && board_rows_get_time (event, "at") >= handover->since_us)
        handover->happened[happened]++;
    }
}

/* "Left: Home with care package.", "Withdrawn". NULL: no word for it. */
static char *
say_end (JsonObject *row)
{
  int state = bed_words_parse (&bed_state_words, board_rows_get_string (row, "state"));
  int outcome = bed_words_parse (&bed_outcome_words, board_rows_get_string (row, "outcome"));

  if (state == BED_STATE_LEFT && outcome >= 0)
    return g_strdup_printf (_ ("Left: %s."), board_code_say (&bed_outcome_words, (guint)outcome));
  return state >= 0 ? g_strdup (board_code_say (&bed_state_words, (guint)state)) : NULL;
}

static void
take_end (DeskHandover *handover, JsonObject *row)
{
  const char *code = board_rows_get_string (row, "referral");
  g_autofree char *words = say_end (row);
  char *kept;
  End *end;

  if (code[0] == '\0' || strlen (code) >= BED_CODE_SIZE || words == NULL || g_hash_table_contains (handover->ends, code))
    return;
  end = g_new0 (End, 1);
  end->at_us = board_rows_get_time (row, "at");
  end->state = (BedReferralState)bed_words_parse (&bed_state_words, board_rows_get_string (row, "state"));
  end->words = g_steal_pointer (&words);
  kept = g_strdup (code);
  g_ptr_array_add (handover->left, kept);
  g_hash_table_insert (handover->ends, kept, end);
}

void
desk_handover_take_left (DeskHandover *handover, JsonObject *result)
{
  JsonArray *rows = board_rows_get_array (result, "left");

  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
    if (board_rows_get_element (rows, i) != NULL)
      take_end (handover, board_rows_get_element (rows, i));
  handover->n_unread += (guint)CLAMP (board_rows_get_int (result, "more"), 0, G_MAXINT);
}

static char *
say_stands (DeskHandover *handover, BoardModel *model, const char *code)
{
  const End *end = g_hash_table_lookup (handover->ends, code);
  const BoardReferral *referral = board_model_find_referral (model, code);
  const BoardBed *bed = referral != NULL ? board_model_find_bed (model, referral->bed) : NULL;
  const BoardUnit *unit = bed != NULL ? board_model_find_unit (model, bed->unit) : NULL;
  char until[6];

  if (referral == NULL)
    return g_strdup (end != NULL ? end->words : _ ("No longer here"));
  if (referral->state == BED_STATE_WAITING || referral->state == BED_STATE_TRIAGED)
    return g_strdup (_ ("Waits for a bed"));
  if (referral->state == BED_STATE_HELD && unit != NULL) /* paper does not count down */
    {
      bed_time_print_local (referral->until_us, until);
      return g_strdup_printf (_ ("Held until %s, %s"), until, unit->name);
    }
  return desk_words_chip (referral, unit, -1, 0, handover->now_us).words;
}

/* Of somebody who has left, and whose history is not for these eyes any more: the end alone. */
static void
tell_end (DeskHandover *handover, const char *code, GArray *told)
{
  const End *end = g_hash_table_lookup (handover->ends, code);
  DeskTold line = { end->at_us, g_strdup (end->words), DESK_TONE_PLAIN };

  g_array_append_val (told, line);
  handover->happened[DESK_HAPPENED_LEFT] += end->state == BED_STATE_LEFT ? 1 : 0;
}

void
desk_handover_add (DeskHandover *handover, BoardModel *model, const char *code, JsonObject *history)
{
  g_autoptr (JsonObject) known = history != NULL ? json_object_ref (history) : json_object_new ();
  DeskHandoverPerson *person;
  GArray *told;

  if (history == NULL && !g_hash_table_contains (handover->ends, code))
    {
      handover->n_unread++;
      return;
    }
  told = desk_story_new (model, known);
  for (guint i = told->len; i > 0; i--)
    if (g_array_index (told, DeskTold, i - 1).at_us < handover->since_us)
      g_array_remove_index (told, i - 1);
  count (handover, known);
  if (history == NULL)
    tell_end (handover, code, told);
  if (told->len == 0)
    {
      handover->n_quiet++;
      g_array_unref (told);
      return;
    }
  person = g_new0 (DeskHandoverPerson, 1);
  g_strlcpy (person->code, code, sizeof person->code);
  person->stands = say_stands (handover, model, code);
  person->told = told;
  g_ptr_array_add (handover->people, person);
}

/* --- in words --- */

char *
desk_handover_say_span (const DeskHandover *handover)
{
  char since[6];
  char until[6];
  char since_date[BOARD_DATE_SIZE];
  char until_date[BOARD_DATE_SIZE];

  bed_time_print_local (handover->since_us, since);
  board_time_print_date (handover->since_us, since_date);
  bed_time_print_local (handover->now_us, until);
  board_time_print_date (handover->now_us, until_date);
  /* TRANSLATORS: date, time, date, time */
  return g_strdup_printf (_ ("From %s %s to %s %s"), since_date, since, until_date, until);
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* the formats are those of the table */

char *
desk_handover_say_happened (const DeskHandover *handover)
{
  static const char *const words[DESK_HAPPENED_N]
      = { N_ ("%u referred"), N_ ("%u held"), N_ ("%u declined"), N_ ("%u accepted"), N_ ("%u arrived"), N_ ("%u left") };
  GString *said = g_string_new (NULL);

  for (guint i = 0; i < DESK_HAPPENED_N; i++)
    if (handover->happened[i] > 0)
      {
        g_string_append (said, said->len > 0 ? ", " : "");
        g_string_append_printf (said, _ (words[i]), handover->happened[i]);
      }
  if (said->len == 0)
    g_string_append (said, _ ("Nothing happened"));
  return g_string_free (said, FALSE);
}

#pragma GCC diagnostic pop

char *
desk_handover_say_beds (const DeskHandover *handover)
{
  if (handover->occupied_then < 0)
    return g_strdup_printf (_ ("%d beds are occupied now; %u are free"), handover->occupied_now, handover->free_now);
  return g_strdup_printf (_ ("%d beds were occupied then, %d are now; %u are free"), handover->occupied_then,
                          handover->occupied_now, handover->free_now);
}

char *
desk_handover_say_rest (const DeskHandover *handover)
{
  GString *said = g_string_new (NULL);

  if (handover->n_quiet > 0)
    g_string_append_printf (said, ngettext ("%u person without news.", "%u people without news.", handover->n_quiet),
                            handover->n_quiet);
  if (handover->n_unread > 0)
    g_string_append_printf (said,
                            ngettext ("%s%u person could not be read.", "%s%u people could not be read.", handover->n_unread),
                            said->len > 0 ? " " : "", handover->n_unread);
  return g_string_free (said, FALSE);
}

char *
desk_handover_say_when (const DeskHandover *handover, gint64 at_us)
{
  char time[6];
  char date[BOARD_DATE_SIZE];

  bed_time_print_local (at_us, time);
  if (bed_time_find_midnight (at_us) == bed_time_find_midnight (handover->now_us))
    return g_strdup (time);
  board_time_print_date (at_us, date);
  return g_strdup_printf ("%s %s", date, time);
}
