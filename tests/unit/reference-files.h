/* reference-files.h: one small right set of reference files, and ways to get one thing wrong in it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "broker/broker-reference.h"

#include "common/bed-json.h"
#include "common/bed-words.h"

#include <string.h>

enum { DISTRICTS, LAPS, CROSSINGS, UNITS, BEDS, TRAVELS, N_FILES };

static const char *const names[N_FILES]
    = { "districts.csv", "laps.csv", "crossings.csv", "units.csv", "beds.csv", "travel_times.csv" };

/* Lines are counted from the header: 1. */
static const char *const right[N_FILES] = {
  "district,easting,northing\n"
  "SO51,435500,121000\n"
  "PO12,460800,100000\n"
  "PO1,464500,100000\n"
  "SO52,439500,120200\n", /* nobody refers to it */

  "lap,name,area,district,urgent_opens,urgent_closes\n"
  "west,West LAP,Test Valley,SO51,07:00,20:00\n"
  "east,East LAP,Gosport,PO12,08:30,24:00\n",

  "from,to,road_metres,why\n"
  "PO12,PO1,24000,Portsmouth Harbour\n",

  "unit,name,site,district,easting,northing,owner,owner_name,owner_kind,lap,types,staffed_cap,proxy,accepts,"
  "fresh_day_min,fresh_night_min,longest_stay_days,phone,effective_from,effective_to,source,illustrative,as_of,note\n"
  "night,Night Ward,Romsey Hospital,SO51,435600,121100,trust,The Trust,nhs,west,rehab|step_down,2,0,unit,240,720,42,"
  "01632 960001,2020-04-01,,published,no,2025,\n"
  "home,The Home,The Home,PO12,,,county,The County,county,east,d2a,,1,lap,720,1440,,,2020-04-01,2030-07-01,made up,"
  "yes,2025-03-31,\"by phone, daily\"\n",

  "bed,unit,label,bay,type,flex,features,bay_sex,safe_load_kg,effective_from,effective_to,source,illustrative\n"
  "night-01,night,Bed 1,1,rehab,step_down|gp,hoist|oxygen,any,220,2020-04-01,,made up,1\n"
  "home-01,home,Room 1,,d2a,,,single,,2020-04-01,2030-07-01,made up,1\n"
  "night-02,night,Bed 2,1,step_down,,,any,,2020-04-01,,made up,1\n"
  "night-03,night,Bed 3,,rehab,,ensuite,single,,2020-04-01,,made up,1\n",

  NULL, /* need not be there */
};

/* texts as the one object; NULL leaves a file out. */
static inline char *
join_files (const char *const texts[N_FILES])
{
  g_auto (BedJson) json;

  bed_json_init (&json, 1024);
  bed_json_begin_object (&json);
  for (guint i = 0; i < N_FILES; i++)
    if (texts[i] != NULL)
      bed_json_add_string (&json, names[i], texts[i]);
  bed_json_end_object (&json);
  return bed_json_steal (&json, NULL);
}

static inline BrokerReference *
parse_with (guint file, const char *text, const BrokerReference *before, GPtrArray *faults)
{
  const char *texts[N_FILES];
  g_autofree char *files = NULL;

  memcpy (texts, right, sizeof texts);
  if (file < N_FILES)
    texts[file] = text;
  files = join_files (texts);
  return broker_reference_parse (files, before, faults);
}

/* The right file with its first `was` replaced. */
static inline char *
replace_in (guint file, const char *was, const char *now)
{
  const char *at = strstr (right[file], was);

  g_assert_nonnull (at);
  return g_strdup_printf ("%.*s%s%s", (int) (at - right[file]), right[file], now, at + strlen (was));
}

/* The right units with more columns, each line ending with what is given. */
static inline char *
add_columns (guint file, const char *header, const char *first, const char *others)
{
  g_auto (GStrv) lines = g_strsplit (right[file], "\n", -1);
  GString *text = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++)
    g_string_append_printf (text, "%s,%s\n", lines[i], i == 0 ? header : i == 1 ? first : others);
  return g_string_free (text, FALSE);
}

static inline BrokerReference *
parse_right (void)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (BrokerReference) reference = parse_with (N_FILES, NULL, NULL, faults);

  for (guint i = 0; i < faults->len; i++)
    g_test_message ("%s", (const char *) faults->pdata[i]);
  g_assert_nonnull (reference);
  g_assert_cmpuint (faults->len, ==, 0);
  return g_steal_pointer (&reference);
}

/* Exactly one fault, and it begins so. */
static inline void
assert_text_fault (guint file, const char *text, const BrokerReference *before, const char *fault)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (BrokerReference) reference = parse_with (file, text, before, faults);

  for (guint i = 0; i < faults->len; i++)
    g_test_message ("%s", (const char *) faults->pdata[i]);
  g_assert_null (reference);
  g_assert_cmpuint (faults->len, ==, 1);
  g_assert_true (g_str_has_prefix (faults->pdata[0], fault));
}
