/* broker-reference.c: from CSV files to the records of the map.
 *
 * The one path for a folder, a message and a journal row: text by file name, as one canonical JSON
 * object. Reading values, checking lines against each other and telling faults are modules of their
 * own; what is left here is fetching the files and laying out the records.
 *
 * Owns the records of a BrokerReference. What can fail: files that cannot be read (GError), and the
 * data (faults, all of them in one go).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-reference.h"

#include "broker-reference-checks.h"
#include "broker-reference-postcodes.h"

#include "common/bed-json.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void
broker_reference_free (BrokerReference *reference)
{
  g_free (reference->laps);
  g_free (reference->districts);
  g_free (reference->crossings);
  g_free (reference->units);
  g_free (reference->beds);
  g_free (reference);
}

BrokerReference *
broker_reference_copy (const BrokerReference *reference)
{
  const BedSizes *sizes = &reference->sizes;
  BrokerReference *copy = g_memdup2 (reference, sizeof *reference);

  copy->laps = g_memdup2 (reference->laps, sizes->laps * sizeof (BedLap));
  copy->districts = g_memdup2 (reference->districts, sizes->districts * sizeof (BedDistrict));
  copy->crossings = g_memdup2 (reference->crossings, sizes->crossings * sizeof (BedCrossing));
  copy->units = g_memdup2 (reference->units, sizes->units * sizeof (BedUnit));
  copy->beds = g_memdup2 (reference->beds, sizes->beds * sizeof (BedBed));
  return copy;
}

BedTable
broker_reference_lay_table (const BrokerReference *reference)
{
  BedTable table = {
    .laps = reference->laps,
    .districts = reference->districts,
    .crossings = reference->crossings,
    .units = reference->units,
    .beds = reference->beds,
    .sizes = reference->sizes,
  };

  table.sizes.referrals = BED_MAX_REFERRALS;
  return table;
}

/* Fetching. */

static gboolean
refuse_file (const char *path, int reason, GError **error)
{
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (reason), "%s: %s", path, g_strerror (reason));
  return FALSE;
}

/* A folder, a pipe or a device of that name is refused, and never waited for. */
static int
open_file (const char *path, gsize *size, GError **error)
{
  const int fd = g_open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC, 0);
  struct stat status;

  if (fd < 0)
    {
      refuse_file (path, errno, error);
      return -1;
    }
  if (fstat (fd, &status) != 0)
    refuse_file (path, errno, error);
  else if (!S_ISREG (status.st_mode))
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s: not a regular file", path);
  else if (status.st_size > BROKER_REFERENCE_FILE_MAX)
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s: larger than %d MiB", path,
                 BROKER_REFERENCE_FILE_MAX / 1024 / 1024);
  else
    {
      *size = (gsize) status.st_size;
      return fd;
    }
  close (fd);
  return -1;
}

/* Exactly the size that was checked: a file that is being written to is no import. */
static gboolean
read_bytes (int fd, const char *path, char *bytes, gsize size, GError **error)
{
  gsize n = 0;

  while (n < size)
    {
      const gssize got = read (fd, bytes + n, size - n);

      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        return refuse_file (path, errno, error);
      if (got == 0)
        {
          g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_IO, "%s: became shorter while it was read", path);
          return FALSE;
        }
      n += (gsize) got;
    }
  return TRUE;
}

static gboolean
check_encoding (const char *path, const char *text, gsize size, GError **error)
{
  const char *wrong = NULL;
  guint line = 1;

  if (g_utf8_validate (text, (gssize) size, &wrong))
    return TRUE;
  for (const char *p = text; p < wrong; p++)
    line += *p == '\n';
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s:%u: not UTF-8", path, line);
  return FALSE;
}

static char *
load_file (const char *folder, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;
  gsize size = 0;
  const int fd = open_file (path, &size, error);
  gboolean is_read;

  if (fd < 0)
    return NULL;
  text = g_malloc (size + 1);
  text[size] = '\0';
  is_read = read_bytes (fd, path, text, size, error);
  close (fd);
  return is_read && check_encoding (path, text, size, error) ? g_steal_pointer (&text) : NULL;
}

static gboolean
need_not_be_there (const char *name)
{
  static const BrokerFile optional[]
      = { BROKER_FILE_TRAVELS, BROKER_FILE_UNIT_STATES, BROKER_FILE_REFERRALS, BROKER_FILE_BED_STATES };

  for (guint i = 0; i < G_N_ELEMENTS (optional); i++)
    if (strcmp (name, broker_file_names[optional[i]]) == 0)
      return TRUE;
  return FALSE;
}

/* NULL without an error: the file is not there and need not be. */
static char *
load_one (const char *folder, const char *name, GError **error)
{
  const gboolean is_districts = strcmp (name, broker_file_names[BROKER_FILE_DISTRICTS]) == 0;
  const gboolean has_postcodes = is_districts && broker_postcodes_are_in (folder);
  const gboolean is_optional = has_postcodes || need_not_be_there (name);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;

  if (!is_optional || g_file_test (path, G_FILE_TEST_EXISTS) || g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    {
      text = load_file (folder, name, error);
      if (text == NULL)
        return NULL;
    }
  return has_postcodes ? broker_postcodes_add (folder, text, error) : g_steal_pointer (&text);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Names sorted, no blanks: equal files are equal bytes. */
char *
broker_reference_load (const char *folder, GError **error)
{
  const char *names[BROKER_N_FILES];
  g_auto (BedJson) json;

  memcpy (names, broker_file_names, sizeof names);
  qsort (names, BROKER_N_FILES, sizeof *names, compare_names);
  bed_json_init (&json, 64 * 1024);
  bed_json_begin_object (&json);
  for (guint i = 0; i < BROKER_N_FILES; i++)
    {
      g_autoptr (GError) fault = NULL;
      g_autofree char *text = load_one (folder, names[i], &fault);

      if (text != NULL)
        bed_json_add_string (&json, names[i], text);
      else if (fault != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&fault));
          return NULL;
        }
    }
  bed_json_end_object (&json);
  return bed_json_steal (&json, NULL);
}

/* Parsing. */

/* The text of each file, borrowed from parser. FALSE after a fault. */
static gboolean
find_texts (JsonParser *parser, const char *files, const char *texts[static BROKER_N_REFERENCE_FILES],
            BrokerFaults *faults)
{
  JsonNode *root = json_parser_load_from_data (parser, files, -1, NULL) ? json_parser_get_root (parser) : NULL;
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  const guint before = broker_faults_get_count (faults);

  for (guint file = 0; file < BROKER_N_REFERENCE_FILES; file++)
    {
      JsonNode *node = object != NULL ? json_object_get_member (object, broker_file_names[file]) : NULL;

      texts[file] = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
      if (texts[file] == NULL && file == BROKER_FILE_TRAVELS && node == NULL)
        continue;
      if (texts[file] == NULL)
        broker_faults_add (faults, (BrokerFile) file, 1, broker_lines_key_name ((BrokerFile) file), "the file is missing");
      else if (strlen (texts[file]) > BROKER_REFERENCE_FILE_MAX)
        broker_faults_add (faults, (BrokerFile) file, 1, broker_lines_key_name ((BrokerFile) file), "the file is larger than %d MiB",
                           BROKER_REFERENCE_FILE_MAX / 1024 / 1024);
    }
  return broker_faults_get_count (faults) == before;
}

/* Beds grouped by unit, in the order of their lines: a counting sort. */
static void
lay_out_beds (BrokerReference *reference, const GArray *lines)
{
  g_autofree guint32 *next = g_new (guint32, reference->sizes.units + 1);
  guint32 first = 0;

  for (guint32 unit = 0; unit < reference->sizes.units; unit++)
    {
      reference->units[unit].first_bed = first;
      next[unit] = first;
      first += reference->units[unit].n_beds;
    }
  for (guint i = 0; i < lines->len; i++)
    {
      const BedBed *bed = &g_array_index (lines, BrokerBedLine, i).bed;

      reference->beds[next[bed->unit]++] = *bed;
    }
}

static int
compare_pairs (gconstpointer a, gconstpointer b)
{
  const BedCrossing *first = a;
  const BedCrossing *second = b;
  const guint pair = (guint) first->from << 16 | first->to;
  const guint other = (guint) second->from << 16 | second->to;

  return (pair > other) - (pair < other);
}

/* Crossings as they stand, then travel times sorted by pair. */
static void
lay_out_roads (BedCrossing *roads, const GArray *crossings, const GArray *travels)
{
  for (guint i = 0; i < crossings->len; i++)
    roads[i] = g_array_index (crossings, BrokerCrossingLine, i).crossing;
  for (guint i = 0; i < travels->len; i++)
    roads[crossings->len + i] = g_array_index (travels, BrokerCrossingLine, i).crossing;
  if (travels->len > 0)
    qsort (roads + crossings->len, travels->len, sizeof *roads, compare_pairs);
}

static BrokerReference *
lay_out (const BrokerLines files[static BROKER_N_REFERENCE_FILES])
{
  BrokerReference *reference = g_new0 (BrokerReference, 1);
  BedSizes *sizes = &reference->sizes;

  sizes->districts = files[BROKER_FILE_DISTRICTS].lines->len;
  sizes->laps = files[BROKER_FILE_LAPS].lines->len;
  sizes->crossings = files[BROKER_FILE_CROSSINGS].lines->len + files[BROKER_FILE_TRAVELS].lines->len;
  sizes->units = files[BROKER_FILE_UNITS].lines->len;
  sizes->beds = files[BROKER_FILE_BEDS].lines->len;
  reference->districts = g_new (BedDistrict, sizes->districts);
  reference->laps = g_new (BedLap, sizes->laps);
  reference->crossings = g_new (BedCrossing, sizes->crossings);
  reference->units = g_new (BedUnit, sizes->units);
  reference->beds = g_new (BedBed, sizes->beds);
  for (guint i = 0; i < sizes->districts; i++)
    reference->districts[i] = g_array_index (files[BROKER_FILE_DISTRICTS].lines, BrokerDistrictLine, i).district;
  for (guint i = 0; i < sizes->laps; i++)
    reference->laps[i] = g_array_index (files[BROKER_FILE_LAPS].lines, BrokerLapLine, i).lap;
  lay_out_roads (reference->crossings, files[BROKER_FILE_CROSSINGS].lines, files[BROKER_FILE_TRAVELS].lines);
  for (guint i = 0; i < sizes->units; i++)
    reference->units[i] = g_array_index (files[BROKER_FILE_UNITS].lines, BrokerUnitLine, i).unit;
  lay_out_beds (reference, files[BROKER_FILE_BEDS].lines);
  return reference;
}

BrokerReference *
broker_reference_parse (const char *files, const BrokerReference *before, GPtrArray *faults)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (BrokerFaults) found = broker_faults_new ();
  const char *texts[BROKER_N_REFERENCE_FILES];
  BrokerLines lines[BROKER_N_REFERENCE_FILES];
  BrokerReference *reference = NULL;

  if (!find_texts (parser, files, texts, found))
    {
      broker_faults_list (found, faults);
      return NULL;
    }
  for (guint file = 0; file < BROKER_N_REFERENCE_FILES; file++)
    broker_lines_read ((BrokerFile) file, texts[file], &lines[file], found);
  broker_lines_check (lines, before, found);
  if (broker_faults_get_count (found) == 0)
    reference = lay_out (lines);
  else
    broker_faults_list (found, faults);
  for (guint file = 0; file < BROKER_N_REFERENCE_FILES; file++)
    broker_lines_clear (&lines[file]);
  return reference;
}
