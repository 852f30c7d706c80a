/* test-gateway-pass.c: one pass of a feed over its subscribers, and what is published meanwhile.
 *
 * The feed stands alone, on a real link and a real table; its subscribers only note the revision
 * they were last sent. The table moves from within a send, so a change falls into a pass by
 * construction and not by luck. Nothing is waited for: the main loop runs until nothing is ready.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker/gateway/gateway-feed.h"

#include "tests/small-broker.h"

#define LISTENERS 3
#define TURNS_MAX 1000 /* of the main loop; a feed that is still busy then never ends */

typedef struct _Fixture Fixture;

typedef struct
{
  Fixture *fixture; /* borrowed */
  guint64 revision; /* of the last message */
  guint n_to_publish; /* changes published while it is sent something, one a message */
} Listener;

struct _Fixture
{
  SmallBroker broker;
  BedLink *link;
  GatewayMetrics metrics;
  GatewayFeed *feed;
  Listener listeners[LISTENERS]; /* in the order they are served */
};

/* A change, and the feed looks at once: as it does when it is told in the middle of a pass. Having
 * seen it, its clock will not look again. */
static void
publish (Fixture *f)
{
  small_broker_publish_bed (&f->broker, f->broker.revision % 8, BED_DISPLAY_HELD);
  gateway_feed_look (f->feed);
}

static void
take (gpointer owner, GBytes *message)
{
  Listener *self = owner;
  g_autoptr (BedMessage) call
      = bed_message_parse (g_bytes_get_data (message, NULL), g_bytes_get_size (message), BED_REPLY_MAX, NULL, NULL);

  g_assert_nonnull (call);
  if (strcmp (call->method, "feed.state") == 0)
    return;
  self->revision = (guint64) json_object_get_int_member (bed_message_peek_params (call), "revision");
  if (self->n_to_publish > 0)
    {
      self->n_to_publish--;
      publish (self->fixture);
    }
}

static gboolean
find_no_sight (gpointer owner, const BedMap *map, BedSight *sight)
{
  g_assert_not_reached (); /* there is one epoch */
}

static void
end_never (gpointer owner)
{
  g_assert_not_reached ();
}

static const GatewaySubscriberCalls calls = { take, find_no_sight, end_never };

static void
run_until_quiet (void)
{
  guint turns = 0;

  while (g_main_context_iteration (NULL, FALSE))
    g_assert_cmpuint (++turns, <, TURNS_MAX);
}

static void
set_up (Fixture *f, gconstpointer unused)
{
  static const BedSight all = { .class = BED_SIGHT_FULL, .lap = BED_NONE, .unit = BED_NONE };
  const GatewaySince nowhere = { 0 };

  small_broker_init (&f->broker, 2, 8, 16, 64);
  f->link = bed_link_new (f->broker.path, TRUE);
  f->feed = gateway_feed_new (f->link, NULL, &f->metrics);
  SMALL_WAIT (gateway_feed_peek_map (f->feed) != NULL);
  for (guint i = 0; i < LISTENERS; i++)
    {
      g_auto (BedJson) answer = { 0 };
      g_autoptr (GError) error = NULL;

      bed_json_init (&answer, 128);
      f->listeners[i].fixture = f;
      gateway_feed_subscribe (f->feed, &calls, &f->listeners[i], &all, nowhere, &answer, &error);
      g_assert_no_error (error);
    }
  run_until_quiet ();
  for (guint i = 0; i < LISTENERS; i++)
    g_assert_cmpuint (f->listeners[i].revision, ==, f->broker.revision);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  g_clear_pointer (&f->feed, gateway_feed_free);
  g_clear_object (&f->link);
  small_broker_clear (&f->broker);
}

/* Everybody has it, though the feed was told while it was busy with the listener at `served`. */
static void
assert_reaches_all (Fixture *f, guint served)
{
  f->listeners[served].n_to_publish = 1;
  publish (f);
  run_until_quiet ();
  g_assert_cmpuint (f->listeners[served].n_to_publish, ==, 0);
  for (guint i = 0; i < LISTENERS; i++)
    g_assert_cmpuint (f->listeners[i].revision, ==, f->broker.revision);
}

static void
test_change_while_the_first_is_served (Fixture *f, gconstpointer unused)
{
  assert_reaches_all (f, 0);
}

static void
test_change_while_the_last_is_served (Fixture *f, gconstpointer unused)
{
  assert_reaches_all (f, LISTENERS - 1);
}

/* The pass that makes up for one change is as open to the next. */
static void
test_change_in_every_pass (Fixture *f, gconstpointer unused)
{
  f->listeners[LISTENERS - 1].n_to_publish = 4;
  publish (f);
  run_until_quiet ();
  g_assert_cmpuint (f->listeners[LISTENERS - 1].n_to_publish, ==, 0);
  g_assert_cmpuint (f->listeners[0].revision, ==, f->broker.revision);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define CASE(name, function) \
  g_test_add ("/gateway/pass/" name, Fixture, NULL, set_up, function, tear_down)
  CASE ("change-at-the-first", test_change_while_the_first_is_served);
  CASE ("change-at-the-last", test_change_while_the_last_is_served);
  CASE ("change-in-every-pass", test_change_in_every_pass);
#undef CASE
  return g_test_run ();
}
