/* wall-night.c: two curves: the night's, by the time of day, and the path against burning in.
 *
 * Pure; owns nothing, nothing can fail. A factor alone would have to stop at 0.88, three quarters of
 * the light, where the quietest text still has its contrast; a cap alone at 0.65 turns green to blue.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-night.h"

#include "common/bed-time.h"

#define NIGHT_CAP 0.78
#define NIGHT_FACTOR 0.92
#define DAY_MIN (24 * 60)
#define DUSK (20 * 60)
#define DAWN (8 * 60)

double
wall_night_get_depth (gint64 now_us, BoardNight night)
{
  int minute = bed_time_get_local_minute (now_us);
  int since_dusk = (minute - DUSK + DAY_MIN) % DAY_MIN;
  int until_dawn = (DAWN - minute + DAY_MIN) % DAY_MIN;

  switch (night)
    {
    case BOARD_NIGHT_ON:
      return 1;
    case BOARD_NIGHT_OFF:
    case BOARD_N_NIGHTS:
      return 0;
    case BOARD_NIGHT_AUTO:
      break;
    }
  if (!bed_time_is_night (now_us))
    return 0;
  return MIN (MIN (since_dusk + 1, until_dawn), WALL_DUSK_MIN) / (double)WALL_DUSK_MIN;
}

double
wall_night_get_cap (double depth)
{
  return 1 - depth * (1 - NIGHT_CAP);
}

double
wall_night_get_factor (double depth)
{
  return 1 - depth * (1 - NIGHT_FACTOR);
}

void
wall_shift_get (gint64 monotonic_us, int *across, int *down)
{
  /* round a small ring, two pixels at a time */
  static const struct
  {
    int across;
    int down;
  } path[] = {
    { 0, 0 },   { 2, 0 },   { 4, 0 },   { 4, 2 },  { 4, 4 },  { 2, 4 },  { 0, 4 },
    { -2, 4 },  { -4, 4 },  { -4, 2 },  { -4, 0 }, { -4, -2 }, { -4, -4 }, { -2, -4 },
    { 0, -4 },  { 2, -4 },  { 4, -4 },  { 4, -2 }, { 2, -2 }, { 0, -2 }, { -2, -2 },
    { -2, 0 },
  };
  guint64 step = (guint64)MAX (monotonic_us, 0) / WALL_SHIFT_US % G_N_ELEMENTS (path);

  *across = path[step].across;
  *down = path[step].down;
}
