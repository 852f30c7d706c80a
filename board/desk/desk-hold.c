/* desk-hold.c: a ring that drains with the hold, and the words beside it.
 *
 * Looks at the model at each beat and change; owns its widgets and a reference to the desk's state.
 * The ring steps once a minute, and once a second in the last two. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-hold.h"

#include "../board-codes.h"
#include "../board-i18n.h"
#include "common/bed-time.h"
#include "desk-acts.h"
#include "desk-parts.h"

#define RING_EM 4.6
#define RING_STROKE_EM 0.48
#define LAST_US (2 * BED_MINUTE_US)

struct _DeskHold
{
  GtkWidget parent_instance;

  /* owned */
  DeskState *state;

  /* widgets */
  GtkWidget *banner;
  GtkWidget *ring;
  GtkWidget *number;
  GtkWidget *unit_of_time;
  GtkWidget *title;
  GtkWidget *note;
  GtkWidget *release;
  GtkWidget *extend;
  GtkWidget *expect;
  GtkWidget *depart;

  double left; /* 0 … 1 */
};

G_DEFINE_FINAL_TYPE (DeskHold, desk_hold, GTK_TYPE_WIDGET)

static void
draw_ring (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user_data)
{
  DeskHold *hold = user_data;
  double stroke = MIN (width, height) * RING_STROKE_EM / RING_EM;
  double radius = (MIN (width, height) - stroke) / 2;
  GdkRGBA colour = board_palettes[board_mark_get_theme (GTK_WIDGET (area))][BOARD_COLOUR_HELD];

  cairo_translate (cr, width / 2.0, height / 2.0);
  cairo_set_line_width (cr, stroke);
  cairo_set_source_rgba (cr, colour.red, colour.green, colour.blue, 0.25);
  cairo_arc (cr, 0, 0, radius, 0, 2 * G_PI);
  cairo_stroke (cr);
  cairo_set_source_rgba (cr, colour.red, colour.green, colour.blue, 1);
  cairo_arc (cr, 0, 0, radius, -G_PI / 2, -G_PI / 2 + 2 * G_PI * hold->left);
  cairo_stroke (cr);
}

static void
say_left (DeskHold *hold, const BoardReferral *referral, gint64 now_us)
{
  gint64 left_us = MAX (referral->until_us - now_us, 0);
  gint64 length_us = MAX (referral->hold_min, 1) * BED_MINUTE_US;
  gboolean is_last = left_us < LAST_US;
  gint64 step_us = is_last ? BED_SECOND_US : BED_MINUTE_US;
  /* "3:58" h, "59" min, "12" s */
  g_autofree char *number = left_us >= 100 * BED_MINUTE_US
                                ? g_strdup_printf ("%d:%02d", (int)(left_us / BED_HOUR_US), (int)(left_us / BED_MINUTE_US % 60))
                                : g_strdup_printf ("%d", (int)(left_us / step_us));
  double left = CLAMP ((double)(left_us / step_us * step_us) / (double)length_us, 0, 1);

  desk_label_say (hold->number, number);
  desk_label_say (hold->unit_of_time, is_last ? _ ("s") : left_us >= 100 * BED_MINUTE_US ? _ ("h") : _ ("min"));
  if (left != hold->left)
    gtk_widget_queue_draw (hold->ring);
  hold->left = left;
}

/* "19.4 km · County · Hoist, Ground floor" */
static char *
print_facts (const BoardReferral *referral, const BoardUnit *unit)
{
  g_autofree char *km = desk_offer_print_km (referral->offer_metres);
  GString *words = g_string_new (NULL);
  guint n = 0;

  if (referral->offer_metres > 0)
    g_string_append_printf (words, _ ("%s km · "), km);
  g_string_append (words, board_code_say (&bed_owner_kind_words, unit->owner_kind));
  for (guint need = 0; need < BED_NEED_N; need++)
    if ((referral->must >> need & 1) != 0)
      g_string_append_printf (words, "%s%s", n++ == 0 ? " · " : ", ", board_code_say (&bed_need_words, need));
  return g_string_free (words, FALSE);
}

static void
say_held (DeskHold *hold, const BoardReferral *referral, const BoardUnit *unit, const char *place, gint64 now_us)
{
  g_autofree char *escaped = g_markup_escape_text (place, -1);
  g_autofree char *facts = print_facts (referral, unit);
  g_autofree char *title = NULL;
  g_autofree char *note = NULL;
  char until[6];

  bed_time_print_local (referral->until_us, until);
  /* TRANSLATORS: a bed and a code */
  title = g_strdup_printf (_ ("<b>%s</b> is held for %s"), escaped, referral->code);
  note = g_strdup_printf (referral->is_assessing ? _ ("%s · the site assesses until %s")
                                                 : _ ("%s · ends %s, waiting for the site to accept"),
                          facts, until);
  gtk_label_set_markup (GTK_LABEL (hold->title), title);
  desk_label_say (hold->note, note);
  say_left (hold, referral, now_us);
}

static void
say_accepted (DeskHold *hold, const BoardReferral *referral, const BoardUnit *unit, const char *place)
{
  g_autofree char *escaped = g_markup_escape_text (place, -1);
  g_autofree char *facts = print_facts (referral, unit);
  g_autofree char *title = NULL;
  g_autofree char *note = NULL;
  char at[6] = "";

  if (referral->expected_us != 0)
    bed_time_print_local (referral->expected_us, at);
  if (referral->state == BED_STATE_IN_TRANSIT)
    /* TRANSLATORS: a code and a bed */
    title = g_strdup_printf (_ ("%s is on the way to <b>%s</b>"), referral->code, escaped);
  else
    /* TRANSLATORS: a bed and a code */
    title = g_strdup_printf (_ ("<b>%s</b> has accepted %s"), escaped, referral->code);
  if (referral->expected_us == 0)
    note = g_strdup_printf (_ ("%s · no time and no transport yet"), facts);
  else
    /* TRANSLATORS: facts of the bed, a time, and "Booked" */
    note = g_strdup_printf (_ ("%s · expected %s, transport: %s"), facts, at,
                            board_code_say (&bed_transport_words, referral->transport));
  gtk_label_set_markup (GTK_LABEL (hold->title), title);
  desk_label_say (hold->note, note);
}

static void
show_acts (DeskHold *hold, const BoardReferral *referral, const BoardMoment *moment)
{
  const struct
  {
    GtkWidget *button;
    DeskAct act;
  } buttons[] = {
    { hold->release, DESK_ACT_RELEASE }, { hold->extend, DESK_ACT_EXTEND },
    { hold->expect, DESK_ACT_EXPECT }, { hold->depart, DESK_ACT_DEPART },
  };
  BoardCommands *commands = board_context_get_commands (desk_state_get_context (hold->state));
  gboolean is_busy = board_commands_find (commands, referral->code) != NULL;

  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      gtk_widget_set_visible (buttons[i].button, desk_act_is_open (buttons[i].act, moment->session.role, referral));
      gtk_widget_set_sensitive (buttons[i].button, !is_busy && moment->line == BOARD_LINE_LIVE);
    }
}

static void
refresh (DeskHold *hold)
{
  BoardContext *context = desk_state_get_context (hold->state);
  BoardModel *model = board_context_get_model (context);
  const BoardReferral *referral = desk_state_find_chosen (hold->state);
  const BoardBed *bed = referral != NULL ? board_model_find_bed (model, referral->bed) : NULL;
  const BoardUnit *unit = bed != NULL ? board_model_find_unit (model, bed->unit) : NULL;
  gboolean is_held = unit != NULL && referral->state == BED_STATE_HELD;
  gboolean is_coming = unit != NULL && (referral->state == BED_STATE_ACCEPTED || referral->state == BED_STATE_IN_TRANSIT);
  g_autofree char *name = NULL;
  g_autofree char *label = NULL;
  g_autofree char *place = NULL;
  BoardMoment moment;

  gtk_widget_set_visible (GTK_WIDGET (hold), is_held || is_coming);
  if (!is_held && !is_coming)
    return;
  board_context_get_moment (context, &moment);
  name = desk_words_unit (unit);
  label = desk_words_bed (bed);
  place = g_strdup_printf ("%s, %s", name, label);
  if (is_held)
    say_held (hold, referral, unit, place, moment.now_us);
  else
    say_accepted (hold, referral, unit, place);
  desk_set_tone (hold->banner, is_held ? DESK_TONE_HELD : DESK_TONE_ARRIVING);
  gtk_widget_set_visible (gtk_widget_get_parent (hold->ring), is_held);
  show_acts (hold, referral, &moment);
}

GtkWidget *
desk_hold_new (DeskState *state)
{
  DeskHold *hold = g_object_new (DESK_TYPE_HOLD, NULL);
  BoardContext *context = desk_state_get_context (state);

  hold->state = g_object_ref (state);
  g_signal_connect_object (board_context_get_model (context), "changed", G_CALLBACK (refresh), hold, G_CONNECT_SWAPPED);
  g_signal_connect_object (board_context_get_commands (context), "changed", G_CALLBACK (refresh), hold, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "beat", G_CALLBACK (refresh), hold, G_CONNECT_SWAPPED);
  g_signal_connect_object (state, "chosen", G_CALLBACK (refresh), hold, G_CONNECT_SWAPPED);
  refresh (hold);
  return GTK_WIDGET (hold);
}

static void
desk_hold_dispose (GObject *object)
{
  desk_clear (GTK_WIDGET (object));
  g_clear_object (&DESK_HOLD (object)->state);
  G_OBJECT_CLASS (desk_hold_parent_class)->dispose (object);
}

static void
desk_hold_class_init (DeskHoldClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_hold_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "deskhold");
}

static GtkWidget *
make_ring (DeskHold *hold)
{
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *words = desk_box_new (GTK_ORIENTATION_VERTICAL, 0, "ring-words");

  hold->ring = gtk_drawing_area_new ();
  gtk_widget_add_css_class (hold->ring, "ring");
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (hold->ring), draw_ring, hold, NULL);
  hold->number = desk_label_new ("", "ring-number");
  hold->unit_of_time = desk_label_new ("", "ring-unit");
  gtk_label_set_xalign (GTK_LABEL (hold->number), 0.5);
  gtk_label_set_xalign (GTK_LABEL (hold->unit_of_time), 0.5);
  gtk_box_append (GTK_BOX (words), hold->number);
  gtk_box_append (GTK_BOX (words), hold->unit_of_time);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (words, GTK_ALIGN_CENTER);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), hold->ring);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), words);
  gtk_widget_set_valign (overlay, GTK_ALIGN_CENTER);
  return overlay;
}

static void
desk_hold_init (DeskHold *hold)
{
  GtkWidget *texts = desk_box_new (GTK_ORIENTATION_VERTICAL, 4, "");

  hold->banner = desk_box_new (GTK_ORIENTATION_HORIZONTAL, 16, "banner");
  hold->title = desk_label_new ("", "banner-title");
  hold->note = desk_label_new ("", "banner-note");
  gtk_label_set_wrap (GTK_LABEL (hold->title), TRUE);
  gtk_label_set_wrap (GTK_LABEL (hold->note), TRUE);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (texts), hold->title);
  gtk_box_append (GTK_BOX (texts), hold->note);
  hold->release = desk_button_new (_ ("Re_lease"), "desk.act", "release", "");
  hold->extend = desk_button_new (_ ("E_xtend…"), "desk.act", "extend", "");
  hold->expect = desk_button_new (_ ("_Time and transport…"), "desk.act", "expect", "");
  hold->depart = desk_button_new (_ ("Has _departed"), "desk.act", "depart", "");
  gtk_box_append (GTK_BOX (hold->banner), make_ring (hold));
  gtk_box_append (GTK_BOX (hold->banner), texts);
  gtk_box_append (GTK_BOX (hold->banner), hold->release);
  gtk_box_append (GTK_BOX (hold->banner), hold->extend);
  gtk_box_append (GTK_BOX (hold->banner), hold->expect);
  gtk_box_append (GTK_BOX (hold->banner), hold->depart);
  gtk_widget_set_parent (hold->banner, GTK_WIDGET (hold));
}
