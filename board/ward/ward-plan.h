/* ward-plan.h: what each act asks before it is done, what the answers may be, and the command.
 *
 * Pure: no widget, no clock. A plan has at most two questions, each answered by picking one choice.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../board-commands.h"
#include "ward-steps.h"

#define WARD_QUESTIONS_MAX 3

typedef enum
{
  WARD_ASKS_NOTHING,
  WARD_ASKS_CODE,     /* a reason, all of a word class from `first` on */
  WARD_ASKS_CHOICE,   /* one of the list of ward_plan_list_choices */
  WARD_ASKS_READBACK  /* yes or no, after code, sex, age band and district were read back */
} WardQuestionKind;

typedef struct
{
  WardQuestionKind kind;
  const char *member;    /* of params; NULL for a read-back */
  const char *title;     /* untranslated */
  const BedWords *words; /* CODE */
  guint first;           /* CODE */
  int times;             /* CHOICE: private to ward-plan.c */
} WardQuestion;

typedef struct
{
  char *label; /* as people read it */
  char *value; /* of the member; NULL sets nothing */
} WardChoice;

const WardQuestion *
ward_plan_get_question (WardAct act, guint i); /* NULL: no more */

/* WardChoice, owned by the caller; may be empty. */
GPtrArray *
ward_plan_list_choices (const WardCase *cause, const WardQuestion *question);

/* answers[i]: the value picked for question i, or NULL. The command is not sent. Transfer full. */
BoardCommand *
ward_plan_make_command (const WardCase *cause, WardAct act, const char *const answers[WARD_QUESTIONS_MAX]);

/* On a big button, and in a menu (longer). Translated, static. */
const char *
ward_plan_say_button (const WardCase *cause, WardAct act);
const char *
ward_plan_say_entry (const WardCase *cause, WardAct act);

/* "Code K7Q-M4X", "Female, 75 to 84", "From SO51": what must be the same on the person's papers.
 * Owned by the caller. */
char **
ward_plan_read_back (const WardCase *cause);
