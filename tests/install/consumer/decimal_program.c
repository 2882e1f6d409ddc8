/* Computes with _Decimal128, whose functions in libgcc bear the names of Intel's library, and with the numbers of spie,
 * which call Intel's library: each must keep to its own. */
#include <stdio.h>
#include <string.h>

int spie_quotient(char *text, size_t size);

int main(void) {
  volatile _Decimal128 one = 1.DL, three = 3.DL;
  _Decimal128 third = one / three;
  _Decimal128 rest = one - third * three;
  char text[64];
  if (third != 0.3333333333333333333333333333333333DL || rest != 1e-34DL || (double)(third * 3) < 0.999) {
    fprintf(stderr, "_Decimal128 is wrong: 1/3 = %.17g\n", (double)third);
    return 1;
  }
  if (!spie_quotient(text, sizeof text) || strcmp(text, "0.6666666666666666666666666666666667") != 0) {
    fprintf(stderr, "Number is wrong: 2/3 = %s\n", text);
    return 1;
  }
  puts("both are right");
  return 0;
}
