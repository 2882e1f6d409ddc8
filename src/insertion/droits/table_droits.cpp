// donnees/droits.json → Droits, checked: a table that says nothing of a family would hide it by accident.
#include "insertion/dossier/chemin.hpp"
#include "rules/json/reader.hpp"
#include "spie/droits/droits.hpp"

#include <algorithm>
#include <array>

namespace spie::droits {

using json::Reader;

namespace {

constexpr std::array<std::string_view, 9> relations{"aucune",    "soi",       "referent", "membre",   "instance",
                                                    "structure", "pressenti", "sortant",  "animateur"};
constexpr std::array<std::string_view, 6> formes{"tel_quel", "present", "annee", "tranche_age", "prefixe", "compte"};

template <class Enum, class Words> Enum word_of(const Reader &from, std::string_view key, const Words &words) {
  const std::string word = from.text(key);
  const auto found = std::find(words.begin(), words.end(), word);
  if (found == words.end())
    from.refuse("'" + word + "' is not known here", "/" + std::string(key));
  return static_cast<Enum>(found - words.begin());
}

struct Nomenclature {
  bool sensible = false;
  std::vector<std::string> codes;
  std::map<std::string, std::string, std::less<>> groupes; // by code
};

class Table {
public:
  explicit Table(const Reader &from) : from_(from) {}

  Droits run(const Reader *lists, const feel::Value *trame) {
    if (lists != nullptr)
      codes(*lists);
    if (trame != nullptr)
      questionnaire(*trame);
    into_.titre = from_.text("titre");
    into_.statut = from_.text("statut");
    into_.source = from_.text_if_any("source");
    for (const Reader &one : from_.items("finalites"))
      into_.finalites.push_back({one.text("nom"), one.text("titre"), one.text_if_any("source")});
    for (const Reader &one : from_.items("roles"))
      into_.roles.push_back({one.text("nom"), one.text("titre"), one.text_if_any("source"),
                             word_of<Relation>(one, "relation", relations), one.whole("duree_mois"),
                             one.whole("jours_avant"), one.whole("jours_apres"), one.boolean("pseudonyme")});
    for (const Reader &one : from_.items("familles"))
      into_.familles.push_back({one.text("nom"), one.text("titre"), one.texts("faits"), one.boolean("transversale")});
    for (const char *needed : {"sensible", "texte_libre"})
      if (const Famille *family = into_.famille(needed); family == nullptr || !family->transversale)
        from_.refuse("the family '" + std::string(needed) + "' is missing, or does not cut across", "/familles");
    for (const Reader &one : from_.items("matrice"))
      into_.matrice.push_back(line(one));
    sensitivity();
    coarse_forms();
    for (const Reader &one : from_.items("decisions"))
      into_.blocages.push_back(
          {one.text("genre"), purposes(one, "finalites"), roles(one, "exemptes"), one.boolean("portee")});
    for (const Reader &one : from_.items("habilitations"))
      into_.habilitations.push_back(act(one));
    types_of_their_act();
    for (const std::string &name : from_.texts("decisions_publiques"))
      into_.decisions_publiques.insert(name);
    return std::move(into_);
  }

private:
  std::vector<std::string> purposes(const Reader &from, std::string_view key) const {
    auto names = from.texts(key);
    for (const std::string &name : names)
      if (into_.finalite(name) == nullptr)
        from.refuse("'" + name + "' is no purpose of the table", "/" + std::string(key));
    return names;
  }
  std::vector<std::string> roles(const Reader &from, std::string_view key) const {
    auto names = from.texts(key);
    for (const std::string &name : names)
      if (into_.role(name) == nullptr)
        from.refuse("'" + name + "' is no role of the table", "/" + std::string(key));
    return names;
  }

  Ligne line(const Reader &from) const {
    Ligne line{from.text("role"), from.text("finalite"), {}};
    if (into_.role(line.role) == nullptr)
      from.refuse("'" + line.role + "' is no role of the table", "/role");
    if (into_.finalite(line.finalite) == nullptr)
      from.refuse("'" + line.finalite + "' is no purpose of the table", "/finalite");
    if (into_.ligne(line.role, line.finalite) != nullptr)
      from.refuse("this role has a line for this purpose already");
    for (const auto &[family, cell] : from.entries("cellules")) {
      const auto read = cell.value().is(feel::Kind::text) ? cellule_of(cell.value().text()) : std::nullopt;
      if (into_.famille(family) == nullptr)
        cell.refuse("'" + family + "' is no family of the table");
      if (!read)
        cell.refuse("write clair, grossi or retenu, or two of them that rise: grossi/clair");
      line.cellules.emplace(family, *read);
    }
    for (const Famille &family : into_.familles)
      if (!line.cellules.contains(family.nom))
        from.refuse("the line says nothing of '" + family.nom + "'", "/cellules");
    return line;
  }

  Habilitation act(const Reader &from) const {
    Habilitation act{from.text("acte"),   from.text("titre"),   from.text_if_any("source"),
                     from.texts("types"), from.texts("etapes"), {}};
    for (const Habilitation *other : into_.habilitations_of(act.acte))
      if (act.types.empty() || other->types.empty())
        from.refuse("this act is there already", "/acte");
    for (const std::string &type : act.types) {
      if (dossier::find_type(type) == nullptr)
        from.refuse("'" + type + "' is no type of event", "/types");
      const auto steps = act.etapes.empty() ? std::vector<std::string>{""} : act.etapes;
      for (const std::string &step : steps) {
        if (!step.empty() && !has_step(type, step))
          from.refuse("the events of type '" + type + "' have no step '" + step + "'", "/etapes");
        if (!into_.habilitations_of(type, step).empty())
          from.refuse("'" + type + "' asks for another act already", "/types");
      }
    }
    for (const Reader &one : from.items("permis")) {
      act.permis.push_back({one.text("role"), one.text("finalite")});
      if (into_.role(act.permis.back().role) == nullptr)
        one.refuse("'" + act.permis.back().role + "' is no role of the table", "/role");
      if (into_.finalite(act.permis.back().finalite) == nullptr)
        one.refuse("'" + act.permis.back().finalite + "' is no purpose of the table", "/finalite");
    }
    return act;
  }

  // A table that forgot them would let anybody who records write a passport by hand.
  void types_of_their_act() {
    if (!from_.has("par_leur_acte"))
      from_.refuse("the types that their act alone may write are missing", "/par_leur_acte");
    for (const std::string &type : from_.texts("par_leur_acte")) {
      if (dossier::find_type(type) == nullptr)
        from_.refuse("'" + type + "' is no type of event", "/par_leur_acte");
      if (into_.habilitations_of(type, {}).empty())
        from_.refuse("'" + type + "' asks for no act of its own", "/par_leur_acte");
      into_.par_leur_acte.insert(type);
    }
  }

  static bool has_step(const std::string &type, const std::string &step) {
    const dossier::Champ *field = dossier::find_champ(*dossier::find_type(type), "etape");
    return field != nullptr && (" " + std::string(field->valeurs) + " ").find(" " + step + " ") != std::string::npos;
  }

  // "frein.code", of a type and a field that exist.
  std::string field(const Reader &from) const {
    const std::string name = from.text("champ");
    check_field(from, name);
    return name;
  }
  static void check_field(const Reader &from, const std::string &name) {
    const auto path = dossier::Chemin::parse(name);
    if (!path || path->du_foyer || !path->cle.empty() || dossier::find_champ(*path->type, path->champ) == nullptr)
      from.refuse("'" + name + "' is no field of an event");
  }

  void codes(const Reader &lists) {
    for (const Reader &one : lists.items("champs")) {
      Codes &known = into_.codes[field(one)];
      for (const std::string &code : one.texts("codes"))
        known.codes.insert(code);
      known.formes = one.texts("formes");
    }
  }

  // The questions of the pack's own questionnaire and their answers are codes too: said there, once.
  void questionnaire(const feel::Value &trame) {
    for (const Reader &rubric : Reader(trame, "donnees/trame.json#", {Code::rights_table}).items("rubriques"))
      for (const Reader &question : rubric.items("questions")) {
        into_.codes["reponse_diagnostic.question"].codes.insert(question.text("id"));
        for (const Reader &answer : question.items("valeurs"))
          into_.codes["reponse_diagnostic.valeurs"].codes.insert(answer.text("code"));
      }
  }

  void fields(std::string_view key, std::set<std::string, std::less<>> &into) const {
    for (const std::string &name : from_.texts(key)) {
      check_field(from_, name);
      into.insert(name);
    }
  }

  void sensitivity() {
    std::map<std::string, Nomenclature, std::less<>> lists;
    for (const Reader &one : from_.items("nomenclatures")) {
      Nomenclature list{!one.texts("sensibles").empty(), one.texts("sensibles"), {}};
      for (const auto &[group, codes] : one.entries("groupes")) {
        if (!codes.value().is(feel::Kind::list))
          codes.refuse("a list of codes is expected");
        for (const feel::Value &code : codes.value().list())
          if (!code.is(feel::Kind::text) || !list.groupes.emplace(code.text(), group).second)
            codes.refuse("a code is given to two groups, or is no text");
      }
      lists[one.text("nom")] = std::move(list);
    }
    for (const Reader &one : from_.items("champs")) {
      const std::string name = field(one);
      bool sensitive = one.boolean("sensible");
      auto &groups = into_.groupes[name];
      for (const std::string &list : one.texts("nomenclatures")) {
        const auto found = lists.find(list);
        if (found == lists.end())
          one.refuse("there is no nomenclature '" + list + "'", "/nomenclatures");
        sensitive = sensitive || found->second.sensible;
        auto &codes = into_.codes[name].codes;
        codes.insert(found->second.codes.begin(), found->second.codes.end());
        for (const auto &[code, group] : found->second.groupes)
          codes.insert(code);
        for (const auto &[code, group] : found->second.groupes)
          if (const auto [held, fresh] = groups.emplace(code, group); !fresh && held->second != group)
            one.refuse("the code '" + code + "' has two groups, by two of its lists", "/nomenclatures");
      }
      if (!sensitive)
        continue;
      into_.champs_sensibles.insert(name);
      const dossier::Chemin path = *dossier::Chemin::parse(name);
      const std::string key = " " + std::string(path.type->cle) + " ";
      if (key.find(" " + path.champ + " ") != std::string::npos)
        into_.types_sensibles.insert(std::string(path.type->nom));
    }
    numbers();
    fields("declasses", into_.declasses);
    fields("autres_membres", into_.autres_membres);
  }

  // A table that forgot them would show what it masks elsewhere.
  void numbers() {
    const auto of_key = [](const std::string &type) {
      const dossier::TypeContenu *found = dossier::find_type(type);
      return found != nullptr && !found->cle.empty();
    };
    for (const Reader &one : from_.items("numeros")) {
      const std::string name = field(one);
      const std::string own(dossier::Chemin::parse(name)->type->nom);
      const std::string type = !one.has("type") ? own : one.text("type");
      if (!of_key(type))
        one.refuse("'" + type + "' is no type of event that has a key", "/type");
      into_.numeros[name] = type;
    }
    if (into_.numeros.empty())
      from_.refuse("the fields that a source numbers are missing", "/numeros");
  }

  void coarse_forms() {
    for (const Reader &one : from_.items("grossissements"))
      into_.grossissements.push_back(
          {field(one), word_of<Forme>(one, "forme", formes), one.whole("longueur").value_or(0)});
    for (const Reader &one : from_.items("tranches_age"))
      into_.tranches.push_back({one.whole("moins_de"), one.text("titre")});
    if (into_.tranches.empty() || into_.tranches.back().moins_de)
      from_.refuse("the last age band has no upper limit", "/tranches_age");
  }

  const Reader &from_;
  Droits into_;
};

} // namespace

namespace {

feel::Context named(const std::string &name, const std::string &title) { return {{"nom", name}, {"titre", title}}; }

// The purposes and the recipients are those of the table, the delays those of the parameters: said once, they cannot
// differ from what is done.
feel::Value read_traitement(const Pack &pack, const Droits &rights) {
  const feel::Value *data = pack.data("traitement");
  if (data == nullptr)
    return {};
  const Reader from(*data, "donnees/traitement.json#", {Code::rights_table});
  feel::List purposes, recipients, delays, entitled;
  for (const Finalite &one : rights.finalites)
    purposes.push_back(named(one.nom, one.titre));
  for (const Role &one : rights.roles)
    if (one.relation != Relation::soi)
      recipients.push_back(named(one.nom, one.titre));
  for (const Reader &one : from.items("durees")) {
    const std::string name = one.text("parametre");
    const PackParameter *parameter = pack.find_parameter(name);
    if (parameter == nullptr || parameter->valeurs.empty())
      one.refuse("the pack has no parameter '" + name + "'", "/parametre");
    delays.push_back(feel::Context{
        {"objet", one.text("objet")}, {"duree", parameter->valeurs.back().valeur}, {"depuis", one.text("depuis")}});
  }
  for (const std::string &one : from.texts("droits"))
    entitled.push_back(one);
  const auto address = [&](std::string_view key) {
    const auto found = from.find(key);
    if (!found)
      from.refuse("an object is expected", "/" + std::string(key));
    const Reader &one = *found;
    return feel::Context{{"nom", one.text("nom")},
                         {"adresse", one.text_if_any("adresse")},
                         {"courriel", one.text_if_any("courriel")},
                         {"site", one.text_if_any("site")},
                         {"a_completer", one.boolean("a_completer")}};
  };
  return feel::Context{
      {"responsable", from.text("responsable")}, {"contact", address("contact")}, {"finalites", std::move(purposes)},
      {"destinataires", std::move(recipients)},  {"durees", std::move(delays)},   {"droits", std::move(entitled)},
      {"autorite", address("autorite")}};
}

} // namespace

Droits read_droits(const Pack &pack) {
  const feel::Value nothing;
  const feel::Value *data = pack.data("droits");
  const Reader from(data == nullptr ? nothing : *data, "donnees/droits.json#", {Code::rights_table});
  if (data == nullptr)
    from.refuse("the pack '" + pack.id() + "' has no table of rights");
  const feel::Value *lists = pack.data("codes");
  const Reader codes(lists == nullptr ? nothing : *lists, "donnees/codes.json#", {Code::rights_table});
  Droits rights = Table(from).run(lists == nullptr ? nullptr : &codes, pack.data("trame"));
  rights.traitement = read_traitement(pack, rights);
  return rights;
}

} // namespace spie::droits
