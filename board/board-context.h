/* board-context.h: what every view is given: the model, the commands, the time and the line.
 *
 * It beats once a second and whenever the line changes: a view then looks at the time again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board-commands.h"
#include "board-model.h"

/* Signal "beat" (). */
G_DECLARE_FINAL_TYPE (BoardContext, board_context, BOARD, CONTEXT, GObject)
#define BOARD_TYPE_CONTEXT (board_context_get_type ())

/* Keeps model and commands alive and carries the model's revision to the commands; source is
 * copied, what it borrows must outlive this. */
BoardContext *
board_context_new (BoardModel *model, BoardCommands *commands, const BoardSource *source);

/* Borrowed. */
BoardModel *
board_context_get_model (BoardContext *context);
BoardCommands *
board_context_get_commands (BoardContext *context);

void
board_context_get_moment (BoardContext *context, BoardMoment *moment);
const BoardSource *
board_context_peek_source (BoardContext *context);
/* A read (bed.find, referral.history …): answered exactly once, never from within. owner: if it is
 * gone by then, answer is not called. params: JSON text. */
typedef void (*BoardRead) (JsonObject *result, const GError *error, gpointer owner);
void
board_context_read (BoardContext *context, const char *method, const char *params, BoardRead answer, GObject *owner);

/* A read about a person, {referral: code}: the answer says about whom, so that one that comes late is not
 * taken for the next one's. */
typedef void (*BoardReadPerson) (JsonObject *result, const GError *error, const char *code, gpointer owner);
void
board_context_read_person (BoardContext *context, const char *method, const char *code, BoardReadPerson answer,
                           GObject *owner);

/* Beats now: the line has changed. */
void
board_context_beat (BoardContext *context);
