/* ward-steps.h: what can be done about a bed, by whom, and which of it is the next step.
 *
 * Pure: no widget, no clock. The register checks everything again; this only spares people buttons
 * that would be refused.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../board-model.h"

/* X (NAME, "word"): the word names an entry of a card's menu. */
#define WARD_ACTS(X)                                                                               \
  X (NOTHING, "nothing")                                                                           \
  /* one of these may be a card's big button */                                                    \
  X (FILL, "fill")               /* somebody is in a bed that the register has as empty */         \
  X (ACCEPT, "accept")                                                                             \
  X (ARRIVED, "arrived")                                                                           \
  X (LEAVING, "leaving")         /* is expected to be free today */                                \
  X (MOVE_ON, "move-on")         /* the stay grows long: what does it wait for? */                 \
  X (HAS_LEFT, "has-left")                                                                         \
  X (VACATED, "vacated")         /* has left, and the register does not know who */                \
  X (BACK, "back")                                                                                 \
  X (BACK_UNNAMED, "back-unnamed")                                                                 \
  X (START_CLEAN, "start-clean")                                                                   \
  X (READY, "ready")                                                                               \
  X (LIFT, "lift")               /* isolation is over */                                           \
  X (REOPEN, "reopen")                                                                             \
  X (SURGE_OPEN, "surge-open")                                                                     \
  X (SAY_STATE, "say-state")     /* of a bed of which nobody knows */                              \
  /* the rest of the menu */                                                                       \
  X (DECLINE, "decline")                                                                           \
  X (ASSESSING, "assessing")                                                                       \
  X (DEPARTED, "departed")                                                                         \
  X (LATE, "late")                                                                                 \
  X (TURNED_BACK, "turned-back")                                                                   \
  X (NOT_COMING, "not-coming")                                                                     \
  X (EXPECTED_FREE, "expected-free")                                                               \
  X (READY_TO_LEAVE, "ready-to-leave")                                                             \
  X (THERAPY, "therapy")                                                                           \
  X (TO_HOSPITAL, "to-hospital")                                                                   \
  X (HOME_LEAVE, "home-leave")                                                                     \
  X (EXTEND, "extend")                                                                             \
  X (MOVE, "move")                                                                                 \
  X (DIED, "died")                                                                                 \
  X (STILL_SO, "still-so")       /* confirms one bed as it is shown */                             \
  X (CONTAMINATED, "contaminated")                                                                 \
  X (ISOLATE, "isolate")                                                                           \
  X (OUT_OF_ORDER, "out-of-order")                                                                 \
  X (CLOSE, "close")                                                                               \
  X (SURGE_SHUT, "surge-shut")                                                                     \
  X (CORRECT, "correct")                                                                           \
  /* about the whole unit */                                                                       \
  X (CONFIRM_ALL, "confirm-all")                                                                   \
  X (CLOSE_UNIT, "close-unit")                                                                     \
  X (OPEN_UNIT, "open-unit")                                                                       \
  X (CLOSE_BAY, "close-bay")                                                                       \
  X (OPEN_BAY, "open-bay")                                                                         \
  X (STAFF, "staff")             /* for how many beds there are people */                          \
  X (CAPACITY, "capacity")       /* likewise for places without a bed */                           \
  X (SURGE_BED, "surge-bed")     /* opens one of those that are shut */

typedef enum
{
#define X(name, word) WARD_ACT_##name,
  WARD_ACTS (X)
#undef X
  WARD_N_ACTS
} WardAct;

#define WARD_LONGEST_STAY_DAYS 42 /* where neither the person's clock nor the unit says otherwise */
#define WARD_AMBER_DAYS 28

/* A bed, and who asks. All borrowed. */
typedef struct
{
  const BoardUnit *unit;
  const BoardBed *bed;         /* NULL: about the whole unit */
  const BoardReferral *person; /* held, coming or inside, as far as the register knows; or NULL */
  gint64 now_us;
  BedRole role;
} WardCase;

/* About the unit as a whole: WardCase has no bed. */
gboolean
ward_act_is_of_unit (WardAct act);

/* May it be asked for now? */
gboolean
ward_steps_allow (const WardCase *cause, WardAct act);

/* The card's one big button, whoever asks; NOTHING where no step is next. */
WardAct
ward_steps_find_next (const WardCase *cause);

/* Which day of the stay, from 1, and of how many; FALSE if the register knows of none. */
gboolean
ward_steps_get_day (const WardCase *cause, guint *day, guint *of, gboolean *is_long);

const char *
ward_act_word (WardAct act);
int
ward_act_parse (const char *word); /* -1: none */
