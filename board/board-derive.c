/* board-derive.c: strips, counts and order, from rows. Pure: owns nothing, nothing can fail.
 *
 * "Free" is what the register calls offerable; a stale unit's beds are not, so there the beds that
 * were last reported free are counted, and the tile says that the number is unsure.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-derive.h"

#include <math.h>
#include <string.h>

static gint
compare_times (gint64 a_us, gint64 b_us)
{
  /* 0 is "none" and comes last */
  guint64 a = a_us == 0 ? G_MAXUINT64 : (guint64)a_us;
  guint64 b = b_us == 0 ? G_MAXUINT64 : (guint64)b_us;

  return a < b ? -1 : a > b;
}

static gint
compare_beds (gconstpointer a, gconstpointer b)
{
  const BoardBed *first = *(const BoardBed *const *)a;
  const BoardBed *second = *(const BoardBed *const *)b;
  BoardGlyph first_glyph = board_glyph_of_display (first->display);
  BoardGlyph second_glyph = board_glyph_of_display (second->display);

  if (first_glyph != second_glyph)
    return (gint)first_glyph - (gint)second_glyph;
  if (first_glyph == BOARD_GLYPH_HELD && first->until_us != second->until_us)
    return compare_times (first->until_us, second->until_us);
  return strcmp (first->id, second->id);
}

static gint64
get_sooner (gint64 a_us, gint64 b_us)
{
  return compare_times (a_us, b_us) <= 0 ? a_us : b_us;
}

static void
add_bed (BoardUnit *unit, const BoardBed *bed)
{
  BoardGlyph glyph = board_glyph_of_display (bed->display);

  unit->counts[glyph]++;
  unit->in_transit += bed->display == BED_DISPLAY_IN_TRANSIT ? 1 : 0;
  if (glyph == BOARD_GLYPH_CLOSED)
    unit->closures[bed->reason]++;
  unit->offerable += bed->is_offerable ? 1 : 0;
  if (glyph == BOARD_GLYPH_FREE && (bed->is_offerable || unit->is_stale))
    {
      unit->free++;
      unit->free_features |= bed->features;
      unit->free_sexes |= 1u << bed->bay_sex;
    }
  if (glyph == BOARD_GLYPH_HELD && bed->until_us != 0
      && (unit->hold_until_us == 0 || bed->until_us < unit->hold_until_us))
    {
      unit->hold_until_us = bed->until_us;
      unit->hold_min = bed->hold_min;
    }
  if (glyph == BOARD_GLYPH_LEAVING)
    unit->leaving_us = get_sooner (unit->leaving_us, bed->expected_free_us);
  if (glyph == BOARD_GLYPH_ARRIVING)
    unit->arriving_us = get_sooner (unit->arriving_us, bed->expected_us);
}

void
board_derive_unit (BoardUnit *unit)
{
  memset (unit->counts, 0, sizeof unit->counts);
  memset (unit->closures, 0, sizeof unit->closures);
  unit->in_transit = 0;
  unit->offerable = 0;
  unit->free = 0;
  unit->free_features = 0;
  unit->free_sexes = 0;
  unit->hold_until_us = 0;
  unit->hold_min = 0;
  unit->leaving_us = 0;
  unit->arriving_us = 0;
  g_ptr_array_sort (unit->beds, compare_beds);
  for (guint i = 0; i < unit->beds->len; i++)
    add_bed (unit, g_ptr_array_index (unit->beds, i));
}

void
board_derive_totals (const GPtrArray *units, BoardTotals *totals)
{
  guint closures[BED_CLOSURE_N] = { 0 };

  memset (totals, 0, sizeof *totals);
  for (guint i = 0; i < units->len; i++)
    {
      const BoardUnit *unit = g_ptr_array_index (units, i);

      totals->beds += unit->beds->len;
      for (guint glyph = 0; glyph < BOARD_N_GLYPHS; glyph++)
        totals->counts[glyph] += unit->counts[glyph];
      totals->free += unit->offerable;
      totals->hold_until_us = get_sooner (totals->hold_until_us, unit->hold_until_us);
      totals->leaving_us = get_sooner (totals->leaving_us, unit->leaving_us);
      totals->arriving_us = get_sooner (totals->arriving_us, unit->arriving_us);
      totals->in_transit += unit->in_transit;
      for (guint reason = 0; reason < BED_CLOSURE_N; reason++)
        closures[reason] += unit->closures[reason];
    }
  totals->occupied = totals->counts[BOARD_GLYPH_OCCUPIED] + totals->counts[BOARD_GLYPH_LEAVING];
  for (guint reason = 1; reason < BED_CLOSURE_N; reason++)
    if (closures[reason] > totals->n_closure)
      {
        totals->n_closure = closures[reason];
        totals->closure = (BedClosure)reason;
      }
}

guint
board_derive_metres (gint64 from_easting, gint64 from_northing, gint64 easting, gint64 northing)
{
  return (guint)lround (
      hypot ((double)(easting - from_easting), (double)(northing - from_northing)));
}

gboolean
board_derive_is_queued (const BoardReferral *referral)
{
  switch (referral->state)
    {
    case BED_STATE_SUBMITTED:
    case BED_STATE_TRIAGED:
    case BED_STATE_WAITING:
    case BED_STATE_HELD:
      return TRUE;
    case BED_STATE_ACCEPTED:
    case BED_STATE_IN_TRANSIT:
    case BED_STATE_ARRIVED:
    case BED_STATE_THERAPY_STARTED:
    case BED_STATE_READY_TO_LEAVE:
    case BED_STATE_LEFT:
    case BED_STATE_REDIRECTED:
    case BED_STATE_PAUSED:
    case BED_STATE_WITHDRAWN:
    case BED_STATE_DIED:
    case BED_STATE_N:
      return FALSE;
    }
  return FALSE;
}

gint
board_derive_compare_units (gconstpointer a, gconstpointer b)
{
  const BoardUnit *first = *(const BoardUnit *const *)a;
  const BoardUnit *second = *(const BoardUnit *const *)b;

  if (first->metres != second->metres)
    return first->metres < second->metres ? -1 : 1;
  return strcmp (first->id, second->id);
}

/* Urgent first; within a lane those whose bed is held come last: they have one. */
gint
board_derive_compare_referrals (gconstpointer a, gconstpointer b)
{
  const BoardReferral *first = *(const BoardReferral *const *)a;
  const BoardReferral *second = *(const BoardReferral *const *)b;
  gboolean is_urgent = first->lane == BED_LANE_URGENT;
  gint order;

  if (first->lane != second->lane)
    return is_urgent ? -1 : 1;
  if ((first->state == BED_STATE_HELD) != (second->state == BED_STATE_HELD))
    return first->state == BED_STATE_HELD ? 1 : -1;
  order = is_urgent ? compare_times (first->response_due_us, second->response_due_us)
                    : compare_times (first->ready_us, second->ready_us);
  if (order == 0 && is_urgent)
    order = compare_times (first->due_us, second->due_us);
  return order != 0 ? order : strcmp (first->code, second->code);
}

gint
board_derive_compare_codes (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(const BoardReferral *const *)a)->code, (*(const BoardReferral *const *)b)->code);
}
