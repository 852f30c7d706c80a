/* broker-reference-faults.c: collects the faults of an import and lists them in reading order.
 *
 * Owns the kept faults. A file of a million bad rows must not become a million strings, so beyond
 * BROKER_REFERENCE_FAULTS_MAX they are only counted. Faults are found file by file and then across
 * files, so they are sorted once, when they are listed. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-reference-faults.h"

#include "broker-reference.h"

#define QUOTED_MAX 40 /* bytes of a value shown in a reason */

const char *const broker_file_names[BROKER_N_FILES] = {
  [BROKER_FILE_DISTRICTS] = "districts.csv", [BROKER_FILE_LAPS] = "laps.csv",
  [BROKER_FILE_CROSSINGS] = "crossings.csv", [BROKER_FILE_TRAVELS] = "travel_times.csv",
  [BROKER_FILE_UNITS] = "units.csv", [BROKER_FILE_BEDS] = "beds.csv",
  [BROKER_FILE_UNIT_STATES] = "unit_states.csv", [BROKER_FILE_REFERRALS] = "referrals.csv",
  [BROKER_FILE_BED_STATES] = "bed_states.csv",
};

typedef struct
{
  BrokerFile file;
  guint line;
  guint nth; /* as found: keeps faults of one line in order */
  char *text; /* owned */
} Fault;

struct _BrokerFaults
{
  GArray *kept; /* Fault */
  guint count;
};

static void
clear_fault (gpointer fault)
{
  g_free (((Fault *) fault)->text);
}

BrokerFaults *
broker_faults_new (void)
{
  BrokerFaults *faults = g_new0 (BrokerFaults, 1);

  faults->kept = g_array_new (FALSE, FALSE, sizeof (Fault));
  g_array_set_clear_func (faults->kept, clear_fault);
  return faults;
}

void
broker_faults_free (BrokerFaults *faults)
{
  g_array_unref (faults->kept);
  g_free (faults);
}

void
broker_faults_add (BrokerFaults *faults, BrokerFile file, guint line, const char *column,
                   const char *format, ...)
{
  Fault fault = { .file = file, .line = line, .nth = faults->count };
  g_autofree char *reason = NULL;
  va_list arguments;

  if (faults->count++ >= BROKER_REFERENCE_FAULTS_MAX)
    return;
  va_start (arguments, format);
  reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  fault.text = g_strdup_printf ("%s:%u:%s: %s", broker_file_names[file], line, column, reason);
  g_array_append_val (faults->kept, fault);
}

guint
broker_faults_get_count (const BrokerFaults *faults)
{
  return faults->count;
}

static int
compare_faults (gconstpointer a, gconstpointer b)
{
  const Fault *first = a;
  const Fault *second = b;

  if (first->file != second->file)
    return first->file < second->file ? -1 : 1;
  if (first->line != second->line)
    return first->line < second->line ? -1 : 1;
  return first->nth < second->nth ? -1 : 1;
}

void
broker_faults_list (const BrokerFaults *faults, GPtrArray *texts)
{
  g_array_sort (faults->kept, compare_faults);
  for (guint i = 0; i < faults->kept->len; i++)
    g_ptr_array_add (texts, g_strdup (g_array_index (faults->kept, Fault, i).text));
  if (faults->count > faults->kept->len)
    g_ptr_array_add (texts, g_strdup_printf ("and %u more", faults->count - faults->kept->len));
}

char *
broker_faults_quote (const char *value)
{
  g_autofree char *valid = g_utf8_make_valid (value, (gssize) strnlen (value, QUOTED_MAX + 1));
  const gboolean is_cut = strlen (value) > QUOTED_MAX;
  GString *quoted = g_string_new ("'");

  for (const char *p = valid; *p != '\0' && p - valid < QUOTED_MAX; p = g_utf8_next_char (p))
    g_string_append_unichar (quoted, g_unichar_isprint (g_utf8_get_char (p))
                                         ? g_utf8_get_char (p) : (gunichar) '?');
  g_string_append (quoted, is_cut ? "...'" : "'");
  return g_string_free (quoted, FALSE);
}
