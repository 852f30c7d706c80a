/* broker-proposals.c: which waiting person is shown which bed.
 *
 * A greedy walk over the queue in its order of need: each person gets the nearest suitable bed that
 * nobody before them was given. It reads the register and changes nothing; what it finds goes down
 * the one-way street as commands. Owns only scratch room, kept between rounds. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-proposals.h"

#include "common/bed-suit.h"

#include <string.h>

#define HOPELESS_MAX 64

typedef struct
{
  guint32 referral;
  guint8 lane;
  gint64 since_us; /* ready, or asked for */
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
  if (left->since_us != right->since_us)
    return left->since_us < right->since_us ? -1 : 1;
  return left->referral < right->referral ? -1 : left->referral > right->referral;
}

/* `simple` restarts an old package of care and never consumes a bed. */
static gboolean
is_waiting (const BedReferralRow *row)
{
  return row->state == BED_STATE_WAITING && (row->flags & BED_REFERRAL_CLOSED) == 0
         && row->pathway != BED_PATHWAY_SIMPLE;
}

static void
list_waiting (BrokerProposals *self, const BrokerRegister *reg)
{
  g_array_set_size (self->waiting, 0);
  for (guint32 i = 0; i < broker_register_get_n_referrals (reg); i++)
    {
      const BedReferralRow *row = broker_register_peek_referral (reg, i);
      Waiting one = { i, row->lane, row->ready_at_us != 0 ? row->ready_at_us : row->submitted_at_us };

      if (is_waiting (row))
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
          && other->must_not == needs->must_not)
        return TRUE;
    }
  return FALSE;
}

/* The bed to propose, BED_NONE if there is none that may be offered now: a bed to call first is
 * found by a search, never proposed. */
static guint32
find_bed (BrokerProposals *self, const BedView *view, const BedReferralRow *row, guint32 *metres)
{
  BedNeedsProfile needs;
  BedOffer offer;

  bed_needs_of_referral (row, &needs);
  *metres = 0;
  if (is_hopeless (self, &needs))
    return BED_NONE;
  if (bed_find_nearest (view, &needs, 1, is_given, self, &offer) == 0 || offer.call_first)
    {
      if (self->n_hopeless < HOPELESS_MAX)
        self->hopeless[self->n_hopeless++] = needs;
      return BED_NONE;
    }
  self->given[offer.bed / 8] |= (guint8) (1u << (offer.bed % 8));
  *metres = offer.metres;
  return offer.bed;
}

/* A standing proposal that nobody searched for again: it stays only while it is still one. */
static guint32
keep_bed (BrokerProposals *self, const BrokerRegister *reg, const BedReferralRow *row)
{
  if (row->offer_bed == BED_NONE || row->offer_bed >= self->n_given || is_given (row->offer_bed, self)
      || (broker_register_peek_bed (reg, row->offer_bed)->flags & BED_FLAG_OFFERABLE) == 0)
    return BED_NONE;
  self->given[row->offer_bed / 8] |= (guint8) (1u << (row->offer_bed % 8));
  return row->offer_bed;
}

static void
fill_command (BedCommand *command, const BrokerRegister *reg, const BedReferralRow *row, guint32 bed,
              guint32 metres)
{
  memset (command, 0, sizeof *command);
  command->method = BED_METHOD_OFFER_MAKE;
  memcpy (command->facts.referral, row->code, sizeof command->facts.referral);
  bed_facts_set (&command->facts, BED_FACT_REFERRAL);
  if (bed != BED_NONE)
    {
      memcpy (command->facts.bed, broker_register_peek_table (reg)->beds[bed].id, BED_ID_SIZE);
      bed_facts_set (&command->facts, BED_FACT_BED);
      command->facts.metres = metres;
      bed_facts_set (&command->facts, BED_FACT_METRES);
    }
  bed_command_sign (command);
}

guint
broker_proposals_draw (BrokerProposals *self, const BrokerRegister *reg,
                       BedCommand commands[static BROKER_PROPOSALS_MAX])
{
  BedView view = broker_register_view (reg);
  guint n = 0;

  if (broker_register_peek_reference (reg) == NULL)
    return 0;
  list_waiting (self, reg);
  forget_round (self, view.table->sizes.beds);
  for (guint i = 0; i < self->waiting->len && n < BROKER_PROPOSALS_MAX; i++)
    {
      guint32 referral = g_array_index (self->waiting, Waiting, i).referral;
      const BedReferralRow *row = broker_register_peek_referral (reg, referral);
      guint32 metres = row->offer_metres;
      guint32 bed = i < BROKER_PROPOSALS_LOOKED ? find_bed (self, &view, row, &metres)
                                                : keep_bed (self, reg, row);

      if (bed != row->offer_bed)
        fill_command (&commands[n++], reg, row, bed, metres);
    }
  return n;
}
