/* board-stage.c: owns the window, the model, the commands and the calls of one test.
 *
 * Nothing is answered by itself. Every wait ends after five seconds.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-stage.h"

#include "board/board-i18n.h"
#include "board/board-picture.h"

#include <glib/gstdio.h>

#define WAIT_MS 5000
#define RESOURCES "/uk/nhs/homeward/board/"

/* --- the gateway --- */

static void
get_moment (gpointer user_data, BoardMoment *moment)
{
  *moment = ((BoardStage *)user_data)->moment;
}

static void
call (const char *method, const char *params, BoardAnswer answer, gpointer answer_data, gpointer user_data)
{
  StageCall *made = g_new0 (StageCall, 1);

  made->method = g_strdup (method);
  made->params = g_strdup (params);
  made->answer = answer;
  made->answer_data = answer_data;
  g_ptr_array_add (((BoardStage *)user_data)->calls, made);
}

static void
make_key (char *key, gsize size, gpointer user_data)
{
  g_snprintf (key, size, "018f0000-0000-7000-8000-%012u", ++((BoardStage *)user_data)->n_keys);
}

static void
give (StageCall *made, JsonNode *result, const GError *error, JsonObject *data)
{
  BoardAnswer answer = made->answer;

  g_assert_nonnull (answer);
  made->answer = NULL;
  answer (result, error, data, made->answer_data);
}

/* Calls that nobody has answered are dropped as a lost line would. */
static void
free_call (gpointer pointer)
{
  StageCall *made = pointer;
  g_autoptr (GError) error = g_error_new_literal (BED_ERROR, BED_ERROR_UNCERTAIN, "the test is over");

  if (made->answer != NULL)
    give (made, NULL, error, NULL);
  g_free (made->method);
  g_free (made->params);
  g_free (made);
}

StageCall *
board_stage_find_call (BoardStage *stage, const char *method)
{
  for (guint i = stage->calls->len; i > 0; i--)
    {
      StageCall *made = g_ptr_array_index (stage->calls, i - 1);

      if (made->answer != NULL && g_str_equal (made->method, method))
        return made;
    }
  return NULL;
}

char *
board_stage_get_param (const StageCall *made, const char *name)
{
  g_autoptr (JsonNode) node = json_from_string (made->params, NULL);
  JsonNode *member = json_object_get_member (json_node_get_object (node), name);

  if (member == NULL)
    return g_strdup ("");
  if (JSON_NODE_HOLDS_VALUE (member) && json_node_get_value_type (member) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (member));
  return json_to_string (member, FALSE);
}

void
board_stage_answer (BoardStage *stage, StageCall *made, const char *result)
{
  g_autoptr (JsonNode) node = json_from_string (result, NULL);

  g_assert_nonnull (node);
  give (made, node, NULL, NULL);
  board_stage_draw (stage);
}

void
board_stage_refuse (BoardStage *stage, StageCall *made, BedError reason, const char *data)
{
  g_autoptr (GError) error = g_error_new_literal (BED_ERROR, (int)reason, bed_error_words (reason));
  g_autoptr (JsonNode) node = data != NULL ? json_from_string (data, NULL) : NULL;

  give (made, NULL, error, node != NULL ? json_node_get_object (node) : NULL);
  board_stage_draw (stage);
}

/* --- waiting --- */

static gboolean
on_late (gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_CONTINUE;
}

void
board_stage_wait (gboolean (*holds) (BoardStage *stage), BoardStage *stage)
{
  gboolean is_late = FALSE;
  guint source = g_timeout_add (WAIT_MS, on_late, &is_late);

  while (!holds (stage) && !is_late)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
  g_assert_true (holds (stage));
}

static void
on_painted (GdkFrameClock *clock, gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
}

void
board_stage_draw (BoardStage *stage)
{
  gboolean is_painted = FALSE;
  gboolean is_late = FALSE;
  guint source = g_timeout_add (WAIT_MS, on_late, &is_late);
  GdkFrameClock *clock;
  gulong handler;

  while (g_main_context_iteration (NULL, FALSE))
    ;
  clock = gtk_widget_get_frame_clock (stage->view);
  handler = g_signal_connect (clock, "after-paint", G_CALLBACK (on_painted), &is_painted);
  gtk_widget_queue_draw (stage->view);
  while (!is_painted && !is_late)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, handler);
  g_source_remove (source);
  g_assert_true (is_painted);
}

static gboolean
has_picture (BoardStage *stage)
{
  return board_model_has_picture (stage->model) && gtk_widget_get_mapped (stage->view)
         && gtk_widget_get_width (stage->view) > 0;
}

/* --- the window --- */

static void
load_style (const char *name)
{
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();
  g_autofree char *path = g_strconcat (RESOURCES, name, NULL);

  gtk_css_provider_load_from_resource (style, path);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

/* GTK 4.8 looks for a tooltip under the pointer in a popover that has just closed, and complains. */
static gboolean
is_fatal (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
  return strstr (message, "assertion 'GDK_IS_SURFACE (surface)' failed") == NULL;
}

/* Said in TAP it would end the test, too. */
static void
on_logged (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
  if (is_fatal (domain, level, message, NULL))
    g_log_default_handler (domain, level, message, NULL);
  else
    g_test_message ("%s: %s", domain, message);
}

void
board_stage_begin (BoardStage *stage)
{
  board_i18n_begin ();
  g_test_log_set_fatal_handler (is_fatal, NULL);
  stage->log_handlers[0] = g_log_set_handler ("Gdk", G_LOG_LEVEL_CRITICAL | G_LOG_FLAG_FATAL, on_logged, NULL);
  stage->log_handlers[1] = g_log_set_handler ("Gtk", G_LOG_LEVEL_CRITICAL | G_LOG_FLAG_FATAL, on_logged, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
}

void
board_stage_show (BoardStage *stage, int width, int height, StageMakeView make_view, const char *style)
{
  gboolean is_light = !g_str_equal (style, "style.css");

  if (is_light)
    load_style ("light.css");
  load_style (style);
  stage->window = gtk_window_new ();
  if (is_light)
    gtk_widget_add_css_class (stage->window, "light");
  stage->view = make_view (stage->context);
  gtk_window_set_decorated (GTK_WINDOW (stage->window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (stage->window), width, height);
  gtk_widget_set_size_request (stage->view, width, height);
  gtk_window_set_child (GTK_WINDOW (stage->window), stage->view);
  gtk_window_present (GTK_WINDOW (stage->window));
}

void
board_stage_end (BoardStage *stage)
{
  gtk_window_destroy (GTK_WINDOW (stage->window));
  g_log_remove_handler ("Gdk", stage->log_handlers[0]);
  g_log_remove_handler ("Gtk", stage->log_handlers[1]);
  g_clear_object (&stage->context);
  stage->moment.line = BOARD_LINE_OFFLINE; /* what is dropped is not sent anew */
  g_clear_pointer (&stage->calls, g_ptr_array_unref);
  g_clear_object (&stage->commands);
  g_clear_object (&stage->model);
}

BoardStage *
board_stage_open (int width, int height, StageMakeView make_view, const char *style, gboolean queues,
                  const char *snapshot)
{
  BoardStage *stage = g_new0 (BoardStage, 1);
  BoardSource source = { get_moment, call, stage };

  board_stage_begin (stage);
  stage->moment = (BoardMoment){ .now_us = STAGE_NOW_US,
                                 .monotonic_us = 1000 * G_GINT64_CONSTANT (1000000),
                                 .heard_us = STAGE_NOW_US - 8 * G_GINT64_CONSTANT (1000000),
                                 .line = BOARD_LINE_LIVE };
  stage->calls = g_ptr_array_new_with_free_func (free_call);
  stage->model = board_model_new ("winchester");
  stage->commands = board_commands_new (&source, make_key, stage, queues);
  stage->context = board_context_new (stage->model, stage->commands, &source);
  board_stage_show (stage, width, height, make_view, style);
  if (snapshot != NULL)
    {
      g_autoptr (JsonNode) node = json_from_string (snapshot, NULL);

      g_assert_nonnull (node);
      board_model_apply (stage->model, "feed.snapshot", json_node_get_object (node), stage->moment.monotonic_us);
      board_stage_wait (has_picture, stage);
    }
  board_stage_beat (stage);
  return stage;
}

void
board_stage_close (BoardStage *stage)
{
  board_stage_end (stage);
  g_free (stage);
}

void
board_stage_tell (BoardStage *stage, const char *method, const char *params)
{
  g_autoptr (JsonNode) node = json_from_string (params, NULL);

  g_assert_nonnull (node);
  board_model_apply (stage->model, method, json_node_get_object (node), stage->moment.monotonic_us);
  board_stage_draw (stage);
}

static gboolean
has_settled (BoardStage *stage)
{
  return board_model_has_picture (stage->model);
}

void
board_stage_replace (BoardStage *stage, const char *snapshot)
{
  board_stage_tell (stage, "feed.snapshot", snapshot);
  board_stage_wait (has_settled, stage);
  board_stage_draw (stage);
}

void
board_stage_beat (BoardStage *stage)
{
  board_context_beat (stage->context);
  board_stage_draw (stage);
}

/* --- what is in it --- */

static gboolean
says (GtkWidget *widget, const char *words)
{
  const char *label = NULL;

  if (gtk_widget_has_css_class (widget, words))
    return TRUE;
  if (GTK_IS_LABEL (widget))
    label = gtk_label_get_text (GTK_LABEL (widget));
  else if (GTK_IS_BUTTON (widget))
    label = gtk_button_get_label (GTK_BUTTON (widget));
  else if (GTK_IS_EDITABLE (widget))
    label = gtk_editable_get_text (GTK_EDITABLE (widget));
  return label != NULL && (g_str_equal (label, words) || g_str_equal (label, _ (words)));
}

static GtkWidget *
find (GtkWidget *widget, const char *words)
{
  if (!gtk_widget_get_visible (widget))
    return NULL;
  if (says (widget, words))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, words);

      if (found != NULL)
        return found;
    }
  return NULL;
}

GtkWidget *
board_stage_find (BoardStage *stage, const char *words)
{
  return find (stage->window, words);
}

GtkWidget *
board_stage_find_type (GtkWidget *widget, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = board_stage_find_type (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

void
board_stage_click (BoardStage *stage, const char *words)
{
  GtkWidget *widget = board_stage_find (stage, words);

  g_assert_true (widget == NULL || gtk_widget_is_sensitive (widget));
  /* a label inside a button stands for it; a button that is activated acts only 250 ms later */
  while (widget != NULL && !GTK_IS_BUTTON (widget) && !gtk_widget_activate (widget))
    widget = gtk_widget_get_parent (widget);
  if (GTK_IS_BUTTON (widget))
    g_signal_emit_by_name (widget, "clicked");
  g_assert_nonnull (widget);
  board_stage_draw (stage);
}

GdkTexture *
board_stage_take (BoardStage *stage, const char *name)
{
  const char *folder = g_getenv ("HOMEWARD_PICTURES");
  g_autofree char *made = folder == NULL ? g_dir_make_tmp ("homeward-picture-XXXXXX", NULL) : g_strdup (folder);
  g_autofree char *file = g_strconcat (name, ".png", NULL);
  g_autofree char *path = g_build_filename (made, file, NULL);
  g_autoptr (GError) error = NULL;
  GdkTexture *texture;

  g_mkdir_with_parents (made, 0700);
  board_stage_draw (stage);
  board_picture_save (stage->view, gtk_widget_get_width (stage->view), gtk_widget_get_height (stage->view), path, &error);
  g_assert_no_error (error);
  texture = gdk_texture_new_from_filename (path, &error);
  g_assert_no_error (error);
  if (folder == NULL)
    {
      g_unlink (path);
      g_rmdir (made);
    }
  return texture;
}
