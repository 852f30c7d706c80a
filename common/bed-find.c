/* bed-find.c: the nearest beds that suit, and why each of the others does not.
 *
 * Two searches over the same comparison. bed_find counts every bed in effect under exactly one
 * heading, so it reads them all. bed_find_nearest walks outwards, reads of each unit's row which of
 * its beds are worth reading, and stops as soon as no unit it has not seen could change the answer.
 * Both keep the best so far in order, so that a bed which cannot be among them costs one comparison.
 *
 * Owns nothing between calls; rows come through the view. A row that cannot be read is left out of
 * everything, total included. Nothing can fail but the params of a request.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-find-couple.h"
#include "bed-find-list.h"

#include <string.h>

#define UNITS_AT_ONCE 64 /* whose memory is fetched together */

static gboolean
is_offer (BedRuledOut reason)
{
  return reason == BED_RULED_OUT_NOTHING || reason == BED_RULED_OUT_FRESHNESS;
}

static gboolean
read_unit_of_table (gconstpointer source, guint32 unit, BedUnitRow *row)
{
  return bed_table_read_unit (source, unit, row);
}

static gboolean
read_bed_of_table (gconstpointer source, guint32 bed, BedBedRow *row)
{
  return bed_table_read_bed (source, bed, row);
}

static void
expect_of_table (gconstpointer source, BedKind kind, guint32 index)
{
  bed_table_expect (source, kind, index);
}

BedView
bed_view_of_table (const BedTable *table, const BedPlaces *places)
{
  return (BedView) {
    .table = table,
    .places = places,
    .read_unit = read_unit_of_table,
    .read_bed = read_bed_of_table,
    .source = table,
    .expect = expect_of_table,
  };
}

void
bed_find_set_now (const BedTable *table, BedNeedsProfile *needs)
{
  int64_t now_us = 0;

  if (bed_table_get_heartbeat (table, &now_us) != 0)
    bed_needs_at (needs, now_us);
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

/* The best offers so far, in order. */
typedef struct
{
  const BedTable *table; /* borrowed */
  BedOffer *offers;      /* borrowed: room for limit */
  guint limit;
  guint n;
} Best;

/* TRUE if no bed at that distance or farther can still get in: none at all, or none to call first. */
static gboolean
is_settled (const Best *best, guint32 metres, gboolean call_first)
{
  const BedOffer *last = &best->offers[best->limit - 1];

  if (best->n < best->limit)
    return FALSE;
  return last->call_first == call_first ? last->metres < metres : call_first;
}

/* Units come nearly in order of distance, so that few offers have to move. */
static void
keep_if_best (Best *best, const BedOffer *offer)
{
  guint i = MIN (best->n, best->limit - 1);

  if (best->n == best->limit && !comes_before (best->table, offer, &best->offers[i]))
    return;
  for (; i > 0 && comes_before (best->table, offer, &best->offers[i - 1]); i--)
    best->offers[i] = best->offers[i - 1];
  best->offers[i] = *offer;
  best->n = MIN (best->n + 1, best->limit);
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

guint32
bed_find_measure (const BedView *view, const BedNeedsProfile *needs, guint32 unit)
{
  return measure (view, needs, find_district_of_place (view->table, needs), unit).metres;
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
rule_out (const BedRuledOutBed *bed, BedFound *found, const BedFindTold *told)
{
  count (counter_of (found, bed->reason, bed->need), bed->metres);
  if (told->ruled_out != NULL)
    bed_find_list_add (told->ruled_out, bed);
}

static void
find_in_unit (BedCouple *couple, guint32 unit_index, Distance distance, Best *best, BedFound *found,
              const BedFindTold *told)
{
  const BedView *view = couple->view;
  const BedNeedsProfile *needs = couple->needs;
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
      if (is_offer (reason))
        reason = bed_couple_judge (couple, i, reason);
      if (told->judged != NULL && row.display == BED_DISPLAY_FREE)
        {
          const BedJudged free_bed = { unit_index, (guint8) reason, need };

          g_array_append_val (told->judged, free_bed);
        }
      if (is_offer (reason))
        {
          const BedOffer offer = make_offer (bed, i, &row, needs, distance, reason);

          found->n_offers++;
          keep_if_best (best, &offer);
        }
      else
        rule_out (&(BedRuledOutBed) { i, distance.metres, distance.from, (guint8) reason, need, 0 }, found, told);
    }
}

void
bed_find (const BedView *view, const BedNeedsProfile *needs, guint limit, BedFound *found)
{
  bed_find_and_tell (view, needs, limit, found, &(const BedFindTold) { NULL, NULL });
}

void
bed_find_and_tell (const BedView *view, const BedNeedsProfile *needs, guint limit, BedFound *found,
                   const BedFindTold *told)
{
  const guint16 district = find_district_of_place (view->table, needs);
  Best best = { .table = view->table, .offers = found->offers, .limit = CLAMP (limit, 1, BED_FIND_LIMIT_MAX) };
  BedCouple couple;

  memset (found, 0, sizeof *found);
  bed_couple_init (&couple, view, needs);
  for (guint32 unit = 0; unit < view->table->sizes.units; unit++)
    find_in_unit (&couple, unit, measure (view, needs, district, unit), &best, found, told);
  bed_couple_clear (&couple);
  found->cut_off = found->n_offers - best.n;
  found->n_offers = best.n;
}

/* Only the nearest. */

/* Some beds of one unit. */
typedef struct
{
  guint64 beds; /* bit i: bed first + i */
  guint32 first;
  Distance distance;
} Some;

typedef struct
{
  const BedView *view;          /* borrowed */
  const BedNeedsProfile *needs; /* borrowed */
  gboolean (*skip) (guint32 bed, gpointer user_data);
  gpointer user_data;
  GArray *soon;  /* Some: beds that are probably offers; owned by bed_find_nearest */
  GArray *later; /* Some: beds of units with beds to call first; likewise */
  BedCouple couple;
  Best best;
} Nearest;

static void
judge (Nearest *nearest, guint32 index, Distance distance)
{
  const BedView *view = nearest->view;
  const BedBed *bed = &view->table->beds[index];
  BedBedRow row;
  BedRuledOut reason;

  if (!view->read_bed (view->source, index, &row) || (row.flags & BED_FLAG_IN_EFFECT) == 0)
    return;
  reason = bed_rules_out (&view->table->units[bed->unit], bed, &row, nearest->needs, NULL);
  if (!is_offer (reason) || (nearest->skip != NULL && nearest->skip (index, nearest->user_data)))
    return;
  reason = bed_couple_judge (&nearest->couple, index, reason);
  if (!is_offer (reason))
    return;
  const BedOffer offer = make_offer (bed, index, &row, nearest->needs, distance, reason);
  keep_if_best (&nearest->best, &offer);
}

static void
judge_all (Nearest *nearest, GArray *all, gboolean call_first)
{
  for (guint i = 0; i < all->len; i++)
    {
      const Some *some = &g_array_index (all, Some, i);

      if (!is_settled (&nearest->best, some->distance.metres, call_first))
        for (guint64 beds = some->beds; beds != 0; beds &= beds - 1)
          judge (nearest, some->first + (guint32) __builtin_ctzll (beds), some->distance);
    }
  g_array_set_size (all, 0);
}

static void
add (GArray *all, guint64 beds, guint32 first, Distance distance)
{
  const Some some = { beds, first, distance };

  if (beds != 0)
    g_array_append_val (all, some);
}

static void
expect_beds (const BedView *view, guint64 beds, guint32 first)
{
  if (view->expect == NULL)
    return;
  for (; beds != 0; beds &= beds - 1)
    {
      const guint32 bed = first + (guint32) __builtin_ctzll (beds);

      view->expect (view->source, BED_KIND_BED, bed);
      __builtin_prefetch (&view->table->beds[bed].features);
      __builtin_prefetch (&view->table->beds[bed].type);
    }
}

/* A unit and those of its beds that fit, whatever state they are in. */
typedef struct
{
  guint64 beds;
  guint32 unit;
  guint32 first;
  Distance distance;
} Fitting;

/* Adds what fits of n units; beds that no sieve knows may fit. Returns how many units. */
static guint
sieve (Nearest *nearest, const BedNear *near, guint n, Fitting fitting[static UNITS_AT_ONCE])
{
  const BedPlaces *places = nearest->view->places;
  const BedNeedsProfile *needs = nearest->needs;
  guint n_fitting = 0;

  for (guint i = 0; i < n; i++)
    {
      if (is_settled (&nearest->best, near[i].metres, FALSE))
        continue;
      const BedSpot *spot = &bed_places_peek_spots (places)[near[i].spot];
      const Distance distance = { near[i].metres, near[i].from };

      fitting[n_fitting] = (Fitting) { .unit = spot->unit, .first = spot->first_bed, .distance = distance };
      fitting[n_fitting].beds
          = bed_sieve_look (bed_places_peek_sieve (places), near[i].spot, needs->type, needs->must, needs->must_not);
      n_fitting += fitting[n_fitting].beds != 0;
      for (guint32 bed = BED_SIEVE_BEDS; bed < spot->n_beds; bed++)
        add (nearest->soon, 1, spot->first_bed + bed, distance);
    }
  return n_fitting;
}

/* Which of those beds to read: never whether one is an offer, so a row that lies lets nobody in. A
 * unit of which nothing is known may have any. Of beds isolated for the person's own infection the
 * row does not know that they are offers. */
static void
ask_unit (Nearest *nearest, const Fitting *fitting)
{
  const BedView *view = nearest->view;
  guint64 soon = fitting->beds;
  BedUnitRow row;

  if (nearest->needs->infection == BED_INFECTION_NONE && view->read_unit (view->source, fitting->unit, &row))
    {
      soon &= row.offerable;
      if (row.flags & BED_FLAG_STALE)
        add (nearest->later, fitting->beds & ~soon, fitting->first, fitting->distance);
    }
  add (nearest->soon, soon, fitting->first, fitting->distance);
  expect_beds (view, soon, fitting->first);
  if (soon != 0)
    __builtin_prefetch (&view->table->units[fitting->unit].gp_laps); /* its rules of admission stand together */
}

/* At a million beds nearly all of a search is waiting for memory: so all rows of one kind are
 * announced before the first of them is read. */
static void
look_into (Nearest *nearest, const BedNear *near, guint n)
{
  const BedView *view = nearest->view;
  Fitting fitting[UNITS_AT_ONCE];

  n = sieve (nearest, near, n, fitting);
  for (guint i = 0; i < n && view->expect != NULL; i++)
    view->expect (view->source, BED_KIND_UNIT, fitting[i].unit);
  for (guint i = 0; i < n; i++)
    ask_unit (nearest, &fitting[i]);
  judge_all (nearest, nearest->soon, FALSE);
}

static void
walk_outwards (Nearest *nearest)
{
  const BedNeedsProfile *needs = nearest->needs;
  const BedView *view = nearest->view;
  g_autoptr (GArray) near = g_array_sized_new (FALSE, FALSE, sizeof (BedNear), UNITS_AT_ONCE);
  guint32 beyond_metres = 0;
  BedPlacesWalk walk;

  bed_places_walk (view->places, needs->easting, needs->northing, find_district_of_place (view->table, needs), &walk);
  while (!is_settled (&nearest->best, beyond_metres, FALSE) && bed_places_walk_next (&walk, near, &beyond_metres))
    {
      for (guint i = 0; i < near->len; i += UNITS_AT_ONCE)
        look_into (nearest, &g_array_index (near, BedNear, i), MIN (near->len - i, UNITS_AT_ONCE));
      g_array_set_size (near, 0);
    }
}

/* Nowhere is near everywhere. */
static void
look_everywhere (Nearest *nearest)
{
  for (guint32 spot = 0; spot < nearest->view->table->sizes.units; spot++)
    {
      const BedNear near = { .spot = spot, .from = BED_DISTANCE_STRAIGHT };

      look_into (nearest, &near, 1);
    }
}

guint
bed_find_nearest (const BedView *view, const BedNeedsProfile *needs, guint limit,
                  gboolean (*skip) (guint32 bed, gpointer user_data), gpointer user_data,
                  BedOffer *offers)
{
  g_autoptr (GArray) soon = g_array_sized_new (FALSE, FALSE, sizeof (Some), UNITS_AT_ONCE);
  g_autoptr (GArray) later = g_array_new (FALSE, FALSE, sizeof (Some));
  Nearest nearest = {
    .view = view,
    .needs = needs,
    .skip = skip,
    .user_data = user_data,
    .soon = soon,
    .later = later,
    .best = { .table = view->table, .offers = offers, .limit = limit },
  };

  if (limit == 0 || needs->type >= BED_TYPE_N)
    return 0;
  bed_couple_init (&nearest.couple, view, needs);
  if (has_place (needs))
    walk_outwards (&nearest);
  else
    look_everywhere (&nearest);
  judge_all (&nearest, later, TRUE);
  bed_couple_clear (&nearest.couple);
  return nearest.best.n;
}
