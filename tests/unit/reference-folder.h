/* reference-folder.h: the right reference files in a folder of their own, to spoil.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "reference-files.h"

#include <glib/gstdio.h>

typedef struct
{
  char *path; /* owned */
} Folder;

static inline void
write_file (const char *folder, const char *name, const char *text, gssize length)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, length, &error);
  g_assert_no_error (error);
}

static inline void
set_up_folder (Folder *folder, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  folder->path = g_dir_make_tmp ("reference-XXXXXX", &error);
  g_assert_no_error (error);
  for (guint i = 0; i < N_FILES; i++)
    if (right[i] != NULL)
      write_file (folder->path, names[i], right[i], -1);
}

static inline void
tear_down_folder (Folder *folder, gconstpointer user_data)
{
  static const char *const more[] = { "onspd.csv", "codepoint/so.csv", "codepoint/po.csv", "codepoint/readme.txt", "codepoint" };

  for (guint i = 0; i < G_N_ELEMENTS (more); i++)
    {
      g_autofree char *path = g_build_filename (folder->path, more[i], NULL);

      g_remove (path);
    }
  for (guint i = 0; i < N_FILES; i++)
    {
      g_autofree char *path = g_build_filename (folder->path, names[i], NULL);

      g_remove (path);
    }
  g_rmdir (folder->path);
  g_free (folder->path);
}

static inline void
assert_load_fails (const Folder *folder, int code, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *files = broker_reference_load (folder->path, &error);

  g_assert_null (files);
  g_assert_error (error, G_FILE_ERROR, code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, words));
}

#define ADD_FOLDER(path, test) g_test_add (path, Folder, NULL, set_up_folder, test, tear_down_folder)
