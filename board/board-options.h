/* board-options.h: the command line of homeward-board, over the desktop's settings.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board-settings.h"

typedef struct
{
  /* owned */
  char *url;
  char *token;
  char *lap;
  char *unit;
  char *snapshot; /* path, or NULL */

  BoardView view;
  BoardPrivacy privacy;
  BoardNight night;
  BoardOrder order;
  int text_scale; /* per cent */
  int width;      /* of the snapshot */
  int height;
  gboolean is_fullscreen;
  gboolean shows_version;
} BoardOptions;

#define BOARD_SIZE_MIN 320
#define BOARD_SIZE_MAX 8192

void
board_options_clear (BoardOptions *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BoardOptions, board_options_clear)

/* What the command line does not say is as settings has it. Errors: G_OPTION_ERROR and G_FILE_ERROR,
 * with words for people. --help exits. */
gboolean
board_options_parse (int *argc, char ***argv, const BoardSettings *settings, BoardOptions *options, GError **error);

/* "1920x1080" */
gboolean
board_options_parse_size (const char *text, int *width, int *height);
