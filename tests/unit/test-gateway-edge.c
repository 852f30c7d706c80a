/* test-gateway-edge.c: what a gateway refuses before and below JSON: frames, requests, addresses.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "gateway-house.h"

/* What is refused before and below JSON */

static void
expect_close (GatewayHouse *f, gushort code)
{
  SMALL_WAIT (f->client.is_closed);
  g_assert_cmpuint (soup_websocket_connection_get_close_code (f->client.socket), ==, code);
}

static void
test_binary (GatewayHouse *f, gconstpointer unused)
{
  house_open_as (f, &f->client, "coordinator");
  soup_websocket_connection_send_binary (f->client.socket, "\0", 1);
  expect_close (f, 1003);
}

static void
test_over_limit (GatewayHouse *f, gconstpointer unused)
{
  g_autofree char *text = g_strnfill (BED_MESSAGE_MAX + 1, ' ');

  house_open_as (f, &f->client, "coordinator");
  live_client_send (&f->client, text);
  expect_close (f, 1009);
}

static void
test_far_over_limit (GatewayHouse *f, gconstpointer unused)
{
  g_autofree char *text = g_strnfill (4 * BED_MESSAGE_MAX, ' ');

  house_open_as (f, &f->client, "coordinator");
  live_client_send (&f->client, text);
  expect_close (f, 1009);
}

static void
test_at_limit (GatewayHouse *f, gconstpointer unused)
{
  g_autofree char *text = g_strnfill (BED_MESSAGE_MAX, ' ');

  house_open_as (f, &f->client, "coordinator");
  live_client_send (&f->client, text); /* no JSON, but no crime */
  SMALL_WAIT (f->client.messages->len == 1);
  g_assert_false (f->client.is_closed);
}

static void
test_origin (GatewayHouse *f, gconstpointer unused)
{
  live_client_open (&f->client, f->url, "coordinator", "https://evil.example");
  g_assert_true (f->client.is_refused);
  g_assert_cmpuint (f->client.status, ==, 403);
  live_client_clear (&f->client);
  live_client_open (&f->client, f->url, "coordinator", "https://wall.example");
  g_assert_nonnull (f->client.socket);
}

static void
test_full (GatewayHouse *f, gconstpointer unused)
{
  LiveClient second;

  f->options.connections_max = 1;
  house_open_as (f, &f->client, "coordinator");
  live_client_open (&second, f->url, "coordinator", NULL);
  g_assert_true (second.is_refused);
  g_assert_cmpuint (second.status, ==, 503);
  live_client_clear (&second);
}

/* Sends raw bytes to the gateway and returns the status line of the answer. */
static char *
send_raw (GatewayHouse *f, const char *bytes)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (f->listener, NULL);
  g_autoptr (GSocketConnection) stream
      = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, NULL);
  GSocket *socket = g_socket_connection_get_socket (stream);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_nonnull (stream);
  g_assert_cmpint (g_socket_send (socket, bytes, strlen (bytes), NULL, NULL), ==, (gssize) strlen (bytes));
  g_socket_set_blocking (socket, FALSE);
  for (gboolean is_over = FALSE; !is_over;)
    {
      char buffer[4096];
      g_autoptr (GError) error = NULL;
      gssize n = g_socket_receive (socket, buffer, sizeof buffer, NULL, &error);
      is_over = n == 0 || (n < 0 && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK));
      if (n > 0)
        g_string_append_len (text, buffer, n);
      g_main_context_iteration (NULL, FALSE);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

#define UPGRADE                                                                                    \
  "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"                        \
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"

/* Each is answered with 400 and the connection is closed, so nothing behind it is read as a request. */
static void
test_smuggling (GatewayHouse *f, gconstpointer unused)
{
  static const char *const requests[] = {
    "GET /v1/live HTTP/1.1\r\nHost: a\r\nHost: b\r\n" UPGRADE "\r\n",
    "GET /v1/live HTTP/1.1\r\n" UPGRADE "\r\n",
    "GET /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /healthz HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "GET /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nContent-Length: 4\r\n\r\nABCD",
    "POST /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nABCD",
    "GET /v1/live HTTP/1.1\r\nHost: a\r\nOrigin: https://wall.example\r\nOrigin: https://evil.example\r\n" UPGRADE "\r\n",
    "GET /v1/live HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer x\r\nAuthorization: Bearer y\r\n" UPGRADE "\r\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autofree char *answer = send_raw (f, requests[i]);
      g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 400"));
      g_assert_null (strstr (answer + 8, "HTTP/1.1")); /* one answer only */
    }
}

/* A body nobody asked for is not read to its end. */
static void
test_endless_body (GatewayHouse *f, gconstpointer unused)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (f->listener, NULL);
  g_autoptr (GSocketConnection) stream = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, NULL);
  GSocket *socket = g_socket_connection_get_socket (stream);
  static const char head[] = "POST /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 999999999\r\n\r\n";
  static const char block[65536];
  guint64 sent = 0;

  g_assert_cmpint (g_socket_send (socket, head, sizeof head - 1, NULL, NULL), >, 0);
  g_socket_set_blocking (socket, FALSE);
  for (gboolean is_over = FALSE; !is_over;)
    {
      g_autoptr (GError) error = NULL;
      gssize n = g_socket_send (socket, block, sizeof block, NULL, &error);
      is_over = n < 0 && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
      sent += (guint64) MAX (n, 0);
      g_assert_cmpuint (sent, <, 32 * 1024 * 1024);
      g_main_context_iteration (NULL, FALSE);
    }
}

static void
test_paths (GatewayHouse *f, gconstpointer unused)
{
  static const char *const paths[] = { "/", "/v1", "/v1/live/x", "/healthz/x", "/v1/call" };
  guint status;

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *text = house_get (f, paths[i], &status);
      g_assert_cmpuint (status, ==, 404);
    }
  g_autofree char *health = house_get (f, "/healthz", &status);
  g_assert_cmpuint (status, ==, 200);
}

static void
test_metrics (GatewayHouse *f, gconstpointer unused)
{
  guint status;

  house_follow (f, &f->client, "coordinator");
  g_autofree char *text = house_get (f, "/metrics", &status);
  g_assert_cmpuint (status, ==, 200);
  g_assert_nonnull (strstr (text, "\nhomeward_gateway_connections 1\n"));
  g_assert_nonnull (strstr (text, "\nhomeward_gateway_subscribers 1\n"));
  g_assert_nonnull (strstr (text, "\nhomeward_gateway_live 1\n"));
}

static void
test_addresses (void)
{
  static const char *const refused[] = { "0.0.0.0:0", "[::]:0", "192.0.2.1:0", "localhost:0", "127.0.0.1", "", "unix:" };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (gateway_listen (refused[i], &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
    }
}

static void
test_inherited_address (void)
{
  g_autoptr (GError) error = NULL;
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (listen (fd, 1), ==, 0); /* on every address there is */
  g_assert_null (gateway_listen_inherited (fd, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
}

static void
test_unix (GatewayHouse *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (f->broker.folder, "gateway.sock", NULL);
  g_autofree char *address = g_strconcat ("unix:", path, NULL);

  g_clear_pointer (&f->server, gateway_server_free);
  g_clear_object (&f->listener);
  f->listener = gateway_listen (address, &error);
  g_assert_no_error (error);
  f->server = gateway_server_new (&f->options, f->listener);
  g_autofree char *answer = send_raw (f, "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200"));
  g_unlink (path);
}

/* A WebSocket without a client: whoever holds it sends and reads what it likes. */
static GSocketConnection *
open_raw (GatewayHouse *f)
{
  static const char upgrade[] = "GET /v1/live HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer coordinator\r\n" UPGRADE "\r\n";
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (f->listener, NULL);
  GSocketConnection *stream = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, NULL);
  GSocket *socket = g_socket_connection_get_socket (stream);

  g_socket_set_option (socket, SOL_SOCKET, SO_RCVBUF, 4096, NULL);
  g_assert_cmpint (g_socket_send (socket, upgrade, sizeof upgrade - 1, NULL, NULL), >, 0);
  g_socket_set_blocking (socket, FALSE);
  SMALL_WAIT (gateway_server_get_n_connections (f->server) == 1);
  return stream;
}

/* Fragments within the limit that go on and on are one message over it, long before its end. */
static void
test_fragments (GatewayHouse *f, gconstpointer unused)
{
  g_autoptr (GSocketConnection) stream = open_raw (f);
  GSocket *socket = g_socket_connection_get_socket (stream);
  g_autoptr (GByteArray) frame = g_byte_array_new ();
  guint64 sent = 0;

  g_byte_array_append (frame, (const guint8[]){ 0x01, 0x80 | 126, 50000 >> 8, 50000 & 255, 0, 0, 0, 0 }, 8);
  g_byte_array_set_size (frame, 8 + 50000);
  memset (frame->data + 8, ' ', 50000);
  while (gateway_server_get_n_connections (f->server) == 1)
    {
      frame->data[0] = sent < frame->len ? 0x01 : 0x00; /* text, then its continuation, never the last */
      gssize n = g_socket_send (socket, (char *) frame->data + sent % frame->len, frame->len - sent % frame->len, NULL, NULL);
      sent += (guint64) MAX (n, 0);
      g_assert_cmpuint (sent, <, 16 * 1024 * 1024);
      g_main_context_iteration (NULL, FALSE);
    }
}

/* Replies nobody reads are bounded. */
static void
test_unread_replies (GatewayHouse *f, gconstpointer unused)
{
  g_autoptr (GSocketConnection) stream = open_raw (f);
  GSocket *socket = g_socket_connection_get_socket (stream);
  /* A masked frame (with the mask 0) that is no JSON: answered with an error, again and again. */
  static const guint8 frame[] = { 0x81, 0x81, 0, 0, 0, 0, '{' };
  g_autoptr (GByteArray) many = g_byte_array_new ();

  for (guint i = 0; i < 2000; i++)
    g_byte_array_append (many, frame, sizeof frame);
  for (guint64 sent = 0; gateway_server_get_n_connections (f->server) == 1;)
    {
      gssize n = g_socket_send (socket, (char *) many->data + sent % sizeof frame, many->len - sent % sizeof frame, NULL, NULL);
      sent += (guint64) MAX (n, 0);
      g_assert_cmpuint (sent, <, 64 * 1024 * 1024);
      g_main_context_iteration (NULL, FALSE);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define CASE(path, function) \
  g_test_add ("/gateway/" path, GatewayHouse, NULL, house_set_up, function, house_tear_down)
  CASE ("frame/binary", test_binary);
  CASE ("frame/over-limit", test_over_limit);
  CASE ("frame/far-over-limit", test_far_over_limit);
  CASE ("frame/at-limit", test_at_limit);
  CASE ("frame/fragments", test_fragments);
  CASE ("http/origin", test_origin);
  CASE ("http/full", test_full);
  CASE ("http/smuggling", test_smuggling);
  CASE ("http/endless-body", test_endless_body);
  CASE ("http/paths", test_paths);
  CASE ("http/metrics", test_metrics);
  CASE ("http/unix", test_unix);
  CASE ("http/unread-replies", test_unread_replies);
  g_test_add_func ("/gateway/listen/addresses", test_addresses);
  g_test_add_func ("/gateway/listen/inherited", test_inherited_address);
#undef CASE
  return g_test_run ();
}
