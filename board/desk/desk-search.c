/* desk-search.c: people by code and outward code, units by name and site, beds by their label with it.
 *
 * Pure: reads the model. Letters' case and the hyphen of a code do not matter. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-search.h"

#include "../board-codes.h"
#include "../board-i18n.h"
#include "desk-words.h"

#include <string.h>

#define TEXT_MIN 2

static void
clear_found (gpointer pointer)
{
  DeskFound *found = pointer;

  g_free (found->words);
  g_free (found->note);
}

/* Without case, spaces and hyphens. */
static char *
fold (const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  GString *kept = g_string_new (NULL);

  for (const char *c = folded; *c != '\0'; c = g_utf8_next_char (c))
    if (*c != '-' && *c != ' ' && *c != ',')
      g_string_append_len (kept, c, g_utf8_next_char (c) - c);
  return g_string_free (kept, FALSE);
}

/* Every word of what is looked for stands somewhere in text. */
static gboolean
holds (const char *text, GStrv words)
{
  g_autofree char *within = fold (text);

  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (within, words[i]) == NULL)
      return FALSE;
  return TRUE;
}

/* Takes words and note. */
static void
add (GArray *found, DeskFoundKind kind, const char *id, char *words, char *note)
{
  DeskFound one = { .kind = kind, .words = words, .note = note };

  g_strlcpy (one.id, id, sizeof one.id);
  g_array_append_val (found, one);
}

static void
find_people (BoardModel *model, GStrv wanted, GArray *found)
{
  const GPtrArray *people = board_model_peek_people (model);

  for (guint i = 0; i < people->len && found->len < DESK_FOUND_MAX; i++)
    {
      const BoardReferral *referral = g_ptr_array_index (people, i);

      if (holds (referral->code, wanted) || holds (referral->home, wanted))
        add (found, DESK_FOUND_PERSON, referral->code, g_strdup_printf ("%s  %s", referral->code, desk_words_home (referral, TRUE)),
             g_strdup (board_code_say (&bed_state_words, referral->state)));
    }
}

static void
find_beds (const BoardUnit *unit, const char *name, GStrv wanted, GArray *found)
{
  for (guint i = 0; i < unit->beds->len && found->len < DESK_FOUND_MAX; i++)
    {
      const BoardBed *bed = g_ptr_array_index (unit->beds, i);
      g_autofree char *label = desk_words_bed (bed);
      g_autofree char *words = g_strdup_printf ("%s, %s", name, label);
      g_autofree char *together = g_strconcat (name, label, NULL);

      if (holds (together, wanted))
        add (found, DESK_FOUND_BED, bed->id, g_steal_pointer (&words), g_strdup (board_code_say (&bed_display_words, bed->display)));
    }
}

static void
find_units (BoardModel *model, GStrv wanted, GArray *found)
{
  const GPtrArray *units = board_model_peek_units (model);

  for (guint i = 0; i < units->len && found->len < DESK_FOUND_MAX; i++)
    {
      const BoardUnit *unit = g_ptr_array_index (units, i);
      g_autofree char *name = desk_words_unit (unit);
      char *note;

      if (!holds (name, wanted))
        {
          find_beds (unit, name, wanted, found);
          continue;
        }
      note = unit->phone[0] != '\0' ? g_strdup_printf (_ ("%u free · %s"), unit->free, unit->phone)
                                    : g_strdup_printf (_ ("%u free"), unit->free);
      add (found, DESK_FOUND_UNIT, unit->id, g_steal_pointer (&name), note);
    }
}

GArray *
desk_search (BoardModel *model, const char *text)
{
  GArray *found = g_array_new (FALSE, TRUE, sizeof (DeskFound));
  g_auto (GStrv) wanted = g_strsplit_set (text, " ,", -1);
  gsize length = 0;

  g_array_set_clear_func (found, clear_found);
  for (guint i = 0; wanted[i] != NULL; i++)
    {
      char *folded = fold (wanted[i]);

      g_free (wanted[i]);
      wanted[i] = folded;
      length += (gsize)g_utf8_strlen (folded, -1);
    }
  if (length < TEXT_MIN)
    return found;
  find_people (model, wanted, found);
  find_units (model, wanted, found);
  return found;
}
