/* test-ward-steps.c: which big button a card has, for every display, person and role; what each act
 * asks and which command it makes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board/ward/ward-menu.h"
#include "board/ward/ward-plan.h"
#include "board/ward/ward-say.h"

#include "board/board-command-core.h"
#include "common/bed-time.h"

#include <string.h>

#define NOW_US G_GINT64_CONSTANT (1795347720000000) /* Sunday 22 November 2026, 11:42 */

typedef struct
{
  BoardUnit unit;
  BoardBed bed;
  BoardReferral person;
  WardCase cause;
} Scene;

/* A bed as the register would show it: the axes follow from the display. */
static Scene *
make_scene (BedDisplay display, gboolean is_named, BedRole role)
{
  Scene *scene = g_new0 (Scene, 1);
  BoardBed *bed = &scene->bed;

  g_strlcpy (scene->unit.id, "clarence", sizeof scene->unit.id);
  g_strlcpy (scene->unit.name, "Clarence Unit", sizeof scene->unit.name);
  scene->unit.accepts = BED_ACCEPTS_UNIT;
  scene->unit.beds = g_ptr_array_new ();
  scene->unit.longest_stay_days = 42;
  scene->unit.assesses = TRUE;
  g_ptr_array_add (scene->unit.beds, bed);
  g_strlcpy (bed->id, "clarence-07", sizeof bed->id);
  g_strlcpy (bed->label, "Room 7", sizeof bed->label);
  bed->display = display;
  bed->is_in_effect = TRUE;
  bed->occupancy = BED_OCCUPANCY_VACANT;
  bed->features = G_GUINT64_CONSTANT (1) << BED_NEED_HOIST;
  scene->person.state = BED_STATE_THERAPY_STARTED;
  if (display == BED_DISPLAY_OCCUPIED || display == BED_DISPLAY_LEAVING || display == BED_DISPLAY_READY_TO_LEAVE)
    bed->occupancy = BED_OCCUPANCY_OCCUPIED;
  if (display == BED_DISPLAY_ON_LEAVE)
    bed->occupancy = BED_OCCUPANCY_ON_LEAVE;
  if (display == BED_DISPLAY_UNKNOWN)
    bed->occupancy = BED_OCCUPANCY_UNKNOWN;
  if (display == BED_DISPLAY_HELD)
    {
      bed->commitment = BED_COMMITMENT_HELD;
      scene->person.state = BED_STATE_HELD;
    }
  if (display == BED_DISPLAY_ACCEPTED)
    {
      bed->commitment = BED_COMMITMENT_ACCEPTED;
      scene->person.state = BED_STATE_ACCEPTED;
    }
  if (display == BED_DISPLAY_IN_TRANSIT)
    {
      bed->commitment = BED_COMMITMENT_IN_TRANSIT;
      scene->person.state = BED_STATE_IN_TRANSIT;
    }
  if (display == BED_DISPLAY_READY_TO_LEAVE)
    scene->person.state = BED_STATE_READY_TO_LEAVE;
  if (display == BED_DISPLAY_CLEANING)
    bed->readiness = BED_READINESS_DIRTY;
  if (display == BED_DISPLAY_CONTAMINATED)
    bed->readiness = BED_READINESS_CONTAMINATED;
  if (display == BED_DISPLAY_ISOLATED)
    bed->isolation = BED_ISOLATION_BARRIER;
  if (display == BED_DISPLAY_CLOSED)
    bed->service = BED_SERVICE_CLOSED;
  if (display == BED_DISPLAY_SURGE_SHUT)
    bed->service = BED_SERVICE_SURGE_SHUT;
  if (is_named)
    {
      g_strlcpy (bed->referral, "K7Q-M4X", sizeof bed->referral);
      g_strlcpy (scene->person.code, "K7Q-M4X", sizeof scene->person.code);
      g_strlcpy (scene->person.home, "PO12", sizeof scene->person.home);
      scene->person.sex = BED_SEX_FEMALE;
      scene->person.age_band = BED_AGE_BAND_75_84;
      scene->person.arrived_us = NOW_US - 11 * BED_DAY_US;
    }
  scene->cause = (WardCase){ &scene->unit, bed, is_named ? &scene->person : NULL, NOW_US, role };
  return scene;
}

static void
free_scene (Scene *scene)
{
  g_ptr_array_unref (scene->unit.beds);
  g_free (scene);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scene, free_scene)

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
        g_autoptr (Scene) scene = make_scene (table[i].display, table[i].is_named, get_role ((Column)column));

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
  g_autoptr (Scene) scene = make_scene (BED_DISPLAY_CLEANING, FALSE, BED_ROLE_UNIT);

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
      g_autoptr (Scene) scene = make_scene (BED_DISPLAY_HELD, TRUE, cells[i].role);

      scene->unit.accepts = cells[i].accepts;
      g_assert_cmpint (ward_steps_allow (&scene->cause, WARD_ACT_ACCEPT), ==, cells[i].may);
      g_assert_cmpint (ward_steps_allow (&scene->cause, WARD_ACT_DECLINE), ==, cells[i].may);
    }
}

static void
test_assessing_once (void)
{
  g_autoptr (Scene) scene = make_scene (BED_DISPLAY_HELD, TRUE, BED_ROLE_UNIT);

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
  g_autoptr (Scene) scene = make_scene (BED_DISPLAY_OCCUPIED, TRUE, BED_ROLE_UNIT);
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
  g_autoptr (Scene) scene = make_scene (BED_DISPLAY_OCCUPIED, TRUE, BED_ROLE_UNIT);
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
  g_autoptr (Scene) scene = make_scene (BED_DISPLAY_OCCUPIED, TRUE, BED_ROLE_UNIT);
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
  g_autoptr (Scene) scene = make_scene (BED_DISPLAY_OCCUPIED, TRUE, BED_ROLE_UNIT);
  g_autoptr (GPtrArray) choices = NULL;

  scene->person.state = BED_STATE_DIED;
  g_assert_cmpint (ward_steps_find_next (&scene->cause), ==, WARD_ACT_HAS_LEFT);
  g_assert_false (ward_steps_allow (&scene->cause, WARD_ACT_TO_HOSPITAL));
  choices = ward_plan_list_choices (&scene->cause, ward_plan_get_question (WARD_ACT_HAS_LEFT, 0));
  g_assert_cmpuint (choices->len, ==, 1);
  g_assert_cmpstr (((WardChoice *)g_ptr_array_index (choices, 0))->value, ==, "died");
}

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
  g_autoptr (Scene) unit = make_scene (BED_DISPLAY_OCCUPIED, TRUE, BED_ROLE_UNIT);
  g_autoptr (Scene) owner = make_scene (BED_DISPLAY_OCCUPIED, FALSE, BED_ROLE_OWNER);
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
  g_autoptr (Scene) scene = make_scene (BED_DISPLAY_OCCUPIED, TRUE, BED_ROLE_ANALYST);
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
  g_autoptr (Scene) scene = make_scene (BED_DISPLAY_OCCUPIED, TRUE, BED_ROLE_OWNER);
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
  g_autoptr (Scene) scene = make_scene (BED_DISPLAY_OCCUPIED, TRUE, BED_ROLE_OWNER);

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
        g_autoptr (Scene) scene = make_scene (BED_DISPLAY_OCCUPIED, TRUE, BED_ROLE_OWNER);
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
  g_autoptr (Scene) scene = make_scene (BED_DISPLAY_OCCUPIED, TRUE, BED_ROLE_UNIT);
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
  g_autoptr (Scene) scene = make_scene (BED_DISPLAY_ACCEPTED, TRUE, BED_ROLE_UNIT);
  g_auto (GStrv) lines = ward_plan_read_back (&scene->cause);
  g_autofree char *said = g_strjoinv ("|", lines);

  g_assert_cmpstr (said, ==, "Code K7Q-M4X|Woman, 75 to 84|Lives in PO12|For Room 7");
}

/* --- words --- */

static void
test_sentence (void)
{
  g_autoptr (Scene) scene = make_scene (BED_DISPLAY_FREE, FALSE, BED_ROLE_UNIT);
  g_autofree char *said = NULL;

  scene->bed.confirmed_us = NOW_US - 2 * BED_MINUTE_US;
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
  g_autoptr (Scene) scene = make_scene (BED_DISPLAY_FREE, FALSE, BED_ROLE_UNIT);
  g_autofree char *fresh = NULL;
  g_autofree char *due = NULL;
  g_autofree char *never = NULL;
  gboolean is_due;

  scene->unit.fresh_day_min = 60;
  scene->unit.fresh_night_min = 720;
  scene->bed.confirmed_us = NOW_US - 22 * BED_MINUTE_US;
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
  g_autoptr (Scene) scene = make_scene (BED_DISPLAY_CLEANING, FALSE, BED_ROLE_UNIT);
  g_autofree char *in_time = NULL;
  g_autofree char *late = NULL;
  WardTone tone;

  scene->bed.turnaround_due_us = NOW_US + BED_HOUR_US;
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
  g_test_add_func ("/ward-steps/next", test_next);
  g_test_add_func ("/ward-steps/cleaning-then-ready", test_cleaning_then_ready);
  g_test_add_func ("/ward-steps/accepts", test_accepts);
  g_test_add_func ("/ward-steps/assessing-once", test_assessing_once);
  g_test_add_func ("/ward-steps/long-stay", test_long_stay);
  g_test_add_func ("/ward-steps/short-limit", test_short_limit);
  g_test_add_func ("/ward-steps/day-over-summer-time", test_day_over_summer_time);
  g_test_add_func ("/ward-steps/died", test_died);
  g_test_add_func ("/ward-steps/menu", test_menu);
  g_test_add_func ("/ward-steps/menu-of-nobody", test_menu_of_nobody);
  g_test_add_func ("/ward-steps/commands", test_commands);
  g_test_add_func ("/ward-steps/methods", test_methods);
  g_test_add_func ("/ward-steps/times", test_times);
  g_test_add_func ("/ward-steps/move-to-free-beds", test_move_to_free_beds);
  g_test_add_func ("/ward-steps/read-back", test_read_back);
  g_test_add_func ("/ward-steps/sentence", test_sentence);
  g_test_add_func ("/ward-steps/rooms", test_rooms);
  g_test_add_func ("/ward-steps/confirmed", test_confirmed);
  g_test_add_func ("/ward-steps/overdue", test_overdue);
  g_test_add_func ("/ward-steps/mirror-reasons", test_mirror_reasons);
  return g_test_run ();
}
