/* broker-apply-referral.c: what becomes of a referral before it has a bed, and when it ends without one.
 *
 * Trusts that the rules allowed the event. A clock that starts anew may be breached anew, so its
 * breach is forgotten then; the journal remembers it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-apply.h"

#define FACT(name) (G_GUINT64_CONSTANT (1) << BED_FACT_##name)
#define FITTED (FACT (TYPE) | FACT (NEEDS) | FACT (SEX) | FACT (HOME) | FACT (NEAR)) /* what a proposal was made for */

/* A place of a person: the district where home is, and the point to be near. */

static guint32
find_district (const BrokerSubject *subject, const char *district)
{
  return district[0] != '\0' ? bed_places_find_district (broker_register_peek_places (subject->self), district) : BED_NONE;
}

/* Nobody's district: no fixed abode, so no point to be near and no LAP of their own. */
static void
set_point (const BrokerSubject *subject, guint32 district, BedReferralRow *row)
{
  const BedTable *table = broker_register_peek_table (subject->self);
  row->easting = district != BED_NONE ? table->districts[district].easting : 0;
  row->northing = district != BED_NONE ? table->districts[district].northing : 0;
  row->lap = district != BED_NONE ? bed_places_find_nearest_lap (broker_register_peek_places (subject->self), row->easting, row->northing)
                                  : BED_NONE_8;
}

/* Is home the point to be near, and not a carer's district? */
static gboolean
is_near_home (const BrokerSubject *subject, const BedReferralRow *row)
{
  const BedTable *table = broker_register_peek_table (subject->self);
  if (row->home == BED_NONE_16)
    return (row->easting | row->northing) == 0;
  return table->districts[row->home].easting == row->easting && table->districts[row->home].northing == row->northing;
}

static void
set_place (const BrokerSubject *subject, BedReferralRow *row)
{
  const BedFacts *facts = subject->facts;
  gboolean follows_home = is_near_home (subject, row);
  guint32 near = find_district (subject, facts->near);
  if (bed_facts_has (facts, BED_FACT_HOME))
    row->home = (guint16) find_district (subject, facts->home); /* BED_NONE is BED_NONE_16 */
  if (near != BED_NONE)
    set_point (subject, near, row);
  else if (follows_home || bed_facts_has (facts, BED_FACT_NEAR))
    set_point (subject, row->home != BED_NONE_16 ? row->home : BED_NONE, row);
}

static void
set_needs (const BedFacts *facts, BedReferralRow *row)
{
  row->must = facts->must;
  row->must_not = facts->must_not;
  row->prefer = facts->prefer;
  row->infection = facts->needed_infection;
  row->weight_band = facts->weight_band;
  row->oxygen_lpm = facts->oxygen_lpm;
}

/* Clocks and lanes */

static void
forget_breach (BedClock clock, BedReferralRow *row)
{
  row->breached = (guint16) (row->breached & ~(1u << clock));
}

static void
set_ready_at (const BedFacts *facts, BedReferralRow *row)
{
  if (!bed_facts_has (facts, BED_FACT_READY_AT) || facts->ready_at_us == row->ready_at_us)
    return;
  row->ready_at_us = facts->ready_at_us;
  forget_breach (BED_CLOCK_READY_TO_SERVICE, row);
}

/* Into a lane, and the urgent lane's first contact begins to be awaited. */
static void
enter_lane (const BrokerSubject *subject, BedReferralRow *row)
{
  gboolean is_urgent_anew = subject->facts->lane == BED_LANE_URGENT && row->lane != BED_LANE_URGENT;
  row->lane = subject->facts->lane;
  row->pathway = subject->facts->pathway;
  if (bed_facts_has (subject->facts, BED_FACT_HOME_FIRST))
    row->home_first = subject->facts->home_first;
  if (is_urgent_anew)
    {
      row->flags = (guint8) (row->flags & ~BED_REFERRAL_RESPONDED);
      forget_breach (BED_CLOCK_UCR_RESPONSE, row);
    }
  if (row->triaged_at_us == 0 || is_urgent_anew)
    row->triaged_at_us = subject->event->at_us;
}

/* The event's state; the words of an older journal have none: that was waiting. */
static BedReferralState
get_state (const BedFacts *facts)
{
  return bed_facts_has (facts, BED_FACT_STATE) ? facts->state : BED_STATE_WAITING;
}

void
broker_apply_submitted (const BrokerSubject *subject)
{
  const BedFacts *facts = subject->facts;
  guint32 index, before = broker_register_find_referral (subject->self, facts->continues);
  BedReferralRow continued = { 0 };
  if (before != BED_NONE)
    continued = *broker_register_peek_referral (subject->self, before);
  guint source = broker_register_add_source (subject->self, facts->organisation);
  BedReferralRow *row = broker_register_add_referral (subject->self, facts->referral, &index); /* perhaps where the other was */
  set_needs (facts, row);
  row->submitted_at_us = row->since_us = subject->event->at_us;
  row->ready_at_us = facts->ready_at_us;
  row->arrived_at_us = continued.arrived_at_us;
  row->flags = continued.flags & BED_REFERRAL_STAY_EXTENDED;
  row->source = (guint16) source;
  row->state = (guint8) get_state (facts);
  row->lane = facts->lane;
  row->pathway = facts->pathway;
  row->type = facts->type;
  row->sex = facts->sex;
  row->age_band = facts->age_band;
  row->agreed = facts->agreed;
  row->home_first = facts->home_first;
  row->triaged_at_us = row->state != BED_STATE_SUBMITTED ? subject->event->at_us : 0;
  row->home = BED_NONE_16;
  set_place (subject, row);
}

void
broker_apply_triaged (const BrokerSubject *subject)
{
  BedReferralRow *row = broker_register_touch_referral (subject->self, subject->referral);
  enter_lane (subject, row);
  if (row->state != subject->facts->state)
    row = broker_apply_state (subject, subject->facts->state);
  if (row->state != BED_STATE_WAITING)
    broker_apply_unpropose (row);
}

void
broker_apply_amended (const BrokerSubject *subject)
{
  const BedFacts *facts = subject->facts;
  BedReferralRow *row = broker_register_touch_referral (subject->self, subject->referral);
  set_ready_at (facts, row);
  if (bed_facts_has (facts, BED_FACT_TYPE))
    row->type = facts->type;
  if (bed_facts_has (facts, BED_FACT_NEEDS))
    set_needs (facts, row);
  if (bed_facts_has (facts, BED_FACT_SEX))
    row->sex = facts->sex;
  if (bed_facts_has (facts, BED_FACT_AGE_BAND))
    row->age_band = facts->age_band;
  if (bed_facts_has (facts, BED_FACT_AGREED))
    row->agreed = facts->agreed;
  if (bed_facts_has (facts, BED_FACT_HOME) || bed_facts_has (facts, BED_FACT_NEAR))
    set_place (subject, row);
  if (facts->has & FITTED)
    broker_apply_unpropose (row); /* the next round looks again */
}

void
broker_apply_linked (const BrokerSubject *subject)
{
  guint32 other = broker_register_find_referral (subject->self, subject->facts->with);
  broker_register_touch_referral (subject->self, subject->referral)->linked = other;
  broker_register_touch_referral (subject->self, other)->linked = subject->referral;
}

void
broker_apply_unlink (const BrokerSubject *subject)
{
  BedReferralRow *row = broker_register_touch_referral (subject->self, subject->referral);
  if (row->linked == BED_NONE)
    return;
  broker_register_touch_referral (subject->self, row->linked)->linked = BED_NONE;
  row->linked = BED_NONE;
}

void
broker_apply_responded (const BrokerSubject *subject)
{
  broker_register_touch_referral (subject->self, subject->referral)->flags |= BED_REFERRAL_RESPONDED;
}

/* Out by a side door, giving up whatever bed is committed. The other of a couple goes on alone, with
 * the bed that is held for them. */
static void
end_early (const BrokerSubject *subject, BedReferralState state)
{
  broker_apply_unlink (subject);
  broker_apply_release (subject);
  broker_apply_state (subject, state)->paused_for = 0;
  broker_register_close_referral (subject->self, subject->referral);
}

void
broker_apply_redirected (const BrokerSubject *subject)
{
  end_early (subject, BED_STATE_REDIRECTED);
}

/* A couple is held together or not at all. */
void
broker_apply_paused (const BrokerSubject *subject)
{
  broker_apply_each (subject, broker_apply_release);
  broker_apply_state (subject, BED_STATE_PAUSED)->paused_for = (guint8) (subject->facts->pause + 1);
}

void
broker_apply_resumed (const BrokerSubject *subject)
{
  BedReferralRow *row = broker_apply_state (subject, subject->facts->state);
  row->paused_for = 0;
  set_ready_at (subject->facts, row);
}

void
broker_apply_withdrawn (const BrokerSubject *subject)
{
  end_early (subject, BED_STATE_WITHDRAWN);
}

/* In a bed: it stays occupied, and the referral open, until the physical departure. */
void
broker_apply_died (const BrokerSubject *subject)
{
  guint8 state = broker_register_peek_referral (subject->self, subject->referral)->state;
  if (state != BED_STATE_ARRIVED && state != BED_STATE_THERAPY_STARTED && state != BED_STATE_READY_TO_LEAVE)
    {
      end_early (subject, BED_STATE_DIED);
      return;
    }
  BedReferralRow *row = broker_apply_state (subject, BED_STATE_DIED);
  row->until_us = 0;
  row->chc_from_us = 0;
  row->waiting_for = BED_WAITING_FOR_NONE;
  broker_apply_unlink (subject);
}

void
broker_apply_assessment_started (const BrokerSubject *subject)
{
  BedReferralRow *row = broker_register_touch_referral (subject->self, subject->referral);
  if (subject->facts->assessment != BED_ASSESSMENT_CHC)
    return;
  row->chc_from_us = subject->event->at_us;
  forget_breach (BED_CLOCK_CHC_ASSESSMENT, row);
}

void
broker_apply_assessment_ended (const BrokerSubject *subject)
{
  BedReferralRow *row = broker_register_touch_referral (subject->self, subject->referral);
  if (subject->facts->assessment == BED_ASSESSMENT_CHC)
    row->chc_from_us = 0;
}

void
broker_apply_breached (const BrokerSubject *subject)
{
  if (subject->referral == BED_NONE) /* a bed's */
    {
      broker_register_touch_bed (subject->self, subject->bed)->flags |= BED_FLAG_OVERDUE;
      return;
    }
  BedReferralRow *row = broker_register_touch_referral (subject->self, subject->referral);
  row->breached = (guint16) (row->breached | 1u << subject->facts->clock);
}

/* The row, if it is still theirs, forgot the needs when it was closed. */
void
broker_apply_erased (const BrokerSubject *subject)
{
  broker_erasures_remove (subject->self->erasures, subject->facts->referral);
}
