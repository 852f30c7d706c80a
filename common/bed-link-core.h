/* bed-link-core.h: what the parts of bed-link.h share: the connection (bed-link.c), its bytes
 * (bed-link-lines.c) and its calls (bed-link-calls.c).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bed-link.h"

#define BED_LINK_DESCRIPTORS_MAX 4 /* passed and not yet claimed; more are closed */

struct _BedLink
{
  GObject parent;

  GMainContext *context; /* owned */
  char *path;            /* owned */
  gboolean wants_table;

  int fd; /* -1: not connected */
  guint64 connection; /* counts connections, so that a callback can tell it outlived its own */
  gboolean is_open;
  guint backoff_ms;
  GSource *readable; /* owned */
  GSource *writable; /* owned, while something could not be sent */
  GSource *retry;    /* owned, while not connected */
  GSource *late;     /* owned, while refusals wait to be told */

  GByteArray *input; /* owned */
  gsize scanned;     /* bytes of input known to hold no newline */
  gboolean is_roomy; /* input has grown beyond what is kept */
  int descriptors[BED_LINK_DESCRIPTORS_MAX];
  guint n_descriptors;

  GByteArray *output; /* owned: what is not sent yet */
  guint64 sent;       /* bytes of this connection */
  gboolean is_broken; /* a send failed: given up from the next turn */

  GHashTable *calls; /* owned: id → the call */
  GQueue refused;    /* owned calls that were never sent */
  guint64 last_id;
  guint64 table_call;      /* id of table.open, or 0 */
  gboolean table_is_stale; /* replaced while table.open was on its way */
  BedMap *map;             /* owned, or NULL */
};

/* bed-link.c */

GSource *bed_link_attach (BedLink *self, GSource *source, GSourceFunc callback); /* owned */
void bed_link_drop_source (GSource **source);

/* Gives the connection up. Only from a source of our own, never from within a caller's call. */
void bed_link_lose (BedLink *self);
void bed_link_take_notification (BedLink *self, const BedMessage *message);

/* bed-link-lines.c */

void bed_link_read (BedLink *self); /* from now on, until the connection ends */

/* Sends what the socket takes now; the rest waits for it to become writable. */
void bed_link_flush (BedLink *self);

/* bed-link-calls.c */

/* Sends it over the open socket, and returns its id. */
guint64 bed_link_send_call (BedLink *self, const char *method, const char *params, BedLinkAnswer answer,
                            gpointer user_data);
void bed_link_take_answer (BedLink *self, const BedMessage *message);

/* Answers every call the connection leaves behind, oldest first: one whose line was written to the
 * end may have been done, one that lacks a byte cannot have been. */
void bed_link_abandon_calls (BedLink *self);

/* Answers those that were never sent, now. */
void bed_link_tell_refused (BedLink *self);

/* The same from the next turn, which also gives a broken connection up. */
void bed_link_schedule_late (BedLink *self);
