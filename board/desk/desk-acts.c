/* desk-acts.c: one table: act, from which states, who.
 *
 * Mirrors the command table of broker/README.md for the roles that sit at a desk. Pure; nothing can
 * fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-acts.h"

#include "../board-i18n.h"

#define IN(state) (1u << BED_STATE_##state)
#define NEW_OR_WAITING (IN (SUBMITTED) | IN (TRIAGED) | IN (WAITING))
#define BEFORE_ACCEPTED (NEW_OR_WAITING | IN (HELD))
#define COMMITTED (IN (ACCEPTED) | IN (IN_TRANSIT))
#define STAYING (IN (ARRIVED) | IN (THERAPY_STARTED) | IN (READY_TO_LEAVE))
#define LIVING (BEFORE_ACCEPTED | COMMITTED | STAYING | IN (PAUSED))

#define TRIAGING (1u << BED_ROLE_COORDINATOR | 1u << BED_ROLE_CLINICIAN)
#define REFERRING (TRIAGING | 1u << BED_ROLE_REFERRER)

static const struct
{
  const char *word;
  const char *label;
} names[DESK_N_ACTS] = {
#define X(name, word, label) [DESK_ACT_##name] = { word, label },
  DESK_ACTS (X)
#undef X
};

static const struct
{
  guint states;
  guint roles;
} rules[DESK_N_ACTS] = {
  [DESK_ACT_TRIAGE] = { NEW_OR_WAITING, TRIAGING },
  [DESK_ACT_EDIT] = { NEW_OR_WAITING | IN (PAUSED), REFERRING },
  [DESK_ACT_RESPONDED] = { LIVING, TRIAGING },
  [DESK_ACT_AGREED] = { BEFORE_ACCEPTED | IN (PAUSED), REFERRING },
  [DESK_ACT_RESERVE] = { IN (WAITING), REFERRING },
  [DESK_ACT_EXTEND] = { IN (HELD), REFERRING },
  [DESK_ACT_RELEASE] = { IN (HELD), REFERRING },
  [DESK_ACT_EXPECT] = { COMMITTED, REFERRING },
  [DESK_ACT_DEPART] = { IN (ACCEPTED), REFERRING },
  [DESK_ACT_CANCEL] = { COMMITTED, REFERRING },
  [DESK_ACT_LINK] = { NEW_OR_WAITING, REFERRING },
  [DESK_ACT_REDIRECT] = { NEW_OR_WAITING, TRIAGING },
  [DESK_ACT_PAUSE] = { BEFORE_ACCEPTED, REFERRING },
  [DESK_ACT_RESUME] = { IN (PAUSED), REFERRING },
  [DESK_ACT_WITHDRAW] = { BEFORE_ACCEPTED | IN (ACCEPTED) | IN (PAUSED), REFERRING },
  [DESK_ACT_DIED] = { LIVING, REFERRING },
};

const char *
desk_act_word (DeskAct act)
{
  return names[act].word;
}

int
desk_act_parse (const char *word)
{
  for (guint i = 0; i < DESK_N_ACTS; i++)
    if (g_str_equal (names[i].word, word))
      return (int)i;
  return -1;
}

const char *
desk_act_label (DeskAct act)
{
  return _ (names[act].label);
}

/* What the row itself says beyond its state. */
static gboolean
is_wanted (DeskAct act, const BoardReferral *referral)
{
  switch (act)
    {
    case DESK_ACT_RESPONDED:
      return referral->lane == BED_LANE_URGENT && !referral->has_responded;
    case DESK_ACT_AGREED:
      return referral->agreed == BED_AGREED_NOT_YET;
    case DESK_ACT_LINK:
      return referral->with[0] == '\0';
    case DESK_ACT_TRIAGE:
    case DESK_ACT_EDIT:
    case DESK_ACT_RESERVE:
    case DESK_ACT_EXTEND:
    case DESK_ACT_RELEASE:
    case DESK_ACT_EXPECT:
    case DESK_ACT_DEPART:
    case DESK_ACT_CANCEL:
    case DESK_ACT_REDIRECT:
    case DESK_ACT_PAUSE:
    case DESK_ACT_RESUME:
    case DESK_ACT_WITHDRAW:
    case DESK_ACT_DIED:
    case DESK_N_ACTS:
      return TRUE;
    }
  return TRUE;
}

gboolean
desk_act_is_open (DeskAct act, BedRole role, const BoardReferral *referral)
{
  return (rules[act].states >> referral->state & 1) != 0 && (rules[act].roles >> role & 1) != 0
         && is_wanted (act, referral);
}
