/* test-rules-referral.c: from asking to waiting: triage, amend, link, first contact; one fact a case,
 * each refusal produced, and every row the same when its events are applied again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "scene.h"

#include "common/bed-rows.h"
#include "common/bed-time.h"

#include <string.h>

#define BIT(value) (G_GUINT64_CONSTANT (1) << (value))

static const char refer[] = "'lane':'%s','pathway':'%s','type':'rehab','needs':{},'sex':'female','age_band':'75_84',"
                            "'home':'SO51','agreed':'yes','source':'rhch'%s";

static const BedReferralRow *
submit (Scene *scene, const char *who, const char *lane, const char *pathway, const char *more)
{
  scene_do (scene, who, "referral.submit", refer, lane, pathway, more);
  return scene_referral (scene, scene->last_code);
}

static const BedReferralRow *
last (Scene *scene)
{
  return scene_referral (scene, scene->last_code);
}

/* A code that is good, and nobody's. */
static const char *
get_nobody (Scene *scene, char code[static BED_CODE_SIZE])
{
  for (guint64 n = 7;; n++)
    {
      bed_code_print (n, code);
      if (broker_register_find_referral (scene->reg, code) == BED_NONE)
        return code;
    }
}

/* Triage */

static void
test_triage (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  submit (scene, "referrer:rhch", "flow", "supported", "");
  scene->now_us += 5 * BED_MINUTE_US;
  scene_do (scene, "clinician", "referral.triage",
            "'referral':'%s','pathway':'enhanced','lane':'urgent','home_first':'needs_night_care'", scene->last_code);
  const BedReferralRow *row = last (scene);
  g_assert_cmpint (row->state, ==, BED_STATE_WAITING);
  g_assert_cmpint (row->pathway, ==, BED_PATHWAY_ENHANCED);
  g_assert_cmpint (row->lane, ==, BED_LANE_URGENT);
  g_assert_cmpint (row->home_first, ==, BED_HOME_FIRST_NEEDS_NIGHT_CARE);
  g_assert_cmpint (row->triaged_at_us, ==, scene->now_us);
  g_assert_cmpint (row->since_us, ==, scene->now_us);
  scene_assert_replay (scene);
}

static void
test_home_first_is_asked (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  submit (scene, "referrer:rhch", "flow", "supported", "");
  scene_expect (scene, BED_ERROR_BAD_VALUE, "home_first", "coordinator", "referral.triage",
                "'referral':'%s','pathway':'supported','lane':'flow'", scene->last_code);
  scene_do (scene, "coordinator", "referral.triage", "'referral':'%s','pathway':'simple','lane':'flow'", scene->last_code);
  g_assert_cmpint (last (scene)->state, ==, BED_STATE_TRIAGED);
}

static void
test_referrer_may_not_triage (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  submit (scene, "referrer:rhch", "flow", "supported", "");
  scene_expect (scene, BED_ERROR_FORBIDDEN, "", "referrer:rhch", "referral.triage",
                "'referral':'%s','pathway':'simple','lane':'flow'", scene->last_code);
}

static void
triage (Scene *scene, const char *pathway, const char *lane)
{
  scene->now_us += BED_MINUTE_US;
  scene_do (scene, "coordinator", "referral.triage", "'referral':'%s','pathway':'%s','lane':'%s','home_first':'unsafe_home'",
            scene->last_code, pathway, lane);
}

static void
test_triaged_at_is_the_first (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  scene_refer (scene);
  triage (scene, "supported", "flow");
  g_assert_cmpint (last (scene)->triaged_at_us, ==, SCENE_START_US);
  g_assert_cmpint (last (scene)->since_us, ==, SCENE_START_US);
}

static void
test_urgent_anew (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  submit (scene, "coordinator", "urgent", "supported", "");
  scene_do (scene, "clinician", "referral.responded", "'referral':'%s'", scene->last_code);
  triage (scene, "supported", "urgent");
  g_assert_cmpint (last (scene)->triaged_at_us, ==, SCENE_START_US);
  g_assert_true (last (scene)->flags & BED_REFERRAL_RESPONDED);
  triage (scene, "supported", "flow");
  triage (scene, "supported", "urgent");
  g_assert_cmpint (last (scene)->triaged_at_us, ==, scene->now_us);
  g_assert_false (last (scene)->flags & BED_REFERRAL_RESPONDED);
  scene_assert_replay (scene);
}

/* The breach of the first time in the lane is in the journal; the second time has its own. */
static void
test_urgent_anew_forgets_the_breach (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  submit (scene, "coordinator", "urgent", "supported", "");
  scene_pass (scene, 3 * BED_HOUR_US);
  g_assert_true (last (scene)->breached & 1 << BED_CLOCK_UCR_RESPONSE);
  triage (scene, "supported", "flow");
  triage (scene, "supported", "urgent");
  g_assert_false (last (scene)->breached & 1 << BED_CLOCK_UCR_RESPONSE);
}

static void
test_triage_to_simple_takes_the_proposal_back (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  scene_refer (scene);
  BedReferralRow *row = (BedReferralRow *) last (scene); /* as if a bed had been proposed */
  row->offer_bed = 0;
  row->offer_metres = 100;
  triage (scene, "supported", "flow");
  g_assert_cmpuint (last (scene)->offer_bed, ==, 0);
  triage (scene, "simple", "flow");
  g_assert_cmpuint (last (scene)->offer_bed, ==, BED_NONE);
  g_assert_cmpuint (last (scene)->offer_metres, ==, 0);
}

static void
test_no_triage_with_a_bed (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  scene_refer (scene);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-01'", scene->last_code);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "referral", "coordinator", "referral.triage",
                "'referral':'%s','pathway':'simple','lane':'flow'", scene->last_code);
}

/* Amending */

static void
amend (Scene *scene, const char *members)
{
  scene_do (scene, "coordinator", "referral.amend", "'referral':'%s',%s", scene->last_code, members);
}

static void
test_amend_everything (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  scene_refer (scene);
  amend (scene, "'type':'d2a','needs':{'must':['ensuite'],'infection':'cpe','weight_band':'to_230','oxygen_lpm':2},"
                "'sex':'male','age_band':'95_plus','home':'PO16','agreed':'best_interests','ready_at':'2026-11-23T09:00:00Z'");
  const BedReferralRow *row = last (scene);
  g_assert_cmpint (row->type, ==, BED_TYPE_D2A);
  g_assert_cmpuint (row->must, ==, BIT (BED_NEED_ENSUITE));
  g_assert_cmpint (row->infection, ==, BED_INFECTION_CPE);
  g_assert_cmpint (row->weight_band, ==, BED_WEIGHT_TO_230);
  g_assert_cmpint (row->oxygen_lpm, ==, 2);
  g_assert_cmpint (row->sex, ==, BED_SEX_MALE);
  g_assert_cmpint (row->age_band, ==, BED_AGE_BAND_95_PLUS);
  g_assert_cmpint (row->home, ==, 1);
  g_assert_cmpuint (row->easting, ==, 459000);
  g_assert_cmpint (row->lap, ==, 1);
  g_assert_cmpint (row->agreed, ==, BED_AGREED_BEST_INTERESTS);
  g_assert_cmpint (row->ready_at_us, ==, SCENE_START_US + 23 * BED_HOUR_US);
  g_assert_cmpint (row->state, ==, BED_STATE_WAITING);
  scene_assert_replay (scene);
}

static void
test_amend_one_leaves_the_rest (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  scene_refer (scene);
  BedReferralRow before = *last (scene);
  amend (scene, "'age_band':'85_94'");
  before.age_band = BED_AGE_BAND_85_94;
  before.revision = last (scene)->revision;
  g_assert_cmpmem (&before, sizeof before, last (scene), sizeof before);
}

static void
test_amend_home_follows (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  submit (scene, "coordinator", "flow", "supported", ",'near':'PO1'");
  amend (scene, "'home':'PO12'"); /* the carer is where they were */
  g_assert_cmpint (last (scene)->home, ==, 2);
  g_assert_cmpuint (last (scene)->easting, ==, 464500);
  amend (scene, "'near':'nfa'"); /* no carer any more */
  g_assert_cmpuint (last (scene)->easting, ==, 460800);
  amend (scene, "'home':'nfa'");
  g_assert_cmpuint (last (scene)->easting, ==, 0);
  g_assert_cmpint (last (scene)->lap, ==, BED_NONE_8);
  amend (scene, "'near':'PO1'");
  g_assert_cmpuint (last (scene)->easting, ==, 464500);
  amend (scene, "'home':'SO51'");
  g_assert_cmpuint (last (scene)->easting, ==, 464500);
  amend (scene, "'home':'nfa','near':'nfa'");
  amend (scene, "'home':'SO51'");
  g_assert_cmpuint (last (scene)->easting, ==, 435500);
  scene_assert_replay (scene);
}

/* A carer may live due north of home. */
static void
test_amend_home_beside_the_carer (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  scene_refer (scene);
  ((BedReferralRow *) last (scene))->northing += 1000;
  amend (scene, "'home':'PO1'");
  g_assert_cmpuint (last (scene)->easting, ==, 435500);
}

static void
test_amend_refusals (void)
{
  char nobody[BED_CODE_SIZE];
  g_autoptr (Scene) scene = scene_new_ready ();
  scene_refer (scene);
  scene_expect (scene, BED_ERROR_BAD_VALUE, "home", "coordinator", "referral.amend", "'referral':'%s','home':'ZZ9'", scene->last_code);
  scene_expect (scene, BED_ERROR_BAD_VALUE, "near", "coordinator", "referral.amend", "'referral':'%s','near':'ZZ9'", scene->last_code);
  scene_expect (scene, BED_ERROR_BAD_VALUE, "ready_at", "coordinator", "referral.amend",
                "'referral':'%s','ready_at':'2027-03-01T10:00:00Z'", scene->last_code);
  scene_expect (scene, BED_ERROR_FORBIDDEN, "", "referrer:qa", "referral.amend", "'referral':'%s','sex':'male'", scene->last_code);
  scene_expect (scene, BED_ERROR_UNKNOWN_REFERRAL, "referral", "coordinator", "referral.amend", "'referral':'%s','sex':'male'",
                get_nobody (scene, nobody));
}

/* While a bed is held the person it was held for stays the same; what they say to it may come. */
static void
test_amend_while_held (void)
{
  static const char *const members[][2] = {
    { "type", "'type':'d2a'" },          { "needs", "'needs':{}" }, { "sex", "'sex':'male'" },
    { "age_band", "'age_band':'95_plus'" }, { "home", "'home':'PO1'" }, { "near", "'near':'PO1'" },
  };
  g_autoptr (Scene) scene = scene_new_ready ();
  scene_refer (scene);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-01'", scene->last_code);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    scene_expect (scene, BED_ERROR_WRONG_STATE, members[i][0], "coordinator", "referral.amend", "'referral':'%s',%s",
                  scene->last_code, members[i][1]);
  amend (scene, "'agreed':'not_yet','ready_at':'2026-11-22T15:00:00Z'");
  g_assert_cmpint (last (scene)->agreed, ==, BED_AGREED_NOT_YET);
  g_assert_cmpint (last (scene)->state, ==, BED_STATE_HELD);
  scene_assert_replay (scene);
}

static void
test_amend_takes_the_proposal_back (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  scene_refer (scene);
  BedReferralRow *row = (BedReferralRow *) last (scene);
  row->offer_bed = 0;
  amend (scene, "'agreed':'not_yet','age_band':'18_64'");
  g_assert_cmpuint (last (scene)->offer_bed, ==, 0);
  amend (scene, "'sex':'male'");
  g_assert_cmpuint (last (scene)->offer_bed, ==, BED_NONE);
}

static void
test_another_ready_time_is_another_clock (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  submit (scene, "coordinator", "flow", "supported", ",'ready_at':'2026-11-22T10:00:00Z'");
  scene_pass (scene, 25 * BED_HOUR_US);
  g_assert_true (last (scene)->breached & 1 << BED_CLOCK_READY_TO_SERVICE);
  amend (scene, "'ready_at':'2026-11-22T10:00:00Z'"); /* the same */
  g_assert_true (last (scene)->breached & 1 << BED_CLOCK_READY_TO_SERVICE);
  amend (scene, "'ready_at':'2026-11-24T10:00:00Z'");
  g_assert_false (last (scene)->breached & 1 << BED_CLOCK_READY_TO_SERVICE);
}

/* Couples */

static guint32
find (Scene *scene, const char *code)
{
  return broker_register_find_referral (scene->reg, code);
}

static void
test_link (void)
{
  char first[BED_CODE_SIZE];
  g_autoptr (Scene) scene = scene_new_ready ();
  scene_refer (scene);
  memcpy (first, scene->last_code, sizeof first);
  submit (scene, "referrer:rhch", "flow", "supported", "");
  scene_do (scene, "referrer:rhch", "referral.link", "'referral':'%s','with':'%s'", first, scene->last_code);
  g_assert_cmpuint (scene_referral (scene, first)->linked, ==, find (scene, scene->last_code));
  g_assert_cmpuint (last (scene)->linked, ==, find (scene, first));
  scene_assert_replay (scene);
}

static void
test_link_refusals (void)
{
  char first[BED_CODE_SIZE], second[BED_CODE_SIZE], nobody[BED_CODE_SIZE];
  g_autoptr (Scene) scene = scene_new_ready ();
  scene_refer (scene);
  memcpy (first, scene->last_code, sizeof first);
  scene_expect (scene, BED_ERROR_BAD_VALUE, "with", "coordinator", "referral.link", "'referral':'%s','with':'%s'", first, first);
  scene_expect (scene, BED_ERROR_UNKNOWN_REFERRAL, "with", "coordinator", "referral.link", "'referral':'%s','with':'%s'",
                first, get_nobody (scene, nobody));
  scene_refer (scene);
  memcpy (second, scene->last_code, sizeof second);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'ward-01'", second);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "with", "coordinator", "referral.link", "'referral':'%s','with':'%s'", first, second);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "referral", "coordinator", "referral.link", "'referral':'%s','with':'%s'", second, first);
  scene_do (scene, "coordinator", "hold.release", "'referral':'%s'", second);
  scene_do (scene, "coordinator", "referral.link", "'referral':'%s','with':'%s'", first, second);
  scene_refer (scene);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "referral", "coordinator", "referral.link", "'referral':'%s','with':'%s'", first, scene->last_code);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "with", "coordinator", "referral.link", "'referral':'%s','with':'%s'", scene->last_code, first);
}

/* Anybody before a bed may be the other. */
static void
test_link_states (void)
{
  static const char *const pathways[] = { "supported", "simple" };
  char first[BED_CODE_SIZE];
  g_autoptr (Scene) scene = scene_new_ready ();
  for (guint i = 0; i < G_N_ELEMENTS (pathways); i++)
    {
      submit (scene, "referrer:rhch", "flow", "supported", "");
      memcpy (first, scene->last_code, sizeof first);
      submit (scene, "coordinator", "flow", pathways[i], "");
      scene_do (scene, "coordinator", "referral.link", "'referral':'%s','with':'%s'", i == 0 ? scene->last_code : first,
                i == 0 ? first : scene->last_code);
    }
}

static void
test_link_across_organisations (void)
{
  char first[BED_CODE_SIZE];
  g_autoptr (Scene) scene = scene_new_ready ();
  scene_refer (scene);
  memcpy (first, scene->last_code, sizeof first);
  scene_do (scene, "referrer:qa", "referral.submit",
            "'lane':'flow','pathway':'supported','type':'rehab','needs':{},'sex':'male','age_band':'75_84','home':'SO51',"
            "'agreed':'yes','source':'qa'");
  scene_expect (scene, BED_ERROR_FORBIDDEN, "with", "referrer:qa", "referral.link", "'referral':'%s','with':'%s'",
                scene->last_code, first);
  scene_do (scene, "clinician", "referral.link", "'referral':'%s','with':'%s'", scene->last_code, first);
}

/* First contact */

static void
test_responded (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  submit (scene, "referrer:rhch", "urgent", "supported", "");
  scene_do (scene, "clinician", "referral.responded", "'referral':'%s'", scene->last_code);
  g_assert_true (last (scene)->flags & BED_REFERRAL_RESPONDED);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "referral", "clinician", "referral.responded", "'referral':'%s'", scene->last_code);
  scene_do (scene, "coordinator", "referral.triage",
            "'referral':'%s','pathway':'supported','lane':'urgent','home_first':'unsafe_home'", scene->last_code);
  g_assert_true (last (scene)->flags & BED_REFERRAL_RESPONDED);
  scene_assert_replay (scene);
}

static void
test_nobody_awaits_contact_in_the_flow_lane (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  scene_refer (scene);
  scene_expect (scene, BED_ERROR_WRONG_STATE, "lane", "clinician", "referral.responded", "'referral':'%s'", scene->last_code);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add_func ("/rules-referral/" path, function)
  ADD ("triage/triage", test_triage);
  ADD ("triage/home-first-is-asked", test_home_first_is_asked);
  ADD ("triage/not-by-a-referrer", test_referrer_may_not_triage);
  ADD ("triage/triaged-at-is-the-first", test_triaged_at_is_the_first);
  ADD ("triage/urgent-anew", test_urgent_anew);
  ADD ("triage/urgent-anew-forgets-the-breach", test_urgent_anew_forgets_the_breach);
  ADD ("triage/simple-takes-the-proposal-back", test_triage_to_simple_takes_the_proposal_back);
  ADD ("triage/not-with-a-bed", test_no_triage_with_a_bed);
  ADD ("amend/everything", test_amend_everything);
  ADD ("amend/one-leaves-the-rest", test_amend_one_leaves_the_rest);
  ADD ("amend/home-follows", test_amend_home_follows);
  ADD ("amend/home-beside-the-carer", test_amend_home_beside_the_carer);
  ADD ("amend/refusals", test_amend_refusals);
  ADD ("amend/while-held", test_amend_while_held);
  ADD ("amend/takes-the-proposal-back", test_amend_takes_the_proposal_back);
  ADD ("amend/another-ready-time", test_another_ready_time_is_another_clock);
  ADD ("link/link", test_link);
  ADD ("link/refusals", test_link_refusals);
  ADD ("link/states", test_link_states);
  ADD ("link/across-organisations", test_link_across_organisations);
  ADD ("responded/once", test_responded);
  ADD ("responded/flow-lane", test_nobody_awaits_contact_in_the_flow_lane);
  return g_test_run ();
}
