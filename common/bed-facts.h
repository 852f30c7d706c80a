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
  BED_N_FACTS
} BedFact;

typedef struct
{
  guint64 has; /* bit BedFact: the member is there */
  char bed[BED_ID_SIZE];
  char unit[BED_ID_SIZE];
  char referral[BED_CODE_SIZE];
  char organisation[BED_ID_SIZE];
  char home[8]; /* outward code; "" with the bit set: no fixed abode ("nfa") */
  char near[8];
  gint64 expected_free_us;
  gint64 until_us;
  gint64 ready_at_us;
  guint64 must;
  guint64 must_not;
  guint64 prefer;
  guint32 minutes;
  guint32 metres;
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
