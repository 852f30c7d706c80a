/* board-options.c: reads the command line and the token file. Owns nothing but the strings it fills
 * in; every fault is told in words before anything is opened.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-options.h"

#include <string.h>

#define TOKEN_MAX 4096
#define DEFAULT_SIZE "1920x1080"

void
board_options_clear (BoardOptions *options)
{
  g_clear_pointer (&options->url, g_free);
  g_clear_pointer (&options->token, g_free);
  g_clear_pointer (&options->lap, g_free);
  g_clear_pointer (&options->unit, g_free);
  g_clear_pointer (&options->snapshot, g_free);
}

gboolean
board_options_parse_size (const char *text, int *width, int *height)
{
  const char *cross = strchr (text, 'x');
  g_autofree char *first = cross != NULL ? g_strndup (text, (gsize)(cross - text)) : NULL;
  gint64 across = 0;
  gint64 down = 0;

  if (first == NULL
      || !g_ascii_string_to_signed (first, 10, BOARD_SIZE_MIN, BOARD_SIZE_MAX, &across, NULL)
      || !g_ascii_string_to_signed (cross + 1, 10, BOARD_SIZE_MIN, BOARD_SIZE_MAX, &down, NULL))
    return FALSE;
  *width = (int)across;
  *height = (int)down;
  return TRUE;
}

static gboolean
refuse (GError **error, const char *words)
{
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, words);
  return FALSE;
}

static gboolean
read_token (const char *path, char **token, GError **error)
{
  gsize length = 0;

  if (path == NULL)
    return refuse (error, "--token-file is needed: a file that holds this board's token");
  if (!g_file_get_contents (path, token, &length, error))
    return FALSE;
  g_strstrip (*token);
  if (**token == 0 || length > TOKEN_MAX)
    return refuse (error, "the token file holds no token");
  return TRUE;
}

static gboolean
read_view (const char *word, BoardView *view)
{
  static const char *const words[] = { "wallboard", "desk", "ward" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (word == NULL || g_str_equal (word, words[i]))
      {
        *view = (BoardView)i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
read_privacy (const char *word, WallPrivacy *privacy)
{
  if (word != NULL && !g_str_equal (word, "staff_room") && !g_str_equal (word, "public_corridor"))
    return FALSE;
  *privacy = g_strcmp0 (word, "public_corridor") == 0 ? WALL_PRIVACY_PUBLIC_CORRIDOR
                                                      : WALL_PRIVACY_STAFF_ROOM;
  return TRUE;
}

static gboolean
check (BoardOptions *options, const char *view, const char *size, GError **error)
{
  if (!read_view (view, &options->view))
    return refuse (error, "--view must be wallboard, desk or ward");
  if (options->url == NULL)
    return refuse (error, "--url is needed: for example ws://127.0.0.1:8080/v1/live");
  if (!g_str_has_prefix (options->url, "ws://") && !g_str_has_prefix (options->url, "wss://"))
    return refuse (error, "--url must begin with ws:// or wss://");
  if (!board_options_parse_size (size != NULL ? size : DEFAULT_SIZE, &options->width,
                                 &options->height))
    return refuse (error, "--size must be like 1920x1080, each side from 320 to 8192");
  return TRUE;
}

gboolean
board_options_parse (int *argc, char ***argv, BoardOptions *options, GError **error)
{
  g_autofree char *token_file = NULL;
  g_autofree char *view = NULL;
  g_autofree char *privacy = NULL;
  g_autofree char *size = NULL;
  const GOptionEntry entries[] = {
    { "url", 0, 0, G_OPTION_ARG_STRING, &options->url, "The gateway's WebSocket", "URL" },
    { "token-file", 0, 0, G_OPTION_ARG_FILENAME, &token_file, "File that holds this board's token",
      "FILE" },
    { "view", 0, 0, G_OPTION_ARG_STRING, &view, "wallboard, desk or ward", "VIEW" },
    { "lap", 0, 0, G_OPTION_ARG_STRING, &options->lap, "Local Access Point whose wall this is",
      "ID" },
    { "unit", 0, 0, G_OPTION_ARG_STRING, &options->unit, "Only this unit", "ID" },
    { "privacy", 0, 0, G_OPTION_ARG_STRING, &privacy,
      "Of a wallboard: staff_room, or public_corridor with counts only", "PROFILE" },
    { "fullscreen", 0, 0, G_OPTION_ARG_NONE, &options->is_fullscreen, "Fill the screen", NULL },
    { "snapshot", 0, 0, G_OPTION_ARG_FILENAME, &options->snapshot, "Save one picture and exit",
      "FILE.png" },
    { "size", 0, 0, G_OPTION_ARG_STRING, &size, "Of the picture, or of the window", "1920x1080" },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->shows_version, "Print the version", NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_summary (context, "Homeward's screens: every intermediate-care bed, live.");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (options->shows_version)
    return TRUE;
  if (!read_privacy (privacy, &options->privacy))
    return refuse (error, "--privacy must be staff_room or public_corridor");
  return check (options, view, size, error) && read_token (token_file, &options->token, error);
}
