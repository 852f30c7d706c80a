/* board-codes.h: every word of the vocabulary as people say it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "common/bed-words.h"

#include <glib.h>

/* A value of a word class of common/bed-words.h in plain words, in the reader's language: "The bed
 * was not ready", "Two carers", "75 to 84". Begins with a capital, has no full stop. "" if words is
 * no such class or value is out of range. Static. */
const char *
board_code_say (const BedWords *words, guint value);
