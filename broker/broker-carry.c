/* broker-carry.c: rows across an import: what was true of a bed stays true of it by its id, or what an
 * imported state says of it becomes true.
 *
 * Indexes belong to one reference; ids are for ever. An import that broker_reference_parse accepted
 * has every id the old one had, so nothing is lost here.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-register-rows.h"

static guint32
find_new_bed (const BrokerRows *old, const BrokerRows *rows, guint32 bed)
{
  return bed != BED_NONE ? bed_places_find_bed (rows->places, old->table.beds[bed].id) : BED_NONE;
}

static guint32
find_new_unit (const BrokerRows *old, const BrokerRows *rows, guint32 unit)
{
  return unit != BED_NONE ? bed_places_find_unit (rows->places, old->table.units[unit].id) : BED_NONE;
}

/* A cap that a unit was given stands until its end, or until the reference names another. */
static void
carry_units (const BrokerRows *old, BrokerRows *rows, guint64 revision)
{
  for (guint32 i = 0; i < rows->table.sizes.units; i++)
    {
      const BedUnit *unit = &rows->table.units[i];
      guint32 before = old->places != NULL ? bed_places_find_unit (old->places, unit->id) : BED_NONE;
      gboolean keeps_cap = before != BED_NONE
                           && (old->units[before].cap_until_us != 0
                               || old->table.units[before].staffed_cap == unit->staffed_cap);
      rows->units[i] = before != BED_NONE ? old->units[before] : (BedUnitRow) { .revision = revision };
      rows->unit_terms[i] = before != BED_NONE ? old->unit_terms[before] : (BrokerUnitTerms) { 0 };
      if (!keeps_cap)
        rows->units[i].staffed_cap = unit->staffed_cap;
    }
}

/* A new surge bed is shut; one that has been commissioned for good is an ordinary bed. An ordinary bed
 * that becomes a surge bed stays open until it is closed. */
static void
carry_service (BrokerRows *rows, guint32 bed, gboolean is_new)
{
  BedBedRow *row = &rows->beds[bed];
  gboolean is_surge = rows->table.beds[bed].is_surge != 0;
  if (is_new && is_surge)
    row->service = BED_SERVICE_SURGE_SHUT;
  if (is_surge)
    return;
  rows->terms[bed].surge_until_us = 0;
  if (row->service == BED_SERVICE_SURGE_SHUT || row->service == BED_SERVICE_SURGE_OPEN)
    row->service = BED_SERVICE_OPEN;
}

static void
carry_beds (const BrokerRows *old, BrokerRows *rows, guint64 revision, gint64 at_us)
{
  const BedBedRow unknown = { .revision = revision,
                              .referral = BED_NONE,
                              .occupancy = BED_OCCUPANCY_UNKNOWN,
                              .display = BED_DISPLAY_UNKNOWN };
  for (guint32 i = 0; i < rows->table.sizes.beds; i++)
    {
      guint32 before = old->places != NULL ? bed_places_find_bed (old->places, rows->table.beds[i].id) : BED_NONE;
      rows->beds[i] = before != BED_NONE ? old->beds[before] : unknown;
      rows->terms[i] = before != BED_NONE ? old->terms[before] : (BrokerTerms) { 0 };
      carry_service (rows, i, before == BED_NONE);
      rows->beds[i].flags = (guint8) (rows->beds[i].flags & ~BED_FLAG_IN_EFFECT);
      if (broker_derive_in_effect (rows, i, at_us))
        rows->beds[i].flags |= BED_FLAG_IN_EFFECT;
    }
}

static void
carry_referrals (const BrokerRows *old, BrokerRows *rows)
{
  g_array_append_vals (rows->referrals, old->referrals->data, old->referrals->len);
  g_array_set_size (rows->referral_stamps, rows->referrals->len);
  for (guint32 i = 0; i < rows->referrals->len; i++)
    {
      BedReferralRow *row = &g_array_index (rows->referrals, BedReferralRow, i);
      row->bed = find_new_bed (old, rows, row->bed);
      row->offer_bed = find_new_bed (old, rows, row->offer_bed);
      row->lapsed_bed = find_new_bed (old, rows, row->lapsed_bed);
      for (guint k = 0; k < BED_DECLINED_UNITS; k++)
        row->declined_by[k] = find_new_unit (old, rows, row->declined_by[k]);
      if (row->home != BED_NONE_16)
        row->home = (guint16) bed_places_find_district (rows->places, old->table.districts[row->home].id);
      if (row->lap != BED_NONE_8)
        row->lap = (guint8) bed_places_find_lap (rows->places, old->table.laps[row->lap].id);
    }
}

void
broker_rows_carry_over (const BrokerRows *old, BrokerRows *rows, guint64 revision, gint64 at_us)
{
  carry_units (old, rows, revision);
  carry_beds (old, rows, revision, at_us);
  carry_referrals (old, rows);
}

void
broker_rows_take_states (BrokerRegister *self, BrokerRows *rows, const BrokerStates *states, guint64 revision)
{
  const BedSizes *sizes = &rows->table.sizes;
  g_autofree guint16 *sources = g_new (guint16, states->sources->len + 1);
  for (guint i = 0; i < states->sources->len; i++)
    sources[i] = (guint16) broker_register_add_source (self, g_ptr_array_index (states->sources, i));
  for (guint32 i = 0; i < sizes->units; i++)
    {
      rows->units[i] = states->units[i];
      rows->units[i].revision = revision;
      rows->unit_terms[i] = states->unit_terms[i];
    }
  for (guint32 i = 0; i < sizes->beds; i++)
    {
      rows->beds[i] = states->beds[i];
      rows->beds[i].revision = revision;
      rows->terms[i] = states->terms[i];
    }
  g_array_append_vals (rows->referrals, states->referrals->data, states->referrals->len);
  g_array_set_size (rows->referral_stamps, rows->referrals->len);
  for (guint32 i = 0; i < rows->referrals->len; i++)
    {
      BedReferralRow *row = &g_array_index (rows->referrals, BedReferralRow, i);
      row->revision = revision;
      row->source = sources[row->source];
      if (row->flags & BED_REFERRAL_CLOSED)
        broker_register_forget_needs (row);
    }
}
