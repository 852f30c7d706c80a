/* test-socket.c: the broker's socket with real sockets: lines, peers and paths.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-client.h"

#include <sys/resource.h>

/* Lines */

static void
test_status (Fixture *f, gconstpointer data)
{
  g_autoptr (Client) client = client_open (f);
  g_autoptr (JsonObject) result = client_call_result (client, "status", "{}");

  g_assert_cmpint (json_object_get_int_member (result, "peers"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (result, "tokens"), ==, 6);
  g_assert_cmpint (json_object_get_int_member (result, "beds"), ==, 6);
}

static void
test_unknown_method (Fixture *f, gconstpointer data)
{
  g_autoptr (Client) client = client_open (f);

  call_refused (client, "bed.find", "{}", BED_ERROR_METHOD, NULL);
  call_refused (client, "hold.expire", "{}", BED_ERROR_METHOD, NULL);
}

static void
test_malformed_stays (Fixture *f, gconstpointer data)
{
  g_autoptr (Client) client = client_open (f);
  g_autoptr (JsonObject) reply = NULL;
  g_autoptr (JsonObject) result = NULL;

  client_send (client, "{nonsense\n", 10);
  reply = client_read (client);
  assert_refused (reply, BED_ERROR_PARSE, NULL);
  result = client_call_result (client, "status", "{}");
}

static void
test_bad_params (Fixture *f, gconstpointer data)
{
  g_autoptr (Client) client = client_open (f);

  call_refused (client, "bed.open", "[1]", BED_ERROR_PARAMS, NULL);
  call_refused (client, "bed.open", "{}", BED_ERROR_BAD_VALUE, "key");
  call_refused (client, "bed.open", "{" KEY ("1") "}", BED_ERROR_BAD_VALUE, "bed");
}

static void
test_split_and_joined_lines (Fixture *f, gconstpointer data)
{
  static const char line[] = "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"status\"}\n\n"
                             "{\"jsonrpc\":\"2.0\",\"id\":2.5,\"method\":\"status\"}\n";
  g_autoptr (Client) client = client_open (f);
  g_autoptr (JsonObject) first = NULL;
  g_autoptr (JsonObject) second = NULL;

  for (gsize i = 0; i < 20; i++)
    {
      client_send (client, line + i, 1);
      g_main_context_iteration (NULL, FALSE);
    }
  client_send (client, line + 20, sizeof line - 1 - 20);
  first = client_read (client);
  second = client_read (client);
  g_assert_cmpstr (json_object_get_string_member (first, "id"), ==, "a");
  g_assert_cmpfloat (json_object_get_double_member (second, "id"), ==, 2.5);
}

static void
test_notification_is_not_answered (Fixture *f, gconstpointer data)
{
  static const char line[] = "{\"jsonrpc\":\"2.0\",\"method\":\"status\"}\n";
  g_autoptr (Client) client = client_open (f);
  g_autoptr (JsonObject) reply = NULL;

  client_send (client, line, sizeof line - 1);
  client_ask (client, "7", "status", "{}");
  reply = client_read (client);
  g_assert_cmpint (json_object_get_int_member (reply, "id"), ==, 7);
}

static void
test_half_closed_is_answered (Fixture *f, gconstpointer data)
{
  g_autoptr (Client) client = client_open (f);
  g_autofree char *answer = NULL;
  g_autofree char *end = NULL;

  client_ask (client, "1", "unit.confirm", "{'unit':'ward_a'," KEY ("1") "}");
  shutdown (client->fd, SHUT_WR);
  answer = client_read_line (client);
  g_assert_nonnull (strstr (answer, "result"));
  end = client_read_line (client);
  g_assert_null (end);
}

static void
test_line_too_long (Fixture *f, gconstpointer data)
{
  g_autoptr (Client) client = client_open (f);
  g_autofree char *text = g_strnfill (BED_MESSAGE_MAX + 1, 'x');
  g_autoptr (JsonObject) opened = client_call_result (client, "table.open", "{}");
  g_autoptr (JsonObject) reply = NULL;
  g_autofree char *end = NULL;

  client_send (client, text, BED_MESSAGE_MAX + 1);
  reply = client_read (client);
  assert_refused (reply, BED_ERROR_PARSE, NULL);
  end = client_read_line (client);
  g_assert_null (end);
}

static void
test_long_line_is_for_imports (Fixture *f, gconstpointer data)
{
  g_autoptr (Client) client = client_open (f);
  g_autofree char *text = g_strnfill (BED_MESSAGE_MAX, 'x');
  g_autofree char *params = g_strdup_printf ("{'note':'%s'}", text);
  g_autoptr (JsonObject) result = NULL;

  call_refused (client, "status", params, BED_ERROR_PARSE, NULL);
  result = client_call_result (client, "status", "{}");
}

/* Peers */

static void
test_never_reading_is_dropped (Fixture *f, gconstpointer data)
{
  static const char line[] = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"status\"}\n";
  g_autoptr (Client) client = client_open (f);
  gint64 end_us = g_get_monotonic_time () + WAIT_US;

  while (broker_socket_get_n_peers (f->socket) == 0)
    g_main_context_iteration (NULL, FALSE);
  while (broker_socket_get_n_peers (f->socket) > 0)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end_us);
      if (send (client->fd, line, sizeof line - 1, MSG_DONTWAIT | MSG_NOSIGNAL) < 0)
        g_main_context_iteration (NULL, FALSE);
    }
}

static void
test_too_many_peers (Fixture *f, gconstpointer data)
{
  struct rlimit limit;
  g_autoptr (GPtrArray) clients = g_ptr_array_new_with_free_func ((GDestroyNotify) client_close);
  g_autoptr (Client) last = NULL;
  g_autoptr (JsonObject) reply = NULL;
  g_autofree char *end = NULL;

  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  limit.rlim_cur = limit.rlim_max;
  setrlimit (RLIMIT_NOFILE, &limit);
  if (limit.rlim_max < 2 * BROKER_PEERS_MAX + 100)
    {
      g_test_skip ("the limit of open files is too low");
      return;
    }
  for (guint i = 0; i < BROKER_PEERS_MAX; i++)
    g_ptr_array_add (clients, client_open (f));
  last = client_open (f);
  reply = client_read (last);
  assert_refused (reply, BED_ERROR_TOO_MANY, NULL);
  end = client_read_line (last);
  g_assert_null (end);
  g_assert_cmpuint (broker_socket_get_n_peers (f->socket), ==, BROKER_PEERS_MAX);
}

static void
test_killed_client_is_forgotten (Fixture *f, gconstpointer data)
{
  Client *client = client_open (f);
  guint64 before = broker_core_get_revision (f->house.core);
  gint64 end_us = g_get_monotonic_time () + WAIT_US;

  client_ask (client, "1", "unit.confirm", "{'unit':'ward_a'," KEY ("1") "}");
  client_close (client);
  do
    {
      g_main_context_iteration (NULL, FALSE);
      g_assert_cmpint (g_get_monotonic_time (), <, end_us);
    }
  while (broker_socket_get_n_peers (f->socket) > 0 || broker_core_get_revision (f->house.core) == before);
}

/* The path */

static void
test_stale_socket_is_removed (Fixture *f, gconstpointer data)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_clear_pointer (&f->socket, broker_socket_close);
  g_strlcpy (address.sun_path, f->path, sizeof address.sun_path);
  g_assert_cmpint (bind (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  close (fd); /* as a killed broker leaves it */
  open_socket (f);
}

static void
assert_not_opened (Fixture *f, const char *path, int code)
{
  BrokerWorld world = house_world (&f->house);
  g_autoptr (GError) error = NULL;

  g_assert_null (broker_socket_open (path, f->house.core, f->sessions, &world, NULL, &error));
  g_assert_error (error, G_IO_ERROR, code);
}

static void
test_path_in_use (Fixture *f, gconstpointer data)
{
  g_autoptr (Client) client = NULL;

  assert_not_opened (f, f->path, G_IO_ERROR_ADDRESS_IN_USE);
  client = client_open (f); /* and the first one still has it */
}

static void
test_path_is_a_file (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->house.folder, "precious", NULL);

  g_assert_true (g_file_set_contents (path, "x", 1, NULL));
  assert_not_opened (f, path, G_IO_ERROR_EXISTS);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
}

static void
test_path_too_long (Fixture *f, gconstpointer data)
{
  g_autofree char *name = g_strnfill (120, 'x');
  g_autofree char *path = g_build_filename (f->house.folder, name, NULL);

  assert_not_opened (f, path, G_IO_ERROR_FILENAME_TOO_LONG);
}

static void
test_close_removes_the_path (Fixture *f, gconstpointer data)
{
  g_clear_pointer (&f->socket, broker_socket_close);
  g_assert_false (g_file_test (f->path, G_FILE_TEST_EXISTS));
}

static void
test_stop_answers_what_waits (Fixture *f, gconstpointer data)
{
  g_autoptr (Client) client = client_open (f);
  g_autofree char *answer = NULL;
  gint64 end_us = g_get_monotonic_time () + WAIT_US;

  while (broker_socket_get_n_peers (f->socket) == 0)
    g_main_context_iteration (NULL, FALSE);
  client_ask (client, "1", "unit.confirm", "{'unit':'ward_a'," KEY ("1") "}");
  while (!g_main_context_iteration (NULL, FALSE))
    g_assert_cmpint (g_get_monotonic_time (), <, end_us);
  broker_socket_stop (f->socket);
  house_close (&f->house);
  g_clear_pointer (&f->socket, broker_socket_close);
  answer = client_read_line (client);
  g_assert_nonnull (strstr (answer, "result"));
}

#define ADD(path, test) g_test_add ("/socket/" path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("line/status", test_status);
  ADD ("line/unknown-method", test_unknown_method);
  ADD ("line/malformed-stays", test_malformed_stays);
  ADD ("line/bad-params", test_bad_params);
  ADD ("line/split-and-joined", test_split_and_joined_lines);
  ADD ("line/notification", test_notification_is_not_answered);
  ADD ("line/half-closed", test_half_closed_is_answered);
  ADD ("line/too-long", test_line_too_long);
  ADD ("line/long-is-for-imports", test_long_line_is_for_imports);
  ADD ("peer/never-reading", test_never_reading_is_dropped);
  ADD ("peer/too-many", test_too_many_peers);
  ADD ("peer/killed", test_killed_client_is_forgotten);
  ADD ("path/stale", test_stale_socket_is_removed);
  ADD ("path/in-use", test_path_in_use);
  ADD ("path/file", test_path_is_a_file);
  ADD ("path/too-long", test_path_too_long);
  ADD ("path/removed", test_close_removes_the_path);
  ADD ("stop/answers", test_stop_answers_what_waits);
  return g_test_run ();
}
