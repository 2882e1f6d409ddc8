// What rests on one text alone, and asks of it only whether it is one of those that the constants hold: it gives one
// value for each of these and one for any other text, and the row evaluator gives them once a table.
#include "rules/columns/list_steps.hpp"

#include <algorithm>
#include <set>

namespace spie::columns {

using feel::Kind;
using feel::Node;
using feel::NodeKind;
using feel::Value;

namespace {

constexpr std::size_t most_texts = 20'000;

// A variable, or a member of one.
struct Leaf {
  const Node *node = nullptr, *root = nullptr;
  std::vector<std::string> path;
};

Leaf leaf_of(const Node &node) {
  Leaf leaf{&node, &node, {}};
  while (leaf.root->kind == NodeKind::path) {
    leaf.path.insert(leaf.path.begin(), leaf.root->name);
    leaf.root = leaf.root->children[0].get();
  }
  if (leaf.root->kind != NodeKind::local && leaf.root->kind != NodeKind::global)
    leaf.root = nullptr;
  return leaf;
}

bool goes_through_a_list(const Node &node) {
  switch (node.kind) {
  case NodeKind::filter:
  case NodeKind::some:
  case NodeKind::every:
  case NodeKind::for_loop:
    return true;
  default:
    return (node.kind == NodeKind::builtin_call && node.value.function()->name() == "list contains") ||
           std::any_of(node.children.begin(), node.children.end(),
                       [](const feel::NodePtr &child) { return goes_through_a_list(*child); });
  }
}

void gather_texts(const Value &value, std::set<std::string> &into) {
  switch (value.kind()) {
  case Kind::text:
    into.insert(value.text());
    break;
  case Kind::list:
    for (const Value &item : value.list())
      gather_texts(item, into);
    break;
  case Kind::context:
    for (const auto &[name, member] : value.context())
      gather_texts(member, into);
    break;
  default:
    break;
  }
}

class Search {
public:
  Search(const std::vector<char> &is_fixed, const std::vector<Value> &fixed) : is_fixed_(is_fixed), fixed_(fixed) {}

  bool fits(const Node &node) {
    switch (node.kind) {
    case NodeKind::constant:
      gather_texts(node.value, texts);
      return !node.value.is(Kind::function);
    case NodeKind::global:
      if (is_fixed_[node.slot] == 0)
        return false;
      gather_texts(fixed_[node.slot], texts);
      return true;
    case NodeKind::local:
      return is_bound(node.slot);
    case NodeKind::item_name:
    case NodeKind::test_value:
      return is_bound(node.slot) && all(node, 0);
    case NodeKind::path:
    case NodeKind::list:
    case NodeKind::logical_and:
    case NodeKind::logical_or:
    case NodeKind::conditional:
    case NodeKind::less:
    case NodeKind::less_or_equal:
    case NodeKind::greater:
    case NodeKind::greater_or_equal:
    case NodeKind::unary_not:
    case NodeKind::unary_any:
      return all(node, 0);
    case NodeKind::equal:
    case NodeKind::not_equal:
      for (const std::size_t side : {0U, 1U})
        if (is_leaf(*node.children[side]))
          return is_selected(*node.children[1 - side]) && fits(*node.children[1 - side]);
      return all(node, 0);
    case NodeKind::filter:
      return all_bound({node.slot}, node);
    case NodeKind::some:
    case NodeKind::every:
    case NodeKind::for_loop: {
      std::vector<std::uint32_t> slots = node.slots;
      slots.push_back(node.slot);
      return all_bound(slots, node);
    }
    case NodeKind::builtin_call: {
      const std::string name = node.value.function()->name();
      if (name == "list contains" && node.names.empty() && node.children.size() == 2 && is_leaf(*node.children[1]))
        return is_selected(*node.children[0]) && fits(*node.children[0]);
      static const std::set<std::string> known{"count", "list contains", "not", "first known", "distinct values",
                                               "sum",   "min",           "max", "any",         "all"};
      return known.contains(name) && all(node, 0);
    }
    default:
      return false;
    }
  }

  std::set<std::string> texts;
  std::optional<Leaf> leaf;

private:
  bool is_bound(std::uint32_t slot) const { return std::find(bound_.begin(), bound_.end(), slot) != bound_.end(); }

  bool all(const Node &node, std::size_t first) {
    return std::all_of(node.children.begin() + static_cast<std::ptrdiff_t>(first), node.children.end(),
                       [&](const feel::NodePtr &child) { return fits(*child); });
  }

  bool all_bound(const std::vector<std::uint32_t> &slots, const Node &node) {
    if (!fits(*node.children[0]))
      return false;
    const std::size_t outer = bound_.size();
    bound_.insert(bound_.end(), slots.begin(), slots.end());
    const bool result = all(node, 1);
    bound_.resize(outer);
    return result;
  }

  // The one variable: each place of it must be the same.
  bool is_leaf(const Node &node) {
    Leaf found = leaf_of(node);
    if (found.root == nullptr || (found.root->kind == NodeKind::local && is_bound(found.root->slot)) ||
        (found.root->kind == NodeKind::global && is_fixed_[found.root->slot] != 0))
      return false;
    if (!leaf)
      leaf = std::move(found);
    else if (leaf->root->kind != found.root->kind || leaf->root->slot != found.root->slot || leaf->path != found.path)
      return false;
    return true;
  }

  // A constant, or what stands in one as it is.
  static bool is_selected(const Node &node) {
    switch (node.kind) {
    case NodeKind::constant:
    case NodeKind::local:
    case NodeKind::global:
    case NodeKind::item_name:
      return node.children.empty();
    case NodeKind::path:
    case NodeKind::filter:
      return is_selected(*node.children[0]);
    default:
      return false;
    }
  }

  const std::vector<char> &is_fixed_;
  const std::vector<Value> &fixed_;
  std::vector<std::uint32_t> bound_;
};

} // namespace

std::optional<Part> Builder::of_one(const Node &node) {
  switch (node.kind) {
  case NodeKind::filter:
  case NodeKind::path:
  case NodeKind::builtin_call:
  case NodeKind::some:
  case NodeKind::every:
  case NodeKind::conditional:
  case NodeKind::logical_and:
  case NodeKind::logical_or:
  case NodeKind::equal:
  case NodeKind::not_equal:
  case NodeKind::less:
  case NodeKind::less_or_equal:
  case NodeKind::greater:
  case NodeKind::greater_or_equal:
    break;
  default:
    return std::nullopt;
  }
  if (!goes_through_a_list(node))
    return std::nullopt;
  Search search(is_fixed_, fixed_);
  if (!search.fits(node) || !search.leaf || search.texts.size() > most_texts)
    return std::nullopt;
  const Leaf &leaf = *search.leaf;
  const Part of = part(*leaf.node);
  if (of.is != Part::Is::lane || of.form != Form::text)
    return std::nullopt;
  std::vector<Value> frame(slots_of(node)), globals = fixed_;
  const auto evaluated = [&](const Value &value, bool &consumed) {
    Value given = value;
    for (auto name = leaf.path.rbegin(); name != leaf.path.rend(); ++name) {
      feel::Context context;
      context.set(*name, given);
      given = std::move(context);
    }
    (leaf.root->kind == NodeKind::local ? frame : globals)[leaf.root->slot] = given;
    feel::Evaluation evaluation;
    evaluation.facts_may_be_unknown = request_.facts_may_be_unknown;
    evaluation.globals = globals;
    Value result = feel::evaluate(evaluation, node, frame);
    const feel::Cause &causes = evaluation.consumed;
    consumed = !causes.errors.empty() || !causes.missing.empty() || !causes.refused.empty() || evaluation.exhausted();
    return result;
  };
  std::vector<std::string> texts;
  std::vector<Value> values;
  std::vector<bool> other;
  const auto add = [&](const Value &value) {
    bool consumed = false;
    values.push_back(evaluated(value, consumed));
    other.push_back(consumed);
  };
  if (of.pool >= 0) {
    for (const Value &value : program_->pool(of.pool))
      add(value);
  } else {
    std::string none = "?";
    for (const std::string &text : search.texts) {
      texts.push_back(text);
      add(text);
      if (text.size() >= none.size())
        none = text + "?";
    }
    add(none);
  }
  const Value error = feel::error_value(Code::feel_type, ""), unknown = feel::unknown_value("?");
  const std::array<Value, 4> kinds{Value(), error, unknown, feel::merge_causes(error, unknown)};
  std::array<Value, 4> nulls;
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    bool consumed = false;
    nulls[i] = evaluated(kinds[i], consumed);
    other.push_back(consumed);
  }
  // One form, or it is no column.
  std::optional<Form> form;
  for (const auto *group : {values.data(), nulls.data()})
    for (std::size_t i = 0; i < (group == nulls.data() ? nulls.size() : values.size()); ++i) {
      const Value &value = group[i];
      if (value.is_null())
        continue;
      if (value.is(Kind::context) || value.is(Kind::function) || value.is(Kind::range) || value.is(Kind::list) ||
          (form && *form != form_of(value)))
        return std::nullopt;
      form = form_of(value);
    }
  if (!form)
    return std::nullopt;
  if (*form != Form::boolean)
    return mapped(of, texts, values, kinds, nulls, other);
  Verdicts verdicts;
  verdicts.texts = texts;
  const auto verdict = [&](const Value &value, bool consumed) {
    return consumed ? Verdict::other : value.is_true() ? Verdict::yes : value.is_false() ? Verdict::no : null_of(value);
  };
  for (std::size_t i = 0; i < values.size(); ++i)
    verdicts.values.push_back(verdict(values[i], other[i]));
  for (std::size_t i = 0; i < nulls.size(); ++i) {
    verdicts.nulls[i] = verdict(nulls[i], other[values.size() + i]);
    verdicts.hands[i] = same_causes(nulls[i], kinds[i]);
  }
  return predicate(of, verdicts);
}

Part Builder::mapped(const Part &part, const std::vector<std::string> &texts, const std::vector<Value> &values,
                     const std::array<Value, 4> &kinds, const std::array<Value, 4> &nulls,
                     const std::vector<bool> &other) {
  std::vector<Value> pool;
  Form form = Form::text;
  const auto entry = [&](const Value &value, bool refused) {
    MapStep::Entry made;
    if (refused) {
      made.null = Verdict::other;
      return made;
    }
    made.null = null_of(value);
    if (made.null != Verdict::no)
      return made;
    form = form_of(value);
    const auto known =
        std::find_if(pool.begin(), pool.end(), [&](const Value &one) { return feel::identical(one, value); });
    made.code = static_cast<std::uint16_t>(known - pool.begin());
    if (known == pool.end())
      pool.push_back(value);
    return made;
  };
  std::vector<MapStep::Entry> classes;
  for (std::size_t i = 0; i < values.size(); ++i)
    classes.push_back(entry(values[i], other[i]));
  std::array<MapStep::Entry, 4> of_nulls;
  std::array<bool, 4> hands{};
  for (std::size_t i = 0; i < nulls.size(); ++i) {
    of_nulls[i] = entry(nulls[i], other[values.size() + i]);
    hands[i] = same_causes(nulls[i], kinds[i]);
  }
  const Within within(*this, {&part});
  Part result = new_part(form, true);
  result.pool = new_pool(std::move(pool));
  step<MapStep>(part.lane, part.pool >= 0 ? MapStep::Of::codes : MapStep::Of::texts,
                static_cast<std::uint32_t>(std::max(part.column, 0)), tables_, texts, std::move(classes), of_nulls,
                hands, result.lane);
  tables_ += 2;
  return result;
}

Part Builder::pooled(const Part &texts) {
  std::vector<Value> values(texts.allowed->begin(), texts.allowed->end());
  std::vector<bool> other(values.size() + 5, false);
  other[values.size()] = true; // not among them: the row evaluator says so
  values.emplace_back();
  const Value error = feel::error_value(Code::feel_type, ""), unknown = feel::unknown_value("?");
  const std::array<Value, 4> nulls{Value(), error, unknown, feel::merge_causes(error, unknown)};
  return mapped(texts, *texts.allowed, values, nulls, nulls, other);
}

} // namespace spie::columns
