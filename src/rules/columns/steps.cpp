#include "rules/columns/steps.hpp"

#include "rules/columns/counter.hpp"

#include <algorithm>
#include <limits>

namespace spie::columns {

namespace {

constexpr Word all = ~Word{0};

// Adds one kind of null to the rows of a word.
void set_null(Lane &lane, std::size_t w, Word rows, Verdict verdict) {
  lane.valid[w] &= ~rows;
  if (verdict == Verdict::null_error || verdict == Verdict::null_both)
    lane.error[w] |= rows;
  if (verdict == Verdict::null_unknown || verdict == Verdict::null_both)
    lane.unknown[w] |= rows;
}

} // namespace

void copy_data(ChooseStep::Data data, const Lane &from, Lane &to) {
  switch (data) {
  case ChooseStep::Data::none:
    break;
  case ChooseStep::Data::bits:
    to.bits = from.bits;
    break;
  case ChooseStep::Data::integers:
    to.is_narrow = from.is_narrow;
    if (from.is_narrow)
      to.narrow = from.narrow;
    else
      to.wide = from.wide;
    break;
  case ChooseStep::Data::codes:
    to.codes = from.codes;
    break;
  case ChooseStep::Data::texts:
    to.texts = from.texts;
    break;
  }
}

void widened(State &state, const Lane &lane, const std::int64_t *&values, std::array<std::int64_t, chunk_rows> &room) {
  values = lane.wide.data();
  if (lane.is_narrow) {
    state.k.widen(lane.narrow.data(), room.data());
    values = room.data();
  }
}

void merge_nulls(State &state, const std::uint32_t *lanes, std::size_t count, Lane &out) {
  if (count == 1) {
    out.nulls_of(state.lane(lanes[0]));
    if (out.nulls)
      for (std::size_t w = 0; w < chunk_words; ++w)
        out.error[w] |= ~out.valid[w] & ~out.unknown[w];
    return;
  }
  Bits valid = all_bits, error{}, unknown{};
  bool nulls = false;
  for (std::size_t i = 0; i < count; ++i) {
    const Lane &one = state.lane(lanes[i]);
    if (!one.nulls)
      continue;
    nulls = true;
    for (std::size_t w = 0; w < chunk_words; ++w) {
      valid[w] &= one.valid[w];
      error[w] |= one.error[w];
      unknown[w] |= one.unknown[w];
    }
  }
  out.nulls = nulls;
  if (!nulls)
    return;
  for (std::size_t w = 0; w < chunk_words; ++w)
    error[w] |= ~valid[w] & ~unknown[w];
  out.valid = valid;
  out.error = error;
  out.unknown = unknown;
}

void ConstantStep::run(State &state) const {
  Lane &lane = state.lane(lane_);
  lane.all_valid();
  lane.nulls = null_ != Verdict::no;
  if (lane.nulls)
    for (std::size_t w = 0; w < chunk_words; ++w)
      set_null(lane, w, all, null_);
  lane.is_narrow = narrow_;
  if (form_ == Form::boolean)
    lane.bits.fill(value_ != 0 ? all : 0);
  else if (form_ == Form::text)
    lane.codes.fill(static_cast<std::uint16_t>(value_));
  else if (narrow_)
    lane.narrow.fill(static_cast<std::int32_t>(value_));
  else
    lane.wide.fill(value_);
}

void BelowStep::run(State &state) const {
  const Lane &lane = state.lane(lane_);
  Bits &mask = state.mask(mask_);
  if (!lane.is_narrow) {
    state.k.below_wide(lane.wide.data(), bound_, mask.data());
    return;
  }
  if (bound_ > std::numeric_limits<std::int32_t>::max())
    mask.fill(all);
  else if (bound_ <= std::numeric_limits<std::int32_t>::min())
    mask.fill(0);
  else
    state.k.below_narrow(lane.narrow.data(), static_cast<std::int32_t>(bound_), mask.data());
}

void PlanesStep::add(std::uint32_t mask, const std::vector<bool> &codes) {
  const auto plane = static_cast<std::uint8_t>(1U << masks_.size());
  masks_.push_back(mask);
  by_code_.resize(std::max(codes_, codes.size()), 0);
  for (std::size_t code = 0; code < codes.size(); ++code)
    if (codes[code])
      by_code_[code] |= plane;
}

void PlanesStep::add(std::uint32_t mask, const std::vector<std::string> &texts, const std::vector<bool> &members) {
  const auto plane = static_cast<std::uint8_t>(1U << masks_.size());
  masks_.push_back(mask);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    known_[texts[i]] |= plane;
    if (members[i])
      by_text_[texts[i]] |= plane;
  }
  if (members[texts.size()])
    others_ |= plane;
}

void PlanesStep::prepare(State &state, const Batch & /*batch*/) const {
  if (column_ < 0)
    return;
  const auto &dictionary = state.dictionary(column_);
  auto &table = state.tables[table_];
  table.assign(std::max<std::size_t>(dictionary.size(), 1), 0);
  std::string text;
  for (std::size_t i = 0; i < dictionary.size(); ++i) {
    text.assign(dictionary[i]);
    const auto known = known_.find(text);
    if (known == known_.end()) {
      table[i] = others_;
      continue;
    }
    const auto held = by_text_.find(text);
    table[i] = static_cast<std::uint8_t>((held == by_text_.end() ? 0 : held->second) | (others_ & ~known->second));
  }
}

void PlanesStep::run(State &state) const {
  const Lane &lane = state.lane(lane_);
  std::array<Word *, most> masks{};
  for (std::size_t i = 0; i < masks_.size(); ++i)
    masks[i] = state.mask(masks_[i]).data();
  const auto &table = column_ < 0 ? by_code_ : state.tables[table_];
  if (column_ < 0)
    state.k.planes_by_code16(lane.codes.data(), table.data(), table.size(), masks.data(), masks_.size());
  else
    state.k.planes_by_code32(lane.texts.data(), table.data(), table.size(), masks.data(), masks_.size());
}

void IntervalsStep::run(State &state) const {
  Bits &mask = state.mask(mask_);
  bool added = false;
  for (const auto [low, high] : intervals_) {
    state.k.within(added, (low < 0 ? no_bits : state.mask(static_cast<std::uint32_t>(low))).data(),
                   (high < 0 ? all_bits : state.mask(static_cast<std::uint32_t>(high))).data(), mask.data());
    added = true;
  }
  if (!added)
    mask.fill(0);
}

void BooleansStep::run(State &state) const {
  const Lane &lane = state.lane(lane_);
  Bits &mask = state.mask(mask_);
  const Word of_true = of_true_ ? all : 0, of_false = of_false_ ? all : 0;
  for (std::size_t w = 0; w < chunk_words; ++w)
    mask[w] = (lane.bits[w] & of_true) | (~lane.bits[w] & of_false);
}

PredicateStep::PredicateStep(std::uint32_t lane, bool some, int other, std::array<int, 4> made,
                             std::array<Verdict, 4> nulls, std::uint32_t out)
    : lane_(lane), some_(some), other_(other), made_(made),
      makes_(std::any_of(made.begin(), made.end(), [](int mask) { return mask >= 0; })), out_(out) {
  for (std::size_t kind = 0; kind < nulls.size(); ++kind) {
    const Verdict verdict = nulls[kind];
    if (verdict == Verdict::yes)
      nulls_.yes[kind] = all;
    else if (verdict == Verdict::other)
      nulls_.other[kind] = all;
    else if (verdict != Verdict::no)
      nulls_.null[kind] = all;
    if (verdict == Verdict::null_error || verdict == Verdict::null_both)
      nulls_.error[kind] = all;
    if (verdict == Verdict::null_unknown || verdict == Verdict::null_both)
      nulls_.unknown[kind] = all;
  }
}

void PredicateStep::run(State &state) const {
  const Lane &in = state.lane(lane_);
  Lane &out = state.lane(out_);
  if (!some_)
    out.bits = no_bits;
  if (other_ >= 0) {
    const Bits &other = state.mask(static_cast<std::uint32_t>(other_));
    for (std::size_t w = 0; w < chunk_words; ++w)
      state.fallback[w] |= other[w] & in.valid_word(w);
  }
  out.nulls = false;
  if (!in.nulls && !makes_)
    return;
  if (makes_)
    out.all_valid();
  for (std::size_t kind = 0; makes_ && kind < made_.size(); ++kind)
    if (made_[kind] >= 0)
      for (std::size_t w = 0; w < chunk_words; ++w)
        set_null(out, w, state.mask(static_cast<std::uint32_t>(made_[kind]))[w] & in.valid_word(w), null_kinds[kind]);
  if (!in.nulls) {
    out.nulls = lacks_some(out.valid);
    return;
  }
  out.nulls = state.k.judge_nulls(in.truths(), nulls_, makes_, out.masks(), state.fallback.data());
}

void LogicStep::run(State &state) const {
  const Lane &a = state.lane(left_), &b = state.lane(right_);
  Lane &out = state.lane(out_);
  if (!a.nulls && !b.nulls) {
    out.nulls = false;
    if (conjunction_)
      for (std::size_t w = 0; w < chunk_words; ++w)
        out.bits[w] = a.bits[w] & b.bits[w];
    else
      for (std::size_t w = 0; w < chunk_words; ++w)
        out.bits[w] = a.bits[w] | b.bits[w];
    return;
  }
  out.nulls = state.k.logic(conjunction_, a.truths(), b.truths(), out.bits.data(), out.valid.data(), out.error.data(),
                            out.unknown.data());
}

void NotStep::run(State &state) const {
  const Lane &in = state.lane(in_);
  Lane &out = state.lane(out_);
  out.nulls_of(in);
  for (std::size_t w = 0; w < chunk_words; ++w)
    out.bits[w] = ~in.bits[w] & in.valid_word(w);
}

void CompareStep::run(State &state) const {
  const Lane &a = state.lane(left_), &b = state.lane(right_);
  Lane &out = state.lane(out_);
  const bool equality = kind_ == feel::NodeKind::equal || kind_ == feel::NodeKind::not_equal;
  bool negated = kind_ == feel::NodeKind::not_equal;
  if (form_ == Form::boolean) {
    for (std::size_t w = 0; w < chunk_words; ++w)
      out.bits[w] = ~(a.bits[w] ^ b.bits[w]);
  } else {
    // a <= b is not b < a.
    const bool swapped = kind_ == feel::NodeKind::greater || kind_ == feel::NodeKind::less_or_equal;
    negated |= kind_ == feel::NodeKind::less_or_equal || kind_ == feel::NodeKind::greater_or_equal;
    const Lane &left = swapped ? b : a, &right = swapped ? a : b;
    if (left.is_narrow && right.is_narrow) {
      (equality ? state.k.same_narrow : state.k.less_narrow)(left.narrow.data(), right.narrow.data(), out.bits.data());
    } else {
      alignas(64) std::array<std::int64_t, chunk_rows> room_left, room_right;
      const std::int64_t *one = nullptr, *other = nullptr;
      widened(state, left, one, room_left);
      widened(state, right, other, room_right);
      (equality ? state.k.same_wide : state.k.less_wide)(one, other, out.bits.data());
    }
  }
  if (negated)
    for (Word &word : out.bits)
      word = ~word;
  if (!equality) {
    const std::array<std::uint32_t, 2> both{left_, right_};
    merge_nulls(state, both.data(), both.size(), out);
    if (out.nulls)
      for (std::size_t w = 0; w < chunk_words; ++w)
        out.bits[w] &= out.valid[w];
    return;
  }
  out.nulls = false;
  if (!a.nulls && !b.nulls)
    return;
  // A null equals a null and nothing else; what is not known is equal to nothing known.
  for (std::size_t w = 0; w < chunk_words; ++w) {
    const Word null_a = ~a.valid_word(w), null_b = ~b.valid_word(w);
    const Word error = a.error_word(w) | b.error_word(w), unknown = a.unknown_word(w) | b.unknown_word(w);
    const Word undecided = unknowns_ ? error | unknown : 0;
    const Word same = null_a & null_b, differ = null_a ^ null_b;
    const Word yes = kind_ == feel::NodeKind::equal ? same : differ;
    out.bits[w] = ((out.bits[w] & ~(null_a | null_b)) | yes) & ~undecided;
    out.valid[w] = ~undecided;
    out.error[w] = error & undecided;
    out.unknown[w] = unknown & undecided;
    out.nulls |= undecided != 0;
  }
}

void ArithmeticStep::run(State &state) const {
  Lane &out = state.lane(out_);
  const std::array<std::uint32_t, 2> both{left_, right_};
  merge_nulls(state, both.data(), both.size(), out);
  alignas(64) std::array<std::int64_t, chunk_rows> room_left, room_right;
  const std::int64_t *one = nullptr, *other = nullptr;
  widened(state, state.lane(left_), one, room_left);
  widened(state, state.lane(right_), other, room_right);
  Bits beyond{};
  (operation_ == Operation::add        ? state.k.add
   : operation_ == Operation::subtract ? state.k.subtract
                                       : state.k.multiply)(one, other, out.wide.data(), beyond.data());
  out.is_narrow = false;
  if (dates_) {
    for (std::size_t i = 0; i < chunk_rows; ++i) {
      const std::int64_t value = out.wide[i];
      beyond[i / 64] |= static_cast<Word>(value != static_cast<std::int32_t>(value) ? 1 : 0) << (i % 64);
    }
    alignas(64) std::array<std::int32_t, chunk_rows> days;
    state.k.narrow(out.wide.data(), days.data());
    out.narrow = days;
    out.is_narrow = true;
  }
  for (std::size_t w = 0; w < chunk_words; ++w)
    state.fallback[w] |= beyond[w] & out.valid_word(w);
}

void ScaleStep::run(State &state) const {
  Lane &out = state.lane(out_);
  const Lane &in = state.lane(in_);
  if (written_ != Written::nothing)
    merge_nulls(state, &in_, 1, out);
  else
    out.nulls_of(in);
  out.is_narrow = false;
  if (in.is_narrow && factor_ == static_cast<std::int32_t>(factor_)) {
    state.k.scale_narrow(in.narrow.data(), static_cast<std::int32_t>(factor_), out.wide.data());
    return;
  }
  alignas(64) std::array<std::int64_t, chunk_rows> room;
  const std::int64_t *values = nullptr;
  widened(state, in, values, room);
  Bits beyond{};
  state.k.scale(values, factor_, out.wide.data(), beyond.data());
  for (std::size_t w = 0; w < chunk_words; ++w)
    state.fallback[w] |= beyond[w] & out.valid_word(w);
}

void RoundStep::run(State &state) const {
  Lane &out = state.lane(out_);
  const Lane &in = state.lane(in_);
  merge_nulls(state, &in_, 1, out);
  alignas(64) std::array<std::int64_t, chunk_rows> room;
  const std::int64_t *values = nullptr;
  widened(state, in, values, room);
  state.k.divide_round(values, divisor_, static_cast<int>(mode_), out.wide.data());
  out.is_narrow = false;
}

void MonthsStep::run(State &state) const {
  constexpr std::int32_t far = 300'000'000; // days: what the kernel takes, with room for the months
  Lane &out = state.lane(out_);
  const Lane &in = state.lane(in_);
  merge_nulls(state, &in_, 1, out);
  out.is_narrow = true;
  if (state.k.plus_months(in.narrow.data(), months_, out.narrow.data()))
    return;
  Bits low{}, high{};
  state.k.below_narrow(in.narrow.data(), -far, low.data());
  state.k.below_narrow(in.narrow.data(), far, high.data());
  for (std::size_t w = 0; w < chunk_words; ++w)
    state.fallback[w] |= (low[w] | ~high[w]) & out.valid_word(w);
}

void ExtremeStep::run(State &state) const {
  Lane &out = state.lane(out_);
  const std::array<std::uint32_t, 2> both{left_, right_};
  merge_nulls(state, both.data(), both.size(), out);
  alignas(64) std::array<std::int64_t, chunk_rows> room_left, room_right;
  const std::int64_t *one = nullptr, *other = nullptr;
  widened(state, state.lane(left_), one, room_left);
  widened(state, state.lane(right_), other, room_right);
  out.is_narrow = false;
  state.k.extreme(largest_, one, other, out.wide.data());
  if (!dates_)
    return;
  alignas(64) std::array<std::int32_t, chunk_rows> days;
  state.k.narrow(out.wide.data(), days.data());
  out.narrow = days;
  out.is_narrow = true;
}

void CountStep::run(State &state) const {
  Lane &out = state.lane(out_);
  constexpr std::size_t planes = 16;
  Counter<planes> counter;
  Bits error{}, unknown{};
  for (const std::uint32_t kept : kept_) {
    const Lane &lane = state.lane(kept);
    counter.add(state, lane.bits);
    if (lane.nulls)
      state.k.add_causes(lane.truths(), error.data(), unknown.data());
  }
  counter.give(state, out);
  if (!unknowns_) {
    // What makes the condition an error counts, though the item is left out.
    add_bits(state.fallback, error);
    add_bits(state.fallback, unknown);
    out.nulls = false;
    return;
  }
  out.error = error;
  out.unknown = unknown;
  for (std::size_t w = 0; w < chunk_words; ++w)
    out.valid[w] = ~(error[w] | unknown[w]);
  out.nulls = lacks_some(out.valid);
}

void SumStep::run(State &state) const {
  Lane &out = state.lane(out_);
  out.all_valid();
  out.wide.fill(0);
  out.is_narrow = false;
  Bits filter_error{}, filter_unknown{}, null_error{}, null_unknown{}, null_plain{}, some{};
  for (std::size_t item = 0; item < items_.size(); ++item) {
    const Lane &lane = state.lane(items_[item]);
    const Lane *kept = kept_.empty() ? nullptr : &state.lane(kept_[item]);
    alignas(64) std::array<std::int64_t, chunk_rows> room, sum;
    const std::int64_t *values = nullptr;
    widened(state, lane, values, room);
    Bits beyond{};
    state.k.add(out.wide.data(), values, sum.data(), beyond.data());
    Bits taken{};
    for (std::size_t w = 0; w < chunk_words; ++w) {
      const Word in = kept == nullptr ? all : kept->bits[w];
      if (kept != nullptr) {
        filter_error[w] |= kept->error_word(w);
        filter_unknown[w] |= kept->unknown_word(w);
      }
      const Word null = in & ~lane.valid_word(w);
      null_error[w] |= null & lane.error_word(w);
      null_unknown[w] |= null & lane.unknown_word(w);
      null_plain[w] |= null & ~lane.error_word(w) & ~lane.unknown_word(w);
      taken[w] = in & ~null;
      some[w] |= in;
      state.fallback[w] |= beyond[w] & taken[w];
    }
    state.k.select_wide(taken.data(), sum.data(), out.wide.data(), room.data());
    out.wide = room;
  }
  out.nulls = false;
  for (std::size_t w = 0; w < chunk_words; ++w) {
    const Word undecided = filter_error[w] | filter_unknown[w];
    if (!unknowns_)
      state.fallback[w] |= undecided;
    const Word causes = null_error[w] | null_unknown[w];
    const Word null = undecided | causes | null_plain[w];
    out.valid[w] = ~null & some[w];
    out.error[w] = filter_error[w] | (~undecided & (null_error[w] | (null_plain[w] & ~causes)));
    out.unknown[w] = filter_unknown[w] | (~undecided & null_unknown[w]);
    out.nulls |= out.valid[w] != all;
  }
}

LookUpStep::LookUpStep(std::uint32_t in, Form form, std::vector<std::int64_t> values, std::vector<std::int8_t> places,
                       std::vector<bool> nulls, std::uint32_t out)
    : in_(in), form_(form), values_(std::move(values)), places_(std::move(places)), out_(out) {
  bool fits = true;
  for (std::size_t i = 0; i < values_.size(); ++i) {
    fits &= values_[i] == static_cast<std::int32_t>(values_[i]);
    nulls_ |= nulls[i];
    bytes_.push_back(static_cast<std::uint8_t>((values_[i] != 0 ? 1 : 0) | (nulls[i] ? 0 : 2)));
  }
  if (fits)
    for (const std::int64_t value : values_)
      narrow_.push_back(static_cast<std::int32_t>(value));
}

void LookUpStep::run(State &state) const {
  const Lane &in = state.lane(in_);
  Lane &out = state.lane(out_);
  out.nulls_of(in);
  if (form_ == Form::boolean || nulls_)
    state.k.bytes_by_code16(in.codes.data(), bytes_.data(), bytes_.size(), state.bytes.data());
  if (form_ == Form::boolean) {
    state.k.plane(state.bytes.data(), 0, out.bits.data());
  } else if (narrow_.empty()) {
    out.is_narrow = false;
    state.k.wide_by_code(in.codes.data(), values_.data(), out.wide.data());
  } else {
    out.is_narrow = true;
    state.k.narrow_by_code(in.codes.data(), narrow_.data(), narrow_.size(), out.narrow.data());
  }
  if (nulls_) {
    Bits given{};
    state.k.plane(state.bytes.data(), 1, given.data());
    if (!out.nulls) {
      out.all_valid();
      out.nulls = true;
    }
    for (std::size_t w = 0; w < chunk_words; ++w)
      out.valid[w] &= given[w];
  }
  if (out.nulls && form_ == Form::boolean)
    for (std::size_t w = 0; w < chunk_words; ++w)
      out.bits[w] &= out.valid[w];
}

NullCodesStep::NullCodesStep(std::uint32_t in, const std::vector<bool> &nulls, std::uint32_t out) : in_(in), out_(out) {
  for (const bool null : nulls)
    table_.push_back(null ? 0 : 1);
}

void NullCodesStep::run(State &state) const {
  const Lane &in = state.lane(in_);
  Lane &out = state.lane(out_);
  out.nulls_of(in);
  out.codes = in.codes;
  Bits given{};
  state.k.bytes_by_code16(in.codes.data(), table_.data(), table_.size(), state.bytes.data());
  state.k.plane(state.bytes.data(), 0, given.data());
  if (!out.nulls) {
    out.all_valid();
    out.nulls = true;
  }
  for (std::size_t w = 0; w < chunk_words; ++w)
    out.valid[w] &= given[w];
}

void ChooseStep::run(State &state) const {
  const Lane &condition = state.lane(condition_), &a = state.lane(then_), &b = state.lane(otherwise_);
  Lane &out = state.lane(out_);
  Bits yes;
  out.nulls = state.k.choose_between(unknowns_, condition.truths(), a.truths(), b.truths(), yes.data(), out.masks(),
                                     state.fallback.data());
  switch (data_) {
  case Data::none:
  case Data::bits:
    break;
  case Data::integers: {
    out.is_narrow = a.is_narrow && b.is_narrow; // dates always are
    if (out.is_narrow) {
      state.k.select_narrow(yes.data(), a.narrow.data(), b.narrow.data(), out.narrow.data());
      break;
    }
    alignas(64) std::array<std::int64_t, chunk_rows> room_a, room_b;
    const std::int64_t *values = nullptr, *others = nullptr;
    widened(state, a, values, room_a);
    widened(state, b, others, room_b);
    state.k.select_wide(yes.data(), values, others, out.wide.data());
    break;
  }
  case Data::codes:
    state.k.select_codes(yes.data(), a.codes.data(), b.codes.data(), offset_, out.codes.data());
    break;
  case Data::texts:
    state.k.select_narrow(yes.data(), a.texts.data(), b.texts.data(), out.texts.data());
    break;
  }
}

void NullsStep::run(State &state) const {
  const Lane &in = state.lane(in_), &nulls = state.lane(nulls_);
  Lane &out = state.lane(out_);
  copy_data(data_, in, out);
  out.nulls_of(in);
  if (!nulls.nulls)
    return;
  if (!out.nulls) {
    out.all_valid();
    out.nulls = true;
  }
  for (std::size_t w = 0; w < chunk_words; ++w) {
    const Word kept = nulls.valid[w];
    const Word plain = ~kept & ~nulls.error[w] & ~nulls.unknown[w];
    out.valid[w] &= kept;
    out.error[w] = (out.error[w] & kept) | nulls.error[w] | (member_ ? plain : 0);
    out.unknown[w] = (out.unknown[w] & kept) | nulls.unknown[w];
    if (data_ == ChooseStep::Data::bits)
      out.bits[w] &= kept;
  }
}

void FallbackStep::run(State &state) const {
  const Lane &lane = state.lane(lane_);
  for (std::size_t w = 0; w < chunk_words; ++w)
    state.fallback[w] |= ~lane.bits[w] | ~lane.valid_word(w);
}

} // namespace spie::columns
