/* broker-core.c: the one-way street: command → check → append → apply → publish → answer.
 *
 * broker_core_run_batch owns the order. Everything before the append is staged and can be taken
 * back; everything after it only shows what is already durable. What can fail is the append: not
 * done (the batch is answered unavailable) or unknown (answered uncertain, and the broker latches
 * read-only until broker-core-life.c has found out what the journal holds).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "broker-core"

#include "broker-core-parts.h"

#include <string.h>

/* Asking */

gboolean
broker_core_ask (BrokerCore *self, BedCommand *command, BrokerAnswered answered, gpointer user_data)
{
  guint place = (self->queue_head + self->queue_length) % BROKER_QUEUE_MAX;

  if (self->queue_length == BROKER_QUEUE_MAX)
    {
      bed_command_free (command);
      return FALSE;
    }
  /* A draw is a system call: only a new code needs one. */
  if (command->method == BED_METHOD_REFERRAL_SUBMIT)
    command->random = self->world.draw_random (self->world.user_data);
  self->queue[place] = (BrokerAsked) { command, answered, user_data };
  self->queue_length++;
  return TRUE;
}

guint
broker_core_get_n_waiting (const BrokerCore *self)
{
  return self->queue_length;
}

static const BedCommand *
peek_asked (const BrokerCore *self)
{
  return self->queue_length > 0 ? self->queue[self->queue_head].command : NULL;
}

/* The next command of the queue as a decision of this batch, still to be made. */
static BrokerDecision *
take_asked (BrokerCore *self)
{
  BrokerDecision *decision = &self->decisions[self->n_decisions++];

  *decision = (BrokerDecision) { .asked = self->queue[self->queue_head] };
  self->queue_head = (self->queue_head + 1) % BROKER_QUEUE_MAX;
  self->queue_length--;
  return decision;
}

char *
broker_core_name_key (const BedCommand *command)
{
  return g_strconcat (command->actor.user, "/", command->key, NULL);
}

/* Deciding */

static void
refuse (BrokerDecision *decision, BedError error, char *more)
{
  g_free (decision->more);
  decision->verdict = BROKER_VERDICT_REFUSED;
  decision->error = error;
  decision->more = more;
}

/* Lets what happened before, under the same key, answer: its first answer, or bad_value if the key
 * stood for something else. */
static void
repeat (BrokerDecision *decision, const BedEvent *first)
{
  if (!broker_core_is_same (first, decision->asked.command))
    {
      refuse (decision, BED_ERROR_BAD_VALUE, g_strdup ("\"member\":\"key\""));
      return;
    }
  decision->verdict = BROKER_VERDICT_BEFORE;
  decision->before = g_new0 (BedEvent, 1);
  *decision->before = *first;
  decision->before->facts.files = NULL; /* the answer does not need them, and they are not ours */
}

/* Whether the journal knows the key; then the decision is made. A journal that cannot be read
 * leaves only `uncertain`: this may be the repeat of something that was done. */
static gboolean
decide_by_key (BrokerCore *self, BrokerDecision *decision)
{
  const BedCommand *command = decision->asked.command;
  g_auto (BedEvent) first = { 0 };
  g_autoptr (GError) error = NULL;

  if (self->journal != NULL
      && broker_journal_find_key (self->journal, command->actor.user, command->key, &first, &error))
    {
      repeat (decision, &first);
      return TRUE;
    }
  if (self->journal == NULL || error != NULL)
    {
      refuse (decision, BED_ERROR_UNCERTAIN, NULL);
      return TRUE;
    }
  return FALSE;
}

/* Checks a command against the register with the batch so far, and stages its event. */
static gboolean
stage (BrokerCore *self, const BedCommand *command, BrokerRefusal *refusal)
{
  BedEvent *event = &self->events[self->n_events];
  g_autoptr (GError) error = NULL;

  *event = (BedEvent) { 0 };
  *refusal = (BrokerRefusal) { .referral = BED_NONE };
  if (!broker_rules_check (self->reg, command, self->now_us, event, refusal))
    return FALSE;
  if (!broker_register_apply (self->reg, event, &error))
    {
      /* The rules allowed what the register cannot do: a fault of the program, not of the caller. */
      g_warning ("%s", error->message);
      bed_event_clear (event);
      self->is_broken = TRUE;
      refusal->error = BED_ERROR_UNAVAILABLE;
      return FALSE;
    }
  self->n_events++;
  return TRUE;
}

static gboolean
check_import (BrokerCore *self, BrokerDecision *decision)
{
  const char *files = decision->asked.command->facts.files;
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);

  switch (broker_core_review_import (self, files, faults))
    {
    case BROKER_REVIEW_NEW:
      return TRUE;
    case BROKER_REVIEW_IN_FORCE:
      decision->verdict = BROKER_VERDICT_NOTHING;
      return FALSE;
    case BROKER_REVIEW_FAULTY:
      refuse (decision, BED_ERROR_IMPORT, broker_core_explain_faults (faults));
      return FALSE;
    }
  return FALSE;
}

static void
decide (BrokerCore *self, BrokerDecision *decision)
{
  BedCommand *command = decision->asked.command;
  gpointer first = g_hash_table_lookup (self->keys, command);
  BrokerRefusal refusal;

  if (first != NULL)
    {
      const BedEvent *event = &self->events[GPOINTER_TO_UINT (first) - 1];

      if (memcmp (event->digest, command->digest, sizeof event->digest) != 0)
        refuse (decision, BED_ERROR_BAD_VALUE, g_strdup ("\"member\":\"key\""));
      else
        {
          decision->verdict = BROKER_VERDICT_EVENT;
          decision->event = GPOINTER_TO_UINT (first) - 1;
        }
      return;
    }
  if (decide_by_key (self, decision))
    return;
  if (command->method == BED_METHOD_IMPORT && !check_import (self, decision))
    return;
  if (!stage (self, command, &refusal))
    {
      refuse (decision, refusal.error, broker_core_explain_refusal (self->reg, &refusal));
      return;
    }
  decision->verdict = BROKER_VERDICT_EVENT;
  decision->event = self->n_events - 1;
  g_hash_table_insert (self->keys, command, GUINT_TO_POINTER (self->n_events));
}

/* The clock's own commands */

static void
stage_clock (BrokerCore *self, BedCommand *command)
{
  BrokerRefusal refusal;

  g_strlcpy (command->actor.user, "clock", sizeof command->actor.user);
  command->actor.role = BED_ROLE_CLOCK;
  stage (self, command, &refusal);
}

static void
stage_due (BrokerCore *self)
{
  for (guint i = 0; i < BROKER_DUE_MAX; i++)
    {
      g_auto (BedCommand) command = { 0 };
      guint before = self->n_events;

      if (!broker_rules_next_due (self->reg, self->now_us, &command))
        return;
      stage_clock (self, &command);
      if (self->n_events == before)
        return; /* it would be due for ever */
    }
}

static void
stage_quarter (BrokerCore *self)
{
  const gint64 quarter_us = BED_HISTORY_MINUTES * BED_MINUTE_US;
  g_auto (BedCommand) command = { .method = BED_METHOD_QUARTER_PASS };

  if (self->now_us < self->next_quarter_us || broker_register_peek_reference (self->reg) == NULL)
    return;
  self->next_quarter_us = (self->now_us / quarter_us + 1) * quarter_us;
  bed_command_sign (&command);
  stage_clock (self, &command);
}

static void
stage_proposals (BrokerCore *self)
{
  guint n;

  if (self->now_us < self->next_proposals_us)
    return;
  n = broker_proposals_draw (self->proposals, self->reg, self->now_us, self->drawn);
  for (guint i = 0; i < n; i++)
    {
      stage_clock (self, &self->drawn[i]);
      bed_command_clear (&self->drawn[i]);
    }
  self->proposals_us = self->now_us;
  self->proposals_gap_us = MAX (BROKER_PROPOSALS_EVERY_US,
                                BROKER_PROPOSALS_SHARE * (broker_core_read_now (self) - self->now_us));
  self->next_proposals_us
      = n >= BROKER_PROPOSALS_FULL ? self->now_us + self->proposals_gap_us : G_MAXINT64;
}

/* Answering */

static void
answer (BrokerCore *self, BrokerDecision *decision)
{
  BrokerAnswer said = { .is_accepted = decision->verdict != BROKER_VERDICT_REFUSED,
                        .error = decision->error,
                        .more = decision->more };

  switch (decision->verdict)
    {
    case BROKER_VERDICT_EVENT:
      said.event = &self->events[decision->event];
      break;
    case BROKER_VERDICT_BEFORE:
      said.event = decision->before;
      break;
    case BROKER_VERDICT_NOTHING:
    case BROKER_VERDICT_REFUSED:
      break;
    }
  said.revision = said.event != NULL ? said.event->revision : broker_register_get_revision (self->reg);
  decision->asked.answered (&said, decision->asked.user_data);

  bed_command_free (decision->asked.command);
  if (decision->before != NULL)
    bed_event_clear (decision->before);
  g_free (decision->before);
  g_free (decision->more);
}

static guint
answer_all (BrokerCore *self)
{
  guint n = self->n_decisions;

  g_hash_table_remove_all (self->keys); /* its keys are the commands freed below */
  for (guint i = 0; i < n; i++)
    answer (self, &self->decisions[i]);
  for (guint i = 0; i < self->n_events; i++)
    bed_event_clear (&self->events[i]);
  self->n_decisions = 0;
  self->n_events = 0;
  self->is_epoch = FALSE;
  self->is_broken = FALSE;
  return n;
}

/* Nothing of this batch stands. Refusals go with it: they were made against a state that is not to
 * be. Only what an earlier batch had done stays answered. */
static void
take_back (BrokerCore *self, BedError error)
{
  broker_register_take_back (self->reg);
  self->next_quarter_us = self->kept_quarter_us;
  self->pause_until_us = self->now_us + BROKER_PAUSE_US * broker_core_get_speed (self);
  for (guint i = 0; i < self->n_decisions; i++)
    {
      BrokerDecision *decision = &self->decisions[i];

      if (decision->verdict == BROKER_VERDICT_BEFORE)
        continue;
      refuse (decision, error, NULL);
      if (error == BED_ERROR_UNCERTAIN)
        g_hash_table_add (self->uncertain, broker_core_name_key (decision->asked.command));
    }
}

static guint
answer_read_only (BrokerCore *self)
{
  while (self->queue_length > 0 && self->n_decisions < BROKER_BATCH_MAX)
    {
      BrokerDecision *decision = take_asked (self);
      g_autofree char *key = broker_core_name_key (decision->asked.command);

      if (g_hash_table_contains (self->uncertain, key))
        refuse (decision, BED_ERROR_UNCERTAIN, NULL);
      else if (!decide_by_key (self, decision))
        refuse (decision, BED_ERROR_UNAVAILABLE, NULL);
    }
  return answer_all (self);
}

/* The batch */

static void
show (BrokerCore *self)
{
  g_autoptr (GError) error = NULL;

  self->last_event_us = self->now_us;
  if (!self->is_epoch)
    {
      broker_publisher_show (self->publisher, self->reg);
      broker_register_keep (self->reg);
      return;
    }
  broker_register_keep (self->reg);
  if (!broker_core_publish_epoch (self, &error))
    broker_core_latch (self, error->message);
}

static void
append (BrokerCore *self)
{
  const BedEvent *events[BROKER_EVENTS_MAX];
  guint64 expected = broker_register_get_revision (self->reg) - self->n_events;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < self->n_events; i++)
    events[i] = &self->events[i];

  switch (broker_journal_append (self->journal, expected, events, self->n_events, &error))
    {
    case BROKER_APPENDED:
      show (self);
      return;
    case BROKER_NOT_APPENDED:
      g_warning ("batch not appended: %s", error != NULL ? error->message : "no reason given");
      take_back (self, BED_ERROR_UNAVAILABLE);
      return;
    case BROKER_MOVED:
      take_back (self, BED_ERROR_UNAVAILABLE);
      broker_core_latch (self, "another writer has appended to the journal");
      return;
    case BROKER_UNKNOWN:
      take_back (self, BED_ERROR_UNCERTAIN);
      broker_core_latch (self, error != NULL ? error->message : "the journal's commit failed");
      return;
    }
}

static void
finish (BrokerCore *self)
{
  guint n_events = self->n_events;

  if (self->is_broken)
    {
      take_back (self, BED_ERROR_UNAVAILABLE);
      return;
    }
  if (n_events == 0)
    return;
  append (self);
  self->n_batches++;
  self->n_commands += self->n_decisions;
  self->n_largest = MAX (self->n_largest, self->n_decisions);
  self->next_proposals_us = MIN (self->next_proposals_us, self->proposals_us + self->proposals_gap_us);
}

/* By events for the sake of the start; and by days, because an erasure takes the snapshots of its time
 * with it and a start wants a younger one. */
static gboolean
is_snapshot_due (const BrokerCore *self)
{
  guint64 since = broker_register_get_revision (self->reg) - self->snapshot_revision;

  return since >= BROKER_SNAPSHOT_EVERY
         || (since > 0 && self->now_us - self->snapshot_us >= BROKER_SNAPSHOT_EVERY_US);
}

guint
broker_core_run_batch (BrokerCore *self)
{
  const BedCommand *first = peek_asked (self);
  guint n;

  if (self->is_read_only)
    return answer_read_only (self);

  self->now_us = broker_core_read_now (self);
  self->kept_quarter_us = self->next_quarter_us;
  self->is_epoch = first != NULL && broker_begins_epoch (first->method);
  if (self->is_epoch)
    decide (self, take_asked (self));
  else
    {
      stage_due (self);
      stage_quarter (self);
      stage_proposals (self);
      broker_journal_begin_lookups (self->journal);
      while ((first = peek_asked (self)) != NULL && !broker_begins_epoch (first->method)
             && self->n_decisions < BROKER_BATCH_MAX)
        decide (self, take_asked (self));
      broker_journal_end_lookups (self->journal);
    }
  if (!self->is_epoch && self->n_events == 0 && broker_core_get_wake (self) <= self->now_us)
    self->pause_until_us = self->now_us + BROKER_PAUSE_US * broker_core_get_speed (self);
  finish (self);
  n = answer_all (self);
  /* Readers carry the heartbeat's time on at the world's pace: a faster clock leaves that behind. */
  if (self->settings.clock_speed != 0)
    broker_table_beat (broker_publisher_peek_table (self->publisher),
                       self->world.read_boottime_us (self->world.user_data), broker_core_read_now (self));
  if (!self->is_read_only && is_snapshot_due (self))
    broker_core_save_snapshot (self);
  return n;
}

gint64
broker_core_get_wake (const BrokerCore *self)
{
  gint64 wake_us = self->next_proposals_us;
  gint64 due_us;
  BedKind kind;
  guint32 index;

  if (self->is_read_only)
    return G_MAXINT64;
  if (broker_register_peek_reference (self->reg) != NULL)
    wake_us = MIN (wake_us, self->next_quarter_us);
  if (broker_register_peek_due (self->reg, &due_us, &kind, &index))
    wake_us = MIN (wake_us, due_us);
  if (broker_register_peek_erasure (self->reg, &due_us, NULL))
    wake_us = MIN (wake_us, due_us);
  return MAX (wake_us, self->pause_until_us);
}

gint64
broker_core_get_rest (BrokerCore *self)
{
  gint64 wake_us = broker_core_get_wake (self);

  if (wake_us == G_MAXINT64)
    return G_MAXINT64;
  return MAX (wake_us - broker_core_read_now (self), 0) / broker_core_get_speed (self);
}
