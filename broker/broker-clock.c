/* broker-clock.c: the broker's time: UTC that never jumps and never runs backwards.
 *
 * Deadlines, ages and the journal's times all come from one reading a batch. A step of the wall
 * clock (NTP, an operator, a resumed machine) must not expire every hold at once, nor make an event
 * older than the one before it. So elapsed CLOCK_BOOTTIME, which counts sleep and is never stepped,
 * carries the time, and UTC only draws it along at a bounded rate. Owns nothing; cannot fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-clock.h"

#include <time.h>

static gint64
read_system (clockid_t id)
{
  struct timespec at = { 0, 0 };

  clock_gettime (id, &at);
  return (gint64) at.tv_sec * G_USEC_PER_SEC + at.tv_nsec / 1000;
}

static gint64
read_realtime (gpointer user_data)
{
  return read_system (CLOCK_REALTIME);
}

static gint64
read_boottime (gpointer user_data)
{
  return read_system (CLOCK_BOOTTIME);
}

BrokerClockFace
broker_clock_face_of_system (void)
{
  return (BrokerClockFace) { .read_utc_us = read_realtime, .read_boottime_us = read_boottime };
}

/* Both readings of a virtual face are the same line: nothing is ever slewed. */
static gint64
read_virtual (gpointer user_data)
{
  const BrokerVirtualTime *time = user_data;
  gint64 elapsed_us = time->real.read_boottime_us (time->real.user_data) - time->origin_us;

  return time->start_us + MAX (elapsed_us, 0) * (gint64) time->speed;
}

void
broker_virtual_time_start (BrokerVirtualTime *time, const BrokerClockFace *real, gint64 start_us, guint32 speed)
{
  *time = (BrokerVirtualTime) { .real = *real, .start_us = start_us };
  time->speed = CLAMP (speed, 1, BROKER_CLOCK_SPEED_MAX);
  time->origin_us = real->read_boottime_us (real->user_data);
}

BrokerClockFace
broker_virtual_time_face (BrokerVirtualTime *time)
{
  return (BrokerClockFace) { .read_utc_us = read_virtual, .read_boottime_us = read_virtual, .user_data = time };
}

void
broker_clock_start (BrokerClock *clock, const BrokerClockFace *face, gint64 floor_us)
{
  *clock = (BrokerClock) { .face = *face };
  clock->boottime_us = face->read_boottime_us (face->user_data);
  clock->now_us = MAX (face->read_utc_us (face->user_data), floor_us);
}

void
broker_clock_raise (BrokerClock *clock, gint64 floor_us)
{
  clock->now_us = MAX (clock->now_us, floor_us);
}

/* The microseconds by which elapsed time may be stretched; the rest of the division is kept, so
 * that a thousand short readings slew as far as one long one. */
static gint64
slew (BrokerClock *clock, gint64 elapsed_us, gint64 away_us)
{
  gint64 ppm = ABS (away_us) <= BROKER_CLOCK_FINE_US ? BROKER_CLOCK_FINE_PPM : BROKER_CLOCK_COARSE_PPM;
  gint64 parts = elapsed_us % G_USEC_PER_SEC * ppm + clock->remainder;
  gint64 most_us = elapsed_us / G_USEC_PER_SEC * ppm + parts / G_USEC_PER_SEC;

  clock->remainder = parts % G_USEC_PER_SEC;
  return CLAMP (away_us, -most_us, most_us);
}

gint64
broker_clock_read (BrokerClock *clock)
{
  gint64 boottime_us = clock->face.read_boottime_us (clock->face.user_data);
  gint64 elapsed_us = MAX (boottime_us - clock->boottime_us, 0);
  gint64 utc_us = clock->face.read_utc_us (clock->face.user_data);

  clock->boottime_us = MAX (clock->boottime_us, boottime_us);
  clock->now_us += elapsed_us;
  clock->now_us += slew (clock, elapsed_us, utc_us - clock->now_us);
  clock->away_us = utc_us - clock->now_us;
  return clock->now_us;
}

gint64
broker_clock_get_away (const BrokerClock *clock)
{
  return clock->away_us;
}
