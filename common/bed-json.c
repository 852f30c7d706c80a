/* bed-json.c: the writer behind bed-json.h.
 *
 * Appends to one GString; owns only that. Nothing can fail: a string that is not UTF-8 gets U+FFFD
 * for its bad bytes, a number that JSON cannot say becomes null. The hot path (names, short plain
 * strings, integers, times) never calls printf or GDateTime: a bed row has 24 members and is
 * written once for each change.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-json.h"

#include "bed-time.h"

#include <math.h>
#include <string.h>

#define REPLACEMENT "\xef\xbf\xbd" /* U+FFFD */
#define INT_SIZE 21                /* "-9223372036854775808" and a 0 */

void
bed_json_init (BedJson *json, gsize room)
{
  json->text = g_string_sized_new (room);
  json->needs_comma = FALSE;
}

void
bed_json_clear (BedJson *json)
{
  if (json->text != NULL)
    g_string_free (json->text, TRUE);
  json->text = NULL;
  json->needs_comma = FALSE;
}

char *
bed_json_steal (BedJson *json, gsize *length)
{
  if (length != NULL)
    *length = json->text->len;
  char *text = g_string_free (json->text, FALSE);
  bed_json_init (json, 64);
  return text;
}

void
bed_json_reset (BedJson *json)
{
  g_string_truncate (json->text, 0);
  json->needs_comma = FALSE;
}

/* Makes room for n more bytes and returns where they go; commit tells how many were written. */
static inline char *
reserve (BedJson *json, gsize n)
{
  GString *text = json->text;
  if (G_UNLIKELY (text->len + n >= text->allocated_len))
    {
      gsize length = text->len;
      g_string_set_size (text, length + n);
      g_string_truncate (text, length);
    }
  return text->str + text->len;
}

static inline void
commit (BedJson *json, const char *end)
{
  GString *text = json->text;
  text->len = (gsize) (end - text->str);
  text->str[text->len] = '\0';
}

/* The comma before a value or a name, and the fact that the next one needs one. */
static inline char *
put_comma (BedJson *json, char *at)
{
  if (json->needs_comma)
    *at++ = ',';
  json->needs_comma = TRUE;
  return at;
}

static void
put_open (BedJson *json, char bracket)
{
  char *at = put_comma (json, reserve (json, 2));
  *at++ = bracket;
  commit (json, at);
  json->needs_comma = FALSE;
}

static void
put_close (BedJson *json, char bracket)
{
  char *at = reserve (json, 1);
  *at++ = bracket;
  commit (json, at);
  json->needs_comma = TRUE;
}

void
bed_json_begin_object (BedJson *json)
{
  put_open (json, '{');
}

void
bed_json_end_object (BedJson *json)
{
  put_close (json, '}');
}

void
bed_json_begin_array (BedJson *json)
{
  put_open (json, '[');
}

void
bed_json_end_array (BedJson *json)
{
  put_close (json, ']');
}

void
bed_json_name (BedJson *json, const char *name)
{
  gsize length = strlen (name);
  char *at = put_comma (json, reserve (json, length + 4));
  *at++ = '"';
  memcpy (at, name, length);
  at += length;
  *at++ = '"';
  *at++ = ':';
  commit (json, at);
  json->needs_comma = FALSE;
}

/* Plain: ASCII that stands for itself in a JSON string. */
static inline gboolean
is_plain (guchar byte)
{
  return byte >= 0x20 && byte < 0x7f && byte != '"' && byte != '\\';
}

static char *
put_escaped (char *at, guchar byte)
{
  static const char hex[] = "0123456789abcdef";
  *at++ = '\\';
  switch (byte)
    {
    case '"':
    case '\\':
      *at++ = (char) byte;
      return at;
    case '\n':
      *at++ = 'n';
      return at;
    case '\r':
      *at++ = 'r';
      return at;
    case '\t':
      *at++ = 't';
      return at;
    default:
      memcpy (at, "u00", 3);
      at[3] = hex[byte >> 4];
      at[4] = hex[byte & 15];
      return at + 5;
    }
}

/* The rest of a string from its first byte that is not plain: escapes, UTF-8, bad bytes. */
static void
append_difficult (BedJson *json, const char *rest)
{
  while (*rest != '\0')
    {
      guchar byte = (guchar) *rest;
      char *at = reserve (json, 8);
      if (byte < 0x80)
        {
          if (is_plain (byte))
            *at++ = (char) byte;
          else
            at = put_escaped (at, byte);
          rest++;
        }
      else
        {
          gunichar c = g_utf8_get_char_validated (rest, -1);
          gboolean is_bad = c == (gunichar) -1 || c == (gunichar) -2;
          const char *from = is_bad ? REPLACEMENT : rest;
          gsize n = is_bad ? strlen (REPLACEMENT) : (gsize) g_utf8_skip[byte];
          memcpy (at, from, n);
          at += n;
          rest += is_bad ? 1 : n;
        }
      commit (json, at);
    }
}

void
bed_json_string (BedJson *json, const char *value)
{
  if (value == NULL)
    {
      bed_json_null (json);
      return;
    }

  gsize n_plain = 0;
  while (is_plain ((guchar) value[n_plain]))
    n_plain++;

  char *at = put_comma (json, reserve (json, n_plain + 3));
  *at++ = '"';
  memcpy (at, value, n_plain);
  at += n_plain;
  if (G_UNLIKELY (value[n_plain] != '\0'))
    {
      commit (json, at);
      append_difficult (json, value + n_plain);
      at = reserve (json, 1);
    }
  *at++ = '"';
  commit (json, at);
}

void
bed_json_int (BedJson *json, gint64 value)
{
  char digits[INT_SIZE];
  char *from = digits + sizeof digits;
  guint64 rest = value < 0 ? -(guint64) value : (guint64) value;
  do
    {
      *--from = (char) ('0' + rest % 10);
      rest /= 10;
    }
  while (rest != 0);
  if (value < 0)
    *--from = '-';

  gsize n = (gsize) (digits + sizeof digits - from);
  char *at = put_comma (json, reserve (json, n + 1));
  memcpy (at, from, n);
  commit (json, at + n);
}

void
bed_json_double (BedJson *json, double value)
{
  if (!isfinite (value))
    {
      bed_json_null (json);
      return;
    }
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_dtostr (text, sizeof text, value);
  bed_json_raw (json, text, -1);
}

void
bed_json_bool (BedJson *json, gboolean value)
{
  bed_json_raw (json, value ? "true" : "false", value ? 4 : 5);
}

void
bed_json_null (BedJson *json)
{
  bed_json_raw (json, "null", 4);
}

void
bed_json_time (BedJson *json, gint64 time_us)
{
  char *at = put_comma (json, reserve (json, BED_TIME_SIZE + 3));
  *at++ = '"';
  bed_time_print (time_us, at);
  at += BED_TIME_SIZE - 1;
  *at++ = '"';
  commit (json, at);
}

void
bed_json_raw (BedJson *json, const char *text, gssize length)
{
  gsize n = length < 0 ? strlen (text) : (gsize) length;
  char *at = put_comma (json, reserve (json, n + 1));
  memcpy (at, text, n);
  commit (json, at + n);
}

void
bed_json_add_string (BedJson *json, const char *name, const char *value)
{
  bed_json_name (json, name);
  bed_json_string (json, value);
}

void
bed_json_add_int (BedJson *json, const char *name, gint64 value)
{
  bed_json_name (json, name);
  bed_json_int (json, value);
}

void
bed_json_add_bool (BedJson *json, const char *name, gboolean value)
{
  bed_json_name (json, name);
  bed_json_bool (json, value);
}

void
bed_json_add_time (BedJson *json, const char *name, gint64 time_us)
{
  bed_json_name (json, name);
  bed_json_time (json, time_us);
}
