/* test-ward-pictures.c: the ward's screen in each important state and size, looked at where things stand.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ward-stage.h"

#include "board/board-picture.h"
#include "common/bed-time.h"

/* Where a label stands within the view. */
static graphene_rect_t
get_bounds (BoardStage *stage, const char *words)
{
  GtkWidget *widget = board_stage_find (stage, words);
  graphene_rect_t bounds;

  g_assert_nonnull (widget);
  g_assert_true (gtk_widget_compute_bounds (widget, stage->view, &bounds));
  return bounds;
}

static void
assert_whole (BoardStage *stage, const char *words)
{
  graphene_rect_t bounds = get_bounds (stage, words);

  g_assert_cmpfloat (bounds.origin.x, >=, 0);
  g_assert_cmpfloat (bounds.origin.x + bounds.size.width, <=, gtk_widget_get_width (stage->view));
}

static void
take (BoardStage *stage, const char *name, int width, int height)
{
  g_autoptr (GdkTexture) texture = board_stage_take (stage, name);

  g_assert_cmpint (gdk_texture_get_width (texture), ==, width);
  g_assert_cmpint (gdk_texture_get_height (texture), ==, height);
}

static void
test_picture (void)
{
  g_autoptr (BoardStage) stage = ward_stage_open (1920, 1080, WARD_SCENE_PICTURE);

  g_assert_nonnull (board_stage_find (stage, "Clarence Unit"));
  g_assert_nonnull (board_stage_find (stage, "11:42"));
  assert_whole (stage, "Everything unchanged, confirm");
  /* six to a row: room 14 stands below room 8 */
  g_assert_cmpfloat_with_epsilon (get_bounds (stage, "8").origin.x, get_bounds (stage, "14").origin.x, 2);
  g_assert_cmpfloat (get_bounds (stage, "14").origin.y, >, get_bounds (stage, "8").origin.y);
  take (stage, "ward", 1920, 1080);
}

static void
test_toast (void)
{
  g_autoptr (BoardStage) stage = ward_stage_open (1920, 1080, WARD_SCENE_PICTURE);
  g_autofree char *change = ward_fixture_change (WARD_SCENE_PICTURE, 12, "\"readiness\":\"ready\",\"display\":\"free\"", NULL);

  ward_stage_press (stage, NULL, "Ready");
  board_stage_answer (stage, board_stage_find_call (stage, "bed.report"), "{\"revision\":101}");
  board_stage_tell (stage, "feed.changes", change);
  g_assert_nonnull (board_stage_find (stage, "Room 12 is clean and ready"));
  take (stage, "ward-toast", 1920, 1080);
}

static void
test_size (gconstpointer data)
{
  static const struct
  {
    const char *name;
    int width, height;
  } sizes[] = { { "ward-1280x800", 1280, 800 }, { "ward-1280x720", 1280, 720 }, { "ward-2560x1440", 2560, 1440 }, { "ward-3840x2160", 3840, 2160 } };
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (BoardStage) stage = ward_stage_open (sizes[i].width, sizes[i].height, WARD_SCENE_PICTURE);

  assert_whole (stage, "Everything unchanged, confirm");
  assert_whole (stage, "Expected arrivals");
  take (stage, sizes[i].name, sizes[i].width, sizes[i].height);
}

static void
take_with_text (const char *name, int width, int height)
{
  GtkSettings *settings = gtk_settings_get_default ();
  int dpi;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", 2 * 96 * 1024, NULL);
  {
    g_autoptr (BoardStage) stage = ward_stage_open (width, height, WARD_SCENE_PICTURE);

    assert_whole (stage, "Everything unchanged, confirm");
    /* one column: who is expected stands below the cards */
    g_assert_cmpfloat (get_bounds (stage, "Expected arrivals").origin.y, >, get_bounds (stage, "24").origin.y);
    take (stage, name, width, height);
  }
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
}

static void
test_text (void)
{
  take_with_text ("ward-text-200", 1920, 1080);
}

static void
test_text_small (void)
{
  take_with_text ("ward-text-200-1280x800", 1280, 800);
}

static void
test_contrast (void)
{
  g_autoptr (BoardStage) stage = ward_stage_open (1920, 1080, WARD_SCENE_PICTURE);

  gtk_widget_add_css_class (stage->window, "strong");
  take (stage, "ward-contrast", 1920, 1080);
}

static void
take_line (BoardLine line, const char *name)
{
  g_autoptr (BoardStage) stage = ward_stage_open (1920, 1080, WARD_SCENE_PICTURE);

  stage->moment.line = line;
  stage->moment.heard_us = STAGE_NOW_US - 3 * BED_MINUTE_US;
  board_stage_beat (stage);
  if (line != BOARD_LINE_REFUSED)
    {
      ward_stage_press (stage, NULL, "Ready");
      g_assert_nonnull (board_stage_find (stage, "Waiting for the line"));
      g_assert_nonnull (board_stage_find (stage, "1 update waits"));
    }
  take (stage, name, 1920, 1080);
}

static void
test_offline (void)
{
  take_line (BOARD_LINE_OFFLINE, "ward-offline");
}

static void
test_read_only (void)
{
  take_line (BOARD_LINE_READ_ONLY, "ward-read-only");
}

static void
test_refused (void)
{
  take_line (BOARD_LINE_REFUSED, "ward-refused");
}

static void
test_scene (gconstpointer data)
{
  static const struct
  {
    const char *name;
    WardScene scene;
    const char *words; /* that must be there */
  } scenes[] = { { "ward-empty", WARD_SCENE_EMPTY, "No beds of this unit are in use." },
                 { "ward-60-beds", WARD_SCENE_LARGE, "Bay 2" },
                 { "ward-places", WARD_SCENE_PLACES, "Booked" },
                 { "ward-odd", WARD_SCENE_ODD, "Ready was due 11:10" } };
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (BoardStage) stage = ward_stage_open (1920, 1080, scenes[i].scene);

  g_assert_nonnull (board_stage_find (stage, scenes[i].words));
  take (stage, scenes[i].name, 1920, 1080);
}

/* A popover is a surface of its own, so the view's picture is without it. */
static GtkWidget *
find_popover (GtkWidget *widget)
{
  if (GTK_IS_POPOVER (widget) && gtk_widget_get_mapped (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_popover (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
take_popover (BoardStage *stage, const char *name)
{
  const char *folder = g_getenv ("HOMEWARD_PICTURES");
  GtkWidget *popover = find_popover (stage->view);
  g_autofree char *file = g_strconcat (name, ".png", NULL);
  g_autofree char *path = folder != NULL ? g_build_filename (folder, file, NULL) : NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (popover);
  board_stage_draw (stage);
  g_assert_cmpint (gtk_widget_get_width (popover), >, 100);
  if (path == NULL)
    return;
  board_picture_save (popover, gtk_widget_get_width (popover), gtk_widget_get_height (popover), path, &error);
  g_assert_no_error (error);
}

static void
test_questions (void)
{
  g_autoptr (BoardStage) stage = ward_stage_open (1920, 1080, WARD_SCENE_PICTURE);

  ward_stage_press (stage, ward_stage_find_card (stage, 3), "Arrived");
  take_popover (stage, "ward-read-back");
  ward_stage_press (stage, NULL, "No");
  ward_stage_press (stage, ward_stage_find_card (stage, 1), "Leaving");
  take_popover (stage, "ward-times");
  ward_stage_choose (stage, 19, "decline");
  take_popover (stage, "ward-decline");
  ward_stage_choose (stage, 2, "ready-to-leave");
  take_popover (stage, "ward-waiting-for");
}

static void
test_menu (void)
{
  g_autoptr (BoardStage) stage = ward_stage_open (1920, 1080, WARD_SCENE_PICTURE);

  ward_stage_type (stage, GDK_KEY_Menu, 0);
  take_popover (stage, "ward-menu");
}

static void
test_keys (void)
{
  g_autoptr (BoardStage) stage = ward_stage_open (1920, 1080, WARD_SCENE_PICTURE);

  ward_stage_type (stage, GDK_KEY_question, 0);
  take_popover (stage, "ward-keys");
}

static void
test_mirror (void)
{
  g_autoptr (BoardStage) stage = ward_stage_open (1920, 1080, WARD_SCENE_PICTURE);

  ward_stage_press (stage, NULL, "How our beds were seen today");
  board_stage_answer (stage, board_stage_find_call (stage, "unit.mirror"),
                      "{\"revision\":100,\"unit\":\"clarence\",\"since\":\"2026-11-22T00:00:00.000Z\",\"shown\":14,\"first\":3,"
                      "\"passed_over\":11,\"reasons\":[{\"reason\":\"must:bariatric\",\"count\":6}],\"placed\":2}");
  g_assert_nonnull (board_stage_find (stage, "Since 00:00"));
  take_popover (stage, "ward-mirror");
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ward-pictures/picture", test_picture);
  g_test_add_func ("/ward-pictures/toast", test_toast);
  g_test_add_data_func ("/ward-pictures/1280x800", GUINT_TO_POINTER (0), test_size);
  g_test_add_data_func ("/ward-pictures/1280x720", GUINT_TO_POINTER (1), test_size);
  g_test_add_data_func ("/ward-pictures/2560x1440", GUINT_TO_POINTER (2), test_size);
  g_test_add_data_func ("/ward-pictures/3840x2160", GUINT_TO_POINTER (3), test_size);
  g_test_add_func ("/ward-pictures/text-200", test_text);
  g_test_add_func ("/ward-pictures/text-200-1280x800", test_text_small);
  g_test_add_func ("/ward-pictures/contrast", test_contrast);
  g_test_add_func ("/ward-pictures/offline", test_offline);
  g_test_add_func ("/ward-pictures/read-only", test_read_only);
  g_test_add_func ("/ward-pictures/refused", test_refused);
  g_test_add_data_func ("/ward-pictures/empty", GUINT_TO_POINTER (0), test_scene);
  g_test_add_data_func ("/ward-pictures/60-beds", GUINT_TO_POINTER (1), test_scene);
  g_test_add_data_func ("/ward-pictures/places", GUINT_TO_POINTER (2), test_scene);
  g_test_add_data_func ("/ward-pictures/odd", GUINT_TO_POINTER (3), test_scene);
  g_test_add_func ("/ward-pictures/questions", test_questions);
  g_test_add_func ("/ward-pictures/menu", test_menu);
  g_test_add_func ("/ward-pictures/keys", test_keys);
  g_test_add_func ("/ward-pictures/mirror", test_mirror);
  return g_test_run ();
}
