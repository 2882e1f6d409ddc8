// A row that comes alone: what it is read from, judged by and answered with.
#include "rules/columns/one_row.hpp"

#include "rules/columns/steps.hpp"
#include "rules/feel/number_bits.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <limits>

namespace spie::columns {

using feel::Kind;
using feel::Value;

KnownTexts::KnownTexts(const std::vector<std::string> &texts) : texts_(texts) {
  const auto count = static_cast<std::uint32_t>(texts_.size());
  mask_ = std::bit_ceil(texts_.size() * 4 + 1) - 1;
  storage_.assign(mask_ + 1, {nullptr, 0, count});
  entries_ = storage_.data();
  for (std::uint32_t place = 0; place < count; ++place) {
    std::size_t at = hash(texts_[place]) & mask_;
    while (storage_[at].data != nullptr)
      at = (at + 1) & mask_;
    storage_[at] = {texts_[place].data(), texts_[place].size(), place};
  }
}

// --- compiled --------------------------------------------------------------------------------------------------------

Part Builder::read_one(Form form, const feel::Type &type, const Input &input, int list) {
  Part result = new_part(form, true, form == Form::number ? input.scale : 0);
  if (form == Form::text) {
    result.column = 0; // all texts have one dictionary, that of the program
    result.allowed = texts_allowed(type);
  }
  const auto &unknown = model_.elements()[input.slot].unknown;
  RowParts::Read read{input, form, {}, result.lane, list, unknown ? &*unknown : nullptr};
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
  const bool makes_null = std::any_of(verdicts.values.begin(), verdicts.values.end(), [](Verdict verdict) {
    return verdict != Verdict::yes && verdict != Verdict::no;
  });
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
  case Part::Is::by_rows:
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

// A context of which each member is a constant of the same code, what a rule of a table gives, is made beforehand.
void Program::make_at_once(RowParts::Answer &answer) const {
  using Answer = RowParts::Answer;
  for (Answer &part : answer.parts)
    make_at_once(part);
  if (answer.is != Answer::Is::context || answer.parts.empty())
    return;
  const Answer &first = answer.parts.front();
  const auto is_alike = [&](const Answer &part) {
    return part.is == Answer::Is::lane && part.pool >= 0 && part.lane == first.lane;
  };
  if (!std::all_of(answer.parts.begin(), answer.parts.end(), is_alike) || (answer.self && *answer.self != first.lane))
    return;
  if (!answer.self) // without a null of its own, its members may be null alone
    return;
  const std::size_t codes = pools_[static_cast<std::size_t>(first.pool)].size();
  for (std::size_t code = 0; code < codes; ++code) {
    std::vector<feel::Context::Entry> entries;
    for (std::size_t i = 0; i < answer.parts.size(); ++i)
      entries.emplace_back(answer.names[i], pools_[static_cast<std::size_t>(answer.parts[i].pool)][code]);
    answer.values.emplace_back(feel::Context::of_distinct(std::move(entries)));
  }
  answer.is = Answer::Is::by_code;
  answer.lane = first.lane;
}

void Program::finish_one_row() {
  static std::atomic<std::uint64_t> programs{0};
  one_row_.number = ++programs;
  std::set<std::string> texts;
  for (const Placed &placed : steps_)
    placed.step->texts(texts);
  std::string other = "?"; // a text that none of them is, for all the others
  Batch batch;
  batch.columns.emplace_back();
  for (const std::string &text : texts)
    if (text.size() >= other.size())
      other = text + "?";
  if (!texts.empty())
    one_row_.texts = std::make_unique<KnownTexts>(std::vector<std::string>(texts.begin(), texts.end()));
  auto &dictionary = batch.columns.front().dictionary;
  dictionary.assign(texts.begin(), texts.end());
  dictionary.emplace_back(other);
  State state(kernels(), {}, {}, 0, tables_);
  state.batch = &batch;
  for (const Placed &placed : steps_)
    placed.step->prepare(state, batch);
  one_row_.tables = std::move(state.tables);
  OneRow row;
  row.begin(one_row_.number, std::vector<Cell>(lanes_.size()), one_row_.tables, row.whys());
  for (const auto &constant : constants_)
    constant->one(row);
  for (std::uint32_t lane = 0; lane < lanes_.size(); ++lane)
    one_row_.rows.push_back(row.at(lane));
  one_row_.whys = row.whys();
  for (const Placed &placed : steps_) {
    if (one_row_.runs.empty() || one_row_.runs.back().list != placed.list)
      one_row_.runs.push_back({{}, placed.list});
    one_row_.runs.back().steps.push_back(placed.step.get());
  }
  for (RowParts::Read &read : one_row_.reads) {
    const bool whole = read.list < 0 && read.input.path.empty();
    (read.form == Form::list      ? one_row_.lists
     : !whole                     ? one_row_.within
     : read.form == Form::boolean ? one_row_.booleans
                                  : one_row_.scalars)
        .push_back(std::move(read));
  }
  one_row_.reads.clear();
  make_at_once(one_row_.answer);
}

// --- run -------------------------------------------------------------------------------------------------------------

namespace {

// Of a pack: admitted facts are never plainly null, but for an input that no caller gave.
bool is_not_given(const Value &value) { return value.is_null() && value.cause() == nullptr; }

} // namespace

bool Program::read_scalar(const RowParts::Read &read, const Value &value, OneRow &row, Cell &cell) const {
  cell.causes = 0;
  switch (read.form) {
  case Form::number: {
    if (!value.is(Kind::number))
      break;
    const feel::Number &number = value.number();
    constexpr int most = 100;
    if (!feel::NumberBits::is_inline(number))
      return false;
    const int places = -feel::NumberBits::exponent(number), shift = read.input.scale - places;
    cell.places = static_cast<std::int8_t>(places);
    if (shift >= 0 && shift <= feel::decimal::widest_inline_power)
      return places >= -most && !__builtin_mul_overflow(feel::NumberBits::coefficient(number),
                                                        feel::decimal::inline_ten_to(shift), &cell.value);
    const auto units = feel::decimal::in_units(number, read.input.scale);
    cell.value = units.value_or(0);
    return units && places <= most && places >= -most;
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
    if (one_row_.texts != nullptr)
      cell.code = one_row_.texts->find(value.text());
    return true;
  }
  default:
    return false;
  }
  if (!value.is_null())
    return false;
  if (!facts_may_be_unknown_) {
    cell.causes = Cell::null;
    return value.cause() == nullptr;
  }
  const Value *const lacks = is_not_given(value) ? read.unknown : &value;
  cell.set_null(Cell::null | Cell::unknown, row.because(lacks));
  return lacks != &value || (value.is_unknown() && !value.is_error());
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

bool Program::read_within(const RowParts::Read &read, const Value &value, OneRow &row) const {
  const Value *at = &value;
  const Input &input = read.input;
  std::size_t i = 0;
  if (facts_may_be_unknown_ && read.unknown != nullptr && is_not_given(value))
    at = read.unknown;
  // What lies in a context that is not known is not known.
  const auto is_open = [&] {
    return facts_may_be_unknown_ && ((at->is_unknown() && !at->is_error()) || (i == 0 && is_not_given(*at)));
  };
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
    Cell &self = row.at(read.lane);
    self.causes = 0;
    list = &none;
    if (at->is(Kind::list)) {
      list = &at->list();
      return list->size() <= most_items;
    }
    self.set_null(Cell::null | Cell::unknown, row.because(at));
    return is_open();
  }
  if (read.list < 0) {
    Cell &cell = row.at(read.lane);
    if (i < input.path.size()) { // what holds it is not known
      cell.set_null(Cell::null | Cell::unknown, row.because(at));
      return true;
    }
    return !(is_not_given(*at) && facts_may_be_unknown_) && read_scalar(read, *at, row, cell);
  }
  const feel::List &list = *row.lists[static_cast<std::size_t>(read.list)];
  Cell *const cells = row.items(read.lane);
  for (std::size_t k = 0; k < list.size(); ++k) {
    const Value *item = &list[k];
    for (std::size_t j = i + 1; j < input.path.size() && item != nullptr; ++j)
      item = member(*item, input.path[j], read.places[j]);
    if (item == nullptr || (item->is_null() && item->cause() == nullptr && facts_may_be_unknown_) ||
        !read_scalar(read, *item, row, cells[k]))
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

namespace {

// Causes that were put together before: row after row lacks the same facts. What is kept alive has no other's address.
class Merged {
public:
  Value of(const Value &first, const Value &second) {
    const auto mixed = (reinterpret_cast<std::uintptr_t>(first.cause()) >> 4) * 31 +
                       (reinterpret_cast<std::uintptr_t>(second.cause()) >> 4);
    Known &known = known_[mixed % known_.size()];
    if (known.first.cause() == first.cause() && known.second.cause() == second.cause())
      return known.both;
    Value both = feel::merge_causes(first, second);
    constexpr std::size_t most = 32; // of causes worth their memory
    const feel::Cause &all = *both.cause();
    if (all.errors.size() + all.missing.size() + all.refused.size() <= most)
      known = {first, second, both};
    return both;
  }

private:
  struct Known {
    Value first, second, both;
  };
  std::array<Known, 251> known_;
};

} // namespace

std::optional<Value> OneRow::null_of(Why why) const {
  if (why <= untold)
    return why == untold ? std::nullopt : std::optional<Value>(Value());
  if (whys_[why].null != nullptr)
    return *whys_[why].null;
  std::vector<Why> later; // the first of two is where many are put together: it may lie deep
  for (; whys_[why].null == nullptr; why = whys_[why].first)
    later.push_back(whys_[why].second);
  thread_local Merged merged;
  Value value = *whys_[why].null;
  for (auto one = later.rbegin(); one != later.rend(); ++one)
    value = merged.of(value, *null_of(*one));
  return value;
}

std::optional<Value> Program::value_of(const RowParts::Answer &answer, const OneRow &row) const {
  using Is = RowParts::Answer::Is;
  if (answer.self) {
    const Cell &self = row.at(*answer.self);
    if (!self.valid())
      return row.null_of(self.why());
  }
  switch (answer.is) {
  case Is::constant:
    return answer.value;
  case Is::lane: {
    const Cell &cell = row.at(answer.lane);
    if (!cell.valid())
      return row.null_of(cell.why());
    if (answer.form == Form::null)
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
  case Is::by_code:
    return answer.values.data()[row.at(answer.lane).code];
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

namespace {

// Out of line: where it is not, a library asks for its place at each use.
[[gnu::noinline]] OneRow &row_of_thread() {
  thread_local OneRow row;
  return row;
}

} // namespace

std::optional<Value> Program::run_one(std::span<const Value> values, std::span<const std::uint32_t> order) const {
  OneRow &row = row_of_thread();
  const RowParts &parts = one_row_;
  if (row.program() != parts.number) {
    row.begin(parts.number, parts.rows, parts.tables, parts.whys);
    row.lists.resize(lists_);
    row.pairs.resize(pairs_);
  }
  row.fallback = false;
  row.forget_causes();
  const auto value_at = [&](std::uint32_t slot) -> const Value & {
    return values.data()[order.empty() ? slot : order.data()[slot]];
  };
  for (const RowParts::Read &read : parts.booleans) { // of which there are many, and little to do
    const Value &value = value_at(read.input.slot);
    Cell &cell = row.at(read.lane);
    if (value.is(Kind::boolean)) {
      cell.value = value.is_true() ? 1 : 0;
      cell.causes = 0;
    } else if (!read_scalar(read, value, row, cell)) {
      return std::nullopt;
    }
  }
  for (const RowParts::Read &read : parts.scalars)
    if (!read_scalar(read, value_at(read.input.slot), row, row.at(read.lane)))
      return std::nullopt;
  if (!parts.within.empty() || lists_ != 0) {
    // The lists come first: they say how much room their items take.
    std::size_t longest = 0;
    for (const RowParts::Read &read : parts.lists) {
      if (!read_within(read, value_at(read.input.slot), row))
        return std::nullopt;
      longest = std::max(longest, row.count(read.list));
    }
    row.reserve(parts.items, longest);
    for (const RowParts::Read &read : parts.within)
      if (!read_within(read, value_at(read.input.slot), row))
        return std::nullopt;
  }
  for (const RowParts::Run &run : parts.runs) {
    if (run.list < 0) {
      for (const Step *step : run.steps)
        step->one(row);
      continue;
    }
    const std::size_t count = row.count(run.list);
    for (const Step *step : run.steps)
      step->each(row, count);
    row.item = 0;
  }
  if (row.fallback)
    return std::nullopt;
  auto value = value_of(parts.answer, row);
  static const std::size_t largest = feel::Limits().result;
  if (value && (value->is(Kind::text) || value->is(Kind::list) || value->is(Kind::context)) &&
      value->unfolded() > largest)
    return std::nullopt;
  return value;
}

} // namespace spie::columns
