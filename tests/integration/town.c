/* town.c: see town.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "town.h"

#include "common/bed-code.h"

#include <errno.h>
#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define BEDS_A_UNIT 8

static void
write_file (const char *folder, const char *name, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_build_filename (folder, name, NULL);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents_full (file, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
}

char *
town_bed (guint i)
{
  return g_strdup_printf ("u%u-%02u", i / BEDS_A_UNIT, i % BEDS_A_UNIT);
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
      g_autofree char *bed = town_bed (i);
      guint unit = i / BEDS_A_UNIT;
      if (i % BEDS_A_UNIT == 0)
        g_string_append_printf (units,
                                "u%u,Unit %u,Site %u,SO51,%u,%u,trust,Trust,nhs,west,rehab,,0,unit,1440,1440,42,,"
                                "2020-01-01,,test,1,2026-11-01,\n",
                                unit, unit, unit, 435000 + unit * 100, 121000);
      g_string_append_printf (beds, "%s,u%u,Room %u,,rehab,,,single,,2020-01-01,,test,1\n", bed, unit,
                              i % BEDS_A_UNIT + 1);
    }
  write_file (folder, "laps.csv", "lap,name,area,district,urgent_opens,urgent_closes\nwest,West,West,SO51,07:00,20:00\n");
  write_file (folder, "districts.csv", "district,easting,northing\nSO51,435500,121000\nPO16,459000,106500\n");
  write_file (folder, "crossings.csv", "from,to,road_metres,why\n");
  write_file (folder, "units.csv", units->str);
  write_file (folder, "beds.csv", beds->str);
}

Town *
town_new (guint beds)
{
  g_autoptr (GError) error = NULL;
  Town *town = g_new0 (Town, 1);
  town->folder = g_dir_make_tmp ("homeward-town-XXXXXX", &error);
  g_assert_no_error (error);
  town->state = g_build_filename (town->folder, "state", NULL);
  town->socket = g_build_filename (town->folder, "broker.sock", NULL);
  town->beds = beds;
  g_autofree char *reference = g_build_filename (town->folder, "reference", NULL);
  write_reference (reference, beds);
  write_file (town->state, "tokens.csv",
              "token,user,role,lap,unit,owner,pin\n" TOWN_COORDINATOR ",coordinator,coordinator,,,,4711\n" TOWN_WALLBOARD
              ",wallboard,wallboard,west,,,\n" TOWN_UNIT ",unit,unit,,u0,trust,4711\n" TOWN_REFERRER
              ",referrer,referrer,,,rhch,4711\n");
  town_start_broker (town);
  town_start_gateway (town);
  return town;
}

void
town_free (Town *town)
{
  const char *argv[] = { "rm", "-rf", "--", town->folder, NULL };
  if (town->gateway != 0)
    town_kill (&town->gateway, SIGTERM);
  if (town->broker != 0)
    town_kill (&town->broker, SIGTERM);
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
  g_free (town->folder);
  g_free (town->state);
  g_free (town->socket);
  g_free (town->url);
  g_free (town);
}

static const char *
find_program (const char *variable)
{
  const char *program = g_getenv (variable);
  if (program == NULL)
    g_error ("%s is not set: run this through meson", variable);
  return program;
}

/* A town does not outlive its test, however that ends. */
static void
die_with_parent (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static gboolean
answers (const char *socket)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (socket);
  g_autoptr (GSocketConnection) connection
      = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, NULL);
  return connection != NULL;
}

void
town_start_broker (Town *town)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *reference = g_build_filename (town->folder, "reference", NULL);
  const char *argv[] = { find_program ("HOMEWARD_BROKER"), "--state", town->state, "--socket", town->socket,
                         "--import", reference, NULL };
  g_spawn_async (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, die_with_parent, NULL, &town->broker, &error);
  g_assert_no_error (error);
  for (guint waited_ms = 0; !answers (town->socket); waited_ms += 5)
    {
      g_assert_cmpuint (waited_ms, <, TOWN_WAIT_MS);
      g_assert_cmpint (waitpid (town->broker, NULL, WNOHANG), ==, 0);
      town_pause (5);
    }
}

void
town_start_gateway (Town *town)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *listen = g_strdup_printf ("127.0.0.1:%u", town->port);
  const char *argv[] = { find_program ("HOMEWARD_GATEWAY"), "--socket", town->socket, "--listen", listen, NULL };
  char line[256] = "";
  int out;
  g_spawn_async_with_pipes (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, die_with_parent, NULL, &town->gateway, NULL,
                            &out, NULL, &error);
  g_assert_no_error (error);
  for (gsize length = 0; strchr (line, '\n') == NULL; length++)
    {
      g_assert_cmpuint (length, <, sizeof line - 1);
      g_assert_cmpint (read (out, line + length, 1), ==, 1);
    }
  close (out);
  g_assert_true (g_str_has_prefix (line, "listening on ws://127.0.0.1:"));
  g_free (town->url);
  town->url = g_strstrip (g_strdup (strstr (line, "ws://")));
  town->port = (guint16) g_ascii_strtoull (strstr (line, "127.0.0.1:") + strlen ("127.0.0.1:"), NULL, 10);
}

void
town_kill (GPid *pid, int signal)
{
  g_assert_cmpint (kill (*pid, signal), ==, 0);
  g_assert_cmpint (waitpid (*pid, NULL, 0), ==, *pid);
  *pid = 0;
}

static gboolean
ring (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_CONTINUE;
}

void
town_wait (const gboolean *is_done, const char *what)
{
  gboolean is_late = FALSE;
  guint alarm = g_timeout_add (TOWN_WAIT_MS, ring, &is_late);
  while (!*is_done && !is_late)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (alarm);
  if (!*is_done)
    g_error ("waited too long for %s", what);
}

void
town_wait_state (BedLive *live, BedLiveState state)
{
  gboolean is_late = FALSE;
  guint alarm = g_timeout_add (TOWN_WAIT_MS, ring, &is_late);
  while (bed_live_get_state (live) != state && !is_late)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (alarm);
  g_assert_cmpint (bed_live_get_state (live), ==, state);
}

void
town_pause (guint ms)
{
  gboolean is_over = FALSE;
  guint alarm = g_timeout_add (ms, ring, &is_over);
  while (!is_over)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (alarm);
}

BedLive *
town_join (Town *town, const char *token, const char *feed)
{
  BedLive *live = bed_live_new (town->url, token, feed, bed_random ());
  bed_live_start (live);
  town_wait_state (live, BED_LIVE_OPEN);
  return live;
}

typedef struct
{
  gboolean is_answered;
  JsonNode *result;
  GError *error;
  JsonObject *data;
} Call;

static void
take_answer (JsonNode *result, const GError *error, JsonObject *data, gpointer user_data)
{
  Call *call = user_data;
  call->is_answered = TRUE;
  call->result = result != NULL ? json_node_copy (result) : NULL;
  call->error = error != NULL ? g_error_copy (error) : NULL;
  call->data = data != NULL ? json_object_ref (data) : NULL;
}

JsonNode *
town_call (BedLive *live, const char *method, const char *params, JsonObject **data, GError **error)
{
  Call call = { 0 };
  bed_live_call (live, method, params, take_answer, &call);
  town_wait (&call.is_answered, method);
  if (data != NULL)
    *data = call.data;
  else
    g_clear_pointer (&call.data, json_object_unref);
  if (call.error != NULL)
    g_propagate_error (error, call.error);
  return call.result;
}

char *
town_key (void)
{
  char key[BED_KEY_SIZE];
  bed_key_print (g_get_real_time (), bed_random (), bed_random (), key);
  return g_strdup (key);
}

char *
town_params (const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *members = g_strdup_vprintf (format, args);
  va_end (args);
  g_autofree char *key = town_key ();
  char *params = g_strdup_printf ("{\"key\":\"%s\",%s}", key, members);
  return g_strdelimit (params, "'", '"');
}

void
town_make_ready (Town *town, BedLive *live)
{
  for (guint i = 0; i < town->beds; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *bed = town_bed (i);
      g_autofree char *params = town_params ("'bed':'%s','occupancy':'vacant'", bed);
      g_autoptr (JsonNode) result = town_call (live, "bed.report", params, NULL, &error);
      g_assert_no_error (error);
    }
}

GPtrArray *
town_refer (BedLive *live, guint n)
{
  GPtrArray *codes = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *params
          = town_params ("'lane':'flow','pathway':'supported','type':'rehab','needs':{},'sex':'female',"
                         "'age_band':'75_84','home':'SO51','agreed':'yes','source':'rhch'");
      g_autoptr (JsonNode) result = town_call (live, "referral.submit", params, NULL, &error);
      g_assert_no_error (error);
      g_ptr_array_add (codes, g_strdup (json_object_get_string_member (json_node_get_object (result), "referral")));
    }
  return codes;
}
