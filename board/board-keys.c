/* board-keys.c: the tables of keys (a ward's is its own), and the window that shows them.
 *
 * GTK 4.8 can fill a shortcuts window only from a description, so one is written and built here.
 * Owns nothing; a description that GTK does not take ends the program, and test-board-keys finds it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-keys.h"

#include "board-i18n.h"
#include "ward/ward-keys.h"

static const BoardKey wallboard[] = {
  { "1...9", N_ ("Pick that offer") },
  { "Return", N_ ("Place the person there, with your PIN") },
  { "Escape", N_ ("Go back; close what is open") },
  { "U", N_ ("Take back your last placing, for a minute") },
  { "W", N_ ("Why no bed fits") },
  { "R", N_ ("Units to call first") },
  { "slash", N_ ("Find a unit, a code or an outward code") },
  { "Up Down Page_Up Page_Down", N_ ("Move in the queue, or among units") },
  { "Tab", N_ ("Queue, units, ticker") },
  { "F", N_ ("Free beds only") },
  { "N <Shift>n", N_ ("Next need that a free bed meets; any") },
  { "O", N_ ("Order by area, or by distance") },
  { "B", N_ ("Big: units of this area") },
  { "L", N_ ("Letters instead of silhouettes") },
  { "question", N_ ("These keys") },
};

static const BoardKey desk[] = {
  { "<Control>n", N_ ("New referral") },
  { "<Control>f slash", N_ ("Find a referral") },
  { "J K", N_ ("Next and previous referral") },
  { "R", N_ ("Reserve the best bed") },
  { "<Control>z", N_ ("Take back the last change, within a minute") },
  { "1...9", N_ ("Pick a reason or a time from a list") },
  { "Escape", N_ ("Back to the person; close a list") },
  { "question", N_ ("These keys") },
};

static const BoardKey everywhere[] = {
  { "F11", N_ ("Full screen") },
  { "F1 <Control>question", N_ ("All keys") },
  { "<Control>q", N_ ("Quit") },
};

const BoardKey *
board_keys_get (BoardView view, guint *n_keys)
{
  switch (view)
    {
    case BOARD_VIEW_WALLBOARD:
      *n_keys = G_N_ELEMENTS (wallboard);
      return wallboard;
    case BOARD_VIEW_DESK:
      *n_keys = G_N_ELEMENTS (desk);
      return desk;
    case BOARD_VIEW_WARD:
      return ward_keys_get (n_keys);
    case BOARD_N_VIEWS:
      break;
    }
  *n_keys = G_N_ELEMENTS (everywhere);
  return everywhere;
}

const char *
board_keys_get_title (BoardView view)
{
  switch (view)
    {
    case BOARD_VIEW_WALLBOARD:
      return _ ("Wallboard");
    case BOARD_VIEW_DESK:
      return _ ("Desk");
    case BOARD_VIEW_WARD:
      return _ ("Ward");
    case BOARD_N_VIEWS:
      break;
    }
  return _ ("Every screen");
}

static void
describe_group (GString *text, BoardView view)
{
  guint n_keys = 0;
  const BoardKey *keys = board_keys_get (view, &n_keys);
  g_autofree char *head = g_markup_printf_escaped (
      "<child><object class='GtkShortcutsGroup'><property name='title'>%s</property>", board_keys_get_title (view));

  g_string_append (text, head);
  for (guint i = 0; i < n_keys; i++)
    {
      g_autofree char *row = g_markup_printf_escaped (
          "<child><object class='GtkShortcutsShortcut'><property name='accelerator'>%s</property>"
          "<property name='title'>%s</property></object></child>",
          keys[i].accelerator, _ (keys[i].words));

      g_string_append (text, row);
    }
  g_string_append (text, "</object></child>");
}

GtkWidget *
board_keys_new_window (BoardView view)
{
  g_autoptr (GString) text = g_string_new ("<interface><object class='GtkShortcutsWindow' id='window'>"
                                           "<property name='modal'>1</property><child>"
                                           "<object class='GtkShortcutsSection'><property name='max-height'>12</property>");
  g_autoptr (GtkBuilder) builder = NULL;
  GtkWidget *window;

  describe_group (text, view);
  describe_group (text, BOARD_N_VIEWS);
  g_string_append (text, "</object></child></object></interface>");
  builder = gtk_builder_new_from_string (text->str, (gssize)text->len);
  window = GTK_WIDGET (gtk_builder_get_object (builder, "window"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (window), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Keys"), -1);
  return window;
}
