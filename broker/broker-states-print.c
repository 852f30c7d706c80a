/* broker-states-print.c: the register as files: rows go into lines, lines through the columns' printers.
 *
 * The reference is taken from the text that was imported, so that sources, notes and comments stay; only
 * units.csv is written anew, and only where rules have changed since. Equal registers print equal bytes.
 * Pure reading; text belongs to the caller.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-states.h"

#include "broker-states-columns.h"
#include "broker-states-units.h"

#include "common/bed-json.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* Rows into lines. */

static const char *
name_bed (const BedTable *table, guint32 bed)
{
  return bed != BED_NONE ? table->beds[bed].id : "";
}

static void
fill_unit (const BrokerRegister *reg, guint32 unit, gpointer line)
{
  BrokerUnitStateLine *filled = line;

  g_strlcpy (filled->unit, broker_register_peek_table (reg)->units[unit].id, sizeof filled->unit);
  filled->row = *broker_register_peek_unit (reg, unit);
  filled->terms = *broker_register_peek_unit_terms (reg, unit);
}

static void
fill_bed (const BrokerRegister *reg, guint32 bed, gpointer line)
{
  BrokerBedStateLine *filled = line;

  filled->row = *broker_register_peek_bed (reg, bed);
  filled->terms = *broker_register_peek_terms (reg, bed);
  filled->infection = filled->row.infection;
  filled->source = filled->row.source;
  filled->stale = (filled->row.flags & BED_FLAG_STALE) != 0;
  filled->overdue = (filled->row.flags & BED_FLAG_OVERDUE) != 0;
  if (filled->row.occupancy == BED_OCCUPANCY_VACANT)
    {
      filled->left_us = filled->row.left_us;
      filled->row.expected_free_us = 0;
    }
  filled->in_effect = (filled->row.flags & BED_FLAG_IN_EFFECT) != 0;
  g_strlcpy (filled->bed, broker_register_peek_table (reg)->beds[bed].id, sizeof filled->bed);
  if (filled->row.referral != BED_NONE)
    memcpy (filled->referral, broker_register_peek_referral (reg, filled->row.referral)->code, BED_CODE_SIZE);
}

static char *
name_declined (const BedTable *table, const BedReferralRow *row)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < BED_DECLINED_UNITS; i++)
    if (row->declined_by[i] != BED_NONE)
      g_string_append_printf (names, "%s%s", names->len > 0 ? "|" : "", table->units[row->declined_by[i]].id);
  return g_string_free (names, FALSE);
}

static void
fill_referral (const BrokerRegister *reg, guint32 referral, gpointer line)
{
  const BedTable *table = broker_register_peek_table (reg);
  const BedReferralRow *row = broker_register_peek_referral (reg, referral);
  BrokerReferralLine *filled = line;

  filled->row = *row;
  filled->breached = row->breached;
  filled->marks = row->flags | (row->is_exposed ? BROKER_MARK_EXPOSED : 0);
  g_strlcpy (filled->source, broker_register_peek_source (reg, row->source), sizeof filled->source);
  g_strlcpy (filled->lap, row->lap != BED_NONE_8 ? table->laps[row->lap].id : "", sizeof filled->lap);
  g_strlcpy (filled->home, row->home != BED_NONE_16 ? table->districts[row->home].id : "", sizeof filled->home);
  g_strlcpy (filled->bed, name_bed (table, row->bed), sizeof filled->bed);
  g_strlcpy (filled->offer_bed, name_bed (table, row->offer_bed), sizeof filled->offer_bed);
  g_strlcpy (filled->lapsed_bed, name_bed (table, row->lapsed_bed), sizeof filled->lapsed_bed);
  if (row->linked != BED_NONE)
    memcpy (filled->linked, broker_register_peek_referral (reg, row->linked)->code, BED_CODE_SIZE);
  filled->declined_by = name_declined (table, row);
}

/* Lines into text. */

static void
print_lines (const BrokerRegister *reg, BrokerFile file, guint32 n, void (*fill) (const BrokerRegister *, guint32, gpointer),
             GString *text)
{
  const BrokerForm *form = broker_lines_peek_form (file);
  g_autofree guint8 *line = g_malloc (form->line_size);
  g_autoptr (GString) value = g_string_new (NULL);

  for (guint column = 0; column < form->n_columns; column++)
    g_string_append_printf (text, "%s%s", column > 0 ? "," : "", form->columns[column].name);
  g_string_append_c (text, '\n');
  for (guint32 i = 0; i < n; i++)
    {
      if (file == BROKER_FILE_REFERRALS && !broker_states_are_of (broker_register_peek_referral (reg, i)))
        continue;
      memset (line, 0, form->line_size);
      fill (reg, i, line);
      for (guint column = 0; column < form->n_columns; column++)
        {
          g_string_truncate (value, 0);
          form->columns[column].print (&form->columns[column], line + form->columns[column].offset, value);
          g_string_append (text, column > 0 ? "," : "");
          broker_csv_print (value->str, text);
        }
      g_string_append_c (text, '\n');
      if (form->clear != NULL)
        form->clear (line);
    }
}

static char *
print_states (const BrokerRegister *reg, BrokerFile file)
{
  const BedSizes *sizes = &broker_register_peek_reference (reg)->sizes;
  GString *text = g_string_new (NULL);

  if (file == BROKER_FILE_UNIT_STATES)
    print_lines (reg, file, sizes->units, fill_unit, text);
  else if (file == BROKER_FILE_REFERRALS)
    print_lines (reg, file, broker_register_get_n_referrals (reg), fill_referral, text);
  else
    print_lines (reg, file, sizes->beds, fill_bed, text);
  return g_string_free (text, FALSE);
}

/* All of the files. */

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (broker_file_names[*(const BrokerFile *) a], broker_file_names[*(const BrokerFile *) b]);
}

static gboolean
is_in_force (const BrokerRegister *reg, const char *imported)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;

  g_checksum_update (checksum, (const guchar *) imported, -1);
  g_checksum_get_digest (checksum, digest, &length);
  return broker_register_peek_reference (reg) != NULL
         && memcmp (digest, broker_register_peek_files_digest (reg), sizeof digest) == 0;
}

char *
broker_states_print (const BrokerRegister *reg, const char *imported)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  BrokerFile files[BROKER_N_FILES];
  JsonObject *object;
  g_auto (BedJson) json = { 0 };

  if (!is_in_force (reg, imported) || !json_parser_load_from_data (parser, imported, -1, NULL))
    return NULL;
  object = json_node_get_object (json_parser_get_root (parser));
  for (guint file = 0; file < BROKER_N_FILES; file++)
    files[file] = (BrokerFile) file;
  qsort (files, BROKER_N_FILES, sizeof *files, compare_names);
  bed_json_init (&json, 64 * 1024);
  bed_json_begin_object (&json);
  for (guint i = 0; i < BROKER_N_FILES; i++)
    {
      const char *name = broker_file_names[files[i]];
      const char *text = json_object_get_string_member_with_default (object, name, NULL);
      g_autofree char *printed = NULL;

      if (files[i] >= BROKER_N_REFERENCE_FILES)
        printed = print_states (reg, files[i]);
      else if (files[i] == BROKER_FILE_UNITS)
        printed = broker_states_print_units (text, imported, broker_register_peek_reference (reg));
      if (printed != NULL || text != NULL)
        bed_json_add_string (&json, name, printed != NULL ? printed : text);
    }
  bed_json_end_object (&json);
  return bed_json_steal (&json, NULL);
}
