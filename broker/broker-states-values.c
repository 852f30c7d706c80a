/* broker-states-values.c: the values of the state files, parsed and printed.
 *
 * Each kind of value has one parser and one printer, side by side, so that they cannot drift: what is
 * printed parses to the same bytes, times to the microsecond. Parsers are as strict as those of the
 * reference and say what is wrong with the value as it stands. Pure; nothing owned.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-states-values.h"

#include "broker-reference-faults.h"
#include "broker-register.h"

#include "common/bed-code.h"
#include "common/bed-time.h"

#include <string.h>

/* "'value' reason"; always FALSE. */
static gboolean
refuse (char **reason, const char *text, const char *why)
{
  g_autofree char *quoted = broker_faults_quote (text);

  *reason = g_strdup_printf ("%s %s", quoted, why);
  return FALSE;
}

/* Text: ids, outward postcodes, codes and lists of ids stand as they are. */

static void
print_text (const char *value, GString *text)
{
  g_string_append (text, value != NULL ? value : "");
}

void
broker_print_id (const BrokerColumn *column, gconstpointer value, GString *text)
{
  print_text (value, text);
}

void
broker_print_outward (const BrokerColumn *column, gconstpointer value, GString *text)
{
  print_text (value, text);
}

void
broker_print_ids (const BrokerColumn *column, gconstpointer value, GString *text)
{
  print_text (*(const char *const *) value, text);
}

gboolean
broker_value_code (const BrokerColumn *column, const char *text, gpointer value, char **reason)
{
  char code[BED_CODE_SIZE];

  if (!bed_code_parse (text, code) || strcmp (code, text) != 0)
    return refuse (reason, text, "is no referral's code, such as K7Q-M4X, or is mistyped");
  memcpy (value, code, sizeof code);
  return TRUE;
}

void
broker_print_code (const BrokerColumn *column, gconstpointer value, GString *text)
{
  print_text (value, text);
}

/* Numbers. */

gboolean
broker_value_u8 (const BrokerColumn *column, const char *text, gpointer value, char **reason)
{
  guint16 number = 0;

  if (!broker_value_u16 (column, text, &number, reason))
    return FALSE;
  *(guint8 *) value = (guint8) number; /* the column's bounds are a byte's */
  return TRUE;
}

void
broker_print_u8 (const BrokerColumn *column, gconstpointer value, GString *text)
{
  g_string_append_printf (text, "%u", *(const guint8 *) value);
}

void
broker_print_u16 (const BrokerColumn *column, gconstpointer value, GString *text)
{
  g_string_append_printf (text, "%u", *(const guint16 *) value);
}

void
broker_print_u32 (const BrokerColumn *column, gconstpointer value, GString *text)
{
  g_string_append_printf (text, "%u", *(const guint32 *) value);
}

/* Words. */

static void
print_word (const BrokerColumn *column, guint word, GString *text)
{
  print_text (bed_words_print (column->words, word), text);
}

void
broker_print_word (const BrokerColumn *column, gconstpointer value, GString *text)
{
  print_word (column, *(const guint8 *) value, text);
}

void
broker_print_words (const BrokerColumn *column, gconstpointer value, GString *text)
{
  const guint64 bits = *(const guint64 *) value;
  const char *separator = "";

  for (guint word = 0; word < column->words->n; word++)
    if ((bits >> word & 1) != 0)
      {
        g_string_append (text, separator);
        print_word (column, word, text);
        separator = "|";
      }
}

gboolean
broker_value_word_or_none (const BrokerColumn *column, const char *text, gpointer value, char **reason)
{
  guint8 word = 0;

  if (!broker_value_word (column, text, &word, reason))
    return FALSE;
  *(guint8 *) value = (guint8) (word + 1);
  return TRUE;
}

void
broker_print_word_or_none (const BrokerColumn *column, gconstpointer value, GString *text)
{
  const guint8 after = *(const guint8 *) value;

  if (after > 0)
    print_word (column, after - 1u, text);
}

void
broker_print_yes (const BrokerColumn *column, gconstpointer value, GString *text)
{
  g_string_append (text, *(const guint8 *) value != 0 ? "yes" : "no");
}

/* Times: milliseconds as everywhere in the language, and microseconds where there are any. */

static void
print_time (gint64 time_us, GString *text)
{
  char time[BED_TIME_SIZE];

  bed_time_print (time_us, time);
  g_string_append (text, time);
  if (time_us % 1000 == 0)
    return;
  g_string_truncate (text, text->len - 1); /* the Z */
  g_string_append_printf (text, "%03uZ", (guint) (time_us % 1000));
}

gboolean
broker_value_time (const BrokerColumn *column, const char *text, gpointer value, char **reason)
{
  gint64 time_us = 0;

  /* 0 is "none" in the rows. */
  if (!bed_time_parse (text, &time_us) || time_us <= 0)
    return refuse (reason, text, "is no time such as 2026-11-22T11:42:00.000Z");
  *(gint64 *) value = time_us;
  return TRUE;
}

void
broker_print_time (const BrokerColumn *column, gconstpointer value, GString *text)
{
  const gint64 time_us = *(const gint64 *) value;

  if (time_us != 0)
    print_time (time_us, text);
}

/* A unit's last answers, newest first: was the bed's data right? */

static const char *const answer_texts[] = { "right", "wrong" };
static const BedWords answer_words = { "answer", answer_texts, G_N_ELEMENTS (answer_texts) };

gboolean
broker_value_answers (const BrokerColumn *column, const char *text, gpointer value, char **reason)
{
  g_auto (GStrv) answers = g_strsplit (text, "|", -1);
  BedUnitRow *row = value;
  guint32 faults = 0;
  guint n = 0;

  for (; answers[n] != NULL; n++)
    {
      const int word = bed_words_parse (&answer_words, answers[n]);

      if (n == BED_ANSWERS)
        return refuse (reason, text, "holds more answers than are remembered: 32");
      if (word < 0)
        return refuse (reason, answers[n], "is none of: right wrong");
      faults |= (guint32) word << n;
    }
  row->faults = faults;
  row->n_answers = (guint8) n;
  return TRUE;
}

void
broker_print_answers (const BrokerColumn *column, gconstpointer value, GString *text)
{
  const BedUnitRow *row = value;

  for (guint i = 0; i < row->n_answers; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", answer_texts[row->faults >> i & 1]);
}

/* Features out of order, each until when. An empty place between bars is one that is free again. */

static gboolean
parse_outage (const char *text, BrokerTerms *terms, guint nth, char **reason)
{
  const char *at = strchr (text, '@');
  g_autofree char *feature = at != NULL ? g_strndup (text, (gsize) (at - text)) : NULL;
  const int word = feature != NULL ? bed_words_parse (&bed_need_words, feature) : -1;

  if (word < 0)
    return refuse (reason, text, "is no feature and the time until which it is out of order: hoist@2026-11-22T11:42:00.000Z");
  for (guint i = 0; i < nth; i++)
    if (terms->outages[i].until_us != 0 && terms->outages[i].feature == (guint) word)
      return refuse (reason, feature, "stands twice");
  terms->outages[nth].feature = (guint) word;
  return broker_value_time (NULL, at + 1, &terms->outages[nth].until_us, reason);
}

gboolean
broker_value_outages (const BrokerColumn *column, const char *text, gpointer value, char **reason)
{
  g_auto (GStrv) outages = g_strsplit (text, "|", -1);
  BrokerTerms *terms = value;

  if (g_strv_length (outages) > BROKER_OUTAGES_MAX)
    return refuse (reason, text, "holds more outages than a bed may have: 4");
  for (guint i = 0; outages[i] != NULL; i++)
    if (outages[i][0] != '\0' && !parse_outage (outages[i], terms, i, reason))
      return FALSE;
  return TRUE;
}

void
broker_print_outages (const BrokerColumn *column, gconstpointer value, GString *text)
{
  const BrokerTerms *terms = value;
  guint n = BROKER_OUTAGES_MAX;

  while (n > 0 && terms->outages[n - 1].until_us == 0)
    n--;
  for (guint i = 0; i < n; i++)
    {
      g_string_append (text, i > 0 ? "|" : "");
      if (terms->outages[i].until_us == 0)
        continue;
      g_string_append_printf (text, "%s@", bed_words_print (&bed_need_words, (guint) terms->outages[i].feature));
      print_time (terms->outages[i].until_us, text);
    }
}
