/* ctl-tables.c: lays a table out for a terminal.
 *
 * Owns its cells. A column is as wide as its widest cell; if the terminal is too narrow, those that
 * may shrink give way, the widest first, and their cells end in "…". Widths are columns, not bytes.
 * Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ctl-tables.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define GAP 2

typedef struct
{
  char *text; /* owned */
  CtlTint tint;
} Cell;

struct _CtlTable
{
  const CtlColumn *columns; /* borrowed */
  guint n_columns;
  GArray *cells; /* owned: Cell, row after row */
};

static const char *const tint_codes[CTL_N_TINTS] = {
  [CTL_TINT_PLAIN] = NULL,          [CTL_TINT_QUIET] = "\033[90m",
  [CTL_TINT_STRONG] = "\033[1m",    [CTL_TINT_FREE] = "\033[1;32m",
  [CTL_TINT_HELD] = "\033[33m",     [CTL_TINT_ARRIVING] = "\033[36m",
  [CTL_TINT_CLEANING] = "\033[35m", [CTL_TINT_LEAVING] = "\033[93m",
  [CTL_TINT_CLOSED] = "\033[31m",
};

CtlTerminal
ctl_terminal_look (void)
{
  struct winsize size = { 0 };
  const char *term = g_getenv ("TERM");
  gboolean is_terminal = isatty (STDOUT_FILENO) == 1;
  CtlTerminal terminal = { 0 };
  if (is_terminal && ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
    terminal.width = size.ws_col;
  terminal.has_colour
      = is_terminal && g_getenv ("NO_COLOR") == NULL && term != NULL && strcmp (term, "dumb") != 0;
  terminal.has_glyphs = g_get_charset (NULL);
  return terminal;
}

int
ctl_terminal_get_height (void)
{
  struct winsize size = { 0 };
  return ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 ? size.ws_row : 24;
}

static void
clear_cell (gpointer cell)
{
  g_free (((Cell *) cell)->text);
}

CtlTable *
ctl_table_new (const CtlColumn *columns, guint n_columns)
{
  CtlTable *table = g_new0 (CtlTable, 1);
  table->columns = columns;
  table->n_columns = n_columns;
  table->cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  g_array_set_clear_func (table->cells, clear_cell);
  return table;
}

void
ctl_table_free (CtlTable *table)
{
  g_array_unref (table->cells);
  g_free (table);
}

void
ctl_table_add (CtlTable *table, CtlTint tint, char *text)
{
  Cell cell = { text != NULL ? text : g_strdup (""), tint };
  g_array_append_val (table->cells, cell);
}

guint
ctl_table_get_n_rows (const CtlTable *table)
{
  return table->cells->len / table->n_columns;
}

int
ctl_text_get_width (const char *text)
{
  int width = 0;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      width += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
    }
  return width;
}

/* Bytes of text that fit into width columns. */
static gsize
cut_text (const char *text, int width)
{
  const char *at = text;
  int used = 0;
  while (*at != '\0')
    {
      gunichar c = g_utf8_get_char (at);
      used += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
      if (used > width)
        break;
      at = g_utf8_next_char (at);
    }
  return (gsize) (at - text);
}

void
ctl_tint_print (const CtlTerminal *terminal, CtlTint tint, const char *text, GString *out)
{
  const char *code = terminal->has_colour ? tint_codes[tint] : NULL;
  if (code != NULL)
    g_string_append (out, code);
  g_string_append (out, text);
  if (code != NULL)
    g_string_append (out, "\033[0m");
}

static void
measure (const CtlTable *table, const CtlTerminal *terminal, int *widths)
{
  guint n = table->n_columns;
  for (guint i = 0; i < n; i++)
    widths[i] = ctl_text_get_width (table->columns[i].title);
  for (guint i = 0; i < table->cells->len; i++)
    widths[i % n]
        = MAX (widths[i % n], ctl_text_get_width (g_array_index (table->cells, Cell, i).text));
  if (terminal->width <= 0)
    return;
  int total = GAP * ((int) n - 1);
  for (guint i = 0; i < n; i++)
    total += widths[i];
  while (total > terminal->width)
    {
      int widest = -1;
      for (guint i = 0; i < n; i++)
        {
          int least = table->columns[i].least;
          if (least > 0 && widths[i] > least && (widest < 0 || widths[i] > widths[widest]))
            widest = (int) i;
        }
      if (widest < 0)
        break;
      widths[widest]--;
      total--;
    }
}

static void
print_cell (const CtlColumn *column, const CtlTerminal *terminal, const Cell *cell, int width,
            GString *out)
{
  g_autofree char *cut = NULL;
  const char *text = cell->text;
  int used = ctl_text_get_width (text);
  if (used > width)
    {
      gsize bytes = cut_text (text, width - 1);
      cut = g_strdup_printf ("%.*s%s", (int) bytes, text, terminal->has_glyphs ? "…" : "~");
      text = cut;
      used = ctl_text_get_width (text);
    }
  int room = MAX (width - used, 0);
  if (column->is_number)
    g_string_append_printf (out, "%*s", room, "");
  ctl_tint_print (terminal, cell->tint, text, out);
  if (!column->is_number)
    g_string_append_printf (out, "%*s", room, "");
}

static void
print_row (const CtlTable *table, const CtlTerminal *terminal, const Cell *cells, const int *widths,
           GString *out)
{
  for (guint i = 0; i < table->n_columns; i++)
    {
      if (i > 0)
        g_string_append_printf (out, "%*s", GAP, "");
      print_cell (&table->columns[i], terminal, &cells[i], widths[i], out);
    }
  while (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  g_string_append_c (out, '\n');
}

void
ctl_table_print (const CtlTable *table, const CtlTerminal *terminal, guint max_rows, GString *out)
{
  g_autofree int *widths = g_new0 (int, table->n_columns);
  measure (table, terminal, widths);
  g_autofree Cell *titles = g_new0 (Cell, table->n_columns);
  for (guint i = 0; i < table->n_columns; i++)
    titles[i] = (Cell){ (char *) table->columns[i].title, CTL_TINT_QUIET };
  print_row (table, terminal, titles, widths, out);
  guint n_rows = ctl_table_get_n_rows (table);
  guint shown = max_rows > 0 && n_rows > max_rows ? max_rows - 1 : n_rows;
  for (guint i = 0; i < shown; i++)
    print_row (table, terminal, &g_array_index (table->cells, Cell, i * table->n_columns), widths,
               out);
  if (shown < n_rows)
    {
      g_autofree char *more = g_strdup_printf ("and %u more", n_rows - shown);
      ctl_tint_print (terminal, CTL_TINT_QUIET, more, out);
      g_string_append_c (out, '\n');
    }
}
