// The loops over chunks alone, each instruction set against what one row says.
#include "rules/columns/classes.hpp"
#include "rules/columns/lanes.hpp"
#include "spie/feel/number.hpp"
#include "spie/feel/temporal.hpp"
#include "tests/catch.hpp"

#include <algorithm>
#include <limits>
#include <random>
#include <vector>

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
    for (const std::size_t size : {1U, 2U, 15U, 16U, 17U, 31U, 32U, 33U, 64U, 65U, 200U}) {
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

TEST_CASE("the first rule that the sets of a row have in common is found", "[columns]") {
  std::mt19937_64 random(12);
  constexpr std::size_t classes = 9;
  for (const Kernels *set : sets())
    for (const std::size_t words : {1U, 2U, 4U, 8U, 16U, 48U})
      for (const std::size_t columns : {1U, 2U, 3U, 4U, 5U, 64U})
        for (const std::size_t rows : {1U, 63U, 64U, 700U, 1'024U}) {
          INFO(set->name << ", words " << words << ", columns " << columns << ", rows " << rows);
          // Of the bits of a class most are 1 in most columns, so that some rows have none in common, some have one,
          // some have several; the lowest and the highest of a word are among them.
          std::vector<std::vector<Word>> of(columns, std::vector<Word>(classes * words));
          for (std::size_t c = 0; c < columns; ++c)
            for (Word &word : of[c])
              for (unsigned k = 0; k < (c == 0 ? 6U : 1U); ++k)
                word = c == 0 ? k == 0 ? random() : word & random() : ~(random() & random() & random() & random());
          std::vector<Chunk<std::uint16_t>> of_rows(columns);
          std::vector<const std::uint16_t *> class_of;
          std::vector<const Word *> sets_of;
          for (std::size_t c = 0; c < columns; ++c) {
            for (std::uint16_t &one : of_rows[c])
              one = static_cast<std::uint16_t>(random() % classes);
            class_of.push_back(of_rows[c].data());
            sets_of.push_back(of[c].data());
          }
          Chunk<std::uint16_t> first, first_alone;
          first.fill(7), first_alone.fill(7);
          Bits hit, hit_alone, twice;
          hit.fill(5), hit_alone.fill(5), twice.fill(5);
          set->first_common(class_of.data(), sets_of.data(), columns, words, rows, first.data(), hit.data(),
                            twice.data());
          set->first_common(class_of.data(), sets_of.data(), columns, words, rows, first_alone.data(), hit_alone.data(),
                            nullptr);
          std::size_t wrong = 0;
          for (std::size_t row = 0; row < chunk_rows; ++row) {
            std::vector<std::size_t> held;
            for (std::size_t b = 0; row < rows && b < words * 64; ++b) {
              bool all = true;
              for (std::size_t c = 0; c < columns; ++c)
                all &= (of[c][of_rows[c][row] * words + b / 64] >> (b % 64) & 1) != 0;
              if (all)
                held.push_back(b + 1);
            }
            wrong += first[row] != (held.empty() ? 0 : held.front()) || first_alone[row] != first[row];
            wrong += bit(hit.data(), row) == held.empty() || bit(hit_alone.data(), row) == held.empty();
            wrong += bit(twice.data(), row) != (held.size() > 1);
          }
          CHECK(wrong == 0);
        }
}

TEST_CASE("integers fall into the classes between cuts", "[columns]") {
  std::mt19937_64 random(14);
  constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min(),
                         most = std::numeric_limits<std::int64_t>::max(), four = std::int64_t{1} << 31;
  // By how far the cuts are apart: a table of every value, of stretches, or none; at the ends of what has four bytes
  // and eight, and many cuts close together, which no stretch may have.
  std::vector<std::vector<std::int64_t>> cases{{},
                                               {0},
                                               {least},
                                               {most},
                                               {least, most},
                                               {least + 1, 0, most},
                                               {-four},
                                               {1 - four, four - 1},
                                               {-four, four},
                                               {four - 2, four - 1},
                                               {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1'000'000'000'000}};
  for (const std::uint64_t apart : {1U, 3U, 700U, 16'384U, 40'000U, 1'000'000U}) {
    std::vector<std::int64_t> cuts;
    std::int64_t cut = -static_cast<std::int64_t>(apart) * 20;
    for (int i = 0; i < 60; ++i)
      cuts.push_back(cut += static_cast<std::int64_t>(1 + random() % apart));
    cases.push_back(std::move(cuts));
  }
  for (const std::vector<std::int64_t> &cuts : cases) {
    const IntegerClasses classes(cuts);
    std::vector<std::int64_t> values{least, least + 1, -four, -four - 1, -1, 0, 1, four - 1, four, most - 1, most};
    for (const std::int64_t cut : cuts)
      for (const std::int64_t near : {-1, 0, 1})
        if (near < 0 ? cut > least : near == 0 || cut < most)
          values.push_back(cut + near);
    Chunk<std::int64_t> wide;
    Chunk<std::int32_t> narrow;
    for (std::size_t i = 0; i < chunk_rows; ++i) {
      wide[i] = i < values.size() ? values[i] : static_cast<std::int64_t>(random()) >> random() % 64;
      narrow[i] = static_cast<std::int32_t>(wide[i]);
    }
    Chunk<std::uint16_t> of_wide, of_narrow;
    const auto expected = [&](std::int64_t value) {
      std::size_t count = 0;
      for (const std::int64_t cut : cuts)
        count += cut <= value ? 1 : 0;
      return count;
    };
    for (const Kernels *set : sets()) {
      INFO(set->name << ", cuts " << cuts.size() << " from " << (cuts.empty() ? 0 : cuts.front()));
      classes.of(wide, of_wide);
      classes.of(*set, narrow, of_narrow);
      std::size_t wrong = 0;
      for (std::size_t i = 0; i < chunk_rows; ++i)
        wrong +=
            of_wide[i] != expected(wide[i]) || of_narrow[i] != expected(narrow[i]) || classes.of(wide[i]) != of_wide[i];
      CHECK(wrong == 0);
    }
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

TEST_CASE("two values of a row are compared", "[columns]") {
  std::mt19937_64 random(19);
  for (const Kernels *set : sets()) {
    Chunk<std::int32_t> a, b;
    Chunk<std::int64_t> wide_a, wide_b;
    Chunk<std::uint16_t> codes_a, codes_b;
    for (std::size_t i = 0; i < chunk_rows; ++i) { // equal ones, close ones, and those of the other sign
      a[i] = static_cast<std::int32_t>(random());
      b[i] = i % 3 == 0 ? a[i] : i % 3 == 1 ? a[i] ^ 1 : static_cast<std::int32_t>(random());
      wide_a[i] = static_cast<std::int64_t>(random());
      wide_b[i] = i % 3 == 0 ? wide_a[i] : i % 3 == 1 ? wide_a[i] ^ 1 : static_cast<std::int64_t>(random());
      codes_a[i] = static_cast<std::uint16_t>(random());
      codes_b[i] = i % 2 == 0 ? codes_a[i] : static_cast<std::uint16_t>(random() % 2 == 0 ? 0 : 0xFFFF);
    }
    Bits below, below_wide, less, less_wide, same, same_wide, same_codes;
    const std::int32_t bound = a[500];
    const std::int64_t wide_bound = wide_a[500];
    set->below_narrow(a.data(), bound, below.data());
    set->below_wide(wide_a.data(), wide_bound, below_wide.data());
    set->less_narrow(a.data(), b.data(), less.data());
    set->less_wide(wide_a.data(), wide_b.data(), less_wide.data());
    set->same_narrow(a.data(), b.data(), same.data());
    set->same_wide(wide_a.data(), wide_b.data(), same_wide.data());
    set->same_codes(codes_a.data(), codes_b.data(), same_codes.data());
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < chunk_rows; ++i) {
      wrong += bit(below.data(), i) != (a[i] < bound) || bit(below_wide.data(), i) != (wide_a[i] < wide_bound);
      wrong += bit(less.data(), i) != (a[i] < b[i]) || bit(less_wide.data(), i) != (wide_a[i] < wide_b[i]);
      wrong += bit(same.data(), i) != (a[i] == b[i]) || bit(same_wide.data(), i) != (wide_a[i] == wide_b[i]);
      wrong += bit(same_codes.data(), i) != (codes_a[i] == codes_b[i]);
    }
    INFO(set->name);
    CHECK(wrong == 0);
  }
}

TEST_CASE("codes are looked up as codes and as sets", "[columns]") {
  std::mt19937_64 random(23);
  for (const Kernels *set : sets())
    for (const std::size_t size : {1U, 5U, 16U, 17U, 32U, 33U, 63U, 64U, 65U, 300U}) {
      INFO(set->name << ", " << size);
      std::vector<std::uint8_t> sets_of(size);
      std::vector<std::uint16_t> table(size);
      Chunk<std::uint16_t> codes, found, wide_found;
      Chunk<std::int32_t> wide_codes;
      for (std::size_t i = 0; i < size; ++i) {
        sets_of[i] = static_cast<std::uint8_t>(random());
        table[i] = static_cast<std::uint16_t>(random());
      }
      for (std::size_t i = 0; i < chunk_rows; ++i)
        wide_codes[i] = codes[i] = static_cast<std::uint16_t>(random() % size);
      set->codes_by_code16(codes.data(), table.data(), size, found.data());
      set->codes_by_code32(wide_codes.data(), table.data(), size, wide_found.data());
      std::size_t wrong = 0;
      for (const std::size_t count : {1U, 3U, 8U}) {
        std::vector<Bits> planes(count), wide_planes(count);
        std::vector<Word *> at, wide_at;
        for (std::size_t k = 0; k < count; ++k) {
          at.push_back(planes[k].data());
          wide_at.push_back(wide_planes[k].data());
        }
        set->planes_by_code16(codes.data(), sets_of.data(), size, at.data(), count);
        set->planes_by_code32(wide_codes.data(), sets_of.data(), size, wide_at.data(), count);
        for (std::size_t i = 0; i < chunk_rows; ++i)
          for (std::size_t k = 0; k < count; ++k) {
            const bool expected = (sets_of[codes[i]] >> k & 1) != 0;
            wrong += bit(at[k], i) != expected || bit(wide_at[k], i) != expected;
          }
      }
      for (std::size_t i = 0; i < chunk_rows; ++i)
        wrong += found[i] != table[codes[i]] || wide_found[i] != found[i];
      CHECK(wrong == 0);
    }
}

TEST_CASE("items are gathered from no further than they reach", "[columns]") {
  std::mt19937_64 random(29);
  for (const Kernels *set : sets())
    for (const std::size_t count : {1U, 7U, 17U, 25U, 33U, 1'000U, 5'000U})
      for (const std::size_t first : {0U, 1U, 13U, 64U}) {
        INFO(set->name << ", " << count << " from " << first);
        const std::vector<std::uint8_t> bits = [&] { // not a byte more
          std::vector<std::uint8_t> made((first + count + 7) / 8);
          for (std::uint8_t &byte : made)
            byte = static_cast<std::uint8_t>(random());
          return made;
        }();
        std::vector<std::int32_t> values(count);
        for (std::int32_t &value : values)
          value = static_cast<std::int32_t>(random());
        Chunk<std::uint32_t> at;
        for (std::size_t i = 0; i < chunk_rows; ++i)
          at[i] = static_cast<std::uint32_t>(i == 0 ? count - 1 : random() % count);
        Chunk<std::int32_t> found;
        Bits found_bits, kept = random_bits(random);
        set->gather_four(values.data(), at.data(), found.data());
        set->gather_bits(bits.data(), first, at.data(), count, found_bits.data());
        std::size_t wrong = 0;
        for (std::size_t i = 0; i < chunk_rows; ++i) {
          const std::size_t from = first + at[i];
          wrong += found[i] != values[at[i]];
          wrong += bit(found_bits.data(), i) != ((bits[from / 8] >> (from % 8) & 1) != 0);
        }
        set->only_where(kept.data(), found.data());
        for (std::size_t i = 0; i < chunk_rows; ++i)
          wrong += found[i] != (bit(kept.data(), i) ? values[at[i]] : 0);
        CHECK(wrong == 0);
      }
}

namespace {

// Booleans of three values with what their nulls rest on.
struct Drawn {
  Bits bits, valid, error, unknown;
  explicit Drawn(std::mt19937_64 &random)
      : bits(random_bits(random)), valid(random_bits(random)), error(random_bits(random)),
        unknown(random_bits(random)) {
    for (std::size_t w = 0; w < chunk_words; ++w) {
      error[w] &= ~valid[w];
      unknown[w] &= ~valid[w];
    }
  }
  Truths truths() const { return {bits.data(), valid.data(), error.data(), unknown.data()}; }
};

} // namespace

TEST_CASE("one or the other is chosen with its nulls", "[columns]") {
  std::mt19937_64 random(31);
  for (const Kernels *set : sets())
    for (const bool unknowns : {false, true}) {
      const Drawn condition(random), a(random), b(random);
      Bits yes, bits, valid, error, unknown, beyond{};
      const bool some = set->choose_between(unknowns, condition.truths(), a.truths(), b.truths(), yes.data(),
                                            {bits.data(), valid.data(), error.data(), unknown.data()}, beyond.data());
      CHECK(some);
      std::size_t wrong = 0;
      for (std::size_t i = 0; i < chunk_rows; ++i) {
        const auto at = [&](const Bits &of) { return bit(of.data(), i); };
        const bool holds = at(condition.bits) && at(condition.valid);
        const bool lacks = at(condition.error) || at(condition.unknown);
        const Drawn &one = holds ? a : b;
        const bool undecided = lacks && unknowns;
        wrong += at(yes) != holds || at(beyond) != (lacks && !unknowns);
        wrong += at(valid) != (!undecided && at(one.valid));
        wrong += at(bits) != (!undecided && at(one.valid) && at(one.bits));
        wrong += at(error) != (undecided ? at(condition.error) : at(one.error));
        wrong += at(unknown) != (undecided ? at(condition.unknown) : at(one.unknown));
      }
      INFO(set->name << ", " << unknowns);
      CHECK(wrong == 0);
    }
}

TEST_CASE("items are kept, quantified and counted position by position", "[columns]") {
  std::mt19937_64 random(37);
  for (const Kernels *set : sets()) {
    const Drawn condition(random);
    const Bits there = random_bits(random), kept = random_bits(random), before = random_bits(random);
    Bits some = before, every = before, null = before, null_every = before, error{}, unknown{}, error_every{},
         unknown_every{}, keeps, lacking_error{}, lacking_unknown{}, pairs = before, marked = before, moved{};
    set->quantify(true, there.data(), kept.data(), condition.truths(),
                  {some.data(), null.data(), error.data(), unknown.data()});
    set->quantify(false, there.data(), kept.data(), condition.truths(),
                  {every.data(), null_every.data(), error_every.data(), unknown_every.data()});
    set->keep_items(there.data(), kept.data(), condition.truths(), keeps.data(), lacking_error.data(),
                    lacking_unknown.data());
    set->without_both(there.data(), kept.data(), pairs.data());
    set->move_within(there.data(), marked.data(), moved.data());
    Bits causes_error = before, causes_unknown{};
    set->add_causes(condition.truths(), causes_error.data(), causes_unknown.data());
    Bits inside = before, only;
    set->within(true, there.data(), kept.data(), inside.data());
    set->within(false, there.data(), kept.data(), only.data());
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < chunk_rows; ++i) {
      const auto at = [&](const Bits &of) { return bit(of.data(), i); };
      const bool in = at(there) && at(kept), valid = at(condition.valid), holds = at(condition.bits);
      wrong += at(some) != (at(before) || (in && valid && holds));
      wrong += at(every) != (at(before) || (in && valid && !holds));
      wrong += at(null) != (at(before) || (in && !valid)) || at(null_every) != at(null);
      wrong += at(error) != (in && at(condition.error)) || at(unknown) != (in && at(condition.unknown));
      wrong += at(keeps) != (in && valid && holds);
      wrong += at(lacking_error) != at(error) || at(lacking_unknown) != at(unknown);
      wrong += at(error_every) != at(error) || at(unknown_every) != at(unknown);
      wrong += at(pairs) != (at(before) && !in);
      wrong += at(moved) != (at(before) && at(there)) || at(marked);
      wrong += at(causes_error) != (at(before) || at(condition.error)) || at(causes_unknown) != at(condition.unknown);
      wrong += at(only) != (!at(there) && at(kept)) || at(inside) != (at(before) || at(only));
    }
    INFO(set->name);
    CHECK(wrong == 0);
  }
}

TEST_CASE("bits are added as digits", "[columns]") {
  std::mt19937_64 random(41);
  for (const Kernels *set : sets()) {
    std::vector<Bits> planes(3, Bits{}), given;
    for (std::size_t n = 0; n < 7; ++n) {
      given.push_back(random_bits(random));
      Bits carry = given.back();
      for (Bits &plane : planes)
        if (!set->carry(plane.data(), carry.data()))
          break;
    }
    std::vector<const Word *> at;
    for (const Bits &plane : planes)
      at.push_back(plane.data());
    Chunk<std::int32_t> counts, left;
    set->sum_planes(at.data(), at.size(), counts.data());
    set->four_by_planes(at.data(), at.size(), left.data());
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < chunk_rows; ++i) {
      const auto expected =
          std::count_if(given.begin(), given.end(), [&](const Bits &bits) { return bit(bits.data(), i); });
      wrong += counts[i] != expected || left[i] != expected;
    }
    INFO(set->name);
    CHECK(wrong == 0);
  }
}

TEST_CASE("constants of sixteen bytes are written by their codes", "[columns]") {
  std::mt19937_64 random(43);
  for (const Kernels *set : sets())
    for (const std::size_t size : {1U, 8U, 9U, 16U, 17U, 100U})
      for (const bool large : {false, true}) {
        INFO(set->name << ", " << size << ", " << large);
        std::vector<Wide> table(size);
        for (Wide &value : table)
          value = static_cast<std::int64_t>(random());
        if (large)
          table[size / 2] = static_cast<Wide>(std::numeric_limits<std::int64_t>::max()) + 1;
        Chunk<std::uint16_t> codes;
        for (std::uint16_t &code : codes)
          code = static_cast<std::uint16_t>(random() % size);
        Chunk<Wide> found;
        set->sixteen_by_code(codes.data(), table.data(), size, found.data());
        std::size_t wrong = 0;
        for (std::size_t i = 0; i < chunk_rows; ++i)
          wrong += found[i] != table[codes[i]];
        CHECK(wrong == 0);
      }
}

TEST_CASE("quotients are rounded in each way", "[columns]") {
  std::mt19937_64 random(47);
  for (const Kernels *set : sets())
    for (int mode = 0; mode < 7; ++mode)
      for (const std::int64_t divisor : {10LL, 100LL, 100'000LL}) {
        Chunk<std::int64_t> values, quotients;
        for (std::size_t i = 0; i < chunk_rows; ++i) { // halves, those beside them, and others
          const auto whole = static_cast<std::int64_t>(random() % 2'000) - 1'000;
          values[i] = i % 5 == 4 ? static_cast<std::int64_t>(random() % 1'000'000'000) - 500'000'000
                                 : whole * divisor + divisor / 2 + static_cast<std::int64_t>(i % 3) - 1;
        }
        set->divide_round(values.data(), divisor, mode, quotients.data());
        std::size_t wrong = 0;
        for (std::size_t i = 0; i < chunk_rows; ++i) {
          const auto rounded = feel::Number::scaled(values[i], 0)
                                   ->divide(feel::Number(divisor))
                                   ->round(0, static_cast<feel::Rounding>(mode));
          wrong += !rounded || rounded->to_int64() != quotients[i];
        }
        INFO(set->name << ", " << mode << ", " << divisor);
        CHECK(wrong == 0);
      }
}

TEST_CASE("narrow numbers are scaled to wide ones", "[columns]") {
  std::mt19937_64 random(53);
  for (const Kernels *set : sets())
    for (const std::int32_t factor : {-1, 10, 1'000'000'000, std::numeric_limits<std::int32_t>::min()}) {
      Chunk<std::int32_t> values;
      Chunk<std::int64_t> scaled;
      for (std::int32_t &value : values)
        value = static_cast<std::int32_t>(random());
      set->scale_narrow(values.data(), factor, scaled.data());
      std::size_t wrong = 0;
      for (std::size_t i = 0; i < chunk_rows; ++i)
        wrong += scaled[i] != static_cast<std::int64_t>(values[i]) * factor;
      INFO(set->name << ", " << factor);
      CHECK(wrong == 0);
    }
}
