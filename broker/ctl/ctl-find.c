/* ctl-find.c: homewardctl find: the nearest beds that suit a person, and why the others do not.
 *
 * The same search as a gateway's bed.find, over the same map. Owns nothing beyond the call. Fails
 * for a referral that does not exist and for needs that are no words of the vocabulary.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ctl-reads.h"

#include "ctl-columns.h"

#include "common/bed-code.h"
#include "common/bed-find.h"

#include <string.h>

typedef struct
{
  char *referral; /* owned, as all of them */
  char *home;
  char *type;
  char *sex;
  char *must;
  char *must_not;
  char *prefer;
  int limit;
} Wanted;

static void
wanted_clear (Wanted *wanted)
{
  g_free (wanted->referral);
  g_free (wanted->home);
  g_free (wanted->type);
  g_free (wanted->sex);
  g_free (wanted->must);
  g_free (wanted->must_not);
  g_free (wanted->prefer);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wanted, wanted_clear)

static void
add_words (BedJson *json, const char *name, const char *list)
{
  bed_json_name (json, name);
  bed_json_begin_array (json);
  g_auto (GStrv) words = g_strsplit (list != NULL ? list : "", ",", -1);
  for (char **word = words; *word != NULL; word++)
    if (*g_strstrip (*word) != '\0')
      bed_json_string (json, *word);
  bed_json_end_array (json);
}

/* The options as params of bed.find, so that there is one reader of them. */
static JsonNode *
print_params (const Wanted *wanted, GError **error)
{
  g_auto (BedJson) json;
  bed_json_init (&json, 512);
  bed_json_begin_object (&json);
  if (wanted->home != NULL)
    bed_json_add_string (&json, "home", wanted->home);
  if (wanted->type != NULL)
    bed_json_add_string (&json, "type", wanted->type);
  if (wanted->sex != NULL)
    bed_json_add_string (&json, "sex", wanted->sex);
  bed_json_name (&json, "needs");
  bed_json_begin_object (&json);
  add_words (&json, "must", wanted->must);
  add_words (&json, "must_not", wanted->must_not);
  add_words (&json, "prefer", wanted->prefer);
  bed_json_end_object (&json);
  bed_json_end_object (&json);
  return json_from_string (json.text->str, error);
}

/* A person's, or a couple's. */
static void
find_needs_of_person (const CtlPicture *picture, guint32 index, BedNeedsProfile *needs, BedNeedsProfile *partner)
{
  const guint32 linked = picture->referrals[index].linked;

  bed_needs_of_referral (&picture->referrals[index], needs);
  if (linked >= picture->n_referrals)
    return;
  bed_needs_of_referral (&picture->referrals[linked], partner);
  bed_find_set_now (&picture->map->table, partner);
  needs->partner = partner;
}

static gboolean
find_needs (const CtlPicture *picture, const BedView *view, const Wanted *wanted,
            BedNeedsProfile *needs, BedNeedsProfile *partner, GError **error)
{
  if (wanted->referral == NULL)
    {
      guint limit = 0;
      g_autoptr (JsonNode) params = print_params (wanted, error);
      return params != NULL
             && bed_find_parse (view, json_node_get_object (params), needs, &limit, error);
    }
  char code[BED_CODE_SIZE];
  if (bed_code_parse (wanted->referral, code))
    for (guint32 i = 0; i < picture->n_referrals; i++)
      if (ctl_picture_shows_referral (picture, i) && strcmp (picture->referrals[i].code, code) == 0)
        {
          find_needs_of_person (picture, i, needs, partner);
          return TRUE;
        }
  g_set_error (error, BED_ERROR, BED_ERROR_UNKNOWN_REFERRAL, "nobody here has the code %s",
               wanted->referral);
  return FALSE;
}

static void
add_offer (CtlTable *out, const CtlPicture *picture, const BedOffer *offer)
{
  const BedTable *table = &picture->map->table;
  const BedBed *bed = &table->beds[offer->bed];
  const BedUnit *unit = &table->units[bed->unit];
  const char *how = bed_words_print (&bed_distance_words, offer->distance_from);
  ctl_table_add (out, offer->call_first ? CTL_TINT_HELD : CTL_TINT_FREE, g_strdup (bed->id));
  ctl_table_add (out, CTL_TINT_PLAIN, g_strdup (unit->name));
  ctl_table_add (out, CTL_TINT_PLAIN, g_strdup (bed->label));
  ctl_table_add (out, CTL_TINT_STRONG, g_strdup_printf ("%.1f km", offer->metres / 1000.0));
  ctl_table_add (out, CTL_TINT_QUIET, g_strdup (how));
  ctl_table_add (out, CTL_TINT_QUIET, ctl_columns_print_needs (offer->misses_preferred));
  ctl_table_add (
      out, CTL_TINT_QUIET,
      ctl_columns_print_age (ctl_picture_get_now (picture, NULL) - offer->confirmed_at_us));
  ctl_table_add (out, CTL_TINT_HELD,
                 offer->call_first ? g_strdup_printf ("call first %s", unit->phone) : NULL);
}

static void
add_reason (CtlTable *out, const char *axis, const char *need, const BedRuledOutCount *count)
{
  if (count->count == 0)
    return;
  ctl_table_add (out, CTL_TINT_PLAIN, g_strconcat (axis, need != NULL ? ": " : "", need, NULL));
  ctl_table_add (out, CTL_TINT_PLAIN, g_strdup_printf ("%u", count->count));
  ctl_table_add (out, CTL_TINT_QUIET, g_strdup_printf ("%.1f km", count->nearest_metres / 1000.0));
}

static void
print_found (const CtlPicture *picture, const BedFound *found)
{
  static const CtlColumn offer_columns[] = {
    { "BED", FALSE, 8 }, { "UNIT", FALSE, 8 },   { "LABEL", FALSE, 6 },    { "DISTANCE", TRUE, 0 },
    { "BY", FALSE, 4 },  { "MISSES", FALSE, 6 }, { "CONFIRMED", TRUE, 0 }, { "NOTE", FALSE, 6 },
  };
  static const CtlColumn reason_columns[] = {
    { "RULED OUT BY", FALSE, 0 },
    { "BEDS", TRUE, 0 },
    { "NEAREST", TRUE, 0 },
  };
  CtlTerminal terminal = ctl_terminal_look ();
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (CtlTable) offers = ctl_table_new (offer_columns, G_N_ELEMENTS (offer_columns));
  for (guint32 i = 0; i < found->n_offers; i++)
    add_offer (offers, picture, &found->offers[i]);
  if (found->n_offers > 0)
    ctl_table_print (offers, &terminal, 0, out);
  else
    g_string_append (out, "No bed fits now.\n");

  g_autoptr (CtlTable) reasons = ctl_table_new (reason_columns, G_N_ELEMENTS (reason_columns));
  for (guint i = BED_RULED_OUT_NOTHING + 1; i < BED_RULED_OUT_N; i++)
    if (i != BED_RULED_OUT_MUST && i != BED_RULED_OUT_MUST_NOT)
      add_reason (reasons, bed_words_print (&bed_ruled_out_words, i), NULL, &found->ruled_out[i]);
  for (guint need = 0; need < BED_NEED_N; need++)
    {
      add_reason (reasons, "must", bed_words_print (&bed_need_words, need), &found->must[need]);
      add_reason (reasons, "must not", bed_words_print (&bed_need_words, need),
                  &found->must_not[need]);
    }
  g_string_append_printf (out, "\n%u beds in effect", found->total);
  if (found->cut_off > 0)
    g_string_append_printf (out, ", %u more suit but are beyond the limit", found->cut_off);
  g_string_append (out, "\n");
  if (ctl_table_get_n_rows (reasons) > 0)
    ctl_table_print (reasons, &terminal, 0, out);
  ctl_print (out->str);
}

CtlExit
ctl_find (CtlOptions *options, int argc, char **argv)
{
  g_auto (Wanted) wanted = { .limit = BED_FIND_LIMIT };
  const GOptionEntry entries[] = {
    { "referral", 0, 0, G_OPTION_ARG_STRING, &wanted.referral, "For this person", "CODE" },
    { "home", 0, 0, G_OPTION_ARG_STRING, &wanted.home,
      "Near this outward postcode (nfa: nowhere in particular)", "SO51" },
    { "type", 0, 0, G_OPTION_ARG_STRING, &wanted.type, "Type of bed", "WORD" },
    { "sex", 0, 0, G_OPTION_ARG_STRING, &wanted.sex, "female or male, for bays", "SEX" },
    { "must", 0, 0, G_OPTION_ARG_STRING, &wanted.must, "What the bed must have", "A,B" },
    { "must-not", 0, 0, G_OPTION_ARG_STRING, &wanted.must_not, "What it must not have", "A,B" },
    { "prefer", 0, 0, G_OPTION_ARG_STRING, &wanted.prefer, "What would be good", "A,B" },
    { "limit", 0, 0, G_OPTION_ARG_INT, &wanted.limit, "At most so many offers (20)", "N" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  CtlExit exit = CTL_USAGE;
  if (!ctl_options_parse (options, entries, &argc, &argv, 0, 0))
    return exit;
  if ((wanted.referral == NULL) == (wanted.home == NULL) || wanted.limit < 1
      || wanted.limit > BED_FIND_LIMIT_MAX)
    {
      ctl_say_error ("find wants either --referral or --home, and a --limit from 1 to %d",
                     BED_FIND_LIMIT_MAX);
      return CTL_USAGE;
    }
  g_autoptr (CtlPicture) picture = ctl_picture_open (options, NULL, NULL, &exit);
  if (picture == NULL)
    return exit;
  g_autoptr (GError) error = NULL;
  BedView view = bed_view_of_table (&picture->map->table, picture->map->places);
  BedNeedsProfile needs = { 0 };
  BedNeedsProfile partner;
  if (!find_needs (picture, &view, &wanted, &needs, &partner, &error))
    return ctl_say_failure (error);
  bed_find_set_now (&picture->map->table, &needs);
  g_autofree BedFound *found = g_new0 (BedFound, 1);
  bed_find (&view, &needs, (guint) wanted.limit, found);
  if (!options->is_json)
    {
      print_found (picture, found);
      return CTL_DONE;
    }
  g_auto (BedJson) json;
  bed_json_init (&json, 16 * 1024);
  bed_find_print (&view, &needs, found, NULL, picture->revision, &json);
  g_string_append_c (json.text, '\n');
  ctl_print (json.text->str);
  return CTL_DONE;
}
