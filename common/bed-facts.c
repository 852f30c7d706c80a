/* bed-facts.c: the members of the language, described once.
 *
 * One constant table says of each fact its wire name, its form and where it stands in BedFacts;
 * parse, print and copy walk it in the order of BedFact, so what is printed is canonical. Foreign
 * values are checked here and nowhere else: ids, codes, outward codes, words, times, numbers. The
 * only error is BED_ERROR_BAD_VALUE, its message the member's name.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-facts.h"

#include "bed-rules.h"
#include "bed-time.h"

#include <stddef.h>
#include <string.h>

#define MINUTES_MAX 100000
#define METRES_MAX 10000000
#define BEDS_MAX 65536 /* of one unit */
#define OXYGEN_MAX 60  /* litres a minute */
#define NEEDS_WORDS_MAX 64 /* words in one list of needs, repeats counted */
#define FILES_MAX 16       /* files of one import */
#define FILE_NAME_MAX 64   /* bytes of a file's name */
#define NO_FIXED_ABODE "nfa"

typedef enum
{
  FORM_ID,       /* char[BED_ID_SIZE] of [a-z0-9_-] */
  FORM_CODE,     /* char[BED_CODE_SIZE] */
  FORM_DISTRICT, /* char[8]: an outward code, {district}, or "nfa" */
  FORM_WORD,     /* guint8 of words */
  FORM_TIME,     /* gint64 */
  FORM_NUMBER,   /* guint32 from least to most */
  FORM_NEEDS,    /* must, must_not, prefer, and what is measured */
  FORM_RULES,    /* BedUnitRules */
  FORM_KEY,      /* char[BED_KEY_SIZE] */
  FORM_FILES     /* owned string */
} Form;

typedef struct
{
  const char *name; /* on the wire; a few facts share one, never in the same method */
  Form form;
  guint16 offset;
  const BedWords *words;
  guint32 least; /* FORM_NUMBER; FORM_WORD: values below it are not taken */
  guint32 most;
} Member;

#define AT(field) .offset = offsetof (BedFacts, field)

static const Member members[BED_N_FACTS] = {
  [BED_FACT_BED] = { "bed", FORM_ID, AT (bed) },
  [BED_FACT_UNIT] = { "unit", FORM_ID, AT (unit) },
  [BED_FACT_REFERRAL] = { "referral", FORM_CODE, AT (referral) },
  [BED_FACT_OCCUPANCY] = { "occupancy", FORM_WORD, AT (occupancy), .words = &bed_occupancy_words },
  [BED_FACT_READINESS] = { "readiness", FORM_WORD, AT (readiness), .words = &bed_readiness_words },
  [BED_FACT_ISOLATION] = { "isolation", FORM_WORD, AT (isolation), .words = &bed_isolation_words },
  [BED_FACT_EXPECTED_FREE_AT] = { "expected_free_at", FORM_TIME, AT (expected_free_us) },
  [BED_FACT_SOURCE] = { "source", FORM_WORD, AT (source), .words = &bed_source_words,
                        .least = BED_SOURCE_STAFF },
  [BED_FACT_ORGANISATION] = { "source", FORM_ID, AT (organisation) },
  [BED_FACT_CLOSURE] = { "reason", FORM_WORD, AT (closure), .words = &bed_closure_words,
                         .least = BED_CLOSURE_STAFFING },
  [BED_FACT_UNTIL] = { "until", FORM_TIME, AT (until_us) },
  [BED_FACT_MINUTES] = { "minutes", FORM_NUMBER, AT (minutes), .least = 1, .most = MINUTES_MAX },
  [BED_FACT_OVERRIDE] = { "override", FORM_WORD, AT (override), .words = &bed_override_words },
  [BED_FACT_LANE] = { "lane", FORM_WORD, AT (lane), .words = &bed_lane_words },
  [BED_FACT_PATHWAY] = { "pathway", FORM_WORD, AT (pathway), .words = &bed_pathway_words },
  [BED_FACT_TYPE] = { "type", FORM_WORD, AT (type), .words = &bed_type_words },
  [BED_FACT_NEEDS] = { "needs", FORM_NEEDS, AT (must) },
  [BED_FACT_SEX] = { "sex", FORM_WORD, AT (sex), .words = &bed_sex_words },
  [BED_FACT_AGE_BAND] = { "age_band", FORM_WORD, AT (age_band), .words = &bed_age_band_words },
  [BED_FACT_HOME] = { "home", FORM_DISTRICT, AT (home) },
  [BED_FACT_NEAR] = { "near", FORM_DISTRICT, AT (near) },
  [BED_FACT_AGREED] = { "agreed", FORM_WORD, AT (agreed), .words = &bed_agreed_words },
  [BED_FACT_READY_AT] = { "ready_at", FORM_TIME, AT (ready_at_us) },
  [BED_FACT_OUTCOME] = { "outcome", FORM_WORD, AT (outcome), .words = &bed_outcome_words },
  [BED_FACT_STATE] = { "state", FORM_WORD, AT (state), .words = &bed_state_words },
  [BED_FACT_METRES] = { "metres", FORM_NUMBER, AT (metres), .least = 0, .most = METRES_MAX },
  [BED_FACT_CLOCK] = { "clock", FORM_WORD, AT (clock), .words = &bed_clock_words },
  [BED_FACT_FILES] = { "files", FORM_FILES, AT (files) },
  [BED_FACT_INFECTION] = { "infection", FORM_WORD, AT (infection), .words = &bed_infection_words },
  [BED_FACT_BAY] = { "bay", FORM_NUMBER, AT (bay), .least = 1, .most = G_MAXUINT16 },
  [BED_FACT_STAFFED_CAP] = { "staffed_cap", FORM_NUMBER, AT (staffed_cap), .least = 0, .most = BEDS_MAX },
  [BED_FACT_CAPACITY] = { "capacity", FORM_NUMBER, AT (capacity), .least = 0, .most = BEDS_MAX },
  [BED_FACT_BEDS] = { "beds", FORM_NUMBER, AT (beds), .least = 1, .most = G_MAXUINT8 },
  [BED_FACT_RULES] = { "rules", FORM_RULES, AT (rules) },
  [BED_FACT_WHY] = { "why", FORM_WORD, AT (why), .words = &bed_fill_words },
  [BED_FACT_SINCE] = { "since", FORM_TIME, AT (since_us) },
  [BED_FACT_CORRECTION] = { "reason", FORM_WORD, AT (correction), .words = &bed_correction_words },
  [BED_FACT_FEATURE] = { "feature", FORM_WORD, AT (feature), .words = &bed_need_words },
  [BED_FACT_OUT_UNTIL] = { "out_until", FORM_TIME, AT (out_until_us) },
  [BED_FACT_HOME_FIRST] = { "home_first", FORM_WORD, AT (home_first), .words = &bed_home_first_words, .least = BED_HOME_FIRST_NEEDS_NIGHT_CARE },
  [BED_FACT_WITH] = { "with", FORM_CODE, AT (with) },
  [BED_FACT_CONTINUES] = { "continues", FORM_CODE, AT (continues) },
  [BED_FACT_REDIRECT] = { "to", FORM_WORD, AT (redirect), .words = &bed_redirect_words },
  [BED_FACT_PAUSE] = { "reason", FORM_WORD, AT (pause), .words = &bed_pause_words },
  [BED_FACT_WITHDRAWAL] = { "reason", FORM_WORD, AT (withdrawal), .words = &bed_withdrawal_words },
  [BED_FACT_ASSESSMENT] = { "kind", FORM_WORD, AT (assessment), .words = &bed_assessment_words },
  [BED_FACT_RESULT] = { "result", FORM_WORD, AT (result), .words = &bed_result_words },
  [BED_FACT_HOLD_REASON] = { "reason", FORM_WORD, AT (hold_reason), .words = &bed_hold_reason_words },
  [BED_FACT_DECLINE] = { "reason", FORM_WORD, AT (decline), .words = &bed_decline_words },
  [BED_FACT_AT] = { "at", FORM_TIME, AT (at_us) },
  [BED_FACT_TRANSPORT] = { "transport", FORM_WORD, AT (transport), .words = &bed_transport_words, .least = BED_TRANSPORT_BOOKED },
  [BED_FACT_BY] = { "by", FORM_WORD, AT (by), .words = &bed_canceller_words },
  [BED_FACT_CANCELLATION] = { "reason", FORM_WORD, AT (cancellation), .words = &bed_cancellation_words },
  [BED_FACT_AWAY] = { "kind", FORM_WORD, AT (away), .words = &bed_away_words },
  [BED_FACT_KEEP_UNTIL] = { "keep_until", FORM_TIME, AT (keep_until_us) },
  [BED_FACT_STAY_REASON] = { "reason", FORM_WORD, AT (stay_reason), .words = &bed_waiting_for_words, .least = BED_WAITING_FOR_PACKAGE },
  [BED_FACT_WAITING_FOR] = { "waiting_for", FORM_WORD, AT (waiting_for), .words = &bed_waiting_for_words, .least = BED_WAITING_FOR_PACKAGE },
  [BED_FACT_UNDOES] = { "undoes", FORM_KEY, AT (undoes) },
  [BED_FACT_OTHER_BED] = { "other_bed", FORM_ID, AT (other_bed) },
};

static_assert (BED_N_FACTS <= 64, "facts are bits of one word");

const char *
bed_fact_word (BedFact fact)
{
  return (guint) fact < BED_N_FACTS ? members[fact].name : NULL;
}

void
bed_facts_clear (BedFacts *facts)
{
  g_free (facts->files);
  memset (facts, 0, sizeof *facts);
}

void
bed_facts_copy (const BedFacts *facts, BedFacts *copy)
{
  *copy = *facts;
  copy->files = g_strdup (facts->files);
}

/* The string of a node, or NULL if it is anything else. */
static const char *
peek_string (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static gboolean
parse_id (const char *text, char *id)
{
  gsize n = 0;
  for (; text[n] != '\0'; n++)
    if (n + 1 >= BED_ID_SIZE
        || !(g_ascii_islower (text[n]) || g_ascii_isdigit (text[n]) || text[n] == '_'
             || text[n] == '-'))
      return FALSE;
  memcpy (id, text, n + 1);
  return n > 0;
}

/* An outward code: one or two letters, a digit, and perhaps one more of either. To upper case. */
static gboolean
parse_outward (const char *text, char *district)
{
  gsize n = strlen (text);
  if (n < 2 || n > 4)
    return FALSE;
  gsize n_letters = g_ascii_isalpha (text[1]) ? 2 : 1;
  if (!g_ascii_isalpha (text[0]) || n <= n_letters || n > n_letters + 2
      || !g_ascii_isdigit (text[n_letters])
      || (n == n_letters + 2 && !g_ascii_isalnum (text[n - 1])))
    return FALSE;
  for (gsize i = 0; i <= n; i++)
    district[i] = g_ascii_toupper (text[i]);
  return TRUE;
}

static gboolean
parse_district (JsonNode *node, char *district)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      node = json_object_get_member (json_node_get_object (node), "district");
      if (node == NULL)
        return FALSE;
    }
  const char *text = peek_string (node);
  if (text == NULL)
    return FALSE;
  if (g_ascii_strcasecmp (text, NO_FIXED_ABODE) == 0)
    {
      district[0] = '\0';
      return TRUE;
    }
  return parse_outward (text, district);
}

static gboolean
parse_time (JsonNode *node, gint64 *time_us)
{
  const char *text = peek_string (node);
  return text != NULL && bed_time_parse (text, time_us) && *time_us > 0; /* 0 means none */
}

static gboolean
parse_number (JsonNode *node, const Member *member, guint32 *number)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  gint64 value = json_node_get_int (node);
  if (value < member->least || value > member->most)
    return FALSE;
  *number = (guint32) value;
  return TRUE;
}

static gboolean
parse_key (JsonNode *node, char *key)
{
  const char *text = peek_string (node);
  return text != NULL && bed_key_parse (text, key);
}

static gboolean
parse_word (JsonNode *node, const Member *member, guint8 *value)
{
  const char *text = peek_string (node);
  int parsed = text != NULL ? bed_words_parse (member->words, text) : -1;
  if (parsed < (int) member->least)
    return FALSE;
  *value = (guint8) parsed;
  return TRUE;
}

/* One list of need words, or none, as bits. */
static gboolean
parse_need_list (JsonObject *needs, const char *name, guint64 *bits)
{
  JsonNode *node = json_object_get_member (needs, name);
  *bits = 0;
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;
  JsonArray *list = json_node_get_array (node);
  guint n = json_array_get_length (list);
  if (n > NEEDS_WORDS_MAX)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      const char *word = peek_string (json_array_get_element (list, i));
      int need = word != NULL ? bed_words_parse (&bed_need_words, word) : -1;
      if (need < 0)
        return FALSE;
      *bits |= G_GUINT64_CONSTANT (1) << need;
    }
  return TRUE;
}

/* One member of needs that is measured: absent is 0. */
static gboolean
parse_measure (JsonObject *needs, const Member *member, guint8 *value)
{
  JsonNode *node = json_object_get_member (needs, member->name);
  guint32 number = 0;
  *value = 0;
  if (node == NULL)
    return TRUE;
  if (member->form == FORM_WORD)
    return parse_word (node, member, value);
  if (!parse_number (node, member, &number))
    return FALSE;
  *value = (guint8) number;
  return TRUE;
}

/* Besides the lists. */
static const Member measures[] = {
  { "weight_band", FORM_WORD, AT (weight_band), .words = &bed_weight_band_words },
  { "oxygen_lpm", FORM_NUMBER, AT (oxygen_lpm), .least = 0, .most = OXYGEN_MAX },
  { "infection", FORM_WORD, AT (needed_infection), .words = &bed_infection_words },
};

static gboolean
parse_needs (JsonNode *node, BedFacts *facts)
{
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  JsonObject *needs = json_node_get_object (node);
  for (guint i = 0; i < G_N_ELEMENTS (measures); i++)
    if (!parse_measure (needs, &measures[i], G_STRUCT_MEMBER_P (facts, measures[i].offset)))
      return FALSE;
  return parse_need_list (needs, "must", &facts->must)
         && parse_need_list (needs, "must_not", &facts->must_not)
         && parse_need_list (needs, "prefer", &facts->prefer)
         && (facts->must & facts->must_not) == 0;
}

/* An object of file name → text, as canonical JSON: names sorted. */
static gboolean
parse_files (JsonNode *node, char **files)
{
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  JsonObject *object = json_node_get_object (node);
  if (json_object_get_size (object) > FILES_MAX)
    return FALSE;

  g_autoptr (GList) unsorted = json_object_get_members (object);
  g_autoptr (GList) names = g_list_sort (g_steal_pointer (&unsorted), (GCompareFunc) strcmp);
  g_auto (BedJson) json;
  bed_json_init (&json, 4096);
  bed_json_begin_object (&json);
  for (GList *l = names; l != NULL; l = l->next)
    {
      const char *name = l->data;
      const char *text = peek_string (json_object_get_member (object, name));
      if (text == NULL || strlen (name) > FILE_NAME_MAX)
        return FALSE;
      bed_json_string (&json, name);
      g_string_append_c (json.text, ':');
      json.needs_comma = FALSE;
      bed_json_string (&json, text);
    }
  bed_json_end_object (&json);
  *files = bed_json_steal (&json, NULL);
  return TRUE;
}

static gboolean
parse_member (const Member *member, JsonNode *node, BedFacts *facts)
{
  gpointer field = G_STRUCT_MEMBER_P (facts, member->offset);
  const char *text;
  switch (member->form)
    {
    case FORM_ID:
      text = peek_string (node);
      return text != NULL && parse_id (text, field);
    case FORM_CODE:
      text = peek_string (node);
      return text != NULL && bed_code_parse (text, field);
    case FORM_DISTRICT:
      return parse_district (node, field);
    case FORM_WORD:
      return parse_word (node, member, field);
    case FORM_TIME:
      return parse_time (node, field);
    case FORM_NUMBER:
      return parse_number (node, member, field);
    case FORM_NEEDS:
      return parse_needs (node, facts);
    case FORM_FILES:
      return parse_files (node, field);
    case FORM_RULES:
      return bed_rules_parse (node, field);
    case FORM_KEY:
      return parse_key (node, field);
    }
  return FALSE;
}

gboolean
bed_facts_parse (JsonObject *object, guint64 wanted, guint64 required, BedFacts *facts,
                 GError **error)
{
  memset (facts, 0, sizeof *facts);
  for (guint fact = 0; fact < BED_N_FACTS; fact++)
    {
      if ((wanted >> fact & 1) == 0)
        continue;
      const Member *member = &members[fact];
      JsonNode *node = json_object_get_member (object, member->name);
      if (node == NULL && (required >> fact & 1) == 0)
        continue;
      if (node == NULL || !parse_member (member, node, facts))
        {
          bed_facts_clear (facts);
          g_set_error_literal (error, BED_ERROR, BED_ERROR_BAD_VALUE, member->name);
          return FALSE;
        }
      bed_facts_set (facts, fact);
    }
  return TRUE;
}

static void
print_need_list (BedJson *json, const char *name, guint64 bits)
{
  if (bits == 0)
    return;
  bed_json_name (json, name);
  bed_json_begin_array (json);
  for (guint need = 0; need < BED_NEED_N; need++)
    if (bits >> need & 1)
      bed_json_string (json, bed_words_print (&bed_need_words, need));
  bed_json_end_array (json);
}

static void
print_needs (const BedFacts *facts, BedJson *json)
{
  bed_json_begin_object (json);
  print_need_list (json, "must", facts->must);
  print_need_list (json, "must_not", facts->must_not);
  print_need_list (json, "prefer", facts->prefer);
  for (guint i = 0; i < G_N_ELEMENTS (measures); i++)
    {
      guint8 value = *(const guint8 *) G_STRUCT_MEMBER_P (facts, measures[i].offset);
      if (value == 0)
        continue;
      if (measures[i].form == FORM_WORD)
        bed_json_add_string (json, measures[i].name, bed_words_print (measures[i].words, value));
      else
        bed_json_add_int (json, measures[i].name, value);
    }
  bed_json_end_object (json);
}

/* Without loss, or a replayed event would differ from the one that was applied at first. */
static void
print_time (gint64 time_us, BedJson *json)
{
  if (time_us % 1000 == 0)
    {
      bed_json_time (json, time_us);
      return;
    }
  char text[BED_TIME_SIZE + 3];
  bed_time_print (time_us, text);
  g_snprintf (text + BED_TIME_SIZE - 2, 5, "%03dZ", (int) (time_us % 1000));
  bed_json_string (json, text);
}

static void
print_member (const Member *member, gboolean is_shown, const BedFacts *facts, BedJson *json)
{
  gconstpointer field = G_STRUCT_MEMBER_P (facts, member->offset);
  const char *text = field;
  switch (member->form)
    {
    case FORM_ID:
    case FORM_CODE:
    case FORM_KEY:
      bed_json_string (json, text);
      break;
    case FORM_RULES:
      bed_rules_print (field, json);
      break;
    case FORM_DISTRICT:
      bed_json_string (json, text[0] != '\0' ? text : NO_FIXED_ABODE);
      break;
    case FORM_WORD:
      bed_json_string (json, bed_words_print (member->words, *(const guint8 *) field));
      break;
    case FORM_TIME:
      if (is_shown)
        bed_json_time (json, *(const gint64 *) field);
      else
        print_time (*(const gint64 *) field, json);
      break;
    case FORM_NUMBER:
      bed_json_int (json, *(const guint32 *) field);
      break;
    case FORM_NEEDS:
      print_needs (facts, json);
      break;
    case FORM_FILES:
      bed_json_raw (json, facts->files != NULL ? facts->files : "{}", -1);
      break;
    }
}

void
bed_facts_print (const BedFacts *facts, BedJson *json)
{
  for (guint fact = 0; fact < BED_N_FACTS; fact++)
    if (bed_facts_has (facts, fact))
      {
        bed_json_name (json, members[fact].name);
        print_member (&members[fact], FALSE, facts, json);
      }
}

void
bed_facts_show (const BedFacts *facts, BedJson *json)
{
  for (guint fact = 0; fact < BED_N_FACTS; fact++)
    if (bed_facts_has (facts, fact))
      {
        bed_json_name (json, fact == BED_FACT_AT ? "expected_at" : members[fact].name);
        print_member (&members[fact], TRUE, facts, json);
      }
}
