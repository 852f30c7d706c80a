/* desk-story.c: one sentence an event.
 *
 * Pure: reads the answer and looks names up in the model. Events of a kind that this build does not
 * know, and malformed ones, are left out. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-story.h"

#include "../board-codes.h"
#include "../board-i18n.h"
#include "../board-rows.h"
#include "common/bed-time.h"

/* What %s stands for in a sentence. */
typedef enum
{
  TELLS_NOTHING,
  TELLS_WORD,   /* the member's word, in words */
  TELLS_PLACE,  /* "Willow Court, Room 12" */
  TELLS_UNIT_WORD, /* the unit, and the word */
  TELLS_EXPECTED
} Tells;

static const struct
{
  const char *words; /* NULL: no news */
  Tells tells;
  DeskTone tone;
  const char *member;
  const BedWords *vocabulary;
} sentences[BED_N_EVENTS] = {
  [BED_EVENT_REFERRAL_SUBMITTED] = { N_ ("Referred."), TELLS_NOTHING, DESK_TONE_PLAIN, NULL, NULL },
  [BED_EVENT_TRIAGED] = { N_ ("Triaged: %s."), TELLS_WORD, DESK_TONE_PLAIN, "lane", &bed_lane_words },
  [BED_EVENT_AMENDED] = { N_ ("What is known was changed."), TELLS_NOTHING, DESK_TONE_PLAIN, NULL, NULL },
  [BED_EVENT_LINKED] = { N_ ("Linked as a couple."), TELLS_NOTHING, DESK_TONE_PLAIN, NULL, NULL },
  [BED_EVENT_RESPONDED] = { N_ ("First contact made."), TELLS_NOTHING, DESK_TONE_FREE, NULL, NULL },
  [BED_EVENT_REDIRECTED] = { N_ ("Redirected: %s."), TELLS_WORD, DESK_TONE_PLAIN, "to", &bed_redirect_words },
  [BED_EVENT_PAUSED] = { N_ ("Paused: %s."), TELLS_WORD, DESK_TONE_CLOSED, "reason", &bed_pause_words },
  [BED_EVENT_RESUMED] = { N_ ("Resumed."), TELLS_NOTHING, DESK_TONE_PLAIN, NULL, NULL },
  [BED_EVENT_WITHDRAWN] = { N_ ("Withdrawn: %s."), TELLS_WORD, DESK_TONE_CLOSED, "reason", &bed_withdrawal_words },
  [BED_EVENT_DIED] = { N_ ("Died."), TELLS_NOTHING, DESK_TONE_PLAIN, NULL, NULL },
  [BED_EVENT_ASSESSMENT_STARTED] = { N_ ("Assessment began: %s."), TELLS_WORD, DESK_TONE_PLAIN, "kind", &bed_assessment_words },
  [BED_EVENT_ASSESSMENT_ENDED] = { N_ ("Assessment done: %s."), TELLS_WORD, DESK_TONE_PLAIN, "result", &bed_result_words },
  [BED_EVENT_PLACED] = { N_ ("Placed in %s."), TELLS_PLACE, DESK_TONE_HELD, NULL, NULL },
  [BED_EVENT_HOLD_TAKEN] = { N_ ("%s was held."), TELLS_PLACE, DESK_TONE_HELD, NULL, NULL },
  [BED_EVENT_HOLD_EXTENDED] = { N_ ("Hold extended: %s."), TELLS_WORD, DESK_TONE_HELD, "reason", &bed_hold_reason_words },
  [BED_EVENT_HOLD_RELEASED] = { N_ ("Hold released."), TELLS_NOTHING, DESK_TONE_PLAIN, NULL, NULL },
  [BED_EVENT_HOLD_EXPIRED] = { N_ ("The hold ran out."), TELLS_NOTHING, DESK_TONE_CLOSED, NULL, NULL },
  [BED_EVENT_ASSESSING] = { N_ ("The site assesses the person itself."), TELLS_NOTHING, DESK_TONE_HELD, NULL, NULL },
  [BED_EVENT_ACCEPTED] = { N_ ("The site accepted."), TELLS_NOTHING, DESK_TONE_ARRIVING, NULL, NULL },
  [BED_EVENT_DECLINED] = { N_ ("%s declined: %s."), TELLS_UNIT_WORD, DESK_TONE_CLOSED, "reason", &bed_decline_words },
  [BED_EVENT_EXPECTED] = { N_ ("Expected at %s."), TELLS_EXPECTED, DESK_TONE_ARRIVING, NULL, NULL },
  [BED_EVENT_CANCELLED] = { N_ ("Placement cancelled: %s."), TELLS_WORD, DESK_TONE_CLOSED, "reason", &bed_cancellation_words },
  [BED_EVENT_DEPARTED] = { N_ ("Departed."), TELLS_NOTHING, DESK_TONE_ARRIVING, NULL, NULL },
  [BED_EVENT_TURNED_BACK] = { N_ ("%s turned the person back: %s."), TELLS_UNIT_WORD, DESK_TONE_CLOSED, "reason", &bed_decline_words },
  [BED_EVENT_ARRIVED] = { N_ ("Arrived in %s."), TELLS_PLACE, DESK_TONE_FREE, NULL, NULL },
  [BED_EVENT_THERAPY_STARTED] = { N_ ("Therapy began."), TELLS_NOTHING, DESK_TONE_FREE, NULL, NULL },
  [BED_EVENT_MOVED] = { N_ ("Moved to %s."), TELLS_PLACE, DESK_TONE_PLAIN, NULL, NULL },
  [BED_EVENT_WENT_AWAY] = { N_ ("Away, the bed is kept: %s."), TELLS_WORD, DESK_TONE_PLAIN, "kind", &bed_away_words },
  [BED_EVENT_CAME_BACK] = { N_ ("Came back."), TELLS_NOTHING, DESK_TONE_PLAIN, NULL, NULL },
  [BED_EVENT_STAY_EXTENDED] = { N_ ("Stay extended: %s."), TELLS_WORD, DESK_TONE_PLAIN, "reason", &bed_waiting_for_words },
  [BED_EVENT_READY_TO_LEAVE] = { N_ ("Ready to leave."), TELLS_NOTHING, DESK_TONE_PLAIN, NULL, NULL },
  [BED_EVENT_LEFT] = { N_ ("Left: %s."), TELLS_WORD, DESK_TONE_PLAIN, "outcome", &bed_outcome_words },
  [BED_EVENT_UNDONE] = { N_ ("Taken back."), TELLS_NOTHING, DESK_TONE_PLAIN, NULL, NULL },
  [BED_EVENT_CLOCK_BREACHED] = { N_ ("Late: %s."), TELLS_WORD, DESK_TONE_CLOSED, "clock", &bed_clock_words },
  [BED_EVENT_OFFER_MADE] = { N_ ("%s was proposed."), TELLS_PLACE, DESK_TONE_FREE, NULL, NULL },
};

static const char *
say_word (JsonObject *event, BedEventKind kind)
{
  int value = bed_words_parse (sentences[kind].vocabulary, board_rows_get_string (event, sentences[kind].member));

  return value >= 0 ? board_code_say (sentences[kind].vocabulary, (guint)value) : "";
}

static char *
print_place (BoardModel *model, JsonObject *event, gboolean is_unit_alone)
{
  const BoardBed *bed = board_model_find_bed (model, board_rows_get_string (event, "bed"));
  const BoardUnit *unit = bed != NULL ? board_model_find_unit (model, bed->unit)
                                      : board_model_find_unit (model, board_rows_get_string (event, "unit"));
  g_autofree char *label = bed != NULL ? desk_words_bed (bed) : NULL;

  if (unit == NULL)
    return g_strdup (is_unit_alone ? _ ("The site") : _ ("A bed"));
  return bed == NULL || is_unit_alone ? g_strdup (unit->name) : g_strdup_printf ("%s, %s", unit->name, label);
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* the formats are those of the table above */

static char *
print_sentence (BoardModel *model, BedEventKind kind, JsonObject *event)
{
  const char *words = _ (sentences[kind].words);
  g_autofree char *place = NULL;
  char time[6];

  switch (sentences[kind].tells)
    {
    case TELLS_NOTHING:
      return g_strdup (words);
    case TELLS_WORD:
      return g_strdup_printf (words, say_word (event, kind));
    case TELLS_PLACE:
      place = print_place (model, event, FALSE);
      return g_strdup_printf (words, place);
    case TELLS_UNIT_WORD:
      place = print_place (model, event, TRUE);
      return g_strdup_printf (words, place, say_word (event, kind));
    case TELLS_EXPECTED:
      bed_time_print_local (board_rows_get_time (event, "expected_at"), time);
      return g_strdup_printf (words, time);
    }
  return g_strdup ("");
}

#pragma GCC diagnostic pop

static void
clear_told (gpointer pointer)
{
  g_free (((DeskTold *)pointer)->words);
}

GArray *
desk_story_new (BoardModel *model, JsonObject *history)
{
  JsonArray *events = board_rows_get_array (history, "events");
  GArray *story = g_array_new (FALSE, TRUE, sizeof (DeskTold));

  g_array_set_clear_func (story, clear_told);
  for (guint i = events != NULL ? json_array_get_length (events) : 0; i > 0 && story->len < DESK_STORY_MAX; i--)
    {
      JsonObject *event = board_rows_get_element (events, i - 1);
      int kind = event != NULL ? bed_event_parse (board_rows_get_string (event, "event")) : -1;
      DeskTold told = { 0 };

      if (kind < 0 || sentences[kind].words == NULL)
        continue;
      told.at_us = board_rows_get_time (event, "at");
      told.tone = sentences[kind].tone;
      told.words = print_sentence (model, (BedEventKind)kind, event);
      g_array_append_val (story, told);
    }
  return story;
}
