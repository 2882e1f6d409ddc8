// Numbers (DMN 1.5 §10.3.4.5).
#include "rules/feel/builtins/support.hpp"

#include <array>

namespace spie::feel {

namespace {

using builtins::Arguments;

Value or_arithmetic_error(Evaluation &evaluation, std::string_view function, const std::optional<Number> &result) {
  if (result)
    return *result;
  return evaluation.error(Code::feel_arithmetic, "`" + std::string(function) + "` has no result for this number");
}

// The number cut to the scale in the second argument, or to an integer without one.
template <Rounding mode> Value rounded(Evaluation &evaluation, Arguments a) {
  const auto scale = a.size() < 2 || a[1].is_null() ? 0 : builtins::truncated(a[1].number());
  const auto result = scale ? a[0].number().round(*scale, mode) : std::nullopt;
  if (result)
    return *result;
  return evaluation.error(Code::feel_argument, "the scale " + a[1].to_string() + " is outside -6111 … 6176");
}

Value absolute(Evaluation &evaluation, Arguments a) {
  if (a[0].is(Kind::number))
    return a[0].number().abs();
  if (a[0].is(Kind::days_duration)) {
    const auto duration = a[0].days_duration();
    const auto result = duration < DaysDuration{} ? negate(duration) : duration;
    return result ? Value(*result) : evaluation.error(Code::feel_arithmetic, "the duration is too long");
  }
  const auto duration = a[0].months_duration();
  const auto result = duration < MonthsDuration{} ? negate(duration) : duration;
  return result ? Value(*result) : evaluation.error(Code::feel_arithmetic, "the duration is too long");
}

Value modulo(Evaluation &evaluation, Arguments a) {
  if (a[1].number().is_zero())
    return evaluation.error(Code::feel_arithmetic, "`modulo` by zero");
  return or_arithmetic_error(evaluation, "modulo", a[0].number().modulo(a[1].number()));
}

Value square_root(Evaluation &evaluation, Arguments a) {
  return or_arithmetic_error(evaluation, "sqrt", a[0].number().sqrt());
}

Value logarithm(Evaluation &evaluation, Arguments a) {
  return or_arithmetic_error(evaluation, "log", a[0].number().log());
}

Value exponential(Evaluation &evaluation, Arguments a) {
  return or_arithmetic_error(evaluation, "exp", a[0].number().exp());
}

// The remainder by two: 0 or 1 for an integer, whatever its sign.
template <int remainder> Value has_remainder(Evaluation &evaluation, Arguments a) {
  if (!a[0].number().is_integer())
    return evaluation.error(Code::feel_arithmetic, a[0].to_string() + " is not an integer, neither even nor odd");
  const auto found = a[0].number().modulo(2);
  return found.has_value() && *found == Number(remainder);
}

constexpr std::array rows{
    Signature{"decimal", "n: number, scale: number", "number", rounded<Rounding::half_even>,
              "The number rounded to `scale` decimals, halves to the even neighbour.", "decimal(2.345, 2) = 2.34"},
    Signature{"floor", "n: number, scale: number?", "number", rounded<Rounding::floor>,
              "The number rounded down, towards negative infinity.", "floor(-1.56, 1) = -1.6"},
    Signature{"ceiling", "n: number, scale: number?", "number", rounded<Rounding::ceiling>,
              "The number rounded up, towards positive infinity.", "ceiling(1.2) = 2"},
    Signature{"round up", "n: number, scale: number", "number", rounded<Rounding::up>,
              "The number rounded away from zero.", "round up(-1.121, 2) = -1.13"},
    Signature{"round down", "n: number, scale: number", "number", rounded<Rounding::down>,
              "The number rounded towards zero.", "round down(-5.5, 0) = -5"},
    Signature{"round half up", "n: number, scale: number", "number", rounded<Rounding::half_up>,
              "The number rounded to the nearest, halves away from zero.", "round half up(5.5, 0) = 6"},
    Signature{"round half down", "n: number, scale: number", "number", rounded<Rounding::half_down>,
              "The number rounded to the nearest, halves towards zero.", "round half down(5.5, 0) = 5"},
    Signature{"abs", "n: number | days and time duration | years and months duration",
              "number | days and time duration | years and months duration", absolute,
              "The number or the duration without its sign.", "abs(-10) = 10"},
    Signature{"modulo", "dividend: number, divisor: number", "number", modulo,
              "The remainder of the division; it has the sign of the divisor.", "modulo(-12, 5) = 3"},
    Signature{"sqrt", "number: number", "number", square_root, "The square root.", "sqrt(16) = 4"},
    Signature{"log", "number: number", "number", logarithm, "The natural logarithm.",
              "decimal(log(10), 8) = 2.30258509"},
    Signature{"exp", "number: number", "number", exponential, "Euler's number raised to the power.",
              "decimal(exp(5), 8) = 148.41315910"},
    Signature{"odd", "number: number", "boolean", has_remainder<1>, "Whether the integer is odd.", "odd(-1)"},
    Signature{"even", "number: number", "boolean", has_remainder<0>, "Whether the integer is even.", "even(0)"},
};

} // namespace

std::span<const Signature> numeric_builtins() { return rows; }

} // namespace spie::feel
