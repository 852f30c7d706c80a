/* gateway-mirror.c: unit.mirror: how a unit's beds have looked to those who search, today.
 *
 * Owns the counts of each unit that anything has been counted of, by its id. An answer counts once for
 * a unit: its bed was offered, or it had a free one and none was offered; then the one that came
 * nearest to being offered, which was ruled out last in their order, gives the reason. What can fail:
 * rights and the unit's name.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "gateway-mirror.h"

#include "common/bed-time.h"

/* Reasons in the order in which they rule out, each need its own, and the offer that was cut off. */
#define MUST_AT BED_RULED_OUT_N
#define MUST_NOT_AT (MUST_AT + BED_NEED_N)
#define CUT_OFF_AT (MUST_NOT_AT + BED_NEED_N)
#define N_REASONS (CUT_OFF_AT + 1)

typedef struct
{
  guint32 shown;
  guint32 first;
  guint32 passed_over;
  guint32 placed;
  guint32 reasons[N_REASONS];
  guint64 answer; /* the last one in which it was shown */
} Counts;

struct _GatewayMirror
{
  GHashTable *units; /* owned: id → Counts, both owned */
  BedMap *map;       /* owned reference; NULL before the first */
  guint64 answer;    /* number of the last */
  gint64 start_us;
  gint64 midnight_us; /* with which the day began that is counted */
};

GatewayMirror *
gateway_mirror_new (void)
{
  GatewayMirror *self = g_new0 (GatewayMirror, 1);
  self->units = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
gateway_mirror_free (GatewayMirror *self)
{
  g_hash_table_unref (self->units);
  g_clear_pointer (&self->map, bed_map_unref);
  g_free (self);
}

void
gateway_mirror_look (GatewayMirror *self, gint64 now_us)
{
  /* Looking into the time zone at every answer would cost more than counting it. */
  if (now_us >= self->midnight_us && now_us < self->midnight_us + 23 * BED_HOUR_US)
    return;
  gint64 midnight_us = bed_time_find_midnight (now_us);
  if (midnight_us == self->midnight_us)
    return;
  self->midnight_us = midnight_us;
  g_hash_table_remove_all (self->units);
}

void
gateway_mirror_begin (GatewayMirror *self, BedMap *map, gint64 now_us)
{
  if (self->map == NULL)
    self->start_us = now_us;
  bed_map_ref (map);
  g_clear_pointer (&self->map, bed_map_unref);
  self->map = map;
  gateway_mirror_look (self, now_us);
}

static Counts *
get_counts (GatewayMirror *self, guint32 unit)
{
  const char *id = self->map->table.units[unit].id;
  Counts *counts = g_hash_table_lookup (self->units, id);

  if (counts == NULL)
    {
      counts = g_new0 (Counts, 1);
      g_hash_table_insert (self->units, g_strdup (id), counts);
    }
  return counts;
}

static guint32
get_unit_of (const GatewayMirror *self, guint32 bed)
{
  return self->map->table.beds[bed].unit;
}

/* What is counted */

static guint
find_reason (const BedJudged *judged)
{
  if (judged->reason == BED_RULED_OUT_NOTHING || judged->reason == BED_RULED_OUT_FRESHNESS)
    return CUT_OFF_AT;
  if (judged->reason == BED_RULED_OUT_MUST)
    return MUST_AT + judged->need;
  if (judged->reason == BED_RULED_OUT_MUST_NOT)
    return MUST_NOT_AT + judged->need;
  return judged->reason;
}

/* How far a reason lets a bed come: a must and a must not stand where their kind stands. */
static guint
rank (guint reason)
{
  return reason >= CUT_OFF_AT    ? G_MAXUINT
         : reason >= MUST_NOT_AT ? BED_RULED_OUT_MUST_NOT
         : reason >= MUST_AT     ? BED_RULED_OUT_MUST
                                 : reason;
}

static void
note_shown (GatewayMirror *self, const BedFound *found)
{
  for (guint i = 0; i < found->n_offers; i++)
    {
      Counts *counts = get_counts (self, get_unit_of (self, found->offers[i].bed));

      counts->first += i == 0;
      counts->shown += counts->answer != self->answer;
      counts->answer = self->answer;
    }
}

void
gateway_mirror_note_found (GatewayMirror *self, const BedFound *found, const GArray *judged)
{
  self->answer++;
  note_shown (self, found);
  for (guint i = 0; i < judged->len;) /* a unit's beds stand together */
    {
      guint32 unit = g_array_index (judged, BedJudged, i).unit;
      guint last = find_reason (&g_array_index (judged, BedJudged, i));

      for (i++; i < judged->len && g_array_index (judged, BedJudged, i).unit == unit; i++)
        {
          guint reason = find_reason (&g_array_index (judged, BedJudged, i));
          last = rank (reason) > rank (last) ? reason : last;
        }
      Counts *counts = get_counts (self, unit);
      if (counts->answer == self->answer)
        continue;
      counts->passed_over++;
      counts->reasons[last]++;
    }
}

/* A proposal is an answer of one offer, to which nobody else has been compared here. */
static void
note_proposed (gpointer owner, guint32 bed)
{
  GatewayMirror *self = owner;
  Counts *counts = get_counts (self, get_unit_of (self, bed));

  counts->shown++;
  counts->first++;
}

static void
note_placed (gpointer owner, guint32 bed)
{
  GatewayMirror *self = owner;
  get_counts (self, get_unit_of (self, bed))->placed++;
}

const GatewayPeopleCalls gateway_mirror_calls = { note_proposed, note_placed };

/* What is told */

static gboolean
fail (GError **error, BedError code, const char *words)
{
  g_set_error_literal (error, BED_ERROR, (int) code, words != NULL ? words : bed_error_words (code));
  return FALSE;
}

/* A unit's own affairs, and those who place people there. */
static gboolean
may_ask (const BedSight *sight)
{
  return sight->class == BED_SIGHT_FULL || sight->class == BED_SIGHT_UNIT;
}

static char *
print_reason (guint reason)
{
  if (reason == CUT_OFF_AT)
    return g_strdup ("cut_off");
  if (reason < MUST_AT)
    return g_strdup (bed_words_print (&bed_ruled_out_words, reason));
  gboolean is_must = reason < MUST_NOT_AT;
  const char *kind = bed_words_print (&bed_ruled_out_words, is_must ? BED_RULED_OUT_MUST : BED_RULED_OUT_MUST_NOT);
  const char *need = bed_words_print (&bed_need_words, reason - (is_must ? MUST_AT : MUST_NOT_AT));
  return g_strconcat (kind, ":", need, NULL);
}

/* The most frequent first; among equals the one that rules out first. */
static void
print_reasons (const Counts *counts, BedJson *json)
{
  gboolean is_told[N_REASONS] = { FALSE };

  bed_json_name (json, "reasons");
  bed_json_begin_array (json);
  for (;;)
    {
      guint most = N_REASONS;
      for (guint i = 0; i < N_REASONS; i++)
        if (!is_told[i] && counts->reasons[i] > 0 && (most == N_REASONS || counts->reasons[i] > counts->reasons[most]))
          most = i;
      if (most == N_REASONS)
        break;
      is_told[most] = TRUE;
      g_autofree char *word = print_reason (most);
      bed_json_begin_object (json);
      bed_json_add_string (json, "reason", word);
      bed_json_add_int (json, "count", counts->reasons[most]);
      bed_json_end_object (json);
    }
  bed_json_end_array (json);
}

gboolean
gateway_mirror_print (GatewayMirror *self, const BedActor *actor, const char *unit, BedJson *result, GError **error)
{
  static const Counts nothing = { 0 };
  BedSight sight;

  if (self->map == NULL)
    return fail (error, BED_ERROR_UNAVAILABLE, NULL);
  if (!bed_sight_of_actor (actor, self->map->places, &sight) || !may_ask (&sight))
    return fail (error, BED_ERROR_FORBIDDEN, NULL);
  if (unit == NULL)
    return fail (error, BED_ERROR_BAD_VALUE, "unit");
  guint32 index = bed_places_find_unit (self->map->places, unit);
  if (index == BED_NONE)
    return fail (error, BED_ERROR_UNKNOWN_UNIT, NULL);
  if (!bed_sight_shows_unit (&sight, &self->map->table, index))
    return fail (error, BED_ERROR_FORBIDDEN, NULL);

  const Counts *counts = g_hash_table_lookup (self->units, unit);
  counts = counts != NULL ? counts : &nothing;
  bed_json_begin_object (result);
  bed_json_add_int (result, "revision", (gint64) bed_table_get_revision (&self->map->table));
  bed_json_add_string (result, "unit", unit);
  bed_json_add_time (result, "since", MAX (self->midnight_us, self->start_us));
  bed_json_add_int (result, "shown", counts->shown);
  bed_json_add_int (result, "first", counts->first);
  bed_json_add_int (result, "passed_over", counts->passed_over);
  print_reasons (counts, result);
  bed_json_add_int (result, "placed", counts->placed);
  bed_json_end_object (result);
  return TRUE;
}
