/* ward-parts.c: buttons, need icons and menus as cards and the side column show them.
 *
 * Owns nothing: state stands on the widgets. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ward-parts.h"

#include "../board-codes.h"
#include "../board-i18n.h"
#include "../board-mark.h"
#include "common/bed-time.h"
#include "ward-menu.h"
#include "ward-say.h"

#define MARK_SIZE 18
#define NEED_SIZE 21
#define SHOWN "ward-shown"
#define BED "ward-bed"
#define MEANING "ward-meaning"

void
ward_parts_set_class (GtkWidget *widget, const char *const *classes, gsize n, const char *chosen)
{
  for (gsize i = 0; i < n; i++)
    if (chosen != NULL && g_str_equal (classes[i], chosen))
      gtk_widget_add_css_class (widget, classes[i]);
    else
      gtk_widget_remove_css_class (widget, classes[i]);
}

double
ward_parts_get_left (const WardCase *cause)
{
  gint64 whole_us = cause->bed->hold_min * BED_MINUTE_US;
  gint64 left_us = cause->bed->until_us - cause->now_us;

  if (cause->bed->until_us == 0 || whole_us == 0)
    return 0.5;
  return CLAMP ((double)left_us / (double)whole_us, 0, 1);
}

const char *
ward_parts_say_pending (BoardCommand *command)
{
  if (command == NULL)
    return NULL;
  switch (board_command_get_state (command))
    {
    case BOARD_COMMAND_QUEUED:
      return _ ("Waiting for the line");
    case BOARD_COMMAND_SENT:
    case BOARD_COMMAND_PENDING:
      return _ ("Being sent");
    case BOARD_COMMAND_NEW:
    case BOARD_COMMAND_SHOWN:
    case BOARD_COMMAND_REFUSED:
      return NULL;
    }
  return NULL;
}

/* --- the big button --- */

typedef enum
{
  SIGN_NONE,
  SIGN_GLYPH,
  SIGN_ICON,
  SIGN_THEME
} SignKind;

/* A button's glyph is the state that follows. */
static const struct
{
  SignKind kind;
  int value;
  gboolean is_primary;
} signs[WARD_N_ACTS] = {
  [WARD_ACT_FILL] = { SIGN_GLYPH, BOARD_GLYPH_OCCUPIED, FALSE },
  [WARD_ACT_ACCEPT] = { SIGN_ICON, BOARD_ICON_TICK, TRUE },
  [WARD_ACT_ARRIVED] = { SIGN_ICON, BOARD_ICON_TICK, TRUE },
  [WARD_ACT_LEAVING] = { SIGN_GLYPH, BOARD_GLYPH_LEAVING, FALSE },
  [WARD_ACT_MOVE_ON] = { SIGN_ICON, BOARD_ICON_ARROW, FALSE },
  [WARD_ACT_HAS_LEFT] = { SIGN_GLYPH, BOARD_GLYPH_CLEANING, FALSE },
  [WARD_ACT_VACATED] = { SIGN_GLYPH, BOARD_GLYPH_CLEANING, FALSE },
  [WARD_ACT_BACK] = { SIGN_GLYPH, BOARD_GLYPH_OCCUPIED, FALSE },
  [WARD_ACT_BACK_UNNAMED] = { SIGN_GLYPH, BOARD_GLYPH_OCCUPIED, FALSE },
  [WARD_ACT_START_CLEAN] = { SIGN_GLYPH, BOARD_GLYPH_CLEANING, FALSE },
  [WARD_ACT_READY] = { SIGN_ICON, BOARD_ICON_TICK, TRUE },
  [WARD_ACT_REOPEN] = { SIGN_THEME, 0, FALSE },
  [WARD_ACT_SURGE_OPEN] = { SIGN_GLYPH, BOARD_GLYPH_FREE, FALSE },
  [WARD_ACT_SAY_STATE] = { SIGN_ICON, BOARD_ICON_TICK, FALSE },
};

static GtkWidget *
make_sign (WardAct act)
{
  GtkWidget *sign;

  if (signs[act].kind == SIGN_NONE)
    return NULL;
  if (signs[act].kind == SIGN_THEME)
    return gtk_image_new_from_icon_name ("edit-undo-symbolic");
  sign = board_mark_new (MARK_SIZE);
  if (signs[act].kind == SIGN_GLYPH)
    board_mark_show_glyph (BOARD_MARK (sign), (BoardGlyph)signs[act].value, 0);
  else
    board_mark_show_icon (BOARD_MARK (sign), (BoardIcon)signs[act].value);
  return sign;
}

/* On one line where they fit: other languages have longer words. */
static void
fit_words (GtkWidget *label)
{
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_lines (GTK_LABEL (label), 2);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
}

void
ward_parts_show_step (GtkWidget *button, const WardCase *cause, WardAct act)
{
  const char *words = ward_plan_say_button (cause, act);
  g_autofree char *name = g_strdup_printf (_ ("%s: %s"), cause->bed->label, words);
  g_autofree char *shown = g_strdup_printf ("%u %s %s", act, words, cause->bed->label);
  GtkWidget *box, *label, *sign;

  gtk_widget_remove_css_class (button, "is-waiting");
  if (g_strcmp0 (g_object_get_data (G_OBJECT (button), SHOWN), shown) == 0)
    return;
  g_object_set_data_full (G_OBJECT (button), SHOWN, g_steal_pointer (&shown), g_free);
  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  label = gtk_label_new (words);
  sign = make_sign (act);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  fit_words (label);
  if (sign != NULL)
    gtk_box_append (GTK_BOX (box), sign);
  gtk_box_append (GTK_BOX (box), label);
  gtk_button_set_child (GTK_BUTTON (button), box);
  if (signs[act].is_primary)
    gtk_widget_add_css_class (button, "primary");
  else
    gtk_widget_remove_css_class (button, "primary");
  if (act == WARD_ACT_MOVE_ON)
    gtk_widget_add_css_class (button, "amber");
  else
    gtk_widget_remove_css_class (button, "amber");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
ward_parts_show_words (GtkWidget *button, const char *words)
{
  gtk_widget_remove_css_class (button, "is-waiting");
  if (g_strcmp0 (g_object_get_data (G_OBJECT (button), SHOWN), words) == 0)
    return;
  g_object_set_data_full (G_OBJECT (button), SHOWN, g_strdup (words), g_free);
  gtk_button_set_child (GTK_BUTTON (button), gtk_label_new (words));
}

void
ward_parts_show_pending (GtkWidget *button, const WardCase *cause, const char *pending)
{
  g_autofree char *name = g_strdup_printf (_ ("%s: %s"), cause->bed->label, pending);
  GtkWidget *label;

  gtk_widget_add_css_class (button, "is-waiting");
  if (g_strcmp0 (g_object_get_data (G_OBJECT (button), SHOWN), pending) == 0)
    return;
  g_object_set_data_full (G_OBJECT (button), SHOWN, g_strdup (pending), g_free);
  label = gtk_label_new (pending);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_lines (GTK_LABEL (label), 2);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
ward_parts_show_take_back (GtkWidget *button, const WardCase *cause)
{
  const char *words = _ ("Take back");
  g_autofree char *name = g_strdup_printf (_ ("%s: %s"), cause->bed->label, words);
  GtkWidget *box, *label;

  gtk_widget_remove_css_class (button, "is-waiting");
  if (g_strcmp0 (g_object_get_data (G_OBJECT (button), SHOWN), name) == 0)
    return;
  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  label = gtk_label_new (words);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("edit-undo-symbolic"));
  fit_words (label);
  gtk_box_append (GTK_BOX (box), label);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_remove_css_class (button, "primary");
  gtk_widget_remove_css_class (button, "amber");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (button), SHOWN, g_steal_pointer (&name), g_free);
}

/* --- what a press means --- */

typedef struct
{
  WardAct act;            /* NOTHING with a command under way */
  gboolean is_waiting;    /* … which can be taken back */
  gboolean is_under_way;
  gint64 since_us;        /* monotonic */
} Meaning;

void
ward_parts_set_meaning (GtkWidget *button, WardFlow *flow, const char *subject, WardAct act)
{
  Meaning *meaning = g_object_get_data (G_OBJECT (button), MEANING);
  gboolean is_under_way = ward_parts_say_pending (ward_flow_find_open (flow, subject)) != NULL;
  gboolean is_waiting = ward_flow_is_waiting (flow, subject);
  gint64 since_us = meaning != NULL ? ward_flow_get_monotonic_us (flow) : G_MININT64 / 2;

  if (is_under_way)
    act = WARD_ACT_NOTHING;
  if (meaning != NULL && meaning->act == act && meaning->is_waiting == is_waiting && meaning->is_under_way == is_under_way)
    return;
  if (meaning == NULL)
    {
      meaning = g_new0 (Meaning, 1);
      g_object_set_data_full (G_OBJECT (button), MEANING, meaning, g_free);
    }
  *meaning = (Meaning){ act, is_waiting, is_under_way, since_us };
}

gboolean
ward_parts_is_steady (GtkWidget *button, WardFlow *flow)
{
  const Meaning *meaning = g_object_get_data (G_OBJECT (button), MEANING);

  return meaning != NULL && ward_flow_get_monotonic_us (flow) - meaning->since_us >= WARD_STEADY_US;
}

/* What it says is done, or nothing: the flow refuses what has become impossible. */
void
ward_parts_press (GtkWidget *button, WardFlow *flow, const char *subject)
{
  const Meaning *meaning = g_object_get_data (G_OBJECT (button), MEANING);

  if (!ward_parts_is_steady (button, flow))
    return;
  if (meaning->is_waiting)
    ward_flow_take_out (flow, subject);
  else if (meaning->act == WARD_ACT_CONFIRM_ALL)
    ward_flow_confirm_all (flow, subject);
  else if (meaning->act != WARD_ACT_NOTHING)
    ward_flow_begin (flow, meaning->act, subject, button);
}

/* --- needs --- */

void
ward_parts_show_needs (GtkWidget *box, guint64 needs, guint max)
{
  g_autofree char *words = ward_say_needs (needs);
  guint shown = 0;
  GtkWidget *child;

  if (g_strcmp0 (g_object_get_data (G_OBJECT (box), SHOWN), words) == 0)
    return;
  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
  for (guint need = 0; need < BED_NEED_N; need++)
    {
      int icon = board_icon_of_need ((BedNeed)need);
      gboolean is_double = need == BED_NEED_CEILING_HOIST && (needs >> BED_NEED_HOIST & 1) != 0;

      if (icon < 0 || !(needs >> need & 1) || is_double || shown++ >= max)
        continue;
      child = board_mark_new (NEED_SIZE);
      board_mark_show_icon (BOARD_MARK (child), (BoardIcon)icon);
      gtk_widget_set_tooltip_text (child, board_code_say (&bed_need_words, need));
      gtk_box_append (GTK_BOX (box), child);
    }
  gtk_widget_set_tooltip_text (box, *words != 0 ? words : NULL);
  gtk_widget_set_visible (box, shown > 0);
  g_object_set_data_full (G_OBJECT (box), SHOWN, g_steal_pointer (&words), g_free);
}

/* --- the menu --- */

static void
on_create_menu (GtkMenuButton *button, gpointer user_data)
{
  WardFlow *flow = user_data;
  const char *bed = g_object_get_data (G_OBJECT (button), BED);
  g_autoptr (GMenuModel) menu = NULL;
  WardCase cause;

  if (!ward_flow_get_case (flow, bed, &cause))
    return;
  menu = ward_menu_new (&cause, ward_flow_can_undo (flow, bed));
  gtk_menu_button_set_menu_model (button, menu);
}

void
ward_parts_set_menu (GtkMenuButton *button, WardFlow *flow, const char *bed)
{
  g_object_set_data_full (G_OBJECT (button), BED, g_strdup (bed), g_free);
  gtk_menu_button_set_create_popup_func (button, on_create_menu, flow, NULL);
}
