/* wall-turns.c: takes turns among four areas. Owns nothing; nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-turns.h"

void
wall_turns_ask (WallTurns *turns, guint areas, gint64 now_us)
{
  for (guint i = 0; i < WALL_N_AREAS; i++)
    if ((areas & 1u << i) != 0 && turns->asked_us[i] == 0)
      turns->asked_us[i] = now_us;
}

guint
wall_turns_take (WallTurns *turns, gint64 now_us)
{
  gboolean is_calm = turns->drawn_us == 0 || now_us - turns->drawn_us >= WALL_CALM_US;
  gint64 oldest_us = wall_turns_get_oldest_us (turns);
  guint areas = 0;

  if (oldest_us == G_MAXINT64)
    return 0;
  for (guint i = 0; i < WALL_N_AREAS && (is_calm || areas == 0); i++)
    if (turns->asked_us[i] != 0 && (is_calm || turns->asked_us[i] == oldest_us))
      {
        areas |= 1u << i;
        turns->asked_us[i] = 0;
      }
  turns->drawn_us = now_us;
  return areas;
}

gint64
wall_turns_get_oldest_us (const WallTurns *turns)
{
  gint64 oldest_us = G_MAXINT64;

  for (guint i = 0; i < WALL_N_AREAS; i++)
    if (turns->asked_us[i] != 0)
      oldest_us = MIN (oldest_us, turns->asked_us[i]);
  return oldest_us;
}
