// What spreadsheets do to what people write, and what people send in place of a CSV.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace spie {

// ="00123", by which Excel keeps zeros: the text between the quotes. Any other text as it is.
std::string_view without_formula(std::string_view text, std::string &unquoted);

// The day that Excel writes as a whole number of five digits: days since 1970-01-01. In its calendar of 1900 day 1 is
// 1 January 1900 and a 29 February 1900 exists; from day 61 on, hence for all five digits (from 18 May 1927 on), the
// day is that many after 30 December 1899.
std::optional<std::int64_t> excel_day(std::string_view text) noexcept;

// The separator that a first line "sep=;" names, and the bytes of that line with its end.
struct SeparatorLine {
  char separator;
  std::size_t bytes;
};
std::optional<SeparatorLine> separator_line(std::string_view text) noexcept;

// What a file is, when its first bytes say that it is no CSV: in French.
struct NoCsv {
  bool encoding; // a text, in an encoding that is not read
  std::string reason, remedy;
};
std::optional<NoCsv> no_csv(std::string_view start);

} // namespace spie
