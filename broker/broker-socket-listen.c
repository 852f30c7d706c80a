/* broker-socket-listen.c: a listening Unix socket at a path, and who is at the other end of one.
 *
 * A socket file left behind by a killed broker is removed, but only after a connection to it was
 * refused: the state's lock says nothing about brokers of another state at the same path.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-socket-listen.h"

#include "broker-socket.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static gboolean
fail (const char *path, const char *doing, int code, GError **error)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s: %s", path, doing, g_strerror (code));
  return FALSE;
}

static gboolean
remove_stale (const char *path, const struct sockaddr_un *address, GError **error)
{
  struct stat there;
  int fd, answered;

  if (lstat (path, &there) != 0)
    return errno == ENOENT || fail (path, "cannot be looked at", errno, error);
  if (!S_ISSOCK (there.st_mode))
    return fail (path, "is there and is not a socket", EEXIST, error);

  fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0)
    return fail (path, "no socket", errno, error);
  answered = connect (fd, (const struct sockaddr *) address, sizeof *address) == 0 ? 0 : errno;
  close (fd);
  if (answered == 0 || answered == EAGAIN)
    return fail (path, "another broker answers there", EADDRINUSE, error);
  if (answered != ECONNREFUSED)
    return fail (path, "cannot be asked whether it is in use", answered, error);
  return unlink (path) == 0 || fail (path, "cannot be removed", errno, error);
}

static gboolean
bind_and_listen (int fd, const char *path, const struct sockaddr_un *address, GError **error)
{
  if (bind (fd, (const struct sockaddr *) address, sizeof *address) != 0)
    return fail (path, "cannot be bound", errno, error);
  if (chmod (path, BROKER_SOCKET_MODE) != 0)
    return fail (path, "cannot be given its mode", errno, error);
  return listen (fd, BROKER_SOCKET_BACKLOG) == 0 || fail (path, "cannot be listened at", errno, error);
}

int
broker_socket_listen (const char *path, GError **error)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  g_autofree char *folder = g_path_get_dirname (path);
  int fd;

  if (strlen (path) >= sizeof address.sun_path)
    {
      fail (path, "is too long for a socket", ENAMETOOLONG, error);
      return -1;
    }
  strcpy (address.sun_path, path);
  if (g_mkdir_with_parents (folder, 0750) != 0)
    {
      fail (folder, "cannot be created", errno, error);
      return -1;
    }
  if (!remove_stale (path, &address, error))
    return -1;

  fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0)
    {
      fail (path, "no socket", errno, error);
      return -1;
    }
  if (!bind_and_listen (fd, path, &address, error))
    {
      close (fd);
      return -1;
    }
  return fd;
}

gboolean
broker_socket_is_own_user (int fd)
{
  struct ucred who;
  socklen_t length = sizeof who;

  return getsockopt (fd, SOL_SOCKET, SO_PEERCRED, &who, &length) == 0 && length == sizeof who
         && (who.uid == 0 || who.uid == geteuid ());
}
