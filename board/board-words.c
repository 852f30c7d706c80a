/* board-words.c: the board's sentences, in one place for whoever translates it.
 *
 * Pure; strings are owned by the caller or constant. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-words.h"

#include "common/bed-time.h"

const char *
board_words_owner (BedOwnerKind kind)
{
  switch (kind)
    {
    case BED_OWNER_NHS:
      return "NHS";
    case BED_OWNER_COUNTY:
      return "County";
    case BED_OWNER_INDEPENDENT:
    case BED_OWNER_N:
      return "Independent";
    }
  return "Independent";
}

const char *
board_words_glyph (BoardGlyph glyph)
{
  static const char *const words[BOARD_N_GLYPHS] = {
    [BOARD_GLYPH_FREE] = "Free",
    [BOARD_GLYPH_HELD] = "Held, time left",
    [BOARD_GLYPH_ARRIVING] = "Arriving",
    [BOARD_GLYPH_CLEANING] = "Cleaning",
    [BOARD_GLYPH_LEAVING] = "Leaving today",
    [BOARD_GLYPH_OCCUPIED] = "Occupied",
    [BOARD_GLYPH_UNKNOWN] = "Not known",
    [BOARD_GLYPH_CLOSED] = "Closed",
  };

  return words[glyph];
}

const char *
board_words_closure (BedClosure reason)
{
  static const char *const words[BED_CLOSURE_N] = {
    [BED_CLOSURE_NONE] = "closed",
    [BED_CLOSURE_STAFFING] = "staffing",
    [BED_CLOSURE_OUTBREAK] = "infection",
    [BED_CLOSURE_DEEP_CLEAN] = "deep clean",
    [BED_CLOSURE_REPAIR] = "repair",
    [BED_CLOSURE_FIRE_SAFETY] = "fire safety",
    [BED_CLOSURE_QUALITY_EMBARGO] = "quality",
    [BED_CLOSURE_DECOMMISSIONED] = "ended",
    [BED_CLOSURE_NOT_FUNDED] = "not funded",
    [BED_CLOSURE_RING_FENCED] = "ring-fenced",
    [BED_CLOSURE_REFURBISHMENT] = "building work",
  };

  return reason < BED_CLOSURE_N ? words[reason] : "closed";
}

static const char *
get_reported_words (int display)
{
  switch (display < 0 ? BOARD_GLYPH_UNKNOWN : board_glyph_of_display ((BedDisplay)display))
    {
    case BOARD_GLYPH_FREE:
      return "cleaned, free";
    case BOARD_GLYPH_HELD:
      return "held";
    case BOARD_GLYPH_ARRIVING:
      return "arriving";
    case BOARD_GLYPH_CLEANING:
      return "to be cleaned";
    case BOARD_GLYPH_LEAVING:
      return "leaving today";
    case BOARD_GLYPH_OCCUPIED:
      return "occupied";
    case BOARD_GLYPH_CLOSED:
      return "closed";
    case BOARD_GLYPH_UNKNOWN:
    case BOARD_N_GLYPHS:
      return "not known";
    }
  return "not known";
}

static char *
print_held (const char *label, gint64 until_us)
{
  char until[6];

  if (until_us == 0)
    return g_strdup_printf ("%s held", label);
  bed_time_print_local (until_us, until);
  return g_strdup_printf ("%s held until %s", label, until);
}

char *
board_words_recent (const BoardRecent *recent, const char *label)
{
  switch (recent->event)
    {
    case BED_EVENT_BED_REPORTED:
      return g_strdup_printf ("%s %s", label, get_reported_words (recent->display));
    case BED_EVENT_BED_CLOSED:
      return g_strdup_printf ("%s closed", label);
    case BED_EVENT_BED_OPENED:
      return g_strdup_printf ("%s open again", label);
    case BED_EVENT_UNIT_CONFIRMED:
      return g_strdup ("confirmed");
    case BED_EVENT_PLACED:
      if (recent->display == BED_DISPLAY_ACCEPTED)
        return g_strdup_printf ("%s accepted", label);
      return print_held (label, recent->until_us);
    case BED_EVENT_HOLD_TAKEN:
      return print_held (label, recent->until_us);
    case BED_EVENT_HOLD_RELEASED:
      return g_strdup_printf ("%s hold given up", label);
    case BED_EVENT_HOLD_EXPIRED:
      return g_strdup_printf ("%s hold has run out", label);
    case BED_EVENT_ACCEPTED:
      return g_strdup_printf ("%s accepted", label);
    case BED_EVENT_ARRIVED:
      return g_strdup_printf ("%s arrived", label);
    case BED_EVENT_LEFT:
      return g_strdup_printf ("%s left, cleaning", label);
    case BED_EVENT_UNIT_STALED:
      return g_strdup ("not confirmed in time");
    case BED_EVENT_BAY_CLOSED:
    case BED_EVENT_BAY_OPENED:
    case BED_EVENT_UNIT_CLOSED:
    case BED_EVENT_UNIT_OPENED:
    case BED_EVENT_UNIT_STAFFED:
    case BED_EVENT_UNIT_RULED:
    case BED_EVENT_UNIT_SIZED:
    case BED_EVENT_SURGE_ASKED:
    case BED_EVENT_SURGE_OPENED:
    case BED_EVENT_SURGE_ENDED:
    case BED_EVENT_BED_FILLED:
    case BED_EVENT_BED_CORRECTED:
    case BED_EVENT_FEATURE_LOST:
    case BED_EVENT_TRIAGED:
    case BED_EVENT_AMENDED:
    case BED_EVENT_LINKED:
    case BED_EVENT_RESPONDED:
    case BED_EVENT_REDIRECTED:
    case BED_EVENT_PAUSED:
    case BED_EVENT_RESUMED:
    case BED_EVENT_WITHDRAWN:
    case BED_EVENT_DIED:
    case BED_EVENT_ASSESSMENT_STARTED:
    case BED_EVENT_ASSESSMENT_ENDED:
    case BED_EVENT_HOLD_EXTENDED:
    case BED_EVENT_ASSESSING:
    case BED_EVENT_DECLINED:
    case BED_EVENT_EXPECTED:
    case BED_EVENT_CANCELLED:
    case BED_EVENT_DEPARTED:
    case BED_EVENT_TURNED_BACK:
    case BED_EVENT_THERAPY_STARTED:
    case BED_EVENT_MOVED:
    case BED_EVENT_WENT_AWAY:
    case BED_EVENT_CAME_BACK:
    case BED_EVENT_STAY_EXTENDED:
    case BED_EVENT_READY_TO_LEAVE:
    case BED_EVENT_UNDONE:
    case BED_EVENT_REFERRAL_SUBMITTED:
    case BED_EVENT_IMPORTED:
    case BED_EVENT_CLOCK_BREACHED:
    case BED_EVENT_OFFER_MADE:
    case BED_EVENT_UNIT_EFFECTED:
    case BED_EVENT_QUARTER_PASSED:
    case BED_N_EVENTS:
      return NULL;
    }
  return NULL;
}

static gint64
get_minutes (gint64 duration_us)
{
  return MAX (duration_us, 0) / BED_MINUTE_US;
}

static void
say_age (const BoardUnit *unit, gint64 now_us, GString *said)
{
  gint64 minutes = get_minutes (now_us - unit->confirmed_us);

  if (unit->confirmed_us == 0)
    g_string_append (said, " Never confirmed.");
  else if (minutes < 120)
    g_string_append_printf (said, " Last confirmed %d minutes ago.", (int)minutes);
  else
    g_string_append_printf (said, " Last confirmed %d hours ago.", (int)(minutes / 60));
  if (unit->is_stale)
    g_string_append (said, " These numbers are unsure: call first.");
}

char *
board_words_unit (const BoardUnit *unit, gint64 now_us)
{
  GString *said = g_string_new (NULL);
  guint leaving = unit->counts[BOARD_GLYPH_LEAVING];
  guint occupied = unit->counts[BOARD_GLYPH_OCCUPIED] + leaving;

  g_string_append_printf (said, "%s, %s, %u kilometres. %u free", unit->name,
                          board_words_owner (unit->owner_kind), (unit->metres + 500) / 1000,
                          unit->free);
  if (unit->counts[BOARD_GLYPH_HELD] > 0)
    g_string_append_printf (said, ", %u held for %d more minutes", unit->counts[BOARD_GLYPH_HELD],
                            (int)get_minutes (unit->hold_until_us - now_us));
  if (unit->counts[BOARD_GLYPH_ARRIVING] > 0)
    g_string_append_printf (said, ", %u arriving", unit->counts[BOARD_GLYPH_ARRIVING]);
  if (unit->counts[BOARD_GLYPH_CLEANING] > 0)
    g_string_append_printf (said, ", %u cleaning", unit->counts[BOARD_GLYPH_CLEANING]);
  g_string_append_printf (said, ", %u occupied", occupied);
  if (leaving == 1)
    g_string_append (said, " of whom 1 leaves today");
  else if (leaving > 1)
    g_string_append_printf (said, " of whom %u leave today", leaving);
  if (unit->counts[BOARD_GLYPH_CLOSED] > 0)
    g_string_append_printf (said, ", %u closed", unit->counts[BOARD_GLYPH_CLOSED]);
  if (unit->counts[BOARD_GLYPH_UNKNOWN] > 0)
    g_string_append_printf (said, ", %u not known", unit->counts[BOARD_GLYPH_UNKNOWN]);
  g_string_append_c (said, '.');
  say_age (unit, now_us, said);
  return g_string_free (said, FALSE);
}
