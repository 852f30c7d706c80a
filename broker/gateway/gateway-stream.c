/* gateway-stream.c: counts what a client sends, and stops reading when it leads nowhere.
 *
 * libsoup 3.2 limits each WebSocket frame but not a message of many frames, nor a request's body:
 * 16 MiB of fragments were gathered without a word when tried, and there was no end. Both need
 * bytes, and all bytes come through here. Owns a reference to the connection below.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "gateway-stream.h"

#include "gateway-output.h"

/* The reading half. */
G_DECLARE_FINAL_TYPE (GatewayInput, gateway_input, GATEWAY, INPUT, GFilterInputStream)

struct _GatewayInput
{
  GFilterInputStream parent;
  GatewayReady *ready; /* owned reference; NULL while it is not watched */
  gsize taken;         /* since the last whole message */
};

static gssize
count_taken (GatewayInput *self, gssize n, GError **error)
{
  if (n <= 0)
    return n;
  self->taken += (gsize) n;
  if (self->taken <= GATEWAY_INPUT_MAX)
    return n;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "too much without a whole message");
  return -1;
}

static GInputStream *
get_base (gpointer self)
{
  return g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (self));
}

static gssize
read_blocking (GInputStream *stream, void *buffer, gsize count, GCancellable *cancellable, GError **error)
{
  return count_taken (GATEWAY_INPUT (stream), g_input_stream_read (get_base (stream), buffer, count, cancellable, error),
                      error);
}

static gssize
read_nonblocking (GPollableInputStream *stream, void *buffer, gsize count, GError **error)
{
  GatewayInput *self = GATEWAY_INPUT (stream);
  g_autoptr (GError) failure = NULL;
  gssize n = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (get_base (stream)), buffer, count,
                                                       NULL, &failure);

  if (self->ready != NULL && g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    self->ready->is_readable = FALSE;
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return count_taken (self, n, error);
}

static gboolean
is_readable (GPollableInputStream *stream)
{
  return g_pollable_input_stream_is_readable (G_POLLABLE_INPUT_STREAM (get_base (stream)));
}

static GSource *
create_source (GPollableInputStream *stream, GCancellable *cancellable)
{
  GatewayInput *self = GATEWAY_INPUT (stream);

  if (self->ready != NULL)
    return gateway_poll_create_source (self->ready, G_IO_IN, G_OBJECT (stream), cancellable);
  g_autoptr (GSource) base
      = g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (get_base (stream)), NULL);
  return g_pollable_source_new_full (stream, base, cancellable);
}

static void
gateway_input_pollable_init (GPollableInputStreamInterface *iface)
{
  iface->read_nonblocking = read_nonblocking;
  iface->is_readable = is_readable;
  iface->create_source = create_source;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (GatewayInput, gateway_input, G_TYPE_FILTER_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM, gateway_input_pollable_init))

static void
gateway_input_finalize (GObject *object)
{
  g_clear_pointer (&GATEWAY_INPUT (object)->ready, g_rc_box_release);
  G_OBJECT_CLASS (gateway_input_parent_class)->finalize (object);
}

static void
gateway_input_init (GatewayInput *self)
{
}

static void
gateway_input_class_init (GatewayInputClass *class)
{
  G_OBJECT_CLASS (class)->finalize = gateway_input_finalize;
  G_INPUT_STREAM_CLASS (class)->read_fn = read_blocking;
}

/* Both halves. */
struct _GatewayStream
{
  GIOStream parent;
  GSocketConnection *base; /* owned */
  GatewayInput *input;     /* owned */
  GatewayOutput *output;   /* owned */
  GatewayPoll *poll;       /* owned reference */
  gboolean is_watched;
};

G_DEFINE_FINAL_TYPE (GatewayStream, gateway_stream, G_TYPE_IO_STREAM)

GatewayStream *
gateway_stream_new (GSocketConnection *base, GatewayPoll *poll)
{
  GatewayStream *self = g_object_new (GATEWAY_TYPE_STREAM, NULL);
  self->base = g_object_ref (base);
  self->input = g_object_new (gateway_input_get_type (), "base-stream", g_io_stream_get_input_stream (G_IO_STREAM (base)),
                              "close-base-stream", FALSE, NULL);
  self->output = gateway_output_new (g_io_stream_get_output_stream (G_IO_STREAM (base)));
  self->poll = poll != NULL ? gateway_poll_ref (poll) : NULL;
  return self;
}

/* Without a poll, or if epoll refuses, GLib goes on polling the socket itself. */
void
gateway_stream_watch (GatewayStream *self)
{
  GatewayReady *ready;

  g_return_if_fail (!self->is_watched);
  if (self->poll == NULL)
    return;
  ready = gateway_poll_watch (self->poll, g_socket_get_fd (gateway_stream_peek_socket (self)));
  if (ready == NULL)
    return;
  self->is_watched = TRUE;
  self->input->ready = ready;
  gateway_output_watch (self->output, ready);
}

GSocket *
gateway_stream_peek_socket (GatewayStream *self)
{
  return g_socket_connection_get_socket (self->base);
}

void
gateway_stream_credit_all (GatewayStream *self)
{
  self->input->taken = 0;
}

void
gateway_stream_credit (GatewayStream *self, gsize n)
{
  self->input->taken -= MIN (n, self->input->taken);
}

static GInputStream *
get_input_stream (GIOStream *stream)
{
  return G_INPUT_STREAM (GATEWAY_STREAM (stream)->input);
}

static GOutputStream *
get_output_stream (GIOStream *stream)
{
  return G_OUTPUT_STREAM (GATEWAY_STREAM (stream)->output);
}

/* The poll forgets a socket while its number is still its own. */
static void
stop_watching (GatewayStream *self)
{
  if (self->is_watched && self->base != NULL)
    gateway_poll_forget (self->poll, g_socket_get_fd (gateway_stream_peek_socket (self)));
  self->is_watched = FALSE;
}

static gboolean
close_base (GIOStream *stream, GCancellable *cancellable, GError **error)
{
  stop_watching (GATEWAY_STREAM (stream));
  return g_io_stream_close (G_IO_STREAM (GATEWAY_STREAM (stream)->base), cancellable, error);
}

/* Closing a socket does not block, so it needs no thread as GIOStream's own way would. */
static void
close_base_async (GIOStream *stream, int priority, GCancellable *cancellable, GAsyncReadyCallback callback,
                  gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (stream, cancellable, callback, user_data);
  GError *error = NULL;

  g_task_set_priority (task, priority);
  if (close_base (stream, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static gboolean
close_base_finish (GIOStream *stream, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
gateway_stream_dispose (GObject *object)
{
  GatewayStream *self = GATEWAY_STREAM (object);

  G_OBJECT_CLASS (gateway_stream_parent_class)->dispose (object); /* closes, if nobody has */
  stop_watching (self);
  g_clear_object (&self->input);
  g_clear_object (&self->output);
  g_clear_object (&self->base);
  g_clear_pointer (&self->poll, gateway_poll_unref);
}

static void
gateway_stream_init (GatewayStream *self)
{
}

static void
gateway_stream_class_init (GatewayStreamClass *class)
{
  GIOStreamClass *stream_class = G_IO_STREAM_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = gateway_stream_dispose;
  stream_class->get_input_stream = get_input_stream;
  stream_class->get_output_stream = get_output_stream;
  stream_class->close_fn = close_base;
  stream_class->close_async = close_base_async;
  stream_class->close_finish = close_base_finish;
}
