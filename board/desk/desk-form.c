/* desk-form.c: one short form. It keeps what was typed until the register has taken it.
 *
 * Owns its draft, the command under way and a reference to the desk's state. What the form can check
 * it says before sending; a bad_value of the register is said beside the member that it names, other
 * refusals above the buttons.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-form.h"

#include "../board-codes.h"
#include "../board-i18n.h"
#include "../board-rows.h"
#include "common/bed-time.h"
#include "desk-district.h"
#include "desk-form-parts.h"
#include "desk-parts.h"
#include "desk-wrap.h"

#define FORM_EM 62 /* no wider than can be read at a glance */
#define SOURCE_CHARS 24

typedef enum
{
  FIELD_LANE,
  FIELD_PATHWAY,
  FIELD_SEX,
  FIELD_AGE,
  FIELD_HOME,
  FIELD_NEAR,
  FIELD_READY,
  FIELD_AGREED,
  FIELD_TYPE,
  FIELD_WEIGHT,
  FIELD_OXYGEN,
  FIELD_INFECTION,
  FIELD_SOURCE,
  N_FIELDS
} FieldName;

struct _DeskForm
{
  GtkWidget parent_instance;

  /* owned */
  DeskState *state;
  BoardCommand *command; /* under way, or may have been done: nothing else is sent before that is known; or NULL */
  GtkListStore *districts;

  /* widgets */
  GtkWidget *scroller;
  GtkWidget *title;
  GtkWidget *needs;
  GtkWidget *fault;
  GtkWidget *send;
  DeskField fields[N_FIELDS];

  DeskDraft draft;
  gboolean is_begun;
};

G_DEFINE_FINAL_TYPE (DeskForm, desk_form, GTK_TYPE_WIDGET)

enum
{
  DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* The needs in groups, as a person thinks of them. */
static const struct
{
  const char *title;
  guint64 needs;
} groups[] = {
#define N(name) (G_GUINT64_CONSTANT (1) << BED_NEED_##name)
  { N_ ("The room"), N (SINGLE_ROOM) | N (ENSUITE) | N (GROUND_FLOOR) | N (WHEELCHAIR) | N (NEAR_STATION) | N (OXYGEN)
                         | N (ISOLATION_ROOM) | N (STAIRS_OK) | N (SMOKER) },
  { N_ ("Equipment"), N (PROFILING_BED) | N (BARIATRIC) | N (HOIST) | N (CEILING_HOIST) | N (PRESSURE_MATTRESS)
                          | N (LOW_BED) | N (FALLS_SENSOR) },
  { N_ ("Care"), N (NURSING_24H) | N (DEMENTIA) | N (DELIRIUM) | N (BEHAVIOUR) | N (SECURE) | N (ONE_TO_ONE) | N (TWO_CARERS)
                     | N (THERAPY_7DAY) | N (STROKE) | N (NON_WEIGHT_BEARING) | N (END_OF_LIFE) | N (DOLS) | N (INTERPRETER) },
  { N_ ("Treatment"), N (IV) | N (PEG) | N (CATHETER) | N (TRACHEOSTOMY) | N (INSULIN) },
#undef N
};

/* --- between widgets and draft --- */

static const char *
get_text (DeskForm *form, FieldName field)
{
  return gtk_editable_get_text (GTK_EDITABLE (form->fields[field].choice));
}

static guint
get_choice (DeskForm *form, FieldName field)
{
  return gtk_drop_down_get_selected (GTK_DROP_DOWN (form->fields[field].choice));
}

static void
show_needs (DeskForm *form)
{
  for (GtkWidget *group = gtk_widget_get_first_child (form->needs); group != NULL; group = gtk_widget_get_next_sibling (group))
    for (GtkWidget *need = gtk_widget_get_first_child (gtk_widget_get_last_child (group)); need != NULL;
         need = gtk_widget_get_next_sibling (need))
      desk_need_show (need, desk_draft_get_need (&form->draft, desk_need_get (need)));
}

static void
show_draft (DeskForm *form)
{
  DeskDraft *draft = &form->draft;
  gboolean is_new = draft->referral[0] == '\0';
  g_autofree char *title = is_new ? g_strdup (_ ("New referral")) : g_strdup_printf (_ ("Needs of %s"), draft->referral);
  DeskField *fields = form->fields;

  desk_label_say (form->title, title);
  desk_toggles_set (fields[FIELD_LANE].choice, draft->lane);
  desk_toggles_set (fields[FIELD_PATHWAY].choice, draft->pathway);
  desk_toggles_set (fields[FIELD_SEX].choice, draft->sex);
  desk_toggles_set (fields[FIELD_AGE].choice, draft->age_band);
  gtk_editable_set_text (GTK_EDITABLE (fields[FIELD_HOME].choice), draft->home);
  gtk_editable_set_text (GTK_EDITABLE (fields[FIELD_NEAR].choice), draft->near);
  gtk_editable_set_text (GTK_EDITABLE (fields[FIELD_READY].choice), "");
  gtk_editable_set_text (GTK_EDITABLE (fields[FIELD_SOURCE].choice), draft->source);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (fields[FIELD_AGREED].choice), draft->agreed);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (fields[FIELD_TYPE].choice), draft->type);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (fields[FIELD_WEIGHT].choice), draft->weight_band);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (fields[FIELD_INFECTION].choice), draft->infection);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (fields[FIELD_OXYGEN].choice), draft->oxygen_lpm);
  gtk_widget_set_visible (fields[FIELD_LANE].box, is_new);
  gtk_widget_set_visible (fields[FIELD_PATHWAY].box, is_new);
  gtk_widget_set_visible (fields[FIELD_SOURCE].box, is_new);
  desk_button_say (form->send, is_new ? _ ("_Send the referral") : _ ("_Save"));
  show_needs (form);
}

/* FALSE: the ready time cannot be read. */
static gboolean
take_draft (DeskForm *form)
{
  DeskDraft *draft = &form->draft;
  const char *ready = get_text (form, FIELD_READY);
  gint64 ready_us;
  BoardMoment moment;

  board_context_get_moment (desk_state_get_context (form->state), &moment);
  draft->lane = (BedLane)MAX (desk_toggles_get (form->fields[FIELD_LANE].choice), 0);
  draft->pathway = (BedPathway)MAX (desk_toggles_get (form->fields[FIELD_PATHWAY].choice), 0);
  draft->sex = desk_toggles_get (form->fields[FIELD_SEX].choice);
  draft->age_band = desk_toggles_get (form->fields[FIELD_AGE].choice);
  g_strlcpy (draft->home, get_text (form, FIELD_HOME), sizeof draft->home);
  g_strlcpy (draft->near, get_text (form, FIELD_NEAR), sizeof draft->near);
  g_strlcpy (draft->source, get_text (form, FIELD_SOURCE), sizeof draft->source);
  draft->agreed = (BedAgreement)get_choice (form, FIELD_AGREED);
  draft->type = (BedType)get_choice (form, FIELD_TYPE);
  draft->weight_band = (BedWeightBand)get_choice (form, FIELD_WEIGHT);
  draft->infection = (BedInfection)get_choice (form, FIELD_INFECTION);
  draft->oxygen_lpm = (guint)gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (form->fields[FIELD_OXYGEN].choice));
  if (draft->referral[0] != '\0' && ready[0] == '\0')
    return TRUE; /* as it was */
  if (!desk_draft_parse_ready (ready, moment.now_us, &ready_us))
    return FALSE;
  draft->ready_us = ready_us;
  return TRUE;
}

static void
on_need (GtkButton *button, gpointer user_data)
{
  DeskForm *form = user_data;
  BedNeed need = desk_need_get (GTK_WIDGET (button));

  desk_draft_cycle_need (&form->draft, need);
  desk_need_show (GTK_WIDGET (button), desk_draft_get_need (&form->draft, need));
}

/* --- sending --- */

static void
say_fault (DeskForm *form, const char *words)
{
  desk_label_say (form->fault, words);
  gtk_widget_set_visible (form->fault, words[0] != '\0');
}

/* Beside its field, which gets the keyboard; what no field is to blame for stands above the buttons. */
static void
blame (DeskForm *form, const char *member, const char *words)
{
  gboolean is_said = FALSE;

  for (guint i = 0; i < N_FIELDS; i++)
    {
      gboolean is_it = g_strcmp0 (form->fields[i].member, member) == 0;

      desk_field_blame (&form->fields[i], is_it && !is_said ? words : "");
      if (is_it && !is_said)
        gtk_widget_child_focus (form->fields[i].choice, GTK_DIR_TAB_FORWARD);
      is_said = is_said || is_it;
    }
  say_fault (form, is_said ? "" : words);
}

/* What may have been sent stays as it was sent: only that can be asked for again. */
static void
set_open (DeskForm *form, gboolean is_open)
{
  /* a field that shuts under the keyboard would keep it from everybody */
  if (!is_open)
    gtk_widget_grab_focus (form->send);
  for (guint i = 0; i < N_FIELDS; i++)
    gtk_widget_set_sensitive (form->fields[i].box, is_open);
  gtk_widget_set_sensitive (form->needs, is_open);
}

static void
on_refused (DeskForm *form)
{
  gboolean is_uncertain = board_command_get_reason (form->command) == BED_ERROR_UNCERTAIN;

  set_open (form, !is_uncertain);
  blame (form, board_command_peek_member (form->command), board_command_peek_words (form->command));
  if (!is_uncertain)
    g_clear_object (&form->command);
}

static void
on_command (BoardCommand *command, gpointer user_data)
{
  DeskForm *form = user_data;
  BoardCommandState state = board_command_get_state (command);
  JsonObject *result = board_command_peek_result (command);
  g_autofree char *code = NULL;

  if (command != form->command)
    return;
  gtk_widget_set_sensitive (form->send, state != BOARD_COMMAND_SENT && state != BOARD_COMMAND_QUEUED);
  if (state == BOARD_COMMAND_REFUSED)
    {
      on_refused (form);
      return;
    }
  if (state != BOARD_COMMAND_PENDING && state != BOARD_COMMAND_SHOWN)
    return;
  code = g_strdup (result != NULL && form->draft.referral[0] == '\0' ? board_rows_get_string (result, "referral")
                                                                     : form->draft.referral);
  form->is_begun = FALSE;
  g_clear_object (&form->command);
  set_open (form, TRUE);
  g_signal_emit (form, signals[DONE], 0, code);
}

static void
send (DeskForm *form)
{
  board_commands_send (board_context_get_commands (desk_state_get_context (form->state)), form->command);
}

static void
on_send (DeskForm *form)
{
  gboolean has_time;
  const char *words;
  const char *member;

  if (form->command != NULL)
    {
      blame (form, NULL, "");
      if (board_command_get_state (form->command) == BOARD_COMMAND_REFUSED)
        send (form);
      return;
    }
  has_time = take_draft (form);
  member = desk_draft_check (&form->draft, &words);
  if (member == NULL && !has_time)
    {
      member = "ready_at";
      words = _ ("Write now, 14:30 or tomorrow 9:00");
    }
  blame (form, member, words);
  if (member != NULL)
    return;
  form->command = desk_draft_make (&form->draft);
  g_signal_connect_object (form->command, "changed", G_CALLBACK (on_command), form, 0);
  send (form);
}

static void
on_leave (DeskForm *form)
{
  if (form->command == NULL)
    take_draft (form);
  g_signal_emit (form, signals[DONE], 0, "");
}

/* --- beginning --- */

/* What is known of a code while it is written. */
static void
on_district (GtkEditable *entry, gpointer user_data)
{
  DeskForm *form = user_data;
  DeskField *field = &form->fields[GTK_WIDGET (entry) == form->fields[FIELD_HOME].choice ? FIELD_HOME : FIELD_NEAR];
  g_autofree char *words = desk_district_say (board_context_get_model (desk_state_get_context (form->state)),
                                              gtk_editable_get_text (entry));

  desk_field_note (field, words);
}

void
desk_form_begin (DeskForm *form, const BoardReferral *referral)
{
  BoardMoment moment;

  board_context_get_moment (desk_state_get_context (form->state), &moment);
  if (!form->is_begun || referral != NULL || form->draft.referral[0] != '\0')
    {
      if (referral != NULL)
        desk_draft_begin_amend (&form->draft, referral);
      else
        desk_draft_begin (&form->draft, &moment.session);
      form->is_begun = TRUE;
      g_clear_object (&form->command);
      set_open (form, TRUE);
      blame (form, NULL, "");
      show_draft (form);
    }
  desk_districts_fill (form->districts, board_context_get_model (desk_state_get_context (form->state)));
  gtk_widget_child_focus (form->fields[referral != NULL ? FIELD_SEX : FIELD_LANE].choice, GTK_DIR_TAB_FORWARD);
}

GtkWidget *
desk_form_new (DeskState *state)
{
  DeskForm *form = g_object_new (DESK_TYPE_FORM, NULL);

  form->state = g_object_ref (state);
  return GTK_WIDGET (form);
}

static void
desk_form_dispose (GObject *object)
{
  DeskForm *form = DESK_FORM (object);

  desk_clear (GTK_WIDGET (object));
  g_clear_object (&form->command);
  g_clear_object (&form->districts);
  g_clear_object (&form->state);
  G_OBJECT_CLASS (desk_form_parent_class)->dispose (object);
}

static void
desk_form_class_init (DeskFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_form_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "deskform");
  signals[DONE] = g_signal_new ("done", DESK_TYPE_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

/* --- its widgets --- */

static void
make_fields (DeskForm *form)
{
  GtkWidget *ready = gtk_entry_new ();

  gtk_entry_set_placeholder_text (GTK_ENTRY (ready), _ ("now, 14:30 or tomorrow 9:00"));
  desk_field_init (&form->fields[FIELD_LANE], "lane", _ ("Lane"), desk_toggles_new (&bed_lane_words, BED_LANE_N));
  desk_field_init (&form->fields[FIELD_PATHWAY], "pathway", _ ("Pathway"), desk_toggles_new (&bed_pathway_words, BED_PATHWAY_N));
  desk_field_init (&form->fields[FIELD_SEX], "sex", _ ("For the bay"), desk_toggles_new (&bed_sex_words, BED_SEX_N));
  desk_field_init (&form->fields[FIELD_AGE], "age_band", _ ("Age"), desk_toggles_new (&bed_age_band_words, BED_AGE_BAND_N));
  desk_field_init (&form->fields[FIELD_HOME], "home", _ ("Home: first half of the postcode, or NFA"), desk_district_entry_new (form->districts));
  desk_field_init (&form->fields[FIELD_NEAR], "near", _ ("Better near a carer in"), desk_district_entry_new (form->districts));
  desk_field_init (&form->fields[FIELD_READY], "ready_at", _ ("Ready to leave"), ready);
  desk_field_init (&form->fields[FIELD_AGREED], "agreed", _ ("Agreement"), desk_choice_new (&bed_agreed_words));
  desk_field_init (&form->fields[FIELD_TYPE], "type", _ ("Kind of bed"), desk_choice_new (&bed_type_words));
  desk_field_init (&form->fields[FIELD_WEIGHT], "weight_band", _ ("Weight"), desk_choice_new (&bed_weight_band_words));
  desk_field_init (&form->fields[FIELD_OXYGEN], "oxygen_lpm", _ ("Oxygen, litres a minute"),
                   gtk_spin_button_new_with_range (0, DESK_OXYGEN_MAX, 1));
  desk_field_init (&form->fields[FIELD_INFECTION], "infection", _ ("Infection"), desk_choice_new (&bed_infection_words));
  desk_field_init (&form->fields[FIELD_SOURCE], "source", _ ("Referred by"), gtk_entry_new ());
  gtk_editable_set_width_chars (GTK_EDITABLE (form->fields[FIELD_SOURCE].choice), SOURCE_CHARS);
  for (guint i = FIELD_HOME; i <= FIELD_NEAR; i++)
    g_signal_connect_object (form->fields[i].choice, "changed", G_CALLBACK (on_district), form, 0);
}

static GtkWidget *
make_needs (DeskForm *form)
{
  GtkWidget *needs = desk_box_new (GTK_ORIENTATION_VERTICAL, 14, "needs-choice");

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      GtkWidget *group = desk_box_new (GTK_ORIENTATION_VERTICAL, 6, "");
      GtkWidget *wrap = desk_wrap_new_within (7, FORM_EM);

      for (guint need = 0; need < BED_NEED_N; need++)
        if ((groups[i].needs >> need & 1) != 0)
          {
            GtkWidget *button = desk_need_new ((BedNeed)need);

            g_signal_connect (button, "clicked", G_CALLBACK (on_need), form);
            gtk_widget_insert_before (button, wrap, NULL);
          }
      gtk_box_append (GTK_BOX (group), desk_label_new (_ (groups[i].title), "quiet field-name"));
      gtk_box_append (GTK_BOX (group), wrap);
      gtk_box_append (GTK_BOX (needs), group);
    }
  return needs;
}

static GtkWidget *
make_line (DeskForm *form, FieldName from, FieldName to)
{
  GtkWidget *line = desk_wrap_new_within (28, FORM_EM);

  for (guint i = from; i <= to; i++)
    gtk_widget_insert_before (form->fields[i].box, line, NULL);
  return line;
}

static GtkWidget *
make_buttons (DeskForm *form)
{
  GtkWidget *buttons = desk_box_new (GTK_ORIENTATION_HORIZONTAL, 12, "");
  GtkWidget *leave = desk_button_new_plain (_ ("_Back"));

  form->send = desk_button_new_plain (_ ("_Send the referral"));
  gtk_widget_add_css_class (form->send, "primary");
  g_signal_connect_swapped (form->send, "clicked", G_CALLBACK (on_send), form);
  g_signal_connect_swapped (leave, "clicked", G_CALLBACK (on_leave), form);
  gtk_box_append (GTK_BOX (buttons), form->send);
  gtk_box_append (GTK_BOX (buttons), leave);
  return buttons;
}

static void
desk_form_init (DeskForm *form)
{
  GtkWidget *page = desk_box_new (GTK_ORIENTATION_VERTICAL, 16, "form");
  GtkWidget *hint = desk_label_new (_ ("No name, no number, no free text: the code that comes back is the only link. Press a need "
                                       "once for must, again for must not, again for prefers."),
                                    "quiet");

  form->districts = desk_districts_new ();
  form->title = desk_label_new ("", "title");
  form->fault = desk_label_new ("", "is-closed-text");
  gtk_label_set_wrap (GTK_LABEL (hint), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (hint), 100);
  gtk_label_set_wrap (GTK_LABEL (form->fault), TRUE);
  gtk_widget_set_visible (form->fault, FALSE);
  make_fields (form);
  form->needs = make_needs (form);
  gtk_box_append (GTK_BOX (page), form->title);
  gtk_box_append (GTK_BOX (page), hint);
  gtk_box_append (GTK_BOX (page), make_line (form, FIELD_LANE, FIELD_PATHWAY));
  gtk_box_append (GTK_BOX (page), make_line (form, FIELD_SEX, FIELD_AGE));
  gtk_box_append (GTK_BOX (page), make_line (form, FIELD_HOME, FIELD_AGREED));
  gtk_box_append (GTK_BOX (page), form->needs);
  gtk_box_append (GTK_BOX (page), make_line (form, FIELD_TYPE, FIELD_SOURCE));
  gtk_box_append (GTK_BOX (page), form->fault);
  gtk_box_append (GTK_BOX (page), make_buttons (form));
  gtk_widget_set_halign (page, GTK_ALIGN_CENTER);
  form->scroller = gtk_scrolled_window_new ();
  gtk_widget_set_focusable (form->scroller, FALSE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (form->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (form->scroller), page);
  gtk_widget_set_parent (form->scroller, GTK_WIDGET (form));
}
