/* broker-apply-beds.c: what becomes of beds and units: their axes, and when those end by themselves.
 *
 * Trusts that the rules allowed the event. What follows from the axes is derived afterwards.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-apply.h"

void
broker_apply_reported (const BrokerSubject *subject)
{
  const BedFacts *facts = subject->facts;
  BedBedRow *row = broker_register_touch_bed (subject->self, subject->bed);
  if (bed_facts_has (facts, BED_FACT_OCCUPANCY))
    row->occupancy = facts->occupancy;
  if (bed_facts_has (facts, BED_FACT_READINESS))
    row->readiness = facts->readiness;
  if (bed_facts_has (facts, BED_FACT_ISOLATION))
    row->isolation = facts->isolation;
  if (bed_facts_has (facts, BED_FACT_EXPECTED_FREE_AT))
    row->expected_free_us = facts->expected_free_us;
  if (row->occupancy == BED_OCCUPANCY_VACANT || row->occupancy == BED_OCCUPANCY_UNKNOWN)
    row->expected_free_us = 0;
  broker_apply_confirm (subject, row);
}

void
broker_apply_closed (const BrokerSubject *subject)
{
  const BedBedRow *bed = broker_register_peek_bed (subject->self, subject->bed);
  if (bed->commitment == BED_COMMITMENT_HELD)
    {
      BrokerSubject held = *subject;
      held.referral = bed->referral;
      broker_apply_release (&held);
    }
  BedBedRow *row = broker_register_touch_bed (subject->self, subject->bed);
  row->service = BED_SERVICE_CLOSED;
  row->closed_reason = subject->facts->closure;
}

void
broker_apply_opened (const BrokerSubject *subject)
{
  BedBedRow *row = broker_register_touch_bed (subject->self, subject->bed);
  row->service = BED_SERVICE_OPEN;
  row->closed_reason = BED_CLOSURE_NONE;
}

void
broker_apply_confirmed (const BrokerSubject *subject)
{
  const BedUnit *unit = &broker_register_peek_table (subject->self)->units[subject->unit];
  for (guint32 bed = unit->first_bed; bed < unit->first_bed + unit->n_beds; bed++)
    {
      const BedBedRow *row = broker_register_peek_bed (subject->self, bed);
      if ((row->flags & BED_FLAG_IN_EFFECT) && row->occupancy != BED_OCCUPANCY_UNKNOWN)
        broker_apply_confirm (subject, broker_register_touch_bed (subject->self, bed));
    }
}

void
broker_apply_staled (const BrokerSubject *subject)
{
  const BedUnit *unit = &broker_register_peek_table (subject->self)->units[subject->unit];
  for (guint32 bed = unit->first_bed; bed < unit->first_bed + unit->n_beds; bed++)
    {
      const BedBedRow *row = broker_register_peek_bed (subject->self, bed);
      if ((row->flags & BED_FLAG_IN_EFFECT) && row->occupancy != BED_OCCUPANCY_UNKNOWN
          && broker_register_get_fresh_until (subject->self, bed) <= subject->event->at_us)
        broker_register_touch_bed (subject->self, bed)->flags |= BED_FLAG_STALE;
    }
}

void
broker_apply_effected (const BrokerSubject *subject)
{
  const BedUnit *unit = &broker_register_peek_table (subject->self)->units[subject->unit];
  for (guint32 bed = unit->first_bed; bed < unit->first_bed + unit->n_beds; bed++)
    {
      const BedBedRow *row = broker_register_peek_bed (subject->self, bed);
      gboolean is_now = broker_derive_in_effect (subject->self->rows, bed, subject->event->at_us);
      if (is_now != ((row->flags & BED_FLAG_IN_EFFECT) != 0))
        broker_register_touch_bed (subject->self, bed)->flags ^= BED_FLAG_IN_EFFECT;
    }
}

void
broker_apply_quarter (const BrokerSubject *subject)
{
  const BedTable *table = broker_register_peek_table (subject->self);
  for (guint32 lap = 0; lap < table->sizes.laps; lap++)
    {
      BedHistory totals = { .revision = subject->event->revision,
                            .at_us = subject->event->at_us,
                            .lap = (guint16) lap };
      broker_derive_totals (subject->self, lap, &totals);
      g_array_append_val (subject->self->new_history, totals);
    }
}

void
broker_apply_bay_closed (const BrokerSubject *subject)
{
}

void
broker_apply_bay_opened (const BrokerSubject *subject)
{
}

void
broker_apply_unit_closed (const BrokerSubject *subject)
{
}

void
broker_apply_unit_opened (const BrokerSubject *subject)
{
}

void
broker_apply_staffed (const BrokerSubject *subject)
{
}

void
broker_apply_sized (const BrokerSubject *subject)
{
}

void
broker_apply_surge_asked (const BrokerSubject *subject)
{
}

void
broker_apply_surge_opened (const BrokerSubject *subject)
{
}

void
broker_apply_surge_ended (const BrokerSubject *subject)
{
}

void
broker_apply_filled (const BrokerSubject *subject)
{
}

void
broker_apply_corrected (const BrokerSubject *subject)
{
}

void
broker_apply_feature_lost (const BrokerSubject *subject)
{
}
