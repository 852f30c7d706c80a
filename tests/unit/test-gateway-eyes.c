/* test-gateway-eyes.c: whose referrals a gateway shows to whom, and what a wall says of somebody whose needs
 * few have.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "gateway-house.h"

static void
test_referral_comes_and_goes (GatewayHouse *f, gconstpointer unused)
{
  BedReferralRow row = house_waiting_referral ("K7Q-M4X", 0);

  house_follow (f, &f->client, "coordinator");
  small_broker_write_referral (&f->broker, 0, row);
  JsonObject *change = live_client_wait_next (&f->client, "feed.changes");
  g_assert_nonnull (live_client_find_row (change, "referrals", "referral", "K7Q-M4X"));

  row.flags |= BED_REFERRAL_CLOSED;
  small_broker_write_referral (&f->broker, 0, row);
  change = live_client_wait_next (&f->client, "feed.changes");
  g_assert_cmpuint (live_client_count_rows (change, "referrals"), ==, 0);
  g_assert_true (live_client_is_gone (change, "referrals", "K7Q-M4X"));
}

static void
test_code_never_shown_is_never_gone (GatewayHouse *f, gconstpointer unused)
{
  BedReferralRow row = house_waiting_referral ("K7Q-M4X", 0);

  /* unit-0 is offered nobody: it must not learn of the code, not even by its end. */
  house_follow (f, &f->client, "unit");
  small_broker_write_referral (&f->broker, 0, row);
  row.flags |= BED_REFERRAL_CLOSED;
  small_broker_write_referral (&f->broker, 0, row);
  SMALL_WAIT (f->client.messages->len > 0
              && json_object_get_int_member_with_default (
                     live_client_params (f->client.messages->pdata[f->client.messages->len - 1]), "revision", 0)
                     == (gint64) f->broker.revision);
  for (guint i = 0; i < f->client.messages->len; i++)
    {
      g_autofree char *text = json_to_string (f->client.messages->pdata[i], FALSE);
      g_assert_null (strstr (text, "K7Q-M4X"));
    }
}

static void
test_out_of_sight_is_gone (GatewayHouse *f, gconstpointer unused)
{
  BedReferralRow row = house_waiting_referral ("K7Q-M4X", 0);

  row.state = BED_STATE_HELD;
  row.bed = 3; /* of unit-0 */
  house_follow (f, &f->client, "unit");
  small_broker_write_referral (&f->broker, 0, row);
  JsonObject *change = live_client_wait_next (&f->client, "feed.changes");
  g_assert_nonnull (live_client_find_row (change, "referrals", "referral", "K7Q-M4X"));
  row.state = BED_STATE_WAITING;
  row.bed = BED_NONE;
  small_broker_write_referral (&f->broker, 0, row);
  change = live_client_wait_next (&f->client, "feed.changes");
  g_assert_true (live_client_is_gone (change, "referrals", "K7Q-M4X"));
}

static void
assert_members (JsonObject *row, const char *const *allowed)
{
  g_autoptr (GList) names = json_object_get_members (row);
  for (GList *name = names; name != NULL; name = name->next)
    if (!g_strv_contains (allowed, name->data))
      g_error ("a wall is shown %s", (char *) name->data);
}

static void
test_wall_is_shown_no_more (GatewayHouse *f, gconstpointer unused)
{
  static const char *const allowed[]
      = { "referral", "state", "lane", "home", "icons", "clocks", "offer", "until", "hold_min", NULL };
  BedReferralRow row = house_waiting_referral ("K7Q-M4X", 0);
  BedBedRow bed = { .referral = 0, .commitment = BED_COMMITMENT_HELD, .until_us = 1, .flags = BED_FLAG_IN_EFFECT };

  row.state = BED_STATE_HELD;
  row.bed = 3;
  house_follow (f, &f->client, "wallboard");
  small_broker_write_referral (&f->broker, 0, row);
  JsonObject *shown = live_client_find_row (live_client_wait_next (&f->client, "feed.changes"), "referrals",
                                            "referral", "K7Q-M4X");
  g_assert_nonnull (shown);
  assert_members (shown, allowed);

  bed.revision = ++f->broker.revision;
  broker_table_begin (f->broker.table, bed.revision, 1);
  broker_table_write_bed (f->broker.table, 3, &bed);
  broker_table_end (f->broker.table);
  small_broker_tell_moved (&f->broker);
  shown = live_client_find_row (live_client_wait_next (&f->client, "feed.changes"), "beds", "bed", "unit-0-04");
  g_assert_nonnull (shown);
  g_assert_false (json_object_has_member (shown, "referral"));
}

static const char *
peek_home (JsonObject *params, const char *code)
{
  JsonObject *row = live_client_find_row (params, "referrals", "referral", code);
  g_assert_nonnull (row);
  g_autoptr (GList) names = json_object_get_members (json_object_get_object_member (row, "home"));
  g_assert_cmpuint (g_list_length (names), ==, 1);
  return names->data;
}

static void
write_person (GatewayHouse *f, guint32 index, guint64 must)
{
  BedReferralRow row = house_waiting_referral ("", 0);
  bed_code_print (index, row.code);
  row.must = must;
  row.home = 0;
  small_broker_write_referral (&f->broker, index, row);
}

static const char *
peek_code (guint32 index)
{
  static char codes[8][BED_CODE_SIZE];
  bed_code_print (index, codes[index]);
  return codes[index];
}

/* The fifth of their kind makes the other four known by their district again, and its going undoes it;
 * a snapshot says the same. */
static void
test_rare_needs_show_the_area (GatewayHouse *f, gconstpointer unused)
{
  const guint64 hoist = G_GUINT64_CONSTANT (1) << BED_NEED_HOIST;
  BedReferralRow closed = house_waiting_referral (peek_code (4), 0);
  LiveClient late;

  house_follow (f, &f->client, "wallboard");
  for (guint32 i = 0; i < 4; i++)
    {
      write_person (f, i, hoist);
      g_assert_cmpstr (peek_home (live_client_wait_next (&f->client, "feed.changes"), peek_code (i)), ==, "area");
    }
  write_person (f, 5, 0);
  g_assert_cmpstr (peek_home (live_client_wait_next (&f->client, "feed.changes"), peek_code (5)), ==, "district");
  write_person (f, 4, hoist);
  JsonObject *change = live_client_wait_next (&f->client, "feed.changes");
  g_assert_cmpuint (live_client_count_rows (change, "referrals"), ==, 5);
  for (guint32 i = 0; i < 5; i++)
    g_assert_cmpstr (peek_home (change, peek_code (i)), ==, "district");

  closed.must = hoist;
  closed.flags |= BED_REFERRAL_CLOSED;
  small_broker_write_referral (&f->broker, 4, closed);
  change = live_client_wait_next (&f->client, "feed.changes");
  g_assert_cmpuint (live_client_count_rows (change, "referrals"), ==, 4);
  for (guint32 i = 0; i < 4; i++)
    g_assert_cmpstr (peek_home (change, peek_code (i)), ==, "area");

  JsonObject *page = house_follow (f, &late, "wallboard");
  g_assert_cmpstr (peek_home (page, peek_code (0)), ==, "area");
  g_assert_cmpstr (peek_home (page, peek_code (5)), ==, "district");
  live_client_clear (&late);
}

/* Who sees it all sees no more of it for that. */
static void
test_rarity_is_a_walls_matter (GatewayHouse *f, gconstpointer unused)
{
  const guint64 hoist = G_GUINT64_CONSTANT (1) << BED_NEED_HOIST;
  LiveClient wall;

  house_follow (f, &wall, "wallboard"); /* so that somebody asks */
  house_follow (f, &f->client, "coordinator");
  for (guint32 i = 0; i < 5; i++)
    {
      write_person (f, i, hoist);
      JsonObject *change = live_client_wait_next (&f->client, "feed.changes");
      g_assert_cmpuint (live_client_count_rows (change, "referrals"), ==, 1);
      g_assert_nonnull (live_client_wait_next (&wall, "feed.changes"));
    }
  live_client_clear (&wall);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define CASE(path, function) \
  g_test_add ("/gateway/" path, GatewayHouse, NULL, house_set_up, function, house_tear_down)
  CASE ("referral/comes-and-goes", test_referral_comes_and_goes);
  CASE ("referral/never-shown", test_code_never_shown_is_never_gone);
  CASE ("referral/out-of-sight", test_out_of_sight_is_gone);
  CASE ("referral/wall", test_wall_is_shown_no_more);
  CASE ("referral/rare-needs", test_rare_needs_show_the_area);
  CASE ("referral/rarity-of-walls", test_rarity_is_a_walls_matter);
#undef CASE
  return g_test_run ();
}
