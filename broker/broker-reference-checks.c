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
#include "broker-reference-checks-core.h"

#include <string.h>

/* TRUE if something may be concluded from the column. */
gboolean
broker_check_is_given (const BrokerLine *line, BrokerFile file, const char *column)
{
  return ((line->bad | line->empty) & broker_lines_bit (file, column)) == 0;
}

/* The nth line of file `in` that key names. FALSE if it cannot be told; if it should be there and
 * is not, that is a fault of line. */
gboolean
broker_check_resolve (BrokerCheck *check, const BrokerLine *line, BrokerFile file, const char *column, const char *key,
                      BrokerFile in, guint *nth)
{
  gpointer found = NULL;

  if (!broker_check_is_given (line, file, column))
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

void
broker_check_dates (BrokerCheck *check, const BrokerLine *line, BrokerFile file, gint64 from_us, gint64 to_us)
{
  if (broker_check_is_given (line, file, "effective_from") && broker_check_is_given (line, file, "effective_to")
      && to_us <= from_us)
    broker_faults_add (check->faults, file, line->line, "effective_to", "must be after effective_from");
}

static void
check_unique (BrokerCheck *check, BrokerFile file)
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

/* Ids are for ever: what was once imported may be amended and end-dated, never left out. */
static void
check_kept (BrokerCheck *check, BrokerFile file, const char *id)
{
  if (check->files[file].is_readable && !g_hash_table_contains (check->known[file], id))
    broker_faults_add (check->faults, file, check->files[file].header_line, broker_lines_key_name (file),
                       "'%s' is in the register and missing here: ids stay, end-date it instead", id);
}

static void
check_bed_stays (BrokerCheck *check, const BrokerReference *before, const BedBed *bed)
{
  gpointer nth = NULL;
  const BrokerBedLine *line;

  check_kept (check, BROKER_FILE_BEDS, bed->id);
  if (!g_hash_table_lookup_extended (check->known[BROKER_FILE_BEDS], bed->id, NULL, &nth))
    return;
  line = LINE (check, BROKER_FILE_BEDS, BrokerBedLine, GPOINTER_TO_UINT (nth));
  if (broker_check_is_given (&line->line, BROKER_FILE_BEDS, "unit")
      && strcmp (line->unit, before->units[bed->unit].id) != 0)
    broker_faults_add (check->faults, BROKER_FILE_BEDS, line->line.line, "unit",
                       "'%s' is a bed of '%s' in the register: a bed keeps its unit", bed->id,
                       before->units[bed->unit].id);
}

static void
check_against (BrokerCheck *check, const BrokerReference *before)
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
broker_lines_check (BrokerLines lines[static BROKER_N_REFERENCE_FILES], const BrokerReference *before,
                        BrokerFaults *faults)
{
  static const BrokerFile keyed[]
      = { BROKER_FILE_DISTRICTS, BROKER_FILE_LAPS, BROKER_FILE_UNITS, BROKER_FILE_BEDS };
  BrokerCheck check = { .files = lines, .faults = faults };

  for (guint i = 0; i < G_N_ELEMENTS (keyed); i++)
    check_unique (&check, keyed[i]);
  broker_check_districts (&check);
  broker_check_laps (&check);
  broker_check_roads (&check, BROKER_FILE_CROSSINGS);
  broker_check_roads (&check, BROKER_FILE_TRAVELS);
  broker_check_units (&check);
  broker_check_beds (&check);
  broker_check_staffed_caps (&check);
  if (before != NULL)
    check_against (&check, before);
  for (guint i = 0; i < G_N_ELEMENTS (keyed); i++)
    g_hash_table_unref (check.known[keyed[i]]);
}
