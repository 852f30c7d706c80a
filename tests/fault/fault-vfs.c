/* fault-vfs.c: the VFS that fails on demand: a thin shim over the default one.
 *
 * Owns one plan (what fails, when and how) and the list of open files. Before each write a file
 * keeps what it overwrites until its next good sync, so that a lost sync and a power cut can be
 * played. The WAL's index is shared memory, which no power cut outlives: it is passed through.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fault-vfs.h"

#include <sqlite3.h>
#include <string.h>

/* SQLite's own files are not for calls of more than 128 KiB. */
#define PIECE 65536

typedef struct
{
  sqlite3_int64 offset;
  sqlite3_int64 size; /* of the file before */
  GBytes *old;        /* owned: what stood there, as far as the file went */
} Undo;

typedef struct
{
  sqlite3_file base;
  GArray *undos; /* owned: Undo, oldest first */
  sqlite3_file *real;
} FaultFile;

/* A VFS is global by nature. */
static struct
{
  FaultCalls calls;
  guint nth;
  guint count;
  FaultWay way;
  gboolean is_armed, is_lasting, has_fired, is_dead;
  GPtrArray *files; /* FaultFile, borrowed */
} plan;

static sqlite3_vfs *
peek_real (sqlite3_vfs *vfs)
{
  return vfs->pAppData;
}

static FaultFile *
as_fault (sqlite3_file *file)
{
  return (FaultFile *) file;
}

static void
clear_undo (gpointer undo)
{
  g_bytes_unref (((Undo *) undo)->old);
}

static void
keep_undo (FaultFile *self, sqlite3_int64 offset, gsize length)
{
  sqlite3_int64 size = 0;
  if (!plan.is_armed || self->real->pMethods->xFileSize (self->real, &size) != SQLITE_OK)
    return;
  gsize kept = offset >= size ? 0 : MIN (length, (gsize) (size - offset));
  guint8 *old = g_malloc (MAX (kept, 1));
  for (gsize at = 0; at < kept; at += PIECE)
    if (self->real->pMethods->xRead (self->real, old + at, (int) MIN (kept - at, PIECE),
                                     offset + (sqlite3_int64) at)
        != SQLITE_OK)
      g_error ("fault-vfs: what is to be overwritten cannot be read");
  Undo undo = { offset, size, g_bytes_new_take (old, kept) };
  g_array_append_val (self->undos, undo);
}

static void
lose (FaultFile *self)
{
  const sqlite3_io_methods *real = self->real->pMethods;
  for (guint i = self->undos->len; i > 0; i--)
    {
      const Undo *undo = &g_array_index (self->undos, Undo, i - 1);
      gsize length;
      const guint8 *old = g_bytes_get_data (undo->old, &length);
      gboolean is_back = TRUE;
      for (gsize at = 0; is_back && at < length; at += PIECE)
        is_back = real->xWrite (self->real, old + at, (int) MIN (length - at, PIECE),
                                undo->offset + (sqlite3_int64) at)
                  == SQLITE_OK;
      if (!is_back || real->xTruncate (self->real, undo->size) != SQLITE_OK)
        g_error ("fault-vfs: what was overwritten cannot be put back");
    }
  g_array_set_size (self->undos, 0);
}

/* Counts a call; TRUE if it is to fail. */
static gboolean
fails (FaultCalls call)
{
  if (!plan.is_armed)
    return FALSE;
  if (plan.is_dead)
    return TRUE;
  if ((plan.calls & call) == 0)
    return FALSE;
  plan.count++;
  if (plan.count != plan.nth && !(plan.is_lasting && plan.count > plan.nth))
    return FALSE;
  plan.has_fired = TRUE;
  if (plan.way == FAULT_POWER_CUT)
    {
      plan.is_dead = TRUE;
      for (guint i = 0; i < plan.files->len; i++)
        lose (plan.files->pdata[i]);
    }
  return TRUE;
}

static int
fault_close (sqlite3_file *file)
{
  FaultFile *self = as_fault (file);
  g_ptr_array_remove_fast (plan.files, self);
  g_clear_pointer (&self->undos, g_array_unref);
  return self->real->pMethods->xClose (self->real);
}

static int
fault_read (sqlite3_file *file, void *bytes, int length, sqlite3_int64 offset)
{
  sqlite3_file *real = as_fault (file)->real;
  return fails (FAULT_READ) ? SQLITE_IOERR_READ
                            : real->pMethods->xRead (real, bytes, length, offset);
}

static int
fault_write (sqlite3_file *file, const void *bytes, int length, sqlite3_int64 offset)
{
  FaultFile *self = as_fault (file);
  gboolean is_failing = fails (FAULT_WRITE);
  if (is_failing && (plan.is_dead || plan.way != FAULT_HALF))
    return plan.way == FAULT_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
  if (is_failing)
    length /= 2;
  keep_undo (self, offset, (gsize) length);
  int result = self->real->pMethods->xWrite (self->real, bytes, length, offset);
  return is_failing ? SQLITE_IOERR_WRITE : result;
}

static int
fault_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  FaultFile *self = as_fault (file);
  sqlite3_int64 before = 0;
  if (fails (FAULT_TRUNCATE))
    return SQLITE_IOERR_TRUNCATE;
  if (self->real->pMethods->xFileSize (self->real, &before) == SQLITE_OK && before > size)
    keep_undo (self, size, (gsize) (before - size));
  return self->real->pMethods->xTruncate (self->real, size);
}

static int
fault_sync (sqlite3_file *file, int flags)
{
  FaultFile *self = as_fault (file);
  if (fails (FAULT_SYNC))
    {
      if (plan.way == FAULT_LOSES)
        lose (self);
      return SQLITE_IOERR_FSYNC;
    }
  g_array_set_size (self->undos, 0);
  /* An armed plan plays the disk: a sweep of thousands of syncs need not wait for the real one. */
  return plan.is_armed ? SQLITE_OK : self->real->pMethods->xSync (self->real, flags);
}

static int
fault_size (sqlite3_file *file, sqlite3_int64 *size)
{
  sqlite3_file *real = as_fault (file)->real;
  return fails (FAULT_SIZE) ? SQLITE_IOERR_FSTAT : real->pMethods->xFileSize (real, size);
}

static int
fault_lock (sqlite3_file *file, int level)
{
  sqlite3_file *real = as_fault (file)->real;
  return fails (FAULT_LOCK) ? SQLITE_IOERR_LOCK : real->pMethods->xLock (real, level);
}

static int
fault_unlock (sqlite3_file *file, int level)
{
  sqlite3_file *real = as_fault (file)->real;
  return real->pMethods->xUnlock (real, level);
}

static int
fault_check_reserved (sqlite3_file *file, int *answer)
{
  sqlite3_file *real = as_fault (file)->real;
  return fails (FAULT_LOCK) ? SQLITE_IOERR_CHECKRESERVEDLOCK
                            : real->pMethods->xCheckReservedLock (real, answer);
}

static int
fault_control (sqlite3_file *file, int what, void *argument)
{
  sqlite3_file *real = as_fault (file)->real;
  return real->pMethods->xFileControl (real, what, argument);
}

static int
fault_sector_size (sqlite3_file *file)
{
  sqlite3_file *real = as_fault (file)->real;
  return real->pMethods->xSectorSize (real);
}

static int
fault_characteristics (sqlite3_file *file)
{
  sqlite3_file *real = as_fault (file)->real;
  return real->pMethods->xDeviceCharacteristics (real);
}

static int
fault_index_map (sqlite3_file *file, int page, int size, int extend, void volatile **map)
{
  sqlite3_file *real = as_fault (file)->real;
  return fails (FAULT_INDEX) ? SQLITE_IOERR_SHMMAP
                             : real->pMethods->xShmMap (real, page, size, extend, map);
}

static int
fault_index_lock (sqlite3_file *file, int offset, int n, int flags)
{
  sqlite3_file *real = as_fault (file)->real;
  if ((flags & SQLITE_SHM_LOCK) != 0 && fails (FAULT_LOCK))
    return SQLITE_IOERR_SHMLOCK;
  return real->pMethods->xShmLock (real, offset, n, flags);
}

static void
fault_index_barrier (sqlite3_file *file)
{
  sqlite3_file *real = as_fault (file)->real;
  real->pMethods->xShmBarrier (real);
}

static int
fault_index_unmap (sqlite3_file *file, int drop)
{
  sqlite3_file *real = as_fault (file)->real;
  return real->pMethods->xShmUnmap (real, drop);
}

static const sqlite3_io_methods methods = {
  .iVersion = 2, /* without xFetch: every read and write is a call */
  .xClose = fault_close,
  .xRead = fault_read,
  .xWrite = fault_write,
  .xTruncate = fault_truncate,
  .xSync = fault_sync,
  .xFileSize = fault_size,
  .xLock = fault_lock,
  .xUnlock = fault_unlock,
  .xCheckReservedLock = fault_check_reserved,
  .xFileControl = fault_control,
  .xSectorSize = fault_sector_size,
  .xDeviceCharacteristics = fault_characteristics,
  .xShmMap = fault_index_map,
  .xShmLock = fault_index_lock,
  .xShmBarrier = fault_index_barrier,
  .xShmUnmap = fault_index_unmap,
};

static int
fault_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *flags_out)
{
  FaultFile *self = as_fault (file);
  memset (self, 0, sizeof *self);
  if (fails (FAULT_OPEN))
    return SQLITE_CANTOPEN;
  self->real = (sqlite3_file *) (self + 1);
  int result = peek_real (vfs)->xOpen (peek_real (vfs), name, self->real, flags, flags_out);
  if (result != SQLITE_OK)
    return result;
  self->base.pMethods = &methods;
  self->undos = g_array_new (FALSE, FALSE, sizeof (Undo));
  g_array_set_clear_func (self->undos, clear_undo);
  g_ptr_array_add (plan.files, self);
  return SQLITE_OK;
}

static int
fault_delete (sqlite3_vfs *vfs, const char *name, int sync_folder)
{
  return fails (FAULT_DELETE) ? SQLITE_IOERR_DELETE
                              : peek_real (vfs)->xDelete (peek_real (vfs), name, sync_folder);
}

static int
fault_access (sqlite3_vfs *vfs, const char *name, int flags, int *answer)
{
  return fails (FAULT_ACCESS) ? SQLITE_IOERR_ACCESS
                              : peek_real (vfs)->xAccess (peek_real (vfs), name, flags, answer);
}

static int
fault_full_pathname (sqlite3_vfs *vfs, const char *name, int size, char *full)
{
  return peek_real (vfs)->xFullPathname (peek_real (vfs), name, size, full);
}

void
fault_vfs_register (void)
{
  static sqlite3_vfs vfs;
  if (plan.files != NULL)
    return;
  plan.files = g_ptr_array_new ();
  sqlite3_vfs *real = sqlite3_vfs_find (NULL);
  vfs = *real; /* clocks, randomness and the like are the real one's own */
  vfs.szOsFile = (int) sizeof (FaultFile) + real->szOsFile;
  vfs.pNext = NULL;
  vfs.zName = FAULT_VFS;
  vfs.pAppData = real;
  vfs.xOpen = fault_open;
  vfs.xDelete = fault_delete;
  vfs.xAccess = fault_access;
  vfs.xFullPathname = fault_full_pathname;
  if (sqlite3_vfs_register (&vfs, 0) != SQLITE_OK)
    g_error ("fault-vfs: cannot be registered");
}

void
fault_vfs_arm (FaultCalls calls, guint nth, FaultWay way, gboolean is_lasting)
{
  plan.calls = calls;
  plan.nth = nth;
  plan.count = 0;
  plan.way = way;
  plan.is_armed = TRUE;
  plan.is_lasting = is_lasting;
  plan.has_fired = FALSE;
  plan.is_dead = FALSE;
}

void
fault_vfs_disarm (void)
{
  plan.is_armed = FALSE;
  plan.is_dead = FALSE;
  for (guint i = 0; i < plan.files->len; i++)
    g_array_set_size (((FaultFile *) plan.files->pdata[i])->undos, 0);
}

guint
fault_vfs_get_count (void)
{
  return plan.count;
}

gboolean
fault_vfs_has_fired (void)
{
  return plan.has_fired;
}
