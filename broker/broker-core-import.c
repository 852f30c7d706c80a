/* broker-core-import.c: reference data: looked at as a whole before anything of it happens.
 *
 * An import is one command, one event, alone in its batch, and a new epoch. Its files are checked
 * against what is in force and against this broker's capacities; each fault is a line for the
 * person who wrote the file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-core-parts.h"

#include "broker-states.h"

#include <string.h>

static gboolean
is_in_force (const BrokerCore *self, const char *files)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;

  if (broker_register_peek_reference (self->reg) == NULL)
    return FALSE;
  g_checksum_update (checksum, (const guchar *) files, -1);
  g_checksum_get_digest (checksum, digest, &length);
  return memcmp (digest, broker_register_peek_files_digest (self->reg), sizeof digest) == 0;
}

BrokerReview
broker_core_review_import (const BrokerCore *self, const char *files, GPtrArray *faults)
{
  g_autoptr (BrokerReference) reference = NULL;
  g_autoptr (BrokerStates) states = NULL;

  if (is_in_force (self, files))
    return BROKER_REVIEW_IN_FORCE;
  reference = broker_states_parse (files, self->reg, &states, faults);
  if (reference != NULL && reference->sizes.beds > self->settings.beds_max)
    g_ptr_array_add (faults, g_strdup_printf ("beds.csv:1:bed: %u beds, this broker has room for %u: raise"
                                              " beds in [table] of its configuration",
                                              reference->sizes.beds, self->settings.beds_max));
  if (states != NULL && states->referrals->len > self->settings.referrals)
    g_ptr_array_add (faults, g_strdup_printf ("referrals.csv:1:referral: %u people, this broker has room for %u: raise"
                                              " referrals in [table] of its configuration",
                                              states->referrals->len, self->settings.referrals));
  return reference != NULL && faults->len == 0 ? BROKER_REVIEW_NEW : BROKER_REVIEW_FAULTY;
}

typedef struct
{
  gboolean is_answered;
  gboolean is_accepted;
  BedError error;
} Outcome;

static void
note_outcome (const BrokerAnswer *answer, gpointer user_data)
{
  Outcome *outcome = user_data;

  *outcome = (Outcome) { TRUE, answer->is_accepted, answer->error };
}

gboolean
broker_core_import (BrokerCore *self, const char *files, GPtrArray *faults, GError **error)
{
  BedCommand *command;
  Outcome outcome = { 0 };

  if (broker_core_review_import (self, files, faults) == BROKER_REVIEW_FAULTY)
    {
      g_set_error_literal (error, BED_ERROR, BED_ERROR_IMPORT, bed_error_words (BED_ERROR_IMPORT));
      return FALSE;
    }

  command = g_new0 (BedCommand, 1);
  command->method = BED_METHOD_IMPORT;
  command->actor = (BedActor) { .user = "local", .role = BED_ROLE_LOCAL };
  command->facts.files = g_strdup (files);
  bed_facts_set (&command->facts, BED_FACT_FILES);
  bed_key_print (broker_core_read_now (self), self->world.draw_random (self->world.user_data),
                 self->world.draw_random (self->world.user_data), command->key);
  bed_command_sign (command);
  if (!broker_core_ask (self, command, note_outcome, &outcome))
    outcome = (Outcome) { TRUE, FALSE, BED_ERROR_TOO_MANY };
  while (!outcome.is_answered)
    broker_core_run_batch (self);
  if (!outcome.is_accepted)
    g_set_error_literal (error, BED_ERROR, (int) outcome.error, bed_error_words (outcome.error));
  return outcome.is_accepted;
}
