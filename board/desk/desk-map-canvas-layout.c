/* desk-map-canvas-layout.c: where on the map everything stands: discs, rings, the line home, names.
 *
 * What is placed first is in the way of what comes after: home, discs, the line, the rings' labels, names.
 * Owns nothing; nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-map-canvas-core.h"

#include "../board-i18n.h"

#include <math.h>

#define NAME_MOST_EM 9
#define WAY_STEP 8.
#define DISC_GAP 2
#define ISLAND_EASTING 448500 /* where its name stands */
#define ISLAND_NORTHING 86500
#define SEA_EASTING 478000
#define SEA_NORTHING 82500

static double
get_name_height (DeskMapCanvas *canvas)
{
  return desk_map_font_of_names (canvas->em, FALSE).size * 1.2;
}

static DeskMapBox
measure_words (DeskMapCanvas *canvas, const char *words, double x, double y)
{
  double width = board_text_measure (canvas->text, desk_map_font_of_names (canvas->em, FALSE), words, 0) + 4;
  double height = get_name_height (canvas);

  return (DeskMapBox){ x - width / 2, y - height / 2, width, height };
}

const char *
desk_map_canvas_peek_name (DeskMapCanvas *canvas, guint i)
{
  const BoardUnit *unit = board_model_find_unit (get_model (canvas), get_mark (canvas, i)->unit);

  return unit != NULL ? unit->name : "";
}

static double
get_radius (DeskMapCanvas *canvas, guint i)
{
  return (get_mark (canvas, i)->is_held ? DESK_MAP_HOLD_EM : DESK_MAP_DISC_EM) * canvas->em + 1;
}

static gboolean
meets_any (const DeskMapBox *box, const GArray *obstacles)
{
  for (guint i = 0; i < obstacles->len; i++)
    if (desk_map_boxes_meet (box, &g_array_index (obstacles, DeskMapBox, i)))
      return TRUE;
  return FALSE;
}

char *
desk_map_canvas_print_ring (guint ring)
{
  /* TRANSLATORS: a ring of the map, so far from home by road */
  return g_strdup_printf (_ ("%u km"), (ring + 1) * DESK_MAP_RING_KM);
}

/* A ring is labelled at the first of some hours of the clock where nothing else stands. */
static void
place_ring (DeskMapCanvas *canvas, guint ring, GArray *obstacles)
{
  static const double degrees[] = { 35, 50, 20, 65, 80, 5, 105, 130, 155, -20, -45, -70, 180, -110, -150 };
  double radius = desk_map_frame_get_ring (&canvas->frame, (ring + 1) * DESK_MAP_RING_KM);
  const DeskMapBox bounds = { 0, 0, canvas->width, canvas->height };
  g_autofree char *words = desk_map_canvas_print_ring (ring);

  canvas->rings[ring].width = 0;
  for (guint i = 0; i < G_N_ELEMENTS (degrees); i++)
    {
      double turn = degrees[i] * G_PI / 180;
      DeskMapBox box = measure_words (canvas, words, canvas->home.x + radius * sin (turn),
                                      canvas->home.y - radius * cos (turn));

      if (box.x < 2 || box.y < 2 || box.x + box.width > bounds.width - 2 || box.y + box.height > bounds.height - 2
          || meets_any (&box, obstacles))
        continue;
      canvas->rings[ring] = box;
      g_array_append_val (obstacles, box);
      return;
    }
}

static void
place_discs (DeskMapCanvas *canvas, GArray *obstacles)
{
  guint n = canvas->marks->len;
  double pin_radius = DESK_MAP_PIN_EM * canvas->em * 0.45;
  const DeskMapSpot pin = { canvas->home.x, canvas->home.y - pin_radius, pin_radius };

  canvas->spots = g_renew (DeskMapSpot, canvas->spots, MAX (n, 1));
  for (guint i = 0; i < n; i++)
    {
      desk_map_frame_put (&canvas->frame, (double)get_mark (canvas, i)->easting, (double)get_mark (canvas, i)->northing,
                          &canvas->spots[i].x, &canvas->spots[i].y);
      canvas->spots[i].radius = get_radius (canvas, i);
    }
  desk_map_spread (canvas->spots, n, DISC_GAP, canvas->has_home ? &pin : NULL);
  for (guint i = 0; i < n; i++)
    {
      double radius = canvas->spots[i].radius;
      DeskMapBox box = { canvas->spots[i].x - radius, canvas->spots[i].y - radius, 2 * radius, 2 * radius };

      g_array_append_val (obstacles, box);
    }
}

int
desk_map_canvas_find_way (DeskMapCanvas *canvas)
{
  int to = -1;

  for (guint i = 0; i < canvas->marks->len; i++)
    if (get_mark (canvas, i)->is_held || (to < 0 && get_mark (canvas, i)->is_picked))
      to = (int)i;
  return canvas->has_home ? to : -1;
}

/* Nothing is written across the line to the bed. */
static void
place_way (DeskMapCanvas *canvas, GArray *obstacles)
{
  int to = desk_map_canvas_find_way (canvas);
  const DeskMapSpot *spot = to >= 0 ? &canvas->spots[to] : NULL;
  double length = spot != NULL ? hypot (spot->x - canvas->home.x, spot->y - canvas->home.y) : 0;

  for (double along = 0; along < length; along += WAY_STEP)
    {
      DeskMapBox box = { canvas->home.x + (spot->x - canvas->home.x) * along / length - WAY_STEP / 2,
                         canvas->home.y + (spot->y - canvas->home.y) * along / length - WAY_STEP / 2, WAY_STEP, WAY_STEP };

      g_array_append_val (obstacles, box);
    }
}

static void
place_names (DeskMapCanvas *canvas, const GArray *obstacles)
{
  const DeskMapBox bounds = { 3, 3, canvas->width - 6, canvas->height - 6 };
  guint n = canvas->marks->len;

  canvas->names = g_renew (DeskMapName, canvas->names, MAX (n, 1));
  for (guint i = 0; i < n; i++)
    canvas->names[i]
        = (DeskMapName){ .spot = canvas->spots[i],
                         .width = board_text_measure (canvas->text,
                                                      desk_map_font_of_names (canvas->em, get_mark (canvas, i)->is_held),
                                                      desk_map_canvas_peek_name (canvas, i), NAME_MOST_EM * canvas->em)
                                  + 4,
                         .height = get_name_height (canvas) };
  desk_map_place_names (&bounds, obstacles, canvas->names, n);
}

static void
place_home (DeskMapCanvas *canvas, GArray *obstacles)
{
  const BoardReferral *referral = desk_state_find_chosen (canvas->state);
  double height = DESK_MAP_PIN_EM * canvas->em;
  DeskMapBox box;

  canvas->has_home = referral != NULL && referral->home_easting != 0;
  if (!canvas->has_home)
    return;
  desk_map_frame_put (&canvas->frame, (double)referral->home_easting, (double)referral->home_northing, &canvas->home.x,
                      &canvas->home.y);
  box = (DeskMapBox){ canvas->home.x - height * 0.4, canvas->home.y - height, height * 0.8, height };
  g_array_append_val (obstacles, box);
}

void
desk_map_canvas_lay_out (DeskMapCanvas *canvas)
{
  g_autoptr (GArray) obstacles = g_array_new (FALSE, FALSE, sizeof (DeskMapBox));
  double x;
  double y;

  if (canvas->is_laid_out)
    return;
  canvas->is_laid_out = TRUE;
  desk_map_frame_fit (&canvas->frame, canvas->width, canvas->height);
  place_home (canvas, obstacles);
  place_discs (canvas, obstacles);
  place_way (canvas, obstacles);
  for (guint ring = 0; canvas->has_home && ring < DESK_MAP_RINGS; ring++)
    place_ring (canvas, ring, obstacles);
  desk_map_frame_put (&canvas->frame, ISLAND_EASTING, ISLAND_NORTHING, &x, &y);
  canvas->island = measure_words (canvas, _ ("Isle of Wight"), x, y);
  desk_map_frame_put (&canvas->frame, SEA_EASTING, SEA_NORTHING, &x, &y);
  canvas->sea = measure_words (canvas, _ ("English Channel"), x, y);
  place_names (canvas, obstacles);
}
