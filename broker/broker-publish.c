/* broker-publish.c: the register shown: rows, rings and source names, from the register to the table.
 *
 * Owns the table and knows how much of the register is in it. Rows are written in the order of the
 * revisions that last changed them, so that the change ring is sorted. What can fail is only the
 * memory for a new table.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "broker-publish"

#include "broker-publish.h"

#include <errno.h>

typedef struct
{
  guint64 revision;
  BrokerTouched touched;
} Ordered;

struct _BrokerPublisher
{
  BrokerTable *table;
  guint64 epoch;
  guint64 revision;
  guint n_sources;
  GArray *ordered; /* Ordered: room kept between batches */
};

static guint64
get_row_revision (const BrokerRegister *reg, const BrokerTouched *touched)
{
  switch (touched->kind)
    {
    case BED_KIND_UNIT:
      return broker_register_peek_unit (reg, touched->index)->revision;
    case BED_KIND_BED:
      return broker_register_peek_bed (reg, touched->index)->revision;
    case BED_KIND_REFERRAL:
      return broker_register_peek_referral (reg, touched->index)->revision;
    case BED_N_KINDS:
      break;
    }
  g_assert_not_reached ();
}

static void
write_row (BrokerPublisher *self, const BrokerRegister *reg, const BrokerTouched *touched)
{
  guint32 index = touched->index;

  switch (touched->kind)
    {
    case BED_KIND_UNIT:
      broker_table_write_unit (self->table, index, broker_register_peek_unit (reg, index));
      return;
    case BED_KIND_BED:
      broker_table_write_bed (self->table, index, broker_register_peek_bed (reg, index));
      return;
    case BED_KIND_REFERRAL:
      broker_table_write_referral (self->table, index, broker_register_peek_referral (reg, index));
      return;
    case BED_N_KINDS:
      break;
    }
  g_assert_not_reached ();
}

static void
add_row (BrokerPublisher *self, const BrokerRegister *reg, BedKind kind, guint32 index)
{
  Ordered row = { .touched = { kind, index } };

  row.revision = get_row_revision (reg, &row.touched);
  g_array_append_val (self->ordered, row);
}

/* Kind and index decide among equals, so that the same journal gives the same ring. */
static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const Ordered *left = a;
  const Ordered *right = b;

  if (left->revision != right->revision)
    return left->revision < right->revision ? -1 : 1;
  if (left->touched.kind != right->touched.kind)
    return left->touched.kind < right->touched.kind ? -1 : 1;
  return left->touched.index < right->touched.index ? -1 : left->touched.index > right->touched.index;
}

static void
write_sources (BrokerPublisher *self, const BrokerRegister *reg)
{
  for (; self->n_sources < broker_register_get_n_sources (reg); self->n_sources++)
    if (!broker_table_add_source (self->table, broker_register_peek_source (reg, self->n_sources)))
      {
        g_warning ("no room for another referring organisation: its referrals show without it");
        return;
      }
}

static void
write_rings (BrokerPublisher *self, const GArray *recent, const GArray *history)
{
  for (guint i = 0; i < recent->len; i++)
    broker_table_write_recent (self->table, &g_array_index (recent, BedRecent, i));
  for (guint i = 0; i < history->len; i++)
    broker_table_write_history (self->table, &g_array_index (history, BedHistory, i));
}

static void
write_all (BrokerPublisher *self, const BrokerRegister *reg, const GArray *recent, const GArray *history)
{
  guint64 revision = broker_register_get_revision (reg);

  g_array_sort (self->ordered, compare_rows);
  broker_table_begin (self->table, revision, self->ordered->len);
  write_sources (self, reg);
  for (guint i = 0; i < self->ordered->len; i++)
    write_row (self, reg, &g_array_index (self->ordered, Ordered, i).touched);
  write_rings (self, recent, history);
  broker_table_end (self->table);
  self->revision = revision;
}

void
broker_publisher_show (BrokerPublisher *self, const BrokerRegister *reg)
{
  guint n;
  const BrokerTouched *touched = broker_register_peek_touched (reg, &n);

  g_array_set_size (self->ordered, 0);
  for (guint i = 0; i < n; i++)
    add_row (self, reg, touched[i].kind, touched[i].index);
  write_all (self, reg, broker_register_peek_recent (reg), broker_register_peek_history (reg));
}

static BrokerTable *
new_table (const BrokerRegister *reg, guint32 referrals, guint32 changes, guint64 epoch)
{
  const BrokerReference *reference = broker_register_peek_reference (reg);
  BrokerReferenceRecords records = { .sizes = { 0 } };

  if (reference != NULL)
    records = (BrokerReferenceRecords) { .sizes = reference->sizes,
                                         .laps = reference->laps,
                                         .districts = reference->districts,
                                         .crossings = reference->crossings,
                                         .units = reference->units,
                                         .beds = reference->beds };
  /* A journal written under a larger capacity keeps its referrals. */
  records.sizes.referrals = MAX (referrals, broker_register_get_n_referrals (reg));
  records.sizes.changes = changes;
  return broker_table_new (&records, epoch);
}

BrokerPublisher *
broker_publisher_new (const BrokerRegister *reg, guint32 referrals, guint32 changes, guint64 epoch,
                      GError **error)
{
  BrokerTable *table = new_table (reg, referrals, changes, epoch);
  const BrokerReference *reference = broker_register_peek_reference (reg);
  BrokerPublisher *self;

  if (table == NULL)
    {
      int saved = errno;

      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved),
                   "no shared memory for the table: %s", g_strerror (saved));
      return NULL;
    }

  self = g_new0 (BrokerPublisher, 1);
  self->table = table;
  self->epoch = epoch;
  self->ordered = g_array_new (FALSE, FALSE, sizeof (Ordered));
  for (guint32 i = 0; reference != NULL && i < reference->sizes.units; i++)
    add_row (self, reg, BED_KIND_UNIT, i);
  for (guint32 i = 0; reference != NULL && i < reference->sizes.beds; i++)
    add_row (self, reg, BED_KIND_BED, i);
  for (guint32 i = 0; i < broker_register_get_n_referrals (reg); i++)
    add_row (self, reg, BED_KIND_REFERRAL, i);
  write_all (self, reg, broker_register_peek_all_recent (reg), broker_register_peek_all_history (reg));
  return self;
}

void
broker_publisher_free (BrokerPublisher *self)
{
  broker_table_free (self->table);
  g_array_unref (self->ordered);
  g_free (self);
}

BrokerTable *
broker_publisher_peek_table (const BrokerPublisher *self)
{
  return self->table;
}

guint64
broker_publisher_get_epoch (const BrokerPublisher *self)
{
  return self->epoch;
}

guint64
broker_publisher_get_revision (const BrokerPublisher *self)
{
  return self->revision;
}
