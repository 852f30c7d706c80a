/* desk-queue.h: who stands in the desk's list, under which heading, in which order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../board-model.h"
#include "../board-source.h"
#include "desk-state.h"

typedef enum
{
  DESK_SECTION_TRIAGE,
  DESK_SECTION_WAITING,
  DESK_SECTION_PAUSED,
  DESK_SECTION_WAY,
  DESK_SECTION_BEDS,
  DESK_SECTION_N
} DeskSection;

/* -1: no longer a desk's. */
int
desk_queue_get_section (const BoardReferral *referral);

/* BoardReferral, borrowed from the model, by section and then by who comes first. A referrer has its
 * own organisation's, whatever the filter; others their LAP's, or all. */
GPtrArray *
desk_queue_list (BoardModel *model, const BoardSession *session, DeskFilter filter);

/* The one before (-1) or after (1) code in the list; the first, or the last, if code is not in it.
 * "" if the list is empty. Borrowed from people. */
const char *
desk_queue_step (const GPtrArray *people, const char *code, int step);
