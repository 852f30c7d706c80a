/* ctl-simulate-units.c: what happens in the units: first sight, cleaning, leaving, closing,
 * confirming.
 *
 * All reports come from the unit's own staff or its owner where they have a token, otherwise by
 * phone through a coordinator. Residents whom the register never heard of leave when their own stay
 * is over; in a day that is played in minutes, a share of them each day. Owns nothing; refusals
 * (somebody was first) put the matter off.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ctl-simulate-world.h"

#include "common/bed-time.h"

#define SHARE_LEAVING 0.055 /* of the residents, at any time of a lively day */
#define CLOSURES_PER_HOUR 0.12 /* lively; */
#define CLOSURES_PER_DAY 1.0   /* of a winter */
#define CONFIRM_MEAN_MIN 300
#define RETRY_MEAN_MIN 30
#define STEP_ACTIONS_MAX 400 /* commands of one step */
#define STAY_MEDIAN_DAYS 22
#define STAY_SIGMA 0.5
#define NOTICE_MIN 600 /* before somebody leaves, their bed's day is known */

static const CtlShift day = { 9, 18 };
static const CtlShift housekeeping = { 7, 22 };
static const CtlShift rounds = { 6, 23 };

/* Mean minutes until somebody acts, in a lively day. */
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

static const CtlShare closures[] = { { "repair", 40 }, { "staffing", 35 }, { "deep_clean", 25 } };

/* Cleaning takes one to four hours from leaving to ready, and nobody does it at night. */
double
ctl_units_draw_delay (CtlWorld *world, CtlBedSituation situation)
{
  if (world->time.speed == 0)
    return ctl_world_draw_due (world, delays[situation]) - world->now_min;
  double after = 0;
  if (situation == CTL_BED_DIRTY)
    after = ctl_world_draw_between (world, 20, 110);
  if (situation == CTL_BED_CLEANING)
    after = ctl_world_draw_between (world, 40, 130);
  if (situation == CTL_BED_SHUT)
    return ctl_world_draw_between (world, 1, 4) * 24 * 60;
  if (situation != CTL_BED_DIRTY && situation != CTL_BED_CLEANING)
    return 0;
  gint64 at_us = ctl_world_find_utc (world, world->now_min + after);
  return after + (double) (ctl_time_find_shift (&housekeeping, at_us) - at_us) / BED_MINUTE_US;
}

/* A stay that began at some time before the simulation did. */
static double
draw_residual (CtlWorld *world)
{
  double days = ctl_world_draw_days (world, STAY_MEDIAN_DAYS, STAY_SIGMA);
  gint64 at_us = ctl_world_find_utc (world, world->now_min + ctl_world_draw_between (world, 0, days) * 24 * 60);
  return (double) (ctl_time_find_shift (&day, at_us) - world->time.zero_us) / BED_MINUTE_US;
}

static void
on_bed_answered (const char *id, const char *reason, JsonObject *answer, gpointer user_data)
{
  CtlWorld *world = user_data;
  CtlBed *bed = g_hash_table_lookup (world->beds, id);
  if (bed == NULL)
    return;
  bed->is_pending = FALSE;
  if (reason != NULL)
    {
      bed->due = ctl_world_draw_due (world, RETRY_MEAN_MIN);
      return;
    }
  if (bed->says != CTL_SAYS_NOTHING)
    bed->resident = bed->says == CTL_SAYS_SOMEBODY ? CTL_SOMEBODY : CTL_NOBODY;
  if (answer != NULL)
    bed->after_revision = (guint64) json_object_get_int_member_with_default (answer, "revision", 0);
}

CtlMember *
ctl_units_find_reporter (CtlWorld *world, const CtlUnit *unit)
{
  CtlMember *member
      = unit->owner != NULL ? ctl_crew_find_house (world->crew, unit->id, unit->owner) : NULL;
  return member != NULL ? member
                        : ctl_crew_find_coordinator (world->crew, g_rand_int (world->rand));
}

/* Only an owner closes and opens; a coordinator does it for a unit that is kept by phone. */
CtlMember *
ctl_units_find_keeper (CtlWorld *world, const CtlUnit *unit)
{
  CtlMember *member = unit->owner != NULL ? ctl_crew_find_owner (world->crew, unit->owner) : NULL;
  if (member == NULL && unit->is_proxy)
    member = ctl_crew_find_coordinator (world->crew, g_rand_int (world->rand));
  return member;
}

void
ctl_units_send (CtlWorld *world, CtlBed *bed, CtlMember *member, const char *method, CtlSays says,
                BedJson *json)
{
  bed->is_pending = TRUE;
  bed->says = says;
  ctl_crew_send (member, method, json, bed->id, on_bed_answered, world);
}

static gboolean
report (CtlWorld *world, CtlBed *bed, int occupancy, int readiness, gint64 expected_us)
{
  CtlMember *member = ctl_units_find_reporter (world, bed->unit);
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
  ctl_units_send (world, bed, member, "bed.report",
                  occupancy < 0                      ? CTL_SAYS_NOTHING
                  : occupancy == BED_OCCUPANCY_VACANT ? CTL_SAYS_NOBODY
                                                      : CTL_SAYS_SOMEBODY,
                  &json);
  return TRUE;
}

static gboolean
close_bed (CtlWorld *world, CtlBed *bed)
{
  CtlMember *member = ctl_units_find_keeper (world, bed->unit);
  if (member == NULL)
    return FALSE;
  g_auto (BedJson) json = { 0 };
  ctl_crew_begin (&json);
  bed_json_add_string (&json, "bed", bed->id);
  bed_json_add_string (&json, "reason", CTL_DRAW (world, closures));
  CtlSays says = bed->is_pending ? bed->says : CTL_SAYS_NOTHING; /* what was said a moment ago */
  bed->is_shut_by_us = TRUE;
  ctl_units_send (world, bed, member, "bed.close", says, &json);
  return TRUE;
}

static gboolean
open_bed (CtlWorld *world, CtlBed *bed)
{
  CtlMember *member = ctl_units_find_keeper (world, bed->unit);
  if (member == NULL)
    return FALSE;
  g_auto (BedJson) json = { 0 };
  ctl_crew_begin (&json);
  bed_json_add_string (&json, "bed", bed->id);
  ctl_units_send (world, bed, member, "bed.open", CTL_SAYS_NOTHING, &json);
  return TRUE;
}

/* Some time today, in whole five minutes; near midnight, in an hour. */
static gint64
draw_leave_time (CtlWorld *world)
{
  gint64 now_us = ctl_world_read_utc (world);
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
  gboolean is_full = world->time.speed == 0 && unit->planned + 1 >= unit->staffed_cap;
  return sight->occupancy != BED_OCCUPANCY_VACANT && is_full ? &first_sights[3] : sight;
}

/* FALSE if nobody here may say so. */
static gboolean
see_first (CtlWorld *world, CtlBed *bed)
{
  const FirstSight *sight = draw_first_sight (world, bed->unit);
  if (sight->occupancy != BED_OCCUPANCY_VACANT)
    {
      bed->unit->planned++;
      bed->leave_due = world->time.speed != 0 ? draw_residual (world) : CTL_NEVER;
    }
  if (sight->is_closed && ctl_units_find_keeper (world, bed->unit) != NULL)
    {
      /* Two commands in the order of one session: empty, then closed. */
      if (!report (world, bed, BED_OCCUPANCY_VACANT, BED_READINESS_READY, 0))
        return FALSE;
      return close_bed (world, bed);
    }
  int readiness = sight->occupancy == BED_OCCUPANCY_VACANT ? (int) sight->readiness : -1;
  gboolean leaves_today = sight->leaves_today && world->time.speed == 0;
  return report (world, bed, (int) sight->occupancy, readiness, leaves_today ? draw_leave_time (world) : 0);
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

/* Somebody whom the register does not know: first the day is said, then they leave. */
static gboolean
see_out (CtlWorld *world, CtlBed *bed)
{
  if (bed->leave_due <= world->now_min)
    return report (world, bed, BED_OCCUPANCY_VACANT, -1, 0);
  if (bed->leave_due - NOTICE_MIN > world->now_min || bed->has_leave_day)
    return FALSE;
  return report (world, bed, -1, -1, ctl_world_find_utc (world, bed->leave_due));
}

static gboolean
is_leaving_unknown (const CtlWorld *world, const CtlBed *bed)
{
  return world->time.speed != 0 && bed->resident == CTL_SOMEBODY && bed->referral[0] == '\0'
         && (bed->leave_due <= world->now_min
             || (bed->leave_due - NOTICE_MIN <= world->now_min && !bed->has_leave_day));
}

static void
on_unit_answered (const char *id, const char *reason, JsonObject *answer, gpointer user_data)
{
}

/* Every few hours, oftener than a unit's limit; the lazy ones let it pass. */
static void
plan_confirmation (CtlWorld *world, CtlUnit *unit)
{
  if (world->time.speed == 0)
    {
      unit->confirm_due = ctl_world_draw_due (world, CONFIRM_MEAN_MIN);
      return;
    }
  double hours = unit->is_proxy ? 9 : unit->is_lazy ? 6 : 3;
  double due = world->now_min + ctl_world_draw_between (world, 0.7, 1.2) * hours * 60;
  gint64 at_us = ctl_world_find_utc (world, due);
  unit->confirm_due = due + (double) (ctl_time_find_shift (&rounds, at_us) - at_us) / BED_MINUTE_US;
}

static void
confirm (CtlWorld *world, CtlUnit *unit)
{
  CtlMember *member = ctl_units_find_reporter (world, unit);
  plan_confirmation (world, unit);
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
  if (is_resident && bed->referral[0] == '\0' && bed->situation == CTL_BED_SETTLED && !bed->unit->is_sleepy)
    choose (world, bed, &census->n_stayers, &census->stayer);
  if (bed->is_offerable)
    choose (world, bed, &census->n_free, &census->free);
}

/* TRUE: something was to be done. */
static gboolean
attend (CtlWorld *world, CtlBed *bed)
{
  if (bed->is_pending || world->revision < bed->after_revision)
    return FALSE;
  if (is_leaving_unknown (world, bed))
    return see_out (world, bed);
  if (bed->due > world->now_min)
    return FALSE;
  gboolean is_done = bed->fault != 0 ? ctl_troubles_mend (world, bed)
                     : bed->situation != CTL_BED_SETTLED && act_on_bed (world, bed);
  if (!is_done && (bed->fault != 0 || bed->situation != CTL_BED_SETTLED))
    ctl_world_put_off (world, RETRY_MEAN_MIN, &bed->is_pending, &bed->due);
  return is_done;
}

/* Told that they leave today, as many as leave in a day. */
static void
send_home (CtlWorld *world, const Census *census)
{
  if (world->time.speed == 0 && census->stayer != NULL && ctl_world_chance (world, 0.3)
      && census->n_leaving < (guint) (SHARE_LEAVING * census->n_residents))
    report (world, census->stayer, -1, -1, draw_leave_time (world));
}

void
ctl_units_step (CtlWorld *world, double minutes)
{
  GHashTableIter iter;
  gpointer value = NULL;
  guint n_actions = 0;
  Census census = { 0 };
  double closures_per_min = world->time.speed == 0 ? CLOSURES_PER_HOUR / 60 : CLOSURES_PER_DAY / 24 / 60;
  g_hash_table_iter_init (&iter, world->beds);
  while (g_hash_table_iter_next (&iter, NULL, &value) && n_actions < STEP_ACTIONS_MAX)
    {
      count_bed (world, value, &census);
      n_actions += attend (world, value);
    }
  send_home (world, &census);
  if (census.free != NULL && !census.free->is_pending && !world->is_ending
      && ctl_world_chance (world, closures_per_min * minutes))
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
