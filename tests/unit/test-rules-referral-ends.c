/* test-rules-referral-ends.c: the side doors of a referral: redirect, pause and resume, withdraw, died.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "person-scene.h"

#include "common/bed-time.h"

#include <string.h>

static void
assert_closed (Scene *scene, BedReferralState state)
{
  g_assert_cmpint (last (scene)->state, ==, state);
  g_assert_true (last (scene)->flags & BED_REFERRAL_CLOSED);
  g_assert_cmpuint (last (scene)->bed, ==, BED_NONE);
  g_assert_cmpint (last (scene)->until_us, ==, 0);
  g_assert_cmpuint (last (scene)->linked, ==, BED_NONE);
  scene_assert_replay (scene);
}

static void
assert_free (Scene *scene, const char *bed)
{
  g_assert_cmpint (scene_bed (scene, bed)->display, ==, BED_DISPLAY_FREE);
  g_assert_cmpuint (scene_bed (scene, bed)->referral, ==, BED_NONE);
  g_assert_cmpint (scene_bed (scene, bed)->until_us, ==, 0);
}

/* Makes the last two referrals a couple; first gets the code of the older one. */
static void
refer_couple (Scene *scene, char first[static BED_CODE_SIZE])
{
  scene_refer (scene);
  memcpy (first, scene->last_code, BED_CODE_SIZE);
  scene_refer (scene);
  scene_do (scene, "coordinator", "referral.link", "'referral':'%s','with':'%s'", scene->last_code, first);
}

static void
hold_couple (Scene *scene, char first[static BED_CODE_SIZE])
{
  refer_couple (scene, first);
  act (scene, "coordinator", "hold.take", ",'bed':'ward-01'");
  g_assert_cmpint (scene_referral (scene, first)->state, ==, BED_STATE_HELD);
}

/* Redirect */

static void
test_redirect (void)
{
  static const char *const to[] = { "111", "out_of_hours_gp", "999" };
  g_autoptr (Scene) scene = scene_new_ready ();
  for (guint i = 0; i < G_N_ELEMENTS (to); i++)
    {
      g_autofree char *more = g_strdup_printf (",'to':'%s'", to[i]);
      scene_refer (scene);
      act (scene, "clinician", "referral.redirect", more);
      assert_closed (scene, BED_STATE_REDIRECTED);
    }
}

static void
test_no_redirect_with_a_bed (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  hold (scene, "ward-01");
  refuse (scene, BED_ERROR_WRONG_STATE, "referral", "clinician", "referral.redirect", ",'to':'111'");
  refuse (scene, BED_ERROR_FORBIDDEN, "", "referrer:rhch", "referral.redirect", ",'to':'111'");
}

/* Pause and resume */

static void
test_pause_releases (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  hold (scene, "ward-01");
  scene->now_us += BED_MINUTE_US;
  act (scene, "referrer:rhch", "referral.pause", ",'reason':'became_unwell'");
  g_assert_cmpint (last (scene)->state, ==, BED_STATE_PAUSED);
  g_assert_cmpint (last (scene)->paused_for, ==, BED_PAUSE_BECAME_UNWELL + 1);
  g_assert_cmpint (last (scene)->since_us, ==, scene->now_us);
  g_assert_cmpuint (last (scene)->bed, ==, BED_NONE);
  g_assert_cmpint (last (scene)->hold_min, ==, 0);
  assert_free (scene, "ward-01");
  scene_assert_replay (scene);
}

static void
test_pause_takes_the_proposal_back (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  scene_refer (scene);
  ((BedReferralRow *) last (scene))->offer_bed = 0;
  act (scene, "coordinator", "referral.pause", ",'reason':'not_stable'");
  g_assert_cmpuint (last (scene)->offer_bed, ==, BED_NONE);
}

static void
test_pause_refusals (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  scene_refer (scene);
  act (scene, "coordinator", "referral.pause", ",'reason':'person_asked'");
  refuse (scene, BED_ERROR_WRONG_STATE, "referral", "coordinator", "referral.pause", ",'reason':'person_asked'");
  refuse (scene, BED_ERROR_FORBIDDEN, "", "unit:ward", "referral.pause", ",'reason':'person_asked'");
}

static void
test_pause_accepted (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  accept (scene, "ward-01");
  refuse (scene, BED_ERROR_WRONG_STATE, "referral", "coordinator", "referral.pause", ",'reason':'not_stable'");
}

static void
pause_and_resume (Scene *scene, BedReferralState state)
{
  act (scene, "coordinator", "referral.pause", ",'reason':'information_missing'");
  scene->now_us += BED_HOUR_US;
  act (scene, "coordinator", "referral.resume", "");
  g_assert_cmpint (last (scene)->state, ==, state);
  g_assert_cmpint (last (scene)->paused_for, ==, 0);
  g_assert_cmpint (last (scene)->since_us, ==, scene->now_us);
  scene_assert_replay (scene);
}

static void
test_resume_goes_back (void)
{
  static const char refer[] = "'lane':'flow','pathway':'%s','type':'rehab','needs':{},'sex':'female','age_band':'75_84',"
                              "'home':'SO51','agreed':'yes','source':'rhch'";
  g_autoptr (Scene) scene = scene_new_ready ();
  scene_do (scene, "referrer:rhch", "referral.submit", refer, "simple");
  pause_and_resume (scene, BED_STATE_SUBMITTED);
  scene_do (scene, "coordinator", "referral.submit", refer, "simple");
  pause_and_resume (scene, BED_STATE_TRIAGED);
  hold (scene, "ward-01");
  pause_and_resume (scene, BED_STATE_WAITING);
}

static void
test_resume_ready_at (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  scene_refer (scene);
  act (scene, "coordinator", "referral.amend", ",'ready_at':'2026-11-22T09:00:00Z'");
  scene_pass (scene, BED_DAY_US);
  g_assert_true (last (scene)->breached & 1 << BED_CLOCK_READY_TO_SERVICE);
  act (scene, "coordinator", "referral.pause", ",'reason':'became_unwell'");
  refuse (scene, BED_ERROR_BAD_VALUE, "ready_at", "coordinator", "referral.resume", ",'ready_at':'2027-03-01T09:00:00Z'");
  act (scene, "coordinator", "referral.resume", ",'ready_at':'2026-11-24T09:00:00Z'");
  g_assert_cmpint (last (scene)->ready_at_us, ==, SCENE_START_US + 47 * BED_HOUR_US);
  g_assert_false (last (scene)->breached & 1 << BED_CLOCK_READY_TO_SERVICE);
}

static void
test_resume_what_is_not_paused (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  scene_refer (scene);
  refuse (scene, BED_ERROR_WRONG_STATE, "referral", "coordinator", "referral.resume", "");
}

/* Held together or not at all. */
static void
test_pause_one_of_a_couple (void)
{
  char first[BED_CODE_SIZE];
  g_autoptr (Scene) scene = scene_new_ready ();
  hold_couple (scene, first);
  act (scene, "coordinator", "referral.pause", ",'reason':'became_unwell'");
  g_assert_cmpint (last (scene)->state, ==, BED_STATE_PAUSED);
  g_assert_cmpint (scene_referral (scene, first)->state, ==, BED_STATE_WAITING);
  g_assert_cmpuint (scene_referral (scene, first)->bed, ==, BED_NONE);
  g_assert_cmpuint (scene_referral (scene, first)->linked, !=, BED_NONE);
  assert_free (scene, "ward-01");
  assert_free (scene, "ward-02");
  scene_assert_replay (scene);
}

/* Withdraw */

static void
test_withdraw_before_a_bed (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  scene_refer (scene);
  act (scene, "referrer:rhch", "referral.withdraw", ",'reason':'duplicate'");
  assert_closed (scene, BED_STATE_WITHDRAWN);
}

static void
test_withdraw_releases (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  hold (scene, "ward-01");
  act (scene, "coordinator", "referral.withdraw", ",'reason':'home_instead'");
  assert_closed (scene, BED_STATE_WITHDRAWN);
  assert_free (scene, "ward-01");
  accept (scene, "ward-01");
  act (scene, "coordinator", "referral.withdraw", ",'reason':'acute_again'");
  assert_closed (scene, BED_STATE_WITHDRAWN);
  assert_free (scene, "ward-01");
}

static void
test_withdraw_paused (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  scene_refer (scene);
  act (scene, "coordinator", "referral.pause", ",'reason':'became_unwell'");
  act (scene, "coordinator", "referral.withdraw", ",'reason':'acute_again'");
  assert_closed (scene, BED_STATE_WITHDRAWN);
  g_assert_cmpint (last (scene)->paused_for, ==, 0);
}

static void
test_withdraw_in_a_bed (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  arrive (scene, "ward-01");
  refuse (scene, BED_ERROR_WRONG_STATE, "referral", "coordinator", "referral.withdraw", ",'reason':'home_instead'");
}

static void
test_closed_is_closed (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  scene_refer (scene);
  act (scene, "coordinator", "referral.withdraw", ",'reason':'duplicate'");
  refuse (scene, BED_ERROR_WRONG_STATE, "referral", "coordinator", "referral.withdraw", ",'reason':'duplicate'");
  refuse (scene, BED_ERROR_WRONG_STATE, "referral", "coordinator", "referral.amend", ",'sex':'male'");
  refuse (scene, BED_ERROR_WRONG_STATE, "referral", "coordinator", "referral.died", "");
}

/* The other goes on alone. */
static void
test_withdraw_one_of_a_couple (void)
{
  char first[BED_CODE_SIZE];
  g_autoptr (Scene) scene = scene_new_ready ();
  refer_couple (scene, first);
  act (scene, "coordinator", "referral.withdraw", ",'reason':'home_instead'");
  assert_closed (scene, BED_STATE_WITHDRAWN);
  g_assert_cmpuint (scene_referral (scene, first)->linked, ==, BED_NONE);
  g_assert_cmpint (scene_referral (scene, first)->state, ==, BED_STATE_WAITING);
}

/* With the bed that is held for them. */
static void
test_withdraw_one_of_a_held_couple (void)
{
  char first[BED_CODE_SIZE];
  g_autoptr (Scene) scene = scene_new_ready ();
  hold_couple (scene, first);
  act (scene, "coordinator", "referral.withdraw", ",'reason':'home_instead'");
  assert_closed (scene, BED_STATE_WITHDRAWN);
  assert_free (scene, "ward-01");
  g_assert_cmpint (scene_referral (scene, first)->state, ==, BED_STATE_HELD);
  g_assert_cmpint (scene_bed (scene, "ward-02")->display, ==, BED_DISPLAY_HELD);
  g_assert_cmpuint (scene_referral (scene, first)->linked, ==, BED_NONE);
}

/* Died */

static void
test_died_before_arrival (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  scene_refer (scene);
  act (scene, "referrer:rhch", "referral.died", "");
  assert_closed (scene, BED_STATE_DIED);
  accept (scene, "ward-01");
  act (scene, "coordinator", "referral.died", "");
  assert_closed (scene, BED_STATE_DIED);
  assert_free (scene, "ward-01");
}

static void
test_died_in_a_bed (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  arrive (scene, "ward-01");
  act (scene, "unit:ward", "assessment.start", ",'kind':'chc'");
  act (scene, "unit:ward", "referral.died", "");
  g_assert_cmpint (last (scene)->state, ==, BED_STATE_DIED);
  g_assert_false (last (scene)->flags & BED_REFERRAL_CLOSED);
  g_assert_cmpint (last (scene)->chc_from_us, ==, 0);
  g_assert_cmpint (scene_bed (scene, "ward-01")->occupancy, ==, BED_OCCUPANCY_OCCUPIED);
  refuse (scene, BED_ERROR_WRONG_STATE, "referral", "unit:ward", "referral.died", "");
  refuse (scene, BED_ERROR_WRONG_STATE, "referral", "unit:ward", "assessment.start", ",'kind':'chc'");
  scene_assert_replay (scene);
}

static void
test_died_one_of_a_couple (void)
{
  char first[BED_CODE_SIZE];
  g_autoptr (Scene) scene = scene_new_ready ();
  hold_couple (scene, first);
  act (scene, "unit:ward", "placement.accept", "");
  scene_do (scene, "unit:ward", "placement.arrive", "'referral':'%s','bed':'ward-01'", scene->last_code);
  act (scene, "unit:ward", "referral.died", "");
  g_assert_cmpuint (last (scene)->linked, ==, BED_NONE);
  g_assert_cmpuint (scene_referral (scene, first)->linked, ==, BED_NONE);
  g_assert_cmpint (scene_referral (scene, first)->state, ==, BED_STATE_ACCEPTED);
}

/* From whichever part of a stay. */
static void
test_died_in_every_part_of_a_stay (void)
{
  static const char *const parts[] = { "placement.therapy", "placement.ready_to_leave" };
  static const char *const beds[] = { "ward-01", "ward-02" };
  g_autoptr (Scene) scene = scene_new_ready ();
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      arrive (scene, beds[i]);
      act (scene, "unit:ward", parts[i], "");
      act (scene, "unit:ward", "referral.died", "");
      g_assert_cmpint (last (scene)->state, ==, BED_STATE_DIED);
      g_assert_cmpint (scene_bed (scene, beds[i])->occupancy, ==, BED_OCCUPANCY_OCCUPIED);
      act (scene, "unit:ward", "placement.leave", ",'outcome':'died'");
      g_assert_true (last (scene)->flags & BED_REFERRAL_CLOSED);
    }
}

/* No limit runs for the dead. */
static void
test_no_breach_after_death (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  arrive (scene, "ward-01");
  act (scene, "unit:ward", "referral.died", "");
  scene_pass (scene, 50 * BED_DAY_US);
  g_assert_cmpint (last (scene)->breached, ==, 0);
}

static void
test_died_elsewhere (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  arrive (scene, "ward-01");
  refuse (scene, BED_ERROR_FORBIDDEN, "", "unit:lodge", "referral.died", "");
  refuse (scene, BED_ERROR_FORBIDDEN, "", "referrer:qa", "referral.died", "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add_func ("/rules-referral-ends/" path, function)
  ADD ("redirect/closes", test_redirect);
  ADD ("redirect/not-with-a-bed", test_no_redirect_with_a_bed);
  ADD ("pause/releases", test_pause_releases);
  ADD ("pause/takes-the-proposal-back", test_pause_takes_the_proposal_back);
  ADD ("pause/refusals", test_pause_refusals);
  ADD ("pause/accepted", test_pause_accepted);
  ADD ("resume/goes-back", test_resume_goes_back);
  ADD ("resume/ready-at", test_resume_ready_at);
  ADD ("resume/not-paused", test_resume_what_is_not_paused);
  ADD ("pause/one-of-a-couple", test_pause_one_of_a_couple);
  ADD ("withdraw/before-a-bed", test_withdraw_before_a_bed);
  ADD ("withdraw/releases", test_withdraw_releases);
  ADD ("withdraw/paused", test_withdraw_paused);
  ADD ("withdraw/in-a-bed", test_withdraw_in_a_bed);
  ADD ("withdraw/closed-is-closed", test_closed_is_closed);
  ADD ("withdraw/one-of-a-couple", test_withdraw_one_of_a_couple);
  ADD ("withdraw/one-of-a-held-couple", test_withdraw_one_of_a_held_couple);
  ADD ("died/before-arrival", test_died_before_arrival);
  ADD ("died/in-a-bed", test_died_in_a_bed);
  ADD ("died/one-of-a-couple", test_died_one_of_a_couple);
  ADD ("died/every-part-of-a-stay", test_died_in_every_part_of_a_stay);
  ADD ("died/no-breach", test_no_breach_after_death);
  ADD ("died/elsewhere", test_died_elsewhere);
  return g_test_run ();
}
