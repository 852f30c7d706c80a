/* test-wall-touch.c: the wallboard under a finger: real gestures at places of the layout.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-finger.h"
#include "wall-picture.h"

#include <gdk/gdkkeysyms.h>

#define SIZE ((WallSize){ 22, 2, 9 })
#define MANY ((WallSize){ 140, 2, 30 })

/* The list of keys: opened by a touch of the header. */
static void
touch_header (WallStage *stage)
{
  wall_finger_touch (stage, 200, 20);
}

static GtkWidget *
find_child (WallStage *stage, const char *css_name)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (stage->wallboard)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (g_str_equal (gtk_widget_get_css_name (child), css_name))
      return child;
  return NULL;
}

static void
open_some (WallStage **stage, WallSize size)
{
  *stage = wall_stage_open (1280, 720, size);
  /* the rows have stood there for a while */
  wall_stage_pass (*stage, 6);
}

static void
test_row_asks_for_the_pin (void)
{
  WallStage *stage;
  g_autofree char *second = wall_fixture_code (1);

  open_some (&stage, SIZE);
  wall_finger_touch_row (stage, 1);
  g_assert_cmpint (wall_placing_get_state (stage->placing), ==, WALL_PLACING_ASKING);
  g_assert_cmpstr (wall_placing_peek_choice (stage->placing)->referral, ==, second);
  g_assert_true (gtk_widget_get_visible (wall_board_peek_pin (stage->wallboard)));
  g_assert_cmpuint (stage->n_calls, ==, 0);
  wall_stage_close (stage);
}

/* Whoever has no bed is told why; nobody is picked. */
static void
test_row_without_a_bed_explains (void)
{
  WallStage *stage;
  g_autofree char *code = wall_fixture_code (2);
  g_autoptr (JsonNode) node = NULL;

  open_some (&stage, SIZE);
  wall_finger_touch_row (stage, 2);
  g_assert_cmpstr (stage->method, ==, "bed.find");
  g_assert_cmpstr (json_object_get_string_member (wall_stage_peek_params (stage, &node), "referral"), ==,
                   code);
  g_assert_cmpint (wall_placing_get_state (stage->placing), ==, WALL_PLACING_IDLE);
  wall_stage_answer (stage, "{\"offers\":[],\"ruled_out\":[],\"total\":3}");
  wall_stage_close (stage);
}

/* Another person has come under the finger a moment ago. */
static void
test_row_that_moved_is_not_picked (void)
{
  WallStage *stage;
  g_autofree char *first = wall_fixture_code (0);
  g_autoptr (JsonObject) change
      = wall_fixture_hold_change (WALL_REVISION, WALL_REVISION + 1, first, "westholme-01", "westholme");
  JsonArray *gone = json_array_new ();
  JsonObject *names = json_object_new ();

  open_some (&stage, SIZE);
  json_object_remove_member (change, "referrals");
  json_array_add_string_element (gone, first);
  json_object_set_array_member (names, "referrals", gone);
  json_object_set_object_member (change, "gone", names);
  wall_stage_change (stage, g_steal_pointer (&change));
  wall_board_refresh (stage->wallboard);
  stage->moment.monotonic_us += 600000;
  wall_finger_touch_row (stage, 1);
  g_assert_cmpint (wall_placing_get_state (stage->placing), ==, WALL_PLACING_IDLE);
  stage->moment.monotonic_us += 200000;
  wall_finger_touch_row (stage, 0);
  g_assert_cmpint (wall_placing_get_state (stage->placing), ==, WALL_PLACING_ASKING);
  wall_stage_close (stage);
}

/* It came down on one and went up on the other. */
static void
test_finger_that_slid_does_nothing (void)
{
  WallStage *stage;
  double x;
  double y;

  open_some (&stage, SIZE);
  wall_finger_find_row (stage, 0, &x, &y);
  wall_finger_come_down (stage, x, y);
  wall_finger_find_row (stage, 1, &x, &y);
  wall_finger_go_up (stage, x, y);
  g_assert_cmpint (wall_placing_get_state (stage->placing), ==, WALL_PLACING_IDLE);
  wall_stage_close (stage);
}

/* Picked by a key: a touch of the row goes on, a touch elsewhere goes back. */
static void
test_touch_after_a_number (void)
{
  WallStage *stage;

  open_some (&stage, SIZE);
  wall_stage_press (stage, GDK_KEY_1);
  wall_finger_touch_tile (stage, 0);
  g_assert_cmpint (wall_placing_get_state (stage->placing), ==, WALL_PLACING_IDLE);
  g_assert_false (wall_board_has_sheet (stage->wallboard));
  wall_stage_press (stage, GDK_KEY_1);
  wall_finger_touch_row (stage, 0);
  g_assert_cmpint (wall_placing_get_state (stage->placing), ==, WALL_PLACING_ASKING);
  wall_stage_close (stage);
}

static void
test_not_live_picks_nobody (void)
{
  WallStage *stage;

  open_some (&stage, SIZE);
  stage->moment.line = BOARD_LINE_RECONNECTING;
  wall_board_refresh (stage->wallboard);
  wall_finger_touch_row (stage, 0);
  g_assert_cmpint (wall_placing_get_state (stage->placing), ==, WALL_PLACING_IDLE);
  wall_stage_close (stage);
}

/* Taken by somebody else: a touch of the row takes the next bed; without one it goes back. */
static void
test_touch_after_a_refusal (void)
{
  WallStage *stage;

  open_some (&stage, SIZE);
  wall_finger_touch_row (stage, 0);
  wall_stage_give_pin (stage, "ann", "1234");
  wall_stage_refuse (stage, BED_ERROR_BED_TAKEN,
                     "{\"reason\":\"bed_taken\",\"next\":{\"bed\":\"westholme-02\",\"unit\":\"westholme\","
                     "\"metres\":1000}}");
  g_assert_cmpint (wall_placing_get_state (stage->placing), ==, WALL_PLACING_REFUSED);
  wall_finger_touch_row (stage, 0);
  g_assert_cmpint (wall_placing_get_state (stage->placing), ==, WALL_PLACING_ASKING);
  g_assert_cmpstr (wall_placing_peek_choice (stage->placing)->bed, ==, "westholme-02");
  wall_stage_give_pin (stage, "ann", "1234");
  wall_stage_refuse (stage, BED_ERROR_LOCKED_OUT, NULL);
  wall_finger_touch_row (stage, 0);
  g_assert_cmpint (wall_placing_get_state (stage->placing), ==, WALL_PLACING_IDLE);
  wall_stage_close (stage);
}

static void
test_tile_opens_and_closes (void)
{
  WallStage *stage;

  open_some (&stage, SIZE);
  wall_finger_touch_tile (stage, 3);
  g_assert_true (wall_board_has_sheet (stage->wallboard));
  g_assert_true (gtk_widget_get_visible (find_child (stage, "wall-unit")));
  wall_finger_touch_tile (stage, 5);
  g_assert_false (wall_board_has_sheet (stage->wallboard));
  wall_stage_close (stage);
}

/* Every key of the list that a touch presses does what the key does. */
static void
test_list_of_keys (void)
{
  WallStage *stage;
  WallPicture picture;

  open_some (&stage, SIZE);
  touch_header (stage);
  g_assert_true (gtk_widget_get_visible (find_child (stage, "wall-keys")));
  picture = wall_picture_take (stage, "wallboard-touch-keys", 1280, 720);
  g_free (picture.pixels);
  /* free beds only stands at the top of the second column */
  for (double y = 60; y < 700 && !wall_board_peek_view (stage->wallboard)->is_free_only; y += WALL_FINGER_MIN)
    {
      if (!wall_board_has_sheet (stage->wallboard))
        touch_header (stage);
      wall_finger_touch (stage, 700, y);
      if (wall_board_peek_view (stage->wallboard)->is_big)
        wall_stage_press (stage, GDK_KEY_b);
    }
  g_assert_true (wall_board_peek_view (stage->wallboard)->is_free_only);
  g_assert_false (wall_board_has_sheet (stage->wallboard));
  wall_stage_close (stage);
}

/* The hints in the corner: ? and /, each as high as a finger. */
static void
test_hints (void)
{
  WallStage *stage;
  GtkWidget *finder;

  open_some (&stage, SIZE);
  finder = wall_board_peek_finder (stage->wallboard);
  wall_finger_touch (stage, 1280 - 16 - 20, 720 - 2);
  g_assert_true (gtk_widget_get_visible (find_child (stage, "wall-keys")));
  wall_finger_touch (stage, 20, 400);
  wall_finger_touch (stage, 1280 - 16 - 20, 720 - WALL_FINGER_MIN + 2);
  g_assert_true (gtk_widget_get_visible (find_child (stage, "wall-keys")));
  wall_finger_touch (stage, 20, 400);
  wall_finger_touch (stage, 1280 - 16 - 100, 700);
  g_assert_true (gtk_widget_get_visible (finder));
  wall_finger_touch (stage, 20, 400);
  g_assert_false (gtk_widget_get_visible (finder));
  wall_stage_close (stage);
}

/* Down to the end, and up again. */
/* Key 1 picks the person who waits first; nobody stays picked. */
static gboolean
is_first_picked (WallStage *stage)
{
  g_autofree char *first = wall_fixture_code (0);
  gboolean is_first;

  wall_stage_press (stage, GDK_KEY_1);
  is_first = g_str_equal (wall_placing_peek_choice (stage->placing)->referral, first);
  wall_stage_press (stage, GDK_KEY_Escape);
  return is_first;
}

static void
test_more_of_the_queue (void)
{
  WallStage *stage;
  WallLayout layout;
  g_autofree char *first = wall_fixture_code (0);
  double x;
  double y;

  open_some (&stage, MANY);
  layout = wall_finger_get_layout (stage);
  x = (layout.queue.x + layout.queue.width - 40) * layout.scale;
  y = (layout.queue.y + layout.queue.height - 10) * layout.scale;
  wall_finger_touch (stage, x, y);
  wall_stage_pass (stage, 1);
  wall_stage_press (stage, GDK_KEY_1);
  g_assert_cmpstr (wall_placing_peek_choice (stage->placing)->referral, !=, first);
  wall_stage_close (stage);
}

/* Whoever goes on comes round to the most urgent again; whoever goes away leaves them in sight. */
static void
test_first_of_the_queue_again (void)
{
  WallStage *stage;
  WallLayout layout;
  double x;
  double y;

  open_some (&stage, MANY);
  layout = wall_finger_get_layout (stage);
  x = (layout.queue.x + layout.queue.width - 40) * layout.scale;
  y = (layout.queue.y + layout.queue.height - 10) * layout.scale;
  for (guint i = 0; i < 12 && (i == 0 || !is_first_picked (stage)); i++)
    {
      wall_finger_touch (stage, x, y);
      wall_stage_pass (stage, 1);
    }
  g_assert_true (is_first_picked (stage));
  wall_finger_touch (stage, x, y);
  wall_stage_pass (stage, 1);
  g_assert_false (is_first_picked (stage));
  wall_stage_pass (stage, 31);
  g_assert_true (is_first_picked (stage));
  wall_stage_close (stage);
}

static void
test_a_corridor_shows_all_again (void)
{
  WallStage *stage;

  open_some (&stage, SIZE);
  wall_board_set_privacy (stage->wallboard, BOARD_PRIVACY_PUBLIC_CORRIDOR);
  wall_stage_press (stage, GDK_KEY_f);
  g_assert_true (wall_board_peek_view (stage->wallboard)->is_free_only);
  wall_stage_pass (stage, 31);
  g_assert_false (wall_board_peek_view (stage->wallboard)->is_free_only);
  wall_stage_close (stage);
}

static void
test_pages_of_units (void)
{
  WallStage *stage;
  WallLayout layout;
  g_autofree char *first = NULL;

  open_some (&stage, MANY);
  layout = wall_finger_get_layout (stage);
  first = g_strdup (wall_board_peek_unit (stage->wallboard, 0));
  g_assert_cmpuint (layout.n_pages, >, 1);
  wall_finger_touch (stage, (layout.note.x + layout.note.width - 40) * layout.scale,
         (layout.note.y + layout.note.height / 2) * layout.scale);
  g_assert_cmpstr (wall_board_peek_unit (stage->wallboard, 0), !=, first);
  wall_stage_close (stage);
}

/* On a big board the queue is zoomed, and there is no ticker. */
static void
test_big (void)
{
  WallStage *stage;

  open_some (&stage, SIZE);
  wall_stage_press (stage, GDK_KEY_b);
  wall_finger_touch_row (stage, 1);
  g_assert_cmpint (wall_placing_get_state (stage->placing), ==, WALL_PLACING_ASKING);
  wall_stage_close (stage);
}

static void
test_public (void)
{
  WallStage *stage;

  open_some (&stage, SIZE);
  wall_board_set_privacy (stage->wallboard, BOARD_PRIVACY_PUBLIC_CORRIDOR);
  wall_stage_draw (stage);
  /* everywhere but on the header, which leads to the keys */
  for (double y = 66; y < 720; y += 20)
    for (double x = 5; x < 1280; x += 50)
      wall_finger_touch (stage, x, y);
  g_assert_false (wall_board_has_sheet (stage->wallboard));
  g_assert_cmpint (wall_placing_get_state (stage->placing), ==, WALL_PLACING_IDLE);
  g_assert_cmpuint (stage->n_calls, ==, 0);
  touch_header (stage);
  g_assert_true (gtk_widget_get_visible (find_child (stage, "wall-keys")));
  for (double y = 5; y < 720; y += 20)
    for (double x = 5; x < 1280; x += 50)
      {
        wall_finger_touch (stage, x, y);
        g_assert_false (wall_board_peek_view (stage->wallboard)->is_big);
        g_assert_false (gtk_widget_get_visible (find_child (stage, "wall-unit")));
        g_assert_false (gtk_widget_get_visible (find_child (stage, "wall-stale")));
        g_assert_false (gtk_widget_get_visible (wall_board_peek_pin (stage->wallboard)));
      }
  g_assert_cmpuint (stage->n_calls, ==, 0);
  wall_stage_close (stage);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv);
  g_test_add_func ("/wall-touch/row-asks-for-the-pin", test_row_asks_for_the_pin);
  g_test_add_func ("/wall-touch/row-without-a-bed-explains", test_row_without_a_bed_explains);
  g_test_add_func ("/wall-touch/row-that-moved-is-not-picked", test_row_that_moved_is_not_picked);
  g_test_add_func ("/wall-touch/finger-that-slid-does-nothing", test_finger_that_slid_does_nothing);
  g_test_add_func ("/wall-touch/touch-after-a-number", test_touch_after_a_number);
  g_test_add_func ("/wall-touch/not-live-picks-nobody", test_not_live_picks_nobody);
  g_test_add_func ("/wall-touch/touch-after-a-refusal", test_touch_after_a_refusal);
  g_test_add_func ("/wall-touch/tile-opens-and-closes", test_tile_opens_and_closes);
  g_test_add_func ("/wall-touch/list-of-keys", test_list_of_keys);
  g_test_add_func ("/wall-touch/hints", test_hints);
  g_test_add_func ("/wall-touch/more-of-the-queue", test_more_of_the_queue);
  g_test_add_func ("/wall-touch/first-of-the-queue-again", test_first_of_the_queue_again);
  g_test_add_func ("/wall-touch/corridor-shows-all-again", test_a_corridor_shows_all_again);
  g_test_add_func ("/wall-touch/pages-of-units", test_pages_of_units);
  g_test_add_func ("/wall-touch/big", test_big);
  g_test_add_func ("/wall-touch/public", test_public);
  return g_test_run ();
}
