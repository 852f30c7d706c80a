/* test-clock.c: the broker's time under steps of both clocks it is made of.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker/broker-clock.h"

#define START_UTC_US G_GINT64_CONSTANT (1795000000000000)
#define START_BOOT_US G_GINT64_CONSTANT (5000000000)
#define SECOND G_GINT64_CONSTANT (1000000)
#define DAY (86400 * SECOND)

typedef struct
{
  gint64 utc_us;
  gint64 boottime_us;
} FakeFace;

static gint64
read_utc (gpointer user_data)
{
  return ((FakeFace *) user_data)->utc_us;
}

static gint64
read_boottime (gpointer user_data)
{
  return ((FakeFace *) user_data)->boottime_us;
}

static void
start (FakeFace *fake, BrokerClock *clock)
{
  BrokerClockFace face = { read_utc, read_boottime, fake };

  *fake = (FakeFace) { START_UTC_US, START_BOOT_US };
  broker_clock_start (clock, &face, 0);
}

static void
pass (FakeFace *fake, gint64 us)
{
  fake->utc_us += us;
  fake->boottime_us += us;
}

static void
test_starts_at_utc (void)
{
  FakeFace fake;
  BrokerClock clock;

  start (&fake, &clock);
  g_assert_cmpint (broker_clock_read (&clock), ==, START_UTC_US);
}

static void
test_follows_elapsed (void)
{
  FakeFace fake;
  BrokerClock clock;

  start (&fake, &clock);
  pass (&fake, 3 * SECOND);
  g_assert_cmpint (broker_clock_read (&clock), ==, START_UTC_US + 3 * SECOND);
}

static void
test_starts_at_floor (void)
{
  FakeFace fake = { START_UTC_US, START_BOOT_US };
  BrokerClockFace face = { read_utc, read_boottime, &fake };
  BrokerClock clock;

  broker_clock_start (&clock, &face, START_UTC_US + 60 * SECOND);
  g_assert_cmpint (broker_clock_read (&clock), >=, START_UTC_US + 60 * SECOND);
}

static void
test_raise_never_lowers (void)
{
  FakeFace fake;
  BrokerClock clock;

  start (&fake, &clock);
  broker_clock_raise (&clock, START_UTC_US - DAY);
  g_assert_cmpint (broker_clock_read (&clock), ==, START_UTC_US);
}

/* A step may stretch a second by no more than 5 %, whatever its size and direction. */
static void
test_step_is_slewed (gconstpointer step)
{
  FakeFace fake;
  BrokerClock clock;
  gint64 last_us;

  start (&fake, &clock);
  last_us = broker_clock_read (&clock);
  fake.utc_us += *(const gint64 *) step;
  for (guint i = 0; i < 10; i++)
    {
      gint64 now_us;

      pass (&fake, SECOND);
      now_us = broker_clock_read (&clock);
      g_assert_cmpint (now_us - last_us, >=, SECOND - SECOND / 20);
      g_assert_cmpint (now_us - last_us, <=, SECOND + SECOND / 20);
      last_us = now_us;
    }
}

static void
test_catches_up (void)
{
  FakeFace fake;
  BrokerClock clock;

  start (&fake, &clock);
  fake.utc_us += 3600 * SECOND;
  for (guint i = 0; i < 24 * 60; i++)
    {
      pass (&fake, 60 * SECOND);
      broker_clock_read (&clock);
    }
  g_assert_cmpint (ABS (broker_clock_get_away (&clock)), <=, BROKER_CLOCK_FINE_US);
}

static void
test_short_readings_slew_as_far (void)
{
  FakeFace fake, fake_often;
  BrokerClock clock, often;
  gint64 once_us, often_us = 0;

  start (&fake, &clock);
  fake.utc_us += 3600 * SECOND;
  pass (&fake, 10 * SECOND);
  once_us = broker_clock_read (&clock);

  start (&fake_often, &often);
  fake_often.utc_us += 3600 * SECOND;
  for (guint i = 0; i < 1000000; i++)
    {
      pass (&fake_often, 10);
      often_us = broker_clock_read (&often);
    }
  g_assert_cmpint (ABS (once_us - often_us), <=, 10);
}

static void
test_boottime_backwards (void)
{
  FakeFace fake;
  BrokerClock clock;
  gint64 before_us;

  start (&fake, &clock);
  pass (&fake, 10 * SECOND);
  before_us = broker_clock_read (&clock);
  fake.boottime_us -= 5 * SECOND;
  g_assert_cmpint (broker_clock_read (&clock), ==, before_us);
}

static void
test_system_face_moves (void)
{
  BrokerClockFace face = broker_clock_face_of_system ();

  g_assert_cmpint (face.read_utc_us (NULL), >, START_UTC_US - 3650 * DAY);
  g_assert_cmpint (face.read_boottime_us (NULL), >, 0);
}

/* A simulation's clock starts where it is told, whatever the world's says, and runs as fast. */
static void
test_virtual_speed (void)
{
  FakeFace fake = { START_UTC_US, START_BOOT_US };
  BrokerClockFace real = { read_utc, read_boottime, &fake };
  BrokerVirtualTime time;
  BrokerClock clock;

  broker_virtual_time_start (&time, &real, START_UTC_US + DAY, 10000);
  BrokerClockFace face = broker_virtual_time_face (&time);
  broker_clock_start (&clock, &face, 0);
  g_assert_cmpint (broker_clock_read (&clock), ==, START_UTC_US + DAY);
  pass (&fake, SECOND);
  g_assert_cmpint (broker_clock_read (&clock), ==, START_UTC_US + DAY + 10000 * SECOND);
}

/* Steps of the world's clock, and a boot time that runs backwards, do not reach it. */
static void
test_virtual_never_back (void)
{
  FakeFace fake = { START_UTC_US, START_BOOT_US };
  BrokerClockFace real = { read_utc, read_boottime, &fake };
  BrokerVirtualTime time;
  BrokerClock clock;

  broker_virtual_time_start (&time, &real, START_UTC_US, 100);
  BrokerClockFace face = broker_virtual_time_face (&time);
  broker_clock_start (&clock, &face, 0);
  pass (&fake, SECOND);
  gint64 before_us = broker_clock_read (&clock);
  fake.utc_us -= DAY;
  fake.boottime_us -= 2 * SECOND;
  g_assert_cmpint (broker_clock_read (&clock), ==, before_us);
  fake.boottime_us += 3 * SECOND;
  g_assert_cmpint (broker_clock_read (&clock), >=, before_us);
}

static void
test_virtual_speed_bounds (void)
{
  FakeFace fake = { START_UTC_US, START_BOOT_US };
  BrokerClockFace real = { read_utc, read_boottime, &fake };
  BrokerVirtualTime time;

  broker_virtual_time_start (&time, &real, START_UTC_US, 0);
  g_assert_cmpuint (time.speed, ==, 1);
  broker_virtual_time_start (&time, &real, START_UTC_US, G_MAXUINT32);
  g_assert_cmpuint (time.speed, ==, BROKER_CLOCK_SPEED_MAX);
}

int
main (int argc, char **argv)
{
  static const gint64 steps[] = { SECOND / 1000, -SECOND / 1000, SECOND, -SECOND, 3600 * SECOND, -3600 * SECOND, DAY, -DAY };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clock/starts-at-utc", test_starts_at_utc);
  g_test_add_func ("/clock/follows-elapsed", test_follows_elapsed);
  g_test_add_func ("/clock/starts-at-floor", test_starts_at_floor);
  g_test_add_func ("/clock/raise-never-lowers", test_raise_never_lowers);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *path = g_strdup_printf ("/clock/step/%" G_GINT64_FORMAT "us", steps[i]);

      g_test_add_data_func (path, &steps[i], test_step_is_slewed);
    }
  g_test_add_func ("/clock/catches-up", test_catches_up);
  g_test_add_func ("/clock/short-readings", test_short_readings_slew_as_far);
  g_test_add_func ("/clock/boottime-backwards", test_boottime_backwards);
  g_test_add_func ("/clock/system-face", test_system_face_moves);
  g_test_add_func ("/clock/virtual/speed", test_virtual_speed);
  g_test_add_func ("/clock/virtual/never-back", test_virtual_never_back);
  g_test_add_func ("/clock/virtual/speed-bounds", test_virtual_speed_bounds);
  return g_test_run ();
}
