// DMN models, versions 1.1 to 1.6: read from XML, linked, bound once; then immutable and shared between threads.
#pragma once

#include "spie/dmn/trace.hpp"
#include "spie/feel/evaluation.hpp"
#include "spie/feel/type.hpp"
#include "spie/feel/value.hpp"
#include "spie/limits.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace spie::dmn {

// What a value rests on (decisions §1): an error it depends on outranks a missing fact.
enum class Status : std::uint8_t { determine, indetermine, erreur };
std::string_view text(Status status) noexcept;

struct Source {
  std::string name; // of the file, for findings: "entree.dmn"
  std::string xml;
};

struct LoadOptions {
  // A name that nothing declares refuses the decision (F002), and so does one of an element that it does not require.
  // False: the first is an input of no type (a warning, F002), the second means the element (F002 too); the table of a
  // required decision is known by the name of its output too; a column without an expression is read by its label, or
  // left out. Packs are strict.
  bool strict = false;
  // A decision that cannot be bound does not refuse the model: it gives null with D008, and findings() says why.
  bool lenient = false;
  // Vendors whose functions and attributes are read beside the standard: "camunda", "kie", "signavio". A001: there is
  // no such vendor.
  std::vector<std::string> extensions = {};
  // False refuses now() and today() (P012): packs.
  bool clock = true;
  // Packs: the documents share one namespace by name. A later decision, business knowledge model, service or item
  // definition replaces an earlier one of the same name; inputs of the same name are one input.
  bool merge = false;
  // Beyond them: D001. Usually 200 levels of elements, 50 million steps (elements, nodes of expressions), 10,000
  // elements of DMN in all, 64 MiB a document, no limit of time.
  LoadLimits limits = {};
};

// An input datum, a decision, a business knowledge model or a decision service.
struct ElementInfo {
  std::string name;
  std::string label; // its label, else its name
  std::string description;
  std::string question; // of a decision
  std::string id;
  std::string file;
  std::string model_namespace;
  feel::Type type;
  std::vector<std::string> authorities; // locationURI, or name, of its knowledge sources
  bool has_table = false;               // of a decision: a table stands somewhere in its logic
  std::uint32_t slot = 0;
};

// What a decision reads, directly or through other decisions.
struct FactInfo {
  std::string path; // "depense.axe", "freins[].code"
  std::string label;
  std::string description;
  feel::Type type;
};

struct Given {
  std::string name;
  feel::Value value;
  std::string model_namespace = {}; // empty: the model's own
};

// What becomes of a value given for a name that the model does not have.
enum class Extra : std::uint8_t { refuse, ignore };

struct EvaluateOptions {
  std::optional<feel::DateTime> now;
  feel::DateTime (*clock)() = nullptr; // gives `now` where it is left out, and is read if it is asked for
  bool trace = false;
  bool facts_may_be_unknown = false; // packs: what is not given, or null, is unknown rather than null
  Extra extra = Extra::refuse;       // D009
  bool iso_texts = false; // inputs from JSON: a text stands for the date, time or duration that the type asks for
  feel::Limits limits = {};
};

class Decision; // decision.hpp
using FixedValues = std::vector<std::pair<std::uint32_t, feel::Value>>;

struct Result {
  feel::Value value; // a function in it keeps the model alive, whoever else lets go of it
  Status status = Status::determine;
  std::vector<Diagnostic> errors;   // on which the value depends
  std::vector<std::string> missing; // paths of the facts that the value lacks, sorted
  std::vector<std::string> refused; // those among the unknown facts that the person refused to give
  Trace trace;                      // empty when not asked for
};

class Model {
public:
  // The first source is the model, the others those it imports, or in merge mode its fellows, the base first. Throws
  // Error with every finding. Never rewrites a file, never opens one.
  static std::shared_ptr<const Model> load(const std::vector<Source> &sources, const LoadOptions &options = {});

  virtual ~Model() = default;

  virtual const std::string &name() const = 0;
  virtual const std::string &model_namespace() const = 0;
  virtual const std::string &version() const = 0; // of DMN, in which its document is written: "1.1" to "1.6"
  // What a lenient load let pass, and the warnings of any load.
  virtual const std::vector<Diagnostic> &findings() const = 0;

  virtual const std::vector<ElementInfo> &inputs() const = 0;    // in the order of the files
  virtual const std::vector<ElementInfo> &decisions() const = 0; // "
  virtual const std::vector<ElementInfo> &services() const = 0;
  virtual const std::vector<ElementInfo> &functions() const = 0; // business knowledge models
  // nullptr when there is none. `model_namespace` empty: the model's own first, then any imported one.
  virtual const ElementInfo *find_input(std::string_view name, std::string_view model_namespace = {}) const = 0;
  virtual const ElementInfo *find_decision(std::string_view name, std::string_view model_namespace = {}) const = 0;

  // The facts a decision may read, sorted by path. A path begins with the name of the input, or with {namespace}name
  // where the name alone means another one. D011 (Error) when there is no such decision.
  virtual std::vector<FactInfo> facts(std::string_view decision, std::string_view model_namespace = {}) const = 0;
  // Names of the decisions that a decision requires, itself last, in the order of evaluation.
  virtual std::vector<std::string> requirements(std::string_view decision) const = 0;
  // Names of the inputs that no decision reads.
  virtual std::vector<ElementInfo> unused_inputs() const = 0;

  // Throws Error for misuse alone: D011 no such decision, D009 a name given that the model does not have (with the
  // nearest name as suggestion), D010 a value given that is not of its type. What goes wrong inside is in the result.
  virtual Result evaluate(std::string_view decision, const std::vector<Given> &inputs,
                          const EvaluateOptions &options = {}, std::string_view model_namespace = {}) const = 0;
  virtual Result evaluate_service(std::string_view service, const std::vector<Given> &inputs,
                                  const EvaluateOptions &options = {}, std::string_view model_namespace = {}) const = 0;

  // A decision made ready for many evaluations. D011. `fixed`, by slot, are values that every evaluation will give
  // alike, admitted: what rests on them alone is computed once.
  virtual std::shared_ptr<const Decision> decision(std::string_view name, std::string_view model_namespace = {},
                                                   const FixedValues &fixed = {}) const = 0;

  // The tables and expressions of a decision, for those who print them: {"kind": "decision_table", "inputs": [...],
  // "rules": [...]}, {"kind": "literal_expression", "text": "…"}… as FEEL values.
  virtual feel::Value describe(std::string_view decision) const = 0;
};

} // namespace spie::dmn
