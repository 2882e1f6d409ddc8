// What may stand in a cell, and after `in`: tests of a value that is not written.
#include "rules/feel/parser.hpp"
#include "rules/feel/text.hpp"

#include <utility>

namespace spie::feel {

NodePtr Parser::whole_unary_tests(std::uint32_t input_slot, const Type &input) {
  in_cell_ = true;
  skip();
  NodePtr node;
  if (at_end() || accept("-")) { // an empty cell says nothing either
    if (at_end()) {
      node = make_node(NodeKind::unary_all);
      node->type = Type(Type::Kind::boolean);
      node->element = std::make_shared<const std::string>(element_);
      return node;
    }
    position_ = 0; // a negative number
  }
  const auto tests = [&] {
    auto any = make_node(NodeKind::unary_any);
    any->slot = input_slot;
    any->type = Type(Type::Kind::boolean);
    std::vector<std::size_t> commas;
    for (;;) {
      any->children.push_back(positive_test(input_slot, input));
      skip();
      commas.push_back(position_);
      if (!accept_comma({}))
        break;
    }
    commas.pop_back();
    warn_of_decimal_commas(commas);
    return any;
  };
  skip();
  const std::size_t start = position_;
  if (accept_keyword("not") && accept("(")) {
    node = make_node(NodeKind::unary_not, tests());
    node->type = Type(Type::Kind::boolean);
    expect(")", "the end of not(…)");
    if (!at_end()) { // `not(a) and b` over `?`: an expression after all
      position_ = start;
      node = tests();
    }
  } else {
    position_ = start;
    node = tests();
  }
  if (!at_end())
    fail("',' or the end of the cell was expected");
  node->element = std::make_shared<const std::string>(element_);
  return node;
}

NodePtr Parser::positive_test(std::uint32_t input_slot, const Type &input) {
  skip();
  const std::size_t start = position_;
  for (const auto &[symbol, kind] : {std::pair{"<=", NodeKind::less_or_equal},
                                     {">=", NodeKind::greater_or_equal},
                                     {"!=", NodeKind::not_equal},
                                     {"<", NodeKind::less},
                                     {">", NodeKind::greater},
                                     {"=", NodeKind::equal}}) {
    if (!accept(symbol))
      continue;
    auto value = make_node(NodeKind::local);
    value->slot = input_slot;
    value->type = input;
    return binary(kind, std::move(value), additive(), start);
  }
  const bool outer = std::exchange(saw_question_mark_, false);
  NodePtr node = expression();
  const bool uses_input = std::exchange(saw_question_mark_, outer);
  if (uses_input)
    return node;
  return read_test(std::move(node), input_slot, input, start);
}

NodePtr Parser::read_test(NodePtr node, std::uint32_t input_slot, const Type &input, std::size_t start) {
  std::string_view written = text_.substr(start, position_ - start);
  const auto drop = [&](std::size_t front, std::size_t back) {
    written.remove_prefix(front);
    written.remove_suffix(back);
  };
  for (;;) { // between the parentheses around it
    drop(skip_space(written, 0), 0);
    while (!written.empty() && std::string_view(" \t\r\n").find(written.back()) != std::string_view::npos)
      drop(0, 1);
    if (written.size() < 2 || written.front() != '(' || written.back() != ')')
      break;
    drop(1, 1);
  }
  Reading reading = Reading::condition;
  switch (node->kind) {
  case NodeKind::constant: // `1 < 2` was folded; a literal was written
    if (!node->value.is(Kind::boolean) || written == "true" || written == "false")
      reading = Reading::value;
    break;
  case NodeKind::global:
  case NodeKind::local:
  case NodeKind::path:
  case NodeKind::item_name:
  case NodeKind::filter:
    reading = Reading::name;
    break;
  case NodeKind::list:
  case NodeKind::range:
  case NodeKind::context:
  case NodeKind::function:
    reading = Reading::value;
    break;
  default:
    break;
  }
  if (reading == Reading::condition && node->type.kind() == Type::Kind::boolean && node->kind != NodeKind::constant)
    return node;
  auto test = make_node(NodeKind::test_value, std::move(node));
  test->reading = reading;
  test->slot = input_slot;
  // The type of what is tested, for give_type.
  test->target = input;
  return made(std::move(test), start);
}

NodePtr Parser::membership(NodePtr left, std::size_t start) {
  auto node = make_node(NodeKind::in, std::move(left));
  // `in (a, < b)` tests over the value on the left, which the tests may also call `?`.
  open_block();
  const std::uint32_t slot = declare("?", node->children.front()->type);
  node->slot = slot;
  const Type input = node->children.front()->type;
  skip();
  const Mark before(*this);
  bool listed = false;
  if (accept("(")) {
    // Either a list of tests, or a parenthesis or range that begins an expression: the list is tried first.
    try {
      auto tests = std::vector<NodePtr>();
      do
        tests.push_back(positive_test(slot, input));
      while (accept(","));
      if (accept(")")) {
        listed = true;
        for (auto &test : tests)
          node->children.push_back(std::move(test));
      }
    } catch (const Error &) {
      if (!before.restore())
        throw;
    }
  }
  if (!listed) {
    (void)before.restore();
    const std::size_t start_of_test = position_;
    bool range_test = false;
    for (const char *symbol : {"<=", ">=", "!=", "<", ">", "="})
      range_test = range_test || sees(symbol);
    if (range_test) {
      node->children.push_back(positive_test(slot, input));
    } else {
      node->children.push_back(read_test(additive(), slot, input, start_of_test));
    }
  }
  close_block();
  return made(std::move(node), start);
}

} // namespace spie::feel
