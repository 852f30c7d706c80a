/* board-rows.h: the feed's rows as the model's structs. Private to the model.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "board-model.h"

/* Each returns FALSE if the row has no usable id. Members that are missing or of the wrong type
 * read as empty. derived fields of a unit are left alone. */
gboolean
board_rows_read_unit (JsonObject *row, BoardUnit *unit);
gboolean
board_rows_read_bed (JsonObject *row, BoardBed *bed);
gboolean
board_rows_read_referral (JsonObject *row, BoardReferral *referral);
gboolean
board_rows_read_recent (JsonObject *row, BoardRecent *recent);

/* Members that are safe to ask of foreign JSON. */
const char *
board_rows_get_string (JsonObject *object, const char *name); /* "" if there is none */
gint64
board_rows_get_int (JsonObject *object, const char *name); /* 0 if there is none, or too large to be one */
/* An easting or a northing: within BOARD_METRES_MAX. */
gint64
board_rows_get_metres (JsonObject *object, const char *name);
/* Cut between characters if it is longer than size. */
void
board_rows_copy_name (JsonObject *object, const char *name, char *copy, gsize size);
gboolean
board_rows_get_bool (JsonObject *object, const char *name);
gint64
board_rows_get_time (JsonObject *object, const char *name); /* 0 if there is none */
JsonArray *
board_rows_get_array (JsonObject *object, const char *name); /* or NULL */
JsonObject *
board_rows_get_object (JsonObject *object, const char *name);
JsonObject *
board_rows_get_element (JsonArray *array, guint i); /* an object, or NULL */
