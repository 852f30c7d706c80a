/* test-kill.c: `kill -9` of the broker, and of the gateway, again and again under load: no
 * acknowledged command is lost, none is done twice, and everybody comes back by himself.
 *
 * Each client holds and releases a bed of its own, one command at a time; an answer that says
 * `uncertain` or `unavailable` makes it ask again with the same key, as a board would. What was
 * acknowledged is written down here and compared with the journal at the end.
 * HOMEWARD_KILLS says how many rounds (100 by default).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "town.h"

#include "broker/broker-journal.h"
#include "broker/broker-register.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#define CLIENTS 8
#define BEDS 16
#define AGAIN_MS 20

typedef struct
{
  BedLive *live;
  const char *code; /* borrowed */
  char *bed;
  char *key;        /* of the command that is asked */
  gboolean is_held; /* after the last acknowledged command */
  gboolean is_asking;
  gboolean *is_stopping;
  GHashTable *acknowledged; /* key → revision, as pointers */
  guint n_again;
} Client;

static void ask (Client *client);

static gboolean
ask_again (gpointer user_data)
{
  ask (user_data);
  return G_SOURCE_REMOVE;
}

static void
take_answer (JsonNode *result, const GError *error, JsonObject *data, gpointer user_data)
{
  Client *client = user_data;
  client->is_asking = FALSE;
  if (result != NULL)
    {
      gint64 revision = json_object_get_int_member (json_node_get_object (result), "revision");
      g_assert_cmpint (revision, >, 0);
      g_hash_table_insert (client->acknowledged, g_steal_pointer (&client->key), GSIZE_TO_POINTER ((gsize) revision));
      client->is_held = !client->is_held;
      if (!*client->is_stopping)
        ask (client);
      return;
    }
  if (!g_error_matches (error, BED_ERROR, BED_ERROR_UNCERTAIN) && !g_error_matches (error, BED_ERROR, BED_ERROR_UNAVAILABLE))
    g_error ("%s was refused: %s", client->is_held ? "release" : "take", error->message);
  client->n_again++;
  g_timeout_add (AGAIN_MS, ask_again, client);
}

static void
ask (Client *client)
{
  if (client->key == NULL)
    client->key = town_key ();
  g_autofree char *params = g_strdup_printf ("{\"key\":\"%s\",\"referral\":\"%s\"%s%s%s}", client->key, client->code,
                                             client->is_held ? "" : ",\"bed\":\"", client->is_held ? "" : client->bed,
                                             client->is_held ? "" : "\"");
  client->is_asking = TRUE;
  bed_live_call (client->live, client->is_held ? "hold.release" : "hold.take", params, take_answer, client);
}

/* A board that only looks: what it has seen of its feed. */
typedef struct
{
  BedLive *live;
  gint64 epoch;
  gint64 revision;
  gboolean is_lost;
} Board;

static void
look (BedLive *live, const char *method, JsonObject *params, Board *board)
{
  if (strcmp (method, "feed.snapshot") == 0)
    board->epoch = json_object_get_int_member (params, "epoch");
  if (strcmp (method, "feed.state") == 0)
    board->is_lost = strcmp (json_object_get_string_member (params, "state"), "broker_lost") == 0;
  if (strcmp (method, "feed.changes") == 0)
    g_assert_cmpint (json_object_get_int_member (params, "from"), ==, board->revision);
  if (json_object_has_member (params, "revision"))
    board->revision = json_object_get_int_member (params, "revision");
}

typedef struct
{
  Town *town;
  Client clients[CLIENTS];
  GPtrArray *codes;
  Board board;
  gboolean is_stopping;
} Life;

static void
begin (Life *life)
{
  life->town = town_new (BEDS);
  g_autoptr (BedLive) first = town_join (life->town, TOWN_COORDINATOR, NULL);
  town_make_ready (life->town, first);
  life->codes = town_refer (first, CLIENTS);
  life->board.live = bed_live_new (life->town->url, TOWN_COORDINATOR, "{}", bed_random ());
  g_signal_connect (life->board.live, "notified", G_CALLBACK (look), &life->board);
  bed_live_start (life->board.live);
  town_wait_state (life->board.live, BED_LIVE_OPEN);
  for (guint i = 0; i < CLIENTS; i++)
    {
      Client *client = &life->clients[i];
      *client = (Client) { .live = town_join (life->town, TOWN_COORDINATOR, NULL),
                           .code = life->codes->pdata[i],
                           .bed = town_bed (i),
                           .is_stopping = &life->is_stopping,
                           .acknowledged = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) };
      ask (client);
    }
}

/* Lets every client have its last answer, and the board the last revision. */
static void
settle (Life *life)
{
  life->is_stopping = TRUE;
  gint64 last = 0;
  for (guint waited_ms = 0; waited_ms < TOWN_WAIT_MS; waited_ms += 10)
    {
      gboolean is_busy = FALSE;
      for (guint i = 0; i < CLIENTS; i++)
        is_busy |= life->clients[i].key != NULL;
      if (!is_busy)
        break;
      town_pause (10);
    }
  for (guint i = 0; i < CLIENTS; i++)
    {
      GHashTableIter iter;
      gpointer revision;
      g_assert_null (life->clients[i].key);
      g_hash_table_iter_init (&iter, life->clients[i].acknowledged);
      while (g_hash_table_iter_next (&iter, NULL, &revision))
        last = MAX (last, (gint64) GPOINTER_TO_SIZE (revision));
    }
  for (guint waited_ms = 0; life->board.revision < last; waited_ms += 10)
    {
      g_assert_cmpuint (waited_ms, <, TOWN_WAIT_MS);
      town_pause (10);
    }
}

typedef struct
{
  GHashTable *revisions; /* key → revision, of all events in the journal */
  BrokerRegister *reg;
} Truth;

static gboolean
learn (const BedEvent *event, gpointer user_data)
{
  Truth *truth = user_data;
  g_autoptr (GError) error = NULL;
  g_assert_true (broker_register_apply (truth->reg, event, &error));
  g_assert_no_error (error);
  broker_register_keep (truth->reg);
  if (event->key[0] != '\0')
    g_assert_true (g_hash_table_insert (truth->revisions, g_strdup (event->key),
                                        GSIZE_TO_POINTER ((gsize) event->revision)));
  return TRUE;
}

/* The journal is whole, has every acknowledged command once, at the revision that was told, and the
 * beds are as the clients last heard. */
static void
check_journal (Life *life)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BrokerJournal) journal = broker_journal_open_read_only (life->town->state, NULL, &error);
  g_assert_no_error (error);
  Truth truth = { g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL), broker_register_new (1024) };
  g_assert_true (broker_journal_follow (journal, 0, learn, &truth, &error));
  g_assert_no_error (error);

  guint acknowledged = 0, again = 0;
  for (guint i = 0; i < CLIENTS; i++)
    {
      GHashTableIter iter;
      gpointer key, revision;
      g_hash_table_iter_init (&iter, life->clients[i].acknowledged);
      while (g_hash_table_iter_next (&iter, &key, &revision))
        g_assert_true (g_hash_table_lookup (truth.revisions, key) == revision);
      acknowledged += g_hash_table_size (life->clients[i].acknowledged);
      again += life->clients[i].n_again;
      guint32 referral = broker_register_find_referral (truth.reg, life->clients[i].code);
      g_assert_cmpint (broker_register_peek_referral (truth.reg, referral)->state, ==,
                       life->clients[i].is_held ? BED_STATE_HELD : BED_STATE_WAITING);
    }
  g_test_message ("%u commands acknowledged, %u asked again", acknowledged, again);
  g_hash_table_unref (truth.revisions);
  broker_register_free (truth.reg);
}

static void
end (Life *life)
{
  for (guint i = 0; i < CLIENTS; i++)
    {
      g_object_unref (life->clients[i].live);
      g_hash_table_unref (life->clients[i].acknowledged);
      g_free (life->clients[i].bed);
    }
  g_object_unref (life->board.live);
  g_ptr_array_unref (life->codes);
  town_free (life->town);
}

static guint
count_rounds (void)
{
  const char *wanted = g_getenv ("HOMEWARD_KILLS");
  return wanted != NULL ? (guint) atoi (wanted) : 100;
}

static guint
count_acknowledged (const Life *life)
{
  guint n = 0;
  for (guint i = 0; i < CLIENTS; i++)
    n += g_hash_table_size (life->clients[i].acknowledged);
  return n;
}

/* Load goes on until at least one more command has been acknowledged: everybody is back. */
static void
wait_for_progress (Life *life)
{
  guint before = count_acknowledged (life);
  for (guint waited_ms = 0; count_acknowledged (life) == before; waited_ms += 5)
    {
      g_assert_cmpuint (waited_ms, <, TOWN_WAIT_MS);
      town_pause (5);
    }
}

static void
test_broker (void)
{
  Life life = { 0 };
  begin (&life);
  for (guint round = 0; round < count_rounds (); round++)
    {
      wait_for_progress (&life);
      town_pause ((guint) g_test_rand_int_range (0, 60));
      gint64 epoch = life.board.epoch;
      town_kill (&life.town->broker, SIGKILL);
      if (round == 0)
        {
          /* The broker is dead, and reads are still answered. */
          g_autoptr (GError) error = NULL;
          g_autoptr (JsonNode) found = town_call (
              life.board.live, "bed.find",
              "{\"home\":\"SO51\",\"needs\":{},\"sex\":\"female\",\"type\":\"rehab\"}", NULL, &error);
          g_assert_no_error (error);
          g_assert_cmpint (json_object_get_int_member (json_node_get_object (found), "total"), ==, BEDS);
          town_wait (&life.board.is_lost, "the board to hear that the broker is lost");
        }
      town_start_broker (life.town);
      wait_for_progress (&life);
      for (guint waited_ms = 0; life.board.epoch == epoch; waited_ms += 5)
        {
          g_assert_cmpuint (waited_ms, <, TOWN_WAIT_MS);
          town_pause (5);
        }
    }
  settle (&life);
  g_assert_false (life.board.is_lost);
  check_journal (&life);
  end (&life);
}

static void
test_gateway (void)
{
  Life life = { 0 };
  begin (&life);
  for (guint round = 0; round < count_rounds (); round++)
    {
      wait_for_progress (&life);
      town_pause ((guint) g_test_rand_int_range (0, 60));
      town_kill (&life.town->gateway, SIGKILL);
      town_start_gateway (life.town);
    }
  wait_for_progress (&life);
  settle (&life);
  check_journal (&life);
  end (&life);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kill/broker", test_broker);
  g_test_add_func ("/kill/gateway", test_gateway);
  return g_test_run ();
}
