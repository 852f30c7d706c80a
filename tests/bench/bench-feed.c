/* bench-feed.c: telling a thousand subscribers, through the real broker and gateway.
 *
 * One change to the last of 1,000 subscribers, from the command to the last board, against a raw
 * writer of the same bytes and Mosquitto's WebSocket; bursts of changes against Mosquitto; and
 * what a subscriber that never reads costs the gateway and the others.
 *
 * Usage: bench-feed BROKER GATEWAY. Without Mosquitto its rows are left out.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bench.h"

#include "bench-peers.h"
#include "bench-town.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define SUBSCRIBERS 1000
#define BURST 10000
#define MOSQUITTO_BURST 100 /* its rate is no better for longer ones, and 1,000 take it minutes a round */
#define STALLED_CHANGES 200000
#define WAIT_MS 30000
#define CHANGES_A_ROUND 21
#define LOOK_NS 1000000000

/* Homeward's subscribers: what each has seen. */
typedef struct
{
  BenchWires *wires;
  guint64 *revisions;
  guint64 wanted;
  guint n_waited;     /* the first so many are waited for */
  guint n_behind;     /* those of them below wanted */
  gsize last_size;    /* of the newest change */
} Boards;

static void
acknowledge (Boards *boards, guint client, guint64 revision, const char *page)
{
  char ack[160];
  gsize length = (gsize) g_snprintf (ack, sizeof ack,
                                     "{\"jsonrpc\":\"2.0\",\"method\":\"feed.ack\",\"params\":{\"revision\":%" G_GUINT64_FORMAT
                                     "%s%.*s}}",
                                     revision, page != NULL ? ",\"page\":" : "",
                                     page != NULL ? (int) strspn (page, "0123456789") : 0, page != NULL ? page : "");
  bench_wires_send (boards->wires, client, 1, ack, length);
}

/* Reads a number after a member's name, within the head of a message. */
static const char *
find_member (const char *bytes, gsize length, const char *name)
{
  const char *found = g_strstr_len (bytes, (gssize) MIN (length, 400), name);
  return found != NULL ? found + strlen (name) : NULL;
}

static void
take_message (guint client, const char *bytes, gsize length, gpointer user_data)
{
  Boards *boards = user_data;
  const char *revision = find_member (bytes, length, "\"revision\":");
  gboolean is_changes = find_member (bytes, length, "\"feed.changes\"") != NULL;
  if (revision == NULL || (!is_changes && find_member (bytes, length, "\"feed.snapshot\"") == NULL))
    return;
  guint64 before = boards->revisions[client], now = g_ascii_strtoull (revision, NULL, 10);
  boards->revisions[client] = now;
  if (client < boards->n_waited && before < boards->wanted && now >= boards->wanted)
    boards->n_behind--;
  if (is_changes)
    boards->last_size = length;
  acknowledge (boards, client, now, find_member (bytes, length, "\"page\":"));
}

static void
wait_for (Boards *boards, guint n, guint64 revision)
{
  boards->wanted = revision;
  boards->n_waited = n;
  boards->n_behind = 0;
  for (guint i = 0; i < n; i++)
    boards->n_behind += boards->revisions[i] < revision;
  while (boards->n_behind > 0)
    if (!bench_wires_poll (boards->wires, WAIT_MS, take_message, boards))
      g_error ("%u subscribers never heard of revision %" G_GUINT64_FORMAT, boards->n_behind, revision);
}

static void
open_boards (Boards *boards, BenchTown *town, guint16 port, guint n)
{
  static const char subscribe[] = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"feed.subscribe\",\"params\":{}}";
  *boards = (Boards) { .wires = bench_wires_new (port, "/v1/live", "homeward.v1", BENCH_TOKEN, n),
                       .revisions = g_new0 (guint64, n) };
  for (guint i = 0; i < n; i++)
    bench_wires_send (boards->wires, i, 1, subscribe, sizeof subscribe - 1);
  wait_for (boards, n, bench_town_report (town, 1));
}

static void
close_boards (Boards *boards)
{
  bench_wires_free (boards->wires);
  g_free (boards->revisions);
}

static double
time_change_ms (Boards *boards, BenchTown *town)
{
  gint64 start = bench_now_ns ();
  wait_for (boards, SUBSCRIBERS, bench_town_report (town, 1));
  return (double) (bench_now_ns () - start) / 1e6;
}

/* A peer's subscribers: bytes still to come. */
typedef struct
{
  gsize *due;
  gsize wanted;
  guint n_behind;
  Boards *boards; /* ours, which must answer pings meanwhile: the gateway takes the silent for dead */
} Listeners;

static void
count_bytes (guint client, const char *bytes, gsize length, gpointer user_data)
{
  Listeners *listeners = user_data;
  gboolean was_behind = listeners->due[client] < listeners->wanted;
  listeners->due[client] += length;
  if (was_behind && listeners->due[client] >= listeners->wanted)
    listeners->n_behind--;
}

/* Waits until each of n clients has had that many bytes in all. */
static void
wait_for_bytes (BenchWires *wires, Listeners *listeners, guint n, gsize wanted)
{
  listeners->wanted = wanted;
  listeners->n_behind = 0;
  for (guint i = 0; i < n; i++)
    listeners->n_behind += listeners->due[i] < wanted;
  gint64 look_ns = bench_now_ns () + LOOK_NS;
  while (listeners->n_behind > 0)
    {
      if (!bench_wires_poll (wires, WAIT_MS, count_bytes, listeners))
        g_error ("%u listeners of the peer never heard", listeners->n_behind);
      if (bench_now_ns () < look_ns)
        continue;
      while (bench_wires_poll (listeners->boards->wires, 0, take_message, listeners->boards))
        ;
      look_ns = bench_now_ns () + LOOK_NS;
    }
}

typedef struct
{
  BenchRawWriter writer;
  BenchMosquitto mosquitto;
  gboolean has_mosquitto;
  BenchWires *raw_wires;
  BenchWires *mosquitto_wires; /* the last client publishes */
  Listeners raw;
  Listeners heard;
  gsize raw_total;
  gsize heard_total;
  gsize size;
} Peers;

static void
open_peers (Peers *peers, const char *folder, Boards *boards)
{
  *peers = (Peers) { .size = CLAMP (boards->last_size, 126, 3900) };
  peers->raw.boards = peers->heard.boards = boards;
  bench_raw_writer_start (&peers->writer, SUBSCRIBERS, peers->size);
  peers->raw_wires = bench_wires_new (peers->writer.port, "/", "raw", NULL, SUBSCRIBERS);
  peers->raw.due = g_new0 (gsize, SUBSCRIBERS);
  peers->has_mosquitto = bench_mosquitto_start (&peers->mosquitto, folder);
  if (!peers->has_mosquitto)
    {
      printf ("mosquitto: not here, its rows are left out\n");
      return;
    }
  peers->mosquitto_wires = bench_wires_new (peers->mosquitto.port, "/mqtt", "mqtt", NULL, SUBSCRIBERS + 1);
  peers->heard.due = g_new0 (gsize, SUBSCRIBERS + 1);
  for (guint i = 0; i <= SUBSCRIBERS; i++)
    bench_mosquitto_join (peers->mosquitto_wires, i, i < SUBSCRIBERS);
  wait_for_bytes (peers->mosquitto_wires, &peers->heard, SUBSCRIBERS, peers->heard_total = BENCH_MOSQUITTO_JOINED);
}

static void
close_peers (Peers *peers)
{
  bench_wires_free (peers->raw_wires);
  bench_raw_writer_stop (&peers->writer);
  g_free (peers->raw.due);
  if (!peers->has_mosquitto)
    return;
  bench_wires_free (peers->mosquitto_wires);
  bench_mosquitto_stop (&peers->mosquitto);
  g_free (peers->heard.due);
}

static double
time_raw_ms (Peers *peers)
{
  gint64 start = bench_now_ns ();
  if (write (peers->writer.trigger, "x", 1) != 1)
    g_error ("the raw writer went away");
  wait_for_bytes (peers->raw_wires, &peers->raw, SUBSCRIBERS, peers->raw_total += peers->size);
  return (double) (bench_now_ns () - start) / 1e6;
}

static double
time_mosquitto_ms (Peers *peers, guint n)
{
  gint64 start = bench_now_ns ();
  for (guint i = 0; i < n; i++)
    bench_mosquitto_publish (peers->mosquitto_wires, SUBSCRIBERS, peers->size);
  peers->heard_total += n * bench_mosquitto_delivery (peers->size);
  wait_for_bytes (peers->mosquitto_wires, &peers->heard, SUBSCRIBERS, peers->heard_total);
  return (double) (bench_now_ns () - start) / 1e6;
}

static void
measure_one_change (Boards *boards, BenchTown *town, Peers *peers)
{
  double ours[CHANGES_A_ROUND], raw[CHANGES_A_ROUND], mosquitto[CHANGES_A_ROUND];
  for (guint i = 0; i < CHANGES_A_ROUND; i++)
    {
      ours[i] = time_change_ms (boards, town);
      raw[i] = time_raw_ms (peers);
      if (peers->has_mosquitto)
        mosquitto[i] = time_mosquitto_ms (peers, 1);
    }
  g_autofree double *again = g_memdup2 (ours, sizeof ours);
  if (peers->has_mosquitto)
    bench_report (&(BenchRow) { .what = "one change to the last of 1,000 subscribers", .unit = "ms", .ours = again,
                                .peers = mosquitto, .peer_name = "Mosquitto WebSocket", .n = CHANGES_A_ROUND,
                                .at_most = 1 });
  bench_report (&(BenchRow) { .what = "one change to the last of 1,000 subscribers", .unit = "ms", .ours = ours,
                              .peers = raw, .peer_name = "raw epoll writer", .n = CHANGES_A_ROUND, .at_most = 2 });
}

static void
measure_burst (Boards *boards, BenchTown *town, Peers *peers)
{
  double ours[BENCH_ROUNDS], others[BENCH_ROUNDS];
  for (guint i = 0; i < BENCH_ROUNDS; i++)
    {
      gint64 start = bench_now_ns ();
      wait_for (boards, SUBSCRIBERS, bench_town_report (town, BURST));
      ours[i] = (double) BURST * SUBSCRIBERS / ((double) (bench_now_ns () - start) / 1e9);
      if (peers->has_mosquitto)
        others[i] = (double) MOSQUITTO_BURST * SUBSCRIBERS / (time_mosquitto_ms (peers, MOSQUITTO_BURST) / 1e3);
    }
  bench_report (&(BenchRow) { .what = "burst of 10,000 to 1,000: row changes delivered", .unit = "/s", .ours = ours,
                              .peers = peers->has_mosquitto ? others : NULL, .peer_name = "Mosquitto, 100 to 1,000",
                              .n = BENCH_ROUNDS, .at_least = 10, .more_is_better = TRUE });
}

static double
read_rss_kib (GPid pid)
{
  g_autofree char *file = g_strdup_printf ("/proc/%d/statm", (int) pid);
  g_autofree char *text = NULL;
  gulong size, resident;
  if (!g_file_get_contents (file, &text, NULL, NULL) || sscanf (text, "%lu %lu", &size, &resident) != 2)
    g_error ("no %s", file);
  return (double) resident * (double) sysconf (_SC_PAGESIZE) / 1024;
}

/* Ten live subscribers and one that stops reading; the first pass is without it. */
static void
measure_stalled (BenchTown *town, GPid gateway, guint16 port)
{
  double seconds[2];
  Boards boards;
  open_boards (&boards, town, port, 11);
  for (guint pass = 0; pass < 2; pass++)
    {
      double before = read_rss_kib (gateway);
      gint64 start = bench_now_ns ();
      for (guint sent = 0; sent < STALLED_CHANGES; sent += BURST)
        wait_for (&boards, 10, bench_town_report (town, BURST));
      seconds[pass] = (double) (bench_now_ns () - start) / 1e9;
      double grown = MAX (0, read_rss_kib (gateway) - before);
      if (pass == 1)
        bench_report (&(BenchRow) { .what = "200,000 changes past one stalled: memory grows", .unit = "KiB",
                                    .ours = &grown, .n = 1, .at_most = 1024 });
      bench_wires_stall (boards.wires, 10);
    }
  bench_report (&(BenchRow) { .what = "the same: time for the ten others", .unit = "s", .ours = &seconds[1],
                              .peers = &seconds[0], .peer_name = "nobody stalled", .n = 1, .at_most = 1.1 });
  close_boards (&boards);
}

int
main (int argc, char **argv)
{
  if (argc < 3)
    {
      fprintf (stderr, "usage: bench-feed BROKER GATEWAY\n");
      return 2;
    }
  guint16 port;
  g_autoptr (BenchTown) town = bench_town_new (argv[1], 512);
  GPid gateway = bench_town_start_gateway (town, argv[2], &port);
  Boards boards;
  Peers peers;
  measure_stalled (town, gateway, port);
  open_boards (&boards, town, port, SUBSCRIBERS);
  time_change_ms (&boards, town);
  open_peers (&peers, town->folder, &boards);
  measure_one_change (&boards, town, &peers);
  measure_burst (&boards, town, &peers);
  close_peers (&peers);
  close_boards (&boards);
  kill (gateway, SIGTERM);
  waitpid (gateway, NULL, 0);
  return 0;
}
