/* broker-proposals.h: which waiting person is shown which bed: a suggestion that reserves nothing.
 *
 * Urgent lane first, in each those who were turned back, then the most overdue; each bed is proposed
 * to one person, and lapses after BROKER_OFFER_LAPSES_US by the clock. The result is commands of the
 * clock (offer.make) for the rows whose proposal has to change.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "broker-register.h"

#define BROKER_PROPOSALS_EVERY_US G_GINT64_CONSTANT (250000) /* at most that often */
#define BROKER_PROPOSALS_SHARE 9 /* the pause after a round is at least so many times its own length */
#define BROKER_PROPOSALS_MAX 256    /* changes in one round; the rest follow in the next */
#define BROKER_PROPOSALS_FULL (BROKER_PROPOSALS_MAX - 1) /* a couple makes two at once */
#define BROKER_PROPOSALS_LOOKED 256 /* people for whom beds are searched in one round, first in order */

typedef struct _BrokerProposals BrokerProposals;

BrokerProposals *broker_proposals_new (void);
void broker_proposals_free (BrokerProposals *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BrokerProposals, broker_proposals_free)

/* Fills commands (not cleared; each is to be cleared by the caller) with what has to change now, most
 * important first, and returns how many; BROKER_PROPOSALS_FULL or more means there may be more. */
guint broker_proposals_draw (BrokerProposals *self, const BrokerRegister *reg, gint64 now_us,
                             BedCommand commands[static BROKER_PROPOSALS_MAX]);
