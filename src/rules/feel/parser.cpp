#include "feel/parser.hpp"

#include "feel/builtins/builtins.hpp"
#include "feel/external.hpp"
#include "feel/text.hpp"

#include <algorithm>
#include <array>

namespace spie::feel {

namespace {

constexpr std::size_t max_text = std::size_t{64} * 1024;
constexpr int max_depth = 200;

} // namespace

Parser::Depth::Depth(Parser &p) : parser(p) {
  if (++parser.depth_ > max_depth) {
    --parser.depth_;
    p.fail("the expression is nested more than " + std::to_string(max_depth) + " levels deep", Code::feel_limit);
  }
}
Parser::Depth::~Depth() { --parser.depth_; }

Parser::Parser(Compiler::State &state, std::string_view text, const std::string &element)
    : state_(state), text_(text), element_(element) {
  if (text.size() > max_text)
    refuse(Code::feel_limit, "the text is longer than " + std::to_string(max_text) + " bytes", element, 0, 0);
  places_.reserve(text.size() + 1);
  std::uint32_t line = 1, column = 1;
  for (const char c : text) {
    places_.emplace_back(line, column);
    if (c == '\n') {
      ++line;
      column = 1;
    } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) {
      ++column;
    }
  }
  places_.emplace_back(line, column);
}

NodePtr Parser::whole_expression() {
  NodePtr node = expression();
  if (!at_end())
    fail("an operator or the end of the expression was expected");
  node->element = std::make_shared<const std::string>(element_);
  return node;
}

NodePtr Parser::whole_unary_tests(std::uint32_t input_slot, const Type &input) {
  skip();
  NodePtr node;
  if (accept("-")) {
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
    do
      any->children.push_back(positive_test(input_slot, input));
    while (accept(","));
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

Type Parser::whole_type() {
  Type result = type();
  if (!at_end())
    fail("the end of the type was expected");
  return result;
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
  auto test = make_node(NodeKind::test_value, std::move(node));
  test->slot = input_slot;
  // The type of what is tested, for give_type.
  test->target = input;
  return made(std::move(test), start);
}

NodePtr Parser::expression() {
  const Depth depth(*this);
  skip();
  const std::string_view next = word();
  const auto starts = [&](std::string_view keyword) {
    // A name such as "for all" that is defined wins over the keyword it begins with.
    return next == keyword &&
           !scan([&](const std::string &name) { return name != keyword && state_.knows(name); }).known;
  };
  if (starts("if"))
    return conditional();
  if (starts("for"))
    return for_loop();
  if (starts("some"))
    return quantified(NodeKind::some);
  if (starts("every"))
    return quantified(NodeKind::every);
  return disjunction();
}

NodePtr Parser::disjunction() {
  skip();
  const std::size_t start = position_;
  NodePtr left = conjunction();
  while (accept_keyword("or"))
    left = binary(NodeKind::logical_or, std::move(left), conjunction(), start);
  return left;
}

NodePtr Parser::conjunction() {
  skip();
  const std::size_t start = position_;
  NodePtr left = comparison();
  while (accept_keyword("and"))
    left = binary(NodeKind::logical_and, std::move(left), comparison(), start);
  return left;
}

NodePtr Parser::comparison() {
  skip();
  const std::size_t start = position_;
  NodePtr left = additive();
  for (;;) {
    if (accept("!=")) {
      left = binary(NodeKind::not_equal, std::move(left), additive(), start);
    } else if (accept("<=")) {
      left = binary(NodeKind::less_or_equal, std::move(left), additive(), start);
    } else if (accept(">=")) {
      left = binary(NodeKind::greater_or_equal, std::move(left), additive(), start);
    } else if (accept("<")) {
      left = binary(NodeKind::less, std::move(left), additive(), start);
    } else if (accept(">")) {
      left = binary(NodeKind::greater, std::move(left), additive(), start);
    } else if (accept("=")) {
      left = binary(NodeKind::equal, std::move(left), additive(), start);
    } else if (accept_keyword("between")) {
      NodePtr low = additive();
      expect_keyword("and");
      left = made(make_node(NodeKind::between, std::move(left), std::move(low), additive()), start);
    } else if (accept_keyword("in")) {
      auto node = make_node(NodeKind::in, std::move(left));
      // `in (a, < b)` tests over the value on the left, which the tests may also call `?`.
      open_block();
      const std::uint32_t slot = declare("?", node->children.front()->type);
      node->slot = slot;
      const Type input = node->children.front()->type;
      skip();
      const std::size_t before = position_;
      bool listed = false;
      if (accept("(")) {
        // Either a list of tests, or a parenthesis or range that begins an expression: the list is tried first.
        const auto depth = depth_;
        const auto blocks = state_.functions.back().blocks.size();
        const auto functions = state_.functions.size();
        const auto findings = state_.findings.size();
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
          depth_ = depth;
          if (state_.functions.size() != functions)
            throw;
          state_.functions.back().blocks.resize(blocks);
        }
        if (!listed)
          state_.findings.resize(findings);
      }
      if (!listed) {
        position_ = before;
        bool range_test = false;
        for (const char *symbol : {"<=", ">=", "!=", "<", ">", "="})
          range_test = range_test || sees(symbol);
        if (range_test) {
          node->children.push_back(positive_test(slot, input));
        } else {
          auto test = make_node(NodeKind::test_value, additive());
          test->slot = slot;
          test->target = input;
          node->children.push_back(made(std::move(test), before));
        }
      }
      close_block();
      left = made(std::move(node), start);
    } else {
      return left;
    }
  }
}

NodePtr Parser::additive() {
  skip();
  const std::size_t start = position_;
  NodePtr left = multiplicative();
  for (;;) {
    if (accept("+"))
      left = binary(NodeKind::add, std::move(left), multiplicative(), start);
    else if (accept("-"))
      left = binary(NodeKind::subtract, std::move(left), multiplicative(), start);
    else
      return left;
  }
}

NodePtr Parser::multiplicative() {
  skip();
  const std::size_t start = position_;
  NodePtr left = exponentiation();
  for (;;) {
    if (!sees("**") && accept("*"))
      left = binary(NodeKind::multiply, std::move(left), exponentiation(), start);
    else if (accept("/"))
      left = binary(NodeKind::divide, std::move(left), exponentiation(), start);
    else
      return left;
  }
}

NodePtr Parser::exponentiation() {
  skip();
  const std::size_t start = position_;
  NodePtr left = negation();
  while (accept("**"))
    left = binary(NodeKind::power, std::move(left), negation(), start);
  return left;
}

NodePtr Parser::negation() {
  skip();
  const std::size_t start = position_;
  if (!accept("-"))
    return instance();
  const Depth depth(*this);
  return made(make_node(NodeKind::negate, negation()), start);
}

NodePtr Parser::instance() {
  skip();
  const std::size_t start = position_;
  NodePtr value = postfix();
  while (accept_keyword("instance")) {
    expect_keyword("of");
    auto node = make_node(NodeKind::instance_of, std::move(value));
    node->target = type();
    value = made(std::move(node), start);
  }
  return value;
}

NodePtr Parser::postfix() {
  NodePtr value = operand();
  for (;;) {
    skip();
    if (sees("..")) {
      return value;
    } else if (sees(".")) {
      value = path(std::move(value));
    } else if (sees("[")) {
      // `[1..n[`: the bracket closes a range when nothing that could be a condition follows it.
      const std::size_t after = skip_space(text_, position_ + 1);
      if (after >= text_.size() || std::string_view(")],}=<>!+*/").find(text_[after]) != std::string_view::npos)
        return value;
      const std::string_view next = text_.substr(after, word_end(text_, after) - after);
      if (next == "and" || next == "or" || next == "then" || next == "else" || next == "return" || next == "satisfies")
        return value;
      const char second = after + 1 < text_.size() ? text_[after + 1] : ' ';
      if (text_[after] == '.' && (second < '0' || second > '9')) // `[1..10[.start`
        return value;
      value = filter(std::move(value));
    } else if (sees("(")) {
      value = call(std::move(value), nullptr);
    } else {
      return value;
    }
  }
}

NodePtr Parser::path(NodePtr value) {
  const std::size_t start = position_;
  expect(".", "a path");
  skip();
  const Name name = scan_member();
  if (name.text.empty())
    fail("a name was expected after '.'");
  position_ = name.end;
  auto node = make_node(NodeKind::path, std::move(value));
  node->name = name.text;
  return made(std::move(node), start);
}

NodePtr Parser::filter(NodePtr list) {
  const std::size_t start = position_;
  expect("[", "a filter");
  const Type &type = list->type;
  Type element = type.kind() == Type::Kind::list ? type.element() : type;
  auto node = make_node(NodeKind::filter, std::move(list));
  open_block();
  const std::uint32_t slot = state_.reserve();
  state_.functions.back().blocks.back().item = Compiler::State::Item{slot, element};
  node->slot = slot;
  node->children.push_back(expression());
  close_block();
  expect("]", "the end of the filter");
  return made(std::move(node), start);
}

NodePtr Parser::operand() {
  skip();
  const std::size_t start = position_;
  const CodePoint c = code_point_at(text_, position_);
  if (c.length == 0)
    fail("a value was expected and the text ends");
  if (c.value < 0x80) {
    switch (static_cast<char>(c.value)) {
    case '"':
    case '@':
      return string_or_at_literal();
    case '[':
    case ']':
      return list_or_range();
    case '(':
      return parenthesis();
    case '{':
      return context();
    case '.':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9':
      return number();
    default:
      break;
    }
  }
  if (c.value == '`') { // a name in back-ticks, as other engines write it
    const std::size_t end = text_.find('`', position_ + 1);
    if (end == std::string_view::npos)
      fail("the closing back-tick is missing");
    const std::string name = canonical_name(text_.substr(position_ + 1, end - position_ - 1));
    position_ = end + 1;
    NodePtr node = state_.resolve(name);
    if (node == nullptr)
      fail_at(start, "'" + name + "' is not defined here", Code::feel_unknown_name);
    return made(std::move(node), start);
  }
  if (!is_name_start(c.value))
    fail("a value was expected");
  return name_or_call();
}

NodePtr Parser::name_or_call() {
  const std::size_t start = position_;
  const Name name = scan_name();
  const std::string_view first = word();
  if (!name.known || name.text == first) {
    if (first == "true" || first == "false" || first == "null") {
      position_ += first.size();
      return constant(first == "null" ? Value() : Value(first == "true"), start);
    }
    if (first == "function" && text_.substr(skip_space(text_, position_ + first.size()), 1) == "(")
      return function_literal();
    if (is_keyword(first) && !name.known) {
      // `if`, `for`, `some` and `every` may stand where an operand does: `1 + if a then b else c`.
      if (first == "if" || first == "for" || first == "some" || first == "every")
        return expression();
      fail("a value was expected and '" + std::string(first) + "' was found");
    }
  }
  if (name.text.empty())
    fail("a value was expected");
  position_ = name.end;
  if (name.text == "?")
    saw_question_mark_ = true;
  const bool called = text_.substr(skip_space(text_, position_), 1) == "(";
  if (called && find_builtin(name.text) != nullptr && !state_.knows(name.text))
    return call(nullptr, &name.text);
  NodePtr node = state_.resolve(name.text);
  if (node == nullptr) {
    if (const auto *builtin = find_builtin(name.text))
      return constant(Value(*builtin), start);
    if (called)
      fail_at(start, "there is no function '" + name.text + "'", Code::feel_unknown_function);
    fail_at(start, "'" + name.text + "' is not defined here", Code::feel_unknown_name);
  }
  return made(std::move(node), start);
}

NodePtr Parser::call(NodePtr callee, const std::string *builtin) {
  const std::size_t start = position_;
  const Depth depth(*this);
  expect("(", "the arguments");
  auto node = make_node(builtin != nullptr ? NodeKind::builtin_call : NodeKind::call);
  if (builtin != nullptr) {
    node->value = Value(*find_builtin(*builtin));
    if (!state_.options.clock && (*builtin == "now" || *builtin == "today"))
      fail_at(start, *builtin + "() is refused here: the date is a fact", Code::pack_clock);
  } else {
    node->children.push_back(std::move(callee));
  }
  if (!accept(")")) {
    const bool named = scan_key().has_value();
    do {
      if (named) {
        skip();
        const std::optional<Name> key = scan_key();
        if (!key)
          fail("a parameter name and ':' were expected: arguments are all named or none is");
        position_ = key->end;
        expect(":", "the value of the argument");
        node->names.push_back(key->text);
      }
      node->children.push_back(expression());
    } while (accept(","));
    expect(")", "the end of the arguments");
  }
  return made(std::move(node), start);
}

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
  const Depth depth(*this);
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
  while (accept(","))
    list->children.push_back(expression());
  expect("]", "the end of the list");
  return made(std::move(list), start);
}

NodePtr Parser::range_from(Range::End start, NodePtr first) {
  auto range = make_node(NodeKind::range, std::move(first), expression());
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
  const Depth depth(*this);
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
  const Depth depth(*this);
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
    } while (accept(","));
    expect("}", "the end of the context");
  }
  close_block();
  return made(std::move(node), start);
}

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

NodePtr Parser::function_literal() {
  const std::size_t start = position_;
  const Depth depth(*this);
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
    } while (accept(","));
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
