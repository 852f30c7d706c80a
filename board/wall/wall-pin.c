/* wall-pin.c: two entries, a pad of digits and two buttons in a panel; letters instead of the digits
 * while somebody without a keyboard says who they are. Owns its widgets; remembers no PIN.
 *
 * What is not a digit never gets into the PIN. Left alone it closes by itself, and nothing typed
 * stays behind. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-pin.h"

#include "../board-i18n.h"
#include "common/bed-layout.h"
#include "wall-pad.h"

#include <gdk/gdkkeysyms.h>
#include <string.h>

struct _WallPin
{
  GtkWidget parent_instance;

  /* widgets */
  GtkWidget *box;
  GtkWidget *title;
  GtkWidget *place;
  GtkWidget *what;
  GtkWidget *refusal;
  GtkWidget *user;
  GtkWidget *pin;
  GtkWidget *pad;
  GtkWidget *letters;

  gboolean is_touched; /* no key was pressed last, but a finger */
  gint64 idle_since_us; /* monotonic; 0: from the next beat */
};

G_DEFINE_FINAL_TYPE (WallPin, wall_pin, GTK_TYPE_WIDGET)

enum
{
  GIVEN,
  CANCELLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
give (WallPin *pin)
{
  g_autofree char *user = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (pin->user))));
  g_autofree char *code = g_strdup (gtk_editable_get_text (GTK_EDITABLE (pin->pin)));

  if (*user == 0)
    {
      gtk_widget_grab_focus (pin->user);
      return;
    }
  if (*code == 0)
    {
      gtk_widget_grab_focus (pin->pin);
      return;
    }
  gtk_editable_set_text (GTK_EDITABLE (pin->pin), "");
  g_signal_emit (pin, signals[GIVEN], 0, user, code);
  explicit_bzero (code, strlen (code));
}

static void
cancel (WallPin *pin)
{
  gtk_editable_set_text (GTK_EDITABLE (pin->pin), "");
  g_signal_emit (pin, signals[CANCELLED], 0);
}

/* A key, a touch, a letter. */
static void
stay_open (WallPin *pin)
{
  pin->idle_since_us = 0;
}

void
wall_pin_beat (WallPin *pin, gint64 monotonic_us)
{
  if (pin->idle_since_us == 0)
    pin->idle_since_us = monotonic_us;
  if (monotonic_us - pin->idle_since_us < WALL_PIN_IDLE_US)
    return;
  gtk_editable_set_text (GTK_EDITABLE (pin->user), "");
  cancel (pin);
}

static void
on_insert (GtkEditable *editable, const char *text, int length, int *position, gpointer user_data)
{
  for (int i = 0; i < length; i++)
    if (!g_ascii_isdigit (text[i]))
      {
        g_signal_stop_emission_by_name (editable, "insert-text");
        return;
      }
  if (gtk_editable_get_text (editable) != NULL
      && strlen (gtk_editable_get_text (editable)) + (gsize)length > WALL_PIN_LENGTH_MAX)
    g_signal_stop_emission_by_name (editable, "insert-text");
}

/* Letters for the user's id, digits for the PIN. */
static void
choose_pad (WallPin *pin)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (pin));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean is_user = focus != NULL && gtk_widget_is_ancestor (focus, pin->user);

  gtk_widget_set_visible (pin->letters, pin->is_touched && is_user);
  gtk_widget_set_visible (pin->pad, !(pin->is_touched && is_user));
}

void
wall_pin_set_touched (WallPin *pin, gboolean is_touched)
{
  pin->is_touched = is_touched;
  choose_pad (pin);
}

static void
on_touched (WallPin *pin)
{
  wall_pin_set_touched (pin, TRUE);
}

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType modifiers,
        gpointer user_data)
{
  stay_open (user_data);
  if (key != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  cancel (user_data);
  return GDK_EVENT_STOP;
}

static GtkWidget *
add_label (WallPin *pin, const char *words, const char *style)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (pin->box), label);
  return label;
}

static void
name (GtkWidget *widget, GtkWidget *label, const char *words)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  label, NULL, -1);
}

static void
add_entries (WallPin *pin)
{
  WallPadTouch touch = { G_CALLBACK (stay_open), pin };
  GtkWidget *label = add_label (pin, _ ("User"), "caption");
  GtkEditable *delegate;

  pin->user = gtk_entry_new ();
  gtk_entry_set_max_length (GTK_ENTRY (pin->user), BED_ID_SIZE - 1);
  g_signal_connect_swapped (pin->user, "activate", G_CALLBACK (give), pin);
  g_signal_connect_swapped (pin->user, "changed", G_CALLBACK (stay_open), pin);
  gtk_box_append (GTK_BOX (pin->box), pin->user);
  name (pin->user, label, _ ("User"));

  label = add_label (pin, _ ("PIN"), "caption");
  pin->pin = gtk_password_entry_new ();
  g_signal_connect_swapped (pin->pin, "activate", G_CALLBACK (give), pin);
  g_signal_connect_swapped (pin->pin, "changed", G_CALLBACK (stay_open), pin);
  delegate = gtk_editable_get_delegate (GTK_EDITABLE (pin->pin));
  g_signal_connect (delegate, "insert-text", G_CALLBACK (on_insert), pin);
  if (GTK_IS_TEXT (delegate))
    gtk_text_set_input_purpose (GTK_TEXT (delegate), GTK_INPUT_PURPOSE_PIN);
  gtk_box_append (GTK_BOX (pin->box), pin->pin);
  name (pin->pin, label, _ ("PIN"));
  pin->pad = wall_pad_new (GTK_EDITABLE (pin->pin), &touch);
  gtk_box_append (GTK_BOX (pin->box), pin->pad);
  pin->letters = wall_pad_new_letters (GTK_EDITABLE (pin->user), &touch);
  gtk_widget_set_visible (pin->letters, FALSE);
  gtk_box_append (GTK_BOX (pin->box), pin->letters);
}

static void
add_buttons (WallPin *pin)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *back = gtk_button_new_with_label (_ ("Go back"));

  pin->place = gtk_button_new_with_label ("");
  gtk_widget_add_css_class (pin->place, "place");
  gtk_box_set_homogeneous (GTK_BOX (row), TRUE);
  g_signal_connect_swapped (back, "clicked", G_CALLBACK (cancel), pin);
  g_signal_connect_swapped (pin->place, "clicked", G_CALLBACK (give), pin);
  gtk_box_append (GTK_BOX (row), back);
  gtk_box_append (GTK_BOX (row), pin->place);
  gtk_widget_add_css_class (row, "buttons");
  gtk_box_append (GTK_BOX (pin->box), row);
}

void
wall_pin_ask (WallPin *pin, gboolean is_undo, const char *what, const char *user,
              const char *refusal)
{
  const char *title = is_undo ? _ ("Who takes this back?") : _ ("Who is placing?");

  g_return_if_fail (WALL_IS_PIN (pin));
  gtk_label_set_text (GTK_LABEL (pin->title), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (pin), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_button_set_label (GTK_BUTTON (pin->place), is_undo ? _ ("Take back") : _ ("Place"));
  gtk_label_set_text (GTK_LABEL (pin->what), what);
  gtk_label_set_text (GTK_LABEL (pin->refusal), refusal);
  gtk_widget_set_visible (pin->refusal, *refusal != 0);
  gtk_editable_set_text (GTK_EDITABLE (pin->user), user);
  gtk_editable_set_text (GTK_EDITABLE (pin->pin), "");
  stay_open (pin);
  gtk_widget_grab_focus (*user == 0 ? pin->user : pin->pin);
  choose_pad (pin);
}

static void
wall_pin_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wall_pin_parent_class)->root (widget);
  g_signal_connect_object (gtk_widget_get_root (widget), "notify::focus-widget",
                           G_CALLBACK (choose_pad), widget, G_CONNECT_SWAPPED);
}

static void
wall_pin_unroot (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_data (gtk_widget_get_root (widget), widget);
  GTK_WIDGET_CLASS (wall_pin_parent_class)->unroot (widget);
}

GtkWidget *
wall_pin_new (void)
{
  return g_object_new (WALL_TYPE_PIN, "accessible-role", GTK_ACCESSIBLE_ROLE_DIALOG, NULL);
}

static void
wall_pin_dispose (GObject *object)
{
  g_clear_pointer (&WALL_PIN (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (wall_pin_parent_class)->dispose (object);
}

static void
wall_pin_class_init (WallPinClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wall_pin_dispose;
  GTK_WIDGET_CLASS (klass)->root = wall_pin_root;
  GTK_WIDGET_CLASS (klass)->unroot = wall_pin_unroot;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "wall-pin");
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[GIVEN] = g_signal_new ("given", WALL_TYPE_PIN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 2, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE,
                                 G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);
  signals[CANCELLED] = g_signal_new ("cancelled", WALL_TYPE_PIN, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 0);
}

static void
wall_pin_init (WallPin *pin)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *touch = gtk_gesture_click_new ();

  pin->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (pin->box, GTK_WIDGET (pin));
  pin->title = add_label (pin, "", "title");
  pin->what = add_label (pin, "", "what");
  pin->refusal = add_label (pin, "", "refusal");
  add_entries (pin);
  add_buttons (pin);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), pin);
  gtk_widget_add_controller (GTK_WIDGET (pin), keys);
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (touch), TRUE);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (touch), GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (touch, "pressed", G_CALLBACK (on_touched), pin);
  gtk_widget_add_controller (GTK_WIDGET (pin), GTK_EVENT_CONTROLLER (touch));
}
