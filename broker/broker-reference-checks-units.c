/* broker-reference-checks-units.c: where units stand, whose they are, whom they admit, their caps.
 *
 * What a line leaves out becomes what it stands for. Owns nothing but the owners seen so far, for the
 * length of one check. What can fail is the data.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-reference-checks-core.h"

#include "common/bed-words.h"

#include <string.h>

/* A unit without a position of its own stands where its district does. */
static void
place_unit (BrokerCheck *check, BrokerUnitLine *line)
{
  const gboolean has_easting = broker_check_is_given (&line->line, BROKER_FILE_UNITS, "easting");
  const gboolean has_northing = broker_check_is_given (&line->line, BROKER_FILE_UNITS, "northing");
  const guint64 either = broker_lines_bit (BROKER_FILE_UNITS, "easting")
                         | broker_lines_bit (BROKER_FILE_UNITS, "northing");
  guint district = 0;

  if (broker_check_resolve (check, &line->line, BROKER_FILE_UNITS, "district", line->district,
               BROKER_FILE_DISTRICTS, &district))
    {
      const BedDistrict *found
          = &LINE (check, BROKER_FILE_DISTRICTS, BrokerDistrictLine, district)->district;

      line->unit.district = (guint16) district;
      if (!has_easting && !has_northing)
        {
          line->unit.easting = found->easting;
          line->unit.northing = found->northing;
        }
    }
  if (has_easting != has_northing && (line->line.bad & either) == 0)
    broker_faults_add (check->faults, BROKER_FILE_UNITS, line->line.line,
                       has_easting ? "northing" : "easting", "easting and northing stand together or not at all");
  if (has_easting && has_northing && line->unit.easting == 0 && line->unit.northing == 0)
    broker_faults_add (check->faults, BROKER_FILE_UNITS, line->line.line, "easting", "0, 0 means no place");
}

/* One organisation has one name and one kind, wherever it stands. */
static void
check_owner (BrokerCheck *check, const BrokerUnitLine *line, GHashTable *owners)
{
  const BrokerUnitLine *first = g_hash_table_lookup (owners, line->unit.owner);

  if (!broker_check_is_given (&line->line, BROKER_FILE_UNITS, "owner"))
    return;
  if (first == NULL)
    {
      if (broker_check_is_given (&line->line, BROKER_FILE_UNITS, "owner_name")
          && broker_check_is_given (&line->line, BROKER_FILE_UNITS, "owner_kind"))
        g_hash_table_insert (owners, (gpointer) line->unit.owner, (gpointer) line);
      return;
    }
  if (broker_check_is_given (&line->line, BROKER_FILE_UNITS, "owner_name")
      && strcmp (first->unit.owner_name, line->unit.owner_name) != 0)
    broker_faults_add (check->faults, BROKER_FILE_UNITS, line->line.line, "owner_name",
                       "'%s' has another name in line %u", line->unit.owner, first->line.line);
  if (broker_check_is_given (&line->line, BROKER_FILE_UNITS, "owner_kind")
      && first->unit.owner_kind != line->unit.owner_kind)
    broker_faults_add (check->faults, BROKER_FILE_UNITS, line->line.line, "owner_kind",
                       "'%s' is of another kind in line %u", line->unit.owner, first->line.line);
}

#define FLEX_AFTER_MIN 60 /* where the unit says nothing else */

/* Weekends and nights are open unless the unit says no. */
static void
set_admission (BrokerUnitLine *line)
{
  const guint64 empty = line->line.empty;

  if (line->weekends || (empty & broker_lines_bit (BROKER_FILE_UNITS, "weekends")) != 0)
    line->unit.admission |= BED_ADMITS_WEEKENDS;
  if (line->nights || (empty & broker_lines_bit (BROKER_FILE_UNITS, "nights")) != 0)
    line->unit.admission |= BED_ADMITS_NIGHTS;
  if (line->own_assessment)
    line->unit.admission |= BED_ADMITS_AFTER_OWN_ASSESSMENT;
  line->unit.flex_after_min = (empty & broker_lines_bit (BROKER_FILE_UNITS, "flex_after_min")) != 0
                                  ? FLEX_AFTER_MIN : (guint16) line->flex_after_min;
}

static void
check_admission (BrokerCheck *check, BrokerUnitLine *line)
{
  g_auto (GStrv) laps = line->gp_laps != NULL ? g_strsplit (line->gp_laps, "|", -1) : NULL;

  set_admission (line);
  if (broker_check_is_given (&line->line, BROKER_FILE_UNITS, "latest_arrival") && line->unit.latest_arrival_min == 0)
    broker_faults_add (check->faults, BROKER_FILE_UNITS, line->line.line, "latest_arrival",
                       "00:00 would take nobody at any hour: leave it empty for no limit");
  for (guint i = 0; laps != NULL && laps[i] != NULL; i++)
    {
      guint lap = 0;

      if (broker_check_resolve (check, &line->line, BROKER_FILE_UNITS, "gp_laps", laps[i], BROKER_FILE_LAPS, &lap))
        line->unit.gp_laps |= G_GUINT64_CONSTANT (1) << lap;
    }
}

gboolean
broker_check_mixes_places (guint64 types)
{
  return (types & BED_PLACE_TYPES) != 0 && (types & ~(guint64) BED_PLACE_TYPES) != 0;
}

void
broker_check_units (BrokerCheck *check)
{
  g_autoptr (GHashTable) owners = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint nth = 0; nth < N_LINES (check, BROKER_FILE_UNITS); nth++)
    {
      BrokerUnitLine *line = LINE (check, BROKER_FILE_UNITS, BrokerUnitLine, nth);
      guint lap = 0;

      place_unit (check, line);
      if (broker_check_resolve (check, &line->line, BROKER_FILE_UNITS, "lap", line->lap, BROKER_FILE_LAPS, &lap))
        line->unit.lap = (guint8) lap;
      check_owner (check, line, owners);
      check_admission (check, line);
      if (broker_check_is_given (&line->line, BROKER_FILE_UNITS, "types") && broker_check_mixes_places (line->types))
        broker_faults_add (check->faults, BROKER_FILE_UNITS, line->line.line, "types",
                           "a unit has either beds or places without them");
      broker_check_dates (check, &line->line, BROKER_FILE_UNITS, line->unit.effective_from_us,
                   line->unit.effective_to_us);
      line->unit.fresh_day_s = line->fresh_day_min * 60;
      line->unit.fresh_night_s = line->fresh_night_min * 60;
    }
}

/* After the beds have been counted. */
void
broker_check_staffed_caps (BrokerCheck *check)
{
  for (guint nth = 0; nth < N_LINES (check, BROKER_FILE_UNITS); nth++)
    {
      BrokerUnitLine *line = LINE (check, BROKER_FILE_UNITS, BrokerUnitLine, nth);

      if ((line->line.empty & broker_lines_bit (BROKER_FILE_UNITS, "staffed_cap")) != 0)
        line->unit.staffed_cap = line->unit.n_beds;
      else if (broker_check_is_given (&line->line, BROKER_FILE_UNITS, "staffed_cap")
               && check->files[BROKER_FILE_BEDS].is_readable
               && line->unit.staffed_cap > line->unit.n_beds)
        broker_faults_add (check->faults, BROKER_FILE_UNITS, line->line.line, "staffed_cap",
                           "%u, but the unit has %u beds in beds.csv", line->unit.staffed_cap,
                           line->unit.n_beds);
    }
}
