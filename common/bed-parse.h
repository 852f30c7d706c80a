/* bed-parse.h: JSON text to a tree: strict, bounded, one pass.
 *
 * json-glib keeps the tree; its own parser is not used, because it also takes comments, `var`,
 * numbers such as 01 and any depth, and costs three times as much.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bed-error.h"

#include <json-glib/json-glib.h>

#define BED_PARSE_DEPTH_MAX 32
#define BED_PARSE_MEMBERS_MAX 256 /* of one object: no flood of names that hash alike */

/* RFC 8259 in UTF-8. A number without fraction or exponent that fits is a gint64, any other a
 * double. Of members with the same name the last one counts. Refused besides what is no JSON:
 * U+0000 in strings, surrogates without their pair, and the limits above. BED_ERROR_PARSE. */
JsonNode *bed_parse_json (const char *bytes, gsize length, GError **error);
