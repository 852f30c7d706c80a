/* test-socket.c: the broker's socket with real sockets, and the core behind it in this process.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-house.h"

#include "broker/broker-peer.h"
#include "broker/broker-sessions.h"
#include "broker/broker-socket.h"

#include "common/bed-table.h"

#include <errno.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define WAIT_US (20 * G_USEC_PER_SEC)
#define DESK "desk-token-0123456789"
#define WALL "wall-token-0123456789"
#define TOKENS                                                                                     \
  "token,user,role,lap,unit,owner,pin\n" DESK ",mary,coordinator,coast,,,2468\n" WALL              \
  ",wall1,wallboard,coast,,,\nward-token-0123456789,jo,unit,,ward_a,trust,\n"

typedef struct
{
  House house;
  char *path;
  BrokerSessions *sessions;
  BrokerSocket *socket;
} Fixture;

typedef struct
{
  int fd;
  GString *in;
  int passed; /* the last descriptor that came, or -1 */
} Client;

static void
open_socket (Fixture *f)
{
  BrokerWorld world = house_world (&f->house);
  g_autoptr (GError) error = NULL;

  f->socket = broker_socket_open (f->path, f->house.core, f->sessions, &world, NULL, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autofree char *tokens = NULL;
  g_autoptr (GError) error = NULL;

  house_set_up_free (&f->house, 3);
  tokens = g_build_filename (f->house.folder, BROKER_TOKENS_FILE, NULL);
  g_file_set_contents_full (tokens, TOKENS, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error);
  g_assert_no_error (error);
  f->path = g_build_filename (f->house.folder, "broker.sock", NULL);
  f->sessions = broker_sessions_new (f->house.folder);
  open_socket (f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_pointer (&f->socket, broker_socket_close);
  broker_sessions_free (f->sessions);
  g_free (f->path);
  house_tear_down (&f->house);
}

static Client *
client_open (Fixture *f)
{
  Client *client = g_new0 (Client, 1);
  struct sockaddr_un address = { .sun_family = AF_UNIX };

  g_strlcpy (address.sun_path, f->path, sizeof address.sun_path);
  client->fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  client->in = g_string_new (NULL);
  client->passed = -1;
  /* A full backlog is EAGAIN: let the broker accept some. */
  for (gint64 end_us = g_get_monotonic_time () + WAIT_US;
       connect (client->fd, (struct sockaddr *) &address, sizeof address) != 0;)
    {
      g_assert_cmpint (errno, ==, EAGAIN);
      g_assert_cmpint (g_get_monotonic_time (), <, end_us);
      g_main_context_iteration (NULL, FALSE);
    }
  return client;
}

static void
client_close (Client *client)
{
  close (client->fd);
  if (client->passed >= 0)
    close (client->passed);
  g_string_free (client->in, TRUE);
  g_free (client);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Client, client_close)

/* One look at the socket: FALSE at its end. */
static gboolean
client_receive (Client *client)
{
  char bytes[65536];
  union
  {
    struct cmsghdr header;
    char room[CMSG_SPACE (sizeof (int))];
  } control;
  struct iovec piece = { bytes, sizeof bytes };
  struct msghdr message = { .msg_iov = &piece, .msg_iovlen = 1, .msg_control = &control,
                            .msg_controllen = sizeof control };
  gssize n = recvmsg (client->fd, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);

  if (n < 0)
    return errno == EAGAIN;
  if (n > 0 && CMSG_FIRSTHDR (&message) != NULL)
    {
      g_assert_cmpint (client->passed, ==, -1);
      memcpy (&client->passed, CMSG_DATA (CMSG_FIRSTHDR (&message)), sizeof (int));
    }
  g_string_append_len (client->in, bytes, n);
  return n > 0;
}

static void
client_send (Client *client, const char *bytes, gsize length)
{
  gint64 end_us = g_get_monotonic_time () + WAIT_US;

  while (length > 0)
    {
      gssize n = send (client->fd, bytes, length, MSG_DONTWAIT | MSG_NOSIGNAL);

      g_assert_cmpint (g_get_monotonic_time (), <, end_us);
      if (n > 0)
        {
          bytes += n;
          length -= (gsize) n;
        }
      else
        {
          g_assert_cmpint (errno, ==, EAGAIN);
          g_main_context_iteration (NULL, FALSE);
        }
    }
}

/* One request; single quotes stand for double ones. */
static void
client_ask (Client *client, const char *id, const char *method, const char *params)
{
  g_auto (GStrv) parts = g_strsplit (params, "'", -1);
  g_autofree char *text = g_strjoinv ("\"", parts);
  g_autofree char *line
      = g_strdup_printf ("{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"%s\",\"params\":%s}\n", id, method, text);

  client_send (client, line, strlen (line));
}

/* The next line; NULL at the end of the stream. */
static char *
client_read_line (Client *client)
{
  gint64 end_us = g_get_monotonic_time () + WAIT_US;

  for (;;)
    {
      char *newline = strchr (client->in->str, '\n');

      if (newline != NULL)
        {
          char *line = g_strndup (client->in->str, (gsize) (newline - client->in->str));

          g_string_erase (client->in, 0, newline + 1 - client->in->str);
          return line;
        }
      g_assert_cmpint (g_get_monotonic_time (), <, end_us);
      g_main_context_iteration (NULL, FALSE);
      if (!client_receive (client))
        return NULL;
    }
}

static JsonObject *
client_read (Client *client)
{
  g_autofree char *line = client_read_line (client);
  g_autoptr (JsonNode) node = NULL;

  g_assert_nonnull (line);
  node = json_from_string (line, NULL);
  g_assert_nonnull (node);
  return json_node_dup_object (node);
}

/* The next line that is a reply. */
static JsonObject *
client_read_reply (Client *client)
{
  for (;;)
    {
      g_autoptr (JsonObject) reply = client_read (client);

      if (json_object_has_member (reply, "id"))
        return g_steal_pointer (&reply);
    }
}

static JsonObject *
client_call (Client *client, const char *method, const char *params)
{
  client_ask (client, "1", method, params);
  return client_read_reply (client);
}

static JsonObject *
client_call_result (Client *client, const char *method, const char *params)
{
  g_autoptr (JsonObject) reply = client_call (client, method, params);

  g_assert_true (json_object_has_member (reply, "result"));
  return json_object_ref (json_object_get_object_member (reply, "result"));
}

static void
assert_refused (JsonObject *reply, BedError error, const char *member)
{
  JsonObject *said = json_object_get_object_member (reply, "error");
  JsonObject *more = json_object_get_object_member (said, "data");

  g_assert_cmpint (json_object_get_int_member (said, "code"), ==, bed_error_code (error));
  g_assert_cmpstr (json_object_get_string_member (more, "reason"), ==, bed_error_reason (error));
  if (member != NULL)
    g_assert_cmpstr (json_object_get_string_member (more, "member"), ==, member);
}

static void
call_refused (Client *client, const char *method, const char *params, BedError error, const char *member)
{
  g_autoptr (JsonObject) reply = client_call (client, method, params);

  assert_refused (reply, error, member);
}

static char *
open_session (Client *client, const char *token)
{
  g_autofree char *params = g_strdup_printf ("{'token':'%s'}", token);
  g_autoptr (JsonObject) result = client_call_result (client, "session.open", params);

  return g_strdup (json_object_get_string_member (result, "session"));
}

#define KEY(n) "'key':'01890000-0000-7000-8000-00000000000" n "'"

/* Lines */

static void
test_status (Fixture *f, gconstpointer data)
{
  g_autoptr (Client) client = client_open (f);
  g_autoptr (JsonObject) result = client_call_result (client, "status", "{}");

  g_assert_cmpint (json_object_get_int_member (result, "peers"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (result, "tokens"), ==, 3);
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

/* Sessions and rights */

static void
test_session_open (Fixture *f, gconstpointer data)
{
  g_autoptr (Client) client = client_open (f);
  g_autoptr (JsonObject) result = client_call_result (client, "session.open", "{'token':'" DESK "'}");

  g_assert_cmpuint (strlen (json_object_get_string_member (result, "session")), ==, BROKER_SESSION_SIZE - 1);
  g_assert_cmpstr (json_object_get_string_member (result, "user"), ==, "mary");
  g_assert_cmpstr (json_object_get_string_member (result, "role"), ==, "coordinator");
  g_assert_cmpstr (json_object_get_string_member (result, "lap"), ==, "coast");
  g_assert_false (json_object_has_member (result, "unit"));
  g_assert_cmpint (json_object_get_int_member (result, "epoch"), ==, (gint64) broker_core_get_epoch (f->house.core));
}

static void
test_session_refused (Fixture *f, gconstpointer data)
{
  g_autoptr (Client) client = client_open (f);

  call_refused (client, "session.open", "{'token':'desk-token-012345678X'}", BED_ERROR_FORBIDDEN, "token");
  call_refused (client, "session.open", "{}", BED_ERROR_BAD_VALUE, "token");
  call_refused (client, "bed.open", "{'session':'0','bed':'ward_a-01'," KEY ("1") "}", BED_ERROR_FORBIDDEN, "session");
}

static void
test_session_has_its_rights (Fixture *f, gconstpointer data)
{
  g_autoptr (Client) client = client_open (f);
  g_autofree char *session = open_session (client, "ward-token-0123456789");
  g_autofree char *own = g_strdup_printf ("{'session':'%s','unit':'ward_a'," KEY ("1") "}", session);
  g_autofree char *other = g_strdup_printf ("{'session':'%s','unit':'ward_b'," KEY ("2") "}", session);
  g_autoptr (JsonObject) result = client_call_result (client, "unit.confirm", own);

  call_refused (client, "unit.confirm", other, BED_ERROR_FORBIDDEN, NULL);
}

static void
test_table_strips_local_rights (Fixture *f, gconstpointer data)
{
  g_autoptr (Client) client = client_open (f);
  g_autoptr (JsonObject) before = client_call_result (client, "unit.confirm", "{'unit':'ward_a'," KEY ("1") "}");
  g_autoptr (JsonObject) opened = client_call_result (client, "table.open", "{}");

  call_refused (client, "unit.confirm", "{'unit':'ward_a'," KEY ("2") "}", BED_ERROR_FORBIDDEN, "session");
  call_refused (client, "reference.import", "{'files':{}," KEY ("3") "}", BED_ERROR_FORBIDDEN, NULL);
}

static void
test_wallboard_needs_a_person (Fixture *f, gconstpointer data)
{
  g_autoptr (Client) client = client_open (f);
  g_autofree char *session = open_session (client, WALL);
  g_autofree char *alone = g_strdup_printf ("{'session':'%s','unit':'ward_a'," KEY ("1") "}", session);
  g_autofree char *wrong = g_strdup_printf (
      "{'session':'%s','unit':'ward_a','as':{'user':'mary','pin':'1111'}," KEY ("1") "}", session);
  g_autofree char *right = g_strdup_printf (
      "{'session':'%s','unit':'ward_a','as':{'user':'mary','pin':'2468'}," KEY ("1") "}", session);
  g_autoptr (JsonObject) result = NULL;

  call_refused (client, "unit.confirm", alone, BED_ERROR_FORBIDDEN, NULL);
  call_refused (client, "unit.confirm", wrong, BED_ERROR_BAD_PIN, NULL);
  result = client_call_result (client, "unit.confirm", right);
  for (guint i = 0; i < BROKER_PIN_TRIES; i++)
    call_refused (client, "unit.confirm", wrong, BED_ERROR_BAD_PIN, NULL);
  call_refused (client, "unit.confirm", right, BED_ERROR_LOCKED_OUT, NULL);
}

static void
test_as_is_for_wallboards (Fixture *f, gconstpointer data)
{
  g_autoptr (Client) client = client_open (f);
  g_autofree char *session = open_session (client, DESK);
  g_autofree char *params = g_strdup_printf (
      "{'session':'%s','unit':'ward_a','as':{'user':'mary','pin':'2468'}," KEY ("1") "}", session);

  call_refused (client, "unit.confirm", params, BED_ERROR_BAD_VALUE, "as");
}

/* The table */

static void
test_table_open_passes_the_map (Fixture *f, gconstpointer data)
{
  g_autoptr (Client) client = client_open (f);
  g_autoptr (JsonObject) result = client_call_result (client, "table.open", "{}");
  BedTable table;

  g_assert_cmpint (client->passed, >=, 0);
  g_assert_cmpint (bed_table_open (client->passed, &table), ==, BED_TABLE_OK);
  g_assert_cmpint ((gint64) table.epoch, ==, json_object_get_int_member (result, "epoch"));
  g_assert_cmpint ((gint64) bed_table_get_revision (&table), >=, json_object_get_int_member (result, "revision"));
  bed_table_close (&table);
}

static void
test_descriptor_comes_with_its_reply (Fixture *f, gconstpointer data)
{
  g_autoptr (Client) client = client_open (f);
  g_autoptr (JsonObject) first = NULL;
  g_autoptr (JsonObject) second = NULL;
  g_autoptr (JsonObject) third = NULL;

  client_ask (client, "1", "status", "{}");
  client_ask (client, "2", "table.open", "{}");
  client_ask (client, "3", "status", "{}");
  first = client_read_reply (client);
  second = client_read_reply (client);
  third = client_read_reply (client);
  g_assert_cmpint (json_object_get_int_member (second, "id"), ==, 2);
  g_assert_cmpint (client->passed, >=, 0);
}

static void
test_moved_after_a_change (Fixture *f, gconstpointer data)
{
  g_autoptr (Client) reader = client_open (f);
  g_autoptr (Client) client = client_open (f);
  g_autoptr (JsonObject) opened = client_call_result (reader, "table.open", "{}");
  g_autoptr (JsonObject) result = client_call_result (client, "unit.confirm", "{'unit':'ward_a'," KEY ("1") "}");
  gint64 revision = json_object_get_int_member (result, "revision");
  gint64 told = 0;

  while (told < revision)
    {
      g_autoptr (JsonObject) moved = client_read (reader);

      g_assert_cmpstr (json_object_get_string_member (moved, "method"), ==, "table.moved");
      told = json_object_get_int_member (json_object_get_object_member (moved, "params"), "revision");
    }
  g_assert_cmpint (told, ==, (gint64) broker_core_get_revision (f->house.core));
}

/* A reader whose socket is full gets one wake-up for everything it missed. */
static void
test_one_wake_up_unsent (Fixture *f, gconstpointer data)
{
  static const char line[] = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"status\"}\n";
  g_autoptr (Client) reader = client_open (f);
  g_autoptr (Client) client = client_open (f);
  g_autoptr (JsonObject) opened = client_call_result (reader, "table.open", "{}");
  guint n_asked = 2000, n_moved = 0;
  gint64 told = 0;

  for (guint i = 0; i < n_asked; i++)
    client_send (reader, line, sizeof line - 1);
  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *params = g_strdup_printf ("{'unit':'ward_a','key':'01890000-0000-7000-8000-0000000001%02u'}", i);
      g_autoptr (JsonObject) result = client_call_result (client, "unit.confirm", params);
    }
  for (guint n_replies = 0; n_replies < n_asked || told < (gint64) broker_core_get_revision (f->house.core);)
    {
      g_autoptr (JsonObject) message = client_read (reader);

      if (json_object_has_member (message, "id"))
        {
          n_replies++;
          continue;
        }
      n_moved++;
      told = json_object_get_int_member (json_object_get_object_member (message, "params"), "revision");
    }
  g_assert_cmpuint (n_moved, <, 10);
}

static void
test_replaced_by_an_import (Fixture *f, gconstpointer data)
{
  g_autoptr (Client) reader = client_open (f);
  g_autoptr (Client) client = client_open (f);
  g_autoptr (JsonObject) opened = client_call_result (reader, "table.open", "{}");
  g_autofree char *files = house_files (5);
  g_autofree char *line = g_strdup_printf ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"reference.import\",\"params\":"
                                           "{\"key\":\"01890000-0000-7000-8000-000000000001\",\"files\":%s}}\n",
                                           files);
  g_autoptr (JsonObject) reply = NULL;
  g_autoptr (JsonObject) again = NULL;
  gboolean is_replaced = FALSE;

  client_send (client, line, strlen (line));
  reply = client_read (client);
  g_assert_true (json_object_has_member (reply, "result"));
  while (!is_replaced)
    {
      g_autoptr (JsonObject) told = client_read (reader);

      is_replaced = g_str_equal (json_object_get_string_member (told, "method"), "table.replaced");
    }
  close (reader->passed);
  reader->passed = -1;
  again = client_call_result (reader, "table.open", "{}");
  g_assert_cmpint (json_object_get_int_member (again, "epoch"), !=, json_object_get_int_member (opened, "epoch"));
  g_assert_cmpint (reader->passed, >=, 0);
}

static void
test_import_faults (Fixture *f, gconstpointer data)
{
  g_autoptr (Client) client = client_open (f);
  g_autoptr (JsonObject) reply = client_call (client, "reference.import", "{'files':{}," KEY ("1") "}");
  JsonObject *more = json_object_get_object_member (json_object_get_object_member (reply, "error"), "data");

  assert_refused (reply, BED_ERROR_IMPORT, NULL);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (more, "faults")), >, 0);
}

/* Commands */

static void
test_twenty_clients_one_bed (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) clients = g_ptr_array_new_with_free_func ((GDestroyNotify) client_close);
  g_auto (GStrv) codes = g_new0 (char *, 21);
  guint n_won = 0;

  for (guint i = 0; i < 20; i++)
    codes[i] = house_submit (&f->house, "urgent");
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *params = g_strdup_printf (
          "{'referral':'%s','bed':'ward_a-01','key':'01890000-0000-7000-8000-0000000000%02u'}", codes[i], i);
      Client *client = client_open (f);

      g_ptr_array_add (clients, client);
      client_ask (client, "1", "hold.take", params);
    }
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (JsonObject) reply = client_read (g_ptr_array_index (clients, i));

      if (json_object_has_member (reply, "result"))
        n_won++;
      else
        {
          JsonObject *more = json_object_get_object_member (json_object_get_object_member (reply, "error"), "data");

          assert_refused (reply, BED_ERROR_BED_TAKEN, NULL);
          g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (more, "next"), "bed"), !=,
                           "ward_a-01");
        }
    }
  g_assert_cmpuint (n_won, ==, 1);
}

static void
test_history (Fixture *f, gconstpointer data)
{
  g_autoptr (Client) client = client_open (f);
  g_autofree char *code = house_submit (&f->house, "urgent");
  g_autofree char *params = g_strdup_printf ("{'referral':'%s'}", code);
  g_autoptr (JsonObject) result = client_call_result (client, "referral.history", params);
  JsonArray *events = json_object_get_array_member (result, "events");

  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (events, 0), "event"), ==,
                   "referral.submitted");
}

static void
test_history_refused (Fixture *f, gconstpointer data)
{
  g_autoptr (Client) client = client_open (f);
  g_autofree char *code = house_submit (&f->house, "urgent");
  g_autofree char *wall = open_session (client, WALL);
  g_autofree char *ward = open_session (client, "ward-token-0123456789");
  g_autofree char *by_wall = g_strdup_printf ("{'referral':'%s','session':'%s'}", code, wall);
  g_autofree char *by_ward = g_strdup_printf ("{'referral':'%s','session':'%s'}", code, ward);
  char unknown[BED_CODE_SIZE];
  g_autofree char *by_nobody = NULL;

  bed_code_print (1, unknown);
  by_nobody = g_strdup_printf ("{'referral':'%s'}", unknown);
  call_refused (client, "referral.history", by_wall, BED_ERROR_FORBIDDEN, NULL);
  call_refused (client, "referral.history", by_nobody, BED_ERROR_UNKNOWN_REFERRAL, NULL);
  call_refused (client, "referral.history", "{'referral':'nonsense'}", BED_ERROR_BAD_VALUE, "referral");
  g_assert_cmpuint (house_peek_referral (&f->house, code)->offer_bed, ==, BED_NONE);
  call_refused (client, "referral.history", by_ward, BED_ERROR_UNKNOWN_REFERRAL, NULL);
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
  ADD ("session/open", test_session_open);
  ADD ("session/refused", test_session_refused);
  ADD ("session/rights", test_session_has_its_rights);
  ADD ("session/table-strips-local", test_table_strips_local_rights);
  ADD ("session/wallboard", test_wallboard_needs_a_person);
  ADD ("session/as-is-for-wallboards", test_as_is_for_wallboards);
  ADD ("table/open", test_table_open_passes_the_map);
  ADD ("table/descriptor-with-reply", test_descriptor_comes_with_its_reply);
  ADD ("table/moved", test_moved_after_a_change);
  ADD ("table/one-wake-up-unsent", test_one_wake_up_unsent);
  ADD ("table/replaced", test_replaced_by_an_import);
  ADD ("import/faults", test_import_faults);
  ADD ("command/twenty-clients", test_twenty_clients_one_bed);
  ADD ("history/printed", test_history);
  ADD ("history/refused", test_history_refused);
  ADD ("path/stale", test_stale_socket_is_removed);
  ADD ("path/in-use", test_path_in_use);
  ADD ("path/file", test_path_is_a_file);
  ADD ("path/too-long", test_path_too_long);
  ADD ("path/removed", test_close_removes_the_path);
  ADD ("stop/answers", test_stop_answers_what_waits);
  return g_test_run ();
}
