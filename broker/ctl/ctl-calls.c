/* ctl-calls.c: homewardctl call and import: commands over the broker's socket.
 *
 * The connection never asks for the table, so it keeps the rights of root or of the broker's user.
 * A command without a key gets a fresh one, so that asking again after `uncertain` is possible: the
 * key is told on stderr then. Fails without a broker (3) and when refused (1).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ctl-calls.h"

#include "ctl-reads.h"

#include "broker/broker-reference.h"
#include "common/bed-code.h"
#include "common/bed-link.h"

#include <string.h>

#define IMPORT_TIMEOUT_MS 120000

char *
ctl_calls_print_params (const char *text, gint64 now_us, GError **error)
{
  g_autoptr (GError) fault = NULL;
  g_autoptr (JsonNode) node = json_from_string (text != NULL ? text : "{}", &fault);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error (error, BED_ERROR, BED_ERROR_PARAMS, "params must be a JSON object%s%s",
                   fault != NULL ? ": " : "", fault != NULL ? fault->message : "");
      return NULL;
    }
  JsonObject *params = json_node_get_object (node);
  if (!json_object_has_member (params, "key"))
    {
      char key[BED_KEY_SIZE];
      bed_key_print (now_us, bed_random (), bed_random (), key);
      json_object_set_string_member (params, "key", key);
    }
  return json_to_string (node, FALSE);
}

static void
print_node (JsonNode *node)
{
  g_autofree char *text = json_to_string (node, FALSE);
  ctl_print (text);
  ctl_print ("\n");
}

/* With --json a refusal's data stands on stdout, its words on stderr. */
static void
print_refusal (const CtlOptions *options, JsonObject *data)
{
  if (data == NULL)
    return;
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), data);
  g_autofree char *text = json_to_string (node, FALSE);
  if (options->is_json)
    {
      ctl_print (text);
      ctl_print ("\n");
    }
  else
    g_printerr ("%s\n", text);
}

static JsonNode *
ask (const CtlOptions *options, const char *method, const char *params, int timeout_ms,
     JsonObject **data, GError **error)
{
  g_autoptr (BedLink) link = bed_link_new (options->socket, FALSE);
  if (!bed_link_wait_open (link, CTL_OPEN_TIMEOUT_MS))
    {
      g_set_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE, "no broker answers on %s",
                   options->socket);
      return NULL;
    }
  return bed_link_call_sync (link, method, params, timeout_ms, data, error);
}

CtlExit
ctl_call (CtlOptions *options, int argc, char **argv)
{
  if (!ctl_options_parse (options, NULL, &argc, &argv, 1, 2))
    return CTL_USAGE;
  g_autoptr (GError) error = NULL;
  g_autofree char *params
      = ctl_calls_print_params (argc > 2 ? argv[2] : NULL, g_get_real_time (), &error);
  if (params == NULL)
    {
      ctl_say_error ("%s", error->message);
      return CTL_USAGE;
    }
  g_autoptr (JsonObject) data = NULL;
  g_autoptr (JsonNode) result = ask (options, argv[1], params, CTL_TIMEOUT_MS, &data, &error);
  if (result != NULL)
    {
      print_node (result);
      return CTL_DONE;
    }
  print_refusal (options, data);
  if (g_error_matches (error, BED_ERROR, BED_ERROR_UNCERTAIN))
    ctl_say_error ("ask again with the same key: %s", params);
  CtlExit exit = ctl_say_failure (error);
  return data != NULL ? CTL_REFUSED : exit; /* with data, a broker has answered */
}

/* Faults of an import as the broker lists them, one a line. */
static void
print_faults (JsonObject *data)
{
  JsonNode *member = data != NULL ? json_object_get_member (data, "faults") : NULL;
  if (member == NULL || !JSON_NODE_HOLDS_ARRAY (member))
    return;
  JsonArray *faults = json_node_get_array (member);
  for (guint i = 0; i < json_array_get_length (faults); i++)
    {
      JsonNode *fault = json_array_get_element (faults, i);
      if (JSON_NODE_HOLDS_VALUE (fault) && json_node_get_value_type (fault) == G_TYPE_STRING)
        g_printerr ("%s\n", json_node_get_string (fault));
    }
}

CtlExit
ctl_import (CtlOptions *options, int argc, char **argv)
{
  if (!ctl_options_parse (options, NULL, &argc, &argv, 1, 1))
    return CTL_USAGE;
  g_autoptr (GError) error = NULL;
  g_autofree char *files = broker_reference_load (argv[1], &error);
  if (files == NULL)
    {
      ctl_say_error ("%s", error->message);
      return CTL_REFUSED;
    }
  g_auto (BedJson) json;
  bed_json_init (&json, strlen (files) + 64);
  bed_json_begin_object (&json);
  bed_json_name (&json, "files");
  bed_json_raw (&json, files, -1);
  bed_json_end_object (&json);
  g_autofree char *params = ctl_calls_print_params (json.text->str, g_get_real_time (), &error);
  if (params == NULL)
    return ctl_say_failure (error);
  g_autoptr (JsonObject) data = NULL;
  g_autoptr (JsonNode) result
      = ask (options, "reference.import", params, IMPORT_TIMEOUT_MS, &data, &error);
  if (result != NULL)
    {
      print_node (result);
      return CTL_DONE;
    }
  print_faults (data);
  return ctl_say_failure (error);
}
