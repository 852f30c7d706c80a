/* board-i18n.c: finds the message catalogues.
 *
 * A program that runs from its build folder has them in ui/po beside board/. Where there is no
 * catalogue for the language, everything is said in British English. Owns nothing; nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-i18n.h"

#include <locale.h>

#define OWN_PATH_LINK "/proc/self/exe"

/* Where the catalogues of a program in its build folder are, or NULL. */
static char *
find_built (void)
{
  g_autofree char *program = g_file_read_link (OWN_PATH_LINK, NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : NULL;
  g_autofree char *catalogues = NULL;

  if (folder == NULL)
    return NULL;
  catalogues = g_build_filename (folder, "..", "ui", "po", NULL);
  return g_file_test (catalogues, G_FILE_TEST_IS_DIR) ? g_steal_pointer (&catalogues) : NULL;
}

void
board_i18n_begin (void)
{
  g_autofree char *built = find_built ();
  const char *named = g_getenv ("HOMEWARD_CATALOGUES");

  setlocale (LC_ALL, "");
  bindtextdomain (BOARD_DOMAIN, named != NULL ? named : built != NULL ? built : BOARD_LOCALEDIR);
  bind_textdomain_codeset (BOARD_DOMAIN, "UTF-8");
  textdomain (BOARD_DOMAIN);
}
