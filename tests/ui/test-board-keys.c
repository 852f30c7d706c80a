/* test-board-keys.c: the shortcuts window of each view, and what every board can do.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board/board-actions.h"
#include "board/board-keys.h"

#include <string.h>

static guint
count_shortcuts (GtkWidget *widget)
{
  guint n = GTK_IS_SHORTCUTS_SHORTCUT (widget) ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += count_shortcuts (child);
  return n;
}

/* Each key of the view and of every view stands in the window. */
static void
test_window (gconstpointer data)
{
  BoardView view = (BoardView)GPOINTER_TO_UINT (data);
  guint n_own = 0;
  guint n_common = 0;
  GtkWidget *window = board_keys_new_window (view);

  board_keys_get (view, &n_own);
  board_keys_get (BOARD_N_VIEWS, &n_common);
  g_assert_cmpuint (n_own, >, 0);
  gtk_window_present (GTK_WINDOW (window));
  /* once to be read, and once in what its search finds */
  g_assert_cmpuint (count_shortcuts (window), ==, 2 * (n_own + n_common));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
check_key (const char *key)
{
  GdkModifierType modifiers = 0;
  guint value = 0;

  g_assert_true (gtk_accelerator_parse (key, &value, &modifiers));
  g_assert_cmpuint (value, !=, 0);
}

static void
test_keys_are_keys (void)
{
  for (int view = 0; view <= BOARD_N_VIEWS; view++)
    {
      guint n_keys = 0;
      const BoardKey *keys = board_keys_get ((BoardView)view, &n_keys);

      for (guint i = 0; i < n_keys; i++)
        {
          g_auto (GStrv) ways = g_strsplit (keys[i].accelerator, " ", -1);

          for (guint j = 0; ways[j] != NULL; j++)
            if (strcmp (ways[j], "1...9") != 0)
              check_key (ways[j]);
        }
    }
}

static void
on_activate (GApplication *application, gpointer user_data)
{
  static const char *const names[] = { "quit", "about", "shortcuts", "fullscreen" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_true (g_action_group_has_action (G_ACTION_GROUP (application), names[i]));
  /* without a window they do nothing */
  g_action_group_activate_action (G_ACTION_GROUP (application), "shortcuts", NULL);
  g_action_group_activate_action (G_ACTION_GROUP (application), "fullscreen", NULL);
  g_assert_null (gtk_application_get_active_window (GTK_APPLICATION (application)));
  *(gboolean *)user_data = TRUE;
  g_action_group_activate_action (G_ACTION_GROUP (application), "quit", NULL);
}

static void
test_actions (void)
{
  g_autoptr (GtkApplication) application = gtk_application_new ("uk.nhs.homeward.Test", G_APPLICATION_NON_UNIQUE);
  g_auto (GStrv) keys = NULL;
  gboolean was_active = FALSE;

  board_actions_install (application, BOARD_VIEW_DESK);
  g_signal_connect (application, "activate", G_CALLBACK (on_activate), &was_active);
  g_application_hold (G_APPLICATION (application));
  g_assert_cmpint (g_application_run (G_APPLICATION (application), 0, NULL), ==, 0);
  g_assert_true (was_active);
  keys = gtk_application_get_accels_for_action (application, "app.fullscreen");
  g_assert_cmpstr (keys[0], ==, "F11");
}

/* What the thread of the bus has to tell would fall into the middle of a line of TAP. */
static void
on_logged (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
}

int
main (int argc, char **argv)
{
  g_log_set_handler ("GLib-GIO", G_LOG_LEVEL_DEBUG, on_logged, NULL);
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/board-keys/window/wallboard", GUINT_TO_POINTER (BOARD_VIEW_WALLBOARD), test_window);
  g_test_add_data_func ("/board-keys/window/desk", GUINT_TO_POINTER (BOARD_VIEW_DESK), test_window);
  g_test_add_data_func ("/board-keys/window/ward", GUINT_TO_POINTER (BOARD_VIEW_WARD), test_window);
  g_test_add_func ("/board-keys/keys-are-keys", test_keys_are_keys);
  g_test_add_func ("/board-actions/are-there", test_actions);
  return g_test_run ();
}
