/* undo-cases.h: for each method of a client, what leads to it and how it is asked: data of test-rules-undo.c.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "scene.h"

/* The county of scene.h with an annex of surge beds and a sitting service, and every unit may answer
 * "assessing by". */

static char *
add_column (const char *csv, const char *name, const char *value)
{
  g_auto (GStrv) lines = g_strsplit (csv, "\n", -1);
  GString *text = g_string_new (NULL);
  for (guint i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++)
    g_string_append_printf (text, "%s,%s\n", lines[i], i == 0 ? name : value);
  return g_string_free (text, FALSE);
}

static char *
county_files (void)
{
  g_autofree char *small = scene_files ();
  g_autoptr (JsonNode) node = json_from_string (small, NULL);
  JsonObject *files = json_node_get_object (node);
  g_autofree char *units = add_column (json_object_get_string_member (files, "units.csv"), "own_assessment", "yes");
  g_autofree char *beds = add_column (json_object_get_string_member (files, "beds.csv"), "surge", "no");
  g_autofree char *all_units
      = g_strconcat (units,
                     "annex,Test Annex,Test Hospital,SO51,,,trust,Test Trust,nhs,west,rehab,,0,unit,240,720,42,01632 960004,"
                     "2020-01-01,,test,1,2026-11-01,,60,no\n"
                     "sits,Test Sitters,Test Lodge,PO12,,,county,Test Council,county,east,sitting,,0,lap,240,720,28,"
                     "01632 960005,2020-01-01,,test,1,2026-11-01,,60,no\n",
                     NULL);
  g_autofree char *all_beds = g_strconcat (beds,
                                           "annex-01,annex,Room 1,,rehab,,ensuite,single,180,2020-01-01,,test,1,yes\n"
                                           "annex-02,annex,Room 2,,rehab,,ensuite,single,180,2020-01-01,,test,1,yes\n"
                                           "sits-01,sits,Place 1,,sitting,,,single,,2020-01-01,,test,1,no\n"
                                           "sits-02,sits,Place 2,,sitting,,,single,,2020-01-01,,test,1,no\n",
                                           NULL);
  json_object_set_string_member (files, "units.csv", all_units);
  json_object_set_string_member (files, "beds.csv", all_beds);
  return json_to_string (node, FALSE);
}

#define STEPS_MAX 9

typedef struct
{
  const char *who;
  const char *method;
  const char *params; /* $1, $2: codes of the first and the second referral */
} Step;

typedef struct
{
  const char *name;
  Step steps[STEPS_MAX]; /* the last one is taken back */
} Case;

#define A_WOMAN                                                                                    \
  "'pathway':'supported','type':'rehab','needs':{},'sex':'female','age_band':'75_84','home':'SO51'," \
  "'agreed':'yes','source':'rhch'"
#define REFER { "coordinator", "referral.submit", "'lane':'flow'," A_WOMAN }
#define REFER_URGENT { "coordinator", "referral.submit", "'lane':'urgent'," A_WOMAN }
#define RECEIVE { "referrer:rhch", "referral.submit", "'lane':'flow'," A_WOMAN }
#define LINK { "coordinator", "referral.link", "'referral':'$1','with':'$2'" }
#define HOLD { "coordinator", "hold.take", "'referral':'$1','bed':'ward-03'" }
#define ACCEPT { "unit:ward", "placement.accept", "'referral':'$1'" }
#define DEPART { "referrer:rhch", "placement.depart", "'referral':'$1'" }
#define ARRIVE { "unit:ward", "placement.arrive", "'referral':'$1','bed':'ward-03'" }
#define STAY REFER, HOLD, ACCEPT, ARRIVE
#define TOMORROW "'2026-11-23T12:00:00Z'"

static const Case cases[] = {
  { "report", { { "unit:ward", "bed.report", "'bed':'ward-01','isolation':'barrier','infection':'mrsa'" } } },
  { "report-departure", { { "unit:ward", "bed.fill", "'bed':'ward-01','why':'system_down'" }, { "unit:ward", "bed.report", "'bed':'ward-01','occupancy':'vacant'" } } },
  { "close", { { "owner:trust", "bed.close", "'bed':'ward-01','reason':'repair','until':" TOMORROW } } },
  { "close-held", { REFER, HOLD, { "owner:trust", "bed.close", "'bed':'ward-03','reason':'repair'" } } },
  { "close-accepted", { REFER, HOLD, ACCEPT, { "owner:trust", "bed.close", "'bed':'ward-03','reason':'repair'" } } },
  { "open", { { "owner:trust", "bed.close", "'bed':'ward-01','reason':'repair'" }, { "owner:trust", "bed.open", "'bed':'ward-01'" } } },
  { "bay-close", { { "owner:trust", "bay.close", "'unit':'ward','bay':1,'reason':'deep_clean'" } } },
  { "bay-open", { { "owner:trust", "bay.close", "'unit':'ward','bay':1,'reason':'deep_clean'" }, { "owner:trust", "bay.open", "'unit':'ward','bay':1" } } },
  { "unit-close", { REFER, HOLD, { "owner:trust", "unit.close", "'unit':'ward','reason':'outbreak'" } } },
  { "unit-open", { { "owner:trust", "unit.close", "'unit':'ward','reason':'outbreak'" }, { "owner:trust", "unit.open", "'unit':'ward'" } } },
  { "confirm", { { "unit:ward", "unit.confirm", "'unit':'ward'" } } },
  { "staff", { { "owner:trust", "unit.staff", "'unit':'ward','staffed_cap':2,'until':" TOMORROW } } },
  { "capacity", { { "owner:county", "unit.capacity", "'unit':'sits','capacity':1" } } },
  { "surge-ask", { { "coordinator", "surge.ask", "'unit':'annex','beds':2,'until':" TOMORROW } } },
  { "surge-open", { { "coordinator", "surge.ask", "'unit':'annex','beds':2,'until':" TOMORROW }, { "owner:trust", "surge.open", "'bed':'annex-01','until':" TOMORROW } } },
  { "surge-shut", { { "owner:trust", "surge.open", "'bed':'annex-01','until':" TOMORROW }, { "owner:trust", "surge.shut", "'bed':'annex-01'" } } },
  { "fill", { REFER, HOLD, { "unit:ward", "bed.fill", "'bed':'ward-03','why':'arrived_unannounced'" } } },
  { "correct", { { "unit:ward", "bed.fill", "'bed':'ward-03','why':'arrived_unannounced'" }, { "owner:trust", "bed.correct", "'bed':'ward-03','occupancy':'vacant','reason':'entered_in_error'" } } },
  { "feature", { { "owner:trust", "bed.feature", "'bed':'ward-01','feature':'hoist','out_until':" TOMORROW } } },
  { "triage", { RECEIVE, { "coordinator", "referral.triage", "'referral':'$1','pathway':'enhanced','lane':'urgent','home_first':'unsafe_home'" } } },
  { "amend", { REFER, { "coordinator", "referral.amend", "'referral':'$1','needs':{'must':['hoist']},'sex':'male'" } } },
  { "link", { REFER, REFER, LINK } },
  { "responded", { REFER_URGENT, { "clinician", "referral.responded", "'referral':'$1'" } } },
  { "redirect", { REFER, { "coordinator", "referral.redirect", "'referral':'$1','to':'999'" } } },
  { "pause", { REFER, HOLD, { "coordinator", "referral.pause", "'referral':'$1','reason':'became_unwell'" } } },
  { "resume", { REFER, { "coordinator", "referral.pause", "'referral':'$1','reason':'became_unwell'" }, { "coordinator", "referral.resume", "'referral':'$1'" } } },
  { "withdraw", { REFER, HOLD, { "referrer:rhch", "referral.withdraw", "'referral':'$1','reason':'home_instead'" } } },
  { "withdraw-linked", { REFER, REFER, LINK, { "referrer:rhch", "referral.withdraw", "'referral':'$1','reason':'home_instead'" } } },
  { "died-before", { REFER, HOLD, { "coordinator", "referral.died", "'referral':'$1'" } } },
  { "died-inside", { STAY, { "unit:ward", "referral.died", "'referral':'$1'" } } },
  { "assessment-start", { STAY, { "unit:ward", "assessment.start", "'referral':'$1','kind':'chc'" } } },
  { "assessment-done", { STAY, { "unit:ward", "assessment.start", "'referral':'$1','kind':'chc'" }, { "unit:ward", "assessment.done", "'referral':'$1','kind':'chc','result':'eligible'" } } },
  { "assessment-noted", { STAY, { "unit:ward", "assessment.start", "'referral':'$1','kind':'therapy'" } } },
  { "place", { REFER, { "coordinator", "placement.place", "'referral':'$1','bed':'ward-03'" } } },
  { "hold", { REFER, HOLD } },
  { "hold-couple", { REFER, REFER, LINK, { "coordinator", "hold.take", "'referral':'$1','bed':'ward-01'" } } },
  { "hold-extend", { REFER, HOLD, { "referrer:rhch", "hold.extend", "'referral':'$1','reason':'family'" } } },
  { "release", { REFER, HOLD, { "coordinator", "hold.release", "'referral':'$1'" } } },
  { "release-couple", { REFER, REFER, LINK, { "coordinator", "hold.take", "'referral':'$1','bed':'ward-01'" }, { "coordinator", "hold.release", "'referral':'$1'" } } },
  { "assessing", { REFER, HOLD, { "unit:ward", "placement.assessing", "'referral':'$1','until':'2026-11-23T09:00:00Z'" } } },
  { "accept", { REFER, HOLD, ACCEPT } },
  { "decline", { REFER, HOLD, { "unit:ward", "placement.decline", "'referral':'$1','reason':'not_ready'" } } },
  { "expect", { REFER, HOLD, ACCEPT, { "referrer:rhch", "placement.expect", "'referral':'$1','at':" TOMORROW ",'transport':'cancelled'" } } },
  { "cancel", { REFER, HOLD, ACCEPT, { "referrer:rhch", "placement.cancel", "'referral':'$1','by':'person','reason':'family'" } } },
  { "depart", { REFER, HOLD, ACCEPT, DEPART } },
  { "turned-back", { REFER, HOLD, ACCEPT, DEPART, { "unit:ward", "placement.turned_back", "'referral':'$1','reason':'not_ready'" } } },
  { "arrive", { STAY } },
  { "therapy", { STAY, { "unit:ward", "placement.therapy", "'referral':'$1'" } } },
  { "move", { STAY, { "unit:ward", "placement.move", "'referral':'$1','bed':'ward-01'" } } },
  { "move-to-another-unit", { STAY, { "coordinator", "placement.move", "'referral':'$1','bed':'home-01'" } } },
  { "away", { STAY, { "unit:ward", "placement.away", "'referral':'$1','kind':'hospital','keep_until':" TOMORROW } } },
  { "back", { STAY, { "unit:ward", "placement.away", "'referral':'$1','kind':'hospital','keep_until':" TOMORROW }, { "unit:ward", "placement.back", "'referral':'$1'" } } },
  { "stay-extend", { STAY, { "unit:ward", "placement.extend", "'referral':'$1','reason':'housing'" } } },
  { "ready-to-leave", { STAY, { "unit:ward", "placement.ready_to_leave", "'referral':'$1','waiting_for':'package'" } } },
  { "leave", { STAY, { "unit:ward", "placement.leave", "'referral':'$1','outcome':'home'" } } },
};
