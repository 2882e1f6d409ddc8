// What a pack owes its readers beyond loading: every rule on an article, every article carried, every date covered,
// every case passing.
#include "rules/pack/pack_impl.hpp"
#include "text/suggestion.hpp"

#include <algorithm>
#include <set>

namespace spie::pack {

namespace {

using feel::Kind;
using feel::Value;

bool id_shaped(std::string_view word) {
  return word.find('-') != std::string_view::npos && std::all_of(word.begin(), word.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
         });
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(" \t\r\n,;"), text.size());
    if (end > 0)
      words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

struct RuleNote {
  std::string rule; // its number
  std::string text;
};

// The annotations of every rule of every table in a decision's logic, wherever the table stands in it.
void collect(const Value &logic, std::vector<RuleNote> &notes) {
  if (logic.is(Kind::list))
    for (const Value &item : logic.list())
      collect(item, notes);
  if (!logic.is(Kind::context))
    return;
  const Value *rules = logic.context().find("rules");
  if (rules != nullptr && rules->is(Kind::list))
    for (const Value &rule : rules->list()) {
      if (!rule.is(Kind::context))
        continue;
      const Value *number = rule.context().find("number");
      const Value *annotations = rule.context().find("annotations");
      if (annotations != nullptr && annotations->is(Kind::list))
        for (const Value &annotation : annotations->list())
          if (annotation.is(Kind::text))
            notes.push_back({number == nullptr ? std::string() : number->to_string(), annotation.text()});
    }
  for (const auto &[key, value] : logic.context())
    if (key != "rules" && !value.is(Kind::text))
      collect(value, notes);
}

void add(std::vector<Diagnostic> &findings, Code code, Level level, std::string message, std::string where) {
  findings.push_back({code, level, std::move(message), std::move(where)});
}

} // namespace

std::vector<std::string> PackImpl::cited(const std::string &annotation) const {
  std::vector<std::string> ids;
  for (std::string &word : words_of(annotation))
    if (find_article(word) != nullptr)
      ids.push_back(std::move(word));
  return ids;
}

std::optional<std::string> PackImpl::cited_by(const std::string &authority) {
  constexpr std::string_view scheme = "article:";
  if (!authority.starts_with(scheme))
    return std::nullopt;
  return authority.substr(scheme.size());
}

void PackImpl::check_articles(std::vector<Diagnostic> &findings) const {
  std::set<std::string> carried;
  std::vector<std::string> ids;
  for (const Article &article : articles_)
    ids.push_back(article.id);
  for (const dmn::ElementInfo &decision : model_->decisions()) {
    const std::string place = decision.file + ", decision '" + decision.name + "'";
    bool cites = false;
    for (const std::string &authority : decision.authorities) {
      const auto id = cited_by(authority);
      if (!id)
        continue;
      cites = true;
      if (find_article(*id) == nullptr)
        add(findings, Code::pack_unknown_article, Level::error,
            "the knowledge source '" + authority + "' names no article" + suggestion(*id, ids), place);
      else
        carried.insert(*id);
    }
    std::vector<RuleNote> notes;
    collect(model_->describe(decision.name), notes);
    std::set<std::string> reported;
    for (const RuleNote &note : notes) {
      const std::vector<std::string> words = words_of(note.text);
      // A note made of ids alone cites them all; any other is a sentence, which may name some.
      const bool citation = !words.empty() && std::all_of(words.begin(), words.end(), id_shaped);
      for (const std::string &word : words) {
        if (find_article(word) != nullptr) {
          cites = true;
          carried.insert(word);
        } else if (citation && reported.insert(note.rule + ' ' + word).second) {
          cites = true;
          add(findings, Code::pack_unknown_article, Level::error,
              "the annotation '" + word + "' names no article" + suggestion(word, ids), place + ", rule " + note.rule);
        }
      }
    }
    if (!cites)
      add(findings, Code::pack_decision_without_article, Level::warning,
          "the decision '" + decision.name + "' cites no article", place);
  }
  const auto name_article = [&](const std::string &id, const std::string &place) {
    if (find_article(id) == nullptr)
      add(findings, Code::pack_unknown_article, Level::error, unknown("article", id, ids), place);
    else
      carried.insert(id);
  };
  for (const PackParameter &parameter : parameters_) {
    const std::string place = "parametres.json, parameter '" + parameter.nom + "'";
    if (parameter.article.empty())
      add(findings, Code::pack_parameter_without_article, Level::warning,
          "the parameter '" + parameter.nom + "' cites no article", place);
    else
      name_article(parameter.article, place);
  }
  for (const DataFile &data : data_)
    if (!data.article.empty())
      name_article(data.article, data.file + "#/article");
  for (const Article &article : articles_) {
    const std::string place =
        (article.pack == id() ? "" : article.pack + '/') + "articles.json, article '" + article.id + "'";
    if (carried.count(article.id) == 0 && article.sans_regle.empty())
      add(findings, Code::pack_article_without_rule, Level::warning, "no rule stands on '" + article.id + "'", place);
  }
}

void PackImpl::check_parameters(std::vector<Diagnostic> &findings) const {
  for (const PackParameter &parameter : parameters_)
    // One read at the date of a fact takes its first value before it, and says so.
    if (!parameter.valeurs.empty() && parameter.lu_au.empty() && parameter.valeurs.front().depuis > manifest_.debut)
      add(findings, Code::pack_parameter_hole, Level::error,
          "the parameter '" + parameter.nom + "' has no value from " + manifest_.debut.to_string() + " to " +
              parameter.valeurs.front().depuis.plus_days(-1).value_or(parameter.valeurs.front().depuis).to_string(),
          "parametres.json, parameter '" + parameter.nom + "'");
}

void PackImpl::check_names(std::vector<Diagnostic> &findings) const {
  std::set<std::string> unused;
  for (const dmn::ElementInfo &input : model_->unused_inputs())
    unused.insert(input.name);
  for (const PackParameter &parameter : parameters_)
    unused.erase(root_of(parameter.lu_au));
  std::vector<std::string> known;
  for (const dmn::ElementInfo &input : model_->inputs()) {
    known.push_back(input.name);
    if (unused.count(input.name) != 0 && find_parameter(input.name) == nullptr && data_input(input.name) == nullptr)
      add(findings, Code::pack_unused, Level::warning, "no decision reads the input '" + input.name + "'",
          input.file + ", input '" + input.name + "'");
  }
  const auto is_read = [&](const std::string &name) {
    return model_->find_input(name) != nullptr && unused.count(name) == 0;
  };
  for (const PackParameter &parameter : parameters_)
    if (!is_read(parameter.nom))
      add(findings, Code::pack_unused, Level::warning, "no decision reads the parameter '" + parameter.nom + "'",
          "parametres.json, parameter '" + parameter.nom + "'");
  for (const DataFile &data : data_)
    if (!data.input.empty() && !is_read(data.input))
      add(findings, Code::pack_unused, Level::warning, "no decision reads the list '" + data.input + "'", data.file);
  std::vector<std::string> decisions;
  for (const dmn::ElementInfo &decision : model_->decisions()) {
    decisions.push_back(decision.name);
    known.push_back(decision.name);
  }
  for (const auto &[role, decision] : roles_)
    if (model_->find_decision(decision) == nullptr)
      add(findings, Code::pack_role, Level::error,
          "the role '" + role + "' names '" + decision + "', which is no decision" + suggestion(decision, decisions),
          "pack.json#/roles/" + role);
  for (const auto &[name, unit] : units_) {
    // Of a decision, of a member of what it gives, or of a fact.
    if (model_->find_decision(name) == nullptr && model_->find_decision(name.substr(0, name.find('.'))) == nullptr &&
        model_->find_input(root_of(name)) == nullptr)
      add(findings, Code::pack_unused, Level::warning,
          "the unit " + unit + " is given to '" + name + "', which the pack has not" + suggestion(name, known),
          "pack.json#/unites/" + unit);
  }
}

void PackImpl::check_tones(std::vector<Diagnostic> &findings) const {
  std::vector<std::string> known;
  for (const auto &[code, label] : labels_)
    known.push_back(code);
  for (const auto &[code, tone] : tones_)
    if (labels_.count(code) == 0)
      add(findings, Code::pack_unused, Level::warning,
          "the tone " + tone + " is given to '" + code + "', which has no label" + suggestion(code, known),
          "pack.json#/tons/" + code);
}

std::vector<Diagnostic> PackImpl::check() const {
  std::vector<Diagnostic> findings = findings_;
  findings.insert(findings.end(), model_->findings().begin(), model_->findings().end());
  check_articles(findings);
  check_parameters(findings);
  check_names(findings);
  check_tones(findings);
  check_tables(*this, findings);
  check_decisions(*this, findings);
  if (!manifest_.modeles.empty() &&
      std::none_of(cases().begin(), cases().end(), [&](const PackCase &one) { return one.pack == id(); }))
    findings.push_back(
        {Code::pack_without_case, Level::warning, "no case tries the decisions of the pack", "pack.json"});
  for (const DataFile &data : data_)
    check_amounts(data, findings);
  const std::vector<CaseResult> results = run_cases();
  for (std::size_t i = 0; i < results.size(); ++i)
    if (!results[i].passed) {
      const PackCase &one = cases_[i];
      add(findings, Code::pack_case_failed, Level::error, results[i].difference,
          (one.pack == id() ? "" : one.pack + '/') + one.file + ", case '" + one.nom + "'");
    }
  std::stable_sort(findings.begin(), findings.end(),
                   [](const Diagnostic &a, const Diagnostic &b) { return a.level < b.level; });
  return findings;
}

} // namespace spie::pack
