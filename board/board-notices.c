/* board-notices.c: the codes that stand in notices of the desktop, and when they go.
 *
 * The desktop keeps a notice, also over the program's end and on a locked screen, until it is
 * withdrawn: a code does not stay there longer than it is news. Owns the codes. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-notices.h"

struct _BoardNotices
{
  GHashTable *codes; /* owned: a set */
  BoardDesktop desktop;
};

BoardNotices *
board_notices_new (const BoardDesktop *desktop)
{
  BoardNotices *notices = g_new0 (BoardNotices, 1);

  notices->codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  notices->desktop = *desktop;
  return notices;
}

void
board_notices_send (BoardNotices *notices, const char *title, const char *body, const char *code)
{
  g_hash_table_add (notices->codes, g_strdup (code));
  notices->desktop.send (title, body, code, notices->desktop.user_data);
}

/* A bed is proposed, held or accepted, and nobody has set out yet. */
static gboolean
is_news (const BoardReferral *referral)
{
  return referral->state == BED_STATE_HELD || referral->state == BED_STATE_ACCEPTED
         || (referral->state == BED_STATE_WAITING && referral->offer_bed[0] != 0);
}

static void
withdraw (BoardNotices *notices, BoardModel *model)
{
  GHashTableIter iter;
  gpointer code;

  g_hash_table_iter_init (&iter, notices->codes);
  while (g_hash_table_iter_next (&iter, &code, NULL))
    {
      const BoardReferral *referral = model != NULL ? board_model_find_referral (model, code) : NULL;

      if (referral != NULL && is_news (referral))
        continue;
      notices->desktop.withdraw (code, notices->desktop.user_data);
      g_hash_table_iter_remove (&iter);
    }
}

void
board_notices_follow (BoardNotices *notices, BoardModel *model)
{
  withdraw (notices, model);
}

void
board_notices_free (BoardNotices *notices)
{
  withdraw (notices, NULL);
  g_hash_table_unref (notices->codes);
  g_free (notices);
}
