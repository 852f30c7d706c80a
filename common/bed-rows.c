/* bed-rows.c: rows as the JSON of contract.md.
 *
 * Owns nothing. Rows come checked from bed-table.h, yet every index is bounded again where it is
 * used, so that a damaged row prints less and never reads elsewhere. Members marked "?" in the
 * contract are left out when there is nothing to say; the others are null then. A class is asked
 * member by member, so what a wallboard may not show is never written for it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-rows-members.h"

#include "bed-event.h"
#include "bed-time.h"

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

void
bed_rows_print_district (const BedTable *table, const BedPlaces *places, guint32 district, BedJson *json)
{
  g_return_if_fail (district < table->sizes.districts);

  const BedDistrict *self = &table->districts[district];
  bed_json_begin_object (json);
  bed_json_add_string (json, "district", self->id);
  bed_json_add_string (json, "lap", peek_lap_id (table, bed_places_find_nearest_lap (places, self->easting, self->northing)));
  bed_json_add_int (json, "easting", self->easting);
  bed_json_add_int (json, "northing", self->northing);
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

/* Answers to placings that found the bed as it was shown, of those remembered, percent. */
static void
add_accuracy (BedJson *json, const BedUnitRow *row)
{
  guint n = MIN (row->n_answers, BED_ANSWERS);
  if (n == 0)
    return;
  guint32 faults = row->faults & (guint32) ((G_GUINT64_CONSTANT (1) << n) - 1);
  guint right = n - (guint) __builtin_popcount (faults);
  bed_json_add_int (json, "accuracy", (100 * right + n / 2) / n);
}

static void
add_unit_for_staff (BedJson *json, const BedUnit *self, const BedUnitRow *row)
{
  if (self->phone[0] != '\0')
    bed_json_add_string (json, "phone", self->phone);
  if (row->surge_asked != 0)
    bed_json_add_int (json, "surge_asked", row->surge_asked);
  add_accuracy (json, row);
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
  if (class != BED_SIGHT_WALL)
    add_unit_for_staff (json, self, row);
  bed_json_end_object (json);
}

/* Whose code a bed goes with, and what illness: to those who place and those who nurse. */
static gboolean
shows_inside (BedSightClass class)
{
  switch (class)
    {
    case BED_SIGHT_FULL:
    case BED_SIGHT_UNIT:
      return TRUE;
    case BED_SIGHT_WALL:
    case BED_SIGHT_REFERRER:
    case BED_SIGHT_ASSESSOR:
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
  if (row->referral != BED_NONE && shows_inside (class)
      && bed_table_read_referral (table, row->referral, &referral))
    bed_json_add_string (json, "referral", referral.code);
  gboolean is_expecting = row->commitment == BED_COMMITMENT_ACCEPTED || row->commitment == BED_COMMITMENT_IN_TRANSIT;
  add_time_if_set (json, is_expecting ? "expected_at" : "until", row->until_us);
  if (row->commitment == BED_COMMITMENT_HELD)
    bed_json_add_int (json, "hold_min", row->hold_min);
}

/* Left out where none runs. */
static void
add_turnaround (BedJson *json, const BedBedRow *row)
{
  gint64 due_us, amber_us;
  if (!bed_clock_get_turnaround (row, &due_us, &amber_us))
    return;
  bed_json_name (json, "clocks");
  bed_json_begin_array (json);
  add_clock (json, BED_CLOCK_TURNAROUND, due_us, amber_us, (row->flags & BED_FLAG_OVERDUE) != 0);
  bed_json_end_array (json);
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
  if (shows_inside (class))
    add_word_if_set (json, "infection", &bed_infection_words, row->infection);
  add_bed_commitment (json, table, row, class);
  if (row->occupancy != BED_OCCUPANCY_VACANT)
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
  add_turnaround (json, row);
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
