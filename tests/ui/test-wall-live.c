/* test-wall-live.c: a wallboard against a real broker and a real gateway, by its keys alone: placing and
 * taking back, wrong PINs, a lost race, a lost gateway, a killed broker, an answer that never came.
 *
 * What has become of it is asked of the register by somebody else, who sits at another gateway.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "live-stage.h"

#include "board/board-codes.h"
#include "board/board-i18n.h"
#include "board/wall/wall-board.h"

#include <signal.h>
#include <string.h>

#define BEDS 8
#define USER "coordinator" /* whose PIN it is */
#define PIN "4711"
#define TRIES 5 /* wrong ones in a row, then the register locks out: broker/README.md */

static const LiveKind kind
    = { .make_view = wall_board_new, .style = "style.css", .token = TOWN_WALLBOARD, .scope = "{}", .lap = "west" };

typedef struct
{
  LiveStage *live;
  char *code;  /* the one who waits */
  char bed[BED_ID_SIZE]; /* proposed to her */
} Wall;

/* --- what it shows --- */

static WallPlacing *
get_placing (LiveStage *live)
{
  return wall_board_peek_placing (WALL_BOARD (live->stage.view));
}

static GtkWidget *
find_region (GtkWidget *widget, const char *name)
{
  if (g_str_equal (gtk_widget_get_css_name (widget), name))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_region (child, name);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* wanted: "wall-header Live": what a region says to whoever listens. */
static gboolean
is_spoken (LiveStage *live, const char *wanted)
{
  const char *words = strchr (wanted, ' ') + 1;
  g_autofree char *name = g_strndup (wanted, (gsize)(words - wanted - 1));
  GtkWidget *region = find_region (live->stage.view, name);
  g_autofree char *said = NULL;

  g_assert_nonnull (region);
  said = gtk_test_accessible_check_property (GTK_ACCESSIBLE (region), GTK_ACCESSIBLE_PROPERTY_LABEL, "");
  return said != NULL && strstr (said, words) != NULL;
}

static gboolean
has_proposal (LiveStage *live, const char *code)
{
  const BoardReferral *referral = board_model_find_referral (live->stage.model, code);

  return referral != NULL && referral->offer_bed[0] != 0;
}

static gboolean
is_idle (LiveStage *live, const char *wanted)
{
  return wall_placing_get_state (get_placing (live)) == WALL_PLACING_IDLE;
}

static gboolean
is_asking (LiveStage *live, const char *wanted)
{
  return gtk_widget_get_visible (wall_board_peek_pin (WALL_BOARD (live->stage.view)));
}

static gboolean
is_refused (LiveStage *live, const char *words)
{
  return wall_placing_get_state (get_placing (live)) == WALL_PLACING_REFUSED
         && strstr (wall_placing_peek_words (get_placing (live)), words) != NULL;
}

/* --- what is pressed --- */

static void
press (LiveStage *live, guint key)
{
  stage_type (&live->stage, key, 0);
}

/* Whoever placed last need not be written again. */
static void
give_pin (LiveStage *live, const char *user, const char *pin)
{
  live_stage_wait (live, is_asking, "the PIN's panel");
  if (user != NULL)
    {
      stage_write (&live->stage, user);
      press (live, GDK_KEY_Return);
    }
  stage_write (&live->stage, pin);
  press (live, GDK_KEY_Return);
}

static void
place (LiveStage *live, const char *user, const char *pin)
{
  press (live, GDK_KEY_1);
  press (live, GDK_KEY_Return);
  give_pin (live, user, pin);
}

static Wall *
wall_open (void)
{
  Wall *wall = g_new0 (Wall, 1);

  wall->live = live_stage_open (&kind, BEDS);
  wall->code = live_stage_refer (wall->live);
  live_stage_wait (wall->live, has_proposal, wall->code);
  g_strlcpy (wall->bed, board_model_find_referral (wall->live->stage.model, wall->code)->offer_bed, sizeof wall->bed);
  return wall;
}

static void
wall_close (Wall *wall)
{
  live_stage_close (wall->live);
  g_free (wall->code);
  g_free (wall);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Wall, wall_close)

/* --- placing and taking back --- */

static void
test_place (void)
{
  g_autoptr (Wall) wall = wall_open ();

  place (wall->live, USER, PIN);
  live_stage_wait_display (wall->live, wall->bed, BED_DISPLAY_HELD);
  live_stage_assert_history (wall->live, wall->code, "placement.placed");
  live_stage_wait (wall->live, is_spoken, "wall-tile 1 held");
  g_assert_false (wall_placing_is_pending (get_placing (wall->live), wall->code));
}

static void
test_take_back (void)
{
  g_autoptr (Wall) wall = wall_open ();

  place (wall->live, USER, PIN);
  live_stage_wait_display (wall->live, wall->bed, BED_DISPLAY_HELD);
  press (wall->live, GDK_KEY_u);
  give_pin (wall->live, NULL, PIN);
  live_stage_wait_display (wall->live, wall->bed, BED_DISPLAY_FREE);
  live_stage_assert_history (wall->live, wall->code, "placement.placed undone");
}

/* --- PINs --- */

static void
test_wrong_pin (void)
{
  g_autoptr (Wall) wall = wall_open ();

  place (wall->live, USER, "0000");
  live_stage_wait_words (wall->live, board_refusal_words (BED_ERROR_BAD_PIN));
  live_stage_assert_history (wall->live, wall->code, "");
  give_pin (wall->live, NULL, PIN);
  live_stage_wait_display (wall->live, wall->bed, BED_DISPLAY_HELD);
}

static void
lock_out (LiveStage *live)
{
  place (live, USER, "0000");
  for (guint i = 1; i < TRIES; i++)
    {
      live_stage_wait_words (live, board_refusal_words (BED_ERROR_BAD_PIN));
      give_pin (live, NULL, "0000");
    }
  live_stage_wait_words (live, board_refusal_words (BED_ERROR_BAD_PIN));
  give_pin (live, NULL, "0000");
  live_stage_wait (live, is_refused, board_refusal_words (BED_ERROR_LOCKED_OUT));
}

static void
test_lock_out (void)
{
  g_autoptr (Wall) wall = wall_open ();
  g_autofree char *spoken = g_strconcat ("wall-queue ", board_refusal_words (BED_ERROR_LOCKED_OUT), NULL);

  lock_out (wall->live);
  live_stage_wait (wall->live, is_spoken, spoken);
  press (wall->live, GDK_KEY_Return);
  g_assert_false (is_asking (wall->live, NULL));
}

static void
test_locked_out_right_pin (void)
{
  g_autoptr (Wall) wall = wall_open ();

  lock_out (wall->live);
  press (wall->live, GDK_KEY_Escape);
  place (wall->live, NULL, PIN);
  live_stage_wait (wall->live, is_refused, board_refusal_words (BED_ERROR_LOCKED_OUT));
  live_stage_assert_history (wall->live, wall->code, "");
  g_assert_cmpint (live_stage_get_display (wall->live, wall->bed), ==, BED_DISPLAY_FREE);
}

/* Its token is good for looking; a wallboard's own name is nobody's. */
static void
test_own_token (void)
{
  g_autoptr (Wall) wall = wall_open ();
  g_autoptr (BedLive) self = town_join (wall->live->town, TOWN_WALLBOARD, NULL);
  g_autofree char *params = town_params ("'referral':'%s','bed':'%s'", wall->code, wall->bed);
  g_autoptr (GError) error = NULL;

  g_assert_null (town_call (self, "placement.place", params, NULL, &error));
  g_assert_error (error, BED_ERROR, BED_ERROR_FORBIDDEN);
  place (wall->live, "wallboard", PIN);
  live_stage_wait_words (wall->live, board_refusal_words (BED_ERROR_BAD_PIN));
  live_stage_assert_history (wall->live, wall->code, "");
}

/* --- a lost race --- */

static void
test_lost_race (void)
{
  g_autoptr (Wall) wall = wall_open ();
  g_autofree char *first = live_stage_refer (wall->live);
  g_autofree char *spoken = g_strconcat ("wall-queue ", board_refusal_words (BED_ERROR_BED_TAKEN), NULL);
  char next[BED_ID_SIZE];

  press (wall->live, GDK_KEY_1);
  press (wall->live, GDK_KEY_Return);
  live_stage_tell (wall->live, "hold.take", "'referral':'%s','bed':'%s'", first, wall->bed);
  give_pin (wall->live, USER, PIN);
  live_stage_wait (wall->live, is_refused, board_refusal_words (BED_ERROR_BED_TAKEN));
  live_stage_wait (wall->live, is_spoken, spoken);
  live_stage_wait (wall->live, is_spoken, "wall-queue Next: Unit 0.");
  g_strlcpy (next, wall_placing_peek_next (get_placing (wall->live))->bed, sizeof next);
  g_assert_cmpstr (next, !=, wall->bed);
  press (wall->live, GDK_KEY_Return);
  give_pin (wall->live, NULL, PIN);
  live_stage_wait_display (wall->live, next, BED_DISPLAY_HELD);
  live_stage_assert_history (wall->live, wall->code, "placement.placed");
}

/* --- a lost line --- */

static void
test_lost_gateway (void)
{
  g_autoptr (Wall) wall = wall_open ();

  live_stage_lose_gateway (wall->live);
  live_stage_wait (wall->live, is_spoken, "wall-header Reconnecting");
  live_stage_pass (wall->live, 5 * G_GINT64_CONSTANT (60000000));
  live_stage_wait (wall->live, is_spoken, "wall-note This picture is 5 min old");
  press (wall->live, GDK_KEY_1);
  live_stage_wait (wall->live, is_spoken, "wall-ticker Not live: nothing can be placed");
  press (wall->live, GDK_KEY_Return);
  g_assert_true (is_idle (wall->live, NULL));
  g_assert_false (is_asking (wall->live, NULL));
}

static void
test_gateway_back (void)
{
  g_autoptr (Wall) wall = wall_open ();
  const char *elsewhere = g_str_equal (wall->bed, "u0-05") ? "u0-06" : "u0-05";

  live_stage_lose_gateway (wall->live);
  live_stage_tell (wall->live, "bed.report", "'bed':'%s','readiness':'dirty'", elsewhere);
  g_assert_cmpint (live_stage_get_display (wall->live, elsewhere), ==, BED_DISPLAY_FREE);
  live_stage_mend (wall->live);
  live_stage_wait_display (wall->live, elsewhere, BED_DISPLAY_CLEANING);
  live_stage_wait (wall->live, is_spoken, "wall-header Live");
  place (wall->live, USER, PIN);
  live_stage_wait_display (wall->live, wall->bed, BED_DISPLAY_HELD);
}

static void
test_killed_broker (void)
{
  g_autoptr (Wall) wall = wall_open ();

  live_stage_lose_broker (wall->live);
  live_stage_wait (wall->live, is_spoken, "wall-header Offline");
  press (wall->live, GDK_KEY_1);
  g_assert_true (is_idle (wall->live, NULL));
  live_stage_mend (wall->live);
  live_stage_wait (wall->live, has_proposal, wall->code);
  live_stage_wait (wall->live, is_spoken, "wall-header Live");
  place (wall->live, USER, PIN);
  live_stage_wait_display (wall->live, wall->bed, BED_DISPLAY_HELD);
  live_stage_assert_history (wall->live, wall->code, "placement.placed");
}

static void
place_at_once (LiveStage *live, const char *unused)
{
  place (live, USER, PIN);
}

/* It says that it may have been done; Enter and the PIN ask again with its key. */
static void
test_lost_answer (void)
{
  g_autoptr (Wall) wall = wall_open ();

  live_stage_lose_answer (wall->live, place_at_once, NULL);
  live_stage_wait (wall->live, is_refused, board_refusal_words (BED_ERROR_UNCERTAIN));
  live_stage_wait_history (wall->live, wall->code, "placement.placed");
  live_stage_mend (wall->live);
  press (wall->live, GDK_KEY_Return);
  give_pin (wall->live, NULL, PIN);
  live_stage_wait (wall->live, is_idle, "the end of the placing");
  g_assert_cmpint (live_stage_get_display (wall->live, wall->bed), ==, BED_DISPLAY_HELD);
  live_stage_assert_history (wall->live, wall->code, "placement.placed");
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wall-live/place", test_place);
  g_test_add_func ("/wall-live/take-back", test_take_back);
  g_test_add_func ("/wall-live/wrong-pin", test_wrong_pin);
  g_test_add_func ("/wall-live/lock-out", test_lock_out);
  g_test_add_func ("/wall-live/locked-out-right-pin", test_locked_out_right_pin);
  g_test_add_func ("/wall-live/own-token", test_own_token);
  g_test_add_func ("/wall-live/lost-race", test_lost_race);
  g_test_add_func ("/wall-live/lost-gateway", test_lost_gateway);
  g_test_add_func ("/wall-live/gateway-back", test_gateway_back);
  g_test_add_func ("/wall-live/killed-broker", test_killed_broker);
  g_test_add_func ("/wall-live/lost-answer", test_lost_answer);
  return g_test_run ();
}
