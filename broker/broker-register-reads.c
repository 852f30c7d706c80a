/* broker-register-reads.c: the register's answers: rows, counts, what is due, what a batch has changed.
 *
 * Owns nothing and changes nothing; whatever is handed out is borrowed until the next apply.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-register-rows.h"

#include <string.h>

guint64
broker_register_get_revision (const BrokerRegister *self)
{
  return self->revision;
}

const BrokerReference *
broker_register_peek_reference (const BrokerRegister *self)
{
  return self->rows->reference;
}

guint64
broker_register_get_import_revision (const BrokerRegister *self)
{
  return self->rows->import_revision;
}

const guint8 *
broker_register_peek_files_digest (const BrokerRegister *self)
{
  return self->rows->files_digest;
}

const BedTable *
broker_register_peek_table (const BrokerRegister *self)
{
  return &self->rows->table;
}

const BedPlaces *
broker_register_peek_places (const BrokerRegister *self)
{
  return self->rows->places;
}

const BedUnitRow *
broker_register_peek_unit (const BrokerRegister *self, guint32 unit)
{
  g_return_val_if_fail (unit < self->rows->table.sizes.units, NULL);
  return &self->rows->units[unit];
}

const BedBedRow *
broker_register_peek_bed (const BrokerRegister *self, guint32 bed)
{
  g_return_val_if_fail (bed < self->rows->table.sizes.beds, NULL);
  return &self->rows->beds[bed];
}

const BrokerTerms *
broker_register_peek_terms (const BrokerRegister *self, guint32 bed)
{
  g_return_val_if_fail (bed < self->rows->table.sizes.beds, NULL);
  return &self->rows->terms[bed];
}

const BrokerUnitTerms *
broker_register_peek_unit_terms (const BrokerRegister *self, guint32 unit)
{
  g_return_val_if_fail (unit < self->rows->table.sizes.units, NULL);
  return &self->rows->unit_terms[unit];
}

const BedReferralRow *
broker_register_peek_referral (const BrokerRegister *self, guint32 referral)
{
  g_return_val_if_fail (referral < self->rows->referrals->len, NULL);
  return &g_array_index (self->rows->referrals, BedReferralRow, referral);
}

/* What is noted of a bed may be out of date: the person's own row decides. */
guint32
broker_register_peek_proposed (const BrokerRegister *self, guint32 bed)
{
  guint32 referral = self->rows->proposed[bed];
  if (referral >= self->rows->referrals->len)
    return BED_NONE;
  const BedReferralRow *row = broker_register_peek_referral (self, referral);
  return row->offer_bed == bed && row->state == BED_STATE_WAITING ? referral : BED_NONE;
}

gboolean
broker_register_is_counted (const BedBedRow *row)
{
  gboolean is_shut_and_unseen = row->occupancy == BED_OCCUPANCY_UNKNOWN && row->service == BED_SERVICE_SURGE_SHUT;
  return (row->flags & BED_FLAG_IN_EFFECT) && !is_shut_and_unseen
         && (row->occupancy != BED_OCCUPANCY_VACANT || row->commitment != BED_COMMITMENT_NONE);
}

static gboolean
is_unit_new (const BedUnit *unit, const BedUnitRow *row)
{
  return row->staffed_cap == unit->staffed_cap && row->cap_until_us == 0 && row->closed_reason == BED_CLOSURE_NONE
         && row->surge_asked == 0 && row->n_answers == 0;
}

static gboolean
is_bed_new (const BedBedRow *row)
{
  return row->confirmed_at_us == 0 && row->occupancy == BED_OCCUPANCY_UNKNOWN && row->service != BED_SERVICE_CLOSED
         && row->service != BED_SERVICE_SURGE_OPEN && row->isolation == BED_ISOLATION_NONE
         && row->expected_free_us == 0 && row->features_out == 0;
}

gboolean
broker_register_has_observations (const BrokerRegister *self)
{
  const BrokerRows *rows = self->rows;
  for (guint32 unit = 0; unit < rows->table.sizes.units; unit++)
    if (!is_unit_new (&rows->table.units[unit], &rows->units[unit]))
      return TRUE;
  for (guint32 bed = 0; bed < rows->table.sizes.beds; bed++)
    if (!is_bed_new (&rows->beds[bed]))
      return TRUE;
  return FALSE;
}

guint32
broker_register_get_n_referrals (const BrokerRegister *self)
{
  return self->rows->referrals->len;
}

guint32
broker_register_find_referral (const BrokerRegister *self, const char *code)
{
  gpointer index = g_hash_table_lookup (self->codes, code);
  return index != NULL ? GPOINTER_TO_UINT (index) - 1 : BED_NONE;
}

gboolean
broker_register_has_rested (const BrokerRegister *self)
{
  if (self->resting.length == 0)
    return FALSE;
  guint32 oldest = GPOINTER_TO_UINT (self->resting.head->data);
  return broker_register_peek_referral (self, oldest)->revision + BROKER_REFERRAL_REST <= self->revision;
}

gboolean
broker_register_has_room (const BrokerRegister *self)
{
  return self->rows->referrals->len < self->referrals_max || broker_register_has_rested (self);
}

const BrokerAct *
broker_register_find_act (const BrokerRegister *self, const char *user, const char *key, gint64 at_us)
{
  return broker_acts_find (self->rows->acts, user, key, at_us);
}

gboolean
broker_register_act_stands (const BrokerRegister *self, const BrokerAct *act)
{
  return broker_acts_stands (self->rows->acts, act);
}

static gboolean
read_unit_row (gconstpointer source, guint32 unit, BedUnitRow *row)
{
  const BrokerRows *rows = source;
  *row = rows->units[unit];
  return TRUE;
}

static gboolean
read_bed_row (gconstpointer source, guint32 bed, BedBedRow *row)
{
  const BrokerRows *rows = source;
  *row = rows->beds[bed];
  return TRUE;
}

BedView
broker_register_view (const BrokerRegister *self)
{
  return (BedView) {
    .table = &self->rows->table,
    .places = self->rows->places,
    .read_unit = read_unit_row,
    .read_bed = read_bed_row,
    .source = self->rows,
  };
}

gboolean
broker_register_is_in_effect (const BrokerRegister *self, guint32 bed, gint64 at_us)
{
  return broker_derive_in_effect (self->rows, bed, at_us);
}

gint64
broker_register_get_fresh_until (const BrokerRegister *self, guint32 bed)
{
  g_return_val_if_fail (bed < self->rows->table.sizes.beds, 0);
  return self->rows->fresh_until_us[bed];
}

gboolean
broker_register_peek_due (const BrokerRegister *self, gint64 *at_us, BedKind *kind, guint32 *index)
{
  gint64 referral_at_us;
  guint32 referral;
  gboolean has_unit = broker_due_peek (self->rows->due_units, at_us, index);
  gboolean has_referral = broker_due_peek (self->rows->due_referrals, &referral_at_us, &referral);
  *kind = BED_KIND_UNIT;
  if (has_referral && (!has_unit || referral_at_us < *at_us))
    {
      *at_us = referral_at_us;
      *kind = BED_KIND_REFERRAL;
      *index = referral;
    }
  return has_unit || has_referral;
}

gboolean
broker_register_peek_erasure (const BrokerRegister *self, gint64 *at_us, char code[BED_CODE_SIZE])
{
  const BrokerErasure *next = broker_erasures_peek (self->erasures);
  if (next == NULL)
    return FALSE;
  *at_us = next->closed_us + BROKER_ERASE_US;
  if (code != NULL)
    memcpy (code, next->code, BED_CODE_SIZE);
  return TRUE;
}

gint64
broker_register_find_erasure (const BrokerRegister *self, const char *code)
{
  const BrokerErasure *erasure = broker_erasures_find (self->erasures, code);
  return erasure != NULL ? erasure->closed_us + BROKER_ERASE_US : G_MAXINT64;
}

guint
broker_register_get_n_sources (const BrokerRegister *self)
{
  return self->sources->len;
}

const char *
broker_register_peek_source (const BrokerRegister *self, guint source)
{
  return source < self->sources->len ? g_ptr_array_index (self->sources, source) : NULL;
}

const BrokerTouched *
broker_register_peek_touched (const BrokerRegister *self, guint *n)
{
  *n = self->touched->len;
  return (const BrokerTouched *) (const void *) self->touched->data;
}

const GArray *
broker_register_peek_recent (const BrokerRegister *self)
{
  return self->new_recent;
}

const GArray *
broker_register_peek_history (const BrokerRegister *self)
{
  return self->new_history;
}

const GArray *
broker_register_peek_all_recent (const BrokerRegister *self)
{
  return self->recent;
}

const GArray *
broker_register_peek_all_history (const BrokerRegister *self)
{
  return self->history;
}
