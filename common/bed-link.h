/* bed-link.h: a connection to the broker's socket, and the table it passes.
 *
 * Asynchronous on the caller's main context: lines in, lines out, the descriptor taken with the
 * reply to table.open. It never blocks, reconnects by itself with backoff, and tells apart what was
 * sent (`uncertain` when the broker dies) from what was not (`unavailable`).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bed-message.h"
#include "bed-places.h"

#include <gio/gio.h>

#define BED_LINK_CALLS_MAX 4096   /* unanswered at once; more is BED_ERROR_TOO_MANY */
#define BED_LINK_QUEUE_MAX (16 * 1024 * 1024) /* bytes unsent; beyond it BED_ERROR_TOO_MANY */
#define BED_LINK_BACKOFF_MIN_MS 50
#define BED_LINK_BACKOFF_MAX_MS 2000

G_DECLARE_FINAL_TYPE (BedLink, bed_link, BED, LINK, GObject)
#define BED_TYPE_LINK (bed_link_get_type ())

/* One epoch's map with its index, kept alive by whoever reads it. */
typedef struct
{
  gatomicrefcount refs;
  BedTable table;
  BedPlaces *places; /* owned */
} BedMap;

BedMap *bed_map_new (int fd, GError **error); /* maps fd, does not consume it */
BedMap *bed_map_ref (BedMap *map);
void bed_map_unref (BedMap *map);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BedMap, bed_map_unref)

/* Starts connecting to the Unix socket at path. If wants_table, asks for table.open after each
 * connect. Signals, from the main context:
 *   "opened" (): connected, and the map is there if it was wanted;
 *   "moved" (guint64 revision): table.moved, or a fresh map;
 *   "lost" (): the broker went away; the last map stays. */
BedLink *bed_link_new (const char *path, gboolean wants_table);

/* The newest map, or NULL before the first one. Borrowed. */
BedMap *bed_link_peek_map (BedLink *link);
gboolean bed_link_is_open (BedLink *link);
GMainContext *bed_link_peek_context (BedLink *link); /* where it was made, and lives */

/* Answer to a call: either result (a value) or error (code of BED_ERROR; data: the error's `data`,
 * or NULL). Both borrowed. */
typedef void (*BedLinkAnswer) (JsonNode *result, const GError *error, JsonObject *data,
                               gpointer user_data);

/* Calls method with params (JSON text of an object). answer is called exactly once, never from
 * within: also with UNAVAILABLE (not sent), UNCERTAIN (sent, connection lost), TOO_MANY. */
void bed_link_call (BedLink *link, const char *method, const char *params, BedLinkAnswer answer,
                    gpointer user_data);

/* For command-line programs: iterates the default main context until the answer or timeout_ms;
 * NULL with error set (and data, owned, if the caller wants it). */
JsonNode *bed_link_call_sync (BedLink *link, const char *method, const char *params, int timeout_ms,
                              JsonObject **data, GError **error);

/* Iterates the main context until opened, or timeout_ms. */
gboolean bed_link_wait_open (BedLink *link, int timeout_ms);
