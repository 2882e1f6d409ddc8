// The loops over chunks alone, each instruction set against what one row says.
#include "rules/columns/lanes.hpp"
#include "spie/feel/temporal.hpp"
#include "tests/catch.hpp"

#include <random>

using namespace spie;
using namespace spie::columns;

namespace {

std::vector<const Kernels *> sets() {
  std::vector<const Kernels *> found;
  for (const char *name : {"baseline", "avx2", "avx512"})
    if (const Kernels *set = find_kernels(name))
      found.push_back(set);
  return found;
}

bool bit(const Word *bits, std::size_t row) { return (bits[row / 64] >> (row % 64) & 1) != 0; }

Bits random_bits(std::mt19937_64 &random) {
  Bits bits;
  for (Word &word : bits)
    word = random();
  return bits;
}

template <class T> struct alignas(64) Chunk : std::array<T, chunk_rows> {};

} // namespace

TEST_CASE("months are added to days as dates add them", "[columns]") {
  // Days from 1880 to 2120: each chunk within the years whose leap years are every fourth one, or not, or both.
  constexpr std::int32_t from = -32'873, to = 54'788;
  for (const Kernels *set : sets())
    for (const std::int32_t months : {0, 1, -1, 11, 12, -12, 13, 24, -25, 312, -312, 780, 1'200, -1'200, 4'799})
      for (std::int32_t first = from; first < to; first += static_cast<std::int32_t>(chunk_rows)) {
        Chunk<std::int32_t> days, moved;
        for (std::size_t i = 0; i < chunk_rows; ++i)
          days[i] = first + static_cast<std::int32_t>(i);
        set->plus_months(days.data(), months, moved.data());
        for (std::size_t i = 0; i < chunk_rows; ++i) {
          const auto expected = feel::Date{days[i]}.plus_months(months);
          if (!expected || expected->days != moved[i]) {
            INFO(set->name << ", day " << days[i] << ", months " << months << ": " << moved[i]);
            REQUIRE(expected);
            REQUIRE(expected->days == moved[i]);
          }
        }
      }
}

TEST_CASE("months say when no day is far", "[columns]") {
  for (const Kernels *set : sets()) {
    Chunk<std::int32_t> days{}, moved;
    CHECK(set->plus_months(days.data(), 24, moved.data()));
    days[1'023] = std::numeric_limits<std::int32_t>::max(); // what stands at a null may be anything
    CHECK(!set->plus_months(days.data(), 24, moved.data()));
    CHECK(moved[0] == 730);
    days[1'023] = std::numeric_limits<std::int32_t>::min();
    CHECK(!set->plus_months(days.data(), -24, moved.data()));
    CHECK(moved[0] == -731); // 1968 was a leap year
  }
}

TEST_CASE("values are looked up in tables of any size", "[columns]") {
  std::mt19937_64 random(7);
  for (const Kernels *set : sets())
    for (const std::size_t size : {1U, 2U, 15U, 16U, 17U, 31U, 32U, 33U, 200U}) {
      INFO(set->name << ", " << size);
      Chunk<std::uint16_t> codes;
      Chunk<std::int32_t> wide_codes, narrow, left;
      Chunk<std::uint8_t> bytes, wide_bytes;
      std::vector<std::uint8_t> byte_table(size);
      std::vector<std::int32_t> table(size);
      for (std::size_t i = 0; i < size; ++i) {
        byte_table[i] = static_cast<std::uint8_t>(random());
        table[i] = static_cast<std::int32_t>(random());
      }
      for (std::size_t i = 0; i < chunk_rows; ++i)
        wide_codes[i] = codes[i] = static_cast<std::uint16_t>(random() % size);
      set->bytes_by_code16(codes.data(), byte_table.data(), size, bytes.data());
      set->bytes_by_code32(wide_codes.data(), byte_table.data(), size, wide_bytes.data());
      set->narrow_by_code(codes.data(), table.data(), size, narrow.data());
      set->four_by_code(codes.data(), table.data(), size, left.data());
      std::size_t wrong = 0;
      for (std::size_t i = 0; i < chunk_rows; ++i)
        wrong += bytes[i] != byte_table[codes[i]] || wide_bytes[i] != bytes[i] || narrow[i] != table[codes[i]] ||
                 left[i] != narrow[i];
      CHECK(wrong == 0);
    }
}

TEST_CASE("indices are below a bound, all of them or not", "[columns]") {
  for (const Kernels *set : sets())
    for (const std::size_t count : {0U, 1U, 15U, 64U, 1'000U, 1'001U}) {
      INFO(set->name << ", " << count);
      std::vector<std::int32_t> values(count, 6);
      CHECK(set->all_below(values.data(), count, 7));
      if (count == 0)
        continue;
      CHECK(!set->all_below(values.data(), count, 6));
      values.back() = -1;
      CHECK(!set->all_below(values.data(), count, 7));
      values.back() = 7;
      CHECK(!set->all_below(values.data(), count, 7));
      CHECK(set->all_below(values.data(), count, 8));
    }
}

TEST_CASE("rules are hit in their order", "[columns]") {
  std::mt19937_64 random(11);
  for (const Kernels *set : sets()) {
    std::vector<std::vector<Bits>> rules(5);
    for (std::size_t r = 0; r < rules.size(); ++r)
      for (std::size_t c = 0; c < r; ++c) // the first one asks nothing, and comes last
        rules[r].push_back(random_bits(random));
    std::rotate(rules.begin(), rules.begin() + 1, rules.end());
    Bits hit, twice;
    Chunk<std::uint16_t> codes;
    std::vector<const Word *> cells;
    std::vector<std::uint16_t> counts, numbers;
    for (const std::vector<Bits> &rule : rules) {
      for (const Bits &cell : rule)
        cells.push_back(cell.data());
      counts.push_back(static_cast<std::uint16_t>(rule.size()));
      numbers.push_back(static_cast<std::uint16_t>(counts.size()));
    }
    set->take_rules(cells.data(), counts.data(), numbers.data(), rules.size(), hit.data(), twice.data(), codes.data());
    std::size_t wrong = 0;
    for (std::size_t row = 0; row < chunk_rows; ++row) {
      std::vector<std::size_t> held;
      for (std::size_t r = 0; r < rules.size(); ++r)
        if (std::all_of(rules[r].begin(), rules[r].end(), [&](const Bits &cell) { return bit(cell.data(), row); }))
          held.push_back(r + 1);
      wrong += codes[row] != held.front() || !bit(hit.data(), row) || bit(twice.data(), row) != (held.size() > 1);
    }
    INFO(set->name);
    CHECK(wrong == 0);
  }
}

TEST_CASE("what nulls become is told by their kind", "[columns]") {
  std::mt19937_64 random(13);
  for (const Kernels *set : sets()) {
    Bits valid = random_bits(random), error = random_bits(random), unknown = random_bits(random);
    for (std::size_t w = 0; w < chunk_words; ++w) {
      error[w] &= ~valid[w];
      unknown[w] &= ~valid[w];
    }
    const Bits values = random_bits(random);
    constexpr Word all = ~Word{0};
    // Plain ones hold, those of an error stay one, unknown ones are for the row, those of both are null for both.
    const NullVerdicts verdicts{{all, 0, 0, 0}, {0, all, 0, all}, {0, all, 0, all}, {0, 0, 0, all}, {0, 0, all, 0}};
    Bits bits = values, to_valid, to_error, to_unknown, other{};
    CHECK(set->judge_nulls({values.data(), valid.data(), error.data(), unknown.data()}, verdicts, false,
                           {bits.data(), to_valid.data(), to_error.data(), to_unknown.data()}, other.data()));
    std::size_t wrong = 0;
    for (std::size_t row = 0; row < chunk_rows; ++row) {
      const bool given = bit(valid.data(), row), of_error = bit(error.data(), row),
                 of_unknown = bit(unknown.data(), row);
      const bool plain = !given && !of_error && !of_unknown, both = of_error && of_unknown;
      wrong += bit(bits.data(), row) != (given ? bit(values.data(), row) : plain);
      wrong += bit(to_valid.data(), row) == of_error;
      wrong += bit(to_error.data(), row) != of_error || bit(to_unknown.data(), row) != both;
      wrong += bit(other.data(), row) != (of_unknown && !of_error);
    }
    INFO(set->name);
    CHECK(wrong == 0);
  }
}

TEST_CASE("quotients are exact where doubles estimate them", "[columns]") {
  std::mt19937_64 random(17);
  for (const Kernels *set : sets())
    for (const std::int64_t divisor : {10LL, 100LL, 1'000'000LL, 10'000'000'000'000LL}) {
      Chunk<std::int64_t> values, quotients;
      for (std::size_t i = 0; i < chunk_rows; ++i) {
        const auto limit = (std::int64_t{1} << 50) - 1;
        const std::int64_t size = static_cast<std::int64_t>(random() & static_cast<std::uint64_t>(limit));
        const std::int64_t near = std::min(limit, size / divisor * divisor + static_cast<std::int64_t>(i % 3) - 1);
        values[i] = i % 2 == 0 ? size : near;
        if (i % 5 == 0)
          values[i] = -values[i];
      }
      set->divide_round(values.data(), divisor, 3, quotients.data()); // away from nought
      std::size_t wrong = 0;
      for (std::size_t i = 0; i < chunk_rows; ++i) {
        const std::int64_t size = values[i] < 0 ? -values[i] : values[i];
        const std::int64_t up = size / divisor + (size % divisor != 0 ? 1 : 0);
        wrong += quotients[i] != (values[i] < 0 ? -up : up);
      }
      INFO(set->name << ", " << divisor);
      CHECK(wrong == 0);
    }
}
