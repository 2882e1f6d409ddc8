// How fast is one row through a table of ten rules? From C++ with typed inputs, trace off and on, and through the C
// interface with JSON text, beside the same table written by hand; benchmarks/row_table_10.py adds Python.
//
//     row_table_10 [seconds per line] [file.dmn]
//
// 1,024 rows, warm, one thread; the best of the rounds that fit in the time. Every way must give the same answers.
#include "spie/dmn/decision.hpp"
#include "spie/spie.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <limits>
#include <random>
#include <span>
#include <string>
#include <vector>

using namespace spie;

namespace {

constexpr std::size_t count = 1024;

struct Row {
  double montant;
  feel::Number exact;
  std::string nature;
  feel::Date date;
  std::string json;
};

std::vector<Row> rows() {
  const std::vector<std::string> natures{"ingenierie",     "coordination",     "communication", "offre_directe",
                                         "frais_generaux", "frais_de_mission", "autre"};
  std::mt19937 random(2022); // NOLINT: the same rows at each run
  std::vector<Row> all;
  const feel::Date first = *feel::Date::parse("2021-10-01");
  for (std::size_t i = 0; i < count; ++i) {
    const auto cents = static_cast<std::int64_t>(random() % 1'000'000);
    Row row{static_cast<double>(cents) / 100,
            *feel::Number::scaled(cents, -2),
            natures[random() % natures.size()],
            *first.plus_days(static_cast<std::int64_t>(random() % 900)),
            {}};
    row.json = "{\"montant\":" + row.exact.to_string() + ",\"nature\":\"" + row.nature + "\",\"date\":{\"@date\":\"" +
               row.date.to_string() + "\"}}";
    all.push_back(std::move(row));
  }
  return all;
}

// The table by hand, as a programmer in a hurry writes it: doubles, and a comparison a cell.
double by_hand(const Row &row, feel::Date start, feel::Date turn, feel::Date end) {
  if (row.date < start || row.date > end || row.nature == "offre_directe")
    return 0;
  if (row.nature == "ingenierie")
    return row.montant < 1000 ? 1 : 0.80;
  if (row.nature == "coordination" || row.nature == "communication")
    return row.montant <= 5000 ? 0.80 : 0.60;
  if (row.nature == "frais_generaux") {
    if (row.montant <= 500.50)
      return 0.15;
    if (row.date >= turn)
      return 0.10;
  }
  return 0.05;
}

template <class T> void keep(const T &value) { asm volatile("" : : "g"(&value) : "memory"); }

template <class Work> double best_nanoseconds(double seconds, const std::vector<Row> &all, Work work) {
  using clock = std::chrono::steady_clock;
  double best = std::numeric_limits<double>::infinity();
  const auto end = clock::now() + std::chrono::duration<double>(seconds);
  do {
    const auto start = clock::now();
    for (const Row &row : all)
      work(row);
    const std::chrono::duration<double, std::nano> spent = clock::now() - start;
    best = std::min(best, spent.count() / static_cast<double>(count));
  } while (clock::now() < end);
  return best;
}

[[noreturn]] void fail(const char *what) {
  std::fprintf(stderr, "%s\n", what);
  std::exit(1);
}

void line(const char *name, double nanoseconds, double baseline) {
  std::printf("%-34s %10.0f ns %12.0f rows/s %9.0f x\n", name, nanoseconds, 1e9 / nanoseconds, nanoseconds / baseline);
}

} // namespace

int main(int argument_count, char **arguments) {
  const double seconds = argument_count > 1 ? std::atof(arguments[1]) : 1.0;
  const std::string path =
      argument_count > 2 ? arguments[2] : std::string(SPIE_SOURCE_DIR) + "/benchmarks/row_table_10.dmn";
  std::ifstream stream(path, std::ios::binary);
  const std::string xml{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  const std::vector<Row> all = rows();
  const feel::Date start = *feel::Date::parse("2022-01-01"), turn = *feel::Date::parse("2023-01-01"),
                   end = *feel::Date::parse("2023-12-31");

  const auto model = dmn::Model::load({{"row_table_10.dmn", xml}});
  spie_error error = SPIE_ERROR_INIT;
  spie_model *handle = nullptr;
  const spie_file file{"row_table_10.dmn", xml.data(), xml.size()};
  if (spie_model_from_files(&handle, &file, 1, nullptr, &error) != SPIE_OK)
    fail(error.message);

  spie_prepared *held = nullptr;
  if (spie_model_decision(&held, handle, "taux", nullptr, &error) != SPIE_OK)
    fail(error.message);

  const auto typed = [&](const Row &row, bool trace) {
    dmn::EvaluateOptions options;
    options.trace = trace;
    return model->evaluate("taux", {{"montant", row.exact}, {"nature", row.nature}, {"date", row.date}}, options);
  };
  const auto decision = model->decision("taux");
  std::vector<std::size_t> places; // in a row, of each input that the decision reads
  for (const dmn::ElementInfo *input : decision->inputs())
    places.push_back(input->name == "montant" ? 0 : input->name == "nature" ? 1 : 2);
  const auto prepared = [&](const Row &row) {
    const std::array<feel::Value, 3> values{row.exact, row.nature, row.date};
    std::array<feel::Value, 3> inputs;
    for (std::size_t i = 0; i < inputs.size(); ++i)
      inputs[i] = values[places[i]];
    return decision->evaluate(std::span<const feel::Value>(inputs));
  };
  const auto through_c = [&](const Row &row, bool trace) {
    spie_model_evaluate_options options = SPIE_MODEL_EVALUATE_OPTIONS_INIT;
    options.trace = trace ? 1 : 0;
    char *text = nullptr;
    if (spie_model_evaluate(&text, nullptr, handle, "taux", row.json.data(), row.json.size(), &options, &error) !=
        SPIE_OK)
      fail(error.message);
    return text;
  };
  const auto prepared_in_c = [&](const Row &row) {
    char *text = nullptr;
    if (spie_prepared_evaluate(&text, nullptr, held, row.json.data(), row.json.size(), nullptr, &error) != SPIE_OK)
      fail(error.message);
    return text;
  };

  for (const Row &row : all) {
    const dmn::Result result = typed(row, false);
    const auto expected = feel::Number::from_double(by_hand(row, start, turn, end));
    if (!result.value.is(feel::Kind::number) || result.value.number() != *expected)
      fail(("another answer than by hand for " + row.json).c_str());
    if (!identical(prepared(row).value, result.value))
      fail(("another answer when prepared for " + row.json).c_str());
    char *text = through_c(row, false);
    if (std::string_view(text).find("\"valeur\":" + result.value.number().to_string() + ",") == std::string_view::npos)
      fail(("another answer through C for " + row.json).c_str());
    char *same = prepared_in_c(row);
    if (std::string_view(text) != same)
      fail(("another answer through C when prepared for " + row.json).c_str());
    spie_free(text);
    spie_free(same);
  }

  std::printf("one row through a table of 10 rules, 3 inputs (date, text, number)\n");
  const double baseline = best_nanoseconds(seconds, all, [&](const Row &row) { keep(by_hand(row, start, turn, end)); });
  std::printf("%-34s %10.1f ns %12.0f rows/s %9d x\n", "C++ by hand, doubles", baseline, 1e9 / baseline, 1);
  line("C++, typed inputs", best_nanoseconds(seconds, all, [&](const Row &row) { keep(typed(row, false)); }), baseline);
  line("C++, prepared, by position", best_nanoseconds(seconds, all, [&](const Row &row) { keep(prepared(row)); }),
       baseline);
  line("C++, typed inputs, trace", best_nanoseconds(seconds, all, [&](const Row &row) { keep(typed(row, true)); }),
       baseline);
  line("C, JSON in and out", best_nanoseconds(seconds, all, [&](const Row &row) { spie_free(through_c(row, false)); }),
       baseline);
  line("C, JSON in and out, prepared",
       best_nanoseconds(seconds, all, [&](const Row &row) { spie_free(prepared_in_c(row)); }), baseline);
  line("C, JSON in and out, trace",
       best_nanoseconds(seconds, all, [&](const Row &row) { spie_free(through_c(row, true)); }), baseline);
  spie_prepared_free(held);
  spie_model_free(handle);
  return 0;
}
