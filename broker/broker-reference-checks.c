/* broker-reference-checks.c: uniqueness, references, and what must agree between lines and files.
 *
 * Runs after every value has been read. A value that was already told as bad concludes nothing
 * here, and a file whose header was wrong makes nobody else's reference unknown. Linear in the
 * number of lines: everything is found by hash tables that borrow their keys from the lines.
 *
 * Owns its hash tables for the length of one check. What can fail is the data, and that is told.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-reference-checks.h"

#include "common/bed-words.h"

#include <math.h>
#include <string.h>

typedef struct
{
  BrokerLines *files;          /* borrowed: of BROKER_N_FILES */
  BrokerFaults *faults;        /* borrowed */
  GHashTable *known[BROKER_N_FILES]; /* key → nth line; owned, keys borrowed */
} Check;

#define LINE(check, file, Type, nth) (&g_array_index ((check)->files[file].lines, Type, nth))
#define N_LINES(check, file) ((check)->files[file].lines->len)

/* TRUE if something may be concluded from the column. */
static gboolean
is_given (const BrokerLine *line, BrokerFile file, const char *column)
{
  return ((line->bad | line->empty) & broker_lines_bit (file, column)) == 0;
}

static void
check_unique (Check *check, BrokerFile file)
{
  const BrokerLines *lines = &check->files[file];
  const char *key_name = broker_lines_key_name (file);

  check->known[file] = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint nth = 0; nth < lines->lines->len; nth++)
    {
      const char *key = broker_lines_peek_key (file, lines, nth);
      gpointer first = NULL;

      if (key == NULL)
        continue;
      if (g_hash_table_lookup_extended (check->known[file], key, NULL, &first))
        broker_faults_add (check->faults, file, broker_lines_get_line (file, lines, nth), key_name,
                           "'%s' stands in line %u already", key,
                           broker_lines_get_line (file, lines, GPOINTER_TO_UINT (first)));
      else
        g_hash_table_insert (check->known[file], (gpointer) key, GUINT_TO_POINTER (nth));
    }
}

/* The nth line of file `in` that key names. FALSE if it cannot be told; if it should be there and
 * is not, that is a fault of line. */
static gboolean
resolve (Check *check, const BrokerLine *line, BrokerFile file, const char *column, const char *key,
         BrokerFile in, guint *nth)
{
  gpointer found = NULL;

  if (!is_given (line, file, column))
    return FALSE;
  if (g_hash_table_lookup_extended (check->known[in], key, NULL, &found))
    {
      *nth = GPOINTER_TO_UINT (found);
      return TRUE;
    }
  if (check->files[in].is_readable)
    broker_faults_add (check->faults, file, line->line, column, "'%s' is not in %s", key,
                       broker_file_names[in]);
  return FALSE;
}

static void
check_dates (Check *check, const BrokerLine *line, BrokerFile file, gint64 from_us, gint64 to_us)
{
  if (is_given (line, file, "effective_from") && is_given (line, file, "effective_to")
      && to_us <= from_us)
    broker_faults_add (check->faults, file, line->line, "effective_to", "must be after effective_from");
}

static void
check_districts (Check *check)
{
  for (guint nth = 0; nth < N_LINES (check, BROKER_FILE_DISTRICTS); nth++)
    {
      const BrokerDistrictLine *line = LINE (check, BROKER_FILE_DISTRICTS, BrokerDistrictLine, nth);

      if (is_given (&line->line, BROKER_FILE_DISTRICTS, "easting")
          && is_given (&line->line, BROKER_FILE_DISTRICTS, "northing")
          && line->district.easting == 0 && line->district.northing == 0)
        broker_faults_add (check->faults, BROKER_FILE_DISTRICTS, line->line.line, "easting",
                           "0, 0 means no place");
    }
}

static void
check_laps (Check *check)
{
  for (guint nth = 0; nth < N_LINES (check, BROKER_FILE_LAPS); nth++)
    {
      BrokerLapLine *line = LINE (check, BROKER_FILE_LAPS, BrokerLapLine, nth);
      guint district = 0;

      if (resolve (check, &line->line, BROKER_FILE_LAPS, "district", line->district,
                   BROKER_FILE_DISTRICTS, &district))
        {
          const BedDistrict *found
              = &LINE (check, BROKER_FILE_DISTRICTS, BrokerDistrictLine, district)->district;

          line->lap.district = (guint16) district;
          line->lap.easting = found->easting;
          line->lap.northing = found->northing;
        }
      if (is_given (&line->line, BROKER_FILE_LAPS, "urgent_opens")
          && is_given (&line->line, BROKER_FILE_LAPS, "urgent_closes")
          && line->lap.urgent_closes_min <= line->lap.urgent_opens_min)
        broker_faults_add (check->faults, BROKER_FILE_LAPS, line->line.line, "urgent_closes",
                           "must be after urgent_opens");
    }
}

/* What is wrong with a road between two known districts, or NULL; *column is where. Travel times are
 * measured from other points than our centres, so they may be shorter than the straight line. */
static const char *
judge_road (const BrokerCrossingLine *line, BrokerFile file, const BedDistrict *from, const BedDistrict *to,
            const char **column)
{
  const double straight = hypot ((double) from->easting - to->easting,
                                 (double) from->northing - to->northing);

  *column = "to";
  if (line->crossing.from == line->crossing.to)
    return "must not be the district it comes from";
  *column = "road_metres";
  if (file == BROKER_FILE_CROSSINGS && is_given (&line->line, file, "road_metres") && line->road_metres < straight)
    return "the road cannot be shorter than the straight line between the districts";
  return NULL;
}

/* A crossing holds both ways; a table may have a line for each. */
static guint
hash_pair (BrokerFile file, guint from, guint to)
{
  const gboolean is_one_way = file == BROKER_FILE_TRAVELS;

  return ((is_one_way ? from : MIN (from, to)) << 16 | (is_one_way ? to : MAX (from, to))) + 1;
}

static void
check_roads (Check *check, BrokerFile file)
{
  const char *again = file == BROKER_FILE_TRAVELS ? "this pair stands in an earlier line"
                                                  : "this pair stands in an earlier line; it holds both ways";
  g_autoptr (GHashTable) pairs = g_hash_table_new (NULL, NULL);

  for (guint nth = 0; nth < N_LINES (check, file); nth++)
    {
      BrokerCrossingLine *line = LINE (check, file, BrokerCrossingLine, nth);
      guint from = 0;
      guint to = 0;
      /* Both references are looked up, so that both faults are told. */
      const gboolean has_from = resolve (check, &line->line, file, "from", line->from, BROKER_FILE_DISTRICTS, &from);
      const gboolean has_to = resolve (check, &line->line, file, "to", line->to, BROKER_FILE_DISTRICTS, &to);
      const char *column = NULL;
      const char *reason;

      if (!has_from || !has_to)
        continue;
      line->crossing = (BedCrossing) { (guint16) from, (guint16) to, line->road_metres & G_MAXINT32,
                                       file == BROKER_FILE_TRAVELS };
      reason = judge_road (line, file, &LINE (check, BROKER_FILE_DISTRICTS, BrokerDistrictLine, from)->district,
                           &LINE (check, BROKER_FILE_DISTRICTS, BrokerDistrictLine, to)->district, &column);
      if (reason == NULL && !g_hash_table_add (pairs, GUINT_TO_POINTER (hash_pair (file, from, to))))
        {
          column = "to";
          reason = again;
        }
      if (reason != NULL)
        broker_faults_add (check->faults, file, line->line.line, column, "%s", reason);
    }
}

/* A unit without a position of its own stands where its district does. */
static void
place_unit (Check *check, BrokerUnitLine *line)
{
  const gboolean has_easting = is_given (&line->line, BROKER_FILE_UNITS, "easting");
  const gboolean has_northing = is_given (&line->line, BROKER_FILE_UNITS, "northing");
  const guint32 either = broker_lines_bit (BROKER_FILE_UNITS, "easting")
                         | broker_lines_bit (BROKER_FILE_UNITS, "northing");
  guint district = 0;

  if (resolve (check, &line->line, BROKER_FILE_UNITS, "district", line->district,
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
check_owner (Check *check, const BrokerUnitLine *line, GHashTable *owners)
{
  const BrokerUnitLine *first = g_hash_table_lookup (owners, line->unit.owner);

  if (!is_given (&line->line, BROKER_FILE_UNITS, "owner"))
    return;
  if (first == NULL)
    {
      if (is_given (&line->line, BROKER_FILE_UNITS, "owner_name")
          && is_given (&line->line, BROKER_FILE_UNITS, "owner_kind"))
        g_hash_table_insert (owners, (gpointer) line->unit.owner, (gpointer) line);
      return;
    }
  if (is_given (&line->line, BROKER_FILE_UNITS, "owner_name")
      && strcmp (first->unit.owner_name, line->unit.owner_name) != 0)
    broker_faults_add (check->faults, BROKER_FILE_UNITS, line->line.line, "owner_name",
                       "'%s' has another name in line %u", line->unit.owner, first->line.line);
  if (is_given (&line->line, BROKER_FILE_UNITS, "owner_kind")
      && first->unit.owner_kind != line->unit.owner_kind)
    broker_faults_add (check->faults, BROKER_FILE_UNITS, line->line.line, "owner_kind",
                       "'%s' is of another kind in line %u", line->unit.owner, first->line.line);
}

#define FLEX_AFTER_MIN 60 /* where the unit says nothing else */

/* Weekends and nights are open unless the unit says no. */
static void
set_admission (BrokerUnitLine *line)
{
  const guint32 empty = line->line.empty;

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
check_admission (Check *check, BrokerUnitLine *line)
{
  g_auto (GStrv) laps = line->gp_laps != NULL ? g_strsplit (line->gp_laps, "|", -1) : NULL;

  set_admission (line);
  if (is_given (&line->line, BROKER_FILE_UNITS, "latest_arrival") && line->unit.latest_arrival_min == 0)
    broker_faults_add (check->faults, BROKER_FILE_UNITS, line->line.line, "latest_arrival",
                       "00:00 would take nobody at any hour: leave it empty for no limit");
  for (guint i = 0; laps != NULL && laps[i] != NULL; i++)
    {
      guint lap = 0;

      if (resolve (check, &line->line, BROKER_FILE_UNITS, "gp_laps", laps[i], BROKER_FILE_LAPS, &lap))
        line->unit.gp_laps |= G_GUINT64_CONSTANT (1) << lap;
    }
}

static gboolean
mixes_places (guint64 types)
{
  return (types & BED_PLACE_TYPES) != 0 && (types & ~(guint64) BED_PLACE_TYPES) != 0;
}

static void
check_units (Check *check)
{
  g_autoptr (GHashTable) owners = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint nth = 0; nth < N_LINES (check, BROKER_FILE_UNITS); nth++)
    {
      BrokerUnitLine *line = LINE (check, BROKER_FILE_UNITS, BrokerUnitLine, nth);
      guint lap = 0;

      place_unit (check, line);
      if (resolve (check, &line->line, BROKER_FILE_UNITS, "lap", line->lap, BROKER_FILE_LAPS, &lap))
        line->unit.lap = (guint8) lap;
      check_owner (check, line, owners);
      check_admission (check, line);
      if (is_given (&line->line, BROKER_FILE_UNITS, "types") && mixes_places (line->types))
        broker_faults_add (check->faults, BROKER_FILE_UNITS, line->line.line, "types",
                           "a unit has either beds or places without them");
      check_dates (check, &line->line, BROKER_FILE_UNITS, line->unit.effective_from_us,
                   line->unit.effective_to_us);
      line->unit.fresh_day_s = line->fresh_day_min * 60;
      line->unit.fresh_night_s = line->fresh_night_min * 60;
    }
}

/* After the beds have been counted. */
static void
check_staffed_caps (Check *check)
{
  for (guint nth = 0; nth < N_LINES (check, BROKER_FILE_UNITS); nth++)
    {
      BrokerUnitLine *line = LINE (check, BROKER_FILE_UNITS, BrokerUnitLine, nth);

      if ((line->line.empty & broker_lines_bit (BROKER_FILE_UNITS, "staffed_cap")) != 0)
        line->unit.staffed_cap = line->unit.n_beds;
      else if (is_given (&line->line, BROKER_FILE_UNITS, "staffed_cap")
               && check->files[BROKER_FILE_BEDS].is_readable
               && line->unit.staffed_cap > line->unit.n_beds)
        broker_faults_add (check->faults, BROKER_FILE_UNITS, line->line.line, "staffed_cap",
                           "%u, but the unit has %u beds in beds.csv", line->unit.staffed_cap,
                           line->unit.n_beds);
    }
}

static guint
hash_label (gconstpointer line)
{
  const BrokerBedLine *bed = line;

  return g_str_hash (bed->bed.label) * 31 + bed->line.index;
}

static gboolean
equal_label (gconstpointer a, gconstpointer b)
{
  const BrokerBedLine *first = a;
  const BrokerBedLine *second = b;

  return first->line.index == second->line.index && strcmp (first->bed.label, second->bed.label) == 0;
}

static guint
hash_bay (gconstpointer line)
{
  const BrokerBedLine *bed = line;

  return bed->line.index * 65599 + bed->bed.bay;
}

static gboolean
equal_bay (gconstpointer a, gconstpointer b)
{
  const BrokerBedLine *first = a;
  const BrokerBedLine *second = b;

  return first->line.index == second->line.index && first->bed.bay == second->bed.bay;
}

static void
check_label (Check *check, BrokerBedLine *line, GHashTable *labels)
{
  const BrokerBedLine *first;

  if (!is_given (&line->line, BROKER_FILE_BEDS, "label"))
    return;
  first = g_hash_table_lookup (labels, line);
  if (first == NULL)
    g_hash_table_add (labels, line);
  else
    broker_faults_add (check->faults, BROKER_FILE_BEDS, line->line.line, "label",
                       "'%s' is the label of '%s' in line %u", line->bed.label, first->bed.id,
                       first->line.line);
}

/* Beds of one bay share its sex; a bed without a bay is a room of its own, and only that is. */
static void
check_bay (Check *check, BrokerBedLine *line, GHashTable *bays)
{
  const gboolean has_bay = is_given (&line->line, BROKER_FILE_BEDS, "bay");
  const gboolean is_single = line->bed.bay_sex == BED_BAY_SEX_SINGLE;
  const BrokerBedLine *first;

  if (!is_given (&line->line, BROKER_FILE_BEDS, "bay_sex")
      || (line->line.bad & broker_lines_bit (BROKER_FILE_BEDS, "bay")) != 0)
    return;
  if (has_bay == is_single)
    {
      broker_faults_add (check->faults, BROKER_FILE_BEDS, line->line.line, "bay_sex",
                         is_single ? "single stands only where bay is empty"
                                   : "must be single: bay is empty, so it is a room of its own");
      return;
    }
  if (is_single)
    {
      line->bed.features |= G_GUINT64_CONSTANT (1) << BED_NEED_SINGLE_ROOM;
      return;
    }
  if ((line->bed.features >> BED_NEED_SINGLE_ROOM & 1) != 0)
    broker_faults_add (check->faults, BROKER_FILE_BEDS, line->line.line, "features",
                       "single_room, but bay says that the room is shared");
  first = g_hash_table_lookup (bays, line);
  if (first == NULL)
    g_hash_table_add (bays, line);
  else if (first->bed.bay_sex != line->bed.bay_sex)
    broker_faults_add (check->faults, BROKER_FILE_BEDS, line->line.line, "bay_sex",
                       "the bay is %s in line %u: one bay, one sex",
                       bed_words_print (&bed_bay_sex_words, first->bed.bay_sex), first->line.line);
}

static void
check_types (Check *check, BrokerBedLine *line, const BrokerUnitLine *unit)
{
  line->bed.flex = (guint32) line->flex;
  if (!is_given (&line->line, BROKER_FILE_BEDS, "type"))
    return;
  if (is_given (&unit->line, BROKER_FILE_UNITS, "types") && (unit->types >> line->bed.type & 1) == 0)
    broker_faults_add (check->faults, BROKER_FILE_BEDS, line->line.line, "type",
                       "%s is none of the types of '%s' in units.csv",
                       bed_words_print (&bed_type_words, line->bed.type), unit->unit.id);
  if (mixes_places (line->flex | G_GUINT64_CONSTANT (1) << line->bed.type))
    broker_faults_add (check->faults, BROKER_FILE_BEDS, line->line.line, "flex",
                       "a bed is no place without a bed, and a place no bed");
  if ((line->flex >> line->bed.type & 1) != 0)
    broker_faults_add (check->faults, BROKER_FILE_BEDS, line->line.line, "flex",
                       "%s is the bed's own type", bed_words_print (&bed_type_words, line->bed.type));
}

static void
check_beds (Check *check)
{
  g_autoptr (GHashTable) labels = g_hash_table_new (hash_label, equal_label);
  g_autoptr (GHashTable) bays = g_hash_table_new (hash_bay, equal_bay);

  for (guint nth = 0; nth < N_LINES (check, BROKER_FILE_BEDS); nth++)
    {
      BrokerBedLine *line = LINE (check, BROKER_FILE_BEDS, BrokerBedLine, nth);
      BrokerUnitLine *unit;
      guint unit_nth = 0;

      check_dates (check, &line->line, BROKER_FILE_BEDS, line->bed.effective_from_us,
                   line->bed.effective_to_us);
      if (!resolve (check, &line->line, BROKER_FILE_BEDS, "unit", line->unit, BROKER_FILE_UNITS, &unit_nth))
        continue;
      line->line.index = unit_nth;
      line->bed.unit = unit_nth;
      unit = LINE (check, BROKER_FILE_UNITS, BrokerUnitLine, unit_nth);
      unit->unit.n_beds++;
      check_types (check, line, unit);
      check_label (check, line, labels);
      check_bay (check, line, bays);
    }
}

/* Ids are for ever: what was once imported may be amended and end-dated, never left out. */
static void
check_kept (Check *check, BrokerFile file, const char *id)
{
  if (check->files[file].is_readable && !g_hash_table_contains (check->known[file], id))
    broker_faults_add (check->faults, file, check->files[file].header_line, broker_lines_key_name (file),
                       "'%s' is in the register and missing here: ids stay, end-date it instead", id);
}

static void
check_bed_stays (Check *check, const BrokerReference *before, const BedBed *bed)
{
  gpointer nth = NULL;
  const BrokerBedLine *line;

  check_kept (check, BROKER_FILE_BEDS, bed->id);
  if (!g_hash_table_lookup_extended (check->known[BROKER_FILE_BEDS], bed->id, NULL, &nth))
    return;
  line = LINE (check, BROKER_FILE_BEDS, BrokerBedLine, GPOINTER_TO_UINT (nth));
  if (is_given (&line->line, BROKER_FILE_BEDS, "unit")
      && strcmp (line->unit, before->units[bed->unit].id) != 0)
    broker_faults_add (check->faults, BROKER_FILE_BEDS, line->line.line, "unit",
                       "'%s' is a bed of '%s' in the register: a bed keeps its unit", bed->id,
                       before->units[bed->unit].id);
}

static void
check_against (Check *check, const BrokerReference *before)
{
  for (guint i = 0; i < before->sizes.districts; i++)
    check_kept (check, BROKER_FILE_DISTRICTS, before->districts[i].id);
  for (guint i = 0; i < before->sizes.laps; i++)
    check_kept (check, BROKER_FILE_LAPS, before->laps[i].id);
  for (guint i = 0; i < before->sizes.units; i++)
    check_kept (check, BROKER_FILE_UNITS, before->units[i].id);
  for (guint i = 0; i < before->sizes.beds; i++)
    check_bed_stays (check, before, &before->beds[i]);
}

void
broker_lines_check (BrokerLines lines[static BROKER_N_FILES], const BrokerReference *before,
                        BrokerFaults *faults)
{
  static const BrokerFile keyed[]
      = { BROKER_FILE_DISTRICTS, BROKER_FILE_LAPS, BROKER_FILE_UNITS, BROKER_FILE_BEDS };
  Check check = { .files = lines, .faults = faults };

  for (guint i = 0; i < G_N_ELEMENTS (keyed); i++)
    check_unique (&check, keyed[i]);
  check_districts (&check);
  check_laps (&check);
  check_roads (&check, BROKER_FILE_CROSSINGS);
  check_roads (&check, BROKER_FILE_TRAVELS);
  check_units (&check);
  check_beds (&check);
  check_staffed_caps (&check);
  if (before != NULL)
    check_against (&check, before);
  for (guint i = 0; i < G_N_ELEMENTS (keyed); i++)
    g_hash_table_unref (check.known[keyed[i]]);
}
