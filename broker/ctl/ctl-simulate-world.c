/* ctl-simulate-world.c: the feed, mirrored: rows in, situations out.
 *
 * Owns units, beds and people by id. A snapshot replaces the people; units and beds stay for the
 * life of the program (an import may add to them). Members that are missing or of another type
 * read as nothing: a feed cannot harm the simulator.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ctl-simulate-world.h"

#include "common/bed-words.h"

#include <math.h>
#include <string.h>

static void
unit_free (gpointer memory)
{
  CtlUnit *unit = memory;
  g_free (unit->id);
  g_free (unit->owner);
  g_ptr_array_unref (unit->beds);
  g_free (unit);
}

static void
bed_free (gpointer memory)
{
  CtlBed *bed = memory;
  g_free (bed->id);
  g_free (bed);
}

static void
person_free (gpointer memory)
{
  CtlPerson *person = memory;
  g_free (person->code);
  g_free (person->bed);
  g_free (person->offer);
  g_free (person);
}

CtlWorld *
ctl_world_new (guint32 seed)
{
  CtlWorld *world = g_new0 (CtlWorld, 1);
  world->rand = g_rand_new_with_seed (seed);
  world->crew = ctl_crew_new ();
  world->units = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, unit_free);
  world->beds = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, bed_free);
  world->people = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, person_free);
  world->homes = g_ptr_array_new_with_free_func (g_free);
  world->haste = 1;
  return world;
}

void
ctl_world_free (CtlWorld *world)
{
  ctl_crew_free (world->crew); /* its last answers still look at the rest */
  g_hash_table_unref (world->people);
  g_hash_table_unref (world->beds);
  g_hash_table_unref (world->units);
  g_ptr_array_unref (world->homes);
  g_rand_free (world->rand);
  g_free (world);
}

gboolean
ctl_world_chance (CtlWorld *world, double probability)
{
  return g_rand_double (world->rand) < probability;
}

/* Between a quarter of the mean and four times it: exponential, without its extremes. */
double
ctl_world_draw_due (CtlWorld *world, double mean_min)
{
  double drawn = -log (1 - g_rand_double (world->rand)) * mean_min;
  return world->now_min + CLAMP (drawn, mean_min / 4, mean_min * 4) / world->haste;
}

void
ctl_world_put_off (CtlWorld *world, double mean_min, gboolean *is_pending, double *due)
{
  *is_pending = FALSE;
  *due = ctl_world_draw_due (world, mean_min);
}

static const char *
get_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static gboolean
get_flag (JsonObject *object, const char *name, gboolean otherwise)
{
  return json_object_get_boolean_member_with_default (object, name, otherwise);
}

static guint8
get_word (JsonObject *object, const char *name, const BedWords *words)
{
  const char *text = get_text (object, name);
  int value = text != NULL ? bed_words_parse (words, text) : -1;
  return (guint8) MAX (value, 0);
}

static void
notice_unit (CtlWorld *world, JsonObject *row)
{
  const char *id = get_text (row, "unit");
  if (id == NULL)
    return;
  CtlUnit *unit = g_hash_table_lookup (world->units, id);
  if (unit == NULL)
    {
      unit = g_new0 (CtlUnit, 1);
      unit->id = g_strdup (id);
      unit->beds = g_ptr_array_new ();
      unit->confirm_due = ctl_world_draw_due (world, 240);
      unit->is_proxy = get_flag (row, "proxy", FALSE);
      unit->is_sleepy = unit->is_proxy && ctl_world_chance (world, 0.5);
      g_hash_table_insert (world->units, unit->id, unit);
    }
  g_free (unit->owner);
  unit->owner = g_strdup (get_text (row, "owner"));
  unit->is_proxy = get_flag (row, "proxy", FALSE);
  unit->is_in_effect = get_flag (row, "in_effect", TRUE);
  unit->staffed_cap = (guint) CLAMP (
      json_object_get_int_member_with_default (row, "staffed_cap", 0), 0, G_MAXINT);
  JsonNode *rules = json_object_get_member (row, "rules");
  if (rules != NULL && JSON_NODE_HOLDS_OBJECT (rules))
    unit->accepts = get_word (json_node_get_object (rules), "accepts", &bed_accepts_words);
}

static CtlBedSituation
judge_bed (const CtlBed *bed)
{
  if (!bed->is_in_effect || !bed->unit->is_in_effect || bed->unit->is_sleepy)
    return CTL_BED_SETTLED;
  if (bed->is_shut_by_us && bed->service == BED_SERVICE_CLOSED)
    return CTL_BED_SHUT;
  if (bed->service != BED_SERVICE_OPEN && bed->service != BED_SERVICE_SURGE_OPEN)
    return CTL_BED_SETTLED;
  if (bed->occupancy == BED_OCCUPANCY_UNKNOWN)
    return CTL_BED_UNSEEN;
  if (bed->occupancy == BED_OCCUPANCY_OCCUPIED)
    return bed->has_leave_day && !bed->has_person ? CTL_BED_LEAVING : CTL_BED_SETTLED;
  if (bed->occupancy != BED_OCCUPANCY_VACANT || bed->commitment != BED_COMMITMENT_NONE)
    return CTL_BED_SETTLED;
  if (bed->readiness == BED_READINESS_DIRTY || bed->readiness == BED_READINESS_CONTAMINATED)
    return CTL_BED_DIRTY;
  return bed->readiness == BED_READINESS_CLEANING ? CTL_BED_CLEANING : CTL_BED_SETTLED;
}

static void
notice_bed (CtlWorld *world, JsonObject *row)
{
  const char *id = get_text (row, "bed");
  const char *unit_id = get_text (row, "unit");
  CtlUnit *unit = unit_id != NULL ? g_hash_table_lookup (world->units, unit_id) : NULL;
  if (id == NULL || unit == NULL)
    return;
  CtlBed *bed = g_hash_table_lookup (world->beds, id);
  if (bed == NULL)
    {
      bed = g_new0 (CtlBed, 1);
      bed->id = g_strdup (id);
      bed->unit = unit;
      g_hash_table_insert (world->beds, bed->id, bed);
      g_ptr_array_add (unit->beds, bed);
    }
  bed->occupancy = get_word (row, "occupancy", &bed_occupancy_words);
  bed->readiness = get_word (row, "readiness", &bed_readiness_words);
  bed->service = get_word (row, "service", &bed_service_words);
  bed->commitment = get_word (row, "commitment", &bed_commitment_words);
  bed->is_in_effect = get_flag (row, "in_effect", TRUE);
  bed->is_offerable = get_flag (row, "offerable", FALSE);
  bed->has_person = get_text (row, "referral") != NULL;
  bed->has_leave_day = get_text (row, "expected_free_at") != NULL;
  CtlBedSituation situation = judge_bed (bed);
  if (situation == bed->situation)
    return;
  bed->situation = situation;
  bed->due = ctl_world_draw_due (world, ctl_units_get_delay (situation));
}

static CtlPersonSituation
judge_person (const CtlPerson *person)
{
  switch ((BedReferralState) person->state)
    {
    case BED_STATE_WAITING:
      return person->offer != NULL ? CTL_PERSON_OFFERED : CTL_PERSON_SETTLED;
    case BED_STATE_HELD:
      return CTL_PERSON_HELD;
    case BED_STATE_ACCEPTED:
    case BED_STATE_IN_TRANSIT:
      return CTL_PERSON_COMING;
    case BED_STATE_ARRIVED:
    case BED_STATE_THERAPY_STARTED:
    case BED_STATE_READY_TO_LEAVE:
      return CTL_PERSON_STAYING;
    case BED_STATE_SUBMITTED:
    case BED_STATE_TRIAGED:
    case BED_STATE_LEFT:
    case BED_STATE_REDIRECTED:
    case BED_STATE_PAUSED:
    case BED_STATE_WITHDRAWN:
    case BED_STATE_DIED:
    case BED_STATE_N:
      break;
    }
  return CTL_PERSON_SETTLED;
}

static void
replace (char **to, const char *text)
{
  g_free (*to);
  *to = g_strdup (text);
}

static void
notice_person (CtlWorld *world, JsonObject *row)
{
  const char *code = get_text (row, "referral");
  if (code == NULL)
    return;
  CtlPerson *person = g_hash_table_lookup (world->people, code);
  if (person == NULL)
    {
      person = g_new0 (CtlPerson, 1);
      person->code = g_strdup (code);
      g_hash_table_insert (world->people, person->code, person);
    }
  JsonNode *offer = json_object_get_member (row, "offer");
  person->is_seen = TRUE;
  person->state = get_word (row, "state", &bed_state_words);
  person->is_urgent = get_word (row, "lane", &bed_lane_words) == BED_LANE_URGENT;
  person->is_agreed = get_word (row, "agreed", &bed_agreed_words) != BED_AGREED_NOT_YET;
  replace (&person->bed, get_text (row, "bed"));
  replace (&person->offer, offer != NULL && JSON_NODE_HOLDS_OBJECT (offer)
                               ? get_text (json_node_get_object (offer), "bed")
                               : NULL);
  CtlPersonSituation situation = judge_person (person);
  if (situation == person->situation)
    return;
  person->situation = situation;
  person->due = ctl_world_draw_due (world, ctl_people_get_delay (situation, person->is_urgent));
}

static void
notice_rows (CtlWorld *world, JsonObject *params, const char *name,
             void (*notice) (CtlWorld *, JsonObject *))
{
  JsonNode *node = json_object_get_member (params, name);
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return;
  JsonArray *rows = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonNode *row = json_array_get_element (rows, i);
      if (JSON_NODE_HOLDS_OBJECT (row))
        notice (world, json_node_get_object (row));
    }
}

/* Nobody acts on a bed that is out of effect; it may come back. */
static void
forget_bed (CtlWorld *world, const char *id)
{
  CtlBed *bed = g_hash_table_lookup (world->beds, id);
  if (bed == NULL)
    return;
  bed->is_in_effect = FALSE;
  bed->is_offerable = FALSE;
  bed->situation = CTL_BED_SETTLED;
}

static void
forget_person (CtlWorld *world, const char *code)
{
  g_hash_table_remove (world->people, code);
}

static void
forget_gone (CtlWorld *world, JsonObject *params, const char *name,
             void (*forget) (CtlWorld *, const char *))
{
  JsonNode *gone = json_object_get_member (params, "gone");
  JsonNode *node = gone != NULL && JSON_NODE_HOLDS_OBJECT (gone)
                       ? json_object_get_member (json_node_get_object (gone), name)
                       : NULL;
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return;
  JsonArray *ids = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (ids); i++)
    {
      JsonNode *id = json_array_get_element (ids, i);
      if (JSON_NODE_HOLDS_VALUE (id) && json_node_get_value_type (id) == G_TYPE_STRING)
        forget (world, json_node_get_string (id));
    }
}

static gboolean
is_unseen (gpointer code, gpointer person, gpointer user_data)
{
  return !((CtlPerson *) person)->is_seen;
}

static void
begin_snapshot (CtlWorld *world, gint64 pages)
{
  GHashTableIter iter;
  gpointer person = NULL;
  g_hash_table_iter_init (&iter, world->people);
  while (g_hash_table_iter_next (&iter, NULL, &person))
    ((CtlPerson *) person)->is_seen = FALSE;
  world->is_whole = FALSE;
  world->pages_left = CLAMP (pages, 1, G_MAXINT);
}

void
ctl_world_notice (CtlWorld *world, const char *method, JsonObject *params)
{
  gboolean is_snapshot = strcmp (method, "feed.snapshot") == 0;
  if (!is_snapshot && strcmp (method, "feed.changes") != 0)
    return;
  if (is_snapshot && world->pages_left == 0)
    begin_snapshot (world, json_object_get_int_member_with_default (params, "pages", 1));
  notice_rows (world, params, "units", notice_unit);
  notice_rows (world, params, "beds", notice_bed);
  notice_rows (world, params, "referrals", notice_person);
  forget_gone (world, params, "beds", forget_bed);
  forget_gone (world, params, "referrals", forget_person);
  if (is_snapshot && --world->pages_left == 0)
    {
      g_hash_table_foreach_remove (world->people, is_unseen, NULL);
      world->is_whole = TRUE;
    }
  world->new_people = 0;
}
