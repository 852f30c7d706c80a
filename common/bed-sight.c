/* bed-sight.c: whose eyes see which rows.
 *
 * Pure decisions over the reference section and one row; owns nothing. A role whose scope names
 * nothing that exists sees nothing: there is no default that widens.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-rows.h"

#include <string.h>

static gboolean
set_class (const BedActor *actor, BedSight *sight)
{
  switch ((BedRole) actor->role)
    {
    case BED_ROLE_WALLBOARD:
      sight->class = BED_SIGHT_WALL;
      return TRUE;
    case BED_ROLE_COORDINATOR:
    case BED_ROLE_CLINICIAN:
    case BED_ROLE_LOCAL:
      sight->class = BED_SIGHT_FULL;
      return TRUE;
    case BED_ROLE_REFERRER:
      sight->class = BED_SIGHT_REFERRER;
      return TRUE;
    case BED_ROLE_UNIT:
    case BED_ROLE_OWNER:
      sight->class = BED_SIGHT_UNIT;
      return TRUE;
    case BED_ROLE_ASSESSOR:
      sight->class = BED_SIGHT_ASSESSOR;
      return TRUE;
    case BED_ROLE_ANALYST:
    case BED_ROLE_ADMIN:
      sight->class = BED_SIGHT_COUNTS;
      return TRUE;
    case BED_ROLE_CLOCK:
    case BED_ROLE_N:
      return FALSE;
    }
  return FALSE;
}

/* An assessor may have a scope or none; one that names nothing is no scope. */
static gboolean
narrow_assessor (const BedActor *actor, const BedPlaces *places, BedSight *sight)
{
  if (actor->lap[0] != '\0')
    sight->lap = bed_places_find_lap (places, actor->lap);
  if (actor->unit[0] != '\0')
    sight->unit = bed_places_find_unit (places, actor->unit);
  g_strlcpy (sight->owner, actor->owner, sizeof sight->owner);
  return actor->unit[0] == '\0' || sight->unit != BED_NONE;
}

gboolean
bed_sight_of_actor (const BedActor *actor, const BedPlaces *places, BedSight *sight)
{
  memset (sight, 0, sizeof *sight); /* also the padding: sights are compared and hashed */
  sight->lap = BED_NONE;
  sight->unit = BED_NONE;
  if (!set_class (actor, sight))
    return FALSE;

  if (actor->lap[0] != '\0' && bed_places_find_lap (places, actor->lap) == BED_NONE)
    return FALSE;
  if (actor->role == BED_ROLE_UNIT)
    {
      sight->unit = bed_places_find_unit (places, actor->unit);
      return sight->unit != BED_NONE;
    }
  if (actor->role == BED_ROLE_OWNER || actor->role == BED_ROLE_REFERRER)
    {
      /* An owner without a unit in this epoch may have one in the next. */
      g_strlcpy (sight->owner, actor->owner, sizeof sight->owner);
      return sight->owner[0] != '\0';
    }
  return actor->role != BED_ROLE_ASSESSOR || narrow_assessor (actor, places, sight);
}

gboolean
bed_sight_narrow (BedSight *sight, const BedTable *table, guint32 lap, guint32 unit)
{
  if (lap != BED_NONE && lap >= table->sizes.laps)
    return FALSE;
  if (unit != BED_NONE && !bed_sight_shows_unit (sight, table, unit))
    return FALSE;
  if (lap != BED_NONE)
    sight->lap = lap;
  if (unit != BED_NONE)
    sight->unit = unit;
  return TRUE;
}

gboolean
bed_sight_may_refer (const BedSight *sight)
{
  return sight->class == BED_SIGHT_FULL || sight->class == BED_SIGHT_REFERRER;
}

guint
bed_sight_hash (gconstpointer sight)
{
  const BedSight *self = sight;
  return ((guint) self->class * 31 + self->lap) * 31 + self->unit + g_str_hash (self->owner);
}

gboolean
bed_sight_equal (gconstpointer a, gconstpointer b)
{
  const BedSight *one = a;
  const BedSight *other = b;
  return one->class == other->class && one->lap == other->lap && one->unit == other->unit
         && strcmp (one->owner, other->owner) == 0;
}

gboolean
bed_sight_shows_unit (const BedSight *sight, const BedTable *table, guint32 unit)
{
  if (unit >= table->sizes.units || (sight->unit != BED_NONE && sight->unit != unit)
      || (sight->lap != BED_NONE && sight->lap != table->units[unit].lap))
    return FALSE;
  if (sight->class == BED_SIGHT_ASSESSOR)
    return sight->owner[0] == '\0' || strcmp (table->units[unit].owner, sight->owner) == 0;
  if (sight->class != BED_SIGHT_UNIT)
    return TRUE;
  /* One of its own: by unit, by owner, or by both. */
  return sight->owner[0] != '\0' ? strcmp (table->units[unit].owner, sight->owner) == 0
                                 : sight->unit == unit;
}

gboolean
bed_sight_shows_bed (const BedSight *sight, const BedTable *table, guint32 bed)
{
  return bed < table->sizes.beds && bed_sight_shows_unit (sight, table, table->beds[bed].unit);
}

gboolean
bed_sight_is_by_bed (const BedSight *sight)
{
  return sight->class == BED_SIGHT_UNIT || sight->class == BED_SIGHT_ASSESSOR;
}

gboolean
bed_sight_shows_person_in (const BedSight *sight, const BedTable *table, guint32 bed)
{
  return bed_sight_is_by_bed (sight) && bed_sight_shows_bed (sight, table, bed) /* BED_NONE is no bed */
         && (sight->class == BED_SIGHT_UNIT || table->units[table->beds[bed].unit].accepts == BED_ACCEPTS_ASSESSOR);
}

/* People on their way to a bed: what a wall calls its queue. */
static gboolean
is_queued (guint8 state)
{
  switch ((BedReferralState) state)
    {
    case BED_STATE_SUBMITTED:
    case BED_STATE_TRIAGED:
    case BED_STATE_WAITING:
    case BED_STATE_HELD:
    case BED_STATE_ACCEPTED:
    case BED_STATE_IN_TRANSIT:
    case BED_STATE_PAUSED:
      return TRUE;
    case BED_STATE_ARRIVED:
    case BED_STATE_THERAPY_STARTED:
    case BED_STATE_READY_TO_LEAVE:
    case BED_STATE_LEFT:
    case BED_STATE_REDIRECTED:
    case BED_STATE_WITHDRAWN:
    case BED_STATE_DIED:
    case BED_STATE_N:
      return FALSE;
    }
  return FALSE;
}

/* Inside what the subscriber asked for: the person's LAP, or the unit of their bed or offer. Whoever
 * has no LAP, having no fixed abode, is every LAP's. */
static gboolean
is_in_scope (const BedSight *sight, const BedTable *table, const BedReferralRow *row)
{
  const guint32 beds[] = { row->bed, row->offer_bed };
  gboolean is_near = sight->lap == BED_NONE || row->lap == sight->lap || row->lap == BED_NONE_8;
  gboolean is_there = sight->unit == BED_NONE;
  for (guint i = 0; i < G_N_ELEMENTS (beds); i++)
    if (beds[i] < table->sizes.beds)
      {
        guint32 unit = table->beds[beds[i]].unit;
        is_near = is_near || (unit < table->sizes.units && table->units[unit].lap == sight->lap);
        is_there = is_there || unit == sight->unit;
      }
  return is_near && is_there;
}

gboolean
bed_sight_shows_referral (const BedSight *sight, const BedTable *table, const BedReferralRow *row)
{
  if (row->flags & BED_REFERRAL_CLOSED)
    return FALSE;
  const char *source;
  switch (sight->class)
    {
    case BED_SIGHT_WALL:
      return is_queued (row->state) && is_in_scope (sight, table, row);
    case BED_SIGHT_FULL:
      return is_in_scope (sight, table, row);
    case BED_SIGHT_REFERRER:
      source = bed_table_peek_source (table, row->source);
      return source != NULL && sight->owner[0] != '\0' && strcmp (source, sight->owner) == 0
             && is_in_scope (sight, table, row);
    case BED_SIGHT_UNIT:
    case BED_SIGHT_ASSESSOR:
      return bed_sight_shows_person_in (sight, table, row->bed);
    case BED_SIGHT_COUNTS:
      return FALSE;
    }
  return FALSE;
}
