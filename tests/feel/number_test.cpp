// Expected values: DMN 1.5 §10.3.2.3.1, IEEE 754-2008, and Python's decimal module (libmpdec, prec 34,
// ROUND_HALF_EVEN) through number_cases.txt, written by number_cases.py.
#include "catch.hpp"

#include "spie/feel/number.hpp"

#include <cmath>
#include <fstream>
#include <limits>
#include <sstream>
#include <string>
#include <vector>

using spie::feel::Number;
using spie::feel::Rounding;

namespace {

Number num(std::string_view text) {
  const auto value = Number::parse(text);
  INFO(text);
  REQUIRE(value);
  return *value;
}

std::string show(const std::optional<Number> &value) { return value ? value->to_string() : "none"; }

Rounding rounding(const std::string &name) {
  const std::vector<std::string> names{"half_even", "half_up", "half_down", "up", "down", "floor", "ceiling"};
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == name)
      return static_cast<Rounding>(i);
  FAIL(name);
  return Rounding::half_even;
}

struct Case {
  std::string line;
  std::string operation;
  std::vector<std::string> operands;
  std::string expected;
};

std::vector<Case> cases() {
  const std::string here = __FILE__;
  std::ifstream file(here.substr(0, here.rfind('/') + 1) + "number_cases.txt");
  std::vector<Case> all;
  std::string line;
  while (std::getline(file, line)) {
    std::istringstream words(line);
    Case one{line, {}, {}, {}};
    words >> one.operation;
    std::string word;
    while (words >> word)
      one.operands.push_back(word);
    one.expected = one.operands.back();
    one.operands.pop_back();
    all.push_back(one);
  }
  return all;
}

std::optional<Number> computed(const Case &one) {
  const Number a = num(one.operands[0]);
  if (one.operation == "sqrt")
    return a.sqrt();
  if (one.operation == "exp")
    return a.exp();
  if (one.operation == "log")
    return a.log();
  if (one.operation == "round")
    return a.round(std::stoll(one.operands[1]), rounding(one.operands[2]));
  const Number b = num(one.operands[1]);
  if (one.operation == "add")
    return a.add(b);
  if (one.operation == "subtract")
    return a.subtract(b);
  if (one.operation == "multiply")
    return a.multiply(b);
  if (one.operation == "divide")
    return a.divide(b);
  if (one.operation == "modulo")
    return a.modulo(b);
  if (one.operation == "power")
    return a.power(b);
  FAIL(one.operation);
  return std::nullopt;
}

} // namespace

TEST_CASE("every operation agrees with Python's decimal on two thousand random cases", "[feel][number]") {
  const auto all = cases();
  CHECK(all.size() > 2000);
  for (const auto &one : all) {
    INFO(one.line);
    if (one.operation == "compare") {
      const Number a = num(one.operands[0]);
      const Number b = num(one.operands[1]);
      const int order = a < b ? -1 : a > b ? 1 : 0;
      CHECK(order == std::stoi(one.expected));
      if (order == 0)
        CHECK(a.hash() == b.hash());
      continue;
    }
    const auto result = computed(one);
    if (one.expected == "none" || !result) {
      CHECK(show(result) == one.expected);
      continue;
    }
    const Number expected = num(one.expected);
    INFO(show(result));
    if (one.operation == "exp" || one.operation == "log") { // not correctly rounded: within 10 units of digit 34
      const Number difference = result->subtract(expected)->abs();
      CHECK(difference <= *expected.abs().multiply(num("1e-32")));
      continue;
    }
    CHECK(*result == expected);
    CHECK(result->hash() == expected.hash());
    if (one.operation == "add" || one.operation == "subtract" || one.operation == "multiply" ||
        one.operation == "divide")
      CHECK(show(result) == show(expected)); // the same trailing zeros
  }
}
