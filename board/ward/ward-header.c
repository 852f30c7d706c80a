/* ward-header.c: the top of the ward's screen.
 *
 * Owns a reference to the context. Holds no truth; the button's press is the board's action. Nothing
 * can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ward-header.h"

#include "../board-i18n.h"
#include "../board-line.h"
#include "../board-mark.h"
#include "../board-pill.h"
#include "common/bed-time.h"
#include "ward-menu.h"
#include "ward-parts.h"
#include "ward-say.h"
#include "ward-unit.h"

#define COUNTS 7

struct _WardHeader
{
  GtkWidget parent_instance;

  BoardContext *context; /* owned */
  WardFlow *flow;        /* borrowed */
  char *unit;            /* owned */

  /* widgets */
  GtkWidget *bar;
  GtkWidget *logo;
  GtkWidget *name;
  GtkWidget *site;
  GtkWidget *menu; /* what a manager does about the whole unit */
  GtkWidget *tail;
  GtkWidget *waits;
  GtkWidget *clock;
  GtkWidget *confirm;
  GtkWidget *confirm_mark;
  GtkWidget *confirm_words;
  GtkWidget *banner;
  GtkWidget *banner_mark;
  GtkWidget *banner_words;
  GtkWidget *row; /* owned: it may stand elsewhere */
  GtkWidget *counts;
  GtkWidget *confirmed_row;
  GtkWidget *confirmed;
  GtkWidget *count_boxes[COUNTS];
  GtkWidget *count_numbers[COUNTS];
  GtkWidget *count_words[COUNTS];
};

G_DEFINE_FINAL_TYPE (WardHeader, ward_header, GTK_TYPE_WIDGET)

/* In the order of the row; leaving is told with occupied. */
static const BoardGlyph order[COUNTS]
    = { BOARD_GLYPH_FREE,     BOARD_GLYPH_HELD,   BOARD_GLYPH_ARRIVING, BOARD_GLYPH_CLEANING,
        BOARD_GLYPH_OCCUPIED, BOARD_GLYPH_CLOSED, BOARD_GLYPH_UNKNOWN };

/* --- counts --- */

static char *
say_count (BoardGlyph glyph, guint n, guint leaving)
{
  switch (glyph)
    {
    case BOARD_GLYPH_FREE:
      return g_strdup (_ ("free"));
    case BOARD_GLYPH_HELD:
      return g_strdup (_ ("held"));
    case BOARD_GLYPH_ARRIVING:
      return g_strdup (_ ("arriving"));
    case BOARD_GLYPH_CLEANING:
      return g_strdup (_ ("cleaning"));
    case BOARD_GLYPH_OCCUPIED:
    case BOARD_GLYPH_LEAVING:
      return leaving > 0 ? g_strdup_printf (_ ("occupied, %u leaving today"), leaving) : g_strdup (_ ("occupied"));
    case BOARD_GLYPH_CLOSED:
      return g_strdup (_ ("closed"));
    case BOARD_GLYPH_UNKNOWN:
    case BOARD_N_GLYPHS:
      return g_strdup (_ ("not known"));
    }
  return g_strdup ("");
}

/* Ready to leave is not yet leaving: only who has a time today is. */
static void
count_beds (const BoardUnit *unit, guint counts[static BOARD_N_GLYPHS], guint *leaving)
{
  for (guint i = 0; i < unit->beds->len; i++)
    {
      const BoardBed *bed = g_ptr_array_index (unit->beds, i);
      BoardGlyph glyph = board_glyph_of_display (bed->display);

      if (!bed->is_in_effect)
        continue;
      counts[glyph == BOARD_GLYPH_LEAVING ? BOARD_GLYPH_OCCUPIED : glyph]++;
      *leaving += bed->display == BED_DISPLAY_LEAVING ? 1 : 0;
    }
}

/* Returns how many there are. */
static guint
show_counts (WardHeader *header, const BoardUnit *unit)
{
  guint counts[BOARD_N_GLYPHS] = { 0 };
  guint leaving = 0, all = 0;

  if (unit != NULL)
    count_beds (unit, counts, &leaving);
  for (guint i = 0; i < COUNTS; i++)
    {
      guint n = counts[order[i]];
      g_autofree char *number = g_strdup_printf ("%u", n);
      g_autofree char *words = say_count (order[i], n, leaving);

      gtk_label_set_label (GTK_LABEL (header->count_numbers[i]), number);
      gtk_label_set_label (GTK_LABEL (header->count_words[i]), words);
      gtk_widget_set_visible (gtk_widget_get_parent (header->count_boxes[i]), n > 0);
      all += n;
    }
  return all;
}

static void
make_counts (WardHeader *header)
{
  for (guint i = 0; i < COUNTS; i++)
    {
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
      GtkWidget *mark = board_mark_new (25);

      board_mark_show_glyph (BOARD_MARK (mark), order[i], 0.5);
      gtk_widget_add_css_class (mark, "state-mark");
      header->count_boxes[i] = box;
      header->count_numbers[i] = gtk_label_new ("");
      header->count_words[i] = gtk_label_new ("");
      gtk_widget_add_css_class (header->count_numbers[i], "headline");
      gtk_widget_add_css_class (header->count_words[i], "quiet");
      gtk_box_append (GTK_BOX (box), mark);
      gtk_box_append (GTK_BOX (box), header->count_numbers[i]);
      gtk_box_append (GTK_BOX (box), header->count_words[i]);
      gtk_flow_box_insert (GTK_FLOW_BOX (header->counts), box, -1);
      gtk_widget_set_focusable (gtk_widget_get_parent (box), FALSE);
    }
}

/* --- what stands in the bar --- */

static void
show_waiting (WardHeader *header, const BoardMoment *moment)
{
  guint n = moment->line == BOARD_LINE_LIVE ? 0 : board_commands_count_queued (board_context_get_commands (header->context));
  g_autofree char *words = g_strdup_printf (ngettext ("%u update waits", "%u updates wait", n), n);

  gtk_label_set_label (GTK_LABEL (header->waits), words);
  gtk_widget_set_visible (header->waits, n > 0);
}

static const char *
say_banner (BoardLine line)
{
  switch (line)
    {
    case BOARD_LINE_LIVE:
    case BOARD_LINE_RECONNECTING:
      return NULL;
    case BOARD_LINE_OFFLINE:
      return _ ("No line to the register. This is how it was; what you press is kept here and sent once when the line is back.");
    case BOARD_LINE_READ_ONLY:
      return _ ("The register takes no changes just now. What you press is kept here and sent once when it does again.");
    case BOARD_LINE_REFUSED:
      return _ ("This screen is not let in: its token is not accepted. Ask your coordinator for a new one.");
    }
  return NULL;
}

static void
show_line (WardHeader *header, const BoardMoment *moment)
{
  static const char *const styles[] = { "is-lost", "is-unsure" };
  const char *words = say_banner (moment->line);

  gtk_widget_set_visible (header->banner, words != NULL);
  gtk_label_set_label (GTK_LABEL (header->banner_words), words != NULL ? words : "");
  ward_parts_set_class (GTK_WIDGET (header), styles, 2,
                        words == NULL ? NULL : moment->line == BOARD_LINE_READ_ONLY ? "is-unsure" : "is-lost");
}

static void
show_confirm (WardHeader *header, WardFlow *flow, const WardCase *cause, gboolean is_possible)
{
  const char *pending = cause != NULL ? ward_parts_say_pending (ward_flow_find_open (flow, cause->unit->id)) : NULL;
  gboolean is_waiting = pending != NULL && ward_flow_is_waiting (flow, cause->unit->id);
  gboolean can_confirm = cause != NULL && pending == NULL && ward_steps_allow (cause, WARD_ACT_CONFIRM_ALL);
  const char *words = is_waiting ? _ ("Take back") : pending != NULL ? pending : _ ("Everything unchanged, confirm");

  if (cause != NULL)
    ward_parts_set_meaning (header->confirm, flow, cause->unit->id, WARD_ACT_CONFIRM_ALL);
  gtk_label_set_label (GTK_LABEL (header->confirm_words), words);
  gtk_widget_set_visible (header->confirm_mark, pending == NULL);
  gtk_widget_set_sensitive (header->confirm, is_possible && (is_waiting || can_confirm));
  gtk_accessible_update_property (GTK_ACCESSIBLE (header->confirm), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  GTK_ACCESSIBLE_PROPERTY_KEY_SHORTCUTS, "Control+Enter", -1);
}

static void
show_confirmed (WardHeader *header, const WardCase *cause)
{
  gboolean is_due = FALSE;
  g_autofree char *words = cause != NULL ? ward_say_confirmed (cause, &is_due) : g_strdup ("");

  gtk_label_set_markup (GTK_LABEL (header->confirmed), words);
  if (is_due)
    gtk_widget_add_css_class (header->confirmed_row, "amber");
  else
    gtk_widget_remove_css_class (header->confirmed_row, "amber");
  gtk_widget_set_visible (header->confirmed_row, cause != NULL);
}

static void
on_create_menu (GtkMenuButton *button, gpointer user_data)
{
  WardHeader *header = user_data;
  g_autoptr (GMenuModel) menu = NULL;
  WardCase cause;

  if (header->flow == NULL || !ward_flow_get_unit_case (header->flow, header->unit, &cause))
    return;
  if (ward_flow_is_waiting (header->flow, header->unit))
    menu = ward_menu_new_take_back (header->unit);
  else
    menu = ward_menu_new_unit (&cause, ward_flow_can_undo (header->flow, header->unit));
  gtk_menu_button_set_menu_model (button, menu);
}

static void
show_unit (WardHeader *header, const WardCase *cause)
{
  g_autofree char *standing = cause != NULL ? ward_unit_say_standing (cause->unit) : g_strdup ("");
  gboolean is_manager = cause != NULL && ward_menu_has_unit (cause);

  gtk_label_set_label (GTK_LABEL (header->name), cause != NULL ? cause->unit->name : _ ("Waiting for the register"));
  gtk_label_set_label (GTK_LABEL (header->site), standing);
  gtk_widget_set_tooltip_text (header->site, *standing != 0 ? standing : NULL);
  if (cause != NULL && (cause->unit->is_closed || cause->unit->surge_asked > 0))
    gtk_widget_add_css_class (header->site, "amber");
  else
    gtk_widget_remove_css_class (header->site, "amber");
  gtk_widget_set_visible (header->menu, is_manager);
  gtk_widget_set_sensitive (header->menu,
                            is_manager
                                && (ward_flow_find_open (header->flow, cause->unit->id) == NULL
                                    || ward_flow_is_waiting (header->flow, cause->unit->id)));
}

void
ward_header_confirm (WardHeader *header)
{
  if (header->flow != NULL && gtk_widget_is_sensitive (header->confirm))
    ward_parts_press (header->confirm, header->flow, header->unit);
}

void
ward_header_open_menu (WardHeader *header)
{
  if (gtk_widget_get_visible (header->menu) && gtk_widget_is_sensitive (header->menu))
    gtk_menu_button_popup (GTK_MENU_BUTTON (header->menu));
}

GtkWidget *
ward_header_peek_menu (WardHeader *header)
{
  return header->menu;
}

void
ward_header_follow (WardHeader *header, WardFlow *flow, const char *unit)
{
  BoardMoment moment;
  char clock[6];
  WardCase cause;
  gboolean has_beds;
  const WardCase *known = ward_flow_get_unit_case (flow, unit, &cause) ? &cause : NULL;

  board_context_get_moment (header->context, &moment);
  bed_time_print_local (moment.now_us, clock);
  gtk_label_set_label (GTK_LABEL (header->clock), clock);
  header->flow = flow;
  g_free (header->unit);
  header->unit = g_strdup (unit);
  show_unit (header, known);
  show_waiting (header, &moment);
  show_line (header, &moment);
  has_beds = show_counts (header, known != NULL ? known->unit : NULL) > 0;
  show_confirm (header, flow, known, has_beds && moment.line != BOARD_LINE_REFUSED);
  show_confirmed (header, known);
}

GtkWidget *
ward_header_peek_counts (WardHeader *header)
{
  return header->row;
}

void
ward_header_put_counts (WardHeader *header)
{
  gtk_box_append (GTK_BOX (gtk_widget_get_parent (header->bar)), header->row);
}

void
ward_header_set_wide (WardHeader *header, gboolean is_wide)
{
  GtkWidget *parent = gtk_widget_get_parent (header->row);

  GtkOrientation orientation = is_wide ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (header->bar), orientation);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (header->row), orientation);
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (header->counts), is_wide ? COUNTS : 2);
  gtk_widget_set_halign (header->counts, is_wide ? GTK_ALIGN_START : GTK_ALIGN_FILL);
  gtk_widget_set_halign (header->confirmed_row, is_wide ? GTK_ALIGN_END : GTK_ALIGN_START);
  if (!is_wide && parent == gtk_widget_get_parent (header->bar))
    gtk_box_remove (GTK_BOX (parent), header->row);
}

GtkWidget *
ward_header_new (BoardContext *context)
{
  WardHeader *header = g_object_new (WARD_TYPE_HEADER, NULL);

  header->context = g_object_ref (context);
  gtk_box_prepend (GTK_BOX (header->tail), board_pill_new (context));
  return GTK_WIDGET (header);
}

static void
ward_header_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&WARD_HEADER (object)->row);
  g_clear_object (&WARD_HEADER (object)->context);
  g_clear_pointer (&WARD_HEADER (object)->unit, g_free);
  G_OBJECT_CLASS (ward_header_parent_class)->dispose (object);
}

static void
ward_header_class_init (WardHeaderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ward_header_dispose;
  g_type_ensure (BOARD_TYPE_MARK);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "wardheader");
  gtk_widget_class_set_template_from_resource (widget_class, "/uk/nhs/homeward/board/ward-header.ui");
  gtk_widget_class_bind_template_child (widget_class, WardHeader, bar);
  gtk_widget_class_bind_template_child (widget_class, WardHeader, logo);
  gtk_widget_class_bind_template_child (widget_class, WardHeader, name);
  gtk_widget_class_bind_template_child (widget_class, WardHeader, site);
  gtk_widget_class_bind_template_child (widget_class, WardHeader, menu);
  gtk_widget_class_bind_template_child (widget_class, WardHeader, tail);
  gtk_widget_class_bind_template_child (widget_class, WardHeader, waits);
  gtk_widget_class_bind_template_child (widget_class, WardHeader, clock);
  gtk_widget_class_bind_template_child (widget_class, WardHeader, confirm);
  gtk_widget_class_bind_template_child (widget_class, WardHeader, confirm_mark);
  gtk_widget_class_bind_template_child (widget_class, WardHeader, confirm_words);
  gtk_widget_class_bind_template_child (widget_class, WardHeader, banner);
  gtk_widget_class_bind_template_child (widget_class, WardHeader, banner_mark);
  gtk_widget_class_bind_template_child (widget_class, WardHeader, banner_words);
  gtk_widget_class_bind_template_child (widget_class, WardHeader, row);
  gtk_widget_class_bind_template_child (widget_class, WardHeader, counts);
  gtk_widget_class_bind_template_child (widget_class, WardHeader, confirmed_row);
  gtk_widget_class_bind_template_child (widget_class, WardHeader, confirmed);
}

static void
ward_header_init (WardHeader *header)
{
  gtk_widget_init_template (GTK_WIDGET (header));
  board_mark_show_icon (BOARD_MARK (header->logo), BOARD_ICON_LOGO);
  board_mark_show_icon (BOARD_MARK (header->confirm_mark), BOARD_ICON_TICK);
  board_mark_show_icon (BOARD_MARK (header->banner_mark), BOARD_ICON_WARNING);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (header->menu), on_create_menu, header, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (header->menu), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("The whole unit"), -1);
  g_object_ref (header->row);
  make_counts (header);
  ward_header_set_wide (header, TRUE);
}
