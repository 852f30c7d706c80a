/* bench-first.c: how long after its start a board shows the demo: from spawn to pixels.
 *
 * The demo (data/demo/run, with its traffic) stands; each view is started as its user would and its
 * screen is watched. The first picture is the moment from which nine tenths of what is not background
 * are as they still are after WATCH_MS: a header that waits for its rows is none. Beside it in the same
 * run: a program that opens an empty GTK window.
 *
 * Usage: bench-first DEMO-RUN BOARD. --plain: is the peer. 77 if there is no Xvfb.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bench.h"
#include "bench-screen.h"

#include <gio/gunixinputstream.h>
#include <gtk/gtk.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define WIDTH 1920
#define HEIGHT 1080
#define WATCH_MS 3000
#define LOOK_US 2000
#define LOOKS_MAX 400 /* different pictures kept of one start */
#define DEMO_SECONDS "600"
#define WARM_ROUNDS 2

typedef struct
{
  GPid script;
  GDataInputStream *says;
  char *url;
  char *wallboard, *referrer, *unit; /* tokens, owned */
  char *token_file;                  /* of the view that is measured */
} Demo;

typedef struct
{
  gint64 at_ns;
  guint32 *pixels; /* owned */
} Look;

static void
clear_look (gpointer look)
{
  g_free (((Look *) look)->pixels);
}

static void
lead_group (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

/* --- the demo --- */

/* "  wallboard     TOKEN", "  referrer      TOKEN   (…)": the second word. */
static char *
read_word (const char *line, const char *name)
{
  g_auto (GStrv) words = NULL;
  g_autofree char *text = g_strstrip (g_strdup (line));
  if (!g_str_has_prefix (text, name))
    return NULL;
  words = g_regex_split_simple ("\\s+", text, 0, 0);
  return g_strv_length (words) > 1 && strcmp (words[0], name) == 0 ? g_strdup (words[1]) : NULL;
}

static void
take_line (Demo *demo, const char *line)
{
  struct { const char *name; char **word; } wanted[]
      = { { "address", &demo->url }, { "wallboard", &demo->wallboard }, { "referrer", &demo->referrer }, { "unit", &demo->unit } };
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    if (*wanted[i].word == NULL)
      *wanted[i].word = read_word (line, wanted[i].name);
}

static void
start_demo (Demo *demo, const char *script)
{
  const char *argv[] = { script, "--no-board", "--seconds", DEMO_SECONDS, NULL };
  g_autoptr (GError) error = NULL;
  int out;
  if (!g_spawn_async_with_pipes (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, lead_group, NULL, &demo->script, NULL, &out,
                                 NULL, &error))
    g_error ("%s", error->message);
  g_autoptr (GInputStream) stream = g_unix_input_stream_new (out, TRUE);
  demo->says = g_data_input_stream_new (stream);
  for (;;)
    {
      g_autofree char *line = g_data_input_stream_read_line (demo->says, NULL, NULL, &error);
      if (line == NULL)
        g_error ("%s ended before its traffic was on", script);
      take_line (demo, line);
      if (strstr (line, "Traffic is on") != NULL)
        break;
    }
  if (demo->url == NULL || demo->wallboard == NULL || demo->referrer == NULL || demo->unit == NULL)
    g_error ("%s did not say its address and tokens", script);
  int file = g_file_open_tmp ("homeward-token-XXXXXX", &demo->token_file, &error);
  if (file < 0)
    g_error ("%s", error->message);
  close (file);
}

static void
stop_demo (Demo *demo)
{
  kill (demo->script, SIGTERM);
  waitpid (demo->script, NULL, 0);
  g_clear_object (&demo->says);
  g_free (demo->url);
  g_free (demo->wallboard);
  g_free (demo->referrer);
  g_free (demo->unit);
  g_unlink (demo->token_file);
  g_free (demo->token_file);
}

/* --- one start --- */

/* The colour that most of it has. */
static guint32
find_background (const guint32 *pixels, guint length)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  guint32 best = 0;
  guint most = 0;
  for (guint i = 0; i < length; i++)
    {
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, GUINT_TO_POINTER (pixels[i]))) + 1;
      g_hash_table_insert (counts, GUINT_TO_POINTER (pixels[i]), GUINT_TO_POINTER (n));
      if (n > most)
        {
          most = n;
          best = pixels[i];
        }
    }
  return best;
}

/* The share of what is not background in `last` that `look` shows already. */
static double
compare (const guint32 *look, const guint32 *last, guint length, guint32 background)
{
  guint n = 0, n_same = 0;
  for (guint i = 0; i < length; i++)
    if (last[i] != background)
      {
        n++;
        n_same += look[i] == last[i];
      }
  return n > 0 ? (double) n_same / n : 1;
}

static void
keep_look (GArray *looks, const BenchScreen *screen)
{
  gsize size = bench_screen_get_length (screen) * sizeof (guint32);
  Look look = { bench_now_ns (), bench_screen_take (screen) };
  if (looks->len >= LOOKS_MAX
      || (looks->len > 0 && memcmp (g_array_index (looks, Look, looks->len - 1).pixels, look.pixels, size) == 0))
    g_free (look.pixels);
  else
    g_array_append_val (looks, look);
}

/* Milliseconds to the first picture of the program. */
static double
start_and_watch (const BenchScreen *screen, const char *const *argv)
{
  g_autoptr (GArray) looks = g_array_new (FALSE, FALSE, sizeof (Look));
  g_auto (GStrv) environment = g_get_environ ();
  g_autoptr (GError) error = NULL;
  guint length = bench_screen_get_length (screen);
  gint64 start_ns = bench_now_ns ();
  double ms = WATCH_MS;
  GPid program;
  g_array_set_clear_func (looks, clear_look);
  environment = g_environ_setenv (environment, "DISPLAY", bench_screen_peek_display (screen), TRUE);
  if (!g_spawn_async (NULL, (char **) argv, environment, G_SPAWN_DO_NOT_REAP_CHILD, lead_group, NULL, &program, &error))
    g_error ("%s", error->message);
  while (bench_now_ns () - start_ns < WATCH_MS * G_GINT64_CONSTANT (1000000))
    {
      keep_look (looks, screen);
      g_usleep (LOOK_US);
    }
  kill (program, SIGKILL);
  waitpid (program, NULL, 0);
  const guint32 *last = g_array_index (looks, Look, looks->len - 1).pixels;
  guint32 background = find_background (last, length);
  for (guint i = looks->len; i-- > 0;)
    {
      const Look *look = &g_array_index (looks, Look, i);
      if (compare (look->pixels, last, length, background) < 0.9)
        break;
      ms = (double) (look->at_ns - start_ns) / 1e6;
    }
  g_usleep (200000); /* its window goes */
  return ms;
}

/* --- the peer --- */

static void
on_activate (GtkApplication *application)
{
  GtkWidget *window = gtk_application_window_new (application);
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_child (GTK_WINDOW (window), gtk_label_new ("empty"));
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  gtk_window_present (GTK_WINDOW (window));
}

static int
be_plain (void)
{
  g_autoptr (GtkApplication) application = gtk_application_new (NULL, G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "activate", G_CALLBACK (on_activate), NULL);
  return g_application_run (G_APPLICATION (application), 0, NULL);
}

/* --- all of them --- */

typedef struct
{
  const char *view;
  const char *scope; /* an option and its value */
  const char *place;
  char **token; /* of the demo's */
} View;

static void
measure (const BenchScreen *screen, const View *view, const Demo *demo, const char *board, const char *self)
{
  const char *argv[] = { board, "--url", demo->url, "--token-file", demo->token_file, "--view", view->view, view->scope, view->place,
                         NULL };
  const char *plain[] = { self, "--plain", NULL };
  double ours[BENCH_ROUNDS], peers[BENCH_ROUNDS];
  g_autofree char *what = g_strdup_printf ("First picture of the demo: %s", view->view);
  if (!g_file_set_contents (demo->token_file, *view->token, -1, NULL))
    g_error ("cannot write %s", demo->token_file);
  for (guint i = 0; i < WARM_ROUNDS; i++)
    start_and_watch (screen, argv);
  for (guint i = 0; i < BENCH_ROUNDS; i++)
    {
      ours[i] = start_and_watch (screen, argv);
      peers[i] = start_and_watch (screen, plain);
    }
  bench_report (&(BenchRow) { what, "ms", "an empty GTK window", ours, peers, BENCH_ROUNDS });
  bench_report (&(BenchRow) { "  the same, against the goal", "ms", "", ours, NULL, BENCH_ROUNDS, .at_most = 1000 });
}

int
main (int argc, char **argv)
{
  Demo demo = { 0 };
  if (argc > 1 && strcmp (argv[1], "--plain") == 0)
    return be_plain ();
  if (argc < 3)
    {
      fprintf (stderr, "usage: bench-first DEMO-RUN BOARD\n");
      return 2;
    }
  g_autoptr (BenchScreen) screen = bench_screen_new (WIDTH, HEIGHT);
  if (screen == NULL)
    {
      printf ("bench-first: no Xvfb, left out\n");
      return 77;
    }
  start_demo (&demo, argv[1]);
  const View views[] = { { "wallboard", "--lap", "winchester", &demo.wallboard },
                         { "desk", "--lap", "winchester", &demo.referrer },
                         { "ward", "--unit", "clarence", &demo.unit } };
  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    measure (screen, &views[i], &demo, argv[2], argv[0]);
  stop_demo (&demo);
  return 0;
}
