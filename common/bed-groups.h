/* bed-groups.h: numbered items by numbered group, in two flat arrays: a counting sort.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

/* The items of group g stand at items[starts[g]] … items[starts[g + 1] - 1]. */
typedef struct
{
  guint32 *starts; /* owned, n_groups + 1 */
  guint32 *items;  /* owned */
} BedGroups;

typedef struct
{
  guint32 group;
  guint32 item;
} BedMembership;

/* Groups the n members, each group in their order. Every group must be below n_groups. */
void bed_groups_init (BedGroups *groups, guint32 n_groups, const BedMembership *members, guint32 n);
void bed_groups_clear (BedGroups *groups);
