// The tables of the records: what the classes and the schemas are generated from, and a record as the dictionary of its
// JSON.
#include "bindings/python/records.hpp"

#include "credentials/records.hpp"
#include "exchange/records.hpp"
#include "insertion/convention/records.hpp"
#include "insertion/parcours/records.hpp"
#include "insertion/parcours/records_instance.hpp"
#include "insertion/parcours/records_reseau.hpp"
#include "insertion/passeport/records.hpp"
#include "insertion/passeport/records_profil.hpp"
#include "insertion/passeport/records_rome.hpp"
#include "insertion/passeport/records_structure.hpp"
#include "rules/dmn/records.hpp"

#include <algorithm>
#include <array>

namespace spie::python {
namespace {

struct Entry {
  std::string name; // "convention.Total"
  feel::Value (*description)();
  feel::Context (*to_context)(py::handle);
};

template <class Record> Entry entry() {
  const record::Title &title = record::Table<Record>::title;
  return {std::string(title.module) + "." + std::string(title.name), &record::description<Record>, &context_of<Record>};
}

template <class... Records> std::array<Entry, sizeof...(Records)> entries() { return {entry<Records>()...}; }

// A record stands after those that it holds.
const auto &all_records() {
  using namespace convention;
  static const auto all = entries<
      dmn::ElementInfo, dmn::FactInfo, Article, ParameterUse, CalculBudget, DetailBudget, LigneBudget, Budget, Depense,
      Versement, convention::Refus, CompteRendu, Registre, Versements, LigneEtat, Total, Manque, AutreLecture, Motif,
      EtatDesDepenses, Controle, Echeance, Echeancier, dossier::Tete, exchange::Refus, exchange::Rapport,
      parcours::MotifImmersion, parcours::ExamenImmersion, parcours::ConditionRelais, parcours::ReorientationLue,
      parcours::EtatRelais, parcours::LigneCarnet, parcours::ActePossible, parcours::Carnet, parcours::Episode,
      parcours::Accompagnement, parcours::Etape, parcours::Pause, parcours::Meneur, parcours::Suivi, parcours::Parcours,
      parcours::QuestionPosee, parcours::Questions, parcours::Signe, parcours::FreinLu, parcours::BesoinsLus,
      parcours::TensionLue, parcours::ActionProposee, parcours::PasAction, parcours::ActionSuivie,
      parcours::ObjectifSuivi, parcours::ActionsPrioritaires, parcours::RessourceLue, parcours::OffreMobilisable,
      parcours::RessourcesLues, parcours::ChoixLus, parcours::DroitsLus, parcours::EquiteLue, parcours::Contradiction,
      parcours::Complement, parcours::DiagnosticPose, parcours::DiagnosticPartage, parcours::FeuilleDeRoute,
      parcours::SiegeLu, parcours::SeanceLue, parcours::InstanceLue, parcours::QuorumLu, parcours::DecisionLue,
      parcours::CasInstance, parcours::Convocation, parcours::Agenda, parcours::PresencesComptees,
      parcours::ManqueOffre, parcours::Participation, parcours::RefusActe, parcours::RelaisDossier,
      parcours::RelaisTous, parcours::LieuPropose, parcours::SignalementRendezVous, parcours::RendezVousProposes,
      parcours::HabilitationTenue, parcours::FormationPro, parcours::ConditionLabel, parcours::LabelTenu,
      parcours::FicheReseau, parcours::ComptesReseau, parcours::SuiviLabel, parcours::SollicitationVue,
      parcours::ValeurSatisfaction, parcours::QuestionSatisfaction, parcours::QuestionnaireSatisfaction,
      parcours::MoyenneSatisfaction, parcours::CaseSatisfaction, parcours::Satisfaction, passeport::EntreeRome,
      passeport::LienRome, passeport::FicheRome, passeport::RefusRome, passeport::FichierLu, passeport::LectureRome,
      passeport::RechercheRome, passeport::ReferenceRome, passeport::ChangementRome, passeport::ComparaisonRome,
      passeport::StatutBadge, passeport::BadgeSigne, passeport::BadgeDelivre, passeport::Revue, passeport::Sortie,
      passeport::Survivances, passeport::Garant, passeport::Pas, passeport::Reference, passeport::Element,
      passeport::Recommandation, passeport::Remise, passeport::Partage, passeport::Passeport, passeport::Proposition,
      passeport::Propositions, passeport::Ecart, passeport::ParcoursSpecifique, passeport::Comparaison,
      passeport::Acquis, passeport::BadgePossible, passeport::RecommandationSortie, passeport::Sorti,
      passeport::NonSorti, passeport::Selection, passeport::BadgeEmis, passeport::BadgeDeStructure,
      passeport::BadgesStructure, credentials::Texte, credentials::Controle, credentials::Rapport,
      credentials::Emission, credentials::PartiesPubliques, credentials::EntreeStatut, credentials::EtatRegistre,
      credentials::BadgeEmis>();
  return all;
}

py::object record_to_dict(py::handle record, const std::string &name) {
  for (const Entry &one : all_records())
    if (one.name == name)
      return to_python(one.to_context(record));
  throw Error(Diagnostic{Code::api_argument, Level::error, "There is no such record as '" + name + "'.", "name"});
}

Code code_of(const std::string &given) {
  const std::vector<Code> &codes = all_codes();
  const auto found = std::find_if(codes.begin(), codes.end(), [&](Code code) { return text(code) == given; });
  if (found == codes.end())
    throw Error(Diagnostic{Code::api_argument, Level::error, "There is no code '" + given + "'.", "code"});
  return *found;
}

} // namespace

void take(py::handle object, Code &value) { value = code_of(py::cast<std::string>(object)); }

Diagnostic to_diagnostic(py::handle object) {
  const auto words = [&](const char *name) { return py::cast<std::string>(object.attr(name)); };
  Diagnostic finding;
  finding.code = code_of(words("code"));
  for (const Level level : {Level::error, Level::warning, Level::note})
    if (text(level) == words("level"))
      finding.level = level;
  finding.message = words("message");
  finding.where = words("where");
  finding.remedy = words("remedy");
  if (finding.remedy == remedy(finding.code))
    finding.remedy.clear();
  finding.details = words("details");
  finding.suggestion = words("suggestion");
  return finding;
}

void register_records(py::module_ &module) {
  module.def(
      "records",
      [] {
        py::list list;
        for (const Entry &one : all_records())
          list.append(to_python(one.description()));
        return list;
      },
      "The tables of the records, for the generator of their classes and schemas.");
  module.def("record_to_dict", &record_to_dict, py::arg("record"), py::arg("name"));
}

} // namespace spie::python
