/* model-undo.c: what each command touched, as it was before, and taking it back within the minute.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "model.h"

#include <string.h>

/* Events that nobody builds on: the clock's remarks. */
static gboolean
is_remark (BedMethod method)
{
  return method == BED_METHOD_CLOCK_BREACH || method == BED_METHOD_OFFER_MAKE
         || method == BED_METHOD_UNIT_STALE;
}

static void
describe (const Ask *ask, const Model *before, ModelAct *act)
{
  const Model *m = ask->m;
  for (int i = 0; i < MODEL_UNITS; i++)
    if (m->units[i].stamp == m->n_events)
      {
        act->units |= 1u << i;
        act->units_before[i] = before->units[i];
      }
  for (int i = 0; i < MODEL_BEDS; i++)
    if (m->beds[i].stamp == m->n_events)
      {
        act->beds |= 1u << i;
        act->beds_before[i] = before->beds[i];
      }
  for (int i = 0; i < m->n_people; i++)
    if (m->people[i].stamp == m->n_events)
      {
        g_assert_cmpint (act->n_people, <, MODEL_CROWD);
        act->people[act->n_people] = i;
        act->people_before[act->n_people++] = before->people[i];
      }
}

static gboolean
share_a_person (const ModelAct *a, const ModelAct *b)
{
  for (int i = 0; i < a->n_people; i++)
    for (int k = 0; k < b->n_people; k++)
      if (a->people[i] == b->people[k])
        return TRUE;
  return FALSE;
}

/* What has been done since, and not been taken back, to one of the same rows: also by the clock. */
static gboolean
is_built_upon (const Model *m, guint at)
{
  const ModelAct *act = &g_array_index (m->acts, ModelAct, at);
  for (guint i = at + 1; i < m->acts->len; i++)
    {
      const ModelAct *later = &g_array_index (m->acts, ModelAct, i);
      if (!later->is_undone
          && ((later->units & act->units) != 0 || (later->beds & act->beds) != 0
              || share_a_person (later, act)))
        return TRUE;
    }
  return FALSE;
}

void
model_remember (Ask *ask, const Model *before)
{
  static ModelAct act; /* 10 KB, mostly unused */
  GArray *acts = ask->m->acts;
  BedMethod method = ask->command->method;
  guint n_old = 0;
  while (n_old < acts->len
         && g_array_index (acts, ModelAct, n_old).at_us + MODEL_UNDO_US < ask->now)
    n_old++;
  if (n_old > 0)
    g_array_remove_range (acts, 0, n_old);
  if (method == BED_METHOD_UNIT_RULES || method == BED_METHOD_IMPORT)
    g_array_set_size (acts, 0);
  if (is_remark (method) || method == BED_METHOD_UNDO || method == BED_METHOD_UNIT_RULES
      || method == BED_METHOD_IMPORT)
    return;

  act.units = act.beds = 0;
  act.stamp = ask->m->n_events;
  act.n_people = 0;
  act.is_undone = FALSE;
  describe (ask, before, &act);
  memcpy (act.key, ask->command->key, sizeof act.key);
  memcpy (act.user, ask->command->actor.user, sizeof act.user);
  act.at_us = ask->now;
  act.method = method;
  g_array_append_val (acts, act);
}

static gboolean
is_proposed_to_another (const Model *m, int person)
{
  for (int i = 0; i < m->n_people; i++)
    if (i != person && m->people[i].offer_bed != NOWHERE
        && m->people[i].offer_bed == m->people[person].offer_bed)
      return TRUE;
  return FALSE;
}

/* What the clock has remarked since stays: a breach, and to somebody who waits again, a proposal.
 */
static void
restore_person (Ask *ask, const ModelAct *act, const Model *now, int at)
{
  int person = act->people[at];
  const ModelPerson *since = &now->people[person];
  ModelPerson *p = &ask->m->people[person];
  *p = act->people_before[at];
  p->breached |= since->breached;
  if (since->stamp != act->stamp && p->state == BED_STATE_WAITING)
    {
      p->offer_bed = since->offer_bed;
      p->offered_us = since->offered_us;
      p->lapsed_bed = since->lapsed_bed;
    }
  if (is_proposed_to_another (ask->m, person))
    p->offer_bed = NOWHERE;
  model_person (ask, person);
}

static void
restore (Ask *ask, const ModelAct *act, const Model *now)
{
  for (int i = 0; i < MODEL_UNITS; i++)
    if (act->units >> i & 1)
      {
        ask->m->units[i] = act->units_before[i];
        model_unit (ask, i);
      }
  for (int i = 0; i < MODEL_BEDS; i++)
    if (act->beds >> i & 1)
      {
        gboolean has_aged = now->beds[i].is_stale && truth_fresh_until (i, &act->beds_before[i]) <= ask->now;
        gboolean is_late = now->beds[i].is_overdue && now->beds[i].left_us == act->beds_before[i].left_us;
        ask->m->beds[i] = act->beds_before[i];
        model_bed (ask, i)->is_stale |= has_aged;
        model_bed (ask, i)->is_overdue |= is_late;
      }
  for (int i = 0; i < act->n_people; i++)
    restore_person (ask, act, now, i);
}

/* Meanwhile others may have taken the staff or the bay without touching the same rows: somebody who
 * would come back to a bed must still fit beside them. Whoever is inside is inside. */
static gboolean
fits_again (const Ask *ask, const Model *now, int bed)
{
  const ModelBed *row = &ask->m->beds[bed];
  int unit = county_beds[bed].unit;
  gboolean is_promised = row->is_in_effect && row->commitment != BED_COMMITMENT_NONE
                         && now->beds[bed].commitment == BED_COMMITMENT_NONE
                         && now->beds[bed].occupancy == BED_OCCUPANCY_VACANT;
  if (is_promised && truth_count (ask->m, unit) > ask->m->units[unit].cap)
    return FALSE;
  for (int i = 0;
       i < MODEL_BEDS && row->person != NOBODY && county_beds[bed].bay_sex == BED_BAY_SEX_ANY; i++)
    if (county_beds[i].unit == unit && county_beds[i].bay == county_beds[bed].bay
        && ask->m->beds[i].person != NOBODY
        && ask->m->people[ask->m->beds[i].person].sex != ask->m->people[row->person].sex)
      return FALSE;
  return TRUE;
}

int
model_do_undo (Ask *ask, const Model *now)
{
  ModelAct *found = NULL;
  guint at = 0;
  for (guint i = 0; i < ask->m->acts->len; i++)
    {
      ModelAct *act = &g_array_index (ask->m->acts, ModelAct, i);
      if (strcmp (act->key, ask->f->undoes) == 0
          && strcmp (act->user, ask->command->actor.user) == 0)
        {
          found = act;
          at = i;
        }
    }
  if (found == NULL || found->at_us + MODEL_UNDO_US < ask->now)
    return BED_ERROR_BAD_VALUE;
  if (found->is_undone || is_built_upon (ask->m, at))
    return BED_ERROR_WRONG_STATE;
  if (found->method == BED_METHOD_REFERRAL_SUBMIT)
    {
      model_close_person (ask, found->people[0], BED_STATE_WITHDRAWN);
      found->is_undone = TRUE;
      return MODEL_DONE;
    }
  restore (ask, found, now);
  for (int i = 0; i < MODEL_BEDS; i++)
    if ((found->beds >> i & 1) && !fits_again (ask, now, i))
      return BED_ERROR_WRONG_STATE;
  found->is_undone = TRUE;
  return MODEL_DONE;
}
