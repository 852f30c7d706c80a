/* broker-erasures.h: whose needs profile is still to be erased: closed referrals by their code, in the
 * order of closing, until the journal has forgotten what they needed.
 *
 * It outlives the row, whose index is somebody else's long before. Part of the state; staged like it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "common/bed-code.h"

#include <glib.h>

typedef struct
{
  gint64 closed_us;
  char code[BED_CODE_SIZE];
} BrokerErasure;

G_STATIC_ASSERT (sizeof (BrokerErasure) == 16); /* saved as it stands: no padding */

typedef struct _BrokerErasures BrokerErasures;

BrokerErasures *broker_erasures_new (void);
void broker_erasures_free (BrokerErasures *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BrokerErasures, broker_erasures_free)

/* O(1) in order of time. A code is there once: added again, it is the newer one. */
void broker_erasures_add (BrokerErasures *self, const char *code, gint64 closed_us);
void broker_erasures_remove (BrokerErasures *self, const char *code); /* nothing if it is not there */

/* Borrowed until the next change; NULL if there is none. */
const BrokerErasure *broker_erasures_peek (const BrokerErasures *self); /* closed first */
const BrokerErasure *broker_erasures_find (const BrokerErasures *self, const char *code);
guint broker_erasures_count (const BrokerErasures *self);

/* Staging: what was changed since the last keep can be taken back. */
void broker_erasures_keep (BrokerErasures *self);
void broker_erasures_take_back (BrokerErasures *self);

/* Equal lists give equal bytes: n times sizeof (BrokerErasure). Load is FALSE if they are none, out of
 * order, twice the same, or closed after at_us. */
void broker_erasures_save (const BrokerErasures *self, GByteArray *bytes);
gboolean broker_erasures_load (BrokerErasures *self, const guint8 *bytes, guint n, gint64 at_us);
