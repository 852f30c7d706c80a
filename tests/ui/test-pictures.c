/* test-pictures.c: pictures that have changed are told from those that have not.
 *
 * Faults are planted in a ward, one at a time: each must be caught, and what only fonts, hinting or
 * the next frame do must not. Folders are temporary.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "picture-compare.h"
#include "ward-stage.h"

#include <glib/gstdio.h>
#include <string.h>

/* The kept picture of this stage, as it is now. */
static GdkPixbuf *
keep (BoardStage *stage)
{
  g_autoptr (GdkTexture) texture = board_stage_take (stage, "ward-planted");

  return picture_shrink (texture);
}

static PictureDifference
compare (BoardStage *stage, GdkPixbuf *kept, const char *what)
{
  g_autoptr (GdkPixbuf) now = keep (stage);
  PictureDifference difference = picture_find_difference (now, kept, 1920);

  g_test_message ("%s: mean %.3f, worst %.1f at %d, %d", what, difference.mean, difference.worst, difference.x,
                  difference.y);
  return difference;
}

/* Adds style to everything, until it is taken away. */
static GtkStyleProvider *
plant_style (BoardStage *stage, const char *style)
{
  GtkCssProvider *provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_data (provider, style, -1);
  gtk_style_context_add_provider_for_display (gtk_widget_get_display (stage->window), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_USER);
  board_stage_draw (stage);
  return GTK_STYLE_PROVIDER (provider);
}

static void
take_away (BoardStage *stage, GtkStyleProvider *provider)
{
  gtk_style_context_remove_provider_for_display (gtk_widget_get_display (stage->window), provider);
  g_object_unref (provider);
  board_stage_draw (stage);
}

static void
test_again (void)
{
  g_autoptr (BoardStage) stage = ward_stage_open (1920, 1080, WARD_SCENE_PICTURE);
  g_autoptr (GdkPixbuf) kept = keep (stage);
  g_autoptr (BoardStage) other = ward_stage_open (1920, 1080, WARD_SCENE_PICTURE);
  PictureDifference difference = compare (other, kept, "drawn again");

  g_assert_cmpfloat (difference.worst, ==, 0);
  g_assert_cmpfloat (difference.mean, ==, 0);
}

/* What another desktop may do to letters. */
static void
test_hinting (gconstpointer style)
{
  g_autoptr (BoardStage) stage = ward_stage_open (1920, 1080, WARD_SCENE_PICTURE);
  g_autoptr (GdkPixbuf) kept = keep (stage);
  GtkSettings *settings = gtk_settings_get_default ();
  gboolean is_plain = g_str_equal (style, "hintnone");
  g_autofree char *before = NULL;
  int hinting, antialias;
  PictureDifference difference;

  g_object_get (settings, "gtk-xft-hintstyle", &before, "gtk-xft-hinting", &hinting, "gtk-xft-antialias", &antialias, NULL);
  g_object_set (settings, "gtk-xft-hintstyle", style, "gtk-xft-hinting", is_plain ? 0 : 1, "gtk-xft-antialias", 1, NULL);
  board_stage_draw (stage);
  difference = compare (stage, kept, style);
  g_object_set (settings, "gtk-xft-hintstyle", before, "gtk-xft-hinting", hinting, "gtk-xft-antialias", antialias, NULL);
  g_assert_true (picture_is_same (&difference));
}

/* Every card is a pixel off: as another version of GTK or another line height may have it. */
static void
test_one_pixel (void)
{
  g_autoptr (BoardStage) stage = ward_stage_open (1920, 1080, WARD_SCENE_PICTURE);
  g_autoptr (GdkPixbuf) kept = keep (stage);
  GtkStyleProvider *style = plant_style (stage, "ward card { transform: translate(1px, 1px); }");
  PictureDifference difference = compare (stage, kept, "one pixel off");

  take_away (stage, style);
  g_assert_cmpfloat (difference.worst, >, 0);
  g_assert_true (picture_is_same (&difference));
}

static void
test_hidden (void)
{
  g_autoptr (BoardStage) stage = ward_stage_open (1920, 1080, WARD_SCENE_PICTURE);
  g_autoptr (GdkPixbuf) kept = keep (stage);
  PictureDifference difference;

  gtk_widget_set_opacity (ward_stage_find_card (stage, 9), 0);
  board_stage_draw (stage);
  difference = compare (stage, kept, "a card is missing");
  g_assert_false (picture_is_same (&difference));
}

/* A single button is missing from a single card. */
static void
test_hidden_button (void)
{
  g_autoptr (BoardStage) stage = ward_stage_open (1920, 1080, WARD_SCENE_PICTURE);
  g_autoptr (GdkPixbuf) kept = keep (stage);
  GtkStyleProvider *style = plant_style (stage, "ward card.is-held button { opacity: 0; }");
  PictureDifference difference = compare (stage, kept, "a button is missing");

  take_away (stage, style);
  g_assert_false (picture_is_same (&difference));
}

static void
test_colour (gconstpointer style)
{
  g_autoptr (BoardStage) stage = ward_stage_open (1920, 1080, WARD_SCENE_PICTURE);
  g_autoptr (GdkPixbuf) kept = keep (stage);
  GtkStyleProvider *provider = plant_style (stage, style);
  PictureDifference difference = compare (stage, kept, style);

  take_away (stage, provider);
  g_assert_false (picture_is_same (&difference));
}

static void
test_moved (gconstpointer data)
{
  g_autoptr (BoardStage) stage = ward_stage_open (1920, 1080, WARD_SCENE_PICTURE);
  g_autoptr (GdkPixbuf) kept = keep (stage);
  GtkStyleProvider *style = plant_style (stage, data);
  PictureDifference difference = compare (stage, kept, data);

  take_away (stage, style);
  g_assert_false (picture_is_same (&difference));
}

static void
test_cut (void)
{
  g_autoptr (BoardStage) stage = ward_stage_open (1920, 1080, WARD_SCENE_PICTURE);
  g_autoptr (GdkPixbuf) kept = keep (stage);
  g_autoptr (GdkPixbuf) now = keep (stage);
  g_autoptr (GdkPixbuf) row = gdk_pixbuf_new_subpixbuf (now, 0, 160, PICTURE_KEPT_WIDTH, PICTURE_KEPT_HEIGHT - 160);
  PictureDifference difference;

  gdk_pixbuf_fill (row, 0xf6f7f9ff);
  difference = picture_find_difference (now, kept, 1920);
  g_assert_false (picture_is_same (&difference));
  g_assert_cmpint (difference.y, >=, 960);
}

/* --- files --- */

static void
clear (const char *folder)
{
  g_autoptr (GDir) files = g_dir_open (folder, 0, NULL);
  const char *file;

  while (files != NULL && (file = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, file, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

static gboolean
has_file (const char *folder, const char *file)
{
  g_autofree char *path = g_build_filename (folder, file, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* Missing: fails and leaves what was drawn; updated: kept; the same: passes; changed: fails, and what
 * there is to look at lies there. */
static void
test_files (void)
{
  g_autoptr (BoardStage) stage = ward_stage_open (1920, 1080, WARD_SCENE_PICTURE);
  g_autoptr (GdkTexture) drawn = board_stage_take (stage, "ward-planted");
  g_autoptr (GdkTexture) other = NULL;
  g_autofree char *folder = g_dir_make_tmp ("homeward-kept-XXXXXX", NULL);
  g_autofree char *failed = g_dir_make_tmp ("homeward-failed-XXXXXX", NULL);
  g_autofree char *update = g_strdup (g_getenv ("HOMEWARD_PICTURES_UPDATE"));
  char *words[4] = { NULL };

  g_unsetenv ("HOMEWARD_PICTURES_UPDATE");
  g_assert_false (picture_check_in (drawn, "one", folder, failed, &words[0]));
  g_assert_nonnull (strstr (words[0], "nobody keeps"));
  g_assert_true (has_file (failed, "one-drawn.png"));
  g_setenv ("HOMEWARD_PICTURES_UPDATE", "1", TRUE);
  g_assert_true (picture_check_in (drawn, "one", folder, failed, &words[1]));
  g_assert_true (has_file (folder, "one.png"));
  g_unsetenv ("HOMEWARD_PICTURES_UPDATE");
  g_assert_true (picture_check_in (drawn, "one", folder, failed, &words[2]));
  g_assert_false (has_file (failed, "one-kept.png"));
  gtk_widget_set_opacity (ward_stage_find_card (stage, 9), 0);
  other = board_stage_take (stage, "ward-planted");
  g_assert_false (picture_check_in (other, "one", folder, failed, &words[3]));
  g_assert_nonnull (strstr (words[3], "worst cell"));
  g_assert_true (has_file (failed, "one-kept.png"));
  g_assert_true (has_file (failed, "one-difference.png"));
  if (update != NULL)
    g_setenv ("HOMEWARD_PICTURES_UPDATE", update, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_clear_pointer (&words[i], g_free);
  clear (folder);
  clear (failed);
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_unsetenv ("HOMEWARD_PICTURES"); /* what is planted is nothing to look at */
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pictures/again", test_again);
  g_test_add_data_func ("/pictures/hinting/none", "hintnone", test_hinting);
  g_test_add_data_func ("/pictures/hinting/full", "hintfull", test_hinting);
  g_test_add_func ("/pictures/one-pixel", test_one_pixel);
  g_test_add_func ("/pictures/hidden/card", test_hidden);
  g_test_add_func ("/pictures/hidden/button", test_hidden_button);
  g_test_add_data_func ("/pictures/colour/free", "ward card.is-free { background: #F8E8F0; }", test_colour);
  g_test_add_data_func ("/pictures/colour/arriving", "@define-color light_arriving_tint #FDF0D2;", test_colour);
  g_test_add_data_func ("/pictures/moved/right", "ward card.is-held { transform: translate(24px, 0); }", test_moved);
  g_test_add_data_func ("/pictures/moved/down", "ward card.is-cleaning { transform: translate(0, 24px); }", test_moved);
  g_test_add_data_func ("/pictures/moved/plain", "ward card.is-occupied { transform: translate(24px, 0); }", test_moved);
  g_test_add_data_func ("/pictures/moved/side", "ward side { transform: translate(-24px, 0); }", test_moved);
  g_test_add_func ("/pictures/cut", test_cut);
  g_test_add_func ("/pictures/files", test_files);
  return g_test_run ();
}
