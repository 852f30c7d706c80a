/* export-trip.h: a register through its files and back: the same bytes again, and the same rows.
 *
 * For any test that has a register in a state worth carrying.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "broker/broker-states.h"

#include <string.h>

/* A register of nothing but that import; NULL, and why (owned), if it is none. */
static inline BrokerRegister *
export_trip_import (const char *files, gint64 at_us, char **why)
{
  g_autoptr (BrokerRegister) reg = broker_register_new (BED_MAX_REFERRALS);
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (BrokerStates) states = NULL;
  g_autoptr (BrokerReference) reference = broker_states_parse (files, NULL, &states, faults);
  g_autoptr (GError) error = NULL;
  BedEvent event = { .revision = 1, .at_us = at_us, .kind = BED_EVENT_IMPORTED };

  if (reference == NULL)
    {
      g_ptr_array_add (faults, NULL);
      *why = g_strjoinv ("\n", (char **) faults->pdata);
      return NULL;
    }
  event.facts.files = (char *) files;
  bed_facts_set (&event.facts, BED_FACT_FILES);
  if (!broker_register_apply (reg, &event, &error))
    {
      *why = g_strdup (error->message);
      return NULL;
    }
  broker_register_keep (reg);
  return g_steal_pointer (&reg);
}

/* A referral as its row on the other side has it: by code and by name, without its revision. */
static inline BedReferralRow
export_trip_translate (const BrokerRegister *reg, const BrokerRegister *other, guint32 referral)
{
  BedReferralRow row = *broker_register_peek_referral (reg, referral);
  const char *source = broker_register_peek_source (reg, row.source);

  row.revision = 1;
  for (guint i = 0; i < broker_register_get_n_sources (other); i++)
    if (strcmp (broker_register_peek_source (other, i), source) == 0)
      row.source = (guint16) i;
  if (row.linked != BED_NONE)
    row.linked = broker_register_find_referral (other, broker_register_peek_referral (reg, row.linked)->code);
  return row;
}

static inline char *
export_trip_compare (const BrokerRegister *reg, const BrokerRegister *other)
{
  const BedSizes *sizes = &broker_register_peek_reference (reg)->sizes;

  if (memcmp (sizes, &broker_register_peek_reference (other)->sizes, sizeof *sizes) != 0
      || memcmp (broker_register_peek_reference (reg)->units, broker_register_peek_reference (other)->units,
                 sizes->units * sizeof (BedUnit)) != 0
      || memcmp (broker_register_peek_reference (reg)->beds, broker_register_peek_reference (other)->beds,
                 sizes->beds * sizeof (BedBed)) != 0)
    return g_strdup ("the reference differs");
  for (guint32 i = 0; i < sizes->units; i++)
    {
      BedUnitRow row = *broker_register_peek_unit (reg, i);

      row.revision = 1;
      if (memcmp (&row, broker_register_peek_unit (other, i), sizeof row) != 0)
        return g_strdup_printf ("the row of unit %s differs", broker_register_peek_table (reg)->units[i].id);
    }
  for (guint32 i = 0; i < sizes->beds; i++)
    {
      BedBedRow row = *broker_register_peek_bed (reg, i);

      row.revision = 1;
      if (row.referral != BED_NONE)
        row.referral = broker_register_find_referral (other, broker_register_peek_referral (reg, row.referral)->code);
      if (memcmp (&row, broker_register_peek_bed (other, i), sizeof row) != 0)
        return g_strdup_printf ("the row of bed %s differs", broker_register_peek_table (reg)->beds[i].id);
      if (memcmp (broker_register_peek_terms (reg, i), broker_register_peek_terms (other, i), sizeof (BrokerTerms)) != 0)
        return g_strdup_printf ("the terms of bed %s differ", broker_register_peek_table (reg)->beds[i].id);
    }
  for (guint32 i = 0, carried = 0; i < broker_register_get_n_referrals (reg); i++)
    {
      const BedReferralRow row = export_trip_translate (reg, other, i);

      if ((row.flags & BED_REFERRAL_CLOSED) != 0 && row.left_to != BED_OUTCOME_OTHER_IIC_BED + 1)
        continue;
      if (carried >= broker_register_get_n_referrals (other)
          || memcmp (&row, broker_register_peek_referral (other, carried++), sizeof row) != 0)
        return g_strdup_printf ("the row of %s differs", row.code);
    }
  return NULL;
}

/* NULL, or what is not the same after the trip (owned). imported is the object of reg's last import; at_us
 * its last event's time: where the clock has something left to do by then, only the files are compared. */
static inline char *
export_trip_find_difference (const BrokerRegister *reg, const char *imported, gint64 at_us)
{
  g_autofree char *files = broker_states_print (reg, imported);
  g_autofree char *again = NULL;
  g_autoptr (BrokerRegister) other = NULL;
  char *why = NULL;
  gint64 due_us;
  BedKind kind;
  guint32 index;

  if (files == NULL)
    return g_strdup ("not the import in force");
  other = export_trip_import (files, at_us, &why);
  if (other == NULL)
    return why;
  again = broker_states_print (other, files);
  if (g_strcmp0 (again, files) != 0)
    return g_strdup_printf ("the files differ:\n%s\n%s", files, again);
  if (broker_register_peek_due (reg, &due_us, &kind, &index) && due_us <= at_us)
    return NULL;
  return export_trip_compare (reg, other);
}
