/* desk-form-parts.c: fields, toggles and needs of the form.
 *
 * Owns nothing: widgets belong to where they are put. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-form-parts.h"

#include "../board-codes.h"
#include "../board-i18n.h"
#include "desk-parts.h"
#include "desk-wrap.h"

#define FORM_EM 62 /* no wider than can be read at a glance */
#define NEED_KEY "desk-need"

void
desk_field_init (DeskField *field, const char *member, const char *caption, GtkWidget *choice)
{
  GtkWidget *label = desk_label_new (caption, "quiet field-name");

  field->member = member;
  field->choice = choice;
  field->box = desk_box_new (GTK_ORIENTATION_VERTICAL, 4, "field");
  field->note = desk_label_new ("", "quiet note");
  gtk_label_set_wrap (GTK_LABEL (field->note), TRUE);
  gtk_widget_set_visible (field->note, FALSE);
  field->fault = desk_label_new ("", "is-closed-text fault");
  gtk_label_set_wrap (GTK_LABEL (field->fault), TRUE);
  gtk_widget_set_visible (field->fault, FALSE);
  gtk_box_append (GTK_BOX (field->box), label);
  gtk_box_append (GTK_BOX (field->box), choice);
  gtk_box_append (GTK_BOX (field->box), field->note);
  gtk_box_append (GTK_BOX (field->box), field->fault);
  desk_name (choice, caption);
}

void
desk_field_note (DeskField *field, const char *words)
{
  desk_label_say (field->note, words);
  gtk_widget_set_visible (field->note, words[0] != '\0');
  gtk_accessible_update_property (GTK_ACCESSIBLE (field->choice), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
}

void
desk_field_blame (DeskField *field, const char *words)
{
  desk_label_say (field->fault, words);
  gtk_widget_set_visible (field->fault, words[0] != '\0');
  desk_toggle_class (field->box, "is-wrong", words[0] != '\0');
  gtk_accessible_update_state (GTK_ACCESSIBLE (field->choice), GTK_ACCESSIBLE_STATE_INVALID,
                               words[0] != '\0' ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

GtkWidget *
desk_toggles_new (const BedWords *words, guint n)
{
  GtkWidget *row = desk_wrap_new_within (6, FORM_EM);
  GtkWidget *first = NULL;

  for (guint i = 0; i < n; i++)
    {
      GtkWidget *toggle = gtk_toggle_button_new_with_label (board_code_say (words, i));

      if (first == NULL)
        first = toggle;
      else
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (toggle), GTK_TOGGLE_BUTTON (first));
      gtk_widget_insert_before (toggle, row, NULL);
    }
  gtk_widget_add_css_class (row, "toggles");
  return row;
}

int
desk_toggles_get (GtkWidget *toggles)
{
  int i = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (toggles); child != NULL; child = gtk_widget_get_next_sibling (child), i++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (child)))
      return i;
  return -1;
}

void
desk_toggles_set (GtkWidget *toggles, int value)
{
  int i = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (toggles); child != NULL; child = gtk_widget_get_next_sibling (child), i++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (child), i == value);
}

GtkWidget *
desk_choice_new (const BedWords *words)
{
  GtkStringList *list = gtk_string_list_new (NULL);

  for (guint i = 0; i < words->n; i++)
    gtk_string_list_append (list, board_code_say (words, i));
  return gtk_drop_down_new (G_LIST_MODEL (list), NULL);
}

GtkWidget *
desk_need_new (BedNeed need)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = desk_box_new (GTK_ORIENTATION_HORIZONTAL, 7, "");
  GtkWidget *wish = desk_label_new ("", "wish");
  int icon = board_icon_of_need (need);

  if (icon >= 0)
    {
      GtkWidget *mark = board_mark_new (18);

      board_mark_show_icon (BOARD_MARK (mark), (BoardIcon)icon);
      gtk_box_append (GTK_BOX (box), mark);
    }
  gtk_box_append (GTK_BOX (box), desk_label_new (board_code_say (&bed_need_words, need), ""));
  gtk_box_append (GTK_BOX (box), wish);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "wish-button");
  g_object_set_data (G_OBJECT (button), NEED_KEY, GUINT_TO_POINTER (need + 1));
  desk_need_show (button, DESK_NEED_OFF);
  return button;
}

BedNeed
desk_need_get (GtkWidget *button)
{
  return (BedNeed)(GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), NEED_KEY)) - 1);
}

void
desk_need_show (GtkWidget *button, DeskNeedWish wish)
{
  static const struct
  {
    const char *words;
    const char *style;
  } wishes[] = {
    [DESK_NEED_OFF] = { "", "" },
    [DESK_NEED_MUST] = { N_ ("must"), "is-must" },
    [DESK_NEED_MUST_NOT] = { N_ ("must not"), "is-must-not" },
    [DESK_NEED_PREFER] = { N_ ("prefers"), "is-prefer" },
  };
  GtkWidget *label = gtk_widget_get_last_child (gtk_button_get_child (GTK_BUTTON (button)));
  const char *said = wishes[wish].words[0] != '\0' ? _ (wishes[wish].words) : "";
  g_autofree char *name = NULL;

  for (guint i = DESK_NEED_MUST; i <= DESK_NEED_PREFER; i++)
    desk_toggle_class (button, wishes[i].style, i == wish);
  desk_label_say (label, said);
  gtk_widget_set_visible (label, wish != DESK_NEED_OFF);
  /* TRANSLATORS: a need, and "must", "must not", "prefers" or "not needed" */
  name = g_strdup_printf (_ ("%s: %s"), board_code_say (&bed_need_words, desk_need_get (button)),
                          wish != DESK_NEED_OFF ? said : _ ("not needed"));
  desk_name (button, name);
}
