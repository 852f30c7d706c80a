/* broker-reference-values.c: the parsers behind the columns, one a kind of value.
 *
 * Strict on purpose: no sign, no blanks, no locale, one way to write a thing. What is wrong is said
 * with the value as it stands and what would be right. Pure; nothing owned.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-reference-values.h"

#include "broker-reference-faults.h"

#include "common/bed-layout.h"
#include "common/bed-time.h"

#include <string.h>

#define DIGITS_MAX 10

/* "“value” reason"; always FALSE. */
static gboolean G_GNUC_PRINTF (3, 4)
refuse (char **reason, const char *text, const char *format, ...)
{
  g_autofree char *quoted = broker_faults_quote (text);
  g_autofree char *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  *reason = g_strdup_printf ("%s %s", quoted, what);
  return FALSE;
}

static gboolean
check_id (const char *text, char **reason)
{
  const gsize length = strlen (text);

  if (strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789_-") != length || !g_ascii_isalnum (*text))
    return refuse (reason, text, "is no id: a-z, 0-9, _ and -, beginning with a letter or digit");
  if (length >= BED_ID_SIZE)
    return refuse (reason, text, "is longer than %u characters", BED_ID_SIZE - 1);
  return TRUE;
}

gboolean
broker_value_id (const BrokerColumn *column, const char *text, gpointer value, char **reason)
{
  if (!check_id (text, reason))
    return FALSE;
  memcpy (value, text, strlen (text) + 1);
  return TRUE;
}

gboolean
broker_value_ids (const BrokerColumn *column, const char *text, gpointer value, char **reason)
{
  g_auto (GStrv) ids = g_strsplit (text, "|", -1);

  for (guint i = 0; ids[i] != NULL; i++)
    {
      if (!check_id (ids[i], reason))
        return FALSE;
      for (guint k = 0; k < i; k++)
        if (strcmp (ids[k], ids[i]) == 0)
          return refuse (reason, ids[i], "stands twice");
    }
  *(char **) value = g_strdup (text);
  return TRUE;
}

/* A, AA, then a digit, then perhaps a digit or a letter: every outward code in use. */
gboolean
broker_value_outward (const BrokerColumn *column, const char *text, gpointer value, char **reason)
{
  const gsize letters = strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
  const gsize length = strlen (text);

  if (letters < 1 || letters > 2 || !g_ascii_isdigit (text[letters]) || length > letters + 2
      || (length == letters + 2 && !g_ascii_isdigit (text[letters + 1])
          && !g_ascii_isupper (text[letters + 1])))
    return refuse (reason, text, "is no outward postcode such as SO51");
  memcpy (value, text, length + 1);
  return TRUE;
}

static gboolean
check_text (const BrokerColumn *column, const char *text, const char *controls, char **reason)
{
  const gsize length = strlen (text);

  if (!g_utf8_validate (text, (gssize) length, NULL))
    return refuse (reason, text, "is not UTF-8");
  if (length > column->most)
    return refuse (reason, text, "is longer than %u bytes", column->most);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)) && (*p < 0 || strchr (controls, *p) == NULL))
      return refuse (reason, text, "holds a control character or a line break");
  return TRUE;
}

gboolean
broker_value_text (const BrokerColumn *column, const char *text, gpointer value, char **reason)
{
  if (!check_text (column, text, "", reason))
    return FALSE;
  memcpy (value, text, strlen (text) + 1);
  return TRUE;
}

gboolean
broker_value_remark (const BrokerColumn *column, const char *text, gpointer value, char **reason)
{
  return check_text (column, text, "\t\r\n", reason);
}

gboolean
broker_value_phone (const BrokerColumn *column, const char *text, gpointer value, char **reason)
{
  if (strspn (text, "0123456789 +()") != strlen (text) || strpbrk (text, "0123456789") == NULL)
    return refuse (reason, text, "is no telephone number: digits, blanks, + and brackets");
  return broker_value_text (column, text, value, reason);
}

static gboolean
parse_number (const BrokerColumn *column, const char *text, guint *number, char **reason)
{
  const gsize length = strlen (text);
  guint64 n;

  if (strspn (text, "0123456789") != length)
    return refuse (reason, text, "is no whole number");
  n = length <= DIGITS_MAX ? g_ascii_strtoull (text, NULL, 10) : G_MAXUINT64;
  if (n < column->least || n > column->most)
    return refuse (reason, text, "is not within %u to %u", column->least, column->most);
  *number = (guint) n;
  return TRUE;
}

gboolean
broker_value_u16 (const BrokerColumn *column, const char *text, gpointer value, char **reason)
{
  guint number = 0;

  if (!parse_number (column, text, &number, reason))
    return FALSE;
  *(guint16 *) value = (guint16) number;
  return TRUE;
}

gboolean
broker_value_u32 (const BrokerColumn *column, const char *text, gpointer value, char **reason)
{
  guint number = 0;

  if (!parse_number (column, text, &number, reason))
    return FALSE;
  *(guint32 *) value = number;
  return TRUE;
}

static gboolean
parse_word (const BrokerColumn *column, const char *text, guint8 *word, char **reason)
{
  const int found = bed_words_parse (column->words, text);
  g_autoptr (GString) words = NULL;

  if (found >= 0)
    {
      *word = (guint8) found;
      return TRUE;
    }
  words = g_string_new (NULL);
  for (guint i = 0; i < column->words->n; i++)
    g_string_append_printf (words, " %s", column->words->words[i]);
  return refuse (reason, text, "is none of:%s", words->str);
}

gboolean
broker_value_word (const BrokerColumn *column, const char *text, gpointer value, char **reason)
{
  return parse_word (column, text, value, reason);
}

gboolean
broker_value_words (const BrokerColumn *column, const char *text, gpointer value, char **reason)
{
  g_auto (GStrv) words = g_strsplit (text, "|", -1);
  guint64 bits = 0;

  for (guint i = 0; words[i] != NULL; i++)
    {
      guint8 word = 0;

      if (!parse_word (column, words[i], &word, reason))
        return FALSE;
      if ((bits >> word & 1) != 0)
        return refuse (reason, words[i], "stands twice");
      bits |= G_GUINT64_CONSTANT (1) << word;
    }
  *(guint64 *) value = bits;
  return TRUE;
}

gboolean
broker_value_checked_yes (const BrokerColumn *column, const char *text, gpointer value, char **reason)
{
  static const char *const answers[] = { "0", "no", "1", "yes", NULL };

  return g_strv_contains (answers, text) || refuse (reason, text, "is none of: 0 1 no yes");
}

gboolean
broker_value_yes (const BrokerColumn *column, const char *text, gpointer value, char **reason)
{
  if (!broker_value_checked_yes (column, text, NULL, reason))
    return FALSE;
  *(guint8 *) value = *text == '1' || *text == 'y';
  return TRUE;
}

gboolean
broker_value_hour (const BrokerColumn *column, const char *text, gpointer value, char **reason)
{
  return bed_time_parse_minute (text, value)
         || refuse (reason, text, "is no time of day: 00:00 to 24:00");
}

gboolean
broker_value_date (const BrokerColumn *column, const char *text, gpointer value, char **reason)
{
  gint64 time_us = 0;

  /* 0 is "none" in the map. */
  if (!bed_time_parse_date (text, &time_us) || time_us <= 0)
    return refuse (reason, text, "is no date such as 2026-11-22");
  *(gint64 *) value = time_us;
  return TRUE;
}

gboolean
broker_value_as_of (const BrokerColumn *column, const char *text, gpointer value, char **reason)
{
  static const char rest[] = "-01-01";
  const gsize length = strlen (text);
  g_autofree char *whole = NULL;
  gint64 time_us = 0;

  if (length == 4 || length == 7)
    whole = g_strconcat (text, rest + (length - 4), NULL);
  else
    whole = g_strdup (text);
  if (strlen (whole) != 10 || !bed_time_parse_date (whole, &time_us))
    return refuse (reason, text, "is no year, month or date: 2025, 2025-03 or 2025-03-31");
  return TRUE;
}
