/* test-core-import.c: reference data through the core: all or nothing, alone in its batch.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-house.h"

static void
set_up_empty (House *house, gconstpointer data)
{
  house_set_up_empty (house);
}

static void
set_up_free (House *house, gconstpointer data)
{
  house_set_up_free (house, 3);
}

static void
tear_down (House *house, gconstpointer data)
{
  house_tear_down (house);
}

static guint64
get_revision (House *house)
{
  return broker_core_get_revision (house->core);
}

/* Imports */

static void
test_import_new_epoch (House *house, gconstpointer data)
{
  guint64 epoch = broker_core_get_epoch (house->core);

  house_import (house, 2);
  g_assert_cmpuint (broker_core_get_epoch (house->core), !=, epoch);
  g_assert_cmpuint (get_revision (house), ==, 1);
  g_assert_cmpuint (broker_table_peek (broker_core_peek_table (house->core))->sizes.beds, ==, 4);
}

static void
test_import_keeps_rows (House *house, gconstpointer data)
{
  house_import (house, 5);
  g_assert_cmpint (house_peek_bed (house, "ward_a-01")->occupancy, ==, BED_OCCUPANCY_VACANT);
  g_assert_cmpint (house_peek_bed (house, "ward_a-05")->occupancy, ==, BED_OCCUPANCY_UNKNOWN);
}

static void
test_import_again (House *house, gconstpointer data)
{
  guint64 before = get_revision (house);
  guint64 epoch = broker_core_get_epoch (house->core);

  house_import (house, 3);
  g_assert_cmpuint (get_revision (house), ==, before);
  g_assert_cmpuint (broker_core_get_epoch (house->core), ==, epoch);
}

static void
assert_import_refused (House *house, const char *files, const char *expected)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  guint64 before = get_revision (house);

  g_assert_false (broker_core_import (house->core, files, faults, &error));
  g_assert_error (error, BED_ERROR, BED_ERROR_IMPORT);
  for (guint i = 0; i < faults->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (faults, i));
  g_assert_cmpuint (faults->len, ==, 1);
  g_assert_true (g_str_has_prefix (g_ptr_array_index (faults, 0), expected));
  g_assert_cmpuint (get_revision (house), ==, before);
}

static void
test_import_faults (House *house, gconstpointer data)
{
  g_autofree char *good = house_files (3);
  g_auto (GStrv) parts = g_strsplit (good, "07:00", 2);
  g_autofree char *files = g_strjoinv ("seven", parts);

  assert_import_refused (house, files, "laps.csv:2:urgent_opens:");
}

static void
test_import_too_large (House *house, gconstpointer data)
{
  g_autofree char *files = house_files (33); /* 66 beds, room for 64 */

  assert_import_refused (house, files, "beds.csv:1:bed:");
}

static void
ask_import (House *house, const char *files, HouseAnswer *answer)
{
  BedCommand *command = g_new0 (BedCommand, 1);

  command->method = BED_METHOD_IMPORT;
  command->actor = (BedActor) { .user = "local", .role = BED_ROLE_LOCAL };
  command->facts.files = g_strdup (files);
  bed_facts_set (&command->facts, BED_FACT_FILES);
  bed_key_print (house->now_us, ++house->keys, 0, command->key);
  bed_command_sign (command);
  g_assert_true (broker_core_ask (house->core, command, house_note, answer));
}

static void
test_import_alone_in_batch (House *house, gconstpointer data)
{
  g_autofree char *files = house_files (5);
  g_auto (HouseAnswer) before = { 0 }, import = { 0 }, after = { 0 };

  house_ask (house, "unit.confirm", "{'unit':'ward_a'}", &before);
  ask_import (house, files, &import);
  house_ask (house, "unit.confirm", "{'unit':'ward_b'}", &after);
  g_assert_cmpuint (broker_core_run_batch (house->core), ==, 1);
  g_assert_cmpuint (broker_core_run_batch (house->core), ==, 1);
  g_assert_true (import.is_accepted);
  g_assert_cmpuint (broker_core_run_batch (house->core), ==, 1);
  g_assert_true (after.is_accepted);
}

/* New rules are a new epoch, alone in their batch; refused ones are nothing. */
static void
test_rules_new_epoch (House *house, gconstpointer data)
{
  guint64 epoch = broker_core_get_epoch (house->core);
  g_auto (HouseAnswer) before = { 0 }, bad = { 0 }, rules = { 0 }, after = { 0 };

  house_ask (house, "unit.confirm", "{'unit':'ward_a'}", &before);
  house_ask (house, "unit.rules", "{'unit':'nowhere','rules':{'accepts':'lap'}}", &bad);
  house_ask (house, "unit.rules", "{'unit':'ward_a','rules':{'accepts':'lap'}}", &rules);
  house_ask (house, "unit.confirm", "{'unit':'ward_b'}", &after);
  g_assert_cmpuint (broker_core_run_batch (house->core), ==, 1);
  g_assert_cmpuint (broker_core_run_batch (house->core), ==, 1);
  g_assert_cmpint (bad.error, ==, BED_ERROR_UNKNOWN_UNIT);
  g_assert_cmpuint (broker_core_get_epoch (house->core), ==, epoch);
  g_assert_cmpuint (broker_core_run_batch (house->core), ==, 1);
  g_assert_true (rules.is_accepted);
  g_assert_cmpuint (broker_core_get_epoch (house->core), !=, epoch);
  g_assert_cmpuint (broker_core_run_batch (house->core), ==, 1);
  g_assert_true (after.is_accepted);
}

static void
test_import_answers_faults (House *house, gconstpointer data)
{
  g_auto (HouseAnswer) import = { 0 };
  g_autofree char *faults = NULL;

  ask_import (house, "{}", &import);
  broker_core_run_batch (house->core);
  faults = house_get (&import, "faults");
  g_assert_cmpint (import.error, ==, BED_ERROR_IMPORT);
  g_assert_nonnull (strstr (faults, "beds.csv"));
}

#define EMPTY(path, test) g_test_add ("/core-import/" path, House, NULL, set_up_empty, test, tear_down)
#define FREE(path, test) g_test_add ("/core-import/" path, House, NULL, set_up_free, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  EMPTY ("new-epoch", test_import_new_epoch);
  FREE ("keeps-rows", test_import_keeps_rows);
  FREE ("again", test_import_again);
  FREE ("faults", test_import_faults);
  FREE ("too-large", test_import_too_large);
  FREE ("alone-in-batch", test_import_alone_in_batch);
  FREE ("rules-new-epoch", test_rules_new_epoch);
  FREE ("answers-faults", test_import_answers_faults);
  return g_test_run ();
}
