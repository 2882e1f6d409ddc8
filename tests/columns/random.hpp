// Random models and rows, the same everywhere for one seed.
#pragma once

#include "tests/columns/rows_and_columns.hpp"

#include <random>
#include <string>
#include <vector>

namespace rows_and_columns {

class Random {
public:
  explicit Random(std::uint32_t seed) : engine_(seed) {}
  std::size_t below(std::size_t count) { return count == 0 ? 0 : engine_() % count; }
  bool chance(double share) { return static_cast<double>(engine_() % 10'000) < share * 10'000; }
  template <class T> const T &one_of(const std::vector<T> &values) { return values[below(values.size())]; }

private:
  std::mt19937 engine_;
};

// What an input may be: its type, and the texts of its constants.
struct Domain {
  std::string name, type;
};

inline std::string literal_of(Random &random, const std::string &type) {
  if (type == "number") {
    const auto whole = static_cast<int>(random.below(12)) - 3;
    return random.chance(0.3) ? std::to_string(whole) + ".25" : std::to_string(whole);
  }
  if (type == "boolean")
    return random.chance(0.5) ? "true" : "false";
  if (type == "date")
    return "date(\"2023-0" + std::to_string(1 + random.below(3)) + "-1" + std::to_string(random.below(3)) + "\")";
  if (type == "years and months duration") {
    static const std::vector<std::string> texts{"P1M", "P13M", "-P2M", "P0M", "P30Y"};
    return "duration(\"" + random.one_of(texts) + "\")";
  }
  if (type == "days and time duration") {
    static const std::vector<std::string> texts{"P1D", "PT30H", "-PT1S", "PT0S", "P400D"};
    return "duration(\"" + random.one_of(texts) + "\")";
  }
  static const std::vector<std::string> texts{"\"a\"", "\"b\"", "\"c\"", "\"rouge vif\"", "\"\""};
  return random.one_of(texts);
}

inline Value value_of(Random &random, const std::string &type, const std::string &texts_only = {}) {
  if (type == "number") {
    const auto quarter = static_cast<std::int64_t>(random.below(70)) - 20;
    return *feel::Number::scaled(quarter * 25, -2);
  }
  if (type == "boolean")
    return random.chance(0.5);
  if (type == "date") {
    // Ends of months, leap days, years before and after what calendars are used to.
    static const std::vector<const char *> ends{"2020-02-29", "2023-01-31", "2023-12-31", "2000-02-29",
                                                "1900-02-28", "0001-01-01", "9999-12-31", "2024-03-30"};
    if (random.chance(0.1))
      return *feel::Date::parse(random.one_of(ends));
    return feel::Date{19'350 + static_cast<std::int64_t>(random.below(90))};
  }
  if (type == "years and months duration")
    return feel::MonthsDuration{random.chance(0.02) ? 2'147'483'647 : static_cast<std::int64_t>(random.below(80)) - 40};
  if (type == "days and time duration")
    return feel::DaysDuration{
        random.chance(0.02) ? 9'000'000'000'000 : static_cast<std::int64_t>(random.below(4'000'000)) - 1'000'000, 0};
  static const std::vector<std::string> texts{"a", "b", "c", "rouge vif", "", "inconnu", "d"};
  return texts_only.empty() ? Value(random.one_of(texts)) : Value(texts_only);
}

inline std::unique_ptr<Made> column_of(Random &random, const dmn::ElementInfo &input, const std::string &type,
                                       std::size_t rows, double nulls) {
  auto made = std::make_unique<Made>();
  made->input.slot = input.slot;
  if (type == "number") {
    static const std::vector<Layout> layouts{Layout::decimal128, Layout::decimal128, Layout::float64, Layout::int32,
                                             Layout::int64,      Layout::int8,       Layout::int16};
    made->input.layout = random.one_of(layouts);
    made->input.scale = made->input.layout == Layout::decimal128 ? 2 : 0;
  } else {
    made->input.layout = type == "boolean"                     ? Layout::bits
                         : type == "date"                      ? Layout::date32
                         : type == "years and months duration" ? Layout::months32
                         : type == "days and time duration"    ? Layout::microseconds64
                         : random.chance(0.5)                  ? Layout::codes8
                                                               : Layout::codes32;
  }
  const bool whole =
      type == "number" && made->input.layout != Layout::decimal128 && made->input.layout != Layout::float64;
  for (std::size_t i = 0; i < rows; ++i) {
    if (random.chance(nulls)) {
      made->values.emplace_back();
      continue;
    }
    Value value = value_of(random, type);
    if (whole)
      value = *value.number().round(0, feel::Rounding::floor);
    made->values.push_back(std::move(value));
  }
  fill(*made, random.below(20));
  return made;
}

inline std::string cell_of(Random &random, const std::string &type, const std::vector<Domain> &inputs) {
  if (random.chance(0.3))
    return "-";
  if (random.chance(0.05))
    return "null";
  const auto one = [&]() -> std::string {
    const std::string a = literal_of(random, type);
    if (type == "boolean" || type == "string")
      return a;
    static const std::vector<std::string> orders{"< ", "<= ", "> ", ">= "};
    if (random.chance(0.4))
      return random.one_of(orders) + a;
    if (random.chance(0.6)) {
      static const std::vector<std::string> open{"[", "]", "("}, close{"]", ")", "["};
      return random.one_of(open) + a + ".." + literal_of(random, type) + random.one_of(close);
    }
    return a;
  };
  if (type == "number" && random.chance(0.05))
    return "? * 2 > " + literal_of(random, type);
  if (random.chance(0.05)) { // another input
    for (const Domain &input : inputs)
      if (input.type == type && type != "string" && type != "boolean")
        return "<= " + input.name;
  }
  std::string cell = one();
  while (random.chance(0.25))
    cell += ", " + one();
  return random.chance(0.15) ? "not(" + cell + ")" : cell;
}

} // namespace rows_and_columns
