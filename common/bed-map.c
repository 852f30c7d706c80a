/* bed-map.c: one epoch's table, mapped and indexed, shared by reference count.
 *
 * Owns the mapping and its index of places. Fails when the descriptor is not a sealed table that
 * passes every check of bed-table.c; afterwards nothing here can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-link.h"

#include <errno.h>

BedMap *
bed_map_new (int fd, GError **error)
{
  BedMap *map = g_new0 (BedMap, 1);
  errno = 0;
  BedTableStatus status = bed_table_open (fd, &map->table);

  if (status != BED_TABLE_OK)
    {
      g_set_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE, "the table cannot be read: %s%s%s",
                   bed_table_status_word (status), errno != 0 ? ": " : "",
                   errno != 0 ? g_strerror (errno) : "");
      g_free (map);
      return NULL;
    }
  map->places = bed_places_new (&map->table);
  g_atomic_ref_count_init (&map->refs);
  return map;
}

BedMap *
bed_map_ref (BedMap *map)
{
  g_atomic_ref_count_inc (&map->refs);
  return map;
}

void
bed_map_unref (BedMap *map)
{
  if (!g_atomic_ref_count_dec (&map->refs))
    return;
  bed_places_free (map->places);
  bed_table_close (&map->table);
  g_free (map);
}
