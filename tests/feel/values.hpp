// Values for tests, written as FEEL's at-literals are: at("2021-01-01"), at("P1D"), at("10:30:00Z").
#pragma once

#include "tests/catch.hpp"

#include "spie/feel/evaluation.hpp"
#include "spie/feel/value.hpp"

#include <string>
#include <string_view>

namespace spie::feel {

// Catch2 prints values with it when a check fails.
inline std::ostream &operator<<(std::ostream &out, const Value &value) { return out << value.to_feel(); }

inline Value at(std::string_view text) {
  INFO(text);
  if (const auto date = Date::parse(text))
    return *date;
  if (const auto instant = DateTime::parse(text))
    return *instant;
  if (const auto time = Time::parse(text))
    return *time;
  if (const auto months = MonthsDuration::parse(text))
    return *months;
  const auto days = DaysDuration::parse(text);
  REQUIRE(days);
  return *days;
}

inline Value num(std::string_view text) {
  INFO(text);
  const auto number = Number::parse(text);
  REQUIRE(number);
  return *number;
}

// The code of the only finding of a null; empty for anything else, "?" when there are several or unknown facts.
inline std::string code_of(const Value &value) {
  if (value.cause() == nullptr)
    return {};
  if (value.cause()->errors.size() != 1 || value.is_unknown())
    return "?";
  return std::string(text(value.cause()->errors.front().code));
}

inline bool is_plain_null(const Value &value) { return value.is_null() && value.cause() == nullptr; }

} // namespace spie::feel
