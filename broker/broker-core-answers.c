/* broker-core-answers.c: what a refusal tells besides its reason, and what a repeat is a repeat of.
 *
 * Words for machines and boards: the axis, the missing needs, the member, the next best offer. Pure
 * printing from the register with the batch staged on it. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-core-parts.h"

#include <string.h>

/* The members without the braces around them, as bed_message_print_error wants them. */
static char *
steal_members (BedJson *json)
{
  gsize length = 0;
  g_autofree char *text = bed_json_steal (json, &length);

  return length > 2 ? g_strndup (text + 1, length - 2) : NULL;
}

static void
print_needs (BedJson *json, guint64 needs)
{
  bed_json_name (json, "missing");
  bed_json_begin_array (json);
  for (unsigned need = 0; need < BED_NEED_N; need++)
    if ((needs >> need & 1) != 0)
      bed_json_string (json, bed_words_print (&bed_need_words, need));
  bed_json_end_array (json);
}

static void
print_next (BedJson *json, const BrokerRegister *reg, guint32 referral, gint64 at_us)
{
  BedView view = broker_register_view (reg);
  BedNeedsProfile needs;
  BedOffer offer;

  if (referral == BED_NONE || !broker_rules_find_next (reg, referral, at_us, &offer))
    return;
  bed_needs_of_referral (broker_register_peek_referral (reg, referral), &needs);
  bed_json_name (json, "next");
  bed_find_print_offer (&view, &needs, &offer, json);
}

char *
broker_core_explain_refusal (const BrokerRegister *reg, const BrokerRefusal *refusal)
{
  g_auto (BedJson) json = { 0 };

  bed_json_init (&json, 256);
  bed_json_begin_object (&json);
  if (refusal->error == BED_ERROR_BED_TAKEN)
    print_next (&json, reg, refusal->referral, refusal->at_us);
  if (refusal->error == BED_ERROR_NOT_SUITABLE)
    print_needs (&json, refusal->missing);
  if (refusal->member[0] != '\0')
    bed_json_add_string (&json, refusal->error == BED_ERROR_NOT_OFFERABLE ? "axis" : "member",
                         refusal->member);
  bed_json_end_object (&json);
  return steal_members (&json);
}

char *
broker_core_explain_faults (const GPtrArray *faults)
{
  g_auto (BedJson) json = { 0 };

  bed_json_init (&json, 4096);
  bed_json_begin_object (&json);
  bed_json_name (&json, "faults");
  bed_json_begin_array (&json);
  for (guint i = 0; i < faults->len; i++)
    bed_json_string (&json, g_ptr_array_index (faults, i));
  bed_json_end_array (&json);
  bed_json_end_object (&json);
  return steal_members (&json);
}

static char *
print_facts (const BedFacts *facts, guint64 wanted)
{
  BedEvent event = { .facts = *facts }; /* borrows what it owns: not cleared */

  event.facts.has &= wanted;
  return bed_event_print_body (&event);
}

/* Whether the command is what the key stood for. Once the needs are erased their digest is as well, or
 * it would give them away to whoever tries them all: then what is left of the event decides. */
gboolean
broker_core_is_same (const BedEvent *first, const BedCommand *command)
{
  const guint64 kept = command->facts.has & ~(G_GUINT64_CONSTANT (1) << BED_FACT_NEEDS);

  if (!first->is_erased)
    return memcmp (first->digest, command->digest, sizeof first->digest) == 0;
  g_autofree char *was = print_facts (&first->facts, kept);
  g_autofree char *is = print_facts (&command->facts, kept);
  return (int) first->kind == (int) command->method && g_str_equal (was, is);
}
