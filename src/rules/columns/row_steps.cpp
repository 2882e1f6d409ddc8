// What each step makes of one row: that of `run` for one bit of its words.
#include "rules/columns/list_steps.hpp"

#include "rules/feel/number_bits.hpp"
#include "rules/feel/operators.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <stdexcept>

namespace spie::columns {

namespace {

// The null that several operands make: the causes of all, and an error where none has any.
std::uint8_t merged(std::uint8_t causes) noexcept { return causes == Cell::null ? Cell::null | Cell::error : causes; }

std::uint8_t causes_of(Verdict null) noexcept {
  switch (null) {
  case Verdict::null_error:
    return Cell::null | Cell::error;
  case Verdict::null_unknown:
    return Cell::null | Cell::unknown;
  case Verdict::null_both:
    return Cell::null | Cell::error | Cell::unknown;
  default:
    return Cell::null;
  }
}

// As the nulls of verdicts are ordered: plain, error, unknown, both.
std::size_t kind_of(const Cell &null) noexcept { return static_cast<std::size_t>(null.causes >> 1); }

void judge(OneRow &row, Cell &out, Verdict verdict) {
  out.value = verdict == Verdict::yes ? 1 : 0;
  out.causes = 0;
  if (verdict == Verdict::other)
    row.fallback = true;
  else if (verdict != Verdict::yes && verdict != Verdict::no)
    out.causes = causes_of(verdict);
}

// Calls `each` with every position of the list in hand.
template <class Each> void positions(OneRow &row, int list, Each each) {
  const std::size_t count = row.count(list);
  for (row.item = 0; row.item < count; ++row.item)
    each(row.item);
  row.item = 0;
}

bool is_kept(const OneRow &row, const Kept &items) { return !items.keeps || row.at(*items.keeps).value != 0; }

void set_causes(Cell &cell, std::uint8_t causes) {
  cell.causes = causes == 0 ? std::uint8_t{0} : static_cast<std::uint8_t>(causes | Cell::null);
}

constexpr std::uint8_t both = Cell::error | Cell::unknown;

} // namespace

void Step::run(State & /*state*/) const { throw std::logic_error("a step of one row, over a chunk"); }
void Step::one(OneRow & /*row*/) const { throw std::logic_error("a step of chunks, over one row"); }

void ConstantStep::one(OneRow &row) const {
  Cell &cell = row.at(lane_);
  cell.value = value_;
  cell.code = form_ == Form::text ? static_cast<std::uint32_t>(value_) : 0;
  cell.places = static_cast<std::int8_t>(places_);
  cell.causes = null_ == Verdict::no ? std::uint8_t{0} : causes_of(null_);
}

void JudgeStep::texts(std::set<std::string> &into) const {
  into.insert(verdicts_.texts.begin(), verdicts_.texts.end());
}

void JudgeStep::prepare(State &state, const Batch &batch) const {
  if (of_ != Of::texts)
    return;
  auto &table = state.tables[table_];
  table.clear();
  for (const std::string_view text : batch.columns.front().dictionary) {
    const auto found = std::find(verdicts_.texts.begin(), verdicts_.texts.end(), text);
    table.push_back(
        static_cast<std::uint8_t>(verdicts_.values[static_cast<std::size_t>(found - verdicts_.texts.begin())]));
  }
}

void JudgeStep::one(OneRow &row) const {
  const Cell &in = row.at(lane_);
  Cell &out = row.at(out_);
  if (!in.valid()) {
    judge(row, out, verdicts_.nulls[kind_of(in)]);
    return;
  }
  switch (of_) {
  case Of::integers: {
    const std::int64_t *const cuts = verdicts_.cuts.data();
    const std::size_t count = verdicts_.cuts.size();
    constexpr std::size_t few = 8;
    std::size_t k = 0;
    if (count <= few)
      while (k < count && cuts[k] <= in.value)
        ++k;
    else
      k = static_cast<std::size_t>(std::upper_bound(cuts, cuts + count, in.value) - cuts);
    judge(row, out, verdicts_.values.data()[k]);
    break;
  }
  case Of::booleans:
    judge(row, out, verdicts_.values[in.value != 0 ? 1 : 0]);
    break;
  case Of::codes:
    judge(row, out, verdicts_.values[in.code]);
    break;
  case Of::texts:
    judge(row, out, static_cast<Verdict>(row.table(table_)[in.code]));
    break;
  }
}

void LogicStep::one(OneRow &row) const {
  const Cell &a = row.at(left_), &b = row.at(right_);
  Cell &out = row.at(out_);
  const bool decides = !conjunction_; // the value of one side that makes the whole
  if ((a.valid() && (a.value != 0) == decides) || (b.valid() && (b.value != 0) == decides)) {
    out.value = decides ? 1 : 0;
    out.causes = 0;
    return;
  }
  out.causes = a.causes | b.causes;
  out.value = out.causes == 0 && !decides ? 1 : 0;
}

void NotStep::one(OneRow &row) const {
  const Cell &in = row.at(in_);
  Cell &out = row.at(out_);
  out.causes = in.causes;
  out.value = in.causes == 0 && in.value == 0 ? 1 : 0;
}

void CompareStep::one(OneRow &row) const {
  const Cell &a = row.at(left_), &b = row.at(right_);
  Cell &out = row.at(out_);
  bool holds = false;
  switch (kind_) {
  case feel::NodeKind::equal:
    holds = a.value == b.value;
    break;
  case feel::NodeKind::not_equal:
    holds = a.value != b.value;
    break;
  case feel::NodeKind::less:
    holds = a.value < b.value;
    break;
  case feel::NodeKind::less_or_equal:
    holds = a.value <= b.value;
    break;
  case feel::NodeKind::greater:
    holds = a.value > b.value;
    break;
  default:
    holds = a.value >= b.value;
    break;
  }
  const std::uint8_t causes = a.causes | b.causes;
  out.causes = 0;
  if (causes != 0 && kind_ != feel::NodeKind::equal && kind_ != feel::NodeKind::not_equal) {
    out.causes = merged(causes);
    holds = false;
  } else if (causes != 0) {
    // A null equals a null and nothing else; what is not known is equal to nothing known.
    if (unknowns_ && (causes & both) != 0) {
      out.causes = causes;
      holds = false;
    } else {
      holds = (!a.valid() && !b.valid()) == (kind_ == feel::NodeKind::equal);
    }
  }
  out.value = holds ? 1 : 0;
}

void ArithmeticStep::one(OneRow &row) const {
  const Cell &a = row.at(left_), &b = row.at(right_);
  Cell &out = row.at(out_);
  out.causes = merged(a.causes | b.causes);
  if (out.causes != 0)
    return;
  std::int64_t result = 0;
  bool beyond = false;
  switch (operation_) {
  case Operation::add:
    beyond = __builtin_add_overflow(a.value, b.value, &result);
    break;
  case Operation::subtract:
    beyond = __builtin_sub_overflow(a.value, b.value, &result);
    break;
  case Operation::multiply:
    beyond = __builtin_mul_overflow(a.value, b.value, &result);
    break;
  }
  out.places = operation_ == Operation::multiply ? static_cast<std::int8_t>(std::min(a.places + b.places, 100))
                                                 : std::max(a.places, b.places);
  out.value = result;
  row.fallback |= beyond || (dates_ && result != static_cast<std::int32_t>(result));
}

void ScaleStep::one(OneRow &row) const {
  const Cell &in = row.at(in_);
  Cell &out = row.at(out_);
  out.causes = written_ == Written::nothing ? in.causes : merged(in.causes);
  out.places = in.places;
  if (!in.valid())
    return;
  std::int64_t result = 0;
  row.fallback |= __builtin_mul_overflow(in.value, factor_, &result);
  out.value = result;
  if (written_ == Written::product) {
    out.places = static_cast<std::int8_t>(std::min(in.places + places_, 100));
  } else if (written_ == Written::quotient) { // as few decimals as it needs, and as its operands have
    int needed = result == 0 ? 0 : scale_;
    for (; needed > 0 && result % 10 == 0; result /= 10)
      --needed;
    out.places = static_cast<std::int8_t>(std::max(needed, in.places - places_));
  }
}

void RoundStep::one(OneRow &row) const {
  const Cell &in = row.at(in_);
  Cell &out = row.at(out_);
  out.causes = merged(in.causes);
  if (!in.valid())
    return;
  out.places = static_cast<std::int8_t>(digits_);
  out.value = in.value;
  if (divisor_ == 1)
    return;
  const auto cut = feel::Number::scaled(in.value, -scale_)->round(digits_, mode_);
  const auto units = cut ? feel::decimal::in_units(*cut, digits_) : std::nullopt;
  row.fallback |= !units;
  out.value = units.value_or(0);
}

void MonthsStep::one(OneRow &row) const {
  const Cell &in = row.at(in_);
  Cell &out = row.at(out_);
  out.causes = merged(in.causes);
  if (!in.valid())
    return;
  feel::Evaluation evaluation;
  const feel::Value moved = feel::add(evaluation, feel::Date{in.value}, feel::MonthsDuration{months_});
  if (!moved.is(feel::Kind::date) || moved.date().days != static_cast<std::int32_t>(moved.date().days))
    row.fallback = true;
  else
    out.value = moved.date().days;
}

void ExtremeStep::one(OneRow &row) const {
  const Cell &a = row.at(left_), &b = row.at(right_);
  Cell &out = row.at(out_);
  const std::uint8_t causes = merged(a.causes | b.causes);
  out = (largest_ ? b.value > a.value : b.value < a.value) ? b : a;
  out.causes = causes;
}

void CountStep::one(OneRow &row) const {
  Cell &out = row.at(out_);
  std::int64_t count = 0;
  std::uint8_t causes = 0;
  for (const std::uint32_t kept : kept_) {
    const Cell &cell = row.at(kept);
    count += cell.is_true() ? 1 : 0;
    causes |= cell.causes & both;
  }
  // What makes the condition an error counts, though the item is left out.
  row.fallback |= !unknowns_ && causes != 0;
  set_causes(out, causes);
  out.value = count;
  out.places = 0;
}

void SumStep::one(OneRow &row) const {
  Cell &out = row.at(out_);
  std::int64_t sum = 0;
  std::uint8_t undecided = 0, nulls = 0;
  bool some = false;
  out.places = 0;
  for (std::size_t i = 0; i < items_.size(); ++i) {
    if (!kept_.empty()) {
      const Cell &kept = row.at(kept_[i]);
      undecided |= kept.causes & both;
      if (!kept.is_true())
        continue;
    }
    some = true;
    const Cell &item = row.at(items_[i]);
    nulls |= item.causes;
    if (!item.valid())
      continue;
    row.fallback |= __builtin_add_overflow(sum, item.value, &sum);
    out.places = std::max(out.places, item.places);
  }
  row.fallback |= !unknowns_ && undecided != 0;
  out.value = sum;
  if (undecided != 0)
    set_causes(out, undecided);
  else if (nulls != 0)
    out.causes = merged(nulls);
  else
    out.causes = some ? std::uint8_t{0} : Cell::null;
}

void LookUpStep::one(OneRow &row) const {
  const Cell &in = row.at(in_);
  Cell &out = row.at(out_);
  out.causes = in.causes;
  if (!in.valid())
    return;
  out.value = values_[in.code];
  out.places = places_[in.code];
  if ((bytes_[in.code] & 2) == 0)
    out.causes = Cell::null;
}

void NullCodesStep::one(OneRow &row) const {
  const Cell &in = row.at(in_);
  Cell &out = row.at(out_);
  out = in;
  if (in.valid() && table_[in.code] == 0)
    out.causes = Cell::null;
}

void ChooseStep::one(OneRow &row) const {
  const Cell &condition = row.at(condition_);
  Cell &out = row.at(out_);
  const std::uint8_t causes = condition.causes & both;
  if (condition.is_true()) {
    out = row.at(then_);
  } else {
    out = row.at(otherwise_);
    out.code += offset_;
  }
  if (causes == 0)
    return;
  if (unknowns_) // what the condition lacks, the value lacks
    out.causes = causes | Cell::null;
  else
    row.fallback = true;
}

void NullsStep::one(OneRow &row) const {
  const Cell &nulls = row.at(nulls_);
  Cell &out = row.at(out_);
  out = row.at(in_);
  if (nulls.valid())
    return;
  out.causes = nulls.causes;
  if (member_ && !nulls.undecided())
    out.causes |= Cell::error;
}

void FallbackStep::one(OneRow &row) const { row.fallback |= !row.at(lane_).is_true(); }

// --- items -----------------------------------------------------------------------------------------------------------

void FilterItemsStep::one(OneRow &row) const {
  std::uint8_t causes = 0;
  positions(row, items_.list, [&](std::size_t) {
    const Cell &condition = row.at(condition_);
    Cell &keeps = row.at(keeps_);
    const bool in = is_kept(row, items_);
    keeps.causes = 0;
    keeps.value = in && condition.is_true() ? 1 : 0;
    if (in)
      causes |= condition.causes & both;
  });
  row.fallback |= !unknowns_ && causes != 0; // it counts, though the item is left out
  set_causes(row.at(self_), causes);
}

void PairsStep::one(OneRow &row) const {
  auto &pairs = row.pairs[pairs_];
  pairs.clear();
  const std::size_t count = row.count(list_);
  std::vector<Cell> cells(count);
  positions(row, list_, [&](std::size_t k) {
    cells[k] = row.at(lane_);
    for (std::size_t before = 0; before < k; ++before) {
      const Cell &a = cells[before], &b = cells[k];
      const bool same = !a.valid() || !b.valid() ? false
                        : coded_                 ? a.code == b.code
                        : form_ == Form::text    ? a.text->text() == b.text->text()
                                                 : a.value == b.value;
      pairs.push_back(same ? 1 : 0);
    }
  });
}

void DistinctItemsStep::one(OneRow &row) const {
  const auto &pairs = row.pairs[pairs_];
  std::vector<std::uint8_t> in(row.count(items_.list));
  std::uint8_t causes = 0;
  std::size_t at = 0;
  positions(row, items_.list, [&](std::size_t k) {
    const Cell &cell = row.at(lane_);
    Cell &keeps = row.at(keeps_);
    const bool given = is_kept(row, items_);
    if (given && !cell.valid()) {
      if (cell.has(Cell::unknown))
        causes |= cell.causes & both;
      else
        row.fallback = true; // a null equals a null
    }
    bool kept = given && cell.valid();
    in[k] = kept ? 1 : 0;
    for (std::size_t before = 0; before < k; ++before, ++at)
      kept &= pairs[at] == 0 || in[before] == 0;
    keeps.causes = 0;
    keeps.value = kept ? 1 : 0;
  });
  set_causes(row.at(self_), causes);
}

void CountItemsStep::one(OneRow &row) const {
  std::int64_t count = 0;
  positions(row, items_.list, [&](std::size_t) { count += is_kept(row, items_) ? 1 : 0; });
  Cell &out = row.at(out_);
  out.value = count;
  out.places = 0;
  out.causes = 0;
}

void QuantifyItemsStep::one(OneRow &row) const {
  std::uint8_t causes = 0;
  bool decided = false;
  positions(row, items_.list, [&](std::size_t) {
    if (!is_kept(row, items_))
      return;
    const Cell &condition = row.at(condition_);
    decided |= condition.valid() && (condition.value != 0) == some_;
    causes |= condition.causes;
  });
  Cell &out = row.at(out_);
  out.causes = decided ? std::uint8_t{0} : causes;
  out.value = out.causes == 0 && decided == some_ ? 1 : 0;
}

void ReduceItemsStep::one(OneRow &row) const {
  Cell result;
  std::uint8_t causes = 0;
  bool some = false;
  positions(row, items_.list, [&](std::size_t) {
    if (!is_kept(row, items_))
      return;
    const Cell &cell = row.at(lane_);
    causes |= cell.causes;
    if (!cell.valid())
      return;
    if (operation_ == Operation::sum) {
      std::int64_t sum = 0;
      row.fallback |= __builtin_add_overflow(result.value, cell.value, &sum);
      result.value = sum;
      result.places = std::max(result.places, cell.places);
    } else if (!some || (operation_ == Operation::greatest ? cell.value > result.value : cell.value < result.value)) {
      result = cell;
    }
    some = true;
  });
  result.causes = causes != 0 ? merged(causes) : some ? std::uint8_t{0} : Cell::null;
  row.at(out_) = result;
}

void SettleStep::one(OneRow &row) const {
  std::uint8_t causes = 0;
  for (const One &one : ones_) {
    const Cell &kept = row.at(one.kept);
    Cell &settled = row.at(one.settled);
    causes |= kept.causes & both;
    settled.value = kept.is_true() ? 1 : 0;
    settled.causes = 0;
  }
  Cell &self = row.at(self_);
  if (!unknowns_ && causes != 0) {
    row.fallback = true;
    causes = 0;
  }
  set_causes(self, causes);
  if (before_ && !row.at(*before_).valid()) // a list that is null has no items
    self.causes = row.at(*before_).causes;
}

void KnownStep::one(OneRow &row) const {
  const Cell &in = row.at(in_);
  Cell &out = row.at(out_);
  out.causes = 0;
  out.value = in.has(Cell::unknown) ? 0 : 1;
  row.fallback |= in.has(Cell::unknown) && in.has(Cell::error); // what follows would have to bear its error too
}

void MapStep::one(OneRow &row) const {
  const Cell &in = row.at(lane_);
  Cell &out = row.at(out_);
  Entry entry;
  if (!in.valid()) {
    entry = nulls_[kind_of(in)];
  } else {
    std::memcpy(&entry.code, row.table(table_) + static_cast<std::size_t>(in.code) * 2, 2);
    entry.null = static_cast<Verdict>(row.table(table_ + 1)[in.code]);
  }
  out.code = entry.code;
  out.causes = 0;
  if (entry.null == Verdict::other)
    row.fallback = true;
  else if (entry.null != Verdict::no)
    out.causes = causes_of(entry.null);
}

void MergeStep::one(OneRow &row) const {
  std::uint8_t causes = 0;
  for (const std::uint32_t lane : in_)
    causes |= row.at(lane).causes;
  row.at(out_).causes = merged(causes);
}

} // namespace spie::columns
