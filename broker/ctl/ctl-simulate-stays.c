/* ctl-simulate-stays.c: a stay: therapy, assessments, moves, days away, waiting for what comes
 * next, leaving.
 *
 * A stay is lognormal about three and a half weeks, shorter for respite and the urgent lane; the
 * last days of two in five are spent waiting for something else. Owns nothing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ctl-simulate-world.h"

#include "common/bed-time.h"

#define MEDIAN_DAYS 25.0
#define SIGMA 0.5
#define LIVELY_STAY_MIN 5760.0 /* where a day is played in minutes, nobody would ever leave */
#define LIMIT_DAYS 42

/* Where it is not the usual one. */
static const double medians[BED_TYPE_N] = {
  [BED_TYPE_RESPITE] = 10, [BED_TYPE_STEP_UP] = 13, [BED_TYPE_END_OF_LIFE] = 16,
  [BED_TYPE_SITTING] = 6,  [BED_TYPE_VIRTUAL_WARD] = 9,
};

static const CtlShare outcomes[]
    = { { "home_with_package", 38 }, { "home", 26 },       { "home_reablement", 12 }, { "acute", 10 },
        { "residential", 6 },        { "nursing", 6 },     { "hospice", 1 },          { "self_discharge", 1 } };
static const CtlShare waits[]
    = { { "package", 38 }, { "placement", 16 }, { "equipment", 12 },   { "housing", 8 },     { "family", 8 },
        { "funding", 7 },  { "assessment", 6 }, { "chc_decision", 3 }, { "safeguarding", 2 } };

static double
draw_stay_min (CtlWorld *world, const CtlPerson *person)
{
  if (world->time.speed == 0)
    return ctl_world_draw_due (world, LIVELY_STAY_MIN) - world->now_min;
  double median = medians[person->type] != 0 ? medians[person->type] : MEDIAN_DAYS;
  double days = ctl_world_draw_days (world, median, SIGMA);
  ctl_tally_add (world->tally.stays, days);
  return days * 24 * 60;
}

/* At about this time, in the hours in which it is done. */
static void
set (CtlWorld *world, CtlPerson *person, CtlAct act, double at, const CtlShift *shift)
{
  gint64 at_us = ctl_world_find_utc (world, at);
  gint64 open_us = world->time.speed != 0 ? ctl_time_find_shift (shift, at_us) : at_us;
  person->due[act] = at + (double) (open_us - at_us) / BED_MINUTE_US;
}

void
ctl_stays_plan (CtlWorld *world, CtlPerson *person)
{
  static const CtlShift office = { 9, 17, TRUE };
  static const CtlShift day = { 9, 18 };
  static const CtlShift any = { 0, 24 };
  double from = world->now_min;
  double stay = draw_stay_min (world, person);
  double hours = stay / 60;
  set (world, person, CTL_ACT_LEAVE, from + stay, &day);
  if (ctl_world_chance (world, 0.75))
    set (world, person, CTL_ACT_READY, from + stay * ctl_world_draw_between (world, 0.75, 0.97), &office);
  if (stay > LIMIT_DAYS * 24 * 60)
    set (world, person, CTL_ACT_EXTEND_STAY,
         from + ctl_world_draw_between (world, 39, 42.5) * 24 * 60, &office);
  if (person->pathway == BED_PATHWAY_ENHANCED && ctl_world_chance (world, 0.6))
    set (world, person, CTL_ACT_ASSESS, from + stay * 0.3, &office);
  if (ctl_world_chance (world, 0.05))
    set (world, person, CTL_ACT_AWAY, from + stay * ctl_world_draw_between (world, 0.2, 0.6), &any);
  ctl_people_plan_perhaps (world, person, CTL_ACT_MOVE, 0.05, hours);
  ctl_people_plan_perhaps (world, person, CTL_ACT_DIE, person->type == BED_TYPE_END_OF_LIFE ? 0.5 : 0.025, hours);
}

/* To another bed of the same unit: a quieter bay, or nearer to the nurses. */
static gboolean
move (CtlWorld *world, CtlPerson *person, CtlMember *member, BedJson *json)
{
  const CtlBed *here = ctl_world_find_bed (world, person->bed);
  for (guint i = 0; here != NULL && !person->is_away && i < here->unit->beds->len; i++)
    {
      const CtlBed *bed = g_ptr_array_index (here->unit->beds, i);
      if (bed == here || !bed->is_offerable || bed->is_pending || !ctl_world_suits (bed, person))
        continue;
      bed_json_add_string (json, "bed", bed->id);
      g_free (person->asked_bed);
      person->asked_bed = g_strdup (bed->id);
      return ctl_people_send (world, person, member, CTL_ACT_MOVE, "placement.move", json);
    }
  person->due[CTL_ACT_MOVE] = CTL_NEVER;
  return TRUE;
}

static gboolean
go_away (CtlWorld *world, CtlPerson *person, CtlMember *member, BedJson *json)
{
  gboolean is_hospital = ctl_world_chance (world, 0.6);
  double hours = ctl_world_draw_between (world, 20, is_hospital ? 47 : 100);
  bed_json_add_string (json, "kind", is_hospital ? "hospital" : "home_leave");
  bed_json_add_time (json, "keep_until", ctl_world_find_utc (world, world->now_min + hours * 60));
  return ctl_people_send (world, person, member, CTL_ACT_AWAY, "placement.away", json);
}

static gboolean
leave (CtlWorld *world, CtlPerson *person, CtlMember *member, BedJson *json)
{
  bed_json_add_string (json, "outcome", person->state == BED_STATE_DIED ? "died" : CTL_DRAW (world, outcomes));
  return ctl_people_send (world, person, member, CTL_ACT_LEAVE, "placement.leave", json);
}

static gboolean
say (CtlWorld *world, CtlPerson *person, CtlMember *member, CtlAct act, BedJson *json)
{
  static const struct
  {
    const char *method;
    const char *kind;
    const char *result;
  } plain[CTL_N_ACTS] = {
    [CTL_ACT_THERAPY] = { "placement.therapy", NULL, NULL },
    [CTL_ACT_ASSESS] = { "assessment.start", "chc", NULL },
    [CTL_ACT_ASSESSED] = { "assessment.done", "chc", "not_eligible" },
    [CTL_ACT_BACK] = { "placement.back", NULL, NULL },
    [CTL_ACT_DIE] = { "referral.died", NULL, NULL },
  };
  if (plain[act].kind != NULL)
    bed_json_add_string (json, "kind", plain[act].kind);
  if (plain[act].result != NULL)
    bed_json_add_string (json, "result", ctl_world_chance (world, 0.2) ? "eligible" : plain[act].result);
  return ctl_people_send (world, person, member, act, plain[act].method, json);
}

gboolean
ctl_stays_act (CtlWorld *world, CtlPerson *person, CtlAct act)
{
  CtlMember *member = ctl_people_find_house (world, person);
  if (member == NULL && act == CTL_ACT_DIE) /* before there is a bed */
    member = ctl_people_find_source (world, person);
  g_auto (BedJson) json = { 0 };
  ctl_people_begin (person, &json);
  if (act == CTL_ACT_MOVE)
    return move (world, person, member, &json);
  if (act == CTL_ACT_AWAY)
    return go_away (world, person, member, &json);
  if (act == CTL_ACT_LEAVE)
    return leave (world, person, member, &json);
  if (act == CTL_ACT_READY)
    {
      if (ctl_world_chance (world, 0.7))
        bed_json_add_string (&json, "waiting_for", CTL_DRAW (world, waits));
      return ctl_people_send (world, person, member, act, "placement.ready_to_leave", &json);
    }
  if (act == CTL_ACT_EXTEND_STAY)
    {
      bed_json_add_string (&json, "reason", CTL_DRAW (world, waits));
      return ctl_people_send (world, person, member, act, "placement.extend", &json);
    }
  return say (world, person, member, act, &json);
}
