/* model-referral.c: a person before they have a bed, and out by the side doors.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "model.h"

#include <string.h>

#define HAS(fact) bed_facts_has (ask->f, BED_FACT_##fact)
#define CLOCK(name) (1u << BED_CLOCK_##name)

void
model_enter (Ask *ask, int person, int state)
{
  ModelPerson *p = model_person (ask, person);
  p->state = state;
  p->since_us = ask->now;
  if (state != BED_STATE_WAITING)
    p->offer_bed = NOWHERE;
}

/* The bed is nobody's again, and what was arranged for coming to it is forgotten. */
void
model_release (Ask *ask, int person, int state)
{
  ModelPerson *p = model_person (ask, person);
  if (p->bed != NOWHERE)
    {
      ModelBed *bed = model_bed (ask, p->bed);
      bed->commitment = BED_COMMITMENT_NONE;
      bed->person = NOBODY;
    }
  p->bed = NOWHERE;
  p->until_us = p->expected_us = 0;
  p->hold_min = 0;
  p->transport = BED_TRANSPORT_NONE;
  p->is_extended = p->is_assessing = p->must_decide = FALSE;
  model_enter (ask, person, state);
}

void
model_unlink (Ask *ask, int person)
{
  ModelPerson *p = model_person (ask, person);
  if (p->linked == NOBODY)
    return;
  model_person (ask, p->linked)->linked = NOBODY;
  p->linked = NOBODY;
}

static void
drop_offer (ModelPerson *p)
{
  p->offer_bed = NOWHERE;
}

/* Closed: what they needed is the journal's alone, for 30 days. */
void
model_forget_needs (const Ask *ask, ModelPerson *p)
{
  p->is_closed = TRUE;
  p->closed_us = ask->now;
  p->must = p->must_not = p->prefer = 0;
  p->infection = p->weight_band = p->oxygen_lpm = 0;
}

void
model_close_person (Ask *ask, int person, int state)
{
  ModelPerson *p = model_person (ask, person);
  model_release (ask, person, state);
  model_unlink (ask, person);
  drop_offer (p);
  p->paused_for = 0;
  model_forget_needs (ask, p);
}

static gboolean
is_known_place (const char *district)
{
  return district[0] == '\0' || model_find_district (district) != NOWHERE;
}

static gboolean
is_sound (const Ask *ask)
{
  gint64 away_us = ask->f->ready_at_us - ask->now;
  if ((HAS (HOME) && !is_known_place (ask->f->home))
      || (HAS (NEAR) && !is_known_place (ask->f->near)))
    return FALSE;
  return !HAS (READY_AT) || (away_us <= 60 * DAY_US && away_us >= -60 * DAY_US);
}

static void
set_place (Ask *ask, ModelPerson *p)
{
  gboolean was_near_home = p->near == p->home;
  if (HAS (HOME))
    p->home = model_find_district (ask->f->home);
  if (HAS (NEAR) && ask->f->near[0] != '\0')
    p->near = model_find_district (ask->f->near);
  else if (was_near_home || HAS (NEAR))
    p->near = p->home;
  p->lap = p->near != NOWHERE ? county_districts[p->near].lap : NOWHERE;
}

static void
set_needs (Ask *ask, ModelPerson *p)
{
  p->must = ask->f->must;
  p->must_not = ask->f->must_not;
  p->prefer = ask->f->prefer;
  p->infection = ask->f->needed_infection;
  p->weight_band = ask->f->weight_band;
  p->oxygen_lpm = ask->f->oxygen_lpm;
}

static void
set_ready (Ask *ask, ModelPerson *p)
{
  if (!HAS (READY_AT) || p->ready_us == ask->f->ready_at_us)
    return;
  p->ready_us = ask->f->ready_at_us;
  p->breached &= ~CLOCK (READY_TO_SERVICE);
}

static int
after_triage (int pathway)
{
  return pathway == BED_PATHWAY_SIMPLE ? BED_STATE_TRIAGED : BED_STATE_WAITING;
}

static int
find_source (Model *m, const char *name)
{
  for (int i = 0; i < m->n_sources; i++)
    if (strcmp (m->sources[i], name) == 0)
      return i;
  g_assert_cmpint (m->n_sources, <, (int)G_N_ELEMENTS (m->sources));
  g_strlcpy (m->sources[m->n_sources], name, BED_ID_SIZE);
  return m->n_sources++;
}

static int
submit (Ask *ask, const char *code)
{
  const BedFacts *f = ask->f;
  Model *m = ask->m;
  int before = NOBODY;
  if (!is_sound (ask))
    return BED_ERROR_BAD_VALUE;
  if (HAS (CONTINUES))
    {
      before = model_find_person (m, f->continues);
      if (before == NOBODY || m->people[before].left_to != BED_OUTCOME_OTHER_IIC_BED + 1)
        return BED_ERROR_BAD_VALUE;
    }
  if (m->n_people >= m->people_max)
    return BED_ERROR_TOO_MANY;
  ModelPerson *p = model_person (ask, m->n_people++);
  *p = (ModelPerson){ .stamp = m->n_events,
                      .lane = f->lane,
                      .pathway = f->pathway,
                      .type = f->type,
                      .sex = f->sex,
                      .age_band = f->age_band,
                      .agreed = f->agreed,
                      .home_first = f->home_first,
                      .submitted_us = ask->now,
                      .since_us = ask->now,
                      .ready_us = f->ready_at_us,
                      .home = NOWHERE,
                      .near = NOWHERE,
                      .bed = NOWHERE,
                      .linked = NOBODY,
                      .offer_bed = NOWHERE,
                      .lapsed_bed = NOWHERE };
  for (int i = 0; i < BED_DECLINED_UNITS; i++)
    p->declined_by[i] = NOWHERE;
  g_strlcpy (p->code, code, sizeof p->code);
  set_needs (ask, p);
  set_place (ask, p);
  p->source = find_source (m, f->organisation);
  if (before != NOBODY)
    {
      p->arrived_us = m->people[before].arrived_us;
      p->stay_extended = m->people[before].stay_extended;
    }
  if (before != NOBODY && m->people[before].is_exposed)
    {
      p->must |= G_GUINT64_CONSTANT (1) << BED_NEED_ISOLATION_ROOM;
      p->must_not &= ~(G_GUINT64_CONSTANT (1) << BED_NEED_ISOLATION_ROOM);
      p->prefer &= ~(G_GUINT64_CONSTANT (1) << BED_NEED_ISOLATION_ROOM);
    }
  p->state = BED_STATE_SUBMITTED;
  if (ask->role != BED_ROLE_REFERRER)
    {
      p->state = after_triage (f->pathway);
      p->triaged_us = ask->now;
    }
  return MODEL_DONE;
}

static int
triage (Ask *ask)
{
  if (ask->f->pathway != BED_PATHWAY_SIMPLE && !HAS (HOME_FIRST))
    return BED_ERROR_BAD_VALUE;
  ModelPerson *p = model_person (ask, ask->person);
  gboolean is_urgent_anew = ask->f->lane == BED_LANE_URGENT && p->lane != BED_LANE_URGENT;
  int state = after_triage (ask->f->pathway);
  p->lane = ask->f->lane;
  p->pathway = ask->f->pathway;
  if (HAS (HOME_FIRST))
    p->home_first = ask->f->home_first;
  if (is_urgent_anew)
    {
      p->has_responded = FALSE;
      p->breached &= ~CLOCK (UCR_RESPONSE);
    }
  if (is_urgent_anew || p->triaged_us == 0)
    p->triaged_us = ask->now;
  if (state != p->state)
    model_enter (ask, ask->person, state);
  if (state != BED_STATE_WAITING)
    drop_offer (p);
  return MODEL_DONE;
}

/* While a bed is held for somebody, what it was chosen by stays. */
static int
amend (Ask *ask)
{
  gboolean is_fitted = HAS (TYPE) || HAS (NEEDS) || HAS (SEX) || HAS (HOME) || HAS (NEAR);
  if (ask->p->state == BED_STATE_HELD && (is_fitted || HAS (AGE_BAND)))
    return BED_ERROR_WRONG_STATE;
  if (!is_sound (ask))
    return BED_ERROR_BAD_VALUE;
  ModelPerson *p = model_person (ask, ask->person);
  if (HAS (TYPE))
    p->type = ask->f->type;
  if (HAS (NEEDS))
    set_needs (ask, p);
  if (HAS (SEX))
    p->sex = ask->f->sex;
  if (HAS (AGE_BAND))
    p->age_band = ask->f->age_band;
  if (HAS (AGREED))
    p->agreed = ask->f->agreed;
  if (HAS (HOME) || HAS (NEAR))
    set_place (ask, p);
  set_ready (ask, p);
  if (is_fitted)
    drop_offer (p);
  return MODEL_DONE;
}

static int
link_two (Ask *ask)
{
  int other = model_find_person (ask->m, ask->f->with);
  if (other == NOBODY)
    return BED_ERROR_UNKNOWN_REFERRAL;
  const ModelPerson *with = &ask->m->people[other];
  if (ask->role == BED_ROLE_REFERRER && with->source != ask->p->source)
    return BED_ERROR_FORBIDDEN;
  if (other == ask->person)
    return BED_ERROR_BAD_VALUE;
  if (ask->p->linked != NOBODY || with->linked != NOBODY || !model_is_before_bed (with->state))
    return BED_ERROR_WRONG_STATE;
  model_person (ask, ask->person)->linked = other;
  model_person (ask, other)->linked = ask->person;
  return MODEL_DONE;
}

static int
respond (Ask *ask)
{
  if (ask->p->lane != BED_LANE_URGENT || ask->p->has_responded)
    return BED_ERROR_WRONG_STATE;
  model_person (ask, ask->person)->has_responded = TRUE;
  return MODEL_DONE;
}

static int
pause_one (Ask *ask)
{
  int other = model_find_held_partner (ask->m, ask->person);
  model_release (ask, ask->person, BED_STATE_PAUSED);
  if (other != NOBODY)
    model_release (ask, other, BED_STATE_WAITING);
  ModelPerson *p = model_person (ask, ask->person);
  drop_offer (p);
  p->paused_for = ask->f->pause + 1;
  return MODEL_DONE;
}

static int
resume_one (Ask *ask)
{
  if (!is_sound (ask))
    return BED_ERROR_BAD_VALUE;
  model_enter (ask, ask->person,
               ask->p->triaged_us != 0 ? after_triage (ask->p->pathway) : BED_STATE_SUBMITTED);
  ModelPerson *p = model_person (ask, ask->person);
  p->paused_for = 0;
  set_ready (ask, p);
  return MODEL_DONE;
}

static int
die (Ask *ask)
{
  if (!model_is_staying (ask->p->state))
    {
      model_close_person (ask, ask->person, BED_STATE_DIED);
      return MODEL_DONE;
    }
  model_enter (ask, ask->person, BED_STATE_DIED);
  model_unlink (ask, ask->person);
  ModelPerson *p = model_person (ask, ask->person);
  p->until_us = p->chc_us = 0;
  p->waiting_for = BED_WAITING_FOR_NONE;
  return MODEL_DONE;
}

static int
assess (Ask *ask, gboolean is_start)
{
  gboolean is_chc = ask->f->assessment == BED_ASSESSMENT_CHC;
  if (is_chc && is_start == (ask->p->chc_us != 0))
    return BED_ERROR_WRONG_STATE;
  ModelPerson *p = model_person (ask, ask->person);
  if (!is_chc)
    return MODEL_DONE;
  p->chc_us = is_start ? ask->now : 0;
  if (is_start)
    p->breached &= ~CLOCK (CHC_ASSESSMENT);
  return MODEL_DONE;
}

int
model_do_referral (Ask *ask, const char *code)
{
  switch ((int)ask->command->method)
    {
    case BED_METHOD_REFERRAL_SUBMIT:
      return submit (ask, code);
    case BED_METHOD_REFERRAL_TRIAGE:
      return triage (ask);
    case BED_METHOD_REFERRAL_AMEND:
      return amend (ask);
    case BED_METHOD_REFERRAL_LINK:
      return link_two (ask);
    case BED_METHOD_REFERRAL_RESPONDED:
      return respond (ask);
    case BED_METHOD_REFERRAL_REDIRECT:
      model_close_person (ask, ask->person, BED_STATE_REDIRECTED);
      return MODEL_DONE;
    case BED_METHOD_REFERRAL_PAUSE:
      return pause_one (ask);
    case BED_METHOD_REFERRAL_RESUME:
      return resume_one (ask);
    case BED_METHOD_REFERRAL_WITHDRAW:
      model_close_person (ask, ask->person, BED_STATE_WITHDRAWN);
      return MODEL_DONE;
    case BED_METHOD_REFERRAL_DIED:
      return die (ask);
    case BED_METHOD_ASSESSMENT_START:
      return assess (ask, TRUE);
    case BED_METHOD_ASSESSMENT_DONE:
      return assess (ask, FALSE);
    }
  g_assert_not_reached ();
}
