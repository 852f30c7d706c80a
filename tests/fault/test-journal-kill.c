/* test-journal-kill.c: a writer that is killed, whatever it was doing, has done what it said.
 *
 * The writer appends batches, lists their referrals now and then, and acknowledges each batch; it is
 * killed with -9 somewhere in the next one. Opened again the file must hold whole batches, none of the
 * acknowledged ones missing, and lists that agree with them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../unit/journal-facts.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#define ROUNDS 25
#define BATCH 7
#define LIST_EVERY 3 /* batches */

G_NORETURN static void
append_for_ever (const char *folder, int acknowledged)
{
  BrokerJournal *journal = journal_open (folder);
  for (guint n = 1;; n++)
    {
      journal_fill (journal, broker_journal_get_revision (journal) + BATCH, BATCH);
      if (n % LIST_EVERY == 0 && !broker_journal_list_referrals (journal, NULL))
        _exit (1);
      guint64 revision = broker_journal_get_revision (journal);
      if (write (acknowledged, &revision, sizeof revision) != sizeof revision)
        _exit (1);
    }
}

/* Kills a writer after it has acknowledged n batches, somewhere in the next one; returns the last
 * revision that it acknowledged. */
static guint64
kill_writer (const char *folder, guint n)
{
  int ends[2];
  guint64 revision = 0, last = 0;
  int status;
  g_assert_cmpint (pipe (ends), ==, 0);
  pid_t child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      alarm (60);
      append_for_ever (folder, ends[1]);
    }
  close (ends[1]);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpint (read (ends[0], &revision, sizeof revision), ==, sizeof revision);
      last = revision;
    }
  kill (child, SIGKILL);
  while (read (ends[0], &revision, sizeof revision) == sizeof revision)
    last = revision;
  close (ends[0]);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
  return last;
}

static gboolean
compare (const BedEvent *event, gpointer unused)
{
  BedEvent expected = journal_hold (event->revision);
  journal_assert_same (event, &expected);
  return TRUE;
}

static void
test_kill (void)
{
  char *folder = journal_folder ();
  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autoptr (GError) error = NULL;
      guint64 acknowledged = kill_writer (folder, (guint) g_test_rand_int_range (1, 60));
      g_autoptr (BrokerJournal) journal = journal_open (folder);
      g_assert_cmpuint (broker_journal_get_revision (journal), >=, acknowledged);
      g_assert_cmpuint (broker_journal_get_revision (journal) % BATCH, ==, 0);
      g_assert_true (broker_journal_follow (journal, 0, compare, NULL, &error));
      g_assert_no_error (error);
      g_assert_true (broker_journal_check (journal, &error));
      g_assert_no_error (error);
    }
  journal_drop_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journal-kill/appends-and-lists", test_kill);
  return g_test_run ();
}
