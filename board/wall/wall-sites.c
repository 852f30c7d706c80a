/* wall-sites.c: filters, orders and pages the units. Pure but for what it remembers: the ids shown,
 * the page, and since when it is shown. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-sites.h"

#include <string.h>

typedef struct
{
  char id[BED_ID_SIZE];
} Site;

struct _WallSites
{
  GArray *shown; /* owned: Site */
  guint page;
  guint per_page;
  gint64 since_us; /* monotonic; 0: from the next beat */
};

WallSites *
wall_sites_new (void)
{
  WallSites *sites = g_new0 (WallSites, 1);

  sites->shown = g_array_new (FALSE, TRUE, sizeof (Site));
  sites->per_page = 1;
  return sites;
}

void
wall_sites_free (WallSites *sites)
{
  g_array_unref (sites->shown);
  g_free (sites);
}

static gboolean
has_home_units (const GPtrArray *units, const char *lap)
{
  for (guint i = 0; i < units->len; i++)
    if (g_str_equal (((const BoardUnit *)g_ptr_array_index (units, i))->lap, lap))
      return TRUE;
  return FALSE;
}

static gboolean
is_wanted (const BoardUnit *unit, const WallView *view)
{
  if (view->is_free_only && unit->free == 0)
    return FALSE;
  return view->need == WALL_NEED_ANY
         || (unit->free > 0 && (unit->free_features >> view->need & 1) != 0);
}

/* Those of one LAP (NULL: of all) that are wanted, as the model has them: nearest first. */
static void
add_units (WallSites *sites, const GPtrArray *units, const char *lap, const WallView *view)
{
  for (guint i = 0; i < units->len; i++)
    {
      const BoardUnit *unit = g_ptr_array_index (units, i);
      Site site;

      if ((lap != NULL && !g_str_equal (unit->lap, lap)) || !is_wanted (unit, view))
        continue;
      memcpy (site.id, unit->id, sizeof site.id);
      g_array_append_val (sites->shown, site);
    }
}

/* The other LAPs follow in the order of their nearest units. */
static void
add_by_area (WallSites *sites, const GPtrArray *units, const char *home, const WallView *view)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  add_units (sites, units, home, view);
  g_hash_table_add (seen, (gpointer)home);
  for (guint i = 0; i < units->len; i++)
    {
      const BoardUnit *unit = g_ptr_array_index (units, i);

      if (g_hash_table_add (seen, (gpointer)unit->lap))
        add_units (sites, units, unit->lap, view);
    }
}

void
wall_sites_follow (WallSites *sites, BoardModel *model, const WallView *view)
{
  const GPtrArray *units = board_model_peek_units (model);
  const char *home = board_model_peek_lap (model);

  g_array_set_size (sites->shown, 0);
  if (view->is_big && has_home_units (units, home))
    add_units (sites, units, home, view);
  else if (view->order == BOARD_ORDER_AREA)
    add_by_area (sites, units, home, view);
  else
    add_units (sites, units, NULL, view);
  sites->page = MIN (sites->page, wall_sites_get_n_pages (sites) - 1);
}

guint
wall_sites_get_length (const WallSites *sites)
{
  return sites->shown->len;
}

void
wall_sites_fit (WallSites *sites, guint per_page)
{
  sites->per_page = MAX (per_page, 1);
  sites->page = MIN (sites->page, wall_sites_get_n_pages (sites) - 1);
}

guint
wall_sites_get_page (const WallSites *sites)
{
  return sites->page;
}

guint
wall_sites_get_n_pages (const WallSites *sites)
{
  return MAX ((sites->shown->len + sites->per_page - 1) / sites->per_page, 1);
}

const char *
wall_sites_peek (const WallSites *sites, guint slot)
{
  guint i = sites->page * sites->per_page + slot;

  if (slot >= sites->per_page || i >= sites->shown->len)
    return NULL;
  return g_array_index (sites->shown, Site, i).id;
}

int
wall_sites_find (WallSites *sites, const char *id)
{
  for (guint i = 0; i < sites->shown->len; i++)
    {
      if (!g_str_equal (g_array_index (sites->shown, Site, i).id, id))
        continue;
      if (i / sites->per_page != sites->page)
        sites->since_us = 0;
      sites->page = i / sites->per_page;
      return (int)(i % sites->per_page);
    }
  return -1;
}

gboolean
wall_sites_turn (WallSites *sites, int by)
{
  int n_pages = (int)wall_sites_get_n_pages (sites);

  sites->since_us = 0;
  if (n_pages == 1)
    return FALSE;
  sites->page = (guint)(((int)sites->page + by % n_pages + n_pages) % n_pages);
  return TRUE;
}

gboolean
wall_sites_beat (WallSites *sites, gint64 monotonic_us, gboolean is_paused)
{
  if (is_paused || sites->since_us == 0)
    {
      sites->since_us = monotonic_us;
      return FALSE;
    }
  if (monotonic_us - sites->since_us < WALL_PAGE_US || !wall_sites_turn (sites, 1))
    return FALSE;
  sites->since_us = monotonic_us;
  return TRUE;
}

int
wall_sites_find_need (BoardModel *model, int need)
{
  const GPtrArray *units = board_model_peek_units (model);

  for (int next = need + 1; next < BED_NEED_N; next++)
    for (guint i = 0; i < units->len; i++)
      {
        const BoardUnit *unit = g_ptr_array_index (units, i);

        if (unit->free > 0 && (unit->free_features >> next & 1) != 0)
          return next;
      }
  return WALL_NEED_ANY;
}
