// How much does an exact number cost? Additions, products, comparisons, quotients and texts of feel::Number beside the
// same loop on double, and on decimal128 alone (numbers kept from the inline form by their exponent).
//
//     number_add_mul [seconds per row]
//
// 1,024 pairs of amounts (at most nine digits, two decimals), best of the rounds that fit in the time, one thread.
#include "spie/feel/number.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <random>
#include <string>
#include <vector>

namespace {

using spie::feel::Number;

constexpr std::size_t count = 1024;

template <class T> void keep(const T &value) { asm volatile("" : : "g"(&value) : "memory"); }

// Nanoseconds for one of the `count` operations of a round; the best round.
template <class Round> double best(double seconds, Round round) {
  using clock = std::chrono::steady_clock;
  const auto end = clock::now() + std::chrono::duration<double>(seconds);
  double least = std::numeric_limits<double>::infinity();
  do {
    const auto start = clock::now();
    for (int i = 0; i < 16; ++i)
      round();
    const std::chrono::duration<double, std::nano> spent = clock::now() - start;
    least = std::min(least, spent.count() / (16.0 * count));
  } while (clock::now() < end);
  return least;
}

struct Operands {
  std::vector<double> doubles_a, doubles_b;
  std::vector<Number> inline_a, inline_b;
  std::vector<Number> wide_a, wide_b;
  std::vector<std::string> texts;
};

Operands operands() {
  Operands all;
  std::mt19937_64 random(2022); // NOLINT: the same amounts at each run
  for (std::size_t i = 0; i < count; ++i) {
    const auto a = static_cast<std::int64_t>(random() % 999'999'999) + 1;
    const auto b = static_cast<std::int64_t>(random() % 999'999'999) + 1;
    all.doubles_a.push_back(static_cast<double>(a) / 100);
    all.doubles_b.push_back(static_cast<double>(b) / 100);
    all.inline_a.push_back(*Number::scaled(a, -2));
    all.inline_b.push_back(*Number::scaled(b, -2));
    all.wide_a.push_back(*Number::scaled(a, -200));
    all.wide_b.push_back(*Number::scaled(b, -200));
    all.texts.push_back(all.inline_a.back().to_string());
  }
  return all;
}

template <class T, class Operation>
double pairs(double seconds, const std::vector<T> &a, const std::vector<T> &b, Operation operation) {
  return best(seconds, [&] {
    for (std::size_t i = 0; i < count; ++i)
      keep(operation(a[i], b[i]));
  });
}

void row(const char *name, double plain, double inlined, double wide) {
  std::printf("| %-9s | %7.2f | %7.2f (%5.1fx) | %7.2f (%5.1fx) |\n", name, plain, inlined, inlined / plain, wide,
              wide / plain);
}

} // namespace

int main(int argc, char **argv) {
  const double seconds = argc > 1 ? std::atof(argv[1]) : 0.2;
  const Operands o = operands();
  const auto number = [&](auto operation, bool wide) {
    return wide ? pairs(seconds, o.wide_a, o.wide_b, operation) : pairs(seconds, o.inline_a, o.inline_b, operation);
  };
  const auto plain = [&](auto operation) { return pairs(seconds, o.doubles_a, o.doubles_b, operation); };
  std::printf("ns per operation | %zu pairs of amounts\n", count);
  std::printf("| %-9s | %7s | %16s | %16s |\n", "", "double", "Number inline", "decimal128");
  const auto compare_all = [&](const char *name, auto on_doubles, auto on_numbers) {
    row(name, plain(on_doubles), number(on_numbers, false), number(on_numbers, true));
  };
  compare_all(
      "add", [](double a, double b) { return a + b; }, [](const Number &a, const Number &b) { return a.add(b); });
  compare_all(
      "subtract", [](double a, double b) { return a - b; },
      [](const Number &a, const Number &b) { return a.subtract(b); });
  compare_all(
      "multiply", [](double a, double b) { return a * b; },
      [](const Number &a, const Number &b) { return a.multiply(b); });
  compare_all(
      "divide", [](double a, double b) { return a / b; }, [](const Number &a, const Number &b) { return a.divide(b); });
  compare_all(
      "less", [](double a, double b) { return a < b; }, [](const Number &a, const Number &b) { return a < b; });
  const auto parsed = best(seconds, [&] {
    for (const auto &text : o.texts)
      keep(Number::parse(text));
  });
  const auto parsed_doubles = best(seconds, [&] {
    for (const auto &text : o.texts)
      keep(std::strtod(text.c_str(), nullptr));
  });
  std::printf("| %-9s | %7.2f | %7.2f (%5.1fx) | %16s |\n", "parse", parsed_doubles, parsed, parsed / parsed_doubles,
              "");
  const auto printed = best(seconds, [&] {
    for (const auto &value : o.inline_a)
      keep(value.to_string());
  });
  std::printf("| %-9s | %7s | %16.2f | %16s |\n", "print", "", printed, "");
  return 0;
}
