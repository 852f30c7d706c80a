/* ward-say.c: the ward's sentences, each whole, for whoever translates them.
 *
 * Owns nothing; nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ward-say.h"

#include "../board-codes.h"
#include "../board-i18n.h"
#include "../board-time.h"
#include "common/bed-time.h"

#include <string.h>

const char *
ward_say_number (const char *label)
{
  const char *space = strrchr (label, ' ');

  return space != NULL && space[1] != 0 && strlen (space + 1) <= 4 ? space + 1 : label;
}

const char *
ward_say_state (const WardCase *cause)
{
  gboolean is_place = cause->bed->is_place;

  if (cause->person != NULL && cause->person->state == BED_STATE_DIED)
    return _ ("Died");
  switch (cause->bed->display)
    {
    case BED_DISPLAY_FREE:
      return cause->bed->is_stale ? _ ("Free?") : _ ("Free");
    case BED_DISPLAY_HELD:
      return _ ("Held");
    case BED_DISPLAY_ACCEPTED:
      return _ ("Arriving");
    case BED_DISPLAY_IN_TRANSIT:
      return _ ("On the way");
    case BED_DISPLAY_OCCUPIED:
      return is_place ? _ ("Booked") : _ ("Occupied");
    case BED_DISPLAY_LEAVING:
      return is_place ? _ ("Ends today") : _ ("Leaving today");
    case BED_DISPLAY_READY_TO_LEAVE:
      return _ ("Ready to leave");
    case BED_DISPLAY_ON_LEAVE:
      return _ ("Away");
    case BED_DISPLAY_CLEANING:
      return cause->bed->readiness == BED_READINESS_CLEANING ? _ ("Cleaning") : _ ("To be cleaned");
    case BED_DISPLAY_CONTAMINATED:
      return _ ("Contaminated");
    case BED_DISPLAY_ISOLATED:
      return _ ("Isolated");
    case BED_DISPLAY_CLOSED:
      return _ ("Closed");
    case BED_DISPLAY_SURGE_SHUT:
      return _ ("Surge bed, shut");
    case BED_DISPLAY_UNKNOWN:
    case BED_DISPLAY_N:
      return _ ("Not known");
    }
  return _ ("Not known");
}

const char *
ward_say_class (const WardCase *cause)
{
  switch (board_glyph_of_display (cause->bed->display))
    {
    case BOARD_GLYPH_FREE:
      return "is-free";
    case BOARD_GLYPH_HELD:
      return "is-held";
    case BOARD_GLYPH_ARRIVING:
      return "is-arriving";
    case BOARD_GLYPH_CLEANING:
      return "is-cleaning";
    case BOARD_GLYPH_LEAVING:
      return "is-leaving";
    case BOARD_GLYPH_OCCUPIED:
      return "is-occupied";
    case BOARD_GLYPH_CLOSED:
      return "is-closed";
    case BOARD_GLYPH_UNKNOWN:
    case BOARD_N_GLYPHS:
      return "is-unknown";
    }
  return "is-unknown";
}

/* --- times --- */

static char *
print_clock (const char *format, gint64 at_us)
{
  char clock[6];

  bed_time_print_local (at_us, clock);
  return g_strdup_printf (format, clock);
}

/* A time today, else with its day. */
static char *
print_when (const char *format, gint64 now_us, gint64 at_us)
{
  char clock[6], date[BOARD_DATE_SIZE];
  g_autofree char *when = NULL;

  if (bed_time_find_midnight (at_us) == bed_time_find_midnight (now_us))
    return print_clock (format, at_us);
  bed_time_print_local (at_us, clock);
  board_time_print_date (at_us, date);
  /* translators: a date and a time of day */
  when = g_strdup_printf (_ ("%s %s"), date, clock);
  return g_strdup_printf (format, when);
}

static char *
print_duration (const char *format, gint64 duration_us)
{
  char words[BOARD_DURATION_SIZE];

  board_time_print_duration (duration_us, words);
  return g_strdup_printf (format, words);
}

char *
ward_say_due (gint64 now_us, gint64 at_us)
{
  if (at_us - now_us >= BED_MINUTE_US)
    return print_duration (_ ("in %s"), at_us - now_us);
  if (now_us - at_us >= BED_MINUTE_US)
    return print_duration (_ ("%s late"), now_us - at_us);
  return g_strdup (_ ("now"));
}

/* --- a card's second line --- */

static char *
say_hold (const WardCase *cause, WardTone *tone)
{
  gint64 left_us = cause->bed->until_us - cause->now_us;
  char left[BOARD_DURATION_SIZE];

  *tone = WARD_TONE_STATE;
  if (cause->bed->until_us == 0)
    return g_strdup (cause->bed->referral);
  if (left_us <= 0)
    return g_strdup (_ ("Time is up"));
  /* rounded up, as a countdown is read */
  board_time_print_duration (left_us + BED_MINUTE_US - 1, left);
  /* translators: the time left of a hold, and a code */
  return cause->bed->referral[0] != 0 ? g_strdup_printf (_ ("%s · %s"), left, cause->bed->referral)
                                      : g_strdup_printf (_ ("%s left"), left);
}

static char *
say_coming (const WardCase *cause, WardTone *tone)
{
  const BoardReferral *person = cause->person;
  gint64 amber_us = person != NULL ? person->clocks[BED_CLOCK_ARRIVAL].due_us : 0;

  *tone = WARD_TONE_STATE;
  if (cause->bed->is_closed || (person != NULL && person->is_to_decide))
    {
      *tone = WARD_TONE_WARNING;
      return g_strdup (_ ("Bed closed: decide"));
    }
  if (person == NULL || person->expected_us == 0)
    return g_strdup (person != NULL ? person->code : "");
  if (person->transport == BED_TRANSPORT_CANCELLED)
    {
      *tone = WARD_TONE_WARNING;
      return g_strdup (_ ("Transport cancelled"));
    }
  if ((amber_us != 0 && cause->now_us >= amber_us) || cause->now_us - person->expected_us >= 2 * BED_HOUR_US)
    {
      *tone = WARD_TONE_WARNING;
      return print_when (_ ("Was due %s"), cause->now_us, person->expected_us);
    }
  return print_when (_ ("Expected %s"), cause->now_us, person->expected_us);
}

static char *
say_stay (const WardCase *cause, WardTone *tone)
{
  guint day, of;
  gboolean is_long = FALSE;

  if (cause->bed->is_closed)
    {
      *tone = WARD_TONE_WARNING;
      return g_strdup_printf (_ ("Closed, %s"), board_code_say (&bed_closure_words, cause->bed->reason));
    }
  if (cause->bed->display == BED_DISPLAY_READY_TO_LEAVE && cause->person != NULL
      && cause->person->waiting_for != BED_WAITING_FOR_NONE)
    return g_strdup_printf (_ ("Waits: %s"), board_code_say (&bed_waiting_for_words, cause->person->waiting_for));
  if (!ward_steps_get_day (cause, &day, &of, &is_long))
    return cause->bed->expected_free_us != 0 ? print_when (_ ("Free %s"), cause->now_us, cause->bed->expected_free_us)
                                             : g_strdup ("");
  *tone = is_long ? WARD_TONE_WARNING : WARD_TONE_PLAIN;
  return g_strdup_printf (_ ("Day %u of %u"), day, of);
}

static char *
say_cleaning (const WardCase *cause, WardTone *tone)
{
  const BoardBed *bed = cause->bed;

  *tone = WARD_TONE_STATE;
  if (bed->turnaround_due_us == 0)
    return g_strdup ("");
  if (bed->is_overdue || cause->now_us >= bed->turnaround_due_us)
    {
      *tone = WARD_TONE_WARNING;
      return print_when (_ ("Ready was due %s"), cause->now_us, bed->turnaround_due_us);
    }
  return print_when (_ ("Due ready %s"), cause->now_us, bed->turnaround_due_us);
}

static char *
say_closed (const WardCase *cause, WardTone *tone)
{
  const char *reason = board_code_say (&bed_closure_words, cause->bed->reason);

  *tone = WARD_TONE_STATE;
  return g_strdup (cause->bed->reason != BED_CLOSURE_NONE ? reason : "");
}

static char *
say_stale (const WardCase *cause, WardTone *tone)
{
  *tone = WARD_TONE_WARNING;
  if (cause->bed->confirmed_us == 0)
    return g_strdup (_ ("Never confirmed"));
  return print_duration (_ ("Confirmed %s ago"), cause->now_us - cause->bed->confirmed_us);
}

/* Stale comes after what is about a person: that was never unsure. */
char *
ward_say_line (const WardCase *cause, WardTone *tone)
{
  const BoardBed *bed = cause->bed;

  *tone = WARD_TONE_PLAIN;
  if (bed->is_stale && bed->commitment == BED_COMMITMENT_NONE && bed->referral[0] == 0)
    return say_stale (cause, tone);
  switch (bed->display)
    {
    case BED_DISPLAY_HELD:
      return say_hold (cause, tone);
    case BED_DISPLAY_ACCEPTED:
    case BED_DISPLAY_IN_TRANSIT:
      return say_coming (cause, tone);
    case BED_DISPLAY_LEAVING:
      if (cause->now_us - bed->expected_free_us >= BED_HOUR_US)
        *tone = WARD_TONE_WARNING;
      return print_when (_ ("Expected %s"), cause->now_us, bed->expected_free_us);
    case BED_DISPLAY_OCCUPIED:
    case BED_DISPLAY_READY_TO_LEAVE:
    case BED_DISPLAY_ON_LEAVE:
      return say_stay (cause, tone);
    case BED_DISPLAY_CLEANING:
    case BED_DISPLAY_CONTAMINATED:
      return say_cleaning (cause, tone);
    case BED_DISPLAY_CLOSED:
      return say_closed (cause, tone);
    case BED_DISPLAY_ISOLATED:
      *tone = WARD_TONE_STATE;
      return g_strdup (bed->infection != BED_INFECTION_NONE ? board_code_say (&bed_infection_words, bed->infection)
                                                            : board_code_say (&bed_isolation_words, bed->isolation));
    case BED_DISPLAY_UNKNOWN:
      return g_strdup (_ ("Free or occupied?"));
    case BED_DISPLAY_FREE:
    case BED_DISPLAY_SURGE_SHUT:
    case BED_DISPLAY_N:
      return g_strdup ("");
    }
  return g_strdup ("");
}

/* --- sentences --- */

static char *
lower (const char *words)
{
  g_autofree char *first = g_utf8_strdown (words, g_utf8_next_char (words) - words);

  return *words != 0 ? g_strconcat (first, g_utf8_next_char (words), NULL) : g_strdup ("");
}

char *
ward_say_needs (guint64 needs)
{
  GString *said = g_string_new (NULL);

  for (guint need = 0; need < BED_NEED_N; need++)
    if (needs >> need & 1)
      {
        g_autofree char *word = lower (board_code_say (&bed_need_words, need));

        if (said->len > 0)
          g_string_append (said, ", ");
        g_string_append (said, word);
      }
  return g_string_free (said, FALSE);
}

static char *
say_age (const WardCase *cause)
{
  gint64 minutes = (cause->now_us - cause->bed->confirmed_us) / BED_MINUTE_US;

  if (cause->bed->confirmed_us == 0)
    return g_strdup (_ ("Never confirmed."));
  if (minutes < 120)
    return g_strdup_printf (ngettext ("Confirmed %d minute ago.", "Confirmed %d minutes ago.", (gulong)MAX (minutes, 0)),
                            (int)MAX (minutes, 0));
  return g_strdup_printf (ngettext ("Confirmed %d hour ago.", "Confirmed %d hours ago.", (gulong)(minutes / 60)),
                          (int)(minutes / 60));
}

char *
ward_say_card (const WardCase *cause)
{
  WardTone tone;
  g_autofree char *state = lower (ward_say_state (cause));
  g_autofree char *line = ward_say_line (cause, &tone);
  g_autofree char *needs = cause->bed->display == BED_DISPLAY_FREE ? ward_say_needs (cause->bed->features) : g_strdup ("");
  g_autofree char *age = say_age (cause);
  /* translators: a bed and its state: "Room 7, free" */
  g_autofree char *facts = g_strdup_printf (_ ("%s, %s"), cause->bed->label, state);
  g_autofree char *second = lower (*line != 0 ? line : needs);

  if (*second == 0)
    return g_strdup_printf (_ ("%s. %s"), facts, age);
  /* translators: "Room 7, free", "hoist, ensuite", "Confirmed 2 minutes ago." */
  return g_strdup_printf (_ ("%s, %s. %s"), facts, second, age);
}

char *
ward_say_confirmed (const WardCase *cause, gboolean *is_due)
{
  const BoardUnit *unit = cause->unit;
  gint64 oldest_us = G_MAXINT64, due_us;
  char last[6], due[6];
  guint n = 0;

  for (guint i = 0; i < unit->beds->len; i++)
    {
      const BoardBed *bed = g_ptr_array_index (unit->beds, i);

      if (!bed->is_in_effect)
        continue;
      oldest_us = MIN (oldest_us, bed->confirmed_us);
      n++;
    }
  *is_due = FALSE;
  if (n == 0)
    return g_strdup (_ ("No beds in use"));
  if (oldest_us == 0)
    oldest_us = unit->confirmed_us;
  *is_due = oldest_us == 0;
  if (oldest_us == 0)
    return g_strdup (_ ("Never confirmed: confirm now"));
  due_us = bed_time_fresh_until (oldest_us, unit->fresh_day_min * 60, unit->fresh_night_min * 60);
  *is_due = unit->is_stale || (unit->fresh_day_min != 0 && due_us <= cause->now_us);
  bed_time_print_local (oldest_us, last);
  bed_time_print_local (due_us, due);
  if (*is_due)
    return g_strdup_printf (_ ("Last confirmed <b>%s</b>, was due <b>%s</b>"), last, due);
  return g_strdup_printf (ngettext ("All %u last confirmed <b>%s</b>, next due <b>%s</b>", "All %u last confirmed <b>%s</b>, next due <b>%s</b>", n),
                          n, last, due);
}

char *
ward_say_mirror_reason (const char *reason)
{
  static const char *const words[BED_RULED_OUT_N] = {
    [BED_RULED_OUT_NOTHING] = N_ ("Another bed was nearer"),
    [BED_RULED_OUT_SERVICE] = N_ ("Beds were closed"),
    [BED_RULED_OUT_OCCUPANCY] = N_ ("Beds were occupied"),
    [BED_RULED_OUT_COMMITMENT] = N_ ("Beds were promised to others"),
    [BED_RULED_OUT_READINESS] = N_ ("Beds were not clean yet"),
    [BED_RULED_OUT_ISOLATION] = N_ ("Beds were isolated"),
    [BED_RULED_OUT_STAFFED_CAP] = N_ ("Not enough staff"),
    [BED_RULED_OUT_TYPE] = N_ ("Another type of bed was needed"),
    [BED_RULED_OUT_BAY_SEX] = N_ ("The bay was for the other sex"),
    [BED_RULED_OUT_MUST] = N_ ("Something needed was missing"),
    [BED_RULED_OUT_MUST_NOT] = N_ ("Something there did not suit"),
    [BED_RULED_OUT_ADMISSION] = N_ ("Our admission rules"),
    [BED_RULED_OUT_PARTNER] = N_ ("No second bed for a couple"),
    [BED_RULED_OUT_FRESHNESS] = N_ ("Not confirmed in time"),
  };
  const char *colon = strchr (reason, ':');
  int need = colon != NULL ? bed_words_parse (&bed_need_words, colon + 1) : -1;
  int value;

  if (g_str_equal (reason, "cut_off"))
    return g_strdup (_ ("Farther away than others"));
  if (need >= 0)
    {
      g_autofree char *word = lower (board_code_say (&bed_need_words, (guint)need));

      return g_strdup_printf (g_str_has_prefix (reason, "must_not:") ? _ ("Did not suit: %s") : _ ("Missing %s"), word);
    }
  value = bed_words_parse (&bed_ruled_out_words, reason);
  return g_strdup (value >= 0 ? _ (words[value]) : reason);
}

/* --- order --- */

static guint64
get_number (const char *label, gsize *length)
{
  gsize i = strcspn (label, "0123456789");

  *length = i;
  return g_ascii_strtoull (label + i, NULL, 10);
}

static gint
compare_rooms (gconstpointer a, gconstpointer b)
{
  const char *one = (*(const BoardBed *const *)a)->label;
  const char *other = (*(const BoardBed *const *)b)->label;
  gsize m, n;
  guint64 i = get_number (one, &m), j = get_number (other, &n);

  if (m != n || strncmp (one, other, m) != 0)
    return strcmp (one, other);
  return i != j ? (i < j ? -1 : 1) : strcmp (one, other);
}

GPtrArray *
ward_say_list_rooms (const BoardUnit *unit)
{
  GPtrArray *rooms = g_ptr_array_new ();

  for (guint i = 0; i < unit->beds->len; i++)
    if (((const BoardBed *)g_ptr_array_index (unit->beds, i))->is_in_effect)
      g_ptr_array_add (rooms, g_ptr_array_index (unit->beds, i));
  g_ptr_array_sort (rooms, compare_rooms);
  return rooms;
}
