/* test-ctl-journal.c: homewardctl verify notices what following the events does not.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker/ctl/ctl-journal.h"

#include "broker-house.h"

#include <sqlite3.h>

/* A journal with one person referred, and no broker on it. */
static void
set_up (House *house, gconstpointer data)
{
  g_autofree char *code = NULL;

  house_set_up_free (house, 3);
  code = house_submit (house, "flow");
  house_close (house);
}

static void
tear_down (House *house, gconstpointer data)
{
  house_tear_down (house);
}

static gboolean
verify (House *house, GError **error)
{
  g_autofree CtlVerdict *verdict = g_new0 (CtlVerdict, 1);

  return ctl_journal_verify (house->folder, verdict, error);
}

static void
test_sound (House *house, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (verify (house, &error));
  g_assert_no_error (error);
}

/* The person has left, and 30 days later a broker has erased what they needed. */
static void
test_erased (House *house, gconstpointer data)
{
  g_autofree CtlVerdict *verdict = g_new0 (CtlVerdict, 1);
  g_autofree char *code = NULL;
  g_autofree char *params = NULL;
  g_autoptr (GError) error = NULL;

  house_open (house);
  code = house_submit (house, "flow");
  params = g_strdup_printf ("{'referral':'%s','reason':'home_instead'}", code);
  house_run_accepted (house, "referral.withdraw", params);
  house->now_us += 30 * BED_DAY_US;
  for (guint i = 0; i < 64 && broker_core_get_wake (house->core) <= house->now_us; i++)
    broker_core_run_batch (house->core);
  house_close (house);
  g_assert_true (ctl_journal_verify (house->folder, verdict, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (verdict->erased, ==, 1);
  g_assert_cmpuint (verdict->kinds[BED_EVENT_PROFILE_ERASED], ==, 1);
}

typedef struct
{
  const char *name;
  const char *sql;
  const char *words; /* of the error */
} Damage;

static void
test_not_sound (House *house, gconstpointer data)
{
  const Damage *damaged = data;
  g_autofree char *path = g_build_filename (house->folder, BROKER_JOURNAL_FILE, NULL);
  g_autoptr (GError) error = NULL;
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, damaged->sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
  g_assert_false (verify (house, &error));
  g_assert_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, damaged->words));
}

int
main (int argc, char **argv)
{
  static const Damage damages[] = {
    { "list-lacks-an-event", "DELETE FROM referral_event", " is not listed" },
    { "list-has-another-event", "UPDATE referral_event SET revision = 1", ": event 1 is listed, but" },
    { "list-has-one-too-many", "INSERT INTO referral_event SELECT ends, 'K7M2QX', revision FROM referral_event",
      "referral K7M2QX: event" },
    { "profile-missing", "DELETE FROM profile", "its needs profile is missing" },
    { "profile-of-another", "UPDATE profile SET referral = 'K7M2QX'", "it would not be erased" },
    { "list-in-no-run", "DELETE FROM referral_run", " in a run that does not cover it" },
    { "index-lacks-a-key",
      "PRAGMA writable_schema = ON;"
      "UPDATE sqlite_schema SET sql = replace(sql, 'NOT NULL', 'NOT NULL AND revision < 3') WHERE name = 'event_key';"
      "PRAGMA writable_schema = RESET; REINDEX event_key; PRAGMA writable_schema = ON;"
      "UPDATE sqlite_schema SET sql = replace(sql, ' AND revision < 3', '') WHERE name = 'event_key';",
      "event_key" },
  };

  g_test_init (&argc, &argv, NULL);
  g_test_add ("/ctl-journal/verify/sound", House, NULL, set_up, test_sound, tear_down);
  g_test_add ("/ctl-journal/verify/erased", House, NULL, set_up, test_erased, tear_down);
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autofree char *path = g_strconcat ("/ctl-journal/verify/", damages[i].name, NULL);

      g_test_add (path, House, &damages[i], set_up, test_not_sound, tear_down);
    }
  return g_test_run ();
}
