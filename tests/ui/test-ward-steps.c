/* test-ward-steps.c: which big button a card has, for every display, person and role.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ward-scene.h"

#include "board/ward/ward-plan.h"
#include "common/bed-time.h"

/* --- the big button --- */

typedef enum
{
  HOUSE_COLUMN, /* unit */
  OWNER_COLUMN,
  PHONE_COLUMN, /* a coordinator, of a unit kept by phone */
  LAP_COLUMN,   /* a coordinator, of another */
  ASSESSOR_COLUMN,
  OTHER_COLUMN, /* clinician, referrer, wallboard, analyst */
  N_COLUMNS
} Column;

#define NONE WARD_ACT_NOTHING
#define ALL(act) { act, act, act, NONE, NONE, NONE }
#define ANYBODY(act) { act, act, act, act, NONE, NONE }
#define MANAGER(act) { NONE, act, act, NONE, NONE, NONE }

static const struct
{
  BedDisplay display;
  gboolean is_named;
  WardAct acts[N_COLUMNS];
} table[] = {
  { BED_DISPLAY_FREE, FALSE, ALL (WARD_ACT_FILL) },
  { BED_DISPLAY_HELD, TRUE, ALL (WARD_ACT_ACCEPT) },
  { BED_DISPLAY_HELD, FALSE, ALL (NONE) },
  { BED_DISPLAY_ACCEPTED, TRUE, ALL (WARD_ACT_ARRIVED) },
  { BED_DISPLAY_ACCEPTED, FALSE, ALL (NONE) },
  { BED_DISPLAY_IN_TRANSIT, TRUE, ALL (WARD_ACT_ARRIVED) },
  { BED_DISPLAY_IN_TRANSIT, FALSE, ALL (NONE) },
  { BED_DISPLAY_OCCUPIED, TRUE, ANYBODY (WARD_ACT_LEAVING) },
  { BED_DISPLAY_OCCUPIED, FALSE, ANYBODY (WARD_ACT_LEAVING) },
  { BED_DISPLAY_LEAVING, TRUE, ALL (WARD_ACT_HAS_LEFT) },
  { BED_DISPLAY_LEAVING, FALSE, ANYBODY (WARD_ACT_VACATED) },
  { BED_DISPLAY_READY_TO_LEAVE, TRUE, ANYBODY (WARD_ACT_LEAVING) },
  { BED_DISPLAY_ON_LEAVE, TRUE, ALL (WARD_ACT_BACK) },
  { BED_DISPLAY_ON_LEAVE, FALSE, ANYBODY (WARD_ACT_BACK_UNNAMED) },
  { BED_DISPLAY_CLEANING, FALSE, ANYBODY (WARD_ACT_START_CLEAN) },
  { BED_DISPLAY_CONTAMINATED, FALSE, ANYBODY (WARD_ACT_START_CLEAN) },
  { BED_DISPLAY_ISOLATED, FALSE, ANYBODY (WARD_ACT_LIFT) },
  { BED_DISPLAY_CLOSED, FALSE, MANAGER (WARD_ACT_REOPEN) },
  { BED_DISPLAY_SURGE_SHUT, FALSE, MANAGER (WARD_ACT_SURGE_OPEN) },
  { BED_DISPLAY_UNKNOWN, FALSE, ANYBODY (WARD_ACT_SAY_STATE) },
};

static BedRole
get_role (Column column)
{
  static const BedRole roles[N_COLUMNS] = { BED_ROLE_UNIT,        BED_ROLE_OWNER,    BED_ROLE_COORDINATOR,
                                            BED_ROLE_COORDINATOR, BED_ROLE_ASSESSOR, BED_ROLE_REFERRER };

  return roles[column];
}

static void
test_next (void)
{
  guint seen = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    for (int column = 0; column < N_COLUMNS; column++)
      {
        g_autoptr (Scene) scene = scene_new (table[i].display, table[i].is_named, get_role ((Column)column));

        scene->unit.is_proxy = column == PHONE_COLUMN;
        g_test_message ("%s, %s, role %u", bed_words_print (&bed_display_words, table[i].display),
                        table[i].is_named ? "named" : "unnamed", column);
        g_assert_cmpstr (ward_act_word (ward_steps_find_next (&scene->cause)), ==, ward_act_word (table[i].acts[column]));
        seen |= 1u << table[i].display;
      }
  g_assert_cmpuint (seen, ==, (1u << BED_DISPLAY_N) - 1); /* no display is forgotten */
}

static void
test_cleaning_then_ready (void)
{
  g_autoptr (Scene) scene = scene_new (BED_DISPLAY_CLEANING, FALSE, BED_ROLE_UNIT);

  scene->bed.readiness = BED_READINESS_CLEANING;
  g_assert_cmpint (ward_steps_find_next (&scene->cause), ==, WARD_ACT_READY);
}

/* The unit's rule says who answers. */
static void
test_accepts (void)
{
  static const struct
  {
    BedAccepts accepts;
    BedRole role;
    gboolean may;
  } cells[] = {
    { BED_ACCEPTS_UNIT, BED_ROLE_UNIT, TRUE },         { BED_ACCEPTS_UNIT, BED_ROLE_OWNER, TRUE },
    { BED_ACCEPTS_UNIT, BED_ROLE_ASSESSOR, FALSE },    { BED_ACCEPTS_UNIT, BED_ROLE_COORDINATOR, FALSE },
    { BED_ACCEPTS_ASSESSOR, BED_ROLE_UNIT, FALSE },    { BED_ACCEPTS_ASSESSOR, BED_ROLE_OWNER, FALSE },
    { BED_ACCEPTS_ASSESSOR, BED_ROLE_ASSESSOR, TRUE }, { BED_ACCEPTS_ASSESSOR, BED_ROLE_COORDINATOR, FALSE },
    { BED_ACCEPTS_LAP, BED_ROLE_UNIT, FALSE },         { BED_ACCEPTS_LAP, BED_ROLE_OWNER, FALSE },
    { BED_ACCEPTS_LAP, BED_ROLE_ASSESSOR, FALSE },     { BED_ACCEPTS_LAP, BED_ROLE_COORDINATOR, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      g_autoptr (Scene) scene = scene_new (BED_DISPLAY_HELD, TRUE, cells[i].role);

      scene->unit.accepts = cells[i].accepts;
      g_assert_cmpint (ward_steps_allow (&scene->cause, WARD_ACT_ACCEPT), ==, cells[i].may);
      g_assert_cmpint (ward_steps_allow (&scene->cause, WARD_ACT_DECLINE), ==, cells[i].may);
    }
}

static void
test_assessing_once (void)
{
  g_autoptr (Scene) scene = scene_new (BED_DISPLAY_HELD, TRUE, BED_ROLE_UNIT);

  g_assert_true (ward_steps_allow (&scene->cause, WARD_ACT_ASSESSING));
  scene->person.is_assessing = TRUE;
  g_assert_false (ward_steps_allow (&scene->cause, WARD_ACT_ASSESSING));
  scene->person.is_assessing = FALSE;
  scene->unit.assesses = FALSE;
  g_assert_false (ward_steps_allow (&scene->cause, WARD_ACT_ASSESSING));
}

/* Long stays ask what they wait for, until that is said. */
static void
test_long_stay (void)
{
  g_autoptr (Scene) scene = scene_new (BED_DISPLAY_OCCUPIED, TRUE, BED_ROLE_UNIT);
  BoardClock *clock = &scene->person.clocks[BED_CLOCK_EPISODE];
  guint day, of;
  gboolean is_long;

  clock->due_us = scene->person.arrived_us + 42 * BED_DAY_US;
  clock->amber_us = scene->person.arrived_us + 28 * BED_DAY_US;
  g_assert_true (ward_steps_get_day (&scene->cause, &day, &of, &is_long));
  g_assert_cmpuint (day, ==, 12);
  g_assert_cmpuint (of, ==, 42);
  g_assert_false (is_long);
  scene->cause.now_us = clock->amber_us;
  g_assert_cmpint (ward_steps_find_next (&scene->cause), ==, WARD_ACT_MOVE_ON);
  scene->cause.now_us = clock->due_us + 2 * BED_DAY_US;
  g_assert_true (ward_steps_get_day (&scene->cause, &day, &of, &is_long));
  g_assert_cmpuint (day, ==, 45);
  g_assert_cmpint (ward_steps_find_next (&scene->cause), ==, WARD_ACT_MOVE_ON);
  scene->person.state = BED_STATE_READY_TO_LEAVE;
  g_assert_cmpint (ward_steps_find_next (&scene->cause), ==, WARD_ACT_LEAVING);
}

/* Without the person's own clock the unit's longest stay counts; where that is short, so is its amber. */
static void
test_short_limit (void)
{
  g_autoptr (Scene) scene = scene_new (BED_DISPLAY_OCCUPIED, TRUE, BED_ROLE_UNIT);
  guint day, of;
  gboolean is_long;

  scene->unit.longest_stay_days = 14;
  scene->cause.now_us = scene->person.arrived_us + 14 * BED_DAY_US;
  g_assert_true (ward_steps_get_day (&scene->cause, &day, &of, &is_long));
  g_assert_cmpuint (of, ==, 14);
  g_assert_true (is_long);
}

/* Whoever came yesterday evening is on day 2, also when the clocks go back that night. */
static void
test_day_over_summer_time (void)
{
  g_autoptr (Scene) scene = scene_new (BED_DISPLAY_OCCUPIED, TRUE, BED_ROLE_UNIT);
  guint day, of;
  gboolean is_long;

  g_assert_true (bed_time_parse ("2026-10-24T21:30:00.000Z", &scene->person.arrived_us)); /* 22:30 BST */
  g_assert_true (bed_time_parse ("2026-10-25T23:30:00.000Z", &scene->cause.now_us));
  g_assert_true (ward_steps_get_day (&scene->cause, &day, &of, &is_long));
  g_assert_cmpuint (day, ==, 2);
}

static void
test_died (void)
{
  g_autoptr (Scene) scene = scene_new (BED_DISPLAY_OCCUPIED, TRUE, BED_ROLE_UNIT);
  g_autoptr (GPtrArray) choices = NULL;

  scene->person.state = BED_STATE_DIED;
  g_assert_cmpint (ward_steps_find_next (&scene->cause), ==, WARD_ACT_HAS_LEFT);
  g_assert_false (ward_steps_allow (&scene->cause, WARD_ACT_TO_HOSPITAL));
  choices = ward_plan_list_choices (&scene->cause, ward_plan_get_question (WARD_ACT_HAS_LEFT, 0));
  g_assert_cmpuint (choices->len, ==, 1);
  g_assert_cmpstr (((WardChoice *)g_ptr_array_index (choices, 0))->value, ==, "died");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ward-steps/next", test_next);
  g_test_add_func ("/ward-steps/cleaning-then-ready", test_cleaning_then_ready);
  g_test_add_func ("/ward-steps/accepts", test_accepts);
  g_test_add_func ("/ward-steps/assessing-once", test_assessing_once);
  g_test_add_func ("/ward-steps/long-stay", test_long_stay);
  g_test_add_func ("/ward-steps/short-limit", test_short_limit);
  g_test_add_func ("/ward-steps/day-over-summer-time", test_day_over_summer_time);
  g_test_add_func ("/ward-steps/died", test_died);
  return g_test_run ();
}
