/* test-board-snapshot.c: `homeward-board --snapshot FILE`, the program itself, beside a real register.
 *
 * Each exit code is produced: 0 with a picture of the size that was asked for, also while beds change
 * hundreds of times a second; 1 without a gateway, within the program's own limit; 2 for what it does
 * not understand. The program comes from the environment (HOMEWARD_BOARD), broker and gateway as
 * town.h says. Every wait ends.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/integration/town.h"

#include "board/board-application.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>

#define N_BEDS 440 /* 55 units: a frame takes a while */
#define N_LIVES 4  /* that change beds, each with */
#define N_AT_ONCE 8 /* commands on the way: no more are allowed */
#define LATE_MS (BOARD_SNAPSHOT_LIMIT_MS + 15000) /* a board that still runs then hangs */

typedef struct
{
  char *folder;
  char *picture;
  char *token;
  gboolean is_over;
  gboolean is_late;
  int status; /* exit code, or -1 */
  double seconds;
} Board;

static Board *
board_new (const char *token)
{
  Board *board = g_new0 (Board, 1);

  board->folder = g_dir_make_tmp ("homeward-snapshot-XXXXXX", NULL);
  board->picture = g_build_filename (board->folder, "wall.png", NULL);
  board->token = g_build_filename (board->folder, "token", NULL);
  g_assert_true (g_file_set_contents (board->token, token, -1, NULL));
  return board;
}

static void
board_free (Board *board)
{
  g_unlink (board->picture);
  g_unlink (board->token);
  g_assert_cmpint (g_rmdir (board->folder), ==, 0); /* nothing else is left, no half picture */
  g_free (board->picture);
  g_free (board->token);
  g_free (board->folder);
  g_free (board);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Board, board_free)

static void
on_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Board *board = user_data;

  g_assert_true (g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL));
  board->status = g_subprocess_get_if_exited (G_SUBPROCESS (source)) ? g_subprocess_get_exit_status (G_SUBPROCESS (source)) : -1;
  board->is_over = TRUE;
}

static gboolean
on_late (gpointer user_data)
{
  ((Board *)user_data)->is_late = TRUE;
  return G_SOURCE_CONTINUE;
}

/* Runs it to its end; the main context is iterated meanwhile. */
static void
run (Board *board, const char *url, const char *size)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) program = NULL;
  gint64 begun_us = g_get_monotonic_time ();
  guint alarm = g_timeout_add (LATE_MS, on_late, board);

  program = g_subprocess_launcher_spawn (launcher, &error, g_getenv ("HOMEWARD_BOARD"), "--view", "wallboard", "--lap", "west",
                                         "--url", url, "--token-file", board->token, "--snapshot", board->picture, "--size",
                                         size, NULL);
  g_assert_no_error (error);
  g_subprocess_wait_async (program, NULL, on_ended, board);
  while (!board->is_over && !board->is_late)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (alarm);
  if (!board->is_over)
    g_subprocess_force_exit (program);
  while (!board->is_over)
    g_main_context_iteration (NULL, TRUE);
  board->seconds = (double)(g_get_monotonic_time () - begun_us) / G_USEC_PER_SEC;
}

static void
assert_picture (Board *board, int width, int height)
{
  g_autoptr (GdkPixbuf) picture = gdk_pixbuf_new_from_file (board->picture, NULL);

  g_assert_nonnull (picture);
  g_assert_cmpint (gdk_pixbuf_get_width (picture), ==, width);
  g_assert_cmpint (gdk_pixbuf_get_height (picture), ==, height);
}

/* --- a feed that never rests --- */

typedef struct
{
  guint n_sent;
  guint n_accepted;
  gboolean is_enough; /* no more is sent */
  gboolean is_at_rest;
  gboolean is_busy; /* so many have been accepted */
} Traffic;

typedef struct
{
  BedLive *live;
  Traffic *traffic;
} Sender;

static void send_report (Sender *sender);

static void
on_answer (JsonNode *result, const GError *error, JsonObject *data, gpointer user_data)
{
  Sender *sender = user_data;
  Traffic *traffic = sender->traffic;

  g_assert_no_error (error);
  traffic->n_accepted++;
  traffic->is_busy = traffic->n_accepted >= N_BEDS;
  if (!traffic->is_enough)
    send_report (sender);
  traffic->is_at_rest = traffic->n_accepted == traffic->n_sent;
}

/* Beds in turn, ready and not by turns: each report changes what a wall shows. */
static void
send_report (Sender *sender)
{
  Traffic *traffic = sender->traffic;
  g_autofree char *bed = town_bed (traffic->n_sent % N_BEDS);
  g_autofree char *params = town_params ("'bed':'%s','readiness':'%s'", bed,
                                         traffic->n_sent / N_BEDS % 2 == 0 ? "cleaning" : "ready");

  traffic->n_sent++;
  bed_live_call (sender->live, "bed.report", params, on_answer, sender);
}

static void
test_busy (void)
{
  g_autoptr (Town) town = town_new (N_BEDS);
  g_autoptr (Board) board = board_new (TOWN_WALLBOARD);
  Traffic traffic = { 0 };
  Sender senders[N_LIVES];
  guint before;

  for (guint i = 0; i < N_LIVES; i++)
    senders[i] = (Sender){ town_join (town, TOWN_COORDINATOR, NULL), &traffic };
  town_make_ready (town, senders[0].live);
  for (guint i = 0; i < N_LIVES * N_AT_ONCE; i++)
    send_report (&senders[i % N_LIVES]);
  town_wait (&traffic.is_busy, "traffic");
  before = traffic.n_accepted;
  run (board, town->url, "1920x1080");
  g_test_message ("%u changes in %.1f s: %.0f a second", traffic.n_accepted - before, board->seconds,
                  (traffic.n_accepted - before) / board->seconds);
  traffic.is_enough = TRUE;
  town_wait (&traffic.is_at_rest, "the last answer");
  for (guint i = 0; i < N_LIVES; i++)
    g_object_unref (senders[i].live);
  g_assert_false (board->is_late);
  g_assert_cmpint (board->status, ==, 0);
  g_assert_cmpuint (traffic.n_accepted - before, >, N_BEDS);
  assert_picture (board, 1920, 1080);
}

static void
test_quiet (void)
{
  g_autoptr (Town) town = town_new (N_BEDS);
  g_autoptr (Board) board = board_new (TOWN_WALLBOARD);

  run (board, town->url, "1280x720");
  g_assert_cmpint (board->status, ==, 0);
  assert_picture (board, 1280, 720);
}

/* A file that cannot be written is no picture. */
static void
test_no_folder (void)
{
  g_autoptr (Town) town = town_new (N_BEDS);
  g_autoptr (Board) board = board_new (TOWN_WALLBOARD);

  g_free (board->picture);
  board->picture = g_build_filename (board->folder, "none", "wall.png", NULL);
  run (board, town->url, "1280x720");
  g_assert_cmpint (board->status, ==, 1);
}

/* Nobody listens: it says so in time and leaves no file. */
static void
test_no_gateway (void)
{
  g_autoptr (Board) board = board_new (TOWN_WALLBOARD);

  run (board, "ws://127.0.0.1:1/v1/live", "1280x720");
  g_assert_false (board->is_late);
  g_assert_cmpint (board->status, ==, 1);
  g_assert_cmpfloat (board->seconds, >=, BOARD_SNAPSHOT_LIMIT_MS / 1000.0);
  g_assert_false (g_file_test (board->picture, G_FILE_TEST_EXISTS));
}

static void
test_usage (void)
{
  g_autoptr (Board) board = board_new (TOWN_WALLBOARD);

  run (board, "ws://127.0.0.1:1/v1/live", "1280 by 720");
  g_assert_cmpint (board->status, ==, 2);
  g_assert_false (g_file_test (board->picture, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board-snapshot/quiet", test_quiet);
  g_test_add_func ("/board-snapshot/busy", test_busy);
  g_test_add_func ("/board-snapshot/no-folder", test_no_folder);
  g_test_add_func ("/board-snapshot/no-gateway", test_no_gateway);
  g_test_add_func ("/board-snapshot/usage", test_usage);
  return g_test_run ();
}
