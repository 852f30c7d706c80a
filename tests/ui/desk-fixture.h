/* desk-fixture.h: a feed for a desk and the answers of a register, made up but always the same.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board-stage.h"

/* Who is in the feed, in the order of the list. */
typedef enum
{
  DESK_PERSON_NEW, /* to be triaged */
  DESK_PERSON_LATE, /* no bed fits */
  DESK_PERSON_DEMENTIA,
  DESK_PERSON_PLAIN,
  DESK_PERSON_HELD,
  DESK_PERSON_WAITING,
  DESK_PERSON_COMING,
  DESK_PERSON_ARRIVED,
  DESK_N_PEOPLE
} DeskPersonInFeed;

const char *
desk_fixture_code (guint person); /* static */

/* JSON text of feed.snapshot's params. n_people: of DESK_N_PEOPLE, or more of the same kind as
 * WAITING; 0: nobody. Owned by the caller. */
char *
desk_fixture_snapshot (guint n_people);
/* JSON text of feed.changes after which person is as said: members are added to its row. */
char *
desk_fixture_change (guint64 from, guint person, const char *state, const char *members);

/* Answers whatever the view has asked: beds that suit, what happened. Commands are left alone. */
void
desk_fixture_answer (BoardStage *stage);

/* A desk of 1920 × 1080 for this role, with n_people, answered. */
BoardStage *
desk_fixture_open (int width, int height, BedRole role, guint n_people);
