/* bed-link.c: a connection to the broker, from the first attempt on, and the table it passes.
 *
 * Owns the non-blocking socket and the newest map; bed-link-lines.c reads and writes the one,
 * bed-link-calls.c keeps the calls that wait for an answer. A connection that fails, ends,
 * overflows or talks nonsense is given up and tried again with backoff. All from the main context
 * in which the link was made.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-link-core.h"

#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

G_DEFINE_FINAL_TYPE (BedLink, bed_link, G_TYPE_OBJECT)

enum
{
  SIGNAL_OPENED,
  SIGNAL_MOVED,
  SIGNAL_LOST,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void schedule_retry (BedLink *self, guint delay_ms);
static void open_table (BedLink *self);

GSource *
bed_link_attach (BedLink *self, GSource *source, GSourceFunc callback)
{
  g_source_set_callback (source, callback, self, NULL);
  g_source_attach (source, self->context);
  return source;
}

void
bed_link_drop_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
close_socket (BedLink *self)
{
  bed_link_drop_source (&self->readable);
  bed_link_drop_source (&self->writable);
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
  self->connection++;
  while (self->n_descriptors > 0)
    close (self->descriptors[--self->n_descriptors]);
  g_byte_array_set_size (self->input, 0);
  g_byte_array_set_size (self->output, 0);
  self->scanned = 0;
  self->is_broken = FALSE;
  self->table_call = 0;
  self->table_is_stale = FALSE;
}

void
bed_link_lose (BedLink *self)
{
  gboolean was_open = self->is_open;

  close_socket (self);
  self->is_open = FALSE;
  schedule_retry (self, self->backoff_ms);
  self->backoff_ms = MIN (self->backoff_ms * 2, BED_LINK_BACKOFF_MAX_MS);
  bed_link_abandon_calls (self);
  if (was_open)
    g_signal_emit (self, signals[SIGNAL_LOST], 0);
}

/* The table */

static void
take_map (JsonNode *result, const GError *error, JsonObject *data, gpointer user_data)
{
  BedLink *self = user_data;
  g_autoptr (GError) fault = NULL;

  if (self->table_call == 0)
    return; /* the connection was lost: told to us as to every caller */
  self->table_call = 0;
  if (error != NULL || self->n_descriptors == 0 || !JSON_NODE_HOLDS_OBJECT (result))
    {
      g_debug ("table.open: %s", error != NULL ? error->message : "no descriptor came with it");
      self->is_broken = TRUE;
      return;
    }

  int fd = self->descriptors[0];
  self->n_descriptors--;
  memmove (self->descriptors, self->descriptors + 1, self->n_descriptors * sizeof (int));
  BedMap *map = bed_map_new (fd, &fault);
  close (fd);
  gint64 epoch = json_object_get_int_member_with_default (json_node_get_object (result), "epoch", 0);
  if (map == NULL || map->table.epoch != (guint64) epoch)
    {
      g_warning ("%s", fault != NULL ? fault->message : "the table is of another epoch than the broker says");
      g_clear_pointer (&map, bed_map_unref);
      self->is_broken = TRUE;
      return;
    }

  BedMap *old = g_steal_pointer (&self->map);
  gboolean was_open = self->is_open;
  self->map = map;
  self->is_open = TRUE;
  self->backoff_ms = BED_LINK_BACKOFF_MIN_MS;
  if (!was_open)
    g_signal_emit (self, signals[SIGNAL_OPENED], 0);
  g_signal_emit (self, signals[SIGNAL_MOVED], 0, (guint64) bed_table_get_revision (&map->table));
  g_clear_pointer (&old, bed_map_unref);

  if (self->table_is_stale && self->fd >= 0)
    open_table (self);
}

static void
open_table (BedLink *self)
{
  self->table_is_stale = self->table_call != 0;
  if (self->table_call == 0)
    self->table_call = bed_link_send_call (self, "table.open", "{}", take_map, self);
}

/* Messages from the broker */

void
bed_link_take_notification (BedLink *self, const BedMessage *message)
{
  JsonObject *params = bed_message_peek_params (message);

  if (!self->wants_table || self->map == NULL)
    return;
  if (strcmp (message->method, "table.replaced") == 0)
    open_table (self);
  else if (strcmp (message->method, "table.moved") == 0 && params != NULL && self->is_open)
    {
      gint64 revision = json_object_get_int_member_with_default (params, "revision", 0);
      g_signal_emit (self, signals[SIGNAL_MOVED], 0, (guint64) MAX (revision, 0));
    }
}

/* Connecting */

static int
connect_socket (const char *path)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  if (g_strlcpy (address.sun_path, path, sizeof address.sun_path) >= sizeof address.sun_path)
    return -1;
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd >= 0 && connect (fd, (struct sockaddr *) &address, sizeof address) < 0)
    {
      close (fd); /* absent, refusing, or its backlog is full: all the same to us */
      fd = -1;
    }
  return fd;
}

static gboolean
try_connect (gpointer user_data)
{
  g_autoptr (BedLink) self = g_object_ref (user_data);

  bed_link_drop_source (&self->retry);
  self->fd = connect_socket (self->path);
  if (self->fd < 0)
    {
      schedule_retry (self, self->backoff_ms);
      self->backoff_ms = MIN (self->backoff_ms * 2, BED_LINK_BACKOFF_MAX_MS);
      return G_SOURCE_REMOVE;
    }
  self->sent = 0;
  bed_link_read (self);
  if (self->wants_table)
    open_table (self);
  else
    {
      self->is_open = TRUE;
      self->backoff_ms = BED_LINK_BACKOFF_MIN_MS;
      g_signal_emit (self, signals[SIGNAL_OPENED], 0);
    }
  return G_SOURCE_REMOVE;
}

static void
schedule_retry (BedLink *self, guint delay_ms)
{
  bed_link_drop_source (&self->retry);
  self->retry = bed_link_attach (self, g_timeout_source_new (delay_ms), try_connect);
}

BedLink *
bed_link_new (const char *path, gboolean wants_table)
{
  g_return_val_if_fail (path != NULL, NULL);

  BedLink *self = g_object_new (BED_TYPE_LINK, NULL);
  self->path = g_strdup (path);
  self->wants_table = wants_table;
  schedule_retry (self, 0);
  return self;
}

BedMap *
bed_link_peek_map (BedLink *self)
{
  return self->map;
}

gboolean
bed_link_is_open (BedLink *self)
{
  return self->is_open;
}

GMainContext *
bed_link_peek_context (BedLink *self)
{
  return self->context;
}

static void
bed_link_init (BedLink *self)
{
  self->context = g_main_context_ref_thread_default ();
  self->fd = -1;
  self->backoff_ms = BED_LINK_BACKOFF_MIN_MS;
  self->input = g_byte_array_new ();
  self->output = g_byte_array_new ();
  self->calls = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_queue_init (&self->refused);
}

static void
bed_link_dispose (GObject *object)
{
  BedLink *self = BED_LINK (object);

  bed_link_drop_source (&self->retry);
  close_socket (self);
  self->is_open = FALSE;
  bed_link_abandon_calls (self);
  bed_link_tell_refused (self);
  bed_link_drop_source (&self->late);
  g_clear_pointer (&self->map, bed_map_unref);
  G_OBJECT_CLASS (bed_link_parent_class)->dispose (object);
}

static void
bed_link_finalize (GObject *object)
{
  BedLink *self = BED_LINK (object);

  g_clear_pointer (&self->calls, g_hash_table_unref);
  g_clear_pointer (&self->input, g_byte_array_unref);
  g_clear_pointer (&self->output, g_byte_array_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->path, g_free);
  G_OBJECT_CLASS (bed_link_parent_class)->finalize (object);
}

static void
bed_link_class_init (BedLinkClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = bed_link_dispose;
  object_class->finalize = bed_link_finalize;
  signals[SIGNAL_OPENED] = g_signal_new ("opened", BED_TYPE_LINK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 0);
  signals[SIGNAL_MOVED] = g_signal_new ("moved", BED_TYPE_LINK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_UINT64);
  signals[SIGNAL_LOST] = g_signal_new ("lost", BED_TYPE_LINK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 0);
}
