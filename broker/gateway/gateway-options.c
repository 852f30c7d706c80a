/* gateway-options.c: the command line of homeward-gateway.
 *
 * Owns nothing but the strings it hands out. Fails on unknown options, stray words and limits out
 * of range; whether the address may be listened on is for gateway-listen.c to say.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "gateway-options.h"

#define CONNECTIONS_RANGE_MAX 100000

void
gateway_options_clear (GatewayOptions *options)
{
  g_clear_pointer (&options->socket, g_free);
  g_clear_pointer (&options->listen, g_free);
  g_clear_pointer (&options->allow_origins, g_strfreev);
}

GatewayStart
gateway_options_parse (int argc, char **argv, GatewayOptions *options, GError **error)
{
  gboolean wants_version = FALSE;
  const GOptionEntry entries[] = {
    { "socket", 0, 0, G_OPTION_ARG_FILENAME, &options->socket,
      "The broker's socket (default $XDG_RUNTIME_DIR/homeward/broker.sock)", "PATH" },
    { "listen", 0, 0, G_OPTION_ARG_STRING, &options->listen,
      "127.0.0.1:PORT (0: any) or unix:PATH; nothing else is allowed", "ADDRESS" },
    { "allow-origin", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->allow_origins,
      "A web page's origin that may connect; may be given again (default none)", "URL" },
    { "connections", 0, 0, G_OPTION_ARG_INT, &options->connections_max,
      "WebSockets at once; more are told 503", "N" },
    { "version", 0, 0, G_OPTION_ARG_NONE, &wants_version, "Print the version", NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- rows, searches and changes for boards");

  options->connections_max = GATEWAY_CONNECTIONS_MAX;
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, error))
    return GATEWAY_EXIT_USAGE;
  if (wants_version)
    {
      g_print ("homeward-gateway %s\n", HOMEWARD_VERSION);
      return GATEWAY_EXIT_WELL;
    }
  if (argc > 1 || options->connections_max < 1 || options->connections_max > CONNECTIONS_RANGE_MAX)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "%s",
                   argc > 1 ? "words without an option" : "--connections is 1 to 100000");
      return GATEWAY_EXIT_USAGE;
    }
  if (options->socket == NULL)
    options->socket = g_build_filename (g_get_user_runtime_dir (), "homeward", "broker.sock", NULL);
  if (options->listen == NULL)
    options->listen = g_strdup ("127.0.0.1:7460");
  return GATEWAY_START;
}
