// Rows through a decision, for instructions.py to count what each costs: the program runs under callgrind with few rows
// and with more, and the difference is theirs.
//
//     row_instructions WORKLOAD WAY ROWS
#include "spie/dmn/row.hpp"
#include "spie/pack/row.hpp"

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <random>
#include <span>
#include <string>
#include <vector>

using namespace spie;
using feel::Value;

namespace {

std::string two(std::size_t number) { return (number < 10 ? "0" : "") + std::to_string(number); }

// Rules over two codes, a score and a day, as a grid of offers has; the same each time.
class Offers {
public:
  explicit Offers(std::size_t rules) : rules_(rules) {}

  std::string document() {
    std::string text = "<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\" id=\"d\" name=\"offres\" "
                       "namespace=\"urn:offres\">";
    for (const auto &[name, type] : {std::pair{"lieu", "string"}, std::pair{"service", "string"},
                                     std::pair{"score", "number"}, std::pair{"ouvert", "date"}})
      text += std::string("<inputData id=\"i_") + name + "\" name=\"" + name + "\"><variable name=\"" + name +
              "\" typeRef=\"" + type + "\"/></inputData>";
    text += "<decision id=\"o\" name=\"offre\"><variable name=\"offre\" typeRef=\"string\"/>";
    for (const char *name : {"lieu", "service", "score", "ouvert"})
      text += std::string("<informationRequirement><requiredInput href=\"#i_") + name + "\"/></informationRequirement>";
    text += "<decisionTable hitPolicy=\"FIRST\">";
    for (const char *name : {"lieu", "service", "score", "ouvert"})
      text += std::string("<input><inputExpression><text>") + name + "</text></inputExpression></input>";
    text += "<output name=\"offre\"><defaultOutputEntry><text>\"aucune\"</text></defaultOutputEntry></output>";
    for (std::size_t rule = 0; rule < rules_; ++rule) {
      const std::size_t low = below(8'000), month = 1 + below(9);
      text += "<rule>" + cell("\"A" + two(below(50)) + "\"") + cell("\"B" + two(below(50)) + "\"") +
              cell("[" + std::to_string(low) + ".." + std::to_string(low + 2'000) + ")") +
              cell("[@\"2022-0" + std::to_string(month) + "-01\"..@\"2022-" + two(month + 3) + "-01\")") +
              "<outputEntry><text>\"offre " + std::to_string(rule) + "\"</text></outputEntry></rule>";
    }
    return text + "</decisionTable></decision></definitions>";
  }

  std::vector<Value> row() { // lieu, service, score, ouvert
    return {"A" + two(below(50)), "B" + two(below(50)), static_cast<std::int64_t>(below(10'000)),
            *feel::Date::parse("2022-" + two(1 + below(12)) + "-15")};
  }

private:
  std::size_t below(std::size_t count) { return random_() % count; }
  std::string cell(const std::string &test) {
    return "<inputEntry><text>" + (below(4) == 0 ? std::string("-") : test) + "</text></inputEntry>";
  }
  std::size_t rules_;
  std::mt19937 random_{2022}; // NOLINT: the same rows at each run
};

int rows_of_offers(std::size_t rules, const std::string &way, std::size_t count) {
  Offers offers(rules);
  const auto decision = dmn::Model::load({{"offres.dmn", offers.document()}})->decision("offre");
  const auto row = dmn::Row::of(decision);
  dmn::EvaluateOptions options;
  options.trace = way == "trace";
  std::vector<std::vector<Value>> drawn;
  for (int i = 0; i < 100; ++i)
    drawn.push_back(offers.row());
  std::size_t offered = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::vector<Value> &values = drawn[i % drawn.size()];
    if (way == "row") {
      row->set_text(0, values[0].text());
      row->set_text(1, values[1].text());
      row->set(2, values[2]);
      row->set(3, values[3]);
      offered += row->evaluate().value.text() != "aucune";
    } else {
      offered += decision->evaluate(std::span<const Value>(values), options).value.text() != "aucune";
    }
  }
  return offered <= count ? 0 : 1;
}

int rows_of_entree(const std::string &way, std::size_t count) {
  const auto pack = Pack::load(std::string(SPIE_SOURCE_DIR) + "/packs/seine-et-marne-2022-2023");
  const auto decision = pack->decision("entree");
  const feel::Date day = *feel::Date::parse("2022-06-01");
  PackEvaluateOptions options;
  options.trace = way == "trace";
  std::vector<Value> facts;
  for (const PackCase &one : pack->cases())
    if (one.decision == "entree")
      facts.push_back(one.faits);
  for (std::size_t i = 0; i < count; ++i)
    decision->evaluate(facts[i % facts.size()], day, options);
  return facts.empty() ? 1 : 0;
}

} // namespace

int main(int count, char **arguments) {
  if (count != 4)
    return std::fprintf(stderr, "usage: row_instructions WORKLOAD WAY ROWS\n"), 2;
  const std::string workload = arguments[1], way = arguments[2];
  const auto rows = static_cast<std::size_t>(std::atoll(arguments[3]));
  if (workload == "entree")
    return rows_of_entree(way, rows);
  return rows_of_offers(static_cast<std::size_t>(std::atoll(workload.c_str() + workload.find('_') + 1)), way, rows);
}
