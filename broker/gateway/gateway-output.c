/* gateway-output.c: tells libsoup that a client can be written to without asking the kernel first.
 *
 * libsoup makes a source for each message it sends, and GLib keeps what it polls in a sorted list,
 * so that entering and leaving it costs in proportion to the clients. A socket nearly always has
 * room, so the source here has no descriptor and is ready at once; only when a write has found
 * the socket full does it poll, until there is room again. Owns a reference to the base stream.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "gateway-output.h"

struct _GatewayOutput
{
  GFilterOutputStream parent;
  int fd;              /* of the base; borrowed, open as long as the base is */
  gboolean is_blocked; /* the last write found no room */
};

typedef struct
{
  GSource source;
  GatewayOutput *output; /* owned */
  gpointer tag;          /* of the descriptor while it is polled, or NULL */
} OutputSource;

static gboolean
prepare_source (GSource *source, int *timeout_ms)
{
  OutputSource *self = (OutputSource *) source;

  *timeout_ms = -1;
  if (self->output->is_blocked && self->tag == NULL)
    self->tag = g_source_add_unix_fd (source, self->output->fd, G_IO_OUT | G_IO_ERR | G_IO_HUP);
  return !self->output->is_blocked;
}

static gboolean
check_source (GSource *source)
{
  OutputSource *self = (OutputSource *) source;

  if (self->tag != NULL && g_source_query_unix_fd (source, self->tag) != 0)
    {
      g_source_remove_unix_fd (source, self->tag);
      self->tag = NULL;
      self->output->is_blocked = FALSE;
    }
  return !self->output->is_blocked;
}

static gboolean
dispatch_source (GSource *source, GSourceFunc callback, gpointer user_data)
{
  OutputSource *self = (OutputSource *) source;
  GPollableSourceFunc write = (GPollableSourceFunc) G_CALLBACK (callback);

  return write != NULL ? write (G_OBJECT (self->output), user_data) : G_SOURCE_REMOVE;
}

static void
finalize_source (GSource *source)
{
  g_clear_object (&((OutputSource *) source)->output);
}

static GSourceFuncs source_funcs = {
  .prepare = prepare_source, .check = check_source, .dispatch = dispatch_source, .finalize = finalize_source
};

static GSource *
create_source (GPollableOutputStream *stream, GCancellable *cancellable)
{
  GSource *source = g_source_new (&source_funcs, sizeof (OutputSource));

  g_source_set_static_name (source, "gateway output");
  g_source_set_can_recurse (source, TRUE); /* as in gateway-stream.c */
  ((OutputSource *) source)->output = g_object_ref (GATEWAY_OUTPUT (stream));
  if (cancellable != NULL)
    {
      g_autoptr (GSource) cancelled = g_cancellable_source_new (cancellable);
      g_source_set_dummy_callback (cancelled);
      g_source_add_child_source (source, cancelled);
    }
  return source;
}

static GOutputStream *
get_base (gpointer self)
{
  return g_filter_output_stream_get_base_stream (G_FILTER_OUTPUT_STREAM (self));
}

static gboolean
is_writable (GPollableOutputStream *stream)
{
  return g_pollable_output_stream_is_writable (G_POLLABLE_OUTPUT_STREAM (get_base (stream)));
}

static gssize
write_nonblocking (GPollableOutputStream *stream, const void *buffer, gsize count, GError **error)
{
  GatewayOutput *self = GATEWAY_OUTPUT (stream);
  g_autoptr (GError) failure = NULL;
  gssize n = g_pollable_output_stream_write_nonblocking (G_POLLABLE_OUTPUT_STREAM (get_base (stream)), buffer, count,
                                                         NULL, &failure);

  self->is_blocked = g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return n;
}

static void
gateway_output_pollable_init (GPollableOutputStreamInterface *iface)
{
  iface->write_nonblocking = write_nonblocking;
  iface->is_writable = is_writable;
  iface->create_source = create_source;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (GatewayOutput, gateway_output, G_TYPE_FILTER_OUTPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_OUTPUT_STREAM, gateway_output_pollable_init))

GatewayOutput *
gateway_output_new (GSocketConnection *base)
{
  GatewayOutput *self
      = g_object_new (GATEWAY_TYPE_OUTPUT, "base-stream", g_io_stream_get_output_stream (G_IO_STREAM (base)),
                      "close-base-stream", FALSE, NULL);

  self->fd = g_socket_get_fd (g_socket_connection_get_socket (base));
  return self;
}

static void
gateway_output_init (GatewayOutput *self)
{
}

static void
gateway_output_class_init (GatewayOutputClass *class)
{
}
