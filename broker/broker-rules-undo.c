/* broker-rules-undo.c: taking back one's own command while nothing has been built on it.
 *
 * Pure. The register remembers for a minute what each client's command changed, and whether somebody
 * has changed the same since and not taken it back. What others have taken without touching the same rows is looked at here:
 * a place within the staffed cap, or a bay that is now for the other sex.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-acts.h"
#include "broker-rules-asks.h"

#include <string.h>

/* The row as it was, if the act changed it. */
static const BrokerWas *
find_was (const BrokerAct *act, BedKind kind, guint32 index)
{
  for (guint32 i = 0; i < act->n_rows; i++)
    if (act->rows[i].kind == kind && act->rows[i].index == index)
      return &act->rows[i];
  return NULL;
}

/* Nobody gets a bed promised again that has no staff any more; whoever is in one is in it. */
static gboolean
fits_cap (const BrokerAsk *ask, const BrokerAct *act, guint32 unit)
{
  const BedUnitRow *row = broker_register_peek_unit (ask->reg, unit);
  const BrokerWas *was_unit = find_was (act, BED_KIND_UNIT, unit);
  guint32 cap = was_unit != NULL ? was_unit->before.unit.row.staffed_cap : row->staffed_cap;
  gint64 counted = row->counted;
  gboolean is_promised = FALSE;
  for (guint32 i = 0; i < act->n_rows; i++)
    {
      const BrokerWas *was = &act->rows[i];
      if (was->kind != BED_KIND_BED || broker_register_peek_table (ask->reg)->beds[was->index].unit != unit)
        continue;
      gboolean counts = broker_register_is_counted (broker_register_peek_bed (ask->reg, was->index));
      gboolean counted_before = broker_register_is_counted (&was->before.bed.row);
      counted += counted_before - counts;
      is_promised |= counted_before && !counts && was->before.bed.row.commitment != BED_COMMITMENT_NONE;
    }
  return !is_promised || counted <= cap;
}

static guint8
find_sex (const BrokerAsk *ask, const BrokerAct *act, guint32 referral)
{
  const BrokerWas *was = find_was (act, BED_KIND_REFERRAL, referral);
  return was != NULL ? was->before.referral.sex : broker_register_peek_referral (ask->reg, referral)->sex;
}

/* Somebody comes back to a bed of a shared bay: have people of the other sex been promised it since? */
static gboolean
fits_bay (const BrokerAsk *ask, const BrokerAct *act, const BrokerWas *was)
{
  const BedTable *table = broker_register_peek_table (ask->reg);
  const BedBed *record = &table->beds[was->index];
  const BedUnit *unit = &table->units[record->unit];
  if (was->before.bed.row.referral == BED_NONE || record->bay == 0 || record->bay_sex != BED_BAY_SEX_ANY)
    return TRUE;
  guint8 sex = find_sex (ask, act, was->before.bed.row.referral);
  for (guint32 bed = unit->first_bed; bed < unit->first_bed + unit->n_beds; bed++)
    {
      guint32 other = broker_register_peek_bed (ask->reg, bed)->referral;
      if (table->beds[bed].bay == record->bay && other != BED_NONE && find_was (act, BED_KIND_BED, bed) == NULL
          && broker_register_peek_referral (ask->reg, other)->sex != sex)
        return FALSE;
    }
  return TRUE;
}

static gboolean
fits (const BrokerAsk *ask, const BrokerAct *act)
{
  guint32 last_unit = BED_NONE;
  for (guint32 i = 0; i < act->n_rows; i++)
    {
      const BrokerWas *was = &act->rows[i];
      if (was->kind != BED_KIND_BED)
        continue;
      guint32 unit = broker_register_peek_table (ask->reg)->beds[was->index].unit;
      if ((unit != last_unit && !fits_cap (ask, act, unit)) || !fits_bay (ask, act, was))
        return FALSE;
      last_unit = unit;
    }
  return TRUE;
}

/* Who was changed: somebody, or two. What released more of them was the closing of a unit or a bay, whose
 * own event names none of them either. */
static void
name_people (const BrokerAsk *ask, const BrokerAct *act, BedFacts *decided)
{
  guint n_people = 0;
  for (guint32 i = 0; i < act->n_rows; i++)
    n_people += act->rows[i].kind == BED_KIND_REFERRAL;
  for (guint32 i = 0; n_people <= 2 && i < act->n_rows; i++)
    {
      gboolean is_second = bed_facts_has (decided, BED_FACT_REFERRAL);
      if (act->rows[i].kind != BED_KIND_REFERRAL)
        continue;
      memcpy (is_second ? decided->with : decided->referral,
              broker_register_peek_referral (ask->reg, act->rows[i].index)->code, BED_CODE_SIZE);
      bed_facts_set (decided, is_second ? BED_FACT_WITH : BED_FACT_REFERRAL);
    }
}

/* What it was about, for whoever reads the journal, the ticker or a referral's history: the unit, the
 * bed if it was one, and the person or the couple. */
static void
name_rows (const BrokerAsk *ask, const BrokerAct *act, BedFacts *decided)
{
  const BedTable *table = broker_register_peek_table (ask->reg);
  guint32 unit = BED_NONE, bed = BED_NONE, n_beds = 0;
  for (guint32 i = 0; i < act->n_rows; i++)
    {
      const BrokerWas *was = &act->rows[i];
      if (was->kind == BED_KIND_UNIT)
        unit = was->index;
      else if (was->kind == BED_KIND_BED && n_beds++ == 0)
        unit = table->beds[bed = was->index].unit;
    }
  name_people (ask, act, decided);
  if (unit != BED_NONE)
    {
      g_strlcpy (decided->unit, table->units[unit].id, sizeof decided->unit);
      bed_facts_set (decided, BED_FACT_UNIT);
    }
  if (n_beds == 1)
    {
      g_strlcpy (decided->bed, table->beds[bed].id, sizeof decided->bed);
      bed_facts_set (decided, BED_FACT_BED);
    }
}

gboolean
broker_rule_undo (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  const BrokerAct *act
      = broker_register_find_act (ask->reg, ask->command->actor.user, ask->facts->undoes, ask->now_us);
  if (act == NULL)
    return broker_refuse (refusal, BED_ERROR_BAD_VALUE, "undoes");
  if (!broker_register_act_stands (ask->reg, act) || !fits (ask, act))
    return broker_refuse (refusal, BED_ERROR_WRONG_STATE, "undoes");
  name_rows (ask, act, decided);
  return TRUE;
}
