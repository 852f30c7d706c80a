/* test-desk-map-layout.c: where things stand on the map, what it shows and says. No display.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board/desk/desk-map-layout.h"
#include "board/desk/desk-map-marks.h"
#include "board/desk/desk-map-outline.h"

#include <math.h>
#include <string.h>

#define ROUNDS 200

static void
test_frame (void)
{
  DeskMapFrame frame;
  double x;
  double y;

  desk_map_frame_fit (&frame, 900, 400);
  desk_map_frame_put (&frame, (DESK_MAP_WEST + DESK_MAP_EAST) / 2, DESK_MAP_NORTH, &x, &y);
  g_assert_cmpfloat_with_epsilon (x, 450, 0.01);
  g_assert_cmpfloat_with_epsilon (y, 0, 0.01);
  desk_map_frame_put (&frame, DESK_MAP_WEST, DESK_MAP_SOUTH, &x, &y);
  g_assert_cmpfloat (x, >, 0);
  g_assert_cmpfloat_with_epsilon (y, 400, 0.01);
}

/* A ring is as far as the list says: by road, not by air. */
static void
test_ring (void)
{
  DeskMapFrame frame = { 0, 0, 0.01 };

  g_assert_cmpfloat_with_epsilon (desk_map_frame_get_ring (&frame, 13), 100, 0.001);
}

static void
test_spread_same (void)
{
  DeskMapSpot spots[3] = { { 50, 50, 10 }, { 50, 50, 10 }, { 50, 50, 10 } };

  desk_map_spread (spots, 3, 2, NULL);
  for (guint i = 0; i < 3; i++)
    for (guint j = i + 1; j < 3; j++)
      g_assert_cmpfloat (hypot (spots[i].x - spots[j].x, spots[i].y - spots[j].y), >, 21);
}

static void
test_spread_fixed (void)
{
  DeskMapSpot spot = { 50, 50, 10 };
  const DeskMapSpot fixed = { 50, 50, 15 };

  desk_map_spread (&spot, 1, 2, &fixed);
  g_assert_cmpfloat_with_epsilon (spot.y, 77, 0.01);
  g_assert_cmpfloat_with_epsilon (spot.x, 50, 0.01);
}

static void
test_spread_far (void)
{
  DeskMapSpot spots[2] = { { 50, 50, 10 }, { 90, 50, 10 } };

  desk_map_spread (spots, 2, 2, NULL);
  g_assert_cmpfloat (spots[0].x, ==, 50);
  g_assert_cmpfloat (spots[1].x, ==, 90);
}

static void
test_names_sides (void)
{
  const DeskMapBox bounds = { 0, 0, 200, 100 };
  g_autoptr (GArray) obstacles = g_array_new (FALSE, FALSE, sizeof (DeskMapBox));
  DeskMapName names[2] = { { .spot = { 20, 50, 10 }, .width = 60, .height = 14 },
                           { .spot = { 190, 50, 10 }, .width = 60, .height = 14 } };

  desk_map_place_names (&bounds, obstacles, names, 2);
  g_assert_true (names[0].is_placed);
  g_assert_cmpfloat (names[0].box.x, >, 30); /* right of it */
  g_assert_true (names[1].is_placed);
  g_assert_cmpfloat (names[1].box.x + 60, <, 180); /* at the edge: left of it */
}

static void
test_names_no_room (void)
{
  const DeskMapBox bounds = { 0, 0, 200, 100 };
  const DeskMapBox all = { 0, 0, 200, 100 };
  g_autoptr (GArray) obstacles = g_array_new (FALSE, FALSE, sizeof (DeskMapBox));
  DeskMapName name = { .spot = { 100, 50, 10 }, .width = 60, .height = 14 };

  g_array_append_val (obstacles, all);
  desk_map_place_names (&bounds, obstacles, &name, 1);
  g_assert_false (name.is_placed);
}

/* Whatever the county: what is placed meets nothing and lies inside. */
static void
test_names_random (void)
{
  guint32 seed = (guint32)g_test_rand_int ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  const DeskMapBox bounds = { 0, 0, 500, 500 };

  g_test_message ("seed %u", seed);
  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autoptr (GArray) obstacles = g_array_new (FALSE, FALSE, sizeof (DeskMapBox));
      DeskMapName names[30];

      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        {
          DeskMapSpot spot = { g_rand_double_range (random, 0, 500), g_rand_double_range (random, 0, 500), 12 };
          DeskMapBox disc = { spot.x - 12, spot.y - 12, 24, 24 };

          names[i] = (DeskMapName){ .spot = spot, .width = g_rand_double_range (random, 20, 120), .height = 16 };
          g_array_append_val (obstacles, disc);
        }
      desk_map_place_names (&bounds, obstacles, names, G_N_ELEMENTS (names));
      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        {
          if (!names[i].is_placed)
            continue;
          g_assert_cmpfloat (names[i].box.x, >=, 0);
          g_assert_cmpfloat (names[i].box.x + names[i].box.width, <=, 500);
          for (guint j = 0; j < G_N_ELEMENTS (names); j++)
            {
              g_assert_false (desk_map_boxes_meet (&names[i].box, &g_array_index (obstacles, DeskMapBox, j)));
              if (j != i && names[j].is_placed)
                g_assert_false (desk_map_boxes_meet (&names[i].box, &names[j].box));
            }
        }
    }
}

static void
test_step (void)
{
  const DeskMapSpot spots[] = { { 50, 50, 5 }, { 80, 55, 5 }, { 60, 90, 5 }, { 300, 50, 5 } };

  g_assert_cmpuint (desk_map_step (spots, 4, 0, 1, 0), ==, 1);
  g_assert_cmpuint (desk_map_step (spots, 4, 0, 0, 1), ==, 2);
  g_assert_cmpuint (desk_map_step (spots, 4, 0, -1, 0), ==, 0); /* nothing there */
  g_assert_cmpuint (desk_map_step (spots, 4, 1, 1, 0), ==, 3);
}

static void
test_find_spot (void)
{
  const DeskMapSpot spots[] = { { 50, 50, 5 }, { 60, 50, 5 } };

  g_assert_cmpint (desk_map_find_spot (spots, 2, 57, 50, 10), ==, 1);
  g_assert_cmpint (desk_map_find_spot (spots, 2, 90, 50, 10), ==, -1);
}

static void
test_outline (void)
{
  g_autoptr (DeskOutline) outline
      = desk_outline_new ("# a comment\nline,point,easting,northing\ncoast,0,420000,93000\nnonsense\ncoast,1,x,4\n"
                          "coast,2,430000,94000,5\ninland,0,440000,95000\nwest,0,410000,90000\nwest,1,400000,89000\n"
                          "east,0,480000,96000\nelsewhere,0,1,2\nisle_of_wight,0,450000,80000\r\n");

  g_assert_cmpuint (outline->county->len, ==, 2);
  g_assert_cmpuint (outline->island->len, ==, 1);
  g_assert_cmpuint (outline->shore->len, ==, 4);
  g_assert_cmpfloat (g_array_index (outline->shore, DeskMapPoint, 0).easting, ==, 400000); /* from the far west */
}

/* --- marks --- */

#define SNAPSHOT                                                                                                         \
  "{\"epoch\":1,\"revision\":1,\"page\":1,\"pages\":1,\"laps\":[{\"lap\":\"w\",\"name\":\"W\",\"area\":\"W\"}],"          \
  "\"units\":[{\"unit\":\"a\",\"name\":\"Alder\",\"easting\":440000,\"northing\":110000},"                               \
  "{\"unit\":\"b\",\"name\":\"Birch\",\"easting\":450000,\"northing\":110000},"                                          \
  "{\"unit\":\"c\",\"name\":\"Cedar\",\"easting\":460000,\"northing\":110000,\"stale\":true}],"                          \
  "\"beds\":[{\"bed\":\"a1\",\"unit\":\"a\",\"label\":\"1\",\"display\":\"free\",\"offerable\":true},"                   \
  "{\"bed\":\"a2\",\"unit\":\"a\",\"label\":\"2\",\"display\":\"held\"},"                                                \
  "{\"bed\":\"b1\",\"unit\":\"b\",\"label\":\"1\",\"display\":\"occupied\"},"                                            \
  "{\"bed\":\"c1\",\"unit\":\"c\",\"label\":\"1\",\"display\":\"free\",\"stale\":true}],"                                \
  "\"referrals\":[{\"referral\":\"K7Q-M4X\",\"state\":\"held\",\"lane\":\"flow\",\"bed\":\"a2\","                        \
  "\"home\":{\"district\":\"SO51\",\"easting\":435500,\"northing\":121000}}],\"recent\":[],\"history\":[]}"

#define OFFERS                                                                                                           \
  "{\"revision\":1,\"offers\":[{\"bed\":\"a1\",\"unit\":\"a\",\"metres\":6200,\"distance_from\":\"straight\"}],"         \
  "\"ruled_out\":[],\"total\":4}"

static BoardModel *
make_model (void)
{
  BoardModel *model = board_model_new ("w");
  g_autoptr (JsonNode) node = json_from_string (SNAPSHOT, NULL);
  gint64 end_us = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;

  board_model_apply (model, "feed.snapshot", json_node_get_object (node), 1);
  while (!board_model_has_picture (model) && g_get_monotonic_time () < end_us)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (board_model_has_picture (model));
  return model;
}

static DeskOffers *
make_offers (void)
{
  g_autoptr (JsonNode) node = json_from_string (OFFERS, NULL);

  return desk_offers_new ("K7Q-M4X", json_node_get_object (node));
}

static void
test_marks (void)
{
  g_autoptr (BoardModel) model = make_model ();
  g_autoptr (DeskOffers) offers = make_offers ();
  const BoardReferral *referral = board_model_find_referral (model, "K7Q-M4X");
  g_autoptr (GArray) marks = desk_map_marks_new (model, offers, referral, "a1", FALSE);
  const DeskMapMark *mark = &g_array_index (marks, DeskMapMark, 0);

  g_assert_cmpuint (marks->len, ==, 3);
  g_assert_cmpstr (mark->unit, ==, "a");
  g_assert_cmpint (mark->kind, ==, DESK_MARK_SUITS);
  g_assert_true (mark->is_held);
  g_assert_true (mark->is_picked);
  g_assert_cmpuint (mark->metres, ==, 6200);
  g_assert_cmpint (g_array_index (marks, DeskMapMark, 1).kind, ==, DESK_MARK_FREE);
  g_assert_cmpint (g_array_index (marks, DeskMapMark, 2).kind, ==, DESK_MARK_FULL);
}

static void
test_marks_home (void)
{
  g_autoptr (BoardModel) model = make_model ();
  const BoardReferral *referral = board_model_find_referral (model, "K7Q-M4X");

  g_assert_cmpint (referral->home_easting, ==, 435500);
  g_assert_cmpint (referral->home_northing, ==, 121000);
}

static void
test_marks_suitable_only (void)
{
  g_autoptr (BoardModel) model = make_model ();
  g_autoptr (DeskOffers) offers = make_offers ();
  g_autoptr (GArray) marks = desk_map_marks_new (model, offers, board_model_find_referral (model, "K7Q-M4X"), "", TRUE);

  g_assert_cmpuint (marks->len, ==, 1);
}

/* With nobody chosen there is nothing to suit: all are shown. */
static void
test_marks_nobody (void)
{
  g_autoptr (BoardModel) model = make_model ();
  g_autoptr (GArray) marks = desk_map_marks_new (model, NULL, NULL, "", TRUE);
  g_autofree char *words = desk_map_marks_say (model, marks, FALSE);

  g_assert_cmpuint (marks->len, ==, 3);
  g_assert_cmpstr (words, ==, "2 free beds: Alder 1, Cedar 1.");
}

static void
test_marks_stale (void)
{
  g_autoptr (BoardModel) model = make_model ();
  g_autoptr (GArray) marks = desk_map_marks_new (model, NULL, NULL, "", FALSE);
  const DeskMapMark *mark = &g_array_index (marks, DeskMapMark, 1);
  g_autofree char *number = desk_map_mark_print (mark);
  g_autofree char *words = desk_map_mark_say (model, mark, FALSE);

  g_assert_cmpstr (number, ==, "1?");
  g_assert_cmpstr (words, ==, "Cedar. 1 bed is free. Not confirmed lately: call first.");
}

/* Nobody has said how the bed is: that is not the same as full. */
static void
test_marks_unknown (void)
{
  g_autoptr (BoardModel) model = make_model ();
  g_autoptr (JsonNode) change = json_from_string (
      "{\"from\":1,\"revision\":2,\"beds\":[{\"bed\":\"b1\",\"unit\":\"b\",\"label\":\"1\",\"display\":\"unknown\"}]}", NULL);

  board_model_apply (model, "feed.changes", json_node_get_object (change), 2);
  g_autoptr (GArray) marks = desk_map_marks_new (model, NULL, NULL, "", FALSE);
  const DeskMapMark *mark = &g_array_index (marks, DeskMapMark, 2);
  g_autofree char *number = desk_map_mark_print (mark);
  g_autofree char *words = desk_map_mark_say (model, mark, FALSE);

  g_assert_cmpstr (mark->unit, ==, "b");
  g_assert_true (desk_map_mark_is_unsure (mark));
  g_assert_cmpstr (number, ==, "?");
  g_assert_cmpstr (words, ==, "Birch. No bed is known to be free.");
}

static void
test_marks_say (void)
{
  g_autoptr (BoardModel) model = make_model ();
  g_autoptr (DeskOffers) offers = make_offers ();
  g_autoptr (GArray) marks = desk_map_marks_new (model, offers, board_model_find_referral (model, "K7Q-M4X"), "", FALSE);
  g_autofree char *words = desk_map_marks_say (model, marks, TRUE);

  g_assert_cmpstr (words, ==, "1 suitable bed: Alder 6.2 km. This person’s bed is in Alder.");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk-map-layout/frame", test_frame);
  g_test_add_func ("/desk-map-layout/ring", test_ring);
  g_test_add_func ("/desk-map-layout/spread/same", test_spread_same);
  g_test_add_func ("/desk-map-layout/spread/fixed", test_spread_fixed);
  g_test_add_func ("/desk-map-layout/spread/far", test_spread_far);
  g_test_add_func ("/desk-map-layout/names/sides", test_names_sides);
  g_test_add_func ("/desk-map-layout/names/no-room", test_names_no_room);
  g_test_add_func ("/desk-map-layout/names/random", test_names_random);
  g_test_add_func ("/desk-map-layout/step", test_step);
  g_test_add_func ("/desk-map-layout/find-spot", test_find_spot);
  g_test_add_func ("/desk-map-layout/outline", test_outline);
  g_test_add_func ("/desk-map-layout/marks/kinds", test_marks);
  g_test_add_func ("/desk-map-layout/marks/home", test_marks_home);
  g_test_add_func ("/desk-map-layout/marks/suitable-only", test_marks_suitable_only);
  g_test_add_func ("/desk-map-layout/marks/nobody", test_marks_nobody);
  g_test_add_func ("/desk-map-layout/marks/stale", test_marks_stale);
  g_test_add_func ("/desk-map-layout/marks/unknown", test_marks_unknown);
  g_test_add_func ("/desk-map-layout/marks/say", test_marks_say);
  return g_test_run ();
}
