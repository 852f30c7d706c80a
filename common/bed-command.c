/* bed-command.c: methods, which facts each takes, and what a key stands for.
 *
 * One constant table says of each method its word, its facts and whether a client may send it. A
 * command owns its facts. What a client wrote besides (`as`, `session`, unknown members) is not
 * looked at. Errors: BED_ERROR_PARAMS without an object, BED_ERROR_BAD_VALUE naming the member.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-command.h"

#include <string.h>

#define F(fact) (G_GUINT64_CONSTANT (1) << BED_FACT_##fact)

typedef struct
{
  guint64 required; /* bits of BedFact */
  guint64 optional;
  guint64 one_of; /* at least one of these optional ones; 0: no such rule */
  gboolean is_for_clients;
} Method;

static const char *const method_words[] = {
#define X(method, method_word, event, event_word) method_word,
  BED_METHODS (X)
#undef X
};

#define OBSERVATIONS (F (OCCUPANCY) | F (READINESS) | F (ISOLATION) | F (EXPECTED_FREE_AT))
#define AMENDMENTS (F (TYPE) | F (NEEDS) | F (SEX) | F (AGE_BAND) | F (HOME) | F (NEAR) | F (AGREED) | F (READY_AT))

static const Method methods[BED_N_METHODS] = {
  [BED_METHOD_BED_REPORT]
  = { F (BED), OBSERVATIONS | F (INFECTION) | F (SOURCE), OBSERVATIONS | F (SOURCE), TRUE },
  [BED_METHOD_BED_CLOSE] = { F (BED) | F (CLOSURE), F (UNTIL), 0, TRUE },
  [BED_METHOD_BED_OPEN] = { F (BED), 0, 0, TRUE },
  [BED_METHOD_BAY_CLOSE] = { F (UNIT) | F (BAY) | F (CLOSURE), F (UNTIL), 0, TRUE },
  [BED_METHOD_BAY_OPEN] = { F (UNIT) | F (BAY), 0, 0, TRUE },
  [BED_METHOD_UNIT_CLOSE] = { F (UNIT) | F (CLOSURE), F (UNTIL), 0, TRUE },
  [BED_METHOD_UNIT_OPEN] = { F (UNIT), 0, 0, TRUE },
  [BED_METHOD_UNIT_CONFIRM] = { F (UNIT), 0, 0, TRUE },
  [BED_METHOD_UNIT_STAFF] = { F (UNIT) | F (STAFFED_CAP), F (UNTIL), 0, TRUE },
  [BED_METHOD_UNIT_RULES] = { F (UNIT) | F (RULES), 0, 0, TRUE },
  [BED_METHOD_UNIT_CAPACITY] = { F (UNIT) | F (CAPACITY), F (UNTIL), 0, TRUE },
  [BED_METHOD_SURGE_ASK] = { F (UNIT) | F (BEDS) | F (UNTIL), 0, 0, TRUE },
  [BED_METHOD_SURGE_OPEN] = { F (BED), F (UNTIL), 0, TRUE },
  [BED_METHOD_SURGE_SHUT] = { F (BED), 0, 0, TRUE },
  [BED_METHOD_BED_FILL] = { F (BED) | F (WHY), F (SINCE), 0, TRUE },
  [BED_METHOD_BED_CORRECT] = { F (BED) | F (OCCUPANCY) | F (CORRECTION), 0, 0, TRUE },
  [BED_METHOD_BED_FEATURE] = { F (BED) | F (FEATURE) | F (OUT_UNTIL), 0, 0, TRUE },
  [BED_METHOD_REFERRAL_SUBMIT] = { F (LANE) | F (PATHWAY) | F (TYPE) | F (NEEDS) | F (SEX)
                                       | F (AGE_BAND) | F (HOME) | F (AGREED) | F (ORGANISATION),
                                   F (NEAR) | F (READY_AT) | F (HOME_FIRST) | F (CONTINUES), 0, TRUE },
  [BED_METHOD_REFERRAL_TRIAGE] = { F (REFERRAL) | F (PATHWAY) | F (LANE), F (HOME_FIRST), 0, TRUE },
  [BED_METHOD_REFERRAL_AMEND] = { F (REFERRAL), AMENDMENTS, AMENDMENTS, TRUE },
  [BED_METHOD_REFERRAL_LINK] = { F (REFERRAL) | F (WITH), 0, 0, TRUE },
  [BED_METHOD_REFERRAL_RESPONDED] = { F (REFERRAL), 0, 0, TRUE },
  [BED_METHOD_REFERRAL_REDIRECT] = { F (REFERRAL) | F (REDIRECT), 0, 0, TRUE },
  [BED_METHOD_REFERRAL_PAUSE] = { F (REFERRAL) | F (PAUSE), 0, 0, TRUE },
  [BED_METHOD_REFERRAL_RESUME] = { F (REFERRAL), F (READY_AT), 0, TRUE },
  [BED_METHOD_REFERRAL_WITHDRAW] = { F (REFERRAL) | F (WITHDRAWAL), 0, 0, TRUE },
  [BED_METHOD_REFERRAL_DIED] = { F (REFERRAL), 0, 0, TRUE },
  [BED_METHOD_ASSESSMENT_START] = { F (REFERRAL) | F (ASSESSMENT), 0, 0, TRUE },
  [BED_METHOD_ASSESSMENT_DONE] = { F (REFERRAL) | F (ASSESSMENT) | F (RESULT), 0, 0, TRUE },
  [BED_METHOD_PLACEMENT_PLACE] = { F (REFERRAL) | F (BED), F (OVERRIDE), 0, TRUE },
  [BED_METHOD_HOLD_TAKE] = { F (REFERRAL) | F (BED), F (MINUTES) | F (OVERRIDE), 0, TRUE },
  [BED_METHOD_HOLD_EXTEND] = { F (REFERRAL) | F (HOLD_REASON), 0, 0, TRUE },
  [BED_METHOD_HOLD_RELEASE] = { F (REFERRAL), 0, 0, TRUE },
  [BED_METHOD_PLACEMENT_ASSESSING] = { F (REFERRAL) | F (UNTIL), 0, 0, TRUE },
  [BED_METHOD_PLACEMENT_ACCEPT] = { F (REFERRAL), 0, 0, TRUE },
  [BED_METHOD_PLACEMENT_DECLINE] = { F (REFERRAL) | F (DECLINE), 0, 0, TRUE },
  [BED_METHOD_PLACEMENT_EXPECT] = { F (REFERRAL) | F (AT) | F (TRANSPORT), 0, 0, TRUE },
  [BED_METHOD_PLACEMENT_CANCEL] = { F (REFERRAL) | F (BY) | F (CANCELLATION), 0, 0, TRUE },
  [BED_METHOD_PLACEMENT_DEPART] = { F (REFERRAL), 0, 0, TRUE },
  [BED_METHOD_PLACEMENT_TURNED_BACK] = { F (REFERRAL) | F (DECLINE), 0, 0, TRUE },
  [BED_METHOD_PLACEMENT_ARRIVE] = { F (REFERRAL) | F (BED), 0, 0, TRUE },
  [BED_METHOD_PLACEMENT_THERAPY] = { F (REFERRAL), 0, 0, TRUE },
  [BED_METHOD_PLACEMENT_MOVE] = { F (REFERRAL) | F (BED), 0, 0, TRUE },
  [BED_METHOD_PLACEMENT_AWAY] = { F (REFERRAL) | F (AWAY) | F (KEEP_UNTIL), 0, 0, TRUE },
  [BED_METHOD_PLACEMENT_BACK] = { F (REFERRAL), 0, 0, TRUE },
  [BED_METHOD_PLACEMENT_EXTEND] = { F (REFERRAL) | F (STAY_REASON), 0, 0, TRUE },
  [BED_METHOD_PLACEMENT_READY_TO_LEAVE] = { F (REFERRAL), F (WAITING_FOR), 0, TRUE },
  [BED_METHOD_PLACEMENT_LEAVE] = { F (REFERRAL) | F (OUTCOME), 0, 0, TRUE },
  [BED_METHOD_UNDO] = { F (UNDOES), 0, 0, TRUE },
  [BED_METHOD_IMPORT] = { F (FILES), 0, 0, FALSE },
  [BED_METHOD_HOLD_EXPIRE] = { F (REFERRAL), 0, 0, FALSE },
  [BED_METHOD_UNIT_STALE] = { F (UNIT), 0, 0, FALSE },
  [BED_METHOD_CLOCK_BREACH] = { F (CLOCK), F (REFERRAL) | F (BED), F (REFERRAL) | F (BED), FALSE },
  [BED_METHOD_OFFER_MAKE] = { F (REFERRAL), F (BED) | F (METRES), 0, FALSE },
  [BED_METHOD_UNIT_EFFECT] = { F (UNIT), 0, 0, FALSE },
  [BED_METHOD_QUARTER_PASS] = { 0, 0, 0, FALSE },
  [BED_METHOD_PROFILE_ERASE] = { F (REFERRAL), 0, 0, FALSE },
};

guint64
bed_method_get_facts (BedMethod method)
{
  return (guint) method < BED_N_METHODS ? methods[method].required | methods[method].optional : 0;
}

guint64
bed_method_get_required (BedMethod method)
{
  return (guint) method < BED_N_METHODS ? methods[method].required : 0;
}

void
bed_command_clear (BedCommand *command)
{
  bed_facts_clear (&command->facts);
  memset (command, 0, sizeof *command);
}

void
bed_command_free (BedCommand *command)
{
  if (command != NULL)
    bed_command_clear (command);
  g_free (command);
}

const char *
bed_method_word (BedMethod method)
{
  return (guint) method < BED_N_METHODS ? method_words[method] : NULL;
}

int
bed_method_parse (const char *word)
{
  for (guint i = 0; i < BED_N_METHODS; i++)
    if (strcmp (method_words[i], word) == 0)
      return methods[i].is_for_clients ? (int) i : -1;
  return -1;
}

static gboolean
parse_key (JsonObject *params, char key[static BED_KEY_SIZE])
{
  JsonNode *node = json_object_get_member (params, "key");
  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
         && json_node_get_value_type (node) == G_TYPE_STRING
         && bed_key_parse (json_node_get_string (node), key);
}

gboolean
bed_command_parse (BedMethod method, JsonObject *params, BedCommand *command, GError **error)
{
  g_return_val_if_fail ((guint) method < BED_N_METHODS, FALSE);

  memset (command, 0, sizeof *command);
  if (params == NULL)
    {
      g_set_error_literal (error, BED_ERROR, BED_ERROR_PARAMS, bed_error_words (BED_ERROR_PARAMS));
      return FALSE;
    }
  if (!parse_key (params, command->key))
    {
      g_set_error_literal (error, BED_ERROR, BED_ERROR_BAD_VALUE, "key");
      return FALSE;
    }

  const Method *takes = &methods[method];
  if (!bed_facts_parse (params, takes->required | takes->optional, takes->required, &command->facts,
                        error))
    return FALSE;
  if (takes->one_of != 0 && (command->facts.has & takes->one_of) == 0)
    {
      bed_command_clear (command);
      g_set_error_literal (error, BED_ERROR, BED_ERROR_BAD_VALUE, bed_fact_word ((BedFact) __builtin_ctzll (takes->one_of)));
      return FALSE;
    }
  command->method = method;
  bed_command_sign (command);
  return TRUE;
}

void
bed_command_sign (BedCommand *command)
{
  g_auto (BedJson) json;
  bed_json_init (&json, 256);
  bed_json_begin_object (&json);
  bed_facts_print (&command->facts, &json);
  bed_json_end_object (&json);

  const char *word = bed_method_word (command->method);
  gsize length = sizeof command->digest;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (checksum, (const guchar *) word, (gssize) strlen (word));
  g_checksum_update (checksum, (const guchar *) "\n", 1);
  g_checksum_update (checksum, (const guchar *) json.text->str, (gssize) json.text->len);
  g_checksum_get_digest (checksum, command->digest, &length);
}
