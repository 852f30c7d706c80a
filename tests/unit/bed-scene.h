/* bed-scene.h: the county of scene.h with an annex of surge beds and a sitting service, and the checks
 * that every test of beds ends with. Included by one test program each.
 *
 * `annex` (the trust's): annex-01 an ordinary room, annex-02 … annex-04 surge, of which annex-03 is an
 * end-of-life room with rehab as flex type. `sits` (the county's): three places without a bed, the third
 * until December.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "scene.h"

#include "common/bed-time.h"

#include <string.h>

#define BED_SCENE_FLEX_MIN 60 /* of every unit: the default */

static const char bed_scene_units[]
    = "annex,Test Annex,Test Hospital,SO51,,,trust,Test Trust,nhs,west,rehab|end_of_life,,0,unit,240,720,42,01632 960004,2020-01-01,,test,1,"
      "2026-11-01,,60\n"
      "sits,Test Sitters,Test Lodge,PO12,,,county,Test Council,county,east,sitting,2,0,lap,240,720,28,01632 960005,2020-01-01,,"
      "test,1,2026-11-01,,60\n";
static const char bed_scene_beds[]
    = "annex-01,annex,Room 1,,rehab,,ensuite,single,180,2020-01-01,,test,1,no\n"
      "annex-02,annex,Room 2,,rehab,,ensuite,single,180,2020-01-01,,test,1,yes\n"
      "annex-03,annex,Room 3,,end_of_life,rehab,ensuite,single,180,2020-01-01,,test,1,yes\n"
      "annex-04,annex,Room 4,,rehab,,ensuite|hoist|oxygen|low_bed|secure,single,180,2020-01-01,,test,1,yes\n"
      "sits-01,sits,Place 1,,sitting,,,single,,2020-01-01,,test,1,\n"
      "sits-02,sits,Place 2,,sitting,,,single,,2020-01-01,,test,1,\n"
      "sits-03,sits,Place 3,,sitting,,,single,,2020-01-01,2026-12-01,test,1,\n";

/* The scene's beds, with one more column. */
static char *
bed_scene_widen (const char *beds)
{
  g_auto (GStrv) lines = g_strsplit (beds, "\n", -1);
  GString *wide = g_string_new (lines[0]);
  g_string_append (wide, ",surge\n");
  for (guint i = 1; lines[i] != NULL && lines[i][0] != '\0'; i++)
    g_string_append_printf (wide, "%s,\n", lines[i]);
  g_string_append (wide, bed_scene_beds);
  return g_string_free (wide, FALSE);
}

static char *
bed_scene_files (void)
{
  g_autofree char *small = scene_files ();
  g_autoptr (JsonNode) node = json_from_string (small, NULL);
  JsonObject *files = json_node_get_object (node);
  g_autofree char *units = g_strconcat (json_object_get_string_member (files, "units.csv"), bed_scene_units, NULL);
  g_autofree char *beds = bed_scene_widen (json_object_get_string_member (files, "beds.csv"));
  g_auto (BedJson) json = { 0 };
  bed_json_init (&json, 8192);
  bed_json_begin_object (&json);
  bed_json_add_string (&json, "beds.csv", beds);
  bed_json_add_string (&json, "crossings.csv", json_object_get_string_member (files, "crossings.csv"));
  bed_json_add_string (&json, "districts.csv", json_object_get_string_member (files, "districts.csv"));
  bed_json_add_string (&json, "laps.csv", json_object_get_string_member (files, "laps.csv"));
  bed_json_add_string (&json, "units.csv", units);
  bed_json_end_object (&json);
  return bed_json_steal (&json, NULL);
}

/* Takes files. */
static inline void
bed_scene_import (Scene *scene, char *files)
{
  g_auto (BedCommand) import = { .method = BED_METHOD_IMPORT, .actor = { .user = "local", .role = BED_ROLE_LOCAL } };
  import.facts.files = files;
  bed_facts_set (&import.facts, BED_FACT_FILES);
  g_assert_true (scene_decide (scene, &import));
}

/* Every bed vacant, ready and confirmed; the surge beds shut. */
static Scene *
bed_scene_new (void)
{
  Scene *scene = scene_new_of (bed_scene_files ());
  scene_ready_all (scene);
  return scene;
}

/* The events make the same state again, and so does the state as it is saved: loading it changes no row
 * and forgets nothing that is due. */
static void
bed_scene_assert_replays (Scene *scene)
{
  g_autoptr (GError) error = NULL;
  scene_assert_replay (scene);
  g_autoptr (GBytes) state = broker_register_save (scene->reg);
  g_autoptr (BrokerRegister) loaded = broker_register_load (state, 64, &error);
  g_assert_no_error (error);
  g_autoptr (GBytes) again = broker_register_save (loaded);
  g_assert_true (g_bytes_equal (state, again));
  gint64 due_us = 0, loaded_due_us = 0;
  guint32 index;
  BedKind kind;
  g_assert_cmpint (broker_register_peek_due (scene->reg, &due_us, &kind, &index), ==,
                   broker_register_peek_due (loaded, &loaded_due_us, &kind, &index));
  g_assert_cmpint (due_us, ==, loaded_due_us);
}

static inline void
bed_scene_end (Scene *scene)
{
  bed_scene_assert_replays (scene);
  scene_free (scene);
}

static inline gint64
instant (const char *text)
{
  gint64 time_us;
  g_assert_true (bed_time_parse (text, &time_us));
  return time_us;
}

/* Lets time pass until then. */
static inline guint
pass_until (Scene *scene, const char *text)
{
  return scene_pass (scene, instant (text) - scene->now_us);
}

static inline BedReferralState
state_of (Scene *scene, const char *code)
{
  return scene_referral (scene, code)->state;
}
