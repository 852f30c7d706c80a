/* bed-plan-swaps.c: who with a bed far from home could be nearer: proposals, nothing else.
 *
 * Two kinds. A free bed that the plan leaves over, farthest from home first, so that nobody who waits
 * loses one to somebody who has one. Then two people who would both gain by changing, the pair that
 * gains most first. Greedy on purpose: each is for a person to judge, and each stands by itself.
 * Owns nothing beyond the call. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-plan-core.h"

#include <stdlib.h>

/* Somebody with a bed who has not departed for it. */
typedef struct
{
  guint32 referral;
  guint32 bed;
  guint32 metres;
  gboolean is_swapped;
  BedNeedsProfile needs;
} Placed;

typedef struct
{
  const BedPlanRows *rows; /* borrowed */
  const BedView *view;     /* borrowed */
  BedPlan *plan;           /* borrowed */
  GArray *placed;          /* Placed, farthest first */
  GHashTable *used;        /* beds that the plan or a swap uses */
  GHashTable *coming;      /* unit → how many more come to it */
  GHashTable *bays;        /* unit and bay → BedSex + 1 of who comes */
  const Placed *mover;     /* whose new bed is looked for */
} Swaps;

static gpointer
bay_key (const BedBed *bed)
{
  return GUINT_TO_POINTER (bed->unit << 16 | bed->bay);
}

static void
use (Swaps *swaps, guint32 bed, guint8 sex)
{
  const BedBed *record = &swaps->rows->table->beds[bed];
  const gpointer unit = GUINT_TO_POINTER (record->unit);
  const guint coming = GPOINTER_TO_UINT (g_hash_table_lookup (swaps->coming, unit));

  g_hash_table_add (swaps->used, GUINT_TO_POINTER (bed));
  g_hash_table_insert (swaps->coming, unit, GUINT_TO_POINTER (coming + 1));
  if (record->bay != 0)
    g_hash_table_insert (swaps->bays, bay_key (record), GUINT_TO_POINTER (sex + 1u));
}

/* A bed of the mover's own unit is no nearer, so that it never counts twice there. */
static gboolean
skip_used (guint32 bed, gpointer user_data)
{
  const Swaps *swaps = user_data;
  const BedBed *record = &swaps->rows->table->beds[bed];
  const guint coming = GPOINTER_TO_UINT (g_hash_table_lookup (swaps->coming, GUINT_TO_POINTER (record->unit)));
  const guint sex = GPOINTER_TO_UINT (g_hash_table_lookup (swaps->bays, bay_key (record)));

  return g_hash_table_contains (swaps->used, GUINT_TO_POINTER (bed))
         || coming >= plan_room_of (swaps->rows, record->unit)
         || (record->bay != 0 && sex != 0 && sex != swaps->mover->needs.sex + 1u)
         || !plan_may_use (&swaps->rows->referrals[swaps->mover->referral], record->unit);
}

static void
add_swap (Swaps *swaps, const Placed *person, const Placed *with, guint32 to, guint32 saves)
{
  swaps->plan->swaps[swaps->plan->n_swaps++] = (BedSwap) {
    .referral = person->referral,
    .with = with != NULL ? with->referral : BED_NONE,
    .from = person->bed,
    .to = to,
    .saves_metres = saves,
  };
}

/* Who may still be moved. */

/* A couple stays together. */
static gboolean
has_bed_to_come (const BedPlanRows *rows, const BedReferralRow *row)
{
  return row->code[0] != '\0' && (row->flags & BED_REFERRAL_CLOSED) == 0 && !plan_is_linked (row)
         && row->bed < rows->table->sizes.beds
         && (row->state == BED_STATE_HELD || row->state == BED_STATE_ACCEPTED);
}

static int
compare_placed (gconstpointer a, gconstpointer b)
{
  const Placed *left = a;
  const Placed *right = b;

  if (left->metres != right->metres)
    return left->metres > right->metres ? -1 : 1;
  return left->referral < right->referral ? -1 : left->referral > right->referral;
}

static void
list_placed (Swaps *swaps)
{
  for (guint32 i = 0; i < swaps->rows->n_referrals; i++)
    {
      const BedReferralRow *row = &swaps->rows->referrals[i];
      Placed placed = { .referral = i, .bed = row->bed };

      if (!has_bed_to_come (swaps->rows, row))
        continue;
      plan_read_needs (swaps->rows, row, &placed.needs);
      placed.metres = bed_find_measure (swaps->view, &placed.needs, swaps->rows->table->beds[row->bed].unit);
      g_array_append_val (swaps->placed, placed);
    }
  g_array_sort (swaps->placed, compare_placed);
  g_array_set_size (swaps->placed, MIN (swaps->placed->len, BED_PLAN_PLACED));
}

/* A free bed. */

static void
find_free_beds (Swaps *swaps)
{
  for (guint i = 0; i < swaps->placed->len && swaps->plan->n_swaps < BED_PLAN_SWAPS; i++)
    {
      Placed *person = &g_array_index (swaps->placed, Placed, i);
      BedOffer offer;

      if (person->metres <= BED_PLAN_FAR_METRES)
        return; /* nor is anybody after */
      swaps->mover = person;
      if (bed_find_nearest (swaps->view, &person->needs, 1, skip_used, swaps, &offer) == 0 || offer.call_first
          || (guint64) offer.metres + BED_PLAN_WORTH_METRES > person->metres)
        continue;
      person->is_swapped = TRUE;
      use (swaps, offer.bed, person->needs.sex);
      add_swap (swaps, person, NULL, offer.bed, person->metres - offer.metres);
    }
}

/* Two who change beds. */

typedef struct
{
  guint left; /* indexes of placed */
  guint right;
  guint32 left_saves;
  guint32 right_saves;
} Pair;

static int
compare_pairs (gconstpointer a, gconstpointer b)
{
  const Pair *one = a;
  const Pair *other = b;
  const guint64 first = (guint64) one->left_saves + one->right_saves;
  const guint64 second = (guint64) other->left_saves + other->right_saves;

  if (first != second)
    return first > second ? -1 : 1;
  if (one->left != other->left)
    return one->left < other->left ? -1 : 1;
  return one->right < other->right ? -1 : one->right > other->right;
}

/* What person saves in the other's bed; 0: nothing. */
static guint32
gain (const Swaps *swaps, const Placed *person, const Placed *other)
{
  const BedTable *table = swaps->rows->table;
  const BedBed *bed = &table->beds[other->bed];
  const guint32 metres = bed_find_measure (swaps->view, &person->needs, bed->unit);

  if (metres >= person->metres || !plan_may_use (&swaps->rows->referrals[person->referral], bed->unit)
      || bed_unsuits (&table->units[bed->unit], bed, &swaps->rows->beds[other->bed], &person->needs, NULL)
             != BED_RULED_OUT_NOTHING)
    return 0;
  return person->metres - metres;
}

static void
list_pairs_of (Swaps *swaps, guint left, GArray *pairs)
{
  const Placed *person = &g_array_index (swaps->placed, Placed, left);

  for (guint right = left + 1; right < swaps->placed->len; right++)
    {
      const Placed *other = &g_array_index (swaps->placed, Placed, right);
      Pair pair = { .left = left, .right = right };

      if (other->is_swapped)
        continue;
      pair.left_saves = gain (swaps, person, other);
      pair.right_saves = pair.left_saves != 0 ? gain (swaps, other, person) : 0;
      if (pair.right_saves != 0 && (guint64) pair.left_saves + pair.right_saves >= BED_PLAN_WORTH_METRES)
        g_array_append_val (pairs, pair);
    }
}

static void
find_pairs (Swaps *swaps)
{
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (Pair));

  for (guint i = 0; i < swaps->placed->len; i++)
    {
      const Placed *person = &g_array_index (swaps->placed, Placed, i);

      if (person->metres <= BED_PLAN_FAR_METRES)
        break;
      if (!person->is_swapped)
        list_pairs_of (swaps, i, pairs);
    }
  g_array_sort (pairs, compare_pairs);
  for (guint i = 0; i < pairs->len && swaps->plan->n_swaps + 2 <= BED_PLAN_SWAPS; i++)
    {
      const Pair *pair = &g_array_index (pairs, Pair, i);
      Placed *left = &g_array_index (swaps->placed, Placed, pair->left);
      Placed *right = &g_array_index (swaps->placed, Placed, pair->right);

      if (left->is_swapped || right->is_swapped)
        continue;
      left->is_swapped = right->is_swapped = TRUE;
      add_swap (swaps, left, right, right->bed, pair->left_saves);
      add_swap (swaps, right, left, left->bed, pair->right_saves);
    }
}

void
plan_find_swaps (const BedPlanRows *rows, BedPlan *plan)
{
  g_autoptr (GArray) placed = g_array_new (FALSE, FALSE, sizeof (Placed));
  g_autoptr (GHashTable) used = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) coming = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) bays = g_hash_table_new (NULL, NULL);
  const BedView view = plan_view (rows);
  Swaps swaps = { .rows = rows, .view = &view, .plan = plan, .placed = placed,
                  .used = used, .coming = coming, .bays = bays };

  for (guint32 i = 0; i < plan->n_people; i++)
    if (plan->people[i].bed != BED_NONE)
      use (&swaps, plan->people[i].bed, rows->referrals[plan->people[i].referral].sex);
  list_placed (&swaps);
  find_free_beds (&swaps);
  find_pairs (&swaps);
}
