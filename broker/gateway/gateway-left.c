/* gateway-left.c: queue.left: who has left the register since a time.
 *
 * A closed referral's row stays in the table until its place is needed for somebody else, which is
 * 65,536 revisions later at the soonest: long enough for a handover. It tells what became of the person
 * and no needs, which went as it closed. To those who place everybody; to a referrer its own people. Owns
 * nothing; a row that cannot be read is nobody.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "gateway-left.h"

#include "common/bed-words.h"

static gboolean
fail (GError **error, BedError code, const char *words)
{
  g_set_error_literal (error, BED_ERROR, (int) code, words);
  return FALSE;
}

/* As if it were not closed: of those who see people by their bed nobody comes here. */
static gboolean
is_told (const BedSight *sight, const BedTable *table, const BedReferralRow *row, gint64 since_us)
{
  BedReferralRow open = *row;

  if ((row->flags & BED_REFERRAL_CLOSED) == 0 || row->since_us < since_us)
    return FALSE;
  open.flags &= (guint8) ~BED_REFERRAL_CLOSED;
  return bed_sight_shows_referral (sight, table, &open);
}

static gint
compare_newest (gconstpointer a, gconstpointer b)
{
  const BedReferralRow *one = a;
  const BedReferralRow *other = b;

  if (one->since_us != other->since_us)
    return one->since_us > other->since_us ? -1 : 1;
  return g_strcmp0 (one->code, other->code);
}

static void
print_person (const BedTable *table, const BedReferralRow *row, BedJson *json)
{
  bed_json_begin_object (json);
  bed_json_add_string (json, "referral", row->code);
  bed_json_add_string (json, "state", bed_words_print (&bed_state_words, row->state));
  bed_json_add_time (json, "at", row->since_us);
  bed_json_add_string (json, "lane", bed_words_print (&bed_lane_words, row->lane));
  bed_json_add_string (json, "lap", row->lap < table->sizes.laps ? table->laps[row->lap].id : NULL);
  bed_json_add_string (json, "source", bed_table_peek_source (table, row->source));
  if (row->left_to != 0)
    bed_json_add_string (json, "outcome", bed_words_print (&bed_outcome_words, row->left_to - 1u));
  bed_json_end_object (json);
}

gboolean
gateway_left_print (const BedActor *actor, const BedMap *map, const char *lap, gint64 since_us, BedJson *result,
                    GError **error)
{
  const BedTable *table = &map->table;
  const guint64 revision = bed_table_get_revision (table);
  const guint32 n = bed_table_get_n_referrals (table);
  g_autoptr (GArray) people = g_array_new (FALSE, FALSE, sizeof (BedReferralRow));
  guint32 of_lap = lap != NULL ? bed_places_find_lap (map->places, lap) : BED_NONE;
  BedSight sight;

  if (!bed_sight_of_actor (actor, map->places, &sight) || !bed_sight_may_refer (&sight))
    return fail (error, BED_ERROR_FORBIDDEN, bed_error_words (BED_ERROR_FORBIDDEN));
  if (lap != NULL && of_lap == BED_NONE)
    return fail (error, BED_ERROR_BAD_VALUE, "lap");
  if (lap != NULL)
    sight.lap = of_lap;
  for (guint32 i = 0; i < n; i++)
    {
      BedReferralRow row;

      if (bed_table_read_referral (table, i, &row) && row.code[0] != '\0' && is_told (&sight, table, &row, since_us))
        g_array_append_val (people, row);
    }
  g_array_sort (people, compare_newest);
  bed_json_begin_object (result);
  bed_json_add_int (result, "revision", (gint64) revision);
  bed_json_name (result, "left");
  bed_json_begin_array (result);
  for (guint i = 0; i < MIN (people->len, GATEWAY_LEFT_MAX); i++)
    print_person (table, &g_array_index (people, BedReferralRow, i), result);
  bed_json_end_array (result);
  bed_json_add_int (result, "more", people->len > GATEWAY_LEFT_MAX ? people->len - GATEWAY_LEFT_MAX : 0);
  bed_json_end_object (result);
  return TRUE;
}
