/* test-board-settings.c: the desktop's settings, and the command line that goes before them. Schemas
 * are compiled into folders of their own, values live in memory.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_SETTINGS_ENABLE_BACKEND
#include "board/board-options.h"

#include <gio/gsettingsbackend.h>
#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *folder;
  GSettings *stored;
  BoardSettings settings;
} Fixture;

static void
compile (const char *folder)
{
  const char *arguments[] = { "glib-compile-schemas", "--strict", folder, NULL };
  g_autoptr (GError) error = NULL;
  int status = 0;

  g_spawn_sync (NULL, (char **)arguments, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

/* The schema's text in a folder of its own, opened over an empty memory. */
static void
open_schema (Fixture *fixture, const char *schema)
{
  g_autoptr (GSettingsBackend) backend = g_memory_settings_backend_new ();
  g_autoptr (GSettingsSchemaSource) source = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "x.gschema.xml", NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, schema, -1, &error);
  g_assert_no_error (error);
  compile (fixture->folder);
  source = g_settings_schema_source_new_from_directory (fixture->folder, NULL, TRUE, &error);
  g_assert_no_error (error);
  fixture->stored = board_settings_open (source, backend);
}

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("homeward-settings-XXXXXX", &error);
  g_assert_no_error (error);
}

/* With the schema that is installed. */
static void
set_up_real (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *schema = NULL;
  g_autoptr (GError) error = NULL;

  set_up (fixture, user_data);
  g_file_get_contents (g_getenv ("HOMEWARD_SCHEMA"), &schema, NULL, &error);
  g_assert_no_error (error);
  open_schema (fixture, schema);
  g_assert_nonnull (fixture->stored);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_clear_object (&fixture->stored);
  board_settings_clear (&fixture->settings);
}

static void
assert_plain (const BoardSettings *settings)
{
  g_assert_null (settings->url);
  g_assert_null (settings->token_file);
  g_assert_null (settings->lap);
  g_assert_null (settings->unit);
  g_assert_cmpint (settings->view, ==, BOARD_VIEW_WALLBOARD);
  g_assert_cmpint (settings->privacy, ==, BOARD_PRIVACY_STAFF_ROOM);
  g_assert_cmpint (settings->night, ==, BOARD_NIGHT_AUTO);
  g_assert_cmpint (settings->order, ==, BOARD_ORDER_DISTANCE);
  g_assert_cmpint (settings->text_scale, ==, 100);
}

static void
test_schema_has_the_defaults (Fixture *fixture, gconstpointer user_data)
{
  board_settings_read (fixture->stored, &fixture->settings);
  assert_plain (&fixture->settings);
}

static void
test_values_are_read (Fixture *fixture, gconstpointer user_data)
{
  g_settings_set_string (fixture->stored, "url", "wss://beds/v1/live");
  g_settings_set_string (fixture->stored, "token-file", "/etc/token");
  g_settings_set_string (fixture->stored, "lap", "winchester");
  g_settings_set_string (fixture->stored, "unit", "fair-oak");
  g_assert_true (g_settings_set_string (fixture->stored, "view", "ward"));
  g_assert_true (g_settings_set_string (fixture->stored, "privacy", "public_corridor"));
  g_assert_true (g_settings_set_string (fixture->stored, "night", "off"));
  g_assert_true (g_settings_set_string (fixture->stored, "order", "area"));
  g_settings_set_int (fixture->stored, "text-scale", 150);
  board_settings_read (fixture->stored, &fixture->settings);
  g_assert_cmpstr (fixture->settings.url, ==, "wss://beds/v1/live");
  g_assert_cmpstr (fixture->settings.token_file, ==, "/etc/token");
  g_assert_cmpstr (fixture->settings.lap, ==, "winchester");
  g_assert_cmpstr (fixture->settings.unit, ==, "fair-oak");
  g_assert_cmpint (fixture->settings.view, ==, BOARD_VIEW_WARD);
  g_assert_cmpint (fixture->settings.privacy, ==, BOARD_PRIVACY_PUBLIC_CORRIDOR);
  g_assert_cmpint (fixture->settings.night, ==, BOARD_NIGHT_OFF);
  g_assert_cmpint (fixture->settings.order, ==, BOARD_ORDER_AREA);
  g_assert_cmpint (fixture->settings.text_scale, ==, 150);
}

/* Every nick of the schema is a word of ours, and every word of ours a nick. */
static void
test_words_are_the_schemas (Fixture *fixture, gconstpointer user_data)
{
  static const char *const keys[] = { "view", "privacy", "night", "order" };
  static const int counts[] = { BOARD_N_VIEWS, BOARD_N_PRIVACIES, BOARD_N_NIGHTS, BOARD_N_ORDERS };
  g_autoptr (GSettingsSchema) schema = NULL;

  g_object_get (fixture->stored, "settings-schema", &schema, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr (GSettingsSchemaKey) key = g_settings_schema_get_key (schema, keys[i]);
      g_autoptr (GVariant) range = g_settings_schema_key_get_range (key);
      g_autoptr (GVariant) nicks = NULL;

      g_variant_get (range, "(sv)", NULL, &nicks);
      g_assert_cmpint ((int)g_variant_n_children (nicks), ==, counts[i]);
      for (int j = 0; j < counts[i]; j++)
        {
          const char *nick;
          BoardView view = BOARD_N_VIEWS;
          BoardPrivacy privacy = BOARD_N_PRIVACIES;
          BoardNight night = BOARD_N_NIGHTS;
          BoardOrder order = BOARD_N_ORDERS;

          g_variant_get_child (nicks, (gsize)j, "&s", &nick);
          g_assert_true ((i == 0 && board_settings_parse_view (nick, &view) && (int)view == j)
                         || (i == 1 && board_settings_parse_privacy (nick, &privacy) && (int)privacy == j)
                         || (i == 2 && board_settings_parse_night (nick, &night) && (int)night == j)
                         || (i == 3 && board_settings_parse_order (nick, &order) && (int)order == j));
        }
    }
}

static void
test_no_schema_is_no_fault (Fixture *fixture, gconstpointer user_data)
{
  open_schema (fixture, "<schemalist><schema id='uk.nhs.homeward.other' path='/other/'/></schemalist>");
  g_assert_null (fixture->stored);
  board_settings_read (fixture->stored, &fixture->settings);
  assert_plain (&fixture->settings);
}

static void
test_an_older_schema_is_no_fault (Fixture *fixture, gconstpointer user_data)
{
  open_schema (fixture, "<schemalist><schema id='uk.nhs.homeward.Board' path='/b/'>"
                        "<key name='lap' type='s'><default>'alton'</default></key>"
                        "<key name='text-scale' type='s'><default>'big'</default></key>"
                        "<key name='url' type='i'><default>5</default></key>"
                        "<key name='night' type='s'><default>'sometimes'</default></key></schema></schemalist>");
  g_assert_nonnull (fixture->stored);
  board_settings_read (fixture->stored, &fixture->settings);
  g_assert_cmpstr (fixture->settings.lap, ==, "alton");
  g_clear_pointer (&fixture->settings.lap, g_free);
  assert_plain (&fixture->settings);
}

/* --- the command line --- */

static gboolean
parse (Fixture *fixture, const char *line, BoardOptions *options, GError **error)
{
  g_autofree char *whole = g_strconcat ("homeward-board ", line, NULL);
  g_auto (GStrv) arguments = g_strsplit (whole, " ", -1);
  g_autofree char **argv = g_memdup2 (arguments, (g_strv_length (arguments) + 1) * sizeof (char *));
  int argc = (int)g_strv_length (arguments);

  return board_options_parse (&argc, &argv, &fixture->settings, options, error);
}

static void
fill (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->folder, "token", NULL);

  g_assert_true (g_file_set_contents (path, "abc\n", -1, NULL));
  fixture->settings = (BoardSettings){ .url = g_strdup ("ws://stored/"), .token_file = g_strdup (path),
                                       .lap = g_strdup ("alton"), .unit = g_strdup ("u7"), .view = BOARD_VIEW_DESK,
                                       .privacy = BOARD_PRIVACY_PUBLIC_CORRIDOR, .night = BOARD_NIGHT_ON,
                                       .order = BOARD_ORDER_AREA, .text_scale = 125 };
}

static void
test_settings_stand_where_nothing_is_said (Fixture *fixture, gconstpointer user_data)
{
  g_auto (BoardOptions) options = { 0 };
  g_autoptr (GError) error = NULL;

  fill (fixture);
  parse (fixture, "--fullscreen", &options, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (options.url, ==, "ws://stored/");
  g_assert_cmpstr (options.token, ==, "abc");
  g_assert_cmpstr (options.lap, ==, "alton");
  g_assert_cmpstr (options.unit, ==, "u7");
  g_assert_cmpint (options.view, ==, BOARD_VIEW_DESK);
  g_assert_cmpint (options.privacy, ==, BOARD_PRIVACY_PUBLIC_CORRIDOR);
  g_assert_cmpint (options.night, ==, BOARD_NIGHT_ON);
  g_assert_cmpint (options.order, ==, BOARD_ORDER_AREA);
  g_assert_cmpint (options.text_scale, ==, 125);
}

static void
test_the_command_line_wins (Fixture *fixture, gconstpointer user_data)
{
  g_auto (BoardOptions) options = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "other", NULL);
  g_autofree char *line = g_strdup_printf ("--url wss://said/ --lap ryde --unit u1 --view wallboard --privacy staff_room "
                                           "--night off --order distance --text-scale 200 --token-file %s", path);

  fill (fixture);
  g_assert_true (g_file_set_contents (path, "def", -1, NULL));
  parse (fixture, line, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (options.url, ==, "wss://said/");
  g_assert_cmpstr (options.token, ==, "def");
  g_assert_cmpstr (options.lap, ==, "ryde");
  g_assert_cmpstr (options.unit, ==, "u1");
  g_assert_cmpint (options.view, ==, BOARD_VIEW_WALLBOARD);
  g_assert_cmpint (options.privacy, ==, BOARD_PRIVACY_STAFF_ROOM);
  g_assert_cmpint (options.night, ==, BOARD_NIGHT_OFF);
  g_assert_cmpint (options.order, ==, BOARD_ORDER_DISTANCE);
  g_assert_cmpint (options.text_scale, ==, 200);
}

static void
test_wrong_words_are_refused (Fixture *fixture, gconstpointer user_data)
{
  static const char *const lines[][2] = {
    { "--view tv", "--view must be" },         { "--privacy none", "--privacy must be" },
    { "--night dark", "--night must be" },     { "--order name", "--order must be" },
    { "--text-scale 99", "from 100 to 200" },  { "--text-scale 201", "from 100 to 200" },
    { "--size 10x10", "--size must be" },      { "--url http://x/", "ws:// or wss://" },
  };

  fill (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_auto (BoardOptions) options = { 0 };
      g_autoptr (GError) error = NULL;

      g_assert_false (parse (fixture, lines[i][0], &options, &error));
      g_assert_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE);
      g_assert_nonnull (strstr (error->message, lines[i][1]));
    }
}

static void
test_what_is_needed_is_asked_for (Fixture *fixture, gconstpointer user_data)
{
  g_auto (BoardOptions) first = { 0 };
  g_auto (BoardOptions) second = { 0 };
  g_autoptr (GError) error = NULL;

  board_settings_read (NULL, &fixture->settings);
  g_assert_false (parse (fixture, "--fullscreen", &first, &error));
  g_assert_nonnull (strstr (error->message, "--url is needed"));
  g_clear_error (&error);
  g_assert_false (parse (fixture, "--url ws://x/", &second, &error));
  g_assert_nonnull (strstr (error->message, "--token-file is needed"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, begin, test) g_test_add (path, Fixture, NULL, begin, test, tear_down)
  ADD ("/board-settings/schema-has-the-defaults", set_up_real, test_schema_has_the_defaults);
  ADD ("/board-settings/values-are-read", set_up_real, test_values_are_read);
  ADD ("/board-settings/words-are-the-schemas", set_up_real, test_words_are_the_schemas);
  ADD ("/board-settings/no-schema-is-no-fault", set_up, test_no_schema_is_no_fault);
  ADD ("/board-settings/an-older-schema-is-no-fault", set_up, test_an_older_schema_is_no_fault);
  ADD ("/board-options/settings-stand-where-nothing-is-said", set_up, test_settings_stand_where_nothing_is_said);
  ADD ("/board-options/the-command-line-wins", set_up, test_the_command_line_wins);
  ADD ("/board-options/wrong-words-are-refused", set_up, test_wrong_words_are_refused);
  ADD ("/board-options/what-is-needed-is-asked-for", set_up, test_what_is_needed_is_asked_for);
  return g_test_run ();
}
