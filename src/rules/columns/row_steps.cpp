// What each step makes of one row: that of `run` for one bit of its words.
#include "rules/columns/list_steps.hpp"

#include "rules/feel/number_bits.hpp"
#include "rules/feel/operators.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <stdexcept>

namespace spie::columns {

using feel::Value;

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

inline void judge(OneRow &row, Cell &out, Verdict verdict, Why why) {
  out.value = static_cast<std::int64_t>(verdict);
  out.causes = 0;
  static_assert(static_cast<int>(Verdict::no) == 0 && static_cast<int>(Verdict::yes) == 1);
  if (verdict <= Verdict::yes) [[likely]]
    return;
  row.fallback |= verdict == Verdict::other;
  if (verdict != Verdict::other)
    out.set_null(causes_of(verdict), why);
}

// Calls `each` with every position of the list in hand.
template <class Each> void positions(OneRow &row, int list, Each each) {
  const std::size_t count = row.count(list);
  for (row.item = 0; row.item < count; ++row.item)
    each(row.item);
  row.item = 0;
}

// The cells of a register for each position of a list; of one that is over the row, the same each time.
class Along {
public:
  Along(const OneRow &row, std::uint32_t lane)
      : cells_((lane & over_items) == 0 ? &row.at(lane) : row.items(lane)), step_((lane & over_items) == 0 ? 0 : 1) {}
  const Cell &operator[](std::size_t position) const { return cells_[position * step_]; }

private:
  const Cell *cells_;
  std::size_t step_;
};

bool is_kept(const OneRow &row, const Kept &items) { return !items.keeps || row.at(*items.keeps).value != 0; }

void set_causes(Cell &cell, std::uint8_t causes, Why why) {
  if (causes == 0)
    cell.causes = 0;
  else
    cell.set_null(static_cast<std::uint8_t>(causes | Cell::null), why);
}

// The quotient by a power of ten.
std::int64_t rounded(std::int64_t value, std::int64_t divisor, feel::Rounding mode) {
  const std::int64_t quotient = value / divisor, rest = value % divisor;
  if (rest == 0)
    return quotient;
  const std::int64_t away = quotient + (value < 0 ? -1 : 1);
  const std::int64_t twice = (rest < 0 ? -rest : rest) * 2; // a power of ten has at most 18 zeros
  switch (mode) {
  case feel::Rounding::half_even:
    return twice > divisor || (twice == divisor && quotient % 2 != 0) ? away : quotient;
  case feel::Rounding::half_up:
    return twice >= divisor ? away : quotient;
  case feel::Rounding::half_down:
    return twice > divisor ? away : quotient;
  case feel::Rounding::up:
    return away;
  case feel::Rounding::down:
    return quotient;
  case feel::Rounding::floor:
    return value < 0 ? away : quotient;
  case feel::Rounding::ceiling:
    return value < 0 ? quotient : away;
  }
  return quotient;
}

// Of what has no error of its own here: it is for the walk to tell.
const Value no_words;

constexpr std::uint8_t both = Cell::error | Cell::unknown;

} // namespace

void Step::run(State & /*state*/) const { throw std::logic_error("a step of one row, over a chunk"); }
void Step::one(OneRow & /*row*/) const { throw std::logic_error("a step of chunks, over one row"); }
void Step::each(OneRow &row, std::size_t count) const {
  for (row.item = 0; row.item < count; ++row.item)
    one(row);
}

// Those that stand most over items: without a virtual call for each.
template <class S> static void each_of(const S &step, OneRow &row, std::size_t count) {
  for (row.item = 0; row.item < count; ++row.item)
    step.S::one(row);
}
void JudgeStep::each(OneRow &row, std::size_t count) const {
  if (of_ != Of::texts)
    return each_of(*this, row, count);
  const std::uint8_t *const verdicts = row.table(table_);
  const Along in(row, lane_);
  for (row.item = 0; row.item < count; ++row.item) {
    const Cell &cell = in[row.item];
    Cell &out = row.at(out_);
    if (!cell.valid() || verdicts[cell.code] > static_cast<std::uint8_t>(Verdict::yes)) {
      one(row);
      continue;
    }
    out.value = verdicts[cell.code];
    out.causes = 0;
  }
}
void LogicStep::each(OneRow &row, std::size_t count) const { each_of(*this, row, count); }
void ChooseStep::each(OneRow &row, std::size_t count) const { each_of(*this, row, count); }
void KnownStep::each(OneRow &row, std::size_t count) const { each_of(*this, row, count); }

void ConstantStep::one(OneRow &row) const {
  Cell &cell = row.at(lane_);
  cell.value = value_;
  cell.code = form_ == Form::text ? static_cast<std::uint32_t>(value_) : 0;
  cell.places = static_cast<std::int8_t>(places_);
  cell.causes = 0;
  if (null_ != Verdict::no)
    cell.set_null(causes_of(null_), itself_.is_error() ? untold : row.because(&itself_)); // an error lacks its place
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
    const std::size_t kind = kind_of(in);
    judge(row, out, verdicts_.nulls[kind],
          kind == 0               ? row.because(&verdicts_.on_null)
          : verdicts_.hands[kind] ? in.why()
                                  : untold);
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
    judge(row, out, verdicts_.values.data()[k], untold);
    break;
  }
  case Of::booleans:
    judge(row, out, verdicts_.values[in.value != 0 ? 1 : 0], untold);
    break;
  case Of::codes:
    judge(row, out, verdicts_.values[in.code], untold);
    break;
  case Of::texts:
    judge(row, out, static_cast<Verdict>(row.table(table_)[in.code]), untold);
    break;
  }
}

void LogicStep::one(OneRow &row) const {
  const Cell &a = row.at(left_), &b = row.at(right_);
  Cell &out = row.at(out_);
  if ((a.causes | b.causes) == 0) [[likely]] {
    out.value = conjunction_ ? a.value & b.value : a.value | b.value; // each is 0 or 1
    out.causes = 0;
    return;
  }
  const bool decides = !conjunction_; // the value of one side that makes the whole
  if ((a.valid() && (a.value != 0) == decides) || (b.valid() && (b.value != 0) == decides)) {
    out.value = decides ? 1 : 0;
    out.causes = 0;
    return;
  }
  out.set_null(a.causes | b.causes, row.because(a.why(), b.why()));
}

void JunctionStep::one(OneRow &row) const {
  std::int64_t all = 1, some = 0; // each is 0 or 1
  std::uint8_t causes = 0;
  for (const std::uint32_t operand : operands_) {
    const Cell &cell = row.at(operand);
    causes |= cell.causes;
    all &= cell.value;
    some |= cell.value;
  }
  Cell &out = row.at(out_);
  out.causes = 0;
  out.value = conjunction_ ? all : some;
  if (causes == 0) [[likely]]
    return;
  const std::int64_t decides = conjunction_ ? 0 : 1;
  Why why = 0;
  for (const std::uint32_t operand : operands_) {
    const Cell &cell = row.at(operand);
    out.value = decides;
    if (cell.valid() && cell.value == decides)
      return;
    why = row.because(why, cell.why());
  }
  out.set_null(causes, why);
}

void NotStep::one(OneRow &row) const {
  const Cell &in = row.at(in_);
  Cell &out = row.at(out_);
  const Why why = in.why();
  if (!in.valid()) {
    out.set_null(in.causes, why);
  } else {
    out.value = in.value == 0 ? 1 : 0;
    out.causes = 0;
  }
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
  if (const std::uint8_t causes = a.causes | b.causes; causes != 0) {
    if (kind_ != feel::NodeKind::equal && kind_ != feel::NodeKind::not_equal) {
      out.set_null(merged(causes), row.because(a, b, on_null_));
      return;
    }
    // A null equals a null and nothing else; what is not known is equal to nothing known.
    if (unknowns_ && (causes & both) != 0) {
      out.set_null(causes, row.because(a.why(), b.why()));
      return;
    }
    holds = (!a.valid() && !b.valid()) == (kind_ == feel::NodeKind::equal);
  }
  out.causes = 0;
  out.value = holds ? 1 : 0;
}

void ArithmeticStep::one(OneRow &row) const {
  const Cell &a = row.at(left_), &b = row.at(right_);
  Cell &out = row.at(out_);
  if (const std::uint8_t causes = a.causes | b.causes; causes != 0) {
    out.set_null(merged(causes), row.because(a, b, on_null_));
    return;
  }
  out.causes = 0;
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
  if (!in.valid()) {
    if (written_ == Written::nothing)
      out.set_null(in.causes, in.why());
    else
      out.set_null(merged(in.causes), row.because(in, in, on_null_));
    return;
  }
  out.causes = 0;
  out.places = in.places;
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
  if (!in.valid()) {
    out.set_null(merged(in.causes), row.because(in, in, no_words));
    return;
  }
  out.causes = 0;
  out.places = static_cast<std::int8_t>(digits_);
  out.value = in.value;
  if (divisor_ == 1)
    return;
  out.value = rounded(in.value, divisor_, mode_);
}

void MonthsStep::one(OneRow &row) const {
  const Cell &in = row.at(in_);
  Cell &out = row.at(out_);
  if (!in.valid()) {
    out.set_null(merged(in.causes), row.because(in, in, on_null_));
    return;
  }
  out.causes = 0;
  const auto moved = feel::Date{in.value}.plus_months(months_);
  row.fallback |= !moved || moved->days != static_cast<std::int32_t>(moved->days);
  out.value = moved ? moved->days : 0;
}

void ExtremeStep::one(OneRow &row) const {
  const Cell &a = row.at(left_), &b = row.at(right_);
  Cell &out = row.at(out_);
  if (const std::uint8_t causes = a.causes | b.causes; causes != 0)
    out.set_null(merged(causes), row.because(a, b, no_words));
  else
    out = (largest_ ? b.value > a.value : b.value < a.value) ? b : a;
}

void CountStep::one(OneRow &row) const {
  Cell &out = row.at(out_);
  std::int64_t count = 0;
  std::uint8_t causes = 0;
  Why why = 0;
  for (const std::uint32_t kept : kept_) {
    const Cell &cell = row.at(kept);
    count += cell.is_true() ? 1 : 0;
    causes |= cell.causes & both;
    if (cell.undecided())
      why = row.because(why, cell.why());
  }
  // What makes the condition an error counts, though the item is left out.
  row.fallback |= !unknowns_ && causes != 0;
  out.value = count;
  out.places = 0;
  set_causes(out, causes, why);
}

void SumStep::one(OneRow &row) const {
  Cell &out = row.at(out_);
  std::int64_t sum = 0;
  std::uint8_t undecided = 0, nulls = 0;
  Why why_undecided = 0, why_null = 0;
  bool some = false;
  out.places = 0;
  for (std::size_t i = 0; i < items_.size(); ++i) {
    if (!kept_.empty()) {
      const Cell &kept = row.at(kept_[i]);
      undecided |= kept.causes & both;
      why_undecided = row.because(why_undecided, kept.why());
      if (!kept.is_true())
        continue;
    }
    some = true;
    const Cell &item = row.at(items_[i]);
    nulls |= item.causes;
    why_null = row.because(why_null, item.why());
    if (!item.valid())
      continue;
    row.fallback |= __builtin_add_overflow(sum, item.value, &sum);
    out.places = std::max(out.places, item.places);
  }
  row.fallback |= !unknowns_ && undecided != 0;
  out.value = sum;
  if (undecided != 0)
    set_causes(out, undecided, why_undecided);
  else if (nulls != 0)
    out.set_null(merged(nulls), why_null == 0 ? untold : why_null);
  else
    out.causes = some ? std::uint8_t{0} : Cell::null;
}

void LookUpStep::one(OneRow &row) const {
  const Cell &in = row.at(in_);
  Cell &out = row.at(out_);
  if (!in.valid()) {
    out.set_null(in.causes, in.why());
    return;
  }
  out.causes = 0;
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
  const Why why = condition.why();
  if (condition.is_true()) {
    out = row.at(then_);
  } else {
    out = row.at(otherwise_);
    out.code += offset_;
  }
  if (causes == 0)
    return;
  if (unknowns_) // what the condition lacks, the value lacks
    out.set_null(causes | Cell::null, why);
  else
    row.fallback = true;
}

void NullsStep::one(OneRow &row) const {
  const Cell &nulls = row.at(nulls_);
  Cell &out = row.at(out_);
  out = row.at(in_);
  if (nulls.valid())
    return;
  out.set_null(nulls.causes, nulls.why());
  if (member_ && !nulls.undecided())
    out.set_null(Cell::null | Cell::error, untold);
}

void FallbackStep::one(OneRow &row) const { row.fallback |= !row.at(lane_).is_true(); }

// --- items -----------------------------------------------------------------------------------------------------------

void FilterItemsStep::one(OneRow &row) const {
  std::uint8_t causes = 0;
  Why why = 0;
  positions(row, items_.list, [&](std::size_t) {
    const Cell &condition = row.at(condition_);
    Cell &keeps = row.at(keeps_);
    const bool in = is_kept(row, items_);
    keeps.causes = 0;
    keeps.value = in && condition.is_true() ? 1 : 0;
    if (in) {
      causes |= condition.causes & both;
      why = row.because(why, condition.why());
    }
  });
  row.fallback |= !unknowns_ && causes != 0; // it counts, though the item is left out
  set_causes(row.at(self_), causes, why);
}

void PairsStep::one(OneRow &row) const {
  auto &pairs = row.pairs[pairs_];
  pairs.clear();
  const std::size_t count = row.count(list_);
  const Along cells(row, lane_);
  for (std::size_t k = 0; k < count; ++k)
    for (std::size_t before = 0; before < k; ++before) {
      const Cell &a = cells[before], &b = cells[k];
      const bool same = !a.valid() || !b.valid() ? false
                        : coded_                 ? a.code == b.code
                        : form_ == Form::text    ? a.text->text() == b.text->text()
                                                 : a.value == b.value;
      pairs.push_back(same ? 1 : 0);
    }
}

void DistinctItemsStep::one(OneRow &row) const {
  const auto &pairs = row.pairs[pairs_];
  std::array<std::uint8_t, most_items> in{};
  std::uint8_t causes = 0;
  Why why = 0;
  std::size_t at = 0;
  positions(row, items_.list, [&](std::size_t k) {
    const Cell &cell = row.at(lane_);
    Cell &keeps = row.at(keeps_);
    const bool given = is_kept(row, items_);
    if (given && !cell.valid()) {
      if (cell.has(Cell::unknown)) {
        causes |= cell.causes & both;
        why = row.because(why, cell.why());
      } else {
        row.fallback = true; // a null equals a null
      }
    }
    bool kept = given && cell.valid();
    in[k] = kept ? 1 : 0;
    for (std::size_t before = 0; before < k; ++before, ++at)
      kept &= pairs[at] == 0 || in[before] == 0;
    keeps.causes = 0;
    keeps.value = kept ? 1 : 0;
  });
  set_causes(row.at(self_), causes, why);
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
  Why why = 0;
  bool decided = false;
  const std::size_t count = row.count(items_.list);
  const Along conditions(row, condition_), keeps(row, items_.keeps.value_or(condition_));
  for (std::size_t k = 0; k < count && !decided; ++k) {
    if (items_.keeps && keeps[k].value == 0)
      continue;
    const Cell &condition = conditions[k];
    decided = condition.valid() && (condition.value != 0) == some_;
    causes |= condition.causes;
    if (condition.undecided())
      why = row.because(why, condition.why());
  }
  Cell &out = row.at(out_);
  out.causes = 0;
  out.value = decided == some_ ? 1 : 0;
  if (!decided && causes != 0)
    out.set_null(causes, why);
}

void ReduceItemsStep::one(OneRow &row) const {
  Cell result;
  std::uint8_t causes = 0;
  Why why = 0;
  bool some = false;
  positions(row, items_.list, [&](std::size_t) {
    if (!is_kept(row, items_))
      return;
    const Cell &cell = row.at(lane_);
    causes |= cell.causes;
    why = row.because(why, cell.why());
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
  result.causes = some ? std::uint8_t{0} : Cell::null;
  if (causes != 0)
    result.set_null(merged(causes), why == 0 ? untold : why);
  row.at(out_) = result;
}

void SettleStep::one(OneRow &row) const {
  std::uint8_t causes = 0;
  Why why = 0;
  for (const One &one : ones_) {
    const Cell &kept = row.at(one.kept);
    Cell &settled = row.at(one.settled);
    causes |= kept.causes & both;
    why = row.because(why, kept.why());
    settled.value = kept.is_true() ? 1 : 0;
    settled.causes = 0;
  }
  Cell &self = row.at(self_);
  if (!unknowns_ && causes != 0) {
    row.fallback = true;
    causes = 0;
  }
  set_causes(self, causes, why);
  if (before_ && !row.at(*before_).valid()) // a list that is null has no items
    self.set_null(row.at(*before_).causes, row.at(*before_).why());
}

void KnownStep::one(OneRow &row) const {
  const Cell &in = row.at(in_);
  Cell &out = row.at(out_);
  out.causes = 0;
  out.value = in.has(Cell::unknown) ? 0 : 1;
  row.fallback |= in.has(Cell::unknown) && in.has(Cell::error); // what follows would have to bear its error too
}

void LacksStep::one(OneRow &row) const {
  const Cell &first = row.at(first_);
  Cell &out = row.at(out_);
  if (out.undecided())
    out.set_null(out.causes, row.because(first.why(), out.why()));
}

void MapStep::one(OneRow &row) const {
  const Cell &in = row.at(lane_);
  Cell &out = row.at(out_);
  Entry entry;
  Why why = untold;
  if (!in.valid()) {
    entry = nulls_[kind_of(in)];
    if (hands_[kind_of(in)])
      why = in.why();
  } else {
    std::memcpy(&entry.code, row.table(table_) + static_cast<std::size_t>(in.code) * 2, 2);
    entry.null = static_cast<Verdict>(row.table(table_ + 1)[in.code]);
  }
  out.code = entry.code;
  out.causes = 0;
  if (entry.null == Verdict::other)
    row.fallback = true;
  else if (entry.null != Verdict::no)
    out.set_null(causes_of(entry.null), why);
}

void MergeStep::one(OneRow &row) const {
  std::uint8_t causes = 0;
  Why why = 0;
  for (const std::uint32_t lane : in_) {
    causes |= row.at(lane).causes;
    why = row.because(why, row.at(lane).why());
  }
  Cell &out = row.at(out_);
  out.causes = 0;
  if (causes != 0)
    out.set_null(merged(causes), why == 0 ? untold : why);
}

} // namespace spie::columns
