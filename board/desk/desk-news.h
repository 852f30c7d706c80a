/* desk-news.h: what is worth a desktop notification: somebody waiting has a proposal, or is accepted.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../board-model.h"
#include "../board-source.h"

typedef struct _DeskNews DeskNews;

DeskNews *
desk_news_new (void);
void
desk_news_free (DeskNews *news);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskNews, desk_news_free)

/* tell is called for each of this desk's people about whom there is news since the last look; the
 * first look only remembers. */
typedef void (*DeskTell) (const char *title, const char *body, const char *code, gpointer user_data);
void
desk_news_look (DeskNews *news, BoardModel *model, const BoardSession *session, DeskTell tell, gpointer user_data);
