/* ctl-simulate-answers.c: commands about people, and what their answers make us believe.
 *
 * An accepted command is a fact: who is in which bed, who is gone. A refused one is put off, or the
 * next best bed taken that the refusal names, as a coordinator would. Owns nothing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ctl-simulate-world.h"

#include "common/bed-time.h"

#include <string.h>

#define RETRY_MEAN_MIN 30
#define RETRY_SEARCH_MIN 200

static void
on_answered (const char *id, const char *reason, JsonObject *answer, gpointer user_data);

void
ctl_people_begin (const CtlPerson *person, BedJson *json)
{
  ctl_crew_begin (json);
  bed_json_add_string (json, "referral", person->code);
}

gboolean
ctl_people_send (CtlWorld *world, CtlPerson *person, CtlMember *member, CtlAct act,
                 const char *method, BedJson *json)
{
  if (member == NULL)
    return FALSE;
  person->is_pending = TRUE;
  person->asked = act;
  ctl_crew_send (member, method, json, person->code, on_answered, world);
  return TRUE;
}

static void
close_referral (CtlPerson *person)
{
  person->is_closed = TRUE;
  g_clear_pointer (&person->stays_in, g_free);
}

static void
vacate (CtlWorld *world, CtlPerson *person)
{
  CtlBed *bed = ctl_world_find_bed (world, person->stays_in);
  if (bed != NULL)
    bed->resident = CTL_NOBODY;
}

static void
settle_in (CtlWorld *world, CtlPerson *person, const char *id)
{
  CtlBed *bed = ctl_world_find_bed (world, id);
  vacate (world, person);
  g_free (person->stays_in);
  person->stays_in = g_strdup (id);
  if (bed != NULL)
    bed->resident = CTL_REFERRED;
}

static void
note_arrival (CtlWorld *world, CtlPerson *person)
{
  const CtlBed *bed = ctl_world_find_bed (world, person->asked_bed);
  CtlTally *tally = &world->tally;
  tally->arrived++;
  ctl_tally_add (tally->waits, (double) (ctl_world_read_utc (world) - person->submitted_us) / BED_HOUR_US);
  if (bed == NULL || (person->easting == 0 && person->northing == 0))
    return;
  guint metres = ctl_world_measure (person, bed->unit);
  guint nearest = metres;
  GHashTableIter iter;
  gpointer other = NULL;
  g_hash_table_iter_init (&iter, world->beds);
  while (g_hash_table_iter_next (&iter, NULL, &other))
    if (ctl_world_suits (other, person))
      nearest = MIN (nearest, ctl_world_measure (person, ((CtlBed *) other)->unit));
  ctl_tally_add (tally->metres, person->metres != 0 ? person->metres : metres);
  ctl_tally_add (tally->excesses, metres - nearest);
  tally->home_lap += g_str_equal (person->lap, bed->unit->lap);
}

static void
note_decline (CtlWorld *world, CtlPerson *person, gboolean is_at_door)
{
  CtlBed *bed = ctl_world_find_bed (world, person->asked_bed);
  world->tally.turned_back += is_at_door;
  if (!is_at_door)
    world->tally.declines[person->fault - 1]++;
  if (bed == NULL || !bed_decline_is_starred (person->fault - 1u))
    return;
  bed->fault = person->fault;
  bed->due = MIN (bed->due, ctl_world_draw_due (world, 20));
}

/* The broker has done it: what we now believe. */
static void
believe (CtlWorld *world, CtlPerson *person, JsonObject *answer)
{
  CtlTally *tally = &world->tally;
  switch (person->asked)
    {
    case CTL_ACT_REDIRECT:
      tally->redirected++;
      close_referral (person);
      break;
    case CTL_ACT_GO_HOME:
      tally->went_home++;
      close_referral (person);
      break;
    case CTL_ACT_WITHDRAW:
      tally->withdrawn++;
      close_referral (person);
      break;
    case CTL_ACT_PLACE:
    case CTL_ACT_SEARCH:
      person->metres = person->offer_metres;
      break;
    case CTL_ACT_ANSWER:
    case CTL_ACT_ARRIVE:
      if (person->fault != 0) /* no, or not through this door */
        {
          note_decline (world, person, person->asked == CTL_ACT_ARRIVE);
          person->n_declined += person->asked == CTL_ACT_ANSWER;
          person->n_turned_back += person->asked == CTL_ACT_ARRIVE;
        }
      else if (person->asked == CTL_ACT_ARRIVE)
        {
          settle_in (world, person, person->asked_bed);
          note_arrival (world, person);
        }
      break;
    case CTL_ACT_CANCEL:
      tally->cancelled++;
      person->n_cancelled++;
      break;
    case CTL_ACT_MOVE:
      tally->moved++;
      settle_in (world, person, person->asked_bed);
      break;
    case CTL_ACT_AWAY:
      tally->away++;
      ctl_people_plan (world, person, CTL_ACT_BACK);
      break;
    case CTL_ACT_DIE:
      tally->died++;
      if (person->stays_in == NULL)
        close_referral (person);
      break;
    case CTL_ACT_LEAVE:
      tally->left++;
      vacate (world, person);
      close_referral (person);
      break;
    case CTL_ACT_ASSESS:
      ctl_people_plan (world, person, CTL_ACT_ASSESSED);
      break;
    case CTL_ACT_NONE:
    case CTL_ACT_TRIAGE:
    case CTL_ACT_RESPOND:
    case CTL_ACT_AGREE:
    case CTL_ACT_PAUSE:
    case CTL_ACT_RESUME:
    case CTL_ACT_RELEASE:
    case CTL_ACT_EXTEND_HOLD:
    case CTL_ACT_EXPECT:
    case CTL_ACT_LATE:
    case CTL_ACT_DEPART:
    case CTL_ACT_THERAPY:
    case CTL_ACT_ASSESSED:
    case CTL_ACT_BACK:
    case CTL_ACT_EXTEND_STAY:
    case CTL_ACT_READY:
    case CTL_N_ACTS:
      break;
    }
}

static const char *
get_next_bed (JsonObject *answer)
{
  JsonNode *next = answer != NULL ? json_object_get_member (answer, "next") : NULL;
  return next != NULL && JSON_NODE_HOLDS_OBJECT (next)
             ? json_object_get_string_member_with_default (json_node_get_object (next), "bed", NULL)
             : NULL;
}

/* Somebody else was quicker: the next best bed, if there is one. */
static void
take_next_bed (CtlWorld *world, CtlPerson *person, JsonObject *answer)
{
  const char *bed = get_next_bed (answer);
  if (bed == NULL || ctl_world_chance (world, 0.2))
    return;
  g_auto (BedJson) json = { 0 };
  ctl_people_begin (person, &json);
  bed_json_add_string (&json, "bed", bed);
  ctl_people_send (world, person, ctl_people_find_desk (world), CTL_ACT_PLACE, "placement.place", &json);
}

static void
on_answered (const char *id, const char *reason, JsonObject *answer, gpointer user_data)
{
  CtlWorld *world = user_data;
  CtlPerson *person = g_hash_table_lookup (world->people, id);
  if (person == NULL)
    return;
  person->is_pending = FALSE;
  if (reason == NULL)
    {
      if (answer != NULL)
        person->after_revision
            = (guint64) json_object_get_int_member_with_default (answer, "revision", 0);
      person->n_refused = 0;
      person->due[person->asked] = CTL_NEVER;
      believe (world, person, answer);
    }
  else
    {
      gboolean is_search = person->asked == CTL_ACT_SEARCH || person->asked == CTL_ACT_PLACE;
      person->n_refused += !is_search;
      person->is_let_go = FALSE;
      if (person->due[person->asked] != CTL_NEVER)
        person->due[person->asked]
            = ctl_world_draw_due (world, is_search ? RETRY_SEARCH_MIN : RETRY_MEAN_MIN);
      if (person->asked == CTL_ACT_MOVE) /* it was only a wish */
        person->due[CTL_ACT_MOVE] = CTL_NEVER;
      person->n_refused -= person->asked == CTL_ACT_MOVE;
      if (strcmp (reason, "bed_taken") == 0 && is_search)
        take_next_bed (world, person, answer);
    }
  if (person->is_closed && !person->is_in_feed)
    g_hash_table_remove (world->people, id);
}
