/* ward-menu.h: the ⋮ of a card: everything else that can be done about the bed now.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ward-steps.h"

#include <gio/gio.h>

#define WARD_ACTION_DO "ward.do"     /* target (ss): bed, word of the act */
#define WARD_ACTION_UNDO "ward.undo" /* target s: bed, or "" for whatever was done last */

/* In sections: taking back, the person, the bed, the manager's. Transfer full; empty if there is nothing. */
GMenuModel *
ward_menu_new (const WardCase *cause, gboolean can_undo);
