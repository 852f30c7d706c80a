/* gateway-poll.c: an epoll set under one source, and sources without descriptors of their own.
 *
 * GLib keeps what it polls in a sorted list: each source that libsoup makes (one a message sent, one
 * a read) is entered into it and taken out again, and poll(2) walks all of it in every turn. With
 * 1,000 clients that was most of a gateway's time. Here GLib polls one descriptor. Edges are enough,
 * because a flag stays set until a read or write has met EAGAIN. Owns the epoll descriptor.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "gateway-poll.h"

#include <sys/epoll.h>
#include <unistd.h>

#define EVENTS_AT_ONCE 256

struct _GatewayPoll
{
  int fd;
  GSource *source; /* owned */
};

typedef struct
{
  GSource source;
  int fd; /* borrowed */
  gpointer tag;
} PollSource;

static void
take_events (int fd)
{
  struct epoll_event events[EVENTS_AT_ONCE];
  int n;

  do
    {
      n = epoll_wait (fd, events, EVENTS_AT_ONCE, 0);
      for (int i = 0; i < n; i++)
        {
          GatewayReady *ready = events[i].data.ptr;
          ready->is_readable |= (events[i].events & ~(guint32) EPOLLOUT) != 0;
          ready->is_writable |= (events[i].events & ~(guint32) (EPOLLIN | EPOLLRDHUP)) != 0;
        }
    }
  while (n == EVENTS_AT_ONCE);
}

/* All the work is done here: a source is checked after those of higher priority, so the clients'
 * sources find their flags set in the same turn. */
static gboolean
check_poll (GSource *source)
{
  PollSource *self = (PollSource *) source;

  if (g_source_query_unix_fd (source, self->tag) != 0)
    take_events (self->fd);
  return FALSE;
}

static gboolean
dispatch_poll (GSource *source, GSourceFunc callback, gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs poll_funcs = { .check = check_poll, .dispatch = dispatch_poll };

GatewayPoll *
gateway_poll_new (void)
{
  int fd = epoll_create1 (EPOLL_CLOEXEC);

  if (fd < 0)
    return NULL;
  GatewayPoll *poll = g_rc_box_new0 (GatewayPoll);
  poll->fd = fd;
  poll->source = g_source_new (&poll_funcs, sizeof (PollSource));
  ((PollSource *) poll->source)->fd = fd;
  ((PollSource *) poll->source)->tag = g_source_add_unix_fd (poll->source, fd, G_IO_IN);
  g_source_set_priority (poll->source, G_PRIORITY_HIGH);
  g_source_set_static_name (poll->source, "gateway poll");
  g_source_attach (poll->source, NULL);
  return poll;
}

GatewayPoll *
gateway_poll_ref (GatewayPoll *poll)
{
  return g_rc_box_acquire (poll);
}

static void
clear_poll (gpointer memory)
{
  GatewayPoll *poll = memory;

  g_source_destroy (poll->source);
  g_source_unref (poll->source);
  close (poll->fd);
}

void
gateway_poll_unref (GatewayPoll *poll)
{
  g_rc_box_release_full (poll, clear_poll);
}

GatewayReady *
gateway_poll_watch (GatewayPoll *poll, int fd)
{
  GatewayReady *ready = g_rc_box_new0 (GatewayReady);
  struct epoll_event event = { .events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data = { .ptr = ready } };

  ready->is_readable = ready->is_writable = TRUE; /* until somebody has tried */
  if (epoll_ctl (poll->fd, EPOLL_CTL_ADD, fd, &event) == 0)
    return ready;
  g_rc_box_release (ready);
  return NULL;
}

void
gateway_poll_forget (GatewayPoll *poll, int fd)
{
  epoll_ctl (poll->fd, EPOLL_CTL_DEL, fd, NULL);
}

/* The clients' sources */

typedef struct
{
  GSource source;
  GatewayReady *ready; /* owned reference */
  const gboolean *flag; /* of ready */
  GObject *stream;      /* owned reference */
} ReadySource;

static gboolean
prepare_ready (GSource *source, int *timeout_ms)
{
  *timeout_ms = -1;
  return *((ReadySource *) source)->flag;
}

static gboolean
check_ready (GSource *source)
{
  return *((ReadySource *) source)->flag;
}

static gboolean
dispatch_ready (GSource *source, GSourceFunc callback, gpointer user_data)
{
  GPollableSourceFunc call = (GPollableSourceFunc) G_CALLBACK (callback);

  return call != NULL ? call (((ReadySource *) source)->stream, user_data) : G_SOURCE_REMOVE;
}

static void
finalize_ready (GSource *source)
{
  g_rc_box_release (((ReadySource *) source)->ready);
  g_object_unref (((ReadySource *) source)->stream);
}

/* libsoup's own streams put a closure (a dummy one) on the source of the stream below. */
static gboolean
call_closure (GObject *stream, gpointer user_data)
{
  g_auto (GValue) result = G_VALUE_INIT;
  g_auto (GValue) argument = G_VALUE_INIT;

  g_value_init (&result, G_TYPE_BOOLEAN);
  g_value_init (&argument, G_TYPE_OBJECT);
  g_value_set_object (&argument, stream);
  g_closure_invoke (user_data, &result, 1, &argument, NULL);
  return g_value_get_boolean (&result);
}

static GSourceFuncs ready_funcs = { .prepare = prepare_ready,
                                    .check = check_ready,
                                    .dispatch = dispatch_ready,
                                    .finalize = finalize_ready,
                                    .closure_callback = (GSourceFunc) G_CALLBACK (call_closure),
                                    .closure_marshal = (GSourceDummyMarshal) G_CALLBACK (g_cclosure_marshal_generic) };

GSource *
gateway_poll_create_source (GatewayReady *ready, GIOCondition condition, GObject *stream, GCancellable *cancellable)
{
  GSource *source = g_source_new (&ready_funcs, sizeof (ReadySource));
  ReadySource *self = (ReadySource *) source;

  self->ready = g_rc_box_acquire (ready);
  self->flag = condition == G_IO_OUT ? &ready->is_writable : &ready->is_readable;
  self->stream = g_object_ref (stream);
  g_source_set_static_name (source, "gateway client");
  if (cancellable != NULL)
    {
      g_autoptr (GSource) cancelled = g_cancellable_source_new (cancellable);
      g_source_set_dummy_callback (cancelled);
      g_source_add_child_source (source, cancelled);
    }
  return source;
}
