/* desk-news.c: remembers what each person had, and tells what is new.
 *
 * Owns what it has seen, by code. Who is gone is forgotten; a new epoch's first picture is no news
 * about those who had the same before. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-news.h"

#include "../board-i18n.h"
#include "desk-queue.h"
#include "desk-words.h"

typedef struct
{
  char offer[BED_ID_SIZE];
  BedReferralState state;
} Seen;

struct _DeskNews
{
  GHashTable *seen; /* owned: code → Seen */
  gboolean has_looked;
};

DeskNews *
desk_news_new (void)
{
  DeskNews *news = g_new0 (DeskNews, 1);

  news->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return news;
}

void
desk_news_free (DeskNews *news)
{
  g_hash_table_unref (news->seen);
  g_free (news);
}

static char *
print_place (BoardModel *model, const char *id)
{
  const BoardBed *bed = board_model_find_bed (model, id);
  const BoardUnit *unit = bed != NULL ? board_model_find_unit (model, bed->unit) : NULL;
  g_autofree char *label = bed != NULL ? desk_words_bed (bed) : NULL;

  return unit != NULL ? g_strdup_printf ("%s, %s", unit->name, label) : g_strdup (_ ("A bed"));
}

static void
compare (const Seen *before, BoardModel *model, const BoardReferral *referral, DeskTell tell, gpointer user_data)
{
  gboolean was_waiting = before == NULL || before->state <= BED_STATE_HELD;
  gboolean is_proposed = referral->state == BED_STATE_WAITING && referral->offer_bed[0] != '\0'
                         && (before == NULL || !g_str_equal (before->offer, referral->offer_bed));
  gboolean is_accepted = referral->state == BED_STATE_ACCEPTED && was_waiting;
  g_autofree char *place = NULL;
  g_autofree char *title = NULL;

  if (!is_proposed && !is_accepted)
    return;
  place = print_place (model, is_proposed ? referral->offer_bed : referral->bed);
  title = g_strdup_printf (is_proposed ? _ ("A bed for %s") : _ ("%s is accepted"), referral->code);
  tell (title, place, referral->code, user_data);
}

void
desk_news_look (DeskNews *news, BoardModel *model, const BoardSession *session, DeskTell tell, gpointer user_data)
{
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (GHashTable) before = NULL;

  if (!board_model_has_picture (model) || session->user[0] == '\0')
    return;
  people = desk_queue_list (model, session, DESK_FILTER_LAP);
  before = g_steal_pointer (&news->seen);
  news->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < people->len; i++)
    {
      const BoardReferral *referral = g_ptr_array_index (people, i);
      Seen *seen = g_new0 (Seen, 1);

      g_strlcpy (seen->offer, referral->offer_bed, sizeof seen->offer);
      seen->state = referral->state;
      g_hash_table_insert (news->seen, g_strdup (referral->code), seen);
      if (news->has_looked)
        compare (g_hash_table_lookup (before, referral->code), model, referral, tell, user_data);
    }
  news->has_looked = TRUE;
}
