/* bed-parse.c: a recursive-descent parser that builds json-glib's nodes.
 *
 * Owns nothing beyond one call. Recursion is bounded by BED_PARSE_DEPTH_MAX. Every failure is
 * BED_ERROR_PARSE with the offset; a tree begun is freed on the way out.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-parse.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#define NAME_ROOM 32 /* bytes of a member's name that need no allocation */

typedef struct
{
  const char *at;
  const char *end;
  guint depth;
  const char *fault; /* what was wrong, static; NULL: nothing yet */
  GString *string;   /* owned: the last string read, unescaped */
} Parser;

static JsonNode *parse_value (Parser *parser);

static gboolean
fail (Parser *parser, const char *fault)
{
  if (parser->fault == NULL)
    parser->fault = fault;
  return FALSE;
}

static JsonNode *
fail_node (Parser *parser, const char *fault)
{
  fail (parser, fault);
  return NULL;
}

static void
skip_space (Parser *parser)
{
  while (parser->at < parser->end && *parser->at != '\0' && strchr (" \n\r\t", *parser->at) != NULL)
    parser->at++;
}

/* Takes c if it is next, after white space. */
static gboolean
take (Parser *parser, char c)
{
  skip_space (parser);
  if (parser->at >= parser->end || *parser->at != c)
    return FALSE;
  parser->at++;
  return TRUE;
}

/* Four hexadecimal digits, or -1. */
static int
parse_hex4 (Parser *parser)
{
  if (parser->end - parser->at < 4)
    return -1;
  int value = 0;
  for (int i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (parser->at[i]);
      if (digit < 0)
        return -1;
      value = value << 4 | digit;
    }
  parser->at += 4;
  return value;
}

/* What follows \u, with the second half of a pair. */
static gboolean
parse_unicode (Parser *parser)
{
  int c = parse_hex4 (parser);
  if (c <= 0 || (c >= 0xdc00 && c <= 0xdfff))
    return FALSE;
  if (c >= 0xd800 && c <= 0xdbff)
    {
      if (parser->end - parser->at < 2 || parser->at[0] != '\\' || parser->at[1] != 'u')
        return FALSE;
      parser->at += 2;
      int low = parse_hex4 (parser);
      if (low < 0xdc00 || low > 0xdfff)
        return FALSE;
      c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
    }
  g_string_append_unichar (parser->string, (gunichar) c);
  return TRUE;
}

static gboolean
parse_escape (Parser *parser)
{
  static const char from[] = "\"\\/bfnrt";
  static const char to[] = "\"\\/\b\f\n\r\t";
  if (parser->at >= parser->end)
    return FALSE;
  char c = *parser->at++;
  if (c == 'u')
    return parse_unicode (parser);
  const char *found = c != '\0' ? strchr (from, c) : NULL;
  if (found == NULL)
    return FALSE;
  g_string_append_c (parser->string, to[found - from]);
  return TRUE;
}

/* A string after its opening quote, into parser->string. */
static gboolean
parse_string (Parser *parser)
{
  g_string_truncate (parser->string, 0);
  for (;;)
    {
      const char *from = parser->at;
      while (parser->at < parser->end && *parser->at != '"' && *parser->at != '\\'
             && (guchar) *parser->at >= 0x20)
        parser->at++;
      g_string_append_len (parser->string, from, parser->at - from);
      if (parser->at >= parser->end || (guchar) *parser->at < 0x20)
        return fail (parser, "a string without end, or a control character in it");
      if (*parser->at++ == '"')
        return TRUE;
      if (!parse_escape (parser))
        return fail (parser, "a bad escape in a string");
    }
}

static gsize
count_digits (const Parser *parser, const char *at)
{
  const char *from = at;
  while (at < parser->end && g_ascii_isdigit (*at))
    at++;
  return (gsize) (at - from);
}

/* The end of a number by the grammar, or NULL; *is_whole: neither fraction nor exponent. */
static const char *
find_number_end (const Parser *parser, gboolean *is_whole)
{
  const char *at = parser->at;
  *is_whole = TRUE;
  if (at < parser->end && *at == '-')
    at++;
  gsize n = count_digits (parser, at);
  if (n == 0 || (n > 1 && *at == '0'))
    return NULL;
  at += n;
  if (at < parser->end && *at == '.')
    {
      *is_whole = FALSE;
      n = count_digits (parser, ++at);
      if (n == 0)
        return NULL;
      at += n;
    }
  if (at < parser->end && (*at == 'e' || *at == 'E'))
    {
      *is_whole = FALSE;
      at++;
      if (at < parser->end && (*at == '+' || *at == '-'))
        at++;
      n = count_digits (parser, at);
      if (n == 0)
        return NULL;
      at += n;
    }
  return at;
}

static JsonNode *
parse_number (Parser *parser)
{
  gboolean is_whole;
  const char *end = find_number_end (parser, &is_whole);
  if (end == NULL)
    return fail_node (parser, "neither a value nor a number");
  g_string_truncate (parser->string, 0);
  g_string_append_len (parser->string, parser->at, end - parser->at);
  parser->at = end;

  JsonNode *node = json_node_alloc ();
  if (is_whole)
    {
      errno = 0;
      gint64 value = g_ascii_strtoll (parser->string->str, NULL, 10);
      if (errno == 0)
        return json_node_init_int (node, value);
    }
  return json_node_init_double (node, g_ascii_strtod (parser->string->str, NULL));
}

static JsonNode *
parse_array (Parser *parser)
{
  g_autoptr (JsonArray) array = json_array_new ();
  if (!take (parser, ']'))
    {
      do
        {
          JsonNode *element = parse_value (parser);
          if (element == NULL)
            return NULL;
          json_array_add_element (array, element);
        }
      while (take (parser, ','));
      if (!take (parser, ']'))
        return fail_node (parser, "an array without comma or end");
    }
  return json_node_init_array (json_node_alloc (), array);
}

/* One member, name and value. */
static gboolean
parse_member (Parser *parser, JsonObject *object)
{
  if (!take (parser, '"'))
    return fail (parser, "a member without a name");
  if (!parse_string (parser))
    return FALSE;

  char room[NAME_ROOM];
  g_autofree char *long_name = NULL;
  const char *name = room;
  if (parser->string->len < NAME_ROOM)
    memcpy (room, parser->string->str, parser->string->len + 1);
  else
    name = long_name = g_strdup (parser->string->str);

  if (!take (parser, ':'))
    return fail (parser, "a member without a value");
  JsonNode *value = parse_value (parser);
  if (value == NULL)
    return FALSE;
  json_object_set_member (object, name, value);
  return TRUE;
}

static JsonNode *
parse_object (Parser *parser)
{
  g_autoptr (JsonObject) object = json_object_new ();
  guint n_members = 0;
  if (!take (parser, '}'))
    {
      do
        {
          if (++n_members > BED_PARSE_MEMBERS_MAX)
            return fail_node (parser, "an object with too many members");
          if (!parse_member (parser, object))
            return NULL;
        }
      while (take (parser, ','));
      if (!take (parser, '}'))
        return fail_node (parser, "an object without comma or end");
    }
  return json_node_init_object (json_node_alloc (), object);
}

static JsonNode *
parse_nested (Parser *parser, JsonNode *(*parse) (Parser *parser))
{
  if (parser->depth >= BED_PARSE_DEPTH_MAX)
    return fail_node (parser, "nested too deeply");
  parser->at++;
  parser->depth++;
  JsonNode *node = parse (parser);
  parser->depth--;
  return node;
}

static gboolean
take_word (Parser *parser, const char *word)
{
  gsize n = strlen (word);
  if ((gsize) (parser->end - parser->at) < n || memcmp (parser->at, word, n) != 0)
    return FALSE;
  parser->at += n;
  return TRUE;
}

static JsonNode *
parse_value (Parser *parser)
{
  skip_space (parser);
  if (parser->at >= parser->end)
    return fail_node (parser, "it ends too early");
  switch (*parser->at)
    {
    case '{':
      return parse_nested (parser, parse_object);
    case '[':
      return parse_nested (parser, parse_array);
    case '"':
      parser->at++;
      return parse_string (parser) ? json_node_init_string (json_node_alloc (), parser->string->str)
                                   : NULL;
    case 't':
      return take_word (parser, "true") ? json_node_init_boolean (json_node_alloc (), TRUE)
                                        : fail_node (parser, "a word that is no value");
    case 'f':
      return take_word (parser, "false") ? json_node_init_boolean (json_node_alloc (), FALSE)
                                         : fail_node (parser, "a word that is no value");
    case 'n':
      return take_word (parser, "null") ? json_node_init_null (json_node_alloc ())
                                        : fail_node (parser, "a word that is no value");
    default:
      return parse_number (parser);
    }
}

JsonNode *
bed_parse_json (const char *bytes, gsize length, GError **error)
{
  Parser parser = { .at = bytes, .end = bytes + length };
  const char *bad;
  if (!g_utf8_validate_len (bytes, length, &bad))
    {
      g_set_error (error, BED_ERROR, BED_ERROR_PARSE, "at byte %" G_GSIZE_FORMAT ": not UTF-8",
                   (gsize) (bad - bytes));
      return NULL;
    }

  parser.string = g_string_sized_new (128);
  g_autoptr (JsonNode) node = parse_value (&parser);
  g_string_free (parser.string, TRUE);
  skip_space (&parser);
  if (node != NULL && parser.at < parser.end)
    fail (&parser, "something follows the value");
  if (parser.fault != NULL)
    {
      g_set_error (error, BED_ERROR, BED_ERROR_PARSE, "at byte %" G_GSIZE_FORMAT ": %s",
                   (gsize) (parser.at - bytes), parser.fault);
      return NULL;
    }
  return g_steal_pointer (&node);
}
