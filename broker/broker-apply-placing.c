/* broker-apply-placing.c: what becomes of a person and a bed before they meet: proposed, held, accepted,
 * expected, on the way, and back to waiting.
 *
 * Trusts that the rules allowed the event. What ends or answers a hold does so for both of a couple.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-apply.h"

#include <string.h>

/* Whoever has the bed proposed, it is not theirs to be shown any more. */
static void
take_proposal_away (BrokerRegister *self, guint32 bed)
{
  guint32 proposed = broker_register_peek_proposed (self, bed);
  if (proposed != BED_NONE)
    broker_apply_unpropose (broker_register_touch_referral (self, proposed));
}

static void
show_hold (const BrokerSubject *subject, guint32 referral)
{
  const BedFacts *facts = subject->facts;
  BedReferralRow *row = broker_register_touch_referral (subject->self, referral);
  row->until_us = facts->until_us;
  row->hold_min = (guint16) facts->minutes;
  BedBedRow *bed = broker_register_touch_bed (subject->self, row->bed);
  bed->until_us = row->until_us;
  bed->hold_min = row->hold_min;
}

static void
commit (const BrokerSubject *subject, guint32 referral, guint32 bed_index)
{
  BrokerSubject person = *subject;
  person.referral = referral;
  take_proposal_away (subject->self, bed_index);
  BedReferralRow *row = broker_apply_state (&person, subject->facts->state);
  row->bed = bed_index;
  row->lapsed_bed = BED_NONE;
  row->flags |= BED_REFERRAL_HELD_ONCE;

  BedBedRow *bed = broker_register_touch_bed (subject->self, bed_index);
  bed->referral = referral;
  bed->commitment = subject->facts->state == BED_STATE_HELD ? BED_COMMITMENT_HELD : BED_COMMITMENT_ACCEPTED;
  show_hold (subject, referral);
}

/* A unit's answer to a placing: the newest bit tells whether the bed's data was wrong. */
static void
note_answer (const BrokerSubject *subject, guint32 bed, gboolean is_fault)
{
  guint32 unit = broker_register_peek_table (subject->self)->beds[bed].unit;
  BedUnitRow *row = broker_register_touch_unit (subject->self, unit);
  row->faults = row->faults << 1 | (is_fault ? 1 : 0);
  row->n_answers = (guint8) MIN (row->n_answers + 1u, BED_ANSWERS);
}

/* A hold, or an acceptance in the same act: the event's state says which. */
void
broker_apply_placed (const BrokerSubject *subject)
{
  gboolean is_accepted = subject->facts->state == BED_STATE_ACCEPTED;
  commit (subject, subject->referral, subject->bed);
  if (is_accepted)
    note_answer (subject, subject->bed, FALSE);
  if (subject->other == BED_NONE || subject->other_bed == BED_NONE)
    return;
  commit (subject, subject->other, subject->other_bed);
  if (is_accepted)
    note_answer (subject, subject->other_bed, FALSE);
}

static void
extend (const BrokerSubject *subject)
{
  show_hold (subject, subject->referral);
  broker_register_touch_referral (subject->self, subject->referral)->flags |= BED_REFERRAL_HOLD_EXTENDED;
}

void
broker_apply_hold_extended (const BrokerSubject *subject)
{
  broker_apply_each (subject, extend);
}

static void
assess (const BrokerSubject *subject)
{
  show_hold (subject, subject->referral);
  broker_register_touch_referral (subject->self, subject->referral)->flags |= BED_REFERRAL_ASSESSING;
}

void
broker_apply_assessing (const BrokerSubject *subject)
{
  broker_apply_each (subject, assess);
}

void
broker_apply_released (const BrokerSubject *subject)
{
  broker_apply_release (subject);
}

static void
accept (const BrokerSubject *subject)
{
  BedReferralRow *row = broker_apply_state (subject, BED_STATE_ACCEPTED);
  row->until_us = 0;
  row->hold_min = 0;
  row->flags &= (guint8) ~(BED_REFERRAL_HOLD_EXTENDED | BED_REFERRAL_ASSESSING);
  BedBedRow *bed = broker_register_touch_bed (subject->self, row->bed);
  bed->commitment = BED_COMMITMENT_ACCEPTED;
  bed->until_us = 0;
  bed->hold_min = 0;
  note_answer (subject, row->bed, FALSE);
}

void
broker_apply_accepted (const BrokerSubject *subject)
{
  broker_apply_each (subject, accept);
}

/* A refusal: a starred reason says that the bed's data was wrong, so it has to be confirmed again. */
static void
refuse (const BrokerSubject *subject)
{
  guint32 bed = broker_register_peek_referral (subject->self, subject->referral)->bed;
  gboolean is_fault = bed_decline_is_starred (subject->facts->decline);
  note_answer (subject, bed, is_fault);
  if (is_fault)
    broker_register_touch_bed (subject->self, bed)->flags |= BED_FLAG_STALE;
}

/* Who said no is not asked for them again at once. */
static void
decline (const BrokerSubject *subject)
{
  BedReferralRow *row = broker_register_touch_referral (subject->self, subject->referral);
  guint32 unit = broker_register_peek_table (subject->self)->beds[row->bed].unit;
  guint known = 0;
  while (known < BED_DECLINED_UNITS - 1 && row->declined_by[known] != unit)
    known++;
  memmove (&row->declined_by[1], &row->declined_by[0], known * sizeof row->declined_by[0]);
  row->declined_by[0] = unit;
  refuse (subject);
}

void
broker_apply_declined (const BrokerSubject *subject)
{
  broker_apply_each (subject, decline);
  broker_apply_release (subject);
}

void
broker_apply_expected (const BrokerSubject *subject)
{
  BedReferralRow *row = broker_register_touch_referral (subject->self, subject->referral);
  row->expected_at_us = subject->facts->at_us;
  row->transport = subject->facts->transport;
  row->until_us = subject->facts->until_us; /* 0 unless transport was cancelled */
}

void
broker_apply_cancelled (const BrokerSubject *subject)
{
  broker_apply_release (subject);
}

void
broker_apply_departed (const BrokerSubject *subject)
{
  BedReferralRow *row = broker_apply_state (subject, BED_STATE_IN_TRANSIT);
  row->until_us = 0;
  row->flags &= (guint8) ~BED_REFERRAL_DECIDE;
  if (row->transport == BED_TRANSPORT_CANCELLED) /* they came away by other means */
    row->transport = BED_TRANSPORT_NONE;
  broker_register_touch_bed (subject->self, row->bed)->commitment = BED_COMMITMENT_IN_TRANSIT;
}

void
broker_apply_turned_back (const BrokerSubject *subject)
{
  decline (subject);
  broker_apply_release (subject);
  broker_register_touch_referral (subject->self, subject->referral)->flags |= BED_REFERRAL_FIRST;
}

void
broker_apply_offered (const BrokerSubject *subject)
{
  gint64 at_us = subject->event->at_us;
  if (subject->bed != BED_NONE)
    take_proposal_away (subject->self, subject->bed);
  BedReferralRow *row = broker_register_touch_referral (subject->self, subject->referral);
  if (subject->bed == BED_NONE && row->offered_at_us + BROKER_OFFER_LAPSES_US <= at_us)
    row->lapsed_bed = row->offer_bed;
  row->offer_bed = subject->bed;
  row->offer_metres = subject->facts->metres;
  row->offered_at_us = at_us;
}
