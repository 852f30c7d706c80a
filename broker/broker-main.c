/* broker-main.c: homeward-broker: the parts put together, started in order and stopped in order.
 *
 * Options, lock, journal, import, socket, ready; SIGTERM or SIGINT: no more questions, answers to
 * those there were, a snapshot, the end. Tells systemd when it is there.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "broker"

#include "broker-clock.h"
#include "broker-options.h"
#include "broker-socket.h"
#include "broker-states.h"

#include <glib-unix.h>
#include <locale.h>
#include <sys/resource.h>
#include <systemd/sd-daemon.h>

static gint64
read_now (gpointer user_data)
{
  return broker_clock_read (user_data);
}

static gint64
read_boottime (gpointer user_data)
{
  BrokerClockFace face = broker_clock_face_of_system ();

  return face.read_boottime_us (face.user_data);
}

static guint64
draw_random (gpointer user_data)
{
  return bed_random ();
}

static void
print_faults (const GPtrArray *faults)
{
  for (guint i = 0; i < faults->len; i++)
    g_printerr ("%s\n", (const char *) g_ptr_array_index (faults, i));
}

static int
fail (int status, const GError *error)
{
  g_printerr ("homeward-broker: %s\n", error->message);
  return status;
}

/* Reads and, where there is no journal yet to compare with, checks the files before anything is
 * created. */
static char *
load_import (const BrokerOptions *options, GPtrArray *faults, GError **error)
{
  g_autofree char *journal = g_build_filename (options->state, BROKER_JOURNAL_FILE, NULL);
  g_autofree char *files = broker_reference_load (options->import, error);

  if (files != NULL && !g_file_test (journal, G_FILE_TEST_EXISTS))
    {
      g_autoptr (BrokerStates) states = NULL;
      g_autoptr (BrokerReference) reference = broker_states_parse (files, NULL, &states, faults);

      if (reference == NULL)
        {
          g_set_error_literal (error, BED_ERROR, BED_ERROR_IMPORT, bed_error_words (BED_ERROR_IMPORT));
          return NULL;
        }
    }
  return g_steal_pointer (&files);
}

static gboolean
stop (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
pat_watchdog (gpointer user_data)
{
  sd_notify (0, "WATCHDOG=1");
  return G_SOURCE_CONTINUE;
}

static void
serve (const BrokerOptions *options, BrokerCore *core)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  guint term = g_unix_signal_add (SIGTERM, stop, loop);
  guint interrupt = g_unix_signal_add (SIGINT, stop, loop);
  guint64 watchdog_us = 0;
  guint watchdog = 0;

  if (sd_watchdog_enabled (0, &watchdog_us) > 0)
    watchdog = g_timeout_add ((guint) MAX (watchdog_us / 2000, 1), pat_watchdog, NULL);
  sd_notify (0, "READY=1");
  g_message ("serving at %s, revision %" G_GUINT64_FORMAT, options->socket, broker_core_get_revision (core));
  g_main_loop_run (loop);

  sd_notify (0, "STOPPING=1");
  g_source_remove (term);
  g_source_remove (interrupt);
  if (watchdog != 0)
    g_source_remove (watchdog);
}

/* A descriptor a peer, and as many again for what is not peers. */
static void
raise_file_limit (void)
{
  const rlim_t wanted = 2 * BROKER_PEERS_MAX;
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted)
    return;
  limit.rlim_cur = MIN (wanted, limit.rlim_max);
  if (setrlimit (RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur < wanted)
    g_warning ("fewer than %d peers can connect: the limit of open files is too low", BROKER_PEERS_MAX);
}

/* The world's time, or a simulation's own. A journal that has gone on past its start goes on there. */
static void
start_clock (const BrokerOptions *options, const BrokerClockFace *system, BrokerVirtualTime *time,
             BrokerClock *clock, gint64 floor_us)
{
  if (options->clock_speed == 0)
    {
      broker_clock_start (clock, system, floor_us);
      return;
    }
  broker_virtual_time_start (time, system, MAX (options->clock_start_us, floor_us), options->clock_speed);
  BrokerClockFace face = broker_virtual_time_face (time);
  broker_clock_start (clock, &face, floor_us);
  if (floor_us == 0)
    g_warning ("the clock is not the world's: it runs %u times as fast. This is not for service",
               options->clock_speed);
}

static int
run (const BrokerOptions *options)
{
  BrokerClockFace face = broker_clock_face_of_system ();
  BrokerVirtualTime time;
  BrokerClock clock;
  BrokerWorld world = { read_now, read_boottime, draw_random, &clock };
  BrokerCoreSettings settings = { .folder = options->state,
                                  .beds_max = options->beds,
                                  .referrals = options->referrals,
                                  .changes = options->changes,
                                  .clock_speed = options->clock_speed };
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *files = NULL;
  g_autoptr (BrokerSessions) sessions = NULL;
  g_autoptr (GError) error = NULL;
  BrokerCore *core;
  BrokerSocket *socket;

  raise_file_limit ();
  start_clock (options, &face, &time, &clock, 0);
  if (options->import != NULL && (files = load_import (options, faults, &error)) == NULL)
    {
      print_faults (faults);
      return fail (BROKER_EXIT_USAGE, error);
    }

  core = broker_core_open (&settings, &world, &error);
  if (core == NULL)
    return fail (BROKER_EXIT_FAILED, error);
  if (options->clock_speed == 0)
    broker_clock_raise (&clock, broker_core_get_last_event_us (core));
  else
    start_clock (options, &face, &time, &clock, broker_core_get_last_event_us (core));
  if (files != NULL && !broker_core_import (core, files, faults, &error))
    {
      gboolean is_faulty = g_error_matches (error, BED_ERROR, BED_ERROR_IMPORT);

      print_faults (faults);
      broker_core_close (core);
      return fail (is_faulty ? BROKER_EXIT_USAGE : BROKER_EXIT_FAILED, error);
    }

  sessions = broker_sessions_new (options->state);
  socket = broker_socket_open (options->socket, core, sessions, &world, NULL, &error);
  if (socket == NULL)
    {
      broker_core_close (core);
      return fail (BROKER_EXIT_FAILED, error);
    }
  serve (options, core);

  broker_socket_stop (socket);
  while (broker_core_get_n_waiting (core) > 0)
    broker_core_run_batch (core);
  broker_core_close (core);
  broker_socket_close (socket);
  g_message ("stopped");
  return BROKER_EXIT_OK;
}

int
main (int argc, char **argv)
{
  g_auto (BrokerOptions) options = { 0 };
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  switch (broker_options_parse (&options, argc, argv, &error))
    {
    case BROKER_OPTIONS_RUN:
      return run (&options);
    case BROKER_OPTIONS_SAID:
      return BROKER_EXIT_OK;
    case BROKER_OPTIONS_WRONG:
      return fail (BROKER_EXIT_USAGE, error);
    }
  return BROKER_EXIT_USAGE;
}
