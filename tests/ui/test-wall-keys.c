/* test-wall-keys.c: placing from the wall: number, Enter, PIN, pending until the event, refusals.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-stage.h"

#include <gdk/gdkkeysyms.h>
#include <string.h>

#define SIZE ((WallSize){ 22, 2, 9 })
#define FIRST_CODE 0 /* key 1 is the first urgent person */

static void
save (WallStage *stage, const char *name)
{
  g_autoptr (GdkTexture) texture = wall_stage_take (stage, name, 1920, 1080);

  g_assert_cmpint (gdk_texture_get_width (texture), ==, 1920);
}

static void
send_first (WallStage *stage)
{
  wall_stage_press (stage, GDK_KEY_1);
  wall_stage_press (stage, GDK_KEY_Return);
  wall_stage_give_pin (stage, "ann", "1234");
}

static void
test_pick (void)
{
  WallStage *stage = wall_stage_open (1920, 1080, SIZE);
  g_autofree char *code = wall_fixture_code (FIRST_CODE);

  wall_stage_press (stage, GDK_KEY_1);
  g_assert_cmpint (wall_placing_get_state (stage->placing), ==, WALL_PLACING_PICKED);
  g_assert_cmpstr (wall_placing_peek_choice (stage->placing)->referral, ==, code);
  g_assert_cmpuint (stage->n_calls, ==, 0);
  save (stage, "wall-picked");
  wall_stage_close (stage);
}

static void
test_number_alone_places_nothing (void)
{
  WallStage *stage = wall_stage_open (1920, 1080, SIZE);

  wall_stage_press (stage, GDK_KEY_1);
  wall_stage_press (stage, GDK_KEY_Escape);
  wall_stage_press (stage, GDK_KEY_Return);
  g_assert_cmpint (wall_placing_get_state (stage->placing), ==, WALL_PLACING_IDLE);
  g_assert_cmpuint (stage->n_calls, ==, 0);
  wall_stage_close (stage);
}

static void
test_pin_is_asked (void)
{
  WallStage *stage = wall_stage_open (1920, 1080, SIZE);

  wall_stage_press (stage, GDK_KEY_1);
  wall_stage_press (stage, GDK_KEY_Return);
  g_assert_true (gtk_widget_get_visible (wall_board_peek_pin (stage->wallboard)));
  g_assert_cmpuint (stage->n_calls, ==, 0);
  save (stage, "wall-pin");
  wall_stage_close (stage);
}

static void
test_letters_stay_out_of_the_pin (void)
{
  WallStage *stage = wall_stage_open (1920, 1080, SIZE);
  GtkWidget *entry;
  int position = 0;

  wall_stage_press (stage, GDK_KEY_1);
  wall_stage_press (stage, GDK_KEY_Return);
  entry = wall_stage_find (wall_board_peek_pin (stage->wallboard), GTK_TYPE_PASSWORD_ENTRY);
  gtk_editable_insert_text (GTK_EDITABLE (entry), "12", -1, &position);
  gtk_editable_insert_text (GTK_EDITABLE (entry), "w", -1, &position);
  gtk_editable_insert_text (GTK_EDITABLE (entry), "3", -1, &position);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "123");
  wall_stage_close (stage);
}

static void
test_call (void)
{
  WallStage *stage = wall_stage_open (1920, 1080, SIZE);
  g_autofree char *code = wall_fixture_code (FIRST_CODE);
  g_autoptr (JsonNode) node = NULL;
  JsonObject *params;
  JsonObject *as;

  send_first (stage);
  g_assert_cmpstr (stage->method, ==, "placement.place");
  params = wall_stage_peek_params (stage, &node);
  as = json_object_get_object_member (params, "as");
  g_assert_cmpstr (json_object_get_string_member (params, "referral"), ==, code);
  g_assert_cmpstr (json_object_get_string_member (params, "bed"), ==, "nightingale-01");
  g_assert_cmpuint (strlen (json_object_get_string_member (params, "key")), ==, 36);
  g_assert_cmpstr (json_object_get_string_member (as, "user"), ==, "ann");
  g_assert_cmpstr (json_object_get_string_member (as, "pin"), ==, "1234");
  wall_stage_refuse (stage, BED_ERROR_UNAVAILABLE, NULL);
  wall_stage_close (stage);
}

static void
test_pending_until_the_event (void)
{
  WallStage *stage = wall_stage_open (1920, 1080, SIZE);
  g_autofree char *code = wall_fixture_code (FIRST_CODE);

  send_first (stage);
  g_assert_false (gtk_widget_get_visible (wall_board_peek_pin (stage->wallboard)));
  g_assert_true (wall_placing_is_pending (stage->placing, code));
  save (stage, "wall-pending");
  wall_stage_answer (stage, "{\"bed\":\"nightingale-01\",\"state\":\"held\",\"revision\":4105}");
  g_assert_true (wall_placing_is_pending (stage->placing, code));
  wall_stage_change (stage, wall_fixture_bed_change (WALL_REVISION, 4104, "anstey", 3, "free"));
  g_assert_true (wall_placing_is_pending (stage->placing, code));
  wall_stage_change (stage,
                     wall_fixture_hold_change (4104, 4105, code, "nightingale-01", "nightingale"));
  g_assert_false (wall_placing_is_pending (stage->placing, code));
  wall_stage_close (stage);
}

static void
test_user_is_remembered_pin_is_not (void)
{
  WallStage *stage = wall_stage_open (1920, 1080, SIZE);
  GtkWidget *panel = wall_board_peek_pin (stage->wallboard);

  send_first (stage);
  wall_stage_answer (stage, "{\"bed\":\"nightingale-01\",\"state\":\"held\",\"revision\":4100}");
  wall_stage_press (stage, GDK_KEY_2);
  wall_stage_press (stage, GDK_KEY_Return);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (wall_stage_find (panel, GTK_TYPE_ENTRY))), ==,
                   "ann");
  g_assert_cmpstr (
      gtk_editable_get_text (GTK_EDITABLE (wall_stage_find (panel, GTK_TYPE_PASSWORD_ENTRY))), ==, "");
  wall_stage_close (stage);
}

static void
test_taken_offers_the_next (void)
{
  WallStage *stage = wall_stage_open (1920, 1080, SIZE);
  g_autoptr (JsonNode) node = NULL;

  send_first (stage);
  wall_stage_refuse (stage, BED_ERROR_BED_TAKEN,
                     "{\"reason\":\"bed_taken\",\"next\":{\"bed\":\"cedar-02\",\"unit\":\"cedar\","
                     "\"metres\":6200}}");
  g_assert_cmpint (wall_placing_get_state (stage->placing), ==, WALL_PLACING_REFUSED);
  save (stage, "wall-taken");
  wall_stage_press (stage, GDK_KEY_Return);
  wall_stage_give_pin (stage, NULL, "1234");
  g_assert_cmpstr (json_object_get_string_member (wall_stage_peek_params (stage, &node), "bed"), ==,
                   "cedar-02");
  wall_stage_refuse (stage, BED_ERROR_UNAVAILABLE, NULL);
  wall_stage_close (stage);
}

static void
test_bad_pin_asks_again (void)
{
  WallStage *stage = wall_stage_open (1920, 1080, SIZE);

  send_first (stage);
  wall_stage_refuse (stage, BED_ERROR_BAD_PIN, "{\"reason\":\"bad_pin\"}");
  g_assert_true (gtk_widget_get_visible (wall_board_peek_pin (stage->wallboard)));
  save (stage, "wall-bad-pin");
  wall_stage_close (stage);
}

static void
test_locked_out (void)
{
  WallStage *stage = wall_stage_open (1920, 1080, SIZE);

  send_first (stage);
  wall_stage_refuse (stage, BED_ERROR_LOCKED_OUT, NULL);
  g_assert_cmpint (wall_placing_get_state (stage->placing), ==, WALL_PLACING_REFUSED);
  g_assert_nonnull (strstr (wall_placing_peek_words (stage->placing), "15 minutes"));
  save (stage, "wall-locked-out");
  wall_stage_close (stage);
}

static void
test_not_live_places_nothing (void)
{
  WallStage *stage = wall_stage_open (1920, 1080, SIZE);

  stage->moment.line = BOARD_LINE_RECONNECTING;
  wall_board_refresh (stage->wallboard);
  wall_stage_press (stage, GDK_KEY_1);
  g_assert_cmpint (wall_placing_get_state (stage->placing), ==, WALL_PLACING_IDLE);
  wall_stage_close (stage);
}

static void
test_why (void)
{
  WallStage *stage = wall_stage_open (1920, 1080, SIZE);
  g_autofree char *code = wall_fixture_code (2);
  g_autoptr (JsonNode) node = NULL;

  wall_stage_press (stage, GDK_KEY_w);
  g_assert_cmpstr (stage->method, ==, "bed.find");
  g_assert_cmpstr (json_object_get_string_member (wall_stage_peek_params (stage, &node), "referral"), ==,
                   code);
  g_assert_true (wall_board_has_sheet (stage->wallboard));
  wall_stage_answer (stage,
                     "{\"revision\":4100,\"offers\":[],\"cut_off\":0,\"total\":418,\"ruled_out\":["
                     "{\"reason\":\"occupancy\",\"count\":359,\"nearest_metres\":2100},"
                     "{\"reason\":\"must:bariatric\",\"count\":22,\"nearest_metres\":3400},"
                     "{\"reason\":\"service\",\"count\":14,\"nearest_metres\":11300},"
                     "{\"reason\":\"commitment\",\"count\":12,\"nearest_metres\":2100},"
                     "{\"reason\":\"readiness\",\"count\":9,\"nearest_metres\":5200},"
                     "{\"reason\":\"bay_sex\",\"count\":2,\"nearest_metres\":14900}]}");
  save (stage, "wall-why");
  wall_stage_press (stage, GDK_KEY_Escape);
  g_assert_false (wall_board_has_sheet (stage->wallboard));
  wall_stage_close (stage);
}

static void
test_key_list (void)
{
  WallStage *stage = wall_stage_open (1920, 1080, SIZE);

  wall_stage_press (stage, GDK_KEY_question);
  g_assert_true (wall_board_has_sheet (stage->wallboard));
  save (stage, "wall-keys");
  wall_stage_press (stage, GDK_KEY_1);
  g_assert_cmpint (wall_placing_get_state (stage->placing), ==, WALL_PLACING_IDLE);
  wall_stage_close (stage);
}

static void
test_page_down_renumbers (void)
{
  WallStage *stage = wall_stage_open (1920, 1080, SIZE);
  g_autofree char *first = wall_fixture_code (FIRST_CODE);

  wall_stage_press (stage, GDK_KEY_Page_Down);
  save (stage, "wall-scrolled");
  wall_stage_press (stage, GDK_KEY_1);
  g_assert_cmpint (wall_placing_get_state (stage->placing), ==, WALL_PLACING_PICKED);
  g_assert_cmpstr (wall_placing_peek_choice (stage->placing)->referral, !=, first);
  wall_stage_close (stage);
}

/* Every widget that can take the focus has a name. */
static void
check_names (GtkWidget *widget)
{
  if (gtk_widget_get_focusable (widget) && gtk_widget_get_visible (widget)
      && g_str_has_prefix (G_OBJECT_TYPE_NAME (widget), "WallRegion"))
    g_assert_true (
        gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_names (child);
}

static void
test_names (void)
{
  WallStage *stage = wall_stage_open (1920, 1080, SIZE);

  check_names (GTK_WIDGET (stage->wallboard));
  wall_stage_close (stage);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv);
  g_test_add_func ("/wall-keys/pick", test_pick);
  g_test_add_func ("/wall-keys/number-alone-places-nothing", test_number_alone_places_nothing);
  g_test_add_func ("/wall-keys/pin-is-asked", test_pin_is_asked);
  g_test_add_func ("/wall-keys/letters-stay-out-of-the-pin", test_letters_stay_out_of_the_pin);
  g_test_add_func ("/wall-keys/call", test_call);
  g_test_add_func ("/wall-keys/pending-until-the-event", test_pending_until_the_event);
  g_test_add_func ("/wall-keys/user-is-remembered-pin-is-not", test_user_is_remembered_pin_is_not);
  g_test_add_func ("/wall-keys/taken-offers-the-next", test_taken_offers_the_next);
  g_test_add_func ("/wall-keys/bad-pin-asks-again", test_bad_pin_asks_again);
  g_test_add_func ("/wall-keys/locked-out", test_locked_out);
  g_test_add_func ("/wall-keys/not-live-places-nothing", test_not_live_places_nothing);
  g_test_add_func ("/wall-keys/why", test_why);
  g_test_add_func ("/wall-keys/key-list", test_key_list);
  g_test_add_func ("/wall-keys/page-down-renumbers", test_page_down_renumbers);
  g_test_add_func ("/wall-keys/names", test_names);
  return g_test_run ();
}
