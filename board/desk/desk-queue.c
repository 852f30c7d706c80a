/* desk-queue.c: filters and sorts the people of the model for the desk's list.
 *
 * Pure: owns nothing, cannot fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-queue.h"

int
desk_queue_get_section (const BoardReferral *referral)
{
  switch (referral->state)
    {
    case BED_STATE_SUBMITTED:
      return DESK_SECTION_TRIAGE;
    case BED_STATE_TRIAGED:
    case BED_STATE_WAITING:
    case BED_STATE_HELD:
      return DESK_SECTION_WAITING;
    case BED_STATE_PAUSED:
      return DESK_SECTION_PAUSED;
    case BED_STATE_ACCEPTED:
    case BED_STATE_IN_TRANSIT:
      return DESK_SECTION_WAY;
    case BED_STATE_ARRIVED:
    case BED_STATE_THERAPY_STARTED:
    case BED_STATE_READY_TO_LEAVE:
      return DESK_SECTION_BEDS;
    case BED_STATE_LEFT:
    case BED_STATE_REDIRECTED:
    case BED_STATE_WITHDRAWN:
    case BED_STATE_DIED:
    case BED_STATE_N:
      return -1;
    }
  return -1;
}

static gboolean
is_listed (const BoardReferral *referral, const BoardSession *session, DeskFilter filter)
{
  if (desk_queue_get_section (referral) < 0)
    return FALSE;
  if (session->role == BED_ROLE_REFERRER)
    return session->owner[0] == '\0' || g_str_equal (referral->source, session->owner);
  /* whoever has no fixed abode is in every LAP's queue */
  return filter == DESK_FILTER_ALL || session->lap[0] == '\0' || referral->lap[0] == '\0'
         || g_str_equal (referral->lap, session->lap);
}

/* When what the section is about began, or is expected. */
static gint64
get_order_us (const BoardReferral *referral, int section)
{
  if (section == DESK_SECTION_WAY)
    return referral->expected_us != 0 ? referral->expected_us : G_MAXINT64;
  if (section == DESK_SECTION_BEDS)
    return -referral->arrived_us; /* who came last stands first */
  if (section == DESK_SECTION_TRIAGE)
    return referral->submitted_us;
  return referral->ready_us != 0 ? referral->ready_us : referral->submitted_us;
}

static gint
compare (gconstpointer a, gconstpointer b)
{
  const BoardReferral *one = *(const BoardReferral *const *)a;
  const BoardReferral *other = *(const BoardReferral *const *)b;
  int section = desk_queue_get_section (one);
  int other_section = desk_queue_get_section (other);
  gint64 us = get_order_us (one, section);
  gint64 other_us = get_order_us (other, other_section);
  gboolean is_urgent = section <= DESK_SECTION_WAITING && one->lane == BED_LANE_URGENT;
  gboolean is_other_urgent = section <= DESK_SECTION_WAITING && other->lane == BED_LANE_URGENT;

  if (section != other_section)
    return section - other_section;
  if (is_urgent != is_other_urgent)
    return is_urgent ? -1 : 1;
  return us != other_us ? (us > other_us) - (us < other_us) : g_strcmp0 (one->code, other->code);
}

GPtrArray *
desk_queue_list (BoardModel *model, const BoardSession *session, DeskFilter filter)
{
  const GPtrArray *people = board_model_peek_people (model);
  GPtrArray *listed = g_ptr_array_new ();

  for (guint i = 0; i < people->len; i++)
    if (is_listed (g_ptr_array_index (people, i), session, filter))
      g_ptr_array_add (listed, g_ptr_array_index (people, i));
  g_ptr_array_sort (listed, compare);
  return listed;
}

const char *
desk_queue_step (const GPtrArray *people, const char *code, int step)
{
  int n = (int)people->len;
  int at = step > 0 ? -1 : n;

  for (int i = 0; i < n; i++)
    if (g_str_equal (((const BoardReferral *)g_ptr_array_index (people, i))->code, code))
      at = i;
  return n == 0 ? "" : ((const BoardReferral *)g_ptr_array_index (people, CLAMP (at + step, 0, n - 1)))->code;
}
