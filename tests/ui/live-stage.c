/* live-stage.c: owns the town, both its gateways, the client, the view and the other coordinator.
 *
 * The view's clock is the client's, which a test may set ahead; everything else is as in the program.
 * Nothing sleeps: what is waited for is looked at after every turn of the main loop, or asked for
 * again as soon as it was answered.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "live-stage.h"

#include "broker/broker-journal.h"

#include <signal.h>

#define WIDTH 1600
#define HEIGHT 1000

/* --- the client, and its clock --- */

static void
get_moment (gpointer user_data, BoardMoment *moment)
{
  LiveStage *live = user_data;
  BoardSource source = board_client_get_source (live->client);

  source.get_moment (source.user_data, moment);
  moment->now_us += live->ahead_us;
  moment->monotonic_us += live->ahead_us;
}

static void
call (const char *method, const char *params, BoardAnswer answer, gpointer answer_data, gpointer user_data)
{
  BoardSource source = board_client_get_source (((LiveStage *)user_data)->client);

  source.call (method, params, answer, answer_data, source.user_data);
}

static void
on_line (BoardClient *client, gpointer user_data)
{
  board_context_beat (((LiveStage *)user_data)->stage.context);
}

void
live_stage_pass (LiveStage *live, gint64 us)
{
  live->ahead_us += us;
  board_stage_beat (&live->stage);
}

/* --- waiting --- */

static gboolean
on_late (gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_CONTINUE;
}

static void
wait_until (LiveStage *live, LiveHolds holds, const char *wanted, const char *what)
{
  gboolean is_late = FALSE;
  guint source = g_timeout_add (TOWN_WAIT_MS, on_late, &is_late);

  while (!holds (live, wanted) && !is_late)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
  if (!holds (live, wanted))
    g_error ("waited too long for %s", what);
  board_stage_draw (&live->stage);
}

void
live_stage_wait (LiveStage *live, LiveHolds holds, const char *wanted)
{
  wait_until (live, holds, wanted, wanted);
}

BedDisplay
live_stage_get_display (LiveStage *live, const char *bed)
{
  const BoardBed *found = board_model_find_bed (live->stage.model, bed);

  return found != NULL ? found->display : BED_DISPLAY_N;
}

/* wanted: "u0-00 held" */
static gboolean
is_displayed (LiveStage *live, const char *wanted)
{
  g_auto (GStrv) words = g_strsplit (wanted, " ", 2);
  BedDisplay display = live_stage_get_display (live, words[0]);

  return display != BED_DISPLAY_N && g_str_equal (bed_words_print (&bed_display_words, display), words[1]);
}

void
live_stage_wait_display (LiveStage *live, const char *bed, BedDisplay display)
{
  g_autofree char *wanted = g_strdup_printf ("%s %s", bed, bed_words_print (&bed_display_words, display));

  wait_until (live, is_displayed, wanted, wanted);
}

static gboolean
is_live (LiveStage *live, const char *wanted)
{
  BoardMoment moment;

  board_context_get_moment (live->stage.context, &moment);
  return (moment.line == BOARD_LINE_LIVE) == (wanted != NULL);
}

void
live_stage_wait_line (LiveStage *live, gboolean is_wanted)
{
  wait_until (live, is_live, is_wanted ? "live" : NULL, is_wanted ? "a live line" : "a lost line");
}

static gboolean
is_said (LiveStage *live, const char *words)
{
  return board_stage_find (&live->stage, words) != NULL;
}

static gboolean
is_not_said (LiveStage *live, const char *words)
{
  return board_stage_find (&live->stage, words) == NULL;
}

void
live_stage_wait_words (LiveStage *live, const char *words)
{
  wait_until (live, is_said, words, words);
}

void
live_stage_wait_no_words (LiveStage *live, const char *words)
{
  g_autofree char *what = g_strdup_printf ("the end of \"%s\"", words);

  wait_until (live, is_not_said, words, what);
}

/* --- trouble --- */

void
live_stage_lose_gateway (LiveStage *live)
{
  town_kill (&live->town->gateway, SIGKILL);
  live_stage_wait_line (live, FALSE);
}

void
live_stage_lose_broker (LiveStage *live)
{
  town_kill (&live->town->broker, SIGKILL);
  live_stage_wait_line (live, FALSE);
}

static void
on_answer (JsonNode *result, const GError *error, JsonObject *data, gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
}

/* The broker sleeps while it is asked. The gateway answers a read by itself and in turn: with that
 * answer the question before it is on its way, and the broker finds it when it wakes. */
void
live_stage_lose_answer (LiveStage *live, void (*ask) (LiveStage *live, const char *wanted), const char *wanted)
{
  gboolean is_passed_on = FALSE;

  kill (live->town->broker, SIGSTOP);
  ask (live, wanted);
  call ("bed.find", "{}", on_answer, &is_passed_on, live);
  town_wait (&is_passed_on, "the gateway's answer to a read");
  live_stage_lose_gateway (live);
  kill (live->town->broker, SIGCONT);
}

/* The other gateway has found the new broker: it asks about somebody whom nobody knows. */
static gboolean
is_answered_elsewhere (LiveStage *live, const char *wanted)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) result = town_call (live->other, "referral.history", "{\"referral\":\"HW-0000-0\"}", NULL, &error);

  return !g_error_matches (error, BED_ERROR, BED_ERROR_UNAVAILABLE) && !g_error_matches (error, BED_ERROR, BED_ERROR_UNCERTAIN);
}

void
live_stage_mend (LiveStage *live)
{
  if (live->town->broker == 0)
    {
      town_start_broker (live->town);
      wait_until (live, is_answered_elsewhere, NULL, "the other gateway to find the new broker");
    }
  if (live->town->gateway == 0)
    town_start_gateway (live->town);
  live_stage_wait_line (live, TRUE);
}

/* --- somebody else --- */

void
live_stage_tell (LiveStage *live, const char *method, const char *format, ...)
{
  g_autofree char *members = NULL;
  g_autofree char *params = NULL;
  g_autoptr (JsonNode) result = NULL;
  g_autoptr (GError) error = NULL;
  va_list args;

  va_start (args, format);
  members = g_strdup_vprintf (format, args);
  va_end (args);
  params = town_params ("%s", members);
  result = town_call (live->other, method, params, NULL, &error);
  g_assert_no_error (error);
}

char *
live_stage_refer (LiveStage *live)
{
  g_autoptr (GPtrArray) codes = town_refer (live->other, 1);
  char *code = g_strdup (g_ptr_array_index (codes, 0));

  live_stage_tell (live, "referral.triage",
                   "'referral':'%s','pathway':'supported','lane':'flow','home_first':'needs_nursing'", code);
  return code;
}

static char *
print_history (LiveStage *live, const char *code)
{
  g_autofree char *params = g_strdup_printf ("{\"referral\":\"%s\"}", code);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) result = town_call (live->other, "referral.history", params, NULL, &error);
  g_autoptr (GString) words = g_string_new (NULL);
  JsonArray *events;

  g_assert_no_error (error);
  events = json_object_get_array_member (json_node_get_object (result), "events");
  for (guint i = 0; i < json_array_get_length (events); i++)
    {
      JsonObject *event = json_array_get_object_element (events, i);
      const char *word = json_object_get_string_member (event, "event");
      const char *reason = json_object_get_string_member_with_default (event, "reason", NULL);

      if (g_str_has_prefix (word, "offer.") || g_str_has_prefix (word, "referral."))
        continue;
      g_string_append_printf (words, "%s%s%s%s", words->len > 0 ? " " : "", word, reason != NULL ? ":" : "",
                              reason != NULL ? reason : "");
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

typedef struct
{
  const char *user;
  GString *words;
} Reader;

static gboolean
read_event (const BedEvent *event, gpointer user_data)
{
  Reader *reader = user_data;

  if (g_str_equal (event->actor, reader->user))
    g_string_append_printf (reader->words, "%s%s %s", reader->words->len > 0 ? ", " : "", bed_event_word (event->kind),
                            event->facts.bed);
  return TRUE;
}

static char *
print_journal (LiveStage *live, const char *user)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BrokerJournal) journal = broker_journal_open_read_only (live->town->state, NULL, &error);
  Reader reader = { user, g_string_new (NULL) };

  g_assert_no_error (error);
  g_assert_true (broker_journal_follow (journal, 0, read_event, &reader, &error));
  g_assert_no_error (error);
  return g_string_free (reader.words, FALSE);
}

/* What is told of a person by the history, of a user by the journal. Owned. */
typedef char *(*Print) (LiveStage *live, const char *whose);

static void
assert_told (LiveStage *live, Print print, const char *whose, const char *events)
{
  g_autofree char *found = print (live, whose);

  g_assert_cmpstr (found, ==, events);
}

/* wanted: "unit: bed.filled u0-00" */
static gboolean
is_told (LiveStage *live, Print print, const char *wanted)
{
  g_auto (GStrv) parts = g_strsplit (wanted, ": ", 2);
  g_autofree char *found = print (live, parts[0]);

  return g_str_equal (found, parts[1]);
}

static gboolean
is_in_history (LiveStage *live, const char *wanted)
{
  return is_told (live, print_history, wanted);
}

static gboolean
is_in_journal (LiveStage *live, const char *wanted)
{
  return is_told (live, print_journal, wanted);
}

static void
wait_told (LiveStage *live, LiveHolds holds, const char *whose, const char *events)
{
  g_autofree char *wanted = g_strconcat (whose, ": ", events, NULL);

  wait_until (live, holds, wanted, wanted);
}

void
live_stage_assert_history (LiveStage *live, const char *code, const char *events)
{
  assert_told (live, print_history, code, events);
}

void
live_stage_wait_history (LiveStage *live, const char *code, const char *events)
{
  wait_told (live, is_in_history, code, events);
}

void
live_stage_assert_journal (LiveStage *live, const char *user, const char *events)
{
  assert_told (live, print_journal, user, events);
}

void
live_stage_wait_journal (LiveStage *live, const char *user, const char *events)
{
  wait_told (live, is_in_journal, user, events);
}

/* --- the stage --- */

static gboolean
has_picture (LiveStage *live, const char *wanted)
{
  return board_model_has_picture (live->stage.model) && gtk_widget_get_mapped (live->stage.view)
         && gtk_widget_get_width (live->stage.view) > 0;
}

LiveStage *
live_stage_open (const LiveKind *kind, guint beds)
{
  LiveStage *live = g_new0 (LiveStage, 1);
  BoardStage *stage = &live->stage;
  BoardSource source = { get_moment, call, live };

  live->town = town_new (beds);
  live->elsewhere = (Town){ .socket = live->town->socket };
  town_start_gateway (&live->elsewhere);
  live->other = town_join (&live->elsewhere, TOWN_COORDINATOR, NULL);
  town_make_ready (live->town, live->other);
  board_stage_begin (stage);
  stage->model = board_model_new (kind->lap);
  live->client = board_client_new (live->town->url, kind->token, kind->scope, stage->model);
  stage->commands = board_commands_new (&source, board_client_make_key, live->client, kind->queues);
  stage->context = board_context_new (stage->model, stage->commands, &source);
  board_stage_show (stage, WIDTH, HEIGHT, kind->make_view, kind->style);
  g_signal_connect (live->client, "line", G_CALLBACK (on_line), live);
  board_client_start (live->client);
  wait_until (live, has_picture, NULL, "the first picture");
  live_stage_wait_line (live, TRUE);
  return live;
}

void
live_stage_close (LiveStage *live)
{
  g_signal_handlers_disconnect_by_data (live->client, live);
  board_stage_end (&live->stage);
  g_object_unref (live->client);
  g_object_unref (live->other);
  town_kill (&live->elsewhere.gateway, SIGTERM);
  g_free (live->elsewhere.url);
  town_free (live->town);
  g_free (live);
}
