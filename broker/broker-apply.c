/* broker-apply.c: an event becomes state: the only code that changes a row's axes.
 *
 * One small function an event kind, in a table. Each trusts that the rules allowed the event, but
 * not the bytes it came from: an event that names what does not exist or does not fit is an error,
 * and the caller takes the batch back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-apply.h"

#include "broker-fit.h"
#include "broker-states.h"

#include "common/bed-time.h"

#include <string.h>

void
broker_apply_confirm (const BrokerSubject *subject, BedBedRow *row)
{
  row->confirmed_at_us = subject->event->at_us;
  row->source = subject->facts->source;
  row->flags = (guint8) (row->flags & ~BED_FLAG_STALE);
}

void
broker_apply_turn (const BrokerSubject *subject, BedBedRow *row, guint8 occupancy_before)
{
  gboolean is_to_clean = row->occupancy == BED_OCCUPANCY_VACANT && row->readiness != BED_READINESS_READY;
  gboolean was_vacant = occupancy_before == BED_OCCUPANCY_VACANT; /* what gets dirty by itself was not left */
  gboolean is_a_stay = row->occupancy == BED_OCCUPANCY_OCCUPIED || row->occupancy == BED_OCCUPANCY_ON_LEAVE;
  if (was_vacant ? is_to_clean : is_a_stay)
    return; /* goes on as it was */
  row->left_us = is_to_clean ? subject->event->at_us : 0;
  row->flags = (guint8) (row->flags & ~BED_FLAG_OVERDUE);
}

BedReferralRow *
broker_apply_state (const BrokerSubject *subject, BedReferralState state)
{
  BedReferralRow *row = broker_register_touch_referral (subject->self, subject->referral);
  row->state = (guint8) state;
  row->since_us = subject->event->at_us;
  if (state != BED_STATE_WAITING)
    broker_apply_unpropose (row);
  return row;
}

void
broker_apply_unpropose (BedReferralRow *row)
{
  row->offer_bed = BED_NONE;
  row->offer_metres = 0;
}

void
broker_apply_each (const BrokerSubject *subject, void (*apply) (const BrokerSubject *subject))
{
  BrokerSubject partner = *subject;
  partner.referral = broker_fit_find_held_partner (subject->self, subject->referral);
  apply (subject);
  if (partner.referral != BED_NONE)
    apply (&partner);
}

static void
release (const BrokerSubject *subject)
{
  BedReferralRow *row = broker_apply_state (subject, BED_STATE_WAITING);
  if (row->bed != BED_NONE)
    {
      BedBedRow *bed = broker_register_touch_bed (subject->self, row->bed);
      bed->commitment = BED_COMMITMENT_NONE;
      bed->referral = BED_NONE;
      bed->until_us = 0;
      bed->hold_min = 0;
    }
  row->bed = BED_NONE;
  row->until_us = 0;
  row->expected_at_us = 0;
  row->transport = BED_TRANSPORT_NONE;
  row->hold_min = 0;
  row->flags &= (guint8) ~(BED_REFERRAL_HOLD_EXTENDED | BED_REFERRAL_ASSESSING | BED_REFERRAL_DECIDE);
}

void
broker_apply_release (const BrokerSubject *subject)
{
  broker_apply_each (subject, release);
}

typedef struct
{
  void (*apply) (const BrokerSubject *subject);
  guint64 needs; /* facts that the event must name */
  gboolean is_news; /* shown in the ticker */
  guint64 one_of;   /* facts of which it must name one; 0: no such need */
} Application;

#define FACT(name) (G_GUINT64_CONSTANT (1) << BED_FACT_##name)

static const Application applications[BED_N_EVENTS] = {
  [BED_EVENT_BED_REPORTED] = { broker_apply_reported, FACT (BED), TRUE },
  [BED_EVENT_BED_CLOSED] = { broker_apply_closed, FACT (BED) | FACT (CLOSURE), TRUE },
  [BED_EVENT_BED_OPENED] = { broker_apply_opened, FACT (BED), TRUE },
  [BED_EVENT_BAY_CLOSED] = { broker_apply_bay_closed, FACT (UNIT) | FACT (BAY) | FACT (CLOSURE), TRUE },
  [BED_EVENT_BAY_OPENED] = { broker_apply_bay_opened, FACT (UNIT) | FACT (BAY), TRUE },
  [BED_EVENT_UNIT_CLOSED] = { broker_apply_unit_closed, FACT (UNIT) | FACT (CLOSURE), TRUE },
  [BED_EVENT_UNIT_OPENED] = { broker_apply_unit_opened, FACT (UNIT), TRUE },
  [BED_EVENT_UNIT_CONFIRMED] = { broker_apply_confirmed, FACT (UNIT), TRUE },
  [BED_EVENT_UNIT_STAFFED] = { broker_apply_staffed, FACT (UNIT) | FACT (STAFFED_CAP), TRUE },
  [BED_EVENT_UNIT_RULED] = { NULL, FACT (UNIT) | FACT (RULES), FALSE }, /* as an import: no function of its own */
  [BED_EVENT_UNIT_SIZED] = { broker_apply_sized, FACT (UNIT) | FACT (CAPACITY), TRUE },
  [BED_EVENT_SURGE_ASKED] = { broker_apply_surge_asked, FACT (UNIT) | FACT (BEDS) | FACT (UNTIL), TRUE },
  [BED_EVENT_SURGE_OPENED] = { broker_apply_surge_opened, FACT (BED), TRUE },
  [BED_EVENT_SURGE_ENDED] = { broker_apply_surge_ended, FACT (BED), TRUE },
  [BED_EVENT_BED_FILLED] = { broker_apply_filled, FACT (BED) | FACT (WHY), TRUE },
  [BED_EVENT_BED_CORRECTED] = { broker_apply_corrected, FACT (BED) | FACT (OCCUPANCY), TRUE },
  [BED_EVENT_FEATURE_LOST] = { broker_apply_feature_lost, FACT (BED) | FACT (FEATURE) | FACT (OUT_UNTIL), FALSE },
  [BED_EVENT_REFERRAL_SUBMITTED] = { broker_apply_submitted, FACT (ORGANISATION) | FACT (HOME), FALSE },
  [BED_EVENT_TRIAGED] = { broker_apply_triaged, FACT (REFERRAL) | FACT (PATHWAY) | FACT (LANE) | FACT (STATE), FALSE },
  [BED_EVENT_AMENDED] = { broker_apply_amended, FACT (REFERRAL), FALSE },
  [BED_EVENT_LINKED] = { broker_apply_linked, FACT (REFERRAL) | FACT (WITH), FALSE },
  [BED_EVENT_RESPONDED] = { broker_apply_responded, FACT (REFERRAL), FALSE },
  [BED_EVENT_REDIRECTED] = { broker_apply_redirected, FACT (REFERRAL), FALSE },
  [BED_EVENT_PAUSED] = { broker_apply_paused, FACT (REFERRAL) | FACT (PAUSE), FALSE },
  [BED_EVENT_RESUMED] = { broker_apply_resumed, FACT (REFERRAL) | FACT (STATE), FALSE },
  [BED_EVENT_WITHDRAWN] = { broker_apply_withdrawn, FACT (REFERRAL) | FACT (WITHDRAWAL), FALSE },
  [BED_EVENT_DIED] = { broker_apply_died, FACT (REFERRAL), FALSE },
  [BED_EVENT_ASSESSMENT_STARTED] = { broker_apply_assessment_started, FACT (REFERRAL) | FACT (ASSESSMENT), FALSE },
  [BED_EVENT_ASSESSMENT_ENDED] = { broker_apply_assessment_ended, FACT (REFERRAL) | FACT (ASSESSMENT), FALSE },
  [BED_EVENT_PLACED] = { broker_apply_placed, FACT (BED) | FACT (REFERRAL) | FACT (STATE), TRUE },
  [BED_EVENT_HOLD_TAKEN] = { broker_apply_placed, FACT (BED) | FACT (REFERRAL) | FACT (STATE) | FACT (UNTIL), TRUE },
  [BED_EVENT_HOLD_EXTENDED] = { broker_apply_hold_extended, FACT (REFERRAL) | FACT (UNTIL), FALSE },
  [BED_EVENT_HOLD_RELEASED] = { broker_apply_released, FACT (REFERRAL), TRUE },
  [BED_EVENT_ASSESSING] = { broker_apply_assessing, FACT (REFERRAL) | FACT (UNTIL), FALSE },
  [BED_EVENT_ACCEPTED] = { broker_apply_accepted, FACT (REFERRAL), TRUE },
  [BED_EVENT_DECLINED] = { broker_apply_declined, FACT (REFERRAL) | FACT (DECLINE), TRUE },
  [BED_EVENT_EXPECTED] = { broker_apply_expected, FACT (REFERRAL) | FACT (AT) | FACT (TRANSPORT), FALSE },
  [BED_EVENT_CANCELLED] = { broker_apply_cancelled, FACT (REFERRAL) | FACT (BY) | FACT (CANCELLATION), TRUE },
  [BED_EVENT_DEPARTED] = { broker_apply_departed, FACT (REFERRAL), TRUE },
  [BED_EVENT_TURNED_BACK] = { broker_apply_turned_back, FACT (REFERRAL) | FACT (DECLINE), TRUE },
  [BED_EVENT_ARRIVED] = { broker_apply_arrived, FACT (REFERRAL) | FACT (BED), TRUE },
  [BED_EVENT_THERAPY_STARTED] = { broker_apply_therapy_started, FACT (REFERRAL), FALSE },
  [BED_EVENT_MOVED] = { broker_apply_moved, FACT (REFERRAL) | FACT (BED), TRUE },
  [BED_EVENT_WENT_AWAY] = { broker_apply_went_away, FACT (REFERRAL) | FACT (AWAY) | FACT (KEEP_UNTIL), TRUE },
  [BED_EVENT_CAME_BACK] = { broker_apply_came_back, FACT (REFERRAL), TRUE },
  [BED_EVENT_STAY_EXTENDED] = { broker_apply_stay_extended, FACT (REFERRAL), FALSE },
  [BED_EVENT_READY_TO_LEAVE] = { broker_apply_ready_to_leave, FACT (REFERRAL), TRUE },
  [BED_EVENT_LEFT] = { broker_apply_left, FACT (REFERRAL), TRUE },
  [BED_EVENT_UNDONE] = { broker_apply_undone, FACT (UNDOES), TRUE },
  [BED_EVENT_HOLD_EXPIRED] = { broker_apply_released, FACT (REFERRAL), TRUE },
  [BED_EVENT_UNIT_STALED] = { broker_apply_staled, FACT (UNIT), FALSE },
  [BED_EVENT_CLOCK_BREACHED] = { broker_apply_breached, FACT (CLOCK), FALSE, FACT (REFERRAL) | FACT (BED) },
  [BED_EVENT_OFFER_MADE] = { broker_apply_offered, FACT (REFERRAL), FALSE },
  [BED_EVENT_UNIT_EFFECTED] = { broker_apply_effected, FACT (UNIT), FALSE },
  [BED_EVENT_QUARTER_PASSED] = { broker_apply_quarter, 0, FALSE },
  [BED_EVENT_PROFILE_ERASED] = { broker_apply_erased, FACT (REFERRAL), FALSE },
};

/* Events of a referral that holds, or stays in, the bed that its row names. */
#define KIND(name) (G_GUINT64_CONSTANT (1) << BED_EVENT_##name)
static const guint64 of_a_bed
    = KIND (HOLD_EXTENDED) | KIND (HOLD_RELEASED) | KIND (HOLD_EXPIRED) | KIND (ASSESSING) | KIND (ACCEPTED) | KIND (DECLINED)
      | KIND (EXPECTED) | KIND (CANCELLED) | KIND (DEPARTED) | KIND (TURNED_BACK) | KIND (ARRIVED) | KIND (THERAPY_STARTED)
      | KIND (MOVED) | KIND (WENT_AWAY) | KIND (CAME_BACK) | KIND (STAY_EXTENDED) | KIND (READY_TO_LEAVE) | KIND (LEFT);

G_STATIC_ASSERT (BED_N_EVENTS <= 64);

/* Other people whom an event names, and the bed of the other of a couple. */
static gboolean
resolve_other (BrokerSubject *subject)
{
  const BedFacts *facts = subject->facts;
  subject->other = subject->other_bed = BED_NONE;
  if (bed_facts_has (facts, BED_FACT_WITH))
    subject->other = broker_register_find_referral (subject->self, facts->with);
  if (bed_facts_has (facts, BED_FACT_OTHER_BED))
    subject->other_bed = bed_places_find_bed (broker_register_peek_places (subject->self), facts->other_bed);
  return bed_facts_has (facts, BED_FACT_WITH) == (subject->other != BED_NONE)
         && bed_facts_has (facts, BED_FACT_OTHER_BED) == (subject->other_bed != BED_NONE)
         && (!bed_facts_has (facts, BED_FACT_CONTINUES)
             || broker_register_find_referral (subject->self, facts->continues) != BED_NONE);
}

/* What is taken back must still be remembered, and untouched. */
static gboolean
can_undo (const BrokerSubject *subject)
{
  const BedEvent *event = subject->event;
  const BrokerAct *act
      = broker_register_find_act (subject->self, event->actor, subject->facts->undoes, event->at_us);
  return act != NULL && broker_register_act_stands (subject->self, act);
}

static gboolean
resolve (BrokerSubject *subject, const Application *application, GError **error)
{
  const BedFacts *facts = subject->facts;
  const BedPlaces *places = broker_register_peek_places (subject->self);
  gboolean is_known = places != NULL && (facts->has & application->needs) == application->needs
                      && (application->one_of == 0 || (facts->has & application->one_of) != 0);
  subject->unit = subject->bed = subject->referral = BED_NONE;
  if (is_known && bed_facts_has (facts, BED_FACT_BED))
    is_known = (subject->bed = bed_places_find_bed (places, facts->bed)) != BED_NONE;
  if (is_known && bed_facts_has (facts, BED_FACT_UNIT))
    is_known = (subject->unit = bed_places_find_unit (places, facts->unit)) != BED_NONE;
  if (is_known && subject->event->kind == BED_EVENT_REFERRAL_SUBMITTED)
    is_known = facts->referral[0] != '\0' && broker_register_get_n_referrals (subject->self) < BED_MAX_REFERRALS
               && broker_register_get_n_sources (subject->self) < BED_MAX_SOURCES
               && broker_register_find_referral (subject->self, facts->referral) == BED_NONE;
  else if (is_known && subject->event->kind == BED_EVENT_PROFILE_ERASED) /* it may have left the register */
    is_known = broker_register_find_erasure (subject->self, facts->referral) != G_MAXINT64;
  else if (is_known && bed_facts_has (facts, BED_FACT_REFERRAL))
    {
      subject->referral = broker_register_find_referral (subject->self, facts->referral);
      is_known = subject->referral != BED_NONE;
    }
  is_known = is_known && resolve_other (subject) && (subject->event->kind != BED_EVENT_UNDONE || can_undo (subject));
  if (is_known && (of_a_bed >> subject->event->kind & 1))
    is_known = broker_register_peek_referral (subject->self, subject->referral)->bed != BED_NONE;
  if (!is_known)
    g_set_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE, "event %" G_GUINT64_FORMAT " (%s) does not fit the register",
                 subject->event->revision, bed_event_word (subject->event->kind));
  return is_known;
}

/* The unit whose rows an event touches: named, of the named bed, or of the referral's bed. */
static guint32
find_unit (const BrokerSubject *subject)
{
  const BedTable *table = broker_register_peek_table (subject->self);
  guint32 bed = subject->bed;
  if (subject->unit != BED_NONE)
    return subject->unit;
  if (bed == BED_NONE && subject->referral != BED_NONE)
    bed = broker_register_peek_referral (subject->self, subject->referral)->bed;
  return bed != BED_NONE ? table->beds[bed].unit : BED_NONE;
}

static void
tell_news (const BrokerSubject *subject, guint32 unit, guint32 bed, guint8 display_before)
{
  BedRecent recent = { .revision = subject->event->revision,
                       .at_us = subject->event->at_us,
                       .unit = unit,
                       .bed = bed,
                       .event = (guint16) subject->event->kind };
  if (bed != BED_NONE)
    {
      const BedBedRow *row = broker_register_peek_bed (subject->self, bed);
      if (subject->event->kind == BED_EVENT_BED_REPORTED && row->display == display_before)
        return;
      recent.display = row->display;
      recent.until_us = row->until_us;
    }
  g_array_append_val (subject->self->new_recent, recent);
}

/* Another reference: every row is kept by id, nothing before it can be taken back. A state (or NULL) says
 * what is true instead. */
static void
begin_epoch (BrokerRegister *self, const BedEvent *event, BrokerRows *rows, const BrokerStates *states)
{
  broker_rows_carry_over (self->rows, rows, event->revision, event->at_us);
  if (states != NULL)
    broker_rows_take_states (self, rows, states, event->revision);
  self->replaced = self->rows;
  self->rows = rows;
  self->revision = event->revision;
  self->at_us = event->at_us;
  for (guint32 i = 0; i < rows->referrals->len; i++)
    broker_derive_stay (&rows->table, &g_array_index (rows->referrals, BedReferralRow, i), event->at_us);
  broker_register_index (self);
  broker_derive_all (self);
}

static gboolean
apply_import (BrokerRegister *self, const BedEvent *event, GError **error)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (BrokerStates) states = NULL;
  BrokerReference *reference
      = event->facts.files != NULL ? broker_states_parse (event->facts.files, self, &states, faults) : NULL;
  if (reference == NULL)
    {
      g_set_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE, "event %" G_GUINT64_FORMAT ": reference data does not parse: %s",
                   event->revision, faults->len > 0 ? (const char *) faults->pdata[0] : "no files");
      return FALSE;
    }

  BrokerRows *rows = broker_rows_new (reference);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize length = sizeof rows->files_digest;
  g_checksum_update (checksum, (const guchar *) event->facts.files, -1);
  g_checksum_get_digest (checksum, rows->files_digest, &length);
  rows->import_revision = event->revision;
  begin_epoch (self, event, rows, states);
  return TRUE;
}

static void
set_rules (BedUnit *unit, const BedUnitRules *rules)
{
  guint8 known = 0, set = 0;
  const struct
  {
    BedRule rule;
    guint8 flag;
    gboolean is_set;
  } admissions[] = { { BED_RULE_WEEKENDS, BED_ADMITS_WEEKENDS, rules->weekends },
                     { BED_RULE_NIGHTS, BED_ADMITS_NIGHTS, rules->nights },
                     { BED_RULE_OWN_ASSESSMENT, BED_ADMITS_AFTER_OWN_ASSESSMENT, rules->own_assessment } };
  for (guint i = 0; i < G_N_ELEMENTS (admissions); i++)
    if (rules->has >> admissions[i].rule & 1)
      {
        known |= admissions[i].flag;
        set |= admissions[i].is_set ? admissions[i].flag : 0;
      }
  unit->admission = (guint8) ((unit->admission & ~known) | set);
  if (rules->has >> BED_RULE_ACCEPTS & 1)
    unit->accepts = rules->accepts;
  if (rules->has >> BED_RULE_LATEST_ARRIVAL & 1)
    unit->latest_arrival_min = rules->latest_arrival_min;
  if (rules->has >> BED_RULE_LONGEST_STAY_DAYS & 1)
    unit->longest_stay_days = rules->longest_stay_days;
  if (rules->has >> BED_RULE_FLEX_AFTER_MIN & 1)
    unit->flex_after_min = rules->flex_after_min;
}

/* New rules for one unit, until a later import says otherwise. */
static gboolean
apply_ruled (BrokerRegister *self, const BedEvent *event, GError **error)
{
  BrokerSubject subject = { .self = self, .event = event, .facts = &event->facts };
  if (!resolve (&subject, &applications[event->kind], error))
    return FALSE;
  const BrokerRows *old = self->rows;
  BrokerReference *reference = broker_reference_copy (old->reference);
  set_rules (&reference->units[subject.unit], &event->facts.rules);
  BrokerRows *rows = broker_rows_new (reference);
  memcpy (rows->files_digest, old->files_digest, sizeof rows->files_digest);
  rows->import_revision = old->import_revision;
  begin_epoch (self, event, rows, NULL);
  return TRUE;
}

/* The unit whose rows show a change: a person's shows in the bed they have. */
static guint32
find_changed_unit (const BrokerRegister *self, const BrokerTouched *change)
{
  guint32 bed = change->index;
  if (change->kind == BED_KIND_UNIT)
    return change->index;
  if (change->kind == BED_KIND_REFERRAL)
    bed = broker_register_peek_referral (self, change->index)->bed;
  return bed != BED_NONE ? broker_register_peek_table (self)->beds[bed].unit : BED_NONE;
}

/* Whatever the event has changed, its consequences follow. */
static void
derive_changed (BrokerRegister *self)
{
  const BrokerTouched *changed = (const BrokerTouched *) (const void *) self->changed->data;
  guint32 last_unit = BED_NONE;
  self->is_deriving = TRUE;
  for (guint i = 0; i < self->changed->len; i++)
    {
      guint32 unit = find_changed_unit (self, &changed[i]);
      if (changed[i].kind == BED_KIND_REFERRAL)
        {
          broker_derive_stay (&self->rows->table, broker_register_touch_referral (self, changed[i].index), self->at_us);
          broker_derive_referral_due (self, changed[i].index);
        }
      if (unit != BED_NONE && unit != last_unit)
        broker_derive_unit (self, last_unit = unit);
    }
  self->is_deriving = FALSE;
}

gboolean
broker_register_apply (BrokerRegister *self, const BedEvent *event, GError **error)
{
  BrokerSubject subject = { .self = self, .event = event, .facts = &event->facts };
  if (event->revision != self->revision + 1 || event->kind >= BED_N_EVENTS)
    {
      g_set_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE, "event %" G_GUINT64_FORMAT " does not follow revision %" G_GUINT64_FORMAT,
                   event->revision, self->revision);
      return FALSE;
    }
  if (event->kind == BED_EVENT_IMPORTED)
    return apply_import (self, event, error);
  if (event->kind == BED_EVENT_UNIT_RULED)
    return apply_ruled (self, event, error);

  const Application *application = &applications[event->kind];
  if (!resolve (&subject, application, error))
    return FALSE;
  guint32 unit = find_unit (&subject);
  guint32 bed = subject.bed;
  if (bed == BED_NONE && subject.referral != BED_NONE)
    bed = broker_register_peek_referral (self, subject.referral)->bed;
  guint8 display_before = bed != BED_NONE ? broker_register_peek_bed (self, bed)->display : 0;

  self->revision = event->revision;
  self->at_us = event->at_us;
  g_array_set_size (self->changed, 0);
  broker_acts_begin (self->rows->acts);
  application->apply (&subject);
  broker_acts_end (self->rows->acts, event);
  derive_changed (self);
  if (application->is_news && unit != BED_NONE)
    tell_news (&subject, unit, bed, display_before);
  return TRUE;
}
