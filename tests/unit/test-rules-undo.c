/* test-rules-undo.c: each method of a client taken back: the register is what it was before, whatever
 * was saved, replayed or staged in between; and what can no longer be taken back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "undo-cases.h"

#include "broker/broker-acts.h"
#include "common/bed-time.h"

#include <string.h>

static Scene *
new_county (void)
{
  Scene *scene = scene_new_of (county_files ());
  scene_ready_all (scene);
  return scene;
}

/* What is true, without the revisions that say since when: rows, terms, and what is due next. */

static void
append_rows (const BrokerRegister *reg, GByteArray *bytes)
{
  const BedSizes *sizes = &broker_register_peek_table (reg)->sizes;
  for (guint32 i = 0; i < sizes->units; i++)
    {
      BedUnitRow row = *broker_register_peek_unit (reg, i);
      row.revision = 0;
      g_byte_array_append (bytes, (const guint8 *) &row, sizeof row);
    }
  for (guint32 i = 0; i < sizes->beds; i++)
    {
      BedBedRow row = *broker_register_peek_bed (reg, i);
      gint64 fresh_until_us = broker_register_get_fresh_until (reg, i);
      row.revision = 0;
      g_byte_array_append (bytes, (const guint8 *) &row, sizeof row);
      g_byte_array_append (bytes, (const guint8 *) broker_register_peek_terms (reg, i), sizeof (BrokerTerms));
      g_byte_array_append (bytes, (const guint8 *) &fresh_until_us, sizeof fresh_until_us);
    }
  for (guint32 i = 0; i < broker_register_get_n_referrals (reg); i++)
    {
      BedReferralRow row = *broker_register_peek_referral (reg, i);
      row.revision = 0;
      g_byte_array_append (bytes, (const guint8 *) &row, sizeof row);
    }
}

static GBytes *
picture (const BrokerRegister *reg)
{
  GByteArray *bytes = g_byte_array_new ();
  gint64 due_us = 0;
  BedKind kind = BED_N_KINDS;
  guint32 index = BED_NONE;
  append_rows (reg, bytes);
  broker_register_peek_due (reg, &due_us, &kind, &index);
  g_byte_array_append (bytes, (const guint8 *) &due_us, sizeof due_us);
  g_byte_array_append (bytes, (const guint8 *) &kind, sizeof kind);
  g_byte_array_append (bytes, (const guint8 *) &index, sizeof index);
  return g_byte_array_free_to_bytes (bytes);
}

static void
assert_picture (const BrokerRegister *reg, GBytes *expected)
{
  g_autoptr (GBytes) now = picture (reg);
  gsize length, expected_length;
  gconstpointer bytes = g_bytes_get_data (now, &length);
  gconstpointer expected_bytes = g_bytes_get_data (expected, &expected_length);
  g_assert_cmpmem (bytes, length, expected_bytes, expected_length);
}

static void
assert_same_bytes (const BrokerRegister *one, const BrokerRegister *other)
{
  g_autoptr (GBytes) left = broker_register_save (one);
  g_autoptr (GBytes) right = broker_register_save (other);
  g_assert_true (g_bytes_equal (left, right));
}

/* Doing and undoing */

static const BedEvent *
peek_last (const Scene *scene)
{
  return scene->events->pdata[scene->events->len - 1];
}

static char *
fill_in (const Scene *scene, const char *params)
{
  GString *text = g_string_new (params);
  for (guint i = 0; i < 2; i++)
    if (i < broker_register_get_n_referrals (scene->reg))
      g_string_replace (text, i == 0 ? "$1" : "$2", broker_register_peek_referral (scene->reg, i)->code, 0);
  return g_string_free (text, FALSE);
}

static void
do_step (Scene *scene, const Step *step)
{
  g_autofree char *params = fill_in (scene, step->params);
  scene_do (scene, step->who, step->method, "%s", params);
}

/* The undo applied to a register that was saved and loaded after the act. */
static void
assert_survives_a_snapshot (GBytes *saved, const Scene *scene)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BrokerRegister) loaded = broker_register_load (saved, 64, &error);
  g_assert_no_error (error);
  g_assert_true (broker_register_apply (loaded, peek_last (scene), &error));
  g_assert_no_error (error);
  broker_register_keep (loaded);
  assert_same_bytes (loaded, scene->reg);
}

/* Staged and taken back, it has not happened: and then it can. */
static void
assert_can_be_taken_back (GBytes *saved, const Scene *scene)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BrokerRegister) loaded = broker_register_load (saved, 64, &error);
  g_assert_no_error (error);
  for (int round = 0; round < 2; round++)
    {
      g_assert_true (broker_register_apply (loaded, peek_last (scene), &error));
      broker_register_take_back (loaded);
      g_autoptr (GBytes) after = broker_register_save (loaded);
      g_assert_true (g_bytes_equal (after, saved));
    }
  assert_survives_a_snapshot (saved, scene);
}

static void
test_case (gconstpointer user_data)
{
  const Case *this = user_data;
  g_autoptr (Scene) scene = new_county ();
  const Step *step = this->steps;
  for (; step[1].who != NULL; step++)
    {
      do_step (scene, step);
      scene->now_us += BED_SECOND_US;
    }
  g_autoptr (GBytes) before = picture (scene->reg);
  do_step (scene, step);
  g_autofree char *key = g_strdup (peek_last (scene)->key);
  g_autoptr (GBytes) done = broker_register_save (scene->reg);

  scene->now_us += BROKER_UNDO_US;
  scene_expect (scene, BED_ERROR_BAD_VALUE, "undoes", "coordinator:x", "undo", "'undoes':'%s'", key);
  scene_do (scene, step->who, "undo", "'undoes':'%s'", key);
  assert_picture (scene->reg, before);
  assert_survives_a_snapshot (done, scene);
  assert_can_be_taken_back (done, scene);
  scene_assert_replay (scene);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "undoes", step->who, "undo", "'undoes':'%s'", key);
}

/* Every method that a client may send and that can be taken back is taken back above, but for
 * submit, which has a test of its own. */
static void
test_no_method_is_left_out (void)
{
  gboolean is_seen[BED_N_METHODS] = { [BED_METHOD_REFERRAL_SUBMIT] = TRUE, [BED_METHOD_UNIT_RULES] = TRUE };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Step *step = cases[i].steps;
      for (; step[1].who != NULL; step++)
        ;
      is_seen[bed_method_parse (step->method)] = TRUE;
    }
  for (guint method = 0; method < BED_METHOD_UNDO; method++)
    if (!is_seen[method])
      g_error ("%s is never taken back", bed_method_word (method));
}

/* Particular ends */

static char *
copy_key (const Scene *scene)
{
  return g_strdup (peek_last (scene)->key);
}

static void
test_submit (void)
{
  g_autoptr (Scene) scene = new_county ();
  scene_refer (scene);
  g_autofree char *key = copy_key (scene);
  scene_do (scene, "coordinator", "undo", "'undoes':'%s'", key);
  const BedReferralRow *row = scene_referral (scene, scene->last_code);
  g_assert_cmpint (row->state, ==, BED_STATE_WITHDRAWN);
  g_assert_true (row->flags & BED_REFERRAL_CLOSED);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "referral", "coordinator", "hold.take", "'referral':'%s','bed':'ward-03'",
                scene->last_code);
  scene_assert_replay (scene);
}

/* The event names what it was about. */
static void
test_names (void)
{
  g_autoptr (Scene) scene = new_county ();
  scene_refer (scene);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-03'", scene->last_code);
  g_autofree char *key = copy_key (scene);
  scene_do (scene, "coordinator", "undo", "'undoes':'%s'", key);
  g_assert_cmpstr (peek_last (scene)->facts.referral, ==, scene->last_code);
  g_assert_cmpstr (peek_last (scene)->facts.bed, ==, "ward-03");
  g_assert_cmpstr (peek_last (scene)->facts.unit, ==, "ward");
}

/* A reopened referral does not rest: nobody else gets its index, and its code finds it. */
static void
test_reopened_is_alive (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  scene_refer (scene);
  g_autofree char *code = g_strdup (scene->last_code);
  scene_do (scene, "coordinator", "referral.withdraw", "'referral':'%s','reason':'duplicate'", code);
  g_autofree char *key = copy_key (scene);
  scene_do (scene, "coordinator", "undo", "'undoes':'%s'", key);
  for (guint i = 0; i < BROKER_ACTS_MAX + 65536; i++)
    scene_do (scene, "local", "unit.confirm", "'unit':'home'");
  scene_refer (scene);
  g_assert_cmpuint (broker_register_find_referral (scene->reg, code), ==, 0);
  g_assert_cmpuint (broker_register_find_referral (scene->reg, scene->last_code), ==, 1);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-03'", code);
}

static void
test_built_upon (void)
{
  g_autoptr (Scene) scene = new_county ();
  scene_refer (scene);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-03'", scene->last_code);
  g_autofree char *hold = copy_key (scene);
  scene_do (scene, "unit:ward", "placement.accept", "'referral':'%s'", scene->last_code);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "undoes", "coordinator", "undo", "'undoes':'%s'", hold);
}

/* Only what the act itself changed counts, not what shows of it elsewhere in the unit. */
static void
test_neighbours_do_not_matter (void)
{
  g_autoptr (Scene) scene = new_county ();
  scene_refer (scene);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-03'", scene->last_code);
  g_autofree char *key = copy_key (scene);
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-01','readiness':'dirty'");
  scene_do (scene, "coordinator", "undo", "'undoes':'%s'", key);
  g_assert_cmpint (scene_bed (scene, "ward-01")->readiness, ==, BED_READINESS_DIRTY);
  g_assert_cmpint (scene_bed (scene, "ward-03")->commitment, ==, BED_COMMITMENT_NONE);
}

static void
test_whose_and_what (void)
{
  g_autoptr (Scene) scene = new_county ();
  scene_refer (scene);
  g_autofree char *key = copy_key (scene);
  const char *nobodys = "00000000-0000-7000-8000-000000000000";
  scene_expect (scene, BED_ERROR_BAD_VALUE, "undoes", "coordinator", "undo", "'undoes':'%s'", nobodys);
  scene_expect (scene, BED_ERROR_BAD_VALUE, "undoes", "clinician", "undo", "'undoes':'%s'", key);
  scene_expect (scene, BED_ERROR_FORBIDDEN, "", "analyst", "undo", "'undoes':'%s'", key);
  scene_do (scene, "coordinator", "undo", "'undoes':'%s'", key);
  g_autofree char *undone = copy_key (scene);
  scene_expect (scene, BED_ERROR_BAD_VALUE, "undoes", "coordinator", "undo", "'undoes':'%s'", undone);
}

static void
test_too_old (void)
{
  g_autoptr (Scene) scene = new_county ();
  scene_do (scene, "unit:ward", "unit.confirm", "'unit':'ward'");
  g_autofree char *key = copy_key (scene);
  scene->now_us += BROKER_UNDO_US + 1;
  scene_expect (scene, BED_ERROR_BAD_VALUE, "undoes", "unit:ward", "undo", "'undoes':'%s'", key);
}

static void
test_too_many (void)
{
  g_autoptr (Scene) scene = new_county ();
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-01','readiness':'dirty'");
  g_autofree char *first = copy_key (scene);
  for (guint i = 0; i < BROKER_ACTS_MAX - 1; i++)
    scene_do (scene, "local", "bed.report", "'bed':'home-01','readiness':'%s'", i % 2 ? "cleaning" : "dirty");
  g_autoptr (GBytes) saved = broker_register_save (scene->reg);
  scene_do (scene, "unit:ward", "undo", "'undoes':'%s'", first);
  assert_survives_a_snapshot (saved, scene);

  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-02','readiness':'dirty'");
  g_autofree char *second = copy_key (scene);
  for (guint i = 0; i < BROKER_ACTS_MAX; i++)
    scene_do (scene, "local", "bed.report", "'bed':'home-01','readiness':'%s'", i % 2 ? "cleaning" : "dirty");
  scene_expect (scene, BED_ERROR_BAD_VALUE, "undoes", "unit:ward", "undo", "'undoes':'%s'", second);
}

/* What the clock notices does not stand in the way, and stays noticed. */
static void
test_the_clock_in_between (void)
{
  g_autoptr (Scene) scene = new_county ();
  scene_do (scene, "coordinator", "referral.submit", "'lane':'flow','ready_at':'2026-11-21T10:00:30Z'," A_WOMAN);
  scene_do (scene, "coordinator", "referral.amend", "'referral':'%s','age_band':'95_plus'", scene->last_code);
  g_autofree char *key = copy_key (scene);
  g_assert_cmpuint (scene_pass (scene, 30 * BED_SECOND_US), ==, 1);
  scene_do (scene, "coordinator", "undo", "'undoes':'%s'", key);
  const BedReferralRow *row = scene_referral (scene, scene->last_code);
  g_assert_cmpint (row->age_band, ==, BED_AGE_BAND_75_84);
  g_assert_cmpint (row->breached, ==, 1 << BED_CLOCK_READY_TO_SERVICE);
  g_assert_cmpuint (scene_pass (scene, 0), ==, 0);
}

static void
test_clock_has_built (void)
{
  g_autoptr (Scene) scene = new_county ();
  scene_do (scene, "owner:trust", "bed.close", "'bed':'ward-01','reason':'repair','until':'2026-11-22T10:00:30Z'");
  g_autofree char *key = copy_key (scene);
  g_assert_cmpuint (scene_pass (scene, 30 * BED_SECOND_US), ==, 1);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "undoes", "owner:trust", "undo", "'undoes':'%s'", key);
}

/* The last place that the staff can look after went to somebody else meanwhile. */
static void
test_cap_is_used_up (void)
{
  g_autoptr (Scene) scene = new_county ();
  scene_do (scene, "owner:trust", "unit.staff", "'unit':'ward','staffed_cap':1");
  scene_refer (scene);
  g_autofree char *first = g_strdup (scene->last_code);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-03'", first);
  scene_do (scene, "coordinator", "hold.release", "'referral':'%s'", first);
  g_autofree char *key = copy_key (scene);
  scene_refer (scene);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-01'", scene->last_code);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "undoes", "coordinator", "undo", "'undoes':'%s'", key);
  scene_do (scene, "coordinator", "hold.release", "'referral':'%s'", scene->last_code);
  scene_do (scene, "coordinator", "undo", "'undoes':'%s'", key);
}

static void
test_bay_is_for_the_other_sex (void)
{
  g_autoptr (Scene) scene = new_county ();
  scene_refer (scene);
  g_autofree char *her = g_strdup (scene->last_code);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-01'", her);
  scene_do (scene, "coordinator", "hold.release", "'referral':'%s'", her);
  g_autofree char *key = copy_key (scene);
  scene_do (scene, "coordinator", "referral.submit",
            "'lane':'flow','pathway':'supported','type':'rehab','needs':{},'sex':'male','age_band':'75_84','home':'SO51',"
            "'agreed':'yes','source':'rhch'");
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-02'", scene->last_code);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "undoes", "coordinator", "undo", "'undoes':'%s'", key);
}

static void
test_bay_is_for_the_same_sex (void)
{
  g_autoptr (Scene) scene = new_county ();
  scene_refer (scene);
  g_autofree char *her = g_strdup (scene->last_code);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-01'", her);
  scene_do (scene, "coordinator", "hold.release", "'referral':'%s'", her);
  g_autofree char *key = copy_key (scene);
  scene_refer (scene);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-02'", scene->last_code);
  scene_do (scene, "coordinator", "undo", "'undoes':'%s'", key);
  g_assert_cmpint (scene_bed (scene, "ward-01")->commitment, ==, BED_COMMITMENT_HELD);
  g_assert_cmpint (scene_bed (scene, "ward-02")->commitment, ==, BED_COMMITMENT_HELD);
}

/* More people than an event has names for: all of them have their beds again. */
static void
test_closing_released_many (void)
{
  const char *const beds[] = { "ward-01", "ward-02", "ward-03" };
  char codes[G_N_ELEMENTS (beds)][BED_CODE_SIZE];
  g_autoptr (Scene) scene = new_county ();
  for (guint i = 0; i < G_N_ELEMENTS (beds); i++)
    {
      scene_refer (scene);
      memcpy (codes[i], scene->last_code, BED_CODE_SIZE);
      scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'%s'", codes[i], beds[i]);
    }
  scene_do (scene, "owner:trust", "unit.close", "'unit':'ward','reason':'outbreak'");
  g_autofree char *key = copy_key (scene);
  scene_do (scene, "owner:trust", "undo", "'undoes':'%s'", key);
  for (guint i = 0; i < G_N_ELEMENTS (beds); i++)
    {
      g_assert_cmpint (scene_referral (scene, codes[i])->state, ==, BED_STATE_HELD);
      g_assert_cmpint (scene_bed (scene, beds[i])->commitment, ==, BED_COMMITMENT_HELD);
    }
  const BedFacts *facts = &peek_last (scene)->facts;
  g_assert_cmpstr (facts->unit, ==, "ward");
  g_assert_false (bed_facts_has (facts, BED_FACT_BED));
  g_assert_false (bed_facts_has (facts, BED_FACT_REFERRAL)); /* no more than its closing did */
  g_assert_false (bed_facts_has (facts, BED_FACT_WITH));
  scene_assert_replay (scene);
}

/* A new epoch: indexes are others. */
static void
test_new_rules_forget (void)
{
  g_autoptr (Scene) scene = new_county ();
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-01','readiness':'dirty'");
  g_autofree char *report = copy_key (scene);
  scene_do (scene, "owner:trust", "unit.rules", "'unit':'ward','rules':{'accepts':'lap'}");
  g_autofree char *rules = copy_key (scene);
  scene_expect (scene, BED_ERROR_BAD_VALUE, "undoes", "unit:ward", "undo", "'undoes':'%s'", report);
  scene_expect (scene, BED_ERROR_BAD_VALUE, "undoes", "owner:trust", "undo", "'undoes':'%s'", rules);
}

/* An event that takes back what is not remembered is no event of this register. */
static void
test_events_that_do_not_fit (void)
{
  g_autoptr (Scene) scene = new_county ();
  scene_do (scene, "unit:ward", "unit.confirm", "'unit':'ward'");
  g_auto (BedEvent) event = { .kind = BED_EVENT_UNDONE, .at_us = scene->now_us, .actor = "unit:lodge",
                              .revision = broker_register_get_revision (scene->reg) + 1 };
  g_strlcpy (event.facts.undoes, peek_last (scene)->key, sizeof event.facts.undoes);
  bed_facts_set (&event.facts, BED_FACT_UNDOES);
  g_assert_false (broker_register_apply (scene->reg, &event, NULL));
  event.at_us += BROKER_UNDO_US + 1;
  g_strlcpy (event.actor, "unit:ward", sizeof event.actor);
  g_assert_false (broker_register_apply (scene->reg, &event, NULL));
  event.at_us = scene->now_us;
  g_assert_true (broker_register_apply (scene->reg, &event, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/rules-undo/each/", cases[i].name, NULL);
      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/rules-undo/no-method-is-left-out", test_no_method_is_left_out);
  g_test_add_func ("/rules-undo/submit", test_submit);
  g_test_add_func ("/rules-undo/names", test_names);
  g_test_add_func ("/rules-undo/reopened-is-alive", test_reopened_is_alive);
  g_test_add_func ("/rules-undo/built-upon", test_built_upon);
  g_test_add_func ("/rules-undo/neighbours-do-not-matter", test_neighbours_do_not_matter);
  g_test_add_func ("/rules-undo/whose-and-what", test_whose_and_what);
  g_test_add_func ("/rules-undo/too-old", test_too_old);
  g_test_add_func ("/rules-undo/too-many", test_too_many);
  g_test_add_func ("/rules-undo/the-clock-in-between", test_the_clock_in_between);
  g_test_add_func ("/rules-undo/clock-has-built", test_clock_has_built);
  g_test_add_func ("/rules-undo/cap-is-used-up", test_cap_is_used_up);
  g_test_add_func ("/rules-undo/bay-is-for-the-other-sex", test_bay_is_for_the_other_sex);
  g_test_add_func ("/rules-undo/bay-is-for-the-same-sex", test_bay_is_for_the_same_sex);
  g_test_add_func ("/rules-undo/closing-released-many", test_closing_released_many);
  g_test_add_func ("/rules-undo/new-rules-forget", test_new_rules_forget);
  g_test_add_func ("/rules-undo/events-that-do-not-fit", test_events_that_do_not_fit);
  return g_test_run ();
}
