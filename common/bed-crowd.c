/* bed-crowd.c: how many people have the needs that a wall shows, so that nobody is known by them.
 *
 * Counts only the combinations that have been asked about, a few hundred in a county, and keeps the
 * counts as rows change: so a question costs a look into a table, and a change one walk over it. There
 * are at most some 9,000 combinations of three needs. Owns the needs of every row and the counts.
 * Nothing can fail; an index beyond the table is nobody.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-crowd.h"

#include "bed-words.h"

typedef struct
{
  guint64 icons;
  guint64 turned; /* revision at which it last became rare or common; 0: not since it was first counted */
  guint32 count;
} Combination;

struct _BedCrowd
{
  guint64 *musts;       /* owned: of each row; 0: nobody, or no needs */
  guint32 n_musts;
  GArray *combinations; /* owned Combination */
  GHashTable *places;   /* owned: icons → place in combinations + 1 */
  guint64 last_turn;
};

guint
bed_crowd_find_icons (guint64 must, guint8 shown[static BED_WALL_ICONS_MAX], guint64 *icons)
{
  /* The three that decide most where somebody can go: those with an icon first. */
  static const guint8 first[]
      = { BED_NEED_HOIST,   BED_NEED_BARIATRIC,      BED_NEED_DEMENTIA,
          BED_NEED_ENSUITE, BED_NEED_ISOLATION_ROOM, BED_NEED_GROUND_FLOOR };
  guint64 found = 0;
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (first) && n < BED_WALL_ICONS_MAX; i++)
    if (must >> first[i] & 1)
      {
        shown[n++] = first[i];
        found |= G_GUINT64_CONSTANT (1) << first[i];
      }
  for (guint8 need = 0; need < BED_NEED_N && n < BED_WALL_ICONS_MAX; need++)
    if ((must & ~found) >> need & 1)
      {
        shown[n++] = need;
        found |= G_GUINT64_CONSTANT (1) << need;
      }
  if (icons != NULL)
    *icons = found;
  return n;
}

BedCrowd *
bed_crowd_new (guint32 referrals)
{
  BedCrowd *self = g_new0 (BedCrowd, 1);

  self->n_musts = referrals;
  self->musts = g_new0 (guint64, MAX (referrals, 1));
  self->combinations = g_array_new (FALSE, FALSE, sizeof (Combination));
  self->places = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  return self;
}

void
bed_crowd_free (BedCrowd *self)
{
  g_free (self->musts);
  g_array_unref (self->combinations);
  g_hash_table_unref (self->places);
  g_free (self);
}

static gboolean
has_all (guint64 must, guint64 icons)
{
  return (must & icons) == icons;
}

void
bed_crowd_set (BedCrowd *self, guint32 index, const BedReferralRow *row, guint64 revision)
{
  if (index >= self->n_musts)
    return;
  guint64 before = self->musts[index];
  guint64 after = row != NULL && !(row->flags & BED_REFERRAL_CLOSED) ? row->must : 0;
  if (before == after)
    return;

  self->musts[index] = after;
  for (guint i = 0; i < self->combinations->len; i++)
    {
      Combination *combination = &g_array_index (self->combinations, Combination, i);
      gboolean was_rare = combination->count < BED_CROWD_MIN;

      combination->count += has_all (after, combination->icons);
      combination->count -= has_all (before, combination->icons);
      if (was_rare == (combination->count < BED_CROWD_MIN))
        continue;
      combination->turned = revision;
      self->last_turn = revision;
    }
}

static const Combination *
find (const BedCrowd *self, guint64 icons)
{
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (self->places, &icons));

  return place != 0 ? &g_array_index (self->combinations, Combination, place - 1) : NULL;
}

static const Combination *
add (BedCrowd *self, guint64 icons)
{
  Combination combination = { .icons = icons };

  for (guint32 i = 0; i < self->n_musts; i++)
    combination.count += has_all (self->musts[i], icons);
  g_array_append_val (self->combinations, combination);
  g_hash_table_insert (self->places, g_memdup2 (&icons, sizeof icons), GUINT_TO_POINTER (self->combinations->len));
  return &g_array_index (self->combinations, Combination, self->combinations->len - 1);
}

gboolean
bed_crowd_is_rare (BedCrowd *self, guint64 must)
{
  guint8 shown[BED_WALL_ICONS_MAX];
  guint64 icons;

  if (bed_crowd_find_icons (must, shown, &icons) == 0)
    return FALSE;
  const Combination *combination = find (self, icons);
  if (combination == NULL)
    combination = add (self, icons);
  return combination->count < BED_CROWD_MIN;
}

gboolean
bed_crowd_has_turned (const BedCrowd *self, guint32 index, guint64 after)
{
  guint8 shown[BED_WALL_ICONS_MAX];
  guint64 icons;

  if (self->last_turn <= after || index >= self->n_musts
      || bed_crowd_find_icons (self->musts[index], shown, &icons) == 0)
    return FALSE;
  const Combination *combination = find (self, icons);
  return combination != NULL && combination->turned > after;
}

guint64
bed_crowd_get_last_turn (const BedCrowd *self)
{
  return self->last_turn;
}
