/* ctl-simulate-tally.h: what a run counts as it goes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "common/bed-words.h"

#include <glib.h>

#define CTL_BREACH_LINES_MAX 40

typedef struct
{
  GHashTable *breaches; /* owned: "clock cause" → count */
  GArray *waits;        /* owned, double: hours from referral to arrival */
  GArray *placings;     /* owned, double: hours from referral to acceptance */
  GArray *metres;       /* owned, double: of the beds come to */
  GArray *excesses;     /* owned, double: metres beyond the nearest suitable bed in any state */
  GArray *stays;        /* owned, double: days */
  guint referrals;
  guint urgent;
  guint couples;
  guint placed;   /* accepted */
  guint arrived;
  guint home_lap; /* arrived within their own LAP */
  guint left;
  guint declines[BED_DECLINE_N];
  guint turned_back;
  guint holds_expired;
  guint redirected;
  guint withdrawn;
  guint went_home; /* the simple pathway */
  guint died;
  guint cancelled;
  guint moved;
  guint away;
  guint outbreaks;
  guint surge_opened;
  double occupancy; /* sum of the samples */
  guint samples;
  guint stale_samples; /* beds stale in all samples */
  guint bed_samples;   /* beds looked at in all samples */
  guint waiting_max;
} CtlTally;

void
ctl_tally_init (CtlTally *tally);
void
ctl_tally_clear (CtlTally *tally);

/* A limit was passed: why. */
void
ctl_tally_breach (CtlTally *tally, const char *clock, const char *cause);
void
ctl_tally_add (GArray *values, double value);
/* The value below which so large a part lies; 0: there are none. */
double
ctl_tally_find_quantile (const GArray *values, double part);
double
ctl_tally_find_mean (const GArray *values);
