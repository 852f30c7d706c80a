/* broker-core-parts.h: the core's insides, shared by the files it is cut into and nobody else.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "broker-core.h"
#include "broker-proposals.h"
#include "broker-publish.h"
#include "broker-rules.h"

#include "common/bed-time.h"

#define BROKER_SNAPSHOT_EVERY_US BED_DAY_US
#define BROKER_EVENTS_MAX (BROKER_BATCH_MAX + BROKER_DUE_MAX + BROKER_PROPOSALS_MAX + 1)

/* A command that waits for its answer. */
typedef struct
{
  BedCommand *command; /* owned */
  BrokerAnswered answered;
  gpointer user_data;
} BrokerAsked;

typedef enum
{
  BROKER_VERDICT_EVENT,   /* events[event] happens if the batch is appended */
  BROKER_VERDICT_BEFORE,  /* it happened in an earlier batch: true whatever becomes of this one */
  BROKER_VERDICT_NOTHING, /* accepted without an event */
  BROKER_VERDICT_REFUSED
} BrokerVerdict;

typedef struct
{
  BrokerAsked asked;
  BrokerVerdict verdict;
  guint event;
  BedEvent *before; /* owned */
  BedError error;
  char *more; /* owned */
} BrokerDecision;

struct _BrokerCore
{
  BrokerCoreSettings settings;
  BrokerWorld world;
  char *folder;
  int lock_fd;

  BrokerJournal *journal; /* NULL only while the way out of the latch has none yet */
  BrokerRegister *reg;
  BrokerPublisher *publisher;
  BrokerProposals *proposals;

  BrokerAsked *queue; /* ring of BROKER_QUEUE_MAX */
  guint queue_head;
  guint queue_length;

  /* The batch being decided. */
  BrokerDecision *decisions;
  guint n_decisions;
  BedEvent *events; /* BROKER_EVENTS_MAX */
  guint n_events;
  BedCommand *drawn; /* BROKER_PROPOSALS_MAX */
  GHashTable *keys; /* BedCommand of an event of this batch → its index + 1; both borrowed */
  gboolean is_epoch; /* it begins one, and is alone */
  gboolean is_broken; /* an event did not fit the register: the batch cannot be appended */

  gint64 now_us;          /* of the newest batch; never less than the last event's time */
  gint64 started_us;
  gint64 next_quarter_us;
  gint64 kept_quarter_us;   /* what next_quarter_us was before this batch */
  gint64 proposals_us;      /* of the last round */
  gint64 proposals_gap_us;  /* to be left before the next one */
  gint64 next_proposals_us; /* G_MAXINT64: nothing has changed since */
  gint64 pause_until_us;  /* the clock is quiet until then */
  gint64 last_event_us;
  guint64 snapshot_revision;
  gint64 snapshot_us; /* its event's time; of the start if there is none */

  gboolean is_read_only;
  char *why_read_only;    /* owned */
  gint64 since_us;        /* of the present serving state */
  gint64 recover_at_us;
  gint64 recover_wait_us;
  GHashTable *uncertain;  /* "actor/key" of commands whose fate is not known */

  guint64 n_batches;
  guint64 n_commands;
  guint n_largest;
};

gint64 broker_core_read_now (BrokerCore *self);

/* Microseconds of the core's clock in a real one. */
static inline gint64
broker_core_get_speed (const BrokerCore *self)
{
  return MAX (self->settings.clock_speed, 1);
}

/* Latches read-only: why is for people. */
void broker_core_latch (BrokerCore *self, const char *why);

/* A new table with everything in it, under a new epoch. */
gboolean broker_core_publish_epoch (BrokerCore *self, GError **error);

/* Saves a snapshot of the kept register. It is only a cache, but a COMMIT that fails spends the
 * connection, and then it latches. */
void broker_core_save_snapshot (BrokerCore *self);

typedef enum
{
  BROKER_REVIEW_NEW,
  BROKER_REVIEW_IN_FORCE, /* the very files that were imported last */
  BROKER_REVIEW_FAULTY
} BrokerReview;

/* Whether files may be imported now; faults gets a line each why not. */
BrokerReview broker_core_review_import (const BrokerCore *self, const char *files, GPtrArray *faults);

/* The JSON members that explain a refusal; NULL if there are none. */
char *broker_core_explain_refusal (const BrokerRegister *reg, const BrokerRefusal *refusal);
char *broker_core_explain_faults (const GPtrArray *faults);

/* Whether the command is what the event was asked for with. */
gboolean broker_core_is_same (const BedEvent *first, const BedCommand *command);

char *broker_core_name_key (const BedCommand *command); /* "actor/key"; owned */
