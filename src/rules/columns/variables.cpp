// Variables as parts: what a table gives, what a pack fills, what other decisions are worth, and members of these.
#include "rules/columns/steps.hpp"

#include "rules/dmn/admission.hpp"
#include "rules/feel/operators.hpp"

#include <algorithm>

namespace spie::columns {

using feel::Kind;
using feel::Node;
using feel::Value;

Part Builder::global(std::uint32_t slot) {
  if (is_fixed_[slot] != 0)
    return constant(fixed_[slot]);
  if (const auto known = globals_.find(slot); known != globals_.end())
    return known->second;
  const Replaced<int> level(level_, level_ + 1);
  const dmn::Element &element = model_.elements()[slot];
  const auto is_slot = [&](const auto &one) { return one.slot == slot; };
  const bool given = std::any_of(request_.inputs.begin(), request_.inputs.end(), is_slot) ||
                     std::any_of(request_.opaque.begin(), request_.opaque.end(), is_slot);
  const auto by_date = std::find_if(request_.dated.begin(), request_.dated.end(), is_slot);
  Part result;
  if (by_date != request_.dated.end()) {
    result = dated(*by_date);
  } else if (element.kind == dmn::ElementKind::input || given) {
    std::vector<std::string> path;
    const bool untyped = element.kind == dmn::ElementKind::decision && !element.typed;
    result = input(untyped ? feel::Type() : element.type, slot, path);
  } else {
    if (const auto failed = failed_.find(slot); failed != failed_.end())
      throw failed->second;
    try {
      result = computed(element);
    } catch (Unsafe &unsafe) {
      if (unsafe.place.empty())
        unsafe.place = element.place;
      failed_.emplace(slot, unsafe);
      throw;
    }
  }
  globals_.emplace(slot, result);
  return result;
}

// Whoever asks: it is the same for all, and needed by some.
Part Builder::computed(const dmn::Element &element) {
  if (element.kind != dmn::ElementKind::decision || open_.contains(element.index))
    throw Unsafe{"it calls itself"};
  if (!element.expression)
    throw Unsafe{"it could not be bound"};
  std::set<std::uint32_t> open = open_;
  open.insert(element.index);
  Frame frame;
  const Replaced<std::set<std::uint32_t>> opened(open_, std::move(open));
  const Replaced<std::string> place(place_, element.place);
  const Replaced<Frame *> framed(frame_, &frame);
  const Replaced<std::set<int>> in_hand(in_hand_, {});
  const Replaced<std::vector<RowStep::Need>> needs(needs_, {});
  const Within within(*this, -1);
  return part(element.expression->root());
}

namespace {

Form form_of(Layout layout) {
  switch (layout) {
  case Layout::absent:
    return Form::null;
  case Layout::bits:
    return Form::boolean;
  case Layout::date32:
  case Layout::date64:
    return Form::date;
  case Layout::months32:
    return Form::months;
  case Layout::seconds64:
  case Layout::milliseconds64:
  case Layout::microseconds64:
  case Layout::nanoseconds64:
    return Form::days;
  case Layout::list32:
  case Layout::list64:
    return Form::list;
  default:
    return layout >= Layout::codes8 ? Form::text : Form::number;
  }
}

int scale_of(const Input &input) {
  constexpr int of_floats = 6;
  return input.layout == Layout::decimal128 ? input.scale : input.layout == Layout::float64 ? of_floats : 0;
}

// As the row evaluator admits a text of the type.
ReadStep::Entry admit(std::string_view text, const feel::Type &type, const std::string &name, bool unknowns) {
  const Value value(text);
  dmn::ValueFacts source;
  dmn::FirstFault faults;
  dmn::Admission admission(unknowns ? dmn::Admission::Manner::facts : dmn::Admission::Manner::standard, source, faults,
                           {});
  try {
    const Value admitted = admission.admit(&value, type, {nullptr, name});
    if (admitted.is(Kind::text) && admitted.text() == text)
      return ReadStep::Entry::text;
    return admitted.is_unknown() && !admitted.is_error() ? ReadStep::Entry::unknown : ReadStep::Entry::other;
  } catch (const Error &) {
    return ReadStep::Entry::other;
  }
}

} // namespace

std::shared_ptr<const std::vector<std::string>> texts_allowed(const feel::Type &type) {
  if (type.constraint() == nullptr)
    return nullptr;
  std::vector<std::string> allowed;
  for (const Value &value : type.constraint()->enumerated()) {
    if (!value.is(Kind::text))
      return nullptr;
    allowed.push_back(value.text());
  }
  return allowed.empty() ? nullptr : std::make_shared<const std::vector<std::string>>(std::move(allowed));
}

Part Builder::input(const feel::Type &type, std::uint32_t slot, std::vector<std::string> &path) {
  const auto found = std::find_if(request_.inputs.begin(), request_.inputs.end(),
                                  [&](const Input &one) { return one.slot == slot && one.path == path; });
  const std::string name = [&] {
    std::string words = model_.elements()[slot].info.name;
    for (const std::string &part : path)
      words += '.' + part;
    return words;
  }();
  for (const Opaque &opaque : request_.opaque)
    if (opaque.slot == slot && opaque.path == path)
      throw Unsafe{opaque.why};
  if (found == request_.inputs.end() || found->layout == Layout::absent) {
    const bool some = std::any_of(request_.inputs.begin(), request_.inputs.end(), [&](const Input &one) {
      return one.slot == slot && one.path.size() > path.size() &&
             std::equal(path.begin(), path.end(), one.path.begin());
    });
    const bool whole = type.kind() == feel::Type::Kind::context && !type.members().empty();
    if (whole && (some || request_.facts_may_be_unknown)) {
      if (type.constraint() != nullptr && !request_.one_row)
        throw Unsafe{"the context '" + name + "' has allowed values"};
      Part result;
      result.is = Part::Is::context;
      for (const auto &[member_name, member] : type.members()) {
        path.push_back(member_name);
        if (!request_.facts_may_be_unknown && !request_.one_row &&
            std::none_of(request_.inputs.begin(), request_.inputs.end(), [&](const Input &one) {
              return one.slot == slot && one.path.size() >= path.size() &&
                     std::equal(path.begin(), path.end(), one.path.begin());
            }))
          throw Unsafe{"'" + name + "' has no '" + member_name + "', which its type asks for"};
        Part below;
        below.is = Part::Is::input;
        below.slot = slot;
        below.path = path;
        below.type = member;
        result.members.emplace_back(member_name, std::move(below));
        path.pop_back();
      }
      return result;
    }
    if (some)
      throw Unsafe{"'" + name + "' is given as a context, and has no type of one"};
    return constant(request_.facts_may_be_unknown ? feel::unknown_value(name) : Value());
  }
  const auto items = std::find(path.begin(), path.end(), "[]");
  int list = -1; // that it is a member of an item of
  if (items != path.end())
    list = lists_.at({slot, std::vector<std::string>(path.begin(), items)});
  const Form form = form_of(found->layout);
  if (form == Form::list) {
    if (list >= 0)
      throw Unsafe{"the items of '" + name + "' hold lists"};
    return list_input(type, slot, path, static_cast<std::size_t>(found - request_.inputs.begin()));
  }
  const Within within(*this, list);
  if (request_.one_row)
    return read_one(form, type, *found, list);
  if (!type.is_any() && columns::form_of(type) != form)
    throw Unsafe{"'" + name + "' is given in another form than its type has"};
  if (scale_of(*found) < 0 || scale_of(*found) > 18)
    throw Unsafe{"'" + name + "' has too many decimals"};
  Part result = new_part(form, true, scale_of(*found));
  const auto column = static_cast<std::uint32_t>(found - request_.inputs.begin());
  ReadStep::Admit admit_text;
  if (form == Form::text) {
    result.column = static_cast<int>(column);
    result.allowed = texts_allowed(type);
    if (type.constraint() != nullptr)
      admit_text = [type, name, unknowns = request_.facts_may_be_unknown](std::string_view text) {
        return admit(text, type, name, unknowns);
      };
  }
  step<ReadStep>(column, found->layout, result.lane, tables_++, request_.facts_may_be_unknown, std::move(admit_text),
                 list);
  if (form != Form::text && type.constraint() != nullptr)
    return coerced(result, type);
  return result;
}

Part Builder::read(const Part &part) {
  if (part.is != Part::Is::input)
    return part;
  const auto key = std::pair(part.slot, part.path);
  if (const auto known = inputs_.find(key); known != inputs_.end())
    return known->second;
  std::vector<std::string> path = part.path;
  const Replaced<int> level(level_, level_ + 1);
  return inputs_.emplace(key, input(part.type, part.slot, path)).first->second;
}

Part Builder::path(const Node &node) { return member(part(*node.children[0]), node.name); }

Part Builder::member(const Part &whole, const std::string &name) {
  if (whole.is == Part::Is::constant) {
    feel::Evaluation evaluation;
    evaluation.facts_may_be_unknown = request_.facts_may_be_unknown;
    return constant(feel::property(evaluation, whole.value, name));
  }
  if (whole.is == Part::Is::items) {
    Part result = whole;
    result.item = std::make_shared<const Part>(member(*whole.item, name));
    return result;
  }
  if (whole.is == Part::Is::list) {
    Part result = whole;
    for (auto &[key, item] : result.members)
      item = member(item, name);
    return result;
  }
  if (whole.is == Part::Is::input)
    return member(read(whole), name);
  in_a_lane(whole);
  if (whole.is == Part::Is::lane)
    return property(whole, name);
  if (whole.is != Part::Is::context)
    throw Unsafe{"the property '" + name + "' of a value"};
  for (const auto &[key, given] : whole.members) {
    if (key != name)
      continue;
    const Part value = read(given);
    if (!whole.self)
      return value;
    if (value.is != Part::Is::lane && value.is != Part::Is::constant)
      throw Unsafe{"a context that may be null holds another one"};
    const Part one = coded(value);
    const Within within(*this, {&one, &whole});
    Part result = new_part(one.form, true, one.scale);
    result.pool = one.pool;
    result.column = one.column;
    step<NullsStep>(data_of(one), one.lane, *whole.self, true, result.lane);
    return result;
  }
  throw Unsafe{"there is no '" + name + "'"};
}

} // namespace spie::columns
