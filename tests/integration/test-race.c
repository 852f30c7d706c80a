/* test-race.c: twenty people, one bed, at once, over real WebSockets: one has it, nineteen are told
 * `bed_taken` and where the next best bed is. HOMEWARD_RACES says how often (10,000 by default).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "town.h"

#include <stdlib.h>
#include <string.h>

#define RACERS 20
#define BEDS 32

typedef struct
{
  BedLive *lives[RACERS];
  GPtrArray *codes;
  char *bed;
  guint n_answers;
  guint n_winners;
  int winner;
  gboolean is_over;
} Race;

typedef struct
{
  Race *race;
  guint number;
} Racer;

static void
check_loser (const Race *race, const GError *error, JsonObject *data)
{
  g_assert_error (error, BED_ERROR, BED_ERROR_BED_TAKEN);
  g_assert_nonnull (data);
  JsonObject *next = json_object_get_object_member (data, "next");
  g_assert_nonnull (next);
  g_assert_cmpstr (json_object_get_string_member (next, "bed"), !=, race->bed);
}

static void
take_answer (JsonNode *result, const GError *error, JsonObject *data, gpointer user_data)
{
  Racer *racer = user_data;
  Race *race = racer->race;
  if (result != NULL)
    {
      g_assert_cmpstr (json_object_get_string_member (json_node_get_object (result), "bed"), ==, race->bed);
      race->n_winners++;
      race->winner = (int) racer->number;
    }
  else
    check_loser (race, error, data);
  race->is_over = ++race->n_answers == RACERS;
}

static void
run_race (Race *race, Racer *racers, guint number)
{
  race->n_answers = race->n_winners = 0;
  race->is_over = FALSE;
  g_free (race->bed);
  race->bed = town_bed (number % BEDS);
  for (guint i = 0; i < RACERS; i++)
    {
      guint racer = (i + number) % RACERS;
      g_autofree char *params
          = town_params ("'referral':'%s','bed':'%s'", (char *) race->codes->pdata[racer], race->bed);
      bed_live_call (race->lives[racer], "hold.take", params, take_answer, &racers[racer]);
    }
  town_wait (&race->is_over, "the race's answers");
  g_assert_cmpuint (race->n_winners, ==, 1);

  g_autoptr (GError) error = NULL;
  g_autofree char *release = town_params ("'referral':'%s'", (char *) race->codes->pdata[race->winner]);
  g_autoptr (JsonNode) released = town_call (race->lives[race->winner], "hold.release", release, NULL, &error);
  g_assert_no_error (error);
}

static void
test_race (void)
{
  const char *wanted = g_getenv ("HOMEWARD_RACES");
  guint races = wanted != NULL ? (guint) atoi (wanted) : 10000;
  g_autoptr (Town) town = town_new (BEDS);
  Racer racers[RACERS];
  Race race = { 0 };
  for (guint i = 0; i < RACERS; i++)
    {
      racers[i] = (Racer) { &race, i };
      race.lives[i] = town_join (town, TOWN_COORDINATOR, NULL);
    }
  town_make_ready (town, race.lives[0]);
  race.codes = town_refer (race.lives[0], RACERS);
  for (guint number = 0; number < races; number++)
    {
      run_race (&race, racers, number);
      if ((number + 1) % 1000 == 0)
        g_test_message ("%u races run, each with one winner", number + 1);
    }
  for (guint i = 0; i < RACERS; i++)
    g_object_unref (race.lives[i]);
  g_ptr_array_unref (race.codes);
  g_free (race.bed);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/race/twenty-people-one-bed", test_race);
  return g_test_run ();
}
