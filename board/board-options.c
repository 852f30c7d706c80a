/* board-options.c: reads the command line and the token file. Owns nothing but the strings it fills
 * in; every fault is told in words before anything is opened.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-options.h"

#include "board-i18n.h"

#include <string.h>

#define TOKEN_MAX 4096
#define DEFAULT_SIZE "1920x1080"

/* What was typed, before it is read. Owned. */
typedef struct
{
  char *token_file;
  char *view;
  char *size;
  char *privacy;
  char *night;
  char *order;
  int text_scale; /* 0: not said */
} Words;

static void
words_clear (Words *words)
{
  g_free (words->token_file);
  g_free (words->view);
  g_free (words->size);
  g_free (words->privacy);
  g_free (words->night);
  g_free (words->order);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Words, words_clear)

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
    return refuse (error, _ ("--token-file is needed: a file that holds this board's token"));
  if (!g_file_get_contents (path, token, &length, error))
    return FALSE;
  g_strstrip (*token);
  if (**token == 0 || length > TOKEN_MAX)
    return refuse (error, _ ("the token file holds no token"));
  return TRUE;
}

static void
take_settings (BoardOptions *options, const BoardSettings *settings)
{
  if (options->url == NULL)
    options->url = g_strdup (settings->url);
  if (options->lap == NULL)
    options->lap = g_strdup (settings->lap);
  if (options->unit == NULL)
    options->unit = g_strdup (settings->unit);
  options->view = settings->view;
  options->privacy = settings->privacy;
  options->night = settings->night;
  options->order = settings->order;
  options->text_scale = settings->text_scale;
}

static gboolean
check (BoardOptions *options, const Words *words, GError **error)
{
  if (words->view != NULL && !board_settings_parse_view (words->view, &options->view))
    return refuse (error, _ ("--view must be wallboard, desk or ward"));
  if (words->privacy != NULL && !board_settings_parse_privacy (words->privacy, &options->privacy))
    return refuse (error, _ ("--privacy must be staff_room or public_corridor"));
  if (words->night != NULL && !board_settings_parse_night (words->night, &options->night))
    return refuse (error, _ ("--night must be auto, on or off"));
  if (words->order != NULL && !board_settings_parse_order (words->order, &options->order))
    return refuse (error, _ ("--order must be distance or area"));
  if (words->text_scale != 0)
    options->text_scale = words->text_scale;
  if (options->text_scale < BOARD_TEXT_SCALE_MIN || options->text_scale > BOARD_TEXT_SCALE_MAX)
    return refuse (error, _ ("--text-scale must be from 100 to 200"));
  if (options->url == NULL)
    return refuse (error, _ ("--url is needed: for example ws://127.0.0.1:8080/v1/live"));
  if (!g_str_has_prefix (options->url, "ws://") && !g_str_has_prefix (options->url, "wss://"))
    return refuse (error, _ ("--url must begin with ws:// or wss://"));
  if (!board_options_parse_size (words->size != NULL ? words->size : DEFAULT_SIZE, &options->width, &options->height))
    return refuse (error, _ ("--size must be like 1920x1080, each side from 320 to 8192"));
  return TRUE;
}

static gboolean
read_arguments (int *argc, char ***argv, BoardOptions *options, Words *words, GError **error)
{
  const GOptionEntry entries[] = {
    { "url", 0, 0, G_OPTION_ARG_STRING, &options->url, N_ ("The gateway's WebSocket"), N_ ("URL") },
    { "token-file", 0, 0, G_OPTION_ARG_FILENAME, &words->token_file, N_ ("File that holds this board's token"), N_ ("FILE") },
    { "view", 0, 0, G_OPTION_ARG_STRING, &words->view, N_ ("wallboard, desk or ward"), N_ ("VIEW") },
    { "lap", 0, 0, G_OPTION_ARG_STRING, &options->lap, N_ ("Local Access Point whose wall this is"), N_ ("ID") },
    { "unit", 0, 0, G_OPTION_ARG_STRING, &options->unit, N_ ("Only this unit"), N_ ("ID") },
    { "privacy", 0, 0, G_OPTION_ARG_STRING, &words->privacy, N_ ("staff_room or public_corridor"), N_ ("PROFILE") },
    { "night", 0, 0, G_OPTION_ARG_STRING, &words->night, N_ ("Dim the wallboard: auto, on or off"), N_ ("WHEN") },
    { "order", 0, 0, G_OPTION_ARG_STRING, &words->order, N_ ("Of the units: distance or area"), N_ ("ORDER") },
    { "text-scale", 0, 0, G_OPTION_ARG_INT, &words->text_scale, N_ ("Size of text of desk and ward, 100 to 200"), N_ ("PERCENT") },
    { "fullscreen", 0, 0, G_OPTION_ARG_NONE, &options->is_fullscreen, N_ ("Fill the screen"), NULL },
    { "snapshot", 0, 0, G_OPTION_ARG_FILENAME, &options->snapshot, N_ ("Save one picture and exit"), N_ ("FILE.png") },
    { "size", 0, 0, G_OPTION_ARG_STRING, &words->size, N_ ("Of the picture, or of the window"), "1920x1080" },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->shows_version, N_ ("Print the version"), NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_translation_domain (context, BOARD_DOMAIN);
  g_option_context_set_summary (context, N_ ("Homeward's screens: every intermediate-care bed, live."));
  g_option_context_set_description (
      context, N_ ("What is not said here is as the desktop's settings have it (gsettings list-recursively uk.nhs.homeward.Board)."));
  g_option_context_add_main_entries (context, entries, BOARD_DOMAIN);
  return g_option_context_parse (context, argc, argv, error);
}

gboolean
board_options_parse (int *argc, char ***argv, const BoardSettings *settings, BoardOptions *options, GError **error)
{
  g_auto (Words) words = { 0 };

  if (!read_arguments (argc, argv, options, &words, error))
    return FALSE;
  if (options->shows_version)
    return TRUE;
  take_settings (options, settings);
  return check (options, &words, error)
         && read_token (words.token_file != NULL ? words.token_file : settings->token_file, &options->token, error);
}
