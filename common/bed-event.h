/* bed-event.h: what has happened: one row of the journal.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bed-command.h"

/* One kind for each method, with its number: see BED_METHODS. */
typedef enum
{
#define X(method, method_word, event, event_word) BED_EVENT_##event,
  BED_METHODS (X)
#undef X
  BED_N_EVENTS
} BedEventKind;

typedef struct
{
  guint64 revision;
  gint64 at_us;
  BedEventKind kind;
  char actor[BED_ID_SIZE]; /* user; "clock" for the broker's own */
  guint8 role;             /* BedRole */
  char key[BED_KEY_SIZE];  /* "" for the clock */
  guint8 digest[32];       /* of the command */
  BedFacts facts;          /* of the command, and what was decided */
  gboolean is_erased;      /* read back: its needs are gone, and with them the digest */
} BedEvent;

void bed_event_clear (BedEvent *event);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BedEvent, bed_event_clear)

const char *bed_event_word (BedEventKind kind);
int bed_event_parse (const char *word); /* -1: unknown */

/* The facts as the JSON text of the journal's body: canonical, so that it hashes the same. */
char *bed_event_print_body (const BedEvent *event);
gboolean bed_event_parse_body (const char *body, BedEvent *event, GError **error);

/* Appends the members of the command's result ({…} with `revision`): the same from a replayed
 * event as at first, which is how a repeated key gets its first answer. */
void bed_event_print_result (const BedEvent *event, BedJson *json);
