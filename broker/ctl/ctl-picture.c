/* ctl-picture.c: connects to the broker's socket, takes the map and copies all rows of a revision.
 *
 * Owns the link, a reference to the map and the copies. Fails if nobody answers on the socket, if
 * the register is empty (no import yet), or if the writer is faster than the copy each time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ctl-picture.h"

#include "common/bed-time.h"

#include <time.h>

void
ctl_picture_free (CtlPicture *picture)
{
  g_clear_object (&picture->link);
  g_clear_pointer (&picture->map, bed_map_unref);
  g_free (picture->units);
  g_free (picture->beds);
  g_free (picture->referrals);
  g_free (picture);
}

static void
take_map (CtlPicture *picture, BedMap *map)
{
  if (map == picture->map)
    return;
  g_clear_pointer (&picture->map, bed_map_unref);
  picture->map = bed_map_ref (map);
  const BedSizes *sizes = &map->table.sizes;
  picture->units = g_renew (BedUnitRow, picture->units, MAX (sizes->units, 1));
  picture->beds = g_renew (BedBedRow, picture->beds, MAX (sizes->beds, 1));
  picture->referrals = g_renew (BedReferralRow, picture->referrals, MAX (sizes->referrals, 1));
}

/* What a coordinator sees, narrowed. */
static gboolean
set_sight (CtlPicture *picture, const char *lap, const char *unit, GError **error)
{
  const BedActor actor = { .user = "homewardctl", .role = BED_ROLE_COORDINATOR };
  if (!bed_sight_of_actor (&actor, picture->map->places, &picture->sight))
    {
      g_set_error_literal (error, BED_ERROR, BED_ERROR_UNAVAILABLE, "the register cannot be shown");
      return FALSE;
    }
  if (lap != NULL)
    picture->sight.lap = bed_places_find_lap (picture->map->places, lap);
  if (unit != NULL)
    picture->sight.unit = bed_places_find_unit (picture->map->places, unit);
  if (lap != NULL && picture->sight.lap == BED_NONE)
    {
      g_set_error (error, BED_ERROR, BED_ERROR_BAD_VALUE, "no LAP is called %s", lap);
      return FALSE;
    }
  if (unit != NULL && picture->sight.unit == BED_NONE)
    {
      g_set_error (error, BED_ERROR, BED_ERROR_UNKNOWN_UNIT, "no unit is called %s", unit);
      return FALSE;
    }
  return TRUE;
}

gboolean
ctl_picture_read (CtlPicture *picture, const char *lap, const char *unit, GError **error)
{
  BedMap *map = bed_link_peek_map (picture->link);
  if (map == NULL)
    {
      g_set_error_literal (error, BED_ERROR, BED_ERROR_UNAVAILABLE, "the broker has no table yet");
      return FALSE;
    }
  take_map (picture, map);
  if (!set_sight (picture, lap, unit, error))
    return FALSE;
  if (!bed_table_read_all (&map->table, picture->units, picture->beds, picture->referrals,
                           &picture->n_referrals, &picture->revision))
    {
      g_set_error_literal (error, BED_ERROR, BED_ERROR_UNAVAILABLE,
                           "the register changes too fast to copy: try again");
      return FALSE;
    }
  return TRUE;
}

CtlPicture *
ctl_picture_open (const CtlOptions *options, const char *lap, const char *unit, CtlExit *exit)
{
  g_autoptr (CtlPicture) picture = g_new0 (CtlPicture, 1);
  g_autoptr (GError) error = NULL;
  picture->link = bed_link_new (options->socket, TRUE);
  if (!bed_link_wait_open (picture->link, CTL_OPEN_TIMEOUT_MS))
    {
      ctl_say_error ("no broker answers on %s", options->socket);
      *exit = CTL_UNREACHABLE;
      return NULL;
    }
  if (!ctl_picture_read (picture, lap, unit, &error))
    {
      *exit = ctl_say_failure (error);
      return NULL;
    }
  return g_steal_pointer (&picture);
}

gint64
ctl_picture_get_now (const CtlPicture *picture, gint64 *age_us)
{
  gint64 now_us = 0;
  gint64 beat_us = bed_table_get_heartbeat (&picture->map->table, &now_us);
  struct timespec boottime;
  clock_gettime (CLOCK_BOOTTIME, &boottime);
  gint64 age = boottime.tv_sec * BED_SECOND_US + boottime.tv_nsec / 1000 - beat_us;
  age = MAX (age, 0);
  if (age_us != NULL)
    *age_us = age;
  return now_us + age;
}

gboolean
ctl_picture_shows_bed (const CtlPicture *picture, guint32 bed)
{
  return (picture->beds[bed].flags & BED_FLAG_IN_EFFECT) != 0
         && bed_sight_shows_bed (&picture->sight, &picture->map->table, bed);
}

gboolean
ctl_picture_shows_unit (const CtlPicture *picture, guint32 unit)
{
  return (picture->units[unit].flags & BED_FLAG_IN_EFFECT) != 0
         && bed_sight_shows_unit (&picture->sight, &picture->map->table, unit);
}

gboolean
ctl_picture_shows_referral (const CtlPicture *picture, guint32 referral)
{
  const BedReferralRow *row = &picture->referrals[referral];
  return row->code[0] != '\0' && (row->flags & BED_REFERRAL_CLOSED) == 0
         && bed_sight_shows_referral (&picture->sight, &picture->map->table, row);
}
