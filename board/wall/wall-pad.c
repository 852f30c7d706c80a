/* wall-pad.c: buttons 1 to 9, 0, one back and all back; and letters, for who has no keyboard. Owns
 * nothing; nothing can fail.
 *
 * The buttons take no focus: whoever types and touches in turn stays in the entry.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-pad.h"

#include "../board-i18n.h"

/* Every way to touch a button. */
typedef struct
{
  const char *label; /* NULL: what it writes */
  const char *name;  /* NULL: the label itself */
  const char *writes;
  GCallback callback; /* NULL: writes */
  guint width;        /* columns; 0: one */
} Key;

static void
write_into (GtkEditable *entry, const char *words)
{
  int position = -1;

  gtk_editable_set_position (entry, -1);
  position = gtk_editable_get_position (entry);
  gtk_editable_insert_text (entry, words, -1, &position);
  gtk_editable_set_position (entry, position);
}

static void
on_writing (GtkButton *button, gpointer entry)
{
  write_into (entry, g_object_get_data (G_OBJECT (button), "writes"));
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

/* What Enter does in it. */
static void
on_enter (GtkButton *button, gpointer entry)
{
  g_signal_emit_by_name (entry, "activate");
}

static void
add_key (GtkWidget *grid, const Key *key, int column, int row, GtkEditable *entry, const WallPadTouch *touch)
{
  const char *label = key->label != NULL ? key->label : key->writes;
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_focusable (button, FALSE);
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  key->name != NULL ? _ (key->name) : label, -1);
  g_object_set_data_full (G_OBJECT (button), "writes", g_strdup (key->writes), g_free);
  g_signal_connect (button, "clicked", key->callback != NULL ? key->callback : G_CALLBACK (on_writing),
                    entry);
  g_signal_connect_swapped (button, "clicked", touch->callback, touch->user_data);
  gtk_grid_attach (GTK_GRID (grid), button, column, row, (int)MAX (key->width, 1), 1);
}

GtkWidget *
wall_pad_new (GtkEditable *entry, const WallPadTouch *touch)
{
  static const Key keys[] = {
    { .writes = "1" }, { .writes = "2" }, { .writes = "3" },
    { .writes = "4" }, { .writes = "5" }, { .writes = "6" },
    { .writes = "7" }, { .writes = "8" }, { .writes = "9" },
    { .label = "C", .name = N_ ("Clear"), .callback = G_CALLBACK (on_clear) },
    { .writes = "0" },
    { .label = "⌫", .name = N_ ("Take back one digit"), .callback = G_CALLBACK (on_back) },
  };
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  gtk_widget_add_css_class (grid, "pad");
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    add_key (grid, &keys[i], (int)i % 3, (int)i / 3, entry, touch);
  return grid;
}

GtkWidget *
wall_pad_new_letters (GtkEditable *entry, const WallPadTouch *touch)
{
  static const char *const rows[] = { "1234567890", "qwertyuiop", "asdfghjkl-", "zxcvbnm._" };
  static const Key back
      = { .label = "⌫", .name = N_ ("Take back one character"), .callback = G_CALLBACK (on_back) };
  static const Key below[] = {
    { .label = "C", .name = N_ ("Clear"), .callback = G_CALLBACK (on_clear), .width = 2 },
    { .label = "␣", .name = N_ ("Space"), .writes = " ", .width = 5 },
    { .label = "↵", .name = N_ ("Go on"), .callback = G_CALLBACK (on_enter), .width = 3 },
  };
  GtkWidget *grid = gtk_grid_new ();
  int column = 0;

  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  gtk_widget_add_css_class (grid, "pad");
  gtk_widget_add_css_class (grid, "letters");
  for (guint row = 0; row < G_N_ELEMENTS (rows); row++)
    for (guint i = 0; rows[row][i] != 0; i++)
      {
        char words[2] = { rows[row][i], 0 };

        add_key (grid, &(Key){ .writes = words }, (int)i, (int)row, entry, touch);
      }
  add_key (grid, &back, 9, 3, entry, touch);
  for (guint i = 0; i < G_N_ELEMENTS (below); i++)
    {
      add_key (grid, &below[i], column, G_N_ELEMENTS (rows), entry, touch);
      column += (int)below[i].width;
    }
  return grid;
}
