/* board-derived.c: brings the lists and sums in step with the tables.
 *
 * Only touched units are derived again; their places, the people and the queue are put in order again
 * only when one of them came, went or stands elsewhere. The sums are over units, not beds. Owns the
 * lists, not what is in them. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-derived.h"

#include "board-derive.h"

static gint
compare_quarters (gconstpointer a, gconstpointer b)
{
  const BoardQuarter *first = a;
  const BoardQuarter *second = b;

  return first->at_us < second->at_us ? -1 : first->at_us > second->at_us;
}

static void
derive_quarters (BoardDerived *derived, const BoardTables *tables)
{
  g_array_set_size (derived->quarters, 0);
  for (guint i = 0; i < tables->samples->len; i++)
    {
      const BoardSample *sample = &g_array_index (tables->samples, BoardSample, i);
      BoardQuarter quarter = { sample->at_us, sample->occupied };

      g_array_append_val (derived->quarters, quarter);
    }
  g_array_sort (derived->quarters, compare_quarters);
  /* the LAPs of one quarter together */
  for (guint i = derived->quarters->len; i > 1; i--)
    {
      BoardQuarter *later = &g_array_index (derived->quarters, BoardQuarter, i - 1);
      BoardQuarter *earlier = &g_array_index (derived->quarters, BoardQuarter, i - 2);

      if (later->at_us != earlier->at_us)
        continue;
      earlier->occupied += later->occupied;
      g_array_remove_index (derived->quarters, i - 1);
    }
}

/* The wall is of beds: a unit of places without them is none of its tiles and in none of its sums. */
static gboolean
holds_beds (const BoardUnit *unit)
{
  for (guint i = 0; i < unit->beds->len; i++)
    if (!((const BoardBed *)g_ptr_array_index (unit->beds, i))->is_place)
      return TRUE;
  return FALSE;
}

static void
derive_unit (BoardTables *tables, BoardUnit *unit)
{
  guint metres = board_derive_metres (tables->lap.easting, tables->lap.northing, unit->easting, unit->northing);
  gboolean is_listed;

  board_derive_unit (unit);
  is_listed = unit->is_in_effect && holds_beds (unit);
  if (is_listed != unit->is_listed || (is_listed && metres != unit->metres))
    tables->touched.has_order = TRUE;
  unit->metres = metres;
  unit->is_listed = is_listed;
}

static void
gather_beds (BoardTables *tables)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, tables->units);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_set_size (((BoardUnit *)value)->beds, 0);
  g_hash_table_iter_init (&iter, tables->beds);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      BoardUnit *unit = g_hash_table_lookup (tables->units, ((BoardBed *)value)->unit);

      if (unit != NULL)
        g_ptr_array_add (unit->beds, value);
    }
}

static void
derive_units (BoardTables *tables, GHashTable *units)
{
  GHashTableIter iter;
  gpointer unit;

  g_hash_table_iter_init (&iter, units);
  while (g_hash_table_iter_next (&iter, NULL, &unit))
    derive_unit (tables, unit);
}

/* Those of table that is_in takes (NULL: all), in order. */
static void
list (GHashTable *table, gboolean (*is_in) (gconstpointer row), GCompareFunc compare, GPtrArray *listed)
{
  GHashTableIter iter;
  gpointer row;

  g_ptr_array_set_size (listed, 0);
  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    if (is_in == NULL || is_in (row))
      g_ptr_array_add (listed, row);
  g_ptr_array_sort (listed, compare);
}

static gboolean
is_listed (gconstpointer row)
{
  return ((const BoardUnit *)row)->is_listed;
}

static gboolean
is_queued (gconstpointer row)
{
  return board_derive_is_queued (row);
}

void
board_derived_follow (BoardDerived *derived, BoardTables *tables)
{
  BoardTouched *touched = &tables->touched;
  gboolean is_all = touched->is_all;

  if (is_all)
    gather_beds (tables);
  derive_units (tables, is_all ? tables->units : touched->units);
  if (is_all || touched->has_order)
    list (tables->units, is_listed, board_derive_compare_units, derived->units);
  if (is_all || touched->has_people)
    list (tables->referrals, NULL, board_derive_compare_codes, derived->people);
  if (is_all || touched->has_queue)
    list (tables->referrals, is_queued, board_derive_compare_referrals, derived->queue);
  if (is_all || touched->has_history)
    derive_quarters (derived, tables);
  board_derive_totals (derived->units, &derived->totals);
  board_tables_settle (tables);
}

void
board_derived_init (BoardDerived *derived)
{
  derived->units = g_ptr_array_new ();
  derived->queue = g_ptr_array_new ();
  derived->people = g_ptr_array_new ();
  derived->quarters = g_array_new (FALSE, TRUE, sizeof (BoardQuarter));
}

void
board_derived_clear (BoardDerived *derived)
{
  g_ptr_array_unref (derived->units);
  g_ptr_array_unref (derived->queue);
  g_ptr_array_unref (derived->people);
  g_array_unref (derived->quarters);
}
