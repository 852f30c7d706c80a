/* gateway-sights.c: interned sights, and the scope that a subscriber asks for.
 *
 * Owns the sights of one epoch and the codes each has been shown. Fails when a scope does not
 * exist or lies outside what the role may see, and when too many different ones are in use.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "gateway-sights.h"

#include <string.h>

struct _GatewaySights
{
  GHashTable *sights; /* owned GatewaySight by its own sight */
};

static void
free_sight (gpointer memory)
{
  GatewaySight *sight = memory;
  g_array_unref (sight->codes);
  g_free (sight);
}

GatewaySights *
gateway_sights_new (void)
{
  GatewaySights *self = g_new0 (GatewaySights, 1);
  self->sights = g_hash_table_new_full (bed_sight_hash, bed_sight_equal, NULL, free_sight);
  return self;
}

void
gateway_sights_free (GatewaySights *self)
{
  g_hash_table_unref (self->sights);
  g_free (self);
}

static gboolean
is_unused (gpointer key, gpointer value, gpointer user_data)
{
  return ((GatewaySight *) value)->users == 0;
}

GatewaySight *
gateway_sights_take (GatewaySights *self, const BedSight *wanted, guint64 revision)
{
  GatewaySight *sight = g_hash_table_lookup (self->sights, wanted);

  if (sight == NULL)
    {
      if (g_hash_table_size (self->sights) >= GATEWAY_SIGHTS_MAX)
        g_hash_table_foreach_remove (self->sights, is_unused, NULL);
      if (g_hash_table_size (self->sights) >= GATEWAY_SIGHTS_MAX)
        return NULL;
      sight = g_new0 (GatewaySight, 1);
      sight->sight = *wanted;
      sight->born = revision;
      sight->codes = g_array_new (FALSE, TRUE, sizeof (guint64));
      g_hash_table_insert (self->sights, &sight->sight, sight);
    }
  sight->users++;
  return sight;
}

void
gateway_sight_let_go (GatewaySight *sight)
{
  g_assert (sight->users > 0);
  sight->users--;
}

static guint64
pack_code (const BedReferralRow *row)
{
  guint64 packed;
  G_STATIC_ASSERT (sizeof packed == BED_CODE_SIZE);
  memcpy (&packed, row->code, sizeof packed);
  return packed;
}

void
gateway_sight_note (GatewaySight *sight, guint32 referral, const BedReferralRow *row)
{
  if (sight->codes->len <= referral)
    g_array_set_size (sight->codes, referral + 1);
  g_array_index (sight->codes, guint64, referral) = pack_code (row);
}

gboolean
gateway_sight_was_shown (const GatewaySight *sight, guint32 referral, const BedReferralRow *row)
{
  return referral < sight->codes->len && g_array_index (sight->codes, guint64, referral) == pack_code (row);
}

static gboolean
refuse (GError **error, BedError code, const char *words)
{
  g_set_error_literal (error, BED_ERROR, (int) code, words);
  return FALSE;
}

gboolean
gateway_sights_find (const BedActor *actor, const char *lap, const char *unit, const BedMap *map,
                     BedSight *sight, GError **error)
{
  const BedTable *table = &map->table;

  if (!bed_sight_of_actor (actor, map->places, sight))
    return refuse (error, BED_ERROR_FORBIDDEN, "the session's scope names something that does not exist");
  if (lap != NULL)
    {
      guint32 index = bed_places_find_lap (map->places, lap);
      if (index == BED_NONE)
        return refuse (error, BED_ERROR_BAD_VALUE, "lap");
      if (sight->lap != BED_NONE && sight->lap != index)
        return refuse (error, BED_ERROR_FORBIDDEN, bed_error_words (BED_ERROR_FORBIDDEN));
      sight->lap = index;
    }
  if (unit != NULL)
    {
      guint32 index = bed_places_find_unit (map->places, unit);
      if (index == BED_NONE)
        return refuse (error, BED_ERROR_UNKNOWN_UNIT, bed_error_words (BED_ERROR_UNKNOWN_UNIT));
      if (!bed_sight_shows_unit (sight, table, index))
        return refuse (error, BED_ERROR_FORBIDDEN, bed_error_words (BED_ERROR_FORBIDDEN));
      sight->unit = index;
      sight->lap = BED_NONE; /* the unit says it all: fewer different sights */
    }
  return TRUE;
}
