#include "rules/dmn/table_index.hpp"

#include "rules/feel/number_bits.hpp"

#include <algorithm>
#include <cstring>
#include <map>
#include <utility>

namespace spie::dmn {

using feel::Kind;
using feel::Number;
using feel::Value;

namespace {

// A column keeps its rows in about this much, whatever the number of rules: beyond, neighbours share a row that holds
// the rules of each, and the cells of what is found are looked at.
constexpr std::size_t most_bytes = 1u << 20;

void set(std::uint64_t *row, std::size_t rule) { row[rule / 64] |= std::uint64_t{1} << (rule % 64); }
void clear(std::uint64_t *row, std::size_t rule) { row[rule / 64] &= ~(std::uint64_t{1} << (rule % 64)); }

Kind most_common_kind(const std::vector<const QuickCell *> &cells) {
  std::map<Kind, std::size_t> counts;
  for (const QuickCell *cell : cells)
    if (cell->kind() != Kind::null)
      ++counts[cell->kind()];
  const auto most =
      std::max_element(counts.begin(), counts.end(), [](const auto &a, const auto &b) { return a.second < b.second; });
  return most == counts.end() ? Kind::null : most->first;
}

// Of texts that are short, and told apart by the cells of one table: eight bytes at a time, the last eight once more.
std::size_t hash_of(std::string_view text) noexcept {
  constexpr std::uint64_t odd = 0x9E3779B97F4A7C15ULL;
  const auto mixed = [](std::uint64_t hash, std::uint64_t word) {
    hash = (hash ^ word) * odd;
    return hash ^ (hash >> 32);
  };
  std::uint64_t hash = text.size() * odd, word = 0;
  if (text.size() < 8) {
    for (const char c : text)
      word = word << 8 | static_cast<unsigned char>(c);
    return mixed(hash, word);
  }
  for (std::size_t at = 0; at + 8 < text.size(); at += 8) {
    std::memcpy(&word, text.data() + at, 8);
    hash = mixed(hash, word);
  }
  std::memcpy(&word, text.data() + text.size() - 8, 8);
  return mixed(hash, word);
}

// Stretches, both ends in: 2i is what lies below point i (or above the last), 2i + 1 the point itself.
struct Stretches {
  std::size_t first, last;
};

} // namespace

ColumnIndex::ColumnIndex(const std::vector<const QuickCell *> &cells, const RuleBits &any)
    : kind_(most_common_kind(cells)), words_(any.size()), any_(any), open_(any.size(), 0) {
  for (std::size_t rule = 0; rule < cells.size(); ++rule)
    if ((kind_ == Kind::null || (cells[rule]->kind() != kind_ && !cells[rule]->of_null())) &&
        ((any[rule / 64] >> (rule % 64)) & 1) == 0) {
      set(open_.data(), rule);
      has_open_ = true;
    }
  switch (kind_) {
  case Kind::text:
    index_texts(cells);
    break;
  case Kind::boolean:
    index_booleans(cells);
    break;
  case Kind::number:
  case Kind::date:
    index_points(cells);
    break;
  default:
    break;
  }
  if (kind_ == Kind::text || kind_ == Kind::boolean) {
    null_.assign(words_, 0);
    for (std::size_t rule = 0; rule < cells.size(); ++rule)
      if (cells[rule]->test(Value()).value_or(true))
        set(null_.data(), rule);
  }
}

// Whether the rule is left in by any value but a plain null: its cell is not indexed, or accepts all of them.
bool ColumnIndex::stays(const QuickCell &cell) const noexcept {
  return cell.of_null() ? cell.negated() : cell.kind() != kind_;
}

std::size_t ColumnIndex::most_rows() const noexcept {
  return std::max<std::size_t>(64, most_bytes / (words_ * sizeof(std::uint64_t)));
}

void ColumnIndex::index_booleans(const std::vector<const QuickCell *> &cells) {
  rows_.resize(2 * words_);
  for (const bool value : {false, true})
    for (std::size_t rule = 0; rule < cells.size(); ++rule)
      if (stays(*cells[rule]) || (cells[rule]->kind() == kind_ && cells[rule]->test(value).value_or(true)))
        set(rows_.data() + (value ? words_ : 0), rule);
}

void ColumnIndex::index_texts(const std::vector<const QuickCell *> &cells) {
  RuleBits others(words_, 0); // the rules that a text which no cell names may match
  std::vector<std::string_view> named;
  for (std::size_t rule = 0; rule < cells.size(); ++rule) {
    if (stays(*cells[rule]) || cells[rule]->negated())
      set(others.data(), rule);
    if (cells[rule]->kind() == kind_)
      for (const QuickCell::Test &test : cells[rule]->tests())
        named.push_back(test.text);
  }
  std::sort(named.begin(), named.end());
  named.erase(std::unique(named.begin(), named.end()), named.end());
  const auto repeat = [&](std::size_t count) {
    rows_.reserve(count * words_);
    for (std::size_t i = 0; i < count; ++i)
      rows_.insert(rows_.end(), others.begin(), others.end());
  };
  if (named.size() + 1 > most_rows()) {
    exact_ = false;
    buckets_ = most_rows();
    repeat(buckets_);
  } else {
    repeat(named.size() + 1); // the first is that of the others
    texts_.resize(std::bit_ceil(2 * named.size() + 1));
    for (std::size_t i = 0; i < named.size(); ++i)
      texts_[text_place(named[i])] = {std::string(named[i]), static_cast<std::uint32_t>(i + 1), true};
  }
  for (std::size_t rule = 0; rule < cells.size(); ++rule) {
    if (cells[rule]->kind() != kind_)
      continue;
    for (const QuickCell::Test &test : cells[rule]->tests())
      if (buckets_ == 0) {
        std::uint64_t *const at = rows_.data() + texts_[text_place(test.text)].row * words_;
        cells[rule]->negated() ? clear(at, rule) : set(at, rule);
      } else if (!cells[rule]->negated()) {
        set(rows_.data() + hash_of(test.text) % buckets_ * words_, rule);
      }
  }
}

// Where the text stands, or would.
std::size_t ColumnIndex::text_place(std::string_view text) const noexcept {
  std::size_t place = hash_of(text) & (texts_.size() - 1);
  while (texts_[place].used && texts_[place].text != text)
    place = (place + 1) & (texts_.size() - 1);
  return place;
}

void ColumnIndex::index_points(const std::vector<const QuickCell *> &cells) {
  for (const QuickCell *cell : cells)
    if (cell->kind() == kind_)
      for (const QuickCell::Test &test : cell->tests())
        for (const QuickCell::Bound &bound : {test.low, test.high})
          if (bound.given)
            points_.push_back(bound.at);
  std::sort(points_.begin(), points_.end());
  points_.erase(std::unique(points_.begin(), points_.end()), points_.end());
  constexpr int most_decimals = 9;
  for (; decimals_ <= most_decimals && units_.size() < points_.size(); ++decimals_) {
    units_.clear();
    for (const Number &point : points_)
      if (const auto units = feel::decimal::in_units(point, decimals_))
        units_.push_back(*units);
      else
        break;
  }
  --decimals_; // the loop went one beyond
  if (units_.size() < points_.size() || points_.empty())
    units_.clear();

  // The rules that begin and cease to hold at each stretch.
  const std::size_t stretches = 2 * points_.size() + 1;
  std::vector<std::vector<std::uint32_t>> begins(stretches + 1), ends(stretches + 1);
  std::vector<Stretches> held;
  for (std::size_t rule = 0; rule < cells.size(); ++rule) {
    const QuickCell &cell = *cells[rule];
    held.clear();
    if (cell.kind() != kind_) {
      if (stays(cell))
        held.push_back({0, stretches - 1});
    } else {
      for (const QuickCell::Test &test : cell.tests()) {
        const auto at = [&](const Number &number) {
          return 2 * static_cast<std::size_t>(std::lower_bound(points_.begin(), points_.end(), number) -
                                              points_.begin()) +
                 1;
        };
        const std::size_t first = test.low.given ? at(test.low.at) + (test.low.closed ? 0 : 1) : 0;
        const std::size_t end = test.high.given ? at(test.high.at) + (test.high.closed ? 1 : 0) : stretches;
        if (first < end)
          held.push_back({first, end - 1});
      }
      std::sort(held.begin(), held.end(), [](const Stretches &a, const Stretches &b) { return a.first < b.first; });
      std::vector<Stretches> joined;
      for (const Stretches &one : held)
        if (!joined.empty() && one.first <= joined.back().last + 1)
          joined.back().last = std::max(joined.back().last, one.last);
        else
          joined.push_back(one);
      if (cell.negated()) {
        std::vector<Stretches> between;
        std::size_t next = 0;
        for (const Stretches &one : joined) {
          if (next < one.first)
            between.push_back({next, one.first - 1});
          next = one.last + 1;
        }
        if (next < stretches)
          between.push_back({next, stretches - 1});
        joined = std::move(between);
      }
      held = std::move(joined);
    }
    for (const Stretches &one : held) {
      begins[one.first].push_back(static_cast<std::uint32_t>(rule));
      ends[one.last + 1].push_back(static_cast<std::uint32_t>(rule));
    }
  }

  const std::size_t together = (stretches + most_rows() - 1) / most_rows(); // stretches that share a row
  exact_ = together == 1;
  RuleBits now(words_, 0);
  rows_of_.reserve(stretches);
  bool changed = true;
  for (std::size_t i = 0; i < stretches; ++i) {
    for (const std::uint32_t rule : ends[i])
      clear(now.data(), rule);
    for (const std::uint32_t rule : begins[i])
      set(now.data(), rule);
    changed |= !ends[i].empty() || !begins[i].empty();
    if (i % together != 0) // also one that holds later in the row
      for (const std::uint32_t rule : begins[i])
        set(rows_.data() + rows_.size() - words_, rule);
    else if (changed) {
      rows_.insert(rows_.end(), now.begin(), now.end());
      changed = false;
    }
    rows_of_.push_back(static_cast<std::uint32_t>(rows_.size() / words_ - 1));
  }
}

std::size_t ColumnIndex::stretch(const Number &at) const noexcept {
  std::size_t below = 0; // the points
  if (const auto units = units_.empty() ? std::nullopt : feel::decimal::in_units(at, decimals_)) {
    std::size_t count = units_.size();
    const std::int64_t *first = units_.data();
    while (count > 1) { // without a branch that a row could make hard to foresee
      const std::size_t half = count / 2;
      first += first[half - 1] < *units ? half : 0;
      count -= half;
    }
    first += *first < *units ? 1 : 0;
    below = static_cast<std::size_t>(first - units_.data());
    return 2 * below + (below < units_.size() && *first == *units ? 1 : 0);
  }
  below = static_cast<std::size_t>(std::lower_bound(points_.begin(), points_.end(), at) - points_.begin());
  return 2 * below + (below < points_.size() && points_[below] == at ? 1 : 0);
}

const std::uint64_t *ColumnIndex::find(const Value &value) const {
  if (kind_ == Kind::null && !has_open_)
    return any_.data();
  if (value.is_null() && value.cause() == nullptr && !null_.empty())
    return null_.data();
  if (kind_ == Kind::null || value.kind() != kind_)
    return nullptr;
  switch (kind_) {
  case Kind::boolean:
    return row(value.boolean() ? 1 : 0);
  case Kind::text:
    return row(buckets_ == 0 ? texts_[text_place(value.text())].row : hash_of(value.text()) % buckets_);
  case Kind::number:
    return row(rows_of_[stretch(value.number())]);
  default:
    return row(rows_of_[stretch(Number(value.date().days))]);
  }
}

TableIndex::TableIndex(const std::vector<std::vector<const QuickCell *>> &cells, const std::vector<RuleBits> &any) {
  if (cells.empty() || cells.size() > most_columns || cells.front().empty())
    return;
  const std::size_t rules = cells.front().size();
  words_ = (rules + 63) / 64;
  every_.assign(words_, 0);
  for (std::size_t rule = 0; rule < rules; ++rule)
    set(every_.data(), rule);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    columns_.emplace_back(cells[i], any[i]);
    exact_ &= columns_.back().exact();
  }
}

TableIndex::Search::Found TableIndex::Search::word(std::size_t number) const noexcept {
  std::uint64_t candidates = index_.every_[number];
  const std::size_t columns = index_.columns_.size();
  if (plain_) {
    for (std::size_t i = 0; i < columns; ++i)
      candidates &= rows_[i][number];
    return {candidates, index_.exact_ ? candidates : 0};
  }
  // A cell that is left to its tree may have something to say before a later cell is false: its rule stays.
  std::uint64_t open = 0;
  for (std::size_t i = 0; i < columns; ++i) {
    const ColumnIndex &column = index_.columns_[i];
    if (rows_[i] == nullptr) {
      open |= ~column.any()[number];
    } else {
      open |= column.open()[number];
      candidates &= rows_[i][number] | open;
    }
  }
  return {candidates, index_.exact_ ? candidates & ~open : 0};
}

} // namespace spie::dmn
