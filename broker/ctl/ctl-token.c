/* ctl-token.c: homewardctl token: one more row of tokens.csv.
 *
 * Writers exclude each other by a lock file; the new list replaces the old one in one rename, so
 * the broker reads either. The file belongs to whom the state directory belongs to, so that root
 * may add tokens for a broker with a user of its own. Owns nothing beyond a call.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ctl-token.h"

#include "ctl-reads.h"

#include "broker/broker-sessions.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEADER "token,user,role,lap,unit,owner,pin\n"
#define LOCK_FILE "tokens.lock"

static gboolean
is_id (const char *text)
{
  return text != NULL && text[0] != '\0' && strlen (text) < BED_ID_SIZE
         && strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789_-") == strlen (text);
}

static gboolean
is_absent (const char *text)
{
  return text == NULL || text[0] == '\0';
}

static gboolean
refuse (GError **error, const char *words)
{
  g_set_error_literal (error, BED_ERROR, BED_ERROR_BAD_VALUE, words);
  return FALSE;
}

gboolean
ctl_token_check (const CtlTokenRow *row, GError **error)
{
  int role = row->role != NULL ? bed_words_parse (&bed_role_words, row->role) : -1;
  if (!is_id (row->user) || strcmp (row->user, "local") == 0 || strcmp (row->user, "clock") == 0)
    return refuse (error, "--user wants up to 31 of a-z 0-9 _ -, and neither “local” nor “clock”");
  if (role < 0 || role == BED_ROLE_LOCAL || role == BED_ROLE_CLOCK)
    return refuse (error, "--role is one of wallboard coordinator clinician referrer unit owner "
                          "assessor analyst admin");
  if ((!is_absent (row->lap) && !is_id (row->lap)) || (!is_absent (row->unit) && !is_id (row->unit))
      || (!is_absent (row->owner) && !is_id (row->owner)))
    return refuse (error, "--lap, --unit and --owner want ids");
  if (role == BED_ROLE_UNIT && is_absent (row->unit))
    return refuse (error, "the role unit needs --unit");
  if ((role == BED_ROLE_OWNER || role == BED_ROLE_REFERRER) && is_absent (row->owner))
    return refuse (error, "the roles owner and referrer need --owner, their organisation");
  if (is_absent (row->pin))
    return TRUE;
  gsize length = strlen (row->pin);
  if (length < BROKER_PIN_LENGTH_MIN || length > BROKER_PIN_LENGTH_MAX
      || strspn (row->pin, "0123456789") != length)
    return refuse (error, "--pin wants 4 to 12 digits");
  return TRUE;
}

void
ctl_token_print (const guint8 random[static CTL_TOKEN_BYTES], char token[static CTL_TOKEN_SIZE])
{
  g_autofree char *text = g_base64_encode (random, CTL_TOKEN_BYTES);
  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';
  g_strlcpy (token, text, CTL_TOKEN_SIZE);
}

static gboolean
fail (GError **error, const char *path, const char *doing)
{
  int code = errno;
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), "%s: %s: %s", path, doing,
               g_strerror (code));
  return FALSE;
}

/* The rows so far, or the header alone. */
static char *
read_rows (const char *path, GError **error)
{
  g_autoptr (GError) fault = NULL;
  char *text = NULL;
  if (g_file_get_contents (path, &text, NULL, &fault))
    return text;
  if (g_error_matches (fault, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return g_strdup (HEADER);
  g_propagate_error (error, g_steal_pointer (&fault));
  return NULL;
}

static gboolean
write_all (int fd, const char *text, gsize length)
{
  while (length > 0)
    {
      ssize_t n = write (fd, text, length);
      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      text += n;
      length -= (gsize) n;
    }
  return TRUE;
}

/* Replaces path by text: a file of the folder's owner beside it, then a rename. */
static gboolean
replace_file (const char *folder, const char *path, const char *text, GError **error)
{
  struct stat status;
  g_autofree char *draft = g_strconcat (path, ".new", NULL);
  int fd = open (draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    return fail (error, draft, "cannot be written");
  gboolean is_written
      = fchmod (fd, 0600) == 0 && write_all (fd, text, strlen (text)) && fsync (fd) == 0
        && (geteuid () != 0
            || (stat (folder, &status) == 0 && fchown (fd, status.st_uid, status.st_gid) == 0));
  int code = errno;
  close (fd);
  errno = code;
  if (is_written && rename (draft, path) == 0)
    return TRUE;
  fail (error, path, "cannot be written");
  unlink (draft);
  return FALSE;
}

static gboolean
add_row (const char *folder, const CtlTokenRow *row, const char *token, GError **error)
{
  g_autofree char *path = g_build_filename (folder, BROKER_TOKENS_FILE, NULL);
  g_autofree char *before = read_rows (path, error);
  if (before == NULL)
    return FALSE;
  gboolean is_ended = before[0] == '\0' || g_str_has_suffix (before, "\n");
  g_autofree char *after = g_strdup_printf (
      "%s%s%s,%s,%s,%s,%s,%s,%s\n", before, is_ended ? "" : "\n", token, row->user, row->role,
      row->lap != NULL ? row->lap : "", row->unit != NULL ? row->unit : "",
      row->owner != NULL ? row->owner : "", row->pin != NULL ? row->pin : "");
  return replace_file (folder, path, after, error);
}

gboolean
ctl_token_add (const char *folder, const CtlTokenRow *row, const char *token, GError **error)
{
  g_autofree char *lock_path = g_build_filename (folder, LOCK_FILE, NULL);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    return fail (error, folder, "cannot be made");
  int lock = open (lock_path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (lock < 0)
    return fail (error, lock_path, "cannot be opened");
  gboolean is_added = flock (lock, LOCK_EX) == 0 ? add_row (folder, row, token, error)
                                                 : fail (error, lock_path, "cannot be locked");
  close (lock);
  return is_added;
}

CtlExit
ctl_token (CtlOptions *options, int argc, char **argv)
{
  g_autofree char *user = NULL;
  g_autofree char *role = NULL;
  g_autofree char *lap = NULL;
  g_autofree char *unit = NULL;
  g_autofree char *owner = NULL;
  g_autofree char *pin = NULL;
  const GOptionEntry entries[] = {
    { "user", 0, 0, G_OPTION_ARG_STRING, &user, "Who: a name for the audit trail, never a person's",
      "U" },
    { "role", 0, 0, G_OPTION_ARG_STRING, &role,
      "wallboard coordinator clinician referrer unit owner assessor analyst admin", "R" },
    { "lap", 0, 0, G_OPTION_ARG_STRING, &lap, "The LAP it belongs to", "ID" },
    { "unit", 0, 0, G_OPTION_ARG_STRING, &unit, "The unit it belongs to (role unit)", "ID" },
    { "owner", 0, 0, G_OPTION_ARG_STRING, &owner,
      "The organisation it belongs to (roles owner, referrer)", "ID" },
    { "pin", 0, 0, G_OPTION_ARG_STRING, &pin, "What this user types at a wallboard, 4 to 12 digits",
      "N" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  if (!ctl_options_parse (options, entries, &argc, &argv, 0, 0))
    return CTL_USAGE;
  g_autoptr (GError) error = NULL;
  const CtlTokenRow row = { user, role, lap, unit, owner, pin };
  if (!ctl_token_check (&row, &error))
    {
      ctl_say_error ("%s", error->message);
      return CTL_USAGE;
    }
  guint8 random[CTL_TOKEN_BYTES];
  char token[CTL_TOKEN_SIZE];
  if (getrandom (random, sizeof random, 0) != sizeof random)
    {
      ctl_say_error ("no randomness: %s", g_strerror (errno));
      return CTL_REFUSED;
    }
  ctl_token_print (random, token);
  if (!ctl_token_add (options->state, &row, token, &error))
    {
      ctl_say_error ("%s", error->message);
      return CTL_REFUSED;
    }
  if (options->is_json)
    {
      g_print ("{\"token\":\"%s\",\"user\":\"%s\",\"role\":\"%s\"}\n", token, user, role);
      return CTL_DONE;
    }
  g_print ("%s\n", token);
  return CTL_DONE;
}
