/* bed-live-feed.c: counts pages and revisions of one feed.
 *
 * Owns the scope and the epoch. Only what was delivered whole counts: half a snapshot is not
 * resumed from. Foreign JSON is checked, never asserted.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-live-feed.h"

#include <string.h>

struct _BedLiveFeed
{
  char *scope;
  char *epoch; /* JSON text, of the picture delivered last; NULL: none yet */
  gint64 revision;
  gint64 unfinished; /* revision of the pages that are arriving, … */
  gint64 n_pages;    /* … how many have come, … */
  gint64 last_page;  /* … and which came last */
  gint64 head;       /* where the register was when this was subscribed to, */
  gboolean is_owed;  /* … a snapshot has to come first, */
  gboolean is_current; /* … and it has all been delivered */
};

BedLiveFeed *
bed_live_feed_new (const char *scope)
{
  BedLiveFeed *feed = g_new0 (BedLiveFeed, 1);

  feed->scope = g_strdup (scope);
  return feed;
}

void
bed_live_feed_free (BedLiveFeed *feed)
{
  g_free (feed->scope);
  g_free (feed->epoch);
  g_free (feed);
}

void
bed_live_feed_lose (BedLiveFeed *feed)
{
  feed->n_pages = 0;
  feed->is_current = FALSE;
}

gboolean
bed_live_feed_is_current (const BedLiveFeed *feed)
{
  return feed->is_current;
}

char *
bed_live_feed_print_subscription (const BedLiveFeed *feed)
{
  g_autofree char *members = NULL;
  const char *begin = strchr (feed->scope, '{');
  const char *end = strrchr (feed->scope, '}');

  if (feed->epoch == NULL || begin == NULL || end == NULL || end < begin)
    return g_strdup (feed->scope);
  members = g_strndup (begin + 1, (gsize)(end - begin - 1));
  g_strstrip (members);
  return g_strdup_printf ("{%s%s\"since\":{\"epoch\":%s,\"revision\":%" G_GINT64_FORMAT "}}",
                          members, *members == 0 ? "" : ",", feed->epoch, feed->revision);
}

static gint64
get_int (JsonObject *params, const char *name, gint64 otherwise)
{
  JsonNode *node = json_object_get_member (params, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_INT64
             ? json_node_get_int (node)
             : otherwise;
}

void
bed_live_feed_begin (BedLiveFeed *feed, JsonNode *answer)
{
  JsonObject *object = answer != NULL && JSON_NODE_HOLDS_OBJECT (answer) ? json_node_get_object (answer) : NULL;
  JsonNode *resumed = object != NULL ? json_object_get_member (object, "resumed") : NULL;

  feed->head = object != NULL ? get_int (object, "head", get_int (object, "revision", 0)) : 0;
  feed->is_owed = resumed == NULL || !JSON_NODE_HOLDS_VALUE (resumed)
                  || json_node_get_value_type (resumed) != G_TYPE_BOOLEAN || !json_node_get_boolean (resumed);
  feed->is_current = !feed->is_owed && feed->revision >= feed->head;
}

static void
print_ack (gint64 revision, gint64 page, BedJson *ack)
{
  bed_json_init (ack, 128);
  bed_message_begin_call (ack, NULL, "feed.ack");
  bed_json_begin_object (ack);
  bed_json_add_int (ack, "revision", revision);
  if (page >= 0)
    bed_json_add_int (ack, "page", page);
  bed_json_end_object (ack);
  bed_message_end_call (ack);
}

gboolean
bed_live_feed_count (BedLiveFeed *feed, const char *method, JsonObject *params, BedJson *ack)
{
  gint64 revision = get_int (params, "revision", -1);
  gint64 page = get_int (params, "page", -1);

  if (revision < 0
      || (!g_str_equal (method, "feed.snapshot") && !g_str_equal (method, "feed.changes")))
    return FALSE;
  print_ack (revision, page, ack);
  /* pages come in order: one that does not follow begins anew */
  if (feed->unfinished != revision || page <= feed->last_page)
    feed->n_pages = 0;
  feed->unfinished = revision;
  feed->last_page = page;
  if (++feed->n_pages < get_int (params, "pages", 1))
    return TRUE;
  feed->n_pages = 0;
  feed->revision = revision;
  feed->is_owed = feed->is_owed && !g_str_equal (method, "feed.snapshot");
  /* once it is, it stays so: a register brought back from a copy goes on from an older one */
  feed->is_current = feed->is_current || (!feed->is_owed && revision >= feed->head);
  if (json_object_has_member (params, "epoch"))
    {
      g_free (feed->epoch);
      feed->epoch = json_to_string (json_object_get_member (params, "epoch"), FALSE);
    }
  return TRUE;
}
