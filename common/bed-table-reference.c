/* bed-table-reference.c: are the reference records of a map what they claim to be.
 *
 * Owns nothing. Run once when a map is opened; afterwards records are read without further checks,
 * so everything a reader may index with, print, or do sums with is looked at here: indexes, enum
 * values, masks, times, positions, ended UTF-8 strings, units and beds naming each other.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-table.h"

#include "bed-words.h"

#include <string.h>

#define DAY_MINUTES 1440

/* RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF. */
static bool
is_utf8 (const unsigned char *text, size_t size)
{
  static const uint32_t least[] = { 0, 0x80, 0x800, 0x10000 };

  for (size_t i = 0; i < size;)
    {
      const unsigned lead = text[i++];
      const unsigned more = lead < 0x80 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
      uint32_t symbol = more == 0 ? lead : lead & (0x3fu >> more);

      if ((lead >= 0x80 && lead < 0xc2) || lead > 0xf4 || size - i < more)
        return false;
      for (unsigned k = 0; k < more; k++, i++)
        {
          if ((text[i] & 0xc0) != 0x80)
            return false;
          symbol = symbol << 6 | (text[i] & 0x3fu);
        }
      if (symbol < least[more] || symbol > 0x10ffff || (symbol >= 0xd800 && symbol < 0xe000))
        return false;
    }
  return true;
}

static bool
is_text (const char *text, size_t size)
{
  const char *end = memchr (text, '\0', size);

  return end != NULL && is_utf8 ((const unsigned char *) text, (size_t) (end - text));
}

static bool
is_id (const char *text, size_t size)
{
  return text[0] != '\0' && is_text (text, size);
}

#define IS_TEXT(member) is_text (member, sizeof (member))
#define IS_ID(member) is_id (member, sizeof (member))

static bool
is_place (uint32_t easting, uint32_t northing)
{
  return easting <= BED_MAX_METRES && northing <= BED_MAX_METRES;
}

static bool
is_district (const BedTable *table, uint16_t district)
{
  return district == BED_NONE_16 || district < table->sizes.districts;
}

static bool
is_span (int64_t from_us, int64_t to_us)
{
  return (uint64_t) (from_us | to_us) >> BED_TIME_BITS == 0;
}

static bool
lap_is_good (const BedTable *table, const BedLap *lap)
{
  return IS_ID (lap->id) && IS_TEXT (lap->name) && IS_TEXT (lap->area)
         && is_place (lap->easting, lap->northing) && is_district (table, lap->district)
         && lap->urgent_opens_min <= DAY_MINUTES && lap->urgent_closes_min <= DAY_MINUTES;
}

static bool
unit_is_good (const BedTable *table, const BedUnit *unit)
{
  return IS_ID (unit->id) && IS_TEXT (unit->name) && IS_TEXT (unit->site) && IS_TEXT (unit->owner)
         && IS_TEXT (unit->owner_name) && IS_TEXT (unit->phone)
         && is_place (unit->easting, unit->northing) && is_district (table, unit->district)
         && unit->n_beds <= table->sizes.beds && unit->first_bed <= table->sizes.beds - unit->n_beds
         && (unit->lap == BED_NONE_8 || unit->lap < table->sizes.laps)
         && unit->latest_arrival_min <= DAY_MINUTES && unit->admission < BED_ADMITS_AFTER_OWN_ASSESSMENT << 1
         && unit->owner_kind < BED_OWNER_N && unit->accepts < BED_ACCEPTS_N && unit->is_proxy <= 1
         && is_span (unit->effective_from_us, unit->effective_to_us);
}

static bool
bed_is_good (const BedTable *table, uint32_t index)
{
  const BedBed *bed = &table->beds[index];

  /* Its unit says that it is its own: with that for every bed, and each unit's beds counted below,
   * the units divide the beds among them. */
  return IS_ID (bed->id) && IS_TEXT (bed->label) && bed->features >> BED_NEED_N == 0
         && bed->flex >> BED_TYPE_N == 0 && bed->type < BED_TYPE_N && bed->bay_sex < BED_BAY_SEX_N
         && bed->is_surge <= 1 && is_span (bed->effective_from_us, bed->effective_to_us) && bed->unit < table->sizes.units
         && index - table->units[bed->unit].first_bed < table->units[bed->unit].n_beds;
}

bool
bed_table_check_reference (const BedTable *table)
{
  const BedSizes *sizes = &table->sizes;
  uint64_t n_beds = 0;

  for (uint32_t i = 0; i < sizes->laps; i++)
    if (!lap_is_good (table, &table->laps[i]))
      return false;
  for (uint32_t i = 0; i < sizes->districts; i++)
    if (!IS_ID (table->districts[i].id)
        || !is_place (table->districts[i].easting, table->districts[i].northing))
      return false;
  for (uint32_t i = 0; i < sizes->crossings; i++)
    if (table->crossings[i].from >= sizes->districts || table->crossings[i].to >= sizes->districts)
      return false;
  for (uint32_t i = 0; i < sizes->units; i++)
    {
      if (!unit_is_good (table, &table->units[i]))
        return false;
      n_beds += table->units[i].n_beds;
    }
  for (uint32_t i = 0; i < sizes->beds; i++)
    if (!bed_is_good (table, i))
      return false;
  return n_beds == sizes->beds;
}
