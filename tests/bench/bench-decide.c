/* bench-decide.c: what deciding one command costs beside making it durable.
 *
 * The demonstration's own county with every bed seen and a queue waiting. Holds are taken, accepted,
 * cancelled and refused as they come: check, apply with everything that follows from it, keep. The
 * peer is one write and one fdatasync of about a journal's row.
 *
 * Usage: bench-decide FOLDER (of reference data).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bench.h"

#include "broker/broker-rules.h"

#include "common/bed-time.h"

#include <stdio.h>
#include <string.h>

#define PEOPLE 100
#define DECISIONS 20000 /* a round */
#define START_US (G_GINT64_CONSTANT (1795341600) * 1000000) /* Sunday 2026-11-22 10:00 */

typedef struct
{
  BrokerRegister *reg;
  GRand *rand;
  gint64 now_us;
  guint64 n;
  guint n_accepted;
  char codes[PEOPLE][BED_CODE_SIZE];
} County;

/* Decides it; the last referral's code is left in code if it was a submission. */
static gboolean
decide (County *county, BedCommand *command, char *code)
{
  g_autoptr (GError) error = NULL;
  g_auto (BedEvent) event = { 0 };
  BrokerRefusal refusal;
  command->actor = (BedActor) { .user = "local", .role = BED_ROLE_LOCAL };
  command->random = ++county->n * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  county->now_us += 1000;
  if (!broker_rules_check (county->reg, command, county->now_us, &event, &refusal))
    return FALSE;
  if (!broker_register_apply (county->reg, &event, &error))
    g_error ("%s", error->message);
  broker_register_keep (county->reg);
  if (code != NULL)
    memcpy (code, event.facts.referral, BED_CODE_SIZE);
  return TRUE;
}

static void
see_beds (County *county)
{
  const BedTable *table = broker_register_peek_table (county->reg);
  for (guint32 bed = 0; bed < table->sizes.beds; bed++)
    {
      BedCommand command = { .method = BED_METHOD_BED_REPORT };
      g_strlcpy (command.facts.bed, table->beds[bed].id, sizeof command.facts.bed);
      command.facts.occupancy = BED_OCCUPANCY_VACANT;
      bed_facts_set (&command.facts, BED_FACT_BED);
      bed_facts_set (&command.facts, BED_FACT_OCCUPANCY);
      decide (county, &command, NULL);
    }
}

static void
refer (County *county, guint person)
{
  const BedTable *table = broker_register_peek_table (county->reg);
  guint32 district = (guint32) g_rand_int_range (county->rand, 0, (gint32) table->sizes.districts);
  BedCommand command = { .method = BED_METHOD_REFERRAL_SUBMIT };
  BedFacts *facts = &command.facts;
  facts->lane = BED_LANE_FLOW;
  facts->pathway = BED_PATHWAY_SUPPORTED;
  facts->type = (guint8) (person % 2 == 0 ? BED_TYPE_REHAB : BED_TYPE_D2A);
  facts->sex = (guint8) (person % BED_SEX_N);
  facts->agreed = BED_AGREED_YES;
  g_strlcpy (facts->home, table->districts[district].id, sizeof facts->home);
  g_strlcpy (facts->organisation, "bench", sizeof facts->organisation);
  facts->has = bed_method_get_required (BED_METHOD_REFERRAL_SUBMIT);
  if (!decide (county, &command, county->codes[person]))
    g_error ("a referral was refused");
}

/* One step of one person's way: a hold on a bed at random, its acceptance, its end. */
static void
take_step (County *county)
{
  const BedTable *table = broker_register_peek_table (county->reg);
  const char *code = county->codes[g_rand_int_range (county->rand, 0, PEOPLE)];
  guint32 bed = (guint32) g_rand_int_range (county->rand, 0, (gint32) table->sizes.beds);
  const BedReferralRow *row = broker_register_peek_referral (county->reg, broker_register_find_referral (county->reg, code));
  BedCommand command = { .method = row->state == BED_STATE_HELD       ? BED_METHOD_PLACEMENT_ACCEPT
                                   : row->state == BED_STATE_ACCEPTED ? BED_METHOD_PLACEMENT_CANCEL
                                                                      : BED_METHOD_HOLD_TAKE };
  memcpy (command.facts.referral, code, BED_CODE_SIZE);
  g_strlcpy (command.facts.bed, table->beds[bed].id, sizeof command.facts.bed);
  command.facts.has = bed_method_get_required (command.method);
  county->n_accepted += (guint) decide (county, &command, NULL);
}

static void
import (County *county, const char *folder)
{
  g_autoptr (GError) error = NULL;
  BedCommand command = { .method = BED_METHOD_IMPORT };
  command.facts.files = broker_reference_load (folder, &error);
  if (command.facts.files == NULL)
    g_error ("%s", error->message);
  bed_facts_set (&command.facts, BED_FACT_FILES);
  if (!decide (county, &command, NULL))
    g_error ("%s: the reference data were refused", folder);
  bed_command_clear (&command);
}

int
main (int argc, char **argv)
{
  if (argc != 2)
    {
      fprintf (stderr, "usage: bench-decide FOLDER\n");
      return 2;
    }
  double ours[BENCH_ROUNDS], peers[BENCH_ROUNDS];
  County county = { .reg = broker_register_new (1024), .rand = g_rand_new_with_seed (1), .now_us = START_US };
  import (&county, argv[1]);
  see_beds (&county);
  for (guint person = 0; person < PEOPLE; person++)
    refer (&county, person);

  for (guint round = 0; round < BENCH_ROUNDS; round++)
    {
      gint64 start = bench_now_ns ();
      for (guint i = 0; i < DECISIONS; i++)
        take_step (&county);
      ours[round] = (double) (bench_now_ns () - start) / 1e3 / DECISIONS;
      peers[round] = bench_write_and_sync_us (g_get_tmp_dir (), 1000);
    }
  bench_report (&(BenchRow) { .what = "the decision of one command", .unit = "us", .ours = ours, .peers = peers,
                              .peer_name = "write + fdatasync", .n = BENCH_ROUNDS, .at_most = 0.2 });
  printf ("# %u of %u decisions were accepted\n", county.n_accepted, BENCH_ROUNDS * DECISIONS);
  broker_register_free (county.reg);
  g_rand_free (county.rand);
  return county.n_accepted > DECISIONS ? 0 : 1;
}
