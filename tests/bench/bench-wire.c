/* bench-wire.c: see bench-wire.h. Sockets, epoll, and RFC 6455 framing of unfragmented messages.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bench-wire.h"

#include "bench.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define READ_AT_ONCE 65536
#define OPENING_TRIES 200 /* with 20 ms between */

struct _BenchWires
{
  guint n;
  int epoll;
  int *sockets;
  GByteArray **input;
};

static int
open_socket (guint16 port)
{
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_port = htons (port),
                                 .sin_addr = { htonl (INADDR_LOOPBACK) } };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), one = 1;
  for (guint i = 0; connect (fd, (struct sockaddr *) &address, sizeof address) != 0; i++)
    {
      if (i == OPENING_TRIES)
        g_error ("port %u: %s", port, g_strerror (errno));
      g_usleep (20000);
    }
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  return fd;
}

static void
send_all (int fd, const void *bytes, gsize length)
{
  for (gsize sent = 0; sent < length;)
    {
      gssize n = send (fd, (const char *) bytes + sent, length - sent, MSG_NOSIGNAL);
      if (n <= 0)
        g_error ("the server went away: %s", g_strerror (errno));
      sent += (gsize) n;
    }
}

static void
ask_upgrade (int fd, guint16 port, const char *path, const char *protocol, const char *token)
{
  g_autofree char *authorization
      = token != NULL ? g_strdup_printf ("Authorization: Bearer %s\r\n", token) : g_strdup ("");
  g_autofree char *request = g_strdup_printf (
      "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n"
      "Sec-WebSocket-Protocol: %s\r\n%s\r\n",
      path, port, protocol, authorization);
  send_all (fd, request, strlen (request));
}

/* Reads the answer's head byte by byte, so that nothing after it is lost. FALSE: 503, not yet. */
static gboolean
take_upgrade (int fd)
{
  char head[4096];
  gsize length = 0;
  while (length < 4 || memcmp (head + length - 4, "\r\n\r\n", 4) != 0)
    if (length == sizeof head - 1 || recv (fd, head + length++, 1, 0) != 1)
      g_error ("no upgrade");
  head[length] = '\0';
  if (g_str_has_prefix (head, "HTTP/1.1 503"))
    return FALSE;
  if (!g_str_has_prefix (head, "HTTP/1.1 101"))
    g_error ("no upgrade: %s", head);
  return TRUE;
}

/* A server that has only just started may have to find its own server first. */
static void
wait_until_ready (guint16 port, const char *path, const char *protocol, const char *token)
{
  for (guint i = 0; i < OPENING_TRIES; i++)
    {
      int fd = open_socket (port);
      ask_upgrade (fd, port, path, protocol, token);
      gboolean is_ready = take_upgrade (fd);
      close (fd);
      if (is_ready)
        return;
      g_usleep (20000);
    }
  g_error ("port %u is not ready", port);
}

BenchWires *
bench_wires_new (guint16 port, const char *path, const char *protocol, const char *token, guint n)
{
  BenchWires *wires = g_new0 (BenchWires, 1);
  wires->n = n;
  wires->epoll = epoll_create1 (EPOLL_CLOEXEC);
  wires->sockets = g_new (int, n);
  wires->input = g_new (GByteArray *, n);
  wait_until_ready (port, path, protocol, token);
  /* All ask before any is waited for: Mosquitto takes 0.1 s over each that comes alone. */
  for (guint i = 0; i < n; i++)
    {
      wires->sockets[i] = open_socket (port);
      ask_upgrade (wires->sockets[i], port, path, protocol, token);
    }
  for (guint i = 0; i < n; i++)
    {
      struct epoll_event event = { .events = EPOLLIN, .data = { .u32 = i } };
      if (!take_upgrade (wires->sockets[i]))
        g_error ("port %u takes no more than %u", port, i);
      wires->input[i] = g_byte_array_new ();
      epoll_ctl (wires->epoll, EPOLL_CTL_ADD, wires->sockets[i], &event);
    }
  return wires;
}

void
bench_wires_free (BenchWires *wires)
{
  for (guint i = 0; i < wires->n; i++)
    {
      close (wires->sockets[i]);
      g_byte_array_unref (wires->input[i]);
    }
  close (wires->epoll);
  g_free (wires->sockets);
  g_free (wires->input);
  g_free (wires);
}

/* The mask is all zero: it is for proxies, and there is none on the loopback. */
void
bench_wires_send (BenchWires *wires, guint client, guint8 opcode, const char *bytes, gsize length)
{
  guint8 frame[4096] = { (guint8) (0x80 | opcode) };
  gsize head = 2;
  g_return_if_fail (length <= sizeof frame - 8);
  if (length < 126)
    frame[1] = (guint8) (0x80 | length);
  else
    {
      frame[1] = 0x80 | 126;
      frame[2] = (guint8) (length >> 8);
      frame[3] = (guint8) length;
      head = 4;
    }
  memcpy (frame + head + 4, bytes, length);
  send_all (wires->sockets[client], frame, head + 4 + length);
}

void
bench_wires_stall (BenchWires *wires, guint client)
{
  epoll_ctl (wires->epoll, EPOLL_CTL_DEL, wires->sockets[client], NULL);
}

/* The length of the frame at bytes, or 0 if it is not whole yet. */
static gsize
measure_frame (const guint8 *bytes, gsize length, gsize *head)
{
  gsize payload;
  *head = 2;
  if (length < 2)
    return 0;
  payload = bytes[1] & 0x7f;
  if (payload == 126)
    {
      *head = 4;
      if (length < 4)
        return 0;
      payload = (gsize) bytes[2] << 8 | bytes[3];
    }
  else if (payload == 127)
    {
      *head = 10;
      if (length < 10)
        return 0;
      payload = 0;
      for (guint i = 2; i < 10; i++)
        payload = payload << 8 | bytes[i];
    }
  return length >= *head + payload ? *head + payload : 0;
}

static void
take_frames (BenchWires *wires, guint client, BenchWireMessage message, gpointer user_data)
{
  GByteArray *input = wires->input[client];
  gsize used = 0, head;
  for (gsize size; (size = measure_frame (input->data + used, input->len - used, &head)) > 0; used += size)
    {
      guint8 opcode = input->data[used] & 0x0f;
      if (opcode == 8)
        g_error ("client %u was closed", client);
      if (opcode == 9)
        bench_wires_send (wires, client, 10, (char *) input->data + used + head, size - head);
      else if (opcode <= 2)
        message (client, (char *) input->data + used + head, size - head, user_data);
    }
  if (used > 0)
    g_byte_array_remove_range (input, 0, (guint) used);
}

gboolean
bench_wires_poll (BenchWires *wires, int timeout_ms, BenchWireMessage message, gpointer user_data)
{
  struct epoll_event events[256];
  guint8 bytes[READ_AT_ONCE];
  int n = epoll_wait (wires->epoll, events, G_N_ELEMENTS (events), timeout_ms);
  for (int i = 0; i < n; i++)
    {
      guint client = events[i].data.u32;
      gssize length = recv (wires->sockets[client], bytes, sizeof bytes, 0);
      if (length <= 0)
        g_error ("client %u lost its server", client);
      g_byte_array_append (wires->input[client], bytes, (guint) length);
      take_frames (wires, client, message, user_data);
    }
  return n > 0;
}
