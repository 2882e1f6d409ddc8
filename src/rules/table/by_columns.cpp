#include "rules/table/by_columns.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_map>

namespace spie::table {

namespace {

using columns::scaled;
using columns::Wide;
using Kind = Shape::Kind;
using Codes = columns::Layout;

constexpr int most_digits = 18; // that a 64-bit number may be moved by, and stay within 38

// The layout that a program reads; nullopt for a column that goes row by row, and why.
std::optional<Codes> layout_of(const Layout &layout, bool &plain_text, std::string &why) {
  if (layout.dictionary) {
    const Form values = layout.dictionary->form;
    if ((values != Form::text && values != Form::large_text && values != Form::text_view) ||
        layout.dictionary->dictionary) {
      why = "is a dictionary of what is no text";
      return std::nullopt;
    }
    switch (layout.form) {
    case Form::int8:
      return Codes::codes8;
    case Form::uint8:
      return Codes::codes_u8;
    case Form::int16:
      return Codes::codes16;
    case Form::uint16:
      return Codes::codes_u16;
    case Form::int32:
      return Codes::codes32;
    case Form::uint32:
      return Codes::codes_u32;
    default:
      return Codes::codes64;
    }
  }
  switch (layout.form) {
  case Form::null:
    return Codes::absent;
  case Form::boolean:
    return Codes::bits;
  case Form::int8:
    return Codes::int8;
  case Form::uint8:
    return Codes::uint8;
  case Form::int16:
    return Codes::int16;
  case Form::uint16:
    return Codes::uint16;
  case Form::int32:
    return Codes::int32;
  case Form::uint32:
    return Codes::uint32;
  case Form::int64:
    return Codes::int64;
  case Form::uint64:
    return Codes::uint64;
  case Form::float64:
    return Codes::float64;
  case Form::decimal:
    if (layout.width == 16 && layout.scale >= 0 && layout.scale <= most_digits)
      return Codes::decimal128;
    why = "holds decimals of another width than 128 bits, or of more than 18 places";
    return std::nullopt;
  case Form::text:
  case Form::large_text:
  case Form::text_view:
    plain_text = true;
    return Codes::codes32;
  case Form::date_days:
    return Codes::date32;
  case Form::date_millis:
    return Codes::date64;
  case Form::months:
    return Codes::months32;
  case Form::duration:
    return layout.per_second == 1           ? Codes::seconds64
           : layout.per_second == 1'000     ? Codes::milliseconds64
           : layout.per_second == 1'000'000 ? Codes::microseconds64
                                            : Codes::nanoseconds64;
  case Form::list:
  case Form::large_list:
  case Form::list_view:
  case Form::large_list_view:
  case Form::fixed_list:
    why = "holds lists";
    return std::nullopt;
  case Form::timestamp:
  case Form::time32:
  case Form::time64:
    why = "holds times or instants";
    return std::nullopt;
  case Form::float16:
  case Form::float32:
    why = "holds floats of less than 64 bits";
    return std::nullopt;
  default:
    why = "has a layout of its own";
    return std::nullopt;
  }
}

} // namespace

// --- what is asked ---------------------------------------------------------------------------------------------------

bool ByColumns::add_input(const Layout &layout, const feel::Type &type, std::uint32_t slot,
                          std::vector<std::string> &names, std::vector<std::size_t> &path, const Binding &binding) {
  if (layout.form == Form::structure && type.kind() == feel::Type::Kind::context && !type.members().empty()) {
    const auto members = binding.structs.find(&layout);
    for (std::size_t i = 0; i < layout.children.size(); ++i) {
      const feel::Type *below = type.member(layout.children[i].name);
      if (below == nullptr) {
        const bool ignored =
            members != binding.structs.end() && !members->second.ignored.empty() && members->second.ignored[i];
        if (!ignored)
          request_.opaque.push_back(
              {slot, names, "'" + layout.children[i].name + "' is a member that its type does not have", true});
        continue;
      }
      names.push_back(layout.children[i].name);
      path.push_back(i);
      add_input(layout.children[i], *below, slot, names, path, binding);
      path.pop_back();
      names.pop_back();
    }
    if (members != binding.structs.end())
      for (const std::string &name : members->second.absent) {
        names.push_back(name);
        request_.inputs.push_back({slot, names, Codes::absent, 0});
        sources_.emplace_back();
        names.pop_back();
      }
    return true;
  }
  if ((layout.form == Form::list || layout.form == Form::large_list) && layout.dictionary == nullptr &&
      type.kind() == feel::Type::Kind::list && !type.element().is_any()) {
    add_list(layout, type, slot, names, path, binding);
    return true;
  }
  Source source;
  std::string why;
  const auto read = layout_of(layout, source.plain_text, why);
  if (!read) {
    request_.opaque.push_back({slot, names, "the column '" + layout.name + "' " + why, true});
    return false;
  }
  source.path = path;
  request_.inputs.push_back({slot, names, *read, layout.scale});
  sources_.push_back(std::move(source));
  return true;
}

void ByColumns::add_list(const Layout &layout, const feel::Type &type, std::uint32_t slot,
                         std::vector<std::string> &names, const std::vector<std::size_t> &path,
                         const Binding &binding) {
  Source lists;
  lists.path = path;
  lists.list = true;
  request_.inputs.push_back({slot, names, layout.form == Form::list ? Codes::list32 : Codes::list64, 0});
  sources_.push_back(std::move(lists));
  const Layout &item = layout.children.front();
  names.emplace_back("[]");
  const auto add = [&](const Layout &of, std::optional<std::size_t> member) {
    Source source;
    std::string why;
    const auto read = layout_of(of, source.plain_text, why);
    if (!read) {
      request_.opaque.push_back({slot, names, "the column '" + layout.name + "', of which an item " + why, true});
      return;
    }
    source.path = path;
    source.of_items = true;
    source.member = member;
    request_.inputs.push_back({slot, names, *read, of.scale});
    sources_.push_back(std::move(source));
  };
  const feel::Type &element = type.element();
  if (element.kind() == feel::Type::Kind::context && !element.members().empty() && item.form == Form::structure) {
    const auto members = binding.structs.find(&item);
    const bool known = members != binding.structs.end();
    for (std::size_t i = 0; i < item.children.size(); ++i) {
      const std::string &name = item.children[i].name;
      names.push_back(name);
      if (element.member(name) != nullptr)
        add(item.children[i], i);
      else if (!known || members->second.ignored.empty() || !members->second.ignored[i])
        request_.opaque.push_back({slot, names, "'" + name + "' is a member that its type does not have", true});
      names.pop_back();
    }
    if (known)
      for (const std::string &name : members->second.absent) {
        names.push_back(name);
        request_.inputs.push_back({slot, names, Codes::absent, 0});
        sources_.emplace_back();
        names.pop_back();
      }
  } else {
    add(item, std::nullopt);
  }
  names.pop_back();
}

void ByColumns::add_branch(const Branch &branch, const feel::Type &type, std::uint32_t slot,
                           std::vector<std::string> &names, const Layout &table, const Binding &binding) {
  if (branch.column) {
    std::vector<std::size_t> path{*branch.column};
    add_input(table.children[*branch.column], type, slot, names, path, binding);
    return;
  }
  const auto inside = [&](const std::string &name, auto &&call) {
    names.push_back(name);
    call();
    names.pop_back();
  };
  for (const Branch &member : branch.members) {
    const feel::Type *below = type.member(member.name);
    inside(member.name,
           [&] { add_branch(member, below == nullptr ? feel::Type() : *below, slot, names, table, binding); });
  }
  for (const std::string &name : branch.absent)
    inside(name, [&] {
      request_.inputs.push_back({slot, names, Codes::absent, 0});
      sources_.emplace_back();
    });
}

bool ByColumns::add_list_target(const Shape &shape, std::size_t output, std::string &why) {
  constexpr std::size_t most_items = 31; // one bit each
  const columns::Output &from = program_->outputs()[output];
  const Shape &item = shape.members.front().shape;
  Target target;
  target.kind = Kind::list;
  target.output = output;
  target.item = item.kind;
  target.scale = item.scale;
  if ((item.kind != Kind::text && item.kind != Kind::number && item.kind != Kind::date) ||
      from.form != columns::Form::list || from.items.size() > most_items) {
    why = "it gives a list of what has no column yet, or a long one";
    return false;
  }
  std::unordered_map<std::string, std::int32_t> known;
  const auto add = [&](const feel::Value &value, std::vector<Wide> &into) {
    if (item.kind == Kind::text && value.is(feel::Kind::text)) {
      const auto [found, added] = known.try_emplace(value.text(), static_cast<std::int32_t>(known.size()));
      if (added)
        target.texts.push_back(value.text());
      into.push_back(found->second);
      return true;
    }
    if (item.kind == Kind::date && value.is(feel::Kind::date)) {
      into.push_back(value.date().days);
      return value.date().days == static_cast<std::int32_t>(value.date().days);
    }
    const auto number =
        item.kind == Kind::number && value.is(feel::Kind::number) ? scaled(value.number(), item.scale) : std::nullopt;
    into.push_back(number.value_or(0));
    return number.has_value();
  };
  bool fits = true;
  if (from.pool >= 0) {
    for (const feel::Value &list : program_->pool(from.pool)) {
      target.lists.emplace_back();
      if (list.is(feel::Kind::list))
        for (const feel::Value &value : list.list())
          fits &= add(value, target.lists.back());
    }
  } else {
    for (const feel::Value &value : from.items) {
      target.lists.emplace_back();
      fits &= add(value, target.lists.back());
    }
  }
  if (!fits) {
    why = "an item of the list that it gives does not fit in its column";
    return false;
  }
  targets_.push_back(std::move(target));
  return true;
}

bool ByColumns::add_target(const Shape &shape, std::size_t output, std::string &why) {
  const columns::Output &from = program_->outputs()[output];
  if (shape.kind == Kind::list)
    return add_list_target(shape, output, why);
  Target target;
  target.kind = shape.kind;
  target.scale = shape.scale;
  target.output = output;
  const auto asked = [&]() -> std::optional<columns::Form> {
    switch (shape.kind) {
    case Kind::text:
      return columns::Form::text;
    case Kind::number:
      return columns::Form::number;
    case Kind::boolean:
      return columns::Form::boolean;
    case Kind::date:
      return columns::Form::date;
    case Kind::months:
      return columns::Form::months;
    case Kind::days:
      return columns::Form::days;
    default:
      return std::nullopt;
    }
  }();
  if (!asked || (from.form != columns::Form::null && from.form != *asked)) {
    why = "the type of what it gives is not known before the first row";
    return false;
  }
  if (from.form == columns::Form::number && from.pool < 0 && shape.scale - from.scale > most_digits) {
    why = "what it gives has too many decimals";
    return false;
  }
  if (from.pool >= 0) {
    std::unordered_map<std::string, std::int32_t> known;
    for (const feel::Value &value : program_->pool(from.pool)) {
      std::int32_t narrow = 0;
      Wide wide = 0;
      std::int64_t length = 0;
      bool fits = true;
      if (value.is_null()) {
        // its rows are null
      } else if (shape.kind == Kind::text) {
        const auto [found, added] = known.try_emplace(value.text(), static_cast<std::int32_t>(known.size()));
        if (added)
          target.texts.push_back(value.text());
        narrow = found->second;
      } else if (shape.kind == Kind::number) {
        const auto integer = scaled(value.number(), shape.scale);
        fits = integer.has_value();
        wide = integer.value_or(0);
      } else if (shape.kind == Kind::date) {
        narrow = static_cast<std::int32_t>(value.date().days);
        fits = narrow == value.date().days;
      } else if (shape.kind == Kind::months) {
        narrow = static_cast<std::int32_t>(value.months_duration().months);
        fits = narrow == value.months_duration().months;
      } else if (shape.kind == Kind::days) {
        const auto duration = value.days_duration();
        fits = duration.nanos == 0 && !__builtin_mul_overflow(duration.seconds, std::int64_t{1'000'000}, &length);
      }
      if (!fits) {
        why = "a constant that it gives does not fit in its column";
        return false;
      }
      target.narrow.push_back(narrow);
      target.wide.push_back(wide);
      target.lengths.push_back(length);
      target.truths.push_back(value.is_true() ? 1 : 0);
    }
  }
  targets_.push_back(std::move(target));
  return true;
}

std::unique_ptr<ByColumns> ByColumns::make(const Asked &asked, const Layout &table, const Binding &binding,
                                           const std::vector<Shape::Member> &columns, bool members,
                                           const std::optional<feel::Date> &day, Rule rule, bool reasons,
                                           columns::Obstacle &why) {
  const auto &model = dynamic_cast<const dmn::ModelImpl &>(asked.model());
  const dmn::Element &decision = model.elements()[asked.decision().slot];
  std::unique_ptr<ByColumns> made(new ByColumns());
  made->unknowns_ = made->request_.facts_may_be_unknown = asked.unknown_facts();
  made->reasons_ = reasons;
  made->rule_ = rule;
  why.place = decision.place;
  if (binding.dates) {
    why.why = "each row has a day of its own";
    return nullptr;
  }
  if (const auto refused = asked.alike(day, made->request_)) {
    why.why = *refused;
    return nullptr;
  }
  std::vector<std::string> names;
  for (const Branch &branch : binding.inputs) {
    const dmn::Element &element = model.elements()[branch.slot];
    const bool untyped = element.kind == dmn::ElementKind::decision && !element.typed;
    made->add_branch(branch, untyped ? feel::Type() : element.type, branch.slot, names, table, binding);
  }
  made->program_ = columns::Program::compile(model, decision, made->request_, why);
  if (made->program_ == nullptr)
    return nullptr;
  if (rule == Rule::of_table && made->program_->rule() < 0) {
    why = {decision.place, "the rule of its table is asked for, of which several may count"};
    return nullptr;
  }
  const auto &outputs = made->program_->outputs();
  for (const auto &[name, shape] : columns) {
    const std::vector<std::string> path = members ? std::vector<std::string>{name} : std::vector<std::string>();
    const auto found =
        std::find_if(outputs.begin(), outputs.end(), [&](const columns::Output &one) { return one.path == path; });
    why = {decision.place, "what it gives is a context within a context, or of no known type"};
    if (found == outputs.end() || !made->add_target(shape, static_cast<std::size_t>(found - outputs.begin()), why.why))
      return nullptr;
  }
  why = {};
  return made;
}

ByColumns::~ByColumns() = default;

bool ByColumns::is_worth_it() const {
  constexpr std::int64_t enough = 4'096;
  return program_->by_rows().empty() || seen_ < enough || left_ * 8 < seen_ * 7;
}

std::unique_ptr<columns::State> ByColumns::take_state() const {
  {
    const std::lock_guard lock(mutex_);
    if (!states_.empty()) {
      auto state = std::move(states_.back());
      states_.pop_back();
      return state;
    }
  }
  return std::make_unique<columns::State>(program_->state(columns::kernels(), counts_));
}

std::vector<columns::Left> ByColumns::left() const {
  const std::lock_guard lock(mutex_);
  std::vector<columns::Left> left;
  for (const auto &state : states_)
    program_->add_left(*state, left);
  return left;
}

void ByColumns::give_back(std::unique_ptr<columns::State> state) const {
  const std::lock_guard lock(mutex_);
  states_.push_back(std::move(state));
}

} // namespace spie::table
