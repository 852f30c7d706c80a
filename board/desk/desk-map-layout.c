/* desk-map-layout.c: scale, spreading, names and arrow keys.
 *
 * Pure; owns nothing; the same input always gives the same map. Nothing can fail: what does not fit
 * is left unplaced.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-map-layout.h"

#include <math.h>

#define SPREAD_ROUNDS 60
#define NAME_GAP 4       /* between a disc and its name */
#define NAME_DIAGONAL 0.6 /* of the radius: how near to a disc's corner a name may begin */
#define STEP_ACROSS 2    /* how much farther something aside counts */

void
desk_map_frame_fit (DeskMapFrame *frame, double width, double height)
{
  double across = DESK_MAP_EAST - DESK_MAP_WEST;
  double down = DESK_MAP_NORTH - DESK_MAP_SOUTH;

  frame->scale = MIN (MAX (width, 1) / across, MAX (height, 1) / down);
  frame->west = (DESK_MAP_EAST + DESK_MAP_WEST - width / frame->scale) / 2;
  frame->north = (DESK_MAP_NORTH + DESK_MAP_SOUTH + height / frame->scale) / 2;
}

void
desk_map_frame_put (const DeskMapFrame *frame, double easting, double northing, double *x, double *y)
{
  *x = (easting - frame->west) * frame->scale;
  *y = (frame->north - northing) * frame->scale;
}

double
desk_map_frame_get_ring (const DeskMapFrame *frame, double km)
{
  return km * 1000 / DESK_MAP_ROAD_FACTOR * frame->scale;
}

/* --- discs --- */

static gboolean
part (DeskMapSpot *one, DeskMapSpot *other, guint turn, double gap)
{
  double across = other->x - one->x;
  double down = other->y - one->y;
  double distance = hypot (across, down);
  double push = (one->radius + other->radius + gap - distance) / 2;

  if (push <= 0.25)
    return FALSE;
  if (distance < 0.01) /* at the same place: beside each other, the third one below */
    {
      across = cos (turn * G_PI / 3);
      down = sin (turn * G_PI / 3);
      distance = 1;
    }
  one->x -= across / distance * push;
  one->y -= down / distance * push;
  other->x += across / distance * push;
  other->y += down / distance * push;
  return TRUE;
}

/* Away from what stays: straight down if it is at the very same place. */
static gboolean
keep_off (DeskMapSpot *spot, const DeskMapSpot *fixed, double gap)
{
  double across = spot->x - fixed->x;
  double down = spot->y - fixed->y;
  double distance = hypot (across, down);
  double least = spot->radius + fixed->radius + gap;

  if (distance >= least - 0.5)
    return FALSE;
  spot->x = fixed->x + (distance < 0.01 ? 0 : across / distance * least);
  spot->y = fixed->y + (distance < 0.01 ? least : down / distance * least);
  return TRUE;
}

void
desk_map_spread (DeskMapSpot *spots, guint n, double gap, const DeskMapSpot *fixed)
{
  gboolean has_moved = TRUE;

  for (guint round = 0; round < SPREAD_ROUNDS && has_moved; round++)
    {
      has_moved = FALSE;
      for (guint i = 0; i < n; i++)
        for (guint j = i + 1; j < n; j++)
          has_moved = part (&spots[i], &spots[j], j - i - 1, gap) || has_moved;
      for (guint i = 0; i < n && fixed != NULL; i++)
        has_moved = keep_off (&spots[i], fixed, gap) || has_moved;
    }
}

/* --- names --- */

gboolean
desk_map_boxes_meet (const DeskMapBox *one, const DeskMapBox *other)
{
  return one->x < other->x + other->width && other->x < one->x + one->width && one->y < other->y + other->height
         && other->y < one->y + one->height;
}

/* side: where the name's nearest edge is from the spot, -1, 0, 1 each way. */
static DeskMapBox
put_name (const DeskMapName *name, int side_x, int side_y)
{
  gboolean is_diagonal = side_x != 0 && side_y != 0;
  double away = name->spot.radius * (is_diagonal ? NAME_DIAGONAL : 1) + NAME_GAP;
  DeskMapBox box = { name->spot.x - name->width / 2, name->spot.y - name->height / 2, name->width, name->height };

  box.x += side_x * (away + name->width / 2);
  box.y += side_y * ((is_diagonal ? name->spot.radius * NAME_DIAGONAL : name->spot.radius + 1) + name->height / 2);
  return box;
}

static gboolean
is_inside (const DeskMapBox *bounds, const DeskMapBox *box)
{
  return box->x >= bounds->x && box->y >= bounds->y && box->x + box->width <= bounds->x + bounds->width
         && box->y + box->height <= bounds->y + bounds->height;
}

static gboolean
is_free (const DeskMapBox *box, const GArray *obstacles, const DeskMapName *names, guint n)
{
  for (guint i = 0; i < obstacles->len; i++)
    if (desk_map_boxes_meet (box, &g_array_index (obstacles, DeskMapBox, i)))
      return FALSE;
  for (guint i = 0; i < n; i++)
    if (names[i].is_placed && desk_map_boxes_meet (box, &names[i].box))
      return FALSE;
  return TRUE;
}

void
desk_map_place_names (const DeskMapBox *bounds, const GArray *obstacles, DeskMapName *names, guint n)
{
  static const struct
  {
    int x;
    int y;
  } sides[] = { { 1, 0 }, { -1, 0 }, { 0, 1 }, { 0, -1 }, { 1, 1 }, { 1, -1 }, { -1, 1 }, { -1, -1 } };

  for (guint i = 0; i < n; i++)
    names[i].is_placed = FALSE;
  for (guint i = 0; i < n; i++)
    for (guint side = 0; side < G_N_ELEMENTS (sides) && !names[i].is_placed; side++)
      {
        names[i].box = put_name (&names[i], sides[side].x, sides[side].y);
        names[i].is_placed = is_inside (bounds, &names[i].box) && is_free (&names[i].box, obstacles, names, i);
      }
}

/* --- pointing --- */

guint
desk_map_step (const DeskMapSpot *spots, guint n, guint from, int step_x, int step_y)
{
  double best = G_MAXDOUBLE;
  guint found = from;

  for (guint i = 0; i < n; i++)
    {
      double along = (spots[i].x - spots[from].x) * step_x + (spots[i].y - spots[from].y) * step_y;
      double across = fabs ((spots[i].x - spots[from].x) * step_y) + fabs ((spots[i].y - spots[from].y) * step_x);

      if (i == from || along <= 0.5 || along + STEP_ACROSS * across >= best)
        continue;
      best = along + STEP_ACROSS * across;
      found = i;
    }
  return found;
}

int
desk_map_find_spot (const DeskMapSpot *spots, guint n, double x, double y, double reach)
{
  double best = reach;
  int found = -1;

  for (guint i = 0; i < n; i++)
    {
      double distance = hypot (spots[i].x - x, spots[i].y - y);

      if (distance > best)
        continue;
      best = distance;
      found = (int)i;
    }
  return found;
}
