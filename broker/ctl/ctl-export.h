/* ctl-export.h: homewardctl export: the whole state as CSV files.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ctl-options.h"

#include "broker/broker-register.h"

/* What stands in a journal, as the one object of files that an import takes (broker-states.h); owned. The
 * journal is only read, and may be in use. revision becomes the last event's. NULL: error says why. */
char *
ctl_export_read (const char *journal_folder, guint64 *revision, GError **error);

/* Writes each of those files, mode 0600, into folder, which is made or must be empty. FALSE: error says
 * why, and what had been written is gone again. */
gboolean
ctl_export_write (const char *files, const char *folder, GError **error);

CtlExit
ctl_export (CtlOptions *options, int argc, char **argv);
