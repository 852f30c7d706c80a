/* ctl-columns.h: units, beds and queue as tables: which columns, in which words.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ctl-picture.h"
#include "ctl-tables.h"

/* Each makes the table of what the picture's sight shows. Transfer full. */
CtlTable *
ctl_columns_units (const CtlPicture *picture, const CtlTerminal *terminal);
CtlTable *
ctl_columns_beds (const CtlPicture *picture, const CtlTerminal *terminal,
                  int display); /* BedDisplay, or -1: all */
CtlTable *
ctl_columns_queue (const CtlPicture *picture, const CtlTerminal *terminal, gboolean is_all);

/* "17 free · 5 held · …" of all beds shown, with glyphs; then of places without a bed, if there are any. */
void
ctl_columns_print_totals (const CtlPicture *picture, const CtlTerminal *terminal, GString *out);

/* A line that names the beds whose turnaround is over its limit; nothing if there are none. */
void
ctl_columns_print_overdue (const CtlPicture *picture, GString *out);

/* "12 min", "3 h 05", "2 d 4 h": a duration that never looks like a time of day. Transfer full. */
char *
ctl_columns_print_age (gint64 age_us);

/* "hoist, ensuite" for bits of BedNeed. Transfer full. */
char *
ctl_columns_print_needs (guint64 needs);

/* Urgent lane first; in each, who was turned back, then whoever has waited longest. */
int
ctl_columns_compare_waiting (const BedReferralRow *left, const BedReferralRow *right);

/* Why nothing is proposed to somebody: only who waits is looked for. Static. */
const char *
ctl_columns_peek_without_bed (const BedReferralRow *row);

/* The state's word; of somebody asked for outside their LAP's hours, who must be answered or redirected,
 * that as well. Transfer full. */
char *ctl_columns_print_state (const BedTable *table, const BedReferralRow *row);

/* The clock that is due first, "triage 5 min over" or "bed_start 1 d 7 h left": tinted once it is
 * amber, and when it is over. The hold's end stands beside its bed instead. Transfer full. */
char *
ctl_columns_print_due (const BedReferralRow *row, gint64 now_us, CtlTint *tint);
