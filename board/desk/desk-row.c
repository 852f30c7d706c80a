/* desk-row.c: says who waits, since when, how it stands, and what is needed.
 *
 * Looks the person up in the model by code each time; owns nothing but its widgets and a reference to
 * the desk's state. Nothing can fail: who is gone by then is left as it was.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-row.h"

#include "../board-i18n.h"
#include "common/bed-time.h"
#include "desk-parts.h"
#include "desk-queue.h"

#define NEEDS_SHOWN 3
#define NEEDS_LINES 2

struct _DeskRow
{
  GtkWidget parent_instance;

  /* owned */
  DeskState *state;

  /* widgets */
  GtkWidget *heading;
  GtkWidget *section;
  GtkWidget *column;
  GtkWidget *person;
  GtkWidget *code;
  GtkWidget *home;
  GtkWidget *time;
  GtkWidget *chip;
  GtkWidget *busy;
  GtkWidget *needs;
  GtkWidget *clock;
  GtkWidget *clock_words;
};

G_DEFINE_FINAL_TYPE (DeskRow, desk_row, GTK_TYPE_WIDGET)

static void
show_section (DeskRow *row, guint section)
{
  static const struct
  {
    const char *words;
    const char *column;
  } headings[DESK_SECTION_N] = {
    [DESK_SECTION_TRIAGE] = { N_ ("To be triaged"), N_ ("since referred") },
    [DESK_SECTION_WAITING] = { N_ ("Waiting"), N_ ("since ready") },
    [DESK_SECTION_PAUSED] = { N_ ("Paused"), "" },
    [DESK_SECTION_WAY] = { N_ ("On the way"), N_ ("time") },
    [DESK_SECTION_BEDS] = { N_ ("In beds"), N_ ("day") },
  };

  if (section >= DESK_SECTION_N)
    return;
  desk_label_say (row->section, _ (headings[section].words));
  desk_label_say (row->column, headings[section].column[0] != '\0' ? _ (headings[section].column) : "");
}

static void
say_time (DeskRow *row, const BoardReferral *referral, gint64 now_us)
{
  int section = desk_queue_get_section (referral);
  gint64 since_us = section == DESK_SECTION_TRIAGE || referral->ready_us == 0 ? referral->submitted_us : referral->ready_us;
  char words[DESK_DURATION_SIZE] = "";

  if (section == DESK_SECTION_WAY && referral->expected_us != 0)
    {
      char time[6];

      bed_time_print_local (referral->expected_us, time);
      g_strlcpy (words, time, sizeof words);
    }
  else if (section == DESK_SECTION_WAY)
    g_strlcpy (words, _ ("no time"), sizeof words);
  else if (section == DESK_SECTION_BEDS && referral->arrived_us != 0)
    g_snprintf (words, sizeof words, "%d", (int)((now_us - referral->arrived_us) / BED_DAY_US) + 1);
  else if (since_us > now_us)
    g_strlcpy (words, _ ("not yet"), sizeof words);
  else if (since_us != 0 && section != DESK_SECTION_BEDS)
    desk_words_duration (now_us - since_us, words);
  desk_label_say (row->time, words);
}

static void
say_clock (DeskRow *row, const BoardReferral *referral, gint64 now_us)
{
  g_autofree char *words = NULL;
  DeskClock clock = desk_words_clock (referral, now_us, &words);

  gtk_widget_set_visible (row->clock, clock != DESK_CLOCK_FINE);
  desk_toggle_class (row->clock, "is-amber", clock == DESK_CLOCK_AMBER);
  desk_toggle_class (row->clock, "is-breached", clock == DESK_CLOCK_BREACHED);
  desk_label_say (row->clock_words, words != NULL ? words : "");
}

static void
say_third_line (DeskRow *row, const BoardReferral *referral, BoardModel *model)
{
  int section = desk_queue_get_section (referral);
  const BoardBed *bed = referral->bed[0] != '\0' ? board_model_find_bed (model, referral->bed) : NULL;
  g_autofree char *words = bed != NULL && section >= DESK_SECTION_WAY ? desk_words_bed (bed)
                                                                      : desk_words_needs (referral, NEEDS_SHOWN);

  desk_label_say (row->needs, words);
}

static void
show_person (DeskRow *row, const BoardReferral *referral)
{
  BoardContext *context = desk_state_get_context (row->state);
  BoardModel *model = board_context_get_model (context);
  const BoardBed *bed = board_model_find_bed (model, referral->bed[0] != '\0' ? referral->bed : referral->offer_bed);
  const BoardUnit *unit = bed != NULL ? board_model_find_unit (model, bed->unit) : NULL;
  guint sure;
  int n = desk_state_count_suiting (row->state, referral->code, &sure);
  BoardMoment moment;
  DeskChip chip;
  double left;

  board_context_get_moment (context, &moment);
  chip = desk_words_chip (referral, unit, n, sure, moment.now_us);
  left = referral->hold_min > 0 ? (double)(referral->until_us - moment.now_us) / (double)(referral->hold_min * BED_MINUTE_US) : 0;
  desk_chip_say (row->chip, chip.words, chip.tone, CLAMP (left, 0, 1));
  desk_label_say (row->code, referral->code);
  desk_label_say (row->home, desk_words_home (referral, FALSE));
  desk_toggle_class (row->person, "is-urgent", referral->lane == BED_LANE_URGENT);
  say_time (row, referral, moment.now_us);
  say_clock (row, referral, moment.now_us);
  say_third_line (row, referral, model);
  gtk_widget_set_visible (row->busy, board_commands_find (board_context_get_commands (context), referral->code) != NULL);
  g_free (chip.words);
}

void
desk_row_show (DeskRow *row, const char *id)
{
  const BoardReferral *referral = NULL;
  gboolean is_heading = id[0] == '#';

  gtk_widget_set_visible (row->heading, is_heading);
  gtk_widget_set_visible (row->person, !is_heading);
  if (is_heading)
    {
      show_section (row, (guint)g_ascii_strtoull (id + 1, NULL, 10));
      return;
    }
  if (id[0] != '\0')
    referral = board_model_find_referral (board_context_get_model (desk_state_get_context (row->state)), id);
  if (referral != NULL)
    show_person (row, referral);
}

char *
desk_row_speak (DeskRow *row)
{
#define TEXT(widget) gtk_label_get_label (GTK_LABEL (widget))
  if (gtk_widget_get_visible (row->heading))
    return g_strdup (TEXT (row->section));
  return g_strdup_printf ("%s, %s, %s. %s. %s. %s", TEXT (row->code), TEXT (row->home), TEXT (row->time),
                          TEXT (gtk_widget_get_last_child (row->chip)), TEXT (row->needs), TEXT (row->clock_words));
#undef TEXT
}

GtkWidget *
desk_row_new (DeskState *state)
{
  DeskRow *row = g_object_new (DESK_TYPE_ROW, NULL);

  row->state = g_object_ref (state);
  return GTK_WIDGET (row);
}

static void
desk_row_dispose (GObject *object)
{
  desk_clear (GTK_WIDGET (object));
  g_clear_object (&DESK_ROW (object)->state);
  G_OBJECT_CLASS (desk_row_parent_class)->dispose (object);
}

static void
desk_row_class_init (DeskRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_row_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "deskrow");
}

static GtkWidget *
make_line (DeskRow *row)
{
  GtkWidget *line = desk_box_new (GTK_ORIENTATION_HORIZONTAL, 8, "");

  row->code = desk_label_new ("", "code ref");
  row->home = desk_label_new ("", "code quiet");
  row->time = desk_label_new ("", "time");
  gtk_widget_set_hexpand (row->home, TRUE);
  gtk_box_append (GTK_BOX (line), row->code);
  gtk_box_append (GTK_BOX (line), row->home);
  gtk_box_append (GTK_BOX (line), row->time);
  return line;
}

static void
desk_row_init (DeskRow *row)
{
  GtkWidget *chips = desk_box_new (GTK_ORIENTATION_HORIZONTAL, 8, "");
  GtkWidget *mark = board_mark_new (14);

  row->heading = desk_box_new (GTK_ORIENTATION_HORIZONTAL, 8, "section-head");
  row->section = desk_label_new ("", "quiet");
  row->column = desk_label_new ("", "quiet");
  gtk_widget_set_hexpand (row->section, TRUE);
  gtk_box_append (GTK_BOX (row->heading), row->section);
  gtk_box_append (GTK_BOX (row->heading), row->column);
  row->person = desk_box_new (GTK_ORIENTATION_VERTICAL, 3, "person");
  row->chip = desk_chip_new ();
  row->busy = desk_label_new (_ ("being sent"), "faint busy");
  gtk_box_append (GTK_BOX (chips), row->chip);
  gtk_box_append (GTK_BOX (chips), row->busy);
  row->needs = desk_label_new ("", "quiet needs");
  gtk_label_set_wrap (GTK_LABEL (row->needs), TRUE);
  gtk_label_set_lines (GTK_LABEL (row->needs), NEEDS_LINES);
  gtk_label_set_ellipsize (GTK_LABEL (row->needs), PANGO_ELLIPSIZE_END);
  row->clock = desk_box_new (GTK_ORIENTATION_HORIZONTAL, 6, "clock");
  row->clock_words = desk_label_new ("", "");
  gtk_label_set_ellipsize (GTK_LABEL (row->clock_words), PANGO_ELLIPSIZE_END);
  board_mark_show_icon (BOARD_MARK (mark), BOARD_ICON_WARNING);
  gtk_box_append (GTK_BOX (row->clock), mark);
  gtk_box_append (GTK_BOX (row->clock), row->clock_words);
  gtk_box_append (GTK_BOX (row->person), make_line (row));
  gtk_box_append (GTK_BOX (row->person), chips);
  gtk_box_append (GTK_BOX (row->person), row->needs);
  gtk_box_append (GTK_BOX (row->person), row->clock);
  gtk_widget_set_parent (row->heading, GTK_WIDGET (row));
  gtk_widget_set_parent (row->person, GTK_WIDGET (row));
}
