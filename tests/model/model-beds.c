/* model-beds.c: what may be said of one bed: its axes, its closing, its surge, its features.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "model.h"

#define HAS(fact) bed_facts_has (ask->f, BED_FACT_##fact)

void
model_confirm (Ask *ask, int bed, int source)
{
  ModelBed *row = model_bed (ask, bed);
  row->confirmed_us = ask->now;
  row->source = source;
  row->is_stale = FALSE;
}

/* A coordinator only knows by phone; `adt` is a feed on this machine. NOWHERE: not theirs to say.
 */
static int
choose_source (const Ask *ask)
{
  int usual = ask->role == BED_ROLE_COORDINATOR ? BED_SOURCE_PHONE : BED_SOURCE_STAFF;
  int source = HAS (SOURCE) ? ask->f->source : usual;
  if (source == BED_SOURCE_NONE || (source == BED_SOURCE_STAFF && ask->role == BED_ROLE_COORDINATOR)
      || (source == BED_SOURCE_ADT && ask->role != BED_ROLE_LOCAL))
    return NOWHERE;
  return source;
}

static int
after_use (int bed)
{
  return model_is_place (bed) ? BED_READINESS_READY : BED_READINESS_DIRTY;
}

static gboolean
is_used (int occupancy)
{
  return occupancy == BED_OCCUPANCY_OCCUPIED || occupancy == BED_OCCUPANCY_ON_LEAVE;
}

/* Occupancy: what was unknown may be anything; a stranger may go; anything may be forgotten, unless
 * the register knows who is there or coming. */
static gboolean
may_become (const ModelBed *row, int occupancy)
{
  if (occupancy == row->occupancy)
    return TRUE;
  if (row->person != NOBODY)
    return FALSE;
  return row->occupancy != BED_OCCUPANCY_VACANT || occupancy == BED_OCCUPANCY_UNKNOWN;
}

/* Never ready without a clean: not straight from use, dirt or contamination. */
static gboolean
may_be_ready (const Ask *ask, const ModelBed *row, int occupancy)
{
  if (is_used (occupancy))
    return ask->f->readiness == BED_READINESS_READY;
  if (ask->f->readiness != BED_READINESS_READY || model_is_place (ask->bed))
    return TRUE;
  if (row->occupancy == BED_OCCUPANCY_UNKNOWN)
    return TRUE;
  return !is_used (row->occupancy) && row->readiness != BED_READINESS_DIRTY
         && row->readiness != BED_READINESS_CONTAMINATED;
}

static int
report (Ask *ask)
{
  const BedFacts *f = ask->f;
  const ModelBed *was = &ask->m->beds[ask->bed];
  int occupancy = HAS (OCCUPANCY) ? f->occupancy : was->occupancy;
  int isolation = HAS (ISOLATION) ? f->isolation : was->isolation;
  int source = choose_source (ask);
  if (source == NOWHERE)
    return BED_ERROR_BAD_VALUE;
  if (!may_become (was, occupancy))
    return BED_ERROR_WRONG_STATE;
  if (HAS (INFECTION) && f->infection != BED_INFECTION_NONE && isolation == BED_ISOLATION_NONE)
    return BED_ERROR_BAD_VALUE;
  if (HAS (READINESS) && !may_be_ready (ask, was, occupancy))
    return BED_ERROR_WRONG_STATE;
  if (HAS (EXPECTED_FREE_AT) && !is_used (occupancy))
    return BED_ERROR_WRONG_STATE;

  gboolean has_left = is_used (was->occupancy) && !is_used (occupancy);
  ModelBed *row = model_bed (ask, ask->bed);
  if (HAS (READINESS))
    row->readiness = f->readiness;
  else if (has_left)
    row->readiness = after_use (ask->bed);
  row->occupancy = occupancy;
  row->isolation = isolation;
  if (HAS (INFECTION))
    row->infection = f->infection;
  if (isolation == BED_ISOLATION_NONE)
    row->infection = BED_INFECTION_NONE;
  if (HAS (EXPECTED_FREE_AT))
    row->expected_free_us = f->expected_free_us;
  if (!is_used (occupancy))
    row->expected_free_us = 0;
  model_confirm (ask, ask->bed, source);
  return MODEL_DONE;
}

/* A hold is released, of both of a couple; an accepted person waits for somebody to decide; whoever
 * is on the way or inside is let be. */
void
model_break_commitment (Ask *ask, int bed)
{
  const ModelBed *row = &ask->m->beds[bed];
  if (row->commitment == BED_COMMITMENT_HELD)
    {
      int person = row->person, other = model_find_held_partner (ask->m, person);
      model_release (ask, person, BED_STATE_WAITING);
      if (other != NOBODY)
        model_release (ask, other, BED_STATE_WAITING);
    }
  else if (row->commitment == BED_COMMITMENT_ACCEPTED)
    model_person (ask, row->person)->must_decide = TRUE;
}

static int
fill (Ask *ask)
{
  const ModelBed *was = &ask->m->beds[ask->bed];
  int source = choose_source (ask);
  if (is_used (was->occupancy) || was->commitment == BED_COMMITMENT_ACCEPTED
      || was->commitment == BED_COMMITMENT_IN_TRANSIT)
    return BED_ERROR_WRONG_STATE;
  if (HAS (SINCE) && ask->f->since_us > ask->now)
    return BED_ERROR_BAD_VALUE;
  if (source == NOWHERE)
    return BED_ERROR_BAD_VALUE;
  model_break_commitment (ask, ask->bed);
  ModelBed *row = model_bed (ask, ask->bed);
  row->occupancy = BED_OCCUPANCY_OCCUPIED;
  model_confirm (ask, ask->bed, source);
  return MODEL_DONE;
}

static int
correct (Ask *ask)
{
  const ModelBed *was = &ask->m->beds[ask->bed];
  int source = choose_source (ask);
  if (was->person != NOBODY || ask->f->occupancy == was->occupancy)
    return BED_ERROR_WRONG_STATE;
  if (source == NOWHERE)
    return BED_ERROR_BAD_VALUE;
  ModelBed *row = model_bed (ask, ask->bed);
  if (ask->f->occupancy == BED_OCCUPANCY_VACANT
      && ask->f->correction != BED_CORRECTION_ENTERED_IN_ERROR)
    row->readiness = after_use (ask->bed);
  row->occupancy = ask->f->occupancy;
  if (!is_used (row->occupancy))
    row->expected_free_us = 0;
  model_confirm (ask, ask->bed, source);
  return MODEL_DONE;
}

static int
lose_feature (Ask *ask)
{
  int feature = ask->f->feature, slot = NOWHERE;
  if (!(county_beds[ask->bed].features >> feature & 1) || ask->f->out_until_us <= ask->now)
    return BED_ERROR_BAD_VALUE;
  for (int i = MODEL_OUTAGES - 1; i >= 0; i--)
    if (ask->m->beds[ask->bed].out[i].until_us == 0)
      slot = i;
  for (int i = 0; i < MODEL_OUTAGES; i++)
    if (ask->m->beds[ask->bed].out[i].until_us != 0
        && ask->m->beds[ask->bed].out[i].feature == feature)
      slot = i;
  if (slot == NOWHERE)
    return BED_ERROR_TOO_MANY;
  ModelBed *row = model_bed (ask, ask->bed);
  row->out[slot].feature = feature;
  row->out[slot].until_us = ask->f->out_until_us;
  return MODEL_DONE;
}

static int
open_surge (Ask *ask)
{
  if (ask->m->beds[ask->bed].service != BED_SERVICE_SURGE_SHUT)
    return BED_ERROR_WRONG_STATE;
  if (!HAS (UNTIL) || ask->f->until_us <= ask->now)
    return BED_ERROR_BAD_VALUE;
  ModelBed *row = model_bed (ask, ask->bed);
  row->service = BED_SERVICE_SURGE_OPEN;
  row->surge_until_us = ask->f->until_us;
  model_settle_promise (ask, ask->bed);
  ModelUnit *asked = model_unit (ask, ask->unit);
  asked->surge_asked -= asked->surge_asked > 0;
  if (asked->surge_asked == 0)
    asked->surge_asked_until_us = 0;
  return MODEL_DONE;
}

void
model_shut_surge (Ask *ask, int bed)
{
  model_break_commitment (ask, bed);
  ModelBed *row = model_bed (ask, bed);
  row->service = BED_SERVICE_SURGE_SHUT;
  row->surge_until_us = 0;
}

static int
shut_surge (Ask *ask)
{
  if (ask->m->beds[ask->bed].service != BED_SERVICE_SURGE_OPEN)
    return BED_ERROR_WRONG_STATE;
  model_shut_surge (ask, ask->bed);
  return MODEL_DONE;
}

static int
close_bed (Ask *ask)
{
  if (ask->m->beds[ask->bed].service == BED_SERVICE_CLOSED)
    return BED_ERROR_WRONG_STATE;
  if (HAS (UNTIL) && ask->f->until_us <= ask->now)
    return BED_ERROR_BAD_VALUE;
  model_close_bed (ask, ask->bed);
  return MODEL_DONE;
}

static int
open_bed (Ask *ask)
{
  if (ask->m->beds[ask->bed].service != BED_SERVICE_CLOSED)
    return BED_ERROR_WRONG_STATE;
  model_open_bed (ask, ask->bed);
  return MODEL_DONE;
}

int
model_do_bed (Ask *ask)
{
  switch ((int)ask->command->method)
    {
    case BED_METHOD_BED_REPORT:
      return report (ask);
    case BED_METHOD_BED_CLOSE:
      return close_bed (ask);
    case BED_METHOD_BED_OPEN:
      return open_bed (ask);
    case BED_METHOD_BED_FILL:
      return fill (ask);
    case BED_METHOD_BED_CORRECT:
      return correct (ask);
    case BED_METHOD_BED_FEATURE:
      return lose_feature (ask);
    case BED_METHOD_SURGE_OPEN:
      return open_surge (ask);
    case BED_METHOD_SURGE_SHUT:
      return shut_surge (ask);
    }
  g_assert_not_reached ();
}
