/* ctl-simulate-causes.c: why a limit was passed, from what has happened to the person and how the
 * beds stand at that moment.
 *
 * A breach has one cause: the first that applies, from what the register did not decide down to
 * what nobody hindered. `unexplained` is a fault of the simulation or of the rules.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ctl-simulate-world.h"

/* The beds that would do, by what keeps them. */
typedef struct
{
  guint n;
  guint outbreak;
  guint closed;
  guint dirty;
  guint stale;
  guint committed;
  guint free;
} Suitable;

static void
count_suitable (const CtlWorld *world, const CtlPerson *person, Suitable *suitable)
{
  GHashTableIter iter;
  gpointer value = NULL;
  g_hash_table_iter_init (&iter, world->beds);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const CtlBed *bed = value;
      if (!ctl_world_suits (bed, person))
        continue;
      gboolean is_vacant = bed->occupancy == BED_OCCUPANCY_VACANT;
      suitable->n++;
      suitable->free += bed->is_offerable;
      suitable->outbreak += is_vacant && bed->closed == BED_CLOSURE_OUTBREAK;
      suitable->closed += is_vacant && bed->service == BED_SERVICE_CLOSED;
      suitable->dirty += is_vacant && bed->service != BED_SERVICE_CLOSED && bed->readiness != BED_READINESS_READY;
      suitable->stale += is_vacant && bed->is_stale && bed->readiness == BED_READINESS_READY;
      suitable->committed += bed->commitment != BED_COMMITMENT_NONE;
    }
}

/* Nobody decides at night: proposals lapse until morning. */
static gboolean
is_desk_asleep (const CtlWorld *world)
{
  static const CtlShift desk = { 9, 20 };
  return !ctl_time_is_within (&desk, ctl_world_read_utc (world));
}

static const char *
explain_beds (const CtlWorld *world, const CtlPerson *person)
{
  Suitable suitable = { 0 };
  count_suitable (world, person, &suitable);
  if (suitable.n == 0)
    return "no_such_bed";
  if (suitable.free == 0)
    return suitable.outbreak > 0 ? "outbreak"
           : suitable.closed > 0 ? "closed"
           : suitable.stale > 0  ? "stale"
           : suitable.dirty > 0  ? "cleaning"
                                 : "no_suitable_bed";
  /* Free, but not for them: another needs it more, its unit takes nobody at this hour or said no. */
  return is_desk_asleep (world) ? "night" : person->n_offered == 0 ? "others_first" : "offer_lapsed";
}

static const char *
explain_start (const CtlWorld *world, const CtlPerson *person)
{
  if (person->state == BED_STATE_TRIAGED)
    return "home_service";
  if (person->state == BED_STATE_SUBMITTED)
    return "not_triaged";
  if (person->n_paused > 0)
    return "paused";
  if (person->n_turned_back > 0)
    return "turned_back";
  if (person->n_cancelled > 0)
    return "cancelled";
  if (person->n_declined > 0)
    return "declined";
  if (person->n_expired > 0)
    return "hold_expired";
  if (person->state == BED_STATE_ACCEPTED || person->state == BED_STATE_IN_TRANSIT)
    return "transport";
  if (person->state == BED_STATE_HELD)
    return person->is_agreed ? "unit_answers" : "not_agreed";
  return person->state == BED_STATE_WAITING ? explain_beds (world, person) : "unexplained";
}

const char *
ctl_causes_explain (const CtlWorld *world, const CtlPerson *person, BedClock clock)
{
  static const CtlShift day = { 7, 20 };
  static const char *const waits[BED_WAITING_FOR_N] = {
#define X(value, word) [value] = "waiting_for_" word,
    BED_WAITING_FORS (X, BED_WAITING_FOR_)
#undef X
  };
  gboolean is_night = !ctl_time_is_within (&day, ctl_world_read_utc (world))
                      || !ctl_time_is_within (&day, person->submitted_us);
  switch (clock)
    {
    case BED_CLOCK_UCR_RESPONSE:
      return person->is_out_of_hours || is_night ? "night" : "crew_busy";
    case BED_CLOCK_TRIAGE:
      return is_night ? "night" : "desk_busy";
    case BED_CLOCK_READY_TO_SERVICE:
    case BED_CLOCK_BED_START:
      return explain_start (world, person);
    case BED_CLOCK_THERAPY:
      return "therapist_busy";
    case BED_CLOCK_CHC_ASSESSMENT:
      return "assessor_busy";
    case BED_CLOCK_EPISODE:
      return person->waiting_for == BED_WAITING_FOR_NONE || person->waiting_for >= BED_WAITING_FOR_N
                 ? "long_stay"
                 : waits[person->waiting_for];
    case BED_CLOCK_HOLD:
    case BED_CLOCK_ARRIVAL:
    case BED_CLOCK_TURNAROUND: /* a bed's */
    case BED_CLOCK_N:
      break;
    }
  return "unexplained";
}
