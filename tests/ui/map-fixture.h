/* map-fixture.h: the county as it lies, for the map, the plan, tonight and the handover of a desk.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board-stage.h"

#include "board/desk/desk-state.h"

/* Who is in the feed. */
typedef enum
{
  MAP_PERSON_HELD,    /* in Willow Court, from SO51 */
  MAP_PERSON_WAITING, /* from SO22 */
  MAP_PERSON_FAR,     /* from PO7 */
  MAP_PERSON_NO_TRANSPORT,
  MAP_PERSON_CANCELLED, /* its transport */
  MAP_PERSON_TONIGHT,
  MAP_PERSON_LATE,    /* three hours past its time */
  MAP_PERSON_ARRIVED,
  MAP_N_PEOPLE
} MapPerson;

const char *
map_fixture_code (guint person); /* static */

/* JSON text of feed.snapshot's params. Owned by the caller. */
char *
map_fixture_snapshot (gboolean has_people);
/* bed.find's, queue.plan's and referral.history's answers. Owned by the caller. */
char *
map_fixture_offers (void);
char *
map_fixture_plan (void);
char *
map_fixture_history (guint person);

/* Answers what the view asked, but for commands and queue.plan. */
void
map_fixture_answer (BoardStage *stage);

/* A whole desk, with `person` chosen (MAP_N_PEOPLE: nobody). */
BoardStage *
map_fixture_open (int width, int height, BedRole role, guint person);
