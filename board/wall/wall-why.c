/* wall-why.c: reads bed.find's ruled_out into lines. Owns nothing; foreign JSON is checked.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-why.h"

#include "../board-codes.h"
#include "../board-commands.h"
#include "../board-i18n.h"
#include "../board-rows.h"

#include <string.h>

/* Words of a newer register may be cut within a character. */
static void
end_between_characters (char *words)
{
  const char *end;

  if (!g_utf8_validate (words, -1, &end))
    words[end - words] = 0;
}

/* What is counted under one reason. A must is "must:hoist", a must not "must_not:secure". */
static void
print_reason (const char *reason, char *words, gsize size)
{
  static const struct
  {
    const char *reason;
    const char *words;
  } plain[] = {
    { "service", N_ ("Closed") },
    { "occupancy", N_ ("Occupied") },
    { "commitment", N_ ("Held or promised to somebody") },
    { "readiness", N_ ("Not cleaned yet") },
    { "isolation", N_ ("Isolated") },
    { "staffed_cap", N_ ("Not enough staff") },
    { "type", N_ ("Another kind of bed") },
    { "bay_sex", N_ ("Bay for the other sex") },
    { "must", N_ ("A need is not met") },
    { "must_not", N_ ("Has what must not be") },
    { "admission_rules", N_ ("Not admitting now") },
    { "freshness", N_ ("Not confirmed lately") },
  };
  const char *colon = strchr (reason, ':');

  if (colon != NULL)
    {
      int need = bed_words_parse (&bed_need_words, colon + 1);

      g_snprintf (words, size, g_str_has_prefix (reason, "must_not") ? _ ("Must not have: %s") : _ ("Need not met: %s"),
                  need >= 0 ? board_code_say (&bed_need_words, (guint)need) : colon + 1);
      end_between_characters (words);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    if (g_str_equal (plain[i].reason, reason))
      {
        g_strlcpy (words, _ (plain[i].words), size);
        return;
      }
  g_strlcpy (words, reason, size);
  end_between_characters (words);
  g_strdelimit (words, "_", ' ');
}

void
wall_why_ask (WallWhy *why, const char *referral)
{
  memset (why, 0, sizeof *why);
  g_strlcpy (why->referral, referral, sizeof why->referral);
  why->is_waiting = TRUE;
}

static int
compare_lines (const void *a, const void *b)
{
  const WallWhyLine *first = a;
  const WallWhyLine *second = b;

  return first->count > second->count ? -1 : first->count < second->count;
}

void
wall_why_take (WallWhy *why, JsonObject *result)
{
  JsonArray *offers = board_rows_get_array (result, "offers");
  JsonArray *ruled_out = board_rows_get_array (result, "ruled_out");

  why->is_waiting = FALSE;
  why->total = (guint)CLAMP (board_rows_get_int (result, "total"), 0, G_MAXINT);
  why->n_offers = (guint)CLAMP (board_rows_get_int (result, "cut_off"), 0, G_MAXINT);
  for (guint i = 0; offers != NULL && i < json_array_get_length (offers); i++)
    {
      JsonObject *offer = board_rows_get_element (offers, i);

      if (offer != NULL && board_rows_get_bool (offer, "call_first"))
        why->n_call_first++;
      else
        why->n_offers++;
    }
  for (guint i = 0; ruled_out != NULL && i < json_array_get_length (ruled_out); i++)
    {
      JsonObject *row = board_rows_get_element (ruled_out, i);
      WallWhyLine *line = &why->lines[why->n_lines];

      if (row == NULL || why->n_lines >= WALL_WHY_LINES_MAX
          || board_rows_get_int (row, "count") <= 0)
        continue;
      print_reason (board_rows_get_string (row, "reason"), line->words, sizeof line->words);
      line->count = (guint)MIN (board_rows_get_int (row, "count"), G_MAXINT);
      line->nearest_metres = (guint)CLAMP (board_rows_get_int (row, "nearest_metres"), 0, G_MAXINT);
      why->n_lines++;
    }
  qsort (why->lines, why->n_lines, sizeof why->lines[0], compare_lines);
}

void
wall_why_fail (WallWhy *why, const GError *error)
{
  why->is_waiting = FALSE;
  g_snprintf (why->fault, sizeof why->fault, _ ("No answer: %s"),
              board_refusal_words (error->domain == BED_ERROR ? (BedError)error->code : BED_ERROR_UNAVAILABLE));
  end_between_characters (why->fault);
}
