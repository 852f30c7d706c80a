/* test-ward-plan.c: a card's menu, what each act asks and which command it makes, and the words for it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ward-scene.h"

#include "board/board-command-core.h"
#include "board/ward/ward-menu.h"
#include "board/ward/ward-plan.h"
#include "board/ward/ward-say.h"
#include "common/bed-time.h"

#include <string.h>

/* --- the menu --- */

static gboolean
has_entry (GMenuModel *menu, const char *act)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);

      for (int k = 0; k < g_menu_model_get_n_items (section); k++)
        {
          g_autoptr (GVariant) target = g_menu_model_get_item_attribute_value (section, k, G_MENU_ATTRIBUTE_TARGET, NULL);
          const char *bed, *word;

          if (!g_variant_is_of_type (target, G_VARIANT_TYPE ("(ss)")))
            continue;
          g_variant_get (target, "(&s&s)", &bed, &word);
          g_assert_cmpint (ward_act_parse (word), >, 0);
          if (g_str_equal (word, act))
            return TRUE;
        }
    }
  return FALSE;
}

static void
test_menu (void)
{
  g_autoptr (Scene) unit = scene_new (BED_DISPLAY_OCCUPIED, TRUE, BED_ROLE_UNIT);
  g_autoptr (Scene) owner = scene_new (BED_DISPLAY_OCCUPIED, FALSE, BED_ROLE_OWNER);
  g_autoptr (GMenuModel) menu = ward_menu_new (&unit->cause, FALSE);
  g_autoptr (GMenuModel) other = ward_menu_new (&owner->cause, TRUE);

  g_assert_true (has_entry (menu, "has-left"));
  g_assert_true (has_entry (menu, "expected-free"));
  g_assert_true (has_entry (menu, "ready-to-leave"));
  g_assert_true (has_entry (menu, "to-hospital"));
  g_assert_true (has_entry (menu, "move"));
  g_assert_true (has_entry (menu, "died"));
  g_assert_false (has_entry (menu, "leaving")); /* the big button's */
  g_assert_false (has_entry (menu, "close"));   /* the manager's */
  g_assert_true (has_entry (other, "close"));
  g_assert_true (has_entry (other, "correct"));
  g_assert_true (has_entry (other, "vacated"));
  g_assert_false (has_entry (other, "died")); /* nobody whom the register knows */
}

static void
test_menu_of_nobody (void)
{
  g_autoptr (Scene) scene = scene_new (BED_DISPLAY_OCCUPIED, TRUE, BED_ROLE_ANALYST);
  g_autoptr (GMenuModel) menu = ward_menu_new (&scene->cause, FALSE);

  g_assert_cmpint (g_menu_model_get_n_items (menu), ==, 0);
}

/* --- commands --- */

static void
assert_command (const WardCase *cause, WardAct act, const char *first, const char *second, const char *method, const char *params)
{
  const char *const answers[WARD_QUESTIONS_MAX] = { first, second };
  g_autoptr (BoardCommand) command = ward_plan_make_command (cause, act, answers);
  g_autofree char *printed = board_command_print (command, NULL, NULL);
  g_autoptr (JsonNode) got = json_from_string (printed, NULL);
  g_autoptr (JsonNode) want = json_from_string (params, NULL);

  json_object_remove_member (json_node_get_object (got), "key");
  g_test_message ("%s: %s", ward_act_word (act), printed);
  g_assert_cmpstr (board_command_peek_method (command), ==, method);
  g_assert_true (json_node_equal (got, want));
}

static void
test_commands (void)
{
  g_autoptr (Scene) scene = scene_new (BED_DISPLAY_OCCUPIED, TRUE, BED_ROLE_OWNER);
  const WardCase *cause = &scene->cause;

  assert_command (cause, WARD_ACT_FILL, "system_down", NULL, "bed.fill", "{\"bed\":\"clarence-07\",\"why\":\"system_down\"}");
  assert_command (cause, WARD_ACT_ACCEPT, NULL, NULL, "placement.accept", "{\"referral\":\"K7Q-M4X\"}");
  assert_command (cause, WARD_ACT_ARRIVED, NULL, NULL, "placement.arrive", "{\"referral\":\"K7Q-M4X\",\"bed\":\"clarence-07\"}");
  assert_command (cause, WARD_ACT_LEAVING, "2026-11-22T14:00:00.000Z", NULL, "bed.report",
                  "{\"bed\":\"clarence-07\",\"expected_free_at\":\"2026-11-22T14:00:00.000Z\"}");
  assert_command (cause, WARD_ACT_MOVE_ON, NULL, NULL, "placement.ready_to_leave", "{\"referral\":\"K7Q-M4X\"}");
  assert_command (cause, WARD_ACT_READY_TO_LEAVE, "package", NULL, "placement.ready_to_leave",
                  "{\"referral\":\"K7Q-M4X\",\"waiting_for\":\"package\"}");
  assert_command (cause, WARD_ACT_HAS_LEFT, "home", NULL, "placement.leave", "{\"referral\":\"K7Q-M4X\",\"outcome\":\"home\"}");
  assert_command (cause, WARD_ACT_VACATED, NULL, NULL, "bed.report", "{\"bed\":\"clarence-07\",\"occupancy\":\"vacant\"}");
  assert_command (cause, WARD_ACT_BACK, NULL, NULL, "placement.back", "{\"referral\":\"K7Q-M4X\"}");
  assert_command (cause, WARD_ACT_BACK_UNNAMED, NULL, NULL, "bed.report", "{\"bed\":\"clarence-07\",\"occupancy\":\"occupied\"}");
  assert_command (cause, WARD_ACT_START_CLEAN, NULL, NULL, "bed.report", "{\"bed\":\"clarence-07\",\"readiness\":\"cleaning\"}");
  assert_command (cause, WARD_ACT_READY, NULL, NULL, "bed.report", "{\"bed\":\"clarence-07\",\"readiness\":\"ready\"}");
  assert_command (cause, WARD_ACT_LIFT, NULL, NULL, "bed.report", "{\"bed\":\"clarence-07\",\"isolation\":\"none\"}");
  assert_command (cause, WARD_ACT_REOPEN, NULL, NULL, "bed.open", "{\"bed\":\"clarence-07\"}");
  assert_command (cause, WARD_ACT_SURGE_OPEN, "2026-11-29T10:00:00.000Z", NULL, "surge.open",
                  "{\"bed\":\"clarence-07\",\"until\":\"2026-11-29T10:00:00.000Z\"}");
  assert_command (cause, WARD_ACT_SAY_STATE, "occupied", NULL, "bed.report", "{\"bed\":\"clarence-07\",\"occupancy\":\"occupied\"}");
  assert_command (cause, WARD_ACT_DECLINE, "no_staff", NULL, "placement.decline", "{\"referral\":\"K7Q-M4X\",\"reason\":\"no_staff\"}");
  assert_command (cause, WARD_ACT_LATE, "2026-11-22T14:00:00.000Z", NULL, "placement.expect",
                  "{\"referral\":\"K7Q-M4X\",\"at\":\"2026-11-22T14:00:00.000Z\",\"transport\":\"late\"}");
  assert_command (cause, WARD_ACT_NOT_COMING, "bed_lost", NULL, "placement.cancel",
                  "{\"referral\":\"K7Q-M4X\",\"by\":\"unit\",\"reason\":\"bed_lost\"}");
  assert_command (cause, WARD_ACT_TURNED_BACK, "not_stable", NULL, "placement.turned_back",
                  "{\"referral\":\"K7Q-M4X\",\"reason\":\"not_stable\"}");
  assert_command (cause, WARD_ACT_TO_HOSPITAL, "2026-11-23T11:42:00.000Z", NULL, "placement.away",
                  "{\"referral\":\"K7Q-M4X\",\"kind\":\"hospital\",\"keep_until\":\"2026-11-23T11:42:00.000Z\"}");
  assert_command (cause, WARD_ACT_EXTEND, "housing", NULL, "placement.extend", "{\"referral\":\"K7Q-M4X\",\"reason\":\"housing\"}");
  assert_command (cause, WARD_ACT_MOVE, "clarence-15", NULL, "placement.move", "{\"referral\":\"K7Q-M4X\",\"bed\":\"clarence-15\"}");
  assert_command (cause, WARD_ACT_DIED, NULL, NULL, "referral.died", "{\"referral\":\"K7Q-M4X\"}");
  assert_command (cause, WARD_ACT_STILL_SO, NULL, NULL, "bed.report", "{\"bed\":\"clarence-07\",\"occupancy\":\"occupied\"}");
  assert_command (cause, WARD_ACT_ISOLATE, "barrier", "norovirus", "bed.report",
                  "{\"bed\":\"clarence-07\",\"isolation\":\"barrier\",\"infection\":\"norovirus\"}");
  assert_command (cause, WARD_ACT_OUT_OF_ORDER, "hoist", "2026-11-23T10:00:00.000Z", "bed.feature",
                  "{\"bed\":\"clarence-07\",\"feature\":\"hoist\",\"out_until\":\"2026-11-23T10:00:00.000Z\"}");
  assert_command (cause, WARD_ACT_CLOSE, "repair", NULL, "bed.close", "{\"bed\":\"clarence-07\",\"reason\":\"repair\"}");
  assert_command (cause, WARD_ACT_CORRECT, "vacant", "wrong_bed", "bed.correct",
                  "{\"bed\":\"clarence-07\",\"occupancy\":\"vacant\",\"reason\":\"wrong_bed\"}");
}

/* Every act's method is the register's, and takes what is said. */
static void
test_methods (void)
{
  g_autoptr (Scene) scene = scene_new (BED_DISPLAY_OCCUPIED, TRUE, BED_ROLE_OWNER);

  for (int act = WARD_ACT_NOTHING + 1; act < WARD_N_ACTS; act++)
    {
      g_autoptr (BoardCommand) command = ward_plan_make_command (&scene->cause, (WardAct)act, NULL);

      g_assert_cmpint (bed_method_parse (board_command_peek_method (command)), >=, 0);
    }
}

/* What is offered lies ahead, and within what the register takes. */
static void
test_times (void)
{
  static const struct
  {
    WardAct act;
    gint64 most_us;
  } limits[] = { { WARD_ACT_LEAVING, 13 * BED_HOUR_US },     { WARD_ACT_ASSESSING, 24 * BED_HOUR_US },
                 { WARD_ACT_TO_HOSPITAL, 48 * BED_HOUR_US }, { WARD_ACT_HOME_LEAVE, 7 * BED_DAY_US },
                 { WARD_ACT_LATE, 60 * BED_DAY_US },         { WARD_ACT_SURGE_OPEN, 60 * BED_DAY_US } };
  /* noon, late in the evening, and before both changes of the clocks */
  static const char *const moments[] = { "2026-11-22T11:42:00.000Z", "2026-11-22T23:50:00.000Z", "2026-10-24T22:59:00.000Z", "2026-03-28T20:00:00.000Z" };

  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (moments); k++)
      {
        g_autoptr (Scene) scene = scene_new (BED_DISPLAY_OCCUPIED, TRUE, BED_ROLE_OWNER);
        g_autoptr (GPtrArray) choices = NULL;

        g_assert_true (bed_time_parse (moments[k], &scene->cause.now_us));
        choices = ward_plan_list_choices (&scene->cause, ward_plan_get_question (limits[i].act, 0));
        g_assert_cmpuint (choices->len, >, 0);
        for (guint n = 0; n < choices->len; n++)
          {
            gint64 at_us;

            g_assert_true (bed_time_parse (((WardChoice *)g_ptr_array_index (choices, n))->value, &at_us));
            g_assert_cmpint (at_us, >, scene->cause.now_us);
            g_assert_cmpint (at_us, <, scene->cause.now_us + limits[i].most_us);
          }
      }
}

static void
test_move_to_free_beds (void)
{
  g_autoptr (Scene) scene = scene_new (BED_DISPLAY_OCCUPIED, TRUE, BED_ROLE_UNIT);
  BoardBed free = { .display = BED_DISPLAY_FREE, .is_in_effect = TRUE };
  BoardBed held = { .display = BED_DISPLAY_HELD, .is_in_effect = TRUE };
  g_autoptr (GPtrArray) choices = NULL;

  g_strlcpy (free.id, "clarence-15", sizeof free.id);
  g_ptr_array_add (scene->unit.beds, &free);
  g_ptr_array_add (scene->unit.beds, &held);
  choices = ward_plan_list_choices (&scene->cause, ward_plan_get_question (WARD_ACT_MOVE, 0));
  g_assert_cmpuint (choices->len, ==, 1);
  g_assert_cmpstr (((WardChoice *)g_ptr_array_index (choices, 0))->value, ==, "clarence-15");
}

static void
test_read_back (void)
{
  g_autoptr (Scene) scene = scene_new (BED_DISPLAY_ACCEPTED, TRUE, BED_ROLE_UNIT);
  g_auto (GStrv) lines = ward_plan_read_back (&scene->cause);
  g_autofree char *said = g_strjoinv ("|", lines);

  g_assert_cmpstr (said, ==, "Code K7Q-M4X|Woman, 75 to 84|Lives in PO12|For Room 7");
}

/* --- words --- */

static void
test_sentence (void)
{
  g_autoptr (Scene) scene = scene_new (BED_DISPLAY_FREE, FALSE, BED_ROLE_UNIT);
  g_autofree char *said = NULL;

  scene->bed.confirmed_us = SCENE_NOW_US - 2 * BED_MINUTE_US;
  said = ward_say_card (&scene->cause);
  g_assert_cmpstr (said, ==, "Room 7, free, hoist. Confirmed 2 minutes ago.");
}

static void
test_rooms (void)
{
  static const char *const labels[] = { "Room 10", "Room 9", "Room 2", "Bay 1" };
  BoardBed beds[G_N_ELEMENTS (labels)] = { 0 };
  BoardUnit unit = { .beds = g_ptr_array_new () };
  g_autoptr (GPtrArray) rooms = NULL;
  GString *order = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      g_strlcpy (beds[i].label, labels[i], sizeof beds[i].label);
      beds[i].is_in_effect = TRUE;
      g_ptr_array_add (unit.beds, &beds[i]);
    }
  rooms = ward_say_list_rooms (&unit);
  for (guint i = 0; i < rooms->len; i++)
    g_string_append_printf (order, "%s,", ((BoardBed *)g_ptr_array_index (rooms, i))->label);
  g_assert_cmpstr (order->str, ==, "Bay 1,Room 2,Room 9,Room 10,");
  g_string_free (order, TRUE);
  g_ptr_array_unref (unit.beds);
}

/* Fresh for 60 min by day, and by night for 12 hours: due is reckoned with the limit then in force. */
static void
test_confirmed (void)
{
  g_autoptr (Scene) scene = scene_new (BED_DISPLAY_FREE, FALSE, BED_ROLE_UNIT);
  g_autofree char *fresh = NULL;
  g_autofree char *due = NULL;
  g_autofree char *never = NULL;
  gboolean is_due;

  scene->unit.fresh_day_min = 60;
  scene->unit.fresh_night_min = 720;
  scene->bed.confirmed_us = SCENE_NOW_US - 22 * BED_MINUTE_US;
  fresh = ward_say_confirmed (&scene->cause, &is_due);
  g_assert_cmpstr (fresh, ==, "All 1 last confirmed <b>11:20</b>, next due <b>12:20</b>");
  g_assert_false (is_due);
  scene->cause.now_us += 2 * BED_HOUR_US;
  due = ward_say_confirmed (&scene->cause, &is_due);
  g_assert_cmpstr (due, ==, "Last confirmed <b>11:20</b>, was due <b>12:20</b>");
  g_assert_true (is_due);
  scene->bed.confirmed_us = 0;
  never = ward_say_confirmed (&scene->cause, &is_due);
  g_assert_cmpstr (never, ==, "Never confirmed: confirm now");
}

static void
test_overdue (void)
{
  g_autoptr (Scene) scene = scene_new (BED_DISPLAY_CLEANING, FALSE, BED_ROLE_UNIT);
  g_autofree char *in_time = NULL;
  g_autofree char *late = NULL;
  WardTone tone;

  scene->bed.turnaround_due_us = SCENE_NOW_US + BED_HOUR_US;
  in_time = ward_say_line (&scene->cause, &tone);
  g_assert_cmpstr (in_time, ==, "Due ready 12:42");
  g_assert_cmpint (tone, ==, WARD_TONE_STATE);
  scene->bed.is_overdue = TRUE;
  late = ward_say_line (&scene->cause, &tone);
  g_assert_cmpstr (late, ==, "Ready was due 12:42");
  g_assert_cmpint (tone, ==, WARD_TONE_WARNING);
}

static void
test_mirror_reasons (void)
{
  static const struct
  {
    const char *reason, *words;
  } pairs[] = { { "must:hoist", "Missing hoist" },
                { "must_not:ground_floor", "Did not suit: ground floor" },
                { "cut_off", "Farther away than others" },
                { "staffed_cap", "Not enough staff" } };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *said = ward_say_mirror_reason (pairs[i].reason);

      g_assert_cmpstr (said, ==, pairs[i].words);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ward-plan/menu", test_menu);
  g_test_add_func ("/ward-plan/menu-of-nobody", test_menu_of_nobody);
  g_test_add_func ("/ward-plan/commands", test_commands);
  g_test_add_func ("/ward-plan/methods", test_methods);
  g_test_add_func ("/ward-plan/times", test_times);
  g_test_add_func ("/ward-plan/move-to-free-beds", test_move_to_free_beds);
  g_test_add_func ("/ward-plan/read-back", test_read_back);
  g_test_add_func ("/ward-plan/sentence", test_sentence);
  g_test_add_func ("/ward-plan/rooms", test_rooms);
  g_test_add_func ("/ward-plan/confirmed", test_confirmed);
  g_test_add_func ("/ward-plan/overdue", test_overdue);
  g_test_add_func ("/ward-plan/mirror-reasons", test_mirror_reasons);
  return g_test_run ();
}
