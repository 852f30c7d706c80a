/* board-picture.h: a widget as a PNG of an exact size.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

/* Renders what widget (mapped, in a window) shows now into width × height pixels. Errors:
 * G_IO_ERROR (the file cannot be written; nothing has been drawn yet: try again later). */
gboolean
board_picture_save (GtkWidget *widget, int width, int height, const char *path, GError **error);
