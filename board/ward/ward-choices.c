/* ward-choices.c: a popover with a question and one row a choice; keys 1 to 9 and a to z pick the
 * first of them.
 *
 * Owns the choices. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ward-choices.h"

#include "../board-i18n.h"

#define KEYS 35 /* 1 to 9, a to z */
#define HEIGHT_MAX 520

struct _WardChoices
{
  GtkPopover parent_instance;

  GPtrArray *choices; /* owned, or NULL: a read-back */

  /* widgets */
  GtkWidget *box;
  GtkWidget *first;
};

G_DEFINE_FINAL_TYPE (WardChoices, ward_choices, GTK_TYPE_POPOVER)

enum
{
  PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
pick (WardChoices *choices, guint i)
{
  const WardChoice *choice = choices->choices != NULL ? g_ptr_array_index (choices->choices, i) : NULL;
  g_autofree char *value = g_strdup (choice != NULL ? choice->value : NULL);

  gtk_popover_popdown (GTK_POPOVER (choices));
  g_signal_emit (choices, signals[PICKED], 0, value);
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, gpointer user_data)
{
  pick (user_data, (guint)gtk_list_box_row_get_index (row));
}

/* Which choice a key stands for, or KEYS. */
static guint
find_place (guint keyval)
{
  guint lower = gdk_keyval_to_lower (keyval);

  if (lower >= GDK_KEY_1 && lower <= GDK_KEY_9)
    return lower - GDK_KEY_1;
  if (lower >= GDK_KEY_KP_1 && lower <= GDK_KEY_KP_9)
    return lower - GDK_KEY_KP_1;
  return lower >= GDK_KEY_a && lower <= GDK_KEY_z ? 9 + lower - GDK_KEY_a : KEYS;
}

static gboolean
on_key (GtkEventControllerKey *controller, guint keyval, guint code, GdkModifierType state, gpointer user_data)
{
  WardChoices *choices = user_data;
  guint i = find_place (keyval);

  if (choices->choices == NULL || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0 || i >= MIN (KEYS, choices->choices->len))
    return GDK_EVENT_PROPAGATE;
  pick (choices, i);
  return GDK_EVENT_STOP;
}

static GtkWidget *
make_row (const WardChoice *choice, guint i)
{
  char key[2] = { (char)(i < 9 ? '1' + i : i < KEYS ? 'a' + i - 9 : 0), 0 };
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *cap = gtk_label_new (key);
  GtkWidget *label = gtk_label_new (choice->label);

  gtk_widget_add_css_class (cap, i < KEYS ? "key" : "no-key");
  gtk_widget_set_valign (cap, GTK_ALIGN_CENTER);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), cap);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, choice->label, -1);
  return row;
}

static void
on_shown (WardChoices *choices)
{
  if (choices->first != NULL)
    gtk_widget_grab_focus (choices->first);
}

static void
add_title (WardChoices *choices, const char *title)
{
  GtkWidget *label = gtk_label_new (title);

  gtk_widget_add_css_class (label, "title");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_box_append (GTK_BOX (choices->box), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choices), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

static void
add_list (WardChoices *choices, const char *title)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *list = gtk_list_box_new ();

  for (guint i = 0; i < choices->choices->len; i++)
    {
      GtkWidget *row = make_row (g_ptr_array_index (choices->choices, i), i);

      if (i == 0)
        choices->first = row;
      gtk_list_box_append (GTK_LIST_BOX (list), row);
    }
  gtk_list_box_set_activate_on_single_click (GTK_LIST_BOX (list), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (on_row_activated), choices, 0);
  gtk_widget_set_focusable (scrolled, FALSE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), HEIGHT_MAX);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), list);
  gtk_box_append (GTK_BOX (choices->box), scrolled);
}

GtkWidget *
ward_choices_new (const char *title, GPtrArray *choices)
{
  WardChoices *popover = g_object_new (WARD_TYPE_CHOICES, NULL);

  popover->choices = choices;
  add_title (popover, title);
  if (choices->len > 0)
    add_list (popover, title);
  else
    {
      GtkWidget *label = gtk_label_new (_ ("There is none just now"));

      gtk_widget_add_css_class (label, "nothing");
      gtk_box_append (GTK_BOX (popover->box), label);
    }
  return GTK_WIDGET (popover);
}

static void
on_yes (WardChoices *choices)
{
  pick (choices, 0);
}

static void
on_no (WardChoices *choices)
{
  gtk_popover_popdown (GTK_POPOVER (choices));
}

/* Enter agrees, Esc does not: what is read back stands above both. */
GtkWidget *
ward_choices_new_read_back (const char *title, char **lines, const char *yes)
{
  WardChoices *popover = g_object_new (WARD_TYPE_CHOICES, NULL);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *agree = gtk_button_new_with_label (yes);
  GtkWidget *refuse = gtk_button_new_with_label (_ ("No"));
  g_autofree char *said = g_strjoinv (". ", lines);
  g_autofree char *name = g_strdup_printf ("%s: %s", yes, said);

  gtk_widget_add_css_class (GTK_WIDGET (popover), "read-back");
  add_title (popover, title);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      GtkWidget *label = gtk_label_new (lines[i]);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_add_css_class (label, i == 0 ? "code" : "line");
      gtk_box_append (GTK_BOX (popover->box), label);
    }
  gtk_widget_add_css_class (agree, "primary");
  gtk_widget_add_css_class (buttons, "answers");
  gtk_widget_set_hexpand (agree, TRUE);
  gtk_box_append (GTK_BOX (buttons), agree);
  gtk_box_append (GTK_BOX (buttons), refuse);
  gtk_box_append (GTK_BOX (popover->box), buttons);
  gtk_accessible_update_property (GTK_ACCESSIBLE (agree), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (agree, "clicked", G_CALLBACK (on_yes), popover, G_CONNECT_SWAPPED);
  g_signal_connect_object (refuse, "clicked", G_CALLBACK (on_no), popover, G_CONNECT_SWAPPED);
  popover->first = agree;
  g_strfreev (lines);
  return GTK_WIDGET (popover);
}

static void
ward_choices_finalize (GObject *object)
{
  g_clear_pointer (&WARD_CHOICES (object)->choices, g_ptr_array_unref);
  G_OBJECT_CLASS (ward_choices_parent_class)->finalize (object);
}

static void
ward_choices_class_init (WardChoicesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ward_choices_finalize;
  signals[PICKED] = g_signal_new ("picked", WARD_TYPE_CHOICES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
ward_choices_init (WardChoices *choices)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  choices->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (GTK_WIDGET (choices), "reasons");
  gtk_popover_set_child (GTK_POPOVER (choices), choices->box);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), choices);
  gtk_widget_add_controller (GTK_WIDGET (choices), keys);
  g_signal_connect (choices, "map", G_CALLBACK (on_shown), NULL);
}
