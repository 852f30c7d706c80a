/* test-journal-kill.c: a writer that is killed, whatever it was doing, has done what it said.
 *
 * The writer appends batches, lists their referrals now and then, and acknowledges each batch; it is
 * killed with -9 somewhere in the next one. Opened again the file must hold whole batches, none of the
 * acknowledged ones missing, and lists that agree with them; and each profile that is to be there, no other.
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

typedef void Writer (const char *folder, int acknowledged);

/* Kills a writer after it has acknowledged n batches, somewhere in the next one; returns the last
 * revision that it acknowledged. */
static guint64
kill_writer (const char *folder, Writer *write_for_ever, guint n)
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
      write_for_ever (folder, ends[1]);
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
      guint64 acknowledged = kill_writer (folder, append_for_ever, (guint) g_test_rand_int_range (1, 60));
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

/* Somebody is referred, and whoever was referred a batch before is erased. */
static BedEvent
make_life (guint64 revision)
{
  guint64 person = revision - revision % 3; /* 0: nobody yet */
  BedEvent event = revision % 3 == 0                ? journal_referral (revision)
                   : revision % 3 == 2 && person > 3 ? journal_erased (revision, revision)
                                                     : journal_hold (revision);
  if (event.kind != BED_EVENT_HOLD_TAKEN)
    bed_code_print (event.kind == BED_EVENT_PROFILE_ERASED ? person - 3 : person, event.facts.referral);
  return event;
}

G_NORETURN static void
erase_for_ever (const char *folder, int acknowledged)
{
  BrokerJournal *journal = journal_open (folder);
  for (;;)
    {
      BedEvent events[BATCH];
      const BedEvent *pointers[BATCH];
      guint64 revision = broker_journal_get_revision (journal);
      for (guint i = 0; i < BATCH; i++)
        {
          events[i] = make_life (revision + 1 + i);
          pointers[i] = &events[i];
        }
      if (broker_journal_append (journal, revision, pointers, BATCH, NULL) != BROKER_APPENDED)
        _exit (1);
      revision += BATCH;
      if (write (acknowledged, &revision, sizeof revision) != sizeof revision)
        _exit (1);
    }
}

/* Whoever's erasure is there is erased, and nobody else. */
static gboolean
check_life (const BedEvent *event, gpointer user_data)
{
  guint64 last = *(guint64 *) user_data;
  gboolean is_erased = event->revision % 3 == 0 && event->revision + 5 <= last;
  g_assert_true (event->is_erased == is_erased);
  g_assert_true (bed_facts_has (&event->facts, BED_FACT_NEEDS) == (event->revision % 3 == 0));
  g_assert_true ((event->facts.must != 0) == (event->revision % 3 == 0 && !is_erased));
  return TRUE;
}

static void
test_kill_while_erasing (void)
{
  char *folder = journal_folder ();
  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autoptr (GError) error = NULL;
      guint64 acknowledged = kill_writer (folder, erase_for_ever, (guint) g_test_rand_int_range (1, 60));
      g_autoptr (BrokerJournal) journal = journal_open (folder);
      guint64 last = broker_journal_get_revision (journal);
      g_assert_cmpuint (last, >=, acknowledged);
      g_assert_cmpuint (last % BATCH, ==, 0);
      g_assert_true (broker_journal_follow (journal, 0, check_life, &last, &error));
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
  g_test_add_func ("/journal-kill/erases", test_kill_while_erasing);
  return g_test_run ();
}
