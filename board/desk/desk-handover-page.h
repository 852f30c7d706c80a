/* desk-handover-page.h: what changed since a chosen time, to be read and to be printed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "desk-handover.h"
#include "desk-state.h"

#include <gtk/gtk.h>

#define DESK_HANDOVER_PEOPLE_MAX 300 /* whose histories are read; further ones are counted as unread */
#define DESK_HANDOVER_READS_MAX 4    /* under way at a time */

G_DECLARE_FINAL_TYPE (DeskHandoverPage, desk_handover_page, DESK, HANDOVER_PAGE, GtkWidget)
#define DESK_TYPE_HANDOVER_PAGE (desk_handover_page_get_type ())

GtkWidget *
desk_handover_page_new (DeskState *state);
/* The finished one; NULL while histories are being read. Borrowed. */
const DeskHandover *
desk_handover_page_peek (DeskHandoverPage *page);
/* Writes it as a PDF without asking. */
gboolean
desk_handover_page_export (DeskHandoverPage *page, const char *path, GError **error);
