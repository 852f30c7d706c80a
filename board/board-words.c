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

typedef enum
{
  TOLD_TO_NOBODY, /* about a person, or about nothing that a wall shows */
  TOLD_OF_BED,    /* the bed's label stands before the words */
  TOLD_OF_UNIT
} Told;

static const struct
{
  Told told;
  const char *words;
} recent_words[] = {
  [BED_EVENT_BED_REPORTED] = { TOLD_OF_BED, "" }, /* by its state */
  [BED_EVENT_BED_CLOSED] = { TOLD_OF_BED, "closed" },
  [BED_EVENT_BED_OPENED] = { TOLD_OF_BED, "open again" },
  [BED_EVENT_BAY_CLOSED] = { TOLD_OF_UNIT, "a bay closed" },
  [BED_EVENT_BAY_OPENED] = { TOLD_OF_UNIT, "a bay open again" },
  [BED_EVENT_UNIT_CLOSED] = { TOLD_OF_UNIT, "closed" },
  [BED_EVENT_UNIT_OPENED] = { TOLD_OF_UNIT, "open again" },
  [BED_EVENT_UNIT_CONFIRMED] = { TOLD_OF_UNIT, "confirmed" },
  [BED_EVENT_UNIT_STAFFED] = { TOLD_OF_UNIT, "staffing has changed" },
  [BED_EVENT_UNIT_RULED] = { TOLD_OF_UNIT, "rules have changed" },
  [BED_EVENT_UNIT_SIZED] = { TOLD_OF_UNIT, "places have changed" },
  [BED_EVENT_SURGE_ASKED] = { TOLD_OF_UNIT, "asked for surge beds" },
  [BED_EVENT_SURGE_OPENED] = { TOLD_OF_BED, "open for surge" },
  [BED_EVENT_SURGE_ENDED] = { TOLD_OF_BED, "surge has ended" },
  [BED_EVENT_BED_FILLED] = { TOLD_OF_BED, "filled" },
  [BED_EVENT_BED_CORRECTED] = { TOLD_OF_BED, "corrected" },
  [BED_EVENT_FEATURE_LOST] = { TOLD_OF_BED, "equipment out of order" },
  [BED_EVENT_PLACED] = { TOLD_OF_BED, "accepted" }, /* or held */
  [BED_EVENT_HOLD_TAKEN] = { TOLD_OF_BED, "held" }, /* until when */
  [BED_EVENT_HOLD_EXTENDED] = { TOLD_OF_BED, "held longer" },
  [BED_EVENT_HOLD_RELEASED] = { TOLD_OF_BED, "hold given up" },
  [BED_EVENT_HOLD_EXPIRED] = { TOLD_OF_BED, "hold has run out" },
  [BED_EVENT_ASSESSING] = { TOLD_OF_BED, "assessing" },
  [BED_EVENT_ACCEPTED] = { TOLD_OF_BED, "accepted" },
  [BED_EVENT_DECLINED] = { TOLD_OF_BED, "declined" },
  [BED_EVENT_EXPECTED] = { TOLD_OF_BED, "arrival expected" },
  [BED_EVENT_CANCELLED] = { TOLD_OF_BED, "not coming" },
  [BED_EVENT_DEPARTED] = { TOLD_OF_BED, "on the way" },
  [BED_EVENT_TURNED_BACK] = { TOLD_OF_BED, "turned back" },
  [BED_EVENT_ARRIVED] = { TOLD_OF_BED, "arrived" },
  [BED_EVENT_MOVED] = { TOLD_OF_BED, "moved in" },
  [BED_EVENT_WENT_AWAY] = { TOLD_OF_BED, "kept, away" },
  [BED_EVENT_CAME_BACK] = { TOLD_OF_BED, "back" },
  [BED_EVENT_READY_TO_LEAVE] = { TOLD_OF_BED, "ready to leave" },
  [BED_EVENT_LEFT] = { TOLD_OF_BED, "left, cleaning" },
  [BED_EVENT_UNDONE] = { TOLD_OF_UNIT, "taken back" },
  [BED_EVENT_UNIT_STALED] = { TOLD_OF_UNIT, "not confirmed in time" },
  /* And of a person before and beside a bed, and of the register itself, nothing. */
  [BED_EVENT_REFERRAL_SUBMITTED] = { TOLD_TO_NOBODY, NULL },
  [BED_EVENT_QUARTER_PASSED] = { TOLD_TO_NOBODY, NULL },
  [BED_EVENT_PROFILE_ERASED] = { TOLD_TO_NOBODY, NULL },
};

G_STATIC_ASSERT (G_N_ELEMENTS (recent_words) == BED_N_EVENTS);

char *
board_words_recent (const BoardRecent *recent, const char *label)
{
  if ((guint)recent->event >= BED_N_EVENTS)
    return NULL;
  switch (recent_words[recent->event].told)
    {
    case TOLD_TO_NOBODY:
      return NULL;
    case TOLD_OF_UNIT:
      return g_strdup (recent_words[recent->event].words);
    case TOLD_OF_BED:
      break;
    }
  if (recent->event == BED_EVENT_BED_REPORTED)
    return g_strdup_printf ("%s %s", label, get_reported_words (recent->display));
  if (recent->event == BED_EVENT_HOLD_TAKEN || recent->event == BED_EVENT_HOLD_EXTENDED
      || (recent->event == BED_EVENT_PLACED && recent->display != BED_DISPLAY_ACCEPTED))
    return print_held (label, recent->until_us);
  return g_strdup_printf ("%s %s", label, recent_words[recent->event].words);
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
  if (unit->arriving_us != 0)
    {
      char clock[6];

      bed_time_print_local (unit->arriving_us, clock);
      g_string_append_printf (said, ", %sexpected at %s",
                              unit->counts[BOARD_GLYPH_ARRIVING] == 1 ? "" : "the next ", clock);
    }
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
