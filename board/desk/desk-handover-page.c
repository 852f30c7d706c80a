/* desk-handover-page.c: reads the histories of a desk's people, a few at a time, and shows what is new.
 *
 * Owns the handover being made and its widgets. Choosing another time begins anew; answers to what was
 * asked before are dropped. A history that cannot be read is counted, never guessed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-handover-page.h"

#include "../board-i18n.h"
#include "common/bed-time.h"
#include "desk-handover-print.h"
#include "desk-parts.h"
#include "desk-queue.h"
#include "desk-sheet.h"
#include "desk-story.h"

struct _DeskHandoverPage
{
  GtkWidget parent_instance;

  /* owned */
  DeskState *state;
  DeskHandover *handover;
  GPtrArray *codes; /* whose history is to be read: owned strings */

  /* widgets */
  GtkWidget *sheet;
  GtkWidget *since[DESK_SINCE_N];
  GtkWidget *time;
  GtkWidget *print;
  GtkWidget *save;
  GtkWidget *happened;
  GtkWidget *beds;
  GtkWidget *rest;
  GtkWidget *list;

  DeskSince chosen;
  guint16 minute; /* of DESK_SINCE_TIME */
  guint round;    /* which reading this is */
  guint next;     /* of codes */
  guint n_under_way;
  gboolean is_asking; /* who has left */
};

G_DEFINE_FINAL_TYPE (DeskHandoverPage, desk_handover_page, GTK_TYPE_WIDGET)

/* --- reading --- */

/* One question: whose, and in which round. */
G_DECLARE_FINAL_TYPE (DeskHandoverRead, desk_handover_read, DESK, HANDOVER_READ, GObject)

struct _DeskHandoverRead
{
  GObject parent_instance;

  GWeakRef page;
  char code[BED_CODE_SIZE];
  guint round;
};

G_DEFINE_FINAL_TYPE (DeskHandoverRead, desk_handover_read, G_TYPE_OBJECT)

static void
desk_handover_read_finalize (GObject *object)
{
  g_weak_ref_clear (&DESK_HANDOVER_READ (object)->page);
  G_OBJECT_CLASS (desk_handover_read_parent_class)->finalize (object);
}

static void
desk_handover_read_class_init (DeskHandoverReadClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = desk_handover_read_finalize;
}

static void
desk_handover_read_init (DeskHandoverRead *read)
{
  g_weak_ref_init (&read->page, NULL);
}

static BoardModel *
get_model (DeskHandoverPage *page)
{
  return board_context_get_model (desk_state_get_context (page->state));
}

static gboolean
is_finished (DeskHandoverPage *page)
{
  return page->handover != NULL && page->n_under_way == 0 && !page->is_asking && page->next >= page->codes->len;
}

static void
show_people (DeskHandoverPage *page);

static void
on_history (JsonObject *result, const GError *error, gpointer owner);

static void
read_more (DeskHandoverPage *page)
{
  BoardContext *context = desk_state_get_context (page->state);

  while (page->next < page->codes->len && page->n_under_way < DESK_HANDOVER_READS_MAX)
    {
      const char *code = g_ptr_array_index (page->codes, page->next++);
      DeskHandoverRead *read = g_object_new (desk_handover_read_get_type (), NULL);
      g_autofree char *params = g_strdup_printf ("{\"referral\":\"%s\"}", code);

      g_weak_ref_set (&read->page, page);
      g_strlcpy (read->code, code, sizeof read->code);
      read->round = page->round;
      page->n_under_way++;
      board_context_read (context, "referral.history", params, on_history, G_OBJECT (read));
    }
  show_people (page);
}

static void
on_history (JsonObject *result, const GError *error, gpointer owner)
{
  DeskHandoverRead *read = owner;
  g_autoptr (DeskHandoverPage) page = g_weak_ref_get (&read->page);

  if (page != NULL && page->state != NULL && read->round == page->round)
    {
      page->n_under_way--;
      desk_handover_add (page->handover, get_model (page), read->code, result);
      read_more (page);
    }
  g_object_unref (read); /* held for the call */
}

static void
add_code (DeskHandoverPage *page, const char *code)
{
  if (page->codes->len < DESK_HANDOVER_PEOPLE_MAX)
    g_ptr_array_add (page->codes, g_strdup (code));
  else
    page->handover->n_unread++;
}

/* Whoever has left is read like the others. A gateway that does not know the question leaves them out. */
static void
on_left (JsonObject *result, const GError *error, gpointer owner)
{
  DeskHandoverRead *read = owner;
  g_autoptr (DeskHandoverPage) page = g_weak_ref_get (&read->page);

  if (page != NULL && page->state != NULL && read->round == page->round)
    {
      page->is_asking = FALSE;
      if (result != NULL)
        desk_handover_take_left (page->handover, result);
      for (guint i = 0; i < page->handover->left->len; i++)
        add_code (page, g_ptr_array_index (page->handover->left, i));
      read_more (page);
    }
  g_object_unref (read); /* held for the call */
}

static void
ask_left (DeskHandoverPage *page, const BoardSession *session)
{
  DeskHandoverRead *read = g_object_new (desk_handover_read_get_type (), NULL);
  gboolean is_narrow = session->lap[0] != '\0' && desk_state_get_filter (page->state) == DESK_FILTER_LAP;
  g_autofree char *lap = is_narrow ? g_strdup_printf (",\"lap\":\"%s\"", session->lap) : g_strdup ("");
  g_autofree char *params = NULL;
  char since[BED_TIME_SIZE];

  bed_time_print (page->handover->since_us, since);
  params = g_strdup_printf ("{\"since\":\"%s\"%s}", since, lap);
  g_weak_ref_set (&read->page, page);
  read->round = page->round;
  page->is_asking = TRUE;
  board_context_read (desk_state_get_context (page->state), "queue.left", params, on_left, G_OBJECT (read));
}

static void
begin (DeskHandoverPage *page)
{
  g_autoptr (GPtrArray) people = NULL;
  BoardMoment moment;

  board_context_get_moment (desk_state_get_context (page->state), &moment);
  people = desk_queue_list (get_model (page), &moment.session, desk_state_get_filter (page->state));
  g_clear_pointer (&page->handover, desk_handover_free);
  page->handover = desk_handover_new (get_model (page), desk_since_find (page->chosen, page->minute, moment.now_us),
                                      moment.now_us);
  page->round++;
  page->next = 0;
  page->n_under_way = 0;
  g_ptr_array_set_size (page->codes, 0);
  for (guint i = 0; i < people->len; i++)
    add_code (page, ((const BoardReferral *)g_ptr_array_index (people, i))->code);
  ask_left (page, &moment.session);
  read_more (page);
}

/* --- what it shows --- */

static GtkWidget *
make_row (DeskHandoverPage *page, const DeskHandoverPerson *person)
{
  GtkWidget *row = desk_sheet_make_row (person->code);
  GtkWidget *box = gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row));
  GtkWidget *words = desk_box_new (GTK_ORIENTATION_VERTICAL, 3, "");
  GtkWidget *code = desk_label_new (person->code, "code item sheet-person");
  g_autofree char *name = g_strdup_printf ("%s. %s.", person->code, person->stands);

  gtk_label_set_yalign (GTK_LABEL (code), 0);
  gtk_box_append (GTK_BOX (words), desk_label_new (person->stands, "item"));
  for (guint i = 0; i < person->told->len; i++)
    {
      const DeskTold *told = &g_array_index (person->told, DeskTold, i);
      g_autofree char *when = desk_handover_say_when (page->handover, told->at_us);
      GtkWidget *line = desk_box_new (GTK_ORIENTATION_HORIZONTAL, 10, "");
      GtkWidget *said = desk_label_new (told->words, "");

      gtk_label_set_wrap (GTK_LABEL (said), TRUE);
      gtk_box_append (GTK_BOX (line), desk_label_new (when, "quiet when"));
      gtk_box_append (GTK_BOX (line), said);
      gtk_box_append (GTK_BOX (words), line);
    }
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (box), code);
  gtk_box_append (GTK_BOX (box), words);
  desk_name (row, name);
  return row;
}

static void
say_summary (DeskHandoverPage *page)
{
  GtkWidget *note = desk_sheet_get_note (DESK_SHEET (page->sheet));
  g_autofree char *span = desk_handover_say_span (page->handover);
  g_autofree char *progress = g_strdup_printf (_ ("Reading what happened: %u of %u people"), page->next - page->n_under_way,
                                               page->codes->len);
  g_autofree char *happened = desk_handover_say_happened (page->handover);
  g_autofree char *beds = desk_handover_say_beds (page->handover);
  g_autofree char *rest = desk_handover_say_rest (page->handover);

  desk_label_say (note, is_finished (page) ? span : progress);
  desk_label_say (page->happened, happened);
  desk_label_say (page->beds, beds);
  desk_label_say (page->rest, rest);
  gtk_widget_set_visible (page->rest, rest[0] != '\0');
}

/* The list is filled once, when everything has been read. */
static void
show_people (DeskHandoverPage *page)
{
  char *focus;

  say_summary (page);
  gtk_widget_set_sensitive (page->print, is_finished (page));
  gtk_widget_set_sensitive (page->save, is_finished (page));
  if (!is_finished (page))
    return;
  focus = desk_sheet_begin (page->list);
  for (guint i = 0; i < page->handover->people->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (page->list), make_row (page, g_ptr_array_index (page->handover->people, i)));
  desk_sheet_end (page->list, focus);
}

/* --- choosing, printing --- */

static void
on_since (GtkToggleButton *button, gpointer user_data)
{
  DeskHandoverPage *page = user_data;

  if (!gtk_toggle_button_get_active (button))
    return;
  for (guint i = 0; i < DESK_SINCE_N; i++)
    if (page->since[i] == GTK_WIDGET (button))
      page->chosen = (DeskSince)i;
  begin (page);
}

static void
on_time (GtkEntry *entry, gpointer user_data)
{
  DeskHandoverPage *page = user_data;
  guint16 minute;

  if (!bed_time_parse_minute (gtk_editable_get_text (GTK_EDITABLE (entry)), &minute) || minute >= 24 * 60)
    {
      gtk_widget_add_css_class (page->time, "error");
      desk_label_say (desk_sheet_get_note (DESK_SHEET (page->sheet)), _ ("Write a time such as 09:30"));
      return;
    }
  gtk_widget_remove_css_class (page->time, "error");
  for (guint i = 0; i < DESK_SINCE_N; i++)
    if (page->since[i] != NULL)
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (page->since[i]), FALSE);
  page->chosen = DESK_SINCE_TIME;
  page->minute = minute;
  begin (page);
}

static char *
print_title (DeskHandoverPage *page)
{
  BoardMoment moment;

  board_context_get_moment (desk_state_get_context (page->state), &moment);
  /* TRANSLATORS: the desk's user */
  return g_strdup_printf (_ ("Handover, %s"), moment.session.user);
}

static void
say_fault (DeskHandoverPage *page, const GError *error)
{
  g_autofree char *words = g_strdup_printf (_ ("It could not be printed: %s"), error->message);

  desk_label_say (desk_sheet_get_note (DESK_SHEET (page->sheet)), words);
}

static void
on_print (DeskHandoverPage *page)
{
  g_autoptr (DeskHandoverPage) kept = g_object_ref (page); /* the desk may be closed before the dialogue is */
  g_autofree char *title = print_title (page);
  g_autoptr (GError) error = NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));

  if (is_finished (page)
      && !desk_handover_print (page->handover, title, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, &error)
      && page->state != NULL)
    say_fault (page, error);
}

gboolean
desk_handover_page_export (DeskHandoverPage *page, const char *path, GError **error)
{
  g_autofree char *title = print_title (page);

  g_return_val_if_fail (is_finished (page), FALSE);
  return desk_handover_print (page->handover, title, NULL, path, error);
}

static void
on_saved (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  DeskHandoverPage *page = user_data;
  g_autoptr (GtkNativeDialog) owned = dialog;
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autoptr (GError) error = NULL;

  if (path != NULL && is_finished (page) && !desk_handover_page_export (page, path, &error))
    say_fault (page, error);
}

static void
on_save (DeskHandoverPage *page)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));
  GtkFileChooserNative *dialog
      = gtk_file_chooser_native_new (_ ("Save the handover"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                     GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), "handover.pdf");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_saved), page, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
on_activated (GtkListBox *list, GtkListBoxRow *row, gpointer user_data)
{
  DeskHandoverPage *page = user_data;

  desk_state_choose (page->state, desk_sheet_peek_code (row));
  gtk_widget_activate_action (GTK_WIDGET (page), "desk.person", NULL);
}

const DeskHandover *
desk_handover_page_peek (DeskHandoverPage *page)
{
  return is_finished (page) ? page->handover : NULL;
}

/* --- widget --- */

GtkWidget *
desk_handover_page_new (DeskState *state)
{
  DeskHandoverPage *page = g_object_new (DESK_TYPE_HANDOVER_PAGE, NULL);

  page->state = g_object_ref (state);
  g_signal_connect (page, "map", G_CALLBACK (begin), NULL);
  return GTK_WIDGET (page);
}

static void
desk_handover_page_dispose (GObject *object)
{
  desk_clear (GTK_WIDGET (object));
  g_clear_object (&DESK_HANDOVER_PAGE (object)->state);
  G_OBJECT_CLASS (desk_handover_page_parent_class)->dispose (object);
}

static void
desk_handover_page_finalize (GObject *object)
{
  DeskHandoverPage *page = DESK_HANDOVER_PAGE (object);

  g_clear_pointer (&page->handover, desk_handover_free);
  g_ptr_array_unref (page->codes);
  G_OBJECT_CLASS (desk_handover_page_parent_class)->finalize (object);
}

static void
desk_handover_page_class_init (DeskHandoverPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = desk_handover_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = desk_handover_page_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
make_choice (DeskHandoverPage *page)
{
  static const char *const labels[DESK_SINCE_TIME] = { N_ ("Last 12 h"), N_ ("07:00"), N_ ("15:00"), N_ ("20:00") };
  GtkWidget *choice = desk_box_new (GTK_ORIENTATION_HORIZONTAL, 10, "sheet-choice");
  GtkWidget *buttons = desk_box_new (GTK_ORIENTATION_HORIZONTAL, 0, "map-switch");

  for (guint i = 0; i < DESK_SINCE_TIME; i++)
    {
      g_autofree char *name = g_strdup_printf (_ ("Since: %s"), _ (labels[i]));

      page->since[i] = gtk_toggle_button_new_with_label (_ (labels[i]));
      desk_name (page->since[i], name);
      if (i > 0)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (page->since[i]), GTK_TOGGLE_BUTTON (page->since[0]));
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (page->since[i]), i == DESK_SINCE_LAST_12_H);
      g_signal_connect_object (page->since[i], "toggled", G_CALLBACK (on_since), page, 0);
      gtk_box_append (GTK_BOX (buttons), page->since[i]);
    }
  page->time = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (page->time), _ ("09:30"));
  gtk_editable_set_width_chars (GTK_EDITABLE (page->time), 6);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (page->time), 6);
  gtk_entry_set_max_length (GTK_ENTRY (page->time), 5);
  gtk_widget_set_valign (page->time, GTK_ALIGN_CENTER);
  desk_name (page->time, _ ("Since another time"));
  g_signal_connect_object (page->time, "activate", G_CALLBACK (on_time), page, 0);
  gtk_box_append (GTK_BOX (choice), desk_label_new (_ ("Since"), "quiet"));
  gtk_box_append (GTK_BOX (choice), buttons);
  gtk_box_append (GTK_BOX (choice), desk_label_new (_ ("or"), "quiet"));
  gtk_box_append (GTK_BOX (choice), page->time);
  return choice;
}

static void
desk_handover_page_init (DeskHandoverPage *page)
{
  GtkWidget *summary = desk_box_new (GTK_ORIENTATION_VERTICAL, 3, "card sheet-summary");
  DeskSheet *sheet;
  GtkWidget *body;

  page->codes = g_ptr_array_new_with_free_func (g_free);
  page->sheet = desk_sheet_new (_ ("Handover"));
  sheet = DESK_SHEET (page->sheet);
  body = desk_sheet_get_body (sheet);
  page->print = desk_button_new_plain (_ ("_Print…"));
  page->save = desk_button_new_plain (_ ("_Save as PDF…"));
  g_signal_connect_swapped (page->print, "clicked", G_CALLBACK (on_print), page);
  g_signal_connect_swapped (page->save, "clicked", G_CALLBACK (on_save), page);
  gtk_box_append (GTK_BOX (desk_sheet_get_tools (sheet)), page->save);
  gtk_box_append (GTK_BOX (desk_sheet_get_tools (sheet)), page->print);
  page->happened = desk_label_new ("", "item");
  page->beds = desk_label_new ("", "");
  page->rest = desk_label_new ("", "quiet");
  gtk_box_append (GTK_BOX (summary), page->happened);
  gtk_box_append (GTK_BOX (summary), page->beds);
  gtk_box_append (GTK_BOX (summary), page->rest);
  gtk_box_append (GTK_BOX (body), make_choice (page));
  gtk_box_append (GTK_BOX (body), summary);
  page->list = desk_sheet_add_list (sheet, _ ("What happened, person by person"));
  desk_sheet_end (page->list, NULL);
  g_signal_connect_object (page->list, "row-activated", G_CALLBACK (on_activated), page, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (page), TRUE);
  gtk_widget_set_parent (page->sheet, GTK_WIDGET (page));
}
