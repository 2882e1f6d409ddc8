#include "exchange/ecriture.hpp"

#include "rules/json/reader.hpp"
#include "spie/dossier/contenu.hpp"
#include "text/suggestion.hpp"

#include <algorithm>
#include <array>

namespace spie::exchange {

namespace {

constexpr std::array<std::string_view, 4> formats{"france_travail.v1", "france_travail.v4", "carnet",
                                                  "data_inclusion.v1"};

// One code of a format, and the barrier that it is of: donnees/correspondances.json.
struct Correspondance {
  std::string code, frein, perte;
};
struct Liste {
  std::string version;
  std::vector<Correspondance> valeurs;
};

Liste list_of(const Pack &pack, std::string_view format) {
  if (const feel::Value *data = pack.data("correspondances"); data != nullptr) {
    const json::Reader from(*data, "donnees/correspondances.json#", {Code::pack_json});
    for (const json::Reader &one : from.items("listes")) {
      if (one.text("format") != format)
        continue;
      Liste list{one.text("version"), {}};
      for (const json::Reader &value : one.items("valeurs"))
        list.valeurs.push_back({value.text("code"), value.text_if_any("frein"), value.text_if_any("perte_a_ecrire")});
      return list;
    }
  }
  throw Error({Code::pack_role,
               Level::error,
               "the pack '" + pack.id() + "' has no crosswalk to '" + std::string(format) + "'",
               "donnees/correspondances.json",
               {}});
}

feel::Value named(const std::string &text) { return text.empty() ? feel::Value() : feel::Value(text); }

// A row for each thing said under a theme; the carnet knows situations, objectives and actions by their labels.
Ecriture write_carnet(const dossier::Situation &situation, const Liste &list) {
  Ecriture made{"carnet", "carnet@" + list.version, {}, {}};
  feel::List rows;
  const auto theme_of = [&](std::string_view barrier) {
    if (barrier.empty()) // a theme of no barrier is not that of whatever names none
      return std::string();
    const auto found = std::find_if(list.valeurs.begin(), list.valeurs.end(), [&](const Correspondance &one) {
      return one.frein == barrier && one.code.find('/') == std::string::npos && one.perte.empty();
    });
    return found == list.valeurs.end() ? std::string() : found->code;
  };
  const auto row = [&](const std::string &theme, const std::string &goal, const std::string &action) {
    rows.push_back(
        feel::Context{{"theme", theme}, {"situation", {}}, {"objectif", named(goal)}, {"action", named(action)}});
  };
  for (const ChoseDite &one : choses_dites(situation, "frein")) {
    const std::string theme = theme_of(one.cle);
    if (theme.empty())
      made.pertes.push_back({one.chemin(), "le carnet n'a pas de thème pour ce frein"});
    else if (one.text("reponse") == "oui")
      row(theme, {}, {});
    else
      made.pertes.push_back({one.chemin(), "le carnet ne dit que les freins qui sont là"});
  }
  const auto under = [&](const char *type, const char *by, auto &&write) {
    for (const ChoseDite &one : choses_dites(situation, type)) {
      const std::string theme = theme_of(one.text(by)), label = one.text("libelle");
      if (theme.empty() || label.empty())
        made.pertes.push_back({one.chemin(), theme.empty() ? "le carnet le range sous un thème, qui n'est pas dit"
                                                           : "le carnet le connaît à son libellé, qui manque"});
      else
        write(theme, label);
    }
  };
  under("objectif", "frein", [&](const std::string &theme, const std::string &label) { row(theme, label, {}); });
  under("action", "theme", [&](const std::string &theme, const std::string &label) { row(theme, {}, label); });
  made.document = std::move(rows);
  return made;
}

// The set of the thématiques that her barriers open; it goes one way.
Ecriture write_data_inclusion(const dossier::Situation &situation, const Liste &list) {
  Ecriture made{"data_inclusion.v1", "data_inclusion@" + list.version, {}, {}};
  std::vector<std::string> codes;
  for (const ChoseDite &one : choses_dites(situation, "frein")) {
    if (one.text("reponse") != "oui") {
      made.pertes.push_back(
          {one.chemin(), "une thématique est cherchée ou ne l'est pas : seul un frein présent en ouvre"});
      continue;
    }
    const std::size_t before = codes.size();
    for (const Correspondance &value : list.valeurs)
      if (value.frein == one.cle && value.perte.empty())
        codes.push_back(value.code);
    if (codes.size() == before)
      made.pertes.push_back({one.chemin(), "aucune thématique n'est de ce frein"});
  }
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  made.document = feel::Context{{"thematiques", feel::List(codes.begin(), codes.end())}};
  return made;
}

} // namespace

std::string ChoseDite::text(std::string_view field) const {
  const auto found = champs.find(field);
  return found != champs.end() && found->second->dire.valeur.is(feel::Kind::text) ? found->second->dire.valeur.text()
                                                                                  : std::string();
}
std::vector<std::string> ChoseDite::texts(std::string_view field) const {
  std::vector<std::string> list;
  if (const auto found = champs.find(field); found != champs.end() && found->second->dire.valeur.is(feel::Kind::list))
    for (const feel::Value &one : found->second->dire.valeur.list())
      list.push_back(one.is(feel::Kind::text) ? one.text() : std::string());
  return list;
}
feel::Date ChoseDite::depuis() const { return champs.begin()->second->dire.effet.debut; }

std::vector<ChoseDite> choses_dites(const dossier::Situation &situation, std::string_view type) {
  std::vector<ChoseDite> list;
  for (const dossier::Fait &fact : situation.faits) {
    if (fact.type != type || fact.du_foyer)
      continue;
    if (list.empty() || list.back().cle != fact.cle)
      list.push_back({std::string(fact.type), fact.cle, {}});
    list.back().champs.emplace(fact.champ, &fact);
  }
  return list;
}

std::span<const std::string_view> formats_ecrits() noexcept { return formats; }

Ecriture ecrire(std::string_view format, const dossier::Situation &situation, const Pack &pack,
                const Nomenclatures &nomenclatures) {
  if (format == "carnet")
    return write_carnet(situation, list_of(pack, format));
  if (format == "data_inclusion.v1")
    return write_data_inclusion(situation, list_of(pack, format));
  if (std::find(formats.begin(), formats.end(), format) != formats.end()) {
    const std::string version(format.substr(format.rfind('.') + 1));
    const Nomenclature *lists = nomenclatures.find("france_travail.diagnostic." + version);
    if (lists == nullptr)
      throw Error({Code::import_plan,
                   Level::error,
                   "the lists of codes have no france_travail.diagnostic." + version,
                   "nomenclatures",
                   {}});
    return ecrire_france_travail(situation, version, *lists);
  }
  throw Error({Code::api_argument, Level::error,
               unknown("format", format, std::vector<std::string>(formats.begin(), formats.end())), "format"});
}

feel::Value to_value(const Ecriture &ecriture) {
  feel::List lost;
  for (const Perte &one : ecriture.pertes)
    lost.push_back(feel::Context{{"chemin", one.chemin}, {"motif", one.motif}});
  return feel::Context{{"format", ecriture.format},
                       {"version", ecriture.version},
                       {"document", ecriture.document},
                       {"pertes", std::move(lost)}};
}

} // namespace spie::exchange
