/* generate.c: random commands: which method, who asks, about whom.
 *
 * Owns its random numbers and the keys of the last commands. Plausible means: the model would let
 * this actor and this person in at the door; the room may still refuse.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "generate.h"

#include <string.h>

#define TRIES 12
#define PEOPLE_ALIVE 20
#define FOCUS_COMMANDS 60 /* things happen in one place for so long */

/* How often each is asked for. */
static const struct
{
  BedMethod method;
  guint weight;
} weights[] = {
  { BED_METHOD_BED_REPORT, 16 },
  { BED_METHOD_BED_CLOSE, 2 },
  { BED_METHOD_BED_OPEN, 5 },
  { BED_METHOD_BAY_CLOSE, 1 },
  { BED_METHOD_BAY_OPEN, 3 },
  { BED_METHOD_UNIT_CLOSE, 1 },
  { BED_METHOD_UNIT_OPEN, 6 },
  { BED_METHOD_UNIT_CONFIRM, 12 },
  { BED_METHOD_UNIT_STAFF, 2 },
  { BED_METHOD_UNIT_RULES, 1 },
  { BED_METHOD_UNIT_CAPACITY, 1 },
  { BED_METHOD_SURGE_ASK, 1 },
  { BED_METHOD_SURGE_OPEN, 3 },
  { BED_METHOD_SURGE_SHUT, 1 },
  { BED_METHOD_BED_FILL, 2 },
  { BED_METHOD_BED_CORRECT, 3 },
  { BED_METHOD_BED_FEATURE, 2 },
  { BED_METHOD_REFERRAL_SUBMIT, 10 },
  { BED_METHOD_REFERRAL_TRIAGE, 5 },
  { BED_METHOD_REFERRAL_AMEND, 4 },
  { BED_METHOD_REFERRAL_LINK, 3 },
  { BED_METHOD_REFERRAL_RESPONDED, 2 },
  { BED_METHOD_REFERRAL_REDIRECT, 1 },
  { BED_METHOD_REFERRAL_PAUSE, 2 },
  { BED_METHOD_REFERRAL_RESUME, 4 },
  { BED_METHOD_REFERRAL_WITHDRAW, 1 },
  { BED_METHOD_REFERRAL_DIED, 1 },
  { BED_METHOD_ASSESSMENT_START, 2 },
  { BED_METHOD_ASSESSMENT_DONE, 2 },
  { BED_METHOD_PLACEMENT_PLACE, 16 },
  { BED_METHOD_HOLD_TAKE, 12 },
  { BED_METHOD_HOLD_EXTEND, 3 },
  { BED_METHOD_HOLD_RELEASE, 1 },
  { BED_METHOD_PLACEMENT_ASSESSING, 3 },
  { BED_METHOD_PLACEMENT_ACCEPT, 10 },
  { BED_METHOD_PLACEMENT_DECLINE, 2 },
  { BED_METHOD_PLACEMENT_EXPECT, 5 },
  { BED_METHOD_PLACEMENT_CANCEL, 2 },
  { BED_METHOD_PLACEMENT_DEPART, 5 },
  { BED_METHOD_PLACEMENT_TURNED_BACK, 2 },
  { BED_METHOD_PLACEMENT_ARRIVE, 10 },
  { BED_METHOD_PLACEMENT_THERAPY, 4 },
  { BED_METHOD_PLACEMENT_MOVE, 8 },
  { BED_METHOD_PLACEMENT_AWAY, 3 },
  { BED_METHOD_PLACEMENT_BACK, 4 },
  { BED_METHOD_PLACEMENT_EXTEND, 2 },
  { BED_METHOD_PLACEMENT_READY_TO_LEAVE, 4 },
  { BED_METHOD_PLACEMENT_LEAVE, 7 },
  { BED_METHOD_UNDO, 12 },
};

static const BedActor actors[] = {
  { .user = "root", .role = BED_ROLE_LOCAL },
  { .user = "cora", .role = BED_ROLE_COORDINATOR, .lap = "west" },
  { .user = "carl", .role = BED_ROLE_COORDINATOR, .lap = "east" },
  { .user = "clea", .role = BED_ROLE_CLINICIAN },
  { .user = "refa", .role = BED_ROLE_REFERRER, .owner = "qa" },
  { .user = "refb", .role = BED_ROLE_REFERRER, .owner = "rhch" },
  { .user = "refc", .role = BED_ROLE_REFERRER, .owner = "surgery" },
  { .user = "uhome", .role = BED_ROLE_UNIT, .unit = "home" },
  { .user = "uhub", .role = BED_ROLE_UNIT, .unit = "hub" },
  { .user = "ulodge", .role = BED_ROLE_UNIT, .unit = "lodge" },
  { .user = "umanor", .role = BED_ROLE_UNIT, .unit = "manor" },
  { .user = "uward", .role = BED_ROLE_UNIT, .unit = "ward" },
  { .user = "oacme", .role = BED_ROLE_OWNER, .owner = "acme" },
  { .user = "ocounty", .role = BED_ROLE_OWNER, .owner = "county" },
  { .user = "otrust", .role = BED_ROLE_OWNER, .owner = "trust" },
  { .user = "anna", .role = BED_ROLE_ASSESSOR },
  { .user = "wall", .role = BED_ROLE_WALLBOARD },
  { .user = "ana", .role = BED_ROLE_ANALYST },
  { .user = "adam", .role = BED_ROLE_ADMIN },
};

/* splitmix64 */
guint64
generate_number (Generator *self)
{
  guint64 z = self->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  z = (z ^ z >> 30) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ z >> 27) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ z >> 31;
}

guint
generate_below (Generator *self, guint limit)
{
  return (guint)(generate_number (self) % limit);
}

gboolean
generate_chance (Generator *self, guint percent)
{
  return generate_below (self, 100) < percent;
}

static guint
count_alive (const Model *model)
{
  guint n = 0;
  for (int i = 0; i < model->n_people; i++)
    n += !model->people[i].is_closed;
  return n;
}

static BedMethod
draw_method (Generator *self)
{
  guint total = 0;
  for (guint i = 0; i < G_N_ELEMENTS (weights); i++)
    total += weights[i].weight;
  for (;;)
    {
      guint at = generate_below (self, total), i = 0;
      while (at >= weights[i].weight)
        at -= weights[i++].weight;
      if (weights[i].method != BED_METHOD_REFERRAL_SUBMIT
          || count_alive (self->model) < PEOPLE_ALIVE || generate_chance (self, 5))
        return weights[i].method;
    }
}

/* Would the model let this actor in? */
static gboolean
is_let_in (const Generator *self, const BedCommand *command)
{
  Ask ask = { .m = (Model *)self->model,
              .command = command,
              .f = &command->facts,
              .now = self->now_us,
              .unit = NOWHERE,
              .bed = NOWHERE,
              .person = NOBODY,
              .role = command->actor.role };
  if (bed_facts_has (ask.f, BED_FACT_REFERRAL)
      && (ask.person = model_find_person (self->model, ask.f->referral)) != NOBODY)
    {
      ask.p = &ask.m->people[ask.person];
      ask.bed = ask.p->bed;
    }
  if (bed_facts_has (ask.f, BED_FACT_BED))
    ask.bed = model_find_bed (ask.f->bed);
  if (bed_facts_has (ask.f, BED_FACT_UNIT))
    ask.unit = model_find_unit (ask.f->unit);
  if (ask.bed != NOWHERE)
    ask.unit = county_beds[ask.bed].unit;
  return model_may (&ask);
}

static void
draw_actor (Generator *self, gboolean is_plausible, BedCommand *command)
{
  for (int i = 0; i < TRIES; i++)
    {
      command->actor = actors[generate_below (self, G_N_ELEMENTS (actors))];
      if (!is_plausible || is_let_in (self, command))
        return;
    }
}

/* An undo takes up a command of the last ones, mostly by the same user. */
static void
draw_undo (Generator *self, BedCommand *command)
{
  guint back = generate_below (self, generate_chance (self, 70) ? 3 : GENERATE_KEYS);
  guint at = (guint)(self->n + GENERATE_KEYS - 1 - back) % GENERATE_KEYS;
  memcpy (command->facts.undoes, self->keys[at], BED_KEY_SIZE);
  bed_facts_set (&command->facts, BED_FACT_UNDOES);
  if (generate_chance (self, 90))
    command->actor = self->actors[at];
}

static gboolean
is_anything_closed (const Model *m, const BedFacts *f)
{
  for (int i = 0; i < MODEL_BEDS; i++)
    if (strcmp (county_units[county_beds[i].unit].id, f->unit) == 0
        && m->beds[i].service == BED_SERVICE_CLOSED
        && (!bed_facts_has (f, BED_FACT_BAY) || county_beds[i].bay == (int)f->bay))
      return TRUE;
  return FALSE;
}

/* Might this be done, at first sight? What is not is mostly drawn again. */
static gboolean
is_promising (const Generator *self, const BedCommand *command)
{
  const Model *m = self->model;
  const BedFacts *f = &command->facts;
  int person = bed_facts_has (f, BED_FACT_REFERRAL) ? model_find_person (m, f->referral) : NOBODY;
  int bed = bed_facts_has (f, BED_FACT_BED) ? model_find_bed (f->bed) : NOWHERE;
  switch ((int)command->method)
    {
    case BED_METHOD_BAY_OPEN:
    case BED_METHOD_UNIT_OPEN:
      return is_anything_closed (m, f);
    case BED_METHOD_BED_OPEN:
      return bed != NOWHERE && m->beds[bed].service == BED_SERVICE_CLOSED;
    case BED_METHOD_SURGE_OPEN:
      return bed != NOWHERE && m->beds[bed].service == BED_SERVICE_SURGE_SHUT;
    case BED_METHOD_PLACEMENT_PLACE:
    case BED_METHOD_HOLD_TAKE:
    case BED_METHOD_PLACEMENT_MOVE:
      return person != NOBODY && bed != NOWHERE
             && truth_unsuits (m, bed, &m->people[person], self->now_us, FALSE)
                    == BED_RULED_OUT_NOTHING
             && model_is_staying (m->people[person].state)
                    == (command->method == BED_METHOD_PLACEMENT_MOVE);
    case BED_METHOD_PLACEMENT_BACK:
      return person != NOBODY && m->people[person].bed != NOWHERE
             && m->beds[m->people[person].bed].occupancy == BED_OCCUPANCY_ON_LEAVE;
    default:
      return !bed_facts_has (f, BED_FACT_REFERRAL)
             || (person != NOBODY && model_lets_in (command->method, m->people[person].state));
    }
}

/* The clock, told at the wrong moment: it changes nothing twice, and nothing too early. */
static void
draw_remark (Generator *self, BedCommand *command)
{
  static const BedMethod remarks[] = { BED_METHOD_HOLD_EXPIRE, BED_METHOD_CLOCK_BREACH,
                                       BED_METHOD_OFFER_MAKE, BED_METHOD_UNIT_STALE,
                                       BED_METHOD_PROFILE_ERASE };
  command->method = remarks[generate_below (self, G_N_ELEMENTS (remarks))];
  generate_facts (self, generate_chance (self, 70), command);
  command->facts.clock
      = (guint8)(command->method == BED_METHOD_CLOCK_BREACH ? generate_below (self, BED_CLOCK_N)
                                                            : 0);
  command->actor = (BedActor){ .user = "clock", .role = BED_ROLE_CLOCK };
  if (generate_chance (self, 20))
    draw_actor (self, FALSE, command);
}

void
generate_command (Generator *self, BedCommand *command)
{
  gboolean is_plausible = generate_chance (self, 88);
  if (self->n % FOCUS_COMMANDS == 0)
    self->focus = generate_chance (self, 60) ? (int)generate_below (self, MODEL_UNITS) : NOWHERE;
  for (int i = 0; i < TRIES; i++)
    {
      memset (command, 0, sizeof *command);
      command->method = draw_method (self);
      generate_facts (self, is_plausible, command);
      if (!is_plausible || is_promising (self, command) || generate_chance (self, 10))
        break;
    }
  draw_actor (self, is_plausible && !generate_chance (self, 4), command);
  if (command->method == BED_METHOD_UNDO)
    draw_undo (self, command);
  if (generate_chance (self, 2))
    draw_remark (self, command);
  g_snprintf (command->key, sizeof command->key,
              "00000000-0000-7000-8000-%012" G_GINT64_MODIFIER "x", self->n);
  command->random = generate_number (self);
  memcpy (self->keys[self->n % GENERATE_KEYS], command->key, BED_KEY_SIZE);
  self->actors[self->n % GENERATE_KEYS] = command->actor;
  self->n++;
}
