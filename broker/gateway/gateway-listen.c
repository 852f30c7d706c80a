/* gateway-listen.c: opens the listening socket, and refuses every address but loopback and Unix.
 *
 * libsoup's server is not to face a network (see design.md): TLS and the network's limits are
 * nginx's. So the rule is checked on the socket itself, also on one that systemd passed. Owns
 * nothing afterwards. Fails when the address is not allowed or not to be had.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "gateway-listen.h"

#include <errno.h>
#include <gio/gunixsocketaddress.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static gboolean
is_allowed (GSocketAddress *address)
{
  if (G_IS_UNIX_SOCKET_ADDRESS (address))
    return TRUE;
  return G_IS_INET_SOCKET_ADDRESS (address)
         && g_inet_address_get_is_loopback (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
}

static GSocketAddress *
parse_address (const char *text, GError **error)
{
  if (g_str_has_prefix (text, "unix:") && text[5] != '\0')
    {
      if (strlen (text + 5) < sizeof (((struct sockaddr_un *) NULL)->sun_path))
        return g_unix_socket_address_new (text + 5);
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "the path of a socket is too long: %s", text);
      return NULL;
    }
  g_autoptr (GSocketConnectable) parsed = g_network_address_parse (text, 0, NULL);
  if (parsed != NULL)
    {
      GNetworkAddress *network = G_NETWORK_ADDRESS (parsed);
      g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string (
          g_network_address_get_hostname (network), g_network_address_get_port (network));
      if (address != NULL && strrchr (text, ':') != NULL && is_allowed (address))
        return g_steal_pointer (&address);
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
               "--listen takes 127.0.0.1:PORT or unix:PATH, not %s: a proxy faces the network", text);
  return NULL;
}

/* A socket's file that nobody listens on any more is in the way; a living one is not ours to take. */
static void
remove_dead (const char *path)
{
  struct stat status;
  if (lstat (path, &status) != 0 || !S_ISSOCK (status.st_mode))
    return;
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  g_strlcpy (address.sun_path, path, sizeof address.sun_path);
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0)
    return;
  if (connect (fd, (struct sockaddr *) &address, sizeof address) != 0 && errno == ECONNREFUSED)
    unlink (path);
  close (fd);
}

GSocket *
gateway_listen (const char *text, GError **error)
{
  g_autoptr (GSocketAddress) address = parse_address (text, error);
  if (address == NULL)
    return NULL;
  g_autoptr (GSocket) socket = g_socket_new (g_socket_address_get_family (address), G_SOCKET_TYPE_STREAM,
                                             G_SOCKET_PROTOCOL_DEFAULT, error);
  if (socket == NULL)
    return NULL;
  if (G_IS_UNIX_SOCKET_ADDRESS (address))
    remove_dead (g_unix_socket_address_get_path (G_UNIX_SOCKET_ADDRESS (address)));
  g_socket_set_listen_backlog (socket, GATEWAY_BACKLOG);
  g_socket_set_blocking (socket, FALSE);
  if (!g_socket_bind (socket, address, TRUE, error) || !g_socket_listen (socket, error))
    return NULL;
  return g_steal_pointer (&socket);
}

GSocket *
gateway_listen_inherited (int fd, GError **error)
{
  g_autoptr (GSocket) socket = g_socket_new_from_fd (fd, error);
  if (socket == NULL)
    {
      close (fd);
      return NULL;
    }
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (socket, error);
  if (address == NULL)
    return NULL;
  if (!is_allowed (address))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           "the socket that was passed is neither on loopback nor a Unix socket");
      return NULL;
    }
  g_socket_set_blocking (socket, FALSE);
  return g_steal_pointer (&socket);
}

char *
gateway_listen_print (GSocket *socket)
{
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (socket, NULL);

  if (G_IS_UNIX_SOCKET_ADDRESS (address))
    return g_strconcat ("unix:", g_unix_socket_address_get_path (G_UNIX_SOCKET_ADDRESS (address)), NULL);
  if (!G_IS_INET_SOCKET_ADDRESS (address))
    return g_strdup ("an unknown address");
  GInetSocketAddress *inet = G_INET_SOCKET_ADDRESS (address);
  g_autofree char *host = g_inet_address_to_string (g_inet_socket_address_get_address (inet));
  gboolean is_v6 = g_inet_address_get_family (g_inet_socket_address_get_address (inet)) == G_SOCKET_FAMILY_IPV6;
  return g_strdup_printf (is_v6 ? "ws://[%s]:%u/v1/live" : "ws://%s:%u/v1/live", host,
                          g_inet_socket_address_get_port (inet));
}
