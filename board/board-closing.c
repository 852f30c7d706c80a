/* board-closing.c: asks before a window with unanswered commands is closed.
 *
 * Owns a reference to the commands and, while it is open, the question; both go with the window. A
 * signal to the program is not asked about. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-closing.h"

#include "board-i18n.h"

typedef struct
{
  BoardCommands *commands;   /* owned */
  GApplication *application; /* borrowed: it has the window */
  GtkWindow *question;       /* weak */
} Closing;

static void
free_closing (gpointer pointer, GClosure *closure)
{
  Closing *closing = pointer;

  g_clear_weak_pointer (&closing->question);
  g_object_unref (closing->commands);
  g_free (closing);
}

static void
on_response (GtkDialog *question, int response, gpointer user_data)
{
  gtk_window_destroy (GTK_WINDOW (question));
  if (response == GTK_RESPONSE_ACCEPT)
    g_application_quit (user_data);
}

static void
ask (Closing *closing, GtkWindow *window, guint n)
{
  GtkWidget *question
      = gtk_message_dialog_new (window, GTK_DIALOG_MODAL | GTK_DIALOG_DESTROY_WITH_PARENT, GTK_MESSAGE_WARNING, GTK_BUTTONS_NONE,
                                ngettext ("%u update has no answer yet", "%u updates have no answer yet", n), n);

  gtk_message_dialog_format_secondary_text (GTK_MESSAGE_DIALOG (question), "%s",
                                            _ ("What has not been sent is lost if you close now."));
  gtk_dialog_add_button (GTK_DIALOG (question), _ ("Stay"), GTK_RESPONSE_CANCEL);
  gtk_dialog_add_button (GTK_DIALOG (question), _ ("Close anyway"), GTK_RESPONSE_ACCEPT);
  gtk_dialog_set_default_response (GTK_DIALOG (question), GTK_RESPONSE_CANCEL);
  g_signal_connect_object (question, "response", G_CALLBACK (on_response), closing->application, 0);
  g_set_weak_pointer (&closing->question, GTK_WINDOW (question));
  gtk_window_present (GTK_WINDOW (question));
}

static gboolean
on_close_request (GtkWindow *window, gpointer user_data)
{
  Closing *closing = user_data;
  guint n = board_commands_count_open (closing->commands);

  if (closing->question != NULL)
    gtk_window_present (closing->question);
  else if (n > 0)
    ask (closing, window, n);
  else
    {
      g_application_quit (closing->application);
      return FALSE;
    }
  return TRUE;
}

void
board_closing_guard (GtkWindow *window, BoardCommands *commands, GApplication *application)
{
  Closing *closing = g_new0 (Closing, 1);

  closing->commands = g_object_ref (commands);
  closing->application = application;
  g_signal_connect_data (window, "close-request", G_CALLBACK (on_close_request), closing, free_closing, 0);
}
