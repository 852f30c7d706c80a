/* desk-sheet.c: a column in the middle of a wide window, all of a narrow one.
 *
 * Owns its widgets. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-sheet.h"

#include "../board-i18n.h"
#include "desk-parts.h"

#define CODE_KEY "desk-code"
#define HEADING_KEY "desk-heading"

/* The column, as wide as it may be. */
G_DECLARE_FINAL_TYPE (DeskColumn, desk_column, DESK, COLUMN, GtkWidget)

struct _DeskColumn
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (DeskColumn, desk_column, GTK_TYPE_WIDGET)

static void
desk_column_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                     int *minimum_baseline, int *natural_baseline)
{
  const PangoFontDescription *font = pango_context_get_font_description (gtk_widget_get_pango_context (widget));
  int most = DESK_SHEET_MOST_EM * pango_font_description_get_size (font) / PANGO_SCALE;

  if (orientation == GTK_ORIENTATION_VERTICAL && for_size > most)
    for_size = most;
  gtk_widget_measure (gtk_widget_get_first_child (widget), orientation, for_size, minimum, natural, NULL, NULL);
}

static void
desk_column_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  const PangoFontDescription *font = pango_context_get_font_description (gtk_widget_get_pango_context (widget));
  int most = DESK_SHEET_MOST_EM * pango_font_description_get_size (font) / PANGO_SCALE;
  int least;
  int given;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  given = MAX (MIN (width, most), least);
  gtk_widget_allocate (child, given, height, baseline,
                       gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float)MAX (width - given, 0) / 2, 0)));
}

static GtkSizeRequestMode
desk_column_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
desk_column_dispose (GObject *object)
{
  desk_clear (GTK_WIDGET (object));
  G_OBJECT_CLASS (desk_column_parent_class)->dispose (object);
}

static void
desk_column_class_init (DeskColumnClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_column_dispose;
  widget_class->measure = desk_column_measure;
  widget_class->size_allocate = desk_column_size_allocate;
  widget_class->get_request_mode = desk_column_get_request_mode;
}

static void
desk_column_init (DeskColumn *column)
{
}

/* --- the sheet --- */

struct _DeskSheet
{
  GtkWidget parent_instance;

  /* widgets */
  GtkWidget *note;
  GtkWidget *tools;
  GtkWidget *body;
};

G_DEFINE_FINAL_TYPE (DeskSheet, desk_sheet, GTK_TYPE_WIDGET)

static GtkWidget *
make_head (DeskSheet *sheet, const char *title)
{
  GtkWidget *head = desk_box_new (GTK_ORIENTATION_HORIZONTAL, 12, "sheet-head");
  GtkWidget *words = desk_box_new (GTK_ORIENTATION_VERTICAL, 2, "");
  GtkWidget *back = gtk_button_new_from_icon_name ("go-previous-symbolic");

  gtk_actionable_set_action_name (GTK_ACTIONABLE (back), "desk.person");
  gtk_widget_set_tooltip_text (back, _ ("Back to people and beds (Esc)"));
  desk_name (back, _ ("Back to people and beds"));
  gtk_widget_set_valign (back, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (back, "plain");
  sheet->note = desk_label_new ("", "quiet");
  gtk_label_set_wrap (GTK_LABEL (sheet->note), TRUE);
  sheet->tools = desk_box_new (GTK_ORIENTATION_HORIZONTAL, 8, "");
  gtk_widget_set_valign (sheet->tools, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), desk_label_new (title, "title"));
  gtk_box_append (GTK_BOX (words), sheet->note);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (head), back);
  gtk_box_append (GTK_BOX (head), words);
  gtk_box_append (GTK_BOX (head), sheet->tools);
  return head;
}

GtkWidget *
desk_sheet_new (const char *title)
{
  DeskSheet *sheet = g_object_new (DESK_TYPE_SHEET, NULL);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *column = g_object_new (desk_column_get_type (), NULL);
  GtkWidget *whole = desk_box_new (GTK_ORIENTATION_VERTICAL, 0, "sheet");

  sheet->body = desk_box_new (GTK_ORIENTATION_VERTICAL, 0, "");
  gtk_box_append (GTK_BOX (whole), make_head (sheet, title));
  gtk_box_append (GTK_BOX (whole), sheet->body);
  gtk_widget_set_parent (whole, column);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_AUTOMATIC, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), column);
  gtk_widget_set_parent (scroller, GTK_WIDGET (sheet));
  gtk_widget_set_focusable (scroller, FALSE);
  gtk_widget_set_hexpand (GTK_WIDGET (sheet), TRUE);
  return GTK_WIDGET (sheet);
}

GtkWidget *
desk_sheet_get_note (DeskSheet *sheet)
{
  return sheet->note;
}

GtkWidget *
desk_sheet_get_tools (DeskSheet *sheet)
{
  return sheet->tools;
}

GtkWidget *
desk_sheet_get_body (DeskSheet *sheet)
{
  return sheet->body;
}

static void
desk_sheet_dispose (GObject *object)
{
  desk_clear (GTK_WIDGET (object));
  G_OBJECT_CLASS (desk_sheet_parent_class)->dispose (object);
}

static void
desk_sheet_class_init (DeskSheetClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = desk_sheet_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
desk_sheet_init (DeskSheet *sheet)
{
}

/* --- lists of people --- */

GtkWidget *
desk_sheet_add_list (DeskSheet *sheet, const char *name)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *heading = desk_label_new (name, "section sheet-section");

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_list_box_set_activate_on_single_click (GTK_LIST_BOX (list), FALSE);
  gtk_widget_add_css_class (list, "card");
  gtk_widget_add_css_class (list, "sheet-list");
  desk_name (list, name);
  g_object_set_data (G_OBJECT (list), HEADING_KEY, heading);
  gtk_box_append (GTK_BOX (sheet->body), heading);
  gtk_box_append (GTK_BOX (sheet->body), list);
  return list;
}

void
desk_sheet_say_heading (GtkWidget *list, const char *words, gboolean is_urgent)
{
  GtkWidget *heading = g_object_get_data (G_OBJECT (list), HEADING_KEY);

  desk_label_say (heading, words);
  desk_toggle_class (heading, "is-urgent", is_urgent);
}

GtkWidget *
desk_sheet_make_row (const char *code)
{
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), desk_box_new (GTK_ORIENTATION_HORIZONTAL, 14, "sheet-row"));
  g_object_set_data_full (G_OBJECT (row), CODE_KEY, g_strdup (code), g_free);
  return row;
}

const char *
desk_sheet_peek_code (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), CODE_KEY);
}

char *
desk_sheet_begin (GtkWidget *list)
{
  GtkRoot *root = gtk_widget_get_root (list);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL && gtk_widget_is_ancestor (focus, list)
                       ? GTK_IS_LIST_BOX_ROW (focus) ? focus : gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW)
                       : NULL;
  char *code = row != NULL ? g_strdup (desk_sheet_peek_code (GTK_LIST_BOX_ROW (row))) : NULL;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (list), child);
  return code;
}

void
desk_sheet_end (GtkWidget *list, char *focus_code)
{
  g_autofree char *code = focus_code;
  GtkWidget *first = gtk_widget_get_first_child (list);
  GtkWidget *heading = g_object_get_data (G_OBJECT (list), HEADING_KEY);

  gtk_widget_set_visible (list, first != NULL);
  gtk_widget_set_visible (heading, first != NULL);
  for (GtkWidget *row = code != NULL ? first : NULL; row != NULL; row = gtk_widget_get_next_sibling (row))
    if (g_str_equal (desk_sheet_peek_code (GTK_LIST_BOX_ROW (row)), code))
      gtk_widget_grab_focus (row);
}
