/* ctl-watch.c: homewardctl watch: units and queue, drawn again at each change and each second.
 *
 * In a terminal it uses the alternate screen and gives everything back when it ends, whether by q,
 * Ctrl-C, SIGTERM or --seconds. Without one it prints a picture at each change, at most one a
 * second. A lost broker is said in the first line; the last picture stays, and its age shows.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ctl-watch.h"

#include "ctl-columns.h"
#include "ctl-reads.h"

#include "common/bed-time.h"

#include <glib-unix.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define DRAW_MS 100   /* changes closer together than this are drawn together */
#define PRINT_MS 1000 /* the same without a terminal */
#define QUEUE_SHARE 3 /* the queue gets at most a third of the screen */

typedef struct
{
  const char *lap;     /* borrowed */
  CtlPicture *picture; /* owned */
  GMainLoop *loop;     /* owned */
  gboolean is_terminal;
  gboolean is_lost;
  guint draw_source; /* 0: nothing is to be drawn */
  struct termios before;
} Watch;

static void
print_head (const Watch *watch, const CtlTerminal *terminal, GString *out)
{
  const CtlPicture *picture = watch->picture;
  gint64 age_us = 0;
  gint64 now_us = ctl_picture_get_now (picture, &age_us);
  char clock[6];
  char date[12];
  bed_time_print_local (now_us, clock);
  bed_time_print_local_date (now_us, date);
  gboolean is_live = bed_table_get_serving (&picture->map->table, NULL) == BED_SERVING_LIVE;
  g_autofree char *age = ctl_columns_print_age (age_us);
  g_autofree char *state = watch->is_lost ? g_strdup_printf ("broker lost, last heard %s ago", age)
                           : is_live      ? g_strdup ("live")
                                          : g_strdup ("read-only");
  ctl_tint_print (terminal, CTL_TINT_STRONG, "Homeward", out);
  g_string_append_printf (out, "   %s %s   ", date, clock);
  ctl_tint_print (terminal, watch->is_lost || !is_live ? CTL_TINT_CLOSED : CTL_TINT_FREE, state,
                  out);
  g_string_append_printf (out, "   revision %" G_GUINT64_FORMAT "\n", picture->revision);
  ctl_columns_print_totals (picture, terminal, out);
}

static void
print_picture (const Watch *watch, GString *out)
{
  CtlTerminal terminal = ctl_terminal_look ();
  g_autoptr (CtlTable) units = ctl_columns_units (watch->picture, &terminal);
  g_autoptr (CtlTable) queue = ctl_columns_queue (watch->picture, &terminal, FALSE);
  guint units_room = 0;
  guint queue_room = 0;
  print_head (watch, &terminal, out);
  if (watch->is_terminal)
    {
      /* Two lines of head, two blank ones, two of titles. */
      guint room = (guint) MAX (ctl_terminal_get_height () - 7, 6);
      queue_room = MIN (MAX (ctl_table_get_n_rows (queue), 1), MAX (room / QUEUE_SHARE, 3));
      units_room = room - queue_room;
    }
  g_string_append_c (out, '\n');
  ctl_table_print (units, &terminal, units_room, out);
  g_string_append_c (out, '\n');
  if (ctl_table_get_n_rows (queue) > 0)
    ctl_table_print (queue, &terminal, queue_room, out);
  else
    g_string_append (out, "Nobody is waiting.\n");
}

/* Each line clears what stood behind it, so that nothing flickers. */
static char *
print_frame (const char *text)
{
  GString *frame = g_string_new ("\033[H");
  for (const char *at = text; *at != '\0'; at++)
    {
      if (*at == '\n')
        g_string_append (frame, "\033[K\n");
      else
        g_string_append_c (frame, *at);
    }
  g_string_append (frame, "\033[J");
  return g_string_free (frame, FALSE);
}

static void
draw (Watch *watch)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  if (!ctl_picture_read (watch->picture, watch->lap, NULL, &error))
    g_string_append_printf (out, "%s\n", error->message);
  else
    print_picture (watch, out);
  if (!watch->is_terminal)
    {
      g_string_append_c (out, '\n');
      ctl_print (out->str);
      return;
    }
  g_autofree char *frame = print_frame (out->str);
  ctl_print (frame);
}

static gboolean
on_draw (gpointer user_data)
{
  Watch *watch = user_data;
  watch->draw_source = 0;
  draw (watch);
  return G_SOURCE_REMOVE;
}

static void
on_moved (BedLink *link, guint64 revision, gpointer user_data)
{
  Watch *watch = user_data;
  watch->is_lost = FALSE;
  if (watch->draw_source == 0)
    watch->draw_source = g_timeout_add (watch->is_terminal ? DRAW_MS : PRINT_MS, on_draw, watch);
}

static void
on_lost (BedLink *link, gpointer user_data)
{
  Watch *watch = user_data;
  watch->is_lost = TRUE;
  draw (watch);
}

static gboolean
on_second (gpointer user_data)
{
  Watch *watch = user_data;
  if (watch->is_terminal && watch->draw_source == 0)
    draw (watch);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_end (gpointer user_data)
{
  g_main_loop_quit (((Watch *) user_data)->loop);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_key (int fd, GIOCondition condition, gpointer user_data)
{
  char key = 0;
  ssize_t n = read (fd, &key, 1);
  if (n <= 0 || key == 'q' || key == 'Q' || key == 3)
    {
      g_main_loop_quit (((Watch *) user_data)->loop);
      return G_SOURCE_REMOVE;
    }
  return G_SOURCE_CONTINUE;
}

static gboolean
on_resized (gpointer user_data)
{
  draw (user_data);
  return G_SOURCE_CONTINUE;
}

static guint
enter_screen (Watch *watch)
{
  if (!watch->is_terminal || tcgetattr (STDIN_FILENO, &watch->before) != 0)
    return 0;
  struct termios raw = watch->before;
  raw.c_lflag &= ~(tcflag_t) (ICANON | ECHO);
  tcsetattr (STDIN_FILENO, TCSANOW, &raw);
  ctl_print ("\033[?1049h\033[?25l\033[2J");
  return g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP, on_key, watch);
}

static void
leave_screen (Watch *watch)
{
  ctl_print ("\033[?25h\033[?1049l");
  tcsetattr (STDIN_FILENO, TCSANOW, &watch->before);
}

static void
run (Watch *watch, int seconds)
{
  guint key_source = enter_screen (watch);
  if (key_source == 0)
    watch->is_terminal = FALSE;
  guint sources[] = {
    g_unix_signal_add (SIGINT, on_end, watch),   g_unix_signal_add (SIGTERM, on_end, watch),
    g_unix_signal_add (SIGHUP, on_end, watch),   g_unix_signal_add (SIGWINCH, on_resized, watch),
    g_timeout_add_seconds (1, on_second, watch),
  };
  guint end_source = seconds > 0 ? g_timeout_add_seconds ((guint) seconds, on_end, watch) : 0;
  g_signal_connect (watch->picture->link, "moved", G_CALLBACK (on_moved), watch);
  g_signal_connect (watch->picture->link, "lost", G_CALLBACK (on_lost), watch);
  draw (watch);
  g_main_loop_run (watch->loop);
  g_signal_handlers_disconnect_by_data (watch->picture->link, watch);
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    g_source_remove (sources[i]);
  if (end_source != 0)
    g_source_remove (end_source);
  g_clear_handle_id (&watch->draw_source, g_source_remove);
  if (key_source == 0)
    return;
  GSource *key = g_main_context_find_source_by_id (NULL, key_source);
  if (key != NULL)
    g_source_destroy (key);
  leave_screen (watch);
}

CtlExit
ctl_watch (CtlOptions *options, int argc, char **argv)
{
  g_autofree char *lap = NULL;
  int seconds = 0;
  const GOptionEntry entries[] = {
    { "lap", 0, 0, G_OPTION_ARG_STRING, &lap, "Only this LAP", "ID" },
    { "seconds", 0, 0, G_OPTION_ARG_INT, &seconds, "Leave by itself after so many", "N" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  CtlExit exit = CTL_USAGE;
  if (!ctl_options_parse (options, entries, &argc, &argv, 0, 0))
    return exit;
  Watch watch = { .lap = lap };
  watch.is_terminal = isatty (STDIN_FILENO) == 1 && isatty (STDOUT_FILENO) == 1;
  watch.picture = ctl_picture_open (options, lap, NULL, &exit);
  if (watch.picture == NULL)
    return exit;
  watch.loop = g_main_loop_new (NULL, FALSE);
  run (&watch, seconds);
  g_main_loop_unref (watch.loop);
  ctl_picture_free (watch.picture);
  return CTL_DONE;
}
