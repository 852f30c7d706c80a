/* broker-apply-referral.c: what becomes of a referral before it has a bed, and when it ends without one.
 *
 * Trusts that the rules allowed the event.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-apply.h"

static void
set_place (const BrokerSubject *subject, BedReferralRow *row)
{
  const BedFacts *facts = subject->facts;
  const BedTable *table = broker_register_peek_table (subject->self);
  const BedPlaces *places = broker_register_peek_places (subject->self);
  guint32 home = bed_places_find_district (places, facts->home);
  guint32 near = bed_facts_has (facts, BED_FACT_NEAR) ? bed_places_find_district (places, facts->near) : home;
  row->home = home != BED_NONE ? (guint16) home : BED_NONE_16;
  if (near != BED_NONE)
    {
      row->easting = table->districts[near].easting;
      row->northing = table->districts[near].northing;
      row->lap = bed_places_find_nearest_lap (places, row->easting, row->northing);
    }
}

void
broker_apply_submitted (const BrokerSubject *subject)
{
  const BedFacts *facts = subject->facts;
  guint32 index;
  guint source = broker_register_add_source (subject->self, facts->organisation);
  BedReferralRow *row = broker_register_add_referral (subject->self, facts->referral, &index);
  row->must = facts->must;
  row->must_not = facts->must_not;
  row->prefer = facts->prefer;
  row->submitted_at_us = row->since_us = subject->event->at_us;
  row->ready_at_us = facts->ready_at_us;
  row->source = (guint16) source;
  row->state = BED_STATE_WAITING;
  row->lane = facts->lane;
  row->pathway = facts->pathway;
  row->type = facts->type;
  row->sex = facts->sex;
  row->age_band = facts->age_band;
  row->agreed = facts->agreed;
  set_place (subject, row);
}

void
broker_apply_breached (const BrokerSubject *subject)
{
  BedReferralRow *row = broker_register_touch_referral (subject->self, subject->referral);
  row->breached = (guint16) (row->breached | 1u << subject->facts->clock);
}

void
broker_apply_triaged (const BrokerSubject *subject)
{
}

void
broker_apply_amended (const BrokerSubject *subject)
{
}

void
broker_apply_linked (const BrokerSubject *subject)
{
}

void
broker_apply_responded (const BrokerSubject *subject)
{
}

void
broker_apply_redirected (const BrokerSubject *subject)
{
}

void
broker_apply_paused (const BrokerSubject *subject)
{
}

void
broker_apply_resumed (const BrokerSubject *subject)
{
}

void
broker_apply_withdrawn (const BrokerSubject *subject)
{
}

void
broker_apply_died (const BrokerSubject *subject)
{
}

void
broker_apply_assessment_started (const BrokerSubject *subject)
{
}

void
broker_apply_assessment_ended (const BrokerSubject *subject)
{
}
