/* desk-reasons.c: one line a reason, which unfolds into the beds that are ruled out for it.
 *
 * Owns its widgets and which reasons are unfolded. Lines are filled anew in place, never moved: an
 * answer comes every few seconds, and the keyboard must stay where it is. Only what is unfolded has
 * its beds as widgets; what is folded keeps them as they were last told, for when it is unfolded.
 * Nothing can fail: a bed that the model does not know goes by its id.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-reasons.h"

#include "../board-i18n.h"
#include "desk-parts.h"

#define HEADLINE_REASONS 3
#define REASONS_MAX 24
#define COLUMNS 2
#define RULED_OUT "desk-ruled-out"

struct _DeskReasons
{
  GtkWidget parent_instance;

  /* owned */
  BoardModel *model;
  GHashTable *unfolded; /* keys of reasons */

  /* widgets */
  GtkWidget *whole;
  GtkWidget *headline;
  GtkWidget *headline_reasons;
  GtkWidget *columns[COLUMNS];
  GPtrArray *lines; /* borrowed expanders, in reading order */

  gboolean is_filling;
};

G_DEFINE_FINAL_TYPE (DeskReasons, desk_reasons, GTK_TYPE_WIDGET)

/* --- one reason --- */

static void
free_ruled_out (gpointer kept)
{
  g_array_unref (((DeskRuledOut *)kept)->beds);
  g_free (kept);
}

/* The offers are borrowed: a line keeps its own part of them. */
static void
keep_ruled_out (GtkWidget *line, const DeskRuledOut *ruled_out)
{
  DeskRuledOut *kept = g_new (DeskRuledOut, 1);

  *kept = *ruled_out;
  g_array_ref (kept->beds);
  g_object_set_data_full (G_OBJECT (line), RULED_OUT, kept, free_ruled_out);
}

static const DeskRuledOut *
peek_ruled_out (GtkWidget *line)
{
  return g_object_get_data (G_OBJECT (line), RULED_OUT);
}

static gpointer
get_key (GtkWidget *line)
{
  return GUINT_TO_POINTER (desk_ruled_out_get_key (peek_ruled_out (line)));
}

typedef enum
{
  PART_NUMBER,
  PART_WORDS,
  PART_NEAREST
} LinePart;

static GtkWidget *
get_part (GtkWidget *line, LinePart part)
{
  GtkWidget *child = gtk_widget_get_first_child (gtk_expander_get_label_widget (GTK_EXPANDER (line)));

  for (guint i = 0; i < part; i++)
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static GtkWidget *
make_bed (DeskReasons *reasons, const DeskRuledOut *ruled_out, const DeskRuledOutBed *one)
{
  const BoardBed *bed = board_model_find_bed (reasons->model, one->bed);
  const BoardUnit *unit = bed != NULL ? board_model_find_unit (reasons->model, bed->unit) : NULL;
  g_autofree char *km = desk_offer_print_km (one->metres);
  g_autofree char *distance = g_strdup_printf (_ ("%s km"), km);
  g_autofree char *label = bed != NULL ? desk_words_bed (bed) : g_strdup (one->bed);
  g_autofree char *known = bed != NULL ? desk_ruled_out_say_bed (ruled_out, bed) : g_strdup ("");
  g_autofree char *full = unit != NULL ? desk_words_unit (unit) : g_strdup ("");
  g_autofree char *where = g_strdup_printf ("%s  %s", full, label);
  GtkWidget *row = desk_box_new (GTK_ORIENTATION_HORIZONTAL, 10, "small");
  GtkWidget *far = desk_label_new (distance, "quiet distance");
  GtkWidget *name = desk_label_new (unit != NULL ? unit->name : "", "strong");
  GtkWidget *room = desk_label_new (label, "");

  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (far, desk_offer_say_from (one->from));
  gtk_widget_set_tooltip_text (name, where);
  gtk_widget_set_visible (name, unit != NULL);
  gtk_widget_set_hexpand (room, TRUE);
  gtk_box_append (GTK_BOX (row), far);
  gtk_box_append (GTK_BOX (row), name);
  gtk_box_append (GTK_BOX (row), room);
  gtk_box_append (GTK_BOX (row), desk_label_new (known, "quiet"));
  return row;
}

/* Beds that only a partner rules out who is not in sight are counted, and none of them is named. */
static char *
say_further (const DeskRuledOut *ruled_out)
{
  guint n = ruled_out->count - ruled_out->beds->len;

  if (ruled_out->beds->len == 0)
    return g_strdup (_ ("Which beds is not told here"));
  return g_strdup_printf (ngettext ("%u more, farther away", "%u more, farther away", n), n);
}

static void
show_beds (DeskReasons *reasons, GtkWidget *line)
{
  const DeskRuledOut *ruled_out = peek_ruled_out (line);
  GtkWidget *beds = gtk_expander_get_child (GTK_EXPANDER (line));
  gboolean is_unfolded = gtk_expander_get_expanded (GTK_EXPANDER (line));
  g_autofree char *further = NULL;

  desk_clear (beds);
  gtk_widget_set_visible (beds, is_unfolded);
  if (!is_unfolded)
    return;
  for (guint i = 0; i < ruled_out->beds->len; i++)
    gtk_box_append (GTK_BOX (beds), make_bed (reasons, ruled_out, &g_array_index (ruled_out->beds, DeskRuledOutBed, i)));
  if (ruled_out->count <= ruled_out->beds->len)
    return;
  further = say_further (ruled_out);
  gtk_box_append (GTK_BOX (beds), desk_label_new (further, "quiet small"));
}

static void
on_folded (GtkExpander *line, GParamSpec *pspec, gpointer user_data)
{
  DeskReasons *reasons = user_data;

  if (reasons->is_filling)
    return;
  if (gtk_expander_get_expanded (line))
    g_hash_table_add (reasons->unfolded, get_key (GTK_WIDGET (line)));
  else
    g_hash_table_remove (reasons->unfolded, get_key (GTK_WIDGET (line)));
  show_beds (reasons, GTK_WIDGET (line));
}

static GtkWidget *
make_line (DeskReasons *reasons)
{
  GtkWidget *line = gtk_expander_new (NULL);
  GtkWidget *head = desk_box_new (GTK_ORIENTATION_HORIZONTAL, 10, "ruled-out-line");
  GtkWidget *number = desk_label_new ("", "number");
  GtkWidget *words = desk_label_new ("", "");

  gtk_label_set_xalign (GTK_LABEL (number), 1);
  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_label_set_lines (GTK_LABEL (words), 2);
  gtk_label_set_ellipsize (GTK_LABEL (words), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_hexpand (head, TRUE);
  gtk_box_append (GTK_BOX (head), number);
  gtk_box_append (GTK_BOX (head), words);
  gtk_box_append (GTK_BOX (head), desk_label_new ("", "quiet"));
  gtk_expander_set_label_widget (GTK_EXPANDER (line), head);
  gtk_expander_set_child (GTK_EXPANDER (line), desk_box_new (GTK_ORIENTATION_VERTICAL, 5, "ruled-out-beds"));
  gtk_widget_add_css_class (line, "reason");
  g_signal_connect_object (line, "notify::expanded", G_CALLBACK (on_folded), reasons, 0);
  return line;
}

static void
show_line (DeskReasons *reasons, GtkWidget *line, const DeskRuledOut *ruled_out)
{
  g_autofree char *why = desk_ruled_out_say (ruled_out);
  g_autofree char *number = g_strdup_printf ("%u", ruled_out->count);
  g_autofree char *km = desk_offer_print_km (ruled_out->nearest_metres);
  /* TRANSLATORS: the nearest of the beds ruled out for one reason */
  g_autofree char *nearest = g_strdup_printf (_ ("nearest %s km"), km);
  g_autofree char *count = desk_ruled_out_say_count (ruled_out);
  /* TRANSLATORS: a reason, and "4 beds, nearest 6.2 km" */
  g_autofree char *name = g_strdup_printf (_ ("%s: %s"), why, count);
  gboolean is_near_miss = desk_ruled_out_is_near_miss (ruled_out);

  keep_ruled_out (line, ruled_out);
  desk_label_say (get_part (line, PART_NUMBER), number);
  desk_label_say (get_part (line, PART_WORDS), why);
  desk_label_say (get_part (line, PART_NEAREST), nearest);
  desk_toggle_class (get_part (line, PART_WORDS), "is-closed-text", is_near_miss);
  desk_toggle_class (get_part (line, PART_WORDS), "quiet", !is_near_miss);
  gtk_widget_set_tooltip_text (get_part (line, PART_WORDS), why);
  desk_name (line, name);
  gtk_expander_set_expanded (GTK_EXPANDER (line), g_hash_table_contains (reasons->unfolded, get_key (line)));
  show_beds (reasons, line);
}

/* --- all of them --- */

static GtkWidget *
make_headline_reason (const DeskRuledOut *ruled_out)
{
  g_autofree char *why = desk_ruled_out_say (ruled_out);
  g_autofree char *escaped = g_markup_escape_text (why, -1);
  g_autofree char *words = g_strdup_printf ("<b>%u</b> %s", ruled_out->count, escaped);
  GtkWidget *label = desk_label_new ("", "quiet");

  gtk_label_set_markup (GTK_LABEL (label), words);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (label, why);
  return label;
}

static void
show_headline (DeskReasons *reasons, const DeskOffers *offers)
{
  guint n = offers->n_ruled_out;
  g_autofree char *words = g_strdup_printf (ngettext ("%u bed ruled out", "%u beds ruled out", n), n);
  guint n_told = 0;

  desk_label_say (reasons->headline, words);
  desk_clear (reasons->headline_reasons);
  for (guint i = 0; i < offers->ruled_out->len && n_told < HEADLINE_REASONS; i++)
    {
      const DeskRuledOut *ruled_out = &g_array_index (offers->ruled_out, DeskRuledOut, i);

      if (!desk_ruled_out_is_near_miss (ruled_out))
        continue;
      gtk_box_append (GTK_BOX (reasons->headline_reasons), make_headline_reason (ruled_out));
      n_told++;
    }
}

/* The line that the keyboard is on, or NULL. */
static GtkWidget *
find_focused (DeskReasons *reasons)
{
  for (guint i = 0; i < reasons->lines->len; i++)
    if (gtk_widget_has_focus (g_ptr_array_index (reasons->lines, i)))
      return g_ptr_array_index (reasons->lines, i);
  return NULL;
}

static void
fit_lines (DeskReasons *reasons, guint n)
{
  while (reasons->lines->len < n)
    {
      GtkWidget *line = make_line (reasons);

      gtk_box_append (GTK_BOX (reasons->columns[reasons->lines->len % COLUMNS]), line);
      g_ptr_array_add (reasons->lines, line);
    }
  while (reasons->lines->len > n)
    {
      GtkWidget *line = g_ptr_array_steal_index (reasons->lines, reasons->lines->len - 1);

      gtk_box_remove (GTK_BOX (reasons->columns[reasons->lines->len % COLUMNS]), line);
    }
}

void
desk_reasons_show (DeskReasons *reasons, const DeskOffers *offers)
{
  GtkWidget *focused = find_focused (reasons);
  gpointer focused_key = focused != NULL ? get_key (focused) : NULL;
  guint n = offers != NULL ? MIN (offers->ruled_out->len, REASONS_MAX) : 0;

  gtk_widget_set_visible (GTK_WIDGET (reasons), n > 0);
  if (n == 0)
    return;
  reasons->is_filling = TRUE;
  show_headline (reasons, offers);
  fit_lines (reasons, n);
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *line = g_ptr_array_index (reasons->lines, i);

      show_line (reasons, line, &g_array_index (offers->ruled_out, DeskRuledOut, i));
      if (focused != NULL && focused != line && get_key (line) == focused_key)
        gtk_widget_grab_focus (line);
    }
  reasons->is_filling = FALSE;
}

GtkWidget *
desk_reasons_new (BoardModel *model)
{
  DeskReasons *reasons = g_object_new (DESK_TYPE_REASONS, NULL);

  reasons->model = g_object_ref (model);
  return GTK_WIDGET (reasons);
}

static void
desk_reasons_dispose (GObject *object)
{
  DeskReasons *reasons = DESK_REASONS (object);

  g_ptr_array_set_size (reasons->lines, 0);
  desk_clear (GTK_WIDGET (object));
  g_clear_object (&reasons->model);
  G_OBJECT_CLASS (desk_reasons_parent_class)->dispose (object);
}

static void
desk_reasons_finalize (GObject *object)
{
  g_hash_table_unref (DESK_REASONS (object)->unfolded);
  g_ptr_array_unref (DESK_REASONS (object)->lines);
  G_OBJECT_CLASS (desk_reasons_parent_class)->finalize (object);
}

static void
desk_reasons_class_init (DeskReasonsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_reasons_dispose;
  G_OBJECT_CLASS (klass)->finalize = desk_reasons_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "deskreasons");
}

static void
desk_reasons_init (DeskReasons *reasons)
{
  GtkWidget *head = desk_box_new (GTK_ORIENTATION_HORIZONTAL, 18, "");
  GtkWidget *spread = gtk_label_new (NULL);
  GtkWidget *body = desk_box_new (GTK_ORIENTATION_HORIZONTAL, 36, "reasons-list");

  reasons->unfolded = g_hash_table_new (NULL, NULL);
  reasons->lines = g_ptr_array_new ();
  reasons->headline = desk_label_new ("", "item");
  reasons->headline_reasons = desk_box_new (GTK_ORIENTATION_HORIZONTAL, 18, "");
  gtk_widget_set_hexpand (spread, TRUE);
  gtk_box_append (GTK_BOX (head), reasons->headline);
  gtk_box_append (GTK_BOX (head), spread);
  gtk_box_append (GTK_BOX (head), reasons->headline_reasons);
  gtk_widget_set_hexpand (head, TRUE);
  gtk_box_set_homogeneous (GTK_BOX (body), TRUE);
  for (guint i = 0; i < COLUMNS; i++)
    {
      reasons->columns[i] = desk_box_new (GTK_ORIENTATION_VERTICAL, 7, "");
      gtk_widget_set_valign (reasons->columns[i], GTK_ALIGN_START);
      gtk_box_append (GTK_BOX (body), reasons->columns[i]);
    }
  reasons->whole = gtk_expander_new (NULL);
  gtk_expander_set_label_widget (GTK_EXPANDER (reasons->whole), head);
  gtk_expander_set_child (GTK_EXPANDER (reasons->whole), body);
  gtk_widget_add_css_class (reasons->whole, "card");
  gtk_widget_add_css_class (reasons->whole, "ruled-out");
  gtk_expander_set_expanded (GTK_EXPANDER (reasons->whole), TRUE);
  desk_name (reasons->whole, _ ("Beds ruled out"));
  gtk_widget_set_parent (reasons->whole, GTK_WIDGET (reasons));
}
