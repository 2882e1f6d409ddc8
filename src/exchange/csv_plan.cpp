// The plan of a CSV: read, and checked as far as it can be before a line is.
#include "spie/exchange/csv_plan.hpp"

#include "exchange/csv_valeurs.hpp"
#include "spie/exchange/formats.hpp"
#include "spie/json.hpp"
#include "text/suggestion.hpp"
#include "text/words.hpp"

#include <algorithm>

namespace spie::exchange {

using dossier::Champ;
using dossier::Nature;
using feel::Context;
using feel::Kind;

namespace {

class Reader {
public:
  PlanCsv run(const feel::Value &root) {
    if (!root.is(Kind::context)) {
      fault("", "the plan is no object");
      return {};
    }
    const Context &top = root.context();
    PlanCsv plan;
    keys(top, "",
         {"titre", "source", "nomenclature", "separateur", "encodage", "manquant", "date", "cle", "identite", "listes",
          "faits", "plusieurs_lignes"});
    plan.titre = text(top, "titre", "", false);
    plan.source = text(top, "source", "", true);
    source(plan.source);
    plan.nomenclature = text(top, "nomenclature", "", false);
    plan.manquant = text(top, "manquant", "", false);
    header(top, plan);
    plan.cle = columns(top, "cle", "", true);
    lists(top, plan);
    identity(top, plan);
    facts(top, plan);
    return plan;
  }

  std::vector<Diagnostic> faults;

private:
  void fault(const std::string &where, std::string message, std::string remedy = {}) {
    constexpr std::size_t most = 50;
    if (faults.size() < most)
      faults.push_back({Code::import_plan, Level::error, std::move(message), where, std::move(remedy)});
  }

  // A file that took the name of another source would have its rank among them.
  void source(const std::string &named) {
    std::string lower = ascii_lower(trimmed(named));
    std::vector<std::string> taken{"saisie", "diagnostic"};
    for (const Format &format : formats())
      for (const std::string_view one : {format.nom, format.source, format.source.substr(0, format.source.find('.'))})
        if (!one.empty())
          taken.emplace_back(one);
    for (const std::string &one : taken)
      if (lower == one || lower.starts_with(one + ".")) {
        fault("/source", "'" + named + "' is the name of another source: a plan has one of its own",
              "Name the file, or who keeps it: \"ateliers_mobilite\".");
        return;
      }
  }

  void keys(const Context &object, const std::string &where, const std::vector<std::string> &known) {
    for (const auto &[key, value] : object)
      if (std::find(known.begin(), known.end(), key) == known.end())
        fault(where + "/" + key, "the key '" + key + "' is unknown" + suggestion(key, known));
  }

  std::string text(const Context &object, const std::string &key, const std::string &where, bool required) {
    const feel::Value *value = object.find(key);
    if (value != nullptr && value->is(Kind::text) && !value->text().empty())
      return value->text();
    if (value != nullptr)
      fault(where + "/" + key, "a text is expected");
    else if (required)
      fault(where, "the key '" + key + "' is missing");
    return {};
  }

  // One column, or a list of them.
  std::vector<std::string> columns(const Context &object, const std::string &key, const std::string &where,
                                   bool required) {
    const feel::Value *value = object.find(key);
    if (value == nullptr || value->is(Kind::text)) {
      std::string one = text(object, key, where, required);
      return one.empty() ? std::vector<std::string>() : std::vector{std::move(one)};
    }
    std::vector<std::string> result;
    if (value->is(Kind::list))
      for (const feel::Value &item : value->list())
        if (item.is(Kind::text) && !item.text().empty())
          result.push_back(item.text());
    if (result.empty() || result.size() != value->list().size())
      fault(where + "/" + key, "a column, or a list of columns, is expected");
    return result;
  }

  void header(const Context &top, PlanCsv &plan) {
    const std::string separator = text(top, "separateur", "", false);
    if (separator.size() > 1 ||
        (separator.size() == 1 && std::string_view(",;\t|").find(separator) == std::string::npos))
      fault("/separateur", "the separator is one of ; , | and the tab");
    else if (!separator.empty())
      plan.separateur = separator[0];
    plan.encodage = text(top, "encodage", "", false);
    if (!plan.encodage.empty() && plan.encodage != "utf-8" && plan.encodage != "windows-1252")
      fault("/encodage", "the encoding is 'utf-8' or 'windows-1252'", "Leave it out to have it told line by line.");
    if (top.find("date") != nullptr)
      plan.date = text(top, "date", "", false);
    forme(plan.date, "/date");
    if (const feel::Value *several = top.find("plusieurs_lignes")) {
      if (!several->is(Kind::boolean))
        fault("/plusieurs_lignes", "true or false is expected");
      plan.plusieurs_lignes = several->is_true();
    }
  }

  void forme(const std::string &forme, const std::string &where) {
    if (!is_forme(forme))
      fault(where, "'" + forme + "' is no form of dates", "Write aaaa-mm-jj, jj/mm/aaaa or aaaammjj.");
  }

  void lists(const Context &top, PlanCsv &plan) {
    const feel::Value *lists = top.find("listes");
    if (lists == nullptr)
      return;
    if (!lists->is(Kind::context)) {
      fault("/listes", "an object is expected: each list by its name");
      return;
    }
    for (const auto &[name, list] : lists->context()) {
      plan.listes.push_back({name, {}});
      if (!list.is(Kind::context))
        fault("/listes/" + name, "an object is expected: what the cell says, what it means");
      else
        for (const auto &[cell, value] : list.context())
          if (value.is(Kind::text) || value.is(Kind::boolean) || value.is(Kind::number))
            plan.listes.back().valeurs.emplace_back(cell, value);
          else
            fault("/listes/" + name + "/" + cell, "a text, a number, true or false is expected");
    }
  }

  void identity(const Context &top, PlanCsv &plan) {
    const feel::Value *given = top.find("identite");
    if (given == nullptr || !given->is(Kind::context)) {
      fault(given == nullptr ? "" : "/identite", "the identity is missing: an object with nom, prenom, date_naissance");
      return;
    }
    std::vector<Champ> fields(dossier::find_type("identite")->champs.begin(),
                              dossier::find_type("identite")->champs.end());
    fields.push_back({"nir", Nature::texte, "NIR"});
    plan.identite = read_fields(given->context(), "/identite", fields, plan);
    for (const char *needed : {"nom", "prenom", "date_naissance"})
      if (given->context().find(needed) == nullptr)
        fault("/identite", "the field '" + std::string(needed) + "' is missing: without it nobody can be matched");
  }

  void facts(const Context &top, PlanCsv &plan) {
    const feel::Value *facts = top.find("faits");
    if (facts == nullptr || !facts->is(Kind::list)) {
      fault(facts == nullptr ? "" : "/faits", "the list 'faits' is missing");
      return;
    }
    for (std::size_t i = 0; i < facts->list().size(); ++i) {
      const std::string where = "/faits/" + std::to_string(i);
      if (facts->list()[i].is(Kind::context))
        fact(facts->list()[i].context(), where, plan);
      else
        fault(where, "an object is expected");
    }
  }

  void fact(const Context &given, const std::string &where, PlanCsv &plan) {
    keys(given, where, {"type", "champs", "debut", "fin"});
    FaitPlan made;
    made.type = text(given, "type", where, true);
    const dossier::TypeContenu *type = dossier::find_type(made.type);
    if (type == nullptr || !type->par_plan || made.type == "identite") {
      std::vector<std::string> names;
      for (const dossier::TypeContenu &one : dossier::types_contenu())
        if (one.par_plan && one.nom != "identite")
          names.emplace_back(one.nom);
      fault(where + "/type",
            "'" + made.type + "' is no fact that a file described by a plan may state" + suggestion(made.type, names));
      return;
    }
    const feel::Value *fields = given.find("champs");
    if (fields == nullptr || !fields->is(Kind::context)) {
      fault(where + (fields == nullptr ? "" : "/champs"), "the fields are missing: an object 'champs'");
      return;
    }
    made.champs = read_fields(fields->context(), where + "/champs", type->champs, plan);
    for (const Champ &field : type->champs)
      if (field.obligatoire && fields->context().find(field.nom) == nullptr)
        fault(where + "/champs", "the type '" + made.type + "' asks for the field '" + std::string(field.nom) + "'");
    if (std::all_of(made.champs.begin(), made.champs.end(), [](const ChampPlan &f) { return f.colonnes.empty(); }))
      fault(where + "/champs", "no field takes a column: the fact would be stated of everybody");
    static constexpr Champ day{"effet", Nature::date, "Effet"};
    for (auto [key, into] : {std::pair{"debut", &made.debut}, std::pair{"fin", &made.fin}})
      if (const feel::Value *value = given.find(key))
        *into = field(day, *value, where + "/" + key, plan);
    plan.faits.push_back(std::move(made));
  }

  std::vector<ChampPlan> read_fields(const Context &given, const std::string &where, std::span<const Champ> fields,
                                     const PlanCsv &plan) {
    std::vector<ChampPlan> result;
    std::vector<std::string> names;
    for (const Champ &one : fields)
      names.emplace_back(one.nom);
    for (const auto &[name, value] : given) {
      const auto known = std::find_if(fields.begin(), fields.end(), [&](const Champ &one) { return one.nom == name; });
      if (known == fields.end())
        fault(where + "/" + name, "the field '" + name + "' is unknown" + suggestion(name, names));
      else if (known->nature == Nature::objet || known->nature == Nature::sujet || known->nature == Nature::instant)
        fault(where + "/" + name, "a cell cannot say this field");
      else
        result.push_back(field(*known, value, where + "/" + name, plan));
    }
    return result;
  }

  // "RQTH", or {"colonne": "RQTH", "liste": "oui_non"}, or {"valeur": "rqth"}.
  ChampPlan field(const Champ &target, const feel::Value &given, const std::string &where, const PlanCsv &plan) {
    ChampPlan made;
    made.nom = target.nom;
    if (given.is(Kind::text) && !given.text().empty()) {
      made.colonnes = {given.text()};
    } else if (given.is(Kind::context)) {
      const Context &object = given.context();
      keys(object, where, {"valeur", "colonne", "liste", "date", "separateur"});
      made.colonnes = columns(object, "colonne", where, object.find("valeur") == nullptr);
      made.liste = text(object, "liste", where, false);
      made.separateur = text(object, "separateur", where, false);
      made.forme = text(object, "date", where, false);
      if (!made.forme.empty())
        forme(made.forme, where + "/date");
      if (const feel::Value *value = object.find("valeur")) {
        if (!made.colonnes.empty() || target.nom == "nir")
          fault(where, "a field takes a value or a column, not both; a NIR takes a column");
        check(target, *value, where + "/valeur");
        made.valeur = constant(target, *value);
      }
    } else {
      fault(where, "a column is expected, or an object that names one");
    }
    if ((made.colonnes.size() > 1 || !made.separateur.empty()) && !target.liste)
      fault(where, "the field '" + made.nom + "' takes one value: one column, and no separator");
    check_list(target, made, where, plan);
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

  void check_list(const Champ &target, const ChampPlan &made, const std::string &where, const PlanCsv &plan) {
    if (made.liste.empty()) {
      if (target.nature == Nature::booleen && !made.valeur)
        fault(where, "only a list says which words are true: name one in 'liste'");
      return;
    }
    std::vector<std::string> names;
    for (const ListePlan &list : plan.listes) {
      names.push_back(list.nom);
      if (list.nom == made.liste)
        for (const auto &[cell, value] : list.valeurs)
          check(target, value, "/listes/" + list.nom + "/" + cell);
    }
    if (std::find(names.begin(), names.end(), made.liste) == names.end())
      fault(where + "/liste", "there is no list '" + made.liste + "'" + suggestion(made.liste, names));
  }

  // As the payload will be checked, for this field alone.
  void check(const Champ &target, const feel::Value &value, const std::string &where) {
    Champ alone = target;
    alone.liste = false;
    const dossier::TypeContenu one{"plan", 1, {}, {}, {}, {}, std::span(&alone, 1)};
    std::vector<Diagnostic> found;
    dossier::read_contenu(one, {{std::string(target.nom), value}}, found);
    if (!found.empty())
      fault(where, found.front().message);
  }
};

} // namespace

PlanCsv read_plan_csv(std::string_view json, std::string_view name) {
  const feel::Value root = read_json(json, name, {32, 1u << 20});
  Reader reader;
  PlanCsv plan = reader.run(root);
  if (reader.faults.empty())
    return plan;
  for (Diagnostic &fault : reader.faults)
    fault.where = std::string(name) + (name.empty() ? "" : "#") + fault.where;
  throw Error(std::move(reader.faults));
}

} // namespace spie::exchange
