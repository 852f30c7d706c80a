/* broker-rules.h: the rules: may this be done, and what has then happened.
 *
 * Pure: check (register, command, now) gives an event or a refusal, and changes nothing. The
 * register is the one with the batch staged on it. The heart of the product; read it first.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "broker-register.h"

#define BROKER_HOLD_URGENT_MIN 60
#define BROKER_HOLD_FLOW_MIN 240
#define BROKER_HOLD_OVERRIDE_MIN 1440

typedef struct
{
  BedError error;
  char member[BED_ID_SIZE]; /* the axis, missing need or member it is about, or "" */
  guint64 missing;          /* not_suitable: bits of BedNeed (a must that is missing, a must not that is there) */
  guint32 referral;         /* bed_taken: whose next best offer to add; or BED_NONE */
  gint64 at_us;             /* and when they would come */
} BrokerRefusal;

/* TRUE: *event is what happened (revision is the register's + 1; clear it). FALSE: *refusal says
 * why, and the same command may be asked again. */
gboolean broker_rules_check (const BrokerRegister *reg, const BedCommand *command, gint64 now_us,
                             BedEvent *event, BrokerRefusal *refusal);

/* The clock's next command that is due at now: hold expiry, staleness, breaches, effect; FALSE if
 * nothing is. *command must be cleared. Each, once applied, is no longer due. */
gboolean broker_rules_next_due (const BrokerRegister *reg, gint64 now_us, BedCommand *command);

/* The next best offer for a referral, given the register with the batch staged, that would be held for
 * them now: admission rules and the other of a couple are looked at; FALSE if none. */
gboolean broker_rules_find_next (const BrokerRegister *reg, guint32 referral, gint64 now_us, BedOffer *offer);
