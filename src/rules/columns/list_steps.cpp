#include "rules/columns/list_steps.hpp"

#include "rules/columns/counter.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace spie::columns {

namespace {

constexpr Word all = ~Word{0};

// Calls `each` with every position of the list in hand.
template <class Each> void positions(State &state, int list, Each each) {
  const std::size_t most = state.lists[static_cast<std::size_t>(list)].most;
  for (state.item = 0; state.item < most; ++state.item)
    each(state.item);
  state.item = 0;
}

// A null for the rows of each cause.
void nulls_of_causes(Lane &lane, const Bits &error, const Bits &unknown) {
  lane.nulls = any_bit(error) || any_bit(unknown);
  if (!lane.nulls)
    return;
  for (std::size_t w = 0; w < chunk_words; ++w)
    lane.valid[w] = ~(error[w] | unknown[w]);
  lane.error = error;
  lane.unknown = unknown;
}

} // namespace

void FilterItemsStep::run(State &state) const {
  Bits error{}, unknown{};
  positions(state, items_.list, [&](std::size_t) {
    Lane &keeps = state.lane(keeps_);
    keeps.nulls = false;
    state.k.keep_items(items_.there(state), items_.kept(state), state.lane(condition_).truths(), keeps.bits.data(),
                       error.data(), unknown.data());
  });
  Lane &self = state.lane(self_);
  self.nulls = false;
  if (unknowns_) {
    nulls_of_causes(self, error, unknown);
    return;
  }
  // What makes the condition an error counts, though the item is left out.
  for (std::size_t w = 0; w < chunk_words; ++w)
    state.fallback[w] |= error[w] | unknown[w];
}

void PairsStep::same(State &state, const Lane &a, const Lane &b, Bits &into) const {
  if (form_ == Form::boolean && !coded_) {
    for (std::size_t w = 0; w < chunk_words; ++w)
      into[w] = ~(a.bits[w] ^ b.bits[w]);
  } else if (coded_) {
    state.k.same_codes(a.codes.data(), b.codes.data(), into.data());
  } else if (form_ == Form::text) {
    static const std::vector<std::int32_t> each_once;
    const auto at = static_cast<std::size_t>(column_);
    const auto &first = at < state.batch->columns.size() ? state.batch->columns[at].first_codes : each_once;
    if (first.empty()) {
      state.k.same_narrow(a.texts.data(), b.texts.data(), into.data());
      return;
    }
    into.fill(0);
    for (std::size_t i = 0; i < chunk_rows; ++i)
      into[i / 64] |=
          static_cast<Word>(
              first[static_cast<std::size_t>(a.texts[i])] == first[static_cast<std::size_t>(b.texts[i])] ? 1 : 0)
          << (i % 64);
  } else if (a.is_narrow && b.is_narrow) {
    state.k.same_narrow(a.narrow.data(), b.narrow.data(), into.data());
  } else {
    alignas(64) std::array<std::int64_t, chunk_rows> room_a, room_b;
    const std::int64_t *one = nullptr, *other = nullptr;
    widened(state, a, one, room_a);
    widened(state, b, other, room_b);
    state.k.same_wide(one, other, into.data());
  }
}

void PairsStep::run(State &state) const {
  const std::size_t most = state.lists[static_cast<std::size_t>(list_)].most;
  auto &pairs = state.pairs[pairs_];
  if (pairs.size() < most * (most - std::min<std::size_t>(most, 1)) / 2)
    pairs.resize(most * (most - 1) / 2);
  std::array<const Lane *, most_items> lanes{};
  std::size_t at = 0;
  positions(state, list_, [&](std::size_t k) {
    lanes[k] = &state.lane(lane_);
    for (std::size_t before = 0; before < k; ++before)
      same(state, *lanes[before], *lanes[k], pairs[at++]);
  });
}

void DistinctItemsStep::run(State &state) const {
  Bits error{}, unknown{};
  std::array<Bits, most_items> in;
  const auto &pairs = state.pairs[pairs_];
  std::size_t at = 0;
  positions(state, items_.list, [&](std::size_t k) {
    const Lane &lane = state.lane(lane_);
    Lane &keeps = state.lane(keeps_);
    keeps.nulls = false;
    for (std::size_t w = 0; w < chunk_words; ++w) {
      const Word given = items_.word(state, w), null = given & ~lane.valid_word(w);
      error[w] |= null & lane.unknown_word(w) & lane.error_word(w);
      unknown[w] |= null & lane.unknown_word(w);
      state.fallback[w] |= null & ~lane.unknown_word(w); // a null equals a null
      in[k][w] = keeps.bits[w] = given & ~null;
    }
    for (std::size_t before = 0; before < k; ++before, ++at)
      state.k.without_both(pairs[at].data(), in[before].data(), keeps.bits.data());
  });
  nulls_of_causes(state.lane(self_), error, unknown);
}

void CountItemsStep::run(State &state) const {
  constexpr std::size_t planes = 8;
  static_assert(most_items < 1U << planes);
  Counter<planes> counter;
  positions(state, items_.list, [&](std::size_t) {
    Bits kept;
    for (std::size_t w = 0; w < chunk_words; ++w)
      kept[w] = items_.word(state, w);
    counter.add(state, kept);
  });
  Lane &out = state.lane(out_);
  out.nulls = false;
  counter.give(state, out);
}

void QuantifyItemsStep::run(State &state) const {
  Bits decided{}, null{}, error{}, unknown{};
  positions(state, items_.list, [&](std::size_t) {
    state.k.quantify(some_, items_.there(state), items_.kept(state), state.lane(condition_).truths(),
                     {decided.data(), null.data(), error.data(), unknown.data()});
  });
  Lane &out = state.lane(out_);
  out.nulls = false;
  for (std::size_t w = 0; w < chunk_words; ++w) {
    const Word open = null[w] & ~decided[w];
    out.bits[w] = some_ ? decided[w] : ~decided[w] & ~open;
    out.valid[w] = ~open;
    out.error[w] = error[w] & open;
    out.unknown[w] = unknown[w] & open;
    out.nulls |= open != 0;
  }
}

void ReduceItemsStep::run(State &state) const {
  Lane &out = state.lane(out_);
  out.wide.fill(0);
  out.is_narrow = false;
  Bits error{}, unknown{}, plain{}, some{};
  positions(state, items_.list, [&](std::size_t) {
    const Lane &lane = state.lane(lane_);
    alignas(64) std::array<std::int64_t, chunk_rows> room, made;
    const std::int64_t *values = nullptr;
    widened(state, lane, values, room);
    Bits beyond{}, taken{}, fresh{};
    for (std::size_t w = 0; w < chunk_words; ++w) {
      const Word in = items_.word(state, w), null = in & ~lane.valid_word(w);
      error[w] |= null & lane.error_word(w);
      unknown[w] |= null & lane.unknown_word(w);
      plain[w] |= null;
      taken[w] = in & ~null;
      fresh[w] = taken[w] & ~some[w];
    }
    if (operation_ == Operation::sum) {
      state.k.add(out.wide.data(), values, made.data(), beyond.data());
    } else {
      alignas(64) std::array<std::int64_t, chunk_rows> best;
      state.k.extreme(operation_ == Operation::greatest, out.wide.data(), values, best.data());
      state.k.select_wide(fresh.data(), values, best.data(), made.data());
    }
    alignas(64) std::array<std::int64_t, chunk_rows> chosen;
    state.k.select_wide(taken.data(), made.data(), out.wide.data(), chosen.data());
    out.wide = chosen;
    for (std::size_t w = 0; w < chunk_words; ++w) {
      some[w] |= taken[w];
      state.fallback[w] |= beyond[w] & taken[w];
    }
  });
  if (dates_) {
    alignas(64) std::array<std::int32_t, chunk_rows> days;
    state.k.narrow(out.wide.data(), days.data());
    out.narrow = days;
    out.is_narrow = true;
  }
  out.nulls = false;
  for (std::size_t w = 0; w < chunk_words; ++w) {
    const Word causes = error[w] | unknown[w];
    out.valid[w] = some[w] & ~plain[w];
    out.error[w] = error[w] | (plain[w] & ~causes);
    out.unknown[w] = unknown[w];
    out.nulls |= out.valid[w] != all;
  }
}

void SettleStep::run(State &state) const {
  Bits error{}, unknown{};
  for (const One &one : ones_) {
    const Lane &kept = state.lane(one.kept);
    Lane &settled = state.lane(one.settled);
    settled.nulls = false;
    for (std::size_t w = 0; w < chunk_words; ++w) {
      settled.bits[w] = kept.bits[w] & kept.valid_word(w);
      error[w] |= kept.error_word(w);
      unknown[w] |= kept.unknown_word(w);
    }
  }
  Lane &self = state.lane(self_);
  self.nulls = false;
  if (!unknowns_)
    for (std::size_t w = 0; w < chunk_words; ++w)
      state.fallback[w] |= std::exchange(error[w], 0) | std::exchange(unknown[w], 0);
  nulls_of_causes(self, error, unknown);
  if (!before_ || !state.lane(*before_).nulls)
    return;
  const Lane &before = state.lane(*before_);
  if (!self.nulls)
    self.all_valid();
  self.nulls = true;
  for (std::size_t w = 0; w < chunk_words; ++w) { // a list that is null has no items
    const Word null = ~before.valid[w];
    self.valid[w] &= before.valid[w];
    self.error[w] = (self.error[w] & ~null) | before.error[w];
    self.unknown[w] = (self.unknown[w] & ~null) | before.unknown[w];
  }
}

void KnownStep::run(State &state) const {
  const Lane &in = state.lane(in_);
  Lane &out = state.lane(out_);
  out.nulls = false;
  for (std::size_t w = 0; w < chunk_words; ++w) {
    out.bits[w] = ~in.unknown_word(w);
    state.fallback[w] |= in.unknown_word(w) & in.error_word(w); // what follows would have to bear its error too
  }
}

MapStep::MapStep(std::uint32_t lane, Of of, std::uint32_t column, std::uint32_t table,
                 const std::vector<std::string> &texts, std::vector<Entry> classes, std::array<Entry, 4> nulls,
                 std::array<bool, 4> hands, std::uint32_t out)
    : lane_(lane), of_(of), column_(column), table_(table), classes_(std::move(classes)), nulls_(nulls), hands_(hands),
      out_(out) {
  for (std::size_t i = 0; i < texts.size(); ++i)
    texts_.emplace(texts[i], i);
  for (const Entry &entry : classes_)
    if (entry.null != Verdict::no && std::find(kinds_.begin(), kinds_.end(), entry.null) == kinds_.end())
      kinds_.push_back(entry.null);
}

void MapStep::prepare(State &state, const Batch & /*batch*/) const {
  auto &codes = state.tables[table_], &kinds = state.tables[table_ + 1];
  const auto put = [&](std::size_t i, const Entry &entry) {
    std::memcpy(codes.data() + i * 2, &entry.code, 2);
    kinds[i] = static_cast<std::uint8_t>(entry.null);
  };
  const auto room = [&](std::size_t count) {
    codes.assign(std::max<std::size_t>(count, 1) * 2, 0);
    kinds.assign(std::max<std::size_t>(count, 1), static_cast<std::uint8_t>(Verdict::no));
  };
  if (of_ == Of::codes) {
    room(classes_.size());
    for (std::size_t i = 0; i < classes_.size(); ++i)
      put(i, classes_[i]);
    return;
  }
  const auto &dictionary = state.dictionary(static_cast<int>(column_));
  room(dictionary.size());
  std::string text;
  for (std::size_t i = 0; i < dictionary.size(); ++i) {
    text.assign(dictionary[i]);
    const auto found = texts_.find(text);
    put(i, found == texts_.end() ? classes_.back() : classes_[found->second]);
  }
}

void MapStep::run(State &state) const {
  const Lane &in = state.lane(lane_);
  Lane &out = state.lane(out_);
  const auto &codes = state.tables[table_], &kinds = state.tables[table_ + 1];
  const auto *const table = reinterpret_cast<const std::uint16_t *>(codes.data()); // as prepare() put them
  if (of_ == Of::codes)
    state.k.codes_by_code16(in.codes.data(), table, kinds.size(), out.codes.data());
  else
    state.k.codes_by_code32(in.texts.data(), table, kinds.size(), out.codes.data());
  out.nulls = false;
  if (kinds_.empty() && !in.nulls)
    return;
  out.all_valid();
  const auto set = [&](const Bits &rows, Verdict kind) {
    if (kind == Verdict::no)
      return;
    if (kind == Verdict::other) {
      add_bits(state.fallback, rows);
      return;
    }
    for (std::size_t w = 0; w < chunk_words; ++w)
      out.valid[w] &= ~rows[w];
    if (kind == Verdict::null_error || kind == Verdict::null_both)
      add_bits(out.error, rows);
    if (kind == Verdict::null_unknown || kind == Verdict::null_both)
      add_bits(out.unknown, rows);
  };
  if (!kinds_.empty()) {
    if (of_ == Of::codes)
      state.k.bytes_by_code16(in.codes.data(), kinds.data(), kinds.size(), state.bytes.data());
    else
      state.k.bytes_by_code32(in.texts.data(), kinds.data(), kinds.size(), state.bytes.data());
    constexpr int digits = 3; // of a kind
    static_assert(static_cast<int>(Verdict::other) < 1 << digits);
    std::array<Bits, digits> planes;
    for (int digit = 0; digit < digits; ++digit)
      state.k.plane(state.bytes.data(), digit, planes[static_cast<std::size_t>(digit)].data());
    for (const Verdict kind : kinds_) {
      Bits rows;
      for (std::size_t w = 0; w < chunk_words; ++w) {
        rows[w] = in.valid_word(w);
        for (std::size_t digit = 0; digit < digits; ++digit)
          rows[w] &= (static_cast<unsigned>(kind) >> digit & 1U) != 0 ? planes[digit][w] : ~planes[digit][w];
      }
      set(rows, kind);
    }
  }
  if (in.nulls)
    for (std::size_t kind = 0; kind < nulls_.size(); ++kind) { // plain, of an error, of something unknown, of both
      const Word of_error = (kind & 1) != 0 ? all : 0, of_unknown = (kind & 2) != 0 ? all : 0;
      Bits rows;
      for (std::size_t w = 0; w < chunk_words; ++w)
        rows[w] = ~in.valid[w] & ~(in.error[w] ^ of_error) & ~(in.unknown[w] ^ of_unknown);
      set(rows, nulls_[kind].null);
      if (nulls_[kind].null == Verdict::no)
        state.k.choose(rows.data(), nulls_[kind].code, out.codes.data());
    }
  for (const Word word : out.valid)
    out.nulls |= word != all;
}

} // namespace spie::columns
