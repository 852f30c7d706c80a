/* broker-reference-postcodes.h: districts out of a national file of postcodes.
 *
 * A folder of reference data may hold codepoint/…csv (Ordnance Survey Code-Point Open: postcode,
 * quality, easting, northing, …, without a header) or onspd.csv (an ONS postcode directory or lookup,
 * with its header). The centre of a district is the mean of its postcodes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#define BROKER_POSTCODES_FOLDER "codepoint"
#define BROKER_POSTCODES_FILE "onspd.csv"
#define BROKER_POSTCODES_FILES_MAX 1000         /* in the folder */
#define BROKER_POSTCODES_LINE_MAX (16 * 1024)   /* bytes */

gboolean broker_postcodes_are_in (const char *folder);

/* The text of districts.csv with a line more for every district that the folder's postcodes know and
 * districts (its text; NULL: there is none) does not: what stands there is kept. Owned.
 * Errors: G_FILE_ERROR; every bad row at once as "file:line:column-name: reason", a line each. */
char *broker_postcodes_add (const char *folder, const char *districts, GError **error);
