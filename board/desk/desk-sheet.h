/* desk-sheet.h: a page of the desk: title, tools and what is on it, no wider than is good to read.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#define DESK_SHEET_MOST_EM 76

G_DECLARE_FINAL_TYPE (DeskSheet, desk_sheet, DESK, SHEET, GtkWidget)
#define DESK_TYPE_SHEET (desk_sheet_get_type ())

/* Scrolls by itself. */
GtkWidget *
desk_sheet_new (const char *title);

/* Each borrowed: a line under the title; a row beside it; and the column for everything else. */
GtkWidget *
desk_sheet_get_note (DeskSheet *sheet);
GtkWidget *
desk_sheet_get_tools (DeskSheet *sheet);
GtkWidget *
desk_sheet_get_body (DeskSheet *sheet);

/* A list in a card under a heading, both hidden while the list is empty (desk_sheet_fill_list). name: what
 * a screen reader calls it. */
GtkWidget *
desk_sheet_add_list (DeskSheet *sheet, const char *name);
/* Says its heading anew. */
void
desk_sheet_say_heading (GtkWidget *list, const char *words, gboolean is_urgent);
/* A row for such a list, about a person; its first child grows. */
GtkWidget *
desk_sheet_make_row (const char *code);
const char *
desk_sheet_peek_code (GtkListBoxRow *row);
/* Empties the list; the row about the same person gets the keyboard back in desk_sheet_end. */
char *
desk_sheet_begin (GtkWidget *list);
/* focus_code: what desk_sheet_begin returned; taken. */
void
desk_sheet_end (GtkWidget *list, char *focus_code);
