/* ward-card.c: shows one bed and passes presses on to the flow.
 *
 * Holds its bed's id and no truth: it looks the bed up each time. Focus stops once in a card, at the
 * big button; the menu opens by key. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ward-card.h"

#include "../board-i18n.h"
#include "../board-mark.h"
#include "ward-parts.h"
#include "ward-say.h"

#define NEEDS_MAX 5
#define CHANGED_MS 2000

struct _WardCard
{
  GtkWidget parent_instance;

  char *bed;      /* owned */
  WardFlow *flow; /* borrowed */

  /* widgets */
  GtkWidget *number;
  GtkWidget *bay;
  GtkWidget *mark;
  GtkWidget *state;
  GtkWidget *sign;
  GtkWidget *line;
  GtkWidget *needs;
  GtkWidget *bar;
  GtkWidget *why;
  GtkWidget *step;
  GtkWidget *menu;

  BedDisplay display; /* as shown */
  guint changed_source;
  gboolean has_shown;
};

G_DEFINE_FINAL_TYPE (WardCard, ward_card, GTK_TYPE_WIDGET)

static const char *const states[] = { "is-free",    "is-held",     "is-arriving", "is-cleaning",
                                      "is-leaving", "is-occupied", "is-closed",   "is-unknown" };
static const char *const tones[] = { "quiet", "tint", "amber" };

const char *
ward_card_peek_bed (WardCard *card)
{
  return card->bed;
}

static void
show_bay (WardCard *card, const BoardBed *bed)
{
  g_autofree char *words = bed->bay[0] != 0 ? g_strdup_printf (_ ("Bay %s"), bed->bay) : g_strdup ("");

  gtk_label_set_label (GTK_LABEL (card->bay), words);
  gtk_widget_set_visible (card->bay, *words != 0);
}

static void
show_words (WardCard *card, const WardCase *cause)
{
  gboolean is_waiting = ward_flow_is_waiting (card->flow, card->bed);
  WardTone tone = WARD_TONE_WARNING;
  g_autofree char *line = is_waiting ? g_strdup (_ ("Waiting for the line")) : ward_say_line (cause, &tone);
  gboolean is_stale = cause->bed->is_stale;

  gtk_label_set_label (GTK_LABEL (card->number), ward_say_number (cause->bed->label));
  gtk_widget_set_tooltip_text (card->number, cause->bed->label);
  show_bay (card, cause->bed);
  gtk_label_set_label (GTK_LABEL (card->state), ward_say_state (cause));
  gtk_label_set_label (GTK_LABEL (card->line), line);
  gtk_widget_set_tooltip_text (card->line, *line != 0 ? line : NULL);
  gtk_widget_set_visible (gtk_widget_get_parent (card->line), *line != 0);
  gtk_widget_set_visible (card->sign, tone == WARD_TONE_WARNING);
  ward_parts_set_class (gtk_widget_get_parent (card->line), tones, G_N_ELEMENTS (tones), tones[tone]);
  board_mark_show_glyph (BOARD_MARK (card->mark), board_glyph_of_display (cause->bed->display), ward_parts_get_left (cause));
  if (is_stale)
    gtk_widget_add_css_class (GTK_WIDGET (card), "is-stale");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (card), "is-stale");
  ward_parts_show_needs (card->needs, cause->bed->display == BED_DISPLAY_FREE && !is_stale ? cause->bed->features : 0, NEEDS_MAX);
}

static void
show_day (WardCard *card, const WardCase *cause)
{
  guint day, of;
  gboolean is_long = FALSE;
  gboolean has_day = cause->bed->display != BED_DISPLAY_LEAVING && ward_steps_get_day (cause, &day, &of, &is_long);

  gtk_widget_set_visible (card->bar, has_day);
  if (has_day)
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (card->bar), MIN (1.0, (double)day / of));
  if (is_long)
    gtk_widget_add_css_class (GTK_WIDGET (card), "is-long");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (card), "is-long");
}

/* Nobody here may do the next step: who may. */
static const char *
say_whose (const WardCase *cause)
{
  if (cause->bed->display == BED_DISPLAY_HELD)
    return cause->unit->accepts == BED_ACCEPTS_LAP ? _ ("The LAP answers") : _ ("An assessor answers");
  if (cause->bed->display == BED_DISPLAY_CLOSED)
    return _ ("The manager reopens it");
  if (cause->bed->display == BED_DISPLAY_SURGE_SHUT)
    return _ ("The manager opens it");
  return "";
}

static GtkWidget *
get_menu_button (WardCard *card)
{
  return gtk_widget_get_first_child (card->menu);
}

static void
show_step (WardCard *card, const WardCase *cause)
{
  const char *pending = ward_parts_say_pending (ward_flow_find_open (card->flow, card->bed));
  gboolean had_focus = gtk_widget_has_focus (card->step);
  gboolean has_button;
  WardAct act;

  act = pending == NULL ? ward_steps_find_next (cause) : WARD_ACT_NOTHING;
  has_button = act != WARD_ACT_NOTHING || pending != NULL;
  ward_parts_set_meaning (card->step, card->flow, card->bed, act);
  gtk_widget_set_sensitive (card->menu, pending == NULL);
  /* one stop for the focus in each card */
  gtk_widget_set_focusable (get_menu_button (card), !has_button);
  if (had_focus && !has_button)
    gtk_widget_grab_focus (get_menu_button (card));
  gtk_widget_set_visible (card->step, has_button);
  gtk_widget_set_visible (card->why, !has_button);
  gtk_label_set_label (GTK_LABEL (card->why), say_whose (cause));
  if (ward_flow_is_waiting (card->flow, card->bed))
    ward_parts_show_take_back (card->step, cause);
  else if (pending != NULL)
    ward_parts_show_pending (card->step, cause, pending);
  else if (has_button)
    ward_parts_show_step (card->step, cause, act);
  if (pending != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (card), "is-pending");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (card), "is-pending");
}

static gboolean
on_seen (gpointer user_data)
{
  WARD_CARD (user_data)->changed_source = 0;
  gtk_widget_remove_css_class (user_data, "is-changed");
  return G_SOURCE_REMOVE;
}

static void
show_change (WardCard *card, BedDisplay display)
{
  if (card->has_shown && card->display != display)
    {
      gtk_widget_add_css_class (GTK_WIDGET (card), "is-changed");
      g_clear_handle_id (&card->changed_source, g_source_remove);
      card->changed_source = g_timeout_add (CHANGED_MS, on_seen, card);
    }
  card->display = display;
  card->has_shown = TRUE;
}

gboolean
ward_card_refresh (WardCard *card)
{
  g_autofree char *said = NULL;
  g_autofree char *menu = NULL;
  WardCase cause;

  if (!ward_flow_get_case (card->flow, card->bed, &cause))
    return FALSE;
  ward_parts_set_class (GTK_WIDGET (card), states, G_N_ELEMENTS (states), ward_say_class (&cause));
  show_change (card, cause.bed->display);
  show_words (card, &cause);
  show_day (card, &cause);
  show_step (card, &cause);
  said = ward_say_card (&cause);
  gtk_accessible_update_property (GTK_ACCESSIBLE (card), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  menu = g_strdup_printf (_ ("%s: more"), cause.bed->label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (get_menu_button (card)), GTK_ACCESSIBLE_PROPERTY_LABEL, menu, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (card->menu), GTK_ACCESSIBLE_PROPERTY_LABEL, menu, -1);
  return TRUE;
}

void
ward_card_open_menu (WardCard *card)
{
  if (gtk_widget_get_sensitive (card->menu))
    gtk_menu_button_popup (GTK_MENU_BUTTON (card->menu));
}

static void
on_step (GtkButton *button, WardCard *card)
{
  ward_parts_press (card->step, card->flow, card->bed);
}

gboolean
ward_card_take_focus (WardCard *card)
{
  if (gtk_widget_get_visible (card->step))
    return gtk_widget_grab_focus (card->step);
  return gtk_widget_grab_focus (get_menu_button (card));
}

GtkWidget *
ward_card_new (WardFlow *flow, const char *bed)
{
  WardCard *card = g_object_new (WARD_TYPE_CARD, NULL);

  card->flow = flow;
  card->bed = g_strdup (bed);
  board_mark_show_icon (BOARD_MARK (card->sign), BOARD_ICON_WARNING);
  ward_parts_set_menu (GTK_MENU_BUTTON (card->menu), flow, bed);
  ward_card_refresh (card);
  return GTK_WIDGET (card);
}

static void
ward_card_dispose (GObject *object)
{
  GtkWidget *child;

  g_clear_handle_id (&WARD_CARD (object)->changed_source, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (ward_card_parent_class)->dispose (object);
}

static void
ward_card_finalize (GObject *object)
{
  g_free (WARD_CARD (object)->bed);
  G_OBJECT_CLASS (ward_card_parent_class)->finalize (object);
}

static void
ward_card_class_init (WardCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ward_card_dispose;
  G_OBJECT_CLASS (klass)->finalize = ward_card_finalize;
  g_type_ensure (BOARD_TYPE_MARK);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_css_name (widget_class, "card");
  gtk_widget_class_set_template_from_resource (widget_class, "/uk/nhs/homeward/board/ward-card.ui");
  gtk_widget_class_bind_template_child (widget_class, WardCard, number);
  gtk_widget_class_bind_template_child (widget_class, WardCard, bay);
  gtk_widget_class_bind_template_child (widget_class, WardCard, mark);
  gtk_widget_class_bind_template_child (widget_class, WardCard, state);
  gtk_widget_class_bind_template_child (widget_class, WardCard, sign);
  gtk_widget_class_bind_template_child (widget_class, WardCard, line);
  gtk_widget_class_bind_template_child (widget_class, WardCard, needs);
  gtk_widget_class_bind_template_child (widget_class, WardCard, bar);
  gtk_widget_class_bind_template_child (widget_class, WardCard, why);
  gtk_widget_class_bind_template_child (widget_class, WardCard, step);
  gtk_widget_class_bind_template_child (widget_class, WardCard, menu);
  gtk_widget_class_bind_template_callback (widget_class, on_step);
}

static void
ward_card_init (WardCard *card)
{
  gtk_widget_init_template (GTK_WIDGET (card));
}
