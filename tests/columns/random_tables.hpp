// Random decision tables of every hit policy.
#pragma once

#include "tests/columns/random.hpp"

namespace rows_and_columns {

struct Policy {
  std::string name, aggregation;
};

inline std::string attribute(const Policy &policy) {
  return "hitPolicy=\"" + policy.name + "\"" +
         (policy.aggregation.empty() ? "" : " aggregation=\"" + policy.aggregation + "\"");
}

inline std::string entry(const std::string &tag, const std::string &text) {
  return "<" + tag + "><text>" + models::escaped(text) + "</text></" + tag + ">";
}

struct RandomTable {
  std::vector<Domain> inputs;
  std::string xml;
};

inline RandomTable random_table(Random &random, const Policy &policy, bool longer) {
  RandomTable result;
  static const std::vector<std::string> types{"number", "string", "boolean", "date"};
  const std::size_t columns = 1 + random.below(4);
  for (std::size_t i = 0; i < columns; ++i)
    result.inputs.push_back({"e" + std::to_string(i), random.one_of(types)});
  const bool aggregates = !policy.aggregation.empty();
  const std::size_t outputs = aggregates || random.chance(0.6) ? 1 : 2;
  const std::string output_type = aggregates ? "number" : random.one_of(types);
  std::string table = "<decisionTable " + attribute(policy) + ">";
  for (const Domain &input : result.inputs)
    table += "<input>" + std::string("<inputExpression typeRef=\"") + input.type + "\"><text>" + input.name +
             "</text></inputExpression></input>";
  const auto output_text = [&](std::size_t output) -> std::string {
    const std::string type = output == 0 ? output_type : "number";
    if (random.chance(0.03))
      return "null";
    if (type == "number" && policy.name != "PRIORITY" && random.chance(0.05))
      for (const Domain &input : result.inputs)
        if (input.type == "number")
          return input.name + " + 1";
    return literal_of(random, type);
  };
  const bool ordered = policy.name == "PRIORITY" || policy.name == "OUTPUT ORDER";
  const bool has_default = random.chance(0.5);
  for (std::size_t o = 0; o < outputs; ++o) {
    table += "<output name=\"s" + std::to_string(o) + "\" typeRef=\"" + (o == 0 ? output_type : "number") + "\">";
    if (ordered && (o == 0 ? output_type : std::string("number")) == "number")
      table += "<outputValues><text>3, 2, 1, 0, 4, 5, 6, 7, 8, -1, -2, -3</text></outputValues>";
    if (has_default)
      table += entry("defaultOutputEntry", literal_of(random, o == 0 ? output_type : "number"));
    table += "</output>";
  }
  const std::size_t rules = !longer               ? 1 + random.below(12)
                            : random.chance(0.05) ? 400 + random.below(900)
                                                  : 25 + random.below(120);
  for (std::size_t r = 0; r < rules; ++r) {
    table += "<rule>";
    for (const Domain &input : result.inputs)
      table += entry("inputEntry", cell_of(random, input.type, result.inputs));
    for (std::size_t o = 0; o < outputs; ++o)
      table += entry("outputEntry", output_text(o));
    table += "</rule>\n";
  }
  table += "</decisionTable>";
  std::string elements;
  std::vector<std::string> needs;
  for (const Domain &input : result.inputs) {
    elements += models::input(input.name, input.type);
    needs.push_back("i_" + input.name);
  }
  result.xml = models::document(elements + models::decision("resultat", needs, table));
  return result;
}

} // namespace rows_and_columns
