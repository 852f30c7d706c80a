/* broker-rules-service.c: the rules of what is in service: closing and opening, surge, staff, and a
 * unit's own rules.
 *
 * Pure. Closing takes no heed of who is inside or coming: what becomes of them is said where the
 * event is applied. Several beds are closed or opened in one act if there is anything left to do.
 * Nothing can fail but the asking.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-rules-asks.h"

#define WHOLE_UNIT 0 /* instead of a bay's number */

/* The beds in effect of a unit or of one of its bays. */
typedef struct
{
  guint32 n;
  guint32 closed;
  guint32 closed_with_unit;
  guint32 surge_shut;
} Census;

static Census
count_beds (const BrokerAsk *ask, guint32 bay)
{
  const BedTable *table = broker_register_peek_table (ask->reg);
  const BedUnit *unit = ask->unit_record;
  Census census = { 0 };
  for (guint32 bed = unit->first_bed; bed < unit->first_bed + unit->n_beds; bed++)
    {
      const BedBedRow *row = broker_register_peek_bed (ask->reg, bed);
      if (!(row->flags & BED_FLAG_IN_EFFECT) || (bay != WHOLE_UNIT && table->beds[bed].bay != bay))
        continue;
      gboolean is_closed = row->service == BED_SERVICE_CLOSED;
      census.n++;
      census.closed += is_closed;
      census.closed_with_unit += is_closed && row->closed_reason == ask->unit_row->closed_reason;
      census.surge_shut += row->service == BED_SERVICE_SURGE_SHUT;
    }
  return census;
}

/* An end, if one is named, lies ahead. */
static gboolean
check_until (const BrokerAsk *ask, BrokerRefusal *refusal)
{
  return !bed_facts_has (ask->facts, BED_FACT_UNTIL) || ask->facts->until_us > ask->now_us
         || broker_refuse (refusal, BED_ERROR_BAD_VALUE, "until");
}

static gboolean
check_service (gboolean is_right, BrokerRefusal *refusal)
{
  return is_right || broker_refuse (refusal, BED_ERROR_WRONG_STATE, "service");
}

gboolean
broker_rule_close (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return check_service (ask->bed_row->service != BED_SERVICE_CLOSED, refusal) && check_until (ask, refusal);
}

gboolean
broker_rule_open (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return check_service (ask->bed_row->service == BED_SERVICE_CLOSED, refusal);
}

gboolean
broker_rule_bay_close (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  Census census = count_beds (ask, ask->facts->bay);
  if (census.n == 0)
    return broker_refuse (refusal, BED_ERROR_BAD_VALUE, "bay");
  return check_service (census.closed < census.n, refusal) && check_until (ask, refusal);
}

gboolean
broker_rule_bay_open (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  Census census = count_beds (ask, ask->facts->bay);
  if (census.n == 0)
    return broker_refuse (refusal, BED_ERROR_BAD_VALUE, "bay");
  return check_service (census.closed > 0, refusal);
}

gboolean
broker_rule_unit_close (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  Census census = count_beds (ask, WHOLE_UNIT);
  return check_service (census.closed < census.n, refusal) && check_until (ask, refusal);
}

/* Only what was closed with the unit: a bed that is broken besides stays closed. */
gboolean
broker_rule_unit_open (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return check_service (count_beds (ask, WHOLE_UNIT).closed_with_unit > 0, refusal);
}

static gboolean
is_of_places (const BrokerAsk *ask)
{
  const BedTable *table = broker_register_peek_table (ask->reg);
  const BedUnit *unit = ask->unit_record;
  for (guint32 bed = unit->first_bed; bed < unit->first_bed + unit->n_beds; bed++)
    if (!(BED_PLACE_TYPES >> table->beds[bed].type & 1))
      return FALSE;
  return TRUE;
}

/* How many can be looked after: of beds it is the staff, of places without a bed the capacity. */
static gboolean
check_cap (const BrokerAsk *ask, guint32 cap, gboolean is_right_kind, BedFact fact, BrokerRefusal *refusal)
{
  if (!is_right_kind)
    return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "unit");
  if (cap > ask->unit_record->n_beds)
    return broker_refuse (refusal, BED_ERROR_BAD_VALUE, bed_fact_word (fact));
  return check_until (ask, refusal);
}

gboolean
broker_rule_staff (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return check_cap (ask, ask->facts->staffed_cap, !is_of_places (ask), BED_FACT_STAFFED_CAP, refusal);
}

gboolean
broker_rule_capacity (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return check_cap (ask, ask->facts->capacity, is_of_places (ask), BED_FACT_CAPACITY, refusal);
}

gboolean
broker_rule_unit_rules (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return ask->facts->rules.has != 0 || broker_refuse (refusal, BED_ERROR_BAD_VALUE, "rules");
}

/* A coordinator asks for beds; the owner answers by opening them, one by one. Asked again, it is the
 * new number that is asked for. */
gboolean
broker_rule_surge_ask (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  Census census = count_beds (ask, WHOLE_UNIT);
  if (!check_service (census.surge_shut > 0, refusal))
    return FALSE;
  if (ask->facts->beds > census.surge_shut)
    return broker_refuse (refusal, BED_ERROR_BAD_VALUE, "beds");
  return check_until (ask, refusal);
}

/* Surge always ends: the owner says when. */
gboolean
broker_rule_surge_open (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  if (!check_service (ask->bed_row->service == BED_SERVICE_SURGE_SHUT, refusal))
    return FALSE;
  if (!bed_facts_has (ask->facts, BED_FACT_UNTIL))
    return broker_refuse (refusal, BED_ERROR_BAD_VALUE, "until");
  return check_until (ask, refusal);
}

gboolean
broker_rule_surge_shut (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return check_service (ask->bed_row->service == BED_SERVICE_SURGE_OPEN, refusal);
}
