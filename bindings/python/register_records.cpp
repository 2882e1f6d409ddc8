// The tables of the records: what the classes and the schemas are generated from, a record as the dictionary of its
// JSON, and many of one kind as a table of Arrow.
#include "bindings/python/arrow_stream.hpp"
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
#include "rules/table/records.hpp"

#include <pybind11/stl.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace spie::python {
namespace {

using Texts = std::vector<std::pair<std::string, std::vector<std::string>>>; // columns by name
using Said = std::vector<std::pair<std::string, std::string>>;

struct Entry {
  std::string name; // "convention.Total"
  feel::Value (*description)();
  feel::Context (*to_context)(py::handle);
  table::Rows (*table)(const py::list &, const Texts &);
};

// A row for each record; the columns of `before`, a text for each of them, go first.
template <class Record> table::Rows table_of(const py::list &records, const Texts &before) {
  std::vector<table::Shape::Member> columns;
  for (const auto &[name, texts] : before) {
    if (texts.size() != records.size())
      throw Error(Diagnostic{Code::api_argument, Level::error,
                             "The column '" + name + "' has not a text for each record.", "before"});
    columns.push_back({name, table::shape_of_kind(table::Shape::Kind::plain_text)});
  }
  for (table::Shape::Member &column : table::record_columns<Record>())
    columns.push_back(std::move(column));
  table::Rows rows(std::move(columns));
  std::size_t row = 0;
  for (const py::handle one : records) {
    for (const auto &[name, texts] : before)
      rows.add(feel::Value(texts[row]));
    auto name = attributes_of<Record>().begin();
    record::each_field<Record>([&](const auto &field) { // as context_of()
      using Get = std::remove_cvref_t<decltype(field.get)>;
      record::ValueOf<Record, Get> value{};
      if constexpr (std::is_same_v<Get, record::Constant>)
        value = field.get.text;
      else
        take(py::getattr(one, *name), value);
      rows.add(table::column_value(value, field.form));
      ++name;
    });
    ++row;
  }
  return rows;
}

template <class Record> Entry entry() {
  const record::Title &title = record::Table<Record>::title;
  return {std::string(title.module) + "." + std::string(title.name), &record::description<Record>, &context_of<Record>,
          &table_of<Record>};
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

const Entry &entry_of(const std::string &name) {
  for (const Entry &one : all_records())
    if (one.name == name)
      return one;
  throw Error(Diagnostic{Code::api_argument, Level::error, "There is no such record as '" + name + "'.", "name"});
}

py::object record_to_dict(py::handle record, const std::string &name) {
  return to_python(entry_of(name).to_context(record));
}

// A capsule of a stream of one batch.
py::object records_table(const std::string &name, const py::list &records, const Texts &before, const Said &said) {
  table::Rows rows = entry_of(name).table(records, before);
  for (const auto &[key, value] : said)
    rows.say(key, value);
  auto stream = std::make_unique<ArrowArrayStream>();
  rows.give(*stream);
  return capsule_of(stream.release(), stream_name);
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
  module.def("records_table", &records_table, py::arg("name"), py::arg("records"), py::arg("before"), py::arg("said"));
  module.def("record_to_dict", &record_to_dict, py::arg("record"), py::arg("name"));
}

} // namespace spie::python
