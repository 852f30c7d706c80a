/* test-desk-map.c: the desk's map as it is drawn, and by keyboard.
 *
 * With HOMEWARD_PICTURES=DIR each picture stays there to be looked at.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "map-fixture.h"

#include "board/desk/desk-board.h"
#include "board/desk/desk-map-canvas.h"

static void
take (BoardStage *stage, const char *name)
{
  g_autoptr (GdkTexture) texture = NULL;

  board_stage_draw (stage);
  board_stage_draw (stage);
  texture = board_stage_take (stage, name);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, gtk_widget_get_width (stage->view));
}

static GtkWidget *
find_canvas (GtkWidget *widget)
{
  if (DESK_IS_MAP_CANVAS (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_canvas (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static DeskState *
get_state (BoardStage *stage)
{
  return desk_board_get_state (DESK_BOARD (stage->view));
}

static void
press (GtkWidget *widget, guint key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      gboolean is_taken = FALSE;

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", key, 0u, (GdkModifierType)0, &is_taken);
    }
}

static void
test_held (void)
{
  g_autoptr (BoardStage) stage = map_fixture_open (1920, 1080, BED_ROLE_REFERRER, MAP_PERSON_HELD);
  DeskMapCanvas *canvas = DESK_MAP_CANVAS (find_canvas (stage->view));
  double x;
  double y;

  take (stage, "desk-map-1920");
  g_assert_true (desk_map_canvas_find (canvas, "willow-court", &x, &y));
  g_assert_cmpfloat (x, >, 0);
  g_assert_cmpfloat (x, <, gtk_widget_get_width (GTK_WIDGET (canvas)));
  g_assert_true (g_str_has_prefix (desk_map_canvas_peek_sentence (canvas), "9 suitable beds: Willow Court 31.9 km, "));
}

static void
test_suitable (void)
{
  g_autoptr (BoardStage) stage = map_fixture_open (1920, 1080, BED_ROLE_REFERRER, MAP_PERSON_WAITING);
  DeskMapCanvas *canvas = DESK_MAP_CANVAS (find_canvas (stage->view));
  double x;
  double y;

  g_assert_true (desk_map_canvas_find (canvas, "keats", &x, &y));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (board_stage_find (stage, "Suitable")), TRUE);
  take (stage, "desk-map-suitable");
  g_assert_false (desk_map_canvas_find (canvas, "keats", &x, &y));
  g_assert_true (desk_map_canvas_find (canvas, "deerleap", &x, &y));
}

static gboolean
says_free_beds (BoardStage *stage)
{
  return g_str_has_prefix (desk_map_canvas_peek_sentence (DESK_MAP_CANVAS (find_canvas (stage->view))), "22 free beds: ");
}

static void
test_nobody (void)
{
  g_autoptr (BoardStage) stage = map_fixture_open (1920, 1080, BED_ROLE_REFERRER, MAP_N_PEOPLE);
  g_autofree char *snapshot = map_fixture_snapshot (FALSE);

  board_stage_tell (stage, "feed.snapshot", snapshot);
  board_stage_wait (says_free_beds, stage);
  board_stage_draw (stage);
  take (stage, "desk-map-nobody");
}

/* Arrows go from site to site, Enter picks the first bed there. */
static void
test_keys (void)
{
  g_autoptr (BoardStage) stage = map_fixture_open (1920, 1080, BED_ROLE_REFERRER, MAP_PERSON_HELD);
  GtkWidget *canvas = find_canvas (stage->view);

  gtk_window_set_focus_visible (GTK_WINDOW (stage->window), TRUE);
  gtk_widget_grab_focus (canvas);
  press (canvas, GDK_KEY_Down);
  g_assert_cmpstr (desk_map_canvas_peek_current (DESK_MAP_CANVAS (canvas)), !=, "");
  for (guint i = 0; i < 30 && !g_str_equal (desk_map_canvas_peek_current (DESK_MAP_CANVAS (canvas)), "deerleap"); i++)
    press (canvas, GDK_KEY_Down);
  g_assert_cmpstr (desk_map_canvas_peek_current (DESK_MAP_CANVAS (canvas)), ==, "deerleap");
  g_assert_cmpstr (desk_state_peek_picked (get_state (stage)), ==, "willow-court-1");
  press (canvas, GDK_KEY_Return);
  g_assert_cmpstr (desk_state_peek_picked (get_state (stage)), ==, "deerleap-1");
  take (stage, "desk-map-keys");
}

static void
test_small (void)
{
  g_autoptr (BoardStage) stage = map_fixture_open (1280, 720, BED_ROLE_REFERRER, MAP_PERSON_HELD);
  GtkWidget *canvas = find_canvas (stage->view);
  GtkWidget *scroller = gtk_widget_get_ancestor (canvas, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *across = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));

  gtk_adjustment_set_value (across, gtk_adjustment_get_upper (across));
  take (stage, "desk-map-1280");
}

static void
test_large_text (void)
{
  GtkSettings *settings = gtk_settings_get_default ();
  int dpi;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", 2 * 96 * 1024, NULL);
  {
    g_autoptr (BoardStage) stage = map_fixture_open (1920, 1080, BED_ROLE_REFERRER, MAP_PERSON_HELD);
    GtkWidget *canvas = find_canvas (stage->view);
    GtkWidget *scroller = gtk_widget_get_ancestor (canvas, GTK_TYPE_SCROLLED_WINDOW);

    for (; scroller != NULL; scroller = gtk_widget_get_ancestor (gtk_widget_get_parent (scroller), GTK_TYPE_SCROLLED_WINDOW))
      {
        GtkAdjustment *across = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));

        gtk_adjustment_set_value (across, gtk_adjustment_get_upper (across) - gtk_adjustment_get_page_size (across) - 300);
      }
    take (stage, "desk-map-200-percent");
  }
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
}

static void
test_strong (void)
{
  g_autoptr (BoardStage) stage = map_fixture_open (1920, 1080, BED_ROLE_REFERRER, MAP_PERSON_HELD);

  gtk_widget_add_css_class (stage->window, "strong");
  take (stage, "desk-map-high-contrast");
}

static void
test_largest (void)
{
  g_autoptr (BoardStage) stage = map_fixture_open (3840, 2160, BED_ROLE_REFERRER, MAP_PERSON_HELD);

  take (stage, "desk-map-3840");
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk-map/held", test_held);
  g_test_add_func ("/desk-map/suitable", test_suitable);
  g_test_add_func ("/desk-map/nobody", test_nobody);
  g_test_add_func ("/desk-map/keys", test_keys);
  g_test_add_func ("/desk-map/1280", test_small);
  g_test_add_func ("/desk-map/200-percent", test_large_text);
  g_test_add_func ("/desk-map/high-contrast", test_strong);
  g_test_add_func ("/desk-map/3840", test_largest);
  return g_test_run ();
}
