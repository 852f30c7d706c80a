/* ctl-token.h: tokens of the static token file, until accounts replace it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ctl-options.h"

#define CTL_TOKEN_BYTES 32
#define CTL_TOKEN_SIZE 44 /* those as base64url without padding, and a 0 */

/* What a row of tokens.csv says beside the token; NULL or "" for none. Borrowed. */
typedef struct
{
  const char *user;
  const char *role;
  const char *lap;
  const char *unit;
  const char *owner;
  const char *pin;
} CtlTokenRow;

/* Whether the broker would take such a row. Error: BED_ERROR_BAD_VALUE with a sentence. */
gboolean
ctl_token_check (const CtlTokenRow *row, GError **error);

/* Adds a row with this token to folder/tokens.csv (mode 0600, owned as the folder is), atomically
 * and safely beside others doing the same. Errors: G_FILE_ERROR. */
gboolean
ctl_token_add (const char *folder, const CtlTokenRow *row, const char *token, GError **error);

/* random: CTL_TOKEN_BYTES bytes. */
void
ctl_token_print (const guint8 random[static CTL_TOKEN_BYTES], char token[static CTL_TOKEN_SIZE]);

CtlExit
ctl_token (CtlOptions *options, int argc, char **argv);
