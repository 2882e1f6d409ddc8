// Columns into lanes.
#include "rules/columns/list_steps.hpp"

#include "text/encoding.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace spie::columns {

namespace {

// The bits of a bitmap from a bit on, for `rows` rows; 1 beyond.
void read_bits(const std::uint8_t *bytes, std::size_t from, std::size_t rows, Bits &into) {
  const unsigned shift = from % 8;
  const std::uint8_t *at = bytes + from / 8;
  if (rows == chunk_rows) {
    std::memcpy(into.data(), at, sizeof into);
    for (std::size_t line = 0; line < sizeof into; line += 64) // of the next chunk: bitmaps are many, and short
      __builtin_prefetch(at + sizeof into + line);
    if (shift == 0)
      return;
    const Word last = at[sizeof into];
    for (std::size_t w = 0; w < chunk_words; ++w)
      into[w] = into[w] >> shift | (w + 1 < chunk_words ? into[w + 1] : last) << (64 - shift);
    return;
  }
  for (std::size_t w = 0; w < chunk_words; ++w) {
    const std::size_t begin = w * 64;
    if (begin >= rows) {
      into[w] = ~Word{0};
      continue;
    }
    const std::size_t count = std::min<std::size_t>(64, rows - begin);
    const std::size_t needed = (shift + count + 7) / 8;
    Word word = 0;
    std::memcpy(&word, at + w * 8, std::min<std::size_t>(needed, 8));
    word >>= shift;
    if (needed > 8)
      word |= static_cast<Word>(at[w * 8 + 8]) << (64 - shift);
    if (count < 64)
      word |= ~Word{0} << count;
    into[w] = word;
  }
}

template <class T> const T *values_of(const Column &column, std::size_t first) {
  return static_cast<const T *>(column.values) + column.offset + first;
}

// All of a chunk of another integer type.
template <class T, class To, std::size_t size>
void convert(const T *from, std::size_t rows, std::array<To, size> &into) {
  if constexpr (std::is_same_v<T, To>) {
    if (from != into.data()) // where it was gathered
      std::memcpy(into.data(), from, rows * sizeof(T));
  } else {
    for (std::size_t i = 0; i < rows; ++i)
      into[i] = static_cast<To>(from[i]);
  }
  std::fill(into.begin() + static_cast<std::ptrdiff_t>(rows), into.end(), To{});
}

bool is_codes(Layout layout) { return layout >= Layout::codes8 && layout <= Layout::codes64; }

std::size_t width_of(Layout layout) {
  switch (layout) {
  case Layout::int8:
  case Layout::uint8:
  case Layout::codes8:
  case Layout::codes_u8:
    return 1;
  case Layout::int16:
  case Layout::uint16:
  case Layout::codes16:
  case Layout::codes_u16:
    return 2;
  case Layout::int32:
  case Layout::uint32:
  case Layout::date32:
  case Layout::months32:
  case Layout::codes32:
  case Layout::codes_u32:
    return 4;
  case Layout::decimal128:
    return 16;
  default:
    return 8;
  }
}

template <std::size_t width>
void gather(const void *values, std::size_t base, const std::array<std::uint32_t, chunk_rows> &at, char *into) {
  struct Value {
    char bytes[width];
  };
  const auto *from = static_cast<const Value *>(values) + base;
  for (std::size_t i = 0; i < chunk_rows; ++i)
    std::memcpy(into + i * width, from + at[i], width);
}

} // namespace

void ReadStep::read_nulls(State &state, Lane &lane, const Column &column, std::size_t first) const {
  lane.nulls = false;
  if (layout_ == Layout::absent) {
    lane.nulls = true;
    lane.valid.fill(0);
  } else if (column.validity != nullptr) {
    read_bits(column.validity, column.offset + first, state.rows, lane.valid);
    lane.nulls = lacks_some(lane.valid);
  }
  if (!lane.nulls)
    return;
  lane.error.fill(0);
  const Word unknown = unknowns_ ? ~Word{0} : 0;
  for (std::size_t w = 0; w < chunk_words; ++w)
    lane.unknown[w] = ~lane.valid[w] & unknown;
}

// Entries of the dictionary that are null, unknown, or for the row evaluator: looked at once a batch.
void ReadStep::prepare(State &state, const Batch &batch) const {
  if (layout_ == Layout::absent)
    return;
  const Column &column = batch.columns[column_];
  if (list_ < 0 && column.values != nullptr && layout_ != Layout::bits)
    state.ahead.add(static_cast<const char *>(column.values) + column.offset * width_of(layout_), width_of(layout_));
  if (!is_codes(layout_))
    return;
  const auto &dictionary = column.dictionary;
  auto &table = state.tables[table_];
  table.clear();
  bool plain = true;
  for (const std::string_view text : dictionary) {
    const Entry entry = text.data() == nullptr ? Entry::unknown
                        : !is_utf8(text)       ? Entry::other
                        : admit_               ? admit_(text)
                                               : Entry::text;
    plain &= entry == Entry::text;
    table.push_back(static_cast<std::uint8_t>(entry));
  }
  if (plain)
    table.clear();
}

void ReadStep::read_codes(State &state, Lane &lane, const Column &column, std::size_t first) const {
  switch (layout_) {
  case Layout::codes8:
    convert(values_of<std::int8_t>(column, first), state.rows, lane.texts);
    break;
  case Layout::codes_u8:
    convert(values_of<std::uint8_t>(column, first), state.rows, lane.texts);
    break;
  case Layout::codes16:
    convert(values_of<std::int16_t>(column, first), state.rows, lane.texts);
    break;
  case Layout::codes_u16:
    convert(values_of<std::uint16_t>(column, first), state.rows, lane.texts);
    break;
  case Layout::codes64:
    convert(values_of<std::int64_t>(column, first), state.rows, lane.texts);
    break;
  default:
    convert(values_of<std::int32_t>(column, first), state.rows, lane.texts);
    break;
  }
  if (lane.nulls) // what stands at a null may be anything
    state.k.only_where(lane.valid.data(), lane.texts.data());
  const auto &table = state.tables[table_];
  if (table.empty())
    return;
  if (!lane.nulls) {
    lane.all_valid();
    lane.nulls = true;
  }
  static_assert(static_cast<int>(Entry::unknown) == 1 && static_cast<int>(Entry::other) == 2); // one bit each
  Bits unknown{}, other{};
  state.k.bytes_by_code32(lane.texts.data(), table.data(), table.size(), state.bytes.data());
  state.k.plane(state.bytes.data(), 0, unknown.data());
  state.k.plane(state.bytes.data(), 1, other.data());
  for (std::size_t w = 0; w < chunk_words; ++w) {
    state.fallback[w] |= other[w] & lane.valid[w];
    if (unknowns_)
      lane.unknown[w] |= unknown[w] & lane.valid[w];
    lane.valid[w] &= ~unknown[w];
  }
}

// A number of at most six decimals and fifteen digits is the shortest text of its double; any other is left to the row.
void ReadStep::read_floats(State &state, Lane &lane, const Column &column, std::size_t first) const {
  constexpr double scale = 1e6, most = 1e15;
  const auto *from = values_of<double>(column, first);
  lane.is_narrow = false;
  lane.wide.fill(0);
  for (std::size_t i = 0; i < state.rows; ++i) {
    const Word bit = Word{1} << (i % 64);
    if (lane.nulls && (lane.valid[i / 64] & bit) == 0)
      continue;
    const double value = from[i];
    if (std::isnan(value)) {
      if (!lane.nulls) {
        lane.all_valid();
        lane.nulls = true;
      }
      lane.valid[i / 64] &= ~bit;
      if (unknowns_)
        lane.unknown[i / 64] |= bit;
      continue;
    }
    const double scaled = value * scale;
    if (!(scaled > -most && scaled < most)) {
      state.fallback[i / 64] |= bit;
      continue;
    }
    const auto whole = static_cast<std::int64_t>(scaled + (scaled < 0 ? -0.5 : 0.5));
    if (static_cast<double>(whole) / scale != value)
      state.fallback[i / 64] |= bit;
    lane.wide[i] = whole;
  }
}

void ReadStep::read_lengths(State &state, Lane &lane, const Column &column, std::size_t first,
                            std::int64_t per_unit) const {
  const auto *from = values_of<std::int64_t>(column, first);
  lane.is_narrow = false;
  lane.wide.fill(0);
  for (std::size_t i = 0; i < state.rows; ++i) {
    lane.wide[i] = from[i] / per_unit;
    if (lane.wide[i] * per_unit != from[i] && (lane.valid_word(i / 64) >> (i % 64) & 1) != 0)
      state.fallback[i / 64] |= Word{1} << (i % 64);
  }
}

void ReadStep::run(State &state) const {
  static const Column none;
  if (layout_ == Layout::absent)
    read(state, none, 0);
  else if (list_ >= 0)
    read(state, gathered(state), 0);
  else
    read(state, state.batch->columns[column_], state.first);
}

Column ReadStep::gathered(State &state) const {
  const Column &column = state.batch->columns[column_];
  const Items &items = state.lists[static_cast<std::size_t>(list_)];
  const auto &at = items.at[state.item];
  const std::size_t base = column.offset + items.base; // which may wrap around
  Column made;
  made.values = state.gathered.data();
  const auto bits = [&](const void *from, Word *into) {
    state.k.gather_bits(static_cast<const std::uint8_t *>(from), base, at.data(), items.count, into);
    return reinterpret_cast<const std::uint8_t *>(into);
  };
  if (column.validity != nullptr)
    made.validity = bits(column.validity, state.gathered_valid.data());
  if (layout_ == Layout::bits) {
    made.values = bits(column.values, reinterpret_cast<Word *>(state.gathered.data()));
    return made;
  }
  switch (width_of(layout_)) {
  case 1:
    gather<1>(column.values, base, at, state.gathered.data());
    break;
  case 2:
    gather<2>(column.values, base, at, state.gathered.data());
    break;
  case 4: { // where they are read to
    std::int32_t *const into = state.lane(lane_).narrow.data();
    state.k.gather_four(static_cast<const char *>(column.values) + base * 4, at.data(), into);
    made.values = into;
    break;
  }
  case 8:
    gather<8>(column.values, base, at, state.gathered.data());
    break;
  default:
    gather<16>(column.values, base, at, state.gathered.data());
  }
  return made;
}

void ListReadStep::run(State &state) const {
  const Column &column = state.batch->columns[column_];
  Lane &self = state.lane(self_);
  self.nulls = false;
  if (column.validity != nullptr) {
    read_bits(column.validity, column.offset + state.first, state.rows, self.valid);
    for (const Word word : self.valid)
      self.nulls |= word != ~Word{0};
    self.error.fill(0);
    for (std::size_t w = 0; w < chunk_words; ++w)
      self.unknown[w] = ~self.valid[w];
  }
  if (layout_ == Layout::list32)
    read<std::int32_t>(state, column);
  else
    read<std::int64_t>(state, column);
  if (self.nulls && !unknowns_) {
    for (std::size_t w = 0; w < chunk_words; ++w)
      state.fallback[w] |= ~self.valid[w];
    self.nulls = false;
  }
}

template <class Offset> void ListReadStep::read(State &state, const Column &column) const {
  constexpr std::size_t farthest = std::numeric_limits<std::int32_t>::max();
  const Lane &self = state.lane(self_);
  Items &items = state.lists[static_cast<std::size_t>(list_)];
  const auto *offsets = values_of<Offset>(column, state.first);
  alignas(64) std::array<std::int32_t, chunk_rows> lengths;
  alignas(64) std::array<std::uint32_t, chunk_rows> begins;
  items.base = static_cast<std::size_t>(offsets[0]);
  // Mostly as they stand; else row after row.
  std::size_t most = 0;
  for (std::size_t i = 0; i < state.rows; ++i) {
    begins[i] = static_cast<std::uint32_t>(offsets[i] - offsets[0]);
    lengths[i] = static_cast<std::int32_t>(offsets[i + 1] - offsets[i]);
  }
  for (std::size_t i = 0; i < state.rows; ++i)
    most = std::max(most, static_cast<std::size_t>(offsets[i + 1] - offsets[i]));
  for (std::size_t i = state.rows; i < chunk_rows; ++i)
    begins[i] = 0, lengths[i] = 0;
  items.count = static_cast<std::size_t>(offsets[state.rows]) - items.base;
  if (self.nulls || column.items_validity != nullptr || most > most_items || items.count > farthest) {
    most = items.count = 0;
    for (std::size_t i = 0; i < state.rows; ++i) {
      begins[i] = 0, lengths[i] = 0;
      if ((self.valid_word(i / 64) >> (i % 64) & 1) == 0)
        continue;
      const auto begin = static_cast<std::size_t>(offsets[i]), end = static_cast<std::size_t>(offsets[i + 1]);
      bool alone = end - begin > most_items || end - items.base > farthest;
      if (column.items_validity != nullptr)
        for (std::size_t item = begin; !alone && item < end; ++item) {
          const std::size_t at = column.items_offset + item;
          alone = (column.items_validity[at / 8] >> (at % 8) & 1) == 0;
        }
      if (alone) {
        state.fallback[i / 64] |= Word{1} << (i % 64);
        continue;
      }
      begins[i] = static_cast<std::uint32_t>(begin - items.base);
      lengths[i] = static_cast<std::int32_t>(end - begin);
      most = std::max(most, end - begin);
      items.count = end - items.base;
    }
  }
  items.most = most;
  if (items.there.size() < most) {
    items.there.resize(most);
    items.at.resize(most);
    state.reserve(list_, most);
  }
  for (std::size_t k = 0; k < most; ++k) {
    const auto position = static_cast<std::int32_t>(k);
    state.k.below_narrow(lengths.data(), position + 1, items.there[k].data());
    for (Word &word : items.there[k])
      word = ~word;
    auto &at = items.at[k];
    for (std::size_t i = 0; i < chunk_rows; ++i)
      at[i] = (begins[i] + static_cast<std::uint32_t>(k)) & (position < lengths[i] ? ~std::uint32_t{0} : 0U);
  }
}

void ReadStep::read(State &state, const Column &column, std::size_t first) const {
  Lane &lane = state.lane(lane_);
  read_nulls(state, lane, column, first);
  const bool whole = state.rows == chunk_rows;
  const auto narrow_if_fits = [&](const std::int64_t *from) {
    if (whole && state.k.narrow(from, lane.narrow.data())) {
      lane.is_narrow = true;
      return;
    }
    lane.is_narrow = false;
    convert(from, state.rows, lane.wide);
  };
  lane.is_narrow = true;
  switch (layout_) {
  case Layout::absent:
    lane.wide.fill(0);
    lane.bits.fill(0);
    return;
  case Layout::bits:
    read_bits(static_cast<const std::uint8_t *>(column.values), column.offset + first, state.rows, lane.bits);
    if (lane.nulls)
      for (std::size_t w = 0; w < chunk_words; ++w)
        lane.bits[w] &= lane.valid[w];
    return;
  case Layout::int8:
    return convert(values_of<std::int8_t>(column, first), state.rows, lane.narrow);
  case Layout::uint8:
    return convert(values_of<std::uint8_t>(column, first), state.rows, lane.narrow);
  case Layout::int16:
    return convert(values_of<std::int16_t>(column, first), state.rows, lane.narrow);
  case Layout::uint16:
    return convert(values_of<std::uint16_t>(column, first), state.rows, lane.narrow);
  case Layout::int32:
  case Layout::date32:
  case Layout::months32:
    return convert(values_of<std::int32_t>(column, first), state.rows, lane.narrow);
  case Layout::uint32:
    lane.is_narrow = false;
    return convert(values_of<std::uint32_t>(column, first), state.rows, lane.wide);
  case Layout::int64:
    return narrow_if_fits(values_of<std::int64_t>(column, first));
  case Layout::uint64: {
    const auto *from = values_of<std::uint64_t>(column, first);
    lane.is_narrow = false;
    convert(from, state.rows, lane.wide);
    for (std::size_t i = 0; i < state.rows; ++i)
      if (from[i] >> 63 != 0)
        state.fallback[i / 64] |= Word{1} << (i % 64);
    return;
  }
  case Layout::float64:
    return read_floats(state, lane, column, first);
  case Layout::decimal128: {
    constexpr std::size_t width = 16;
    const char *from = static_cast<const char *>(column.values) + (column.offset + first) * width;
    alignas(64) std::array<char, chunk_rows * width> room;
    if (!whole) {
      std::memcpy(room.data(), from, state.rows * width);
      std::memset(room.data() + state.rows * width, 0, room.size() - state.rows * width);
      from = room.data();
    }
    if (state.k.narrow_128(from, lane.narrow.data()))
      return;
    lane.is_narrow = false;
    Bits beyond{};
    state.k.from_128(from, lane.wide.data(), beyond.data());
    for (std::size_t w = 0; w < chunk_words; ++w)
      state.fallback[w] |= beyond[w] & lane.valid_word(w);
    return;
  }
  case Layout::date64: {
    constexpr std::int64_t per_day = 86'400'000;
    const auto *from = values_of<std::int64_t>(column, first);
    lane.narrow.fill(0);
    for (std::size_t i = 0; i < state.rows; ++i) {
      const std::int64_t days = from[i] / per_day;
      lane.narrow[i] = static_cast<std::int32_t>(days);
      if ((days * per_day != from[i] || days != lane.narrow[i]) && (lane.valid_word(i / 64) >> (i % 64) & 1) != 0)
        state.fallback[i / 64] |= Word{1} << (i % 64);
    }
    return;
  }
  case Layout::seconds64:
    return read_lengths(state, lane, column, first, 1);
  case Layout::milliseconds64:
    return read_lengths(state, lane, column, first, 1'000);
  case Layout::microseconds64:
    return read_lengths(state, lane, column, first, 1'000'000);
  case Layout::nanoseconds64:
    return read_lengths(state, lane, column, first, 1'000'000'000);
  default:
    return read_codes(state, lane, column, first);
  }
}

} // namespace spie::columns
