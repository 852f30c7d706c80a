/* test-export-faults.c: everything that can be wrong with the files of a state, told where it stands.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "export-scene.h"

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
  UNIT ("surge-without-its-end", "annex", "surge_asked_until", "", NULL),
  UNIT ("end-of-no-asking", "ward", "surge_asked_until", "2026-11-29T10:00:00Z", NULL),
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
  BED ("expected-of-nobody", "ward-04", "expected_free_at", "2026-11-29T10:00:00Z", NULL),
  BED ("left-and-ready", "ward-04", "left_at", "2026-11-20T10:00:00Z", NULL),
  BED ("left-and-there", "ward-03", "left_at", "2026-11-20T10:00:00Z", NULL),
  BED ("overdue-of-nothing", "ward-04", "overdue", "yes", NULL),
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (wrongs); i++)
    {
      g_autofree char *path = g_strconcat ("/export-faults/", wrongs[i].name, NULL);

      g_test_add_data_func (path, &wrongs[i], test_wrong);
    }
  g_test_add_func ("/export-faults/linked-one-way", test_linked_one_way);
  g_test_add_func ("/export-faults/code-twice", test_code_twice);
  g_test_add_func ("/export-faults/bed-of-two", test_bed_of_two);
  g_test_add_func ("/export-faults/bed-of-nobody", test_bed_of_nobody);
  g_test_add_func ("/export-faults/cut-short", test_cut_short);
  g_test_add_func ("/export-faults/only-some", test_only_some);
  g_test_add_func ("/export-faults/headers", test_headers);
  g_test_add_func ("/export-faults/all-in-one-go", test_all_in_one_go);
  return g_test_run ();
}
