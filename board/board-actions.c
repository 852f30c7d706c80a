/* board-actions.c: the application's own actions, its about window and its notices.
 *
 * Owns nothing: windows belong to GTK. They act on the active window; without one they do nothing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-actions.h"

#include "board-i18n.h"
#include "board-keys.h"

#define VIEW_KEY "board-view"

/* As if its window were closed: that may ask first. */
static void
on_quit (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  for (GList *one = gtk_application_get_windows (user_data); one != NULL; one = one->next)
    if (GTK_IS_APPLICATION_WINDOW (one->data))
      {
        gtk_window_close (one->data);
        return;
      }
  g_application_quit (user_data);
}

static void
on_about (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  static const char *const authors[] = { N_ ("The authors of Homeward"), NULL };
  const char *said[] = { _ (authors[0]), NULL };

  /* translators: your names, one a line */
  gtk_show_about_dialog (gtk_application_get_active_window (user_data), "program-name", "Homeward", "version",
                         HOMEWARD_VERSION, "logo-icon-name", g_application_get_application_id (user_data), "comments",
                         _ ("Every intermediate-care bed of an area, live."), "license-type", GTK_LICENSE_GPL_3_0,
                         "authors", said, "translator-credits", _ ("translator-credits"), NULL);
}

static void
on_shortcuts (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window = gtk_application_get_active_window (user_data);
  GtkWidget *keys;

  if (window == NULL)
    return;
  keys = board_keys_new_window ((BoardView)GPOINTER_TO_UINT (g_object_get_data (user_data, VIEW_KEY)));
  gtk_window_set_transient_for (GTK_WINDOW (keys), window);
  gtk_window_present (GTK_WINDOW (keys));
}

static void
on_fullscreen (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window = gtk_application_get_active_window (user_data);

  if (window == NULL)
    return;
  if (gtk_window_is_fullscreen (window))
    gtk_window_unfullscreen (window);
  else
    gtk_window_fullscreen (window);
}

static const GActionEntry entries[] = {
  { .name = "quit", .activate = on_quit },
  { .name = "about", .activate = on_about },
  { .name = "shortcuts", .activate = on_shortcuts },
  { .name = "fullscreen", .activate = on_fullscreen },
};

static const struct
{
  const char *action;
  const char *keys[3];
} accelerators[] = {
  { "app.quit", { "<Control>q" } },
  { "app.shortcuts", { "F1", "<Control>question" } },
  { "app.fullscreen", { "F11" } },
};

void
board_actions_install (GtkApplication *application, BoardView view)
{
  g_object_set_data (G_OBJECT (application), VIEW_KEY, GUINT_TO_POINTER (view));
  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries), application);
  for (guint i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (application, accelerators[i].action, accelerators[i].keys);
}

static void
send_notice (const char *title, const char *body, const char *code, gpointer user_data)
{
  g_autoptr (GNotification) notice = g_notification_new (title);

  g_notification_set_body (notice, body);
  g_application_send_notification (user_data, code, notice);
}

static void
withdraw_notice (const char *code, gpointer user_data)
{
  g_application_withdraw_notification (user_data, code);
}

BoardNotices *
board_actions_new_notices (GApplication *application)
{
  return board_notices_new (&(BoardDesktop){ send_notice, withdraw_notice, application });
}
