/* scene.c: see scene.h. Failing to set a scene is a failed test, so everything here asserts.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "scene.h"

#include "common/bed-time.h"

#include <string.h>

static const char laps[] = "lap,name,area,district,urgent_opens,urgent_closes\n"
                           "west,West LAP,West,SO51,07:00,20:00\n"
                           "east,East LAP,East,PO16,07:00,20:00\n";
static const char districts[] = "district,easting,northing\n"
                                "SO51,435500,121000\n"
                                "PO16,459000,106500\n"
                                "PO12,460800,100000\n"
                                "PO1,464500,100000\n";
static const char crossings[] = "from,to,road_metres,why\n"
                                "PO12,PO1,24000,Portsmouth Harbour\n";
static const char units[]
    = "unit,name,site,district,easting,northing,owner,owner_name,owner_kind,lap,types,staffed_cap,proxy,accepts,"
      "fresh_day_min,fresh_night_min,longest_stay_days,phone,effective_from,effective_to,source,illustrative,as_of,note,flex_after_min\n"
      "ward,Test Ward,Test Hospital,SO51,,,trust,Test Trust,nhs,west,rehab|step_down,,0,unit,240,720,42,01632 960001,"
      "2020-01-01,,test,1,2026-11-01,,60\n"
      "lodge,Test Lodge,Test Lodge,PO12,,,county,Test Council,county,east,d2a|rehab,3,0,lap,240,720,28,01632 960002,"
      "2020-01-01,2026-11-25,test,1,2026-11-01,,60\n"
      "home,Test Home,Test Home,PO1,,,acme,Acme Care,independent,east,rehab,,1,unit,720,1440,42,01632 960003,"
      "2020-01-01,,test,1,2026-11-01,,60\n";
static const char beds[]
    = "bed,unit,label,bay,type,flex,features,bay_sex,safe_load_kg,effective_from,effective_to,source,illustrative\n"
      "ward-01,ward,Bed 1,1,rehab,step_down,profiling_bed|hoist,any,180,2020-01-01,,test,1\n"
      "ward-02,ward,Bed 2,1,rehab,step_down,profiling_bed,any,180,2020-01-01,,test,1\n"
      "ward-03,ward,Bed 3,2,rehab,,profiling_bed,female,180,2020-01-01,,test,1\n"
      "ward-04,ward,Bed 4,,rehab,,profiling_bed|ensuite|isolation_room|smoker,single,250,2020-01-01,,test,1\n"
      "lodge-01,lodge,Room 1,,d2a,rehab,ensuite,single,180,2020-01-01,,test,1\n"
      "lodge-02,lodge,Room 2,,d2a,rehab,ensuite,single,180,2020-01-01,,test,1\n"
      "lodge-03,lodge,Room 3,,d2a,rehab,ensuite,single,180,2020-01-01,,test,1\n"
      "lodge-04,lodge,Room 4,,d2a,rehab,ensuite,single,180,2020-01-01,,test,1\n"
      "home-01,home,Room 1,,rehab,,ensuite,single,180,2020-01-01,,test,1\n"
      "home-02,home,Room 2,,rehab,,ensuite,single,180,2027-01-01,,test,1\n";

char *
scene_files (void)
{
  g_auto (BedJson) json = { 0 };
  bed_json_init (&json, 4096);
  bed_json_begin_object (&json);
  bed_json_add_string (&json, "beds.csv", beds);
  bed_json_add_string (&json, "crossings.csv", crossings);
  bed_json_add_string (&json, "districts.csv", districts);
  bed_json_add_string (&json, "laps.csv", laps);
  bed_json_add_string (&json, "units.csv", units);
  bed_json_end_object (&json);
  return bed_json_steal (&json, NULL);
}

static void
free_event (gpointer event)
{
  bed_event_clear (event);
  g_free (event);
}

/* What the journal would hold of it says the same. */
static void
assert_body (const BedEvent *event)
{
  g_autoptr (GError) error = NULL;
  g_auto (BedEvent) back = { .kind = event->kind };
  g_autofree char *body = bed_event_print_body (event);
  bed_event_parse_body (body, &back, &error);
  g_assert_no_error (error);
  g_autofree char *again = bed_event_print_body (&back);
  g_assert_cmpstr (again, ==, body);
}

gboolean
scene_decide (Scene *scene, const BedCommand *command)
{
  g_autoptr (GError) error = NULL;
  BedEvent *event = g_new0 (BedEvent, 1);
  if (!broker_rules_check (scene->reg, command, scene->now_us, event, &scene->refusal))
    {
      g_free (event);
      return FALSE;
    }
  assert_body (event);
  gboolean is_applied = broker_register_apply (scene->reg, event, &error);
  g_assert_no_error (error);
  g_assert_true (is_applied);
  if (scene->tried != NULL)
    {
      *scene->tried = *event;
      g_free (event);
      return TRUE;
    }
  broker_register_keep (scene->reg);
  g_ptr_array_add (scene->events, event);
  if (event->kind == BED_EVENT_REFERRAL_SUBMITTED)
    memcpy (scene->last_code, event->facts.referral, sizeof scene->last_code);
  return TRUE;
}

Scene *
scene_new_of (char *files)
{
  Scene *scene = g_new0 (Scene, 1);
  scene->reg = broker_register_new (64);
  scene->now_us = SCENE_START_US;
  scene->random = 1;
  scene->events = g_ptr_array_new_with_free_func (free_event);
  g_auto (BedCommand) import = { .method = BED_METHOD_IMPORT, .actor = { .user = "local", .role = BED_ROLE_LOCAL } };
  import.facts.files = files;
  bed_facts_set (&import.facts, BED_FACT_FILES);
  g_assert_true (scene_decide (scene, &import));
  return scene;
}

Scene *
scene_new (void)
{
  return scene_new_of (scene_files ());
}

void
scene_ready_all (Scene *scene)
{
  const BedTable *table = broker_register_peek_table (scene->reg);
  for (guint32 bed = 0; bed < table->sizes.beds; bed++)
    scene_do (scene, "local", "bed.report", "'bed':'%s','occupancy':'vacant','source':'staff'", table->beds[bed].id);
}

Scene *
scene_new_ready (void)
{
  Scene *scene = scene_new ();
  scene_ready_all (scene);
  return scene;
}

void
scene_free (Scene *scene)
{
  g_ptr_array_unref (scene->events);
  broker_register_free (scene->reg);
  g_free (scene);
}

Scene *
scene_new_unfenced (void)
{
  g_autofree char *fenced = scene_files ();
  g_auto (GStrv) parts = g_strsplit (fenced, "2026-11-25,test,1,2026-11-01,,60", 2); /* the lodge */
  Scene *scene = scene_new_of (g_strjoinv ("2026-11-25,test,1,2026-11-01,,0", parts));
  scene_ready_all (scene);
  return scene;
}

static void
set_actor (const char *who, BedActor *actor)
{
  g_auto (GStrv) parts = g_strsplit (who, ":", 2);
  int role = bed_words_parse (&bed_role_words, parts[0]);
  g_assert_cmpint (role, >=, 0);
  *actor = (BedActor) { .role = (guint8) role };
  g_strlcpy (actor->user, who, sizeof actor->user);
  if (parts[1] != NULL && role == BED_ROLE_UNIT)
    g_strlcpy (actor->unit, parts[1], sizeof actor->unit);
  else if (parts[1] != NULL)
    g_strlcpy (actor->owner, parts[1], sizeof actor->owner);
}

static gboolean
ask (Scene *scene, const char *who, const char *method, const char *format, va_list args)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *members = g_strdup_vprintf (format, args);
  char key[BED_KEY_SIZE];
  scene->random++;
  bed_key_print (scene->now_us, scene->random, scene->random, key);
  g_autofree char *params = g_strdup_printf ("{'key':'%s'%s%s}", key, members[0] != '\0' ? "," : "", members);
  g_strdelimit (params, "'", '"');
  g_autoptr (JsonNode) node = json_from_string (params, &error);
  g_assert_no_error (error);

  g_auto (BedCommand) command = { 0 };
  int word = bed_method_parse (method);
  g_assert_cmpint (word, >=, 0);
  gboolean is_parsed = bed_command_parse ((BedMethod) word, json_node_get_object (node), &command, &error);
  g_assert_no_error (error);
  g_assert_true (is_parsed);
  set_actor (who, &command.actor);
  command.random = scene->random * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return scene_decide (scene, &command);
}

gboolean
scene_ask (Scene *scene, const char *who, const char *method, const char *params_format, ...)
{
  va_list args;
  va_start (args, params_format);
  gboolean is_done = ask (scene, who, method, params_format, args);
  va_end (args);
  return is_done;
}

gboolean
scene_try (Scene *scene, const char *who, const char *method, BedEvent *event, const char *params_format, ...)
{
  va_list args;
  va_start (args, params_format);
  scene->tried = event;
  gboolean is_done = ask (scene, who, method, params_format, args);
  scene->tried = NULL;
  va_end (args);
  return is_done;
}

void
scene_take_back (Scene *scene)
{
  broker_register_take_back (scene->reg);
}

void
scene_expect (Scene *scene, BedError error, const char *member, const char *who, const char *method,
              const char *params_format, ...)
{
  va_list args;
  va_start (args, params_format);
  gboolean is_done = ask (scene, who, method, params_format, args);
  va_end (args);
  g_assert_false (is_done);
  g_assert_cmpstr (bed_error_reason (scene->refusal.error), ==, bed_error_reason (error));
  g_assert_cmpstr (scene->refusal.member, ==, member);
}

void
scene_do (Scene *scene, const char *who, const char *method, const char *params_format, ...)
{
  va_list args;
  va_start (args, params_format);
  gboolean is_done = ask (scene, who, method, params_format, args);
  va_end (args);
  if (!is_done)
    g_error ("%s as %s was refused: %s %s", method, who, bed_error_reason (scene->refusal.error),
             scene->refusal.member);
}

void
scene_refer (Scene *scene)
{
  scene_do (scene, "coordinator", "referral.submit",
            "'lane':'flow','pathway':'supported','type':'rehab','needs':{},'sex':'female','age_band':'75_84',"
            "'home':'SO51','agreed':'yes','source':'rhch'");
}

guint
scene_pass (Scene *scene, gint64 microseconds)
{
  guint n = 0;
  scene->now_us += microseconds;
  for (;;)
    {
      g_auto (BedCommand) command = { 0 };
      if (!broker_rules_next_due (scene->reg, scene->now_us, &command))
        return n;
      g_assert_true (scene_decide (scene, &command));
      g_assert_cmpuint (++n, <, 1000);
    }
}

void
scene_assert_replay (Scene *scene)
{
  g_autoptr (BrokerRegister) replayed = broker_register_new (64);
  for (guint i = 0; i < scene->events->len; i++)
    {
      g_autoptr (GError) error = NULL;
      const BedEvent *first = scene->events->pdata[i];
      g_autofree char *body = bed_event_print_body (first);
      g_auto (BedEvent) event = *first;
      event.facts = (BedFacts) { 0 };
      g_assert_true (bed_event_parse_body (body, &event, &error));
      g_assert_true (broker_register_apply (replayed, &event, &error));
      g_assert_no_error (error);
      broker_register_keep (replayed);
    }
  g_autoptr (GBytes) first = broker_register_save (scene->reg);
  g_autoptr (GBytes) again = broker_register_save (replayed);
  g_assert_true (g_bytes_equal (first, again));
}

const BedBedRow *
scene_bed (Scene *scene, const char *id)
{
  guint32 bed = bed_places_find_bed (broker_register_peek_places (scene->reg), id);
  g_assert_cmpuint (bed, !=, BED_NONE);
  return broker_register_peek_bed (scene->reg, bed);
}

const BedUnitRow *
scene_unit (Scene *scene, const char *id)
{
  guint32 unit = bed_places_find_unit (broker_register_peek_places (scene->reg), id);
  g_assert_cmpuint (unit, !=, BED_NONE);
  return broker_register_peek_unit (scene->reg, unit);
}

const BedReferralRow *
scene_referral (Scene *scene, const char *code)
{
  guint32 referral = broker_register_find_referral (scene->reg, code);
  g_assert_cmpuint (referral, !=, BED_NONE);
  return broker_register_peek_referral (scene->reg, referral);
}
