/* test-board-application.c: the program from its start to its end, without a gateway.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board/board-application.h"
#include "board/board-i18n.h"

#define LOOK_MS 20
#define WAIT_US (20 * G_GINT64_CONSTANT (1000000))

typedef struct
{
  GApplication *application;
  gint64 begun_us;
  gboolean is_closed;
} Stage;

/* As the desktop's own button does. */
static gboolean
close_window (gpointer user_data)
{
  Stage *stage = user_data;
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (stage->application));

  g_assert_cmpint (g_get_monotonic_time () - stage->begun_us, <, WAIT_US);
  if (window == NULL || !gtk_widget_get_mapped (GTK_WIDGET (window)))
    return G_SOURCE_CONTINUE;
  stage->is_closed = TRUE;
  gtk_window_close (window);
  return G_SOURCE_REMOVE;
}

static void
test_closed (gconstpointer user_data)
{
  g_auto (BoardOptions) options = { .url = g_strdup ("ws://127.0.0.1:9/v1/live"),
                                    .token = g_strdup ("a-token"),
                                    .view = (BoardView)GPOINTER_TO_UINT (user_data),
                                    .text_scale = BOARD_TEXT_SCALE_MIN,
                                    .width = 1280,
                                    .height = 720 };
  BoardApplication *application = board_application_new (&options);
  Stage stage = { .application = G_APPLICATION (application), .begun_us = g_get_monotonic_time () };

  g_timeout_add (LOOK_MS, close_window, &stage);
  g_assert_cmpint (g_application_run (G_APPLICATION (application), 0, NULL), ==, 0);
  g_assert_true (stage.is_closed);
  g_assert_cmpint (board_application_get_status (application), ==, 0);
  g_object_unref (application);
}

int
main (int argc, char *argv[])
{
  board_i18n_begin ();
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/board-application/closed/wallboard", GUINT_TO_POINTER (BOARD_VIEW_WALLBOARD), test_closed);
  g_test_add_data_func ("/board-application/closed/desk", GUINT_TO_POINTER (BOARD_VIEW_DESK), test_closed);
  g_test_add_data_func ("/board-application/closed/ward", GUINT_TO_POINTER (BOARD_VIEW_WARD), test_closed);
  return g_test_run ();
}
