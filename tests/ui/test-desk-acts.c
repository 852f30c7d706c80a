/* test-desk-acts.c: what may be done, cell by cell; drafts, columns, words, the search, the news.
 *
 * The table of who may do what is written here a second time, from broker/README.md.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board/desk/desk-acts.h"
#include "board/desk/desk-columns.h"
#include "board/desk/desk-draft.h"
#include "board/desk/desk-news.h"
#include "board/desk/desk-queue.h"
#include "board/desk/desk-search.h"
#include "board/desk/desk-words.h"
#include "common/bed-time.h"

#include <string.h>

#define NOW_US G_GINT64_CONSTANT (1795347720000000) /* Sunday 22 November 2026, 11:42 */

/* s submitted, t triaged, w waiting, h held, a accepted, i in transit, r arrived, y therapy, l ready
 * to leave, x left, d redirected, p paused, v withdrawn, z died: in the order of the words. */
static const char states[] = "stwhairylxdpvz";

static const struct
{
  DeskAct act;
  const char *in;
  gboolean is_for_referrer;
} wanted[] = {
  { DESK_ACT_TRIAGE, "stw", FALSE },      { DESK_ACT_EDIT, "stwp", TRUE },
  { DESK_ACT_RESPONDED, "stwhairylp", FALSE }, { DESK_ACT_AGREED, "stwhp", TRUE },
  { DESK_ACT_RESERVE, "w", TRUE },        { DESK_ACT_EXTEND, "h", TRUE },
  { DESK_ACT_RELEASE, "h", TRUE },        { DESK_ACT_EXPECT, "ai", TRUE },
  { DESK_ACT_DEPART, "a", TRUE },         { DESK_ACT_CANCEL, "ai", TRUE },
  { DESK_ACT_LINK, "stw", TRUE },         { DESK_ACT_REDIRECT, "stw", FALSE },
  { DESK_ACT_PAUSE, "stwh", TRUE },       { DESK_ACT_RESUME, "p", TRUE },
  { DESK_ACT_WITHDRAW, "stwhap", TRUE },  { DESK_ACT_DIED, "stwhairylp", TRUE },
};

static void
test_cells (void)
{
  g_assert_cmpuint (G_N_ELEMENTS (wanted), ==, DESK_N_ACTS);
  g_assert_cmpuint (strlen (states), ==, BED_STATE_N);
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    for (guint state = 0; state < BED_STATE_N; state++)
      for (guint role = 0; role < BED_ROLE_N; role++)
        {
          BoardReferral referral = { .state = (BedReferralState)state, .lane = BED_LANE_URGENT, .agreed = BED_AGREED_NOT_YET };
          gboolean has_role = role == BED_ROLE_COORDINATOR || role == BED_ROLE_CLINICIAN
                              || (role == BED_ROLE_REFERRER && wanted[i].is_for_referrer);
          gboolean is_in = strchr (wanted[i].in, states[state]) != NULL;

          g_assert_cmpint (desk_act_is_open (wanted[i].act, (BedRole)role, &referral), ==, has_role && is_in);
        }
}

static void
test_once_done (void)
{
  BoardReferral referral = { .state = BED_STATE_WAITING, .lane = BED_LANE_URGENT, .agreed = BED_AGREED_YES, .has_responded = TRUE };

  g_strlcpy (referral.with, "K7Q-M4X", sizeof referral.with);
  g_assert_false (desk_act_is_open (DESK_ACT_RESPONDED, BED_ROLE_CLINICIAN, &referral));
  g_assert_false (desk_act_is_open (DESK_ACT_AGREED, BED_ROLE_CLINICIAN, &referral));
  g_assert_false (desk_act_is_open (DESK_ACT_LINK, BED_ROLE_CLINICIAN, &referral));
}

static void
test_words (void)
{
  for (guint act = 0; act < DESK_N_ACTS; act++)
    g_assert_cmpint (desk_act_parse (desk_act_word ((DeskAct)act)), ==, act);
  g_assert_cmpint (desk_act_parse ("dance"), ==, -1);
}

/* --- drafts --- */

static DeskDraft
make_draft (void)
{
  BoardSession session = { .role = BED_ROLE_REFERRER, .owner = "uhs", .lap = "winchester" };
  DeskDraft draft;

  desk_draft_begin (&draft, &session);
  draft.sex = BED_SEX_FEMALE;
  draft.age_band = BED_AGE_BAND_75_84;
  g_strlcpy (draft.home, "so51", sizeof draft.home);
  return draft;
}

static void
test_draft_members (void)
{
  static const char *const members[] = { "sex", "age_band", "home", "near", "source" };
  const char *words;

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      DeskDraft draft = make_draft ();

      g_assert_null (desk_draft_check (&draft, &words));
      if (i == 0)
        draft.sex = -1;
      else if (i == 1)
        draft.age_band = -1;
      else if (i == 2)
        g_strlcpy (draft.home, "SO51 0AA", sizeof draft.home);
      else if (i == 3)
        g_strlcpy (draft.near, "51", sizeof draft.near);
      else
        draft.source[0] = '\0';
      g_assert_cmpstr (desk_draft_check (&draft, &words), ==, members[i]);
      g_assert_cmpstr (words, !=, "");
    }
}

static void
test_draft_cycle (void)
{
  static const DeskNeedWish order[] = { DESK_NEED_MUST, DESK_NEED_MUST_NOT, DESK_NEED_PREFER, DESK_NEED_OFF };
  DeskDraft draft = make_draft ();

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      desk_draft_cycle_need (&draft, BED_NEED_HOIST);
      g_assert_cmpint (desk_draft_get_need (&draft, BED_NEED_HOIST), ==, order[i]);
    }
  g_assert_cmpuint (draft.must | draft.must_not | draft.prefer, ==, 0);
}

static void
test_draft_districts (void)
{
  static const struct
  {
    const char *text;
    const char *district; /* NULL: none */
  } cases[] = { { "so51", "SO51" }, { " GU34 ", "GU34" }, { "E1", "E1" },     { "W1A", "W1A" },    { "nfa", "NFA" },
                { "SO", NULL },     { "S", NULL },        { "SO511", NULL }, { "51SO", NULL },    { "", NULL },
                { "SO5-", NULL },   { "SO51 0AA", NULL } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char district[8];

      g_assert_cmpint (desk_draft_parse_district (cases[i].text, district), ==, cases[i].district != NULL);
      g_assert_cmpstr (district, ==, cases[i].district != NULL ? cases[i].district : "");
    }
}

static void
test_draft_ready (void)
{
  gint64 ready_us;

  g_assert_true (desk_draft_parse_ready ("", NOW_US, &ready_us));
  g_assert_cmpint (ready_us, ==, NOW_US);
  g_assert_true (desk_draft_parse_ready ("now", NOW_US, &ready_us));
  g_assert_cmpint (ready_us, ==, NOW_US);
  g_assert_true (desk_draft_parse_ready ("09:10", NOW_US, &ready_us));
  g_assert_cmpint (ready_us, ==, NOW_US - 152 * BED_MINUTE_US);
  g_assert_true (desk_draft_parse_ready ("Tomorrow 09:10", NOW_US, &ready_us));
  g_assert_cmpint (ready_us, ==, NOW_US - 152 * BED_MINUTE_US + BED_DAY_US);
  g_assert_false (desk_draft_parse_ready ("soon", NOW_US, &ready_us));
  g_assert_false (desk_draft_parse_ready ("24:00", NOW_US, &ready_us));
}

/* --- columns --- */

static void
test_columns (void)
{
  g_assert_cmpint (desk_columns_choose (1920 / 16.0), ==, DESK_COLUMNS_THREE);
  g_assert_cmpint (desk_columns_choose (1280 / 16.0), ==, DESK_COLUMNS_TWO);
  g_assert_cmpint (desk_columns_choose (1920 / 32.0), ==, DESK_COLUMNS_ONE);
  g_assert_cmpfloat (desk_columns_get_map_em (1920 / 16.0), ==, 588 / 16.0);
  for (double em = 95; em < 300; em += 1)
    {
      double person = em - DESK_COLUMN_LIST_EM - desk_columns_get_map_em (em);

      g_assert_cmpfloat (person, >=, DESK_COLUMN_PERSON_EM - 0.01);
      g_assert_cmpfloat (person, <=, DESK_COLUMN_PERSON_MOST_EM + 0.01);
    }
}

/* --- words --- */

static void
test_durations (void)
{
  static const struct
  {
    int minutes;
    const char *words;
  } cases[] = { { -5, "0 min" }, { 12, "12 min" }, { 152, "2 h 32" }, { 609, "10 h" }, { 27 * 60, "27 h" }, { 96 * 60, "4 days" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char words[DESK_DURATION_SIZE];

      desk_words_duration (cases[i].minutes * BED_MINUTE_US, words);
      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
test_transport_closes (void)
{
  g_assert_cmpint (desk_words_transport_left_us (NOW_US), ==, (4 * 60 + 18) * BED_MINUTE_US);
  g_assert_cmpint (desk_words_transport_left_us (NOW_US + 5 * BED_HOUR_US), ==, -42 * BED_MINUTE_US);
}

static void
test_clock_words (void)
{
  BoardReferral referral = { .state = BED_STATE_SUBMITTED };
  g_autofree char *fine = NULL;
  g_autofree char *amber = NULL;
  g_autofree char *late = NULL;

  referral.clocks[BED_CLOCK_TRIAGE] = (BoardClock){ NOW_US + 20 * BED_MINUTE_US, NOW_US + 5 * BED_MINUTE_US, FALSE };
  g_assert_cmpint (desk_words_clock (&referral, NOW_US, &fine), ==, DESK_CLOCK_FINE);
  g_assert_null (fine);
  g_assert_cmpint (desk_words_clock (&referral, NOW_US + 8 * BED_MINUTE_US, &amber), ==, DESK_CLOCK_AMBER);
  g_assert_cmpstr (amber, ==, "Triage due in 12 min");
  g_assert_cmpint (desk_words_clock (&referral, NOW_US + 28 * BED_MINUTE_US, &late), ==, DESK_CLOCK_BREACHED);
  g_assert_cmpstr (late, ==, "Triage 8 min late");
}

static void
test_chips (void)
{
  BoardUnit unit = { .name = "Willow Court" };
  static const struct
  {
    BedReferralState state;
    int n;
    guint sure;
    const char *words;
    DeskTone tone;
  } cases[] = { { BED_STATE_SUBMITTED, -1, 0, "Waits for triage", DESK_TONE_HELD },
                { BED_STATE_WAITING, -1, 0, "Looking for beds", DESK_TONE_PLAIN },
                { BED_STATE_WAITING, 0, 0, "No bed fits today", DESK_TONE_CLOSED },
                { BED_STATE_WAITING, 2, 0, "2 beds, call first", DESK_TONE_HELD },
                { BED_STATE_WAITING, 7, 6, "7 beds suit", DESK_TONE_FREE },
                { BED_STATE_HELD, 7, 6, "Willow Court, 12 min left", DESK_TONE_HELD },
                { BED_STATE_ACCEPTED, 0, 0, "Accepted, Willow Court", DESK_TONE_ARRIVING },
                { BED_STATE_ARRIVED, 0, 0, "Arrived, Willow Court", DESK_TONE_FREE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      BoardReferral referral = { .state = cases[i].state, .pathway = BED_PATHWAY_SUPPORTED, .until_us = NOW_US + 12 * BED_MINUTE_US };
      DeskChip chip = desk_words_chip (&referral, &unit, cases[i].n, cases[i].sure, NOW_US);

      g_assert_cmpstr (chip.words, ==, cases[i].words);
      g_assert_cmpint (chip.tone, ==, cases[i].tone);
      g_free (chip.words);
    }
}

/* --- who is listed, found and told of --- */

static BoardModel *
make_model (void)
{
  static const char snapshot[]
      = "{\"epoch\":1,\"revision\":9,\"page\":1,\"pages\":1,\"laps\":[{\"lap\":\"north\",\"name\":\"N\"}],\"units\":"
        "[{\"unit\":\"willow\",\"name\":\"Willow Court\",\"site\":\"Andover\",\"lap\":\"north\"}],\"beds\":"
        "[{\"bed\":\"willow-1\",\"unit\":\"willow\",\"label\":\"Room 1\",\"display\":\"free\",\"offerable\":true}],"
        "\"referrals\":[{\"referral\":\"AAA-AAA\",\"state\":\"waiting\",\"lane\":\"flow\",\"lap\":\"north\",\"source\":\"uhs\","
        "\"ready_at\":\"2026-11-22T09:00:00.000Z\",\"home\":{\"district\":\"SO51\"}},"
        "{\"referral\":\"BBB-BBB\",\"state\":\"waiting\",\"lane\":\"urgent\",\"lap\":\"south\",\"source\":\"other\","
        "\"ready_at\":\"2026-11-22T10:00:00.000Z\"},"
        "{\"referral\":\"CCC-CCC\",\"state\":\"arrived\",\"lane\":\"flow\",\"lap\":\"north\",\"source\":\"uhs\"},"
        "{\"referral\":\"DDD-DDD\",\"state\":\"waiting\",\"lane\":\"flow\",\"lap\":\"north\",\"source\":\"uhs\","
        "\"ready_at\":\"2026-11-21T10:00:00.000Z\"}]}";
  g_autoptr (JsonNode) node = json_from_string (snapshot, NULL);
  BoardModel *model = board_model_new ("north");

  board_model_apply (model, "feed.snapshot", json_node_get_object (node), 1);
  while (!board_model_has_picture (model))
    g_main_context_iteration (NULL, TRUE);
  return model;
}

static char *
list (BoardModel *model, BedRole role, DeskFilter filter)
{
  BoardSession session = { .role = role, .lap = "north", .owner = "uhs", .user = "me" };
  g_autoptr (GPtrArray) people = desk_queue_list (model, &session, filter);
  GString *codes = g_string_new (NULL);

  for (guint i = 0; i < people->len; i++)
    g_string_append_c (codes, ((const BoardReferral *)g_ptr_array_index (people, i))->code[0]);
  return g_string_free (codes, FALSE);
}

static void
test_queue (void)
{
  g_autoptr (BoardModel) model = make_model ();
  g_autofree char *own = list (model, BED_ROLE_REFERRER, DESK_FILTER_ALL);
  g_autofree char *lap = list (model, BED_ROLE_COORDINATOR, DESK_FILTER_LAP);
  g_autofree char *all = list (model, BED_ROLE_COORDINATOR, DESK_FILTER_ALL);

  g_assert_cmpstr (own, ==, "DAC");  /* who has waited longest first, then who is in a bed */
  g_assert_cmpstr (lap, ==, "DAC");
  g_assert_cmpstr (all, ==, "BDAC"); /* urgent first */
}

static void
test_step (void)
{
  g_autoptr (BoardModel) model = make_model ();
  BoardSession session = { .role = BED_ROLE_COORDINATOR, .lap = "north" };
  g_autoptr (GPtrArray) people = desk_queue_list (model, &session, DESK_FILTER_LAP);
  g_autoptr (GPtrArray) nobody = g_ptr_array_new ();

  g_assert_cmpstr (desk_queue_step (people, "", 1), ==, "DDD-DDD");
  g_assert_cmpstr (desk_queue_step (people, "DDD-DDD", 1), ==, "AAA-AAA");
  g_assert_cmpstr (desk_queue_step (people, "DDD-DDD", -1), ==, "DDD-DDD");
  g_assert_cmpstr (desk_queue_step (people, "CCC-CCC", 1), ==, "CCC-CCC");
  g_assert_cmpstr (desk_queue_step (nobody, "", 1), ==, "");
}

static void
test_search (void)
{
  g_autoptr (BoardModel) model = make_model ();
  static const struct
  {
    const char *text;
    const char *id; /* of the first; NULL: nothing */
    DeskFoundKind kind;
  } cases[] = { { "aaaa", "AAA-AAA", DESK_FOUND_PERSON },   { "so51", "AAA-AAA", DESK_FOUND_PERSON },
                { "andover", "willow", DESK_FOUND_UNIT },   { "willow court room 1", "willow-1", DESK_FOUND_BED },
                { "a", NULL, DESK_FOUND_PERSON },           { "zzzz", NULL, DESK_FOUND_PERSON } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GArray) found = desk_search (model, cases[i].text);

      g_assert_cmpint (found->len > 0, ==, cases[i].id != NULL);
      if (cases[i].id == NULL)
        continue;
      g_assert_cmpstr (g_array_index (found, DeskFound, 0).id, ==, cases[i].id);
      g_assert_cmpint (g_array_index (found, DeskFound, 0).kind, ==, cases[i].kind);
    }
}

static void
count_news (const char *title, const char *body, const char *code, gpointer user_data)
{
  g_string_append_printf (user_data, "%s|%s|%s;", title, body, code);
}

static void
apply (BoardModel *model, const char *change)
{
  g_autoptr (JsonNode) node = json_from_string (change, NULL);

  g_assert_nonnull (node);
  board_model_apply (model, "feed.changes", json_node_get_object (node), 2);
}

static void
test_news (void)
{
  g_autoptr (BoardModel) model = make_model ();
  g_autoptr (DeskNews) news = desk_news_new ();
  BoardSession session = { .role = BED_ROLE_REFERRER, .owner = "uhs", .user = "me" };
  g_autoptr (GString) told = g_string_new (NULL);

  desk_news_look (news, model, &session, count_news, told);
  desk_news_look (news, model, &session, count_news, told);
  g_assert_cmpstr (told->str, ==, "");
  apply (model, "{\"from\":9,\"revision\":10,\"referrals\":[{\"referral\":\"AAA-AAA\",\"state\":\"waiting\",\"lane\":\"flow\","
                "\"source\":\"uhs\",\"offer\":{\"bed\":\"willow-1\",\"unit\":\"willow\",\"metres\":5}}]}");
  desk_news_look (news, model, &session, count_news, told);
  g_assert_cmpstr (told->str, ==, "A bed for AAA-AAA|Willow Court, Room 1|AAA-AAA;");
  g_string_truncate (told, 0);
  apply (model, "{\"from\":10,\"revision\":11,\"referrals\":[{\"referral\":\"AAA-AAA\",\"state\":\"accepted\",\"lane\":\"flow\","
                "\"source\":\"uhs\",\"bed\":\"willow-1\"}]}");
  desk_news_look (news, model, &session, count_news, told);
  desk_news_look (news, model, &session, count_news, told);
  g_assert_cmpstr (told->str, ==, "AAA-AAA is accepted|Willow Court, Room 1|AAA-AAA;");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk-acts/cells", test_cells);
  g_test_add_func ("/desk-acts/once-done", test_once_done);
  g_test_add_func ("/desk-acts/words", test_words);
  g_test_add_func ("/desk-draft/members", test_draft_members);
  g_test_add_func ("/desk-draft/cycle", test_draft_cycle);
  g_test_add_func ("/desk-draft/districts", test_draft_districts);
  g_test_add_func ("/desk-draft/ready", test_draft_ready);
  g_test_add_func ("/desk-columns/widths", test_columns);
  g_test_add_func ("/desk-words/durations", test_durations);
  g_test_add_func ("/desk-words/transport", test_transport_closes);
  g_test_add_func ("/desk-words/clocks", test_clock_words);
  g_test_add_func ("/desk-words/chips", test_chips);
  g_test_add_func ("/desk-queue/order", test_queue);
  g_test_add_func ("/desk-queue/step", test_step);
  g_test_add_func ("/desk-search/finds", test_search);
  g_test_add_func ("/desk-news/tells", test_news);
  return g_test_run ();
}
