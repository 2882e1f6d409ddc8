// Euros: sums and text. Amounts are exact decimals; an overflow would take more lines than a ledger may have.
#pragma once

#include "rules/record/record.hpp"
#include "spie/diagnostic.hpp"
#include "spie/feel/number.hpp"

#include <optional>
#include <string>

namespace spie::convention {

inline feel::Number exact(const std::optional<feel::Number> &number) {
  if (!number)
    throw Error({Code::api_internal, Level::error, "a sum of amounts has no result", {}});
  return *number;
}
inline feel::Number plus(const feel::Number &a, const feel::Number &b) { return exact(a.add(b)); }
inline feel::Number minus(const feel::Number &a, const feel::Number &b) { return exact(a.subtract(b)); }
inline feel::Number times(const feel::Number &a, const feel::Number &b) { return exact(a.multiply(b)); }

// "1234,50": in the CSV that a French spreadsheet opens.
inline std::string csv_amount(const feel::Number &amount) {
  std::string text = record::euros_text(amount);
  text[text.find('.')] = ',';
  return text;
}

// "1 234,50": for messages and tables in French; the space is a narrow no-break one.
std::string euros_fr(const feel::Number &amount);

} // namespace spie::convention
