// donnees/faits.json read, each entry with the paths that it may read and the type of what it makes.
#include "insertion/dossier/faits_regle.hpp"
#include "text/suggestion.hpp"

#include <algorithm>
#include <array>

namespace spie::dossier {

namespace {

using json::Reader;
using Sorte = RegleFait::Genre;
using Kind = feel::Type::Kind;

constexpr std::array<std::pair<std::string_view, Sorte>, 14> genres{{
    {"hors_dossier", Sorte::hors_dossier},
    {"jour", Sorte::jour},
    {"chemin", Sorte::chemin},
    {"depuis", Sorte::depuis},
    {"age", Sorte::age},
    {"premier_connu", Sorte::premier_connu},
    {"plus_ancien", Sorte::plus_ancien},
    {"plus_recent", Sorte::plus_recent},
    {"contexte", Sorte::contexte},
    {"liste", Sorte::liste},
    {"compte", Sorte::compte},
    {"existe", Sorte::existe},
    {"premier", Sorte::premier},
    {"dernier", Sorte::dernier},
}};

feel::Type type_of(const Champ &field) {
  const auto one = [&]() -> feel::Type {
    switch (field.nature) {
    case Nature::date:
      return Kind::date;
    case Nature::entier:
    case Nature::montant:
      return Kind::number;
    case Nature::booleen:
      return Kind::boolean;
    case Nature::objet:
      return Kind::any;
    default:
      return Kind::text;
    }
  }();
  return field.liste ? feel::Type::list(one) : one;
}

feel::Type type_of(const Traduction &translation, feel::Type otherwise) {
  if (translation.rien())
    return otherwise;
  const auto &first = translation.codes.empty() ? translation.table.begin()->second : translation.codes.front().second;
  return feel::type_of(first);
}

std::string text_of_code(const feel::Value &value) {
  return value.is(feel::Kind::text) ? value.text() : value.to_string();
}

std::vector<std::string> codes_of(const Reader &from) {
  std::vector<std::string> codes;
  if (!from.value().is(feel::Kind::list))
    return {text_of_code(from.value())};
  for (const feel::Value &one : from.value().list())
    codes.push_back(text_of_code(one));
  return codes;
}

class Carte {
public:
  explicit Carte(const Pack &pack) : pack_(pack) {}

  RegleFait read(const Reader &from) const {
    RegleFait rule;
    if (!from.is_context()) {
      from.fault("a rule is expected: {\"chemin\": \"statut.brsa.reponse\"}");
      return rule;
    }
    std::vector<std::string> known;
    const auto *found = genres.end();
    for (const auto &genre : genres) {
      known.emplace_back(genre.first);
      if (from.holds(genre.first) && found == genres.end())
        found = &genre;
    }
    if (found == genres.end()) {
      const auto entries = from.entries();
      from.fault("nothing here says what makes the fact" +
                 (entries.empty() ? std::string() : suggestion(entries.front().first, known)));
      return rule;
    }
    rule.genre = found->second;
    const std::string_view word = found->first;
    switch (rule.genre) {
    case Sorte::hors_dossier:
      from.keys({word, "null"});
      static_cast<void>(from.text(word));
      break;
    case Sorte::jour:
      from.keys({word, "null"});
      rule.type = Kind::date;
      break;
    case Sorte::chemin:
    case Sorte::depuis:
    case Sorte::age:
      one_fact(from, word, rule);
      break;
    case Sorte::premier_connu:
    case Sorte::plus_ancien:
    case Sorte::plus_recent:
      from.keys({word, "null"});
      for (const Reader &one : from.items(word))
        rule.regles.push_back(read(one));
      for (const RegleFait &one : rule.regles)
        gather(rule, one);
      if (rule.regles.empty())
        from.fault("some rules are expected", {});
      else
        rule.type = rule.regles.front().type;
      break;
    case Sorte::contexte: {
      from.keys({word, "null"});
      std::vector<feel::Type::Member> members;
      for (const auto &[name, member] : from.entries(word)) {
        rule.membres.push_back({name, read(member)});
        members.emplace_back(name, rule.membres.back().regle.type);
        gather(rule, rule.membres.back().regle);
      }
      rule.type = feel::Type::context(std::move(members));
      break;
    }
    default:
      things(from, word, rule);
    }
    return rule;
  }

private:
  static void add(std::vector<std::string> &paths, std::string path) {
    if (std::ranges::find(paths, path) == paths.end())
      paths.push_back(std::move(path));
  }
  static void gather(RegleFait &into, const RegleFait &from) {
    for (const std::string &path : from.chemins)
      add(into.chemins, path);
  }

  Traduction translation(const Reader &from) const {
    Traduction read;
    if (const auto codes = from.find("codes"))
      for (const auto &[pattern, value] : codes->entries())
        read.codes.emplace_back(pattern, value.value());
    if (const auto table = from.find("table")) {
      table->keys({"donnees", "liste", "parmi", "vaut", "sinon"});
      const std::string name = table->text("donnees");
      const feel::Value *data = pack_.data(name);
      if (data == nullptr) {
        table->at("donnees").fault("the pack has no donnees/" + name + ".json");
        return read;
      }
      const std::string among = table->text("parmi"), given = table->text("vaut");
      for (const Reader &row :
           Reader(*data, "donnees/" + name + ".json#", {Code::pack_json}).items(table->text("liste")))
        for (const std::string &code : row.texts(among))
          read.table.emplace(code, row.text(given));
      if (const auto otherwise = table->find("sinon"))
        read.sinon = otherwise->value();
    }
    return read;
  }

  // The path of one fact; nullptr, and a fault, when no type has it.
  const Champ *fact(const Reader &from, const std::string &path) const {
    const auto read = Chemin::parse(path);
    if (!read || read->du_foyer != (read->type->genre == dossier::Genre::foyer)) {
      std::vector<std::string> names;
      for (const TypeContenu &type : types_contenu())
        names.push_back((type.genre == dossier::Genre::foyer ? "foyer." : "") + std::string(type.nom));
      from.fault("no type of events has the path '" + path + "'" +
                     suggestion(path.substr(0, path.find('.', path.starts_with("foyer.") ? 6 : 0)), names),
                 Code::pack_unknown_fact);
      return nullptr;
    }
    const Champ *field = find_champ(*read->type, read->champ);
    if (field == nullptr || read->type->cle.empty() != read->cle.empty()) {
      std::vector<std::string> names;
      for (const Champ &one : read->type->champs)
        names.emplace_back(one.nom);
      from.fault("'" + path + "' is no fact: " +
                     (field != nullptr ? "its key is missing"
                                       : "its type has the fields " + nearest_or_all(std::string(), names)),
                 Code::pack_unknown_fact);
      return nullptr;
    }
    return field;
  }

  void one_fact(const Reader &from, std::string_view word, RegleFait &rule) const {
    from.keys({word, "codes", "table", "si", "null"});
    rule.chemin = from.text(word);
    rule.traduction = translation(from);
    if (const auto values = from.find("si"))
      rule.si = codes_of(*values);
    if (rule.chemin.empty())
      return;
    // The day of an event that holds no field is that of its type.
    const TypeContenu *whole = rule.genre == Sorte::depuis ? find_type(rule.chemin) : nullptr;
    const Champ *field = whole != nullptr && whole->cle.empty() ? nullptr : fact(from.at(word), rule.chemin);
    rule.chemins = {rule.chemin};
    rule.type = rule.genre == Sorte::depuis ? feel::Type(Kind::date)
                : rule.genre == Sorte::age  ? feel::Type(Kind::number)
                : field == nullptr          ? feel::Type()
                                            : type_of(rule.traduction, type_of(*field));
    if (rule.genre == Sorte::age && field != nullptr && field->nature != Nature::date)
      from.at(word).fault("an age is counted from a date", Code::pack_fact_type);
  }

  Terme term(const Reader &at, const std::string &text, RegleFait &rule) const {
    Terme read;
    const auto field = [&](const std::string &name) -> const Champ * {
      if (rule.de == nullptr)
        return nullptr;
      if (rule.choses == RegleFait::Choses::mandats && name == "source") {
        add(rule.chemins, "referent.etape"); // who said it goes with that it was said
        return nullptr;
      }
      const Champ *found = find_champ(*rule.de, name);
      if (found == nullptr) {
        std::vector<std::string> names{"@cle", "@debut", "@depuis"};
        for (const Champ &one : rule.de->champs)
          names.emplace_back(one.nom);
        at.fault("'" + std::string(rule.de->nom) + "' has no '" + name + "'" + suggestion(name, names),
                 Code::pack_unknown_fact);
        return nullptr;
      }
      add(rule.chemins, path_of(*rule.de, name));
      return found;
    };
    const auto day = [&](Terme::Quoi what) {
      read.quoi = what;
      read.type = Kind::date;
      if (rule.de != nullptr)
        add(rule.chemins,
            rule.de->cardinalite == Cardinalite::etapes ? path_of(*rule.de, "etape") : path_of(*rule.de, {}));
    };
    constexpr std::string_view step = "@etape:";
    if (text == "@cle") {
      read.quoi = Terme::Quoi::cle;
      read.type = Kind::text;
      if (rule.de != nullptr)
        for (std::string_view keys = rule.de->cle; !keys.empty();) {
          const std::string_view one = keys.substr(0, keys.find(' '));
          add(rule.chemins, path_of(*rule.de, one));
          keys.remove_prefix(std::min(one.size() + 1, keys.size()));
        }
    } else if (text == "@debut") {
      day(Terme::Quoi::debut);
    } else if (text == "@depuis") {
      day(Terme::Quoi::depuis);
    } else if (text.starts_with(step)) {
      day(Terme::Quoi::etape);
      read.nom = text.substr(step.size());
      if (rule.de != nullptr) {
        const Champ *steps = find_champ(*rule.de, "etape");
        if (steps == nullptr ||
            (" " + std::string(steps->valeurs) + " ").find(" " + read.nom + " ") == std::string::npos)
          at.fault("'" + std::string(rule.de->nom) + "' has no step '" + read.nom + "'", Code::pack_unknown_fact);
      }
    } else if (const std::size_t arrow = text.find('>'); arrow != std::string::npos) {
      read.quoi = Terme::Quoi::voisin;
      read.nom = text.substr(0, arrow);
      read.ailleurs = text.substr(arrow + 1);
      if (const Champ *named = field(read.nom); named != nullptr && named->nature != Nature::sujet)
        at.fault("'" + read.nom + "' names no subject", Code::pack_fact_type);
      const auto there = Chemin::parse(read.ailleurs);
      const Champ *told = there ? find_champ(*there->type, there->champ) : nullptr;
      if (told == nullptr)
        at.fault("no type of events has the path '" + read.ailleurs + "'", Code::pack_unknown_fact);
      else
        read.type = type_of(*told);
      if (rule.de != nullptr && there)
        for (std::size_t open = read.ailleurs.find('{'); open != std::string::npos;
             open = read.ailleurs.find('{', open + 1))
          static_cast<void>(field(read.ailleurs.substr(open + 1, read.ailleurs.find('}', open) - open - 1)));
    } else {
      read.nom = text;
      const Champ *found = field(text);
      read.type = found == nullptr ? feel::Type(Kind::text) : type_of(*found);
    }
    return read;
  }

  // A term alone, or with what its value is said as: {"de": "code_commune", "table": {…}}.
  Terme said_term(const Reader &from, RegleFait &rule) const {
    if (from.value().is(feel::Kind::text))
      return term(from, from.value().text(), rule);
    from.keys({"de", "codes", "table"});
    Terme read = term(from, from.text("de"), rule);
    read.traduction = translation(from);
    read.type = type_of(read.traduction, read.type);
    return read;
  }

  static std::string path_of(const TypeContenu &type, std::string_view field) {
    return Chemin{type.genre == dossier::Genre::foyer, &type, {}, std::string(field)}.to_string();
  }

  void things(const Reader &from, std::string_view word, RegleFait &rule) const {
    from.keys({word, "en_vigueur", "passes", "si", "champs", "valeur", "vide", "null"});
    const std::string name = from.text(word);
    rule.de = find_type(name);
    if (rule.de == nullptr || rule.de->cardinalite == Cardinalite::mecanique) {
      std::vector<std::string> names;
      for (const TypeContenu &type : types_contenu())
        names.emplace_back(type.nom);
      from.at(word).fault("there is no type of events '" + name + "'" + suggestion(name, names),
                          Code::pack_unknown_fact);
      rule.de = nullptr;
    }
    if (from.boolean("en_vigueur")) {
      rule.choses = RegleFait::Choses::mandats;
      if (name != "referent")
        from.at("en_vigueur").fault("only a référent is named and stays in force");
    }
    if (from.boolean("passes")) {
      rule.choses = RegleFait::Choses::domiciles;
      if (name != "adresse")
        from.at("passes").fault("only past addresses are kept");
    }
    if (rule.de != nullptr)
      add(rule.chemins, rule.de->cardinalite == Cardinalite::etapes ? path_of(*rule.de, "etape")
                        : rule.choses == RegleFait::Choses::domiciles
                            ? path_of(*rule.de, "code_commune")
                            : path_of(*rule.de, rule.de->cle.substr(0, rule.de->cle.find(' '))));
    for (const auto &[text, wanted] : from.entries("si")) {
      Condition one{term(wanted, text, rule), {}, false};
      if (wanted.is_context()) {
        wanted.keys({"sauf"});
        one.sauf = true;
        one.valeurs = codes_of(wanted.at("sauf"));
      } else {
        one.valeurs = codes_of(wanted);
      }
      rule.conditions.push_back(std::move(one));
    }
    if (const std::string empty = from.text_if_any("vide"); !empty.empty()) {
      rule.vide_est_rien = empty == "aucun";
      if (!rule.vide_est_rien && empty != "inconnu")
        from.at("vide").fault("'" + empty + "' is not said here" +
                              suggestion(empty, std::vector<std::string>{"aucun", "inconnu"}));
    }
    if (rule.genre == Sorte::compte || rule.genre == Sorte::existe) {
      rule.type = rule.genre == Sorte::compte ? Kind::number : Kind::boolean;
      return;
    }
    if (const auto value = from.find("valeur"))
      rule.valeur = said_term(*value, rule);
    if (rule.genre == Sorte::liste) {
      std::vector<feel::Type::Member> members;
      for (const auto &[key, one] : from.entries("champs")) {
        rule.champs.emplace_back(key, said_term(one, rule));
        members.emplace_back(key, rule.champs.back().second.type);
      }
      if (rule.champs.empty() == !rule.valeur)
        from.fault("a list has either \"champs\" or a \"valeur\"");
      rule.type = feel::Type::list(rule.valeur ? rule.valeur->type : feel::Type::context(std::move(members)));
    } else {
      if (!rule.valeur)
        rule.valeur = term(from, "@depuis", rule);
      rule.type = rule.valeur->type;
    }
  }

  const Pack &pack_;
};

} // namespace

feel::Value Traduction::of(const feel::Value &value) const {
  if (value.is_null() || rien())
    return value;
  const std::string said = text_of_code(value);
  if (!table.empty()) {
    const auto row = table.find(said);
    return row != table.end() ? row->second : sinon.value_or(feel::Value());
  }
  for (const auto &[pattern, meant] : codes)
    if (pattern == said || (pattern.ends_with('*') && said.starts_with(pattern.substr(0, pattern.size() - 1))))
      return meant;
  return {};
}

RegleFait read_regle_fait(const json::Reader &from, const Pack &pack) { return Carte(pack).read(from); }

std::vector<std::pair<std::string, RegleFait>> read_carte(const Pack &pack, json::Faults faults) {
  std::vector<std::pair<std::string, RegleFait>> map;
  const feel::Value *data = pack.data("faits");
  if (data == nullptr)
    return map;
  const json::Reader from(*data, "donnees/faits.json#", faults);
  from.keys({"titre", "statut", "source", "article", "etend", "faits"});
  for (const auto &[name, rule] : from.entries("faits")) {
    map.emplace_back(name, read_regle_fait(rule, pack));
    const Sorte kind = map.back().second.genre;
    if (rule.is_context() && kind != Sorte::hors_dossier && kind != Sorte::jour)
      static_cast<void>(rule.text("null")); // what an unknown means is said of each
  }
  return map;
}

} // namespace spie::dossier
