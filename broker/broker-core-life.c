/* broker-core-life.c: the core's life: start, snapshots, the read-only latch and the way out, end.
 *
 * Owns the order in which things are taken and let go: the lock before the journal, the journal
 * before the register, the register before the table. The journal is the truth; the register is
 * rebuilt from it and the table from the register, never mended.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "broker-core"

#include "broker-core-parts.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

/* JSON numbers are exact to 53 bits in every client. */
#define EPOCH_MASK ((G_GUINT64_CONSTANT (1) << 53) - 1)
#define REPLAY_KEEP_EVERY 1024 /* events staged at once while replaying */

static guint
hash_command (gconstpointer command)
{
  return g_str_hash (((const BedCommand *) command)->key);
}

static gboolean
is_same_key (gconstpointer a, gconstpointer b)
{
  const BedCommand *left = a;
  const BedCommand *right = b;

  return g_str_equal (left->key, right->key) && g_str_equal (left->actor.user, right->actor.user);
}

gint64
broker_core_read_now (BrokerCore *self)
{
  return MAX (MAX (self->world.read_now_us (self->world.user_data), self->now_us), self->last_event_us);
}

/* Rebuilding */

typedef struct
{
  BrokerRegister *reg; /* borrowed */
  guint n;
  gint64 last_event_us;
  GError *error; /* owned */
} Replay;

static gboolean
replay_event (const BedEvent *event, gpointer user_data)
{
  Replay *replay = user_data;
  gboolean is_epoch = broker_begins_epoch (event->kind);

  if (is_epoch || ++replay->n % REPLAY_KEEP_EVERY == 0)
    broker_register_keep (replay->reg);
  if (!broker_register_apply (replay->reg, event, &replay->error))
    return FALSE;
  if (is_epoch)
    broker_register_keep (replay->reg);
  replay->last_event_us = event->at_us;
  return TRUE;
}

static gboolean
note_time (const BedEvent *event, gpointer user_data)
{
  *(gint64 *) user_data = event->at_us;
  return FALSE; /* this one only */
}

static BrokerRegister *
load_snapshot (BrokerJournal *journal, guint32 referrals_max)
{
  g_autoptr (GBytes) state = NULL;
  g_autoptr (GError) error = NULL;
  guint64 revision = 0;
  BrokerRegister *reg = NULL;

  if (broker_journal_load_snapshot (journal, BROKER_STATE_LAYOUT, &revision, &state, &error))
    reg = broker_register_load (state, referrals_max, &error);
  if (reg != NULL && broker_register_get_revision (reg) != revision)
    g_clear_pointer (&reg, broker_register_free);
  if (error != NULL)
    g_warning ("snapshot passed over: %s", error->message);
  return reg != NULL ? reg : broker_register_new (referrals_max);
}

/* The register as the journal has it: the newest snapshot and the events after it. On failure the
 * old register, if any, stays. */
static gboolean
rebuild (BrokerCore *self, GError **error)
{
  g_autoptr (BrokerRegister) reg = load_snapshot (self->journal, self->settings.referrals);
  guint64 from = broker_register_get_revision (reg);
  Replay replay = { .reg = reg };
  gint64 snapshot_us = 0;

  if (from > 0 && !broker_journal_follow (self->journal, from - 1, note_time, &snapshot_us, error))
    return FALSE;
  replay.last_event_us = snapshot_us;
  if (!broker_journal_follow (self->journal, from, replay_event, &replay, error))
    {
      g_clear_error (&replay.error);
      return FALSE;
    }
  if (replay.error != NULL)
    {
      g_propagate_error (error, replay.error);
      return FALSE;
    }

  broker_register_keep (reg);
  g_clear_pointer (&self->reg, broker_register_free);
  self->reg = g_steal_pointer (&reg);
  self->last_event_us = replay.last_event_us;
  self->snapshot_revision = from;
  self->snapshot_us = from > 0 ? snapshot_us : broker_core_read_now (self);
  return TRUE;
}

/* The quarter after the last one that history has. */
static gint64
find_next_quarter (const BrokerRegister *reg)
{
  const gint64 quarter_us = BED_HISTORY_MINUTES * BED_MINUTE_US;
  const GArray *history = broker_register_peek_all_history (reg);

  if (history->len == 0)
    return 0;
  return (g_array_index (history, BedHistory, history->len - 1).at_us / quarter_us + 1) * quarter_us;
}

gboolean
broker_core_publish_epoch (BrokerCore *self, GError **error)
{
  guint64 epoch = 0;
  BrokerPublisher *publisher;
  gint64 now_us = broker_core_read_now (self);

  while (epoch == 0)
    epoch = self->world.draw_random (self->world.user_data) & EPOCH_MASK;
  publisher = broker_publisher_new (self->reg, self->settings.referrals, self->settings.changes, epoch,
                                    error);
  if (publisher == NULL)
    return FALSE;
  g_clear_pointer (&self->publisher, broker_publisher_free);
  self->publisher = publisher;
  broker_table_beat (broker_publisher_peek_table (publisher),
                     self->world.read_boottime_us (self->world.user_data), now_us);
  broker_table_set_serving (broker_publisher_peek_table (publisher),
                            self->is_read_only ? BED_SERVING_READ_ONLY : BED_SERVING_LIVE, self->since_us);
  self->next_quarter_us = find_next_quarter (self->reg);
  self->next_proposals_us = now_us;
  return TRUE;
}

/* Opening and closing */

static int
take_lock (const char *folder, GError **error)
{
  g_autofree char *file = g_build_filename (folder, BROKER_LOCK_FILE, NULL);
  int fd = open (file, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  int saved;

  if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) == 0)
    return fd;
  saved = errno;
  if (fd >= 0)
    close (fd);
  if (saved == EWOULDBLOCK)
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_AGAIN, "another broker has the state in %s", folder);
  else
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved), "%s: %s", file, g_strerror (saved));
  return -1;
}

static void
core_free (BrokerCore *self)
{
  g_clear_pointer (&self->publisher, broker_publisher_free);
  g_clear_pointer (&self->proposals, broker_proposals_free);
  g_clear_pointer (&self->reg, broker_register_free);
  g_clear_pointer (&self->journal, broker_journal_close);
  if (self->lock_fd >= 0)
    close (self->lock_fd);
  g_clear_pointer (&self->keys, g_hash_table_unref);
  g_clear_pointer (&self->uncertain, g_hash_table_unref);
  g_free (self->queue);
  g_free (self->decisions);
  g_free (self->events);
  g_free (self->drawn);
  g_free (self->why_read_only);
  g_free (self->folder);
  g_free (self);
}

static BrokerCore *
core_new (const BrokerCoreSettings *settings, const BrokerWorld *world)
{
  BrokerCore *self = g_new0 (BrokerCore, 1);

  self->settings = *settings;
  self->world = *world;
  self->lock_fd = -1;
  self->folder = g_strdup (settings->folder);
  self->settings.folder = self->folder;
  self->proposals = broker_proposals_new ();
  self->queue = g_new0 (BrokerAsked, BROKER_QUEUE_MAX);
  self->decisions = g_new0 (BrokerDecision, BROKER_BATCH_MAX);
  self->events = g_new0 (BedEvent, BROKER_EVENTS_MAX);
  self->drawn = g_new0 (BedCommand, BROKER_PROPOSALS_MAX);
  self->keys = g_hash_table_new (hash_command, is_same_key);
  self->uncertain = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->proposals_gap_us = BROKER_PROPOSALS_EVERY_US;
  self->recover_wait_us = BROKER_RECOVER_MIN_US;
  return self;
}

static gboolean
open_state (BrokerCore *self, GError **error)
{
  if (g_mkdir_with_parents (self->folder, 0700) != 0)
    {
      int saved = errno;

      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved), "%s: %s", self->folder,
                   g_strerror (saved));
      return FALSE;
    }
  self->lock_fd = take_lock (self->folder, error);
  if (self->lock_fd < 0)
    return FALSE;
  self->journal = broker_journal_open (self->folder, self->settings.vfs, error);
  if (self->journal == NULL)
    return FALSE;
  if (!rebuild (self, error))
    return FALSE;
  self->started_us = self->since_us = broker_core_read_now (self);
  return broker_core_publish_epoch (self, error);
}

BrokerCore *
broker_core_open (const BrokerCoreSettings *settings, const BrokerWorld *world, GError **error)
{
  BrokerCore *self = core_new (settings, world);

  if (open_state (self, error))
    return self;
  core_free (self);
  return NULL;
}

void
broker_core_close (BrokerCore *self)
{
  const BrokerAnswer gone = { .error = BED_ERROR_UNAVAILABLE };

  for (; self->queue_length > 0; self->queue_length--)
    {
      BrokerAsked *asked = &self->queue[self->queue_head];

      self->queue_head = (self->queue_head + 1) % BROKER_QUEUE_MAX;
      asked->answered (&gone, asked->user_data);
      bed_command_free (asked->command);
    }
  if (!self->is_read_only && broker_register_get_revision (self->reg) > self->snapshot_revision)
    broker_core_save_snapshot (self);
  core_free (self);
}

/* Brings up to date what the journal derives from its events. */
static void
list_referrals (BrokerCore *self)
{
  g_autoptr (GError) error = NULL;

  if (broker_journal_list_referrals (self->journal, &error))
    return;
  if (broker_journal_is_spent (self->journal))
    broker_core_latch (self, error->message);
  else
    g_warning ("referrals are searched, not looked up: %s", error->message);
}

void
broker_core_save_snapshot (BrokerCore *self)
{
  g_autoptr (GBytes) state = NULL;
  g_autoptr (GError) error = NULL;

  list_referrals (self);
  if (self->is_read_only)
    return;
  state = broker_register_save (self->reg);
  self->snapshot_revision = broker_register_get_revision (self->reg);
  self->snapshot_us = broker_core_read_now (self);
  if (broker_journal_save_snapshot (self->journal, self->snapshot_revision, BROKER_STATE_LAYOUT, state,
                                    &error))
    return;
  if (broker_journal_is_spent (self->journal))
    broker_core_latch (self, error->message);
  else
    g_warning ("no snapshot: %s", error->message);
}

/* The latch */

void
broker_core_latch (BrokerCore *self, const char *why)
{
  g_warning ("read-only: %s", why);
  g_free (self->why_read_only);
  self->why_read_only = g_strdup (why);
  if (!self->is_read_only)
    self->since_us = broker_core_read_now (self);
  self->is_read_only = TRUE;
  self->recover_wait_us = BROKER_RECOVER_MIN_US;
  self->recover_at_us = broker_core_read_now (self) + self->recover_wait_us * broker_core_get_speed (self);
  broker_table_set_serving (broker_publisher_peek_table (self->publisher), BED_SERVING_READ_ONLY,
                            self->since_us);
}

/* A fresh connection in place of the one that failed. It is opened before the old one is let go, so
 * that repeated keys can still be looked up if it cannot be. */
static gboolean
reopen_journal (BrokerCore *self, GError **error)
{
  BrokerJournal *journal = broker_journal_open (self->folder, self->settings.vfs, error);

  if (journal == NULL)
    return FALSE;
  g_clear_pointer (&self->journal, broker_journal_close);
  self->journal = journal;
  return broker_journal_checkpoint (journal, error);
}

gboolean
broker_core_try_recover (BrokerCore *self, GError **error)
{
  if (!self->is_read_only)
    return TRUE;
  if (!reopen_journal (self, error) || !rebuild (self, error))
    return FALSE;

  self->is_read_only = FALSE;
  self->since_us = broker_core_read_now (self);
  if (!broker_core_publish_epoch (self, error))
    {
      self->is_read_only = TRUE;
      return FALSE;
    }
  g_clear_pointer (&self->why_read_only, g_free);
  g_hash_table_remove_all (self->uncertain);
  self->pause_until_us = 0;
  g_message ("live again at revision %" G_GUINT64_FORMAT, broker_register_get_revision (self->reg));
  return TRUE;
}

void
broker_core_tick (BrokerCore *self)
{
  gint64 now_us = broker_core_read_now (self);
  g_autoptr (GError) error = NULL;

  broker_table_beat (broker_publisher_peek_table (self->publisher),
                     self->world.read_boottime_us (self->world.user_data), now_us);
  if (!self->is_read_only || now_us < self->recover_at_us || broker_core_try_recover (self, &error))
    return;
  g_warning ("still read-only: %s", error->message);
  g_free (self->why_read_only);
  self->why_read_only = g_strdup (error->message);
  self->recover_wait_us = MIN (2 * self->recover_wait_us, BROKER_RECOVER_MAX_US);
  self->recover_at_us = now_us + self->recover_wait_us * broker_core_get_speed (self);
}
