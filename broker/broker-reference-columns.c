/* broker-reference-columns.c: the forms of the files: a table of columns each, and their reading.
 *
 * A column is a name, a parser, where its value goes and what bounds it; adding one is adding a
 * line. Parsers look at one value only. A bad value is told and marked in the line's `bad`, so that
 * nothing is concluded from it later: one mistake gives one fault.
 *
 * Owns nothing but constant tables; lines belong to the caller.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-reference-columns.h"

#include "broker-reference-csv.h"
#include "broker-states-columns.h"

#include <string.h>

#define NAME_MAX_BYTES (BED_NAME_SIZE - 1)
#define REMARK_MAX_BYTES 1000
#define FRESH_MAX_MIN (7 * 24 * 60)
#define STAY_MAX_DAYS 3650
#define ROAD_MAX_METRES 1000000
#define CROSSING_LINES_MAX 4096
#define FLEX_MAX_MIN (7 * 24 * 60) /* as unit.rules has it */
#define LOAD_MIN_KG 50
#define LOAD_MAX_KG 1000

#define FIELD(type, member) .offset = offsetof (type, member)
#define MAY_BE_ABSENT .may_be_empty = TRUE, .may_be_absent = TRUE
#define COLUMNS_MAX 64 /* bits of BrokerLine */
#define BIT(column) (G_GUINT64_CONSTANT (1) << (column))

static const BrokerColumn district_columns[] = {
  { "district", broker_value_outward, FIELD (BrokerDistrictLine, district.id) },
  { "easting", broker_value_u32, FIELD (BrokerDistrictLine, district.easting), .most = BROKER_EASTING_MAX },
  { "northing", broker_value_u32, FIELD (BrokerDistrictLine, district.northing), .most = BROKER_NORTHING_MAX },
};

static const BrokerColumn lap_columns[] = {
  { "lap", broker_value_id, FIELD (BrokerLapLine, lap.id) },
  { "name", broker_value_text, FIELD (BrokerLapLine, lap.name), .most = NAME_MAX_BYTES },
  { "area", broker_value_text, FIELD (BrokerLapLine, lap.area), .most = NAME_MAX_BYTES },
  { "district", broker_value_outward, FIELD (BrokerLapLine, district) },
  { "urgent_opens", broker_value_hour, FIELD (BrokerLapLine, lap.urgent_opens_min) },
  { "urgent_closes", broker_value_hour, FIELD (BrokerLapLine, lap.urgent_closes_min) },
};

static const BrokerColumn crossing_columns[] = {
  { "from", broker_value_outward, FIELD (BrokerCrossingLine, from) },
  { "to", broker_value_outward, FIELD (BrokerCrossingLine, to) },
  { "road_metres", broker_value_u32, FIELD (BrokerCrossingLine, road_metres), .least = 1,
    .most = ROAD_MAX_METRES },
  { "why", broker_value_remark, .most = REMARK_MAX_BYTES },
};

static const BrokerColumn travel_columns[] = {
  { "from", broker_value_outward, FIELD (BrokerCrossingLine, from) },
  { "to", broker_value_outward, FIELD (BrokerCrossingLine, to) },
  { "metres", broker_value_u32, FIELD (BrokerCrossingLine, road_metres), .least = 1, .most = ROAD_MAX_METRES },
};

static const BrokerColumn unit_columns[] = {
  { "unit", broker_value_id, FIELD (BrokerUnitLine, unit.id) },
  { "name", broker_value_text, FIELD (BrokerUnitLine, unit.name), .most = NAME_MAX_BYTES },
  { "site", broker_value_text, FIELD (BrokerUnitLine, unit.site), .most = NAME_MAX_BYTES },
  { "district", broker_value_outward, FIELD (BrokerUnitLine, district) },
  { "easting", broker_value_u32, FIELD (BrokerUnitLine, unit.easting), .most = BROKER_EASTING_MAX,
    .may_be_empty = TRUE },
  { "northing", broker_value_u32, FIELD (BrokerUnitLine, unit.northing), .most = BROKER_NORTHING_MAX,
    .may_be_empty = TRUE },
  { "owner", broker_value_id, FIELD (BrokerUnitLine, unit.owner) },
  { "owner_name", broker_value_text, FIELD (BrokerUnitLine, unit.owner_name), .most = NAME_MAX_BYTES },
  { "owner_kind", broker_value_word, FIELD (BrokerUnitLine, unit.owner_kind),
    .words = &bed_owner_kind_words },
  { "lap", broker_value_id, FIELD (BrokerUnitLine, lap) },
  { "types", broker_value_words, FIELD (BrokerUnitLine, types), .words = &bed_type_words },
  { "staffed_cap", broker_value_u32, FIELD (BrokerUnitLine, unit.staffed_cap), .most = BED_MAX_BEDS,
    .may_be_empty = TRUE },
  { "proxy", broker_value_yes, FIELD (BrokerUnitLine, unit.is_proxy) },
  { "accepts", broker_value_word, FIELD (BrokerUnitLine, unit.accepts), .words = &bed_accepts_words },
  { "fresh_day_min", broker_value_u32, FIELD (BrokerUnitLine, fresh_day_min), .least = 1,
    .most = FRESH_MAX_MIN },
  { "fresh_night_min", broker_value_u32, FIELD (BrokerUnitLine, fresh_night_min), .least = 1,
    .most = FRESH_MAX_MIN },
  { "longest_stay_days", broker_value_u16, FIELD (BrokerUnitLine, unit.longest_stay_days), .least = 1,
    .most = STAY_MAX_DAYS, .may_be_empty = TRUE },
  { "phone", broker_value_phone, FIELD (BrokerUnitLine, unit.phone),
    .most = sizeof ((BedUnit *) 0)->phone - 1, .may_be_empty = TRUE },
  { "effective_from", broker_value_date, FIELD (BrokerUnitLine, unit.effective_from_us) },
  { "effective_to", broker_value_date, FIELD (BrokerUnitLine, unit.effective_to_us), .may_be_empty = TRUE },
  { "source", broker_value_remark, .most = REMARK_MAX_BYTES },
  { "illustrative", .parse = broker_value_checked_yes },
  { "as_of", .parse = broker_value_as_of },
  { "note", broker_value_remark, .most = REMARK_MAX_BYTES, .may_be_empty = TRUE },
  { "weekends", broker_value_yes, FIELD (BrokerUnitLine, weekends), MAY_BE_ABSENT },
  { "nights", broker_value_yes, FIELD (BrokerUnitLine, nights), MAY_BE_ABSENT },
  { "latest_arrival", broker_value_hour, FIELD (BrokerUnitLine, unit.latest_arrival_min), MAY_BE_ABSENT },
  { "own_assessment", broker_value_yes, FIELD (BrokerUnitLine, own_assessment), MAY_BE_ABSENT },
  { "gp_laps", broker_value_ids, FIELD (BrokerUnitLine, gp_laps), MAY_BE_ABSENT },
  { "flex_after_min", broker_value_u32, FIELD (BrokerUnitLine, flex_after_min), .most = FLEX_MAX_MIN,
    MAY_BE_ABSENT },
};

static const BrokerColumn bed_columns[] = {
  { "bed", broker_value_id, FIELD (BrokerBedLine, bed.id) },
  { "unit", broker_value_id, FIELD (BrokerBedLine, unit) },
  { "label", broker_value_text, FIELD (BrokerBedLine, bed.label), .most = sizeof ((BedBed *) 0)->label - 1 },
  { "bay", broker_value_u16, FIELD (BrokerBedLine, bed.bay), .least = 1, .most = G_MAXUINT16,
    .may_be_empty = TRUE },
  { "type", broker_value_word, FIELD (BrokerBedLine, bed.type), .words = &bed_type_words },
  { "flex", broker_value_words, FIELD (BrokerBedLine, flex), .words = &bed_type_words, .may_be_empty = TRUE },
  { "features", broker_value_words, FIELD (BrokerBedLine, bed.features), .words = &bed_need_words,
    .may_be_empty = TRUE },
  { "bay_sex", broker_value_word, FIELD (BrokerBedLine, bed.bay_sex), .words = &bed_bay_sex_words },
  { "safe_load_kg", broker_value_u16, FIELD (BrokerBedLine, bed.safe_load_kg), .least = LOAD_MIN_KG,
    .most = LOAD_MAX_KG, .may_be_empty = TRUE },
  { "effective_from", broker_value_date, FIELD (BrokerBedLine, bed.effective_from_us) },
  { "effective_to", broker_value_date, FIELD (BrokerBedLine, bed.effective_to_us), .may_be_empty = TRUE },
  { "source", broker_value_remark, .most = REMARK_MAX_BYTES },
  { "illustrative", .parse = broker_value_checked_yes },
  { "surge", broker_value_yes, FIELD (BrokerBedLine, bed.is_surge), MAY_BE_ABSENT },
};

static void
clear_unit (gpointer line)
{
  g_free (((BrokerUnitLine *) line)->gp_laps);
}

static const BrokerForm forms[BROKER_N_REFERENCE_FILES] = {
  [BROKER_FILE_DISTRICTS] = { district_columns, G_N_ELEMENTS (district_columns),
                              sizeof (BrokerDistrictLine), BED_MAX_DISTRICTS },
  [BROKER_FILE_LAPS] = { lap_columns, G_N_ELEMENTS (lap_columns), sizeof (BrokerLapLine), BED_MAX_LAPS },
  [BROKER_FILE_CROSSINGS] = { crossing_columns, G_N_ELEMENTS (crossing_columns),
                              sizeof (BrokerCrossingLine), CROSSING_LINES_MAX },
  [BROKER_FILE_TRAVELS] = { travel_columns, G_N_ELEMENTS (travel_columns), sizeof (BrokerCrossingLine),
                            BED_MAX_TRAVELS },
  [BROKER_FILE_UNITS] = { unit_columns, G_N_ELEMENTS (unit_columns), sizeof (BrokerUnitLine),
                          BED_MAX_UNITS, clear_unit },
  [BROKER_FILE_BEDS] = { bed_columns, G_N_ELEMENTS (bed_columns), sizeof (BrokerBedLine), BED_MAX_BEDS },
};

G_STATIC_ASSERT (CROSSING_LINES_MAX + BED_MAX_TRAVELS <= BED_MAX_CROSSINGS);
G_STATIC_ASSERT (G_N_ELEMENTS (unit_columns) <= COLUMNS_MAX && BROKER_STATE_COLUMNS_MAX <= COLUMNS_MAX);
G_STATIC_ASSERT (COLUMNS_MAX <= BROKER_CSV_FIELDS_MAX);

const BrokerForm *
broker_lines_peek_form (BrokerFile file)
{
  return file < BROKER_N_REFERENCE_FILES ? &forms[file] : &broker_state_forms[file - BROKER_N_REFERENCE_FILES];
}

typedef struct
{
  BrokerFile file;
  const BrokerForm *form; /* static */
  BrokerLines *lines;   /* borrowed */
  BrokerFaults *faults; /* borrowed */
  gboolean has_header;
  guint64 absent;                      /* columns that may be, and are */
  guint n_fields;                      /* of the header */
  guint column[BROKER_CSV_FIELDS_MAX]; /* of each field; n_columns: none */
} Reading;

static guint
find_column (const BrokerForm *form, const char *name)
{
  guint column = 0;

  while (column < form->n_columns && strcmp (form->columns[column].name, name) != 0)
    column++;
  return column;
}

static const char *
name_field (const Reading *reading, guint field)
{
  const guint column = field < MIN (reading->n_fields, BROKER_CSV_FIELDS_MAX)
                           ? reading->column[field] : reading->form->n_columns;

  return reading->form->columns[column < reading->form->n_columns ? column : 0].name;
}

static void
read_header (Reading *reading, const BrokerCsvRow *row)
{
  const BrokerForm *form = reading->form;
  guint64 seen = 0;

  reading->has_header = TRUE;
  reading->lines->header_line = row->line;
  reading->n_fields = row->n_fields;
  reading->lines->is_readable = TRUE;
  for (guint field = 0; field < MIN (row->n_fields, BROKER_CSV_FIELDS_MAX); field++)
    {
      const guint column = find_column (form, row->fields[field]);
      const gboolean is_known = column < form->n_columns;

      reading->column[field] = column;
      if (is_known && (seen >> column & 1) == 0)
        {
          seen |= BIT (column);
          continue;
        }
      g_autofree char *quoted = broker_faults_quote (row->fields[field]);
      broker_faults_add (reading->faults, reading->file, row->lines[field],
                         is_known ? form->columns[column].name : quoted,
                         is_known ? "column stands twice" : "unknown column");
      reading->lines->is_readable = FALSE;
    }
  for (guint column = 0; column < form->n_columns; column++)
    if ((seen >> column & 1) == 0 && form->columns[column].may_be_absent)
      reading->absent |= BIT (column);
    else if ((seen >> column & 1) == 0)
      {
        broker_faults_add (reading->faults, reading->file, row->line, form->columns[column].name,
                           "column is missing");
        reading->lines->is_readable = FALSE;
      }
}

static void
read_value (Reading *reading, guint column, const char *text, guint text_line, gpointer line)
{
  const BrokerColumn *form = &reading->form->columns[column];
  BrokerLine *head = line;
  g_autofree char *reason = NULL;

  if (*text == '\0')
    {
      head->empty |= BIT (column);
      if (form->may_be_empty)
        return;
      reason = g_strdup ("must not be empty");
    }
  else if (form->parse (form, text, (char *) line + form->offset, &reason))
    return;
  head->bad |= BIT (column);
  broker_faults_add (reading->faults, reading->file, text_line, form->name, "%s", reason);
}

/* Of a row that does not fit its header only the key is believed, so that what refers to it is not
 * told as a fault as well. */
static void
read_key (Reading *reading, const BrokerCsvRow *row, BrokerLine *line)
{
  const BrokerColumn *key = &reading->form->columns[0];
  g_autofree char *reason = NULL;

  line->bad = G_MAXUINT64;
  for (guint field = 0; field < MIN (row->n_fields, reading->n_fields); field++)
    if (reading->column[field] == 0
        && key->parse (key, row->fields[field], (char *) line + key->offset, &reason))
      line->bad &= ~BIT (0);
}

static void
read_line (Reading *reading, const BrokerCsvRow *row)
{
  GArray *lines = reading->lines->lines;
  BrokerLine *line;

  if (lines->len == reading->form->lines_max)
    {
      broker_faults_add (reading->faults, reading->file, row->line, reading->form->columns[0].name,
                         "more than %u lines", reading->form->lines_max);
      return;
    }
  g_array_set_size (lines, lines->len + 1);
  line = (gpointer) (lines->data + (gsize) (lines->len - 1) * reading->form->line_size);
  line->line = row->line;
  line->empty = reading->absent;
  if (row->n_fields != reading->n_fields)
    {
      broker_faults_add (reading->faults, reading->file, row->line,
                         name_field (reading, MIN (row->n_fields, reading->n_fields)),
                         "%u values under a header of %u columns", row->n_fields, reading->n_fields);
      read_key (reading, row, line);
      return;
    }
  for (guint field = 0; field < row->n_fields; field++)
    read_value (reading, reading->column[field], row->fields[field], row->lines[field], line);
}

static void
take_row (const BrokerCsvRow *row, gpointer user_data)
{
  Reading *reading = user_data;

  if (!reading->has_header)
    read_header (reading, row);
  else if (reading->lines->is_readable) /* values under a wrong header would only make noise */
    read_line (reading, row);
}

static void
take_fault (guint line, guint field, const char *reason, gpointer user_data)
{
  const Reading *reading = user_data;

  broker_faults_add (reading->faults, reading->file, line, name_field (reading, field), "%s", reason);
}

void
broker_lines_read (BrokerFile file, const char *text, BrokerLines *lines, BrokerFaults *faults)
{
  static const BrokerCsvCalls calls = { take_row, take_fault };
  Reading reading = { .file = file, .form = broker_lines_peek_form (file), .lines = lines, .faults = faults };

  *lines = (BrokerLines) { .header_line = 1 };
  lines->lines = g_array_new (FALSE, TRUE, broker_lines_peek_form (file)->line_size);
  if (reading.form->clear != NULL)
    g_array_set_clear_func (lines->lines, reading.form->clear);
  if (text == NULL) /* a file that need not be there */
    return;
  broker_csv_read (text, &calls, &reading);
  if (!reading.has_header)
    broker_faults_add (faults, file, 1, broker_lines_peek_form (file)->columns[0].name, "the header line is missing");
}

void
broker_lines_clear (BrokerLines *lines)
{
  g_clear_pointer (&lines->lines, g_array_unref);
}

guint64
broker_lines_bit (BrokerFile file, const char *column)
{
  const BrokerForm *form = broker_lines_peek_form (file);
  const guint found = find_column (form, column);

  g_assert (found < form->n_columns);
  return BIT (found);
}

const char *
broker_lines_key_name (BrokerFile file)
{
  return broker_lines_peek_form (file)->columns[0].name;
}

const char *
broker_lines_peek_key (BrokerFile file, const BrokerLines *lines, guint nth)
{
  const BrokerForm *form = broker_lines_peek_form (file);
  const BrokerLine *line = (gconstpointer) (lines->lines->data + (gsize) nth * form->line_size);

  return ((line->bad | line->empty) & 1) != 0 ? NULL : (const char *) line + form->columns[0].offset;
}

guint
broker_lines_get_line (BrokerFile file, const BrokerLines *lines, guint nth)
{
  return ((const BrokerLine *) (gconstpointer) (lines->lines->data
                                                + (gsize) nth * broker_lines_peek_form (file)->line_size))->line;
}
