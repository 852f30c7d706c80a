/* export-scene.h: a county with something of everything that a state can hold, and its files, one cell at
 * a time. Included by one test program each.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bed-scene.h"

#include "tests/export-trip.h"

enum { WAITING, HELD, ACCEPTED, THERE, PAUSED, PARTNER_A, PARTNER_B, GONE, ENDED, N_PEOPLE };

typedef struct
{
  Scene *scene; /* owned */
  char codes[N_PEOPLE][BED_CODE_SIZE];
} Rich;

static void
take_hold (Rich *rich, guint person, const char *bed)
{
  scene_do (rich->scene, "local", "hold.take", "'referral':'%s','bed':'%s'", rich->codes[person], bed);
}

static void
arrive (Rich *rich, guint person, const char *bed)
{
  take_hold (rich, person, bed);
  scene_do (rich->scene, "local", "placement.accept", "'referral':'%s'", rich->codes[person]);
  scene_do (rich->scene, "local", "placement.arrive", "'referral':'%s','bed':'%s'", rich->codes[person], bed);
}

static void
place_people (Rich *rich)
{
  Scene *scene = rich->scene;

  for (guint i = 0; i < N_PEOPLE; i++)
    {
      scene_refer (scene);
      memcpy (rich->codes[i], scene->last_code, BED_CODE_SIZE);
    }
  scene_do (scene, "local", "referral.amend",
            "'referral':'%s','needs':{'must':['ensuite','hoist'],'must_not':['smoker'],'prefer':['low_bed'],'weight_band':'to_180',"
            "'oxygen_lpm':2}", rich->codes[PARTNER_A]);
  scene_do (scene, "local", "referral.link", "'referral':'%s','with':'%s'", rich->codes[PARTNER_A], rich->codes[PARTNER_B]);
  scene_do (scene, "local", "referral.pause", "'referral':'%s','reason':'person_asked'", rich->codes[PAUSED]);
  take_hold (rich, WAITING, "lodge-03");
  scene_do (scene, "local", "placement.decline", "'referral':'%s','reason':'not_ready'", rich->codes[WAITING]);
  take_hold (rich, HELD, "ward-01");
  take_hold (rich, ACCEPTED, "ward-02");
  scene_do (scene, "local", "placement.accept", "'referral':'%s'", rich->codes[ACCEPTED]);
  arrive (rich, THERE, "ward-03");
  arrive (rich, GONE, "home-01");
  scene_do (scene, "local", "placement.leave", "'referral':'%s','outcome':'other_iic_bed'", rich->codes[GONE]);
  scene_do (scene, "local", "referral.withdraw", "'referral':'%s','reason':'home_instead'", rich->codes[ENDED]);
}

static Rich *
rich_new (void)
{
  Rich *rich = g_new0 (Rich, 1);

  rich->scene = bed_scene_new ();
  scene_pass (rich->scene, 61 * BED_MINUTE_US); /* flex types may have the lodge's rooms now */
  place_people (rich);
  scene_do (rich->scene, "local", "bed.close", "'bed':'lodge-01','reason':'repair','until':'2026-11-24T10:00:00Z'");
  scene_do (rich->scene, "local", "bed.report", "'bed':'lodge-02','isolation':'barrier','infection':'norovirus'");
  scene_do (rich->scene, "local", "surge.ask", "'unit':'annex','beds':2,'until':'2026-11-29T10:00:00Z'");
  scene_do (rich->scene, "local", "surge.open", "'bed':'annex-02','until':'2026-11-29T10:00:00Z'");
  scene_do (rich->scene, "local", "bed.feature", "'bed':'annex-01','feature':'ensuite','out_until':'2026-11-23T10:00:00Z'");
  scene_do (rich->scene, "local", "unit.staff", "'unit':'ward','staffed_cap':3,'until':'2026-11-23T10:00:00Z'");
  return rich;
}

static void
rich_free (Rich *rich)
{
  scene_free (rich->scene);
  g_free (rich);
}

/* The files of the newest import among the scene's events. Borrowed. */
static const char *
peek_imported (const Scene *scene)
{
  const char *imported = NULL;

  for (guint i = 0; i < scene->events->len; i++)
    if (((const BedEvent *) scene->events->pdata[i])->kind == BED_EVENT_IMPORTED)
      imported = ((const BedEvent *) scene->events->pdata[i])->facts.files;
  return imported;
}

static char *
rich_export (const Rich *rich)
{
  return broker_states_print (rich->scene->reg, peek_imported (rich->scene));
}

/* files with one of them replaced; text NULL takes it out. Owned. */
static char *
with_file (const char *files, const char *name, const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (files, NULL);
  JsonObject *object = json_node_get_object (node);

  if (text != NULL)
    json_object_set_string_member (object, name, text);
  else
    json_object_remove_member (object, name);
  return json_to_string (node, FALSE);
}

static inline char *
get_file (const char *files, const char *name)
{
  g_autoptr (JsonNode) node = json_from_string (files, NULL);

  return g_strdup (json_object_get_string_member_with_default (json_node_get_object (node), name, NULL));
}

/* files with one cell replaced, and the number of its line. No cell of these files is quoted. Owned. */
static inline char *
with_cell (const char *files, const char *name, const char *key, const char *column, const char *value, guint *line)
{
  g_autofree char *text = get_file (files, name);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_auto (GStrv) header = g_strsplit (lines[0], ",", -1);
  guint field = 0;

  for (; header[field] != NULL && strcmp (header[field], column) != 0; field++)
    continue;
  g_assert_nonnull (header[field]);
  for (*line = 1; lines[*line] != NULL; (*line)++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[*line], ",", -1);

      if (g_strcmp0 (cells[0], key) != 0)
        continue;
      g_free (cells[field]);
      cells[field] = g_strdup (value);
      g_free (lines[*line]);
      lines[(*line)++] = g_strjoinv (",", cells);
      g_autofree char *changed = g_strjoinv ("\n", lines);
      return with_file (files, name, changed);
    }
  g_error ("%s has no line of %s", name, key);
}

/* Everything that is wrong with files, which are no import. */
static inline GPtrArray *
find_faults (const char *files, const BrokerRegister *reg)
{
  GPtrArray *faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (BrokerStates) states = NULL;
  g_autoptr (BrokerReference) reference = broker_states_parse (files, reg, &states, faults);

  for (guint i = 0; i < faults->len; i++)
    g_test_message ("%s", (const char *) faults->pdata[i]);
  g_assert_null (reference);
  g_assert_null (states);
  return faults;
}

static inline void
assert_fault (const char *files, const BrokerRegister *reg, const char *begins)
{
  g_autoptr (GPtrArray) faults = find_faults (files, reg);

  g_assert_cmpuint (faults->len, ==, 1);
  if (!g_str_has_prefix (faults->pdata[0], begins))
    g_error ("“%s” does not begin with “%s”", (const char *) faults->pdata[0], begins);
}
