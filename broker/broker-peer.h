/* broker-peer.h: one connection on the broker's socket: lines in, lines out, a descriptor to pass.
 *
 * Nothing here waits: what the kernel does not take stays in the peer's output, up to a limit, and
 * beyond it the peer is dropped. Knows nothing of what the lines mean.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "common/bed-message.h"

#define BROKER_PEER_READ_MAX (64 * 1024)            /* bytes taken from a peer in one turn */
#define BROKER_PEER_OUTPUT_MAX (4 * 1024 * 1024)    /* bytes unsent; then it is dropped */
#define BROKER_IMPORT_LINE_MAX (32 * 1024 * 1024)   /* a line from a peer with local rights */

typedef struct
{
  guint refs;
  int fd; /* owned; -1 once dropped: calls on their way answer to nobody */

  gboolean is_local;    /* SO_PEERCRED: root or the broker's own user, and has not opened a table */
  gboolean is_reader;   /* has opened the table: wants wake-ups */
  gboolean has_ended;   /* sends nothing more: to be dropped when its answers are out */
  gboolean is_broken;   /* over a limit, or the socket failed: to be dropped now */
  gboolean is_dirty;    /* on the socket's list of peers to flush */
  guint32 events;       /* what epoll watches */
  guint n_unanswered;

  guint64 told_epoch;   /* of the table it has opened, or was told to open again */
  guint64 told_revision;
  guint told_serving;

  GByteArray *in; /* an unfinished line */
  BedJson out;    /* lines, the first `sent` bytes of which are gone */
  gsize sent;
  int pass_fd;    /* owned; to go with the byte at pass_at, or -1 */
  gsize pass_at;

  GList link; /* in the socket's list; data is the peer */
} BrokerPeer;

/* Takes fd, which must not block. */
BrokerPeer *broker_peer_new (int fd);
BrokerPeer *broker_peer_ref (BrokerPeer *peer);
void broker_peer_unref (BrokerPeer *peer);
void broker_peer_drop (BrokerPeer *peer); /* closes it */

/* Takes what is there, at most room bytes, and calls line for each whole line, which lives only
 * during the call. A line over the limit is BED_ERROR_PARSE, answered, and the end of the peer. */
typedef void (*BrokerPeerLine) (BrokerPeer *peer, const char *line, gsize length, gpointer user_data);
void broker_peer_read (BrokerPeer *peer, guint8 *buffer, gsize room, BrokerPeerLine line, gpointer user_data);

/* Where the next line is to be written; end it with broker_peer_end_line. */
BedJson *broker_peer_begin_line (BrokerPeer *peer);
void broker_peer_end_line (BrokerPeer *peer);

/* Lets fd (taken) go with the first byte of the next line. FALSE if another one is still waiting:
 * fd is then closed. */
gboolean broker_peer_pass_fd (BrokerPeer *peer, int fd);

/* Sends what the kernel takes. */
void broker_peer_flush (BrokerPeer *peer);
gboolean broker_peer_has_output (const BrokerPeer *peer);
