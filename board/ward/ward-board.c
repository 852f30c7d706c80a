/* ward-board.c: puts a unit's header, cards, side column and toast together.
 *
 * Owns its widgets, the flow of questions and a reference to the context; the model holds the truth.
 * A narrow screen, or large text, has one column that scrolls; a very wide one has larger text.
 * Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ward-board.h"

#include "../board-i18n.h"
#include "../board-toast.h"
#include "../board-words.h"
#include "ward-cards.h"
#include "ward-header.h"
#include "ward-keys.h"
#include "ward-menu.h"
#include "ward-side.h"

#define WIDE_EM 72        /* two columns from here on */
#define DESIGN_WIDTH 1920 /* what the sizes are drawn for; 150 % and 200 % beyond it */
#define DESIGN_HEIGHT 1080
#define LEAST_WIDTH 320
#define SMALL_WIDTH 1500
#define SMALL_HEIGHT 900

struct _WardBoard
{
  GtkWidget parent_instance;

  /* owned */
  BoardContext *context;
  WardFlow *flow;
  char *unit;

  /* widgets */
  GtkWidget *box;
  GtkWidget *main;
  GtkWidget *beside;
  GtkWidget *side_scrolled;
  GtkWidget *lane;
  GtkWidget *status;
  GtkWidget *nothing;
  GtkWidget *header;
  GtkWidget *cards;
  GtkWidget *side;
  GtkWidget *toast;
  GtkWidget *keys; /* the button; the sheet is its child */
  GtkWidget *sheet;

  guint fit_source;
  gboolean is_narrow;
  gboolean has_focused;
};

G_DEFINE_FINAL_TYPE (WardBoard, ward_board, GTK_TYPE_WIDGET)

/* The unit whose screen this is, or NULL as long as nothing is known. */
static const BoardUnit *
find_unit (WardBoard *board)
{
  BoardModel *model = board_context_get_model (board->context);
  const GPtrArray *units = board_model_peek_units (model);
  BoardMoment moment;

  if (*board->unit != 0)
    return board_model_find_unit (model, board->unit);
  board_context_get_moment (board->context, &moment);
  if (moment.session.unit[0] != 0)
    return board_model_find_unit (model, moment.session.unit);
  return units->len > 0 ? g_ptr_array_index (units, 0) : NULL;
}

/* --- what is shown --- */

static void
set_class (WardBoard *board, const char *style, gboolean is_on)
{
  if (is_on)
    gtk_widget_add_css_class (GTK_WIDGET (board), style);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (board), style);
}

static const char *
say_nothing (WardBoard *board, const BoardUnit *unit)
{
  if (unit != NULL)
    return _ ("No beds of this unit are in use.");
  if (!board_model_has_picture (board_context_get_model (board->context)))
    return _ ("Waiting for the first picture from the register.");
  return _ ("The register knows no such unit, or it is not for these eyes.");
}

/* The newest event of the unit, for those who listen. */
static void
show_status (WardBoard *board, const BoardUnit *unit)
{
  BoardModel *model = board_context_get_model (board->context);
  const GPtrArray *recent = board_model_peek_recent (model);

  for (guint i = 0; unit != NULL && i < recent->len; i++)
    {
      const BoardRecent *one = g_ptr_array_index (recent, i);
      const BoardBed *bed = board_model_find_bed (model, one->bed);
      g_autofree char *words = NULL;

      if (!g_str_equal (one->unit, unit->id) || (one->bed[0] != 0 && bed == NULL))
        continue;
      words = board_words_recent (one, bed != NULL ? bed->label : "");
      if (words == NULL)
        continue;
      if (bed == NULL)
        {
          g_autofree char *what = g_steal_pointer (&words);

          words = g_strdup_printf (_ ("%s: %s"), unit->name, what);
        }
      if (!g_str_equal (gtk_label_get_label (GTK_LABEL (board->status)), words))
        gtk_label_set_label (GTK_LABEL (board->status), words);
      return;
    }
  gtk_label_set_label (GTK_LABEL (board->status), "");
}

/* On a small screen that would scroll past what stands above the cards. */
static void
focus_first (WardBoard *board)
{
  GtkWidget *card = gtk_widget_get_first_child (board->cards);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (board));

  if (board->has_focused || board->is_narrow || card == NULL || root == NULL || gtk_root_get_focus (root) != NULL)
    return;
  board->has_focused = ward_card_take_focus (WARD_CARD (card));
}

static void
refresh (WardBoard *board)
{
  const BoardUnit *unit = find_unit (board);
  BoardMoment moment;
  gboolean has_cards;

  board_context_get_moment (board->context, &moment);
  ward_header_follow (WARD_HEADER (board->header), board->flow, unit != NULL ? unit->id : "");
  ward_cards_follow (WARD_CARDS (board->cards), board->flow, unit);
  ward_side_follow (WARD_SIDE (board->side), unit);
  has_cards = gtk_widget_get_first_child (board->cards) != NULL;
  gtk_widget_set_visible (board->nothing, !has_cards);
  gtk_label_set_label (GTK_LABEL (board->nothing), say_nothing (board, unit));
  /* its banner takes from the cards' room */
  set_class (board, "has-banner", moment.line != BOARD_LINE_LIVE && moment.line != BOARD_LINE_RECONNECTING);
  gtk_widget_set_sensitive (board->cards, moment.line != BOARD_LINE_REFUSED);
  gtk_widget_set_sensitive (board->side, moment.line != BOARD_LINE_REFUSED);
  show_status (board, unit);
}

/* --- how it fits --- */

static double
get_em (WardBoard *board)
{
  const PangoFontDescription *font = pango_context_get_font_description (gtk_widget_get_pango_context (GTK_WIDGET (board)));
  double size = pango_font_description_get_size (font) / (double)PANGO_SCALE;
  int dpi = 96 * 1024;

  if (pango_font_description_get_size_is_absolute (font))
    return MAX (size, 1);
  g_object_get (gtk_widget_get_settings (GTK_WIDGET (board)), "gtk-xft-dpi", &dpi, NULL);
  return MAX (size * (dpi > 0 ? dpi / 1024.0 : 96) / 72, 1);
}

/* The side column stands beside the cards or below them, and what is above them scrolls with them. */
static void
place_side (WardBoard *board, gboolean is_narrow)
{
  GtkWidget *counts = ward_header_peek_counts (WARD_HEADER (board->header));
  GtkWidget *mirror = ward_side_peek_mirror (WARD_SIDE (board->side));

  gtk_box_remove (GTK_BOX (gtk_widget_get_parent (mirror)), mirror);
  g_object_ref (board->side);
  ward_header_set_wide (WARD_HEADER (board->header), !is_narrow);
  if (is_narrow)
    {
      gtk_box_prepend (GTK_BOX (board->main), counts);
      gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (board->side_scrolled), NULL);
      gtk_box_append (GTK_BOX (board->main), board->side);
      gtk_box_append (GTK_BOX (board->main), mirror);
    }
  else
    {
      gtk_box_remove (GTK_BOX (board->main), counts);
      ward_header_put_counts (WARD_HEADER (board->header));
      gtk_box_remove (GTK_BOX (board->main), board->side);
      gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (board->side_scrolled), board->side);
      gtk_box_append (GTK_BOX (board->beside), mirror);
    }
  g_object_unref (board->side);
  gtk_widget_set_visible (board->beside, !is_narrow);
  set_class (board, "is-narrow", is_narrow);
  board->is_narrow = is_narrow;
}

static gboolean
on_fit (gpointer user_data)
{
  WardBoard *board = user_data;
  int width = gtk_widget_get_width (GTK_WIDGET (board));
  int height = gtk_widget_get_height (GTK_WIDGET (board));
  double scale = MIN (width / (double)DESIGN_WIDTH, height / (double)DESIGN_HEIGHT);
  gboolean is_narrow;

  board->fit_source = 0;
  set_class (board, "size-150", scale >= 1.45 && scale < 1.95);
  set_class (board, "size-200", scale >= 1.95);
  set_class (board, "is-small", height < SMALL_HEIGHT || width < SMALL_WIDTH);
  is_narrow = width < WIDE_EM * get_em (board);
  if (is_narrow != board->is_narrow)
    place_side (board, is_narrow);
  focus_first (board);
  return G_SOURCE_REMOVE;
}

static void
ward_board_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                    int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (WARD_BOARD (widget)->box, orientation, for_size, minimum, natural, NULL, NULL);
  /* what does not fit beside each other comes to stand below each other */
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = MIN (*minimum, LEAST_WIDTH);
}

/* What follows from the size changes children, which may not be done in here. */
static void
ward_board_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WardBoard *board = WARD_BOARD (widget);
  int least_width, least_height;

  gtk_widget_measure (board->box, GTK_ORIENTATION_HORIZONTAL, -1, &least_width, NULL, NULL, NULL);
  width = MAX (width, least_width);
  gtk_widget_measure (board->box, GTK_ORIENTATION_VERTICAL, width, &least_height, NULL, NULL, NULL);
  gtk_widget_size_allocate (board->box, &(GtkAllocation){ 0, 0, width, MAX (height, least_height) }, -1);
  if (board->fit_source == 0)
    board->fit_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_fit, board, NULL);
}

static GtkSizeRequestMode
ward_board_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

/* --- actions --- */

static void
do_act (GtkWidget *widget, const char *name, GVariant *target)
{
  WardBoard *board = WARD_BOARD (widget);
  const BoardUnit *unit = find_unit (board);
  const char *bed, *word;
  WardCard *card;
  int act;

  g_variant_get (target, "(&s&s)", &bed, &word);
  act = ward_act_parse (word);
  card = ward_cards_find (WARD_CARDS (board->cards), bed);
  if (act > 0 && *bed == 0 && unit != NULL)
    ward_flow_begin_unit (board->flow, (WardAct)act, unit->id, ward_header_peek_menu (WARD_HEADER (board->header)));
  else if (act > 0)
    ward_flow_begin (board->flow, (WardAct)act, bed, GTK_WIDGET (card));
}

static void
undo (GtkWidget *widget, const char *name, GVariant *target)
{
  WardBoard *board = WARD_BOARD (widget);
  const char *bed = g_variant_get_string (target, NULL);

  if (*bed != 0)
    ward_flow_undo (board->flow, bed);
  else
    board_toast_undo (BOARD_TOAST (board->toast));
}

static void
confirm_all (GtkWidget *widget, const char *name, GVariant *target)
{
  ward_header_confirm (WARD_HEADER (WARD_BOARD (widget)->header));
}

static void
open_menu (GtkWidget *widget, const char *name, GVariant *target)
{
  WardCard *card = ward_cards_find_focus (WARD_CARDS (WARD_BOARD (widget)->cards));

  if (card != NULL)
    ward_card_open_menu (card);
}

static void
open_unit_menu (GtkWidget *widget, const char *name, GVariant *target)
{
  ward_header_open_menu (WARD_HEADER (WARD_BOARD (widget)->header));
}

static void
open_keys (GtkWidget *widget, const char *name, GVariant *target)
{
  gtk_popover_popup (GTK_POPOVER (WARD_BOARD (widget)->sheet));
}

/* --- the widget --- */

GtkWidget *
ward_board_new (BoardContext *context, const char *unit)
{
  WardBoard *board = g_object_new (WARD_TYPE_BOARD, NULL);

  board->context = g_object_ref (context);
  board->unit = g_strdup (unit != NULL ? unit : "");
  board->flow = ward_flow_new (GTK_WIDGET (board), context);
  board->header = ward_header_new (context);
  gtk_box_prepend (GTK_BOX (board->box), board->header);
  board->cards = ward_cards_new ();
  gtk_box_append (GTK_BOX (board->main), board->cards);
  board->side = ward_side_new (context, board->flow);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (board->side_scrolled), board->side);
  gtk_box_append (GTK_BOX (board->beside), ward_side_peek_mirror (WARD_SIDE (board->side)));
  board->toast = board_toast_new (context);
  gtk_center_box_set_center_widget (GTK_CENTER_BOX (board->lane), board->toast);
  g_signal_connect_object (board_context_get_model (context), "changed", G_CALLBACK (refresh), board, G_CONNECT_SWAPPED);
  g_signal_connect_object (board_context_get_commands (context), "changed", G_CALLBACK (refresh), board, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "beat", G_CALLBACK (refresh), board, G_CONNECT_SWAPPED);
  refresh (board);
  return GTK_WIDGET (board);
}

static void
ward_board_dispose (GObject *object)
{
  WardBoard *board = WARD_BOARD (object);
  GtkWidget *child;

  g_clear_handle_id (&board->fit_source, g_source_remove);
  g_clear_pointer (&board->sheet, gtk_widget_unparent);
  /* cards and rows borrow the flow, so they go first; its popover is a child of this */
  if (board->flow != NULL)
    ward_flow_drop (board->flow);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (board))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&board->flow);
  g_clear_object (&board->context);
  g_clear_pointer (&board->unit, g_free);
  G_OBJECT_CLASS (ward_board_parent_class)->dispose (object);
}

static void
ward_board_class_init (WardBoardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ward_board_dispose;
  widget_class->measure = ward_board_measure;
  widget_class->size_allocate = ward_board_size_allocate;
  widget_class->get_request_mode = ward_board_get_request_mode;
  gtk_widget_class_set_css_name (widget_class, "ward");
  gtk_widget_class_set_template_from_resource (widget_class, "/uk/nhs/homeward/board/ward-board.ui");
  gtk_widget_class_bind_template_child (widget_class, WardBoard, box);
  gtk_widget_class_bind_template_child (widget_class, WardBoard, main);
  gtk_widget_class_bind_template_child (widget_class, WardBoard, side_scrolled);
  gtk_widget_class_bind_template_child (widget_class, WardBoard, beside);
  gtk_widget_class_bind_template_child (widget_class, WardBoard, lane);
  gtk_widget_class_bind_template_child (widget_class, WardBoard, status);
  gtk_widget_class_bind_template_child (widget_class, WardBoard, nothing);
  gtk_widget_class_bind_template_child (widget_class, WardBoard, keys);
  gtk_widget_class_install_action (widget_class, WARD_ACTION_DO, "(ss)", do_act);
  gtk_widget_class_install_action (widget_class, WARD_ACTION_UNDO, "s", undo);
  gtk_widget_class_install_action (widget_class, "ward.confirm", NULL, confirm_all);
  gtk_widget_class_install_action (widget_class, "ward.menu", NULL, open_menu);
  gtk_widget_class_install_action (widget_class, "ward.unit", NULL, open_unit_menu);
  gtk_widget_class_install_action (widget_class, "ward.keys", NULL, open_keys);
}

static void
ward_board_init (WardBoard *board)
{
  gtk_widget_init_template (GTK_WIDGET (board));
  gtk_widget_set_overflow (GTK_WIDGET (board), GTK_OVERFLOW_HIDDEN);
  board->sheet = ward_keys_new_sheet ();
  gtk_widget_set_parent (board->sheet, board->keys);
  ward_keys_add (GTK_WIDGET (board));
}
