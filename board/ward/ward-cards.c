/* ward-cards.c: a grid of equal cards; arrows move the focus as they stand.
 *
 * Owns its cards. A card is as wide as its style says at least; columns follow from that, so larger
 * text makes fewer of them. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ward-cards.h"

#include "../board-i18n.h"
#include "ward-say.h"

#define COLUMNS 6 /* a wide screen has no more, but for large units */
#define ROWS_WANTED 6

struct _WardCards
{
  GtkWidget parent_instance;

  GPtrArray *cards; /* borrowed: children, in order */
  guint columns;    /* as laid out last */
};

G_DEFINE_FINAL_TYPE (WardCards, ward_cards, GTK_TYPE_WIDGET)

/* --- layout --- */

static int
get_card_width (WardCards *cards)
{
  int widest = 1;

  for (guint i = 0; i < cards->cards->len; i++)
    {
      int minimum;

      gtk_widget_measure (g_ptr_array_index (cards->cards, i), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      widest = MAX (widest, minimum);
    }
  return widest;
}

static guint
count_columns (WardCards *cards, int width)
{
  guint most = MAX (COLUMNS, (cards->cards->len + ROWS_WANTED - 1) / ROWS_WANTED);

  return CLAMP ((guint)MAX (width, 0) / (guint)get_card_width (cards), 1, most);
}

static int
get_card_height (WardCards *cards, int width)
{
  int highest = 1;

  for (guint i = 0; i < cards->cards->len; i++)
    {
      int minimum;

      gtk_widget_measure (g_ptr_array_index (cards->cards, i), GTK_ORIENTATION_VERTICAL, width, &minimum, NULL, NULL, NULL);
      highest = MAX (highest, minimum);
    }
  return highest;
}

static GtkSizeRequestMode
ward_cards_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
ward_cards_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                    int *minimum_baseline, int *natural_baseline)
{
  WardCards *cards = WARD_CARDS (widget);
  int card_width = get_card_width (cards);
  int width = for_size < 0 ? card_width * COLUMNS : for_size;
  guint columns = count_columns (cards, width);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = cards->cards->len > 0 ? card_width : 0;
      *natural = cards->cards->len > 0 ? card_width * COLUMNS : 0;
      return;
    }
  *minimum = *natural = cards->cards->len > 0 ? (int)((cards->cards->len + columns - 1) / columns)
                                                    * get_card_height (cards, width / (int)columns)
                                              : 0;
}

static void
ward_cards_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WardCards *cards = WARD_CARDS (widget);
  guint columns = count_columns (cards, width);
  int card_width = width / (int)columns;
  int card_height = get_card_height (cards, card_width);
  gboolean is_mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  cards->columns = columns;
  for (guint i = 0; i < cards->cards->len; i++)
    {
      int column = (int)(i % columns);
      int x = card_width * (is_mirrored ? (int)columns - 1 - column : column);

      gtk_widget_size_allocate (g_ptr_array_index (cards->cards, i),
                                &(GtkAllocation){ x, card_height * (int)(i / columns), card_width, card_height }, -1);
    }
}

/* --- what is in it --- */

WardCard *
ward_cards_find (WardCards *cards, const char *bed)
{
  for (guint i = 0; i < cards->cards->len; i++)
    if (g_str_equal (ward_card_peek_bed (g_ptr_array_index (cards->cards, i)), bed))
      return g_ptr_array_index (cards->cards, i);
  return NULL;
}

static gboolean
is_same (WardCards *cards, const GPtrArray *rooms)
{
  if (rooms->len != cards->cards->len)
    return FALSE;
  for (guint i = 0; i < rooms->len; i++)
    if (!g_str_equal (((const BoardBed *)g_ptr_array_index (rooms, i))->id,
                      ward_card_peek_bed (g_ptr_array_index (cards->cards, i))))
      return FALSE;
  return TRUE;
}

static void
clear (WardCards *cards)
{
  g_ptr_array_set_size (cards->cards, 0);
  while (gtk_widget_get_first_child (GTK_WIDGET (cards)) != NULL)
    gtk_widget_unparent (gtk_widget_get_first_child (GTK_WIDGET (cards)));
}

void
ward_cards_follow (WardCards *cards, WardFlow *flow, const BoardUnit *unit)
{
  g_autoptr (GPtrArray) rooms = unit != NULL ? ward_say_list_rooms (unit) : g_ptr_array_new ();

  /* beds come and go with an import, that is, hardly ever */
  if (!is_same (cards, rooms))
    {
      clear (cards);
      for (guint i = 0; i < rooms->len; i++)
        {
          GtkWidget *card = ward_card_new (flow, ((const BoardBed *)g_ptr_array_index (rooms, i))->id);

          gtk_widget_set_parent (card, GTK_WIDGET (cards));
          g_ptr_array_add (cards->cards, card);
        }
      return;
    }
  for (guint i = 0; i < cards->cards->len; i++)
    ward_card_refresh (g_ptr_array_index (cards->cards, i));
}

/* --- keys --- */

static int
find_focus (WardCards *cards)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (cards));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  for (guint i = 0; focus != NULL && i < cards->cards->len; i++)
    if (gtk_widget_is_ancestor (focus, g_ptr_array_index (cards->cards, i)))
      return (int)i;
  return -1;
}

WardCard *
ward_cards_find_focus (WardCards *cards)
{
  int i = find_focus (cards);

  return i >= 0 ? g_ptr_array_index (cards->cards, (guint)i) : NULL;
}

static int
find_target (WardCards *cards, int from, guint keyval)
{
  int columns = (int)MAX (cards->columns, 1);
  int last = (int)cards->cards->len - 1;
  int step = gtk_widget_get_direction (GTK_WIDGET (cards)) == GTK_TEXT_DIR_RTL ? -1 : 1;

  switch (keyval)
    {
    case GDK_KEY_Left:
      return from - step;
    case GDK_KEY_Right:
      return from + step;
    case GDK_KEY_Up:
      return from - columns;
    case GDK_KEY_Down:
      return from / columns < last / columns ? MIN (from + columns, last) : -1;
    case GDK_KEY_Home:
      return 0;
    case GDK_KEY_End:
      return last;
    }
  return -1;
}

static gboolean
on_key (GtkEventControllerKey *controller, guint keyval, guint code, GdkModifierType state, WardCards *cards)
{
  int from = find_focus (cards);
  int to;

  if (from < 0 || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  to = find_target (cards, from, keyval);
  if (to < 0 || to >= (int)cards->cards->len)
    return GDK_EVENT_PROPAGATE;
  ward_card_take_focus (g_ptr_array_index (cards->cards, (guint)to));
  return GDK_EVENT_STOP;
}

GtkWidget *
ward_cards_new (void)
{
  return g_object_new (WARD_TYPE_CARDS, NULL);
}

static void
ward_cards_dispose (GObject *object)
{
  clear (WARD_CARDS (object));
  G_OBJECT_CLASS (ward_cards_parent_class)->dispose (object);
}

static void
ward_cards_finalize (GObject *object)
{
  g_ptr_array_unref (WARD_CARDS (object)->cards);
  G_OBJECT_CLASS (ward_cards_parent_class)->finalize (object);
}

static void
ward_cards_class_init (WardCardsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ward_cards_dispose;
  G_OBJECT_CLASS (klass)->finalize = ward_cards_finalize;
  widget_class->get_request_mode = ward_cards_get_request_mode;
  widget_class->measure = ward_cards_measure;
  widget_class->size_allocate = ward_cards_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "cards");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
ward_cards_init (WardCards *cards)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  cards->cards = g_ptr_array_new ();
  /* before a button takes the arrows for its own */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), cards);
  gtk_widget_add_controller (GTK_WIDGET (cards), keys);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cards), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Beds"), -1);
}
