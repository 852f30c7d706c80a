/* test-ward-pictures.c: the ward's screen in each important state and size, looked at where things stand,
 * and, if it is a state of the matrix (README.md), compared with how it is kept.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "feed-turns.h"
#include "picture-compare.h"
#include "ward-stage.h"

#include "board/board-i18n.h"
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

/* A state of the matrix. */
static void
check (BoardStage *stage, const char *name)
{
  g_autoptr (GdkTexture) texture = board_stage_take (stage, name);

  picture_check (texture, name);
}

/* As look/ward.png has it; in Welsh if the language is. */
static void
test_busy (gconstpointer name)
{
  g_autoptr (BoardStage) stage = ward_stage_open (1920, 1080, WARD_SCENE_PICTURE);

  g_assert_nonnull (board_stage_find (stage, "Clarence Unit"));
  g_assert_nonnull (board_stage_find (stage, "11:42"));
  assert_whole (stage, "Everything unchanged, confirm");
  /* six to a row: room 14 stands below room 8 */
  g_assert_cmpfloat_with_epsilon (get_bounds (stage, "8").origin.x, get_bounds (stage, "14").origin.x, 2);
  g_assert_cmpfloat (get_bounds (stage, "14").origin.y, >, get_bounds (stage, "8").origin.y);
  check (stage, name);
}

static void
test_toast (void)
{
  g_autoptr (BoardStage) stage = ward_stage_open (1920, 1080, WARD_SCENE_PICTURE);
  g_autofree char *change = ward_fixture_change (WARD_SCENE_PICTURE, 12, "\"readiness\":\"ready\",\"display\":\"free\"", NULL);
  g_autofree char *said = g_strdup_printf (_ ("%s is clean and ready"), "Room 12");

  ward_stage_press (stage, NULL, "Ready");
  board_stage_answer (stage, board_stage_find_call (stage, "bed.report"), "{\"revision\":101}");
  board_stage_tell (stage, "feed.changes", change);
  g_assert_nonnull (board_stage_find (stage, said));
  take (stage, "ward-toast", 1920, 1080);
}

static void
test_size (gconstpointer data)
{
  static const struct
  {
    const char *name;
    int width, height;
  } sizes[] = { { "ward-size-1280x800", 1280, 800 }, { "ward-size-1280x720", 1280, 720 }, { "ward-size-2560x1440", 2560, 1440 }, { "ward-size-3840x2160", 3840, 2160 } };
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
    if (height == 1080)
      check (stage, name);
    else
      take (stage, name, width, height);
  }
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
}

static void
test_text (void)
{
  take_with_text ("ward-200", 1920, 1080);
}

static void
test_text_small (void)
{
  take_with_text ("ward-200-1280x800", 1280, 800);
}

static void
test_contrast (void)
{
  g_autoptr (BoardStage) stage = ward_stage_open (1920, 1080, WARD_SCENE_PICTURE);

  gtk_widget_add_css_class (stage->window, "strong");
  check (stage, "ward-contrast");
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
      g_autofree char *waits = g_strdup_printf (ngettext ("%u update waits", "%u updates wait", 1), 1);

      ward_stage_press (stage, NULL, "Ready");
      g_assert_nonnull (board_stage_find (stage, "Waiting for the line"));
      g_assert_nonnull (board_stage_find (stage, waits));
    }
  if (line == BOARD_LINE_REFUSED)
    take (stage, name, 1920, 1080);
  else
    check (stage, name);
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
    const char *format; /* of what must be there */
    const char *value;
    gboolean is_kept;
  } scenes[] = { { "ward-empty", WARD_SCENE_EMPTY, N_ ("No beds of this unit are in use."), "", TRUE },
                 { "ward-60", WARD_SCENE_LARGE, N_ ("Bay %s"), "2", TRUE },
                 { "ward-places", WARD_SCENE_PLACES, N_ ("Booked"), "", FALSE },
                 { "ward-stale", WARD_SCENE_ODD, N_ ("Ready was due %s"), "11:10", TRUE } };
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (BoardStage) stage = ward_stage_open (1920, 1080, scenes[i].scene);
  g_autofree char *words = g_strdup_printf (_ (scenes[i].format), scenes[i].value);

  g_assert_nonnull (board_stage_find (stage, words));
  if (scenes[i].is_kept)
    check (stage, scenes[i].name);
  else
    take (stage, scenes[i].name, 1920, 1080);
}

/* Nobody is expected, and nobody here is known to the register. */
static void
test_nobody (void)
{
  g_autoptr (BoardStage) stage = ward_stage_open (1920, 1080, WARD_SCENE_PICTURE);
  g_autofree char *text = ward_fixture_snapshot (WARD_SCENE_PICTURE);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autofree char *turned = NULL;

  feed_turn_nobody (json_node_get_object (node));
  turned = json_to_string (node, FALSE);
  board_stage_replace (stage, turned);
  g_assert_nonnull (board_stage_find (stage, "Nobody is on the way"));
  stage->moment.monotonic_us += 10 * G_USEC_PER_SEC; /* what has just changed is no longer marked */
  board_stage_beat (stage);
  check (stage, "ward-nobody");
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
  g_autofree char *since = g_strdup_printf (_ ("Since %s"), "00:00");

  ward_stage_press (stage, NULL, "How our beds were seen today");
  board_stage_answer (stage, board_stage_find_call (stage, "unit.mirror"),
                      "{\"revision\":100,\"unit\":\"clarence\",\"since\":\"2026-11-22T00:00:00.000Z\",\"shown\":14,\"first\":3,"
                      "\"passed_over\":11,\"reasons\":[{\"reason\":\"must:bariatric\",\"count\":6}],\"placed\":2}");
  g_assert_nonnull (board_stage_find (stage, since));
  take_popover (stage, "ward-mirror");
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/ward-pictures/busy", "ward-busy", test_busy);
  if (g_strcmp0 (g_getenv ("LANGUAGE"), "cy") == 0)
    g_test_add_data_func ("/ward-pictures/welsh", "ward-welsh", test_busy);
  g_test_add_func ("/ward-pictures/nobody", test_nobody);
  g_test_add_func ("/ward-pictures/toast", test_toast);
  g_test_add_data_func ("/ward-pictures/1280x800", GUINT_TO_POINTER (0), test_size);
  g_test_add_data_func ("/ward-pictures/1280x720", GUINT_TO_POINTER (1), test_size);
  g_test_add_data_func ("/ward-pictures/2560x1440", GUINT_TO_POINTER (2), test_size);
  g_test_add_data_func ("/ward-pictures/3840x2160", GUINT_TO_POINTER (3), test_size);
  g_test_add_func ("/ward-pictures/200", test_text);
  g_test_add_func ("/ward-pictures/200-1280x800", test_text_small);
  g_test_add_func ("/ward-pictures/contrast", test_contrast);
  g_test_add_func ("/ward-pictures/offline", test_offline);
  g_test_add_func ("/ward-pictures/read-only", test_read_only);
  g_test_add_func ("/ward-pictures/refused", test_refused);
  g_test_add_data_func ("/ward-pictures/empty", GUINT_TO_POINTER (0), test_scene);
  g_test_add_data_func ("/ward-pictures/60", GUINT_TO_POINTER (1), test_scene);
  g_test_add_data_func ("/ward-pictures/places", GUINT_TO_POINTER (2), test_scene);
  g_test_add_data_func ("/ward-pictures/stale", GUINT_TO_POINTER (3), test_scene);
  g_test_add_func ("/ward-pictures/questions", test_questions);
  g_test_add_func ("/ward-pictures/menu", test_menu);
  g_test_add_func ("/ward-pictures/keys", test_keys);
  g_test_add_func ("/ward-pictures/mirror", test_mirror);
  return g_test_run ();
}
