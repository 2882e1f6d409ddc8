// From text to bound tree in one pass. FEEL cannot be cut into tokens without its scope (a name may hold spaces, `-` or
// `and`), so the parser resolves names as it reads and builds bound nodes at once (docs/adr). The DMN layer builds its
// boxed expressions with the same compiler: it opens scopes, declares variables, and asks for the texts inside.
#pragma once

#include "rules/feel/free_names.hpp"
#include "rules/feel/loading.hpp"
#include "rules/feel/node.hpp"
#include "spie/feel/expression.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace spie::feel {

class Compiler {
public:
  // `free` gives a meaning to names that the scope has not; null: they are refused (F002). It outlives the compiler.
  Compiler(const Scope &scope, CompileOptions options, FreeNames *free = nullptr);
  ~Compiler();
  Compiler(const Compiler &) = delete;
  Compiler &operator=(const Compiler &) = delete;

  // The texts. Each throws Error as Expression::compile says. `element` says where this text stands.
  NodePtr expression(std::string_view text, const std::string &element);
  // The expression of an input column: with free names, a text that is nothing but words is one name.
  NodePtr column(std::string_view text, const std::string &element);
  // What a text that is nothing but words names; nullptr when it names nothing.
  NodePtr named(std::string_view text, const std::string &element);
  // A cell over the value in local slot `input_slot`.
  NodePtr unary_tests(std::string_view text, const Type &input, std::uint32_t input_slot, const std::string &element);

  // A type written in FEEL: "number", "list<t_frein>", the name of an item definition. nullopt when there is none.
  std::optional<Type> type(std::string_view text) const;

  // Local variables of the function or expression being compiled. A name declared later hides an earlier one.
  void open_scope();
  void close_scope();
  std::uint32_t declare(std::string_view name, const Type &type);          // its slot
  void alias(std::string_view name, const Type &type, std::uint32_t slot); // a name more for a local
  std::uint32_t reserve();                                                 // a slot without a name
  // Declares `item`, and the members of the element type as names, over the item in the slot returned; to be used
  // between open_scope and close_scope. Items of unknown type have their names looked up when the filter runs.
  std::uint32_t declare_item(const Type &element);
  NodePtr name(std::string_view name, const std::string &element); // a reference, as if written

  // A function: between the two, `declare`d parameters and all else are slots of the body's own frame.
  void open_function(const std::vector<Parameter> &parameters);
  NodePtr close_function(std::vector<Parameter> parameters, NodePtr body);

  // The whole: the root with the size of its frame.
  Expression finish(NodePtr root);

  // Counts each node, and what folding it takes, as steps of a load; beyond its limits every text is refused (F008).
  void within(Loading &loading) noexcept;

  const CompileOptions &options() const noexcept;
  std::vector<Diagnostic> &findings() noexcept; // what the types refuse; thrown by finish() when options.types is set
  const std::vector<Diagnostic> &warnings() const noexcept; // what is read, and was perhaps not meant so

  struct State; // compiler_state.hpp
  State &state() noexcept { return *state_; }

private:
  std::unique_ptr<State> state_;
};

// A new node of the kind, with children.
template <typename... Children> NodePtr make_node(NodeKind kind, Children... children) {
  auto node = std::make_unique<Node>();
  node->kind = kind;
  (node->children.push_back(std::move(children)), ...);
  return node;
}

} // namespace spie::feel
