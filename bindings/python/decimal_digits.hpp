// The digits of a decimal.Decimal, read where CPython keeps them: its text costs more than a whole decision.
#pragma once

#include "bindings/python/core.hpp"

#include "rules/feel/number_bits.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>

namespace spie::python {

// What the module _decimal of CPython has in its objects since 3.3, on 64 bits: libmpdec's mpd_t after the head and the
// hash. No header declares it; so it is believed only where known numbers are found in it (keeps_digits_as_expected).
struct Digits {
  PyObject head;
  Py_hash_t hash;
  std::uint8_t flags; // 1: negative; 2, 4, 8: infinite, not a number
  std::int64_t exponent, digits, length, allocated;
  const std::uint64_t *words; // in base 10^19, the least first

  // nullopt for what is no number or has too many digits.
  static std::optional<feel::Number> number_in(PyObject *decimal) noexcept {
    const auto read = [decimal](auto member, std::size_t at) {
      std::memcpy(&member, reinterpret_cast<const char *>(decimal) + at, sizeof member);
      return member;
    };
    const auto kind = read(std::uint8_t{}, offsetof(Digits, flags));
    const auto exponent = read(std::int64_t{}, offsetof(Digits, exponent));
    if ((kind & 0x0F) > 1 || read(std::int64_t{}, offsetof(Digits, length)) != 1 || exponent < -100 || exponent > 100)
      return std::nullopt;
    const std::uint64_t word = *read(static_cast<const std::uint64_t *>(nullptr), offsetof(Digits, words));
    if (word > feel::decimal::largest_inline)
      return std::nullopt;
    const auto coefficient = static_cast<std::int64_t>(word);
    return feel::NumberBits::inlined((kind & 1) != 0 ? -coefficient : coefficient, static_cast<int>(exponent));
  }
};

// Asked once by whoever then reads number_in() for each row.
bool keeps_digits_as_expected();

// Of an object whose type is decimal.Decimal itself; nullopt for what has too many digits, is no number, or where this
// CPython does not keep them as expected: its text then says what it is.
std::optional<feel::Number> digits_of(PyObject *decimal);

} // namespace spie::python
