/* broker-apply-stay.c: what becomes of a person and a bed together: there, moved, away, back, gone.
 *
 * Trusts that the rules allowed the event. Only here does a person's arrival make a bed occupied, and
 * their leaving make it vacant.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-apply.h"

#include "broker-fit.h"

static void
occupy (const BrokerSubject *subject, guint32 bed, guint8 occupancy)
{
  BedBedRow *row = broker_register_touch_bed (subject->self, bed);
  guint8 occupancy_before = row->occupancy;
  row->commitment = BED_COMMITMENT_NONE;
  row->occupancy = occupancy;
  broker_apply_turn (subject, row, occupancy_before);
  row->referral = subject->referral;
  broker_apply_confirm (subject, row);
}

/* It is dirty then; a place without a bed is ready for the next person at once. */
static void
vacate (const BrokerSubject *subject, guint32 bed)
{
  guint8 type = broker_register_peek_table (subject->self)->beds[bed].type;
  BedBedRow *row = broker_register_touch_bed (subject->self, bed);
  guint8 occupancy_before = row->occupancy;
  row->occupancy = BED_OCCUPANCY_VACANT;
  row->readiness = BED_PLACE_TYPES >> type & 1 ? BED_READINESS_READY : BED_READINESS_DIRTY;
  row->referral = BED_NONE;
  broker_apply_turn (subject, row, occupancy_before);
  broker_apply_confirm (subject, row);
}

/* An episode that goes on from another bed keeps its first day. */
void
broker_apply_arrived (const BrokerSubject *subject)
{
  BedReferralRow *row = broker_apply_state (subject, BED_STATE_ARRIVED);
  row->until_us = 0;
  row->flags &= (guint8) ~(BED_REFERRAL_FIRST | BED_REFERRAL_DECIDE);
  if (row->arrived_at_us == 0)
    row->arrived_at_us = subject->event->at_us;
  occupy (subject, row->bed, BED_OCCUPANCY_OCCUPIED);
}

void
broker_apply_therapy_started (const BrokerSubject *subject)
{
  broker_apply_state (subject, BED_STATE_THERAPY_STARTED);
}

void
broker_apply_moved (const BrokerSubject *subject)
{
  BedReferralRow *row = broker_register_touch_referral (subject->self, subject->referral);
  guint32 from = row->bed;
  gint64 expected_free_us = broker_register_peek_bed (subject->self, from)->expected_free_us;
  row->bed = subject->bed;
  vacate (subject, from);
  occupy (subject, subject->bed, BED_OCCUPANCY_OCCUPIED);
  broker_register_touch_bed (subject->self, subject->bed)->expected_free_us = expected_free_us;
}

void
broker_apply_went_away (const BrokerSubject *subject)
{
  BedReferralRow *row = broker_register_touch_referral (subject->self, subject->referral);
  row->until_us = subject->facts->keep_until_us;
  occupy (subject, row->bed, BED_OCCUPANCY_ON_LEAVE);
}

void
broker_apply_came_back (const BrokerSubject *subject)
{
  BedReferralRow *row = broker_register_touch_referral (subject->self, subject->referral);
  row->until_us = 0;
  occupy (subject, row->bed, BED_OCCUPANCY_OCCUPIED);
}

void
broker_apply_stay_extended (const BrokerSubject *subject)
{
  broker_register_touch_referral (subject->self, subject->referral)->flags |= BED_REFERRAL_STAY_EXTENDED;
}

/* Asked again, it changes what they wait for. */
void
broker_apply_ready_to_leave (const BrokerSubject *subject)
{
  BedReferralRow *row = broker_register_touch_referral (subject->self, subject->referral);
  if (row->state != BED_STATE_READY_TO_LEAVE)
    broker_apply_state (subject, BED_STATE_READY_TO_LEAVE);
  row->waiting_for = subject->facts->waiting_for;
  broker_register_touch_bed (subject->self, row->bed); /* its display follows */
}

void
broker_apply_left (const BrokerSubject *subject)
{
  BedReferralRow *row = broker_apply_state (subject, BED_STATE_LEFT);
  row->until_us = 0;
  row->left_to = (guint8) (subject->facts->outcome + 1);
  row->is_exposed = subject->facts->outcome == BED_OUTCOME_OTHER_IIC_BED && broker_fit_is_outbreak (subject->self, row->bed);
  vacate (subject, row->bed);
  broker_apply_unlink (subject);
  broker_register_close_referral (subject->self, subject->referral);
}
