/* bed-command.h: what somebody wants: a method, its facts, who asks, and the key that makes asking
 * twice harmless.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bed-facts.h"

/* X (METHOD, "method", EVENT, "event") in the order of contract.md: an accepted command is one event.
 * The last ones are the clock's and the importer's own; no client may send them. The journal holds
 * the words; `recent` and snapshots hold the numbers. */
#define BED_METHODS(X) \
  X (BED_REPORT, "bed.report", BED_REPORTED, "bed.reported") \
  X (BED_CLOSE, "bed.close", BED_CLOSED, "bed.closed") \
  X (BED_OPEN, "bed.open", BED_OPENED, "bed.opened") \
  X (BAY_CLOSE, "bay.close", BAY_CLOSED, "bay.closed") \
  X (BAY_OPEN, "bay.open", BAY_OPENED, "bay.opened") \
  X (UNIT_CLOSE, "unit.close", UNIT_CLOSED, "unit.closed") \
  X (UNIT_OPEN, "unit.open", UNIT_OPENED, "unit.opened") \
  X (UNIT_CONFIRM, "unit.confirm", UNIT_CONFIRMED, "unit.confirmed") \
  X (UNIT_STAFF, "unit.staff", UNIT_STAFFED, "unit.staffed") \
  X (UNIT_RULES, "unit.rules", UNIT_RULED, "unit.ruled") \
  X (UNIT_CAPACITY, "unit.capacity", UNIT_SIZED, "unit.sized") \
  X (SURGE_ASK, "surge.ask", SURGE_ASKED, "surge.asked") \
  X (SURGE_OPEN, "surge.open", SURGE_OPENED, "surge.opened") \
  X (SURGE_SHUT, "surge.shut", SURGE_ENDED, "surge.ended") \
  X (BED_FILL, "bed.fill", BED_FILLED, "bed.filled") \
  X (BED_CORRECT, "bed.correct", BED_CORRECTED, "bed.corrected") \
  X (BED_FEATURE, "bed.feature", FEATURE_LOST, "bed.feature_lost") \
  X (REFERRAL_SUBMIT, "referral.submit", REFERRAL_SUBMITTED, "referral.submitted") \
  X (REFERRAL_TRIAGE, "referral.triage", TRIAGED, "referral.triaged") \
  X (REFERRAL_AMEND, "referral.amend", AMENDED, "referral.amended") \
  X (REFERRAL_LINK, "referral.link", LINKED, "referral.linked") \
  X (REFERRAL_RESPONDED, "referral.responded", RESPONDED, "referral.responded") \
  X (REFERRAL_REDIRECT, "referral.redirect", REDIRECTED, "referral.redirected") \
  X (REFERRAL_PAUSE, "referral.pause", PAUSED, "referral.paused") \
  X (REFERRAL_RESUME, "referral.resume", RESUMED, "referral.resumed") \
  X (REFERRAL_WITHDRAW, "referral.withdraw", WITHDRAWN, "referral.withdrawn") \
  X (REFERRAL_DIED, "referral.died", DIED, "referral.died") \
  X (ASSESSMENT_START, "assessment.start", ASSESSMENT_STARTED, "assessment.started") \
  X (ASSESSMENT_DONE, "assessment.done", ASSESSMENT_ENDED, "assessment.ended") \
  X (PLACEMENT_PLACE, "placement.place", PLACED, "placement.placed") \
  X (HOLD_TAKE, "hold.take", HOLD_TAKEN, "hold.taken") \
  X (HOLD_EXTEND, "hold.extend", HOLD_EXTENDED, "hold.extended") \
  X (HOLD_RELEASE, "hold.release", HOLD_RELEASED, "hold.released") \
  X (PLACEMENT_ASSESSING, "placement.assessing", ASSESSING, "placement.assessing") \
  X (PLACEMENT_ACCEPT, "placement.accept", ACCEPTED, "placement.accepted") \
  X (PLACEMENT_DECLINE, "placement.decline", DECLINED, "placement.declined") \
  X (PLACEMENT_EXPECT, "placement.expect", EXPECTED, "placement.expected") \
  X (PLACEMENT_CANCEL, "placement.cancel", CANCELLED, "placement.cancelled") \
  X (PLACEMENT_DEPART, "placement.depart", DEPARTED, "placement.departed") \
  X (PLACEMENT_TURNED_BACK, "placement.turned_back", TURNED_BACK, "placement.turned_back") \
  X (PLACEMENT_ARRIVE, "placement.arrive", ARRIVED, "placement.arrived") \
  X (PLACEMENT_THERAPY, "placement.therapy", THERAPY_STARTED, "placement.therapy_started") \
  X (PLACEMENT_MOVE, "placement.move", MOVED, "placement.moved") \
  X (PLACEMENT_AWAY, "placement.away", WENT_AWAY, "placement.went_away") \
  X (PLACEMENT_BACK, "placement.back", CAME_BACK, "placement.came_back") \
  X (PLACEMENT_EXTEND, "placement.extend", STAY_EXTENDED, "placement.extended") \
  X (PLACEMENT_READY_TO_LEAVE, "placement.ready_to_leave", READY_TO_LEAVE, "placement.ready_to_leave") \
  X (PLACEMENT_LEAVE, "placement.leave", LEFT, "placement.left") \
  X (UNDO, "undo", UNDONE, "undone") \
  X (IMPORT, "reference.import", IMPORTED, "reference.imported") \
  X (HOLD_EXPIRE, "hold.expire", HOLD_EXPIRED, "hold.expired") \
  X (UNIT_STALE, "unit.stale", UNIT_STALED, "unit.staled") \
  X (CLOCK_BREACH, "clock.breach", CLOCK_BREACHED, "clock.breached") \
  X (OFFER_MAKE, "offer.make", OFFER_MADE, "offer.made") \
  X (UNIT_EFFECT, "unit.effect", UNIT_EFFECTED, "unit.effected") \
  X (QUARTER_PASS, "quarter.pass", QUARTER_PASSED, "quarter.passed") \
  X (PROFILE_ERASE, "profile.erase", PROFILE_ERASED, "profile.erased")

typedef enum
{
#define X(method, method_word, event, event_word) BED_METHOD_##method,
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

/* The facts (bits of BedFact) that a method takes: names on the wire are unique among them. */
guint64 bed_method_get_facts (BedMethod method);
guint64 bed_method_get_required (BedMethod method); /* those without which it is not asked */

/* Reads key and facts. actor and random are the caller's. Errors: BED_ERROR_PARAMS (no object),
 * BED_ERROR_BAD_VALUE with the member's name (key included). */
gboolean bed_command_parse (BedMethod method, JsonObject *params, BedCommand *command, GError **error);

/* Sets digest from method and facts (bed_command_parse has done it). */
void bed_command_sign (BedCommand *command);
