/* desk-person.c: the head of the middle column: code, needs, three figures, what may be done.
 *
 * Owns its widgets and a reference to the desk's state; looks the person up at each change and beat.
 * Chips and menu are made anew only when they differ. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-person.h"

#include "../board-codes.h"
#include "../board-i18n.h"
#include "../board-time.h"
#include "common/bed-time.h"
#include "desk-acts.h"
#include "desk-parts.h"
#include "desk-queue.h"
#include "desk-wrap.h"

#define N_FIGURES 3

typedef struct
{
  GtkWidget *box;
  GtkWidget *icon;
  GtkWidget *title;
  GtkWidget *number;
  GtkWidget *note;
} Figure;

struct _DeskPerson
{
  GtkWidget parent_instance;

  /* owned */
  DeskState *state;

  /* widgets */
  GtkWidget *whole;
  GtkWidget *code;
  GtkWidget *who;
  GtkWidget *source;
  GtkWidget *busy;
  GtkWidget *menu_button;
  GtkWidget *needs;
  GtkWidget *edit;
  GtkWidget *warning;
  GtkWidget *figure_box;
  Figure figures[N_FIGURES];

  char shown[BED_CODE_SIZE]; /* whose chips and menu these are */
  guint shown_acts;
  guint needs_hash;
};

G_DEFINE_FINAL_TYPE (DeskPerson, desk_person, GTK_TYPE_WIDGET)

GtkWidget *
desk_person_get_anchor (DeskPerson *person)
{
  return person->menu_button;
}

/* --- chips --- */

static void
add_needs (DeskPerson *person, guint64 needs, const char *format, const char *classes)
{
  for (guint need = 0; need < BED_NEED_N; need++)
    {
      g_autofree char *words = NULL;

      if ((needs >> need & 1) == 0)
        continue;
      words = g_strdup_printf (format, board_code_say (&bed_need_words, need));
      gtk_widget_insert_before (desk_pill_new (board_icon_of_need ((BedNeed)need), words, classes), person->needs, NULL);
    }
}

static void
add_chip (DeskPerson *person, const char *icon_name, const char *words, const char *classes)
{
  GtkWidget *chip = desk_pill_new (-1, words, classes);

  if (icon_name != NULL)
    gtk_box_prepend (GTK_BOX (chip), gtk_image_new_from_icon_name (icon_name));
  gtk_widget_insert_before (chip, person->needs, NULL);
}

static guint
hash_needs (const BoardReferral *referral)
{
  g_autofree char *all
      = g_strdup_printf ("%s %" G_GINT64_MODIFIER "x %" G_GINT64_MODIFIER "x %" G_GINT64_MODIFIER "x %u %u %u %u %s %u %s %u",
                         referral->code, referral->must, referral->must_not, referral->prefer, referral->oxygen_lpm,
                         referral->weight_band, referral->infection, referral->pathway, referral->home, referral->agreed,
                         referral->with, referral->type);

  return g_str_hash (all);
}

static void
show_needs (DeskPerson *person, const BoardReferral *referral)
{
  guint hash = hash_needs (referral);

  if (hash == person->needs_hash)
    return;
  person->needs_hash = hash;
  desk_clear (person->needs);
  add_needs (person, referral->must, "%s", "must");
  add_needs (person, referral->must_not, _ ("Not: %s"), "must");
  add_needs (person, referral->prefer, _ ("Prefers: %s"), "prefer");
  if (referral->oxygen_lpm > 0)
    {
      g_autofree char *words = g_strdup_printf (_ ("Oxygen %u l/min"), referral->oxygen_lpm);

      add_chip (person, NULL, words, "must");
    }
  if (referral->weight_band != BED_WEIGHT_NOT_STATED)
    add_chip (person, NULL, board_code_say (&bed_weight_band_words, referral->weight_band), "fact");
  if (referral->infection != BED_INFECTION_NONE)
    add_chip (person, NULL, board_code_say (&bed_infection_words, referral->infection), "must is-closed-text");
  add_chip (person, NULL, desk_words_pathway (referral->pathway), "fact");
  add_chip (person, NULL, board_code_say (&bed_type_words, referral->type), "fact");
  add_chip (person, "user-home-symbolic", desk_words_home (referral, TRUE), "fact code");
  if (referral->with[0] != '\0')
    {
      g_autofree char *words = g_strdup_printf (_ ("With %s"), referral->with);

      add_chip (person, NULL, words, "fact code");
    }
}

/* --- figures --- */

static void
say_figure (Figure *figure, const char *icon_name, const char *title, const char *number, const char *note)
{
  gtk_image_set_from_icon_name (GTK_IMAGE (figure->icon), icon_name);
  desk_label_say (figure->title, title);
  desk_label_say (figure->number, number);
  desk_label_say (figure->note, note);
}

static void
print_when (const char *format, gint64 at_us, gint64 now_us, char *words, gsize size)
{
  g_autofree char *all = NULL;
  char date[BOARD_DATE_SIZE];
  char time[6];

  bed_time_print_local (at_us, time);
  if (bed_time_find_midnight (at_us) == bed_time_find_midnight (now_us))
    all = g_strdup_printf (format, time);
  else
    {
      g_autofree char *both = NULL;

      board_time_print_date (at_us, date);
      both = g_strdup_printf ("%s, %s", date, time);
      all = g_strdup_printf (format, both);
    }
  g_strlcpy (words, all, size);
}

static void
say_waiting (Figure *figure, const BoardReferral *referral, gint64 now_us)
{
  gint64 since_us = referral->ready_us != 0 ? referral->ready_us : referral->submitted_us;
  char number[DESK_DURATION_SIZE];
  char note[64];

  desk_words_duration (ABS (now_us - since_us), number);
  if (since_us == 0)
    say_figure (figure, "document-open-recent-symbolic", _ ("Waiting"), "–", "");
  else if (since_us > now_us)
    {
      print_when (_ ("at %s"), since_us, now_us, note, sizeof note);
      say_figure (figure, "document-open-recent-symbolic", _ ("Will be ready in"), number, note);
    }
  else
    {
      print_when (referral->ready_us != 0 ? _ ("ready at %s") : _ ("referred at %s"), since_us, now_us, note, sizeof note);
      say_figure (figure, "document-open-recent-symbolic",
                  referral->ready_us != 0 ? _ ("Waiting since ready") : _ ("Waiting since referred"), number, note);
    }
}

static void
say_expected (Figure *figure, const BoardReferral *referral)
{
  char time[6];

  if (referral->expected_us == 0)
    {
      say_figure (figure, "document-open-recent-symbolic", _ ("Expected"), "–", _ ("no time yet"));
      return;
    }
  bed_time_print_local (referral->expected_us, time);
  say_figure (figure, "document-open-recent-symbolic", _ ("Expected"), time,
              referral->transport != BED_TRANSPORT_NONE ? board_code_say (&bed_transport_words, referral->transport) : "");
}

/* Calendar days, as on the ward: whoever came yesterday evening is on day 2. Half a day: some have 23
 * hours. */
static void
say_stay (Figure *figure, const BoardReferral *referral, gint64 now_us)
{
  gint64 since_us = bed_time_find_midnight (now_us) - bed_time_find_midnight (referral->arrived_us);
  g_autofree char *number = g_strdup_printf (_ ("Day %d"), (int)((since_us + BED_DAY_US / 2) / BED_DAY_US) + 1);
  g_autofree char *note = g_strdup_printf (_ ("of %d"), DESK_DAYS);

  say_figure (figure, "document-open-recent-symbolic", _ ("In the bed"), referral->arrived_us != 0 ? number : "–", note);
}

static void
say_transport (Figure *figure, gint64 now_us)
{
  gint64 left_us = desk_words_transport_left_us (now_us);
  char number[DESK_DURATION_SIZE];
  char note[32];
  char time[6];

  desk_words_duration (left_us, number);
  bed_time_print_local (now_us + left_us, time);
  g_snprintf (note, sizeof note, left_us > 0 ? _ ("at %s") : _ ("since %s"), time);
  say_figure (figure, "preferences-system-time-symbolic", _ ("Transport booking closes"),
              left_us > 0 ? number : _ ("Closed"), note);
}

static void
say_suiting (DeskPerson *person, Figure *figure)
{
  BoardModel *model = board_context_get_model (desk_state_get_context (person->state));
  const DeskOffers *offers = desk_state_peek_offers (person->state);
  guint free = board_model_peek_totals (model)->free;
  g_autofree char *number = g_strdup_printf ("%u", desk_offers_count (offers));
  g_autofree char *note = g_strdup_printf (_ ("of %u free"), free);
  guint n_call = offers != NULL ? offers->offers->len - offers->n_sure : 0;
  g_autofree char *call = g_strdup_printf (ngettext ("of %u free, %u to call first", "of %u free, %u to call first", n_call),
                                           free, n_call);

  say_figure (figure, "object-select-symbolic", _ ("Beds that suit"), offers != NULL ? number : "–", n_call > 0 ? call : note);
}

static void
say_bed (DeskPerson *person, Figure *figure, const BoardReferral *referral)
{
  BoardModel *model = board_context_get_model (desk_state_get_context (person->state));
  const BoardBed *bed = board_model_find_bed (model, referral->bed);
  const BoardUnit *unit = bed != NULL ? board_model_find_unit (model, bed->unit) : NULL;
  g_autofree char *label = bed != NULL ? desk_words_bed (bed) : g_strdup ("–");

  say_figure (figure, "mark-location-symbolic", _ ("Bed"), label, unit != NULL ? unit->name : "");
}

static void
show_figures (DeskPerson *person, const BoardReferral *referral, gint64 now_us)
{
  int section = desk_queue_get_section (referral);

  if (section == DESK_SECTION_BEDS)
    say_stay (&person->figures[0], referral, now_us);
  else if (section == DESK_SECTION_WAY)
    say_expected (&person->figures[0], referral);
  else
    say_waiting (&person->figures[0], referral, now_us);
  say_transport (&person->figures[1], now_us);
  gtk_widget_set_visible (person->figures[1].box, section != DESK_SECTION_BEDS);
  if (section == DESK_SECTION_BEDS || section == DESK_SECTION_WAY)
    say_bed (person, &person->figures[2], referral);
  else
    say_suiting (person, &person->figures[2]);
}

/* --- the menu --- */

static void
show_acts (DeskPerson *person, const BoardReferral *referral, BedRole role)
{
  g_autoptr (GMenu) menu = NULL;
  guint acts = 0;

  for (guint act = 0; act < DESK_N_ACTS; act++)
    if (desk_act_is_open ((DeskAct)act, role, referral))
      acts |= 1u << act;
  gtk_widget_set_visible (person->edit, (acts >> DESK_ACT_EDIT & 1) != 0);
  if (acts == person->shown_acts)
    return;
  person->shown_acts = acts;
  menu = g_menu_new ();
  for (guint act = 0; act < DESK_N_ACTS; act++)
    if ((acts >> act & 1) != 0)
      {
        g_autofree char *action = g_strdup_printf ("desk.act::%s", desk_act_word ((DeskAct)act));

        g_menu_append (menu, desk_act_label ((DeskAct)act), action);
      }
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (person->menu_button), G_MENU_MODEL (menu));
  gtk_widget_set_sensitive (person->menu_button, acts != 0);
}

static void
show_warning (DeskPerson *person, const BoardReferral *referral, gint64 now_us)
{
  g_autofree char *words = NULL;
  DeskClock clock = desk_words_clock (referral, now_us, &words);
  gboolean is_shown = clock != DESK_CLOCK_FINE || referral->agreed == BED_AGREED_NOT_YET;

  gtk_widget_set_visible (person->warning, is_shown);
  if (!is_shown)
    return;
  if (words == NULL)
    words = g_strdup (_ ("The person has not agreed yet: a site cannot accept before."));
  desk_toggle_class (person->warning, "is-breached", clock == DESK_CLOCK_BREACHED);
  desk_label_say (gtk_widget_get_last_child (person->warning), words);
}

static void
refresh (DeskPerson *person)
{
  BoardContext *context = desk_state_get_context (person->state);
  const BoardReferral *referral = desk_state_find_chosen (person->state);
  g_autofree char *who = NULL;
  BoardMoment moment;

  gtk_widget_set_visible (person->whole, referral != NULL);
  if (referral == NULL)
    return;
  board_context_get_moment (context, &moment);
  desk_label_say (person->code, referral->code);
  who = g_strdup_printf ("%s, %s", board_code_say (&bed_sex_words, referral->sex),
                         board_code_say (&bed_age_band_words, referral->age_band));
  desk_label_say (person->who, who);
  desk_label_say (person->source, referral->source);
  gtk_widget_set_visible (person->busy,
                          board_commands_find (board_context_get_commands (context), referral->code) != NULL);
  show_needs (person, referral);
  show_figures (person, referral, moment.now_us);
  show_warning (person, referral, moment.now_us);
  show_acts (person, referral, moment.session.role);
}

/* --- its life --- */

GtkWidget *
desk_person_new (DeskState *state)
{
  DeskPerson *person = g_object_new (DESK_TYPE_PERSON, NULL);
  BoardContext *context = desk_state_get_context (state);

  person->state = g_object_ref (state);
  g_signal_connect_object (board_context_get_model (context), "changed", G_CALLBACK (refresh), person, G_CONNECT_SWAPPED);
  g_signal_connect_object (board_context_get_commands (context), "changed", G_CALLBACK (refresh), person, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "beat", G_CALLBACK (refresh), person, G_CONNECT_SWAPPED);
  g_signal_connect_object (state, "chosen", G_CALLBACK (refresh), person, G_CONNECT_SWAPPED);
  g_signal_connect_object (state, "offers", G_CALLBACK (refresh), person, G_CONNECT_SWAPPED);
  refresh (person);
  return GTK_WIDGET (person);
}

static void
desk_person_dispose (GObject *object)
{
  desk_clear (GTK_WIDGET (object));
  g_clear_object (&DESK_PERSON (object)->state);
  G_OBJECT_CLASS (desk_person_parent_class)->dispose (object);
}

static void
desk_person_class_init (DeskPersonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_person_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "deskperson");
}

static GtkWidget *
make_head (DeskPerson *person)
{
  GtkWidget *head = desk_box_new (GTK_ORIENTATION_HORIZONTAL, 14, "person-head");
  GtkWidget *line = gtk_separator_new (GTK_ORIENTATION_VERTICAL);

  person->code = desk_label_new ("", "title code");
  person->who = desk_label_new ("", "quiet large");
  person->source = desk_label_new ("", "quiet large");
  gtk_label_set_ellipsize (GTK_LABEL (person->source), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (person->source, TRUE);
  person->busy = desk_label_new (_ ("being sent"), "faint");
  person->menu_button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (person->menu_button), "view-more-symbolic");
  gtk_widget_add_css_class (person->menu_button, "plain");
  gtk_widget_set_valign (person->menu_button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (person->menu_button, _ ("What can be done for this person"));
  desk_name (person->menu_button, _ ("What can be done for this person"));
  gtk_box_append (GTK_BOX (head), person->code);
  gtk_box_append (GTK_BOX (head), person->who);
  gtk_box_append (GTK_BOX (head), line);
  gtk_box_append (GTK_BOX (head), person->source);
  gtk_box_append (GTK_BOX (head), person->busy);
  gtk_box_append (GTK_BOX (head), desk_button_new (_ ("_History"), "desk.history", NULL, "flat quiet-button"));
  gtk_box_append (GTK_BOX (head), person->menu_button);
  return head;
}

static GtkWidget *
make_figure (Figure *figure)
{
  GtkWidget *head = desk_box_new (GTK_ORIENTATION_HORIZONTAL, 8, "");

  figure->box = desk_box_new (GTK_ORIENTATION_VERTICAL, 0, "card figure-card");
  figure->icon = gtk_image_new ();
  figure->title = desk_label_new ("", "quiet");
  figure->number = desk_label_new ("", "figure");
  figure->note = desk_label_new ("", "quiet");
  gtk_label_set_ellipsize (GTK_LABEL (figure->title), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (figure->number), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (figure->note), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (head), figure->icon);
  gtk_box_append (GTK_BOX (head), figure->title);
  gtk_box_append (GTK_BOX (figure->box), head);
  gtk_box_append (GTK_BOX (figure->box), figure->number);
  gtk_box_append (GTK_BOX (figure->box), figure->note);
  return figure->box;
}

static GtkWidget *
make_warning (void)
{
  GtkWidget *box = desk_box_new (GTK_ORIENTATION_HORIZONTAL, 8, "clock is-amber");
  GtkWidget *mark = board_mark_new (16);
  GtkWidget *words = desk_label_new ("", "");

  board_mark_show_icon (BOARD_MARK (mark), BOARD_ICON_WARNING);
  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_box_append (GTK_BOX (box), mark);
  gtk_box_append (GTK_BOX (box), words);
  return box;
}

static void
desk_person_init (DeskPerson *person)
{
  GtkWidget *chips = desk_box_new (GTK_ORIENTATION_HORIZONTAL, 12, "");

  person->whole = desk_box_new (GTK_ORIENTATION_VERTICAL, 0, "person-panel");
  person->needs = desk_wrap_new (9);
  gtk_widget_add_css_class (person->needs, "needs-wrap");
  gtk_widget_set_hexpand (person->needs, TRUE);
  person->edit = desk_button_new (_ ("_Edit needs"), "desk.act", "edit", "link edit-needs");
  gtk_widget_set_valign (person->edit, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (chips), person->needs);
  gtk_box_append (GTK_BOX (chips), person->edit);
  person->warning = make_warning ();
  person->figure_box = desk_box_new (GTK_ORIENTATION_HORIZONTAL, 12, "figures");
  gtk_box_set_homogeneous (GTK_BOX (person->figure_box), TRUE);
  for (guint i = 0; i < N_FIGURES; i++)
    gtk_box_append (GTK_BOX (person->figure_box), make_figure (&person->figures[i]));
  gtk_box_append (GTK_BOX (person->whole), make_head (person));
  gtk_box_append (GTK_BOX (person->whole), chips);
  gtk_box_append (GTK_BOX (person->whole), person->warning);
  gtk_box_append (GTK_BOX (person->whole), person->figure_box);
  gtk_widget_set_parent (person->whole, GTK_WIDGET (person));
}
