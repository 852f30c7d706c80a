/* broker-sessions.h: who may ask: tokens, the sessions opened with them, and PINs at a wallboard.
 *
 * For now the accounts are the rows of tokens.csv in the state directory (README.md); real accounts
 * replace this module behind the same functions. Only the broker reads that file. Time and
 * randomness are arguments.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "common/bed-command.h"

#define BROKER_TOKENS_FILE "tokens.csv"
#define BROKER_TOKENS_MAX 4096         /* rows; those beyond are faults */
#define BROKER_TOKENS_BYTES_MAX (1024 * 1024)
#define BROKER_TOKEN_LENGTH_MIN 16
#define BROKER_TOKEN_LENGTH_MAX 128
#define BROKER_PIN_LENGTH_MIN 4
#define BROKER_PIN_LENGTH_MAX 12
#define BROKER_SESSIONS_MAX 16384      /* then the one idle for longest is dropped */
#define BROKER_SESSION_SIZE 33         /* 128 random bits as hex, and a 0 */
#define BROKER_PIN_TRIES 5             /* wrong ones in a row; then the user is locked out */
#define BROKER_PIN_LOCKED_MIN 15

typedef struct _BrokerSessions BrokerSessions;

/* Reads folder/tokens.csv; a file that is missing, too large or has faults is logged (by line
 * number, never by content) and what is good of it is used. */
BrokerSessions *broker_sessions_new (const char *folder);
void broker_sessions_free (BrokerSessions *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BrokerSessions, broker_sessions_free)

/* Reads the file again if it has changed. A session whose row is gone ends; one whose row has
 * changed has the new rights. Open and check_pin do it by themselves. */
void broker_sessions_refresh (BrokerSessions *self);

guint broker_sessions_get_n_tokens (const BrokerSessions *self);
guint broker_sessions_get_n_open (const BrokerSessions *self);
guint broker_sessions_get_n_faults (const BrokerSessions *self); /* lines of the file ignored */

/* Opens a session; random is 128 bits. NULL: no such token. The actor is borrowed until the next
 * call. */
const BedActor *broker_sessions_open (BrokerSessions *self, const char *token,
                                      const guint64 random[static 2],
                                      char session[static BROKER_SESSION_SIZE]);

/* Who an open session is; NULL: no such session. Borrowed until the next call. */
const BedActor *broker_sessions_find (BrokerSessions *self, const char *session);

/* The person with this PIN at a wallboard. Errors: BED_ERROR_BAD_PIN, BED_ERROR_LOCKED_OUT. */
const BedActor *broker_sessions_check_pin (BrokerSessions *self, const char *user, const char *pin,
                                           gint64 now_us, GError **error);

/* Until a user who is locked out may try again, rounded up; 0: is not locked out. */
gint64 broker_sessions_get_locked_ms (BrokerSessions *self, const char *user, gint64 now_us);
