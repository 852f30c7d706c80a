/* broker-apply-beds.c: what becomes of beds by what is said of them: who is in them, how they are, and
 * how sure that is.
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
  guint8 occupancy_before = row->occupancy;
  if (bed_facts_has (facts, BED_FACT_OCCUPANCY))
    row->occupancy = facts->occupancy;
  if (bed_facts_has (facts, BED_FACT_READINESS))
    row->readiness = facts->readiness;
  if (bed_facts_has (facts, BED_FACT_ISOLATION))
    row->isolation = facts->isolation;
  if (bed_facts_has (facts, BED_FACT_INFECTION))
    row->infection = facts->infection & 0xf;
  if (row->isolation == BED_ISOLATION_NONE)
    row->infection = BED_INFECTION_NONE;
  broker_apply_turn (subject, row, occupancy_before);
  if (bed_facts_has (facts, BED_FACT_EXPECTED_FREE_AT)) /* then somebody is in it */
    row->expected_free_us = facts->expected_free_us;
  broker_apply_confirm (subject, row);
}

void
broker_apply_filled (const BrokerSubject *subject)
{
  broker_apply_withdraw (subject, subject->bed);
  BedBedRow *row = broker_register_touch_bed (subject->self, subject->bed);
  guint8 occupancy_before = row->occupancy;
  row->occupancy = BED_OCCUPANCY_OCCUPIED;
  broker_apply_turn (subject, row, occupancy_before);
  broker_apply_confirm (subject, row);
}

void
broker_apply_corrected (const BrokerSubject *subject)
{
  BedBedRow *row = broker_register_touch_bed (subject->self, subject->bed);
  guint8 occupancy_before = row->occupancy;
  row->occupancy = subject->facts->occupancy;
  if (bed_facts_has (subject->facts, BED_FACT_READINESS))
    row->readiness = subject->facts->readiness;
  broker_apply_turn (subject, row, occupancy_before);
  broker_apply_confirm (subject, row);
}

/* The same feature's outage, or else a free place for one. */
void
broker_apply_feature_lost (const BrokerSubject *subject)
{
  const BedFacts *facts = subject->facts;
  BrokerTerms *terms = broker_register_touch_terms (subject->self, subject->bed);
  guint place = BROKER_OUTAGES_MAX;
  for (guint i = 0; i < BROKER_OUTAGES_MAX; i++)
    {
      if (terms->outages[i].until_us == 0)
        place = MIN (place, i);
      else if (terms->outages[i].feature == facts->feature)
        {
          place = i;
          break;
        }
    }
  if (place == BROKER_OUTAGES_MAX)
    return;
  terms->outages[place].until_us = facts->out_until_us;
  terms->outages[place].feature = facts->feature;
  broker_register_touch_bed (subject->self, subject->bed)->features_out |= G_GUINT64_CONSTANT (1) << facts->feature;
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
