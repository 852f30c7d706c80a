/* board-tables.c: rows by id, taken from the pages of the feed.
 *
 * Owns every row, and remembers what has to be derived again: a wall of 10,000 beds takes 100 changes
 * a second. Tables have limits; rows beyond them, and rows without an id, are left out. Foreign JSON is
 * checked, never asserted.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-tables.h"

#include "board-derive.h"
#include "board-rows.h"

#include <string.h>

#define SAMPLES_MAX (BED_MAX_LAPS * BED_HISTORY_LENGTH)

static void
free_unit (gpointer pointer)
{
  BoardUnit *unit = pointer;

  g_ptr_array_unref (unit->beds);
  g_free (unit);
}

BoardTables *
board_tables_new (void)
{
  BoardTables *tables = g_new0 (BoardTables, 1);

  tables->units = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_unit);
  tables->beds = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  tables->referrals = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  tables->lap_names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  tables->districts = g_array_new (FALSE, TRUE, sizeof (BoardDistrict));
  tables->samples = g_array_new (FALSE, TRUE, sizeof (BoardSample));
  tables->recent = g_ptr_array_new_with_free_func (g_free);
  tables->touched.units = g_hash_table_new (NULL, NULL);
  tables->touched.is_all = TRUE;
  return tables;
}

void
board_tables_free (BoardTables *tables)
{
  g_hash_table_unref (tables->touched.units);
  g_hash_table_unref (tables->units);
  g_hash_table_unref (tables->beds);
  g_hash_table_unref (tables->referrals);
  g_hash_table_unref (tables->lap_names);
  g_array_unref (tables->districts);
  g_array_unref (tables->samples);
  g_ptr_array_unref (tables->recent);
  g_free (tables);
}

void
board_tables_settle (BoardTables *tables)
{
  GHashTable *units = tables->touched.units;

  g_hash_table_remove_all (units);
  tables->touched = (BoardTouched){ .units = units };
}

static void
take_lap (BoardTables *tables, JsonObject *row, const char *lap)
{
  const char *id = board_rows_get_string (row, "lap");

  if (*id == 0)
    return;
  if (g_hash_table_size (tables->lap_names) < BED_MAX_LAPS)
    g_hash_table_replace (tables->lap_names, g_strdup (id), g_strdup (board_rows_get_string (row, "name")));
  if (tables->has_lap && !g_str_equal (id, lap))
    return;
  tables->has_lap = TRUE;
  tables->touched.is_all = TRUE; /* every distance is from here */
  g_strlcpy (tables->lap.id, id, sizeof tables->lap.id);
  board_rows_copy_name (row, "name", tables->lap.name, sizeof tables->lap.name);
  board_rows_copy_name (row, "area", tables->lap.area, sizeof tables->lap.area);
  tables->lap.easting = board_rows_get_metres (row, "easting");
  tables->lap.northing = board_rows_get_metres (row, "northing");
}

/* To be derived again. */
static BoardUnit *
touch (BoardTables *tables, const char *unit_id)
{
  BoardUnit *unit = g_hash_table_lookup (tables->units, unit_id);

  if (unit != NULL)
    g_hash_table_add (tables->touched.units, unit);
  return unit;
}

/* ... and to be shown as changed. */
static void
mark (BoardTables *tables, const char *unit_id, gint64 changed_us)
{
  BoardUnit *unit = touch (tables, unit_id);

  if (unit != NULL && changed_us != 0)
    unit->changed_us = changed_us;
}

static void
attach (BoardTables *tables, BoardBed *bed)
{
  BoardUnit *unit = touch (tables, bed->unit);

  if (unit != NULL && !tables->touched.is_all)
    g_ptr_array_add (unit->beds, bed);
}

static void
detach (BoardTables *tables, BoardBed *bed)
{
  BoardUnit *unit = touch (tables, bed->unit);

  if (unit != NULL && !tables->touched.is_all)
    g_ptr_array_remove_fast (unit->beds, bed);
}

/* Beds that were told before their unit. */
static void
attach_all (BoardTables *tables, const char *unit_id)
{
  GHashTableIter iter;
  gpointer bed;

  if (tables->touched.is_all)
    return;
  g_hash_table_iter_init (&iter, tables->beds);
  while (g_hash_table_iter_next (&iter, NULL, &bed))
    if (g_str_equal (((BoardBed *)bed)->unit, unit_id))
      attach (tables, bed);
}

static BoardUnit *
add_unit (BoardTables *tables, const char *id)
{
  BoardUnit *unit;

  if (g_hash_table_size (tables->units) >= BOARD_UNITS_MAX)
    return NULL;
  unit = g_new0 (BoardUnit, 1);
  unit->beds = g_ptr_array_new ();
  g_strlcpy (unit->id, id, sizeof unit->id);
  g_hash_table_insert (tables->units, unit->id, unit);
  attach_all (tables, unit->id);
  return unit;
}

static void
take_unit (BoardTables *tables, JsonObject *row, gint64 changed_us)
{
  BoardUnit fresh = { 0 };
  BoardUnit *unit;

  if (!board_rows_read_unit (row, &fresh))
    return;
  unit = g_hash_table_lookup (tables->units, fresh.id);
  if (unit == NULL)
    unit = add_unit (tables, fresh.id);
  if (unit == NULL)
    return;
  fresh.beds = unit->beds;
  fresh.metres = unit->metres;
  fresh.is_listed = unit->is_listed;
  fresh.changed_us = unit->changed_us; /* its beds say when; being confirmed changes nothing */
  *unit = fresh;
  touch (tables, unit->id);
}

/* What a wall shows of a bed has changed, and not only how lately it was confirmed. */
static gboolean
looks_different (const BoardBed *a, const BoardBed *b)
{
  return a->display != b->display || a->is_offerable != b->is_offerable || a->is_stale != b->is_stale;
}

static void
drop_bed (BoardTables *tables, const char *id)
{
  BoardBed *bed = g_hash_table_lookup (tables->beds, id);

  if (bed == NULL)
    return;
  detach (tables, bed);
  g_hash_table_remove (tables->beds, id);
}

static BoardBed *
add_bed (BoardTables *tables, const BoardBed *fresh, gint64 changed_us)
{
  BoardBed *bed;

  if (g_hash_table_size (tables->beds) >= BOARD_BEDS_MAX)
    return NULL;
  bed = g_new0 (BoardBed, 1);
  *bed = *fresh;
  g_hash_table_insert (tables->beds, bed->id, bed);
  attach (tables, bed);
  mark (tables, bed->unit, changed_us);
  return bed;
}

static void
take_bed (BoardTables *tables, JsonObject *row, gint64 changed_us)
{
  BoardBed fresh = { 0 };
  BoardBed *bed;

  if (!board_rows_read_bed (row, &fresh))
    return;
  if (!fresh.is_in_effect)
    {
      drop_bed (tables, fresh.id);
      mark (tables, fresh.unit, changed_us);
      return;
    }
  bed = g_hash_table_lookup (tables->beds, fresh.id);
  if (bed == NULL)
    bed = add_bed (tables, &fresh, changed_us);
  if (bed == NULL)
    return;
  if (looks_different (bed, &fresh))
    mark (tables, bed->unit, changed_us);
  detach (tables, bed);
  *bed = fresh;
  attach (tables, bed);
}

/* Whether it stands in the queue, and where. */
static gboolean
stands_elsewhere (const BoardReferral *a, const BoardReferral *b)
{
  if (board_derive_is_queued (a) != board_derive_is_queued (b))
    return TRUE;
  return board_derive_is_queued (a) && board_derive_compare_referrals (&a, &b) != 0;
}

static void
take_referral (BoardTables *tables, JsonObject *row, gint64 changed_us)
{
  BoardReferral fresh = { 0 };
  BoardReferral *referral;

  if (!board_rows_read_referral (row, &fresh))
    return;
  referral = g_hash_table_lookup (tables->referrals, fresh.code);
  if (referral == NULL)
    {
      if (g_hash_table_size (tables->referrals) >= BOARD_REFERRALS_MAX)
        return;
      referral = g_new0 (BoardReferral, 1);
      memcpy (referral->code, fresh.code, sizeof referral->code);
      g_hash_table_insert (tables->referrals, referral->code, referral);
      tables->touched.has_people = TRUE;
    }
  tables->touched.has_queue |= tables->touched.has_people || stands_elsewhere (referral, &fresh);
  *referral = fresh;
}

static gint
compare_recent (gconstpointer a, gconstpointer b)
{
  const BoardRecent *first = *(const BoardRecent *const *)a;
  const BoardRecent *second = *(const BoardRecent *const *)b;

  return first->revision > second->revision ? -1 : first->revision < second->revision;
}

static void
take_recent (BoardTables *tables, JsonObject *row, gint64 changed_us)
{
  g_autofree BoardRecent *recent = g_new0 (BoardRecent, 1);

  if (!board_rows_read_recent (row, recent))
    return;
  for (guint i = 0; i < tables->recent->len; i++)
    if (((BoardRecent *)g_ptr_array_index (tables->recent, i))->revision == recent->revision)
      return;
  g_ptr_array_add (tables->recent, g_steal_pointer (&recent));
  g_ptr_array_sort (tables->recent, compare_recent);
  if (tables->recent->len > BOARD_RECENT_MAX)
    g_ptr_array_set_size (tables->recent, BOARD_RECENT_MAX);
}

static guint
get_beds (JsonObject *row, const char *name)
{
  return (guint)CLAMP (board_rows_get_int (row, name), 0, BOARD_BEDS_MAX);
}

/* A quarter in which most beds were unknown (a register just filled) says nothing about how many
 * were occupied. */
static gboolean
is_known_enough (JsonObject *row)
{
  static const char *const names[]
      = { "free", "held", "arriving", "cleaning", "occupied", "closed" };
  guint known = 0;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    known += get_beds (row, names[i]);
  return known * 2 >= get_beds (row, "in_effect");
}

static void
take_history (BoardTables *tables, JsonObject *row, gint64 changed_us)
{
  BoardSample sample = { 0 };

  sample.at_us = board_rows_get_time (row, "at");
  sample.occupied = get_beds (row, "occupied");
  g_strlcpy (sample.lap, board_rows_get_string (row, "lap"), sizeof sample.lap);
  if (sample.at_us == 0 || !is_known_enough (row))
    return;
  tables->touched.has_history = TRUE;
  for (guint i = 0; i < tables->samples->len; i++)
    {
      BoardSample *known = &g_array_index (tables->samples, BoardSample, i);

      if (known->at_us == sample.at_us && g_str_equal (known->lap, sample.lap))
        {
          *known = sample;
          return;
        }
    }
  if (tables->samples->len >= SAMPLES_MAX)
    g_array_remove_index (tables->samples, 0);
  g_array_append_val (tables->samples, sample);
}

static void
take_rows (BoardTables *tables, JsonObject *params, const char *name, gint64 changed_us,
           void (*take) (BoardTables *tables, JsonObject *row, gint64 changed_us))
{
  JsonArray *rows = board_rows_get_array (params, name);

  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
    {
      JsonObject *row = board_rows_get_element (rows, i);

      if (row != NULL)
        take (tables, row, changed_us);
    }
}

static void
take_district (BoardTables *tables, JsonObject *row, gint64 changed_us)
{
  const char *code = board_rows_get_string (row, "district");
  BoardDistrict district = { 0 };

  if (code[0] == '\0' || tables->districts->len >= BOARD_DISTRICTS_MAX
      || g_strlcpy (district.code, code, sizeof district.code) >= sizeof district.code)
    return;
  g_strlcpy (district.lap, board_rows_get_string (row, "lap"), sizeof district.lap);
  g_array_append_val (tables->districts, district);
}

static void
drop_unit (BoardTables *tables, const char *id)
{
  gpointer unit = g_hash_table_lookup (tables->units, id);

  if (unit == NULL)
    return;
  g_hash_table_remove (tables->touched.units, unit);
  tables->touched.has_order = TRUE;
  g_hash_table_remove (tables->units, id);
}

static void
drop_referral (BoardTables *tables, const char *code)
{
  if (g_hash_table_remove (tables->referrals, code))
    tables->touched.has_people = tables->touched.has_queue = TRUE;
}

static void
drop_rows (BoardTables *tables, JsonObject *gone, const char *name,
           void (*drop) (BoardTables *tables, const char *id))
{
  JsonArray *ids = board_rows_get_array (gone, name);

  for (guint i = 0; ids != NULL && i < json_array_get_length (ids); i++)
    {
      JsonNode *node = json_array_get_element (ids, i);
      const char *id = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

      if (id != NULL)
        drop (tables, id);
    }
}

void
board_tables_take (BoardTables *tables, JsonObject *params, const char *lap, gint64 changed_us)
{
  JsonArray *laps = board_rows_get_array (params, "laps");
  JsonObject *gone = board_rows_get_object (params, "gone");

  for (guint i = 0; laps != NULL && i < json_array_get_length (laps); i++)
    if (board_rows_get_element (laps, i) != NULL)
      take_lap (tables, board_rows_get_element (laps, i), lap);
  if (gone != NULL)
    {
      drop_rows (tables, gone, "units", drop_unit);
      drop_rows (tables, gone, "beds", drop_bed);
      drop_rows (tables, gone, "referrals", drop_referral);
    }
  take_rows (tables, params, "districts", changed_us, take_district);
  take_rows (tables, params, "units", changed_us, take_unit);
  take_rows (tables, params, "beds", changed_us, take_bed);
  take_rows (tables, params, "referrals", changed_us, take_referral);
  take_rows (tables, params, "recent", changed_us, take_recent);
  take_rows (tables, params, "history", changed_us, take_history);
}
