/* broker-apply.h: one event with everything it names looked up: what the files that turn events into
 * rows pass around. Shared by broker-apply*.c; nobody else includes it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "broker-register-rows.h"

/* What an event is about, resolved: indexes or BED_NONE. */
typedef struct
{
  BrokerRegister *self;
  const BedEvent *event;
  const BedFacts *facts;
  guint32 unit;
  guint32 bed;
  guint32 referral;
  guint32 other; /* named as `with` */
  guint32 other_bed;
} BrokerSubject;

/* Confirmed now, by the event's source. */
void broker_apply_confirm (const BrokerSubject *subject, BedBedRow *row);

/* After its occupancy or its readiness may have changed: nobody's leaving is expected of an empty bed, and
 * what has been left runs on its turnaround clock until it is ready. */
void broker_apply_turn (const BrokerSubject *subject, BedBedRow *row, guint8 occupancy_before);

/* Enters a state. Borrowed. */
BedReferralRow *broker_apply_state (const BrokerSubject *subject, BedReferralState state);

/* Nothing is proposed to them any more. */
void broker_apply_unpropose (BedReferralRow *row);

/* For the person, and for the other of a couple who holds with them. */
void broker_apply_each (const BrokerSubject *subject, void (*apply) (const BrokerSubject *subject));

/* The person goes back to waiting and the bed's commitment ends: of a hold, for both of a couple. */
void broker_apply_release (const BrokerSubject *subject);

/* The bed is out of use: a hold on it ends, whoever was accepted for it needs a decision; nobody on the
 * way is turned round, nobody inside is moved. */
void broker_apply_withdraw (const BrokerSubject *subject, guint32 bed);
/* No longer one of a couple: whoever closes a referral calls it (broker-apply-referral.c). */
void broker_apply_unlink (const BrokerSubject *subject);
/* No longer one of a couple: whoever closes a referral calls it (broker-apply-referral.c). */
void broker_apply_unlink (const BrokerSubject *subject);

/* The bed is out of use: a hold on it ends, whoever was accepted for it needs a decision; nobody on the
 * way is turned round, nobody inside is moved. */
void broker_apply_withdraw (const BrokerSubject *subject, guint32 bed);

/* broker-apply-beds.c */
void broker_apply_reported (const BrokerSubject *subject);
void broker_apply_confirmed (const BrokerSubject *subject);
void broker_apply_filled (const BrokerSubject *subject);
void broker_apply_corrected (const BrokerSubject *subject);
void broker_apply_feature_lost (const BrokerSubject *subject);
void broker_apply_staled (const BrokerSubject *subject);
void broker_apply_quarter (const BrokerSubject *subject);

/* broker-apply-service.c */
void broker_apply_closed (const BrokerSubject *subject);
void broker_apply_opened (const BrokerSubject *subject);
void broker_apply_bay_closed (const BrokerSubject *subject);
void broker_apply_bay_opened (const BrokerSubject *subject);
void broker_apply_unit_closed (const BrokerSubject *subject);
void broker_apply_unit_opened (const BrokerSubject *subject);
void broker_apply_staffed (const BrokerSubject *subject);
void broker_apply_sized (const BrokerSubject *subject);
void broker_apply_surge_asked (const BrokerSubject *subject);
void broker_apply_surge_opened (const BrokerSubject *subject);
void broker_apply_surge_ended (const BrokerSubject *subject);
void broker_apply_effected (const BrokerSubject *subject);

/* broker-apply-referral.c */
void broker_apply_submitted (const BrokerSubject *subject);
void broker_apply_triaged (const BrokerSubject *subject);
void broker_apply_amended (const BrokerSubject *subject);
void broker_apply_linked (const BrokerSubject *subject);
void broker_apply_responded (const BrokerSubject *subject);
void broker_apply_redirected (const BrokerSubject *subject);
void broker_apply_paused (const BrokerSubject *subject);
void broker_apply_resumed (const BrokerSubject *subject);
void broker_apply_withdrawn (const BrokerSubject *subject);
void broker_apply_died (const BrokerSubject *subject);
void broker_apply_assessment_started (const BrokerSubject *subject);
void broker_apply_assessment_ended (const BrokerSubject *subject);
void broker_apply_breached (const BrokerSubject *subject);
void broker_apply_erased (const BrokerSubject *subject);

/* broker-apply-placing.c */
void broker_apply_placed (const BrokerSubject *subject);
void broker_apply_hold_extended (const BrokerSubject *subject);
void broker_apply_released (const BrokerSubject *subject);
void broker_apply_assessing (const BrokerSubject *subject);
void broker_apply_accepted (const BrokerSubject *subject);
void broker_apply_declined (const BrokerSubject *subject);
void broker_apply_expected (const BrokerSubject *subject);
void broker_apply_cancelled (const BrokerSubject *subject);
void broker_apply_departed (const BrokerSubject *subject);
void broker_apply_turned_back (const BrokerSubject *subject);
void broker_apply_offered (const BrokerSubject *subject);

/* broker-apply-stay.c */
void broker_apply_arrived (const BrokerSubject *subject);
void broker_apply_therapy_started (const BrokerSubject *subject);
void broker_apply_moved (const BrokerSubject *subject);
void broker_apply_went_away (const BrokerSubject *subject);
void broker_apply_came_back (const BrokerSubject *subject);
void broker_apply_stay_extended (const BrokerSubject *subject);
void broker_apply_ready_to_leave (const BrokerSubject *subject);
void broker_apply_left (const BrokerSubject *subject);

/* broker-apply-undo.c */
void broker_apply_undone (const BrokerSubject *subject);
