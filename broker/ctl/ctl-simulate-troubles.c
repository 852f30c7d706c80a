/* ctl-simulate-troubles.c: what strikes whole units, and beds that are not as they were shown.
 *
 * Outbreaks close a unit in one act and let it reopen bed by bed; staff fall ill; a queue that grows
 * makes the desk ask for surge beds, which their owner opens. What was found to be wrong about a
 * bed is put right by its unit. Owns nothing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ctl-simulate-world.h"

#include "common/bed-time.h"

#define OUTBREAKS_PER_UNIT_DAY 0.004
#define SHORT_STAFFED_PER_UNIT_DAY 0.012
#define UNHEARD_PER_DAY 0.6 /* somebody comes whom the register never heard of */
#define PRESSURE 0.035      /* people waiting, of the beds: surge is asked for */
#define SURGE_DAYS 10
#define OUTBREAK_DAYS_MIN 5.0
#define OUTBREAK_DAYS_MAX 10.0

static void
on_told (const char *id, const char *reason, JsonObject *answer, gpointer user_data)
{
}

/* The beds reopen one by one, when the last case in each has passed. */
static void
on_unit_closed (const char *id, const char *reason, JsonObject *answer, gpointer user_data)
{
  CtlWorld *world = user_data;
  const CtlUnit *unit = g_hash_table_lookup (world->units, id);
  if (unit == NULL || reason != NULL)
    return;
  world->tally.outbreaks++;
  for (guint i = 0; i < unit->beds->len; i++)
    {
      CtlBed *bed = g_ptr_array_index (unit->beds, i);
      bed->is_shut_by_us = TRUE;
      bed->situation = CTL_BED_SHUT;
      bed->due = world->now_min
                 + ctl_world_draw_between (world, OUTBREAK_DAYS_MIN, OUTBREAK_DAYS_MAX) * 24 * 60;
    }
}

static void
begin_unit (const CtlUnit *unit, BedJson *json)
{
  ctl_crew_begin (json);
  bed_json_add_string (json, "unit", unit->id);
}

static void
close_for_outbreak (CtlWorld *world, const CtlUnit *unit)
{
  CtlMember *member = ctl_units_find_keeper (world, unit);
  if (member == NULL || unit->closed != BED_CLOSURE_NONE)
    return;
  g_auto (BedJson) json = { 0 };
  begin_unit (unit, &json);
  bed_json_add_string (&json, "reason", "outbreak");
  ctl_crew_send (member, "unit.close", &json, unit->id, on_unit_closed, world);
}

/* Two fewer until tomorrow's shift. */
static void
cut_staff (CtlWorld *world, const CtlUnit *unit)
{
  CtlMember *member = ctl_units_find_keeper (world, unit);
  if (member == NULL || unit->staffed_cap < 4 || unit->staffed_cap < unit->beds->len)
    return;
  g_auto (BedJson) json = { 0 };
  begin_unit (unit, &json);
  bed_json_add_int (&json, "staffed_cap", unit->staffed_cap - 2);
  bed_json_add_time (&json, "until", ctl_world_read_utc (world) + BED_DAY_US);
  ctl_crew_send (member, "unit.staff", &json, unit->id, on_told, world);
}

static guint
count_surge_shut (const CtlUnit *unit)
{
  guint n = 0;
  for (guint i = 0; i < unit->beds->len; i++)
    n += ((CtlBed *) g_ptr_array_index (unit->beds, i))->service == BED_SERVICE_SURGE_SHUT;
  return n;
}

static void
ask_for_surge (CtlWorld *world, const CtlUnit *unit)
{
  CtlMember *member = ctl_people_find_desk (world);
  guint n = MIN (count_surge_shut (unit), 6);
  if (member == NULL || n == 0 || unit->surge_asked > 0)
    return;
  g_auto (BedJson) json = { 0 };
  begin_unit (unit, &json);
  bed_json_add_int (&json, "beds", n);
  bed_json_add_time (&json, "until", ctl_world_read_utc (world) + SURGE_DAYS * BED_DAY_US);
  ctl_crew_send (member, "surge.ask", &json, unit->id, on_told, world);
}

static void
open_surge (CtlWorld *world, const CtlUnit *unit)
{
  CtlMember *member = ctl_units_find_keeper (world, unit);
  for (guint i = 0; member != NULL && i < unit->beds->len; i++)
    {
      CtlBed *bed = g_ptr_array_index (unit->beds, i);
      if (bed->service != BED_SERVICE_SURGE_SHUT || bed->is_pending || world->revision < bed->after_revision)
        continue;
      g_auto (BedJson) json = { 0 };
      ctl_crew_begin (&json);
      bed_json_add_string (&json, "bed", bed->id);
      bed_json_add_time (&json, "until", ctl_world_read_utc (world) + SURGE_DAYS * BED_DAY_US);
      ctl_units_send (world, bed, member, "surge.open", CTL_SAYS_NOTHING, &json);
      world->tally.surge_opened++;
      return;
    }
}

/* It breaks a hold; nobody is turned away at the door for it. */
static gboolean
fill (CtlWorld *world, CtlBed *bed, const char *why, double days)
{
  CtlMember *member = ctl_units_find_reporter (world, bed->unit);
  if (member == NULL)
    return FALSE;
  g_auto (BedJson) json = { 0 };
  ctl_crew_begin (&json);
  bed_json_add_string (&json, "bed", bed->id);
  bed_json_add_string (&json, "why", why);
  bed->leave_due = world->now_min + days * 24 * 60;
  ctl_units_send (world, bed, member, "bed.fill", CTL_SAYS_SOMEBODY, &json);
  return TRUE;
}

static gboolean
say_dirty (CtlWorld *world, CtlBed *bed)
{
  CtlMember *member = ctl_units_find_reporter (world, bed->unit);
  if (member == NULL)
    return FALSE;
  g_auto (BedJson) json = { 0 };
  ctl_crew_begin (&json);
  bed_json_add_string (&json, "bed", bed->id);
  bed_json_add_string (&json, "readiness", "dirty");
  ctl_units_send (world, bed, member, "bed.report", CTL_SAYS_NOTHING, &json);
  return TRUE;
}

gboolean
ctl_troubles_mend (CtlWorld *world, CtlBed *bed)
{
  guint8 fault = (guint8) (bed->fault - 1);
  gboolean is_empty = bed->occupancy == BED_OCCUPANCY_VACANT && bed->commitment == BED_COMMITMENT_NONE;
  bed->fault = 0;
  if (fault == BED_DECLINE_OUTBREAK)
    close_for_outbreak (world, bed->unit);
  else if (fault == BED_DECLINE_NO_STAFF)
    cut_staff (world, bed->unit);
  else if (fault == BED_DECLINE_BED_TAKEN && is_empty)
    return fill (world, bed, "arrived_unannounced", ctl_world_draw_between (world, 1, 9));
  else if (fault == BED_DECLINE_NOT_READY && is_empty && bed->readiness == BED_READINESS_READY)
    return say_dirty (world, bed);
  bed->unit->confirm_due = MIN (bed->unit->confirm_due, world->now_min + 30); /* the others are right */
  return TRUE;
}

/* One of the offerable beds, all equally likely; NULL: there is none. */
static CtlBed *
draw_free_bed (CtlWorld *world)
{
  GHashTableIter iter;
  gpointer value = NULL;
  CtlBed *chosen = NULL;
  gint32 n = 0;
  g_hash_table_iter_init (&iter, world->beds);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      CtlBed *bed = value;
      if (bed->is_offerable && !bed->is_pending && g_rand_int_range (world->rand, 0, ++n) == 0)
        chosen = bed;
    }
  return chosen;
}

static guint
count_waiting (const CtlWorld *world)
{
  GHashTableIter iter;
  gpointer person = NULL;
  guint n = 0;
  g_hash_table_iter_init (&iter, world->people);
  while (g_hash_table_iter_next (&iter, NULL, &person))
    n += ((CtlPerson *) person)->is_in_feed && ((CtlPerson *) person)->state == BED_STATE_WAITING;
  return n;
}

void
ctl_troubles_step (CtlWorld *world, double minutes)
{
  double days = minutes / 60 / 24;
  gboolean is_pressed = count_waiting (world) > PRESSURE * g_hash_table_size (world->beds);
  GHashTableIter iter;
  gpointer value = NULL;
  g_hash_table_iter_init (&iter, world->units);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const CtlUnit *unit = value;
      if (!unit->is_in_effect || unit->beds->len == 0)
        continue;
      if (ctl_world_chance (world, OUTBREAKS_PER_UNIT_DAY * days))
        close_for_outbreak (world, unit);
      if (ctl_world_chance (world, SHORT_STAFFED_PER_UNIT_DAY * days))
        cut_staff (world, unit);
      if (is_pressed && ctl_world_chance (world, 2 * days))
        ask_for_surge (world, unit);
      if (unit->surge_asked > 0 && ctl_world_chance (world, 8 * days))
        open_surge (world, unit);
    }
  if (!ctl_world_chance (world, UNHEARD_PER_DAY * days))
    return;
  CtlBed *bed = draw_free_bed (world);
  if (bed != NULL)
    fill (world, bed, "not_intermediate_care", ctl_world_draw_between (world, 2, 20));
}
