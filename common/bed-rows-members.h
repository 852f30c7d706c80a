/* bed-rows-members.h: members that rows of every kind have: words, times and ids. Shared by bed-rows.c
 * and bed-rows-referral.c; nobody else includes it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bed-rows.h"

static inline void
add_word (BedJson *json, const char *name, const BedWords *words, guint value)
{
  bed_json_add_string (json, name, bed_words_print (words, value));
}

/* Null for 0. */
static inline void
add_time_or_null (BedJson *json, const char *name, gint64 time_us)
{
  if (time_us != 0)
    bed_json_add_time (json, name, time_us);
  else
    bed_json_add_string (json, name, NULL);
}

/* Left out if it is not so. */
static inline void
add_if (BedJson *json, const char *name, gboolean is_so)
{
  if (is_so)
    bed_json_add_bool (json, name, TRUE);
}

/* Left out for the first value, which says nothing. */
static inline void
add_word_if_set (BedJson *json, const char *name, const BedWords *words, guint value)
{
  if (value != 0)
    add_word (json, name, words, value);
}

/* Left out for 0. */
static inline void
add_time_if_set (BedJson *json, const char *name, gint64 time_us)
{
  if (time_us != 0)
    bed_json_add_time (json, name, time_us);
}

/* The words of the bits that are set. */
static inline void
add_word_list (BedJson *json, const char *name, const BedWords *words, guint64 bits)
{
  bed_json_name (json, name);
  bed_json_begin_array (json);
  for (; bits != 0; bits &= bits - 1)
    {
      guint value = (guint) __builtin_ctzll (bits);
      if (value < words->n)
        bed_json_string (json, words->words[value]);
    }
  bed_json_end_array (json);
}

/* One of a row's clocks. */
static inline void
add_clock (BedJson *json, BedClock clock, gint64 due_us, gint64 amber_us, gboolean is_breached)
{
  bed_json_begin_object (json);
  add_word (json, "clock", &bed_clock_words, clock);
  bed_json_add_time (json, "due_at", due_us);
  bed_json_add_time (json, "amber_at", amber_us);
  bed_json_add_bool (json, "breached", is_breached);
  bed_json_end_object (json);
}

static inline const char *
peek_lap_id (const BedTable *table, guint32 lap)
{
  return lap < table->sizes.laps ? table->laps[lap].id : NULL;
}

static inline const char *
peek_unit_id (const BedTable *table, guint32 unit)
{
  return unit < table->sizes.units ? table->units[unit].id : NULL;
}
