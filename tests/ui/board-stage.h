/* board-stage.h: a desk or a ward in a window, with a fake clock, line and gateway.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board/board-context.h"

#include <gtk/gtk.h>

#define STAGE_NOW_US G_GINT64_CONSTANT (1795347720000000) /* Sunday 22 November 2026, 11:42 */

/* A call that the view has made. */
typedef struct
{
  char *method;
  char *params;
  BoardAnswer answer; /* NULL once it is answered */
  gpointer answer_data;
} StageCall;

typedef struct
{
  BoardMoment moment; /* what the view is told: change it and beat */
  BoardModel *model;
  BoardCommands *commands;
  BoardContext *context;
  GtkWidget *window;
  GtkWidget *view;
  GPtrArray *calls; /* StageCall, oldest first */
  guint n_keys;
  guint log_handlers[2];
} BoardStage;

/* Makes the view to be tried. */
typedef GtkWidget *(*StageMakeView) (BoardContext *context);

/* A light window of width × height, drawn once it has taken snapshot (params of feed.snapshot, JSON
 * text). style: "desk.css", "ward.css". queues: as of board_commands_new. */
BoardStage *
board_stage_open (int width, int height, StageMakeView make_view, const char *style, gboolean queues,
                  const char *snapshot);
void
board_stage_close (BoardStage *stage);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BoardStage, board_stage_close)

/* The parts of opening and closing, for a stage over another source of model, commands and context
 * (live-stage): they are made between begin and show. style "style.css" is the wallboard's, dark. */
void
board_stage_begin (BoardStage *stage);
void
board_stage_show (BoardStage *stage, int width, int height, StageMakeView make_view, const char *style);
void
board_stage_end (BoardStage *stage);

/* Applies a notification of the feed (JSON text of its params) and draws. */
void
board_stage_tell (BoardStage *stage, const char *method, const char *params);
/* Gives it another snapshot (JSON text) and waits until the view may show it. */
void
board_stage_replace (BoardStage *stage, const char *snapshot);
/* Lets the view look at the moment again, and draws. */
void
board_stage_beat (BoardStage *stage);
/* Runs the main loop until everything has been drawn again. */
void
board_stage_draw (BoardStage *stage);
/* Runs the main loop until the condition holds; fails the test after five seconds. */
void
board_stage_wait (gboolean (*holds) (BoardStage *stage), BoardStage *stage);

/* The newest call of this method that is not answered yet, or NULL. */
StageCall *
board_stage_find_call (BoardStage *stage, const char *method);
/* A member of its params as text: strings as they are, others as JSON; "" if missing. Owned by the caller. */
char *
board_stage_get_param (const StageCall *call, const char *name);
/* Answers it, from the main loop: JSON text of a result, or a refusal with data (JSON text or NULL). */
void
board_stage_answer (BoardStage *stage, StageCall *call, const char *result);
void
board_stage_refuse (BoardStage *stage, StageCall *call, BedError reason, const char *data);

/* The first descendant that is visible and has this CSS class, or whose label, text or accessible
 * button label is these words; or NULL. */
GtkWidget *
board_stage_find (BoardStage *stage, const char *words);
/* The first widget of this type, from widget inwards, seen or not; or NULL. */
GtkWidget *
board_stage_find_type (GtkWidget *widget, GType type);
/* Activates it as a click would; the test fails if it is not there or not sensitive. */
void
board_stage_click (BoardStage *stage, const char *words);

/* The picture as it is drawn now, saved as NAME.png in $HOMEWARD_PICTURES if that is set. Owned by
 * the caller. */
GdkTexture *
board_stage_take (BoardStage *stage, const char *name);
