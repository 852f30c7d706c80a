/* live-stage.h: a view over a real client, gateway and broker, in a window; and somebody else, at a
 * gateway of their own, who goes on while the view's is gone and can be asked what the register knows.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "stage-keys.h"

#include "board/board-client.h"
#include "tests/integration/town.h"

/* Which view, and whose. */
typedef struct
{
  StageMakeView make_view;
  const char *style; /* "style.css", "desk.css", "ward.css" */
  const char *token; /* TOWN_… */
  const char *scope; /* of feed.subscribe, JSON text */
  const char *lap;
  gboolean queues; /* as of board_commands_new */
} LiveKind;

typedef struct
{
  BoardStage stage; /* its moment, calls and keys are not used: they are the gateway's */
  Town *town;       /* with the view's gateway */
  Town elsewhere;   /* the other gateway, of the same broker */
  BedLive *other;   /* a coordinator there */
  BoardClient *client;
  gint64 ahead_us; /* the view's clock before the real one */
} LiveStage;

/* A town of beds that are free and ready, and the view once it shows them. */
LiveStage *
live_stage_open (const LiveKind *kind, guint beds);
void
live_stage_close (LiveStage *live);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiveStage, live_stage_close)

/* --- waiting: each fails the test after TOWN_WAIT_MS and names what it waited for --- */

typedef gboolean (*LiveHolds) (LiveStage *live, const char *wanted);

/* Until it holds, and has been drawn. */
void
live_stage_wait (LiveStage *live, LiveHolds holds, const char *wanted);
/* Until a bed is shown so; until the line is live, or is not. */
void
live_stage_wait_display (LiveStage *live, const char *bed, BedDisplay display);
void
live_stage_wait_line (LiveStage *live, gboolean is_live);
/* Until somebody sees these words (or this CSS class, as of board_stage_find), or no longer does. */
void
live_stage_wait_words (LiveStage *live, const char *words);
void
live_stage_wait_no_words (LiveStage *live, const char *words);

BedDisplay
live_stage_get_display (LiveStage *live, const char *bed);
/* The view's clock goes on at once by this much. */
void
live_stage_pass (LiveStage *live, gint64 us);

/* --- trouble --- */

/* Kills the view's gateway, or the broker, at once, and waits until the view has noticed. */
void
live_stage_lose_gateway (LiveStage *live);
void
live_stage_lose_broker (LiveStage *live);
/* The register does what is asked by ask (live, wanted), but its answer dies with the gateway. */
void
live_stage_lose_answer (LiveStage *live, void (*ask) (LiveStage *live, const char *wanted), const char *wanted);
/* Whichever was killed is there again, and the view is live. */
void
live_stage_mend (LiveStage *live);

/* --- somebody else --- */

/* One command that must be done; format: its params without the key, ' for ". */
void
live_stage_tell (LiveStage *live, const char *method, const char *format, ...) G_GNUC_PRINTF (3, 4);
/* Refers a woman who waits for a bed; her code, owned. */
char *
live_stage_refer (LiveStage *live);
/* What the register says of her beds, oldest first and without proposals, with reasons:
 * "placement.placed placement.declined:no_staff". */
void
live_stage_assert_history (LiveStage *live, const char *code, const char *events);
void
live_stage_wait_history (LiveStage *live, const char *code, const char *events);
/* All that a user has done, as it stands in the journal: "bed.filled u0-00, undone u0-00". */
void
live_stage_assert_journal (LiveStage *live, const char *user, const char *events);
void
live_stage_wait_journal (LiveStage *live, const char *user, const char *events);
