/* desk-draft.h: a referral being written: what is filled in, whether it can be sent, the command.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../board-commands.h"
#include "../board-model.h"

#define DESK_OXYGEN_MAX 15 /* litres a minute that the form offers */

typedef enum
{
  DESK_NEED_OFF,
  DESK_NEED_MUST,
  DESK_NEED_MUST_NOT,
  DESK_NEED_PREFER
} DeskNeedWish;

typedef struct
{
  char referral[BED_CODE_SIZE]; /* "": a new one, else its needs are amended */
  guint64 must;
  guint64 must_not;
  guint64 prefer;
  gint64 ready_us; /* 0: not said */
  guint oxygen_lpm;
  BedLane lane;
  BedPathway pathway;
  BedType type;
  BedWeightBand weight_band;
  BedInfection infection;
  BedAgreement agreed;
  int sex;      /* BedSex, or -1 */
  int age_band; /* BedAgeBand, or -1 */
  char home[8]; /* "NFA": no fixed abode */
  char near[8]; /* a carer's outward code, or "" */
  char source[BED_ID_SIZE];
} DeskDraft;

void
desk_draft_begin (DeskDraft *draft, const BoardSession *session);
void
desk_draft_begin_amend (DeskDraft *draft, const BoardReferral *referral);

DeskNeedWish
desk_draft_get_need (const DeskDraft *draft, BedNeed need);
/* Off, must, must not, prefer, off. */
void
desk_draft_cycle_need (DeskDraft *draft, BedNeed need);

/* An outward code as written ("so51", "SO51 0AA" is too much), or "NFA" in any case, to its
 * canonical form. FALSE if it is none. */
gboolean
desk_draft_parse_district (const char *text, char district[static 8]);
/* "now", "", "14:30" (today) or "tomorrow 9:00". FALSE if it is none of them. */
gboolean
desk_draft_parse_ready (const char *text, gint64 now_us, gint64 *ready_us);

/* The member that keeps it from being sent, and why in words; NULL: it can be sent. Static. */
const char *
desk_draft_check (const DeskDraft *draft, const char **words);

/* The command. Transfer full. */
BoardCommand *
desk_draft_make (const DeskDraft *draft);
