/* board-application.c: puts client, model, commands and one view together; ends on SIGTERM, at once.
 *
 * Owns them all. For a picture it waits until the first whole snapshot of the feed has been drawn
 * and nothing is highlighted any more, saves, and quits; without a picture in time it says why and
 * the program's status is 1.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-application.h"

#include "board-actions.h"
#include "board-client.h"
#include "board-closing.h"
#include "board-keys.h"
#include "board-picture.h"
#include "board-settings.h"
#include "common/bed-json.h"
#include "desk/desk-board.h"
#include "wall/wall-board.h"
#include "ward/ward-board.h"

#include <glib-unix.h>
#include <string.h>

#define APPLICATION_ID BOARD_SETTINGS_ID /* one id for desktop, metainfo, icon and settings */
#define RESOURCES "/uk/nhs/homeward/board/"
#define SETTLE_MS 400
#define LOOK_MS 100
#define NOTIFY_SIGNAL "notify-person" /* (title, body, code) of a view that has it */
#define DPI_UNSET (96 * 1024)

struct _BoardApplication
{
  GtkApplication parent_instance;

  /* owned */
  BoardModel *model;
  BoardClient *client;
  BoardContext *context;
  BoardNotices *notices;

  const BoardOptions *options; /* borrowed */
  GtkWindow *window;           /* weak: the application's, until somebody closes it */
  GtkWidget *view;             /* weak: the window's */
  gint64 begun_us;
  gint64 seen_us; /* when the picture first was there */
  guint look_source;
  guint term_source;
  guint int_source;
  int status;
};

G_DEFINE_FINAL_TYPE (BoardApplication, board_application, GTK_TYPE_APPLICATION)

static gboolean
on_signal (gpointer user_data)
{
  g_application_quit (G_APPLICATION (user_data));
  return G_SOURCE_CONTINUE;
}

static gboolean
give_up (BoardApplication *application, const char *words)
{
  g_printerr ("homeward-board: %s: %s\n", application->options->url, words);
  application->status = 1;
  application->look_source = 0;
  g_application_quit (G_APPLICATION (application));
  return G_SOURCE_REMOVE;
}

static gboolean
on_look (gpointer user_data)
{
  BoardApplication *application = user_data;
  const BoardOptions *options = application->options;
  g_autoptr (GError) error = NULL;
  gint64 now_us = g_get_monotonic_time ();
  gboolean is_late
      = now_us - application->begun_us > BOARD_SNAPSHOT_LIMIT_MS * G_GINT64_CONSTANT (1000);

  if (!board_model_has_picture (application->model))
    return is_late ? give_up (application, board_client_peek_fault (application->client))
                   : G_SOURCE_CONTINUE;
  if (application->seen_us == 0)
    application->seen_us = now_us;
  if (now_us - application->seen_us < SETTLE_MS * G_GINT64_CONSTANT (1000))
    return G_SOURCE_CONTINUE;
  if (!board_picture_save (application->view, options->width, options->height,
                           options->snapshot, &error))
    {
      if (!is_late && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_INITIALIZED))
        return G_SOURCE_CONTINUE;
      return give_up (application, error->message);
    }
  application->look_source = 0;
  g_application_quit (G_APPLICATION (application));
  return G_SOURCE_REMOVE;
}

static void
on_line (BoardClient *client, gpointer user_data)
{
  BoardApplication *application = user_data;

  board_context_beat (application->context);
  if (WALL_IS_BOARD (application->view))
    wall_board_refresh (WALL_BOARD (application->view));
}

static void
load_style (GdkDisplay *display, const char *name)
{
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();
  g_autofree char *path = g_strconcat (RESOURCES, name, NULL);

  gtk_css_provider_load_from_resource (style, path);
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static char *
print_scope (const BoardOptions *options)
{
  g_auto (BedJson) json;

  bed_json_init (&json, 64);
  bed_json_begin_object (&json);
  if (options->unit != NULL)
    bed_json_add_string (&json, "unit", options->unit);
  bed_json_end_object (&json);
  return bed_json_steal (&json, NULL);
}

/* Contrast is the desktop's own setting: GTK's themes for it have it in their name. */
static void
follow_contrast (BoardApplication *application)
{
  g_autofree char *theme = NULL;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (application->window)), "gtk-theme-name", &theme, NULL);
  if (theme != NULL && (strstr (theme, "HighContrast") != NULL || g_str_has_suffix (theme, "-hc")))
    gtk_widget_add_css_class (GTK_WIDGET (application->window), "strong");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (application->window), "strong");
}

/* Text of ordinary widgets follows this one number, as it does when the desktop scales it. */
static void
scale_text (BoardApplication *application)
{
  GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (application->window));
  int dpi = 0;

  if (application->options->text_scale == BOARD_TEXT_SCALE_MIN)
    return;
  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", (dpi > 0 ? dpi : DPI_UNSET) / 100 * application->options->text_scale, NULL);
}

static void
on_notify_person (GtkWidget *view, const char *title, const char *body, const char *code, gpointer user_data)
{
  board_notices_send (BOARD_APPLICATION (user_data)->notices, title, body, code);
}

static void
on_model_changed (BoardModel *model, gpointer user_data)
{
  board_notices_follow (BOARD_APPLICATION (user_data)->notices, model);
}

static GtkWidget *
make_wall (BoardApplication *application)
{
  GtkWidget *wallboard;

  load_style (gtk_widget_get_display (GTK_WIDGET (application->window)), "style.css");
  wallboard = wall_board_new (application->context);
  wall_board_set_privacy (WALL_BOARD (wallboard), application->options->privacy);
  wall_board_set_night (WALL_BOARD (wallboard), application->options->night);
  wall_board_set_order (WALL_BOARD (wallboard), application->options->order);
  /* one picture, and beside others: it stands where they stand */
  wall_board_set_shift (WALL_BOARD (wallboard), application->options->snapshot == NULL);
  return wallboard;
}

static GtkWidget *
make_view (BoardApplication *application)
{
  GtkWidget *window = GTK_WIDGET (application->window);
  BoardView view = application->options->view;

  if (view == BOARD_VIEW_WALLBOARD)
    return make_wall (application);
  scale_text (application);
  load_style (gtk_widget_get_display (window), "light.css");
  gtk_widget_add_css_class (window, "light");
  follow_contrast (application);
  g_signal_connect_object (gtk_widget_get_settings (window), "notify::gtk-theme-name", G_CALLBACK (follow_contrast),
                           application, G_CONNECT_SWAPPED);
  load_style (gtk_widget_get_display (window), view == BOARD_VIEW_DESK ? "desk.css" : "ward.css");
  return view == BOARD_VIEW_DESK ? desk_board_new (application->context)
                                 : ward_board_new (application->context, application->options->unit);
}

static void
board_application_activate (GApplication *base)
{
  BoardApplication *application = BOARD_APPLICATION (base);
  const BoardOptions *options = application->options;
  g_autofree char *scope = print_scope (options);
  g_autoptr (BoardCommands) commands = NULL;
  BoardSource source;

  if (application->window != NULL)
    {
      gtk_window_present (application->window);
      return;
    }
  application->model = board_model_new (options->lap);
  application->client = board_client_new (options->url, options->token, scope, application->model);
  /* asked for first: the picture is on its way while the window is made */
  board_client_start (application->client);
  source = board_client_get_source (application->client);
  /* on a ward what was seen is true whenever it is sent; a bed wanted later may be another's */
  commands = board_commands_new (&source, board_client_make_key, application->client, options->view == BOARD_VIEW_WARD);
  application->context = board_context_new (application->model, commands, &source);
  g_set_weak_pointer (&application->window, GTK_WINDOW (gtk_application_window_new (GTK_APPLICATION (base))));
  g_set_weak_pointer (&application->view, make_view (application));
  board_closing_guard (application->window, commands, base);
  application->notices = board_actions_new_notices (base);
  g_signal_connect_object (application->model, "changed", G_CALLBACK (on_model_changed), application, 0);
  if (g_signal_lookup (NOTIFY_SIGNAL, G_OBJECT_TYPE (application->view)) != 0)
    g_signal_connect_object (application->view, NOTIFY_SIGNAL, G_CALLBACK (on_notify_person), application, 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (application->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  board_keys_get_title (options->view), -1);
  gtk_window_set_title (application->window, "Homeward");
  gtk_window_set_icon_name (application->window, APPLICATION_ID);
  gtk_window_set_default_size (application->window, options->width, options->height);
  gtk_window_set_child (application->window, application->view);
  if (options->snapshot != NULL)
    {
      gtk_window_set_decorated (application->window, FALSE);
      /* A still picture has no motion in it. */
      g_object_set (gtk_widget_get_settings (GTK_WIDGET (application->window)), "gtk-enable-animations", FALSE, NULL);
      /* also beyond the edge of a small screen */
      gtk_widget_set_size_request (application->view, options->width, options->height);
      application->begun_us = g_get_monotonic_time ();
      /* before drawing: behind it, a feed that never rests would leave it no turn, nor an end */
      application->look_source = g_timeout_add (LOOK_MS, on_look, application);
    }
  else if (options->is_fullscreen)
    gtk_window_fullscreen (application->window);
  g_signal_connect_object (application->client, "line", G_CALLBACK (on_line), application, 0);
  gtk_window_present (application->window);
}

static void
board_application_startup (GApplication *base)
{
  BoardApplication *application = BOARD_APPLICATION (base);

  G_APPLICATION_CLASS (board_application_parent_class)->startup (base);
  board_actions_install (GTK_APPLICATION (base), application->options->view);
  application->term_source = g_unix_signal_add (SIGTERM, on_signal, application);
  application->int_source = g_unix_signal_add (SIGINT, on_signal, application);
}

static void
board_application_shutdown (GApplication *base)
{
  BoardApplication *application = BOARD_APPLICATION (base);

  g_clear_handle_id (&application->look_source, g_source_remove);
  g_clear_handle_id (&application->term_source, g_source_remove);
  g_clear_handle_id (&application->int_source, g_source_remove);
  if (application->window != NULL)
    gtk_window_destroy (application->window);
  g_clear_weak_pointer (&application->window);
  g_clear_weak_pointer (&application->view);
  g_clear_pointer (&application->notices, board_notices_free);
  g_clear_object (&application->context);
  g_clear_object (&application->client);
  g_clear_object (&application->model);
  G_APPLICATION_CLASS (board_application_parent_class)->shutdown (base);
}

BoardCommands *
board_application_get_commands (BoardApplication *application)
{
  return application->context != NULL ? board_context_get_commands (application->context) : NULL;
}

int
board_application_get_status (BoardApplication *application)
{
  return application->status;
}

BoardApplication *
board_application_new (const BoardOptions *options)
{
  /* a picture is taken beside a running board */
  BoardApplication *application = g_object_new (
      BOARD_TYPE_APPLICATION, "application-id", APPLICATION_ID, "flags",
      options->snapshot != NULL ? G_APPLICATION_NON_UNIQUE : G_APPLICATION_DEFAULT_FLAGS, NULL);

  application->options = options;
  return application;
}

static void
board_application_class_init (BoardApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->activate = board_application_activate;
  application_class->startup = board_application_startup;
  application_class->shutdown = board_application_shutdown;
}

static void
board_application_init (BoardApplication *application)
{
}
