/* bench-screen.h: an X server whose picture can be read at any moment, without asking it.
 *
 * Xvfb keeps its screen in a file (-fbdir, an X window dump); it is mapped and every fourth pixel of
 * every fourth line is looked at, so that looking takes a fraction of a millisecond.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#define BENCH_SCREEN_STEP 4

typedef struct BenchScreen BenchScreen;

/* NULL: there is no Xvfb here. */
BenchScreen *bench_screen_new (guint width, guint height);
void bench_screen_free (BenchScreen *screen);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchScreen, bench_screen_free)

const char *bench_screen_peek_display (const BenchScreen *screen); /* ":99" */

/* The pixels looked at, xRGB; as many as get_length says. The caller owns them. */
guint32 *bench_screen_take (const BenchScreen *screen);
guint bench_screen_get_length (const BenchScreen *screen);
