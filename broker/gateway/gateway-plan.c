/* gateway-plan.c: snapshots: every row a sight may see, page by page, encoded when it is asked for.
 *
 * A plan owns the list of its rows and, while there is room, the pages already encoded. Pages may
 * be newer than the plan's revision; the changes from that revision follow them. Nothing can fail:
 * a row that is gone by then is left out, and the changes say so.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "gateway-frames-core.h"

#include <string.h>

/* Upper estimates of a row's JSON, so that pages can be counted before they are encoded: fixed
 * members and ids, and each need or type word with its quotes and comma. */
#define ROOM_OF_UNIT 1800
#define ROOM_OF_BED 900
#define ROOM_OF_REFERRAL 1300
#define ROOM_OF_HISTORY 240
#define ROOM_OF_WORD 24
#define ROOM_OF_DISTRICT 120
#define ROOM_OF_LAP 700
#define ROOM_OF_RECENT 400

#define HISTORY_CHUNK 64

enum
{
  ITEM_HISTORY = BED_N_KINDS, /* position in the ring, after the plan's first */
  ITEM_DISTRICT
};

/* One row of the plan: its kind in the upper three bits. */
#define ITEM(kind, index) ((guint32) (kind) << 29 | (index))
#define ITEM_KIND(item) ((item) >> 29)
#define ITEM_INDEX(item) ((item) & 0x1fffffffu)
G_STATIC_ASSERT (BED_MAX_BEDS <= ITEM_INDEX (G_MAXUINT32) && ITEM_DISTRICT < 8);

struct _GatewayPlan
{
  guint refs;
  guint64 revision;
  guint64 history_from;  /* ring position of history item 0 */
  GArray *items;         /* owned guint32 */
  GArray *starts;        /* owned guint32: the first item of each page */
  GPtrArray *pages;      /* owned GBytes, NULL where none is kept */
  GatewaySight *sight;   /* borrowed: outlives the plan, which is its epoch's */
};

static void
free_page (gpointer page)
{
  if (page != NULL)
    g_bytes_unref (page);
}

void
gateway_plan_unref (GatewayPlan *plan)
{
  if (--plan->refs > 0)
    return;
  g_array_unref (plan->items);
  g_array_unref (plan->starts);
  g_ptr_array_unref (plan->pages);
  gateway_sight_let_go (plan->sight);
  g_free (plan);
}

guint64
gateway_plan_get_revision (const GatewayPlan *plan)
{
  return plan->revision;
}

guint
gateway_plan_get_n_pages (const GatewayPlan *plan)
{
  return plan->starts->len;
}

static guint
count_bits (guint64 bits)
{
  return (guint) __builtin_popcountll (bits);
}

static guint
estimate (const BedTable *table, BedKind kind, guint32 index, const GatewayRow *row)
{
  switch (kind)
    {
    case BED_KIND_UNIT:
      return ROOM_OF_UNIT;
    case BED_KIND_BED:
      return ROOM_OF_BED
             + ROOM_OF_WORD * (count_bits (table->beds[index].features) + count_bits (table->beds[index].flex)
                               + count_bits (row->bed.features_out));
    case BED_KIND_REFERRAL:
      return ROOM_OF_REFERRAL
             + ROOM_OF_WORD * (count_bits (row->referral.must) + count_bits (row->referral.must_not)
                               + count_bits (row->referral.prefer));
    case BED_N_KINDS:
      break;
    }
  return 0;
}

static void
add_item (GatewayPlan *plan, guint32 item, guint room, guint *left)
{
  if (room > *left)
    {
      guint32 start = plan->items->len;
      g_array_append_val (plan->starts, start);
      *left = GATEWAY_PAGE_MAX - GATEWAY_PAGE_HEAD;
    }
  *left -= MIN (*left, room);
  g_array_append_val (plan->items, item);
}

static void
add_rows (GatewayPlan *plan, const BedTable *table, BedKind kind, guint32 n, guint *left)
{
  for (guint32 i = 0; i < n; i++)
    {
      GatewayRow row;
      if (gateway_row_read (table, kind, i, &row)
          && gateway_row_see (plan->sight, table, kind, i, &row) == GATEWAY_ROW_SHOWN)
        add_item (plan, ITEM (kind, i), estimate (table, kind, i, &row), left);
    }
}

/* Where people may come from: to those who refer them. */
static void
add_districts (GatewayPlan *plan, const BedTable *table, guint *left)
{
  if (bed_sight_may_refer (&plan->sight->sight))
    for (guint32 i = 0; i < table->sizes.districts; i++)
      add_item (plan, ITEM (ITEM_DISTRICT, i), ROOM_OF_DISTRICT, left);
}

static void
add_history (GatewayPlan *plan, const BedTable *table, guint *left)
{
  BedHistory history[HISTORY_CHUNK];
  guint64 head = bed_table_get_history_head (table);
  guint64 length = table->header->history.length;

  plan->history_from = head > length ? head - length : 0;
  for (guint64 position = plan->history_from; position < head;)
    {
      guint64 first = position;
      int n = bed_table_read_history (table, &position, history, HISTORY_CHUNK);
      if (n == 0)
        break;
      if (n < 0)
        position = first + HISTORY_CHUNK;
      for (int i = 0; i < n; i++)
        if (history[i].revision <= plan->revision && gateway_batch_shows_history (plan->sight, &history[i]))
          add_item (plan, ITEM (ITEM_HISTORY, (guint32) (first + (guint64) i - plan->history_from)),
                    ROOM_OF_HISTORY, left);
    }
}

static GatewayPlan *
new_plan (GatewayFrames *self, GatewaySight *sight)
{
  const BedTable *table = &self->map->table;
  GatewayPlan *plan = g_new0 (GatewayPlan, 1);
  guint32 start = 0;
  guint left = GATEWAY_PAGE_MAX - GATEWAY_PAGE_HEAD - table->sizes.laps * ROOM_OF_LAP
               - BED_RECENT_LENGTH * ROOM_OF_RECENT;
  G_STATIC_ASSERT (BED_MAX_LAPS * ROOM_OF_LAP + BED_RECENT_LENGTH * ROOM_OF_RECENT + GATEWAY_PAGE_HEAD
                   < GATEWAY_PAGE_MAX);

  plan->refs = 1;
  plan->revision = bed_table_get_revision (table);
  plan->sight = sight;
  sight->users++;
  plan->items = g_array_new (FALSE, FALSE, sizeof (guint32));
  plan->starts = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_array_append_val (plan->starts, start);
  add_districts (plan, table, &left);
  add_rows (plan, table, BED_KIND_UNIT, table->sizes.units, &left);
  add_rows (plan, table, BED_KIND_BED, table->sizes.beds, &left);
  add_rows (plan, table, BED_KIND_REFERRAL, bed_table_get_n_referrals (table), &left);
  add_history (plan, table, &left);
  plan->pages = g_ptr_array_new_with_free_func (free_page);
  g_ptr_array_set_size (plan->pages, (int) plan->starts->len);
  return plan;
}

/* Whether a plan made earlier still serves: the changes since must be on the ring for as long as
 * its pages take. */
static gboolean
is_young (GatewayFrames *self, const GatewayPlan *plan)
{
  guint64 now = bed_table_get_revision (&self->map->table);
  guint64 limit = MIN (GATEWAY_PLAN_REVISIONS_MAX, self->map->table.sizes.changes / 16);
  return now - plan->revision <= limit && bed_table_find_change (&self->map->table, plan->revision) >= 0;
}

GatewayPlan *
gateway_frames_begin_snapshot (GatewayFrames *self, GatewaySight *sight)
{
  GatewayPlan *plan = g_hash_table_lookup (self->plans, sight);

  if (plan == NULL || !is_young (self, plan))
    {
      plan = new_plan (self, sight);
      g_hash_table_replace (self->plans, sight, plan);
    }
  plan->refs++;
  return plan;
}

static void
add_page_item (GatewayFrames *self, GatewayPlan *plan, guint32 item)
{
  const BedTable *table = &self->map->table;
  guint32 index = ITEM_INDEX (item);

  if (ITEM_KIND (item) == ITEM_DISTRICT)
    {
      gateway_batch_add_district (self->batch, self->map, index);
      return;
    }
  if (ITEM_KIND (item) == ITEM_HISTORY)
    {
      BedHistory entry;
      guint64 position = plan->history_from + index;
      if (bed_table_read_history (table, &position, &entry, 1) == 1)
        gateway_batch_add_history_entry (self->batch, table, &entry);
      return;
    }
  BedKind kind = (BedKind) ITEM_KIND (item);
  GatewayRow row;
  if (gateway_row_read (table, kind, index, &row)
      && gateway_row_see (plan->sight, table, kind, index, &row) == GATEWAY_ROW_SHOWN)
    gateway_batch_add_row (self->batch, self->rows, plan->sight, table, kind, index, &row);
}

static GBytes *
encode_page (GatewayFrames *self, GatewayPlan *plan, guint page)
{
  const BedTable *table = &self->map->table;
  guint32 from = g_array_index (plan->starts, guint32, page - 1);
  guint32 to = page < plan->starts->len ? g_array_index (plan->starts, guint32, page) : plan->items->len;
  g_auto (BedJson) json = { 0 };
  gsize length = 0;

  gateway_batch_reset (self->batch);
  for (guint32 lap = 0; page == 1 && lap < table->sizes.laps; lap++)
    gateway_batch_add_lap (self->batch, table, lap);
  for (guint32 i = from; i < to; i++)
    add_page_item (self, plan, g_array_index (plan->items, guint32, i));
  if (page == 1)
    gateway_batch_add_recent (self->batch, plan->sight, table, 0, plan->revision);

  bed_json_init (&json, self->batch->text->len + GATEWAY_PAGE_HEAD);
  bed_message_begin_call (&json, NULL, "feed.snapshot");
  bed_json_begin_object (&json);
  bed_json_add_int (&json, "epoch", (gint64) table->epoch);
  bed_json_add_int (&json, "revision", (gint64) plan->revision);
  bed_json_add_time (&json, "at", gateway_frames_get_now (self));
  bed_json_add_int (&json, "page", page);
  bed_json_add_int (&json, "pages", plan->starts->len);
  gateway_batch_print (self->batch, 1, TRUE, &json);
  bed_json_end_object (&json);
  bed_message_end_call (&json);
  self->metrics->frames_encoded++;
  char *text = bed_json_steal (&json, &length);
  return g_bytes_new_take (text, length);
}

/* Lets the pages of a plan go that is no longer in kept_pages. */
static void
drop_pages (GatewayFrames *self, GatewayPlan *plan)
{
  for (guint i = 0; i < plan->pages->len; i++)
    {
      GBytes *kept = g_steal_pointer (&plan->pages->pdata[i]);
      if (kept == NULL)
        continue;
      self->page_bytes -= g_bytes_get_size (kept);
      g_bytes_unref (kept);
    }
  gateway_plan_unref (plan);
}

/* Keeps a page for the next reader; the oldest plan's pages make room. */
static void
keep_page (GatewayFrames *self, GatewayPlan *plan, guint page, GBytes *bytes)
{
  plan->pages->pdata[page - 1] = g_bytes_ref (bytes);
  self->page_bytes += g_bytes_get_size (bytes);
  if (g_queue_find (&self->kept_pages, plan) == NULL)
    {
      plan->refs++;
      g_queue_push_tail (&self->kept_pages, plan);
    }
  while (self->page_bytes > GATEWAY_PAGES_KEPT_BYTES)
    drop_pages (self, g_queue_pop_head (&self->kept_pages));
}

GBytes *
gateway_frames_get_page (GatewayFrames *self, GatewayPlan *plan, guint page)
{
  g_assert (page >= 1 && page <= plan->starts->len);

  GBytes *kept = plan->pages->pdata[page - 1];
  if (kept != NULL)
    return g_bytes_ref (kept);
  GBytes *bytes = encode_page (self, plan, page);
  keep_page (self, plan, page, bytes);
  return bytes;
}

void
gateway_frames_forget_plans (GatewayFrames *self)
{
  for (GatewayPlan *plan = g_queue_pop_head (&self->kept_pages); plan != NULL;
       plan = g_queue_pop_head (&self->kept_pages))
    drop_pages (self, plan);
  g_hash_table_remove_all (self->plans);
}
