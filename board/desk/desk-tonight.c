/* desk-tonight.c: sorts whoever is accepted by what is still to be done.
 *
 * Pure; owns nothing; nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-tonight.h"

#include "../board-codes.h"
#include "../board-i18n.h"
#include "../board-time.h"

int
desk_tonight_get_section (const BoardReferral *referral, gint64 now_us)
{
  gboolean has_left = referral->state == BED_STATE_IN_TRANSIT;

  if (referral->state != BED_STATE_ACCEPTED && !has_left)
    return -1;
  if (referral->expected_us != 0 && now_us - referral->expected_us >= DESK_LATE_US)
    return DESK_TONIGHT_LATE;
  if (!has_left && (referral->transport == BED_TRANSPORT_NONE || referral->transport == BED_TRANSPORT_CANCELLED))
    return DESK_TONIGHT_NO_TRANSPORT;
  return DESK_TONIGHT_EXPECTED;
}

static gint
compare (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const BoardReferral *one = *(const BoardReferral *const *)a;
  const BoardReferral *other = *(const BoardReferral *const *)b;
  gint64 now_us = *(const gint64 *)user_data;
  int section = desk_tonight_get_section (one, now_us) - desk_tonight_get_section (other, now_us);
  gint64 us = one->expected_us != 0 ? one->expected_us : G_MAXINT64;
  gint64 other_us = other->expected_us != 0 ? other->expected_us : G_MAXINT64;

  if (section != 0)
    return section;
  return us != other_us ? (us > other_us) - (us < other_us) : g_strcmp0 (one->code, other->code);
}

GPtrArray *
desk_tonight_list (const GPtrArray *people, gint64 now_us)
{
  GPtrArray *listed = g_ptr_array_new ();

  for (guint i = 0; i < people->len; i++)
    if (desk_tonight_get_section (g_ptr_array_index (people, i), now_us) >= 0)
      g_ptr_array_add (listed, g_ptr_array_index (people, i));
  g_ptr_array_sort_with_data (listed, compare, &now_us);
  return listed;
}

gboolean
desk_tonight_is_due (gint64 now_us)
{
  return bed_time_get_local_minute (now_us) >= DESK_TONIGHT_HOUR * 60;
}

static gint64
round_up (gint64 time_us)
{
  return (time_us + DESK_QUARTER_US - 1) / DESK_QUARTER_US * DESK_QUARTER_US;
}

gint64
desk_tonight_choose_time (const BoardReferral *referral, BedTransport transport, gint64 now_us)
{
  gboolean is_ahead = referral->expected_us > now_us;

  if (transport == BED_TRANSPORT_LATE)
    return round_up ((is_ahead ? referral->expected_us : now_us) + DESK_DELAY_US);
  return is_ahead ? referral->expected_us : round_up (now_us + DESK_JOURNEY_US);
}

char *
desk_tonight_say (const BoardReferral *referral, gint64 now_us)
{
  const char *transport = referral->transport == BED_TRANSPORT_NONE
                              ? _ ("No transport")
                              : board_code_say (&bed_transport_words, referral->transport);
  gint64 late_us = now_us - referral->expected_us;
  char late[DESK_DURATION_SIZE];
  char time[6];
  char date[BOARD_DATE_SIZE];

  if (referral->expected_us == 0)
    /* TRANSLATORS: how transport stands */
    return g_strdup_printf (_ ("No time yet · %s"), transport);
  bed_time_print_local (referral->expected_us, time);
  board_time_print_date (referral->expected_us, date);
  if (late_us >= DESK_LATE_US)
    {
      desk_words_duration (late_us, late);
      return g_strdup_printf (_ ("%s late, expected at %s · %s"), late, time, transport);
    }
  if (bed_time_find_midnight (referral->expected_us) != bed_time_find_midnight (now_us))
    return g_strdup_printf (_ ("Expected %s at %s · %s"), date, time, transport);
  return g_strdup_printf (_ ("Expected at %s · %s"), time, transport);
}

char *
desk_tonight_say_section (DeskTonightSection section, guint n, gint64 now_us)
{
  switch (section)
    {
    case DESK_TONIGHT_LATE:
      return g_strdup_printf (ngettext ("%u is more than two hours late", "%u are more than two hours late", n), n);
    case DESK_TONIGHT_NO_TRANSPORT:
      if (desk_tonight_is_due (now_us))
        return g_strdup_printf (ngettext ("%u has no transport: book it now", "%u have no transport: book it now", n), n);
      return g_strdup_printf (ngettext ("%u has no transport yet, to be booked by %02u:00",
                                        "%u have no transport yet, to be booked by %02u:00", n),
                              n, DESK_TONIGHT_HOUR);
    case DESK_TONIGHT_EXPECTED:
      return g_strdup_printf (ngettext ("%u is expected", "%u are expected", n), n);
    case DESK_TONIGHT_N:
      break;
    }
  return g_strdup ("");
}
