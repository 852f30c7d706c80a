/* wall-stage.c: owns the window, the model and the last call of one test.
 *
 * Keys are given to the wallboard's own controllers: under Xvfb no window manager gives the focus,
 * so real key events would go nowhere. Every wait ends after five seconds.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-stage.h"

#include "board/board-i18n.h"
#include "board/board-picture.h"

#include <glib/gstdio.h>

#define WAIT_MS 5000

static void
get_moment (gpointer user_data, BoardMoment *moment)
{
  *moment = ((WallStage *)user_data)->moment;
}

static void
call (const char *method, const char *params, BoardAnswer answer, gpointer answer_data,
      gpointer user_data)
{
  WallStage *stage = user_data;

  /* what the wallboard asks by itself about people without a proposal: nothing fits */
  if (strstr (params, "\"limit\":1") != NULL)
    {
      g_autoptr (JsonNode) node
          = json_from_string ("{\"offers\":[],\"ruled_out\":[],\"total\":9}", NULL);

      answer (node, NULL, NULL, answer_data);
      return;
    }
  g_free (stage->method);
  g_free (stage->params);
  stage->method = g_strdup (method);
  stage->params = g_strdup (params);
  stage->answer = answer;
  stage->answer_data = answer_data;
  stage->n_calls++;
}

static void
make_key (char *key, gsize size, gpointer user_data)
{
  g_snprintf (key, size, "018f0000-0000-7000-8000-%012u", ++((WallStage *)user_data)->n_keys);
}

static gboolean
has_picture (WallStage *stage)
{
  return board_model_has_picture (stage->model)
         && gtk_widget_get_mapped (GTK_WIDGET (stage->wallboard))
         && gtk_widget_get_width (GTK_WIDGET (stage->wallboard)) > 0;
}

static gboolean
on_late (gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_CONTINUE;
}

void
wall_stage_wait (gboolean (*holds) (WallStage *stage), WallStage *stage)
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
wall_stage_draw (WallStage *stage)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (stage->wallboard));
  gboolean is_painted = FALSE;
  gboolean is_late = FALSE;
  guint source = g_timeout_add (WAIT_MS, on_late, &is_late);
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (on_painted), &is_painted);

  wall_board_refresh (stage->wallboard);
  gtk_widget_queue_draw (GTK_WIDGET (stage->wallboard));
  while (!is_painted && !is_late)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, handler);
  g_source_remove (source);
  g_assert_true (is_painted);
}

static void
load_style (void)
{
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (style, "/uk/nhs/homeward/board/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

WallStage *
wall_stage_open (int width, int height, WallSize size)
{
  WallStage *stage = g_new0 (WallStage, 1);
  BoardSource source = { get_moment, call, stage };
  g_autoptr (JsonObject) snapshot = wall_fixture_snapshot (size);
  g_autoptr (BoardCommands) commands = board_commands_new (&source, make_key, stage, FALSE);

  board_i18n_begin ();
  load_style ();
  stage->moment = (BoardMoment){ WALL_NOW_US, 1000 * G_GINT64_CONSTANT (1000000),
                                 WALL_NOW_US - 8 * G_GINT64_CONSTANT (1000000), BOARD_LINE_LIVE };
  stage->model = board_model_new ("winchester");
  stage->context = board_context_new (stage->model, commands, &source);
  stage->window = gtk_window_new ();
  stage->wallboard = WALL_BOARD (wall_board_new (stage->context));
  stage->placing = wall_board_peek_placing (stage->wallboard);
  wall_board_set_shift (stage->wallboard, FALSE);
  gtk_window_set_decorated (GTK_WINDOW (stage->window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (stage->window), width, height);
  gtk_widget_set_size_request (GTK_WIDGET (stage->wallboard), width, height);
  gtk_window_set_child (GTK_WINDOW (stage->window), GTK_WIDGET (stage->wallboard));
  gtk_window_present (GTK_WINDOW (stage->window));
  board_model_apply (stage->model, "feed.snapshot", snapshot, stage->moment.monotonic_us);
  wall_stage_wait (has_picture, stage);
  wall_stage_draw (stage);
  return stage;
}

void
wall_stage_close (WallStage *stage)
{
  gtk_window_destroy (GTK_WINDOW (stage->window));
  g_object_unref (stage->context);
  g_object_unref (stage->model);
  g_free (stage->method);
  g_free (stage->params);
  g_free (stage);
}

void
wall_stage_change (WallStage *stage, JsonObject *params)
{
  board_model_apply (stage->model, "feed.changes", params, stage->moment.monotonic_us);
  json_object_unref (params);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
press (WallStage *stage, guint key, GdkModifierType modifiers)
{
  g_autoptr (GListModel) controllers
      = gtk_widget_observe_controllers (GTK_WIDGET (stage->wallboard));
  gboolean is_taken = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", key, 0u, modifiers, &is_taken);
    }
}

void
wall_stage_press (WallStage *stage, guint key)
{
  press (stage, key, 0);
}

void
wall_stage_press_shifted (WallStage *stage, guint key)
{
  press (stage, key, GDK_SHIFT_MASK);
}

void
wall_stage_pass (WallStage *stage, guint seconds)
{
  for (guint i = 0; i < seconds; i++)
    {
      stage->moment.now_us += G_USEC_PER_SEC;
      stage->moment.monotonic_us += G_USEC_PER_SEC;
      wall_board_refresh (stage->wallboard);
    }
}

static void
give (WallStage *stage, JsonNode *result, const GError *error, JsonObject *data)
{
  BoardAnswer answer = stage->answer;

  g_assert_nonnull (answer);
  stage->answer = NULL;
  answer (result, error, data, stage->answer_data);
}

void
wall_stage_answer (WallStage *stage, const char *result)
{
  g_autoptr (JsonNode) node = json_from_string (result, NULL);

  g_assert_nonnull (node);
  give (stage, node, NULL, NULL);
}

void
wall_stage_refuse (WallStage *stage, BedError reason, const char *data)
{
  g_autoptr (GError) error = g_error_new_literal (BED_ERROR, (int)reason, bed_error_words (reason));
  g_autoptr (JsonNode) node = data != NULL ? json_from_string (data, NULL) : NULL;

  give (stage, NULL, error, node != NULL ? json_node_get_object (node) : NULL);
}

GdkTexture *
wall_stage_take (WallStage *stage, const char *name, int width, int height)
{
  const char *folder = g_getenv ("HOMEWARD_PICTURES");
  g_autofree char *made
      = folder == NULL ? g_dir_make_tmp ("homeward-picture-XXXXXX", NULL) : g_strdup (folder);
  g_autofree char *file = g_strconcat (name, ".png", NULL);
  g_autofree char *path = g_build_filename (made, file, NULL);
  g_autoptr (GError) error = NULL;
  GdkTexture *texture;

  g_mkdir_with_parents (made, 0700);
  wall_stage_draw (stage);
  board_picture_save (GTK_WIDGET (stage->wallboard), width, height, path, &error);
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
