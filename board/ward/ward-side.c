/* ward-side.c: two lists by bed, kept in order with their widgets, and the mirror below them.
 *
 * Holds no truth: the lists are made from the unit's beds each time; a widget stays as long as its
 * bed is in its list, so that focus and pointer do not lose it. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ward-side.h"

#include "../board-i18n.h"
#include "ward-arrival.h"
#include "ward-leaver.h"
#include "ward-mirror.h"
#include "ward-say.h"

struct _WardSide
{
  GtkWidget parent_instance;

  WardFlow *flow; /* borrowed */

  /* widgets */
  GtkWidget *box;
  GtkWidget *n_arrivals;
  GtkWidget *arrivals;
  GtkWidget *no_arrivals;
  GtkWidget *n_leavers;
  GtkWidget *leavers;
  GtkWidget *no_leavers;
  GtkWidget *mirror; /* owned: it may stand elsewhere */
};

G_DEFINE_FINAL_TYPE (WardSide, ward_side, GTK_TYPE_WIDGET)

/* How the two lists differ. */
typedef struct
{
  GtkWidget *(*make) (WardFlow *flow, const char *bed);
  const char *(*peek_bed) (GtkWidget *row);
  void (*refresh) (GtkWidget *row);
} Kind;

static const char *
peek_arrival (GtkWidget *row)
{
  return ward_arrival_peek_bed (WARD_ARRIVAL (row));
}

static void
refresh_arrival (GtkWidget *row)
{
  ward_arrival_refresh (WARD_ARRIVAL (row));
}

static const char *
peek_leaver (GtkWidget *row)
{
  return ward_leaver_peek_bed (WARD_LEAVER (row));
}

static void
refresh_leaver (GtkWidget *row)
{
  ward_leaver_refresh (WARD_LEAVER (row));
}

static const Kind arrival_kind = { ward_arrival_new, peek_arrival, refresh_arrival };
static const Kind leaver_kind = { ward_leaver_new, peek_leaver, refresh_leaver };

static GtkWidget *
find_row (GtkWidget *list, const Kind *kind, const char *bed)
{
  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL; row = gtk_widget_get_next_sibling (row))
    if (g_str_equal (kind->peek_bed (row), bed))
      return row;
  return NULL;
}

static gboolean
has_bed (const GPtrArray *beds, const char *id)
{
  for (guint i = 0; i < beds->len; i++)
    if (g_str_equal (((const BoardBed *)g_ptr_array_index (beds, i))->id, id))
      return TRUE;
  return FALSE;
}

static void
follow (WardSide *side, GtkWidget *list, const Kind *kind, const GPtrArray *beds)
{
  GtkWidget *before = NULL;
  GtkWidget *next;

  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL; row = next)
    {
      next = gtk_widget_get_next_sibling (row);
      if (!has_bed (beds, kind->peek_bed (row)))
        gtk_box_remove (GTK_BOX (list), row);
    }
  for (guint i = 0; i < beds->len; i++)
    {
      const BoardBed *bed = g_ptr_array_index (beds, i);
      GtkWidget *row = find_row (list, kind, bed->id);

      if (row == NULL)
        {
          row = kind->make (side->flow, bed->id);
          gtk_box_insert_child_after (GTK_BOX (list), row, before);
        }
      else
        {
          kind->refresh (row);
          if (gtk_widget_get_prev_sibling (row) != before)
            gtk_box_reorder_child_after (GTK_BOX (list), row, before);
        }
      before = row;
    }
  gtk_widget_set_visible (list, beds->len > 0);
}

/* --- who is in which list --- */

/* Answers first, by the time that is left; then by the time they are expected. */
static gint64
get_rank (const BoardBed *bed, BoardModel *model)
{
  const BoardReferral *person = board_model_find_referral (model, bed->referral);

  if (bed->commitment == BED_COMMITMENT_HELD)
    return bed->until_us - G_MAXINT64 / 2;
  return person != NULL && person->expected_us != 0 ? person->expected_us : G_MAXINT64;
}

static gint
compare_arrivals (gconstpointer a, gconstpointer b, gpointer model)
{
  gint64 one = get_rank (*(const BoardBed *const *)a, model);
  gint64 other = get_rank (*(const BoardBed *const *)b, model);

  return one < other ? -1 : one > other ? 1 : 0;
}

static gint
compare_leavers (gconstpointer a, gconstpointer b)
{
  gint64 one = (*(const BoardBed *const *)a)->expected_free_us;
  gint64 other = (*(const BoardBed *const *)b)->expected_free_us;

  return one < other ? -1 : one > other ? 1 : 0;
}

static gboolean
is_expected (const BoardBed *bed, BoardModel *model)
{
  return bed->commitment != BED_COMMITMENT_NONE && board_model_find_referral (model, bed->referral) != NULL;
}

static void
show_count (GtkWidget *label, guint n)
{
  g_autofree char *number = g_strdup_printf ("%u", n);

  gtk_label_set_label (GTK_LABEL (label), number);
}

void
ward_side_follow (WardSide *side, const BoardUnit *unit)
{
  BoardModel *model = ward_flow_peek_model (side->flow);
  g_autoptr (GPtrArray) rooms = unit != NULL ? ward_say_list_rooms (unit) : g_ptr_array_new ();
  g_autoptr (GPtrArray) arrivals = g_ptr_array_new ();
  g_autoptr (GPtrArray) leavers = g_ptr_array_new ();

  for (guint i = 0; i < rooms->len; i++)
    {
      BoardBed *bed = g_ptr_array_index (rooms, i);

      if (is_expected (bed, model))
        g_ptr_array_add (arrivals, bed);
      else if (bed->display == BED_DISPLAY_LEAVING)
        g_ptr_array_add (leavers, bed);
    }
  g_ptr_array_sort_with_data (arrivals, compare_arrivals, model);
  g_ptr_array_sort (leavers, compare_leavers);
  follow (side, side->arrivals, &arrival_kind, arrivals);
  follow (side, side->leavers, &leaver_kind, leavers);
  show_count (side->n_arrivals, arrivals->len);
  show_count (side->n_leavers, leavers->len);
  gtk_widget_set_visible (side->no_arrivals, arrivals->len == 0);
  gtk_widget_set_visible (side->no_leavers, leavers->len == 0);
  gtk_widget_set_visible (side->mirror, unit != NULL);
  if (unit != NULL)
    ward_mirror_set_unit (WARD_MIRROR (side->mirror), unit->id);
}

GtkWidget *
ward_side_peek_mirror (WardSide *side)
{
  return side->mirror;
}

/* --- the widget --- */

GtkWidget *
ward_side_new (BoardContext *context, WardFlow *flow)
{
  WardSide *side = g_object_new (WARD_TYPE_SIDE, NULL);

  side->flow = flow;
  side->mirror = g_object_ref_sink (ward_mirror_new (context));
  return GTK_WIDGET (side);
}

static void
ward_side_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&WARD_SIDE (object)->mirror);
  G_OBJECT_CLASS (ward_side_parent_class)->dispose (object);
}

static void
ward_side_class_init (WardSideClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ward_side_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "side");
  gtk_widget_class_set_template_from_resource (widget_class, "/uk/nhs/homeward/board/ward-side.ui");
  gtk_widget_class_bind_template_child (widget_class, WardSide, box);
  gtk_widget_class_bind_template_child (widget_class, WardSide, n_arrivals);
  gtk_widget_class_bind_template_child (widget_class, WardSide, arrivals);
  gtk_widget_class_bind_template_child (widget_class, WardSide, no_arrivals);
  gtk_widget_class_bind_template_child (widget_class, WardSide, n_leavers);
  gtk_widget_class_bind_template_child (widget_class, WardSide, leavers);
  gtk_widget_class_bind_template_child (widget_class, WardSide, no_leavers);
}

static void
ward_side_init (WardSide *side)
{
  gtk_widget_init_template (GTK_WIDGET (side));
}
