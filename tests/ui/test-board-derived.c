/* test-board-derived.c: what is derived step by step is what is derived from the final rows at once.
 *
 * Random rows, changes and departures; a model that took them all is compared with a new one that is
 * given the rows as they are now in one snapshot. Prints its seed: run again with --seed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board/board-model.h"
#include "common/bed-time.h"

#define UNITS 8
#define BEDS 60
#define PEOPLE 40
#define QUARTERS 6
#define ROUNDS 400
#define START_US G_GINT64_CONSTANT (1795347720000000)

typedef struct
{
  BoardModel *model;
  GHashTable *units; /* id → JsonObject, as told last */
  GHashTable *beds;
  GHashTable *referrals;
  GHashTable *history;
  JsonObject *lap;
  guint64 revision;
} World;

static guint
pick (guint n)
{
  return (guint)g_test_rand_int_range (0, (gint32)n);
}

static void
set_word (JsonObject *row, const char *name, const BedWords *words)
{
  json_object_set_string_member (row, name, words->words[pick (words->n)]);
}

static void
set_time (JsonObject *row, const char *name, gint64 time_us)
{
  char text[BED_TIME_SIZE];

  bed_time_print (time_us, text);
  json_object_set_string_member (row, name, text);
}

/* One of few, so that keys are often equal. */
static gint64
pick_time (void)
{
  return START_US + (gint64)pick (5) * BED_MINUTE_US;
}

static JsonObject *
make_unit (const char *id)
{
  JsonObject *row = json_object_new ();

  json_object_set_string_member (row, "unit", id);
  json_object_set_string_member (row, "name", id);
  json_object_set_int_member (row, "easting", 448000 + (gint64)pick (4) * 1000);
  json_object_set_int_member (row, "northing", 129000);
  json_object_set_boolean_member (row, "stale", pick (4) == 0);
  json_object_set_boolean_member (row, "closed", pick (6) == 0);
  json_object_set_boolean_member (row, "in_effect", pick (8) != 0);
  return row;
}

static JsonObject *
make_bed (const char *id)
{
  JsonObject *row = json_object_new ();
  g_autofree char *unit = g_strdup_printf ("unit-%u", pick (UNITS + 1)); /* one is never told */

  json_object_set_string_member (row, "bed", id);
  json_object_set_string_member (row, "unit", unit);
  set_word (row, "display", &bed_display_words);
  set_word (row, "type", &bed_type_words);
  set_word (row, "bay_sex", &bed_bay_sex_words);
  set_word (row, "reason", &bed_closure_words);
  json_object_set_boolean_member (row, "offerable", pick (2) == 0);
  json_object_set_boolean_member (row, "in_effect", pick (10) != 0);
  json_object_set_int_member (row, "hold_min", pick (100));
  if (pick (2) == 0)
    set_time (row, "until", pick_time ());
  if (pick (2) == 0)
    set_time (row, "expected_free_at", pick_time ());
  if (pick (2) == 0)
    set_time (row, "expected_at", pick_time ());
  return row;
}

static JsonObject *
make_referral (const char *code)
{
  JsonObject *row = json_object_new ();
  JsonArray *clocks = json_array_new ();
  JsonObject *clock = json_object_new ();

  json_object_set_string_member (row, "referral", code);
  set_word (row, "state", &bed_state_words);
  set_word (row, "lane", &bed_lane_words);
  if (pick (2) == 0)
    set_time (row, "ready_at", pick_time ());
  set_word (clock, "clock", &bed_clock_words);
  set_time (clock, "due_at", pick_time ());
  json_array_add_object_element (clocks, clock);
  json_object_set_array_member (row, "clocks", clocks);
  return row;
}

static JsonObject *
make_quarter (const char *id)
{
  JsonObject *row = json_object_new ();

  json_object_set_string_member (row, "lap", pick (2) == 0 ? "winchester" : "gosport");
  set_time (row, "at", START_US + (gint64)pick (QUARTERS) * 15 * BED_MINUTE_US);
  json_object_set_int_member (row, "occupied", pick (50));
  return row;
}

/* What makes a quarter's row the same one. */
static char *
get_quarter_id (JsonObject *row)
{
  return g_strconcat (json_object_get_string_member (row, "at"), json_object_get_string_member (row, "lap"), NULL);
}

/* A few rows of a kind into the message, and into what is known. */
static void
tell (JsonObject *params, const char *name, GHashTable *known, const char *prefix, guint n_ids, guint n,
      JsonObject *(*make) (const char *id))
{
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JsonArray *rows = json_array_new ();

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("%s-%u", prefix, pick (n_ids));
      JsonObject *row = make (id);

      if (make == make_quarter)
        {
          g_free (id);
          id = get_quarter_id (row);
        }
      if (g_hash_table_add (told, g_strdup (id)))
        {
          g_hash_table_insert (known, g_strdup (id), json_object_ref (row));
          json_array_add_object_element (rows, row);
        }
      else
        json_object_unref (row);
    }
  json_object_set_array_member (params, name, rows);
}

static void
drop (JsonObject *gone, const char *name, GHashTable *known, const char *prefix, guint n_ids)
{
  JsonArray *ids = json_array_new ();

  for (guint i = 0; i < pick (3); i++)
    {
      g_autofree char *id = g_strdup_printf ("%s-%u", prefix, pick (n_ids));

      g_hash_table_remove (known, id);
      json_array_add_string_element (ids, id);
    }
  json_object_set_array_member (gone, name, ids);
}

static void
set_lap (World *world, JsonObject *params)
{
  JsonArray *laps = json_array_new ();

  g_clear_pointer (&world->lap, json_object_unref);
  world->lap = json_object_new ();
  json_object_set_string_member (world->lap, "lap", "winchester");
  json_object_set_int_member (world->lap, "easting", 448000 + (gint64)pick (3) * 1000);
  json_object_set_int_member (world->lap, "northing", 129000);
  json_array_add_object_element (laps, json_object_ref (world->lap));
  json_object_set_array_member (params, "laps", laps);
}

static void
change (World *world)
{
  g_autoptr (JsonObject) params = json_object_new ();

  json_object_set_int_member (params, "from", (gint64)world->revision);
  json_object_set_int_member (params, "revision", (gint64)++world->revision);
  if (pick (20) == 0)
    set_lap (world, params);
  if (pick (4) == 0)
    {
      JsonObject *gone = json_object_new ();

      drop (gone, "units", world->units, "unit", UNITS);
      drop (gone, "beds", world->beds, "bed", BEDS);
      drop (gone, "referrals", world->referrals, "person", PEOPLE);
      json_object_set_object_member (params, "gone", gone);
    }
  tell (params, "units", world->units, "unit", UNITS, pick (3), make_unit);
  tell (params, "beds", world->beds, "bed", BEDS, pick (5), make_bed);
  tell (params, "referrals", world->referrals, "person", PEOPLE, pick (4), make_referral);
  if (pick (10) == 0)
    tell (params, "history", world->history, "quarter", QUARTERS, 2, make_quarter);
  board_model_apply (world->model, "feed.changes", params, 1);
}

static void
add_rows (JsonObject *params, const char *name, GHashTable *known)
{
  JsonArray *rows = json_array_new ();
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, known);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    json_array_add_object_element (rows, json_object_ref (row));
  json_object_set_array_member (params, name, rows);
}

/* A model that knows nothing of what was before. */
static BoardModel *
make_fresh (World *world)
{
  g_autoptr (JsonObject) params = json_object_new ();
  BoardModel *model = board_model_new ("winchester");

  json_object_set_int_member (params, "revision", (gint64)world->revision);
  json_object_set_int_member (params, "page", 0);
  json_object_set_int_member (params, "pages", 1);
  if (world->lap != NULL)
    {
      JsonArray *laps = json_array_new ();

      json_array_add_object_element (laps, json_object_ref (world->lap));
      json_object_set_array_member (params, "laps", laps);
    }
  add_rows (params, "units", world->units);
  add_rows (params, "beds", world->beds);
  add_rows (params, "referrals", world->referrals);
  add_rows (params, "history", world->history);
  board_model_apply (model, "feed.snapshot", params, 1);
  return model;
}

static void
check_unit (const BoardUnit *unit, const BoardUnit *fresh)
{
  g_assert_cmpstr (unit->id, ==, fresh->id);
  g_assert_cmpuint (unit->beds->len, ==, fresh->beds->len);
  for (guint i = 0; i < unit->beds->len; i++)
    g_assert_cmpstr (((const BoardBed *)g_ptr_array_index (unit->beds, i))->id, ==,
                     ((const BoardBed *)g_ptr_array_index (fresh->beds, i))->id);
  g_assert_cmpmem (unit->counts, sizeof unit->counts, fresh->counts, sizeof fresh->counts);
  g_assert_cmpmem (unit->closures, sizeof unit->closures, fresh->closures, sizeof fresh->closures);
  g_assert_cmpuint (unit->metres, ==, fresh->metres);
  g_assert_cmpuint (unit->offerable, ==, fresh->offerable);
  g_assert_cmpuint (unit->free, ==, fresh->free);
  g_assert_cmpuint (unit->free_features, ==, fresh->free_features);
  g_assert_cmpuint (unit->free_sexes, ==, fresh->free_sexes);
  g_assert_cmpuint (unit->hold_min, ==, fresh->hold_min);
  g_assert_cmpint (unit->hold_until_us, ==, fresh->hold_until_us);
  g_assert_cmpint (unit->leaving_us, ==, fresh->leaving_us);
  g_assert_cmpint (unit->arriving_us, ==, fresh->arriving_us);
  g_assert_cmpuint (unit->in_transit, ==, fresh->in_transit);
  g_assert_cmpint (unit->is_stale, ==, fresh->is_stale);
}

static void
check_codes (const GPtrArray *people, const GPtrArray *fresh)
{
  g_assert_cmpuint (people->len, ==, fresh->len);
  for (guint i = 0; i < people->len; i++)
    {
      const BoardReferral *a = g_ptr_array_index (people, i);
      const BoardReferral *b = g_ptr_array_index (fresh, i);

      g_assert_cmpstr (a->code, ==, b->code);
      g_assert_cmpint (a->due_us, ==, b->due_us);
    }
}

static void
check_totals (const BoardTotals *totals, const BoardTotals *fresh)
{
  g_assert_cmpuint (totals->beds, ==, fresh->beds);
  g_assert_cmpmem (totals->counts, sizeof totals->counts, fresh->counts, sizeof fresh->counts);
  g_assert_cmpuint (totals->free, ==, fresh->free);
  g_assert_cmpuint (totals->occupied, ==, fresh->occupied);
  g_assert_cmpuint (totals->in_transit, ==, fresh->in_transit);
  g_assert_cmpint (totals->hold_until_us, ==, fresh->hold_until_us);
  g_assert_cmpint (totals->leaving_us, ==, fresh->leaving_us);
  g_assert_cmpint (totals->arriving_us, ==, fresh->arriving_us);
  g_assert_cmpint (totals->closure, ==, fresh->closure);
  g_assert_cmpuint (totals->n_closure, ==, fresh->n_closure);
}

static void
check (World *world)
{
  g_autoptr (BoardModel) fresh = make_fresh (world);
  const GPtrArray *units = board_model_peek_units (world->model);
  const GPtrArray *fresh_units = board_model_peek_units (fresh);
  const GArray *quarters = board_model_peek_quarters (world->model);
  const GArray *fresh_quarters = board_model_peek_quarters (fresh);

  g_assert_cmpuint (units->len, ==, fresh_units->len);
  for (guint i = 0; i < units->len; i++)
    check_unit (g_ptr_array_index (units, i), g_ptr_array_index (fresh_units, i));
  check_codes (board_model_peek_queue (world->model), board_model_peek_queue (fresh));
  check_codes (board_model_peek_people (world->model), board_model_peek_people (fresh));
  check_totals (board_model_peek_totals (world->model), board_model_peek_totals (fresh));
  g_assert_cmpuint (quarters->len, ==, fresh_quarters->len);
  for (guint i = 0; i < quarters->len; i++)
    {
      g_assert_cmpint (g_array_index (quarters, BoardQuarter, i).at_us, ==, g_array_index (fresh_quarters, BoardQuarter, i).at_us);
      g_assert_cmpuint (g_array_index (quarters, BoardQuarter, i).occupied, ==, g_array_index (fresh_quarters, BoardQuarter, i).occupied);
    }
}

static GHashTable *
make_known (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)json_object_unref);
}

/* has_snapshot: the changes follow a snapshot, as they do on a line; else the first LAP's rows come as
 * changes, too. */
static void
run (gboolean has_snapshot)
{
  World world = { NULL, make_known (), make_known (), make_known (), make_known (), NULL, 10 };

  world.model = has_snapshot ? make_fresh (&world) : board_model_new ("winchester");
  for (guint round = 0; round < ROUNDS; round++)
    {
      change (&world);
      check (&world);
    }
  g_object_unref (world.model);
  g_hash_table_unref (world.units);
  g_hash_table_unref (world.beds);
  g_hash_table_unref (world.referrals);
  g_hash_table_unref (world.history);
  g_clear_pointer (&world.lap, json_object_unref);
}

static void
test_after_a_snapshot (void)
{
  run (TRUE);
}

static void
test_from_nothing (void)
{
  run (FALSE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board-derived/after-a-snapshot", test_after_a_snapshot);
  g_test_add_func ("/board-derived/from-nothing", test_from_nothing);
  return g_test_run ();
}
