/* wall-pad.c: buttons 1 to 9, 0, one back and all back. Owns nothing; nothing can fail.
 *
 * The buttons take no focus: whoever types and touches in turn stays in the PIN.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-pad.h"

#include "../board-i18n.h"

static void
on_digit (GtkButton *button, gpointer entry)
{
  int position = -1;

  gtk_editable_set_position (entry, -1);
  position = gtk_editable_get_position (entry);
  gtk_editable_insert_text (entry, gtk_button_get_label (button), -1, &position);
  gtk_editable_set_position (entry, position);
}

static void
on_back (GtkButton *button, gpointer entry)
{
  glong length = g_utf8_strlen (gtk_editable_get_text (entry), -1);

  if (length > 0)
    gtk_editable_delete_text (entry, (int)length - 1, (int)length);
}

static void
on_clear (GtkButton *button, gpointer entry)
{
  gtk_editable_set_text (entry, "");
}

GtkWidget *
wall_pad_new (GtkEditable *entry, GCallback on_touch, gpointer user_data)
{
  static const struct
  {
    const char *label;
    const char *name; /* NULL: the label itself */
    GCallback callback;
  } keys[] = {
    { "1", NULL, G_CALLBACK (on_digit) },        { "2", NULL, G_CALLBACK (on_digit) },
    { "3", NULL, G_CALLBACK (on_digit) },        { "4", NULL, G_CALLBACK (on_digit) },
    { "5", NULL, G_CALLBACK (on_digit) },        { "6", NULL, G_CALLBACK (on_digit) },
    { "7", NULL, G_CALLBACK (on_digit) },        { "8", NULL, G_CALLBACK (on_digit) },
    { "9", NULL, G_CALLBACK (on_digit) },        { "C", N_ ("Clear"), G_CALLBACK (on_clear) },
    { "0", NULL, G_CALLBACK (on_digit) },        { "⌫", N_ ("Take back one digit"), G_CALLBACK (on_back) },
  };
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  gtk_widget_add_css_class (grid, "pad");
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkWidget *button = gtk_button_new_with_label (keys[i].label);

      gtk_widget_set_focusable (button, FALSE);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      keys[i].name != NULL ? _ (keys[i].name) : keys[i].label, -1);
      g_signal_connect (button, "clicked", keys[i].callback, entry);
      g_signal_connect_swapped (button, "clicked", on_touch, user_data);
      gtk_grid_attach (GTK_GRID (grid), button, (int)i % 3, (int)i / 3, 1, 1);
    }
  return grid;
}
