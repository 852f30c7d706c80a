/* desk-wrap.c: a layout for chips: as many on a line as there is room for, each as wide as it likes.
 *
 * GtkFlowBox would put them in columns of equal width. Owns nothing. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-wrap.h"

#define CHILDREN_MAX 16 /* looked at for the least width */

struct _DeskWrap
{
  GtkLayoutManager parent_instance;

  int gap;
  int line_gap;
  int most_em;
};

G_DEFINE_FINAL_TYPE (DeskWrap, desk_wrap, GTK_TYPE_LAYOUT_MANAGER)

static int
find_child_width (GtkWidget *child, int width)
{
  int least;
  int wanted;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wanted, NULL, NULL);
  return MAX (least, MIN (wanted, width));
}

/* Places the children from first up to end on a line, all as high as it is: the keyboard goes from one to
 * the next by where their middles are. */
static void
place_line (DeskWrap *wrap, GtkWidget *first, GtkWidget *end, int width, int y, int height)
{
  int x = 0;

  for (GtkWidget *child = first; child != end; child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child))
      {
        int child_width = find_child_width (child, width);

        gtk_widget_size_allocate (child, &(GtkAllocation){ x, y, child_width, height }, -1);
        x += child_width + wrap->gap;
      }
}

/* Lays the children out in width; places them if they are to be. Returns the height. */
static int
lay_out (DeskWrap *wrap, GtkWidget *widget, int width, gboolean places)
{
  GtkWidget *first = gtk_widget_get_first_child (widget);
  int x = 0;
  int y = 0;
  int line_height = 0;

  for (GtkWidget *child = first; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int wanted;
      int height;

      if (!gtk_widget_should_layout (child))
        continue;
      wanted = find_child_width (child, width);
      if (x > 0 && x + wanted > width)
        {
          if (places)
            place_line (wrap, first, child, width, y, line_height);
          first = child;
          y += line_height + wrap->line_gap;
          x = 0;
          line_height = 0;
        }
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, wanted, NULL, &height, NULL, NULL);
      x += wanted + wrap->gap;
      line_height = MAX (line_height, height);
    }
  if (places)
    place_line (wrap, first, NULL, width, y, line_height);
  return y + line_height;
}

static GtkSizeRequestMode
desk_wrap_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static int
get_em (GtkWidget *widget)
{
  const PangoFontDescription *font = pango_context_get_font_description (gtk_widget_get_pango_context (widget));

  return MAX (pango_font_description_get_size (font) / PANGO_SCALE, 1);
}

static void
desk_wrap_measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation, int for_size,
                   int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  DeskWrap *wrap = DESK_WRAP (manager);

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = *natural = lay_out (wrap, widget, for_size < 0 ? G_MAXINT : for_size, FALSE);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int least;
      int wanted;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wanted, NULL, NULL);
      *minimum = MAX (*minimum, least);
      *natural += wanted + (*natural > 0 ? wrap->gap : 0);
    }
  if (wrap->most_em > 0)
    *natural = MAX (*minimum, MIN (*natural, wrap->most_em * get_em (widget)));
}

static void
desk_wrap_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  lay_out (DESK_WRAP (manager), widget, width, TRUE);
}

void
desk_wrap_set_line_gap (GtkWidget *box, int gap)
{
  DESK_WRAP (gtk_widget_get_layout_manager (box))->line_gap = gap;
}

/* How many lines they take in width. */
static guint
count_lines (const int *widths, guint n, int gap, int width)
{
  guint lines = n > 0 ? 1 : 0;
  int x = 0;

  for (guint i = 0; i < n; i++)
    {
      if (x > 0 && x + widths[i] > width)
        {
          lines++;
          x = 0;
        }
      x += widths[i] + gap;
    }
  return lines;
}

int
desk_wrap_find_width (GtkWidget *box, guint lines)
{
  const int gap = DESK_WRAP (gtk_widget_get_layout_manager (box))->gap;
  int widths[CHILDREN_MAX];
  int widest = 0;
  int all = 0;
  int found;
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (box); child != NULL && n < CHILDREN_MAX; child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child))
      {
        gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &widths[n], NULL, NULL);
        all += widths[n] + (n > 0 ? gap : 0);
        widest = MAX (widest, widths[n]);
        n++;
      }
  found = all;
  /* as wide as some that stand beside each other: one of these is the least */
  for (guint from = 0; from < n; from++)
    for (guint to = from, sum = 0; to < n; to++)
      {
        sum += (guint)widths[to] + (to > from ? (guint)gap : 0);
        if ((int)sum >= widest && (int)sum < found && count_lines (widths, n, gap, (int)sum) <= lines)
          found = (int)sum;
      }
  return found;
}

GtkWidget *
desk_wrap_new (int gap)
{
  return desk_wrap_new_within (gap, 0);
}

GtkWidget *
desk_wrap_new_within (int gap, int most)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  DeskWrap *wrap = g_object_new (DESK_TYPE_WRAP, NULL);

  wrap->gap = wrap->line_gap = gap;
  wrap->most_em = most;
  gtk_widget_set_layout_manager (box, GTK_LAYOUT_MANAGER (wrap));
  return box;
}

static void
desk_wrap_class_init (DeskWrapClass *klass)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  manager_class->get_request_mode = desk_wrap_get_request_mode;
  manager_class->measure = desk_wrap_measure;
  manager_class->allocate = desk_wrap_allocate;
}

static void
desk_wrap_init (DeskWrap *wrap)
{
}
