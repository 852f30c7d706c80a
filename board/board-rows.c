/* board-rows.c: reads the feed's JSON rows. Owns nothing; foreign JSON is checked, never asserted.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-rows.h"

#include "common/bed-rows.h"
#include "common/bed-time.h"

#define DAYS_MAX 3650
#define MINUTES_MAX (7 * 24 * 60)
#define WHOLE_MAX 9007199254740992. /* 2^53: beyond, a number with a point is no whole one any more */

static JsonNode *
get_value (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? node : NULL;
}

const char *
board_rows_get_string (JsonObject *object, const char *name)
{
  JsonNode *node = get_value (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : "";
}

gint64
board_rows_get_int (JsonObject *object, const char *name)
{
  JsonNode *node = get_value (object, name);
  double real;

  if (node != NULL && json_node_get_value_type (node) == G_TYPE_INT64)
    return json_node_get_int (node);
  if (node == NULL || json_node_get_value_type (node) != G_TYPE_DOUBLE)
    return 0;
  real = json_node_get_double (node);
  return real > -WHOLE_MAX && real < WHOLE_MAX ? (gint64)real : 0;
}

gint64
board_rows_get_metres (JsonObject *object, const char *name)
{
  return CLAMP (board_rows_get_int (object, name), -BOARD_METRES_MAX, BOARD_METRES_MAX);
}

gboolean
board_rows_get_bool (JsonObject *object, const char *name)
{
  JsonNode *node = get_value (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_BOOLEAN
         && json_node_get_boolean (node);
}

gint64
board_rows_get_time (JsonObject *object, const char *name)
{
  gint64 time_us = 0;

  return bed_time_parse (board_rows_get_string (object, name), &time_us) ? time_us : 0;
}

/* Labels may be longer than a tile has room for. */
void
board_rows_copy_name (JsonObject *object, const char *name, char *copy, gsize size)
{
  const char *text = board_rows_get_string (object, name);
  gsize length = strlen (text);

  if (length >= size)
    length = (gsize)(g_utf8_find_prev_char (text, text + size) - text);
  memcpy (copy, text, length);
  copy[length] = 0;
}

/* in_effect is told only where it is false. */
static gboolean
is_in_effect (JsonObject *row)
{
  return !json_object_has_member (row, "in_effect") || board_rows_get_bool (row, "in_effect");
}

JsonArray *
board_rows_get_array (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

JsonObject *
board_rows_get_object (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonObject *
board_rows_get_element (JsonArray *array, guint i)
{
  JsonNode *node = json_array_get_element (array, i);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static guint
get_word (JsonObject *object, const char *name, const BedWords *words, guint otherwise)
{
  int value = bed_words_parse (words, board_rows_get_string (object, name));

  return value >= 0 ? (guint)value : otherwise;
}

/* Bits of the words in an array. */
static guint64
get_bits (JsonObject *object, const char *name, const BedWords *words)
{
  JsonArray *array = board_rows_get_array (object, name);
  guint64 bits = 0;

  for (guint i = 0; array != NULL && i < MIN (json_array_get_length (array), words->n); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      const char *word = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
      int value = word != NULL ? bed_words_parse (words, word) : -1;

      if (value >= 0)
        bits |= G_GUINT64_CONSTANT (1) << value;
    }
  return bits;
}

static guint64
get_needs (JsonObject *object, const char *name)
{
  return get_bits (object, name, &bed_need_words);
}

/* FALSE, and nothing: there is none, or it is too long to be one. */
static gboolean
copy_id (JsonObject *row, const char *name, char *id, gsize size)
{
  const char *text = board_rows_get_string (row, name);

  if (*text != 0 && g_strlcpy (id, text, size) < size)
    return TRUE;
  *id = 0;
  return FALSE;
}

static guint
get_count (JsonObject *object, const char *name, guint most)
{
  return (guint)CLAMP (board_rows_get_int (object, name), 0, (gint64)most);
}

static void
read_rules (JsonObject *rules, BoardUnit *unit)
{
  unit->accepts = (BedAccepts)get_word (rules, "accepts", &bed_accepts_words, BED_ACCEPTS_UNIT);
  unit->longest_stay_days = get_count (rules, "longest_stay_days", DAYS_MAX);
  unit->fresh_day_min = get_count (rules, "fresh_day_min", MINUTES_MAX);
  unit->fresh_night_min = get_count (rules, "fresh_night_min", MINUTES_MAX);
  unit->takes_weekends = board_rows_get_bool (rules, "weekends");
  unit->takes_nights = board_rows_get_bool (rules, "nights");
  unit->assesses = board_rows_get_bool (rules, "own_assessment");
  copy_id (rules, "latest_arrival", unit->latest_arrival, sizeof unit->latest_arrival);
}

gboolean
board_rows_read_unit (JsonObject *row, BoardUnit *unit)
{
  JsonObject *rules = board_rows_get_object (row, "rules");

  if (!copy_id (row, "unit", unit->id, sizeof unit->id))
    return FALSE;
  copy_id (row, "owner", unit->owner, sizeof unit->owner);
  copy_id (row, "lap", unit->lap, sizeof unit->lap);
  board_rows_copy_name (row, "phone", unit->phone, sizeof unit->phone);
  unit->reason = (BedClosure)get_word (row, "reason", &bed_closure_words, BED_CLOSURE_NONE);
  unit->staffed_cap = get_count (row, "staffed_cap", BOARD_BEDS_MAX);
  unit->surge_asked = get_count (row, "surge_asked", BOARD_BEDS_MAX);
  unit->accuracy = json_object_has_member (row, "accuracy") ? (int)get_count (row, "accuracy", 100) : -1;
  if (rules != NULL)
    read_rules (rules, unit);
  board_rows_copy_name (row, "name", unit->name, sizeof unit->name);
  board_rows_copy_name (row, "site", unit->site, sizeof unit->site);
  unit->owner_kind
      = (BedOwnerKind)get_word (row, "owner_kind", &bed_owner_kind_words, BED_OWNER_NHS);
  unit->is_proxy = board_rows_get_bool (row, "proxy");
  unit->is_stale = board_rows_get_bool (row, "stale");
  unit->is_in_effect = is_in_effect (row);
  unit->is_closed = board_rows_get_bool (row, "closed");
  unit->easting = board_rows_get_metres (row, "easting");
  unit->northing = board_rows_get_metres (row, "northing");
  unit->confirmed_us = board_rows_get_time (row, "confirmed_at");
  return TRUE;
}

/* A bed's own clock; rows of an older gateway have none. */
static void
read_turnaround (JsonObject *row, BoardBed *bed)
{
  JsonArray *clocks = board_rows_get_array (row, "clocks");

  for (guint i = 0; clocks != NULL && i < json_array_get_length (clocks); i++)
    {
      JsonObject *clock = board_rows_get_element (clocks, i);

      if (clock == NULL || !g_str_equal (board_rows_get_string (clock, "clock"), "turnaround"))
        continue;
      bed->turnaround_due_us = board_rows_get_time (clock, "due_at");
      bed->is_overdue = board_rows_get_bool (clock, "breached");
    }
}

gboolean
board_rows_read_bed (JsonObject *row, BoardBed *bed)
{
  if (!copy_id (row, "bed", bed->id, sizeof bed->id)
      || !copy_id (row, "unit", bed->unit, sizeof bed->unit))
    return FALSE;
  board_rows_copy_name (row, "label", bed->label, sizeof bed->label);
  copy_id (row, "bay", bed->bay, sizeof bed->bay);
  copy_id (row, "referral", bed->referral, sizeof bed->referral);
  bed->features_out = get_needs (row, "features_out");
  bed->features = get_needs (row, "features") & ~bed->features_out;
  bed->confirmed_us = board_rows_get_time (row, "confirmed_at");
  bed->until_us = board_rows_get_time (row, "until");
  bed->expected_us = board_rows_get_time (row, "expected_at");
  bed->expected_free_us = board_rows_get_time (row, "expected_free_at");
  bed->hold_min = get_count (row, "hold_min", MINUTES_MAX);
  bed->occupancy = (BedOccupancy)get_word (row, "occupancy", &bed_occupancy_words, BED_OCCUPANCY_UNKNOWN);
  bed->readiness = (BedReadiness)get_word (row, "readiness", &bed_readiness_words, BED_READINESS_READY);
  bed->service = (BedService)get_word (row, "service", &bed_service_words, BED_SERVICE_OPEN);
  bed->isolation = (BedIsolation)get_word (row, "isolation", &bed_isolation_words, BED_ISOLATION_NONE);
  bed->commitment = (BedCommitment)get_word (row, "commitment", &bed_commitment_words, BED_COMMITMENT_NONE);
  bed->source = (BedSource)get_word (row, "source", &bed_source_words, BED_SOURCE_NONE);
  bed->type = (BedType)get_word (row, "type", &bed_type_words, BED_TYPE_REHAB);
  bed->flex = (guint)get_bits (row, "flex", &bed_type_words);
  bed->is_closed = board_rows_get_bool (row, "closed");
  bed->display = (BedDisplay)get_word (row, "display", &bed_display_words, BED_DISPLAY_UNKNOWN);
  bed->bay_sex = (BedBaySex)get_word (row, "bay_sex", &bed_bay_sex_words, BED_BAY_SEX_ANY);
  bed->reason = (BedClosure)get_word (row, "reason", &bed_closure_words, BED_CLOSURE_NONE);
  bed->infection = (BedInfection)get_word (row, "infection", &bed_infection_words, BED_INFECTION_NONE);
  read_turnaround (row, bed);
  bed->is_offerable = board_rows_get_bool (row, "offerable");
  bed->is_place = (BED_PLACE_TYPES >> bed->type & 1) != 0;
  bed->is_in_effect = is_in_effect (row);
  bed->is_stale = board_rows_get_bool (row, "stale");
  return TRUE;
}

/* The urgent lane's clock is shown while it runs, then the soonest. A hold has a ring of its own
 * where it is drawn, and an arrival is no longer in the queue. */
static gboolean
is_shown_before (int clock, gint64 due_us, const BoardReferral *referral)
{
  if (clock == BED_CLOCK_HOLD || clock == BED_CLOCK_ARRIVAL)
    return FALSE;
  if (referral->due_us == 0 || clock == BED_CLOCK_UCR_RESPONSE)
    return TRUE;
  return referral->clock != BED_CLOCK_UCR_RESPONSE && due_us < referral->due_us;
}

static void
read_clock (JsonObject *row, BoardReferral *referral)
{
  int clock = get_word (row, "clock", &bed_clock_words, BED_CLOCK_N);
  gint64 due_us = board_rows_get_time (row, "due_at");
  gint64 amber_us = board_rows_get_time (row, "amber_at");

  if (due_us == 0 || clock == BED_CLOCK_N)
    return;
  referral->clocks[clock] = (BoardClock){ due_us, amber_us != 0 ? amber_us : due_us, board_rows_get_bool (row, "breached") };
  if (clock == BED_CLOCK_UCR_RESPONSE)
    referral->response_due_us = due_us;
  if (clock == BED_CLOCK_READY_TO_SERVICE)
    referral->ready_us = due_us - bed_clock_get_limit (BED_CLOCK_READY_TO_SERVICE);
  if (!is_shown_before (clock, due_us, referral))
    return;
  referral->clock = (BedClock)clock;
  referral->due_us = due_us;
  referral->amber_us = amber_us != 0 ? amber_us : due_us;
}

static void
read_clocks (JsonObject *row, BoardReferral *referral)
{
  JsonArray *clocks = board_rows_get_array (row, "clocks");

  for (guint i = 0; clocks != NULL && i < json_array_get_length (clocks); i++)
    {
      JsonObject *clock = board_rows_get_element (clocks, i);

      if (clock != NULL)
        read_clock (clock, referral);
    }
}

static void
read_needs (JsonObject *needs, BoardReferral *referral)
{
  referral->must = get_needs (needs, "must");
  referral->must_not = get_needs (needs, "must_not");
  referral->prefer = get_needs (needs, "prefer");
  referral->oxygen_lpm = get_count (needs, "oxygen_lpm", G_MAXUINT8);
  referral->weight_band = (BedWeightBand)get_word (needs, "weight_band", &bed_weight_band_words, BED_WEIGHT_NOT_STATED);
  referral->infection = (BedInfection)get_word (needs, "infection", &bed_infection_words, BED_INFECTION_NONE);
}

static void
read_marks (JsonObject *row, BoardReferral *referral)
{
  referral->is_away = board_rows_get_bool (row, "away");
  referral->is_to_decide = board_rows_get_bool (row, "decide");
  referral->is_assessing = board_rows_get_bool (row, "assessing");
  referral->is_first = board_rows_get_bool (row, "first");
  referral->has_responded = board_rows_get_bool (row, "responded");
  referral->is_out_of_hours = board_rows_get_bool (row, "out_of_hours");
}

/* What a wall is never told. */
static void
read_profile (JsonObject *row, BoardReferral *referral)
{
  JsonObject *needs = board_rows_get_object (row, "needs");

  copy_id (row, "bed", referral->bed, sizeof referral->bed);
  copy_id (row, "lap", referral->lap, sizeof referral->lap);
  copy_id (row, "source", referral->source, sizeof referral->source);
  copy_id (row, "with", referral->with, sizeof referral->with);
  if (needs != NULL)
    read_needs (needs, referral);
  referral->pathway = (BedPathway)get_word (row, "pathway", &bed_pathway_words, BED_PATHWAY_SUPPORTED);
  referral->type = (BedType)get_word (row, "type", &bed_type_words, BED_TYPE_REHAB);
  referral->sex = (BedSex)get_word (row, "sex", &bed_sex_words, BED_SEX_FEMALE);
  referral->age_band = (BedAgeBand)get_word (row, "age_band", &bed_age_band_words, BED_AGE_BAND_75_84);
  referral->agreed = (BedAgreement)get_word (row, "agreed", &bed_agreed_words, BED_AGREED_NOT_YET);
  referral->home_first = (BedHomeFirst)get_word (row, "home_first", &bed_home_first_words, BED_HOME_FIRST_NONE);
  referral->transport = (BedTransport)get_word (row, "transport", &bed_transport_words, BED_TRANSPORT_NONE);
  referral->waiting_for = (BedWaitingFor)get_word (row, "waiting_for", &bed_waiting_for_words, BED_WAITING_FOR_NONE);
  referral->paused_for = bed_words_parse (&bed_pause_words, board_rows_get_string (row, "paused_for"));
  referral->submitted_us = board_rows_get_time (row, "submitted_at");
  referral->triaged_us = board_rows_get_time (row, "triaged_at");
  referral->expected_us = board_rows_get_time (row, "expected_at");
  referral->arrived_us = board_rows_get_time (row, "arrived_at");
  read_marks (row, referral);
}

gboolean
board_rows_read_referral (JsonObject *row, BoardReferral *referral)
{
  JsonObject *offer = board_rows_get_object (row, "offer");
  JsonObject *home = board_rows_get_object (row, "home");
  JsonArray *icons = board_rows_get_array (row, "icons");

  if (!copy_id (row, "referral", referral->code, sizeof referral->code))
    return FALSE;
  referral->state = (BedReferralState)get_word (row, "state", &bed_state_words, BED_STATE_LEFT);
  referral->lane = (BedLane)get_word (row, "lane", &bed_lane_words, BED_LANE_FLOW);
  if (home != NULL)
    {
      referral->is_area = json_object_has_member (home, "area");
      board_rows_copy_name (home, referral->is_area ? "area" : "district", referral->home, sizeof referral->home);
      referral->home_easting = board_rows_get_metres (home, "easting");
      referral->home_northing = board_rows_get_metres (home, "northing");
    }
  for (guint i = 0; icons != NULL && i < json_array_get_length (icons); i++)
    {
      JsonNode *node = json_array_get_element (icons, i);
      const char *word = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
      int need = word != NULL ? bed_words_parse (&bed_need_words, word) : -1;

      if (need >= 0 && referral->n_needs < BOARD_NEEDS_SHOWN)
        referral->needs[referral->n_needs++] = (BedNeed)need;
    }
  read_clocks (row, referral);
  if (board_rows_get_time (row, "ready_at") != 0)
    referral->ready_us = board_rows_get_time (row, "ready_at");
  read_profile (row, referral);
  referral->until_us = board_rows_get_time (row, "until");
  referral->hold_min = get_count (row, "hold_min", MINUTES_MAX);
  if (offer != NULL && copy_id (offer, "bed", referral->offer_bed, sizeof referral->offer_bed))
    {
      copy_id (offer, "unit", referral->offer_unit, sizeof referral->offer_unit);
      referral->offer_metres = (guint)CLAMP (board_rows_get_int (offer, "metres"), 0, G_MAXINT);
    }
  return TRUE;
}

gboolean
board_rows_read_recent (JsonObject *row, BoardRecent *recent)
{
  int event = bed_event_parse (board_rows_get_string (row, "event"));

  if (event < 0)
    return FALSE;
  recent->event = (BedEventKind)event;
  recent->revision = (guint64)board_rows_get_int (row, "revision");
  recent->at_us = board_rows_get_time (row, "at");
  recent->until_us = board_rows_get_time (row, "until");
  recent->display = bed_words_parse (&bed_display_words, board_rows_get_string (row, "display"));
  copy_id (row, "unit", recent->unit, sizeof recent->unit);
  copy_id (row, "bed", recent->bed, sizeof recent->bed);
  return TRUE;
}
