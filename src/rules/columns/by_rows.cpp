// A part that has no form in columns is evaluated row by row: its variables are made of the lanes that they stand in,
// and what it gives becomes lanes again, or is left to a part around it that does.
#include "rules/columns/row_values.hpp"
#include "rules/columns/steps.hpp"

#include <algorithm>
#include <set>

namespace spie::columns {

using feel::Kind;
using feel::Node;
using feel::NodeKind;
using feel::Value;

// What is read of a variable: all of it, or some members.
struct Uses {
  bool whole = false;
  std::map<std::string, Uses> members = {};
};

// A value for each row, as the row evaluator gives it.
struct ByRows {
  RowValuePtr value;
  feel::Type type;
  dmn::Bound bound;
  std::vector<std::uint32_t> lanes; // that it reads
  std::set<int> lists;              // that it reads whole
  std::optional<RowStep::Only> only;
  Obstacle why;
};

struct Builder::Reading {
  std::vector<std::uint32_t> lanes = {};
  std::set<int> lists = {};
  bool inside_list = false;
  std::optional<RowStep::Only> only = {};
  std::size_t values = 0; // lanes and lists made values

  void read(std::uint32_t lane) {
    ++values;
    if (!inside_list)
      lanes.push_back(lane);
  }
};

namespace {

constexpr int most_scale = 18, scale_of_any = 6; // decimals
// Of the pack: what looks through a longer one is faster where the whole decision goes row by row, whose prepared form
// knows its filters by key (feel::Known).
constexpr std::size_t longest_list = 256;

// The variables that a part reads, and whether it gives the same each time.
class Variables {
public:
  std::map<std::uint32_t, Uses> globals, locals;
  bool pure = true;

  void of(const Node &node) {
    bind(node);
    look(node);
  }

private:
  // No slot that is bound within the part is that of a variable around it.
  void bind(const Node &node) {
    switch (node.kind) {
    case NodeKind::filter:
    case NodeKind::in:
      bound_.insert(node.slot);
      break;
    case NodeKind::for_loop:
      if (node.reads_slot) // else it has no `partial`, and no slot for one
        bound_.insert(node.slot);
      [[fallthrough]];
    case NodeKind::some:
    case NodeKind::every:
    case NodeKind::context:
      bound_.insert(node.slots.begin(), node.slots.end());
      break;
    case NodeKind::extension:
      bound_.insert(node.slots.begin(), node.slots.end());
      if (const auto *table = dynamic_cast<const dmn::Table *>(node.extension.get()))
        for (const dmn::Table::Input &input : table->inputs)
          bound_.insert(input.slot);
      break;
    default:
      break;
    }
    for (const feel::NodePtr &child : node.children)
      bind(*child);
  }

  void local(std::uint32_t slot, const std::vector<std::string> &path) {
    if (!bound_.contains(slot))
      use(locals[slot], path);
  }

  static void use(Uses &uses, const std::vector<std::string> &path) {
    Uses *at = &uses;
    for (auto name = path.rbegin(); name != path.rend(); ++name)
      at = &at->members[*name];
    at->whole = true;
  }

  void look(const Node &node) {
    std::vector<std::string> path; // from the last member back
    const Node *root = &node;
    for (; root->kind == NodeKind::path; root = root->children[0].get())
      path.push_back(root->name);
    if (root->kind == NodeKind::global)
      return use(globals[root->slot], path);
    if (root->kind == NodeKind::local)
      return local(root->slot, path);
    switch (node.kind) {
    case NodeKind::test_value:
    case NodeKind::item_name:
      local(node.slot, {});
      break;
    case NodeKind::builtin_call:
      pure &= node.value.is(Kind::function) && node.value.function()->name() != "now" &&
              node.value.function()->name() != "today";
      break;
    case NodeKind::constant:
      pure &= !node.value.is(Kind::function);
      break;
    case NodeKind::function:
      for (const feel::Capture &capture : node.captures)
        if (capture.from_global)
          use(globals[capture.from], {});
        else
          local(capture.from, {});
      if (node.body)
        inside(*node.body);
      break;
    case NodeKind::function_ref:
      function(node);
      break;
    case NodeKind::extension:
      pure &= node.extension != nullptr;
      break;
    default:
      break;
    }
    for (const feel::NodePtr &child : node.children)
      look(*child);
  }

  // The body of a function has locals of its own.
  void inside(const Node &body) {
    Variables own;
    own.known_ = known_;
    own.of(body);
    pure &= own.pure;
    known_ = std::move(own.known_);
    for (const auto &[slot, uses] : own.globals)
      globals[slot].whole = true;
  }

  void function(const Node &node) {
    const auto *known = dynamic_cast<const dmn::KnowledgeFunction *>(node.function);
    if (known == nullptr || !known->expression || known->expression->root().kind != NodeKind::function) {
      pure = false; // a service evaluates decisions of its own, and what these ask is not looked at
      return;
    }
    if (!known_.insert(known).second)
      return;
    const Node &literal = known->expression->root();
    for (const feel::Capture &capture : literal.captures)
      if (capture.from_global)
        use(globals[capture.from], {});
    if (literal.body)
      inside(*literal.body);
  }

  std::set<std::uint32_t> bound_;
  std::set<const dmn::KnowledgeFunction *> known_;
};

bool is_verdict(NodeKind kind) {
  return feel::is_comparison(kind) || kind == NodeKind::logical_and || kind == NodeKind::logical_or ||
         (kind >= NodeKind::between && kind <= NodeKind::test_value) || kind == NodeKind::some ||
         kind == NodeKind::every;
}

// Whether an error may count beside the value: where a condition, a test or a filter meets one and goes on.
bool may_consume(const Node &node, bool unknowns) {
  switch (node.kind) {
  case NodeKind::conditional:
  case NodeKind::filter:
    if (!unknowns) // else the whole is not known
      return true;
    break;
  case NodeKind::builtin_call:
  case NodeKind::call:
  case NodeKind::extension:
    return true;
  default:
    break;
  }
  return std::any_of(node.children.begin(), node.children.end(),
                     [&](const feel::NodePtr &child) { return may_consume(*child, unknowns); });
}

std::optional<Form> form_in_lanes(const feel::Type &type) {
  switch (type.kind()) {
  case feel::Type::Kind::boolean:
  case feel::Type::Kind::number:
  case feel::Type::Kind::text:
  case feel::Type::Kind::date:
  case feel::Type::Kind::days_duration:
  case feel::Type::Kind::months_duration:
    return form_of(type);
  default:
    return std::nullopt;
  }
}

} // namespace

void in_a_lane(const Part &part) {
  if (part.is == Part::Is::by_rows)
    throw Unsafe{part.by_rows->why.why, part.by_rows->why.place};
}

Builder::Needed::Needed(Builder &builder, const Part &condition, RowStep::When when)
    : builder_(builder), outer_(builder.needs_.size()) {
  if (condition.is == Part::Is::lane && condition.form == Form::boolean && condition.pool < 0)
    builder.needs_.push_back({condition.lane, when});
}

void Builder::forget(std::size_t mark) {
  auto &steps = program_->steps_;
  const auto undone = [&](const Program::Placed &placed) {
    return placed.level == level_ && (dynamic_cast<const RowStep *>(placed.step.get()) != nullptr ||
                                      dynamic_cast<const FallbackStep *>(placed.step.get()) != nullptr);
  };
  const auto from = steps.begin() + static_cast<std::ptrdiff_t>(mark);
  for (auto placed = from; placed != steps.end(); ++placed)
    if (undone(*placed)) // another step may come to stand where it stood
      std::erase_if(row_steps_, [&](const auto &one) { return one.first == placed->step.get(); });
  steps.erase(std::remove_if(from, steps.end(), undone), steps.end());
}

// --- what a part reads -----------------------------------------------------------------------------------------------

RowValuePtr Builder::row_value(const Part &part, const Uses *uses, Reading &reading) {
  switch (part.is) {
  case Part::Is::constant:
    return std::make_shared<ConstantValue>(part.value);
  case Part::Is::input:
    return row_value(read(part), uses, reading);
  case Part::Is::lane:
    reading.read(part.lane);
    if (part.pool >= 0)
      reading.only = RowStep::Only{part.lane, -1, program_->pool(part.pool).size()};
    else if (part.form == Form::text)
      reading.only = RowStep::Only{part.lane, part.column, 0};
    return std::make_shared<LaneValue>(part.lane, part.form, part.scale, part.column,
                                       part.pool >= 0 ? program_->pool(part.pool) : std::vector<Value>());
  case Part::Is::context: {
    if (part.self)
      reading.read(*part.self);
    std::vector<ContextValue::Member> members;
    for (const auto &[name, member] : part.members) {
      const Uses *below = nullptr;
      if (uses != nullptr && !uses->whole) {
        const auto found = uses->members.find(name);
        if (found == uses->members.end())
          continue;
        below = &found->second;
      }
      members.emplace_back(name, row_value(member, below, reading));
    }
    return std::make_shared<ContextValue>(std::move(members), part.self);
  }
  case Part::Is::list: {
    const Part list = part.kept.empty() ? part : settled(part);
    if (list.self)
      reading.read(*list.self);
    std::vector<RowValuePtr> items;
    for (std::size_t i = 0; i < list.members.size(); ++i) {
      if (!list.kept.empty() && list.kept[i])
        reading.read(*list.kept[i]);
      items.push_back(row_value(list.members[i].second, nullptr, reading));
    }
    return std::make_shared<ListValue>(std::move(items), list.kept, list.self);
  }
  case Part::Is::items: {
    if (part.self)
      reading.read(*part.self);
    if (reading.inside_list)
      throw Unsafe{"a list within a list"};
    reading.lists.insert(part.list);
    ++reading.values;
    reading.inside_list = true;
    const RowValuePtr item = row_value(*part.item, nullptr, reading);
    reading.inside_list = false;
    return std::make_shared<ItemsValue>(part.list, item, part.keeps, part.self);
  }
  case Part::Is::by_rows: {
    const ByRows &rows = *part.by_rows;
    reading.values += 2; // it may read any number of lanes
    for (const std::uint32_t lane : rows.lanes)
      reading.read(lane);
    if (reading.inside_list && !rows.lists.empty())
      throw Unsafe{"a list within a list"};
    reading.lists.insert(rows.lists.begin(), rows.lists.end());
    return rows.value;
  }
  }
  throw Unsafe{"a value of a kind that rows do not have"};
}

dmn::Bound Builder::bound_of(const Part &part) const {
  switch (part.is) {
  case Part::Is::constant:
    return dmn::bound_of(part.value);
  case Part::Is::lane: {
    dmn::Bound bound;
    if (part.pool >= 0)
      for (const Value &value : program_->pool(part.pool))
        bound.join(dmn::bound_of(value));
    else if (part.form == Form::number)
      bound = dmn::Bound::decimals(part.scale);
    return bound;
  }
  case Part::Is::by_rows:
    return part.by_rows->bound;
  case Part::Is::items:
    return bound_of(*part.item);
  case Part::Is::list: {
    dmn::Bound bound;
    for (const auto &[name, item] : part.members)
      bound.join(bound_of(item));
    return bound;
  }
  case Part::Is::context: {
    dmn::Bound whole;
    std::vector<dmn::Bound::Member> members;
    for (const auto &[name, member] : part.members) {
      members.push_back({name, bound_of(member)});
      whole.join(members.back().bound);
    }
    whole.members = std::move(members);
    return whole;
  }
  case Part::Is::input: {
    const auto known = inputs_.find(std::pair(part.slot, part.path));
    if (known != inputs_.end())
      return bound_of(known->second);
    break;
  }
  }
  return dmn::Bound::unbounded();
}

std::optional<dmn::Bound> Builder::bound_of(std::uint32_t slot) {
  if (is_fixed_[slot] != 0)
    return dmn::bound_of(fixed_[slot]);
  if (const auto known = globals_.find(slot); known != globals_.end())
    return bound_of(known->second);
  return std::nullopt;
}

std::optional<Part> Builder::by_rows(const Node &node, const Unsafe &why) {
  if (node.kind == NodeKind::function || node.kind == NodeKind::function_ref || node.kind == NodeKind::range ||
      node.kind == NodeKind::domain_range)
    return std::nullopt;
  Variables variables;
  variables.of(node);
  const auto is_long = [&](const auto &global) {
    return is_fixed_[global.first] != 0 && fixed_[global.first].is(Kind::list) &&
           fixed_[global.first].list().size() > longest_list;
  };
  if (!variables.pure || std::any_of(variables.globals.begin(), variables.globals.end(), is_long))
    return std::nullopt;
  auto made = std::make_shared<ByRows>();
  made->why = {why.place.empty() ? place_ : why.place, why.why};
  std::unordered_map<std::uint32_t, dmn::Bound> locals;
  std::vector<EvaluatedValue::Given> given;
  Reading reading;
  const std::size_t mark = program_->steps_.size();
  try {
    for (const auto &[slot, uses] : variables.globals) {
      const Part part = global(slot);
      if (is_fixed_[slot] == 0)
        given.push_back({false, slot, row_value(part, &uses, reading)});
    }
    for (const auto &[slot, uses] : variables.locals) {
      if (frame_ == nullptr || slot >= frame_->size() || !(*frame_)[slot])
        return std::nullopt;
      const Part part = *(*frame_)[slot];
      given.push_back({true, slot, row_value(part, &uses, reading)});
      locals.emplace(slot, bound_of(part));
    }
  } catch (const Unsafe &) {
    forget(mark);
    return std::nullopt;
  }
  made->lanes = std::move(reading.lanes);
  made->lists = std::move(reading.lists);
  if (reading.values == 1)
    made->only = reading.only;
  made->type = is_verdict(node.kind) ? feel::Type(feel::Type::Kind::boolean) : dmn::type_of_part(model_, node);
  made->bound = dmn::bound_of_part(model_, node, locals, [this](std::uint32_t slot) { return bound_of(slot); });
  made->value = std::make_shared<EvaluatedValue>(node, slots_of(node), std::move(given), every_row_,
                                                 request_.facts_may_be_unknown, program_->row_frames_++);
  if (auto lanes = in_lanes(*made, false))
    return lanes;
  // Whoever reads it or not, it is evaluated where it stands.
  if (may_consume(node, request_.facts_may_be_unknown) && !evaluated(*made, {}, std::nullopt)) {
    forget(mark);
    return std::nullopt;
  }
  Part part;
  part.is = Part::Is::by_rows;
  part.by_rows = std::move(made);
  return part;
}

// Over the rows, or over the items of the list that it reads; false where it cannot stand.
bool Builder::evaluated(const ByRows &part, std::vector<RowStep::Out> outs, std::optional<std::uint32_t> self) {
  Within within(*this, {});
  try {
    for (const std::uint32_t lane : part.lanes)
      within.add(lane);
  } catch (const Unsafe &) { // the items of two lists
    return false;
  }
  if (list_ >= 0 && part.lists.contains(list_))
    return false; // an item would be read before its turn
  std::vector<RowStep::Need> needs;
  for (const RowStep::Need &need : needs_)
    if (const int over = program_->lanes_[need.lane]; over < 0 || over == list_)
      needs.push_back(need);
  const RowStep &made =
      step<RowStep>(part.value, std::move(outs), self, std::move(needs), part.only, list_, program_->row_steps_++);
  row_steps_.emplace_back(&made, part.why);
  return true;
}

// --- what it gives ---------------------------------------------------------------------------------------------------

// A lane for values of the type; nullopt: there is none.
std::optional<Part> Builder::out_lane(const feel::Type &type, const dmn::Bound &bound, bool whatever) {
  const auto form = form_in_lanes(type);
  if (!form)
    return std::nullopt;
  int scale = 0;
  if (*form == Form::number) {
    if (bound.scaled == dmn::Bound::Known::yes)
      scale = bound.scale;
    else if (bound.scaled == dmn::Bound::Known::no && whatever)
      scale = scale_of_any;
    else if (bound.scaled == dmn::Bound::Known::no)
      return std::nullopt;
    if (scale > most_scale)
      return std::nullopt;
  }
  Part lane = new_part(*form, true, scale);
  if (*form == Form::text)
    lane.column = static_cast<int>(request_.inputs.size() + program_->made_texts_++);
  return lane;
}

std::optional<Part> Builder::in_lanes(const ByRows &part, bool whatever) {
  Within within(*this, {});
  try {
    for (const std::uint32_t lane : part.lanes)
      within.add(lane);
  } catch (const Unsafe &) { // the items of two lists
    return std::nullopt;
  }
  if (list_ >= 0 && part.lists.contains(list_))
    return std::nullopt; // an item would be read before its turn
  std::vector<RowStep::Out> outs;
  Part result;
  if (part.type.kind() == feel::Type::Kind::context && !part.type.members().empty()) {
    result.is = Part::Is::context;
    for (const auto &[name, member] : part.type.members()) {
      const auto lane = out_lane(member, part.bound.member(name), whatever);
      if (!lane)
        return std::nullopt;
      outs.push_back({{name}, lane->form, lane->scale, lane->lane, lane->column});
      result.members.emplace_back(name, *lane);
    }
    result.self = new_lane();
  } else {
    const auto lane = out_lane(part.type, part.bound, whatever);
    if (!lane)
      return std::nullopt;
    outs.push_back({{}, lane->form, lane->scale, lane->lane, lane->column});
    result = *lane;
  }
  evaluated(part, std::move(outs), result.self);
  return result;
}

} // namespace spie::columns
