/* broker-reference-postcodes.c: the centres of postcode districts, averaged from a national file.
 *
 * Line by line, because such a file may be over a gigabyte: what is kept is a sum for each outward
 * code, three thousand of them. Left out: postcodes without a position, those that have ended, and
 * Northern Ireland's, whose grid is another.
 *
 * Owns its sums and faults for the length of one call. What can fail: the files (GError), and bad
 * rows, all of which are told in one go.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-reference-postcodes.h"

#include "broker-reference.h"
#include "broker-reference-columns.h"
#include "broker-reference-csv.h"
#include "broker-reference-values.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define INWARD_SIZE 3 /* "0AA": a digit and two letters */
#define NO_COLUMN G_MAXUINT

typedef enum
{
  COLUMN_POSTCODE,
  COLUMN_EASTING,
  COLUMN_NORTHING,
  COLUMN_QUALITY,
  COLUMN_ENDED,
  N_COLUMNS
} Column;

/* What is said of a place that is not known. */
#define QUALITY_NONE_CODE_POINT "90"
#define QUALITY_NONE_ONS "9"

/* Names of the columns in ONS files, old and new, the better one first. */
static const char *const ons_names[N_COLUMNS][4] = {
  [COLUMN_POSTCODE] = { "pcds", "pcd8", "pcd7", "pcd" },
  [COLUMN_EASTING] = { "oseast1m", "east1m" },
  [COLUMN_NORTHING] = { "osnrth1m", "north1m" },
  [COLUMN_QUALITY] = { "osgrdind", "gridind" },
  [COLUMN_ENDED] = { "doterm" },
};

typedef struct
{
  guint64 easting;
  guint64 northing;
  guint n;
} Sum;

typedef struct
{
  GHashTable *sums;  /* outward code → Sum; owned */
  GPtrArray *faults; /* owned texts */
  guint n_faults;
  const char *name; /* of the file being read; borrowed */
  guint line;
  gboolean is_ons;
  gboolean has_header;
  guint column[N_COLUMNS]; /* where it stands, or NO_COLUMN */
} Postcodes;

static void G_GNUC_PRINTF (3, 4)
add_fault (Postcodes *self, Column column, const char *format, ...)
{
  static const char *const code_point_names[N_COLUMNS]
      = { "postcode", "eastings", "northings", "positional_quality_indicator", "" };
  g_autofree char *reason = NULL;
  va_list arguments;

  if (self->n_faults++ >= BROKER_REFERENCE_FAULTS_MAX)
    return;
  va_start (arguments, format);
  reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_ptr_array_add (self->faults, g_strdup_printf ("%s:%u:%s: %s", self->name, self->line,
                                                  self->is_ons ? ons_names[column][0] : code_point_names[column],
                                                  reason));
}

/* Rows. */

static void
read_header (Postcodes *self, const BrokerCsvRow *row)
{
  self->has_header = TRUE;
  for (guint column = 0; column < N_COLUMNS; column++)
    {
      self->column[column] = NO_COLUMN;
      for (guint name = 0; name < G_N_ELEMENTS (ons_names[column]) && self->column[column] == NO_COLUMN; name++)
        for (guint field = 0; field < MIN (row->n_fields, BROKER_CSV_FIELDS_MAX); field++)
          if (ons_names[column][name] != NULL && g_ascii_strcasecmp (row->fields[field], ons_names[column][name]) == 0)
            self->column[column] = field;
      if (self->column[column] == NO_COLUMN && column <= COLUMN_NORTHING)
        add_fault (self, (Column) column, "column is missing");
    }
}

static const char *
field_of (const Postcodes *self, const BrokerCsvRow *row, Column column)
{
  const guint field = self->column[column];

  return field < MIN (row->n_fields, BROKER_CSV_FIELDS_MAX) ? row->fields[field] : "";
}

/* "SO51 0AA", "SO510AA" and "SO51  0AA" are all of SO51. */
static gboolean
parse_outward (Postcodes *self, const char *postcode, char outward[static BROKER_OUTWARD_SIZE])
{
  const BrokerColumn form = { 0 };
  g_autofree char *reason = NULL;
  char whole[BROKER_OUTWARD_SIZE + INWARD_SIZE] = "";
  gsize n = 0;

  for (const char *p = postcode; *p != '\0' && n < sizeof whole - 1; p++)
    if (*p != ' ')
      whole[n++] = *p;
  if (n > INWARD_SIZE)
    {
      const char *inward = whole + n - INWARD_SIZE;
      const gboolean is_inward
          = g_ascii_isdigit (inward[0]) && g_ascii_isupper (inward[1]) && g_ascii_isupper (inward[2]);

      whole[n - INWARD_SIZE] = is_inward ? '\0' : '?';
      if (broker_value_outward (&form, whole, outward, &reason))
        return TRUE;
    }
  g_autofree char *quoted = broker_faults_quote (postcode);
  add_fault (self, COLUMN_POSTCODE, "%s is no postcode such as SO51 0AA", quoted);
  return FALSE;
}

static gboolean
parse_position (Postcodes *self, const BrokerCsvRow *row, Column column, guint most, guint32 *metres)
{
  const BrokerColumn form = { .most = most };
  g_autofree char *reason = NULL;
  const char *text = field_of (self, row, column);

  if (*text != '\0' && broker_value_u32 (&form, text, metres, &reason))
    return TRUE;
  add_fault (self, column, "%s", reason != NULL ? reason : "must not be empty");
  return FALSE;
}

/* Whether the row says that it has no position, or none on our grid. */
static gboolean
is_elsewhere (const Postcodes *self, const BrokerCsvRow *row)
{
  const char *quality = field_of (self, row, COLUMN_QUALITY);

  if (!self->is_ons)
    return strcmp (quality, QUALITY_NONE_CODE_POINT) == 0;
  return strcmp (quality, QUALITY_NONE_ONS) == 0 || *field_of (self, row, COLUMN_EASTING) == '\0'
         || *field_of (self, row, COLUMN_ENDED) != '\0'
         || g_str_has_prefix (field_of (self, row, COLUMN_POSTCODE), "BT");
}

static void
read_postcode (Postcodes *self, const BrokerCsvRow *row)
{
  char outward[BROKER_OUTWARD_SIZE];
  guint32 easting = 0;
  guint32 northing = 0;
  Sum *sum;

  if (is_elsewhere (self, row) || !parse_outward (self, field_of (self, row, COLUMN_POSTCODE), outward))
    return;
  /* Both are looked at, so that both faults are told. */
  const gboolean has_easting = parse_position (self, row, COLUMN_EASTING, BROKER_EASTING_MAX, &easting);
  const gboolean has_northing = parse_position (self, row, COLUMN_NORTHING, BROKER_NORTHING_MAX, &northing);
  if (!has_easting || !has_northing)
    return;
  sum = g_hash_table_lookup (self->sums, outward);
  if (sum == NULL)
    {
      sum = g_new0 (Sum, 1);
      g_hash_table_insert (self->sums, g_strdup (outward), sum);
    }
  sum->easting += easting;
  sum->northing += northing;
  sum->n++;
}

static void
take_row (const BrokerCsvRow *row, gpointer user_data)
{
  Postcodes *self = user_data;

  if (self->is_ons && !self->has_header)
    read_header (self, row);
  else if (self->column[COLUMN_NORTHING] != NO_COLUMN && self->column[COLUMN_EASTING] != NO_COLUMN
           && self->column[COLUMN_POSTCODE] != NO_COLUMN)
    read_postcode (self, row);
}

static void
take_fault (guint line, guint field, const char *reason, gpointer user_data)
{
  add_fault (user_data, COLUMN_POSTCODE, "%s", reason);
}

/* Files. */

static FILE *
open_file (const char *path, GError **error)
{
  const int fd = g_open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC, 0);
  struct stat status;
  FILE *file = NULL;

  if (fd >= 0 && fstat (fd, &status) == 0 && S_ISREG (status.st_mode))
    file = fdopen (fd, "r");
  else if (fd >= 0)
    errno = EINVAL;
  if (file == NULL)
    {
      const int reason = errno;

      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (reason), "%s: %s", path, g_strerror (reason));
      if (fd >= 0)
        close (fd);
    }
  return file;
}

/* One physical line; postcodes have no values of several. */
static void
take_line (Postcodes *self, const char *line, gboolean is_whole)
{
  static const BrokerCsvCalls calls = { take_row, take_fault };

  self->line++;
  if (!is_whole)
    add_fault (self, COLUMN_POSTCODE, "the line is longer than %d bytes", BROKER_POSTCODES_LINE_MAX);
  else if (!g_utf8_validate (line, -1, NULL))
    add_fault (self, COLUMN_POSTCODE, "not UTF-8");
  else
    broker_csv_read (line, &calls, self);
}

static gboolean
read_file (Postcodes *self, const char *folder, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *line = g_malloc (BROKER_POSTCODES_LINE_MAX + 2);
  FILE *file = open_file (path, error);
  gboolean is_whole = TRUE;
  gboolean is_read;

  if (file == NULL)
    return FALSE;
  self->name = name;
  self->line = 0;
  self->has_header = FALSE;
  /* After a line that is too long nothing of the file can be believed. */
  while (is_whole && fgets (line, BROKER_POSTCODES_LINE_MAX + 2, file) != NULL)
    {
      is_whole = strlen (line) <= BROKER_POSTCODES_LINE_MAX || line[BROKER_POSTCODES_LINE_MAX] == '\n';
      take_line (self, line, is_whole);
    }
  is_read = ferror (file) == 0;
  if (!is_read)
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_IO, "%s: cannot be read", path);
  fclose (file);
  return is_read;
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* In the order of their names, so that faults have one. */
static gboolean
read_folder (Postcodes *self, const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, BROKER_POSTCODES_FOLDER, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (path, 0, error);

  if (dir == NULL)
    return FALSE;
  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    if (g_str_has_suffix (name, ".csv"))
      g_ptr_array_add (names, g_build_filename (BROKER_POSTCODES_FOLDER, name, NULL));
  if (names->len == 0 || names->len > BROKER_POSTCODES_FILES_MAX)
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s: %u CSV files, not 1 to %d", path, names->len,
                   BROKER_POSTCODES_FILES_MAX);
      return FALSE;
    }
  g_ptr_array_sort (names, compare_texts);
  for (guint i = 0; i < names->len; i++)
    if (!read_file (self, folder, names->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* districts.csv: the columns' places in its header, and what it has. */

typedef struct
{
  GHashTable *known; /* owned, with its keys */
  guint column[3];   /* district, easting, northing; NO_COLUMN */
  guint n_fields;    /* of the header; 0: none yet */
} Districts;

static void
take_district (const BrokerCsvRow *row, gpointer user_data)
{
  static const char *const columns[] = { "district", "easting", "northing" };
  Districts *self = user_data;
  const guint n = MIN (row->n_fields, BROKER_CSV_FIELDS_MAX);

  if (self->n_fields != 0)
    {
      if (self->column[0] < n)
        g_hash_table_add (self->known, g_strdup (row->fields[self->column[0]]));
      return;
    }
  self->n_fields = n;
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      self->column[i] = NO_COLUMN;
      for (guint field = 0; field < n; field++)
        if (strcmp (row->fields[field], columns[i]) == 0)
          self->column[i] = field;
    }
}

/* It is told when districts.csv is read in earnest. */
static void
pass_over_fault (guint line, guint field, const char *reason, gpointer user_data)
{
}

static void
append_district (GString *text, const Districts *districts, const char *outward, const Sum *sum)
{
  const guint64 easting = (sum->easting + sum->n / 2) / sum->n;
  const guint64 northing = (sum->northing + sum->n / 2) / sum->n;

  for (guint field = 0; field < districts->n_fields; field++)
    {
      if (field > 0)
        g_string_append_c (text, ',');
      if (field == districts->column[0])
        g_string_append (text, outward);
      else if (field == districts->column[1])
        g_string_append_printf (text, "%" G_GUINT64_FORMAT, easting);
      else if (field == districts->column[2])
        g_string_append_printf (text, "%" G_GUINT64_FORMAT, northing);
    }
  g_string_append_c (text, '\n');
}

static char *
append_districts (const Postcodes *self, const char *before)
{
  static const BrokerCsvCalls calls = { take_district, pass_over_fault };
  GString *text = g_string_new (before != NULL ? before : "district,easting,northing\n");
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n = 0;
  g_autofree gpointer *outwards = g_hash_table_get_keys_as_array (self->sums, &n);
  Districts districts = { .known = known };

  broker_csv_read (text->str, &calls, &districts);
  if (text->len > 0 && text->str[text->len - 1] != '\n')
    g_string_append_c (text, '\n');
  qsort (outwards, n, sizeof *outwards, compare_texts);
  for (guint i = 0; i < n; i++)
    if (!g_hash_table_contains (known, outwards[i]))
      append_district (text, &districts, outwards[i], g_hash_table_lookup (self->sums, outwards[i]));
  return g_string_free (text, FALSE);
}

static gboolean
tell_faults (const Postcodes *self, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->faults->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", (const char *) self->faults->pdata[i]);
  if (self->n_faults > self->faults->len)
    g_string_append_printf (text, "\nand %u more", self->n_faults - self->faults->len);
  if (text->len > 0)
    g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, text->str);
  return text->len == 0;
}

gboolean
broker_postcodes_are_in (const char *folder)
{
  g_autofree char *several = g_build_filename (folder, BROKER_POSTCODES_FOLDER, NULL);
  g_autofree char *one = g_build_filename (folder, BROKER_POSTCODES_FILE, NULL);

  return g_file_test (several, G_FILE_TEST_IS_DIR) || g_file_test (one, G_FILE_TEST_EXISTS);
}

char *
broker_postcodes_add (const char *folder, const char *districts, GError **error)
{
  g_autofree char *several = g_build_filename (folder, BROKER_POSTCODES_FOLDER, NULL);
  g_autoptr (GHashTable) sums = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  Postcodes self = { .sums = sums, .faults = faults,
                     .column = { [COLUMN_POSTCODE] = 0, [COLUMN_QUALITY] = 1, [COLUMN_EASTING] = 2,
                                 [COLUMN_NORTHING] = 3, [COLUMN_ENDED] = NO_COLUMN } };

  if (g_file_test (several, G_FILE_TEST_IS_DIR))
    {
      if (!read_folder (&self, folder, error))
        return NULL;
    }
  else
    {
      self.is_ons = TRUE;
      if (!read_file (&self, folder, BROKER_POSTCODES_FILE, error))
        return NULL;
    }
  return tell_faults (&self, error) ? append_districts (&self, districts) : NULL;
}
