/* ctl-simulate-units.c: what happens in the units: first sight, cleaning, leaving, closing,
 * confirming.
 *
 * A day on the virtual clock turns over about one bed in eight. All reports come from the unit's
 * own staff or its owner where they have a token, otherwise by phone through a coordinator. Owns
 * nothing; refusals (somebody was first) put the matter off.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ctl-simulate-world.h"

#include "common/bed-time.h"

#define SHARE_LEAVING 0.055 /* of the residents, at any time of the day */
#define CLOSURES_PER_HOUR 0.12
#define CONFIRM_MEAN_MIN 300
#define RETRY_MEAN_MIN 30
#define STEP_ACTIONS_MAX 400 /* commands of one step */

/* Mean minutes until somebody acts. */
static const double delays[CTL_N_BED_SITUATIONS] = {
  [CTL_BED_SETTLED] = 0, [CTL_BED_UNSEEN] = 0,    [CTL_BED_LEAVING] = 600,
  [CTL_BED_DIRTY] = 35,  [CTL_BED_CLEANING] = 55, [CTL_BED_SHUT] = 720,
};

/* What a bed turns out to be at first sight; shares of a hundred. */
typedef struct
{
  guint share;
  BedOccupancy occupancy;
  BedReadiness readiness;
  gboolean leaves_today;
  gboolean is_closed;
} FirstSight;

static const FirstSight first_sights[] = {
  { 81, BED_OCCUPANCY_OCCUPIED, BED_READINESS_READY, FALSE, FALSE },
  { 6, BED_OCCUPANCY_OCCUPIED, BED_READINESS_READY, TRUE, FALSE },
  { 1, BED_OCCUPANCY_ON_LEAVE, BED_READINESS_READY, FALSE, FALSE },
  { 7, BED_OCCUPANCY_VACANT, BED_READINESS_READY, FALSE, FALSE },
  { 2, BED_OCCUPANCY_VACANT, BED_READINESS_CLEANING, FALSE, FALSE },
  { 2, BED_OCCUPANCY_VACANT, BED_READINESS_DIRTY, FALSE, FALSE },
  { 1, BED_OCCUPANCY_VACANT, BED_READINESS_READY, FALSE, TRUE },
};

static const char *const closures[]
    = { "outbreak", "outbreak", "repair", "staffing", "deep_clean" };

double
ctl_units_get_delay (CtlBedSituation situation)
{
  return delays[situation];
}

static void
on_bed_answered (const char *id, const char *reason, JsonObject *answer, gpointer user_data)
{
  CtlWorld *world = user_data;
  CtlBed *bed = g_hash_table_lookup (world->beds, id);
  if (bed != NULL)
    ctl_world_put_off (world, RETRY_MEAN_MIN, &bed->is_pending, &bed->due);
}

static CtlMember *
find_reporter (CtlWorld *world, const CtlUnit *unit)
{
  CtlMember *member
      = unit->owner != NULL ? ctl_crew_find_house (world->crew, unit->id, unit->owner) : NULL;
  return member != NULL ? member
                        : ctl_crew_find_coordinator (world->crew, g_rand_int (world->rand));
}

/* Only an owner closes and opens; a coordinator does it for a unit that is kept by phone. */
static CtlMember *
find_keeper (CtlWorld *world, const CtlUnit *unit)
{
  CtlMember *member = unit->owner != NULL ? ctl_crew_find_owner (world->crew, unit->owner) : NULL;
  if (member == NULL && unit->is_proxy)
    member = ctl_crew_find_coordinator (world->crew, g_rand_int (world->rand));
  return member;
}

static gboolean
send_about (CtlWorld *world, CtlBed *bed, CtlMember *member, const char *method, BedJson *json)
{
  bed->is_pending = TRUE;
  ctl_crew_send (member, method, json, bed->id, on_bed_answered, world);
  return TRUE;
}

static gboolean
report (CtlWorld *world, CtlBed *bed, int occupancy, int readiness, gint64 expected_us)
{
  CtlMember *member = find_reporter (world, bed->unit);
  if (member == NULL)
    return FALSE;
  g_auto (BedJson) json = { 0 };
  ctl_crew_begin (&json);
  bed_json_add_string (&json, "bed", bed->id);
  if (occupancy >= 0)
    bed_json_add_string (&json, "occupancy",
                         bed_words_print (&bed_occupancy_words, (guint) occupancy));
  if (readiness >= 0)
    bed_json_add_string (&json, "readiness",
                         bed_words_print (&bed_readiness_words, (guint) readiness));
  if (expected_us != 0)
    bed_json_add_time (&json, "expected_free_at", expected_us);
  return send_about (world, bed, member, "bed.report", &json);
}

static gboolean
close_bed (CtlWorld *world, CtlBed *bed)
{
  CtlMember *member = find_keeper (world, bed->unit);
  if (member == NULL)
    return FALSE;
  g_auto (BedJson) json = { 0 };
  ctl_crew_begin (&json);
  bed_json_add_string (&json, "bed", bed->id);
  bed_json_add_string (&json, "reason",
                       closures[g_rand_int_range (world->rand, 0, G_N_ELEMENTS (closures))]);
  bed->is_shut_by_us = TRUE;
  return send_about (world, bed, member, "bed.close", &json);
}

static gboolean
open_bed (CtlWorld *world, CtlBed *bed)
{
  CtlMember *member = find_keeper (world, bed->unit);
  if (member == NULL)
    return FALSE;
  g_auto (BedJson) json = { 0 };
  ctl_crew_begin (&json);
  bed_json_add_string (&json, "bed", bed->id);
  return send_about (world, bed, member, "bed.open", &json);
}

/* Some time today, in whole five minutes; near midnight, in an hour. */
static gint64
draw_leave_time (CtlWorld *world)
{
  gint64 now_us = g_get_real_time ();
  gint64 midnight_us = bed_time_find_next_local (now_us, 0, 0);
  gint64 at_us = now_us + g_rand_int_range (world->rand, 40, 420) * BED_MINUTE_US;
  if (at_us >= midnight_us)
    at_us = MAX (midnight_us - 10 * BED_MINUTE_US, now_us + BED_HOUR_US);
  return at_us - at_us % (5 * BED_MINUTE_US);
}

static const FirstSight *
draw_first_sight (CtlWorld *world, const CtlUnit *unit)
{
  gint32 drawn = g_rand_int_range (world->rand, 0, 100);
  const FirstSight *sight = first_sights;
  for (guint i = 0; i < G_N_ELEMENTS (first_sights); i++)
    {
      sight = &first_sights[i];
      drawn -= (gint32) sight->share;
      if (drawn < 0)
        break;
    }
  /* Staff for one more, so that an empty bed can be offered. */
  gboolean is_full = unit->planned + 1 >= unit->staffed_cap;
  return sight->occupancy != BED_OCCUPANCY_VACANT && is_full ? &first_sights[3] : sight;
}

/* FALSE if nobody here may say so. */
static gboolean
see_first (CtlWorld *world, CtlBed *bed)
{
  const FirstSight *sight = draw_first_sight (world, bed->unit);
  if (sight->occupancy != BED_OCCUPANCY_VACANT)
    bed->unit->planned++;
  if (sight->is_closed && find_keeper (world, bed->unit) != NULL)
    {
      /* Two commands in the order of one session: empty, then closed. */
      if (!report (world, bed, BED_OCCUPANCY_VACANT, BED_READINESS_READY, 0))
        return FALSE;
      return close_bed (world, bed);
    }
  int readiness = sight->occupancy == BED_OCCUPANCY_VACANT ? (int) sight->readiness : -1;
  return report (world, bed, (int) sight->occupancy, readiness,
                 sight->leaves_today ? draw_leave_time (world) : 0);
}

static gboolean
act_on_bed (CtlWorld *world, CtlBed *bed)
{
  switch (bed->situation)
    {
    case CTL_BED_UNSEEN:
      return see_first (world, bed);
    case CTL_BED_LEAVING:
      return report (world, bed, BED_OCCUPANCY_VACANT, -1, 0);
    case CTL_BED_DIRTY:
      return report (world, bed, -1, BED_READINESS_CLEANING, 0);
    case CTL_BED_CLEANING:
      return report (world, bed, -1, BED_READINESS_READY, 0);
    case CTL_BED_SHUT:
      return open_bed (world, bed);
    case CTL_BED_SETTLED:
    case CTL_N_BED_SITUATIONS:
      break;
    }
  return FALSE;
}

static void
on_unit_answered (const char *id, const char *reason, JsonObject *answer, gpointer user_data)
{
}

static void
confirm (CtlWorld *world, CtlUnit *unit)
{
  CtlMember *member = find_reporter (world, unit);
  unit->confirm_due = ctl_world_draw_due (world, CONFIRM_MEAN_MIN);
  if (member == NULL || unit->is_sleepy || !unit->is_in_effect)
    return;
  g_auto (BedJson) json = { 0 };
  ctl_crew_begin (&json);
  bed_json_add_string (&json, "unit", unit->id);
  ctl_crew_send (member, "unit.confirm", &json, unit->id, on_unit_answered, world);
}

/* What one pass over the beds has counted, and one bed of each kind, all equally likely. */
typedef struct
{
  guint n_residents;
  guint n_leaving;
  guint n_stayers; /* residents who might be told that they leave today */
  guint n_free;
  CtlBed *stayer; /* borrowed, as the next */
  CtlBed *free;
} Census;

static void
choose (CtlWorld *world, CtlBed *bed, guint *n, CtlBed **chosen)
{
  *n += 1;
  if (g_rand_int_range (world->rand, 0, (gint32) *n) == 0)
    *chosen = bed;
}

static void
count_bed (CtlWorld *world, CtlBed *bed, Census *census)
{
  gboolean is_resident = bed->is_in_effect && bed->occupancy == BED_OCCUPANCY_OCCUPIED;
  census->n_residents += is_resident;
  census->n_leaving += bed->situation == CTL_BED_LEAVING;
  if (bed->is_pending)
    return;
  if (is_resident && !bed->has_person && bed->situation == CTL_BED_SETTLED && !bed->unit->is_sleepy)
    choose (world, bed, &census->n_stayers, &census->stayer);
  if (bed->is_offerable)
    choose (world, bed, &census->n_free, &census->free);
}

void
ctl_units_step (CtlWorld *world, double minutes)
{
  GHashTableIter iter;
  gpointer value = NULL;
  guint n_actions = 0;
  Census census = { 0 };
  g_hash_table_iter_init (&iter, world->beds);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      CtlBed *bed = value;
      count_bed (world, bed, &census);
      if (bed->is_pending || bed->situation == CTL_BED_SETTLED || bed->due > world->now_min
          || n_actions++ >= STEP_ACTIONS_MAX)
        continue;
      if (!act_on_bed (world, bed))
        ctl_world_put_off (world, RETRY_MEAN_MIN, &bed->is_pending, &bed->due);
    }
  if (census.stayer != NULL && census.n_leaving < (guint) (SHARE_LEAVING * census.n_residents)
      && ctl_world_chance (world, 0.3))
    report (world, census.stayer, -1, -1, draw_leave_time (world));
  if (census.free != NULL && !census.free->is_pending
      && ctl_world_chance (world, CLOSURES_PER_HOUR * minutes / 60))
    close_bed (world, census.free);
  g_hash_table_iter_init (&iter, world->units);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((CtlUnit *) value)->confirm_due <= world->now_min)
      confirm (world, value);
}

gboolean
ctl_units_are_filled (const CtlWorld *world)
{
  GHashTableIter iter;
  gpointer bed = NULL;
  g_hash_table_iter_init (&iter, world->beds);
  while (g_hash_table_iter_next (&iter, NULL, &bed))
    if (((CtlBed *) bed)->situation == CTL_BED_UNSEEN)
      return FALSE;
  return world->is_whole && g_hash_table_size (world->beds) > 0;
}
