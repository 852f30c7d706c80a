/* board-command-core.h: the inside of one command, for the queue that sends it. Nobody else
 * includes it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board-commands.h"

#define BOARD_KEY_SIZE 40

struct _BoardCommand
{
  GObject parent_instance;

  /* owned */
  char *method;
  char *subject;
  char *title;
  JsonObject *params;
  JsonObject *next;
  char *member; /* to blame for a refusal, or NULL */
  JsonObject *result;
  BoardCommand *undoes; /* of one that takes back another, or NULL */

  char *said; /* words that are its own, or NULL */

  const char *words; /* static, or said */
  char key[BOARD_KEY_SIZE]; /* "" until it is sent first */
  BoardCommandState state;
  BedError reason;
  gint64 made_us;
  gint64 made_at_us; /* server time then */
  gint64 sent_us; /* last */
  gint64 retry_at_us; /* monotonic, of a refused one; 0: not said */
  guint64 revision; /* of its event */
  guint n_tries;
  gboolean is_told;
  gboolean is_uncertain; /* it may have been done: asked again with the same key */
  gboolean has_waited;   /* for the line, untried, and nobody has looked since whether it still holds */
  gboolean is_final;     /* taking it back was refused */
};

/* It is about this bed, unit or person. */
gboolean
board_command_concerns (const BoardCommand *command, const char *id);
/* They are about the same bed, unit or person. */
gboolean
board_command_overlaps (const BoardCommand *command, const BoardCommand *other);

void
board_command_set_state (BoardCommand *command, BoardCommandState state);
/* data: the refusal's, or NULL. */
void
board_command_refuse (BoardCommand *command, BedError reason, JsonObject *data);
/* In words of its own, which it takes. */
void
board_command_give_up (BoardCommand *command, BedError reason, char *words);
/* The whole of params, with key and (user not NULL) `as`. Owned by the caller. */
char *
board_command_print (BoardCommand *command, const char *user, const char *pin);
