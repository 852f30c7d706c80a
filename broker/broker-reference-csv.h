/* broker-reference-csv.h: CSV text as rows of fields that know their lines.
 *
 * RFC 4180 by libcsv in strict mode. Lines that begin with # are comments, empty lines are left
 * out, a byte order mark and CR LF are taken.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#define BROKER_CSV_FIELDS_MAX 64       /* fields of a row that are kept; more are counted */
#define BROKER_CSV_ROW_MAX (64 * 1024) /* bytes of a row: a forgotten quote must not eat the file */

typedef struct
{
  guint line; /* in which the row begins: 1, 2, … */
  guint n_fields;
  const char *fields[BROKER_CSV_FIELDS_MAX]; /* borrowed until the next row */
  guint lines[BROKER_CSV_FIELDS_MAX];        /* in which each field begins */
} BrokerCsvRow;

typedef struct
{
  void (*row) (const BrokerCsvRow *row, gpointer user_data);

  /* A row that is not CSV: reading goes on with the line after `line`. field counts from 0. */
  void (*fault) (guint line, guint field, const char *reason, gpointer user_data);
} BrokerCsvCalls;

/* Reads the whole text: every row or fault in order. */
void broker_csv_read (const char *text, const BrokerCsvCalls *calls, gpointer user_data);
