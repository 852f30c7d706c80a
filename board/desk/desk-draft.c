/* desk-draft.c: checks what a form can check, and writes referral.submit and referral.amend.
 *
 * Pure. The register checks everything again; what only it can know (whether a district exists) comes
 * back as a bad_value that names the member.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-draft.h"

#include "../board-i18n.h"
#include "common/bed-time.h"

#include <string.h>

#define BIT(need) (G_GUINT64_CONSTANT (1) << (need))

void
desk_draft_begin (DeskDraft *draft, const BoardSession *session)
{
  *draft = (DeskDraft){ .sex = -1, .age_band = -1, .lane = BED_LANE_FLOW, .pathway = BED_PATHWAY_SUPPORTED };
  draft->type = BED_TYPE_REHAB;
  g_strlcpy (draft->source, session->owner[0] != '\0' ? session->owner : session->lap, sizeof draft->source);
}

void
desk_draft_begin_amend (DeskDraft *draft, const BoardReferral *referral)
{
  *draft = (DeskDraft){ .sex = referral->sex, .age_band = referral->age_band };
  g_strlcpy (draft->referral, referral->code, sizeof draft->referral);
  g_strlcpy (draft->home, referral->home[0] != '\0' ? referral->home : "nfa", sizeof draft->home);
  g_strlcpy (draft->source, referral->source, sizeof draft->source);
  draft->must = referral->must;
  draft->must_not = referral->must_not;
  draft->prefer = referral->prefer;
  draft->oxygen_lpm = referral->oxygen_lpm;
  draft->lane = referral->lane;
  draft->pathway = referral->pathway;
  draft->type = referral->type;
  draft->weight_band = referral->weight_band;
  draft->infection = referral->infection;
  draft->agreed = referral->agreed;
  draft->ready_us = referral->ready_us;
}

DeskNeedWish
desk_draft_get_need (const DeskDraft *draft, BedNeed need)
{
  if ((draft->must & BIT (need)) != 0)
    return DESK_NEED_MUST;
  if ((draft->must_not & BIT (need)) != 0)
    return DESK_NEED_MUST_NOT;
  return (draft->prefer & BIT (need)) != 0 ? DESK_NEED_PREFER : DESK_NEED_OFF;
}

void
desk_draft_cycle_need (DeskDraft *draft, BedNeed need)
{
  DeskNeedWish wish = desk_draft_get_need (draft, need);

  draft->must &= ~BIT (need);
  draft->must_not &= ~BIT (need);
  draft->prefer &= ~BIT (need);
  switch (wish)
    {
    case DESK_NEED_OFF:
      draft->must |= BIT (need);
      break;
    case DESK_NEED_MUST:
      draft->must_not |= BIT (need);
      break;
    case DESK_NEED_MUST_NOT:
      draft->prefer |= BIT (need);
      break;
    case DESK_NEED_PREFER:
      break;
    }
}

/* One or two letters, a digit, and perhaps one more of either. */
gboolean
desk_draft_parse_district (const char *text, char district[static 8])
{
  g_autofree char *code = g_ascii_strup (text, -1);
  gsize n_letters;
  gsize n;

  g_strstrip (code);
  n = strlen (code);
  district[0] = '\0';
  if (g_str_equal (code, "NFA"))
    {
      g_strlcpy (district, code, 8);
      return TRUE;
    }
  if (n < 2 || n > 4 || !g_ascii_isalpha (code[0]))
    return FALSE;
  n_letters = g_ascii_isalpha (code[1]) ? 2 : 1;
  if (n <= n_letters || n > n_letters + 2 || !g_ascii_isdigit (code[n_letters]) || !g_ascii_isalnum (code[n - 1]))
    return FALSE;
  g_strlcpy (district, code, 8);
  return TRUE;
}

gboolean
desk_draft_parse_ready (const char *text, gint64 now_us, gint64 *ready_us)
{
  g_autofree char *written = g_ascii_strdown (text, -1);
  const char *time = g_strstrip (written);
  gint64 day_us = bed_time_find_midnight (now_us);
  guint16 minute;

  *ready_us = now_us;
  if (time[0] == '\0' || g_str_equal (time, "now"))
    return TRUE;
  if (g_str_has_prefix (time, "tomorrow "))
    {
      day_us = bed_time_find_midnight (day_us + 36 * BED_HOUR_US);
      time += strlen ("tomorrow ");
    }
  if (!bed_time_parse_minute (time, &minute) || minute >= 24 * 60)
    return FALSE;
  *ready_us = minute == 0 ? day_us : bed_time_find_next_local (day_us, minute / 60, minute % 60);
  return TRUE;
}

const char *
desk_draft_check (const DeskDraft *draft, const char **words)
{
  char district[8];

  if (draft->sex < 0)
    {
      *words = _ ("Choose one: bays are for women or for men");
      return "sex";
    }
  if (draft->age_band < 0)
    {
      *words = _ ("Choose one");
      return "age_band";
    }
  if (!desk_draft_parse_district (draft->home, district))
    {
      *words = _ ("Only the first half of the postcode, such as SO51, or NFA");
      return "home";
    }
  if (draft->near[0] != '\0' && !desk_draft_parse_district (draft->near, district))
    {
      *words = _ ("Only the first half of a postcode, such as SO51");
      return "near";
    }
  if (draft->source[0] == '\0')
    {
      *words = _ ("Say which organisation refers");
      return "source";
    }
  *words = "";
  return NULL;
}

/* --- the command --- */

static void
set_list (JsonObject *needs, const char *name, guint64 bits)
{
  JsonArray *list;

  if (bits == 0)
    return;
  list = json_array_new ();
  for (guint need = 0; need < BED_NEED_N; need++)
    if ((bits & BIT (need)) != 0)
      json_array_add_string_element (list, bed_words_print (&bed_need_words, need));
  json_object_set_array_member (needs, name, list);
}

static JsonObject *
make_needs (const DeskDraft *draft)
{
  JsonObject *needs = json_object_new ();

  set_list (needs, "must", draft->must);
  set_list (needs, "must_not", draft->must_not);
  set_list (needs, "prefer", draft->prefer);
  if (draft->weight_band != BED_WEIGHT_NOT_STATED)
    json_object_set_string_member (needs, "weight_band", bed_words_print (&bed_weight_band_words, draft->weight_band));
  if (draft->oxygen_lpm > 0)
    json_object_set_int_member (needs, "oxygen_lpm", draft->oxygen_lpm);
  if (draft->infection != BED_INFECTION_NONE)
    json_object_set_string_member (needs, "infection", bed_words_print (&bed_infection_words, draft->infection));
  return needs;
}

static void
set_district (BoardCommand *command, const char *name, const char *written)
{
  char district[8];

  if (desk_draft_parse_district (written, district))
    board_command_set (command, name, g_str_equal (district, "NFA") ? "nfa" : district);
}

BoardCommand *
desk_draft_make (const DeskDraft *draft)
{
  gboolean is_new = draft->referral[0] == '\0';
  g_autofree char *title = is_new ? g_strdup (_ ("The referral is sent")) : g_strdup_printf (_ ("%s: needs changed"), draft->referral);
  BoardCommand *command
      = board_command_new (is_new ? "referral.submit" : "referral.amend", is_new ? "new-referral" : draft->referral, title);

  if (is_new)
    {
      board_command_set (command, "lane", bed_words_print (&bed_lane_words, draft->lane));
      board_command_set (command, "pathway", bed_words_print (&bed_pathway_words, draft->pathway));
      board_command_set (command, "source", draft->source);
    }
  else
    board_command_set (command, "referral", draft->referral);
  board_command_set (command, "type", bed_words_print (&bed_type_words, draft->type));
  board_command_set_object (command, "needs", make_needs (draft));
  board_command_set (command, "sex", bed_words_print (&bed_sex_words, (guint)draft->sex));
  board_command_set (command, "age_band", bed_words_print (&bed_age_band_words, (guint)draft->age_band));
  set_district (command, "home", draft->home);
  if (draft->near[0] != '\0')
    set_district (command, "near", draft->near);
  board_command_set (command, "agreed", bed_words_print (&bed_agreed_words, draft->agreed));
  if (draft->ready_us != 0)
    board_command_set_time (command, "ready_at", draft->ready_us);
  return command;
}
