/* model-placing.c: a person takes a bed: held, accepted, on the way, there, or after all not.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "model.h"

#define HAS(fact) bed_facts_has (ask->f, BED_FACT_##fact)

/* The other of a couple, if the two hold beds of one unit. */
int
model_find_held_partner (const Model *m, int person)
{
  int other = m->people[person].linked;
  if (other == NOBODY || m->people[person].state != BED_STATE_HELD
      || m->people[other].state != BED_STATE_HELD)
    return NOBODY;
  return county_beds[m->people[person].bed].unit == county_beds[m->people[other].bed].unit ? other
                                                                                           : NOBODY;
}

int
model_name_refusal (const Model *m, int bed, int why)
{
  switch (why)
    {
    case BED_RULED_OUT_NOTHING:
      return MODEL_DONE;
    case BED_RULED_OUT_COMMITMENT:
      return BED_ERROR_BED_TAKEN;
    case BED_RULED_OUT_ISOLATION: /* the bed's, or the person's who needs a room */
      return m->beds[bed].isolation != BED_ISOLATION_NONE ? BED_ERROR_NOT_OFFERABLE
                                                          : BED_ERROR_NOT_SUITABLE;
    case BED_RULED_OUT_BAY_SEX:
      return BED_ERROR_BAY_SEX;
    case BED_RULED_OUT_TYPE:
    case BED_RULED_OUT_MUST:
    case BED_RULED_OUT_MUST_NOT:
    case BED_RULED_OUT_ADMISSION:
      return BED_ERROR_NOT_SUITABLE;
    default:
      return BED_ERROR_NOT_OFFERABLE;
    }
}

int
model_fits (const Ask *ask, int bed, int person, gboolean ignores_ring_fence)
{
  return model_name_refusal (
      ask->m, bed,
      truth_unsuits (ask->m, bed, &ask->m->people[person], ask->now, ignores_ring_fence));
}

/* For a couple a second bed of the same unit, the first by label that fits the other; staff for
 * two, and not two sexes in one bay. */
static int
find_second_bed (const Ask *ask, int person, int bed, int other, gboolean ignores_ring_fence)
{
  const Model *m = ask->m;
  const CountyUnit *unit = &county_units[county_beds[bed].unit];
  if (truth_count (m, county_beds[bed].unit) + 2 > m->units[county_beds[bed].unit].cap)
    return NOWHERE;
  for (int i = unit->first_bed; i < unit->first_bed + unit->n_beds; i++)
    {
      gboolean is_same_bay = county_beds[i].bay != 0 && county_beds[i].bay == county_beds[bed].bay;
      if (i == bed || (is_same_bay && m->people[person].sex != m->people[other].sex))
        continue;
      if (model_fits (ask, i, other, ignores_ring_fence) == MODEL_DONE)
        return i;
    }
  return NOWHERE;
}

/* Whether this person may have this bed now, and with whom and which second bed. */
int
model_check_fit (const Ask *ask, int *other, int *second)
{
  const Model *m = ask->m;
  gboolean has_override = HAS (OVERRIDE);
  int state = ask->p->state;
  *other = NOBODY;
  *second = NOWHERE;
  if (state == BED_STATE_HELD || state == BED_STATE_ACCEPTED || state == BED_STATE_IN_TRANSIT
      || model_is_staying (state))
    return BED_ERROR_ALREADY_HELD;
  if (ask->p->pathway == BED_PATHWAY_SIMPLE)
    return BED_ERROR_NOT_SUITABLE;
  if (state != BED_STATE_WAITING)
    return BED_ERROR_WRONG_STATE;
  int fits = model_fits (ask, ask->bed, ask->person, has_override);
  if (fits != MODEL_DONE || ask->p->linked == NOBODY)
    return fits;

  const ModelPerson *partner = &m->people[ask->p->linked];
  if (partner->pathway == BED_PATHWAY_SIMPLE)
    return MODEL_DONE;
  if (partner->state == BED_STATE_SUBMITTED || partner->state == BED_STATE_TRIAGED
      || partner->state == BED_STATE_PAUSED)
    return BED_ERROR_NOT_SUITABLE;
  if (partner->state != BED_STATE_WAITING)
    return MODEL_DONE;
  *other = ask->p->linked;
  *second = find_second_bed (ask, ask->person, ask->bed, *other, has_override);
  return *second != NOWHERE ? MODEL_DONE : BED_ERROR_NOT_SUITABLE;
}

static int
get_limit (const ModelPerson *p)
{
  return p->lane == BED_LANE_URGENT ? 60 : 240;
}

void
model_take_proposal_away (Ask *ask, int bed)
{
  for (int i = 0; i < ask->m->n_people; i++)
    if (ask->m->people[i].offer_bed == bed)
      model_person (ask, i)->offer_bed = NOWHERE;
}

static void
take (Ask *ask, int person, int bed, gboolean is_held, int minutes)
{
  ModelPerson *p = model_person (ask, person);
  ModelBed *row = model_bed (ask, bed);
  model_take_proposal_away (ask, bed);
  model_enter (ask, person, is_held ? BED_STATE_HELD : BED_STATE_ACCEPTED);
  p->bed = bed;
  p->until_us = is_held ? ask->now + minutes * MINUTE_US : 0;
  p->hold_min = is_held ? minutes : 0;
  p->was_held = TRUE;
  p->lapsed_bed = NOWHERE;
  row->person = person;
  row->commitment = is_held ? BED_COMMITMENT_HELD : BED_COMMITMENT_ACCEPTED;
}

static int
hold (Ask *ask)
{
  int limit = get_limit (ask->p), other, second;
  if (HAS (OVERRIDE) && ask->role != BED_ROLE_COORDINATOR && ask->role != BED_ROLE_LOCAL)
    return BED_ERROR_FORBIDDEN;
  int minutes = HAS (MINUTES) ? (int)ask->f->minutes : limit;
  if (minutes > (HAS (OVERRIDE) ? 1440 : limit))
    return BED_ERROR_BAD_VALUE;
  int fits = model_check_fit (ask, &other, &second);
  if (fits != MODEL_DONE)
    return fits;
  take (ask, ask->person, ask->bed, TRUE, minutes);
  if (other != NOBODY)
    take (ask, other, second, TRUE, minutes);
  return MODEL_DONE;
}

static gboolean
is_proposed_elsewhere (const Ask *ask, int bed, int other)
{
  for (int i = 0; i < ask->m->n_people; i++)
    if (ask->m->people[i].offer_bed == bed && bed != NOWHERE && i != ask->person && i != other)
      return TRUE;
  return FALSE;
}

/* Bit 0 is the newest answer: 1 if the bed's data was wrong. */
static void
score (Ask *ask, int unit, gboolean is_wrong)
{
  ModelUnit *row = model_unit (ask, unit);
  row->faults = row->faults << 1 | (is_wrong ? 1u : 0u);
  row->n_answers = MIN (row->n_answers + 1, 32);
}

static int
place (Ask *ask)
{
  int other, second, limit = get_limit (ask->p);
  if (HAS (OVERRIDE) && ask->role != BED_ROLE_COORDINATOR && ask->role != BED_ROLE_LOCAL)
    return BED_ERROR_FORBIDDEN;
  int fits = model_check_fit (ask, &other, &second);
  if (fits != MODEL_DONE)
    return fits;
  if (!HAS (OVERRIDE)
      && (is_proposed_elsewhere (ask, ask->bed, other)
          || is_proposed_elsewhere (ask, second, other)))
    return BED_ERROR_FORBIDDEN;
  gboolean has_agreed = ask->p->agreed != BED_AGREED_NOT_YET
                        && (other == NOBODY || ask->m->people[other].agreed != BED_AGREED_NOT_YET);
  gboolean is_held = !has_agreed || ask->m->units[ask->unit].accepts != BED_ACCEPTS_LAP
                     || county_units[ask->unit].is_proxy;
  take (ask, ask->person, ask->bed, is_held, limit);
  if (other != NOBODY)
    take (ask, other, second, is_held, limit);
  for (int i = is_held ? 2 : other == NOBODY; i < 2; i++)
    score (ask, ask->unit, FALSE);
  return MODEL_DONE;
}

static gboolean
has_expired (const Ask *ask)
{
  return ask->p->until_us <= ask->now;
}

static void
prolong (Ask *ask, int person, int minutes, gint64 until_us)
{
  ModelPerson *p = model_person (ask, person);
  p->until_us = until_us;
  p->hold_min = minutes;
  model_bed (ask, p->bed); /* it shows the hold's end */
}

static int
extend_hold (Ask *ask)
{
  int other = model_find_held_partner (ask->m, ask->person), limit = get_limit (ask->p);
  if (has_expired (ask))
    return BED_ERROR_EXPIRED;
  if (ask->p->is_extended)
    return BED_ERROR_WRONG_STATE;
  int minutes = ask->p->hold_min + limit;
  gint64 until_us = ask->p->until_us + limit * MINUTE_US;
  prolong (ask, ask->person, minutes, until_us);
  model_person (ask, ask->person)->is_extended = TRUE;
  if (other != NOBODY)
    {
      prolong (ask, other, minutes, until_us);
      model_person (ask, other)->is_extended = TRUE;
    }
  return MODEL_DONE;
}

static int
assess (Ask *ask)
{
  int other = model_find_held_partner (ask->m, ask->person);
  gint64 until_us = ask->f->until_us;
  if (!ask->m->units[ask->unit].own_assessment)
    return BED_ERROR_WRONG_STATE;
  if (has_expired (ask))
    return BED_ERROR_EXPIRED;
  if (ask->p->is_assessing)
    return BED_ERROR_WRONG_STATE;
  if (until_us <= ask->now || until_us > ask->now + DAY_US)
    return BED_ERROR_BAD_VALUE;
  int minutes = (int)((until_us - ask->p->since_us) / MINUTE_US) + 1;
  prolong (ask, ask->person, minutes, until_us);
  model_person (ask, ask->person)->is_assessing = TRUE;
  if (other != NOBODY)
    {
      prolong (ask, other, minutes, until_us);
      model_person (ask, other)->is_assessing = TRUE;
    }
  return MODEL_DONE;
}

static void
accept_one (Ask *ask, int person)
{
  ModelPerson *p = model_person (ask, person);
  model_enter (ask, person, BED_STATE_ACCEPTED);
  p->until_us = 0;
  p->hold_min = 0;
  p->is_assessing = p->is_extended = FALSE;
  model_bed (ask, p->bed)->commitment = BED_COMMITMENT_ACCEPTED;
  score (ask, county_beds[p->bed].unit, FALSE);
}

static int
accept (Ask *ask)
{
  int other = model_find_held_partner (ask->m, ask->person);
  if (has_expired (ask))
    return BED_ERROR_EXPIRED;
  if (ask->p->agreed == BED_AGREED_NOT_YET
      || (other != NOBODY && ask->m->people[other].agreed == BED_AGREED_NOT_YET))
    return BED_ERROR_NOT_AGREED;
  accept_one (ask, ask->person);
  if (other != NOBODY)
    accept_one (ask, other);
  return MODEL_DONE;
}

/* ★: the bed's data was wrong. */
static gboolean
is_starred (int decline)
{
  static const int starred[]
      = { BED_DECLINE_BED_TAKEN,       BED_DECLINE_NOT_READY, BED_DECLINE_NO_STAFF,
          BED_DECLINE_ADMISSION_HOURS, BED_DECLINE_OUTBREAK,  BED_DECLINE_BAY_SEX,
          BED_DECLINE_BARIATRIC,       BED_DECLINE_STAIRS,    BED_DECLINE_NO_ENSUITE };
  for (guint i = 0; i < G_N_ELEMENTS (starred); i++)
    if (starred[i] == decline)
      return TRUE;
  return FALSE;
}

/* A starred reason doubts the bed: it has to be confirmed again. */
static void
doubt (Ask *ask, int bed)
{
  gboolean is_wrong = is_starred (ask->f->decline);
  score (ask, county_beds[bed].unit, is_wrong);
  if (is_wrong)
    model_bed (ask, bed)->is_stale = TRUE;
}

/* To the person it is remembered who said no, newest first. */
static void
decline_one (Ask *ask, int person)
{
  ModelPerson *p = model_person (ask, person);
  int bed = p->bed, unit = county_beds[bed].unit, kept = 0;
  int before[BED_DECLINED_UNITS];
  for (int i = 0; i < BED_DECLINED_UNITS; i++)
    before[i] = p->declined_by[i];
  p->declined_by[kept++] = unit;
  for (int i = 0; i < BED_DECLINED_UNITS && kept < BED_DECLINED_UNITS; i++)
    if (before[i] != unit)
      p->declined_by[kept++] = before[i];
  model_release (ask, person, BED_STATE_WAITING);
  doubt (ask, bed);
}

static int
decline (Ask *ask)
{
  int other = model_find_held_partner (ask->m, ask->person);
  decline_one (ask, ask->person);
  if (other != NOBODY)
    decline_one (ask, other);
  return MODEL_DONE;
}

static int
turn_back (Ask *ask)
{
  decline_one (ask, ask->person);
  model_person (ask, ask->person)->is_first = TRUE;
  return MODEL_DONE;
}

static int
release (Ask *ask)
{
  int other = model_find_held_partner (ask->m, ask->person);
  model_release (ask, ask->person, BED_STATE_WAITING);
  if (other != NOBODY)
    model_release (ask, other, BED_STATE_WAITING);
  return MODEL_DONE;
}

/* Cancelled before departure keeps the bed until 12:00 next day; said twice, no longer. */
static int
expect (Ask *ask)
{
  gint64 away_us = ask->f->at_us - ask->now;
  if (away_us < -DAY_US || away_us > 60 * DAY_US)
    return BED_ERROR_BAD_VALUE;
  ModelPerson *p = model_person (ask, ask->person);
  p->expected_us = ask->f->at_us;
  p->transport = ask->f->transport;
  if (p->transport != BED_TRANSPORT_CANCELLED)
    p->until_us = 0;
  else if (p->state == BED_STATE_ACCEPTED && p->until_us == 0)
    p->until_us = local_next (local_next (ask->now, 0), 12 * 60);
  return MODEL_DONE;
}

static int
cancel (Ask *ask)
{
  gboolean is_house = ask->role == BED_ROLE_UNIT || ask->role == BED_ROLE_OWNER;
  gboolean may = is_house == (ask->f->by == BED_CANCELLER_UNIT);
  if (ask->role == BED_ROLE_LOCAL
      || (ask->role == BED_ROLE_COORDINATOR && county_units[ask->unit].is_proxy))
    may = TRUE;
  if (!may)
    return BED_ERROR_FORBIDDEN;
  if (ask->f->by != BED_CANCELLER_UNIT && ask->p->state != BED_STATE_ACCEPTED)
    return BED_ERROR_WRONG_STATE;
  model_release (ask, ask->person, BED_STATE_WAITING);
  return MODEL_DONE;
}

static int
depart (Ask *ask)
{
  ModelPerson *p = model_person (ask, ask->person);
  model_enter (ask, ask->person, BED_STATE_IN_TRANSIT);
  p->until_us = 0;
  p->must_decide = FALSE;
  if (p->transport == BED_TRANSPORT_CANCELLED)
    p->transport = BED_TRANSPORT_NONE;
  model_bed (ask, p->bed)->commitment = BED_COMMITMENT_IN_TRANSIT;
  return MODEL_DONE;
}

static int
arrive (Ask *ask)
{
  if (ask->bed != ask->p->bed)
    return BED_ERROR_WRONG_BED;
  ModelPerson *p = model_person (ask, ask->person);
  model_enter (ask, ask->person, BED_STATE_ARRIVED);
  if (p->arrived_us == 0)
    p->arrived_us = ask->now;
  p->until_us = 0;
  p->must_decide = p->is_first = FALSE;
  ModelBed *row = model_bed (ask, ask->bed);
  row->commitment = BED_COMMITMENT_NONE;
  row->occupancy = BED_OCCUPANCY_OCCUPIED;
  model_confirm (ask, ask->bed,
                 ask->role == BED_ROLE_COORDINATOR ? BED_SOURCE_PHONE : BED_SOURCE_STAFF);
  return MODEL_DONE;
}

int
model_do_placing (Ask *ask)
{
  switch ((int)ask->command->method)
    {
    case BED_METHOD_PLACEMENT_PLACE:
      return place (ask);
    case BED_METHOD_HOLD_TAKE:
      return hold (ask);
    case BED_METHOD_HOLD_EXTEND:
      return extend_hold (ask);
    case BED_METHOD_HOLD_RELEASE:
      return release (ask);
    case BED_METHOD_PLACEMENT_ASSESSING:
      return assess (ask);
    case BED_METHOD_PLACEMENT_ACCEPT:
      return accept (ask);
    case BED_METHOD_PLACEMENT_DECLINE:
      return decline (ask);
    case BED_METHOD_PLACEMENT_EXPECT:
      return expect (ask);
    case BED_METHOD_PLACEMENT_CANCEL:
      return cancel (ask);
    case BED_METHOD_PLACEMENT_DEPART:
      return depart (ask);
    case BED_METHOD_PLACEMENT_TURNED_BACK:
      return turn_back (ask);
    case BED_METHOD_PLACEMENT_ARRIVE:
      return arrive (ask);
    }
  g_assert_not_reached ();
}
