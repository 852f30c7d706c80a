/* test-desk-late.c: answers that come late, questions that outlive what they were asked about, and what
 * may have been done: nobody and nothing is taken for another.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-scene.h"

#include "board/board-codes.h"
#include "board/desk/desk-handover-print.h"

#include <glib/gstdio.h>

/* The register answers anew while somebody rings: what was rung about is reserved, not what stands there now. */
static void
test_call_first_keeps_its_bed (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_REFERRER, DESK_N_PEOPLE);
  GString *offers = g_string_new ("{\"revision\":4101,\"offers\":[");

  choose (stage, DESK_PERSON_WAITING);
  desk_state_pick (get_state (stage), "parklands-01");
  act (stage, "desk.reserve", NULL);
  for (guint i = 1; i <= 5; i++)
    g_string_append_printf (offers, "%s{\"bed\":\"lymington-0%u\",\"unit\":\"lymington\",\"metres\":30200,\"call_first\":true}",
                            i > 1 ? "," : "", i);
  g_string_append (offers, "],\"cut_off\":0,\"ruled_out\":[],\"total\":5}");
  stage->moment.monotonic_us += DESK_ASK_AGAIN_US;
  desk_state_ask (get_state (stage));
  board_stage_answer (stage, board_stage_find_call (stage, "bed.find"), offers->str);
  g_string_free (offers, TRUE);
  board_stage_click (stage, "_They have it: reserve");
  assert_param (board_stage_find_call (stage, "hold.take"), "bed", "parklands-01");
}

/* A question that was asked about one person is never answered for another. */
static void
assert_gone_with_the_person (BoardStage *stage, const char *words, const char *method)
{
  choose (stage, DESK_PERSON_PLAIN);
  if (board_stage_find (stage, words) != NULL)
    board_stage_click (stage, words);
  g_assert_null (board_stage_find_call (stage, method));
}

static void
test_call_first_goes_with_the_person (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_REFERRER, DESK_N_PEOPLE);

  choose (stage, DESK_PERSON_WAITING);
  desk_state_pick (get_state (stage), "parklands-01");
  act (stage, "desk.reserve", NULL);
  g_assert_nonnull (board_stage_find (stage, "_They have it: reserve"));
  assert_gone_with_the_person (stage, "_They have it: reserve", "hold.take");
}

static void
test_override_goes_with_the_person (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_COORDINATOR, DESK_N_PEOPLE);
  const char *words = board_code_say (&bed_override_words, BED_OVERRIDE_SAFEGUARDING);

  change (stage, REVISION, DESK_PERSON_PLAIN, "waiting", "\"offer\":{\"bed\":\"willow-court-02\"}");
  choose (stage, DESK_PERSON_WAITING);
  act (stage, "desk.reserve", NULL);
  g_assert_nonnull (board_stage_find (stage, words));
  assert_gone_with_the_person (stage, words, "placement.place");
}

/* The window is closed between the two questions of a cancelling. */
static void
test_cancel_closed (void)
{
  BoardStage *stage = desk_fixture_open (1920, 1080, BED_ROLE_REFERRER, DESK_N_PEOPLE);
  GtkWidget *label;

  choose (stage, DESK_PERSON_COMING);
  act (stage, "desk.act", "cancel");
  label = board_stage_find (stage, board_code_say (&bed_canceller_words, BED_CANCELLER_REFERRER));
  g_assert_nonnull (label);
  gtk_widget_activate (gtk_widget_get_ancestor (label, GTK_TYPE_LIST_BOX_ROW));
  board_stage_close (stage);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Of who is gone nothing is kept. */
static void
test_counts_go (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_REFERRER, DESK_N_PEOPLE);
  const char *code = desk_fixture_code (DESK_PERSON_PLAIN);
  g_autofree char *params = g_strdup_printf ("{\"from\":%d,\"revision\":%d,\"gone\":{\"referrals\":[\"%s\"]}}", REVISION,
                                             REVISION + 1, code);
  guint sure;

  g_assert_cmpint (desk_state_count_suiting (get_state (stage), code, &sure), >, 0);
  board_stage_tell (stage, "feed.changes", params);
  board_stage_beat (stage);
  g_assert_cmpint (desk_state_count_suiting (get_state (stage), code, &sure), ==, -1);
}

/* No answer: what is sent again is the same referral with its key, not a second one. */
static void
test_form_uncertain (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_REFERRER, DESK_N_PEOPLE);
  g_autofree char *key = NULL;
  StageCall *call;

  fill_form (stage);
  board_stage_click (stage, "_Send the referral");
  key = board_stage_get_param (board_stage_find_call (stage, "referral.submit"), "key");
  while ((call = board_stage_find_call (stage, "referral.submit")) != NULL)
    {
      board_stage_refuse (stage, call, BED_ERROR_UNCERTAIN, NULL);
      stage->moment.monotonic_us += BOARD_COMMAND_RETRY_US;
      stage->moment.now_us += BOARD_COMMAND_RETRY_US;
      board_stage_beat (stage);
    }
  g_assert_nonnull (board_stage_find (stage, board_refusal_words (BED_ERROR_UNCERTAIN)));
  g_assert_false (gtk_widget_is_sensitive (find_entry (stage->view, "SO51"))); /* it is as it was sent */
  board_stage_click (stage, "_Send the referral");
  call = board_stage_find_call (stage, "referral.submit");
  assert_param (call, "key", key);
  board_stage_refuse (stage, call, BED_ERROR_BAD_VALUE, "{\"reason\":\"bad_value\",\"member\":\"home\"}");
  g_assert_true (gtk_widget_is_sensitive (find_entry (stage->view, "SO51")));
}

/* An answer about somebody else comes late: it is not this person's story. */
static void
test_history_of_another (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_REFERRER, DESK_N_PEOPLE);
  StageCall *first;

  desk_state_choose (get_state (stage), desk_fixture_code (DESK_PERSON_WAITING));
  first = board_stage_find_call (stage, "referral.history");
  desk_state_choose (get_state (stage), desk_fixture_code (DESK_PERSON_PLAIN));
  g_assert_true (board_stage_find_call (stage, "referral.history") != first);
  board_stage_answer (stage, first, "{\"events\":[{\"event\":\"referral.paused\",\"reason\":\"unwell\",\"at\":\"2026-11-22T11:00:00.000Z\"}]}");
  g_assert_null (board_stage_find (stage, "told"));
  desk_fixture_answer (stage);
  g_assert_nonnull (board_stage_find (stage, "told"));
}

/* Likewise a bed: reserving it again asks for the same thing, with its key. */
static void
test_reserve_uncertain (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_REFERRER, DESK_N_PEOPLE);
  g_autofree char *key = NULL;
  StageCall *call;

  choose (stage, DESK_PERSON_WAITING);
  act (stage, "desk.reserve", NULL);
  key = board_stage_get_param (board_stage_find_call (stage, "hold.take"), "key");
  while ((call = board_stage_find_call (stage, "hold.take")) != NULL)
    {
      board_stage_refuse (stage, call, BED_ERROR_UNCERTAIN, NULL);
      stage->moment.monotonic_us += BOARD_COMMAND_RETRY_US;
      stage->moment.now_us += BOARD_COMMAND_RETRY_US;
      board_stage_beat (stage);
    }
  act (stage, "desk.reserve", NULL);
  call = board_stage_find_call (stage, "hold.take");
  g_assert_nonnull (call);
  assert_param (call, "key", key);
}

static gboolean
drop_handover (gpointer user_data)
{
  g_clear_pointer ((DeskHandover **)user_data, desk_handover_free);
  return G_SOURCE_REMOVE;
}

/* Another time is chosen, or the desk closed, while it is printed. */
static void
test_printed_and_gone (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_REFERRER, DESK_N_PEOPLE);
  DeskHandover *handover = desk_handover_new (stage->model, stage->moment.now_us - 1, stage->moment.now_us);
  g_autofree char *folder = g_dir_make_tmp ("homeward-handover-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "handover.pdf", NULL);
  g_autoptr (GError) error = NULL;

  g_idle_add_full (G_PRIORITY_HIGH, drop_handover, &handover, NULL);
  g_assert_true (desk_handover_print (handover, "Handover", NULL, path, &error));
  g_assert_no_error (error);
  g_assert_null (handover); /* gone before the page was drawn */
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_rmdir (folder);
}

/* Enter takes what is written, also before the list has followed. */
static void
test_find_at_once (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_REFERRER, DESK_N_PEOPLE);
  GtkWidget *entry;

  act (stage, "desk.find", NULL);
  entry = gtk_widget_get_ancestor (gtk_root_get_focus (GTK_ROOT (stage->window)), GTK_TYPE_SEARCH_ENTRY);
  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), desk_fixture_code (DESK_PERSON_PLAIN));
  g_signal_emit_by_name (entry, "search-changed");
  gtk_editable_set_text (GTK_EDITABLE (entry), desk_fixture_code (DESK_PERSON_WAITING));
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpstr (desk_state_peek_chosen (get_state (stage)), ==, desk_fixture_code (DESK_PERSON_WAITING));
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk-late/call-first-keeps-its-bed", test_call_first_keeps_its_bed);
  g_test_add_func ("/desk-late/call-first-goes-with-the-person", test_call_first_goes_with_the_person);
  g_test_add_func ("/desk-late/override-goes-with-the-person", test_override_goes_with_the_person);
  g_test_add_func ("/desk-late/cancel-closed", test_cancel_closed);
  g_test_add_func ("/desk-late/counts-go", test_counts_go);
  g_test_add_func ("/desk-late/form-uncertain", test_form_uncertain);
  g_test_add_func ("/desk-late/history-of-another", test_history_of_another);
  g_test_add_func ("/desk-late/find-at-once", test_find_at_once);
  g_test_add_func ("/desk-late/reserve-uncertain", test_reserve_uncertain);
  g_test_add_func ("/desk-late/printed-and-gone", test_printed_and_gone);
  return g_test_run ();
}
