/* board-context.c: one beat a second for everything that shows a time or the line's state.
 *
 * Owns its second, and references to model and commands. The beat comes first to the commands, so
 * that what was queued is sent before a view looks. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-context.h"

#include "common/bed-json.h"

#define BEAT_MS 1000

struct _BoardContext
{
  GObject parent_instance;

  /* owned */
  BoardModel *model;
  BoardCommands *commands;

  BoardSource source; /* borrowed inside */
  guint beat_source;
};

G_DEFINE_FINAL_TYPE (BoardContext, board_context, G_TYPE_OBJECT)

enum
{
  BEAT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  GWeakRef owner;
  BoardRead answer;
  BoardReadPerson answer_person; /* or this */
  char code[BED_CODE_SIZE];
} Question;

BoardModel *
board_context_get_model (BoardContext *context)
{
  return context->model;
}

BoardCommands *
board_context_get_commands (BoardContext *context)
{
  return context->commands;
}

void
board_context_get_moment (BoardContext *context, BoardMoment *moment)
{
  context->source.get_moment (context->source.user_data, moment);
}

const BoardSource *
board_context_peek_source (BoardContext *context)
{
  return &context->source;
}

static void
on_answer (JsonNode *result, const GError *error, JsonObject *data, gpointer user_data)
{
  Question *question = user_data;
  g_autoptr (GObject) owner = g_weak_ref_get (&question->owner);
  JsonObject *object = result != NULL && JSON_NODE_HOLDS_OBJECT (result) ? json_node_get_object (result) : NULL;
  g_autoptr (GError) odd = NULL;

  if (object == NULL && error == NULL)
    odd = g_error_new_literal (BED_ERROR, BED_ERROR_REQUEST, "the gateway's answer is no object");
  if (owner != NULL && question->answer != NULL)
    question->answer (object, error != NULL ? error : odd, owner);
  else if (owner != NULL)
    question->answer_person (object, error != NULL ? error : odd, question->code, owner);
  g_weak_ref_clear (&question->owner);
  g_free (question);
}

void
board_context_read (BoardContext *context, const char *method, const char *params, BoardRead answer, GObject *owner)
{
  Question *question = g_new0 (Question, 1);

  g_weak_ref_init (&question->owner, owner);
  question->answer = answer;
  context->source.call (method, params, on_answer, question, context->source.user_data);
}

void
board_context_read_person (BoardContext *context, const char *method, const char *code, BoardReadPerson answer,
                           GObject *owner)
{
  Question *question = g_new0 (Question, 1);
  g_auto (BedJson) json;
  g_autofree char *params = NULL;

  g_weak_ref_init (&question->owner, owner);
  question->answer_person = answer;
  g_strlcpy (question->code, code, sizeof question->code);
  bed_json_init (&json, 64);
  bed_json_begin_object (&json);
  bed_json_add_string (&json, "referral", code);
  bed_json_end_object (&json);
  params = bed_json_steal (&json, NULL);
  context->source.call (method, params, on_answer, question, context->source.user_data);
}

void
board_context_beat (BoardContext *context)
{
  board_commands_beat (context->commands);
  g_signal_emit (context, signals[BEAT], 0);
}

static gboolean
on_second (gpointer user_data)
{
  board_context_beat (user_data);
  return G_SOURCE_CONTINUE;
}

static void
on_model_changed (BoardModel *model, gpointer user_data)
{
  BoardCommands *commands = BOARD_CONTEXT (user_data)->commands;

  board_commands_see (commands, board_model_get_revision (model));
  /* what was queued may have waited for this */
  if (board_commands_count_queued (commands) > 0)
    board_commands_beat (commands);
}

static gint64
find_confirmed (const char *bed_id, const char **label, gpointer user_data)
{
  const BoardBed *bed = board_model_find_bed (BOARD_CONTEXT (user_data)->model, bed_id);

  if (bed == NULL)
    return 0;
  *label = bed->label;
  return bed->confirmed_us;
}

BoardContext *
board_context_new (BoardModel *model, BoardCommands *commands, const BoardSource *source)
{
  BoardContext *context = g_object_new (BOARD_TYPE_CONTEXT, NULL);

  context->model = g_object_ref (model);
  context->commands = g_object_ref (commands);
  context->source = *source;
  board_commands_set_witness (commands, find_confirmed, context);
  context->beat_source = g_timeout_add (BEAT_MS, on_second, context);
  g_signal_connect_object (model, "changed", G_CALLBACK (on_model_changed), context, 0);
  return context;
}

static void
board_context_dispose (GObject *object)
{
  BoardContext *context = BOARD_CONTEXT (object);

  g_clear_handle_id (&context->beat_source, g_source_remove);
  if (context->commands != NULL)
    board_commands_set_witness (context->commands, NULL, NULL);
  g_clear_object (&context->commands);
  g_clear_object (&context->model);
  G_OBJECT_CLASS (board_context_parent_class)->dispose (object);
}

static void
board_context_class_init (BoardContextClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = board_context_dispose;
  signals[BEAT]
      = g_signal_new ("beat", BOARD_TYPE_CONTEXT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
board_context_init (BoardContext *context)
{
}
