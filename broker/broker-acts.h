/* broker-acts.h: the register's memory of a minute: what each client's command changed, so that it can be
 * taken back while nothing that stands has been built on it.
 *
 * Part of the state: which acts are remembered follows from the events alone, never from how they
 * were batched. Pure memory; indexes are those of one reference, so an import forgets all acts.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "broker-register.h"

#define BROKER_ACTS_MAX 1024       /* remembered at once; older ones cannot be taken back */
#define BROKER_ACTS_ROWS_MAX 16384 /* of all of them together */

/* A row as it was before an act. Without padding: it is saved as it stands. */
typedef struct
{
  guint32 kind; /* BedKind */
  guint32 index;
  guint32 is_new; /* a referral that the act brought into being */
  guint32 reserved;
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
} BrokerWas;

G_STATIC_ASSERT (sizeof (BrokerWas) == 16 + sizeof (BedReferralRow));

/* One command of a client, or what the clock has done to rows. Without padding, as above. */
struct _BrokerAct
{
  guint64 revision;
  gint64 at_us;
  guint64 undone_at; /* the revision that took it back; 0: it has not been */
  guint32 kind;     /* BedEventKind */
  guint32 n_rows;
  char key[BED_KEY_SIZE];
  char user[BED_ID_SIZE];
  char reserved[3];
  BrokerWas rows[]; /* what the command itself changed, in its order; nothing that only follows from it */
};

G_STATIC_ASSERT (sizeof (BrokerAct) == 104);

typedef struct _BrokerActs BrokerActs;

BrokerActs *broker_acts_new (void);
void broker_acts_free (BrokerActs *acts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BrokerActs, broker_acts_free)

/* While an event is applied: begin, a note for each row before it changes (zeroed, to be filled in;
 * borrowed until the next note), end. End makes an act of what others can be built upon, and knows of
 * an undo which one it has taken back. */
void broker_acts_begin (BrokerActs *acts);
BrokerWas *broker_acts_note (BrokerActs *acts, BedKind kind, guint32 index);
/* The row noted last is a referral's that was not there before. */
void broker_acts_mark_new (BrokerActs *acts);
void broker_acts_end (BrokerActs *acts, const BedEvent *event);

/* The act of that user's command; NULL if it is none or too old at that instant. Borrowed. */
const BrokerAct *broker_acts_find (const BrokerActs *acts, const char *user, const char *key, gint64 at_us);

/* Does it stand as it was done: neither taken back, nor has anything that stands been built on it? The
 * act is one that has just been found. */
gboolean broker_acts_stands (const BrokerActs *acts, const BrokerAct *act);

/* As of an instant: lets go of what is too old. */
void broker_acts_forget (BrokerActs *acts, gint64 at_us);

/* As if nothing after that revision had happened. */
void broker_acts_take_back (BrokerActs *acts, guint64 revision);

/* Appends the acts that are remembered at that instant; n of them, with n_rows rows to be read back. */
void broker_acts_save (const BrokerActs *acts, gint64 at_us, GByteArray *bytes, guint32 *n);

/* Reads n acts that fill exactly length bytes, rows to be checked by the caller: each that can be taken
 * back is shown to is_whole. FALSE: they are none, and acts is as it was before. */
typedef gboolean (*BrokerWasCheck) (const BrokerWas *was, gpointer user_data);
gboolean broker_acts_load (BrokerActs *acts, const guint8 *bytes, gsize length, guint32 n, guint64 revision,
                           gint64 at_us, BrokerWasCheck is_whole, gpointer user_data);
