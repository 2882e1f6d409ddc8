// The answer in French, for a caseworker and a lawyer: what was decided, because of which facts, by which rule of which
// article; what is missing, or where it went wrong. Plain text: pages and terminals dress it.
#include "rules/pack/formula.hpp"
#include "rules/pack/french.hpp"
#include "rules/pack/pack_impl.hpp"
#include "rules/pack/reasons.hpp"
#include "spie/diagnostic_fr.hpp"
#include "spie/pack/explain.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

namespace spie::pack {

namespace {

using dmn::DecisionTrace;
using dmn::FactTrace;
using dmn::RuleTrace;
using dmn::TableTrace;
using dmn::Verdict;
using feel::Kind;
using feel::Value;

template <typename T> void add_once(std::vector<T> &list, const T &item) {
  if (std::find(list.begin(), list.end(), item) == list.end())
    list.push_back(item);
}

// The rules that could still be hit once the facts that are missing are known; none when the table has decided.
std::vector<const RuleTrace *> possible_rules(const TableTrace &table) {
  std::vector<const RuleTrace *> rules;
  if (!table.value.is_unknown())
    return rules;
  for (const RuleTrace &rule : table.rules)
    if (rule.verdict == Verdict::inconnu || rule.verdict == Verdict::vrai)
      rules.push_back(&rule);
  return rules;
}

// The articles of one decision: those of the rules that were hit, or that still can be; else, where no table decided,
// those it stands on whole.
std::vector<std::string> articles_of(const PackImpl &pack, const DecisionTrace &decision) {
  std::vector<std::string> ids;
  for (const TableTrace &table : decision.tables) {
    const std::vector<const RuleTrace *> possible = possible_rules(table);
    for (const RuleTrace &rule : table.rules)
      if (rule.hit || std::find(possible.begin(), possible.end(), &rule) != possible.end())
        for (const std::string &annotation : rule.annotations)
          for (const std::string &id : pack.cited(annotation))
            add_once(ids, id);
  }
  if (ids.empty())
    for (const std::string &authority : decision.authorities)
      if (const auto id = PackImpl::cited_by(authority); id && pack.find_article(*id) != nullptr)
        add_once(ids, *id);
  return ids;
}

class Explanation {
public:
  Explanation(const PackImpl &pack, const PackResult &result)
      : pack_(pack), result_(result), reasons_(reasons_of(pack, result.trace)), words_(pack.labels()) {
    for (const Article &article : pack.articles())
      words_.emplace(article.id, article.titre);
    for (const ParameterUse &use : result.parametres)
      for (const auto &[code, word] : use.libelles)
        words_.insert_or_assign(code, word);
    for (const dmn::FactInfo &fact : pack.facts(result.decision))
      labels_.emplace(fact.path, fact.label);
    for (const dmn::ElementInfo &input : pack.model().inputs())
      labels_.emplace(input.name, input.label);
  }

  std::string text() {
    heading();
    answer();
    missing();
    errors();
    facts();
    reasoning();
    parameters();
    articles();
    line("Pack " + pack_.id() + ", version " + pack_.version() + " — " + pack_.title());
    return std::move(out_);
  }

private:
  void line(const std::string &text) { out_ += text + '\n'; }
  void title(const std::string &text) {
    out_ += '\n';
    line(text);
  }

  // "freins[2].classe" is said "Freins, 2, classe".
  std::string label(const std::string &path) const {
    std::string general; // without positions, as the declared paths are written
    bool inside = false;
    for (const char c : path) {
      if (c != ']' && inside)
        continue;
      inside = c == '[';
      general += c;
    }
    const std::string root = pack_.root_of(path);
    const auto known_root = labels_.find(root);
    std::string said = known_root == labels_.end() ? root : known_root->second;
    if (root.size() == path.size())
      return said;
    std::string rest = path.substr(root.size());
    const auto known = labels_.find(general);
    const std::size_t last = rest.rfind('.');
    for (std::size_t i = 0; i < rest.size();) {
      const std::size_t end = std::min(rest.find_first_of(".[", i + 1), rest.size());
      std::string part = rest.substr(i + 1, end - i - 1);
      if (rest[i] == '[')
        part = "n° " + part.substr(0, part.size() - 1);
      else if (i == last && known != labels_.end() && !known->second.empty() && known->second != part)
        part = known->second;
      else
        part = word(part);
      said += ", " + part;
      i = end;
    }
    return said;
  }

  std::string article_title(const std::string &id) const {
    const Article *article = pack_.find_article(id);
    return article == nullptr ? id : article->titre;
  }
  std::string titles(const std::vector<std::string> &ids) const {
    std::string text;
    for (const std::string &id : ids)
      text += (text.empty() ? "" : " ; ") + article_title(id);
    return text;
  }

  // A value on one line; a text that is an article's id gives its title. What a decision could not tell is
  // undetermined, whatever the facts it lacks are called.
  std::string said(const Value &value, const std::string &unit, bool decided = true) const {
    if (value.is(Kind::text))
      if (const Article *article = pack_.find_article(value.text()))
        return article->titre;
    Speech speech;
    speech.labels = &words_;
    if (decided)
      speech.unknown = speech.refused = "indéterminé";
    else
      speech.leave_out_unknown = true;
    return french_value(value, unit, speech);
  }
  std::string word(const std::string &key) const {
    Speech speech;
    speech.labels = &words_;
    return french_word(key, speech);
  }

  const dmn::ElementInfo &decision() const { return *pack_.model().find_decision(result_.decision); }

  void heading() {
    const dmn::ElementInfo &asked = decision();
    line(asked.label + " (" + asked.name + "), au " + french_date(result_.as_of));
    if (!asked.question.empty())
      line("Question : " + asked.question);
  }

  void answer() {
    if (result_.status == dmn::Status::erreur) {
      line("Réponse : aucune, le calcul a rencontré une erreur.");
      return;
    }
    if (result_.status == dmn::Status::indetermine) {
      line("Réponse : indéterminée, il manque des faits.");
      return;
    }
    const std::string unit = pack_.unit_of(result_.decision);
    const Value &value = result_.value;
    const bool items = value.is(Kind::list) && !value.list().empty() && value.list().front().is(Kind::context);
    if (!value.is(Kind::context) && !items) {
      line("Réponse : " + said(value, unit) + '.');
      return;
    }
    line("Réponse :");
    if (value.is(Kind::context)) {
      for (const auto &[key, member] : value.context())
        line("- " + word(key) + " : " + said(member, pack_.unit_of(result_.decision + '.' + key)));
      return;
    }
    for (const Value &item : value.list())
      line("- " + said(item, unit));
  }

  void missing() {
    const auto refused = [&](const std::string &path) {
      return std::find(result_.refused.begin(), result_.refused.end(), path) != result_.refused.end();
    };
    bool first = true;
    for (const std::string &path : result_.missing) {
      if (refused(path))
        continue;
      if (first)
        title("Il manque");
      first = false;
      line("- " + label(path) + " (" + path + ')');
    }
    if (!result_.refused.empty())
      title("Refusé par la personne, à ne pas redemander");
    for (const std::string &path : result_.refused)
      line("- " + label(path) + " (" + path + ')');
  }

  void errors() {
    if (result_.errors.empty())
      return;
    title(result_.errors.size() == 1 ? "Erreur" : "Erreurs");
    for (const Diagnostic &error : result_.errors) {
      line("- " + std::string(spie::text(error.code)) + " : " + std::string(meaning_fr(error.code)) +
           (error.where.empty() ? std::string() : ", à cette place : " + error.where) +
           (error.message.empty() ? std::string() : " (" + error.message + ')'));
      line("  " + std::string(remedy_fr(error.code)));
    }
  }

  bool is_fact(const FactTrace &fact) const {
    const std::string root = pack_.root_of(fact.path);
    return !fact.decision && pack_.find_parameter(root) == nullptr && pack_.data_input(root) == nullptr;
  }

  void facts() {
    std::map<std::string, const FactTrace *> read;
    for (const Reason &reason : reasons_)
      for (const FactTrace *fact : reason.facts)
        if (is_fact(*fact) && !fact->value.is_unknown()) // what is missing has been said, the rest does not matter
          read.emplace(fact->path, fact);
    // A whole that was read says all that its parts say.
    for (auto it = read.begin(); it != read.end();) {
      const bool part = std::any_of(read.begin(), read.end(), [&](const auto &other) {
        return it->first.size() > other.first.size() && it->first.starts_with(other.first) &&
               (it->first[other.first.size()] == '.' || it->first[other.first.size()] == '[');
      });
      it = part ? read.erase(it) : std::next(it);
    }
    if (read.empty())
      return;
    title("Faits");
    for (const auto &[path, fact] : read)
      line("- " + label(path) + " : " + said(fact->value, pack_.unit_of(path), false));
  }

  // What the rules hit asked of their columns, and found there.
  void rule(const TableTrace &table, const RuleTrace &hit, const Reason &reason) {
    const auto texts = reason.cells->find(hit.id);
    std::string because;
    for (std::size_t i = 0; i < table.inputs.size() && i < hit.cells.size(); ++i) {
      const bool asks = texts == reason.cells->end() || i >= texts->second.size() || texts->second[i] != "-";
      if (asks && hit.cells[i] != Verdict::non_evalue)
        because += (because.empty() ? "" : " ; ") + table.inputs[i].label + " : " +
                   said(table.inputs[i].value, pack_.unit_of(table.inputs[i].expression));
    }
    line("   règle " + std::to_string(hit.number) + (because.empty() ? "" : " — " + because));
  }

  // A rule that may still be hit: the cells that cannot be told yet, and what they ask.
  void possible(const TableTrace &table, const RuleTrace &rule, const Reason &reason) {
    const auto texts = reason.cells->find(rule.id);
    std::string unknown;
    for (std::size_t i = 0; i < table.inputs.size() && i < rule.cells.size(); ++i) {
      if (rule.cells[i] != Verdict::inconnu)
        continue;
      unknown += (unknown.empty() ? "" : " ; ") + table.inputs[i].label;
      if (texts != reason.cells->end() && i < texts->second.size())
        unknown += ", attendu : " + formula(texts->second[i], *reason.decision);
    }
    line("   règle " + std::to_string(rule.number) + " encore possible" +
         (unknown.empty() ? std::string() : " — à savoir : " + unknown));
  }

  // ---- Calculations ----

  std::string formula(const std::string &feel, const DecisionTrace &decision) const {
    FormulaWords words;
    words.name = [&](const std::string &path) -> std::optional<std::string> {
      if (const PackParameter *parameter = pack_.find_parameter(path))
        return parameter->titre;
      for (const FactTrace &fact : decision.facts)
        if (fact.path == path)
          return fact.decision && !fact.label.empty() ? fact.label : label(path);
      if (labels_.count(path) != 0)
        return label(path);
      return std::nullopt;
    };
    words.text = [&](const std::string &text) { return said(Value(text), {}); };
    return french_formula(feel, words);
  }

  static std::string text_of(const Value &logic, std::string_view key) {
    const Value *found = logic.is(Kind::context) ? logic.context().find(key) : nullptr;
    return found != nullptr && found->is(Kind::text) ? found->text() : std::string();
  }

  // What a decision that is no table computes: its description, its formula, its named steps.
  void calculation(const DecisionTrace &decision) {
    const Value logic = pack_.model().describe(decision.name);
    const std::string kind = text_of(logic, "kind");
    if (kind != "literal_expression" && kind != "context")
      return;
    const std::string &description = pack_.model().find_decision(decision.name)->description;
    if (!description.empty())
      line("   " + description);
    if (kind == "literal_expression") {
      const std::string text = text_of(logic, "text");
      if (description.empty() || !is_program(text))
        line("   calcul : " + formula(text, decision));
      return;
    }
    const Value *entries = logic.context().find("entries");
    for (std::size_t i = 0; entries != nullptr && i < entries->list().size(); ++i) {
      const Value &entry = entries->list()[i];
      const std::string name = text_of(entry, "name");
      const Value *expression = entry.context().find("expression");
      const std::string text = expression == nullptr ? std::string() : text_of(*expression, "text");
      const std::string computed = text.empty() || is_program(text) ? std::string() : formula(text, decision);
      if (name.empty()) {
        if (!computed.empty() || description.empty())
          line("   résultat : " + (computed.empty() ? formula(text, decision) : computed));
        continue;
      }
      const auto traced = std::find_if(decision.entries.begin(), decision.entries.end(),
                                       [&](const dmn::EntryTrace &one) { return one.name == name; });
      line("   - " + name + (computed.empty() ? std::string() : " (" + computed + ')') +
           (traced == decision.entries.end() ? std::string()
                                             : " : " + said(traced->value, pack_.unit_of(decision.name + '.' + name))));
    }
  }

  void reasoning() {
    if (reasons_.empty())
      return;
    title("Raisonnement");
    std::size_t number = 0;
    for (const Reason &reason : reasons_) {
      const DecisionTrace &decision = *reason.decision;
      const bool answered = decision.name == result_.decision && decision.value.is(Kind::context) &&
                            result_.status == dmn::Status::determine; // its members stand above
      line(std::to_string(++number) + ". " + decision.label +
           (answered ? std::string() : " : " + said(decision.value, pack_.unit_of(decision.name))));
      for (const TableTrace &table : decision.tables) {
        bool any = false;
        for (const RuleTrace &one : table.rules)
          if (one.hit) {
            rule(table, one, reason);
            any = true;
          }
        if (!any && table.default_output)
          line("   aucune règle : la valeur par défaut");
        if (!any)
          for (const RuleTrace *one : possible_rules(table))
            possible(table, *one, reason);
      }
      calculation(decision);
      const std::vector<std::string> ids = articles_of(pack_, decision);
      if (!ids.empty())
        line("   " + titles(ids));
    }
  }

  void parameters() {
    if (result_.parametres.empty())
      return;
    title("Paramètres");
    for (const ParameterUse &use : result_.parametres) {
      const PackParameter *parameter = pack_.find_parameter(use.nom);
      if (parameter == nullptr)
        continue;
      if (use.valeur.is_unknown()) {
        line("- " + parameter->titre + " : indéterminé, lu à la date de : " + label(use.lu_au) + " (" + use.lu_au +
             ')');
        continue;
      }
      std::string text = "- " + parameter->titre + " : " + said(use.valeur, parameter->unite);
      for (const ParameterReading &reading : parameter->lectures)
        if (feel::identical(reading.valeur, use.valeur))
          text += ", " + reading.sens;
      text += use.given ? " (donné pour ce calcul" : " (depuis le " + french_date(use.depuis);
      if (!use.lu_au.empty() && use.date)
        text += " ; lu au " + french_date(*use.date) + ", " + label(use.lu_au);
      if (use.avant)
        text += " ; ce jour vient avant la première valeur connue, qui est prise";
      if (!use.article.empty())
        text += " ; " + article_title(use.article);
      line(text + ')');
      if (use.seconde_main)
        line("  source de seconde main : à vérifier avant de le montrer comme du droit");
    }
  }

  void articles() {
    if (!result_.articles.empty())
      title("Articles");
    for (const std::string &id : result_.articles) {
      const Article *article = pack_.find_article(id);
      line("- " + article->titre + " (" + article->place + ") : " + article->resume);
    }
    out_ += '\n';
  }

  const PackImpl &pack_;
  const PackResult &result_;
  std::vector<Reason> reasons_;
  std::map<std::string, std::string> words_;  // how codes are said
  std::map<std::string, std::string> labels_; // how facts are said
  std::string out_;
};

} // namespace

void cite(const PackImpl &pack, PackResult &result) {
  std::set<std::string> read;
  for (const Reason &reason : reasons_of(pack, result.trace)) {
    for (const std::string &id : articles_of(pack, *reason.decision))
      add_once(result.articles, id);
    for (const FactTrace *fact : reason.facts)
      read.insert(pack.root_of(fact->path));
  }
  std::erase_if(result.parametres, [&](const ParameterUse &use) { return read.count(use.nom) == 0; });
}

std::string explain(const PackImpl &pack, const PackResult &result) { return Explanation(pack, result).text(); }

} // namespace spie::pack

std::string spie::explain(const Pack &pack, const PackResult &result) {
  const auto *held = dynamic_cast<const pack::PackImpl *>(&pack);
  return held == nullptr || result.trace.decisions.empty() ? std::string() : pack::explain(*held, result);
}
