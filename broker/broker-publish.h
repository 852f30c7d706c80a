/* broker-publish.h: the register shown: what a batch changed goes to the shared table, and a new
 * epoch is a new table with everything in it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "broker-register.h"
#include "broker-table.h"

typedef struct _BrokerPublisher BrokerPublisher;

/* A new table of the kept register. NULL with G_FILE_ERROR if there is no memory for it. epoch is
 * not 0; changes is a power of two. */
BrokerPublisher *broker_publisher_new (const BrokerRegister *reg, guint32 referrals, guint32 changes,
                                       guint64 epoch, GError **error);
void broker_publisher_free (BrokerPublisher *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BrokerPublisher, broker_publisher_free)

/* Shows what has changed since the register's last keep, at its revision. Before the keep. */
void broker_publisher_show (BrokerPublisher *self, const BrokerRegister *reg);

BrokerTable *broker_publisher_peek_table (const BrokerPublisher *self);
guint64 broker_publisher_get_epoch (const BrokerPublisher *self);
guint64 broker_publisher_get_revision (const BrokerPublisher *self); /* published */
