/* bed-find-list.c: the single beds that are ruled out, by reason, for whoever asks for them by name.
 *
 * Owns one short list a reason, each in order, so that a bed which cannot be among the nearest costs
 * one comparison and no search keeps more than it will tell. Borrows the reference section. Nothing
 * can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-find-list.h"

#include <string.h>

#define N_REASONS (BED_RULED_OUT_N + 2 * BED_NEED_N) /* a must and a must not are a reason each */

struct _BedFindList
{
  GArray *beds[N_REASONS]; /* owned BedRuledOutBed, in order; NULL until there is one */
  const BedTable *table;   /* borrowed */
  guint limit;
  gboolean hides_partner;
};

BedFindList *
bed_find_list_new (const BedTable *table, guint limit, gboolean hides_partner)
{
  BedFindList *list = g_new0 (BedFindList, 1);

  list->table = table;
  list->limit = CLAMP (limit, 1, BED_FIND_LIST_MAX);
  list->hides_partner = hides_partner;
  return list;
}

void
bed_find_list_free (BedFindList *list)
{
  for (guint i = 0; i < N_REASONS; i++)
    g_clear_pointer (&list->beds[i], g_array_unref);
  g_free (list);
}

static int
compare (const BedTable *table, const BedRuledOutBed *a, const BedRuledOutBed *b)
{
  int labels;

  if (a->metres != b->metres)
    return a->metres < b->metres ? -1 : 1;
  labels = strverscmp (table->beds[a->bed].label, table->beds[b->bed].label);
  if (labels != 0)
    return labels;
  return (a->bed > b->bed) - (a->bed < b->bed);
}

static gint
compare_in_list (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return compare (user_data, a, b);
}

static guint
find_reason (const BedRuledOutBed *bed)
{
  if (bed->reason == BED_RULED_OUT_MUST)
    return BED_RULED_OUT_N + bed->need;
  if (bed->reason == BED_RULED_OUT_MUST_NOT)
    return BED_RULED_OUT_N + BED_NEED_N + bed->need;
  return bed->reason;
}

void
bed_find_list_add (BedFindList *list, const BedRuledOutBed *bed)
{
  GArray **of_reason = &list->beds[find_reason (bed)];
  guint i;

  if (list->hides_partner && bed->reason == BED_RULED_OUT_PARTNER)
    return;
  if (*of_reason == NULL)
    *of_reason = g_array_sized_new (FALSE, FALSE, sizeof *bed, list->limit);
  i = (*of_reason)->len;
  if (i == list->limit && compare (list->table, bed, &g_array_index (*of_reason, BedRuledOutBed, i - 1)) > 0)
    return;
  if (i == list->limit)
    g_array_set_size (*of_reason, --i);
  while (i > 0 && compare (list->table, bed, &g_array_index (*of_reason, BedRuledOutBed, i - 1)) < 0)
    i--;
  g_array_insert_val (*of_reason, i, *bed);
}

static void
print_bed (const BedFindList *list, const BedRuledOutBed *ruled_out, BedJson *json)
{
  const BedBed *bed = &list->table->beds[ruled_out->bed];
  const char *word = bed_words_print (&bed_ruled_out_words, ruled_out->reason);

  bed_json_begin_object (json);
  bed_json_add_string (json, "bed", bed->id);
  bed_json_add_string (json, "unit", list->table->units[bed->unit].id);
  bed_json_add_int (json, "metres", ruled_out->metres);
  bed_json_add_string (json, "distance_from", bed_words_print (&bed_distance_words, ruled_out->distance_from));
  if (ruled_out->reason == BED_RULED_OUT_MUST || ruled_out->reason == BED_RULED_OUT_MUST_NOT)
    {
      g_autofree char *reason = g_strconcat (word, ":", bed_words_print (&bed_need_words, ruled_out->need), NULL);

      bed_json_add_string (json, "reason", reason);
    }
  else
    bed_json_add_string (json, "reason", word);
  bed_json_end_object (json);
}

void
bed_find_list_print (const BedFindList *list, BedJson *json)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (BedRuledOutBed));

  for (guint i = 0; i < N_REASONS; i++)
    if (list->beds[i] != NULL)
      g_array_append_vals (all, list->beds[i]->data, list->beds[i]->len);
  g_array_sort_with_data (all, compare_in_list, (gpointer) list->table);
  bed_json_begin_array (json);
  for (guint i = 0; i < MIN (all->len, BED_FIND_LISTED_MAX); i++)
    print_bed (list, &g_array_index (all, BedRuledOutBed, i), json);
  bed_json_end_array (json);
}
