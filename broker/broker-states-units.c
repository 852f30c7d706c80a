/* broker-states-units.c: the one reference file that commands change: unit.rules.
 *
 * Every cell that a rule does not govern stays as it was written; comments do not survive a change.
 * Owns nothing beyond a call. The text has been imported, so nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-states-units.h"

#include "broker-reference-csv.h"

#include "common/bed-words.h"

#include <string.h>

void
broker_csv_print (const char *value, GString *line)
{
  const gsize length = strlen (value);

  /* Blanks at the ends would be lost, and a # would begin a comment. */
  if (length == 0 || (strpbrk (value, ",\"\r\n") == NULL && strchr (" \t#", value[0]) == NULL && strchr (" \t", value[length - 1]) == NULL))
    {
      g_string_append (line, value);
      return;
    }
  g_string_append_c (line, '"');
  for (const char *p = value; *p != '\0'; p++)
    g_string_append (line, *p == '"' ? "\"\"" : (char[2]){ *p, '\0' });
  g_string_append_c (line, '"');
}

/* The columns that rules govern. */

static void
print_accepts (const BedUnit *unit, GString *value)
{
  g_string_append (value, bed_words_print (&bed_accepts_words, unit->accepts));
}

static void
print_stay (const BedUnit *unit, GString *value)
{
  if (unit->longest_stay_days != 0)
    g_string_append_printf (value, "%u", unit->longest_stay_days);
}

static void
print_latest (const BedUnit *unit, GString *value)
{
  if (unit->latest_arrival_min != 0)
    g_string_append_printf (value, "%02u:%02u", unit->latest_arrival_min / 60u, unit->latest_arrival_min % 60u);
}

static void
print_flex (const BedUnit *unit, GString *value)
{
  g_string_append_printf (value, "%u", unit->flex_after_min);
}

static void
print_weekends (const BedUnit *unit, GString *value)
{
  g_string_append (value, unit->admission & BED_ADMITS_WEEKENDS ? "yes" : "no");
}

static void
print_nights (const BedUnit *unit, GString *value)
{
  g_string_append (value, unit->admission & BED_ADMITS_NIGHTS ? "yes" : "no");
}

static void
print_own_assessment (const BedUnit *unit, GString *value)
{
  g_string_append (value, unit->admission & BED_ADMITS_AFTER_OWN_ASSESSMENT ? "yes" : "no");
}

static const struct
{
  const char *column;
  void (*print) (const BedUnit *unit, GString *value);
} ruled[] = {
  { "accepts", print_accepts },
  { "longest_stay_days", print_stay },
  { "latest_arrival", print_latest },
  { "flex_after_min", print_flex },
  { "weekends", print_weekends },
  { "nights", print_nights },
  { "own_assessment", print_own_assessment },
};

typedef struct
{
  const BrokerReference *reference; /* borrowed */
  GString *text;                    /* owned */
  gboolean has_header;
  guint n_fields;
  guint rule[BROKER_CSV_FIELDS_MAX]; /* of each field; past the last: none */
  gboolean is_there[G_N_ELEMENTS (ruled)];
  guint nth; /* of the next unit: lines stand in the reference's order */
} Writing;

static void
write_header (Writing *writing, const BrokerCsvRow *row)
{
  writing->has_header = TRUE;
  writing->n_fields = row->n_fields;
  for (guint field = 0; field < row->n_fields; field++)
    {
      guint rule = 0;

      while (rule < G_N_ELEMENTS (ruled) && strcmp (row->fields[field], ruled[rule].column) != 0)
        rule++;
      writing->rule[field] = rule;
      if (rule < G_N_ELEMENTS (ruled))
        writing->is_there[rule] = TRUE;
      g_string_append_printf (writing->text, "%s%s", field > 0 ? "," : "", row->fields[field]);
    }
  for (guint rule = 0; rule < G_N_ELEMENTS (ruled); rule++)
    if (!writing->is_there[rule])
      g_string_append_printf (writing->text, ",%s", ruled[rule].column);
  g_string_append_c (writing->text, '\n');
}

static void
write_row (const BrokerCsvRow *row, gpointer user_data)
{
  Writing *writing = user_data;
  g_autoptr (GString) value = g_string_new (NULL);

  if (!writing->has_header)
    {
      write_header (writing, row);
      return;
    }
  const BedUnit *unit = &writing->reference->units[writing->nth++];
  for (guint field = 0; field < writing->n_fields; field++)
    {
      const guint rule = writing->rule[field];

      g_string_assign (value, rule < G_N_ELEMENTS (ruled) ? "" : row->fields[field]);
      if (rule < G_N_ELEMENTS (ruled))
        ruled[rule].print (unit, value);
      g_string_append (writing->text, field > 0 ? "," : "");
      broker_csv_print (value->str, writing->text);
    }
  for (guint rule = 0; rule < G_N_ELEMENTS (ruled); rule++)
    if (!writing->is_there[rule])
      {
        g_string_append_c (writing->text, ',');
        ruled[rule].print (unit, writing->text);
      }
  g_string_append_c (writing->text, '\n');
}

static void
ignore_fault (guint line, guint field, const char *reason, gpointer user_data)
{
}

static gboolean
has_changed (const char *imported, const BrokerReference *reference)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (BrokerReference) before = broker_reference_parse (imported, NULL, faults);

  return before == NULL || before->sizes.units != reference->sizes.units
         || memcmp (before->units, reference->units, before->sizes.units * sizeof (BedUnit)) != 0;
}

char *
broker_states_print_units (const char *text, const char *imported, const BrokerReference *reference)
{
  static const BrokerCsvCalls calls = { write_row, ignore_fault };
  Writing writing = { .reference = reference };

  if (!has_changed (imported, reference))
    return NULL;
  writing.text = g_string_new (NULL);
  broker_csv_read (text, &calls, &writing);
  return g_string_free (writing.text, FALSE);
}
