/* broker-reference-csv.c: libcsv, fed line by line, so that every field knows where it stands.
 *
 * libcsv does not count lines. Feeding it one physical line at a time does: a row that is not
 * finished at the end of its line goes on in the next (a quoted field with a newline). What is not
 * CSV is told with its line, and reading resumes with the line after the bad row's first one, so
 * that one missing quote hides no other fault.
 *
 * Owns its buffers for the length of one call. Memory running out ends the program, as in GLib.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-reference-csv.h"

#include <csv.h>
#include <string.h>

typedef struct
{
  const BrokerCsvCalls *calls; /* borrowed */
  gpointer user_data;
  struct csv_parser parser;
  GString *bytes; /* the row's fields, each with its 0 */
  gsize offsets[BROKER_CSV_FIELDS_MAX];
  guint lines[BROKER_CSV_FIELDS_MAX];
  guint n_fields;
  guint line;       /* being fed */
  guint row_line;   /* in which the row begins */
  guint field_line; /* in which the next field begins */
  int terminator;   /* the last one that libcsv took for the end of a row */
} Reader;

static void
start_row (Reader *reader)
{
  g_string_truncate (reader->bytes, 0);
  reader->n_fields = 0;
}

/* CSV_REPALL_NL tells every newline outside quotes: the others continue a row. */
static void
start_parser (Reader *reader)
{
  if (csv_init (&reader->parser, CSV_STRICT | CSV_REPALL_NL) != 0)
    g_error ("libcsv refuses its own options");
  start_row (reader);
}

static void
take_field (void *field, size_t length, void *user_data)
{
  Reader *reader = user_data;

  if (reader->n_fields < BROKER_CSV_FIELDS_MAX)
    {
      reader->offsets[reader->n_fields] = reader->bytes->len;
      reader->lines[reader->n_fields] = reader->field_line;
      g_string_append_len (reader->bytes, field, (gssize) length);
      g_string_append_c (reader->bytes, '\0');
    }
  reader->n_fields++;
  reader->field_line = reader->line;
}

static void
take_row (int terminator, void *user_data)
{
  Reader *reader = user_data;
  BrokerCsvRow row = { .line = reader->row_line, .n_fields = reader->n_fields };

  reader->terminator = terminator;
  if (row.n_fields == 0) /* an empty line, or the LF of CR LF */
    return;
  for (guint i = 0; i < MIN (row.n_fields, BROKER_CSV_FIELDS_MAX); i++)
    {
      row.fields[i] = reader->bytes->str + reader->offsets[i];
      row.lines[i] = reader->lines[i];
    }
  reader->calls->row (&row, reader->user_data);
  start_row (reader);
}

/* Feeds one physical line; TRUE if the row goes on in the next one. */
static gboolean
feed_line (Reader *reader, const char *start, const char *end, const char **reason)
{
  const gsize length = (gsize) (end - start);
  struct csv_parser *parser = &reader->parser;

  reader->terminator = 0;
  if (csv_parse (parser, start, length, take_field, take_row, reader) != length)
    *reason = "a quote stands inside the field: quote the whole field and double each quote in it";
  else if (end[-1] != '\n') /* the file's last line */
    csv_parse (parser, "\n", 1, take_field, take_row, reader);
  return *reason == NULL && reader->terminator != CSV_LF;
}

/* Feeds the row that begins at start. Returns where reading goes on. */
static const char *
read_row (Reader *reader, const char *start)
{
  const char *first_end = NULL;
  const char *reason = NULL;
  const char *p = start;
  gboolean goes_on = TRUE;

  reader->row_line = reader->line;
  reader->field_line = reader->line;
  while (goes_on)
    {
      const char *end = strchrnul (p, '\n');

      if (*end == '\n')
        end++;
      if (first_end == NULL)
        first_end = end;
      goes_on = feed_line (reader, p, end, &reason);
      reader->line++;
      p = end;
      if (goes_on && (*p == '\0' || p - start > BROKER_CSV_ROW_MAX))
        {
          reason = "a quote is not closed";
          goes_on = FALSE;
        }
    }
  if (reason == NULL)
    return p;

  reader->calls->fault (reader->row_line, reader->n_fields, reason, reader->user_data);
  csv_free (&reader->parser);
  start_parser (reader);
  reader->line = reader->row_line + 1;
  return first_end;
}

void
broker_csv_read (const char *text, const BrokerCsvCalls *calls, gpointer user_data)
{
  static const char byte_order_mark[] = "\xef\xbb\xbf";
  Reader reader = { .calls = calls, .user_data = user_data, .line = 1 };
  const char *p = text;

  if (g_str_has_prefix (p, byte_order_mark))
    p += strlen (byte_order_mark);
  reader.bytes = g_string_new (NULL);
  start_parser (&reader);
  while (*p != '\0')
    {
      if (*p != '#')
        {
          p = read_row (&reader, p);
          continue;
        }
      p = strchrnul (p, '\n');
      p += *p == '\n';
      reader.line++;
    }
  csv_free (&reader.parser);
  g_string_free (reader.bytes, TRUE);
}
