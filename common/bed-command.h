/* bed-command.h: what somebody wants: a method, its facts, who asks, and the key that makes asking
 * twice harmless.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bed-facts.h"

/* X (NAME, "method") in the order of contract.md. The last ones are the clock's and the
 * importer's own; no client may send them. */
#define BED_METHODS(X)                                                                             \
  X (BED_REPORT, "bed.report") X (BED_CLOSE, "bed.close") X (BED_OPEN, "bed.open")                   \
  X (UNIT_CONFIRM, "unit.confirm") X (REFERRAL_SUBMIT, "referral.submit")                          \
  X (PLACEMENT_PLACE, "placement.place") X (HOLD_TAKE, "hold.take")                                \
  X (HOLD_RELEASE, "hold.release") X (PLACEMENT_ACCEPT, "placement.accept")                        \
  X (PLACEMENT_ARRIVE, "placement.arrive") X (PLACEMENT_LEAVE, "placement.leave")                  \
  X (IMPORT, "reference.import") X (HOLD_EXPIRE, "hold.expire") X (UNIT_STALE, "unit.stale")         \
  X (CLOCK_BREACH, "clock.breach") X (OFFER_MAKE, "offer.make") X (UNIT_EFFECT, "unit.effect")       \
  X (QUARTER_PASS, "quarter.pass")

typedef enum
{
#define X(name, word) BED_METHOD_##name,
  BED_METHODS (X)
#undef X
  BED_N_METHODS
} BedMethod;

/* Who asks: filled in by the broker from a session, never from params. */
typedef struct
{
  char user[BED_ID_SIZE];
  guint8 role;             /* BedRole */
  char lap[BED_ID_SIZE];   /* scope, or "" */
  char unit[BED_ID_SIZE];
  char owner[BED_ID_SIZE]; /* also the referring organisation of a referrer */
} BedActor;

typedef struct
{
  BedMethod method;
  char key[BED_KEY_SIZE]; /* "" for the clock */
  BedActor actor;
  BedFacts facts;
  guint64 random;         /* for a new referral's code */
  guint8 digest[32];      /* SHA-256 of method and facts: what the key stands for */
} BedCommand;

void bed_command_clear (BedCommand *command);
void bed_command_free (BedCommand *command);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BedCommand, bed_command_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BedCommand, bed_command_free)

const char *bed_method_word (BedMethod method);
int bed_method_parse (const char *word); /* -1: unknown, or not for clients */

/* Reads key and facts. actor and random are the caller's. Errors: BED_ERROR_PARAMS (no object),
 * BED_ERROR_BAD_VALUE with the member's name (key included). */
gboolean bed_command_parse (BedMethod method, JsonObject *params, BedCommand *command, GError **error);

/* Sets digest from method and facts (bed_command_parse has done it). */
void bed_command_sign (BedCommand *command);
