/* ctl-simulate-crew.c: sessions of the simulated people, and what became of their commands.
 *
 * Owns one BedLive a token and a queue of calls beyond the window that a session may have in
 * flight. Counts each answer by method and reason. Lost connections come back by themselves; an
 * `uncertain` command is repeated with its key until it has an answer, RETRIES_MAX times at most.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ctl-simulate-crew.h"

#include "common/bed-code.h"

#include <string.h>

#define RETRIES_MAX 120
#define RETRY_US (500 * 1000)
#define QUEUE_MAX 4096 /* calls waiting for one session; more is a refusal told at once */
#define TOKENS_BYTES_MAX (1024 * 1024)

struct _CtlCrew
{
  GPtrArray *members;  /* owned */
  GHashTable *tallies; /* owned: "method reason" → count */
  void (*notified) (const char *method, JsonObject *params, gpointer user_data);
  gpointer user_data; /* borrowed */
  GQueue retrying;    /* owned: calls whose answer is still uncertain */
  CtlMember *watcher; /* borrowed: whose feed is passed on; NULL so far */
};

typedef struct
{
  CtlMember *member;  /* borrowed */
  const char *method; /* interned */
  char *params;       /* owned */
  char *id;           /* owned */
  CtlAnswered answered;
  gpointer user_data; /* borrowed */
  guint retries;
  gint64 not_before_us; /* monotonic: of a retry */
} Call;

static void
call_free (gpointer memory)
{
  Call *call = memory;
  g_free (call->params);
  g_free (call->id);
  g_free (call);
}

static void
member_free (gpointer memory)
{
  CtlMember *member = memory;
  if (member->live != NULL)
    g_signal_handlers_disconnect_by_data (member->live, member);
  g_clear_object (&member->live); /* answers what is in flight, which may queue again */
  g_queue_clear_full (&member->waiting, call_free);
  g_free (member->token);
  g_free (member);
}

CtlCrew *
ctl_crew_new (void)
{
  CtlCrew *crew = g_new0 (CtlCrew, 1);
  crew->members = g_ptr_array_new_with_free_func (member_free);
  g_queue_init (&crew->retrying);
  crew->tallies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return crew;
}

void
ctl_crew_free (CtlCrew *crew)
{
  g_ptr_array_unref (crew->members);
  g_queue_clear_full (&crew->retrying, call_free);
  g_hash_table_unref (crew->tallies);
  g_free (crew);
}

guint
ctl_crew_get_n_members (const CtlCrew *crew)
{
  return crew->members->len;
}

static CtlMember *
get_member (const CtlCrew *crew, guint i)
{
  return g_ptr_array_index (crew->members, i);
}

/* token[,user,role,…] */
static void
add_token (CtlCrew *crew, const char *line)
{
  g_auto (GStrv) fields = g_strsplit (line, ",", -1);
  if (fields[0] == NULL || fields[0][0] == '\0' || fields[0][0] == '#'
      || strcmp (fields[0], "token") == 0)
    return;
  CtlMember *member = g_new0 (CtlMember, 1);
  member->crew = crew;
  member->token = g_strdup (fields[0]);
  member->role = -1;
  member->wants_feed = g_strv_length (fields) < 3 || strcmp (fields[2], "coordinator") == 0;
  g_queue_init (&member->waiting);
  g_ptr_array_add (crew->members, member);
}

static void
add_tokens (CtlCrew *crew, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    add_token (crew, g_strstrip (*line));
}

gboolean
ctl_crew_read_tokens (CtlCrew *crew, const char *path, GError **error)
{
  g_autofree char *text = NULL;
  gsize length = 0;
  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      if (!g_file_get_contents (path, &text, &length, error))
        return FALSE;
      if (length > TOKENS_BYTES_MAX)
        {
          g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s: too large to be tokens", path);
          return FALSE;
        }
      add_tokens (crew, text);
      return TRUE;
    }
  g_autoptr (GDir) folder = g_dir_open (path, 0, error);
  const char *name = NULL;
  gboolean is_read = folder != NULL;
  while (is_read && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      if (!g_file_test (file, G_FILE_TEST_IS_DIR))
        is_read = ctl_crew_read_tokens (crew, file, error);
    }
  return is_read;
}

/* Counting */

static void
count (CtlCrew *crew, const char *method, const char *reason)
{
  char *key = g_strconcat (method, " ", reason != NULL ? reason : "", NULL);
  guint before = GPOINTER_TO_UINT (g_hash_table_lookup (crew->tallies, key));
  g_hash_table_replace (crew->tallies, key, GUINT_TO_POINTER (before + 1));
}

static int
compare_tallies (gconstpointer a, gconstpointer b)
{
  const CtlAnswerCount *left = a;
  const CtlAnswerCount *right = b;
  int order = strcmp (left->method, right->method);
  return order != 0 ? order : g_strcmp0 (left->reason, right->reason);
}

GArray *
ctl_crew_list_answers (const CtlCrew *crew)
{
  GArray *tallies = g_array_new (FALSE, FALSE, sizeof (CtlAnswerCount));
  GHashTableIter iter;
  gpointer key = NULL;
  gpointer value = NULL;
  g_hash_table_iter_init (&iter, crew->tallies);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      g_auto (GStrv) parts = g_strsplit (key, " ", 2);
      CtlAnswerCount tally
          = { g_intern_string (parts[0]), parts[1][0] != '\0' ? g_intern_string (parts[1]) : NULL,
              GPOINTER_TO_UINT (value) };
      g_array_append_val (tallies, tally);
    }
  g_array_sort (tallies, compare_tallies);
  return tallies;
}

/* Calls */

static void
send_waiting (CtlMember *member);

/* Once uncertain, only a true answer settles it: `unavailable` then speaks of the repeat alone. */
static gboolean
is_unsettled (const Call *call, const GError *error)
{
  return call->retries < RETRIES_MAX
         && (g_error_matches (error, BED_ERROR, BED_ERROR_UNCERTAIN)
             || (call->retries > 0 && g_error_matches (error, BED_ERROR, BED_ERROR_UNAVAILABLE)));
}

static void
on_answer (JsonNode *result, const GError *error, JsonObject *data, gpointer user_data)
{
  Call *call = user_data;
  CtlMember *member = call->member;
  member->in_flight--;
  if (is_unsettled (call, error))
    {
      call->retries++;
      call->not_before_us = g_get_monotonic_time () + RETRY_US;
      g_queue_push_tail (&member->crew->retrying, call);
      return;
    }
  const char *reason = error != NULL ? bed_error_reason ((BedError) error->code) : NULL;
  count (member->crew, call->method, reason);
  JsonObject *object = error != NULL ? data
                       : result != NULL && JSON_NODE_HOLDS_OBJECT (result)
                           ? json_node_get_object (result)
                           : NULL;
  call->answered (call->id, reason, object, call->user_data);
  call_free (call);
  send_waiting (member);
}

static void
send_waiting (CtlMember *member)
{
  while (member->live != NULL && member->in_flight < BED_LIVE_CALLS_MAX
         && !g_queue_is_empty (&member->waiting)
         && bed_live_get_state (member->live) == BED_LIVE_OPEN)
    {
      Call *call = g_queue_pop_head (&member->waiting);
      member->in_flight++;
      bed_live_call (member->live, call->method, call->params, on_answer, call);
    }
}

void
ctl_crew_begin (BedJson *json)
{
  char key[BED_KEY_SIZE];
  bed_key_print (g_get_real_time (), bed_random (), bed_random (), key);
  bed_json_init (json, 256);
  bed_json_begin_object (json);
  bed_json_add_string (json, "key", key);
}

void
ctl_crew_send (CtlMember *member, const char *method, BedJson *json, const char *id,
               CtlAnswered answered, gpointer user_data)
{
  bed_json_end_object (json);
  Call *call = g_new0 (Call, 1);
  call->member = member;
  call->method = g_intern_string (method);
  call->params = bed_json_steal (json, NULL);
  call->id = g_strdup (id);
  call->answered = answered;
  call->user_data = user_data;
  if (g_queue_get_length (&member->waiting) >= QUEUE_MAX)
    {
      count (member->crew, call->method, "not_sent");
      call_free (call);
      return;
    }
  g_queue_push_tail (&member->waiting, call);
  send_waiting (member);
}

/* Sessions */

static void
copy_member (JsonObject *session, const char *name, char *to)
{
  const char *text = json_object_get_string_member_with_default (session, name, "");
  g_strlcpy (to, text, BED_ID_SIZE);
}

/* Who the session says it is. */
static void
learn (CtlMember *member)
{
  JsonObject *session = bed_live_peek_session (member->live);
  if (session == NULL)
    return;
  member->role = bed_words_parse (&bed_role_words,
                                  json_object_get_string_member_with_default (session, "role", ""));
  copy_member (session, "unit", member->unit);
  copy_member (session, "owner", member->owner);
  if (member->crew->watcher == NULL && member->wants_feed && member->role == BED_ROLE_COORDINATOR)
    member->crew->watcher = member;
}

static void
on_state (BedLive *live, guint state, gpointer user_data)
{
  CtlMember *member = user_data;
  member->is_refused = state == BED_LIVE_REFUSED;
  if (state != BED_LIVE_OPEN)
    return;
  learn (member);
  send_waiting (member);
}

static void
on_notified (BedLive *live, const char *method, JsonObject *params, gpointer user_data)
{
  CtlMember *member = user_data;
  if (member->crew->watcher == NULL)
    learn (member);
  if (member->crew->watcher == member)
    member->crew->notified (method, params, member->crew->user_data);
}

void
ctl_crew_step (CtlCrew *crew)
{
  gint64 now_us = g_get_monotonic_time ();
  Call *call = NULL;
  while ((call = g_queue_peek_head (&crew->retrying)) != NULL && call->not_before_us <= now_us)
    g_queue_push_head (&call->member->waiting, g_queue_pop_head (&crew->retrying));
  for (guint i = 0; i < crew->members->len; i++)
    send_waiting (get_member (crew, i));
}

void
ctl_crew_start (CtlCrew *crew, const char *url,
                void (*notified) (const char *method, JsonObject *params, gpointer user_data),
                gpointer user_data)
{
  crew->notified = notified;
  crew->user_data = user_data;
  for (guint i = 0; i < crew->members->len; i++)
    {
      CtlMember *member = get_member (crew, i);
      member->live
          = bed_live_new (url, member->token, member->wants_feed ? "{}" : NULL, bed_random ());
      g_signal_connect (member->live, "state", G_CALLBACK (on_state), member);
      g_signal_connect (member->live, "notified", G_CALLBACK (on_notified), member);
      bed_live_start (member->live);
    }
}

guint
ctl_crew_get_n_open (const CtlCrew *crew)
{
  guint n = 0;
  for (guint i = 0; i < crew->members->len; i++)
    n += bed_live_get_state (get_member (crew, i)->live) == BED_LIVE_OPEN;
  return n;
}

guint
ctl_crew_get_n_refused (const CtlCrew *crew)
{
  guint n = 0;
  for (guint i = 0; i < crew->members->len; i++)
    n += get_member (crew, i)->is_refused;
  return n;
}

gboolean
ctl_crew_has_coordinator (const CtlCrew *crew)
{
  return crew->watcher != NULL;
}

/* The n-th, modulo how many there are, of those with a role; NULL: none. */
static CtlMember *
pick (CtlCrew *crew, BedRole role, guint n)
{
  guint found = 0;
  for (guint i = 0; i < crew->members->len; i++)
    found += get_member (crew, i)->role == (int) role;
  n = found > 0 ? n % found : 0;
  for (guint i = 0; i < crew->members->len; i++)
    if (get_member (crew, i)->role == (int) role && n-- == 0)
      return get_member (crew, i);
  return NULL;
}

CtlMember *
ctl_crew_find_coordinator (CtlCrew *crew, guint n)
{
  return pick (crew, BED_ROLE_COORDINATOR, n);
}

CtlMember *
ctl_crew_find_assessor (CtlCrew *crew)
{
  return pick (crew, BED_ROLE_ASSESSOR, 0);
}

CtlMember *
ctl_crew_find_referrer (CtlCrew *crew, guint n)
{
  return pick (crew, BED_ROLE_REFERRER, n);
}

CtlMember *
ctl_crew_find_organisation (CtlCrew *crew, const char *organisation)
{
  for (guint i = 0; i < crew->members->len; i++)
    {
      CtlMember *member = get_member (crew, i);
      if (member->role == BED_ROLE_REFERRER && strcmp (member->owner, organisation) == 0)
        return member;
    }
  return NULL;
}

gboolean
ctl_crew_is_busy (const CtlCrew *crew)
{
  for (guint i = 0; i < crew->members->len; i++)
    {
      CtlMember *member = get_member (crew, i);
      if (member->in_flight > 0 || !g_queue_is_empty (&member->waiting))
        return TRUE;
    }
  return crew->retrying.length > 0;
}

CtlMember *
ctl_crew_find_owner (CtlCrew *crew, const char *owner)
{
  for (guint i = 0; i < crew->members->len; i++)
    {
      CtlMember *member = get_member (crew, i);
      if (member->role == BED_ROLE_OWNER && strcmp (member->owner, owner) == 0)
        return member;
    }
  return NULL;
}

CtlMember *
ctl_crew_find_house (CtlCrew *crew, const char *unit, const char *owner)
{
  for (guint i = 0; i < crew->members->len; i++)
    {
      CtlMember *member = get_member (crew, i);
      if (member->role == BED_ROLE_UNIT && strcmp (member->unit, unit) == 0)
        return member;
    }
  return ctl_crew_find_owner (crew, owner);
}
