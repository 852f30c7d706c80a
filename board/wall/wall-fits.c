/* wall-fits.c: asks bed.find about people without a proposal, a few at a time.
 *
 * Owns what was answered, by code, up to a limit. A proposal goes to one person a bed, so somebody
 * without one may well have beds that suit: "No bed fits" is said only when the register says so.
 * A failed call leaves what was known; it is asked again later.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-fits.h"

#include "../board-rows.h"
#include "wall-why.h"

typedef struct
{
  WallFit fit;
  gint64 asked_us;
} Known;

struct _WallFits
{
  gatomicrefcount refs;
  GHashTable *known; /* owned: code → Known */
  BoardSource source;
  void (*on_answer) (gpointer user_data);
  gpointer user_data; /* borrowed; on_answer NULL: closed */
  guint n_asking;
};

typedef struct
{
  WallFits *fits; /* a reference */
  char referral[BED_CODE_SIZE];
} Question;

static void
drop_reference (WallFits *fits)
{
  if (!g_atomic_ref_count_dec (&fits->refs))
    return;
  g_hash_table_unref (fits->known);
  g_free (fits);
}

WallFits *
wall_fits_new (const BoardSource *source, void (*on_answer) (gpointer user_data),
                gpointer user_data)
{
  WallFits *fits = g_new0 (WallFits, 1);

  g_atomic_ref_count_init (&fits->refs);
  fits->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  fits->source = *source;
  fits->on_answer = on_answer;
  fits->user_data = user_data;
  return fits;
}

void
wall_fits_free (WallFits *fits)
{
  fits->on_answer = NULL;
  drop_reference (fits);
}

static void
on_found (JsonNode *result, const GError *error, JsonObject *data, gpointer user_data)
{
  Question *question = user_data;
  WallFits *fits = question->fits;
  Known *known = g_hash_table_lookup (fits->known, question->referral);

  fits->n_asking--;
  if (error == NULL && result != NULL && JSON_NODE_HOLDS_OBJECT (result) && known != NULL)
    {
      WallWhy why;

      wall_why_ask (&why, question->referral);
      wall_why_take (&why, json_node_get_object (result));
      known->fit = why.n_offers > 0       ? WALL_FIT_SOME
                   : why.n_call_first > 0 ? WALL_FIT_CALL
                                          : WALL_FIT_NONE;
    }
  if (fits->on_answer != NULL)
    fits->on_answer (fits->user_data);
  drop_reference (fits);
  g_free (question);
}

static void
ask (WallFits *fits, const char *referral)
{
  Question *question = g_new0 (Question, 1);
  g_autofree char *params = g_strdup_printf ("{\"referral\":\"%s\",\"limit\":1}", referral);

  g_atomic_ref_count_inc (&fits->refs);
  question->fits = fits;
  g_strlcpy (question->referral, referral, sizeof question->referral);
  fits->n_asking++;
  fits->source.call ("bed.find", params, on_found, question, fits->source.user_data);
}

WallFit
wall_fits_ask (WallFits *fits, const char *referral, gint64 monotonic_us)
{
  Known *known = g_hash_table_lookup (fits->known, referral);

  if (fits->n_asking >= WALL_FITS_ASKING_MAX
      || (known != NULL && monotonic_us - known->asked_us < WALL_FITS_AGAIN_US))
    return known != NULL ? known->fit : WALL_FIT_UNKNOWN;
  if (known == NULL)
    {
      if (g_hash_table_size (fits->known) >= WALL_FITS_MAX)
        g_hash_table_remove_all (fits->known);
      known = g_new0 (Known, 1);
      g_hash_table_insert (fits->known, g_strdup (referral), known);
    }
  known->asked_us = monotonic_us;
  ask (fits, referral);
  return known->fit;
}

WallFit
wall_fits_peek (const WallFits *fits, const char *referral)
{
  const Known *known = g_hash_table_lookup (fits->known, referral);

  return known != NULL ? known->fit : WALL_FIT_UNKNOWN;
}
