/* gateway-house.h: a gateway in the test's own main loop, between a small broker and real WebSockets.
 *
 * A case takes a GatewayHouse, set up by house_set_up and torn down by house_tear_down; f->client is
 * its first client, opened by the case and let go with the house.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "broker/gateway/gateway-connection.h"
#include "broker/gateway/gateway-listen.h"
#include "broker/gateway/gateway-server.h"

#include "tests/live-client.h"

#define HOUSE_BEDS 40
#define HOUSE_CHANGES 64 /* in the ring */

typedef struct
{
  SmallBroker broker;
  GatewayOptions options;
  GSocket *listener;
  GatewayServer *server;
  char *url;  /* ws://… */
  char *http; /* http://HOST:PORT */
  LiveClient client;
} GatewayHouse;

static inline char *
house_get (GatewayHouse *f, const char *path, guint *status)
{
  g_autofree char *url = g_strconcat (f->http, path, NULL);
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new ("GET", url);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, small_take_result, &result);
  SMALL_WAIT (result != NULL);
  body = soup_session_send_and_read_finish (session, result, NULL);
  *status = soup_message_get_status (message);
  return g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
}

static inline gboolean
house_is_ready (GatewayHouse *f)
{
  guint status;
  g_autofree char *text = house_get (f, "/readyz", &status);
  return status == 200;
}

static inline void
house_set_up_sized (GatewayHouse *f, guint beds, guint changes)
{
  static char *origins[] = { (char *) "https://wall.example", NULL };
  g_autoptr (GError) error = NULL;

  small_broker_init (&f->broker, 4, beds, 64, changes);
  f->options = (GatewayOptions){ .socket = f->broker.path, .allow_origins = origins, .connections_max = 50 };
  f->listener = gateway_listen ("127.0.0.1:0", &error);
  g_assert_no_error (error);
  f->server = gateway_server_new (&f->options, f->listener);
  f->url = gateway_listen_print (f->listener);
  f->http = g_strdup_printf ("http%.*s", (int) (strstr (f->url, "/v1") - f->url - 2), f->url + 2);
  while (!house_is_ready (f))
    g_main_context_iteration (NULL, FALSE);
}

static inline void
house_set_up (GatewayHouse *f, gconstpointer unused)
{
  house_set_up_sized (f, HOUSE_BEDS, HOUSE_CHANGES);
}

static inline void
house_tear_down (GatewayHouse *f, gconstpointer unused)
{
  live_client_clear (&f->client);
  g_clear_pointer (&f->server, gateway_server_free);
  g_clear_object (&f->listener);
  small_broker_clear (&f->broker);
  g_free (f->url);
  g_free (f->http);
}

static inline void
house_open_as (GatewayHouse *f, LiveClient *client, const char *role)
{
  live_client_open (client, f->url, role, NULL);
  g_assert_nonnull (client->socket);
}

static inline JsonObject *
house_subscribe (LiveClient *client, const char *params)
{
  const char *reason;
  JsonObject *result = live_client_ask (client, "feed.subscribe", params, &reason);
  g_assert_cmpstr (reason, ==, NULL);
  return result;
}

/* A subscriber that has taken its snapshot. Returns its last page. */
static inline JsonObject *
house_follow (GatewayHouse *f, LiveClient *client, const char *role)
{
  JsonObject *page;

  house_open_as (f, client, role);
  client->acknowledges = TRUE;
  house_subscribe (client, "{}");
  do
    page = live_client_wait_next (client, "feed.snapshot");
  while (json_object_get_int_member (page, "page") < json_object_get_int_member (page, "pages"));
  return page;
}

/* Waits in lap for a bed; nobody has held or proposed one. */
static inline BedReferralRow
house_waiting_referral (const char *code, guint8 lap)
{
  BedReferralRow row = records_referral_row (1);

  g_strlcpy (row.code, code, sizeof row.code);
  row.lap = lap;
  row.bed = row.offer_bed = BED_NONE;
  return row;
}
