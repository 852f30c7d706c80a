/* ctl-main.c: homewardctl: the thin main over the ctl library.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ctl-options.h"

#include <locale.h>

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  return (int) ctl_run (argc, argv);
}
