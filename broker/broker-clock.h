/* broker-clock.h: the broker's time: UTC that never jumps and never runs backwards.
 *
 * UTC at start plus elapsed CLOCK_BOOTTIME, slewed towards UTC. Two readings are injected, so that
 * tests step them, and so that a simulation can run on a clock of its own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

/* How fast it is slewed: parts of a million of the time elapsed. Up to a second away, as gently as
 * ntpd; farther, 5 %, so that a machine that started an hour wrong is right again in 20 hours while
 * a 60-minute hold is never more than 3 minutes long or short. */
#define BROKER_CLOCK_FINE_US G_GINT64_CONSTANT (1000000)
#define BROKER_CLOCK_FINE_PPM 500
#define BROKER_CLOCK_COARSE_PPM 50000

typedef struct
{
  gint64 (*read_utc_us) (gpointer user_data);
  gint64 (*read_boottime_us) (gpointer user_data);
  gpointer user_data; /* borrowed */
} BrokerClockFace;

/* A plain value; no part of it is the caller's business. */
typedef struct
{
  BrokerClockFace face;
  gint64 boottime_us; /* at the last reading */
  gint64 now_us;      /* what the last reading said */
  gint64 remainder;   /* of the slew, in millionths of a microsecond */
  gint64 away_us;     /* UTC minus now at the last reading */
} BrokerClock;

/* A clock that is not the world's: from a given instant on, speed times as fast. For simulations,
 * never for service. It must stay where it is while its face is in use. */
#define BROKER_CLOCK_SPEED_MAX 100000u

typedef struct
{
  BrokerClockFace real;
  gint64 origin_us; /* boottime of the real face when it showed start_us */
  gint64 start_us;
  guint32 speed;
} BrokerVirtualTime;

/* Shows start_us now. */
void broker_virtual_time_start (BrokerVirtualTime *time, const BrokerClockFace *real, gint64 start_us,
                                guint32 speed);
BrokerClockFace broker_virtual_time_face (BrokerVirtualTime *time);

/* CLOCK_REALTIME and CLOCK_BOOTTIME. */
BrokerClockFace broker_clock_face_of_system (void);

/* Starts at UTC, or at floor_us (the last event's time) if that is later. */
void broker_clock_start (BrokerClock *clock, const BrokerClockFace *face, gint64 floor_us);

/* Microseconds since 1970 UTC; never less than the reading before. */
gint64 broker_clock_read (BrokerClock *clock);

/* Moves now up to floor_us if it is earlier: the journal's last event cannot be in the future. */
void broker_clock_raise (BrokerClock *clock, gint64 floor_us);

/* How far UTC was ahead of it at the last reading. */
gint64 broker_clock_get_away (const BrokerClock *clock);
