/* broker-derive.c: what follows from the rows: counts, the staffed cap, the sex of a bay, freshness,
 * display, the flex hour, and when the next of it changes by itself.
 *
 * Runs after every event over the units it touched, as of that event's time: nothing derived is
 * stored by events, so it can never disagree with the axes, and a replay derives the same. A unit is
 * small (tens of beds), so it is done whole. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-register-rows.h"

#include "common/bed-rows.h"
#include "common/bed-time.h"

#include <string.h>

#define FRESH_ADT_US (15 * BED_MINUTE_US)

/* What is known of one bay while its beds are walked. */
typedef struct
{
  gboolean is_taken; /* a known person's sex rules it */
  guint8 sex;
  gboolean is_unsure; /* somebody is there whose sex the register does not know */
} Bay;

gboolean
broker_derive_in_effect (const BrokerRows *rows, guint32 bed, gint64 at_us)
{
  const BedBed *reference = &rows->table.beds[bed];
  const BedUnit *unit = &rows->table.units[reference->unit];
  return unit->effective_from_us <= at_us && (unit->effective_to_us == 0 || at_us < unit->effective_to_us)
         && reference->effective_from_us <= at_us
         && (reference->effective_to_us == 0 || at_us < reference->effective_to_us);
}

static gboolean
is_present (const BedBedRow *row)
{
  return row->occupancy == BED_OCCUPANCY_OCCUPIED || row->occupancy == BED_OCCUPANCY_ON_LEAVE;
}

static void
look_into_bays (const BrokerRegister *self, const BedUnit *unit, Bay *bays)
{
  for (guint32 bed = unit->first_bed; bed < unit->first_bed + unit->n_beds; bed++)
    {
      const BedBedRow *row = &self->rows->beds[bed];
      Bay *bay = &bays[self->rows->table.beds[bed].bay];
      if (!(row->flags & BED_FLAG_IN_EFFECT))
        continue;
      if (row->referral != BED_NONE)
        {
          bay->is_taken = TRUE;
          bay->sex = broker_register_peek_referral (self, row->referral)->sex;
        }
      else if (is_present (row))
        bay->is_unsure = TRUE;
    }
}

/* The bay sex in force: an `any` bay takes the sex of whoever came first until it is empty again. */
static guint8
derive_bay_sex (const BedBed *reference, const Bay *bay)
{
  if (reference->bay_sex != BED_BAY_SEX_ANY || reference->bay == 0 || !bay->is_taken)
    return reference->bay_sex;
  return bay->sex == BED_SEX_FEMALE ? BED_BAY_SEX_FEMALE : BED_BAY_SEX_MALE;
}

static void
set_flag (guint8 *flags, guint8 flag, gboolean is_set)
{
  *flags = (guint8) (is_set ? *flags | flag : *flags & ~flag);
}

/* What is known of the stay of whoever is in the bed. */
static BedStay
derive_stay (const BrokerRegister *self, const BedBedRow *row)
{
  if (is_present (row) && row->expected_free_us != 0 && bed_time_find_midnight (row->expected_free_us) <= self->at_us)
    return BED_STAY_ENDS_TODAY;
  if (row->referral != BED_NONE
      && broker_register_peek_referral (self, row->referral)->state == BED_STATE_READY_TO_LEAVE)
    return BED_STAY_READY_TO_LEAVE;
  return BED_STAY_GOES_ON;
}

/* The one instant that a row shows: the hold's end, else when somebody is expected, else the closure's
 * end, else the surge's. */
static gint64
derive_until (const BrokerRegister *self, const BedBedRow *row, const BrokerTerms *terms)
{
  if (row->commitment == BED_COMMITMENT_HELD && row->referral != BED_NONE)
    return broker_register_peek_referral (self, row->referral)->until_us;
  if (row->commitment != BED_COMMITMENT_NONE)
    return row->referral != BED_NONE ? broker_register_peek_referral (self, row->referral)->expected_at_us : 0;
  if (row->service == BED_SERVICE_CLOSED)
    return terms->closed_until_us;
  return row->service == BED_SERVICE_SURGE_OPEN ? terms->surge_until_us : 0;
}

/* When somebody of another type than the commissioned one may have a free bed. */
static gint64
find_flex_due (const BedUnit *unit, const BrokerTerms *terms)
{
  return terms->free_since_us + unit->flex_after_min * BED_MINUTE_US;
}

static void
derive_bed (BrokerRegister *self, guint32 bed, const Bay *bay, gboolean is_cap_reached)
{
  BrokerRows *rows = self->rows;
  const BedBed *reference = &rows->table.beds[bed];
  const BedUnit *unit = &rows->table.units[reference->unit];
  BedBedRow next = rows->beds[bed];
  BrokerTerms terms = rows->terms[bed];

  next.bay_sex = derive_bay_sex (reference, bay);
  next.until_us = derive_until (self, &next, &terms);
  set_flag (&next.flags, BED_FLAG_BAY_UNSURE,
            reference->bay != 0 && reference->bay_sex == BED_BAY_SEX_ANY && bay->is_unsure && !bay->is_taken);
  set_flag (&next.flags, BED_FLAG_CLOSED, next.service == BED_SERVICE_CLOSED);
  set_flag (&next.flags, BED_FLAG_CAP_REACHED, is_cap_reached);
  next.display = bed_display (&next, derive_stay (self, &next));

  gboolean is_offerable = (next.flags & BED_FLAG_IN_EFFECT) && bed_forbids (&next) == BED_RULED_OUT_NOTHING;
  set_flag (&next.flags, BED_FLAG_OFFERABLE, is_offerable);
  if (!is_offerable)
    terms.free_since_us = 0;
  else if (terms.free_since_us == 0)
    terms.free_since_us = self->at_us;
  set_flag (&next.flags, BED_FLAG_FLEX,
            is_offerable && reference->flex != 0 && find_flex_due (unit, &terms) <= self->at_us);

  if (memcmp (&next, &rows->beds[bed], sizeof next) == 0) /* then the terms are, too: they turn with OFFERABLE */
    return;
  BedBedRow *row = broker_register_touch_bed (self, bed);
  next.revision = self->revision;
  *row = next;
  rows->terms[bed] = terms;
}

/* When a bed comes into effect or goes out of it; what has ended by then does not start again. */
static gint64
find_dates_due (const BrokerRegister *self, guint32 bed)
{
  const BedBed *reference = &self->rows->table.beds[bed];
  const BedUnit *unit = &self->rows->table.units[reference->unit];
  gint64 starts_us = MAX (unit->effective_from_us, reference->effective_from_us);
  gint64 ends_us = BROKER_DUE_NEVER;
  if (unit->effective_to_us != 0)
    ends_us = unit->effective_to_us;
  if (reference->effective_to_us != 0)
    ends_us = MIN (ends_us, reference->effective_to_us);
  if (self->rows->beds[bed].flags & BED_FLAG_IN_EFFECT)
    return ends_us;
  return MAX (starts_us, self->at_us) < ends_us ? starts_us : BROKER_DUE_NEVER;
}

static gboolean
shows_a_stay (const BedBedRow *row)
{
  return row->display == BED_DISPLAY_OCCUPIED || row->display == BED_DISPLAY_READY_TO_LEAVE
         || row->display == BED_DISPLAY_ON_LEAVE;
}

/* When what holds of a bed for a time ends. Each end, once it is applied or derived, is gone. */
static gint64
find_terms_due (const BrokerRegister *self, guint32 bed)
{
  const BedBedRow *row = &self->rows->beds[bed];
  const BedBed *reference = &self->rows->table.beds[bed];
  const BrokerTerms *terms = &self->rows->terms[bed];
  gint64 due_us = BROKER_DUE_NEVER;
  if (row->service == BED_SERVICE_CLOSED && terms->closed_until_us != 0)
    due_us = terms->closed_until_us;
  if (row->service == BED_SERVICE_SURGE_OPEN)
    due_us = terms->surge_until_us;
  for (guint i = 0; i < BROKER_OUTAGES_MAX; i++)
    if (terms->outages[i].until_us != 0)
      due_us = MIN (due_us, terms->outages[i].until_us);
  if ((row->flags & BED_FLAG_OFFERABLE) && reference->flex != 0 && !(row->flags & BED_FLAG_FLEX))
    due_us = MIN (due_us, find_flex_due (&self->rows->table.units[reference->unit], terms));
  if (row->expected_free_us != 0 && shows_a_stay (row))
    due_us = MIN (due_us, bed_time_find_midnight (row->expected_free_us));
  return due_us;
}

gint64
broker_register_find_effect_due (const BrokerRegister *self, guint32 unit_index)
{
  const BedUnit *unit = &self->rows->table.units[unit_index];
  const BedUnitRow *row = &self->rows->units[unit_index];
  gint64 due_us = row->cap_until_us != 0 ? row->cap_until_us : BROKER_DUE_NEVER;
  if (row->surge_asked > 0)
    due_us = MIN (due_us, self->rows->unit_terms[unit_index].surge_asked_until_us);
  for (guint32 bed = unit->first_bed; bed < unit->first_bed + unit->n_beds; bed++)
    {
      due_us = MIN (due_us, find_dates_due (self, bed));
      due_us = MIN (due_us, find_terms_due (self, bed));
    }
  return due_us;
}

gint64
broker_register_find_stale_due (const BrokerRegister *self, guint32 unit_index)
{
  const BedUnit *unit = &self->rows->table.units[unit_index];
  gint64 due_us = BROKER_DUE_NEVER;
  for (guint32 bed = unit->first_bed; bed < unit->first_bed + unit->n_beds; bed++)
    {
      const BedBedRow *row = &self->rows->beds[bed];
      if ((row->flags & BED_FLAG_IN_EFFECT) && row->occupancy != BED_OCCUPANCY_UNKNOWN && !(row->flags & BED_FLAG_STALE))
        due_us = MIN (due_us, self->rows->fresh_until_us[bed]);
    }
  return due_us;
}

gint64
broker_register_find_turnaround_due (const BrokerRegister *self, guint32 unit_index, guint32 *first)
{
  const BedUnit *unit = &self->rows->table.units[unit_index];
  gint64 first_us = BROKER_DUE_NEVER, due_us, amber_us;
  *first = BED_NONE;
  for (guint32 bed = unit->first_bed; bed < unit->first_bed + unit->n_beds; bed++)
    {
      const BedBedRow *row = &self->rows->beds[bed];
      if (!(row->flags & BED_FLAG_OVERDUE) && bed_clock_get_turnaround (row, &due_us, &amber_us) && due_us < first_us)
        {
          first_us = due_us;
          *first = bed;
        }
    }
  return first_us;
}

/* What a feed said is doubted as soon as the feed is silent; what people said, by the unit's limits. */
gint64
broker_derive_fresh_until (const BedUnit *unit, const BedBedRow *row)
{
  if (row->occupancy == BED_OCCUPANCY_UNKNOWN)
    return 0;
  if (row->source == BED_SOURCE_ADT)
    return row->confirmed_at_us + FRESH_ADT_US;
  return bed_time_fresh_until (row->confirmed_at_us, unit->fresh_day_s, unit->fresh_night_s);
}

void
broker_derive_unit_due (BrokerRegister *self, guint32 unit_index)
{
  const BedUnit *unit = &self->rows->table.units[unit_index];
  for (guint32 bed = unit->first_bed; bed < unit->first_bed + unit->n_beds; bed++)
    {
      const BedBedRow *row = &self->rows->beds[bed];
      gint64 of_us = row->occupancy == BED_OCCUPANCY_UNKNOWN ? 0 : row->confirmed_at_us;
      if (row->source == BED_SOURCE_ADT)
        of_us = -of_us; /* the same instant, another limit */
      if (self->rows->fresh_of_us[bed] == of_us)
        continue;
      self->rows->fresh_of_us[bed] = of_us;
      self->rows->fresh_until_us[bed] = broker_derive_fresh_until (unit, row);
    }
  guint32 overdue;
  gint64 due_us = broker_register_find_turnaround_due (self, unit_index, &overdue);
  due_us = MIN (due_us, broker_register_find_effect_due (self, unit_index));
  broker_due_set (self->rows->due_units, unit_index, MIN (due_us, broker_register_find_stale_due (self, unit_index)));
}

static void
derive_unit_row (BrokerRegister *self, guint32 unit_index, guint32 counted)
{
  const BedUnit *unit = &self->rows->table.units[unit_index];
  BedUnitRow next = self->rows->units[unit_index];
  guint32 closed = 0, closed_with_unit = 0;
  gboolean is_stale = FALSE;
  next.counted = counted;
  next.free = next.in_effect = 0;
  next.offerable = 0;
  next.confirmed_at_us = 0;
  for (guint32 bed = unit->first_bed; bed < unit->first_bed + unit->n_beds; bed++)
    {
      const BedBedRow *row = &self->rows->beds[bed];
      if (!(row->flags & BED_FLAG_IN_EFFECT))
        continue;
      next.in_effect++;
      if (row->flags & BED_FLAG_OFFERABLE)
        {
          next.free++;
          next.offerable |= bed - unit->first_bed < 64 ? G_GUINT64_CONSTANT (1) << (bed - unit->first_bed) : 0;
        }
      closed += (row->flags & BED_FLAG_CLOSED) != 0;
      closed_with_unit += (row->flags & BED_FLAG_CLOSED) && row->closed_reason == next.closed_reason;
      if (row->occupancy == BED_OCCUPANCY_UNKNOWN)
        continue;
      is_stale |= (row->flags & BED_FLAG_STALE) != 0;
      if (next.confirmed_at_us == 0 || row->confirmed_at_us < next.confirmed_at_us)
        next.confirmed_at_us = row->confirmed_at_us;
    }
  if (closed_with_unit == 0)
    next.closed_reason = BED_CLOSURE_NONE;
  set_flag (&next.flags, BED_FLAG_IN_EFFECT, next.in_effect > 0);
  set_flag (&next.flags, BED_FLAG_STALE, is_stale || (next.in_effect > 0 && next.confirmed_at_us == 0));
  set_flag (&next.flags, BED_FLAG_CLOSED, next.in_effect > 0 && closed == next.in_effect);
  if (memcmp (&next, &self->rows->units[unit_index], sizeof next) == 0)
    return;
  BedUnitRow *row = broker_register_touch_unit (self, unit_index);
  next.revision = self->revision;
  *row = next;
}

void
broker_derive_unit (BrokerRegister *self, guint32 unit_index)
{
  const BedUnit *unit = &self->rows->table.units[unit_index];
  guint16 last_bay = 0;
  guint32 counted = 0;
  for (guint32 bed = unit->first_bed; bed < unit->first_bed + unit->n_beds; bed++)
    {
      last_bay = MAX (last_bay, self->rows->table.beds[bed].bay);
      counted += broker_register_is_counted (&self->rows->beds[bed]);
    }
  g_autofree Bay *bays = g_new0 (Bay, last_bay + 1u);
  look_into_bays (self, unit, bays);

  gboolean is_cap_reached = counted >= self->rows->units[unit_index].staffed_cap;
  for (guint32 bed = unit->first_bed; bed < unit->first_bed + unit->n_beds; bed++)
    derive_bed (self, bed, &bays[self->rows->table.beds[bed].bay], is_cap_reached);
  derive_unit_row (self, unit_index, counted);
  broker_derive_unit_due (self, unit_index);
}

void
broker_derive_all (BrokerRegister *self)
{
  self->is_deriving = TRUE;
  for (guint32 unit = 0; unit < self->rows->table.sizes.units; unit++)
    broker_derive_unit (self, unit);
  self->is_deriving = FALSE;
}

void
broker_derive_stay (const BedTable *table, BedReferralRow *row, gint64 at_us)
{
  gint64 due_us;
  row->stay_days = 0;
  if (row->bed == BED_NONE || !bed_clock_get_due (BED_CLOCK_EPISODE, row, &due_us))
    return;
  guint16 longest = table->units[table->beds[row->bed].unit].longest_stay_days;
  if (longest < BED_EPISODE_DAYS)
    row->stay_days = (guint8) longest;
  if (bed_clock_get_due (BED_CLOCK_EPISODE, row, &due_us) && due_us > at_us)
    row->breached = (guint16) (row->breached & ~(1u << BED_CLOCK_EPISODE));
}

void
broker_derive_referral_due (BrokerRegister *self, guint32 referral)
{
  const BedReferralRow *row = broker_register_peek_referral (self, referral);
  gint64 due_us = BROKER_DUE_NEVER, clock_us;
  if (!(row->flags & BED_REFERRAL_CLOSED))
    {
      if (row->state == BED_STATE_HELD || (row->state == BED_STATE_ACCEPTED && row->until_us != 0))
        due_us = row->until_us;
      if (row->state == BED_STATE_WAITING && row->offer_bed != BED_NONE)
        {
          self->rows->proposed[row->offer_bed] = referral;
          due_us = row->offered_at_us + BROKER_OFFER_LAPSES_US;
        }
      for (guint clock = 0; clock < BED_CLOCK_N; clock++)
        if (!bed_clock_lapses (clock) && !(row->breached >> clock & 1) && bed_clock_get_due (clock, row, &clock_us))
          due_us = MIN (due_us, clock_us);
    }
  broker_due_set (self->rows->due_referrals, referral, due_us);
}

void
broker_derive_totals (const BrokerRegister *self, guint32 lap, BedHistory *totals)
{
  const BedTable *table = &self->rows->table;
  for (guint32 bed = 0; bed < table->sizes.beds; bed++)
    {
      const BedBedRow *row = &self->rows->beds[bed];
      if (!(row->flags & BED_FLAG_IN_EFFECT) || table->units[table->beds[bed].unit].lap != lap
          || (BED_PLACE_TYPES >> table->beds[bed].type & 1) != 0 || totals->in_effect == G_MAXUINT16)
        continue; /* not of this LAP's beds, or no bed but a place without one */
      totals->in_effect++;
      switch ((BedDisplay) row->display)
        {
        case BED_DISPLAY_FREE:
          totals->free += (row->flags & BED_FLAG_OFFERABLE) != 0;
          break;
        case BED_DISPLAY_HELD:
          totals->held++;
          break;
        case BED_DISPLAY_ACCEPTED:
        case BED_DISPLAY_IN_TRANSIT:
          totals->arriving++;
          break;
        case BED_DISPLAY_OCCUPIED:
        case BED_DISPLAY_LEAVING:
        case BED_DISPLAY_READY_TO_LEAVE:
        case BED_DISPLAY_ON_LEAVE:
          totals->occupied++;
          break;
        case BED_DISPLAY_CLEANING:
        case BED_DISPLAY_CONTAMINATED:
          totals->cleaning++;
          break;
        case BED_DISPLAY_CLOSED:
        case BED_DISPLAY_SURGE_SHUT:
          totals->closed++;
          break;
        case BED_DISPLAY_ISOLATED:
        case BED_DISPLAY_UNKNOWN:
        case BED_DISPLAY_N:
          break;
        }
    }
}
