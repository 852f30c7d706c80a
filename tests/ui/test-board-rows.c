/* test-board-rows.c: which of a person's clocks a board shows, and what the ticker tells.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board/board-rows.h"
#include "board/board-words.h"
#include "common/bed-time.h"
#include "wall-fixture.h"

#include <json-glib/json-glib.h>

/* What happens to a bed or a unit is told; what happens to a person elsewhere is not. */
static void
test_ticker_tells (void)
{
  static const struct
  {
    BedEventKind event;
    const char *words;
  } told[] = {
    { BED_EVENT_BED_CLOSED, "Room 7 closed" },
    { BED_EVENT_UNIT_CLOSED, "closed" },
    { BED_EVENT_BAY_OPENED, "a bay open again" },
    { BED_EVENT_SURGE_OPENED, "Room 7 open for surge" },
    { BED_EVENT_HOLD_TAKEN, "Room 7 held until 11:42" },
    { BED_EVENT_HOLD_EXTENDED, "Room 7 held until 11:42" },
    { BED_EVENT_DECLINED, "Room 7 declined" },
    { BED_EVENT_DEPARTED, "Room 7 on the way" },
    { BED_EVENT_READY_TO_LEAVE, "Room 7 ready to leave" },
    { BED_EVENT_LEFT, "Room 7 left, cleaning" },
    { BED_EVENT_DIED, NULL },
    { BED_EVENT_THERAPY_STARTED, NULL },
    { BED_EVENT_TRIAGED, NULL },
    { BED_EVENT_CLOCK_BREACHED, NULL },
    { BED_N_EVENTS, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    {
      BoardRecent recent = { .event = told[i].event, .display = -1, .until_us = WALL_NOW_US };
      g_autofree char *words = board_words_recent (&recent, "Room 7");

      g_assert_cmpstr (words, ==, told[i].words);
    }
}

static void
read_referral (const char *lane, const char *clocks, BoardReferral *referral)
{
  g_autofree char *text = g_strdup_printf (
      "{'referral':'K7Q-M4X','state':'waiting','lane':'%s','clocks':[%s]}", lane, clocks);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;

  g_strdelimit (text, "'", '"');
  node = json_from_string (text, &error);
  g_assert_no_error (error);
  *referral = (BoardReferral){ 0 };
  g_assert_true (board_rows_read_referral (json_node_get_object (node), referral));
}

#define CLOCK(name, due, amber)                                                                    \
  "{'clock':'" name "','due_at':'2026-11-22T" due ":00Z','amber_at':'2026-11-22T" amber            \
  ":00Z','breached':false}"

static gint64
at (const char *text)
{
  gint64 time_us = 0;

  g_assert_true (bed_time_parse (text, &time_us));
  return time_us;
}

static void
test_clock_of_an_answer_comes_first (void)
{
  BoardReferral referral;

  read_referral ("urgent",
                 CLOCK ("bed_start", "10:00", "09:00") "," CLOCK ("ucr_response", "12:00", "11:30") ","
                     CLOCK ("ready_to_service", "09:00", "08:00"),
                 &referral);
  g_assert_cmpint (referral.clock, ==, BED_CLOCK_UCR_RESPONSE);
  g_assert_cmpint (referral.due_us, ==, at ("2026-11-22T12:00:00Z"));
  g_assert_cmpint (referral.amber_us, ==, at ("2026-11-22T11:30:00Z"));
  g_assert_cmpint (referral.response_due_us, ==, referral.due_us);
  g_assert_cmpint (referral.ready_us, ==, at ("2026-11-21T09:00:00Z"));
}

static void
test_then_the_soonest_clock (void)
{
  BoardReferral referral;

  read_referral ("urgent",
                 CLOCK ("ready_to_service", "15:00", "09:00") "," CLOCK ("bed_start", "13:00", "11:30"),
                 &referral);
  g_assert_cmpint (referral.clock, ==, BED_CLOCK_BED_START);
  g_assert_cmpint (referral.due_us, ==, at ("2026-11-22T13:00:00Z"));
  g_assert_cmpint (referral.response_due_us, ==, 0);
}

/* Not the hold's, which has a ring of its own, nor one that this board does not know. */
static void
test_clocks_that_are_not_drawn (void)
{
  BoardReferral referral;

  read_referral ("urgent",
                 CLOCK ("hold", "10:00", "09:45") "," CLOCK ("arrival", "10:00", "09:00") ","
                     CLOCK ("of_another_year", "10:00", "09:00") ",7,{'clock':'triage'}",
                 &referral);
  g_assert_cmpint (referral.due_us, ==, 0);
}

/* Of rare needs a wall is told the area, of whoever has no LAP not even that. */
static void
test_home_or_area (void)
{
  static const struct
  {
    const char *home;
    const char *words;
    gboolean is_area;
  } told[] = { { "{'district':'SO51'}", "SO51", FALSE },
               { "{'area':'Fareham Gosport Havant & East'}", "Fareham Gosport Havant & East", TRUE },
               { "{'area':null}", "", TRUE } };

  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    {
      g_autofree char *more = g_strdup_printf ("],'home':%s,'more':[", told[i].home);
      BoardReferral referral;

      read_referral ("urgent", more, &referral);
      g_assert_cmpstr (referral.home, ==, told[i].words);
      g_assert_cmpint (referral.is_area, ==, told[i].is_area);
    }
}

static void
test_clock_without_amber (void)
{
  BoardReferral referral;

  read_referral ("urgent", "{'clock':'triage','due_at':'2026-11-22T10:00:00Z'}", &referral);
  g_assert_cmpint (referral.amber_us, ==, referral.due_us);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board-rows/home-or-area", test_home_or_area);
  g_test_add_func ("/board-rows/ticker-tells", test_ticker_tells);
  g_test_add_func ("/board-rows/clock/answer-first", test_clock_of_an_answer_comes_first);
  g_test_add_func ("/board-rows/clock/then-the-soonest", test_then_the_soonest_clock);
  g_test_add_func ("/board-rows/clock/not-drawn", test_clocks_that_are_not_drawn);
  g_test_add_func ("/board-rows/clock/without-amber", test_clock_without_amber);
  return g_test_run ();
}
