/* town.h: a real broker and a real gateway in a temporary folder, to be used, killed and started
 * again by tests. Programs come from the environment (HOMEWARD_BROKER, HOMEWARD_GATEWAY), which
 * tests/integration/meson.build sets. Setting a town up asserts.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "common/live/bed-live.h"

#define TOWN_WAIT_MS 30000 /* the longest any wait takes before the test fails */

/* Tokens in the town's tokens.csv: role-0123456789abcdef, users named as their role; PIN 4711. */
#define TOWN_COORDINATOR "coordinator-0123456789abcdef"
#define TOWN_WALLBOARD "wallboard-0123456789abcdef"
#define TOWN_UNIT "unit-0123456789abcdef" /* of unit u0 */
#define TOWN_REFERRER "referrer-0123456789abcdef" /* of organisation rhch */

typedef struct
{
  char *folder; /* owned; removed at the end */
  char *state;
  char *socket;
  char *url;    /* of the gateway */
  guint16 port; /* the gateway keeps it over restarts */
  guint beds;
  GPid broker; /* 0: not running */
  GPid gateway;
} Town;

/* Units u0, u1, … of 8 single-room beds u0-00 … each, all of type rehab in SO51, accepting by `unit`;
 * the broker imports them. Beds are unknown. */
Town *town_new (guint beds);
void town_free (Town *town);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Town, town_free)

void town_start_broker (Town *town);  /* and waits until its socket answers */
void town_start_gateway (Town *town); /* and waits until it listens */
void town_kill (GPid *pid, int signal); /* and waits for its end */

/* Iterates the default main context until *is_done, or fails the test naming `what`. */
void town_wait (const gboolean *is_done, const char *what);
void town_wait_state (BedLive *live, BedLiveState state);
void town_pause (guint ms); /* iterates the main context that long: load goes on meanwhile */

/* A client that is connected and has its session. feed: as scope of bed_live_new. */
BedLive *town_join (Town *town, const char *token, const char *feed);

/* One call, answered. Result (owned) or error; `data` of an error is given if wanted (owned). */
JsonNode *town_call (BedLive *live, const char *method, const char *params, JsonObject **data, GError **error);

/* A new key as text; and params with a fresh key first. ' stands for ". */
char *town_key (void);
char *town_params (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* Makes every bed vacant and ready; refers n women (flow, rehab, SO51): their codes, owned. */
void town_make_ready (Town *town, BedLive *live);
GPtrArray *town_refer (BedLive *live, guint n);

/* The id of bed number i, owned. */
char *town_bed (guint i);
