/* test-code.c: referral codes and keys: what a wrong symbol, a swap or a wrong shape does.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "common/bed-code.h"

#include <string.h>

static const char symbols[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

static GRand *
new_rand (void)
{
  guint32 seed = g_random_int ();
  g_test_message ("seed %u", seed);
  return g_rand_new_with_seed (seed);
}

static guint64
draw (GRand *rand)
{
  return (guint64) g_rand_int (rand) << 32 | g_rand_int (rand);
}

static void
test_printed_codes_parse (void)
{
  g_autoptr (GRand) rand = new_rand ();
  for (int i = 0; i < 20000; i++)
    {
      char code[BED_CODE_SIZE], back[BED_CODE_SIZE];
      bed_code_print (draw (rand), code);
      g_assert_true (bed_code_parse (code, back));
      g_assert_cmpstr (back, ==, code);
      g_assert_cmpuint (strlen (code), ==, 7);
      g_assert_cmpint (code[3], ==, '-');
    }
}

static void
test_same_random_same_code (void)
{
  char one[BED_CODE_SIZE], other[BED_CODE_SIZE], third[BED_CODE_SIZE];
  bed_code_print (12345678, one);
  bed_code_print (12345678, other);
  bed_code_print (12345679, third);
  g_assert_cmpstr (one, ==, other);
  g_assert_cmpstr (one, !=, third);
}

static void
test_alphabet (void)
{
  for (guint64 random = 0; random < 17 * 17; random++)
    {
      char code[BED_CODE_SIZE];
      bed_code_print (random, code);
      g_assert_null (strpbrk (code, "AEIOU01BDGLSVZ"));
    }
}

static void
test_typed (void)
{
  static const char *const typed[] = { "K7Q-M4X", "k7q-m4x", "K7QM4X", "k7qm4x" };
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      char code[BED_CODE_SIZE];
      g_assert_true (bed_code_parse (typed[i], code));
      g_assert_cmpstr (code, ==, "K7Q-M4X");
    }
}

static void
test_wrong_shape (void)
{
  static const char *const wrong[] = { "",         "K",        "K7Q-M4",  "K7Q-M4XX", "K7Q--M4X", "K7-QM4X",
                                       "K7Q_M4X",  " K7Q-M4X", "K7Q-M4X ", "K7Q-M4X\n", "-K7QM4X", "K7QM4X-",
                                       "\xc3\x89K7QM4" };
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      char code[BED_CODE_SIZE] = "before";
      g_assert_false (bed_code_parse (wrong[i], code));
      g_assert_cmpstr (code, ==, "before");
    }
}

/* Each place of 2,000 codes gets each of 36 characters; the test of swaps tries every code. */
static void
test_every_substitution (void)
{
  g_autoptr (GRand) rand = new_rand ();
  for (int round = 0; round < 2000; round++)
    {
      char code[BED_CODE_SIZE], out[BED_CODE_SIZE];
      bed_code_print (draw (rand), code);
      for (int place = 0; place < 7; place++)
        for (guint s = 0; place != 3 && s < strlen (symbols); s++)
          {
            char wrong[BED_CODE_SIZE];
            memcpy (wrong, code, sizeof wrong);
            wrong[place] = symbols[s];
            g_assert_cmpint (bed_code_parse (wrong, out), ==, wrong[place] == code[place]);
          }
    }
}

/* All 17⁵ codes, every neighbouring pair (the hyphen does not part neighbours). */
static void
test_every_swap (void)
{
  enum { ALL = 17 * 17 * 17 * 17 * 17 };
  for (guint64 random = 0; random < ALL; random++)
    {
      char code[BED_CODE_SIZE], out[BED_CODE_SIZE];
      bed_code_print (random, code);
      for (int place = 0; place < 6; place++)
        {
          int next = place == 2 ? 4 : place + 1;
          if (place == 3 || code[place] == code[next])
            continue;
          char wrong[BED_CODE_SIZE];
          memcpy (wrong, code, sizeof wrong);
          wrong[place] = code[next];
          wrong[next] = code[place];
          if (bed_code_parse (wrong, out))
            g_error ("%s and %s are both codes", code, wrong);
        }
    }
}

static void
test_key_print (void)
{
  char key[BED_KEY_SIZE], back[BED_KEY_SIZE];
  bed_key_print (G_GINT64_CONSTANT (1645557742000) * 1000, 0xcc3, G_GUINT64_CONSTANT (0x18c4dc0c0c07398f) << 2, key);
  g_assert_cmpstr (key, ==, "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"); /* RFC 9562, A.6 */
  g_assert_true (bed_key_parse (key, back));
  g_assert_cmpstr (back, ==, key);
}

static void
test_keys_in_time_order (void)
{
  char earlier[BED_KEY_SIZE], later[BED_KEY_SIZE];
  bed_key_print (G_GINT64_CONSTANT (1795347720000000), G_MAXUINT64, G_MAXUINT64, earlier);
  bed_key_print (G_GINT64_CONSTANT (1795347720001000), 0, 0, later);
  g_assert_cmpint (strcmp (earlier, later), <, 0);
  g_assert_cmpint (earlier[14], ==, '7');
  g_assert_nonnull (strchr ("89ab", earlier[19]));
}

static void
test_key_parse (void)
{
  char key[BED_KEY_SIZE];
  g_assert_true (bed_key_parse ("0193F5A0-1B2C-4DEF-8123-456789ABCDEF", key));
  g_assert_cmpstr (key, ==, "0193f5a0-1b2c-4def-8123-456789abcdef");
  static const char *const wrong[] = {
    "", "x", "0193f5a0-1b2c-4def-8123-456789abcde", "0193f5a0-1b2c-4def-8123-456789abcdef0",
    "0193f5a01b2c4def8123456789abcdef", "{0193f5a0-1b2c-4def-8123-456789abcdef}",
    "0193f5a0-1b2c-4def-8123-456789abcdeg", "0193f5a0_1b2c-4def-8123-456789abcdef",
  };
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (bed_key_parse (wrong[i], key));
  g_assert_cmpstr (key, ==, "0193f5a0-1b2c-4def-8123-456789abcdef");
}

static void
test_random (void)
{
  g_assert_true (bed_random () != bed_random () || bed_random () != bed_random ());
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/code/printed-codes-parse", test_printed_codes_parse);
  g_test_add_func ("/code/same-random-same-code", test_same_random_same_code);
  g_test_add_func ("/code/alphabet", test_alphabet);
  g_test_add_func ("/code/typed", test_typed);
  g_test_add_func ("/code/wrong-shape", test_wrong_shape);
  g_test_add_func ("/code/every-substitution", test_every_substitution);
  g_test_add_func ("/code/every-swap", test_every_swap);
  g_test_add_func ("/code/key-print", test_key_print);
  g_test_add_func ("/code/keys-in-time-order", test_keys_in_time_order);
  g_test_add_func ("/code/key-parse", test_key_parse);
  g_test_add_func ("/code/random", test_random);
  return g_test_run ();
}
