/* desk-handover-print.h: a handover on one page of paper, or as a PDF.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "desk-handover.h"

#include <gtk/gtk.h>

/* Draws the page, width × height points, in the largest type that lets everybody in. Returns how many people
 * the smallest one leaves out: the page says so. title: the desk's name. */
guint
desk_handover_draw (const DeskHandover *handover, const char *title, cairo_t *cr, PangoContext *context, double width,
                    double height);

/* Shows the print dialogue over window, or, with a path, writes a PDF there without asking. Meanwhile
 * other things happen: handover is kept until it returns, its owner may go. FALSE: error is set. */
gboolean
desk_handover_print (DeskHandover *handover, const char *title, GtkWindow *window, const char *path, GError **error);
