/* ctl-export.c: homewardctl export.
 *
 * Opens the journal read-only on a connection of its own, rebuilds the register as a start of the broker
 * does (newest snapshot, then the events after it) and writes what is true as CSV. Owns the register for
 * the length of the call. What can fail: no journal, an event that does not fit, nothing imported yet, a
 * folder that is not empty, a disk that is full.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ctl-export.h"

#include "broker/broker-journal.h"
#include "broker/broker-states.h"
#include "common/bed-error.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>

#define FILE_MODE 0600 /* needs of people: nobody else's to read */
#define FOLDER_MODE 0700

/* Reading. */

typedef struct
{
  BrokerRegister *reg; /* owned */
  char *imported;      /* owned: files of the import in force */
  GError *error;       /* owned: why the replay stopped */
} Rebuild;

static void
rebuild_clear (Rebuild *rebuild)
{
  g_clear_pointer (&rebuild->reg, broker_register_free);
  g_clear_pointer (&rebuild->imported, g_free);
  g_clear_error (&rebuild->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Rebuild, rebuild_clear)

static gboolean
apply_event (const BedEvent *event, gpointer user_data)
{
  Rebuild *rebuild = user_data;
  broker_register_keep (rebuild->reg);
  if (!broker_register_apply (rebuild->reg, event, &rebuild->error))
    return FALSE;
  broker_register_keep (rebuild->reg);
  return TRUE;
}

static gboolean
take_files (const BedEvent *event, gpointer user_data)
{
  Rebuild *rebuild = user_data;
  rebuild->imported = g_strdup (event->facts.files);
  return FALSE; /* that one event only */
}

/* A snapshot is a cache: one that does not fit is passed over. */
static BrokerRegister *
load_snapshot (BrokerJournal *journal)
{
  g_autoptr (GBytes) state = NULL;
  guint64 revision = 0;
  BrokerRegister *reg = NULL;
  if (broker_journal_load_snapshot (journal, BROKER_STATE_LAYOUT, &revision, &state, NULL))
    reg = broker_register_load (state, BED_MAX_REFERRALS, NULL);
  if (reg != NULL && broker_register_get_revision (reg) != revision)
    g_clear_pointer (&reg, broker_register_free);
  return reg != NULL ? reg : broker_register_new (BED_MAX_REFERRALS);
}

static gboolean
rebuild (BrokerJournal *journal, Rebuild *rebuild, GError **error)
{
  rebuild->reg = load_snapshot (journal);
  gboolean is_followed
      = broker_journal_follow (journal, broker_register_get_revision (rebuild->reg), apply_event, rebuild, error);
  if (rebuild->error != NULL)
    {
      g_clear_error (error);
      g_propagate_error (error, g_steal_pointer (&rebuild->error));
      return FALSE;
    }
  if (!is_followed)
    return FALSE;
  guint64 import = broker_register_get_import_revision (rebuild->reg);
  if (import == 0)
    {
      g_set_error_literal (error, BED_ERROR, BED_ERROR_UNAVAILABLE, "nothing has been imported into this journal yet");
      return FALSE;
    }
  return broker_journal_follow (journal, import - 1, take_files, rebuild, error);
}

char *
ctl_export_read (const char *journal_folder, guint64 *revision, GError **error)
{
  g_auto (Rebuild) rebuilt = { 0 };
  g_autoptr (BrokerJournal) journal = broker_journal_open_read_only (journal_folder, NULL, error);
  if (journal == NULL || !rebuild (journal, &rebuilt, error))
    return NULL;
  *revision = broker_register_get_revision (rebuilt.reg);
  char *files = rebuilt.imported != NULL ? broker_states_print (rebuilt.reg, rebuilt.imported) : NULL;
  if (files == NULL)
    g_set_error (error, BED_ERROR, BED_ERROR_UNAVAILABLE, "event %" G_GUINT64_FORMAT " is not the import in force",
                 broker_register_get_import_revision (rebuilt.reg));
  return files;
}

/* Writing. */

static gboolean
refuse_folder (const char *folder, int reason, GError **error)
{
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (reason), "%s: %s", folder, g_strerror (reason));
  return FALSE;
}

/* New, or there and empty: nothing is ever written over, and no stray file becomes part of an export. */
static gboolean
prepare_folder (const char *folder, gboolean *is_new, GError **error)
{
  *is_new = g_mkdir (folder, FOLDER_MODE) == 0;
  if (*is_new)
    return TRUE;
  if (errno != EEXIST)
    return refuse_folder (folder, errno, error);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  if (dir == NULL)
    return FALSE;
  return g_dir_read_name (dir) == NULL || refuse_folder (folder, ENOTEMPTY, error);
}

static void
take_back (const char *folder, gboolean is_new, GPtrArray *written)
{
  for (guint i = 0; i < written->len; i++)
    g_unlink (g_ptr_array_index (written, i));
  if (is_new)
    g_rmdir (folder);
}

gboolean
ctl_export_write (const char *files, const char *folder, GError **error)
{
  g_autoptr (JsonNode) node = json_from_string (files, error);
  g_autoptr (GPtrArray) written = g_ptr_array_new_with_free_func (g_free);
  gboolean is_new;
  if (node == NULL || !prepare_folder (folder, &is_new, error))
    return FALSE;
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      if (!g_file_set_contents_full (path, json_node_get_string (member), -1,
                                     G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, FILE_MODE, error))
        {
          take_back (folder, is_new, written);
          return FALSE;
        }
      g_ptr_array_add (written, g_steal_pointer (&path));
    }
  return TRUE;
}

CtlExit
ctl_export (CtlOptions *options, int argc, char **argv)
{
  if (!ctl_options_parse (options, NULL, &argc, &argv, 1, 1))
    return CTL_USAGE;
  g_autoptr (GError) error = NULL;
  guint64 revision = 0;
  g_autofree char *files = ctl_export_read (options->state, &revision, &error);
  if (files == NULL || !ctl_export_write (files, argv[1], &error))
    {
      ctl_say_error ("%s", error->message);
      return CTL_REFUSED;
    }
  g_print ("state of revision %" G_GUINT64_FORMAT " in %s\n", revision, argv[1]);
  g_printerr ("homewardctl: referrals.csv holds the needs of people under a code: pseudonymised personal data. The files "
              "are readable by you alone (0600): keep them so, and delete them when they have served.\n");
  return CTL_DONE;
}
