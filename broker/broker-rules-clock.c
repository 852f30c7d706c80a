/* broker-rules-clock.c: what the broker's own clock may say, and what it has to say next.
 *
 * Pure: time is an argument. Each of its commands is checked like anybody's, so that a clock that is
 * told twice, late or out of order changes nothing twice.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-rules-asks.h"

#include "common/bed-rows.h"

#include <string.h>

gboolean
broker_rule_expire (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  gint64 until_us = ask->referral_row->until_us; /* 0: somebody accepted, whose bed nothing ends */
  return (until_us != 0 && until_us <= ask->now_us) || broker_refuse (refusal, BED_ERROR_WRONG_STATE, "until");
}

static gboolean
is_breach_due (guint clock, const BedReferralRow *row, gint64 now_us)
{
  gint64 due_us;
  return !bed_clock_lapses (clock) && !(row->breached >> clock & 1) && bed_clock_get_due (clock, row, &due_us)
         && due_us <= now_us;
}

static gboolean
is_turnaround_due (const BedBedRow *row, gint64 now_us)
{
  gint64 due_us, amber_us;
  return !(row->flags & BED_FLAG_OVERDUE) && bed_clock_get_turnaround (row, &due_us, &amber_us) && due_us <= now_us;
}

/* Of a person, or of a bed: its turnaround. */
gboolean
broker_rule_breach (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  gboolean is_due = FALSE;
  if (ask->referral_row != NULL)
    is_due = is_breach_due (ask->facts->clock, ask->referral_row, ask->now_us);
  else if (ask->bed_row != NULL && ask->facts->clock == BED_CLOCK_TURNAROUND)
    is_due = is_turnaround_due (ask->bed_row, ask->now_us);
  return is_due || broker_refuse (refusal, BED_ERROR_WRONG_STATE, "clock");
}

gboolean
broker_rule_stale (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return broker_register_find_stale_due (ask->reg, ask->unit) <= ask->now_us
         || broker_refuse (refusal, BED_ERROR_WRONG_STATE, "unit");
}

gboolean
broker_rule_effect (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return broker_register_find_effect_due (ask->reg, ask->unit) <= ask->now_us
         || broker_refuse (refusal, BED_ERROR_WRONG_STATE, "unit");
}

gboolean
broker_rule_quarter (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return TRUE;
}

/* Named by its code alone: its row may be somebody else's by now. */
gboolean
broker_rule_erase (const BrokerAsk *ask, BedFacts *decided, BrokerRefusal *refusal)
{
  return broker_register_find_erasure (ask->reg, ask->facts->referral) <= ask->now_us
         || broker_refuse (refusal, BED_ERROR_WRONG_STATE, "referral");
}

static void
set_turnaround_breach (const BrokerRegister *reg, guint32 bed, BedCommand *command)
{
  command->method = BED_METHOD_CLOCK_BREACH;
  command->facts.clock = BED_CLOCK_TURNAROUND;
  bed_facts_set (&command->facts, BED_FACT_CLOCK);
  g_strlcpy (command->facts.bed, broker_register_peek_table (reg)->beds[bed].id, sizeof command->facts.bed);
  bed_facts_set (&command->facts, BED_FACT_BED);
}

static void
set_unit_command (const BrokerRegister *reg, guint32 unit, gint64 now_us, BedCommand *command)
{
  const BedUnit *record = &broker_register_peek_table (reg)->units[unit];
  gboolean is_effect = broker_register_find_effect_due (reg, unit) <= now_us;
  guint32 overdue;
  if (!is_effect && broker_register_find_turnaround_due (reg, unit, &overdue) <= now_us)
    {
      set_turnaround_breach (reg, overdue, command);
      return;
    }
  command->method = is_effect ? BED_METHOD_UNIT_EFFECT : BED_METHOD_UNIT_STALE;
  g_strlcpy (command->facts.unit, record->id, sizeof command->facts.unit);
  bed_facts_set (&command->facts, BED_FACT_UNIT);
}

static gboolean
is_bed_kept_too_long (const BedReferralRow *row, gint64 now_us)
{
  return (row->state == BED_STATE_HELD || row->state == BED_STATE_ACCEPTED) && row->until_us != 0
         && row->until_us <= now_us;
}

static gboolean
has_offer_lapsed (const BedReferralRow *row, gint64 now_us)
{
  return row->state == BED_STATE_WAITING && row->offer_bed != BED_NONE
         && row->offered_at_us + BROKER_OFFER_LAPSES_US <= now_us;
}

/* Something is due, so it is a person's last one's if it is none of the others'. */
static void
set_breach (const BedReferralRow *row, gint64 now_us, BedCommand *command)
{
  guint clock = 0;
  while (clock < BED_CLOCK_EPISODE && !is_breach_due (clock, row, now_us))
    clock++;
  command->method = BED_METHOD_CLOCK_BREACH;
  command->facts.clock = (guint8) clock;
  bed_facts_set (&command->facts, BED_FACT_CLOCK);
}

static void
set_referral_command (const BedReferralRow *row, gint64 now_us, BedCommand *command)
{
  if (is_bed_kept_too_long (row, now_us))
    command->method = BED_METHOD_HOLD_EXPIRE;
  else if (has_offer_lapsed (row, now_us))
    command->method = BED_METHOD_OFFER_MAKE;
  else
    set_breach (row, now_us, command);
  memcpy (command->facts.referral, row->code, sizeof row->code);
  bed_facts_set (&command->facts, BED_FACT_REFERRAL);
}

/* Nobody waits for it: it comes after everything that changes what is shown. */
static gboolean
find_erasure_due (const BrokerRegister *reg, gint64 now_us, BedCommand *command)
{
  gint64 at_us;
  char code[BED_CODE_SIZE];
  if (!broker_register_peek_erasure (reg, &at_us, code) || at_us > now_us)
    return FALSE;
  *command = (BedCommand) { .method = BED_METHOD_PROFILE_ERASE,
                            .actor = { .user = "clock", .role = BED_ROLE_CLOCK } };
  memcpy (command->facts.referral, code, sizeof code);
  bed_facts_set (&command->facts, BED_FACT_REFERRAL);
  bed_command_sign (command);
  return TRUE;
}

gboolean
broker_rules_next_due (const BrokerRegister *reg, gint64 now_us, BedCommand *command)
{
  gint64 at_us;
  BedKind kind;
  guint32 index;
  if (!broker_register_peek_due (reg, &at_us, &kind, &index) || at_us > now_us)
    return find_erasure_due (reg, now_us, command);
  *command = (BedCommand) { .actor = { .user = "clock", .role = BED_ROLE_CLOCK } };
  if (kind == BED_KIND_UNIT)
    set_unit_command (reg, index, now_us, command);
  else
    set_referral_command (broker_register_peek_referral (reg, index), now_us, command);
  bed_command_sign (command);
  return TRUE;
}
