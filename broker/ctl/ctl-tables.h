/* ctl-tables.h: tables for a terminal: aligned, fitted to its width, in colour where it is one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

typedef enum
{
  CTL_TINT_PLAIN,
  CTL_TINT_QUIET, /* recedes */
  CTL_TINT_STRONG,
  CTL_TINT_FREE,
  CTL_TINT_HELD,
  CTL_TINT_ARRIVING,
  CTL_TINT_CLEANING,
  CTL_TINT_LEAVING,
  CTL_TINT_CLOSED,
  CTL_N_TINTS
} CtlTint;

typedef struct
{
  const char *title;
  gboolean is_number; /* to the right */
  int least;          /* columns it keeps when the terminal is narrow; 0: never made narrower */
} CtlColumn;

/* What a terminal can do. */
typedef struct
{
  int width; /* 0: as wide as needed */
  gboolean has_colour;
  gboolean has_glyphs; /* UTF-8 */
} CtlTerminal;

typedef struct _CtlTable CtlTable;

/* Of stdout: no colour unless it is a terminal (and NO_COLOR is not set). */
CtlTerminal
ctl_terminal_look (void);
int
ctl_terminal_get_height (void);

CtlTable *
ctl_table_new (const CtlColumn *columns, guint n_columns); /* columns: borrowed, static */
void
ctl_table_free (CtlTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CtlTable, ctl_table_free)

/* The next cell of the row; text: transfer full, NULL is empty. A row is complete with its last
 * column. */
void
ctl_table_add (CtlTable *table, CtlTint tint, char *text);
guint
ctl_table_get_n_rows (const CtlTable *table);

/* Appends the table as lines. At most max_rows rows (0: all), then a line that says how many are
 * left out. */
void
ctl_table_print (const CtlTable *table, const CtlTerminal *terminal, guint max_rows, GString *out);

/* Appends text in a tint. */
void
ctl_tint_print (const CtlTerminal *terminal, CtlTint tint, const char *text, GString *out);

/* Columns that text takes in a terminal. */
int
ctl_text_get_width (const char *text);
