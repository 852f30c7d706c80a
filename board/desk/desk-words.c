/* desk-words.c: the list's chips, lines and clocks, and a bed's name, in words.
 *
 * Pure; strings are owned by the caller or constant. Each sentence is one string for translators.
 * Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-words.h"

#include "../board-codes.h"
#include "../board-i18n.h"
#include "../board-time.h"
#include "common/bed-time.h"

#include <string.h>

const char *
desk_tone_get_class (DeskTone tone)
{
  static const char *const classes[] = {
    [DESK_TONE_PLAIN] = "",
    [DESK_TONE_FREE] = "is-free",
    [DESK_TONE_HELD] = "is-held",
    [DESK_TONE_ARRIVING] = "is-arriving",
    [DESK_TONE_CLOSED] = "is-closed",
  };

  return classes[tone];
}

void
desk_words_duration (gint64 duration_us, char words[static DESK_DURATION_SIZE])
{
  gint64 minutes = MAX (duration_us, 0) / BED_MINUTE_US;

  if (minutes < 60)
    g_snprintf (words, DESK_DURATION_SIZE, _ ("%d min"), (int)minutes);
  else if (minutes < 10 * 60)
    g_snprintf (words, DESK_DURATION_SIZE, _ ("%d h %02d"), (int)(minutes / 60), (int)(minutes % 60));
  else if (minutes < 72 * 60)
    g_snprintf (words, DESK_DURATION_SIZE, _ ("%d h"), (int)(minutes / 60));
  else
    g_snprintf (words, DESK_DURATION_SIZE, _ ("%d days"), (int)(minutes / (24 * 60)));
}

gint64
desk_words_transport_left_us (gint64 now_us)
{
  gint64 closes_us = bed_time_find_next_local (bed_time_find_midnight (now_us), DESK_TRANSPORT_CLOSES_HOUR, 0);

  return closes_us - now_us;
}

static DeskChip
make_waiting_chip (const BoardReferral *referral, const BoardUnit *unit, int n_suiting, guint n_sure)
{
  guint n = (guint)MAX (n_suiting, 0);

  if (referral->pathway == BED_PATHWAY_SIMPLE)
    return (DeskChip){ g_strdup (_ ("Goes home with care")), DESK_TONE_PLAIN };
  if (referral->offer_bed[0] != '\0' && unit != NULL)
    /* TRANSLATORS: %s is a unit */
    return (DeskChip){ g_strdup_printf (_ ("Proposed: %s"), unit->name), DESK_TONE_FREE };
  if (n_suiting < 0)
    return (DeskChip){ g_strdup (_ ("Looking for beds")), DESK_TONE_PLAIN };
  if (n == 0)
    return (DeskChip){ g_strdup (_ ("No bed fits today")), DESK_TONE_CLOSED };
  if (n_sure == 0)
    return (DeskChip){ g_strdup_printf (ngettext ("%u bed, call first", "%u beds, call first", n), n), DESK_TONE_HELD };
  return (DeskChip){ g_strdup_printf (ngettext ("%u bed suits", "%u beds suit", n), n), DESK_TONE_FREE };
}

static DeskChip
make_held_chip (const BoardReferral *referral, const char *name, gint64 now_us)
{
  char left[DESK_DURATION_SIZE];
  char until[6];

  desk_words_duration (referral->until_us - now_us, left);
  bed_time_print_local (referral->until_us, until);
  if (referral->is_assessing)
    return (DeskChip){ g_strdup_printf (_ ("%s assesses until %s"), name, until), DESK_TONE_HELD };
  /* TRANSLATORS: a unit, and how long the hold still lasts */
  return (DeskChip){ g_strdup_printf (_ ("%s, %s left"), name, left), DESK_TONE_HELD };
}

static DeskChip
make_leaving_chip (const BoardReferral *referral)
{
  if (referral->waiting_for == BED_WAITING_FOR_NONE)
    return (DeskChip){ g_strdup (_ ("Ready to leave")), DESK_TONE_PLAIN };
  return (DeskChip){ g_strdup_printf (_ ("Ready to leave, waits: %s"),
                                      board_code_say (&bed_waiting_for_words, referral->waiting_for)),
                     DESK_TONE_PLAIN };
}

DeskChip
desk_words_chip (const BoardReferral *referral, const BoardUnit *unit, int n_suiting, guint n_sure, gint64 now_us)
{
  const char *name = unit != NULL ? unit->name : _ ("A bed");

  switch (referral->state)
    {
    case BED_STATE_SUBMITTED:
      return (DeskChip){ g_strdup (_ ("Waits for triage")), DESK_TONE_HELD };
    case BED_STATE_TRIAGED:
    case BED_STATE_WAITING:
      return make_waiting_chip (referral, unit, n_suiting, n_sure);
    case BED_STATE_HELD:
      return make_held_chip (referral, name, now_us);
    case BED_STATE_ACCEPTED:
      if (referral->is_to_decide)
        return (DeskChip){ g_strdup_printf (_ ("%s has closed: decide"), name), DESK_TONE_CLOSED };
      return (DeskChip){ g_strdup_printf (_ ("Accepted, %s"), name), DESK_TONE_ARRIVING };
    case BED_STATE_IN_TRANSIT:
      return (DeskChip){ g_strdup_printf (_ ("On the way, %s"), name), DESK_TONE_ARRIVING };
    case BED_STATE_ARRIVED:
    case BED_STATE_THERAPY_STARTED:
      if (referral->is_away)
        return (DeskChip){ g_strdup_printf (_ ("Away from %s, bed kept"), name), DESK_TONE_PLAIN };
      return (DeskChip){ g_strdup_printf (_ ("Arrived, %s"), name), DESK_TONE_FREE };
    case BED_STATE_READY_TO_LEAVE:
      return make_leaving_chip (referral);
    case BED_STATE_PAUSED:
      return (DeskChip){ g_strdup (_ ("Paused")), DESK_TONE_PLAIN };
    case BED_STATE_LEFT:
    case BED_STATE_REDIRECTED:
    case BED_STATE_WITHDRAWN:
    case BED_STATE_DIED:
    case BED_STATE_N:
      return (DeskChip){ g_strdup (board_code_say (&bed_state_words, referral->state)), DESK_TONE_PLAIN };
    }
  return (DeskChip){ g_strdup (""), DESK_TONE_PLAIN };
}

const char *
desk_words_home (const BoardReferral *referral, gboolean in_full)
{
  if (referral->home[0] != '\0' && g_ascii_strcasecmp (referral->home, "nfa") != 0)
    return referral->home;
  return in_full ? _ ("No fixed abode") : _ ("NFA");
}

const char *
desk_words_pathway (BedPathway pathway)
{
  switch (pathway)
    {
    case BED_PATHWAY_SIMPLE:
      return _ ("Simple");
    case BED_PATHWAY_SUPPORTED:
      return _ ("Supported");
    case BED_PATHWAY_ENHANCED:
      return _ ("Enhanced");
    case BED_PATHWAY_N:
      return "";
    }
  return "";
}

char *
desk_words_needs (const BoardReferral *referral, guint n_needs)
{
  GString *words = g_string_new (desk_words_pathway (referral->pathway));
  guint64 needs = referral->must;
  guint n = 0;

  for (guint need = 0; need < BED_NEED_N; need++)
    if ((needs >> need & 1) != 0 && n++ < n_needs)
      g_string_append_printf (words, "%s%s", n == 1 ? " · " : ", ", board_code_say (&bed_need_words, need));
  if (n > n_needs)
    g_string_append_printf (words, ngettext (", %u more", ", %u more", n - n_needs), n - n_needs);
  if (referral->infection != BED_INFECTION_NONE)
    g_string_append_printf (words, " · %s", board_code_say (&bed_infection_words, referral->infection));
  return g_string_free (words, FALSE);
}

/* A hold's ring and an arrival's time are shown where they are; a stay's days are the ward's. */
static gboolean
is_told (BedClock clock)
{
  return clock != BED_CLOCK_HOLD && clock != BED_CLOCK_ARRIVAL && clock != BED_CLOCK_EPISODE;
}

DeskClock
desk_words_clock (const BoardReferral *referral, gint64 now_us, char **words)
{
  const BoardClock *worst = NULL;
  BedClock which = BED_CLOCK_N;
  char duration[DESK_DURATION_SIZE];

  *words = NULL;
  for (guint i = 0; i < BED_CLOCK_N; i++)
    {
      const BoardClock *clock = &referral->clocks[i];

      if (clock->due_us == 0 || !is_told ((BedClock)i) || (now_us < clock->amber_us && !clock->is_breached))
        continue;
      if (worst != NULL && worst->due_us <= clock->due_us)
        continue;
      worst = clock;
      which = (BedClock)i;
    }
  if (worst == NULL)
    return DESK_CLOCK_FINE;
  desk_words_duration (ABS (worst->due_us - now_us), duration);
  if (worst->is_breached || now_us >= worst->due_us)
    {
      /* TRANSLATORS: a clock such as "Triage", and by how much it is late */
      *words = g_strdup_printf (_ ("%s %s late"), board_code_say (&bed_clock_words, which), duration);
      return DESK_CLOCK_BREACHED;
    }
  *words = g_strdup_printf (_ ("%s due in %s"), board_code_say (&bed_clock_words, which), duration);
  return DESK_CLOCK_AMBER;
}

char *
desk_words_unit (const BoardUnit *unit)
{
  if (unit->site[0] == '\0' || strstr (unit->name, unit->site) != NULL || strstr (unit->site, unit->name) != NULL)
    return g_strdup (unit->name);
  return g_strdup_printf ("%s, %s", unit->name, unit->site);
}

char *
desk_words_bed (const BoardBed *bed)
{
  return g_ascii_isdigit (bed->label[0]) ? g_strdup_printf (_ ("Bed %s"), bed->label) : g_strdup (bed->label);
}

char *
desk_words_bed_facts (const BoardBed *bed)
{
  static const BedNeed told[] = { BED_NEED_SINGLE_ROOM, BED_NEED_ENSUITE };
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    if ((bed->features >> told[i] & 1) != 0)
      g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "", board_code_say (&bed_need_words, told[i]));
  if (words->len == 0 && (bed->bay_sex == BED_BAY_SEX_FEMALE || bed->bay_sex == BED_BAY_SEX_MALE))
    g_string_append (words, board_code_say (&bed_bay_sex_words, bed->bay_sex));
  return g_string_free (words, FALSE);
}
