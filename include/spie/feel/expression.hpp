// A FEEL text, compiled once and evaluated as often as wanted, by as many threads as wanted.
#pragma once

#include "spie/feel/evaluation.hpp"
#include "spie/feel/function.hpp"
#include "spie/feel/type.hpp"
#include "spie/limits.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace spie::feel {

struct Node;

// What the names of an expression may mean: variables by slot of Evaluation::globals, functions, types. FEEL cannot be
// read without it, since a name may hold spaces and operators.
class Scope {
public:
  struct Entry {
    Type type;
    std::uint32_t slot = 0;
    const Function *function = nullptr; // not owned: what declared it outlives the expression
  };
  void add_variable(std::string_view name, Type type, std::uint32_t slot);
  void add_function(std::string_view name, const Function &function);
  void add_type(std::string_view name, Type type); // an item definition
  // A name that may stand after a dot or be a key, so that it is read whole: the members of the types given to the
  // methods above are added by them.
  void add_word(std::string_view name);

  const Entry *find(std::string_view canonical_name) const; // nullptr when there is none
  const Type *find_type(std::string_view canonical_name) const;
  bool has_word(std::string_view canonical_name) const;
  std::size_t longest_name() const noexcept { return longest_; } // in parts, words and symbols
  std::vector<std::string> names() const;                        // of the variables and functions, sorted

private:
  void note(std::string_view canonical_name);
  void add_words_of(const Type &type, int depth = 0);
  std::unordered_map<std::string, Entry> entries_;
  std::unordered_map<std::string, Type> types_;
  std::unordered_map<std::string, bool> words_;
  std::size_t longest_ = 1;
};

// One space between words, none around symbols: how two spellings of a name are compared.
std::string canonical_name(std::string_view text);

// A variable that an expression reads, with the members it reads of it: {2, {"axe"}} for `depense.axe`.
struct Use {
  std::uint32_t slot;
  std::vector<std::string> path;
  friend auto operator<=>(const Use &, const Use &) = default;
};

struct CompileOptions {
  std::string element; // where the text stands, for the `where` of findings; empty for bare FEEL
  bool types = true;   // refuse what the declared types show to be an error
  bool clock = true;   // false: today() and now() are refused (P012)
  // Of one text: its bytes (64 KiB) and levels of nesting (200), nodes as steps (50 million), time.
  LoadLimits limits = {};
};

class Expression {
public:
  // Throws Error: F001 for a text that is not FEEL, F002 for an unknown name, F004 for an unknown function,
  // F003/F009/F010 for what the types refuse, F008 beyond the limits, A001 for limits that cannot be given.
  static Expression compile(std::string_view text, const Scope &scope, const CompileOptions &options = {});
  // A cell of a decision table: "-", "< 10", "[1..5]", "\"a\", \"b\"", "not(…)", with `?` for the value tested.
  static Expression compile_unary_tests(std::string_view text, const Scope &scope, const Type &input,
                                        const CompileOptions &options = {});

  // Never throws for what the values are: an error is a null with its cause. Reads evaluation.globals.
  Value evaluate(Evaluation &evaluation) const;
  // Of unary tests: true, false, or null with its cause.
  Value test(Evaluation &evaluation, const Value &input) const;

  // Adds the parts that rest on fixed variables alone, of which `globals` holds the values and `fixed`, by slot, says
  // which they are; this expression must outlive them.
  void collect_known(std::span<const Value> globals, std::span<const char> fixed, std::vector<Known> &known) const;

  const Type &type() const;                   // as far as it can be told
  std::vector<Use> uses() const;              // sorted, each once
  const Node &root() const { return *root_; } // the bound tree, src/rules/feel/node.hpp

private:
  friend class Compiler;
  std::shared_ptr<const Node> root_;
  std::uint32_t frame_size_ = 0;
  std::uint32_t input_slot_ = 0;
};

} // namespace spie::feel
