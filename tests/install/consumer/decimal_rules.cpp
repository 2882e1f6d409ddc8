#include <spie/feel/number.hpp>

#include <cstdio>

extern "C" int spie_quotient(char *text, std::size_t size) {
  const auto quotient = spie::feel::Number(2).divide(3);
  if (!quotient)
    return 0;
  // Beyond 64 bits, where Intel's library is called: the square root of the square.
  const auto root = quotient->multiply(*quotient)->sqrt();
  std::snprintf(text, size, "%s", quotient->to_string().c_str());
  return root &&
         root->round(30, spie::feel::Rounding::half_even) == quotient->round(30, spie::feel::Rounding::half_even);
}
