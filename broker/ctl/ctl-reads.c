/* ctl-reads.c: status, units, beds and queue: the map as tables, or as the rows of the feed.
 *
 * Owns nothing beyond a call. --json prints an array of rows exactly as a coordinator's feed has
 * them. Only status also asks the broker itself. Fails without a broker (3) and for a LAP, unit or
 * word that does not exist.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ctl-reads.h"

#include "ctl-columns.h"

#include "common/bed-time.h"

#include <stdio.h>
#include <string.h>

void
ctl_print (const char *text)
{
  fputs (text, stdout);
  fflush (stdout);
}

static CtlExit
print_table (CtlTable *table, const CtlTerminal *terminal, const char *nothing)
{
  g_autoptr (CtlTable) owned = table;
  g_autoptr (GString) out = g_string_new (NULL);
  if (ctl_table_get_n_rows (owned) > 0)
    ctl_table_print (owned, terminal, 0, out);
  else
    g_string_append_printf (out, "%s\n", nothing);
  ctl_print (out->str);
  return CTL_DONE;
}

static CtlExit
print_json (BedJson *json)
{
  bed_json_end_array (json);
  g_string_append_c (json->text, '\n');
  ctl_print (json->text->str);
  return CTL_DONE;
}

static void
begin_rows (BedJson *json)
{
  bed_json_init (json, 64 * 1024);
  bed_json_begin_array (json);
}

CtlExit
ctl_units (CtlOptions *options, int argc, char **argv)
{
  g_autofree char *lap = NULL;
  const GOptionEntry entries[] = {
    { "lap", 0, 0, G_OPTION_ARG_STRING, &lap, "Only this LAP's units", "ID" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  CtlExit exit = CTL_USAGE;
  if (!ctl_options_parse (options, entries, &argc, &argv, 0, 0))
    return exit;
  g_autoptr (CtlPicture) picture = ctl_picture_open (options, lap, NULL, &exit);
  if (picture == NULL)
    return exit;
  if (!options->is_json)
    {
      CtlTerminal terminal = ctl_terminal_look ();
      return print_table (ctl_columns_units (picture, &terminal), &terminal, "No units.");
    }
  g_auto (BedJson) json;
  begin_rows (&json);
  for (guint32 i = 0; i < picture->map->table.sizes.units; i++)
    if (ctl_picture_shows_unit (picture, i))
      bed_rows_print_unit (&picture->map->table, i, &picture->units[i], picture->sight.class,
                           &json);
  return print_json (&json);
}

CtlExit
ctl_beds (CtlOptions *options, int argc, char **argv)
{
  g_autofree char *lap = NULL;
  g_autofree char *unit = NULL;
  g_autofree char *word = NULL;
  const GOptionEntry entries[] = {
    { "lap", 0, 0, G_OPTION_ARG_STRING, &lap, "Only this LAP's beds", "ID" },
    { "unit", 0, 0, G_OPTION_ARG_STRING, &unit, "Only this unit's beds", "ID" },
    { "display", 0, 0, G_OPTION_ARG_STRING, &word,
      "Only beds shown like this: free, held, occupied, cleaning, …", "WORD" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  CtlExit exit = CTL_USAGE;
  if (!ctl_options_parse (options, entries, &argc, &argv, 0, 0))
    return exit;
  int display = word != NULL ? bed_words_parse (&bed_display_words, word) : -1;
  if (word != NULL && display < 0)
    {
      ctl_say_error ("no bed is shown as “%s”", word);
      return CTL_USAGE;
    }
  g_autoptr (CtlPicture) picture = ctl_picture_open (options, lap, unit, &exit);
  if (picture == NULL)
    return exit;
  if (!options->is_json)
    {
      CtlTerminal terminal = ctl_terminal_look ();
      return print_table (ctl_columns_beds (picture, &terminal, display), &terminal, "No beds.");
    }
  g_auto (BedJson) json;
  begin_rows (&json);
  for (guint32 i = 0; i < picture->map->table.sizes.beds; i++)
    if (ctl_picture_shows_bed (picture, i) && (display < 0 || picture->beds[i].display == display))
      bed_rows_print_bed (&picture->map->table, i, &picture->beds[i], picture->sight.class, &json);
  return print_json (&json);
}

CtlExit
ctl_queue (CtlOptions *options, int argc, char **argv)
{
  g_autofree char *lap = NULL;
  gboolean is_all = FALSE;
  const GOptionEntry entries[] = {
    { "lap", 0, 0, G_OPTION_ARG_STRING, &lap, "Only this LAP's people", "ID" },
    { "all", 0, 0, G_OPTION_ARG_NONE, &is_all, "Also those who have arrived (JSON always has them)",
      NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  CtlExit exit = CTL_USAGE;
  if (!ctl_options_parse (options, entries, &argc, &argv, 0, 0))
    return exit;
  g_autoptr (CtlPicture) picture = ctl_picture_open (options, lap, NULL, &exit);
  if (picture == NULL)
    return exit;
  if (!options->is_json)
    {
      CtlTerminal terminal = ctl_terminal_look ();
      g_autoptr (GString) overdue = g_string_new (NULL);
      print_table (ctl_columns_queue (picture, &terminal, is_all), &terminal, "Nobody is waiting.");
      ctl_columns_print_overdue (picture, overdue);
      ctl_print (overdue->str);
      return CTL_DONE;
    }
  g_auto (BedJson) json;
  begin_rows (&json);
  for (guint32 i = 0; i < picture->n_referrals; i++)
    if (ctl_picture_shows_referral (picture, i))
      bed_rows_print_referral (&picture->map->table, &picture->referrals[i], picture->sight.class,
                               &json);
  return print_json (&json);
}

/* What the broker says of itself, one member a line. */
static void
print_members (JsonObject *object, GString *out)
{
  g_autoptr (GList) names = json_object_get_members (object);
  for (GList *at = names; at != NULL; at = at->next)
    {
      JsonNode *node = json_object_get_member (object, at->data);
      g_autofree char *value
          = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
                ? json_node_dup_string (node)
                : json_to_string (node, FALSE);
      g_string_append_printf (out, "%-16s %s\n", (const char *) at->data, value);
    }
}

static void
print_picture (const CtlPicture *picture, GString *out)
{
  const BedTable *table = &picture->map->table;
  CtlTerminal terminal = ctl_terminal_look ();
  gint64 age_us = 0;
  ctl_picture_get_now (picture, &age_us);
  BedServing serving = bed_table_get_serving (table, NULL);
  const char *word = bed_words_print (&bed_serving_words, serving);
  g_string_append_printf (out, "%-16s %" G_GUINT64_FORMAT "\n", "map_epoch",
                          (guint64) table->epoch);
  g_string_append_printf (out, "%-16s %" G_GUINT64_FORMAT "\n", "map_revision", picture->revision);
  g_string_append_printf (out, "%-16s %s\n", "map_state", word != NULL ? word : "unknown");
  g_string_append_printf (out, "%-16s %.1f s ago\n", "map_heartbeat",
                          (double) age_us / BED_SECOND_US);
  ctl_columns_print_totals (picture, &terminal, out);
}

CtlExit
ctl_status (CtlOptions *options, int argc, char **argv)
{
  CtlExit exit = CTL_USAGE;
  if (!ctl_options_parse (options, NULL, &argc, &argv, 0, 0))
    return exit;
  g_autoptr (GError) error = NULL;
  g_autoptr (BedLink) link = bed_link_new (options->socket, FALSE);
  if (!bed_link_wait_open (link, CTL_OPEN_TIMEOUT_MS))
    {
      ctl_say_error ("no broker answers on %s", options->socket);
      return CTL_UNREACHABLE;
    }
  g_autoptr (JsonNode) result
      = bed_link_call_sync (link, "status", "{}", CTL_TIMEOUT_MS, NULL, &error);
  if (result == NULL)
    return ctl_say_failure (error);
  if (options->is_json)
    {
      g_autofree char *text = json_to_string (result, FALSE);
      ctl_print (text);
      ctl_print ("\n");
      return CTL_DONE;
    }
  g_autoptr (GString) out = g_string_new (NULL);
  if (JSON_NODE_HOLDS_OBJECT (result))
    print_members (json_node_get_object (result), out);
  g_autoptr (CtlPicture) picture = ctl_picture_open (options, NULL, NULL, &exit);
  if (picture != NULL)
    print_picture (picture, out);
  ctl_print (out->str);
  return CTL_DONE;
}
