/* table-copy.h: the bytes of a real table in memory of exactly its size, to be damaged; and lists of
 * members with values that they must not have.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "common/bed-table.h"

#include "broker/broker-table.h"
#include "tests/table-records.h"

#include <glib.h>
#include <string.h>

enum
{
  UNITS = 3,
  BEDS = 11,
  REFERRALS = 5,
  CHANGES = 16
};

/* A table's bytes, taken from a real writer, in memory of exactly that size. */
typedef struct
{
  guint64 *memory;
  gsize size;
  BedHeader *header;
} Copy;

static inline Copy
copy_new (void)
{
  Records made;
  BrokerTable *table;
  Copy copy;

  records_make (&made, UNITS, BEDS, REFERRALS, CHANGES);
  table = broker_table_new (&made.records, 99);
  g_assert_nonnull (table);
  for (guint64 revision = 1; revision <= 20; revision++)
    {
      const BedBedRow bed = records_bed_row (revision);
      const BedUnitRow unit = records_unit_row (revision);
      const BedReferralRow referral = records_referral_row (revision);
      const BedRecent recent = { .revision = revision, .unit = 0, .bed = BED_NONE };
      const BedHistory history = { .revision = revision, .lap = revision % 2 };

      broker_table_begin (table, revision, 3);
      broker_table_write_bed (table, revision % BEDS, &bed);
      broker_table_write_unit (table, revision % UNITS, &unit);
      broker_table_write_referral (table, revision % REFERRALS, &referral);
      broker_table_write_recent (table, &recent);
      broker_table_write_history (table, &history);
      broker_table_end (table);
    }
  broker_table_add_source (table, "qa-hospital");

  copy.header = (BedHeader *) broker_table_peek (table)->header;
  copy.size = copy.header->map_size;
  copy.memory = g_memdup2 (copy.header, copy.size);
  copy.header = (BedHeader *) copy.memory;
  broker_table_free (table);
  records_clear (&made);
  return copy;
}

static inline void
copy_clear (Copy *copy)
{
  g_free (copy->memory);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Copy, copy_clear)

static inline void *
at (const Copy *copy, guint64 offset)
{
  return (char *) copy->memory + offset;
}

/* Section, member, and a value that it must not have. */

typedef enum
{
  LAP,
  DISTRICT,
  CROSSING,
  UNIT,
  BED,
  N_SECTIONS
} Section;

typedef struct
{
  Section section;
  const char *member;
  gsize offset;
  gsize size;
  guint64 value;
} Fault;

#define FAULT(SECTION, Type, member, value)                                                        \
  {                                                                                                \
    SECTION, #member, offsetof (Type, member), sizeof (((Type *) 0)->member), value                \
  }

static inline void
add_faults (const char *where, const Fault *faults, guint n, GTestDataFunc function)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("/table/%s/%u-%s", where, i, faults[i].member);

      g_test_add_data_func (path, &faults[i], function);
    }
}
