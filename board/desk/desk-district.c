/* desk-district.c: an outward postcode: completed from those that the register knows, and whose it is.
 *
 * Owns nothing: the list is the form's. What is not in the list may be written all the same: the
 * register decides, and says so. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-district.h"

#include "../board-i18n.h"
#include "desk-draft.h"

enum
{
  COLUMN_CODE,
  COLUMN_LAP,
  N_COLUMNS
};

static const char *
find_lap_name (BoardModel *model, const BoardDistrict *district)
{
  const char *name = board_model_find_lap_name (model, district->lap);

  return name != NULL ? name : district->lap;
}

GtkListStore *
desk_districts_new (void)
{
  return gtk_list_store_new (N_COLUMNS, G_TYPE_STRING, G_TYPE_STRING);
}

static void
fill_from_people (GtkListStore *districts, BoardModel *model)
{
  const GPtrArray *people = board_model_peek_people (model);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < people->len; i++)
    {
      const BoardReferral *referral = g_ptr_array_index (people, i);

      if (g_ascii_isupper (referral->home[0]) && g_hash_table_add (seen, (gpointer)referral->home))
        gtk_list_store_insert_with_values (districts, NULL, -1, COLUMN_CODE, referral->home, COLUMN_LAP, "", -1);
    }
}

void
desk_districts_fill (GtkListStore *districts, BoardModel *model)
{
  const GArray *known = board_model_peek_districts (model);

  gtk_list_store_clear (districts);
  for (guint i = 0; i < known->len; i++)
    {
      const BoardDistrict *district = &g_array_index (known, BoardDistrict, i);

      gtk_list_store_insert_with_values (districts, NULL, -1, COLUMN_CODE, district->code, COLUMN_LAP,
                                         find_lap_name (model, district), -1);
    }
  if (known->len == 0)
    fill_from_people (districts, model);
}

GtkWidget *
desk_district_entry_new (GtkListStore *districts)
{
  GtkWidget *entry = gtk_entry_new ();
  g_autoptr (GtkEntryCompletion) completion = gtk_entry_completion_new ();
  GtkCellRenderer *lap = gtk_cell_renderer_text_new ();

  gtk_entry_completion_set_model (completion, GTK_TREE_MODEL (districts));
  gtk_entry_completion_set_text_column (completion, COLUMN_CODE);
  g_object_set (lap, "ellipsize", PANGO_ELLIPSIZE_END, "xalign", 1.0, NULL);
  gtk_cell_layout_pack_end (GTK_CELL_LAYOUT (completion), lap, FALSE);
  gtk_cell_layout_add_attribute (GTK_CELL_LAYOUT (completion), lap, "text", COLUMN_LAP);
  gtk_entry_set_completion (GTK_ENTRY (entry), completion);
  gtk_entry_set_max_length (GTK_ENTRY (entry), 7);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), "SO51");
  gtk_widget_add_css_class (entry, "code");
  return entry;
}

static gboolean
begins_one (BoardModel *model, const char *code)
{
  const GArray *known = board_model_peek_districts (model);

  for (guint i = 0; i < known->len; i++)
    if (g_str_has_prefix (g_array_index (known, BoardDistrict, i).code, code))
      return TRUE;
  return FALSE;
}

char *
desk_district_say (BoardModel *model, const char *written)
{
  const BoardDistrict *district;
  char code[8];

  if (!desk_draft_parse_district (written, code))
    return g_strdup ("");
  if (g_str_equal (code, "NFA"))
    return g_strdup (_ ("No fixed abode: in every LAP's queue"));
  if (board_model_peek_districts (model)->len == 0)
    return g_strdup ("");
  district = board_model_find_district (model, code);
  if (district != NULL)
    return g_strdup (find_lap_name (model, district));
  if (begins_one (model, code))
    return g_strdup (""); /* still being written */
  /* TRANSLATORS: an outward postcode */
  return g_strdup_printf (_ ("%s is not in the register: is it right?"), code);
}
