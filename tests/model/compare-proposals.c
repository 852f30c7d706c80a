/* compare-proposals.c: is nobody passed over? The queue's proposals, seen from each person who has
 * none.
 *
 * Reads only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "compare.h"

static gboolean
is_in_queue (const ModelPerson *p)
{
  return p->state == BED_STATE_WAITING && p->pathway != BED_PATHWAY_SIMPLE;
}

/* Urgent first, in a lane who was turned back, then the most overdue. */
static gboolean
comes_before (const Model *m, int a, int b)
{
  const ModelPerson *p = &m->people[a], *q = &m->people[b];
  gint64 p_us = p->ready_us != 0 ? p->ready_us : p->submitted_us,
         q_us = q->ready_us != 0 ? q->ready_us : q->submitted_us;
  if (p->lane != q->lane)
    return p->lane == BED_LANE_URGENT;
  if (p->is_first != q->is_first)
    return p->is_first;
  return p_us != q_us ? p_us < q_us : a < b;
}

static int
find_proposed (const Model *m, int bed)
{
  for (int i = 0; i < m->n_people; i++)
    if (m->people[i].offer_bed == bed)
      return i;
  return NOBODY;
}

/* What has just lapsed is somebody else's turn. */
static gboolean
has_just_lapsed (const ModelPerson *p, int bed, gint64 now_us)
{
  return p->lapsed_bed == bed && now_us < p->offered_us + MODEL_OFFER_US;
}

/* A unit that said no is not asked again. */
static gboolean
is_for (const Model *m, int person, int bed, gint64 now_us)
{
  const ModelPerson *p = &m->people[person];
  for (int i = 0; i < BED_DECLINED_UNITS; i++)
    if (p->declined_by[i] == county_beds[bed].unit)
      return FALSE;
  return truth_unsuits (m, bed, p, now_us, FALSE) == BED_RULED_OUT_NOTHING;
}

/* Couples take two beds or none, so what is nobody's for them is looked at elsewhere. */
gboolean
compare_proposals (const Model *m, gint64 now_us, GString *text)
{
  gsize before = text->len;
  for (int i = 0; i < m->n_people; i++)
    for (int bed = 0;
         bed < MODEL_BEDS && is_in_queue (&m->people[i]) && m->people[i].linked == NOBODY; bed++)
      {
        int has = find_proposed (m, bed);
        gboolean is_theirs
            = has != NOBODY
              && (has == i || comes_before (m, has, i) || m->people[has].linked != NOBODY);
        if (m->people[i].offer_bed == NOWHERE && !is_theirs && is_for (m, i, bed, now_us)
            && !has_just_lapsed (&m->people[i], bed, now_us))
          g_string_append_printf (text, "  %s waits without a proposal, and %s is proposed to %s\n",
                                  m->people[i].code, county_beds[bed].id,
                                  has != NOBODY ? m->people[has].code : "nobody");
      }
  for (int bed = 0; bed < MODEL_BEDS; bed++)
    {
      int has = find_proposed (m, bed);
      if (has != NOBODY && !is_for (m, has, bed, now_us))
        g_string_append_printf (text, "  %s is proposed to %s and is not for them\n",
                                county_beds[bed].id, m->people[has].code);
    }
  return text->len == before;
}
