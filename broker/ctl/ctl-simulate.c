/* ctl-simulate.c: homewardctl simulate: opens the sessions, keeps the virtual clock, sums up.
 *
 * First the picture is filled (each bed seen once, a queue, some people on their way), as fast as
 * answers come; then a day goes by at the chosen pace. Decisions come from one seeded generator, so
 * that the same answers lead to the same traffic. Refusals are a part of the traffic; what fails is
 * a gateway that cannot be reached (3) and tokens that nobody accepts (1).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ctl-simulate.h"

#include "ctl-reads.h"
#include "ctl-simulate-world.h"
#include "ctl-tables.h"

#include <glib-unix.h>
#include <math.h>

#define TICK_MS 100
#define CONNECT_MS 30000
#define FILL_PEOPLE 30       /* referred before the day begins */
#define FILL_SECONDS 8       /* real ones, in which they are hurried on their way: … */
#define FILL_PACE 3600.0     /* … an hour of waiting is over in a second */
#define STEP_MINUTES_MAX 5.0 /* the virtual clock advances in steps no longer than this */

typedef enum
{
  PHASE_CONNECTING,
  PHASE_SEEING,  /* each bed is seen for the first time */
  PHASE_FILLING, /* people come, and some of them get a bed */
  PHASE_LIVING
} Phase;

typedef struct
{
  CtlWorld *world; /* owned */
  GMainLoop *loop; /* owned */
  Phase phase;
  double pace;
  double filled_min; /* virtual time at which filling ends */
  gint64 started_us;
  gint64 ticked_us;
  gboolean is_quiet;
  CtlExit exit;
} Simulation;

static void
say (const Simulation *simulation, const char *words)
{
  if (!simulation->is_quiet)
    g_printerr ("simulate: %s\n", words);
}

static void
on_notified (const char *method, JsonObject *params, gpointer user_data)
{
  ctl_world_notice (((Simulation *) user_data)->world, method, params);
}

static void
stop (Simulation *simulation, CtlExit exit)
{
  simulation->exit = exit;
  g_main_loop_quit (simulation->loop);
}

static void
wait_for_crew (Simulation *simulation)
{
  CtlCrew *crew = simulation->world->crew;
  guint n = ctl_crew_get_n_members (crew);
  guint n_refused = ctl_crew_get_n_refused (crew);
  gboolean is_late = g_get_monotonic_time () - simulation->started_us > CONNECT_MS * 1000;
  if (simulation->world->is_whole && ctl_crew_get_n_open (crew) + n_refused == n)
    {
      simulation->phase = PHASE_SEEING;
      say (simulation, "connected; units say how their beds are");
    }
  else if (n_refused == n)
    {
      ctl_say_error ("the gateway accepts none of the tokens");
      stop (simulation, CTL_REFUSED);
    }
  else if (is_late)
    {
      ctl_say_error ("%s", ctl_crew_get_n_open (crew) == 0 ? "no gateway answers"
                           : ctl_crew_has_coordinator (crew)
                               ? "the feed does not come"
                               : "none of the tokens is a coordinator's");
      stop (simulation, ctl_crew_get_n_open (crew) == 0 ? CTL_UNREACHABLE : CTL_REFUSED);
    }
}

static void
begin_filling (Simulation *simulation)
{
  CtlWorld *world = simulation->world;
  simulation->phase = PHASE_FILLING;
  simulation->filled_min = world->now_min + FILL_SECONDS * simulation->pace / 60;
  world->haste = MAX (FILL_PACE / simulation->pace, 1);
  for (guint i = 0; i < FILL_PEOPLE; i++)
    ctl_people_add (world);
  say (simulation, "people are referred");
}

static void
pass (Simulation *simulation, double minutes)
{
  CtlWorld *world = simulation->world;
  while (minutes > 0)
    {
      double step = MIN (minutes, STEP_MINUTES_MAX);
      world->now_min += step;
      minutes -= step;
      ctl_units_step (world, step);
      if (simulation->phase != PHASE_SEEING)
        ctl_people_step (world, step);
    }
}

static gboolean
on_tick (gpointer user_data)
{
  Simulation *simulation = user_data;
  CtlWorld *world = simulation->world;
  gint64 now_us = g_get_monotonic_time ();
  double minutes
      = (double) (now_us - simulation->ticked_us) / G_USEC_PER_SEC * simulation->pace / 60;
  simulation->ticked_us = now_us;
  ctl_crew_step (world->crew);
  if (simulation->phase == PHASE_CONNECTING)
    wait_for_crew (simulation);
  if (simulation->phase == PHASE_CONNECTING || !world->is_whole)
    return G_SOURCE_CONTINUE;
  pass (simulation, minutes);
  if (simulation->phase == PHASE_SEEING && ctl_units_are_filled (world))
    begin_filling (simulation);
  if (simulation->phase == PHASE_FILLING && world->now_min >= simulation->filled_min)
    {
      simulation->phase = PHASE_LIVING;
      world->haste = 1;
      say (simulation, "the day goes on");
    }
  return G_SOURCE_CONTINUE;
}

static gboolean
on_end (gpointer user_data)
{
  stop (user_data, CTL_DONE);
  return G_SOURCE_CONTINUE;
}

static void
print_summary (const CtlOptions *options, const CtlWorld *world)
{
  static const CtlColumn columns[]
      = { { "COMMAND", FALSE, 0 }, { "ANSWER", FALSE, 0 }, { "TIMES", TRUE, 0 } };
  g_autoptr (GArray) tallies = ctl_crew_list_tallies (world->crew);
  g_auto (BedJson) json = { 0 };
  bed_json_init (&json, 4096);
  bed_json_begin_array (&json);
  g_autoptr (CtlTable) table = ctl_table_new (columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < tallies->len; i++)
    {
      const CtlTally *tally = &g_array_index (tallies, CtlTally, i);
      const char *answer = tally->reason != NULL ? tally->reason : "accepted";
      ctl_table_add (table, CTL_TINT_PLAIN, g_strdup (tally->method));
      ctl_table_add (table, tally->reason != NULL ? CTL_TINT_HELD : CTL_TINT_FREE,
                     g_strdup (answer));
      ctl_table_add (table, CTL_TINT_PLAIN, g_strdup_printf ("%u", tally->count));
      bed_json_begin_object (&json);
      bed_json_add_string (&json, "command", tally->method);
      bed_json_add_string (&json, "answer", answer);
      bed_json_add_int (&json, "times", tally->count);
      bed_json_end_object (&json);
    }
  bed_json_end_array (&json);
  CtlTerminal terminal = ctl_terminal_look ();
  g_autoptr (GString) out = g_string_new (NULL);
  if (options->is_json)
    g_string_append_printf (out, "%s\n", json.text->str);
  else
    ctl_table_print (table, &terminal, 0, out);
  ctl_print (out->str);
}

static CtlExit
run (Simulation *simulation, const CtlOptions *options, const char *url, int seconds)
{
  CtlWorld *world = simulation->world;
  simulation->loop = g_main_loop_new (NULL, FALSE);
  simulation->started_us = simulation->ticked_us = g_get_monotonic_time ();
  ctl_people_fill_homes (world);
  ctl_crew_start (world->crew, url, on_notified, simulation);
  guint sources[] = {
    g_unix_signal_add (SIGINT, on_end, simulation),
    g_unix_signal_add (SIGTERM, on_end, simulation),
    g_timeout_add (TICK_MS, on_tick, simulation),
  };
  guint end_source = seconds > 0 ? g_timeout_add_seconds ((guint) seconds, on_end, simulation) : 0;
  g_main_loop_run (simulation->loop);
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    g_source_remove (sources[i]);
  if (end_source != 0)
    g_source_remove (end_source);
  if (simulation->exit == CTL_DONE)
    print_summary (options, world);
  g_main_loop_unref (simulation->loop);
  return simulation->exit;
}

CtlExit
ctl_simulate (CtlOptions *options, int argc, char **argv)
{
  g_autofree char *url = NULL;
  g_auto (GStrv) token_files = NULL;
  int seed = 1;
  int seconds = 0;
  Simulation simulation = { .pace = 60 };
  const GOptionEntry entries[] = {
    { "url", 0, 0, G_OPTION_ARG_STRING, &url, "The gateway: ws://127.0.0.1:PORT/v1/live", "URL" },
    { "token-file", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &token_files,
      "Tokens, one a line, or rows of tokens.csv, or a folder of such files; may be repeated",
      "FILE" },
    { "seed", 0, 0, G_OPTION_ARG_INT, &seed, "Seed of every decision (1)", "N" },
    { "pace", 0, 0, G_OPTION_ARG_DOUBLE, &simulation.pace,
      "Minutes of the simulated day in a minute (60)", "X" },
    { "seconds", 0, 0, G_OPTION_ARG_INT, &seconds, "End by itself after so many", "N" },
    { "quiet", 0, 0, G_OPTION_ARG_NONE, &simulation.is_quiet, "Say nothing but the summary", NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  if (!ctl_options_parse (options, entries, &argc, &argv, 0, 0))
    return CTL_USAGE;
  if (url == NULL || token_files == NULL || !(simulation.pace > 0 && simulation.pace <= 100000)
      || seconds < 0)
    {
      ctl_say_error ("simulate wants --url, --token-file and a --pace above 0");
      return CTL_USAGE;
    }
  g_autoptr (CtlWorld) world = ctl_world_new ((guint32) seed);
  g_autoptr (GError) error = NULL;
  for (char **file = token_files; *file != NULL; file++)
    if (!ctl_crew_read_tokens (world->crew, *file, &error))
      {
        ctl_say_error ("%s", error->message);
        return CTL_USAGE;
      }
  if (ctl_crew_get_n_members (world->crew) == 0)
    {
      ctl_say_error ("no token in the files named");
      return CTL_USAGE;
    }
  simulation.world = world;
  return run (&simulation, options, url, seconds);
}
