/* gateway-frames.c: what has changed since a cursor, read as one picture and encoded once a sight.
 *
 * Owns, for one epoch, the rows' cache, the sets of changed rows and the frames for the revision
 * aimed at. A set is copied from the map until no row in it is newer than the revision it leads to:
 * then it is exactly the register at that revision. Fails only by saying SNAPSHOT or LATER.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "gateway-frames-core.h"

#include <time.h>

#define CHUNK 256

typedef struct
{
  guint32 kind;
  guint32 index;
  gboolean is_turned; /* only its combination of needs has become rare or common: a wall's matter */
  GatewayRow row;
} Changed;

/* Every row changed in (from, revision], each once, as it was at revision. */
typedef struct
{
  guint64 from;
  guint64 revision;
  GatewayFramesStatus status;
  GArray *rows; /* owned Changed */
} Changes;

typedef struct
{
  GatewayFrame frame;
  GatewayFramesStatus status;
  const GatewaySight *sight; /* borrowed: compared only */
  gsize bytes;
} Kept;

static void
free_changes (gpointer memory)
{
  Changes *changes = memory;
  g_array_unref (changes->rows);
  g_free (changes);
}

static void
free_kept (gpointer memory)
{
  Kept *kept = memory;
  for (guint i = 0; i < kept->frame.n_pages; i++)
    g_bytes_unref (kept->frame.pages[i]);
  g_free (kept);
}

GatewayFrames *
gateway_frames_new (BedMap *map, const GatewayPeopleCalls *calls, gpointer owner, GatewayMetrics *metrics)
{
  GatewayFrames *self = g_new0 (GatewayFrames, 1);
  const BedSizes *sizes = &map->table.sizes;

  self->map = bed_map_ref (map);
  self->metrics = metrics;
  self->sights = gateway_sights_new ();
  self->people = gateway_people_new (&map->table, calls, owner);
  self->rows = gateway_rows_new (&map->table, gateway_people_peek_crowd (self->people), metrics);
  self->batch = gateway_batch_new ();
  self->changes = g_ptr_array_new_with_free_func (free_changes);
  self->frames = g_ptr_array_new_with_free_func (free_kept);
  self->seen[BED_KIND_UNIT] = g_new0 (guint32, MAX (sizes->units, 1));
  self->seen[BED_KIND_BED] = g_new0 (guint32, MAX (sizes->beds, 1));
  self->seen[BED_KIND_REFERRAL] = g_new0 (guint32, MAX (sizes->referrals, 1));
  self->plans = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) gateway_plan_unref);
  g_queue_init (&self->kept_pages);
  return self;
}

void
gateway_frames_free (GatewayFrames *self)
{
  gateway_frames_forget_plans (self);
  g_hash_table_unref (self->plans);
  g_ptr_array_unref (self->frames);
  g_ptr_array_unref (self->changes);
  for (guint kind = 0; kind < BED_N_KINDS; kind++)
    g_free (self->seen[kind]);
  gateway_batch_free (self->batch);
  gateway_rows_free (self->rows);
  gateway_people_free (self->people);
  gateway_sights_free (self->sights);
  bed_map_unref (self->map);
  g_free (self);
}

BedMap *
gateway_frames_peek_map (GatewayFrames *self)
{
  return self->map;
}

static void
forget_frames (GatewayFrames *self)
{
  g_ptr_array_set_size (self->changes, 0);
  g_ptr_array_set_size (self->frames, 0);
  self->frame_bytes = 0;
}

GatewaySight *
gateway_frames_take_sight (GatewayFrames *self, const BedSight *wanted)
{
  guint64 revision = bed_table_get_revision (&self->map->table);
  GatewaySight *sight = gateway_sights_take (self->sights, wanted, revision);

  if (sight != NULL)
    return sight;
  gateway_frames_forget_plans (self); /* they count as users */
  forget_frames (self);
  return gateway_sights_take (self->sights, wanted, revision);
}

gint64
gateway_frames_get_now (GatewayFrames *self)
{
  gint64 now_us = 0;
  gint64 beat_us = bed_table_get_heartbeat (&self->map->table, &now_us);
  struct timespec clock = { 0 };

  clock_gettime (CLOCK_BOOTTIME, &clock);
  return now_us + MAX ((gint64) clock.tv_sec * G_USEC_PER_SEC + clock.tv_nsec / 1000 - beat_us, 0);
}

static void
aim_at (GatewayFrames *self, guint64 revision)
{
  if (revision == self->revision)
    return;
  self->revision = revision;
  forget_frames (self);
  gateway_people_follow (self->people, revision);
}

guint64
gateway_frames_aim (GatewayFrames *self)
{
  aim_at (self, bed_table_get_revision (&self->map->table));
  return self->revision;
}

/* Change sets */

static guint32
count_rows (const GatewayFrames *self, guint32 kind)
{
  const BedSizes *sizes = &self->map->table.sizes;
  const guint32 counts[BED_N_KINDS] = { sizes->units, sizes->beds, sizes->referrals };
  return kind < BED_N_KINDS ? counts[kind] : 0;
}

/* Adds the people who have not changed themselves but are to be shown otherwise on a wall, because their
 * needs have become rare or common. */
static void
list_turned (GatewayFrames *self, guint64 from, GArray *rows)
{
  const BedCrowd *crowd = gateway_people_peek_crowd (self->people);
  guint32 n = bed_table_get_n_referrals (&self->map->table);

  if (bed_crowd_get_last_turn (crowd) <= from)
    return;
  for (guint32 i = 0; i < n; i++)
    if (self->seen[BED_KIND_REFERRAL][i] != self->set_number && bed_crowd_has_turned (crowd, i, from))
      {
        Changed changed = { .kind = BED_KIND_REFERRAL, .index = i, .is_turned = TRUE };
        g_array_append_val (rows, changed);
      }
}

/* Lists the rows named in the ring after `from` up to revision. FALSE if that is not there any
 * more, or too long. */
static gboolean
list_changed (GatewayFrames *self, guint64 from, guint64 revision, GArray *rows)
{
  const BedTable *table = &self->map->table;
  gint64 found = bed_table_find_change (table, from);
  guint64 position = (guint64) MAX (found, 0);
  BedChange changes[CHUNK];

  g_array_set_size (rows, 0);
  self->set_number++; /* after 2³² sets a row could be missed once: 136 years at one a second */
  for (int n = CHUNK; n == CHUNK;)
    {
      n = found < 0 ? -1 : bed_table_read_changes (table, &position, changes, CHUNK);
      if (n < 0)
        return FALSE;
      for (int i = 0; i < n && changes[i].revision <= revision; i++)
        {
          if (changes[i].index >= count_rows (self, changes[i].kind))
            continue; /* no row of ours: the ring is only checked */
          guint32 *seen = &self->seen[changes[i].kind][changes[i].index];
          if (*seen == self->set_number)
            continue;
          *seen = self->set_number;
          Changed changed = { .kind = changes[i].kind, .index = changes[i].index };
          g_array_append_val (rows, changed);
        }
      if (rows->len > GATEWAY_CHANGED_ROWS_MAX)
        return FALSE;
      if (n > 0 && changes[n - 1].revision > revision)
        break;
    }
  list_turned (self, from, rows);
  return rows->len <= GATEWAY_CHANGED_ROWS_MAX;
}

/* Copies the rows; FALSE if one of them is newer than revision. */
static gboolean
copy_rows (GatewayFrames *self, GArray *rows, guint64 revision)
{
  guint n_read = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      Changed changed = g_array_index (rows, Changed, i);
      if (!gateway_row_read (&self->map->table, (BedKind) changed.kind, changed.index, &changed.row))
        continue; /* unreadable: as if it were not there */
      if (changed.row.revision > revision)
        return FALSE;
      g_array_index (rows, Changed, n_read++) = changed;
    }
  g_array_set_size (rows, n_read);
  return TRUE;
}

static const Changes *
get_changes (GatewayFrames *self, guint64 from)
{
  for (guint i = 0; i < self->changes->len; i++)
    {
      Changes *changes = self->changes->pdata[i];
      if (changes->from == from)
        return changes;
    }

  Changes *changes = g_new0 (Changes, 1);
  changes->from = from;
  changes->status = GATEWAY_FRAMES_LATER;
  changes->rows = g_array_new (FALSE, FALSE, sizeof (Changed));
  guint64 revision = self->revision;
  for (guint try = 0; try < GATEWAY_STEADY_TRIES && changes->status == GATEWAY_FRAMES_LATER; try++)
    {
      gateway_people_follow (self->people, revision);
      if (!list_changed (self, from, revision, changes->rows))
        changes->status = GATEWAY_FRAMES_SNAPSHOT;
      else if (copy_rows (self, changes->rows, revision))
        changes->status = GATEWAY_FRAMES_MADE;
      else
        revision = bed_table_get_revision (&self->map->table);
    }
  if (changes->status == GATEWAY_FRAMES_LATER)
    self->metrics->unsteady++;
  aim_at (self, revision); /* when it had to look again: everybody else now aims there too */
  changes->revision = revision;
  g_ptr_array_add (self->changes, changes);
  return changes;
}

/* Frames */

static GBytes *
print_change (GatewayFrames *self, const Changes *changes, guint page)
{
  BedJson json = { 0 };
  gsize length = 0;

  bed_json_init (&json, self->batch->text->len / self->batch->pages + GATEWAY_PAGE_HEAD);
  bed_message_begin_call (&json, NULL, "feed.changes");
  bed_json_begin_object (&json);
  bed_json_add_int (&json, "from", (gint64) changes->from);
  bed_json_add_int (&json, "revision", (gint64) changes->revision);
  bed_json_add_time (&json, "at", gateway_frames_get_now (self));
  if (self->batch->pages > 1)
    {
      bed_json_add_int (&json, "page", page);
      bed_json_add_int (&json, "pages", self->batch->pages);
    }
  gateway_batch_print (self->batch, page, FALSE, &json);
  bed_json_end_object (&json);
  bed_message_end_call (&json);
  self->metrics->frames_encoded++;
  char *text = bed_json_steal (&json, &length);
  bed_json_clear (&json);
  return g_bytes_new_take (text, length);
}

static Kept *
make_frame (GatewayFrames *self, const Changes *changes, GatewaySight *sight)
{
  const BedTable *table = &self->map->table;
  Kept *kept = g_new0 (Kept, 1);

  kept->sight = sight;
  kept->frame.from = changes->from;
  kept->frame.revision = changes->revision;
  gateway_batch_reset (self->batch);
  for (guint i = 0; i < changes->rows->len; i++)
    {
      const Changed *changed = &g_array_index (changes->rows, Changed, i);
      if (changed->is_turned
          && (sight->sight.class != BED_SIGHT_WALL
              || gateway_row_see (sight, table, BED_KIND_REFERRAL, changed->index, &changed->row) != GATEWAY_ROW_SHOWN))
        continue;
      gateway_batch_add_row (self->batch, self->rows, sight, table, (BedKind) changed->kind, changed->index,
                             &changed->row);
    }
  gateway_batch_add_recent (self->batch, sight, table, changes->from, changes->revision);
  gateway_batch_add_history (self->batch, sight, table, changes->from, changes->revision);
  kept->frame.rows = self->batch->rows;
  if (gateway_batch_cut (self->batch) > GATEWAY_CHANGE_PAGES_MAX)
    {
      kept->status = GATEWAY_FRAMES_SNAPSHOT;
      return kept;
    }
  for (guint page = 1; page <= self->batch->pages; page++)
    {
      GBytes *bytes = print_change (self, changes, page);
      kept->bytes += g_bytes_get_size (bytes);
      kept->frame.pages[kept->frame.n_pages++] = bytes;
    }
  return kept;
}

GatewayFramesStatus
gateway_frames_get_change (GatewayFrames *self, GatewaySight *sight, guint64 from, const GatewayFrame **frame)
{
  *frame = NULL;
  for (guint i = 0; i < self->frames->len; i++)
    {
      Kept *kept = self->frames->pdata[i];
      if (kept->frame.from == from && kept->sight == sight)
        {
          *frame = &kept->frame;
          return kept->status;
        }
    }
  const Changes *changes = get_changes (self, from);
  if (changes->status != GATEWAY_FRAMES_MADE)
    return changes->status;

  Kept *kept = make_frame (self, changes, sight);
  self->frame_bytes += kept->bytes;
  while (self->frame_bytes > GATEWAY_FRAMES_KEPT_BYTES && self->frames->len > 0)
    {
      self->frame_bytes -= ((Kept *) self->frames->pdata[0])->bytes;
      g_ptr_array_remove_index (self->frames, 0);
    }
  g_ptr_array_add (self->frames, kept);
  *frame = &kept->frame;
  return kept->status;
}
