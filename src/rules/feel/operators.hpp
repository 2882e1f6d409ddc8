// The operators of FEEL over values (DMN 1.5 §10.3.2.13-10.3.2.15): what the evaluator and the built-ins share.
#pragma once

#include "spie/feel/evaluation.hpp"
#include "spie/feel/value.hpp"

#include <optional>
#include <string_view>

namespace spie::feel {

class Type;

// What an operation over nulls gives: a null with all their causes; with F017, naming the operation, when they have
// none.
Value null_operand(Evaluation &evaluation, std::string_view operation, const Value &a, const Value &b = {});

// FEEL equality: true, false, or null with F003 across kinds. null = null is true; null = anything else is false.
Value equal(Evaluation &evaluation, const Value &a, const Value &b);
// True when `equal` is: what lists, distinct values and filters ask.
bool is_equal(Evaluation &evaluation, const Value &a, const Value &b);

// Of two scalars of one kind, most of what is compared; nullopt for the rest, which equal() looks into: long texts take
// steps.
inline std::optional<bool> equal_scalars(const Value &a, const Value &b) {
  if (a.kind() != b.kind())
    return std::nullopt;
  switch (a.kind()) {
  case Kind::boolean:
    return a.boolean() == b.boolean();
  case Kind::number:
    return a.number() == b.number();
  case Kind::text: {
    constexpr std::size_t most = 256; // bytes
    const std::string &first = a.text(), &second = b.text();
    if (first.size() != second.size())
      return false;
    return first.size() <= most ? std::optional(first == second) : std::nullopt;
  }
  case Kind::date:
    return a.date() == b.date();
  default:
    return std::nullopt;
  }
}

enum class Order : std::uint8_t { less, less_or_equal, greater, greater_or_equal };
// Null with an error where the two are not ordered.
Value compare(Evaluation &evaluation, Order order, const Value &a, const Value &b);
// -1, 0, 1; nullopt where the two are not ordered.
std::optional<int> order(const Value &a, const Value &b);
// The same, by steps where the texts are long; 0 once a limit is reached.
std::optional<int> order(Evaluation &evaluation, const Value &a, const Value &b);

Value add(Evaluation &evaluation, const Value &a, const Value &b);
Value subtract(Evaluation &evaluation, const Value &a, const Value &b);
Value multiply(Evaluation &evaluation, const Value &a, const Value &b);
Value divide(Evaluation &evaluation, const Value &a, const Value &b);
Value power(Evaluation &evaluation, const Value &a, const Value &b);
Value negate(Evaluation &evaluation, const Value &a);
Value logical_and(Evaluation &evaluation, const Value &a, const Value &b);
Value logical_or(Evaluation &evaluation, const Value &a, const Value &b);
// Whether the value is in the range: true, false, or null with an error.
Value in_range(Evaluation &evaluation, const Value &value, const Range &range);
// `value in test`, where the test may be a range, a list (of values, ranges…), or a value.
Value in_test(Evaluation &evaluation, const Value &value, const Value &test);
// `value instance of type`, by steps.
bool is_instance(Evaluation &evaluation, const Value &value, const Type &type);
// The property that a path names: an entry of a context, `year` of a date, `start` of a range; over a list, of each
// item.
Value property(Evaluation &evaluation, const Value &value, std::string_view name);

// A value for a message: as FEEL writes it, cut where it is long.
std::string in_brief(const Value &value);

} // namespace spie::feel
