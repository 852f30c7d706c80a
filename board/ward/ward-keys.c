/* ward-keys.c: one table of keys, for the controller, the sheet and the window of all keys.
 *
 * Owns nothing; nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ward-keys.h"

#include "../board-i18n.h"
#include "ward-menu.h"

static const BoardKey keys[] = {
  { "Tab", N_ ("From card to card, in the order of the rooms"), N_ ("Tab, arrows"), NULL },
  { "Return", N_ ("The card's big button"), N_ ("Enter"), NULL },
  { "Menu <Shift>F10", N_ ("What else can be done about the bed"), N_ ("Menu, Shift+F10"), "ward.menu" },
  { "<Control>u", N_ ("What can be done about the whole unit, for its manager"), N_ ("Ctrl+U"), "ward.unit" },
  { "<Control>Return <Control>KP_Enter", N_ ("Everything unchanged, confirm"), N_ ("Ctrl+Enter"), "ward.confirm" },
  { "<Control>z", N_ ("Take back the last change, within a minute"), N_ ("Ctrl+Z"), WARD_ACTION_UNDO },
  { "1...9", N_ ("Pick a reason or a time from a list"), N_ ("1 to 9, a to z"), NULL },
  { "Escape", N_ ("Close a list without an answer"), N_ ("Esc"), NULL },
  { "question", N_ ("These keys"), N_ ("?"), "ward.keys" },
};

const BoardKey *
ward_keys_get (guint *n_keys)
{
  *n_keys = G_N_ELEMENTS (keys);
  return keys;
}

void
ward_keys_add (GtkWidget *board)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller), GTK_SHORTCUT_SCOPE_GLOBAL);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *trigger = g_strdelimit (g_strdup (keys[i].accelerator), " ", '|');
      GtkShortcut *shortcut;

      if (keys[i].action == NULL)
        continue;
      shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger), gtk_named_action_new (keys[i].action));
      if (g_str_equal (keys[i].action, WARD_ACTION_UNDO))
        gtk_shortcut_set_arguments (shortcut, g_variant_new_string (""));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }
  gtk_widget_add_controller (board, controller);
}

GtkWidget *
ward_keys_new_sheet (void)
{
  GtkWidget *sheet = gtk_popover_new ();
  GtkWidget *grid = gtk_grid_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkWidget *cap = gtk_label_new (_ (keys[i].said));
      GtkWidget *words = gtk_label_new (_ (keys[i].words));

      gtk_widget_add_css_class (cap, "key");
      gtk_widget_set_halign (cap, GTK_ALIGN_START);
      gtk_label_set_xalign (GTK_LABEL (words), 0);
      gtk_grid_attach (GTK_GRID (grid), cap, 0, (int)i, 1, 1);
      gtk_grid_attach (GTK_GRID (grid), words, 1, (int)i, 1, 1);
    }
  gtk_widget_add_css_class (sheet, "reasons");
  gtk_widget_add_css_class (sheet, "keys");
  gtk_popover_set_child (GTK_POPOVER (sheet), grid);
  gtk_accessible_update_property (GTK_ACCESSIBLE (sheet), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Keys"), -1);
  return sheet;
}
