/* broker-register.h: what is true now: every bed, unit and referral, as the events so far have made it.
 *
 * The state is the very rows that the shared table shows, plus what can be derived from them.
 * broker_register_apply is the only way to change it. A batch is staged: apply in place, keep the
 * old rows, and either keep the batch or take it back. Pure memory: no clock, no disk, no socket.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "broker-reference.h"

#include "common/bed-event.h"
#include "common/bed-find.h"

typedef struct _BrokerRegister BrokerRegister;

/* Rows changed since the last keep, each once. */
typedef struct
{
  BedKind kind;
  guint32 index;
} BrokerTouched;

/* When what is true of a bed ends by itself: beside its row, for the broker alone. */
#define BROKER_OUTAGES_MAX 4 /* features of one bed out of order at once */

typedef struct
{
  gint64 closed_until_us; /* 0: until somebody opens it */
  gint64 surge_until_us;
  gint64 free_since_us; /* offerable without a break; 0: it is not */
  struct
  {
    gint64 until_us; /* 0: no outage */
    guint64 feature; /* BedNeed */
  } outages[BROKER_OUTAGES_MAX];
} BrokerTerms;

G_STATIC_ASSERT (sizeof (BrokerTerms) == 88);

/* And of a unit. */
typedef struct
{
  gint64 surge_asked_until_us; /* 0: no surge is asked for */
} BrokerUnitTerms;

/* What a client's command changed, for as long as it can be taken back: see broker-acts.h. */
#define BROKER_UNDO_US (60 * G_GINT64_CONSTANT (1000000))
typedef struct _BrokerAct BrokerAct;

BrokerRegister *broker_register_new (guint32 referrals_max);
void broker_register_free (BrokerRegister *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BrokerRegister, broker_register_free)

/* Reading. Rows are borrowed until the next apply. */
guint64 broker_register_get_revision (const BrokerRegister *self);
const BrokerReference *broker_register_peek_reference (const BrokerRegister *self); /* NULL before an import */
guint64 broker_register_get_import_revision (const BrokerRegister *self); /* of the import in force; 0: none */
const guint8 *broker_register_peek_files_digest (const BrokerRegister *self); /* SHA-256 of the imported files, 32 bytes */
const BedTable *broker_register_peek_table (const BrokerRegister *self); /* reference section only */
const BedPlaces *broker_register_peek_places (const BrokerRegister *self);
const BedUnitRow *broker_register_peek_unit (const BrokerRegister *self, guint32 unit);
const BedBedRow *broker_register_peek_bed (const BrokerRegister *self, guint32 bed);
const BrokerTerms *broker_register_peek_terms (const BrokerRegister *self, guint32 bed);
const BrokerUnitTerms *broker_register_peek_unit_terms (const BrokerRegister *self, guint32 unit);
const BedReferralRow *broker_register_peek_referral (const BrokerRegister *self, guint32 referral);
guint32 broker_register_get_n_referrals (const BrokerRegister *self); /* rows in use so far */
guint32 broker_register_find_referral (const BrokerRegister *self, const char *code); /* live or recently closed; BED_NONE */
gboolean broker_register_has_room (const BrokerRegister *self); /* for one more referral */
BedView broker_register_view (const BrokerRegister *self);

/* Has anything been said of a unit or bed beyond what an import makes of them? */
gboolean broker_register_has_observations (const BrokerRegister *self);

/* In effect at an instant by the reference's dates (a row's flag says what the register knows). */
gboolean broker_register_is_in_effect (const BrokerRegister *self, guint32 bed, gint64 at_us);

/* Until when the bed counts as fresh. */
gint64 broker_register_get_fresh_until (const BrokerRegister *self, guint32 bed);

/* The waiting person to whom the bed stands proposed, or BED_NONE: each bed to one. */
#define BROKER_OFFER_LAPSES_US (15 * 60 * G_GINT64_CONSTANT (1000000)) /* after it was made */
guint32 broker_register_peek_proposed (const BrokerRegister *self, guint32 bed);

/* Does the bed count towards its unit's staffed cap? Occupied, on leave, unknown and committed ones in effect
 * do; but nobody staffs a surge bed that is shut unless somebody is known to be in it. */
gboolean broker_register_is_counted (const BedBedRow *row);

/* When something else of the unit changes by itself: beds come into and go out of effect, closures,
 * surge, what is asked for as surge, a staffed cap or outages end, flex types may have a bed, somebody
 * leaves today. When its next bed is no longer fresh. And when the turnaround of its first bed, whose
 * index is given, is breached. G_MAXINT64: never. */
gint64 broker_register_find_effect_due (const BrokerRegister *self, guint32 unit);
gint64 broker_register_find_stale_due (const BrokerRegister *self, guint32 unit);
gint64 broker_register_find_turnaround_due (const BrokerRegister *self, guint32 unit, guint32 *first);

/* The earliest instant at which the clock has something to say about a row, and which row;
 * FALSE if there is none. */
gboolean broker_register_peek_due (const BrokerRegister *self, gint64 *at_us, BedKind *kind,
                                   guint32 *index);

/* The next closed referral whose needs profile the journal has to erase, and when: until then its code
 * stays taken, whatever becomes of its row. FALSE if there is none. code may be NULL. */
#define BROKER_ERASE_US (30 * 24 * 3600 * G_GINT64_CONSTANT (1000000)) /* after closing */
gboolean broker_register_peek_erasure (const BrokerRegister *self, gint64 *at_us, char code[BED_CODE_SIZE]);
gint64 broker_register_find_erasure (const BrokerRegister *self, const char *code); /* G_MAXINT64: none */

/* That user's command, at that instant; NULL if it is none, too old, or cannot be taken back at all. */
const BrokerAct *broker_register_find_act (const BrokerRegister *self, const char *user, const char *key, gint64 at_us);
/* One that has just been found: see broker_acts_stands. */
gboolean broker_register_act_stands (const BrokerRegister *self, const BrokerAct *act);

/* Events that begin a new epoch: the reference is another one afterwards. A method has its event's
 * number. */
static inline gboolean
broker_begins_epoch (guint kind)
{
  return kind == BED_EVENT_IMPORTED || kind == BED_EVENT_UNIT_RULED;
}

/* Applies one event: revision must be the next. Errors (BED_ERROR_UNAVAILABLE, naming the
 * revision): the event does not fit the state; only a damaged journal can do that. An import
 * replaces the reference and keeps all rows by id; a unit's new rules replace that unit's record. */
gboolean broker_register_apply (BrokerRegister *self, const BedEvent *event, GError **error);

/* Staging: everything applied since the last keep can be taken back. What begins an epoch must be alone
 * in its batch: keep before it, and keep or take back after it. Nothing of such a batch is "touched":
 * it needs a new table. */
void broker_register_keep (BrokerRegister *self);
void broker_register_take_back (BrokerRegister *self);

/* What has changed since the last keep: for the table. */
const BrokerTouched *broker_register_peek_touched (const BrokerRegister *self, guint *n);
const GArray *broker_register_peek_recent (const BrokerRegister *self);  /* BedRecent */
const GArray *broker_register_peek_history (const BrokerRegister *self); /* BedHistory */

/* All that is kept of both: for a new epoch's table. */
const GArray *broker_register_peek_all_recent (const BrokerRegister *self);
const GArray *broker_register_peek_all_history (const BrokerRegister *self);
guint broker_register_get_n_sources (const BrokerRegister *self);
const char *broker_register_peek_source (const BrokerRegister *self, guint source);

/* The whole kept state as bytes and back, reference included: a cache for fast starts, and, hashed,
 * what verify compares. Equal states give equal bytes. Errors: BED_ERROR_UNAVAILABLE, the bytes are
 * not a state of this layout. */
#define BROKER_STATE_LAYOUT (BED_LAYOUT_VERSION * 100 + 6)
GBytes *broker_register_save (const BrokerRegister *self);
BrokerRegister *broker_register_load (GBytes *state, guint32 referrals_max, GError **error);
