/* bed-code.h: random names: referral codes and command keys. Randomness and time are arguments.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bed-layout.h"

#include <glib.h>

#define BED_KEY_SIZE 37 /* a UUID as text and a 0 */

/* A referral code such as "K7Q-M4X": five random symbols and the last one checking the others
 * (any one wrong symbol and any swap of neighbours is found). The alphabet has no vowels and no
 * characters that look or sound alike. The same random gives the same code. */
void bed_code_print (guint64 random, char code[static BED_CODE_SIZE]);

/* Canonical form of what a person typed (case, missing hyphen); FALSE if the check fails. */
gboolean bed_code_parse (const char *text, char code[static BED_CODE_SIZE]);

/* A UUIDv7 from a time and 74 random bits (RFC 9562). */
void bed_key_print (gint64 now_us, guint64 random_a, guint64 random_b, char key[static BED_KEY_SIZE]);

/* Any UUID, to lower case; FALSE if it is none. */
gboolean bed_key_parse (const char *text, char key[static BED_KEY_SIZE]);

/* 64 bits from the kernel: for callers that have no randomness of their own. */
guint64 bed_random (void);
