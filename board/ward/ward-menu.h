/* ward-menu.h: the ⋮ of a card: everything else that can be done about the bed now.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ward-steps.h"

#include <gio/gio.h>

#define WARD_ACTION_DO "ward.do"     /* target (ss): bed, or "" for the unit; word of the act */
#define WARD_ACTION_UNDO "ward.undo" /* target s: bed or unit, or "" for whatever was done last */

/* In sections: taking back, the person, the bed, the manager's. Transfer full; empty if there is nothing. */
GMenuModel *
ward_menu_new (const WardCase *cause, gboolean can_undo);

/* What a manager does about the whole unit; cause has no bed. */
GMenuModel *
ward_menu_new_unit (const WardCase *cause, gboolean can_undo);
/* While something about it waits for the line nothing else can be done, but that can be taken back. */
GMenuModel *
ward_menu_new_take_back (const char *subject);
gboolean
ward_menu_has_unit (const WardCase *cause); /* there is anything in it, besides taking back */
