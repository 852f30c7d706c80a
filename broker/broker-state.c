/* broker-state.c: the register as bytes and back.
 *
 * A cache for fast starts and the thing that `verify` compares. The rows are the shared table's own
 * payloads, which have no padding, so equal registers give equal bytes. The bytes come from a disk:
 * lengths, counts and every row are checked, and a state that does not fit is refused, never mended.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-register-rows.h"

#include <string.h>

#define STATE_MAGIC G_GUINT64_CONSTANT (0x5453524445425148)

typedef struct
{
  guint64 magic;
  guint64 layout;
  guint64 revision;
  guint64 import_revision;
  gint64 at_us;
  guint8 files_digest[32];
  BedSizes sizes;
  guint32 n_sources;
  guint32 n_recent;
  guint32 n_history;
  guint32 n_acts;
  guint32 n_erasures;
} StateHeader;

G_STATIC_ASSERT (sizeof (StateHeader) == 120);

/* One part of the state after the header: where it is and how long. */
typedef struct
{
  gconstpointer items;
  gsize size;
  gsize n;
} Part;

#define N_PARTS 10

static void
list_parts (const BrokerRows *rows, Part parts[N_PARTS])
{
  const BedSizes *sizes = &rows->table.sizes;
  Part list[N_PARTS] = {
    { rows->table.laps, sizeof (BedLap), sizes->laps },
    { rows->table.districts, sizeof (BedDistrict), sizes->districts },
    { rows->table.crossings, sizeof (BedCrossing), sizes->crossings },
    { rows->table.units, sizeof (BedUnit), sizes->units },
    { rows->table.beds, sizeof (BedBed), sizes->beds },
    { rows->units, sizeof (BedUnitRow), sizes->units },
    { rows->beds, sizeof (BedBedRow), sizes->beds },
    { rows->terms, sizeof (BrokerTerms), sizes->beds },
    { rows->unit_terms, sizeof (BrokerUnitTerms), sizes->units },
    { rows->referrals->data, sizeof (BedReferralRow), rows->referrals->len },
  };
  memcpy (parts, list, sizeof list);
}

GBytes *
broker_register_save (const BrokerRegister *self)
{
  const BrokerRows *rows = self->rows;
  StateHeader header = { .magic = STATE_MAGIC,
                         .layout = BROKER_STATE_LAYOUT,
                         .revision = self->revision,
                         .import_revision = rows->import_revision,
                         .at_us = self->at_us,
                         .sizes = rows->table.sizes,
                         .n_sources = self->sources->len,
                         .n_recent = self->recent->len,
                         .n_history = self->history->len,
                         .n_erasures = broker_erasures_count (self->erasures) };
  header.sizes.referrals = rows->referrals->len;
  memcpy (header.files_digest, rows->files_digest, sizeof header.files_digest);

  GByteArray *bytes = g_byte_array_new ();
  g_byte_array_append (bytes, (const guint8 *) &header, sizeof header);
  Part parts[N_PARTS];
  list_parts (rows, parts);
  for (guint i = 0; i < N_PARTS; i++)
    g_byte_array_append (bytes, parts[i].items, (guint) (parts[i].n * parts[i].size));
  for (guint i = 0; i < self->sources->len; i++)
    {
      char name[BED_ID_SIZE] = "";
      g_strlcpy (name, self->sources->pdata[i], sizeof name);
      g_byte_array_append (bytes, (const guint8 *) name, sizeof name);
    }
  g_byte_array_append (bytes, (const guint8 *) self->recent->data, self->recent->len * (guint) sizeof (BedRecent));
  g_byte_array_append (bytes, (const guint8 *) self->history->data, self->history->len * (guint) sizeof (BedHistory));
  broker_erasures_save (self->erasures, bytes);
  broker_acts_save (rows->acts, self->at_us, bytes, &header.n_acts);
  memcpy (bytes->data, &header, sizeof header); /* now that all is counted */
  return g_byte_array_free_to_bytes (bytes);
}

/* Acts differ in length: they are what is left after everything that is counted here. */
static gboolean
check_header (const StateHeader *header, gsize length)
{
  const BedSizes *sizes = &header->sizes;
  if (header->magic != STATE_MAGIC || header->layout != BROKER_STATE_LAYOUT || sizes->laps > BED_MAX_LAPS
      || sizes->districts > BED_MAX_DISTRICTS || sizes->crossings > BED_MAX_CROSSINGS
      || sizes->units > BED_MAX_UNITS || sizes->beds > BED_MAX_BEDS || sizes->referrals > BED_MAX_REFERRALS
      || header->n_sources > BED_MAX_SOURCES || header->n_recent > BED_RECENT_LENGTH
      || header->n_history > BED_HISTORY_LENGTH * BED_MAX_LAPS || header->n_acts > BROKER_ACTS_MAX)
    return FALSE;
  gsize counted = sizeof *header + sizes->laps * sizeof (BedLap) + sizes->districts * sizeof (BedDistrict)
                   + sizes->crossings * sizeof (BedCrossing)
                   + sizes->units * (sizeof (BedUnit) + sizeof (BedUnitRow) + sizeof (BrokerUnitTerms))
                   + sizes->beds * (sizeof (BedBed) + sizeof (BedBedRow) + sizeof (BrokerTerms))
                   + sizes->referrals * sizeof (BedReferralRow) + (gsize) header->n_sources * BED_ID_SIZE
                   + header->n_recent * sizeof (BedRecent) + header->n_history * sizeof (BedHistory)
                   + (gsize) header->n_erasures * sizeof (BrokerErasure);
  return header->n_acts == 0 ? length == counted : length > counted;
}

static gpointer
take_part (const guint8 **cursor, gsize size, gsize n)
{
  gpointer items = g_memdup2 (*cursor, size * n);
  *cursor += size * n;
  return items;
}

static BrokerReference *
take_reference (const guint8 **cursor, const BedSizes *sizes)
{
  BrokerReference *reference = g_new0 (BrokerReference, 1);
  reference->sizes = *sizes;
  reference->sizes.referrals = 0;
  reference->laps = take_part (cursor, sizeof (BedLap), sizes->laps);
  reference->districts = take_part (cursor, sizeof (BedDistrict), sizes->districts);
  reference->crossings = take_part (cursor, sizeof (BedCrossing), sizes->crossings);
  reference->units = take_part (cursor, sizeof (BedUnit), sizes->units);
  reference->beds = take_part (cursor, sizeof (BedBed), sizes->beds);
  return reference;
}

static gboolean
check_bed (const BrokerRegister *self, const BedBedRow *row)
{
  return bed_table_check_bed (&self->rows->table, row)
         && (row->referral == BED_NONE || row->referral < self->rows->referrals->len);
}

static gboolean
check_referral (const BrokerRegister *self, const BedReferralRow *row)
{
  return bed_table_check_referral (&self->rows->table, row) && row->source < self->sources->len
         && (row->linked == BED_NONE || row->linked < self->rows->referrals->len);
}

static gboolean
check_rows (const BrokerRegister *self)
{
  const BrokerRows *rows = self->rows;
  for (guint32 i = 0; i < rows->table.sizes.units; i++)
    if (!bed_table_check_unit (&rows->table, &rows->units[i]))
      return FALSE;
  for (guint32 i = 0; i < rows->table.sizes.beds; i++)
    if (!check_bed (self, &rows->beds[i]))
      return FALSE;
  for (guint32 i = 0; i < rows->referrals->len; i++)
    if (!check_referral (self, &g_array_index (rows->referrals, BedReferralRow, i)))
      return FALSE;
  return TRUE;
}

/* A row that an act remembers, as strictly as if it stood there again. */
static gboolean
check_was (const BrokerWas *was, gpointer user_data)
{
  const BrokerRegister *self = user_data;
  const BrokerRows *rows = self->rows;
  switch ((BedKind) was->kind)
    {
    case BED_KIND_UNIT:
      return was->index < rows->table.sizes.units && bed_table_check_unit (&rows->table, &was->before.unit.row);
    case BED_KIND_BED:
      return was->index < rows->table.sizes.beds && check_bed (self, &was->before.bed.row);
    case BED_KIND_REFERRAL:
      return was->index < rows->referrals->len && check_referral (self, &was->before.referral);
    case BED_N_KINDS:
      return FALSE;
    }
  return FALSE;
}

/* Rows, sources, news and acts, in the order in which they are saved. */
static gboolean
take_rows (BrokerRegister *self, const StateHeader *header, const guint8 *cursor, const guint8 *end)
{
  BrokerRows *rows = self->rows;
  const BedSizes *sizes = &header->sizes;
  rows->import_revision = header->import_revision;
  memcpy (rows->files_digest, header->files_digest, sizeof rows->files_digest);
  memcpy (rows->units, cursor, sizes->units * sizeof (BedUnitRow));
  cursor += sizes->units * sizeof (BedUnitRow);
  memcpy (rows->beds, cursor, sizes->beds * sizeof (BedBedRow));
  cursor += sizes->beds * sizeof (BedBedRow);
  memcpy (rows->terms, cursor, sizes->beds * sizeof (BrokerTerms));
  cursor += sizes->beds * sizeof (BrokerTerms);
  memcpy (rows->unit_terms, cursor, sizes->units * sizeof (BrokerUnitTerms));
  cursor += sizes->units * sizeof (BrokerUnitTerms);
  g_array_append_vals (rows->referrals, cursor, sizes->referrals);
  g_array_set_size (rows->referral_stamps, sizes->referrals);
  cursor += sizes->referrals * sizeof (BedReferralRow);
  for (guint i = 0; i < header->n_sources; i++, cursor += BED_ID_SIZE)
    g_ptr_array_add (self->sources, g_strndup ((const char *) cursor, BED_ID_SIZE - 1));
  g_array_append_vals (self->recent, cursor, header->n_recent);
  cursor += header->n_recent * sizeof (BedRecent);
  g_array_append_vals (self->history, cursor, header->n_history);
  cursor += header->n_history * sizeof (BedHistory);
  const guint8 *erasures = cursor;
  cursor += header->n_erasures * sizeof (BrokerErasure);
  return check_rows (self)
         && broker_erasures_load (self->erasures, erasures, header->n_erasures, header->at_us)
         && broker_acts_load (rows->acts, cursor, (gsize) (end - cursor), header->n_acts, header->revision,
                              header->at_us, check_was, self);
}

BrokerRegister *
broker_register_load (GBytes *state, guint32 referrals_max, GError **error)
{
  gsize length;
  const guint8 *cursor = g_bytes_get_data (state, &length);
  StateHeader header;
  if (length < sizeof header || (memcpy (&header, cursor, sizeof header), !check_header (&header, length)))
    {
      g_set_error_literal (error, BED_ERROR, BED_ERROR_UNAVAILABLE, "not a state of this layout");
      return NULL;
    }
  const guint8 *end = cursor + length;
  cursor += sizeof header;

  g_autoptr (BrokerRegister) self = broker_register_new (referrals_max);
  self->revision = self->kept_revision = header.revision;
  self->at_us = self->kept_at_us = header.at_us;
  g_autoptr (BrokerReference) reference = take_reference (&cursor, &header.sizes);
  if (header.import_revision == 0)
    return g_steal_pointer (&self);
  if (!broker_reference_check (reference))
    {
      g_set_error_literal (error, BED_ERROR, BED_ERROR_UNAVAILABLE, "the state's reference records are damaged");
      return NULL;
    }
  broker_rows_free (self->rows);
  self->rows = broker_rows_new (g_steal_pointer (&reference));
  if (!take_rows (self, &header, cursor, end))
    {
      g_set_error_literal (error, BED_ERROR, BED_ERROR_UNAVAILABLE, "the state's rows are damaged");
      return NULL;
    }
  broker_register_index (self);
  broker_register_keep (self);
  return g_steal_pointer (&self);
}
