/* bed-find.h: the nearest beds that suit, and why each of the others does not.
 *
 * Reads rows through a view, so that the broker asks its own register and everybody else the map.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bed-error.h"
#include "bed-json.h"
#include "bed-places.h"
#include "bed-suit.h"

#include <json-glib/json-glib.h>

#define BED_FIND_LIMIT 20
#define BED_FIND_LIMIT_MAX 200

/* Where rows come from. read_unit and read_bed copy a row, FALSE if it cannot be read. */
typedef struct
{
  const BedTable *table; /* reference section; borrowed */
  const BedPlaces *places;
  gboolean (*read_unit) (gconstpointer source, guint32 unit, BedUnitRow *row);
  gboolean (*read_bed) (gconstpointer source, guint32 bed, BedBedRow *row);
  gconstpointer source; /* borrowed */

  /* Says that a unit's or bed's row will be read soon; NULL where memory is near anyway. */
  void (*expect) (gconstpointer source, BedKind kind, guint32 index);
} BedView;

/* A view of the map itself. */
BedView bed_view_of_table (const BedTable *table, const BedPlaces *places);

/* As of somebody who comes now, by the broker's clock: bed_needs_at. At no particular time if the
 * broker has never said what time it is. */
void bed_find_set_now (const BedTable *table, BedNeedsProfile *needs);

typedef struct
{
  guint32 bed;
  guint32 metres;
  guint64 misses_preferred; /* bits of BedNeed */
  gint64 confirmed_at_us;
  guint8 distance_from; /* BedDistanceFrom */
  guint8 call_first;    /* its only fault is its age */
  guint8 spare_features; /* features the person does not need: fewer is better */
  guint8 reserved;
} BedOffer;

typedef struct
{
  guint32 count;
  guint32 nearest_metres;
} BedRuledOutCount;

typedef struct
{
  BedOffer offers[BED_FIND_LIMIT_MAX]; /* nearest first, then those to call first */
  guint32 n_offers;
  guint32 cut_off; /* would be offers beyond the limit */
  /* One entry a reason; MUST and MUST_NOT are counted by need, not here. */
  BedRuledOutCount ruled_out[BED_RULED_OUT_N];
  BedRuledOutCount must[BED_NEED_N];
  BedRuledOutCount must_not[BED_NEED_N];
  guint32 total; /* beds in effect = offers + ruled out + cut off */
} BedFound;

/* Every bed once, with full accounting: one pass. found is overwritten. Offers are in order: those to
 * call first after all others, nearest first, fewer spare features, label (Bed 2 before Bed 10).
 * Without a place (0, 0) all metres are 0. A bed whose row cannot be read counts nowhere. With
 * needs->partner a bed is an offer only if its unit has another for the partner; otherwise it counts
 * under PARTNER; skip is asked about the person's own bed only. */
void bed_find (const BedView *view, const BedNeedsProfile *needs, guint limit, BedFound *found);

/* What became of one bed that shows as free: NOTHING or FRESHNESS is an offer, cut off or not. */
typedef struct
{
  guint32 unit;
  guint8 reason; /* BedRuledOut */
  guint8 need;   /* BedNeed, of MUST and MUST_NOT */
} BedJudged;

typedef struct _BedFindList BedFindList; /* bed-find-list.h */

/* What a search says besides, of single beds; each may be NULL. */
typedef struct
{
  GArray *judged;         /* gets a BedJudged for every free bed, those of a unit together; borrowed */
  BedFindList *ruled_out; /* gets every bed that is ruled out; borrowed */
} BedFindTold;

/* The same, and tells. */
void bed_find_and_tell (const BedView *view, const BedNeedsProfile *needs, guint limit, BedFound *found,
                        const BedFindTold *told);

/* Only the nearest offers, the same and in the same order as bed_find's, without accounting: reads
 * the beds that their units' rows say are offerable, and stops as soon as no farther unit can matter;
 * those to call first are looked into only if the others are too few. Beds for which
 * skip (bed, user_data) is TRUE are passed over; skip may be NULL. Returns how many. */
guint bed_find_nearest (const BedView *view, const BedNeedsProfile *needs, guint limit,
                        gboolean (*skip) (guint32 bed, gpointer user_data), gpointer user_data,
                        BedOffer *offers);

/* How far the unit is, as both say it of its beds. */
guint32 bed_find_measure (const BedView *view, const BedNeedsProfile *needs, guint32 unit);

/* Appends one offer, or the whole result of bed.find, as contract.md has them. A must is counted as
 * "must:hoist", a must not as "must_not:secure". Single beds that are ruled out are said as
 * `ruled_out_beds` if there is a list of them; it may be NULL. */
void bed_find_print_offer (const BedView *view, const BedNeedsProfile *needs, const BedOffer *offer,
                           BedJson *json);
void bed_find_print (const BedView *view, const BedNeedsProfile *needs, const BedFound *found,
                     const BedFindList *list, guint64 revision, BedJson *json);

/* Params of bed.find without a referral: {home, needs, sex, type, near?, limit?}, at no particular
 * time. The LAP is the one whose office is nearest. Error:
 * BED_ERROR_BAD_VALUE, its message the member's name. */
gboolean bed_find_parse (const BedView *view, JsonObject *params, BedNeedsProfile *needs, guint *limit,
                         GError **error);
