/* bed-groups.c: a stable counting sort of (group, item) pairs.
 *
 * Owns the two arrays of a BedGroups. Nothing can fail: numbers are the caller's own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-groups.h"

void
bed_groups_init (BedGroups *groups, guint32 n_groups, const BedMembership *members, guint32 n)
{
  g_autofree guint32 *next = NULL;

  groups->starts = g_new0 (guint32, n_groups + 1);
  groups->items = g_new (guint32, MAX (n, 1));
  for (guint32 i = 0; i < n; i++)
    groups->starts[members[i].group + 1]++;
  for (guint32 group = 0; group < n_groups; group++)
    groups->starts[group + 1] += groups->starts[group];
  next = g_memdup2 (groups->starts, sizeof (guint32) * (n_groups + 1));
  for (guint32 i = 0; i < n; i++)
    groups->items[next[members[i].group]++] = members[i].item;
}

void
bed_groups_clear (BedGroups *groups)
{
  g_clear_pointer (&groups->starts, g_free);
  g_clear_pointer (&groups->items, g_free);
}
