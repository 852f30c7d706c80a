/* model-stay.c: from the first therapy to the day of leaving.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "model.h"

#define HAS(fact) bed_facts_has (ask->f, BED_FACT_##fact)

static int
get_source (const Ask *ask)
{
  return ask->role == BED_ROLE_COORDINATOR ? BED_SOURCE_PHONE : BED_SOURCE_STAFF;
}

static void
vacate (Ask *ask, int bed)
{
  ModelBed *row = model_bed (ask, bed);
  row->occupancy = BED_OCCUPANCY_VACANT;
  row->readiness = model_is_place (bed) ? BED_READINESS_READY : BED_READINESS_DIRTY;
  row->person = NOBODY;
  row->expected_free_us = 0;
  model_confirm (ask, bed, get_source (ask));
}

/* Whoever leaves an outbreak needs a room of isolation. Inside one unit they are counted and were
 * admitted already. */
static int
check_move (const Ask *ask)
{
  Model *m = ask->m;
  int from = ask->p->bed, unit = county_beds[from].unit;
  ModelPerson person = *ask->p;
  ModelUnit was = m->units[unit];
  if (was.closed_reason == BED_CLOSURE_OUTBREAK
      || m->beds[from].closed_reason == BED_CLOSURE_OUTBREAK)
    person.must |= G_GUINT64_CONSTANT (1) << BED_NEED_ISOLATION_ROOM;
  if (unit == ask->unit)
    {
      m->units[unit].cap = MODEL_BEDS;
      m->units[unit].weekends = m->units[unit].nights = TRUE;
      m->units[unit].latest_min = 0;
      m->units[unit].longest_days = 0;
      person.lap = county_units[unit].gp_laps == 2 ? 1 : person.lap;
    }
  int why = truth_unsuits (m, ask->bed, &person, ask->now, FALSE);
  m->units[unit] = was;
  return why;
}

static int
move (Ask *ask)
{
  int from = ask->p->bed;
  gboolean is_house = ask->role == BED_ROLE_UNIT || ask->role == BED_ROLE_OWNER;
  if (is_house && !model_is_own (ask, county_beds[from].unit))
    return BED_ERROR_FORBIDDEN;
  if (ask->m->beds[from].occupancy != BED_OCCUPANCY_OCCUPIED)
    return BED_ERROR_WRONG_STATE;
  int fits = model_name_refusal (ask->m, ask->bed, check_move (ask));
  if (fits != MODEL_DONE)
    return fits;
  ModelPerson *p = model_person (ask, ask->person);
  ModelBed *row = model_bed (ask, ask->bed);
  row->expected_free_us = ask->m->beds[from].expected_free_us;
  vacate (ask, from);
  p->bed = ask->bed;
  row->occupancy = BED_OCCUPANCY_OCCUPIED;
  row->person = ask->person;
  model_confirm (ask, ask->bed, get_source (ask));
  return MODEL_DONE;
}

static int
go_away (Ask *ask)
{
  gint64 kept_us = ask->f->keep_until_us - ask->now;
  if (ask->m->beds[ask->bed].occupancy != BED_OCCUPANCY_OCCUPIED)
    return BED_ERROR_WRONG_STATE;
  if (kept_us <= 0 || kept_us > (ask->f->away == BED_AWAY_HOSPITAL ? 48 * HOUR_US : 7 * DAY_US))
    return BED_ERROR_BAD_VALUE;
  model_bed (ask, ask->bed)->occupancy = BED_OCCUPANCY_ON_LEAVE;
  model_confirm (ask, ask->bed, get_source (ask));
  model_person (ask, ask->person)->until_us = ask->f->keep_until_us;
  return MODEL_DONE;
}

static int
come_back (Ask *ask)
{
  if (ask->m->beds[ask->bed].occupancy != BED_OCCUPANCY_ON_LEAVE)
    return BED_ERROR_WRONG_STATE;
  model_bed (ask, ask->bed)->occupancy = BED_OCCUPANCY_OCCUPIED;
  model_confirm (ask, ask->bed, get_source (ask));
  model_person (ask, ask->person)->until_us = 0;
  return MODEL_DONE;
}

static int
get_ready (Ask *ask)
{
  ModelPerson *p = model_person (ask, ask->person);
  model_bed (ask, p->bed); /* it shows it */
  if (p->state != BED_STATE_READY_TO_LEAVE)
    model_enter (ask, ask->person, BED_STATE_READY_TO_LEAVE);
  p->waiting_for = HAS (WAITING_FOR) ? ask->f->waiting_for : BED_WAITING_FOR_NONE;
  return MODEL_DONE;
}

static int
leave (Ask *ask)
{
  if (ask->p->is_closed)
    return BED_ERROR_WRONG_STATE;
  if (ask->p->state == BED_STATE_DIED && ask->f->outcome != BED_OUTCOME_DIED)
    return BED_ERROR_BAD_VALUE;
  ModelPerson *p = model_person (ask, ask->person);
  gboolean is_outbreak
      = ask->m->beds[p->bed].closed_reason == BED_CLOSURE_OUTBREAK
        || ask->m->units[county_beds[p->bed].unit].closed_reason == BED_CLOSURE_OUTBREAK;
  p->is_exposed = is_outbreak && ask->f->outcome == BED_OUTCOME_OTHER_IIC_BED;
  vacate (ask, p->bed);
  model_enter (ask, ask->person, BED_STATE_LEFT);
  model_unlink (ask, ask->person);
  p->left_to = ask->f->outcome + 1;
  p->until_us = 0;
  model_forget_needs (ask, p);
  return MODEL_DONE;
}

int
model_do_stay (Ask *ask)
{
  switch ((int)ask->command->method)
    {
    case BED_METHOD_PLACEMENT_THERAPY:
      model_enter (ask, ask->person, BED_STATE_THERAPY_STARTED);
      return MODEL_DONE;
    case BED_METHOD_PLACEMENT_MOVE:
      return move (ask);
    case BED_METHOD_PLACEMENT_AWAY:
      return go_away (ask);
    case BED_METHOD_PLACEMENT_BACK:
      return come_back (ask);
    case BED_METHOD_PLACEMENT_EXTEND:
      model_person (ask, ask->person)->stay_extended = TRUE;
      return MODEL_DONE;
    case BED_METHOD_PLACEMENT_READY_TO_LEAVE:
      return get_ready (ask);
    case BED_METHOD_PLACEMENT_LEAVE:
      return leave (ask);
    }
  g_assert_not_reached ();
}
