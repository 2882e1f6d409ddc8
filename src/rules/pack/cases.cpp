// Named cases: facts, a date, and what the decision must give.
#include "rules/pack/content.hpp"
#include "rules/pack/pack_impl.hpp"

#include <algorithm>
#include <unordered_set>

namespace spie::pack {

namespace {

using feel::Kind;
using feel::Value;

std::vector<std::string> texts(const Value *list) {
  std::vector<std::string> result;
  if (list != nullptr && list->is(Kind::list))
    for (const Value &item : list->list())
      if (item.is(Kind::text))
        result.push_back(item.text());
  return result;
}

std::vector<std::string> sorted(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

std::string joined(const std::vector<std::string> &names) {
  std::string text = "[";
  for (const std::string &name : names)
    text += (text.size() == 1 ? "" : ", ") + name;
  return text + ']';
}

class Comparison {
public:
  void differ(std::string_view what, const std::string &expected, const std::string &found) {
    difference += (difference.empty() ? "" : "; ") + std::string(what) + ": expected " + expected + ", found " + found;
  }
  void same_set(std::string_view what, const std::vector<std::string> &expected,
                const std::vector<std::string> &found) {
    if (sorted(expected) != sorted(found))
      differ(what, joined(sorted(expected)), joined(sorted(found)));
  }
  std::string difference;
};

void compare_expectation(const std::string &key, const Value &expected, const PackResult &result,
                         Comparison &comparison) {
  if (key == "statut") {
    const std::string_view found = dmn::text(result.status);
    if (!expected.is(Kind::text) || expected.text() != found)
      comparison.differ("statut", expected.to_string(), std::string(found));
  } else if (key == "valeur") {
    if (!feel::identical(expected, result.value))
      comparison.differ("valeur", expected.to_feel(), result.value.to_feel());
  } else if (key == "manquants") {
    comparison.same_set(key, texts(&expected), result.missing);
  } else if (key == "refuses") {
    comparison.same_set(key, texts(&expected), result.refused);
  } else if (key == "articles") {
    // Those named must be among those the value stands on: a case is about the rule it was written for.
    std::vector<std::string> absent;
    for (const std::string &id : texts(&expected))
      if (std::find(result.articles.begin(), result.articles.end(), id) == result.articles.end())
        absent.push_back(id);
    if (!absent.empty())
      comparison.differ("articles", "also " + joined(absent), joined(result.articles));
  } else if (key == "erreurs") {
    std::vector<std::string> codes;
    for (const Diagnostic &error : result.errors)
      codes.emplace_back(text(error.code));
    comparison.same_set(key, texts(&expected), codes);
  } else { // a case must not pass for what nobody checks
    comparison.differ(key, expected.to_string(), "no such expectation");
  }
}

CaseResult run(const PackImpl &pack, const PackCase &one) {
  CaseResult result{one.nom, false, {}};
  Comparison comparison;
  PackEvaluateOptions options;
  if (one.parametres.is(Kind::context))
    for (const auto &[name, value] : one.parametres.context())
      options.parametres.emplace_back(name, value);
  try {
    const PackResult found = pack.evaluate(one.decision, one.faits, one.as_of, options);
    for (const auto &[key, expected] : one.attendu.context())
      compare_expectation(key, expected, found, comparison);
    if (!found.errors.empty() && !comparison.difference.empty())
      comparison.difference += "; error: " + to_string(found.errors.front());
  } catch (const Error &error) {
    // A case may expect a refusal: facts of a wrong type, say.
    std::vector<std::string> codes;
    for (const Diagnostic &diagnostic : error.diagnostics())
      codes.emplace_back(text(diagnostic.code));
    const Value *expected = one.attendu.context().find("erreurs");
    if (expected == nullptr || one.attendu.context().size() != 1)
      comparison.difference = "refused: " + to_string(error.first());
    else
      comparison.same_set("erreurs", texts(expected), codes);
  }
  result.difference = std::move(comparison.difference);
  result.passed = result.difference.empty();
  return result;
}

// A list of texts, the form of "manquants", "refuses", "articles", "erreurs".
void check_list(const Reader &expected, const char *key) {
  if (!expected.has(key))
    return;
  const Reader list = expected.at(key);
  for (std::size_t i = 0; i < list.size(); ++i)
    list.item(i).as_text();
}

} // namespace

std::vector<PackCase> read_cases(const Reader &root, const std::string &pack, const std::string &file) {
  std::vector<PackCase> cases;
  root.keys({"cas"});
  const Reader list = root.at("cas");
  if (list.value().is_null())
    return cases;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Reader item = list.item(i);
    item.keys({"nom", "titre", "decision", "as_of", "faits", "parametres", "attendu", "commentaire"});
    PackCase one;
    one.nom = item.text("nom");
    one.titre = item.text_or_empty("titre");
    one.decision = item.text("decision");
    one.commentaire = item.text_or_empty("commentaire");
    one.pack = pack;
    one.file = file;
    one.as_of = item.date("as_of").value_or(feel::Date{});
    one.faits = item.has("faits") ? item.at("faits").value() : Value(feel::Context());
    if (!one.faits.is(Kind::context))
      item.at("faits").fault("an object is expected here");
    one.parametres = item.has("parametres") ? item.at("parametres").value() : Value(feel::Context());
    if (!one.parametres.is(Kind::context))
      item.at("parametres").fault("an object is expected here");
    const Reader expected = item.at("attendu");
    one.attendu = expected.value();
    if (!expected.is_context()) {
      if (!expected.value().is_null())
        expected.fault("an object is expected here");
      one.attendu = Value(feel::Context());
    }
    expected.keys({"statut", "valeur", "manquants", "refuses", "articles", "erreurs"});
    if (expected.is_context() && expected.value().context().empty())
      expected.fault("the case expects nothing", Code::pack_json, Level::warning);
    for (const char *key : {"manquants", "refuses", "articles", "erreurs"})
      check_list(expected, key);
    cases.push_back(std::move(one));
  }
  return cases;
}

std::vector<CaseResult> PackImpl::run_cases() const {
  std::vector<CaseResult> results;
  results.reserve(cases_.size());
  for (const PackCase &one : cases_)
    results.push_back(run(*this, one));
  return results;
}

} // namespace spie::pack
