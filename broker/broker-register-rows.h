/* broker-register-rows.h: the register's inside, shared by the files that are the register:
 * broker-register.c (staging), broker-register-reads.c (reading), broker-apply.c (event → rows), broker-derive.c (what
 * follows from rows), broker-carry.c (rows across an import) and broker-state.c (bytes). Nobody else includes it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "broker-acts.h"
#include "broker-due.h"
#include "broker-erasures.h"
#include "broker-states.h"

/* A closed referral's row rests for this many revisions before its index is used again. The change
 * ring is never longer and advances by at least one entry a revision, so no reader that has not
 * heard of the closing can mistake the new person for the old. */
#define BROKER_REFERRAL_REST 65536u

/* One reference's life: what an import replaces. Rows are the state; the rest can be derived. */
typedef struct
{
  guint64 import_revision;
  guint8 files_digest[32];
  BrokerReference *reference; /* owned */
  BedTable table;             /* reference section only: borrows from reference */
  BedPlaces *places;          /* owned */
  BedUnitRow *units;          /* owned, sizes.units */
  BedBedRow *beds;            /* owned, sizes.beds */
  BrokerTerms *terms;         /* owned, sizes.beds */
  BrokerUnitTerms *unit_terms; /* owned, sizes.units */
  gint64 *fresh_until_us;     /* owned, sizes.beds */
  gint64 *fresh_of_us;        /* owned: of which confirmation that is, for it takes a look into the time zone */
  guint32 *proposed;          /* owned, sizes.beds: the referral last seen with it proposed */
  GArray *referrals;          /* BedReferralRow */
  guint32 *unit_stamps;       /* owned: the batch in which a row was touched first */
  guint32 *bed_stamps;
  GArray *referral_stamps;    /* guint32 */
  BrokerActs *acts;           /* owned: indexes are this reference's */
  BrokerDue *due_units;       /* owned */
  BrokerDue *due_referrals;   /* owned */
} BrokerRows;

/* A row as it was when the batch first touched it. */
typedef struct
{
  BedKind kind;
  guint32 index;
  gboolean is_new; /* a referral that was not there */
  union
  {
    struct
    {
      BedUnitRow row;
      BrokerUnitTerms terms;
    } unit;
    struct
    {
      BedBedRow row;
      BrokerTerms terms;
    } bed;
    BedReferralRow referral;
  } before;
} BrokerUndo;

struct _BrokerRegister
{
  guint64 revision;
  guint64 kept_revision;
  gint64 at_us;         /* of the last event: what has ended by then does not start again */
  gint64 kept_at_us;
  guint32 referrals_max;
  guint32 batch;
  BrokerRows *rows;     /* owned; before the first import it has no reference */
  BrokerRows *replaced; /* owned: what a staged import has replaced */
  GHashTable *codes;    /* code → index + 1, keys owned */
  GQueue resting;       /* indexes of closed referrals, oldest first */
  BrokerErasures *erasures; /* owned: whose needs profile the journal still has, though they are closed */
  GPtrArray *sources;   /* owned strings */
  guint kept_sources;
  GArray *undo;         /* BrokerUndo */
  GArray *touched;      /* BrokerTouched, in step with undo */
  GArray *changed;      /* BrokerTouched: what the event being applied has changed, each once */
  gboolean is_deriving; /* changes now are consequences, not the event's own: no part of an act */
  GArray *new_recent;   /* BedRecent of this batch */
  GArray *new_history;  /* BedHistory of this batch */
  GArray *recent;       /* the last BED_RECENT_LENGTH, kept */
  GArray *history;      /* the last BED_HISTORY_LENGTH × LAPs, kept */
};

BrokerRows *broker_rows_new (BrokerReference *reference); /* takes it; NULL for none */
void broker_rows_free (BrokerRows *rows);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BrokerRows, broker_rows_free)

/* Rows for writing: remembers the old value the first time in a batch. Borrowed. */
BedUnitRow *broker_register_touch_unit (BrokerRegister *self, guint32 unit);
BedBedRow *broker_register_touch_bed (BrokerRegister *self, guint32 bed);
BrokerTerms *broker_register_touch_terms (BrokerRegister *self, guint32 bed);
BrokerUnitTerms *broker_register_touch_unit_terms (BrokerRegister *self, guint32 unit);
BedReferralRow *broker_register_touch_referral (BrokerRegister *self, guint32 referral);

/* Whether the oldest closed referral's row may be used again. */
gboolean broker_register_has_rested (const BrokerRegister *self);

/* A row for a new referral: a rested one or a new one. Borrowed. */
BedReferralRow *broker_register_add_referral (BrokerRegister *self, const char *code, guint32 *index);
/* Closed, the row forgets the needs at once, so that no later snapshot or export holds them; the journal
 * has them until they are erased. */
void broker_register_close_referral (BrokerRegister *self, guint32 referral);
void broker_register_forget_needs (BedReferralRow *row);
/* Its row, written back, says that it is open: it no longer rests. */
void broker_register_reopen_referral (BrokerRegister *self, guint32 referral);
guint broker_register_add_source (BrokerRegister *self, const char *name);

/* Brings everything derived about a unit and its beds into line after its rows changed, as of the
 * event's time: counts, cap, bay sex, flags, display, what a row shows as its end, freshness, due
 * instant. Touches only what differs. Only an event may ask for it, so that a replay agrees. */
void broker_derive_unit (BrokerRegister *self, guint32 unit);

/* All of them: a new reference, or new rules, may change anything. */
void broker_derive_all (BrokerRegister *self);

/* What is derived but not a row: until when beds are fresh, and the unit's due instant. */
void broker_derive_unit_due (BrokerRegister *self, guint32 unit);

/* How long a person's unit lets them stay, at that instant; a limit that is not reached any more (they have
 * moved, or the rule has) is not breached either. */
void broker_derive_stay (const BedTable *table, BedReferralRow *row, gint64 at_us);

/* A referral's due instant: hold's end or the next clock to breach. */
void broker_derive_referral_due (BrokerRegister *self, guint32 referral);

/* In effect at an instant by the reference's dates. */
gboolean broker_derive_in_effect (const BrokerRows *rows, guint32 bed, gint64 at_us);
gint64 broker_derive_fresh_until (const BedUnit *unit, const BedBedRow *row);

/* Totals of a LAP for the history. */
void broker_derive_totals (const BrokerRegister *self, guint32 lap, BedHistory *totals);

/* Fills the rows of a new reference from the old one's, by id; beds that are new start unknown. */
void broker_rows_carry_over (const BrokerRows *old, BrokerRows *rows, guint64 revision, gint64 at_us);

/* Puts a state's rows in their place: what has been imported is true as of that revision. */
void broker_rows_take_states (BrokerRegister *self, BrokerRows *rows, const BrokerStates *states, guint64 revision);

/* Rebuilds codes, resting and due instants from the rows, which stay as they are: after a take-back, a
 * load or an import. */
void broker_register_index (BrokerRegister *self);
