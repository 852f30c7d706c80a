/* wall-homes.h: the units of a small county, for the fixture alone.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

static const struct
{
  const char *id;
  const char *name;
  const char *site;
  const char *kind;
  guint beds;
} homes[] = {
  { "westholme", "Westholme", "Westholme Harestock", "county", 10 },
  { "itchen-court", "Itchen Court", "Itchen Court", "independent", 8 },
  { "nightingale", "Nightingale Ward", "Romsey Hospital", "nhs", 19 },
  { "willow-court", "Willow Court", "Willow Court", "county", 47 },
  { "kingfisher", "Kingfisher Ward", "Andover War Memorial Hospital", "nhs", 20 },
  { "anstey", "Anstey Ward", "Alton Community Hospital", "nhs", 18 },
  { "inwood", "Inwood Ward", "Alton Community Hospital", "nhs", 22 },
  { "cedar", "Cedar Ward", "Petersfield Community Hospital", "nhs", 20 },
  { "chalk-hill", "Chalk Hill House", "Chalk Hill House", "independent", 4 },
  { "malmesbury-lawn", "Malmesbury Lawn", "Malmesbury Lawn Leigh Park", "county", 8 },
  { "clarence", "Clarence Unit", "Woodcot Lodge", "county", 57 },
  { "ark-royal", "Ark Royal Ward", "Gosport War Memorial Hospital", "nhs", 20 },
  { "deerleap", "Deerleap Ward", "Lymington New Forest Hospital", "nhs", 24 },
  { "forest-court", "Forest Court", "Forest Court Calmore", "county", 30 },
  { "keats", "Keats Ward", "Western Community Hospital", "nhs", 25 },
  { "conan-doyle", "Conan Doyle Ward", "Western Community Hospital", "nhs", 25 },
  { "spinnaker", "Spinnaker Ward", "St Mary's Community Campus", "nhs", 16 },
  { "calthorpe", "Calthorpe Ward", "Fleet Community Hospital", "nhs", 18 },
  { "harrow-lodge", "Harrow Lodge", "Harrow Lodge", "independent", 6 },
  { "meon-view", "Meon View", "Meon View", "independent", 5 },
  { "avon-water", "Avon Water", "Avon Water", "independent", 4 },
  { "emsworth-house", "Emsworth House", "Emsworth House", "county", 12 },
  { "ticehurst", "Ticehurst", "Ticehurst", "county", 12 },
  { "rowan", "Rowan Ward", "Petersfield Community Hospital", "nhs", 20 },
  { "ford", "Ford Ward", "Fordingbridge Hospital", "nhs", 20 },
};
