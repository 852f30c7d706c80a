/* person-scene.h: short words for the newest person of a scene: what is done to them, and how they come
 * to a bed of the ward.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "scene.h"

static inline const BedReferralRow *
last (Scene *scene)
{
  return scene_referral (scene, scene->last_code);
}

static inline void
act (Scene *scene, const char *who, const char *method, const char *more)
{
  scene_do (scene, who, method, "'referral':'%s'%s", scene->last_code, more);
}

static inline void
refuse (Scene *scene, BedError error, const char *member, const char *who, const char *method, const char *more)
{
  scene_expect (scene, error, member, who, method, "'referral':'%s'%s", scene->last_code, more);
}

static inline void
hold (Scene *scene, const char *bed)
{
  scene_refer (scene);
  scene_do (scene, "coordinator", "hold.take", "'referral':'%s','bed':'%s'", scene->last_code, bed);
}

static inline void
accept (Scene *scene, const char *bed)
{
  hold (scene, bed);
  act (scene, "unit:ward", "placement.accept", "");
}

static inline void
arrive (Scene *scene, const char *bed)
{
  accept (scene, bed);
  scene_do (scene, "unit:ward", "placement.arrive", "'referral':'%s','bed':'%s'", scene->last_code, bed);
}
