/* bench-claims.c: a private PostgreSQL, driven by asynchronous libpq from one thread and poll(2), as
 * the broker's clients are. Setting it up asserts; it lives in the benchmark's temporary folder.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bench-claims.h"

#include "bench.h"

#include <glib/gstdio.h>
#include <libpq-fe.h>
#include <poll.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct _BenchClaims
{
  char *folder;
  char *bin;
  guint n;
  PGconn **connections;
  gboolean *is_claimed;
};

static char *
find_bin (void)
{
  static const char *const versions[] = { "17", "16", "15", "14" };
  for (guint i = 0; i < G_N_ELEMENTS (versions); i++)
    {
      g_autofree char *bin = g_build_filename ("/usr/lib/postgresql", versions[i], "bin", NULL);
      g_autofree char *initdb = g_build_filename (bin, "initdb", NULL);
      if (g_file_test (initdb, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&bin);
    }
  return NULL;
}

/* PostgreSQL will not run as root. */
static void
become_postgres (gpointer user_data)
{
  struct passwd *user = getuid () == 0 ? getpwnam ("postgres") : NULL;
  if (user != NULL && (setgid (user->pw_gid) != 0 || setuid (user->pw_uid) != 0))
    _exit (1);
}

static gboolean
run (const char *const *argv)
{
  int status = 1;
  return g_spawn_sync ("/", (char **) argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                       become_postgres, NULL, NULL, NULL, &status, NULL)
         && status == 0;
}

static gboolean
start_server (BenchClaims *claims)
{
  g_autofree char *initdb = g_build_filename (claims->bin, "initdb", NULL);
  g_autofree char *pg_ctl = g_build_filename (claims->bin, "pg_ctl", NULL);
  g_autofree char *options = g_strdup_printf ("-k %s -c listen_addresses= -c max_connections=400", claims->folder);
  g_autofree char *cluster = g_build_filename (claims->folder, "cluster", NULL);
  g_autofree char *log = g_build_filename (claims->folder, "log", NULL);
  struct passwd *user = getuid () == 0 ? getpwnam ("postgres") : NULL;
  if (user != NULL && chown (claims->folder, user->pw_uid, user->pw_gid) != 0)
    return FALSE;
  return run ((const char *[]) { initdb, "-D", cluster, "-U", "bench", "-A", "trust", NULL })
         && run ((const char *[]) { pg_ctl, "-D", cluster, "-o", options, "-l", log, "-w", "start", NULL });
}

static void
prepare (BenchClaims *claims, guint i)
{
  g_autofree char *where = g_strdup_printf ("host=%s user=bench dbname=postgres", claims->folder);
  PGconn *connection = claims->connections[i] = PQconnectdb (where);
  if (PQstatus (connection) != CONNECTION_OK)
    g_error ("PostgreSQL: %s", PQerrorMessage (connection));
  if (i == 0)
    {
      g_autofree char *schema = g_strdup_printf (
          "CREATE TABLE bed (id int PRIMARY KEY, holder text, until timestamptz);"
          "CREATE TABLE event (revision bigserial PRIMARY KEY, at timestamptz DEFAULT now(), kind text, bed int, key uuid UNIQUE);"
          "INSERT INTO bed SELECT g, NULL, NULL FROM generate_series(0, %u) g",
          claims->n - 1);
      PQclear (PQexec (connection, schema));
    }
  PQclear (PQprepare (connection, "claim",
                      "WITH won AS (UPDATE bed SET holder = 'K7Q-M4X', until = now() + interval '1 hour' "
                      "WHERE id = $1 AND holder IS NULL RETURNING id) "
                      "INSERT INTO event (kind, bed, key) SELECT 'hold.taken', id, gen_random_uuid() FROM won", 1, NULL));
  PQclear (PQprepare (connection, "release",
                      "WITH freed AS (UPDATE bed SET holder = NULL, until = NULL WHERE id = $1 RETURNING id) "
                      "INSERT INTO event (kind, bed, key) SELECT 'hold.released', id, gen_random_uuid() FROM freed", 1, NULL));
}

BenchClaims *
bench_claims_new (const char *folder, guint n)
{
  g_autofree char *bin = find_bin ();
  if (bin == NULL)
    return NULL;
  BenchClaims *claims = g_new0 (BenchClaims, 1);
  claims->bin = g_steal_pointer (&bin);
  claims->folder = g_strdup_printf ("%s/pg-%u", folder, n);
  claims->n = n;
  g_mkdir_with_parents (claims->folder, 0755);
  g_chmod (folder, 0755);
  if (!start_server (claims))
    g_error ("PostgreSQL does not start in %s", claims->folder);
  claims->connections = g_new0 (PGconn *, n);
  claims->is_claimed = g_new0 (gboolean, n);
  for (guint i = 0; i < n; i++)
    prepare (claims, i);
  return claims;
}

void
bench_claims_free (BenchClaims *claims)
{
  if (claims == NULL)
    return;
  for (guint i = 0; i < claims->n; i++)
    PQfinish (claims->connections[i]);
  g_autofree char *pg_ctl = g_build_filename (claims->bin, "pg_ctl", NULL);
  g_autofree char *cluster = g_build_filename (claims->folder, "cluster", NULL);
  run ((const char *[]) { pg_ctl, "-D", cluster, "-m", "immediate", "-w", "stop", NULL });
  g_free (claims->connections);
  g_free (claims->is_claimed);
  g_free (claims->folder);
  g_free (claims->bin);
  g_free (claims);
}

static void
send_next (BenchClaims *claims, guint i)
{
  char bed[12];
  const char *values[] = { bed };
  g_snprintf (bed, sizeof bed, "%u", i);
  PQsendQueryPrepared (claims->connections[i], claims->is_claimed[i] ? "release" : "claim", 1, values, NULL, NULL, 0);
  claims->is_claimed[i] = !claims->is_claimed[i];
}

/* Reads what has come; TRUE when the answer is whole. */
static gboolean
take_answer (PGconn *connection)
{
  if (!PQconsumeInput (connection))
    g_error ("PostgreSQL: %s", PQerrorMessage (connection));
  while (!PQisBusy (connection))
    {
      PGresult *result = PQgetResult (connection);
      if (result == NULL)
        return TRUE;
      if (PQresultStatus (result) != PGRES_COMMAND_OK || strcmp (PQcmdTuples (result), "1") != 0)
        g_error ("PostgreSQL: %s", PQresultErrorMessage (result));
      PQclear (result);
    }
  return FALSE;
}

double
bench_claims_run (BenchClaims *claims, double seconds)
{
  g_autofree struct pollfd *fds = g_new0 (struct pollfd, claims->n);
  gint64 start = bench_now_ns (), end = start + (gint64) (seconds * 1e9);
  guint64 answers = 0;
  guint waiting = claims->n;
  for (guint i = 0; i < claims->n; i++)
    {
      fds[i] = (struct pollfd) { .fd = PQsocket (claims->connections[i]), .events = POLLIN };
      send_next (claims, i);
    }
  while (waiting > 0)
    {
      gboolean is_over = bench_now_ns () >= end;
      if (poll (fds, claims->n, 10000) <= 0)
        g_error ("PostgreSQL does not answer");
      for (guint i = 0; i < claims->n; i++)
        if (fds[i].revents != 0 && take_answer (claims->connections[i]))
          {
            answers++;
            if (!is_over)
              send_next (claims, i);
            else
              {
                fds[i].fd = -1;
                waiting--;
              }
          }
    }
  return (double) answers / ((double) (bench_now_ns () - start) / 1e9);
}
