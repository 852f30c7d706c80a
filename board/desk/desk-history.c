/* desk-history.c: asks referral.history when somebody is chosen and when that row has changed.
 *
 * Owns its widgets and a reference to the desk's state. A failed read leaves what was shown of the
 * same person and says why.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-history.h"

#include "../board-i18n.h"
#include "../board-time.h"
#include "common/bed-time.h"
#include "desk-parts.h"
#include "desk-story.h"

#define AGAIN_US (2 * BED_SECOND_US)

struct _DeskHistory
{
  GtkWidget parent_instance;

  /* owned */
  DeskState *state;

  /* widgets */
  GtkWidget *whole;
  GtkWidget *list;
  GtkWidget *note;

  char asked[BED_CODE_SIZE];
  gint64 asked_us;
  guint64 asked_stamp;
  gboolean is_asking;
};

G_DEFINE_FINAL_TYPE (DeskHistory, desk_history, GTK_TYPE_WIDGET)

static GtkWidget *
make_line (const DeskTold *told, gint64 now_us)
{
  GtkWidget *line = desk_box_new (GTK_ORIENTATION_HORIZONTAL, 10, "told");
  GtkWidget *mark = board_mark_new (14);
  GtkWidget *words = desk_label_new (told->words, "");
  char time[6];
  char date[BOARD_DATE_SIZE];
  g_autofree char *when = NULL;

  bed_time_print_local (told->at_us, time);
  board_time_print_date (told->at_us, date);
  when = bed_time_find_midnight (told->at_us) == bed_time_find_midnight (now_us) ? g_strdup (time)
                                                                               : g_strdup_printf ("%s\n%s", date, time);
  switch (told->tone)
    {
    case DESK_TONE_PLAIN:
      board_mark_show_icon (BOARD_MARK (mark), BOARD_ICON_TICK);
      gtk_widget_add_css_class (mark, "quiet");
      break;
    case DESK_TONE_FREE:
      board_mark_show_glyph (BOARD_MARK (mark), BOARD_GLYPH_FREE, 0);
      break;
    case DESK_TONE_HELD:
      board_mark_show_glyph (BOARD_MARK (mark), BOARD_GLYPH_HELD, 0.6);
      break;
    case DESK_TONE_ARRIVING:
      board_mark_show_glyph (BOARD_MARK (mark), BOARD_GLYPH_ARRIVING, 0);
      break;
    case DESK_TONE_CLOSED:
      board_mark_show_icon (BOARD_MARK (mark), BOARD_ICON_CROSS);
      gtk_widget_add_css_class (mark, "is-closed-text");
      break;
    }
  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_widget_set_valign (mark, GTK_ALIGN_START);
  gtk_widget_set_margin_top (mark, 3);
  gtk_box_append (GTK_BOX (line), desk_label_new (when, "quiet when"));
  gtk_box_append (GTK_BOX (line), mark);
  gtk_box_append (GTK_BOX (line), words);
  return line;
}

static void
say_note (DeskHistory *history, const char *words)
{
  desk_label_say (history->note, words);
  gtk_widget_set_visible (history->note, words[0] != '\0');
}

static void
on_history (JsonObject *result, const GError *error, const char *code, gpointer owner)
{
  DeskHistory *history = owner;
  BoardContext *context;
  g_autoptr (GArray) story = NULL;
  BoardMoment moment;

  /* of somebody who was chosen before */
  if (history->state == NULL || !g_str_equal (code, history->asked))
    return;
  history->is_asking = FALSE;
  context = desk_state_get_context (history->state);
  if (result == NULL)
    {
      say_note (history, _ ("What happened cannot be read now."));
      return;
    }
  if (!g_str_equal (history->asked, desk_state_peek_chosen (history->state)))
    return;
  board_context_get_moment (context, &moment);
  story = desk_story_new (board_context_get_model (context), result);
  desk_clear (history->list);
  for (guint i = 0; i < story->len; i++)
    gtk_box_append (GTK_BOX (history->list), make_line (&g_array_index (story, DeskTold, i), moment.now_us));
  say_note (history, story->len == 0 ? _ ("Nothing yet.") : "");
}

/* Differs when something has happened to the person. */
static guint64
stamp (const BoardReferral *referral)
{
  return (guint64)referral->state ^ (guint64)referral->until_us ^ (guint64)referral->expected_us << 1
         ^ (guint64)g_str_hash (referral->offer_bed) << 3 ^ referral->must << 5 ^ (guint64)referral->agreed << 40
         ^ (guint64)referral->transport << 44 ^ (guint64)(referral->has_responded ? 1 : 0) << 48;
}

static void
ask_if_new (DeskHistory *history)
{
  BoardContext *context = desk_state_get_context (history->state);
  const BoardReferral *referral = desk_state_find_chosen (history->state);
  gboolean is_other;
  BoardMoment moment;

  board_context_get_moment (context, &moment);
  gtk_widget_set_visible (history->whole, referral != NULL);
  if (referral == NULL)
    return;
  is_other = !g_str_equal (history->asked, referral->code);
  if (!is_other
      && (history->is_asking || stamp (referral) == history->asked_stamp || moment.monotonic_us - history->asked_us < AGAIN_US))
    return;
  if (is_other)
    desk_clear (history->list);
  g_strlcpy (history->asked, referral->code, sizeof history->asked);
  history->asked_us = moment.monotonic_us;
  history->asked_stamp = stamp (referral);
  history->is_asking = TRUE;
  board_context_read_person (context, "referral.history", history->asked, on_history, G_OBJECT (history));
}

static gboolean
desk_history_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (gtk_widget_get_parent (gtk_widget_get_parent (DESK_HISTORY (widget)->list)));
}

GtkWidget *
desk_history_new (DeskState *state)
{
  DeskHistory *history = g_object_new (DESK_TYPE_HISTORY, NULL);
  BoardContext *context = desk_state_get_context (state);

  history->state = g_object_ref (state);
  g_signal_connect_object (state, "chosen", G_CALLBACK (ask_if_new), history, G_CONNECT_SWAPPED);
  g_signal_connect_object (board_context_get_model (context), "changed", G_CALLBACK (ask_if_new), history, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "beat", G_CALLBACK (ask_if_new), history, G_CONNECT_SWAPPED);
  ask_if_new (history);
  return GTK_WIDGET (history);
}

static void
desk_history_dispose (GObject *object)
{
  desk_clear (GTK_WIDGET (object));
  g_clear_object (&DESK_HISTORY (object)->state);
  G_OBJECT_CLASS (desk_history_parent_class)->dispose (object);
}

static void
desk_history_class_init (DeskHistoryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_history_dispose;
  widget_class->grab_focus = desk_history_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "deskhistory");
}

static void
desk_history_init (DeskHistory *history)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  history->whole = desk_box_new (GTK_ORIENTATION_VERTICAL, 8, "story");
  history->list = desk_box_new (GTK_ORIENTATION_VERTICAL, 14, "");
  history->note = desk_label_new ("", "quiet");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), history->list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), 120);
  desk_name (scroller, _ ("What happened"));
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (history->whole), desk_label_new (_ ("What happened"), "item"));
  gtk_box_append (GTK_BOX (history->whole), history->note);
  gtk_box_append (GTK_BOX (history->whole), scroller);
  gtk_widget_set_parent (history->whole, GTK_WIDGET (history));
}
