// Long tables: the class of a row in each column, and the set of the rules that take it.
#include "rules/columns/classes.hpp"
#include "rules/columns/table_parts.hpp"

#include "rules/feel/operators.hpp"

#include <algorithm>
#include <bit>
#include <limits>

namespace spie::columns {

using feel::Node;
using feel::Value;

namespace {

constexpr Word all = ~Word{0};
constexpr std::size_t most_set_bytes = 64U << 20; // of the sets of one column

// One column of a long table: how its values fall into classes, and which rules take each class.
struct ClassedColumn {
  std::uint32_t lane = 0;
  int texts = -1; // the column of its dictionary
  bool codes = false, booleans = false;
  IntegerClasses integers;
  std::unordered_map<std::string, std::uint16_t> known; // of texts
  std::size_t values = 0;           // classes of values; those of nulls follow: plain, error, unknown, both
  std::vector<Word> yes;            // by class, `words` each
  std::vector<Word> error, unknown; // of the four classes of nulls: the rules that are possible, by cause
  std::array<bool, 4> hands{};      // of these classes, whether what a cell lacks is what the null lacks
  std::vector<std::uint8_t> other;  // by class: the row evaluator must see the row
  std::vector<std::uint8_t> unsure; // by class: some rule is possible
  std::vector<std::uint8_t> apart;  // by class: either of the two
};

class LongTableStep final : public Step {
public:
  LongTableStep(Scan scan, std::vector<ClassedColumn> columns, std::size_t rules, std::size_t words,
                std::uint32_t scratch, std::uint32_t table, std::uint32_t out)
      : scan_(std::move(scan)), columns_(std::move(columns)), rules_(rules), words_(words), scratch_(scratch),
        table_(table), out_(out) {
    codes_.insert(codes_.end(), scan_.codes.begin(), scan_.codes.end());
    for (std::size_t i = 0; i < codes_.size(); ++i)
      in_order_ &= codes_[i] == i;
  }

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
      classes[c] = classify(state, c, state.classes[scratch_ + c], unsure);
      sets[c] = columns_[c].yes.data();
    }
    auto &first = in_order_ ? out.codes : state.classes[scratch_ + columns_.size()];
    Bits hit, wrong{}, doubt{}, doubt_error{}, doubt_unknown{};
    state.k.first_common(classes.data(), sets.data(), columns_.size(), words_, state.rows, first.data(), hit.data(),
                         scan_.mode == Scan::Mode::unique ? wrong.data() : nullptr);
    for (std::size_t w = 0; w < chunk_words; ++w)
      for (Word rest = unsure[w]; rest != 0; rest &= rest - 1) {
        const std::size_t row = w * 64 + static_cast<unsigned>(std::countr_zero(rest));
        if (row < state.rows)
          weigh(state, row, classes, first[row], doubt, doubt_error, doubt_unknown);
      }
    if (!in_order_)
      state.k.codes_by_code16(first.data(), codes_.data(), codes_.size(), out.codes.data());
    finish(scan_, out, hit, wrong, doubt, doubt_error, doubt_unknown);
  }
  std::string_view leaves() const override { return "a rule of a table rests on an error, or on what is not known"; }

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
        yes = weigh_one(row, classes, w, yes, scan);
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
    return column.integers.of(cell.value);
  }

  // A word of rules of which some may be possible; gives those that hold.
  Word weigh_one(OneRow &row, const std::array<std::size_t, most_columns> &classes, std::size_t w, Word yes,
                 OneScan &scan) const {
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
      scan.why = row.because(scan.why, why_of(row, classes, w, possible));
    }
    return yes;
  }

  // What rules of a word lack: what each column lacks, in the order in which the rules ask for them.
  Why why_of(OneRow &row, const std::array<std::size_t, most_columns> &classes, std::size_t w, Word possible) const {
    Why why = 0;
    std::uint64_t asked = 0; // columns
    static_assert(most_columns <= 64);
    for (Word rest = possible; rest != 0; rest &= rest - 1) {
      const auto rule = static_cast<unsigned>(std::countr_zero(rest));
      for (std::size_t c = 0; c < columns_.size(); ++c) {
        const ClassedColumn &column = columns_[c];
        if (classes[c] < column.values || ((asked >> c) & 1) != 0)
          continue;
        const std::size_t kind = classes[c] - column.values, at = kind * words_ + w;
        if ((((column.error[at] | column.unknown[at]) >> rule) & 1) == 0)
          continue;
        asked |= std::uint64_t{1} << c;
        why = row.because(why, column.hands[kind] ? row.at(column.lane).why() : untold);
      }
    }
    return why;
  }

  // The class of each row in a column.
  const std::uint16_t *classify(State &state, std::size_t c, std::array<std::uint16_t, chunk_rows> &into,
                                Bits &unsure) const {
    const ClassedColumn &column = columns_[c];
    const Lane &lane = state.lane(column.lane);
    const std::uint16_t *const classes = classify_values(state, c, lane, into);
    if (has_other_)
      for (std::size_t w = 0; w < chunk_words; ++w) {
        Word other = 0;
        for (std::size_t i = 0; i < 64; ++i)
          other |= static_cast<Word>(column.other[classes[w * 64 + i]]) << i;
        state.fallback[w] |= other & lane.valid_word(w);
      }
    if (!lane.nulls)
      return classes;
    if (classes != into.data())
      std::copy_n(classes, chunk_rows, into.begin());
    for (std::size_t kind = 0; kind < 4; ++kind) {
      const Word of_error = (kind & 1) != 0 ? 0 : all, of_unknown = (kind & 2) != 0 ? 0 : all;
      Bits rows;
      for (std::size_t w = 0; w < chunk_words; ++w)
        rows[w] = ~lane.valid[w] & (lane.error[w] ^ of_error) & (lane.unknown[w] ^ of_unknown);
      if (!any_bit(rows))
        continue;
      const std::size_t of = column.values + kind;
      state.k.choose(rows.data(), static_cast<std::uint16_t>(of), into.data());
      if (column.other[of] != 0)
        add_bits(state.fallback, rows);
      if (column.unsure[of] != 0)
        add_bits(unsure, rows);
    }
    return into.data();
  }

  // The same where no value is null.
  const std::uint16_t *classify_values(State &state, std::size_t c, const Lane &lane,
                                       std::array<std::uint16_t, chunk_rows> &into) const {
    const ClassedColumn &column = columns_[c];
    if (column.codes)
      return lane.codes.data();
    if (column.texts >= 0) {
      const auto &table = state.tables[table_ + c];
      state.k.codes_by_code32(lane.texts.data(), reinterpret_cast<const std::uint16_t *>(table.data()),
                              table.size() / 2, into.data());
    } else if (column.booleans) {
      into.fill(0);
      state.k.choose(lane.bits.data(), 1, into.data());
    } else if (lane.is_narrow) {
      column.integers.of(state.k, lane.narrow, into);
    } else {
      column.integers.of(lane.wide, into);
    }
    return into.data();
  }

  // A row of which a rule may be possible.
  void weigh(State &state, std::size_t row, const std::array<const std::uint16_t *, most_columns> &classes,
             std::size_t first, Bits &doubt, Bits &doubt_error, Bits &doubt_unknown) const {
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
      if (scan_.mode == Scan::Mode::first && first != 0) { // its place, from 1 on
        if (w > (first - 1) / 64)
          break;
        if (w == (first - 1) / 64)
          possible &= (Word{1} << ((first - 1) % 64)) - 1;
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
  std::vector<std::uint16_t> codes_{0}; // by place in the scan, from 1 on
  bool in_order_ = true;                // they are these places
  bool has_other_ = std::any_of(columns_.begin(), columns_.end(), [](const ClassedColumn &column) {
    return std::any_of(column.other.begin(), column.other.begin() + static_cast<std::ptrdiff_t>(column.values),
                       [](std::uint8_t other) { return other != 0; });
  });
};

// As long as sets may be: see Kernels::first_common.
std::size_t words_of(std::size_t rules) {
  const std::size_t needed = (rules + 63) / 64;
  return needed <= 8 ? std::bit_ceil(needed) : (needed + 15) / 16 * 16;
}

} // namespace

Part Builder::long_table(TableParts &parts) {
  const dmn::Table &table = parts.table;
  const std::size_t rules = table.rules.size();
  const std::size_t words = words_of(rules);
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
    std::vector<std::int64_t> cuts;
    std::vector<std::string> texts;
    for (const auto &one : own)
      if (one) {
        cuts.insert(cuts.end(), one->cuts.begin(), one->cuts.end());
        texts.insert(texts.end(), one->texts.begin(), one->texts.end());
      }
    std::sort(cuts.begin(), cuts.end());
    cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
    std::sort(texts.begin(), texts.end());
    texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
    for (std::size_t t = 0; t < texts.size(); ++t)
      column.known.emplace(texts[t], static_cast<std::uint16_t>(t));
    column.values = column.codes        ? program_->pool(input.pool).size()
                    : column.booleans   ? 2
                    : column.texts >= 0 ? texts.size() + 1
                                        : cuts.size() + 1;
    const std::size_t classes = column.values + 4;
    if (classes >= std::numeric_limits<std::uint16_t>::max() || classes * words * sizeof(Word) > most_set_bytes)
      throw Unsafe{"the table has too many distinct values"};
    column.yes.assign(classes * words, 0);
    column.error.assign(4 * words, 0);
    column.unknown.assign(4 * words, 0);
    column.other.assign(classes, 0);
    column.unsure.assign(classes, 0);
    column.hands.fill(true);
    column.hands[0] = false; // the error of a plain null has words of its own
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
      // Most classes are refused by most rules, and nothing is set for them.
      const auto says = [](Verdict verdict) { return verdict != Verdict::no && verdict != Verdict::null_plain; };
      const auto set_range = [&](std::size_t from, std::size_t end, Verdict verdict) {
        for (std::size_t of = from; says(verdict) && of < end; ++of)
          set(of, verdict);
      };
      if (column.codes || column.booleans) {
        for (std::size_t of = 0; of < column.values; ++of)
          set(of, verdicts.values[of]);
      } else if (column.texts >= 0) {
        std::size_t of = 0;
        for (std::size_t k = 0; k < verdicts.texts.size(); ++k) {
          const auto mine =
              static_cast<std::size_t>(std::lower_bound(texts.begin(), texts.end(), verdicts.texts[k]) - texts.begin());
          set_range(of, mine, verdicts.values.back());
          set(mine, verdicts.values[k]);
          of = mine + 1;
        }
        set_range(of, column.values, verdicts.values.back());
      } else {
        std::size_t of = 0; // a class begins at the cut before it
        for (std::size_t k = 0; k < verdicts.values.size(); ++k) {
          const std::size_t end =
              k == verdicts.cuts.size()
                  ? column.values
                  : static_cast<std::size_t>(std::lower_bound(cuts.begin(), cuts.end(), verdicts.cuts[k]) -
                                             cuts.begin()) +
                        1;
          set_range(of, end, verdicts.values[k]);
          of = end;
        }
      }
      for (std::size_t kind = 0; kind < 4; ++kind) {
        set(column.values + kind, verdicts.nulls[kind]);
        column.hands[kind] &= verdicts.hands[kind] || verdicts.nulls[kind] <= Verdict::null_plain;
      }
    }
    for (std::size_t of = 0; of < classes; ++of)
      column.apart.push_back(column.other[of] | column.unsure[of]);
    if (!column.codes && !column.booleans && column.texts < 0)
      column.integers = IntegerClasses(std::move(cuts));
    columns.push_back(std::move(column));
  }
  Within within(*this, {});
  for (const Part &input : parts.inputs)
    within.add(input);
  Part result = new_part(Form::text, true);
  const std::uint32_t scratch = scratch_, first_table = tables_;
  scratch_ += static_cast<std::uint32_t>(columns.size()) + 1;
  tables_ += static_cast<std::uint32_t>(columns.size());
  step<LongTableStep>(parts.scan, std::move(columns), rules, words, scratch, first_table, result.lane);
  return result;
}

} // namespace spie::columns
