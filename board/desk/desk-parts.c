/* desk-parts.c: labels, chips and pills with their style classes.
 *
 * Owns nothing: what is made belongs to whoever puts it somewhere. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-parts.h"

#include "../board-words.h"

#define CHIP_MARK 14
#define PILL_MARK 18

static void
add_classes (GtkWidget *widget, const char *classes)
{
  g_auto (GStrv) names = g_strsplit (classes, " ", -1);

  for (guint i = 0; names[i] != NULL; i++)
    if (names[i][0] != '\0')
      gtk_widget_add_css_class (widget, names[i]);
}

GtkWidget *
desk_label_new (const char *words, const char *classes)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  add_classes (label, classes);
  return label;
}

void
desk_label_say (GtkWidget *label, const char *words)
{
  if (!g_str_equal (gtk_label_get_label (GTK_LABEL (label)), words))
    gtk_label_set_label (GTK_LABEL (label), words);
}

GtkWidget *
desk_box_new (GtkOrientation orientation, int gap, const char *classes)
{
  GtkWidget *box = gtk_box_new (orientation, gap);

  add_classes (box, classes);
  return box;
}

GtkWidget *
desk_chip_new (void)
{
  GtkWidget *chip = desk_box_new (GTK_ORIENTATION_HORIZONTAL, 6, "chip");
  GtkWidget *label = desk_label_new ("", "");

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (chip), board_mark_new (CHIP_MARK));
  gtk_box_append (GTK_BOX (chip), label);
  gtk_widget_set_halign (chip, GTK_ALIGN_START);
  return chip;
}

void
desk_set_tone (GtkWidget *widget, DeskTone tone)
{
  for (guint i = DESK_TONE_FREE; i <= DESK_TONE_CLOSED; i++)
    desk_toggle_class (widget, desk_tone_get_class ((DeskTone)i), i == tone);
}

void
desk_chip_say (GtkWidget *chip, const char *words, DeskTone tone, double left)
{
  GtkWidget *mark = gtk_widget_get_first_child (chip);

  desk_label_say (gtk_widget_get_last_child (chip), words);
  desk_set_tone (chip, tone);
  gtk_widget_set_visible (mark, tone != DESK_TONE_PLAIN);
  switch (tone)
    {
    case DESK_TONE_PLAIN:
      break;
    case DESK_TONE_FREE:
      board_mark_show_glyph (BOARD_MARK (mark), BOARD_GLYPH_FREE, 0);
      break;
    case DESK_TONE_HELD:
      board_mark_show_glyph (BOARD_MARK (mark), BOARD_GLYPH_HELD, left);
      break;
    case DESK_TONE_ARRIVING:
      board_mark_show_glyph (BOARD_MARK (mark), BOARD_GLYPH_ARRIVING, 0);
      break;
    case DESK_TONE_CLOSED:
      board_mark_show_icon (BOARD_MARK (mark), BOARD_ICON_WARNING);
      break;
    }
}

GtkWidget *
desk_pill_new (int icon, const char *words, const char *classes)
{
  GtkWidget *pill = desk_box_new (GTK_ORIENTATION_HORIZONTAL, 7, "need");

  add_classes (pill, classes);
  if (icon >= 0)
    {
      GtkWidget *mark = board_mark_new (PILL_MARK);

      board_mark_show_icon (BOARD_MARK (mark), (BoardIcon)icon);
      gtk_box_append (GTK_BOX (pill), mark);
    }
  gtk_box_append (GTK_BOX (pill), desk_label_new (words, ""));
  return pill;
}

void
desk_owner_say (GtkWidget *label, BedOwnerKind kind)
{
  static const char *const classes[BED_OWNER_N] = { "nhs", "county", "independent" };

  desk_label_say (label, board_words_owner (kind));
  for (guint i = 0; i < BED_OWNER_N; i++)
    desk_toggle_class (label, classes[i], i == kind);
}

void
desk_resize_marks (GtkWidget *widget)
{
  if (BOARD_IS_MARK (widget))
    gtk_widget_queue_resize (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    desk_resize_marks (child);
}

/* GTK 4.8 names a button after its label as it is written, underscore and all ("_Back Back"): without
 * that it goes by the label's words alone. */
void
desk_button_say (GtkWidget *button, const char *words)
{
  gtk_button_set_use_underline (GTK_BUTTON (button), TRUE);
  gtk_button_set_label (GTK_BUTTON (button), words);
  gtk_accessible_reset_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL);
}

GtkWidget *
desk_button_new_plain (const char *words)
{
  GtkWidget *button = gtk_button_new ();

  desk_button_say (button, words);
  return button;
}

GtkWidget *
desk_button_new (const char *words, const char *action, const char *target, const char *classes)
{
  GtkWidget *button = desk_button_new_plain (words);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  if (target != NULL)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  add_classes (button, classes);
  return button;
}

void
desk_clear (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_widget_unparent (child);
}

void
desk_toggle_class (GtkWidget *widget, const char *name, gboolean has)
{
  if (has)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

void
desk_name (GtkWidget *widget, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
