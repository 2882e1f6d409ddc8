#include "rules/feel/parser.hpp"

#include "rules/feel/builtins/builtins.hpp"
#include "rules/feel/text.hpp"

namespace spie::feel {

Parser::Depth::Depth(Parser &p) : parser(p) {
  const int most = parser.state_.own.limits().depth;
  if (++parser.depth_ > most) {
    --parser.depth_;
    throw Error(beyond_limit(Code::feel_limit,
                             "the expression is nested more than " + std::to_string(most) + " levels deep", p.place(),
                             "depth"));
  }
}
Parser::Depth::~Depth() { --parser.depth_; }

Parser::Parser(Compiler::State &state, std::string_view text, const std::string &element)
    : state_(state), text_(text), element_(element) {
  if (const std::size_t most = state.own.limits().bytes; text.size() > most)
    throw Error(beyond_limit(Code::feel_limit, "the text is longer than " + std::to_string(most) + " bytes",
                             place_text(element, 0, 0), "bytes"));
  state_.fold_bytes += 1'024 + 64 * text.size();
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
  if (at_end())
    fail("the expression is empty");
  NodePtr node = expression();
  if (!at_end())
    fail("an operator or the end of the expression was expected");
  node->element = std::make_shared<const std::string>(element_);
  return node;
}

NodePtr Parser::whole_name() {
  skip();
  const std::size_t start = position_;
  if (!is_name_start(code_point_at(text_, start).value) || text_[start] == '?')
    return nullptr;
  for (std::size_t at = start; at < text_.size();) {
    const std::size_t end = word_end(text_, at);
    if (end == at || is_keyword(text_.substr(at, end - at)))
      return nullptr;
    at = skip_space(text_, end);
  }
  const std::string name = canonical_name(text_.substr(start));
  NodePtr node = state_.resolve(name);
  if (node == nullptr)
    node = free_input(name, start);
  if (node == nullptr)
    return nullptr;
  node = made(std::move(node), start);
  node->element = std::make_shared<const std::string>(element_);
  return node;
}

Type Parser::whole_type() {
  Type result = type();
  if (!at_end())
    fail("the end of the type was expected");
  return result;
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
    if (sees("==") || sees("<>") || sees("=<") || sees("=>"))
      fail("an operator was expected");
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
      left = membership(std::move(left), start);
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
      if (next == "and" || next == "or" || next == "then" || next == "else" || next == "return" ||
          next == "satisfies" || next == "in" || next == "between")
        return value;
      if (next == "instance" && text_.substr(skip_space(text_, after + next.size())).starts_with("of "))
        return value;
      const char second = after + 1 < text_.size() ? text_[after + 1] : ' ';
      if (text_[after] == '.' && (second < '0' || second > '9')) // `[1..10[.start`
        return value;
      if (!filter_or_end(value))
        return value;
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

// `[1..n[ - m`, `(0..[3..n[[`: within a range, what cannot be read as a filter is its end.
bool Parser::filter_or_end(NodePtr &value) {
  if (open_ranges_ == 0 || other_readings_ == 0) {
    value = filter(value);
    return true;
  }
  const Mark before(*this);
  try {
    value = filter(value);
    return true;
  } catch (const Error &error) {
    if (error.first().code == Code::feel_limit || !before.restore())
      throw;
    --other_readings_;
    return false;
  }
}

NodePtr Parser::filter(NodePtr &list) {
  const std::size_t start = position_;
  expect("[", "a filter");
  const Type &type = list->type;
  Type element = type.kind() == Type::Kind::list ? type.element() : type;
  const bool literal =
      list->kind == NodeKind::list || list->kind == NodeKind::context || list->kind == NodeKind::constant;
  open_block();
  const std::uint32_t slot = state_.reserve();
  state_.functions.back().blocks.back().item = Compiler::State::Item{slot, element, literal};
  NodePtr condition = expression();
  close_block();
  expect("]", "the end of the filter");
  auto node = make_node(NodeKind::filter, std::move(list), std::move(condition));
  node->slot = slot;
  return made(std::move(node), start);
}

NodePtr Parser::operand() {
  skip();
  const std::size_t start = position_;
  const CodePoint c = code_point_at(text_, position_);
  if (c.length == 0)
    fail("a value was expected");
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
    if (node == nullptr && !sees("("))
      node = free_input(name, start);
    if (node == nullptr)
      refuse_unknown({name, position_, false}, start, false);
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
    if (const auto *builtin = find_builtin(name.text)) {
      // `is defined(x)`: the name of a function begins that of another engine's.
      position_ = start;
      const Name run = scan([](const std::string &) { return false; });
      position_ = name.end;
      if (run.end > name.end && text_.substr(skip_space(text_, run.end), 1) == "(")
        refuse_unknown(run, start, true);
      return constant(Value(*builtin), start);
    }
    // One word alone: several that nothing declares are no name here.
    if (!called && name.text == first)
      node = free_input(name.text, start);
    if (node == nullptr)
      refuse_unknown(name, start, called);
  }
  if (called && (node->kind == NodeKind::global || node->kind == NodeKind::local) && find_builtin(name.text) != nullptr)
    node->name = name.text; // the function that it hides
  return made(std::move(node), start);
}

NodePtr Parser::call(NodePtr callee, const std::string *builtin) {
  const std::size_t start = position_;
  expect("(", "the arguments");
  auto node = make_node(builtin != nullptr ? NodeKind::builtin_call : NodeKind::call);
  if (builtin != nullptr) {
    node->value = Value(*find_builtin(*builtin));
    if (!state_.options.clock && (*builtin == "now" || *builtin == "today"))
      fail_at(start, *builtin + "() is refused here: the date is a fact", Code::pack_clock);
  } else {
    if (callee->kind == NodeKind::global || callee->kind == NodeKind::local)
      node->name = callee->name;
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
    } while (accept_comma(")"));
    expect(")", "the end of the arguments");
  }
  return made(std::move(node), start);
}

} // namespace spie::feel
