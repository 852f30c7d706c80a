/* desk-list.c: follows the model into a roster of people and headings, shown by one list view.
 *
 * Owns its roster and a reference to the desk's state. Who is chosen is the state's; the list's
 * selection follows it, and a click or an arrow tells the state. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-list.h"

#include "../board-i18n.h"
#include "../board-roster.h"
#include "common/bed-time.h"
#include "desk-parts.h"
#include "desk-queue.h"
#include "desk-row.h"

struct _DeskList
{
  GtkWidget parent_instance;

  /* owned */
  DeskState *state;
  BoardRoster *roster;
  GtkSingleSelection *selection;

  /* widgets */
  GtkWidget *whole;
  GtkWidget *title;
  GtkWidget *count;
  GtkWidget *view;
  GtkWidget *nobody;

  gboolean is_following; /* the selection is being set from the state */
};

G_DEFINE_FINAL_TYPE (DeskList, desk_list, GTK_TYPE_WIDGET)

static const char *
peek_id (DeskList *list, guint position)
{
  g_autoptr (BoardEntry) entry = g_list_model_get_item (G_LIST_MODEL (list->roster), position);

  return entry != NULL ? board_entry_peek_id (entry) : ""; /* the roster keeps it alive */
}

static guint
find_position (DeskList *list, const char *id)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (list->roster));

  for (guint i = 0; i < n; i++)
    if (g_str_equal (peek_id (list, i), id))
      return i;
  return GTK_INVALID_LIST_POSITION;
}

static void
follow_chosen (DeskList *list)
{
  guint position = find_position (list, desk_state_peek_chosen (list->state));

  list->is_following = TRUE;
  if (gtk_single_selection_get_selected (list->selection) != position)
    {
      gtk_single_selection_set_selected (list->selection, position);
      if (position != GTK_INVALID_LIST_POSITION)
        gtk_widget_activate_action (list->view, "list.scroll-to-item", "u", position);
    }
  list->is_following = FALSE;
}

static void
on_selected (DeskList *list)
{
  const char *id;

  if (list->is_following)
    return;
  id = peek_id (list, gtk_single_selection_get_selected (list->selection));
  if (id[0] != '\0' && id[0] != '#')
    desk_state_choose (list->state, id);
  else
    follow_chosen (list);
}

/* Differs whenever the row says something else. */
static guint64
stamp (DeskList *list, const BoardReferral *referral, const BoardMoment *moment)
{
  BoardContext *context = desk_state_get_context (list->state);
  BoardCommand *command = board_commands_find (board_context_get_commands (context), referral->code);
  gboolean is_near = referral->state == BED_STATE_HELD && referral->until_us - moment->now_us < 2 * BED_MINUTE_US;
  guint sure;
  guint64 facts[] = {
    referral->state,
    referral->lane | (guint64)referral->pathway << 8 | (guint64)referral->infection << 16,
    referral->must,
    g_str_hash (referral->home) | (guint64)g_str_hash (referral->bed) << 32,
    g_str_hash (referral->offer_bed),
    (guint64)referral->until_us,
    (guint64)referral->expected_us,
    (guint64)referral->ready_us,
    (guint64)referral->waiting_for << 8 | (referral->is_away ? 1 : 0) | (referral->is_to_decide ? 2 : 0)
        | (referral->is_assessing ? 4 : 0),
    (guint64)(guint)desk_state_count_suiting (list->state, referral->code, &sure) << 32 | sure,
    command != NULL ? board_command_get_state (command) + 1 : 0,
    (guint64)(moment->now_us / (is_near ? BED_SECOND_US : BED_MINUTE_US)),
  };
  guint64 hash = G_GUINT64_CONSTANT (14695981039346656037);

  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    hash = (hash ^ facts[i]) * G_GUINT64_CONSTANT (1099511628211);
  return hash;
}

static void
say_title (DeskList *list, const BoardSession *session, guint n)
{
  g_autofree char *count = g_strdup_printf ("%u", n);
  const char *title = _ ("My referrals");

  if (session->role != BED_ROLE_REFERRER)
    title = desk_state_get_filter (list->state) == DESK_FILTER_ALL || session->lap[0] == '\0' ? _ ("All referrals")
                                                                                             : _ ("Our referrals");
  desk_label_say (list->title, title);
  desk_label_say (list->count, count);
  gtk_widget_set_visible (list->nobody, n == 0);
  gtk_widget_set_visible (list->view, n > 0);
}

/* Who waits for a bed without one: their counts are asked for. */
static void
ask_counts (DeskList *list, const GPtrArray *people)
{
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();

  for (guint i = 0; i < people->len; i++)
    {
      const BoardReferral *referral = g_ptr_array_index (people, i);

      if (referral->state == BED_STATE_WAITING && referral->offer_bed[0] == '\0')
        g_ptr_array_add (codes, (gpointer)referral->code);
    }
  desk_state_follow (list->state, codes);
}

static void
refresh (DeskList *list)
{
  static const char *const headings[DESK_SECTION_N] = { "#0", "#1", "#2", "#3", "#4" };
  BoardContext *context = desk_state_get_context (list->state);
  g_autoptr (GArray) lines = g_array_new (FALSE, TRUE, sizeof (BoardRosterLine));
  g_autoptr (GPtrArray) people = NULL;
  int section = -1;
  BoardMoment moment;

  board_context_get_moment (context, &moment);
  people = desk_queue_list (board_context_get_model (context), &moment.session, desk_state_get_filter (list->state));
  for (guint i = 0; i < people->len; i++)
    {
      const BoardReferral *referral = g_ptr_array_index (people, i);
      BoardRosterLine line = { .id = referral->code, .stamp = stamp (list, referral, &moment) };

      line.section = (guint)desk_queue_get_section (referral);
      if ((int)line.section != section)
        {
          BoardRosterLine heading = { headings[line.section], line.section, 0 };

          g_array_append_val (lines, heading);
          section = (int)line.section;
        }
      g_array_append_val (lines, line);
    }
  list->is_following = TRUE;
  board_roster_follow (list->roster, (const BoardRosterLine *)(void *)lines->data, lines->len);
  list->is_following = FALSE;
  say_title (list, &moment.session, people->len);
  if (desk_state_has_nobody (list->state))
    desk_state_choose (list->state, desk_queue_step (people, "", 1));
  follow_chosen (list);
  ask_counts (list, people);
}

void
desk_list_step (DeskList *list, int step)
{
  BoardContext *context = desk_state_get_context (list->state);
  g_autoptr (GPtrArray) people = NULL;
  BoardMoment moment;

  board_context_get_moment (context, &moment);
  people = desk_queue_list (board_context_get_model (context), &moment.session, desk_state_get_filter (list->state));
  desk_state_choose (list->state, desk_queue_step (people, desk_state_peek_chosen (list->state), step));
}

/* --- rows --- */

static void
show_row (GtkListItem *item)
{
  DeskRow *row = DESK_ROW (gtk_list_item_get_child (item));
  BoardEntry *entry = gtk_list_item_get_item (item);
  g_autofree char *name = NULL;

  if (entry == NULL)
    return;
  desk_row_show (row, board_entry_peek_id (entry));
  name = desk_row_speak (row);
  desk_name (gtk_widget_get_parent (GTK_WIDGET (row)), name);
}

static void
on_setup (GtkListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  gtk_list_item_set_child (item, desk_row_new (DESK_LIST (user_data)->state));
}

static void
on_bind (GtkListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  BoardEntry *entry = gtk_list_item_get_item (item);
  gboolean is_person = board_entry_peek_id (entry)[0] != '#';

  gtk_list_item_set_selectable (item, is_person);
  gtk_list_item_set_activatable (item, is_person);
  gtk_widget_set_focusable (gtk_widget_get_parent (gtk_list_item_get_child (item)), is_person);
  g_signal_connect_object (entry, "changed", G_CALLBACK (show_row), item, G_CONNECT_SWAPPED);
  show_row (item);
}

static void
on_unbind (GtkListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  g_signal_handlers_disconnect_matched (gtk_list_item_get_item (item), G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, item);
}

/* --- its life --- */

static GtkWidget *
make_top (DeskList *list)
{
  GtkWidget *top = desk_box_new (GTK_ORIENTATION_HORIZONTAL, 10, "list-top");
  GtkWidget *add = gtk_button_new_from_icon_name ("list-add-symbolic");

  list->title = desk_label_new ("", "section");
  list->count = desk_label_new ("", "count");
  gtk_widget_set_valign (list->count, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (list->count, TRUE);
  gtk_widget_set_halign (list->count, GTK_ALIGN_START);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (add), "desk.new");
  gtk_widget_add_css_class (add, "plain");
  gtk_widget_set_tooltip_text (add, _ ("New referral (Ctrl+N)"));
  desk_name (add, _ ("New referral"));
  gtk_box_append (GTK_BOX (top), list->title);
  gtk_box_append (GTK_BOX (top), list->count);
  gtk_box_append (GTK_BOX (top), add);
  return top;
}

GtkWidget *
desk_list_new (DeskState *state)
{
  DeskList *list = g_object_new (DESK_TYPE_LIST, NULL);
  BoardContext *context = desk_state_get_context (state);

  list->state = g_object_ref (state);
  g_signal_connect_object (board_context_get_model (context), "changed", G_CALLBACK (refresh), list, G_CONNECT_SWAPPED);
  g_signal_connect_object (board_context_get_commands (context), "changed", G_CALLBACK (refresh), list, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "beat", G_CALLBACK (refresh), list, G_CONNECT_SWAPPED);
  g_signal_connect_object (state, "counts", G_CALLBACK (refresh), list, G_CONNECT_SWAPPED);
  g_signal_connect_object (state, "filter", G_CALLBACK (refresh), list, G_CONNECT_SWAPPED);
  g_signal_connect_object (state, "chosen", G_CALLBACK (follow_chosen), list, G_CONNECT_SWAPPED);
  refresh (list);
  return GTK_WIDGET (list);
}

static void
desk_list_dispose (GObject *object)
{
  DeskList *list = DESK_LIST (object);

  desk_clear (GTK_WIDGET (object));
  g_clear_object (&list->selection);
  g_clear_object (&list->roster);
  g_clear_object (&list->state);
  G_OBJECT_CLASS (desk_list_parent_class)->dispose (object);
}

static gboolean
desk_list_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (DESK_LIST (widget)->view);
}

static void
desk_list_class_init (DeskListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_list_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  widget_class->grab_focus = desk_list_grab_focus;
  gtk_widget_class_set_css_name (widget_class, "desklist");
}

static void
desk_list_init (DeskList *list)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  list->roster = board_roster_new ();
  list->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (list->selection, FALSE);
  gtk_single_selection_set_can_unselect (list->selection, TRUE);
  gtk_single_selection_set_model (list->selection, G_LIST_MODEL (list->roster));
  g_signal_connect_swapped (list->selection, "notify::selected", G_CALLBACK (on_selected), list);
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), list);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), list);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), list);
  list->view = gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (list->selection)), factory);
  desk_name (list->view, _ ("Referrals"));
  list->nobody = desk_label_new (_ ("Nobody is waiting."), "quiet nobody");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list->view);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_widget_set_focusable (scroller, FALSE);
  list->whole = desk_box_new (GTK_ORIENTATION_VERTICAL, 0, "");
  gtk_box_append (GTK_BOX (list->whole), make_top (list));
  gtk_box_append (GTK_BOX (list->whole), list->nobody);
  gtk_box_append (GTK_BOX (list->whole), scroller);
  gtk_widget_set_parent (list->whole, GTK_WIDGET (list));
}
