// Steps over dates and durations that no kernel has: a row at a time.
#pragma once

#include "rules/columns/lanes.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace spie::columns {

// A date moved by a duration of the same row.
class MoveStep final : public Step {
public:
  enum class By : std::uint8_t { months, seconds };
  MoveStep(By by, bool back, std::uint32_t date, std::uint32_t duration, std::uint32_t out, feel::Value on_null)
      : by_(by), back_(back), date_(date), duration_(duration), out_(out), on_null_(std::move(on_null)) {}
  void run(State &state) const override;
  std::string_view leaves() const override { return "a date is moved too far"; }
  void one(OneRow &row) const override;

private:
  // nullopt: the row evaluator must say.
  std::optional<std::int32_t> moved(std::int64_t day, std::int64_t by) const;
  By by_;
  bool back_;
  std::uint32_t date_, duration_, out_;
  feel::Value on_null_; // as in ArithmeticStep
};

// A number that a date or a duration holds.
class PropertyStep final : public Step {
public:
  enum class Property : std::uint8_t {
    year,
    month,
    day,
    weekday, // of a date, from 1: Monday
    years,
    months, // of a count of months, after its years
    days,
    hours,
    minutes,
    seconds // of a count of seconds, each after what is longer
  };
  PropertyStep(Property property, std::uint32_t in, std::uint32_t out) : property_(property), in_(in), out_(out) {}
  void run(State &state) const override;
  void one(OneRow &row) const override;

private:
  std::int64_t of(std::int64_t value) const;
  Property property_;
  std::uint32_t in_, out_;
};

} // namespace spie::columns
