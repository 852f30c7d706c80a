/* test-desk-pages.c: plan, tonight and handover on a stage.
 *
 * With HOMEWARD_PICTURES=DIR each picture stays there to be looked at.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "map-fixture.h"

#include "board/desk/desk-board.h"
#include "board/desk/desk-handover-page.h"
#include "board/desk/desk-handover-print.h"
#include "board/desk/desk-sheet.h"
#include "common/bed-time.h"

#include <glib/gstdio.h>

static void
take (BoardStage *stage, const char *name)
{
  g_autoptr (GdkTexture) texture = NULL;

  board_stage_draw (stage);
  board_stage_draw (stage);
  texture = board_stage_take (stage, name);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, gtk_widget_get_width (stage->view));
}

static DeskState *
get_state (BoardStage *stage)
{
  return desk_board_get_state (DESK_BOARD (stage->view));
}

static BoardStage *
open_page (int width, int height, const char *page)
{
  BoardStage *stage = map_fixture_open (width, height, BED_ROLE_COORDINATOR, MAP_PERSON_HELD);

  desk_board_show_page (DESK_BOARD (stage->view), page);
  board_stage_draw (stage);
  return stage;
}

/* The first row about somebody on the page that is seen. */
static GtkWidget *
find_row (GtkWidget *widget, const char *code)
{
  if (!gtk_widget_get_child_visible (widget) || !gtk_widget_get_visible (widget))
    return NULL;
  if (GTK_IS_LIST_BOX_ROW (widget) && g_strcmp0 (desk_sheet_peek_code (GTK_LIST_BOX_ROW (widget)), code) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child, code);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
press (GtkWidget *widget, guint key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      gboolean is_taken = FALSE;

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", key, 0u, (GdkModifierType)0, &is_taken);
    }
}

static void
assert_param (BoardStage *stage, StageCall *call, const char *name, const char *expected)
{
  g_autofree char *value = NULL;

  g_assert_nonnull (call);
  value = board_stage_get_param (call, name);
  g_assert_cmpstr (value, ==, expected);
}

/* --- plan --- */

static BoardStage *
open_plan (int width, int height)
{
  BoardStage *stage = open_page (width, height, "plan");
  StageCall *call = board_stage_find_call (stage, "queue.plan");
  g_autofree char *plan = map_fixture_plan ();

  assert_param (stage, call, "lap", "winchester");
  board_stage_answer (stage, call, plan);
  board_stage_draw (stage);
  return stage;
}

static void
test_plan (void)
{
  g_autoptr (BoardStage) stage = open_plan (1920, 1080);

  take (stage, "desk-plan-1920");
  g_assert_nonnull (board_stage_find (stage, "23.8 km"));
  g_assert_nonnull (board_stage_find (stage, "Made at 11:42, just now"));
}

static void
test_plan_small (void)
{
  g_autoptr (BoardStage) stage = open_plan (1280, 720);

  take (stage, "desk-plan-1280");
}

static void
test_plan_place (void)
{
  g_autoptr (BoardStage) stage = open_plan (1920, 1080);
  GtkWidget *place = board_stage_find (stage, "place");
  StageCall *call;

  g_assert_true (gtk_widget_is_sensitive (place));
  g_signal_emit_by_name (place, "clicked");
  board_stage_draw (stage);
  call = board_stage_find_call (stage, "placement.place");
  assert_param (stage, call, "referral", map_fixture_code (MAP_PERSON_WAITING));
  assert_param (stage, call, "bed", "westholme-1");
  g_assert_false (gtk_widget_is_sensitive (board_stage_find (stage, "place"))); /* under way */
}

static void
test_plan_open (void)
{
  g_autoptr (BoardStage) stage = open_plan (1920, 1080);
  GtkWidget *row = find_row (stage->view, map_fixture_code (MAP_PERSON_FAR));

  g_signal_emit_by_name (gtk_widget_get_parent (row), "row-activated", row);
  board_stage_draw (stage);
  g_assert_cmpstr (desk_state_peek_chosen (get_state (stage)), ==, map_fixture_code (MAP_PERSON_FAR));
  g_assert_null (find_row (stage->view, map_fixture_code (MAP_PERSON_FAR))); /* the person's page is seen */
}

static void
test_plan_busy (void)
{
  g_autoptr (BoardStage) stage = open_page (1920, 1080, "plan");

  board_stage_refuse (stage, board_stage_find_call (stage, "queue.plan"), BED_ERROR_TOO_MANY, NULL);
  board_stage_draw (stage);
  g_assert_nonnull (board_stage_find (stage, "Another plan is being made: ask again in a moment"));
  g_assert_null (board_stage_find_call (stage, "queue.plan"));
  board_stage_click (stage, "_Plan again");
  g_assert_nonnull (board_stage_find_call (stage, "queue.plan"));
}

/* --- tonight --- */

static void
test_tonight (void)
{
  g_autoptr (BoardStage) stage = open_page (1920, 1080, "tonight");

  take (stage, "desk-tonight-1920");
  g_assert_nonnull (board_stage_find (stage, "1 is more than two hours late"));
  g_assert_nonnull (board_stage_find (stage, "2 have no transport yet, to be booked by 15:00"));
  g_assert_nonnull (board_stage_find (stage, "1 is expected"));
}

static void
test_tonight_small (void)
{
  g_autoptr (BoardStage) stage = open_page (1280, 720, "tonight");

  stage->moment.now_us += 4 * BED_HOUR_US;
  board_stage_beat (stage);
  take (stage, "desk-tonight-1280");
  g_assert_nonnull (board_stage_find (stage, "2 have no transport: book it now"));
}

static void
test_tonight_key (void)
{
  g_autoptr (BoardStage) stage = open_page (1920, 1080, "tonight");
  GtkWidget *row = find_row (stage->view, map_fixture_code (MAP_PERSON_NO_TRANSPORT));
  StageCall *call;

  g_assert_true (gtk_widget_grab_focus (row));
  press (gtk_widget_get_parent (row), GDK_KEY_b);
  board_stage_draw (stage);
  call = board_stage_find_call (stage, "placement.expect");
  assert_param (stage, call, "referral", map_fixture_code (MAP_PERSON_NO_TRANSPORT));
  assert_param (stage, call, "transport", "booked");
  assert_param (stage, call, "at", "2026-11-22T13:15:00.000Z");
}

static void
test_tonight_cancelled (void)
{
  g_autoptr (BoardStage) stage = open_page (1920, 1080, "tonight");
  GtkWidget *row = find_row (stage->view, map_fixture_code (MAP_PERSON_TONIGHT));

  gtk_widget_grab_focus (row);
  press (gtk_widget_get_parent (row), GDK_KEY_c);
  assert_param (stage, board_stage_find_call (stage, "placement.expect"), "transport", "cancelled");
}

static void
test_tonight_offline (void)
{
  g_autoptr (BoardStage) stage = open_page (1920, 1080, "tonight");
  GtkWidget *row = find_row (stage->view, map_fixture_code (MAP_PERSON_TONIGHT));

  stage->moment.line = BOARD_LINE_OFFLINE;
  gtk_widget_grab_focus (row);
  press (gtk_widget_get_parent (row), GDK_KEY_c);
  g_assert_null (board_stage_find_call (stage, "placement.expect"));
}

/* --- handover --- */

static guint
count_open_calls (BoardStage *stage, const char *method)
{
  guint n = 0;

  for (guint i = 0; i < stage->calls->len; i++)
    {
      const StageCall *call = g_ptr_array_index (stage->calls, i);

      n += call->answer != NULL && g_str_equal (call->method, method) ? 1 : 0;
    }
  return n;
}

static DeskHandoverPage *
get_handover (BoardStage *stage)
{
  return DESK_HANDOVER_PAGE (board_stage_find_type (stage->view, DESK_TYPE_HANDOVER_PAGE));
}

static BoardStage *
open_handover (int width, int height)
{
  BoardStage *stage = open_page (width, height, "handover");

  map_fixture_answer (stage);
  board_stage_draw (stage);
  g_assert_nonnull (desk_handover_page_peek (get_handover (stage)));
  return stage;
}

static void
test_handover (void)
{
  g_autoptr (BoardStage) stage = open_handover (1920, 1080);
  const DeskHandover *handover = desk_handover_page_peek (get_handover (stage));

  take (stage, "desk-handover-1920");
  g_assert_cmpuint (handover->people->len, ==, MAP_N_PEOPLE);
  g_assert_cmpuint (handover->happened[DESK_HAPPENED_ARRIVED], ==, 1);
  g_assert_cmpint (handover->occupied_then, >, 0);
}

static void
test_handover_small (void)
{
  g_autoptr (BoardStage) stage = open_handover (1280, 720);

  take (stage, "desk-handover-1280");
}

/* A few histories at a time, each once. */
static void
test_handover_bounded (void)
{
  g_autoptr (BoardStage) stage = open_page (1920, 1080, "handover");

  g_assert_cmpuint (count_open_calls (stage, "referral.history"), ==, DESK_HANDOVER_READS_MAX);
  g_assert_null (desk_handover_page_peek (get_handover (stage)));
}

/* Whoever has left since then is asked for, and read like the others. */
static void
test_handover_left (void)
{
  g_autoptr (BoardStage) stage = open_page (1920, 1080, "handover");
  StageCall *call = board_stage_find_call (stage, "queue.left");
  g_autofree char *since = NULL;
  g_autofree char *lap = NULL;

  g_assert_nonnull (call);
  since = board_stage_get_param (call, "since");
  lap = board_stage_get_param (call, "lap");
  g_assert_cmpstr (since, ==, "2026-11-21T23:42:00.000Z");
  g_assert_cmpstr (lap, ==, "winchester");
  board_stage_answer (stage, call,
                      "{\"left\":[{\"referral\":\"B2C-D3F\",\"state\":\"left\",\"at\":\"2026-11-22T11:00:00Z\",\"outcome\":\"home\"}],"
                      "\"more\":0}");
  while ((call = board_stage_find_call (stage, "referral.history")) != NULL)
    {
      g_autofree char *code = board_stage_get_param (call, "referral");

      if (g_str_equal (code, "B2C-D3F"))
        board_stage_refuse (stage, call, BED_ERROR_UNKNOWN_REFERRAL, NULL);
      else
        board_stage_answer (stage, call, "{\"events\":[]}");
    }
  board_stage_draw (stage);
  g_assert_nonnull (board_stage_find (stage, "B2C-D3F"));
  g_assert_nonnull (board_stage_find (stage, "Left: Home."));
}

/* One history that cannot be read, and a gateway that does not know who has left: without them. */
static void
test_handover_unread (void)
{
  g_autoptr (BoardStage) stage = open_page (1920, 1080, "handover");

  board_stage_refuse (stage, board_stage_find_call (stage, "referral.history"), BED_ERROR_FORBIDDEN, NULL);
  board_stage_refuse (stage, board_stage_find_call (stage, "queue.left"), BED_ERROR_METHOD, NULL);
  map_fixture_answer (stage);
  board_stage_draw (stage);
  g_assert_cmpuint (desk_handover_page_peek (get_handover (stage))->n_unread, ==, 1);
}

static void
test_handover_pdf (void)
{
  g_autoptr (BoardStage) stage = open_handover (1920, 1080);
  g_autofree char *folder = g_dir_make_tmp ("homeward-handover-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "handover.pdf", NULL);
  g_autofree char *pdf = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_true (desk_handover_page_export (get_handover (stage), path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &pdf, &length, NULL));
  g_assert_cmpuint (length, >, 2000);
  g_assert_true (g_str_has_prefix (pdf, "%PDF-"));
  if (g_getenv ("HOMEWARD_PICTURES") != NULL)
    {
      g_autofree char *kept = g_build_filename (g_getenv ("HOMEWARD_PICTURES"), "desk-handover.pdf", NULL);

      g_assert_true (g_file_set_contents (kept, pdf, (gssize)length, NULL));
    }
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_handover_pdf_fails (void)
{
  g_autoptr (BoardStage) stage = open_handover (1920, 1080);
  g_autoptr (GError) error = NULL;

  g_assert_false (desk_handover_page_export (get_handover (stage), "/proc/nowhere/handover.pdf", &error));
  g_assert_nonnull (error);
}

static void
keep_page (cairo_surface_t *surface, const char *name)
{
  g_autofree char *path = NULL;

  if (g_getenv ("HOMEWARD_PICTURES") == NULL)
    return;
  path = g_build_filename (g_getenv ("HOMEWARD_PICTURES"), name, NULL);
  g_assert_cmpint (cairo_surface_write_to_png (surface, path), ==, CAIRO_STATUS_SUCCESS);
}

/* However many people: one page, and it says who has no room. */
static void
test_handover_one_page (void)
{
  g_autoptr (BoardStage) stage = open_handover (1920, 1080);
  g_autoptr (DeskHandover) handover = desk_handover_new (stage->model, STAGE_NOW_US - 12 * BED_HOUR_US, STAGE_NOW_US);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 1080, 1560);
  cairo_t *cr = cairo_create (surface);
  PangoContext *context = gtk_widget_get_pango_context (stage->view);

  cairo_scale (cr, 2, 2);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *history = map_fixture_history (0);
      g_autoptr (JsonNode) node = json_from_string (history, NULL);

      desk_handover_add (handover, stage->model, map_fixture_code (0), json_node_get_object (node));
    }
  g_assert_cmpuint (desk_handover_draw (handover, "Handover", cr, context, 540, 780), ==, 0);
  keep_page (surface, "desk-handover-page.png");
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *history = map_fixture_history (1);
      g_autoptr (JsonNode) node = json_from_string (history, NULL);

      desk_handover_add (handover, stage->model, map_fixture_code (1), json_node_get_object (node));
    }
  g_assert_cmpuint (desk_handover_draw (handover, "Handover", cr, context, 540, 780), >, 100);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static void
test_large_text (void)
{
  static const char *const pages[] = { "plan", "tonight", "handover" };
  GtkSettings *settings = gtk_settings_get_default ();
  int dpi;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", 2 * 96 * 1024, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autoptr (BoardStage) stage = i == 0 ? open_plan (1920, 1080) : open_page (1920, 1080, pages[i]);
      g_autofree char *name = g_strdup_printf ("desk-%s-200-percent", pages[i]);

      map_fixture_answer (stage);
      take (stage, name);
    }
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
}

static void
test_strong (void)
{
  g_autoptr (BoardStage) stage = open_page (1920, 1080, "tonight");

  gtk_widget_add_css_class (stage->window, "strong");
  take (stage, "desk-tonight-high-contrast");
}

/* Nobody is accepted: the page says so. */
static void
test_tonight_nobody (void)
{
  g_autoptr (BoardStage) stage = open_page (1920, 1080, "tonight");

  stage->moment.session.role = BED_ROLE_REFERRER;
  g_strlcpy (stage->moment.session.owner, "somebody-else", sizeof stage->moment.session.owner);
  board_stage_beat (stage);
  g_assert_nonnull (board_stage_find (stage, "Nobody is on the way."));
}

/* A time that is none is refused in words; one that is is read anew. */
static void
test_handover_time (void)
{
  g_autoptr (BoardStage) stage = open_handover (1920, 1080);
  DeskHandoverPage *page = get_handover (stage);
  GtkWidget *entry = board_stage_find_type (GTK_WIDGET (page), GTK_TYPE_ENTRY);

  gtk_editable_set_text (GTK_EDITABLE (entry), "25:00");
  g_signal_emit_by_name (entry, "activate");
  g_assert_nonnull (board_stage_find (stage, "Write a time such as 09:30"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "11:00");
  g_signal_emit_by_name (entry, "activate");
  map_fixture_answer (stage);
  board_stage_draw (stage);
  g_assert_cmpint (desk_handover_page_peek (page)->since_us, ==, STAGE_NOW_US - 42 * BED_MINUTE_US);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk-pages/plan/as-answered", test_plan);
  g_test_add_func ("/desk-pages/plan/1280", test_plan_small);
  g_test_add_func ("/desk-pages/plan/place", test_plan_place);
  g_test_add_func ("/desk-pages/plan/open", test_plan_open);
  g_test_add_func ("/desk-pages/plan/busy", test_plan_busy);
  g_test_add_func ("/desk-pages/tonight/lists", test_tonight);
  g_test_add_func ("/desk-pages/tonight/1280", test_tonight_small);
  g_test_add_func ("/desk-pages/tonight/key", test_tonight_key);
  g_test_add_func ("/desk-pages/tonight/cancelled", test_tonight_cancelled);
  g_test_add_func ("/desk-pages/tonight/offline", test_tonight_offline);
  g_test_add_func ("/desk-pages/handover/as-read", test_handover);
  g_test_add_func ("/desk-pages/handover/1280", test_handover_small);
  g_test_add_func ("/desk-pages/handover/bounded", test_handover_bounded);
  g_test_add_func ("/desk-pages/handover/unread", test_handover_unread);
  g_test_add_func ("/desk-pages/handover/left", test_handover_left);
  g_test_add_func ("/desk-pages/handover/pdf", test_handover_pdf);
  g_test_add_func ("/desk-pages/handover/pdf-fails", test_handover_pdf_fails);
  g_test_add_func ("/desk-pages/handover/one-page", test_handover_one_page);
  g_test_add_func ("/desk-pages/handover/time", test_handover_time);
  g_test_add_func ("/desk-pages/tonight/nobody", test_tonight_nobody);
  g_test_add_func ("/desk-pages/high-contrast", test_strong);
  g_test_add_func ("/desk-pages/200-percent", test_large_text);
  return g_test_run ();
}
