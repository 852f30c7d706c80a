/* wall-news.h: which events stand in the ticker, and where: each stays in its place.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../board-model.h"

#define WALL_NEWS_MAX 8

typedef struct
{
  BoardRecent slots[WALL_NEWS_MAX]; /* revision 0: empty */
  guint n_slots;
} WallNews;

/* Brings n_slots slots up to date: the newest events that have words and a unit, one a bed. An
 * event that is already there does not move; a new one takes the place of the oldest. */
void
wall_news_follow (WallNews *news, BoardModel *model, guint n_slots);

/* The newest one's slot, or -1. */
int
wall_news_find_newest (const WallNews *news);
