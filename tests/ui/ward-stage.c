/* ward-stage.c: a ward on the stage, and its cards. Nothing is owned here.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ward-stage.h"

#include "board/ward/ward-board.h"
#include "board/ward/ward-card.h"

#define PAUSE_US G_USEC_PER_SEC /* between what a person presses */

static GtkWidget *
make_view (BoardContext *context)
{
  return ward_board_new (context, "clarence");
}

BoardStage *
ward_stage_open (int width, int height, WardScene scene)
{
  g_autofree char *snapshot = ward_fixture_snapshot (scene);
  BoardStage *stage = board_stage_open (width, height, make_view, "ward.css", TRUE, snapshot);

  stage->moment.session.role = BED_ROLE_OWNER;
  g_strlcpy (stage->moment.session.user, "wendy", sizeof stage->moment.session.user);
  g_strlcpy (stage->moment.session.unit, "clarence", sizeof stage->moment.session.unit);
  board_stage_beat (stage);
  return stage;
}

static GtkWidget *
find_card (GtkWidget *widget, const char *bed)
{
  if (WARD_IS_CARD (widget))
    return g_str_equal (ward_card_peek_bed (WARD_CARD (widget)), bed) ? widget : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_card (child, bed);

      if (found != NULL)
        return found;
    }
  return NULL;
}

GtkWidget *
ward_stage_find_bed (BoardStage *stage, const char *bed)
{
  GtkWidget *card = find_card (stage->view, bed);

  g_assert_nonnull (card);
  return card;
}

GtkWidget *
ward_stage_find_card (BoardStage *stage, guint room)
{
  g_autofree char *bed = g_strdup_printf ("clarence-%02u", room);

  return ward_stage_find_bed (stage, bed);
}

void
ward_stage_choose (BoardStage *stage, guint room, const char *act)
{
  GtkWidget *card = ward_stage_find_card (stage, room);

  g_assert_true (gtk_widget_activate_action (card, "ward.do", "(ss)", ward_card_peek_bed (WARD_CARD (card)), act));
  board_stage_draw (stage);
}

void
ward_stage_press (BoardStage *stage, GtkWidget *widget, const char *words)
{
  stage->moment.monotonic_us += PAUSE_US;
  stage_press (stage, widget, words);
}

void
ward_stage_type (BoardStage *stage, guint keyval, GdkModifierType state)
{
  stage->moment.monotonic_us += PAUSE_US;
  stage_type (stage, keyval, state);
}
