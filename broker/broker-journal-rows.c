/* broker-journal-rows.c: one event as one row, and back.
 *
 * A row is hashed as it is stored: SHA-256 over the hash before it and each column with its length,
 * so that no two rows serialise alike. A needs profile stays out of the row: the body holds the
 * SHA-256 of a salt, the command's digest (which would give the needs away to anybody who tries
 * them all) and the needs; those three stand in a table of their own and can be erased without
 * breaking the chain (broker-journal-erasures.c). What is read is checked for type, length and hash before it is believed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-journal-private.h"

#include <errno.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/random.h>

#define WORD_MAX 64
#define PROFILE_MAX 8192
#define PROFILE_OPEN "\"profile\":\""
#define PROFILE_CLOSE "\"}"
#define NO_NEEDS "\"needs\":{}}"
#define PROFILE_HEX (2 * BROKER_HASH_SIZE)
#define PROFILE_TAIL (sizeof PROFILE_OPEN - 1 + PROFILE_HEX + sizeof PROFILE_CLOSE - 1)
#define NULL_LENGTH G_MAXUINT32

typedef enum
{
  CELL_ACTOR,
  CELL_ROLE,
  CELL_KEY,
  CELL_KIND,
  CELL_BED,
  CELL_UNIT,
  CELL_REFERRAL,
  CELL_BODY,
  CELL_DIGEST,
  N_CELLS
} CellName;

/* The columns between `at` and `hash`, in the order of the table. */
static const struct
{
  const char *name;
  int type;
  gsize least, most; /* bytes */
  gboolean is_optional;
} columns[N_CELLS] = {
  [CELL_ACTOR] = { "actor", SQLITE_TEXT, 1, BED_ID_SIZE - 1, FALSE },
  [CELL_ROLE] = { "role", SQLITE_TEXT, 1, WORD_MAX, FALSE },
  [CELL_KEY] = { "key", SQLITE_BLOB, BROKER_KEY_BYTES, BROKER_KEY_BYTES, TRUE },
  [CELL_KIND] = { "kind", SQLITE_TEXT, 1, WORD_MAX, FALSE },
  [CELL_BED] = { "bed", SQLITE_TEXT, 1, BED_ID_SIZE - 1, TRUE },
  [CELL_UNIT] = { "unit", SQLITE_TEXT, 1, BED_ID_SIZE - 1, TRUE },
  [CELL_REFERRAL] = { "referral", SQLITE_TEXT, 1, BED_CODE_SIZE - 1, TRUE },
  [CELL_BODY] = { "body", SQLITE_TEXT, 2, BROKER_BODY_MAX, FALSE },
  [CELL_DIGEST] = { "digest", SQLITE_BLOB, BROKER_HASH_SIZE, BROKER_HASH_SIZE, TRUE },
};

enum
{
  COLUMN_REVISION,
  COLUMN_AT,
  COLUMN_FIRST_CELL,
  COLUMN_HASH = COLUMN_FIRST_CELL + N_CELLS,
  COLUMN_PREVIOUS,
  COLUMN_SALT,
  COLUMN_PROFILE_DIGEST,
  COLUMN_PROFILE_FACTS
};

typedef struct
{
  const void *bytes; /* borrowed; NULL: the column is NULL */
  gsize length;
} Cell;

typedef struct
{
  guint64 revision;
  gint64 at_us;
  Cell cells[N_CELLS];
} Row;

/* What stays out of the row. */
typedef struct
{
  guint8 salt[BROKER_SALT_SIZE];
  guint8 digest[BROKER_HASH_SIZE];
  Cell facts; /* a JSON object */
} Profile;

static Cell
text_cell (const char *text)
{
  return text == NULL || *text == '\0' ? (Cell){ NULL, 0 } : (Cell){ text, strlen (text) };
}

static gboolean
fail_row (guint64 revision, const char *why, const char *what, GError **error)
{
  g_set_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE, "journal: event %" G_GUINT64_FORMAT ": %s%s",
               revision, why, what);
  return FALSE;
}

/* Keys: 36 characters of UUID ↔ 16 bytes. */

gboolean
broker_journal_parse_key (const char *text, guint8 key[static BROKER_KEY_BYTES])
{
  guint n = 0;
  for (; *text != '\0' && n < 2 * BROKER_KEY_BYTES; text++)
    {
      int digit = g_ascii_xdigit_value (*text);
      if (*text == '-')
        continue;
      if (digit < 0)
        return FALSE;
      key[n / 2] = (guint8) (n % 2 == 0 ? digit << 4 : key[n / 2] | digit);
      n++;
    }
  return n == 2 * BROKER_KEY_BYTES && *text == '\0';
}

static void
print_key (const guint8 *key, char text[static BED_KEY_SIZE])
{
  static const char digits[] = "0123456789abcdef";
  char *end = text;
  for (guint i = 0; i < BROKER_KEY_BYTES; i++)
    {
      if (i == 4 || i == 6 || i == 8 || i == 10)
        *end++ = '-';
      *end++ = digits[key[i] >> 4];
      *end++ = digits[key[i] & 15];
    }
  *end = '\0';
}

/* Hashes. */

static void
add_number (GByteArray *bytes, guint64 value)
{
  guint64 order = GUINT64_TO_BE (value);
  g_byte_array_append (bytes, (const guint8 *) &order, sizeof order);
}

static void
get_sha (GChecksum *sha, guint8 hash[static BROKER_HASH_SIZE])
{
  gsize length = BROKER_HASH_SIZE;
  g_checksum_get_digest (sha, hash, &length);
  g_checksum_reset (sha);
}

static void
hash_row (BrokerJournal *journal, const Row *row, const guint8 previous[static BROKER_HASH_SIZE],
          guint8 hash[static BROKER_HASH_SIZE])
{
  GByteArray *bytes = journal->bytes;
  g_byte_array_set_size (bytes, 0);
  g_byte_array_append (bytes, previous, BROKER_HASH_SIZE);
  add_number (bytes, row->revision);
  add_number (bytes, (guint64) row->at_us);
  for (guint i = 0; i < N_CELLS; i++)
    {
      const Cell *cell = &row->cells[i];
      guint32 length = GUINT32_TO_BE (cell->bytes == NULL ? NULL_LENGTH : (guint32) cell->length);
      g_byte_array_append (bytes, (const guint8 *) &length, sizeof length);
      if (cell->bytes != NULL)
        g_byte_array_append (bytes, cell->bytes, (guint) cell->length);
    }
  g_checksum_update (journal->sha, bytes->data, bytes->len);
  get_sha (journal->sha, hash);
}

static void
print_profile_hash (BrokerJournal *journal, const Profile *profile, char hex[static PROFILE_HEX + 1])
{
  guint8 hash[BROKER_HASH_SIZE];
  g_checksum_update (journal->sha, profile->salt, sizeof profile->salt);
  g_checksum_update (journal->sha, profile->digest, sizeof profile->digest);
  g_checksum_update (journal->sha, profile->facts.bytes, (gssize) profile->facts.length);
  get_sha (journal->sha, hash);
  for (guint i = 0; i < BROKER_HASH_SIZE; i++)
    g_snprintf (hex + 2 * i, 3, "%02x", hash[i]);
}

/* Writing. */

static void
bind (sqlite3_stmt *statement, int column, const Cell *cell, int type)
{
  /* Bounded by BROKER_BODY_MAX. A failing bind leaves NULL, which NOT NULL or the length refuses. */
  if (cell->bytes == NULL)
    sqlite3_bind_null (statement, column);
  else if (type == SQLITE_TEXT)
    sqlite3_bind_text (statement, column, cell->bytes, (int) cell->length, SQLITE_STATIC);
  else
    sqlite3_bind_blob (statement, column, cell->bytes, (int) cell->length, SQLITE_STATIC);
}

static BrokerAppend
insert_event (BrokerJournal *journal, const Row *row, const guint8 hash[static BROKER_HASH_SIZE],
              GError **error)
{
  sqlite3_stmt *add = journal->statements[STATEMENT_ADD_EVENT];
  sqlite3_bind_int64 (add, COLUMN_REVISION + 1, (gint64) row->revision);
  sqlite3_bind_int64 (add, COLUMN_AT + 1, row->at_us);
  for (int i = 0; i < N_CELLS; i++)
    bind (add, COLUMN_FIRST_CELL + 1 + i, &row->cells[i], columns[i].type);
  sqlite3_bind_blob (add, COLUMN_HASH + 1, hash, BROKER_HASH_SIZE, SQLITE_STATIC);
  int result = broker_journal_run (journal, STATEMENT_ADD_EVENT);
  if (result == SQLITE_DONE)
    return BROKER_APPENDED;
  broker_journal_fail (journal, "cannot be appended to", error);
  return result == SQLITE_CONSTRAINT_PRIMARYKEY ? BROKER_MOVED : BROKER_NOT_APPENDED;
}

static gboolean
insert_profile (BrokerJournal *journal, const Row *row, const Profile *profile, GError **error)
{
  sqlite3_stmt *add = journal->statements[STATEMENT_ADD_PROFILE];
  sqlite3_bind_int64 (add, 1, (gint64) row->revision);
  sqlite3_bind_blob (add, 2, profile->salt, BROKER_SALT_SIZE, SQLITE_STATIC);
  sqlite3_bind_blob (add, 3, profile->digest, BROKER_HASH_SIZE, SQLITE_STATIC);
  bind (add, 4, &profile->facts, SQLITE_TEXT);
  bind (add, 5, &row->cells[CELL_REFERRAL], SQLITE_TEXT);
  if (broker_journal_run (journal, STATEMENT_ADD_PROFILE) != SQLITE_DONE)
    return broker_journal_fail (journal, "cannot be appended to", error);
  return TRUE;
}

/* The row's cells but for body and digest. */
static gboolean
fill_row (const BedEvent *event, guint8 key[static BROKER_KEY_BYTES], Row *row, GError **error)
{
  const BedFacts *facts = &event->facts;
  *row = (Row){ .revision = event->revision, .at_us = event->at_us };
  row->cells[CELL_ACTOR] = text_cell (event->actor);
  row->cells[CELL_ROLE] = text_cell (bed_words_print (&bed_role_words, event->role));
  row->cells[CELL_KIND] = text_cell (event->kind < BED_N_EVENTS ? bed_event_word (event->kind) : NULL);
  row->cells[CELL_BED] = text_cell (bed_facts_has (facts, BED_FACT_BED) ? facts->bed : NULL);
  row->cells[CELL_UNIT] = text_cell (bed_facts_has (facts, BED_FACT_UNIT) ? facts->unit : NULL);
  row->cells[CELL_REFERRAL] = text_cell (bed_facts_has (facts, BED_FACT_REFERRAL) ? facts->referral : NULL);
  if (*event->key != '\0')
    {
      if (!broker_journal_parse_key (event->key, key))
        return fail_row (event->revision, "its key is not a UUID", "", error);
      row->cells[CELL_KEY] = (Cell){ key, BROKER_KEY_BYTES };
    }
  return TRUE;
}

static gboolean
check_row (const Row *row, GError **error)
{
  for (guint i = 0; i < N_CELLS; i++)
    {
      const Cell *cell = &row->cells[i];
      if (cell->bytes == NULL ? !columns[i].is_optional
                              : cell->length < columns[i].least || cell->length > columns[i].most
                                    || (columns[i].type == SQLITE_TEXT
                                        && memchr (cell->bytes, '\0', cell->length) != NULL))
        return fail_row (row->revision, "not allowed as ", columns[i].name, error);
    }
  return TRUE;
}

static gboolean
make_profile (BrokerJournal *journal, const BedEvent *event, BedJson *facts, Profile *profile, GError **error)
{
  if (getrandom (profile->salt, sizeof profile->salt, 0) != (gssize) sizeof profile->salt)
    return fail_row (event->revision, "no salt: ", g_strerror (errno), error);
  memcpy (profile->digest, event->digest, sizeof profile->digest);
  BedFacts needs = event->facts; /* borrows what it owns: not cleared */
  needs.has = G_GUINT64_CONSTANT (1) << BED_FACT_NEEDS;
  bed_json_begin_object (facts);
  bed_facts_print (&needs, facts);
  bed_json_end_object (facts);
  profile->facts = (Cell){ facts->text->str, facts->text->len };
  return TRUE;
}

BrokerAppend
broker_journal_write_event (BrokerJournal *journal, const BedEvent *event,
                            const guint8 previous[static BROKER_HASH_SIZE],
                            guint8 hash[static BROKER_HASH_SIZE], GError **error)
{
  Row row;
  guint8 key[BROKER_KEY_BYTES];
  if (!fill_row (event, key, &row, error))
    return BROKER_NOT_APPENDED;

  gboolean has_profile = bed_facts_has (&event->facts, BED_FACT_NEEDS);
  BedEvent public = *event; /* borrows what it owns: not cleared */
  public.facts.has &= ~(G_GUINT64_CONSTANT (1) << BED_FACT_NEEDS);
  g_autofree char *body = bed_event_print_body (&public);
  g_auto (BedJson) facts;
  bed_json_init (&facts, 256);
  Profile profile;
  if (has_profile)
    {
      char hex[PROFILE_HEX + 1];
      if (!make_profile (journal, event, &facts, &profile, error))
        return BROKER_NOT_APPENDED;
      print_profile_hash (journal, &profile, hex);
      gsize length = strlen (body) - 1; /* without its brace */
      g_autofree char *opened = g_strndup (body, length);
      g_free (body);
      body = g_strconcat (opened, length > 1 ? "," : "", PROFILE_OPEN, hex, PROFILE_CLOSE, NULL);
    }
  else
    row.cells[CELL_DIGEST] = (Cell){ event->digest, BROKER_HASH_SIZE };
  row.cells[CELL_BODY] = text_cell (body);

  if (!check_row (&row, error))
    return BROKER_NOT_APPENDED;
  hash_row (journal, &row, previous, hash);
  BrokerAppend written = insert_event (journal, &row, hash, error);
  if (written == BROKER_APPENDED && has_profile && !insert_profile (journal, &row, &profile, error))
    return BROKER_NOT_APPENDED;
  if (written == BROKER_APPENDED && event->kind == BED_EVENT_PROFILE_ERASED
      && !broker_journal_erase (journal, event, error))
    return BROKER_NOT_APPENDED;
  return written;
}

/* Reading. */

static Cell
read_cell (sqlite3_stmt *statement, int column, int type)
{
  if (sqlite3_column_type (statement, column) != type)
    return (Cell){ NULL, 0 };
  const void *bytes = type == SQLITE_TEXT ? (const void *) sqlite3_column_text (statement, column)
                                          : sqlite3_column_blob (statement, column);
  return (Cell){ bytes, (gsize) sqlite3_column_bytes (statement, column) };
}

/* A cell of exactly length bytes, copied. */
static gboolean
read_exact (sqlite3_stmt *statement, int column, gsize length, guint8 *bytes)
{
  Cell cell = read_cell (statement, column, SQLITE_BLOB);
  if (cell.bytes == NULL || cell.length != length)
    return FALSE;
  memcpy (bytes, cell.bytes, length);
  return TRUE;
}

static gboolean
read_row (BrokerJournal *journal, sqlite3_stmt *statement, Row *row, GError **error)
{
  guint8 previous[BROKER_HASH_SIZE] = { 0 };
  guint8 stored[BROKER_HASH_SIZE];
  guint8 hash[BROKER_HASH_SIZE];

  *row = (Row){ .revision = (guint64) sqlite3_column_int64 (statement, COLUMN_REVISION),
                .at_us = sqlite3_column_int64 (statement, COLUMN_AT) };
  for (int i = 0; i < N_CELLS; i++)
    {
      int type = sqlite3_column_type (statement, COLUMN_FIRST_CELL + i);
      if (type != columns[i].type && type != SQLITE_NULL)
        return fail_row (row->revision, "not allowed as ", columns[i].name, error);
      row->cells[i] = read_cell (statement, COLUMN_FIRST_CELL + i, columns[i].type);
    }
  if (!check_row (row, error))
    return FALSE;
  if (row->revision > 1 && !read_exact (statement, COLUMN_PREVIOUS, BROKER_HASH_SIZE, previous))
    return fail_row (row->revision, "the event before it is missing", "", error);
  hash_row (journal, row, previous, hash);
  if (!read_exact (statement, COLUMN_HASH, BROKER_HASH_SIZE, stored)
      || memcmp (stored, hash, BROKER_HASH_SIZE) != 0)
    return fail_row (row->revision, "its hash does not hold: it has been changed", "", error);
  return TRUE;
}

static gboolean
has_profile_tail (const char *body, gsize length)
{
  return length >= PROFILE_TAIL + 1
         && memcmp (body + length - PROFILE_TAIL, PROFILE_OPEN, sizeof PROFILE_OPEN - 1) == 0
         && memcmp (body + length - (sizeof PROFILE_CLOSE - 1), PROFILE_CLOSE, sizeof PROFILE_CLOSE - 1) == 0;
}

static void
copy_text (const Cell *cell, char *text, gsize size)
{
  gsize length = MIN (cell->length, size - 1); /* check_row has bounded it */
  memcpy (text, cell->bytes, length);
  text[length] = '\0';
}

/* No profile at all, and the event that says so comes later. */
static gboolean
is_erased (BrokerJournal *journal, sqlite3_stmt *statement, const Row *row)
{
  char referral[BED_CODE_SIZE];
  for (int column = COLUMN_SALT; column <= COLUMN_PROFILE_FACTS; column++)
    if (sqlite3_column_type (statement, column) != SQLITE_NULL)
      return FALSE;
  if (row->cells[CELL_REFERRAL].bytes == NULL)
    return FALSE;
  copy_text (&row->cells[CELL_REFERRAL], referral, sizeof referral);
  return broker_journal_is_erased (journal, referral, row->revision);
}

/* The body with the profile in the place of its hash, and the command's digest. What was erased says that
 * there were needs, and no longer which. */
static char *
join_profile (BrokerJournal *journal, sqlite3_stmt *statement, const Row *row, BedEvent *event, GError **error)
{
  const char *body = row->cells[CELL_BODY].bytes;
  gsize length = row->cells[CELL_BODY].length;
  char hex[PROFILE_HEX + 1];
  Profile profile;
  event->is_erased = is_erased (journal, statement, row);
  if (event->is_erased)
    return g_strdup_printf ("%.*s" NO_NEEDS, (int) (length - PROFILE_TAIL), body);
  profile.facts = read_cell (statement, COLUMN_PROFILE_FACTS, SQLITE_TEXT);
  if (!read_exact (statement, COLUMN_SALT, sizeof profile.salt, profile.salt)
      || !read_exact (statement, COLUMN_PROFILE_DIGEST, sizeof profile.digest, profile.digest)
      || profile.facts.bytes == NULL)
    {
      fail_row (row->revision, "its needs profile is missing", "", error);
      return NULL;
    }
  print_profile_hash (journal, &profile, hex);
  if (profile.facts.length < 2 || profile.facts.length > PROFILE_MAX
      || memcmp (body + length - PROFILE_TAIL + sizeof PROFILE_OPEN - 1, hex, PROFILE_HEX) != 0)
    {
      fail_row (row->revision, "its needs profile has been changed", "", error);
      return NULL;
    }
  memcpy (event->digest, profile.digest, sizeof event->digest);
  GString *joined = g_string_sized_new (length + profile.facts.length);
  g_string_append_len (joined, body, (gssize) (length - PROFILE_TAIL));
  g_string_append_len (joined, (const char *) profile.facts.bytes + 1, (gssize) profile.facts.length - 1);
  return g_string_free (joined, FALSE);
}

/* event must be clear. */
static gboolean
decode_row (BrokerJournal *journal, sqlite3_stmt *statement, const Row *row, BedEvent *event, GError **error)
{
  char word[WORD_MAX + 1];
  copy_text (&row->cells[CELL_KIND], word, sizeof word);
  int kind = bed_event_parse (word);
  if (kind < 0)
    return fail_row (row->revision, "of a kind this program does not know: ", word, error);
  copy_text (&row->cells[CELL_ROLE], word, sizeof word);
  int role = bed_words_parse (&bed_role_words, word);
  if (role < 0)
    return fail_row (row->revision, "by a role this program does not know: ", word, error);

  event->kind = (BedEventKind) kind;
  event->role = (guint8) role;
  event->revision = row->revision;
  event->at_us = row->at_us;
  copy_text (&row->cells[CELL_ACTOR], event->actor, sizeof event->actor);
  if (row->cells[CELL_KEY].bytes != NULL)
    print_key (row->cells[CELL_KEY].bytes, event->key);

  const char *body = row->cells[CELL_BODY].bytes;
  g_autofree char *joined = NULL;
  if (has_profile_tail (body, row->cells[CELL_BODY].length))
    {
      joined = join_profile (journal, statement, row, event, error);
      if (joined == NULL)
        return FALSE;
      body = joined;
    }
  else if (row->cells[CELL_DIGEST].bytes == NULL)
    return fail_row (row->revision, "without a digest", "", error);
  else
    memcpy (event->digest, row->cells[CELL_DIGEST].bytes, sizeof event->digest);

  g_autoptr (GError) why = NULL;
  if (!bed_event_parse_body (body, event, &why))
    return fail_row (row->revision, "its body cannot be read: ", why->message, error);
  return TRUE;
}

gboolean
broker_journal_read_event (BrokerJournal *journal, sqlite3_stmt *statement, BedEvent *event, GError **error)
{
  Row row;
  memset (event, 0, sizeof *event);
  if (read_row (journal, statement, &row, error) && decode_row (journal, statement, &row, event, error))
    return TRUE;
  bed_event_clear (event);
  return FALSE;
}
