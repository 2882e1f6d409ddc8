#include "insertion/convention/decisions.hpp"

#include "text/suggestion.hpp"

#include "spie/feel/type.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace spie::convention {

namespace {

// Facts that make one answer stand for another are few for most decisions; some (the supporting document) differ on
// every line, and are not worth keeping beyond this.
constexpr std::size_t answers_kept = 65'536;

// Facts that the statement, the control and the schedule give to the decisions, and that nobody else may give.
constexpr std::array<std::string_view, 16> computed{
    "depense",      "date_etat",          "montant_retenu",          "cout_total",
    "cout_budget",  "depenses_eligibles", "autres_subventions_etat", "verse",
    "cout_realise", "date_echeance",      "genre_echeance",          "echeance_faite",
    "date_faite",   "annee_controle",     "calendrier_echeance",     "fin_recurrence"};

} // namespace

std::vector<std::string> allowed_words(const Pack &pack, std::string_view field) {
  const dmn::ElementInfo *input = pack.model().find_input("depense");
  const feel::Type *type = input == nullptr ? nullptr : input->type.member(field);
  std::vector<std::string> words;
  if (type != nullptr && type->constraint() != nullptr)
    for (const feel::Value &value : type->constraint()->enumerated())
      if (value.is(feel::Kind::text))
        words.push_back(value.text());
  return words;
}

feel::Context checked_facts(const Pack &pack, const feel::Value &facts) {
  feel::Context result;
  if (facts.is_null())
    return result;
  if (!facts.is(feel::Kind::context))
    throw Error({Code::pack_fact_type, Level::error, "the facts are not a context", "/"});
  for (const auto &[name, value] : facts.context()) {
    if (name == "echeances_faites")
      continue;
    const std::string where = "/" + name;
    if (pack.find_parameter(name) != nullptr)
      throw Error({Code::pack_shadow, Level::error, "'" + name + "' is a parameter of the pack", where});
    if (std::find(computed.begin(), computed.end(), name) != computed.end())
      throw Error({Code::pack_unknown_fact, Level::error, "'" + name + "' is computed, it cannot be given", where,
                   "Leave it out."});
    const dmn::ElementInfo *input = pack.model().find_input(name);
    if (input == nullptr) {
      std::vector<std::string> known{"echeances_faites"};
      for (const dmn::ElementInfo &other : pack.model().inputs())
        if (pack.find_parameter(other.name) == nullptr)
          known.push_back(other.name);
      throw Error({Code::pack_unknown_fact, Level::error, unknown("fact", name, known), where});
    }
    feel::Value taken = value;
    if (value.is(feel::Kind::text) && input->type.kind() == feel::Type::Kind::date)
      if (const auto date = feel::Date::parse(value.text()))
        taken = *date;
    if (value.is(feel::Kind::text) &&
        input->type.kind() == feel::Type::Kind::number) // an amount, as statements give it
      if (const auto number = feel::Number::parse(value.text()))
        taken = *number;
    result.set(name, std::move(taken));
  }
  return result;
}

Decisions::Decisions(const Pack &pack, feel::Date as_of, const Options &options) : pack_(pack), as_of_(as_of) {
  options_.parametres = options.parametres;
  // One that only decisions called without a trace read still changes the amounts.
  for (const auto &[name, value] : options.parametres)
    if (const PackParameter *parameter = pack.find_parameter(name))
      parametres_.insert_or_assign(name, ParameterUse{name, value, {}, parameter->article, true});
  if (const dmn::ElementInfo *input = pack.model().find_input("depense"))
    for (const auto &[name, type] : input->type.members())
      members_.push_back(name);
  const auto lists = [](const std::vector<std::string> &words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
  };
  axis_sentinel_ = lists(allowed_words(pack, "axe"), no_axis);
  need_sentinel_ = lists(allowed_words(pack, "necessaire"), unknown_need);
}

void Decisions::require(std::string_view role) const {
  if (!has(role))
    throw Error({Code::pack_role, Level::error, "the pack gives no decision for the role '" + std::string(role) + "'",
                 "pack.json, roles", "Name the decision that plays it."});
}

Decisions::Role &Decisions::role(std::string_view name) {
  const auto found = roles_.find(name);
  if (found != roles_.end())
    return found->second;
  require(name);
  Role role;
  role.decision = pack_.role(name);
  std::set<std::string> facts;
  std::set<std::string> members;
  for (const dmn::FactInfo &fact : pack_.facts(role.decision)) {
    const std::size_t dot = fact.path.find('.');
    const std::string root = fact.path.substr(0, dot);
    facts.insert(root);
    if (root == "depense") {
      if (dot == std::string::npos)
        members.insert(members_.begin(), members_.end());
      else
        members.insert(fact.path.substr(dot + 1, fact.path.find('.', dot + 1) - dot - 1));
    }
  }
  role.facts.assign(facts.begin(), facts.end());
  role.members.assign(members.begin(), members.end());
  return roles_.emplace(std::string(name), std::move(role)).first->second;
}

void Decisions::missing(std::string_view role, const std::vector<std::string> &facts) const {
  std::string message = "the role '" + std::string(role) + "' has no value";
  for (std::size_t i = 0; i < facts.size(); ++i)
    message += (i == 0 ? ": missing " : ", ") + facts[i];
  throw Error({Code::api_argument, Level::error, std::move(message), {}, "Give these facts."});
}

PackResult Decisions::call(std::string_view role, const feel::Context &facts, bool trace) {
  const Role &called = this->role(role);
  feel::Context given;
  for (const std::string &fact : called.facts)
    if (const feel::Value *value = facts.find(fact))
      given.set(fact, *value);
  options_.trace = trace;
  PackResult result = pack_.evaluate(called.decision, given, as_of_, options_);
  if (result.status == dmn::Status::erreur)
    throw Error(std::move(result.errors));
  for (const ParameterUse &use : result.parametres)
    parametres_.emplace(use.nom, use);
  return result;
}

// What a line says, in the names and the words of the pack's input `depense`.
feel::Context Decisions::expense(const Depense &line) const {
  feel::Context all{{"id", line.id},
                    {"date", line.date},
                    {"action", line.action},
                    {"nature", line.nature},
                    {"libelle", line.libelle},
                    {"fournisseur", line.fournisseur},
                    {"montant", line.montant},
                    {"cofinancement", line.cofinancement},
                    {"montant_cofinance", line.montant_cofinance.value_or(feel::Number(0))},
                    {"payee", line.date_paiement ? "oui" : "non"},
                    {"piece", line.piece}};
  if (!line.axe.empty() || axis_sentinel_)
    all.set("axe", line.axe.empty() ? feel::Value(no_axis) : feel::Value(line.axe));
  if (!line.necessaire.empty() || need_sentinel_)
    all.set("necessaire", line.necessaire.empty() ? feel::Value(unknown_need) : feel::Value(line.necessaire));
  if (line.date_paiement)
    all.set("date_paiement", *line.date_paiement);
  feel::Context known;
  for (const std::string &member : members_)
    if (const feel::Value *value = all.find(member))
      known.set(member, *value);
  return known;
}

const Decisions::Answer &Decisions::line(std::string_view role, const Depense &line, feel::Date date_etat) {
  Role &called = this->role(role);
  const feel::Context expense = this->expense(line);
  std::string key;
  for (const std::string &member : called.members) {
    const feel::Value *value = expense.find(member);
    const std::string text = value == nullptr ? std::string() : value->to_string();
    key += std::to_string(text.size()) + (value == nullptr ? "?" : ":") + text;
  }
  const auto found = called.answers.find(key);
  if (found != called.answers.end())
    return found->second;
  PackResult result = call(role, {{"depense", expense}, {"date_etat", date_etat}});
  if (called.answers.size() >= answers_kept)
    called.answers.clear();
  return called.answers.emplace(std::move(key), Answer{std::move(result.value), std::move(result.missing)})
      .first->second;
}

PackResult Decisions::line_after_cap(const Depense &line, const feel::Number &retained) {
  return call("verdict_plafond", {{"depense", expense(line)}, {"montant_retenu", retained}});
}

feel::Number Decisions::number(std::string_view role, const feel::Context &facts) {
  const PackResult result = call(role, facts, true);
  if (!result.value.is(feel::Kind::number))
    missing(role, result.missing);
  return result.value.number();
}

bool Decisions::line_boolean(std::string_view role, const Depense &line, feel::Date date_etat) {
  const Answer &answer = this->line(role, line, date_etat);
  if (!answer.value.is(feel::Kind::boolean))
    missing(role, answer.missing);
  return answer.value.boolean();
}

std::set<std::string> Decisions::lectures() const {
  std::set<std::string> names;
  for (const auto &[name, role] : roles_)
    for (const dmn::FactInfo &fact : pack_.model().facts(role.decision)) {
      const PackParameter *parameter = pack_.find_parameter(fact.path.substr(0, fact.path.find('.')));
      if (parameter != nullptr && !parameter->lectures.empty())
        names.insert(parameter->nom);
    }
  return names;
}

std::vector<ParameterUse> Decisions::parametres() const {
  std::vector<ParameterUse> uses;
  for (const auto &[name, use] : parametres_)
    uses.push_back(use);
  return uses;
}

} // namespace spie::convention
