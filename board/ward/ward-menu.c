/* ward-menu.c: a menu model from the acts that the case allows, without the one on the big button.
 *
 * Owns nothing; nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ward-menu.h"

#include "../board-i18n.h"
#include "ward-plan.h"

/* NOTHING ends a section. */
static const WardAct order[] = {
  WARD_ACT_ACCEPT,        WARD_ACT_DECLINE,     WARD_ACT_ASSESSING,    WARD_ACT_ARRIVED,
  WARD_ACT_DEPARTED,      WARD_ACT_LATE,        WARD_ACT_TURNED_BACK,  WARD_ACT_NOT_COMING,
  WARD_ACT_LEAVING,       WARD_ACT_HAS_LEFT,    WARD_ACT_VACATED,      WARD_ACT_EXPECTED_FREE,
  WARD_ACT_READY_TO_LEAVE, WARD_ACT_THERAPY,    WARD_ACT_TO_HOSPITAL,  WARD_ACT_HOME_LEAVE,
  WARD_ACT_BACK,          WARD_ACT_BACK_UNNAMED, WARD_ACT_EXTEND,      WARD_ACT_MOVE,
  WARD_ACT_DIED,          WARD_ACT_NOTHING,     WARD_ACT_STILL_SO,     WARD_ACT_FILL,
  WARD_ACT_START_CLEAN,   WARD_ACT_READY,       WARD_ACT_CONTAMINATED, WARD_ACT_ISOLATE,
  WARD_ACT_LIFT,          WARD_ACT_NOTHING,     WARD_ACT_OUT_OF_ORDER, WARD_ACT_CLOSE,
  WARD_ACT_REOPEN,        WARD_ACT_SURGE_OPEN,  WARD_ACT_SURGE_SHUT,   WARD_ACT_CORRECT,
};

static void
add_act (GMenu *section, const WardCase *cause, WardAct act)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (ward_plan_say_entry (cause, act), NULL);

  g_menu_item_set_action_and_target (item, WARD_ACTION_DO, "(ss)", cause->bed->id, ward_act_word (act));
  g_menu_append_item (section, item);
}

static void
end_section (GMenu *menu, GMenu **section)
{
  if (g_menu_model_get_n_items (G_MENU_MODEL (*section)) > 0)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (*section));
  g_set_object (section, NULL);
}

GMenuModel *
ward_menu_new (const WardCase *cause, gboolean can_undo)
{
  GMenu *menu = g_menu_new ();
  GMenu *section = g_menu_new ();
  WardAct next = ward_steps_find_next (cause);

  if (can_undo)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_ ("Undo"), NULL);

      g_menu_item_set_action_and_target (item, WARD_ACTION_UNDO, "s", cause->bed->id);
      g_menu_append_item (section, item);
    }
  end_section (menu, &section);
  section = g_menu_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    if (order[i] == WARD_ACT_NOTHING)
      {
        end_section (menu, &section);
        section = g_menu_new ();
      }
    else if (order[i] != next && ward_steps_allow (cause, order[i])
             && !(order[i] == WARD_ACT_READY_TO_LEAVE && next == WARD_ACT_MOVE_ON))
      add_act (section, cause, order[i]);
  end_section (menu, &section);
  return G_MENU_MODEL (menu);
}
