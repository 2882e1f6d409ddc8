// A pack: policy as data. Articles, dated parameters, DMN models, lists and budgets, named cases (docs/packs.md).
#pragma once

#include "spie/diagnostic.hpp"
#include "spie/dmn/decision.hpp"
#include "spie/dmn/model.hpp"
#include "spie/feel/temporal.hpp"
#include "spie/feel/value.hpp"
#include "spie/limits.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace spie {

struct Article {
  std::string id;         // "art-4.2-al2"
  std::string titre;      // "Article 4.2, alinéa 2"
  std::string resume;     // in our own words
  std::string place;      // in the source: "article 4.2, alinéa 2 ; S:348-351"
  std::string sans_regle; // why no rule stands on it; empty otherwise
  std::string pack;       // the id of the pack that gives it
};

struct ParameterValue {
  feel::Date depuis;
  feel::Value valeur;
  std::string source;
  std::string note;
  std::string article;       // of the parameter that gave it: a child's may keep its parent's first values
  bool seconde_main = false; // read elsewhere than in the text itself: to verify before it is shown as law
};

struct ParameterReading { // one of the readings of an ambiguous text
  feel::Value valeur;
  std::string sens;
  std::vector<std::pair<std::string, std::string>> libelles; // how codes are said under this reading
};

struct PackParameter {
  std::string nom, titre, unite, type, article, pack;
  std::vector<ParameterValue> valeurs;    // by rising date
  std::vector<ParameterReading> lectures; // empty when the text has one reading
  // The fact at whose date the value is read ("date_orientation", "immersion.date_debut"); empty: at the date of the
  // decision.
  std::string lu_au;
};

struct PackCase {
  std::string nom, titre, decision, commentaire, pack, file;
  feel::Date as_of;
  feel::Value faits;      // a context
  feel::Value parametres; // a context of overrides, empty when there is none
  feel::Value attendu;    // {statut, valeur, manquants, articles, …}
};

struct CaseResult {
  std::string nom;
  bool passed = false;
  std::string difference; // empty when passed: what was expected, what was found
};

struct PackOptions {
  // Folders where the packs it extends are looked up, by id. By default its sibling folders. The bundled packs are in
  // share/spie/packs: spie_PACKS_DIR of the CMake package, packsdir of pkg-config.
  std::vector<std::string> search;
  // Of the whole load, those it extends included: as dmn::LoadOptions, with 256 levels of JSON and 10,000 files in a
  // folder. Beyond them: D001 in a model, P001 for a file, P002 in a document of JSON.
  LoadLimits limits = {};
};

struct PackEvaluateOptions {
  bool trace = true;
  bool explanation = true; // in French; asks for the trace
  // Parameters given another value for this evaluation alone: readings, simulations. Each must exist and have its type.
  std::vector<std::pair<std::string, feel::Value>> parametres;
  feel::Limits limits = {};
};

struct ParameterUse {
  std::string nom;
  feel::Value valeur;
  feel::Date depuis;
  std::string article;
  bool given = false; // by the caller, for this evaluation
  bool seconde_main = false;
  std::string lu_au = {}; // as PackParameter says; empty when the value was given
  std::optional<feel::Date> date =
      {};             // the day it was read at; nullopt when that fact is unknown: `valeur` then is too
  bool avant = false; // that day comes before the first value, which was taken
  std::vector<std::pair<std::string, std::string>> libelles = {}; // of the reading in force
};

struct PackResult : dmn::Result {
  std::string decision;
  feel::Date as_of;
  std::string pack_id, pack_version, pack_sha256;
  std::vector<std::string> articles;    // ids of the articles the value stands on, in order of first use
  std::vector<ParameterUse> parametres; // that were read
  // For a caseworker and a lawyer, in French: what was decided, because of which facts, by which rule of which article.
  std::string explanation;
};

class Pack;

// A decision of a pack made ready for many evaluations: looked up once, with the slots of its inputs, its parameters
// and its lists. Immutable, shared between threads; it keeps its pack alive.
class PackDecision {
public:
  PackDecision() = default;
  virtual ~PackDecision() = default;
  PackDecision(const PackDecision &) = delete;
  PackDecision &operator=(const PackDecision &) = delete;

  virtual const Pack &pack() const = 0;
  virtual const dmn::ElementInfo &info() const = 0;

  // As Pack::evaluate, whose errors it throws.
  virtual PackResult evaluate(const feel::Value &facts, feel::Date as_of,
                              const PackEvaluateOptions &options = {}) const = 0;
  // In two steps, as dmn::Decision: nullopt when something in the facts is not plainly right, which evaluate() says.
  virtual std::optional<dmn::Slots> read(dmn::FactSource &source, dmn::FactSource::Node facts) const = 0;
  virtual PackResult evaluate(dmn::Slots slots, feel::Date as_of, const PackEvaluateOptions &options = {}) const = 0;
};

class Pack {
public:
  // From a folder. Throws Error: P001 to P003, P009, P017, and what its models are refused for.
  static std::shared_ptr<const Pack> load(const std::string &folder, const PackOptions &options = {});
  // From bytes: names relative to the pack's folder ("pack.json", "entree.dmn", "cas/entree.json").
  using Files = std::vector<std::pair<std::string, std::string>>;
  static std::shared_ptr<const Pack> from_files(const Files &files,
                                                const std::vector<std::shared_ptr<const Pack>> &bases = {},
                                                const LoadLimits &limits = {});

  virtual ~Pack() = default;

  virtual const std::string &id() const = 0;
  virtual const std::string &version() const = 0;
  virtual const std::string &title() const = 0;
  virtual const std::string &authority() const = 0;
  virtual const std::string &sha256() const = 0; // of all its files and its bases'
  virtual feel::Date period_start() const = 0;
  virtual std::optional<feel::Date> period_end() const = 0;
  virtual const std::vector<std::string> &bases() const = 0; // ids of the packs it extends, nearest first

  virtual const std::vector<Article> &articles() const = 0; // its own first, then those of its bases
  virtual const Article *find_article(std::string_view id) const = 0;
  virtual const std::vector<PackParameter> &parameters() const = 0;
  virtual const PackParameter *find_parameter(std::string_view name) const = 0;
  // The value in force at a date: the last that took effect. Throws Error: P015 (with a suggestion) when there is no
  // such parameter, P018 before the first value. `lu_au` is not followed: the date is the caller's.
  virtual const ParameterValue &parameter_at(std::string_view name, feel::Date date) const = 0;
  virtual const std::vector<PackCase> &cases() const = 0;
  // donnees/NAME.json, as a value; nullptr when there is none.
  virtual const feel::Value *data(std::string_view name) const = 0;
  // The decision that plays a role for the library; empty when the pack gives none.
  virtual std::string role(std::string_view role) const = 0;
  virtual std::vector<std::pair<std::string, std::string>> roles() const = 0;
  virtual const dmn::Model &model() const = 0;
  // How a code of the pack is said, and the tone it is said in: "favorable", "defavorable" or "attention". By code,
  // with those of its bases; a reading of a parameter may say a code otherwise (ParameterUse::libelles).
  virtual const std::map<std::string, std::string> &labels() const = 0;
  virtual const std::map<std::string, std::string> &tones() const = 0;

  // The facts that a decision may read: its inputs that are neither parameters nor data. D011 for an unknown decision.
  virtual std::vector<dmn::FactInfo> facts(std::string_view decision) const = 0;

  // Throws Error for misuse: D011, P014, P015 (with a suggestion), P016, P018.
  virtual PackResult evaluate(std::string_view decision, const feel::Value &facts, feel::Date as_of,
                              const PackEvaluateOptions &options = {}) const = 0;

  // A decision made ready for many evaluations. D011.
  virtual std::shared_ptr<const PackDecision> decision(std::string_view name) const = 0;

  virtual std::vector<CaseResult> run_cases() const = 0;
  // Every finding, errors first; cases that fail among them (P010).
  virtual std::vector<Diagnostic> check() const = 0;
};

} // namespace spie
