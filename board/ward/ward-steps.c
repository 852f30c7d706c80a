/* ward-steps.c: from a bed's state, its person and the asker's role to what can be done.
 *
 * Two tables: the step that a display calls for, and for each act the roles and the states in which
 * the register would take it (broker/README.md, Commands). Owns nothing; nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ward-steps.h"

#include "common/bed-time.h"
#include "ward-unit.h"

/* Whose act it is. "Proxy": a coordinator for units that are kept by phone. */
typedef enum
{
  BY_NOBODY,
  BY_HOUSE,     /* unit, owner; proxy */
  BY_ANYBODY,   /* unit, owner, coordinator */
  BY_OWNER,     /* owner; proxy */
  BY_CORRECTOR, /* owner, coordinator */
  BY_ANSWERER,  /* whoever the unit's rule says may accept */
  BY_ASSESSOR   /* its own staff, where it assesses for itself */
} By;

const char *
ward_act_word (WardAct act)
{
  static const char *const words[WARD_N_ACTS] = {
#define X(name, word) [WARD_ACT_##name] = word,
    WARD_ACTS (X)
#undef X
  };

  return words[act];
}

int
ward_act_parse (const char *word)
{
  for (guint act = 0; act < WARD_N_ACTS; act++)
    if (g_str_equal (ward_act_word ((WardAct)act), word))
      return (int)act;
  return -1;
}

/* --- roles --- */

static gboolean
is_house (BedRole role)
{
  return role == BED_ROLE_UNIT || role == BED_ROLE_OWNER;
}

static gboolean
is_phoned (const WardCase *cause)
{
  return cause->role == BED_ROLE_COORDINATOR && cause->unit->is_proxy;
}

static gboolean
may_answer (const WardCase *cause)
{
  switch (cause->unit->accepts)
    {
    case BED_ACCEPTS_UNIT:
      return is_house (cause->role) || is_phoned (cause);
    case BED_ACCEPTS_ASSESSOR:
      return cause->role == BED_ROLE_ASSESSOR || is_phoned (cause);
    case BED_ACCEPTS_LAP:
      return cause->role == BED_ROLE_COORDINATOR;
    case BED_ACCEPTS_N:
      return FALSE;
    }
  return FALSE;
}

static gboolean
may (const WardCase *cause, By by)
{
  switch (by)
    {
    case BY_NOBODY:
      return FALSE;
    case BY_HOUSE:
      return is_house (cause->role) || is_phoned (cause);
    case BY_ANYBODY:
      return is_house (cause->role) || cause->role == BED_ROLE_COORDINATOR;
    case BY_OWNER:
      return cause->role == BED_ROLE_OWNER || is_phoned (cause);
    case BY_CORRECTOR:
      return cause->role == BED_ROLE_OWNER || cause->role == BED_ROLE_COORDINATOR;
    case BY_ANSWERER:
      return may_answer (cause);
    case BY_ASSESSOR:
      return cause->unit->assesses && cause->unit->accepts == BED_ACCEPTS_UNIT
             && (is_house (cause->role) || is_phoned (cause));
    }
  return FALSE;
}

/* --- states --- */

static gboolean
is_in_use (const WardCase *cause)
{
  return cause->bed->occupancy == BED_OCCUPANCY_OCCUPIED || cause->bed->occupancy == BED_OCCUPANCY_ON_LEAVE;
}

static gboolean
is_committed (const WardCase *cause)
{
  return cause->bed->commitment != BED_COMMITMENT_NONE;
}

/* The register knows who is in it. */
static gboolean
is_stay (const WardCase *cause)
{
  return is_in_use (cause) && cause->person != NULL && !is_committed (cause);
}

static gboolean
is_living (const WardCase *cause)
{
  return is_stay (cause) && cause->person->state != BED_STATE_DIED;
}

static gboolean
is_present (const WardCase *cause)
{
  return is_living (cause) && cause->bed->occupancy == BED_OCCUPANCY_OCCUPIED;
}

/* Nobody in it, nobody coming. */
static gboolean
is_idle (const WardCase *cause)
{
  return !is_in_use (cause) && !is_committed (cause) && cause->bed->referral[0] == 0;
}

static gboolean
is_empty (const WardCase *cause)
{
  return is_idle (cause) && cause->bed->occupancy == BED_OCCUPANCY_VACANT;
}

static gboolean
is_on_the_way (const WardCase *cause)
{
  return cause->bed->commitment == BED_COMMITMENT_ACCEPTED || cause->bed->commitment == BED_COMMITMENT_IN_TRANSIT;
}

static gboolean
can_fill (const WardCase *cause)
{
  return !is_in_use (cause) && !is_on_the_way (cause);
}

static gboolean
can_answer (const WardCase *cause)
{
  return cause->bed->commitment == BED_COMMITMENT_HELD && cause->person != NULL;
}

static gboolean
can_assess (const WardCase *cause)
{
  return can_answer (cause) && !cause->person->is_assessing;
}

static gboolean
can_arrive (const WardCase *cause)
{
  return is_on_the_way (cause) && cause->person != NULL;
}

static gboolean
can_depart (const WardCase *cause)
{
  return cause->bed->commitment == BED_COMMITMENT_ACCEPTED && cause->person != NULL;
}

static gboolean
can_expect (const WardCase *cause)
{
  return is_in_use (cause) && !is_committed (cause) && (cause->person == NULL || is_living (cause));
}

static gboolean
can_leave (const WardCase *cause)
{
  return is_stay (cause);
}

static gboolean
can_vacate (const WardCase *cause)
{
  return is_in_use (cause) && !is_committed (cause) && cause->bed->referral[0] == 0;
}

static gboolean
can_come_back (const WardCase *cause)
{
  return is_living (cause) && cause->bed->occupancy == BED_OCCUPANCY_ON_LEAVE;
}

static gboolean
can_come_back_unnamed (const WardCase *cause)
{
  return can_vacate (cause) && cause->bed->occupancy == BED_OCCUPANCY_ON_LEAVE;
}

static gboolean
can_start_clean (const WardCase *cause)
{
  return is_empty (cause)
         && (cause->bed->readiness == BED_READINESS_DIRTY || cause->bed->readiness == BED_READINESS_CONTAMINATED);
}

static gboolean
can_be_ready (const WardCase *cause)
{
  return is_empty (cause) && cause->bed->readiness == BED_READINESS_CLEANING;
}

static gboolean
can_be_contaminated (const WardCase *cause)
{
  return is_empty (cause) && !cause->bed->is_place && cause->bed->readiness != BED_READINESS_CONTAMINATED;
}

static gboolean
can_lift (const WardCase *cause)
{
  return cause->bed->isolation != BED_ISOLATION_NONE;
}

static gboolean
can_isolate (const WardCase *cause)
{
  return !cause->bed->is_place && cause->bed->isolation == BED_ISOLATION_NONE;
}

static gboolean
is_closed (const WardCase *cause)
{
  return cause->bed->service == BED_SERVICE_CLOSED;
}

static gboolean
can_close (const WardCase *cause)
{
  return !is_closed (cause);
}

static gboolean
can_open_surge (const WardCase *cause)
{
  return cause->bed->service == BED_SERVICE_SURGE_SHUT;
}

static gboolean
can_shut_surge (const WardCase *cause)
{
  return cause->bed->service == BED_SERVICE_SURGE_OPEN;
}

static gboolean
is_unknown (const WardCase *cause)
{
  return is_idle (cause) && cause->bed->occupancy == BED_OCCUPANCY_UNKNOWN;
}

static gboolean
is_known (const WardCase *cause)
{
  return cause->bed->occupancy != BED_OCCUPANCY_UNKNOWN;
}

static gboolean
can_start_therapy (const WardCase *cause)
{
  return is_living (cause) && cause->person->state == BED_STATE_ARRIVED;
}

static gboolean
has_equipment (const WardCase *cause)
{
  return cause->bed->features != 0;
}

static gboolean
can_correct (const WardCase *cause)
{
  return !is_committed (cause) && cause->bed->referral[0] == 0;
}

static gboolean
can_confirm (const WardCase *cause)
{
  return TRUE;
}

static const struct
{
  By by;
  gboolean (*can) (const WardCase *cause);
} rules[WARD_N_ACTS] = {
  [WARD_ACT_NOTHING] = { BY_NOBODY, can_confirm },
  [WARD_ACT_FILL] = { BY_HOUSE, can_fill },
  [WARD_ACT_ACCEPT] = { BY_ANSWERER, can_answer },
  [WARD_ACT_ARRIVED] = { BY_HOUSE, can_arrive },
  [WARD_ACT_LEAVING] = { BY_ANYBODY, can_expect },
  [WARD_ACT_MOVE_ON] = { BY_HOUSE, is_living },
  [WARD_ACT_HAS_LEFT] = { BY_HOUSE, can_leave },
  [WARD_ACT_VACATED] = { BY_ANYBODY, can_vacate },
  [WARD_ACT_BACK] = { BY_HOUSE, can_come_back },
  [WARD_ACT_BACK_UNNAMED] = { BY_ANYBODY, can_come_back_unnamed },
  [WARD_ACT_START_CLEAN] = { BY_ANYBODY, can_start_clean },
  [WARD_ACT_READY] = { BY_ANYBODY, can_be_ready },
  [WARD_ACT_LIFT] = { BY_ANYBODY, can_lift },
  [WARD_ACT_REOPEN] = { BY_OWNER, is_closed },
  [WARD_ACT_SURGE_OPEN] = { BY_OWNER, can_open_surge },
  [WARD_ACT_SAY_STATE] = { BY_ANYBODY, is_unknown },
  [WARD_ACT_DECLINE] = { BY_ANSWERER, can_answer },
  [WARD_ACT_ASSESSING] = { BY_ASSESSOR, can_assess },
  [WARD_ACT_DEPARTED] = { BY_ANYBODY, can_depart },
  [WARD_ACT_LATE] = { BY_ANYBODY, can_arrive },
  [WARD_ACT_TURNED_BACK] = { BY_ANYBODY, can_arrive },
  [WARD_ACT_NOT_COMING] = { BY_HOUSE, can_arrive },
  [WARD_ACT_EXPECTED_FREE] = { BY_ANYBODY, can_expect },
  [WARD_ACT_READY_TO_LEAVE] = { BY_HOUSE, is_living },
  [WARD_ACT_THERAPY] = { BY_HOUSE, can_start_therapy },
  [WARD_ACT_TO_HOSPITAL] = { BY_HOUSE, is_present },
  [WARD_ACT_HOME_LEAVE] = { BY_HOUSE, is_present },
  [WARD_ACT_EXTEND] = { BY_ANYBODY, is_living },
  [WARD_ACT_MOVE] = { BY_ANYBODY, is_present },
  [WARD_ACT_DIED] = { BY_ANYBODY, is_living },
  [WARD_ACT_STILL_SO] = { BY_ANYBODY, is_known },
  [WARD_ACT_CONTAMINATED] = { BY_ANYBODY, can_be_contaminated },
  [WARD_ACT_ISOLATE] = { BY_ANYBODY, can_isolate },
  [WARD_ACT_OUT_OF_ORDER] = { BY_OWNER, has_equipment },
  [WARD_ACT_CLOSE] = { BY_OWNER, can_close },
  [WARD_ACT_SURGE_SHUT] = { BY_CORRECTOR, can_shut_surge },
  [WARD_ACT_CORRECT] = { BY_CORRECTOR, can_correct },
  [WARD_ACT_CONFIRM_ALL] = { BY_ANYBODY, can_confirm },
  [WARD_ACT_CLOSE_UNIT] = { BY_OWNER, ward_unit_can_close },
  [WARD_ACT_OPEN_UNIT] = { BY_OWNER, ward_unit_can_open },
  [WARD_ACT_CLOSE_BAY] = { BY_OWNER, ward_unit_can_close_bay },
  [WARD_ACT_OPEN_BAY] = { BY_OWNER, ward_unit_can_open_bay },
  [WARD_ACT_STAFF] = { BY_OWNER, ward_unit_has_beds },
  [WARD_ACT_CAPACITY] = { BY_OWNER, ward_unit_has_places },
  [WARD_ACT_SURGE_BED] = { BY_OWNER, ward_unit_has_surge },
};

gboolean
ward_act_is_of_unit (WardAct act)
{
  return act >= WARD_ACT_CONFIRM_ALL && act < WARD_N_ACTS;
}

gboolean
ward_steps_allow (const WardCase *cause, WardAct act)
{
  if (cause->bed == NULL && !ward_act_is_of_unit (act))
    return FALSE;
  return may (cause, rules[act].by) && rules[act].can (cause);
}

/* --- the next step --- */

static guint
count_days (gint64 from_us, gint64 to_us)
{
  return to_us > from_us ? (guint)((to_us - from_us + BED_DAY_US / 2) / BED_DAY_US) : 0;
}

/* Days are calendar days on site: whoever came yesterday evening is on day 2. */
gboolean
ward_steps_get_day (const WardCase *cause, guint *day, guint *of, gboolean *is_long)
{
  const BoardReferral *person = cause->person;
  const BoardClock *clock;
  guint unit_days;

  if (!is_stay (cause) || person->arrived_us == 0)
    return FALSE;
  clock = &person->clocks[BED_CLOCK_EPISODE];
  unit_days = cause->unit->longest_stay_days != 0 ? cause->unit->longest_stay_days : WARD_LONGEST_STAY_DAYS;
  *day = 1 + count_days (bed_time_find_midnight (person->arrived_us), bed_time_find_midnight (cause->now_us));
  *of = clock->due_us != 0 ? count_days (person->arrived_us, clock->due_us) : unit_days;
  if (*of == 0)
    *of = unit_days;
  if (clock->amber_us != 0)
    *is_long = clock->is_breached || cause->now_us >= clock->amber_us;
  else
    *is_long = cause->now_us - person->arrived_us >= MIN (WARD_AMBER_DAYS, *of) * BED_DAY_US;
  return TRUE;
}

/* Long stays first ask what they wait for; once that is said, the next step is the day of leaving. */
static WardAct
find_next_of_stay (const WardCase *cause)
{
  guint day, of;
  gboolean is_long = FALSE;

  if (cause->person != NULL && cause->person->state == BED_STATE_DIED)
    return WARD_ACT_HAS_LEFT;
  if (is_living (cause) && cause->person->state != BED_STATE_READY_TO_LEAVE
      && ward_steps_get_day (cause, &day, &of, &is_long) && is_long)
    return WARD_ACT_MOVE_ON;
  return WARD_ACT_LEAVING;
}

static WardAct
find_step (const WardCase *cause)
{
  const BoardBed *bed = cause->bed;

  switch (bed->display)
    {
    case BED_DISPLAY_FREE:
      return WARD_ACT_FILL;
    case BED_DISPLAY_HELD:
      return WARD_ACT_ACCEPT;
    case BED_DISPLAY_ACCEPTED:
    case BED_DISPLAY_IN_TRANSIT:
      return WARD_ACT_ARRIVED;
    case BED_DISPLAY_OCCUPIED:
    case BED_DISPLAY_READY_TO_LEAVE:
      return find_next_of_stay (cause);
    case BED_DISPLAY_LEAVING:
      return bed->referral[0] != 0 ? WARD_ACT_HAS_LEFT : WARD_ACT_VACATED;
    case BED_DISPLAY_ON_LEAVE:
      return bed->referral[0] != 0 ? WARD_ACT_BACK : WARD_ACT_BACK_UNNAMED;
    case BED_DISPLAY_CLEANING:
    case BED_DISPLAY_CONTAMINATED:
      return bed->readiness == BED_READINESS_CLEANING ? WARD_ACT_READY : WARD_ACT_START_CLEAN;
    case BED_DISPLAY_ISOLATED:
      return WARD_ACT_LIFT;
    case BED_DISPLAY_CLOSED:
      return WARD_ACT_REOPEN;
    case BED_DISPLAY_SURGE_SHUT:
      return WARD_ACT_SURGE_OPEN;
    case BED_DISPLAY_UNKNOWN:
      return WARD_ACT_SAY_STATE;
    case BED_DISPLAY_N:
      return WARD_ACT_NOTHING;
    }
  return WARD_ACT_NOTHING;
}

WardAct
ward_steps_find_next (const WardCase *cause)
{
  WardAct act = find_step (cause);

  return ward_steps_allow (cause, act) ? act : WARD_ACT_NOTHING;
}
