/* wall-scene.h: what every region of a wallboard needs in order to draw itself.
 *
 * Owned by the wallboard; regions borrow it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wall-fits.h"
#include "../board-glyphs.h"
#include "../board-icons.h"
#include "wall-layout.h"
#include "../board-model.h"
#include "wall-placing.h"
#include "wall-news.h"
#include "wall-order.h"
#include "../board-source.h"
#include "../board-text.h"
#include "wall-sites.h"
#include "wall-view.h"
#include "wall-why.h"

#define WALL_HIGHLIGHT_US (2 * G_GINT64_CONSTANT (1000000))
#define WALL_FADE_US G_GINT64_CONSTANT (400000)

typedef struct
{
  /* owned */
  BoardText *text;
  BoardGlyphs *glyphs;
  BoardIcons *icons;
  WallOrder *order;
  WallWhy *why;
  WallNews *news;
  WallFits *fits;
  WallSites *sites;

  /* borrowed */
  BoardModel *model;
  WallPlacing *placing;

  WallLayout layout;
  WallView view;
  BoardLine line;
  gint64 heard_us;     /* server time at which something was last heard; 0: never */
  gint64 now_us;       /* server time, at the last tick */
  gint64 monotonic_us; /* at the last tick */
  gint64 used_us;      /* monotonic: the last key; 0: none yet */
  char notice[64];     /* for a while instead of the ticker's hints; "" */
  gint64 notice_us;    /* since when */
  char detail[BED_ID_SIZE]; /* the unit whose sheet is open */
  gboolean shows_letters;
  gboolean animates;
} WallScene;

/* 1 while a change is fresh, then fading to 0. changed_us is monotonic; 0: never. */
double
wall_scene_get_highlight (const WallScene *scene, gint64 changed_us);

#define WALL_USED_US (30 * G_GINT64_CONSTANT (1000000))  /* somebody is still there */
#define WALL_OLD_US (120 * G_GINT64_CONSTANT (1000000)) /* a picture not heard of for longer */
#define WALL_NOTICE_US (6 * G_GINT64_CONSTANT (1000000))

/* Somebody uses the keys: nothing turns by itself, and the focus is shown. */
gboolean
wall_scene_is_used (const WallScene *scene);

/* How old the picture is, if that has to be said; else 0. */
gint64
wall_scene_get_old_us (const WallScene *scene);

/* The register knows of no unit yet. */
gboolean
wall_scene_is_empty (const WallScene *scene);

/* Something stands in the line above the tiles. */
gboolean
wall_scene_has_note (const WallScene *scene);

/* "" when it is over. */
const char *
wall_scene_peek_notice (const WallScene *scene);

/* The unit of slot i of the page shown, or NULL. Borrowed until the next feed message. */
const BoardUnit *
wall_scene_peek_site (const WallScene *scene, guint slot);

/* The line's state has to be shown as a warning around the header. */
gboolean
wall_scene_is_lost (const WallScene *scene);

/* A glyph, or its letter in letters mode, in a square. */
void
wall_scene_draw_state (const WallScene *scene, GtkSnapshot *snapshot, BoardGlyph glyph,
                        double left, double x, double y, double size);

/* What is left of a hold, 0 … 1. */
double
wall_scene_get_hold_left (const WallScene *scene, gint64 until_us, guint hold_min);

/* A key as a cap, right aligned at x; is_active: light, it does something now. Returns its width.
 */
double
wall_scene_draw_key (const WallScene *scene, GtkSnapshot *snapshot, double x, double y,
                      double size, gboolean is_active, const char *label);

/* Metres as "<1 km", "3.1 km", "27 km": places are known to a district, not to a door. */
#define WALL_DISTANCE_SIZE 16
void
wall_scene_print_distance (guint metres, gboolean is_exact,
                            char words[static WALL_DISTANCE_SIZE]);
