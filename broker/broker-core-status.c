/* broker-core-status.c: the core seen from outside: reading, and the members of `status`.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-core-parts.h"

const BrokerRegister *
broker_core_peek_register (const BrokerCore *self)
{
  return self->reg;
}

const BrokerTable *
broker_core_peek_table (const BrokerCore *self)
{
  return broker_publisher_peek_table (self->publisher);
}

BrokerJournal *
broker_core_peek_journal (const BrokerCore *self)
{
  return self->journal;
}

guint64
broker_core_get_epoch (const BrokerCore *self)
{
  return broker_publisher_get_epoch (self->publisher);
}

guint64
broker_core_get_revision (const BrokerCore *self)
{
  return broker_publisher_get_revision (self->publisher);
}

gboolean
broker_core_is_read_only (const BrokerCore *self)
{
  return self->is_read_only;
}

gint64
broker_core_get_last_event_us (const BrokerCore *self)
{
  return self->last_event_us;
}

static guint
count_live_referrals (const BrokerRegister *reg)
{
  guint n = 0;

  for (guint32 i = 0; i < broker_register_get_n_referrals (reg); i++)
    n += (broker_register_peek_referral (reg, i)->flags & BED_REFERRAL_CLOSED) == 0;
  return n;
}

/* Booked like beds without being one. */
static guint
count_places (const BedTable *table)
{
  guint n = 0;

  for (guint32 bed = 0; bed < table->sizes.beds; bed++)
    n += (BED_PLACE_TYPES >> table->beds[bed].type & 1) != 0;
  return n;
}

void
broker_core_print_status (const BrokerCore *self, BedJson *json)
{
  const BedTable *table = broker_register_peek_table (self->reg);
  const guint n_places = count_places (table);

  bed_json_add_string (json, "version", HOMEWARD_VERSION);
  bed_json_add_int (json, "epoch", (gint64) broker_core_get_epoch (self));
  bed_json_add_int (json, "revision", (gint64) broker_core_get_revision (self));
  bed_json_add_string (json, "serving", bed_words_print (&bed_serving_words, self->is_read_only
                                                                                 ? BED_SERVING_READ_ONLY
                                                                                 : BED_SERVING_LIVE));
  if (self->why_read_only != NULL)
    bed_json_add_string (json, "why", self->why_read_only);
  bed_json_add_time (json, "since", self->since_us);
  bed_json_add_time (json, "now", broker_core_read_now ((BrokerCore *) self));
  bed_json_add_time (json, "started_at", self->started_us);
  if (self->settings.clock_speed != 0) /* not the world's time: not for service */
    bed_json_add_int (json, "virtual_clock", self->settings.clock_speed);
  bed_json_add_int (json, "units", table->sizes.units);
  bed_json_add_int (json, "beds", table->sizes.beds - n_places);
  bed_json_add_int (json, "places", n_places);
  bed_json_add_int (json, "referrals", count_live_referrals (self->reg));
  bed_json_add_int (json, "waiting", self->queue_length);
  bed_json_name (json, "batch");
  bed_json_begin_object (json);
  bed_json_add_int (json, "batches", (gint64) self->n_batches);
  bed_json_add_int (json, "commands", (gint64) self->n_commands);
  bed_json_add_int (json, "largest", self->n_largest);
  bed_json_end_object (json);
}
