/* board-roster.h: a list model of ids: beds, units or people in the order in which a view shows them.
 *
 * An entry holds an id and no truth: a row widget looks up what stands behind it. What is told to
 * the list view is no more than what has changed: entries that go, come or move, and "changed" of
 * those whose row differs.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#define BOARD_ROSTER_MAX 65536

/* Signal "changed" (): what stands behind the id looks different now. */
G_DECLARE_FINAL_TYPE (BoardEntry, board_entry, BOARD, ENTRY, GObject)
#define BOARD_TYPE_ENTRY (board_entry_get_type ())

const char *
board_entry_peek_id (BoardEntry *entry);
/* The heading it stands under, as given. */
guint
board_entry_get_section (BoardEntry *entry);

/* A GListModel of BoardEntry. */
G_DECLARE_FINAL_TYPE (BoardRoster, board_roster, BOARD, ROSTER, GObject)
#define BOARD_TYPE_ROSTER (board_roster_get_type ())

/* One line of what is wanted. */
typedef struct
{
  const char *id; /* borrowed during the call */
  guint section;
  guint64 stamp; /* differs whenever the row looks different */
} BoardRosterLine;

BoardRoster *
board_roster_new (void);

/* Makes the roster be lines (n of them, ids all different; beyond BOARD_ROSTER_MAX left out). An
 * entry whose id stays is the same object, also when it moves. */
void
board_roster_follow (BoardRoster *roster, const BoardRosterLine *lines, guint n);
