/* wall-finder.c: an entry and a line of words. Owns its widgets; nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-finder.h"

#include "../board-i18n.h"
#include "wall-find.h"
#include "wall-pad.h"

#include <gdk/gdkkeysyms.h>

#define IDLE_US (30 * G_GINT64_CONSTANT (1000000))

struct _WallFinder
{
  GtkWidget parent_instance;

  /* widgets */
  GtkWidget *box;
  GtkWidget *entry;
  GtkWidget *found;
  GtkWidget *letters; /* for who has no keyboard */

  gint64 idle_since_us; /* monotonic; 0: from the next beat */
};

G_DEFINE_FINAL_TYPE (WallFinder, wall_finder, GTK_TYPE_WIDGET)

enum
{
  SOUGHT,
  TAKEN,
  LEFT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
on_changed (WallFinder *finder)
{
  finder->idle_since_us = 0;
  g_signal_emit (finder, signals[SOUGHT], 0, gtk_editable_get_text (GTK_EDITABLE (finder->entry)));
}

static void
on_activate (WallFinder *finder)
{
  g_signal_emit (finder, signals[TAKEN], 0);
}

static void
stay_open (WallFinder *finder)
{
  finder->idle_since_us = 0;
}

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType modifiers,
        gpointer user_data)
{
  if (key != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  g_signal_emit (user_data, signals[LEFT], 0);
  return GDK_EVENT_STOP;
}

void
wall_finder_open (WallFinder *finder, gboolean is_touched)
{
  gtk_widget_set_visible (finder->letters, is_touched);
  gtk_editable_set_text (GTK_EDITABLE (finder->entry), "");
  gtk_label_set_text (GTK_LABEL (finder->found), _ ("A unit, a code or an outward code"));
  finder->idle_since_us = 0;
  gtk_widget_grab_focus (finder->entry);
}

void
wall_finder_tell (WallFinder *finder, const char *words)
{
  gtk_label_set_text (GTK_LABEL (finder->found), words);
}

void
wall_finder_beat (WallFinder *finder, gint64 monotonic_us)
{
  if (finder->idle_since_us == 0)
    finder->idle_since_us = monotonic_us;
  if (monotonic_us - finder->idle_since_us >= IDLE_US)
    g_signal_emit (finder, signals[LEFT], 0);
}

GtkWidget *
wall_finder_new (void)
{
  return g_object_new (WALL_TYPE_FINDER, "accessible-role", GTK_ACCESSIBLE_ROLE_SEARCH, NULL);
}

static void
wall_finder_dispose (GObject *object)
{
  g_clear_pointer (&WALL_FINDER (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (wall_finder_parent_class)->dispose (object);
}

static void
wall_finder_class_init (WallFinderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wall_finder_dispose;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "wall-finder");
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SOUGHT] = g_signal_new ("sought", WALL_TYPE_FINDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[TAKEN] = g_signal_new ("taken", WALL_TYPE_FINDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  signals[LEFT] = g_signal_new ("left", WALL_TYPE_FINDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
}

static void
wall_finder_init (WallFinder *finder)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  WallPadTouch touch = { G_CALLBACK (stay_open), finder };

  finder->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (finder->box, GTK_WIDGET (finder));
  finder->entry = gtk_entry_new ();
  gtk_entry_set_max_length (GTK_ENTRY (finder->entry), WALL_FIND_MAX);
  gtk_entry_set_icon_from_icon_name (GTK_ENTRY (finder->entry), GTK_ENTRY_ICON_PRIMARY,
                                     "system-search-symbolic");
  gtk_accessible_update_property (GTK_ACCESSIBLE (finder->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Find"), -1);
  g_signal_connect_swapped (finder->entry, "changed", G_CALLBACK (on_changed), finder);
  g_signal_connect_swapped (finder->entry, "activate", G_CALLBACK (on_activate), finder);
  gtk_box_append (GTK_BOX (finder->box), finder->entry);
  finder->found = gtk_label_new ("");
  gtk_label_set_xalign (GTK_LABEL (finder->found), 0);
  gtk_label_set_ellipsize (GTK_LABEL (finder->found), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (finder->found, "found");
  gtk_box_append (GTK_BOX (finder->box), finder->found);
  finder->letters = wall_pad_new_letters (GTK_EDITABLE (finder->entry), &touch);
  gtk_box_append (GTK_BOX (finder->box), finder->letters);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), finder);
  gtk_widget_add_controller (GTK_WIDGET (finder), keys);
  gtk_accessible_update_property (GTK_ACCESSIBLE (finder), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Find"),
                                  -1);
}
