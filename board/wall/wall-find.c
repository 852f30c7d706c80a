/* wall-find.c: matches words with units and with the people of the queue.
 *
 * Pure; owns nothing, nothing can fail. A code or an outward code must match from its beginning; a
 * unit's or site's name anywhere at the beginning of a word.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-find.h"

#include <string.h>

/* Letters and digits only, without case. Owned by the caller. */
static char *
fold (const char *words)
{
  GString *folded = g_string_new (NULL);

  for (const char *at = words; *at != 0; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);

      if (g_unichar_isalnum (letter))
        g_string_append_unichar (folded, g_unichar_tolower (letter));
    }
  return g_string_free (folded, FALSE);
}

static gboolean
begins_with (const char *words, const char *wanted)
{
  g_autofree char *folded = fold (words);

  return g_str_has_prefix (folded, wanted);
}

/* At the beginning of any of its words. */
static gboolean
is_named (const char *name, const char *wanted)
{
  for (const char *at = name; *at != 0; at = g_utf8_next_char (at))
    {
      gboolean is_start = at == name || !g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (at)));

      if (is_start && begins_with (at, wanted))
        return TRUE;
    }
  return FALSE;
}

static void
find_people (BoardModel *model, const char *wanted, WallFound *found)
{
  const GPtrArray *queue = board_model_peek_queue (model);

  for (guint i = 0; i < queue->len; i++)
    {
      const BoardReferral *referral = g_ptr_array_index (queue, i);

      if (!begins_with (referral->code, wanted) && !begins_with (referral->home, wanted))
        continue;
      if (found->kind != WALL_FOUND_NOTHING)
        {
          found->n_others++;
          continue;
        }
      found->kind = WALL_FOUND_PERSON;
      memcpy (found->code, referral->code, sizeof found->code);
    }
}

static void
find_units (BoardModel *model, const char *wanted, WallFound *found)
{
  const GPtrArray *units = board_model_peek_units (model);

  for (guint i = 0; i < units->len; i++)
    {
      const BoardUnit *unit = g_ptr_array_index (units, i);

      if (!is_named (unit->name, wanted) && !is_named (unit->site, wanted))
        continue;
      if (found->kind != WALL_FOUND_NOTHING)
        {
          found->n_others++;
          continue;
        }
      found->kind = WALL_FOUND_UNIT;
      memcpy (found->unit, unit->id, sizeof found->unit);
    }
}

void
wall_find (BoardModel *model, const char *words, BoardPrivacy privacy, WallFound *found)
{
  g_autofree char *valid = g_utf8_make_valid (words, -1);
  g_autofree char *wanted = fold (valid);

  memset (found, 0, sizeof *found);
  if (*wanted == 0)
    return;
  find_units (model, wanted, found);
  if (privacy == BOARD_PRIVACY_STAFF_ROOM && found->kind == WALL_FOUND_NOTHING)
    find_people (model, wanted, found);
}
