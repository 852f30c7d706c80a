/* gateway-feed.c: a subscriber is a cursor: the revision it has been sent, and what of it is not
 * acknowledged. Nothing is ever queued for one.
 *
 * Owns the subscribers, the frames of the epoch and three sources: a pass in a quiet moment (so that
 * bursts merge), a deadline for it, and a clock that watches the heartbeat. A subscriber that may be
 * sent more gets every row changed since its cursor, once, in its newest state; one that does not
 * acknowledge gets nothing. A new map is a new epoch: everybody starts again from a snapshot.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "gateway-feed.h"

#include "gateway-window.h"

#include <string.h>
#include <time.h>

#define LOOK_MS 250
#define LATER_MS 2
/* Below everything that reads or writes a socket, above GLib's own idle. */
#define PASS_PRIORITY (G_PRIORITY_DEFAULT + 10)

struct _GatewaySubscriber
{
  const GatewaySubscriberCalls *calls;
  gpointer owner;      /* borrowed */
  GatewaySight *sight; /* taken */
  GatewayPlan *plan;   /* owned reference, in the middle of a snapshot; or NULL */
  guint next_page;
  gboolean wants_snapshot;
  guint64 revision; /* the cursor: of the last message */

  gboolean has_state; /* has been told one */
  GatewayState state;
  gint64 since_us;

  GatewayWindow window;
};

struct _GatewayFeed
{
  GPtrArray *subscribers; /* owned */
  GatewayFrames *frames;  /* owned, or NULL before the first map */
  GatewayState state;
  gint64 since_us;
  guint pass;     /* source ids */
  guint deadline;
  guint clock;
  guint later;
  guint next;     /* subscriber at which the pass goes on */
  guint64 pass_revision; /* what the first one of this pass was served with */
  guint64 seen_revision; /* when the clock last looked */
  BedLink *link;           /* borrowed, as are the next two */
  GatewayMirror *mirror;   /* or NULL */
  GatewayMetrics *metrics;
};

static const char *const state_words[] = {
#define X(name, word) word,
  GATEWAY_STATES (X)
#undef X
};

const char *
gateway_state_word (GatewayState state)
{
  return state_words[state];
}

static gint64
get_boottime (void)
{
  struct timespec now = { 0 };
  clock_gettime (CLOCK_BOOTTIME, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

/* Sending to one subscriber */

static void
send_counted (GatewaySubscriber *subscriber, GBytes *message, guint64 revision, guint page)
{
  gateway_window_add (&subscriber->window, revision, page, g_bytes_get_size (message));
  subscriber->calls->send (subscriber->owner, message);
}

static void
send_state (GatewayFeed *self, GatewaySubscriber *subscriber)
{
  BedJson json = { 0 };
  gsize length = 0;

  bed_json_init (&json, 160);
  bed_message_begin_call (&json, NULL, "feed.state");
  bed_json_begin_object (&json);
  bed_json_add_string (&json, "state", state_words[self->state]);
  bed_json_add_time (&json, "since", self->since_us);
  bed_json_end_object (&json);
  bed_message_end_call (&json);
  char *text = bed_json_steal (&json, &length);
  bed_json_clear (&json);
  g_autoptr (GBytes) message = g_bytes_new_take (text, length);

  subscriber->has_state = TRUE;
  subscriber->state = self->state;
  subscriber->since_us = self->since_us;
  subscriber->calls->send (subscriber->owner, message);
}

static void
end_snapshot (GatewaySubscriber *subscriber)
{
  g_clear_pointer (&subscriber->plan, gateway_plan_unref);
  subscriber->next_page = 0;
}

static void
send_page (GatewayFeed *self, GatewaySubscriber *subscriber)
{
  if (subscriber->wants_snapshot)
    {
      end_snapshot (subscriber);
      subscriber->plan = gateway_frames_begin_snapshot (self->frames, subscriber->sight);
      subscriber->next_page = 1;
      subscriber->revision = gateway_plan_get_revision (subscriber->plan);
      subscriber->wants_snapshot = FALSE;
    }
  g_autoptr (GBytes) page = gateway_frames_get_page (self->frames, subscriber->plan, subscriber->next_page);
  send_counted (subscriber, page, subscriber->revision, subscriber->next_page);
  self->metrics->snapshot_pages++;
  if (subscriber->next_page++ == gateway_plan_get_n_pages (subscriber->plan))
    end_snapshot (subscriber);
}

/* FALSE: not now. */
static gboolean
send_change (GatewayFeed *self, GatewaySubscriber *subscriber)
{
  const GatewayFrame *frame = NULL;

  switch (gateway_frames_get_change (self->frames, subscriber->sight, subscriber->revision, &frame))
    {
    case GATEWAY_FRAMES_LATER:
      return FALSE;
    case GATEWAY_FRAMES_SNAPSHOT:
      subscriber->wants_snapshot = TRUE;
      return TRUE;
    case GATEWAY_FRAMES_MADE:
      break;
    }
  for (guint i = 0; i < frame->n_pages; i++)
    send_counted (subscriber, frame->pages[i], frame->revision, frame->n_pages > 1 ? i + 1 : 0);
  subscriber->revision = frame->revision;
  self->metrics->changes++;
  self->metrics->rows_delivered += frame->rows;
  return TRUE;
}

/* Sends what the window allows. FALSE: it should be asked again soon. */
static gboolean
serve (GatewayFeed *self, GatewaySubscriber *subscriber, guint64 revision)
{
  while (gateway_window_has_room (&subscriber->window))
    {
      if (!subscriber->has_state || subscriber->state != self->state || subscriber->since_us != self->since_us)
        send_state (self, subscriber);
      if (subscriber->wants_snapshot || subscriber->plan != NULL)
        send_page (self, subscriber);
      else if (subscriber->revision >= revision)
        break;
      else if (!send_change (self, subscriber))
        return FALSE;
    }
  return TRUE;
}

/* The pass over all subscribers */

void
gateway_feed_look_into_mirror (GatewayFeed *self)
{
  if (self->mirror == NULL || self->frames == NULL)
    return;
  gateway_mirror_look (self->mirror, gateway_frames_get_now (self->frames));
  gateway_frames_aim (self->frames);
}

static gboolean on_deadline (gpointer user_data);
static gboolean on_pass (gpointer user_data);
static gboolean on_later (gpointer user_data);

static void
wake (GatewayFeed *self)
{
  if (self->subscribers->len == 0)
    {
      gateway_feed_look_into_mirror (self); /* a pass would have */
      return;
    }
  if (self->pass == 0)
    self->pass = g_idle_add_full (PASS_PRIORITY, on_pass, self, NULL);
  if (self->deadline == 0)
    self->deadline = g_timeout_add (GATEWAY_MERGE_MS, on_deadline, self);
}

static gboolean
on_later (gpointer user_data)
{
  GatewayFeed *self = user_data;
  self->later = 0;
  wake (self);
  return G_SOURCE_REMOVE;
}

/* Serves subscribers until the time for one pass is used up. TRUE if all have been served. */
static gboolean
pass_over (GatewayFeed *self)
{
  gint64 end_us = g_get_monotonic_time () + GATEWAY_PASS_MS * 1000;
  gboolean is_late = FALSE;

  if (self->frames == NULL)
    return TRUE;
  gateway_feed_look_into_mirror (self);
  guint64 revision = gateway_frames_aim (self->frames);
  if (self->next == 0)
    self->pass_revision = revision;
  while (self->next < self->subscribers->len)
    {
      if (!serve (self, self->subscribers->pdata[self->next++], revision))
        is_late = TRUE;
      if (g_get_monotonic_time () > end_us)
        break;
    }
  if (self->next < self->subscribers->len)
    return FALSE;
  self->next = 0;
  if (is_late && self->later == 0)
    self->later = g_timeout_add (LATER_MS, on_later, self);
  /* A change that came meanwhile found this pass under way, and those served first have not had it. */
  return gateway_frames_aim (self->frames) == self->pass_revision;
}

static gboolean
on_pass (gpointer user_data)
{
  GatewayFeed *self = user_data;

  if (!pass_over (self))
    {
      /* Begun, it goes on in turn with what comes in: waiting for the first half's acknowledgements
       * to be over made the last of 1,000 subscribers wait 100 ms. */
      g_source_set_priority (g_main_current_source (), G_PRIORITY_DEFAULT);
      return G_SOURCE_CONTINUE;
    }
  self->pass = 0;
  g_clear_handle_id (&self->deadline, g_source_remove);
  return G_SOURCE_REMOVE;
}

static gboolean
on_deadline (gpointer user_data)
{
  GatewayFeed *self = user_data;

  if (!pass_over (self))
    return G_SOURCE_CONTINUE;
  self->deadline = 0;
  g_clear_handle_id (&self->pass, g_source_remove);
  return G_SOURCE_REMOVE;
}

/* Subscribing */

static void
free_subscriber (gpointer memory)
{
  GatewaySubscriber *subscriber = memory;
  end_snapshot (subscriber);
  if (subscriber->sight != NULL)
    gateway_sight_let_go (subscriber->sight);
  g_free (subscriber);
}

GatewaySubscriber *
gateway_feed_subscribe (GatewayFeed *self, const GatewaySubscriberCalls *calls, gpointer owner,
                        const BedSight *wanted, GatewaySince since, BedJson *answer, GError **error)
{
  GatewaySight *sight = self->frames != NULL ? gateway_frames_take_sight (self->frames, wanted) : NULL;
  if (sight == NULL)
    {
      BedError code = self->frames != NULL ? BED_ERROR_TOO_MANY : BED_ERROR_UNAVAILABLE;
      g_set_error_literal (error, BED_ERROR, (int) code, bed_error_words (code));
      return NULL;
    }
  const BedTable *table = &gateway_frames_peek_map (self->frames)->table;
  GatewaySubscriber *subscriber = g_new0 (GatewaySubscriber, 1);
  guint64 now = bed_table_get_revision (table);
  gboolean is_resumed = since.epoch == table->epoch && since.revision >= sight->born && since.revision <= now
                        && bed_table_find_change (table, since.revision) >= 0;

  subscriber->calls = calls;
  subscriber->owner = owner;
  subscriber->sight = sight;
  subscriber->wants_snapshot = !is_resumed;
  subscriber->revision = is_resumed ? since.revision : now;
  g_ptr_array_add (self->subscribers, subscriber);

  bed_json_begin_object (answer);
  bed_json_add_int (answer, "epoch", (gint64) table->epoch);
  bed_json_add_int (answer, "revision", (gint64) subscriber->revision);
  bed_json_add_bool (answer, "resumed", is_resumed);
  bed_json_add_int (answer, "head", (gint64) now);
  bed_json_end_object (answer);
  wake (self);
  return subscriber;
}

void
gateway_feed_unsubscribe (GatewayFeed *self, GatewaySubscriber *subscriber)
{
  guint index;
  if (!g_ptr_array_find (self->subscribers, subscriber, &index))
    return;
  g_ptr_array_remove_index (self->subscribers, index);
  if (index < self->next)
    self->next--; /* the pass goes on with the one it would have gone on with */
}

void
gateway_feed_acknowledge (GatewayFeed *self, GatewaySubscriber *subscriber, guint64 revision, guint page)
{
  if (gateway_window_acknowledge (&subscriber->window, revision, page) > 0 && self->frames != NULL
      && (subscriber->plan != NULL || subscriber->wants_snapshot
          || subscriber->revision < bed_table_get_revision (&gateway_frames_peek_map (self->frames)->table)))
    wake (self);
}

/* Epochs, and the state that everybody is told */

/* Moves every subscriber to the new map: what it sees is found again, and it starts from a
 * snapshot. One whose scope is no more ends. */
static void
begin_epoch (GatewayFeed *self, BedMap *map)
{
  GatewayFrames *old = g_steal_pointer (&self->frames);

  self->frames = gateway_frames_new (map, self->mirror != NULL ? &gateway_mirror_calls : NULL, self->mirror,
                                     self->metrics);
  if (self->mirror != NULL)
    gateway_mirror_begin (self->mirror, map, gateway_frames_get_now (self->frames));
  self->next = 0;
  for (guint i = self->subscribers->len; i-- > 0;)
    {
      GatewaySubscriber *subscriber = self->subscribers->pdata[i];
      BedSight sight;

      end_snapshot (subscriber);
      gateway_sight_let_go (g_steal_pointer (&subscriber->sight));
      subscriber->wants_snapshot = TRUE;
      if (subscriber->calls->find_sight (subscriber->owner, map, &sight))
        subscriber->sight = gateway_frames_take_sight (self->frames, &sight);
      if (subscriber->sight == NULL)
        {
          subscriber->calls->ended (subscriber->owner);
          g_ptr_array_remove_index (self->subscribers, i);
        }
    }
  g_clear_pointer (&old, gateway_frames_free);
}

static void
find_state (GatewayFeed *self)
{
  if (self->frames == NULL)
    return;
  const BedTable *table = &gateway_frames_peek_map (self->frames)->table;
  gint64 now_us = 0;
  gint64 since_us = 0;
  gint64 beat_us = bed_table_get_heartbeat (table, &now_us);
  BedServing serving = bed_table_get_serving (table, &since_us);

  if (!bed_link_is_open (self->link) || get_boottime () - beat_us > GATEWAY_HEARTBEAT_MAX_MS * 1000)
    {
      self->since_us = self->state == GATEWAY_STATE_BROKER_LOST ? self->since_us : now_us;
      self->state = GATEWAY_STATE_BROKER_LOST;
      return;
    }
  self->state = serving == BED_SERVING_LIVE ? GATEWAY_STATE_LIVE : GATEWAY_STATE_READ_ONLY;
  self->since_us = since_us;
}

void
gateway_feed_look (GatewayFeed *self)
{
  BedMap *map = bed_link_peek_map (self->link);
  GatewayState state = self->state;
  gint64 since_us = self->since_us;
  gboolean is_new = map != NULL && (self->frames == NULL || gateway_frames_peek_map (self->frames) != map);

  if (is_new)
    begin_epoch (self, map);
  find_state (self);
  if (self->frames == NULL)
    return;
  if (is_new || state != self->state || since_us != self->since_us
      || bed_table_get_revision (&gateway_frames_peek_map (self->frames)->table) != self->seen_revision)
    wake (self);
  self->seen_revision = bed_table_get_revision (&gateway_frames_peek_map (self->frames)->table);
}

static gboolean
on_clock (gpointer user_data)
{
  gateway_feed_look (user_data);
  return G_SOURCE_CONTINUE;
}

static void
on_moved (GatewayFeed *self, guint64 revision, BedLink *link)
{
  if (self->frames == NULL || gateway_frames_peek_map (self->frames) != bed_link_peek_map (link))
    gateway_feed_look (self);
  else
    wake (self);
}

GatewayFeed *
gateway_feed_new (BedLink *link, GatewayMirror *mirror, GatewayMetrics *metrics)
{
  GatewayFeed *self = g_new0 (GatewayFeed, 1);

  self->link = link;
  self->mirror = mirror;
  self->metrics = metrics;
  self->state = GATEWAY_STATE_BROKER_LOST;
  self->subscribers = g_ptr_array_new_with_free_func (free_subscriber);
  self->clock = g_timeout_add (LOOK_MS, on_clock, self);
  g_signal_connect_swapped (link, "moved", G_CALLBACK (on_moved), self);
  g_signal_connect_swapped (link, "opened", G_CALLBACK (gateway_feed_look), self);
  g_signal_connect_swapped (link, "lost", G_CALLBACK (gateway_feed_look), self);
  return self;
}

void
gateway_feed_free (GatewayFeed *self)
{
  g_signal_handlers_disconnect_by_data (self->link, self);
  g_clear_handle_id (&self->pass, g_source_remove);
  g_clear_handle_id (&self->deadline, g_source_remove);
  g_clear_handle_id (&self->clock, g_source_remove);
  g_clear_handle_id (&self->later, g_source_remove);
  g_ptr_array_unref (self->subscribers);
  g_clear_pointer (&self->frames, gateway_frames_free);
  g_free (self);
}

GatewayState
gateway_feed_get_state (GatewayFeed *self, gint64 *since_us)
{
  *since_us = self->since_us;
  return self->state;
}

BedMap *
gateway_feed_peek_map (GatewayFeed *self)
{
  return self->frames != NULL ? gateway_frames_peek_map (self->frames) : NULL;
}

gint64
gateway_feed_get_now (GatewayFeed *self)
{
  return self->frames != NULL ? gateway_frames_get_now (self->frames) : 0;
}

void
gateway_feed_measure (GatewayFeed *self, GatewayGauges *gauges)
{
  gint64 now_us = 0;

  *gauges = (GatewayGauges){ .subscribers = self->subscribers->len, .heartbeat_age_s = -1,
                             .is_connected = bed_link_is_open (self->link),
                             .is_live = self->state == GATEWAY_STATE_LIVE };
  if (self->frames == NULL)
    return;
  const BedTable *table = &gateway_frames_peek_map (self->frames)->table;
  gauges->revision = bed_table_get_revision (table);
  gauges->heartbeat_age_s = (double) (get_boottime () - bed_table_get_heartbeat (table, &now_us)) / G_USEC_PER_SEC;
  for (guint i = 0; i < self->subscribers->len; i++)
    {
      const GatewaySubscriber *subscriber = self->subscribers->pdata[i];
      if (subscriber->revision < gauges->revision)
        gauges->lag = MAX (gauges->lag, gauges->revision - subscriber->revision);
    }
}
