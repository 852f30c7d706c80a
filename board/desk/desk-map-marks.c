/* desk-map-marks.c: model and offers as marks of the map, and their sentences.
 *
 * Pure: owns nothing, looks names up in the model. Units that are places without a bed stand nowhere
 * and are left out. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-map-marks.h"

#include "../board-i18n.h"
#include "desk-words.h"

static gboolean
has_beds (const BoardUnit *unit)
{
  for (guint i = 0; i < unit->beds->len; i++)
    if (!((const BoardBed *)g_ptr_array_index (unit->beds, i))->is_place)
      return TRUE;
  return FALSE;
}

static void
count_suiting (const DeskOffers *offers, DeskMapMark *mark)
{
  for (guint i = 0; offers != NULL && i < offers->offers->len; i++)
    {
      const DeskOffer *offer = &g_array_index (offers->offers, DeskOffer, i);

      if (!g_str_equal (offer->unit, mark->unit))
        continue;
      mark->n_suiting++;
      mark->metres = offer->metres;
    }
}

static gboolean
is_in_unit (BoardModel *model, const char *bed_id, const char *unit)
{
  const BoardBed *bed = bed_id[0] != '\0' ? board_model_find_bed (model, bed_id) : NULL;

  return bed != NULL && g_str_equal (bed->unit, unit);
}

static gboolean
has_bed_there (BoardModel *model, const BoardReferral *referral, const char *unit)
{
  return referral != NULL
         && (referral->state == BED_STATE_HELD || referral->state == BED_STATE_ACCEPTED
             || referral->state == BED_STATE_IN_TRANSIT)
         && is_in_unit (model, referral->bed, unit);
}

/* What is held first, then what suits, nearest first, then what has most. */
static gint
compare (gconstpointer a, gconstpointer b)
{
  const DeskMapMark *one = a;
  const DeskMapMark *other = b;

  if (one->is_held != other->is_held)
    return one->is_held ? -1 : 1;
  if (one->kind != other->kind)
    return (int)one->kind - (int)other->kind;
  if (one->kind == DESK_MARK_SUITS && one->metres != other->metres)
    return one->metres < other->metres ? -1 : 1;
  if (one->n_free != other->n_free)
    return one->n_free > other->n_free ? -1 : 1;
  return g_strcmp0 (one->unit, other->unit);
}

GArray *
desk_map_marks_new (BoardModel *model, const DeskOffers *offers, const BoardReferral *referral, const char *picked,
                    gboolean is_suitable_only)
{
  const GPtrArray *units = board_model_peek_units (model);
  GArray *marks = g_array_new (FALSE, TRUE, sizeof (DeskMapMark));

  for (guint i = 0; i < units->len; i++)
    {
      const BoardUnit *unit = g_ptr_array_index (units, i);
      DeskMapMark mark = { .n_free = unit->free,
                           .n_unknown = unit->counts[BOARD_GLYPH_UNKNOWN],
                           .is_stale = unit->is_stale,
                           .is_held = has_bed_there (model, referral, unit->id),
                           .is_picked = referral != NULL && is_in_unit (model, picked, unit->id),
                           .easting = unit->easting,
                           .northing = unit->northing };

      if (!has_beds (unit) || unit->easting == 0)
        continue;
      g_strlcpy (mark.unit, unit->id, sizeof mark.unit);
      count_suiting (offers, &mark);
      mark.kind = mark.n_suiting > 0 ? DESK_MARK_SUITS : mark.n_free > 0 ? DESK_MARK_FREE : DESK_MARK_FULL;
      if (is_suitable_only && referral != NULL && mark.kind != DESK_MARK_SUITS && !mark.is_held)
        continue;
      g_array_append_val (marks, mark);
    }
  g_array_sort (marks, compare);
  return marks;
}

gboolean
desk_map_mark_is_unsure (const DeskMapMark *mark)
{
  return mark->kind == DESK_MARK_FULL ? mark->n_unknown > 0 : mark->is_stale;
}

char *
desk_map_mark_print (const DeskMapMark *mark)
{
  guint number = mark->kind == DESK_MARK_SUITS ? mark->n_suiting : mark->n_free;

  if (desk_map_mark_is_unsure (mark) && number == 0)
    return g_strdup ("?");
  return g_strdup_printf (mark->is_stale && number > 0 ? "%u?" : "%u", number);
}

static void
say_counts (GString *words, const DeskMapMark *mark, gboolean has_person)
{
  if (mark->kind == DESK_MARK_FULL)
    g_string_append (words, mark->n_unknown > 0 ? _ ("No bed is known to be free.") : _ ("No bed is free."));
  else if (!has_person)
    g_string_append_printf (words, ngettext ("%u bed is free.", "%u beds are free.", mark->n_free), mark->n_free);
  else if (mark->kind == DESK_MARK_FREE)
    g_string_append_printf (words, ngettext ("%u bed is free, but does not suit.", "%u beds are free, but none suits.",
                                             mark->n_free),
                            mark->n_free);
  else
    g_string_append_printf (words, ngettext ("%u bed suits.", "%u beds suit.", mark->n_suiting), mark->n_suiting);
}

char *
desk_map_mark_say (BoardModel *model, const DeskMapMark *mark, gboolean has_person)
{
  const BoardUnit *unit = board_model_find_unit (model, mark->unit);
  g_autofree char *name = unit != NULL ? desk_words_unit (unit) : g_strdup (mark->unit);
  g_autofree char *km = desk_offer_print_km (mark->metres);
  GString *words = g_string_new (NULL);

  if (mark->metres > 0)
    /* TRANSLATORS: a site, and how far it is from home */
    g_string_append_printf (words, _ ("%s, %s km from home."), name, km);
  else
    g_string_append_printf (words, "%s.", name);
  g_string_append_c (words, ' ');
  say_counts (words, mark, has_person);
  if (mark->is_held)
    g_string_append_printf (words, " %s", _ ("This person’s bed is here."));
  if (mark->is_stale)
    g_string_append_printf (words, " %s", _ ("Not confirmed lately: call first."));
  return g_string_free (words, FALSE);
}

static guint
sum (const GArray *marks, gboolean has_person)
{
  guint n = 0;

  for (guint i = 0; i < marks->len; i++)
    n += has_person ? g_array_index (marks, DeskMapMark, i).n_suiting : g_array_index (marks, DeskMapMark, i).n_free;
  return n;
}

char *
desk_map_marks_say (BoardModel *model, const GArray *marks, gboolean has_person)
{
  g_autoptr (GString) list = g_string_new (NULL);
  g_autoptr (GString) held = g_string_new (NULL);
  guint n = sum (marks, has_person);
  g_autofree char *first = NULL;

  for (guint i = 0; i < marks->len; i++)
    {
      const DeskMapMark *mark = &g_array_index (marks, DeskMapMark, i);
      const BoardUnit *unit = board_model_find_unit (model, mark->unit);
      const char *name = unit != NULL ? unit->name : mark->unit;
      g_autofree char *km = desk_offer_print_km (mark->metres);

      if (mark->is_held)
        g_string_append_printf (held, _ (" This person’s bed is in %s."), name);
      if (has_person ? mark->kind != DESK_MARK_SUITS : mark->n_free == 0)
        continue;
      g_string_append (list, list->len > 0 ? ", " : "");
      if (has_person)
        g_string_append_printf (list, _ ("%s %s km"), name, km);
      else
        g_string_append_printf (list, "%s %u", name, mark->n_free);
    }
  if (n == 0)
    return g_strconcat (has_person ? _ ("No bed suits.") : _ ("No bed is free."), held->str, NULL);
  if (has_person)
    first = g_strdup_printf (ngettext ("%u suitable bed: %s.", "%u suitable beds: %s.", n), n, list->str);
  else
    first = g_strdup_printf (ngettext ("%u free bed: %s.", "%u free beds: %s.", n), n, list->str);
  return g_strconcat (first, held->str, NULL);
}
