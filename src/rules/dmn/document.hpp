// A DMN file as plain structs, each with the line it stands on. Reading knows the elements of the standard and nothing
// of what they mean: names, types and references are resolved by the linker (linker.hpp).
#pragma once

#include "rules/feel/loading.hpp"
#include "spie/diagnostic.hpp"
#include "spie/dmn/model.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace spie::dmn {

struct Named {
  std::string id, name, label, description;
  std::uint32_t line = 0;
};

// A text in FEEL, or in another language that is refused where it is bound.
struct Text {
  std::string text;
  std::uint32_t line = 0;
  std::string language = {}; // its name when it is not FEEL
};

struct VariableDecl : Named {
  std::string type_ref;
};

struct ItemDefinition : Named {
  std::string type_ref;
  bool collection = false;
  std::optional<Text> allowed_values;  // of each item, when it is a collection
  std::optional<Text> type_constraint; // of the whole
  std::vector<ItemDefinition> components;
  bool function = false;
  std::vector<VariableDecl> parameters;
  std::string output_type_ref;
};

enum class BoxedKind : std::uint8_t {
  literal,
  context,    // names: the entries, the last one may have no name and is then the value; children: their expressions
  invocation, // children: the function, then the arguments; names: of the parameters
  list,       // children
  relation,   // names: the columns; children: the cells, row by row
  function,   // names: the parameters; children[0]: the body
  table,
  conditional, // children: if, then, else
  filter,      // children: in, match
  for_loop,    // names[0]: the variable; children: in, return
  some,        // names[0]: the variable; children: in, satisfies
  every,
};

struct TableDecl;

struct Boxed : Named {
  BoxedKind kind = BoxedKind::literal;
  std::string type_ref;
  std::string text;
  std::string language;      // of a literal expression: its namespace when it is not FEEL
  std::string function_kind; // "FEEL", "Java", "PMML"
  std::vector<VariableDecl> names;
  std::vector<std::unique_ptr<Boxed>> children; // never null
  std::unique_ptr<TableDecl> table;
};
using BoxedPtr = std::unique_ptr<Boxed>;

struct ColumnDecl : Named {
  Text expression;       // of an input
  std::string cell_name; // of an input: how its cells call its value, by camunda:inputVariable
  std::string type_ref;
  std::optional<Text> values;
  std::optional<Text> default_output;
};

struct RuleDecl : Named {
  std::vector<Text> inputs, outputs;
  std::vector<std::string> annotations; // the description first, each text once
};

struct TableDecl : Named {
  std::string hit_policy = "UNIQUE";
  std::string aggregation; // "SUM", "COUNT", "MIN", "MAX", or empty
  std::string output_label;
  std::vector<ColumnDecl> inputs, outputs;
  std::vector<std::string> annotation_names;
  std::vector<RuleDecl> rules;
};

// An href: "#id" has no namespace.
struct Reference {
  std::string model_namespace, id;
  std::uint32_t line = 0;
};

struct InputDecl : Named {
  VariableDecl variable;
};

struct DecisionDecl : Named {
  std::string question;
  VariableDecl variable;
  std::vector<Reference> inputs, decisions, knowledge, authorities;
  BoxedPtr logic; // null when it has none
};

struct KnowledgeDecl : Named { // a business knowledge model
  VariableDecl variable;
  std::vector<Reference> knowledge, authorities;
  BoxedPtr logic; // of kind function; null when it has none
};

struct ServiceDecl : Named {
  VariableDecl variable;
  std::vector<Reference> outputs, encapsulated, input_decisions, input_data;
};

struct AuthorityDecl : Named { // a knowledge source
  std::string location;
};

struct ImportDecl : Named {
  std::string model_namespace, import_type;
};

struct Document : Named {
  std::string file, model_namespace;
  std::string version;                                       // "1.1" to "1.6"
  std::vector<std::pair<std::string, std::string>> prefixes; // of XML names, for types written as QNames
  std::vector<ImportDecl> imports;
  std::vector<ItemDefinition> types;
  std::vector<InputDecl> inputs;
  std::vector<DecisionDecl> decisions;
  std::vector<KnowledgeDecl> functions;
  std::vector<ServiceDecl> services;
  std::vector<AuthorityDecl> authorities;
};

// Throws Error (D001) for what is not a DMN document or exceeds the limits; adds to `findings` (D002) what is missing,
// misplaced or not supported.
Document read_document(const Source &source, const LoadOptions &options, feel::Loading &loading,
                       std::vector<Diagnostic> &findings);

} // namespace spie::dmn
