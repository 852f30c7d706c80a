/* test-ward-unit.c: what a manager can do about the whole unit: when, by whom, and as which command.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ward-scene.h"

#include "board/board-command-core.h"
#include "board/ward/ward-menu.h"
#include "board/ward/ward-plan.h"
#include "board/ward/ward-unit.h"

/* A unit with bays 1 and 2 of two beds each, the scene's bed in none. */
typedef struct
{
  Scene *scene;
  BoardBed beds[4];
} House;

static House *
house_new (BedRole role)
{
  House *house = g_new0 (House, 1);

  house->scene = scene_new (BED_DISPLAY_OCCUPIED, TRUE, role);
  house->scene->cause.bed = NULL;
  house->scene->cause.person = NULL;
  g_strlcpy (house->scene->unit.site, "Woodcot Lodge", sizeof house->scene->unit.site);
  for (guint i = 0; i < G_N_ELEMENTS (house->beds); i++)
    {
      BoardBed *bed = &house->beds[i];

      g_snprintf (bed->id, sizeof bed->id, "clarence-%02u", 20 + i);
      g_snprintf (bed->label, sizeof bed->label, "Bed %u", 20 + i);
      g_snprintf (bed->bay, sizeof bed->bay, "%u", 2 - i / 2);
      bed->is_in_effect = TRUE;
      g_ptr_array_add (house->scene->unit.beds, bed);
    }
  return house;
}

static void
house_free (House *house)
{
  scene_free (house->scene);
  g_free (house);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (House, house_free)

static void
close_bed (BoardBed *bed, BedClosure reason)
{
  bed->service = BED_SERVICE_CLOSED;
  bed->reason = reason;
}

static void
assert_allowed (House *house, WardAct act, gboolean is_allowed)
{
  g_test_message ("%s", ward_act_word (act));
  g_assert_cmpint (ward_steps_allow (&house->scene->cause, act), ==, is_allowed);
}

/* The owner's, and a coordinator's for a unit kept by phone; nobody else's. */
static void
test_whose (void)
{
  for (guint role = 0; role < BED_ROLE_N; role++)
    for (int is_proxy = FALSE; is_proxy <= TRUE; is_proxy++)
      {
        g_autoptr (House) house = house_new ((BedRole)role);
        gboolean is_theirs = role == BED_ROLE_OWNER || (role == BED_ROLE_COORDINATOR && is_proxy);

        house->scene->unit.is_proxy = is_proxy;
        assert_allowed (house, WARD_ACT_CLOSE_UNIT, is_theirs);
        assert_allowed (house, WARD_ACT_CLOSE_BAY, is_theirs);
        assert_allowed (house, WARD_ACT_STAFF, is_theirs);
        g_assert_cmpint (ward_menu_has_unit (&house->scene->cause), ==, is_theirs);
      }
}

/* What was closed with the unit opens with it; what is broken besides does not. */
static void
test_unit_closes_and_opens (void)
{
  g_autoptr (House) house = house_new (BED_ROLE_OWNER);
  BoardUnit *unit = &house->scene->unit;

  assert_allowed (house, WARD_ACT_OPEN_UNIT, FALSE);
  for (guint i = 0; i < unit->beds->len; i++)
    close_bed (g_ptr_array_index (unit->beds, i), BED_CLOSURE_REPAIR);
  assert_allowed (house, WARD_ACT_CLOSE_UNIT, FALSE);
  assert_allowed (house, WARD_ACT_OPEN_UNIT, FALSE);
  unit->is_closed = TRUE;
  unit->reason = BED_CLOSURE_OUTBREAK;
  assert_allowed (house, WARD_ACT_OPEN_UNIT, FALSE);
  close_bed (&house->beds[0], BED_CLOSURE_OUTBREAK);
  assert_allowed (house, WARD_ACT_OPEN_UNIT, TRUE);
}

static void
test_bays (void)
{
  g_autoptr (House) house = house_new (BED_ROLE_OWNER);
  g_autoptr (GPtrArray) all = ward_unit_list_bays (&house->scene->unit, TRUE);
  g_autoptr (GPtrArray) none = ward_unit_list_bays (&house->scene->unit, FALSE);
  g_autoptr (GPtrArray) open = NULL;
  g_autoptr (GPtrArray) closed = NULL;

  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (all, 0), ==, "1");
  g_assert_cmpstr (g_ptr_array_index (all, 1), ==, "2");
  g_assert_cmpuint (none->len, ==, 0);
  assert_allowed (house, WARD_ACT_OPEN_BAY, FALSE);
  close_bed (&house->beds[0], BED_CLOSURE_OUTBREAK);
  close_bed (&house->beds[1], BED_CLOSURE_OUTBREAK);
  close_bed (&house->beds[2], BED_CLOSURE_REPAIR);
  open = ward_unit_list_bays (&house->scene->unit, TRUE);
  closed = ward_unit_list_bays (&house->scene->unit, FALSE);
  g_assert_cmpuint (open->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (open, 0), ==, "1");
  g_assert_cmpuint (closed->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (closed, 0), ==, "2");
  assert_allowed (house, WARD_ACT_OPEN_BAY, TRUE);
}

/* A bed that is broken besides would open with its bay: such a bay is not offered. */
static void
test_bay_of_two_reasons (void)
{
  g_autoptr (House) house = house_new (BED_ROLE_OWNER);

  close_bed (&house->beds[0], BED_CLOSURE_OUTBREAK);
  close_bed (&house->beds[1], BED_CLOSURE_REPAIR);
  assert_allowed (house, WARD_ACT_OPEN_BAY, FALSE);
  close_bed (&house->beds[1], BED_CLOSURE_OUTBREAK);
  assert_allowed (house, WARD_ACT_OPEN_BAY, TRUE);
}

static void
test_bay_partly_closed (void)
{
  g_autoptr (House) house = house_new (BED_ROLE_OWNER);

  close_bed (&house->beds[0], BED_CLOSURE_OUTBREAK);
  assert_allowed (house, WARD_ACT_OPEN_BAY, FALSE);
}

/* A bed that is not in effect has no say. */
static void
test_bay_without_its_planned_bed (void)
{
  g_autoptr (House) house = house_new (BED_ROLE_OWNER);

  close_bed (&house->beds[0], BED_CLOSURE_OUTBREAK);
  house->beds[1].is_in_effect = FALSE;
  assert_allowed (house, WARD_ACT_OPEN_BAY, TRUE);
}

/* All of them first; what it is now is said. */
static void
test_numbers (void)
{
  g_autoptr (House) house = house_new (BED_ROLE_OWNER);
  g_autoptr (GPtrArray) choices = NULL;

  house->scene->unit.staffed_cap = 4;
  choices = ward_plan_list_choices (&house->scene->cause, ward_plan_get_question (WARD_ACT_STAFF, 0));
  g_assert_cmpuint (choices->len, ==, 6);
  g_assert_cmpstr (((WardChoice *)g_ptr_array_index (choices, 0))->value, ==, "5");
  g_assert_cmpstr (((WardChoice *)g_ptr_array_index (choices, 1))->label, ==, "4, as now");
  g_assert_cmpstr (((WardChoice *)g_ptr_array_index (choices, 5))->value, ==, "0");
  assert_allowed (house, WARD_ACT_CAPACITY, FALSE);
}

static void
test_places (void)
{
  g_autoptr (House) house = house_new (BED_ROLE_OWNER);

  for (guint i = 0; i < house->scene->unit.beds->len; i++)
    ((BoardBed *)g_ptr_array_index (house->scene->unit.beds, i))->is_place = TRUE;
  assert_allowed (house, WARD_ACT_CAPACITY, TRUE);
  assert_allowed (house, WARD_ACT_STAFF, FALSE);
}

static void
test_surge (void)
{
  g_autoptr (House) house = house_new (BED_ROLE_OWNER);
  g_autoptr (GPtrArray) choices = NULL;

  assert_allowed (house, WARD_ACT_SURGE_BED, FALSE);
  house->beds[3].service = BED_SERVICE_SURGE_SHUT;
  assert_allowed (house, WARD_ACT_SURGE_BED, TRUE);
  choices = ward_plan_list_choices (&house->scene->cause, ward_plan_get_question (WARD_ACT_SURGE_BED, 0));
  g_assert_cmpuint (choices->len, ==, 1);
  g_assert_cmpstr (((WardChoice *)g_ptr_array_index (choices, 0))->value, ==, "clarence-23");
}

static void
assert_command (House *house, WardAct act, const char *const answers[WARD_QUESTIONS_MAX], const char *method, const char *params)
{
  g_autoptr (BoardCommand) command = ward_plan_make_command (&house->scene->cause, act, answers);
  g_autofree char *printed = board_command_print (command, NULL, NULL);
  g_autoptr (JsonNode) got = json_from_string (printed, NULL);
  g_autoptr (JsonNode) want = json_from_string (params, NULL);

  json_object_remove_member (json_node_get_object (got), "key");
  g_test_message ("%s: %s", ward_act_word (act), printed);
  g_assert_cmpstr (board_command_peek_method (command), ==, method);
  g_assert_cmpstr (board_command_peek_subject (command), ==, "clarence");
  g_assert_true (json_node_equal (got, want));
}

static void
test_commands (void)
{
  g_autoptr (House) house = house_new (BED_ROLE_OWNER);

  assert_command (house, WARD_ACT_CLOSE_UNIT, (const char *const[]){ "outbreak", NULL, NULL }, "unit.close",
                  "{\"unit\":\"clarence\",\"reason\":\"outbreak\"}");
  assert_command (house, WARD_ACT_CLOSE_UNIT, (const char *const[]){ "staffing", "2026-11-23T10:00:00.000Z", NULL }, "unit.close",
                  "{\"unit\":\"clarence\",\"reason\":\"staffing\",\"until\":\"2026-11-23T10:00:00.000Z\"}");
  assert_command (house, WARD_ACT_OPEN_UNIT, NULL, "unit.open", "{\"unit\":\"clarence\"}");
  assert_command (house, WARD_ACT_CLOSE_BAY, (const char *const[]){ "2", "repair", "2026-11-23T10:00:00.000Z" }, "bay.close",
                  "{\"unit\":\"clarence\",\"bay\":\"2\",\"reason\":\"repair\",\"until\":\"2026-11-23T10:00:00.000Z\"}");
  assert_command (house, WARD_ACT_OPEN_BAY, (const char *const[]){ "2", NULL, NULL }, "bay.open",
                  "{\"unit\":\"clarence\",\"bay\":\"2\"}");
  assert_command (house, WARD_ACT_STAFF, (const char *const[]){ "20", NULL, NULL }, "unit.staff",
                  "{\"unit\":\"clarence\",\"staffed_cap\":20}");
  assert_command (house, WARD_ACT_CAPACITY, (const char *const[]){ "3", NULL, NULL }, "unit.capacity",
                  "{\"unit\":\"clarence\",\"capacity\":3}");
  assert_command (house, WARD_ACT_SURGE_BED, (const char *const[]){ "clarence-23", "2026-11-29T10:00:00.000Z", NULL },
                  "surge.open", "{\"bed\":\"clarence-23\",\"until\":\"2026-11-29T10:00:00.000Z\"}");
}

static void
test_standing (void)
{
  g_autoptr (House) house = house_new (BED_ROLE_UNIT);
  BoardUnit *unit = &house->scene->unit;
  g_autofree char *calm = ward_unit_say_standing (unit);
  g_autofree char *closed = NULL;

  g_assert_cmpstr (calm, ==, "Woodcot Lodge");
  unit->is_closed = TRUE;
  unit->reason = BED_CLOSURE_OUTBREAK;
  unit->surge_asked = 3;
  closed = ward_unit_say_standing (unit);
  g_assert_nonnull (strstr (closed, "Closed: "));
  g_assert_nonnull (strstr (closed, "3 surge beds are asked for"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ward-unit/whose", test_whose);
  g_test_add_func ("/ward-unit/unit-closes-and-opens", test_unit_closes_and_opens);
  g_test_add_func ("/ward-unit/bays", test_bays);
  g_test_add_func ("/ward-unit/bay-of-two-reasons", test_bay_of_two_reasons);
  g_test_add_func ("/ward-unit/bay-partly-closed", test_bay_partly_closed);
  g_test_add_func ("/ward-unit/bay-without-its-planned-bed", test_bay_without_its_planned_bed);
  g_test_add_func ("/ward-unit/numbers", test_numbers);
  g_test_add_func ("/ward-unit/places", test_places);
  g_test_add_func ("/ward-unit/surge", test_surge);
  g_test_add_func ("/ward-unit/commands", test_commands);
  g_test_add_func ("/ward-unit/standing", test_standing);
  return g_test_run ();
}
