/* desk-plan.c: reads the plan and says it.
 *
 * Owns its rows. Pure; a malformed answer gives an empty plan. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-plan.h"

#include "../board-i18n.h"
#include "../board-rows.h"
#include "common/bed-time.h"
#include "desk-offers.h"
#include "desk-words.h"

static gboolean
copy_member (JsonObject *row, const char *name, char *to, gsize size)
{
  const char *from = board_rows_get_string (row, name);

  return from[0] != '\0' && g_strlcpy (to, from, size) < size;
}

static guint
get_count (JsonObject *row, const char *name)
{
  return (guint)CLAMP (board_rows_get_int (row, name), 0, G_MAXINT);
}

static void
read_planned (JsonObject *row, DeskPlan *plan)
{
  DeskPlanned planned = { .metres = get_count (row, "metres") };

  if (copy_member (row, "referral", planned.code, sizeof planned.code)
      && copy_member (row, "bed", planned.bed, sizeof planned.bed)
      && copy_member (row, "unit", planned.unit, sizeof planned.unit))
    g_array_append_val (plan->planned, planned);
}

static void
read_unplanned (JsonObject *row, DeskPlan *plan)
{
  static const char *const words[DESK_UNPLANNED_N] = { "none_suits", "needed_by_others", "couple" };
  DeskUnplanned unplanned = { .reason = DESK_UNPLANNED_N };

  for (guint i = 0; i < DESK_UNPLANNED_N; i++)
    if (g_str_equal (words[i], board_rows_get_string (row, "reason")))
      unplanned.reason = (DeskUnplannedReason)i;
  if (unplanned.reason != DESK_UNPLANNED_N && copy_member (row, "referral", unplanned.code, sizeof unplanned.code))
    g_array_append_val (plan->unplanned, unplanned);
}

static void
read_swap (JsonObject *row, DeskPlan *plan)
{
  DeskSwap swap = { .saves_metres = get_count (row, "saves_metres") };

  copy_member (row, "with", swap.with, sizeof swap.with);
  if (copy_member (row, "referral", swap.code, sizeof swap.code) && copy_member (row, "from", swap.from, sizeof swap.from)
      && copy_member (row, "to", swap.to, sizeof swap.to))
    g_array_append_val (plan->swaps, swap);
}

static void
read_rows (JsonObject *result, const char *name, void (*read_row) (JsonObject *row, DeskPlan *plan), DeskPlan *plan)
{
  JsonArray *rows = board_rows_get_array (result, name);

  for (guint i = 0; rows != NULL && i < MIN (json_array_get_length (rows), DESK_PLAN_ROWS_MAX); i++)
    {
      JsonObject *row = board_rows_get_element (rows, i);

      if (row != NULL)
        read_row (row, plan);
    }
}

DeskPlan *
desk_plan_new (JsonObject *result, gint64 made_us)
{
  DeskPlan *plan = g_new0 (DeskPlan, 1);
  JsonObject *left_out = board_rows_get_object (result, "left_out");

  plan->planned = g_array_new (FALSE, TRUE, sizeof (DeskPlanned));
  plan->unplanned = g_array_new (FALSE, TRUE, sizeof (DeskUnplanned));
  plan->swaps = g_array_new (FALSE, TRUE, sizeof (DeskSwap));
  plan->made_us = made_us;
  plan->revision = (guint64)MAX (board_rows_get_int (result, "revision"), 0);
  plan->total_metres = board_rows_get_int (result, "total_metres");
  plan->first_come_metres = board_rows_get_int (result, "first_come_metres");
  plan->saved_metres = CLAMP (board_rows_get_int (result, "saved_metres"), -G_MAXINT, G_MAXINT);
  plan->placed = get_count (result, "placed");
  plan->first_come_placed = get_count (result, "first_come_placed");
  plan->n_left_out = left_out != NULL ? get_count (left_out, "people") : 0;
  read_rows (result, "assigned", read_planned, plan);
  read_rows (result, "unassigned", read_unplanned, plan);
  read_rows (result, "swaps", read_swap, plan);
  return plan;
}

void
desk_plan_free (DeskPlan *plan)
{
  g_array_unref (plan->planned);
  g_array_unref (plan->unplanned);
  g_array_unref (plan->swaps);
  g_free (plan);
}

/* --- in words --- */

char *
desk_plan_say_placed (const DeskPlan *plan)
{
  guint more = plan->placed > plan->first_come_placed ? plan->placed - plan->first_come_placed : 0;

  if (plan->placed == 0)
    return g_strdup (_ ("Nobody can be given a bed now."));
  if (more == 0)
    return g_strdup (_ ("As many as first come, first served."));
  return g_strdup_printf (ngettext ("%u more than first come, first served.", "%u more than first come, first served.", more),
                          more);
}

char *
desk_plan_say_saving (const DeskPlan *plan)
{
  g_autofree char *km = desk_offer_print_km ((guint)MIN (ABS (plan->saved_metres), G_MAXINT));

  if (plan->saved_metres == 0)
    return g_strdup (_ ("As near home as first come, first served."));
  if (plan->saved_metres > 0)
    return g_strdup_printf (_ ("%s km nearer home in all than first come, first served."), km);
  return g_strdup_printf (_ ("%s km farther from home in all, so that more people get a bed."), km);
}

char *
desk_plan_say_age (const DeskPlan *plan, gint64 now_us)
{
  char at[6];
  char age[DESK_DURATION_SIZE];

  bed_time_print_local (plan->made_us, at);
  if (now_us - plan->made_us < BED_MINUTE_US)
    return g_strdup_printf (_ ("Made at %s, just now"), at);
  desk_words_duration (now_us - plan->made_us, age);
  return g_strdup_printf (_ ("Made at %s, %s ago"), at, age);
}

char *
desk_plan_say_bed (BoardModel *model, const char *bed_id)
{
  const BoardBed *bed = board_model_find_bed (model, bed_id);
  const BoardUnit *unit = bed != NULL ? board_model_find_unit (model, bed->unit) : NULL;
  g_autofree char *label = bed != NULL ? desk_words_bed (bed) : NULL;

  return unit != NULL ? g_strdup_printf ("%s, %s", unit->name, label) : g_strdup (bed_id);
}

char *
desk_swap_say (BoardModel *model, const DeskSwap *swap)
{
  g_autofree char *from = desk_plan_say_bed (model, swap->from);
  g_autofree char *to = desk_plan_say_bed (model, swap->to);
  g_autofree char *km = desk_offer_print_km (swap->saves_metres);

  if (swap->with[0] != '\0')
    /* TRANSLATORS: two beds, a code, and kilometres */
    return g_strdup_printf (_ ("From %s to %s, in exchange with %s: %s km nearer home"), from, to, swap->with, km);
  return g_strdup_printf (_ ("From %s to %s: %s km nearer home"), from, to, km);
}

const char *
desk_unplanned_say (DeskUnplannedReason reason)
{
  switch (reason)
    {
    case DESK_UNPLANNED_NONE_SUITS:
      return _ ("No free bed suits");
    case DESK_UNPLANNED_NEEDED_BY_OTHERS:
      return _ ("The beds that suit are needed by others");
    case DESK_UNPLANNED_COUPLE:
      return _ ("No two beds for the couple");
    case DESK_UNPLANNED_N:
      return "";
    }
  return "";
}
