/* ctl-simulate-demand.c: who is referred, when, and what they need.
 *
 * Shares resemble intermediate care in Hampshire: mostly women, mostly over 75, more from the towns.
 * Hospitals refer on weekday mornings once rounds are over; the urgent lane fills all day, also on
 * Sundays. A day that is played in minutes is filled up to a lively queue instead. Owns nothing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ctl-simulate-world.h"

#include "common/bed-time.h"

#include <math.h>
#include <string.h>

#define QUEUE_TARGET 13             /* a lively day: fewer people waiting, and more are referred */
#define REFERRALS_PER_HOUR_LOW 6.0  /* below the target */
#define REFERRALS_PER_HOUR_HIGH 1.5 /* above it */
#define LONGEST_WAIT_MIN (27 * 60)
#define REFERRALS_PER_BED_AND_DAY 0.052 /* of a winter: some of them go home or elsewhere */
#define WAVE 0.12                       /* how much worse mid-January is than December and March */
#define WAVE_DAYS 90.0
#define COUPLES 0.012

/* Of a day's referrals, by local hour: per thousand. */
static const guint16 flow_hours[24] = { 2, 1, 1, 1, 1, 2, 6, 18, 46, 82, 112, 120, 104, 98, 104, 98, 80, 52, 30, 18, 11, 7, 4, 2 };
static const guint16 urgent_hours[24]
    = { 8, 6, 5, 5, 6, 9, 22, 48, 72, 82, 86, 82, 74, 70, 68, 64, 62, 56, 50, 42, 32, 24, 16, 11 };
/* Monday … Sunday, in hundredths of the mean day. */
static const guint8 flow_days[7] = { 118, 116, 112, 114, 128, 62, 50 };
static const guint8 urgent_days[7] = { 110, 102, 98, 98, 106, 94, 92 };

typedef struct
{
  guint share;
  const char *must; /* words separated by commas */
  const char *prefer;
} NeedShare;

/* Home districts by population, roughly. */
static const CtlShare homes[] = {
  { "SO14", 3 }, { "SO15", 5 }, { "SO16", 7 }, { "SO17", 3 }, { "SO18", 4 }, { "SO19", 6 },
  { "SO21", 3 }, { "SO22", 5 }, { "SO23", 4 }, { "SO24", 3 }, { "SO30", 5 }, { "SO31", 6 },
  { "SO32", 3 }, { "SO40", 5 }, { "SO41", 5 }, { "SO45", 4 }, { "SO50", 6 }, { "SO51", 5 },
  { "SO53", 5 }, { "SP6", 3 },  { "SP10", 6 }, { "SP11", 3 }, { "PO7", 6 },  { "PO8", 5 },
  { "PO9", 6 },  { "PO10", 3 }, { "PO11", 3 }, { "PO12", 6 }, { "PO13", 5 }, { "PO14", 5 },
  { "PO15", 4 }, { "PO16", 6 }, { "GU14", 5 }, { "GU11", 3 }, { "GU12", 3 }, { "GU30", 2 },
  { "GU31", 3 }, { "GU32", 3 }, { "GU33", 2 }, { "GU34", 4 }, { "GU35", 3 }, { "GU46", 2 },
  { "GU51", 4 }, { "GU52", 3 }, { "RG21", 4 }, { "RG22", 4 }, { "RG23", 3 }, { "RG24", 4 },
  { "RG26", 2 }, { "RG27", 3 }, { "RG28", 2 }, { "BH24", 3 }, { "BH25", 4 },
};

static const CtlShare types[] = { { "rehab", 50 }, { "d2a", 22 }, { "reablement", 14 }, { "step_down", 8 },
                                  { "respite", 3 }, { "end_of_life", 2 }, { "time_to_think", 1 },
                                  { "home_reablement", 4 }, { "virtual_ward", 3 }, { "sitting", 2 } };
static const CtlShare urgent_types[]
    = { { "step_up", 56 }, { "rehab", 22 }, { "respite", 7 }, { "reablement", 15 } };
static const CtlShare age_bands[]
    = { { "18_64", 6 }, { "65_74", 14 }, { "75_84", 36 }, { "85_94", 37 }, { "95_plus", 7 } };
static const CtlShare agreements[] = { { "yes", 86 }, { "best_interests", 10 }, { "not_yet", 4 } };
static const CtlShare pathways[] = { { "supported", 76 }, { "enhanced", 24 } };
static const CtlShare reasons_not_home[] = { { "needs_night_care", 40 }, { "unsafe_home", 30 }, { "carer_unable", 30 } };
static const CtlShare infections[]
    = { { "norovirus", 22 }, { "influenza", 34 }, { "covid_19", 20 }, { "c_difficile", 12 }, { "mrsa", 12 } };
static const CtlShare sources[]
    = { { "southampton-general", 24 }, { "queen-alexandra", 26 }, { "royal-hampshire", 14 },
        { "basingstoke-north", 16 },   { "frimley-park", 10 },    { "salisbury-district", 10 } };
static const CtlShare urgent_sources[]
    = { { "ucr-north", 34 }, { "ucr-south-east", 36 }, { "ucr-south-west", 30 } };

static const NeedShare needs[] = {
  { 36, "", "ground_floor" },
  { 8, "ensuite", "" },
  { 14, "hoist", "profiling_bed" },
  { 5, "hoist,two_carers", "" },
  { 11, "dementia", "single_room" },
  { 3, "dementia,falls_sensor", "low_bed" },
  { 5, "oxygen", "" },
  { 9, "nursing_24h", "pressure_mattress" },
  { 2, "bariatric,hoist", "ensuite" },
  { 3, "non_weight_bearing", "" },
  { 4, "wheelchair,ground_floor", "" },
};

void
ctl_demand_fill_homes (CtlWorld *world)
{
  for (guint i = 0; i < G_N_ELEMENTS (homes); i++)
    for (guint n = 0; n < homes[i].share; n++)
      g_ptr_array_add (world->homes, g_strdup (homes[i].word));
}

/* A district that the register does not know is not tried again. */
static void
forget_home (CtlWorld *world, const char *home)
{
  for (guint i = world->homes->len; i > 0; i--)
    if (strcmp (g_ptr_array_index (world->homes, i - 1), home) == 0)
      g_ptr_array_remove_index_fast (world->homes, i - 1);
}

static void
on_linked (const char *id, const char *reason, JsonObject *answer, gpointer user_data)
{
  ((CtlWorld *) user_data)->tally.couples += reason == NULL;
}

static void
link_couple (CtlWorld *world, const char *code)
{
  CtlMember *member = ctl_people_find_desk (world);
  if (member == NULL || world->couple[0] == '\0')
    return;
  g_auto (BedJson) json = { 0 };
  ctl_crew_begin (&json);
  bed_json_add_string (&json, "referral", world->couple);
  bed_json_add_string (&json, "with", code);
  ctl_crew_send (member, "referral.link", &json, code, on_linked, world);
  world->couple[0] = '\0';
}

/* id is the home asked for, with "+" behind it for the first of a couple and "=" for the second. */
static void
on_submitted (const char *id, const char *reason, JsonObject *answer, gpointer user_data)
{
  CtlWorld *world = user_data;
  const char *member
      = answer != NULL ? json_object_get_string_member_with_default (answer, "member", "") : "";
  if (g_strcmp0 (reason, "bad_value") == 0 && strcmp (member, "home") == 0)
    {
      g_autofree char *home = g_strndup (id, strcspn (id, "+="));
      forget_home (world, home);
    }
  const char *code = reason == NULL && answer != NULL
                         ? json_object_get_string_member_with_default (answer, "referral", NULL)
                         : NULL;
  if (code == NULL)
    return;
  CtlPerson *person = ctl_world_take_person (world, code);
  person->is_ours = TRUE;
  world->tally.referrals++;
  if (strchr (id, '=') != NULL)
    link_couple (world, code);
  if (strchr (id, '+') != NULL)
    g_strlcpy (world->couple, code, sizeof world->couple);
}

static void
add_words (BedJson *json, const char *name, const char *list)
{
  g_auto (GStrv) words = g_strsplit (list, ",", -1);
  bed_json_name (json, name);
  bed_json_begin_array (json);
  for (char **word = words; *word != NULL; word++)
    if (**word != '\0')
      bed_json_string (json, *word);
  bed_json_end_array (json);
}

/* A place without a bed has nothing to sleep in: whoever goes there needs none of it. */
static gboolean
is_place (const char *type)
{
  int value = bed_words_parse (&bed_type_words, type);
  return value >= 0 && BED_PLACE_TYPES >> value & 1;
}

static void
add_needs (CtlWorld *world, const char *type, BedJson *json)
{
  const NeedShare *need = &needs[0];
  gint32 drawn = g_rand_int_range (world->rand, 0, 100);
  for (guint i = 0; i < G_N_ELEMENTS (needs) && drawn >= 0 && !is_place (type); i++)
    {
      need = &needs[i];
      drawn -= (gint32) need->share;
    }
  bed_json_name (json, "needs");
  bed_json_begin_object (json);
  add_words (json, "must", need->must);
  add_words (json, "must_not", "");
  add_words (json, "prefer", need->prefer);
  if (!is_place (type) && ctl_world_chance (world, 0.04))
    bed_json_add_string (json, "infection", CTL_DRAW (world, infections));
  if (!is_place (type) && ctl_world_chance (world, 0.04))
    bed_json_add_string (json, "weight_band", "to_180");
  bed_json_end_object (json);
}

/* Ready when referred or soon after; in a lively day some have waited for long. */
static gint64
draw_ready (CtlWorld *world, gboolean is_urgent)
{
  gint64 now_us = ctl_world_read_utc (world);
  if (is_urgent)
    return now_us;
  if (world->time.speed != 0)
    return now_us + g_rand_int_range (world->rand, -4 * 60, 22 * 60) * BED_MINUTE_US;
  return now_us - g_rand_int_range (world->rand, 0, world->haste > 1 ? LONGEST_WAIT_MIN : 180) * BED_MINUTE_US;
}

typedef struct
{
  gboolean is_urgent;
  gboolean is_phoned; /* a coordinator enters it */
  CtlMember *member;  /* borrowed */
  const char *source;
  const char *home;
  char mark; /* of a couple: + the first, = the second; 0 */
} Request;

static void
submit (CtlWorld *world, const Request *request)
{
  g_auto (BedJson) json = { 0 };
  ctl_crew_begin (&json);
  bed_json_add_string (&json, "lane", request->is_urgent ? "urgent" : "flow");
  bed_json_add_string (&json, "pathway", CTL_DRAW (world, pathways));
  const char *type = request->is_urgent    ? CTL_DRAW (world, urgent_types)
                     : request->mark != 0 ? "rehab"
                                          : CTL_DRAW (world, types);
  bed_json_add_string (&json, "type", type);
  add_needs (world, type, &json);
  bed_json_add_string (&json, "sex", ctl_world_chance (world, 0.6) ? "female" : "male");
  bed_json_add_string (&json, "age_band", CTL_DRAW (world, age_bands));
  bed_json_add_string (&json, "home", request->home);
  bed_json_add_string (&json, "agreed", CTL_DRAW (world, agreements));
  bed_json_add_time (&json, "ready_at", draw_ready (world, request->is_urgent));
  bed_json_add_string (&json, "source", request->source);
  if (request->is_phoned)
    bed_json_add_string (&json, "home_first", CTL_DRAW (world, reasons_not_home));
  world->new_people++;
  world->tally.urgent += request->is_urgent;
  g_autofree char *id = g_strdup_printf ("%s%s", request->home, request->mark == 0 ? "" : request->mark == '+' ? "+" : "=");
  ctl_crew_send (request->member, "referral.submit", &json, id, on_submitted, world);
}

/* From the organisation itself where it has a board, otherwise by telephone. */
static void
add_referral (CtlWorld *world, gboolean is_urgent)
{
  Request request = { .is_urgent = is_urgent };
  guint n_homes = world->homes->len;
  request.source = is_urgent ? CTL_DRAW (world, urgent_sources) : CTL_DRAW (world, sources);
  request.member = ctl_crew_find_organisation (world->crew, request.source);
  request.is_phoned = request.member == NULL || ctl_world_chance (world, 0.25);
  if (request.is_phoned)
    request.member = ctl_people_find_desk (world);
  if (request.member == NULL)
    return;
  request.home = n_homes > 0 && ctl_world_chance (world, 0.99)
                     ? g_ptr_array_index (world->homes, g_rand_int_range (world->rand, 0, (gint32) n_homes))
                     : "nfa";
  gboolean is_couple = !is_urgent && world->couple[0] == '\0' && ctl_world_chance (world, COUPLES);
  request.mark = is_couple ? '+' : '\0';
  submit (world, &request);
  if (!is_couple)
    return;
  request.mark = '=';
  submit (world, &request);
}

void
ctl_demand_add (CtlWorld *world)
{
  add_referral (world, ctl_world_chance (world, 0.2));
}

static guint
count_beds (const CtlWorld *world)
{
  GHashTableIter iter;
  gpointer bed = NULL;
  guint n = 0;
  g_hash_table_iter_init (&iter, world->beds);
  while (g_hash_table_iter_next (&iter, NULL, &bed))
    n += ((CtlBed *) bed)->is_in_effect && ((CtlBed *) bed)->unit->is_in_effect;
  return n;
}

/* Of one lane, in an hour of that day. */
static double
get_rate (const CtlWorld *world, gboolean is_urgent, double per_day)
{
  gint64 now_us = ctl_world_read_utc (world);
  guint hour = ctl_time_get_hour (now_us);
  guint weekday = ctl_time_get_weekday (now_us);
  double of_day = is_urgent ? urgent_hours[hour] / 1000.0 : flow_hours[hour] / 1000.0;
  return per_day * of_day * (is_urgent ? urgent_days[weekday] : flow_days[weekday]) / 100.0;
}

void
ctl_demand_step (CtlWorld *world, double minutes, guint n_waiting)
{
  if (world->time.speed == 0)
    {
      double per_hour = n_waiting < QUEUE_TARGET ? REFERRALS_PER_HOUR_LOW : REFERRALS_PER_HOUR_HIGH;
      if (ctl_world_chance (world, per_hour * minutes / 60))
        ctl_demand_add (world);
      return;
    }
  double days = world->now_min / 60 / 24;
  double wave = 1 + WAVE * sin (MIN (days / WAVE_DAYS, 1) * G_PI);
  double per_day = count_beds (world) * REFERRALS_PER_BED_AND_DAY * wave;
  if (ctl_world_chance (world, get_rate (world, FALSE, per_day * 0.8) * minutes / 60))
    add_referral (world, FALSE);
  if (ctl_world_chance (world, get_rate (world, TRUE, per_day * 0.2) * minutes / 60))
    add_referral (world, TRUE);
}
