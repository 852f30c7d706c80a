/* bed-rows.c: rows as the JSON of contract.md.
 *
 * Owns nothing. Rows come checked from bed-table.h, yet every index is bounded again where it is
 * used, so that a damaged row prints less and never reads elsewhere. Members marked "?" in the
 * contract are left out when there is nothing to say; the others are null then. A class is asked
 * member by member, so what a wallboard may not show is never written for it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-rows.h"

#include "bed-event.h"
#include "bed-time.h"

#define ICONS_MAX 3 /* need icons a person on a wall */
#define NO_FIXED_ABODE "nfa"

static void
add_word (BedJson *json, const char *name, const BedWords *words, guint value)
{
  bed_json_add_string (json, name, bed_words_print (words, value));
}

/* Null for 0. */
static void
add_time_or_null (BedJson *json, const char *name, gint64 time_us)
{
  if (time_us != 0)
    bed_json_add_time (json, name, time_us);
  else
    bed_json_add_string (json, name, NULL);
}

/* Left out for 0. */
static void
add_time_if_set (BedJson *json, const char *name, gint64 time_us)
{
  if (time_us != 0)
    bed_json_add_time (json, name, time_us);
}

/* The words of the bits that are set. */
static void
add_word_list (BedJson *json, const char *name, const BedWords *words, guint64 bits)
{
  bed_json_name (json, name);
  bed_json_begin_array (json);
  for (; bits != 0; bits &= bits - 1)
    {
      guint value = (guint) __builtin_ctzll (bits);
      if (value < words->n)
        bed_json_string (json, words->words[value]);
    }
  bed_json_end_array (json);
}

static const char *
peek_lap_id (const BedTable *table, guint32 lap)
{
  return lap < table->sizes.laps ? table->laps[lap].id : NULL;
}

static const char *
peek_unit_id (const BedTable *table, guint32 unit)
{
  return unit < table->sizes.units ? table->units[unit].id : NULL;
}

static void
add_local_hour (BedJson *json, const char *name, guint minute)
{
  char text[6];
  g_snprintf (text, sizeof text, "%02u:%02u", minute / 60 % 24, minute % 60);
  bed_json_add_string (json, name, text);
}

void
bed_rows_print_lap (const BedTable *table, guint32 lap, BedJson *json)
{
  g_return_if_fail (lap < table->sizes.laps);

  const BedLap *self = &table->laps[lap];
  bed_json_begin_object (json);
  bed_json_add_string (json, "lap", self->id);
  bed_json_add_string (json, "name", self->name);
  bed_json_add_string (json, "area", self->area);
  bed_json_add_string (json, "district",
                       self->district < table->sizes.districts ? table->districts[self->district].id
                                                               : NULL);
  bed_json_add_int (json, "easting", self->easting);
  bed_json_add_int (json, "northing", self->northing);
  add_local_hour (json, "urgent_opens", self->urgent_opens_min);
  add_local_hour (json, "urgent_closes", self->urgent_closes_min);
  bed_json_end_object (json);
}

/* A unit has no commissioned type of its own: its types are those of its beds. */
static guint64
find_types (const BedTable *table, const BedUnit *unit)
{
  guint64 types = 0;
  for (guint32 i = 0; i < unit->n_beds && unit->first_bed + i < table->sizes.beds; i++)
    {
      const BedBed *bed = &table->beds[unit->first_bed + i];
      types |= bed->flex | (bed->type < BED_TYPE_N ? G_GUINT64_CONSTANT (1) << bed->type : 0);
    }
  return types;
}

static void
add_rules (BedJson *json, const BedTable *table, const BedUnit *unit)
{
  bed_json_name (json, "rules");
  bed_json_begin_object (json);
  add_word (json, "accepts", &bed_accepts_words, unit->accepts);
  bed_json_add_int (json, "longest_stay_days", unit->longest_stay_days);
  bed_json_add_bool (json, "weekends", (unit->admission & BED_ADMITS_WEEKENDS) != 0);
  bed_json_add_bool (json, "nights", (unit->admission & BED_ADMITS_NIGHTS) != 0);
  bed_json_add_bool (json, "own_assessment", (unit->admission & BED_ADMITS_AFTER_OWN_ASSESSMENT) != 0);
  if (unit->latest_arrival_min != 0)
    add_local_hour (json, "latest_arrival", unit->latest_arrival_min);
  bed_json_add_int (json, "flex_after_min", unit->flex_after_min);
  bed_json_add_int (json, "fresh_day_min", unit->fresh_day_s / 60);
  bed_json_add_int (json, "fresh_night_min", unit->fresh_night_s / 60);
  add_word_list (json, "types", &bed_type_words, find_types (table, unit));
  bed_json_end_object (json);
}

void
bed_rows_print_unit (const BedTable *table, guint32 unit, const BedUnitRow *row,
                     BedSightClass class, BedJson *json)
{
  g_return_if_fail (unit < table->sizes.units);

  const BedUnit *self = &table->units[unit];
  bed_json_begin_object (json);
  bed_json_add_string (json, "unit", self->id);
  bed_json_add_string (json, "site", self->site);
  bed_json_add_string (json, "name", self->name);
  bed_json_add_string (json, "owner", self->owner);
  add_word (json, "owner_kind", &bed_owner_kind_words, self->owner_kind);
  bed_json_add_string (json, "lap", peek_lap_id (table, self->lap));
  bed_json_add_int (json, "easting", self->easting);
  bed_json_add_int (json, "northing", self->northing);
  bed_json_add_int (json, "staffed_cap", row->staffed_cap);
  bed_json_add_bool (json, "proxy", self->is_proxy != 0);
  add_time_or_null (json, "confirmed_at", row->confirmed_at_us);
  bed_json_add_bool (json, "stale", (row->flags & BED_FLAG_STALE) != 0);
  if (row->flags & BED_FLAG_CLOSED)
    {
      bed_json_add_bool (json, "closed", TRUE);
      if (row->closed_reason != BED_CLOSURE_NONE)
        add_word (json, "reason", &bed_closure_words, row->closed_reason);
    }
  if (!(row->flags & BED_FLAG_IN_EFFECT))
    bed_json_add_bool (json, "in_effect", FALSE);
  add_rules (json, table, self);
  if (class != BED_SIGHT_WALL && self->phone[0] != '\0')
    bed_json_add_string (json, "phone", self->phone);
  bed_json_end_object (json);
}

static gboolean
shows_code_of_bed (BedSightClass class)
{
  switch (class)
    {
    case BED_SIGHT_FULL:
    case BED_SIGHT_UNIT:
      return TRUE;
    case BED_SIGHT_WALL:
    case BED_SIGHT_REFERRER:
    case BED_SIGHT_COUNTS:
      return FALSE;
    }
  return FALSE;
}

/* What is fixed for the epoch. */
static void
add_bed_reference (BedJson *json, const BedTable *table, const BedBed *self)
{
  bed_json_add_string (json, "bed", self->id);
  bed_json_add_string (json, "unit", peek_unit_id (table, self->unit));
  bed_json_add_string (json, "label", self->label);
  char bay[8];
  g_snprintf (bay, sizeof bay, "%u", self->bay);
  bed_json_add_string (json, "bay", self->bay != 0 ? bay : NULL);
  add_word (json, "type", &bed_type_words, self->type);
  add_word_list (json, "flex", &bed_type_words, self->flex);
  add_word_list (json, "features", &bed_need_words, self->features);
}

static void
add_bed_commitment (BedJson *json, const BedTable *table, const BedBedRow *row, BedSightClass class)
{
  add_word (json, "commitment", &bed_commitment_words, row->commitment);
  BedReferralRow referral;
  if (row->referral != BED_NONE && shows_code_of_bed (class)
      && bed_table_read_referral (table, row->referral, &referral))
    bed_json_add_string (json, "referral", referral.code);
  add_time_if_set (json, "until", row->until_us);
  if (row->commitment == BED_COMMITMENT_HELD)
    bed_json_add_int (json, "hold_min", row->hold_min);
}

void
bed_rows_print_bed (const BedTable *table, guint32 bed, const BedBedRow *row, BedSightClass class,
                    BedJson *json)
{
  g_return_if_fail (bed < table->sizes.beds);

  bed_json_begin_object (json);
  add_bed_reference (json, table, &table->beds[bed]);
  add_word_list (json, "features_out", &bed_need_words, row->features_out);
  add_word (json, "bay_sex", &bed_bay_sex_words, row->bay_sex);
  add_word (json, "occupancy", &bed_occupancy_words, row->occupancy);
  add_word (json, "readiness", &bed_readiness_words, row->readiness);
  add_word (json, "service", &bed_service_words, row->service);
  bed_json_add_string (json, "reason",
                       row->closed_reason != BED_CLOSURE_NONE
                           ? bed_words_print (&bed_closure_words, row->closed_reason)
                           : NULL);
  add_word (json, "isolation", &bed_isolation_words, row->isolation);
  add_bed_commitment (json, table, row, class);
  add_time_if_set (json, "expected_free_at", row->expected_free_us);
  add_time_or_null (json, "confirmed_at", row->confirmed_at_us);
  bed_json_add_string (
      json, "source",
      row->source != BED_SOURCE_NONE ? bed_words_print (&bed_source_words, row->source) : NULL);
  bed_json_add_bool (json, "offerable", (row->flags & BED_FLAG_OFFERABLE) != 0);
  add_word (json, "display", &bed_display_words, row->display);
  if (row->flags & BED_FLAG_STALE)
    bed_json_add_bool (json, "stale", TRUE);
  if (row->flags & BED_FLAG_CLOSED)
    bed_json_add_bool (json, "closed", TRUE);
  if (!(row->flags & BED_FLAG_IN_EFFECT))
    bed_json_add_bool (json, "in_effect", FALSE);
  bed_json_end_object (json);
}

/* Of the musts, the three that decide most where somebody can go: those with an icon first. */
static void
add_icons (BedJson *json, guint64 must)
{
  static const guint8 first[]
      = { BED_NEED_HOIST,   BED_NEED_BARIATRIC,      BED_NEED_DEMENTIA,
          BED_NEED_ENSUITE, BED_NEED_ISOLATION_ROOM, BED_NEED_GROUND_FLOOR };
  guint n = 0;
  bed_json_name (json, "icons");
  bed_json_begin_array (json);
  for (guint i = 0; i < G_N_ELEMENTS (first) && n < ICONS_MAX; i++)
    {
      guint64 bit = G_GUINT64_CONSTANT (1) << first[i];
      if (must & bit)
        {
          bed_json_string (json, bed_words_print (&bed_need_words, first[i]));
          must &= ~bit;
          n++;
        }
    }
  for (guint need = 0; need < BED_NEED_N && n < ICONS_MAX; need++)
    if (must >> need & 1)
      {
        bed_json_string (json, bed_words_print (&bed_need_words, need));
        n++;
      }
  bed_json_end_array (json);
}

static void
add_home (BedJson *json, const BedTable *table, const BedReferralRow *row, BedSightClass class)
{
  const BedDistrict *home
      = row->home < table->sizes.districts ? &table->districts[row->home] : NULL;
  bed_json_name (json, "home");
  bed_json_begin_object (json);
  bed_json_add_string (json, "district", home != NULL ? home->id : NO_FIXED_ABODE);
  if (home != NULL && class != BED_SIGHT_WALL)
    {
      bed_json_add_int (json, "easting", home->easting);
      bed_json_add_int (json, "northing", home->northing);
    }
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
  bed_json_end_object (json);
}

static void
add_clocks (BedJson *json, const BedReferralRow *row)
{
  bed_json_name (json, "clocks");
  bed_json_begin_array (json);
  for (guint clock = 0; clock < BED_CLOCK_N; clock++)
    {
      gint64 due_us, amber_us;
      if (!bed_clock_get_due (clock, row, &due_us) || !bed_clock_get_amber (clock, row, &amber_us))
        continue;
      bed_json_begin_object (json);
      add_word (json, "clock", &bed_clock_words, clock);
      bed_json_add_time (json, "due_at", due_us);
      bed_json_add_time (json, "amber_at", amber_us);
      bed_json_add_bool (json, "breached", (row->breached >> clock & 1) != 0);
      bed_json_end_object (json);
    }
  bed_json_end_array (json);
}

/* metres 0: not known. */
static void
add_offer (BedJson *json, const BedTable *table, guint32 bed, guint32 metres)
{
  if (bed >= table->sizes.beds)
    return;
  bed_json_name (json, "offer");
  bed_json_begin_object (json);
  bed_json_add_string (json, "bed", table->beds[bed].id);
  bed_json_add_string (json, "unit", peek_unit_id (table, table->beds[bed].unit));
  if (metres != 0)
    bed_json_add_int (json, "metres", metres);
  bed_json_end_object (json);
}

/* The wall's row is written from here alone: code, lane, district, icons, clocks, offer. */
static void
print_wall_referral (const BedTable *table, const BedReferralRow *row, BedJson *json)
{
  gboolean is_held = row->state == BED_STATE_HELD;
  bed_json_begin_object (json);
  bed_json_add_string (json, "referral", row->code);
  add_word (json, "state", &bed_state_words, row->state);
  add_word (json, "lane", &bed_lane_words, row->lane);
  add_home (json, table, row, BED_SIGHT_WALL);
  add_icons (json, row->must);
  add_clocks (json, row);
  if (is_held)
    add_offer (json, table, row->bed, row->offer_metres);
  else
    add_offer (json, table, row->offer_bed, row->offer_metres);
  add_time_if_set (json, "until", row->until_us);
  if (is_held)
    bed_json_add_int (json, "hold_min", row->hold_min);
  bed_json_end_object (json);
}

void
bed_rows_print_referral (const BedTable *table, const BedReferralRow *row, BedSightClass class,
                         BedJson *json)
{
  if (class == BED_SIGHT_WALL)
    {
      print_wall_referral (table, row, json);
      return;
    }

  bed_json_begin_object (json);
  bed_json_add_string (json, "referral", row->code);
  add_word (json, "state", &bed_state_words, row->state);
  add_word (json, "lane", &bed_lane_words, row->lane);
  add_word (json, "pathway", &bed_pathway_words, row->pathway);
  add_word (json, "type", &bed_type_words, row->type);
  add_needs (json, row);
  add_word (json, "sex", &bed_sex_words, row->sex);
  add_word (json, "age_band", &bed_age_band_words, row->age_band);
  add_home (json, table, row, class);
  bed_json_add_string (json, "lap", peek_lap_id (table, row->lap));
  bed_json_add_string (json, "source", bed_table_peek_source (table, row->source));
  add_time_or_null (json, "ready_at", row->ready_at_us);
  bed_json_add_time (json, "submitted_at", row->submitted_at_us);
  if (row->bed < table->sizes.beds)
    bed_json_add_string (json, "bed", table->beds[row->bed].id);
  add_time_if_set (json, "until", row->until_us);
  if (row->state == BED_STATE_HELD)
    bed_json_add_int (json, "hold_min", row->hold_min);
  add_time_if_set (json, "expected_at", row->expected_at_us);
  add_word (json, "agreed", &bed_agreed_words, row->agreed);
  add_clocks (json, row);
  if (class != BED_SIGHT_UNIT) /* an offer may be another owner's bed */
    add_offer (json, table, row->offer_bed, row->offer_metres);
  bed_json_end_object (json);
}

const char *
bed_rows_peek_id (const BedTable *table, BedKind kind, guint32 index,
                  const BedReferralRow *referral)
{
  switch (kind)
    {
    case BED_KIND_UNIT:
      return peek_unit_id (table, index);
    case BED_KIND_BED:
      return index < table->sizes.beds ? table->beds[index].id : NULL;
    case BED_KIND_REFERRAL:
      return referral != NULL ? referral->code : NULL;
    case BED_N_KINDS:
      return NULL;
    }
  return NULL;
}

void
bed_rows_print_recent (const BedTable *table, const BedRecent *recent, BedJson *json)
{
  bed_json_begin_object (json);
  bed_json_add_int (json, "revision", (gint64) recent->revision);
  bed_json_add_time (json, "at", recent->at_us);
  bed_json_add_string (json, "event", bed_event_word (recent->event));
  bed_json_add_string (json, "unit", peek_unit_id (table, recent->unit));
  if (recent->bed < table->sizes.beds)
    {
      bed_json_add_string (json, "bed", table->beds[recent->bed].id);
      add_word (json, "display", &bed_display_words, recent->display);
    }
  add_time_if_set (json, "until", recent->until_us);
  bed_json_end_object (json);
}

void
bed_rows_print_history (const BedTable *table, const BedHistory *history, BedJson *json)
{
  bed_json_begin_object (json);
  bed_json_add_int (json, "revision", (gint64) history->revision);
  bed_json_add_time (json, "at", history->at_us);
  bed_json_add_string (json, "lap", peek_lap_id (table, history->lap));
  bed_json_add_int (json, "in_effect", history->in_effect);
  bed_json_add_int (json, "free", history->free);
  bed_json_add_int (json, "held", history->held);
  bed_json_add_int (json, "arriving", history->arriving);
  bed_json_add_int (json, "cleaning", history->cleaning);
  bed_json_add_int (json, "occupied", history->occupied);
  bed_json_add_int (json, "closed", history->closed);
  bed_json_end_object (json);
}
