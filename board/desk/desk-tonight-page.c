/* desk-tonight-page.c: follows the model into three lists, and tells the register about transport.
 *
 * Owns its widgets and a reference to the desk's state. Rows are made anew only when what they say has
 * changed; the keyboard stays on its person. Nothing can fail here.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-tonight-page.h"

#include "../board-i18n.h"
#include "desk-acts.h"
#include "desk-asks.h"
#include "desk-parts.h"
#include "desk-plan.h"
#include "desk-queue.h"
#include "desk-sheet.h"
#include "desk-tonight.h"

struct _DeskTonightPage
{
  GtkWidget parent_instance;

  /* owned */
  DeskState *state;
  char *shown; /* what the lists say now */

  /* widgets */
  GtkWidget *sheet;
  GtkWidget *nobody;
  GtkWidget *lists[DESK_TONIGHT_N];
};

G_DEFINE_FINAL_TYPE (DeskTonightPage, desk_tonight_page, GTK_TYPE_WIDGET)

/* One key each, and a button. */
static const struct
{
  guint key;
  const char *letter;
  BedTransport transport;
  const char *label;
  const char *name;
} answers[] = {
  { GDK_KEY_b, "B", BED_TRANSPORT_BOOKED, N_ ("Booked"), N_ ("Transport booked for %s") },
  { GDK_KEY_l, "L", BED_TRANSPORT_LATE, N_ ("Late"), N_ ("Transport late for %s") },
  { GDK_KEY_c, "C", BED_TRANSPORT_CANCELLED, N_ ("Cancelled"), N_ ("Transport cancelled for %s") },
};

static BoardModel *
get_model (DeskTonightPage *page)
{
  return board_context_get_model (desk_state_get_context (page->state));
}

/* --- acting --- */

static gboolean
can_tell (DeskTonightPage *page, const BoardReferral *referral)
{
  BoardContext *context = desk_state_get_context (page->state);
  BoardMoment moment;

  board_context_get_moment (context, &moment);
  return moment.line == BOARD_LINE_LIVE && desk_act_is_open (DESK_ACT_EXPECT, moment.session.role, referral)
         && board_commands_find (board_context_get_commands (context), referral->code) == NULL;
}

/* What is so already is said again only of whoever is late: with a new time. */
static gboolean
is_news (const BoardReferral *referral, BedTransport transport, gint64 now_us)
{
  return referral->transport != transport || desk_tonight_get_section (referral, now_us) == DESK_TONIGHT_LATE;
}

static gboolean
tell (DeskTonightPage *page, GtkListBoxRow *row, BedTransport transport)
{
  const BoardReferral *referral = board_model_find_referral (get_model (page), desk_sheet_peek_code (row));
  g_autoptr (BoardCommand) command = NULL;
  BoardMoment moment;

  board_context_get_moment (desk_state_get_context (page->state), &moment);
  if (referral == NULL || !can_tell (page, referral) || !is_news (referral, transport, moment.now_us))
    return FALSE;
  desk_state_choose (page->state, referral->code);
  command = desk_ask_expect (page->state, desk_tonight_choose_time (referral, transport, moment.now_us), transport);
  return TRUE;
}

static void
on_tell (GtkButton *button, gpointer user_data)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_LIST_BOX_ROW);
  guint answer = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "desk-answer"));

  tell (user_data, GTK_LIST_BOX_ROW (row), answers[answer].transport);
}

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType modifiers, gpointer user_data)
{
  GtkWidget *list = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  GtkWidget *row = gtk_widget_get_focus_child (list);

  if (!GTK_IS_LIST_BOX_ROW (row) || (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    if (gdk_keyval_to_lower (key) == answers[i].key)
      return tell (user_data, GTK_LIST_BOX_ROW (row), answers[i].transport);
  return FALSE;
}

static void
on_activated (GtkListBox *list, GtkListBoxRow *row, gpointer user_data)
{
  DeskTonightPage *page = user_data;

  desk_state_choose (page->state, desk_sheet_peek_code (row));
  gtk_widget_activate_action (GTK_WIDGET (page), "desk.person", NULL);
}

/* --- rows --- */

static void
add_answers (DeskTonightPage *page, GtkWidget *box, const BoardReferral *referral, gint64 now_us)
{
  gboolean is_open = can_tell (page, referral);

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      GtkWidget *button = gtk_button_new ();
      GtkWidget *inside = desk_box_new (GTK_ORIENTATION_HORIZONTAL, 8, "");
      GtkWidget *letter = desk_label_new (answers[i].letter, "key");
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* the formats are those of the table above */
      g_autofree char *name = g_strdup_printf (_ (answers[i].name), referral->code);
#pragma GCC diagnostic pop

      gtk_box_append (GTK_BOX (inside), desk_label_new (_ (answers[i].label), ""));
      gtk_label_set_xalign (GTK_LABEL (letter), 0.5);
      gtk_box_append (GTK_BOX (inside), letter);
      gtk_button_set_child (GTK_BUTTON (button), inside);
      g_object_set_data (G_OBJECT (button), "desk-answer", GUINT_TO_POINTER (i));
      gtk_widget_set_sensitive (button, is_open && is_news (referral, answers[i].transport, now_us));
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      desk_name (button, name);
      g_signal_connect_object (button, "clicked", G_CALLBACK (on_tell), page, 0);
      gtk_box_append (GTK_BOX (box), button);
    }
}

static GtkWidget *
make_row (DeskTonightPage *page, const BoardReferral *referral, int section, gint64 now_us)
{
  GtkWidget *row = desk_sheet_make_row (referral->code);
  GtkWidget *box = gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row));
  GtkWidget *person = desk_box_new (GTK_ORIENTATION_HORIZONTAL, 8, "sheet-person");
  GtkWidget *words = desk_box_new (GTK_ORIENTATION_VERTICAL, 1, "");
  GtkWidget *when = desk_label_new ("", "sheet-when");
  g_autofree char *bed = desk_plan_say_bed (get_model (page), referral->bed);
  g_autofree char *said = desk_tonight_say (referral, now_us);
  g_autofree char *name = g_strdup_printf ("%s. %s. %s", referral->code, bed, said);

  gtk_box_append (GTK_BOX (person), desk_label_new (referral->code, "code item"));
  gtk_box_append (GTK_BOX (person), desk_label_new (referral->home, "code quiet"));
  desk_label_say (when, said);
  gtk_label_set_wrap (GTK_LABEL (when), TRUE);
  desk_toggle_class (when, "is-late", section == DESK_TONIGHT_LATE);
  desk_toggle_class (when, "quiet", section != DESK_TONIGHT_LATE);
  gtk_box_append (GTK_BOX (words), desk_label_new (bed, "item"));
  gtk_box_append (GTK_BOX (words), when);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (person, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), person);
  gtk_box_append (GTK_BOX (box), words);
  add_answers (page, box, referral, now_us);
  desk_name (row, name);
  return row;
}

static void
fill_section (DeskTonightPage *page, const GPtrArray *people, int section, gint64 now_us)
{
  char *focus = desk_sheet_begin (page->lists[section]);
  g_autofree char *heading = NULL;
  guint n = 0;

  for (guint i = 0; i < people->len; i++)
    {
      const BoardReferral *referral = g_ptr_array_index (people, i);

      if (desk_tonight_get_section (referral, now_us) != section)
        continue;
      gtk_list_box_append (GTK_LIST_BOX (page->lists[section]), make_row (page, referral, section, now_us));
      n++;
    }
  desk_sheet_end (page->lists[section], focus);
  heading = desk_tonight_say_section ((DeskTonightSection)section, n, now_us);
  desk_sheet_say_heading (page->lists[section], heading,
                          section == DESK_TONIGHT_LATE
                              || (section == DESK_TONIGHT_NO_TRANSPORT && desk_tonight_is_due (now_us)));
}

/* Everything that the lists say, as one string. */
static char *
stamp (DeskTonightPage *page, const GPtrArray *people, gint64 now_us)
{
  GString *all = g_string_new (desk_tonight_is_due (now_us) ? "due" : "");

  for (guint i = 0; i < people->len; i++)
    {
      const BoardReferral *referral = g_ptr_array_index (people, i);
      g_autofree char *said = desk_tonight_say (referral, now_us);

      g_string_append_printf (all, "\n%s %s %d %d %s", referral->code, referral->bed,
                              desk_tonight_get_section (referral, now_us), can_tell (page, referral), said);
    }
  return g_string_free (all, FALSE);
}

static void
refresh (DeskTonightPage *page)
{
  g_autoptr (GPtrArray) mine = NULL;
  g_autoptr (GPtrArray) people = NULL;
  g_autofree char *says = NULL;
  BoardMoment moment;

  if (!gtk_widget_get_mapped (GTK_WIDGET (page)))
    return;
  board_context_get_moment (desk_state_get_context (page->state), &moment);
  mine = desk_queue_list (get_model (page), &moment.session, desk_state_get_filter (page->state));
  people = desk_tonight_list (mine, moment.now_us);
  says = stamp (page, people, moment.now_us);
  if (g_strcmp0 (says, page->shown) == 0)
    return;
  g_free (page->shown);
  page->shown = g_steal_pointer (&says);
  for (int section = 0; section < DESK_TONIGHT_N; section++)
    fill_section (page, people, section, moment.now_us);
  gtk_widget_set_visible (page->nobody, people->len == 0);
}

/* --- widget --- */

GtkWidget *
desk_tonight_page_new (DeskState *state)
{
  DeskTonightPage *page = g_object_new (DESK_TYPE_TONIGHT_PAGE, NULL);
  BoardContext *context = desk_state_get_context (state);

  page->state = g_object_ref (state);
  g_signal_connect_object (board_context_get_model (context), "changed", G_CALLBACK (refresh), page, G_CONNECT_SWAPPED);
  g_signal_connect_object (board_context_get_commands (context), "changed", G_CALLBACK (refresh), page, G_CONNECT_SWAPPED);
  g_signal_connect_object (state, "filter", G_CALLBACK (refresh), page, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "beat", G_CALLBACK (refresh), page, G_CONNECT_SWAPPED);
  g_signal_connect (page, "map", G_CALLBACK (refresh), NULL);
  return GTK_WIDGET (page);
}

static void
desk_tonight_page_dispose (GObject *object)
{
  desk_clear (GTK_WIDGET (object));
  g_clear_object (&DESK_TONIGHT_PAGE (object)->state);
  G_OBJECT_CLASS (desk_tonight_page_parent_class)->dispose (object);
}

static void
desk_tonight_page_finalize (GObject *object)
{
  g_free (DESK_TONIGHT_PAGE (object)->shown);
  G_OBJECT_CLASS (desk_tonight_page_parent_class)->finalize (object);
}

static void
desk_tonight_page_class_init (DeskTonightPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = desk_tonight_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = desk_tonight_page_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
desk_tonight_page_init (DeskTonightPage *page)
{
  static const char *const names[DESK_TONIGHT_N] = { N_ ("Late"), N_ ("Without transport"), N_ ("Expected") };
  DeskSheet *sheet;

  page->sheet = desk_sheet_new (_ ("Tonight"));
  sheet = DESK_SHEET (page->sheet);
  desk_label_say (desk_sheet_get_note (sheet), _ ("Whoever is accepted and has not arrived yet"));
  page->nobody = desk_label_new (_ ("Nobody is on the way."), "quiet sheet-note");
  gtk_box_append (GTK_BOX (desk_sheet_get_body (sheet)), page->nobody);
  for (guint i = 0; i < DESK_TONIGHT_N; i++)
    {
      GtkEventController *keys = gtk_event_controller_key_new ();

      page->lists[i] = desk_sheet_add_list (sheet, _ (names[i]));
      desk_sheet_end (page->lists[i], NULL);
      g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), page);
      gtk_widget_add_controller (page->lists[i], keys);
      g_signal_connect_object (page->lists[i], "row-activated", G_CALLBACK (on_activated), page, 0);
    }
  gtk_widget_set_hexpand (GTK_WIDGET (page), TRUE);
  gtk_widget_set_parent (page->sheet, GTK_WIDGET (page));
}
