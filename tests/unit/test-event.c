/* test-event.c: events as words, bodies and results.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "common/bed-event.h"
#include "tests/unit/any-facts.h"

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

/* What a decision may add to what a command says. */
#define F(fact) (G_GUINT64_CONSTANT (1) << BED_FACT_##fact)
#define DECIDED                                                                                    \
  (F (REFERRAL) | F (BED) | F (UNIT) | F (STATE) | F (UNTIL) | F (MINUTES) | F (READINESS) | F (METRES) | F (WITH)     \
   | F (OTHER_BED) | F (LANE))

/* Every kind with any of the facts that it may have: what the journal holds reads back the same. */
static void
test_body_both_ways (void)
{
  guint32 seed = g_random_int ();
  g_test_message ("seed %u", seed);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  for (BedEventKind kind = 0; kind < BED_N_EVENTS; kind++)
    for (int round = 0; round < 200; round++)
      {
        g_auto (BedEvent) event = { .kind = kind };
        guint64 method = bed_method_get_facts ((BedMethod) kind);
        guint64 facts = method | facts_beside (method, DECIDED | F (SOURCE));
        for (guint fact = 0; fact < BED_N_FACTS; fact++)
          if ((facts >> fact & 1) && (round == 0 || g_rand_int_range (rand, 0, 3) > 0))
            any_fact (rand, fact, &event.facts);

        g_autofree char *body = bed_event_print_body (&event);
        g_auto (BedEvent) back = { .kind = kind };
        g_autoptr (GError) error = NULL;
        bed_event_parse_body (body, &back, &error);
        if (error != NULL)
          g_error ("%s: %s in %s", bed_event_word (kind), error->message, body);
        g_assert_cmphex (back.facts.has, ==, event.facts.has);
        g_assert_cmpmem (&back.facts, G_STRUCT_OFFSET (BedFacts, files), &event.facts,
                         G_STRUCT_OFFSET (BedFacts, files));
        g_assert_cmpstr (back.facts.files, ==, event.facts.files);
        g_autofree char *again = bed_event_print_body (&back);
        g_assert_cmpstr (again, ==, body);
      }
}

/* The names on the wire of what a method takes are unique. */
static void
test_names_are_unique (void)
{
  for (BedEventKind kind = 0; kind < BED_N_EVENTS; kind++)
    {
      guint64 method = bed_method_get_facts ((BedMethod) kind);
      g_assert_cmphex (facts_beside (method, method), ==, method);
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
    else if (kind == BED_EVENT_HOLD_EXTENDED || kind == BED_EVENT_ASSESSING)
      assert_result (kind, "{\"revision\":42,\"until\":\"2026-11-22T11:42:00.123Z\"}");
    else if (kind == BED_EVENT_TRIAGED || kind == BED_EVENT_RESUMED)
      assert_result (kind, "{\"revision\":42,\"state\":\"held\"}");
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

/* The bed of the other of a couple is told with their code; to a referrer, whose person that need not
 * be, without. */
static void
test_result_of_a_couple (void)
{
  static const struct
  {
    BedEventKind kind;
    BedRole role;
    const char *with;
  } cases[] = {
    { BED_EVENT_PLACED, BED_ROLE_COORDINATOR, "\"with\":{\"referral\":\"R4T-W9D\",\"bed\":\"clarence-08\"}}" },
    { BED_EVENT_HOLD_TAKEN, BED_ROLE_CLINICIAN, "\"with\":{\"referral\":\"R4T-W9D\",\"bed\":\"clarence-08\"}}" },
    { BED_EVENT_HOLD_TAKEN, BED_ROLE_REFERRER, "\"with\":{\"bed\":\"clarence-08\"}}" },
    { BED_EVENT_HOLD_EXTENDED, BED_ROLE_COORDINATOR, NULL },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (BedEvent) event = new_event (cases[i].kind);
      g_auto (BedJson) json;
      event.role = (guint8) cases[i].role;
      g_strlcpy (event.facts.with, "R4T-W9D", sizeof event.facts.with);
      g_strlcpy (event.facts.other_bed, "clarence-08", sizeof event.facts.other_bed);
      bed_facts_set (&event.facts, BED_FACT_WITH);
      bed_facts_set (&event.facts, BED_FACT_OTHER_BED);
      bed_json_init (&json, 0);
      bed_event_print_result (&event, &json);
      if (cases[i].with != NULL)
        g_assert_true (g_str_has_suffix (json.text->str, cases[i].with));
      else
        g_assert_null (strstr (json.text->str, "with"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/event/words", test_words);
  g_test_add_func ("/event/body", test_body);
  g_test_add_func ("/event/body-both-ways", test_body_both_ways);
  g_test_add_func ("/event/names-are-unique", test_names_are_unique);
  g_test_add_func ("/event/body-replaces", test_body_replaces);
  g_test_add_func ("/event/damaged-body", test_damaged_body);
  g_test_add_func ("/event/results", test_results);
  g_test_add_func ("/event/result-without-until", test_result_without_until);
  g_test_add_func ("/event/result-of-a-couple", test_result_of_a_couple);
  return g_test_run ();
}
