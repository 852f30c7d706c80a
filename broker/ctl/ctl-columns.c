/* ctl-columns.c: rows of the map as cells of tables.
 *
 * Each display state has a glyph, a letter and a word, so that colour is never alone. Owns nothing;
 * reads only rows that the map's reader has checked. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ctl-columns.h"

#include "common/bed-time.h"
#include "common/bed-words.h"

#include <string.h>

typedef struct
{
  const char *glyph;
  const char *letter;
  const char *word;
  CtlTint tint;
} Look;

static const Look looks[BED_DISPLAY_N] = {
  [BED_DISPLAY_FREE] = { "●", "F", "free", CTL_TINT_FREE },
  [BED_DISPLAY_HELD] = { "◔", "H", "held", CTL_TINT_HELD },
  [BED_DISPLAY_ACCEPTED] = { "▶", "A", "accepted", CTL_TINT_ARRIVING },
  [BED_DISPLAY_IN_TRANSIT] = { "▶", "T", "in transit", CTL_TINT_ARRIVING },
  [BED_DISPLAY_OCCUPIED] = { "■", "O", "occupied", CTL_TINT_QUIET },
  [BED_DISPLAY_LEAVING] = { "◥", "L", "leaving today", CTL_TINT_LEAVING },
  [BED_DISPLAY_READY_TO_LEAVE] = { "◥", "R", "ready to leave", CTL_TINT_LEAVING },
  [BED_DISPLAY_ON_LEAVE] = { "◧", "V", "on leave", CTL_TINT_QUIET },
  [BED_DISPLAY_CLEANING] = { "▨", "C", "cleaning", CTL_TINT_CLEANING },
  [BED_DISPLAY_CONTAMINATED] = { "▩", "K", "contaminated", CTL_TINT_CLEANING },
  [BED_DISPLAY_ISOLATED] = { "◆", "I", "isolated", CTL_TINT_CLOSED },
  [BED_DISPLAY_CLOSED] = { "✕", "X", "closed", CTL_TINT_CLOSED },
  [BED_DISPLAY_SURGE_SHUT] = { "○", "S", "surge, shut", CTL_TINT_QUIET },
  [BED_DISPLAY_UNKNOWN] = { "?", "U", "unknown", CTL_TINT_HELD },
};

/* The strip's order: what can be used first. */
static const BedDisplay strip_order[] = {
  BED_DISPLAY_FREE,       BED_DISPLAY_HELD,           BED_DISPLAY_ACCEPTED,
  BED_DISPLAY_IN_TRANSIT, BED_DISPLAY_CLEANING,       BED_DISPLAY_CONTAMINATED,
  BED_DISPLAY_LEAVING,    BED_DISPLAY_READY_TO_LEAVE, BED_DISPLAY_OCCUPIED,
  BED_DISPLAY_ON_LEAVE,   BED_DISPLAY_ISOLATED,       BED_DISPLAY_CLOSED,
  BED_DISPLAY_SURGE_SHUT, BED_DISPLAY_UNKNOWN,
};

static_assert (G_N_ELEMENTS (strip_order) == BED_DISPLAY_N,
               "every state has its place in the strip");

#define OVERDUE_NAMED 12 /* beds named below the queue */
#define MINUTES(us) ((us) / BED_MINUTE_US)

char *
ctl_columns_print_age (gint64 age_us)
{
  gint64 minutes = MINUTES (MAX (age_us, 0));
  if (minutes < 60)
    return g_strdup_printf ("%d min", (int) minutes);
  if (minutes < 24 * 60)
    return g_strdup_printf ("%d h %02d", (int) (minutes / 60), (int) (minutes % 60));
  return g_strdup_printf ("%d d %d h", (int) (minutes / 1440), (int) (minutes % 1440 / 60));
}

char *
ctl_columns_print_needs (guint64 needs)
{
  GString *text = g_string_new (NULL);
  for (guint need = 0; need < BED_NEED_N; need++)
    if (needs >> need & 1)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "",
                              bed_words_print (&bed_need_words, need));
  return g_string_free (text, FALSE);
}

static const char *
peek_mark (const CtlTerminal *terminal, const Look *look)
{
  return terminal->has_glyphs ? look->glyph : look->letter;
}

/* Beds, or what is booked like a bed without being one: counted apart. */
typedef struct
{
  guint shown[BED_DISPLAY_N];
  guint n;
  guint offerable;
} Census;

static Census
count_beds (const CtlPicture *picture, guint32 first, guint32 n, gboolean is_of_places)
{
  Census census = { 0 };
  for (guint32 bed = first; bed < first + n; bed++)
    if (ctl_picture_shows_bed (picture, bed)
        && (BED_PLACE_TYPES >> picture->map->table.beds[bed].type & 1) == (is_of_places ? 1 : 0))
      {
        census.n++;
        census.shown[picture->beds[bed].display]++;
        census.offerable += (picture->beds[bed].flags & BED_FLAG_OFFERABLE) != 0;
      }
  return census;
}

static char *
print_strip (const Census *census, const CtlTerminal *terminal)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < BED_DISPLAY_N; i++)
    {
      const Look *look = &looks[strip_order[i]];
      guint count = census->shown[strip_order[i]];
      if (count > 0)
        g_string_append_printf (text, "%s%s%u", text->len > 0 ? " " : "",
                                peek_mark (terminal, look), count);
    }
  return g_string_free (text, FALSE);
}

static char *
print_confirmed (gint64 now_us, gint64 confirmed_us, gboolean is_stale, const CtlTerminal *terminal)
{
  if (confirmed_us == 0)
    return g_strdup ("never");
  g_autofree char *age = ctl_columns_print_age (now_us - confirmed_us);
  return g_strconcat (is_stale ? (terminal->has_glyphs ? "⚠ " : "! ") : "", age, NULL);
}

static const char *
peek_lap (const BedTable *table, guint8 lap)
{
  return lap < table->sizes.laps ? table->laps[lap].id : "";
}

CtlTable *
ctl_columns_units (const CtlPicture *picture, const CtlTerminal *terminal)
{
  static const CtlColumn columns[] = {
    { "FREE", TRUE, 0 },   { "UNIT", FALSE, 8 },     { "NAME", FALSE, 8 },
    { "OWNER", FALSE, 4 }, { "LAP", FALSE, 4 },      { "BEDS", FALSE, 12 },
    { "PLACES", FALSE, 6 }, { "CAP", TRUE, 0 },      { "CONFIRMED", TRUE, 0 },
    { "NOTE", FALSE, 4 },
  };
  CtlTable *out = ctl_table_new (columns, G_N_ELEMENTS (columns));
  const BedTable *table = &picture->map->table;
  gint64 now_us = ctl_picture_get_now (picture, NULL);
  for (guint32 i = 0; i < table->sizes.units; i++)
    {
      if (!ctl_picture_shows_unit (picture, i))
        continue;
      const BedUnit *unit = &table->units[i];
      const BedUnitRow *row = &picture->units[i];
      gboolean is_stale = (row->flags & BED_FLAG_STALE) != 0;
      gboolean is_closed = (row->flags & BED_FLAG_CLOSED) != 0;
      Census beds = count_beds (picture, unit->first_bed, unit->n_beds, FALSE);
      Census places = count_beds (picture, unit->first_bed, unit->n_beds, TRUE);
      g_autofree char *free
          = g_strdup_printf ("%u%s", beds.offerable, is_stale && beds.offerable > 0 ? "?" : "");
      ctl_table_add (out,
                     beds.offerable == 0 ? CTL_TINT_QUIET
                     : is_stale     ? CTL_TINT_HELD
                                    : CTL_TINT_FREE,
                     g_steal_pointer (&free));
      ctl_table_add (out, CTL_TINT_STRONG, g_strdup (unit->id));
      ctl_table_add (out, CTL_TINT_PLAIN, g_strdup (unit->name));
      ctl_table_add (out, CTL_TINT_QUIET,
                     g_strdup (bed_words_print (&bed_owner_kind_words, unit->owner_kind)));
      ctl_table_add (out, CTL_TINT_QUIET, g_strdup (peek_lap (table, unit->lap)));
      ctl_table_add (out, CTL_TINT_PLAIN, print_strip (&beds, terminal));
      ctl_table_add (out, CTL_TINT_PLAIN, print_strip (&places, terminal));
      ctl_table_add (out, CTL_TINT_PLAIN,
                     g_strdup_printf ("%u/%u", row->counted, row->staffed_cap));
      ctl_table_add (out, is_stale ? CTL_TINT_HELD : CTL_TINT_QUIET,
                     print_confirmed (now_us, row->confirmed_at_us, is_stale, terminal));
      ctl_table_add (out, is_closed ? CTL_TINT_CLOSED : CTL_TINT_QUIET,
                     is_closed ? g_strdup_printf (
                         "closed, %s", bed_words_print (&bed_closure_words, row->closed_reason))
                     : unit->is_proxy ? g_strdup ("by phone")
                                      : NULL);
    }
  return out;
}

/* From amber on, a bed that waits to be cleaned says so. NULL: nothing to say. */
static char *
print_turnaround (const BedBedRow *row, gint64 now_us, CtlTint *tint)
{
  gint64 due_us, amber_us;
  if (!bed_clock_get_turnaround (row, &due_us, &amber_us) || amber_us > now_us)
    return NULL;
  *tint = due_us <= now_us ? CTL_TINT_CLOSED : CTL_TINT_HELD;
  g_autofree char *span = ctl_columns_print_age (ABS (due_us - now_us));
  return g_strdup_printf (due_us <= now_us ? "%s %s over" : "%s %s left",
                          bed_words_print (&bed_clock_words, BED_CLOCK_TURNAROUND), span);
}

static char *
print_bed_note (const CtlPicture *picture, const BedBedRow *row, gint64 now_us, CtlTint *tint)
{
  char *turnaround = print_turnaround (row, now_us, tint);
  if (turnaround != NULL)
    return turnaround;
  const char *code
      = row->referral < picture->n_referrals ? picture->referrals[row->referral].code : "";
  char clock[6];
  if (row->until_us != 0)
    {
      bed_time_print_local (row->until_us, clock);
      return g_strdup_printf ("%s until %s", code, clock);
    }
  if (row->closed_reason != BED_CLOSURE_NONE)
    return g_strdup (bed_words_print (&bed_closure_words, row->closed_reason));
  if (row->occupancy != BED_OCCUPANCY_VACANT && row->expected_free_us != 0)
    {
      bed_time_print_local (row->expected_free_us, clock);
      return g_strdup_printf ("%s%sfree %s", code, code[0] != '\0' ? ", " : "", clock);
    }
  return g_strdup (code);
}

CtlTable *
ctl_columns_beds (const CtlPicture *picture, const CtlTerminal *terminal, int display)
{
  static const CtlColumn columns[] = {
    { "BED", FALSE, 10 },  { "UNIT", FALSE, 6 },     { "LABEL", FALSE, 6 },
    { "STATE", FALSE, 0 }, { "TYPE", FALSE, 4 },     { "BAY", FALSE, 0 },
    { "HAS", FALSE, 8 },   { "CONFIRMED", TRUE, 0 }, { "NOTE", FALSE, 6 },
  };
  CtlTable *out = ctl_table_new (columns, G_N_ELEMENTS (columns));
  const BedTable *table = &picture->map->table;
  gint64 now_us = ctl_picture_get_now (picture, NULL);
  for (guint32 i = 0; i < table->sizes.beds; i++)
    {
      const BedBedRow *row = &picture->beds[i];
      if (!ctl_picture_shows_bed (picture, i) || (display >= 0 && row->display != display))
        continue;
      const BedBed *bed = &table->beds[i];
      const Look *look = &looks[row->display];
      gboolean is_stale = (row->flags & BED_FLAG_STALE) != 0;
      ctl_table_add (out, CTL_TINT_STRONG, g_strdup (bed->id));
      ctl_table_add (out, CTL_TINT_PLAIN, g_strdup (table->units[bed->unit].name));
      ctl_table_add (out, CTL_TINT_PLAIN, g_strdup (bed->label));
      ctl_table_add (
          out, look->tint,
          g_strdup_printf ("%s %s%s", peek_mark (terminal, look), look->word, is_stale ? "?" : ""));
      ctl_table_add (out, CTL_TINT_QUIET, g_strdup (bed_words_print (&bed_type_words, bed->type)));
      ctl_table_add (out, CTL_TINT_PLAIN,
                     g_strdup (bed_words_print (&bed_bay_sex_words, row->bay_sex)));
      ctl_table_add (out, CTL_TINT_QUIET,
                     ctl_columns_print_needs (bed->features & ~row->features_out));
      ctl_table_add (out, is_stale ? CTL_TINT_HELD : CTL_TINT_QUIET,
                     print_confirmed (now_us, row->confirmed_at_us, is_stale, terminal));
      CtlTint note_tint = CTL_TINT_PLAIN;
      char *note = print_bed_note (picture, row, now_us, &note_tint);
      ctl_table_add (out, note_tint, note);
    }
  return out;
}

static gboolean
is_waiting (const BedReferralRow *row)
{
  return row->bed == BED_NONE || row->state == BED_STATE_HELD || row->state == BED_STATE_ACCEPTED
         || row->state == BED_STATE_IN_TRANSIT;
}

static gboolean
is_first (const BedReferralRow *row)
{
  return (row->flags & BED_REFERRAL_FIRST) != 0;
}

int
ctl_columns_compare_waiting (const BedReferralRow *left, const BedReferralRow *right)
{
  if (left->lane != right->lane)
    return (int) left->lane - (int) right->lane;
  if (is_first (left) != is_first (right))
    return is_first (left) ? -1 : 1;
  gint64 left_us = left->ready_at_us != 0 ? left->ready_at_us : left->submitted_at_us;
  gint64 right_us = right->ready_at_us != 0 ? right->ready_at_us : right->submitted_at_us;
  return left_us < right_us ? -1 : left_us > right_us;
}

static int
compare_waiting (gconstpointer a, gconstpointer b, gpointer picture)
{
  const BedReferralRow *rows = ((const CtlPicture *) picture)->referrals;
  return ctl_columns_compare_waiting (&rows[*(const guint32 *) a], &rows[*(const guint32 *) b]);
}

const char *
ctl_columns_peek_without_bed (const BedReferralRow *row)
{
  switch ((BedReferralState) row->state)
    {
    case BED_STATE_SUBMITTED:
      return "awaits triage";
    case BED_STATE_TRIAGED:
      return "needs no bed";
    case BED_STATE_PAUSED:
      return row->paused_for != 0 ? bed_words_print (&bed_pause_words, row->paused_for - 1u) : "";
    case BED_STATE_WAITING:
      return "no bed fits now";
    case BED_STATE_HELD:
    case BED_STATE_ACCEPTED:
    case BED_STATE_IN_TRANSIT:
    case BED_STATE_ARRIVED:
    case BED_STATE_THERAPY_STARTED:
    case BED_STATE_READY_TO_LEAVE:
    case BED_STATE_LEFT:
    case BED_STATE_REDIRECTED:
    case BED_STATE_WITHDRAWN:
    case BED_STATE_DIED:
    case BED_STATE_N:
      return "";
    }
  return "";
}

char *
ctl_columns_print_due (const BedReferralRow *row, gint64 now_us, CtlTint *tint)
{
  gint64 first_us = G_MAXINT64, amber_us = 0, due_us;
  guint first = BED_CLOCK_N;
  for (guint clock = 0; clock < BED_CLOCK_N; clock++)
    if (clock != BED_CLOCK_HOLD && bed_clock_get_due (clock, row, &due_us) && due_us < first_us)
      {
        first = clock;
        first_us = due_us;
      }
  *tint = CTL_TINT_QUIET;
  if (first == BED_CLOCK_N)
    return g_strdup ("");
  if (bed_clock_get_amber (first, row, &amber_us) && amber_us <= now_us)
    *tint = first_us <= now_us ? CTL_TINT_CLOSED : CTL_TINT_HELD;
  g_autofree char *span = ctl_columns_print_age (ABS (first_us - now_us));
  return g_strdup_printf (first_us <= now_us ? "%s %s over" : "%s %s left", bed_words_print (&bed_clock_words, first), span);
}

static char *
print_place (const CtlPicture *picture, const CtlTerminal *terminal, const BedReferralRow *row,
             CtlTint *tint)
{
  const BedTable *table = &picture->map->table;
  guint32 bed = row->bed != BED_NONE ? row->bed : row->offer_bed;
  *tint = CTL_TINT_QUIET;
  if (bed >= table->sizes.beds)
    return g_strdup (ctl_columns_peek_without_bed (row));
  const char *unit = table->units[table->beds[bed].unit].name;
  if (row->bed == BED_NONE)
    {
      *tint = CTL_TINT_FREE;
      return g_strdup_printf ("%s %s, %s, %.1f km", terminal->has_glyphs ? "→" : ">", unit,
                              table->beds[bed].label, row->offer_metres / 1000.0);
    }
  const Look *look = &looks[picture->beds[bed].display];
  *tint = look->tint;
  if (row->until_us == 0)
    return g_strdup_printf ("%s %s, %s", peek_mark (terminal, look), unit, table->beds[bed].label);
  g_autofree char *left
      = ctl_columns_print_age (row->until_us - ctl_picture_get_now (picture, NULL));
  return g_strdup_printf ("%s %s, %s, %s left", peek_mark (terminal, look), unit,
                          table->beds[bed].label, left);
}

char *
ctl_columns_print_state (const BedTable *table, const BedReferralRow *row)
{
  gboolean is_late = row->lap < table->sizes.laps && bed_clock_is_out_of_hours (&table->laps[row->lap], row);

  return g_strconcat (bed_words_print (&bed_state_words, row->state), is_late ? ", out of hours" : "", NULL);
}

static void
add_queue_row (CtlTable *out, const CtlPicture *picture, const CtlTerminal *terminal,
               const BedReferralRow *row)
{
  const BedTable *table = &picture->map->table;
  gint64 now_us = ctl_picture_get_now (picture, NULL);
  CtlTint tint = CTL_TINT_PLAIN, due_tint = CTL_TINT_QUIET;
  g_autofree char *place = print_place (picture, terminal, row, &tint);
  gint64 since_us = row->ready_at_us != 0 ? row->ready_at_us : row->submitted_at_us;
  g_autofree char *due = ctl_columns_print_due (row, now_us, &due_tint);
  g_autofree char *waited = ctl_columns_print_age (now_us - since_us);
  ctl_table_add (out, row->lane == BED_LANE_URGENT ? CTL_TINT_CLOSED : CTL_TINT_QUIET,
                 g_strdup (bed_words_print (&bed_lane_words, row->lane)));
  ctl_table_add (out, CTL_TINT_STRONG, g_strdup (row->code));
  ctl_table_add (out, CTL_TINT_PLAIN, g_steal_pointer (&waited));
  ctl_table_add (out, due_tint, g_steal_pointer (&due));
  ctl_table_add (out, CTL_TINT_PLAIN, ctl_columns_print_state (table, row));
  ctl_table_add (
      out, CTL_TINT_PLAIN,
      g_strdup (row->home < table->sizes.districts ? table->districts[row->home].id : "nfa"));
  ctl_table_add (out, CTL_TINT_QUIET, g_strdup (bed_words_print (&bed_type_words, row->type)));
  ctl_table_add (out, CTL_TINT_QUIET, g_strdup (bed_words_print (&bed_sex_words, row->sex)));
  ctl_table_add (out, CTL_TINT_PLAIN, ctl_columns_print_needs (row->must));
  ctl_table_add (out, tint, g_steal_pointer (&place));
}

CtlTable *
ctl_columns_queue (const CtlPicture *picture, const CtlTerminal *terminal, gboolean is_all)
{
  static const CtlColumn columns[] = {
    { "LANE", FALSE, 0 },  { "CODE", FALSE, 0 },  { "WAITED", TRUE, 0 },
    { "DUE", FALSE, 8 },   { "STATE", FALSE, 0 }, { "HOME", FALSE, 0 },
    { "TYPE", FALSE, 4 },  { "SEX", FALSE, 0 },   { "NEEDS", FALSE, 8 },
    { "PLACE", FALSE, 12 },
  };
  g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint32 i = 0; i < picture->n_referrals; i++)
    if (ctl_picture_shows_referral (picture, i) && (is_all || is_waiting (&picture->referrals[i])))
      g_array_append_val (order, i);
  g_array_sort_with_data (order, compare_waiting, (gpointer) picture);

  CtlTable *out = ctl_table_new (columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < order->len; i++)
    add_queue_row (out, picture, terminal, &picture->referrals[g_array_index (order, guint32, i)]);
  return out;
}

static void
print_census (const Census *census, const char *what, const CtlTerminal *terminal, GString *out)
{
  g_autofree char *first = g_strdup_printf ("%s%u to offer", what, census->offerable);
  ctl_tint_print (terminal, CTL_TINT_FREE, first, out);
  for (guint i = 0; i < BED_DISPLAY_N; i++)
    {
      const Look *look = &looks[strip_order[i]];
      if (census->shown[strip_order[i]] == 0)
        continue;
      g_autofree char *part = g_strdup_printf ("%s %u %s", peek_mark (terminal, look),
                                               census->shown[strip_order[i]], look->word);
      g_string_append (out, "   ");
      ctl_tint_print (terminal, look->tint, part, out);
    }
  g_string_append_c (out, '\n');
}

void
ctl_columns_print_totals (const CtlPicture *picture, const CtlTerminal *terminal, GString *out)
{
  guint32 n = picture->map->table.sizes.beds;
  Census beds = count_beds (picture, 0, n, FALSE), places = count_beds (picture, 0, n, TRUE);
  print_census (&beds, "", terminal, out);
  if (places.n > 0)
    print_census (&places, "places without a bed: ", terminal, out);
}

void
ctl_columns_print_overdue (const CtlPicture *picture, GString *out)
{
  g_autoptr (GString) names = g_string_new (NULL);
  gint64 now_us = ctl_picture_get_now (picture, NULL), due_us, amber_us;
  guint n = 0;
  for (guint32 bed = 0; bed < picture->map->table.sizes.beds; bed++)
    if (ctl_picture_shows_bed (picture, bed)
        && bed_clock_get_turnaround (&picture->beds[bed], &due_us, &amber_us) && due_us <= now_us)
      {
        if (n < OVERDUE_NAMED)
          g_string_append_printf (names, " %s", picture->map->table.beds[bed].id);
        n++;
      }
  if (n > 0)
    g_string_append_printf (out, "%u bed%s for cleaning past %d h:%s%s\n", n, n == 1 ? " waits" : "s wait",
                            (int) (bed_clock_get_limit (BED_CLOCK_TURNAROUND) / BED_HOUR_US), names->str,
                            n > OVERDUE_NAMED ? " …" : "");
}
