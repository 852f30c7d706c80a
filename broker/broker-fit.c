/* broker-fit.c: does this bed fit this person, or these two people, at this moment.
 *
 * Pure functions over the register's rows, for the rules and the proposals alike. Nothing is owned,
 * nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-fit.h"

#include <string.h>

#define STATE(name) (1u << BED_STATE_##name)
#define NOT_YET (STATE (SUBMITTED) | STATE (TRIAGED) | STATE (PAUSED))

void
broker_fit_get_needs (const BedReferralRow *person, gint64 at_us, BedNeedsProfile *needs)
{
  bed_needs_of_referral (person, needs);
  bed_needs_at (needs, at_us);
}

BedRuledOut
broker_fit_judge (const BrokerRegister *reg, guint32 bed, const BedBedRow *row, const BedNeedsProfile *needs,
                  gint64 now_us, guint8 *need)
{
  const BedTable *table = broker_register_peek_table (reg);
  const BedBed *record = &table->beds[bed];
  if (!(row->flags & BED_FLAG_IN_EFFECT))
    return BED_RULED_OUT_SERVICE;
  BedRuledOut why = bed_rules_out (&table->units[record->unit], record, row, needs, need);
  if (why == BED_RULED_OUT_NOTHING && broker_register_get_fresh_until (reg, bed) <= now_us)
    return BED_RULED_OUT_FRESHNESS;
  return why;
}

gboolean
broker_fit_is_outbreak (const BrokerRegister *reg, guint32 bed)
{
  guint32 unit = broker_register_peek_table (reg)->beds[bed].unit;
  return broker_register_peek_unit (reg, unit)->closed_reason == BED_CLOSURE_OUTBREAK
         || broker_register_peek_bed (reg, bed)->closed_reason == BED_CLOSURE_OUTBREAK;
}

BrokerCouple
broker_fit_look_at_couple (const BrokerRegister *reg, const BedReferralRow *person)
{
  if (person->linked == BED_NONE)
    return BROKER_ALONE;
  const BedReferralRow *partner = broker_register_peek_referral (reg, person->linked);
  if (partner->pathway == BED_PATHWAY_SIMPLE)
    return BROKER_ALONE;
  if (partner->state == BED_STATE_WAITING)
    return BROKER_TOGETHER;
  return NOT_YET >> partner->state & 1 ? BROKER_APART : BROKER_ALONE;
}

guint32
broker_fit_find_held_partner (const BrokerRegister *reg, guint32 referral)
{
  const BedBed *beds = broker_register_peek_table (reg)->beds;
  const BedReferralRow *person = broker_register_peek_referral (reg, referral);
  if (person->linked == BED_NONE || person->state != BED_STATE_HELD)
    return BED_NONE;
  const BedReferralRow *partner = broker_register_peek_referral (reg, person->linked);
  return partner->state == BED_STATE_HELD && beds[partner->bed].unit == beds[person->bed].unit ? person->linked
                                                                                             : BED_NONE;
}

guint32
broker_fit_find_other_bed (const BrokerRegister *reg, guint32 bed, const BedNeedsProfile *needs, gint64 now_us,
                           gboolean (*skip) (guint32 bed, gpointer user_data), gpointer user_data)
{
  const BedTable *table = broker_register_peek_table (reg);
  const BedBed *beds = table->beds;
  const BedUnit *unit = &table->units[beds[bed].unit];
  const BedUnitRow *unit_row = broker_register_peek_unit (reg, beds[bed].unit);
  guint32 best = BED_NONE;
  if (unit_row->counted + 2 > unit_row->staffed_cap)
    return BED_NONE;
  for (guint32 i = unit->first_bed; i < unit->first_bed + unit->n_beds; i++)
    {
      if (best != BED_NONE && strverscmp (beds[best].label, beds[i].label) <= 0)
        continue;
      const BedBedRow *row = broker_register_peek_bed (reg, i);
      if (bed_pairs (&beds[bed], needs, &beds[i], needs->partner)
          && broker_fit_judge (reg, i, row, needs->partner, now_us, NULL) == BED_RULED_OUT_NOTHING
          && (skip == NULL || !skip (i, user_data)))
        best = i;
    }
  return best;
}
