// What stands behind the handles of spie.h. Each is immutable once made but for the store and the desk, and holds what
// it was made from.
#pragma once

#include "spie/convention/registre.hpp"
#include "spie/credentials/key.hpp"
#include "spie/dmn/decision.hpp"
#include "spie/dmn/model.hpp"
#include "spie/dmn/row.hpp"
#include "spie/dossier/identite.hpp"
#include "spie/dossier/journal.hpp"
#include "spie/dossier/situation.hpp"
#include "spie/droits/acces.hpp"
#include "spie/droits/droits.hpp"
#include "spie/feel/expression.hpp"
#include "spie/pack/pack.hpp"
#include "spie/pack/row.hpp"
#include "spie/parcours/diagnostic.hpp"
#include "spie/parcours/vigilance.hpp"
#include "spie/passeport/rome.hpp"
#include "spie/spie.h"
#include "spie/store/options.hpp"

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

struct spie_pack {
  std::shared_ptr<const spie::Pack> pack;
};

struct spie_decision {
  std::shared_ptr<const spie::PackDecision> decision; // which keeps its pack
};

struct spie_expression {
  spie::feel::Expression expression;
  std::unordered_map<std::string, std::uint32_t> slots; // of the variables, by canonical name
  bool tests = false;                                   // unary tests: the value tested is the variable "?"
};

struct spie_model {
  std::shared_ptr<const spie::dmn::Model> model;
};

struct spie_prepared {
  std::shared_ptr<const spie::dmn::Decision> decision; // which keeps its model
};

// Of a pack or of a model; the one that changes, and that one thread uses at a time.
struct spie_row {
  std::unique_ptr<spie::PackRow> of_pack;
  std::unique_ptr<spie::dmn::Row> of_model;
  const spie::dmn::Result *result = nullptr; // of the last evaluation
  std::string day;                           // of the last evaluation, and what it reads as
  spie::feel::Date read_day;
  spie::dmn::Row &facts() const { return of_pack ? of_pack->facts() : *of_model; }
};

struct spie_ledger {
  spie::convention::Registre registre;
};

struct spie_payments {
  spie::convention::Versements versements;
};

struct spie_store {
  std::mutex one_at_a_time;
  std::unique_ptr<spie::dossier::Journal> journal;
};

struct spie_desk {
  std::mutex one_at_a_time; // taken after that of a store
  std::unique_ptr<spie::droits::JournalAcces> accesses;
  spie::droits::Droits rights;
  spie::dossier::Regles rules;
  std::shared_ptr<const spie::Pack> pack;
  std::optional<spie::parcours::LecteurDiagnostic> diagnostic; // made when first asked for
};

struct spie_rome {
  std::shared_ptr<const spie::passeport::Rome> rome;
};

struct spie_key {
  spie::credentials::Cle key;
};

namespace spie::capi {

// The folder of the packs that come with the library; empty when they are not there.
std::string bundled_folder();

// {"nom": valeur}, for parameters given another value. A text is read as the type of its parameter asks for.
std::vector<std::pair<std::string, feel::Value>>
parameters_argument(const Pack &pack, const char *json, std::size_t length, const spie_limits *limits = nullptr);

// --- what the functions of stores and dossiers share ---

// The journal of a store, for one call: others wait.
class Use {
public:
  explicit Use(spie_store *store);
  dossier::Journal &operator*() const noexcept { return journal_; }
  dossier::Journal *operator->() const noexcept { return &journal_; }

private:
  std::lock_guard<std::mutex> held_;
  dossier::Journal &journal_;
};

dossier::Instant record_argument(const char *text, const char *name); // an instant of record
dossier::Sujet subject_argument(const char *text, const char *name);
std::vector<dossier::Sujet> subjects_argument(const char *json, std::size_t length, const char *name); // J002
dossier::Connaissance known_argument(const char *text, const char *name);          // everything for NULL
feel::Value list_argument(const char *json, std::size_t length, const char *name); // J002 when it is something else
parcours::OptionsVigilance vigilance_argument(const char *date, const char *known, const spie_vigilance_options *given);
dossier::Acte act_argument(const spie_act *given);
store::Options store_options(const spie_store_options *given); // the defaults for NULL

} // namespace spie::capi
