/* board-roster.c: keeps a list of entries equal to what is wanted, with the fewest items-changed.
 *
 * Owns its entries. What is equal at both ends is left alone; between them as many entries as
 * possible stay where they are, and the others are told in runs, so that a list view keeps its
 * selection, its focus and its widgets. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-roster.h"

struct _BoardEntry
{
  GObject parent_instance;

  char *id; /* owned */
  guint64 stamp;
  guint section;
};

G_DEFINE_FINAL_TYPE (BoardEntry, board_entry, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _BoardRoster
{
  GObject parent_instance;

  /* owned */
  GPtrArray *entries;
  GHashTable *by_id; /* id → BoardEntry, both the entries' */
};

static void board_roster_list_model_init (GListModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BoardRoster, board_roster, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, board_roster_list_model_init))

/* --- an entry --- */

const char *
board_entry_peek_id (BoardEntry *entry)
{
  return entry->id;
}

guint
board_entry_get_section (BoardEntry *entry)
{
  return entry->section;
}

static void
board_entry_finalize (GObject *object)
{
  g_free (BOARD_ENTRY (object)->id);
  G_OBJECT_CLASS (board_entry_parent_class)->finalize (object);
}

static void
board_entry_class_init (BoardEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = board_entry_finalize;
  signals[CHANGED]
      = g_signal_new ("changed", BOARD_TYPE_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
board_entry_init (BoardEntry *entry)
{
}

/* --- the list --- */

static BoardEntry *
make_entry (BoardRoster *roster, const BoardRosterLine *line)
{
  BoardEntry *entry = g_hash_table_lookup (roster->by_id, line->id);

  if (entry != NULL)
    return g_object_ref (entry);
  entry = g_object_new (BOARD_TYPE_ENTRY, NULL);
  entry->id = g_strdup (line->id);
  entry->stamp = line->stamp;
  entry->section = line->section;
  return entry;
}

static gboolean
is_at (const BoardRoster *roster, guint i, const BoardRosterLine *line)
{
  return g_str_equal (((BoardEntry *)g_ptr_array_index (roster->entries, i))->id, line->id);
}

static void
replace (BoardRoster *roster, guint at, guint n_removed, GPtrArray *wanted, guint from, guint n_added)
{
  if (n_removed > 0)
    g_ptr_array_remove_range (roster->entries, at, n_removed);
  for (guint i = 0; i < n_added; i++)
    g_ptr_array_insert (roster->entries, (gint)(at + i), g_object_ref (g_ptr_array_index (wanted, from + i)));
  if (n_removed + n_added > 0)
    g_list_model_items_changed (G_LIST_MODEL (roster), at, n_removed, n_added);
}

/* The longest run of wanted entries that are there already and in this order: they are the ones that
 * stay. Patience sorting over their old places: O(n log n). Returns a set of BoardEntry. */
static GHashTable *
find_staying (BoardRoster *roster, GPtrArray *wanted, guint from, guint to)
{
  g_autoptr (GHashTable) places = g_hash_table_new (NULL, NULL); /* entry → place + 1 */
  g_autofree guint *ends = g_new (guint, to - from + 1);         /* of the best run of each length */
  g_autofree guint *before = g_new (guint, to - from + 1);
  GHashTable *staying = g_hash_table_new (NULL, NULL);
  guint longest = 0;

#define PLACE(i) GPOINTER_TO_UINT (g_hash_table_lookup (places, g_ptr_array_index (wanted, i)))
  for (guint i = 0; i < roster->entries->len; i++)
    g_hash_table_insert (places, g_ptr_array_index (roster->entries, i), GUINT_TO_POINTER (i + 1));
  for (guint i = from; i < to; i++)
    {
      guint low = 0;
      guint high = longest;

      if (PLACE (i) == 0)
        continue;
      while (low < high)
        {
          guint middle = (low + high) / 2;

          if (PLACE (ends[middle]) < PLACE (i))
            low = middle + 1;
          else
            high = middle;
        }
      before[i - from] = low > 0 ? ends[low - 1] : G_MAXUINT;
      ends[low] = i;
      longest = MAX (longest, low + 1);
    }
#undef PLACE
  for (guint i = longest > 0 ? ends[longest - 1] : G_MAXUINT; i != G_MAXUINT; i = before[i - from])
    g_hash_table_add (staying, g_ptr_array_index (wanted, i));
  return staying;
}

/* What does not stay goes, run by run from the end; then what is missing comes. */
static void
match (BoardRoster *roster, GPtrArray *wanted, guint from, guint to, guint old_to)
{
  g_autoptr (GHashTable) staying = find_staying (roster, wanted, from, to);

  for (guint end = old_to; end > from;)
    {
      guint n = 0;

      while (end - n > from && !g_hash_table_contains (staying, g_ptr_array_index (roster->entries, end - n - 1)))
        n++;
      replace (roster, end - n, n, wanted, 0, 0);
      end -= MIN (n + 1, end - from);
    }
  for (guint i = from; i < to;)
    {
      guint n = 0;

      while (i + n < to && !g_hash_table_contains (staying, g_ptr_array_index (wanted, i + n)))
        n++;
      replace (roster, i, 0, wanted, i, n);
      i += n + 1;
    }
}

static void
tell_changes (BoardRoster *roster, const BoardRosterLine *lines, guint n)
{
  g_autoptr (GPtrArray) changed = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    {
      BoardEntry *entry = g_ptr_array_index (roster->entries, i);

      if (entry->stamp == lines[i].stamp && entry->section == lines[i].section)
        continue;
      entry->stamp = lines[i].stamp;
      entry->section = lines[i].section;
      g_ptr_array_add (changed, g_object_ref (entry));
    }
  for (guint i = 0; i < changed->len; i++)
    g_signal_emit (g_ptr_array_index (changed, i), signals[CHANGED], 0);
}

void
board_roster_follow (BoardRoster *roster, const BoardRosterLine *lines, guint n)
{
  g_autoptr (GPtrArray) wanted = g_ptr_array_new_with_free_func (g_object_unref);
  guint from = 0;
  guint tail = 0;

  g_return_if_fail (BOARD_IS_ROSTER (roster));
  n = MIN (n, BOARD_ROSTER_MAX);
  while (from < n && from < roster->entries->len && is_at (roster, from, &lines[from]))
    from++;
  while (tail < n - from && tail < roster->entries->len - from
         && is_at (roster, roster->entries->len - 1 - tail, &lines[n - 1 - tail]))
    tail++;
  if (from + tail < n || from + tail < roster->entries->len)
    {
      for (guint i = 0; i < n; i++)
        g_ptr_array_add (wanted, make_entry (roster, &lines[i]));
      match (roster, wanted, from, n - tail, roster->entries->len - tail);
      g_hash_table_remove_all (roster->by_id);
      for (guint i = 0; i < n; i++)
        g_hash_table_insert (roster->by_id, ((BoardEntry *)g_ptr_array_index (wanted, i))->id,
                             g_ptr_array_index (wanted, i));
    }
  tell_changes (roster, lines, n);
}

static GType
board_roster_get_item_type (GListModel *list)
{
  return BOARD_TYPE_ENTRY;
}

static guint
board_roster_get_n_items (GListModel *list)
{
  return BOARD_ROSTER (list)->entries->len;
}

static gpointer
board_roster_get_item (GListModel *list, guint position)
{
  GPtrArray *entries = BOARD_ROSTER (list)->entries;

  return position < entries->len ? g_object_ref (g_ptr_array_index (entries, position)) : NULL;
}

static void
board_roster_list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = board_roster_get_item_type;
  interface->get_n_items = board_roster_get_n_items;
  interface->get_item = board_roster_get_item;
}

BoardRoster *
board_roster_new (void)
{
  return g_object_new (BOARD_TYPE_ROSTER, NULL);
}

static void
board_roster_finalize (GObject *object)
{
  g_hash_table_unref (BOARD_ROSTER (object)->by_id);
  g_ptr_array_unref (BOARD_ROSTER (object)->entries);
  G_OBJECT_CLASS (board_roster_parent_class)->finalize (object);
}

static void
board_roster_class_init (BoardRosterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = board_roster_finalize;
}

static void
board_roster_init (BoardRoster *roster)
{
  roster->entries = g_ptr_array_new_with_free_func (g_object_unref);
  roster->by_id = g_hash_table_new (g_str_hash, g_str_equal);
}
