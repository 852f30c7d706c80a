/* bed-facts.h: what a command asks and what an event states: the members of the language.
 *
 * One flat struct and one table: each member has a name on the wire, a type and the methods that
 * take it. Parsing params, printing an event's body, reading it back and comparing two commands
 * all walk that table, so a member is described once.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bed-error.h"
#include "bed-code.h"
#include "bed-json.h"
#include "bed-words.h"

#include <json-glib/json-glib.h>

typedef enum
{
  BED_FACT_BED,
  BED_FACT_UNIT,
  BED_FACT_REFERRAL,
  BED_FACT_OCCUPANCY,
  BED_FACT_READINESS,
  BED_FACT_ISOLATION,
  BED_FACT_EXPECTED_FREE_AT,
  BED_FACT_SOURCE,       /* of a report: staff, phone */
  BED_FACT_ORGANISATION, /* "source" of a referral */
  BED_FACT_CLOSURE,      /* "reason" of a closure */
  BED_FACT_UNTIL,
  BED_FACT_MINUTES,
  BED_FACT_OVERRIDE,
  BED_FACT_LANE,
  BED_FACT_PATHWAY,
  BED_FACT_TYPE,
  BED_FACT_NEEDS,
  BED_FACT_SEX,
  BED_FACT_AGE_BAND,
  BED_FACT_HOME,
  BED_FACT_NEAR,
  BED_FACT_AGREED,
  BED_FACT_READY_AT,
  BED_FACT_OUTCOME,
  BED_FACT_STATE,  /* events: the referral's state afterwards */
  BED_FACT_METRES, /* events: offer.made */
  BED_FACT_CLOCK,  /* events: clock.breached */
  BED_FACT_FILES,  /* reference.imported: the CSV files */
  BED_FACT_INFECTION, /* of a report: what the bed is isolated for */
  BED_FACT_BAY,       /* number of a bay in its unit */
  BED_FACT_STAFFED_CAP,
  BED_FACT_CAPACITY, /* of a unit of places without beds */
  BED_FACT_BEDS,     /* asked for as surge */
  BED_FACT_RULES,
  BED_FACT_WHY, /* of a fill */
  BED_FACT_SINCE,
  BED_FACT_CORRECTION, /* "reason", as are the other classes of reasons */
  BED_FACT_FEATURE,
  BED_FACT_OUT_UNTIL,
  BED_FACT_HOME_FIRST,
  BED_FACT_WITH,      /* the other of a couple */
  BED_FACT_CONTINUES, /* the referral whose day count goes on */
  BED_FACT_REDIRECT,
  BED_FACT_PAUSE,
  BED_FACT_WITHDRAWAL,
  BED_FACT_ASSESSMENT,
  BED_FACT_RESULT,
  BED_FACT_HOLD_REASON,
  BED_FACT_DECLINE,
  BED_FACT_AT, /* expected to arrive */
  BED_FACT_TRANSPORT,
  BED_FACT_BY,
  BED_FACT_CANCELLATION,
  BED_FACT_AWAY,
  BED_FACT_KEEP_UNTIL,
  BED_FACT_STAY_REASON,
  BED_FACT_WAITING_FOR,
  BED_FACT_UNDOES,    /* the key of the command taken back */
  BED_FACT_OTHER_BED, /* events: the bed of the other of a couple */
  BED_N_FACTS
} BedFact;

/* What a unit lets in, and who says yes: the members of `rules` that are there. */
typedef struct
{
  guint8 has; /* bit BedRule */
  guint8 accepts;
  gboolean weekends;
  gboolean nights;
  gboolean own_assessment;
  guint16 latest_arrival_min; /* after local midnight; 0: no limit ("none") */
  guint16 longest_stay_days;
  guint16 flex_after_min;
} BedUnitRules;

typedef enum
{
  BED_RULE_ACCEPTS,
  BED_RULE_WEEKENDS,
  BED_RULE_NIGHTS,
  BED_RULE_OWN_ASSESSMENT,
  BED_RULE_LATEST_ARRIVAL,
  BED_RULE_LONGEST_STAY_DAYS,
  BED_RULE_FLEX_AFTER_MIN,
  BED_N_RULES
} BedRule;

typedef struct
{
  guint64 has; /* bit BedFact: the member is there */
  char bed[BED_ID_SIZE];
  char unit[BED_ID_SIZE];
  char referral[BED_CODE_SIZE];
  char organisation[BED_ID_SIZE];
  char home[8]; /* outward code; "" with the bit set: no fixed abode ("nfa") */
  char near[8];
  char with[BED_CODE_SIZE];
  char continues[BED_CODE_SIZE];
  char other_bed[BED_ID_SIZE];
  char undoes[BED_KEY_SIZE];
  BedUnitRules rules;
  gint64 expected_free_us;
  gint64 until_us;
  gint64 ready_at_us;
  gint64 since_us;
  gint64 out_until_us;
  gint64 at_us;
  gint64 keep_until_us;
  guint64 must;
  guint64 must_not;
  guint64 prefer;
  guint32 minutes;
  guint32 metres;
  guint32 bay;
  guint32 staffed_cap;
  guint32 capacity;
  guint32 beds;
  guint8 occupancy;
  guint8 readiness;
  guint8 isolation;
  guint8 source;
  guint8 closure;
  guint8 override;
  guint8 lane;
  guint8 pathway;
  guint8 type;
  guint8 sex;
  guint8 age_band;
  guint8 agreed;
  guint8 outcome;
  guint8 state;
  guint8 clock;
  guint8 infection;        /* of a report */
  guint8 needed_infection; /* part of needs, as are the next two */
  guint8 weight_band;
  guint8 oxygen_lpm;
  guint8 why;
  guint8 correction;
  guint8 feature;
  guint8 home_first;
  guint8 redirect;
  guint8 pause;
  guint8 withdrawal;
  guint8 assessment;
  guint8 result;
  guint8 hold_reason;
  guint8 decline;
  guint8 transport;
  guint8 by;
  guint8 cancellation;
  guint8 away;
  guint8 stay_reason;
  guint8 waiting_for;
  char *files; /* owned: JSON object of file name → text, as canonical JSON */
} BedFacts;

static inline gboolean
bed_facts_has (const BedFacts *facts, BedFact fact)
{
  return (facts->has >> fact & 1) != 0;
}

static inline void
bed_facts_set (BedFacts *facts, BedFact fact)
{
  facts->has |= G_GUINT64_CONSTANT (1) << fact;
}

/* Its name on the wire. */
const char *bed_fact_word (BedFact fact);

void bed_facts_clear (BedFacts *facts); /* frees what it owns and zeroes */
/* copy is overwritten, not cleared before. */
void bed_facts_copy (const BedFacts *facts, BedFacts *copy);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BedFacts, bed_facts_clear)

/* Reads the members in wanted (bits of BedFact) from object; unknown members are ignored. Members
 * in required must be there. Error: BED_ERROR_BAD_VALUE, its message the member's name. */
gboolean bed_facts_parse (JsonObject *object, guint64 wanted, guint64 required, BedFacts *facts,
                          GError **error);

/* Appends the members that are there to an object that the caller has begun, in the order of
 * BedFact and without loss: canonical. */
void bed_facts_print (const BedFacts *facts, BedJson *json);

/* The same for people to read beside the event's own time: an expected `at` is `expected_at`, as on
 * rows, and times have milliseconds. */
void bed_facts_show (const BedFacts *facts, BedJson *json);
