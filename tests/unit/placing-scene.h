/* placing-scene.h: the scene as the tests of placing and staying need it: every unit admits at any
 * time, and whatever was played is replayed from the events' own text at the end, byte for byte.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "scene.h"

#include "broker/broker-proposals.h"
#include "common/bed-time.h"

#include <string.h>

typedef Scene Placing;

/* What units.csv or unit.rules would have said. */
static inline void
placing_admit (const BrokerRegister *reg, const char *unit, guint8 admission)
{
  const BrokerReference *reference = broker_register_peek_reference (reg);
  guint32 index = bed_places_find_unit (broker_register_peek_places (reg), unit);
  g_assert_cmpuint (index, !=, BED_NONE);
  reference->units[index].admission = admission;
  reference->units[index].flex_after_min = 60;
}

static inline void
placing_admit_all (const BrokerRegister *reg)
{
  const char *const units[] = { "ward", "lodge", "home" };
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    placing_admit (reg, units[i], BED_ADMITS_WEEKENDS | BED_ADMITS_NIGHTS | BED_ADMITS_AFTER_OWN_ASSESSMENT);
}

static inline Placing *
placing_new (void)
{
  Scene *scene = scene_new ();
  placing_admit_all (scene->reg);
  scene_ready_all (scene);
  return scene;
}

/* The journal's text of an event, read again. */
static inline void
placing_reread (const BedEvent *event, BedEvent *again)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *body = bed_event_print_body (event);
  *again = *event;
  again->facts = (BedFacts) { 0 };
  gboolean is_read = bed_event_parse_body (body, again, &error);
  g_assert_no_error (error);
  g_assert_true (is_read);
}

static inline void
placing_end (Placing *scene)
{
  g_autoptr (BrokerRegister) again = broker_register_new (64);
  for (guint i = 0; i < scene->events->len; i++)
    {
      g_autoptr (GError) error = NULL;
      g_auto (BedEvent) event = { 0 };
      placing_reread (g_ptr_array_index (scene->events, i), &event);
      gboolean is_applied = broker_register_apply (again, &event, &error);
      g_assert_no_error (error);
      g_assert_true (is_applied);
      broker_register_keep (again);
      if (event.kind == BED_EVENT_IMPORTED)
        placing_admit_all (again);
    }
  placing_admit_all (scene->reg);
  g_autoptr (GBytes) played = broker_register_save (scene->reg);
  g_autoptr (GBytes) replayed = broker_register_save (again);
  g_assert_true (g_bytes_equal (played, replayed));
  scene_free (scene);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Placing, placing_end)

typedef struct
{
  char code[BED_CODE_SIZE];
} Person;

static inline Person
placing_last (Placing *scene)
{
  Person person;
  memcpy (person.code, scene->last_code, sizeof person.code);
  return person;
}

/* Somebody from SO51 who waits: lane, sex and what else is said of them ("" or members with a comma). */
static inline Person
placing_refer_as (Placing *scene, const char *lane, const char *sex, const char *type, const char *needs)
{
  scene_do (scene, "coordinator", "referral.submit",
            "'lane':'%s','pathway':'supported','type':'%s','needs':%s,'sex':'%s','age_band':'75_84','home':'SO51',"
            "'agreed':'yes','home_first':'needs_nursing','source':'rhch'",
            lane, type, needs, sex);
  return placing_last (scene);
}

static inline Person
placing_refer (Placing *scene)
{
  return placing_refer_as (scene, "flow", "female", "rehab", "{}");
}

/* Somebody whom the LAP of the lodge has accepted for a bed of it. */
static inline Person
placing_accepted (Placing *scene, const char *bed)
{
  Person person = placing_refer_as (scene, "flow", "female", "d2a", "{}");
  scene_do (scene, "coordinator", "placement.place", "'referral':'%s','bed':'%s'", person.code, bed);
  g_assert_cmpint (scene_referral (scene, person.code)->state, ==, BED_STATE_ACCEPTED);
  return person;
}

static inline Person
placing_arrived (Placing *scene, const char *bed)
{
  Person person = placing_accepted (scene, bed);
  scene_do (scene, "owner:county", "placement.arrive", "'referral':'%s','bed':'%s'", person.code, bed);
  return person;
}

static inline guint32
placing_bed (Placing *scene, const char *id)
{
  guint32 bed = bed_places_find_bed (broker_register_peek_places (scene->reg), id);
  g_assert_cmpuint (bed, !=, BED_NONE);
  return bed;
}

/* The clock's offer.make; bed may be NULL. FALSE: refused. */
static inline gboolean
placing_offer (Placing *scene, Person person, const char *bed)
{
  g_auto (BedCommand) command = { .method = BED_METHOD_OFFER_MAKE,
                                  .actor = { .user = "clock", .role = BED_ROLE_CLOCK } };
  memcpy (command.facts.referral, person.code, sizeof command.facts.referral);
  bed_facts_set (&command.facts, BED_FACT_REFERRAL);
  if (bed != NULL)
    {
      g_strlcpy (command.facts.bed, bed, sizeof command.facts.bed);
      bed_facts_set (&command.facts, BED_FACT_BED);
      bed_facts_set (&command.facts, BED_FACT_METRES);
    }
  bed_command_sign (&command);
  return scene_decide (scene, &command);
}

/* One round of proposals. Returns how many were made. */
static inline guint
placing_propose (Placing *scene)
{
  g_autoptr (BrokerProposals) proposals = broker_proposals_new ();
  g_autofree BedCommand *commands = g_new0 (BedCommand, BROKER_PROPOSALS_MAX);
  guint n_made = 0;
  guint n = broker_proposals_draw (proposals, scene->reg, scene->now_us, commands);
  for (guint i = 0; i < n; i++)
    {
      commands[i].actor = (BedActor) { .user = "clock", .role = BED_ROLE_CLOCK };
      n_made += scene_decide (scene, &commands[i]) ? 1 : 0;
      bed_command_clear (&commands[i]);
    }
  return n_made;
}

/* To that instant, by the clock, and then every unit is confirmed. */
static inline void
placing_go_to (Placing *scene, const char *time)
{
  gint64 at_us;
  g_assert_true (bed_time_parse (time, &at_us));
  g_assert_cmpint (at_us, >=, scene->now_us);
  scene_pass (scene, at_us - scene->now_us);
  scene_do (scene, "local", "unit.confirm", "'unit':'ward'");
  scene_do (scene, "local", "unit.confirm", "'unit':'home'");
}

static inline void
placing_assert_time (gint64 time_us, const char *expected)
{
  char text[BED_TIME_SIZE];
  bed_time_print (time_us, text);
  g_assert_cmpstr (text, ==, expected);
}
