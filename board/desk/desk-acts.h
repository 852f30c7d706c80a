/* desk-acts.h: what may be done to a person, by state and by role.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../board-model.h"

/* X (NAME, "word", "label"): a label ending in … asks something first. */
#define DESK_ACTS(X)                                                                               \
  X (TRIAGE, "triage", N_ ("_Triage…"))                                                            \
  X (EDIT, "edit", N_ ("_Edit needs…"))                                                            \
  X (RESPONDED, "responded", N_ ("_First contact made"))                                           \
  X (AGREED, "agreed", N_ ("Person has _agreed"))                                                  \
  X (RESERVE, "reserve", N_ ("_Reserve the picked bed"))                                           \
  X (EXTEND, "extend", N_ ("E_xtend the hold…"))                                                   \
  X (RELEASE, "release", N_ ("Re_lease the hold"))                                                 \
  X (EXPECT, "expect", N_ ("Expected _time and transport…"))                                       \
  X (DEPART, "depart", N_ ("Has _departed"))                                                       \
  X (CANCEL, "cancel", N_ ("_Cancel the placement…"))                                              \
  X (LINK, "link", N_ ("Link a co_uple…"))                                                         \
  X (REDIRECT, "redirect", N_ ("Re_direct…"))                                                      \
  X (PAUSE, "pause", N_ ("_Pause…"))                                                               \
  X (RESUME, "resume", N_ ("Res_ume, ready now"))                                                  \
  X (WITHDRAW, "withdraw", N_ ("_Withdraw…"))                                                      \
  X (DIED, "died", N_ ("_Has died…"))

typedef enum
{
#define X(name, word, label) DESK_ACT_##name,
  DESK_ACTS (X)
#undef X
  DESK_N_ACTS
} DeskAct;

const char *
desk_act_word (DeskAct act);
int
desk_act_parse (const char *word); /* -1: unknown */
const char *
desk_act_label (DeskAct act); /* with a mnemonic, in the reader's language */

/* Whether the register would take it from this role for a person in this state; the register
 * decides, this only spares a refusal. */
gboolean
desk_act_is_open (DeskAct act, BedRole role, const BoardReferral *referral);
