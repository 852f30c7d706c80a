/* ctl-simulate-crew.h: the simulated people at their boards: one WebSocket session a token.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "common/bed-command.h"
#include "common/live/bed-live.h"

typedef struct _CtlCrew CtlCrew;

typedef struct
{
  CtlCrew *crew; /* borrowed */
  BedLive *live; /* owned */
  char *token;   /* owned */
  /* Of the session, once it has been open: */
  int role; /* BedRole, or -1 */
  char unit[BED_ID_SIZE];
  char owner[BED_ID_SIZE];
  GQueue waiting; /* owned: calls not yet sent */
  guint in_flight;
  gboolean is_refused;
  gboolean wants_feed;
} CtlMember;

/* Answer to one command: reason is NULL when it was accepted. All borrowed. */
typedef void (*CtlAnswered) (const char *id, const char *reason, JsonObject *result_or_data,
                             gpointer user_data);

/* One row of the summary. */
typedef struct
{
  const char *method; /* borrowed: interned */
  const char *reason; /* NULL: accepted */
  guint count;
} CtlAnswerCount;

CtlCrew *
ctl_crew_new (void);
void
ctl_crew_free (CtlCrew *crew);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CtlCrew, ctl_crew_free)

/* Adds the tokens of a file, or of all files of a folder: a token a line, or rows of tokens.csv;
 * a header line, # and empty lines are passed over. */
gboolean
ctl_crew_read_tokens (CtlCrew *crew, const char *path, GError **error);
guint
ctl_crew_get_n_members (const CtlCrew *crew);

/* Connects everybody; from then on they keep themselves connected. notified gets the feed of the
 * first coordinator. */
void
ctl_crew_start (CtlCrew *crew, const char *url,
                void (*notified) (const char *method, JsonObject *params, gpointer user_data),
                gpointer user_data);
/* To be called a few times a second: sends what waits, and again what is uncertain. */
void
ctl_crew_step (CtlCrew *crew);
guint
ctl_crew_get_n_open (const CtlCrew *crew);
guint
ctl_crew_get_n_refused (const CtlCrew *crew);
gboolean
ctl_crew_has_coordinator (const CtlCrew *crew); /* whose feed is open */

/* Who can do it; NULL: nobody. A coordinator is chosen by n. */
CtlMember *
ctl_crew_find_coordinator (CtlCrew *crew, guint n);
CtlMember *
ctl_crew_find_assessor (CtlCrew *crew);
CtlMember *
ctl_crew_find_house (CtlCrew *crew, const char *unit, const char *owner); /* unit staff or owner */
CtlMember *
ctl_crew_find_owner (CtlCrew *crew, const char *owner);
CtlMember *
ctl_crew_find_referrer (CtlCrew *crew, guint n);
CtlMember *
ctl_crew_find_organisation (CtlCrew *crew, const char *organisation); /* a referrer of it */

/* Is anything asked that has no answer yet? */
gboolean
ctl_crew_is_busy (const CtlCrew *crew);

/* Starts a command's params: an open object with a fresh key. */
void
ctl_crew_begin (BedJson *json);

/* Ends the params and sends the command, now or when the session has room. answered is called
 * once, later; id is copied. An `uncertain` command is asked again with the same key. */
void
ctl_crew_send (CtlMember *member, const char *method, BedJson *json, const char *id,
               CtlAnswered answered, gpointer user_data);

/* CtlAnswerCount, sorted by method and reason. Transfer full. */
GArray *
ctl_crew_list_answers (const CtlCrew *crew);
