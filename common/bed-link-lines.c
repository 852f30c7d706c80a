/* bed-link-lines.c: lines to and from the broker over its Unix socket, and descriptors with them.
 *
 * Owns what is read and not yet a whole line, what is still to be sent, and the sources that wait
 * for the socket. Bytes from the broker are only ever checked: an end, a line that is too long or
 * no message loses the connection.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-link-core.h"

#include <errno.h>
#include <glib-unix.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define READ_CHUNK (64 * 1024)
#define READS_PER_TURN 16 /* then other sources have their turn */
#define INPUT_KEPT (256 * 1024) /* a larger buffer is given back once it is empty */

/* Sending */

static gboolean on_writable (gint fd, GIOCondition condition, gpointer user_data);

void
bed_link_flush (BedLink *self)
{
  gsize sent = 0;

  while (sent < self->output->len)
    {
      ssize_t n = send (self->fd, self->output->data + sent, self->output->len - sent,
                        MSG_NOSIGNAL | MSG_DONTWAIT);
      if (n > 0)
        sent += (gsize) n;
      else if (n < 0 && errno == EINTR)
        continue;
      else
        {
          if (n < 0 && errno != EAGAIN)
            {
              self->is_broken = TRUE;
              bed_link_schedule_late (self);
            }
          break;
        }
    }
  self->sent += sent;
  if (sent > 0)
    g_byte_array_remove_range (self->output, 0, (guint) sent);

  if (self->output->len == 0 || self->is_broken)
    bed_link_drop_source (&self->writable);
  else if (self->writable == NULL)
    self->writable = bed_link_attach (self, g_unix_fd_source_new (self->fd, G_IO_OUT),
                                      G_SOURCE_FUNC (on_writable));
}

static gboolean
on_writable (gint fd, GIOCondition condition, gpointer user_data)
{
  BedLink *self = user_data;
  bed_link_flush (self);
  return self->writable != NULL ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/* Reading */

/* FALSE if the line is no message: the connection is not worth keeping. */
static gboolean
take_line (BedLink *self, const char *line, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  g_autoptr (BedMessage) message = bed_message_parse (line, length, BED_REPLY_MAX, &id, &error);

  if (message == NULL)
    {
      g_warning ("the broker sent no message: %s", error->message);
      return FALSE;
    }
  switch (message->kind)
    {
    case BED_MESSAGE_REQUEST:
      break; /* nobody asks us anything */
    case BED_MESSAGE_NOTIFICATION:
      bed_link_take_notification (self, message);
      break;
    case BED_MESSAGE_RESULT:
    case BED_MESSAGE_ERROR:
      bed_link_take_answer (self, message);
      break;
    }
  return TRUE;
}

/* Takes every whole line. FALSE if the connection is to be given up. */
static gboolean
take_lines (BedLink *self)
{
  guint64 connection = self->connection;
  gsize start = 0;

  for (;;)
    {
      const guint8 *from = self->input->data + self->scanned;
      const guint8 *end = self->input->len > self->scanned
                              ? memchr (from, '\n', self->input->len - self->scanned)
                              : NULL;
      if (end == NULL)
        break;
      gsize length = (gsize) (end - self->input->data) - start;
      if (!take_line (self, (const char *) self->input->data + start, length) || self->is_broken)
        return FALSE;
      if (self->connection != connection)
        return TRUE; /* an answer's callback ended it */
      start += length + 1;
      self->scanned = start;
    }
  if (start > 0)
    g_byte_array_remove_range (self->input, 0, (guint) start);
  self->scanned = self->input->len;
  return self->input->len <= BED_REPLY_MAX;
}

static void
keep_descriptors (BedLink *self, struct msghdr *header)
{
  for (struct cmsghdr *c = CMSG_FIRSTHDR (header); c != NULL; c = CMSG_NXTHDR (header, c))
    {
      if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
        continue;
      gsize n = (c->cmsg_len - CMSG_LEN (0)) / sizeof (int);
      for (gsize i = 0; i < n; i++)
        {
          int fd;
          memcpy (&fd, CMSG_DATA (c) + i * sizeof (int), sizeof fd);
          if (self->n_descriptors < BED_LINK_DESCRIPTORS_MAX)
            self->descriptors[self->n_descriptors++] = fd;
          else
            close (fd);
        }
    }
}

/* One recvmsg at the end of input: bytes read, 0 at the end, -1 with errno. */
static ssize_t
receive (BedLink *self)
{
  union
  {
    char room[CMSG_SPACE (BED_LINK_DESCRIPTORS_MAX * sizeof (int))];
    struct cmsghdr align;
  } control;
  guint before = self->input->len;
  g_byte_array_set_size (self->input, before + READ_CHUNK);
  self->is_roomy |= before + READ_CHUNK > INPUT_KEPT;
  struct iovec vector = { .iov_base = self->input->data + before, .iov_len = READ_CHUNK };
  struct msghdr header = { .msg_iov = &vector, .msg_iovlen = 1, .msg_control = &control,
                           .msg_controllen = sizeof control };
  ssize_t n = recvmsg (self->fd, &header, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
  int fault = errno;

  g_byte_array_set_size (self->input, before + (guint) MAX (n, 0));
  if (n >= 0)
    keep_descriptors (self, &header);
  errno = fault;
  return n;
}

static gboolean
on_readable (gint fd, GIOCondition condition, gpointer user_data)
{
  g_autoptr (BedLink) self = g_object_ref (user_data);
  guint64 connection = self->connection;

  for (guint i = 0; i < READS_PER_TURN; i++)
    {
      ssize_t n = receive (self);
      if (n < 0 && (errno == EAGAIN || errno == EINTR))
        break;
      if (n <= 0 || !take_lines (self))
        {
          if (self->connection == connection)
            bed_link_lose (self);
          return G_SOURCE_REMOVE;
        }
      if (self->connection != connection)
        return G_SOURCE_REMOVE;
    }
  if (self->input->len == 0 && self->is_roomy)
    {
      g_byte_array_unref (self->input);
      self->input = g_byte_array_new ();
      self->is_roomy = FALSE;
    }
  return G_SOURCE_CONTINUE;
}

void
bed_link_read (BedLink *self)
{
  self->readable = bed_link_attach (self, g_unix_fd_source_new (self->fd, G_IO_IN),
                                    G_SOURCE_FUNC (on_readable));
}
