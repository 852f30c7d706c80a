/* desk-offer-layout.c: the columns of the beds that suit: names whole if they can be, needs on few lines.
 *
 * What a bed meets stands on one line if every bed's name has room beside it, else on two or three, as
 * narrow as they can be; only then names are cut. All lines of a list share their columns, whatever is
 * in them; the size groups of their parts see to it that a change in one reaches the others. Owns
 * nothing. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-offer-layout.h"

#include "desk-wrap.h"

#define GAP 12
#define PLACE_WANTED 240 /* pixels of a name that a line asks for; it takes what there is */
#define LINES_MAX 3

struct _DeskOfferLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (DeskOfferLayout, desk_offer_layout, GTK_TYPE_LAYOUT_MANAGER)

/* Widths that are wanted; the place's least as well. */
typedef struct
{
  int parts[DESK_OFFER_N_PARTS];
  int place_least;
  int meets[LINES_MAX]; /* on so many lines, less one */
} Columns;

static void
widen (Columns *columns, GtkWidget *line)
{
  GtkWidget *part = gtk_widget_get_first_child (line);

  for (guint i = 0; i < DESK_OFFER_N_PARTS && part != NULL; i++, part = gtk_widget_get_next_sibling (part))
    {
      int least;
      int wanted;

      gtk_widget_measure (part, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wanted, NULL, NULL);
      columns->parts[i] = MAX (columns->parts[i], wanted);
      if (i == DESK_OFFER_PLACE)
        columns->place_least = MAX (columns->place_least, least);
      for (guint n = 0; i == DESK_OFFER_MEETS && n < LINES_MAX; n++)
        columns->meets[n] = MAX (columns->meets[n], desk_wrap_find_width (part, n + 1));
    }
}

/* Of all lines of the list, or of this one alone if it is in none. */
static Columns
find_columns (GtkWidget *line)
{
  GtkWidget *list = gtk_widget_get_ancestor (line, GTK_TYPE_LIST_BOX);
  Columns columns = { 0 };

  widen (&columns, line);
  if (list == NULL)
    return columns;
  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *other = GTK_IS_LIST_BOX_ROW (row) ? gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row)) : NULL;

      if (other != NULL && other != line && gtk_widget_get_visible (row)
          && DESK_IS_OFFER_LAYOUT (gtk_widget_get_layout_manager (other)))
        widen (&columns, other);
    }
  return columns;
}

/* What is not the place's and not of what it meets. */
static int
sum_fixed (const Columns *columns)
{
  return columns->parts[DESK_OFFER_RANK] + columns->parts[DESK_OFFER_DISTANCE] + columns->parts[DESK_OFFER_RESERVE]
         + (DESK_OFFER_N_PARTS - 1) * GAP;
}

/* The widths in a line of so many pixels. */
static void
share_out (Columns *columns, int width)
{
  const int left = width - sum_fixed (columns);
  guint n = 0;

  while (n + 1 < LINES_MAX && columns->parts[DESK_OFFER_PLACE] + columns->meets[n] > left)
    n++;
  columns->parts[DESK_OFFER_MEETS] = columns->meets[n];
  columns->parts[DESK_OFFER_PLACE] = MAX (left - columns->meets[n], columns->place_least);
}

static int
find_height (GtkWidget *line, int width)
{
  Columns columns = find_columns (line);
  GtkWidget *part = gtk_widget_get_first_child (line);
  int height = 0;

  share_out (&columns, width);
  for (guint i = 0; i < DESK_OFFER_N_PARTS && part != NULL; i++, part = gtk_widget_get_next_sibling (part))
    {
      int wanted;

      gtk_widget_measure (part, GTK_ORIENTATION_VERTICAL, columns.parts[i], NULL, &wanted, NULL, NULL);
      height = MAX (height, wanted);
    }
  return height;
}

static GtkSizeRequestMode
desk_offer_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *line)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
desk_offer_layout_measure (GtkLayoutManager *manager, GtkWidget *line, GtkOrientation orientation, int for_size,
                           int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  Columns columns;

  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = *natural = find_height (line, for_size < 0 ? G_MAXINT / 2 : for_size);
      return;
    }
  columns = find_columns (line);
  *minimum = sum_fixed (&columns) + columns.place_least + columns.meets[LINES_MAX - 1];
  *natural = *minimum + PLACE_WANTED;
}

static void
desk_offer_layout_allocate (GtkLayoutManager *manager, GtkWidget *line, int width, int height, int baseline)
{
  Columns columns = find_columns (line);
  GtkWidget *part = gtk_widget_get_first_child (line);
  int x = 0;

  share_out (&columns, width);
  for (guint i = 0; i < DESK_OFFER_N_PARTS && part != NULL; i++, part = gtk_widget_get_next_sibling (part))
    {
      gtk_widget_size_allocate (part, &(GtkAllocation){ x, 0, columns.parts[i], height }, -1);
      x += columns.parts[i] + GAP;
    }
}

GtkWidget *
desk_offer_line_new (void)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_layout_manager (line, g_object_new (DESK_TYPE_OFFER_LAYOUT, NULL));
  gtk_widget_add_css_class (line, "offer");
  return line;
}

static void
desk_offer_layout_class_init (DeskOfferLayoutClass *klass)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  manager_class->get_request_mode = desk_offer_layout_get_request_mode;
  manager_class->measure = desk_offer_layout_measure;
  manager_class->allocate = desk_offer_layout_allocate;
}

static void
desk_offer_layout_init (DeskOfferLayout *layout)
{
}
