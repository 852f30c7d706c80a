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

static const WardAct of_unit[] = {
  WARD_ACT_SURGE_BED, WARD_ACT_STAFF,     WARD_ACT_CAPACITY,  WARD_ACT_NOTHING, WARD_ACT_CLOSE_BAY,
  WARD_ACT_OPEN_BAY,  WARD_ACT_CLOSE_UNIT, WARD_ACT_OPEN_UNIT,
};

static void
add_act (GMenu *section, const WardCase *cause, WardAct act)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (ward_plan_say_entry (cause, act), NULL);

  g_menu_item_set_action_and_target (item, WARD_ACTION_DO, "(ss)",
                                         cause->bed != NULL ? cause->bed->id : "", ward_act_word (act));
  g_menu_append_item (section, item);
}

static void
end_section (GMenu *menu, GMenu **section)
{
  if (g_menu_model_get_n_items (G_MENU_MODEL (*section)) > 0)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (*section));
  g_set_object (section, NULL);
}

static gboolean
belongs (const WardCase *cause, WardAct act, WardAct next)
{
  return act != next && ward_steps_allow (cause, act)
         && !(act == WARD_ACT_READY_TO_LEAVE && next == WARD_ACT_MOVE_ON);
}

static GMenuModel *
make_menu (const WardCase *cause, const WardAct *acts, gsize n, WardAct next, const char *undone)
{
  GMenu *menu = g_menu_new ();
  GMenu *section = g_menu_new ();

  if (undone != NULL)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_ ("Undo"), NULL);

      g_menu_item_set_action_and_target (item, WARD_ACTION_UNDO, "s", undone);
      g_menu_append_item (section, item);
    }
  end_section (menu, &section);
  section = g_menu_new ();
  for (gsize i = 0; i < n; i++)
    if (acts[i] == WARD_ACT_NOTHING)
      {
        end_section (menu, &section);
        section = g_menu_new ();
      }
    else if (belongs (cause, acts[i], next))
      add_act (section, cause, acts[i]);
  end_section (menu, &section);
  return G_MENU_MODEL (menu);
}

GMenuModel *
ward_menu_new (const WardCase *cause, gboolean can_undo)
{
  return make_menu (cause, order, G_N_ELEMENTS (order), ward_steps_find_next (cause),
                    can_undo ? cause->bed->id : NULL);
}

GMenuModel *
ward_menu_new_unit (const WardCase *cause, gboolean can_undo)
{
  return make_menu (cause, of_unit, G_N_ELEMENTS (of_unit), WARD_ACT_NOTHING, can_undo ? cause->unit->id : NULL);
}

GMenuModel *
ward_menu_new_take_back (const char *subject)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenuItem) item = g_menu_item_new (_ ("Take back"), NULL);

  g_menu_item_set_action_and_target (item, WARD_ACTION_UNDO, "s", subject);
  g_menu_append_item (menu, item);
  return G_MENU_MODEL (menu);
}

gboolean
ward_menu_has_unit (const WardCase *cause)
{
  for (gsize i = 0; i < G_N_ELEMENTS (of_unit); i++)
    if (ward_steps_allow (cause, of_unit[i]))
      return TRUE;
  return FALSE;
}
