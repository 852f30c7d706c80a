/* desk-state.c: what is chosen, the answers of bed.find about it, and when to ask again.
 *
 * Owns the newest answer and the counts of others by code. It asks again when the model's revision
 * has moved, at most every few seconds; an answer about somebody else by then only gives a count.
 * A failed call leaves what was known, and says why.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-state.h"

#include "../board-i18n.h"

struct _DeskState
{
  GObject parent_instance;

  /* owned */
  BoardContext *context;
  DeskOffers *offers;
  GHashTable *counts; /* code → Count */
  char *fault;

  char chosen[BED_CODE_SIZE];
  char picked[BED_ID_SIZE];
  guint64 asked_revision; /* the model's, when it was asked about the chosen one */
  gint64 asked_us;        /* monotonic */
  DeskFilter filter;
  guint n_counting;
  gboolean is_asking;
  gboolean was_found; /* the chosen one has been in the model */
};

G_DEFINE_FINAL_TYPE (DeskState, desk_state, G_TYPE_OBJECT)

enum
{
  CHOSEN,
  OFFERS,
  PICKED,
  COUNTS,
  FILTER,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  gint64 asked_us;
  guint64 asked_revision;
  guint total;
  guint sure;
  gboolean is_known;
  gboolean is_asking;
} Count;

/* One question, which is answered to nobody if the state is gone by then. */
G_DECLARE_FINAL_TYPE (DeskQuestion, desk_question, DESK, QUESTION, GObject)

struct _DeskQuestion
{
  GObject parent_instance;

  GWeakRef state;
  char code[BED_CODE_SIZE];
  gboolean is_chosen;
};

G_DEFINE_FINAL_TYPE (DeskQuestion, desk_question, G_TYPE_OBJECT)

static void
desk_question_finalize (GObject *object)
{
  g_weak_ref_clear (&DESK_QUESTION (object)->state);
  G_OBJECT_CLASS (desk_question_parent_class)->finalize (object);
}

static void
desk_question_class_init (DeskQuestionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = desk_question_finalize;
}

static void
desk_question_init (DeskQuestion *question)
{
  g_weak_ref_init (&question->state, NULL);
}

static gint64
get_monotonic_us (DeskState *state)
{
  BoardMoment moment;

  board_context_get_moment (state->context, &moment);
  return moment.monotonic_us;
}

static guint64
get_revision (DeskState *state)
{
  return board_model_get_revision (board_context_get_model (state->context));
}

static Count *
get_count (DeskState *state, const char *code)
{
  Count *count = g_hash_table_lookup (state->counts, code);

  if (count == NULL)
    {
      count = g_new0 (Count, 1);
      g_hash_table_insert (state->counts, g_strdup (code), count);
    }
  return count;
}

/* The picked bed stays picked as long as it is offered. */
static void
keep_picked (DeskState *state)
{
  const DeskOffer *first = desk_offers_get (state->offers, 0);

  if (desk_offers_find (state->offers, state->picked) < 0)
    g_strlcpy (state->picked, first != NULL ? first->bed : "", sizeof state->picked);
}

static void
take_offers (DeskState *state, DeskOffers *offers)
{
  g_clear_pointer (&state->offers, desk_offers_free);
  g_clear_pointer (&state->fault, g_free);
  state->offers = offers;
  keep_picked (state);
  g_signal_emit (state, signals[OFFERS], 0);
}

static void
take_count (DeskState *state, const DeskOffers *offers)
{
  Count *count = get_count (state, offers->referral);
  guint total = desk_offers_count (offers);
  gboolean differs = !count->is_known || count->total != total || count->sure != offers->n_sure;

  count->is_known = TRUE;
  count->total = total;
  count->sure = offers->n_sure;
  if (differs)
    g_signal_emit (state, signals[COUNTS], 0);
}

static void
take_fault (DeskState *state, const GError *error)
{
  g_free (state->fault);
  state->fault = g_strdup (error->domain == BED_ERROR ? board_refusal_words ((BedError)error->code)
                                                      : _ ("No answer: asked again soon"));
  g_signal_emit (state, signals[OFFERS], 0);
}

static void
on_found (JsonObject *result, const GError *error, gpointer owner)
{
  DeskQuestion *question = owner;
  g_autoptr (DeskState) state = g_weak_ref_get (&question->state);
  g_autoptr (DeskOffers) offers = result != NULL ? desk_offers_new (question->code, result) : NULL;
  gboolean is_wanted;

  if (state != NULL)
    {
      is_wanted = question->is_chosen && g_str_equal (question->code, state->chosen);
      if (question->is_chosen)
        state->is_asking = state->is_asking && !is_wanted;
      else
        {
          state->n_counting--;
          get_count (state, question->code)->is_asking = FALSE;
        }
      if (offers != NULL)
        take_count (state, offers);
      if (is_wanted && offers != NULL)
        take_offers (state, g_steal_pointer (&offers));
      else if (is_wanted && error != NULL)
        take_fault (state, error);
    }
  g_object_unref (question); /* held for the call */
}

static void
ask (DeskState *state, const char *code, gboolean is_chosen)
{
  DeskQuestion *question = g_object_new (desk_question_get_type (), NULL);
  g_autofree char *params = g_strdup_printf ("{\"referral\":\"%s\",\"limit\":%d,\"list\":%d}", code, DESK_OFFERS_LIMIT,
                                             is_chosen ? DESK_RULED_OUT_LIMIT : 0);

  g_weak_ref_set (&question->state, state);
  g_strlcpy (question->code, code, sizeof question->code);
  question->is_chosen = is_chosen;
  board_context_read (state->context, "bed.find", params, on_found, G_OBJECT (question));
}

void
desk_state_ask (DeskState *state)
{
  const BoardReferral *referral = desk_state_find_chosen (state);

  if (referral == NULL || referral->state > BED_STATE_HELD)
    return;
  state->asked_us = get_monotonic_us (state);
  state->asked_revision = get_revision (state);
  state->is_asking = TRUE;
  ask (state, state->chosen, TRUE);
}

static void
ask_if_old (DeskState *state)
{
  BoardMoment moment;

  board_context_get_moment (state->context, &moment);
  if (state->chosen[0] == '\0' || state->is_asking || moment.line == BOARD_LINE_OFFLINE
      || moment.line == BOARD_LINE_RECONNECTING || moment.monotonic_us - state->asked_us < DESK_ASK_AGAIN_US
      || (state->asked_revision == get_revision (state) && state->fault == NULL && state->offers != NULL))
    return;
  desk_state_ask (state);
}

static void
on_told (BoardCommands *commands, BoardCommand *command, gpointer user_data)
{
  desk_state_ask (user_data);
}

void
desk_state_choose (DeskState *state, const char *code)
{
  if (g_str_equal (state->chosen, code))
    return;
  g_strlcpy (state->chosen, code, sizeof state->chosen);
  state->picked[0] = '\0';
  state->is_asking = FALSE;
  state->was_found = FALSE;
  g_clear_pointer (&state->offers, desk_offers_free);
  g_clear_pointer (&state->fault, g_free);
  g_signal_emit (state, signals[CHOSEN], 0);
  g_signal_emit (state, signals[OFFERS], 0);
  desk_state_ask (state);
}

const char *
desk_state_peek_chosen (DeskState *state)
{
  return state->chosen;
}

const BoardReferral *
desk_state_find_chosen (DeskState *state)
{
  const BoardReferral *referral = NULL;

  if (state->chosen[0] != '\0')
    referral = board_model_find_referral (board_context_get_model (state->context), state->chosen);
  state->was_found = state->was_found || referral != NULL;
  return referral;
}

gboolean
desk_state_has_nobody (DeskState *state)
{
  return desk_state_find_chosen (state) == NULL && (state->chosen[0] == '\0' || state->was_found);
}

const DeskOffers *
desk_state_peek_offers (DeskState *state)
{
  return state->offers;
}

const char *
desk_state_peek_fault (DeskState *state)
{
  return state->fault != NULL ? state->fault : "";
}

void
desk_state_pick (DeskState *state, const char *bed)
{
  if (g_str_equal (state->picked, bed))
    return;
  g_strlcpy (state->picked, bed, sizeof state->picked);
  g_signal_emit (state, signals[PICKED], 0);
}

const char *
desk_state_peek_picked (DeskState *state)
{
  return state->picked;
}

int
desk_state_count_suiting (DeskState *state, const char *code, guint *sure)
{
  const Count *count = g_hash_table_lookup (state->counts, code);

  *sure = count != NULL ? count->sure : 0;
  return count != NULL && count->is_known ? (int)count->total : -1;
}

static gboolean
is_over (gpointer code, gpointer count, gpointer model)
{
  return !((const Count *)count)->is_asking && board_model_find_referral (model, code) == NULL;
}

void
desk_state_follow (DeskState *state, const GPtrArray *codes)
{
  gint64 now_us = get_monotonic_us (state);
  guint64 revision = get_revision (state);
  BoardMoment moment;

  /* of who is gone nothing is kept */
  g_hash_table_foreach_remove (state->counts, is_over, board_context_get_model (state->context));
  board_context_get_moment (state->context, &moment);
  if (moment.line != BOARD_LINE_LIVE && moment.line != BOARD_LINE_READ_ONLY)
    return;
  for (guint i = 0; i < codes->len && state->n_counting < DESK_COUNTING_MAX; i++)
    {
      const char *code = g_ptr_array_index (codes, i);
      Count *count = get_count (state, code);
      gint64 age_us = now_us - count->asked_us;
      gboolean is_old = count->is_known ? revision != count->asked_revision && age_us >= DESK_COUNT_AGAIN_US
                                        : age_us >= DESK_ASK_AGAIN_US;

      if (!is_old || count->is_asking || g_str_equal (code, state->chosen))
        continue;
      count->is_asking = TRUE;
      count->asked_us = now_us;
      count->asked_revision = revision;
      state->n_counting++;
      ask (state, code, FALSE);
    }
}

DeskFilter
desk_state_get_filter (DeskState *state)
{
  return state->filter;
}

void
desk_state_set_filter (DeskState *state, DeskFilter filter)
{
  if (state->filter == filter)
    return;
  state->filter = filter;
  g_signal_emit (state, signals[FILTER], 0);
}

BoardContext *
desk_state_get_context (DeskState *state)
{
  return state->context;
}

DeskState *
desk_state_new (BoardContext *context)
{
  DeskState *state = g_object_new (DESK_TYPE_STATE, NULL);

  state->context = g_object_ref (context);
  g_signal_connect_object (board_context_get_model (context), "changed", G_CALLBACK (ask_if_old), state,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "beat", G_CALLBACK (ask_if_old), state, G_CONNECT_SWAPPED);
  g_signal_connect_object (board_context_get_commands (context), "told", G_CALLBACK (on_told), state, 0);
  return state;
}

static void
desk_state_dispose (GObject *object)
{
  g_clear_object (&DESK_STATE (object)->context);
  G_OBJECT_CLASS (desk_state_parent_class)->dispose (object);
}

static void
desk_state_finalize (GObject *object)
{
  DeskState *state = DESK_STATE (object);

  g_clear_pointer (&state->offers, desk_offers_free);
  g_hash_table_unref (state->counts);
  g_free (state->fault);
  G_OBJECT_CLASS (desk_state_parent_class)->finalize (object);
}

static void
desk_state_class_init (DeskStateClass *klass)
{
  static const char *const names[N_SIGNALS] = { "chosen", "offers", "picked", "counts", "filter" };

  G_OBJECT_CLASS (klass)->dispose = desk_state_dispose;
  G_OBJECT_CLASS (klass)->finalize = desk_state_finalize;
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], DESK_TYPE_STATE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
desk_state_init (DeskState *state)
{
  state->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}
