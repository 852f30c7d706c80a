/* broker-reference-columns.h: what each column of each reference file may hold, and its lines read.
 *
 * A line is a map record as far as its own line tells, plus what refers to other lines (by id) and
 * what the map does not keep.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "broker-reference-faults.h"
#include "broker-reference-values.h"

#include "common/bed-layout.h"

#define BROKER_EASTING_MAX 700000   /* the National Grid of Great Britain */
#define BROKER_NORTHING_MAX 1300000

#define BROKER_OUTWARD_SIZE 8 /* an outward postcode and a 0 */

/* Begins each line. Bits are the column's number in its file's form. */
typedef struct
{
  guint64 bad;   /* the value was told as a fault: nothing may be concluded from it */
  guint64 empty; /* nothing stands there, which is allowed */
  guint32 line;
  guint32 index; /* of another line that this one belongs to, once resolved */
} BrokerLine;

typedef struct
{
  BrokerLine line;
  BedDistrict district;
} BrokerDistrictLine;

typedef struct
{
  BrokerLine line;
  BedLap lap;
  char district[BROKER_OUTWARD_SIZE];
} BrokerLapLine;

/* Of crossings.csv and of travel_times.csv. */
typedef struct
{
  BrokerLine line;
  BedCrossing crossing;
  guint32 road_metres; /* a bit-field has no address */
  char from[BROKER_OUTWARD_SIZE];
  char to[BROKER_OUTWARD_SIZE];
} BrokerCrossingLine;

typedef struct
{
  BrokerLine line;
  BedUnit unit;
  guint64 types;       /* bits of BedType */
  guint32 fresh_day_min;
  guint32 fresh_night_min;
  guint32 flex_after_min;
  guint8 weekends;
  guint8 nights;
  guint8 own_assessment;
  char district[BROKER_OUTWARD_SIZE];
  char lap[BED_ID_SIZE];
  char *gp_laps; /* owned: "a|b" */
} BrokerUnitLine;

typedef struct
{
  BrokerLine line;
  BedBed bed;
  guint64 flex; /* bits of BedType */
  char unit[BED_ID_SIZE];
} BrokerBedLine;

/* Lines of one file. */
typedef struct
{
  GArray *lines;        /* of the file's own line type; owned */
  guint header_line;
  gboolean is_readable; /* the header was right, so that a line not there is really missing */
} BrokerLines;

/* What a file's lines are made of. */
typedef struct
{
  const BrokerColumn *columns; /* the first one names the line */
  guint n_columns;
  guint line_size;
  guint lines_max;
  GDestroyNotify clear; /* of a line; NULL: it owns nothing */
} BrokerForm;

const BrokerForm *broker_lines_peek_form (BrokerFile file);

/* Reads text (NULL: no lines); every fault of the header and of single values is told. Close with
 * broker_lines_clear. */
void broker_lines_read (BrokerFile file, const char *text, BrokerLines *lines, BrokerFaults *faults);
void broker_lines_clear (BrokerLines *lines);

/* The bit of a column in bad and empty. column must be one of the file's. */
guint64 broker_lines_bit (BrokerFile file, const char *column);

/* The column that names a line of file: "unit". Static. */
const char *broker_lines_key_name (BrokerFile file);

/* What it holds in the nth line (borrowed), or NULL if that is no key; and where that line stands. */
const char *broker_lines_peek_key (BrokerFile file, const BrokerLines *lines, guint nth);
guint broker_lines_get_line (BrokerFile file, const BrokerLines *lines, guint nth);
