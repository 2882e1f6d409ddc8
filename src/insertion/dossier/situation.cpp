#include "spie/dossier/situation.hpp"

#include "insertion/dossier/chemin.hpp"
#include "insertion/dossier/inconnu.hpp"
#include "insertion/dossier/paroles.hpp"
#include "insertion/text_of.hpp"
#include "rules/json/reader.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace spie::dossier {

namespace {

constexpr std::array<std::string_view, 6> raisons{
    "source_unique", "accord", "ordre_des_sources", "fraicheur", "effet_le_plus_recent", "dernier_enregistre"};

// "caf" stands for "caf.vrsb" too.
bool of_family(std::string_view source, std::string_view family) {
  return source == family ||
         (source.starts_with(family) && source.size() > family.size() && source[family.size()] == '.');
}

bool under(std::string_view path, std::string_view prefix) { return prefix.empty() || of_family(path, prefix); }

// When each source last saw the dossier: in a file, or to say a fact of the type that is read. What it says of other
// things plays no part: who may not see them would know them by what prevails here.
class Freshness {
public:
  Freshness(const Recueil &gathered, feel::Date at) : gathered_(gathered), at_(at) {}
  // Counted only where a rule asks: most facts have one source.
  void read(const std::vector<Enonce> &statements) {
    said_.clear();
    statements_ = &statements;
  }
  bool older(std::string_view source, std::int64_t months) {
    if (!std::exchange(gathered_read_, true))
      for (const Evenement *event : gathered_.events())
        if ((event->type == "observation" || event->type == "rattachement") && gathered_.visible(*event))
          note(seen_, event->source.nom, event->effet.debut);
    if (const auto *statements = std::exchange(statements_, nullptr); statements != nullptr)
      for (const Enonce &statement : *statements)
        note(said_, statement.source(), statement.effet.debut);
    const auto limit = at_.plus_months(-months);
    const auto recent = [&](const Last &list) {
      const auto found = list.find(source);
      return found != list.end() && (!limit || feel::Date{found->second} >= *limit);
    };
    return !recent(seen_) && !recent(said_);
  }

private:
  using Last = std::map<std::string, std::int64_t, std::less<>>;

  void note(Last &into, const std::string &source, feel::Date on) const {
    if (on > at_)
      return;
    const auto [last, fresh] = into.try_emplace(source, on.days);
    last->second = std::max(last->second, on.days);
  }

  const Recueil &gathered_;
  feel::Date at_;
  const std::vector<Enonce> *statements_ = nullptr; // that are not counted yet
  bool gathered_read_ = false;
  Last seen_, said_;
};

Dire dire_of(const Enonce &statement, feel::Value value) {
  return {std::move(value),      statement.source(), statement.actuel->auteur,     statement.actuel->id,
          statement.actuel->seq, statement.effet,    statement.actuel->enregistre, statement.corrige};
}

// The facts of one recueil, into a situation.
class Fold {
public:
  Fold(Situation &into, const Recueil &gathered, const Regles &rules, bool household)
      : into_(into), rules_(rules), household_(household), freshness_(gathered, into.au) {}

  void run(Enonces all, const Regard &regard) {
    for (const TypeContenu &type : types_contenu())
      if (const auto found = all.find(type.nom);
          found != all.end() && (regard.types == nullptr || regard.types->contains(type.nom))) {
        if (regard.tamis)
          regard.tamis(type, found->second);
        fold(type, found->second);
      }
  }
  void fold(const TypeContenu &type, const std::vector<Enonce> &list) {
    freshness_.read(list);
    std::map<std::string, std::vector<const Enonce *>> by_key;
    for (const Enonce &statement : list)
      if (statement.effet.debut <= into_.au)
        by_key[key_of(type, statement.contenu())].push_back(&statement);
    for (auto &[key, statements] : by_key) {
      std::sort(statements.begin(), statements.end(), [](const Enonce *a, const Enonce *b) {
        return a->effet.debut != b->effet.debut ? a->effet.debut < b->effet.debut : a->origine->seq < b->origine->seq;
      });
      if (type.cardinalite == Cardinalite::etapes)
        steps(type, key, statements);
      else
        value(type, key, statements);
    }
  }

private:
  Fait named(const TypeContenu &type, const std::string &key, std::string_view field) const {
    Fait fact;
    fact.chemin = Chemin::join(household_, type, key, field);
    fact.du_foyer = household_;
    fact.type = type.nom;
    fact.cle = key;
    fact.champ = field;
    return fact;
  }

  // The last that each source says, while its effect lasts; then field by field the source that prevails.
  void value(const TypeContenu &type, const std::string &key, const std::vector<const Enonce *> &statements) {
    if (type.nom == "adresse")
      domiciles(statements);
    std::vector<const Enonce *> current; // one for each source
    for (const Enonce *statement : statements) {
      const auto same = std::find_if(current.begin(), current.end(),
                                     [&](const Enonce *other) { return other->source() == statement->source(); });
      if (same == current.end())
        current.push_back(statement);
      else
        *same = statement;
    }
    std::erase_if(current,
                  [&](const Enonce *statement) { return statement->effet.fin && *statement->effet.fin <= into_.au; });
    if (!current.empty() && std::ranges::all_of(current, [](const Enonce *one) { return one->contenu().empty(); }))
      into_.presences.push_back({std::string(type.nom), key, current.back()->actuel->id, current.back()->effet.debut});
    for (const Champ &field : type.champs) {
      std::vector<std::pair<const Enonce *, const feel::Value *>> said;
      for (const Enonce *statement : current)
        if (const feel::Value *value = statement->contenu().find(field.nom); value != nullptr)
          said.emplace_back(statement, value);
      if (!said.empty())
        into_.faits.push_back(choose(type, key, field, said));
    }
  }

  void domiciles(const std::vector<const Enonce *> &statements) {
    for (const Enonce *statement : statements)
      if (std::string commune = text_of(statement->contenu(), "code_commune"); !commune.empty())
        into_.domiciles.push_back({std::move(commune), statement->actuel->id, statement->effet.debut});
  }

  struct Rank {
    bool stale;
    std::size_t order;
    std::int64_t debut, seq;
  };

  Fait choose(const TypeContenu &type, const std::string &key, const Champ &field,
              const std::vector<std::pair<const Enonce *, const feel::Value *>> &said) {
    Fait fact = named(type, key, field.nom);
    if (said.size() == 1) {
      fact.dire = dire_of(*said.front().first, *said.front().second);
      return fact;
    }
    const OrdreSources *rule = rule_for(fact.chemin);
    const auto rank = [&](const Enonce &statement) {
      return Rank{rule != nullptr && rule->age_max_mois && freshness_.older(statement.source(), *rule->age_max_mois),
                  order_of(rule, statement.source()), statement.effet.debut.days, statement.actuel->seq};
    };
    const auto before = [&](const Enonce &a, const Enonce &b) {
      const Rank x = rank(a), y = rank(b);
      if (x.stale != y.stale)
        return y.stale;
      if (x.order != y.order)
        return x.order < y.order;
      return x.debut != y.debut ? x.debut > y.debut : x.seq > y.seq;
    };
    const auto best = std::min_element(said.begin(), said.end(),
                                       [&](const auto &a, const auto &b) { return before(*a.first, *b.first); });
    fact.dire = dire_of(*best->first, *best->second);
    const Enonce *rival = nullptr; // the best of those that say otherwise: why it does not prevail
    for (auto at = said.begin(); at != said.end(); ++at) {
      if (at == best || feel::identical(*at->second, *best->second))
        continue;
      fact.autres.push_back(dire_of(*at->first, *at->second));
      if (rival == nullptr || before(*at->first, *rival))
        rival = at->first;
    }
    fact.raison = rival == nullptr ? Raison::accord : reason(rank(*best->first), rank(*rival));
    return fact;
  }

  static Raison reason(const Rank &best, const Rank &rival) {
    return best.stale != rival.stale   ? Raison::fraicheur
           : best.order != rival.order ? Raison::ordre_des_sources
           : best.debut != rival.debut ? Raison::effet_le_plus_recent
                                       : Raison::dernier_enregistre;
  }

  const OrdreSources *rule_for(std::string_view path) const {
    const OrdreSources *found = nullptr;
    for (const OrdreSources &rule : rules_.sources)
      if (under(path, rule.chemin) && (found == nullptr || rule.chemin.size() > found->chemin.size()))
        found = &rule;
    return found;
  }

  static std::size_t order_of(const OrdreSources *rule, std::string_view source) {
    if (rule == nullptr)
      return 0;
    const auto found = std::find_if(rule->ordre.begin(), rule->ordre.end(),
                                    [&](const std::string &family) { return of_family(source, family); });
    return static_cast<std::size_t>(found - rule->ordre.begin());
  }

  // Steps of one thing: each adds to the earlier ones, the first step begins anew.
  void steps(const TypeContenu &type, const std::string &key, const std::vector<const Enonce *> &statements) {
    if (type.nom == "referent")
      mandats(key, statements);
    const std::string_view all = find_champ(type, "etape")->valeurs, first = all.substr(0, all.find(' '));
    std::vector<std::pair<const Enonce *, const feel::Value *>> fields(type.champs.size());
    feel::List history;
    history.reserve(statements.size());
    for (const Enonce *statement : statements) {
      const feel::Value &step = *statement->contenu().find("etape");
      if (step.text() == first)
        std::ranges::fill(fields, std::pair<const Enonce *, const feel::Value *>());
      for (const auto &[name, value] : statement->contenu())
        for (std::size_t i = 0; i < fields.size(); ++i)
          if (type.champs[i].nom == name)
            fields[i] = {statement, &value};
      std::vector<feel::Context::Entry> entries;
      entries.reserve(4);
      entries.emplace_back("etape", step);
      entries.emplace_back("date", statement->effet.debut);
      entries.emplace_back("evenement", statement->actuel->id);
      entries.emplace_back("source", statement->source());
      history.emplace_back(feel::Context::of_distinct(std::move(entries)));
    }
    const auto add = [&](std::string_view field, Dire said) {
      into_.faits.push_back(named(type, key, field));
      into_.faits.back().dire = std::move(said);
    };
    for (std::size_t i = 0; i < fields.size(); ++i)
      if (fields[i].first != nullptr)
        add(type.champs[i].nom, dire_of(*fields[i].first, *fields[i].second));
    add("etapes", dire_of(*statements.back(), std::move(history)));
  }

  void mandats(const std::string &role, const std::vector<const Enonce *> &statements) {
    std::vector<Mandat> held;
    for (const Enonce *statement : statements) {
      const std::string who = text_of(statement->contenu(), "professionnel");
      if (text_of(statement->contenu(), "etape") != "nomme") {
        std::erase_if(held, [&](const Mandat &one) {
          return who.empty() ? one.source == statement->source() : one.professionnel == who;
        });
        continue;
      }
      std::erase_if(held, [&](const Mandat &one) { return one.source == statement->source(); });
      if (!statement->effet.fin || *statement->effet.fin > into_.au)
        held.push_back({role, who, text_of(statement->contenu(), "structure"), statement->source(),
                        statement->actuel->id, statement->effet.debut});
    }
    into_.mandats.insert(into_.mandats.end(), held.begin(), held.end());
  }

  Situation &into_;
  const Regles &rules_;
  bool household_;
  Freshness freshness_;
};

void fold(Situation &into, const Recueil &gathered, const Regles &rules, bool household, const Regard &regard) {
  into.faits.reserve(into.faits.size() + 3 * gathered.events().size());
  Fold(into, gathered, rules, household).run(statements(gathered, regard.sans_auteur), regard);
}

// Of all that was said: which household's facts are hers is no matter of who looks.
std::optional<Sujet> household_of(const Recueil &gathered, feel::Date at, const Regles &rules) {
  Situation found;
  found.au = at;
  if (std::ranges::none_of(gathered.events(), [](const Evenement *event) { return event->type == "appartenance"; }))
    return std::nullopt;
  const auto all = statements(gathered);
  if (const auto said = all.find("appartenance"); said != all.end())
    Fold(found, gathered, rules, false).fold(*find_type("appartenance"), said->second);
  const Fait *membership = found.find("appartenance.foyer");
  return membership == nullptr ? std::nullopt : Sujet::parse(membership->dire.valeur.text());
}

bool wants_household(const Regard &regard) {
  return regard.types == nullptr || std::ranges::any_of(*regard.types, [](const std::string &name) {
           const TypeContenu *type = find_type(name);
           return type != nullptr && (!type->genre || *type->genre == Genre::foyer);
         });
}

} // namespace

std::string_view text(Raison raison) noexcept { return raisons[static_cast<std::size_t>(raison)]; }

const Fait *Situation::find(std::string_view chemin) const noexcept {
  const auto found = std::find_if(faits.begin(), faits.end(), [&](const Fait &fact) { return fact.chemin == chemin; });
  return found == faits.end() ? nullptr : &*found;
}

Situation situation(Journal &journal, const Sujet &sujet, feel::Date au, const Connaissance &connu,
                    const Regles &regles) {
  return situation(journal, sujet, au, connu, regles, Regard());
}

Situation situation(Journal &journal, const Sujet &sujet, feel::Date au, const Connaissance &connu,
                    const Regles &regles, const Types *types) {
  return situation(journal, sujet, au, connu, regles, Regard{{}, {}, types});
}

Situation situation(Journal &journal, const Sujet &sujet, feel::Date au, const Connaissance &connu,
                    const Regles &regles, const Regard &regard) {
  const Recueil gathered(journal, sujet, connu);
  if (gathered.events().empty())
    refuse_unknown(sujet);
  Situation result;
  result.sujet = gathered.holder();
  result.absorbes = gathered.absorbed();
  result.au = au;
  result.connu = connu;
  for (const Evenement *event : gathered.events())
    if (gathered.known(*event))
      result.seq = event->seq;
  fold(result, gathered, regles, false, regard);
  if (regard.tamis || regard.types != nullptr || !regard.sans_auteur.empty()) {
    result.foyer = household_of(gathered, au, regles);
  } else if (const Fait *membership = result.find("appartenance.foyer"); membership != nullptr) {
    result.foyer = Sujet::parse(membership->dire.valeur.text());
  }
  if (result.foyer && wants_household(regard)) {
    const Recueil household(journal, *result.foyer, connu);
    fold(result, household, regles, true, regard);
  }
  return result;
}

Sujet holder(Journal &journal, const Sujet &sujet, const Connaissance &connu) {
  return Recueil(journal, sujet, connu).holder();
}

Regles read_regles(const Pack &pack) {
  Regles rules;
  const feel::Value *data = pack.data("sources");
  if (data == nullptr)
    return rules;
  const json::Reader from(*data, "donnees/sources.json#", {Code::pack_json});
  constexpr const char *formless = "the order of sources has not its form";
  const auto list_under = [](const json::Reader &at, const char *key) {
    const auto found = at.is_context() ? at.find(key) : std::nullopt;
    if (!found || !found->value().is(feel::Kind::list))
      at.refuse(formless, "/" + std::string(key));
    return *found;
  };
  for (const json::Reader &item : list_under(from, "sources").items()) {
    if (!item.is_context())
      item.refuse(formless);
    OrdreSources rule;
    rule.chemin = item.text_or_empty("chemin");
    const json::Reader order = list_under(item, "ordre");
    if (!std::ranges::all_of(order.value().list(), [](const feel::Value &one) { return one.is(feel::Kind::text); }))
      order.refuse(formless);
    rule.ordre = item.texts("ordre");
    rule.age_max_mois = item.whole("age_max_mois");
    rules.sources.push_back(std::move(rule));
  }
  return rules;
}

} // namespace spie::dossier
