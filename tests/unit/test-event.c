/* test-event.c: events as words, bodies and results.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "common/bed-event.h"

#include <string.h>

#define UNTIL_US G_GINT64_CONSTANT (1795347720123456)

static BedEvent
new_event (BedEventKind kind)
{
  BedEvent event = { .revision = 42, .kind = kind };
  g_strlcpy (event.facts.bed, "clarence-07", sizeof event.facts.bed);
  g_strlcpy (event.facts.unit, "clarence", sizeof event.facts.unit);
  g_strlcpy (event.facts.referral, "K7Q-M4X", sizeof event.facts.referral);
  event.facts.until_us = UNTIL_US;
  event.facts.state = BED_STATE_HELD;
  bed_facts_set (&event.facts, BED_FACT_BED);
  bed_facts_set (&event.facts, BED_FACT_UNIT);
  bed_facts_set (&event.facts, BED_FACT_REFERRAL);
  bed_facts_set (&event.facts, BED_FACT_UNTIL);
  bed_facts_set (&event.facts, BED_FACT_STATE);
  return event;
}

static void
test_words (void)
{
  for (BedEventKind kind = 0; kind < BED_N_EVENTS; kind++)
    g_assert_cmpint (bed_event_parse (bed_event_word (kind)), ==, (int) kind);
  g_assert_cmpint (bed_event_parse ("bed.painted"), ==, -1);
  g_assert_null (bed_event_word (BED_N_EVENTS));
}

static void
test_body (void)
{
  g_auto (BedEvent) event = new_event (BED_EVENT_HOLD_TAKEN);
  g_autofree char *body = bed_event_print_body (&event);
  g_assert_cmpstr (body, ==,
                   "{\"bed\":\"clarence-07\",\"unit\":\"clarence\",\"referral\":\"K7Q-M4X\","
                   "\"until\":\"2026-11-22T11:42:00.123456Z\",\"state\":\"held\"}");
}

static void
test_body_both_ways (void)
{
  for (BedEventKind kind = 0; kind < BED_N_EVENTS; kind++)
    {
      g_auto (BedEvent) event = new_event (kind);
      if (kind == BED_EVENT_REFERRAL_SUBMITTED)
        {
          g_strlcpy (event.facts.organisation, "uhs", sizeof event.facts.organisation);
          bed_facts_set (&event.facts, BED_FACT_ORGANISATION);
        }
      else
        {
          event.facts.source = BED_SOURCE_PHONE;
          bed_facts_set (&event.facts, BED_FACT_SOURCE);
        }
      event.facts.files = g_strdup ("{\"beds.csv\":\"bed\\n\"}");
      bed_facts_set (&event.facts, BED_FACT_FILES);

      g_autofree char *body = bed_event_print_body (&event);
      g_auto (BedEvent) back = { .kind = kind };
      g_autoptr (GError) error = NULL;
      bed_event_parse_body (body, &back, &error);
      g_assert_no_error (error);
      g_assert_cmpmem (&back.facts, G_STRUCT_OFFSET (BedFacts, files), &event.facts,
                       G_STRUCT_OFFSET (BedFacts, files));
      g_assert_cmpstr (back.facts.files, ==, event.facts.files);
    }
}

/* Reading a body replaces the facts that were there, and leaves them if it fails. */
static void
test_body_replaces (void)
{
  g_auto (BedEvent) event = new_event (BED_EVENT_IMPORTED);
  event.facts.files = g_strdup ("{}");
  g_assert_false (bed_event_parse_body ("{\"bed\":\"B\"}", &event, NULL));
  g_assert_cmpstr (event.facts.files, ==, "{}");
  g_assert_true (bed_event_parse_body ("{\"bed\":\"b\"}", &event, NULL));
  g_assert_null (event.facts.files);
  g_assert_cmpstr (event.facts.bed, ==, "b");
  g_assert_cmpuint (event.facts.has, ==, 1u << BED_FACT_BED);
}

static void
assert_damaged (const char *body, int code)
{
  g_auto (BedEvent) event = { .kind = BED_EVENT_HOLD_TAKEN };
  g_autoptr (GError) error = NULL;
  g_assert_false (bed_event_parse_body (body, &event, &error));
  g_assert_error (error, BED_ERROR, code);
}

static void
test_damaged_body (void)
{
  assert_damaged ("", BED_ERROR_PARSE);
  assert_damaged ("{", BED_ERROR_PARSE);
  assert_damaged ("[]", BED_ERROR_PARSE);
  assert_damaged ("{\"referral\":\"K7Q-M4Y\"}", BED_ERROR_BAD_VALUE);
  assert_damaged ("{\"state\":\"lost\"}", BED_ERROR_BAD_VALUE);
}

static void
assert_result (BedEventKind kind, const char *expected)
{
  g_auto (BedEvent) event = new_event (kind);
  g_auto (BedJson) json;
  bed_json_init (&json, 0);
  bed_event_print_result (&event, &json);
  g_assert_cmpstr (json.text->str, ==, expected);

  /* The answer of a repeated key: from the event as the journal gives it back. */
  g_autofree char *body = bed_event_print_body (&event);
  g_auto (BedEvent) replayed = { .kind = kind, .revision = 42 };
  g_assert_true (bed_event_parse_body (body, &replayed, NULL));
  bed_json_reset (&json);
  bed_event_print_result (&replayed, &json);
  g_assert_cmpstr (json.text->str, ==, expected);
}

static void
test_results (void)
{
  for (BedEventKind kind = 0; kind < BED_N_EVENTS; kind++)
    if (kind == BED_EVENT_PLACED)
      assert_result (kind, "{\"revision\":42,\"bed\":\"clarence-07\",\"state\":\"held\","
                           "\"until\":\"2026-11-22T11:42:00.123Z\"}");
    else if (kind == BED_EVENT_HOLD_TAKEN)
      assert_result (kind, "{\"revision\":42,\"bed\":\"clarence-07\",\"until\":\"2026-11-22T11:42:00.123Z\"}");
    else if (kind == BED_EVENT_REFERRAL_SUBMITTED)
      assert_result (kind, "{\"revision\":42,\"referral\":\"K7Q-M4X\"}");
    else
      assert_result (kind, "{\"revision\":42}");
}

static void
test_result_without_until (void)
{
  g_auto (BedEvent) event = new_event (BED_EVENT_PLACED);
  event.facts.state = BED_STATE_ACCEPTED;
  event.facts.has &= ~(G_GUINT64_CONSTANT (1) << BED_FACT_UNTIL);
  g_auto (BedJson) json;
  bed_json_init (&json, 0);
  bed_event_print_result (&event, &json);
  g_assert_cmpstr (json.text->str, ==, "{\"revision\":42,\"bed\":\"clarence-07\",\"state\":\"accepted\"}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/event/words", test_words);
  g_test_add_func ("/event/body", test_body);
  g_test_add_func ("/event/body-both-ways", test_body_both_ways);
  g_test_add_func ("/event/body-replaces", test_body_replaces);
  g_test_add_func ("/event/damaged-body", test_damaged_body);
  g_test_add_func ("/event/results", test_results);
  g_test_add_func ("/event/result-without-until", test_result_without_until);
  return g_test_run ();
}
