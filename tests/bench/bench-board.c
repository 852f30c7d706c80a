/* bench-board.c: a wallboard of 10,000 beds under 100 changes a second, 1920 x 1080, drawn by cairo.
 *
 * Each change is parsed and given to the model as the connection does; its time runs from the moment at
 * which it was due (also while the board was drawing) to after-paint of the frame with which every area
 * of the wall shows it. Beside
 * it a window of the same size that is filled with one colour as often: what GTK and the X server
 * cost.
 *
 * Usage: bench-board [--seconds N | --long]. --long: ten minutes. Needs a display.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bench.h"

#include "bench-county.h"
#include "board/wall/wall-board.h"

#include <gtk/gtk.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define WIDTH 1920
#define HEIGHT 1080
#define CHANGES_A_SECOND 100
#define SECONDS 20
#define SECONDS_LONG 600
#define PEER_SHARE 5 /* the peer is measured for a fifth of the time */
#define WARM_MS 2000
#define STEP_NS (G_GINT64_CONSTANT (1000000000) / CHANGES_A_SECOND)

typedef struct
{
  gint64 due_ns;
  gint64 told_us; /* monotonic: when the view was told */
} Change;

/* What is drawn again for each change, and how long that took. */
typedef struct
{
  GtkWidget *window;
  GtkWidget *view;
  BoardModel *model; /* NULL: the peer's plain window */
  GArray *waiting;   /* Change: those that the view does not know of yet */
  GArray *announced; /* ... those that it has not shown yet, oldest first */
  GArray *times;     /* double, ms */
  gint64 due_ns;     /* the next change */
  gint64 frame_ns;   /* when this frame began */
  gint64 frame_busy_ns;
  gint64 drawn_ns;   /* in frames, all together */
  gint64 busy_ns;    /* ... of that on a processor */
  gint64 applied_ns; /* in changes, all together */
  guint64 n_changes;
  guint n_frames;
  gboolean is_painted;
} Screen;

static guint64 n_made; /* changes, over all rounds */

/* --- the source that a wallboard asks --- */

static void
get_moment (gpointer user_data, BoardMoment *moment)
{
  *moment = (BoardMoment) { .now_us = g_get_real_time (), .heard_us = g_get_real_time (),
                            .monotonic_us = g_get_monotonic_time (), .line = BOARD_LINE_LIVE };
}

/* A wallboard asks whether beds fit (bed.find): none does. */
static void
call (const char *method, const char *params, BoardAnswer answer, gpointer answer_data, gpointer user_data)
{
  g_autoptr (GError) error = g_error_new_literal (BED_ERROR, BED_ERROR_UNAVAILABLE, "no register here");
  answer (NULL, error, NULL, answer_data);
}

static void
make_key (char *key, gsize size, gpointer user_data)
{
  g_strlcpy (key, "018f0000-0000-7000-8000-000000000000", size);
}

/* --- frames --- */

static gint64
get_busy_ns (void)
{
  struct timespec time;
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * G_GINT64_CONSTANT (1000000000) + time.tv_nsec;
}

static void
on_before_paint (GdkFrameClock *clock, Screen *screen)
{
  screen->frame_ns = bench_now_ns ();
  screen->frame_busy_ns = get_busy_ns ();
  screen->is_painted = FALSE;
}

static void
on_paint (GdkFrameClock *clock, Screen *screen)
{
  screen->is_painted = TRUE;
}

static void
on_after_paint (GdkFrameClock *clock, Screen *screen)
{
  gint64 now_ns = bench_now_ns ();
  gint64 behind_us = screen->model != NULL ? wall_board_get_behind_us (WALL_BOARD (screen->view)) : G_MAXINT64;
  guint n_shown = 0;
  if (!screen->is_painted)
    return;
  for (; n_shown < screen->announced->len; n_shown++)
    {
      const Change *change = &g_array_index (screen->announced, Change, n_shown);
      double ms = (double) (now_ns - change->due_ns) / 1e6;
      if (change->told_us >= behind_us)
        break;
      g_array_append_val (screen->times, ms);
    }
  g_array_remove_range (screen->announced, 0, n_shown);
  screen->drawn_ns += now_ns - screen->frame_ns;
  screen->busy_ns += get_busy_ns () - screen->frame_busy_ns;
  screen->n_frames++;
}

/* The view has been told: it connected before us. */
static void
on_changed (BoardModel *model, Screen *screen)
{
  for (guint i = 0; i < screen->waiting->len; i++)
    g_array_index (screen->waiting, Change, i).told_us = g_get_monotonic_time ();
  g_array_append_vals (screen->announced, screen->waiting->data, screen->waiting->len);
  g_array_set_size (screen->waiting, 0);
}

/* --- changes --- */

static void
change (Screen *screen)
{
  gint64 start_ns = bench_now_ns ();
  Change made = { screen->due_ns, 0 };
  g_array_append_val (screen->waiting, made);
  if (screen->model == NULL)
    {
      gtk_widget_queue_draw (screen->view);
      on_changed (NULL, screen);
    }
  else
    {
      g_autofree char *text = bench_county_change (++n_made);
      start_ns = bench_now_ns ();
      g_autoptr (JsonNode) node = json_from_string (text, NULL);
      board_model_apply (screen->model, "feed.changes", json_node_get_object (node), g_get_monotonic_time ());
    }
  screen->applied_ns += bench_now_ns () - start_ns;
  screen->n_changes++;
}

/* Makes up for what was due while a frame was drawn, as a socket would. */
static gboolean
on_due (gpointer user_data)
{
  Screen *screen = user_data;
  gint64 now_ns = bench_now_ns ();
  for (; screen->due_ns <= now_ns; screen->due_ns += STEP_NS)
    change (screen);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_end (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
run_for (guint ms)
{
  gboolean is_over = FALSE;
  g_timeout_add (ms, on_end, &is_over);
  while (!is_over)
    g_main_context_iteration (NULL, TRUE);
}

/* One round: the screen is shown, has a moment to settle, and then changes. Returns frames a second. */
static double
measure (Screen *screen, guint ms)
{
  GdkFrameClock *clock;
  guint source;
  gtk_window_present (GTK_WINDOW (screen->window));
  run_for (500);
  clock = gtk_widget_get_frame_clock (screen->view);
  g_signal_connect (clock, "before-paint", G_CALLBACK (on_before_paint), screen);
  g_signal_connect (clock, "paint", G_CALLBACK (on_paint), screen);
  g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), screen);
  screen->n_frames = 0;
  screen->n_changes = 0;
  screen->drawn_ns = screen->busy_ns = screen->applied_ns = 0;
  g_array_set_size (screen->times, 0);
  screen->due_ns = bench_now_ns ();
  source = g_timeout_add (1, on_due, screen);
  run_for (ms);
  g_source_remove (source);
  double frames = screen->n_frames * 1000.0 / ms;
  run_for (300); /* the last changes are drawn, too */
  g_signal_handlers_disconnect_by_data (clock, screen);
  gtk_widget_set_visible (screen->window, FALSE);
  run_for (100);
  return frames;
}

static int
compare (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;
  return x < y ? -1 : x > y;
}

static double
get_percentile (GArray *times, double part)
{
  g_assert_cmpuint (times->len, >, 0);
  qsort (times->data, times->len, sizeof (double), compare);
  return g_array_index (times, double, (guint) ((times->len - 1) * part));
}

/* --- the windows --- */

/* The peer: one rectangle over all of it, of another grey each time. */
struct _BenchPlain
{
  GtkWidget parent_instance;
  guint n_drawn;
};

G_DECLARE_FINAL_TYPE (BenchPlain, bench_plain, BENCH, PLAIN, GtkWidget)
G_DEFINE_FINAL_TYPE (BenchPlain, bench_plain, GTK_TYPE_WIDGET)

static void
bench_plain_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  float grey = (float) (BENCH_PLAIN (widget)->n_drawn++ % 64) / 256;
  gtk_snapshot_append_color (snapshot, &(GdkRGBA) { grey, grey, grey, 1 },
                             &GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                                                  (float) gtk_widget_get_height (widget)));
}

static void
bench_plain_class_init (BenchPlainClass *klass)
{
  GTK_WIDGET_CLASS (klass)->snapshot = bench_plain_snapshot;
}

static void
bench_plain_init (BenchPlain *plain)
{
}

static void
init_screen (Screen *screen, GtkWidget *view)
{
  screen->window = gtk_window_new ();
  screen->view = view;
  screen->waiting = g_array_new (FALSE, FALSE, sizeof (Change));
  screen->announced = g_array_new (FALSE, FALSE, sizeof (Change));
  screen->times = g_array_new (FALSE, FALSE, sizeof (double));
  gtk_window_set_decorated (GTK_WINDOW (screen->window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (screen->window), WIDTH, HEIGHT);
  gtk_widget_set_size_request (view, WIDTH, HEIGHT);
  gtk_window_set_child (GTK_WINDOW (screen->window), view);
}

static void
clear_screen (Screen *screen)
{
  gtk_window_destroy (GTK_WINDOW (screen->window));
  g_array_unref (screen->waiting);
  g_array_unref (screen->announced);
  g_array_unref (screen->times);
}

static void
load_style (void)
{
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (style, "/uk/nhs/homeward/board/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static double
get_resident_mib (void)
{
  unsigned long size = 0, resident = 0;
  FILE *file = fopen ("/proc/self/statm", "r");
  if (file == NULL || fscanf (file, "%lu %lu", &size, &resident) != 2)
    g_error ("/proc/self/statm cannot be read");
  fclose (file);
  return (double) resident * (double) sysconf (_SC_PAGESIZE) / (1024 * 1024);
}

/* --- the table --- */

typedef struct
{
  double frames[BENCH_ROUNDS], p50[BENCH_ROUNDS], p99[BENCH_ROUNDS], drawing[BENCH_ROUNDS];
  double busy[BENCH_ROUNDS], applying[BENCH_ROUNDS];
} Figures;

static void
take_figures (Figures *figures, guint round, Screen *screen, guint ms)
{
  figures->frames[round] = measure (screen, ms);
  figures->p50[round] = get_percentile (screen->times, 0.50);
  figures->p99[round] = get_percentile (screen->times, 0.99);
  figures->drawing[round] = (double) screen->drawn_ns / 1e6 / MAX (screen->n_frames, 1);
  figures->busy[round] = (double) screen->busy_ns / 1e6 / MAX (screen->n_frames, 1);
  figures->applying[round] = (double) screen->applied_ns / 1e3 / (double) MAX (screen->n_changes, 1);
}

static void
report (Figures *ours, Figures *peer, double *resident, double *growth)
{
  static const char empty[] = "a plain window, as often";
  bench_report (&(BenchRow) { "Wall of 10,000 beds, 100 changes/s: frames a second", "/s", empty, ours->frames, peer->frames,
                              BENCH_ROUNDS, .more_is_better = TRUE });
  bench_report (&(BenchRow) { "  the same, against the goal", "/s", "", ours->frames, NULL, BENCH_ROUNDS, .at_least = 30,
                              .more_is_better = TRUE });
  bench_report (&(BenchRow) { "  change to pixel, half of them within", "ms", empty, ours->p50, peer->p50, BENCH_ROUNDS });
  bench_report (&(BenchRow) { "  change to pixel, 99 % within", "ms", "", ours->p99, NULL, BENCH_ROUNDS, .at_most = 150 });
  bench_report (&(BenchRow) { "  of a frame, drawing", "ms", empty, ours->drawing, peer->drawing, BENCH_ROUNDS });
  bench_report (&(BenchRow) { "  of a frame, on a processor of ours", "ms", empty, ours->busy, peer->busy, BENCH_ROUNDS });
  bench_report (&(BenchRow) { "  of a change, parsing and deriving", "µs", "", ours->applying, NULL, BENCH_ROUNDS });
  bench_report (&(BenchRow) { "  memory, resident", "MiB", "", resident, NULL, 1, .at_most = 200 });
  bench_report (&(BenchRow) { "  its growth after the first round", "MiB", "", growth, NULL, 1, .at_most = 2 });
}

static guint
read_seconds (int argc, char **argv)
{
  if (argc > 1 && strcmp (argv[1], "--long") == 0)
    return SECONDS_LONG;
  if (argc > 2 && strcmp (argv[1], "--seconds") == 0)
    return (guint) CLAMP (atoi (argv[2]), BENCH_ROUNDS, 86400);
  return SECONDS;
}

int
main (int argc, char **argv)
{
  guint ms = read_seconds (argc, argv) * 1000 / BENCH_ROUNDS;
  BoardSource source = { get_moment, call, NULL };
  g_autoptr (BoardModel) model = board_model_new ("winchester");
  g_autoptr (BoardCommands) commands = board_commands_new (&source, make_key, NULL, FALSE);
  g_autoptr (BoardContext) context = board_context_new (model, commands, &source);
  Screen wall = { .model = model }, blank = { 0 };
  Figures ours, peer;
  double first = 0, resident, growth;
  if (!gtk_init_check ())
    {
      printf ("bench-board: no display, left out\n");
      return 77;
    }
  load_style ();
  init_screen (&wall, wall_board_new (context));
  init_screen (&blank, g_object_new (bench_plain_get_type (), NULL));
  g_signal_connect (model, "changed", G_CALLBACK (on_changed), &wall);
  {
    g_autoptr (JsonObject) snapshot = bench_county_snapshot ();
    board_model_apply (model, "feed.snapshot", snapshot, g_get_monotonic_time ());
  }
  g_assert_cmpuint (board_model_peek_totals (model)->beds, ==, BENCH_COUNTY_BEDS);
  measure (&wall, WARM_MS);
  for (guint round = 0; round < BENCH_ROUNDS; round++)
    {
      take_figures (&ours, round, &wall, ms);
      if (round == 0)
        first = get_resident_mib ();
      take_figures (&peer, round, &blank, MAX (ms / PEER_SHARE, 1000));
    }
  resident = get_resident_mib ();
  growth = MAX (resident - first, 0);
  report (&ours, &peer, &resident, &growth);
  clear_screen (&wall);
  clear_screen (&blank);
  return EXIT_SUCCESS;
}
