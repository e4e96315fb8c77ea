/* SPDX-License-Identifier: Apache-2.0
 * word_count: prints how many words, lines and bytes come in on standard input.
 * A word is whatever stands between blanks. Written for a beginners' class. */

#include <ctype.h>
#include <stdio.h>

struct totals {
  unsigned long words;
  unsigned long lines;
  unsigned long bytes;
};

static struct totals count(FILE *in) {
  struct totals sum = {0, 0, 0};
  int inside = 0; /* are we in the middle of a word? */
  int c;

  while ((c = getc(in)) != EOF) {
    sum.bytes++;
    if (c == '\n') sum.lines++;
    if (isspace(c)) {
      inside = 0;
    } else if (!inside) {
      inside = 1;
      sum.words++;
    }
  }
  return sum;
}

int main(void) {
  struct totals sum = count(stdin);

  if (ferror(stdin)) {
    perror("word_count");
    return 1;
  }
  printf("%lu words\n%lu lines\n%lu bytes\n", sum.words, sum.lines, sum.bytes);
  return 0;
}
