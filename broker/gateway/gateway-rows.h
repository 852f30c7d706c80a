/* gateway-rows.h: rows read from the map, encoded once for everybody.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "gateway-metrics.h"
#include "gateway-sights.h"

#include "common/bed-crowd.h"

#define GATEWAY_ROWS_KEPT 16384 /* encoded rows; a power of two */

/* A copy of one changing row. Its first word is its revision, whatever it is. */
typedef union
{
  guint64 revision;
  BedUnitRow unit;
  BedBedRow bed;
  BedReferralRow referral;
} GatewayRow;

/* FALSE if index holds no row. */
gboolean gateway_row_read (const BedTable *table, BedKind kind, guint32 index, GatewayRow *row);

typedef enum
{
  GATEWAY_ROW_SHOWN,
  GATEWAY_ROW_GONE,  /* it was shown, or would have been, and is no longer to be */
  GATEWAY_ROW_HIDDEN /* not for these eyes: not even its name */
} GatewayRowSeen;

GatewayRowSeen gateway_row_see (const GatewaySight *sight, const BedTable *table, BedKind kind,
                                guint32 index, const GatewayRow *row);

typedef struct _GatewayRows GatewayRows;

GatewayRows *gateway_rows_new (const BedTable *table, BedCrowd *crowd, GatewayMetrics *metrics); /* all borrowed */
void gateway_rows_free (GatewayRows *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GatewayRows, gateway_rows_free)

/* Appends the row's JSON as class may see it. */
void gateway_rows_append (GatewayRows *self, BedKind kind, guint32 index, const GatewayRow *row,
                          BedSightClass class, GString *text);
