/* board-settings.h: what a board remembers between two starts: the desktop's GSettings, with the
 * schema of data/uk.nhs.homeward.Board.gschema.xml.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#define BOARD_SETTINGS_ID "uk.nhs.homeward.Board"

typedef enum
{
  BOARD_VIEW_WALLBOARD,
  BOARD_VIEW_DESK,
  BOARD_VIEW_WARD,
  BOARD_N_VIEWS
} BoardView;

typedef enum
{
  BOARD_PRIVACY_STAFF_ROOM,
  BOARD_PRIVACY_PUBLIC_CORRIDOR, /* beds, and nothing of people */
  BOARD_N_PRIVACIES
} BoardPrivacy;

typedef enum
{
  BOARD_NIGHT_AUTO, /* by the hour */
  BOARD_NIGHT_ON,
  BOARD_NIGHT_OFF,
  BOARD_N_NIGHTS
} BoardNight;

typedef enum
{
  BOARD_ORDER_DISTANCE,
  BOARD_ORDER_AREA,
  BOARD_N_ORDERS
} BoardOrder;

/* per cent */
#define BOARD_TEXT_SCALE_MIN 100
#define BOARD_TEXT_SCALE_MAX 200

typedef struct
{
  /* owned; NULL: not set */
  char *url;
  char *token_file;
  char *lap;
  char *unit;

  BoardView view;
  BoardPrivacy privacy;
  BoardNight night;
  BoardOrder order;
  int text_scale;
} BoardSettings;

void
board_settings_clear (BoardSettings *settings);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BoardSettings, board_settings_clear)

/* The words of the command line and of the schema: TRUE and the value if word is one of them. */
gboolean
board_settings_parse_view (const char *word, BoardView *view);
gboolean
board_settings_parse_privacy (const char *word, BoardPrivacy *privacy);
gboolean
board_settings_parse_night (const char *word, BoardNight *night);
gboolean
board_settings_parse_order (const char *word, BoardOrder *order);

/* The stored settings, or NULL where no schema is installed (a build folder, a kiosk): everything is
 * then as without them. source: NULL or where schemas are; backend: NULL takes the desktop's. */
GSettings *
board_settings_open (GSettingsSchemaSource *source, GSettingsBackend *backend);

/* Fills all of settings; from stored, which may be NULL and may be of an older schema. */
void
board_settings_read (GSettings *stored, BoardSettings *settings);
