/* ctl-simulate-check.c: the register against what the simulation knows by its own deeds.
 *
 * Asked once, when nothing is on its way any more. Every referral on the feed was made by us and is
 * not ended, every one of ours is there; nothing is without a next step; who is in a bed here is in
 * it there, and the other way round.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ctl-simulate-world.h"

#include "common/bed-time.h"

#include <string.h>

#define OVERDUE_MIN (24 * 60.0)
#define REFUSED_MAX 12 /* commands in a row */

static void G_GNUC_PRINTF (3, 4)
find (CtlFindings *findings, guint *count, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_ptr_array_add (findings->lines, g_strdup_vprintf (format, arguments));
  va_end (arguments);
  ++*count;
}

/* What the register does by itself: a hold ends, and so does the keeping of a bed whose transport was
 * cancelled. */
static double
find_lapse (const CtlWorld *world, const CtlPerson *person)
{
  gboolean lapses = person->state == BED_STATE_HELD || person->state == BED_STATE_ACCEPTED;
  if (!lapses || person->until_us == 0)
    return CTL_NEVER;
  return world->now_min + (double) (person->until_us - ctl_world_read_utc (world)) / BED_MINUTE_US;
}

static double
find_first_due (const CtlWorld *world, const CtlPerson *person)
{
  double first = find_lapse (world, person);
  for (guint act = 0; act < CTL_N_ACTS; act++)
    first = MIN (first, person->due[act]);
  return first;
}

static void
check_person (const CtlWorld *world, const CtlPerson *person, CtlFindings *findings)
{
  const char *state = bed_words_print (&bed_state_words, person->state);
  double due = find_first_due (world, person);
  findings->n_people++;
  if (person->is_in_feed && (!person->is_ours || person->is_closed))
    find (findings, &findings->strange, "%s: %s, but %s", person->code, state,
          person->is_closed ? "ended by us" : "never submitted by us");
  else if (!person->is_in_feed && person->is_ours && !person->is_closed)
    find (findings, &findings->lost, "%s: ours, but not on the feed", person->code);
  else if (person->is_in_feed && due == CTL_NEVER)
    find (findings, &findings->stuck, "%s: %s, and nothing will be done", person->code, state);
  else if (person->is_in_feed && (due < world->now_min - OVERDUE_MIN || person->n_refused > REFUSED_MAX))
    find (findings, &findings->stuck, "%s: %s, overdue by %.0f min, refused %u times", person->code, state,
          world->now_min - due, person->n_refused);
}

static const CtlPerson *
find_resident (const CtlWorld *world, const CtlBed *bed)
{
  GHashTableIter iter;
  gpointer value = NULL;
  g_hash_table_iter_init (&iter, world->people);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (g_strcmp0 (((CtlPerson *) value)->stays_in, bed->id) == 0)
      return value;
  return NULL;
}

static void
check_bed (const CtlWorld *world, const CtlBed *bed, CtlFindings *findings)
{
  gboolean is_occupied = bed->occupancy == BED_OCCUPANCY_OCCUPIED || bed->occupancy == BED_OCCUPANCY_ON_LEAVE;
  const CtlPerson *resident = find_resident (world, bed);
  findings->n_beds++;
  if (resident != NULL && (!is_occupied || strcmp (bed->referral, resident->code) != 0))
    find (findings, &findings->phantoms, "%s: %s is in it, the register says %s %s", bed->id, resident->code,
          bed_words_print (&bed_occupancy_words, bed->occupancy), bed->referral);
  else if (resident == NULL && is_occupied && bed->resident != CTL_SOMEBODY)
    find (findings, &findings->phantoms, "%s: occupied, but nobody is in it (%s)", bed->id, bed->referral);
  else if (resident == NULL && !is_occupied && bed->resident == CTL_SOMEBODY)
    find (findings, &findings->phantoms, "%s: %s, but somebody is in it", bed->id,
          bed_words_print (&bed_occupancy_words, bed->occupancy));
}

void
ctl_check (CtlWorld *world, CtlFindings *findings)
{
  GHashTableIter iter;
  gpointer value = NULL;
  *findings = (CtlFindings) { .lines = g_ptr_array_new_with_free_func (g_free) };
  g_hash_table_iter_init (&iter, world->people);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    check_person (world, value, findings);
  g_hash_table_iter_init (&iter, world->beds);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    check_bed (world, value, findings);
}

void
ctl_findings_clear (CtlFindings *findings)
{
  g_clear_pointer (&findings->lines, g_ptr_array_unref);
}
