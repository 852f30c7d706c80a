/* broker-states-values.h: one value of a state file, both ways: what a printer writes its parser reads
 * back to the same. The parsers of the reference's values (broker-reference-values.h) have their printers
 * here.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "broker-reference-values.h"

/* Parsers, as in broker-reference-values.h. */
gboolean broker_value_u8 (const BrokerColumn *column, const char *text, gpointer value, char **reason);
gboolean broker_value_time (const BrokerColumn *column, const char *text, gpointer value, char **reason); /* gint64: RFC 3339 */
gboolean broker_value_code (const BrokerColumn *column, const char *text, gpointer value, char **reason); /* char[BED_CODE_SIZE] */
gboolean broker_value_word_or_none (const BrokerColumn *column, const char *text, gpointer value, char **reason); /* guint8: word + 1 */
gboolean broker_value_answers (const BrokerColumn *column, const char *text, gpointer value, char **reason); /* BedUnitRow: "right|wrong", newest first */
gboolean broker_value_outages (const BrokerColumn *column, const char *text, gpointer value, char **reason); /* BrokerTerms: "hoist@TIME|…" */

/* Printers: BrokerValuePrint. */
void broker_print_id (const BrokerColumn *column, gconstpointer value, GString *text);
void broker_print_outward (const BrokerColumn *column, gconstpointer value, GString *text);
void broker_print_code (const BrokerColumn *column, gconstpointer value, GString *text);
void broker_print_ids (const BrokerColumn *column, gconstpointer value, GString *text);
void broker_print_u8 (const BrokerColumn *column, gconstpointer value, GString *text);
void broker_print_u16 (const BrokerColumn *column, gconstpointer value, GString *text);
void broker_print_u32 (const BrokerColumn *column, gconstpointer value, GString *text);
void broker_print_word (const BrokerColumn *column, gconstpointer value, GString *text);
void broker_print_words (const BrokerColumn *column, gconstpointer value, GString *text);
void broker_print_word_or_none (const BrokerColumn *column, gconstpointer value, GString *text);
void broker_print_yes (const BrokerColumn *column, gconstpointer value, GString *text);
void broker_print_time (const BrokerColumn *column, gconstpointer value, GString *text);
void broker_print_answers (const BrokerColumn *column, gconstpointer value, GString *text);
void broker_print_outages (const BrokerColumn *column, gconstpointer value, GString *text);
