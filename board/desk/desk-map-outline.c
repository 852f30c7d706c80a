/* desk-map-outline.c: reads the outline that the program carries.
 *
 * Owns the points. The file is the program's own, but what is malformed in it is left out all the
 * same: a map without a county still shows where beds are. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-map-outline.h"

typedef enum
{
  LINE_COAST,
  LINE_INLAND,
  LINE_ISLAND,
  LINE_WEST,
  LINE_EAST,
  N_LINES
} Line;

static int
find_line (const char *name)
{
  static const char *const names[N_LINES] = { "coast", "inland", "isle_of_wight", "west", "east" };

  for (int i = 0; i < N_LINES; i++)
    if (g_str_equal (names[i], name))
      return i;
  return -1;
}

static void
read_point (const char *row, GArray *lines[N_LINES])
{
  g_auto (GStrv) columns = g_strsplit (row, ",", 5);
  int line = g_strv_length (columns) == 4 ? find_line (columns[0]) : -1;
  gint64 easting;
  gint64 northing;

  if (line < 0 || lines[line]->len >= DESK_OUTLINE_POINTS_MAX
      || !g_ascii_string_to_signed (g_strstrip (columns[2]), 10, 0, 700000, &easting, NULL)
      || !g_ascii_string_to_signed (g_strstrip (columns[3]), 10, 0, 1300000, &northing, NULL))
    return;
  g_array_append_val (lines[line], ((DeskMapPoint){ (double)easting, (double)northing }));
}

static void
append (GArray *to, const GArray *points)
{
  if (points->len > 0)
    g_array_append_vals (to, points->data, points->len);
}

static GArray *
make_line (void)
{
  return g_array_new (FALSE, FALSE, sizeof (DeskMapPoint));
}

DeskOutline *
desk_outline_new (const char *csv)
{
  DeskOutline *outline = g_new0 (DeskOutline, 1);
  g_auto (GStrv) rows = g_strsplit (csv, "\n", -1);
  GArray *lines[N_LINES];

  for (guint i = 0; i < N_LINES; i++)
    lines[i] = make_line ();
  for (guint i = 0; rows[i] != NULL; i++)
    if (rows[i][0] != '#')
      read_point (rows[i], lines);
  outline->county = make_line ();
  append (outline->county, lines[LINE_COAST]);
  append (outline->county, lines[LINE_INLAND]);
  outline->shore = make_line ();
  for (guint i = lines[LINE_WEST]->len; i > 0; i--)
    g_array_append_val (outline->shore, g_array_index (lines[LINE_WEST], DeskMapPoint, i - 1));
  append (outline->shore, lines[LINE_COAST]);
  append (outline->shore, lines[LINE_EAST]);
  outline->island = g_array_ref (lines[LINE_ISLAND]);
  for (guint i = 0; i < N_LINES; i++)
    g_array_unref (lines[i]);
  return outline;
}

void
desk_outline_free (DeskOutline *outline)
{
  g_array_unref (outline->county);
  g_array_unref (outline->island);
  g_array_unref (outline->shore);
  g_free (outline);
}
