/* test-export.c: the whole state as files and back, and everything that can be wrong with such files.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "export-scene.h"

static void
assert_trip (const Scene *scene)
{
  g_autofree char *difference = export_trip_find_difference (scene->reg, peek_imported (scene), scene->now_us);

  g_assert_cmpstr (difference, ==, NULL);
}

/* Which states are in it, so that the trips below mean something. */
static void
test_is_rich (void)
{
  Rich *rich = rich_new ();
  g_autofree char *files = rich_export (rich);
  g_autofree char *people = get_file (files, "referrals.csv");
  g_autofree char *beds = get_file (files, "bed_states.csv");
  g_autofree char *units = get_file (files, "unit_states.csv");
  g_auto (GStrv) lines = g_strsplit (people, "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), ==, N_PEOPLE - 1 + 2); /* who has ended is not carried; header and end */
  g_assert_null (strstr (people, rich->codes[ENDED]));
  g_assert_nonnull (strstr (people, ",ensuite|hoist,smoker,low_bed,none,to_180,2,"));
  g_assert_nonnull (strstr (people, ",lodge,")); /* has declined */
  g_assert_nonnull (strstr (people, ",closed|held_once\n"));
  g_assert_nonnull (strstr (beds, "lodge-01,vacant,ready,closed,repair,2026-11-24T10:00:00.000Z,"));
  g_assert_nonnull (strstr (beds, ",ensuite@2026-11-23T10:00:00.000Z,"));
  g_assert_nonnull (strstr (beds, ",surge_open,none,,2026-11-29T10:00:00.000Z,"));
  g_assert_nonnull (strstr (beds, ",norovirus,"));
  g_assert_nonnull (strstr (units, "lodge,3,,none,0,wrong\n"));
  g_assert_nonnull (strstr (units, "ward,3,2026-11-23T10:00:00.000Z,none,0,right|right\n"));
  g_assert_nonnull (strstr (units, "annex,4,,none,1,\n"));
  rich_free (rich);
}

static void
test_round_trip (void)
{
  Rich *rich = rich_new ();

  assert_trip (rich->scene);
  rich_free (rich);
}

static void
test_nothing_observed (void)
{
  g_autoptr (Scene) scene = scene_new ();

  assert_trip (scene);
}

static void
test_microseconds (void)
{
  g_autoptr (Scene) scene = scene_new ();

  scene->now_us += 123457;
  scene_do (scene, "local", "bed.report", "'bed':'ward-01','occupancy':'vacant','source':'phone'");
  assert_trip (scene);
}

/* What the files say goes on being lived: the same due things happen to both. */
static void
test_life_goes_on (void)
{
  Rich *rich = rich_new ();
  g_autofree char *files = rich_export (rich);
  Scene *other = scene_new_of (g_steal_pointer (&files));
  g_autofree char *first = NULL, *second = NULL;

  other->now_us = rich->scene->now_us;
  g_assert_cmpuint (scene_pass (rich->scene, 3 * BED_DAY_US), ==, scene_pass (other, 3 * BED_DAY_US));
  first = broker_states_print (rich->scene->reg, peek_imported (rich->scene));
  second = broker_states_print (other->reg, peek_imported (other));
  g_assert_cmpstr (first, ==, second);
  g_assert_cmpint (state_of (other, rich->codes[HELD]), ==, BED_STATE_WAITING);
  scene_do (other, "local", "placement.leave", "'referral':'%s','outcome':'home'", rich->codes[THERE]);
  bed_scene_end (other);
  rich_free (rich);
}

static void
test_continues (void)
{
  Rich *rich = rich_new ();
  g_autofree char *files = rich_export (rich);
  Scene *other = scene_new_of (g_steal_pointer (&files));

  other->now_us = rich->scene->now_us;
  scene_do (other, "coordinator", "referral.submit",
            "'lane':'flow','pathway':'supported','type':'rehab','needs':{},'sex':'female','age_band':'75_84',"
            "'home':'SO51','agreed':'yes','source':'rhch','continues':'%s'", rich->codes[GONE]);
  g_assert_cmpint (scene_referral (other, other->last_code)->arrived_at_us, ==,
                   scene_referral (rich->scene, rich->codes[GONE])->arrived_at_us);
  scene_free (other);
  rich_free (rich);
}

static void
test_rules_in_units (void)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  g_autofree char *before = broker_states_print (scene->reg, peek_imported (scene));
  g_autofree char *was = get_file (before, "units.csv");
  g_autofree char *given = get_file (peek_imported (scene), "units.csv");
  g_autofree char *after = NULL, *is = NULL;

  g_assert_cmpstr (was, ==, given); /* nothing has changed: as it was written */
  scene_do (scene, "local", "unit.rules",
            "'unit':'ward','rules':{'accepts':'lap','weekends':false,'own_assessment':true,'latest_arrival':'17:30',"
            "'longest_stay_days':30,'flex_after_min':10080}");
  after = broker_states_print (scene->reg, peek_imported (scene));
  is = get_file (after, "units.csv");
  g_assert_nonnull (strstr (is, ",latest_arrival,weekends,nights,own_assessment\n"));
  g_assert_nonnull (strstr (is, ",0,lap,240,720,30,01632 960001,2020-01-01,,test,1,2026-11-01,,10080,17:30,no,yes,yes\n"));
  assert_trip (scene);
}

static void
test_quoted (void)
{
  g_autofree char *files = scene_files ();
  g_autofree char *units = get_file (files, "units.csv");
  g_auto (GStrv) parts = g_strsplit (units, "Test Ward,", 2);
  g_autofree char *named = g_strjoinv ("\" Test \"\"Ward\"\", #1\",", parts);
  g_autoptr (Scene) scene = scene_new_of (with_file (files, "units.csv", named));

  scene_do (scene, "local", "unit.rules", "'unit':'ward','rules':{'accepts':'lap'}");
  assert_trip (scene);
  g_assert_cmpstr (broker_register_peek_table (scene->reg)->units[0].name, ==, " Test \"Ward\", #1");
}

static void
test_other_import (void)
{
  g_autoptr (Scene) scene = scene_new ();

  g_assert_null (broker_states_print (scene->reg, "{}"));
}

/* Faults. */

static GPtrArray *
find_faults (const char *files, const BrokerRegister *reg)
{
  GPtrArray *faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (BrokerStates) states = NULL;
  g_autoptr (BrokerReference) reference = broker_states_parse (files, reg, &states, faults);

  for (guint i = 0; i < faults->len; i++)
    g_test_message ("%s", (const char *) faults->pdata[i]);
  g_assert_null (reference);
  g_assert_null (states);
  return faults;
}

static void
assert_fault (const char *files, const BrokerRegister *reg, const char *begins)
{
  g_autoptr (GPtrArray) faults = find_faults (files, reg);

  g_assert_cmpuint (faults->len, ==, 1);
  if (!g_str_has_prefix (faults->pdata[0], begins))
    g_error ("“%s” does not begin with “%s”", (const char *) faults->pdata[0], begins);
}

typedef struct
{
  const char *name;
  const char *file;
  const char *key; /* an id, or NULL for a person */
  guint person;
  const char *column;
  const char *value;
  const char *told_of; /* another column; NULL: the same */
} Wrong;

#define UNIT(name, key, ...) { name, "unit_states.csv", key, 0, __VA_ARGS__ }
#define BED(name, key, ...) { name, "bed_states.csv", key, 0, __VA_ARGS__ }
#define PERSON(name, person, ...) { name, "referrals.csv", NULL, person, __VA_ARGS__ }

static const Wrong wrongs[] = {
  UNIT ("unit-unknown", "sits", "unit", "nowhere", NULL), /* and sits is missing: see below */
  UNIT ("cap-too-high", "ward", "staffed_cap", "5", NULL),
  UNIT ("cap-no-number", "ward", "staffed_cap", "many", NULL),
  UNIT ("cap-empty", "ward", "staffed_cap", "", NULL),
  UNIT ("cap-until", "ward", "cap_until", "tomorrow", NULL),
  UNIT ("answer", "ward", "answers", "right|left", NULL),
  UNIT ("answers-33", "ward", "answers",
        "right|right|right|right|right|right|right|right|right|right|right|right|right|right|right|right|right|right|right|"
        "right|right|right|right|right|right|right|right|right|right|right|right|right|right", NULL),
  BED ("occupancy", "ward-04", "occupancy", "full", NULL),
  BED ("closed-without-reason", "ward-04", "service", "closed", "closed_reason"),
  BED ("reason-without-closed", "ward-04", "closed_reason", "repair", NULL),
  BED ("until-without-closed", "ward-04", "closed_until", "2026-11-29T10:00:00Z", NULL),
  BED ("no-surge-bed", "ward-04", "service", "surge_shut", NULL),
  BED ("surge-without-end", "annex-02", "surge_until", "", NULL),
  BED ("end-without-surge", "annex-03", "surge_until", "2026-11-29T10:00:00Z", NULL),
  BED ("infection-without-isolation", "ward-04", "infection", "mrsa", NULL),
  BED ("outage-word", "ward-04", "outages", "ensuite", NULL),
  BED ("outage-feature", "ward-04", "outages", "wings@2026-11-29T10:00:00Z", NULL),
  BED ("outage-time", "ward-04", "outages", "ensuite@soon", NULL),
  BED ("outage-twice", "ward-04", "outages", "ensuite@2026-11-29T10:00:00Z|ensuite@2026-11-29T10:00:00Z", NULL),
  BED ("outages-five", "ward-04", "outages", "|||hoist@2026-11-29T10:00:00Z|low_bed@2026-11-29T10:00:00Z", NULL),
  BED ("free-since", "ward-03", "free_since", "2026-11-20T10:00:00Z", NULL),
  BED ("committed-without-person", "ward-04", "commitment", "accepted", "referral"),
  BED ("committed-occupied", "ward-01", "occupancy", "occupied", NULL),
  BED ("person-in-vacant-bed", "ward-03", "occupancy", "vacant", NULL),
  BED ("commitment-of-another-state", "ward-01", "commitment", "accepted", NULL),
  BED ("code", "ward-01", "referral", "BBB-BBB", NULL),
  PERSON ("state", WAITING, "state", "bored", NULL),
  PERSON ("since", WAITING, "since", "", NULL),
  PERSON ("since-1969", WAITING, "since", "1969-12-31T23:00:00Z", NULL),
  PERSON ("need", WAITING, "must", "ensuite|wings", NULL),
  PERSON ("need-twice", WAITING, "must", "ensuite|ensuite", NULL),
  PERSON ("oxygen", WAITING, "oxygen_lpm", "61", NULL),
  PERSON ("source-empty", WAITING, "source", "", NULL),
  PERSON ("lap-unknown", WAITING, "lap", "nowhere", NULL),
  PERSON ("home-unknown", WAITING, "home", "ZZ1", NULL),
  PERSON ("bed-while-waiting", WAITING, "bed", "ward-04", NULL),
  PERSON ("offer-unknown", WAITING, "offer_bed", "nowhere-01", NULL),
  PERSON ("offer-while-held", HELD, "offer_bed", "ward-04", NULL),
  PERSON ("lapsed-unknown", WAITING, "lapsed_bed", "nowhere-01", NULL),
  PERSON ("declined-unknown", WAITING, "declined_by", "nowhere", NULL),
  PERSON ("declined-five", WAITING, "declined_by", "ward|lodge|home|annex|sits", NULL),
  PERSON ("declined-twice", WAITING, "declined_by", "ward|ward", NULL),
  PERSON ("held-without-end", HELD, "until", "", NULL),
  PERSON ("there-without-arrival", THERE, "arrived_at", "", NULL),
  PERSON ("paused-without-reason", PAUSED, "paused_for", "", NULL),
  PERSON ("reason-without-pause", WAITING, "paused_for", "person_asked", NULL),
  PERSON ("ended-and-open", WAITING, "state", "withdrawn", NULL),
  PERSON ("left-to-while-waiting", WAITING, "left_to", "home", NULL),
  PERSON ("closed-elsewhere", GONE, "left_to", "home", "marks"),
  PERSON ("mark", WAITING, "marks", "happy", NULL),
  PERSON ("linked-unknown", WAITING, "linked", "K7Q-M4X", NULL),
};

static void
test_wrong (gconstpointer data)
{
  const Wrong *wrong = data;
  Rich *rich = rich_new ();
  g_autofree char *files = rich_export (rich);
  guint line = 0;
  g_autofree char *broken = with_cell (files, wrong->file, wrong->key != NULL ? wrong->key : rich->codes[wrong->person],
                                       wrong->column, wrong->value, &line);
  g_autofree char *begins
      = g_strdup_printf ("%s:%u:%s: ", wrong->file, line, wrong->told_of != NULL ? wrong->told_of : wrong->column);
  g_autoptr (GPtrArray) faults = find_faults (broken, NULL);
  gboolean is_told = FALSE;

  for (guint i = 0; i < faults->len; i++)
    is_told |= g_str_has_prefix (faults->pdata[i], begins);
  if (!is_told)
    g_error ("no fault begins with %s", begins);
  g_assert_cmpuint (faults->len, <=, 2); /* two lines that disagree may both say so */
  rich_free (rich);
}

static void
assert_cell_fault (guint person, const char *column, guint other, const char *words)
{
  Rich *rich = rich_new ();
  g_autofree char *files = rich_export (rich);
  guint line = 0;
  g_autofree char *broken = with_cell (files, "referrals.csv", rich->codes[person], column, rich->codes[other], &line);
  g_autoptr (GPtrArray) faults = find_faults (broken, NULL);
  g_autofree char *begins = g_strdup_printf ("referrals.csv:%u:%s: ", line, column);
  gboolean is_told = FALSE;

  for (guint i = 0; i < faults->len; i++)
    is_told |= g_str_has_prefix (faults->pdata[i], begins) && strstr (faults->pdata[i], words) != NULL;
  g_assert_true (is_told);
  rich_free (rich);
}

static void
test_linked_one_way (void)
{
  assert_cell_fault (WAITING, "linked", PARTNER_A, "is not linked with");
}

static void
test_code_twice (void)
{
  assert_cell_fault (PAUSED, "referral", WAITING, "stands in line 2 already");
}

/* One bed for two people: both lines of people, and the bed's, know of one. */
static void
test_bed_of_two (void)
{
  Rich *rich = rich_new ();
  g_autofree char *files = rich_export (rich);
  guint line = 0;
  g_autofree char *broken = with_cell (files, "referrals.csv", rich->codes[HELD], "bed", "ward-02", &line);
  g_autoptr (GPtrArray) faults = find_faults (broken, NULL);

  g_assert_cmpuint (faults->len, ==, 2);
  g_assert_nonnull (strstr (faults->pdata[0], ":bed: 'ward-02' is somebody else's in bed_states.csv"));
  g_assert_nonnull (strstr (faults->pdata[1], "has another bed in referrals.csv"));
  rich_free (rich);
}

static void
test_bed_of_nobody (void)
{
  Rich *rich = rich_new ();
  g_autofree char *files = rich_export (rich);
  guint line = 0;
  g_autofree char *broken = with_cell (files, "bed_states.csv", "ward-03", "referral", "", &line);
  g_autoptr (GPtrArray) faults = find_faults (broken, NULL);

  g_assert_cmpuint (faults->len, ==, 1);
  g_assert_nonnull (strstr (faults->pdata[0], ":bed: 'ward-03' has nobody in bed_states.csv"));
  rich_free (rich);
}

static char *
drop_last_line (const char *files, const char *name)
{
  g_autofree char *text = get_file (files, name);

  text[strlen (text) - 1] = '\0';
  strrchr (text, '\n')[1] = '\0';
  return with_file (files, name, text);
}

static void
test_cut_short (void)
{
  Rich *rich = rich_new ();
  g_autofree char *files = rich_export (rich);
  g_autofree char *units = drop_last_line (files, "unit_states.csv");
  g_autofree char *beds = drop_last_line (files, "bed_states.csv");

  assert_fault (units, NULL, "unit_states.csv:1:unit: 'sits' is in units.csv and missing here");
  assert_fault (beds, NULL, "bed_states.csv:1:bed: 'sits-03' is in beds.csv and missing here");
  rich_free (rich);
}

static void
test_only_some (void)
{
  Rich *rich = rich_new ();
  g_autofree char *files = rich_export (rich);
  g_autofree char *some = with_file (files, "referrals.csv", NULL);

  assert_fault (some, NULL, "referrals.csv:1:referral: the file is missing");
  rich_free (rich);
}

static void
test_headers (void)
{
  Rich *rich = rich_new ();
  g_autofree char *files = rich_export (rich);
  g_autofree char *text = get_file (files, "unit_states.csv");
  g_auto (GStrv) parts = g_strsplit (text, ",answers", 2);
  g_autofree char *less = g_strjoinv ("", parts);
  g_autofree char *other = g_strjoinv (",replies", parts);
  g_autofree char *lacking = with_file (files, "unit_states.csv", less);
  g_autofree char *renamed = with_file (files, "unit_states.csv", other);
  g_autoptr (GPtrArray) faults = find_faults (renamed, NULL);

  g_assert_cmpuint (faults->len, ==, 2);
  g_assert_cmpstr (faults->pdata[0], ==, "unit_states.csv:1:'replies': unknown column");
  assert_fault (lacking, NULL, "unit_states.csv:1:answers: column is missing");
  rich_free (rich);
}

/* One mistake in each of three files, the reference's too: all are told, in order. */
static void
test_all_in_one_go (void)
{
  Rich *rich = rich_new ();
  g_autofree char *files = rich_export (rich);
  guint line = 0;
  g_autofree char *one = with_cell (files, "units.csv", "ward", "accepts", "nobody", &line);
  g_autofree char *two = with_cell (one, "referrals.csv", rich->codes[HELD], "lane", "fast", &line);
  g_autofree char *three = with_cell (two, "bed_states.csv", "ward-03", "stale", "perhaps", &line);
  g_autoptr (GPtrArray) faults = find_faults (three, NULL);

  g_assert_cmpuint (faults->len, ==, 3);
  g_assert_true (g_str_has_prefix (faults->pdata[0], "units.csv:2:accepts: "));
  g_assert_true (g_str_has_prefix (faults->pdata[1], "referrals.csv:3:lane: "));
  g_assert_true (g_str_has_prefix (faults->pdata[2], "bed_states.csv:4:stale: "));
  rich_free (rich);
}

/* A state begins a register. */

static void
test_into_reference (void)
{
  Rich *rich = rich_new ();
  g_autofree char *files = rich_export (rich);
  Scene *other = scene_new_of (bed_scene_files ());

  bed_scene_import (other, g_strdup (files));
  g_assert_cmpuint (broker_register_get_n_referrals (other->reg), ==, N_PEOPLE - 1);
  bed_scene_end (other);
  rich_free (rich);
}

static void
test_into_observations (void)
{
  Rich *rich = rich_new ();
  g_autofree char *files = rich_export (rich);
  Scene *other = scene_new_of (bed_scene_files ());
  g_auto (BedCommand) import = { .method = BED_METHOD_IMPORT, .actor = { .user = "local", .role = BED_ROLE_LOCAL } };

  scene_do (other, "local", "bed.report", "'bed':'ward-01','occupancy':'vacant','source':'staff'");
  assert_fault (files, other->reg, "bed_states.csv:1:bed: the register holds observations already");
  import.facts.files = g_strdup (files);
  bed_facts_set (&import.facts, BED_FACT_FILES);
  g_assert_false (scene_decide (other, &import));
  g_assert_cmpint (other->refusal.error, ==, BED_ERROR_IMPORT);
  scene_free (other);
  rich_free (rich);
}

static void
test_into_cap (void)
{
  Rich *rich = rich_new ();
  g_autofree char *files = rich_export (rich);
  Scene *other = scene_new_of (bed_scene_files ());

  scene_do (other, "local", "unit.staff", "'unit':'ward','staffed_cap':2");
  assert_fault (files, other->reg, "bed_states.csv:1:bed: the register holds observations already");
  scene_free (other);
  rich_free (rich);
}

static void
test_into_people (void)
{
  Rich *rich = rich_new ();
  g_autofree char *files = rich_export (rich);
  Scene *other = scene_new_of (bed_scene_files ());

  scene_refer (other);
  assert_fault (files, other->reg, "referrals.csv:1:referral: the register knows 1 people already");
  scene_free (other);
  rich_free (rich);
}

/* Staged and taken back: as if it had never been. */
static void
test_taken_back (void)
{
  Rich *rich = rich_new ();
  g_autofree char *files = rich_export (rich);
  Scene *other = scene_new_of (bed_scene_files ());
  g_autoptr (GBytes) before = broker_register_save (other->reg);
  BedEvent event = { .revision = broker_register_get_revision (other->reg) + 1, .at_us = rich->scene->now_us, .kind = BED_EVENT_IMPORTED };
  g_autoptr (GError) error = NULL;

  event.facts.files = files;
  bed_facts_set (&event.facts, BED_FACT_FILES);
  g_assert_true (broker_register_apply (other->reg, &event, &error));
  g_assert_no_error (error);
  broker_register_take_back (other->reg);
  g_autoptr (GBytes) after = broker_register_save (other->reg);
  g_assert_true (g_bytes_equal (before, after));
  scene_free (other);
  rich_free (rich);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export/is-rich", test_is_rich);
  g_test_add_func ("/export/round-trip", test_round_trip);
  g_test_add_func ("/export/nothing-observed", test_nothing_observed);
  g_test_add_func ("/export/microseconds", test_microseconds);
  g_test_add_func ("/export/life-goes-on", test_life_goes_on);
  g_test_add_func ("/export/continues", test_continues);
  g_test_add_func ("/export/rules-in-units", test_rules_in_units);
  g_test_add_func ("/export/quoted", test_quoted);
  g_test_add_func ("/export/other-import", test_other_import);
  for (guint i = 0; i < G_N_ELEMENTS (wrongs); i++)
    {
      g_autofree char *path = g_strconcat ("/export/fault/", wrongs[i].name, NULL);

      g_test_add_data_func (path, &wrongs[i], test_wrong);
    }
  g_test_add_func ("/export/fault/linked-one-way", test_linked_one_way);
  g_test_add_func ("/export/fault/code-twice", test_code_twice);
  g_test_add_func ("/export/fault/bed-of-two", test_bed_of_two);
  g_test_add_func ("/export/fault/bed-of-nobody", test_bed_of_nobody);
  g_test_add_func ("/export/fault/cut-short", test_cut_short);
  g_test_add_func ("/export/fault/only-some", test_only_some);
  g_test_add_func ("/export/fault/headers", test_headers);
  g_test_add_func ("/export/fault/all-in-one-go", test_all_in_one_go);
  g_test_add_func ("/export/into/reference", test_into_reference);
  g_test_add_func ("/export/into/observations", test_into_observations);
  g_test_add_func ("/export/into/cap", test_into_cap);
  g_test_add_func ("/export/into/people", test_into_people);
  g_test_add_func ("/export/into/taken-back", test_taken_back);
  return g_test_run ();
}
