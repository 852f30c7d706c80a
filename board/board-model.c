/* board-model.c: the board's picture of the register, filled by the feed and by nothing else.
 *
 * Owns the tables of units, beds and referrals, the ticker's and the history's rows, and what is
 * derived from them. The pages of a snapshot gather in a second set of tables that replaces the
 * first when the last page is there; the pages of a change wait and are applied together. What is
 * malformed is left out. After every message what was touched is derived again (board-derived.c), and
 * "changed" is emitted once, from an idle.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-derived.h"
#include "board-rows.h"

struct _BoardModel
{
  GObject parent_instance;

  /* owned */
  char *lap;
  BoardTables *now;
  BoardTables *coming; /* a snapshot's pages so far, or NULL */
  GPtrArray *pages;    /* JsonObject: a change's pages so far */
  BoardDerived derived;

  BoardServing serving;
  gint64 serving_since_us;
  gint64 at_us;
  guint64 revision;
  guint64 coming_revision;
  gint64 last_page;
  gint64 n_coming; /* pages of the snapshot that have come */
  guint changed_source;
  guint settle_source;
  gboolean has_picture;
};

G_DEFINE_FINAL_TYPE (BoardModel, board_model, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
on_changed (gpointer user_data)
{
  BoardModel *model = user_data;

  model->changed_source = 0;
  g_signal_emit (model, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
announce (BoardModel *model)
{
  g_clear_handle_id (&model->settle_source, g_source_remove);
  if (model->changed_source == 0)
    model->changed_source = g_idle_add_full (G_PRIORITY_DEFAULT, on_changed, model, NULL);
}

static gboolean
on_settled (gpointer user_data)
{
  BoardModel *model = user_data;

  model->settle_source = 0;
  announce (model);
  return G_SOURCE_REMOVE;
}

/* --- messages --- */

static void
take_snapshot (BoardModel *model, JsonObject *params)
{
  gint64 page = board_rows_get_int (params, "page");
  gint64 pages = MAX (board_rows_get_int (params, "pages"), 1);
  guint64 revision = (guint64)board_rows_get_int (params, "revision");

  /* pages come in order: one that does not follow begins another snapshot */
  if (model->coming != NULL && (page <= model->last_page || revision != model->coming_revision))
    g_clear_pointer (&model->coming, board_tables_free);
  if (model->coming == NULL)
    {
      model->coming = board_tables_new ();
      model->n_coming = 0;
    }
  model->last_page = page;
  model->coming_revision = revision;
  g_ptr_array_set_size (model->pages, 0);
  board_tables_take (model->coming, params, model->lap, 0);
  if (++model->n_coming < pages)
    return;
  board_tables_free (model->now);
  model->now = g_steal_pointer (&model->coming);
  model->revision = revision;
  model->has_picture = TRUE;
  board_derived_follow (&model->derived, model->now);
  if (model->settle_source == 0)
    model->settle_source = g_timeout_add (BOARD_SETTLE_MS, on_settled, model);
}

/* Keeps a change's page until the last one is there; TRUE then. A page that does not follow the ones
 * kept is of another change, or of the same one after a lost line: those were never finished. */
static gboolean
gather (BoardModel *model, JsonObject *params)
{
  gint64 pages = MAX (board_rows_get_int (params, "pages"), 1);
  gint64 page = board_rows_get_int (params, "page"); /* from 1, or from 0 */
  JsonObject *first = model->pages->len > 0 ? g_ptr_array_index (model->pages, 0) : NULL;

  if (first != NULL
      && (page != board_rows_get_int (first, "page") + model->pages->len
          || board_rows_get_int (params, "revision") != board_rows_get_int (first, "revision")))
    g_ptr_array_set_size (model->pages, 0);
  if (pages > 1 && (pages > BOARD_CHANGE_PAGES_MAX || (model->pages->len == 0 && page > 1)))
    return FALSE;
  g_ptr_array_add (model->pages, json_object_ref (params));
  return model->pages->len >= pages;
}

static void
take_changes (BoardModel *model, JsonObject *params, gint64 monotonic_us)
{
  gint64 at_us = board_rows_get_time (params, "at");

  if (!gather (model, params))
    return;
  /* what follows a snapshot belongs to it, and is not news */
  if (model->settle_source != 0)
    monotonic_us = 0;
  for (guint i = 0; i < model->pages->len; i++)
    board_tables_take (model->now, g_ptr_array_index (model->pages, i), model->lap, monotonic_us);
  g_ptr_array_set_size (model->pages, 0);
  model->revision = (guint64)board_rows_get_int (params, "revision");
  model->at_us = at_us != 0 ? at_us : model->at_us;
  board_derived_follow (&model->derived, model->now);
  announce (model);
}

static void
take_state (BoardModel *model, JsonObject *params)
{
  static const char *const words[] = { "live", "read_only", "broker_lost" };
  const char *word = board_rows_get_string (params, "state");

  if (*word == 0)
    return;
  /* whatever a newer gateway means, it has not said that it is live */
  model->serving = BOARD_SERVING_READ_ONLY;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (word, words[i]))
      model->serving = (BoardServing)i;
  model->serving_since_us = board_rows_get_time (params, "since");
  announce (model);
}

void
board_model_apply (BoardModel *model, const char *method, JsonObject *params, gint64 monotonic_us)
{
  g_return_if_fail (BOARD_IS_MODEL (model) && method != NULL && params != NULL);
  if (g_str_equal (method, "feed.snapshot"))
    take_snapshot (model, params);
  else if (g_str_equal (method, "feed.changes"))
    take_changes (model, params, MAX (monotonic_us, 1));
  else if (g_str_equal (method, "feed.state"))
    take_state (model, params);
}

/* --- reading --- */

gboolean
board_model_has_picture (BoardModel *model)
{
  return model->has_picture && model->settle_source == 0;
}

guint64
board_model_get_revision (BoardModel *model)
{
  return model->revision;
}

gint64
board_model_get_at_us (BoardModel *model)
{
  return model->at_us;
}

BoardServing
board_model_get_serving (BoardModel *model, gint64 *since_us)
{
  *since_us = model->serving_since_us;
  return model->serving;
}

const char *
board_model_peek_lap (BoardModel *model)
{
  return model->now->lap.id;
}

const char *
board_model_peek_lap_name (BoardModel *model)
{
  return model->now->lap.name;
}

const char *
board_model_peek_lap_area (BoardModel *model)
{
  return model->now->lap.area;
}

const char *
board_model_find_lap_name (BoardModel *model, const char *lap)
{
  return g_hash_table_lookup (model->now->lap_names, lap);
}

const GArray *
board_model_peek_districts (BoardModel *model)
{
  return model->now->districts;
}

const BoardDistrict *
board_model_find_district (BoardModel *model, const char *code)
{
  const GArray *districts = model->now->districts;

  for (guint i = 0; i < districts->len; i++)
    if (g_str_equal (g_array_index (districts, BoardDistrict, i).code, code))
      return &g_array_index (districts, BoardDistrict, i);
  return NULL;
}

const GPtrArray *
board_model_peek_units (BoardModel *model)
{
  return model->derived.units;
}

const GPtrArray *
board_model_peek_queue (BoardModel *model)
{
  return model->derived.queue;
}

const GPtrArray *
board_model_peek_people (BoardModel *model)
{
  return model->derived.people;
}

const GPtrArray *
board_model_peek_recent (BoardModel *model)
{
  return model->now->recent;
}

const BoardTotals *
board_model_peek_totals (BoardModel *model)
{
  return &model->derived.totals;
}

const GArray *
board_model_peek_quarters (BoardModel *model)
{
  return model->derived.quarters;
}

const BoardUnit *
board_model_find_unit (BoardModel *model, const char *id)
{
  return g_hash_table_lookup (model->now->units, id);
}

const BoardBed *
board_model_find_bed (BoardModel *model, const char *id)
{
  return g_hash_table_lookup (model->now->beds, id);
}

const BoardReferral *
board_model_find_referral (BoardModel *model, const char *code)
{
  return g_hash_table_lookup (model->now->referrals, code);
}

BoardModel *
board_model_new (const char *lap)
{
  BoardModel *model = g_object_new (BOARD_TYPE_MODEL, NULL);

  model->lap = g_strdup (lap != NULL ? lap : "");
  return model;
}

static void
board_model_finalize (GObject *object)
{
  BoardModel *model = BOARD_MODEL (object);

  g_clear_handle_id (&model->changed_source, g_source_remove);
  g_clear_handle_id (&model->settle_source, g_source_remove);
  board_derived_clear (&model->derived);
  g_ptr_array_unref (model->pages);
  g_clear_pointer (&model->now, board_tables_free);
  g_clear_pointer (&model->coming, board_tables_free);
  g_free (model->lap);
  G_OBJECT_CLASS (board_model_parent_class)->finalize (object);
}

static void
board_model_class_init (BoardModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = board_model_finalize;
  signals[CHANGED] = g_signal_new ("changed", BOARD_TYPE_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
board_model_init (BoardModel *model)
{
  model->now = board_tables_new ();
  model->pages = g_ptr_array_new_with_free_func ((GDestroyNotify)json_object_unref);
  board_derived_init (&model->derived);
}
