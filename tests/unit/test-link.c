/* test-link.c: the link to the broker: lines, calls, the table, loss, hostile bytes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "common/bed-link.h"

#include "tests/small-broker.h"

#include <sys/mman.h>

typedef struct
{
  SmallBroker broker;
  BedLink *link;
  guint opened;
  guint lost;
  guint moved;
  guint64 revision; /* of the last "moved" */
} Fixture;

static void
count_opened (Fixture *f)
{
  f->opened++;
}

static void
count_lost (Fixture *f)
{
  f->lost++;
}

static void
count_moved (Fixture *f, guint64 revision)
{
  f->moved++;
  f->revision = revision;
}

static void
set_up (Fixture *f, gconstpointer wants_table)
{
  small_broker_init (&f->broker, 2, 8, 16, 64);
  f->link = bed_link_new (f->broker.path, GPOINTER_TO_INT (wants_table));
  g_signal_connect_swapped (f->link, "opened", G_CALLBACK (count_opened), f);
  g_signal_connect_swapped (f->link, "lost", G_CALLBACK (count_lost), f);
  g_signal_connect_swapped (f->link, "moved", G_CALLBACK (count_moved), f);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  g_clear_object (&f->link);
  small_broker_clear (&f->broker);
}

/* What an answer was. */
typedef struct
{
  guint n;
  int code; /* -1: a result */
  char *text; /* owned: the result as JSON, or the error's words */
  char *data; /* owned: its data as JSON, or NULL */
} Answer;

static void
take_answer (JsonNode *result, const GError *error, JsonObject *data, gpointer user_data)
{
  Answer *answer = user_data;

  answer->n++;
  answer->code = error != NULL ? error->code : -1;
  g_free (answer->text);
  answer->text = error != NULL ? g_strdup (error->message) : json_to_string (result, FALSE);
  if (data != NULL)
    {
      g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
      json_node_set_object (node, data);
      answer->data = json_to_string (node, FALSE);
    }
}

static void
clear_answer (Answer *answer)
{
  g_free (answer->text);
  g_free (answer->data);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, clear_answer)

static const BedMessage *
wait_call (Fixture *f, guint n)
{
  SMALL_WAIT (f->broker.calls->len >= n);
  return f->broker.calls->pdata[n - 1];
}

static void
test_opens (Fixture *f, gconstpointer unused)
{
  g_assert_false (bed_link_is_open (f->link));
  g_assert_null (bed_link_peek_map (f->link));
  SMALL_WAIT (f->opened == 1);
  g_assert_cmpuint (bed_link_peek_map (f->link)->table.epoch, ==, f->broker.epoch);
  g_assert_cmpuint (f->moved, ==, 1);
  g_assert_cmpuint (f->revision, ==, f->broker.revision);
}

static void
test_opens_without_table (Fixture *f, gconstpointer unused)
{
  SMALL_WAIT (f->opened == 1);
  g_assert_true (bed_link_is_open (f->link));
  g_assert_null (bed_link_peek_map (f->link));
}

static void
test_call_result (Fixture *f, gconstpointer unused)
{
  g_auto (Answer) answer = { 0 };

  SMALL_WAIT (f->opened == 1);
  bed_link_call (f->link, "status", "{\"a\":\n1}", take_answer, &answer);
  const BedMessage *call = wait_call (f, 1);
  g_assert_cmpstr (call->method, ==, "status");
  g_assert_cmpint (json_object_get_int_member (bed_message_peek_params (call), "a"), ==, 1);
  small_broker_answer (&f->broker, call->id, "{\"ok\":true}");
  SMALL_WAIT (answer.n == 1);
  g_assert_cmpint (answer.code, ==, -1);
  g_assert_cmpstr (answer.text, ==, "{\"ok\":true}");
}

static void
test_call_error (Fixture *f, gconstpointer unused)
{
  g_auto (Answer) answer = { 0 };

  SMALL_WAIT (f->opened == 1);
  bed_link_call (f->link, "hold.take", "{}", take_answer, &answer);
  small_broker_refuse (&f->broker, wait_call (f, 1)->id, BED_ERROR_BED_TAKEN, "\"next\":{\"bed\":\"b-2\"}");
  SMALL_WAIT (answer.n == 1);
  g_assert_cmpint (answer.code, ==, BED_ERROR_BED_TAKEN);
  g_assert_nonnull (strstr (answer.data, "\"next\":{\"bed\":\"b-2\"}"));
}

static void
test_answers_in_any_order (Fixture *f, gconstpointer unused)
{
  g_auto (Answer) first = { 0 };
  g_auto (Answer) second = { 0 };

  SMALL_WAIT (f->opened == 1);
  bed_link_call (f->link, "one", "{}", take_answer, &first);
  bed_link_call (f->link, "two", "{}", take_answer, &second);
  const BedMessage *two = wait_call (f, 2);
  small_broker_answer (&f->broker, two->id, "2");
  small_broker_answer (&f->broker, ((BedMessage *) f->broker.calls->pdata[0])->id, "1");
  SMALL_WAIT (first.n == 1 && second.n == 1);
  g_assert_cmpstr (first.text, ==, "1");
  g_assert_cmpstr (second.text, ==, "2");
}

static void
test_not_connected_is_unavailable (Fixture *f, gconstpointer unused)
{
  g_auto (Answer) answer = { 0 };

  small_broker_die (&f->broker);
  bed_link_call (f->link, "status", "{}", take_answer, &answer);
  g_assert_cmpuint (answer.n, ==, 0); /* never from within */
  SMALL_WAIT (answer.n == 1);
  g_assert_cmpint (answer.code, ==, BED_ERROR_UNAVAILABLE);
}

static void
test_lost_is_uncertain (Fixture *f, gconstpointer unused)
{
  g_auto (Answer) answer = { 0 };

  SMALL_WAIT (f->opened == 1);
  bed_link_call (f->link, "hold.take", "{}", take_answer, &answer);
  wait_call (f, 1);
  small_broker_die (&f->broker);
  SMALL_WAIT (f->lost == 1);
  g_assert_cmpuint (answer.n, ==, 1);
  g_assert_cmpint (answer.code, ==, BED_ERROR_UNCERTAIN);
  g_assert_false (bed_link_is_open (f->link));
  g_assert_nonnull (bed_link_peek_map (f->link)); /* the last map stays */
}

static void
test_unsent_is_unavailable (Fixture *f, gconstpointer unused)
{
  g_auto (Answer) first = { 0 };
  g_auto (Answer) last = { 0 };
  g_autofree char *long_text = g_strnfill (4 * 1024 * 1024, 'x');
  g_autofree char *params = g_strdup_printf ("{\"a\":\"%s\"}", long_text);

  /* The broker reads nothing any more: the first line fills the socket, the last is never begun. */
  SMALL_WAIT (f->opened == 1 && f->broker.connects == 1);
  g_clear_handle_id (&f->broker.reading, g_source_remove);
  bed_link_call (f->link, "status", params, take_answer, &first);
  bed_link_call (f->link, "status", "{}", take_answer, &last);
  small_broker_die (&f->broker);
  SMALL_WAIT (first.n == 1 && last.n == 1);
  g_assert_cmpint (first.code, ==, BED_ERROR_UNAVAILABLE);
  g_assert_cmpint (last.code, ==, BED_ERROR_UNAVAILABLE);
}

static void
test_too_many_calls (Fixture *f, gconstpointer unused)
{
  g_auto (Answer) answer = { 0 };
  g_auto (Answer) refused = { 0 };

  SMALL_WAIT (f->opened == 1);
  for (guint i = 0; i < BED_LINK_CALLS_MAX; i++)
    bed_link_call (f->link, "status", "{}", take_answer, &answer);
  bed_link_call (f->link, "status", "{}", take_answer, &refused);
  SMALL_WAIT (refused.n == 1);
  g_assert_cmpint (refused.code, ==, BED_ERROR_TOO_MANY);
  g_assert_cmpuint (answer.n, ==, 0);
  g_clear_object (&f->link);
  g_assert_cmpuint (answer.n, ==, BED_LINK_CALLS_MAX); /* each is answered, at the latest now */
}

static void
test_too_much_unsent (Fixture *f, gconstpointer unused)
{
  g_auto (Answer) answer = { 0 };
  g_auto (Answer) refused = { 0 };
  g_autofree char *long_text = g_strnfill (BED_LINK_QUEUE_MAX + 1024 * 1024, 'x');
  g_autofree char *params = g_strdup_printf ("{\"a\":\"%s\"}", long_text);

  SMALL_WAIT (f->opened == 1 && f->broker.connects == 1);
  g_clear_handle_id (&f->broker.reading, g_source_remove);
  bed_link_call (f->link, "status", params, take_answer, &answer);
  bed_link_call (f->link, "status", "{}", take_answer, &refused);
  SMALL_WAIT (refused.n == 1);
  g_assert_cmpint (refused.code, ==, BED_ERROR_TOO_MANY);
  g_clear_object (&f->link); /* while the one that is being sent has somewhere to go */
  g_assert_cmpuint (answer.n, ==, 1);
}

static void
test_moved (Fixture *f, gconstpointer unused)
{
  SMALL_WAIT (f->opened == 1);
  small_broker_change_bed (&f->broker, 3, BED_DISPLAY_HELD);
  SMALL_WAIT (f->moved == 2);
  g_assert_cmpuint (f->revision, ==, f->broker.revision);
  g_assert_cmpuint (bed_table_get_revision (&bed_link_peek_map (f->link)->table), ==, f->broker.revision);
}

static void
test_replaced (Fixture *f, gconstpointer unused)
{
  SMALL_WAIT (f->opened == 1);
  g_autoptr (BedMap) old = bed_map_ref (bed_link_peek_map (f->link));
  small_broker_make_table (&f->broker);
  small_broker_say (&f->broker, "{\"jsonrpc\":\"2.0\",\"method\":\"table.replaced\",\"params\":{\"epoch\":2}}", -1);
  SMALL_WAIT (bed_link_peek_map (f->link) != old);
  g_assert_cmpuint (bed_link_peek_map (f->link)->table.epoch, ==, 2);
  g_assert_cmpuint (old->table.epoch, ==, 1); /* kept by whoever reads it */
  g_assert_cmpuint (f->opened, ==, 1);
  g_assert_cmpuint (f->moved, ==, 2);
}

static void
test_comes_back (Fixture *f, gconstpointer unused)
{
  SMALL_WAIT (f->opened == 1);
  small_broker_die (&f->broker);
  SMALL_WAIT (f->lost == 1);
  small_broker_make_table (&f->broker);
  small_broker_live (&f->broker);
  SMALL_WAIT (f->opened == 2);
  g_assert_cmpuint (bed_link_peek_map (f->link)->table.epoch, ==, 2);
}

static void
test_waits_for_the_broker (Fixture *f, gconstpointer unused)
{
  small_broker_die (&f->broker);
  g_assert_false (bed_link_wait_open (f->link, 20));
  small_broker_live (&f->broker);
  g_assert_true (bed_link_wait_open (f->link, SMALL_TIMEOUT_MS));
}

static void
test_call_sync (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (bed_link_wait_open (f->link, SMALL_TIMEOUT_MS));
  g_autoptr (JsonNode) result = bed_link_call_sync (f->link, "session.open", "{\"token\":\"unit\"}",
                                                    SMALL_TIMEOUT_MS, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (result), "role"), ==, "unit");
}

static void
test_call_sync_refused (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) data = NULL;

  g_assert_true (bed_link_wait_open (f->link, SMALL_TIMEOUT_MS));
  g_assert_null (bed_link_call_sync (f->link, "session.open", "{\"token\":\"none\"}", SMALL_TIMEOUT_MS, &data, &error));
  g_assert_error (error, BED_ERROR, BED_ERROR_FORBIDDEN);
  g_assert_cmpstr (json_object_get_string_member (data, "member"), ==, "token");
}

static void
test_call_sync_unanswered (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (bed_link_wait_open (f->link, SMALL_TIMEOUT_MS));
  g_assert_null (bed_link_call_sync (f->link, "status", "{}", 20, NULL, &error));
  g_assert_error (error, BED_ERROR, BED_ERROR_UNCERTAIN);
  /* The answer that comes all the same finds nobody, and harms nobody. */
  small_broker_answer (&f->broker, wait_call (f, 1)->id, "{}");
  small_broker_change_bed (&f->broker, 0, BED_DISPLAY_HELD);
  SMALL_WAIT (f->moved == 2);
}

/* Each of these makes the link give the connection up and come back by itself. */
static void
test_nonsense (Fixture *f, gconstpointer unused)
{
  static const char *const lines[] = { "", "nonsense", "[1]", "{\"jsonrpc\":\"2.0\"}", "\"\xff\"" };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      SMALL_WAIT (f->opened == i + 1 && f->broker.connects == i + 1);
      g_test_expect_message (NULL, G_LOG_LEVEL_WARNING, "*no message*");
      small_broker_say (&f->broker, lines[i], -1);
      SMALL_WAIT (f->lost == i + 1);
      g_test_assert_expected_messages ();
    }
  SMALL_WAIT (f->opened == G_N_ELEMENTS (lines) + 1);
}

static void
test_endless_line (Fixture *f, gconstpointer unused)
{
  g_autofree char *block = g_strnfill (1024 * 1024, 'x');

  SMALL_WAIT (f->opened == 1 && f->broker.connects == 1);
  for (guint64 sent = 0; f->lost == 0;)
    {
      ssize_t n = f->broker.peer < 0 ? -1 : send (f->broker.peer, block, 1024 * 1024, MSG_NOSIGNAL | MSG_DONTWAIT);
      sent += (guint64) MAX (n, 0);
      g_assert_cmpuint (sent, <, 4ull * BED_REPLY_MAX);
      g_main_context_iteration (NULL, FALSE);
    }
  SMALL_WAIT (f->opened == 2);
}

static void
test_table_without_descriptor (Fixture *f, gconstpointer unused)
{
  f->broker.is_mute = TRUE;
  small_broker_answer (&f->broker, wait_call (f, 1)->id, "{\"epoch\":1,\"revision\":1}");
  SMALL_WAIT (f->broker.connects == 2);
  g_assert_null (bed_link_peek_map (f->link));
  g_assert_cmpuint (f->opened, ==, 0);
}

static void
test_descriptor_is_no_table (Fixture *f, gconstpointer unused)
{
  int fd = memfd_create ("no table", MFD_CLOEXEC);

  f->broker.is_mute = TRUE;
  const BedMessage *call = wait_call (f, 1);
  g_autofree char *line = g_strdup_printf ("{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":{\"epoch\":1}}", call->id);
  g_test_expect_message (NULL, G_LOG_LEVEL_WARNING, "*the table cannot be read*");
  small_broker_say (&f->broker, line, fd);
  close (fd);
  SMALL_WAIT (f->broker.connects == 2);
  g_test_assert_expected_messages ();
  g_assert_null (bed_link_peek_map (f->link));
}

static void
test_other_epoch (Fixture *f, gconstpointer unused)
{
  f->broker.is_mute = TRUE;
  const BedMessage *call = wait_call (f, 1);
  f->broker.epoch = 99; /* said, but not so in the table */
  g_test_expect_message (NULL, G_LOG_LEVEL_WARNING, "*another epoch*");
  small_broker_pass_table (&f->broker, call->id);
  SMALL_WAIT (f->broker.connects == 2);
  g_test_assert_expected_messages ();
  g_assert_null (bed_link_peek_map (f->link));
}

static void
test_unknown_answers_are_ignored (Fixture *f, gconstpointer unused)
{
  SMALL_WAIT (f->opened == 1);
  small_broker_answer (&f->broker, "4711", "{}");
  small_broker_answer (&f->broker, "\"x\"", "{}");
  small_broker_say (&f->broker, "{\"jsonrpc\":\"2.0\",\"method\":\"table.flown\",\"params\":{}}", -1);
  small_broker_say (&f->broker, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"bed.report\",\"params\":{}}", -1);
  small_broker_change_bed (&f->broker, 0, BED_DISPLAY_HELD);
  SMALL_WAIT (f->moved == 2);
  g_assert_cmpuint (f->lost, ==, 0);
}

static void
drop_link (JsonNode *result, const GError *error, JsonObject *data, gpointer user_data)
{
  g_clear_object ((BedLink **) user_data);
}

static void
test_dropped_from_an_answer (Fixture *f, gconstpointer unused)
{
  SMALL_WAIT (f->opened == 1);
  bed_link_call (f->link, "status", "{}", drop_link, &f->link);
  small_broker_answer (&f->broker, wait_call (f, 1)->id, "{}");
  SMALL_WAIT (f->link == NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define CASE(path, table, function)                                                                \
  g_test_add ("/link/" path, Fixture, GINT_TO_POINTER (table), set_up, function, tear_down)
  CASE ("opens", TRUE, test_opens);
  CASE ("opens-without-table", FALSE, test_opens_without_table);
  CASE ("call/result", FALSE, test_call_result);
  CASE ("call/error", FALSE, test_call_error);
  CASE ("call/any-order", FALSE, test_answers_in_any_order);
  CASE ("call/not-connected", FALSE, test_not_connected_is_unavailable);
  CASE ("call/lost", TRUE, test_lost_is_uncertain);
  CASE ("call/unsent", FALSE, test_unsent_is_unavailable);
  CASE ("call/too-many", FALSE, test_too_many_calls);
  CASE ("call/too-much", FALSE, test_too_much_unsent);
  CASE ("table/moved", TRUE, test_moved);
  CASE ("table/replaced", TRUE, test_replaced);
  CASE ("table/comes-back", TRUE, test_comes_back);
  CASE ("table/no-descriptor", TRUE, test_table_without_descriptor);
  CASE ("table/no-table", TRUE, test_descriptor_is_no_table);
  CASE ("table/other-epoch", TRUE, test_other_epoch);
  CASE ("wait", FALSE, test_waits_for_the_broker);
  CASE ("sync/result", FALSE, test_call_sync);
  CASE ("sync/refused", FALSE, test_call_sync_refused);
  CASE ("sync/unanswered", TRUE, test_call_sync_unanswered);
  CASE ("hostile/nonsense", FALSE, test_nonsense);
  CASE ("hostile/endless", FALSE, test_endless_line);
  CASE ("hostile/unknown", TRUE, test_unknown_answers_are_ignored);
  CASE ("dropped-from-an-answer", FALSE, test_dropped_from_an_answer);
#undef CASE
  return g_test_run ();
}
