// The bound tree: names are slots, built-ins are found, constants are folded, each node has its type as far as it can
// be told. No node holds state of an evaluation: the row evaluator and a columnar one walk the same tree.
#pragma once

#include "spie/feel/function.hpp"
#include "spie/feel/type.hpp"
#include "spie/feel/value.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace spie::feel {

struct Node;
using NodePtr = std::unique_ptr<Node>;

enum class NodeKind : std::uint8_t {
  constant,     // value
  global,       // slot
  local,        // slot
  function_ref, // function: a business knowledge model or a service, not owned
  path,         // children[0] . name; slot: the place of the member in the type, if it tells
  item_name,    // in a filter over items of unknown type: name of the item if it has it, else children[0] if any
                // (slot: the item)
  negate,       // children[0]
  add,          // binary operators: children[0], children[1]
  subtract,
  multiply,
  divide,
  power,
  equal,
  not_equal,
  less,
  less_or_equal,
  greater,
  greater_or_equal,
  logical_and,
  logical_or,
  between,     // children[0] between children[1] and children[2]
  in,          // children[0] in any of the tests children[1…]
  unary_any,   // cell: true when one of children is true; children are tests over the local `slot`
  unary_not,   // cell: not(children[0])
  unary_all,   // cell "-"
  test_value,  // local `slot` in the value of children[0]; `reading` says when that value is the verdict itself
  conditional, // if children[0] then children[1] else children[2]
  for_loop,    // names.size() iterations; children: [domain…, body]; slots: the variables; slot: `partial`
  some,        // children: [domain…, condition]; slots: the variables
  every,
  filter,       // children[0] [ children[1] ]; slot: the item
  list,         // children
  context,      // names: keys; children: values; slots: the local of each entry
  range,        // children[0], children[1]; start_end, end_end
  call,         // children[0] ( children[1…] ); names: parameter names when they are given
  builtin_call, // value.function() ( children… ); names as above
  function,     // literal: parameters, captures, body, frame_size
  instance_of,  // children[0] instance of target
  coerce,       // children[0] as target asks; DMN alone
  domain_range, // iteration `children[0]..children[1]` of a for or quantifier
  extension,    // what another layer adds: a decision table
};

struct Capture {
  bool from_global;
  std::uint32_t from; // slot outside
  std::uint32_t to;   // local slot inside
};

// The values of the locals of one function body or expression.
using Frame = std::span<Value>;

// A node whose evaluation another layer brings (decision tables). Its children stand in the node, so that every walk
// over the tree sees them.
class Extension {
public:
  // What those who walk the tree without evaluating it must tell apart.
  enum class Form : std::uint8_t { table, context_result, other };
  virtual ~Extension() = default;
  virtual Form form() const { return Form::other; }
  virtual Value evaluate(Evaluation &evaluation, const Node &node, Frame frame) const = 0;
};

// How a test that does not write `?` reads a boolean (DMN 1.5 §8.3.3): as a value to compare the input with, or as the
// verdict.
enum class Reading : std::uint8_t {
  value,     // `true`, `"a"`: compared
  name,      // `majeur`, `personne.majeur`: compared with a boolean input, else the verdict
  condition, // `seuil > 3`, `list contains(codes, "T")`: the verdict, whatever the input
};

// Calls of built-ins whose answer the row evaluator finds without what they are given being made: the lists that others
// count, above all. They give what the built-in gives.
enum class Shortcut : std::uint8_t {
  none,
  count_kept,  // count(list[condition])
  least,       // min(a, b…)
  greatest,    // max(a, b…)
  first_known, // first known(a, constant)
  negation,    // not(a)
};

struct Node {
  NodeKind kind = NodeKind::constant;
  Reading reading = Reading::value;
  Shortcut shortcut = Shortcut::none; // set by mark_reads
  std::uint32_t slot = 0;
  std::uint32_t line = 0, column = 0; // in the FEEL text, from 1; 0: no text (boxed expressions)
  std::uint32_t height = 0;           // of the tree below, as the parser counts it
  std::vector<NodePtr> children;
  Value value;
  std::shared_ptr<const std::string> element; // where the text stands, for errors; set on the root of each text
  std::string name;
  Type type;
  Value on_null; // of an operator that meets a plain null, the error that it gives; set by mark_reads, where it can
  std::vector<std::string> names;
  std::vector<std::uint32_t> slots;
  const Function *function = nullptr;
  Range::End start_end = Range::End::closed, end_end = Range::End::closed;
  Range::Form form = Range::Form::interval;
  Type target;
  std::vector<Parameter> parameters; // of a function literal; the types of its parameters
  std::shared_ptr<const Node> body;  // shared with the functions made of it, which may outlive the tree
  std::vector<Capture> captures;
  std::uint32_t frame_size = 0;
  std::shared_ptr<const Extension> extension;
  bool boxed = false; // a boxed context whose entries the trace shows
  // Of a filter: its condition reads the item; of a loop, `partial`; of a context, an entry another. Set by mark_reads.
  bool reads_slot = false;
};

// Sets reads_slot, shortcut and on_null in the whole tree, once it is built.
void mark_reads(Node &node);

constexpr bool is_arithmetic(NodeKind kind) noexcept { return kind >= NodeKind::add && kind <= NodeKind::power; }
constexpr bool is_comparison(NodeKind kind) noexcept {
  return kind >= NodeKind::equal && kind <= NodeKind::greater_or_equal;
}

// What the operator of the node, one of those two, gives of two values.
Value applied(Evaluation &evaluation, const Node &node, const Value &a, const Value &b);

// One row.
Value evaluate(Evaluation &evaluation, const Node &node, Frame frame);

} // namespace spie::feel
