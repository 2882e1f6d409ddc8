// A row that comes alone: what it is read from, judged by and answered with.
#include "rules/columns/one_row.hpp"

#include "rules/columns/steps.hpp"
#include "rules/feel/number_bits.hpp"

#include <algorithm>
#include <atomic>
#include <limits>

namespace spie::columns {

using feel::Kind;
using feel::Value;

// --- compiled --------------------------------------------------------------------------------------------------------

Part Builder::read_one(Form form, const feel::Type &type, const Input &input, int list) {
  Part result = new_part(form, true, form == Form::number ? input.scale : 0);
  if (form == Form::text) {
    result.column = 0; // all texts have one dictionary, that of the program
    if (type.constraint() != nullptr) {
      std::vector<std::string> allowed;
      for (const Value &value : type.constraint()->enumerated())
        if (value.is(Kind::text))
          allowed.push_back(value.text());
      if (!allowed.empty() && allowed.size() == type.constraint()->enumerated().size())
        result.allowed = std::make_shared<const std::vector<std::string>>(std::move(allowed));
    }
  }
  RowParts::Read read{input, form, {}, result.lane, list};
  const feel::Type *at = &model_.elements()[input.slot].type;
  for (const std::string &name : input.path) {
    if (name == "[]") {
      read.places.push_back(0);
      at = &at->element();
      continue;
    }
    const auto &members = at->members();
    const auto found =
        std::find_if(members.begin(), members.end(), [&](const auto &member) { return member.first == name; });
    if (found == members.end())
      throw Unsafe{"there is no '" + name + "'"};
    read.places.push_back(static_cast<std::size_t>(found - members.begin()));
    at = &found->second;
  }
  program_->one_row_.reads.push_back(std::move(read));
  return result;
}

Part Builder::judged(const Part &part, const Verdicts &verdicts) {
  const bool makes_null = std::any_of(verdicts.values.begin(), verdicts.values.end(),
                                      [](Verdict verdict) { return verdict != Verdict::yes && verdict != Verdict::no; });
  const auto of = part.pool >= 0               ? JudgeStep::Of::codes
                  : part.form == Form::text    ? JudgeStep::Of::texts
                  : part.form == Form::boolean ? JudgeStep::Of::booleans
                                               : JudgeStep::Of::integers;
  Part result = new_part(Form::boolean, part.nullable || makes_null);
  step<JudgeStep>(of, part.lane, of == JudgeStep::Of::texts ? tables_++ : 0, verdicts, result.lane);
  return result;
}

RowParts::Answer Builder::answer(const Part &part) {
  using Answer = RowParts::Answer;
  Answer made;
  switch (part.is) {
  case Part::Is::input:
    return answer(read(part));
  case Part::Is::constant:
    if (part.value.holds_causes())
      throw Unsafe{"it gives a constant error, or what is never known"};
    made.value = part.value;
    return made;
  case Part::Is::items:
    throw Unsafe{"it gives the items of a list of the row"};
  case Part::Is::lane:
    if (list_of(part.lane) >= 0)
      throw Unsafe{"it gives an item of a list of the row"};
    made.is = Answer::Is::lane;
    made.form = part.form;
    made.scale = part.scale;
    made.pool = part.pool;
    made.lane = part.lane;
    return made;
  case Part::Is::context:
    made.is = Answer::Is::context;
    made.self = part.self;
    for (const auto &[name, member] : part.members) {
      made.names.push_back(name);
      made.parts.push_back(answer(member));
    }
    return made;
  case Part::Is::list: {
    const Part list = settled(part);
    made.is = Answer::Is::list;
    made.self = list.self;
    made.kept = list.kept;
    for (const auto &[name, item] : list.members)
      made.parts.push_back(answer(item));
    return made;
  }
  }
  return made;
}

void Program::finish_one_row() {
  static std::atomic<std::uint64_t> programs{0};
  one_row_.number = ++programs;
  std::set<std::string> texts;
  for (const auto &[step, list] : steps_)
    step->texts(texts);
  std::string other = "?"; // a text that none of them is, for all the others
  Batch batch;
  batch.columns.emplace_back();
  for (const std::string &text : texts) {
    one_row_.texts.emplace(text, static_cast<std::uint32_t>(one_row_.texts.size()));
    if (text.size() >= other.size())
      other = text + "?";
  }
  auto &dictionary = batch.columns.front().dictionary;
  dictionary.assign(texts.begin(), texts.end());
  dictionary.emplace_back(other);
  State state(kernels(), {}, {}, 0, tables_);
  for (const auto &[step, list] : steps_)
    step->prepare(state, batch);
  one_row_.tables = std::move(state.tables);
  OneRow row;
  row.rows.resize(lanes_.size());
  for (const auto &constant : constants_)
    constant->one(row);
  one_row_.rows = std::move(row.rows);
}

// --- run -------------------------------------------------------------------------------------------------------------

bool Program::read_scalar(const RowParts::Read &read, const Value &value, Cell &cell) const {
  cell.causes = 0;
  switch (read.form) {
  case Form::number: {
    if (!value.is(Kind::number))
      break;
    const auto units = feel::decimal::in_units(value.number(), read.input.scale);
    const int places = -feel::NumberBits::parts(value.number()).exponent;
    constexpr int most = 100;
    if (!units || places > most || places < -most)
      return false;
    cell.value = *units;
    cell.places = static_cast<std::int8_t>(places);
    return true;
  }
  case Form::boolean:
    if (!value.is(Kind::boolean))
      break;
    cell.value = value.boolean() ? 1 : 0;
    return true;
  case Form::date:
    if (!value.is(Kind::date))
      break;
    cell.value = value.date().days;
    return cell.value == static_cast<std::int32_t>(cell.value);
  case Form::months:
    if (!value.is(Kind::months_duration))
      break;
    cell.value = value.months_duration().months;
    return cell.value == static_cast<std::int32_t>(cell.value);
  case Form::days:
    if (!value.is(Kind::days_duration))
      break;
    cell.value = value.days_duration().seconds;
    return value.days_duration().nanos == 0;
  case Form::text: {
    if (!value.is(Kind::text))
      break;
    cell.text = &value;
    if (!one_row_.texts.empty()) {
      const auto found = one_row_.texts.find(value.text());
      cell.code = found == one_row_.texts.end() ? static_cast<std::uint32_t>(one_row_.texts.size()) : found->second;
    }
    return true;
  }
  default:
    return false;
  }
  if (!value.is_null())
    return false;
  const bool unknown = value.is_unknown();
  cell.causes = unknown ? Cell::null | Cell::unknown : Cell::null;
  return unknown ? facts_may_be_unknown_ && !value.is_error() : !facts_may_be_unknown_ && value.cause() == nullptr;
}

namespace {

// The member of a context, where the type says that it stands, if it does.
const Value *member(const Value &whole, const std::string &name, std::size_t place) {
  if (!whole.is(Kind::context))
    return nullptr;
  const auto &entries = whole.context().entries();
  if (place < entries.size() && entries[place].first == name)
    return &entries[place].second;
  return whole.context().find(name);
}

} // namespace

bool Program::read(const RowParts::Read &read, const Value &value, OneRow &row) const {
  // A fact that is not given, and what lies in a context that is not known, is not known.
  static const Value not_given = feel::unknown_value("?");
  const Value *at = facts_may_be_unknown_ && value.is_null() && value.cause() == nullptr ? &not_given : &value;
  const Input &input = read.input;
  std::size_t i = 0;
  const auto is_open = [&] { return facts_may_be_unknown_ && at->is_unknown() && !at->is_error(); };
  for (; i < input.path.size() && input.path[i] != "[]"; ++i) {
    if (is_open())
      break;
    at = member(*at, input.path[i], read.places[i]);
    if (at == nullptr)
      return false;
  }
  if (read.form == Form::list) {
    static const feel::List none;
    const feel::List *&list = row.lists[static_cast<std::size_t>(read.list)];
    Cell &self = row.rows[read.lane];
    self.causes = 0;
    list = &none;
    if (at->is(Kind::list)) {
      list = &at->list();
      return list->size() <= most_items;
    }
    self.causes = Cell::null | Cell::unknown;
    return is_open();
  }
  if (read.list < 0)
    return read_scalar(read, *at, row.rows[read.lane]);
  const feel::List &list = *row.lists[static_cast<std::size_t>(read.list)];
  Cell *const cells = row.items.data() + (read.lane & ~over_items) * row.capacity;
  for (std::size_t k = 0; k < list.size(); ++k) {
    const Value *item = &list[k];
    for (std::size_t j = i + 1; j < input.path.size() && item != nullptr; ++j)
      item = member(*item, input.path[j], read.places[j]);
    if (item == nullptr || !read_scalar(read, *item, cells[k]))
      return false;
  }
  return true;
}

namespace {

std::optional<Value> number_of(const Cell &cell, int scale) {
  const int spare = scale - cell.places; // decimals that the text does not have
  std::int64_t units = cell.value;
  if (spare < -feel::decimal::widest_inline_power || spare > feel::decimal::widest_inline_power)
    return std::nullopt;
  if (spare < 0 && __builtin_mul_overflow(units, feel::decimal::inline_ten_to(-spare), &units))
    return std::nullopt;
  if (spare > 0) {
    const std::int64_t by = feel::decimal::inline_ten_to(spare);
    if (units % by != 0)
      return std::nullopt;
    units /= by;
  }
  const auto number = feel::Number::scaled(units, -cell.places);
  return number ? std::optional<Value>(*number) : std::nullopt;
}

} // namespace

std::optional<Value> Program::value_of(const RowParts::Answer &answer, const OneRow &row) const {
  using Is = RowParts::Answer::Is;
  if (answer.self) {
    const Cell &self = row.at(*answer.self);
    if (self.undecided())
      return std::nullopt;
    if (!self.valid())
      return Value();
  }
  switch (answer.is) {
  case Is::constant:
    return answer.value;
  case Is::lane: {
    const Cell &cell = row.at(answer.lane);
    if (cell.undecided())
      return std::nullopt;
    if (!cell.valid() || answer.form == Form::null)
      return Value();
    if (answer.pool >= 0)
      return pools_[static_cast<std::size_t>(answer.pool)][cell.code];
    switch (answer.form) {
    case Form::boolean:
      return Value(cell.value != 0);
    case Form::number:
      return number_of(cell, answer.scale);
    case Form::date:
      return Value(feel::Date{cell.value});
    case Form::months:
      return Value(feel::MonthsDuration{cell.value});
    case Form::days:
      return Value(feel::DaysDuration{cell.value, 0});
    case Form::text:
      return *cell.text;
    default:
      return std::nullopt;
    }
  }
  case Is::list: {
    feel::List list;
    for (std::size_t i = 0; i < answer.parts.size(); ++i) {
      if (!answer.kept.empty() && answer.kept[i] && !row.at(*answer.kept[i]).is_true())
        continue;
      auto item = value_of(answer.parts[i], row);
      if (!item)
        return std::nullopt;
      list.push_back(*std::move(item));
    }
    return Value(std::move(list));
  }
  case Is::context: {
    std::vector<feel::Context::Entry> entries;
    entries.reserve(answer.parts.size());
    for (std::size_t i = 0; i < answer.parts.size(); ++i) {
      auto member = value_of(answer.parts[i], row);
      if (!member)
        return std::nullopt;
      entries.emplace_back(answer.names[i], *std::move(member));
    }
    return Value(feel::Context::of_distinct(std::move(entries)));
  }
  }
  return std::nullopt;
}

std::optional<Value> Program::run_one(std::span<const Value> values, std::span<const std::uint32_t> order) const {
  thread_local OneRow row;
  if (row.program != one_row_.number) {
    row.rows = one_row_.rows;
    row.lists.resize(lists_);
    row.pairs.resize(pairs_);
    row.tables = &one_row_.tables;
    row.program = one_row_.number;
  }
  row.fallback = false;
  row.capacity = 0;
  // The lists come first: they say how much room their items take.
  for (const bool lists : {true, false}) {
    if (lists && lists_ == 0)
      continue;
    for (const RowParts::Read &one : one_row_.reads)
      if ((one.form == Form::list) == lists &&
          !read(one, values[order.empty() ? one.input.slot : order[one.input.slot]], row))
        return std::nullopt;
    if (lists) {
      for (const feel::List *list : row.lists)
        row.capacity = std::max(row.capacity, list->size());
      if (row.items.size() < one_row_.items * row.capacity)
        row.items.resize(one_row_.items * row.capacity);
    }
  }
  for (std::size_t i = 0; i < steps_.size();) {
    const int list = steps_[i].list;
    if (list < 0) {
      steps_[i++].step->one(row);
      continue;
    }
    std::size_t end = i;
    while (end < steps_.size() && steps_[end].list == list)
      ++end;
    for (row.item = 0; row.item < row.count(list); ++row.item)
      for (std::size_t s = i; s < end; ++s)
        steps_[s].step->one(row);
    row.item = 0;
    i = end;
  }
  if (row.fallback)
    return std::nullopt;
  auto value = value_of(one_row_.answer, row);
  static const std::size_t largest = feel::Limits().result;
  return value && value->unfolded() > largest ? std::nullopt : value;
}

} // namespace spie::columns
