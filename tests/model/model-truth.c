/* model-truth.c: what follows from the rows, worked out anew each time it is asked.
 *
 * Pure but for truth_settle, which notes what only memory can tell: since when a bed is free.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "model.h"

/* A surge bed that is shut is staffed by nobody: there it takes somebody who is known. */
static gboolean
is_to_cap (const ModelBed *row)
{
  switch (row->occupancy)
    {
    case BED_OCCUPANCY_VACANT:
      return row->commitment != BED_COMMITMENT_NONE;
    case BED_OCCUPANCY_UNKNOWN:
      return row->service != BED_SERVICE_SURGE_SHUT;
    default:
      return TRUE;
    }
}

gboolean
model_is_staying (int state)
{
  return state == BED_STATE_ARRIVED || state == BED_STATE_THERAPY_STARTED
         || state == BED_STATE_READY_TO_LEAVE;
}

gboolean
model_is_before_bed (int state)
{
  return state == BED_STATE_SUBMITTED || state == BED_STATE_TRIAGED || state == BED_STATE_WAITING;
}

gboolean
model_is_place (int bed)
{
  return county_units[county_beds[bed].unit].is_of_places;
}

/* By the dates that county_files prints: noon of a day so long after the start. */
static gint64
find_noon (const Model *model, int days)
{
  gint64 day = (model->start_us + days * DAY_US) / DAY_US;
  return day * DAY_US + 12 * HOUR_US;
}

gboolean
truth_has_effect (const Model *model, int bed, gint64 at_us)
{
  const CountyUnit *unit = &county_units[county_beds[bed].unit];
  if (county_beds[bed].starts_days != 0 && at_us < find_noon (model, county_beds[bed].starts_days))
    return FALSE;
  return unit->lives_days == 0 || at_us < find_noon (model, unit->lives_days);
}

gboolean
truth_is_present (const ModelBed *bed)
{
  return bed->occupancy == BED_OCCUPANCY_OCCUPIED || bed->occupancy == BED_OCCUPANCY_ON_LEAVE;
}

int
truth_count (const Model *model, int unit)
{
  int n = 0;
  for (int i = county_units[unit].first_bed;
       i < county_units[unit].first_bed + county_units[unit].n_beds; i++)
    n += model->beds[i].is_in_effect && is_to_cap (&model->beds[i]);
  return n;
}

gboolean
truth_is_capped (const Model *model, int unit)
{
  return truth_count (model, unit) >= model->units[unit].cap;
}

/* Until when a confirmation holds: by day and by night it may be so old; a feed's is soon old. */
gint64
truth_fresh_until (int bed, const ModelBed *row)
{
  const CountyUnit *unit = &county_units[county_beds[bed].unit];
  gint64 from_us = row->confirmed_us, at_us = from_us;
  if (row->source == BED_SOURCE_ADT)
    return from_us + 15 * MINUTE_US;
  for (;;)
    {
      gboolean is_night = local_is_night (at_us);
      gint64 limit_us = (is_night ? unit->fresh_night_min : unit->fresh_day_min) * MINUTE_US;
      gint64 changes_us = local_next (at_us, is_night ? 8 * 60 : 20 * 60);
      if (from_us + limit_us < changes_us)
        return MAX (from_us + limit_us, at_us);
      at_us = changes_us;
    }
}

int
truth_bay_sex (const Model *model, int bed, gboolean *is_unsure)
{
  const CountyBed *here = &county_beds[bed];
  const CountyUnit *unit = &county_units[here->unit];
  *is_unsure = FALSE;
  if (here->bay == 0 || here->bay_sex != BED_BAY_SEX_ANY)
    return here->bay_sex;
  for (int i = unit->first_bed; i < unit->first_bed + unit->n_beds; i++)
    {
      const ModelBed *other = &model->beds[i];
      if (county_beds[i].bay != here->bay || !other->is_in_effect)
        continue;
      if (other->person != NOBODY)
        {
          *is_unsure = FALSE;
          return model->people[other->person].sex == BED_SEX_FEMALE ? BED_BAY_SEX_FEMALE
                                                                    : BED_BAY_SEX_MALE;
        }
      *is_unsure |= truth_is_present (other);
    }
  return BED_BAY_SEX_ANY;
}

/* What forbids the bed to everybody, besides isolation: that depends on who asks. */
static int
find_fault (const Model *model, int bed, gboolean is_kept_apart)
{
  const ModelBed *row = &model->beds[bed];
  if (row->service != BED_SERVICE_OPEN && row->service != BED_SERVICE_SURGE_OPEN)
    return BED_RULED_OUT_SERVICE;
  if (row->occupancy != BED_OCCUPANCY_VACANT)
    return BED_RULED_OUT_OCCUPANCY;
  if (row->commitment != BED_COMMITMENT_NONE)
    return BED_RULED_OUT_COMMITMENT;
  if (row->readiness != BED_READINESS_READY)
    return BED_RULED_OUT_READINESS;
  if (is_kept_apart)
    return BED_RULED_OUT_ISOLATION;
  if (truth_is_capped (model, county_beds[bed].unit))
    return BED_RULED_OUT_STAFFED_CAP;
  return row->is_stale ? BED_RULED_OUT_FRESHNESS : BED_RULED_OUT_NOTHING;
}

int
truth_forbids (const Model *model, int bed)
{
  return find_fault (model, bed, model->beds[bed].isolation != BED_ISOLATION_NONE);
}

gboolean
truth_is_offerable (const Model *model, int bed)
{
  return model->beds[bed].is_in_effect && truth_forbids (model, bed) == BED_RULED_OUT_NOTHING;
}

guint64
truth_features_out (const Model *model, int bed)
{
  guint64 out = 0;
  for (int i = 0; i < MODEL_OUTAGES; i++)
    if (model->beds[bed].out[i].until_us != 0)
      out |= G_GUINT64_CONSTANT (1) << model->beds[bed].out[i].feature;
  return out;
}

static gboolean
keeps_apart (const Model *model, int bed, const ModelPerson *person)
{
  const ModelBed *row = &model->beds[bed];
  if (row->isolation != BED_ISOLATION_NONE)
    return person->infection == BED_INFECTION_NONE || person->infection != row->infection;
  return person->infection != BED_INFECTION_NONE && county_beds[bed].bay != 0;
}

static gboolean
admits (const Model *model, int unit, const ModelPerson *person, gint64 at_us)
{
  const ModelUnit *row = &model->units[unit];
  if (!row->weekends && local_is_weekend (at_us))
    return FALSE;
  if (!row->nights && local_is_night (at_us))
    return FALSE;
  if (row->longest_days != 0 && person->arrived_us != 0 && !person->stay_extended
      && at_us >= person->arrived_us + row->longest_days * DAY_US)
    return FALSE;
  if (row->latest_min != 0 && local_minute (at_us) >= row->latest_min)
    return FALSE;
  return county_units[unit].gp_laps == 0
         || (person->lap != NOWHERE && (county_units[unit].gp_laps >> person->lap & 1));
}

static int
find_mismatch (const Model *model, int bed, const ModelPerson *person, gint64 at_us,
               gboolean ignores_ring_fence)
{
  const CountyBed *record = &county_beds[bed];
  guint64 must = person->must, serves = record->features & ~truth_features_out (model, bed);
  gboolean is_unsure;
  int sex = truth_bay_sex (model, bed, &is_unsure);
  if (record->type != person->type
      && (!(record->flex >> person->type & 1) || !(model->beds[bed].is_flex || ignores_ring_fence)))
    return BED_RULED_OUT_TYPE;
  if (is_unsure || (sex == BED_BAY_SEX_FEMALE && person->sex != BED_SEX_FEMALE)
      || (sex == BED_BAY_SEX_MALE && person->sex != BED_SEX_MALE))
    return BED_RULED_OUT_BAY_SEX;
  if (person->oxygen_lpm > 0)
    must |= G_GUINT64_CONSTANT (1) << BED_NEED_OXYGEN;
  static const int heaviest[BED_WEIGHT_N] = { 0, 130, 180, 230, 300, 100000 };
  if ((must & ~serves) != 0
      || heaviest[person->weight_band] > (record->load_kg != 0 ? record->load_kg : 130))
    return BED_RULED_OUT_MUST;
  if (person->must_not & record->features)
    return BED_RULED_OUT_MUST_NOT;
  return admits (model, record->unit, person, at_us) ? BED_RULED_OUT_NOTHING
                                                     : BED_RULED_OUT_ADMISSION;
}

/* Why this bed is not for this person now: what is wrong with the bed, then with the match; that it
 * may be out of date comes last. */
int
truth_unsuits (const Model *model, int bed, const ModelPerson *person, gint64 at_us,
               gboolean ignores_ring_fence)
{
  int fault = find_fault (model, bed, keeps_apart (model, bed, person));
  int mismatch = find_mismatch (model, bed, person, at_us, ignores_ring_fence);
  if (!model->beds[bed].is_in_effect)
    return BED_RULED_OUT_SERVICE;
  if (fault != BED_RULED_OUT_NOTHING && fault != BED_RULED_OUT_FRESHNESS)
    return fault;
  return mismatch != BED_RULED_OUT_NOTHING ? mismatch : fault;
}

static int
show_empty (const ModelBed *row)
{
  if (row->service == BED_SERVICE_CLOSED)
    return BED_DISPLAY_CLOSED;
  if (row->service == BED_SERVICE_SURGE_SHUT)
    return BED_DISPLAY_SURGE_SHUT;
  if (row->occupancy == BED_OCCUPANCY_UNKNOWN)
    return BED_DISPLAY_UNKNOWN;
  if (row->readiness == BED_READINESS_CONTAMINATED)
    return BED_DISPLAY_CONTAMINATED;
  if (row->readiness != BED_READINESS_READY)
    return BED_DISPLAY_CLEANING;
  return row->isolation != BED_ISOLATION_NONE ? BED_DISPLAY_ISOLATED : BED_DISPLAY_FREE;
}

int
truth_display (const Model *model, int bed)
{
  const ModelBed *row = &model->beds[bed];
  if (row->commitment == BED_COMMITMENT_IN_TRANSIT)
    return BED_DISPLAY_IN_TRANSIT;
  if (row->commitment == BED_COMMITMENT_ACCEPTED)
    return BED_DISPLAY_ACCEPTED;
  if (row->commitment == BED_COMMITMENT_HELD)
    return BED_DISPLAY_HELD;
  if (!truth_is_present (row))
    return show_empty (row);
  if (row->expected_free_us != 0 && local_day (row->expected_free_us) <= local_day (model->now_us))
    return BED_DISPLAY_LEAVING;
  if (row->person != NOBODY && model->people[row->person].state == BED_STATE_READY_TO_LEAVE)
    return BED_DISPLAY_READY_TO_LEAVE;
  return row->occupancy == BED_OCCUPANCY_ON_LEAVE ? BED_DISPLAY_ON_LEAVE : BED_DISPLAY_OCCUPIED;
}

gint64
truth_until (const Model *model, int bed)
{
  const ModelBed *row = &model->beds[bed];
  if (row->commitment == BED_COMMITMENT_HELD)
    return model->people[row->person].until_us;
  if (row->commitment == BED_COMMITMENT_ACCEPTED || row->commitment == BED_COMMITMENT_IN_TRANSIT)
    return model->people[row->person].expected_us;
  if (row->service == BED_SERVICE_CLOSED)
    return row->closed_until_us;
  return row->service == BED_SERVICE_SURGE_OPEN ? row->surge_until_us : 0;
}

gboolean
truth_has_closed_bed (const Model *model, int unit)
{
  for (int i = 0; i < MODEL_BEDS; i++)
    if (county_beds[i].unit == unit && model->beds[i].is_in_effect
        && model->beds[i].service == BED_SERVICE_CLOSED
        && model->beds[i].closed_reason == model->units[unit].closed_reason)
      return TRUE;
  return FALSE;
}

/* Six weeks, or what the unit allows if that is less. */
int
truth_longest (const Model *model, const ModelPerson *person)
{
  int days = model->units[county_beds[person->bed].unit].longest_days;
  return days != 0 && days < 42 ? days : 42;
}

/* Whoever has moved to where people may stay for longer is not over the limit any more. */
static void
settle_stay (const Model *model, ModelPerson *p, gint64 now_us)
{
  if (model_is_staying (p->state) && !p->is_closed && !p->stay_extended
      && now_us < p->arrived_us + truth_longest (model, p) * DAY_US)
    p->breached &= ~(1u << BED_CLOCK_EPISODE);
}

gint64
truth_turnaround (const ModelBed *row)
{
  if (row->left_us == 0 || !row->is_in_effect || row->service == BED_SERVICE_CLOSED
      || row->service == BED_SERVICE_SURGE_SHUT)
    return 0;
  return row->left_us + 2 * HOUR_US;
}

/* Left is what has just become vacant and was not ready then. */
static void
settle_turnaround (ModelBed *row, gint64 now_us)
{
  gboolean is_vacant = row->occupancy == BED_OCCUPANCY_VACANT;
  gboolean is_left = is_vacant && row->readiness != BED_READINESS_READY;
  if (is_left && !row->was_vacant)
    {
      row->left_us = now_us;
      row->is_overdue = FALSE;
    }
  if (!is_left)
    row->left_us = row->is_overdue = 0;
  row->was_vacant = is_vacant;
}

void
truth_settle (Model *model, gint64 now_us)
{
  model->now_us = now_us;
  for (int i = 0; i < model->n_people; i++)
    settle_stay (model, &model->people[i], now_us);
  for (int i = 0; i < MODEL_BEDS; i++)
    {
      ModelBed *row = &model->beds[i];
      settle_turnaround (row, now_us);
      if (!truth_is_offerable (model, i))
        row->free_since_us = 0;
      else if (row->free_since_us == 0)
        row->free_since_us = now_us;
      row->is_flex = row->free_since_us != 0 && county_beds[i].flex != 0
                     && now_us >= row->free_since_us
                                      + model->units[county_beds[i].unit].flex_min * MINUTE_US;
    }
}
