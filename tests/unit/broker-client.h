/* broker-client.h: a client of the broker's socket for tests, in the same thread as the broker: it
 * turns the main loop while it waits.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "broker-house.h"

#include "broker/broker-peer.h"
#include "broker/broker-sessions.h"
#include "broker/broker-socket.h"

#include "common/bed-table.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define WAIT_US (20 * G_USEC_PER_SEC)
#define DESK "desk-token-0123456789"
#define WALL "wall-token-0123456789"
#define TOKENS                                                                                     \
  "token,user,role,lap,unit,owner,pin\n" DESK ",mary,coordinator,coast,,,2468\n" WALL              \
  ",wall1,wallboard,coast,,,\nward-token-0123456789,jo,unit,,ward_a,trust,\n"   \
  "hall-token-0123456789,ann,assessor,,,,\n"                                                        \
  "team-token-0123456789,tom,referrer,,,qa_ward,\nelse-token-0123456789,eve,referrer,,,other,\n"

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

static inline void
open_socket (Fixture *f)
{
  BrokerWorld world = house_world (&f->house);
  g_autoptr (GError) error = NULL;

  f->socket = broker_socket_open (f->path, f->house.core, f->sessions, &world, NULL, &error);
  g_assert_no_error (error);
}

static inline void
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

static inline void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_pointer (&f->socket, broker_socket_close);
  broker_sessions_free (f->sessions);
  g_free (f->path);
  house_tear_down (&f->house);
}

static inline Client *
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

static inline void
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
static inline gboolean
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

static inline void
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
static inline void
client_ask (Client *client, const char *id, const char *method, const char *params)
{
  g_auto (GStrv) parts = g_strsplit (params, "'", -1);
  g_autofree char *text = g_strjoinv ("\"", parts);
  g_autofree char *line
      = g_strdup_printf ("{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"%s\",\"params\":%s}\n", id, method, text);

  client_send (client, line, strlen (line));
}

/* The next line; NULL at the end of the stream. */
static inline char *
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

static inline JsonObject *
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
static inline JsonObject *
client_read_reply (Client *client)
{
  for (;;)
    {
      g_autoptr (JsonObject) reply = client_read (client);

      if (json_object_has_member (reply, "id"))
        return g_steal_pointer (&reply);
    }
}

static inline JsonObject *
client_call (Client *client, const char *method, const char *params)
{
  client_ask (client, "1", method, params);
  return client_read_reply (client);
}

static inline JsonObject *
client_call_result (Client *client, const char *method, const char *params)
{
  g_autoptr (JsonObject) reply = client_call (client, method, params);

  g_assert_true (json_object_has_member (reply, "result"));
  return json_object_ref (json_object_get_object_member (reply, "result"));
}

static inline void
assert_refused (JsonObject *reply, BedError error, const char *member)
{
  JsonObject *said = json_object_get_object_member (reply, "error");
  JsonObject *more = json_object_get_object_member (said, "data");

  g_assert_cmpint (json_object_get_int_member (said, "code"), ==, bed_error_code (error));
  g_assert_cmpstr (json_object_get_string_member (more, "reason"), ==, bed_error_reason (error));
  if (member != NULL)
    g_assert_cmpstr (json_object_get_string_member (more, "member"), ==, member);
}

static inline void
call_refused (Client *client, const char *method, const char *params, BedError error, const char *member)
{
  g_autoptr (JsonObject) reply = client_call (client, method, params);

  assert_refused (reply, error, member);
}

static inline char *
open_session (Client *client, const char *token)
{
  g_autofree char *params = g_strdup_printf ("{'token':'%s'}", token);
  g_autoptr (JsonObject) result = client_call_result (client, "session.open", params);

  return g_strdup (json_object_get_string_member (result, "session"));
}

#define KEY(n) "'key':'01890000-0000-7000-8000-00000000000" n "'"
