/* broker-reference-checks-beds.c: beds in their units and bays: labels, sexes, types.
 *
 * Owns nothing but the labels and bays seen so far, for the length of one check. What can fail is
 * the data.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-reference-checks-core.h"

#include "common/bed-words.h"

#include <string.h>

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
check_label (BrokerCheck *check, BrokerBedLine *line, GHashTable *labels)
{
  const BrokerBedLine *first;

  if (!broker_check_is_given (&line->line, BROKER_FILE_BEDS, "label"))
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
check_bay (BrokerCheck *check, BrokerBedLine *line, GHashTable *bays)
{
  const gboolean has_bay = broker_check_is_given (&line->line, BROKER_FILE_BEDS, "bay");
  const gboolean is_single = line->bed.bay_sex == BED_BAY_SEX_SINGLE;
  const BrokerBedLine *first;

  if (!broker_check_is_given (&line->line, BROKER_FILE_BEDS, "bay_sex")
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
check_types (BrokerCheck *check, BrokerBedLine *line, const BrokerUnitLine *unit)
{
  line->bed.flex = (guint32) line->flex;
  if (!broker_check_is_given (&line->line, BROKER_FILE_BEDS, "type"))
    return;
  if (broker_check_is_given (&unit->line, BROKER_FILE_UNITS, "types") && (unit->types >> line->bed.type & 1) == 0)
    broker_faults_add (check->faults, BROKER_FILE_BEDS, line->line.line, "type",
                       "%s is none of the types of '%s' in units.csv",
                       bed_words_print (&bed_type_words, line->bed.type), unit->unit.id);
  if (broker_check_mixes_places (line->flex | G_GUINT64_CONSTANT (1) << line->bed.type))
    broker_faults_add (check->faults, BROKER_FILE_BEDS, line->line.line, "flex",
                       "a bed is no place without a bed, and a place no bed");
  if ((line->flex >> line->bed.type & 1) != 0)
    broker_faults_add (check->faults, BROKER_FILE_BEDS, line->line.line, "flex",
                       "%s is the bed's own type", bed_words_print (&bed_type_words, line->bed.type));
}

void
broker_check_beds (BrokerCheck *check)
{
  g_autoptr (GHashTable) labels = g_hash_table_new (hash_label, equal_label);
  g_autoptr (GHashTable) bays = g_hash_table_new (hash_bay, equal_bay);

  for (guint nth = 0; nth < N_LINES (check, BROKER_FILE_BEDS); nth++)
    {
      BrokerBedLine *line = LINE (check, BROKER_FILE_BEDS, BrokerBedLine, nth);
      BrokerUnitLine *unit;
      guint unit_nth = 0;

      broker_check_dates (check, &line->line, BROKER_FILE_BEDS, line->bed.effective_from_us,
                   line->bed.effective_to_us);
      if (!broker_check_resolve (check, &line->line, BROKER_FILE_BEDS, "unit", line->unit, BROKER_FILE_UNITS, &unit_nth))
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
