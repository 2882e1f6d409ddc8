// Nodes of the bound tree as steps.
#include "rules/columns/steps.hpp"

#include "rules/feel/operators.hpp"

#include <algorithm>
#include <limits>

namespace spie::columns {

using feel::Kind;
using feel::Node;
using feel::NodeKind;
using feel::Value;

namespace {

constexpr int most_depth = 200; // of nodes within one another, as FEEL texts may be

bool is_context(const Part &part) {
  return part.is == Part::Is::context || (part.is == Part::Is::constant && part.value.is(Kind::context));
}

feel::Order order_of(NodeKind kind) {
  switch (kind) {
  case NodeKind::less:
    return feel::Order::less;
  case NodeKind::less_or_equal:
    return feel::Order::less_or_equal;
  case NodeKind::greater:
    return feel::Order::greater;
  default:
    return feel::Order::greater_or_equal;
  }
}

Value fold(feel::Evaluation &evaluation, NodeKind kind, const Value &a, const Value &b) {
  switch (kind) {
  case NodeKind::add:
    return feel::add(evaluation, a, b);
  case NodeKind::subtract:
    return feel::subtract(evaluation, a, b);
  case NodeKind::multiply:
    return feel::multiply(evaluation, a, b);
  case NodeKind::divide:
    return feel::divide(evaluation, a, b);
  case NodeKind::power:
    return feel::power(evaluation, a, b);
  case NodeKind::equal:
    return feel::equal(evaluation, a, b);
  case NodeKind::not_equal: {
    Value same = feel::equal(evaluation, a, b);
    return same.is(Kind::boolean) ? Value(!same.boolean()) : same;
  }
  default:
    return feel::compare(evaluation, order_of(kind), a, b);
  }
}

bool is_order(NodeKind kind) { return kind >= NodeKind::less && kind <= NodeKind::greater_or_equal; }

// The words of a node for whoever reads why it goes row by row.
std::string_view words(NodeKind kind) {
  switch (kind) {
  case NodeKind::item_name:
    return "a name that may be a member of an item";
  case NodeKind::divide:
    return "a quotient, which may need all of 34 digits";
  case NodeKind::power:
    return "a power, which may need all of 34 digits";
  case NodeKind::function:
  case NodeKind::function_ref:
    return "a function as a value";
  case NodeKind::instance_of:
    return "`instance of`";
  case NodeKind::range:
    return "a range as a value";
  default:
    return "an expression of its kind";
  }
}

} // namespace

ChooseStep::Data data_of(const Part &part) {
  if (part.pool >= 0)
    return ChooseStep::Data::codes;
  switch (part.form) {
  case Form::null:
    return ChooseStep::Data::none;
  case Form::boolean:
    return ChooseStep::Data::bits;
  case Form::text:
    return ChooseStep::Data::texts;
  default:
    return ChooseStep::Data::integers;
  }
}

bool is_null(const Part &part) { return part.is == Part::Is::constant && part.value.is_null(); }

Part opened(const Part &part) {
  if (!is_context(part) || part.is == Part::Is::context)
    return part;
  Part result;
  result.is = Part::Is::context;
  for (const auto &[name, member] : part.value.context())
    result.members.emplace_back(name, constant(member));
  return result;
}

Part constant(Value value) {
  Part part;
  part.is = Part::Is::constant;
  part.nullable = value.is_null();
  part.value = std::move(value);
  return part;
}

Builder::Builder(const dmn::ModelImpl &model, const Request &request)
    : model_(model), request_(request), program_(std::make_shared<Program>()), fixed_(model.elements().size()),
      is_fixed_(model.elements().size(), 0) {
  for (const auto &[slot, value] : request.fixed) {
    fixed_[slot] = value;
    is_fixed_[slot] = 1;
  }
  // Decisions that rest on what is fixed alone, and those that rest on these.
  const auto is_given = [&](std::uint32_t slot) {
    const auto of_slot = [&](const auto &one) { return one.slot == slot; };
    return std::any_of(request.inputs.begin(), request.inputs.end(), of_slot) ||
           std::any_of(request.opaque.begin(), request.opaque.end(), of_slot);
  };
  for (bool more = true; more;) {
    more = false;
    for (const dmn::Element &element : model.elements()) {
      if (element.kind != dmn::ElementKind::decision || !element.expression || is_fixed_[element.index] != 0 ||
          !rests_on_fixed(element.expression->root()) || is_given(element.index))
        continue;
      try {
        Value value = fixed_value(element.expression->root());
        if (value.holds_causes())
          continue;
        fixed_[element.index] = std::move(value);
        is_fixed_[element.index] = 1;
        more = true;
      } catch (const Unsafe &) { // where it is asked for
      }
    }
  }
}

std::shared_ptr<const Program> Builder::build(const dmn::Element &decision) {
  if (decision.expression) {
    root_table_ = &decision.expression->root();
    while (root_table_->kind == NodeKind::coerce)
      root_table_ = root_table_->children.front().get();
  }
  every_row_ = std::make_shared<const std::vector<Value>>(fixed_);
  const Part result = global(decision.index);
  place_ = decision.place;
  if (request_.one_row) {
    program_->facts_may_be_unknown_ = request_.facts_may_be_unknown;
    program_->one_row_.answer = answer(result);
    program_->one_row_.items = item_lanes_.size();
    program_->tables_ = tables_;
    program_->lists_ = lists_.size();
    program_->pairs_ = pairs_.size();
    program_->finish_one_row();
    return program_;
  }
  // What nothing reads may refuse its row too.
  for (const Input &one : request_.inputs)
    if (one.layout != Layout::absent) {
      Part at = global(one.slot);
      for (const std::string &name : one.path) {
        if (at.is == Part::Is::items) {
          at = read(Part(*at.item));
          continue;
        }
        const auto found =
            std::find_if(at.members.begin(), at.members.end(), [&](const auto &entry) { return entry.first == name; });
        if (found == at.members.end())
          throw Unsafe{"a column gives a member that its type does not have"};
        at = read(Part(found->second));
      }
    }
  for (const Opaque &one : request_.opaque)
    if (one.given)
      throw Unsafe{one.why};
  std::vector<std::string> path;
  output(result, path);
  if (program_->outputs_.empty())
    throw Unsafe{"it has no output"};
  program_->tables_ = tables_;
  program_->scratch_ = scratch_;
  program_->lists_ = lists_.size();
  program_->pairs_ = pairs_.size();
  for (auto placed = program_->steps_.begin(); placed != program_->steps_.end(); ++placed) {
    auto *const maker = dynamic_cast<RowStep *>(placed->step.get());
    if (maker == nullptr)
      continue;
    for (const auto &[step, why] : row_steps_)
      if (step == maker && std::none_of(program_->by_rows_.begin(), program_->by_rows_.end(), [&](const Obstacle &one) {
            return one.place == why.place && one.why == why.why;
          }))
        program_->by_rows_.push_back(why);
    for (auto reader = placed + 1; reader != program_->steps_.end(); ++reader)
      for (std::size_t text = 0; text < program_->made_texts_; ++text)
        if (const auto column = static_cast<int>(request_.inputs.size() + text);
            maker->makes(column) && reader->step->looks_into(column))
          maker->read_by(*reader->step);
  }
  return program_;
}

void Builder::output(const Part &part, std::vector<std::string> &path) {
  if (part.is == Part::Is::by_rows) {
    const auto lanes = in_lanes(*part.by_rows, true);
    if (!lanes)
      in_a_lane(part);
    return output(*lanes, path);
  }
  if (part.is == Part::Is::items)
    throw Unsafe{"it gives the items of a list of the row"};
  if (part.is == Part::Is::list) {
    const Part list = settled(part);
    Output made{path, Form::list, 0, *list.self, -1, -1};
    for (std::size_t i = 0; i < list.members.size(); ++i) {
      const Part &item = list.members[i].second;
      if (item.is != Part::Is::constant || item.value.cause() != nullptr)
        throw Unsafe{"it gives a list of what is not constant"};
      made.items.push_back(item.value);
      made.kept.push_back(list.kept.empty() ? std::nullopt : list.kept[i]);
    }
    program_->rests_on_.push_back(made.lane);
    program_->outputs_.push_back(std::move(made));
    return;
  }
  if (part.is == Part::Is::context) {
    if (part.self)
      program_->rests_on_.push_back(*part.self);
    for (const auto &[name, member] : part.members) {
      path.push_back(name);
      Part one = read(member);
      if (part.self && one.is != Part::Is::context) {
        if (one.is == Part::Is::constant)
          one = coded(one);
        if (one.is != Part::Is::lane)
          throw Unsafe{"a context that may be null holds a list"};
        Part masked = new_part(one.form, true, one.scale);
        masked.pool = one.pool;
        masked.column = one.column;
        step<NullsStep>(data_of(one), one.lane, *part.self, false, masked.lane);
        one = masked;
      } else if (part.self && one.is == Part::Is::context) {
        throw Unsafe{"a context that may be null holds another one"};
      }
      output(one, path);
      path.pop_back();
    }
    return;
  }
  if (is_context(part))
    return output(opened(part), path);
  const Part one = part.is == Part::Is::constant ? coded(part) : part;
  program_->outputs_.push_back({path, one.form, one.scale, one.lane, one.pool, one.column});
  program_->rests_on_.push_back(one.lane);
}

Part Builder::coded(const Part &part) {
  if (part.is == Part::Is::lane)
    return part;
  in_a_lane(part);
  if (part.is != Part::Is::constant)
    throw Unsafe{"a list or a context stands where one value is asked for"};
  const Within within(*this, -1);
  Part result = new_part(form_of(part.value), part.value.is_null());
  result.pool = new_pool({part.value});
  const Verdict null = null_of(part.value);
  program_->constants_.push_back(
      std::make_unique<ConstantStep>(result.lane, Form::text, 0, 0, false, null, part.value));
  return result;
}

// --- operators -------------------------------------------------------------------------------------------------------

Part Builder::binary(const Node &node) {
  const Part left = part(*node.children[0]), right = part(*node.children[1]);
  const Replaced<Value> on_null(on_null_, node.on_null);
  if (left.is == Part::Is::constant && right.is == Part::Is::constant) {
    feel::Evaluation evaluation;
    evaluation.facts_may_be_unknown = request_.facts_may_be_unknown;
    return constant(fold(evaluation, node.kind, left.value, right.value));
  }
  if (node.kind >= NodeKind::equal && node.kind <= NodeKind::greater_or_equal)
    return compared(node.kind, left, right);
  return arithmetic(node.kind, left, right);
}

Part Builder::compared(NodeKind kind, const Part &left, const Part &right) {
  in_a_lane(left);
  in_a_lane(right);
  for (const Part *side : {&left, &right})
    if (side->is != Part::Is::constant && side->is != Part::Is::lane)
      throw Unsafe{"lists or contexts are compared"};
  const bool constant_left = left.is == Part::Is::constant, constant_right = right.is == Part::Is::constant;
  if (constant_left || constant_right) {
    const Value value = constant_left ? left.value : right.value;
    const Part &of = constant_left ? right : left;
    if (value.is(Kind::list) || value.is(Kind::context) || value.is(Kind::range) || value.is(Kind::function))
      throw Unsafe{"a value is compared with a list, a context or a range"};
    if (is_order(kind) && of.form == Form::text && of.pool < 0)
      throw Unsafe{"texts are put in order"};
    Verdicts found = verdicts(of, {value}, [&](feel::Evaluation &evaluation, const Value &tested) {
      return constant_left ? fold(evaluation, kind, value, tested) : fold(evaluation, kind, tested, value);
    });
    if (value.cause() == nullptr) // else the words are those of the constant, which lacks its place
      found.on_null = on_null_;
    return predicate(of, found);
  }
  const Within within(*this, {&left, &right});
  if (left.form == Form::text || right.form == Form::text)
    throw Unsafe{"two texts that are not constant are compared"};
  Part a = lane(left, left.form), b = lane(right, right.form);
  if (a.form != b.form || a.form == Form::null || (a.form == Form::boolean && is_order(kind)))
    throw Unsafe{"values of two types are compared"};
  const int scale = std::max(a.scale, b.scale);
  a = rescaled(a, scale);
  b = rescaled(b, scale);
  Part result = new_part(Form::boolean, true);
  step<CompareStep>(kind, a.form, request_.facts_may_be_unknown, a.lane, b.lane, result.lane, on_null_);
  return result;
}

Part Builder::divided(const Part &left, const Part &right) {
  if (right.is != Part::Is::constant || !right.value.is(Kind::number) || right.value.number().is_zero())
    throw Unsafe{std::string(words(NodeKind::divide))};
  // A quotient of a finite number of digits is a product.
  constexpr int most_digits = 9;
  const auto inverse = feel::Number(1).divide(right.value.number());
  for (int digits = 0; inverse && digits <= most_digits; ++digits) {
    const auto cut = inverse->round(digits, feel::Rounding::down);
    const auto back = cut ? cut->multiply(right.value.number()) : std::nullopt;
    if (back && *back == feel::Number(1))
      return arithmetic(NodeKind::multiply, left, constant(*cut), &right.value);
  }
  throw Unsafe{std::string(words(NodeKind::divide))};
}

Part Builder::arithmetic(NodeKind kind, Part left, Part right, const Value *divisor) {
  if (kind == NodeKind::power)
    throw Unsafe{std::string(words(kind))};
  if (kind == NodeKind::divide)
    return divided(left, right);
  const auto form = [](const Part &one) {
    if (one.is == Part::Is::constant)
      return columns::form_of(one.value);
    in_a_lane(one);
    if (one.is != Part::Is::lane)
      throw Unsafe{"arithmetic over a list or a context"};
    return one.form;
  };
  Form a = form(left), b = form(right);
  const Within within(*this, {&left, &right});
  if (a == Form::null || b == Form::null) // one operand is null for every row: so is the result
    throw Unsafe{"arithmetic over what is always null"};
  if (a == Form::text || a == Form::boolean)
    throw Unsafe{a == Form::text ? "texts are put together" : "arithmetic over booleans"};
  if (kind == NodeKind::add && b == Form::date) {
    std::swap(left, right);
    std::swap(a, b);
  }
  const bool negative = kind == NodeKind::subtract;
  if (a == Form::date && (b == Form::months || b == Form::days))
    return moved(left, right, negative);
  if (a == Form::date && b == Form::date && negative) {
    Part days = new_part(Form::days, true);
    step<ArithmeticStep>(ArithmeticStep::Operation::subtract, false, lane(left, a).lane, lane(right, b).lane, days.lane,
                         on_null_);
    Part result = new_part(Form::days, true);
    step<ScaleStep>(days.lane, feel::seconds_per_day, ScaleStep::Written::nothing, result.lane);
    return result;
  }
  if (a != b || a == Form::date || (a != Form::number && kind == NodeKind::multiply))
    throw Unsafe{"arithmetic over two types"};
  if (kind == NodeKind::multiply) {
    if (left.is == Part::Is::constant)
      std::swap(left, right);
    const Part one = lane(left, a);
    if (right.is == Part::Is::constant) {
      const Part by = constant_lane(right.value, a);
      const auto factor = right.value.number().multiply(*feel::Number::scaled(1, by.scale));
      const auto integer = factor ? factor->to_int64() : std::nullopt;
      if (!integer || *integer == std::numeric_limits<std::int64_t>::min() || one.scale + by.scale > 18)
        throw Unsafe{"its numbers have too many decimals"};
      Part result = new_part(a, true, one.scale + by.scale);
      const bool quotient = divisor != nullptr;
      step<ScaleStep>(one.lane, *integer, quotient ? ScaleStep::Written::quotient : ScaleStep::Written::product,
                      result.lane, places_of(quotient ? *divisor : right.value), result.scale, on_null_);
      return result;
    }
    const Part other = lane(right, a);
    if (one.scale + other.scale > 18)
      throw Unsafe{"its numbers have too many decimals"};
    Part result = new_part(a, true, one.scale + other.scale);
    step<ArithmeticStep>(ArithmeticStep::Operation::multiply, false, one.lane, other.lane, result.lane, on_null_);
    return result;
  }
  Part one = lane(left, a), other = lane(right, a);
  const int scale = std::max(one.scale, other.scale);
  one = rescaled(one, scale);
  other = rescaled(other, scale);
  Part result = new_part(a, true, scale);
  step<ArithmeticStep>(negative ? ArithmeticStep::Operation::subtract : ArithmeticStep::Operation::add, false, one.lane,
                       other.lane, result.lane, on_null_);
  return result;
}

// Operands that stand one after the other: a and b and c.
Part Builder::junction(const Node &node) {
  std::vector<const Node *> nodes;
  const Node *at = &node;
  for (; at->kind == node.kind; at = at->children[0].get())
    nodes.push_back(at->children[1].get());
  nodes.push_back(at);
  std::vector<Part> parts;
  for (auto one = nodes.rbegin(); one != nodes.rend(); ++one)
    parts.push_back(boolean(part(**one)));
  Within within(*this, {});
  std::vector<std::uint32_t> operands;
  bool nullable = false;
  for (const Part &operand : parts) {
    nullable |= operand.nullable;
    within.add(operand);
    operands.push_back(operand.lane);
  }
  Part result = new_part(Form::boolean, nullable);
  step<JunctionStep>(node.kind == NodeKind::logical_and, std::move(operands), result.lane);
  return result;
}

Part Builder::between(const Node &node) {
  const Part value = part(*node.children[0]), low = part(*node.children[1]), high = part(*node.children[2]);
  // Both comparisons are made, whatever the first gives.
  const auto one = [&](NodeKind kind, const Part &bound) {
    if (value.is == Part::Is::constant && bound.is == Part::Is::constant) {
      feel::Evaluation evaluation;
      return constant(fold(evaluation, kind, value.value, bound.value));
    }
    return compared(kind, value, bound);
  };
  return logic(true, one(NodeKind::greater_or_equal, low), one(NodeKind::less_or_equal, high));
}

// `x in (tests)`: the tests stand over the local of the node.
Part Builder::membership(const Node &node) {
  const Part tested = part(*node.children[0]);
  Frame &frame = *frame_;
  if (frame.size() <= node.slot)
    frame.resize(node.slot + 1);
  frame[node.slot] = tested;
  std::vector<Value> constants;
  for (std::size_t i = 1; i < node.children.size(); ++i)
    if (!compares_constants(*node.children[i], node.slot, constants))
      throw Unsafe{"`in` tests more than constants"};
  if (tested.is != Part::Is::lane)
    throw Unsafe{"`in` tests a constant, a list or a context"};
  if (tested.form == Form::text && tested.pool < 0 && orders_texts_)
    throw Unsafe{"texts are put in order"};
  Part result = constant(false);
  for (std::size_t i = 1; i < node.children.size(); ++i) {
    const Part one = cell(*node.children[i], node.slot, tested);
    result = i == 1 ? one : logic(false, result, one);
  }
  return result;
}

// A test over a local, that compares it with constants.
Part Builder::cell(const Node &node, std::uint32_t slot, const Part &input) {
  std::vector<Value> constants;
  orders_texts_ = false;
  if (!compares_constants(node, slot, constants))
    throw Unsafe{"a cell compares with more than constants"};
  if (input.is != Part::Is::lane || (input.form == Form::text && input.pool < 0 && orders_texts_))
    throw Unsafe{"texts are put in order"};
  std::vector<Value> frame(slot + 1);
  return predicate(input, verdicts(input, constants, [&](feel::Evaluation &evaluation, const Value &value) {
                     frame[slot] = value;
                     return feel::evaluate(evaluation, node, frame);
                   }));
}

// --- choices ---------------------------------------------------------------------------------------------------------

Part Builder::conditional(const Node &node) {
  const Part condition = part(*node.children[0]);
  if (condition.is == Part::Is::constant) {
    if (condition.value.is_true())
      return part(*node.children[1]);
    if (condition.value.is_false())
      return part(*node.children[2]);
    throw Unsafe{"a condition is never true nor false"};
  }
  const Part test = boolean(condition);
  const auto branch = [&](const Node &one, RowStep::When when) {
    const Needed needed(*this, test, when);
    return part(one);
  };
  const Part then = branch(*node.children[1], RowStep::When::is_true);
  return chosen(test, then, branch(*node.children[2], RowStep::When::not_true));
}

Part Builder::chosen(const Part &condition, const Part &then, const Part &otherwise) {
  const bool unknowns = request_.facts_may_be_unknown;
  for (const Part *one : {&then, &otherwise})
    in_a_lane(*one);
  const auto is_list = [](const Part &one) { return one.is == Part::Is::items || one.is == Part::Is::list; };
  if (is_list(then) || is_list(otherwise))
    return chosen_list(condition, then, otherwise);
  if (is_context(then) || is_context(otherwise))
    return chosen_context(condition, opened(then), opened(otherwise));
  const bool coded_then = then.is == Part::Is::constant || then.pool >= 0,
             coded_otherwise = otherwise.is == Part::Is::constant || otherwise.pool >= 0;
  const auto form = [](const Part &one) {
    return one.is == Part::Is::constant ? columns::form_of(one.value) : one.form;
  };
  const Form wanted = form(then) == Form::null ? form(otherwise) : form(then);
  if (form(otherwise) != wanted && form(otherwise) != Form::null)
    throw Unsafe{"one type or another"};
  if (wanted == Form::text && !is_null(then) && !is_null(otherwise) && then.column != otherwise.column &&
      (then.column < 0 || then.allowed) && (otherwise.column < 0 || otherwise.allowed) &&
      (then.column >= 0 || otherwise.column >= 0))
    return chosen(condition, then.column >= 0 ? pooled(then) : then,
                  otherwise.column >= 0 ? pooled(otherwise) : otherwise);
  const Within within(*this, {&condition, &then, &otherwise});
  if (wanted == Form::null || (wanted != Form::boolean && coded_then && coded_otherwise)) {
    const Part a = coded(then), b = coded(otherwise);
    std::vector<Value> values = program_->pool(a.pool);
    const auto offset = static_cast<std::uint16_t>(values.size());
    values.insert(values.end(), program_->pool(b.pool).begin(), program_->pool(b.pool).end());
    Part result = new_part(wanted, true);
    result.pool = new_pool(std::move(values));
    step<ChooseStep>(ChooseStep::Data::codes, unknowns, condition.lane, a.lane, b.lane, offset, result.lane);
    return result;
  }
  if (wanted == Form::text) {
    const Part &texts = then.column >= 0 ? then : otherwise;
    const Part &other = then.column >= 0 ? otherwise : then;
    if (!is_null(other) && other.column != texts.column)
      throw Unsafe{"a text of one column or another text"};
    const auto as_lane = [&](const Part &one) { return is_null(one) ? constant_lane(Value(), Form::boolean) : one; };
    Part result = new_part(Form::text, true);
    result.column = texts.column;
    result.allowed = texts.allowed;
    step<ChooseStep>(ChooseStep::Data::texts, unknowns, condition.lane, as_lane(then).lane, as_lane(otherwise).lane,
                     std::uint16_t{0}, result.lane);
    return result;
  }
  Part a = lane(then, wanted), b = lane(otherwise, wanted);
  const int scale = std::max(a.scale, b.scale);
  a = rescaled(a, scale);
  b = rescaled(b, scale);
  Part result = new_part(wanted, true, scale);
  step<ChooseStep>(wanted == Form::boolean ? ChooseStep::Data::bits : ChooseStep::Data::integers, unknowns,
                   condition.lane, a.lane, b.lane, std::uint16_t{0}, result.lane);
  return result;
}

// Member by member; a null is a context whose members are.
Part Builder::chosen_context(const Part &condition, const Part &then, const Part &otherwise) {
  const Part &shape = is_null(then) ? otherwise : then;
  for (const Part *one : {&then, &otherwise})
    if (!is_null(*one) &&
        (one->is != Part::Is::context ||
         !std::equal(one->members.begin(), one->members.end(), shape.members.begin(), shape.members.end(),
                     [](const Member &a, const Member &b) { return a.first == b.first; })))
      throw Unsafe{"one context or another"};
  Part result;
  result.is = Part::Is::context;
  for (std::size_t i = 0; i < shape.members.size(); ++i) {
    const auto member_of = [&](const Part &one) {
      return is_null(one) ? constant(Value()) : read(one.members[i].second);
    };
    result.members.emplace_back(shape.members[i].first, chosen(condition, member_of(then), member_of(otherwise)));
  }
  result.self = chosen_self(condition, then, otherwise);
  return result;
}

// Which null a context or a list is, that a condition chooses.
std::optional<std::uint32_t> Builder::chosen_self(const Part &condition, const Part &then, const Part &otherwise) {
  if (!condition.nullable && !then.self && !otherwise.self && !is_null(then) && !is_null(otherwise))
    return std::nullopt;
  const auto self_of = [&](const Part &one) {
    return one.self ? *one.self : constant_lane(is_null(one) ? one.value : Value(true), Form::boolean).lane;
  };
  const std::uint32_t one = self_of(then), other = self_of(otherwise);
  Within within(*this, {&condition});
  within.add(one);
  within.add(other);
  const std::uint32_t self = new_lane();
  step<ChooseStep>(ChooseStep::Data::none, request_.facts_may_be_unknown, condition.lane, one, other, std::uint16_t{0},
                   self);
  return self;
}

// --- nodes ----------------------------------------------------------------------------------------------------------

Part Builder::part(const Node &node) {
  const std::size_t mark = program_->steps_.size();
  try {
    return in_columns(node);
  } catch (const Unsafe &unsafe) {
    if (request_.one_row) // alone, a row that goes in part by a walk would as soon go whole by one
      throw;
    forget(mark);
    if (&node == root_table_)
      program_->rule_ = -1;
    if (auto part = by_rows(node, unsafe))
      return *std::move(part);
    throw;
  }
}

Part Builder::in_columns(const Node &node) {
  struct Depth {
    explicit Depth(int &depth) : at(depth) { ++at; }
    ~Depth() { --at; }
    int &at;
  } const depth(depth_);
  if (depth_ > most_depth)
    throw Unsafe{"it is nested too deeply"};
  if (rests_on_fixed(node))
    return constant(fixed_value(node));
  if (auto one = of_one(node))
    return *std::move(one);
  switch (node.kind) {
  case NodeKind::global:
    return global(node.slot);
  case NodeKind::local:
    if (frame_ == nullptr || node.slot >= frame_->size() || !(*frame_)[node.slot])
      throw Unsafe{"a local value that is not known"};
    return *(*frame_)[node.slot];
  case NodeKind::path:
    return path(node);
  case NodeKind::negate: {
    const Part operand = part(*node.children[0]);
    if (operand.is != Part::Is::lane || operand.form == Form::date)
      throw Unsafe{"the opposite of what is no number"};
    const Part in = lane(operand, operand.form);
    if (in.form == Form::boolean || in.form == Form::text || in.form == Form::null)
      throw Unsafe{"the opposite of what is no number"};
    const Within within(*this, {&in});
    Part result = new_part(in.form, true, in.scale);
    step<ScaleStep>(in.lane, -1, ScaleStep::Written::product, result.lane);
    return result;
  }
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
    return binary(node);
  case NodeKind::logical_and:
  case NodeKind::logical_or: {
    const bool conjunction = node.kind == NodeKind::logical_and;
    if (request_.one_row && node.children[0]->kind == node.kind)
      return junction(node);
    const Part left = part(*node.children[0]);
    const Needed needed(*this, left, conjunction ? RowStep::When::not_false : RowStep::When::not_true);
    return logic(conjunction, left, part(*node.children[1]));
  }
  case NodeKind::between:
    return between(node);
  case NodeKind::in:
    return membership(node);
  case NodeKind::unary_not:
    return negation(part(*node.children[0]));
  case NodeKind::unary_any: {
    Part result = part(*node.children[0]);
    for (std::size_t i = 1; i < node.children.size(); ++i)
      result = logic(false, result, part(*node.children[i]));
    return boolean(result);
  }
  case NodeKind::unary_all:
    return constant(true);
  case NodeKind::test_value: {
    // Of a text that does not write `?`: an equality, or the verdict itself.
    const Part test = part(*node.children[0]);
    if (frame_ == nullptr || node.slot >= frame_->size() || !(*frame_)[node.slot])
      throw Unsafe{"a local value that is not known"};
    const Part &input = *(*frame_)[node.slot];
    if (test.is != Part::Is::lane || input.is != Part::Is::lane)
      throw Unsafe{"a test of lists or contexts"};
    if (node.reading == feel::Reading::condition && test.form == Form::boolean)
      return test;
    if (node.reading == feel::Reading::value || input.form == Form::boolean)
      return compared(NodeKind::equal, input, test);
    throw Unsafe{"a test that may be a value or a verdict"};
  }
  case NodeKind::conditional:
    return conditional(node);
  case NodeKind::filter:
    return filtered(node);
  case NodeKind::for_loop:
    return for_each(node);
  case NodeKind::some:
  case NodeKind::every:
    return quantified(node);
  case NodeKind::list: {
    Part result;
    result.is = Part::Is::list;
    for (const feel::NodePtr &child : node.children)
      result.members.emplace_back("", part(*child));
    return result;
  }
  case NodeKind::context:
    return context(node, false);
  case NodeKind::call:
    return call(node);
  case NodeKind::builtin_call:
    return builtin(node);
  case NodeKind::coerce:
    return coerced(part(*node.children[0]), node.target);
  case NodeKind::extension:
    if (const auto *bound = dynamic_cast<const dmn::Table *>(node.extension.get()))
      return table(node, *bound);
    if (node.extension->form() == feel::Extension::Form::context_result)
      return context(node, true);
    throw Unsafe{"a boxed expression of its kind"};
  case NodeKind::item_name: {
    const auto &item = frame_ != nullptr && node.slot < frame_->size() ? (*frame_)[node.slot] : std::nullopt;
    if (item && item->is == Part::Is::context &&
        std::any_of(item->members.begin(), item->members.end(),
                    [&](const auto &one) { return one.first == node.name; }))
      return member(*item, node.name);
    throw Unsafe{std::string(words(node.kind))};
  }
  default:
    throw Unsafe{std::string(words(node.kind))};
  }
}

std::shared_ptr<const Program> Program::compile(const dmn::ModelImpl &model, const dmn::Element &decision,
                                                const Request &request, Obstacle &why) {
  Builder builder(model, request);
  try {
    return builder.build(decision);
  } catch (const Unsafe &unsafe) {
    why = {!unsafe.place.empty()     ? unsafe.place
           : builder.place().empty() ? decision.place
                                     : builder.place(),
           unsafe.why};
    return nullptr;
  }
}

} // namespace spie::columns
