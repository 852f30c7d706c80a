/* journal-sweep.h: what the journal's fault sweeps append: holds, with somebody referred as event 3 and
 * erased by event 11; and what must be found again of it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../unit/journal-facts.h"

static inline BedEvent
make_event (guint64 revision, guint size)
{
  BedEvent event = revision == 3    ? journal_referral (revision)
                   : revision == 11 ? journal_erased (revision, 3)
                                    : journal_hold (revision);
  if (size > 0 && revision % 3 == 0)
    {
      g_autofree char *filler = g_strnfill (size, 'x');
      event.kind = BED_EVENT_IMPORTED;
      memset (&event.facts, 0, sizeof event.facts);
      event.facts.files = g_strdup_printf ("{\"beds.csv\":\"%s\"}", filler);
      bed_facts_set (&event.facts, BED_FACT_FILES);
    }
  return event;
}

typedef struct
{
  guint size;
  guint64 last; /* revision of the journal */
} Compared;

static inline gboolean
compare (const BedEvent *event, gpointer user_data)
{
  const Compared *compared = user_data;
  BedEvent expected = make_event (event->revision, compared->size);
  /* With the event that says so, and never without it. */
  g_assert_true (event->is_erased == (bed_facts_has (&expected.facts, BED_FACT_NEEDS) && compared->last >= 11));
  if (event->is_erased)
    expected.facts.must = expected.facts.must_not = expected.facts.prefer = 0;
  g_autofree char *body = bed_event_print_body (event);
  g_autofree char *expected_body = bed_event_print_body (&expected);
  g_assert_cmpstr (body, ==, expected_body);
  bed_event_clear (&expected);
  return TRUE;
}

typedef struct
{
  const char *code;
  guint64 after; /* the last one of the code that was seen */
  guint size;
} Trace;

static inline gboolean
is_about (guint64 revision, guint size, const char *code)
{
  BedEvent event = make_event (revision, size);
  gboolean is = bed_facts_has (&event.facts, BED_FACT_REFERRAL) && g_str_equal (event.facts.referral, code);
  bed_event_clear (&event);
  return is;
}

static inline gboolean
trace (const BedEvent *event, gpointer user_data)
{
  Trace *traced = user_data;
  g_assert_cmpuint (event->revision, >, traced->after);
  for (guint64 between = traced->after + 1; between < event->revision; between++)
    g_assert_false (is_about (between, traced->size, traced->code));
  g_assert_true (is_about (event->revision, traced->size, traced->code));
  traced->after = event->revision;
  return TRUE;
}

/* Each referral's events are found, whatever of them is listed. */
static inline void
check_referrals (BrokerJournal *journal, guint size)
{
  for (guint64 n = 0; n < JOURNAL_REFERRALS; n++)
    {
      g_autoptr (GError) error = NULL;
      char code[BED_CODE_SIZE];
      Trace traced = { .code = code, .size = size };
      journal_code (n, code);
      g_assert_true (broker_journal_follow_referral (journal, code, G_MAXUINT, trace, &traced, &error));
      g_assert_no_error (error);
      for (guint64 rest = traced.after + 1; rest <= broker_journal_get_revision (journal); rest++)
        g_assert_false (is_about (rest, size, code));
    }
}
