/* board-client.c: one live connection, its notifications into the model, its state into words.
 *
 * Owns the connection and the clock. The time shown is the server's at session.open carried on by
 * the monotonic clock, the one that goes on while the machine sleeps. A line that has been silent for a minute is offline; so is one whose gateway
 * says that the broker is gone, however alive the gateway is. What fails is the connection's to
 * mend.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-client.h"

#include "board-i18n.h"
#include "board-rows.h"
#include "board-time.h"
#include "common/bed-time.h"
#include "common/live/bed-live.h"

struct _BoardClient
{
  GObject parent_instance;

  /* owned */
  BedLive *live;
  BoardModel *model;

  BoardTime time;
  BoardSession session; /* the last one opened */
};

G_DEFINE_FINAL_TYPE (BoardClient, board_client, G_TYPE_OBJECT)

enum
{
  LINE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
read_session (JsonObject *object, BoardSession *session)
{
  int role = bed_words_parse (&bed_role_words, board_rows_get_string (object, "role"));

  g_strlcpy (session->user, board_rows_get_string (object, "user"), sizeof session->user);
  g_strlcpy (session->lap, board_rows_get_string (object, "lap"), sizeof session->lap);
  g_strlcpy (session->unit, board_rows_get_string (object, "unit"), sizeof session->unit);
  g_strlcpy (session->owner, board_rows_get_string (object, "owner"), sizeof session->owner);
  /* a role this board does not know may do nothing here */
  session->role = role >= 0 ? (BedRole)role : BED_ROLE_ANALYST;
}

static void
on_state (BedLive *live, guint state, gpointer user_data)
{
  BoardClient *client = user_data;
  JsonObject *session = bed_live_peek_session (live);
  gint64 now_us = session != NULL ? board_rows_get_time (session, "now") : 0;

  if (state == BED_LIVE_OPEN && now_us != 0)
    board_time_set (&client->time, now_us, bed_time_get_uptime ());
  if (state == BED_LIVE_OPEN && session != NULL)
    read_session (session, &client->session);
  g_signal_emit (client, signals[LINE], 0);
}

static void
on_notified (BedLive *live, const char *method, JsonObject *params, gpointer user_data)
{
  BoardClient *client = user_data;
  gint64 monotonic_us = bed_time_get_uptime ();
  gint64 before_us = board_model_get_at_us (client->model);
  gint64 at_us;

  board_model_apply (client->model, method, params, monotonic_us);
  at_us = board_model_get_at_us (client->model);
  /* what it said before is over: the session opened since may have another clock */
  if (at_us != before_us)
    board_time_advance (&client->time, at_us, monotonic_us);
}

static BoardLine
find_line (BoardClient *client, gint64 silent_us)
{
  gint64 since_us;

  switch (bed_live_get_state (client->live))
    {
    case BED_LIVE_OPEN:
      switch (board_model_get_serving (client->model, &since_us))
        {
        case BOARD_SERVING_LIVE:
          return BOARD_LINE_LIVE;
        case BOARD_SERVING_READ_ONLY:
          return BOARD_LINE_READ_ONLY;
        case BOARD_SERVING_BROKER_LOST:
          return BOARD_LINE_OFFLINE;
        }
      return BOARD_LINE_OFFLINE;
    case BED_LIVE_REFUSED:
      return BOARD_LINE_REFUSED;
    case BED_LIVE_CONNECTING:
    case BED_LIVE_LOST:
      return silent_us > BOARD_OFFLINE_US ? BOARD_LINE_OFFLINE : BOARD_LINE_RECONNECTING;
    }
  return BOARD_LINE_OFFLINE;
}

static void
get_moment (gpointer user_data, BoardMoment *moment)
{
  BoardClient *client = user_data;
  gint64 heard_us = bed_live_get_heard_us (client->live);

  moment->monotonic_us = bed_time_get_uptime ();
  moment->now_us = board_time_get (&client->time, moment->monotonic_us, g_get_real_time ());
  moment->heard_us = heard_us == 0 ? 0 : moment->now_us - (moment->monotonic_us - heard_us);
  moment->session = client->session;
  moment->is_behind = !bed_live_is_current (client->live);
  moment->line = find_line (client, heard_us == 0 ? 0 : moment->monotonic_us - heard_us);
}

static void
call (const char *method, const char *params, BoardAnswer answer, gpointer answer_data,
      gpointer user_data)
{
  bed_live_call (BOARD_CLIENT (user_data)->live, method, params, answer, answer_data);
}

BoardSource
board_client_get_source (BoardClient *client)
{
  return (BoardSource){ get_moment, call, client };
}

void
board_client_make_key (char *key, gsize size, gpointer user_data)
{
  BoardClient *client = user_data;
  char made[BED_KEY_SIZE];
  gint64 now_us = board_time_get (&client->time, bed_time_get_uptime (), g_get_real_time ());

  bed_key_print (now_us, bed_random (), bed_random (), made);
  g_strlcpy (key, made, size);
}

const char *
board_client_peek_fault (BoardClient *client)
{
  switch (bed_live_get_state (client->live))
    {
    case BED_LIVE_REFUSED:
      return _ ("the gateway does not accept this token");
    case BED_LIVE_OPEN:
      return _ ("the gateway answered, but sent no picture");
    case BED_LIVE_CONNECTING:
    case BED_LIVE_LOST:
      return _ ("the gateway cannot be reached");
    }
  return "";
}

BoardClient *
board_client_new (const char *url, const char *token, const char *scope, BoardModel *model)
{
  BoardClient *client = g_object_new (BOARD_TYPE_CLIENT, NULL);

  client->model = g_object_ref (model);
  client->live = bed_live_new (url, token, scope, bed_random ());
  g_signal_connect_object (client->live, "state", G_CALLBACK (on_state), client, 0);
  g_signal_connect_object (client->live, "notified", G_CALLBACK (on_notified), client, 0);
  return client;
}

void
board_client_start (BoardClient *client)
{
  bed_live_start (client->live);
}

static void
board_client_dispose (GObject *object)
{
  BoardClient *client = BOARD_CLIENT (object);

  g_clear_object (&client->live);
  g_clear_object (&client->model);
  G_OBJECT_CLASS (board_client_parent_class)->dispose (object);
}

static void
board_client_class_init (BoardClientClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = board_client_dispose;
  signals[LINE] = g_signal_new ("line", BOARD_TYPE_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
}

static void
board_client_init (BoardClient *client)
{
}
