/* desk-finder.c: a list below the search entry. A person found is chosen; a site or a bed that suits
 * the chosen person is picked, any other says how it stands.
 *
 * Owns the popover, whose parent is the entry. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-finder.h"

#include "../board-i18n.h"
#include "desk-parts.h"
#include "desk-search.h"

#define FOUND_KEY "desk-found"

struct _DeskFinder
{
  GObject parent_instance;

  /* owned */
  DeskState *state;
  GtkWidget *popover;

  /* borrowed */
  GtkWidget *entry;
  GtkWidget *list; /* the popover's */
};

G_DEFINE_FINAL_TYPE (DeskFinder, desk_finder, G_TYPE_OBJECT)

enum
{
  FOUND_PERSON,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
free_found (gpointer pointer)
{
  DeskFound *found = pointer;

  g_free (found->words);
  g_free (found->note);
  g_free (found);
}

static GtkWidget *
make_row (const DeskFound *found)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = desk_box_new (GTK_ORIENTATION_HORIZONTAL, 16, "");
  GtkWidget *words = desk_label_new (found->words, "code");
  DeskFound *kept = g_new0 (DeskFound, 1);

  kept->kind = found->kind;
  g_strlcpy (kept->id, found->id, sizeof kept->id);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (line), words);
  gtk_box_append (GTK_BOX (line), desk_label_new (found->note, "quiet"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  g_object_set_data_full (G_OBJECT (row), FOUND_KEY, kept, free_found);
  desk_name (row, found->words);
  return row;
}

/* The first offer in the unit, or of the bed. */
static void
pick (DeskFinder *finder, const DeskFound *found)
{
  const DeskOffers *offers = desk_state_peek_offers (finder->state);
  const DeskOffer *offer;

  for (guint i = 0; (offer = desk_offers_get (offers, i)) != NULL; i++)
    if (g_str_equal (found->kind == DESK_FOUND_UNIT ? offer->unit : offer->bed, found->id))
      {
        desk_state_pick (finder->state, offer->bed);
        return;
      }
}

static void
on_activated (GtkListBox *list, GtkListBoxRow *row, gpointer user_data)
{
  DeskFinder *finder = user_data;
  const DeskFound *found = g_object_get_data (G_OBJECT (row), FOUND_KEY);

  if (found->kind == DESK_FOUND_PERSON)
    {
      desk_state_choose (finder->state, found->id);
      g_signal_emit (finder, signals[FOUND_PERSON], 0);
    }
  else
    pick (finder, found);
  gtk_popover_popdown (GTK_POPOVER (finder->popover));
}

static void
on_text (DeskFinder *finder)
{
  BoardModel *model = board_context_get_model (desk_state_get_context (finder->state));
  const char *text = gtk_editable_get_text (GTK_EDITABLE (finder->entry));
  g_autoptr (GArray) found = desk_search (model, text);
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (finder->list), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (finder->list), GTK_WIDGET (row));
  for (guint i = 0; i < found->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (finder->list), make_row (&g_array_index (found, DeskFound, i)));
  if (found->len == 0)
    {
      gtk_popover_popdown (GTK_POPOVER (finder->popover));
      return;
    }
  gtk_list_box_select_row (GTK_LIST_BOX (finder->list), gtk_list_box_get_row_at_index (GTK_LIST_BOX (finder->list), 0));
  gtk_popover_popup (GTK_POPOVER (finder->popover));
}

/* Enter in the entry takes the first of what is written now: the list follows only after a moment. */
static void
on_enter (DeskFinder *finder)
{
  GtkListBoxRow *row;

  on_text (finder);
  row = gtk_list_box_get_selected_row (GTK_LIST_BOX (finder->list));
  if (row != NULL)
    on_activated (GTK_LIST_BOX (finder->list), row, finder);
}

static void
on_stop (DeskFinder *finder)
{
  gtk_popover_popdown (GTK_POPOVER (finder->popover));
  gtk_editable_set_text (GTK_EDITABLE (finder->entry), "");
}

DeskFinder *
desk_finder_new (DeskState *state, GtkWidget *entry)
{
  DeskFinder *finder = g_object_new (DESK_TYPE_FINDER, NULL);

  finder->state = g_object_ref (state);
  finder->entry = entry;
  finder->list = gtk_list_box_new ();
  desk_name (finder->list, _ ("Found"));
  g_signal_connect_object (finder->list, "row-activated", G_CALLBACK (on_activated), finder, 0);
  finder->popover = gtk_popover_new ();
  gtk_widget_add_css_class (finder->popover, "reasons");
  gtk_popover_set_autohide (GTK_POPOVER (finder->popover), FALSE); /* typing goes on */
  gtk_popover_set_has_arrow (GTK_POPOVER (finder->popover), FALSE);
  gtk_popover_set_position (GTK_POPOVER (finder->popover), GTK_POS_BOTTOM);
  gtk_popover_set_child (GTK_POPOVER (finder->popover), finder->list);
  gtk_widget_set_parent (finder->popover, entry);
  g_signal_connect_object (entry, "search-changed", G_CALLBACK (on_text), finder, G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "activate", G_CALLBACK (on_enter), finder, G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "stop-search", G_CALLBACK (on_stop), finder, G_CONNECT_SWAPPED);
  return finder;
}

static void
desk_finder_dispose (GObject *object)
{
  g_clear_pointer (&DESK_FINDER (object)->popover, gtk_widget_unparent);
  g_clear_object (&DESK_FINDER (object)->state);
  G_OBJECT_CLASS (desk_finder_parent_class)->dispose (object);
}

static void
desk_finder_class_init (DeskFinderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = desk_finder_dispose;
  signals[FOUND_PERSON]
      = g_signal_new ("found-person", DESK_TYPE_FINDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
desk_finder_init (DeskFinder *finder)
{
}
