/* gateway-options.h: what a gateway is told at its start.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#define GATEWAY_CONNECTIONS_MAX 1200 /* WebSockets; beyond it 503. GLib polls each: ~1,000 is well */

typedef struct
{
  char *socket;          /* owned: the broker's */
  char *listen;          /* owned: 127.0.0.1:PORT or unix:PATH */
  char **allow_origins;  /* owned: each as a browser sends it, scheme://host[:port] */
  int connections_max;
} GatewayOptions;

void gateway_options_clear (GatewayOptions *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GatewayOptions, gateway_options_clear)

typedef enum
{
  GATEWAY_START,
  GATEWAY_EXIT_WELL, /* --help, --version: printed */
  GATEWAY_EXIT_USAGE
} GatewayStart;

/* Parses the command line; on EXIT_USAGE *error says why. */
GatewayStart gateway_options_parse (int argc, char **argv, GatewayOptions *options, GError **error);
