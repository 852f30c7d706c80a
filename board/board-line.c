/* board-line.c: the words of the connection pill, the same on every screen.
 *
 * Pure. The sentences are whole, so that a translator may order them; seconds are told up to a
 * minute, then minutes. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-line.h"

#include "board-i18n.h"
#include "common/bed-time.h"

/* Since when it has been so: the register's own word, else when it was heard last. 0: not known. */
static gint64
get_since_us (const BoardMoment *moment, BoardModel *model)
{
  gint64 since_us = 0;

  if (board_model_get_serving (model, &since_us) == BOARD_SERVING_LIVE || since_us == 0)
    return moment->heard_us;
  return since_us;
}

static void
say_age (const BoardMoment *moment, char rest[static BOARD_LINE_REST_SIZE])
{
  gint64 age_us = MAX (moment->now_us - moment->heard_us, 0);

  if (moment->heard_us == 0)
    return;
  if (age_us < BED_MINUTE_US)
    g_snprintf (rest, BOARD_LINE_REST_SIZE, _ ("confirmed %d s ago"), (int)(age_us / BED_SECOND_US));
  else
    g_snprintf (rest, BOARD_LINE_REST_SIZE, _ ("confirmed %d min ago"), (int)(age_us / BED_MINUTE_US));
}

const char *
board_line_say (const BoardMoment *moment, BoardModel *model, char rest[static BOARD_LINE_REST_SIZE])
{
  gint64 since_us = moment->line == BOARD_LINE_RECONNECTING ? moment->heard_us : get_since_us (moment, model);
  gboolean has_clock = since_us != 0;
  char clock[6];

  bed_time_print_local (since_us, clock);
  *rest = 0;
  switch (moment->line)
    {
    case BOARD_LINE_LIVE:
      say_age (moment, rest);
      return _ ("Live");
    case BOARD_LINE_RECONNECTING:
      if (has_clock)
        g_snprintf (rest, BOARD_LINE_REST_SIZE, _ ("last heard %s"), clock);
      return _ ("Reconnecting");
    case BOARD_LINE_OFFLINE:
      if (has_clock)
        g_snprintf (rest, BOARD_LINE_REST_SIZE, _ ("since %s"), clock);
      return _ ("Offline");
    case BOARD_LINE_READ_ONLY:
      if (has_clock)
        g_snprintf (rest, BOARD_LINE_REST_SIZE, _ ("since %s: nothing can be placed"), clock);
      else
        g_strlcpy (rest, _ ("nothing can be placed"), BOARD_LINE_REST_SIZE);
      return _ ("Read-only");
    case BOARD_LINE_REFUSED:
      g_strlcpy (rest, _ ("this board's token is refused"), BOARD_LINE_REST_SIZE);
      return _ ("Not admitted");
    }
  return "";
}
