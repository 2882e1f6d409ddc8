// The plan of a CSV: read, and checked as far as it can be before a line is.
#include "spie/exchange/csv_plan.hpp"

#include "exchange/csv_valeurs.hpp"
#include "rules/json/reader.hpp"
#include "spie/exchange/formats.hpp"
#include "spie/json.hpp"
#include "text/suggestion.hpp"
#include "text/words.hpp"

#include <algorithm>

namespace spie::exchange {

using dossier::Champ;
using dossier::Nature;
using feel::Kind;

namespace {

using json::Reader;

class Reading {
public:
  PlanCsv run(const Reader &top) {
    if (!top.is_context()) {
      top.fault("the plan is no object");
      return {};
    }
    top.keys({"titre", "source", "nomenclature", "separateur", "encodage", "manquant", "date", "cle", "cle_de",
              "identite", "listes", "faits", "plusieurs_lignes"});
    plan_.titre = optional(top, "titre");
    plan_.source = top.text("source");
    source(top);
    plan_.nomenclature = optional(top, "nomenclature");
    plan_.manquant = optional(top, "manquant");
    header(top);
    who(top);
    lists(top);
    identity(top);
    facts(top);
    return std::move(plan_);
  }

private:
  static std::string optional(const Reader &from, std::string_view key) {
    return from.holds(key) ? from.text(key) : std::string();
  }

  // A file that took the name of another source would have its rank among them.
  void source(const Reader &top) const {
    const std::string lower = ascii_lower(trimmed(plan_.source));
    std::vector<std::string> taken{"saisie", "diagnostic"};
    for (const Format &format : formats())
      for (const std::string_view one : {format.nom, format.source, format.source.substr(0, format.source.find('.'))})
        if (!one.empty())
          taken.emplace_back(one);
    for (const std::string &one : taken)
      if (lower == one || lower.starts_with(one + ".")) {
        top.at("source").fault("'" + plan_.source + "' is the name of another source: a plan has one of its own",
                               "Name the file, or who keeps it: \"ateliers_mobilite\".");
        return;
      }
  }

  // One column, or a list of them.
  static std::vector<std::string> columns(const Reader &from, std::string_view key, bool required) {
    if (!from.holds(key) || from.at(key).value().is(Kind::text)) {
      std::string one = required ? from.text(key) : optional(from, key);
      return one.empty() ? std::vector<std::string>() : std::vector{std::move(one)};
    }
    const Reader given = from.at(key);
    std::vector<std::string> result;
    if (given.value().is(Kind::list))
      for (const feel::Value &item : given.value().list())
        if (item.is(Kind::text) && !item.text().empty())
          result.push_back(item.text());
    if (result.empty() || result.size() != given.value().list().size())
      given.fault("a column, or a list of columns, is expected");
    return result;
  }

  void header(const Reader &top) {
    const std::string separator = optional(top, "separateur");
    if (separator.size() > 1 ||
        (separator.size() == 1 && std::string_view(",;\t|").find(separator) == std::string::npos))
      top.at("separateur").fault("the separator is one of ; , | and the tab");
    else if (!separator.empty())
      plan_.separateur = separator[0];
    plan_.encodage = optional(top, "encodage");
    if (!plan_.encodage.empty() && plan_.encodage != "utf-8" && plan_.encodage != "windows-1252")
      top.at("encodage")
          .fault("the encoding is 'utf-8' or 'windows-1252'", "Leave it out to have it told line by line.");
    if (top.holds("date")) {
      plan_.date = top.text("date");
      forme(top.at("date"), plan_.date);
    }
    if (top.holds("plusieurs_lignes")) {
      const Reader several = top.at("plusieurs_lignes");
      if (!several.value().is(Kind::boolean))
        several.fault("true or false is expected");
      plan_.plusieurs_lignes = several.value().is_true();
    }
  }

  static void forme(const Reader &from, const std::string &forme) {
    if (!is_forme(forme))
      from.fault("'" + forme + "' is no form of dates", "Write aaaa-mm-jj, jj/mm/aaaa or aaaammjj.");
  }

  void lists(const Reader &top) {
    if (!top.holds("listes"))
      return;
    for (const auto &[name, list] : top.at("listes").entries()) {
      plan_.listes.push_back({name, {}});
      for (const auto &[cell, said] : list.entries())
        if (const feel::Value &value = said.value();
            value.is(Kind::text) || value.is(Kind::boolean) || value.is(Kind::number))
          plan_.listes.back().valeurs.emplace_back(cell, value);
        else
          said.fault("a text, a number, true or false is expected");
    }
    listes_ = top.at("listes");
  }

  // By an identity that names people and a key; by a key of another source; or the person who is given with the file.
  void who(const Reader &top) {
    plan_.cle = columns(top, "cle", top.holds("identite") || top.holds("cle_de"));
    if (!top.holds("cle_de"))
      return;
    plan_.cle_de = top.text("cle_de");
    if (top.holds("identite"))
      top.at("cle_de").fault("a plan takes people by an identity or by a key of another source, not by both",
                             "Leave 'identite' out: the dossiers that the other source made have theirs.");
  }

  void identity(const Reader &top) {
    if (!top.holds("identite") && (top.holds("cle_de") || !top.holds("cle"))) {
      if (top.holds("plusieurs_lignes") && !plan_.plusieurs_lignes)
        top.at("plusieurs_lignes").fault("without an identity a person may have several lines");
      plan_.plusieurs_lignes = true;
      return;
    }
    if (!top.holds("identite") || !top.at("identite").is_context()) {
      (top.holds("identite") ? top.at("identite") : top)
          .fault("the identity is missing: an object with nom, prenom, date_naissance",
                 "Or name in 'cle_de' the source that made the dossiers under this key.");
      return;
    }
    const Reader given = top.at("identite");
    std::vector<Champ> fields(dossier::find_type("identite")->champs.begin(),
                              dossier::find_type("identite")->champs.end());
    fields.push_back({"nir", Nature::texte, "NIR"});
    plan_.identite = read_fields(given, fields);
    for (const char *needed : {"nom", "prenom", "date_naissance"})
      if (!given.holds(needed))
        given.fault("the field '" + std::string(needed) + "' is missing: without it nobody can be matched");
  }

  void facts(const Reader &top) {
    if (!top.holds("faits")) {
      top.fault("the list 'faits' is missing");
      return;
    }
    for (const Reader &one : top.at("faits").items())
      if (one.is_context())
        fact(one);
      else
        one.fault("an object is expected");
  }

  void fact(const Reader &given) {
    given.keys({"type", "champs", "debut", "fin"});
    FaitPlan made;
    made.type = given.text("type");
    const dossier::TypeContenu *type = dossier::find_type(made.type);
    if (type == nullptr || !type->par_plan || made.type == "identite") {
      std::vector<std::string> names;
      for (const dossier::TypeContenu &one : dossier::types_contenu())
        if (one.par_plan && one.nom != "identite")
          names.emplace_back(one.nom);
      given.member("type", given.value())
          .fault("'" + made.type + "' is no fact that a file described by a plan may state" +
                 suggestion(made.type, names));
      return;
    }
    if (!given.holds("champs") || !given.at("champs").is_context()) {
      (given.holds("champs") ? given.at("champs") : given).fault("the fields are missing: an object 'champs'");
      return;
    }
    const Reader fields = given.at("champs");
    made.champs = read_fields(fields, type->champs);
    for (const Champ &field : type->champs)
      if (field.obligatoire && !fields.holds(field.nom))
        fields.fault("the type '" + made.type + "' asks for the field '" + std::string(field.nom) + "'");
    if (std::all_of(made.champs.begin(), made.champs.end(), [](const ChampPlan &f) { return f.colonnes.empty(); }))
      fields.fault("no field takes a column: the fact would be stated of everybody");
    static constexpr Champ day{"effet", Nature::date, "Effet"};
    for (auto [key, into] : {std::pair{"debut", &made.debut}, std::pair{"fin", &made.fin}})
      if (given.holds(key))
        *into = field(day, given.at(key));
    plan_.faits.push_back(std::move(made));
  }

  std::vector<ChampPlan> read_fields(const Reader &given, std::span<const Champ> fields) const {
    std::vector<ChampPlan> result;
    std::vector<std::string> names;
    for (const Champ &one : fields)
      names.emplace_back(one.nom);
    for (const auto &[name, said] : given.entries()) {
      const auto known = std::find_if(fields.begin(), fields.end(), [&](const Champ &one) { return one.nom == name; });
      if (known == fields.end())
        said.fault(unknown("field", name, names));
      else if (known->nature == Nature::objet || known->nature == Nature::sujet || known->nature == Nature::instant)
        said.fault("a cell cannot say this field");
      else
        result.push_back(field(*known, said));
    }
    return result;
  }

  // "RQTH", or {"colonne": "RQTH", "liste": "oui_non"}, or {"valeur": "rqth"}.
  ChampPlan field(const Champ &target, const Reader &given) const {
    ChampPlan made;
    made.nom = target.nom;
    if (given.value().is(Kind::text) && !given.value().text().empty()) {
      made.colonnes = {given.value().text()};
    } else if (given.is_context()) {
      given.keys({"valeur", "colonne", "liste", "date", "separateur"});
      made.colonnes = columns(given, "colonne", !given.holds("valeur"));
      made.liste = optional(given, "liste");
      made.separateur = optional(given, "separateur");
      made.forme = optional(given, "date");
      if (!made.forme.empty())
        forme(given.at("date"), made.forme);
      if (given.holds("valeur")) {
        const Reader value = given.at("valeur");
        if (!made.colonnes.empty() || target.nom == "nir")
          given.fault("a field takes a value or a column, not both; a NIR takes a column");
        check(target, value);
        made.valeur = constant(target, value.value());
      }
    } else {
      given.fault("a column is expected, or an object that names one");
    }
    if ((made.colonnes.size() > 1 || !made.separateur.empty()) && !target.liste)
      given.fault("the field '" + made.nom + "' takes one value: one column, and no separator");
    check_list(target, made, given);
    return made;
  }

  // A date as one, a value of a list as a list.
  static feel::Value constant(const Champ &target, const feel::Value &given) {
    feel::Value value = given;
    if (target.nature == Nature::date && given.is(Kind::text))
      if (const auto day = feel::Date::parse(given.text()))
        value = *day;
    return target.liste ? feel::Value(feel::List{value}) : value;
  }

  void check_list(const Champ &target, const ChampPlan &made, const Reader &given) const {
    if (made.liste.empty()) {
      if (target.nature == Nature::booleen && !made.valeur)
        given.fault("only a list says which words are true: name one in 'liste'");
      return;
    }
    std::vector<std::string> names;
    for (const ListePlan &list : plan_.listes) {
      names.push_back(list.nom);
      if (list.nom == made.liste)
        for (const auto &[cell, value] : list.valeurs)
          check(target, listes_->at(list.nom).member(cell, value));
    }
    if (std::find(names.begin(), names.end(), made.liste) == names.end())
      given.at("liste").fault(unknown("list", made.liste, names));
  }

  // As the payload will be checked, for this field alone.
  static void check(const Champ &target, const Reader &value) {
    Champ alone = target;
    alone.liste = false;
    const dossier::TypeContenu one{"plan", 1, {}, {}, {}, {}, std::span(&alone, 1)};
    std::vector<Diagnostic> found;
    dossier::read_contenu(one, {{std::string(target.nom), value.value()}}, found);
    if (!found.empty())
      value.fault(found.front().message);
  }

  PlanCsv plan_;
  std::optional<Reader> listes_;
};

} // namespace

PlanCsv read_plan_csv(std::string_view json, std::string_view name) {
  const feel::Value root = read_json(json, name, {32, 1u << 20});
  std::vector<Diagnostic> faults;
  PlanCsv plan = Reading().run(Reader(root, std::string(name) + (name.empty() ? "" : "#"),
                                      {.code = Code::import_plan, .into = &faults, .most = 50}));
  if (!faults.empty())
    throw Error(std::move(faults));
  return plan;
}

} // namespace spie::exchange
