/* desk-handover-print.c: lays people out in two columns, smaller until all are on the page.
 *
 * Owns nothing beyond one print operation. Printing and writing can fail; the error is handed on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "desk-handover-print.h"

#include "../board-i18n.h"
#include "desk-story.h"

#define LARGEST 10. /* points */
#define SMALLEST 6.
#define STEP 0.5
#define COLUMNS 2
#define GAP 18. /* between columns, points */

typedef struct
{
  const DeskHandover *handover;
  const char *title;
  cairo_t *cr; /* NULL: only measured */
  PangoLayout *layout;
  double width;
  double height;
  double size; /* of the type */
} Page;

/* Writes words at x, y and returns how tall they are. */
static double
write_words (const Page *page, const char *words, gboolean is_markup, double size, double x, double y, double width)
{
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Inter, Cantarell, sans-serif");
  PangoRectangle logical;

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_layout_set_font_description (page->layout, font);
  pango_layout_set_width (page->layout, (int)(width * PANGO_SCALE));
  pango_layout_set_wrap (page->layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_attributes (page->layout, NULL);
  if (is_markup)
    pango_layout_set_markup (page->layout, words, -1);
  else
    pango_layout_set_text (page->layout, words, -1);
  pango_layout_get_extents (page->layout, NULL, &logical);
  if (page->cr != NULL)
    {
      cairo_move_to (page->cr, x, y);
      pango_cairo_show_layout (page->cr, page->layout);
    }
  return (double)logical.height / PANGO_SCALE;
}

static double
write_head (const Page *page)
{
  g_autofree char *span = desk_handover_say_span (page->handover);
  g_autofree char *happened = desk_handover_say_happened (page->handover);
  g_autofree char *beds = desk_handover_say_beds (page->handover);
  g_autofree char *rest = desk_handover_say_rest (page->handover);
  g_autofree char *title = g_markup_printf_escaped ("<b>%s</b>", page->title);
  const char *lines[] = { span, happened, beds, rest };
  double y = write_words (page, title, TRUE, LARGEST * 1.8, 0, 0, page->width) + 4;

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    if (lines[i][0] != '\0')
      y += write_words (page, lines[i], FALSE, LARGEST, 0, y, page->width) + 1;
  if (page->cr != NULL)
    {
      cairo_set_line_width (page->cr, 0.7);
      cairo_move_to (page->cr, 0, y + 4);
      cairo_line_to (page->cr, page->width, y + 4);
      cairo_stroke (page->cr);
    }
  return y + 12;
}

/* One person with all that happened; returns how tall that is. */
static double
write_person (const Page *page, const DeskHandoverPerson *person, double x, double y, double width)
{
  g_autofree char *head = g_markup_printf_escaped ("<b>%s</b>  %s", person->code, person->stands);
  double top = y;

  y += write_words (page, head, TRUE, page->size, x, y, width);
  for (guint i = 0; i < person->told->len; i++)
    {
      const DeskTold *told = &g_array_index (person->told, DeskTold, i);
      g_autofree char *when = desk_handover_say_when (page->handover, told->at_us);
      g_autofree char *line = g_strdup_printf ("%s  %s", when, told->words);

      y += write_words (page, line, FALSE, page->size, x + page->size, y, width - page->size);
    }
  return y - top + page->size * 0.6;
}

/* Writes (or measures) all people below y; returns how many have no room. */
static guint
write_people (const Page *page, double top)
{
  double width = (page->width - (COLUMNS - 1) * GAP) / COLUMNS;
  double bottom = page->height - page->size * 1.8; /* a line for who is left out */
  cairo_t *cr = page->cr;
  guint column = 0;
  double y = top;

  for (guint i = 0; i < page->handover->people->len; i++)
    {
      const DeskHandoverPerson *person = g_ptr_array_index (page->handover->people, i);
      Page measured = *page;
      double height;

      measured.cr = NULL;
      height = write_person (&measured, person, 0, 0, width);
      if (y + height > bottom && y > top)
        {
          column++;
          y = top;
        }
      if (column >= COLUMNS || y + height > bottom)
        return page->handover->people->len - i;
      if (cr != NULL)
        write_person (page, person, column * (width + GAP), y, width);
      y += height;
    }
  return 0;
}

guint
desk_handover_draw (const DeskHandover *handover, const char *title, cairo_t *cr, PangoContext *context, double width,
                    double height)
{
  g_autoptr (PangoLayout) layout = pango_layout_new (context);
  Page page = { handover, title, NULL, layout, width, height, LARGEST };
  double top = write_head (&page);
  guint n_out = write_people (&page, top);

  while (n_out > 0 && page.size > SMALLEST)
    {
      page.size -= STEP;
      n_out = write_people (&page, top);
    }
  page.cr = cr;
  write_head (&page);
  write_people (&page, top);
  if (n_out > 0)
    {
      g_autofree char *words = g_strdup_printf (ngettext ("%u more person has no room on this page.",
                                                          "%u more people have no room on this page.", n_out),
                                                n_out);

      write_words (&page, words, FALSE, page.size, 0, height - page.size * 1.5, width);
    }
  return n_out;
}

/* --- the operation --- */

static void
on_draw (GtkPrintOperation *operation, GtkPrintContext *context, int number, gpointer user_data)
{
  const Page *page = user_data;
  PangoContext *pango = gtk_print_context_create_pango_context (context);

  desk_handover_draw (page->handover, page->title, gtk_print_context_get_cairo_context (context), pango,
                      gtk_print_context_get_width (context), gtk_print_context_get_height (context));
  g_object_unref (pango);
}

gboolean
desk_handover_print (DeskHandover *handover, const char *title, GtkWindow *window, const char *path, GError **error)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();
  g_autoptr (DeskHandover) kept = desk_handover_ref (handover); /* the dialogue runs a main loop of its own */
  g_autoptr (GtkPaperSize) paper = gtk_paper_size_new (GTK_PAPER_NAME_A4);
  Page page = { .handover = handover, .title = title };

  gtk_page_setup_set_paper_size_and_default_margins (setup, paper);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_n_pages (operation, 1);
  gtk_print_operation_set_job_name (operation, title);
  g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw), &page);
  if (path != NULL)
    gtk_print_operation_set_export_filename (operation, path);
  return gtk_print_operation_run (operation,
                                  path != NULL ? GTK_PRINT_OPERATION_ACTION_EXPORT
                                               : GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                                  window, error)
         != GTK_PRINT_OPERATION_RESULT_ERROR;
}
