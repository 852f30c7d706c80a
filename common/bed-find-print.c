/* bed-find-print.c: bed.find as the language has it: its params read, its result written.
 *
 * Owns nothing. What can fail: params (BED_ERROR_BAD_VALUE, the message is the member's name).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-facts.h"
#include "bed-find-list.h"

static void
print_needs (guint64 needs, const char *name, BedJson *json)
{
  bed_json_name (json, name);
  bed_json_begin_array (json);
  for (guint need = 0; need < BED_NEED_N; need++)
    if ((needs >> need & 1) != 0)
      bed_json_string (json, bed_words_print (&bed_need_words, need));
  bed_json_end_array (json);
}

void
bed_find_print_offer (const BedView *view, const BedNeedsProfile *needs, const BedOffer *offer,
                      BedJson *json)
{
  const BedBed *bed = &view->table->beds[offer->bed];

  bed_json_begin_object (json);
  bed_json_add_string (json, "bed", bed->id);
  bed_json_add_string (json, "unit", view->table->units[bed->unit].id);
  bed_json_add_int (json, "metres", offer->metres);
  bed_json_add_string (json, "distance_from", bed_words_print (&bed_distance_words, offer->distance_from));
  /* An offered bed meets every must; of what is preferred, all that it does not miss. */
  print_needs (needs->must | (needs->prefer & ~offer->misses_preferred), "meets", json);
  print_needs (offer->misses_preferred, "misses_preferred", json);
  if (offer->confirmed_at_us != 0)
    bed_json_add_time (json, "confirmed_at", offer->confirmed_at_us);
  else
    {
      bed_json_name (json, "confirmed_at"); /* never yet */
      bed_json_null (json);
    }
  bed_json_add_bool (json, "call_first", offer->call_first);
  bed_json_end_object (json);
}

static void
print_count (const char *reason, const BedRuledOutCount *counter, BedJson *json)
{
  if (counter->count == 0)
    return;
  bed_json_begin_object (json);
  bed_json_add_string (json, "reason", reason);
  bed_json_add_int (json, "count", counter->count);
  bed_json_add_int (json, "nearest_metres", counter->nearest_metres);
  bed_json_end_object (json);
}

static void
print_counts_by_need (const char *prefix, const BedRuledOutCount counters[static BED_NEED_N], BedJson *json)
{
  for (guint need = 0; need < BED_NEED_N; need++)
    {
      g_autofree char *reason = NULL;

      if (counters[need].count == 0)
        continue;
      reason = g_strconcat (prefix, ":", bed_words_print (&bed_need_words, need), NULL);
      print_count (reason, &counters[need], json);
    }
}

/* In the order in which a bed is counted under one reason. */
static void
print_ruled_out (const BedFound *found, BedJson *json)
{
  for (guint reason = 0; reason < BED_RULED_OUT_N; reason++)
    {
      const char *word = bed_words_print (&bed_ruled_out_words, reason);

      if (reason == BED_RULED_OUT_MUST)
        print_counts_by_need (word, found->must, json);
      else if (reason == BED_RULED_OUT_MUST_NOT)
        print_counts_by_need (word, found->must_not, json);
      else
        print_count (word, &found->ruled_out[reason], json);
    }
}

void
bed_find_print (const BedView *view, const BedNeedsProfile *needs, const BedFound *found,
                const BedFindList *list, guint64 revision, BedJson *json)
{
  bed_json_begin_object (json);
  bed_json_add_int (json, "revision", (gint64) revision);
  bed_json_name (json, "offers");
  bed_json_begin_array (json);
  for (guint i = 0; i < found->n_offers; i++)
    bed_find_print_offer (view, needs, &found->offers[i], json);
  bed_json_end_array (json);
  bed_json_add_int (json, "cut_off", found->cut_off);
  bed_json_name (json, "ruled_out");
  bed_json_begin_array (json);
  print_ruled_out (found, json);
  bed_json_end_array (json);
  if (list != NULL)
    {
      bed_json_name (json, "ruled_out_beds");
      bed_find_list_print (list, json);
    }
  bed_json_add_int (json, "total", found->total);
  bed_json_end_object (json);
}

/* Params. */

static gboolean
refuse (const char *member, GError **error)
{
  g_set_error_literal (error, BED_ERROR, BED_ERROR_BAD_VALUE, member);
  return FALSE;
}

static gboolean
parse_limit (JsonObject *params, guint *limit, GError **error)
{
  JsonNode *node = json_object_get_member (params, "limit");
  gint64 n;

  *limit = BED_FIND_LIMIT;
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return refuse ("limit", error);
  n = json_node_get_int (node);
  if (n < 1 || n > BED_FIND_LIMIT_MAX)
    return refuse ("limit", error);
  *limit = (guint) n;
  return TRUE;
}

/* The district that code names; no fixed abode is BED_NONE. */
static gboolean
parse_district (const BedView *view, const char *code, const char *member, guint32 *district, GError **error)
{
  *district = BED_NONE;
  if (code[0] == '\0')
    return TRUE;
  *district = bed_places_find_district (view->places, code);
  return *district != BED_NONE || refuse (member, error);
}

#define BIT(fact) (G_GUINT64_CONSTANT (1) << (fact))

gboolean
bed_find_parse (const BedView *view, JsonObject *params, BedNeedsProfile *needs, guint *limit,
                GError **error)
{
  const guint64 required
      = BIT (BED_FACT_HOME) | BIT (BED_FACT_NEEDS) | BIT (BED_FACT_SEX) | BIT (BED_FACT_TYPE);
  g_auto (BedFacts) facts = { 0 };
  guint32 home;
  guint32 near;

  *needs = (BedNeedsProfile) { .district = BED_NONE_16, .lap = BED_NONE_8, .minute = BED_ANY_MINUTE };
  if (!bed_facts_parse (params, required | BIT (BED_FACT_NEAR), required, &facts, error)
      || !parse_limit (params, limit, error)
      || !parse_district (view, facts.home, "home", &home, error)
      || !parse_district (view, facts.near, "near", &near, error))
    return FALSE;
  if (near == BED_NONE)
    near = home;
  needs->must = facts.must | (facts.oxygen_lpm > 0 ? BIT (BED_NEED_OXYGEN) : 0);
  needs->must_not = facts.must_not;
  needs->prefer = facts.prefer;
  needs->type = facts.type;
  needs->sex = facts.sex;
  needs->infection = facts.needed_infection;
  needs->weight_band = facts.weight_band;
  if (near == BED_NONE)
    return TRUE;
  needs->district = (guint16) near;
  needs->easting = view->table->districts[near].easting;
  needs->northing = view->table->districts[near].northing;
  needs->lap = bed_places_find_nearest_lap (view->places, needs->easting, needs->northing);
  return TRUE;
}
