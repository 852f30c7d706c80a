/* bed-find-couple.c: beds for two: found together or not at all.
 *
 * The partner's beds of a unit are gathered once, when the first bed of the unit is asked about, so
 * that a search reads no unit more than twice. Owns that list. A row that cannot be read offers
 * nothing; nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-find-couple.h"

#define COUPLE 2u

/* A bed that suits the partner. */
typedef struct
{
  guint32 bed;
  gboolean is_fresh;
} Place;

void
bed_couple_init (BedCouple *couple, const BedView *view, const BedNeedsProfile *needs)
{
  *couple = (BedCouple) { .view = view, .needs = needs, .unit = BED_NONE };
}

void
bed_couple_clear (BedCouple *couple)
{
  g_clear_pointer (&couple->beds, g_array_unref);
}

/* Whether the unit may take two more. */
static gboolean
has_staff (const BedView *view, guint32 unit)
{
  BedUnitRow row;

  return view->read_unit (view->source, unit, &row)
         && (guint64) row.counted + COUPLE <= row.staffed_cap;
}

static void
gather (BedCouple *couple, guint32 unit_index)
{
  const BedView *view = couple->view;
  const BedUnit *unit = &view->table->units[unit_index];

  if (couple->beds == NULL)
    couple->beds = g_array_new (FALSE, FALSE, sizeof (Place));
  g_array_set_size (couple->beds, 0);
  couple->unit = unit_index;
  if (!has_staff (view, unit_index))
    return;
  for (guint32 i = unit->first_bed; i < unit->first_bed + unit->n_beds; i++)
    {
      BedBedRow row;
      BedRuledOut reason;

      if (!view->read_bed (view->source, i, &row) || (row.flags & BED_FLAG_IN_EFFECT) == 0)
        continue;
      reason = bed_rules_out (unit, &view->table->beds[i], &row, couple->needs->partner, NULL);
      if (reason == BED_RULED_OUT_NOTHING || reason == BED_RULED_OUT_FRESHNESS)
        {
          const Place place = { i, reason == BED_RULED_OUT_NOTHING };

          g_array_append_val (couple->beds, place);
        }
    }
}

BedRuledOut
bed_couple_judge (BedCouple *couple, guint32 bed, BedRuledOut reason)
{
  const BedBed *beds = couple->view->table->beds;
  const BedNeedsProfile *needs = couple->needs;
  BedRuledOut found = BED_RULED_OUT_PARTNER;

  if (needs->partner == NULL)
    return reason;
  if (couple->unit != beds[bed].unit)
    gather (couple, beds[bed].unit);
  for (guint i = 0; i < couple->beds->len; i++)
    {
      const Place *place = &g_array_index (couple->beds, Place, i);

      if (!bed_pairs (&beds[bed], needs, &beds[place->bed], needs->partner))
        continue;
      if (place->is_fresh)
        return reason;
      found = BED_RULED_OUT_FRESHNESS;
    }
  return found;
}
