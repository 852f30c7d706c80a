/* bed-error.c: the tables behind bed-error.h. Constant; nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-error.h"

#include <string.h>

static const struct
{
  const char *reason;
  int code;
  const char *words;
} errors[] = {
#define X(name, reason, code, words) { reason, code, words },
  BED_ERRORS (X)
#undef X
};

G_DEFINE_QUARK (bed-error, bed_error)

const char *
bed_error_reason (BedError error)
{
  return error < BED_N_ERRORS ? errors[error].reason : "unavailable";
}

const char *
bed_error_words (BedError error)
{
  return error < BED_N_ERRORS ? errors[error].words : "an error without a name";
}

int
bed_error_code (BedError error)
{
  return error < BED_N_ERRORS ? errors[error].code : -32000;
}

int
bed_error_parse (const char *reason)
{
  for (guint i = 0; i < BED_N_ERRORS; i++)
    if (strcmp (errors[i].reason, reason) == 0)
      return (int) i;
  return -1;
}
