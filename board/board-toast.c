/* board-toast.c: one sentence about the last command, for ten seconds, with what can be done about it.
 *
 * Owns the command it shows and those that wait to be shown: a refusal stays for four seconds at
 * least, what is done gives way at once to what comes after it. The line at its lower edge drains
 * with the time left and stands still under the pointer or the focus. Time is the context's, so
 * nothing here depends on how often it is drawn. Nothing can fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "board-toast.h"

#include "board-i18n.h"
#include "board-palette.h"
#include "board-rows.h"
#include "board-toast-row.h"

#define STEP_MS 100
#define STEP_STILL_MS 1000 /* without animations */
#define DRAIN_HEIGHT 4

struct _BoardToast
{
  GtkWidget parent_instance;

  /* owned */
  BoardContext *context;
  BoardCommand *command; /* shown, or NULL */
  GQueue waiting;        /* BoardCommand */

  /* borrowed */
  GtkEventController *pointer;
  GtkEventController *focus;

  GtkWidget *row; /* BoardToastRow */

  gint64 looked_us; /* monotonic */
  gint64 left_us;
  guint n_queued; /* when it was looked at last */
  guint step_source;
  BoardToastShows shows;
  BoardToastOffers offers;
};

G_DEFINE_FINAL_TYPE (BoardToast, board_toast, GTK_TYPE_WIDGET)

enum
{
  NEXT_WANTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* --- what it says --- */

static BoardCommands *
get_commands (BoardToast *toast)
{
  return board_context_get_commands (toast->context);
}

/* What was pressed last and has never been sent. */
static BoardCommand *
find_waiting (BoardToast *toast)
{
  BoardCommand *command = board_commands_find_undoable (get_commands (toast), NULL);

  return command != NULL && board_command_get_state (command) == BOARD_COMMAND_QUEUED ? command : NULL;
}

static BoardToastOffers
find_offer (BoardToast *toast)
{
  BoardCommand *command = toast->command;
  BedError reason;

  if (toast->shows == BOARD_TOAST_SHOWS_WAITING)
    return find_waiting (toast) != NULL ? BOARD_TOAST_OFFERS_UNDO : BOARD_TOAST_OFFERS_NOTHING;
  if (command == NULL)
    return BOARD_TOAST_OFFERS_NOTHING;
  if (toast->shows == BOARD_TOAST_SHOWS_DONE)
    return board_commands_find_undoable (get_commands (toast), board_command_peek_subject (command)) == command
               ? BOARD_TOAST_OFFERS_UNDO
               : BOARD_TOAST_OFFERS_NOTHING;
  if (board_command_peek_next (command) != NULL)
    return BOARD_TOAST_OFFERS_NEXT;
  reason = board_command_get_reason (command);
  return board_command_get_state (command) == BOARD_COMMAND_REFUSED
                 && (reason == BED_ERROR_UNCERTAIN || reason == BED_ERROR_UNAVAILABLE || reason == BED_ERROR_TOO_MANY)
             ? BOARD_TOAST_OFFERS_AGAIN
             : BOARD_TOAST_OFFERS_NOTHING;
}

/* "Next: Room 4, Keats Ward" */
static char *
print_next (BoardToast *toast)
{
  BoardModel *model = board_context_get_model (toast->context);
  JsonObject *next = board_command_peek_next (toast->command);
  const BoardBed *bed = board_model_find_bed (model, board_rows_get_string (next, "bed"));
  const BoardUnit *unit = bed != NULL ? board_model_find_unit (model, bed->unit) : NULL;

  if (unit == NULL)
    return g_strdup (_ ("Next best bed"));
  return g_strdup_printf (_ ("Next: %s, %s"), bed->label, unit->name);
}

static void
show_offer (BoardToast *toast)
{
  g_autofree char *words = NULL;

  toast->offers = find_offer (toast);
  switch (toast->offers)
    {
    case BOARD_TOAST_OFFERS_NOTHING:
      break;
    case BOARD_TOAST_OFFERS_UNDO:
      words = g_strdup (toast->shows == BOARD_TOAST_SHOWS_WAITING ? _ ("Take back") : _ ("Undo"));
      break;
    case BOARD_TOAST_OFFERS_NEXT:
      words = print_next (toast);
      break;
    case BOARD_TOAST_OFFERS_AGAIN:
      words = g_strdup (_ ("Try again"));
      break;
    }
  board_toast_row_offer (BOARD_TOAST_ROW (toast->row), toast->offers, words);
}

static char *
print_words (BoardToast *toast)
{
  switch (toast->shows)
    {
    case BOARD_TOAST_SHOWS_NOTHING:
      break;
    case BOARD_TOAST_SHOWS_DONE:
      return g_strdup (board_command_peek_title (toast->command));
    case BOARD_TOAST_SHOWS_REFUSED:
      return g_strdup (board_command_peek_words (toast->command));
    case BOARD_TOAST_SHOWS_WAITING:
      return g_strdup_printf (ngettext ("Waiting for the line: %u change will be sent",
                                        "Waiting for the line: %u changes will be sent", toast->n_queued),
                              toast->n_queued);
    }
  return g_strdup ("");
}

static void
show_words (BoardToast *toast, gint64 now_us)
{
  static const char *const styles[] = { NULL, "is-done", "is-refused", "is-waiting" };
  g_autofree char *words = print_words (toast);

  for (guint i = 1; i < G_N_ELEMENTS (styles); i++)
    if (i == toast->shows)
      gtk_widget_add_css_class (GTK_WIDGET (toast), styles[i]);
    else
      gtk_widget_remove_css_class (GTK_WIDGET (toast), styles[i]);
  board_toast_row_show (BOARD_TOAST_ROW (toast->row), toast->shows, words, now_us);
  show_offer (toast);
}

/* --- when it comes and goes --- */

static gint64
get_monotonic_us (BoardToast *toast)
{
  BoardMoment moment;

  board_context_get_moment (toast->context, &moment);
  return moment.monotonic_us;
}

static void
hide (BoardToast *toast)
{
  g_clear_handle_id (&toast->step_source, g_source_remove);
  g_clear_object (&toast->command);
  toast->shows = BOARD_TOAST_SHOWS_NOTHING;
  toast->offers = BOARD_TOAST_OFFERS_NOTHING;
  gtk_widget_set_visible (GTK_WIDGET (toast), FALSE);
}

static gboolean
on_step (gpointer user_data);

/* Takes command (or NULL). */
static void
show (BoardToast *toast, BoardToastShows shows, BoardCommand *command)
{
  BoardMoment moment;
  gboolean is_animated = TRUE;

  board_context_get_moment (toast->context, &moment);
  g_clear_object (&toast->command);
  toast->command = command;
  toast->shows = shows;
  toast->looked_us = moment.monotonic_us;
  toast->left_us = BOARD_TOAST_US;
  show_words (toast, moment.now_us);
  gtk_widget_set_visible (GTK_WIDGET (toast), TRUE);
  g_object_get (gtk_widget_get_settings (GTK_WIDGET (toast)), "gtk-enable-animations", &is_animated, NULL);
  g_clear_handle_id (&toast->step_source, g_source_remove);
  toast->step_source = g_timeout_add (is_animated ? STEP_MS : STEP_STILL_MS, on_step, toast);
  gtk_widget_queue_draw (GTK_WIDGET (toast));
}

static void
show_command (BoardToast *toast, BoardCommand *command)
{
  show (toast, board_command_get_state (command) == BOARD_COMMAND_REFUSED ? BOARD_TOAST_SHOWS_REFUSED : BOARD_TOAST_SHOWS_DONE,
        g_object_ref (command));
}

static gboolean
gives_way (const BoardToast *toast)
{
  return toast->shows != BOARD_TOAST_SHOWS_REFUSED || BOARD_TOAST_US - toast->left_us >= BOARD_TOAST_REFUSED_US;
}

/* What comes next, or nothing. */
static void
go_on (BoardToast *toast)
{
  g_autoptr (BoardCommand) next = g_queue_pop_head (&toast->waiting);

  if (next != NULL)
    show_command (toast, next);
  else
    hide (toast);
}

static gboolean
is_paused (BoardToast *toast)
{
  return gtk_event_controller_motion_contains_pointer (GTK_EVENT_CONTROLLER_MOTION (toast->pointer))
         || gtk_event_controller_focus_contains_focus (GTK_EVENT_CONTROLLER_FOCUS (toast->focus));
}

static void
look (BoardToast *toast)
{
  gint64 now_us = get_monotonic_us (toast);
  gint64 before_us = toast->left_us;

  if (toast->shows == BOARD_TOAST_SHOWS_NOTHING)
    return;
  if (!is_paused (toast))
    toast->left_us -= MAX (now_us - toast->looked_us, 0);
  toast->looked_us = now_us;
  if (toast->left_us <= 0 || (!g_queue_is_empty (&toast->waiting) && gives_way (toast)))
    go_on (toast);
  else if (toast->left_us != before_us)
    gtk_widget_queue_draw (GTK_WIDGET (toast));
}

static gboolean
on_step (gpointer user_data)
{
  BoardToast *toast = user_data;
  guint source = toast->step_source;

  look (toast);
  /* another toast has begun its own steps, or there is none */
  return toast->step_source == source ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
on_beat (BoardToast *toast)
{
  look (toast);
  if (toast->shows != BOARD_TOAST_SHOWS_NOTHING && toast->offers != find_offer (toast))
    show_offer (toast);
}

/* Too many wait to be told. What was done its subject shows; what was refused is told here alone, and
 * there are never more of these than of commands. FALSE: this one is not told. */
static gboolean
make_room (BoardToast *toast, BoardCommand *command)
{
  if (board_command_get_state (command) != BOARD_COMMAND_REFUSED)
    return FALSE;
  for (GList *link = toast->waiting.head; link != NULL; link = link->next)
    if (board_command_get_state (link->data) != BOARD_COMMAND_REFUSED)
      {
        g_object_unref (link->data);
        g_queue_delete_link (&toast->waiting, link);
        return TRUE;
      }
  return g_queue_get_length (&toast->waiting) < BOARD_COMMANDS_MAX;
}

static void
on_told (BoardCommands *commands, BoardCommand *command, BoardToast *toast)
{
  if (gives_way (toast))
    {
      show_command (toast, command);
      return;
    }
  if (g_queue_get_length (&toast->waiting) >= BOARD_TOAST_WAITING_MAX && !make_room (toast, command))
    return;
  g_queue_push_tail (&toast->waiting, g_object_ref (command));
}

/* Commands wait for the line, more of them than before, or none any longer. */
static void
on_commands_changed (BoardToast *toast)
{
  guint n_before = toast->n_queued;
  BoardMoment moment;

  board_context_get_moment (toast->context, &moment);
  toast->n_queued = moment.line == BOARD_LINE_LIVE ? 0 : board_commands_count_queued (get_commands (toast));
  if (toast->n_queued > n_before && gives_way (toast))
    show (toast, BOARD_TOAST_SHOWS_WAITING, NULL);
  else if (toast->shows == BOARD_TOAST_SHOWS_WAITING && toast->n_queued == 0)
    go_on (toast);
  else if (toast->shows != BOARD_TOAST_SHOWS_NOTHING && toast->offers != find_offer (toast))
    show_offer (toast);
}

/* --- what can be done about it --- */

gboolean
board_toast_undo (BoardToast *toast)
{
  BoardCommand *command;
  g_autoptr (BoardCommand) undo = NULL;

  g_return_val_if_fail (BOARD_IS_TOAST (toast), FALSE);
  command = board_commands_find_undoable (get_commands (toast), NULL);
  if (command == NULL)
    return FALSE;
  undo = board_commands_undo (get_commands (toast), command);
  return TRUE;
}

gboolean
board_toast_take_next (BoardToast *toast)
{
  g_autoptr (BoardCommand) command = NULL;

  g_return_val_if_fail (BOARD_IS_TOAST (toast), FALSE);
  if (toast->offers != BOARD_TOAST_OFFERS_NEXT)
    return FALSE;
  command = g_steal_pointer (&toast->command);
  go_on (toast);
  g_signal_emit (toast, signals[NEXT_WANTED], 0, command);
  return TRUE;
}

static void
on_clicked (BoardToast *toast)
{
  g_autoptr (BoardCommand) command = toast->command != NULL ? g_object_ref (toast->command) : NULL;
  g_autoptr (BoardCommand) undo = NULL;

  switch (toast->offers)
    {
    case BOARD_TOAST_OFFERS_NOTHING:
      break;
    case BOARD_TOAST_OFFERS_UNDO:
      if (command == NULL)
        board_toast_undo (toast);
      else
        undo = board_commands_undo (get_commands (toast), command);
      break;
    case BOARD_TOAST_OFFERS_NEXT:
      board_toast_take_next (toast);
      break;
    case BOARD_TOAST_OFFERS_AGAIN:
      go_on (toast);
      board_commands_send (get_commands (toast), command);
      break;
    }
}

static gboolean
on_next_key (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  return board_toast_take_next (BOARD_TOAST (widget));
}

static gboolean
on_escape (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  go_on (BOARD_TOAST (widget));
  return TRUE;
}

/* --- the widget --- */

static void
board_toast_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  static const BoardColour colours[]
      = { BOARD_COLOUR_FREE, BOARD_COLOUR_FREE, BOARD_COLOUR_CLOSED, BOARD_COLOUR_HELD };
  BoardToast *toast = BOARD_TOAST (widget);
  float left = (float)CLAMP (toast->left_us, 0, BOARD_TOAST_US) / (float)BOARD_TOAST_US;
  float width = (float)gtk_widget_get_width (widget);
  float height = (float)gtk_widget_get_height (widget);
  float x = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL ? width * (1 - left) : 0;

  GTK_WIDGET_CLASS (board_toast_parent_class)->snapshot (widget, snapshot);
  gtk_snapshot_append_color (snapshot, &board_palettes[BOARD_THEME_DARK][colours[toast->shows]],
                             &GRAPHENE_RECT_INIT (x, height - DRAIN_HEIGHT, width * left, DRAIN_HEIGHT));
}

GtkWidget *
board_toast_new (BoardContext *context)
{
  BoardToast *toast = g_object_new (BOARD_TYPE_TOAST, NULL);
  BoardCommands *commands = board_context_get_commands (context);

  toast->context = g_object_ref (context);
  g_signal_connect_object (commands, "told", G_CALLBACK (on_told), toast, 0);
  g_signal_connect_object (commands, "changed", G_CALLBACK (on_commands_changed), toast, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "beat", G_CALLBACK (on_beat), toast, G_CONNECT_SWAPPED);
  return GTK_WIDGET (toast);
}

static void
board_toast_dispose (GObject *object)
{
  BoardToast *toast = BOARD_TOAST (object);
  GtkWidget *child;

  g_clear_handle_id (&toast->step_source, g_source_remove);
  g_queue_clear_full (&toast->waiting, g_object_unref);
  g_clear_object (&toast->command);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (toast))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&toast->context);
  G_OBJECT_CLASS (board_toast_parent_class)->dispose (object);
}

static void
board_toast_class_init (BoardToastClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = board_toast_dispose;
  widget_class->snapshot = board_toast_snapshot;
  signals[NEXT_WANTED] = g_signal_new ("next-wanted", BOARD_TYPE_TOAST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, BOARD_TYPE_COMMAND);
  gtk_widget_class_set_css_name (widget_class, "toast");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape, NULL);
}

static void
board_toast_init (BoardToast *toast)
{
  GtkWidget *widget = GTK_WIDGET (toast);
  GtkEventController *keys = gtk_shortcut_controller_new ();

  g_queue_init (&toast->waiting);
  toast->row = board_toast_row_new ();
  g_signal_connect_object (toast->row, "clicked", G_CALLBACK (on_clicked), toast, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (toast->row, widget);

  toast->pointer = gtk_event_controller_motion_new ();
  toast->focus = gtk_event_controller_focus_new ();
  gtk_widget_add_controller (widget, toast->pointer);
  gtk_widget_add_controller (widget, toast->focus);
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (keys), GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_n, 0), gtk_callback_action_new (on_next_key, NULL, NULL)));
  gtk_widget_add_controller (widget, keys);

  gtk_widget_set_overflow (widget, GTK_OVERFLOW_HIDDEN); /* the draining line has its round corners */
  gtk_widget_set_halign (widget, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (widget, FALSE);
}
