/* wall-night.h: how dark the wall is at night, and where its picture stands so that none burns in.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wall-view.h"

/* 0 by day … 1 at night: over WALL_DUSK_MIN minutes after 20:00 and before 08:00, local time. */
#define WALL_DUSK_MIN 20
double
wall_night_get_depth (gint64 now_us, BoardNight night);

/* What becomes of a colour's channel (0 … 1): cut off at the cap, then dimmed by the factor. At full
 * depth white text gives half its light, hues stay what they are, and every text keeps a contrast of
 * 4.5 to 1. */
double
wall_night_get_cap (double depth);
double
wall_night_get_factor (double depth);

/* By how many pixels of the screen the picture is moved: a fixed path of small steps. */
#define WALL_SHIFT_MAX 4
#define WALL_SHIFT_US (3 * G_GINT64_CONSTANT (60000000))
void
wall_shift_get (gint64 monotonic_us, int *across, int *down);
