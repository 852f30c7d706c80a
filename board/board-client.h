/* board-client.h: binds the WebSocket to the model: the only part of a board that knows of a
 * gateway.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board-model.h"
#include "board-source.h"

G_DECLARE_FINAL_TYPE (BoardClient, board_client, BOARD, CLIENT, GObject)
#define BOARD_TYPE_CLIENT (board_client_get_type ())

/* model is kept alive. scope: JSON text of feed.subscribe's params. Signal "line" (): the line's
 * state may have changed. */
BoardClient *
board_client_new (const char *url, const char *token, const char *scope, BoardModel *model);

void
board_client_start (BoardClient *client);

/* For views and placing: borrows client. */
BoardSource
board_client_get_source (BoardClient *client);

/* A BoardMakeKey; user_data is the client. */
void
board_client_make_key (char *key, gsize size, gpointer user_data);

/* Why there is no picture yet, in words. */
const char *
board_client_peek_fault (BoardClient *client);
