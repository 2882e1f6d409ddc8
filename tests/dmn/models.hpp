// Small DMN models written in the tests that use them.
#pragma once

#include "tests/catch.hpp"

#include "spie/dmn/model.hpp"

#include <string>
#include <vector>

namespace models {

using namespace spie;
using feel::Context;
using feel::List;
using feel::Value;

constexpr const char *dmn13 = "https://www.omg.org/spec/DMN/20191111/MODEL/";

// A document of DMN 1.3 around its elements; the elements start on line 2.
inline std::string document(const std::string &elements, const std::string &name = "modele",
                            const std::string &model_namespace = "urn:test", const std::string &uri = dmn13) {
  return "<definitions xmlns=\"" + uri + "\" id=\"d\" name=\"" + name + "\" namespace=\"" + model_namespace + "\">\n" +
         elements + "\n</definitions>\n";
}

inline std::string input(const std::string &name, const std::string &type = {}) {
  return "<inputData id=\"i_" + name + "\" name=\"" + name + "\"><variable name=\"" + name + "\"" +
         (type.empty() ? "" : " typeRef=\"" + type + "\"") + "/></inputData>\n";
}

// `needs`: "i_a" for an input, "d_b" for a decision, "k_f" for a business knowledge model, all of this document.
inline std::string decision(const std::string &name, const std::vector<std::string> &needs, const std::string &logic,
                            const std::string &type = {}) {
  std::string text = "<decision id=\"d_" + name + "\" name=\"" + name + "\"><variable name=\"" + name + "\"" +
                     (type.empty() ? "" : " typeRef=\"" + type + "\"") + "/>\n";
  for (const std::string &need : needs)
    if (need[0] == 'i')
      text += "<informationRequirement><requiredInput href=\"#" + need + "\"/></informationRequirement>\n";
    else if (need[0] == 'd')
      text += "<informationRequirement><requiredDecision href=\"#" + need + "\"/></informationRequirement>\n";
    else
      text += "<knowledgeRequirement><requiredKnowledge href=\"#" + need + "\"/></knowledgeRequirement>\n";
  return text + logic + "</decision>\n";
}

inline std::string escaped(const std::string &text) {
  std::string result;
  for (const char c : text)
    if (c == '<')
      result += "&lt;";
    else if (c == '&')
      result += "&amp;";
    else
      result += c;
  return result;
}

inline std::string literal(const std::string &text, const std::string &type = {}) {
  return "<literalExpression" + (type.empty() ? "" : " typeRef=\"" + type + "\"") + "><text>" + escaped(text) +
         "</text></literalExpression>\n";
}

struct Column {
  std::string text; // of an input its expression, of an output its name
  std::string values = {};
  std::string fallback = {};
};

inline std::string table(const std::string &policy, const std::vector<Column> &inputs,
                         const std::vector<Column> &outputs, const std::vector<std::vector<std::string>> &rules) {
  std::string text = "<decisionTable " + policy + ">\n";
  for (const Column &column : inputs)
    text += "<input><inputExpression><text>" + escaped(column.text) + "</text></inputExpression>" +
            (column.values.empty() ? "" : "<inputValues><text>" + escaped(column.values) + "</text></inputValues>") +
            "</input>\n";
  for (const Column &column : outputs)
    text += "<output name=\"" + column.text + "\">" +
            (column.values.empty() ? "" : "<outputValues><text>" + escaped(column.values) + "</text></outputValues>") +
            (column.fallback.empty()
                 ? ""
                 : "<defaultOutputEntry><text>" + escaped(column.fallback) + "</text></defaultOutputEntry>") +
            "</output>\n";
  for (const auto &rule : rules) {
    text += "<rule>";
    for (std::size_t i = 0; i < rule.size(); ++i)
      text += (i < inputs.size() ? "<inputEntry><text>" : "<outputEntry><text>") + escaped(rule[i]) +
              (i < inputs.size() ? "</text></inputEntry>" : "</text></outputEntry>");
    text += "</rule>\n";
  }
  return text + "</decisionTable>\n";
}

inline std::shared_ptr<const dmn::Model> load(const std::string &elements, const dmn::LoadOptions &options = {}) {
  return dmn::Model::load({{"modele.dmn", document(elements)}}, options);
}

// The findings of a load that is refused; empty when it is not.
inline std::vector<Diagnostic> refused(std::vector<dmn::Source> sources, const dmn::LoadOptions &options = {}) {
  try {
    dmn::Model::load(std::move(sources), options);
  } catch (const Error &error) {
    return error.diagnostics();
  }
  return {};
}
inline std::vector<Diagnostic> refused(const std::string &elements, const dmn::LoadOptions &options = {}) {
  return refused({{"modele.dmn", document(elements)}}, options);
}

inline dmn::Result run(const dmn::Model &model, const std::string &decision, const std::vector<dmn::Given> &given = {},
                       bool unknown = false, bool trace = false) {
  dmn::EvaluateOptions options;
  options.facts_may_be_unknown = unknown;
  options.trace = trace;
  return model.evaluate(decision, given, options);
}

inline std::string first_code(const std::vector<Diagnostic> &diagnostics) {
  return diagnostics.empty() ? "" : std::string(text(diagnostics.front().code));
}

} // namespace models
