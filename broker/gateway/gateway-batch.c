/* gateway-batch.c: gathers values for the lists of a feed message and prints them.
 *
 * Owns one text with all values and an index into it. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "gateway-batch.h"

#include <string.h>

#define RING_CHUNK 64

typedef struct
{
  guint32 offset;
  guint32 length;
  guint16 part; /* GatewayPart */
  guint16 page; /* from 1, once cut */
} Entry;

GatewayBatch *
gateway_batch_new (void)
{
  GatewayBatch *batch = g_new0 (GatewayBatch, 1);
  batch->text = g_string_sized_new (4096);
  batch->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  return batch;
}

void
gateway_batch_free (GatewayBatch *batch)
{
  g_string_free (batch->text, TRUE);
  g_array_unref (batch->entries);
  g_free (batch);
}

void
gateway_batch_reset (GatewayBatch *batch)
{
  g_string_truncate (batch->text, 0);
  g_array_set_size (batch->entries, 0);
  batch->rows = 0;
  batch->pages = 0;
}

/* The text grown since offset is one value. */
static void
end_entry (GatewayBatch *batch, GatewayPart part, gsize offset)
{
  Entry entry = { .offset = (guint32) offset, .length = (guint32) (batch->text->len - offset),
                  .part = (guint16) part, .page = 1 };
  g_array_append_val (batch->entries, entry);
}

static void
add_json (GatewayBatch *batch, GatewayPart part, const BedJson *json)
{
  gsize offset = batch->text->len;
  g_string_append_len (batch->text, json->text->str, (gssize) json->text->len);
  end_entry (batch, part, offset);
}

void
gateway_batch_add_row (GatewayBatch *batch, GatewayRows *rows, GatewaySight *sight, const BedTable *table,
                       BedKind kind, guint32 index, const GatewayRow *row)
{
  static const GatewayPart shown[] = { GATEWAY_PART_UNITS, GATEWAY_PART_BEDS, GATEWAY_PART_REFERRALS };
  static const GatewayPart gone[] = { GATEWAY_PART_GONE_UNITS, GATEWAY_PART_GONE_BEDS,
                                      GATEWAY_PART_GONE_REFERRALS };
  gsize offset = batch->text->len;

  switch (gateway_row_see (sight, table, kind, index, row))
    {
    case GATEWAY_ROW_HIDDEN:
      return;
    case GATEWAY_ROW_SHOWN:
      gateway_rows_append (rows, kind, index, row, sight->sight.class, batch->text);
      end_entry (batch, shown[kind], offset);
      if (kind == BED_KIND_REFERRAL)
        gateway_sight_note (sight, index, &row->referral);
      break;
    case GATEWAY_ROW_GONE:
      {
        /* Ids and codes are of a plain alphabet: nothing to escape. */
        const char *id = bed_rows_peek_id (table, kind, index, &row->referral);
        g_string_append_printf (batch->text, "\"%s\"", id);
        end_entry (batch, gone[kind], offset);
        break;
      }
    }
  batch->rows++;
}

void
gateway_batch_add_lap (GatewayBatch *batch, const BedTable *table, guint32 lap)
{
  g_auto (BedJson) json = { 0 };
  bed_json_init (&json, 512);
  bed_rows_print_lap (table, lap, &json);
  add_json (batch, GATEWAY_PART_LAPS, &json);
}

void
gateway_batch_add_district (GatewayBatch *batch, const BedMap *map, guint32 district)
{
  g_auto (BedJson) json = { 0 };
  bed_json_init (&json, 128);
  bed_rows_print_district (&map->table, map->places, district, &json);
  add_json (batch, GATEWAY_PART_DISTRICTS, &json);
}

static gboolean
shows_recent (const GatewaySight *sight, const BedTable *table, const BedRecent *entry)
{
  if (entry->unit == BED_NONE)
    return sight->sight.class != BED_SIGHT_UNIT;
  return bed_sight_shows_unit (&sight->sight, table, entry->unit);
}

void
gateway_batch_add_recent (GatewayBatch *batch, const GatewaySight *sight, const BedTable *table,
                          guint64 from, guint64 to)
{
  BedRecent recent[BED_RECENT_LENGTH];
  guint64 head = bed_table_get_recent_head (table);
  guint64 position = head > BED_RECENT_LENGTH ? head - BED_RECENT_LENGTH : 0;
  int n = bed_table_read_recent (table, &position, recent, (int) G_N_ELEMENTS (recent));
  g_auto (BedJson) json = { 0 };

  bed_json_init (&json, 256);
  for (int i = 0; i < n; i++)
    {
      if (recent[i].revision <= from || recent[i].revision > to || !shows_recent (sight, table, &recent[i]))
        continue;
      bed_json_reset (&json);
      bed_rows_print_recent (table, &recent[i], &json);
      add_json (batch, GATEWAY_PART_RECENT, &json);
    }
}

gboolean
gateway_batch_shows_history (const GatewaySight *sight, const BedHistory *entry)
{
  /* A unit sees its own beds only; a sum over its LAP is made of other owners' too. */
  return sight->sight.class != BED_SIGHT_UNIT
         && (sight->sight.lap == BED_NONE || sight->sight.lap == entry->lap);
}

void
gateway_batch_add_history_entry (GatewayBatch *batch, const BedTable *table, const BedHistory *entry)
{
  g_auto (BedJson) json = { 0 };
  bed_json_init (&json, 256);
  bed_rows_print_history (table, entry, &json);
  add_json (batch, GATEWAY_PART_HISTORY, &json);
}

void
gateway_batch_add_history (GatewayBatch *batch, const GatewaySight *sight, const BedTable *table,
                           guint64 from, guint64 to)
{
  BedHistory history[RING_CHUNK];
  guint64 head = bed_table_get_history_head (table);
  guint64 start = head;

  /* Backwards to the first chunk that begins at or before `from`; a quarter of an hour brings one
   * entry a LAP, so nearly always the first chunk read is the last. */
  for (gboolean is_older = head == 0; !is_older;)
    {
      start = start > RING_CHUNK ? start - RING_CHUNK : 0;
      guint64 position = start;
      int n = bed_table_read_history (table, &position, history, 1);
      is_older = start == 0 || n <= 0 || history[0].revision <= from;
    }
  for (guint64 position = start; position < head;)
    {
      int n = bed_table_read_history (table, &position, history, RING_CHUNK);
      if (n == 0)
        break;
      if (n < 0)
        {
          position += RING_CHUNK; /* fallen off the ring: look further on */
          continue;
        }
      for (int i = 0; i < n; i++)
        if (history[i].revision > from && history[i].revision <= to
            && gateway_batch_shows_history (sight, &history[i]))
          gateway_batch_add_history_entry (batch, table, &history[i]);
    }
}

guint
gateway_batch_cut (GatewayBatch *batch)
{
  gsize room = GATEWAY_PAGE_MAX - GATEWAY_PAGE_HEAD;

  batch->pages = 1;
  for (guint i = 0; i < batch->entries->len; i++)
    {
      Entry *entry = &g_array_index (batch->entries, Entry, i);
      gsize length = entry->length + 1;
      if (length > room)
        {
          batch->pages++;
          room = GATEWAY_PAGE_MAX - GATEWAY_PAGE_HEAD;
        }
      room -= MIN (room, length);
      entry->page = (guint16) MIN (batch->pages, G_MAXUINT16);
    }
  return batch->pages;
}

/* Prints one list of a page; an empty one only if is_always. */
static void
print_part (const GatewayBatch *batch, guint page, GatewayPart part, const char *name, gboolean is_always,
            BedJson *json)
{
  gboolean is_begun = FALSE;

  for (guint i = 0; i < batch->entries->len; i++)
    {
      const Entry *entry = &g_array_index (batch->entries, Entry, i);
      if (entry->part != part || entry->page != page)
        continue;
      if (!is_begun)
        {
          bed_json_name (json, name);
          bed_json_begin_array (json);
        }
      is_begun = TRUE;
      bed_json_raw (json, batch->text->str + entry->offset, entry->length);
    }
  if (!is_begun && is_always)
    {
      bed_json_name (json, name);
      bed_json_begin_array (json);
      is_begun = TRUE;
    }
  if (is_begun)
    bed_json_end_array (json);
}

static gboolean
has_gone (const GatewayBatch *batch, guint page)
{
  for (guint i = 0; i < batch->entries->len; i++)
    {
      const Entry *entry = &g_array_index (batch->entries, Entry, i);
      if (entry->page == page && entry->part >= GATEWAY_PART_GONE_UNITS
          && entry->part <= GATEWAY_PART_GONE_REFERRALS)
        return TRUE;
    }
  return FALSE;
}

void
gateway_batch_print (const GatewayBatch *batch, guint page, gboolean is_snapshot, BedJson *json)
{
  if (is_snapshot)
    {
      print_part (batch, page, GATEWAY_PART_LAPS, "laps", TRUE, json);
      print_part (batch, page, GATEWAY_PART_DISTRICTS, "districts", FALSE, json);
    }
  print_part (batch, page, GATEWAY_PART_UNITS, "units", TRUE, json);
  print_part (batch, page, GATEWAY_PART_BEDS, "beds", TRUE, json);
  print_part (batch, page, GATEWAY_PART_REFERRALS, "referrals", TRUE, json);
  if (has_gone (batch, page))
    {
      bed_json_name (json, "gone");
      bed_json_begin_object (json);
      print_part (batch, page, GATEWAY_PART_GONE_UNITS, "units", TRUE, json);
      print_part (batch, page, GATEWAY_PART_GONE_BEDS, "beds", TRUE, json);
      print_part (batch, page, GATEWAY_PART_GONE_REFERRALS, "referrals", TRUE, json);
      bed_json_end_object (json);
    }
  print_part (batch, page, GATEWAY_PART_RECENT, "recent", FALSE, json);
  print_part (batch, page, GATEWAY_PART_HISTORY, "history", FALSE, json);
}
