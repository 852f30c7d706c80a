/* test-sessions.c: tokens, sessions and PINs, with time and randomness given.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker/broker-sessions.h"

#include "common/bed-time.h"

#include <glib/gstdio.h>
#include <string.h>

#define HEADER "token,user,role,lap,unit,owner,pin\n"
#define DESK "desk-token-0123456789,mary,coordinator,fareham_gosport,,,2468\n"
#define WALL "wall-token-0123456789,wall1,wallboard,fareham_gosport,,,\n"
#define WARD "ward-token-0123456789,jo,unit,,clarence,southern,1357\n"
#define NOW G_GINT64_CONSTANT (1795000000000000)

typedef struct
{
  char *folder;
  char *file;
  BrokerSessions *sessions;
} Fixture;

static void
write_tokens (Fixture *f, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (f->file, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *f, gconstpointer text)
{
  g_autoptr (GError) error = NULL;

  f->folder = g_dir_make_tmp ("homeward-sessions-XXXXXX", &error);
  g_assert_no_error (error);
  f->file = g_build_filename (f->folder, BROKER_TOKENS_FILE, NULL);
  if (text != NULL)
    write_tokens (f, text);
}

static void
tear_down (Fixture *f, gconstpointer text)
{
  broker_sessions_free (f->sessions);
  g_unlink (f->file);
  g_rmdir (f->folder);
  g_free (f->file);
  g_free (f->folder);
}

static const BedActor *
open_session (Fixture *f, const char *token, guint64 random, char id[static BROKER_SESSION_SIZE])
{
  return broker_sessions_open (f->sessions, token, (guint64[]) { random, 7 }, id);
}

static void
test_opens (Fixture *f, gconstpointer text)
{
  char id[BROKER_SESSION_SIZE];
  const BedActor *actor;

  f->sessions = broker_sessions_new (f->folder);
  actor = open_session (f, "desk-token-0123456789", 1, id);
  g_assert_nonnull (actor);
  g_assert_cmpstr (actor->user, ==, "mary");
  g_assert_cmpint (actor->role, ==, BED_ROLE_COORDINATOR);
  g_assert_cmpstr (actor->lap, ==, "fareham_gosport");
  g_assert_cmpstr (id, ==, "00000000000000010000000000000007");
}

static void
test_scope (Fixture *f, gconstpointer text)
{
  char id[BROKER_SESSION_SIZE];
  const BedActor *actor;

  f->sessions = broker_sessions_new (f->folder);
  actor = open_session (f, "ward-token-0123456789", 1, id);
  g_assert_cmpstr (actor->unit, ==, "clarence");
  g_assert_cmpstr (actor->owner, ==, "southern");
}

static void
test_unknown_token (Fixture *f, gconstpointer text)
{
  char id[BROKER_SESSION_SIZE];

  f->sessions = broker_sessions_new (f->folder);
  g_assert_null (open_session (f, "desk-token-0123456780", 1, id));
  g_assert_null (open_session (f, "", 1, id));
}

static void
test_finds (Fixture *f, gconstpointer text)
{
  char id[BROKER_SESSION_SIZE];

  f->sessions = broker_sessions_new (f->folder);
  open_session (f, "desk-token-0123456789", 5, id);
  g_assert_cmpstr (broker_sessions_find (f->sessions, id)->user, ==, "mary");
  g_assert_null (broker_sessions_find (f->sessions, "00000000000000060000000000000007"));
}

static void
test_no_file (Fixture *f, gconstpointer text)
{
  char id[BROKER_SESSION_SIZE];

  f->sessions = broker_sessions_new (f->folder);
  g_assert_null (open_session (f, "desk-token-0123456789", 1, id));
  write_tokens (f, HEADER DESK);
  g_assert_nonnull (open_session (f, "desk-token-0123456789", 1, id));
}

static void
test_row_taken_away (Fixture *f, gconstpointer text)
{
  char desk[BROKER_SESSION_SIZE], wall[BROKER_SESSION_SIZE];

  f->sessions = broker_sessions_new (f->folder);
  open_session (f, "desk-token-0123456789", 1, desk);
  open_session (f, "wall-token-0123456789", 2, wall);
  write_tokens (f, HEADER WALL);
  broker_sessions_refresh (f->sessions);
  g_assert_null (broker_sessions_find (f->sessions, desk));
  g_assert_nonnull (broker_sessions_find (f->sessions, wall));
}

static void
test_row_changed (Fixture *f, gconstpointer text)
{
  char desk[BROKER_SESSION_SIZE];

  f->sessions = broker_sessions_new (f->folder);
  open_session (f, "desk-token-0123456789", 1, desk);
  write_tokens (f, HEADER "desk-token-0123456789,mary,analyst,,,,\n");
  broker_sessions_refresh (f->sessions);
  g_assert_cmpint (broker_sessions_find (f->sessions, desk)->role, ==, BED_ROLE_ANALYST);
}

/* Every line of these is a fault of its own, but for the good one at the end. */
static void
test_bad_lines (Fixture *f, gconstpointer text)
{
  char id[BROKER_SESSION_SIZE];

  g_test_expect_message ("broker-sessions", G_LOG_LEVEL_WARNING, "tokens.csv:2: *");
  g_test_expect_message ("broker-sessions", G_LOG_LEVEL_WARNING, "tokens.csv:3: *");
  g_test_expect_message ("broker-sessions", G_LOG_LEVEL_WARNING, "tokens.csv:4: *");
  g_test_expect_message ("broker-sessions", G_LOG_LEVEL_WARNING, "tokens.csv:5: *");
  g_test_expect_message ("broker-sessions", G_LOG_LEVEL_WARNING, "tokens.csv:6: *");
  g_test_expect_message ("broker-sessions", G_LOG_LEVEL_WARNING, "tokens.csv:7: *");
  g_test_expect_message ("broker-sessions", G_LOG_LEVEL_WARNING, "tokens.csv:9: *");
  f->sessions = broker_sessions_new (f->folder);
  g_test_assert_expected_messages ();
  g_assert_cmpuint (broker_sessions_get_n_tokens (f->sessions), ==, 1);
  g_assert_cmpuint (broker_sessions_get_n_faults (f->sessions), ==, 7);
  g_assert_nonnull (open_session (f, "desk-token-0123456789", 1, id));
}

static void
test_bad_header (Fixture *f, gconstpointer text)
{
  g_test_expect_message ("broker-sessions", G_LOG_LEVEL_WARNING, "tokens.csv:1: *");
  f->sessions = broker_sessions_new (f->folder);
  g_test_assert_expected_messages ();
  g_assert_cmpuint (broker_sessions_get_n_tokens (f->sessions), ==, 0);
}

static void
test_readable_by_others (Fixture *f, gconstpointer text)
{
  g_chmod (f->file, 0644);
  g_test_expect_message ("broker-sessions", G_LOG_LEVEL_WARNING, "*chmod 600*");
  f->sessions = broker_sessions_new (f->folder);
  g_test_assert_expected_messages ();
}

static void
test_oldest_idle_dropped (Fixture *f, gconstpointer text)
{
  char first[BROKER_SESSION_SIZE], second[BROKER_SESSION_SIZE], id[BROKER_SESSION_SIZE];

  f->sessions = broker_sessions_new (f->folder);
  open_session (f, "desk-token-0123456789", 1, first);
  open_session (f, "desk-token-0123456789", 2, second);
  for (guint i = 2; i < BROKER_SESSIONS_MAX; i++)
    open_session (f, "desk-token-0123456789", i + 1, id);
  g_assert_nonnull (broker_sessions_find (f->sessions, first)); /* no longer the oldest idle */
  open_session (f, "desk-token-0123456789", BROKER_SESSIONS_MAX + 1, id);
  g_assert_cmpuint (broker_sessions_get_n_open (f->sessions), ==, BROKER_SESSIONS_MAX);
  g_assert_nonnull (broker_sessions_find (f->sessions, first));
  g_assert_null (broker_sessions_find (f->sessions, second));
}

static void
test_pin (Fixture *f, gconstpointer text)
{
  g_autoptr (GError) error = NULL;
  const BedActor *actor;

  f->sessions = broker_sessions_new (f->folder);
  actor = broker_sessions_check_pin (f->sessions, "mary", "2468", NOW, &error);
  g_assert_no_error (error);
  g_assert_cmpint (actor->role, ==, BED_ROLE_COORDINATOR);
}

static void
assert_pin_refused (Fixture *f, const char *user, const char *pin, gint64 now_us, BedError expected)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (broker_sessions_check_pin (f->sessions, user, pin, now_us, &error));
  g_assert_error (error, BED_ERROR, (int) expected);
}

static void
test_wrong_pin (Fixture *f, gconstpointer text)
{
  f->sessions = broker_sessions_new (f->folder);
  assert_pin_refused (f, "mary", "2469", NOW, BED_ERROR_BAD_PIN);
  assert_pin_refused (f, "mary", "", NOW, BED_ERROR_BAD_PIN);
  assert_pin_refused (f, "mary", "24682468246824682468", NOW, BED_ERROR_BAD_PIN);
  assert_pin_refused (f, "nobody", "2468", NOW, BED_ERROR_BAD_PIN);
}

static void
test_wallboard_has_no_pin (Fixture *f, gconstpointer text)
{
  f->sessions = broker_sessions_new (f->folder);
  assert_pin_refused (f, "wall1", "", NOW, BED_ERROR_BAD_PIN);
}

static void
test_locked_out (Fixture *f, gconstpointer text)
{
  g_autoptr (GError) error = NULL;
  gint64 end_us = NOW + BROKER_PIN_LOCKED_MIN * BED_MINUTE_US;

  f->sessions = broker_sessions_new (f->folder);
  for (guint i = 0; i < BROKER_PIN_TRIES; i++)
    assert_pin_refused (f, "mary", "0000", NOW, BED_ERROR_BAD_PIN);
  assert_pin_refused (f, "mary", "2468", NOW, BED_ERROR_LOCKED_OUT);
  assert_pin_refused (f, "mary", "2468", end_us - 1, BED_ERROR_LOCKED_OUT);
  g_assert_cmpint (broker_sessions_get_locked_ms (f->sessions, "mary", NOW), ==, BROKER_PIN_LOCKED_MIN * 60000);
  g_assert_cmpint (broker_sessions_get_locked_ms (f->sessions, "mary", end_us - 1), ==, 1);
  g_assert_cmpint (broker_sessions_get_locked_ms (f->sessions, "mary", end_us), ==, 0);
  g_assert_cmpint (broker_sessions_get_locked_ms (f->sessions, "jo", NOW), ==, 0);
  g_assert_nonnull (broker_sessions_check_pin (f->sessions, "jo", "1357", NOW, &error));
  g_assert_nonnull (broker_sessions_check_pin (f->sessions, "mary", "2468", end_us, &error));
}

static void
test_right_pin_forgives (Fixture *f, gconstpointer text)
{
  g_autoptr (GError) error = NULL;

  f->sessions = broker_sessions_new (f->folder);
  for (guint round = 0; round < 2; round++)
    {
      for (guint i = 0; i < BROKER_PIN_TRIES - 1; i++)
        assert_pin_refused (f, "mary", "0000", NOW, BED_ERROR_BAD_PIN);
      g_assert_nonnull (broker_sessions_check_pin (f->sessions, "mary", "2468", NOW, &error));
    }
}

#define ADD(path, text, test) g_test_add (path, Fixture, text, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  static const char good[] = HEADER "# people\n" DESK WALL WARD;
  static const char bad[] = HEADER
      "short,mary,coordinator,,,,\n"
      "desk-token-0123456781,mary,king,,,,\n"
      "desk-token-0123456782,mary,local,,,,\n"
      "desk-token-0123456783,Mary,coordinator,,,,\n"
      "desk-token-0123456784,mary,coordinator,,,,12\n"
      "desk-token-0123456785,mary,coordinator,,,\n" DESK DESK;

  g_test_init (&argc, &argv, NULL);
  ADD ("/sessions/opens", good, test_opens);
  ADD ("/sessions/scope", good, test_scope);
  ADD ("/sessions/unknown-token", good, test_unknown_token);
  ADD ("/sessions/finds", good, test_finds);
  ADD ("/sessions/no-file", NULL, test_no_file);
  ADD ("/sessions/row-taken-away", good, test_row_taken_away);
  ADD ("/sessions/row-changed", good, test_row_changed);
  ADD ("/sessions/bad-lines", bad, test_bad_lines);
  ADD ("/sessions/bad-header", "user,token\n" DESK, test_bad_header);
  ADD ("/sessions/readable-by-others", good, test_readable_by_others);
  ADD ("/sessions/oldest-idle-dropped", good, test_oldest_idle_dropped);
  ADD ("/sessions/pin", good, test_pin);
  ADD ("/sessions/wrong-pin", good, test_wrong_pin);
  ADD ("/sessions/wallboard-has-no-pin", good, test_wallboard_has_no_pin);
  ADD ("/sessions/locked-out", good, test_locked_out);
  ADD ("/sessions/right-pin-forgives", good, test_right_pin_forgives);
  return g_test_run ();
}
