/* broker-apply.c: an event becomes state: the only code that changes a row's axes.
 *
 * One small function an event kind, in a table. Each trusts that the rules allowed the event, but
 * not the bytes it came from: an event that names what does not exist or does not fit is an error,
 * and the caller takes the batch back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-register-rows.h"

#include "common/bed-time.h"

#include <string.h>

/* What an event is about, resolved: indexes or BED_NONE. */
typedef struct
{
  BrokerRegister *self;
  const BedEvent *event;
  const BedFacts *facts;
  guint32 unit;
  guint32 bed;
  guint32 referral;
} Subject;

static void
confirm_bed (const Subject *subject, BedBedRow *row)
{
  row->confirmed_at_us = subject->event->at_us;
  row->source = subject->facts->source;
  row->flags = (guint8) (row->flags & ~BED_FLAG_STALE);
}

static BedReferralRow *
set_state (const Subject *subject, BedReferralState state)
{
  BedReferralRow *row = broker_register_touch_referral (subject->self, subject->referral);
  row->state = (guint8) state;
  row->since_us = subject->event->at_us;
  return row;
}

/* The person goes back to waiting and the bed's commitment ends. */
static void
release (const Subject *subject)
{
  BedReferralRow *row = set_state (subject, BED_STATE_WAITING);
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
  row->hold_min = 0;
  broker_derive_referral_due (subject->self, subject->referral);
}

static void
apply_reported (const Subject *subject)
{
  const BedFacts *facts = subject->facts;
  BedBedRow *row = broker_register_touch_bed (subject->self, subject->bed);
  if (bed_facts_has (facts, BED_FACT_OCCUPANCY))
    row->occupancy = facts->occupancy;
  if (bed_facts_has (facts, BED_FACT_READINESS))
    row->readiness = facts->readiness;
  if (bed_facts_has (facts, BED_FACT_ISOLATION))
    row->isolation = facts->isolation;
  if (bed_facts_has (facts, BED_FACT_EXPECTED_FREE_AT))
    row->expected_free_us = facts->expected_free_us;
  if (row->occupancy == BED_OCCUPANCY_VACANT || row->occupancy == BED_OCCUPANCY_UNKNOWN)
    row->expected_free_us = 0;
  confirm_bed (subject, row);
}

static void
apply_closed (const Subject *subject)
{
  const BedBedRow *bed = broker_register_peek_bed (subject->self, subject->bed);
  if (bed->commitment == BED_COMMITMENT_HELD)
    {
      Subject held = *subject;
      held.referral = bed->referral;
      release (&held);
    }
  BedBedRow *row = broker_register_touch_bed (subject->self, subject->bed);
  row->service = BED_SERVICE_CLOSED;
  row->closed_reason = subject->facts->closure;
}

static void
apply_opened (const Subject *subject)
{
  BedBedRow *row = broker_register_touch_bed (subject->self, subject->bed);
  row->service = BED_SERVICE_OPEN;
  row->closed_reason = BED_CLOSURE_NONE;
}

static void
apply_confirmed (const Subject *subject)
{
  const BedUnit *unit = &broker_register_peek_table (subject->self)->units[subject->unit];
  for (guint32 bed = unit->first_bed; bed < unit->first_bed + unit->n_beds; bed++)
    {
      const BedBedRow *row = broker_register_peek_bed (subject->self, bed);
      if ((row->flags & BED_FLAG_IN_EFFECT) && row->occupancy != BED_OCCUPANCY_UNKNOWN)
        confirm_bed (subject, broker_register_touch_bed (subject->self, bed));
    }
}

static void
set_place (const Subject *subject, BedReferralRow *row)
{
  const BedFacts *facts = subject->facts;
  const BedTable *table = broker_register_peek_table (subject->self);
  const BedPlaces *places = broker_register_peek_places (subject->self);
  guint32 home = bed_places_find_district (places, facts->home);
  guint32 near = bed_facts_has (facts, BED_FACT_NEAR) ? bed_places_find_district (places, facts->near) : home;
  row->home = home != BED_NONE ? (guint16) home : BED_NONE_16;
  if (near != BED_NONE)
    {
      row->easting = table->districts[near].easting;
      row->northing = table->districts[near].northing;
      row->lap = bed_places_find_nearest_lap (places, row->easting, row->northing);
    }
}

static void
apply_submitted (const Subject *subject)
{
  const BedFacts *facts = subject->facts;
  guint32 index;
  guint source = broker_register_add_source (subject->self, facts->organisation);
  BedReferralRow *row = broker_register_add_referral (subject->self, facts->referral, &index);
  row->must = facts->must;
  row->must_not = facts->must_not;
  row->prefer = facts->prefer;
  row->submitted_at_us = row->since_us = subject->event->at_us;
  row->ready_at_us = facts->ready_at_us;
  row->source = (guint16) source;
  row->state = BED_STATE_WAITING;
  row->lane = facts->lane;
  row->pathway = facts->pathway;
  row->type = facts->type;
  row->sex = facts->sex;
  row->age_band = facts->age_band;
  row->agreed = facts->agreed;
  set_place (subject, row);
  broker_derive_referral_due (subject->self, index);
}

/* A hold, or an acceptance in the same act: the event's state says which. */
static void
apply_placed (const Subject *subject)
{
  const BedFacts *facts = subject->facts;
  gboolean is_held = facts->state == BED_STATE_HELD;
  BedReferralRow *row = set_state (subject, facts->state);
  row->bed = subject->bed;
  row->until_us = is_held ? facts->until_us : 0;
  row->hold_min = (guint16) facts->minutes;
  row->flags |= BED_REFERRAL_HELD_ONCE;
  row->offer_bed = BED_NONE;
  row->offer_metres = 0;

  BedBedRow *bed = broker_register_touch_bed (subject->self, subject->bed);
  bed->commitment = is_held ? BED_COMMITMENT_HELD : BED_COMMITMENT_ACCEPTED;
  bed->referral = subject->referral;
  bed->until_us = row->until_us;
  bed->hold_min = is_held ? row->hold_min : 0;
}

static void
apply_released (const Subject *subject)
{
  release (subject);
}

static void
apply_accepted (const Subject *subject)
{
  BedReferralRow *row = set_state (subject, BED_STATE_ACCEPTED);
  row->until_us = 0;
  BedBedRow *bed = broker_register_touch_bed (subject->self, row->bed);
  bed->commitment = BED_COMMITMENT_ACCEPTED;
  bed->until_us = 0;
  bed->hold_min = 0;
}

static void
apply_arrived (const Subject *subject)
{
  BedReferralRow *row = set_state (subject, BED_STATE_ARRIVED);
  BedBedRow *bed = broker_register_touch_bed (subject->self, row->bed);
  bed->commitment = BED_COMMITMENT_NONE;
  bed->occupancy = BED_OCCUPANCY_OCCUPIED;
  confirm_bed (subject, bed);
}

static void
apply_left (const Subject *subject)
{
  BedReferralRow *row = set_state (subject, BED_STATE_LEFT);
  BedBedRow *bed = broker_register_touch_bed (subject->self, row->bed);
  bed->occupancy = BED_OCCUPANCY_VACANT;
  bed->readiness = BED_READINESS_DIRTY;
  bed->referral = BED_NONE;
  bed->expected_free_us = 0;
  confirm_bed (subject, bed);
  broker_register_close_referral (subject->self, subject->referral);
}

static void
apply_staled (const Subject *subject)
{
  const BedUnit *unit = &broker_register_peek_table (subject->self)->units[subject->unit];
  for (guint32 bed = unit->first_bed; bed < unit->first_bed + unit->n_beds; bed++)
    {
      const BedBedRow *row = broker_register_peek_bed (subject->self, bed);
      if ((row->flags & BED_FLAG_IN_EFFECT) && row->occupancy != BED_OCCUPANCY_UNKNOWN
          && broker_register_get_fresh_until (subject->self, bed) <= subject->event->at_us)
        broker_register_touch_bed (subject->self, bed)->flags |= BED_FLAG_STALE;
    }
}

static void
apply_breached (const Subject *subject)
{
  BedReferralRow *row = broker_register_touch_referral (subject->self, subject->referral);
  row->breached = (guint16) (row->breached | 1u << subject->facts->clock);
}

static void
apply_offered (const Subject *subject)
{
  BedReferralRow *row = broker_register_touch_referral (subject->self, subject->referral);
  row->offer_bed = subject->bed;
  row->offer_metres = subject->facts->metres;
}

static void
apply_effected (const Subject *subject)
{
  const BedUnit *unit = &broker_register_peek_table (subject->self)->units[subject->unit];
  for (guint32 bed = unit->first_bed; bed < unit->first_bed + unit->n_beds; bed++)
    {
      const BedBedRow *row = broker_register_peek_bed (subject->self, bed);
      gboolean is_now = broker_derive_in_effect (subject->self->rows, bed, subject->event->at_us);
      if (is_now != ((row->flags & BED_FLAG_IN_EFFECT) != 0))
        broker_register_touch_bed (subject->self, bed)->flags ^= BED_FLAG_IN_EFFECT;
    }
}

static void
apply_quarter (const Subject *subject)
{
  const BedTable *table = broker_register_peek_table (subject->self);
  for (guint32 lap = 0; lap < table->sizes.laps; lap++)
    {
      BedHistory totals = { .revision = subject->event->revision,
                            .at_us = subject->event->at_us,
                            .lap = (guint16) lap };
      broker_derive_totals (subject->self, lap, &totals);
      g_array_append_val (subject->self->new_history, totals);
    }
}

typedef struct
{
  void (*apply) (const Subject *subject);
  guint64 needs; /* facts that the event must name */
  gboolean is_news; /* shown in the ticker */
} Application;

#define FACT(name) (G_GUINT64_CONSTANT (1) << BED_FACT_##name)

static const Application applications[BED_N_EVENTS] = {
  [BED_EVENT_BED_REPORTED] = { apply_reported, FACT (BED), TRUE },
  [BED_EVENT_BED_CLOSED] = { apply_closed, FACT (BED) | FACT (CLOSURE), TRUE },
  [BED_EVENT_BED_OPENED] = { apply_opened, FACT (BED), TRUE },
  [BED_EVENT_UNIT_CONFIRMED] = { apply_confirmed, FACT (UNIT), TRUE },
  [BED_EVENT_REFERRAL_SUBMITTED] = { apply_submitted, FACT (ORGANISATION) | FACT (HOME), FALSE },
  [BED_EVENT_PLACED] = { apply_placed, FACT (BED) | FACT (REFERRAL) | FACT (STATE), TRUE },
  [BED_EVENT_HOLD_TAKEN] = { apply_placed, FACT (BED) | FACT (REFERRAL) | FACT (STATE) | FACT (UNTIL), TRUE },
  [BED_EVENT_HOLD_RELEASED] = { apply_released, FACT (REFERRAL), TRUE },
  [BED_EVENT_ACCEPTED] = { apply_accepted, FACT (REFERRAL), TRUE },
  [BED_EVENT_ARRIVED] = { apply_arrived, FACT (REFERRAL) | FACT (BED), TRUE },
  [BED_EVENT_LEFT] = { apply_left, FACT (REFERRAL), TRUE },
  [BED_EVENT_HOLD_EXPIRED] = { apply_released, FACT (REFERRAL), TRUE },
  [BED_EVENT_UNIT_STALED] = { apply_staled, FACT (UNIT), FALSE },
  [BED_EVENT_CLOCK_BREACHED] = { apply_breached, FACT (REFERRAL) | FACT (CLOCK), FALSE },
  [BED_EVENT_OFFER_MADE] = { apply_offered, FACT (REFERRAL), FALSE },
  [BED_EVENT_UNIT_EFFECTED] = { apply_effected, FACT (UNIT), FALSE },
  [BED_EVENT_QUARTER_PASSED] = { apply_quarter, 0, FALSE },
};

/* Events after which a referral holds or stays in the bed that its row names. */
static gboolean
needs_a_bed (BedEventKind kind)
{
  return kind == BED_EVENT_ACCEPTED || kind == BED_EVENT_ARRIVED || kind == BED_EVENT_LEFT;
}

static gboolean
resolve (Subject *subject, const Application *application, GError **error)
{
  const BedFacts *facts = subject->facts;
  const BedPlaces *places = broker_register_peek_places (subject->self);
  gboolean is_known = application->apply != NULL && places != NULL
                      && (facts->has & application->needs) == application->needs;
  subject->unit = subject->bed = subject->referral = BED_NONE;
  if (is_known && bed_facts_has (facts, BED_FACT_BED))
    is_known = (subject->bed = bed_places_find_bed (places, facts->bed)) != BED_NONE;
  if (is_known && bed_facts_has (facts, BED_FACT_UNIT))
    is_known = (subject->unit = bed_places_find_unit (places, facts->unit)) != BED_NONE;
  if (is_known && subject->event->kind == BED_EVENT_REFERRAL_SUBMITTED)
    is_known = facts->referral[0] != '\0' && broker_register_get_n_referrals (subject->self) < BED_MAX_REFERRALS
               && broker_register_get_n_sources (subject->self) < BED_MAX_SOURCES
               && broker_register_find_referral (subject->self, facts->referral) == BED_NONE;
  else if (is_known && bed_facts_has (facts, BED_FACT_REFERRAL))
    {
      subject->referral = broker_register_find_referral (subject->self, facts->referral);
      is_known = subject->referral != BED_NONE;
    }
  if (is_known && needs_a_bed (subject->event->kind))
    is_known = broker_register_peek_referral (subject->self, subject->referral)->bed != BED_NONE;
  if (!is_known)
    g_set_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE, "event %" G_GUINT64_FORMAT " (%s) does not fit the register",
                 subject->event->revision, bed_event_word (subject->event->kind));
  return is_known;
}

/* The unit whose rows an event touches: named, of the named bed, or of the referral's bed. */
static guint32
find_unit (const Subject *subject)
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
tell_news (const Subject *subject, guint32 unit, guint32 bed, guint8 display_before)
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

/* An import replaces the reference and keeps every row by id. */
static gboolean
apply_import (BrokerRegister *self, const BedEvent *event, GError **error)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  BrokerRows *old = self->rows;
  BrokerReference *reference
      = event->facts.files != NULL ? broker_reference_parse (event->facts.files, old->reference, faults) : NULL;
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
  broker_rows_carry_over (old, rows, event->revision, event->at_us);
  self->rows = rows;
  self->replaced = old;
  self->revision = event->revision;
  self->at_us = event->at_us;
  broker_register_index (self);
  return TRUE;
}

gboolean
broker_register_apply (BrokerRegister *self, const BedEvent *event, GError **error)
{
  Subject subject = { .self = self, .event = event, .facts = &event->facts };
  if (event->revision != self->revision + 1 || event->kind >= BED_N_EVENTS)
    {
      g_set_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE, "event %" G_GUINT64_FORMAT " does not follow revision %" G_GUINT64_FORMAT,
                   event->revision, self->revision);
      return FALSE;
    }
  if (event->kind == BED_EVENT_IMPORTED)
    return apply_import (self, event, error);

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
  application->apply (&subject);
  if (subject.referral != BED_NONE)
    broker_derive_referral_due (self, subject.referral);
  if (unit != BED_NONE && event->kind != BED_EVENT_OFFER_MADE)
    broker_derive_unit (self, unit);
  if (application->is_news && unit != BED_NONE)
    tell_news (&subject, unit, bed, display_before);
  return TRUE;
}
