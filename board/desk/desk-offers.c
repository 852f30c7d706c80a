/* desk-offers.c: reads what bed.find has answered, and says it.
 *
 * Pure: no widget, no socket, no clock. The rank is bed.find's own, nothing is sorted again but what
 * is ruled out, nearest first. What is malformed is left out, never asserted.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-offers.h"

#include "../board-codes.h"
#include "../board-i18n.h"
#include "../board-rows.h"
#include "../board-time.h"
#include "common/bed-time.h"

#include <string.h>

#define ROWS_MAX 256
#define RULED_OUT_BEDS_MAX 512

static guint64
read_needs (JsonObject *row, const char *name)
{
  JsonArray *array = board_rows_get_array (row, name);
  guint64 needs = 0;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      const char *word = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
      int need = word != NULL ? bed_words_parse (&bed_need_words, word) : -1;

      if (need >= 0)
        needs |= G_GUINT64_CONSTANT (1) << need;
    }
  return needs;
}

static guint
read_count (JsonObject *row, const char *name)
{
  return (guint)CLAMP (board_rows_get_int (row, name), 0, G_MAXINT);
}

gboolean
desk_offer_parse (JsonObject *row, DeskOffer *offer)
{
  const char *bed = board_rows_get_string (row, "bed");
  int from = bed_words_parse (&bed_distance_words, board_rows_get_string (row, "distance_from"));

  *offer = (DeskOffer){ 0 };
  if (bed[0] == '\0' || strlen (bed) >= sizeof offer->bed)
    return FALSE;
  g_strlcpy (offer->bed, bed, sizeof offer->bed);
  g_strlcpy (offer->unit, board_rows_get_string (row, "unit"), sizeof offer->unit);
  offer->metres = read_count (row, "metres");
  offer->from = from >= 0 ? (BedDistanceFrom)from : BED_DISTANCE_STRAIGHT;
  offer->meets = read_needs (row, "meets");
  offer->misses = read_needs (row, "misses_preferred");
  offer->confirmed_us = board_rows_get_time (row, "confirmed_at");
  offer->call_first = board_rows_get_bool (row, "call_first");
  return TRUE;
}

/* "must:hoist", or a reason alone. */
static gboolean
parse_reason (JsonObject *row, DeskRuledOut *ruled_out)
{
  g_auto (GStrv) parts = g_strsplit (board_rows_get_string (row, "reason"), ":", 2);
  int reason = parts[0] != NULL ? bed_words_parse (&bed_ruled_out_words, parts[0]) : -1;

  *ruled_out = (DeskRuledOut){ .reason = (BedRuledOut)MAX (reason, 0), .need = -1 };
  if (reason > 0 && parts[1] != NULL)
    ruled_out->need = bed_words_parse (&bed_need_words, parts[1]);
  return reason > BED_RULED_OUT_NOTHING;
}

static gboolean
parse_ruled_out (JsonObject *row, DeskRuledOut *ruled_out)
{
  if (!parse_reason (row, ruled_out))
    return FALSE;
  ruled_out->count = read_count (row, "count");
  ruled_out->nearest_metres = read_count (row, "nearest_metres");
  return ruled_out->count > 0;
}

static void
clear_ruled_out (gpointer ruled_out)
{
  g_array_unref (((DeskRuledOut *)ruled_out)->beds);
}

/* A single bed goes under its reason; they come nearest first. */
static void
take_ruled_out_bed (DeskOffers *offers, JsonObject *row)
{
  const char *id = board_rows_get_string (row, "bed");
  int from = bed_words_parse (&bed_distance_words, board_rows_get_string (row, "distance_from"));
  DeskRuledOutBed bed = { .metres = read_count (row, "metres"), .from = (BedDistanceFrom)MAX (from, 0) };
  DeskRuledOut reason;

  if (!parse_reason (row, &reason) || id[0] == '\0' || strlen (id) >= sizeof bed.bed)
    return;
  g_strlcpy (bed.bed, id, sizeof bed.bed);
  for (guint i = 0; i < offers->ruled_out->len; i++)
    {
      DeskRuledOut *ruled_out = &g_array_index (offers->ruled_out, DeskRuledOut, i);

      if (desk_ruled_out_get_key (ruled_out) == desk_ruled_out_get_key (&reason)
          && ruled_out->beds->len < ruled_out->count)
        g_array_append_val (ruled_out->beds, bed);
    }
}

static gint
compare_nearest (gconstpointer a, gconstpointer b)
{
  const DeskRuledOut *one = a;
  const DeskRuledOut *other = b;

  return (one->nearest_metres > other->nearest_metres) - (one->nearest_metres < other->nearest_metres);
}

DeskOffers *
desk_offers_new (const char *referral, JsonObject *result)
{
  DeskOffers *offers = g_new0 (DeskOffers, 1);
  JsonArray *rows = board_rows_get_array (result, "offers");
  JsonArray *reasons = board_rows_get_array (result, "ruled_out");
  JsonArray *beds = board_rows_get_array (result, "ruled_out_beds");

  g_strlcpy (offers->referral, referral, sizeof offers->referral);
  offers->offers = g_array_new (FALSE, FALSE, sizeof (DeskOffer));
  offers->ruled_out = g_array_new (FALSE, FALSE, sizeof (DeskRuledOut));
  g_array_set_clear_func (offers->ruled_out, clear_ruled_out);
  offers->revision = (guint64)board_rows_get_int (result, "revision");
  offers->cut_off = read_count (result, "cut_off");
  offers->total = read_count (result, "total");
  for (guint i = 0; rows != NULL && i < MIN (json_array_get_length (rows), ROWS_MAX); i++)
    {
      JsonObject *row = board_rows_get_element (rows, i);
      DeskOffer offer;

      if (row == NULL || !desk_offer_parse (row, &offer))
        continue;
      g_array_append_val (offers->offers, offer);
      offers->n_sure += offer.call_first ? 0 : 1;
    }
  for (guint i = 0; reasons != NULL && i < MIN (json_array_get_length (reasons), ROWS_MAX); i++)
    {
      JsonObject *row = board_rows_get_element (reasons, i);
      DeskRuledOut ruled_out;

      if (row == NULL || !parse_ruled_out (row, &ruled_out))
        continue;
      ruled_out.beds = g_array_new (FALSE, FALSE, sizeof (DeskRuledOutBed));
      g_array_append_val (offers->ruled_out, ruled_out);
      offers->n_ruled_out += ruled_out.count;
    }
  for (guint i = 0; beds != NULL && i < MIN (json_array_get_length (beds), RULED_OUT_BEDS_MAX); i++)
    if (board_rows_get_element (beds, i) != NULL)
      take_ruled_out_bed (offers, board_rows_get_element (beds, i));
  g_array_sort (offers->ruled_out, compare_nearest);
  return offers;
}

void
desk_offers_free (DeskOffers *offers)
{
  g_array_unref (offers->offers);
  g_array_unref (offers->ruled_out);
  g_free (offers);
}

const DeskOffer *
desk_offers_get (const DeskOffers *offers, guint rank)
{
  return offers != NULL && rank < offers->offers->len ? &g_array_index (offers->offers, DeskOffer, rank) : NULL;
}

int
desk_offers_find (const DeskOffers *offers, const char *bed)
{
  const DeskOffer *offer;

  for (guint i = 0; (offer = desk_offers_get (offers, i)) != NULL; i++)
    if (g_str_equal (offer->bed, bed))
      return (int)i;
  return -1;
}

guint
desk_offers_count (const DeskOffers *offers)
{
  return offers != NULL ? offers->offers->len + offers->cut_off : 0;
}

guint
desk_ruled_out_get_key (const DeskRuledOut *ruled_out)
{
  return (guint)ruled_out->reason << 8 | (guint)(ruled_out->need + 1);
}

gboolean
desk_ruled_out_is_near_miss (const DeskRuledOut *ruled_out)
{
  switch (ruled_out->reason)
    {
    case BED_RULED_OUT_ISOLATION:
    case BED_RULED_OUT_STAFFED_CAP:
    case BED_RULED_OUT_TYPE:
    case BED_RULED_OUT_BAY_SEX:
    case BED_RULED_OUT_MUST:
    case BED_RULED_OUT_MUST_NOT:
    case BED_RULED_OUT_ADMISSION:
    case BED_RULED_OUT_PARTNER:
    case BED_RULED_OUT_FRESHNESS:
      return TRUE;
    case BED_RULED_OUT_NOTHING:
    case BED_RULED_OUT_SERVICE:
    case BED_RULED_OUT_OCCUPANCY:
    case BED_RULED_OUT_COMMITMENT:
    case BED_RULED_OUT_READINESS:
    case BED_RULED_OUT_N:
      return FALSE;
    }
  return FALSE;
}

char *
desk_ruled_out_say (const DeskRuledOut *ruled_out)
{
  if (ruled_out->reason == BED_RULED_OUT_MUST && ruled_out->need >= 0)
    /* TRANSLATORS: %s is a need such as "Hoist" */
    return g_strdup_printf (_ ("Missing: %s"), board_code_say (&bed_need_words, (guint)ruled_out->need));
  if (ruled_out->reason == BED_RULED_OUT_MUST_NOT && ruled_out->need >= 0)
    return g_strdup_printf (_ ("Must not have: %s"), board_code_say (&bed_need_words, (guint)ruled_out->need));
  return g_strdup (board_code_say (&bed_ruled_out_words, ruled_out->reason));
}

char *
desk_ruled_out_say_count (const DeskRuledOut *ruled_out)
{
  g_autofree char *km = desk_offer_print_km (ruled_out->nearest_metres);

  /* TRANSLATORS: how many beds are ruled out for one reason, and how far the nearest of them is */
  return g_strdup_printf (ngettext ("%u bed, nearest %s km", "%u beds, nearest %s km", ruled_out->count), ruled_out->count,
                          km);
}

static char *
say_commitment (const BoardBed *bed)
{
  char until[6];

  if (bed->commitment != BED_COMMITMENT_HELD || bed->until_us == 0)
    return g_strdup (board_code_say (&bed_display_words, bed->display));
  bed_time_print_local (bed->until_us, until);
  return g_strdup_printf (_ ("Held until %s"), until);
}

static char *
say_occupancy (const BoardBed *bed)
{
  char date[BOARD_DATE_SIZE];

  if (bed->expected_free_us == 0)
    return g_strdup ("");
  board_time_print_date (bed->expected_free_us, date);
  /* TRANSLATORS: a date: when whoever is in the bed is expected to leave */
  return g_strdup_printf (_ ("Leaves %s"), date);
}

char *
desk_ruled_out_say_bed (const DeskRuledOut *ruled_out, const BoardBed *bed)
{
  switch (ruled_out->reason)
    {
    case BED_RULED_OUT_SERVICE:
      if (bed->reason == BED_CLOSURE_NONE) /* the heading says that it is closed */
        return g_strdup (bed->display != BED_DISPLAY_CLOSED ? board_code_say (&bed_display_words, bed->display) : "");
      return g_strdup (board_code_say (&bed_closure_words, bed->reason));
    case BED_RULED_OUT_OCCUPANCY:
      return say_occupancy (bed);
    case BED_RULED_OUT_COMMITMENT:
      return say_commitment (bed);
    case BED_RULED_OUT_READINESS:
      return g_strdup (board_code_say (&bed_readiness_words, bed->readiness));
    case BED_RULED_OUT_ISOLATION:
      return g_strdup (bed->isolation != BED_ISOLATION_NONE ? board_code_say (&bed_isolation_words, bed->isolation) : "");
    case BED_RULED_OUT_TYPE:
      return g_strdup (board_code_say (&bed_type_words, bed->type));
    case BED_RULED_OUT_BAY_SEX:
      return g_strdup (board_code_say (&bed_bay_sex_words, bed->bay_sex));
    case BED_RULED_OUT_MUST:
    case BED_RULED_OUT_MUST_NOT:
    case BED_RULED_OUT_STAFFED_CAP:
    case BED_RULED_OUT_ADMISSION:
    case BED_RULED_OUT_PARTNER:
    case BED_RULED_OUT_FRESHNESS:
    case BED_RULED_OUT_NOTHING:
    case BED_RULED_OUT_N:
      break;
    }
  return g_strdup ("");
}

const char *
desk_offer_say_from (BedDistanceFrom from)
{
  switch (from)
    {
    case BED_DISTANCE_STRAIGHT:
      return _ ("Straight line × 1.3");
    case BED_DISTANCE_CROSSING:
      return _ ("By road, round the water");
    case BED_DISTANCE_TABLE:
      return _ ("From the travel table");
    case BED_DISTANCE_N:
      return "";
    }
  return "";
}

char *
desk_offer_print_km (guint metres)
{
  return g_strdup_printf ("%u.%u", (metres + 50) / 1000, (metres + 50) % 1000 / 100);
}
