/* test-desk-live.c: a referrer's desk against a real broker and a real gateway: a referral from the form
 * to reserved, its hold, a lost race, a lost gateway, an answer that never came, and what happened.
 *
 * What only others may do (triage, a bed taken first, a yes) is done by them at another gateway.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "live-stage.h"

#include "board/board-codes.h"
#include "board/board-i18n.h"
#include "board/desk/desk-board.h"
#include "board/desk/desk-offer-row.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#define BEDS 16 /* in two units, u1 the nearer one */
#define MINUTE_US G_GINT64_CONSTANT (60000000)

static const LiveKind kind
    = { .make_view = desk_board_new, .style = "desk.css", .token = TOWN_REFERRER, .scope = "{}", .lap = "" };
static const LiveKind coordinator
    = { .make_view = desk_board_new, .style = "desk.css", .token = TOWN_COORDINATOR, .scope = "{}", .lap = "west" };

/* --- what it shows --- */

static DeskState *
get_state (LiveStage *live)
{
  return desk_board_get_state (DESK_BOARD (live->stage.view));
}

static gboolean
is_somebody_chosen (LiveStage *live, const char *wanted)
{
  return desk_state_find_chosen (get_state (live)) != NULL;
}

static void
append_beds (GtkWidget *widget, GString *beds)
{
  if (!gtk_widget_get_visible (widget))
    return;
  if (DESK_IS_OFFER_ROW (widget))
    g_string_append_printf (beds, "%s ", desk_offer_row_peek_bed (DESK_OFFER_ROW (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    append_beds (child, beds);
}

/* The beds of the list that is seen, in its order: "u1-00 u1-01 ". Owned. */
static char *
print_shown (LiveStage *live)
{
  g_autoptr (GString) beds = g_string_new (NULL);

  append_beds (live->stage.view, beds);
  return g_string_free (g_steal_pointer (&beds), FALSE);
}

static gboolean
can_reserve (LiveStage *live, const char *wanted)
{
  GtkWidget *reserve = board_stage_find (&live->stage, "reserve");

  return reserve != NULL && gtk_widget_is_sensitive (reserve);
}

/* What its ring counts down, in whole hours or minutes, as minutes. */
static int
get_minutes (LiveStage *live)
{
  GtkWidget *number = board_stage_find (&live->stage, "ring-number");
  GtkWidget *unit = board_stage_find (&live->stage, "ring-unit");

  g_assert_nonnull (number);
  return atoi (gtk_label_get_text (GTK_LABEL (number))) * (g_str_equal (gtk_label_get_text (GTK_LABEL (unit)), "h") ? 60 : 1);
}

/* --- what is pressed --- */

/* Somebody of this organisation waits and is chosen, and the beds that suit her are listed; her code, owned. */
static char *
choose_somebody (LiveStage *live)
{
  char *code = live_stage_refer (live);

  live_stage_wait (live, is_somebody_chosen, "somebody chosen");
  g_assert_cmpstr (desk_state_peek_chosen (get_state (live)), ==, code);
  live_stage_wait (live, can_reserve, "beds that suit");
  return code;
}

static void
type_reserve (LiveStage *live, const char *unused)
{
  stage_type (&live->stage, GDK_KEY_r, 0);
}

/* Reserves what the key does; the bed, owned. */
static char *
reserve (LiveStage *live)
{
  char *bed = g_strdup (desk_state_peek_picked (get_state (live)));

  type_reserve (live, NULL);
  live_stage_wait_display (live, bed, BED_DISPLAY_HELD);
  live_stage_wait_words (live, "banner");
  return bed;
}

/* Goes on with Tab until an entry with this placeholder has the keyboard. */
static void
tab_to (LiveStage *live, const char *placeholder)
{
  for (guint i = 0; i < 40; i++)
    {
      GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (live->stage.window));
      GtkWidget *entry = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_ENTRY) : NULL;

      if (entry != NULL && g_strcmp0 (gtk_entry_get_placeholder_text (GTK_ENTRY (entry)), placeholder) == 0)
        return;
      stage_type (&live->stage, GDK_KEY_Tab, 0);
    }
  g_error ("no entry such as \"%s\"", placeholder);
}

static void
fill_form (LiveStage *live)
{
  stage_type (&live->stage, GDK_KEY_n, GDK_CONTROL_MASK);
  stage_press (&live->stage, NULL, "Woman");
  stage_press (&live->stage, NULL, "75 to 84");
  tab_to (live, "SO51");
  stage_write (&live->stage, "so51");
}

/* --- from the form to reserved --- */

static void
test_form_to_reserved (void)
{
  g_autoptr (LiveStage) live = live_stage_open (&kind, BEDS);
  g_autofree char *code = NULL;
  g_autofree char *bed = NULL;
  g_autofree char *journal = NULL;

  fill_form (live);
  board_stage_click (&live->stage, "_Send the referral");
  live_stage_wait (live, is_somebody_chosen, "the code of who was referred");
  code = g_strdup (desk_state_peek_chosen (get_state (live)));
  g_assert_false (can_reserve (live, NULL));
  live_stage_tell (live, "referral.triage",
                   "'referral':'%s','pathway':'supported','lane':'flow','home_first':'needs_nursing'", code);
  live_stage_wait (live, can_reserve, "beds that suit");
  bed = reserve (live);
  live_stage_assert_history (live, code, "hold.taken");
  journal = g_strdup_printf ("referral.submitted , hold.taken %s", bed);
  live_stage_assert_journal (live, "referrer", journal);
}

/* Whom somebody else has referred is triaged and placed at one desk. */
static void
test_triage_to_placed (void)
{
  g_autoptr (LiveStage) live = live_stage_open (&coordinator, BEDS);
  g_autoptr (BedLive) referrer = town_join (&live->elsewhere, TOWN_REFERRER, NULL);
  g_autoptr (GPtrArray) codes = town_refer (referrer, 1);
  g_autofree char *bed = NULL;

  live_stage_wait (live, is_somebody_chosen, "somebody chosen");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (board_stage_find_type (board_stage_find (&live->stage, "triage"), GTK_TYPE_DROP_DOWN)),
                              BED_HOME_FIRST_NEEDS_NURSING);
  board_stage_click (&live->stage, "_Triage");
  live_stage_wait (live, can_reserve, "beds that suit");
  bed = reserve (live);
  live_stage_assert_history (live, g_ptr_array_index (codes, 0), "placement.placed");
}

/* As the register ranks them when somebody else asks. */
static void
test_ranked (void)
{
  g_autoptr (LiveStage) live = live_stage_open (&kind, BEDS);
  g_autofree char *code = choose_somebody (live);
  g_autofree char *params = g_strdup_printf ("{\"referral\":\"%s\",\"limit\":%d}", code, DESK_OFFERS_LIMIT);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) found = town_call (live->other, "bed.find", params, NULL, &error);
  g_autoptr (GString) ranked = g_string_new (NULL);
  g_autofree char *shown = print_shown (live);
  JsonArray *offers;

  g_assert_no_error (error);
  offers = json_object_get_array_member (json_node_get_object (found), "offers");
  for (guint i = 0; i < json_array_get_length (offers); i++)
    g_string_append_printf (ranked, "%s ",
                            json_object_get_string_member (json_array_get_object_element (offers, i), "bed"));
  g_assert_cmpstr (shown, ==, ranked->str);
  g_assert_true (g_str_has_prefix (shown, "u1-"));
}

/* --- the hold --- */

/* Four hours from now. */
static void
test_countdown (void)
{
  g_autoptr (LiveStage) live = live_stage_open (&kind, BEDS);
  g_autofree char *code = choose_somebody (live);
  g_autofree char *bed = reserve (live);

  g_assert_cmpint (get_minutes (live), ==, 3 * 60);
  live_stage_pass (live, 3 * 60 * MINUTE_US);
  g_assert_cmpint (get_minutes (live), ==, 59);
  live_stage_pass (live, 10 * MINUTE_US);
  g_assert_cmpint (get_minutes (live), ==, 49);
}

static void
test_extend (void)
{
  g_autoptr (LiveStage) live = live_stage_open (&kind, BEDS);
  g_autofree char *code = choose_somebody (live);
  g_autofree char *bed = reserve (live);
  int minutes = get_minutes (live);

  board_stage_click (&live->stage, "E_xtend…");
  board_stage_click (&live->stage, board_code_say (&bed_hold_reason_words, BED_HOLD_REASON_FAMILY));
  live_stage_wait_words (live, "is-done");
  live_stage_wait_no_words (live, "being sent");
  live_stage_assert_history (live, code, "hold.taken hold.extended:family");
  g_assert_cmpint (get_minutes (live), >, minutes);
}

static void
test_release (void)
{
  g_autoptr (LiveStage) live = live_stage_open (&kind, BEDS);
  g_autofree char *code = choose_somebody (live);
  g_autofree char *bed = reserve (live);

  board_stage_click (&live->stage, "Re_lease");
  live_stage_wait_display (live, bed, BED_DISPLAY_FREE);
  live_stage_wait_no_words (live, "banner");
  live_stage_assert_history (live, code, "hold.taken hold.released");
}

/* --- a lost race --- */

/* Nothing reaches the desk while somebody else takes the bed: its picture is a moment old. */
static void
test_lost_race (void)
{
  g_autoptr (LiveStage) live = live_stage_open (&kind, BEDS);
  g_autofree char *code = choose_somebody (live);
  g_autofree char *first = g_strdup (desk_state_peek_picked (get_state (live)));
  g_autofree char *winner = NULL;

  kill (live->town->gateway, SIGSTOP);
  winner = live_stage_refer (live);
  live_stage_tell (live, "hold.take", "'referral':'%s','bed':'%s'", winner, first);
  type_reserve (live, NULL);
  kill (live->town->gateway, SIGCONT);
  live_stage_wait_words (live, board_refusal_words (BED_ERROR_BED_TAKEN));
  live_stage_assert_history (live, code, "");
  stage_type (&live->stage, GDK_KEY_n, 0);
  live_stage_wait_words (live, "banner");
  live_stage_assert_history (live, code, "hold.taken");
  live_stage_assert_history (live, winner, "hold.taken");
}

/* --- a lost line --- */

/* Nothing is sent later that was refused now, and what was typed stays. */
static void
test_refused_while_lost (void)
{
  g_autoptr (LiveStage) live = live_stage_open (&kind, BEDS);

  fill_form (live);
  live_stage_lose_gateway (live);
  board_stage_click (&live->stage, "_Send the referral");
  live_stage_wait_words (live, board_refusal_words (BED_ERROR_UNAVAILABLE));
  live_stage_mend (live);
  live_stage_assert_journal (live, "referrer", "");
  board_stage_click (&live->stage, "_Send the referral");
  live_stage_wait (live, is_somebody_chosen, "the code of who was referred");
  live_stage_assert_journal (live, "referrer", "referral.submitted ");
}

static void
test_not_reserved_while_lost (void)
{
  g_autoptr (LiveStage) live = live_stage_open (&kind, BEDS);
  g_autofree char *code = choose_somebody (live);

  live_stage_lose_gateway (live);
  g_assert_false (can_reserve (live, NULL));
  type_reserve (live, NULL);
  live_stage_mend (live);
  live_stage_wait (live, can_reserve, "beds that suit");
  live_stage_assert_journal (live, "referrer", "");
}

/* Asked again with its key, it is done once. */
static void
test_lost_answer (void)
{
  g_autoptr (LiveStage) live = live_stage_open (&kind, BEDS);
  g_autofree char *code = choose_somebody (live);
  g_autofree char *journal = g_strdup_printf ("hold.taken %s", desk_state_peek_picked (get_state (live)));

  live_stage_lose_answer (live, type_reserve, NULL);
  live_stage_wait_journal (live, "referrer", journal);
  g_assert_null (board_stage_find (&live->stage, "banner"));
  live_stage_mend (live);
  live_stage_wait_words (live, "is-done");
  live_stage_wait_words (live, "banner");
  live_stage_assert_journal (live, "referrer", journal);
}

static void
send_form (LiveStage *live, const char *unused)
{
  board_stage_click (&live->stage, "_Send the referral");
}

/* The desk has given it up; whoever sends the same form again does not refer somebody twice. */
static void
test_form_sent_again (void)
{
  g_autoptr (LiveStage) live = live_stage_open (&kind, BEDS);

  fill_form (live);
  live_stage_lose_answer (live, send_form, NULL);
  live_stage_wait_journal (live, "referrer", "referral.submitted ");
  live_stage_pass (live, BOARD_COMMAND_AGE_BRIEF_US);
  live_stage_wait_words (live, board_refusal_words (BED_ERROR_UNCERTAIN));
  live_stage_mend (live);
  send_form (live, NULL);
  live_stage_wait (live, is_somebody_chosen, "the code of who was referred");
  live_stage_assert_journal (live, "referrer", "referral.submitted ");
}

/* --- what happened --- */

static void
test_history (void)
{
  g_autoptr (LiveStage) live = live_stage_open (&kind, BEDS);
  g_autofree char *code = choose_somebody (live);
  g_autofree char *bed = reserve (live);
  const BoardBed *found = board_model_find_bed (live->stage.model, bed);
  g_autofree char *place
      = g_strdup_printf ("%s, %s was held.", board_model_find_unit (live->stage.model, found->unit)->name, found->label);

  live_stage_wait_words (live, place);
  g_assert_nonnull (board_stage_find (&live->stage, "Referred."));
  live_stage_tell (live, "hold.release", "'referral':'%s'", code);
  live_stage_wait_words (live, "Hold released.");
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk-live/form-to-reserved", test_form_to_reserved);
  g_test_add_func ("/desk-live/triage-to-placed", test_triage_to_placed);
  g_test_add_func ("/desk-live/ranked", test_ranked);
  g_test_add_func ("/desk-live/countdown", test_countdown);
  g_test_add_func ("/desk-live/extend", test_extend);
  g_test_add_func ("/desk-live/release", test_release);
  g_test_add_func ("/desk-live/lost-race", test_lost_race);
  g_test_add_func ("/desk-live/refused-while-lost", test_refused_while_lost);
  g_test_add_func ("/desk-live/not-reserved-while-lost", test_not_reserved_while_lost);
  g_test_add_func ("/desk-live/lost-answer", test_lost_answer);
  g_test_add_func ("/desk-live/form-sent-again", test_form_sent_again);
  g_test_add_func ("/desk-live/history", test_history);
  return g_test_run ();
}
