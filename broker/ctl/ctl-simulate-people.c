/* ctl-simulate-people.c: people who need a bed: referred, placed, held, accepted, arriving,
 * leaving.
 *
 * Who they are is drawn from shares that resemble intermediate care in Hampshire: mostly women,
 * mostly over 75, two in three from a hospital ward, more from the towns. Owns nothing; the loser
 * of a race takes the next best bed that the refusal names, as a coordinator would.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ctl-simulate-world.h"

#include "common/bed-time.h"

#include <string.h>

#define QUEUE_TARGET 13             /* people waiting: fewer, and more are referred */
#define REFERRALS_PER_HOUR_LOW 6.0  /* below the target */
#define REFERRALS_PER_HOUR_HIGH 1.5 /* above it */
#define RETRY_MEAN_MIN 30
#define LONGEST_WAIT_MIN (27 * 60)

typedef struct
{
  const char *word;
  guint share;
} Share;

typedef struct
{
  guint share;
  const char *must; /* words separated by commas */
  const char *prefer;
} NeedShare;

/* Home districts by population, roughly. */
static const Share homes[] = {
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

static const Share types[] = {
  { "rehab", 46 }, { "d2a", 20 }, { "reablement", 18 }, { "step_down", 12 }, { "respite", 4 }
};
static const Share urgent_types[]
    = { { "step_up", 45 }, { "rehab", 30 }, { "respite", 15 }, { "reablement", 10 } };
static const Share age_bands[]
    = { { "18_64", 6 }, { "65_74", 14 }, { "75_84", 36 }, { "85_94", 37 }, { "95_plus", 7 } };
static const Share pathways[] = { { "supported", 76 }, { "enhanced", 24 } };
static const Share agreements[] = { { "yes", 86 }, { "best_interests", 10 }, { "not_yet", 4 } };
static const Share sources[]
    = { { "southampton-general", 24 }, { "queen-alexandra", 26 }, { "royal-hampshire", 14 },
        { "basingstoke-north", 16 },   { "frimley-park", 10 },    { "salisbury-district", 10 } };
static const Share urgent_sources[]
    = { { "ucr-north", 34 }, { "ucr-south-east", 36 }, { "ucr-south-west", 30 } };
static const Share outcomes[] = { { "home_with_package", 40 },
                                  { "home", 26 },
                                  { "home_reablement", 12 },
                                  { "acute", 9 },
                                  { "residential", 6 },
                                  { "nursing", 5 },
                                  { "died", 2 } };

static const NeedShare needs[] = {
  { 30, "", "ground_floor" },
  { 10, "ensuite", "" },
  { 14, "hoist", "profiling_bed" },
  { 6, "hoist,two_carers", "" },
  { 12, "dementia", "single_room" },
  { 4, "dementia,falls_sensor", "low_bed" },
  { 5, "oxygen", "" },
  { 9, "nursing_24h", "pressure_mattress" },
  { 3, "bariatric,hoist", "ensuite" },
  { 3, "stroke,therapy_7day", "" },
  { 4, "wheelchair,ground_floor", "" },
};

/* Mean minutes until somebody acts. */
static const double delays[CTL_N_PERSON_SITUATIONS] = {
  [CTL_PERSON_SETTLED] = 0,  [CTL_PERSON_OFFERED] = 70,   [CTL_PERSON_HELD] = 80,
  [CTL_PERSON_COMING] = 260, [CTL_PERSON_STAYING] = 5760,
};

double
ctl_people_get_delay (CtlPersonSituation situation, gboolean is_urgent)
{
  return delays[situation] * (is_urgent && situation != CTL_PERSON_STAYING ? 0.4 : 1);
}

static const char *
draw (CtlWorld *world, const Share *shares, guint n)
{
  guint total = 0;
  for (guint i = 0; i < n; i++)
    total += shares[i].share;
  gint32 drawn = g_rand_int_range (world->rand, 0, (gint32) total);
  for (guint i = 0; i < n; i++)
    if ((drawn -= (gint32) shares[i].share) < 0)
      return shares[i].word;
  return shares[n - 1].word;
}

#define DRAW(world, shares) draw (world, shares, G_N_ELEMENTS (shares))

void
ctl_people_fill_homes (CtlWorld *world)
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
on_submitted (const char *id, const char *reason, JsonObject *answer, gpointer user_data)
{
  CtlWorld *world = user_data;
  const char *member
      = answer != NULL ? json_object_get_string_member_with_default (answer, "member", "") : "";
  if (g_strcmp0 (reason, "bad_value") == 0 && strcmp (member, "home") == 0)
    forget_home (world, id);
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

static void
add_needs (CtlWorld *world, BedJson *json)
{
  const NeedShare *need = &needs[0];
  gint32 drawn = g_rand_int_range (world->rand, 0, 100);
  for (guint i = 0; i < G_N_ELEMENTS (needs) && drawn >= 0; i++)
    {
      need = &needs[i];
      drawn -= (gint32) need->share;
    }
  bed_json_name (json, "needs");
  bed_json_begin_object (json);
  add_words (json, "must", need->must);
  add_words (json, "must_not", "");
  add_words (json, "prefer", need->prefer);
  bed_json_end_object (json);
}

void
ctl_people_add (CtlWorld *world)
{
  gboolean is_urgent = ctl_world_chance (world, 0.2);
  CtlMember *referrer
      = is_urgent ? NULL : ctl_crew_find_referrer (world->crew, g_rand_int (world->rand));
  gboolean is_phoned = referrer == NULL || ctl_world_chance (world, 0.5);
  CtlMember *member
      = is_phoned ? ctl_crew_find_coordinator (world->crew, g_rand_int (world->rand)) : referrer;
  if (member == NULL)
    return;
  guint n_homes = world->homes->len;
  const char *home
      = n_homes > 0
            ? g_ptr_array_index (world->homes, g_rand_int_range (world->rand, 0, (gint32) n_homes))
            : "nfa";
  gint64 now_us = g_get_real_time ();
  gint32 waited_min = g_rand_int_range (world->rand, 0, world->haste > 1 ? LONGEST_WAIT_MIN : 180);
  g_auto (BedJson) json = { 0 };
  ctl_crew_begin (&json);
  bed_json_add_string (&json, "lane", is_urgent ? "urgent" : "flow");
  bed_json_add_string (&json, "pathway", DRAW (world, pathways));
  bed_json_add_string (&json, "type", is_urgent ? DRAW (world, urgent_types) : DRAW (world, types));
  add_needs (world, &json);
  bed_json_add_string (&json, "sex", ctl_world_chance (world, 0.61) ? "female" : "male");
  bed_json_add_string (&json, "age_band", DRAW (world, age_bands));
  bed_json_add_string (&json, "home", home);
  bed_json_add_string (&json, "agreed", DRAW (world, agreements));
  bed_json_add_time (&json, "ready_at", is_urgent ? now_us : now_us - waited_min * BED_MINUTE_US);
  bed_json_add_string (&json, "source",
                       !is_phoned  ? member->owner
                       : is_urgent ? DRAW (world, urgent_sources)
                                   : DRAW (world, sources));
  world->new_people++;
  g_autofree char *tried = g_strdup (home);
  ctl_crew_send (member, "referral.submit", &json, tried, on_submitted, world);
}

/* Placing */

static void
send_about (CtlWorld *world, CtlPerson *person, CtlMember *member, const char *method,
            const char *bed, int minutes);

static void
on_person_answered (const char *id, const char *reason, JsonObject *answer, gpointer user_data)
{
  CtlWorld *world = user_data;
  CtlPerson *person = g_hash_table_lookup (world->people, id);
  if (person == NULL)
    return;
  ctl_world_put_off (world, RETRY_MEAN_MIN, &person->is_pending, &person->due);
  JsonNode *next = answer != NULL ? json_object_get_member (answer, "next") : NULL;
  if (g_strcmp0 (reason, "bed_taken") != 0 || next == NULL || !JSON_NODE_HOLDS_OBJECT (next)
      || ctl_world_chance (world, 0.2))
    return;
  CtlMember *member = ctl_crew_find_coordinator (world->crew, g_rand_int (world->rand));
  const char *bed
      = json_object_get_string_member_with_default (json_node_get_object (next), "bed", NULL);
  if (member != NULL && bed != NULL)
    send_about (world, person, member, "placement.place", bed, 0);
}

static void
send_about (CtlWorld *world, CtlPerson *person, CtlMember *member, const char *method,
            const char *bed, int minutes)
{
  g_auto (BedJson) json = { 0 };
  ctl_crew_begin (&json);
  bed_json_add_string (&json, "referral", person->code);
  if (bed != NULL)
    bed_json_add_string (&json, "bed", bed);
  if (minutes > 0)
    bed_json_add_int (&json, "minutes", minutes);
  person->is_pending = TRUE;
  ctl_crew_send (member, method, &json, person->code, on_person_answered, world);
}

static const CtlUnit *
find_unit (CtlWorld *world, const CtlPerson *person)
{
  const CtlBed *bed = person->bed != NULL ? g_hash_table_lookup (world->beds, person->bed) : NULL;
  return bed != NULL ? bed->unit : NULL;
}

static CtlMember *
find_house (CtlWorld *world, const CtlPerson *person)
{
  const CtlUnit *unit = find_unit (world, person);
  if (unit == NULL)
    return NULL;
  CtlMember *member
      = unit->owner != NULL ? ctl_crew_find_house (world->crew, unit->id, unit->owner) : NULL;
  if (member == NULL && unit->is_proxy)
    member = ctl_crew_find_coordinator (world->crew, g_rand_int (world->rand));
  return member;
}

/* Whom the unit's rule lets accept. */
static CtlMember *
find_accepter (CtlWorld *world, const CtlPerson *person)
{
  const CtlUnit *unit = find_unit (world, person);
  if (unit == NULL)
    return NULL;
  switch ((BedAccepts) unit->accepts)
    {
    case BED_ACCEPTS_UNIT:
      return find_house (world, person);
    case BED_ACCEPTS_ASSESSOR:
      return ctl_crew_find_assessor (world->crew);
    case BED_ACCEPTS_LAP:
      return ctl_crew_find_coordinator (world->crew, g_rand_int (world->rand));
    case BED_ACCEPTS_N:
      break;
    }
  return NULL;
}

static gboolean
place (CtlWorld *world, CtlPerson *person)
{
  CtlMember *member = ctl_crew_find_coordinator (world->crew, g_rand_int (world->rand));
  if (member == NULL || person->offer == NULL)
    return FALSE;
  /* A few are only held, and some of those holds are left to run out. */
  if (ctl_world_chance (world, 0.12))
    send_about (world, person, member, "hold.take", person->offer,
                g_rand_int_range (world->rand, 1, 20));
  else
    send_about (world, person, member, "placement.place", person->offer, 0);
  return TRUE;
}

static gboolean
answer_hold (CtlWorld *world, CtlPerson *person)
{
  gboolean is_released = ctl_world_chance (world, 0.05) || !person->is_agreed;
  CtlMember *member = is_released
                          ? ctl_crew_find_coordinator (world->crew, g_rand_int (world->rand))
                          : find_accepter (world, person);
  if (member == NULL || ctl_world_chance (world, 0.08)) /* nobody answers yet */
    return FALSE;
  send_about (world, person, member, is_released ? "hold.release" : "placement.accept", NULL, 0);
  return TRUE;
}

static gboolean
come_or_go (CtlWorld *world, CtlPerson *person, const char *method)
{
  CtlMember *member = find_house (world, person);
  if (member == NULL)
    return FALSE;
  send_about (world, person, member, method, person->bed, 0);
  return TRUE;
}

static gboolean
leave (CtlWorld *world, CtlPerson *person)
{
  CtlMember *member = find_house (world, person);
  if (member == NULL)
    return FALSE;
  g_auto (BedJson) json = { 0 };
  ctl_crew_begin (&json);
  bed_json_add_string (&json, "referral", person->code);
  bed_json_add_string (&json, "outcome", DRAW (world, outcomes));
  person->is_pending = TRUE;
  ctl_crew_send (member, "placement.leave", &json, person->code, on_person_answered, world);
  return TRUE;
}

static gboolean
act_on_person (CtlWorld *world, CtlPerson *person)
{
  switch (person->situation)
    {
    case CTL_PERSON_OFFERED:
      return place (world, person);
    case CTL_PERSON_HELD:
      return answer_hold (world, person);
    case CTL_PERSON_COMING:
      return come_or_go (world, person, "placement.arrive");
    case CTL_PERSON_STAYING:
      return leave (world, person);
    case CTL_PERSON_SETTLED:
    case CTL_N_PERSON_SITUATIONS:
      break;
    }
  return FALSE;
}

void
ctl_people_step (CtlWorld *world, double minutes)
{
  GHashTableIter iter;
  gpointer value = NULL;
  guint n_waiting = world->new_people;
  g_hash_table_iter_init (&iter, world->people);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      CtlPerson *person = value;
      n_waiting += person->state == BED_STATE_WAITING;
      if (person->is_pending || person->situation == CTL_PERSON_SETTLED
          || person->due > world->now_min)
        continue;
      if (!act_on_person (world, person))
        ctl_world_put_off (world, RETRY_MEAN_MIN, &person->is_pending, &person->due);
    }
  double per_hour = n_waiting < QUEUE_TARGET ? REFERRALS_PER_HOUR_LOW : REFERRALS_PER_HOUR_HIGH;
  if (ctl_world_chance (world, per_hour * minutes / 60))
    ctl_people_add (world);
}
