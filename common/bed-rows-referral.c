/* bed-rows-referral.c: a person's row as the JSON of contract.md.
 *
 * Owns nothing. A class is asked member by member, and the wall's row is written from a function of
 * its own, so what a wallboard may not show is never written for it. Every index is bounded again
 * where it is used: a damaged row prints less and never reads elsewhere.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-crowd.h"
#include "bed-rows-members.h"

#define NO_FIXED_ABODE "nfa"

static void
add_icons (BedJson *json, guint64 must)
{
  guint8 shown[BED_WALL_ICONS_MAX];
  guint n = bed_crowd_find_icons (must, shown, NULL);

  bed_json_name (json, "icons");
  bed_json_begin_array (json);
  for (guint i = 0; i < n; i++)
    bed_json_string (json, bed_words_print (&bed_need_words, shown[i]));
  bed_json_end_array (json);
}

static void
add_home (BedJson *json, const BedTable *table, const BedReferralRow *row)
{
  const BedDistrict *home
      = row->home < table->sizes.districts ? &table->districts[row->home] : NULL;
  bed_json_name (json, "home");
  bed_json_begin_object (json);
  bed_json_add_string (json, "district", home != NULL ? home->id : NO_FIXED_ABODE);
  if (home != NULL)
    {
      bed_json_add_int (json, "easting", home->easting);
      bed_json_add_int (json, "northing", home->northing);
    }
  bed_json_end_object (json);
}

/* On a wall, of somebody whose needs few have, only the area: null for whoever has no LAP, of whom
 * "no fixed abode" would say as much as a district. */
static void
add_wall_home (BedJson *json, const BedTable *table, const BedReferralRow *row, gboolean is_rare)
{
  bed_json_name (json, "home");
  bed_json_begin_object (json);
  if (is_rare && row->must != 0)
    bed_json_add_string (json, "area", row->lap < table->sizes.laps ? table->laps[row->lap].area : NULL);
  else
    bed_json_add_string (json, "district",
                         row->home < table->sizes.districts ? table->districts[row->home].id : NO_FIXED_ABODE);
  bed_json_end_object (json);
}

static void
add_needs (BedJson *json, const BedReferralRow *row)
{
  bed_json_name (json, "needs");
  bed_json_begin_object (json);
  add_word_list (json, "must", &bed_need_words, row->must);
  add_word_list (json, "must_not", &bed_need_words, row->must_not);
  add_word_list (json, "prefer", &bed_need_words, row->prefer);
  add_word_if_set (json, "weight_band", &bed_weight_band_words, row->weight_band);
  if (row->oxygen_lpm != 0)
    bed_json_add_int (json, "oxygen_lpm", row->oxygen_lpm);
  add_word_if_set (json, "infection", &bed_infection_words, row->infection);
  bed_json_end_object (json);
}

static void
add_clocks (BedJson *json, const BedReferralRow *row)
{
  bed_json_name (json, "clocks");
  bed_json_begin_array (json);
  for (guint clock = 0; clock < BED_CLOCK_N; clock++)
    {
      gint64 due_us, amber_us = 0;
      if (!bed_clock_get_due (clock, row, &due_us))
        continue;
      bed_clock_get_amber (clock, row, &amber_us); /* whatever is due was amber before */
      add_clock (json, clock, due_us, amber_us, (row->breached >> clock & 1) != 0);
    }
  bed_json_end_array (json);
}

/* How far is said of a proposal, to somebody who has a place to be near: 0 in their own district. */
static void
add_offer (BedJson *json, const BedTable *table, const BedReferralRow *row, guint32 bed)
{
  if (bed >= table->sizes.beds)
    return;
  bed_json_name (json, "offer");
  bed_json_begin_object (json);
  bed_json_add_string (json, "bed", table->beds[bed].id);
  bed_json_add_string (json, "unit", peek_unit_id (table, table->beds[bed].unit));
  if (bed == row->offer_bed && (row->easting != 0 || row->northing != 0))
    bed_json_add_int (json, "metres", row->offer_metres);
  bed_json_end_object (json);
}

/* The wall's row is written from here alone: code, lane, district or area, icons, clocks, offer. */
void
bed_rows_print_wall_referral (const BedTable *table, const BedReferralRow *row, gboolean is_rare, BedJson *json)
{
  gboolean is_held = row->state == BED_STATE_HELD;
  bed_json_begin_object (json);
  bed_json_add_string (json, "referral", row->code);
  add_word (json, "state", &bed_state_words, row->state);
  add_word (json, "lane", &bed_lane_words, row->lane);
  add_wall_home (json, table, row, is_rare);
  add_icons (json, row->must);
  add_clocks (json, row);
  add_offer (json, table, row, is_held ? row->bed : row->offer_bed);
  add_time_if_set (json, "until", row->until_us);
  if (is_held)
    bed_json_add_int (json, "hold_min", row->hold_min);
  bed_json_end_object (json);
}

static void
add_person (BedJson *json, const BedTable *table, const BedReferralRow *row)
{
  bed_json_add_string (json, "referral", row->code);
  add_word (json, "state", &bed_state_words, row->state);
  add_word (json, "lane", &bed_lane_words, row->lane);
  add_word (json, "pathway", &bed_pathway_words, row->pathway);
  add_word (json, "type", &bed_type_words, row->type);
  add_needs (json, row);
  add_word (json, "sex", &bed_sex_words, row->sex);
  add_word (json, "age_band", &bed_age_band_words, row->age_band);
  add_home (json, table, row);
  bed_json_add_string (json, "lap", peek_lap_id (table, row->lap));
  bed_json_add_string (json, "source", bed_table_peek_source (table, row->source));
  add_word_if_set (json, "home_first", &bed_home_first_words, row->home_first);
}

/* The other of a couple: a unit never hears of relatives elsewhere, an organisation only of its own. */
static gboolean
shows_other (const BedTable *table, const BedReferralRow *row, const BedReferralRow *other, BedSightClass class)
{
  switch (class)
    {
    case BED_SIGHT_FULL:
      return TRUE;
    case BED_SIGHT_REFERRER:
      return other->source == row->source;
    case BED_SIGHT_UNIT:
    case BED_SIGHT_ASSESSOR:
      return row->bed < table->sizes.beds && other->bed < table->sizes.beds
             && table->beds[row->bed].unit == table->beds[other->bed].unit;
    case BED_SIGHT_WALL:
    case BED_SIGHT_COUNTS:
      return FALSE;
    }
  return FALSE;
}

static void
add_other (BedJson *json, const BedTable *table, const BedReferralRow *row, BedSightClass class)
{
  BedReferralRow other;
  if (row->linked < table->sizes.referrals && bed_table_read_referral (table, row->linked, &other)
      && shows_other (table, row, &other, class))
    bed_json_add_string (json, "with", other.code);
}

static void
add_bed_of_person (BedJson *json, const BedTable *table, const BedReferralRow *row)
{
  BedBedRow bed;
  if (row->bed < table->sizes.beds)
    bed_json_add_string (json, "bed", table->beds[row->bed].id);
  add_time_if_set (json, "until", row->until_us);
  if (row->state == BED_STATE_HELD)
    bed_json_add_int (json, "hold_min", row->hold_min);
  add_time_if_set (json, "expected_at", row->expected_at_us);
  add_word_if_set (json, "transport", &bed_transport_words, row->transport);
  add_if (json, "away",
          row->bed < table->sizes.beds && bed_table_read_bed (table, row->bed, &bed) && bed.occupancy == BED_OCCUPANCY_ON_LEAVE);
  add_word_if_set (json, "waiting_for", &bed_waiting_for_words, row->waiting_for);
}

static void
add_marks (BedJson *json, const BedTable *table, const BedReferralRow *row)
{
  add_if (json, "decide", (row->flags & BED_REFERRAL_DECIDE) != 0);
  add_if (json, "assessing", (row->flags & BED_REFERRAL_ASSESSING) != 0);
  add_if (json, "first", (row->flags & BED_REFERRAL_FIRST) != 0);
  add_if (json, "responded", (row->flags & BED_REFERRAL_RESPONDED) != 0);
  add_if (json, "out_of_hours",
          row->lap < table->sizes.laps && bed_clock_is_out_of_hours (&table->laps[row->lap], row));
  if (row->paused_for != 0)
    add_word (json, "paused_for", &bed_pause_words, row->paused_for - 1u);
}

void
bed_rows_print_referral (const BedTable *table, const BedReferralRow *row, BedSightClass class,
                         BedJson *json)
{
  if (class == BED_SIGHT_WALL)
    {
      bed_rows_print_wall_referral (table, row, TRUE, json); /* nobody has counted */
      return;
    }

  bed_json_begin_object (json);
  add_person (json, table, row);
  add_other (json, table, row, class);
  add_time_or_null (json, "ready_at", row->ready_at_us);
  bed_json_add_time (json, "submitted_at", row->submitted_at_us);
  add_time_if_set (json, "triaged_at", row->triaged_at_us);
  add_time_if_set (json, "arrived_at", row->arrived_at_us);
  add_bed_of_person (json, table, row);
  add_word (json, "agreed", &bed_agreed_words, row->agreed);
  add_marks (json, table, row);
  add_clocks (json, row);
  if (class != BED_SIGHT_UNIT && class != BED_SIGHT_ASSESSOR) /* an offer may be another owner's bed */
    add_offer (json, table, row, row->offer_bed);
  bed_json_end_object (json);
}
