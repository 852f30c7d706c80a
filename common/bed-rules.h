/* bed-rules.h: a unit's rules as one JSON object: who says yes, and when nobody is taken.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bed-facts.h"

/* {accepts?, weekends?, nights?, own_assessment?, latest_arrival?, longest_stay_days?, flex_after_min?}, at
 * least one of them; latest_arrival is "HH:MM" local or "none". FALSE: something else. */
gboolean bed_rules_parse (JsonNode *node, BedUnitRules *rules);

/* The members that are there, canonical. */
void bed_rules_print (const BedUnitRules *rules, BedJson *json);
