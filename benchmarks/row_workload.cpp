// How fast is one row through a model? From C++, warm, typed inputs, one thread: a prepared decision by position, a row that
// is kept, a trace, the model by name, and the time of a load. benchmarks/peers gives it the workloads that it makes.
//
//     row_workload MODEL.dmn ROWS [seconds per line] [decision]
//
// ROWS: one JSON object a line, inputs by name. Prints one JSON object: nanoseconds a row (the best and the median of
// the rounds that fit in the time), milliseconds of the load, and the value of each row under --values.
#include "spie/dmn/row.hpp"
#include "spie/json.hpp"

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

} // namespace

int main(int count, char **arguments) {
  if (count < 3)
    return std::fprintf(stderr, "usage: row_workload MODEL.dmn ROWS [seconds] [decision | --values]\n"), 2;
  const std::string xml = file(arguments[1]), text = file(arguments[2]);
  const double seconds = count > 3 ? std::atof(arguments[3]) : 1;
  const std::string name = count > 4 ? arguments[4] : "answer";

  std::vector<double> loads;
  std::shared_ptr<const dmn::Model> model;
  for (int i = 0; i < 5; ++i) {
    const auto start = clock_type::now();
    model = dmn::Model::load({{"model.dmn", xml}});
    loads.push_back(since(start) / 1e6);
  }
  std::sort(loads.begin(), loads.end());

  const auto decision = model->decision(name == "--values" ? "answer" : name);
  std::vector<std::vector<feel::Value>> rows; // by position
  std::vector<std::vector<dmn::Given>> named;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const feel::Value row = read_json(std::string_view(text).substr(at, end - at));
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
  if (name == "--values") {
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
  measure("by_name", seconds, rows.size(), [&](std::size_t i) { keep(model->evaluate(name, named[i])); });
  std::printf("}\n");
  return 0;
}
