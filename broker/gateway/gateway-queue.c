/* gateway-queue.c: queue.plan: made beside the main loop, one at a time.
 *
 * A plan of 500 people takes longer than a client's frame may wait, so it has a thread of its own,
 * which holds the map, copies the rows it needs, and shares nothing else. Owns that thread and the
 * plan's answer until the main loop has taken it. What can fail: rights, the LAP's name, a second plan
 * at the same time, and a register that changes faster than it is copied.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "gateway-queue.h"

#include "common/bed-plan.h"

typedef struct
{
  GatewayQueue *queue; /* borrowed: only for the main loop */
  BedMap *map;         /* owned, as all to its end */
  GThread *thread;
  GSource *taker; /* ready once the thread has ended its work */
  BedJson result;
  gboolean is_copied; /* the rows could be */
  guint32 lap;
  gint64 now_us;
  GatewayQueueDone done;
  gpointer user_data;
} Plan;

struct _GatewayQueue
{
  Plan *plan; /* owned: in the making, or NULL */
};

GatewayQueue *
gateway_queue_new (void)
{
  return g_new0 (GatewayQueue, 1);
}

static void
end_plan (Plan *plan, gboolean is_wanted)
{
  g_autoptr (GError) error = NULL;

  g_thread_join (plan->thread);
  plan->queue->plan = NULL; /* done may ask for the next */
  if (!is_wanted || !plan->is_copied)
    g_set_error_literal (&error, BED_ERROR, BED_ERROR_UNAVAILABLE, bed_error_words (BED_ERROR_UNAVAILABLE));
  plan->done (error == NULL ? plan->result.text->str : NULL, error == NULL ? plan->result.text->len : 0, error,
              plan->user_data);
  bed_json_clear (&plan->result);
  g_source_destroy (plan->taker);
  g_source_unref (plan->taker);
  bed_map_unref (plan->map);
  g_free (plan);
}

void
gateway_queue_free (GatewayQueue *self)
{
  if (self->plan != NULL)
    end_plan (self->plan, FALSE);
  g_free (self);
}

/* In the thread. */
static gpointer
make_plan (gpointer user_data)
{
  Plan *plan = user_data;
  const BedTable *table = &plan->map->table;
  g_autofree BedUnitRow *units = g_new (BedUnitRow, table->sizes.units);
  g_autofree BedBedRow *beds = g_new (BedBedRow, table->sizes.beds);
  g_autofree BedReferralRow *referrals = g_new (BedReferralRow, table->sizes.referrals);
  BedPlanRows rows = { .table = table, .places = plan->map->places, .units = units, .beds = beds,
                       .referrals = referrals, .now_us = plan->now_us };

  plan->is_copied = bed_table_read_all (table, units, beds, referrals, &rows.n_referrals, &rows.revision);
  if (plan->is_copied)
    {
      g_autoptr (BedPlan) best = bed_plan_new (&rows);
      bed_plan_print (best, plan->lap, &plan->result);
    }
  g_source_set_ready_time (plan->taker, 0);
  return NULL;
}

static gboolean
take_plan (gpointer user_data)
{
  end_plan (user_data, TRUE);
  return G_SOURCE_REMOVE;
}

/* Only its ready time ever makes this source ready. */
static gboolean
dispatch_taker (GSource *source, GSourceFunc callback, gpointer user_data)
{
  return callback (user_data);
}

static GSource *
new_taker (Plan *plan)
{
  static GSourceFuncs functions = { .dispatch = dispatch_taker };
  GSource *taker = g_source_new (&functions, sizeof (GSource));

  g_source_set_ready_time (taker, -1);
  g_source_set_callback (taker, take_plan, plan, NULL);
  g_source_attach (taker, g_main_context_get_thread_default ());
  return taker;
}

static gboolean
check_asked (GatewayQueue *self, const BedActor *actor, BedMap *map, const char *lap, guint32 *lap_index,
             GError **error)
{
  BedSight sight;
  BedError code;

  *lap_index = lap != NULL ? bed_places_find_lap (map->places, lap) : BED_NONE;
  if (!bed_sight_of_actor (actor, map->places, &sight) || sight.class != BED_SIGHT_FULL)
    code = BED_ERROR_FORBIDDEN;
  else if (lap != NULL && *lap_index == BED_NONE)
    {
      g_set_error_literal (error, BED_ERROR, BED_ERROR_BAD_VALUE, "lap");
      return FALSE;
    }
  else if (self->plan != NULL)
    code = BED_ERROR_TOO_MANY;
  else
    return TRUE;
  g_set_error_literal (error, BED_ERROR, (int) code, bed_error_words (code));
  return FALSE;
}

gboolean
gateway_queue_plan (GatewayQueue *self, const BedActor *actor, BedMap *map, const char *lap, gint64 now_us,
                    GatewayQueueDone done, gpointer user_data, GError **error)
{
  guint32 lap_index;
  Plan *plan;

  if (!check_asked (self, actor, map, lap, &lap_index, error))
    return FALSE;
  plan = g_new0 (Plan, 1);
  plan->queue = self;
  plan->map = bed_map_ref (map);
  plan->lap = lap_index;
  plan->now_us = now_us;
  plan->done = done;
  plan->user_data = user_data;
  bed_json_init (&plan->result, 16 * 1024);
  plan->taker = new_taker (plan);
  self->plan = plan;
  plan->thread = g_thread_new ("queue.plan", make_plan, plan);
  return TRUE;
}
