/* bench-peers.c: see bench-peers.h. Processes of their own; setting them up asserts.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bench-peers.h"

#include "bench.h"

#include <arpa/inet.h>
#include <errno.h>
#include <glib/gstdio.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static int
listen_anywhere (guint16 *port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr = { htonl (INADDR_LOOPBACK) } };
  socklen_t length = sizeof address;
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (bind (fd, (struct sockaddr *) &address, sizeof address) != 0 || listen (fd, 1024) != 0
      || getsockname (fd, (struct sockaddr *) &address, &length) != 0)
    g_error ("listen: %s", g_strerror (errno));
  *port = ntohs (address.sin_port);
  return fd;
}

static int
accept_client (int listener)
{
  static const char answer[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
  char head[4096];
  gsize length = 0;
  int fd = accept (listener, NULL, NULL), one = 1;
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  while (length < 4 || memcmp (head + length - 4, "\r\n\r\n", 4) != 0)
    if (length == sizeof head || recv (fd, head + length++, 1, 0) != 1)
      _exit (1);
  if (send (fd, answer, sizeof answer - 1, MSG_NOSIGNAL) < 0)
    _exit (1);
  return fd;
}

static void
write_for_ever (int listener, int trigger, guint clients, gsize size)
{
  g_autofree guint8 *frame = g_malloc0 (size + 4);
  g_autofree int *sockets = g_new (int, clients);
  struct epoll_event event = { .events = EPOLLIN };
  int epoll = epoll_create1 (0);
  frame[0] = 0x81;
  frame[1] = 126;
  frame[2] = (guint8) (size >> 8);
  frame[3] = (guint8) size;
  memset (frame + 4, 'x', size);
  close (accept_client (listener)); /* bench_wires_new first asks whether we are ready */
  for (guint i = 0; i < clients; i++)
    sockets[i] = accept_client (listener);
  epoll_ctl (epoll, EPOLL_CTL_ADD, trigger, &event);
  for (;;)
    {
      char byte;
      if (epoll_wait (epoll, &event, 1, -1) < 1 || read (trigger, &byte, 1) != 1)
        _exit (0);
      for (guint i = 0; i < clients; i++)
        if (send (sockets[i], frame, size + 4, MSG_NOSIGNAL) < 0)
          _exit (1);
    }
}

void
bench_raw_writer_start (BenchRawWriter *writer, guint clients, gsize size)
{
  int pipes[2], listener = listen_anywhere (&writer->port);
  g_return_if_fail (size >= 126 && size < 65536);
  if (pipe (pipes) != 0)
    g_error ("pipe: %s", g_strerror (errno));
  writer->pid = fork ();
  if (writer->pid == 0)
    {
      close (pipes[1]);
      write_for_ever (listener, pipes[0], clients, size);
    }
  close (pipes[0]);
  close (listener);
  writer->trigger = pipes[1];
}

void
bench_raw_writer_stop (BenchRawWriter *writer)
{
  close (writer->trigger);
  waitpid (writer->pid, NULL, 0);
}

gboolean
bench_mosquitto_start (BenchMosquitto *mosquitto, const char *folder)
{
  guint16 plain_port;
  g_autofree char *program = g_find_program_in_path ("mosquitto");
  if (program == NULL && g_file_test ("/usr/sbin/mosquitto", G_FILE_TEST_IS_EXECUTABLE))
    program = g_strdup ("/usr/sbin/mosquitto");
  if (program == NULL)
    return FALSE;
  /* Free ports: mosquitto cannot choose one itself, and 2.0.11 wants one that is not a WebSocket too. */
  close (listen_anywhere (&plain_port));
  close (listen_anywhere (&mosquitto->port));
  mosquitto->config = g_build_filename (folder, "mosquitto.conf", NULL);
  g_autofree char *text = g_strdup_printf ("listener %u 127.0.0.1\nlistener %u\nprotocol websockets\n"
                                           "socket_domain ipv4\nallow_anonymous true\n"
                                           "persistence false\nlog_type none\nmax_queued_messages 0\n"
                                           "set_tcp_nodelay true\nuser root\n",
                                           plain_port, mosquitto->port);
  const char *argv[] = { program, "-c", mosquitto->config, NULL };
  return g_file_set_contents (mosquitto->config, text, -1, NULL)
         && g_spawn_async (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &mosquitto->pid, NULL);
}

void
bench_mosquitto_stop (BenchMosquitto *mosquitto)
{
  kill (mosquitto->pid, SIGTERM);
  waitpid (mosquitto->pid, NULL, 0);
  g_unlink (mosquitto->config);
  g_free (mosquitto->config);
}

void
bench_mosquitto_join (BenchWires *wires, guint client, gboolean subscribes)
{
  char connect[] = "\x10\x12\x00\x04MQTT\x04\x02\x00\x00\x00\x06" "c00000";
  static const char subscribe[] = "\x82\x06\x00\x01\x00\x01" "t" "\x00";
  g_autofree char *name = g_strdup_printf ("%05u", client);
  memcpy (connect + sizeof connect - 6, name, 5);
  bench_wires_send (wires, client, 2, connect, sizeof connect - 1);
  if (subscribes)
    bench_wires_send (wires, client, 2, subscribe, sizeof subscribe - 1);
}

gsize
bench_mosquitto_delivery (gsize size)
{
  gsize rest = size + 3;
  return rest + 1 + (rest < 128 ? 1 : rest < 16384 ? 2 : 3);
}

void
bench_mosquitto_publish (BenchWires *wires, guint client, gsize size)
{
  char packet[4000];
  gsize rest = size + 3, head = 0;
  g_return_if_fail (size + 8 <= sizeof packet);
  packet[head++] = 0x30;
  do
    {
      packet[head++] = (char) ((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
      rest >>= 7;
    }
  while (rest > 0);
  memcpy (packet + head, "\x00\x01t", 3);
  memset (packet + head + 3, 'x', size);
  bench_wires_send (wires, client, 2, packet, head + 3 + size);
}
