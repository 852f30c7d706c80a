/* test-ctl-token.c: rows of tokens.csv: which are taken, and how they get into the file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker/broker-sessions.h"
#include "broker/ctl/ctl-token.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  char *folder;
} Room;

static void
enter (Room *room, gconstpointer unused)
{
  room->folder = g_dir_make_tmp ("homeward-token-XXXXXX", NULL);
  g_assert_nonnull (room->folder);
}

static void
leave (Room *room, gconstpointer unused)
{
  static const char *const names[] = { "tokens.csv", "tokens.csv.new", "tokens.lock" };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (room->folder, names[i], NULL);
      g_unlink (path);
      g_rmdir (path);
    }
  g_rmdir (room->folder);
  g_free (room->folder);
}

static const CtlTokenRow desk = { "desk", "coordinator", "winchester", NULL, NULL, "4711" };

static void
add (Room *room, const CtlTokenRow *row, const char *token)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (ctl_token_add (room->folder, row, token, &error));
  g_assert_no_error (error);
}

static char *
read_file (Room *room)
{
  g_autofree char *path = g_build_filename (room->folder, "tokens.csv", NULL);
  char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static void
test_print (void)
{
  guint8 random[CTL_TOKEN_BYTES];
  char token[CTL_TOKEN_SIZE];
  memset (random, 0xfb, sizeof random);
  ctl_token_print (random, token);
  g_assert_cmpuint (strlen (token), ==, 43);
  g_assert_cmpstr (token, ==, "-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_s");
}

static void
test_first (Room *room, gconstpointer unused)
{
  add (room, &desk, "first-token-of-all");
  g_autofree char *text = read_file (room);
  g_assert_cmpstr (text, ==,
                   "token,user,role,lap,unit,owner,pin\nfirst-token-of-all,desk,coordinator,"
                   "winchester,,,4711\n");
}

static void
test_mode (Room *room, gconstpointer unused)
{
  struct stat status;
  g_autofree char *path = g_build_filename (room->folder, "tokens.csv", NULL);
  add (room, &desk, "first-token-of-all");
  g_assert_cmpint (stat (path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
}

static void
test_keeps_rows (Room *room, gconstpointer unused)
{
  add (room, &desk, "first-token-of-all");
  add (room, &desk, "second-token-of-all");
  g_autofree char *text = read_file (room);
  g_assert_true (
      g_str_has_suffix (text, "4711\nsecond-token-of-all,desk,coordinator,winchester,,,4711\n"));
  g_assert_nonnull (strstr (text, "\nfirst-token-of-all,"));
}

static void
test_no_newline (Room *room, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (room->folder, "tokens.csv", NULL);
  g_assert_true (g_file_set_contents (path, "token,user,role,lap,unit,owner,pin", -1, NULL));
  add (room, &desk, "first-token-of-all");
  g_autofree char *text = read_file (room);
  g_assert_nonnull (strstr (text, "pin\nfirst-token-of-all,"));
}

/* The broker's own reader takes what this writer writes. */
static void
test_broker_takes_it (Room *room, gconstpointer unused)
{
  guint8 random[CTL_TOKEN_BYTES] = { 1, 2, 3 };
  const guint64 session_random[2] = { 4, 5 };
  char token[CTL_TOKEN_SIZE];
  char session[BROKER_SESSION_SIZE];
  ctl_token_print (random, token);
  add (room, &desk, token);
  g_autoptr (BrokerSessions) sessions = broker_sessions_new (room->folder);
  const BedActor *actor = broker_sessions_open (sessions, token, session_random, session);
  g_assert_nonnull (actor);
  g_assert_cmpstr (actor->user, ==, "desk");
  g_assert_cmpuint (broker_sessions_get_n_faults (sessions), ==, 0);
}

static void
test_unwritable (Room *room, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *draft = g_build_filename (room->folder, "tokens.csv.new", NULL);
  g_assert_cmpint (g_mkdir (draft, 0700), ==, 0); /* in the way, whoever we are */
  g_assert_false (ctl_token_add (room->folder, &desk, "first-token-of-all", &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (error->domain, ==, G_FILE_ERROR);
}

static void
test_refused (gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_assert_false (ctl_token_check (data, &error));
  g_assert_error (error, BED_ERROR, BED_ERROR_BAD_VALUE);
}

static void
test_taken (gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (ctl_token_check (data, &error));
  g_assert_no_error (error);
}

static const CtlTokenRow no_user = { NULL, "coordinator", NULL, NULL, NULL, NULL };
static const CtlTokenRow user_local = { "local", "coordinator", NULL, NULL, NULL, NULL };
static const CtlTokenRow user_comma = { "a,b", "coordinator", NULL, NULL, NULL, NULL };
static const CtlTokenRow user_long
    = { "a-name-that-is-much-too-long-for-us", "coordinator", NULL, NULL, NULL, NULL };
static const CtlTokenRow role_unknown = { "x", "king", NULL, NULL, NULL, NULL };
static const CtlTokenRow role_clock = { "x", "clock", NULL, NULL, NULL, NULL };
static const CtlTokenRow unit_without = { "x", "unit", NULL, NULL, NULL, NULL };
static const CtlTokenRow owner_without = { "x", "owner", NULL, NULL, NULL, NULL };
static const CtlTokenRow pin_short = { "x", "coordinator", NULL, NULL, NULL, "123" };
static const CtlTokenRow pin_letters = { "x", "coordinator", NULL, NULL, NULL, "12a4" };
static const CtlTokenRow lap_newline = { "x", "coordinator", "a\nb", NULL, NULL, NULL };
static const CtlTokenRow wall = { "wall", "wallboard", NULL, NULL, NULL, NULL };
static const CtlTokenRow ward = { "ward", "unit", NULL, "clarence", NULL, NULL };

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ctl-token/print", test_print);
#define ADD(path, function) g_test_add (path, Room, NULL, enter, function, leave)
  ADD ("/ctl-token/first", test_first);
  ADD ("/ctl-token/mode", test_mode);
  ADD ("/ctl-token/keeps-rows", test_keeps_rows);
  ADD ("/ctl-token/no-newline", test_no_newline);
  ADD ("/ctl-token/broker-takes-it", test_broker_takes_it);
  ADD ("/ctl-token/unwritable", test_unwritable);
  g_test_add_data_func ("/ctl-token/refused/no-user", &no_user, test_refused);
  g_test_add_data_func ("/ctl-token/refused/user-local", &user_local, test_refused);
  g_test_add_data_func ("/ctl-token/refused/user-comma", &user_comma, test_refused);
  g_test_add_data_func ("/ctl-token/refused/user-long", &user_long, test_refused);
  g_test_add_data_func ("/ctl-token/refused/role-unknown", &role_unknown, test_refused);
  g_test_add_data_func ("/ctl-token/refused/role-clock", &role_clock, test_refused);
  g_test_add_data_func ("/ctl-token/refused/unit-without", &unit_without, test_refused);
  g_test_add_data_func ("/ctl-token/refused/owner-without", &owner_without, test_refused);
  g_test_add_data_func ("/ctl-token/refused/pin-short", &pin_short, test_refused);
  g_test_add_data_func ("/ctl-token/refused/pin-letters", &pin_letters, test_refused);
  g_test_add_data_func ("/ctl-token/refused/lap-newline", &lap_newline, test_refused);
  g_test_add_data_func ("/ctl-token/taken/wallboard", &wall, test_taken);
  g_test_add_data_func ("/ctl-token/taken/unit", &ward, test_taken);
  return g_test_run ();
}
