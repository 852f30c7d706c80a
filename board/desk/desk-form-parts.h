/* desk-form-parts.h: the fields of the form: a caption, what is chosen, and what is wrong with it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "common/bed-words.h"
#include "desk-draft.h"

#include <gtk/gtk.h>

/* One field. member: as the register names it in a bad_value. */
typedef struct
{
  const char *member; /* static */
  GtkWidget *box;
  GtkWidget *choice; /* a row of toggles, a drop-down, or an entry */
  GtkWidget *note;
  GtkWidget *fault;
} DeskField;

/* Takes choice. */
void
desk_field_init (DeskField *field, const char *member, const char *caption, GtkWidget *choice);
/* What there is to know about the value, "": nothing. */
void
desk_field_note (DeskField *field, const char *words);
/* words "": nothing is wrong. */
void
desk_field_blame (DeskField *field, const char *words);

/* A row of toggles, one a word, of which at most one is down. */
GtkWidget *
desk_toggles_new (const BedWords *words, guint n);
int
desk_toggles_get (GtkWidget *toggles); /* -1: none */
void
desk_toggles_set (GtkWidget *toggles, int value);

/* A drop-down of all words. */
GtkWidget *
desk_choice_new (const BedWords *words);

/* A need as a button that cycles: its icon, its word, and how it is wished. Signal "clicked". */
GtkWidget *
desk_need_new (BedNeed need);
BedNeed
desk_need_get (GtkWidget *button);
void
desk_need_show (GtkWidget *button, DeskNeedWish wish);
