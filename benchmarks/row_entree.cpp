// How fast is one person through the decision `entree` of Seine-et-Marne? From C++ by name and prepared, and through
// the C interface with JSON text; benchmarks/row_entree.py adds Python. The facts of the pack's cases.
//
//     row_entree [seconds per line]
#include "spie/json.hpp"
#include "spie/pack/pack.hpp"
#include "spie/spie.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <string>
#include <vector>

using namespace spie;

namespace {

struct Row {
  feel::Value facts;
  std::string json;
};

template <class T> void keep(const T &value) { asm volatile("" : : "g"(&value) : "memory"); }

template <class Work> void line(const char *name, double seconds, const std::vector<Row> &rows, Work work) {
  using clock = std::chrono::steady_clock;
  double best = std::numeric_limits<double>::infinity();
  const auto end = clock::now() + std::chrono::duration<double>(seconds);
  do {
    const auto start = clock::now();
    for (const Row &row : rows)
      work(row);
    const std::chrono::duration<double, std::nano> spent = clock::now() - start;
    best = std::min(best, spent.count() / static_cast<double>(rows.size()));
  } while (clock::now() < end);
  std::printf("%-34s %10.0f ns %12.0f rows/s\n", name, best, 1e9 / best);
}

[[noreturn]] void fail(const char *what) {
  std::fprintf(stderr, "%s\n", what);
  std::exit(1);
}

} // namespace

int main(int argument_count, char **arguments) {
  const double seconds = argument_count > 1 ? std::atof(arguments[1]) : 1.0;
  const std::string folder = std::string(SPIE_SOURCE_DIR) + "/packs/seine-et-marne-2022-2023";
  const auto pack = Pack::load(folder);
  const auto decision = pack->decision("entree");
  const feel::Date day = *feel::Date::parse("2022-06-01");
  PackEvaluateOptions options;
  options.trace = false;
  std::vector<Row> rows;
  for (const PackCase &one : pack->cases())
    if (one.decision == "entree")
      rows.push_back({one.faits, write_json(one.faits)});

  spie_error error = SPIE_ERROR_INIT;
  spie_pack *handle = nullptr;
  spie_decision *held = nullptr;
  if (spie_pack_load(&handle, folder.c_str(), nullptr, &error) != SPIE_OK ||
      spie_pack_decision(&held, handle, "entree", &error) != SPIE_OK)
    fail(error.message);
  const auto through_c = [&](const Row &row, bool value_only) {
    spie_evaluate_options asked = SPIE_EVALUATE_OPTIONS_INIT;
    asked.value_only = value_only ? 1 : 0;
    char *text = nullptr;
    if (spie_decision_evaluate(&text, nullptr, held, row.json.data(), row.json.size(), "2022-06-01", &asked, &error) !=
        SPIE_OK)
      fail(error.message);
    return text;
  };
  for (const Row &row : rows)
    if (!identical(pack->evaluate("entree", row.facts, day, options).value,
                   decision->evaluate(row.facts, day, options).value))
      fail(("another answer when prepared for " + row.json).c_str());

  line("C++, Pack::evaluate", seconds, rows,
       [&](const Row &row) { keep(pack->evaluate("entree", row.facts, day, options)); });
  line("C++, prepared", seconds, rows, [&](const Row &row) { keep(decision->evaluate(row.facts, day, options)); });
  line("C, JSON in and out, value only", seconds, rows, [&](const Row &row) { spie_free(through_c(row, true)); });
  line("C, JSON in and out", seconds, rows, [&](const Row &row) { spie_free(through_c(row, false)); });
  spie_decision_free(held);
  spie_pack_free(handle);
  return 0;
}
