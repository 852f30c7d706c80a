/* broker-reference-checks-places.c: districts, LAPs, and the roads between districts.
 *
 * Owns nothing but the pairs seen so far, for the length of one check. What can fail is the data.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "broker-reference-checks-core.h"

#include <math.h>

void
broker_check_districts (BrokerCheck *check)
{
  for (guint nth = 0; nth < N_LINES (check, BROKER_FILE_DISTRICTS); nth++)
    {
      const BrokerDistrictLine *line = LINE (check, BROKER_FILE_DISTRICTS, BrokerDistrictLine, nth);

      if (broker_check_is_given (&line->line, BROKER_FILE_DISTRICTS, "easting")
          && broker_check_is_given (&line->line, BROKER_FILE_DISTRICTS, "northing")
          && line->district.easting == 0 && line->district.northing == 0)
        broker_faults_add (check->faults, BROKER_FILE_DISTRICTS, line->line.line, "easting",
                           "0, 0 means no place");
    }
}

void
broker_check_laps (BrokerCheck *check)
{
  for (guint nth = 0; nth < N_LINES (check, BROKER_FILE_LAPS); nth++)
    {
      BrokerLapLine *line = LINE (check, BROKER_FILE_LAPS, BrokerLapLine, nth);
      guint district = 0;

      if (broker_check_resolve (check, &line->line, BROKER_FILE_LAPS, "district", line->district,
                   BROKER_FILE_DISTRICTS, &district))
        {
          const BedDistrict *found
              = &LINE (check, BROKER_FILE_DISTRICTS, BrokerDistrictLine, district)->district;

          line->lap.district = (guint16) district;
          line->lap.easting = found->easting;
          line->lap.northing = found->northing;
        }
      if (broker_check_is_given (&line->line, BROKER_FILE_LAPS, "urgent_opens")
          && broker_check_is_given (&line->line, BROKER_FILE_LAPS, "urgent_closes")
          && line->lap.urgent_closes_min <= line->lap.urgent_opens_min)
        broker_faults_add (check->faults, BROKER_FILE_LAPS, line->line.line, "urgent_closes",
                           "must be after urgent_opens");
    }
}

/* What is wrong with a road between two known districts, or NULL; *column is where. Travel times are
 * measured from other points than our centres, so they may be shorter than the straight line. */
static const char *
judge_road (const BrokerCrossingLine *line, BrokerFile file, const BedDistrict *from, const BedDistrict *to,
            const char **column)
{
  const double straight = hypot ((double) from->easting - to->easting,
                                 (double) from->northing - to->northing);

  *column = "to";
  if (line->crossing.from == line->crossing.to)
    return "must not be the district it comes from";
  *column = "road_metres";
  if (file == BROKER_FILE_CROSSINGS && broker_check_is_given (&line->line, file, "road_metres") && line->road_metres < straight)
    return "the road cannot be shorter than the straight line between the districts";
  return NULL;
}

/* A crossing holds both ways; a table may have a line for each. */
static guint
hash_pair (BrokerFile file, guint from, guint to)
{
  const gboolean is_one_way = file == BROKER_FILE_TRAVELS;

  return ((is_one_way ? from : MIN (from, to)) << 16 | (is_one_way ? to : MAX (from, to))) + 1;
}

void
broker_check_roads (BrokerCheck *check, BrokerFile file)
{
  const char *again = file == BROKER_FILE_TRAVELS ? "this pair stands in an earlier line"
                                                  : "this pair stands in an earlier line; it holds both ways";
  g_autoptr (GHashTable) pairs = g_hash_table_new (NULL, NULL);

  for (guint nth = 0; nth < N_LINES (check, file); nth++)
    {
      BrokerCrossingLine *line = LINE (check, file, BrokerCrossingLine, nth);
      guint from = 0;
      guint to = 0;
      /* Both references are looked up, so that both faults are told. */
      const gboolean has_from = broker_check_resolve (check, &line->line, file, "from", line->from, BROKER_FILE_DISTRICTS, &from);
      const gboolean has_to = broker_check_resolve (check, &line->line, file, "to", line->to, BROKER_FILE_DISTRICTS, &to);
      const char *column = NULL;
      const char *reason;

      if (!has_from || !has_to)
        continue;
      line->crossing = (BedCrossing) { (guint16) from, (guint16) to, line->road_metres & G_MAXINT32,
                                       file == BROKER_FILE_TRAVELS };
      reason = judge_road (line, file, &LINE (check, BROKER_FILE_DISTRICTS, BrokerDistrictLine, from)->district,
                           &LINE (check, BROKER_FILE_DISTRICTS, BrokerDistrictLine, to)->district, &column);
      if (reason == NULL && !g_hash_table_add (pairs, GUINT_TO_POINTER (hash_pair (file, from, to))))
        {
          column = "to";
          reason = again;
        }
      if (reason != NULL)
        broker_faults_add (check->faults, file, line->line.line, column, "%s", reason);
    }
}
