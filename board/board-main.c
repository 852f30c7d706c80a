/* board-main.c: homeward-board: the screens. Exit status: 0 done, 1 no picture could be taken,
 * 2 usage.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-application.h"
#include "board-i18n.h"

/* What is drawn by cairo has no use for OpenGL, and to look for it is a third of a start. */
static void
leave_gl_alone (void)
{
  if (g_strcmp0 (g_getenv ("GSK_RENDERER"), "cairo") == 0)
    g_setenv ("GDK_DEBUG", "gl-disable", FALSE);
}

int
main (int argc, char **argv)
{
  g_auto (BoardOptions) options = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (BoardApplication) application = NULL;
  g_autoptr (GSettings) stored = NULL;
  g_auto (BoardSettings) settings = { 0 };

  leave_gl_alone ();
  board_i18n_begin ();
  stored = board_settings_open (NULL, NULL);
  board_settings_read (stored, &settings);
  if (!board_options_parse (&argc, &argv, &settings, &options, &error))
    {
      g_printerr ("homeward-board: %s\n", error->message);
      return 2;
    }
  if (options.shows_version)
    {
      g_print ("homeward-board %s\n", HOMEWARD_VERSION);
      return 0;
    }
  application = board_application_new (&options);
  if (g_application_run (G_APPLICATION (application), 1, argv) != 0)
    return 1;
  return board_application_get_status (application);
}
