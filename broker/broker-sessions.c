/* broker-sessions.c: who may ask: tokens, the sessions opened with them, and PINs at a wallboard.
 *
 * Owns the tokens (as SHA-256 only), the open sessions in order of use, and each user's count of
 * wrong PINs. Tokens and PINs are compared in constant time and never logged. What can fail is the
 * file; it is then used as far as it is good.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "broker-sessions"

#include "broker-sessions.h"

#include "common/bed-time.h"

#include <string.h>
#include <sys/stat.h>

#define TOKEN_COLUMNS 7
static const char header[] = "token,user,role,lap,unit,owner,pin";

typedef struct
{
  guint8 token[32]; /* SHA-256 */
  BedActor actor;
  char pin[BROKER_PIN_LENGTH_MAX + 1]; /* "" for none; the rest is 0 */
} Account;

typedef struct
{
  GList link; /* in by_use; data is the session */
  char id[BROKER_SESSION_SIZE];
  guint8 token[32];
  BedActor actor;
} Session;

typedef struct
{
  guint wrong;
  gint64 locked_until_us;
} Tries;

struct _BrokerSessions
{
  char *file;
  GArray *accounts;     /* Account */
  GHashTable *sessions; /* id → Session */
  GQueue by_use;        /* of Session, the one idle for longest first */
  GHashTable *tries;    /* user → Tries; users of the file only, so it is bounded */
  struct stat seen;     /* of the file when it was read; zeroed if it was not there */
  guint n_faults;
};

static void
session_free (gpointer session)
{
  g_free (session);
}

static void
hash_token (const char *token, guint8 digest[static 32])
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize length = 32;

  g_checksum_update (checksum, (const guchar *) token, -1);
  g_checksum_get_digest (checksum, digest, &length);
}

/* Equal or not in a time that does not depend on where they differ. */
static gboolean
is_same_secret (const void *a, const void *b, gsize length)
{
  const volatile guint8 *left = a;
  const volatile guint8 *right = b;
  guint8 differs = 0;

  for (gsize i = 0; i < length; i++)
    differs |= left[i] ^ right[i];
  return differs == 0;
}

static gboolean
is_id (const char *text)
{
  return strlen (text) < BED_ID_SIZE
         && strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789_-") == strlen (text);
}

static gboolean
is_token (const char *text)
{
  gsize length = strlen (text);

  if (length < BROKER_TOKEN_LENGTH_MIN || length > BROKER_TOKEN_LENGTH_MAX)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && strchr ("-_.~+/=", text[i]) == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
is_pin (const char *text)
{
  gsize length = strlen (text);

  return length >= BROKER_PIN_LENGTH_MIN && length <= BROKER_PIN_LENGTH_MAX
         && strspn (text, "0123456789") == length;
}

/* The account with this token. Looks at all of them whatever it finds. */
static const Account *
find_account (const BrokerSessions *self, const guint8 token[static 32])
{
  const Account *found = NULL;

  for (guint i = 0; i < self->accounts->len; i++)
    {
      const Account *account = &g_array_index (self->accounts, Account, i);

      if (is_same_secret (account->token, token, 32))
        found = account;
    }
  return found;
}

static gboolean
parse_account (const char *line, Account *account)
{
  g_auto (GStrv) fields = g_strsplit (line, ",", TOKEN_COLUMNS + 1);
  int role;

  *account = (Account) { .pin = "" };
  if (g_strv_length (fields) != TOKEN_COLUMNS)
    return FALSE;
  for (guint i = 0; i < TOKEN_COLUMNS; i++)
    g_strstrip (fields[i]);

  role = bed_words_parse (&bed_role_words, fields[2]);
  if (role < 0 || role == BED_ROLE_LOCAL || role == BED_ROLE_CLOCK)
    return FALSE;
  if (!is_token (fields[0]) || fields[1][0] == '\0' || (fields[6][0] != '\0' && !is_pin (fields[6])))
    return FALSE;
  /* "local" and "clock" are the broker's own names: keys are unique per actor. */
  if (g_str_equal (fields[1], "local") || g_str_equal (fields[1], "clock"))
    return FALSE;
  if (!is_id (fields[1]) || !is_id (fields[3]) || !is_id (fields[4]) || !is_id (fields[5]))
    return FALSE;

  hash_token (fields[0], account->token);
  account->actor.role = (guint8) role;
  g_strlcpy (account->actor.user, fields[1], sizeof account->actor.user);
  g_strlcpy (account->actor.lap, fields[3], sizeof account->actor.lap);
  g_strlcpy (account->actor.unit, fields[4], sizeof account->actor.unit);
  g_strlcpy (account->actor.owner, fields[5], sizeof account->actor.owner);
  g_strlcpy (account->pin, fields[6], sizeof account->pin);
  return TRUE;
}

static void
add_fault (BrokerSessions *self, guint line, const char *reason)
{
  self->n_faults++;
  g_warning ("%s:%u: %s", BROKER_TOKENS_FILE, line, reason);
}

static void
read_accounts (BrokerSessions *self, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  gboolean has_header = FALSE;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      Account account;

      g_strchomp (lines[i]);
      if (lines[i][0] == '\0' || lines[i][0] == '#')
        continue;
      if (!has_header)
        {
          if (!g_str_equal (lines[i], header))
            {
              add_fault (self, i + 1, "the header line is not the one expected: no token is valid");
              return;
            }
          has_header = TRUE;
        }
      else if (self->accounts->len == BROKER_TOKENS_MAX)
        add_fault (self, i + 1, "too many tokens: line ignored");
      else if (!parse_account (lines[i], &account))
        add_fault (self, i + 1, "not a token row: line ignored");
      else if (find_account (self, account.token) != NULL)
        add_fault (self, i + 1, "the same token again: line ignored");
      else
        g_array_append_val (self->accounts, account);
    }
}

static void
drop_session (BrokerSessions *self, Session *session)
{
  g_queue_unlink (&self->by_use, &session->link);
  g_hash_table_remove (self->sessions, session->id);
}

/* After the accounts have changed: sessions and counts of wrong PINs follow them. */
static void
revise_sessions (BrokerSessions *self)
{
  GList *next;
  GHashTableIter iter;
  gpointer user;

  for (GList *link = self->by_use.head; link != NULL; link = next)
    {
      Session *session = link->data;
      const Account *account = find_account (self, session->token);

      next = link->next;
      if (account != NULL)
        session->actor = account->actor;
      else
        drop_session (self, session);
    }

  g_hash_table_iter_init (&iter, self->tries);
  while (g_hash_table_iter_next (&iter, &user, NULL))
    {
      gboolean is_known = FALSE;

      for (guint i = 0; i < self->accounts->len && !is_known; i++)
        is_known = g_str_equal (g_array_index (self->accounts, Account, i).actor.user, user);
      if (!is_known)
        g_hash_table_iter_remove (&iter);
    }
}

static gboolean
is_same_file (const struct stat *a, const struct stat *b)
{
  return a->st_ino == b->st_ino && a->st_size == b->st_size && a->st_mtim.tv_sec == b->st_mtim.tv_sec
         && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec && a->st_mode == b->st_mode;
}

void
broker_sessions_refresh (BrokerSessions *self)
{
  struct stat now = { 0 };
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  if (stat (self->file, &now) != 0)
    now = (struct stat) { 0 };
  if (is_same_file (&now, &self->seen))
    return;

  self->seen = now;
  self->n_faults = 0;
  g_array_set_size (self->accounts, 0);
  if (now.st_mode != 0 && (now.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    g_warning ("%s can be read by others than the broker: chmod 600 it", BROKER_TOKENS_FILE);
  if (now.st_size > BROKER_TOKENS_BYTES_MAX)
    add_fault (self, 0, "too large: no token is valid");
  else if (now.st_mode != 0 && !g_file_get_contents (self->file, &text, NULL, &error))
    add_fault (self, 0, "cannot be read: no token is valid");
  if (text != NULL)
    read_accounts (self, text);
  revise_sessions (self);
}

BrokerSessions *
broker_sessions_new (const char *folder)
{
  BrokerSessions *self = g_new0 (BrokerSessions, 1);

  self->file = g_build_filename (folder, BROKER_TOKENS_FILE, NULL);
  self->accounts = g_array_new (FALSE, TRUE, sizeof (Account));
  self->sessions = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, session_free);
  self->tries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_queue_init (&self->by_use);
  broker_sessions_refresh (self);
  return self;
}

void
broker_sessions_free (BrokerSessions *self)
{
  g_hash_table_unref (self->sessions); /* by_use has no nodes of its own */
  g_hash_table_unref (self->tries);
  g_array_unref (self->accounts);
  g_free (self->file);
  g_free (self);
}

guint
broker_sessions_get_n_tokens (const BrokerSessions *self)
{
  return self->accounts->len;
}

guint
broker_sessions_get_n_open (const BrokerSessions *self)
{
  return self->by_use.length;
}

guint
broker_sessions_get_n_faults (const BrokerSessions *self)
{
  return self->n_faults;
}

const BedActor *
broker_sessions_open (BrokerSessions *self, const char *token, const guint64 random[static 2],
                      char session[static BROKER_SESSION_SIZE])
{
  guint8 digest[32];
  const Account *account;
  Session *opened;

  broker_sessions_refresh (self);
  hash_token (token, digest);
  account = find_account (self, digest);
  if (account == NULL)
    return NULL;

  if (self->by_use.length == BROKER_SESSIONS_MAX)
    drop_session (self, self->by_use.head->data);

  opened = g_new0 (Session, 1);
  g_snprintf (opened->id, sizeof opened->id, "%016" G_GINT64_MODIFIER "x%016" G_GINT64_MODIFIER "x",
              random[0], random[1]);
  memcpy (opened->token, digest, sizeof opened->token);
  opened->actor = account->actor;
  opened->link.data = opened;
  g_queue_push_tail_link (&self->by_use, &opened->link);
  g_hash_table_insert (self->sessions, opened->id, opened);
  g_strlcpy (session, opened->id, BROKER_SESSION_SIZE);
  return &opened->actor;
}

const BedActor *
broker_sessions_find (BrokerSessions *self, const char *session)
{
  Session *found = g_hash_table_lookup (self->sessions, session);

  if (found == NULL)
    return NULL;
  g_queue_unlink (&self->by_use, &found->link);
  g_queue_push_tail_link (&self->by_use, &found->link);
  return &found->actor;
}

/* The user's account with this PIN, and whether there is such a user at all. */
static const Account *
find_pin (const BrokerSessions *self, const char *user, const char *pin, gboolean *is_known)
{
  char padded[BROKER_PIN_LENGTH_MAX + 1] = "";
  const Account *found = NULL;

  *is_known = FALSE;
  if (strlen (pin) <= BROKER_PIN_LENGTH_MAX)
    memcpy (padded, pin, strlen (pin));
  for (guint i = 0; i < self->accounts->len; i++)
    {
      const Account *account = &g_array_index (self->accounts, Account, i);

      if (account->actor.role == BED_ROLE_WALLBOARD || !g_str_equal (account->actor.user, user))
        continue;
      *is_known = TRUE;
      if (is_same_secret (account->pin, padded, sizeof padded) && account->pin[0] != '\0')
        found = account;
    }
  return found;
}

gint64
broker_sessions_get_locked_ms (BrokerSessions *self, const char *user, gint64 now_us)
{
  const Tries *tries = g_hash_table_lookup (self->tries, user);

  return tries != NULL && now_us < tries->locked_until_us ? (tries->locked_until_us - now_us + 999) / 1000 : 0;
}

const BedActor *
broker_sessions_check_pin (BrokerSessions *self, const char *user, const char *pin, gint64 now_us,
                           GError **error)
{
  gboolean is_known;
  const Account *account;
  Tries *tries;

  broker_sessions_refresh (self);
  tries = g_hash_table_lookup (self->tries, user);
  if (broker_sessions_get_locked_ms (self, user, now_us) > 0)
    {
      g_set_error_literal (error, BED_ERROR, BED_ERROR_LOCKED_OUT, bed_error_words (BED_ERROR_LOCKED_OUT));
      return NULL;
    }

  account = find_pin (self, user, pin, &is_known);
  if (account != NULL)
    {
      g_hash_table_remove (self->tries, user);
      return &account->actor;
    }
  if (is_known && tries == NULL)
    {
      tries = g_new0 (Tries, 1);
      g_hash_table_insert (self->tries, g_strdup (user), tries);
    }
  if (is_known && ++tries->wrong == BROKER_PIN_TRIES)
    *tries = (Tries) { .locked_until_us = now_us + BROKER_PIN_LOCKED_MIN * BED_MINUTE_US };
  g_set_error_literal (error, BED_ERROR, BED_ERROR_BAD_PIN, bed_error_words (BED_ERROR_BAD_PIN));
  return NULL;
}
