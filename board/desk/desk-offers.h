/* desk-offers.h: bed.find's answer about one person, as rows.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../board-model.h"

#define DESK_OFFERS_LIMIT 40   /* asked of bed.find; further ones are counted */
#define DESK_RULED_OUT_LIMIT 8 /* beds of one reason asked for by name; further ones are counted */

typedef struct
{
  char bed[BED_ID_SIZE];
  char unit[BED_ID_SIZE];
  gint64 confirmed_us; /* 0: never */
  guint64 meets;       /* bits of BedNeed: every must, and what of the preferred it has */
  guint64 misses;      /* preferred, and not there */
  guint metres;
  BedDistanceFrom from;
  gboolean call_first; /* its only fault is its age */
} DeskOffer;

/* Beds that are ruled out for one reason. */
typedef struct
{
  BedRuledOut reason;
  int need; /* BedNeed of a must or must-not, else -1 */
  guint count;
  guint nearest_metres;
  GArray *beds; /* DeskRuledOutBed, the nearest of them, nearest first */
} DeskRuledOut;

typedef struct
{
  char bed[BED_ID_SIZE];
  guint metres;
  BedDistanceFrom from;
} DeskRuledOutBed;

typedef struct
{
  char referral[BED_CODE_SIZE];
  guint64 revision;
  GArray *offers;    /* DeskOffer, as ranked */
  GArray *ruled_out; /* DeskRuledOut, nearest first */
  guint n_sure;      /* offers that need no call first */
  guint cut_off;     /* further ones, beyond the limit */
  guint n_ruled_out; /* beds */
  guint total;
} DeskOffers;

/* result: of bed.find. Rows that are malformed are left out. */
DeskOffers *
desk_offers_new (const char *referral, JsonObject *result);
void
desk_offers_free (DeskOffers *offers);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskOffers, desk_offers_free)

/* One offer, shaped as in bed.find (a refusal's `next`). FALSE if it names no bed. */
gboolean
desk_offer_parse (JsonObject *row, DeskOffer *offer);

/* The rank of a bed, from 0, or -1. offers may be NULL. */
int
desk_offers_find (const DeskOffers *offers, const char *bed);
const DeskOffer *
desk_offers_get (const DeskOffers *offers, guint rank); /* NULL beyond the last */

/* Beds that suit: with those beyond the limit. */
guint
desk_offers_count (const DeskOffers *offers);

/* What a reason is known by from one answer to the next. */
guint
desk_ruled_out_get_key (const DeskRuledOut *ruled_out);

/* Whether a bed that is ruled out for this could be had, would the person be another one; the others
 * are no free beds at all. */
gboolean
desk_ruled_out_is_near_miss (const DeskRuledOut *ruled_out);

/* "Hoist is missing", "Bay for the other sex". Owned by the caller. */
char *
desk_ruled_out_say (const DeskRuledOut *ruled_out);

/* "4 beds, nearest 6.2 km". Owned by the caller. */
char *
desk_ruled_out_say_count (const DeskRuledOut *ruled_out);
/* What is known of one bed besides its reason: why it is closed, when it may be free. "" if there is
 * nothing to say. Owned by the caller. */
char *
desk_ruled_out_say_bed (const DeskRuledOut *ruled_out, const BoardBed *bed);

/* "straight line × 1.3": where the distance comes from. Static. */
const char *
desk_offer_say_from (BedDistanceFrom from);
/* "19.4": kilometres. Owned by the caller. */
char *
desk_offer_print_km (guint metres);
