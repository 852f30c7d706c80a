/* broker-apply-placing.c: what becomes of a person and a bed together: held, accepted, on the way, there, gone.
 *
 * Trusts that the rules allowed the event.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-apply.h"

/* A hold, or an acceptance in the same act: the event's state says which. */
void
broker_apply_placed (const BrokerSubject *subject)
{
  const BedFacts *facts = subject->facts;
  gboolean is_held = facts->state == BED_STATE_HELD;
  BedReferralRow *row = broker_apply_state (subject, facts->state);
  row->bed = subject->bed;
  row->until_us = is_held ? facts->until_us : 0;
  row->hold_min = (guint16) facts->minutes;
  row->flags |= BED_REFERRAL_HELD_ONCE;
  row->offer_bed = BED_NONE;
  row->offer_metres = 0;

  BedBedRow *bed = broker_register_touch_bed (subject->self, subject->bed);
  bed->commitment = is_held ? BED_COMMITMENT_HELD : BED_COMMITMENT_ACCEPTED;
  bed->referral = subject->referral;
  bed->until_us = row->until_us;
  bed->hold_min = is_held ? row->hold_min : 0;
}

void
broker_apply_released (const BrokerSubject *subject)
{
  broker_apply_release (subject);
}

void
broker_apply_accepted (const BrokerSubject *subject)
{
  BedReferralRow *row = broker_apply_state (subject, BED_STATE_ACCEPTED);
  row->until_us = 0;
  BedBedRow *bed = broker_register_touch_bed (subject->self, row->bed);
  bed->commitment = BED_COMMITMENT_ACCEPTED;
  bed->until_us = 0;
  bed->hold_min = 0;
}

void
broker_apply_arrived (const BrokerSubject *subject)
{
  BedReferralRow *row = broker_apply_state (subject, BED_STATE_ARRIVED);
  BedBedRow *bed = broker_register_touch_bed (subject->self, row->bed);
  bed->commitment = BED_COMMITMENT_NONE;
  bed->occupancy = BED_OCCUPANCY_OCCUPIED;
  broker_apply_confirm (subject, bed);
}

void
broker_apply_left (const BrokerSubject *subject)
{
  BedReferralRow *row = broker_apply_state (subject, BED_STATE_LEFT);
  row->left_to = (guint8) (subject->facts->outcome + 1);
  broker_apply_unlink (subject);
  BedBedRow *bed = broker_register_touch_bed (subject->self, row->bed);
  bed->occupancy = BED_OCCUPANCY_VACANT;
  bed->readiness = BED_READINESS_DIRTY;
  bed->referral = BED_NONE;
  bed->expected_free_us = 0;
  broker_apply_confirm (subject, bed);
  broker_register_close_referral (subject->self, subject->referral);
}

void
broker_apply_offered (const BrokerSubject *subject)
{
  BedReferralRow *row = broker_register_touch_referral (subject->self, subject->referral);
  row->offer_bed = subject->bed;
  row->offer_metres = subject->facts->metres;
}

void
broker_apply_hold_extended (const BrokerSubject *subject)
{
}

void
broker_apply_assessing (const BrokerSubject *subject)
{
}

void
broker_apply_declined (const BrokerSubject *subject)
{
}

void
broker_apply_expected (const BrokerSubject *subject)
{
}

void
broker_apply_cancelled (const BrokerSubject *subject)
{
}

void
broker_apply_departed (const BrokerSubject *subject)
{
}

void
broker_apply_turned_back (const BrokerSubject *subject)
{
}

void
broker_apply_therapy_started (const BrokerSubject *subject)
{
}

void
broker_apply_moved (const BrokerSubject *subject)
{
}

void
broker_apply_went_away (const BrokerSubject *subject)
{
}

void
broker_apply_came_back (const BrokerSubject *subject)
{
}

void
broker_apply_stay_extended (const BrokerSubject *subject)
{
}

void
broker_apply_ready_to_leave (const BrokerSubject *subject)
{
}
