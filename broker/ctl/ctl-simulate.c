/* ctl-simulate.c: homewardctl simulate: opens the sessions, keeps the time, ends in good order.
 *
 * First each bed is seen once, as fast as answers come. Then either a lively day goes by at the
 * chosen pace, while the broker keeps the world's time; or, with --speed, whole weeks and winters
 * against a broker whose own clock runs as fast (broker/README.md, Configuration): at the end
 * nothing new is begun, and register and simulation are compared. Decisions come from one seeded
 * generator, so that the same answers lead to the same traffic. Refusals are a part of the traffic;
 * what fails is a gateway that cannot be reached (3), tokens that nobody accepts, a broker whose
 * clock does not run as said, and a comparison that finds something (1).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ctl-simulate.h"

#include "ctl-simulate-world.h"

#include "common/bed-time.h"

#include <glib-unix.h>

#define TICK_MS 100
#define FAST_TICK_MS 5 /* of a simulation with a broker's clock of its own */
#define CONNECT_MS 30000
#define FILL_PEOPLE 30       /* referred before the day begins */
#define FILL_SECONDS 8       /* real ones, in which they are hurried on their way: … */
#define FILL_PACE 3600.0     /* … an hour of waiting is over in a second */
#define STEP_MINUTES_MAX 5.0 /* the simulation's clock advances in steps no longer than this */
#define SPEED_MAX 10000
#define SAMPLE_MIN 60.0      /* between two looks at how full it is */
#define QUIET_MS 400         /* at the end, until the feed has nothing more to tell */
#define QUIET_MS_MAX 20000
#define UNHEARD_S_MAX 60 /* a clock that runs as said is heard of each simulated quarter of an hour */

typedef enum
{
  PHASE_CONNECTING,
  PHASE_SEEING,  /* each bed is seen for the first time */
  PHASE_FILLING, /* people come, and some of them get a bed */
  PHASE_LIVING,
  PHASE_ENDING /* what is under way is answered, nothing is begun */
} Phase;

typedef struct
{
  CtlWorld *world; /* owned */
  GMainLoop *loop; /* owned */
  Phase phase;
  double pace;
  double days;       /* 0: until it is ended */
  double filled_min; /* the simulation's time at which filling ends */
  double end_min;    /* … and at which everything does */
  gint64 started_us;
  gint64 ticked_us;
  gint64 ending_us;
  gint64 busy_us; /* last so, while ending */
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
    ctl_demand_add (world);
  say (simulation, "people are referred");
}

static void
begin_living (Simulation *simulation)
{
  CtlWorld *world = simulation->world;
  simulation->phase = PHASE_LIVING;
  simulation->end_min
      = simulation->days > 0 ? world->now_min + simulation->days * 24 * 60 : G_MAXDOUBLE;
  world->haste = 1;
  say (simulation, world->time.speed != 0 ? "the winter goes by" : "the day goes on");
}

/* How full it is, and how well known. */
static void
sample (CtlWorld *world)
{
  GHashTableIter iter;
  gpointer value = NULL;
  guint n = 0;
  guint n_occupied = 0;
  world->sampled_min = world->now_min;
  g_hash_table_iter_init (&iter, world->beds);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const CtlBed *bed = value;
      if (!bed->is_in_effect || !bed->unit->is_in_effect || bed->service == BED_SERVICE_SURGE_SHUT)
        continue;
      n++;
      n_occupied += bed->occupancy == BED_OCCUPANCY_OCCUPIED || bed->occupancy == BED_OCCUPANCY_ON_LEAVE;
      world->tally.stale_samples += bed->is_stale;
    }
  world->tally.bed_samples += n;
  world->tally.samples++;
  world->tally.occupancy += n > 0 ? (double) n_occupied / n : 0;
}

static void
pass (Simulation *simulation, double minutes)
{
  CtlWorld *world = simulation->world;
  gboolean is_alive = simulation->phase != PHASE_SEEING;
  while (minutes > 0)
    {
      double step = MIN (minutes, STEP_MINUTES_MAX);
      world->now_min += step;
      minutes -= step;
      ctl_units_step (world, step);
      if (is_alive)
        ctl_people_step (world, step);
      if (is_alive && world->time.speed != 0)
        ctl_troubles_step (world, step);
    }
  if (is_alive && world->now_min - world->sampled_min >= SAMPLE_MIN)
    sample (world);
}

/* In minutes of the simulation, since the last tick. */
static double
read_elapsed (Simulation *simulation, gint64 now_us)
{
  CtlWorld *world = simulation->world;
  gint64 real_us = now_us - simulation->ticked_us;
  simulation->ticked_us = now_us;
  if (world->time.speed == 0)
    return (double) real_us / G_USEC_PER_SEC * simulation->pace / 60;
  double at_min = (double) (ctl_time_read (&world->time, now_us) - world->time.zero_us) / BED_MINUTE_US;
  return MAX (at_min - world->now_min, 0);
}

static gboolean
is_clock_right (Simulation *simulation, gint64 now_us)
{
  const CtlTime *time = &simulation->world->time;
  if (time->speed == 0)
    return TRUE;
  gint64 unheard_us = (ctl_time_read (time, now_us) - time->heard_us) / time->speed;
  if (unheard_us < UNHEARD_S_MAX * (gint64) G_USEC_PER_SEC)
    return TRUE;
  ctl_say_error ("the broker's clock does not run %u times as fast", time->speed);
  stop (simulation, CTL_REFUSED);
  return FALSE;
}

static void
begin_ending (Simulation *simulation)
{
  simulation->phase = PHASE_ENDING;
  simulation->ending_us = simulation->busy_us = g_get_monotonic_time ();
  simulation->world->is_ending = TRUE;
  say (simulation, "what is under way is ended");
}

/* Everything asked is answered, and the feed shows it. */
static gboolean
is_caught_up (const CtlWorld *world)
{
  GHashTableIter iter;
  gpointer value = NULL;
  if (ctl_crew_is_busy (world->crew) || !world->is_whole)
    return FALSE;
  g_hash_table_iter_init (&iter, world->people);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((CtlPerson *) value)->after_revision > world->revision)
      return FALSE;
  return TRUE;
}

static void
wait_for_quiet (Simulation *simulation, gint64 now_us)
{
  if (!is_caught_up (simulation->world))
    simulation->busy_us = now_us;
  if (now_us - simulation->busy_us > QUIET_MS * 1000 || now_us - simulation->ending_us > QUIET_MS_MAX * 1000)
    stop (simulation, CTL_DONE);
}

static void
go_on (Simulation *simulation)
{
  CtlWorld *world = simulation->world;
  if (simulation->phase == PHASE_SEEING && ctl_units_are_filled (world))
    {
      if (world->time.speed != 0)
        begin_living (simulation);
      else
        begin_filling (simulation);
    }
  if (simulation->phase == PHASE_FILLING && world->now_min >= simulation->filled_min)
    begin_living (simulation);
  if (simulation->phase == PHASE_LIVING && world->now_min >= simulation->end_min)
    begin_ending (simulation);
}

static gboolean
on_tick (gpointer user_data)
{
  Simulation *simulation = user_data;
  CtlWorld *world = simulation->world;
  gint64 now_us = g_get_monotonic_time ();
  ctl_crew_step (world->crew);
  if (simulation->phase == PHASE_CONNECTING)
    wait_for_crew (simulation);
  if (simulation->phase == PHASE_ENDING)
    wait_for_quiet (simulation, now_us);
  if (simulation->phase == PHASE_CONNECTING || simulation->phase == PHASE_ENDING || !world->is_whole)
    {
      simulation->ticked_us = now_us;
      return G_SOURCE_CONTINUE;
    }
  if (!is_clock_right (simulation, now_us))
    return G_SOURCE_CONTINUE;
  pass (simulation, read_elapsed (simulation, now_us));
  go_on (simulation);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_end (gpointer user_data)
{
  Simulation *simulation = user_data;
  if (simulation->world->time.speed != 0 && simulation->phase == PHASE_LIVING)
    begin_ending (simulation);
  else if (simulation->phase != PHASE_ENDING)
    stop (simulation, CTL_DONE);
  return G_SOURCE_CONTINUE;
}

/* Of a winter, what was believed against what is. */
static CtlExit
conclude (Simulation *simulation, const CtlOptions *options)
{
  CtlWorld *world = simulation->world;
  if (world->time.speed == 0)
    {
      ctl_summary_print (world, NULL, options->is_json);
      return CTL_DONE;
    }
  g_auto (CtlFindings) findings = { 0 };
  ctl_check (world, &findings);
  ctl_summary_print (world, &findings, options->is_json);
  if (findings.lines->len == 0)
    return CTL_DONE;
  ctl_say_error ("the register and the simulation disagree in %u places", findings.lines->len);
  return CTL_REFUSED;
}

static CtlExit
run (Simulation *simulation, const CtlOptions *options, const char *url, int seconds)
{
  CtlWorld *world = simulation->world;
  simulation->loop = g_main_loop_new (NULL, FALSE);
  simulation->started_us = simulation->ticked_us = g_get_monotonic_time ();
  ctl_demand_fill_homes (world);
  ctl_crew_start (world->crew, url, on_notified, simulation);
  guint sources[] = {
    g_unix_signal_add (SIGINT, on_end, simulation),
    g_unix_signal_add (SIGTERM, on_end, simulation),
    g_timeout_add (world->time.speed != 0 ? FAST_TICK_MS : TICK_MS, on_tick, simulation),
  };
  guint end_source = seconds > 0 ? g_timeout_add_seconds ((guint) seconds, on_end, simulation) : 0;
  g_main_loop_run (simulation->loop);
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    g_source_remove (sources[i]);
  if (end_source != 0)
    g_source_remove (end_source);
  if (simulation->exit == CTL_DONE)
    simulation->exit = conclude (simulation, options);
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
  int speed = 0;
  Simulation simulation = { .pace = 60 };
  const GOptionEntry entries[] = {
    { "url", 0, 0, G_OPTION_ARG_STRING, &url, "The gateway: ws://127.0.0.1:PORT/v1/live", "URL" },
    { "token-file", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &token_files,
      "Tokens, one a line, or rows of tokens.csv, or a folder of such files; may be repeated",
      "FILE" },
    { "seed", 0, 0, G_OPTION_ARG_INT, &seed, "Seed of every decision (1)", "N" },
    { "pace", 0, 0, G_OPTION_ARG_DOUBLE, &simulation.pace,
      "Minutes of the simulated day in a minute (60)", "X" },
    { "speed", 0, 0, G_OPTION_ARG_INT, &speed,
      "The broker's clock is its own and runs N times as fast: play at that (up to 10000)", "N" },
    { "days", 0, 0, G_OPTION_ARG_DOUBLE, &simulation.days, "End after so many simulated days (with --speed)",
      "N" },
    { "seconds", 0, 0, G_OPTION_ARG_INT, &seconds, "End by itself after so many", "N" },
    { "quiet", 0, 0, G_OPTION_ARG_NONE, &simulation.is_quiet, "Say nothing but the summary", NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  if (!ctl_options_parse (options, entries, &argc, &argv, 0, 0))
    return CTL_USAGE;
  if (url == NULL || token_files == NULL || !(simulation.pace > 0 && simulation.pace <= 100000)
      || seconds < 0 || speed < 0 || speed > SPEED_MAX || simulation.days < 0
      || (simulation.days > 0 && speed == 0))
    {
      ctl_say_error ("simulate wants --url, --token-file, a --pace above 0, --days only with a --speed");
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
  world->time.speed = (guint) speed;
  return run (&simulation, options, url, seconds);
}
