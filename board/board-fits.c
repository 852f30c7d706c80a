/* board-fits.c: asks bed.find about people without a proposal, a few at a time.
 *
 * Owns what was answered, by code, up to a limit. A proposal goes to one person a bed, so somebody
 * without one may well have beds that suit: "No bed fits" is said only when the register says so.
 * A failed call leaves what was known; it is asked again later.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-fits.h"

#include "board-rows.h"
#include "board-why.h"

typedef struct
{
  BoardFit fit;
  gint64 asked_us;
} Known;

struct _BoardFits
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
  BoardFits *fits; /* a reference */
  char referral[BED_CODE_SIZE];
} Question;

static void
drop_reference (BoardFits *fits)
{
  if (!g_atomic_ref_count_dec (&fits->refs))
    return;
  g_hash_table_unref (fits->known);
  g_free (fits);
}

BoardFits *
board_fits_new (const BoardSource *source, void (*on_answer) (gpointer user_data),
                gpointer user_data)
{
  BoardFits *fits = g_new0 (BoardFits, 1);

  g_atomic_ref_count_init (&fits->refs);
  fits->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  fits->source = *source;
  fits->on_answer = on_answer;
  fits->user_data = user_data;
  return fits;
}

void
board_fits_free (BoardFits *fits)
{
  fits->on_answer = NULL;
  drop_reference (fits);
}

static void
on_found (JsonNode *result, const GError *error, JsonObject *data, gpointer user_data)
{
  Question *question = user_data;
  BoardFits *fits = question->fits;
  Known *known = g_hash_table_lookup (fits->known, question->referral);

  fits->n_asking--;
  if (error == NULL && result != NULL && JSON_NODE_HOLDS_OBJECT (result) && known != NULL)
    {
      BoardWhy why;

      board_why_ask (&why, question->referral);
      board_why_take (&why, json_node_get_object (result));
      known->fit = why.n_offers > 0       ? BOARD_FIT_SOME
                   : why.n_call_first > 0 ? BOARD_FIT_CALL
                                          : BOARD_FIT_NONE;
    }
  if (fits->on_answer != NULL)
    fits->on_answer (fits->user_data);
  drop_reference (fits);
  g_free (question);
}

static void
ask (BoardFits *fits, const char *referral)
{
  Question *question = g_new0 (Question, 1);
  g_autofree char *params = g_strdup_printf ("{\"referral\":\"%s\",\"limit\":1}", referral);

  g_atomic_ref_count_inc (&fits->refs);
  question->fits = fits;
  g_strlcpy (question->referral, referral, sizeof question->referral);
  fits->n_asking++;
  fits->source.call ("bed.find", params, on_found, question, fits->source.user_data);
}

BoardFit
board_fits_ask (BoardFits *fits, const char *referral, gint64 monotonic_us)
{
  Known *known = g_hash_table_lookup (fits->known, referral);

  if (fits->n_asking >= BOARD_FITS_ASKING_MAX
      || (known != NULL && monotonic_us - known->asked_us < BOARD_FITS_AGAIN_US))
    return known != NULL ? known->fit : BOARD_FIT_UNKNOWN;
  if (known == NULL)
    {
      if (g_hash_table_size (fits->known) >= BOARD_FITS_MAX)
        g_hash_table_remove_all (fits->known);
      known = g_new0 (Known, 1);
      g_hash_table_insert (fits->known, g_strdup (referral), known);
    }
  known->asked_us = monotonic_us;
  ask (fits, referral);
  return known->fit;
}

BoardFit
board_fits_peek (const BoardFits *fits, const char *referral)
{
  const Known *known = g_hash_table_lookup (fits->known, referral);

  return known != NULL ? known->fit : BOARD_FIT_UNKNOWN;
}
