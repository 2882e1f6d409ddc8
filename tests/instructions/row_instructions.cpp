// Rows through a decision, loads of its model, or analyses of its table, for instructions.py to count what each costs:
// the program runs under callgrind with few rows and with more, and the difference is theirs.
//
//     row_instructions WORKLOAD WAY ROWS  (of the ways `load` and `analyse`, how many)
#include "spie/analysis/analysis.hpp"
#include "spie/dmn/row.hpp"
#include "spie/pack/row.hpp"

#include <array>
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
  if (way == "load") { // a model read, linked, made ready and let go
    const std::string document = offers.document();
    std::size_t ready = 0;
    for (std::size_t i = 0; i < count; ++i)
      ready += dmn::Model::load({{"offres.dmn", document}})->decision("offre")->inputs().size();
    return ready == 4 * count ? 0 : 1;
  }
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

// Expressions in a chain, over facts of which some are not known: counts, logic of three values, months after a day, an
// amount rounded and capped, a table over what they give.
std::string chain() {
  std::string text = "<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\" id=\"d\" name=\"chaine\" "
                     "namespace=\"urn:chaine\">";
  const auto input = [&text](const char *name, const char *type) {
    text += std::string("<inputData id=\"") + name + "\" name=\"" + name + "\"><variable name=\"" + name +
            "\" typeRef=\"" + type + "\"/></inputData>";
  };
  for (const char *name : {"f1", "f2", "f3", "f4", "f5", "f6", "g1", "g2", "g3", "g4"})
    input(name, "boolean");
  for (const char *name : {"naissance", "depuis", "examen"})
    input(name, "date");
  input("zone", "string");
  input("cout", "number");
  const auto decision = [&text](const std::string &name, const std::string &type, const std::vector<std::string> &needs,
                                const std::string &logic) {
    text += "<decision id=\"" + name + "\" name=\"" + name + "\"><variable name=\"" + name + "\"" + type + "/>";
    for (const std::string &need : needs) {
      const bool of_decision =
          need == "freins" || need == "admis" || need == "prioritaire" || need == "part" || need == "conclusion";
      text += std::string("<informationRequirement><required") + (of_decision ? "Decision" : "Input") + " href=\"#" +
              need + "\"/></informationRequirement>";
    }
    text += logic + "</decision>";
  };
  const auto literal = [](const std::string &feel) {
    return "<literalExpression><text>" + feel + "</text></literalExpression>";
  };
  const std::vector<std::string> f{"f1", "f2", "f3", "f4", "f5", "f6"};
  decision("freins", " typeRef=\"number\"", f, literal("count([f1, f2, f3, f4, f5, f6][item = true])"));
  decision("admis", " typeRef=\"boolean\"", {"f1", "f2", "f3", "f4", "f5", "f6", "g1", "g2", "g3", "g4"},
           literal("(f1 or f2 or f3 or f4 or f5 or f6) and (g1 or g2 or g3 or g4)"));
  decision("prioritaire", " typeRef=\"boolean\"", {"naissance", "depuis", "examen", "zone"},
           literal("naissance + duration(\"P26Y\") &gt; examen or depuis + duration(\"P24M\") &lt;= examen or zone = "
                   "\"rural\""));
  decision(
      "part", " typeRef=\"number\"", {"cout", "admis"},
      literal("if admis = true then min(round half up(cout * 0.80, 2), 6000.00) else if admis = false then 0.00 else "
              "null"));
  std::string rules;
  for (const auto &[admis, prioritaire, conclusion] :
       {std::array{"null", "-", "completer"}, std::array{"false", "-", "refus"}, std::array{"true", "true", "priorite"},
        std::array{"true", "null", "verifier"}, std::array{"true", "false", "entree"}})
    rules += std::string("<rule><inputEntry><text>") + admis + "</text></inputEntry><inputEntry><text>" + prioritaire +
             "</text></inputEntry><outputEntry><text>\"" + conclusion + "\"</text></outputEntry></rule>";
  decision("conclusion", " typeRef=\"string\"", {"admis", "prioritaire"},
           "<decisionTable hitPolicy=\"FIRST\"><input><inputExpression><text>admis</text></inputExpression></input>"
           "<input><inputExpression><text>prioritaire</text></inputExpression></input><output/>" +
               rules + "</decisionTable>");
  decision("reponse", "", {"freins", "admis", "prioritaire", "part", "conclusion"},
           literal("{freins: freins, admis: admis, prioritaire: prioritaire, part: part, conclusion: conclusion}"));
  return text + "</definitions>";
}

int rows_of_chain(std::size_t count) {
  const auto decision = dmn::Model::load({{"chaine.dmn", chain()}})->decision("reponse");
  std::mt19937 random{2022}; // NOLINT: the same rows at each run
  const auto below = [&random](std::size_t bound) { return random() % bound; };
  const auto day = [&](std::int64_t from, std::size_t span) {
    return Value(feel::Date{from + static_cast<std::int64_t>(below(span))});
  };
  std::vector<std::vector<Value>> drawn;
  for (int i = 0; i < 100; ++i) {
    std::vector<Value> row;
    for (const dmn::ElementInfo *info : decision->inputs())
      if (info->name.size() == 2)
        row.push_back(below(10) == 0 ? Value() : Value(below(4) == 0));
      else if (info->name == "naissance")
        row.push_back(day(-5'000, 18'000));
      else if (info->name == "depuis")
        row.push_back(below(3) == 0 ? Value() : day(17'000, 2'000));
      else if (info->name == "examen")
        row.push_back(day(19'000, 700));
      else if (info->name == "zone")
        row.push_back(below(5) == 0 ? "rural" : "urbain");
      else
        row.push_back(*feel::Number::scaled(static_cast<std::int64_t>(below(1'000'000)), -2));
    drawn.push_back(std::move(row));
  }
  std::size_t known = 0;
  for (std::size_t i = 0; i < count; ++i)
    known += decision->evaluate(std::span<const Value>(drawn[i % drawn.size()]), {}).status == dmn::Status::determine;
  return known <= count ? 0 : 1;
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

// Long intervals that overlap, the first of which counts: each rule is asked whether those before it hide it.
int analyses_of_wide(std::size_t rules, std::size_t count) {
  std::mt19937 random{2022}; // NOLINT: the same table at each run
  std::string inputs, requirements, columns, lines;
  for (const char *name : {"a", "b", "c", "d", "e", "f"}) {
    const std::string named = std::string(" name=\"") + name + '"';
    inputs += std::string("<inputData id=\"i_") + name + '"' + named + "><variable" + named +
              " typeRef=\"number\"/></inputData>";
    requirements +=
        std::string("<informationRequirement><requiredInput href=\"#i_") + name + "\"/></informationRequirement>";
    columns += std::string("<input><inputExpression><text>") + name + "</text></inputExpression></input>";
  }
  for (std::size_t rule = 0; rule < rules; ++rule) {
    lines += "<rule>";
    for (int cell = 0; cell < 6; ++cell) {
      const std::size_t low = random() % 900, high = low + 300 + random() % 300;
      lines += "<inputEntry><text>[" + std::to_string(low) + ".." + std::to_string(high) + "]</text></inputEntry>";
    }
    lines += "<outputEntry><text>" + std::to_string(rule) + "</text></outputEntry></rule>";
  }
  const auto model =
      dmn::Model::load({{"larges.dmn", "<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\" id=\"l\" "
                                       "name=\"larges\" namespace=\"urn:larges\">" +
                                           inputs + "<decision id=\"r\" name=\"r\"><variable name=\"r\"/>" +
                                           requirements + "<decisionTable hitPolicy=\"FIRST\">" + columns +
                                           "<output/>" + lines + "</decisionTable></decision></definitions>"}});
  std::size_t found = 0;
  for (std::size_t i = 0; i < count; ++i)
    found += analysis::analyse(*model).tables.front().trous.size();
  return found > 0 ? 0 : 1;
}

} // namespace

int main(int count, char **arguments) {
  if (count != 4)
    return std::fprintf(stderr, "usage: row_instructions WORKLOAD WAY ROWS\n"), 2;
  const std::string workload = arguments[1], way = arguments[2];
  const auto rows = static_cast<std::size_t>(std::atoll(arguments[3]));
  if (workload == "chaine")
    return rows_of_chain(rows);
  const auto rules = static_cast<std::size_t>(std::atoll(workload.c_str() + workload.find('_') + 1));
  if (way == "analyse")
    return analyses_of_wide(rules, rows);
  if (workload == "entree")
    return rows_of_entree(way, rows);
  return rows_of_offers(rules, way, rows);
}
