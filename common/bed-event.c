/* bed-event.c: events as words, bodies and results.
 *
 * An event owns its facts. The body holds every fact, as canonical JSON; reading it back fails with
 * BED_ERROR_BAD_VALUE (a member) or BED_ERROR_PARSE (no JSON object), which only a damaged journal
 * can cause. What a command answers is a function of its event alone.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-event.h"

#include "bed-parse.h"

#include <string.h>

#define F(fact) (G_GUINT64_CONSTANT (1) << BED_FACT_##fact)

/* What a decision may add to what its command said. */
#define DECIDED                                                                                    \
  (F (REFERRAL) | F (BED) | F (STATE) | F (UNTIL) | F (MINUTES) | F (READINESS) | F (METRES) | F (WITH) | F (OTHER_BED) \
   | F (LANE) | F (UNIT))

static const char *const event_words[] = {
#define X(method, method_word, event, event_word) event_word,
  BED_METHODS (X)
#undef X
};

/* Beside the revision, the facts of the event that its command is answered with. */
static const guint64 answers[BED_N_EVENTS] = {
  [BED_EVENT_REFERRAL_SUBMITTED] = F (REFERRAL),
  [BED_EVENT_PLACED] = F (BED) | F (STATE) | F (UNTIL) | F (WITH) | F (OTHER_BED),
  [BED_EVENT_HOLD_TAKEN] = F (BED) | F (UNTIL) | F (WITH) | F (OTHER_BED),
  [BED_EVENT_HOLD_EXTENDED] = F (UNTIL),
  [BED_EVENT_ASSESSING] = F (UNTIL),
  [BED_EVENT_TRIAGED] = F (STATE),
  [BED_EVENT_RESUMED] = F (STATE),
};

void
bed_event_clear (BedEvent *event)
{
  bed_facts_clear (&event->facts);
  memset (event, 0, sizeof *event);
}

const char *
bed_event_word (BedEventKind kind)
{
  return (guint) kind < BED_N_EVENTS ? event_words[kind] : NULL;
}

int
bed_event_parse (const char *word)
{
  for (guint i = 0; i < BED_N_EVENTS; i++)
    if (strcmp (event_words[i], word) == 0)
      return (int) i;
  return -1;
}

char *
bed_event_print_body (const BedEvent *event)
{
  g_auto (BedJson) json;
  bed_json_init (&json, 256);
  bed_json_begin_object (&json);
  bed_facts_print (&event->facts, &json);
  bed_json_end_object (&json);
  return g_string_free (g_steal_pointer (&json.text), FALSE);
}

gboolean
bed_event_parse_body (const char *body, BedEvent *event, GError **error)
{
  g_autoptr (JsonNode) node = bed_parse_json (body, strlen (body), error);
  if (node == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error_literal (error, BED_ERROR, BED_ERROR_PARSE, "an event's body is not an object");
      return FALSE;
    }

  /* A few facts share a name on the wire, never in one method. */
  guint64 wanted = bed_method_get_facts ((BedMethod) event->kind) | DECIDED;
  if ((wanted & F (ORGANISATION)) == 0)
    wanted |= F (SOURCE);

  g_auto (BedFacts) facts = { 0 };
  if (!bed_facts_parse (json_node_get_object (node), wanted, 0, &facts, error))
    return FALSE;
  bed_facts_clear (&event->facts);
  event->facts = facts;
  facts.files = NULL;
  return TRUE;
}

/* The other of a couple and the bed for them. A referrer is told the bed alone: the other person may
 * be another organisation's. */
static void
print_with (const BedEvent *event, BedJson *json)
{
  bed_json_name (json, "with");
  bed_json_begin_object (json);
  if (event->role != BED_ROLE_REFERRER)
    bed_json_add_string (json, "referral", event->facts.with);
  bed_json_add_string (json, "bed", event->facts.other_bed);
  bed_json_end_object (json);
}

void
bed_event_print_result (const BedEvent *event, BedJson *json)
{
  const BedFacts *facts = &event->facts;
  guint64 members = (guint) event->kind < BED_N_EVENTS ? answers[event->kind] & facts->has : 0;

  bed_json_begin_object (json);
  bed_json_add_int (json, "revision", (gint64) event->revision);
  if (members & F (REFERRAL))
    bed_json_add_string (json, "referral", facts->referral);
  if (members & F (BED))
    bed_json_add_string (json, "bed", facts->bed);
  if (members & F (STATE))
    bed_json_add_string (json, "state", bed_words_print (&bed_state_words, facts->state));
  if (members & F (UNTIL))
    bed_json_add_time (json, "until", facts->until_us);
  if ((members & F (WITH)) && (members & F (OTHER_BED)))
    print_with (event, json);
  bed_json_end_object (json);
}
