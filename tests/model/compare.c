/* compare.c: every row of the register against the model's, and what must always hold of both.
 *
 * Reads only. Differences are written down, all of a row's in one go, so that the first failure
 * says what kind of fault it is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "compare.h"

#include "common/bed-rows.h"
#include "common/bed-suit.h"

#include <string.h>

#define WHERE(index) ((index) == NOWHERE ? (gint64)BED_NONE : (gint64)(index))

typedef struct
{
  GString *text;
  const char *what;
  int index;
} Row;

static void
same (const Row *row, const char *member, gint64 is, gint64 should)
{
  if (is != should)
    g_string_append_printf (
        row->text, "  %s %d: %s is %" G_GINT64_FORMAT ", the model says %" G_GINT64_FORMAT "\n",
        row->what, row->index, member, is, should);
}

#define SAME(member, should) same (&at, #member, (gint64)row->member, (gint64)(should))
#define FLAG(flag, should) same (&at, #flag, (row->flags & (flag)) != 0, (should) != 0)

static void
compare_bed (const BrokerRegister *reg, const Model *m, int bed, GString *text)
{
  const BedBedRow *row = broker_register_peek_bed (reg, (guint32)bed);
  const BrokerTerms *terms = broker_register_peek_terms (reg, (guint32)bed);
  const ModelBed *should = &m->beds[bed];
  const Row at = { text, county_beds[bed].id, bed };
  gboolean is_unsure, is_held = should->commitment == BED_COMMITMENT_HELD;
  int sex = truth_bay_sex (m, bed, &is_unsure);
  SAME (occupancy, should->occupancy);
  SAME (readiness, should->readiness);
  SAME (service, should->service);
  SAME (closed_reason, should->closed_reason);
  SAME (isolation, should->isolation);
  SAME (infection, should->infection);
  SAME (commitment, should->commitment);
  SAME (source, should->source);
  SAME (referral, WHERE (should->person));
  SAME (confirmed_at_us, should->confirmed_us);
  same (&at, "expected_free", row->occupancy != BED_OCCUPANCY_VACANT ? row->expected_free_us : 0,
        should->expected_free_us);
  same (&at, "left", row->occupancy == BED_OCCUPANCY_VACANT ? row->left_us : 0, should->left_us);
  FLAG (BED_FLAG_OVERDUE, should->is_overdue);
  gint64 due_us = 0, amber_us = 30 * MINUTE_US;
  bed_clock_get_turnaround (row, &due_us, &amber_us);
  same (&at, "turnaround", due_us, truth_turnaround (should));
  same (&at, "turnaround's amber", amber_us, due_us != 0 ? due_us - 30 * MINUTE_US : 30 * MINUTE_US);
  SAME (features_out, truth_features_out (m, bed));
  SAME (until_us, truth_until (m, bed));
  SAME (hold_min, is_held ? m->people[should->person].hold_min : 0);
  SAME (bay_sex, sex);
  SAME (display, truth_display (m, bed));
  FLAG (BED_FLAG_IN_EFFECT, should->is_in_effect);
  FLAG (BED_FLAG_STALE, should->is_stale);
  FLAG (BED_FLAG_CLOSED, should->service == BED_SERVICE_CLOSED);
  FLAG (BED_FLAG_OFFERABLE, truth_is_offerable (m, bed));
  FLAG (BED_FLAG_CAP_REACHED, truth_is_capped (m, county_beds[bed].unit));
  FLAG (BED_FLAG_BAY_UNSURE, is_unsure);
  FLAG (BED_FLAG_FLEX, should->is_flex);
  same (&at, "closed_until", terms->closed_until_us, should->closed_until_us);
  same (&at, "surge_until", terms->surge_until_us, should->surge_until_us);
  same (&at, "free_since", terms->free_since_us, should->free_since_us);
  for (int i = 0; i < MODEL_OUTAGES; i++)
    same (&at, "outage", terms->outages[i].until_us, should->out[i].until_us);
}

static void
compare_unit (const BrokerRegister *reg, const Model *m, int unit, GString *text)
{
  const BedUnitRow *row = broker_register_peek_unit (reg, (guint32)unit);
  const BedUnit *record = &broker_register_peek_table (reg)->units[unit];
  const ModelUnit *should = &m->units[unit];
  const Row at = { text, county_units[unit].id, unit };
  int in_effect = 0, offerable = 0, closed = 0, stale = 0, known = 0;
  gint64 confirmed_us = 0;
  guint64 bits = 0;
  for (int i = 0; i < MODEL_BEDS; i++)
    {
      const ModelBed *bed = &m->beds[i];
      if (county_beds[i].unit != unit || !bed->is_in_effect)
        continue;
      in_effect++;
      closed += bed->service == BED_SERVICE_CLOSED;
      offerable += truth_is_offerable (m, i);
      bits |= (guint64)truth_is_offerable (m, i) << (i - county_units[unit].first_bed);
      if (bed->occupancy == BED_OCCUPANCY_UNKNOWN)
        continue;
      known++;
      stale += bed->is_stale;
      confirmed_us = known == 1 ? bed->confirmed_us : MIN (confirmed_us, bed->confirmed_us);
    }
  SAME (staffed_cap, should->cap);
  SAME (cap_until_us, should->cap_until_us);
  SAME (counted, truth_count (m, unit));
  SAME (free, offerable);
  SAME (in_effect, in_effect);
  SAME (offerable, bits);
  SAME (closed_reason, should->closed_reason);
  SAME (surge_asked, should->surge_asked);
  same (&at, "surge_asked_until", broker_register_peek_unit_terms (reg, (guint32)unit)->surge_asked_until_us,
        should->surge_asked_until_us);
  SAME (n_answers, should->n_answers);
  SAME (faults, should->faults);
  SAME (confirmed_at_us, confirmed_us);
  FLAG (BED_FLAG_IN_EFFECT, in_effect > 0);
  FLAG (BED_FLAG_STALE, stale > 0 || (in_effect > 0 && confirmed_us == 0));
  FLAG (BED_FLAG_CLOSED, in_effect > 0 && closed == in_effect);
  same (&at, "accepts", record->accepts, should->accepts);
  same (&at, "weekends", (record->admission & BED_ADMITS_WEEKENDS) != 0, should->weekends);
  same (&at, "nights", (record->admission & BED_ADMITS_NIGHTS) != 0, should->nights);
  same (&at, "own_assessment", (record->admission & BED_ADMITS_AFTER_OWN_ASSESSMENT) != 0,
        should->own_assessment);
  same (&at, "latest_arrival", record->latest_arrival_min, should->latest_min);
  same (&at, "flex_after", record->flex_after_min, should->flex_min);
  same (&at, "longest_stay", record->longest_stay_days, should->longest_days);
}

static void
compare_profile (const BedReferralRow *row, const ModelPerson *should, const Row at)
{
  SAME (lane, should->lane);
  SAME (pathway, should->pathway);
  SAME (type, should->type);
  SAME (sex, should->sex);
  SAME (age_band, should->age_band);
  SAME (agreed, should->agreed);
  SAME (home_first, should->home_first);
  SAME (must, should->must);
  SAME (must_not, should->must_not);
  SAME (prefer, should->prefer);
  SAME (infection, should->infection);
  SAME (weight_band, should->weight_band);
  SAME (oxygen_lpm, should->oxygen_lpm);
  SAME (home, should->home == NOWHERE ? BED_NONE_16 : should->home);
  SAME (easting, should->near == NOWHERE ? 0 : county_districts[should->near].easting);
  SAME (northing, should->near == NOWHERE ? 0 : county_districts[should->near].northing);
  SAME (lap, should->lap == NOWHERE ? BED_NONE_8 : should->lap);
  SAME (source, should->source);
}

/* Only where it is less than six weeks, and while that matters. */
static int
find_stay_days (const Model *m, const ModelPerson *p)
{
  if (!model_is_staying (p->state) || p->is_closed || p->stay_extended)
    return 0;
  return truth_longest (m, p) < 42 ? truth_longest (m, p) : 0;
}

static void
compare_person (const BrokerRegister *reg, const Model *m, int person, GString *text)
{
  const BedReferralRow *row = broker_register_peek_referral (reg, (guint32)person);
  const ModelPerson *should = &m->people[person];
  const Row at = { text, should->code, person };
  if (strcmp (row->code, should->code) != 0)
    g_string_append_printf (text, "  person %d: %s is not %s\n", person, row->code, should->code);
  compare_profile (row, should, at);
  SAME (state, should->state);
  SAME (bed, WHERE (should->bed));
  SAME (linked, WHERE (should->linked));
  SAME (offer_bed, WHERE (should->offer_bed));
  SAME (lapsed_bed, WHERE (should->lapsed_bed));
  for (int i = 0; i < BED_DECLINED_UNITS; i++)
    SAME (declined_by[i], WHERE (should->declined_by[i]));
  SAME (transport, should->transport);
  SAME (waiting_for, should->waiting_for);
  SAME (paused_for, should->paused_for);
  SAME (left_to, should->left_to);
  SAME (hold_min, should->hold_min);
  SAME (breached, should->breached);
  SAME (submitted_at_us, should->submitted_us);
  SAME (ready_at_us, should->ready_us);
  SAME (until_us, should->until_us);
  SAME (expected_at_us, should->expected_us);
  SAME (since_us, should->since_us);
  SAME (triaged_at_us, should->triaged_us);
  SAME (arrived_at_us, should->arrived_us);
  SAME (chc_from_us, should->chc_us);
  SAME (offered_at_us, should->offered_us);
  SAME (is_exposed, should->is_exposed);
  SAME (stay_days, find_stay_days (m, should));
  FLAG (BED_REFERRAL_CLOSED, should->is_closed);
  FLAG (BED_REFERRAL_HELD_ONCE, should->was_held);
  FLAG (BED_REFERRAL_RESPONDED, should->has_responded);
  FLAG (BED_REFERRAL_HOLD_EXTENDED, should->is_extended);
  FLAG (BED_REFERRAL_ASSESSING, should->is_assessing);
  FLAG (BED_REFERRAL_FIRST, should->is_first);
  FLAG (BED_REFERRAL_STAY_EXTENDED, should->stay_extended);
  FLAG (BED_REFERRAL_DECIDE, should->must_decide);
}

/* Of the register's own rows, whatever the model thinks: one bed, one person; one person, one bed;
 * one bay, one sex; nothing offered that is not free. */
static void
check_bed (const BrokerRegister *reg, guint32 bed, GString *text)
{
  const BedTable *table = broker_register_peek_table (reg);
  const BedBedRow *row = broker_register_peek_bed (reg, bed);
  const BedReferralRow *person
      = row->referral != BED_NONE ? broker_register_peek_referral (reg, row->referral) : NULL;
  gboolean is_used
      = row->occupancy == BED_OCCUPANCY_OCCUPIED || row->occupancy == BED_OCCUPANCY_ON_LEAVE;
  if (person != NULL && (person->bed != bed || (person->flags & BED_REFERRAL_CLOSED)))
    g_string_append_printf (text, "  %s names %s, who is not there\n", table->beds[bed].id,
                            person->code);
  if (row->commitment != BED_COMMITMENT_NONE && (person == NULL || is_used))
    g_string_append_printf (text, "  %s is committed to nobody, or with somebody inside\n",
                            table->beds[bed].id);
  if (row->flags & BED_FLAG_OFFERABLE)
    if (is_used || person != NULL || row->readiness != BED_READINESS_READY
        || (row->flags & (BED_FLAG_STALE | BED_FLAG_CLOSED))
        || row->service == BED_SERVICE_SURGE_SHUT || !(row->flags & BED_FLAG_IN_EFFECT)
        || row->display != BED_DISPLAY_FREE)
      g_string_append_printf (text, "  %s is offered and is not free\n", table->beds[bed].id);
  for (guint32 other = 0; person != NULL && table->beds[bed].bay != 0 && other < bed; other++)
    {
      const BedBedRow *beside = broker_register_peek_bed (reg, other);
      if (table->beds[other].unit == table->beds[bed].unit
          && table->beds[other].bay == table->beds[bed].bay && beside->referral != BED_NONE
          && broker_register_peek_referral (reg, beside->referral)->sex != person->sex)
        g_string_append_printf (text, "  %s and %s: two sexes in one bay\n", table->beds[bed].id,
                                table->beds[other].id);
    }
}

static void
check_person (const BrokerRegister *reg, guint32 referral, GString *text)
{
  const BedReferralRow *row = broker_register_peek_referral (reg, referral);
  gboolean has_bed = row->state == BED_STATE_HELD || row->state == BED_STATE_ACCEPTED
                     || row->state == BED_STATE_IN_TRANSIT || model_is_staying (row->state)
                     || (row->state == BED_STATE_DIED && !(row->flags & BED_REFERRAL_CLOSED));
  gboolean is_there = has_bed && row->bed != BED_NONE
                      && broker_register_peek_bed (reg, row->bed)->referral == referral;
  if (has_bed != is_there)
    g_string_append_printf (text, "  %s has no bed that knows them\n", row->code);
  if (row->linked != BED_NONE
      && broker_register_peek_referral (reg, row->linked)->linked != referral)
    g_string_append_printf (text, "  %s is linked one way\n", row->code);
  if (row->offer_bed != BED_NONE && row->state != BED_STATE_WAITING)
    g_string_append_printf (text, "  %s has a proposal and does not wait\n", row->code);
}

/* Where each bed stands before a command, to see what it does to it. */
void
compare_note (const BrokerRegister *reg, guint8 occupancy[MODEL_BEDS])
{
  for (guint32 i = 0; i < MODEL_BEDS; i++)
    occupancy[i] = broker_register_peek_bed (reg, i)->occupancy;
}

/* Occupied only by arrival, vacant only by leaving; besides what happened off the register, a first
 * sight, a correction, and taking one of these back. */
gboolean
compare_steps (const BrokerRegister *reg, const guint8 before[MODEL_BEDS], BedMethod method,
               GString *text)
{
  gsize length = text->len;
  gboolean is_entry = method == BED_METHOD_BED_REPORT || method == BED_METHOD_BED_CORRECT
                      || method == BED_METHOD_UNDO;
  gboolean is_move = method == BED_METHOD_PLACEMENT_MOVE;
  gboolean fills = is_entry || is_move || method == BED_METHOD_PLACEMENT_ARRIVE
                   || method == BED_METHOD_BED_FILL || method == BED_METHOD_PLACEMENT_BACK;
  gboolean empties = is_entry || is_move || method == BED_METHOD_PLACEMENT_LEAVE;
  for (guint32 i = 0; i < MODEL_BEDS; i++)
    {
      const BedBedRow *row = broker_register_peek_bed (reg, i);
      if (row->occupancy == before[i])
        continue;
      if ((row->occupancy == BED_OCCUPANCY_OCCUPIED && !fills)
          || (row->occupancy == BED_OCCUPANCY_VACANT && !empties)
          || (row->occupancy == BED_OCCUPANCY_ON_LEAVE && !is_entry
              && method != BED_METHOD_PLACEMENT_AWAY)
          || (row->occupancy == BED_OCCUPANCY_UNKNOWN && !is_entry))
        g_string_append_printf (text, "  %s became %s by %s\n", county_beds[i].id,
                                bed_words_print (&bed_occupancy_words, row->occupancy),
                                bed_method_word (method));
      if (row->occupancy == BED_OCCUPANCY_VACANT && row->readiness == BED_READINESS_READY
          && method == BED_METHOD_PLACEMENT_LEAVE && !model_is_place ((int)i))
        g_string_append_printf (text, "  %s is ready without a clean\n", county_beds[i].id);
    }
  return text->len == length;
}

/* The sums by display state are all beds in effect, and so are those that the units count. */
static void
check_sums (const BrokerRegister *reg, const Model *m, GString *text)
{
  guint32 by_display[BED_DISPLAY_N] = { 0 }, total = 0, in_effect = 0, of_units = 0;
  for (guint32 i = 0; i < MODEL_BEDS; i++)
    {
      const BedBedRow *row = broker_register_peek_bed (reg, i);
      in_effect += m->beds[i].is_in_effect;
      if ((row->flags & BED_FLAG_IN_EFFECT) && row->display < BED_DISPLAY_N)
        by_display[row->display]++;
    }
  for (guint i = 0; i < BED_DISPLAY_N; i++)
    total += by_display[i];
  for (guint32 i = 0; i < MODEL_UNITS; i++)
    of_units += broker_register_peek_unit (reg, i)->in_effect;
  if (total != in_effect || of_units != in_effect)
    g_string_append_printf (text, "  %u beds by display, %u by units, %u in effect\n", total,
                            of_units, in_effect);
}

gboolean
compare_all (const BrokerRegister *reg, const Model *m, GString *text)
{
  gsize before = text->len;
  for (int i = 0; i < MODEL_BEDS; i++)
    compare_bed (reg, m, i, text);
  for (int i = 0; i < MODEL_UNITS; i++)
    compare_unit (reg, m, i, text);
  if (broker_register_get_n_referrals (reg) != (guint32)m->n_people)
    g_string_append_printf (text, "  %u people, the model says %d\n",
                            broker_register_get_n_referrals (reg), m->n_people);
  for (int i = 0; i < m->n_people && text->len == before; i++)
    {
      compare_person (reg, m, i, text);
      check_person (reg, (guint32)i, text);
    }
  for (guint32 i = 0; i < MODEL_BEDS; i++)
    check_bed (reg, i, text);
  check_sums (reg, m, text);
  return text->len == before;
}

/* Under which of the history's counts a display state falls; 0: none. */
static int
get_column (const Model *m, int bed)
{
  switch ((BedDisplay)truth_display (m, bed))
    {
    case BED_DISPLAY_FREE:
      return truth_is_offerable (m, bed) ? 1 : 0;
    case BED_DISPLAY_HELD:
      return 2;
    case BED_DISPLAY_ACCEPTED:
    case BED_DISPLAY_IN_TRANSIT:
      return 3;
    case BED_DISPLAY_CLEANING:
    case BED_DISPLAY_CONTAMINATED:
      return 4;
    case BED_DISPLAY_OCCUPIED:
    case BED_DISPLAY_LEAVING:
    case BED_DISPLAY_READY_TO_LEAVE:
    case BED_DISPLAY_ON_LEAVE:
      return 5;
    case BED_DISPLAY_CLOSED:
    case BED_DISPLAY_SURGE_SHUT:
      return 6;
    case BED_DISPLAY_ISOLATED:
    case BED_DISPLAY_UNKNOWN:
    case BED_DISPLAY_N:
      break;
    }
  return 0;
}

gboolean
compare_history (const BrokerRegister *reg, const Model *m, GString *text)
{
  const GArray *history = broker_register_peek_history (reg);
  gsize before = text->len;
  for (guint lap = 0; lap < 2; lap++)
    {
      const BedHistory *row = &g_array_index (history, BedHistory, history->len - 2 + lap);
      const Row at = { text, "history", (int)lap };
      int counts[7] = { 0 }, in_effect = 0;
      for (int i = 0; i < MODEL_BEDS; i++)
        if (m->beds[i].is_in_effect && !model_is_place (i)
            && strcmp (county_units[county_beds[i].unit].lap, county_laps[lap]) == 0)
          {
            counts[get_column (m, i)]++;
            in_effect++;
          }
      SAME (lap, lap);
      SAME (in_effect, in_effect);
      SAME (free, counts[1]);
      SAME (held, counts[2]);
      SAME (arriving, counts[3]);
      SAME (cleaning, counts[4]);
      SAME (occupied, counts[5]);
      SAME (closed, counts[6]);
    }
  return text->len == before;
}
