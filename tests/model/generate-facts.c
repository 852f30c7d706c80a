/* generate-facts.c: what a random command says: members by the same table that parses a client's.
 *
 * Nothing is owned; nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "generate.h"

#include <string.h>

#define TRIES 12
#define NEED(name) (G_GUINT64_CONSTANT (1) << BED_NEED_##name)

static gint64
draw_time (Generator *self, gboolean is_plausible)
{
  static const gint64 spans_us[] = { MINUTE_US, HOUR_US, 6 * HOUR_US, DAY_US, 3 * DAY_US };
  gint64 span_us = spans_us[generate_below (self, G_N_ELEMENTS (spans_us))];
  gint64 at_us = self->now_us + 1 + (gint64)(generate_number (self) % (guint64)span_us);
  return is_plausible || generate_chance (self, 50)
             ? at_us
             : self->now_us - (gint64)(generate_number (self) % (guint64)span_us);
}

/* A person whom the method's door lets in, if one is found; else anybody, or nobody. */
static void
draw_person (Generator *self, gboolean is_plausible, BedCommand *command, char code[BED_CODE_SIZE])
{
  BedMethod method = command->method;
  gboolean is_for_waiting = method == BED_METHOD_PLACEMENT_PLACE || method == BED_METHOD_HOLD_TAKE;
  const Model *m = self->model;
  g_strlcpy (code, "ZZZ-ZZZ", BED_CODE_SIZE);
  if (m->n_people == 0 || generate_chance (self, 1))
    return;
  for (int i = 0; i < 4 * TRIES; i++)
    {
      const ModelPerson *p = &m->people[generate_below (self, (guint)m->n_people)];
      memcpy (code, p->code, BED_CODE_SIZE);
      if (!is_plausible
          || (!p->is_closed && model_lets_in (method, p->state)
              && (!is_for_waiting || p->state == BED_STATE_WAITING)))
        return;
    }
}

static gboolean
is_wanted (Generator *self, BedMethod method, int bed)
{
  const ModelBed *row = &self->model->beds[bed];
  switch ((int)method)
    {
    case BED_METHOD_BED_OPEN:
      return row->service == BED_SERVICE_CLOSED;
    case BED_METHOD_BED_CLOSE:
      return row->service != BED_SERVICE_CLOSED;
    case BED_METHOD_SURGE_OPEN:
      return row->service == BED_SERVICE_SURGE_SHUT;
    case BED_METHOD_SURGE_SHUT:
      return row->service == BED_SERVICE_SURGE_OPEN;
    case BED_METHOD_BED_FILL:
      return !truth_is_present (row);
    case BED_METHOD_BED_CORRECT:
      return row->person == NOBODY;
    case BED_METHOD_BED_REPORT:
      return row->occupancy == BED_OCCUPANCY_UNKNOWN || row->readiness != BED_READINESS_READY
             || generate_chance (self, 30);
    default:
      return TRUE;
    }
}

static void
draw_bed (Generator *self, gboolean is_plausible, BedCommand *command)
{
  const Model *m = self->model;
  int person = bed_facts_has (&command->facts, BED_FACT_REFERRAL)
                   ? model_find_person (m, command->facts.referral)
                   : NOBODY;
  int bed = (int)generate_below (self, MODEL_BEDS);
  if (self->focus != NOWHERE && generate_chance (self, 75))
    bed = county_units[self->focus].first_bed
          + (int)generate_below (self, (guint)county_units[self->focus].n_beds);
  for (int i = 0; i < MODEL_BEDS && is_plausible; i++)
    {
      int next = (bed + i) % MODEL_BEDS;
      gboolean is_right = person == NOBODY
                              ? is_wanted (self, command->method, next)
                              : truth_unsuits (m, next, &m->people[person], self->now_us, FALSE)
                                    == BED_RULED_OUT_NOTHING;
      if (command->method == BED_METHOD_PLACEMENT_ARRIVE)
        is_right = person != NOBODY && m->people[person].bed == next;
      if (is_right)
        {
          bed = next;
          break;
        }
    }
  g_strlcpy (command->facts.bed,
             generate_below (self, 200) == 0 ? "nowhere-01" : county_beds[bed].id, BED_ID_SIZE);
}

static void
draw_unit (Generator *self, gboolean is_plausible, BedCommand *command)
{
  int unit = (int)generate_below (self, MODEL_UNITS);
  const char *id = generate_below (self, 200) == 0 ? "nowhere" : county_units[unit].id;
  if (is_plausible && command->method == BED_METHOD_UNIT_CAPACITY)
    id = "hub";
  if (is_plausible && command->method == BED_METHOD_SURGE_ASK)
    id = "ward";
  if (is_plausible && command->method == BED_METHOD_BAY_CLOSE)
    id = generate_chance (self, 50) ? "ward" : "manor";
  g_strlcpy (command->facts.unit, id, BED_ID_SIZE);
}

static guint64
draw_needs (Generator *self)
{
  static const guint64 often[] = { NEED (HOIST),     NEED (ENSUITE),        NEED (PROFILING_BED),
                                   NEED (OXYGEN),    NEED (ISOLATION_ROOM), NEED (SMOKER),
                                   NEED (BARIATRIC), NEED (TWO_CARERS),     NEED (SINGLE_ROOM) };
  return generate_chance (self, 80) ? 0 : often[generate_below (self, G_N_ELEMENTS (often))];
}

static void
draw_profile (Generator *self, BedFacts *f)
{
  f->must = draw_needs (self);
  f->must_not = draw_needs (self) & ~f->must;
  f->prefer = draw_needs (self) & ~f->must_not;
  f->needed_infection = (guint8)(generate_chance (self, 88) ? 0 : 1 + generate_below (self, 2));
  f->weight_band = (guint8)(generate_chance (self, 80) ? 0 : generate_below (self, BED_WEIGHT_N));
  f->oxygen_lpm = (guint8)(generate_chance (self, 95) ? 0 : generate_below (self, 5));
}

static guint8
draw_type (Generator *self)
{
  static const guint8 types[]
      = { BED_TYPE_REHAB,     BED_TYPE_REHAB,   BED_TYPE_REHAB,        BED_TYPE_D2A,
          BED_TYPE_STEP_DOWN, BED_TYPE_RESPITE, BED_TYPE_VIRTUAL_WARD, BED_TYPE_HOME_REABLEMENT };
  return generate_chance (self, 97) ? types[generate_below (self, G_N_ELEMENTS (types))]
                                    : (guint8)generate_below (self, BED_TYPE_N);
}

static void
draw_place (Generator *self, char place[8])
{
  guint at = generate_below (self, COUNTY_DISTRICTS + 1);
  g_strlcpy (place,
             at < COUNTY_DISTRICTS        ? county_districts[at].id
             : generate_chance (self, 80) ? ""
                                          : "ZZ9",
             8);
}

/* What is seen in a bed: what comes next in its round of cleaning, mostly. */
static void
draw_observation (Generator *self, gboolean is_plausible, BedFacts *f)
{
  int bed = model_find_bed (f->bed);
  const ModelBed *row = bed != NOWHERE ? &self->model->beds[bed] : NULL;
  f->occupancy = (guint8)generate_below (self, BED_OCCUPANCY_N);
  f->readiness = (guint8)generate_below (self, BED_READINESS_N);
  if (row == NULL || !is_plausible)
    return;
  f->has &= ~(G_GUINT64_CONSTANT (1) << BED_FACT_READINESS
              | G_GUINT64_CONSTANT (1) << BED_FACT_OCCUPANCY);
  if (row->occupancy == BED_OCCUPANCY_UNKNOWN)
    {
      f->occupancy = generate_chance (self, 85) ? BED_OCCUPANCY_VACANT : BED_OCCUPANCY_OCCUPIED;
      bed_facts_set (f, BED_FACT_OCCUPANCY);
    }
  else if (row->occupancy == BED_OCCUPANCY_VACANT && row->readiness != BED_READINESS_READY)
    {
      f->readiness
          = row->readiness == BED_READINESS_CLEANING ? BED_READINESS_READY : BED_READINESS_CLEANING;
      bed_facts_set (f, BED_FACT_READINESS);
    }
  else if (row->occupancy == BED_OCCUPANCY_OCCUPIED && row->person == NOBODY)
    {
      f->occupancy = BED_OCCUPANCY_VACANT;
      bed_facts_set (f, BED_FACT_OCCUPANCY);
    }
}

static void
draw_isolation (Generator *self, BedFacts *f)
{
  f->isolation = (guint8)(generate_chance (self, 60) ? BED_ISOLATION_NONE
                                                     : generate_below (self, BED_ISOLATION_N));
  f->infection
      = (guint8)(generate_chance (self, 40) ? BED_INFECTION_NONE : 1 + generate_below (self, 2));
}

static void
draw_rules (Generator *self, BedUnitRules *rules)
{
  rules->has = (guint8)generate_below (self, 1u << BED_N_RULES);
  rules->accepts = (guint8)generate_below (self, BED_ACCEPTS_N);
  rules->weekends = generate_chance (self, 80);
  rules->nights = generate_chance (self, 80);
  rules->own_assessment = generate_chance (self, 50);
  rules->latest_arrival_min
      = (guint16)(generate_chance (self, 50) ? 0 : 12 * 60 + generate_below (self, 12 * 60 - 1));
  rules->longest_stay_days = (guint16)(1 + generate_below (self, 50));
  rules->flex_after_min = (guint16)generate_below (self, 120);
}

/* All the words and numbers; only those whose members are there are looked at. */
static void
draw_words (Generator *self, gboolean is_plausible, BedFacts *f)
{
  f->source = (guint8)(1 + generate_below (self, BED_SOURCE_N - 1));
  f->closure = (guint8)(1 + generate_below (self, BED_CLOSURE_N - 1));
  f->override = (guint8)generate_below (self, BED_OVERRIDE_N);
  f->lane = (guint8)generate_below (self, BED_LANE_N);
  f->pathway = (guint8)(generate_chance (self, 88) ? 1 + generate_below (self, BED_PATHWAY_N - 1)
                                                   : BED_PATHWAY_SIMPLE);
  f->type = draw_type (self);
  f->sex = (guint8)generate_below (self, BED_SEX_N);
  f->age_band = (guint8)generate_below (self, BED_AGE_BAND_N);
  f->agreed
      = (guint8)(generate_chance (self, 80) ? BED_AGREED_YES : generate_below (self, BED_AGREED_N));
  f->outcome = (guint8)(generate_chance (self, 30) ? BED_OUTCOME_DIED
                                                   : generate_below (self, BED_OUTCOME_N));
  f->why = (guint8)generate_below (self, BED_FILL_N);
  f->correction = (guint8)generate_below (self, BED_CORRECTION_N);
  f->home_first = (guint8)(1 + generate_below (self, BED_HOME_FIRST_N - 1));
  f->redirect = (guint8)generate_below (self, BED_REDIRECT_N);
  f->pause = (guint8)generate_below (self, BED_PAUSE_N);
  f->withdrawal = (guint8)generate_below (self, BED_WITHDRAWAL_N);
  f->assessment = (guint8)(generate_chance (self, 60) ? BED_ASSESSMENT_CHC
                                                      : generate_below (self, BED_ASSESSMENT_N));
  f->result = (guint8)generate_below (self, BED_RESULT_N);
  f->hold_reason = (guint8)generate_below (self, BED_HOLD_REASON_N);
  f->decline = (guint8)generate_below (self, BED_DECLINE_N);
  f->transport
      = (guint8)(generate_chance (self, 30) ? BED_TRANSPORT_CANCELLED
                                            : 1 + generate_below (self, BED_TRANSPORT_N - 1));
  f->by = (guint8)generate_below (self, BED_CANCELLER_N);
  f->cancellation = (guint8)generate_below (self, BED_CANCELLATION_N);
  f->away = (guint8)generate_below (self, BED_AWAY_N);
  f->stay_reason = (guint8)(1 + generate_below (self, BED_WAITING_FOR_N - 1));
  f->waiting_for = (guint8)(1 + generate_below (self, BED_WAITING_FOR_N - 1));
  f->feature = (guint8)generate_below (self, BED_NEED_N);
  f->minutes = 1 + generate_below (self, is_plausible ? 60 : 1600);
  f->bay = 1 + generate_below (self, is_plausible ? 2 : 5);
  f->beds = 1 + generate_below (self, is_plausible ? 1 : 3);
  f->staffed_cap = is_plausible ? 2 + generate_below (self, 5) : generate_below (self, 8);
  f->capacity = is_plausible ? 1 + generate_below (self, 3) : generate_below (self, 6);
}

static void
draw_times (Generator *self, gboolean is_plausible, BedFacts *f)
{
  f->expected_free_us = draw_time (self, is_plausible);
  f->until_us = draw_time (self, is_plausible);
  f->ready_at_us = self->now_us + (gint64)generate_below (self, 100) * HOUR_US - 50 * HOUR_US;
  f->since_us = self->now_us - (gint64)generate_below (self, 100) * MINUTE_US
                + (is_plausible ? 0 : HOUR_US);
  f->out_until_us = draw_time (self, is_plausible);
  f->at_us = draw_time (self, is_plausible);
  f->keep_until_us = draw_time (self, is_plausible);
  if (!is_plausible && generate_chance (self, 10))
    f->ready_at_us += 80 * DAY_US;
}

static void
draw_feature (Generator *self, gboolean is_plausible, BedFacts *f)
{
  int bed = model_find_bed (f->bed);
  for (int i = 0;
       is_plausible && bed != NOWHERE && i < 200 && !(county_beds[bed].features >> f->feature & 1);
       i++)
    f->feature = (guint8)generate_below (self, BED_NEED_N);
}

#define FIELD(fact, field)                                                                         \
  {                                                                                                \
    BED_FACT_##fact, offsetof (BedFacts, field), sizeof (((BedFacts *)NULL)->field)                \
  }

static const struct
{
  BedFact fact;
  gsize offset, size;
} fields[] = {
  FIELD (OCCUPANCY, occupancy),
  FIELD (READINESS, readiness),
  FIELD (ISOLATION, isolation),
  FIELD (EXPECTED_FREE_AT, expected_free_us),
  FIELD (SOURCE, source),
  FIELD (ORGANISATION, organisation),
  FIELD (CLOSURE, closure),
  FIELD (UNTIL, until_us),
  FIELD (MINUTES, minutes),
  FIELD (OVERRIDE, override),
  FIELD (LANE, lane),
  FIELD (PATHWAY, pathway),
  FIELD (TYPE, type),
  FIELD (NEEDS, must),
  FIELD (NEEDS, must_not),
  FIELD (NEEDS, prefer),
  FIELD (NEEDS, needed_infection),
  FIELD (NEEDS, weight_band),
  FIELD (NEEDS, oxygen_lpm),
  FIELD (SEX, sex),
  FIELD (AGE_BAND, age_band),
  FIELD (HOME, home),
  FIELD (NEAR, near),
  FIELD (AGREED, agreed),
  FIELD (READY_AT, ready_at_us),
  FIELD (OUTCOME, outcome),
  FIELD (INFECTION, infection),
  FIELD (BAY, bay),
  FIELD (STAFFED_CAP, staffed_cap),
  FIELD (CAPACITY, capacity),
  FIELD (BEDS, beds),
  FIELD (RULES, rules),
  FIELD (WHY, why),
  FIELD (SINCE, since_us),
  FIELD (CORRECTION, correction),
  FIELD (FEATURE, feature),
  FIELD (OUT_UNTIL, out_until_us),
  FIELD (HOME_FIRST, home_first),
  FIELD (REDIRECT, redirect),
  FIELD (PAUSE, pause),
  FIELD (WITHDRAWAL, withdrawal),
  FIELD (ASSESSMENT, assessment),
  FIELD (RESULT, result),
  FIELD (HOLD_REASON, hold_reason),
  FIELD (DECLINE, decline),
  FIELD (AT, at_us),
  FIELD (TRANSPORT, transport),
  FIELD (BY, by),
  FIELD (CANCELLATION, cancellation),
  FIELD (AWAY, away),
  FIELD (KEEP_UNTIL, keep_until_us),
  FIELD (STAY_REASON, stay_reason),
  FIELD (WAITING_FOR, waiting_for),
};

/* A member that is not there is not said: as the parser leaves it. */
static void
forget_unsaid (BedFacts *f)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (!bed_facts_has (f, fields[i].fact))
      memset ((char *)f + fields[i].offset, 0, fields[i].size);
}

/* Members that must be there, and each of the others half of the time. */
static guint64
draw_members (Generator *self, BedMethod method)
{
  const guint64 members = bed_method_get_facts (method);
  guint64 often = generate_number (self) | generate_number (self),
          required = bed_method_get_required (method);
  guint64 has = (members & required) | (members & often & generate_number (self));
  if (method == BED_METHOD_REFERRAL_TRIAGE && generate_chance (self, 80))
    has |= G_GUINT64_CONSTANT (1) << BED_FACT_HOME_FIRST;
  if (method == BED_METHOD_SURGE_OPEN && generate_chance (self, 80))
    has |= G_GUINT64_CONSTANT (1) << BED_FACT_UNTIL;
  if ((method == BED_METHOD_PLACEMENT_PLACE || method == BED_METHOD_HOLD_TAKE)
      && generate_chance (self, 60))
    has &= ~(G_GUINT64_CONSTANT (1) << BED_FACT_OVERRIDE);
  if (method == BED_METHOD_REFERRAL_SUBMIT && generate_chance (self, 85))
    has &= ~(G_GUINT64_CONSTANT (1) << BED_FACT_CONTINUES);
  if (method == BED_METHOD_BED_REPORT && generate_chance (self, 70))
    has &= ~(G_GUINT64_CONSTANT (1) << BED_FACT_ISOLATION
             | G_GUINT64_CONSTANT (1) << BED_FACT_INFECTION
             | G_GUINT64_CONSTANT (1) << BED_FACT_EXPECTED_FREE_AT
             | G_GUINT64_CONSTANT (1) << BED_FACT_SOURCE);
  return has;
}

void
generate_facts (Generator *self, gboolean is_plausible, BedCommand *command)
{
  BedFacts *f = &command->facts;
  BedFacts drawn = { .has = draw_members (self, command->method) };
  *f = drawn;
  draw_words (self, is_plausible, f);
  draw_times (self, is_plausible, f);
  draw_profile (self, f);
  draw_isolation (self, f);
  draw_rules (self, &f->rules);
  draw_place (self, f->home);
  draw_place (self, f->near);
  g_strlcpy (f->organisation, county_sources[generate_below (self, G_N_ELEMENTS (county_sources))],
             BED_ID_SIZE);
  if (bed_facts_has (f, BED_FACT_REFERRAL))
    draw_person (self, is_plausible, command, f->referral);
  if (bed_facts_has (f, BED_FACT_WITH))
    draw_person (self, is_plausible, command, f->with);
  if (bed_facts_has (f, BED_FACT_CONTINUES))
    draw_person (self, FALSE, command, f->continues);
  if (bed_facts_has (f, BED_FACT_BED))
    draw_bed (self, is_plausible, command);
  if (bed_facts_has (f, BED_FACT_UNIT))
    draw_unit (self, is_plausible, command);
  if (command->method == BED_METHOD_BED_REPORT)
    draw_observation (self, is_plausible, f);
  if (command->method == BED_METHOD_BED_FEATURE)
    draw_feature (self, is_plausible, f);

  forget_unsaid (f);
}
