/* board-settings.c: reads the desktop's settings of a board; never writes them.
 *
 * A schema that is not installed is no fault: GLib would end the program, so it is looked up first.
 * Nor is a key that an older schema lacks, or a word that a newer one has: it then is as not set.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-settings.h"

static const char *const views[BOARD_N_VIEWS] = { "wallboard", "desk", "ward" };
static const char *const privacies[BOARD_N_PRIVACIES] = { "staff_room", "public_corridor" };
static const char *const nights[BOARD_N_NIGHTS] = { "auto", "on", "off" };
static const char *const orders[BOARD_N_ORDERS] = { "distance", "area" };

void
board_settings_clear (BoardSettings *settings)
{
  g_clear_pointer (&settings->url, g_free);
  g_clear_pointer (&settings->token_file, g_free);
  g_clear_pointer (&settings->lap, g_free);
  g_clear_pointer (&settings->unit, g_free);
}

/* The place of word in words, or -1. */
static int
find_word (const char *word, const char *const *words, guint n_words)
{
  for (guint i = 0; i < n_words; i++)
    if (g_str_equal (word, words[i]))
      return (int)i;
  return -1;
}

gboolean
board_settings_parse_view (const char *word, BoardView *view)
{
  int found = find_word (word, views, BOARD_N_VIEWS);

  if (found >= 0)
    *view = (BoardView)found;
  return found >= 0;
}

gboolean
board_settings_parse_privacy (const char *word, BoardPrivacy *privacy)
{
  int found = find_word (word, privacies, BOARD_N_PRIVACIES);

  if (found >= 0)
    *privacy = (BoardPrivacy)found;
  return found >= 0;
}

gboolean
board_settings_parse_night (const char *word, BoardNight *night)
{
  int found = find_word (word, nights, BOARD_N_NIGHTS);

  if (found >= 0)
    *night = (BoardNight)found;
  return found >= 0;
}

gboolean
board_settings_parse_order (const char *word, BoardOrder *order)
{
  int found = find_word (word, orders, BOARD_N_ORDERS);

  if (found >= 0)
    *order = (BoardOrder)found;
  return found >= 0;
}

GSettings *
board_settings_open (GSettingsSchemaSource *source, GSettingsBackend *backend)
{
  GSettingsSchemaSource *place = source != NULL ? source : g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (place == NULL)
    return NULL;
  schema = g_settings_schema_source_lookup (place, BOARD_SETTINGS_ID, TRUE);
  return schema != NULL ? g_settings_new_full (schema, backend, NULL) : NULL;
}

/* NULL if it is empty, or not known to this schema with this type. */
static char *
read_text (GSettings *stored, GSettingsSchema *schema, const char *key)
{
  g_autoptr (GSettingsSchemaKey) known = g_settings_schema_has_key (schema, key) ? g_settings_schema_get_key (schema, key) : NULL;
  g_autofree char *text = NULL;

  if (known == NULL || !g_variant_type_equal (g_settings_schema_key_get_value_type (known), G_VARIANT_TYPE_STRING))
    return NULL;
  text = g_settings_get_string (stored, key);
  return *text != 0 ? g_steal_pointer (&text) : NULL;
}

static int
read_text_scale (GSettings *stored, GSettingsSchema *schema)
{
  g_autoptr (GSettingsSchemaKey) known
      = g_settings_schema_has_key (schema, "text-scale") ? g_settings_schema_get_key (schema, "text-scale") : NULL;

  if (known == NULL || !g_variant_type_equal (g_settings_schema_key_get_value_type (known), G_VARIANT_TYPE_INT32))
    return BOARD_TEXT_SCALE_MIN;
  return CLAMP (g_settings_get_int (stored, "text-scale"), BOARD_TEXT_SCALE_MIN, BOARD_TEXT_SCALE_MAX);
}

void
board_settings_read (GSettings *stored, BoardSettings *settings)
{
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autofree char *view = NULL;
  g_autofree char *privacy = NULL;
  g_autofree char *night = NULL;
  g_autofree char *order = NULL;

  *settings = (BoardSettings){ .text_scale = BOARD_TEXT_SCALE_MIN };
  if (stored == NULL)
    return;
  g_object_get (stored, "settings-schema", &schema, NULL);
  settings->url = read_text (stored, schema, "url");
  settings->token_file = read_text (stored, schema, "token-file");
  settings->lap = read_text (stored, schema, "lap");
  settings->unit = read_text (stored, schema, "unit");
  settings->text_scale = read_text_scale (stored, schema);
  view = read_text (stored, schema, "view");
  privacy = read_text (stored, schema, "privacy");
  night = read_text (stored, schema, "night");
  order = read_text (stored, schema, "order");
  if (view != NULL)
    board_settings_parse_view (view, &settings->view);
  if (privacy != NULL)
    board_settings_parse_privacy (privacy, &settings->privacy);
  if (night != NULL)
    board_settings_parse_night (night, &settings->night);
  if (order != NULL)
    board_settings_parse_order (order, &settings->order);
}
