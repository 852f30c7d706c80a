/* wall-stage.h: a wallboard in a window, with a fake clock, line and gateway.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board/board-model.h"
#include "board/wall/wall-board.h"
#include "wall-fixture.h"

typedef struct
{
  BoardMoment moment; /* what the wallboard is told; change it and refresh */
  BoardModel *model;
  BoardContext *context;
  WallPlacing *placing; /* the wallboard's */
  GtkWidget *window;
  WallBoard *wallboard;

  /* the call that was made last, not answered yet */
  char *method;
  char *params;
  BoardAnswer answer;
  gpointer answer_data;
  guint n_calls;
  guint n_keys; /* command keys made */
} WallStage;

/* A window of width × height with the fixture's feed in it, drawn at least once. */
WallStage *
wall_stage_open (int width, int height, WallSize size);
void
wall_stage_close (WallStage *stage);

/* Runs the main loop until something has been drawn again. */
void
wall_stage_draw (WallStage *stage);

/* Runs the main loop until the condition holds; fails the test after five seconds. */
void
wall_stage_wait (gboolean (*holds) (WallStage *stage), WallStage *stage);

/* Applies a change of the feed and lets the wallboard see it. Takes params. */
void
wall_stage_change (WallStage *stage, JsonObject *params);

/* Presses a key at the focus, as if it had been typed. */
void
wall_stage_press (WallStage *stage, guint key);

/* ... with Shift held. */
void
wall_stage_press_shifted (WallStage *stage, guint key);

/* Lets so many seconds pass on every clock, and the wallboard see it. */
void
wall_stage_pass (WallStage *stage, guint seconds);

/* Answers the last call: JSON text of a result, or a refusal with data (JSON text or NULL). */
void
wall_stage_answer (WallStage *stage, const char *result);
void
wall_stage_refuse (WallStage *stage, BedError reason, const char *data);

/* The picture as it is drawn now, saved as NAME.png in $HOMEWARD_PICTURES if that is set. */
GdkTexture *
wall_stage_take (WallStage *stage, const char *name, int width, int height);
