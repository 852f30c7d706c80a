/* test-ward-live.c: the ward against a real broker and a real gateway: somebody is accepted, arrives and
 * leaves, or is declined; a press is taken back; what is pressed while the gateway is gone is done once
 * when it is back; how its beds were seen.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "live-stage.h"
#include "ward-stage.h"

#include "board/board-codes.h"
#include "board/ward/ward-board.h"

#define BEDS 8

static GtkWidget *
make_view (BoardContext *context)
{
  return ward_board_new (context, "u0");
}

static const LiveKind kind = { .make_view = make_view,
                               .style = "ward.css",
                               .token = TOWN_UNIT,
                               .scope = "{\"unit\":\"u0\"}",
                               .lap = "",
                               .queues = TRUE };

/* Nobody presses what has changed under the finger. */
#define PAUSE_US G_USEC_PER_SEC

static void
press (LiveStage *live, const char *words)
{
  live_stage_pass (live, PAUSE_US);
  stage_press (&live->stage, NULL, words);
}

static void
press_card (LiveStage *live, const char *bed, const char *words)
{
  live_stage_pass (live, PAUSE_US);
  stage_press (&live->stage, ward_stage_find_bed (&live->stage, bed), words);
}

static void
say_yes (LiveStage *live, const char *code)
{
  g_autofree char *yes = g_strdup_printf ("Yes, %s", code);

  press (live, yes);
}

/* A woman is held for a bed; her code, owned. */
static char *
place (LiveStage *live, const char *bed)
{
  char *code = live_stage_refer (live);

  live_stage_tell (live, "placement.place", "'referral':'%s','bed':'%s'", code, bed);
  live_stage_wait_display (live, bed, BED_DISPLAY_HELD);
  return code;
}

static gboolean
is_being_cleaned (LiveStage *live, const char *wanted)
{
  return board_model_find_bed (live->stage.model, "u0-00")->readiness == BED_READINESS_CLEANING;
}

static void
test_stay (void)
{
  g_autoptr (LiveStage) live = live_stage_open (&kind, BEDS);
  g_autofree char *code = place (live, "u0-00");

  press (live, "Accept");
  say_yes (live, code);
  live_stage_wait_display (live, "u0-00", BED_DISPLAY_ACCEPTED);
  press (live, "Arrived");
  say_yes (live, code);
  live_stage_wait_display (live, "u0-00", BED_DISPLAY_OCCUPIED);
  g_assert_nonnull (board_stage_find (&live->stage, "Day 1 of 42"));
  g_assert_true (gtk_widget_activate_action (board_stage_find (&live->stage, "state"), "ward.do", "(ss)", "u0-00", "has-left"));
  board_stage_draw (&live->stage);
  press (live, board_code_say (&bed_outcome_words, BED_OUTCOME_HOME));
  live_stage_wait_display (live, "u0-00", BED_DISPLAY_CLEANING);
  press (live, "Clean");
  live_stage_wait (live, is_being_cleaned, "the cleaning of u0-00");
  press (live, "Ready");
  live_stage_wait_display (live, "u0-00", BED_DISPLAY_FREE);
}

static void
test_decline (void)
{
  g_autoptr (LiveStage) live = live_stage_open (&kind, BEDS);
  g_autofree char *code = place (live, "u0-00");

  press (live, "Decline");
  press (live, board_code_say (&bed_decline_words, BED_DECLINE_NO_STAFF));
  live_stage_wait_display (live, "u0-00", BED_DISPLAY_FREE);
  live_stage_assert_history (live, code, "placement.placed placement.declined:no_staff");
}

static void
fill (LiveStage *live, const char *bed)
{
  press_card (live, bed, "Fill");
  press (live, board_code_say (&bed_fill_words, BED_FILL_SYSTEM_DOWN));
}

static void
test_undo (void)
{
  g_autoptr (LiveStage) live = live_stage_open (&kind, BEDS);

  fill (live, "u0-00");
  live_stage_wait_display (live, "u0-00", BED_DISPLAY_OCCUPIED);
  press (live, "Undo");
  live_stage_wait_display (live, "u0-00", BED_DISPLAY_FREE);
  live_stage_assert_journal (live, "unit", "bed.filled u0-00, undone u0-00");
}

/* Both wait, and are done in their order. */
static void
test_queue (void)
{
  g_autoptr (LiveStage) live = live_stage_open (&kind, BEDS);

  live_stage_lose_gateway (live);
  fill (live, "u0-01");
  fill (live, "u0-00");
  g_assert_nonnull (board_stage_find (&live->stage, "2 updates wait"));
  g_assert_nonnull (board_stage_find (&live->stage, "Waiting for the line"));
  g_assert_cmpint (live_stage_get_display (live, "u0-00"), ==, BED_DISPLAY_FREE);
  live_stage_mend (live);
  live_stage_wait_display (live, "u0-01", BED_DISPLAY_OCCUPIED);
  live_stage_wait_display (live, "u0-00", BED_DISPLAY_OCCUPIED);
  live_stage_wait_no_words (live, "Waiting for the line");
  live_stage_assert_journal (live, "unit", "bed.filled u0-01, bed.filled u0-00");
}

/* The answer is lost with the gateway: asked again with its key, the register does it once. */
static void
test_lost_answer (void)
{
  g_autoptr (LiveStage) live = live_stage_open (&kind, BEDS);

  live_stage_lose_answer (live, fill, "u0-00");
  live_stage_wait_journal (live, "unit", "bed.filled u0-00");
  live_stage_mend (live);
  live_stage_wait_words (live, "is-done"); /* the toast's: not refused as done already */
  live_stage_wait_display (live, "u0-00", BED_DISPLAY_OCCUPIED);
  live_stage_assert_journal (live, "unit", "bed.filled u0-00");
}

/* --- what was pressed while the line was down, and holds no longer --- */

#define LATE_US (40 * G_GINT64_CONSTANT (60000000))

static void
say_still_so (LiveStage *live, const char *bed)
{
  g_assert_true (gtk_widget_activate_action (board_stage_find (&live->stage, "state"), "ward.do", "(ss)", bed, "still-so"));
  board_stage_draw (&live->stage);
}

/* Of two beds, somebody else reports one meanwhile: the other one is reported, that one is not. */
static void
test_queue_overtaken (void)
{
  g_autoptr (LiveStage) live = live_stage_open (&kind, BEDS);

  live_stage_lose_gateway (live);
  say_still_so (live, "u0-00");
  say_still_so (live, "u0-01");
  g_assert_nonnull (board_stage_find (&live->stage, "2 updates wait"));
  live_stage_tell (live, "bed.report", "'bed':'u0-00','readiness':'dirty','source':'phone'");
  live_stage_mend (live);
  live_stage_wait_journal (live, "unit", "bed.reported u0-01");
  live_stage_wait_words (live, "Somebody has updated Room 1 since: look again");
  live_stage_wait_no_words (live, "Waiting for the line");
  live_stage_wait_display (live, "u0-00", BED_DISPLAY_CLEANING);
  live_stage_assert_journal (live, "unit", "bed.reported u0-01");
}

static void
test_queue_unchanged_too_late (void)
{
  g_autoptr (LiveStage) live = live_stage_open (&kind, BEDS);

  live_stage_lose_gateway (live);
  press (live, "Everything unchanged, confirm");
  g_assert_nonnull (board_stage_find (&live->stage, "1 update waits"));
  live_stage_pass (live, LATE_US);
  live_stage_mend (live);
  live_stage_wait_words (live, "Pressed 40 min ago: look again");
  g_assert_null (board_stage_find (&live->stage, "1 update waits"));
  live_stage_assert_journal (live, "unit", "");
}

/* --- the mirror --- */

/* Somebody looks for a bed, at this gateway. */
static void
find (BedLive *searcher, const char *more)
{
  g_autofree char *params
      = g_strdup_printf ("{\"home\":\"SO51\",\"sex\":\"female\",\"type\":\"rehab\",%s}", more);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) found = town_call (searcher, "bed.find", params, NULL, &error);

  g_assert_no_error (error);
}

static void
append_figures (GtkWidget *widget, GString *figures)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_has_css_class (widget, "figure"))
    g_string_append_printf (figures, "%s ", gtk_label_get_text (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    append_figures (child, figures);
}

/* u1 is nearer to SO51, so u0 is shown once and passed over three times, twice for want of a hoist. */
static void
test_mirror (void)
{
  g_autoptr (LiveStage) live = live_stage_open (&kind, 2 * BEDS);
  g_autoptr (BedLive) searcher = town_join (live->town, TOWN_COORDINATOR, NULL);
  g_autofree char *code = place (live, "u0-00");
  g_autoptr (GString) figures = g_string_new (NULL);
  GtkWidget *mirror;

  find (searcher, "\"needs\":{}");
  find (searcher, "\"needs\":{},\"limit\":1");
  find (searcher, "\"needs\":{\"must\":[\"hoist\"]}");
  find (searcher, "\"needs\":{\"must\":[\"hoist\"]}");
  press (live, "How our beds were seen today");
  live_stage_wait_no_words (live, "Asking…");
  mirror = gtk_widget_get_ancestor (board_stage_find (&live->stage, "times it came first"), GTK_TYPE_GRID);
  append_figures (mirror, figures);
  g_assert_cmpstr (figures->str, ==, "1 0 3 1 ");
  g_assert_nonnull (board_stage_find (&live->stage, "Top reason, 2 times: Missing hoist"));
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ward-live/stay", test_stay);
  g_test_add_func ("/ward-live/decline", test_decline);
  g_test_add_func ("/ward-live/undo", test_undo);
  g_test_add_func ("/ward-live/queue", test_queue);
  g_test_add_func ("/ward-live/lost-answer", test_lost_answer);
  g_test_add_func ("/ward-live/queue-overtaken", test_queue_overtaken);
  g_test_add_func ("/ward-live/queue-unchanged-too-late", test_queue_unchanged_too_late);
  g_test_add_func ("/ward-live/mirror", test_mirror);
  return g_test_run ();
}
