/* bed-rules.c: a unit's rules as one JSON object and back.
 *
 * Owns nothing. What is not one of the members is ignored, as everywhere in the language; a member
 * of the wrong type or out of its range makes the whole object none.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-rules.h"

#include "bed-time.h"

#define STAY_DAYS_MAX 365
#define FLEX_MIN_MAX (7 * 24 * 60)
#define NO_LIMIT "none"

static const char *const names[BED_N_RULES] = {
  [BED_RULE_ACCEPTS] = "accepts",
  [BED_RULE_WEEKENDS] = "weekends",
  [BED_RULE_NIGHTS] = "nights",
  [BED_RULE_OWN_ASSESSMENT] = "own_assessment",
  [BED_RULE_LATEST_ARRIVAL] = "latest_arrival",
  [BED_RULE_LONGEST_STAY_DAYS] = "longest_stay_days",
  [BED_RULE_FLEX_AFTER_MIN] = "flex_after_min",
};

static gboolean
parse_truth (JsonNode *node, gboolean *truth)
{
  *truth = json_node_get_boolean (node);
  return json_node_get_value_type (node) == G_TYPE_BOOLEAN;
}

static gboolean
parse_number (JsonNode *node, gint64 least, gint64 most, guint16 *number)
{
  gint64 value = json_node_get_int (node);
  *number = (guint16) value;
  return json_node_get_value_type (node) == G_TYPE_INT64 && value >= least && value <= most;
}

static gboolean
parse_accepts (JsonNode *node, guint8 *accepts)
{
  const char *text = json_node_get_string (node);
  int value = text != NULL ? bed_words_parse (&bed_accepts_words, text) : -1;
  *accepts = (guint8) value;
  return value >= 0;
}

static gboolean
parse_latest (JsonNode *node, guint16 *minute)
{
  const char *text = json_node_get_string (node);
  *minute = 0;
  if (g_strcmp0 (text, NO_LIMIT) == 0)
    return TRUE;
  return text != NULL && bed_time_parse_minute (text, minute) && *minute != 0;
}

static gboolean
parse_rule (BedRule rule, JsonNode *node, BedUnitRules *rules)
{
  switch (rule)
    {
    case BED_RULE_ACCEPTS:
      return parse_accepts (node, &rules->accepts);
    case BED_RULE_WEEKENDS:
      return parse_truth (node, &rules->weekends);
    case BED_RULE_NIGHTS:
      return parse_truth (node, &rules->nights);
    case BED_RULE_OWN_ASSESSMENT:
      return parse_truth (node, &rules->own_assessment);
    case BED_RULE_LATEST_ARRIVAL:
      return parse_latest (node, &rules->latest_arrival_min);
    case BED_RULE_LONGEST_STAY_DAYS:
      return parse_number (node, 1, STAY_DAYS_MAX, &rules->longest_stay_days);
    case BED_RULE_FLEX_AFTER_MIN:
      return parse_number (node, 0, FLEX_MIN_MAX, &rules->flex_after_min);
    case BED_N_RULES:
      return FALSE;
    }
  return FALSE;
}

gboolean
bed_rules_parse (JsonNode *node, BedUnitRules *rules)
{
  *rules = (BedUnitRules) { 0 };
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  JsonObject *object = json_node_get_object (node);
  for (guint rule = 0; rule < BED_N_RULES; rule++)
    {
      JsonNode *member = json_object_get_member (object, names[rule]);
      if (member == NULL)
        continue;
      if (!JSON_NODE_HOLDS_VALUE (member) || !parse_rule (rule, member, rules))
        return FALSE;
      rules->has |= (guint8) (1u << rule);
    }
  return rules->has != 0;
}

static void
print_rule (BedRule rule, const BedUnitRules *rules, BedJson *json)
{
  char minute[8];
  switch (rule)
    {
    case BED_RULE_ACCEPTS:
      bed_json_add_string (json, names[rule], bed_words_print (&bed_accepts_words, rules->accepts));
      break;
    case BED_RULE_WEEKENDS:
      bed_json_add_bool (json, names[rule], rules->weekends);
      break;
    case BED_RULE_NIGHTS:
      bed_json_add_bool (json, names[rule], rules->nights);
      break;
    case BED_RULE_OWN_ASSESSMENT:
      bed_json_add_bool (json, names[rule], rules->own_assessment);
      break;
    case BED_RULE_LATEST_ARRIVAL:
      g_snprintf (minute, sizeof minute, "%02u:%02u", rules->latest_arrival_min / 60u,
                  rules->latest_arrival_min % 60u);
      bed_json_add_string (json, names[rule], rules->latest_arrival_min != 0 ? minute : NO_LIMIT);
      break;
    case BED_RULE_LONGEST_STAY_DAYS:
      bed_json_add_int (json, names[rule], rules->longest_stay_days);
      break;
    case BED_RULE_FLEX_AFTER_MIN:
      bed_json_add_int (json, names[rule], rules->flex_after_min);
      break;
    case BED_N_RULES:
      break;
    }
}

void
bed_rules_print (const BedUnitRules *rules, BedJson *json)
{
  bed_json_begin_object (json);
  for (guint rule = 0; rule < BED_N_RULES; rule++)
    if (rules->has >> rule & 1)
      print_rule (rule, rules, json);
  bed_json_end_object (json);
}
