/* ward-scene.c: makes one bed in each state for tests of what needs no window.
 *
 * Owns nothing. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ward-scene.h"

#include "common/bed-time.h"

static BedOccupancy
get_occupancy (BedDisplay display)
{
  if (display == BED_DISPLAY_OCCUPIED || display == BED_DISPLAY_LEAVING || display == BED_DISPLAY_READY_TO_LEAVE)
    return BED_OCCUPANCY_OCCUPIED;
  if (display == BED_DISPLAY_ON_LEAVE)
    return BED_OCCUPANCY_ON_LEAVE;
  return display == BED_DISPLAY_UNKNOWN ? BED_OCCUPANCY_UNKNOWN : BED_OCCUPANCY_VACANT;
}

static BedCommitment
get_commitment (BedDisplay display)
{
  if (display == BED_DISPLAY_HELD)
    return BED_COMMITMENT_HELD;
  if (display == BED_DISPLAY_ACCEPTED)
    return BED_COMMITMENT_ACCEPTED;
  return display == BED_DISPLAY_IN_TRANSIT ? BED_COMMITMENT_IN_TRANSIT : BED_COMMITMENT_NONE;
}

static BedReferralState
get_state (BedDisplay display)
{
  if (display == BED_DISPLAY_HELD)
    return BED_STATE_HELD;
  if (display == BED_DISPLAY_ACCEPTED)
    return BED_STATE_ACCEPTED;
  if (display == BED_DISPLAY_IN_TRANSIT)
    return BED_STATE_IN_TRANSIT;
  return display == BED_DISPLAY_READY_TO_LEAVE ? BED_STATE_READY_TO_LEAVE : BED_STATE_THERAPY_STARTED;
}

static void
set_bed (BoardBed *bed, BedDisplay display)
{
  g_strlcpy (bed->id, "clarence-07", sizeof bed->id);
  g_strlcpy (bed->label, "Room 7", sizeof bed->label);
  bed->display = display;
  bed->is_in_effect = TRUE;
  bed->features = G_GUINT64_CONSTANT (1) << BED_NEED_HOIST;
  bed->occupancy = get_occupancy (display);
  bed->commitment = get_commitment (display);
  if (display == BED_DISPLAY_CLEANING)
    bed->readiness = BED_READINESS_DIRTY;
  if (display == BED_DISPLAY_CONTAMINATED)
    bed->readiness = BED_READINESS_CONTAMINATED;
  if (display == BED_DISPLAY_ISOLATED)
    bed->isolation = BED_ISOLATION_BARRIER;
  if (display == BED_DISPLAY_CLOSED)
    bed->service = BED_SERVICE_CLOSED;
  if (display == BED_DISPLAY_SURGE_SHUT)
    bed->service = BED_SERVICE_SURGE_SHUT;
}

Scene *
scene_new (BedDisplay display, gboolean is_named, BedRole role)
{
  Scene *scene = g_new0 (Scene, 1);

  g_strlcpy (scene->unit.id, "clarence", sizeof scene->unit.id);
  g_strlcpy (scene->unit.name, "Clarence Unit", sizeof scene->unit.name);
  scene->unit.accepts = BED_ACCEPTS_UNIT;
  scene->unit.beds = g_ptr_array_new ();
  scene->unit.longest_stay_days = 42;
  scene->unit.assesses = TRUE;
  g_ptr_array_add (scene->unit.beds, &scene->bed);
  set_bed (&scene->bed, display);
  scene->person.state = get_state (display);
  if (is_named)
    {
      g_strlcpy (scene->bed.referral, "K7Q-M4X", sizeof scene->bed.referral);
      g_strlcpy (scene->person.code, "K7Q-M4X", sizeof scene->person.code);
      g_strlcpy (scene->person.home, "PO12", sizeof scene->person.home);
      scene->person.sex = BED_SEX_FEMALE;
      scene->person.age_band = BED_AGE_BAND_75_84;
      scene->person.arrived_us = SCENE_NOW_US - 11 * BED_DAY_US;
    }
  scene->cause = (WardCase){ &scene->unit, &scene->bed, is_named ? &scene->person : NULL, SCENE_NOW_US, role };
  return scene;
}

void
scene_free (Scene *scene)
{
  g_ptr_array_unref (scene->unit.beds);
  g_free (scene);
}
