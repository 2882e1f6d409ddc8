// What the compiler knows while it reads: the local variables of each function around the place being read.
#pragma once

#include "rules/feel/compiler.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace spie::feel {

// Where the slots of captured values are counted from until the size of the frame is known.
constexpr std::uint32_t captured_base = 1U << 30U;
constexpr LoadLimits usual_text{.depth = 200, .steps = 50'000'000, .bytes = std::size_t{64} << 10U};
constexpr std::size_t max_nested_functions = 200; // as deep as a text may nest

struct Compiler::State {
  struct Local {
    std::string name; // canonical
    Type type;
    std::uint32_t slot;
  };
  // The item of a filter: its members are names while the condition is read.
  struct Item {
    std::uint32_t slot;
    Type type;
    bool literal = false; // `[{x: 1}][y > 1]`: nothing declares what its items may hold
  };
  struct Block {
    std::vector<Local> locals;
    std::optional<Item> item;
    std::uint32_t first_slot; // what the block declares is free again when it closes
  };
  struct Function {
    std::vector<Block> blocks;
    std::vector<Capture> captures;
    std::uint32_t next = 0, size = 0;
  };

  State(const Scope &scope_given, CompileOptions options_given, FreeNames *free_given)
      : scope(scope_given), options(std::move(options_given)), own(options.limits, usual_text), free(free_given) {
    functions.emplace_back();
    functions.back().blocks.push_back({{}, {}, 0});
  }

  std::uint32_t reserve() {
    Function &function = functions.back();
    const std::uint32_t slot = function.next++;
    function.size = std::max(function.size, function.next);
    return slot;
  }

  // A reference to the name from the function being read; nullptr when nothing has it. A call looks at the items of
  // filters last: `list[count(x) > 1]` means the built-in.
  NodePtr resolve(const std::string &name) {
    return resolve_from(functions.size(), functions.back().blocks.size(), name);
  }
  bool knows(const std::string &name) const;
  // The parts of the longest name that knows() may know of the model.
  std::size_t longest_name() const noexcept;
  // A reference to the input that a name stands for which nothing declares; nullptr where none may be made.
  NodePtr free_input(const std::string &name);
  // Whether an item of unknown type is in reach: any name may then be one of its members.
  bool in_open_item() const;

  void open_function(const std::vector<Parameter> &parameters);
  NodePtr close_function(std::vector<Parameter> parameters, NodePtr body);

  void find(Code code, std::string message, const std::string &element, std::uint32_t line, std::uint32_t column);
  // The names that may be written here: of variables, functions and literals.
  std::vector<std::string> names() const;

  const Scope &scope;
  CompileOptions options;
  Loading own;             // of this text alone
  Loading *loading = &own; // or of the model that it stands in
  FreeNames *free;         // null: names that the scope has not are refused
  std::vector<Function> functions;
  std::set<std::string> words; // the keys of the contexts read so far
  std::vector<Diagnostic> findings;
  std::size_t fold_bytes = 0;       // that constants may still take: in proportion to the texts read
  std::vector<Diagnostic> warnings; // what is read, and was perhaps not meant so
  std::set<std::string> told;       // the free names that a warning names

private:
  // Looks in functions[0 … function), the last of which has `blocks` blocks in sight.
  NodePtr resolve_from(std::size_t function, std::size_t blocks, const std::string &name);
  // A value of the function `owner`, as seen from the innermost function.
  NodePtr reach(std::size_t owner, bool global, std::uint32_t slot, const Type &type);
};

// "entree.dmn, decision 'entree', 1:14".
std::string place_text(const std::string &element, std::uint32_t line, std::uint32_t column);
// The words at fault, and what was probably meant.
struct Hint {
  std::string details = {}, suggestion = {};
};
// Throws Error.
[[noreturn]] void refuse(Code code, std::string message, const std::string &element, std::uint32_t line,
                         std::uint32_t column, Hint hint = {});
// The type of a node from those of its children, and what they refuse: an operation that can give nothing but an error.
void give_type(Node &node, Compiler::State &state, const std::string &element);
// The node, or its value where it can be known at once.
NodePtr fold(NodePtr node, Compiler::State &state);

} // namespace spie::feel
