/* broker-reference-values.h: one value of a reference file: text to what the map holds.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "common/bed-words.h"

#include <glib.h>

typedef struct _BrokerColumn BrokerColumn;

/* Parses text (never empty) into *value, whose type the parser's name tells. FALSE: *reason (owned
 * by the caller) says what is wrong with it. */
typedef gboolean (*BrokerValueParse) (const BrokerColumn *column, const char *text, gpointer value,
                                      char **reason);

/* Appends *value as the parser of the same name reads it; nothing for one that may be empty and is. */
typedef void (*BrokerValuePrint) (const BrokerColumn *column, gconstpointer value, GString *text);

struct _BrokerColumn
{
  const char *name;
  BrokerValueParse parse;
  gsize offset;          /* of the value in the line */
  guint least;           /* of a number */
  guint most;            /* of a number; bytes of a text */
  const BedWords *words; /* of a word or list of words */
  gboolean may_be_empty; /* the value then stays zero */
  gboolean may_be_absent; /* the whole column, which is then empty in every line */
  BrokerValuePrint print; /* of a file that is also written; else NULL */
};

gboolean broker_value_id (const BrokerColumn *column, const char *text, gpointer value, char **reason); /* char[BED_ID_SIZE] */
gboolean broker_value_outward (const BrokerColumn *column, const char *text, gpointer value, char **reason); /* char[8]: "SO51" */
gboolean broker_value_text (const BrokerColumn *column, const char *text, gpointer value, char **reason); /* char[most + 1] */
gboolean broker_value_phone (const BrokerColumn *column, const char *text, gpointer value, char **reason); /* char[most + 1] */
gboolean broker_value_u16 (const BrokerColumn *column, const char *text, gpointer value, char **reason);
gboolean broker_value_u32 (const BrokerColumn *column, const char *text, gpointer value, char **reason);
gboolean broker_value_word (const BrokerColumn *column, const char *text, gpointer value, char **reason); /* guint8 */
gboolean broker_value_words (const BrokerColumn *column, const char *text, gpointer value, char **reason); /* guint64 of bits: "a|b" */
gboolean broker_value_yes (const BrokerColumn *column, const char *text, gpointer value, char **reason); /* guint8: 0, no, 1, yes */
gboolean broker_value_hour (const BrokerColumn *column, const char *text, gpointer value, char **reason); /* guint16 minutes: 00:00 … 24:00 */
gboolean broker_value_date (const BrokerColumn *column, const char *text, gpointer value, char **reason); /* gint64: a date is its local midnight */
gboolean broker_value_ids (const BrokerColumn *column, const char *text, gpointer value, char **reason); /* char *, owned: "a|b" */

/* Checked only: the map does not keep them. */
gboolean broker_value_remark (const BrokerColumn *column, const char *text, gpointer value, char **reason);
gboolean broker_value_checked_yes (const BrokerColumn *column, const char *text, gpointer value, char **reason);
gboolean broker_value_as_of (const BrokerColumn *column, const char *text, gpointer value, char **reason); /* 2025, 2025-03 or 2025-03-31 */
