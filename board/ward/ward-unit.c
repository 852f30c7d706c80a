/* ward-unit.c: which of a unit's beds a closure, an opening, a staffed number or surge would be about.
 *
 * Owns nothing; nothing can fail. The register looks at the same beds again (broker-rules-service.c):
 * an act is offered if at least one of them has something left to do.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ward-unit.h"

#include "../board-codes.h"
#include "../board-i18n.h"

typedef gboolean (*Test) (const BoardUnit *unit, const BoardBed *bed);

static gboolean
has_any (const BoardUnit *unit, Test test)
{
  for (guint i = 0; i < unit->beds->len; i++)
    {
      const BoardBed *bed = g_ptr_array_index (unit->beds, i);

      if (bed->is_in_effect && test (unit, bed))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_open (const BoardUnit *unit, const BoardBed *bed)
{
  return bed->service != BED_SERVICE_CLOSED;
}

/* A bed that is broken besides stays closed when the unit opens again. */
static gboolean
is_closed_with_unit (const BoardUnit *unit, const BoardBed *bed)
{
  return bed->service == BED_SERVICE_CLOSED && bed->reason == unit->reason;
}

static gboolean
is_bay_open (const BoardUnit *unit, const BoardBed *bed)
{
  return bed->bay[0] != 0 && bed->service != BED_SERVICE_CLOSED;
}

/* A bay opens with all its beds, whatever each was closed for: it is offered if they were all closed
 * for one reason. Others open bed by bed. */
static gboolean
is_bay_closed (const BoardUnit *unit, const BoardBed *bed)
{
  if (bed->bay[0] == 0 || bed->service != BED_SERVICE_CLOSED)
    return FALSE;
  for (guint i = 0; i < unit->beds->len; i++)
    {
      const BoardBed *other = g_ptr_array_index (unit->beds, i);

      if (other->is_in_effect && g_str_equal (other->bay, bed->bay)
          && (other->service != BED_SERVICE_CLOSED || other->reason != bed->reason))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_bed (const BoardUnit *unit, const BoardBed *bed)
{
  return !bed->is_place;
}

static gboolean
is_place (const BoardUnit *unit, const BoardBed *bed)
{
  return bed->is_place;
}

static gboolean
is_surge_shut (const BoardUnit *unit, const BoardBed *bed)
{
  return bed->service == BED_SERVICE_SURGE_SHUT;
}

gboolean
ward_unit_can_close (const WardCase *cause)
{
  return has_any (cause->unit, is_open);
}

gboolean
ward_unit_can_open (const WardCase *cause)
{
  return cause->unit->is_closed && has_any (cause->unit, is_closed_with_unit);
}

gboolean
ward_unit_can_close_bay (const WardCase *cause)
{
  return has_any (cause->unit, is_bay_open);
}

gboolean
ward_unit_can_open_bay (const WardCase *cause)
{
  return has_any (cause->unit, is_bay_closed);
}

gboolean
ward_unit_has_beds (const WardCase *cause)
{
  return has_any (cause->unit, is_bed);
}

gboolean
ward_unit_has_places (const WardCase *cause)
{
  return !ward_unit_has_beds (cause) && has_any (cause->unit, is_place);
}

gboolean
ward_unit_has_surge (const WardCase *cause)
{
  return has_any (cause->unit, is_surge_shut);
}

static gint
compare_bays (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *
ward_unit_list_bays (const BoardUnit *unit, gboolean to_close)
{
  GPtrArray *bays = g_ptr_array_new ();

  for (guint i = 0; i < unit->beds->len; i++)
    {
      BoardBed *bed = g_ptr_array_index (unit->beds, i);
      guint known;

      if (!bed->is_in_effect || !(to_close ? is_bay_open (unit, bed) : is_bay_closed (unit, bed)))
        continue;
      if (!g_ptr_array_find_with_equal_func (bays, bed->bay, g_str_equal, &known))
        g_ptr_array_add (bays, bed->bay);
    }
  g_ptr_array_sort (bays, compare_bays);
  return bays;
}

guint
ward_unit_count (const BoardUnit *unit, gboolean of_places)
{
  guint n = 0;

  for (guint i = 0; i < unit->beds->len; i++)
    {
      const BoardBed *bed = g_ptr_array_index (unit->beds, i);

      n += bed->is_in_effect && bed->is_place == of_places ? 1 : 0;
    }
  return n;
}

static void
append (GString *line, const char *words)
{
  if (line->len > 0)
    g_string_append (line, " · ");
  g_string_append (line, words);
}

char *
ward_unit_say_standing (const BoardUnit *unit)
{
  GString *line = g_string_new (NULL);
  g_autofree char *closed = g_strdup_printf (_ ("Closed: %s"), board_code_say (&bed_closure_words, unit->reason));
  g_autofree char *surge = g_strdup_printf (ngettext ("%u surge bed is asked for", "%u surge beds are asked for",
                                                      unit->surge_asked),
                                            unit->surge_asked);

  if (unit->is_closed)
    append (line, closed);
  if (unit->surge_asked > 0)
    append (line, surge);
  append (line, unit->site);
  return g_string_free (line, FALSE);
}
