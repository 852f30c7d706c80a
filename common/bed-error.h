/* bed-error.h: every refusal and fault that may be told to a caller: one list for the enum, the
 * wire word and the JSON-RPC code.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

/* X (NAME, "reason", JSON-RPC code, "words for people") */
#define BED_ERRORS(X)                                                                              \
  X (PARSE, "parse_error", -32700, "not JSON, or nested deeper than 32")                             \
  X (REQUEST, "bad_request", -32600, "not a JSON-RPC 2.0 request")                                   \
  X (METHOD, "unknown_method", -32601, "no such method here")                                        \
  X (PARAMS, "bad_params", -32602, "params are missing or not an object")                            \
  X (BED_TAKEN, "bed_taken", -32000, "somebody else was first: the bed is taken")                    \
  X (NOT_OFFERABLE, "not_offerable", -32000, "the bed cannot be offered now")                        \
  X (NOT_SUITABLE, "not_suitable", -32000, "the bed does not meet what the person needs")            \
  X (ALREADY_HELD, "already_held", -32000, "the person already has a bed")                           \
  X (WRONG_BED, "wrong_bed", -32000, "that is not the bed that was accepted")                        \
  X (BAY_SEX, "bay_sex", -32000, "the bay is for the other sex")                                     \
  X (NOT_AGREED, "not_agreed", -32000, "the person has not agreed yet")                              \
  X (EXPIRED, "expired", -32000, "the hold has run out")                                             \
  X (WRONG_STATE, "wrong_state", -32000, "not possible in this state")                               \
  X (FORBIDDEN, "forbidden", -32000, "not allowed for this role or scope")                           \
  X (UNKNOWN_BED, "unknown_bed", -32000, "no such bed")                                              \
  X (UNKNOWN_UNIT, "unknown_unit", -32000, "no such unit")                                           \
  X (UNKNOWN_REFERRAL, "unknown_referral", -32000, "no such referral")                               \
  X (BAD_VALUE, "bad_value", -32000, "a member has a value that is not allowed")                     \
  X (TOO_MANY, "too_many", -32000, "too many: wait for answers, or for room")                        \
  X (UNAVAILABLE, "unavailable", -32000, "nothing was done: the register cannot be written now")     \
  X (UNCERTAIN, "uncertain", -32000, "it may have been done: ask again with the same key")           \
  X (IMPORT, "import_refused", -32000, "reference data has faults: nothing was imported")            \
  X (BAD_PIN, "bad_pin", -32000, "user or PIN is wrong")                                             \
  X (LOCKED_OUT, "locked_out", -32000, "too many wrong PINs: wait")

typedef enum
{
#define X(name, reason, code, words) BED_ERROR_##name,
  BED_ERRORS (X)
#undef X
  BED_N_ERRORS
} BedError;

#define BED_ERROR (bed_error_quark ())
GQuark bed_error_quark (void);

const char *bed_error_reason (BedError error); /* the wire word */
const char *bed_error_words (BedError error);  /* one sentence for people */
int bed_error_code (BedError error);           /* JSON-RPC */

/* The error whose wire word is reason, or -1. */
int bed_error_parse (const char *reason);
