/* bed-places-roads.c: the roads that are known between districts, from crossings and travel times.
 *
 * A record holds both ways; of what is said about a pair a table's own line counts before a table's
 * line for the way back, and that before a crossing. Grouped by the district they come from, then
 * sorted within it, so that a table of half a million pairs is a matter of small sorts.
 *
 * Owns the road arrays of a BedPlaces. Nothing can fail: records were checked with the table.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-places-core.h"

#include <stdlib.h>

/* Lowest first. */
enum
{
  RANK_TABLE,
  RANK_TABLE_BACK,
  RANK_CROSSING
};

static int
compare_numbers (guint32 a, guint32 b)
{
  return (a > b) - (a < b);
}

/* By the district, then by what counts; equal ones by length, so that the order is one. */
static int
compare_targets (const void *a, const void *b)
{
  const BedRoad *first = a;
  const BedRoad *second = b;
  const int targets = compare_numbers (first->to, second->to);
  const int ranks = targets != 0 ? targets : compare_numbers (first->rank, second->rank);

  return ranks != 0 ? ranks : compare_numbers (first->metres, second->metres);
}

static int
compare_metres (const void *a, const void *b)
{
  const BedRoad *first = a;
  const BedRoad *second = b;
  const int metres = compare_numbers (first->metres, second->metres);

  return metres != 0 ? metres : compare_numbers (first->to, second->to);
}

/* Roads by the district they come from, with everything said about a pair. Returns the starts. */
static guint32 *
group (const BedTable *table, BedRoad *roads)
{
  const guint32 n = table->sizes.districts;
  guint32 *starts = g_new0 (guint32, n + 1);
  g_autofree guint32 *next = NULL;

  for (guint32 i = 0; i < table->sizes.crossings; i++)
    if (table->crossings[i].from != table->crossings[i].to)
      {
        starts[table->crossings[i].from + 1]++;
        starts[table->crossings[i].to + 1]++;
      }
  for (guint32 i = 0; i < n; i++)
    starts[i + 1] += starts[i];
  next = g_memdup2 (starts, sizeof *starts * (n + 1));
  for (guint32 i = 0; i < table->sizes.crossings; i++)
    {
      const BedCrossing *crossing = &table->crossings[i];
      const guint8 how = crossing->is_table ? BED_DISTANCE_TABLE : BED_DISTANCE_CROSSING;
      const guint8 there = crossing->is_table ? RANK_TABLE : RANK_CROSSING;
      const guint8 back = crossing->is_table ? RANK_TABLE_BACK : RANK_CROSSING;

      if (crossing->from == crossing->to)
        continue;
      roads[next[crossing->from]++] = (BedRoad) { crossing->road_metres, crossing->to, how, there };
      roads[next[crossing->to]++] = (BedRoad) { crossing->road_metres, crossing->from, how, back };
    }
  return starts;
}

void
bed_places_index_roads (BedPlaces *places)
{
  const guint32 n = places->table->sizes.districts;
  guint32 kept = 0;

  places->roads = g_new (BedRoad, 2 * (gsize) places->table->sizes.crossings + 1);
  places->road_starts = group (places->table, places->roads);
  for (guint32 district = 0, first = 0, end = 0; district < n; district++, first = end)
    {
      end = places->road_starts[district + 1];
      qsort (&places->roads[first], end - first, sizeof *places->roads, compare_targets);
      places->road_starts[district] = kept;
      for (guint32 i = first; i < end; i++)
        if (kept == places->road_starts[district] || places->roads[i].to != places->roads[kept - 1].to)
          places->roads[kept++] = places->roads[i];
    }
  places->road_starts[n] = kept;
  places->nearest_roads = g_memdup2 (places->roads, sizeof *places->roads * MAX (kept, 1));
  for (guint32 district = 0; district < n; district++)
    qsort (&places->nearest_roads[places->road_starts[district]],
           places->road_starts[district + 1] - places->road_starts[district], sizeof *places->roads, compare_metres);
}

void
bed_places_clear_roads (BedPlaces *places)
{
  g_clear_pointer (&places->road_starts, g_free);
  g_clear_pointer (&places->roads, g_free);
  g_clear_pointer (&places->nearest_roads, g_free);
}

gboolean
bed_places_has_roads (const BedPlaces *places, guint16 district)
{
  return district < places->table->sizes.districts
         && places->road_starts[district] < places->road_starts[district + 1];
}

const BedRoad *
bed_places_find_road (const BedPlaces *places, guint16 from, guint16 to)
{
  guint32 first;
  guint32 end;

  if (!bed_places_has_roads (places, from))
    return NULL;
  first = places->road_starts[from];
  end = places->road_starts[from + 1];
  while (first < end)
    {
      const guint32 middle = first + (end - first) / 2;

      if (places->roads[middle].to == to)
        return &places->roads[middle];
      if (places->roads[middle].to < to)
        first = middle + 1;
      else
        end = middle;
    }
  return NULL;
}
