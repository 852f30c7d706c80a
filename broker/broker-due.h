/* broker-due.h: which row falls due next: an indexed binary heap, one instant a row.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#define BROKER_DUE_NEVER G_MAXINT64

typedef struct _BrokerDue BrokerDue;

BrokerDue *broker_due_new (void);
void broker_due_free (BrokerDue *due);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BrokerDue, broker_due_free)

/* Sets, moves or (BROKER_DUE_NEVER) removes a row's instant. O(log n). */
void broker_due_set (BrokerDue *due, guint32 row, gint64 at_us);

/* The earliest row, FALSE if none is set. Among equals the lowest row number comes first. */
gboolean broker_due_peek (const BrokerDue *due, gint64 *at_us, guint32 *row);
