/* bed-find.c: the nearest beds that suit, and why each of the others does not.
 *
 * Two searches over the same comparison. bed_find counts every bed in effect under exactly one
 * heading, so it reads them all. bed_find_nearest walks outwards and stops as soon as no unit it has
 * not seen could change the answer. Both keep the best so far in a heap with the worst on top, so
 * that a bed which cannot be among them costs one comparison.
 *
 * Owns nothing between calls; rows come through the view. A row that cannot be read is left out of
 * everything, total included. Nothing can fail but the params of a request.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-find.h"

#include <string.h>

#define CACHE_LINE_TRAITS 8 /* of 64 bytes */
#define EXPECTED_TRAITS_MAX 64 /* beds of one unit whose traits are fetched ahead */

static gboolean
read_bed_of_table (gconstpointer source, guint32 bed, BedBedRow *row)
{
  return bed_table_read_bed (source, bed, row);
}

static void
expect_bed_of_table (gconstpointer source, guint32 bed)
{
  bed_table_expect_bed (source, bed);
}

BedView
bed_view_of_table (const BedTable *table, const BedPlaces *places)
{
  return (BedView) {
    .table = table,
    .places = places,
    .read_bed = read_bed_of_table,
    .source = table,
    .expect_bed = expect_bed_of_table,
  };
}

/* Which of two offers comes first: never the other way round, and never neither. */
static gboolean
comes_before (const BedTable *table, const BedOffer *a, const BedOffer *b)
{
  int labels;

  if (a->call_first != b->call_first)
    return b->call_first != 0;
  if (a->metres != b->metres)
    return a->metres < b->metres;
  if (a->spare_features != b->spare_features)
    return a->spare_features < b->spare_features;
  labels = strverscmp (table->beds[a->bed].label, table->beds[b->bed].label); /* Bed 2 before Bed 10 */
  return labels != 0 ? labels < 0 : a->bed < b->bed;
}

/* The best offers so far: a heap whose root is the worst of them. */
typedef struct
{
  const BedTable *table; /* borrowed */
  BedOffer *offers;      /* borrowed: room for limit */
  guint limit;
  guint n;
} Best;

static void
sink (const Best *best, guint i, guint n)
{
  BedOffer *offers = best->offers;
  const BedOffer moving = offers[i];

  for (guint child = 2 * i + 1; child < n; child = 2 * i + 1)
    {
      if (child + 1 < n && comes_before (best->table, &offers[child], &offers[child + 1]))
        child++;
      if (!comes_before (best->table, &moving, &offers[child]))
        break;
      offers[i] = offers[child];
      i = child;
    }
  offers[i] = moving;
}

static void
rise (const Best *best, guint i)
{
  BedOffer *offers = best->offers;
  const BedOffer moving = offers[i];

  while (i > 0 && comes_before (best->table, &offers[(i - 1) / 2], &moving))
    {
      offers[i] = offers[(i - 1) / 2];
      i = (i - 1) / 2;
    }
  offers[i] = moving;
}

/* TRUE if no bed at that distance or farther can still get in. */
static gboolean
is_settled (const Best *best, guint32 metres)
{
  return best->n == best->limit && !best->offers[0].call_first && best->offers[0].metres < metres;
}

static void
keep_if_best (Best *best, const BedOffer *offer)
{
  if (best->n < best->limit)
    {
      best->offers[best->n] = *offer;
      rise (best, best->n++);
    }
  else if (comes_before (best->table, offer, &best->offers[0]))
    {
      best->offers[0] = *offer;
      sink (best, 0, best->n);
    }
}

static void
put_in_order (const Best *best)
{
  for (guint n = best->n; n > 1; n--)
    {
      const BedOffer worst = best->offers[0];

      best->offers[0] = best->offers[n - 1];
      best->offers[n - 1] = worst;
      sink (best, 0, n - 1);
    }
}

static gboolean
has_place (const BedNeedsProfile *needs)
{
  return needs->easting != 0 || needs->northing != 0;
}

/* A referral's district is that of the home, but the place may be a carer's: crossings count from
 * the district whose centre the place is. */
static guint16
find_district_of_place (const BedTable *table, const BedNeedsProfile *needs)
{
  const BedDistrict *districts = table->districts;

  if (needs->district < table->sizes.districts && districts[needs->district].easting == needs->easting
      && districts[needs->district].northing == needs->northing)
    return needs->district;
  for (guint32 i = 0; i < table->sizes.districts; i++)
    if (districts[i].easting == needs->easting && districts[i].northing == needs->northing)
      return (guint16) i;
  return needs->district;
}

/* How far a unit is from the place asked for; nowhere is near everywhere. */
typedef struct
{
  guint32 metres;
  guint8 from; /* BedDistanceFrom */
} Distance;

static Distance
measure (const BedView *view, const BedNeedsProfile *needs, guint16 district, guint32 unit)
{
  BedDistanceFrom how = BED_DISTANCE_STRAIGHT;
  guint32 metres = 0;

  if (has_place (needs))
    metres = bed_places_measure (view->places, needs->easting, needs->northing, district, unit, &how);
  return (Distance) { metres, (guint8) how };
}

static BedOffer
make_offer (const BedBed *bed, guint32 index, const BedBedRow *row, const BedNeedsProfile *needs,
            Distance distance, BedRuledOut reason)
{
  return (BedOffer) {
    .bed = index,
    .metres = distance.metres,
    .misses_preferred = needs->prefer & ~(bed->features & ~row->features_out),
    .confirmed_at_us = row->confirmed_at_us,
    .distance_from = distance.from,
    .call_first = reason == BED_RULED_OUT_FRESHNESS,
    .spare_features = (guint8) __builtin_popcountll (bed->features & ~(needs->must | needs->prefer)),
  };
}

/* Every bed. */

static void
count (BedRuledOutCount *counter, guint32 metres)
{
  if (counter->count == 0 || metres < counter->nearest_metres)
    counter->nearest_metres = metres;
  counter->count++;
}

static BedRuledOutCount *
counter_of (BedFound *found, BedRuledOut reason, guint8 need)
{
  if (reason == BED_RULED_OUT_MUST)
    return &found->must[need];
  if (reason == BED_RULED_OUT_MUST_NOT)
    return &found->must_not[need];
  return &found->ruled_out[reason];
}

static void
find_in_unit (const BedView *view, const BedNeedsProfile *needs, guint32 unit_index, Distance distance,
              Best *best, BedFound *found)
{
  const BedUnit *unit = &view->table->units[unit_index];

  for (guint32 i = unit->first_bed; i < unit->first_bed + unit->n_beds; i++)
    {
      const BedBed *bed = &view->table->beds[i];
      BedBedRow row;
      BedRuledOut reason;
      guint8 need = 0;

      if (!view->read_bed (view->source, i, &row) || (row.flags & BED_FLAG_IN_EFFECT) == 0)
        continue;
      found->total++;
      reason = bed_rules_out (unit, bed, &row, needs, &need);
      if (reason == BED_RULED_OUT_NOTHING || reason == BED_RULED_OUT_FRESHNESS)
        {
          const BedOffer offer = make_offer (bed, i, &row, needs, distance, reason);

          found->n_offers++;
          keep_if_best (best, &offer);
        }
      else
        count (counter_of (found, reason, need), distance.metres);
    }
}

void
bed_find (const BedView *view, const BedNeedsProfile *needs, guint limit, BedFound *found)
{
  const guint16 district = find_district_of_place (view->table, needs);
  Best best = { .table = view->table, .offers = found->offers, .limit = CLAMP (limit, 1, BED_FIND_LIMIT_MAX) };

  memset (found, 0, sizeof *found);
  for (guint32 unit = 0; unit < view->table->sizes.units; unit++)
    find_in_unit (view, needs, unit, measure (view, needs, district, unit), &best, found);
  put_in_order (&best);
  found->cut_off = found->n_offers - best.n;
  found->n_offers = best.n;
}

/* Only the nearest. */

/* A bed that the sieve let through: its row is to be read. */
typedef struct
{
  guint32 bed;
  guint32 unit;
  Distance distance;
} Candidate;

typedef struct
{
  const BedView *view;          /* borrowed */
  const BedNeedsProfile *needs; /* borrowed */
  gboolean (*skip) (guint32 bed, gpointer user_data);
  gpointer user_data;
  guint64 wanted;   /* traits, all of them */
  guint64 unwanted; /* traits, none of them */
  GArray *candidates; /* Candidate; owned by bed_find_nearest */
  Best best;
} Nearest;

/* Only a sieve, of what bed_unsuits would refuse in any state: it cannot let anybody in. At a
 * million beds nearly all of a search is waiting for memory, so the rows are announced first, and
 * read when all of a ring are on their way. */
static void
sieve_unit (Nearest *nearest, guint32 unit, Distance distance)
{
  const BedView *view = nearest->view;
  const BedSpot *spot = &bed_places_peek_spots (view->places)[unit];
  const guint64 *traits = bed_places_peek_traits (view->places);

  for (guint32 bed = spot->first_bed; bed < spot->first_bed + spot->n_beds; bed++)
    {
      const Candidate candidate = { bed, unit, distance };

      if ((traits[bed] & nearest->wanted) != nearest->wanted || (traits[bed] & nearest->unwanted) != 0)
        continue;
      if (view->expect_bed != NULL)
        view->expect_bed (view->source, bed);
      g_array_append_val (nearest->candidates, candidate);
    }
}

static void
judge (Nearest *nearest, const Candidate *candidate)
{
  const BedView *view = nearest->view;
  const BedBed *bed = &view->table->beds[candidate->bed];
  BedBedRow row;
  BedRuledOut reason;

  if (!view->read_bed (view->source, candidate->bed, &row) || (row.flags & BED_FLAG_IN_EFFECT) == 0)
    return;
  reason = bed_rules_out (&view->table->units[candidate->unit], bed, &row, nearest->needs, NULL);
  if (reason != BED_RULED_OUT_NOTHING && reason != BED_RULED_OUT_FRESHNESS)
    return;
  if (nearest->skip != NULL && nearest->skip (candidate->bed, nearest->user_data))
    return;
  const BedOffer offer = make_offer (bed, candidate->bed, &row, nearest->needs, candidate->distance, reason);
  keep_if_best (&nearest->best, &offer);
}

static void
judge_candidates (Nearest *nearest)
{
  for (guint i = 0; i < nearest->candidates->len; i++)
    {
      const Candidate *candidate = &g_array_index (nearest->candidates, Candidate, i);

      if (!is_settled (&nearest->best, candidate->distance.metres))
        judge (nearest, candidate);
    }
  g_array_set_size (nearest->candidates, 0);
}

static void
expect_traits (const guint64 *traits, const BedSpot *spot)
{
  const guint32 last = spot->first_bed + MIN (spot->n_beds, EXPECTED_TRAITS_MAX);

  for (guint32 bed = spot->first_bed; bed < last; bed += CACHE_LINE_TRAITS)
    __builtin_prefetch (&traits[bed]);
}

static void
walk_outwards (Nearest *nearest)
{
  const BedView *view = nearest->view;
  const BedNeedsProfile *needs = nearest->needs;
  const guint16 district = find_district_of_place (view->table, needs);
  const BedSpot *spots = bed_places_peek_spots (view->places);
  const guint64 *traits = bed_places_peek_traits (view->places);
  g_autoptr (GArray) units = g_array_sized_new (FALSE, FALSE, sizeof (guint32), 64);
  guint32 beyond_metres = 0;
  BedPlacesWalk walk;

  bed_places_walk (view->places, needs->easting, needs->northing, district, &walk);
  while (!is_settled (&nearest->best, beyond_metres) && bed_places_walk_next (&walk, units, &beyond_metres))
    {
      for (guint i = 0; i < units->len; i++)
        __builtin_prefetch (&spots[g_array_index (units, guint32, i)]);
      for (guint i = 0; i < units->len; i++)
        expect_traits (traits, &spots[g_array_index (units, guint32, i)]);
      for (guint i = 0; i < units->len; i++)
        {
          const guint32 unit = g_array_index (units, guint32, i);
          const Distance distance = measure (view, needs, district, unit);

          if (!is_settled (&nearest->best, distance.metres))
            sieve_unit (nearest, unit, distance);
        }
      judge_candidates (nearest);
      g_array_set_size (units, 0);
    }
}

guint
bed_find_nearest (const BedView *view, const BedNeedsProfile *needs, guint limit,
                  gboolean (*skip) (guint32 bed, gpointer user_data), gpointer user_data,
                  BedOffer *offers)
{
  g_autoptr (GArray) candidates = g_array_sized_new (FALSE, FALSE, sizeof (Candidate), 256);
  Nearest nearest = {
    .view = view,
    .needs = needs,
    .skip = skip,
    .user_data = user_data,
    .wanted = needs->must | G_GUINT64_CONSTANT (1) << (BED_TRAIT_TYPES + needs->type % BED_TYPE_N),
    .unwanted = needs->must_not,
    .candidates = candidates,
    .best = { .table = view->table, .offers = offers, .limit = limit },
  };

  if (limit == 0 || needs->type >= BED_TYPE_N)
    return 0;
  if (has_place (needs))
    walk_outwards (&nearest);
  else
    for (guint32 unit = 0; unit < view->table->sizes.units; unit++)
      {
        sieve_unit (&nearest, unit, (Distance) { 0, BED_DISTANCE_STRAIGHT });
        judge_candidates (&nearest);
      }
  put_in_order (&nearest.best);
  return nearest.best.n;
}
