// The two shapes of a France Travail diagnostic, brought to one: what the document says, before what it means.
#pragma once

#include "spie/feel/value.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spie::exchange {

struct ReponseFt { // a situation, an objective, a need
  std::string code, libelle, valeur;
  std::optional<feel::Date> date;
};
struct ContrainteFt {
  std::string place; // "thematiqueContrainte/contraintes/0"
  ReponseFt reponse;
  std::string impact;
  std::optional<bool> prioritaire;
  std::vector<ReponseFt> situations, objectifs;
};
struct MetierFt { // a job that is sought, and what is needed for it
  std::string place, id, nom, rome, statut;
  std::vector<ReponseFt> besoins;
};
struct PouvoirAgirFt {
  std::string confiance, accompagnement, analyse;
  std::optional<feel::Date> date;
};
struct DiagnosticFt {
  std::string version; // "v1", "v4"
  std::vector<ContrainteFt> contraintes;
  std::vector<MetierFt> metiers;
  std::vector<ReponseFt> besoins_numeriques;
  std::optional<PouvoirAgirFt> pouvoir_agir;
  std::optional<bool> sans_contrainte; // the person declares none
  std::optional<feel::Date> sans_contrainte_date;
  std::vector<std::string> inconnus;  // keys of the document that no state of the API has
  std::vector<std::string> malformes; // those that have not their form
};

// "v1" or "v4" by its keys; empty when it is neither, or both.
std::string version_of(const feel::Context &document);
// The document of that version. What has not its kind is left out.
DiagnosticFt read_diagnostic(const feel::Context &document, const std::string &version);

} // namespace spie::exchange
