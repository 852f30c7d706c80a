/* gateway-rows.c: reads rows, decides who sees them, and keeps their JSON while it is current.
 *
 * Owns a direct-mapped cache of encoded rows: a row's place follows from what it is, so memory is
 * bounded and nothing is ever searched or aged; two rows that share a place cost an encoding.
 * Nothing can fail: a row that cannot be read is no row.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "gateway-rows.h"

typedef struct
{
  guint64 key;      /* kind, class, rarity and index, + 1; 0: empty */
  guint64 revision; /* of the row when it was encoded */
  GString *text;    /* owned */
} Kept;

struct _GatewayRows
{
  Kept *kept; /* owned: GATEWAY_ROWS_KEPT */
  BedJson json;
  const BedTable *table;   /* borrowed */
  BedCrowd *crowd;         /* borrowed */
  GatewayMetrics *metrics; /* borrowed */
};

gboolean
gateway_row_read (const BedTable *table, BedKind kind, guint32 index, GatewayRow *row)
{
  switch (kind)
    {
    case BED_KIND_UNIT:
      return bed_table_read_unit (table, index, &row->unit);
    case BED_KIND_BED:
      return bed_table_read_bed (table, index, &row->bed);
    case BED_KIND_REFERRAL:
      return bed_table_read_referral (table, index, &row->referral) && row->referral.code[0] != '\0';
    case BED_N_KINDS:
      break;
    }
  return FALSE;
}

static GatewayRowSeen
see_referral (const GatewaySight *sight, const BedTable *table, guint32 index, const BedReferralRow *row)
{
  if ((row->flags & BED_REFERRAL_CLOSED) == 0 && bed_sight_shows_referral (&sight->sight, table, row))
    return GATEWAY_ROW_SHOWN;
  return gateway_sight_was_shown (sight, index, row) ? GATEWAY_ROW_GONE : GATEWAY_ROW_HIDDEN;
}

GatewayRowSeen
gateway_row_see (const GatewaySight *sight, const BedTable *table, BedKind kind, guint32 index,
                 const GatewayRow *row)
{
  gboolean is_mine = FALSE;
  gboolean is_in_effect = FALSE;

  switch (kind)
    {
    case BED_KIND_UNIT:
      is_mine = bed_sight_shows_unit (&sight->sight, table, index);
      is_in_effect = (row->unit.flags & BED_FLAG_IN_EFFECT) != 0;
      break;
    case BED_KIND_BED:
      is_mine = bed_sight_shows_bed (&sight->sight, table, index);
      is_in_effect = (row->bed.flags & BED_FLAG_IN_EFFECT) != 0;
      break;
    case BED_KIND_REFERRAL:
      return see_referral (sight, table, index, &row->referral);
    case BED_N_KINDS:
      break;
    }
  if (!is_mine)
    return GATEWAY_ROW_HIDDEN;
  return is_in_effect ? GATEWAY_ROW_SHOWN : GATEWAY_ROW_GONE;
}

GatewayRows *
gateway_rows_new (const BedTable *table, BedCrowd *crowd, GatewayMetrics *metrics)
{
  GatewayRows *self = g_new0 (GatewayRows, 1);
  self->kept = g_new0 (Kept, GATEWAY_ROWS_KEPT);
  self->table = table;
  self->crowd = crowd;
  self->metrics = metrics;
  bed_json_init (&self->json, 1024);
  return self;
}

void
gateway_rows_free (GatewayRows *self)
{
  for (guint i = 0; i < GATEWAY_ROWS_KEPT; i++)
    if (self->kept[i].text != NULL)
      g_string_free (self->kept[i].text, TRUE);
  g_free (self->kept);
  bed_json_clear (&self->json);
  g_free (self);
}

static void
encode (GatewayRows *self, BedKind kind, guint32 index, const GatewayRow *row, BedSightClass class, gboolean is_rare)
{
  bed_json_reset (&self->json);
  switch (kind)
    {
    case BED_KIND_UNIT:
      bed_rows_print_unit (self->table, index, &row->unit, class, &self->json);
      break;
    case BED_KIND_BED:
      bed_rows_print_bed (self->table, index, &row->bed, class, &self->json);
      break;
    case BED_KIND_REFERRAL:
      if (class == BED_SIGHT_WALL)
        bed_rows_print_wall_referral (self->table, &row->referral, is_rare, &self->json);
      else
        bed_rows_print_referral (self->table, &row->referral, class, &self->json);
      break;
    case BED_N_KINDS:
      break;
    }
  self->metrics->rows_encoded++;
}

void
gateway_rows_append (GatewayRows *self, BedKind kind, guint32 index, const GatewayRow *row,
                     BedSightClass class, GString *text)
{
  gboolean is_rare = kind == BED_KIND_REFERRAL && class == BED_SIGHT_WALL
                     && bed_crowd_is_rare (self->crowd, row->referral.must);
  guint64 key = ((guint64) is_rare << 48 | (guint64) kind << 40 | (guint64) class << 32 | index) + 1;
  /* Fibonacci hashing: neighbouring indexes of every kind and class spread evenly. */
  guint place = (guint) ((key * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15)) >> 50);
  G_STATIC_ASSERT (GATEWAY_ROWS_KEPT == 1 << 14);
  Kept *kept = &self->kept[place];

  if (kept->key != key || kept->revision != row->revision)
    {
      encode (self, kind, index, row, class, is_rare);
      if (kept->text == NULL)
        kept->text = g_string_sized_new (self->json.text->len);
      g_string_truncate (kept->text, 0);
      g_string_append_len (kept->text, self->json.text->str, (gssize) self->json.text->len);
      kept->key = key;
      kept->revision = row->revision;
    }
  g_string_append_len (text, kept->text->str, (gssize) kept->text->len);
}
