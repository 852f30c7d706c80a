/* broker-apply-service.c: what becomes of beds that are closed, opened, asked for as surge, or reach the
 * end of a time.
 *
 * Trusts that the rules allowed the event. What takes a bed out of use never cancels anybody on the
 * way and leaves residents counted: broker_apply_withdraw says what becomes of the rest.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-apply.h"

void
broker_apply_withdraw (const BrokerSubject *subject, guint32 bed)
{
  const BedBedRow *row = broker_register_peek_bed (subject->self, bed);
  if (row->commitment == BED_COMMITMENT_HELD)
    {
      BrokerSubject held = *subject;
      held.bed = bed;
      held.referral = row->referral;
      broker_apply_release (&held);
    }
  else if (row->commitment == BED_COMMITMENT_ACCEPTED)
    broker_register_touch_referral (subject->self, row->referral)->flags |= BED_REFERRAL_DECIDE;
}

/* In use again: whoever was accepted for it needs no decision any more. */
static void
settle (const BrokerSubject *subject, const BedBedRow *row)
{
  if (row->commitment == BED_COMMITMENT_ACCEPTED && row->service != BED_SERVICE_SURGE_SHUT)
    {
      BedReferralRow *person = broker_register_touch_referral (subject->self, row->referral);
      person->flags = (guint8) (person->flags & ~BED_REFERRAL_DECIDE);
    }
}

static void
close_bed (const BrokerSubject *subject, guint32 bed)
{
  broker_apply_withdraw (subject, bed);
  BedBedRow *row = broker_register_touch_bed (subject->self, bed);
  row->service = BED_SERVICE_CLOSED;
  row->closed_reason = subject->facts->closure;
  broker_register_touch_terms (subject->self, bed)->closed_until_us = subject->facts->until_us;
}

/* The last bed that is closed with its unit ends the unit's closure: the unit's row is part of the act. */
static void
touch_closure (const BrokerSubject *subject, guint32 closed)
{
  const BedTable *table = broker_register_peek_table (subject->self);
  guint32 index = table->beds[closed].unit;
  guint8 reason = broker_register_peek_unit (subject->self, index)->closed_reason;
  const BedUnit *unit = &table->units[index];
  for (guint32 bed = unit->first_bed; bed < unit->first_bed + unit->n_beds; bed++)
    {
      const BedBedRow *row = broker_register_peek_bed (subject->self, bed);
      if (bed != closed && (row->flags & BED_FLAG_IN_EFFECT) && row->service == BED_SERVICE_CLOSED
          && row->closed_reason == reason)
        return;
    }
  if (reason != BED_CLOSURE_NONE)
    broker_register_touch_unit (subject->self, index);
}

/* Back to what it was: a surge bed only for the rest of its time. */
static void
open_bed (const BrokerSubject *subject, guint32 bed)
{
  const BedBed *reference = &broker_register_peek_table (subject->self)->beds[bed];
  BedBedRow *row = broker_register_touch_bed (subject->self, bed);
  BrokerTerms *terms = broker_register_touch_terms (subject->self, bed);
  gboolean is_surge_over = terms->surge_until_us <= subject->event->at_us;
  touch_closure (subject, bed);
  terms->closed_until_us = 0;
  terms->surge_until_us = is_surge_over ? 0 : terms->surge_until_us;
  row->closed_reason = BED_CLOSURE_NONE;
  row->service = BED_SERVICE_OPEN;
  if (reference->is_surge)
    row->service = is_surge_over ? BED_SERVICE_SURGE_SHUT : BED_SERVICE_SURGE_OPEN;
  settle (subject, row);
}

static void
shut_surge (const BrokerSubject *subject, guint32 bed)
{
  broker_apply_withdraw (subject, bed);
  broker_register_touch_bed (subject->self, bed)->service = BED_SERVICE_SURGE_SHUT;
  broker_register_touch_terms (subject->self, bed)->surge_until_us = 0;
}

/* Those that are in effect and not closed yet. */
static void
close_beds (const BrokerSubject *subject, gboolean is_whole_unit)
{
  const BedTable *table = broker_register_peek_table (subject->self);
  const BedUnit *unit = &table->units[subject->unit];
  for (guint32 bed = unit->first_bed; bed < unit->first_bed + unit->n_beds; bed++)
    {
      const BedBedRow *row = broker_register_peek_bed (subject->self, bed);
      if ((row->flags & BED_FLAG_IN_EFFECT) && row->service != BED_SERVICE_CLOSED
          && (is_whole_unit || table->beds[bed].bay == subject->facts->bay))
        close_bed (subject, bed);
    }
}

static void
open_beds (const BrokerSubject *subject, gboolean is_whole_unit)
{
  const BedTable *table = broker_register_peek_table (subject->self);
  const BedUnit *unit = &table->units[subject->unit];
  guint8 unit_reason = broker_register_peek_unit (subject->self, subject->unit)->closed_reason;
  for (guint32 bed = unit->first_bed; bed < unit->first_bed + unit->n_beds; bed++)
    {
      const BedBedRow *row = broker_register_peek_bed (subject->self, bed);
      if ((row->flags & BED_FLAG_IN_EFFECT) && row->service == BED_SERVICE_CLOSED
          && (is_whole_unit ? row->closed_reason == unit_reason : table->beds[bed].bay == subject->facts->bay))
        open_bed (subject, bed);
    }
}

void
broker_apply_closed (const BrokerSubject *subject)
{
  close_bed (subject, subject->bed);
}

void
broker_apply_opened (const BrokerSubject *subject)
{
  open_bed (subject, subject->bed);
}

void
broker_apply_bay_closed (const BrokerSubject *subject)
{
  close_beds (subject, FALSE);
}

void
broker_apply_bay_opened (const BrokerSubject *subject)
{
  open_beds (subject, FALSE);
}

/* The unit's reason is forgotten when the last bed closed for it opens: broker-derive.c. */
void
broker_apply_unit_closed (const BrokerSubject *subject)
{
  close_beds (subject, TRUE);
  broker_register_touch_unit (subject->self, subject->unit)->closed_reason = subject->facts->closure;
}

void
broker_apply_unit_opened (const BrokerSubject *subject)
{
  open_beds (subject, TRUE);
}

static void
set_cap (const BrokerSubject *subject, guint32 cap)
{
  BedUnitRow *row = broker_register_touch_unit (subject->self, subject->unit);
  row->staffed_cap = cap;
  row->cap_until_us = subject->facts->until_us;
}

void
broker_apply_staffed (const BrokerSubject *subject)
{
  set_cap (subject, subject->facts->staffed_cap);
}

void
broker_apply_sized (const BrokerSubject *subject)
{
  set_cap (subject, subject->facts->capacity);
}

static void
ask_for_surge (const BrokerSubject *subject, guint32 unit, guint32 beds, gint64 until_us)
{
  broker_register_touch_unit (subject->self, unit)->surge_asked = (guint8) beds;
  broker_register_touch_unit_terms (subject->self, unit)->surge_asked_until_us = beds > 0 ? until_us : 0;
}

void
broker_apply_surge_asked (const BrokerSubject *subject)
{
  ask_for_surge (subject, subject->unit, subject->facts->beds, subject->facts->until_us);
}

void
broker_apply_surge_opened (const BrokerSubject *subject)
{
  guint32 unit = broker_register_peek_table (subject->self)->beds[subject->bed].unit;
  guint8 asked = broker_register_touch_unit (subject->self, unit)->surge_asked;
  if (asked > 0)
    ask_for_surge (subject, unit, asked - 1u, broker_register_peek_unit_terms (subject->self, unit)->surge_asked_until_us);
  BedBedRow *row = broker_register_touch_bed (subject->self, subject->bed);
  row->service = BED_SERVICE_SURGE_OPEN;
  broker_register_touch_terms (subject->self, subject->bed)->surge_until_us = subject->facts->until_us;
  settle (subject, row);
}

void
broker_apply_surge_ended (const BrokerSubject *subject)
{
  shut_surge (subject, subject->bed);
}

/* The clock's one act for a unit: whatever has reached its end by now. */

static void
end_service (const BrokerSubject *subject, guint32 bed)
{
  const BedBedRow *row = broker_register_peek_bed (subject->self, bed);
  const BrokerTerms *terms = broker_register_peek_terms (subject->self, bed);
  gint64 at_us = subject->event->at_us;
  if (row->service == BED_SERVICE_CLOSED && terms->closed_until_us != 0 && terms->closed_until_us <= at_us)
    open_bed (subject, bed);
  else if (row->service == BED_SERVICE_SURGE_OPEN && terms->surge_until_us <= at_us)
    shut_surge (subject, bed);
}

static void
end_outages (const BrokerSubject *subject, guint32 bed)
{
  for (guint i = 0; i < BROKER_OUTAGES_MAX; i++)
    {
      gint64 until_us = broker_register_peek_terms (subject->self, bed)->outages[i].until_us;
      if (until_us == 0 || until_us > subject->event->at_us)
        continue;
      BrokerTerms *terms = broker_register_touch_terms (subject->self, bed);
      BedBedRow *row = broker_register_touch_bed (subject->self, bed);
      row->features_out &= ~(G_GUINT64_CONSTANT (1) << terms->outages[i].feature);
      terms->outages[i].until_us = 0;
      terms->outages[i].feature = 0;
    }
}

static void
keep_dates (const BrokerSubject *subject, guint32 bed)
{
  gboolean was = (broker_register_peek_bed (subject->self, bed)->flags & BED_FLAG_IN_EFFECT) != 0;
  gboolean is = broker_derive_in_effect (subject->self->rows, bed, subject->event->at_us);
  if (is == was)
    return;
  if (was)
    broker_apply_withdraw (subject, bed);
  broker_register_touch_bed (subject->self, bed)->flags ^= BED_FLAG_IN_EFFECT;
}

void
broker_apply_effected (const BrokerSubject *subject)
{
  const BedUnit *unit = &broker_register_peek_table (subject->self)->units[subject->unit];
  BedUnitRow *row = broker_register_touch_unit (subject->self, subject->unit); /* derived, whatever it was */
  if (row->cap_until_us != 0 && row->cap_until_us <= subject->event->at_us)
    {
      row->staffed_cap = unit->staffed_cap;
      row->cap_until_us = 0;
    }
  if (row->surge_asked > 0
      && broker_register_peek_unit_terms (subject->self, subject->unit)->surge_asked_until_us <= subject->event->at_us)
    ask_for_surge (subject, subject->unit, 0, 0); /* the owner has not answered */
  for (guint32 bed = unit->first_bed; bed < unit->first_bed + unit->n_beds; bed++)
    {
      end_service (subject, bed);
      end_outages (subject, bed);
      keep_dates (subject, bed);
    }
}
