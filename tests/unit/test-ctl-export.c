/* test-ctl-export.c: homewardctl export: from a journal in use to a folder, and into a broker again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker/ctl/ctl-export.h"

#include "broker-house.h"

#include <sys/stat.h>

typedef struct
{
  House house;  /* whose journal is exported */
  House other;  /* empty, to import into */
  char *folder; /* owned; does not exist yet */
  char *code;   /* owned: who waits */
} Trip;

static void
set_up_of (Trip *trip, guint n)
{
  g_autoptr (GError) error = NULL;

  house_set_up_empty (&trip->house);
  trip->house.settings.beds_max = 4096;
  house_close (&trip->house);
  house_open (&trip->house);
  house_import (&trip->house, n);
  trip->code = house_submit (&trip->house, "flow");
  house_set_up_empty (&trip->other);
  trip->other.settings.beds_max = 4096;
  house_close (&trip->other);
  house_open (&trip->other);
  trip->folder = g_build_filename (trip->other.folder, "export", NULL);
}

static void
set_up (Trip *trip, gconstpointer data)
{
  set_up_of (trip, 3);
  house_free_bed (&trip->house, "ward_a-01");
}

static void
tear_down (Trip *trip, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (trip->folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (trip->folder, name, NULL);

      g_unlink (file);
    }
  g_rmdir (trip->folder);
  house_tear_down (&trip->other);
  house_tear_down (&trip->house);
  g_free (trip->folder);
  g_free (trip->code);
}

static char *
export_journal (const House *house)
{
  g_autoptr (GError) error = NULL;
  guint64 revision = 0;
  char *files = ctl_export_read (house->folder, &revision, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (revision, >, 0);
  return files;
}

static void
write_folder (const Trip *trip, const char *files)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (ctl_export_write (files, trip->folder, &error));
  g_assert_no_error (error);
}

/* Its files as the folder has them; NULL, and what is wrong with them, if the other broker will not. */
static gboolean
import_folder (Trip *trip, GPtrArray *faults, GError **error)
{
  g_autofree char *files = broker_reference_load (trip->folder, error);

  return files != NULL && broker_core_import (trip->other.core, files, faults, error);
}

/* The broker holds the journal open all the while. */
static void
test_round_trip (Trip *trip, gconstpointer data)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autofree char *files = export_journal (&trip->house);
  g_autofree char *loaded = NULL, *again = NULL;

  write_folder (trip, files);
  loaded = broker_reference_load (trip->folder, &error);
  g_assert_cmpstr (loaded, ==, files);
  g_assert_true (import_folder (trip, faults, &error));
  g_assert_no_error (error);
  again = export_journal (&trip->other);
  g_assert_cmpstr (again, ==, files);
  g_assert_cmpint (house_peek_referral (&trip->other, trip->code)->state, ==, BED_STATE_WAITING);
}

/* One event; and again it is in force already. */
static void
test_one_event (Trip *trip, gconstpointer data)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *files = export_journal (&trip->house);

  g_assert_true (broker_core_import (trip->other.core, files, faults, NULL));
  g_assert_cmpuint (broker_core_get_revision (trip->other.core), ==, 1);
  g_assert_true (broker_core_import (trip->other.core, files, faults, NULL));
  g_assert_cmpuint (broker_core_get_revision (trip->other.core), ==, 1);
}

/* After a clean stop there is a snapshot: a start from it and a replay give the same. */
static void
test_from_snapshot (Trip *trip, gconstpointer data)
{
  g_autofree char *before = export_journal (&trip->house);
  g_autofree char *after = NULL;

  house_close (&trip->house);
  after = export_journal (&trip->house);
  g_assert_cmpstr (after, ==, before);
}

static void
test_imported_starts_again (Trip *trip, gconstpointer data)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *files = export_journal (&trip->house);
  g_autofree char *again = NULL;

  g_assert_true (broker_core_import (trip->other.core, files, faults, NULL));
  house_close (&trip->other);
  house_open (&trip->other);
  again = export_journal (&trip->other);
  g_assert_cmpstr (again, ==, files);
  house_run_accepted (&trip->other, "unit.confirm", "{'unit':'ward_a'}");
}

static void
test_modes (Trip *trip, gconstpointer data)
{
  static const char *const names[] = { "beds.csv", "bed_states.csv", "crossings.csv", "districts.csv",
                                       "laps.csv", "referrals.csv",  "units.csv",     "unit_states.csv" };
  g_autofree char *files = export_journal (&trip->house);
  struct stat status;

  write_folder (trip, files);
  g_assert_cmpint (stat (trip->folder, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0700);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (trip->folder, names[i], NULL);

      g_assert_cmpint (stat (path, &status), ==, 0);
      g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
    }
}

static void
test_into_empty_folder (Trip *trip, gconstpointer data)
{
  g_autofree char *files = export_journal (&trip->house);

  g_assert_cmpint (g_mkdir (trip->folder, 0700), ==, 0);
  write_folder (trip, files);
}

static void
test_folder_not_empty (Trip *trip, gconstpointer data)
{
  g_autofree char *files = export_journal (&trip->house);
  g_autofree char *journal = g_build_filename (trip->other.folder, BROKER_JOURNAL_FILE, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (ctl_export_write (files, trip->other.folder, &error)); /* a state directory */
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "not empty"));
  g_assert_true (g_file_test (journal, G_FILE_TEST_EXISTS));
}

static void
test_folder_without_parent (Trip *trip, gconstpointer data)
{
  g_autofree char *files = export_journal (&trip->house);
  g_autofree char *deep = g_build_filename (trip->folder, "deep", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (ctl_export_write (files, deep, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

/* What cannot be written is not left half there. */
static void
test_not_written (Trip *trip, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (ctl_export_write ("{\"a.csv\":\"a\",\"none/b.csv\":\"b\"}", trip->folder, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_assert_false (g_file_test (trip->folder, G_FILE_TEST_EXISTS));
}

static void
test_nothing_imported (Trip *trip, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint64 revision = 0;

  g_assert_null (ctl_export_read (trip->other.folder, &revision, &error));
  g_assert_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE);
  g_assert_nonnull (strstr (error->message, "nothing has been imported"));
}

static void
test_no_journal (Trip *trip, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint64 revision = 0;

  g_assert_null (ctl_export_read (trip->folder, &revision, &error));
  g_assert_nonnull (error);
}

static void
assert_refused (Trip *trip, const char *begins)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  guint64 revision = broker_core_get_revision (trip->other.core);

  g_assert_false (import_folder (trip, faults, &error));
  g_assert_error (error, BED_ERROR, BED_ERROR_IMPORT);
  g_assert_cmpuint (faults->len, >=, 1);
  g_assert_true (g_str_has_prefix (faults->pdata[0], begins));
  g_assert_cmpuint (broker_core_get_revision (trip->other.core), ==, revision);
}

static void
test_into_used_journal (Trip *trip, gconstpointer data)
{
  g_autofree char *files = export_journal (&trip->house);

  write_folder (trip, files);
  house_import (&trip->other, 3);
  house_free_bed (&trip->other, "ward_a-02");
  assert_refused (trip, "bed_states.csv:1:bed: the register holds observations already");
}

static void
test_no_room (Trip *trip, gconstpointer data)
{
  g_autofree char *files = NULL;
  g_autofree char *more = house_submit (&trip->house, "flow");

  files = export_journal (&trip->house);
  write_folder (trip, files);
  trip->other.settings.referrals = 1;
  house_close (&trip->other);
  house_open (&trip->other);
  assert_refused (trip, "referrals.csv:1:referral: 2 people, this broker has room for 1");
}

/* 4,096 beds, of which every tenth has been observed: well under what a line of the socket may have. */
static void
test_large (void)
{
  Trip trip = { 0 };
  g_autofree char *files = NULL, *again = NULL;
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autofree HouseAnswer *answers = g_new0 (HouseAnswer, 4096);
  guint n = 0;

  set_up_of (&trip, 2048);
  for (char ward = 'a'; ward <= 'b'; ward++)
    for (guint i = 1; i <= 2048; i += 10)
      {
        g_autofree char *params
            = g_strdup_printf ("{'bed':'ward_%c-%02u','occupancy':'vacant','key':'01890a5d-ac96-774b-bcce-%012x'}", ward, i, n);

        house_ask (&trip.house, "bed.report", params, &answers[n++]);
      }
  while (!answers[n - 1].is_answered)
    broker_core_run_batch (trip.house.core);
  for (guint i = 0; i < n; i++)
    {
      g_assert_true (answers[i].is_accepted);
      house_answer_clear (&answers[i]);
    }
  g_test_timer_start ();
  files = export_journal (&trip.house);
  g_assert_cmpuint (strlen (files), <, 32 * 1024 * 1024);
  write_folder (&trip, files);
  g_assert_true (import_folder (&trip, faults, &error));
  g_assert_no_error (error);
  again = export_journal (&trip.other);
  g_assert_cmpstr (again, ==, files);
  g_test_message ("%zu bytes out, in and out again in %.2f s", strlen (files), g_test_timer_elapsed ());
  tear_down (&trip, NULL);
}

#define ADD(path, test) g_test_add ("/ctl-export/" path, Trip, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("round-trip", test_round_trip);
  ADD ("one-event", test_one_event);
  ADD ("from-snapshot", test_from_snapshot);
  ADD ("imported-starts-again", test_imported_starts_again);
  ADD ("modes", test_modes);
  ADD ("into-empty-folder", test_into_empty_folder);
  ADD ("folder-not-empty", test_folder_not_empty);
  ADD ("folder-without-parent", test_folder_without_parent);
  ADD ("not-written", test_not_written);
  ADD ("nothing-imported", test_nothing_imported);
  ADD ("no-journal", test_no_journal);
  ADD ("into-used-journal", test_into_used_journal);
  ADD ("no-room", test_no_room);
  g_test_add_func ("/ctl-export/large", test_large);
  return g_test_run ();
}
