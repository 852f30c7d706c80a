/* broker-socket.c: the broker's Unix socket: peers, and the turn in which they are answered.
 *
 * Owns the listening socket, the peers and one GSource. The peers' descriptors are in an epoll set,
 * and the main loop polls only that: a thousand peers cost it nothing while they are silent, and
 * everything readable is taken before a batch, so that a stream of commands cannot starve it. A
 * peer over a limit is dropped; nothing else can fail once it listens.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "broker-socket"

#include "broker-socket.h"

#include "broker-calls.h"
#include "broker-socket-listen.h"

#include <errno.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

struct _BrokerSocket
{
  char *path;
  struct stat file; /* what was bound: only that is removed again */
  int fd;           /* listening; -1 once stopped */
  int epoll_fd;
  GSource *source;
  gpointer epoll_tag;
  GQueue peers;     /* BrokerPeer by its link */
  GPtrArray *dirty; /* BrokerPeer with output or news to tell; references */
  guint8 *buffer;   /* BROKER_PEER_READ_MAX */
  BrokerCalls calls;
  gint64 next_tick_us; /* monotonic */
  guint last_batch;    /* commands in it */
  gint64 last_batch_us; /* how long it took */
  gboolean is_stopped;

  BrokerCore *core; /* borrowed */
  BrokerSessions *sessions;
};

typedef struct
{
  GSource source;
  BrokerSocket *socket; /* borrowed */
} SocketSource;

/* Peers */

static void
mark (BrokerPeer *peer, gpointer user_data)
{
  BrokerSocket *self = user_data;

  if (peer->is_dirty || peer->fd < 0)
    return;
  peer->is_dirty = TRUE;
  g_ptr_array_add (self->dirty, broker_peer_ref (peer));
}

static guint
count_peers (gpointer user_data)
{
  return ((BrokerSocket *) user_data)->peers.length;
}

static void
drop_peer (BrokerSocket *self, BrokerPeer *peer)
{
  if (peer->fd < 0)
    return;
  epoll_ctl (self->epoll_fd, EPOLL_CTL_DEL, peer->fd, NULL);
  broker_peer_drop (peer);
  g_queue_unlink (&self->peers, &peer->link);
  broker_peer_unref (peer);
}

static void
watch_peer (BrokerSocket *self, BrokerPeer *peer)
{
  guint32 events = (peer->has_ended || self->is_stopped ? 0 : EPOLLIN)
                   | (broker_peer_has_output (peer) ? EPOLLOUT : 0);
  struct epoll_event event = { .events = events, .data.ptr = peer };

  if (events == peer->events)
    return;
  peer->events = events;
  epoll_ctl (self->epoll_fd, EPOLL_CTL_MOD, peer->fd, &event);
}

static void
add_peer (BrokerSocket *self, int fd)
{
  BrokerPeer *peer = broker_peer_new (fd);
  struct epoll_event event = { .events = EPOLLIN, .data.ptr = peer };

  peer->is_local = broker_socket_is_own_user (fd);
  peer->events = EPOLLIN;
  if (self->peers.length == BROKER_PEERS_MAX || epoll_ctl (self->epoll_fd, EPOLL_CTL_ADD, fd, &event) != 0)
    {
      bed_message_print_error (broker_peer_begin_line (peer), NULL, BED_ERROR_TOO_MANY, NULL, NULL);
      broker_peer_end_line (peer);
      broker_peer_flush (peer);
      broker_peer_unref (peer);
      return;
    }
  g_queue_push_tail_link (&self->peers, &peer->link);
}

static void
accept_peers (BrokerSocket *self)
{
  for (guint i = 0; i < BROKER_ACCEPTS_MAX && self->fd >= 0; i++)
    {
      int fd = accept4 (self->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);

      if (fd >= 0)
        add_peer (self, fd);
      else if (errno != EINTR && errno != ECONNABORTED)
        return;
    }
}

/* Telling */

static gboolean
has_news (const BrokerSocket *self, const BrokerPeer *peer)
{
  return peer->is_reader
         && (peer->told_epoch != broker_core_get_epoch (self->core)
             || peer->told_revision != broker_core_get_revision (self->core)
             || peer->told_serving != (guint) broker_core_is_read_only (self->core));
}

/* Called only when everything before has been sent: so at most one wake-up is ever unsent, and it
 * always tells the newest. */
static void
tell_news (BrokerSocket *self, BrokerPeer *peer)
{
  gboolean is_new_epoch = peer->told_epoch != broker_core_get_epoch (self->core);
  BedJson *json = broker_peer_begin_line (peer);

  peer->told_epoch = broker_core_get_epoch (self->core);
  peer->told_revision = broker_core_get_revision (self->core);
  peer->told_serving = broker_core_is_read_only (self->core);
  bed_message_begin_call (json, NULL, is_new_epoch ? "table.replaced" : "table.moved");
  bed_json_begin_object (json);
  if (is_new_epoch)
    bed_json_add_int (json, "epoch", (gint64) peer->told_epoch);
  bed_json_add_int (json, "revision", (gint64) peer->told_revision);
  bed_json_end_object (json);
  bed_message_end_call (json);
  broker_peer_end_line (peer);
}

static void
flush_peer (BrokerSocket *self, BrokerPeer *peer)
{
  gboolean is_done;

  broker_peer_flush (peer);
  if (has_news (self, peer) && !broker_peer_has_output (peer) && !peer->is_broken)
    {
      tell_news (self, peer);
      broker_peer_flush (peer);
    }
  is_done = peer->has_ended && peer->n_unanswered == 0 && !broker_peer_has_output (peer);
  if (peer->is_broken || is_done)
    drop_peer (self, peer);
  else
    watch_peer (self, peer);
}

static void
flush_all (BrokerSocket *self)
{
  for (GList *link = self->peers.head; link != NULL; link = link->next)
    if (has_news (self, link->data))
      mark (link->data, self);
  for (guint i = 0; i < self->dirty->len; i++)
    {
      BrokerPeer *peer = g_ptr_array_index (self->dirty, i);

      peer->is_dirty = FALSE;
      if (peer->fd >= 0)
        flush_peer (self, peer);
    }
  g_ptr_array_set_size (self->dirty, 0);
}

/* The turn */

static void
take_line (BrokerPeer *peer, const char *line, gsize length, gpointer user_data)
{
  BrokerSocket *self = user_data;

  broker_calls_take (&self->calls, peer, line, length);
}

static void
serve_peer (BrokerSocket *self, BrokerPeer *peer, guint32 events)
{
  if ((events & EPOLLIN) != 0 && !peer->has_ended)
    broker_peer_read (peer, self->buffer, BROKER_PEER_READ_MAX, take_line, self);
  else if ((events & (EPOLLHUP | EPOLLERR)) != 0)
    peer->is_broken = TRUE;
  mark (peer, self);
}

static void
read_peers (BrokerSocket *self, gint64 wait_us)
{
  struct epoll_event ready[BROKER_TURN_PEERS_MAX];
  struct timespec wait = { .tv_nsec = wait_us * 1000 };
  int n = epoll_pwait2 (self->epoll_fd, ready, G_N_ELEMENTS (ready), &wait, NULL);

  /* What does not fit into this batch stays in its sockets: they are ready again in the next turn. */
  for (int i = 0; i < n && broker_core_get_n_waiting (self->core) < BROKER_BATCH_MAX; i++)
    if (ready[i].data.ptr == self)
      accept_peers (self);
    else
      serve_peer (self, ready[i].data.ptr, ready[i].events);
}

/* A batch costs one write to the disk, however many commands it has, and those who were answered a
 * moment ago are about to ask again: so a batch waits for as many as the last one had, but never
 * longer than a part of what that one took. A lone caller never waits. */
static void
gather (BrokerSocket *self)
{
  gint64 until_us = g_get_monotonic_time () + MIN (self->last_batch_us / BROKER_GATHER_PART, BROKER_GATHER_US);
  gint64 left_us;

  read_peers (self, 0);
  while (broker_core_get_n_waiting (self->core) > 0
         && broker_core_get_n_waiting (self->core) < self->last_batch
         && (left_us = until_us - g_get_monotonic_time ()) > 0)
    read_peers (self, left_us);
}

static void
run_batch (BrokerSocket *self)
{
  gint64 start_us = g_get_monotonic_time ();

  self->last_batch = MIN (broker_core_get_n_waiting (self->core), BROKER_BATCH_MAX);
  broker_core_run_batch (self->core);
  self->last_batch_us = g_get_monotonic_time () - start_us;
}

/* Microseconds until there is something to do even if nobody sends anything. */
static gint64
find_rest (BrokerSocket *self)
{
  gint64 tick_us = self->next_tick_us - g_get_monotonic_time ();

  if (broker_core_get_n_waiting (self->core) > 0)
    return 0;
  return MAX (MIN (tick_us, broker_core_get_rest (self->core)), 0);
}

/* A ready time set on the source would do the same, and wake the context up each time. */
static gboolean
prepare_turn (GSource *source, int *timeout_ms)
{
  gint64 rest_us = find_rest (((SocketSource *) source)->socket);

  *timeout_ms = (int) ((rest_us + 999) / 1000);
  return rest_us == 0;
}

static gboolean
check_turn (GSource *source)
{
  BrokerSocket *self = ((SocketSource *) source)->socket;

  return g_source_query_unix_fd (source, self->epoll_tag) != 0 || find_rest (self) == 0;
}

static gboolean
take_turn (GSource *source, GSourceFunc callback, gpointer user_data)
{
  BrokerSocket *self = ((SocketSource *) source)->socket;
  gint64 now_us = g_get_monotonic_time ();

  gather (self);
  run_batch (self);
  if (now_us >= self->next_tick_us)
    {
      broker_sessions_refresh (self->sessions);
      broker_core_tick (self->core);
      self->next_tick_us = now_us + BROKER_TICK_US;
    }
  flush_all (self);
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs source_funcs = { .prepare = prepare_turn, .check = check_turn, .dispatch = take_turn };

/* Opening and closing */

static gboolean
watch_listener (BrokerSocket *self, GError **error)
{
  struct epoll_event event = { .events = EPOLLIN, .data.ptr = self };

  self->epoll_fd = epoll_create1 (EPOLL_CLOEXEC);
  if (self->epoll_fd >= 0 && epoll_ctl (self->epoll_fd, EPOLL_CTL_ADD, self->fd, &event) == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "epoll: %s", g_strerror (errno));
  return FALSE;
}

BrokerSocket *
broker_socket_open (const char *path, BrokerCore *core, BrokerSessions *sessions,
                    const BrokerWorld *world, GMainContext *context, GError **error)
{
  g_autoptr (BrokerSocket) self = g_new0 (BrokerSocket, 1);

  self->epoll_fd = -1;
  self->core = core;
  self->sessions = sessions;
  self->path = g_strdup (path);
  self->dirty = g_ptr_array_new_with_free_func ((GDestroyNotify) broker_peer_unref);
  self->buffer = g_malloc (BROKER_PEER_READ_MAX);
  g_queue_init (&self->peers);
  self->calls = (BrokerCalls) { .core = core,
                                .sessions = sessions,
                                .world = *world,
                                .answered = mark,
                                .count_peers = count_peers,
                                .user_data = self };
  self->fd = broker_socket_listen (path, error);
  if (self->fd < 0 || stat (path, &self->file) != 0 || !watch_listener (self, error))
    return NULL;

  self->source = g_source_new (&source_funcs, sizeof (SocketSource));
  ((SocketSource *) self->source)->socket = self;
  g_source_set_static_name (self->source, "broker socket");
  /* Nothing recurses here. But a source that may not is taken out of the poll set and put back around
   * each dispatch, and the context woken up for both: three system calls of a lone command's twenty. */
  g_source_set_can_recurse (self->source, TRUE);
  self->epoll_tag = g_source_add_unix_fd (self->source, self->epoll_fd, G_IO_IN);
  g_source_attach (self->source, context);
  return g_steal_pointer (&self);
}

void
broker_socket_stop (BrokerSocket *self)
{
  struct stat there;

  if (self->is_stopped)
    return;
  self->is_stopped = TRUE;
  if (self->fd >= 0 && self->file.st_ino != 0 && stat (self->path, &there) == 0
      && there.st_ino == self->file.st_ino && there.st_dev == self->file.st_dev)
    unlink (self->path);
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
  for (GList *link = self->peers.head; link != NULL; link = link->next)
    watch_peer (self, link->data);
}

void
broker_socket_close (BrokerSocket *self)
{
  broker_socket_stop (self);
  if (self->source != NULL)
    {
      g_source_destroy (self->source);
      g_source_unref (self->source);
    }
  for (guint i = 0; i < self->dirty->len; i++)
    broker_peer_flush (g_ptr_array_index (self->dirty, i));
  while (self->peers.head != NULL)
    drop_peer (self, self->peers.head->data);
  g_ptr_array_unref (self->dirty);
  if (self->epoll_fd >= 0)
    close (self->epoll_fd);
  g_free (self->buffer);
  g_free (self->path);
  g_free (self);
}

guint
broker_socket_get_n_peers (const BrokerSocket *self)
{
  return self->peers.length;
}
