/* ward-mirror.h: how this unit's beds were seen by those who searched today.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../board-context.h"

#include <gtk/gtk.h>

G_DECLARE_FINAL_TYPE (WardMirror, ward_mirror, WARD, MIRROR, GtkWidget)
#define WARD_TYPE_MIRROR (ward_mirror_get_type ())

/* A button that opens a panel above itself, and asks unit.mirror whenever it is opened. */
GtkWidget *
ward_mirror_new (BoardContext *context);
void
ward_mirror_set_unit (WardMirror *mirror, const char *unit);
