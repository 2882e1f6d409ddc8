// FEEL by recursive descent, one function a grammar level; grammar.md gives the rules. Names are read with the scope at
// hand: the longest one that is defined wins.
#pragma once

#include "rules/feel/compiler_state.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace spie::feel {

class Parser {
public:
  Parser(Compiler::State &state, std::string_view text, const std::string &element);

  NodePtr whole_expression();
  // The text as one name; nullptr where anything but words stands in it, and where it names nothing.
  NodePtr whole_name();
  NodePtr whole_unary_tests(std::uint32_t input_slot, const Type &input);
  Type whole_type();

private:
  // The levels of the grammar, from the loosest.
  NodePtr expression();
  NodePtr disjunction();
  NodePtr conjunction();
  NodePtr comparison();
  NodePtr additive();
  NodePtr multiplicative();
  NodePtr exponentiation();
  NodePtr negation();
  NodePtr instance();
  NodePtr postfix();
  NodePtr operand();

  NodePtr conditional();
  NodePtr for_loop();
  NodePtr quantified(NodeKind kind);
  NodePtr function_literal();
  NodePtr number();
  NodePtr string_or_at_literal();
  NodePtr list_or_range();
  NodePtr parenthesis();
  NodePtr range_from(Range::End start, NodePtr first);
  NodePtr context();
  NodePtr name_or_call();
  NodePtr call(NodePtr callee, const std::string *builtin);
  NodePtr filter(NodePtr &list);
  bool filter_or_end(NodePtr &value); // false: the bracket ends a range, and is still to be read
  NodePtr path(NodePtr value);
  // `< 10`, `[1..5]`, `"a"`: over the local in input_slot.
  NodePtr positive_test(std::uint32_t input_slot, const Type &input);
  // After `in`: whether the value on the left passes one of the tests.
  NodePtr membership(NodePtr left, std::size_t start);
  NodePtr comparison_range();
  // Iterators of `for` and quantifiers: declares the variables; the domains are added to the node.
  void iterators(Node &node);
  Type type();
  bool is_known(const std::string &name) const;

  // Names: the longest known one at the position, else the run of words that is no keyword.
  struct Name {
    std::string text;
    std::size_t end = 0;
    bool known = false;
  };
  Name scan(const std::function<bool(const std::string &)> &known) const;
  Name scan_name() const;
  Name scan_member() const;
  // The name before a colon, for keys and named arguments; nullopt when there is none.
  std::optional<Name> scan_key() const;
  std::string variable_name(); // of an iterator or parameter

  // A test or expression as a cell reads it when it does not write `?`.
  NodePtr read_test(NodePtr node, std::uint32_t input_slot, const Type &input, std::size_t start);
  [[noreturn]] void refuse_unknown(const Name &name, std::size_t start, bool called);
  // What was probably meant by a name that nothing has; empty when nothing is near.
  std::string meant_by(const Name &name, std::size_t start, bool called) const;
  // The input that a name stands for which nothing declares, and a warning of it; nullptr where it is refused.
  NodePtr free_input(const std::string &name, std::size_t start);
  void warn_of_decimal_commas(const std::vector<std::size_t> &commas);

  // Characters.
  void skip();
  bool at_end();
  bool sees(std::string_view symbol);
  bool accept(std::string_view symbol);
  bool accept_comma(std::string_view closing); // before one more of what `closing` ends
  void expect(std::string_view symbol, const char *what);
  std::string_view word();
  bool accept_keyword(std::string_view keyword);
  void expect_keyword(std::string_view keyword);
  std::string quoted_text();
  std::string place() const; // of what comes next
  [[noreturn]] void fail(const std::string &message, Code code = Code::feel_syntax) const;
  [[noreturn]] void fail_at(std::size_t position, const std::string &message, Code code, Hint hint = {}) const;
  // What another language, or French, writes at the position, and what FEEL writes for it (parser_hints.cpp).
  std::optional<Hint> habit_at(std::size_t position) const;
  // A name of the scope that covers the position and can only be read between back-ticks.
  std::optional<std::string> unreadable_name_at(std::size_t position) const;
  std::pair<std::uint32_t, std::uint32_t> line_and_column(std::size_t position) const { return places_[position]; }

  // A node placed where `start` is, typed and folded.
  NodePtr made(NodePtr node, std::size_t start);
  NodePtr binary(NodeKind kind, NodePtr a, NodePtr b, std::size_t start);
  NodePtr constant(Value value, std::size_t start);
  std::uint32_t declare(const std::string &name, const Type &type);
  void open_block();
  void close_block();

  // Where the reading stood: for a text that may be read in two ways, when the first fails.
  class Mark {
  public:
    explicit Mark(Parser &parser);
    bool restore() const; // false when it failed inside a function, which stays open

  private:
    Parser &parser_;
    std::size_t position_, functions_, blocks_, findings_;
    int depth_, open_ranges_;
    bool saw_question_mark_;
  };

  struct Depth {
    explicit Depth(Parser &parser);
    ~Depth();
    Parser &parser;
  };

  Compiler::State &state_;
  std::string_view text_;
  const std::string &element_;
  std::size_t position_ = 0;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> places_; // line and column of each byte, and of the end
  int depth_ = -1;                                              // the text itself is no level
  int open_ranges_ = 0;                                         // of which the second end is being read
  int other_readings_ = 64;                                     // left to try: each may read what follows again
  bool saw_question_mark_ = false;
  bool in_cell_ = false;
};

} // namespace spie::feel
