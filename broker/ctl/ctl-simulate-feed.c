/* ctl-simulate-feed.c: the feed, mirrored: rows in, situations out.
 *
 * A snapshot replaces what is known of people. Members that are missing or of another type read as
 * nothing: a feed cannot harm the simulator. A limit that passes is explained as it is seen, while
 * the beds still stand as they stood.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ctl-simulate-world.h"

#include "common/bed-time.h"

#include <string.h>

static const char *
get_text (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;
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

static gint32
get_number (JsonObject *object, const char *name)
{
  return object != NULL ? (gint32) CLAMP (json_object_get_int_member_with_default (object, name, 0),
                                          -G_MAXINT32, G_MAXINT32)
                        : 0;
}

static gint64
get_time (JsonObject *object, const char *name)
{
  const char *text = get_text (object, name);
  gint64 at_us = 0;
  return text != NULL && bed_time_parse (text, &at_us) ? at_us : 0;
}

static guint8
get_word (JsonObject *object, const char *name, const BedWords *words)
{
  const char *text = get_text (object, name);
  int value = text != NULL ? bed_words_parse (words, text) : -1;
  return (guint8) MAX (value, 0);
}

static JsonObject *
get_object (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonArray *
get_array (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;
  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/* The bits of the words of a list. */
static guint64
get_bits (JsonObject *object, const char *name, const BedWords *words)
{
  JsonArray *array = get_array (object, name);
  guint64 bits = 0;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      const char *text = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
                             ? json_node_get_string (node)
                             : "";
      int value = bed_words_parse (words, text);
      if (value >= 0 && value < 64)
        bits |= G_GUINT64_CONSTANT (1) << value;
    }
  return bits;
}

static void
replace (char **to, const char *text)
{
  g_free (*to);
  *to = g_strdup (text);
}

static CtlUnit *
take_unit (CtlWorld *world, JsonObject *row, const char *id)
{
  CtlUnit *unit = g_hash_table_lookup (world->units, id);
  if (unit != NULL)
    return unit;
  unit = g_new0 (CtlUnit, 1);
  unit->id = g_strdup (id);
  unit->beds = g_ptr_array_new ();
  unit->confirm_due = ctl_world_draw_due (world, 120);
  unit->is_proxy = get_flag (row, "proxy", FALSE);
  unit->is_sleepy = world->time.speed == 0 && unit->is_proxy && ctl_world_chance (world, 0.5);
  unit->is_lazy = ctl_world_chance (world, 0.12);
  unit->refuses = ctl_world_draw_between (world, 0.3, 0.6);
  g_hash_table_insert (world->units, unit->id, unit);
  return unit;
}

static void
notice_unit (CtlWorld *world, JsonObject *row)
{
  const char *id = get_text (row, "unit");
  if (id == NULL)
    return;
  CtlUnit *unit = take_unit (world, row, id);
  JsonObject *rules = get_object (row, "rules");
  const char *lap = get_text (row, "lap");
  replace (&unit->owner, get_text (row, "owner"));
  g_strlcpy (unit->lap, lap != NULL ? lap : "", sizeof unit->lap);
  unit->is_proxy = get_flag (row, "proxy", FALSE);
  unit->is_in_effect = get_flag (row, "in_effect", TRUE);
  unit->staffed_cap = (guint) MAX (get_number (row, "staffed_cap"), 0);
  unit->surge_asked = (guint) MAX (get_number (row, "surge_asked"), 0);
  unit->easting = get_number (row, "easting");
  unit->northing = get_number (row, "northing");
  unit->closed = get_word (row, "reason", &bed_closure_words);
  if (rules == NULL)
    return;
  unit->accepts = get_word (rules, "accepts", &bed_accepts_words);
  unit->assesses_itself = get_flag (rules, "own_assessment", FALSE);
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
    return bed->has_leave_day && bed->referral[0] == '\0' ? CTL_BED_LEAVING : CTL_BED_SETTLED;
  if (bed->occupancy != BED_OCCUPANCY_VACANT || bed->commitment != BED_COMMITMENT_NONE)
    return CTL_BED_SETTLED;
  if (bed->readiness == BED_READINESS_DIRTY || bed->readiness == BED_READINESS_CONTAMINATED)
    return CTL_BED_DIRTY;
  return bed->readiness == BED_READINESS_CLEANING ? CTL_BED_CLEANING : CTL_BED_SETTLED;
}

static void
read_bed (CtlBed *bed, JsonObject *row)
{
  const char *referral = get_text (row, "referral");
  bed->occupancy = get_word (row, "occupancy", &bed_occupancy_words);
  bed->readiness = get_word (row, "readiness", &bed_readiness_words);
  bed->service = get_word (row, "service", &bed_service_words);
  bed->commitment = get_word (row, "commitment", &bed_commitment_words);
  bed->type = get_word (row, "type", &bed_type_words);
  bed->bay_sex = get_word (row, "bay_sex", &bed_bay_sex_words);
  bed->closed = get_word (row, "reason", &bed_closure_words);
  bed->flex = (guint32) get_bits (row, "flex", &bed_type_words);
  bed->features = get_bits (row, "features", &bed_need_words)
                  & ~get_bits (row, "features_out", &bed_need_words);
  bed->is_in_effect = get_flag (row, "in_effect", TRUE);
  bed->is_offerable = get_flag (row, "offerable", FALSE);
  bed->is_stale = get_flag (row, "stale", FALSE);
  bed->has_leave_day = get_text (row, "expected_free_at") != NULL;
  g_strlcpy (bed->referral, referral != NULL ? referral : "", sizeof bed->referral);
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
      bed->leave_due = CTL_NEVER;
      g_hash_table_insert (world->beds, bed->id, bed);
      g_ptr_array_add (unit->beds, bed);
    }
  read_bed (bed, row);
  CtlBedSituation situation = judge_bed (bed);
  if (situation == bed->situation)
    return;
  bed->situation = situation;
  if (situation != CTL_BED_SHUT || bed->due <= world->now_min) /* whoever closed it has set a day */
    bed->due = world->now_min + ctl_units_draw_delay (world, situation);
}

static void
read_person (CtlPerson *person, JsonObject *row)
{
  JsonObject *offer = get_object (row, "offer");
  JsonObject *home = get_object (row, "home");
  JsonObject *needs = get_object (row, "needs");
  const char *lap = get_text (row, "lap");
  const char *source = get_text (row, "source");
  person->state = get_word (row, "state", &bed_state_words);
  person->type = get_word (row, "type", &bed_type_words);
  person->sex = get_word (row, "sex", &bed_sex_words);
  person->pathway = get_word (row, "pathway", &bed_pathway_words);
  person->must = get_bits (needs, "must", &bed_need_words);
  person->must_not = get_bits (needs, "must_not", &bed_need_words);
  person->easting = get_number (home, "easting");
  person->northing = get_number (home, "northing");
  person->is_urgent = get_word (row, "lane", &bed_lane_words) == BED_LANE_URGENT;
  person->is_agreed = get_word (row, "agreed", &bed_agreed_words) != BED_AGREED_NOT_YET;
  person->is_out_of_hours = get_flag (row, "out_of_hours", FALSE);
  person->is_to_decide = get_flag (row, "decide", FALSE);
  person->is_away = get_flag (row, "away", FALSE);
  person->submitted_us = get_time (row, "submitted_at");
  person->ready_us = get_time (row, "ready_at");
  person->until_us = get_time (row, "until");
  person->expected_us = get_time (row, "expected_at");
  person->offer_metres = (guint) MAX (get_number (offer, "metres"), 0);
  person->waiting_for = get_word (row, "waiting_for", &bed_waiting_for_words);
  replace (&person->bed, get_text (row, "bed"));
  replace (&person->offer, get_text (offer, "bed"));
  g_strlcpy (person->lap, lap != NULL ? lap : "", sizeof person->lap);
  g_strlcpy (person->source, source != NULL ? source : "", sizeof person->source);
}

/* Limits that have passed since the row before. */
static void
read_breaches (CtlWorld *world, CtlPerson *person, JsonObject *row)
{
  JsonArray *clocks = get_array (row, "clocks");
  for (guint i = 0; clocks != NULL && i < json_array_get_length (clocks); i++)
    {
      JsonNode *node = json_array_get_element (clocks, i);
      JsonObject *clock = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *word = get_text (clock, "clock");
      int which = word != NULL ? bed_words_parse (&bed_clock_words, word) : -1;
      if (which < 0 || !get_flag (clock, "breached", FALSE) || person->breached >> which & 1)
        continue;
      person->breached |= (guint16) (1u << which);
      ctl_tally_breach (&world->tally, word, ctl_causes_explain (world, person, (BedClock) which));
    }
}

static void
notice_person (CtlWorld *world, JsonObject *row)
{
  const char *code = get_text (row, "referral");
  if (code == NULL)
    return;
  CtlPerson *person = ctl_world_take_person (world, code);
  guint8 before = person->state;
  g_autofree char *offer = g_strdup (person->offer);
  read_person (person, row);
  read_breaches (world, person, row);
  person->is_seen = TRUE;
  person->is_in_feed = TRUE;
  if (before != person->state)
    ctl_people_replan (world, person, before);
  if (g_strcmp0 (offer, person->offer) != 0)
    ctl_people_replan_offer (world, person);
}

static void
notice_rows (CtlWorld *world, JsonObject *params, const char *name,
             void (*notice) (CtlWorld *, JsonObject *))
{
  JsonArray *rows = get_array (params, name);
  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
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

/* Somebody of ours who vanishes is remembered until we have ended their referral. */
static void
forget_person (CtlWorld *world, const char *code)
{
  CtlPerson *person = g_hash_table_lookup (world->people, code);
  if (person == NULL)
    return;
  person->is_in_feed = FALSE;
  if (person->is_closed || !person->is_ours)
    g_hash_table_remove (world->people, code);
}

static void
forget_gone (CtlWorld *world, JsonObject *params, const char *name,
             void (*forget) (CtlWorld *, const char *))
{
  JsonArray *ids = get_array (get_object (params, "gone"), name);
  for (guint i = 0; ids != NULL && i < json_array_get_length (ids); i++)
    {
      JsonNode *id = json_array_get_element (ids, i);
      if (JSON_NODE_HOLDS_VALUE (id) && json_node_get_value_type (id) == G_TYPE_STRING)
        forget (world, json_node_get_string (id));
    }
}

static gboolean
leaves_with_snapshot (gpointer code, gpointer value, gpointer user_data)
{
  CtlPerson *person = value;
  if (person->is_seen)
    return FALSE;
  person->is_in_feed = FALSE;
  return person->is_closed || !person->is_ours;
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

/* `at`, and the instants of what has happened lately. */
static void
hear_time (CtlWorld *world, JsonObject *params)
{
  gint64 monotonic_us = g_get_monotonic_time ();
  gint64 at_us = get_time (params, "at");
  if (at_us != 0)
    ctl_time_hear (&world->time, monotonic_us, at_us);
}

void
ctl_world_notice (CtlWorld *world, const char *method, JsonObject *params)
{
  gboolean is_snapshot = strcmp (method, "feed.snapshot") == 0;
  if (!is_snapshot && strcmp (method, "feed.changes") != 0)
    return;
  hear_time (world, params);
  if (is_snapshot && world->pages_left == 0)
    begin_snapshot (world, json_object_get_int_member_with_default (params, "pages", 1));
  notice_rows (world, params, "units", notice_unit);
  notice_rows (world, params, "beds", notice_bed);
  notice_rows (world, params, "referrals", notice_person);
  forget_gone (world, params, "beds", forget_bed);
  forget_gone (world, params, "referrals", forget_person);
  world->revision = (guint64) json_object_get_int_member_with_default (params, "revision", 0);
  if (is_snapshot && --world->pages_left == 0)
    {
      g_hash_table_foreach_remove (world->people, leaves_with_snapshot, NULL);
      world->is_whole = TRUE;
    }
  world->new_people = 0;
}
