/* gateway-output.c: writes through, and remembers when the socket was full.
 *
 * Owns references to the base stream and to what the poll knows.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "gateway-output.h"

struct _GatewayOutput
{
  GFilterOutputStream parent;
  GatewayReady *ready; /* owned reference; NULL while it is not watched */
};

static GPollableOutputStream *
get_base (gpointer self)
{
  return G_POLLABLE_OUTPUT_STREAM (g_filter_output_stream_get_base_stream (G_FILTER_OUTPUT_STREAM (self)));
}

static gboolean
is_writable (GPollableOutputStream *stream)
{
  return g_pollable_output_stream_is_writable (get_base (stream));
}

static gssize
write_nonblocking (GPollableOutputStream *stream, const void *buffer, gsize count, GError **error)
{
  GatewayOutput *self = GATEWAY_OUTPUT (stream);
  g_autoptr (GError) failure = NULL;
  gssize n = g_pollable_output_stream_write_nonblocking (get_base (stream), buffer, count, NULL, &failure);

  if (self->ready != NULL && g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    self->ready->is_writable = FALSE;
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return n;
}

static GSource *
create_source (GPollableOutputStream *stream, GCancellable *cancellable)
{
  GatewayOutput *self = GATEWAY_OUTPUT (stream);

  if (self->ready != NULL)
    return gateway_poll_create_source (self->ready, G_IO_OUT, G_OBJECT (stream), cancellable);
  g_autoptr (GSource) base = g_pollable_output_stream_create_source (get_base (stream), NULL);
  return g_pollable_source_new_full (stream, base, cancellable);
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
gateway_output_new (GOutputStream *base)
{
  return g_object_new (GATEWAY_TYPE_OUTPUT, "base-stream", base, "close-base-stream", FALSE, NULL);
}

void
gateway_output_watch (GatewayOutput *self, GatewayReady *ready)
{
  self->ready = g_rc_box_acquire (ready);
}

static void
gateway_output_finalize (GObject *object)
{
  g_clear_pointer (&GATEWAY_OUTPUT (object)->ready, g_rc_box_release);
  G_OBJECT_CLASS (gateway_output_parent_class)->finalize (object);
}

static void
gateway_output_init (GatewayOutput *self)
{
}

static void
gateway_output_class_init (GatewayOutputClass *class)
{
  G_OBJECT_CLASS (class)->finalize = gateway_output_finalize;
}
