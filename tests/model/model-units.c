/* model-units.c: what may be said of several beds in one act: closing, staff, surge, the unit's
 * rules.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "model.h"

#define HAS(fact) bed_facts_has (ask->f, BED_FACT_##fact)

/* In use again: whoever was accepted for it needs no decision any more. */
void
model_settle_promise (Ask *ask, int bed)
{
  const ModelBed *row = &ask->m->beds[bed];
  if (row->commitment == BED_COMMITMENT_ACCEPTED && row->service != BED_SERVICE_SURGE_SHUT)
    model_person (ask, row->person)->must_decide = FALSE;
}

/* A surge bed only for the rest of its time. */
void
model_open_bed (Ask *ask, int bed)
{
  ModelBed *row = model_bed (ask, bed);
  gboolean is_over = row->surge_until_us <= ask->now;
  row->service = BED_SERVICE_OPEN;
  if (county_beds[bed].is_surge)
    row->service = is_over ? BED_SERVICE_SURGE_SHUT : BED_SERVICE_SURGE_OPEN;
  if (is_over)
    row->surge_until_us = 0;
  row->closed_reason = BED_CLOSURE_NONE;
  row->closed_until_us = 0;
  model_settle_promise (ask, bed);
}

void
model_close_bed (Ask *ask, int bed)
{
  model_break_commitment (ask, bed);
  ModelBed *row = model_bed (ask, bed);
  row->service = BED_SERVICE_CLOSED;
  row->closed_reason = ask->f->closure;
  row->closed_until_us = HAS (UNTIL) ? ask->f->until_us : 0;
}

static gboolean
is_meant (const Ask *ask, int bed)
{
  return county_beds[bed].unit == ask->unit && ask->m->beds[bed].is_in_effect
         && (!HAS (BAY) || county_beds[bed].bay == (int)ask->f->bay);
}

/* How many of the meant beds are in this service; all of them with NOWHERE. */
static int
count (const Ask *ask, int service)
{
  int n = 0;
  for (int i = 0; i < MODEL_BEDS; i++)
    n += is_meant (ask, i) && (service == NOWHERE || ask->m->beds[i].service == service);
  return n;
}

static int
close_several (Ask *ask)
{
  if (HAS (BAY) && (count (ask, NOWHERE) == 0 || ask->f->bay == 0))
    return BED_ERROR_BAD_VALUE;
  if (count (ask, BED_SERVICE_CLOSED) == count (ask, NOWHERE))
    return BED_ERROR_WRONG_STATE;
  if (HAS (UNTIL) && ask->f->until_us <= ask->now)
    return BED_ERROR_BAD_VALUE;
  for (int i = 0; i < MODEL_BEDS; i++)
    if (is_meant (ask, i) && ask->m->beds[i].service != BED_SERVICE_CLOSED)
      model_close_bed (ask, i);
  if (!HAS (BAY))
    model_unit (ask, ask->unit)->closed_reason = ask->f->closure;
  return MODEL_DONE;
}

static int
open_several (Ask *ask)
{
  int n = 0, reason = ask->m->units[ask->unit].closed_reason;
  if (HAS (BAY) && (count (ask, NOWHERE) == 0 || ask->f->bay == 0))
    return BED_ERROR_BAD_VALUE;
  for (int i = 0; i < MODEL_BEDS; i++)
    if (is_meant (ask, i) && ask->m->beds[i].service == BED_SERVICE_CLOSED
        && (HAS (BAY) || (reason != BED_CLOSURE_NONE && ask->m->beds[i].closed_reason == reason)))
      {
        model_open_bed (ask, i);
        n++;
      }
  return n > 0 ? MODEL_DONE : BED_ERROR_WRONG_STATE;
}

static int
confirm (Ask *ask)
{
  for (int i = 0; i < MODEL_BEDS; i++)
    if (is_meant (ask, i) && ask->m->beds[i].occupancy != BED_OCCUPANCY_UNKNOWN)
      model_confirm (ask, i,
                     ask->role == BED_ROLE_COORDINATOR ? BED_SOURCE_PHONE : BED_SOURCE_STAFF);
  return MODEL_DONE;
}

static int
set_cap (Ask *ask, guint32 cap, gboolean is_for_places)
{
  if (county_units[ask->unit].is_of_places != is_for_places)
    return BED_ERROR_WRONG_STATE;
  if (cap > (guint32)county_units[ask->unit].n_beds
      || (HAS (UNTIL) && ask->f->until_us <= ask->now))
    return BED_ERROR_BAD_VALUE;
  ModelUnit *row = model_unit (ask, ask->unit);
  row->cap = (int)cap;
  row->cap_until_us = HAS (UNTIL) ? ask->f->until_us : 0;
  return MODEL_DONE;
}

static int
ask_surge (Ask *ask)
{
  int shut = count (ask, BED_SERVICE_SURGE_SHUT);
  if (shut == 0)
    return BED_ERROR_WRONG_STATE;
  if ((int)ask->f->beds > shut || ask->f->until_us <= ask->now)
    return BED_ERROR_BAD_VALUE;
  ModelUnit *row = model_unit (ask, ask->unit);
  row->surge_asked = (int)ask->f->beds;
  row->surge_asked_until_us = ask->f->until_us;
  return MODEL_DONE;
}

static int
set_rules (Ask *ask)
{
  const BedUnitRules *rules = &ask->f->rules;
  if (rules->has == 0)
    return BED_ERROR_BAD_VALUE;
  ModelUnit *row = model_unit (ask, ask->unit);
  if (rules->has >> BED_RULE_ACCEPTS & 1)
    row->accepts = rules->accepts;
  if (rules->has >> BED_RULE_WEEKENDS & 1)
    row->weekends = rules->weekends;
  if (rules->has >> BED_RULE_NIGHTS & 1)
    row->nights = rules->nights;
  if (rules->has >> BED_RULE_OWN_ASSESSMENT & 1)
    row->own_assessment = rules->own_assessment;
  if (rules->has >> BED_RULE_LATEST_ARRIVAL & 1)
    row->latest_min = rules->latest_arrival_min;
  if (rules->has >> BED_RULE_LONGEST_STAY_DAYS & 1)
    row->longest_days = rules->longest_stay_days;
  if (rules->has >> BED_RULE_FLEX_AFTER_MIN & 1)
    row->flex_min = rules->flex_after_min;
  return MODEL_DONE;
}

int
model_do_unit (Ask *ask)
{
  switch ((int)ask->command->method)
    {
    case BED_METHOD_BAY_CLOSE:
    case BED_METHOD_UNIT_CLOSE:
      return close_several (ask);
    case BED_METHOD_BAY_OPEN:
    case BED_METHOD_UNIT_OPEN:
      return open_several (ask);
    case BED_METHOD_UNIT_CONFIRM:
      return confirm (ask);
    case BED_METHOD_UNIT_STAFF:
      return set_cap (ask, ask->f->staffed_cap, FALSE);
    case BED_METHOD_UNIT_CAPACITY:
      return set_cap (ask, ask->f->capacity, TRUE);
    case BED_METHOD_UNIT_RULES:
      return set_rules (ask);
    case BED_METHOD_SURGE_ASK:
      return ask_surge (ask);
    }
  g_assert_not_reached ();
}
