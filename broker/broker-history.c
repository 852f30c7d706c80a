/* broker-history.c: what may be told of a referral's life, and to whom.
 *
 * Those who place see all of it, also of one that has left the register; an organisation that of its
 * own people. A unit is told what happened while the person was offered to it or stayed there: not
 * who else had them or said no, and nothing of relatives; an assessor likewise, of the units whose yes
 * is theirs. Owns nothing; nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-history.h"

#include <string.h>

/* The register keeps the names of organisations itself: its table has none to ask. */
static gboolean
is_their_own (const BrokerTelling *self, guint32 referral)
{
  const BedReferralRow *row = broker_register_peek_referral (self->reg, referral);
  const char *source = row != NULL ? broker_register_peek_source (self->reg, row->source) : NULL;

  return source != NULL && self->sight.owner[0] != '\0' && strcmp (source, self->sight.owner) == 0
         && (row->flags & BED_REFERRAL_CLOSED) == 0;
}

static gboolean
may_read (const BrokerTelling *self)
{
  guint32 referral = broker_register_find_referral (self->reg, self->code);

  if (self->sight.class == BED_SIGHT_FULL)
    return TRUE;
  if (referral == BED_NONE)
    return FALSE;
  if (self->sight.class == BED_SIGHT_REFERRER)
    return is_their_own (self, referral);
  return self->is_by_bed
         && bed_sight_shows_referral (&self->sight, broker_register_peek_table (self->reg),
                                      broker_register_peek_referral (self->reg, referral));
}

gboolean
broker_telling_begin (BrokerTelling *self, const BrokerRegister *reg, const BedActor *actor, const char *code,
                      BedJson *json)
{
  const BedPlaces *places = broker_register_peek_places (reg);

  *self = (BrokerTelling) { .json = json, .reg = reg };
  g_strlcpy (self->code, code, sizeof self->code);
  self->has_actors = actor->role == BED_ROLE_LOCAL || actor->role == BED_ROLE_COORDINATOR;
  if (actor->role == BED_ROLE_LOCAL)
    return TRUE; /* also before the first import */
  if (places == NULL || !bed_sight_of_actor (actor, places, &self->sight))
    return FALSE;
  self->is_by_bed = bed_sight_is_by_bed (&self->sight);
  return may_read (self);
}

/* The bed that the event gives to this person, perhaps as the other of a couple. */
static const char *
find_bed (const BrokerTelling *self, const BedFacts *facts)
{
  gboolean is_other = bed_facts_has (facts, BED_FACT_OTHER_BED) && strcmp (facts->with, self->code) == 0;
  return is_other ? facts->other_bed : facts->bed;
}

static gboolean
is_their_bed (const BrokerTelling *self, const char *bed)
{
  const BedPlaces *places = broker_register_peek_places (self->reg);
  guint32 index = places != NULL ? bed_places_find_bed (places, bed) : BED_NONE;

  return index != BED_NONE && bed_sight_shows_person_in (&self->sight, broker_register_peek_table (self->reg), index);
}

static gboolean
gives_a_bed (BedEventKind kind)
{
  return kind == BED_EVENT_PLACED || kind == BED_EVENT_HOLD_TAKEN || kind == BED_EVENT_MOVED;
}

static gboolean
takes_it_away (BedEventKind kind)
{
  return kind == BED_EVENT_HOLD_RELEASED || kind == BED_EVENT_HOLD_EXPIRED || kind == BED_EVENT_DECLINED
         || kind == BED_EVENT_CANCELLED || kind == BED_EVENT_TURNED_BACK || kind == BED_EVENT_PAUSED;
}

static gboolean
is_told (BrokerTelling *self, const BedEvent *event)
{
  if (!self->is_by_bed)
    return TRUE;
  if (gives_a_bed (event->kind))
    self->is_with_unit = is_their_bed (self, find_bed (self, &event->facts));
  gboolean is_with_unit = self->is_with_unit;
  if (takes_it_away (event->kind))
    self->is_with_unit = FALSE;
  return is_with_unit && event->kind != BED_EVENT_OFFER_MADE;
}

gboolean
broker_telling_take (const BedEvent *event, gpointer user_data)
{
  BrokerTelling *self = user_data;

  self->n++;
  if (!is_told (self, event))
    return TRUE;
  bed_json_begin_object (self->json);
  bed_json_add_int (self->json, "revision", (gint64) event->revision);
  bed_json_add_time (self->json, "at", event->at_us);
  bed_json_add_string (self->json, "event", bed_event_word (event->kind));
  if (self->has_actors)
    bed_json_add_string (self->json, "actor", event->actor);
  bed_json_add_string (self->json, "role", bed_words_print (&bed_role_words, event->role));
  BedFacts facts = event->facts; /* borrows what it owns: not cleared */
  if (event->is_erased)
    facts.has &= ~(G_GUINT64_CONSTANT (1) << BED_FACT_NEEDS);
  bed_facts_show (&facts, self->json);
  bed_json_end_object (self->json);
  return TRUE;
}
