/* broker-core.h: the one-way street: command → check → append → apply → publish → answer.
 *
 * Owns journal, register and table, and the order between them. Commands come in as structs with a
 * function to answer them; sockets are somebody else's. Time and randomness are given, so tests
 * drive it. One thread, one core a state directory (it holds the lock).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "broker-journal.h"
#include "broker-register.h"

#define BROKER_LOCK_FILE "lock"
#define BROKER_BATCH_MAX 1024  /* commands taken into one transaction */
#define BROKER_QUEUE_MAX 8192  /* commands waiting for a batch; more is too_many */
#define BROKER_DUE_MAX 256     /* of the clock's own commands in one batch */
#define BROKER_PAUSE_US G_GINT64_CONSTANT (1000000) /* before the clock asks again what just failed */
#define BROKER_RECOVER_MIN_US G_GINT64_CONSTANT (1000000) /* backoff of the way out of the latch */
#define BROKER_RECOVER_MAX_US G_GINT64_CONSTANT (60000000)

#define BROKER_BEDS_DEFAULT 4096
#define BROKER_BEDS_MAX 65536
#define BROKER_REFERRALS_DEFAULT 16384
#define BROKER_CHANGES_DEFAULT 65536
#define BROKER_CHANGES_MAX 65536 /* BROKER_REFERRAL_REST relies on it */

typedef struct _BrokerCore BrokerCore;

/* What is outside: tests give their own. */
typedef struct
{
  gint64 (*read_now_us) (gpointer user_data);      /* UTC, as broker-clock has it */
  gint64 (*read_boottime_us) (gpointer user_data); /* CLOCK_BOOTTIME, for the heartbeat */
  guint64 (*draw_random) (gpointer user_data);
  gpointer user_data; /* borrowed */
} BrokerWorld;

typedef struct
{
  const char *folder; /* borrowed during open */
  const char *vfs;    /* NULL: the system's; borrowed for the core's life */
  guint32 beds_max;   /* an import beyond it is refused */
  guint32 referrals;  /* capacity */
  guint32 changes;    /* length of the change ring, a power of two */
  guint32 clock_speed; /* of a clock that is not the world's (broker-clock.h); 0: the world's time */
} BrokerCoreSettings;

/* What became of a command. All borrowed, during the call only. */
typedef struct
{
  gboolean is_accepted;
  const BedEvent *event; /* accepted; NULL: nothing needed doing (an import of what is in force) */
  guint64 revision;      /* of the event, or the register's */
  BedError error;        /* refused */
  const char *more;      /* refused: JSON members of `data` besides the reason, or NULL */
} BrokerAnswer;

typedef void (*BrokerAnswered) (const BrokerAnswer *answer, gpointer user_data);

/* Creates folder, takes its lock, opens the journal, rebuilds the register and publishes it as a
 * new epoch. Errors: G_FILE_ERROR_AGAIN (another broker has it), and the journal's. */
BrokerCore *broker_core_open (const BrokerCoreSettings *settings, const BrokerWorld *world, GError **error);

/* Saves a snapshot if anything is new, and lets go of everything; commands still waiting are
 * answered unavailable. */
void broker_core_close (BrokerCore *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BrokerCore, broker_core_close)

/* Queues a command (transfer full; its actor must be set). FALSE: the queue is full, the command is
 * freed and answered will not be called. */
gboolean broker_core_ask (BrokerCore *self, BedCommand *command, BrokerAnswered answered, gpointer user_data);

guint broker_core_get_n_waiting (const BrokerCore *self);

/* Takes what is waiting and due, at most one batch, to its answers. Returns how many commands were
 * answered. The only place where anything is decided. */
guint broker_core_run_batch (BrokerCore *self);

/* Once a second: heartbeat, and while latched the way out. */
void broker_core_tick (BrokerCore *self);

/* When a batch has something to do even if nobody asks (the world's time); G_MAXINT64: never. */
gint64 broker_core_get_wake (const BrokerCore *self);

/* Real microseconds until then; 0: now. */
gint64 broker_core_get_rest (BrokerCore *self);

/* Imports files (canonical JSON of the CSV files) as the one command of a batch. On refusal FALSE,
 * and faults has the lines if the files are to blame. Nothing changed if they are in force. */
gboolean broker_core_import (BrokerCore *self, const char *files, GPtrArray *faults, GError **error);

/* Leaves the read-only latch: reopens the journal, checkpoints it, rebuilds the register as a new
 * epoch. */
gboolean broker_core_try_recover (BrokerCore *self, GError **error);

/* Reading. Borrowed until the next batch, tick or recovery. */
const BrokerRegister *broker_core_peek_register (const BrokerCore *self);
const BrokerTable *broker_core_peek_table (const BrokerCore *self);
BrokerJournal *broker_core_peek_journal (const BrokerCore *self); /* for reading only */
guint64 broker_core_get_epoch (const BrokerCore *self);
guint64 broker_core_get_revision (const BrokerCore *self);
gboolean broker_core_is_read_only (const BrokerCore *self);
gint64 broker_core_get_last_event_us (const BrokerCore *self); /* 0: no event yet */

/* Appends members of `status` to an open object. */
void broker_core_print_status (const BrokerCore *self, BedJson *json);
