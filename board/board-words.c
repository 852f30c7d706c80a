/* board-words.c: the board's sentences, in one place for whoever translates it.
 *
 * Pure; strings are owned by the caller or constant. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-words.h"

#include "board-i18n.h"
#include "common/bed-time.h"

const char *
board_words_owner (BedOwnerKind kind)
{
  switch (kind)
    {
    case BED_OWNER_NHS:
      return _ ("NHS");
    case BED_OWNER_COUNTY:
      return _ ("County");
    case BED_OWNER_INDEPENDENT:
    case BED_OWNER_N:
      return _ ("Independent");
    }
  return _ ("Independent");
}

const char *
board_words_glyph (BoardGlyph glyph)
{
  static const char *const words[BOARD_N_GLYPHS] = {
    [BOARD_GLYPH_FREE] = N_ ("Free"),
    [BOARD_GLYPH_HELD] = N_ ("Held, time left"),
    [BOARD_GLYPH_ARRIVING] = N_ ("Arriving"),
    [BOARD_GLYPH_CLEANING] = N_ ("Cleaning"),
    [BOARD_GLYPH_LEAVING] = N_ ("Leaving today"),
    [BOARD_GLYPH_OCCUPIED] = N_ ("Occupied"),
    [BOARD_GLYPH_UNKNOWN] = N_ ("Not known"),
    [BOARD_GLYPH_CLOSED] = N_ ("Closed"),
  };

  return _ (words[glyph]);
}

const char *
board_words_closure (BedClosure reason)
{
  static const char *const words[BED_CLOSURE_N] = {
    [BED_CLOSURE_NONE] = N_ ("closed"),
    [BED_CLOSURE_STAFFING] = N_ ("staffing"),
    [BED_CLOSURE_OUTBREAK] = N_ ("infection"),
    [BED_CLOSURE_DEEP_CLEAN] = N_ ("deep clean"),
    [BED_CLOSURE_REPAIR] = N_ ("repair"),
    [BED_CLOSURE_FIRE_SAFETY] = N_ ("fire safety"),
    [BED_CLOSURE_QUALITY_EMBARGO] = N_ ("quality"),
    [BED_CLOSURE_DECOMMISSIONED] = N_ ("ended"),
    [BED_CLOSURE_NOT_FUNDED] = N_ ("not funded"),
    [BED_CLOSURE_RING_FENCED] = N_ ("ring-fenced"),
    [BED_CLOSURE_REFURBISHMENT] = N_ ("building work"),
  };

  return _ (words[reason < BED_CLOSURE_N ? reason : BED_CLOSURE_NONE]);
}

/* The format of a sentence about a bed that has this label. */
static const char *
get_reported_words (int display)
{
  switch (display < 0 ? BOARD_GLYPH_UNKNOWN : board_glyph_of_display ((BedDisplay)display))
    {
    case BOARD_GLYPH_FREE:
      return _ ("%s cleaned, free");
    case BOARD_GLYPH_HELD:
      return _ ("%s held");
    case BOARD_GLYPH_ARRIVING:
      return _ ("%s arriving");
    case BOARD_GLYPH_CLEANING:
      return _ ("%s to be cleaned");
    case BOARD_GLYPH_LEAVING:
      return _ ("%s leaving today");
    case BOARD_GLYPH_OCCUPIED:
      return _ ("%s occupied");
    case BOARD_GLYPH_CLOSED:
      return _ ("%s closed");
    case BOARD_GLYPH_UNKNOWN:
    case BOARD_N_GLYPHS:
      return _ ("%s not known");
    }
  return _ ("%s not known");
}

static char *
print_held (const char *label, gint64 until_us)
{
  char until[6];

  if (until_us == 0)
    return g_strdup_printf (_ ("%s held"), label);
  bed_time_print_local (until_us, until);
  return g_strdup_printf (_ ("%s held until %s"), label, until);
}

typedef enum
{
  TOLD_TO_NOBODY, /* about a person, or about nothing that a wall shows */
  TOLD_OF_BED,    /* words is a format with the bed's label */
  TOLD_OF_UNIT
} Told;

static const struct
{
  Told told;
  const char *words;
} recent_words[] = {
  [BED_EVENT_BED_REPORTED] = { TOLD_OF_BED, "" }, /* by its state */
  [BED_EVENT_BED_CLOSED] = { TOLD_OF_BED, N_ ("%s closed") },
  [BED_EVENT_BED_OPENED] = { TOLD_OF_BED, N_ ("%s open again") },
  [BED_EVENT_BAY_CLOSED] = { TOLD_OF_UNIT, N_ ("a bay closed") },
  [BED_EVENT_BAY_OPENED] = { TOLD_OF_UNIT, N_ ("a bay open again") },
  [BED_EVENT_UNIT_CLOSED] = { TOLD_OF_UNIT, N_ ("closed") },
  [BED_EVENT_UNIT_OPENED] = { TOLD_OF_UNIT, N_ ("open again") },
  [BED_EVENT_UNIT_CONFIRMED] = { TOLD_OF_UNIT, N_ ("confirmed") },
  [BED_EVENT_UNIT_STAFFED] = { TOLD_OF_UNIT, N_ ("staffing has changed") },
  [BED_EVENT_UNIT_RULED] = { TOLD_OF_UNIT, N_ ("rules have changed") },
  [BED_EVENT_UNIT_SIZED] = { TOLD_OF_UNIT, N_ ("places have changed") },
  [BED_EVENT_SURGE_ASKED] = { TOLD_OF_UNIT, N_ ("asked for surge beds") },
  [BED_EVENT_SURGE_OPENED] = { TOLD_OF_BED, N_ ("%s open for surge") },
  [BED_EVENT_SURGE_ENDED] = { TOLD_OF_BED, N_ ("%s surge has ended") },
  [BED_EVENT_BED_FILLED] = { TOLD_OF_BED, N_ ("%s filled") },
  [BED_EVENT_BED_CORRECTED] = { TOLD_OF_BED, N_ ("%s corrected") },
  [BED_EVENT_FEATURE_LOST] = { TOLD_OF_BED, N_ ("%s equipment out of order") },
  [BED_EVENT_PLACED] = { TOLD_OF_BED, N_ ("%s accepted") }, /* or held */
  [BED_EVENT_HOLD_TAKEN] = { TOLD_OF_BED, N_ ("%s held") }, /* until when */
  [BED_EVENT_HOLD_EXTENDED] = { TOLD_OF_BED, N_ ("%s held longer") },
  [BED_EVENT_HOLD_RELEASED] = { TOLD_OF_BED, N_ ("%s hold given up") },
  [BED_EVENT_HOLD_EXPIRED] = { TOLD_OF_BED, N_ ("%s hold has run out") },
  [BED_EVENT_ASSESSING] = { TOLD_OF_BED, N_ ("%s assessing") },
  [BED_EVENT_ACCEPTED] = { TOLD_OF_BED, N_ ("%s accepted") },
  [BED_EVENT_DECLINED] = { TOLD_OF_BED, N_ ("%s declined") },
  [BED_EVENT_EXPECTED] = { TOLD_OF_BED, N_ ("%s arrival expected") },
  [BED_EVENT_CANCELLED] = { TOLD_OF_BED, N_ ("%s not coming") },
  [BED_EVENT_DEPARTED] = { TOLD_OF_BED, N_ ("%s on the way") },
  [BED_EVENT_TURNED_BACK] = { TOLD_OF_BED, N_ ("%s turned back") },
  [BED_EVENT_ARRIVED] = { TOLD_OF_BED, N_ ("%s arrived") },
  [BED_EVENT_MOVED] = { TOLD_OF_BED, N_ ("%s moved in") },
  [BED_EVENT_WENT_AWAY] = { TOLD_OF_BED, N_ ("%s kept, away") },
  [BED_EVENT_CAME_BACK] = { TOLD_OF_BED, N_ ("%s back") },
  [BED_EVENT_READY_TO_LEAVE] = { TOLD_OF_BED, N_ ("%s ready to leave") },
  [BED_EVENT_LEFT] = { TOLD_OF_BED, N_ ("%s left, cleaning") },
  [BED_EVENT_UNDONE] = { TOLD_OF_UNIT, N_ ("taken back") },
  [BED_EVENT_UNIT_STALED] = { TOLD_OF_UNIT, N_ ("not confirmed in time") },
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
      return g_strdup (_ (recent_words[recent->event].words));
    case TOLD_OF_BED:
      break;
    }
  if (recent->event == BED_EVENT_BED_REPORTED)
    return g_strdup_printf (get_reported_words (recent->display), label);
  if (recent->event == BED_EVENT_HOLD_TAKEN || recent->event == BED_EVENT_HOLD_EXTENDED
      || (recent->event == BED_EVENT_PLACED && recent->display != BED_DISPLAY_ACCEPTED))
    return print_held (label, recent->until_us);
  return g_strdup_printf (_ (recent_words[recent->event].words), label);
}

static gint64
get_minutes (gint64 duration_us)
{
  return MAX (duration_us, 0) / BED_MINUTE_US;
}

static void
say_age (const BoardUnit *unit, gint64 now_us, GString *said)
{
  int minutes = (int)get_minutes (now_us - unit->confirmed_us);

  g_string_append_c (said, ' ');
  if (unit->confirmed_us == 0)
    g_string_append (said, _ ("Never confirmed."));
  else if (minutes < 120)
    g_string_append_printf (said, ngettext ("Last confirmed %d minute ago.", "Last confirmed %d minutes ago.", (gulong)minutes),
                            minutes);
  else
    g_string_append_printf (said, ngettext ("Last confirmed %d hour ago.", "Last confirmed %d hours ago.", (gulong)minutes / 60),
                            minutes / 60);
  if (unit->is_stale)
    {
      g_string_append_c (said, ' ');
      g_string_append (said, _ ("These numbers are unsure: call first."));
    }
}

/* One more part of the list of a unit's beds. */
static void G_GNUC_PRINTF (2, 3)
add_part (GPtrArray *parts, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (parts, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

static void
add_arrivals (const BoardUnit *unit, GPtrArray *parts)
{
  guint arriving = unit->counts[BOARD_GLYPH_ARRIVING];
  char clock[6];

  if (arriving > 0)
    add_part (parts, _ ("%u arriving"), arriving);
  if (unit->arriving_us == 0)
    return;
  bed_time_print_local (unit->arriving_us, clock);
  add_part (parts, arriving == 1 ? _ ("expected at %s") : _ ("the next expected at %s"), clock);
}

static void
add_occupied (const BoardUnit *unit, GPtrArray *parts)
{
  guint leaving = unit->counts[BOARD_GLYPH_LEAVING];
  guint occupied = unit->counts[BOARD_GLYPH_OCCUPIED] + leaving;

  if (leaving == 0)
    add_part (parts, _ ("%u occupied"), occupied);
  else
    add_part (parts,
              ngettext ("%u occupied of whom %u leaves today", "%u occupied of whom %u leave today", leaving), occupied,
              leaving);
}

/* A unit's beds, as a list: "2 free, 1 held for 21 more minutes". */
static char *
list_beds (const BoardUnit *unit, gint64 now_us)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  const guint *counts = unit->counts;
  int left = (int)get_minutes (unit->hold_until_us - now_us);

  add_part (parts, _ ("%u free"), unit->free);
  if (counts[BOARD_GLYPH_HELD] > 0)
    add_part (parts, ngettext ("%u held for %d more minute", "%u held for %d more minutes", (gulong)left),
              counts[BOARD_GLYPH_HELD], left);
  add_arrivals (unit, parts);
  if (counts[BOARD_GLYPH_CLEANING] > 0)
    add_part (parts, _ ("%u cleaning"), counts[BOARD_GLYPH_CLEANING]);
  add_occupied (unit, parts);
  if (counts[BOARD_GLYPH_CLOSED] > 0)
    add_part (parts, _ ("%u closed"), counts[BOARD_GLYPH_CLOSED]);
  if (counts[BOARD_GLYPH_UNKNOWN] > 0)
    add_part (parts, _ ("%u not known"), counts[BOARD_GLYPH_UNKNOWN]);
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (", ", (char **)parts->pdata);
}

char *
board_words_unit (const BoardUnit *unit, gint64 now_us)
{
  g_autofree char *beds = list_beds (unit, now_us);
  guint kilometres = (unit->metres + 500) / 1000;
  GString *said = g_string_new (NULL);

  /* translators: a unit, its owner, how far it is, and a list of its beds */
  g_string_append_printf (said, ngettext ("%s, %s, %u kilometre. %s.", "%s, %s, %u kilometres. %s.", kilometres), unit->name,
                          board_words_owner (unit->owner_kind), kilometres, beds);
  say_age (unit, now_us, said);
  return g_string_free (said, FALSE);
}
