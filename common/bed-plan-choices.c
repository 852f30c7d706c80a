/* bed-plan-choices.c: who waits, in order of need, and the beds that each may have.
 *
 * The order is the broker's when it proposes, the beds are those of bed_find_nearest. Beds, units and
 * empty bays that come up are numbered here, so that the plan itself works on small arrays.
 * Owns nothing beyond a call. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-plan-core.h"

/* What a person may have. */

gboolean
plan_may_use (const BedReferralRow *row, guint32 unit)
{
  for (guint i = 0; i < BED_DECLINED_UNITS; i++)
    if (row->declined_by[i] == unit)
      return FALSE;
  return TRUE;
}

void
plan_read_needs (const BedPlanRows *rows, const BedReferralRow *row, BedNeedsProfile *needs)
{
  bed_needs_of_referral (row, needs);
  bed_needs_at (needs, rows->now_us);
}

guint32
plan_room_of (const BedPlanRows *rows, guint32 unit)
{
  const BedUnitRow *row = &rows->units[unit];

  return row->staffed_cap > row->counted ? row->staffed_cap - row->counted : 0;
}

gboolean
plan_is_linked (const BedReferralRow *row)
{
  return row->linked != BED_NONE;
}

/* The rows as a view. */

static gboolean
read_unit (gconstpointer source, guint32 unit, BedUnitRow *row)
{
  *row = ((const BedPlanRows *) source)->units[unit];
  return TRUE;
}

static gboolean
read_bed (gconstpointer source, guint32 bed, BedBedRow *row)
{
  *row = ((const BedPlanRows *) source)->beds[bed];
  return TRUE;
}

BedView
plan_view (const BedPlanRows *rows)
{
  return (BedView) { .table = rows->table, .places = rows->places, .read_unit = read_unit, .read_bed = read_bed,
                     .source = rows };
}

/* Who waits. */

typedef struct
{
  guint32 referral;
  guint8 lane;
  gboolean is_later; /* not turned back */
  gint64 since_us;   /* ready, or asked for */
} Waiting;

static int
compare_waiting (gconstpointer a, gconstpointer b)
{
  const Waiting *left = a;
  const Waiting *right = b;

  if (left->lane != right->lane)
    return left->lane < right->lane ? -1 : 1; /* urgent is the first lane */
  if (left->is_later != right->is_later)
    return right->is_later ? -1 : 1;
  if (left->since_us != right->since_us)
    return left->since_us < right->since_us ? -1 : 1;
  return left->referral < right->referral ? -1 : left->referral > right->referral;
}

/* `simple` restarts an old package of care and never takes a bed. */
static gboolean
is_waiting (const BedReferralRow *row)
{
  return row->code[0] != '\0' && row->state == BED_STATE_WAITING && (row->flags & BED_REFERRAL_CLOSED) == 0
         && row->pathway != BED_PATHWAY_SIMPLE;
}

static gboolean
was_turned_back (const BedReferralRow *row)
{
  return (row->flags & BED_REFERRAL_FIRST) != 0;
}

void
plan_list_people (const BedPlanRows *rows, BedPlan *plan)
{
  g_autoptr (GArray) waiting = g_array_new (FALSE, FALSE, sizeof (Waiting));

  for (guint32 i = 0; i < rows->n_referrals; i++)
    {
      const BedReferralRow *row = &rows->referrals[i];
      const Waiting one = { i, row->lane, !was_turned_back (row),
                            row->ready_at_us != 0 ? row->ready_at_us : row->submitted_at_us };

      if (is_waiting (row))
        g_array_append_val (waiting, one);
    }
  g_array_sort (waiting, compare_waiting);
  plan->n_people = MIN (waiting->len, BED_PLAN_PEOPLE);
  plan->n_left_out = waiting->len - plan->n_people;
  plan->people = g_new (BedPlanned, plan->n_people);
  for (guint32 i = 0; i < plan->n_people; i++)
    plan->people[i] = (BedPlanned) { .referral = g_array_index (waiting, Waiting, i).referral,
                                     .bed = BED_NONE,
                                     .first_bed = BED_NONE };
}

/* Couples. */

/* Of a person whose other does not wait: will they, or have they gone on alone? */
static PlanCouple
look_at_other (const BedReferralRow *other)
{
  if (other->pathway == BED_PATHWAY_SIMPLE || (other->flags & BED_REFERRAL_CLOSED) != 0)
    return PLAN_ALONE;
  return other->state == BED_STATE_SUBMITTED || other->state == BED_STATE_TRIAGED || other->state == BED_STATE_PAUSED
             ? PLAN_APART
             : PLAN_ALONE;
}

static void
find_partner (PlanMaking *making, guint32 person)
{
  const BedPlanRows *rows = making->rows;
  const guint32 referral = making->plan->people[person].referral;
  const guint32 linked = rows->referrals[referral].linked;

  making->couple[person] = PLAN_ALONE;
  if (linked >= rows->n_referrals || linked == referral || rows->referrals[linked].linked != referral)
    return;
  making->couple[person]
      = is_waiting (&rows->referrals[linked]) ? PLAN_APART : look_at_other (&rows->referrals[linked]);
  for (guint32 other = 0; other < making->plan->n_people; other++)
    if (making->plan->people[other].referral == linked)
      {
        making->couple[person] = PLAN_TOGETHER;
        making->partner[person] = other;
      }
}

/* The beds that suit. */

static guint32
find_or_add (GHashTable *known, guint32 key, GArray *array, gconstpointer value)
{
  const gpointer found = g_hash_table_lookup (known, GUINT_TO_POINTER (key));

  if (found != NULL)
    return GPOINTER_TO_UINT (found) - 1;
  g_array_append_vals (array, value, 1);
  g_hash_table_insert (known, GUINT_TO_POINTER (key), GUINT_TO_POINTER (array->len));
  return array->len - 1;
}

/* Beds, units and bays by their number in the register, while choices are listed. */
typedef struct
{
  GHashTable *beds;
  GHashTable *units;
  GHashTable *bays;
  GArray *bay_keys; /* guint32 */
} Known;

static guint32
add_bed (PlanMaking *making, Known *known, guint32 bed)
{
  const BedPlanRows *rows = making->rows;
  const BedBed *record = &rows->table->beds[bed];
  PlanBed plan_bed = { .bed = bed, .bay = BED_NONE };

  if (g_hash_table_contains (known->beds, GUINT_TO_POINTER (bed)))
    return find_or_add (known->beds, bed, making->beds, NULL);
  plan_bed.unit = find_or_add (known->units, record->unit, making->units, &record->unit);
  if (plan_bed.unit == making->room->len)
    {
      const guint32 room = plan_room_of (rows, record->unit);

      g_array_append_val (making->room, room);
    }
  if (record->bay != 0 && rows->beds[bed].bay_sex == BED_BAY_SEX_ANY)
    {
      const guint32 key = record->unit << 16 | record->bay; /* BED_MAX_UNITS is 2^16 */

      plan_bed.bay = find_or_add (known->bays, key, known->bay_keys, &key);
    }
  return find_or_add (known->beds, bed, making->beds, &plan_bed);
}

static gboolean
skip_declined (guint32 bed, gpointer user_data)
{
  const PlanMaking *making = user_data;
  const BedPlanned *person = &making->plan->people[making->listing];

  return !plan_may_use (&making->rows->referrals[person->referral], making->rows->table->beds[bed].unit);
}

static void
list_choices_of (PlanMaking *making, Known *known, BedOffer offers[static BED_PLAN_CHOICES])
{
  const BedReferralRow *row = &making->rows->referrals[making->plan->people[making->listing].referral];
  BedNeedsProfile needs;
  guint n;

  find_partner (making, making->listing);
  if (making->couple[making->listing] == PLAN_APART)
    return;
  plan_read_needs (making->rows, row, &needs);
  n = bed_find_nearest (&making->view, &needs, BED_PLAN_CHOICES, skip_declined, making, offers);
  for (guint i = 0; i < n && !offers[i].call_first; i++)
    {
      const PlanChoice choice = { .plan_bed = add_bed (making, known, offers[i].bed),
                                  .metres = offers[i].metres,
                                  .spare_features = offers[i].spare_features };

      g_array_append_val (making->choices, choice);
    }
  making->plan->n_cut_off += n == BED_PLAN_CHOICES && !offers[n - 1].call_first;
}

void
plan_list_choices (PlanMaking *making)
{
  g_autofree BedOffer *offers = g_new (BedOffer, BED_PLAN_CHOICES);
  g_autoptr (GHashTable) beds = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) units = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) bays = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) bay_keys = g_array_new (FALSE, FALSE, sizeof (guint32));
  Known known = { beds, units, bays, bay_keys };

  making->view = plan_view (making->rows);
  for (making->listing = 0; making->listing < making->plan->n_people; making->listing++)
    {
      making->first[making->listing] = making->choices->len;
      list_choices_of (making, &known, offers);
    }
  making->first[making->plan->n_people] = making->choices->len;
  making->n_bays = bay_keys->len;
}
