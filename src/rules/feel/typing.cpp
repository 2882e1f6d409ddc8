// The type of each node, as far as the declared types tell it, and what they refuse: an operation that can give nothing
// but an error. Where a type is not known (Any), nothing is refused and the evaluation decides.
#include "rules/feel/builtins/builtins.hpp"
#include "rules/feel/compiler_state.hpp"
#include "rules/feel/text.hpp"

namespace spie::feel {

namespace {

using K = Type::Kind;

bool known(const Type &type) { return type.kind() != K::any && type.kind() != K::null; }
bool is_duration(K kind) { return kind == K::days_duration || kind == K::months_duration; }
// Kinds that a singleton list may stand for, or that say too little.
bool vague(const Type &type) { return !known(type) || type.kind() == K::list; }

// The type of `a op b`; nullopt when the operation has no result for these kinds (DMN 1.5 tables 50 to 58).
std::optional<Type> arithmetic(NodeKind op, const Type &left, const Type &right) {
  if (vague(left) || vague(right))
    return Type();
  const K a = left.kind(), b = right.kind();
  const auto moment = [](K kind) { return kind == K::date || kind == K::date_time || kind == K::time; };
  switch (op) {
  case NodeKind::add:
    if (a == b && (a == K::number || a == K::text || is_duration(a)))
      return Type(a);
    if (moment(a) && is_duration(b) && !(a == K::time && b == K::months_duration))
      return Type(a);
    if (moment(b) && is_duration(a) && !(b == K::time && a == K::months_duration))
      return Type(b);
    return std::nullopt;
  case NodeKind::subtract:
    if (a == b && (a == K::number || is_duration(a)))
      return Type(a);
    if ((a == K::time && b == K::time) || ((a == K::date || a == K::date_time) && (b == K::date || b == K::date_time)))
      return Type(K::days_duration);
    if (moment(a) && is_duration(b) && !(a == K::time && b == K::months_duration))
      return Type(a);
    return std::nullopt;
  case NodeKind::multiply:
    if (a == K::number && (b == K::number || is_duration(b)))
      return Type(b);
    if (is_duration(a) && b == K::number)
      return Type(a);
    return std::nullopt;
  case NodeKind::divide:
    if (b == K::number && (a == K::number || is_duration(a)))
      return Type(a);
    if (is_duration(a) && a == b)
      return Type(K::number);
    return std::nullopt;
  default: // power
    return a == K::number && b == K::number ? std::optional<Type>(K::number) : std::nullopt;
  }
}

bool comparable(const Type &a, const Type &b) {
  if (vague(a) || vague(b) || a.kind() == b.kind())
    return true;
  const auto day = [](K kind) { return kind == K::date || kind == K::date_time; };
  return day(a.kind()) && day(b.kind());
}

bool ordered(K kind) { return kind != K::boolean && kind != K::context && kind != K::function && kind != K::range; }

std::string_view symbol(NodeKind kind) {
  switch (kind) {
  case NodeKind::add:
    return "+";
  case NodeKind::subtract:
    return "-";
  case NodeKind::multiply:
    return "*";
  case NodeKind::divide:
    return "/";
  case NodeKind::power:
    return "**";
  case NodeKind::equal:
    return "=";
  case NodeKind::not_equal:
    return "!=";
  case NodeKind::less:
    return "<";
  case NodeKind::less_or_equal:
    return "<=";
  case NodeKind::greater:
    return ">";
  case NodeKind::greater_or_equal:
    return ">=";
  case NodeKind::logical_and:
    return "and";
  case NodeKind::logical_or:
    return "or";
  default:
    return "";
  }
}

Type common(const Type &a, const Type &b) {
  if (b.conforms_to(a))
    return a;
  return a.conforms_to(b) ? b : Type();
}

bool may_be_boolean(const Type &type) { return vague(type) || type.kind() == K::boolean; }

// The type of a property of a temporal value or range; nullopt when there is none.
std::optional<Type> temporal_property(const Type &type, std::string_view name) {
  const auto one_of = [&](std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  switch (type.kind()) {
  case K::date:
    return one_of({"year", "month", "day", "weekday"}) ? std::optional<Type>(K::number) : std::nullopt;
  case K::date_time:
    if (one_of({"year", "month", "day", "weekday", "hour", "minute", "second"}))
      return Type(K::number);
    if (name == "time offset")
      return Type(K::days_duration);
    return name == "timezone" ? std::optional<Type>(K::text) : std::nullopt;
  case K::time:
    if (one_of({"hour", "minute", "second"}))
      return Type(K::number);
    if (name == "time offset")
      return Type(K::days_duration);
    return name == "timezone" ? std::optional<Type>(K::text) : std::nullopt;
  case K::months_duration:
    return one_of({"years", "months"}) ? std::optional<Type>(K::number) : std::nullopt;
  case K::days_duration:
    return one_of({"days", "hours", "minutes", "seconds"}) ? std::optional<Type>(K::number) : std::nullopt;
  case K::range:
    if (one_of({"start included", "end included"}))
      return Type(K::boolean);
    return one_of({"start", "end"}) ? std::optional<Type>(type.element()) : std::nullopt;
  default:
    return std::nullopt;
  }
}

Type path_type(const Node &node, Compiler::State &state, const std::string &element) {
  const Type &from = node.children.front()->type;
  const auto refuse_path = [&] {
    state.find(Code::feel_path, with_article(from.to_string()) + " has no '" + node.name + "'", element, node.line,
               node.column);
    return Type();
  };
  const Type &of = from.kind() == K::list ? from.element() : from;
  if (!known(of) || of.kind() == K::list)
    return {};
  if (of.kind() == K::context) {
    if (of.members().empty())
      return {};
    const Type *member = of.member(node.name);
    if (member == nullptr)
      return refuse_path();
    return from.kind() == K::list ? Type::list(*member) : *member;
  }
  const std::optional<Type> type = temporal_property(of, node.name);
  if (!type)
    return refuse_path();
  return from.kind() == K::list ? Type::list(*type) : *type;
}

} // namespace

void give_type(Node &node, Compiler::State &state, const std::string &element) {
  const auto child = [&](std::size_t i) -> const Type & { return node.children[i]->type; };
  const auto find = [&](Code code, std::string message) {
    state.find(code, std::move(message), element, node.line, node.column);
  };
  switch (node.kind) {
  case NodeKind::negate:
    if (!vague(child(0)) && child(0).kind() != K::number && !is_duration(child(0).kind()))
      find(Code::feel_type, "'-' is not defined for " + with_article(child(0).to_string()));
    node.type = vague(child(0)) ? Type() : Type(child(0).kind());
    break;
  case NodeKind::add:
  case NodeKind::subtract:
  case NodeKind::multiply:
  case NodeKind::divide:
  case NodeKind::power: {
    const std::optional<Type> type = arithmetic(node.kind, child(0), child(1));
    if (!type)
      find(Code::feel_type, "'" + std::string(symbol(node.kind)) + "' is not defined between " +
                                with_article(child(0).to_string()) + " and " + with_article(child(1).to_string()));
    node.type = type.value_or(Type());
    break;
  }
  case NodeKind::less:
  case NodeKind::less_or_equal:
  case NodeKind::greater:
  case NodeKind::greater_or_equal:
    if (!comparable(child(0), child(1)) || (!vague(child(0)) && !ordered(child(0).kind())))
      find(Code::feel_type, "'" + std::string(symbol(node.kind)) + "' is not defined between " +
                                with_article(child(0).to_string()) + " and " + with_article(child(1).to_string()));
    node.type = Type(K::boolean);
    break;
  case NodeKind::equal:
  case NodeKind::not_equal:
    if (!comparable(child(0), child(1)))
      find(Code::feel_type,
           with_article(child(0).to_string()) + " is never equal to " + with_article(child(1).to_string()));
    node.type = Type(K::boolean);
    break;
  case NodeKind::logical_and:
  case NodeKind::logical_or:
    for (const auto &operand : node.children)
      if (!may_be_boolean(operand->type))
        find(Code::feel_not_a_boolean,
             "'" + std::string(symbol(node.kind)) + "' is not defined for " + with_article(operand->type.to_string()));
    node.type = Type(K::boolean);
    break;
  case NodeKind::test_value: {
    const Type &value = child(0);
    const Type &input = node.target;
    const Type &of = value.kind() == K::list || value.kind() == K::range ? value.element() : value;
    const Type &tested = input.kind() == K::list ? input.element() : input;
    if (!vague(of) && !vague(tested) && of.kind() != K::range && !comparable(of, tested) &&
        !(node.reading != Reading::value && value.kind() == K::boolean))
      find(Code::feel_type, with_article(tested.to_string()) + " is never " + with_article(of.to_string()));
    node.type = Type(K::boolean);
    break;
  }
  case NodeKind::between:
  case NodeKind::in:
  case NodeKind::unary_any:
  case NodeKind::unary_not:
  case NodeKind::unary_all:
  case NodeKind::instance_of:
    node.type = Type(K::boolean);
    break;
  case NodeKind::some:
  case NodeKind::every:
    if (!may_be_boolean(node.children.back()->type))
      find(Code::feel_not_a_boolean, with_article(node.children.back()->type.to_string()) + " is no condition");
    node.type = Type(K::boolean);
    break;
  case NodeKind::conditional:
    if (!may_be_boolean(child(0)))
      find(Code::feel_not_a_boolean, with_article(child(0).to_string()) + " is no condition");
    node.type = common(child(1), child(2));
    break;
  case NodeKind::for_loop:
    node.type = Type::list(node.children.back()->type);
    break;
  case NodeKind::filter: {
    const Type &from = child(0);
    const K by = child(1).kind();
    if (known(child(1)) && by != K::boolean && by != K::number && by != K::list)
      find(Code::feel_filter, "a filter of type " + child(1).to_string() + " is neither a condition nor a position");
    if (by == K::number)
      node.type = from.kind() == K::list ? from.element() : from;
    else if (by == K::boolean)
      node.type = from.kind() == K::list ? from : known(from) ? Type::list(from) : Type();
    break;
  }
  case NodeKind::list: {
    Type type = node.children.empty() ? Type() : child(0);
    for (const auto &item : node.children)
      type = common(type, item->type);
    node.type = Type::list(std::move(type));
    break;
  }
  case NodeKind::context: {
    std::vector<Type::Member> members;
    for (std::size_t i = 0; i < node.children.size(); ++i)
      members.emplace_back(node.names[i], child(i));
    node.type = Type::context(std::move(members));
    break;
  }
  case NodeKind::range: {
    const Type &first = child(0).is_any() && node.children.size() > 1 ? child(1) : child(0);
    if (node.children.size() > 1 && !comparable(child(0), child(1)))
      find(Code::feel_range,
           "a range from " + with_article(child(0).to_string()) + " to " + with_article(child(1).to_string()));
    node.type = Type::range(first);
    break;
  }
  case NodeKind::domain_range:
    node.type = Type::list(child(0));
    break;
  case NodeKind::path:
    node.type = path_type(node, state, element);
    break;
  case NodeKind::call:
    if (child(0).kind() == K::function)
      node.type = child(0).has_signature() ? child(0).result() : Type();
    else if (known(child(0)))
      find(Code::feel_type, node.name.empty()
                                ? with_article(child(0).to_string()) + " is no function"
                                : "the name '" + node.name + "' is defined here as " +
                                      with_article(child(0).to_string()) + " and hides the function of that name");
    break;
  case NodeKind::builtin_call: {
    const Type type = node.value.function()->type();
    if (type.kind() == K::function && type.has_signature())
      node.type = type.result();
    break;
  }
  default: // given by who made it
    break;
  }
}

NodePtr fold(NodePtr node, Compiler::State &state) {
  switch (node->kind) {
  case NodeKind::negate:
  case NodeKind::add:
  case NodeKind::subtract:
  case NodeKind::multiply:
  case NodeKind::divide:
  case NodeKind::power:
  case NodeKind::equal:
  case NodeKind::not_equal:
  case NodeKind::less:
  case NodeKind::less_or_equal:
  case NodeKind::greater:
  case NodeKind::greater_or_equal:
  case NodeKind::list:
  case NodeKind::range:
    break;
  case NodeKind::builtin_call: {
    const std::string name = node->value.function()->name();
    if (name == "now" || name == "today")
      return node;
    break;
  }
  default:
    return node;
  }
  for (const auto &child : node->children)
    if (child->kind != NodeKind::constant)
      return node;
  Evaluation evaluation;
  evaluation.limits.steps = 10'000;
  evaluation.limits.list_size = 10'000;
  evaluation.limits.bytes = evaluation.limits.text_size = state.fold_bytes;
  Value value = evaluate(evaluation, *node, {});
  if (state.loading != nullptr)
    state.loading->step(evaluation.steps()); // said at the next node
  // An error stays an operation, so that each evaluation reports it with its place.
  if (value.is_null() || evaluation.exhausted())
    return node;
  state.fold_bytes -= std::min(state.fold_bytes, evaluation.bytes());
  auto constant = make_node(NodeKind::constant);
  constant->line = node->line;
  constant->column = node->column;
  constant->type = node->type.is_any() ? type_of(value) : node->type;
  constant->value = std::move(value);
  return constant;
}

} // namespace spie::feel
