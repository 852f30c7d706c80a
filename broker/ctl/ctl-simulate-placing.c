/* ctl-simulate-placing.c: from the referral to the door: triage, placing, the unit's answer, the
 * way there.
 *
 * Each act is given by somebody who may: the desk, the referring organisation, the unit or whom its
 * rule names. Owns nothing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ctl-simulate-world.h"

#include "common/bed-time.h"

#include <string.h>

#define TRAVEL_MIN 50
#define ASSESSING_HOURS 18
#define OFFERS_LOOKED_AT 8
/* Nobody is sent across the county at once: how far is too far grows with the wait. */
#define NEAR_KM 22.0
#define NEAR_KM_PER_HOUR 0.8
#define NEAR_KM_URGENT 35.0

/* Why units say no, per thousand refusals: published audits put the person's needs and the unit's
 * own pressure well before anything a register could know. Those that say the bed's data was wrong
 * come only when it was. */
static const CtlShare declines[] = {
  { "not_stable", 17 },          { "information_missing", 14 },
  { "own_assessment", 5 },       { "behaviour", 10 },
  { "two_carers", 8 },           { "secure_dementia", 8 },
  { "not_nursing", 5 },          { "clinical_device", 3 },
  { "wrong_pathway", 5 },        { "needs_acute", 4 },
  { "no_answer", 3 },            { "person_declined", 6 },
  { "too_far", 4 },              { "funding", 2 },
  { "enough_today", 8 },         { "infection_needs_single", 3 },
  { "wants_named_home", 2 },     { "safeguarding", 1 },
};
static const CtlShare faults[] = {
  { "bed_taken", 30 }, { "not_ready", 28 }, { "no_staff", 16 },
  { "bay_sex", 12 },   { "outbreak", 4 },   { "stairs", 4 },
  { "no_ensuite", 3 }, { "bariatric", 3 },
};
static const CtlShare pathways[] = { { "simple", 16 }, { "supported", 64 }, { "enhanced", 20 } };
static const CtlShare reasons_not_home[]
    = { { "needs_night_care", 30 }, { "unsafe_home", 14 },
        { "needs_nursing", 10 },    { "no_home_capacity", 16 },
        { "carer_unable", 10 },     { "rehab_intensity", 18 },
        { "best_interests", 2 } };
static const CtlShare withdrawals[] = { { "home_instead", 48 }, { "acute_again", 22 },
                                      { "other_service", 16 }, { "person_declined", 14 } };
static const CtlShare cancellations[] = { { "transport", 30 }, { "became_unwell", 34 },
                                        { "person_declined", 14 }, { "family", 10 },
                                        { "medicines", 12 } };

static void
name_bed (CtlPerson *person, const char *bed)
{
  g_free (person->asked_bed);
  person->asked_bed = g_strdup (bed);
}

/* Before a bed */

static gboolean
triage (CtlWorld *world, CtlPerson *person, BedJson *json)
{
  const char *pathway = CTL_DRAW (world, pathways);
  bed_json_add_string (json, "pathway", pathway);
  bed_json_add_string (json, "lane", person->is_urgent ? "urgent" : "flow");
  if (strcmp (pathway, "simple") != 0)
    bed_json_add_string (json, "home_first", CTL_DRAW (world, reasons_not_home));
  return ctl_people_send (world, person, ctl_people_find_desk (world), CTL_ACT_TRIAGE, "referral.triage", json);
}

static gboolean
withdraw (CtlWorld *world, CtlPerson *person, CtlAct act, BedJson *json)
{
  bed_json_add_string (json, "reason", act == CTL_ACT_GO_HOME ? "home_instead" : CTL_DRAW (world, withdrawals));
  return ctl_people_send (world, person, ctl_people_find_source (world, person), act, "referral.withdraw", json);
}

/* One in eight only holds the bed, and asks the unit later. */
static gboolean
place (CtlWorld *world, CtlPerson *person, CtlAct act, const char *bed, gboolean has_override)
{
  gboolean only_holds = !has_override && ctl_world_chance (world, 0.12);
  g_auto (BedJson) json = { 0 };
  ctl_people_begin (person, &json);
  bed_json_add_string (&json, "bed", bed);
  if (only_holds)
    bed_json_add_int (&json, "minutes", g_rand_int_range (world->rand, 20, 60));
  if (has_override)
    bed_json_add_string (&json, "override", "clinical_priority");
  name_bed (person, bed);
  return ctl_people_send (world, person, ctl_people_find_desk (world), act,
                          only_holds ? "hold.take" : "placement.place", &json);
}

static gboolean
is_near_enough (const CtlWorld *world, const CtlPerson *person, guint metres)
{
  double waited_h = (double) (ctl_world_read_utc (world) - person->submitted_us) / BED_HOUR_US;
  double limit_km = (person->is_urgent ? NEAR_KM_URGENT : NEAR_KM) + MAX (waited_h, 0) * NEAR_KM_PER_HOUR;
  return world->time.speed == 0 || metres <= limit_km * 1000;
}

/* Does it stand proposed to somebody else? */
static gboolean
is_promised (const CtlWorld *world, const CtlPerson *person, const char *bed)
{
  GHashTableIter iter;
  gpointer other = NULL;
  g_hash_table_iter_init (&iter, world->people);
  while (g_hash_table_iter_next (&iter, NULL, &other))
    if (other != person && g_strcmp0 (((CtlPerson *) other)->offer, bed) == 0)
      return TRUE;
  return FALSE;
}

/* The desk takes the nearest that is not another's; for an urgent one, even that. TRUE: it is done. */
static gboolean
consider (CtlWorld *world, CtlPerson *person, JsonObject *offer)
{
  const char *bed = json_object_get_string_member_with_default (offer, "bed", NULL);
  guint metres = (guint) MAX (json_object_get_int_member_with_default (offer, "metres", 0), 0);
  CtlBed *found = ctl_world_find_bed (world, bed);
  if (found == NULL || !is_near_enough (world, person, metres)
      || (is_promised (world, person, bed) && !person->is_urgent))
    return FALSE;
  if (json_object_get_boolean_member_with_default (offer, "call_first", FALSE))
    {
      found->unit->confirm_due = world->now_min; /* the desk calls: is it still free? */
      person->due[CTL_ACT_SEARCH] = ctl_world_draw_due (world, 15);
      return TRUE;
    }
  person->offer_metres = metres;
  return place (world, person, CTL_ACT_SEARCH, bed, person->is_urgent);
}

static void
on_found (const char *id, const char *reason, JsonObject *answer, gpointer user_data)
{
  CtlWorld *world = user_data;
  CtlPerson *person = g_hash_table_lookup (world->people, id);
  if (person == NULL)
    return;
  person->is_pending = FALSE;
  person->due[CTL_ACT_SEARCH] = ctl_world_draw_due (world, 240);
  JsonNode *list = reason == NULL && answer != NULL ? json_object_get_member (answer, "offers") : NULL;
  JsonArray *offers = list != NULL && JSON_NODE_HOLDS_ARRAY (list) ? json_node_get_array (list) : NULL;
  if (person->state != BED_STATE_WAITING || offers == NULL)
    return;
  for (guint i = 0; i < json_array_get_length (offers); i++)
    {
      JsonNode *node = json_array_get_element (offers, i);
      if (JSON_NODE_HOLDS_OBJECT (node) && consider (world, person, json_node_get_object (node)))
        return;
    }
}

static gboolean
search (CtlWorld *world, CtlPerson *person)
{
  CtlMember *member = ctl_people_find_desk (world);
  if (member == NULL)
    return FALSE;
  g_auto (BedJson) json = { 0 };
  ctl_people_begin (person, &json);
  bed_json_add_int (&json, "limit", OFFERS_LOOKED_AT);
  person->is_pending = TRUE;
  person->asked = CTL_ACT_SEARCH;
  ctl_crew_send (member, "bed.find", &json, person->code, on_found, world);
  return TRUE;
}

/* The unit's answer */

/* Whom the unit's rule lets answer. */
static CtlMember *
find_answerer (CtlWorld *world, const CtlPerson *person)
{
  const CtlBed *bed = ctl_world_find_bed (world, person->bed);
  if (bed == NULL)
    return NULL;
  switch ((BedAccepts) bed->unit->accepts)
    {
    case BED_ACCEPTS_UNIT:
      return ctl_people_find_house (world, person);
    case BED_ACCEPTS_ASSESSOR:
      return ctl_crew_find_assessor (world->crew);
    case BED_ACCEPTS_LAP:
      return ctl_people_find_desk (world);
    case BED_ACCEPTS_N:
      break;
    }
  return NULL;
}

static gboolean
assess_first (CtlWorld *world, CtlPerson *person, CtlMember *member, BedJson *json)
{
  double until = world->now_min + ctl_world_draw_between (world, 4, ASSESSING_HOURS) * 60;
  person->has_assessed = TRUE;
  bed_json_add_time (json, "until", ctl_world_find_utc (world, until));
  if (!ctl_people_send (world, person, member, CTL_ACT_EXTEND_HOLD, "placement.assessing", json))
    return FALSE;
  person->due[CTL_ACT_ANSWER] = ctl_world_draw_between (world, world->now_min + 60, until - 30);
  return TRUE;
}

/* Why not: for the bed's sake, or the person's. */
static void
say_no (CtlWorld *world, CtlPerson *person, gboolean is_of_bed, BedJson *json)
{
  const char *reason = is_of_bed ? CTL_DRAW (world, faults) : CTL_DRAW (world, declines);
  person->fault = (guint8) (bed_words_parse (&bed_decline_words, reason) + 1);
  person->is_let_go = TRUE;
  bed_json_add_string (json, "reason", reason);
}

static gboolean
answer (CtlWorld *world, CtlPerson *person, BedJson *json)
{
  CtlMember *member = find_answerer (world, person);
  const CtlBed *bed = ctl_world_find_bed (world, person->bed);
  if (member == NULL || bed == NULL || ctl_world_chance (world, 0.05)) /* nobody picks up the phone */
    return FALSE;
  if (bed->unit->assesses_itself && bed->unit->accepts == BED_ACCEPTS_UNIT && !person->has_assessed && ctl_world_chance (world, 0.3))
    return assess_first (world, person, member, json);
  gboolean is_lap = bed->unit->accepts == BED_ACCEPTS_LAP;
  gboolean is_no = person->is_wrong == 1 || (!is_lap && ctl_world_chance (world, bed->unit->refuses));
  person->fault = 0;
  name_bed (person, person->bed);
  if (!is_no)
    return ctl_people_send (world, person, member, CTL_ACT_ANSWER, "placement.accept", json);
  say_no (world, person, person->is_wrong == 1, json);
  return ctl_people_send (world, person, member, CTL_ACT_ANSWER, "placement.decline", json);
}

/* On the way */

/* In the afternoon, if there is still time; else the next day. */
static gboolean
expect (CtlWorld *world, CtlPerson *person, CtlAct act, BedJson *json)
{
  static const CtlShift arrivals = { 10, 19 };
  double hours = act == CTL_ACT_LATE ? 1.5 : person->is_urgent ? 2 : 4;
  double at = world->now_min + ctl_world_draw_between (world, 0.5, 1.5) * hours * 60 / world->haste;
  gint64 at_us = ctl_world_find_utc (world, at);
  gint64 open_us = world->time.speed != 0 ? ctl_time_find_shift (&arrivals, at_us) : at_us;
  at += (double) (open_us - at_us) / BED_MINUTE_US;
  gboolean is_cancelled = act == CTL_ACT_EXPECT && ctl_world_chance (world, 0.04);
  bed_json_add_time (json, "at", open_us);
  bed_json_add_string (json, "transport", is_cancelled ? "cancelled" : act == CTL_ACT_LATE ? "late" : "booked");
  if (!ctl_people_send (world, person, ctl_people_find_source (world, person), act, "placement.expect", json))
    return FALSE;
  if (is_cancelled) /* another one is found, or not before the bed is given away */
    ctl_people_plan_perhaps (world, person, CTL_ACT_LATE, 0.7, 3);
  else
    {
      if (person->state == BED_STATE_ACCEPTED)
        person->due[CTL_ACT_DEPART] = MAX (at - TRAVEL_MIN / world->haste, world->now_min);
      if (act == CTL_ACT_EXPECT && ctl_world_chance (world, 0.15))
        person->due[CTL_ACT_LATE] = MAX (at - 20, world->now_min);
    }
  return TRUE;
}

static gboolean
cancel (CtlWorld *world, CtlPerson *person, BedJson *json)
{
  gboolean is_unit = person->is_to_decide;
  CtlMember *member = is_unit ? ctl_people_find_house (world, person) : ctl_people_find_source (world, person);
  const char *reason = is_unit ? "bed_lost" : CTL_DRAW (world, cancellations);
  gboolean is_own_wish = strcmp (reason, "person_declined") == 0;
  bed_json_add_string (json, "by", is_unit ? "unit" : is_own_wish ? "person" : "referrer");
  bed_json_add_string (json, "reason", reason);
  person->is_let_go = TRUE;
  return ctl_people_send (world, person, member, CTL_ACT_CANCEL, "placement.cancel", json);
}

static gboolean
arrive (CtlWorld *world, CtlPerson *person, BedJson *json)
{
  CtlMember *member = ctl_people_find_house (world, person);
  person->fault = 0;
  name_bed (person, person->bed);
  if (person->is_wrong != 2)
    {
      bed_json_add_string (json, "bed", person->bed);
      return ctl_people_send (world, person, member, CTL_ACT_ARRIVE, "placement.arrive", json);
    }
  say_no (world, person, TRUE, json);
  person->is_wrong = 0;
  return ctl_people_send (world, person, member, CTL_ACT_ARRIVE, "placement.turned_back", json);
}

/* Commands of one or two members, given by the desk or whoever referred. */
static gboolean
say (CtlWorld *world, CtlPerson *person, CtlAct act, BedJson *json)
{
  static const struct
  {
    const char *method;
    const char *member;
    const char *word;
    gboolean is_by_source;
  } plain[CTL_N_ACTS] = {
    [CTL_ACT_RESPOND] = { "referral.responded", NULL, NULL, FALSE },
    [CTL_ACT_REDIRECT] = { "referral.redirect", "to", "out_of_hours_gp", FALSE },
    [CTL_ACT_AGREE] = { "referral.amend", "agreed", "yes", TRUE },
    [CTL_ACT_PAUSE] = { "referral.pause", "reason", "became_unwell", TRUE },
    [CTL_ACT_RESUME] = { "referral.resume", NULL, NULL, TRUE },
    [CTL_ACT_RELEASE] = { "hold.release", NULL, NULL, FALSE },
    [CTL_ACT_EXTEND_HOLD] = { "hold.extend", "reason", "unit_answer", FALSE },
    [CTL_ACT_DEPART] = { "placement.depart", NULL, NULL, TRUE },
  };
  if (act == CTL_ACT_RESUME)
    bed_json_add_time (json, "ready_at", ctl_world_read_utc (world));
  if (plain[act].member != NULL)
    bed_json_add_string (json, plain[act].member, plain[act].word);
  person->is_let_go = act == CTL_ACT_RELEASE || act == CTL_ACT_PAUSE;
  return ctl_people_send (world, person,
                          plain[act].is_by_source ? ctl_people_find_source (world, person)
                                                  : ctl_people_find_desk (world),
                          act, plain[act].method, json);
}

gboolean
ctl_placing_act (CtlWorld *world, CtlPerson *person, CtlAct act)
{
  g_auto (BedJson) json = { 0 };
  if (act == CTL_ACT_SEARCH)
    return search (world, person);
  if (act == CTL_ACT_PLACE && !is_near_enough (world, person, person->offer_metres))
    person->due[act] = CTL_NEVER; /* let it lapse */
  if (act == CTL_ACT_PLACE)
    return person->due[act] == CTL_NEVER || place (world, person, act, person->offer, FALSE);
  ctl_people_begin (person, &json);
  if (act == CTL_ACT_TRIAGE)
    return triage (world, person, &json);
  if (act == CTL_ACT_WITHDRAW || act == CTL_ACT_GO_HOME)
    return withdraw (world, person, act, &json);
  if (act == CTL_ACT_ANSWER)
    return answer (world, person, &json);
  if (act == CTL_ACT_EXPECT || act == CTL_ACT_LATE)
    return expect (world, person, act, &json);
  if (act == CTL_ACT_CANCEL)
    return cancel (world, person, &json);
  if (act == CTL_ACT_ARRIVE)
    return arrive (world, person, &json);
  return say (world, person, act, &json);
}
