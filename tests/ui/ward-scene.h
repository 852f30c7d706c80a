/* ward-scene.h: a bed, its unit and its person as the register would show them, without any window.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board/ward/ward-steps.h"

#define SCENE_NOW_US G_GINT64_CONSTANT (1795347720000000) /* Sunday 22 November 2026, 11:42 */

typedef struct
{
  BoardUnit unit;
  BoardBed bed;
  BoardReferral person;
  WardCase cause;
} Scene;

/* The axes follow from the display. is_named: the register knows who it is about. */
Scene *
scene_new (BedDisplay display, gboolean is_named, BedRole role);
void
scene_free (Scene *scene);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scene, scene_free)
