/* ctl-simulate-time.h: the time of day in a simulation, and when people work.
 *
 * Against a broker whose clock runs as fast as the simulation, the simulation reads that clock off
 * the feed: every time stamp is a lower bound, and the best of them counts. Otherwise its own clock
 * only paces decisions, and time stamps are the world's.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

typedef struct
{
  guint speed;      /* of the broker's clock; 0: it is the world's */
  gint64 offset_us; /* the broker's time less speed times the monotonic one, at least */
  gint64 zero_us;   /* the broker's time at the simulation's minute 0 */
  gint64 heard_us;  /* the newest time stamp */
  gboolean is_set;
} CtlTime;

/* Local hours, Europe/London. */
typedef struct
{
  guint8 from; /* hour */
  guint8 to;
  gboolean is_weekdays_only;
} CtlShift;

/* The broker has said that it is at_us (at the latest a moment ago). */
void
ctl_time_hear (CtlTime *time, gint64 monotonic_us, gint64 at_us);
gint64
ctl_time_read (const CtlTime *time, gint64 monotonic_us);

/* at_us, or the next instant within the shift. */
gint64
ctl_time_find_shift (const CtlShift *shift, gint64 at_us);
gboolean
ctl_time_is_within (const CtlShift *shift, gint64 at_us);
/* 0 Monday … 6 Sunday, local; hour 0 … 23. */
guint
ctl_time_get_weekday (gint64 at_us);
guint
ctl_time_get_hour (gint64 at_us);
