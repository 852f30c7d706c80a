/* ward-plan.c: one table: an act, its method, what it says by itself and what it asks for.
 *
 * Owns nothing. Times offered lie ahead and within what the register takes; nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ward-plan.h"

#include "../board-codes.h"
#include "../board-i18n.h"
#include "../board-time.h"
#include "common/bed-time.h"
#include "ward-unit.h"

#include <string.h>

/* Lists of choices that are no word class. */
enum
{
  TIMES_TODAY,     /* every hour until the evening */
  TIMES_DAYS,      /* the coming days */
  TIMES_LATE,      /* how much later */
  TIMES_ASSESSING, /* within 24 hours */
  TIMES_HOSPITAL,  /* within 48 hours */
  TIMES_LEAVE,     /* within 7 days */
  TIMES_END,       /* of a closure: may be unknown */
  TIMES_SURGE,
  OTHER_BEDS,
  FEATURES,
  OCCUPANCIES, /* of a bed of which nobody knows */
  CORRECTIONS, /* another occupancy than now */
  OUTCOMES,    /* how the stay ended */
  WAITINGS,    /* what who is ready to leave waits for, or nothing */
  BAYS_OPEN,
  BAYS_CLOSED,
  STAFFED, /* a number of beds */
  PLACES,  /* ... of places */
  SURGE_BEDS
};

typedef struct
{
  const char *method;
  const char *member; /* said besides what is asked, or NULL */
  const char *value;
  const char *button; /* untranslated, NULL: as the entry */
  const char *entry;
  const char *title; /* what has happened, of a bed's label */
  WardQuestion asks[WARD_QUESTIONS_MAX];
} Plan;

#define CODE(name, title, words, first) { WARD_ASKS_CODE, name, title, words, first, 0 }
#define CHOICE(name, title, list) { WARD_ASKS_CHOICE, name, title, NULL, 0, list }
#define READBACK(title) { WARD_ASKS_READBACK, NULL, title, NULL, 0, 0 }

static const Plan plans[WARD_N_ACTS] = {
  [WARD_ACT_NOTHING] = { "", NULL, NULL, "", "", "", { { 0 } } },
  [WARD_ACT_FILL] = { "bed.fill", NULL, NULL, N_ ("Fill"), N_ ("Somebody is in it…"), N_ ("%s is now occupied"),
                      { CODE ("why", N_ ("How did they come?"), &bed_fill_words, 0) } },
  [WARD_ACT_ACCEPT] = { "placement.accept", NULL, NULL, N_ ("Accept"), N_ ("Accept…"), N_ ("%s: accepted"),
                        { READBACK (N_ ("Accept this person?")) } },
  [WARD_ACT_ARRIVED] = { "placement.arrive", NULL, NULL, N_ ("Arrived"), N_ ("Arrived…"), N_ ("%s: arrived"),
                         { READBACK (N_ ("Is this the person?")) } },
  [WARD_ACT_LEAVING] = { "bed.report", NULL, NULL, N_ ("Leaving"), N_ ("Leaves today…"), N_ ("%s leaves today"),
                         { CHOICE ("expected_free_at", N_ ("Leaves today at"), TIMES_TODAY) } },
  [WARD_ACT_MOVE_ON] = { "placement.ready_to_leave", NULL, NULL, N_ ("Move on"), N_ ("Ready to leave…"), N_ ("%s: ready to leave"),
                         { CHOICE ("waiting_for", N_ ("Ready to leave. What is waited for?"), WAITINGS) } },
  [WARD_ACT_HAS_LEFT] = { "placement.leave", NULL, NULL, N_ ("Has left"), N_ ("Has left…"), N_ ("%s: has left, to be cleaned"),
                          { CHOICE ("outcome", N_ ("Has left. Where to?"), OUTCOMES) } },
  [WARD_ACT_VACATED] = { "bed.report", "occupancy", "vacant", N_ ("Has left"), N_ ("Has left"), N_ ("%s: has left, to be cleaned"), { { 0 } } },
  [WARD_ACT_BACK] = { "placement.back", NULL, NULL, N_ ("Back"), N_ ("Is back"), N_ ("%s: is back"), { { 0 } } },
  [WARD_ACT_BACK_UNNAMED] = { "bed.report", "occupancy", "occupied", N_ ("Back"), N_ ("Is back"), N_ ("%s: is back"), { { 0 } } },
  [WARD_ACT_START_CLEAN] = { "bed.report", "readiness", "cleaning", N_ ("Clean"), N_ ("Start the clean"), N_ ("%s is being cleaned"), { { 0 } } },
  [WARD_ACT_READY] = { "bed.report", "readiness", "ready", N_ ("Ready"), N_ ("Ready"), N_ ("%s is clean and ready"), { { 0 } } },
  [WARD_ACT_LIFT] = { "bed.report", "isolation", "none", N_ ("End isolation"), N_ ("End isolation"), N_ ("%s: isolation is over"), { { 0 } } },
  [WARD_ACT_REOPEN] = { "bed.open", NULL, NULL, N_ ("Reopen"), N_ ("Reopen"), N_ ("%s is open again"), { { 0 } } },
  [WARD_ACT_SURGE_OPEN] = { "surge.open", NULL, NULL, N_ ("Open"), N_ ("Open for surge…"), N_ ("%s is open for surge"),
                            { CHOICE ("until", N_ ("Open for surge until"), TIMES_SURGE) } },
  [WARD_ACT_SAY_STATE] = { "bed.report", NULL, NULL, N_ ("Update"), N_ ("Free or occupied…"), N_ ("%s is known again"),
                           { CHOICE ("occupancy", N_ ("Is anybody in it?"), OCCUPANCIES) } },
  [WARD_ACT_DECLINE] = { "placement.decline", NULL, NULL, N_ ("Decline"), N_ ("Decline…"), N_ ("%s: declined"),
                         { CODE ("reason", N_ ("Decline. Why?"), &bed_decline_words, 0) } },
  [WARD_ACT_ASSESSING] = { "placement.assessing", NULL, NULL, NULL, N_ ("We assess first, by…"), N_ ("%s: assessing"),
                           { CHOICE ("until", N_ ("Answer after our assessment, by"), TIMES_ASSESSING) } },
  [WARD_ACT_DEPARTED] = { "placement.depart", NULL, NULL, NULL, N_ ("Is on the way"), N_ ("%s: on the way"), { { 0 } } },
  [WARD_ACT_LATE] = { "placement.expect", "transport", "late", N_ ("Late"), N_ ("Late…"), N_ ("%s: expected later"),
                      { CHOICE ("at", N_ ("Late. Now expected at"), TIMES_LATE) } },
  [WARD_ACT_TURNED_BACK] = { "placement.turned_back", NULL, NULL, NULL, N_ ("Turn back at the door…"), N_ ("%s: turned back"),
                             { CODE ("reason", N_ ("Turn back. Why?"), &bed_decline_words, 0) } },
  [WARD_ACT_NOT_COMING] = { "placement.cancel", "by", "unit", NULL, N_ ("Cancel the arrival…"), N_ ("%s: not coming"),
                            { CODE ("reason", N_ ("Cancel. Why?"), &bed_cancellation_words, 0) } },
  [WARD_ACT_EXPECTED_FREE] = { "bed.report", NULL, NULL, NULL, N_ ("Expected free on…"), N_ ("%s: expected free noted"),
                               { CHOICE ("expected_free_at", N_ ("Expected to be free on"), TIMES_DAYS) } },
  [WARD_ACT_READY_TO_LEAVE] = { "placement.ready_to_leave", NULL, NULL, NULL, N_ ("Ready to leave, waiting for…"), N_ ("%s: ready to leave"),
                                { CHOICE ("waiting_for", N_ ("Ready to leave. What is waited for?"), WAITINGS) } },
  [WARD_ACT_THERAPY] = { "placement.therapy", NULL, NULL, NULL, N_ ("Therapy has started"), N_ ("%s: therapy has started"), { { 0 } } },
  [WARD_ACT_TO_HOSPITAL] = { "placement.away", "kind", "hospital", NULL, N_ ("Away to hospital, keep the bed…"), N_ ("%s: away, the bed is kept"),
                             { CHOICE ("keep_until", N_ ("Keep the bed until"), TIMES_HOSPITAL) } },
  [WARD_ACT_HOME_LEAVE] = { "placement.away", "kind", "home_leave", NULL, N_ ("Away on home leave…"), N_ ("%s: away, the bed is kept"),
                            { CHOICE ("keep_until", N_ ("Keep the bed until"), TIMES_LEAVE) } },
  [WARD_ACT_EXTEND] = { "placement.extend", NULL, NULL, NULL, N_ ("Stays longer, because…"), N_ ("%s: stays longer"),
                        { CODE ("reason", N_ ("Stays longer. Why?"), &bed_waiting_for_words, 1) } },
  [WARD_ACT_MOVE] = { "placement.move", NULL, NULL, NULL, N_ ("Move to another bed…"), N_ ("%s: moved"),
                      { CHOICE ("bed", N_ ("Move to"), OTHER_BEDS) } },
  [WARD_ACT_DIED] = { "referral.died", NULL, NULL, NULL, N_ ("Has died…"), N_ ("%s: death recorded"),
                      { READBACK (N_ ("Record the death of this person?")) } },
  [WARD_ACT_STILL_SO] = { "bed.report", "occupancy", "", NULL, N_ ("Still as shown"), N_ ("%s: confirmed"), { { 0 } } },
  [WARD_ACT_CONTAMINATED] = { "bed.report", "readiness", "contaminated", NULL, N_ ("Needs a deep clean"), N_ ("%s needs a deep clean"), { { 0 } } },
  [WARD_ACT_ISOLATE] = { "bed.report", NULL, NULL, NULL, N_ ("Isolate…"), N_ ("%s: isolated"),
                         { CODE ("isolation", N_ ("How is it isolated?"), &bed_isolation_words, 1),
                           CODE ("infection", N_ ("For which infection?"), &bed_infection_words, 0) } },
  [WARD_ACT_OUT_OF_ORDER] = { "bed.feature", NULL, NULL, NULL, N_ ("Equipment out of order…"), N_ ("%s: out of order noted"),
                              { CHOICE ("feature", N_ ("What is out of order?"), FEATURES),
                                CHOICE ("out_until", N_ ("Out of order until"), TIMES_SURGE) } },
  [WARD_ACT_CLOSE] = { "bed.close", NULL, NULL, NULL, N_ ("Close…"), N_ ("%s is closed"),
                       { CODE ("reason", N_ ("Close. Why?"), &bed_closure_words, 1), CHOICE ("until", N_ ("Closed until"), TIMES_END) } },
  [WARD_ACT_SURGE_SHUT] = { "surge.shut", NULL, NULL, NULL, N_ ("Surge is over"), N_ ("%s: surge is over"), { { 0 } } },
  [WARD_ACT_CORRECT] = { "bed.correct", NULL, NULL, NULL, N_ ("Correct a wrong entry…"), N_ ("%s is corrected"),
                         { CHOICE ("occupancy", N_ ("What is right?"), CORRECTIONS),
                           CODE ("reason", N_ ("Why was it wrong?"), &bed_correction_words, 0) } },
  [WARD_ACT_CONFIRM_ALL] = { "unit.confirm", NULL, NULL, N_ ("Everything unchanged, confirm"), N_ ("Everything unchanged, confirm"),
                             N_ ("%s is confirmed"), { { 0 } } },
  [WARD_ACT_CLOSE_UNIT] = { "unit.close", NULL, NULL, NULL, N_ ("Close the whole unit…"), N_ ("%s is closed"),
                            { CODE ("reason", N_ ("Close the whole unit. Why?"), &bed_closure_words, 1),
                              CHOICE ("until", N_ ("Closed until"), TIMES_END) } },
  [WARD_ACT_OPEN_UNIT] = { "unit.open", NULL, NULL, NULL, N_ ("Open the unit again"), N_ ("%s is open again"), { { 0 } } },
  [WARD_ACT_CLOSE_BAY] = { "bay.close", NULL, NULL, NULL, N_ ("Close a bay…"), N_ ("%s: a bay is closed"),
                           { CHOICE ("bay", N_ ("Which bay?"), BAYS_OPEN),
                             CODE ("reason", N_ ("Close the bay. Why?"), &bed_closure_words, 1),
                             CHOICE ("until", N_ ("Closed until"), TIMES_END) } },
  [WARD_ACT_OPEN_BAY] = { "bay.open", NULL, NULL, NULL, N_ ("Open a bay again…"), N_ ("%s: a bay is open again"),
                          { CHOICE ("bay", N_ ("Which bay?"), BAYS_CLOSED) } },
  [WARD_ACT_STAFF] = { "unit.staff", NULL, NULL, NULL, N_ ("Staffed beds…"), N_ ("%s: staffed beds noted"),
                       { CHOICE ("staffed_cap", N_ ("For how many beds are there staff?"), STAFFED),
                         CHOICE ("until", N_ ("Until when?"), TIMES_END) } },
  [WARD_ACT_CAPACITY] = { "unit.capacity", NULL, NULL, NULL, N_ ("Places that can be booked…"), N_ ("%s: places noted"),
                          { CHOICE ("capacity", N_ ("How many places can be booked?"), PLACES),
                            CHOICE ("until", N_ ("Until when?"), TIMES_END) } },
  [WARD_ACT_SURGE_BED] = { "surge.open", NULL, NULL, NULL, N_ ("Open a surge bed…"), N_ ("%s: a surge bed is open"),
                           { CHOICE ("bed", N_ ("Which bed?"), SURGE_BEDS),
                             CHOICE ("until", N_ ("Open for surge until"), TIMES_SURGE) } },
};

const WardQuestion *
ward_plan_get_question (WardAct act, guint i)
{
  const WardQuestion *question = i < WARD_QUESTIONS_MAX ? &plans[act].asks[i] : NULL;

  return question != NULL && question->kind != WARD_ASKS_NOTHING ? question : NULL;
}

/* A place is booked, a bed is filled. */
const char *
ward_plan_say_button (const WardCase *cause, WardAct act)
{
  if (act == WARD_ACT_FILL && cause->bed != NULL && cause->bed->is_place)
    return _ ("Book");
  return plans[act].button != NULL ? _ (plans[act].button) : ward_plan_say_entry (cause, act);
}

const char *
ward_plan_say_entry (const WardCase *cause, WardAct act)
{
  if (act == WARD_ACT_ISOLATE && cause->bed->isolation != BED_ISOLATION_NONE)
    return _ ("Other isolation…");
  return _ (plans[act].entry);
}

char **
ward_plan_read_back (const WardCase *cause)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  const BoardReferral *person = cause->person;

  if (person != NULL)
    {
      g_autofree char *code = g_strdup_printf (_ ("Code %s"), person->code);
      /* translators: a sex and an age band */
      g_autofree char *who = g_strdup_printf (_ ("%s, %s"), board_code_say (&bed_sex_words, person->sex),
                                              board_code_say (&bed_age_band_words, person->age_band));
      g_autofree char *home = person->home[0] != 0 && !g_str_equal (person->home, "nfa")
                                  ? g_strdup_printf (_ ("Lives in %s"), person->home)
                                  : g_strdup (_ ("No fixed abode"));
      g_autofree char *bed = g_strdup_printf (_ ("For %s"), cause->bed->label);

      g_strv_builder_add (lines, code);
      g_strv_builder_add (lines, who);
      g_strv_builder_add (lines, home);
      g_strv_builder_add (lines, bed);
    }
  return g_strv_builder_end (lines);
}

/* --- choices --- */

static void
free_choice (gpointer pointer)
{
  WardChoice *choice = pointer;

  g_free (choice->label);
  g_free (choice->value);
  g_free (choice);
}

static void
add_choice (GPtrArray *choices, char *label, const char *value)
{
  WardChoice *choice = g_new0 (WardChoice, 1);

  choice->label = label;
  choice->value = g_strdup (value);
  g_ptr_array_add (choices, choice);
}

/* "14:00" today, "Tomorrow 10:00", "Wed 25 Nov 10:00". */
static char *
say_time (gint64 now_us, gint64 at_us)
{
  char clock[6], date[BOARD_DATE_SIZE];
  gint64 midnight_us = bed_time_find_midnight (now_us);
  gint64 tomorrow_us = bed_time_find_next_local (now_us, 0, 0);

  bed_time_print_local (at_us, clock);
  if (bed_time_find_midnight (at_us) == midnight_us)
    return g_strdup (clock);
  if (bed_time_find_midnight (at_us) == tomorrow_us)
    return g_strdup_printf (_ ("Tomorrow %s"), clock);
  board_time_print_date (at_us, date);
  /* translators: a date and a time of day */
  return g_strdup_printf (_ ("%s, %s"), date, clock);
}

static void
add_time (GPtrArray *choices, gint64 now_us, gint64 at_us)
{
  char value[BED_TIME_SIZE];

  bed_time_print (at_us, value);
  add_choice (choices, say_time (now_us, at_us), value);
}

static void
add_hours (GPtrArray *choices, gint64 now_us)
{
  gint64 midnight_us = bed_time_find_next_local (now_us, 0, 0);

  for (int hour = 8; hour <= 21; hour++)
    {
      gint64 at_us = bed_time_find_next_local (now_us, hour, 0);

      if (at_us < midnight_us)
        add_time (choices, now_us, at_us);
    }
  /* late in the evening the day still has an end */
  if (choices->len == 0)
    add_time (choices, now_us, MAX (midnight_us - BED_MINUTE_US, now_us + (midnight_us - now_us) / 2));
}

/* At 10:00 on each of the next days, counted in days from now. */
static void
add_mornings (GPtrArray *choices, gint64 now_us, const guint *days, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      gint64 noon_us = bed_time_find_midnight (now_us) + days[i] * BED_DAY_US + 12 * BED_HOUR_US;

      add_time (choices, now_us, bed_time_find_next_local (bed_time_find_midnight (noon_us), 10, 0));
    }
}

/* After base_us, in minutes. */
static void
add_later (GPtrArray *choices, gint64 now_us, gint64 base_us, const guint *minutes, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      gint64 at_us = base_us + minutes[i] * BED_MINUTE_US;

      if (at_us > now_us)
        add_time (choices, now_us, at_us);
    }
}

static gint64
round_up (gint64 time_us, gint64 step_us)
{
  return (time_us + step_us - 1) / step_us * step_us;
}

static void
add_times (GPtrArray *choices, const WardCase *cause, int times)
{
  static const guint days[] = { 1, 2, 3, 4, 5, 6, 7, 10, 14, 21, 28 };
  static const guint weeks[] = { 1, 2, 3, 7, 14, 28 };
  static const guint late[] = { 15, 30, 60, 90, 120, 180, 240, 360, 24 * 60 };
  static const guint assessing[] = { 60, 120, 180, 240, 360, 480, 12 * 60, 18 * 60, 24 * 60 - 1 };
  static const guint hospital[] = { 12 * 60, 24 * 60, 36 * 60, 48 * 60 - 1 };
  gint64 now_us = cause->now_us;
  gint64 expected_us = cause->person != NULL ? cause->person->expected_us : 0;

  switch (times)
    {
    case TIMES_TODAY:
      add_hours (choices, now_us);
      break;
    case TIMES_DAYS:
      add_mornings (choices, now_us, days, G_N_ELEMENTS (days));
      break;
    case TIMES_LATE:
      add_later (choices, now_us, MAX (expected_us, round_up (now_us, 15 * BED_MINUTE_US)), late, G_N_ELEMENTS (late));
      break;
    case TIMES_ASSESSING:
      add_later (choices, now_us, now_us, assessing, G_N_ELEMENTS (assessing));
      break;
    case TIMES_HOSPITAL:
      add_later (choices, now_us, now_us, hospital, G_N_ELEMENTS (hospital));
      break;
    case TIMES_LEAVE:
      add_mornings (choices, now_us, days, 6);
      break;
    case TIMES_END:
      add_choice (choices, g_strdup (_ ("Not known yet")), NULL);
      add_mornings (choices, now_us, weeks, G_N_ELEMENTS (weeks));
      break;
    case TIMES_SURGE:
      add_mornings (choices, now_us, weeks, G_N_ELEMENTS (weeks));
      break;
    }
}

static void
add_codes (GPtrArray *choices, const BedWords *words, guint first, guint n)
{
  for (guint value = first; value < first + n; value++)
    add_choice (choices, g_strdup (board_code_say (words, value)), bed_words_print (words, value));
}

static void
add_beds (GPtrArray *choices, const WardCase *cause)
{
  for (guint i = 0; i < cause->unit->beds->len; i++)
    {
      const BoardBed *bed = g_ptr_array_index (cause->unit->beds, i);

      if (bed != cause->bed && bed->display == BED_DISPLAY_FREE && bed->is_in_effect)
        add_choice (choices, g_strdup (bed->label), bed->id);
    }
}

static void
add_features (GPtrArray *choices, const WardCase *cause)
{
  for (guint need = 0; need < BED_NEED_N; need++)
    if (cause->bed->features >> need & 1)
      add_choice (choices, g_strdup (board_code_say (&bed_need_words, need)), bed_words_print (&bed_need_words, need));
}

static void
add_outcomes (GPtrArray *choices, const WardCase *cause)
{
  if (cause->person != NULL && cause->person->state == BED_STATE_DIED)
    add_codes (choices, &bed_outcome_words, BED_OUTCOME_DIED, 1);
  else
    add_codes (choices, &bed_outcome_words, 0, BED_OUTCOME_N);
}

static void
add_waitings (GPtrArray *choices)
{
  add_choice (choices, g_strdup (_ ("Nothing: can leave now")), NULL);
  add_codes (choices, &bed_waiting_for_words, BED_WAITING_FOR_PACKAGE, BED_WAITING_FOR_N - BED_WAITING_FOR_PACKAGE);
}

static void
add_occupancies (GPtrArray *choices, const WardCase *cause, gboolean is_correction)
{
  BedOccupancy now = cause->bed->occupancy;

  if (!is_correction || now != BED_OCCUPANCY_VACANT)
    add_choice (choices, g_strdup (_ ("Nobody is in it")), "vacant");
  if (!is_correction || now != BED_OCCUPANCY_OCCUPIED)
    add_choice (choices, g_strdup (_ ("Somebody is in it")), "occupied");
}

static void
add_bays (GPtrArray *choices, const WardCase *cause, gboolean to_close)
{
  g_autoptr (GPtrArray) bays = ward_unit_list_bays (cause->unit, to_close);

  for (guint i = 0; i < bays->len; i++)
    add_choice (choices, g_strdup_printf (_ ("Bay %s"), (const char *)g_ptr_array_index (bays, i)),
                g_ptr_array_index (bays, i));
}

/* All of them first: the others are how many fewer. */
static void
add_numbers (GPtrArray *choices, const WardCase *cause, gboolean of_places)
{
  for (guint n = ward_unit_count (cause->unit, of_places) + 1; n-- > 0;)
    {
      g_autofree char *value = g_strdup_printf ("%u", n);
      gboolean is_now = !of_places && n == cause->unit->staffed_cap;

      add_choice (choices, is_now ? g_strdup_printf (_ ("%u, as now"), n) : g_strdup (value), value);
    }
}

static void
add_surge (GPtrArray *choices, const WardCase *cause)
{
  for (guint i = 0; i < cause->unit->beds->len; i++)
    {
      const BoardBed *bed = g_ptr_array_index (cause->unit->beds, i);

      if (bed->is_in_effect && bed->service == BED_SERVICE_SURGE_SHUT)
        add_choice (choices, g_strdup (bed->label), bed->id);
    }
}

static void
add_of_unit (GPtrArray *choices, const WardCase *cause, int list)
{
  if (list == SURGE_BEDS)
    add_surge (choices, cause);
  else if (list == STAFFED || list == PLACES)
    add_numbers (choices, cause, list == PLACES);
  else
    add_bays (choices, cause, list == BAYS_OPEN);
}

GPtrArray *
ward_plan_list_choices (const WardCase *cause, const WardQuestion *question)
{
  GPtrArray *choices = g_ptr_array_new_with_free_func (free_choice);

  if (question->kind == WARD_ASKS_CODE)
    add_codes (choices, question->words, question->first, question->words->n - question->first);
  else if (question->kind != WARD_ASKS_CHOICE)
    return choices;
  else if (question->times == OTHER_BEDS)
    add_beds (choices, cause);
  else if (question->times == FEATURES)
    add_features (choices, cause);
  else if (question->times == OUTCOMES)
    add_outcomes (choices, cause);
  else if (question->times == WAITINGS)
    add_waitings (choices);
  else if (question->times == OCCUPANCIES || question->times == CORRECTIONS)
    add_occupancies (choices, cause, question->times == CORRECTIONS);
  else if (question->times >= BAYS_OPEN)
    add_of_unit (choices, cause, question->times);
  else
    add_times (choices, cause, question->times);
  return choices;
}

/* --- the command --- */

static gboolean
names_person (WardAct act)
{
  return g_str_has_prefix (plans[act].method, "placement.") || g_str_has_prefix (plans[act].method, "referral.");
}

BoardCommand *
ward_plan_make_command (const WardCase *cause, WardAct act, const char *const answers[WARD_QUESTIONS_MAX])
{
  const Plan *plan = &plans[act];
  const char *subject = cause->bed != NULL ? cause->bed->id : cause->unit->id;
  g_autofree char *title = g_strdup_printf (_ (plan->title), cause->bed != NULL ? cause->bed->label : cause->unit->name);
  BoardCommand *command = board_command_new (plan->method, subject, title);

  if (cause->bed == NULL && act != WARD_ACT_SURGE_BED)
    board_command_set (command, "unit", cause->unit->id);
  if (names_person (act) && cause->person != NULL)
    board_command_set (command, "referral", cause->person->code);
  /* arriving names the code and the bed */
  if (cause->bed != NULL && (!names_person (act) || act == WARD_ACT_ARRIVED))
    board_command_set (command, "bed", cause->bed->id);
  if (act == WARD_ACT_STILL_SO)
    board_command_set (command, "occupancy", bed_words_print (&bed_occupancy_words, cause->bed->occupancy));
  else if (plan->member != NULL)
    board_command_set (command, plan->member, plan->value);
  for (guint i = 0; i < WARD_QUESTIONS_MAX && ward_plan_get_question (act, i) != NULL; i++)
    if (plan->asks[i].member == NULL || answers == NULL || answers[i] == NULL)
      continue;
    else if (plan->asks[i].times == STAFFED || plan->asks[i].times == PLACES)
      board_command_set_int (command, plan->asks[i].member, g_ascii_strtoll (answers[i], NULL, 10));
    else
      board_command_set (command, plan->asks[i].member, answers[i]);
  return command;
}
