/* bed-message.h: JSON-RPC 2.0, one object a message: the only parser of foreign JSON.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bed-error.h"
#include "bed-json.h"

#include <json-glib/json-glib.h>

#define BED_MESSAGE_MAX (64 * 1024)      /* bytes of a message from a client */
#define BED_REPLY_MAX (8 * 1024 * 1024)  /* bytes of a line from the broker to its peers */
#define BED_MESSAGE_DEPTH_MAX 32
#define BED_ID_MAX 64                    /* bytes of a request id as JSON */

typedef enum
{
  BED_MESSAGE_REQUEST,      /* method and id */
  BED_MESSAGE_NOTIFICATION, /* method, no id */
  BED_MESSAGE_RESULT,
  BED_MESSAGE_ERROR
} BedMessageKind;

typedef struct
{
  BedMessageKind kind;
  char *id;         /* owned: the id as JSON text, to be given back unread; NULL for notifications */
  char *method;     /* owned: requests and notifications */
  JsonNode *body;   /* owned: params, result, or error object; NULL if absent */
} BedMessage;

void bed_message_free (BedMessage *message);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BedMessage, bed_message_free)

/* Parses one message of at most max bytes (no trailing newline needed). Errors: BED_ERROR_PARSE
 * (not UTF-8, not JSON, too deep, too long), BED_ERROR_REQUEST (not JSON-RPC 2.0, an array, an id
 * that is not a string, number or null, or over BED_ID_MAX). On BED_ERROR_REQUEST *id (owned) is
 * the id if one could be read. */
BedMessage *bed_message_parse (const char *bytes, gsize length, gsize max, char **id, GError **error);

/* The members of params, or NULL if params are absent or not an object. Borrowed. */
JsonObject *bed_message_peek_params (const BedMessage *message);

/* Encoders append one message without a newline. id is JSON text or NULL for null. */
void bed_message_begin_result (BedJson *json, const char *id); /* then one value, then … */
void bed_message_end_result (BedJson *json);
void bed_message_begin_call (BedJson *json, const char *id, const char *method); /* id NULL: notification; then params object's value */
void bed_message_end_call (BedJson *json);

/* A whole error reply. data is the JSON text of further members of `data` ("\"next\":{…}") or NULL. */
void bed_message_print_error (BedJson *json, const char *id, BedError error, const char *words,
                              const char *data);

/* The BedError, its sentence and the data object (borrowed, or NULL) of a BED_MESSAGE_ERROR. */
BedError bed_message_get_error (const BedMessage *message, const char **words, JsonObject **data);
