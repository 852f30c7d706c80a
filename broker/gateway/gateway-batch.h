/* gateway-batch.h: encoded rows on their way into a message, page by page.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "gateway-rows.h"

#include "common/bed-link.h"

#define GATEWAY_PAGE_MAX (256 * 1024) /* bytes of a message to a client */
#define GATEWAY_PAGE_HEAD 1024        /* of them, for everything around the rows */

typedef enum
{
  GATEWAY_PART_LAPS, /* of a snapshot only */
  GATEWAY_PART_DISTRICTS, /* likewise */
  GATEWAY_PART_UNITS,
  GATEWAY_PART_BEDS,
  GATEWAY_PART_REFERRALS,
  GATEWAY_PART_GONE_UNITS,
  GATEWAY_PART_GONE_BEDS,
  GATEWAY_PART_GONE_REFERRALS,
  GATEWAY_PART_RECENT,
  GATEWAY_PART_HISTORY,
  GATEWAY_N_PARTS
} GatewayPart;

/* Values of several lists, each already JSON. */
typedef struct
{
  GString *text;   /* owned */
  GArray *entries; /* owned: where each value stands, and which page it is on */
  guint rows;      /* of units, beds and referrals, gone ones included */
  guint pages;
} GatewayBatch;

GatewayBatch *gateway_batch_new (void);
void gateway_batch_free (GatewayBatch *batch);
void gateway_batch_reset (GatewayBatch *batch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GatewayBatch, gateway_batch_free)

/* Adds the row as sight may see it, and remembers that it was shown. */
void gateway_batch_add_row (GatewayBatch *batch, GatewayRows *rows, GatewaySight *sight,
                            const BedTable *table, BedKind kind, guint32 index, const GatewayRow *row);
void gateway_batch_add_lap (GatewayBatch *batch, const BedTable *table, guint32 lap);
void gateway_batch_add_district (GatewayBatch *batch, const BedMap *map, guint32 district);

/* Ticker and history entries with from < revision <= to that sight may see. */
void gateway_batch_add_recent (GatewayBatch *batch, const GatewaySight *sight, const BedTable *table,
                               guint64 from, guint64 to);
void gateway_batch_add_history (GatewayBatch *batch, const GatewaySight *sight, const BedTable *table,
                                guint64 from, guint64 to);
gboolean gateway_batch_shows_history (const GatewaySight *sight, const BedHistory *entry);
void gateway_batch_add_history_entry (GatewayBatch *batch, const BedTable *table, const BedHistory *entry);

/* Cuts what has been added into pages of at most GATEWAY_PAGE_MAX, and returns how many (1 even
 * for nothing). */
guint gateway_batch_cut (GatewayBatch *batch);

/* Appends the members of one page (1 … pages): the lists, `gone` if there is any. */
void gateway_batch_print (const GatewayBatch *batch, guint page, gboolean is_snapshot, BedJson *json);
