/* broker-house.h: a small house for tests of the broker: two units, a fake world, and a core in a
 * temporary folder that is asked in the words of the language.
 *
 * ward_a (PO12) accepts for itself, ward_b (PO1, across the water) leaves it to its LAP.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "broker/broker-core.h"

#include "common/bed-time.h"

#include <glib/gstdio.h>
#include <string.h>

#define HOUSE_START_US G_GINT64_CONSTANT (1795003200000000) /* 2026-11-18 12:00 UTC, a Wednesday */

typedef struct
{
  char *folder;
  BrokerCore *core;
  const char *vfs;
  gint64 now_us;
  gint64 boottime_us;
  guint64 random;
  guint keys;
  BrokerCoreSettings settings;
} House;

/* What a command was answered; result is the JSON of a result or of a refusal's further members. */
typedef struct
{
  gboolean is_answered;
  gboolean is_accepted;
  BedError error;
  guint64 revision;
  char *result;
} HouseAnswer;

static inline gint64
house_read_now (gpointer user_data)
{
  return ((House *) user_data)->now_us;
}

static inline gint64
house_read_boottime (gpointer user_data)
{
  return ((House *) user_data)->boottime_us;
}

/* SplitMix64: every run draws the same. */
static inline guint64
house_draw_random (gpointer user_data)
{
  House *house = user_data;
  guint64 x = house->random += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  x = (x ^ x >> 30) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  x = (x ^ x >> 27) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return x ^ x >> 31;
}

static inline BrokerWorld
house_world (House *house)
{
  return (BrokerWorld) { house_read_now, house_read_boottime, house_draw_random, house };
}

static inline void
house_add_file (BedJson *json, const char *name, const char *text)
{
  bed_json_name (json, name);
  bed_json_string (json, text);
}

/* The canonical text of five good files, with n beds in each ward. */
static inline char *
house_files (guint n)
{
  g_autoptr (GString) beds = g_string_new ("bed,unit,label,bay,type,flex,features,bay_sex,safe_load_kg,"
                                           "effective_from,effective_to,source,illustrative\n");
  g_auto (BedJson) json = { 0 };

  for (guint unit = 0; unit < 2; unit++)
    for (guint i = 1; i <= n; i++)
      g_string_append_printf (beds, "ward_%c-%02u,ward_%c,Room %u,,rehab,step_down,single_room|hoist,single,150,2020-01-01,,made up,yes\n",
                              'a' + (char) unit, i, 'a' + (char) unit, i);
  bed_json_init (&json, 4096);
  bed_json_begin_object (&json);
  house_add_file (&json, "beds.csv", beds->str);
  house_add_file (&json, "crossings.csv", "from,to,road_metres,why\nPO12,PO1,23000,Portsmouth Harbour\n");
  house_add_file (&json, "districts.csv", "district,easting,northing\nPO12,460000,100000\nPO1,464000,100500\n");
  house_add_file (&json, "laps.csv", "lap,name,area,district,urgent_opens,urgent_closes\n"
                                     "coast,Coast LAP,Gosport and Portsmouth,PO12,07:00,20:00\n");
  house_add_file (&json, "units.csv",
                  "unit,name,site,district,easting,northing,owner,owner_name,owner_kind,lap,types,staffed_cap,proxy,"
                  "accepts,fresh_day_min,fresh_night_min,longest_stay_days,phone,effective_from,effective_to,source,"
                  "illustrative,as_of,note\n"
                  "ward_a,Ward A,Site A,PO12,,,trust,The Trust,nhs,coast,rehab,,no,unit,240,720,42,023 9200 0001,"
                  "2020-01-01,,made up,yes,2026-11-01,\n"
                  "ward_b,Ward B,Site B,PO1,,,trust,The Trust,nhs,coast,rehab,,no,lap,240,720,42,023 9200 0002,"
                  "2020-01-01,,made up,yes,2026-11-01,\n");
  bed_json_end_object (&json);
  return bed_json_steal (&json, NULL);
}

static inline void
house_open (House *house)
{
  BrokerWorld world = house_world (house);
  g_autoptr (GError) error = NULL;

  house->settings.folder = house->folder;
  house->settings.vfs = house->vfs;
  house->core = broker_core_open (&house->settings, &world, &error);
  g_assert_no_error (error);
}

static inline void
house_close (House *house)
{
  g_clear_pointer (&house->core, broker_core_close);
}

static inline void
house_set_up_empty (House *house)
{
  g_autoptr (GError) error = NULL;

  house->folder = g_dir_make_tmp ("homeward-core-XXXXXX", &error);
  g_assert_no_error (error);
  house->now_us = HOUSE_START_US;
  house->boottime_us = 1000 * BED_SECOND_US;
  house->settings = (BrokerCoreSettings) { .beds_max = 64, .referrals = 512, .changes = 1024 };
  house_open (house);
}

static inline void
house_tear_down (House *house)
{
  g_autoptr (GDir) dir = g_dir_open (house->folder, 0, NULL);
  const char *name;

  house_close (house);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (house->folder, name, NULL);

      g_unlink (file);
    }
  g_rmdir (house->folder);
  g_free (house->folder);
}

/* Asking */

static inline void
house_note (const BrokerAnswer *answer, gpointer user_data)
{
  HouseAnswer *note = user_data;
  g_auto (BedJson) json = { 0 };

  g_assert_false (note->is_answered);
  bed_json_init (&json, 128);
  if (answer->is_accepted && answer->event != NULL)
    bed_event_print_result (answer->event, &json);
  else if (!answer->is_accepted && answer->more != NULL)
    {
      bed_json_begin_object (&json);
      bed_json_raw (&json, answer->more, -1);
      bed_json_end_object (&json);
    }
  else
    bed_json_null (&json);
  *note = (HouseAnswer) { TRUE, answer->is_accepted, answer->error, answer->revision, bed_json_steal (&json, NULL) };
}

static inline void
house_answer_clear (HouseAnswer *answer)
{
  g_clear_pointer (&answer->result, g_free);
  *answer = (HouseAnswer) { 0 };
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HouseAnswer, house_answer_clear)

/* Queues a command with single quotes for double ones in params; without a key it gets its own. */
static inline gboolean
house_ask_as (House *house, const char *user, BedRole role, const char *method, const char *params,
              HouseAnswer *answer)
{
  g_auto (GStrv) parts = g_strsplit (params, "'", -1);
  g_autofree char *text = g_strjoinv ("\"", parts);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, &error);
  JsonObject *object;
  BedCommand *command = g_new0 (BedCommand, 1);
  char key[BED_KEY_SIZE];

  g_assert_no_error (error);
  object = json_node_get_object (node);
  if (!json_object_has_member (object, "key"))
    {
      bed_key_print (house->now_us, ++house->keys, 0, key);
      json_object_set_string_member (object, "key", key);
    }
  g_assert_cmpint (bed_method_parse (method), >=, 0);
  g_assert_true (bed_command_parse ((BedMethod) bed_method_parse (method), object, command, &error));
  g_assert_no_error (error);
  g_strlcpy (command->actor.user, user, sizeof command->actor.user);
  command->actor.role = (guint8) role;
  return broker_core_ask (house->core, command, house_note, answer);
}

static inline void
house_ask (House *house, const char *method, const char *params, HouseAnswer *answer)
{
  g_assert_true (house_ask_as (house, "local", BED_ROLE_LOCAL, method, params, answer));
}

/* Asks and runs the batch. */
static inline void
house_run (House *house, const char *method, const char *params, HouseAnswer *answer)
{
  house_ask (house, method, params, answer);
  broker_core_run_batch (house->core);
  g_assert_true (answer->is_answered);
}

static inline void
house_run_accepted (House *house, const char *method, const char *params)
{
  g_auto (HouseAnswer) answer = { 0 };

  house_run (house, method, params, &answer);
  if (!answer.is_accepted)
    g_test_message ("%s %s: %s %s", method, params, bed_error_reason (answer.error), answer.result);
  g_assert_true (answer.is_accepted);
}

static inline void
house_run_refused (House *house, const char *method, const char *params, BedError error)
{
  g_auto (HouseAnswer) answer = { 0 };

  house_run (house, method, params, &answer);
  g_assert_false (answer.is_accepted);
  g_assert_cmpstr (bed_error_reason (answer.error), ==, bed_error_reason (error));
}

/* A member of an answer's result as text; NULL if it is not there. */
static inline char *
house_get (const HouseAnswer *answer, const char *name)
{
  g_autoptr (JsonNode) node = json_from_string (answer->result, NULL);
  JsonNode *member = node != NULL && JSON_NODE_HOLDS_OBJECT (node)
                         ? json_object_get_member (json_node_get_object (node), name)
                         : NULL;

  if (member == NULL)
    return NULL;
  return JSON_NODE_HOLDS_VALUE (member) && json_node_get_value_type (member) == G_TYPE_STRING
             ? g_strdup (json_node_get_string (member))
             : json_to_string (member, FALSE);
}

static inline void
house_import (House *house, guint n_beds)
{
  g_autofree char *files = house_files (n_beds);
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  if (!broker_core_import (house->core, files, faults, &error))
    for (guint i = 0; i < faults->len; i++)
      g_test_message ("%s", (const char *) g_ptr_array_index (faults, i));
  g_assert_no_error (error);
}

static inline void
house_free_bed (House *house, const char *bed)
{
  g_autofree char *params = g_strdup_printf ("{'bed':'%s','occupancy':'vacant','readiness':'ready'}", bed);

  house_run_accepted (house, "bed.report", params);
}

/* n beds in each ward, all of them free. */
static inline void
house_set_up_free (House *house, guint n)
{
  house_set_up_empty (house);
  house_import (house, n);
  for (guint i = 1; i <= n; i++)
    for (char ward = 'a'; ward <= 'b'; ward++)
      {
        g_autofree char *bed = g_strdup_printf ("ward_%c-%02u", ward, i);

        house_free_bed (house, bed);
      }
}

/* Somebody who waits near PO12; owned code. */
static inline char *
house_submit (House *house, const char *lane)
{
  g_autofree char *params = g_strdup_printf ("{'lane':'%s','pathway':'supported','type':'rehab','needs':{},"
                                             "'sex':'female','age_band':'75_84','home':'PO12','agreed':'yes','source':'qa_ward'}",
                                             lane);
  g_auto (HouseAnswer) answer = { 0 };

  house_run (house, "referral.submit", params, &answer);
  g_assert_true (answer.is_accepted);
  return house_get (&answer, "referral");
}

static inline const BedReferralRow *
house_peek_referral (House *house, const char *code)
{
  const BrokerRegister *reg = broker_core_peek_register (house->core);
  guint32 index = broker_register_find_referral (reg, code);

  g_assert_cmpuint (index, !=, BED_NONE);
  return broker_register_peek_referral (reg, index);
}

static inline const BedBedRow *
house_peek_bed (House *house, const char *bed)
{
  const BrokerRegister *reg = broker_core_peek_register (house->core);

  return broker_register_peek_bed (reg, bed_places_find_bed (broker_register_peek_places (reg), bed));
}
