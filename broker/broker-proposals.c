/* broker-proposals.c: which waiting person is shown which bed.
 *
 * A greedy walk over the queue in its order of need: each person gets the nearest suitable bed that
 * nobody before them was given, a couple two beds of one unit. Not shown again are beds of units that
 * have declined the person, nor, for a while, the bed whose proposal lapsed last: it is somebody
 * else's turn. It reads the register and changes nothing; what it finds goes down the one-way street
 * as commands. Owns only scratch room, kept between rounds. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-proposals.h"

#include "broker-fit.h"

#include <string.h>

#define HOPELESS_MAX 64

typedef struct
{
  guint32 referral;
  guint8 lane;
  gboolean is_later; /* not one of those who were turned back */
  gint64 since_us;   /* ready, or asked for */
} Waiting;

struct _BrokerProposals
{
  GArray *waiting;  /* Waiting, in order */
  guint8 *given;    /* bit by bed: proposed to somebody in this round */
  guint32 n_given;  /* beds there is room for */
  /* Needs for which this round found nothing: beds only become fewer during a round, so for the
   * same needs in another place there is nothing either. Saves whole scans when beds are short. */
  BedNeedsProfile hopeless[HOPELESS_MAX];
  guint n_hopeless;

  /* Of this round; borrowed. */
  const BrokerRegister *reg;
  BedView view;
  gint64 now_us;
  BedCommand *commands;
  guint n_commands;
};

BrokerProposals *
broker_proposals_new (void)
{
  BrokerProposals *self = g_new0 (BrokerProposals, 1);

  self->waiting = g_array_new (FALSE, FALSE, sizeof (Waiting));
  return self;
}

void
broker_proposals_free (BrokerProposals *self)
{
  g_array_unref (self->waiting);
  g_free (self->given);
  g_free (self);
}

static int
compare_waiting (gconstpointer a, gconstpointer b)
{
  const Waiting *left = a;
  const Waiting *right = b;

  if (left->lane != right->lane)
    return left->lane < right->lane ? -1 : 1; /* urgent is the first lane */
  if (left->is_later != right->is_later)
    return left->is_later ? 1 : -1;
  if (left->since_us != right->since_us)
    return left->since_us < right->since_us ? -1 : 1;
  return left->referral < right->referral ? -1 : left->referral > right->referral;
}

static Waiting
describe (const BrokerProposals *self, guint32 referral)
{
  const BedReferralRow *row = broker_register_peek_referral (self->reg, referral);

  return (Waiting) { .referral = referral,
                     .lane = row->lane,
                     .is_later = (row->flags & BED_REFERRAL_FIRST) == 0,
                     .since_us = row->ready_at_us != 0 ? row->ready_at_us : row->submitted_at_us };
}

/* `simple` restarts an old package of care and never consumes a bed. */
static gboolean
is_waiting (const BedReferralRow *row)
{
  return row->state == BED_STATE_WAITING && (row->flags & BED_REFERRAL_CLOSED) == 0
         && row->pathway != BED_PATHWAY_SIMPLE;
}

static void
list_waiting (BrokerProposals *self)
{
  g_array_set_size (self->waiting, 0);
  for (guint32 i = 0; i < broker_register_get_n_referrals (self->reg); i++)
    if (is_waiting (broker_register_peek_referral (self->reg, i)))
      {
        const Waiting one = describe (self, i);

        g_array_append_val (self->waiting, one);
      }
  g_array_sort (self->waiting, compare_waiting);
}

static void
forget_round (BrokerProposals *self, guint32 n_beds)
{
  if (self->n_given < n_beds)
    {
      self->given = g_realloc (self->given, n_beds / 8 + 1);
      self->n_given = n_beds;
    }
  if (self->given != NULL)
    memset (self->given, 0, self->n_given / 8 + 1);
  self->n_hopeless = 0;
}

static gboolean
is_given (guint32 bed, gpointer user_data)
{
  const BrokerProposals *self = user_data;

  return (self->given[bed / 8] >> (bed % 8) & 1) != 0;
}

static gboolean
is_hopeless (const BrokerProposals *self, const BedNeedsProfile *needs)
{
  for (guint i = 0; i < self->n_hopeless; i++)
    {
      const BedNeedsProfile *other = &self->hopeless[i];

      if (other->type == needs->type && other->sex == needs->sex && other->must == needs->must
          && other->must_not == needs->must_not && other->infection == needs->infection
          && other->weight_band == needs->weight_band && other->lap == needs->lap)
        return TRUE;
    }
  return FALSE;
}

/* One search: for whom, and for whom else. */
typedef struct
{
  BrokerProposals *self;
  const BedReferralRow *person;
  const BedReferralRow *partner; /* of a couple; or NULL */
  BedNeedsProfile needs;
  BedNeedsProfile partner_needs;
} Search;

static gboolean
has_declined (const BrokerProposals *self, const BedReferralRow *person, guint32 bed)
{
  guint32 unit = self->view.table->beds[bed].unit;

  for (guint i = 0; i < BED_DECLINED_UNITS; i++)
    if (person->declined_by[i] == unit)
      return TRUE;
  return FALSE;
}

/* It is somebody else's turn, for as long as a proposal lasts. */
static gboolean
has_just_lapsed (const BrokerProposals *self, const BedReferralRow *person, guint32 bed)
{
  return person->lapsed_bed == bed && self->now_us < person->offered_at_us + BROKER_OFFER_LAPSES_US;
}

static gboolean
is_passed_over (const BrokerProposals *self, const BedReferralRow *person, guint32 bed)
{
  return has_declined (self, person, bed) || has_just_lapsed (self, person, bed);
}

static gboolean
is_not_for_partner (guint32 bed, gpointer user_data)
{
  const Search *search = user_data;

  return is_given (bed, search->self) || is_passed_over (search->self, search->partner, bed);
}

static guint32
find_partners_bed (Search *search, guint32 bed)
{
  const BrokerProposals *self = search->self;

  return broker_fit_find_other_bed (self->reg, bed, &search->needs, self->now_us, is_not_for_partner, search);
}

static gboolean
is_not_for_them (guint32 bed, gpointer user_data)
{
  Search *search = user_data;

  return is_given (bed, search->self) || is_passed_over (search->self, search->person, bed)
         || (search->partner != NULL && find_partners_bed (search, bed) == BED_NONE);
}

/* Somebody for whom some beds are passed over says nothing about others with the same needs. */
static gboolean
is_particular (const Search *search)
{
  return search->partner != NULL || search->person->declined_by[0] != BED_NONE
         || search->person->lapsed_bed != BED_NONE || search->needs.stayed_us != 0;
}

static void
give (BrokerProposals *self, guint32 bed)
{
  self->given[bed / 8] |= (guint8) (1u << (bed % 8));
}

/* What is to be proposed: BED_NONE if there is nothing that may be offered now. */
typedef struct
{
  guint32 bed;
  guint32 metres;
} Proposal;

static const Proposal nothing = { BED_NONE, 0 };

/* A bed to call first is found by a search, never proposed. */
static Proposal
find_bed (Search *search)
{
  BrokerProposals *self = search->self;
  BedOffer offer;

  if (is_hopeless (self, &search->needs))
    return nothing;
  if (bed_find_nearest (&self->view, &search->needs, 1, is_not_for_them, search, &offer) == 0 || offer.call_first)
    {
      if (self->n_hopeless < HOPELESS_MAX && !is_particular (search))
        self->hopeless[self->n_hopeless++] = search->needs;
      return nothing;
    }
  give (self, offer.bed);
  return (Proposal) { offer.bed, offer.metres };
}

/* There is one, as the search for the first has asked. The other of a couple may live elsewhere. */
static Proposal
find_beside (Search *search, guint32 bed)
{
  const BedNeedsProfile *needs = &search->partner_needs;
  BrokerProposals *self = search->self;
  guint32 other = find_partners_bed (search, bed);
  BedDistanceFrom how;

  give (self, other);
  if (needs->easting == 0 && needs->northing == 0)
    return (Proposal) { other, 0 };
  return (Proposal) { other, bed_places_measure (self->view.places, needs->easting, needs->northing, needs->district,
                                                 self->view.table->beds[other].unit, &how) };
}

/* A standing proposal that nobody searched for again: it stays only while it is still one. */
static Proposal
keep_bed (BrokerProposals *self, const BedReferralRow *row)
{
  guint32 bed = row->offer_bed;

  if (bed == BED_NONE || is_given (bed, self)
      || (broker_register_peek_bed (self->reg, bed)->flags & BED_FLAG_OFFERABLE) == 0)
    return nothing;
  give (self, bed);
  return (Proposal) { bed, row->offer_metres };
}

static void
propose (BrokerProposals *self, const BedReferralRow *row, Proposal proposal)
{
  BedCommand *command = &self->commands[self->n_commands];

  if (proposal.bed == row->offer_bed)
    return;
  memset (command, 0, sizeof *command);
  command->method = BED_METHOD_OFFER_MAKE;
  memcpy (command->facts.referral, row->code, sizeof command->facts.referral);
  bed_facts_set (&command->facts, BED_FACT_REFERRAL);
  if (proposal.bed != BED_NONE)
    {
      memcpy (command->facts.bed, self->view.table->beds[proposal.bed].id, BED_ID_SIZE);
      bed_facts_set (&command->facts, BED_FACT_BED);
      command->facts.metres = proposal.metres;
      bed_facts_set (&command->facts, BED_FACT_METRES);
    }
  bed_command_sign (command);
  self->n_commands++;
}

/* Who comes later of a couple is looked at with the other. */
static gboolean
comes_with_earlier (const BrokerProposals *self, const Waiting *one)
{
  const Waiting partner = describe (self, broker_register_peek_referral (self->reg, one->referral)->linked);

  return compare_waiting (&partner, one) < 0;
}

static void
propose_to_two (Search *search, gboolean is_searched)
{
  BrokerProposals *self = search->self;
  Proposal first = is_searched ? find_bed (search) : keep_bed (self, search->person);
  Proposal second = nothing;

  if (first.bed != BED_NONE)
    second = is_searched ? find_beside (search, first.bed) : keep_bed (self, search->partner);
  propose (self, search->person, second.bed != BED_NONE ? first : nothing);
  propose (self, search->partner, second);
}

static void
look_at (BrokerProposals *self, const Waiting *one, gboolean is_searched)
{
  const BedReferralRow *row = broker_register_peek_referral (self->reg, one->referral);
  BrokerCouple couple = broker_fit_look_at_couple (self->reg, row);
  Search search = { .self = self, .person = row };

  broker_fit_get_needs (row, self->now_us, &search.needs);
  if (couple == BROKER_ALONE)
    propose (self, row, is_searched ? find_bed (&search) : keep_bed (self, row));
  else if (couple == BROKER_APART)
    propose (self, row, nothing);
  else if (!comes_with_earlier (self, one))
    {
      search.partner = broker_register_peek_referral (self->reg, row->linked);
      broker_fit_get_needs (search.partner, self->now_us, &search.partner_needs);
      search.needs.partner = &search.partner_needs;
      propose_to_two (&search, is_searched);
    }
}

guint
broker_proposals_draw (BrokerProposals *self, const BrokerRegister *reg, gint64 now_us,
                       BedCommand commands[static BROKER_PROPOSALS_MAX])
{
  if (broker_register_peek_reference (reg) == NULL)
    return 0;
  self->reg = reg;
  self->view = broker_register_view (reg);
  self->now_us = now_us;
  self->commands = commands;
  self->n_commands = 0;
  list_waiting (self);
  forget_round (self, self->view.table->sizes.beds);
  for (guint i = 0; i < self->waiting->len && self->n_commands + 1 < BROKER_PROPOSALS_MAX; i++)
    look_at (self, &g_array_index (self->waiting, Waiting, i), i < BROKER_PROPOSALS_LOOKED);
  return self->n_commands;
}
