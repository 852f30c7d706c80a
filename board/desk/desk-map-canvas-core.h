/* desk-map-canvas-core.h: the inside of the map, for its layout and its drawing. Nobody else includes it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "desk-map-canvas.h"
#include "desk-map-draw.h"

struct _DeskMapCanvas
{
  GtkWidget parent_instance;

  /* owned */
  DeskState *state;
  DeskOutline *outline;
  BoardText *text;
  GskRenderNode *ground;
  GArray *marks; /* DeskMapMark */
  DeskMapSpot *spots;
  DeskMapName *names;
  char *sentence;

  char current[BED_ID_SIZE];
  DeskMapFrame frame;
  DeskMapSpot home;
  DeskMapBox rings[DESK_MAP_RINGS]; /* their labels; width 0: none */
  DeskMapBox island;
  DeskMapBox sea;
  BoardTheme theme;
  double em;
  int width;
  int height;
  gboolean has_home;
  gboolean is_suitable_only;
  gboolean is_laid_out;
};

static inline const DeskMapMark *
get_mark (DeskMapCanvas *canvas, guint i)
{
  return &g_array_index (canvas->marks, DeskMapMark, i);
}

static inline int
find_mark (DeskMapCanvas *canvas, const char *unit)
{
  for (guint i = 0; i < canvas->marks->len; i++)
    if (g_str_equal (get_mark (canvas, i)->unit, unit))
      return (int)i;
  return -1;
}

static inline BoardModel *
get_model (DeskMapCanvas *canvas)
{
  return board_context_get_model (desk_state_get_context (canvas->state));
}

/* Computes where everything stands, if that is not known for this size and these marks. */
void
desk_map_canvas_lay_out (DeskMapCanvas *canvas);

/* The mark to which the line from home leads: that of the bed that is held, else of the one that R would
 * reserve; -1: to none. */
int
desk_map_canvas_find_way (DeskMapCanvas *canvas);

/* The name that stands beside a mark. Borrowed. */
const char *
desk_map_canvas_peek_name (DeskMapCanvas *canvas, guint i);
/* A ring's label. Owned by the caller. */
char *
desk_map_canvas_print_ring (guint ring);
