/* test-rules-turnaround.c: the clock of a bed: begun by whoever leaves it, stopped when it is ready or in
 * use, breached once, and by the broker's clock alone.
 *
 * Every test that changes something ends with a replay of its events.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-scene.h"

#include "common/bed-rows.h"

static gboolean
runs (Scene *scene, const char *bed, gint64 *due_us)
{
  gint64 amber_us;
  gboolean is_running = bed_clock_get_turnaround (scene_bed (scene, bed), due_us, &amber_us);
  if (is_running)
    g_assert_cmpint (*due_us - amber_us, ==, 30 * BED_MINUTE_US);
  return is_running;
}

static void
assert_due (Scene *scene, const char *bed, const char *due)
{
  gint64 due_us = 0;
  g_assert_true (runs (scene, bed, &due_us));
  g_assert_cmpint (due_us, ==, instant (due));
}

static void
assert_none (Scene *scene, const char *bed)
{
  gint64 due_us;
  g_assert_false (runs (scene, bed, &due_us));
  g_assert_false (scene_bed (scene, bed)->flags & BED_FLAG_OVERDUE);
}

static guint
count_breaches (const Scene *scene, const char *bed)
{
  guint n = 0;
  for (guint i = 0; i < scene->events->len; i++)
    {
      const BedEvent *event = scene->events->pdata[i];
      n += event->kind == BED_EVENT_CLOCK_BREACHED && event->facts.clock == BED_CLOCK_TURNAROUND
           && strcmp (event->facts.bed, bed) == 0 && !bed_facts_has (&event->facts, BED_FACT_REFERRAL);
    }
  return n;
}

static void
stay (Scene *scene, const char *bed)
{
  scene_refer (scene);
  scene_do (scene, "local", "hold.take", "'referral':'%s','bed':'%s'", scene->last_code, bed);
  scene_do (scene, "local", "placement.accept", "'referral':'%s'", scene->last_code);
  scene_do (scene, "local", "placement.arrive", "'referral':'%s','bed':'%s'", scene->last_code, bed);
}

/* Somebody has been in ward-04 and left it at START. */
static Scene *
left_new (void)
{
  Scene *scene = bed_scene_new ();
  stay (scene, "ward-04");
  assert_none (scene, "ward-04");
  scene_do (scene, "unit:ward", "placement.leave", "'referral':'%s','outcome':'home'", scene->last_code);
  assert_due (scene, "ward-04", "2026-11-22T12:00:00Z");
  return scene;
}

static void
test_breached_once (void)
{
  Scene *scene = left_new ();
  pass_until (scene, "2026-11-22T11:59:59.999Z");
  g_assert_cmpuint (count_breaches (scene, "ward-04"), ==, 0);
  pass_until (scene, "2026-11-22T12:00:00Z");
  g_assert_cmpuint (count_breaches (scene, "ward-04"), ==, 1);
  g_assert_true (scene_bed (scene, "ward-04")->flags & BED_FLAG_OVERDUE);
  assert_due (scene, "ward-04", "2026-11-22T12:00:00Z");
  pass_until (scene, "2026-11-24T12:00:00Z");
  g_assert_cmpuint (count_breaches (scene, "ward-04"), ==, 1);
  bed_scene_end (scene);
}

static void
test_ready_stops_it (void)
{
  Scene *scene = left_new ();
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-04','readiness':'contaminated'");
  assert_due (scene, "ward-04", "2026-11-22T12:00:00Z");
  scene->now_us += BED_HOUR_US;
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-04','readiness':'cleaning'");
  assert_due (scene, "ward-04", "2026-11-22T12:00:00Z");
  pass_until (scene, "2026-11-22T12:30:00Z");
  g_assert_true (scene_bed (scene, "ward-04")->flags & BED_FLAG_OVERDUE);
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-04','readiness':'ready'");
  assert_none (scene, "ward-04");
  g_assert_cmpint (scene_bed (scene, "ward-04")->left_us, ==, 0);
  bed_scene_end (scene);
}

/* Dirt that nobody left behind is a state, and no turnaround. */
static void
test_dirt_alone_starts_none (void)
{
  Scene *scene = bed_scene_new ();
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-04','readiness':'dirty'");
  assert_none (scene, "ward-04");
  pass_until (scene, "2026-11-22T15:00:00Z");
  g_assert_cmpuint (count_breaches (scene, "ward-04"), ==, 0);
  bed_scene_end (scene);
}

/* Ways to become empty, each from a bed that somebody was in. */
static void
test_every_leaving (void)
{
  Scene *scene = bed_scene_new ();
  scene_do (scene, "unit:ward", "bed.fill", "'bed':'ward-01','why':'system_down'");
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-01','occupancy':'vacant'");
  assert_due (scene, "ward-01", "2026-11-22T12:00:00Z");
  scene_do (scene, "unit:ward", "bed.fill", "'bed':'ward-02','why':'system_down'");
  scene_do (scene, "coordinator", "bed.correct", "'bed':'ward-02','occupancy':'vacant','reason':'found_on_round'");
  assert_due (scene, "ward-02", "2026-11-22T12:00:00Z");
  stay (scene, "ward-03");
  scene_do (scene, "unit:ward", "placement.move", "'referral':'%s','bed':'ward-04'", scene->last_code);
  assert_due (scene, "ward-03", "2026-11-22T12:00:00Z");
  assert_none (scene, "ward-04");
  scene->now_us += BED_HOUR_US;
  scene_do (scene, "coordinator", "referral.died", "'referral':'%s'", scene->last_code);
  assert_none (scene, "ward-04"); /* until they are taken away */
  scene_do (scene, "unit:ward", "placement.leave", "'referral':'%s','outcome':'died'", scene->last_code);
  assert_due (scene, "ward-04", "2026-11-22T13:00:00Z");
  bed_scene_end (scene);
}

/* Entered in error: nobody was in it. Unknown, then seen to be empty: left when that is seen. */
static void
test_what_was_not_known (void)
{
  Scene *scene = bed_scene_new ();
  scene_do (scene, "unit:ward", "bed.fill", "'bed':'ward-01','why':'system_down'");
  scene_do (scene, "coordinator", "bed.correct", "'bed':'ward-01','occupancy':'vacant','reason':'entered_in_error'");
  assert_none (scene, "ward-01");
  scene_do (scene, "unit:ward", "bed.fill", "'bed':'ward-02','why':'system_down'");
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-02','occupancy':'unknown'");
  assert_none (scene, "ward-02");
  scene->now_us += BED_HOUR_US;
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-02','occupancy':'vacant'");
  assert_due (scene, "ward-02", "2026-11-22T13:00:00Z");
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-02','occupancy':'unknown'");
  assert_none (scene, "ward-02");
  bed_scene_end (scene);
}

/* What was said of a leaving is not mistaken for one, nor the other way round. */
static void
test_filled_again (void)
{
  Scene *scene = left_new ();
  pass_until (scene, "2026-11-22T12:30:00Z");
  scene_do (scene, "unit:ward", "bed.fill", "'bed':'ward-04','why':'arrived_unannounced'");
  assert_none (scene, "ward-04");
  g_assert_cmpint (scene_bed (scene, "ward-04")->expected_free_us, ==, 0);
  g_assert_cmpint (scene_bed (scene, "ward-04")->display, ==, BED_DISPLAY_OCCUPIED);
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-04','expected_free_at':'2026-11-22T18:00:00Z'");
  g_assert_cmpint (scene_bed (scene, "ward-04")->display, ==, BED_DISPLAY_LEAVING);
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-04','occupancy':'vacant'");
  assert_due (scene, "ward-04", "2026-11-22T14:30:00Z");
  pass_until (scene, "2026-11-22T14:30:00Z");
  g_assert_cmpuint (count_breaches (scene, "ward-04"), ==, 2);
  bed_scene_end (scene);
}

static void
test_place_needs_no_clean (void)
{
  Scene *scene = bed_scene_new ();
  scene_do (scene, "local", "bed.fill", "'bed':'sits-01','why':'system_down'");
  scene_do (scene, "local", "bed.report", "'bed':'sits-01','occupancy':'vacant'");
  assert_none (scene, "sits-01");
  bed_scene_end (scene);
}

/* A closed bed has time; opened again it is as late as it is. */
static void
test_closed_bed (void)
{
  Scene *scene = left_new ();
  scene_do (scene, "owner:trust", "bed.close", "'bed':'ward-04','reason':'deep_clean'");
  assert_none (scene, "ward-04");
  pass_until (scene, "2026-11-22T13:00:00Z");
  g_assert_cmpuint (count_breaches (scene, "ward-04"), ==, 0);
  scene_do (scene, "owner:trust", "bed.open", "'bed':'ward-04'");
  assert_due (scene, "ward-04", "2026-11-22T12:00:00Z");
  g_assert_cmpuint (scene_pass (scene, 1), ==, 1);
  g_assert_cmpuint (count_breaches (scene, "ward-04"), ==, 1);
  bed_scene_end (scene);
}

static void
test_surge_bed (void)
{
  Scene *scene = bed_scene_new ();
  scene_do (scene, "owner:trust", "surge.open", "'bed':'annex-02','until':'2026-11-22T11:00:00Z'");
  scene_do (scene, "unit:annex", "bed.fill", "'bed':'annex-02','why':'system_down'");
  scene_do (scene, "unit:annex", "bed.report", "'bed':'annex-02','occupancy':'vacant'");
  assert_due (scene, "annex-02", "2026-11-22T12:00:00Z");
  pass_until (scene, "2026-11-22T15:00:00Z");
  assert_none (scene, "annex-02");
  g_assert_cmpuint (count_breaches (scene, "annex-02"), ==, 0);
  bed_scene_end (scene);
}

static void
test_out_of_effect (void)
{
  Scene *scene = left_new ();
  g_autofree char *files = bed_scene_files ();
  g_auto (GStrv) parts = g_strsplit (files, "ward-04,ward,", 2);
  char *after = strstr (parts[1], "2020-01-01,");
  g_assert_nonnull (after);
  g_autofree char *until = g_strdup_printf ("%.*s2020-01-01,2026-11-22%s", (int) (after - parts[1]), parts[1],
                                            after + strlen ("2020-01-01,"));
  bed_scene_import (scene, g_strconcat (parts[0], "ward-04,ward,", until, NULL));
  assert_none (scene, "ward-04");
  g_assert_false (scene_bed (scene, "ward-04")->flags & BED_FLAG_IN_EFFECT);
  pass_until (scene, "2026-11-22T15:00:00Z");
  g_assert_cmpuint (count_breaches (scene, "ward-04"), ==, 0);
  bed_scene_import (scene, g_steal_pointer (&files));
  assert_due (scene, "ward-04", "2026-11-22T12:00:00Z");
  bed_scene_end (scene);
}

/* The earliest of a unit's beds first, each in an event of its own. */
static void
test_two_beds (void)
{
  Scene *scene = left_new ();
  scene_do (scene, "unit:ward", "bed.fill", "'bed':'ward-01','why':'system_down'");
  scene->now_us += BED_MINUTE_US;
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-01','occupancy':'vacant'");
  pass_until (scene, "2026-11-22T12:00:00Z");
  g_assert_cmpuint (count_breaches (scene, "ward-04"), ==, 1);
  g_assert_cmpuint (count_breaches (scene, "ward-01"), ==, 0);
  pass_until (scene, "2026-11-22T12:01:00Z");
  g_assert_cmpuint (count_breaches (scene, "ward-04"), ==, 1);
  g_assert_cmpuint (count_breaches (scene, "ward-01"), ==, 1);
  bed_scene_end (scene);
}

/* A breach noticed within the minute stays noticed, of that turnaround and no other. */
static void
test_undo_keeps_what_was_noticed (void)
{
  Scene *scene = left_new ();
  pass_until (scene, "2026-11-22T11:59:30Z");
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-04','isolation':'barrier'");
  const BedEvent *reported = scene->events->pdata[scene->events->len - 1];
  g_autofree char *key = g_strdup (reported->key);
  pass_until (scene, "2026-11-22T12:00:00Z");
  g_assert_cmpuint (count_breaches (scene, "ward-04"), ==, 1);
  scene_do (scene, "unit:ward", "undo", "'undoes':'%s'", key);
  g_assert_cmpint (scene_bed (scene, "ward-04")->isolation, ==, BED_ISOLATION_NONE);
  g_assert_true (scene_bed (scene, "ward-04")->flags & BED_FLAG_OVERDUE);
  pass_until (scene, "2026-11-22T13:00:00Z");
  g_assert_cmpuint (count_breaches (scene, "ward-04"), ==, 1);
  bed_scene_end (scene);
}

static void
undo_last (Scene *scene, const char *who)
{
  const BedEvent *last = scene->events->pdata[scene->events->len - 1];
  g_autofree char *key = g_strdup (last->key);
  scene_do (scene, who, "undo", "'undoes':'%s'", key);
}

static void
test_undo_of_ready_goes_on (void)
{
  Scene *scene = left_new ();
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-04','readiness':'cleaning'");
  pass_until (scene, "2026-11-22T12:30:00Z");
  scene_do (scene, "unit:ward", "bed.report", "'bed':'ward-04','readiness':'ready'");
  undo_last (scene, "unit:ward");
  assert_due (scene, "ward-04", "2026-11-22T12:00:00Z");
  g_assert_true (scene_bed (scene, "ward-04")->flags & BED_FLAG_OVERDUE);
  scene_pass (scene, BED_HOUR_US);
  g_assert_cmpuint (count_breaches (scene, "ward-04"), ==, 1);
  bed_scene_end (scene);
}

static void
test_undo_of_leaving (void)
{
  Scene *scene = left_new ();
  undo_last (scene, "unit:ward");
  assert_none (scene, "ward-04");
  g_assert_cmpint (scene_bed (scene, "ward-04")->expected_free_us, ==, 0);
  bed_scene_end (scene);
}

/* Whoever sees the bed sees its clock; nothing is expected of somebody who has left. */
static void
assert_printed (Scene *scene, const char *is_breached)
{
  guint32 bed = bed_places_find_bed (broker_register_peek_places (scene->reg), "ward-04");
  for (guint class = 0; class <= BED_SIGHT_COUNTS; class++)
    {
      g_auto (BedJson) json = { 0 };
      bed_json_init (&json, 512);
      bed_rows_print_bed (broker_register_peek_table (scene->reg), bed, scene_bed (scene, "ward-04"), class, &json);
      g_autofree char *end = g_strdup_printf ("\"clocks\":[{\"clock\":\"turnaround\",\"due_at\":\"2026-11-22T12:00:00.000Z\","
                                              "\"amber_at\":\"2026-11-22T11:30:00.000Z\",\"breached\":%s}]}", is_breached);
      g_assert_true (g_str_has_suffix (json.text->str, end));
      g_assert_null (strstr (json.text->str, "expected_free_at"));
    }
}

static void
test_row (void)
{
  Scene *scene = left_new ();
  assert_printed (scene, "false");
  pass_until (scene, "2026-11-22T12:00:00Z");
  assert_printed (scene, "true");
  scene_do (scene, "unit:ward", "bed.fill", "'bed':'ward-04','why':'system_down'");
  guint32 bed = bed_places_find_bed (broker_register_peek_places (scene->reg), "ward-04");
  g_auto (BedJson) json = { 0 };
  bed_json_init (&json, 512);
  bed_rows_print_bed (broker_register_peek_table (scene->reg), bed, scene_bed (scene, "ward-04"), BED_SIGHT_FULL, &json);
  g_assert_null (strstr (json.text->str, "clocks"));
  bed_scene_end (scene);
}

/* The clock itself may be told early, twice, of another clock, of a bed that has none, or of nothing. */
static gboolean
ask_breach (Scene *scene, const char *bed, BedClock clock, const char *at)
{
  g_auto (BedEvent) event = { 0 };
  BedCommand command = { .method = BED_METHOD_CLOCK_BREACH, .actor = { .user = "clock", .role = BED_ROLE_CLOCK } };
  command.facts.clock = (guint8) clock;
  bed_facts_set (&command.facts, BED_FACT_CLOCK);
  if (bed != NULL)
    {
      g_strlcpy (command.facts.bed, bed, sizeof command.facts.bed);
      bed_facts_set (&command.facts, BED_FACT_BED);
    }
  gboolean is_so = broker_rules_check (scene->reg, &command, instant (at), &event, &scene->refusal);
  if (!is_so)
    {
      g_assert_cmpint (scene->refusal.error, ==, BED_ERROR_WRONG_STATE);
      g_assert_cmpstr (scene->refusal.member, ==, "clock");
    }
  return is_so;
}

static void
test_only_when_due (void)
{
  Scene *scene = left_new ();
  g_assert_false (ask_breach (scene, "ward-04", BED_CLOCK_TURNAROUND, "2026-11-22T11:59:59.999Z"));
  g_assert_true (ask_breach (scene, "ward-04", BED_CLOCK_TURNAROUND, "2026-11-22T12:00:00Z"));
  g_assert_false (ask_breach (scene, "ward-04", BED_CLOCK_EPISODE, "2026-11-22T12:00:00Z"));
  g_assert_false (ask_breach (scene, "ward-01", BED_CLOCK_TURNAROUND, "2026-11-22T12:00:00Z"));
  g_assert_false (ask_breach (scene, NULL, BED_CLOCK_TURNAROUND, "2026-11-22T12:00:00Z"));
  pass_until (scene, "2026-11-22T12:00:00Z");
  g_assert_false (ask_breach (scene, "ward-04", BED_CLOCK_TURNAROUND, "2026-11-22T12:00:00Z"));
  bed_scene_end (scene);
}

static void
test_only_the_clock (void)
{
  Scene *scene = left_new ();
  BedCommand command = { .method = BED_METHOD_CLOCK_BREACH, .actor = { .user = "local", .role = BED_ROLE_LOCAL } };
  command.facts.clock = BED_CLOCK_TURNAROUND;
  g_strlcpy (command.facts.bed, "ward-04", sizeof command.facts.bed);
  command.facts.has = G_GUINT64_CONSTANT (1) << BED_FACT_CLOCK | G_GUINT64_CONSTANT (1) << BED_FACT_BED;
  scene->now_us += 3 * BED_HOUR_US;
  g_assert_false (scene_decide (scene, &command));
  g_assert_cmpint (scene->refusal.error, ==, BED_ERROR_FORBIDDEN);
  bed_scene_end (scene);
}

/* A breach of neither a person nor a bed does not fit any register. */
static void
test_event_of_nothing (void)
{
  Scene *scene = left_new ();
  g_autoptr (GError) error = NULL;
  BedEvent event = { .revision = broker_register_get_revision (scene->reg) + 1,
                     .at_us = scene->now_us,
                     .kind = BED_EVENT_CLOCK_BREACHED,
                     .role = BED_ROLE_CLOCK };
  event.facts.clock = BED_CLOCK_TURNAROUND;
  bed_facts_set (&event.facts, BED_FACT_CLOCK);
  g_assert_false (broker_register_apply (scene->reg, &event, &error));
  g_assert_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE);
  bed_scene_end (scene);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add_func ("/rules-turnaround/" path, function)
  ADD ("breached-once", test_breached_once);
  ADD ("ready-stops-it", test_ready_stops_it);
  ADD ("dirt-alone", test_dirt_alone_starts_none);
  ADD ("every-leaving", test_every_leaving);
  ADD ("not-known", test_what_was_not_known);
  ADD ("filled-again", test_filled_again);
  ADD ("place", test_place_needs_no_clean);
  ADD ("closed", test_closed_bed);
  ADD ("surge", test_surge_bed);
  ADD ("out-of-effect", test_out_of_effect);
  ADD ("two-beds", test_two_beds);
  ADD ("undo-keeps-what-was-noticed", test_undo_keeps_what_was_noticed);
  ADD ("undo-of-ready", test_undo_of_ready_goes_on);
  ADD ("undo-of-leaving", test_undo_of_leaving);
  ADD ("row", test_row);
  ADD ("only-when-due", test_only_when_due);
  ADD ("only-the-clock", test_only_the_clock);
  ADD ("event-of-nothing", test_event_of_nothing);
  return g_test_run ();
}
