/* small-broker.h: the broker's end of the socket in a test's own main loop, with a real table.
 *
 * Answers table.open and session.open; keeps every other call for the test to answer, or not to.
 * Owns a temporary folder until small_broker_clear. One peer at a time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "broker/broker-table.h"
#include "common/bed-message.h"

#include "tests/table-records.h"

#include <glib-unix.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define SMALL_TIMEOUT_MS 10000

/* Iterates the main context until condition holds; fails the test when the time is up. */
#define SMALL_WAIT(condition)                                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gboolean is_late_ = FALSE;                                                                     \
    guint timer_ = g_timeout_add (SMALL_TIMEOUT_MS, small_pass_time, &is_late_);                   \
    while (!(condition) && !is_late_)                                                              \
      g_main_context_iteration (NULL, TRUE);                                                       \
    if (is_late_)                                                                                  \
      g_error ("%s:%d: waited in vain for %s", __FILE__, __LINE__, #condition);                    \
    g_source_remove (timer_);                                                                      \
  }                                                                                                \
  G_STMT_END

static inline gboolean
small_pass_time (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_CONTINUE;
}

typedef struct
{
  char *folder;
  char *path;
  int listener; /* -1: dead */
  int peer;     /* -1: nobody */
  guint accepting; /* source ids */
  guint reading;
  GString *input;
  GPtrArray *calls; /* BedMessage: what the test is to answer */
  guint connects;
  guint sessions;   /* opened so far: each has a name of its own */
  gboolean is_mute; /* answers nothing by itself */
  Records made;
  BrokerTable *table;
  guint64 epoch;
  guint64 revision;
} SmallBroker;

static inline void
small_broker_say (SmallBroker *self, const char *line, int fd)
{
  g_autofree char *text = g_strconcat (line, "\n", NULL);
  union
  {
    char room[CMSG_SPACE (sizeof (int))];
    struct cmsghdr align;
  } control = { 0 };
  struct iovec vector = { .iov_base = text, .iov_len = strlen (text) };
  struct msghdr header = { .msg_iov = &vector, .msg_iovlen = 1 };

  if (fd >= 0)
    {
      header.msg_control = &control;
      header.msg_controllen = sizeof control;
      struct cmsghdr *c = CMSG_FIRSTHDR (&header);
      c->cmsg_level = SOL_SOCKET;
      c->cmsg_type = SCM_RIGHTS;
      c->cmsg_len = CMSG_LEN (sizeof fd);
      memcpy (CMSG_DATA (c), &fd, sizeof fd);
    }
  g_assert_cmpint (sendmsg (self->peer, &header, MSG_NOSIGNAL), ==, (int) vector.iov_len);
}

static inline void
small_broker_answer (SmallBroker *self, const char *id, const char *result)
{
  g_autofree char *line = g_strdup_printf ("{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":%s}", id, result);
  small_broker_say (self, line, -1);
}

static inline void
small_broker_refuse (SmallBroker *self, const char *id, BedError error, const char *members)
{
  g_auto (BedJson) json = { 0 };
  bed_json_init (&json, 128);
  bed_message_print_error (&json, id, error, NULL, members);
  small_broker_say (self, json.text->str, -1);
}

static inline void
small_broker_pass_table (SmallBroker *self, const char *id)
{
  g_autofree char *line
      = g_strdup_printf ("{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":{\"epoch\":%" G_GUINT64_FORMAT
                         ",\"revision\":%" G_GUINT64_FORMAT "}}", id, self->epoch, self->revision);
  int fd = broker_table_open_fd (self->table);
  g_assert_cmpint (fd, >=, 0);
  small_broker_say (self, line, fd);
  close (fd);
}

/* Tokens are the roles; "unit" is unit-0's, "referrer" is of the trust. */
static inline void
small_broker_open_session (SmallBroker *self, const BedMessage *call)
{
  JsonObject *params = bed_message_peek_params (call);
  const char *token = json_object_get_string_member (params, "token");

  if (bed_words_parse (&bed_role_words, token) < 0)
    {
      small_broker_refuse (self, call->id, BED_ERROR_FORBIDDEN, "\"member\":\"token\"");
      return;
    }
  const char *scope = "";
  if (strcmp (token, "unit") == 0)
    scope = "\"unit\":\"unit-0\",";
  else if (strcmp (token, "referrer") == 0)
    scope = "\"owner\":\"trust\",";
  g_autofree char *result = g_strdup_printf (
      "{\"session\":\"s%u\",\"user\":\"u-%s\",\"role\":\"%s\",%s\"version\":\"t\",\"epoch\":%" G_GUINT64_FORMAT
      ",\"now\":\"2026-11-22T11:42:00.000Z\"}",
      ++self->sessions, token, token, scope, self->epoch);
  small_broker_answer (self, call->id, result);
}

static inline void
small_broker_take (SmallBroker *self, const char *line, gsize length)
{
  BedMessage *call = bed_message_parse (line, length, BED_REPLY_MAX, NULL, NULL);
  g_assert_nonnull (call);
  if (!self->is_mute && strcmp (call->method, "table.open") == 0)
    small_broker_pass_table (self, call->id);
  else if (!self->is_mute && strcmp (call->method, "session.open") == 0)
    small_broker_open_session (self, call);
  else
    {
      g_ptr_array_add (self->calls, call);
      return;
    }
  bed_message_free (call);
}

static inline void
small_broker_hang_up (SmallBroker *self)
{
  g_clear_handle_id (&self->reading, g_source_remove);
  if (self->peer >= 0)
    close (self->peer);
  self->peer = -1;
  g_string_truncate (self->input, 0);
}

static inline gboolean
small_broker_read (gint fd, GIOCondition condition, gpointer user_data)
{
  SmallBroker *self = user_data;
  char bytes[65536];
  ssize_t n = recv (fd, bytes, sizeof bytes, MSG_DONTWAIT);

  if (n <= 0)
    {
      self->reading = 0;
      small_broker_hang_up (self);
      return G_SOURCE_REMOVE;
    }
  g_string_append_len (self->input, bytes, n);
  for (char *end; (end = strchr (self->input->str, '\n')) != NULL;)
    {
      gsize length = (gsize) (end - self->input->str);
      small_broker_take (self, self->input->str, length);
      g_string_erase (self->input, 0, (gssize) length + 1);
    }
  return G_SOURCE_CONTINUE;
}

static inline gboolean
small_broker_accept (gint fd, GIOCondition condition, gpointer user_data)
{
  SmallBroker *self = user_data;

  small_broker_hang_up (self);
  self->peer = accept4 (fd, NULL, NULL, SOCK_CLOEXEC);
  g_assert_cmpint (self->peer, >=, 0);
  self->connects++;
  self->reading = g_unix_fd_add (self->peer, G_IO_IN, small_broker_read, self);
  return G_SOURCE_CONTINUE;
}

/* Dies: whatever is connected sees the end, and nobody can connect. */
static inline void
small_broker_die (SmallBroker *self)
{
  small_broker_hang_up (self);
  g_clear_handle_id (&self->accepting, g_source_remove);
  if (self->listener >= 0)
    close (self->listener);
  self->listener = -1;
  g_unlink (self->path);
}

static inline void
small_broker_beat (SmallBroker *self)
{
  struct timespec now;
  clock_gettime (CLOCK_BOOTTIME, &now);
  broker_table_beat (self->table, (int64_t) now.tv_sec * 1000000 + now.tv_nsec / 1000, g_get_real_time ());
}

/* A new memory for the next epoch, with every row of it in effect. */
static inline void
small_broker_make_table (SmallBroker *self)
{
  const BedSizes *sizes = &self->made.records.sizes;

  if (self->table != NULL)
    broker_table_free (self->table);
  self->epoch++;
  self->table = broker_table_new (&self->made.records, self->epoch);
  g_assert_nonnull (self->table);
  self->revision++;
  broker_table_begin (self->table, self->revision, sizes->units + sizes->beds);
  for (guint i = 0; i < sizes->units; i++)
    {
      const BedUnitRow row = { .revision = self->revision, .flags = BED_FLAG_IN_EFFECT };
      broker_table_write_unit (self->table, i, &row);
    }
  for (guint i = 0; i < sizes->beds; i++)
    {
      const BedBedRow row = { .revision = self->revision, .referral = BED_NONE, .flags = BED_FLAG_IN_EFFECT };
      broker_table_write_bed (self->table, i, &row);
    }
  broker_table_end (self->table);
  small_broker_beat (self);
}

static inline void
small_broker_live (SmallBroker *self)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  g_assert_cmpint (g_strlcpy (address.sun_path, self->path, sizeof address.sun_path), <, sizeof address.sun_path);
  self->listener = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  g_assert_cmpint (bind (self->listener, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (listen (self->listener, 16), ==, 0);
  self->accepting = g_unix_fd_add (self->listener, G_IO_IN, small_broker_accept, self);
}

static inline void
small_broker_init (SmallBroker *self, guint units, guint beds, guint referrals, guint changes)
{
  g_autoptr (GError) error = NULL;

  memset (self, 0, sizeof *self);
  self->listener = self->peer = -1;
  self->input = g_string_new (NULL);
  self->calls = g_ptr_array_new_with_free_func ((GDestroyNotify) bed_message_free);
  self->folder = g_dir_make_tmp ("homeward-test-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "broker.sock", NULL);
  records_make (&self->made, units, beds, referrals, changes);
  small_broker_make_table (self);
  small_broker_live (self);
}

static inline void
small_broker_clear (SmallBroker *self)
{
  small_broker_die (self);
  g_rmdir (self->folder);
  broker_table_free (self->table);
  records_clear (&self->made);
  g_ptr_array_unref (self->calls);
  g_string_free (self->input, TRUE);
  g_free (self->path);
  g_free (self->folder);
}

static inline void
small_broker_tell_moved (SmallBroker *self)
{
  if (self->peer < 0)
    return;
  g_autofree char *line = g_strdup_printf ("{\"jsonrpc\":\"2.0\",\"method\":\"table.moved\",\"params\":{\"revision\":%"
                                           G_GUINT64_FORMAT "}}", self->revision);
  small_broker_say (self, line, -1);
}

/* One change of one bed, which nobody is told of. */
static inline void
small_broker_publish_bed (SmallBroker *self, guint32 index, BedDisplay display)
{
  self->revision++;
  const BedBedRow row = { .revision = self->revision, .referral = BED_NONE, .flags = BED_FLAG_IN_EFFECT,
                          .display = (uint8_t) display };
  broker_table_begin (self->table, self->revision, 1);
  broker_table_write_bed (self->table, index, &row);
  broker_table_end (self->table);
}

/* The same, and the wake-up. */
static inline void
small_broker_change_bed (SmallBroker *self, guint32 index, BedDisplay display)
{
  small_broker_publish_bed (self, index, display);
  small_broker_tell_moved (self);
}

static inline void
small_broker_write_referral (SmallBroker *self, guint32 index, BedReferralRow row)
{
  row.revision = ++self->revision;
  broker_table_begin (self->table, self->revision, 1);
  broker_table_write_referral (self->table, index, &row);
  broker_table_end (self->table);
  small_broker_tell_moved (self);
}
