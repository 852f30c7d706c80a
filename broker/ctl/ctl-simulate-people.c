/* ctl-simulate-people.c: what is due about each person, and who does it.
 *
 * One table says of each act how long people take for it, in which hours they work and in which
 * states it makes sense. Whenever somebody's state changes, what no longer makes sense is dropped
 * and what comes next is given its time. The acts themselves are in placing and stays. Owns
 * nothing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ctl-simulate-world.h"

#include "common/bed-time.h"

#define RETRY_MEAN_MIN 30

#define STATE(name) (1u << BED_STATE_##name)
#define ON_THE_WAY (STATE (ACCEPTED) | STATE (IN_TRANSIT))
#define STAYING (STATE (ARRIVED) | STATE (THERAPY_STARTED) | STATE (READY_TO_LEAVE))
#define UNTIL_BED (STATE (SUBMITTED) | STATE (TRIAGED) | STATE (WAITING) | STATE (PAUSED))

typedef struct
{
  double mean_min;
  CtlShift shift;
  guint32 states;
} Rule;

static const Rule rules[CTL_N_ACTS] = {
  [CTL_ACT_TRIAGE] = { 14, { 7, 22 }, STATE (SUBMITTED) },
  [CTL_ACT_RESPOND] = { 55, { 7, 20 }, UNTIL_BED | STATE (HELD) | ON_THE_WAY | STAYING },
  [CTL_ACT_REDIRECT] = { 25, { 0, 24 }, STATE (SUBMITTED) | STATE (TRIAGED) | STATE (WAITING) },
  [CTL_ACT_GO_HOME] = { 320, { 9, 18 }, STATE (TRIAGED) },
  [CTL_ACT_AGREE] = { 300, { 9, 19 }, UNTIL_BED | STATE (HELD) },
  [CTL_ACT_PLACE] = { 5, { 7, 21 }, STATE (WAITING) },
  [CTL_ACT_SEARCH] = { 240, { 8, 20 }, STATE (WAITING) },
  [CTL_ACT_PAUSE] = { 0, { 0, 24 }, STATE (WAITING) | STATE (HELD) },
  [CTL_ACT_RESUME] = { 1500, { 9, 19 }, STATE (PAUSED) },
  [CTL_ACT_WITHDRAW] = { 7600, { 9, 18 }, STATE (WAITING) | STATE (PAUSED) | STATE (HELD) },
  [CTL_ACT_ANSWER] = { 55, { 7, 22 }, STATE (HELD) },
  [CTL_ACT_RELEASE] = { 120, { 8, 20 }, STATE (HELD) },
  [CTL_ACT_EXTEND_HOLD] = { 0, { 0, 24 }, STATE (HELD) },
  [CTL_ACT_EXPECT] = { 30, { 7, 22 }, STATE (ACCEPTED) },
  [CTL_ACT_LATE] = { 0, { 0, 24 }, ON_THE_WAY },
  [CTL_ACT_CANCEL] = { 200, { 7, 20 }, STATE (ACCEPTED) },
  [CTL_ACT_DEPART] = { 0, { 0, 24 }, STATE (ACCEPTED) },
  [CTL_ACT_ARRIVE] = { 0, { 0, 24 }, ON_THE_WAY },
  [CTL_ACT_THERAPY] = { 1700, { 8, 18, TRUE }, STATE (ARRIVED) },
  [CTL_ACT_ASSESS] = { 0, { 9, 17, TRUE }, STAYING },
  [CTL_ACT_ASSESSED] = { 5200, { 9, 17, TRUE }, STAYING },
  [CTL_ACT_MOVE] = { 0, { 9, 19 }, STAYING },
  [CTL_ACT_AWAY] = { 0, { 0, 24 }, STAYING },
  [CTL_ACT_BACK] = { 1300, { 9, 20 }, STAYING },
  [CTL_ACT_EXTEND_STAY] = { 0, { 9, 17, TRUE }, STAYING },
  [CTL_ACT_READY] = { 0, { 9, 17 }, STAYING },
  [CTL_ACT_DIE] = { 0, { 0, 24 }, UNTIL_BED | STATE (HELD) | ON_THE_WAY | STAYING },
  [CTL_ACT_LEAVE] = { 0, { 9, 18 }, STAYING | STATE (DIED) },
};

/* On a wall that is watched, proposals stay to be seen, and to be taken there. */
#define SHOWN_PLACE_SCALE 14

void
ctl_people_plan (CtlWorld *world, CtlPerson *person, CtlAct act)
{
  double scale = person->is_urgent && act != CTL_ACT_RESPOND ? 0.5 : 1;
  if (act == CTL_ACT_PLACE && world->time.speed == 0)
    scale *= SHOWN_PLACE_SCALE;
  person->due[act] = ctl_world_draw_shift (world, rules[act].mean_min * scale, &rules[act].shift);
}

void
ctl_people_plan_perhaps (CtlWorld *world, CtlPerson *person, CtlAct act, double probability, double hours)
{
  if (!ctl_world_chance (world, probability))
    return;
  double after = ctl_world_draw_between (world, 0.2, hours) * 60 / world->haste;
  gint64 at_us = ctl_world_find_utc (world, world->now_min + after);
  gint64 open_us = ctl_time_find_shift (&rules[act].shift, at_us);
  person->due[act] = world->now_min + after
                     + (world->time.speed != 0 ? (double) (open_us - at_us) / BED_MINUTE_US : 0);
}

static void
plan_first_contact (CtlWorld *world, CtlPerson *person)
{
  if (!person->is_urgent || !person->is_ours)
    return;
  if (person->is_out_of_hours && ctl_world_chance (world, 0.6))
    ctl_people_plan (world, person, CTL_ACT_REDIRECT);
  else if (person->is_out_of_hours) /* the night team answers */
    person->due[CTL_ACT_RESPOND] = ctl_world_draw_due (world, 45);
  else
    ctl_people_plan (world, person, CTL_ACT_RESPOND);
}

static void
plan_waiting (CtlWorld *world, CtlPerson *person, guint8 before)
{
  ctl_people_plan (world, person, CTL_ACT_SEARCH);
  if (before == BED_STATE_N || before == BED_STATE_SUBMITTED)
    {
      plan_first_contact (world, person);
      ctl_people_plan (world, person, CTL_ACT_WITHDRAW);
      ctl_people_plan_perhaps (world, person, CTL_ACT_PAUSE, 0.05, 40);
      ctl_people_plan_perhaps (world, person, CTL_ACT_DIE, 0.008, 60);
    }
  if (!person->is_agreed && person->due[CTL_ACT_AGREE] == CTL_NEVER)
    ctl_people_plan (world, person, CTL_ACT_AGREE);
  if (before == BED_STATE_HELD && !person->is_let_go)
    {
      person->n_expired++;
      world->tally.holds_expired++;
    }
  person->is_let_go = FALSE;
}

/* Who does not hear in time asks for more of it, sometimes. */
static void
plan_held (CtlWorld *world, CtlPerson *person)
{
  const CtlBed *bed = ctl_world_find_bed (world, person->bed);
  ctl_people_plan (world, person, CTL_ACT_ANSWER);
  ctl_people_plan_perhaps (world, person, CTL_ACT_RELEASE, 0.03, 3);
  double until = world->now_min + (double) (person->until_us - ctl_world_read_utc (world)) / BED_MINUTE_US;
  if (person->due[CTL_ACT_ANSWER] > until - 15 && ctl_world_chance (world, 0.55))
    person->due[CTL_ACT_EXTEND_HOLD] = MAX (until - 25, world->now_min);
  person->is_wrong = 0;
  if (bed != NULL && ctl_world_chance (world, 0.12))
    person->is_wrong = bed->unit->accepts != BED_ACCEPTS_LAP && ctl_world_chance (world, 0.6) ? 1 : 2;
}

static void
note_acceptance (CtlWorld *world, CtlPerson *person, guint8 before)
{
  world->tally.placed++;
  if (before == BED_STATE_WAITING && ctl_world_chance (world, 0.10)) /* the LAP said yes at once */
    person->is_wrong = 2;
  ctl_tally_add (world->tally.placings,
                 (double) (ctl_world_read_utc (world) - person->submitted_us) / BED_HOUR_US);
}

/* What comes next, now that they are in this state. */
static void
plan_state (CtlWorld *world, CtlPerson *person, guint8 before)
{
  switch ((BedReferralState) person->state)
    {
    case BED_STATE_SUBMITTED:
      ctl_people_plan (world, person, CTL_ACT_TRIAGE);
      if (person->is_urgent) /* somebody is always there for those */
        person->due[CTL_ACT_TRIAGE] = ctl_world_draw_due (world, rules[CTL_ACT_TRIAGE].mean_min / 2);
      break;
    case BED_STATE_TRIAGED:
      ctl_people_plan (world, person, CTL_ACT_GO_HOME);
      plan_first_contact (world, person);
      break;
    case BED_STATE_WAITING:
      plan_waiting (world, person, before);
      break;
    case BED_STATE_HELD:
      plan_held (world, person);
      break;
    case BED_STATE_ACCEPTED:
      note_acceptance (world, person, before);
      ctl_people_plan (world, person, CTL_ACT_EXPECT);
      ctl_people_plan_perhaps (world, person, CTL_ACT_CANCEL, 0.05, 6);
      break;
    case BED_STATE_IN_TRANSIT:
      person->due[CTL_ACT_ARRIVE] = ctl_world_draw_due (world, 45);
      break;
    case BED_STATE_ARRIVED:
      ctl_stays_plan (world, person);
      ctl_people_plan (world, person, CTL_ACT_THERAPY);
      break;
    case BED_STATE_PAUSED:
      person->n_paused++;
      ctl_people_plan (world, person, CTL_ACT_RESUME);
      break;
    case BED_STATE_DIED:
      person->due[CTL_ACT_LEAVE] = ctl_world_draw_due (world, 300);
      break;
    case BED_STATE_THERAPY_STARTED:
    case BED_STATE_READY_TO_LEAVE:
    case BED_STATE_LEFT:
    case BED_STATE_REDIRECTED:
    case BED_STATE_WITHDRAWN:
    case BED_STATE_N:
      break;
    }
}

void
ctl_people_replan (CtlWorld *world, CtlPerson *person, guint8 before)
{
  for (guint act = 0; act < CTL_N_ACTS; act++)
    if (!(rules[act].states >> person->state & 1))
      person->due[act] = CTL_NEVER;
  plan_state (world, person, before);
}

void
ctl_people_replan_offer (CtlWorld *world, CtlPerson *person)
{
  person->due[CTL_ACT_PLACE] = CTL_NEVER;
  if (person->offer == NULL || person->state != BED_STATE_WAITING)
    return;
  person->n_offered++;
  ctl_people_plan (world, person, CTL_ACT_PLACE);
}

/* Who does it */

CtlMember *
ctl_people_find_desk (CtlWorld *world)
{
  return ctl_crew_find_coordinator (world->crew, g_rand_int (world->rand));
}

CtlMember *
ctl_people_find_source (CtlWorld *world, const CtlPerson *person)
{
  CtlMember *member = ctl_crew_find_organisation (world->crew, person->source);
  return member != NULL && ctl_world_chance (world, 0.7) ? member : ctl_people_find_desk (world);
}

CtlMember *
ctl_people_find_house (CtlWorld *world, const CtlPerson *person)
{
  const CtlBed *bed = ctl_world_find_bed (world, person->bed);
  return bed == NULL ? NULL
         : bed->unit->is_proxy ? ctl_people_find_desk (world)
         : bed->unit->owner != NULL ? ctl_crew_find_house (world->crew, bed->unit->id, bed->unit->owner)
                                    : NULL;
}

/* Doing it */

static gboolean
perform (CtlWorld *world, CtlPerson *person, CtlAct act)
{
  return act >= CTL_ACT_THERAPY ? ctl_stays_act (world, person, act)
                                : ctl_placing_act (world, person, act);
}

static CtlAct
find_due (const CtlWorld *world, const CtlPerson *person)
{
  CtlAct first = CTL_ACT_NONE;
  for (guint act = CTL_ACT_NONE + 1; act < CTL_N_ACTS; act++)
    if (person->due[act] <= world->now_min
        && (first == CTL_ACT_NONE || person->due[act] < person->due[first]))
      first = (CtlAct) act;
  return first;
}

/* Nothing is begun on what the feed has not shown yet. */
static gboolean
is_seen_whole (const CtlWorld *world, const CtlPerson *person)
{
  return person->is_in_feed && !person->is_pending && world->revision >= person->after_revision;
}

void
ctl_people_step (CtlWorld *world, double minutes)
{
  g_autoptr (GList) people = g_hash_table_get_values (world->people);
  guint n_waiting = world->new_people;
  for (GList *link = people; link != NULL; link = link->next)
    {
      CtlPerson *person = link->data;
      n_waiting += person->state == BED_STATE_WAITING;
      if (person->is_closed || !is_seen_whole (world, person))
        continue;
      CtlAct act = find_due (world, person);
      if (act == CTL_ACT_NONE)
        continue;
      if (!perform (world, person, act))
        person->due[act] = ctl_world_draw_shift (world, RETRY_MEAN_MIN, &rules[act].shift);
    }
  world->tally.waiting_max = MAX (world->tally.waiting_max, n_waiting);
  if (!world->is_ending)
    ctl_demand_step (world, minutes, n_waiting);
}
