/* test-desk.c: a desk at work: the list, the form, reserving, the lost race, holds, the keyboard.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-scene.h"

#include "board/board-codes.h"

/* --- the list --- */

static void
test_follows_feed (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_REFERRER, DESK_N_PEOPLE);

  g_assert_null (board_stage_find (stage, "Paused"));
  change (stage, REVISION, DESK_PERSON_WAITING, "paused", "");
  g_assert_nonnull (board_stage_find (stage, "Paused"));
}

static void
test_chosen_goes (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_REFERRER, DESK_N_PEOPLE);
  g_autofree char *params = g_strdup_printf (
      "{\"from\":%d,\"revision\":%d,\"units\":[],\"beds\":[],\"referrals\":[],\"gone\":{\"referrals\":[\"%s\"]}}", REVISION,
      REVISION + 1, desk_fixture_code (DESK_PERSON_HELD));

  board_stage_tell (stage, "feed.changes", params);
  board_stage_beat (stage);
  g_assert_cmpstr (desk_state_peek_chosen (get_state (stage)), ==, desk_fixture_code (DESK_PERSON_NEW));
}

static void
test_next_and_previous (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_REFERRER, DESK_N_PEOPLE);

  act (stage, "desk.next", NULL);
  g_assert_cmpstr (desk_state_peek_chosen (get_state (stage)), ==, desk_fixture_code (DESK_PERSON_WAITING));
  act (stage, "desk.next", NULL);
  g_assert_cmpstr (desk_state_peek_chosen (get_state (stage)), ==, desk_fixture_code (DESK_PERSON_COMING));
  act (stage, "desk.previous", NULL);
  act (stage, "desk.previous", NULL);
  g_assert_cmpstr (desk_state_peek_chosen (get_state (stage)), ==, desk_fixture_code (DESK_PERSON_HELD));
}

/* --- reserving --- */

static void
test_reserve (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_REFERRER, DESK_N_PEOPLE);
  StageCall *call;

  choose (stage, DESK_PERSON_WAITING);
  act (stage, "desk.reserve", NULL);
  call = board_stage_find_call (stage, "hold.take");
  g_assert_nonnull (call);
  assert_param (call, "referral", desk_fixture_code (DESK_PERSON_WAITING));
  assert_param (call, "bed", "willow-court-02");
  g_assert_false (gtk_widget_is_sensitive (board_stage_find (stage, "reserve"))); /* pending */
  board_stage_answer (stage, call, "{\"revision\":4101,\"bed\":\"willow-court-02\"}");
  g_assert_nonnull (board_stage_find (stage, "being sent")); /* until the feed has told of it */
  change (stage, REVISION, DESK_PERSON_WAITING, "held", "\"bed\":\"willow-court-02\",\"hold_min\":60,\"until\":60");
  g_assert_nonnull (board_stage_find (stage, "banner"));
  g_assert_null (board_stage_find (stage, "being sent"));
}

static void
test_coordinator_places (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_COORDINATOR, DESK_N_PEOPLE);

  choose (stage, DESK_PERSON_WAITING);
  act (stage, "desk.reserve", NULL);
  assert_param (board_stage_find_call (stage, "placement.place"), "bed", "willow-court-02");
  g_assert_null (board_stage_find_call (stage, "hold.take"));
}

static void
test_picked (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_REFERRER, DESK_N_PEOPLE);

  choose (stage, DESK_PERSON_WAITING);
  desk_state_pick (get_state (stage), "clarence-01");
  act (stage, "desk.reserve", NULL);
  assert_param (board_stage_find_call (stage, "hold.take"), "bed", "clarence-01");
}

/* A bed that nobody has confirmed lately is not taken before somebody has rung. */
static void
test_call_first (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_REFERRER, DESK_N_PEOPLE);

  choose (stage, DESK_PERSON_WAITING);
  desk_state_pick (get_state (stage), "parklands-01");
  act (stage, "desk.reserve", NULL);
  g_assert_null (board_stage_find_call (stage, "hold.take"));
  g_assert_nonnull (board_stage_find (stage, "Ring the desk of Parklands: 023 8081 6900"));
  board_stage_click (stage, "_They have it: reserve");
  assert_param (board_stage_find_call (stage, "hold.take"), "bed", "parklands-01");
}

static void
test_lost_race (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_REFERRER, DESK_N_PEOPLE);

  choose (stage, DESK_PERSON_WAITING);
  act (stage, "desk.reserve", NULL);
  board_stage_refuse (stage, board_stage_find_call (stage, "hold.take"), BED_ERROR_BED_TAKEN,
                      "{\"reason\":\"bed_taken\",\"next\":{\"bed\":\"lymington-01\",\"unit\":\"lymington\",\"metres\":30200}}");
  g_assert_nonnull (board_stage_find (stage, board_refusal_words (BED_ERROR_BED_TAKEN)));
  act (stage, "desk.take-next", NULL);
  assert_param (board_stage_find_call (stage, "hold.take"), "bed", "lymington-01");
}

static void
test_refusal_words (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_REFERRER, DESK_N_PEOPLE);

  choose (stage, DESK_PERSON_WAITING);
  act (stage, "desk.reserve", NULL);
  board_stage_refuse (stage, board_stage_find_call (stage, "hold.take"), BED_ERROR_BAY_SEX, NULL);
  g_assert_nonnull (board_stage_find (stage, board_refusal_words (BED_ERROR_BAY_SEX)));
  g_assert_true (gtk_widget_is_sensitive (board_stage_find (stage, "reserve")));
}

/* --- a hold --- */

static void
test_release (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_REFERRER, DESK_N_PEOPLE);

  board_stage_click (stage, "Re_lease");
  assert_param (board_stage_find_call (stage, "hold.release"), "referral", desk_fixture_code (DESK_PERSON_HELD));
}

static void
test_extend (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_REFERRER, DESK_N_PEOPLE);

  board_stage_click (stage, "E_xtend…");
  g_assert_null (board_stage_find_call (stage, "hold.extend")); /* it asks why */
  g_assert_nonnull (board_stage_find (stage, "Why is more time needed?"));
  board_stage_click (stage, board_code_say (&bed_hold_reason_words, BED_HOLD_REASON_FAMILY));
  assert_param (board_stage_find_call (stage, "hold.extend"), "reason", "family");
}

/* A bed that stands proposed to somebody else is placed with a reason. */
static void
test_override (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_COORDINATOR, DESK_N_PEOPLE);

  change (stage, REVISION, DESK_PERSON_PLAIN, "waiting",
          "\"offer\":{\"bed\":\"willow-court-02\"}");
  choose (stage, DESK_PERSON_WAITING);
  act (stage, "desk.reserve", NULL);
  g_assert_null (board_stage_find_call (stage, "placement.place"));
  board_stage_click (stage, board_code_say (&bed_override_words, BED_OVERRIDE_SAFEGUARDING));
  assert_param (board_stage_find_call (stage, "placement.place"), "override", "safeguarding");
}

static void
test_keys_window (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_REFERRER, DESK_N_PEOPLE);
  g_autoptr (GList) before = gtk_window_list_toplevels ();
  g_autoptr (GList) after = NULL;

  act (stage, "desk.keys", NULL);
  after = gtk_window_list_toplevels ();
  g_assert_cmpuint (g_list_length (after), ==, g_list_length (before) + 1);
  for (GList *link = after; link != NULL; link = link->next)
    if (g_list_find (before, link->data) == NULL)
      gtk_window_destroy (link->data);
}

/* The ring goes with the register's time. */
static void
test_ring (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_REFERRER, DESK_N_PEOPLE);

  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (board_stage_find (stage, "ring-number"))), ==, "12");
  stage->moment.now_us += 11 * G_GINT64_CONSTANT (60000000);
  board_stage_beat (stage);
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (board_stage_find (stage, "ring-number"))), ==, "60");
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (board_stage_find (stage, "ring-unit"))), ==, "s");
  stage->moment.now_us -= 2 * 60 * G_GINT64_CONSTANT (60000000);
  board_stage_beat (stage);
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (board_stage_find (stage, "ring-number"))), ==, "2:01");
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (board_stage_find (stage, "ring-unit"))), ==, "h");
}

/* --- triage and the form --- */

static void
test_triage_asks_home_first (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_CLINICIAN, DESK_N_PEOPLE);

  choose (stage, DESK_PERSON_NEW);
  board_stage_click (stage, "_Triage");
  g_assert_null (board_stage_find_call (stage, "referral.triage"));
  g_assert_nonnull (board_stage_find (stage, "Answer this first: home comes before a bed"));
}

static void
test_referrer_cannot_triage (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_REFERRER, DESK_N_PEOPLE);

  choose (stage, DESK_PERSON_NEW);
  g_assert_null (board_stage_find (stage, "_Triage"));
}

static void
test_form_to_reserved (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_REFERRER, DESK_PERSON_COMING);
  StageCall *call;
  g_autofree char *answer = g_strdup_printf ("{\"revision\":4101,\"referral\":\"%s\"}", desk_fixture_code (DESK_PERSON_COMING));

  fill_form (stage);
  board_stage_click (stage, "_Send the referral");
  call = board_stage_find_call (stage, "referral.submit");
  g_assert_nonnull (call);
  assert_param (call, "home", "SO22");
  assert_param (call, "sex", "female");
  assert_param (call, "age_band", "75_84");
  assert_param (call, "source", "hampshire-hospitals");
  assert_param (call, "needs", "{\"must\":[\"single_room\"]}");
  board_stage_answer (stage, call, answer);
  g_assert_cmpstr (desk_state_peek_chosen (get_state (stage)), ==, desk_fixture_code (DESK_PERSON_COMING));
  change (stage, REVISION, DESK_PERSON_COMING, "waiting", "");
  stage->moment.monotonic_us += DESK_ASK_AGAIN_US;
  board_stage_beat (stage);
  desk_fixture_answer (stage);
  g_assert_cmpstr (desk_state_peek_chosen (get_state (stage)), ==, desk_fixture_code (DESK_PERSON_COMING));
  act (stage, "desk.reserve", NULL);
  assert_param (board_stage_find_call (stage, "hold.take"), "referral", desk_fixture_code (DESK_PERSON_COMING));
}

static void
test_form_checks (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_REFERRER, DESK_N_PEOPLE);

  act (stage, "desk.new", NULL);
  board_stage_click (stage, "_Send the referral");
  g_assert_null (board_stage_find_call (stage, "referral.submit"));
  g_assert_nonnull (board_stage_find (stage, "Choose one: bays are for women or for men"));
}

/* The register's own fault is said at its field, and what was typed stays. */
static void
test_form_refused (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_REFERRER, DESK_N_PEOPLE);

  fill_form (stage);
  board_stage_click (stage, "_Send the referral");
  board_stage_refuse (stage, board_stage_find_call (stage, "referral.submit"), BED_ERROR_BAD_VALUE,
                      "{\"reason\":\"bad_value\",\"member\":\"home\"}");
  g_assert_nonnull (board_stage_find (stage, "is-wrong"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_entry (stage->view, "SO51"))), ==, "so22");
  act (stage, "desk.person", NULL);
  act (stage, "desk.new", NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_entry (stage->view, "SO51"))), ==, "so22");
}

/* Whoever came yesterday evening is on day 2, as on the ward. */
static void
test_days_are_calendar_days (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_REFERRER, DESK_N_PEOPLE);

  choose (stage, DESK_PERSON_ARRIVED);
  g_assert_nonnull (board_stage_find (stage, "Day 6"));
  change (stage, REVISION, DESK_PERSON_ARRIVED, "arrived", "\"bed\":\"westholme-06\",\"arrived_at\":-13");
  g_assert_nonnull (board_stage_find (stage, "Day 2"));
}

/* --- others --- */

static void
on_notify (DeskBoard *board, const char *title, const char *body, const char *code, gpointer user_data)
{
  g_string_append_printf (user_data, "%s: %s", title, body);
}

static void
test_notifies (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_REFERRER, DESK_N_PEOPLE);
  g_autoptr (GString) told = g_string_new (NULL);
  g_autofree char *wanted = g_strdup_printf ("%s is accepted: Willow Court, Room 12", desk_fixture_code (DESK_PERSON_HELD));

  g_signal_connect (stage->view, "notify-person", G_CALLBACK (on_notify), told);
  change (stage, REVISION, DESK_PERSON_HELD, "accepted", "\"bed\":\"willow-court-01\"");
  g_assert_cmpstr (told->str, ==, wanted);
}

static void
test_offline_says_so (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_REFERRER, DESK_N_PEOPLE);

  choose (stage, DESK_PERSON_WAITING);
  stage->moment.line = BOARD_LINE_OFFLINE;
  board_stage_beat (stage);
  g_assert_false (gtk_widget_is_sensitive (board_stage_find (stage, "reserve")));
  act (stage, "desk.reserve", NULL);
  g_assert_null (board_stage_find_call (stage, "hold.take"));
}

/* A name of its own, or that of the widget it is a part of. */
static gboolean
has_name (GtkWidget *widget)
{
  for (guint up = 0; widget != NULL && up < 6; up++, widget = gtk_widget_get_parent (widget))
    if (gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL)
        || gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY))
      return TRUE;
  return FALSE;
}

static guint
assert_names (GtkWidget *widget)
{
  guint n = 0;

  if (!gtk_widget_get_visible (widget))
    return 0;
  if (gtk_widget_get_focusable (widget) && !GTK_IS_LABEL (widget))
    {
      if (!has_name (widget))
        g_test_message ("%s in %s has no name", G_OBJECT_TYPE_NAME (widget), G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)));
      g_assert_true (has_name (widget));
      /* with a mnemonic the label names it: as the button's own name it would be spoken, underscore and all */
      if (GTK_IS_BUTTON (widget) && gtk_button_get_use_underline (GTK_BUTTON (widget)))
        g_assert_false (gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL));
      n++;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += assert_names (child);
  return n;
}

static void
test_names (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_COORDINATOR, DESK_N_PEOPLE);

  g_assert_cmpuint (assert_names (stage->view), >, 20);
  choose (stage, DESK_PERSON_NEW);
  g_assert_cmpuint (assert_names (stage->view), >, 20);
  act (stage, "desk.new", NULL);
  g_assert_cmpuint (assert_names (stage->view), >, 50);
}

/* Tab alone reaches the list, the person's menu, each bed's button and what happened. */
static void
test_keyboard (void)
{
  g_autoptr (BoardStage) stage = desk_fixture_open (1920, 1080, BED_ROLE_REFERRER, DESK_N_PEOPLE);
  g_autoptr (GHashTable) reached = g_hash_table_new (NULL, NULL);
  guint n_reserve = 0;
  GHashTableIter iter;
  gpointer widget;

  choose (stage, DESK_PERSON_WAITING);
  gtk_widget_grab_focus (stage->view);
  for (guint i = 0; i < 60; i++)
    {
      gtk_widget_child_focus (stage->window, GTK_DIR_TAB_FORWARD);
      if (gtk_root_get_focus (GTK_ROOT (stage->window)) != NULL)
        g_hash_table_add (reached, gtk_root_get_focus (GTK_ROOT (stage->window)));
    }
  g_hash_table_iter_init (&iter, reached);
  while (g_hash_table_iter_next (&iter, &widget, NULL))
    n_reserve += gtk_widget_has_css_class (widget, "reserve") ? 1 : 0;
  g_assert_cmpuint (n_reserve, >=, 1);
  g_assert_cmpuint (g_hash_table_size (reached), >, 8);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/follows-feed", test_follows_feed);
  g_test_add_func ("/desk/chosen-goes", test_chosen_goes);
  g_test_add_func ("/desk/next-and-previous", test_next_and_previous);
  g_test_add_func ("/desk/reserve", test_reserve);
  g_test_add_func ("/desk/coordinator-places", test_coordinator_places);
  g_test_add_func ("/desk/picked", test_picked);
  g_test_add_func ("/desk/call-first", test_call_first);
  g_test_add_func ("/desk/lost-race", test_lost_race);
  g_test_add_func ("/desk/refusal-words", test_refusal_words);
  g_test_add_func ("/desk/release", test_release);
  g_test_add_func ("/desk/extend", test_extend);
  g_test_add_func ("/desk/override", test_override);
  g_test_add_func ("/desk/keys-window", test_keys_window);
  g_test_add_func ("/desk/ring", test_ring);
  g_test_add_func ("/desk/triage-asks-home-first", test_triage_asks_home_first);
  g_test_add_func ("/desk/referrer-cannot-triage", test_referrer_cannot_triage);
  g_test_add_func ("/desk/form-to-reserved", test_form_to_reserved);
  g_test_add_func ("/desk/form-checks", test_form_checks);
  g_test_add_func ("/desk/form-refused", test_form_refused);
  g_test_add_func ("/desk/calendar-days", test_days_are_calendar_days);
  g_test_add_func ("/desk/notifies", test_notifies);
  g_test_add_func ("/desk/offline", test_offline_says_so);
  g_test_add_func ("/desk/names", test_names);
  g_test_add_func ("/desk/keyboard", test_keyboard);
  return g_test_run ();
}
