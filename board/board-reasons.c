/* board-reasons.c: a list of words, each with its key.
 *
 * Owns its rows; holds no truth. A row knows its value, a key its row. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-reasons.h"

#include "board-codes.h"

#define HEIGHT_MAX 520 /* then it scrolls */
#define VALUE "homeward-value"

struct _BoardReasons
{
  GtkPopover parent_instance;

  /* widgets */
  GtkWidget *title;
  GtkWidget *list;

  const BedWords *words;
};

G_DEFINE_FINAL_TYPE (BoardReasons, board_reasons, GTK_TYPE_POPOVER)

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* "1" … "9", "a" … "z" */
static char
get_key (guint place)
{
  return (char)(place < 9 ? '1' + place : 'a' + place - 9);
}

/* The place that a key stands for, or -1. */
static int
find_place (guint keyval)
{
  guint lower = gdk_keyval_to_lower (keyval);

  if (lower >= GDK_KEY_1 && lower <= GDK_KEY_9)
    return (int)(lower - GDK_KEY_1);
  if (lower >= GDK_KEY_KP_1 && lower <= GDK_KEY_KP_9)
    return (int)(lower - GDK_KEY_KP_1);
  if (lower >= GDK_KEY_a && lower <= GDK_KEY_z)
    return (int)(9 + lower - GDK_KEY_a);
  return -1;
}

static void
choose (BoardReasons *reasons, GtkListBoxRow *row)
{
  guint value = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), VALUE));

  gtk_popover_popdown (GTK_POPOVER (reasons));
  g_signal_emit (reasons, signals[CHOSEN], 0, value);
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, gpointer user_data)
{
  choose (user_data, row);
}

static gboolean
on_key (GtkEventControllerKey *controller, guint keyval, guint code, GdkModifierType state, gpointer user_data)
{
  BoardReasons *reasons = user_data;
  int place = find_place (keyval);
  GtkListBoxRow *row;

  if (place < 0 || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (reasons->list), place);
  if (row == NULL)
    return GDK_EVENT_PROPAGATE;
  choose (reasons, row);
  return GDK_EVENT_STOP;
}

static GtkWidget *
make_row (BoardReasons *reasons, guint value, guint place)
{
  const char key[] = { get_key (place), 0 };
  const char *said = board_code_say (reasons->words, value);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *cap = gtk_label_new (key);
  GtkWidget *label = gtk_label_new (said);

  gtk_widget_add_css_class (cap, "key");
  gtk_widget_set_valign (cap, GTK_ALIGN_CENTER);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), cap);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data (G_OBJECT (row), VALUE, GUINT_TO_POINTER (value));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, said,
                                  GTK_ACCESSIBLE_PROPERTY_KEY_SHORTCUTS, key, -1);
  return row;
}

/* Rows for the values that are not left out, each with the next key. */
static void
fill (BoardReasons *reasons, const gboolean offered[static BOARD_REASONS_MAX + 1])
{
  GtkListBoxRow *row;
  guint place = 0;

  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (reasons->list), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (reasons->list), GTK_WIDGET (row));
  for (guint value = 0; value < reasons->words->n && place < BOARD_REASONS_MAX; value++)
    if (offered[value])
      gtk_list_box_append (GTK_LIST_BOX (reasons->list), make_row (reasons, value, place++));
}

void
board_reasons_leave_out (BoardReasons *reasons, guint value)
{
  gboolean offered[BOARD_REASONS_MAX + 1] = { FALSE };
  GtkListBoxRow *row;

  g_return_if_fail (BOARD_IS_REASONS (reasons));
  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (reasons->list), i)) != NULL; i++)
    offered[GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), VALUE))] = TRUE;
  if (value <= BOARD_REASONS_MAX)
    offered[value] = FALSE;
  fill (reasons, offered);
}

/* The first word has the focus, so that arrows and Enter go on from there. */
static void
on_shown (BoardReasons *reasons)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (reasons->list), 0);

  if (row == NULL)
    return;
  gtk_list_box_select_row (GTK_LIST_BOX (reasons->list), row);
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

GtkWidget *
board_reasons_new (const char *title, const BedWords *words, guint first_value)
{
  BoardReasons *reasons = g_object_new (BOARD_TYPE_REASONS, NULL);
  gboolean offered[BOARD_REASONS_MAX + 1] = { FALSE };

  g_return_val_if_fail (words->n <= BOARD_REASONS_MAX + 1, GTK_WIDGET (reasons));
  reasons->words = words;
  gtk_label_set_label (GTK_LABEL (reasons->title), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (reasons), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (reasons->list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  for (guint value = first_value; value < words->n; value++)
    offered[value] = TRUE;
  fill (reasons, offered);
  return GTK_WIDGET (reasons);
}

static void
board_reasons_class_init (BoardReasonsClass *klass)
{
  signals[CHOSEN] = g_signal_new ("chosen", BOARD_TYPE_REASONS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
board_reasons_init (BoardReasons *reasons)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  reasons->title = gtk_label_new ("");
  reasons->list = gtk_list_box_new ();
  gtk_widget_add_css_class (GTK_WIDGET (reasons), "reasons");
  gtk_widget_add_css_class (reasons->title, "title");
  gtk_label_set_xalign (GTK_LABEL (reasons->title), 0);
  gtk_label_set_wrap (GTK_LABEL (reasons->title), TRUE);
  gtk_list_box_set_activate_on_single_click (GTK_LIST_BOX (reasons->list), TRUE);
  g_signal_connect_object (reasons->list, "row-activated", G_CALLBACK (on_row_activated), reasons, 0);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_overlay_scrolling (GTK_SCROLLED_WINDOW (scrolled), FALSE); /* there is more below */
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), HEIGHT_MAX);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), reasons->list);
  gtk_box_append (GTK_BOX (box), reasons->title);
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_popover_set_child (GTK_POPOVER (reasons), box);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), reasons);
  gtk_widget_add_controller (GTK_WIDGET (reasons), keys);
  g_signal_connect (reasons, "map", G_CALLBACK (on_shown), NULL);
}
