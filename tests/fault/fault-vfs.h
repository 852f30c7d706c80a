/* fault-vfs.h: an SQLite VFS over the default one whose n-th call fails, as a disk's might.
 *
 * Register once, arm, open a database on the VFS "fault", see what its user makes of it, disarm. One
 * plan for the whole process; not for threads. A failed sync may leave what was written in place, or
 * lose it; a power cut loses in every open file what was not synced, and fails all calls after it.
 * Each handle knows only of its own writes, so let one connection write at a time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#define FAULT_VFS "fault"

/* Kinds of call, as bits. */
typedef enum
{
  FAULT_OPEN = 1 << 0,
  FAULT_READ = 1 << 1,
  FAULT_WRITE = 1 << 2,
  FAULT_SYNC = 1 << 3,
  FAULT_TRUNCATE = 1 << 4,
  FAULT_SIZE = 1 << 5,   /* asking a file's size */
  FAULT_DELETE = 1 << 6,
  FAULT_ACCESS = 1 << 7, /* asking whether a file is there */
  FAULT_LOCK = 1 << 8,   /* file locks and those of the WAL's index */
  FAULT_INDEX = 1 << 9,  /* mapping the WAL's index */
  FAULT_ALL = (1 << 10) - 1
} FaultCalls;

typedef enum
{
  FAULT_FAILS,    /* does nothing and fails; of a sync: the data stays in place */
  FAULT_HALF,     /* a write: half of it is written; others as FAULT_FAILS */
  FAULT_FULL,     /* a write: the disk is full; others as FAULT_FAILS */
  FAULT_LOSES,    /* a sync: what this file was given since its last sync is gone; others as FAULT_FAILS */
  FAULT_POWER_CUT /* what no file has synced is gone, and nothing works until it is disarmed */
} FaultWay;

void fault_vfs_register (void);

/* From now on counts calls of the given kinds and fails the nth (1: the next one) and, if is_lasting,
 * all after it. */
void fault_vfs_arm (FaultCalls calls, guint nth, FaultWay way, gboolean is_lasting);
void fault_vfs_disarm (void);

guint fault_vfs_get_count (void);  /* calls of the armed kinds since arming */
gboolean fault_vfs_has_fired (void); /* since arming */
