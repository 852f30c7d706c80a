/* broker-peer.c: one connection on the broker's socket: lines in, lines out, a descriptor to pass.
 *
 * Owns the descriptor and both buffers. Input is bounded by the longest line, output by
 * BROKER_PEER_OUTPUT_MAX; a peer beyond either is marked broken and its owner drops it. Sends never
 * block the broker.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-peer.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define COMPACT_AT (64 * 1024) /* sent bytes before the rest is moved down */

BrokerPeer *
broker_peer_new (int fd)
{
  BrokerPeer *peer = g_new0 (BrokerPeer, 1);

  peer->refs = 1;
  peer->fd = fd;
  peer->pass_fd = -1;
  peer->in = g_byte_array_new ();
  peer->link.data = peer;
  bed_json_init (&peer->out, 1024);
  return peer;
}

BrokerPeer *
broker_peer_ref (BrokerPeer *peer)
{
  peer->refs++;
  return peer;
}

void
broker_peer_drop (BrokerPeer *peer)
{
  if (peer->fd >= 0)
    close (peer->fd);
  if (peer->pass_fd >= 0)
    close (peer->pass_fd);
  peer->fd = -1;
  peer->pass_fd = -1;
}

void
broker_peer_unref (BrokerPeer *peer)
{
  if (--peer->refs > 0)
    return;
  broker_peer_drop (peer);
  g_byte_array_unref (peer->in);
  bed_json_clear (&peer->out);
  g_free (peer);
}

/* Input */

static gsize
get_line_max (const BrokerPeer *peer)
{
  return peer->is_local ? BROKER_IMPORT_LINE_MAX : BED_MESSAGE_MAX;
}

static void
refuse_line (BrokerPeer *peer)
{
  bed_message_print_error (broker_peer_begin_line (peer), NULL, BED_ERROR_PARSE, "the line is too long",
                           NULL);
  broker_peer_end_line (peer);
  g_byte_array_set_size (peer->in, 0);
  peer->has_ended = TRUE;
}

static void
take_line (BrokerPeer *peer, const char *bytes, gsize length, BrokerPeerLine line, gpointer user_data)
{
  if (length > get_line_max (peer))
    refuse_line (peer);
  else if (length > 0)
    line (peer, bytes, length, user_data);
}

/* Whole lines of bytes; returns how much of it they were. */
static gsize
take_lines (BrokerPeer *peer, const char *bytes, gsize length, BrokerPeerLine line, gpointer user_data)
{
  gsize taken = 0;

  while (taken < length && !peer->has_ended && !peer->is_broken)
    {
      const char *end = memchr (bytes + taken, '\n', length - taken);

      if (end == NULL)
        break;
      take_line (peer, bytes + taken, (gsize) (end - bytes) - taken, line, user_data);
      taken = (gsize) (end - bytes) + 1;
    }
  return taken;
}

/* The buffer's bytes follow an unfinished line: only they need to be searched for its end. */
static void
take_bytes (BrokerPeer *peer, const guint8 *bytes, gsize length, BrokerPeerLine line, gpointer user_data)
{
  gsize taken = 0;

  if (peer->in->len > 0)
    {
      const guint8 *end = memchr (bytes, '\n', length);
      gsize part = end != NULL ? (gsize) (end - bytes) : length;

      g_byte_array_append (peer->in, bytes, (guint) part);
      taken = part;
      if (end != NULL)
        {
          g_autoptr (GByteArray) whole = peer->in;

          taken++;
          peer->in = g_byte_array_new ();
          take_line (peer, (const char *) whole->data, whole->len, line, user_data);
        }
    }
  taken += take_lines (peer, (const char *) bytes + taken, length - taken, line, user_data);
  if (peer->has_ended)
    return;
  g_byte_array_append (peer->in, bytes + taken, (guint) (length - taken));
  if (peer->in->len > get_line_max (peer))
    refuse_line (peer);
}

void
broker_peer_read (BrokerPeer *peer, guint8 *buffer, gsize room, BrokerPeerLine line, gpointer user_data)
{
  gssize n = recv (peer->fd, buffer, room, MSG_DONTWAIT);

  if (n > 0)
    take_bytes (peer, buffer, (gsize) n, line, user_data);
  else if (n == 0)
    peer->has_ended = TRUE;
  else if (errno != EAGAIN && errno != EINTR)
    peer->is_broken = TRUE;
}

/* Output */

BedJson *
broker_peer_begin_line (BrokerPeer *peer)
{
  return &peer->out;
}

void
broker_peer_end_line (BrokerPeer *peer)
{
  g_string_append_c (peer->out.text, '\n');
  peer->out.needs_comma = FALSE;
  if (peer->out.text->len - peer->sent > BROKER_PEER_OUTPUT_MAX)
    peer->is_broken = TRUE;
}

gboolean
broker_peer_has_output (const BrokerPeer *peer)
{
  return peer->out.text->len > peer->sent;
}

gboolean
broker_peer_pass_fd (BrokerPeer *peer, int fd)
{
  if (peer->pass_fd >= 0)
    {
      close (fd);
      return FALSE;
    }
  peer->pass_fd = fd;
  peer->pass_at = peer->out.text->len;
  return TRUE;
}

static gssize
send_with_fd (BrokerPeer *peer, const char *bytes, gsize length)
{
  union
  {
    struct cmsghdr header;
    char room[CMSG_SPACE (sizeof (int))];
  } control = { 0 };
  struct iovec piece = { .iov_base = (char *) bytes, .iov_len = length };
  struct msghdr message = { .msg_iov = &piece, .msg_iovlen = 1, .msg_control = control.room,
                            .msg_controllen = sizeof control.room };
  struct cmsghdr *header = CMSG_FIRSTHDR (&message);
  gssize n;

  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN (sizeof (int));
  memcpy (CMSG_DATA (header), &peer->pass_fd, sizeof (int));
  n = sendmsg (peer->fd, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
  if (n > 0)
    {
      close (peer->pass_fd);
      peer->pass_fd = -1;
    }
  return n;
}

/* A descriptor goes with the first byte of the piece it is sent with, so a piece ends before it. */
static gssize
send_piece (BrokerPeer *peer)
{
  const char *bytes = peer->out.text->str + peer->sent;
  gsize length = peer->out.text->len - peer->sent;

  if (peer->pass_fd >= 0 && peer->pass_at == peer->sent)
    return send_with_fd (peer, bytes, length);
  if (peer->pass_fd >= 0)
    length = peer->pass_at - peer->sent;
  return send (peer->fd, bytes, length, MSG_DONTWAIT | MSG_NOSIGNAL);
}

static void
compact (BrokerPeer *peer)
{
  if (peer->sent < peer->out.text->len && peer->sent < COMPACT_AT)
    return;
  g_string_erase (peer->out.text, 0, (gssize) peer->sent);
  if (peer->pass_fd >= 0)
    peer->pass_at -= peer->sent;
  peer->sent = 0;
}

void
broker_peer_flush (BrokerPeer *peer)
{
  while (peer->fd >= 0 && !peer->is_broken && broker_peer_has_output (peer))
    {
      gssize n = send_piece (peer);

      if (n > 0)
        peer->sent += (gsize) n;
      else if (errno == EAGAIN || errno == EWOULDBLOCK)
        break;
      else if (errno != EINTR)
        peer->is_broken = TRUE;
    }
  compact (peer);
}
