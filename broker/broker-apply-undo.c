/* broker-apply-undo.c: an act taken back: the rows that it changed as they were before it.
 *
 * Trusts that the act is remembered and nothing has been built on it. What follows from the rows is
 * derived afterwards, so only their own axes come back; and what the clock has noticed since (a limit
 * breached, a bed's age, a proposal) stays noticed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-apply.h"

#include "common/bed-time.h"

static void
restore_unit (BrokerRegister *self, const BrokerWas *was)
{
  BedUnitRow *row = broker_register_touch_unit (self, was->index);
  *row = was->before.unit.row;
  row->revision = self->revision;
  *broker_register_touch_unit_terms (self, was->index) = was->before.unit.terms;
}

/* As old as the bed's last confirmation was before the act, it is still too old. */
static gboolean
is_too_old (const BrokerSubject *subject, const BrokerWas *was)
{
  const BedTable *table = broker_register_peek_table (subject->self);
  const BedUnit *unit = &table->units[table->beds[was->index].unit];
  return broker_derive_fresh_until (unit, &was->before.bed.row)
         <= subject->event->at_us;
}

/* The same turnaround was found to be overdue since. */
static guint8
find_overdue (const BedBedRow *before, const BedBedRow *since)
{
  gboolean is_same = before->occupancy == BED_OCCUPANCY_VACANT && since->occupancy == BED_OCCUPANCY_VACANT
                     && before->left_us == since->left_us;
  return is_same ? since->flags & BED_FLAG_OVERDUE : 0;
}

static void
restore_bed (const BrokerSubject *subject, const BrokerWas *was)
{
  BrokerRegister *self = subject->self;
  BedBedRow *row = broker_register_touch_bed (self, was->index);
  guint8 noticed = is_too_old (subject, was) ? row->flags & BED_FLAG_STALE : 0;
  noticed |= find_overdue (&was->before.bed.row, row);
  *row = was->before.bed.row;
  row->revision = self->revision;
  row->flags |= noticed;
  *broker_register_touch_terms (self, was->index) = was->before.bed.terms;
}

/* A bed proposed to somebody else meanwhile is theirs to be asked about. */
static void
restore_proposal (const BrokerRegister *self, guint32 referral, BedReferralRow *row, const BedReferralRow *since)
{
  if (since != NULL && row->state == BED_STATE_WAITING)
    {
      row->offer_bed = since->offer_bed;
      row->offer_metres = since->offer_metres;
      row->offered_at_us = since->offered_at_us;
      row->lapsed_bed = since->lapsed_bed;
    }
  guint32 asked = row->offer_bed != BED_NONE ? broker_register_peek_proposed (self, row->offer_bed) : BED_NONE;
  if (asked != BED_NONE && asked != referral)
    broker_apply_unpropose (row);
}

static void
restore_referral (BrokerRegister *self, const BrokerAct *act, const BrokerWas *was)
{
  const BedReferralRow since = *broker_register_peek_referral (self, was->index);
  if ((since.flags & BED_REFERRAL_CLOSED) && !(was->before.referral.flags & BED_REFERRAL_CLOSED))
    broker_register_reopen_referral (self, was->index);
  BedReferralRow *row = broker_register_touch_referral (self, was->index);
  *row = was->before.referral;
  row->revision = self->revision;
  row->breached |= since.breached;
  restore_proposal (self, was->index, row, since.revision != act->revision ? &since : NULL);
}

/* Somebody referred by mistake was never here: the code is not used again. */
static void
withdraw_new (const BrokerSubject *subject, guint32 referral)
{
  BrokerSubject mistaken = *subject;
  mistaken.referral = referral;
  broker_apply_unpropose (broker_apply_state (&mistaken, BED_STATE_WITHDRAWN));
  broker_register_close_referral (subject->self, referral);
}

void
broker_apply_undone (const BrokerSubject *subject)
{
  BrokerRegister *self = subject->self;
  const BedEvent *event = subject->event;
  const BrokerAct *act = broker_register_find_act (self, event->actor, subject->facts->undoes, event->at_us);
  for (guint32 i = 0; i < act->n_rows; i++)
    {
      const BrokerWas *was = &act->rows[i];
      if (was->kind == BED_KIND_UNIT)
        restore_unit (self, was);
      else if (was->kind == BED_KIND_BED)
        restore_bed (subject, was);
      else if (was->is_new)
        withdraw_new (subject, was->index);
      else
        restore_referral (self, act, was);
    }
}
