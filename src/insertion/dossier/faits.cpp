#include "spie/dossier/faits.hpp"

#include "insertion/dossier/faits_regle.hpp"
#include "spie/pack/values.hpp"
#include "text/suggestion.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace spie::dossier {

namespace {

using feel::Value;
using Sorte = RegleFait::Genre;

std::string_view root_of(std::string_view path) { return path.substr(0, path.find_first_of(".[")); }

std::string said(const Value &value) { return value.is(feel::Kind::text) ? value.text() : value.to_string(); }

// Whole years, counted from birthday to birthday; one born on 29 February has hers on 1 March of other years.
std::optional<std::int64_t> years(feel::Date from, feel::Date to) {
  if (to < from)
    return std::nullopt;
  const auto a = from.civil(), b = to.civil();
  const bool before = b.month < a.month || (b.month == a.month && b.day < a.day);
  return b.year - a.year - (before ? 1 : 0);
}

// One thing that a dossier holds: its facts, or a naming, or an address.
struct Chose {
  std::string_view cle;
  std::vector<const Fait *> faits;
  const Mandat *mandat = nullptr;
  const Domicile *domicile = nullptr;
  const Presence *presence = nullptr;

  const Fait *find(std::string_view field) const {
    const auto found = std::ranges::find_if(faits, [&](const Fait *one) { return one->champ == field; });
    return found == faits.end() ? nullptr : *found;
  }
};

// The facts of a situation by type and key, found when first asked for.
class Choses {
public:
  explicit Choses(const Situation &situation) : situation_(situation) {}

  const Situation &situation() const noexcept { return situation_; }

  const std::vector<Chose> &of(std::string_view type) {
    if (!read_) {
      for (const Fait &fact : situation_.faits) {
        std::vector<Chose> &list = by_type_[fact.type];
        if (list.empty() || list.back().cle != fact.cle) {
          const auto same = std::ranges::find_if(list, [&](const Chose &one) { return one.cle == fact.cle; });
          if (same != list.end()) {
            same->faits.push_back(&fact);
            continue;
          }
          list.push_back({fact.cle, {}});
        }
        list.back().faits.push_back(&fact);
      }
      for (const Presence &one : situation_.presences) {
        Chose thing{one.cle, {}};
        thing.presence = &one;
        by_type_[one.type].push_back(std::move(thing));
      }
      read_ = true;
    }
    const auto found = by_type_.find(type);
    static const std::vector<Chose> none;
    return found == by_type_.end() ? none : found->second;
  }

private:
  const Situation &situation_;
  bool read_ = false;
  std::map<std::string_view, std::vector<Chose>> by_type_;
};

class Lecture {
public:
  Lecture(const Situation &situation, const Voisins &neighbours) : things_(situation), neighbours_(neighbours) {}

  Value read(const RegleFait &rule) {
    switch (rule.genre) {
    case Sorte::hors_dossier:
      return {};
    case Sorte::jour:
      return things_.situation().au;
    case Sorte::chemin: {
      const Fait *fact = things_.situation().find(rule.chemin);
      return fact == nullptr ? Value() : rule.traduction.of(fact->dire.valeur);
    }
    case Sorte::depuis:
      return since(rule);
    case Sorte::age: {
      const Fait *fact = things_.situation().find(rule.chemin);
      if (fact == nullptr || !fact->dire.valeur.is(feel::Kind::date))
        return {};
      const auto age = years(fact->dire.valeur.date(), things_.situation().au);
      return age ? Value(*age) : Value();
    }
    case Sorte::premier_connu:
      for (const RegleFait &one : rule.regles)
        if (Value value = read(one); !value.is_null())
          return value;
      return {};
    case Sorte::plus_ancien:
    case Sorte::plus_recent:
      return extreme(rule);
    case Sorte::contexte: {
      feel::Context context;
      for (const auto &[name, member] : rule.membres)
        if (Value value = read(member); !value.is_null())
          context.set(name, std::move(value));
      return context.empty() ? Value() : Value(std::move(context));
    }
    default:
      return of_things(rule);
    }
  }

private:
  Value since(const RegleFait &rule) {
    if (const TypeContenu *type = find_type(rule.chemin)) {
      for (const Chose &one : things_.of(type->nom))
        return day(one, false);
      return {};
    }
    const Fait *fact = things_.situation().find(rule.chemin);
    if (fact == nullptr || (!rule.si.empty() && std::ranges::find(rule.si, said(fact->dire.valeur)) == rule.si.end()))
      return {};
    return fact->dire.effet.debut;
  }

  Value extreme(const RegleFait &rule) {
    Value best;
    for (const RegleFait &one : rule.regles) {
      Value value = read(one);
      if (!value.is(feel::Kind::date))
        continue;
      if (best.is_null() ||
          (rule.genre == Sorte::plus_ancien ? value.date() < best.date() : value.date() > best.date()))
        best = std::move(value);
    }
    return best;
  }

  // The steps of the thing since it began anew.
  static std::vector<std::pair<std::string_view, feel::Date>> steps(const Chose &thing) {
    std::vector<std::pair<std::string_view, feel::Date>> list;
    const Fait *history = thing.find("etapes");
    if (history == nullptr || !history->dire.valeur.is(feel::Kind::list))
      return list;
    const std::string_view all = find_champ(*find_type(history->type), "etape")->valeurs;
    const std::string_view first = all.substr(0, all.find(' '));
    for (const Value &one : history->dire.valeur.list()) {
      const Value *step = one.context().find("etape"), *on = one.context().find("date");
      if (step == nullptr || on == nullptr || !step->is(feel::Kind::text) || !on->is(feel::Kind::date))
        continue;
      if (step->text() == first)
        list.clear();
      list.emplace_back(step->text(), on->date());
    }
    return list;
  }

  // From when it holds: of what has steps, the first one, or the last.
  static Value day(const Chose &thing, bool last) {
    if (thing.mandat != nullptr)
      return thing.mandat->depuis;
    if (thing.domicile != nullptr)
      return thing.domicile->depuis;
    if (thing.presence != nullptr)
      return thing.presence->depuis;
    if (const auto said = steps(thing); !said.empty())
      return last ? said.back().second : said.front().second;
    return thing.faits.empty() || thing.find("etapes") != nullptr ? Value()
                                                                  : Value(thing.faits.front()->dire.effet.debut);
  }

  static Value field(const Chose &thing, std::string_view name) {
    const auto text = [](const std::string &value) { return value.empty() ? Value() : Value(value); };
    if (const Mandat *one = thing.mandat)
      return name == "role"            ? text(one->role)
             : name == "professionnel" ? text(one->professionnel)
             : name == "structure"     ? text(one->structure)
             : name == "source"        ? text(one->source)
                                       : Value();
    if (thing.domicile != nullptr)
      return name == "code_commune" ? text(thing.domicile->code_commune) : Value();
    const Fait *fact = thing.find(name);
    return fact == nullptr ? Value() : fact->dire.valeur;
  }

  Value value(const Chose &thing, const Terme &term) const {
    const auto plain = [&]() -> Value {
      switch (term.quoi) {
      case Terme::Quoi::champ:
        return field(thing, term.nom);
      case Terme::Quoi::cle:
        return std::string(thing.cle);
      case Terme::Quoi::debut:
        return day(thing, false);
      case Terme::Quoi::depuis:
        return day(thing, true);
      case Terme::Quoi::etape: {
        Value on;
        for (const auto &[step, date] : steps(thing))
          if (step == term.nom)
            on = date;
        return on;
      }
      case Terme::Quoi::voisin:
        return elsewhere(thing, term);
      }
      return {};
    };
    return term.traduction.of(plain());
  }

  Value elsewhere(const Chose &thing, const Terme &term) const {
    const Value named = field(thing, term.nom);
    const auto subject = named.is(feel::Kind::text) ? Sujet::parse(named.text()) : std::nullopt;
    const Situation *there = subject && neighbours_ ? neighbours_(*subject) : nullptr;
    if (there == nullptr)
      return {};
    std::string path = term.ailleurs;
    for (std::size_t open = path.find('{'); open != std::string::npos; open = path.find('{')) {
      const std::size_t close = path.find('}', open);
      const Value part = field(thing, path.substr(open + 1, close - open - 1));
      if (close == std::string::npos || part.is_null())
        return {};
      path.replace(open, close - open + 1, said(part));
    }
    const Fait *fact = there->find(path);
    return fact == nullptr ? Value() : fact->dire.valeur;
  }

  enum class Etat : std::uint8_t { non, oui, inconnu };
  Etat meets(const Chose &thing, const std::vector<Condition> &conditions) const {
    Etat state = Etat::oui;
    for (const Condition &one : conditions) {
      const Value given = value(thing, one.terme);
      if (given.is_null()) {
        state = Etat::inconnu;
        continue;
      }
      if ((std::ranges::find(one.valeurs, said(given)) != one.valeurs.end()) == one.sauf)
        return Etat::non;
    }
    return state;
  }

  const std::vector<Chose> &all(const RegleFait &rule) {
    if (rule.choses == RegleFait::Choses::faits)
      return things_.of(rule.de->nom);
    own_.clear();
    if (rule.choses == RegleFait::Choses::mandats)
      for (const Mandat &one : things_.situation().mandats) {
        own_.push_back({one.role, {}});
        own_.back().mandat = &one;
      }
    else
      for (const Domicile &one : things_.situation().domiciles) {
        own_.push_back({});
        own_.back().domicile = &one;
      }
    return own_;
  }

  // A thing that may meet the conditions, or not, leaves what is asked of all of them unknown.
  Value of_things(const RegleFait &rule) {
    const std::vector<Chose> &list = all(rule);
    std::vector<const Chose *> met;
    bool unknown = false;
    for (const Chose &one : list) {
      const Etat state = meets(one, rule.conditions);
      unknown = unknown || state == Etat::inconnu;
      if (state == Etat::oui)
        met.push_back(&one);
    }
    if (rule.genre == Sorte::existe && !met.empty())
      return true;
    if (unknown || (list.empty() && !rule.vide_est_rien))
      return {};
    switch (rule.genre) {
    case Sorte::existe:
      return false;
    case Sorte::compte:
      return static_cast<std::int64_t>(met.size());
    case Sorte::liste: {
      feel::List values;
      for (const Chose *one : met) {
        if (rule.valeur) {
          if (Value item = value(*one, *rule.valeur); !item.is_null())
            values.push_back(std::move(item));
          continue;
        }
        feel::Context item;
        for (const auto &[name, term] : rule.champs)
          if (Value part = value(*one, term); !part.is_null())
            item.set(name, std::move(part));
        values.push_back(std::move(item));
      }
      return values;
    }
    default: {
      const Chose *best = nullptr;
      std::optional<feel::Date> on;
      for (const Chose *one : met) {
        const Value when = day(*one, true);
        if (!when.is(feel::Kind::date))
          return {};
        if (!on || (rule.genre == Sorte::premier ? when.date() < *on : when.date() >= *on)) {
          best = one;
          on = when.date();
        }
      }
      return best == nullptr ? Value() : value(*best, *rule.valeur);
    }
    }
  }

  Choses things_;
  const Voisins &neighbours_;
  std::vector<Chose> own_;
};

void tell_origins(const std::string &fact, const RegleFait &rule, std::vector<Origine> &into) {
  if (rule.genre == Sorte::contexte) {
    for (const auto &[name, member] : rule.membres)
      tell_origins(fact + "." + name, member, into);
    return;
  }
  into.push_back({fact, rule.chemins, rule.genre == Sorte::jour || rule.genre == Sorte::hors_dossier});
}

// The inputs that callers give: neither parameters, nor lists, nor decisions of another model.
std::set<std::string, std::less<>> inputs_of(const Pack &pack, std::string_view decision) {
  std::set<std::string, std::less<>> names;
  const auto add = [&](std::string_view one) {
    for (const dmn::FactInfo &fact : pack.facts(one))
      if (pack.model().find_decision(root_of(fact.path)) == nullptr)
        names.emplace(root_of(fact.path));
  };
  if (!decision.empty())
    add(decision);
  else
    for (const dmn::ElementInfo &one : pack.model().decisions())
      add(one.name);
  return names;
}

class Examen {
public:
  explicit Examen(std::vector<Diagnostic> &findings) : findings_(findings) {}

  void conforms(const std::string &path, const RegleFait &rule, const feel::Type &wanted, const std::string &where) {
    if (rule.genre == Sorte::hors_dossier || rule.type.is_any() || wanted.is_any())
      return;
    if (rule.genre == Sorte::contexte) {
      for (const auto &[name, member] : rule.membres) {
        const feel::Type *inner = wanted.member(name);
        if (inner == nullptr)
          unknown_member(path, name, wanted, where + "/contexte/" + name);
        else
          conforms(path + "." + name, member, *inner, where + "/contexte/" + name);
      }
      return;
    }
    if (rule.genre == Sorte::liste && wanted.kind() == feel::Type::Kind::list && !rule.champs.empty()) {
      for (const auto &[name, term] : rule.champs) {
        const feel::Type *inner = wanted.element().member(name);
        if (inner == nullptr && wanted.element().kind() == feel::Type::Kind::context)
          unknown_member(path + "[]", name, wanted.element(), where + "/champs/" + name);
        else if (inner != nullptr)
          kind(path + "[]." + name, term.type, *inner, where + "/champs/" + name);
      }
      return;
    }
    kind(path, rule.type, wanted, where);
    allowed(path, rule, wanted, where);
  }

private:
  void unknown_member(const std::string &path, const std::string &name, const feel::Type &wanted,
                      const std::string &where) {
    std::vector<std::string> names;
    for (const auto &[known, type] : wanted.members())
      names.push_back(known);
    findings_.push_back({Code::pack_unknown_fact, Level::error,
                         "'" + path + "' has no '" + name + "'" + suggestion(name, names), where});
  }
  void kind(const std::string &path, const feel::Type &made, const feel::Type &wanted, const std::string &where) {
    if (!made.is_any() && !wanted.is_any() && made.kind() != wanted.kind())
      findings_.push_back({Code::pack_fact_type, Level::error,
                           "'" + path + "' takes a " + wanted.to_string() + ", this makes a " + made.to_string(),
                           where});
  }
  // The codes that it is said by, where they are all known.
  void allowed(const std::string &path, const RegleFait &rule, const feel::Type &wanted, const std::string &where) {
    if (wanted.constraint() == nullptr)
      return;
    const feel::List values = wanted.constraint()->enumerated();
    if (values.empty())
      return;
    feel::List made;
    for (const auto &[pattern, value] : rule.traduction.codes)
      made.push_back(value);
    if (made.empty() && rule.genre == Sorte::chemin)
      if (const auto from = Chemin::parse(rule.chemin))
        if (const Champ *field = find_champ(*from->type, from->champ); field && field->nature == Nature::reponse)
          made = {"oui", "non", "non_aborde", "refuse", "ne_sait_pas"};
    for (const Value &value : made)
      if (!value.is_null() &&
          std::ranges::none_of(values, [&](const Value &one) { return feel::identical(one, value); }))
        findings_.push_back({Code::pack_fact_type, Level::error,
                             "'" + path + "' does not take " + value.to_string() + ", which this may make", where});
  }

  std::vector<Diagnostic> &findings_;
};

} // namespace

struct LecteurFaits::Entree {
  std::string nom;
  RegleFait regle;
};

LecteurFaits::LecteurFaits(LecteurFaits &&) noexcept = default;
LecteurFaits::~LecteurFaits() = default;

LecteurFaits::LecteurFaits(const Pack &pack, std::string_view decision) {
  const auto inputs = inputs_of(pack, decision);
  std::set<std::string, std::less<>> left = inputs;
  for (auto &[name, rule] : read_carte(pack, {Code::pack_json})) {
    if (!inputs.contains(name))
      continue;
    tell_origins(name, rule, origines_);
    if (rule.genre == Sorte::hors_dossier)
      continue;
    left.erase(name);
    entrees_.push_back({name, std::move(rule)});
  }
  hors_.assign(left.begin(), left.end());
}

feel::Context LecteurFaits::faits(const Situation &situation, const Voisins &voisins) const {
  Lecture reading(situation, voisins);
  std::vector<feel::Context::Entry> facts;
  for (const Entree &entry : entrees_)
    if (Value value = reading.read(entry.regle); !value.is_null())
      facts.emplace_back(entry.nom, std::move(value));
  return feel::Context::of_distinct(std::move(facts));
}

FaitsDecision faits_du_dossier(const Pack &pack, const Situation &situation, std::string_view decision) {
  const LecteurFaits reader(pack, decision);
  return {reader.faits(situation), reader.origines()};
}

std::vector<Diagnostic> verifier_faits(const Pack &pack) {
  std::vector<Diagnostic> findings;
  if (pack.data("faits") == nullptr)
    return findings;
  const auto map = read_carte(pack, {Code::pack_json, &findings});
  const auto inputs = inputs_of(pack, {});
  const std::string file = "donnees/faits.json#/faits/";
  Examen examination(findings);
  std::set<std::string, std::less<>> told;
  for (const auto &[name, rule] : map) {
    told.insert(name);
    const dmn::ElementInfo *input = pack.model().find_input(name);
    if (input == nullptr || !inputs.contains(name)) {
      findings.push_back({Code::pack_unknown_fact, Level::error,
                          "'" + name + "' is no fact that a decision reads" +
                              suggestion(name, std::vector<std::string>(inputs.begin(), inputs.end())),
                          file + name});
      continue;
    }
    examination.conforms(name, rule, input->type, file + name);
  }
  for (const std::string &name : inputs)
    if (!told.contains(name))
      findings.push_back({Code::pack_unused, Level::warning,
                          "nothing says from which paths of a dossier the fact '" + name + "' is made", file + name,
                          "Map it, or say why no dossier gives it: {\"hors_dossier\": \"…\"}."});
  return findings;
}

std::vector<Diagnostic> verifier_pack(const Pack &pack) {
  std::vector<Diagnostic> findings = pack.check();
  const auto more = verifier_faits(pack);
  findings.insert(findings.end(), more.begin(), more.end());
  std::ranges::stable_sort(findings, {}, &Diagnostic::level);
  return findings;
}

Decision decider(const Pack &pack, const Situation &situation, std::string_view decision, const feel::Context &donnes,
                 const PackEvaluateOptions &options) {
  const LecteurFaits reader(pack, decision);
  FaitsDecision read{reader.faits(situation), reader.origines()};
  for (const auto &[name, value] : donnes) {
    const Value *held = read.faits.find(name);
    if (held != nullptr && held->is(feel::Kind::context) && value.is(feel::Kind::context)) {
      feel::Context both = held->context(); // what the dossier says of the rest stays
      for (const auto &[member, given] : value.context())
        both.set(member, given);
      read.faits.set(name, std::move(both));
    } else {
      read.faits.set(name, value);
    }
    if (std::ranges::none_of(read.origines, [&](const Origine &one) { return root_of(one.fait) == name; }))
      read.origines.push_back({name, {}, true});
  }
  PackResult result = pack.evaluate(decision, read.faits, situation.au, options);
  return {std::move(result), std::move(read)};
}

feel::Value to_value(const std::vector<Origine> &origines) {
  feel::Context told;
  for (const Origine &one : origines)
    told.set(one.fait, feel::List(one.chemins.begin(), one.chemins.end()));
  return told;
}

feel::Value to_value(const Decision &decision) {
  return feel::Context{{"resultat", spie::to_value(decision.resultat)},
                       {"faits", decision.lus.faits},
                       {"origines", to_value(decision.lus.origines)}};
}

} // namespace spie::dossier
