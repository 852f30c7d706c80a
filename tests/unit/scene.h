/* scene.h: a small county and a register of it, so that a test reads as what people do.
 *
 * Three units in two LAPs with a hand-written reference (scene.c has the CSV): `ward` (NHS, accepts
 * itself, two bays of an `any` and a female kind, and a side room), `lodge` (county, its LAP
 * accepts, single rooms), `home` (independent, a proxy kept by phone). All commands are the real
 * JSON through the real parser, rules and register; time is the scene's own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "broker/broker-rules.h"

#define SCENE_START_US (G_GINT64_CONSTANT (1795341600) * 1000000) /* 2026-11-22T10:00Z, a Sunday */

typedef struct
{
  BrokerRegister *reg;  /* owned */
  gint64 now_us;
  guint64 random;
  GPtrArray *events;    /* every event applied, owned */
  BrokerRefusal refusal;
  char last_code[BED_CODE_SIZE]; /* of the newest referral */
  BedEvent *tried;      /* borrowed: where a try puts its event */
} Scene;

char *scene_files (void); /* the reference as the JSON of an import; owned */
Scene *scene_new_of (char *files); /* takes it; imported, every bed unknown */
Scene *scene_new (void);  /* of scene_files */
void scene_ready_all (Scene *scene); /* every bed vacant, ready and confirmed */
Scene *scene_new_ready (void); /* and then every bed vacant, ready and confirmed */
Scene *scene_new_unfenced (void); /* and the flex types of the lodge's rooms may have them at once */
void scene_free (Scene *scene);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scene, scene_free)

/* Decides a command as it is, the clock's own too: applied and kept, or scene->refusal says why. */
gboolean scene_decide (Scene *scene, const BedCommand *command);

/* Asks as a role ("coordinator", "unit:ward", "owner:county", "referrer:rhch", "local" …) with params
 * written in JSON with ' for ". TRUE: applied and kept. FALSE: scene->refusal says why. */
gboolean scene_ask (Scene *scene, const char *who, const char *method, const char *params_format, ...) G_GNUC_PRINTF (4, 5);

/* Asks likewise, but what is allowed is only staged: take it back. event is then the caller's. */
gboolean scene_try (Scene *scene, const char *who, const char *method, BedEvent *event, const char *params_format, ...) G_GNUC_PRINTF (5, 6);
void scene_take_back (Scene *scene);

/* Asserts the refusal, or the success. */
void scene_expect (Scene *scene, BedError error, const char *member, const char *who, const char *method,
                   const char *params_format, ...) G_GNUC_PRINTF (6, 7);
void scene_do (Scene *scene, const char *who, const char *method, const char *params_format, ...) G_GNUC_PRINTF (4, 5);

/* A flow-lane woman from SO51 who needs nothing special, waiting; last_code is her code. */
void scene_refer (Scene *scene);

/* Applies every event again, as the journal would give it back: the same bytes, or it fails. */
void scene_assert_replay (Scene *scene);

/* Lets time pass: every due command of the clock is applied. Returns how many. */
guint scene_pass (Scene *scene, gint64 microseconds);

const BedBedRow *scene_bed (Scene *scene, const char *id);
const BedUnitRow *scene_unit (Scene *scene, const char *id);
const BedReferralRow *scene_referral (Scene *scene, const char *code);
