/* broker-states-checks.c: what must agree in a state, so that the rules hold of it from its first moment.
 *
 * These are the invariants that events keep: who has which bed and in which state, what a closed bed has,
 * who is a couple. A line that has a fault already concludes nothing, nor does anything that names it.
 * Owns nothing; what can fail is the files, and that is told.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-states-core.h"

#define STATE(name) (1u << BED_STATE_##name)
#define IN_A_BED (STATE (ARRIVED) | STATE (THERAPY_STARTED) | STATE (READY_TO_LEAVE) | STATE (DIED))
#define WITH_A_BED (STATE (HELD) | STATE (ACCEPTED) | STATE (IN_TRANSIT) | IN_A_BED)
#define ENDED (STATE (LEFT) | STATE (REDIRECTED) | STATE (WITHDRAWN))

typedef struct
{
  const BrokerStatesReading *reading;
  const BrokerStates *states;
} Check;

static void G_GNUC_PRINTF (5, 6)
tell (const Check *check, BrokerFile file, const BrokerLine *line, const char *column, const char *format, ...)
{
  g_autofree char *reason = NULL;
  va_list arguments;

  va_start (arguments, format);
  reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  broker_faults_add (check->reading->faults, file, line->line, column, "%s", reason);
}

/* Units. */

static void
check_units (const Check *check)
{
  for (guint32 unit = 0; unit < check->reading->reference->sizes.units; unit++)
    {
      const guint32 nth = check->reading->unit_lines[unit];
      const BrokerUnitStateLine *line
          = nth != 0 ? STATE_LINE (check->reading, BROKER_FILE_UNIT_STATES, BrokerUnitStateLine, nth - 1) : NULL;
      const guint32 n_beds = check->reading->reference->units[unit].n_beds;

      if (line == NULL || line->line.bad != 0)
        continue;
      if ((line->row.surge_asked != 0) != (line->terms.surge_asked_until_us != 0))
        tell (check, BROKER_FILE_UNIT_STATES, &line->line, "surge_asked_until",
              "must be given while surge is asked for, and only then");
      if (line->row.staffed_cap > n_beds)
        tell (check, BROKER_FILE_UNIT_STATES, &line->line, "staffed_cap", "%u, but the unit has %u beds in beds.csv",
              line->row.staffed_cap, n_beds);
    }
}

/* Beds. */

static void
check_service (const Check *check, const BrokerBedStateLine *line, gboolean is_surge)
{
  const BedBedRow *row = &line->row;
  const gboolean is_closed = row->service == BED_SERVICE_CLOSED;
  const gboolean is_surge_open = row->service == BED_SERVICE_SURGE_OPEN;
  const BrokerFile file = BROKER_FILE_BED_STATES;

  if (is_closed != (row->closed_reason != BED_CLOSURE_NONE))
    tell (check, file, &line->line, "closed_reason", "a bed has a reason while it is closed, and only then");
  if (!is_closed && line->terms.closed_until_us != 0)
    tell (check, file, &line->line, "closed_until", "must be empty unless the bed is closed");
  if (!is_surge && (is_surge_open || row->service == BED_SERVICE_SURGE_SHUT))
    tell (check, file, &line->line, "service", "'%s' is no surge bed in beds.csv", line->bed);
  if (is_surge_open && line->terms.surge_until_us == 0)
    tell (check, file, &line->line, "surge_until", "must not be empty while a surge bed is open");
  if (line->terms.surge_until_us != 0 && (!is_surge || (!is_closed && !is_surge_open)))
    tell (check, file, &line->line, "surge_until", "must be empty unless a surge bed is open, or closed while it was");
}

/* The states in which a person's bed has that commitment. */
static guint
get_states (BedCommitment commitment)
{
  switch (commitment)
    {
    case BED_COMMITMENT_NONE:
      return IN_A_BED;
    case BED_COMMITMENT_HELD:
      return STATE (HELD);
    case BED_COMMITMENT_ACCEPTED:
      return STATE (ACCEPTED);
    case BED_COMMITMENT_IN_TRANSIT:
      return STATE (IN_TRANSIT);
    case BED_COMMITMENT_N:
      break;
    }
  return 0;
}

static void
check_person_of_bed (const Check *check, const BrokerBedStateLine *line, guint32 bed)
{
  const BedBedRow *row = &check->states->beds[bed];
  const BedReferralRow *person;
  const BrokerReferralLine *person_line;

  if (row->referral == BED_NONE)
    return;
  person = &g_array_index (check->states->referrals, BedReferralRow, row->referral);
  person_line = STATE_LINE (check->reading, BROKER_FILE_REFERRALS, BrokerReferralLine, row->referral);
  if (person_line->line.bad != 0)
    return;
  if (person->bed != bed)
    tell (check, BROKER_FILE_BED_STATES, &line->line, "referral", "'%s' has %s in referrals.csv", line->referral,
          person->bed != BED_NONE ? "another bed" : "no bed");
  else if ((get_states ((BedCommitment) row->commitment) >> person->state & 1) == 0
           || (person->flags & BED_REFERRAL_CLOSED) != 0)
    tell (check, BROKER_FILE_BED_STATES, &line->line, "commitment", "does not go with '%s' being %s", line->referral,
          bed_words_print (&bed_state_words, person->state));
}

static void
check_turnaround (const Check *check, const BrokerBedStateLine *line)
{
  const BedBedRow *row = &line->row;
  const gboolean is_a_stay = row->occupancy == BED_OCCUPANCY_OCCUPIED || row->occupancy == BED_OCCUPANCY_ON_LEAVE;
  const gboolean is_to_clean = row->occupancy == BED_OCCUPANCY_VACANT && row->readiness != BED_READINESS_READY;
  const BrokerFile file = BROKER_FILE_BED_STATES;

  if (row->expected_free_us != 0 && !is_a_stay)
    tell (check, file, &line->line, "expected_free_at", "must be empty unless somebody is in the bed");
  if (line->left_us != 0 && !is_to_clean)
    tell (check, file, &line->line, "left_at", "must be empty unless the bed is vacant and not ready");
  if (line->overdue && line->left_us == 0)
    tell (check, file, &line->line, "overdue", "must be no unless left_at is given");
}

static void
check_bed (const Check *check, const BrokerBedStateLine *line, guint32 bed)
{
  const BedBedRow *row = &line->row;
  const gboolean is_vacant = row->occupancy == BED_OCCUPANCY_VACANT;
  const gboolean is_committed = row->commitment != BED_COMMITMENT_NONE;
  const gboolean has_person = broker_states_is_given (&line->line, BROKER_FILE_BED_STATES, "referral");
  const BrokerFile file = BROKER_FILE_BED_STATES;

  check_service (check, line, check->reading->reference->beds[bed].is_surge != 0);
  check_turnaround (check, line);
  if (line->infection != BED_INFECTION_NONE && row->isolation == BED_ISOLATION_NONE)
    tell (check, file, &line->line, "infection", "must be none while the bed is not isolated");
  if (is_committed && !has_person)
    tell (check, file, &line->line, "referral", "must not be empty while the bed is %s",
          bed_words_print (&bed_commitment_words, row->commitment));
  if (is_committed && !is_vacant)
    tell (check, file, &line->line, "occupancy", "must be vacant while the bed is %s",
          bed_words_print (&bed_commitment_words, row->commitment));
  if (!is_committed && has_person && row->occupancy != BED_OCCUPANCY_OCCUPIED && row->occupancy != BED_OCCUPANCY_ON_LEAVE)
    tell (check, file, &line->line, "occupancy", "must be occupied or on_leave while '%s' stays there", line->referral);
  if (line->terms.free_since_us != 0 && (!is_vacant || is_committed))
    tell (check, file, &line->line, "free_since", "must be empty unless the bed is free");
  check_person_of_bed (check, line, bed);
}

static void
check_beds (const Check *check)
{
  for (guint32 bed = 0; bed < check->reading->reference->sizes.beds; bed++)
    {
      const guint32 nth = check->reading->bed_lines[bed];
      const BrokerBedStateLine *line
          = nth != 0 ? STATE_LINE (check->reading, BROKER_FILE_BED_STATES, BrokerBedStateLine, nth - 1) : NULL;

      if (line != NULL && line->line.bad == 0)
        check_bed (check, line, bed);
    }
}

/* People. */

/* Open, or left for another such bed, and nothing else. */
static void
check_end (const Check *check, const BrokerReferralLine *line)
{
  const BedReferralRow *row = &line->row;
  const gboolean is_closed = (line->marks & BED_REFERRAL_CLOSED) != 0;
  const gboolean has_ended = (ENDED >> row->state & 1) != 0;
  const BrokerFile file = BROKER_FILE_REFERRALS;

  if (is_closed && (row->state != BED_STATE_LEFT || row->left_to != BED_OUTCOME_OTHER_IIC_BED + 1))
    tell (check, file, &line->line, "marks", "of the closed only who has left to other_iic_bed is carried");
  if (!is_closed && has_ended)
    tell (check, file, &line->line, "state", "who is %s is closed", bed_words_print (&bed_state_words, row->state));
  if (row->left_to != 0 && row->state != BED_STATE_LEFT)
    tell (check, file, &line->line, "left_to", "must be empty unless they have left");
  if ((row->state == BED_STATE_PAUSED) != (row->paused_for != 0))
    tell (check, file, &line->line, "paused_for", "must be given while paused, and only then");
}

static void
check_bed_of_person (const Check *check, const BrokerReferralLine *line, guint32 referral)
{
  const BedReferralRow *row = &g_array_index (check->states->referrals, BedReferralRow, referral);
  const gboolean has_bed = broker_states_is_given (&line->line, BROKER_FILE_REFERRALS, "bed");
  const gboolean wants_bed = (WITH_A_BED >> row->state & 1) != 0;
  const BrokerFile file = BROKER_FILE_REFERRALS;
  guint32 nth;

  if (has_bed != wants_bed)
    tell (check, file, &line->line, "bed", wants_bed ? "must not be empty for who is %s" : "must be empty for who is %s",
          bed_words_print (&bed_state_words, row->state));
  if (!has_bed || !wants_bed || row->bed == BED_NONE)
    return;
  nth = check->reading->bed_lines[row->bed];
  if (nth != 0 && STATE_LINE (check->reading, BROKER_FILE_BED_STATES, BrokerBedStateLine, nth - 1)->line.bad == 0
      && check->states->beds[row->bed].referral == BED_NONE)
    tell (check, file, &line->line, "bed", "'%s' has nobody in bed_states.csv", line->bed);
  else if (nth != 0 && check->states->beds[row->bed].referral != BED_NONE
           && check->states->beds[row->bed].referral != referral)
    tell (check, file, &line->line, "bed", "'%s' is somebody else's in bed_states.csv", line->bed);
}

static void
check_partner (const Check *check, const BrokerReferralLine *line, guint32 referral)
{
  const BedReferralRow *row = &g_array_index (check->states->referrals, BedReferralRow, referral);
  const BrokerReferralLine *partner;

  if (row->linked == BED_NONE)
    return;
  partner = STATE_LINE (check->reading, BROKER_FILE_REFERRALS, BrokerReferralLine, row->linked);
  if (partner->line.bad != 0)
    return;
  if (row->linked == referral || g_array_index (check->states->referrals, BedReferralRow, row->linked).linked != referral)
    tell (check, BROKER_FILE_REFERRALS, &line->line, "linked", "'%s' is not linked with '%s'", line->linked, line->row.code);
}

static void
check_referral (const Check *check, const BrokerReferralLine *line, guint32 referral)
{
  const BedReferralRow *row = &line->row;
  const gboolean is_closed = (line->marks & BED_REFERRAL_CLOSED) != 0;
  const BrokerFile file = BROKER_FILE_REFERRALS;

  check_end (check, line);
  if (row->state == BED_STATE_HELD && row->until_us == 0)
    tell (check, file, &line->line, "until", "must not be empty for who is held");
  if ((IN_A_BED >> row->state & 1) != 0 && row->arrived_at_us == 0)
    tell (check, file, &line->line, "arrived_at", "must not be empty for who is in a bed");
  if (row->state != BED_STATE_WAITING && broker_states_is_given (&line->line, file, "offer_bed"))
    tell (check, file, &line->line, "offer_bed", "must be empty unless they wait");
  if (!is_closed && (ENDED >> row->state & 1) == 0)
    check_bed_of_person (check, line, referral);
  check_partner (check, line, referral);
}

void
broker_states_check (const BrokerStatesReading *reading, const BrokerStates *states)
{
  const Check check = { reading, states };

  check_units (&check);
  for (guint32 i = 0; i < states->referrals->len; i++)
    {
      const BrokerReferralLine *line = STATE_LINE (reading, BROKER_FILE_REFERRALS, BrokerReferralLine, i);

      if (line->line.bad == 0)
        check_referral (&check, line, i);
    }
  check_beds (&check);
}
