// How fast is one row through a model? From C++, warm, typed inputs, one thread: a prepared decision by position, a row
// that is kept, a trace, the model by name, and the time of a load. benchmarks/peers gives it the workloads that it
// makes.
//
//     row_workload MODEL.dmn ROWS [seconds per line | --values]
//
// ROWS: one JSON object a line, inputs by name; the decision is named `answer`. Prints one JSON object: nanoseconds a
// row (the best, the median, the worst of the rounds that fit in the time) and milliseconds of the load; with --values,
// the value of each row instead. Without arguments it does nothing, since it has no rows of its own.
#include "rules/feel/number_bits.hpp"
#include "spie/dmn/row.hpp"
#include "spie/json.hpp"
#include "spie/spie.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <vector>

using namespace spie;

namespace {

using clock_type = std::chrono::steady_clock;

template <class T> void keep(const T &value) { asm volatile("" : : "g"(&value) : "memory"); }

std::string file(const char *path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

double since(clock_type::time_point start) {
  return std::chrono::duration<double, std::nano>(clock_type::now() - start).count();
}

template <class Work> void measure(const char *name, double seconds, std::size_t count, Work work) {
  std::vector<double> rounds;
  const auto start = clock_type::now();
  do {
    const auto round = clock_type::now();
    for (std::size_t i = 0; i < count; ++i)
      work(i);
    rounds.push_back(since(round) / static_cast<double>(count));
  } while (since(start) < seconds * 1e9);
  std::sort(rounds.begin(), rounds.end());
  std::printf(", \"%s\": [%.1f, %.1f, %.1f]", name, rounds.front(), rounds[rounds.size() / 2], rounds.back());
}

// Typed slots of the C interface, and its JSON.
class ThroughC {
public:
  ThroughC(const std::string &xml, const dmn::Decision &decision) {
    const spie_file file{"model.dmn", xml.data(), xml.size()};
    bool good = spie_model_from_files(&model_, &file, 1, nullptr, &error_) == SPIE_OK &&
                spie_model_decision(&decision_, model_, "answer", nullptr, &error_) == SPIE_OK &&
                spie_row_of_prepared(&row_, decision_, &error_) == SPIE_OK;
    for (const dmn::ElementInfo *input : decision.inputs()) {
      slots_.emplace_back();
      good = good && spie_row_slot(&slots_.back(), row_, input->name.c_str(), &error_) == SPIE_OK;
    }
    if (!good)
      std::fprintf(stderr, "%s\n", error_.message), std::exit(1);
  }
  ~ThroughC() {
    spie_row_free(row_);
    spie_prepared_free(decision_);
    spie_model_free(model_);
  }
  ThroughC(const ThroughC &) = delete;
  ThroughC &operator=(const ThroughC &) = delete;

  void typed(const std::vector<feel::Value> &values) {
    for (std::size_t i = 0; i < values.size(); ++i)
      set(slots_[i], values[i]);
    spie_row_evaluate(row_, nullptr, &error_);
    keep(spie_row_status(row_));
  }
  void json(const std::string &text) {
    char *answer = nullptr;
    spie_prepared_evaluate(&answer, nullptr, decision_, text.data(), text.size(), nullptr, &error_);
    spie_free(answer);
  }

private:
  void set(std::size_t slot, const feel::Value &value) {
    switch (value.kind()) {
    case feel::Kind::number: {
      const auto cents = feel::decimal::in_units(value.number(), 2);
      spie_row_set_number(row_, slot, cents.value_or(0), -2, &error_);
      break;
    }
    case feel::Kind::text:
      spie_row_set_text(row_, slot, value.text().data(), value.text().size(), &error_);
      break;
    case feel::Kind::date: {
      const feel::CivilDate civil = value.date().civil();
      spie_row_set_date(row_, slot, static_cast<int>(civil.year), civil.month, civil.day, &error_);
      break;
    }
    case feel::Kind::boolean:
      spie_row_set_boolean(row_, slot, value.boolean() ? 1 : 0, &error_);
      break;
    default:
      spie_row_set_unknown(row_, slot, &error_);
      break;
    }
  }
  spie_error error_ = SPIE_ERROR_INIT;
  spie_model *model_ = nullptr;
  spie_prepared *decision_ = nullptr;
  spie_row *row_ = nullptr;
  std::vector<std::size_t> slots_;
};

} // namespace

int main(int count, char **arguments) {
  if (count < 3)
    return 0;
  const std::string xml = file(arguments[1]), text = file(arguments[2]);
  const std::string how = count > 3 ? arguments[3] : "1";
  const double seconds = std::atof(how.c_str());

  std::vector<double> loads;
  std::shared_ptr<const dmn::Model> model;
  for (int i = 0; i < 5; ++i) {
    const auto start = clock_type::now();
    model = dmn::Model::load({{"model.dmn", xml}});
    loads.push_back(since(start) / 1e6);
  }
  std::sort(loads.begin(), loads.end());

  const auto decision = model->decision("answer");
  std::vector<std::vector<feel::Value>> rows; // by position
  std::vector<std::vector<dmn::Given>> named;
  std::vector<std::string> documents;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    documents.push_back(text.substr(at, end - at));
    const feel::Value row = read_json(documents.back());
    std::vector<feel::Value> values;
    std::vector<dmn::Given> given;
    for (const dmn::ElementInfo *input : decision->inputs()) {
      const feel::Value *value = row.context().find(input->name);
      values.push_back(value == nullptr ? feel::Value() : *value);
      given.push_back({input->name, values.back()});
    }
    rows.push_back(std::move(values));
    named.push_back(std::move(given));
    at = end + 1;
  }
  if (how == "--values") {
    for (const auto &row : rows)
      std::printf("%s\n", write_json(decision->evaluate(std::span<const feel::Value>(row)).value).c_str());
    return 0;
  }

  dmn::EvaluateOptions traced;
  traced.trace = true;
  std::printf("{\"load_ms\": [%.2f, %.2f, %.2f]", loads.front(), loads[loads.size() / 2], loads.back());
  measure("prepared", seconds, rows.size(),
          [&](std::size_t i) { keep(decision->evaluate(std::span<const feel::Value>(rows[i]))); });
  const auto row = dmn::Row::of(decision);
  measure("row", seconds, rows.size(), [&](std::size_t i) {
    for (std::size_t slot = 0; slot < rows[i].size(); ++slot)
      if (rows[i][slot].is(feel::Kind::text))
        row->set_text(slot, rows[i][slot].text());
      else
        row->set(slot, rows[i][slot]);
    keep(row->evaluate());
  });
  measure("trace", seconds, rows.size(),
          [&](std::size_t i) { keep(decision->evaluate(std::span<const feel::Value>(rows[i]), traced)); });
  measure("by_name", seconds, rows.size(), [&](std::size_t i) { keep(model->evaluate("answer", named[i])); });
  ThroughC c(xml, *decision);
  measure("c_slots", seconds, rows.size(), [&](std::size_t i) { c.typed(rows[i]); });
  measure("c_json", seconds, rows.size(), [&](std::size_t i) { c.json(documents[i]); });
  std::printf("}\n");
  return 0;
}
