/* bench-town.c: see bench-town.h. Plain sockets and poll(2), so that what is measured is the broker.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bench-town.h"

#include "bench.h"

#include "common/bed-code.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define BEDS_A_UNIT 32
#define START_MS 20000

static void
write_file (const char *folder, const char *name, const char *text)
{
  g_autofree char *file = g_build_filename (folder, name, NULL);
  if (!g_file_set_contents (file, text, -1, NULL))
    g_error ("cannot write %s", file);
}

static void
write_reference (const char *folder, guint n)
{
  g_autoptr (GString) units = g_string_new (
      "unit,name,site,district,easting,northing,owner,owner_name,owner_kind,lap,types,staffed_cap,proxy,accepts,"
      "fresh_day_min,fresh_night_min,longest_stay_days,phone,effective_from,effective_to,source,illustrative,as_of,note\n");
  g_autoptr (GString) beds = g_string_new (
      "bed,unit,label,bay,type,flex,features,bay_sex,safe_load_kg,effective_from,effective_to,source,illustrative\n");
  for (guint i = 0; i < n; i++)
    {
      guint unit = i / BEDS_A_UNIT;
      if (i % BEDS_A_UNIT == 0)
        g_string_append_printf (units,
                                "u%u,Unit %u,Site %u,SO51,%u,%u,trust,Trust,nhs,west,rehab,,0,unit,1440,1440,42,,"
                                "2020-01-01,,bench,1,2026-11-01,\n",
                                unit, unit, unit, 430000 + unit % 100 * 100, 110000 + unit / 100 * 100);
      g_string_append_printf (beds, "u%u-%02u,u%u,Bed %u,,rehab,,,single,,2020-01-01,,bench,1\n", unit,
                              i % BEDS_A_UNIT, unit, i % BEDS_A_UNIT + 1);
    }
  g_mkdir (folder, 0700);
  write_file (folder, "laps.csv", "lap,name,area,district,urgent_opens,urgent_closes\nwest,West,West,SO51,07:00,20:00\n");
  write_file (folder, "districts.csv", "district,easting,northing\nSO51,435500,121000\n");
  write_file (folder, "crossings.csv", "from,to,road_metres,why\n");
  write_file (folder, "units.csv", units->str);
  write_file (folder, "beds.csv", beds->str);
}

static int
connect_client (const BenchTown *town)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  g_strlcpy (address.sun_path, town->socket, sizeof address.sun_path);
  gint64 give_up = bench_now_ns () + (gint64) START_MS * 1000000;
  for (;;)
    {
      int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
      if (connect (fd, (struct sockaddr *) &address, sizeof address) == 0)
        return fd;
      close (fd);
      if (bench_now_ns () > give_up)
        g_error ("no broker at %s", town->socket);
      g_usleep (20000);
    }
}

static void
send_line (int fd, const char *line)
{
  gsize length = strlen (line);
  for (gsize sent = 0; sent < length;)
    {
      gssize n = write (fd, line + sent, length - sent);
      if (n <= 0)
        g_error ("the broker went away: %s", g_strerror (errno));
      sent += (gsize) n;
    }
}

/* Reads what is there; TRUE when a whole line has come, which must be a result. */
static gboolean
take_line (BenchTown *town, guint i)
{
  char bytes[4096];
  gssize n = read (town->clients[i], bytes, sizeof bytes);
  if (n <= 0)
    g_error ("the broker went away: %s", g_strerror (errno));
  g_string_append_len (town->input[i], bytes, n);
  if (town->input[i]->str[town->input[i]->len - 1] != '\n')
    return FALSE;
  if (strstr (town->input[i]->str, "\"result\"") == NULL)
    g_error ("refused: %s", town->input[i]->str);
  return TRUE;
}

static const char *
ask_and_wait (BenchTown *town, guint i, const char *line)
{
  g_string_truncate (town->input[i], 0);
  send_line (town->clients[i], line);
  while (!take_line (town, i))
    ;
  return town->input[i]->str;
}

static void
print_key (BenchTown *town, char key[static BED_KEY_SIZE])
{
  bed_key_print (g_get_real_time (), town->next_key * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15), town->next_key, key);
  town->next_key++;
}

static void
settle (BenchTown *town, guint i)
{
  char key[BED_KEY_SIZE], line[512];
  print_key (town, key);
  g_snprintf (line, sizeof line,
              "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"bed.report\",\"params\":{\"key\":\"%s\","
              "\"bed\":\"u%u-%02u\",\"occupancy\":\"vacant\"}}\n",
              key, i / BEDS_A_UNIT, i % BEDS_A_UNIT);
  ask_and_wait (town, i, line);
  print_key (town, key);
  g_snprintf (line, sizeof line,
              "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"referral.submit\",\"params\":{\"key\":\"%s\",\"lane\":\"flow\","
              "\"pathway\":\"supported\",\"type\":\"rehab\",\"needs\":{},\"sex\":\"male\",\"age_band\":\"75_84\","
              "\"home\":\"SO51\",\"agreed\":\"yes\",\"source\":\"bench\"}}\n",
              key);
  const char *code = strstr (ask_and_wait (town, i, line), "\"referral\":\"");
  if (code == NULL)
    g_error ("no code: %s", town->input[i]->str);
  g_strlcpy (town->codes[i], code + strlen ("\"referral\":\""), sizeof town->codes[i]);
}

/* A town does not outlive its benchmark, however that ends. */
static void
die_with_parent (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

BenchTown *
bench_town_new (const char *broker, guint n)
{
  BenchTown *town = g_new0 (BenchTown, 1);
  g_autoptr (GError) error = NULL;
  town->folder = g_dir_make_tmp ("homeward-bench-XXXXXX", NULL);
  town->socket = g_build_filename (town->folder, "broker.sock", NULL);
  town->n = n;
  town->next_key = 1;
  g_autofree char *state = g_build_filename (town->folder, "state", NULL);
  g_autofree char *reference = g_build_filename (town->folder, "reference", NULL);
  g_autofree char *config = g_build_filename (town->folder, "config", NULL);
  write_reference (reference, n);
  g_mkdir (state, 0700);
  write_file (state, "tokens.csv",
              "token,user,role,lap,unit,owner,pin\n" BENCH_TOKEN ",bench,coordinator,,,,\n");
  g_autofree char *tokens = g_build_filename (state, "tokens.csv", NULL);
  g_chmod (tokens, 0600);
  write_file (town->folder, "config", "[table]\nbeds=65536\n");
  const char *argv[] = { broker, "--state", state, "--socket", town->socket, "--import", reference, "--config", config, NULL };
  if (!g_spawn_async (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, die_with_parent, NULL, &town->broker, &error))
    g_error ("%s", error->message);

  town->clients = g_new (int, n);
  town->input = g_new (GString *, n);
  town->codes = g_malloc0_n (n, sizeof *town->codes);
  town->is_held = g_new0 (gboolean, n);
  town->readiness = g_new0 (guint8, n);
  for (guint i = 0; i < n; i++)
    {
      town->clients[i] = connect_client (town);
      town->input[i] = g_string_new (NULL);
      settle (town, i);
    }
  return town;
}

static void
remove_folder (const char *folder)
{
  const char *argv[] = { "rm", "-rf", "--", folder, NULL };
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
}

void
bench_town_free (BenchTown *town)
{
  for (guint i = 0; i < town->n; i++)
    {
      close (town->clients[i]);
      g_string_free (town->input[i], TRUE);
    }
  kill (town->broker, SIGTERM);
  waitpid (town->broker, NULL, 0);
  remove_folder (town->folder);
  g_free (town->clients);
  g_free (town->input);
  g_free (town->codes);
  g_free (town->is_held);
  g_free (town->readiness);
  g_free (town->socket);
  g_free (town->folder);
  g_free (town);
}

static void
send_next (BenchTown *town, guint i)
{
  char key[BED_KEY_SIZE], line[512];
  print_key (town, key);
  if (town->is_held[i])
    g_snprintf (line, sizeof line,
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"hold.release\",\"params\":{\"key\":\"%s\",\"referral\":\"%s\"}}\n",
                key, town->codes[i]);
  else
    g_snprintf (line, sizeof line,
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"hold.take\",\"params\":{\"key\":\"%s\",\"referral\":\"%s\","
                "\"bed\":\"u%u-%02u\"}}\n",
                key, town->codes[i], i / BEDS_A_UNIT, i % BEDS_A_UNIT);
  town->is_held[i] = !town->is_held[i];
  g_string_truncate (town->input[i], 0);
  send_line (town->clients[i], line);
}

double
bench_town_claim (BenchTown *town, guint clients, double seconds)
{
  g_autofree struct pollfd *fds = g_new0 (struct pollfd, clients);
  gint64 start = bench_now_ns (), end = start + (gint64) (seconds * 1e9);
  guint64 answers = 0;
  guint waiting = clients;
  for (guint i = 0; i < clients; i++)
    {
      fds[i] = (struct pollfd) { .fd = town->clients[i], .events = POLLIN };
      send_next (town, i);
    }
  while (waiting > 0)
    {
      gboolean is_over = bench_now_ns () >= end;
      if (poll (fds, clients, 10000) <= 0)
        g_error ("the broker does not answer");
      for (guint i = 0; i < clients; i++)
        if (fds[i].revents != 0 && take_line (town, i))
          {
            answers++;
            if (!is_over)
              send_next (town, i);
            else
              {
                fds[i].fd = -1;
                waiting--;
              }
          }
    }
  return (double) answers / ((double) (bench_now_ns () - start) / 1e9);
}

static guint64
read_revision (const BenchTown *town, guint i)
{
  const char *revision = strstr (town->input[i]->str, "\"revision\":");
  return revision != NULL ? g_ascii_strtoull (revision + strlen ("\"revision\":"), NULL, 10) : 0;
}

static void
send_report (BenchTown *town, guint i)
{
  static const char *const steps[] = { "dirty", "cleaning", "ready" };
  char key[BED_KEY_SIZE], line[512];
  print_key (town, key);
  g_snprintf (line, sizeof line,
              "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"bed.report\",\"params\":{\"key\":\"%s\","
              "\"bed\":\"u%u-%02u\",\"readiness\":\"%s\"}}\n",
              key, i / BEDS_A_UNIT, i % BEDS_A_UNIT, steps[town->readiness[i]]);
  town->readiness[i] = (guint8) ((town->readiness[i] + 1) % G_N_ELEMENTS (steps));
  g_string_truncate (town->input[i], 0);
  send_line (town->clients[i], line);
}

guint64
bench_town_report (BenchTown *town, guint n)
{
  guint clients = MIN (n, town->n), sent = clients, answered = 0;
  g_autofree struct pollfd *fds = g_new0 (struct pollfd, clients);
  guint64 revision = 0;
  for (guint i = 0; i < clients; i++)
    {
      fds[i] = (struct pollfd) { .fd = town->clients[i], .events = POLLIN };
      send_report (town, i);
    }
  while (answered < n)
    {
      if (poll (fds, clients, 10000) <= 0)
        g_error ("the broker does not answer");
      for (guint i = 0; i < clients; i++)
        if (fds[i].revents != 0 && take_line (town, i))
          {
            answered++;
            revision = MAX (revision, read_revision (town, i));
            if (sent < n)
              send_report (town, i);
            else
              fds[i].fd = -1;
            sent++;
          }
    }
  return revision;
}

GPid
bench_town_start_gateway (BenchTown *town, const char *gateway, guint16 *port)
{
  const char *argv[] = { gateway, "--socket", town->socket, "--listen", "127.0.0.1:0", NULL };
  g_autoptr (GError) error = NULL;
  char line[256] = "";
  GPid pid;
  int out;
  if (!g_spawn_async_with_pipes (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, die_with_parent, NULL, &pid, NULL, &out,
                                 NULL, &error))
    g_error ("%s", error->message);
  for (gsize length = 0; strchr (line, '\n') == NULL && length < sizeof line - 1; length++)
    if (read (out, line + length, 1) != 1)
      g_error ("the gateway does not start");
  const char *colon = strstr (line, "127.0.0.1:");
  if (colon == NULL)
    g_error ("the gateway does not say where it listens: %s", line);
  *port = (guint16) g_ascii_strtoull (colon + strlen ("127.0.0.1:"), NULL, 10);
  close (out);
  return pid;
}
