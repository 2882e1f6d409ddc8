// The hand-written C++ of the harness over Arrow columns, its conversion and an Arrow answer included: what a good
// programmer would write in place of a general engine. Built with -include of the harness's handwritten.cpp. Blocks of
// rows are brought into its own arrays, answered, and written out as Arrow lays answers out: codes of a dictionary
// (int32), decimal128, bits. `order` gives the code that the rules have for each text of a column's dictionary.
#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace {

using Decimal = __int128; // decimal128(p, 2): cents
constexpr std::size_t block = 4096;

void codes(const std::int32_t *from, const std::uint8_t *order, std::size_t rows, std::uint8_t *into) {
  for (std::size_t i = 0; i < rows; ++i)
    into[i] = order[from[i]];
}

void cents(const Decimal *from, std::size_t rows, std::int32_t *into) {
  for (std::size_t i = 0; i < rows; ++i)
    into[i] = static_cast<std::int32_t>(from[i]);
}

template <class From, class Into> void widened(const From *from, std::size_t rows, Into *into) {
  for (std::size_t i = 0; i < rows; ++i)
    into[i] = from[i];
}

// Words of bits from `first`, a multiple of 64; those beyond the rows are 0. A column without nulls has no bits: all.
void bits(const std::uint8_t *from, std::size_t first, std::size_t rows, Bits *into) {
  std::fill_n(into, block / 64, Bits{0});
  if (from == nullptr) {
    std::fill_n(into, (rows + 63) / 64, ~Bits{0});
    return;
  }
  std::copy_n(from + first / 8, (rows + 7) / 8, reinterpret_cast<std::uint8_t *>(into));
}

template <class Value> void padded(const Value *from, std::size_t rows, Value fill, Value *into) {
  std::copy_n(from, rows, into);
  std::fill(into + rows, into + (rows + 63) / 64 * 64, fill);
}

} // namespace

extern "C" void eligibility_arrow(std::size_t n, const std::int32_t *age, const Decimal *income,
                                  const std::int32_t *status, const std::uint8_t *order, const std::uint8_t *disability,
                                  std::int32_t *aid, Decimal *amount) {
  static thread_local std::uint8_t ages[block], statuses[block], rule[block];
  static thread_local std::int32_t incomes[block], paid[block];
  static thread_local Bits disabled[block / 64];
  for (std::size_t first = 0; first < n; first += block) {
    const std::size_t rows = std::min(block, n - first), whole = (rows + 63) / 64 * 64;
    widened(age + first, rows, ages);
    cents(income + first, rows, incomes);
    codes(status + first, order, rows, statuses);
    bits(disability, first, rows, disabled);
    eligibility_bitmaps(whole, ages, incomes, statuses, disabled, rule, paid);
    widened(rule, rows, aid + first);
    widened(paid, rows, amount + first);
  }
}

// Short tables by bitmaps, long ones by the index of rules.
extern "C" void table_arrow(const Table *table, std::size_t n, const std::int32_t *place, const std::uint8_t *places,
                            const std::int32_t *service, const std::uint8_t *services, const std::int32_t *score,
                            const std::int32_t *opened, std::int32_t *offer) {
  static thread_local std::uint8_t at[block], by[block];
  static thread_local std::int32_t scores[block], days[block];
  static thread_local Offer offers[block];
  static thread_local std::uint16_t hit[block];
  for (std::size_t first = 0; first < n; first += block) {
    const std::size_t rows = std::min(block, n - first), whole = (rows + 63) / 64 * 64;
    codes(place + first, places, rows, at);
    codes(service + first, services, rows, by);
    if (table->rules.size() > 500) {
      for (std::size_t i = 0; i < rows; ++i)
        offers[i] = {at[i], by[i], score[first + i], opened[first + i]};
      table_index(table, rows, offers, hit);
    } else {
      padded(score + first, rows, 0, scores);
      padded(opened + first, rows, 0, days);
      table_bitmaps(table, whole, at, by, scores, days, hit);
    }
    widened(hit, rows, offer + first);
  }
}

// `given`, `known`: the bits of the twelve barriers, then of the disability; a null stands as 0 in `given` too.
extern "C" void convention_arrow(const Cutoffs *cutoffs, std::size_t n, const std::uint8_t *const *given,
                                 const std::uint8_t *const *known, const std::uint8_t *rsa_known,
                                 const std::int32_t *zone, const std::uint8_t *order, std::uint8_t rural,
                                 const std::int32_t *born, const std::int32_t *rsa_since, const std::int32_t *examined,
                                 const Decimal *cost, std::int32_t *social, std::int32_t *professional, Bits *entry,
                                 Bits *entry_known, Bits *priority, Bits *priority_known, Decimal *share,
                                 std::int32_t *label) {
  constexpr std::size_t words = block / 64, columns = 13;
  static thread_local Bits value[columns][words], valid[columns][words], has_rsa[words];
  static thread_local std::uint8_t zones[block], counts[2][block], labels[block];
  static thread_local std::int32_t births[block], since[block], days[block], costs[block], shares[block];
  Column bound[columns];
  for (std::size_t c = 0; c < columns; ++c)
    bound[c] = {value[c], valid[c]};
  const Column rsa{has_rsa, has_rsa};
  for (std::size_t first = 0; first < n; first += block) {
    const std::size_t rows = std::min(block, n - first), whole = (rows + 63) / 64 * 64;
    for (std::size_t c = 0; c < columns; ++c) {
      bits(given[c], first, rows, value[c]);
      bits(known[c], first, rows, valid[c]);
      for (std::size_t w = 0; w < words; ++w)
        value[c][w] &= valid[c][w];
    }
    bits(rsa_known, first, rows, has_rsa);
    codes(zone + first, order, rows, zones);
    padded(born + first, rows, 0, births);
    padded(rsa_since + first, rows, 0, since);
    padded(examined + first, rows, cutoffs->first, days);
    cents(cost + first, rows, costs);
    convention_bitmaps(cutoffs, whole, bound, bound + 6, bound + 12, &rsa, zones, rural, births, since, days, costs,
                       counts[0], counts[1], entry + first / 64, entry_known + first / 64, priority + first / 64,
                       priority_known + first / 64, shares, labels);
    widened(counts[0], rows, social + first);
    widened(counts[1], rows, professional + first);
    widened(shares, rows, share + first);
    widened(labels, rows, label + first);
  }
}
