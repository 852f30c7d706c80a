/* test-ward-live.c: the ward against a real broker and a real gateway: somebody is accepted, arrives and
 * leaves; what is pressed while the gateway is gone is done once when it is back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ward-stage.h"

#include "board/board-client.h"
#include "board/board-codes.h"
#include "board/ward/ward-board.h"
#include "tests/integration/town.h"

#include <signal.h>

#define WAIT_MS 30000
#define BEDS 8

/* The parts of a stage that presses need, over a real client. */
typedef struct
{
  Town *town;
  BedLive *coordinator;
  BoardClient *client;
  BoardStage stage;
} Ward;

static gboolean
on_late (gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_CONTINUE;
}

static void
on_line (BoardClient *client, gpointer user_data)
{
  board_context_beat (((Ward *)user_data)->stage.context);
}

static BedDisplay
get_display (Ward *ward, const char *id)
{
  const BoardBed *bed = board_model_find_bed (ward->stage.model, id);

  return bed != NULL ? bed->display : BED_DISPLAY_N;
}

static void
wait_for (Ward *ward, const char *bed, BedDisplay display)
{
  gboolean is_late = FALSE;
  guint source = g_timeout_add (WAIT_MS, on_late, &is_late);

  while (get_display (ward, bed) != display && !is_late)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
  g_assert_cmpint (get_display (ward, bed), ==, display);
  board_stage_draw (&ward->stage);
}

static void
wait_for_line (Ward *ward, gboolean is_live)
{
  gboolean is_late = FALSE;
  guint source = g_timeout_add (WAIT_MS, on_late, &is_late);
  BoardMoment moment;

  for (;;)
    {
      board_context_get_moment (ward->stage.context, &moment);
      if ((moment.line == BOARD_LINE_LIVE) == is_live || is_late)
        break;
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (source);
  g_assert_false (is_late);
  board_stage_draw (&ward->stage);
}

static Ward *
ward_new (void)
{
  Ward *ward = g_new0 (Ward, 1);
  BoardSource source;

  ward->town = town_new (BEDS);
  ward->coordinator = town_join (ward->town, TOWN_COORDINATOR, "{}");
  town_make_ready (ward->town, ward->coordinator);
  ward->stage.model = board_model_new ("");
  ward->client = board_client_new (ward->town->url, TOWN_UNIT, "{\"unit\":\"u0\"}", ward->stage.model);
  source = board_client_get_source (ward->client);
  ward->stage.commands = board_commands_new (&source, board_client_make_key, ward->client, TRUE);
  ward->stage.context = board_context_new (ward->stage.model, ward->stage.commands, &source);
  ward->stage.view = ward_board_new (ward->stage.context, "u0");
  ward->stage.window = gtk_window_new ();
  gtk_widget_set_size_request (ward->stage.view, 1280, 800);
  gtk_window_set_child (GTK_WINDOW (ward->stage.window), ward->stage.view);
  gtk_window_present (GTK_WINDOW (ward->stage.window));
  g_signal_connect (ward->client, "line", G_CALLBACK (on_line), ward);
  board_client_start (ward->client);
  wait_for (ward, "u0-00", BED_DISPLAY_FREE);
  return ward;
}

static void
ward_free (Ward *ward)
{
  gtk_window_destroy (GTK_WINDOW (ward->stage.window));
  g_signal_handlers_disconnect_by_data (ward->client, ward);
  g_object_unref (ward->stage.context);
  g_object_unref (ward->stage.commands);
  g_object_unref (ward->client);
  g_object_unref (ward->stage.model);
  g_object_unref (ward->coordinator);
  town_free (ward->town);
  g_free (ward);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Ward, ward_free)

/* Offers a woman to a bed; her code, owned. */
static char *
place (Ward *ward, const char *bed)
{
  g_autoptr (GPtrArray) codes = town_refer (ward->coordinator, 1);
  const char *code = g_ptr_array_index (codes, 0);
  g_autofree char *triage = town_params ("'referral':'%s','pathway':'supported','lane':'flow','home_first':'needs_nursing'", code);
  g_autofree char *params = town_params ("'referral':'%s','bed':'%s'", code, bed);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) triaged = town_call (ward->coordinator, "referral.triage", triage, NULL, &error);
  g_autoptr (JsonNode) placed = NULL;

  g_assert_no_error (error);
  placed = town_call (ward->coordinator, "placement.place", params, NULL, &error);
  g_assert_no_error (error);
  return g_strdup (code);
}

static void
say_yes (Ward *ward, const char *code)
{
  g_autofree char *yes = g_strdup_printf ("Yes, %s", code);

  ward_stage_press (&ward->stage, NULL, yes);
}

static gboolean
is_being_cleaned (BoardStage *stage)
{
  return board_model_find_bed (stage->model, "u0-00")->readiness == BED_READINESS_CLEANING;
}

static void
test_stay (void)
{
  g_autoptr (Ward) ward = ward_new ();
  g_autofree char *code = place (ward, "u0-00");

  wait_for (ward, "u0-00", BED_DISPLAY_HELD);
  ward_stage_press (&ward->stage, NULL, "Accept");
  say_yes (ward, code);
  wait_for (ward, "u0-00", BED_DISPLAY_ACCEPTED);
  ward_stage_press (&ward->stage, NULL, "Arrived");
  say_yes (ward, code);
  wait_for (ward, "u0-00", BED_DISPLAY_OCCUPIED);
  g_assert_nonnull (board_stage_find (&ward->stage, "Day 1 of 42"));
  g_assert_true (gtk_widget_activate_action (board_stage_find (&ward->stage, "state"), "ward.do", "(ss)", "u0-00", "has-left"));
  board_stage_draw (&ward->stage);
  ward_stage_press (&ward->stage, NULL, board_code_say (&bed_outcome_words, BED_OUTCOME_HOME));
  wait_for (ward, "u0-00", BED_DISPLAY_CLEANING);
  ward_stage_press (&ward->stage, NULL, "Clean");
  board_stage_wait (is_being_cleaned, &ward->stage);
  board_stage_draw (&ward->stage);
  ward_stage_press (&ward->stage, NULL, "Ready");
  wait_for (ward, "u0-00", BED_DISPLAY_FREE);
}

static void
test_queue (void)
{
  g_autoptr (Ward) ward = ward_new ();

  town_kill (&ward->town->gateway, SIGKILL);
  wait_for_line (ward, FALSE);
  ward_stage_press (&ward->stage, NULL, "Fill");
  ward_stage_press (&ward->stage, NULL, board_code_say (&bed_fill_words, BED_FILL_SYSTEM_DOWN));
  g_assert_nonnull (board_stage_find (&ward->stage, "Waiting for the line"));
  g_assert_cmpint (get_display (ward, "u0-00"), ==, BED_DISPLAY_FREE);
  town_start_gateway (ward->town);
  wait_for_line (ward, TRUE);
  wait_for (ward, "u0-00", BED_DISPLAY_OCCUPIED);
  g_assert_null (board_stage_find (&ward->stage, "Waiting for the line"));
  g_assert_cmpint (get_display (ward, "u0-01"), ==, BED_DISPLAY_FREE);
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ward-live/stay", test_stay);
  g_test_add_func ("/ward-live/queue", test_queue);
  return g_test_run ();
}
