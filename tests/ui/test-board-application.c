/* test-board-application.c: the program from its start to its end, without a gateway.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board/board-application.h"
#include "board/board-i18n.h"

#include <signal.h>

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

/* --- closed while something waits for the line --- */

/* What is done after what, until the application ends. */
typedef enum
{
  STEP_PRESS,  /* a command that waits: nobody listens at that gateway */
  STEP_CLOSE,  /* the window */
  STEP_QUIT,   /* Ctrl+Q's action */
  STEP_TERM,   /* the signal */
  STEP_STAY,   /* the answer to the question */
  STEP_ANYWAY, /* the other one */
  STEP_END
} Step;

typedef struct
{
  BoardApplication *application;
  const Step *steps;
  gint64 begun_us;
} Unsent;

static GtkWidget *
find_question (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  GtkWidget *found = NULL;

  for (GList *one = windows; one != NULL; one = one->next)
    if (GTK_IS_MESSAGE_DIALOG (one->data))
      {
        g_assert_null (found); /* one question at a time */
        found = one->data;
      }
  return found;
}

static void
press (Unsent *unsent)
{
  g_autoptr (BoardCommand) command = board_command_new ("bed.report", "u0-00", "Done");

  board_command_set (command, "bed", "u0-00");
  board_commands_send (board_application_get_commands (unsent->application), command);
}

static void
answer (const char *label, int response)
{
  GtkWidget *question = find_question ();
  GtkWidget *button;
  g_autofree char *words = NULL;

  g_assert_nonnull (question);
  g_object_get (question, "text", &words, NULL);
  g_assert_cmpstr (words, ==, "2 updates have no answer yet");
  button = gtk_dialog_get_widget_for_response (GTK_DIALOG (question), response);
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (button)), ==, label);
  g_signal_emit_by_name (button, "clicked");
}

static gboolean
on_step (gpointer user_data)
{
  Unsent *unsent = user_data;
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (unsent->application));

  g_assert_cmpint (g_get_monotonic_time () - unsent->begun_us, <, WAIT_US);
  if (window == NULL || !gtk_widget_get_mapped (GTK_WIDGET (window)))
    return G_SOURCE_CONTINUE;
  switch (*unsent->steps++)
    {
    case STEP_PRESS:
      press (unsent);
      break;
    case STEP_CLOSE:
      gtk_window_close (window);
      break;
    case STEP_QUIT:
      g_action_group_activate_action (G_ACTION_GROUP (unsent->application), "quit", NULL);
      break;
    case STEP_TERM:
      raise (SIGTERM);
      break;
    case STEP_STAY:
      answer ("Stay", GTK_RESPONSE_CANCEL);
      g_assert_null (find_question ());
      break;
    case STEP_ANYWAY:
      answer ("Close anyway", GTK_RESPONSE_ACCEPT);
      break;
    case STEP_END:
      g_assert_not_reached (); /* it should have ended */
    }
  return G_SOURCE_CONTINUE;
}

static void
test_unsent (gconstpointer user_data)
{
  g_auto (BoardOptions) options = { .url = g_strdup ("ws://127.0.0.1:9/v1/live"),
                                    .token = g_strdup ("a-token"),
                                    .view = BOARD_VIEW_WARD,
                                    .unit = g_strdup ("u0"),
                                    .text_scale = BOARD_TEXT_SCALE_MIN,
                                    .width = 1280,
                                    .height = 720 };
  BoardApplication *application = board_application_new (&options);
  Unsent unsent = { application, user_data, g_get_monotonic_time () };
  guint source = g_timeout_add (LOOK_MS, on_step, &unsent);

  g_assert_cmpint (g_application_run (G_APPLICATION (application), 0, NULL), ==, 0);
  g_assert_cmpint (*unsent.steps, ==, STEP_END);
  g_source_remove (source);
  g_object_unref (application);
}

static const Step stays[] = { STEP_PRESS, STEP_PRESS, STEP_CLOSE, STEP_STAY, STEP_QUIT, STEP_QUIT, STEP_ANYWAY, STEP_END };
static const Step by_signal[] = { STEP_PRESS, STEP_PRESS, STEP_TERM, STEP_END };
static const Step sent_all[] = { STEP_QUIT, STEP_END };

int
main (int argc, char *argv[])
{
  board_i18n_begin ();
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/board-application/closed/wallboard", GUINT_TO_POINTER (BOARD_VIEW_WALLBOARD), test_closed);
  g_test_add_data_func ("/board-application/closed/desk", GUINT_TO_POINTER (BOARD_VIEW_DESK), test_closed);
  g_test_add_data_func ("/board-application/closed/ward", GUINT_TO_POINTER (BOARD_VIEW_WARD), test_closed);
  g_test_add_data_func ("/board-application/unsent/asks", stays, test_unsent);
  g_test_add_data_func ("/board-application/unsent/signal", by_signal, test_unsent);
  g_test_add_data_func ("/board-application/quit", sent_all, test_unsent);
  return g_test_run ();
}
