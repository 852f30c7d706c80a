/* broker-fit.h: does this bed fit this person, or these two people, at this moment.
 *
 * Pure. bed-suit.h says who fits where; this adds what only the broker knows: the time, and who
 * belongs together.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "broker-register.h"

/* What somebody needs who would come at that instant. */
void broker_fit_get_needs (const BedReferralRow *person, gint64 at_us, BedNeedsProfile *needs);

/* The first reason against it, as bed_rules_out has them, of a bed with that row (its own, or one as
 * it would be): not in effect is SERVICE, and a bed whose confirmation has just run out is stale even
 * if the event that says so is still to come. need (may be NULL) as there. */
BedRuledOut broker_fit_judge (const BrokerRegister *reg, guint32 bed, const BedBedRow *row,
                              const BedNeedsProfile *needs, gint64 now_us, guint8 *need);

/* Whoever leaves an outbreak needs this, until the exposure has passed. */
#define BROKER_AFTER_OUTBREAK (G_GUINT64_CONSTANT (1) << BED_NEED_ISOLATION_ROOM)

/* Is that bed, or its whole unit, closed for one? */
gboolean broker_fit_is_outbreak (const BrokerRegister *reg, guint32 bed);

/* How somebody who waits stands to the other of a couple. */
typedef enum
{
  BROKER_ALONE,    /* there is none, or they have gone on, or need no bed */
  BROKER_TOGETHER, /* both wait: found and held together, or not at all */
  BROKER_APART     /* the other cannot take a bed yet */
} BrokerCouple;

BrokerCouple broker_fit_look_at_couple (const BrokerRegister *reg, const BedReferralRow *person);

/* The other of a couple, if both hold a bed of one unit; or BED_NONE. */
guint32 broker_fit_find_held_partner (const BrokerRegister *reg, guint32 referral);

/* The bed for needs->partner when the person takes `bed`: the first of the same unit, in the order of
 * labels, that fits beside it (bed_pairs). Its staffing must do for two. Beds for which
 * skip (bed, user_data) is TRUE are passed over; skip may be NULL. BED_NONE: there is none. */
guint32 broker_fit_find_other_bed (const BrokerRegister *reg, guint32 bed, const BedNeedsProfile *needs, gint64 now_us,
                                   gboolean (*skip) (guint32 bed, gpointer user_data), gpointer user_data);
