/* model-doors.c: the model's frame: what a command names, who may ask for it, and which room
 * decides.
 *
 * The roles of domain.md as a line of letters for each method. Owns the model. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "model.h"

#include <string.h>

/* Who may: C a coordinator anywhere, c only for units kept by phone, y also for those whose LAP
 * says yes; K a clinician; R a referrer, its own; U a unit's staff, O an owner, their own; u, o
 * where the unit's rule leaves the answer to its own staff; A a trusted assessor where the rule
 * says so; T the clock. `local` may everything but what is the clock's. states: letters of
 * get_state_letter. */
typedef struct
{
  const char *who;
  const char *states; /* NULL: any, or the room decides */
} Door;

static const Door doors[BED_N_METHODS] = {
  [BED_METHOD_BED_REPORT] = { "CUO" },
  [BED_METHOD_BED_CLOSE] = { "cO" },
  [BED_METHOD_BED_OPEN] = { "cO" },
  [BED_METHOD_BAY_CLOSE] = { "cO" },
  [BED_METHOD_BAY_OPEN] = { "cO" },
  [BED_METHOD_UNIT_CLOSE] = { "cO" },
  [BED_METHOD_UNIT_OPEN] = { "cO" },
  [BED_METHOD_UNIT_CONFIRM] = { "CUO" },
  [BED_METHOD_UNIT_STAFF] = { "cO" },
  [BED_METHOD_UNIT_RULES] = { "O" },
  [BED_METHOD_UNIT_CAPACITY] = { "cO" },
  [BED_METHOD_SURGE_ASK] = { "C" },
  [BED_METHOD_SURGE_OPEN] = { "cO" },
  [BED_METHOD_SURGE_SHUT] = { "CO" },
  [BED_METHOD_BED_FILL] = { "cUO" },
  [BED_METHOD_BED_CORRECT] = { "CO" },
  [BED_METHOD_BED_FEATURE] = { "cO" },
  [BED_METHOD_REFERRAL_SUBMIT] = { "CKR" },
  [BED_METHOD_REFERRAL_TRIAGE] = { "CK", "stw" },
  [BED_METHOD_REFERRAL_AMEND] = { "CKR", "stwph" },
  [BED_METHOD_REFERRAL_LINK] = { "CKR", "stw" },
  [BED_METHOD_REFERRAL_RESPONDED] = { "CK", "stwphaiATL" },
  [BED_METHOD_REFERRAL_REDIRECT] = { "CK", "stw" },
  [BED_METHOD_REFERRAL_PAUSE] = { "CKR", "stwh" },
  [BED_METHOD_REFERRAL_RESUME] = { "CKR", "p" },
  [BED_METHOD_REFERRAL_WITHDRAW] = { "CKR", "stwpha" },
  [BED_METHOD_REFERRAL_DIED] = { "CKUOR", "stwphaiATL" },
  [BED_METHOD_ASSESSMENT_START] = { "CKUOA", "ATL" },
  [BED_METHOD_ASSESSMENT_DONE] = { "CKUOA", "ATL" },
  [BED_METHOD_PLACEMENT_PLACE] = { "CK" },
  [BED_METHOD_HOLD_TAKE] = { "CKR" },
  [BED_METHOD_HOLD_EXTEND] = { "CKR", "h" },
  [BED_METHOD_HOLD_RELEASE] = { "CKR", "h" },
  [BED_METHOD_PLACEMENT_ASSESSING] = { "cuo", "h" },
  [BED_METHOD_PLACEMENT_ACCEPT] = { "yuoA", "h" },
  [BED_METHOD_PLACEMENT_DECLINE] = { "yuoA", "h" },
  [BED_METHOD_PLACEMENT_EXPECT] = { "CKUOR", "ai" },
  [BED_METHOD_PLACEMENT_CANCEL] = { "CKUOR", "ai" },
  [BED_METHOD_PLACEMENT_DEPART] = { "CKUOR", "a" },
  [BED_METHOD_PLACEMENT_TURNED_BACK] = { "CKUOR", "ai" },
  [BED_METHOD_PLACEMENT_ARRIVE] = { "cUO", "ai" },
  [BED_METHOD_PLACEMENT_THERAPY] = { "cKUO", "A" },
  [BED_METHOD_PLACEMENT_MOVE] = { "CUO", "ATL" },
  [BED_METHOD_PLACEMENT_AWAY] = { "cUO", "ATL" },
  [BED_METHOD_PLACEMENT_BACK] = { "cUO", "ATL" },
  [BED_METHOD_PLACEMENT_EXTEND] = { "CKUO", "ATL" },
  [BED_METHOD_PLACEMENT_READY_TO_LEAVE] = { "cKUO", "ATL" },
  [BED_METHOD_PLACEMENT_LEAVE] = { "cUO", "ATLd" },
  [BED_METHOD_UNDO] = { "CKUORA" },
  [BED_METHOD_IMPORT] = { "" },
  [BED_METHOD_HOLD_EXPIRE] = { "!", "ha" },
  [BED_METHOD_UNIT_STALE] = { "!" },
  [BED_METHOD_CLOCK_BREACH] = { "!", "stwphaiATL" },
  [BED_METHOD_OFFER_MAKE] = { "!", "w" },
  [BED_METHOD_UNIT_EFFECT] = { "!" },
  [BED_METHOD_QUARTER_PASS] = { "!" },
  [BED_METHOD_PROFILE_ERASE] = { "!" },
};

/* In the order of BED_REFERRAL_STATES. */
static const char state_letters[] = "stwhaiATLlrpWd";

Model *
model_new (gint64 start_us, int people_max)
{
  Model *model = g_new0 (Model, 1);
  model->start_us = start_us;
  model->people_max = people_max;
  model->acts = g_array_new (FALSE, FALSE, sizeof (ModelAct));
  for (int i = 0; i < MODEL_UNITS; i++)
    {
      const CountyUnit *unit = &county_units[i];
      model->units[i] = (ModelUnit){ .cap = unit->cap != 0 ? unit->cap : unit->n_beds,
                                     .accepts = unit->accepts,
                                     .weekends = unit->weekends,
                                     .nights = unit->nights,
                                     .own_assessment = unit->own_assessment,
                                     .latest_min = unit->latest_min,
                                     .flex_min = unit->flex_min,
                                     .longest_days = 42 };
    }
  for (int i = 0; i < MODEL_BEDS; i++)
    model->beds[i] = (ModelBed){ .person = NOBODY,
                                 .occupancy = BED_OCCUPANCY_UNKNOWN,
                                 .is_in_effect = truth_has_effect (model, i, start_us),
                                 .service = county_beds[i].is_surge ? BED_SERVICE_SURGE_SHUT
                                                                    : BED_SERVICE_OPEN };
  truth_settle (model, start_us);
  return model;
}

void
model_free (Model *model)
{
  g_array_unref (model->acts);
  g_free (model);
}

static void
copy_rows (const Model *from, Model *to)
{
  GArray *acts = to->acts;
  memcpy (to, from, offsetof (Model, people) + (gsize)from->n_people * sizeof from->people[0]);
  to->acts = acts;
}

Model *
model_copy (const Model *model)
{
  Model *copy = g_new (Model, 1);
  copy_rows (model, copy);
  copy->acts = g_array_copy (model->acts);
  return copy;
}

void
model_restore (Model *model, const Model *copy)
{
  copy_rows (copy, model);
  g_array_set_size (model->acts, 0);
  g_array_append_vals (model->acts, copy->acts->data, copy->acts->len);
}

gboolean
model_lets_in (BedMethod method, int state)
{
  return doors[method].states == NULL
         || strchr (doors[method].states, state_letters[state]) != NULL;
}

int
model_find_person (const Model *model, const char *code)
{
  for (int i = 0; i < model->n_people; i++)
    if (strcmp (model->people[i].code, code) == 0)
      return i;
  return NOBODY;
}

int
model_find_bed (const char *id)
{
  for (int i = 0; i < MODEL_BEDS; i++)
    if (strcmp (county_beds[i].id, id) == 0)
      return i;
  return NOWHERE;
}

int
model_find_unit (const char *id)
{
  for (int i = 0; i < MODEL_UNITS; i++)
    if (strcmp (county_units[i].id, id) == 0)
      return i;
  return NOWHERE;
}

int
model_find_district (const char *id)
{
  for (int i = 0; i < COUNTY_DISTRICTS; i++)
    if (strcmp (county_districts[i].id, id) == 0)
      return i;
  return NOWHERE;
}

ModelBed *
model_bed (Ask *ask, int bed)
{
  ask->m->beds[bed].stamp = ask->m->n_events;
  return &ask->m->beds[bed];
}

ModelUnit *
model_unit (Ask *ask, int unit)
{
  ask->m->units[unit].stamp = ask->m->n_events;
  return &ask->m->units[unit];
}

ModelPerson *
model_person (Ask *ask, int person)
{
  ask->m->people[person].stamp = ask->m->n_events;
  return &ask->m->people[person];
}

gboolean
model_is_own (const Ask *ask, int unit)
{
  const BedActor *actor = &ask->command->actor;
  if (unit == NOWHERE)
    return FALSE;
  return actor->role == BED_ROLE_UNIT ? strcmp (actor->unit, county_units[unit].id) == 0
                                      : strcmp (actor->owner, county_units[unit].owner) == 0;
}

static gboolean
is_own_referral (const Ask *ask)
{
  const char *source = ask->p != NULL ? ask->m->sources[ask->p->source] : ask->f->organisation;
  return strcmp (source, ask->command->actor.owner) == 0;
}

static gboolean
is_phoned (const Ask *ask)
{
  return ask->unit != NOWHERE && county_units[ask->unit].is_proxy;
}

static gboolean
answers (const Ask *ask, int accepts)
{
  return ask->unit != NOWHERE && ask->m->units[ask->unit].accepts == accepts;
}

gboolean
model_may (const Ask *ask)
{
  const char *who = doors[ask->command->method].who;
  gboolean is_own = model_is_own (ask, ask->unit);
  gboolean is_own_answer = is_own && answers (ask, BED_ACCEPTS_UNIT);
  gboolean is_undo = ask->command->method == BED_METHOD_UNDO;
  switch (ask->role)
    {
    case BED_ROLE_LOCAL:
      return who[0] != '!';
    case BED_ROLE_CLOCK:
      return who[0] == '!';
    case BED_ROLE_CLINICIAN:
      return strchr (who, 'K') != NULL;
    case BED_ROLE_COORDINATOR:
      return strchr (who, 'C') != NULL || (strchr (who, 'c') != NULL && is_phoned (ask))
             || (strchr (who, 'y') != NULL && (is_phoned (ask) || answers (ask, BED_ACCEPTS_LAP)));
    case BED_ROLE_REFERRER:
      return strchr (who, 'R') != NULL && (is_undo || is_own_referral (ask));
    case BED_ROLE_ASSESSOR:
      return strchr (who, 'A') != NULL && (is_undo || answers (ask, BED_ACCEPTS_ASSESSOR));
    case BED_ROLE_UNIT:
      return (strchr (who, 'U') != NULL && (is_undo || is_own))
             || (strchr (who, 'u') != NULL && is_own_answer);
    case BED_ROLE_OWNER:
      return (strchr (who, 'O') != NULL && (is_undo || is_own))
             || (strchr (who, 'o') != NULL && is_own_answer);
    default:
      return FALSE;
    }
}

static int
look_up (Ask *ask)
{
  const BedFacts *f = ask->f;
  ask->unit = ask->bed = NOWHERE;
  ask->person = NOBODY;
  if (bed_facts_has (f, BED_FACT_REFERRAL))
    {
      ask->person = model_find_person (ask->m, f->referral);
      if (ask->person == NOBODY && ask->command->method == BED_METHOD_PROFILE_ERASE)
        return MODEL_DONE; /* the clock's door says the rest */
      if (ask->person == NOBODY)
        return BED_ERROR_UNKNOWN_REFERRAL;
      ask->p = &ask->m->people[ask->person];
      ask->bed = ask->p->bed;
    }
  if (bed_facts_has (f, BED_FACT_BED) && (ask->bed = model_find_bed (f->bed)) == NOWHERE)
    return BED_ERROR_UNKNOWN_BED;
  if (bed_facts_has (f, BED_FACT_UNIT) && (ask->unit = model_find_unit (f->unit)) == NOWHERE)
    return BED_ERROR_UNKNOWN_UNIT;
  if (ask->bed != NOWHERE)
    ask->unit = county_beds[ask->bed].unit;
  return MODEL_DONE;
}

static int
decide (Ask *ask, const Model *before, const char *code)
{
  BedMethod method = ask->command->method;
  const char *states = doors[method].states;
  int found = look_up (ask);
  if (found != MODEL_DONE)
    return found;
  if (!model_may (ask))
    return BED_ERROR_FORBIDDEN;
  if (states != NULL && ask->p != NULL && strchr (states, state_letters[ask->p->state]) == NULL)
    return BED_ERROR_WRONG_STATE;
  if (method == BED_METHOD_UNDO)
    return model_do_undo (ask, before);
  if (method >= BED_METHOD_HOLD_EXPIRE)
    return model_do_clock (ask);
  if (method >= BED_METHOD_PLACEMENT_THERAPY)
    return model_do_stay (ask);
  if (method >= BED_METHOD_PLACEMENT_PLACE)
    return model_do_placing (ask);
  if (method >= BED_METHOD_REFERRAL_SUBMIT)
    return model_do_referral (ask, code);
  return ask->f->has >> BED_FACT_BED & 1 ? model_do_bed (ask) : model_do_unit (ask);
}

/* A unit is closed as a whole until none of its beds is closed for its reason any more. */
static void
end_closures (Ask *ask)
{
  for (int i = 0; i < MODEL_UNITS; i++)
    if (ask->m->units[i].closed_reason != BED_CLOSURE_NONE && !truth_has_closed_bed (ask->m, i))
      model_unit (ask, i)->closed_reason = BED_CLOSURE_NONE;
}

int
model_ask (Model *model, const BedCommand *command, gint64 now_us, const char *code)
{
  static Model before; /* 100 KB: too large for the stack, too often for the heap */
  Ask ask = {
    .m = model, .command = command, .f = &command->facts, .now = now_us, .role = command->actor.role
  };
  copy_rows (model, &before);
  model->n_events++;
  int verdict = decide (&ask, &before, code);
  if (verdict != MODEL_DONE && command->method == BED_METHOD_UNDO)
    copy_rows (&before, model); /* it looks at what would be */
  if (verdict != MODEL_DONE)
    return verdict;
  end_closures (&ask);
  model_remember (&ask, &before);
  truth_settle (model, now_us);
  return MODEL_DONE;
}
