/* test-wall-placing.c: the state machine of placing: every refusal in words, keys that stay or
 * change.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board/wall/wall-placing.h"

#include <string.h>

typedef struct
{
  BoardModel *model;
  BoardCommands *commands;
  BoardContext *context;
  WallPlacing *placing;
  BoardMoment moment;
  char *method;
  char *params;
  BoardAnswer answer;
  gpointer answer_data;
  guint n_calls;
  guint n_keys;
} Stage;

static const WallChoice choice = { "K7Q-M4X", "cedar-02", "cedar", 6200 };

static void
call (const char *method, const char *params, BoardAnswer answer, gpointer answer_data,
      gpointer user_data)
{
  Stage *stage = user_data;

  g_free (stage->method);
  g_free (stage->params);
  stage->method = g_strdup (method);
  stage->params = g_strdup (params);
  stage->answer = answer;
  stage->answer_data = answer_data;
  stage->n_calls++;
}

static void
make_key (char *key, gsize size, gpointer user_data)
{
  g_snprintf (key, size, "key-%u", ++((Stage *)user_data)->n_keys);
}

static void
get_moment (gpointer user_data, BoardMoment *moment)
{
  *moment = ((Stage *)user_data)->moment;
}

static void
stage_open (Stage *stage)
{
  BoardSource source = { get_moment, call, stage };

  memset (stage, 0, sizeof *stage);
  stage->moment.monotonic_us = 1000 * G_USEC_PER_SEC;
  stage->model = board_model_new ("");
  stage->commands = board_commands_new (&source, make_key, stage, FALSE);
  stage->context = board_context_new (stage->model, stage->commands, &source);
  stage->placing = wall_placing_new (stage->context);
}

static void
stage_close (Stage *stage)
{
  g_object_unref (stage->placing);
  g_object_unref (stage->context);
  g_object_unref (stage->commands);
  g_object_unref (stage->model);
  g_free (stage->method);
  g_free (stage->params);
}

static void
send (Stage *stage)
{
  if (wall_placing_get_state (stage->placing) != WALL_PLACING_ASKING)
    {
      wall_placing_pick (stage->placing, &choice);
      wall_placing_confirm (stage->placing);
    }
  wall_placing_submit (stage->placing, "ann", "1234");
}

static void
refuse (Stage *stage, BedError reason, const char *data)
{
  g_autoptr (GError) error = g_error_new_literal (BED_ERROR, (int)reason, "words");
  g_autoptr (JsonNode) node = data != NULL ? json_from_string (data, NULL) : NULL;

  stage->answer (NULL, error, node != NULL ? json_node_get_object (node) : NULL,
                 stage->answer_data);
}

static void
answer (Stage *stage, const char *text)
{
  g_autoptr (JsonNode) result = json_from_string (text, NULL);

  stage->answer (result, NULL, NULL, stage->answer_data);
}

/* Placed, answered and shown. */
static void
place (Stage *stage)
{
  send (stage);
  answer (stage, "{\"state\":\"held\",\"revision\":50}");
  board_commands_see (stage->commands, 50);
}

static void
test_every_refusal_has_words (void)
{
  for (guint reason = 0; reason < BED_N_ERRORS; reason++)
    {
      Stage stage;

      stage_open (&stage);
      send (&stage);
      refuse (&stage, (BedError)reason, NULL);
      g_assert_cmpuint (strlen (wall_placing_peek_words (stage.placing)), >, 3);
      g_assert_cmpint (wall_placing_get_state (stage.placing), ==,
                       reason == BED_ERROR_BAD_PIN ? WALL_PLACING_ASKING : WALL_PLACING_REFUSED);
      g_assert_false (wall_placing_is_pending (stage.placing, choice.referral));
      stage_close (&stage);
    }
}

/* It may have been done: asking again must not do it twice. */
static void
test_uncertain_keeps_its_key (void)
{
  Stage stage;

  stage_open (&stage);
  send (&stage);
  g_assert_nonnull (strstr (stage.params, "key-1"));
  refuse (&stage, BED_ERROR_UNCERTAIN, NULL);
  wall_placing_confirm (stage.placing);
  send (&stage);
  g_assert_cmpuint (stage.n_calls, ==, 2);
  g_assert_nonnull (strstr (stage.params, "key-1"));
  refuse (&stage, BED_ERROR_BED_TAKEN, NULL);
  stage_close (&stage);
}

static void
test_a_refusal_changes_the_key (void)
{
  Stage stage;

  stage_open (&stage);
  send (&stage);
  refuse (&stage, BED_ERROR_BAD_PIN, NULL);
  send (&stage);
  g_assert_nonnull (strstr (stage.params, "key-2"));
  refuse (&stage, BED_ERROR_UNAVAILABLE, NULL);
  stage_close (&stage);
}

static void
test_another_bed_changes_the_key (void)
{
  Stage stage;
  WallChoice other = choice;

  g_strlcpy (other.bed, "cedar-03", sizeof other.bed);
  stage_open (&stage);
  send (&stage);
  refuse (&stage, BED_ERROR_UNCERTAIN, NULL);
  wall_placing_pick (stage.placing, &other);
  send (&stage);
  g_assert_nonnull (strstr (stage.params, "key-2"));
  refuse (&stage, BED_ERROR_UNAVAILABLE, NULL);
  stage_close (&stage);
}

static void
test_next_of_the_wrong_shape (void)
{
  Stage stage;

  stage_open (&stage);
  send (&stage);
  refuse (&stage, BED_ERROR_BED_TAKEN, "{\"next\":{\"bed\":7,\"unit\":[],\"metres\":\"far\"}}");
  g_assert_null (wall_placing_peek_next (stage.placing));
  wall_placing_confirm (stage.placing);
  g_assert_cmpint (wall_placing_get_state (stage.placing), ==, WALL_PLACING_IDLE);
  stage_close (&stage);
}

static void
test_done_when_the_revision_is_seen (void)
{
  Stage stage;

  stage_open (&stage);
  board_commands_see (stage.commands, 40);
  send (&stage);
  g_assert_true (wall_placing_is_pending (stage.placing, choice.referral));
  answer (&stage, "{\"state\":\"held\",\"revision\":50}");
  g_assert_true (wall_placing_is_pending (stage.placing, choice.referral));
  board_commands_see (stage.commands, 49);
  g_assert_true (wall_placing_is_pending (stage.placing, choice.referral));
  board_commands_see (stage.commands, 50);
  g_assert_false (wall_placing_is_pending (stage.placing, choice.referral));
  stage_close (&stage);
}

static void
test_event_before_the_answer (void)
{
  Stage stage;

  stage_open (&stage);
  send (&stage);
  board_commands_see (stage.commands, 51);
  answer (&stage, "{\"state\":\"held\",\"revision\":50}");
  g_assert_false (wall_placing_is_pending (stage.placing, choice.referral));
  stage_close (&stage);
}

static void
test_submit_without_being_asked (void)
{
  Stage stage;

  stage_open (&stage);
  wall_placing_submit (stage.placing, "ann", "1234");
  wall_placing_pick (stage.placing, &choice);
  wall_placing_submit (stage.placing, "ann", "1234");
  g_assert_cmpuint (stage.n_calls, ==, 0);
  stage_close (&stage);
}

static void
test_lock_out_is_left_by_esc_only (void)
{
  Stage stage;

  stage_open (&stage);
  send (&stage);
  refuse (&stage, BED_ERROR_LOCKED_OUT, NULL);
  wall_placing_confirm (stage.placing);
  g_assert_cmpint (wall_placing_get_state (stage.placing), ==, WALL_PLACING_REFUSED);
  wall_placing_cancel (stage.placing);
  g_assert_cmpint (wall_placing_get_state (stage.placing), ==, WALL_PLACING_IDLE);
  g_assert_cmpuint (stage.n_calls, ==, 1);
  stage_close (&stage);
}

static void
test_take_back (void)
{
  Stage stage;

  stage_open (&stage);
  place (&stage);
  g_assert_cmpuint (wall_placing_get_undo_left_s (stage.placing), ==, 60);
  g_assert_true (wall_placing_take_back (stage.placing));
  g_assert_true (wall_placing_is_undo (stage.placing));
  wall_placing_submit (stage.placing, "ann", "1234");
  g_assert_cmpstr (stage.method, ==, "undo");
  g_assert_nonnull (strstr (stage.params, "\"undoes\":\"key-1\""));
  g_assert_nonnull (strstr (stage.params, "\"user\":\"ann\""));
  answer (&stage, "{\"revision\":51}");
  g_assert_cmpint (wall_placing_get_state (stage.placing), ==, WALL_PLACING_IDLE);
  g_assert_false (wall_placing_take_back (stage.placing));
  stage_close (&stage);
}

static void
test_take_back_within_a_minute (void)
{
  Stage stage;

  stage_open (&stage);
  g_assert_false (wall_placing_take_back (stage.placing));
  place (&stage);
  stage.moment.monotonic_us += BOARD_UNDO_US - 1;
  g_assert_cmpuint (wall_placing_get_undo_left_s (stage.placing), ==, 1);
  stage.moment.monotonic_us += 1;
  g_assert_cmpuint (wall_placing_get_undo_left_s (stage.placing), ==, 0);
  g_assert_false (wall_placing_take_back (stage.placing));
  stage_close (&stage);
}

/* Another's PIN, or a mistyped one: it can still be taken back by the right one. */
static void
test_take_back_with_a_wrong_pin (void)
{
  Stage stage;

  stage_open (&stage);
  place (&stage);
  wall_placing_take_back (stage.placing);
  wall_placing_submit (stage.placing, "ann", "9999");
  refuse (&stage, BED_ERROR_BAD_PIN, NULL);
  g_assert_cmpint (wall_placing_get_state (stage.placing), ==, WALL_PLACING_ASKING);
  g_assert_cmpuint (strlen (wall_placing_peek_words (stage.placing)), >, 3);
  wall_placing_cancel (stage.placing);
  g_assert_true (wall_placing_take_back (stage.placing));
  stage_close (&stage);
}

static void
test_pending_while_taken_back (void)
{
  Stage stage;

  stage_open (&stage);
  place (&stage);
  g_assert_false (wall_placing_is_pending (stage.placing, choice.referral));
  wall_placing_take_back (stage.placing);
  wall_placing_submit (stage.placing, "ann", "1234");
  g_assert_true (wall_placing_is_pending (stage.placing, choice.referral));
  answer (&stage, "{\"revision\":51}");
  g_assert_true (wall_placing_is_pending (stage.placing, choice.referral));
  board_commands_see (stage.commands, 51);
  g_assert_false (wall_placing_is_pending (stage.placing, choice.referral));
  stage_close (&stage);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/placing/every-refusal-has-words", test_every_refusal_has_words);
  g_test_add_func ("/placing/uncertain-keeps-its-key", test_uncertain_keeps_its_key);
  g_test_add_func ("/placing/a-refusal-changes-the-key", test_a_refusal_changes_the_key);
  g_test_add_func ("/placing/another-bed-changes-the-key", test_another_bed_changes_the_key);
  g_test_add_func ("/placing/next-of-the-wrong-shape", test_next_of_the_wrong_shape);
  g_test_add_func ("/placing/done-when-the-revision-is-seen", test_done_when_the_revision_is_seen);
  g_test_add_func ("/placing/event-before-the-answer", test_event_before_the_answer);
  g_test_add_func ("/placing/submit-without-being-asked", test_submit_without_being_asked);
  g_test_add_func ("/placing/lock-out-is-left-by-esc-only", test_lock_out_is_left_by_esc_only);
  g_test_add_func ("/placing/take-back", test_take_back);
  g_test_add_func ("/placing/take-back-within-a-minute", test_take_back_within_a_minute);
  g_test_add_func ("/placing/take-back-with-a-wrong-pin", test_take_back_with_a_wrong_pin);
  g_test_add_func ("/placing/pending-while-taken-back", test_pending_while_taken_back);
  return g_test_run ();
}
