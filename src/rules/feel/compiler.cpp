#include "rules/feel/builtins/builtins.hpp"
#include "rules/feel/compiler_state.hpp"
#include "rules/feel/parser.hpp"
#include "rules/feel/text.hpp"

#include <algorithm>

namespace spie::feel {

std::string place_text(const std::string &element, std::uint32_t line, std::uint32_t column) {
  std::string result = element;
  if (line > 0)
    result += (result.empty() ? "" : ", ") + std::to_string(line) + ':' + std::to_string(column);
  return result;
}

void refuse(Code code, std::string message, const std::string &element, std::uint32_t line, std::uint32_t column,
            Hint hint) {
  throw Error(Diagnostic{code,
                         Level::error,
                         std::move(message),
                         place_text(element, line, column),
                         {},
                         std::move(hint.details),
                         std::move(hint.suggestion)});
}

void Compiler::State::find(Code code, std::string message, const std::string &element, std::uint32_t line,
                           std::uint32_t column) {
  findings.push_back({code, Level::error, std::move(message), place_text(element, line, column)});
}

NodePtr Compiler::State::reach(std::size_t owner, bool global, std::uint32_t slot, const Type &type) {
  bool from_global = global;
  for (std::size_t f = owner + (global ? 0 : 1); f < functions.size(); ++f) {
    if (f == 0)
      continue; // the outermost reads the globals where they stand
    auto &captures = functions[f].captures;
    const auto same = std::find_if(captures.begin(), captures.end(),
                                   [&](const Capture &c) { return c.from_global == from_global && c.from == slot; });
    if (same != captures.end()) {
      slot = same->to;
    } else {
      // A captured value keeps its slot for the whole body, so it is never one that a closing block frees.
      const std::uint32_t to = captured_base + static_cast<std::uint32_t>(captures.size());
      captures.push_back({from_global, slot, to});
      slot = to;
    }
    from_global = false;
  }
  auto node = make_node(from_global ? NodeKind::global : NodeKind::local);
  node->slot = slot;
  node->type = type;
  return node;
}

namespace {

NodePtr item_name(const NodePtr &item, const std::string &name) {
  auto node = make_node(NodeKind::item_name);
  node->slot = item->slot;
  node->name = name;
  return node;
}

} // namespace

NodePtr Compiler::State::resolve_from(std::size_t function, std::size_t blocks, const std::string &name) {
  NodePtr of_literal; // the item that may have the name when nothing else does
  for (std::size_t f = function; f-- > 0;) {
    const auto &all = functions[f].blocks;
    for (std::size_t b = f + 1 == function ? blocks : all.size(); b-- > 0;) {
      const Block &block = all[b];
      const auto local = std::find_if(block.locals.rbegin(), block.locals.rend(),
                                      [&](const Local &candidate) { return candidate.name == name; });
      if (local != block.locals.rend())
        return reach(f, false, local->slot, local->type);
      if (!block.item)
        continue;
      const Type &type = block.item->type;
      // A member called `item` hides the item itself (TCK 0069).
      if (name == "item" && (type.kind() != Type::Kind::context || type.member(name) == nullptr))
        return reach(f, false, block.item->slot, type);
      if (type.kind() == Type::Kind::context) {
        if (const Type *member = type.member(name)) {
          auto node = make_node(NodeKind::path, reach(f, false, block.item->slot, type));
          node->name = name;
          node->type = *member;
          return node;
        }
        if (block.item->literal && of_literal == nullptr && find_builtin(name) == nullptr)
          of_literal = item_name(reach(f, false, block.item->slot, type), name);
      } else if (type.is_any()) {
        auto node = item_name(reach(f, false, block.item->slot, type), name);
        if (auto outer = resolve_from(f + 1, b, name))
          node->children.push_back(std::move(outer));
        return node;
      }
    }
  }
  std::optional<FreeNames::Meaning> beyond;
  const Scope::Entry *entry = scope.find(name);
  if (entry == nullptr && free != nullptr && free->has(name)) {
    beyond = free->meaning(name);
    entry = &beyond->entry;
  }
  if (entry == nullptr)
    return of_literal;
  if (entry->function == nullptr) {
    NodePtr variable = reach(0, true, entry->slot, entry->type);
    if (!beyond || beyond->member.empty())
      return variable;
    auto node = make_node(NodeKind::path, std::move(variable));
    node->name = beyond->member;
    if (const Type *member = entry->type.member(node->name))
      node->type = *member;
    return node;
  }
  auto node = make_node(NodeKind::function_ref);
  node->function = entry->function;
  node->type = entry->type;
  return node;
}

std::size_t Compiler::State::longest_name() const noexcept {
  return free == nullptr ? scope.longest_name() : std::max(scope.longest_name(), free->longest_name());
}

NodePtr Compiler::State::free_input(const std::string &name) {
  if (free == nullptr || in_open_item())
    return nullptr;
  const auto slot = free->input(name);
  return slot ? reach(0, true, *slot, Type()) : nullptr;
}

bool Compiler::State::knows(const std::string &name) const {
  if (scope.find(name) != nullptr || (free != nullptr && free->has(name)))
    return true;
  for (const Function &function : functions)
    for (const Block &block : function.blocks) {
      for (const Local &local : block.locals)
        if (local.name == name)
          return true;
      if (block.item && (name == "item" ||
                         (block.item->type.kind() == Type::Kind::context && block.item->type.member(name) != nullptr)))
        return true;
    }
  return false;
}

std::vector<std::string> Compiler::State::names() const {
  std::vector<std::string> result = scope.names();
  for (const Function &function : functions)
    for (const Block &block : function.blocks) {
      for (const Local &local : block.locals)
        result.push_back(local.name);
      if (block.item && block.item->type.kind() == Type::Kind::context)
        for (const auto &[member, type] : block.item->type.members())
          result.push_back(member);
    }
  return result;
}

bool Compiler::State::in_open_item() const {
  for (const Function &function : functions)
    for (const Block &block : function.blocks)
      if (block.item && block.item->type.is_any())
        return true;
  return false;
}

void Compiler::State::open_function(const std::vector<Parameter> &parameters) {
  if (functions.size() > max_nested_functions)
    refuse(Code::feel_limit, "functions are nested too deeply", {}, 0, 0);
  functions.emplace_back();
  functions.back().blocks.push_back({{}, {}, 0});
  for (const Parameter &parameter : parameters)
    functions.back().blocks.back().locals.push_back({canonical_name(parameter.name), parameter.type, reserve()});
}

namespace {

bool reads_local(const Node &node, std::uint32_t slot) {
  if ((node.kind == NodeKind::local || node.kind == NodeKind::item_name) && node.slot == slot)
    return true;
  if (node.kind == NodeKind::function)
    for (const Capture &capture : node.captures)
      if (!capture.from_global && capture.from == slot)
        return true;
  for (const auto &child : node.children)
    if (reads_local(*child, slot))
      return true;
  return false;
}

// The same of any local from one slot to another.
bool reads_between(const Node &node, std::uint32_t first, std::uint32_t last) {
  const auto within = [&](std::uint32_t slot) { return slot >= first && slot <= last; };
  if ((node.kind == NodeKind::local || node.kind == NodeKind::item_name || node.kind == NodeKind::test_value) &&
      within(node.slot))
    return true;
  if (node.kind == NodeKind::function)
    for (const Capture &capture : node.captures)
      if (!capture.from_global && within(capture.from))
        return true;
  return std::any_of(node.children.begin(), node.children.end(),
                     [&](const NodePtr &child) { return reads_between(*child, first, last); });
}

// Captured values stand behind the locals: their provisional slots (captured_base + i) become size + i.
void place_captures(Node &node, std::uint32_t size) {
  const auto place = [size](std::uint32_t &slot) {
    if (slot >= captured_base)
      slot = slot - captured_base + size;
  };
  if (node.kind != NodeKind::global)
    place(node.slot);
  if (node.kind == NodeKind::function)
    for (Capture &capture : node.captures)
      if (!capture.from_global)
        place(capture.from);
  for (auto &child : node.children)
    if (child)
      place_captures(*child, size);
}

Shortcut shortcut_of(const Node &call) {
  if (call.kind != NodeKind::builtin_call || !call.names.empty() || call.children.empty() ||
      !call.value.is(Kind::function))
    return Shortcut::none;
  const std::size_t count = call.children.size();
  const auto is = [&](std::string_view name) {
    const auto *builtin = find_builtin(name);
    return builtin != nullptr && call.value.function() == *builtin;
  };
  if (count == 1 && call.children[0]->kind == NodeKind::filter && is("count"))
    return Shortcut::count_kept;
  if (count == 1 && is("not"))
    return Shortcut::negation;
  if (count == 2 && call.children[1]->kind == NodeKind::constant && !call.children[1]->value.holds_causes() &&
      is("first known"))
    return Shortcut::first_known;
  if (count > 1 && is("min"))
    return Shortcut::least;
  if (count > 1 && is("max"))
    return Shortcut::greatest;
  return Shortcut::none;
}

// `element`: where the text around stands; nullptr where that is not known yet, or where the errors of operators are
// not worth their memory, the cells of a table above all.
void mark(Node &node, const std::string *element, bool in_table) {
  if (node.element)
    element = node.element.get();
  if (element != nullptr && !in_table && node.kind != NodeKind::equal && node.kind != NodeKind::not_equal &&
      (is_arithmetic(node.kind) || is_comparison(node.kind))) {
    Evaluation evaluation;
    evaluation.element = element;
    evaluation.line = node.line;
    evaluation.column = node.column;
    node.on_null = applied(evaluation, node, {}, {});
  }
  const bool is_table = node.extension && node.extension->form() == Extension::Form::table;
  for (auto &child : node.children)
    mark(*child, element, in_table || is_table);
  if (node.kind == NodeKind::filter)
    node.reads_slot = reads_local(*node.children[1], node.slot);
  if (node.kind == NodeKind::for_loop)
    node.reads_slot = reads_local(*node.children.back(), node.slot);
  if (node.kind == NodeKind::context && !node.slots.empty()) {
    const auto [first, last] = std::minmax_element(node.slots.begin(), node.slots.end());
    node.reads_slot = std::any_of(node.children.begin(), node.children.end(),
                                  [&](const NodePtr &child) { return reads_between(*child, *first, *last); });
  }
  if (node.kind == NodeKind::path && node.children[0]->type.kind() == Type::Kind::context) {
    const auto &members = node.children[0]->type.members();
    const auto found = std::find_if(members.begin(), members.end(),
                                    [&](const Type::Member &member) { return member.first == node.name; });
    node.slot = static_cast<std::uint32_t>(found - members.begin());
  }
  node.shortcut = shortcut_of(node);
}

} // namespace

void mark_reads(Node &node) { mark(node, nullptr, false); }

NodePtr Compiler::State::close_function(std::vector<Parameter> parameters, NodePtr body) {
  Function function = std::move(functions.back());
  functions.pop_back();
  place_captures(*body, function.size);
  mark_reads(*body);
  auto node = make_node(NodeKind::function);
  std::vector<Type> types;
  for (const Parameter &parameter : parameters)
    types.push_back(parameter.type);
  node->type = Type::function(std::move(types), body->type);
  node->parameters = std::move(parameters);
  node->captures = std::move(function.captures);
  for (Capture &capture : node->captures)
    capture.to = capture.to - captured_base + function.size;
  node->frame_size = function.size + static_cast<std::uint32_t>(node->captures.size());
  node->body = std::move(body);
  return node;
}

Compiler::Compiler(const Scope &scope, CompileOptions options, FreeNames *free)
    : state_(std::make_unique<State>(scope, std::move(options), free)) {}
Compiler::~Compiler() = default;

void Compiler::within(Loading &loading) noexcept { state_->loading = &loading; }

NodePtr Compiler::expression(std::string_view text, const std::string &element) {
  return Parser(*state_, text, element).whole_expression();
}

NodePtr Compiler::column(std::string_view text, const std::string &element) {
  if (state_->free != nullptr)
    if (NodePtr name = named(text, element))
      return name;
  return expression(text, element);
}

NodePtr Compiler::named(std::string_view text, const std::string &element) {
  return Parser(*state_, text, element).whole_name();
}

NodePtr Compiler::unary_tests(std::string_view text, const Type &input, std::uint32_t input_slot,
                              const std::string &element) {
  open_scope();
  state_->functions.back().blocks.back().locals.push_back({"?", input, input_slot});
  NodePtr node = Parser(*state_, text, element).whole_unary_tests(input_slot, input);
  close_scope();
  return node;
}

std::optional<Type> Compiler::type(std::string_view text) const {
  try {
    return Parser(*state_, text, {}).whole_type();
  } catch (const Error &) {
    return std::nullopt;
  }
}

void Compiler::open_scope() {
  auto &function = state_->functions.back();
  function.blocks.push_back({{}, {}, function.next});
}

void Compiler::close_scope() {
  auto &function = state_->functions.back();
  function.next = function.blocks.back().first_slot;
  function.blocks.pop_back();
}

std::uint32_t Compiler::reserve() { return state_->reserve(); }

std::uint32_t Compiler::declare(std::string_view name, const Type &type) {
  const std::uint32_t slot = state_->reserve();
  state_->functions.back().blocks.back().locals.push_back({canonical_name(name), type, slot});
  return slot;
}

void Compiler::alias(std::string_view name, const Type &type, std::uint32_t slot) {
  state_->functions.back().blocks.back().locals.push_back({canonical_name(name), type, slot});
}

std::uint32_t Compiler::declare_item(const Type &element) {
  const std::uint32_t slot = state_->reserve();
  state_->functions.back().blocks.back().item = State::Item{slot, element};
  return slot;
}

NodePtr Compiler::name(std::string_view name, const std::string &element) {
  const std::string canonical = canonical_name(name);
  NodePtr node = state_->resolve(canonical);
  if (node == nullptr)
    refuse(Code::feel_unknown_name, "'" + canonical + "' is not defined here", element, 0, 0);
  node->element = std::make_shared<const std::string>(element);
  return node;
}

void Compiler::open_function(const std::vector<Parameter> &parameters) { state_->open_function(parameters); }

NodePtr Compiler::close_function(std::vector<Parameter> parameters, NodePtr body) {
  return state_->close_function(std::move(parameters), std::move(body));
}

Expression Compiler::finish(NodePtr root) {
  if (state_->options.types && !state_->findings.empty())
    throw Error(state_->findings);
  mark_reads(*root);
  Expression expression;
  expression.frame_size_ = state_->functions.front().size;
  expression.root_ = std::move(root);
  return expression;
}

const CompileOptions &Compiler::options() const noexcept { return state_->options; }
std::vector<Diagnostic> &Compiler::findings() noexcept { return state_->findings; }
const std::vector<Diagnostic> &Compiler::warnings() const noexcept { return state_->warnings; }

} // namespace spie::feel
