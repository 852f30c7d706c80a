/* gateway-metrics.c: counters and gauges as Prometheus text (exposition format 0.0.4).
 *
 * Owns nothing; nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "gateway-metrics.h"

static const char *const turned_away_words[] = {
#define X(name, word) word,
  GATEWAY_TURNED_AWAY (X)
#undef X
};

static const char *const closed_words[] = {
#define X(name, word) word,
  GATEWAY_CLOSED (X)
#undef X
};

static void
print_head (GString *text, const char *name, const char *type, const char *help)
{
  g_string_append_printf (text, "# HELP homeward_gateway_%s %s\n# TYPE homeward_gateway_%s %s\n", name, help,
                          name, type);
}

static void
print_one (GString *text, const char *name, const char *type, const char *help, guint64 value)
{
  print_head (text, name, type, help);
  g_string_append_printf (text, "homeward_gateway_%s %" G_GUINT64_FORMAT "\n", name, value);
}

static void
print_counters (GString *text, const GatewayMetrics *m)
{
  const struct
  {
    const char *name;
    const char *help;
    guint64 value;
  } counters[] = {
    { "accepted_total", "Connections accepted, WebSocket or not.", m->accepted },
    { "messages_received_total", "Messages from clients.", m->messages_in },
    { "received_bytes_total", "Bytes of messages from clients.", m->bytes_in },
    { "sent_bytes_total", "Bytes of messages to clients.", m->bytes_out },
    { "replies_total", "Answers to calls, refusals included.", m->replies },
    { "changes_sent_total", "feed.changes messages sent.", m->changes },
    { "snapshot_pages_sent_total", "feed.snapshot pages sent.", m->snapshot_pages },
    { "rows_delivered_total", "Changed rows sent, once for each subscriber.", m->rows_delivered },
    { "rows_encoded_total", "Rows turned into JSON.", m->rows_encoded },
    { "frames_encoded_total", "Feed messages put together.", m->frames_encoded },
    { "unsteady_total", "Pictures put off because rows moved while they were read.", m->unsteady },
  };
  for (guint i = 0; i < G_N_ELEMENTS (counters); i++)
    print_one (text, counters[i].name, "counter", counters[i].help, counters[i].value);
}

static void
print_labelled (GString *text, const char *name, const char *help, const char *const *words,
                const guint64 *values, guint n)
{
  print_head (text, name, "counter", help);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "homeward_gateway_%s{reason=\"%s\"} %" G_GUINT64_FORMAT "\n", name,
                            words[i], values[i]);
}

char *
gateway_metrics_print (const GatewayMetrics *m, const GatewayGauges *gauges)
{
  GString *text = g_string_sized_new (4096);
  const char *reasons[BED_N_ERRORS];
  char age[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint i = 0; i < BED_N_ERRORS; i++)
    reasons[i] = bed_error_reason ((BedError) i);
  print_counters (text, m);
  print_labelled (text, "refused_total", "Calls refused.", reasons, m->refused, BED_N_ERRORS);
  print_labelled (text, "turned_away_total", "HTTP requests refused.", turned_away_words, m->turned_away,
                  GATEWAY_N_TURNED_AWAY);
  print_labelled (text, "closed_total", "Connections the gateway closed.", closed_words, m->closed,
                  GATEWAY_N_CLOSED);

  print_one (text, "streams", "gauge", "Connections, WebSocket or not.", m->streams);
  print_one (text, "connections", "gauge", "WebSockets.", m->connections);
  print_one (text, "subscribers", "gauge", "WebSockets that follow the feed.", gauges->subscribers);
  print_one (text, "calls_in_flight", "gauge", "Calls the broker has not answered.", m->in_flight);
  print_one (text, "cursor_lag_revisions", "gauge", "How far the slowest subscriber is behind.", gauges->lag);
  print_one (text, "revision", "gauge", "The table's published revision.", gauges->revision);
  print_one (text, "broker_connected", "gauge", "1 while the broker's socket is open.", gauges->is_connected);
  print_one (text, "live", "gauge", "1 while connected, fresh and writable.", gauges->is_live);
  print_head (text, "heartbeat_age_seconds", "gauge", "Age of the broker's last heartbeat.");
  g_string_append_printf (text, "homeward_gateway_heartbeat_age_seconds %s\n",
                          gauges->heartbeat_age_s < 0
                              ? "NaN"
                              : g_ascii_formatd (age, sizeof age, "%.3f", gauges->heartbeat_age_s));
  return g_string_free (text, FALSE);
}
