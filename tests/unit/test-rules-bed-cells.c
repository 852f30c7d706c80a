/* test-rules-bed-cells.c: every state of a bed × command × actor: allowed with the right event, or
 * refused with the right code and nothing changed.
 *
 * As test-rules-cells.c does for people. What is expected stands here as words of domain.md, not as
 * the rules' own table. There is no third outcome.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cell-actors.h"

#include <string.h>

typedef enum
{
  UNKNOWN, FREE, DIRTY, LEFT, CLEANING, CONTAMINATED, ISOLATED, HELD, ACCEPTED, IN_TRANSIT, STAYING, ON_LEAVE,
  FILLED, CLOSED, N_SITUATIONS
} Situation;

#define B(name) (1u << name)
#define EMPTY (B (FREE) | B (DIRTY) | B (LEFT) | B (CLEANING) | B (CONTAMINATED) | B (ISOLATED) | B (CLOSED))
#define COMING (B (ACCEPTED) | B (IN_TRANSIT))
#define KNOWN (B (HELD) | COMING | B (STAYING) | B (ON_LEAVE)) /* the register knows who */
#define ALL (B (N_SITUATIONS) - 1)

typedef struct
{
  Situation from;
  const char *method, *params; /* CODE: the person's */
} Step;

/* From a free bed, always by `local`. */
static const Step steps[N_SITUATIONS] = {
  [UNKNOWN] = { FREE, "bed.report", "'bed':'BED','occupancy':'unknown'" },
  [DIRTY] = { FREE, "bed.report", "'bed':'BED','readiness':'dirty'" },
  [LEFT] = { STAYING, "placement.leave", "'referral':'CODE','outcome':'home'" },
  [CLEANING] = { FREE, "bed.report", "'bed':'BED','readiness':'cleaning'" },
  [CONTAMINATED] = { FREE, "bed.report", "'bed':'BED','readiness':'contaminated'" },
  [ISOLATED] = { FREE, "bed.report", "'bed':'BED','isolation':'barrier','infection':'norovirus'" },
  [HELD] = { FREE, "hold.take", "'referral':'CODE','bed':'BED'" },
  [ACCEPTED] = { HELD, "placement.accept", "'referral':'CODE'" },
  [IN_TRANSIT] = { ACCEPTED, "placement.depart", "'referral':'CODE'" },
  [STAYING] = { IN_TRANSIT, "placement.arrive", "'referral':'CODE','bed':'BED'" },
  [ON_LEAVE] = { STAYING, "placement.away", "'referral':'CODE','kind':'hospital','keep_until':'2026-11-23T09:00:00Z'" },
  [FILLED] = { FREE, "bed.fill", "'bed':'BED','why':'arrived_unannounced'" },
  [CLOSED] = { FREE, "bed.close", "'bed':'BED','reason':'repair'" },
};

typedef struct
{
  const char *method, *params, *who;
  guint32 situations; /* in which it is allowed */
  gboolean is_of_rest; /* of a unit's other beds, too: it may still be done while there are any */
} Cell;

static const Cell cells[] = {
  { "bed.report", "'bed':'BED','occupancy':'vacant'", "LCH", EMPTY | B (UNKNOWN) | B (FILLED) | B (HELD) | COMING },
  { "bed.report", "'bed':'BED','occupancy':'occupied'", "LCH", B (UNKNOWN) | B (FILLED) | B (STAYING) },
  { "bed.report", "'bed':'BED','occupancy':'unknown'", "LCH", EMPTY | B (UNKNOWN) | B (FILLED) },
  { "bed.report", "'bed':'BED','readiness':'ready'", "LCH", ALL & ~(B (DIRTY) | B (LEFT) | B (CONTAMINATED)) },
  { "bed.report", "'bed':'BED','readiness':'dirty'", "LCH", EMPTY | B (UNKNOWN) | B (HELD) | COMING },
  { "bed.report", "'bed':'BED','isolation':'single_room','infection':'mrsa'", "LCH", ALL },
  { "bed.report", "'bed':'BED','expected_free_at':'2026-11-23T09:00:00Z'", "LCH", B (STAYING) | B (ON_LEAVE) | B (FILLED) },
  { "bed.close", "'bed':'BED','reason':'deep_clean'", "LPO", ALL & ~B (CLOSED) },
  { "bed.open", "'bed':'BED'", "LPO", B (CLOSED) },
  { "unit.close", "'unit':'UNIT','reason':'outbreak'", "LPO", ALL & ~B (CLOSED), .is_of_rest = TRUE },
  { "unit.open", "'unit':'UNIT'", "LPO", 0 },
  { "unit.confirm", "'unit':'UNIT'", "LCH", ALL },
  { "unit.staff", "'unit':'UNIT','staffed_cap':1", "LPO", ALL },
  { "unit.capacity", "'unit':'UNIT','capacity':1", "LPO", 0 },
  { "unit.rules", "'unit':'UNIT','rules':{'weekends':false}", "LO", ALL },
  { "surge.open", "'bed':'BED','until':'2026-12-01T09:00:00Z'", "LPO", 0 },
  { "surge.shut", "'bed':'BED'", "LCO", 0 },
  { "bed.fill", "'bed':'BED','why':'system_down'", "LPH", EMPTY | B (UNKNOWN) | B (HELD) },
  { "bed.correct", "'bed':'BED','occupancy':'vacant','reason':'found_on_round'", "LCO", B (UNKNOWN) | B (FILLED) },
  { "bed.correct", "'bed':'BED','occupancy':'occupied','reason':'wrong_bed'", "LCO", B (UNKNOWN) | EMPTY },
  { "bed.feature", "'bed':'BED','feature':'FEATURE','out_until':'2026-12-01T09:00:00Z'", "LPO", ALL },
};

static void
reach (Scene *scene, const CellVenue *venue, Situation situation)
{
  if (situation == FREE)
    return;
  reach (scene, venue, steps[situation].from);
  g_autofree char *params = cell_fill_in (steps[situation].params, venue, scene->last_code);
  scene_do (scene, "local", steps[situation].method, "%s", params);
}

static guint n_allowed, n_refused;

static void
try_cell (Scene *scene, const Cell *cell, const CellVenue *venue, const CellActor *actor, Situation situation)
{
  BedError expected = !cell_lets_in (cell->who, actor, venue, TRUE)    ? BED_ERROR_FORBIDDEN
                      : cell->situations >> situation & 1              ? (BedError) 0
                      : cell->is_of_rest && !venue->is_of_one          ? (BedError) 0
                                                                       : BED_ERROR_WRONG_STATE;
  guint n = cell_try (scene, actor, venue, cell->method, cell->params, expected);
  n_allowed += n;
  n_refused += !n;
}

static void
test_situation (gconstpointer data)
{
  Situation situation = (Situation) GPOINTER_TO_UINT (data);
  for (guint v = 0; v < CELL_VENUES; v++)
    {
      const CellVenue *venue = &cell_venues[v];
      g_autoptr (Scene) scene = scene_new_ready ();
      cell_refer (scene, venue, "coordinator", "supported");
      reach (scene, venue, situation);
      for (guint a = 0; a < CELL_ACTORS; a++)
        for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
          try_cell (scene, &cells[i], venue, &cell_actors[a], situation);
    }
}

static void
test_every_cell_was_decided (void)
{
  g_assert_cmpuint (n_allowed, >, 1000);
  g_assert_cmpuint (n_allowed + n_refused, ==, N_SITUATIONS * CELL_VENUES * CELL_ACTORS * G_N_ELEMENTS (cells));
}

int
main (int argc, char **argv)
{
  static const char *const names[N_SITUATIONS] = {
    "unknown", "free", "dirty", "left", "cleaning", "contaminated", "isolated", "held", "accepted", "in-transit", "staying",
    "on-leave", "filled", "closed",
  };
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < N_SITUATIONS; i++)
    {
      g_autofree char *path = g_strdup_printf ("/bed-cells/%s", names[i]);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_situation);
    }
  g_test_add_func ("/bed-cells/every-one-was-decided", test_every_cell_was_decided);
  return g_test_run ();
}
