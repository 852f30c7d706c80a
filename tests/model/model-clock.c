/* model-clock.c: what ends, runs out or is proposed by itself, and whether the clock has said all
 * of it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "model.h"

static gboolean
needs_bed (const ModelPerson *p)
{
  return p->pathway != BED_PATHWAY_SIMPLE && p->type != BED_TYPE_SITTING
         && p->type != BED_TYPE_HOME_REABLEMENT && p->type != BED_TYPE_VIRTUAL_WARD;
}

/* When the limit of domain.md's table runs out; 0: it does not run. */
static gint64
find_limit (const Model *m, const ModelPerson *p, int clock)
{
  gboolean is_ahead = model_is_before_bed (p->state) || p->state == BED_STATE_HELD
                      || p->state == BED_STATE_ACCEPTED || p->state == BED_STATE_IN_TRANSIT;
  gboolean is_staying = model_is_staying (p->state);
  if (p->is_closed)
    return 0;
  switch (clock)
    {
    case BED_CLOCK_UCR_RESPONSE:
      return p->lane == BED_LANE_URGENT && !p->has_responded && p->triaged_us != 0
                     && (is_ahead || is_staying || p->state == BED_STATE_PAUSED)
                 ? p->triaged_us + 2 * HOUR_US
                 : 0;
    case BED_CLOCK_TRIAGE:
      return p->state == BED_STATE_SUBMITTED ? p->submitted_us + 30 * MINUTE_US : 0;
    case BED_CLOCK_READY_TO_SERVICE:
      return is_ahead && p->ready_us != 0 ? p->ready_us + DAY_US : 0;
    case BED_CLOCK_BED_START:
      return is_ahead && needs_bed (p) ? p->submitted_us + 2 * DAY_US : 0;
    case BED_CLOCK_THERAPY:
      return p->state == BED_STATE_ARRIVED && needs_bed (p) ? p->since_us + 3 * DAY_US : 0;
    case BED_CLOCK_CHC_ASSESSMENT:
      return is_staying && p->chc_us != 0 ? p->chc_us + 5 * DAY_US : 0;
    case BED_CLOCK_EPISODE:
      return is_staying && !p->stay_extended ? p->arrived_us + truth_longest (m, p) * DAY_US : 0;
    default: /* a hold lapses, a late arrival is only amber */
      return 0;
    }
}

static gboolean
is_breach_due (const Model *m, const ModelPerson *p, int clock, gint64 now_us)
{
  gint64 limit_us = find_limit (m, p, clock);
  return limit_us != 0 && limit_us <= now_us && !(p->breached >> clock & 1);
}

static gboolean
is_expiry_due (const ModelPerson *p, gint64 now_us)
{
  return (p->state == BED_STATE_HELD || p->state == BED_STATE_ACCEPTED) && p->until_us != 0
         && p->until_us <= now_us;
}

static gboolean
is_stale_due (const Model *m, int bed, gint64 now_us)
{
  const ModelBed *row = &m->beds[bed];
  return row->is_in_effect && row->occupancy != BED_OCCUPANCY_UNKNOWN && !row->is_stale
         && truth_fresh_until (bed, row) <= now_us;
}

static gboolean
is_closure_over (const ModelBed *row, gint64 now_us)
{
  return row->service == BED_SERVICE_CLOSED && row->closed_until_us != 0
         && row->closed_until_us <= now_us;
}

static gboolean
is_surge_over (const ModelBed *row, gint64 now_us)
{
  return row->service == BED_SERVICE_SURGE_OPEN && row->surge_until_us <= now_us;
}

static int
expire (Ask *ask)
{
  int other = model_find_held_partner (ask->m, ask->person);
  if (!is_expiry_due (ask->p, ask->now))
    return BED_ERROR_WRONG_STATE;
  model_release (ask, ask->person, BED_STATE_WAITING);
  if (other != NOBODY)
    model_release (ask, other, BED_STATE_WAITING);
  return MODEL_DONE;
}

static gboolean
is_turnaround_over (const ModelBed *row, gint64 now_us)
{
  gint64 limit_us = truth_turnaround (row);
  return limit_us != 0 && limit_us <= now_us && !row->is_overdue;
}

static gboolean
is_surge_unanswered (const ModelUnit *row, gint64 now_us)
{
  return row->surge_asked != 0 && row->surge_asked_until_us <= now_us;
}

static int
breach (Ask *ask)
{
  if (ask->p == NULL)
    {
      if (ask->bed == NOWHERE || ask->f->clock != BED_CLOCK_TURNAROUND
          || !is_turnaround_over (&ask->m->beds[ask->bed], ask->now))
        return BED_ERROR_WRONG_STATE;
      model_bed (ask, ask->bed)->is_overdue = TRUE;
      return MODEL_DONE;
    }
  if (!is_breach_due (ask->m, ask->p, ask->f->clock, ask->now))
    return BED_ERROR_WRONG_STATE;
  model_person (ask, ask->person)->breached |= 1u << ask->f->clock;
  return MODEL_DONE;
}

static int
stale (Ask *ask)
{
  int n = 0;
  for (int i = 0; i < MODEL_BEDS; i++)
    if (county_beds[i].unit == ask->unit && is_stale_due (ask->m, i, ask->now))
      {
        model_bed (ask, i)->is_stale = TRUE;
        n++;
      }
  return n > 0 ? MODEL_DONE : BED_ERROR_WRONG_STATE;
}

/* A proposal reserves nothing, but it is true when it is made, and a bed is proposed to one. */
static int
offer (Ask *ask)
{
  int other, second;
  gboolean has_bed = bed_facts_has (ask->f, BED_FACT_BED);
  if (!has_bed && ask->p->offer_bed == NOWHERE)
    return BED_ERROR_WRONG_STATE;
  int fits = has_bed ? model_check_fit (ask, &other, &second) : MODEL_DONE;
  if (fits != MODEL_DONE)
    return fits;
  if (has_bed)
    model_take_proposal_away (ask, ask->bed);
  ModelPerson *p = model_person (ask, ask->person);
  if (!has_bed && p->offered_us + MODEL_OFFER_US <= ask->now)
    p->lapsed_bed = p->offer_bed;
  p->offer_bed = has_bed ? ask->bed : NOWHERE;
  p->offered_us = ask->now;
  return MODEL_DONE;
}

static void
end_terms (Ask *ask, int bed)
{
  const ModelBed *row = &ask->m->beds[bed];
  if (is_closure_over (row, ask->now))
    model_open_bed (ask, bed);
  else if (is_surge_over (row, ask->now))
    model_shut_surge (ask, bed);
  for (int i = 0; i < MODEL_OUTAGES; i++)
    if (row->out[i].until_us != 0 && row->out[i].until_us <= ask->now)
      model_bed (ask, bed)->out[i].until_us = 0;
  if (row->is_in_effect == truth_has_effect (ask->m, bed, ask->now))
    return;
  if (row->is_in_effect)
    model_break_commitment (ask, bed);
  model_bed (ask, bed)->is_in_effect = !row->is_in_effect;
}

static int
effect (Ask *ask)
{
  ModelUnit *row = model_unit (ask, ask->unit);
  if (row->cap_until_us != 0 && row->cap_until_us <= ask->now)
    {
      row->cap = county_units[ask->unit].cap != 0 ? county_units[ask->unit].cap
                                                  : county_units[ask->unit].n_beds;
      row->cap_until_us = 0;
    }
  if (is_surge_unanswered (row, ask->now))
    row->surge_asked = row->surge_asked_until_us = 0;
  for (int i = 0; i < MODEL_BEDS; i++)
    if (county_beds[i].unit == ask->unit)
      end_terms (ask, i);
  return MODEL_DONE;
}

static gboolean
is_erasure_due (const ModelPerson *p, gint64 now_us)
{
  return p->is_closed && !p->is_erased && p->closed_us + 30 * DAY_US <= now_us;
}

/* Nobody builds on it: it is no touch of the person. */
static int
erase (Ask *ask)
{
  if (ask->person == NOBODY || !is_erasure_due (ask->p, ask->now))
    return BED_ERROR_WRONG_STATE;
  ask->p->is_erased = TRUE;
  return MODEL_DONE;
}

int
model_do_clock (Ask *ask)
{
  switch ((int)ask->command->method)
    {
    case BED_METHOD_HOLD_EXPIRE:
      return expire (ask);
    case BED_METHOD_UNIT_STALE:
      return stale (ask);
    case BED_METHOD_CLOCK_BREACH:
      return breach (ask);
    case BED_METHOD_OFFER_MAKE:
      return offer (ask);
    case BED_METHOD_UNIT_EFFECT:
      return effect (ask);
    case BED_METHOD_QUARTER_PASS:
      return MODEL_DONE;
    case BED_METHOD_PROFILE_ERASE:
      return erase (ask);
    }
  g_assert_not_reached ();
}

static const char *
find_bed_due (const Model *m, int bed, gint64 now_us)
{
  const ModelBed *row = &m->beds[bed];
  if (is_stale_due (m, bed, now_us))
    return "a bed's confirmation has run out";
  if (is_turnaround_over (row, now_us))
    return "a bed is not ready two hours after it was left";
  if (is_closure_over (row, now_us) || is_surge_over (row, now_us))
    return "a closure or a surge is over";
  if (row->is_in_effect != truth_has_effect (m, bed, now_us))
    return "a bed's dates";
  for (int i = 0; i < MODEL_OUTAGES; i++)
    if (row->out[i].until_us != 0 && row->out[i].until_us <= now_us)
      return "a feature is in order again";
  return NULL;
}

const char *
model_find_due (const Model *m, gint64 now_us)
{
  const char *due = NULL;
  for (int i = 0; i < MODEL_BEDS && due == NULL; i++)
    due = find_bed_due (m, i, now_us);
  for (int i = 0; i < MODEL_UNITS; i++)
    if (m->units[i].cap_until_us != 0 && m->units[i].cap_until_us <= now_us)
      due = "a cap falls back";
    else if (is_surge_unanswered (&m->units[i], now_us))
      due = "nobody has answered the asking for surge";
  for (int i = 0; i < m->n_people; i++)
    {
      const ModelPerson *p = &m->people[i];
      for (int clock = 0; clock < BED_CLOCK_N; clock++)
        if (is_breach_due (m, p, clock, now_us))
          due = "a limit is breached";
      if (is_expiry_due (p, now_us))
        due = "a hold or a kept bed has run out";
      if (p->state == BED_STATE_WAITING && p->offer_bed != NOWHERE
          && p->offered_us + MODEL_OFFER_US <= now_us)
        due = "a proposal has lapsed";
      if (is_erasure_due (p, now_us))
        due = "somebody left 30 days ago, and what they needed is still known";
    }
  return due;
}
