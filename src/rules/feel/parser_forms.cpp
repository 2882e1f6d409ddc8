// The forms that open with a keyword or a bracket: conditions, iterations, lists, ranges, contexts, functions.
#include "rules/feel/external.hpp"
#include "rules/feel/parser.hpp"
#include "rules/feel/text.hpp"

#include <algorithm>

namespace spie::feel {

namespace {

// The text at the end of a path of keys in a context written with literals alone; empty where there is none.
std::string written_text(const Node &node, std::initializer_list<std::string_view> path) {
  const Node *at = &node;
  Value value;
  bool known = false; // `value` holds what was reached, else the node does
  for (const std::string_view key : path) {
    if (!known && at->kind == NodeKind::constant) {
      value = at->value;
      known = true;
    }
    if (known) {
      const Value *next = value.is(Kind::context) ? value.context().find(key) : nullptr;
      value = next == nullptr ? Value() : Value(*next);
      continue;
    }
    const auto found = std::find(at->names.begin(), at->names.end(), key);
    if (at->kind != NodeKind::context || found == at->names.end())
      return {};
    at = at->children[static_cast<std::size_t>(found - at->names.begin())].get();
  }
  if (!known && at->kind == NodeKind::constant)
    value = at->value;
  return value.is(Kind::text) ? value.text() : std::string();
}

} // namespace

NodePtr Parser::conditional() {
  skip();
  const std::size_t start = position_;
  expect_keyword("if");
  NodePtr condition = expression();
  expect_keyword("then");
  NodePtr yes = expression();
  expect_keyword("else");
  return made(make_node(NodeKind::conditional, std::move(condition), std::move(yes), expression()), start);
}

void Parser::iterators(Node &node) {
  do {
    const std::string name = variable_name();
    expect_keyword("in");
    skip();
    const std::size_t start = position_;
    NodePtr domain = expression();
    Type element;
    if (accept("..")) {
      domain = made(make_node(NodeKind::domain_range, std::move(domain), expression()), start);
      element = domain->type.kind() == Type::Kind::list ? domain->type.element() : Type();
    } else if (domain->type.kind() == Type::Kind::list) {
      element = domain->type.element();
    }
    node.children.push_back(std::move(domain));
    node.names.push_back(name);
    node.slots.push_back(declare(name, element));
  } while (accept(","));
}

NodePtr Parser::for_loop() {
  skip();
  const std::size_t start = position_;
  expect_keyword("for");
  auto node = make_node(NodeKind::for_loop);
  open_block();
  iterators(*node);
  expect_keyword("return");
  node->slot = declare("partial", Type::list(Type()));
  node->children.push_back(expression());
  close_block();
  return made(std::move(node), start);
}

NodePtr Parser::quantified(NodeKind kind) {
  skip();
  const std::size_t start = position_;
  expect_keyword(kind == NodeKind::some ? "some" : "every");
  auto node = make_node(kind);
  open_block();
  iterators(*node);
  expect_keyword("satisfies");
  node->children.push_back(expression());
  close_block();
  return made(std::move(node), start);
}

NodePtr Parser::list_or_range() {
  const std::size_t start = position_;
  const bool opens_outwards = accept("]");
  if (!opens_outwards)
    expect("[", "a list");
  auto list = make_node(NodeKind::list);
  if (!opens_outwards && accept("]"))
    return made(std::move(list), start);
  NodePtr first = expression();
  if (accept("..")) {
    NodePtr range = range_from(opens_outwards ? Range::End::open : Range::End::closed, std::move(first));
    return made(std::move(range), start);
  }
  if (opens_outwards)
    fail("'..' was expected in the range");
  list->children.push_back(std::move(first));
  while (accept_comma("]"))
    list->children.push_back(expression());
  expect("]", "the end of the list");
  return made(std::move(list), start);
}

NodePtr Parser::range_from(Range::End start, NodePtr first) {
  ++open_ranges_;
  auto range = make_node(NodeKind::range, std::move(first), expression());
  --open_ranges_;
  range->start_end = start;
  skip();
  if (accept("]"))
    range->end_end = Range::End::closed;
  else if (accept(")") || accept("["))
    range->end_end = Range::End::open;
  else
    fail("']', ')' or '[' was expected at the end of the range");
  return range;
}

NodePtr Parser::comparison_range() {
  const std::size_t start = position_;
  const auto constant_null = [&] { return constant(Value(), start); };
  struct Form {
    const char *symbol;
    bool lower, upper, closed;
  };
  for (const Form &form :
       {Form{"<=", false, true, true}, Form{">=", true, false, true}, Form{"<", false, true, false},
        Form{">", true, false, false}, Form{"!=", false, false, false}, Form{"=", true, true, true}}) {
    if (!accept(form.symbol))
      continue;
    NodePtr end = additive();
    expect(")", "the end of the range");
    const auto closed = form.closed ? Range::End::closed : Range::End::open;
    NodePtr range;
    if (form.lower == form.upper) {
      // `(= e)` has the ends of [e..e] and `(!= e)` has none; the value is computed once.
      range = make_node(NodeKind::range, std::move(end));
      range->form = form.lower ? Range::Form::equal : Range::Form::unlike;
    } else if (form.lower) {
      range = make_node(NodeKind::range, std::move(end), constant_null());
    } else {
      range = make_node(NodeKind::range, constant_null(), std::move(end));
    }
    range->start_end = form.lower ? closed : Range::End::undefined;
    range->end_end = form.upper ? closed : Range::End::undefined;
    return made(std::move(range), start);
  }
  return nullptr;
}

NodePtr Parser::parenthesis() {
  const std::size_t start = position_;
  expect("(", "a parenthesis");
  if (NodePtr range = comparison_range())
    return range;
  NodePtr first = expression();
  if (accept("..")) {
    NodePtr range = range_from(Range::End::open, std::move(first));
    return made(std::move(range), start);
  }
  expect(")", "the closing parenthesis");
  return first;
}

NodePtr Parser::context() {
  const std::size_t start = position_;
  expect("{", "a context");
  auto node = make_node(NodeKind::context);
  open_block();
  if (!accept("}")) {
    do {
      skip();
      std::string key;
      if (sees("\"")) {
        key = quoted_text();
      } else {
        const std::optional<Name> name = scan_key();
        if (!name)
          fail("a key and ':' were expected");
        key = name->text;
        position_ = name->end;
      }
      expect(":", "the value of the key");
      const auto same = std::find(node->names.begin(), node->names.end(), key);
      if (same != node->names.end())
        node->value = error_value(Code::feel_duplicate_key, "the key '" + key + "' is given twice");
      NodePtr value = expression();
      state_.words.insert(canonical_name(key));
      node->names.push_back(key);
      node->slots.push_back(declare(key, value->type));
      node->children.push_back(std::move(value));
    } while (accept_comma("}"));
    expect("}", "the end of the context");
  }
  close_block();
  return made(std::move(node), start);
}

NodePtr Parser::function_literal() {
  const std::size_t start = position_;
  expect_keyword("function");
  expect("(", "the parameters");
  std::vector<Parameter> parameters;
  if (!accept(")")) {
    do {
      Parameter parameter;
      parameter.name = variable_name();
      if (accept(":"))
        parameter.type = type();
      parameters.push_back(std::move(parameter));
    } while (accept_comma(")"));
    expect(")", "the end of the parameters");
  }
  const bool external = accept_keyword("external");
  state_.open_function(parameters);
  NodePtr body = expression();
  if (external) {
    const std::string class_name = written_text(*body, {"java", "class"});
    const std::string signature = written_text(*body, {"java", "method signature"});
    if (auto function = find_external(class_name, signature, parameters)) {
      state_.close_function(std::move(parameters), std::move(body));
      NodePtr node = constant(Value(function), start);
      node->type = function->type();
      return node;
    }
    body = constant(error_value(Code::dmn_external, "there is no external function " + class_name + "." + signature,
                                place_text(element_, line_and_column(start).first, line_and_column(start).second)),
                    start);
  }
  body->element = std::make_shared<const std::string>(element_);
  return made(state_.close_function(std::move(parameters), std::move(body)), start);
}

} // namespace spie::feel
