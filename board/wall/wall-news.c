/* wall-news.c: the ticker's slots. Pure but for the model it reads; nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-news.h"

#include "../board-words.h"

#include <string.h>

static gboolean
is_told (const BoardRecent *recent)
{
  g_autofree char *words = recent->unit[0] != 0 ? board_words_recent (recent, "") : NULL;

  return words != NULL;
}

static gboolean
names_bed (const BoardRecent *const *chosen, guint n, const BoardRecent *recent)
{
  for (guint i = 0; i < n; i++)
    if (recent->bed[0] != 0 && strcmp (chosen[i]->bed, recent->bed) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_shown (const WallNews *news, guint64 revision)
{
  for (guint i = 0; i < news->n_slots; i++)
    if (news->slots[i].revision == revision)
      return TRUE;
  return FALSE;
}

static gboolean
is_chosen (const BoardRecent *const *chosen, guint n, guint64 revision)
{
  for (guint i = 0; i < n; i++)
    if (chosen[i]->revision == revision)
      return TRUE;
  return FALSE;
}

/* The slot to give away: an empty one, or the oldest that is no longer wanted. */
static guint
find_oldest (const WallNews *news, const BoardRecent *const *chosen, guint n)
{
  guint oldest = 0;
  guint64 revision = G_MAXUINT64;

  for (guint i = 0; i < news->n_slots; i++)
    if (news->slots[i].revision < revision
        && (news->slots[i].revision == 0 || !is_chosen (chosen, n, news->slots[i].revision)))
      {
        oldest = i;
        revision = news->slots[i].revision;
      }
  return oldest;
}

/* The register counts from before: it was brought back from a copy. */
static void
forget_undone (WallNews *news, const GPtrArray *recent)
{
  guint64 newest = recent->len > 0 ? ((const BoardRecent *)g_ptr_array_index (recent, 0))->revision : G_MAXUINT64;

  for (guint i = 0; i < news->n_slots; i++)
    if (news->slots[i].revision > newest)
      news->slots[i] = (BoardRecent){ 0 };
}

void
wall_news_follow (WallNews *news, BoardModel *model, guint n_slots)
{
  const GPtrArray *recent = board_model_peek_recent (model);
  const BoardRecent *chosen[WALL_NEWS_MAX];
  guint n = 0;

  n_slots = MIN (n_slots, WALL_NEWS_MAX);
  if (n_slots != news->n_slots)
    memset (news, 0, sizeof *news);
  news->n_slots = n_slots;
  forget_undone (news, recent);
  for (guint i = 0; i < recent->len && n < n_slots; i++)
    {
      const BoardRecent *event = g_ptr_array_index (recent, i);

      if (is_told (event) && !names_bed (chosen, n, event))
        chosen[n++] = event;
    }
  for (guint i = 0; i < n; i++)
    if (!is_shown (news, chosen[i]->revision))
      news->slots[find_oldest (news, chosen, n)] = *chosen[i];
}

int
wall_news_find_newest (const WallNews *news)
{
  int newest = -1;

  for (guint i = 0; i < news->n_slots; i++)
    if (news->slots[i].revision != 0
        && (newest < 0 || news->slots[i].revision > news->slots[newest].revision))
      newest = (int)i;
  return newest;
}
