/* ctl-simulate-world.c: the simulated county: who is known, what time it is, how chance falls.
 *
 * Owns units, beds and people by id, the crew and the counts. Units and beds stay for the life of
 * the program (an import may add to them); people until they are closed and the feed has let them
 * go. Every decision comes from one seeded generator.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ctl-simulate-world.h"

#include "common/bed-time.h"

#include <math.h>
#include <string.h>

#define DETOUR 1.3 /* of roads: domain.md, Closeness */
#define OPENING_SPREAD_MIN 50.0

static void
unit_free (gpointer memory)
{
  CtlUnit *unit = memory;
  g_free (unit->id);
  g_free (unit->owner);
  g_ptr_array_unref (unit->beds);
  g_free (unit);
}

static void
bed_free (gpointer memory)
{
  CtlBed *bed = memory;
  g_free (bed->id);
  g_free (bed);
}

static void
person_free (gpointer memory)
{
  CtlPerson *person = memory;
  g_free (person->code);
  g_free (person->bed);
  g_free (person->offer);
  g_free (person->stays_in);
  g_free (person->asked_bed);
  g_free (person);
}

CtlWorld *
ctl_world_new (guint32 seed)
{
  CtlWorld *world = g_new0 (CtlWorld, 1);
  world->rand = g_rand_new_with_seed (seed);
  world->crew = ctl_crew_new ();
  world->units = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, unit_free);
  world->beds = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, bed_free);
  world->people = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, person_free);
  world->homes = g_ptr_array_new_with_free_func (g_free);
  ctl_tally_init (&world->tally);
  world->haste = 1;
  return world;
}

void
ctl_world_free (CtlWorld *world)
{
  ctl_crew_free (world->crew); /* its last answers still look at the rest */
  g_hash_table_unref (world->people);
  g_hash_table_unref (world->beds);
  g_hash_table_unref (world->units);
  g_ptr_array_unref (world->homes);
  ctl_tally_clear (&world->tally);
  g_rand_free (world->rand);
  g_free (world);
}

CtlPerson *
ctl_world_take_person (CtlWorld *world, const char *code)
{
  CtlPerson *person = g_hash_table_lookup (world->people, code);
  if (person != NULL)
    return person;
  person = g_new0 (CtlPerson, 1);
  person->code = g_strdup (code);
  person->state = BED_STATE_N; /* not seen in the feed yet */
  for (guint act = 0; act < CTL_N_ACTS; act++)
    person->due[act] = CTL_NEVER;
  g_hash_table_insert (world->people, person->code, person);
  return person;
}

CtlBed *
ctl_world_find_bed (const CtlWorld *world, const char *id)
{
  return id != NULL ? g_hash_table_lookup (world->beds, id) : NULL;
}

gboolean
ctl_world_chance (CtlWorld *world, double probability)
{
  return g_rand_double (world->rand) < probability;
}

const char *
ctl_world_draw_word (CtlWorld *world, const CtlShare *shares, guint n)
{
  guint total = 0;
  for (guint i = 0; i < n; i++)
    total += shares[i].share;
  gint32 drawn = g_rand_int_range (world->rand, 0, (gint32) total);
  for (guint i = 0; i < n; i++)
    if ((drawn -= (gint32) shares[i].share) < 0)
      return shares[i].word;
  return shares[n - 1].word;
}

/* Between a quarter of the mean and four times it: exponential, without its extremes. */
double
ctl_world_draw_due (CtlWorld *world, double mean_min)
{
  double drawn = -log (1 - g_rand_double (world->rand)) * mean_min;
  return world->now_min + CLAMP (drawn, mean_min / 4, mean_min * 4) / world->haste;
}

double
ctl_world_draw_between (CtlWorld *world, double from, double to)
{
  return from + g_rand_double (world->rand) * (to - from);
}

double
ctl_world_draw_days (CtlWorld *world, double median, double sigma)
{
  double radius = sqrt (-2 * log (1 - g_rand_double (world->rand)));
  double normal = radius * cos (2 * G_PI * g_rand_double (world->rand));
  return median * exp (sigma * CLAMP (normal, -2.5, 2.5));
}

gint64
ctl_world_find_utc (const CtlWorld *world, double due_min)
{
  if (world->time.speed == 0)
    return g_get_real_time () + (gint64) ((due_min - world->now_min) * BED_MINUTE_US);
  return world->time.zero_us + (gint64) (due_min * BED_MINUTE_US);
}

gint64
ctl_world_read_utc (const CtlWorld *world)
{
  return ctl_world_find_utc (world, world->now_min);
}

/* A day that is played in minutes, by a clock that is not the broker's, has no nights. */
double
ctl_world_draw_shift (CtlWorld *world, double mean_min, const CtlShift *shift)
{
  double due = ctl_world_draw_due (world, mean_min);
  if (world->time.speed == 0)
    return due;
  gint64 at_us = ctl_world_find_utc (world, due);
  gint64 open_us = ctl_time_find_shift (shift, at_us);
  if (open_us == at_us)
    return due;
  return due + (double) (open_us - at_us) / BED_MINUTE_US
         + ctl_world_draw_between (world, 0, OPENING_SPREAD_MIN);
}

void
ctl_world_put_off (CtlWorld *world, double mean_min, gboolean *is_pending, double *due)
{
  *is_pending = FALSE;
  *due = ctl_world_draw_due (world, mean_min);
}

guint
ctl_world_measure (const CtlPerson *person, const CtlUnit *unit)
{
  double east = person->easting - unit->easting;
  double north = person->northing - unit->northing;
  return (guint) (sqrt (east * east + north * north) * DETOUR);
}

gboolean
ctl_world_suits (const CtlBed *bed, const CtlPerson *person)
{
  if (!bed->is_in_effect || !bed->unit->is_in_effect || bed->service == BED_SERVICE_SURGE_SHUT)
    return FALSE;
  if (bed->type != person->type && !(bed->flex >> person->type & 1))
    return FALSE;
  if ((person->must & ~bed->features) != 0 || (person->must_not & bed->features) != 0)
    return FALSE;
  switch ((BedBaySex) bed->bay_sex)
    {
    case BED_BAY_SEX_FEMALE:
      return person->sex == BED_SEX_FEMALE;
    case BED_BAY_SEX_MALE:
      return person->sex == BED_SEX_MALE;
    case BED_BAY_SEX_ANY:
    case BED_BAY_SEX_SINGLE:
    case BED_BAY_SEX_N:
      return TRUE;
    }
  return FALSE;
}
