/* gateway-feed.h: subscribers and their cursors: who is sent what, and when.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "gateway-frames.h"
#include "gateway-mirror.h"

#define GATEWAY_MERGE_MS 50                   /* changes wait at most so long for a quiet moment */
#define GATEWAY_PASS_MS 25                    /* sending in one go; then others have their turn */
#define GATEWAY_HEARTBEAT_MAX_MS 3000         /* older: the broker is lost */

/* X (NAME, "word") */
#define GATEWAY_STATES(X)                                                                          \
  X (LIVE, "live") X (READ_ONLY, "read_only") X (BROKER_LOST, "broker_lost")

typedef enum
{
#define X(name, word) GATEWAY_STATE_##name,
  GATEWAY_STATES (X)
#undef X
  GATEWAY_N_STATES
} GatewayState;

typedef struct _GatewayFeed GatewayFeed;
typedef struct _GatewaySubscriber GatewaySubscriber;

/* What a subscriber's owner does for it. */
typedef struct
{
  void (*send) (gpointer owner, GBytes *message);
  /* A new epoch: what may it see now? FALSE: nothing any more. */
  gboolean (*find_sight) (gpointer owner, const BedMap *map, BedSight *sight);
  /* Nothing, or there is no room for one more sight: the subscriber is gone afterwards. */
  void (*ended) (gpointer owner);
} GatewaySubscriberCalls;

/* All are borrowed; mirror may be NULL. */
GatewayFeed *gateway_feed_new (BedLink *link, GatewayMirror *mirror, GatewayMetrics *metrics);
void gateway_feed_free (GatewayFeed *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GatewayFeed, gateway_feed_free)

/* Where a subscriber was before, if it says so. */
typedef struct
{
  guint64 epoch; /* 0: nowhere */
  guint64 revision;
} GatewaySince;

/* Starts sending to owner; *answer is what feed.subscribe answers. NULL: no map yet, or too many
 * different sights (*error). */
GatewaySubscriber *gateway_feed_subscribe (GatewayFeed *self, const GatewaySubscriberCalls *calls,
                                           gpointer owner, const BedSight *sight, GatewaySince since,
                                           BedJson *answer, GError **error);
void gateway_feed_unsubscribe (GatewayFeed *self, GatewaySubscriber *subscriber);

/* feed.ack: page 0 is "all of that revision". */
void gateway_feed_acknowledge (GatewayFeed *self, GatewaySubscriber *subscriber, guint64 revision, guint page);

/* Looks at the link and the clock again: called by signals and a timer, and by tests. */
void gateway_feed_look (GatewayFeed *self);

GatewayState gateway_feed_get_state (GatewayFeed *self, gint64 *since_us);
const char *gateway_state_word (GatewayState state);
BedMap *gateway_feed_peek_map (GatewayFeed *self); /* NULL before the first */

/* Lets the mirror see what has happened by now. */
void gateway_feed_look_into_mirror (GatewayFeed *self);
gint64 gateway_feed_get_now (GatewayFeed *self);   /* the broker's UTC; 0 before the first map */
void gateway_feed_measure (GatewayFeed *self, GatewayGauges *gauges);
