/* broker-states.c: from state files to rows.
 *
 * Values are read by the tables of broker-states-columns.c; here what a line names becomes an index, and
 * every unit and bed must have its line. Owns what it reads for the length of one call, and the rows of
 * a BrokerStates. What can fail is the files: every fault is told, in one go with the reference's.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-states-core.h"

#include <json-glib/json-glib.h>
#include <string.h>

void
broker_states_free (BrokerStates *states)
{
  g_free (states->units);
  g_free (states->beds);
  g_free (states->terms);
  g_free (states->unit_terms);
  g_array_unref (states->referrals);
  g_ptr_array_unref (states->sources);
  g_free (states);
}

static BrokerStates *
states_new (const BedSizes *sizes)
{
  BrokerStates *states = g_new0 (BrokerStates, 1);

  states->units = g_new0 (BedUnitRow, sizes->units);
  states->beds = g_new0 (BedBedRow, sizes->beds);
  states->terms = g_new0 (BrokerTerms, sizes->beds);
  states->unit_terms = g_new0 (BrokerUnitTerms, sizes->units);
  states->referrals = g_array_new (FALSE, TRUE, sizeof (BedReferralRow));
  states->sources = g_ptr_array_new_with_free_func (g_free);
  return states;
}

/* What a line names. */

typedef guint32 (*Finder) (const BedPlaces *places, const char *id);

static guint32
find_id (const BrokerStatesReading *reading, const BrokerLine *line, BrokerFile file, const char *column, const char *id,
         BrokerFile in)
{
  static const Finder finders[BROKER_N_FILES] = {
    [BROKER_FILE_LAPS] = bed_places_find_lap,
    [BROKER_FILE_DISTRICTS] = bed_places_find_district,
    [BROKER_FILE_UNITS] = bed_places_find_unit,
    [BROKER_FILE_BEDS] = bed_places_find_bed,
  };
  guint32 index;

  if (!broker_states_is_given (line, file, column))
    return BED_NONE;
  index = finders[in] (reading->places, id);
  if (index == BED_NONE)
    broker_faults_add (reading->faults, file, line->line, column, "'%s' is not in %s", id, broker_file_names[in]);
  return index;
}

/* A code that cannot be found may stand in a line whose code was not read. */
static gboolean
are_codes_known (const BrokerStatesReading *reading)
{
  const BrokerLines *lines = STATE_LINES (reading, BROKER_FILE_REFERRALS);

  for (guint nth = 0; nth < lines->lines->len; nth++)
    if (broker_lines_peek_key (BROKER_FILE_REFERRALS, lines, nth) == NULL)
      return FALSE;
  return lines->is_readable;
}

guint32
broker_states_find_code (const BrokerStatesReading *reading, const BrokerLine *line, BrokerFile file, const char *column,
                         const char *code)
{
  guint found;

  if (!broker_states_is_given (line, file, column))
    return BED_NONE;
  found = GPOINTER_TO_UINT (g_hash_table_lookup (reading->codes, code));
  if (found == 0 && are_codes_known (reading))
    broker_faults_add (reading->faults, file, line->line, column, "'%s' is not in %s", code,
                       broker_file_names[BROKER_FILE_REFERRALS]);
  return found - 1; /* 0 - 1 is BED_NONE */
}

/* FALSE, and a fault, if another line has the same key. lines is by index. */
static gboolean
claim (const BrokerStatesReading *reading, BrokerFile file, guint nth, const char *key, guint32 *claimed)
{
  const BrokerLines *lines = STATE_LINES (reading, file);

  if (*claimed == 0)
    {
      *claimed = nth + 1;
      return TRUE;
    }
  broker_faults_add (reading->faults, file, broker_lines_get_line (file, lines, nth), broker_lines_key_name (file),
                     "'%s' stands in line %u already", key, broker_lines_get_line (file, lines, *claimed - 1));
  return FALSE;
}

/* Units. */

static void
take_units (const BrokerStatesReading *reading, BrokerStates *states)
{
  const guint n = STATE_LINES (reading, BROKER_FILE_UNIT_STATES)->lines->len;

  for (guint nth = 0; nth < n; nth++)
    {
      const BrokerUnitStateLine *line = STATE_LINE (reading, BROKER_FILE_UNIT_STATES, BrokerUnitStateLine, nth);
      const guint32 unit
          = find_id (reading, &line->line, BROKER_FILE_UNIT_STATES, "unit", line->unit, BROKER_FILE_UNITS);

      if (unit != BED_NONE && claim (reading, BROKER_FILE_UNIT_STATES, nth, line->unit, &reading->unit_lines[unit]))
        {
          states->units[unit] = line->row;
          states->unit_terms[unit] = line->terms;
        }
    }
}

/* People. */

static guint16
find_source (GPtrArray *sources, GHashTable *known, const char *source)
{
  guint nth = GPOINTER_TO_UINT (g_hash_table_lookup (known, source));

  if (nth == 0)
    {
      g_ptr_array_add (sources, g_strdup (source));
      nth = sources->len;
      g_hash_table_insert (known, (gpointer) source, GUINT_TO_POINTER (nth));
    }
  return (guint16) (nth - 1);
}

static void
take_declined (const BrokerStatesReading *reading, const BrokerReferralLine *line, BedReferralRow *row)
{
  g_auto (GStrv) units = line->declined_by != NULL ? g_strsplit (line->declined_by, "|", -1) : NULL;

  memset (row->declined_by, 0xff, sizeof row->declined_by); /* BED_NONE */
  for (guint i = 0; units != NULL && units[i] != NULL; i++)
    {
      const guint32 unit
          = find_id (reading, &line->line, BROKER_FILE_REFERRALS, "declined_by", units[i], BROKER_FILE_UNITS);

      if (i < BED_DECLINED_UNITS)
        row->declined_by[i] = unit;
      else if (i == BED_DECLINED_UNITS)
        broker_faults_add (reading->faults, BROKER_FILE_REFERRALS, line->line.line, "declined_by",
                           "more than %u units", BED_DECLINED_UNITS);
    }
}

static void
take_referral (const BrokerStatesReading *reading, const BrokerReferralLine *line, BedReferralRow *row)
{
  const BrokerFile file = BROKER_FILE_REFERRALS;

  *row = line->row;
  row->breached = (guint16) line->breached;
  row->flags = (guint8) line->marks;
  row->is_exposed = (line->marks & BROKER_MARK_EXPOSED) != 0;
  row->bed = find_id (reading, &line->line, file, "bed", line->bed, BROKER_FILE_BEDS);
  row->offer_bed = find_id (reading, &line->line, file, "offer_bed", line->offer_bed, BROKER_FILE_BEDS);
  row->lapsed_bed = find_id (reading, &line->line, file, "lapsed_bed", line->lapsed_bed, BROKER_FILE_BEDS);
  row->home = (guint16) find_id (reading, &line->line, file, "home", line->home, BROKER_FILE_DISTRICTS); /* BED_NONE is BED_NONE_16 */
  row->lap = (guint8) find_id (reading, &line->line, file, "lap", line->lap, BROKER_FILE_LAPS); /* and BED_NONE_8 */
  row->linked = broker_states_find_code (reading, &line->line, file, "linked", line->linked);
  take_declined (reading, line, row);
}

static void
take_referrals (const BrokerStatesReading *reading, BrokerStates *states)
{
  const BrokerFile file = BROKER_FILE_REFERRALS;
  const BrokerLines *lines = STATE_LINES (reading, file);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  g_array_set_size (states->referrals, lines->lines->len);
  for (guint nth = 0; nth < lines->lines->len; nth++)
    {
      const char *code = broker_lines_peek_key (file, lines, nth);
      guint32 claimed = code != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (reading->codes, code)) : 0;

      if (code != NULL && claim (reading, file, nth, code, &claimed))
        g_hash_table_insert (reading->codes, (gpointer) code, GUINT_TO_POINTER (claimed));
    }
  for (guint nth = 0; nth < lines->lines->len; nth++)
    {
      const BrokerReferralLine *line = STATE_LINE (reading, file, BrokerReferralLine, nth);
      BedReferralRow *row = &g_array_index (states->referrals, BedReferralRow, nth);

      take_referral (reading, line, row);
      row->source = find_source (states->sources, known, line->source);
      if (states->sources->len == BED_MAX_SOURCES + 1)
        broker_faults_add (reading->faults, file, line->line.line, "source", "more than %u organisations", BED_MAX_SOURCES);
    }
}

/* Beds. */

static void
take_bed (const BrokerStatesReading *reading, const BrokerBedStateLine *line, BedBedRow *row, BrokerTerms *terms)
{
  *row = line->row;
  *terms = line->terms;
  row->infection = (guint8) (line->infection & 0xf);
  row->source = (guint8) (line->source & 0xf);
  row->flags = (guint8) ((line->stale ? BED_FLAG_STALE : 0) | (line->in_effect ? BED_FLAG_IN_EFFECT : 0)
                         | (line->overdue ? BED_FLAG_OVERDUE : 0));
  if (row->occupancy == BED_OCCUPANCY_VACANT)
    row->left_us = line->left_us;
  for (guint i = 0; i < BROKER_OUTAGES_MAX; i++)
    if (terms->outages[i].until_us != 0)
      row->features_out |= G_GUINT64_CONSTANT (1) << terms->outages[i].feature;
  row->referral = broker_states_find_code (reading, &line->line, BROKER_FILE_BED_STATES, "referral", line->referral);
}

static void
take_beds (const BrokerStatesReading *reading, BrokerStates *states)
{
  const guint n = STATE_LINES (reading, BROKER_FILE_BED_STATES)->lines->len;

  for (guint nth = 0; nth < n; nth++)
    {
      const BrokerBedStateLine *line = STATE_LINE (reading, BROKER_FILE_BED_STATES, BrokerBedStateLine, nth);
      const guint32 bed = find_id (reading, &line->line, BROKER_FILE_BED_STATES, "bed", line->bed, BROKER_FILE_BEDS);

      if (bed != BED_NONE && claim (reading, BROKER_FILE_BED_STATES, nth, line->bed, &reading->bed_lines[bed]))
        take_bed (reading, line, &states->beds[bed], &states->terms[bed]);
    }
}

/* A file that was cut short must not pass for units and beds of which nothing is known. */
static void
check_missing (const BrokerStatesReading *reading, BrokerFile file, BrokerFile of, const char *id, guint32 claimed)
{
  const BrokerLines *lines = STATE_LINES (reading, file);

  if (claimed == 0 && lines->is_readable)
    broker_faults_add (reading->faults, file, lines->header_line, broker_lines_key_name (file),
                       "'%s' is in %s and missing here", id, broker_file_names[of]);
}

static BrokerStates *
resolve (const BrokerStatesReading *reading)
{
  const BrokerReference *reference = reading->reference;
  BrokerStates *states = states_new (&reference->sizes);

  take_units (reading, states);
  take_referrals (reading, states);
  take_beds (reading, states);
  for (guint32 unit = 0; unit < reference->sizes.units; unit++)
    check_missing (reading, BROKER_FILE_UNIT_STATES, BROKER_FILE_UNITS, reference->units[unit].id, reading->unit_lines[unit]);
  for (guint32 bed = 0; bed < reference->sizes.beds; bed++)
    check_missing (reading, BROKER_FILE_BED_STATES, BROKER_FILE_BEDS, reference->beds[bed].id, reading->bed_lines[bed]);
  broker_states_check (reading, states);
  return states;
}

/* The files. */

/* Their texts, borrowed from parser. FALSE if there are none, or only some: then that is a fault. */
static gboolean
find_texts (JsonParser *parser, const char *files, const char *texts[static BROKER_N_STATE_FILES], BrokerFaults *faults)
{
  JsonNode *root = json_parser_load_from_data (parser, files, -1, NULL) ? json_parser_get_root (parser) : NULL;
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  guint n = 0;

  for (guint i = 0; i < BROKER_N_STATE_FILES; i++)
    {
      const char *name = broker_file_names[BROKER_N_REFERENCE_FILES + i];
      JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

      texts[i] = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
      n += texts[i] != NULL;
    }
  for (guint i = 0; n > 0 && i < BROKER_N_STATE_FILES; i++)
    if (texts[i] == NULL)
      broker_faults_add (faults, (BrokerFile) (BROKER_N_REFERENCE_FILES + i), 1,
                         broker_lines_key_name ((BrokerFile) (BROKER_N_REFERENCE_FILES + i)),
                         "the file is missing: unit_states.csv, referrals.csv and bed_states.csv stand together");
    else if (strlen (texts[i]) > BROKER_REFERENCE_FILE_MAX)
      broker_faults_add (faults, (BrokerFile) (BROKER_N_REFERENCE_FILES + i), 1,
                         broker_lines_key_name ((BrokerFile) (BROKER_N_REFERENCE_FILES + i)), "the file is larger than %d MiB",
                         BROKER_REFERENCE_FILE_MAX / 1024 / 1024);
  return n > 0 && broker_faults_get_count (faults) == 0;
}

static BrokerStates *
read_texts (const char *const texts[static BROKER_N_STATE_FILES], const BrokerReference *reference, BrokerFaults *faults)
{
  BrokerStatesReading reading = { .reference = reference, .faults = faults };
  BrokerStates *states = NULL;

  for (guint i = 0; i < BROKER_N_STATE_FILES; i++)
    broker_lines_read ((BrokerFile) (BROKER_N_REFERENCE_FILES + i), texts[i], &reading.lines[i], faults);
  if (reference != NULL)
    {
      reading.table = broker_reference_lay_table (reference);
      reading.places = bed_places_new (&reading.table);
      reading.codes = g_hash_table_new (g_str_hash, g_str_equal);
      reading.unit_lines = g_new0 (guint32, reference->sizes.units);
      reading.bed_lines = g_new0 (guint32, reference->sizes.beds);
      states = resolve (&reading);
      bed_places_free (reading.places);
      g_hash_table_unref (reading.codes);
      g_free (reading.unit_lines);
      g_free (reading.bed_lines);
    }
  for (guint i = 0; i < BROKER_N_STATE_FILES; i++)
    broker_lines_clear (&reading.lines[i]);
  return states;
}

/* The state of a register is its own: files may only begin one. */
static gboolean
check_fresh (const BrokerRegister *reg, BrokerFaults *faults)
{
  const guint32 n = reg != NULL ? broker_register_get_n_referrals (reg) : 0;

  if (n > 0)
    broker_faults_add (faults, BROKER_FILE_REFERRALS, 1, "referral",
                       "the register knows %u people already: a state begins a register, it is never merged into one", n);
  if (reg != NULL && broker_register_has_observations (reg))
    broker_faults_add (faults, BROKER_FILE_BED_STATES, 1, "bed",
                       "the register holds observations already: a state begins a register, it is never merged into one");
  return broker_faults_get_count (faults) == 0;
}

BrokerReference *
broker_states_parse (const char *files, const BrokerRegister *reg, BrokerStates **states, GPtrArray *faults)
{
  const BrokerReference *before = reg != NULL ? broker_register_peek_reference (reg) : NULL;
  g_autoptr (BrokerReference) reference = broker_reference_parse (files, before, faults);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (BrokerFaults) found = broker_faults_new ();
  g_autoptr (BrokerStates) read = NULL;
  const char *texts[BROKER_N_STATE_FILES];

  *states = NULL;
  if (find_texts (parser, files, texts, found) && check_fresh (reg, found))
    read = read_texts (texts, reference, found);
  broker_faults_list (found, faults);
  if (reference == NULL || broker_faults_get_count (found) > 0)
    return NULL;
  *states = g_steal_pointer (&read);
  return g_steal_pointer (&reference);
}
