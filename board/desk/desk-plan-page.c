/* desk-plan-page.c: the newest answer of queue.plan as lists that can be acted on.
 *
 * Owns the plan and its widgets. The plan commits nothing: each line opens its person, or places it. A
 * failed read leaves the plan that was shown and says why.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-plan-page.h"

#include "../board-i18n.h"
#include "desk-asks.h"
#include "desk-parts.h"
#include "desk-plan.h"
#include "desk-sheet.h"

#define BED_KEY "desk-bed"

struct _DeskPlanPage
{
  GtkWidget parent_instance;

  /* owned */
  DeskState *state;
  DeskPlan *plan;
  char *fault;

  /* widgets */
  GtkWidget *sheet;
  GtkWidget *ask;
  GtkWidget *figures;
  GtkWidget *placed;
  GtkWidget *placed_note;
  GtkWidget *saved;
  GtkWidget *saved_note;
  GtkWidget *planned;
  GtkWidget *unplanned;
  GtkWidget *swaps;

  gboolean is_asking;
};

G_DEFINE_FINAL_TYPE (DeskPlanPage, desk_plan_page, GTK_TYPE_WIDGET)

static BoardModel *
get_model (DeskPlanPage *page)
{
  return board_context_get_model (desk_state_get_context (page->state));
}

/* --- acting --- */

static void
open_person (DeskPlanPage *page, const char *code)
{
  desk_state_choose (page->state, code);
  gtk_widget_activate_action (GTK_WIDGET (page), "desk.person", NULL);
}

static void
on_activated (GtkListBox *list, GtkListBoxRow *row, gpointer user_data)
{
  open_person (user_data, desk_sheet_peek_code (row));
}

static void
on_open (GtkButton *button, gpointer user_data)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_LIST_BOX_ROW);

  open_person (user_data, desk_sheet_peek_code (GTK_LIST_BOX_ROW (row)));
}

/* A bed that stands proposed to somebody else needs a reason: the person's own page asks for it. */
static void
on_place (GtkButton *button, gpointer user_data)
{
  DeskPlanPage *page = user_data;
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_LIST_BOX_ROW);
  const char *bed = g_object_get_data (G_OBJECT (row), BED_KEY);
  g_autoptr (BoardCommand) command = NULL;

  desk_state_choose (page->state, desk_sheet_peek_code (GTK_LIST_BOX_ROW (row)));
  if (desk_ask_needs_override (page->state, bed))
    {
      desk_state_pick (page->state, bed);
      gtk_widget_activate_action (GTK_WIDGET (page), "desk.person", NULL);
    }
  else
    command = desk_ask_reserve (page->state, bed, -1);
}

/* --- rows --- */

static GtkWidget *
make_row (DeskPlanPage *page, const char *code, const char *first, const char *second)
{
  const BoardReferral *referral = board_model_find_referral (get_model (page), code);
  GtkWidget *row = desk_sheet_make_row (code);
  GtkWidget *box = gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row));
  GtkWidget *person = desk_box_new (GTK_ORIENTATION_HORIZONTAL, 8, "sheet-person");
  GtkWidget *words = desk_box_new (GTK_ORIENTATION_VERTICAL, 1, "");
  GtkWidget *label = desk_label_new (first, "item");
  g_autofree char *name = g_strdup_printf ("%s. %s. %s", code, first, second);

  gtk_box_append (GTK_BOX (person), desk_label_new (code, "code item"));
  gtk_box_append (GTK_BOX (person), desk_label_new (referral != NULL ? referral->home : "", "code quiet"));
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_box_append (GTK_BOX (words), label);
  if (second[0] != '\0')
    gtk_box_append (GTK_BOX (words), desk_label_new (second, "quiet"));
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (person, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), person);
  gtk_box_append (GTK_BOX (box), words);
  desk_name (row, name);
  return row;
}

static GtkWidget *
add_button (DeskPlanPage *page, GtkWidget *row, const char *words, const char *name, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_label (words);

  desk_name (button, name);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", clicked, page, 0);
  gtk_box_append (GTK_BOX (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row))), button);
  return button;
}

static void
add_open (DeskPlanPage *page, GtkWidget *row, const char *code)
{
  g_autofree char *name = g_strdup_printf (_ ("Open %s"), code);

  add_button (page, row, _ ("Open"), name, G_CALLBACK (on_open));
}

/* Whether the line can still be done as it was planned. */
static gboolean
can_place (DeskPlanPage *page, const DeskPlanned *planned)
{
  BoardContext *context = desk_state_get_context (page->state);
  const BoardReferral *referral = board_model_find_referral (get_model (page), planned->code);
  const BoardBed *bed = board_model_find_bed (get_model (page), planned->bed);
  BoardCommands *commands = board_context_get_commands (context);
  BoardMoment moment;

  board_context_get_moment (context, &moment);
  return moment.line == BOARD_LINE_LIVE && referral != NULL && referral->state == BED_STATE_WAITING && bed != NULL
         && bed->is_offerable && board_commands_find (commands, planned->code) == NULL
         && board_commands_find (commands, planned->bed) == NULL;
}

static void
add_planned (DeskPlanPage *page, const DeskPlanned *planned)
{
  const BoardUnit *unit = board_model_find_unit (get_model (page), planned->unit);
  const BoardReferral *referral = board_model_find_referral (get_model (page), planned->code);
  g_autofree char *bed = desk_plan_say_bed (get_model (page), planned->bed);
  g_autofree char *km = desk_offer_print_km (planned->metres);
  g_autofree char *away = g_strdup_printf (_ ("%s km from home"), km);
  g_autofree char *needs = referral != NULL ? desk_words_needs (referral, 3) : g_strdup ("");
  g_autofree char *second = g_strdup_printf ("%s · %s", away, needs);
  g_autofree char *name = g_strdup_printf (_ ("Place %s in %s"), planned->code, unit != NULL ? unit->name : planned->unit);
  GtkWidget *row = make_row (page, planned->code, bed, second);
  GtkWidget *place;

  g_object_set_data_full (G_OBJECT (row), BED_KEY, g_strdup (planned->bed), g_free);
  add_open (page, row, planned->code);
  place = add_button (page, row, _ ("Place"), name, G_CALLBACK (on_place));
  gtk_widget_add_css_class (place, "place");
  gtk_widget_set_sensitive (place, can_place (page, planned));
  gtk_list_box_append (GTK_LIST_BOX (page->planned), row);
}

static void
add_line (DeskPlanPage *page, GtkWidget *list, const char *code, const char *words)
{
  GtkWidget *row = make_row (page, code, words, "");

  add_open (page, row, code);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
}

static void
fill_lists (DeskPlanPage *page)
{
  char *focus = desk_sheet_begin (page->planned);

  for (guint i = 0; i < page->plan->planned->len; i++)
    add_planned (page, &g_array_index (page->plan->planned, DeskPlanned, i));
  desk_sheet_end (page->planned, focus);
  focus = desk_sheet_begin (page->unplanned);
  for (guint i = 0; i < page->plan->unplanned->len; i++)
    {
      const DeskUnplanned *unplanned = &g_array_index (page->plan->unplanned, DeskUnplanned, i);

      add_line (page, page->unplanned, unplanned->code, desk_unplanned_say (unplanned->reason));
    }
  desk_sheet_end (page->unplanned, focus);
  focus = desk_sheet_begin (page->swaps);
  for (guint i = 0; i < page->plan->swaps->len; i++)
    {
      const DeskSwap *swap = &g_array_index (page->plan->swaps, DeskSwap, i);
      g_autofree char *words = desk_swap_say (get_model (page), swap);

      add_line (page, page->swaps, swap->code, words);
    }
  desk_sheet_end (page->swaps, focus);
}

/* --- what it shows --- */

static void
say_note (DeskPlanPage *page)
{
  g_autofree char *age = NULL;
  BoardMoment moment;

  board_context_get_moment (desk_state_get_context (page->state), &moment);
  gtk_widget_set_sensitive (page->ask, !page->is_asking && moment.line != BOARD_LINE_OFFLINE);
  if (page->fault != NULL || page->is_asking)
    {
      desk_label_say (desk_sheet_get_note (DESK_SHEET (page->sheet)), page->is_asking ? _ ("Planning…") : page->fault);
      return;
    }
  age = page->plan != NULL ? desk_plan_say_age (page->plan, moment.now_us) : g_strdup ("");
  desk_label_say (desk_sheet_get_note (DESK_SHEET (page->sheet)), age);
}

static void
say_figures (DeskPlanPage *page)
{
  guint n = page->plan->planned->len + page->plan->unplanned->len;
  g_autofree char *placed = g_strdup_printf (_ ("%u of %u"), page->plan->placed, n);
  g_autofree char *placed_note = desk_plan_say_placed (page->plan);
  g_autofree char *km = desk_offer_print_km ((guint)MIN (ABS (page->plan->saved_metres), G_MAXINT));
  g_autofree char *saved = g_strdup_printf (page->plan->saved_metres < 0 ? _ ("−%s km") : _ ("%s km"), km);
  g_autofree char *saved_note = desk_plan_say_saving (page->plan);

  desk_label_say (page->placed, placed);
  desk_label_say (page->placed_note, placed_note);
  desk_label_say (page->saved, saved);
  desk_label_say (page->saved_note, saved_note);
}

static void
refresh (DeskPlanPage *page)
{
  gtk_widget_set_visible (page->figures, page->plan != NULL);
  if (page->plan != NULL && gtk_widget_get_mapped (GTK_WIDGET (page)))
    {
      say_figures (page);
      fill_lists (page);
    }
  say_note (page);
}

static void
on_plan (JsonObject *result, const GError *error, gpointer owner)
{
  DeskPlanPage *page = owner;
  BoardMoment moment;

  page->is_asking = FALSE;
  if (page->state == NULL)
    return;
  board_context_get_moment (desk_state_get_context (page->state), &moment);
  g_clear_pointer (&page->fault, g_free);
  if (result != NULL)
    {
      g_clear_pointer (&page->plan, desk_plan_free);
      page->plan = desk_plan_new (result, moment.now_us);
    }
  else
    page->fault = g_strdup (error != NULL && g_error_matches (error, BED_ERROR, BED_ERROR_TOO_MANY)
                                ? _ ("Another plan is being made: ask again in a moment")
                                : _ ("No plan can be had now: ask again later"));
  refresh (page);
}

static void
ask (DeskPlanPage *page)
{
  BoardContext *context = desk_state_get_context (page->state);
  g_autofree char *params = NULL;
  BoardMoment moment;

  if (page->is_asking)
    return;
  board_context_get_moment (context, &moment);
  params = desk_state_get_filter (page->state) == DESK_FILTER_LAP && moment.session.lap[0] != '\0'
               ? g_strdup_printf ("{\"lap\":\"%s\"}", moment.session.lap)
               : g_strdup ("{}");
  page->is_asking = TRUE;
  board_context_read (context, "queue.plan", params, on_plan, G_OBJECT (page));
  say_note (page);
}

static void
on_mapped (DeskPlanPage *page)
{
  if (page->plan == NULL)
    ask (page);
  refresh (page);
}

/* --- widget --- */

static GtkWidget *
add_figure (GtkWidget *figures, const char *title, GtkWidget **note)
{
  GtkWidget *card = desk_box_new (GTK_ORIENTATION_VERTICAL, 0, "card figure-card");
  GtkWidget *figure = desk_label_new ("", "figure");

  *note = desk_label_new ("", "quiet");
  gtk_label_set_wrap (GTK_LABEL (*note), TRUE);
  gtk_widget_set_hexpand (card, TRUE);
  gtk_box_append (GTK_BOX (card), desk_label_new (title, "quiet"));
  gtk_box_append (GTK_BOX (card), figure);
  gtk_box_append (GTK_BOX (card), *note);
  gtk_box_append (GTK_BOX (figures), card);
  return figure;
}

GtkWidget *
desk_plan_page_new (DeskState *state)
{
  DeskPlanPage *page = g_object_new (DESK_TYPE_PLAN_PAGE, NULL);
  BoardContext *context = desk_state_get_context (state);

  page->state = g_object_ref (state);
  g_signal_connect_object (board_context_get_model (context), "changed", G_CALLBACK (refresh), page, G_CONNECT_SWAPPED);
  g_signal_connect_object (board_context_get_commands (context), "changed", G_CALLBACK (refresh), page, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "beat", G_CALLBACK (say_note), page, G_CONNECT_SWAPPED);
  g_signal_connect (page, "map", G_CALLBACK (on_mapped), NULL);
  refresh (page);
  return GTK_WIDGET (page);
}

static void
desk_plan_page_dispose (GObject *object)
{
  desk_clear (GTK_WIDGET (object));
  g_clear_object (&DESK_PLAN_PAGE (object)->state);
  G_OBJECT_CLASS (desk_plan_page_parent_class)->dispose (object);
}

static void
desk_plan_page_finalize (GObject *object)
{
  DeskPlanPage *page = DESK_PLAN_PAGE (object);

  g_clear_pointer (&page->plan, desk_plan_free);
  g_free (page->fault);
  G_OBJECT_CLASS (desk_plan_page_parent_class)->finalize (object);
}

static void
desk_plan_page_class_init (DeskPlanPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = desk_plan_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = desk_plan_page_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
desk_plan_page_init (DeskPlanPage *page)
{
  DeskSheet *sheet;

  page->sheet = desk_sheet_new (_ ("Plan for everybody"));
  sheet = DESK_SHEET (page->sheet);
  page->ask = desk_button_new_plain (_ ("_Plan again"));
  g_signal_connect_swapped (page->ask, "clicked", G_CALLBACK (ask), page);
  gtk_box_append (GTK_BOX (desk_sheet_get_tools (sheet)), page->ask);
  page->figures = desk_box_new (GTK_ORIENTATION_HORIZONTAL, 10, "figures");
  gtk_box_set_homogeneous (GTK_BOX (page->figures), TRUE);
  page->placed = add_figure (page->figures, _ ("People given a bed"), &page->placed_note);
  page->saved = add_figure (page->figures, _ ("Nearer home"), &page->saved_note);
  gtk_box_append (GTK_BOX (desk_sheet_get_body (sheet)), page->figures);
  page->planned = desk_sheet_add_list (sheet, _ ("Who goes where"));
  page->unplanned = desk_sheet_add_list (sheet, _ ("No bed in this plan"));
  page->swaps = desk_sheet_add_list (sheet, _ ("Could be nearer home: proposals only"));
  for (guint i = 0; i < 3; i++)
    {
      GtkWidget *lists[] = { page->planned, page->unplanned, page->swaps };

      desk_sheet_end (lists[i], NULL);
      g_signal_connect_object (lists[i], "row-activated", G_CALLBACK (on_activated), page, 0);
    }
  gtk_widget_set_hexpand (GTK_WIDGET (page), TRUE);
  gtk_widget_set_parent (page->sheet, GTK_WIDGET (page));
}
