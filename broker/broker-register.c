/* broker-register.c: the register's frame: its memory and staging.
 *
 * Owns the rows and everything derived from them. broker-register-reads.c only looks at them. A batch is staged by changing rows in place and
 * remembering each row's old value once; keeping forgets the old values, taking back restores them.
 * Nothing here can fail but memory.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-register-rows.h"

#include <string.h>

BrokerRows *
broker_rows_new (BrokerReference *reference)
{
  BrokerRows *rows = g_new0 (BrokerRows, 1);
  rows->reference = reference;
  rows->referrals = g_array_new (FALSE, TRUE, sizeof (BedReferralRow));
  rows->referral_stamps = g_array_new (FALSE, TRUE, sizeof (guint32));
  rows->acts = broker_acts_new ();
  rows->due_units = broker_due_new ();
  rows->due_referrals = broker_due_new ();
  if (reference == NULL)
    return rows;

  rows->table = broker_reference_lay_table (reference);
  rows->places = bed_places_new (&rows->table);
  rows->units = g_new0 (BedUnitRow, reference->sizes.units);
  rows->beds = g_new0 (BedBedRow, reference->sizes.beds);
  rows->terms = g_new0 (BrokerTerms, reference->sizes.beds);
  rows->unit_terms = g_new0 (BrokerUnitTerms, reference->sizes.units);
  rows->fresh_until_us = g_new0 (gint64, reference->sizes.beds);
  rows->fresh_of_us = g_new0 (gint64, reference->sizes.beds);
  rows->proposed = g_new0 (guint32, reference->sizes.beds);
  rows->unit_stamps = g_new0 (guint32, reference->sizes.units);
  rows->bed_stamps = g_new0 (guint32, reference->sizes.beds);
  return rows;
}

void
broker_rows_free (BrokerRows *rows)
{
  if (rows == NULL)
    return;
  g_clear_pointer (&rows->places, bed_places_free);
  g_clear_pointer (&rows->reference, broker_reference_free);
  g_free (rows->units);
  g_free (rows->beds);
  g_free (rows->terms);
  g_free (rows->unit_terms);
  g_free (rows->fresh_until_us);
  g_free (rows->fresh_of_us);
  g_free (rows->proposed);
  g_free (rows->unit_stamps);
  g_free (rows->bed_stamps);
  g_array_unref (rows->referrals);
  g_array_unref (rows->referral_stamps);
  broker_acts_free (rows->acts);
  broker_due_free (rows->due_units);
  broker_due_free (rows->due_referrals);
  g_free (rows);
}

BrokerRegister *
broker_register_new (guint32 referrals_max)
{
  BrokerRegister *self = g_new0 (BrokerRegister, 1);
  self->referrals_max = MIN (referrals_max, BED_MAX_REFERRALS);
  self->batch = 1;
  self->rows = broker_rows_new (NULL);
  self->codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_queue_init (&self->resting);
  self->erasures = broker_erasures_new ();
  self->sources = g_ptr_array_new_with_free_func (g_free);
  self->undo = g_array_new (FALSE, FALSE, sizeof (BrokerUndo));
  self->touched = g_array_new (FALSE, FALSE, sizeof (BrokerTouched));
  self->changed = g_array_new (FALSE, FALSE, sizeof (BrokerTouched));
  self->new_recent = g_array_new (FALSE, FALSE, sizeof (BedRecent));
  self->new_history = g_array_new (FALSE, FALSE, sizeof (BedHistory));
  self->recent = g_array_new (FALSE, FALSE, sizeof (BedRecent));
  self->history = g_array_new (FALSE, FALSE, sizeof (BedHistory));
  return self;
}

void
broker_register_free (BrokerRegister *self)
{
  if (self == NULL)
    return;
  broker_rows_free (self->rows);
  broker_rows_free (self->replaced);
  g_hash_table_unref (self->codes);
  g_queue_clear (&self->resting);
  broker_erasures_free (self->erasures);
  g_ptr_array_unref (self->sources);
  g_array_unref (self->undo);
  g_array_unref (self->touched);
  g_array_unref (self->changed);
  g_array_unref (self->new_recent);
  g_array_unref (self->new_history);
  g_array_unref (self->recent);
  g_array_unref (self->history);
  g_free (self);
}

/* Staging */

/* An event changes few rows; those that change many name each once and in order. */
static BrokerWas *
note_change (BrokerRegister *self, BedKind kind, guint32 index)
{
  const BrokerTouched change = { kind, index };
  for (guint i = self->changed->len; i > 0; i--)
    {
      const BrokerTouched *noted = &g_array_index (self->changed, BrokerTouched, i - 1);
      if (noted->kind == kind && noted->index == index)
        return NULL;
    }
  g_array_append_val (self->changed, change);
  return broker_acts_note (self->rows->acts, kind, index);
}

/* was is what the event's act is to remember; NULL: it does already, or need not. */
static BrokerUndo *
remember (BrokerRegister *self, guint32 *stamp, BedKind kind, guint32 index, BrokerWas **was)
{
  *was = self->is_deriving ? NULL : note_change (self, kind, index);
  if (*stamp == self->batch)
    return NULL;
  *stamp = self->batch;
  BrokerTouched touched = { kind, index };
  g_array_append_val (self->touched, touched);
  g_array_set_size (self->undo, self->undo->len + 1);
  BrokerUndo *undo = &g_array_index (self->undo, BrokerUndo, self->undo->len - 1);
  *undo = (BrokerUndo) { .kind = kind, .index = index };
  return undo;
}

BedUnitRow *
broker_register_touch_unit (BrokerRegister *self, guint32 unit)
{
  BedUnitRow *row = &self->rows->units[unit];
  BrokerWas *was;
  BrokerUndo *undo = remember (self, &self->rows->unit_stamps[unit], BED_KIND_UNIT, unit, &was);
  if (undo != NULL)
    {
      undo->before.unit.row = *row;
      undo->before.unit.terms = self->rows->unit_terms[unit];
    }
  if (was != NULL)
    {
      was->before.unit.row = *row;
      was->before.unit.terms = self->rows->unit_terms[unit];
    }
  row->revision = self->revision;
  return row;
}

BedBedRow *
broker_register_touch_bed (BrokerRegister *self, guint32 bed)
{
  BedBedRow *row = &self->rows->beds[bed];
  BrokerWas *was;
  BrokerUndo *undo = remember (self, &self->rows->bed_stamps[bed], BED_KIND_BED, bed, &was);
  if (undo != NULL)
    {
      undo->before.bed.row = *row;
      undo->before.bed.terms = self->rows->terms[bed];
    }
  if (was != NULL)
    {
      was->before.bed.row = *row;
      was->before.bed.terms = self->rows->terms[bed];
    }
  row->revision = self->revision;
  return row;
}

BrokerTerms *
broker_register_touch_terms (BrokerRegister *self, guint32 bed)
{
  broker_register_touch_bed (self, bed);
  return &self->rows->terms[bed];
}

BrokerUnitTerms *
broker_register_touch_unit_terms (BrokerRegister *self, guint32 unit)
{
  broker_register_touch_unit (self, unit);
  return &self->rows->unit_terms[unit];
}

BedReferralRow *
broker_register_touch_referral (BrokerRegister *self, guint32 referral)
{
  BedReferralRow *row = &g_array_index (self->rows->referrals, BedReferralRow, referral);
  guint32 *stamp = &g_array_index (self->rows->referral_stamps, guint32, referral);
  BrokerWas *was;
  BrokerUndo *undo = remember (self, stamp, BED_KIND_REFERRAL, referral, &was);
  if (undo != NULL)
    undo->before.referral = *row;
  if (was != NULL)
    was->before.referral = *row;
  row->revision = self->revision;
  return row;
}

BedReferralRow *
broker_register_add_referral (BrokerRegister *self, const char *code, guint32 *index)
{
  GArray *referrals = self->rows->referrals;
  if (broker_register_has_rested (self))
    {
      *index = GPOINTER_TO_UINT (g_queue_pop_head (&self->resting));
      g_hash_table_remove (self->codes, broker_register_peek_referral (self, *index)->code);
      broker_register_touch_referral (self, *index);
    }
  else
    {
      *index = referrals->len;
      g_array_set_size (referrals, referrals->len + 1);
      g_array_set_size (self->rows->referral_stamps, referrals->len);
      broker_register_touch_referral (self, *index);
      g_array_index (self->undo, BrokerUndo, self->undo->len - 1).is_new = TRUE;
    }
  broker_acts_mark_new (self->rows->acts);
  BedReferralRow *row = &g_array_index (referrals, BedReferralRow, *index);
  *row = (BedReferralRow) { .revision = self->revision, .bed = BED_NONE, .offer_bed = BED_NONE,
                              .lapsed_bed = BED_NONE, .linked = BED_NONE };
  memset (row->declined_by, 0xff, sizeof row->declined_by); /* BED_NONE */
  memcpy (row->code, code, BED_CODE_SIZE);
  g_hash_table_insert (self->codes, g_strdup (code), GUINT_TO_POINTER (*index + 1));
  return row;
}

void
broker_register_forget_needs (BedReferralRow *row)
{
  row->must = row->must_not = row->prefer = 0;
  row->infection = BED_INFECTION_NONE;
  row->weight_band = BED_WEIGHT_NOT_STATED;
  row->oxygen_lpm = 0;
}

void
broker_register_close_referral (BrokerRegister *self, guint32 referral)
{
  BedReferralRow *row = broker_register_touch_referral (self, referral);
  row->flags |= BED_REFERRAL_CLOSED;
  broker_register_forget_needs (row);
  g_queue_push_tail (&self->resting, GUINT_TO_POINTER (referral));
  broker_erasures_add (self->erasures, row->code, self->at_us);
}

void
broker_register_reopen_referral (BrokerRegister *self, guint32 referral)
{
  g_queue_remove (&self->resting, GUINT_TO_POINTER (referral));
  broker_erasures_remove (self->erasures, broker_register_peek_referral (self, referral)->code);
}

guint
broker_register_add_source (BrokerRegister *self, const char *name)
{
  for (guint i = 0; i < self->sources->len; i++)
    if (strcmp (g_ptr_array_index (self->sources, i), name) == 0)
      return i;
  g_ptr_array_add (self->sources, g_strdup (name));
  return self->sources->len - 1;
}

static void
trim (GArray *array, guint length)
{
  if (array->len > length)
    g_array_remove_range (array, 0, array->len - length);
}

static void
forget_batch (BrokerRegister *self)
{
  g_array_set_size (self->undo, 0);
  g_array_set_size (self->touched, 0);
  g_array_set_size (self->new_recent, 0);
  g_array_set_size (self->new_history, 0);
  self->batch++;
}

void
broker_register_keep (BrokerRegister *self)
{
  g_array_append_vals (self->recent, self->new_recent->data, self->new_recent->len);
  trim (self->recent, BED_RECENT_LENGTH);
  g_array_append_vals (self->history, self->new_history->data, self->new_history->len);
  trim (self->history, BED_HISTORY_LENGTH * MAX (1, self->rows->table.sizes.laps));
  g_clear_pointer (&self->replaced, broker_rows_free);
  broker_acts_forget (self->rows->acts, self->at_us);
  broker_erasures_keep (self->erasures);
  self->kept_revision = self->revision;
  self->kept_at_us = self->at_us;
  self->kept_sources = self->sources->len;
  forget_batch (self);
}

void
broker_register_take_back (BrokerRegister *self)
{
  if (self->replaced != NULL)
    {
      broker_rows_free (self->rows);
      self->rows = g_steal_pointer (&self->replaced);
    }
  else
    {
      BrokerRows *rows = self->rows;
      guint32 n_referrals = rows->referrals->len;
      for (guint i = 0; i < self->undo->len; i++)
        {
          const BrokerUndo *undo = &g_array_index (self->undo, BrokerUndo, i);
          if (undo->is_new)
            n_referrals = MIN (n_referrals, undo->index);
          else if (undo->kind == BED_KIND_UNIT)
            {
              rows->units[undo->index] = undo->before.unit.row;
              rows->unit_terms[undo->index] = undo->before.unit.terms;
            }
          else if (undo->kind == BED_KIND_BED)
            {
              rows->beds[undo->index] = undo->before.bed.row;
              rows->terms[undo->index] = undo->before.bed.terms;
            }
          else
            g_array_index (rows->referrals, BedReferralRow, undo->index) = undo->before.referral;
        }
      for (guint32 i = n_referrals; i < rows->referrals->len; i++)
        broker_due_set (rows->due_referrals, i, BROKER_DUE_NEVER);
      g_array_set_size (rows->referrals, n_referrals);
      g_array_set_size (rows->referral_stamps, n_referrals);
      broker_acts_take_back (rows->acts, self->kept_revision);
    }
  g_ptr_array_set_size (self->sources, (gint) self->kept_sources);
  broker_erasures_take_back (self->erasures);
  self->revision = self->kept_revision;
  self->at_us = self->kept_at_us;
  broker_register_index (self);
  forget_batch (self);
}

static int
compare_closing (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const BrokerRegister *self = user_data;
  guint64 first = broker_register_peek_referral (self, GPOINTER_TO_UINT (a))->revision;
  guint64 second = broker_register_peek_referral (self, GPOINTER_TO_UINT (b))->revision;
  return first < second ? -1 : first > second;
}

void
broker_register_index (BrokerRegister *self)
{
  g_hash_table_remove_all (self->codes);
  g_queue_clear (&self->resting);
  for (guint32 i = 0; i < self->rows->referrals->len; i++)
    {
      const BedReferralRow *row = broker_register_peek_referral (self, i);
      g_hash_table_insert (self->codes, g_strdup (row->code), GUINT_TO_POINTER (i + 1));
      if (row->flags & BED_REFERRAL_CLOSED)
        g_queue_push_tail (&self->resting, GUINT_TO_POINTER (i));
      broker_derive_referral_due (self, i);
    }
  g_queue_sort (&self->resting, compare_closing, self);
  for (guint32 unit = 0; unit < self->rows->table.sizes.units; unit++)
    broker_derive_unit_due (self, unit);
}
