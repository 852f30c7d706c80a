/* bed-code.c: referral codes and command keys.
 *
 * A code is six symbols s1 … s6 of an alphabet of 17 (a prime) with 1·s1 + 2·s2 + … + 6·s6 ≡
 * CHECK_SUM modulo 17. One wrong symbol changes the sum by w·d with 1 ≤ w ≤ 6 and 0 < |d| < 17, a
 * swap of neighbours by the difference of the two: neither is a multiple of 17, so both are always
 * found. Owns nothing; only bed_random can fail, and then the program must not go on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bed-code.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

#define SYMBOLS 6
#define HYPHEN_AFTER 3
#define ALPHABET_SIZE 17
#define CHECK_SUM 15 /* so that the K7Q-M4X of all documents is a code */

/* Left out: vowels; of what looks alike 0 1 B D G I L O S U V Z; of what sounds alike all but one:
 * 3 C P V (T), J (K), N (M), S (F). */
static const char alphabet[ALPHABET_SIZE + 1] = "2456789FHKMQRTWXY";

static void
print_symbols (const guint8 symbols[SYMBOLS], char code[static BED_CODE_SIZE])
{
  char *at = code;
  for (int i = 0; i < SYMBOLS; i++)
    {
      if (i == HYPHEN_AFTER)
        *at++ = '-';
      *at++ = alphabet[symbols[i]];
    }
  *at = '\0';
}

static guint
sum_symbols (const guint8 *symbols, int n)
{
  guint sum = 0;
  for (int i = 0; i < n; i++)
    sum += (guint) (i + 1) * symbols[i];
  return sum % ALPHABET_SIZE;
}

void
bed_code_print (guint64 random, char code[static BED_CODE_SIZE])
{
  guint8 symbols[SYMBOLS];
  for (int i = 0; i < SYMBOLS - 1; i++)
    {
      symbols[i] = (guint8) (random % ALPHABET_SIZE);
      random /= ALPHABET_SIZE;
    }
  symbols[SYMBOLS - 1] = 0;
  while (sum_symbols (symbols, SYMBOLS) != CHECK_SUM)
    symbols[SYMBOLS - 1]++; /* 6 has an inverse modulo 17: found within 17 steps */
  print_symbols (symbols, code);
}

gboolean
bed_code_parse (const char *text, char code[static BED_CODE_SIZE])
{
  guint8 symbols[SYMBOLS];
  for (int i = 0; i < SYMBOLS; i++)
    {
      if (i == HYPHEN_AFTER && *text == '-')
        text++;
      const char *at = *text != '\0' ? strchr (alphabet, g_ascii_toupper (*text)) : NULL;
      if (at == NULL)
        return FALSE;
      symbols[i] = (guint8) (at - alphabet);
      text++;
    }
  if (*text != '\0' || sum_symbols (symbols, SYMBOLS) != CHECK_SUM)
    return FALSE;
  print_symbols (symbols, code);
  return TRUE;
}

static gboolean
is_hyphen_place (int place)
{
  return place == 8 || place == 13 || place == 18 || place == 23;
}

void
bed_key_print (gint64 now_us, guint64 random_a, guint64 random_b, char key[static BED_KEY_SIZE])
{
  static const char hex[] = "0123456789abcdef";
  guint64 now_ms = (guint64) MAX (now_us, 0) / 1000;
  guint64 high = now_ms << 16 | 0x7000 | (random_a & 0xfff);
  guint64 low = G_GUINT64_CONSTANT (0x8000000000000000) | random_b >> 2;

  int nibble = 0;
  for (int place = 0; place < BED_KEY_SIZE - 1; place++)
    if (is_hyphen_place (place))
      key[place] = '-';
    else
      {
        guint64 half = nibble < 16 ? high : low;
        key[place] = hex[half >> (60 - 4 * (nibble % 16)) & 15];
        nibble++;
      }
  key[BED_KEY_SIZE - 1] = '\0';
}

gboolean
bed_key_parse (const char *text, char key[static BED_KEY_SIZE])
{
  char lower[BED_KEY_SIZE];
  for (int place = 0; place < BED_KEY_SIZE - 1; place++)
    {
      char c = text[place]; /* a 0 is neither hyphen nor digit: it ends the loop */
      if (is_hyphen_place (place) ? c != '-' : !g_ascii_isxdigit (c))
        return FALSE;
      lower[place] = g_ascii_tolower (c);
    }
  if (text[BED_KEY_SIZE - 1] != '\0')
    return FALSE;
  lower[BED_KEY_SIZE - 1] = '\0';
  memcpy (key, lower, sizeof lower);
  return TRUE;
}

guint64
bed_random (void)
{
  guint64 random;
  ssize_t n;
  do
    n = getrandom (&random, sizeof random, 0);
  while (n < 0 && errno == EINTR);
  if (n != sizeof random)
    g_error ("the kernel gives no random numbers: %s", g_strerror (errno));
  return random;
}
