/* test-ctl-tables.c: tables for a terminal: alignment, fitting, tints.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker/ctl/ctl-tables.h"

#include <string.h>

static const CtlColumn columns[] = {
  { "N", TRUE, 0 },
  { "NAME", FALSE, 4 },
  { "NOTE", FALSE, 0 },
};

static const CtlTerminal wide = { 0, FALSE, TRUE };

static CtlTable *
make_table (void)
{
  CtlTable *table = ctl_table_new (columns, G_N_ELEMENTS (columns));
  ctl_table_add (table, CTL_TINT_FREE, g_strdup ("7"));
  ctl_table_add (table, CTL_TINT_PLAIN, g_strdup ("Clarence"));
  ctl_table_add (table, CTL_TINT_PLAIN, g_strdup ("x"));
  ctl_table_add (table, CTL_TINT_PLAIN, g_strdup ("12"));
  ctl_table_add (table, CTL_TINT_PLAIN, g_strdup ("Südhof"));
  ctl_table_add (table, CTL_TINT_PLAIN, NULL);
  return table;
}

static char *
print (const CtlTerminal *terminal, guint max_rows)
{
  g_autoptr (CtlTable) table = make_table ();
  GString *out = g_string_new (NULL);
  ctl_table_print (table, terminal, max_rows, out);
  return g_string_free (out, FALSE);
}

static void
test_align (void)
{
  g_autofree char *text = print (&wide, 0);
  g_assert_cmpstr (text, ==, " N  NAME      NOTE\n 7  Clarence  x\n12  Südhof\n");
}

static void
test_fit (void)
{
  const CtlTerminal narrow = { 15, FALSE, TRUE };
  g_autofree char *text = print (&narrow, 0);
  g_assert_cmpstr (text, ==, " N  NAME   NOTE\n 7  Clar…  x\n12  Südh…\n");
}

static void
test_fit_least (void)
{
  const CtlTerminal tiny = { 5, FALSE, FALSE };
  g_autofree char *text = print (&tiny, 0);
  g_assert_cmpstr (text, ==, " N  NAME  NOTE\n 7  Cla~  x\n12  Süd~\n");
}

static void
test_more (void)
{
  g_autofree char *text = print (&wide, 1);
  g_assert_cmpstr (text, ==, " N  NAME      NOTE\nand 2 more\n");
}

static void
test_colour (void)
{
  const CtlTerminal colour = { 0, TRUE, TRUE };
  g_autofree char *plain = print (&wide, 0);
  g_autofree char *text = print (&colour, 0);
  g_assert_nonnull (strstr (text, "\033[1;32m7\033[0m  Clarence"));
  g_assert_null (strstr (plain, "\033"));
}

static void
test_width (void)
{
  g_assert_cmpint (ctl_text_get_width ("●1"), ==, 2);
  g_assert_cmpint (ctl_text_get_width ("e\xcc\x81"), ==, 1); /* e and a combining acute */
  g_assert_cmpint (ctl_text_get_width ("病"), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ctl-tables/align", test_align);
  g_test_add_func ("/ctl-tables/fit", test_fit);
  g_test_add_func ("/ctl-tables/fit-least", test_fit_least);
  g_test_add_func ("/ctl-tables/more", test_more);
  g_test_add_func ("/ctl-tables/colour", test_colour);
  g_test_add_func ("/ctl-tables/width", test_width);
  return g_test_run ();
}
