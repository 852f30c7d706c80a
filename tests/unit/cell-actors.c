/* cell-actors.c: see cell-actors.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cell-actors.h"

#include <string.h>

const CellVenue cell_venues[CELL_VENUES] = {
  { "ward", "trust", "rehab", "hoist", 'u', FALSE },
  { "lodge", "county", "d2a", "ensuite", 'l', FALSE },
  { "home", "acme", "rehab", "ensuite", 'u', TRUE, TRUE },
};

const CellActor cell_actors[CELL_ACTORS] = {
  { "local", "L" },        { "coordinator", "C" },      { "clinician", "K" },   { "referrer:rhch", "R" },
  { "referrer:other", "" }, { "unit:UNIT", "H" },       { "unit:elsewhere", "" }, { "owner:OWNER", "HO" },
  { "owner:nobody", "" },   { "assessor", "" },         { "analyst", "" },      { "admin", "" },
  { "wallboard", "" },      { "clock", "" },
};

gboolean
cell_lets_in (const char *who, const CellActor *actor, const CellVenue *venue, gboolean has_bed)
{
  gboolean is_coordinator = actor->letters[0] == 'C';
  gboolean is_house = actor->letters[0] == 'H' && has_bed;
  gboolean is_proxy = has_bed && venue->is_proxy;
  for (const char *letter = who; *letter != '\0'; letter++)
    switch (*letter)
      {
      case 'P':
        if (is_coordinator && is_proxy)
          return TRUE;
        break;
      case 'A':
        if (is_coordinator && (is_proxy || (has_bed && venue->yes == 'l')))
          return TRUE;
        break;
      case 'Y':
        if (is_house && venue->yes == 'u')
          return TRUE;
        break;
      case 'H':
      case 'O':
        if (is_house && strchr (actor->letters, *letter) != NULL)
          return TRUE;
        break;
      default:
        if (strchr (actor->letters, *letter) != NULL)
          return TRUE;
      }
  return FALSE;
}

char *
cell_fill_in (const char *text, const CellVenue *venue, const char *code)
{
  g_autoptr (GString) filled = g_string_new (text);
  g_autofree char *bed = g_strconcat (venue->unit, "-01", NULL);
  g_string_replace (filled, "UNIT", venue->unit, 0);
  g_string_replace (filled, "OWNER", venue->owner, 0);
  g_string_replace (filled, "BED", bed, 0);
  g_string_replace (filled, "FEATURE", venue->feature, 0);
  g_string_replace (filled, "CODE", code, 0);
  return g_strdup (filled->str);
}

void
cell_refer (Scene *scene, const CellVenue *venue, const char *who, const char *pathway)
{
  scene_do (scene, who, "referral.submit",
            "'lane':'urgent','pathway':'%s','type':'%s','needs':{},'sex':'female','age_band':'75_84','home':'SO51',"
            "'agreed':'yes','source':'rhch'",
            pathway, venue->type);
}

guint
cell_try (Scene *scene, const CellActor *actor, const CellVenue *venue, const char *method, const char *params,
          BedError expected)
{
  g_autofree char *who = cell_fill_in (actor->who, venue, scene->last_code);
  g_autofree char *filled = cell_fill_in (params, venue, scene->last_code);
  g_autoptr (GBytes) before = broker_register_save (scene->reg);
  BedEvent event;
  gboolean is_done = scene_try (scene, who, method, &event, "%s", filled);
  if (is_done != (expected == 0) || (!is_done && scene->refusal.error != expected))
    g_error ("%s {%s} as %s: %s, expected %s", method, filled, who,
             is_done ? "allowed" : bed_error_reason (scene->refusal.error),
             expected == 0 ? "allowed" : bed_error_reason (expected));
  if (is_done)
    {
      g_assert_cmpint (event.kind, ==, bed_method_parse (method)); /* they share their numbers */
      scene_take_back (scene);
      bed_event_clear (&event);
    }
  g_autoptr (GBytes) after = broker_register_save (scene->reg);
  g_assert_true (g_bytes_equal (before, after));
  return is_done;
}
