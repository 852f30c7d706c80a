/* desk-map-draw.h: the map's ground, rings, pin, discs and names, each drawn by itself.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../board-text.h"
#include "desk-map-layout.h"
#include "desk-map-marks.h"
#include "desk-map-outline.h"

#include "../board-palette.h"

/* In em: 1 em is 16 px at 100 % text. */
#define DESK_MAP_DISC_EM 0.875
#define DESK_MAP_HOLD_EM 1.25 /* outer edge of the ring of a hold */
#define DESK_MAP_PIN_EM 2.1   /* from the tip to the top */

/* What everything is drawn with. Borrowed. */
typedef struct
{
  GtkSnapshot *snapshot;
  BoardText *text;
  BoardTheme theme;
  double em; /* pixels */
} DeskMapBrush;

BoardFont
desk_map_font_of_names (double em, gboolean is_strong);

/* Sea, land, county and island, to be kept: they change with the size only. Owned by the caller. */
GskRenderNode *
desk_map_draw_ground (const DeskOutline *outline, const DeskMapFrame *frame, double width, double height,
                      BoardTheme theme);

void
desk_map_draw_ring (const DeskMapBrush *brush, const DeskMapSpot *home, double radius);
/* A few words on a quiet ground, in the box that was measured for them. */
void
desk_map_draw_words (const DeskMapBrush *brush, const DeskMapBox *box, const char *words, gboolean is_strong);
/* From the pin to the bed: held, or only picked. */
void
desk_map_draw_way (const DeskMapBrush *brush, const DeskMapSpot *home, const DeskMapSpot *to, gboolean is_held);
/* tip: where the pin points. */
void
desk_map_draw_pin (const DeskMapBrush *brush, const DeskMapSpot *tip);
/* size 1: as large as on the map. */
void
desk_map_draw_mark (const DeskMapBrush *brush, const DeskMapMark *mark, const DeskMapSpot *spot, double size);
/* Where the keyboard is. */
void
desk_map_draw_focus (const DeskMapBrush *brush, const DeskMapSpot *spot);
