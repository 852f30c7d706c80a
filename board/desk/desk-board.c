/* desk-board.c: puts the list of referrals, the chosen one and the map together.
 *
 * Owns its widgets, the state of this desk and a reference to the context; the model holds the
 * truth. The columns follow the width in em, so that 200 % text has one column; what changes is done
 * from an idle, never while sizes are being given. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-board.h"

#include "../board-i18n.h"
#include "../board-keys.h"
#include "../board-mark.h"
#include "../board-pill.h"
#include "../board-toast.h"
#include "desk-actions.h"
#include "desk-asking.h"
#include "desk-asks.h"
#include "desk-beds.h"
#include "desk-columns.h"
#include "desk-finder.h"
#include "desk-form.h"
#include "desk-handover-page.h"
#include "desk-history.h"
#include "desk-hold.h"
#include "desk-list.h"
#include "desk-map.h"
#include "desk-news.h"
#include "desk-parts.h"
#include "desk-person.h"
#include "desk-plan-page.h"
#include "desk-tonight-page.h"
#include "desk-triage.h"

#define LIST_ONE_COLUMN_EM 16 /* the list's height when it stands above the person */
#define LEAST_WIDTH 360
#define LEAST_HEIGHT 300

struct _DeskBoard
{
  GtkWidget parent_instance;

  /* owned */
  BoardContext *context;
  DeskState *state;
  DeskAsking *asking;
  DeskFinder *finder;
  DeskNews *news;

  /* widgets */
  GtkWidget *list;
  GtkWidget *person;
  GtkWidget *nobody;
  GtkWidget *triage;
  GtkWidget *beds;
  GtkWidget *form;
  GtkWidget *history;
  GtkWidget *toast;
  GtkWidget *whole;
  GtkWidget *header;
  GtkWidget *logo;
  GtkWidget *brand;
  GtkWidget *search;
  GtkWidget *pill_slot;
  GtkWidget *user;
  GtkWidget *notice_slot;
  GtkWidget *overlay;
  GtkWidget *pages;
  GtkWidget *frame_scroller;
  GtkWidget *frame;
  GtkWidget *list_slot;
  GtkWidget *body_scroller;
  GtkWidget *body;
  GtkWidget *detail_scroller;
  GtkWidget *detail;
  GtkWidget *side;
  GtkWidget *map_slot;
  GtkWidget *story_slot;
  GtkWidget *plan_slot;
  GtkWidget *tonight_slot;
  GtkWidget *handover_slot;

  double em;
  int width;
  guint columns_source;
};

G_DEFINE_FINAL_TYPE (DeskBoard, desk_board, GTK_TYPE_WIDGET)

enum
{
  NOTIFY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* --- columns --- */

static double
get_em (GtkWidget *widget)
{
  const PangoFontDescription *font = pango_context_get_font_description (gtk_widget_get_pango_context (widget));
  int size = pango_font_description_get_size (font);

  return size > 0 ? (double)size / PANGO_SCALE : 16;
}

static void
set_scrolling (GtkWidget *scroller, gboolean scrolls)
{
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  scrolls ? GTK_POLICY_AUTOMATIC : GTK_POLICY_NEVER);
}

static void
set_large (DeskBoard *board, gboolean is_large)
{
  if (is_large == gtk_widget_has_css_class (GTK_WIDGET (board), "large-screen"))
    return;
  desk_toggle_class (GTK_WIDGET (board), "large-screen", is_large);
  desk_resize_marks (GTK_WIDGET (board));
}

/* With one column everything scrolls together; with two the person and the map do; with three the
 * person alone. */
static gboolean
apply_columns (gpointer user_data)
{
  DeskBoard *board = user_data;
  DeskColumns columns = desk_columns_choose (board->width / board->em);
  gboolean is_one = columns == DESK_COLUMNS_ONE;
  gboolean is_three = columns == DESK_COLUMNS_THREE;
  double map_em = is_three ? desk_columns_get_map_em (board->width / board->em) : 0;

  board->columns_source = 0;
  set_large (board, board->width / board->em >= DESK_LARGE_EM / DESK_LARGE_FACTOR);
  gtk_widget_set_visible (board->brand, !is_one); /* the mark is enough */
  set_scrolling (board->frame_scroller, is_one);
  set_scrolling (board->body_scroller, columns == DESK_COLUMNS_TWO);
  set_scrolling (board->detail_scroller, is_three);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (board->frame),
                                  is_one ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (board->body),
                                  is_three ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_size_request (board->list_slot, is_one ? -1 : (int)(DESK_COLUMN_LIST_EM * board->em),
                               is_one ? (int)(LIST_ONE_COLUMN_EM * board->em) : -1);
  gtk_widget_set_size_request (board->side, is_three ? (int)(map_em * board->em) : -1, -1);
  for (guint i = DESK_COLUMNS_ONE; i <= DESK_COLUMNS_THREE; i++)
    {
      static const char *const names[] = { "one-column", "two-columns", "three-columns" };

      desk_toggle_class (GTK_WIDGET (board), names[i], i == columns);
    }
  return G_SOURCE_REMOVE;
}

static void
desk_board_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                    int *minimum_baseline, int *natural_baseline)
{
  int child_minimum;

  /* narrower than its columns is allowed: they become fewer */
  gtk_widget_measure (DESK_BOARD (widget)->whole, orientation, -1, &child_minimum, natural, NULL, NULL);
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? LEAST_WIDTH : LEAST_HEIGHT;
  *natural = MAX (*natural, *minimum);
}

static void
desk_board_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  DeskBoard *board = DESK_BOARD (widget);
  double em = get_em (GTK_WIDGET (gtk_widget_get_root (widget)));
  int least_width;
  int least_height;

  if (width / em >= DESK_LARGE_EM)
    em *= DESK_LARGE_FACTOR;
  if (width != board->width || em != board->em)
    {
      board->width = width;
      board->em = em;
      if (board->columns_source == 0)
        board->columns_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, apply_columns, board, NULL);
    }
  gtk_widget_measure (board->whole, GTK_ORIENTATION_HORIZONTAL, -1, &least_width, NULL, NULL, NULL);
  gtk_widget_measure (board->whole, GTK_ORIENTATION_VERTICAL, MAX (width, least_width), &least_height, NULL, NULL, NULL);
  gtk_widget_allocate (board->whole, MAX (width, least_width), MAX (height, least_height), baseline, NULL);
}

/* --- what it shows --- */

static void
on_news (const char *title, const char *body, const char *code, gpointer user_data)
{
  g_signal_emit (user_data, signals[NOTIFY], 0, title, body, code);
}

static void
on_model (DeskBoard *board)
{
  BoardMoment moment;

  board_context_get_moment (board->context, &moment);
  desk_news_look (board->news, board_context_get_model (board->context), &moment.session, on_news, board);
}

/* Another person begins at the top, wherever the last one was left. */
static void
show_top (DeskBoard *board)
{
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (board->body_scroller)), 0);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (board->detail_scroller)), 0);
}

static void
refresh (DeskBoard *board)
{
  BoardMoment moment;

  board_context_get_moment (board->context, &moment);
  desk_label_say (board->user, moment.session.user);
  gtk_widget_set_visible (board->nobody, desk_state_find_chosen (board->state) == NULL);
  desk_toggle_class (board->header, "is-lost", moment.line == BOARD_LINE_OFFLINE || moment.line == BOARD_LINE_REFUSED);
}

DeskState *
desk_board_get_state (DeskBoard *board)
{
  return board->state;
}

void
desk_board_show_page (DeskBoard *board, const char *page)
{
  gtk_stack_set_visible_child_name (GTK_STACK (board->pages), page);
}

void
desk_board_find (DeskBoard *board)
{
  gtk_widget_grab_focus (board->search);
}

void
desk_board_step (DeskBoard *board, int step)
{
  desk_list_step (DESK_LIST (board->list), step);
}

static void
begin_form (DeskBoard *board, const BoardReferral *referral)
{
  desk_board_show_page (board, "form");
  desk_form_begin (DESK_FORM (board->form), referral);
}

void
desk_board_begin_referral (DeskBoard *board)
{
  begin_form (board, NULL);
}

static void
on_form_done (DeskForm *form, const char *code, gpointer user_data)
{
  DeskBoard *board = user_data;

  desk_board_show_page (board, "person");
  if (code[0] != '\0')
    desk_state_choose (board->state, code);
  gtk_widget_grab_focus (board->list);
}

static void
on_found_person (DeskBoard *board)
{
  desk_board_show_page (board, "person");
}

void
desk_board_act (DeskBoard *board, DeskAct act)
{
  const BoardReferral *referral = desk_state_find_chosen (board->state);
  BoardMoment moment;

  board_context_get_moment (board->context, &moment);
  if (referral == NULL || !desk_act_is_open (act, moment.session.role, referral))
    return;
  if (act == DESK_ACT_RESERVE)
    desk_beds_reserve (DESK_BEDS (board->beds));
  else if (act == DESK_ACT_TRIAGE)
    desk_triage_open (DESK_TRIAGE (board->triage));
  else if (act == DESK_ACT_EDIT)
    begin_form (board, referral);
  else
    desk_asking_begin (board->asking, act);
}

void
desk_board_show_history (DeskBoard *board)
{
  gtk_widget_grab_focus (board->history);
}

gboolean
desk_board_undo (DeskBoard *board)
{
  return board_toast_undo (BOARD_TOAST (board->toast));
}

gboolean
desk_board_take_next (DeskBoard *board)
{
  return board_toast_take_next (BOARD_TOAST (board->toast));
}

void
desk_board_show_keys (DeskBoard *board)
{
  GtkWindow *window = GTK_WINDOW (board_keys_new_window (BOARD_VIEW_DESK));
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (board));

  gtk_window_set_transient_for (window, GTK_WINDOW (root));
  gtk_window_present (window);
}

static void
on_next_wanted (BoardToast *toast, BoardCommand *refused, gpointer user_data)
{
  DeskBoard *board = user_data;
  JsonObject *next = board_command_peek_next (refused);
  g_autoptr (BoardCommand) command = NULL;
  DeskOffer offer;

  if (next == NULL || !desk_offer_parse (next, &offer))
    return;
  desk_state_choose (board->state, board_command_peek_subject (refused));
  desk_state_pick (board->state, offer.bed);
  command = desk_ask_reserve (board->state, offer.bed, -1);
}

/* What stands in the middle while nobody is chosen. */
static GtkWidget *
make_nobody (void)
{
  GtkWidget *box = desk_box_new (GTK_ORIENTATION_VERTICAL, 14, "nobody-chosen");
  GtkWidget *words = desk_label_new (_ ("Nobody is chosen"), "section");
  GtkWidget *note = desk_label_new (_ ("Whoever is referred from here stands in the list, from the referral to the bed."), "quiet");
  GtkWidget *button = desk_button_new (_ ("_New referral"), "desk.new", NULL, "primary");

  gtk_label_set_xalign (GTK_LABEL (words), 0.5);
  gtk_label_set_wrap (GTK_LABEL (note), TRUE);
  gtk_label_set_justify (GTK_LABEL (note), GTK_JUSTIFY_CENTER);
  gtk_label_set_xalign (GTK_LABEL (note), 0.5);
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_vexpand (box, TRUE);
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), note);
  gtk_box_append (GTK_BOX (box), button);
  return box;
}

static void
fill (DeskBoard *board)
{
  board->list = desk_list_new (board->state);
  board->person = desk_person_new (board->state);
  board->beds = desk_beds_new (board->state);
  board->history = desk_history_new (board->state);
  board->toast = board_toast_new (board->context);
  gtk_box_append (GTK_BOX (board->list_slot), board->list);
  gtk_widget_set_vexpand (board->list, TRUE);
  board->nobody = make_nobody ();
  gtk_box_append (GTK_BOX (board->detail), board->nobody);
  gtk_box_append (GTK_BOX (board->detail), board->person);
  board->triage = desk_triage_new (board->state);
  gtk_box_append (GTK_BOX (board->detail), board->triage);
  gtk_box_append (GTK_BOX (board->detail), desk_hold_new (board->state));
  gtk_box_append (GTK_BOX (board->detail), board->beds);
  gtk_box_append (GTK_BOX (board->map_slot), desk_map_new (board->state));
  gtk_widget_set_vexpand (board->history, TRUE);
  gtk_box_append (GTK_BOX (board->story_slot), board->history);
  gtk_box_append (GTK_BOX (board->plan_slot), desk_plan_page_new (board->state));
  gtk_box_append (GTK_BOX (board->tonight_slot), desk_tonight_page_new (board->state));
  gtk_box_append (GTK_BOX (board->handover_slot), desk_handover_page_new (board->state));
  gtk_box_append (GTK_BOX (board->pill_slot), board_pill_new (board->context));
  gtk_widget_set_halign (board->toast, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (board->toast, GTK_ALIGN_END);
  gtk_overlay_add_overlay (GTK_OVERLAY (board->overlay), board->toast);
  g_signal_connect_object (board->toast, "next-wanted", G_CALLBACK (on_next_wanted), board, 0);
  board->form = desk_form_new (board->state);
  gtk_stack_add_named (GTK_STACK (board->pages), board->form, "form");
  g_signal_connect_object (board->form, "done", G_CALLBACK (on_form_done), board, 0);
  board->finder = desk_finder_new (board->state, board->search);
  g_signal_connect_object (board->finder, "found-person", G_CALLBACK (on_found_person), board, G_CONNECT_SWAPPED);
  board->asking = desk_asking_new (board->state, desk_person_get_anchor (DESK_PERSON (board->person)));
}

GtkWidget *
desk_board_new (BoardContext *context)
{
  DeskBoard *board = g_object_new (DESK_TYPE_BOARD, NULL);

  board->context = g_object_ref (context);
  board->state = desk_state_new (context);
  fill (board);
  desk_actions_install (board);
  g_signal_connect_object (board_context_get_model (context), "changed", G_CALLBACK (on_model), board, G_CONNECT_SWAPPED);
  g_signal_connect_object (board_context_get_model (context), "changed", G_CALLBACK (refresh), board, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "beat", G_CALLBACK (refresh), board, G_CONNECT_SWAPPED);
  g_signal_connect_object (board->state, "chosen", G_CALLBACK (refresh), board, G_CONNECT_SWAPPED);
  g_signal_connect_object (board->state, "chosen", G_CALLBACK (show_top), board, G_CONNECT_SWAPPED);
  refresh (board);
  return GTK_WIDGET (board);
}

/* The keyboard begins in the list, not in the search. */
static void
desk_board_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (desk_board_parent_class)->map (widget);
  gtk_widget_grab_focus (DESK_BOARD (widget)->list);
}

static void
desk_board_dispose (GObject *object)
{
  DeskBoard *board = DESK_BOARD (object);
  GtkWidget *child;

  g_clear_handle_id (&board->columns_source, g_source_remove);
  if (board->asking != NULL)
    desk_asking_drop (board->asking);
  g_clear_object (&board->asking);
  g_clear_object (&board->finder);
  g_clear_pointer (&board->news, desk_news_free);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (board))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&board->state);
  g_clear_object (&board->context);
  G_OBJECT_CLASS (desk_board_parent_class)->dispose (object);
}

static void
desk_board_class_init (DeskBoardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_board_dispose;
  widget_class->map = desk_board_map;
  widget_class->measure = desk_board_measure;
  widget_class->size_allocate = desk_board_size_allocate;
  signals[NOTIFY] = g_signal_new ("notify-person", DESK_TYPE_BOARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
  g_type_ensure (BOARD_TYPE_MARK);
  gtk_widget_class_set_css_name (widget_class, "desk");
  gtk_widget_class_set_template_from_resource (widget_class, "/uk/nhs/homeward/board/desk-board.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskBoard, whole);
  gtk_widget_class_bind_template_child (widget_class, DeskBoard, header);
  gtk_widget_class_bind_template_child (widget_class, DeskBoard, logo);
  gtk_widget_class_bind_template_child (widget_class, DeskBoard, brand);
  gtk_widget_class_bind_template_child (widget_class, DeskBoard, search);
  gtk_widget_class_bind_template_child (widget_class, DeskBoard, pill_slot);
  gtk_widget_class_bind_template_child (widget_class, DeskBoard, user);
  gtk_widget_class_bind_template_child (widget_class, DeskBoard, notice_slot);
  gtk_widget_class_bind_template_child (widget_class, DeskBoard, overlay);
  gtk_widget_class_bind_template_child (widget_class, DeskBoard, pages);
  gtk_widget_class_bind_template_child (widget_class, DeskBoard, frame_scroller);
  gtk_widget_class_bind_template_child (widget_class, DeskBoard, frame);
  gtk_widget_class_bind_template_child (widget_class, DeskBoard, list_slot);
  gtk_widget_class_bind_template_child (widget_class, DeskBoard, body_scroller);
  gtk_widget_class_bind_template_child (widget_class, DeskBoard, body);
  gtk_widget_class_bind_template_child (widget_class, DeskBoard, detail_scroller);
  gtk_widget_class_bind_template_child (widget_class, DeskBoard, detail);
  gtk_widget_class_bind_template_child (widget_class, DeskBoard, side);
  gtk_widget_class_bind_template_child (widget_class, DeskBoard, map_slot);
  gtk_widget_class_bind_template_child (widget_class, DeskBoard, story_slot);
  gtk_widget_class_bind_template_child (widget_class, DeskBoard, plan_slot);
  gtk_widget_class_bind_template_child (widget_class, DeskBoard, tonight_slot);
  gtk_widget_class_bind_template_child (widget_class, DeskBoard, handover_slot);
}

static void
desk_board_init (DeskBoard *board)
{
  board->em = 16;
  board->news = desk_news_new ();
  gtk_widget_init_template (GTK_WIDGET (board));
  gtk_widget_set_overflow (GTK_WIDGET (board), GTK_OVERFLOW_HIDDEN);
  board_mark_show_icon (BOARD_MARK (board->logo), BOARD_ICON_LOGO);
}
