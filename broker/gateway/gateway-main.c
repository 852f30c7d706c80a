/* gateway-main.c: homeward-gateway: start, serve, end on SIGTERM.
 *
 * Owns the process's concerns: options, descriptors passed by systemd, its notifications and
 * watchdog, signals. Exit 0 after SIGTERM, 1 when the address cannot be had, 2 for usage.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "gateway-listen.h"
#include "gateway-server.h"

#include <glib-unix.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <systemd/sd-daemon.h>

static gboolean
on_signal (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

static gboolean
feed_watchdog (gpointer user_data)
{
  sd_notify (0, "WATCHDOG=1");
  return G_SOURCE_CONTINUE;
}

static gboolean
pass_time (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/* A thousand connections and more do not fit into the usual soft limit of 1,024 descriptors. */
static void
allow_descriptors (void)
{
  struct rlimit limit;
  if (getrlimit (RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == limit.rlim_max)
    return;
  limit.rlim_cur = limit.rlim_max;
  if (setrlimit (RLIMIT_NOFILE, &limit) != 0)
    g_warning ("the limit of open files stays as it is");
}

static GSocket *
open_listener (const GatewayOptions *options, GError **error)
{
  int n = sd_listen_fds (1);
  if (n == 1)
    return gateway_listen_inherited (SD_LISTEN_FDS_START, error);
  if (n > 1)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "systemd passed %d sockets; one is wanted", n);
      return NULL;
    }
  return gateway_listen (options->listen, error);
}

static void
say_goodbye (GatewayServer *server)
{
  gboolean is_late = FALSE;
  guint timer = g_timeout_add (GATEWAY_GOODBYE_MS, pass_time, &is_late);

  gateway_server_stop (server);
  while (!is_late && gateway_server_get_n_connections (server) > 0)
    g_main_context_iteration (NULL, TRUE);
  if (!is_late)
    g_source_remove (timer);
}

static void
serve (const GatewayOptions *options, GSocket *listener)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GatewayServer) server = gateway_server_new (options, listener);
  g_autofree char *address = gateway_listen_print (listener);
  guint64 watchdog_us = 0;

  g_unix_signal_add (SIGTERM, on_signal, loop);
  g_unix_signal_add (SIGINT, on_signal, loop);
  if (sd_watchdog_enabled (0, &watchdog_us) > 0)
    g_timeout_add ((guint) (watchdog_us / 2000), feed_watchdog, NULL);
  g_print ("listening on %s\n", address);
  fflush (stdout);
  sd_notify (0, "READY=1");
  g_main_loop_run (loop);
  sd_notify (0, "STOPPING=1");
  say_goodbye (server);
}

int
main (int argc, char **argv)
{
  g_auto (GatewayOptions) options = { 0 };
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  g_set_prgname ("homeward-gateway");
  switch (gateway_options_parse (argc, argv, &options, &error))
    {
    case GATEWAY_EXIT_WELL:
      return EXIT_SUCCESS;
    case GATEWAY_EXIT_USAGE:
      g_printerr ("homeward-gateway: %s\n", error->message);
      return 2;
    case GATEWAY_START:
      break;
    }
  allow_descriptors ();
  g_autoptr (GSocket) listener = open_listener (&options, &error);
  if (listener == NULL)
    {
      g_printerr ("homeward-gateway: %s\n", error->message);
      return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT) ? 2 : 1;
    }
  serve (&options, listener);
  return EXIT_SUCCESS;
}
