// Decision tables. A short one asks each rule of 64 rows at a time; a long one finds, for the class of a row in each
// column, the set of the rules that take it, and intersects them.
#include "rules/columns/table_parts.hpp"

#include "rules/feel/operators.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <numeric>

namespace spie::columns {

using dmn::Policy;
using feel::Node;
using feel::Value;

namespace {

constexpr Word all = ~Word{0};
constexpr std::size_t long_from = 25;             // rules: fewer are asked one by one
constexpr std::size_t most_set_bytes = 64U << 20; // of the sets of one column
constexpr std::size_t most_columns = 64;          // of a long table

void finish(const Scan &scan, Lane &out, const Bits &hit, const Bits &wrong, const Bits &doubt, const Bits &doubt_error,
            const Bits &doubt_unknown) {
  const Word may_miss = scan.has_default ? 0 : all;
  for (std::size_t w = 0; w < chunk_words; ++w) {
    const Word missed = ~hit[w] & ~doubt[w] & may_miss;
    const Word uncertain = doubt[w] & ~wrong[w];
    out.valid[w] = ~(wrong[w] | uncertain | missed);
    out.error[w] = wrong[w] | missed | (uncertain & doubt_error[w]);
    out.unknown[w] = uncertain & doubt_unknown[w];
  }
  out.nulls = out.valid != all_bits;
}

// The same of one row.
struct OneScan {
  bool hit = false, wrong = false, doubt = false, group_hit = false, group_possible = false;
  std::uint8_t doubts = 0;
  std::uint16_t code = 0;

  void take(const Scan &scan, std::size_t i, bool yes, bool possible, std::uint8_t causes) {
    if (possible)
      doubts |= causes & (Cell::error | Cell::unknown);
    const bool groups = scan.mode == Scan::Mode::any || scan.mode == Scan::Mode::best;
    if (yes && !hit && !(groups && group_hit))
      code = scan.codes[i];
    if (!groups) {
      wrong |= scan.mode == Scan::Mode::unique && hit && yes;
      hit |= yes;
      doubt |= possible;
      return;
    }
    group_hit |= yes;
    group_possible |= possible;
    if (i + 1 < scan.groups.size() && scan.groups[i + 1] == scan.groups[i])
      return;
    if (scan.mode == Scan::Mode::any) { // a group ends
      wrong |= hit && group_hit;
      doubt |= group_possible;
    } else {
      doubt |= group_possible && !hit && !group_hit;
    }
    hit |= group_hit;
    group_hit = group_possible = false;
  }

  void finish(const Scan &scan, Cell &out) const {
    out.code = code;
    out.causes = 0;
    if (wrong)
      out.causes = Cell::null | Cell::error;
    else if (doubt)
      out.causes = Cell::null | doubts;
    else if (!hit && !scan.has_default)
      out.causes = Cell::null | Cell::error;
  }
};

class ShortTableStep final : public Step {
public:
  // The boolean lanes of the cells of each rule, in the order of the scan.
  ShortTableStep(Scan scan, std::vector<std::vector<std::uint32_t>> rules, std::uint32_t out)
      : scan_(std::move(scan)), rules_(std::move(rules)), out_(out) {
    for (const auto &rule : rules_)
      cells_ += rule.size();
  }

  void run(State &state) const override {
    Lane &out = state.lane(out_);
    out.codes.fill(0);
    Bits hit{}, wrong{}, doubt{}, doubt_error{}, doubt_unknown{};
    if (hit_without_nulls(state, hit, wrong, out)) {
      finish(scan_, out, hit, wrong, doubt, doubt_error, doubt_unknown);
      return;
    }
    Bits group_hit{}, group_possible{};
    const bool stops = scan_.mode == Scan::Mode::first;
    for (std::size_t i = 0; i < rules_.size(); ++i) {
      Bits yes, possible{}, error{}, unknown{};
      for (std::size_t w = 0; w < chunk_words; ++w)
        yes[w] = stops ? ~hit[w] : all;
      for (const std::uint32_t cell : rules_[i]) {
        const Lane &lane = state.lane(cell);
        if (!lane.nulls) {
          for (std::size_t w = 0; w < chunk_words; ++w) {
            yes[w] &= lane.bits[w];
            possible[w] &= lane.bits[w];
          }
          continue;
        }
        for (std::size_t w = 0; w < chunk_words; ++w) {
          const Word causes = lane.error[w] | lane.unknown[w];
          if (scan_.unknowns) {
            possible[w] = (possible[w] & (lane.bits[w] | causes)) | (yes[w] & causes);
            error[w] |= lane.error[w];
            unknown[w] |= lane.unknown[w];
          } else {
            state.fallback[w] |= yes[w] & causes;
          }
          yes[w] &= lane.bits[w];
        }
      }
      take(state, i, yes, possible, error, unknown, hit, wrong, doubt, doubt_error, doubt_unknown, group_hit,
           group_possible, out);
    }
    finish(scan_, out, hit, wrong, doubt, doubt_error, doubt_unknown);
  }

  void one(OneRow &row) const override {
    const bool stops = scan_.mode == Scan::Mode::first;
    OneScan scan;
    for (std::size_t i = 0; i < rules_.size() && !(stops && scan.hit); ++i) {
      bool yes = true, possible = false;
      std::uint8_t causes = 0;
      for (const std::uint32_t lane : rules_[i]) {
        const Cell &cell = row.at(lane);
        const bool bit = cell.is_true(), undecided = cell.undecided();
        if (scan_.unknowns) {
          possible = (possible && (bit || undecided)) || (yes && undecided);
          causes |= cell.causes;
        } else {
          row.fallback |= yes && undecided;
        }
        yes &= bit;
        if (!yes && !possible)
          break;
      }
      scan.take(scan_, i, yes, possible, causes);
    }
    scan.finish(scan_, row.at(out_));
  }

private:
  // Where no cell is null, no rule is only possible. False, and nothing is done, where some may be, and where rules
  // count by groups.
  bool hit_without_nulls(State &state, Bits &hit, Bits &wrong, Lane &out) const {
    if (scan_.mode == Scan::Mode::any || scan_.mode == Scan::Mode::best)
      return false;
    std::vector<const Word *> cells;
    cells.reserve(cells_);
    for (const auto &rule : rules_)
      for (const std::uint32_t cell : rule) {
        const Lane &lane = state.lane(cell);
        if (lane.nulls)
          return false;
        cells.push_back(lane.bits.data());
      }
    Bits twice{};
    const Word *const *next = cells.data();
    for (std::size_t i = 0; i < rules_.size(); ++i) {
      const std::size_t count = rules_[i].size();
      state.k.take_rule(next, count, scan_.codes[i], hit.data(), twice.data(), out.codes.data());
      next += count;
    }
    if (scan_.mode == Scan::Mode::unique)
      wrong = twice;
    return true;
  }

  void take(State &state, std::size_t i, const Bits &yes, const Bits &possible, const Bits &error, const Bits &unknown,
            Bits &hit, Bits &wrong, Bits &doubt, Bits &doubt_error, Bits &doubt_unknown, Bits &group_hit,
            Bits &group_possible, Lane &out) const {
    Bits chosen;
    const bool groups = scan_.mode == Scan::Mode::any || scan_.mode == Scan::Mode::best;
    for (std::size_t w = 0; w < chunk_words; ++w) {
      chosen[w] = yes[w] & ~hit[w] & ~(groups ? group_hit[w] : 0);
      doubt_error[w] |= possible[w] & error[w];
      doubt_unknown[w] |= possible[w] & unknown[w];
      switch (scan_.mode) {
      case Scan::Mode::unique:
        wrong[w] |= hit[w] & yes[w];
        hit[w] |= yes[w];
        doubt[w] |= possible[w];
        break;
      case Scan::Mode::any:
      case Scan::Mode::best:
        group_hit[w] |= yes[w];
        group_possible[w] |= possible[w];
        break;
      default:
        hit[w] |= yes[w];
        doubt[w] |= possible[w];
        break;
      }
    }
    state.k.choose(chosen.data(), scan_.codes[i], out.codes.data());
    if (!groups || (i + 1 < rules_.size() && scan_.groups[i + 1] == scan_.groups[i]))
      return;
    for (std::size_t w = 0; w < chunk_words; ++w) { // a group ends
      if (scan_.mode == Scan::Mode::any) {
        wrong[w] |= hit[w] & group_hit[w];
        doubt[w] |= group_possible[w];
      } else {
        doubt[w] |= group_possible[w] & ~hit[w] & ~group_hit[w];
      }
      hit[w] |= group_hit[w];
      group_hit[w] = group_possible[w] = 0;
    }
  }

  Scan scan_;
  std::vector<std::vector<std::uint32_t>> rules_;
  std::uint32_t out_;
  std::size_t cells_ = 0; // of all rules
};

// One column of a long table: how its values fall into classes, and which rules take each class.
struct ClassedColumn {
  std::uint32_t lane = 0;
  int texts = -1; // the column of its dictionary
  bool codes = false, booleans = false;
  std::vector<std::int64_t> cuts;
  std::vector<std::uint16_t> direct; // of integers, by value from the first cut on: the class; empty: cuts are searched
  std::unordered_map<std::string, std::uint16_t> known; // of texts
  std::size_t values = 0;           // classes of values; those of nulls follow: plain, error, unknown, both
  std::vector<Word> yes;            // by class, `words` each
  std::vector<Word> error, unknown; // of the four classes of nulls: the rules that are possible, by cause
  std::vector<std::uint8_t> other;  // by class: the row evaluator must see the row
  std::vector<std::uint8_t> unsure; // by class: some rule is possible
  std::vector<std::uint8_t> apart;  // by class: either of the two
};

class LongTableStep final : public Step {
public:
  LongTableStep(Scan scan, std::vector<ClassedColumn> columns, std::size_t rules, std::size_t words,
                std::uint32_t scratch, std::uint32_t table, std::uint32_t out)
      : scan_(std::move(scan)), columns_(std::move(columns)), rules_(rules), words_(words), scratch_(scratch),
        table_(table), out_(out) {}

  // The classes of the texts of the batch, two bytes each.
  void prepare(State &state, const Batch & /*batch*/) const override {
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      const ClassedColumn &column = columns_[c];
      if (column.texts < 0)
        continue;
      const auto &dictionary = state.dictionary(column.texts);
      auto &table = state.tables[table_ + c];
      table.assign(std::max<std::size_t>(dictionary.size(), 1) * 2, 0);
      std::string text;
      for (std::size_t i = 0; i < dictionary.size(); ++i) {
        text.assign(dictionary[i]);
        const auto found = column.known.find(text);
        const auto of = static_cast<std::uint16_t>(found == column.known.end() ? column.values - 1 : found->second);
        std::memcpy(table.data() + i * 2, &of, 2);
      }
    }
  }

  bool looks_into(int column) const override {
    return std::any_of(columns_.begin(), columns_.end(), [&](const ClassedColumn &one) { return one.texts == column; });
  }

  void run(State &state) const override {
    Lane &out = state.lane(out_);
    Bits unsure{};
    std::array<const std::uint16_t *, most_columns> classes{};
    std::array<const Word *, most_columns> sets{};
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      classify(state, c, state.classes[scratch_ + c], unsure);
      classes[c] = state.classes[scratch_ + c].data();
      sets[c] = columns_[c].yes.data();
    }
    auto &first = state.classes[scratch_ + columns_.size()];
    auto &second = state.classes[scratch_ + columns_.size() + 1];
    const bool unique = scan_.mode == Scan::Mode::unique;
    state.k.first_common(classes.data(), sets.data(), columns_.size(), words_, state.rows, first.data(),
                         unique ? second.data() : nullptr);
    constexpr std::uint16_t none = 65'535;
    Bits hit{}, wrong{}, doubt{}, doubt_error{}, doubt_unknown{};
    for (std::size_t i = 0; i < state.rows; ++i) {
      const bool found = first[i] != none;
      out.codes[i] = found ? scan_.codes[first[i]] : std::uint16_t{0};
      hit[i / 64] |= static_cast<Word>(found ? 1 : 0) << (i % 64);
    }
    std::fill(out.codes.begin() + static_cast<std::ptrdiff_t>(state.rows), out.codes.end(), std::uint16_t{0});
    if (unique)
      for (std::size_t i = 0; i < state.rows; ++i)
        wrong[i / 64] |= static_cast<Word>(second[i] != none ? 1 : 0) << (i % 64);
    for (std::size_t w = 0; w < chunk_words; ++w)
      for (Word rest = unsure[w]; rest != 0; rest &= rest - 1) {
        const std::size_t row = w * 64 + static_cast<unsigned>(std::countr_zero(rest));
        if (row < state.rows)
          weigh(state, row, classes, first[row], doubt, doubt_error, doubt_unknown);
      }
    finish(scan_, out, hit, wrong, doubt, doubt_error, doubt_unknown);
  }

  void texts(std::set<std::string> &into) const override {
    for (const ClassedColumn &column : columns_)
      for (const auto &[text, of] : column.known)
        into.insert(text);
  }

  void one(OneRow &row) const override {
    std::array<const Word *, most_columns> sets; // NOLINT(cppcoreguidelines-pro-type-member-init): as many as columns
    bool unsure = false;
    std::array<std::size_t, most_columns> classes; // NOLINT(cppcoreguidelines-pro-type-member-init)
    const std::size_t count = columns_.size();
    const ClassedColumn *const columns = columns_.data();
    for (std::size_t c = 0; c < count; ++c) {
      classes[c] = class_of(row, columns[c], c);
      sets[c] = columns[c].yes.data() + classes[c] * words_;
      if (columns[c].apart.data()[classes[c]] != 0) {
        row.fallback |= columns[c].other[classes[c]] != 0;
        unsure |= columns[c].unsure[classes[c]] != 0;
      }
    }
    OneScan scan;
    for (std::size_t w = 0; w * 64 < rules_; ++w) {
      Word yes = all;
      for (std::size_t c = 0; c < count; ++c)
        yes &= sets[c][w];
      if (unsure)
        yes = weigh_one(classes, w, yes, scan);
      if (yes == 0)
        continue;
      const std::size_t first = w * 64 + static_cast<unsigned>(std::countr_zero(yes));
      scan.wrong |= scan.hit || (yes & (yes - 1)) != 0;
      if (!scan.hit)
        scan.code = scan_.codes[first];
      scan.hit = true;
      if (scan_.mode != Scan::Mode::unique)
        break;
    }
    scan.wrong &= scan_.mode == Scan::Mode::unique;
    row.fallback |= scan.doubt && scan_.mode != Scan::Mode::first && scan_.mode != Scan::Mode::unique;
    scan.finish(scan_, row.at(out_));
  }

private:
  std::size_t class_of(const OneRow &row, const ClassedColumn &column, std::size_t c) const {
    const Cell &cell = row.at(column.lane);
    if (!cell.valid())
      return column.values + static_cast<std::size_t>(cell.causes >> 1);
    if (column.texts >= 0) {
      std::uint16_t of = 0;
      std::memcpy(&of, row.table(table_ + static_cast<std::uint32_t>(c)) + static_cast<std::size_t>(cell.code) * 2, 2);
      return of;
    }
    if (column.codes)
      return cell.code;
    if (column.booleans)
      return cell.value != 0 ? 1 : 0;
    if (!column.direct.empty()) {
      const std::int64_t from = column.cuts.front() - 1;
      return cell.value <= from
                 ? 0
                 : column.direct.data()[std::min(static_cast<std::size_t>(cell.value) - static_cast<std::size_t>(from),
                                                 column.direct.size() - 1)];
    }
    const std::int64_t *const cuts = column.cuts.data();
    return static_cast<std::size_t>(std::upper_bound(cuts, cuts + column.cuts.size(), cell.value) - cuts);
  }

  // A word of rules of which some may be possible; gives those that hold.
  Word weigh_one(const std::array<std::size_t, most_columns> &classes, std::size_t w, Word yes, OneScan &scan) const {
    Word not_no = all, error = 0, unknown = 0;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      const ClassedColumn &column = columns_[c];
      Word possible = column.yes[classes[c] * words_ + w];
      if (classes[c] >= column.values) {
        const std::size_t at = (classes[c] - column.values) * words_ + w;
        error |= column.error[at];
        unknown |= column.unknown[at];
        possible |= column.error[at] | column.unknown[at];
      }
      not_no &= possible;
    }
    Word possible = not_no & ~yes;
    if (scan_.mode == Scan::Mode::first && yes != 0)
      possible &= (yes & (~yes + 1)) - 1; // those before the first that holds
    if (possible != 0) {
      scan.doubt = true;
      scan.doubts |= static_cast<std::uint8_t>(((possible & error) != 0 ? Cell::error : 0) |
                                               ((possible & unknown) != 0 ? Cell::unknown : 0));
    }
    return yes;
  }

  void classify(State &state, std::size_t c, std::array<std::uint16_t, chunk_rows> &into, Bits &unsure) const {
    const ClassedColumn &column = columns_[c];
    const Lane &lane = state.lane(column.lane);
    if (column.texts >= 0) {
      const auto &table = state.tables[table_ + c];
      for (std::size_t i = 0; i < chunk_rows; ++i)
        std::memcpy(&into[i], table.data() + static_cast<std::size_t>(lane.texts[i]) * 2, 2);
    } else if (column.codes) {
      into = lane.codes;
    } else if (column.booleans) {
      for (std::size_t i = 0; i < chunk_rows; ++i)
        into[i] = static_cast<std::uint16_t>(lane.bits[i / 64] >> (i % 64) & 1);
    } else if (lane.is_narrow) {
      classify_integers(column, lane.narrow.data(), into);
    } else {
      classify_integers(column, lane.wide.data(), into);
    }
    for (std::size_t w = 0; lane.nulls && w < chunk_words; ++w)
      for (Word rest = ~lane.valid[w]; rest != 0; rest &= rest - 1) {
        const auto bit = static_cast<unsigned>(std::countr_zero(rest));
        const auto kind = (lane.error[w] >> bit & 1) + (lane.unknown[w] >> bit & 1) * 2;
        into[w * 64 + bit] = static_cast<std::uint16_t>(column.values + kind);
      }
    if (has_other_ || lane.nulls || state.rows == 0)
      for (std::size_t i = 0; i < state.rows; ++i) {
        state.fallback[i / 64] |= static_cast<Word>(column.other[into[i]]) << (i % 64);
        unsure[i / 64] |= static_cast<Word>(column.unsure[into[i]]) << (i % 64);
      }
  }

  template <class T>
  static void classify_integers(const ClassedColumn &column, const T *values,
                                std::array<std::uint16_t, chunk_rows> &into) {
    if (column.cuts.empty()) {
      into.fill(0);
    } else if (!column.direct.empty()) {
      const std::int64_t from = column.cuts.front() - 1;
      const auto last = static_cast<std::int64_t>(column.direct.size()) - 1;
      for (std::size_t i = 0; i < chunk_rows; ++i) {
        const std::int64_t value = values[i];
        const std::int64_t at = value <= from ? 0 : value - from > last ? last : value - from;
        into[i] = column.direct[static_cast<std::size_t>(at)];
      }
    } else {
      const std::int64_t *const cuts = column.cuts.data();
      for (std::size_t i = 0; i < chunk_rows; ++i) {
        const std::int64_t value = values[i];
        const std::int64_t *const at = std::upper_bound(cuts, cuts + column.cuts.size(), value);
        into[i] = static_cast<std::uint16_t>(at - cuts);
      }
    }
  }

  // A row of which a rule may be possible.
  void weigh(State &state, std::size_t row, const std::array<const std::uint16_t *, most_columns> &classes,
             std::uint16_t first, Bits &doubt, Bits &doubt_error, Bits &doubt_unknown) const {
    const Word bit = Word{1} << (row % 64);
    if (scan_.mode != Scan::Mode::first && scan_.mode != Scan::Mode::unique) {
      state.fallback[row / 64] |= bit;
      return;
    }
    for (std::size_t w = 0; w < words_; ++w) {
      Word yes = all, not_no = all, error = 0, unknown = 0;
      for (std::size_t c = 0; c < columns_.size(); ++c) {
        const ClassedColumn &column = columns_[c];
        const std::size_t of = classes[c][row];
        const Word own = column.yes[of * words_ + w];
        yes &= own;
        if (of < column.values) {
          not_no &= own;
          continue;
        }
        const Word own_error = column.error[(of - column.values) * words_ + w];
        const Word own_unknown = column.unknown[(of - column.values) * words_ + w];
        not_no &= own | own_error | own_unknown;
        error |= own_error;
        unknown |= own_unknown;
      }
      Word possible = not_no & ~yes;
      if (scan_.mode == Scan::Mode::first && first != 65'535) {
        if (w > first / 64U)
          break;
        if (w == first / 64U)
          possible &= (Word{1} << (first % 64)) - 1;
      }
      if (possible == 0)
        continue;
      doubt[row / 64] |= bit;
      doubt_error[row / 64] |= (possible & error) != 0 ? bit : 0;
      doubt_unknown[row / 64] |= (possible & unknown) != 0 ? bit : 0;
    }
  }

  Scan scan_;
  std::vector<ClassedColumn> columns_;
  std::size_t rules_, words_;
  std::uint32_t scratch_, table_, out_;
  bool has_other_ = std::any_of(columns_.begin(), columns_.end(), [](const ClassedColumn &column) {
    return std::any_of(column.other.begin(), column.other.begin() + static_cast<std::ptrdiff_t>(column.values),
                       [](std::uint8_t other) { return other != 0; });
  });
};

} // namespace

namespace {

// A constant as the output gives it; an error for the row evaluator to tell.
Value output_value(const dmn::Table::Output &output, Value value, bool unknowns, bool &refused) {
  feel::Evaluation evaluation;
  evaluation.facts_may_be_unknown = unknowns;
  if (!value.is_null() && !output.type.is_any())
    value = feel::coerce(evaluation, value, output.type);
  if (!value.is_null() && output.values && !output.values->allows(evaluation, value))
    refused = true;
  refused |= value.cause() != nullptr || !evaluation.consumed.errors.empty();
  return value;
}

} // namespace

void Builder::table_outputs(TableParts &parts) {
  const dmn::Table &table = parts.table;
  const Node &node = parts.node;
  const std::size_t rules = table.rules.size();
  for (std::size_t o = 0; o < table.outputs.size(); ++o) {
    const dmn::Table::Output &output = table.outputs[o];
    parts.scan.has_default |= output.default_child >= 0;
    std::vector<std::optional<Value>> constants(rules + 1);
    std::vector<const Node *> expressions(rules + 1, nullptr);
    const auto entry = [&](std::size_t code, const Node *child) {
      if (child == nullptr) {
        constants[code] = Value();
      } else if (rests_on_fixed(*child)) {
        bool refused = false;
        constants[code] = output_value(output, fixed_value(*child), request_.facts_may_be_unknown, refused);
        if (refused)
          throw Unsafe{"an output entry is an error, or not of its type"};
      } else {
        expressions[code] = child;
      }
    };
    entry(0, output.default_child < 0 ? nullptr : node.children[static_cast<std::size_t>(output.default_child)].get());
    for (std::size_t r = 0; r < rules; ++r)
      entry(r + 1, node.children[table.cell(r, table.inputs.size()) + o].get());
    parts.constants.push_back(std::move(constants));
    parts.expressions.push_back(std::move(expressions));
  }
}

namespace {

// Rules by what they give: for policies that compare it.
bool same_outputs(const std::vector<std::vector<std::optional<Value>>> &constants, std::size_t a, std::size_t b) {
  return std::all_of(constants.begin(), constants.end(),
                     [&](const auto &output) { return feel::identical(*output[a + 1], *output[b + 1]); });
}

} // namespace

Part Builder::table(const Node &node, const dmn::Table &table) {
  TableParts parts{node, table, {}, {}, {}, {}, {}};
  parts.scan.unknowns = request_.facts_may_be_unknown;
  if (table.rules.size() >= std::numeric_limits<std::uint16_t>::max())
    throw Unsafe{"the table has too many rules"};
  Frame &frame = *frame_;
  for (std::size_t i = 0; i < table.inputs.size(); ++i) {
    Part input = part(*node.children[i]);
    if (input.is == Part::Is::constant)
      input = coded(input);
    if (input.is != Part::Is::lane)
      throw Unsafe{"an input of the table is a list or a context"};
    if (const auto &allowed = table.inputs[i].values; allowed != nullptr) {
      const feel::List values = allowed->enumerated();
      if (values.empty() && input.pool < 0 && input.form != Form::boolean)
        throw Unsafe{"the values of an input of the table (" + allowed->to_string() + ") are no list"};
      const Part holds = predicate(
          input, verdicts(input, {values.begin(), values.end()}, [&](feel::Evaluation &evaluation, const Value &value) {
            return Value(value.is_null() || allowed->allows(evaluation, value));
          }));
      const Within within(*this, {&holds});
      step<FallbackStep>(holds.lane);
    }
    const std::uint32_t slot = table.inputs[i].slot;
    if (frame.size() <= slot)
      frame.resize(slot + 1);
    frame[slot] = input;
    parts.inputs.push_back(std::move(input));
  }
  table_outputs(parts);
  parts.order.resize(table.rules.size());
  std::iota(parts.order.begin(), parts.order.end(), std::size_t{0});
  const auto all_constant = [&] {
    for (const auto &output : parts.constants)
      for (std::size_t code = 1; code < output.size(); ++code)
        if (!output[code] || output[code]->is_null())
          throw Unsafe{"the outputs of a " + table.shown_policy + " table are not all constants"};
  };
  std::vector<std::uint32_t> group(table.rules.size(), 0);
  feel::Evaluation evaluation;
  switch (table.policy) {
  case Policy::collect:
  case Policy::rule_order:
  case Policy::output_order:
  case Policy::sum:
  case Policy::count:
    return collected(parts);
  case Policy::first:
    parts.scan.mode = Scan::Mode::first;
    break;
  case Policy::unique:
    parts.scan.mode = Scan::Mode::unique;
    break;
  case Policy::any: {
    parts.scan.mode = Scan::Mode::any;
    all_constant();
    std::vector<std::size_t> leaders;
    for (std::size_t r = 0; r < group.size(); ++r) {
      const auto leader = std::find_if(leaders.begin(), leaders.end(),
                                       [&](std::size_t one) { return same_outputs(parts.constants, one, r); });
      group[r] = static_cast<std::uint32_t>(leader - leaders.begin());
      if (leader == leaders.end())
        leaders.push_back(r);
    }
    break;
  }
  case Policy::priority: {
    parts.scan.mode = Scan::Mode::best;
    all_constant();
    // Ranks as Table::rank finds them; equal ones are one group.
    std::vector<std::vector<std::size_t>> ranks(table.rules.size());
    for (std::size_t r = 0; r < ranks.size(); ++r)
      for (std::size_t o = 0; o < table.outputs.size(); ++o) {
        const feel::List &order = table.outputs[o].order;
        std::size_t place = 0;
        while (place < order.size() && !feel::is_equal(evaluation, order[place], *parts.constants[o][r + 1]))
          ++place;
        ranks[r].push_back(place);
      }
    std::stable_sort(parts.order.begin(), parts.order.end(),
                     [&](std::size_t a, std::size_t b) { return ranks[a] < ranks[b]; });
    for (std::size_t i = 1; i < parts.order.size(); ++i)
      group[parts.order[i]] = group[parts.order[i - 1]] + (ranks[parts.order[i]] == ranks[parts.order[i - 1]] ? 0 : 1);
    break;
  }
  case Policy::min:
  case Policy::max: {
    parts.scan.mode = Scan::Mode::sole;
    all_constant();
    const auto &values = parts.constants.front();
    for (std::size_t code = 2; code < values.size(); ++code)
      if (!feel::order(*values[1], *values[code]))
        throw Unsafe{"the outputs of a " + table.shown_policy + " table are not of one ordered type"};
    std::stable_sort(parts.order.begin(), parts.order.end(), [&](std::size_t a, std::size_t b) {
      const int order = *feel::order(*values[a + 1], *values[b + 1]);
      return table.policy == Policy::min ? order < 0 : order > 0;
    });
    break;
  }
  default:
    throw Unsafe{"a " + table.shown_policy + " table"};
  }
  if (table.policy == Policy::any)
    std::stable_sort(parts.order.begin(), parts.order.end(),
                     [&](std::size_t a, std::size_t b) { return group[a] < group[b]; });
  for (const std::size_t rule : parts.order) {
    parts.scan.codes.push_back(static_cast<std::uint16_t>(rule + 1));
    parts.scan.groups.push_back(group[rule]);
  }

  const bool long_plan = (request_.one_row || table.rules.size() >= long_from) && table.policy != Policy::any &&
                         table.inputs.size() <= most_columns && !table.inputs.empty();
  Part codes;
  try {
    codes = long_plan ? long_table(parts) : short_table(parts);
  } catch (const Unsafe &) {
    if (!long_plan)
      throw;
    codes = short_table(parts); // a cell that is no comparison with constants
  }

  if (&node == root_table_ && table.policy <= Policy::priority) {
    program_->rule_ = static_cast<int>(codes.lane);
    program_->rule_of_null_ = table.policy == Policy::any;
  }

  // What the codes stand for, output by output.
  std::vector<Part> outputs;
  for (std::size_t o = 0; o < table.outputs.size(); ++o) {
    auto &constants = parts.constants[o];
    const auto &expressions = parts.expressions[o];
    const bool any_expression =
        std::any_of(expressions.begin(), expressions.end(), [](const Node *one) { return one != nullptr; });
    const auto first_constant =
        std::find_if(constants.begin(), constants.end(), [](const auto &one) { return one && !one->is_null(); });
    Part result;
    if (first_constant == constants.end()) {
      result.is = Part::Is::constant; // null
    } else {
      const Form form = form_of(**first_constant);
      std::vector<Value> pool;
      std::vector<bool> nulls;
      for (std::size_t code = 0; code < constants.size(); ++code) {
        const bool null = constants[code] && constants[code]->is_null() && (code != 0 || parts.scan.has_default);
        nulls.push_back(null);
        pool.push_back(constants[code] && !constants[code]->is_null() ? *constants[code] : **first_constant);
        if (form_of(pool.back()) != form)
          throw Unsafe{"the outputs of the table are of several types"};
      }
      result = codes;
      result.form = form;
      result.pool = new_pool(std::move(pool));
      if (std::find(nulls.begin(), nulls.end(), true) != nulls.end()) {
        const Within within(*this, {&codes});
        const std::uint32_t lane = new_lane();
        step<NullCodesStep>(codes.lane, nulls, lane);
        result.lane = lane;
      }
    }
    for (std::size_t code = 0; any_expression && code < expressions.size(); ++code) {
      if (expressions[code] == nullptr)
        continue;
      Part value = coerced(part(*expressions[code]), table.outputs[o].type);
      if (const auto &allowed = table.outputs[o].values; allowed != nullptr)
        throw Unsafe{"an output entry that is no constant has allowed values"};
      Verdicts is_code;
      is_code.values.assign(constants.size(), Verdict::no);
      is_code.values[code] = Verdict::yes;
      is_code.nulls.fill(Verdict::no);
      Part of_codes = codes;
      of_codes.form = Form::text;
      of_codes.pool = new_pool(std::vector<Value>(constants.size(), Value("")));
      Part condition = predicate(of_codes, is_code);
      condition.nullable = false;
      result = chosen(condition, value, result);
    }
    if (any_expression || result.is == Part::Is::constant) {
      if (result.is != Part::Is::lane && result.is != Part::Is::constant)
        throw Unsafe{"an output of the table is a context or a list"};
      const Part one = coded(result);
      const Within within(*this, {&one, &codes});
      Part masked = new_part(one.form, true, one.scale);
      masked.pool = one.pool;
      masked.column = one.column;
      const auto data = one.pool >= 0               ? ChooseStep::Data::codes
                        : one.form == Form::boolean ? ChooseStep::Data::bits
                        : one.form == Form::text    ? ChooseStep::Data::texts
                                                    : ChooseStep::Data::integers;
      step<NullsStep>(data, one.lane, codes.lane, false, masked.lane);
      result = masked;
    }
    outputs.push_back(std::move(result));
  }
  if (outputs.size() == 1)
    return outputs.front();
  Part result;
  result.is = Part::Is::context;
  result.self = codes.lane;
  for (std::size_t o = 0; o < outputs.size(); ++o)
    result.members.emplace_back(table.outputs[o].name, std::move(outputs[o]));
  return result;
}

std::vector<std::uint32_t> Builder::cells_of_rule(const TableParts &parts, std::size_t rule, Within &within) {
  const dmn::Table &table = parts.table;
  std::vector<std::uint32_t> cells;
  for (std::size_t i = 0; i < table.inputs.size(); ++i) {
    if (table.rules[rule].any[i])
      continue;
    const Node &node = *parts.node.children[table.cell(rule, i)];
    std::vector<Value> constants;
    const Part test = compares_constants(node, table.inputs[i].slot, constants)
                          ? cell(node, table.inputs[i].slot, parts.inputs[i])
                          : boolean(part(node));
    cells.push_back(test.lane);
    within.add(test.lane);
  }
  return cells;
}

Part Builder::short_table(TableParts &parts) {
  std::vector<std::vector<std::uint32_t>> rules;
  Within within(*this, {});
  for (const Part &input : parts.inputs)
    within.add(input);
  for (const std::size_t rule : parts.order)
    rules.push_back(cells_of_rule(parts, rule, within));
  Part result = new_part(Form::text, true);
  step<ShortTableStep>(parts.scan, std::move(rules), result.lane);
  return result;
}

Part Builder::long_table(TableParts &parts) {
  const dmn::Table &table = parts.table;
  const std::size_t rules = table.rules.size();
  const std::size_t words = (rules + 511) / 512 * 8;
  std::vector<ClassedColumn> columns;
  for (std::size_t i = 0; i < table.inputs.size(); ++i) {
    const Part &input = parts.inputs[i];
    const std::uint32_t slot = table.inputs[i].slot;
    ClassedColumn column;
    column.lane = input.lane;
    column.codes = input.pool >= 0;
    column.texts = input.pool < 0 && input.form == Form::text ? input.column : -1;
    column.booleans = input.pool < 0 && input.form == Form::boolean;
    // The verdicts of each rule over its own classes, then all the classes together.
    std::vector<std::optional<Verdicts>> own(rules);
    for (std::size_t position = 0; position < rules; ++position) {
      const std::size_t rule = parts.order[position];
      if (table.rules[rule].any[i])
        continue;
      const Node &node = *parts.node.children[table.cell(rule, i)];
      std::vector<Value> constants;
      orders_texts_ = false;
      if (!compares_constants(node, slot, constants) || (column.texts >= 0 && orders_texts_))
        throw Unsafe{"a cell compares with more than constants"};
      std::vector<Value> frame(slot + 1);
      own[position] = verdicts(input, constants, [&](feel::Evaluation &evaluation, const Value &value) {
        frame[slot] = value;
        return feel::evaluate(evaluation, node, frame);
      });
    }
    std::vector<std::string> texts;
    for (const auto &one : own)
      if (one) {
        column.cuts.insert(column.cuts.end(), one->cuts.begin(), one->cuts.end());
        texts.insert(texts.end(), one->texts.begin(), one->texts.end());
      }
    std::sort(column.cuts.begin(), column.cuts.end());
    column.cuts.erase(std::unique(column.cuts.begin(), column.cuts.end()), column.cuts.end());
    std::sort(texts.begin(), texts.end());
    texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
    for (std::size_t t = 0; t < texts.size(); ++t)
      column.known.emplace(texts[t], static_cast<std::uint16_t>(t));
    column.values = column.codes        ? program_->pool(input.pool).size()
                    : column.booleans   ? 2
                    : column.texts >= 0 ? texts.size() + 1
                                        : column.cuts.size() + 1;
    const std::size_t classes = column.values + 4;
    if (classes >= std::numeric_limits<std::uint16_t>::max() || classes * words * sizeof(Word) > most_set_bytes)
      throw Unsafe{"the table has too many distinct values"};
    column.yes.assign(classes * words, 0);
    column.error.assign(4 * words, 0);
    column.unknown.assign(4 * words, 0);
    column.other.assign(classes, 0);
    column.unsure.assign(classes, 0);
    for (std::size_t position = 0; position < rules; ++position) {
      const std::size_t at = position / 64;
      const Word bit = Word{1} << (position % 64);
      const auto set = [&](std::size_t of, Verdict verdict) {
        if (verdict == Verdict::yes)
          column.yes[of * words + at] |= bit;
        else if (verdict == Verdict::no || verdict == Verdict::null_plain)
          return;
        else if (of < column.values || verdict == Verdict::other || !request_.facts_may_be_unknown)
          column.other[of] = 1;
        else {
          column.unsure[of] = 1;
          if (verdict != Verdict::null_unknown)
            column.error[(of - column.values) * words + at] |= bit;
          if (verdict != Verdict::null_error)
            column.unknown[(of - column.values) * words + at] |= bit;
        }
      };
      if (!own[position]) {
        for (std::size_t of = 0; of < classes; ++of)
          set(of, Verdict::yes);
        continue;
      }
      const Verdicts &verdicts = *own[position];
      std::size_t own_class = 0;
      for (std::size_t of = 0; of < column.values; ++of) {
        if (column.codes || column.booleans) {
          set(of, verdicts.values[of]);
        } else if (column.texts >= 0) {
          while (own_class < verdicts.texts.size() && of < texts.size() && verdicts.texts[own_class] < texts[of])
            ++own_class;
          const bool mine =
              of < texts.size() && own_class < verdicts.texts.size() && verdicts.texts[own_class] == texts[of];
          set(of, verdicts.values[mine ? own_class : verdicts.texts.size()]);
        } else {
          // Class `of` begins at the cut before it.
          while (of > 0 && own_class < verdicts.cuts.size() && verdicts.cuts[own_class] <= column.cuts[of - 1])
            ++own_class;
          set(of, verdicts.values[own_class]);
        }
      }
      for (std::size_t kind = 0; kind < 4; ++kind)
        set(column.values + kind, verdicts.nulls[kind]);
    }
    for (std::size_t of = 0; of < classes; ++of)
      column.apart.push_back(column.other[of] | column.unsure[of]);
    if (!column.cuts.empty() && column.texts < 0) {
      constexpr std::int64_t most_direct = 1 << 16;
      const std::int64_t first = column.cuts.front(), last = column.cuts.back();
      std::int64_t range = 0;
      if (!__builtin_sub_overflow(last, first, &range) && range < most_direct &&
          first > std::numeric_limits<std::int64_t>::min()) {
        column.direct.reserve(static_cast<std::size_t>(range) + 2);
        column.direct.push_back(0);
        std::size_t of = 0;
        for (std::int64_t value = first; value <= last; ++value) {
          while (of < column.cuts.size() && column.cuts[of] <= value)
            ++of;
          column.direct.push_back(static_cast<std::uint16_t>(of));
        }
      }
    }
    columns.push_back(std::move(column));
  }
  Within within(*this, {});
  for (const Part &input : parts.inputs)
    within.add(input);
  Part result = new_part(Form::text, true);
  const std::uint32_t scratch = scratch_, first_table = tables_;
  scratch_ += static_cast<std::uint32_t>(columns.size()) + 2;
  tables_ += static_cast<std::uint32_t>(columns.size());
  step<LongTableStep>(parts.scan, std::move(columns), rules, words, scratch, first_table, result.lane);
  return result;
}

} // namespace spie::columns
