/* bed-link.c: lines to and from the broker over its Unix socket, and the descriptor of its table.
 *
 * Owns one non-blocking socket, what is still to be sent, the calls that wait for an answer, and
 * the newest map. A connection that fails, ends, overflows or talks nonsense is given up and tried
 * again with backoff; calls it leaves behind are answered from how much of them was written. All
 * from the main context in which the link was made. Bytes from the broker are only ever checked.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-link.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define READ_CHUNK (64 * 1024)
#define READS_PER_TURN 16 /* then other sources have their turn */
#define DESCRIPTORS_MAX 4 /* passed and not yet claimed; more are closed */
#define INPUT_KEPT (256 * 1024) /* a larger buffer is given back once it is empty */

typedef struct
{
  guint64 id;
  guint64 end; /* of its line in the connection's output: sent once this many bytes are */
  BedLinkAnswer answer;
  gpointer user_data;
  BedError refusal; /* of those that wait to be refused */
} Call;

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
  int descriptors[DESCRIPTORS_MAX];
  guint n_descriptors;

  GByteArray *output; /* owned: what is not sent yet */
  guint64 sent;       /* bytes of this connection */
  gboolean is_broken; /* a send failed: given up from the next turn */

  GHashTable *calls; /* owned: id → Call */
  GQueue refused;    /* owned Calls that were never sent */
  guint64 last_id;
  guint64 table_call;      /* id of table.open, or 0 */
  gboolean table_is_stale; /* replaced while table.open was on its way */
  BedMap *map;             /* owned, or NULL */
};

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

static GSource *
attach (BedLink *self, GSource *source, GSourceFunc callback)
{
  g_source_set_callback (source, callback, self, NULL);
  g_source_attach (source, self->context);
  return source;
}

static void
drop_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static gint
compare_calls (gconstpointer a, gconstpointer b)
{
  const Call *first = *(const Call *const *) a;
  const Call *second = *(const Call *const *) b;
  return first->id < second->id ? -1 : first->id > second->id;
}

static void
tell_error (Call *call, BedError code)
{
  g_autoptr (GError) error = g_error_new_literal (BED_ERROR, code, bed_error_words (code));
  call->answer (NULL, error, NULL, call->user_data);
  g_free (call);
}

static void
close_socket (BedLink *self)
{
  drop_source (&self->readable);
  drop_source (&self->writable);
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

/* Answers every call the connection leaves behind, oldest first: one whose line was written to the
 * end may have been done, one that lacks a byte cannot have been. */
static void
abandon_calls (BedLink *self)
{
  guint64 sent = self->sent;
  g_autoptr (GPtrArray) calls = g_ptr_array_sized_new (g_hash_table_size (self->calls));
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->calls);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_add (calls, value);
  g_hash_table_remove_all (self->calls);
  g_ptr_array_sort (calls, compare_calls);
  for (guint i = 0; i < calls->len; i++)
    {
      Call *call = calls->pdata[i];
      tell_error (call, call->end <= sent ? BED_ERROR_UNCERTAIN : BED_ERROR_UNAVAILABLE);
    }
}

/* Gives the connection up. Only from a source of our own, never from within a caller's call. */
static void
lose (BedLink *self)
{
  gboolean was_open = self->is_open;

  close_socket (self);
  self->is_open = FALSE;
  schedule_retry (self, self->backoff_ms);
  self->backoff_ms = MIN (self->backoff_ms * 2, BED_LINK_BACKOFF_MAX_MS);
  abandon_calls (self);
  if (was_open)
    g_signal_emit (self, signals[SIGNAL_LOST], 0);
}

static gboolean
tell_late (gpointer user_data)
{
  g_autoptr (BedLink) self = g_object_ref (user_data);
  GQueue refused = self->refused;

  drop_source (&self->late);
  g_queue_init (&self->refused);
  for (Call *call = g_queue_pop_head (&refused); call != NULL; call = g_queue_pop_head (&refused))
    tell_error (call, call->refusal);
  if (self->is_broken)
    lose (self);
  return G_SOURCE_REMOVE;
}

static void
schedule_late (BedLink *self)
{
  if (self->late != NULL)
    return;
  GSource *source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  self->late = attach (self, source, tell_late);
}

static gboolean on_writable (gint fd, GIOCondition condition, gpointer user_data);

/* Sends what the socket takes now; the rest waits for it to become writable. */
static void
flush (BedLink *self)
{
  gsize sent = 0;

  while (sent < self->output->len)
    {
      ssize_t n = send (self->fd, self->output->data + sent, self->output->len - sent,
                        MSG_NOSIGNAL | MSG_DONTWAIT);
      if (n > 0)
        sent += (gsize) n;
      else if (n < 0 && errno == EINTR)
        continue;
      else
        {
          if (n < 0 && errno != EAGAIN)
            {
              self->is_broken = TRUE;
              schedule_late (self);
            }
          break;
        }
    }
  self->sent += sent;
  if (sent > 0)
    g_byte_array_remove_range (self->output, 0, (guint) sent);

  if (self->output->len == 0 || self->is_broken)
    drop_source (&self->writable);
  else if (self->writable == NULL)
    self->writable = attach (self, g_unix_fd_source_new (self->fd, G_IO_OUT), G_SOURCE_FUNC (on_writable));
}

static gboolean
on_writable (gint fd, GIOCondition condition, gpointer user_data)
{
  BedLink *self = user_data;
  flush (self);
  return self->writable != NULL ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static guint64
send_call (BedLink *self, const char *method, const char *params, BedLinkAnswer answer,
           gpointer user_data)
{
  g_auto (BedJson) json = { 0 };
  char id[24];
  Call *call = g_new0 (Call, 1);

  call->id = ++self->last_id;
  call->answer = answer;
  call->user_data = user_data;
  g_snprintf (id, sizeof id, "%" G_GUINT64_FORMAT, call->id);
  bed_json_init (&json, strlen (params) + 128);
  bed_message_begin_call (&json, id, method);
  bed_json_raw (&json, params, -1);
  bed_message_end_call (&json);
  /* One object a line: a newline can only be white space here, a string's is escaped. */
  for (char *c = json.text->str; (c = strpbrk (c, "\r\n")) != NULL; c++)
    *c = ' ';
  g_string_append_c (json.text, '\n');

  g_byte_array_append (self->output, (const guint8 *) json.text->str, (guint) json.text->len);
  call->end = self->sent + self->output->len;
  g_hash_table_insert (self->calls, &call->id, call);
  if (self->writable == NULL && !self->is_broken)
    flush (self);
  return call->id;
}

void
bed_link_call (BedLink *self, const char *method, const char *params, BedLinkAnswer answer,
               gpointer user_data)
{
  g_return_if_fail (BED_IS_LINK (self) && method != NULL && params != NULL && answer != NULL);

  gboolean is_full = g_hash_table_size (self->calls) >= BED_LINK_CALLS_MAX
                     || self->output->len > BED_LINK_QUEUE_MAX;
  if (self->is_open && !self->is_broken && !is_full)
    {
      send_call (self, method, params, answer, user_data);
      return;
    }
  Call *call = g_new0 (Call, 1);
  call->answer = answer;
  call->user_data = user_data;
  call->refusal = self->is_open && is_full ? BED_ERROR_TOO_MANY : BED_ERROR_UNAVAILABLE;
  g_queue_push_tail (&self->refused, call);
  schedule_late (self);
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
    self->table_call = send_call (self, "table.open", "{}", take_map, self);
}

/* Messages from the broker */

static void
take_notification (BedLink *self, const BedMessage *message)
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

static void
take_answer (BedLink *self, const BedMessage *message)
{
  guint64 id = 0;
  gpointer stolen = NULL;

  if (message->id == NULL)
    g_warning ("the broker could not read one of our lines");
  if (message->id == NULL || !g_ascii_string_to_unsigned (message->id, 10, 1, G_MAXUINT64, &id, NULL)
      || !g_hash_table_steal_extended (self->calls, &id, NULL, &stolen))
    return;
  g_autofree Call *call = stolen;
  if (message->kind == BED_MESSAGE_RESULT)
    {
      call->answer (message->body, NULL, NULL, call->user_data);
      return;
    }
  const char *words = NULL;
  JsonObject *data = NULL;
  BedError code = bed_message_get_error (message, &words, &data);
  g_autoptr (GError) error = g_error_new_literal (BED_ERROR, (int) code,
                                                  words != NULL ? words : bed_error_words (code));
  call->answer (NULL, error, data, call->user_data);
}

/* FALSE if the line is no message: the connection is not worth keeping. */
static gboolean
take_line (BedLink *self, const char *line, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  g_autoptr (BedMessage) message = bed_message_parse (line, length, BED_REPLY_MAX, &id, &error);

  if (message == NULL)
    {
      g_warning ("the broker sent no message: %s", error->message);
      return FALSE;
    }
  switch (message->kind)
    {
    case BED_MESSAGE_REQUEST:
      break; /* nobody asks us anything */
    case BED_MESSAGE_NOTIFICATION:
      take_notification (self, message);
      break;
    case BED_MESSAGE_RESULT:
    case BED_MESSAGE_ERROR:
      take_answer (self, message);
      break;
    }
  return TRUE;
}

/* Takes every whole line. FALSE if the connection is to be given up. */
static gboolean
take_lines (BedLink *self)
{
  guint64 connection = self->connection;
  gsize start = 0;

  for (;;)
    {
      const guint8 *from = self->input->data + self->scanned;
      const guint8 *end = self->input->len > self->scanned
                              ? memchr (from, '\n', self->input->len - self->scanned)
                              : NULL;
      if (end == NULL)
        break;
      gsize length = (gsize) (end - self->input->data) - start;
      if (!take_line (self, (const char *) self->input->data + start, length) || self->is_broken)
        return FALSE;
      if (self->connection != connection)
        return TRUE; /* an answer's callback ended it */
      start += length + 1;
      self->scanned = start;
    }
  if (start > 0)
    g_byte_array_remove_range (self->input, 0, (guint) start);
  self->scanned = self->input->len;
  return self->input->len <= BED_REPLY_MAX;
}

static void
keep_descriptors (BedLink *self, struct msghdr *header)
{
  for (struct cmsghdr *c = CMSG_FIRSTHDR (header); c != NULL; c = CMSG_NXTHDR (header, c))
    {
      if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
        continue;
      gsize n = (c->cmsg_len - CMSG_LEN (0)) / sizeof (int);
      for (gsize i = 0; i < n; i++)
        {
          int fd;
          memcpy (&fd, CMSG_DATA (c) + i * sizeof (int), sizeof fd);
          if (self->n_descriptors < DESCRIPTORS_MAX)
            self->descriptors[self->n_descriptors++] = fd;
          else
            close (fd);
        }
    }
}

/* One recvmsg at the end of input: bytes read, 0 at the end, -1 with errno. */
static ssize_t
receive (BedLink *self)
{
  union
  {
    char room[CMSG_SPACE (DESCRIPTORS_MAX * sizeof (int))];
    struct cmsghdr align;
  } control;
  guint before = self->input->len;
  g_byte_array_set_size (self->input, before + READ_CHUNK);
  self->is_roomy |= before + READ_CHUNK > INPUT_KEPT;
  struct iovec vector = { .iov_base = self->input->data + before, .iov_len = READ_CHUNK };
  struct msghdr header = { .msg_iov = &vector, .msg_iovlen = 1, .msg_control = &control,
                           .msg_controllen = sizeof control };
  ssize_t n = recvmsg (self->fd, &header, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
  int fault = errno;

  g_byte_array_set_size (self->input, before + (guint) MAX (n, 0));
  if (n >= 0)
    keep_descriptors (self, &header);
  errno = fault;
  return n;
}

static gboolean
on_readable (gint fd, GIOCondition condition, gpointer user_data)
{
  g_autoptr (BedLink) self = g_object_ref (user_data);
  guint64 connection = self->connection;

  for (guint i = 0; i < READS_PER_TURN; i++)
    {
      ssize_t n = receive (self);
      if (n < 0 && (errno == EAGAIN || errno == EINTR))
        break;
      if (n <= 0 || !take_lines (self))
        {
          if (self->connection == connection)
            lose (self);
          return G_SOURCE_REMOVE;
        }
      if (self->connection != connection)
        return G_SOURCE_REMOVE;
    }
  if (self->input->len == 0 && self->is_roomy)
    {
      g_byte_array_unref (self->input);
      self->input = g_byte_array_new ();
      self->is_roomy = FALSE;
    }
  return G_SOURCE_CONTINUE;
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

  drop_source (&self->retry);
  self->fd = connect_socket (self->path);
  if (self->fd < 0)
    {
      schedule_retry (self, self->backoff_ms);
      self->backoff_ms = MIN (self->backoff_ms * 2, BED_LINK_BACKOFF_MAX_MS);
      return G_SOURCE_REMOVE;
    }
  self->sent = 0;
  self->readable = attach (self, g_unix_fd_source_new (self->fd, G_IO_IN), G_SOURCE_FUNC (on_readable));
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
  drop_source (&self->retry);
  self->retry = attach (self, g_timeout_source_new (delay_ms), try_connect);
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

  drop_source (&self->retry);
  close_socket (self);
  self->is_open = FALSE;
  abandon_calls (self);
  for (Call *call = g_queue_pop_head (&self->refused); call != NULL; call = g_queue_pop_head (&self->refused))
    tell_error (call, call->refusal);
  drop_source (&self->late);
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
