/* wall-placing.c: the state machine behind number, Enter, PIN.
 *
 * Owns the choice, its command key and the revisions it waits for. The key stays the same while the
 * same placing may already have been done (`uncertain`), so that asking again cannot do it twice;
 * every other attempt gets a new one. Each refusal of the contract has its words. The PIN is put
 * into one message and forgotten.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wall-placing.h"

#include "../board-commands.h"
#include "../board-rows.h"
#include "common/bed-json.h"

#include <string.h>

#define KEY_SIZE 40
#define WORDS_SIZE 160
#define USER_SIZE 32

struct _WallPlacing
{
  GObject parent_instance;

  /* owned */
  GHashTable *pending; /* code → revision as guint64*; 0: not answered yet */

  /* borrowed */
  BoardCall call;
  BoardMakeKey make_key;
  gpointer user_data;

  WallPlacingState state;
  WallChoice choice;
  WallChoice next; /* bed "": there is none */
  char key[KEY_SIZE];
  char words[WORDS_SIZE];
  char user[USER_SIZE];
  guint64 revision; /* seen */
  gboolean keeps_key;
};

G_DEFINE_FINAL_TYPE (WallPlacing, wall_placing, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* One call under way: outlives a cancel, dies with its answer. */
typedef struct
{
  WallPlacing *placing; /* owned */
  char referral[BED_CODE_SIZE];
} Attempt;

static void
set_state (WallPlacing *placing, WallPlacingState state)
{
  placing->state = state;
  g_signal_emit (placing, signals[CHANGED], 0);
}

static void
set_pending (WallPlacing *placing, const char *referral, guint64 revision)
{
  g_hash_table_replace (placing->pending, g_strdup (referral),
                        g_memdup2 (&revision, sizeof revision));
}

static void
read_next (WallPlacing *placing, JsonObject *data)
{
  JsonObject *next = data != NULL ? board_rows_get_object (data, "next") : NULL;

  memset (&placing->next, 0, sizeof placing->next);
  if (next == NULL)
    return;
  g_strlcpy (placing->next.bed, board_rows_get_string (next, "bed"), sizeof placing->next.bed);
  g_strlcpy (placing->next.unit, board_rows_get_string (next, "unit"), sizeof placing->next.unit);
  placing->next.metres = (guint)CLAMP (board_rows_get_int (next, "metres"), 0, G_MAXINT);
  memcpy (placing->next.referral, placing->choice.referral, sizeof placing->next.referral);
}

static void
take_refusal (WallPlacing *placing, BedError reason, JsonObject *data)
{
  g_strlcpy (placing->words, board_refusal_words (reason), sizeof placing->words);
  placing->keeps_key = reason == BED_ERROR_UNCERTAIN;
  read_next (placing, data);
  set_state (placing, reason == BED_ERROR_BAD_PIN ? WALL_PLACING_ASKING : WALL_PLACING_REFUSED);
}

static void
on_answer (JsonNode *result, const GError *error, JsonObject *data, gpointer user_data)
{
  Attempt *attempt = user_data;
  g_autoptr (WallPlacing) placing = attempt->placing;
  gboolean is_shown = placing->state == WALL_PLACING_SENT
                      && g_str_equal (placing->choice.referral, attempt->referral);

  if (error != NULL)
    {
      g_hash_table_remove (placing->pending, attempt->referral);
      if (is_shown)
        take_refusal (placing, (BedError)error->code, data);
      else
        g_signal_emit (placing, signals[CHANGED], 0);
    }
  else
    {
      JsonObject *object = result != NULL && JSON_NODE_HOLDS_OBJECT (result)
                               ? json_node_get_object (result)
                               : NULL;
      gint64 revision = object != NULL ? board_rows_get_int (object, "revision") : 0;

      placing->keeps_key = FALSE;
      if ((guint64)revision > placing->revision)
        set_pending (placing, attempt->referral, (guint64)revision);
      else
        g_hash_table_remove (placing->pending, attempt->referral);
      if (is_shown)
        placing->state = WALL_PLACING_IDLE;
      g_signal_emit (placing, signals[CHANGED], 0);
    }
  g_free (attempt);
}

WallPlacingState
wall_placing_get_state (WallPlacing *placing)
{
  return placing->state;
}

const WallChoice *
wall_placing_peek_choice (WallPlacing *placing)
{
  return &placing->choice;
}

const WallChoice *
wall_placing_peek_next (WallPlacing *placing)
{
  return placing->state == WALL_PLACING_REFUSED && placing->next.bed[0] != 0 ? &placing->next
                                                                              : NULL;
}

const char *
wall_placing_peek_words (WallPlacing *placing)
{
  return placing->words;
}

const char *
wall_placing_peek_user (WallPlacing *placing)
{
  return placing->user;
}

void
wall_placing_pick (WallPlacing *placing, const WallChoice *choice)
{
  g_return_if_fail (WALL_IS_PLACING (placing) && choice != NULL);
  if (placing->state == WALL_PLACING_SENT || placing->state == WALL_PLACING_ASKING
      || wall_placing_is_pending (placing, choice->referral))
    return;
  /* another person or bed is another command */
  if (strcmp (placing->choice.referral, choice->referral) != 0
      || strcmp (placing->choice.bed, choice->bed) != 0)
    placing->keeps_key = FALSE;
  placing->choice = *choice;
  placing->words[0] = 0;
  set_state (placing, WALL_PLACING_PICKED);
}

void
wall_placing_confirm (WallPlacing *placing)
{
  g_return_if_fail (WALL_IS_PLACING (placing));
  switch (placing->state)
    {
    case WALL_PLACING_PICKED:
      set_state (placing, WALL_PLACING_ASKING);
      break;
    case WALL_PLACING_REFUSED:
      if (placing->next.bed[0] != 0)
        {
          placing->choice = placing->next;
          placing->words[0] = 0;
          set_state (placing, WALL_PLACING_ASKING);
        }
      else if (placing->keeps_key)
        {
          placing->words[0] = 0;
          set_state (placing, WALL_PLACING_ASKING);
        }
      else
        wall_placing_cancel (placing);
      break;
    case WALL_PLACING_IDLE:
    case WALL_PLACING_ASKING:
    case WALL_PLACING_SENT:
      break;
    }
}

void
wall_placing_cancel (WallPlacing *placing)
{
  g_return_if_fail (WALL_IS_PLACING (placing));
  if (placing->state == WALL_PLACING_IDLE || placing->state == WALL_PLACING_SENT)
    return;
  placing->words[0] = 0;
  set_state (placing, WALL_PLACING_IDLE);
}

void
wall_placing_submit (WallPlacing *placing, const char *user, const char *pin)
{
  g_auto (BedJson) json = { 0 };
  g_autofree char *params = NULL;
  gsize length = 0;
  Attempt *attempt;

  g_return_if_fail (WALL_IS_PLACING (placing) && user != NULL && pin != NULL);
  if (placing->state != WALL_PLACING_ASKING)
    return;
  g_strlcpy (placing->user, user, sizeof placing->user);
  if (!placing->keeps_key)
    placing->make_key (placing->key, sizeof placing->key, placing->user_data);
  bed_json_init (&json, 256);
  bed_json_begin_object (&json);
  bed_json_add_string (&json, "key", placing->key);
  bed_json_add_string (&json, "referral", placing->choice.referral);
  bed_json_add_string (&json, "bed", placing->choice.bed);
  bed_json_name (&json, "as");
  bed_json_begin_object (&json);
  bed_json_add_string (&json, "user", user);
  bed_json_add_string (&json, "pin", pin);
  bed_json_end_object (&json);
  bed_json_end_object (&json);
  params = bed_json_steal (&json, &length);

  attempt = g_new0 (Attempt, 1);
  attempt->placing = g_object_ref (placing);
  memcpy (attempt->referral, placing->choice.referral, sizeof attempt->referral);
  placing->words[0] = 0;
  set_pending (placing, attempt->referral, 0);
  set_state (placing, WALL_PLACING_SENT);
  placing->call ("placement.place", params, on_answer, attempt, placing->user_data);
  memset (params, 0, length);
}

gboolean
wall_placing_is_pending (WallPlacing *placing, const char *referral)
{
  return g_hash_table_contains (placing->pending, referral);
}

static gboolean
has_come (gpointer key, gpointer value, gpointer user_data)
{
  guint64 awaited = *(guint64 *)value;

  return awaited != 0 && awaited <= *(guint64 *)user_data;
}

void
wall_placing_see (WallPlacing *placing, guint64 revision)
{
  placing->revision = revision;
  if (g_hash_table_foreach_remove (placing->pending, has_come, &revision) > 0)
    g_signal_emit (placing, signals[CHANGED], 0);
}

WallPlacing *
wall_placing_new (BoardCall call, BoardMakeKey make_key, gpointer user_data)
{
  WallPlacing *placing = g_object_new (WALL_TYPE_PLACING, NULL);

  placing->call = call;
  placing->make_key = make_key;
  placing->user_data = user_data;
  return placing;
}

static void
wall_placing_finalize (GObject *object)
{
  g_hash_table_unref (WALL_PLACING (object)->pending);
  G_OBJECT_CLASS (wall_placing_parent_class)->finalize (object);
}

static void
wall_placing_class_init (WallPlacingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wall_placing_finalize;
  signals[CHANGED] = g_signal_new ("changed", WALL_TYPE_PLACING, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
wall_placing_init (WallPlacing *placing)
{
  placing->pending = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}
