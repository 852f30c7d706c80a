/* gateway-people.c: what a gateway remembers of everybody, kept up with the change ring.
 *
 * Owns the crowd, by which a wall's rows are blurred, and of each row what tells a new proposal or a
 * new placing from the last one. Has it fallen off the ring, it looks at all rows. Nothing can fail: a
 * row that cannot be read is as it was.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "gateway-people.h"

#include <string.h>

#define CHUNK 256

typedef struct
{
  char code[BED_CODE_SIZE];
  gint64 offered_at_us;
  guint32 offer_bed;
  guint32 bed;
} Person;

struct _GatewayPeople
{
  BedCrowd *crowd; /* owned */
  Person *people;  /* owned: sizes.referrals */
  guint64 revision;
  gboolean is_begun;
  const BedTable *table; /* borrowed, as are the last two */
  const GatewayPeopleCalls *calls;
  gpointer owner;
};

GatewayPeople *
gateway_people_new (const BedTable *table, const GatewayPeopleCalls *calls, gpointer owner)
{
  GatewayPeople *self = g_new0 (GatewayPeople, 1);

  self->crowd = bed_crowd_new (table->sizes.referrals);
  self->people = g_new0 (Person, MAX (table->sizes.referrals, 1));
  self->table = table;
  self->calls = calls;
  self->owner = owner;
  gateway_people_follow (self, bed_table_get_revision (table));
  self->is_begun = TRUE;
  return self;
}

void
gateway_people_free (GatewayPeople *self)
{
  bed_crowd_free (self->crowd);
  g_free (self->people);
  g_free (self);
}

/* A bed is somebody's from its hold, or its acceptance at once, until they come; a move is a unit's own
 * affair. */
static gboolean
is_placing (guint8 state)
{
  return state == BED_STATE_HELD || state == BED_STATE_ACCEPTED || state == BED_STATE_IN_TRANSIT;
}

static void
tell (const GatewayPeople *self, const Person *before, const BedReferralRow *row)
{
  gboolean is_new = memcmp (before->code, row->code, sizeof before->code) != 0;

  if (row->flags & BED_REFERRAL_CLOSED)
    return;
  if (row->offer_bed < self->table->sizes.beds
      && (is_new || row->offer_bed != before->offer_bed || row->offered_at_us != before->offered_at_us))
    self->calls->proposed (self->owner, row->offer_bed);
  if (row->bed < self->table->sizes.beds && is_placing (row->state) && (is_new || row->bed != before->bed))
    self->calls->placed (self->owner, row->bed);
}

static void
look_at (GatewayPeople *self, guint32 index, guint64 revision)
{
  BedReferralRow row;

  if (index >= self->table->sizes.referrals || !bed_table_read_referral (self->table, index, &row)
      || row.code[0] == '\0')
    return;
  Person *person = &self->people[index];
  bed_crowd_set (self->crowd, index, &row, revision);
  if (self->is_begun && self->calls != NULL)
    tell (self, person, &row);
  memcpy (person->code, row.code, sizeof person->code);
  person->offered_at_us = row.offered_at_us;
  person->offer_bed = row.offer_bed;
  person->bed = row.bed;
}

static void
look_at_all (GatewayPeople *self, guint64 revision)
{
  guint32 n = bed_table_get_n_referrals (self->table);

  for (guint32 i = 0; i < n; i++)
    look_at (self, i, revision);
}

/* FALSE: fallen off the ring. */
static gboolean
look_at_changed (GatewayPeople *self, guint64 revision)
{
  gint64 found = bed_table_find_change (self->table, self->revision);
  guint64 position = (guint64) MAX (found, 0);
  BedChange changes[CHUNK];

  if (found < 0)
    return FALSE;
  for (int n = CHUNK; n == CHUNK;)
    {
      n = bed_table_read_changes (self->table, &position, changes, CHUNK);
      if (n < 0)
        return FALSE;
      for (int i = 0; i < n && changes[i].revision <= revision; i++)
        if (changes[i].kind == BED_KIND_REFERRAL)
          look_at (self, changes[i].index, revision);
      if (n > 0 && changes[n - 1].revision > revision)
        break;
    }
  return TRUE;
}

void
gateway_people_follow (GatewayPeople *self, guint64 revision)
{
  if (self->is_begun && revision <= self->revision)
    return;
  if (!self->is_begun || !look_at_changed (self, revision))
    look_at_all (self, revision);
  self->revision = revision;
}

BedCrowd *
gateway_people_peek_crowd (GatewayPeople *self)
{
  return self->crowd;
}
