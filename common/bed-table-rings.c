/* bed-table-rings.c: the rings of the shared table: changes, recent events, history.
 *
 * Owns nothing. The writer stores reserved_to, then the entries, then head, each with release.
 * Entries are copied with acquire and reserved_to is loaded afterwards: whoever has seen a word of
 * a newer entry also sees that its place was reserved, and drops the copy. Fails when a reader's
 * position has been overwritten, or the entries are not entries.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-table.h"

#include "bed-row.h"
#include "bed-words.h"

#define FIND_TRIES 64u

enum
{
  CHANGE_WORDS = sizeof (BedChange) / sizeof (uint64_t),
  RECENT_WORDS = sizeof (BedRecent) / sizeof (uint64_t),
  HISTORY_WORDS = sizeof (BedHistory) / sizeof (uint64_t),
};

/* Distances are unsigned and modulo 2^64, so that a counter no broker would write (head below a
 * position, say) is a distance beyond length and not a surprise. */
static int
read_ring (const BedRing *ring, uint64_t length, const uint64_t *entries, uint32_t n_words,
           uint64_t position, void *copies, int n)
{
  const uint64_t there = bed_row_load_word (&ring->head) - position;
  const int count = there < (uint64_t) (n > 0 ? n : 0) ? (int) there : (n > 0 ? n : 0);

  if (there > length)
    return -1;
  for (int i = 0; i < count; i++)
    bed_row_load_words (entries + ((position + (uint64_t) i) & (length - 1)) * n_words, n_words,
                        (char *) copies + (size_t) i * n_words * sizeof (uint64_t));
  if (count > 0 && bed_row_load_word (&ring->reserved_to) - position > length)
    return -1;
  return count;
}

static bool
is_change (const BedTable *table, const BedChange *change)
{
  const uint32_t counts[BED_N_KINDS]
      = { table->sizes.units, table->sizes.beds, table->sizes.referrals };

  return change->kind < BED_N_KINDS && change->index < counts[change->kind];
}

static bool
is_recent (const BedTable *table, const BedRecent *recent)
{
  return (recent->unit == BED_NONE || recent->unit < table->sizes.units)
         && (recent->bed == BED_NONE || recent->bed < table->sizes.beds)
         && recent->display < BED_DISPLAY_N
         && (uint64_t) (recent->at_us | recent->until_us) >> BED_TIME_BITS == 0;
}

static bool
is_history (const BedTable *table, const BedHistory *history)
{
  return history->lap < table->sizes.laps && (uint64_t) history->at_us >> BED_TIME_BITS == 0;
}

int
bed_table_read_changes (const BedTable *table, uint64_t *position, BedChange *changes, int n)
{
  const int count = read_ring (&table->header->changes, table->sizes.changes, table->changes,
                               CHANGE_WORDS, *position, changes, n);

  for (int i = 0; i < count; i++)
    if (!is_change (table, &changes[i]))
      return -1;
  if (count > 0)
    *position += (uint64_t) count;
  return count;
}

int
bed_table_read_recent (const BedTable *table, uint64_t *position, BedRecent *recent, int n)
{
  const int count = read_ring (&table->header->recent, BED_RECENT_LENGTH, table->recent,
                               RECENT_WORDS, *position, recent, n);

  for (int i = 0; i < count; i++)
    if (!is_recent (table, &recent[i]))
      return -1;
  if (count > 0)
    *position += (uint64_t) count;
  return count;
}

int
bed_table_read_history (const BedTable *table, uint64_t *position, BedHistory *history, int n)
{
  const int count = read_ring (&table->header->history, table->history_length, table->history,
                               HISTORY_WORDS, *position, history, n);

  for (int i = 0; i < count; i++)
    if (!is_history (table, &history[i]))
      return -1;
  if (count > 0)
    *position += (uint64_t) count;
  return count;
}

uint64_t
bed_table_get_changes_head (const BedTable *table)
{
  return bed_row_load_word (&table->header->changes.head);
}

uint64_t
bed_table_get_recent_head (const BedTable *table)
{
  return bed_row_load_word (&table->header->recent.head);
}

uint64_t
bed_table_get_history_head (const BedTable *table)
{
  return bed_row_load_word (&table->header->history.head);
}

/* The oldest position that is not being overwritten. */
static uint64_t
find_tail (const BedTable *table)
{
  const uint64_t reserved = bed_row_load_word (&table->header->changes.reserved_to);

  return reserved > table->sizes.changes ? reserved - table->sizes.changes : 0;
}

static uint64_t
load_change_revision (const BedTable *table, uint64_t position)
{
  return bed_row_load_word (table->changes
                            + (position & (table->sizes.changes - 1)) * CHANGE_WORDS);
}

int64_t
bed_table_find_change (const BedTable *table, uint64_t revision)
{
  for (uint32_t tries = 0; tries < FIND_TRIES; tries++)
    {
      const uint64_t tail = find_tail (table);
      const uint64_t head = bed_row_load_word (&table->header->changes.head);
      uint64_t low = tail;
      uint64_t high = head;

      if (head - tail > table->sizes.changes || head > INT64_MAX)
        continue; /* overtaken between the loads, or a batch larger than the ring is open */

      /* If anything has been lost, the oldest entry left must be one the reader has seen. */
      const bool is_off
          = tail > 0 && (tail == head || load_change_revision (table, tail) > revision);

      while (!is_off && low < high)
        {
          const uint64_t middle = low + (high - low) / 2;

          if (load_change_revision (table, middle) > revision)
            high = middle;
          else
            low = middle + 1;
        }

      /* An entry overwritten during the search looks too new and pulls the answer down to itself
       * or below: an answer at or above the tail of now is therefore right, whatever was
       * overwritten meanwhile. (find_tail's load comes after all the others: they are acquires.) */
      const uint64_t tail_now = find_tail (table);
      if (is_off ? tail_now == tail : low >= tail_now)
        return is_off ? -1 : (int64_t) low;
    }
  return -1;
}
