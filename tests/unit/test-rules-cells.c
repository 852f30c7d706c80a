/* test-rules-cells.c: every state × command × actor: allowed with the right event, or refused with the
 * right code and nothing changed.
 *
 * What is expected is written down here once more, from domain.md and the contract, and not read from
 * the rules' own table. Each situation is reached by real commands; a command that is allowed is
 * applied and taken back, so that every cell starts from the same state. There is no third outcome.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cell-actors.h"

#include <string.h>

#define S(name) (1u << BED_STATE_##name)
#define BEFORE (S (SUBMITTED) | S (TRIAGED) | S (WAITING))
#define COMING (S (ACCEPTED) | S (IN_TRANSIT))
#define STAY (S (ARRIVED) | S (THERAPY_STARTED) | S (READY_TO_LEAVE))
#define LIVE (BEFORE | S (PAUSED) | S (HELD) | COMING | STAY)
#define SAME BED_STATE_N /* the state stays as it is */

typedef enum
{
  SUBMITTED, TRIAGED, WAITING, PAUSED, HELD, ACCEPTED, IN_TRANSIT, ARRIVED, AWAY, THERAPY, READY,
  LEFT, REDIRECTED, WITHDRAWN, DIED, DIED_IN_BED, N_SITUATIONS
} Situation;

typedef struct
{
  Situation from;
  const char *method, *params; /* %s: the bed */
} Step;

/* How a situation is reached from an earlier one; always by `local`, who may do everything. */
static const Step steps[N_SITUATIONS] = {
  [PAUSED] = { WAITING, "referral.pause", ",'reason':'became_unwell'" },
  [HELD] = { WAITING, "hold.take", ",'bed':'BED'" },
  [ACCEPTED] = { HELD, "placement.accept", "" },
  [IN_TRANSIT] = { ACCEPTED, "placement.depart", "" },
  [ARRIVED] = { IN_TRANSIT, "placement.arrive", ",'bed':'BED'" },
  [AWAY] = { ARRIVED, "placement.away", ",'kind':'hospital','keep_until':'2026-11-23T09:00:00Z'" },
  [THERAPY] = { ARRIVED, "placement.therapy", "" },
  [READY] = { ARRIVED, "placement.ready_to_leave", "" },
  [LEFT] = { ARRIVED, "placement.leave", ",'outcome':'home'" },
  [REDIRECTED] = { WAITING, "referral.redirect", ",'to':'111'" },
  [WITHDRAWN] = { WAITING, "referral.withdraw", ",'reason':'home_instead'" },
  [DIED] = { WAITING, "referral.died", "" },
  [DIED_IN_BED] = { ARRIVED, "referral.died", "" },
};

typedef struct
{
  const char *method, *params, *who;
  guint32 states;
  guint next; /* state afterwards, or SAME */
  const char *on_the_way;   /* who may while somebody is expected, if fewer than `who` */
  BedError once_died;       /* in a bed, if not wrong_state */
  gboolean names_bed;       /* so its unit counts, and not the person's */
  gboolean takes_a_bed;     /* who has one is told so */
  gboolean is_allowed_away; /* in hospital or at home for some days, the bed kept */
} Cell;

static const Cell cells[] = {
  { "referral.triage", ",'pathway':'supported','lane':'urgent','home_first':'unsafe_home'", "LCK", BEFORE, BED_STATE_WAITING },
  { "referral.triage", ",'pathway':'simple','lane':'flow'", "LCK", BEFORE, BED_STATE_TRIAGED },
  { "referral.amend", ",'agreed':'best_interests'", "LCKR", BEFORE | S (PAUSED) | S (HELD), SAME },
  { "referral.link", ",'with':'PARTNER'", "LCKR", BEFORE, SAME },
  { "referral.responded", "", "LCK", LIVE, SAME, .is_allowed_away = TRUE },
  { "referral.redirect", ",'to':'out_of_hours_gp'", "LCK", BEFORE, BED_STATE_REDIRECTED },
  { "referral.pause", ",'reason':'became_unwell'", "LCKR", BEFORE | S (HELD), BED_STATE_PAUSED },
  { "referral.resume", "", "LCKR", S (PAUSED), BED_STATE_WAITING },
  { "referral.withdraw", ",'reason':'duplicate'", "LCKR", BEFORE | S (PAUSED) | S (HELD) | S (ACCEPTED), BED_STATE_WITHDRAWN },
  { "referral.died", "", "LCKRH", LIVE, BED_STATE_DIED, .is_allowed_away = TRUE },
  { "assessment.start", ",'kind':'chc'", "LCKHS", STAY, SAME, .is_allowed_away = TRUE },
  { "assessment.done", ",'kind':'social_care','result':'completed'", "LCKHS", STAY, SAME, .is_allowed_away = TRUE },
  { "hold.extend", ",'reason':'family'", "LCKR", S (HELD), SAME },
  { "hold.release", "", "LCKR", S (HELD), BED_STATE_WAITING },
  { "placement.accept", "", "LAYS", S (HELD), BED_STATE_ACCEPTED },
  { "placement.decline", ",'reason':'not_stable'", "LAYS", S (HELD), BED_STATE_WAITING },
  { "placement.expect", ",'at':'2026-11-22T14:00:00Z','transport':'booked'", "LCKHR", COMING, SAME },
  { "placement.cancel", ",'by':'person','reason':'family'", "LCKHR", S (ACCEPTED), BED_STATE_WAITING,
    .on_the_way = "LCKR" },
  { "placement.cancel", ",'by':'unit','reason':'bed_lost'", "LCKHR", COMING, BED_STATE_WAITING,
    .on_the_way = "LPH" },
  { "placement.depart", "", "LCKHR", S (ACCEPTED), BED_STATE_IN_TRANSIT },
  { "placement.turned_back", ",'reason':'not_ready'", "LCKHR", COMING, BED_STATE_WAITING },
  { "placement.arrive", ",'bed':'BED'", "LPH", COMING, BED_STATE_ARRIVED, .names_bed = TRUE },
  { "placement.therapy", "", "LPHK", S (ARRIVED), BED_STATE_THERAPY_STARTED, .is_allowed_away = TRUE },
  { "placement.away", ",'kind':'home_leave','keep_until':'2026-11-24T09:00:00Z'", "LPH", STAY, SAME },
  { "placement.extend", ",'reason':'package'", "LCKH", STAY, SAME, .is_allowed_away = TRUE },
  { "placement.ready_to_leave", ",'waiting_for':'equipment'", "LPHK", STAY, BED_STATE_READY_TO_LEAVE, .is_allowed_away = TRUE },
  { "placement.leave", ",'outcome':'home_with_package'", "LPH", STAY, BED_STATE_LEFT, .is_allowed_away = TRUE,
    .once_died = BED_ERROR_BAD_VALUE },
  { "placement.back", "", "LPH", 0, SAME, .is_allowed_away = TRUE },
  { "hold.take", ",'bed':'BED'", "LCKR", S (WAITING), BED_STATE_HELD, .takes_a_bed = TRUE },
  { "hold.take", ",'bed':'BED','override':'safeguarding'", "LC", S (WAITING), BED_STATE_HELD, .takes_a_bed = TRUE },
  { "placement.place", ",'bed':'BED','override':'safeguarding'", "LC", S (WAITING), BED_STATE_HELD, .takes_a_bed = TRUE },
  { "placement.place", ",'bed':'BED'", "LCK", S (WAITING), BED_STATE_HELD, .takes_a_bed = TRUE },
};

static void
reach (Scene *scene, const CellVenue *venue, Situation situation)
{
  if (situation == SUBMITTED)
    cell_refer (scene, venue, "referrer:rhch", "supported");
  else if (situation == TRIAGED)
    cell_refer (scene, venue, "coordinator", "simple");
  else if (situation == WAITING)
    cell_refer (scene, venue, "coordinator", "supported");
  else
    {
      const Step *step = &steps[situation];
      reach (scene, venue, step->from);
      g_autofree char *params = cell_fill_in (step->params, venue, scene->last_code);
      scene_do (scene, "local", step->method, "'referral':'%s'%s", scene->last_code, params);
    }
}

/* The one outcome of a cell: 0 is allowed. */
static BedError
expect (const Cell *cell, const CellActor *actor, const CellVenue *venue, const BedReferralRow *row, Situation situation)
{
  const guint32 has_bed = S (HELD) | COMING | STAY;
  if (!cell_lets_in (cell->who, actor, venue, row->bed != BED_NONE || cell->names_bed))
    return BED_ERROR_FORBIDDEN;
  if (cell->on_the_way != NULL && (COMING >> row->state & 1) && !cell_lets_in (cell->on_the_way, actor, venue, TRUE))
    return BED_ERROR_FORBIDDEN;
  if (situation == TRIAGED && cell->takes_a_bed) /* its pathway is `simple` */
    return BED_ERROR_NOT_SUITABLE;
  if (situation == DIED_IN_BED && cell->once_died != 0)
    return cell->once_died;
  gboolean is_allowed = situation == AWAY ? cell->is_allowed_away : (gboolean) (cell->states >> row->state & 1);
  if (is_allowed)
    return (BedError) 0;
  return cell->takes_a_bed && (has_bed >> row->state & 1) ? BED_ERROR_ALREADY_HELD : BED_ERROR_WRONG_STATE;
}

static guint n_allowed, n_refused;

/* What a state is afterwards is asked of a second scene, where it is not taken back. */
static void
try_cell (Scene *scene, const Cell *cell, const CellVenue *venue, const CellActor *actor, Situation situation, const char *partner)
{
  const BedReferralRow *row = scene_referral (scene, scene->last_code);
  g_autoptr (GString) params = g_string_new ("'referral':'CODE'");
  g_string_append (params, cell->params);
  g_string_replace (params, "PARTNER", partner, 0);
  guint n = cell_try (scene, actor, venue, cell->method, params->str, expect (cell, actor, venue, row, situation));
  n_allowed += n;
  n_refused += !n;
}

static void
assert_next (const Cell *cell, const CellVenue *venue, Situation situation)
{
  g_autoptr (Scene) scene = scene_new_ready ();
  g_autofree char *partner = NULL;
  cell_refer (scene, venue, "coordinator", "supported");
  partner = g_strdup (scene->last_code);
  reach (scene, venue, situation);
  const BedReferralRow *row = scene_referral (scene, scene->last_code);
  guint next = cell->next == SAME ? row->state : cell->next;
  if (expect (cell, &cell_actors[0], venue, row, situation) != 0)
    return;
  if (cell->takes_a_bed && g_str_equal (cell->method, "placement.place") && venue->yes == 'l')
    next = BED_STATE_ACCEPTED; /* placing accepts in the same act */
  g_autoptr (GString) params = g_string_new (cell->params);
  g_string_replace (params, "PARTNER", partner, 0);
  g_autofree char *filled = cell_fill_in (params->str, venue, scene->last_code);
  scene_do (scene, "local", cell->method, "'referral':'%s'%s", scene->last_code, filled);
  g_assert_cmpstr (bed_words_print (&bed_state_words, scene_referral (scene, scene->last_code)->state), ==,
                   bed_words_print (&bed_state_words, next));
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
      g_autofree char *partner = g_strdup (scene->last_code);
      reach (scene, venue, situation);
      for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
        {
          for (guint a = 0; a < CELL_ACTORS; a++)
            try_cell (scene, &cells[i], venue, &cell_actors[a], situation, partner);
          assert_next (&cells[i], venue, situation);
        }
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
    "submitted", "triaged", "waiting", "paused", "held", "accepted", "in-transit", "arrived", "away", "therapy",
    "ready", "left", "redirected", "withdrawn", "died", "died-in-bed",
  };
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < N_SITUATIONS; i++)
    {
      g_autofree char *path = g_strdup_printf ("/cells/%s", names[i]);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_situation);
    }
  g_test_add_func ("/cells/every-one-was-decided", test_every_cell_was_decided);
  return g_test_run ();
}
