// Some rows of a batch answered by columns: what is read where it stands, what is written as Arrow lays it out.
#include "rules/table/by_columns.hpp"

#include "rules/table/list_writer.hpp"
#include "rules/table/room.hpp"
#include "rules/table/text_codes.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <deque>
#include <limits>
#include <new>
#include <string_view>
#include <unordered_map>

namespace spie::table {

namespace {

using columns::Bits;
using columns::chunk_rows;
using columns::chunk_words;
using columns::Lane;
using columns::Wide;
using columns::Word;
using Kind = Shape::Kind;

Buffer buffer_of(const Room &room) { return {room.held, room.held.get()}; }

bool bit_at(const void *bits, std::int64_t at) {
  return (static_cast<const std::uint8_t *>(bits)[at / 8] >> (at % 8) & 1) != 0;
}

// A column of the answer, filled chunk by chunk.
struct Writer {
  Room data, validity;
  bool nulls = false;
  std::vector<std::string_view> texts;
  std::deque<std::string> held;      // of the texts, those that the program made
  std::vector<std::int32_t> by_code; // of the texts of a column: their index; -1: not met yet
  std::unordered_map<std::string_view, std::int32_t> numbers;

  std::int32_t number_of(std::string_view text) {
    const auto [found, added] = numbers.try_emplace(text, static_cast<std::int32_t>(texts.size()));
    if (added)
      texts.push_back(text);
    return found->second;
  }
};

std::size_t width_of(Kind kind) {
  switch (kind) {
  case Kind::number:
    return 16;
  case Kind::days:
    return 8;
  default:
    return 4;
  }
}

} // namespace

class ColumnsPiece final : public ByColumns::Piece {
public:
  ColumnsPiece(const ByColumns &by, std::int64_t count)
      : by_(by), count_(static_cast<std::size_t>(count)), chunks_((count_ + chunk_rows - 1) / chunk_rows) {}

  bool run(const Column &batch, std::int64_t first) {
    if (!open(batch, first))
      return false;
    expect(batch.length - first);
    writers_.resize(by_.targets_.size());
    for (std::size_t t = 0; t < writers_.size(); ++t) {
      const ByColumns::Target &target = by_.targets_[t];
      writers_[t].data = room(bytes_of(target.kind));
      for (const std::string &text : target.texts)
        writers_[t].number_of(text);
      const int column = by_.program_->outputs()[target.output].column;
      if (column >= 0 && static_cast<std::size_t>(column) < given_.columns.size())
        writers_[t].by_code.assign(given_.columns[static_cast<std::size_t>(column)].dictionary.size(), -1);
    }
    if (by_.rule_ != ByColumns::Rule::not_asked) {
      rules_.data = room_of_zeros();
      open_validity(rules_, 0);
      std::memset(rules_.validity.as<char>(), 0, chunks_ * chunk_words * sizeof(Word));
    }
    auto state = by_.take_state();
    by_.program_->prepare(*state, given_);
    Bits errors, unknowns;
    std::int64_t left = 0;
    for (std::size_t chunk = 0; chunk < chunks_; ++chunk) {
      by_.program_->run(*state, chunk * chunk_rows, errors, unknowns);
      for (std::size_t t = 0; t < writers_.size(); ++t)
        write(*state, by_.targets_[t], writers_[t], chunk);
      if (by_.rule_ == ByColumns::Rule::of_table)
        write_rules(*state, chunk);
      write_status(*state, errors, unknowns, chunk);
      if (columns::any_bit(state->fallback))
        for (const Word word : state->fallback)
          left += std::popcount(word);
      if (by_.reasons_) {
        columns::add_bits(state->fallback, errors);
        columns::add_bits(state->fallback, unknowns);
      }
      if (!columns::any_bit(state->fallback))
        continue;
      for (std::size_t w = 0; w < chunk_words; ++w) {
        Word rest = state->fallback[w];
        for (; rest != 0; rest &= rest - 1) {
          const std::size_t row = chunk * chunk_rows + w * 64 + static_cast<unsigned>(std::countr_zero(rest));
          if (row < count_)
            rows_.push_back(static_cast<std::int64_t>(row));
        }
      }
    }
    by_.give_back(std::move(state));
    by_.seen_ += static_cast<std::int64_t>(count_);
    by_.left_ += left;
    return true;
  }

  std::vector<ArrayData> finish(const std::vector<ArrayData> &answered) override {
    std::vector<ArrayData> made;
    for (std::size_t t = 0; t < writers_.size(); ++t)
      made.push_back(by_.targets_[t].kind == Kind::list
                         ? (by_.targets_[t].item == Kind::number
                                ? finish_list<Wide>(by_.targets_[t], writers_[t], answered[t])
                                : finish_list<std::int32_t>(by_.targets_[t], writers_[t], answered[t]))
                         : finish_column(by_.targets_[t].kind, writers_[t], answered[t]));
    Writer status;
    if (status_.held == nullptr && (!rows_.empty() || bytes_of(Kind::text) > most_zeros))
      status_ = room_of_zeros();
    status.data = status_;
    for (const std::string_view text : {"determine", "indetermine", "erreur"})
      status.number_of(text);
    std::size_t next = writers_.size();
    made.push_back(finish_column(Kind::text, status, answered[next++]));
    if (by_.rule_ != ByColumns::Rule::not_asked)
      made.push_back(finish_column(Kind::integer, rules_, answered[next++]));
    if (by_.reasons_) {
      Writer reasons;
      reasons.data = room_of_zeros();
      open_validity(reasons, 0);
      std::memset(reasons.validity.as<char>(), 0, chunks_ * chunk_words * sizeof(Word));
      made.push_back(finish_column(Kind::text, reasons, answered[next]));
    }
    return made;
  }

private:
  std::size_t bytes_of(Kind kind) const {
    return kind == Kind::boolean ? chunks_ * chunk_words * sizeof(Word) : chunks_ * chunk_rows * width_of(kind);
  }
  // So many rows of the batch are not answered yet, these included; each column may have nulls.
  void expect(std::int64_t rows) {
    std::size_t piece = 0;
    for (const ByColumns::Target &target : by_.targets_)
      piece += bytes_of(target.kind) + bytes_of(Kind::boolean);
    piece += by_.rule_ == ByColumns::Rule::not_asked ? 0 : bytes_of(Kind::integer) + bytes_of(Kind::boolean);
    expected_ = piece * ((static_cast<std::size_t>(rows) + count_ - 1) / count_);
  }
  Room room(std::size_t bytes) const { return by_.rooms_.take(bytes, expected_); }
  Room room_of_zeros() const {
    Room made = room(bytes_of(Kind::integer));
    std::memset(made.as<char>(), 0, bytes_of(Kind::integer));
    return made;
  }

  // The columns of the inputs, where they stand.
  bool open(const Column &batch, std::int64_t first) {
    // A row that is null itself gives no fact, whatever its columns hold below it: the row evaluator's.
    if (batch.valid != nullptr)
      for (std::int64_t row = first; row < first + static_cast<std::int64_t>(count_); ++row)
        if (batch.is_null(row))
          return false;
    given_.rows = count_;
    given_.columns.resize(by_.sources_.size());
    for (std::size_t i = 0; i < by_.sources_.size(); ++i) {
      const ByColumns::Source &source = by_.sources_[i];
      if (source.path.empty())
        continue;
      if (source.list || source.of_items) {
        if (!open_list(batch, first, source, given_.columns[i]))
          return false;
        continue;
      }
      const Column *column = &batch.children[source.path.front()];
      std::int64_t row = first + batch.offset; // of the column, before its own offset
      columns::Column &into = given_.columns[i];
      std::vector<const Column *> above;
      std::vector<std::int64_t> rows;
      for (std::size_t depth = 1; depth < source.path.size(); ++depth) {
        if (column->valid != nullptr) {
          above.push_back(column);
          rows.push_back(row);
        }
        row += column->offset;
        column = &column->children[source.path[depth]];
      }
      into.validity = column->valid;
      into.offset = static_cast<std::size_t>(row + column->offset);
      if (!above.empty() && !mask_nulls(above, rows, *column, row, into))
        return false;
      if (column->layout->form == Form::null)
        continue;
      into.values = column->buffers[1];
      if (into.validity != column->valid) // a bitmap of its own begins with the first row
        into.values = shifted(*column, row, into);
      if (source.plain_text)
        give_codes(*column, row, into);
      else if (column->dictionary != nullptr)
        for (std::int64_t entry = 0; entry < column->dictionary->length; ++entry)
          into.dictionary.push_back(column->dictionary->is_null(entry) ? std::string_view()
                                                                       : text_of(*column->dictionary, entry));
    }
    return true;
  }

  // Lists, or what their items hold.
  bool open_list(const Column &batch, std::int64_t first, const ByColumns::Source &source, columns::Column &into) {
    const Column *column = &batch.children[source.path.front()];
    std::int64_t row = first + batch.offset;
    for (std::size_t depth = 1; depth < source.path.size(); ++depth) {
      if (column->valid != nullptr)
        return false; // lists in structs that may be null
      row += column->offset;
      column = &column->children[source.path[depth]];
    }
    const Column &item = column->children.front();
    if (source.list) {
      into.values = column->buffers[1];
      into.validity = column->valid;
      into.offset = static_cast<std::size_t>(row + column->offset);
      if (item.layout->form == Form::structure) {
        into.items_validity = item.valid;
        into.items_offset = static_cast<std::size_t>(item.offset);
      }
      return true;
    }
    const Column &of = source.member ? item.children[*source.member] : item;
    const std::int64_t shift = source.member ? item.offset : 0; // of its rows, before its own offset
    into.validity = of.valid;
    into.offset = static_cast<std::size_t>(shift + of.offset);
    if (of.layout->form == Form::null)
      return true;
    into.values = of.buffers[1];
    if (source.plain_text) {
      const auto begin = items_before(*column, row),
                 end = items_before(*column, row + static_cast<std::int64_t>(count_));
      give_item_codes(of, shift, begin, end, into);
    } else if (of.dictionary != nullptr) {
      std::unordered_map<std::string_view, std::int32_t> known;
      bool twice = false;
      for (std::int64_t entry = 0; entry < of.dictionary->length; ++entry) {
        into.dictionary.push_back(of.dictionary->is_null(entry) ? std::string_view() : text_of(*of.dictionary, entry));
        const auto [found, added] = known.try_emplace(into.dictionary.back(), static_cast<std::int32_t>(entry));
        into.first_codes.push_back(found->second);
        twice |= !added;
      }
      if (!twice)
        into.first_codes.clear();
    }
    return true;
  }

  static std::int64_t items_before(const Column &lists, std::int64_t row) {
    return lists.layout->form == Form::list ? static_cast<std::int64_t>(lists.at<std::int32_t>(row))
                                            : lists.at<std::int64_t>(row);
  }

  void give_item_codes(const Column &column, std::int64_t shift, std::int64_t begin, std::int64_t end,
                       columns::Column &into) {
    const auto count = static_cast<std::size_t>(end - begin);
    auto codes = std::make_unique<std::vector<std::int32_t>>(count, 0);
    std::unique_ptr<std::vector<std::uint8_t>> bits;
    if (column.valid != nullptr)
      bits = std::make_unique<std::vector<std::uint8_t>>(count / 8 + 1, std::uint8_t{0});
    TextCodes known;
    for (std::size_t i = 0; i < count; ++i) {
      const std::int64_t at = begin + static_cast<std::int64_t>(i) + shift;
      if (column.is_null(at))
        continue;
      if (bits != nullptr)
        (*bits)[i / 8] = static_cast<std::uint8_t>((*bits)[i / 8] | 1U << (i % 8));
      (*codes)[i] = known.code_of(text_of(column, at));
    }
    into.dictionary = known.texts();
    into.values = codes->data();
    into.validity = bits == nullptr ? nullptr : bits->data();
    into.offset = static_cast<std::size_t>(-begin); // which wraps around, and back
    codes_.push_back(std::move(codes));
    if (bits != nullptr)
      masks_.push_back(std::move(bits));
  }

  // An empty text may have no data, and a text without data is a null here.
  static std::string_view text_of(const Column &column, std::int64_t row) {
    const std::string_view text = column.text(row);
    return text.data() == nullptr ? std::string_view("", 0) : text;
  }

  // A member is null where what holds it is. In a bare model that is a null context, which the row evaluator sees.
  bool mask_nulls(const std::vector<const Column *> &above, const std::vector<std::int64_t> &rows, const Column &column,
                  std::int64_t row, columns::Column &into) {
    auto bits = std::make_unique<std::vector<std::uint8_t>>(count_ / 8 + 1, std::uint8_t{0xFF});
    bool some = false;
    for (std::size_t i = 0; i < count_; ++i) {
      bool valid = true;
      for (std::size_t a = 0; a < above.size(); ++a)
        valid &= !above[a]->is_null(rows[a] + static_cast<std::int64_t>(i));
      some |= !valid;
      valid &= !column.is_null(row + static_cast<std::int64_t>(i));
      if (!valid)
        (*bits)[i / 8] = static_cast<std::uint8_t>((*bits)[i / 8] & ~(1U << (i % 8)));
    }
    if (!some)
      return true;
    if (!by_.unknowns_)
      return false;
    into.validity = bits->data();
    masks_.push_back(std::move(bits));
    return true;
  }

  // The values of a column from a row on, of which the offset becomes nought.
  const void *shifted(const Column &column, std::int64_t row, columns::Column &into) {
    const std::size_t from = into.offset;
    into.offset = 0;
    if (column.layout->form == Form::boolean && column.layout->dictionary == nullptr) {
      auto bits = std::make_unique<std::vector<std::uint8_t>>(count_ / 8 + 1, std::uint8_t{0});
      for (std::size_t i = 0; i < count_; ++i)
        if (bit_at(column.buffers[1], static_cast<std::int64_t>(from + i)))
          (*bits)[i / 8] = static_cast<std::uint8_t>((*bits)[i / 8] | 1U << (i % 8));
      masks_.push_back(std::move(bits));
      return masks_.back()->data();
    }
    (void)row;
    const auto width = [&]() -> std::size_t {
      switch (column.layout->form) {
      case Form::int8:
      case Form::uint8:
        return 1;
      case Form::int16:
      case Form::uint16:
        return 2;
      case Form::int32:
      case Form::uint32:
      case Form::date_days:
      case Form::months:
        return 4;
      case Form::decimal:
        return 16;
      default:
        return 8;
      }
    }();
    return static_cast<const char *>(column.buffers[1]) + from * width;
  }

  // Texts without a dictionary: each is given a code.
  void give_codes(const Column &column, std::int64_t row, columns::Column &into) {
    auto codes = std::make_unique<std::vector<std::int32_t>>(count_, 0);
    TextCodes known;
    for (std::size_t i = 0; i < count_; ++i) {
      const std::int64_t at = row + static_cast<std::int64_t>(i);
      if (!column.is_null(at))
        (*codes)[i] = known.code_of(text_of(column, at));
    }
    into.dictionary = known.texts();
    // The codes begin with the first row, and so must what says which are null.
    if (into.validity != nullptr && into.offset != 0) {
      auto bits = std::make_unique<std::vector<std::uint8_t>>(count_ / 8 + 1, std::uint8_t{0});
      for (std::size_t i = 0; i < count_; ++i)
        if (bit_at(into.validity, static_cast<std::int64_t>(into.offset + i)))
          (*bits)[i / 8] = static_cast<std::uint8_t>((*bits)[i / 8] | 1U << (i % 8));
      into.validity = bits->data();
      masks_.push_back(std::move(bits));
    }
    into.offset = 0;
    into.values = codes->data();
    codes_.push_back(std::move(codes));
  }

  void open_validity(Writer &writer, std::size_t chunk) const {
    writer.validity = room(chunks_ * chunk_words * sizeof(Word));
    std::memset(writer.validity.as<char>(), 0xFF, chunk * chunk_words * sizeof(Word));
    writer.nulls = true;
  }

  void write(columns::State &state, const ByColumns::Target &target, Writer &writer, std::size_t chunk) {
    const columns::Output &output = by_.program_->outputs()[target.output];
    const Lane &lane = state.lane(output.lane);
    if (lane.nulls && !writer.nulls)
      open_validity(writer, chunk);
    if (writer.nulls) {
      auto *valid = writer.validity.as<Word>() + chunk * chunk_words;
      std::memcpy(valid, lane.truths().valid, sizeof lane.valid);
    }
    const std::size_t at = chunk * chunk_rows;
    switch (target.kind) {
    case Kind::list: {
      auto *into = writer.data.as<std::int32_t>() + at;
      if (output.pool >= 0) {
        for (std::size_t i = 0; i < chunk_rows; ++i)
          into[i] = lane.codes[i];
        break;
      }
      std::int32_t always = 0;
      for (std::size_t i = 0; i < output.kept.size(); ++i)
        always |= output.kept[i] ? 0 : static_cast<std::int32_t>(1U << i);
      std::fill(into, into + chunk_rows, always);
      for (std::size_t i = 0; i < output.kept.size(); ++i)
        if (output.kept[i])
          state.k.add_where(state.lane(*output.kept[i]).bits.data(), static_cast<std::int32_t>(1U << i), into);
      break;
    }
    case Kind::boolean: {
      auto *bits = writer.data.as<Word>() + chunk * chunk_words;
      if (output.pool < 0) {
        std::memcpy(bits, lane.bits.data(), sizeof lane.bits);
        break;
      }
      state.k.bytes_by_code16(lane.codes.data(), target.truths.data(), target.truths.size(), state.bytes.data());
      state.k.plane(state.bytes.data(), 0, bits);
      break;
    }
    case Kind::number:
      write_numbers(state, target, output, lane, writer.data.as<Wide>() + at);
      break;
    case Kind::days: {
      auto *into = writer.data.as<std::int64_t>() + at;
      if (output.pool >= 0) {
        state.k.wide_by_code(lane.codes.data(), target.lengths.data(), into);
        break;
      }
      for (std::size_t i = 0; i < chunk_rows; ++i)
        if (__builtin_mul_overflow(lane.is_narrow ? lane.narrow[i] : lane.wide[i], std::int64_t{1'000'000}, into + i))
          state.fallback[i / 64] |= Word{1} << (i % 64) & lane.valid_word(i / 64);
      break;
    }
    case Kind::text:
      if (output.column >= 0) {
        write_texts(state, output, lane, writer, writer.data.as<std::int32_t>() + at);
        break;
      }
      [[fallthrough]];
    default: {
      auto *into = writer.data.as<std::int32_t>() + at;
      if (output.pool >= 0) {
        state.k.four_by_code(lane.codes.data(), target.narrow.data(), target.narrow.size(), into);
      } else if (output.form == columns::Form::null) {
        std::memset(into, 0, chunk_rows * sizeof *into);
      } else if (lane.is_narrow) {
        std::memcpy(into, lane.narrow.data(), chunk_rows * sizeof *into);
      } else {
        for (std::size_t i = 0; i < chunk_rows; ++i) {
          into[i] = static_cast<std::int32_t>(lane.wide[i]);
          if (into[i] != lane.wide[i])
            state.fallback[i / 64] |= Word{1} << (i % 64) & lane.valid_word(i / 64);
        }
      }
    }
    }
  }

  // 0: `determine`, which most tables are from end to end, so that nothing is written before the first of the others.
  void write_status(columns::State &state, const Bits &errors, Bits &unknowns, std::size_t chunk) {
    for (std::size_t w = 0; w < chunk_words; ++w)
      unknowns[w] &= ~errors[w];
    const bool some_unknown = columns::any_bit(unknowns), some_error = columns::any_bit(errors);
    if (status_.held == nullptr) {
      if (!some_unknown && !some_error)
        return;
      status_ = room(bytes_of(Kind::integer));
      std::memset(status_.as<char>(), 0, chunk * chunk_rows * sizeof(std::int32_t));
    }
    const std::array<const Word *, 2> planes{unknowns.data(), errors.data()}; // 1 and 2
    state.k.four_by_planes(planes.data(), planes.size(), status_.as<std::int32_t>() + chunk * chunk_rows);
  }

  // A rule that may not be the one is none; whether an error comes of two rules or of a doubt, the row evaluator says.
  void write_rules(columns::State &state, std::size_t chunk) {
    const Lane &lane = state.lane(static_cast<std::uint32_t>(by_.program_->rule()));
    auto *into = rules_.data.as<std::int32_t>() + chunk * chunk_rows;
    auto *valid = rules_.validity.as<Word>() + chunk * chunk_words;
    for (std::size_t w = 0; w < chunk_words; ++w) {
      Word taken = 0;
      for (std::size_t b = 0; b < 64; ++b) {
        const std::uint16_t code = lane.codes[w * 64 + b];
        into[w * 64 + b] = code;
        taken |= static_cast<Word>(code != 0 ? 1 : 0) << b;
      }
      state.fallback[w] |= taken & (by_.program_->rule_of_null() ? ~lane.valid_word(w) : lane.error_word(w));
      valid[w] = taken & lane.valid_word(w);
    }
  }

  static void write_numbers(columns::State &state, const ByColumns::Target &target, const columns::Output &output,
                            const Lane &lane, Wide *into) {
    if (output.pool >= 0) {
      state.k.sixteen_by_code(lane.codes.data(), target.wide.data(), target.wide.size(), into);
      return;
    }
    if (output.form == columns::Form::null) {
      std::memset(into, 0, chunk_rows * sizeof *into);
      return;
    }
    if (target.scale == output.scale) {
      if (lane.is_narrow)
        state.k.narrow_to_128(lane.narrow.data(), into);
      else
        state.k.to_128(lane.wide.data(), into);
      return;
    }
    std::int64_t factor = 1;
    for (int i = std::min(target.scale, output.scale); i < std::max(target.scale, output.scale); ++i)
      factor *= 10;
    for (std::size_t i = 0; i < chunk_rows; ++i) {
      const std::int64_t value = lane.is_narrow ? lane.narrow[i] : lane.wide[i];
      if (target.scale > output.scale) {
        into[i] = static_cast<Wide>(value) * factor;
        continue;
      }
      into[i] = value / factor;
      if (value % factor != 0) // it is refused, in words
        state.fallback[i / 64] |= Word{1} << (i % 64) & lane.valid_word(i / 64);
    }
  }

  void write_texts(const columns::State &state, const columns::Output &output, const Lane &lane, Writer &writer,
                   std::int32_t *into) const {
    const auto &dictionary = state.dictionary(output.column);
    const bool made = static_cast<std::size_t>(output.column) >= given_.columns.size();
    if (made)
      writer.by_code.resize(dictionary.size(), -1);
    for (std::size_t i = 0; i < state.rows; ++i) {
      into[i] = 0;
      // A row left to the row evaluator may have the code of no text.
      if (((lane.valid_word(i / 64) & ~state.fallback[i / 64]) >> (i % 64) & 1) == 0)
        continue;
      std::int32_t &number = writer.by_code[static_cast<std::size_t>(lane.texts[i])];
      if (number < 0) {
        const std::string_view text = dictionary[static_cast<std::size_t>(lane.texts[i])];
        number = writer.number_of(made ? writer.held.emplace_back(text) : text);
      }
      into[i] = number;
    }
  }

  // The texts of a dictionary that the row evaluator made.
  static std::vector<std::string_view> texts_of(const ArrayData &dictionary) {
    std::vector<std::string_view> texts;
    const auto *offsets = static_cast<const std::int32_t *>(dictionary.buffers[1].data);
    const auto *bytes = static_cast<const char *>(dictionary.buffers[2].data);
    for (std::int64_t i = 0; i < dictionary.length; ++i)
      texts.emplace_back(bytes == nullptr ? "" : bytes + offsets[i],
                         static_cast<std::size_t>(offsets[i + 1] - offsets[i]));
    return texts;
  }

  static void set_texts(ArrayData &array, const std::vector<std::string_view> &texts) {
    ArrayData dictionary;
    std::vector<std::int32_t> offsets{0};
    std::vector<char> bytes;
    for (const std::string_view text : texts) {
      bytes.insert(bytes.end(), text.begin(), text.end());
      if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max()))
        throw std::bad_alloc();
      offsets.push_back(static_cast<std::int32_t>(bytes.size()));
    }
    dictionary.length = static_cast<std::int64_t>(texts.size());
    dictionary.buffers.emplace_back();
    dictionary.buffers.push_back(table::buffer_of(std::move(offsets)));
    dictionary.buffers.push_back(table::buffer_of(std::move(bytes)));
    array.dictionary.push_back(std::move(dictionary));
  }

  // Each row has the code of its list, or the set of the items that it keeps: the lists are written out now.
  template <class Item>
  ArrayData finish_list(const ByColumns::Target &target, Writer &writer, const ArrayData &answered) {
    const bool by_code = by_.program_->outputs()[target.output].pool >= 0;
    auto *const keys = writer.data.as<std::int32_t>();
    constexpr std::int32_t none = 0; // of a set; a code is counted from 1 here
    if (by_code)
      for (std::size_t row = 0; row < count_; ++row)
        ++keys[row];
    for (std::size_t chunk = 0; writer.nulls && chunk < chunks_; ++chunk)
      columns::kernels().only_where(writer.validity.as<Word>() + chunk * chunk_words, keys + chunk * chunk_rows);
    for (std::size_t alone = 0; alone < rows_.size(); ++alone) {
      const auto row = static_cast<std::size_t>(rows_[alone]);
      const void *valid = answered.buffers[0].data;
      const bool given = valid == nullptr || bit_at(valid, static_cast<std::int64_t>(alone));
      keys[row] = none;
      if (!given && !writer.nulls)
        open_validity(writer, chunks_);
      if (writer.nulls)
        set_bit(writer.validity.as<Word>(), row, given);
    }
    const ListWriter<Item> lists =
        by_code ? ListWriter<Item>::of_codes(target.lists) : ListWriter<Item>::of_sets(target.lists);
    const auto *ends = static_cast<const std::int32_t *>(answered.buffers[1].data);
    Room offsets = room((count_ + 1) * sizeof(std::int32_t));
    auto *const into = offsets.as<std::int32_t>();
    std::size_t total = 0, next = 0;
    for (std::size_t alone = 0; alone <= rows_.size(); ++alone) {
      const std::size_t end = alone < rows_.size() ? static_cast<std::size_t>(rows_[alone]) : count_;
      total = lists.places(keys + next, end - next, total, into + next);
      next = end;
      if (alone < rows_.size() && is_given(writer, next)) {
        into[next++] = static_cast<std::int32_t>(total);
        total += static_cast<std::size_t>(ends[alone + 1] - ends[alone]);
      }
      if (total > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max()))
        throw std::bad_alloc();
    }
    into[count_] = static_cast<std::int32_t>(total);

    Room items = room((total + lists.beyond) * sizeof(Item));
    lists.write(keys, count_, into, items.as<Item>());
    std::vector<std::size_t> nulls; // items that are null
    const ArrayData &child = answered.children.front();
    std::vector<std::string_view> texts;
    if (target.item == Kind::text && !rows_.empty())
      texts = texts_of(child.dictionary.front());
    for (std::size_t alone = 0; alone < rows_.size(); ++alone) {
      const auto row = static_cast<std::size_t>(rows_[alone]);
      const auto begin = static_cast<std::size_t>(into[row]);
      if (!is_given(writer, row))
        continue;
      for (std::int32_t i = ends[alone]; i < ends[alone + 1]; ++i) {
        const std::size_t at = begin + static_cast<std::size_t>(i - ends[alone]);
        Item value{};
        if (child.buffers[0].data != nullptr && !bit_at(child.buffers[0].data, i)) {
          nulls.push_back(at);
        } else {
          std::memcpy(&value,
                      static_cast<const char *>(child.buffers[1].data) + static_cast<std::size_t>(i) * sizeof(Item),
                      sizeof(Item));
          if (target.item == Kind::text)
            value = writer.number_of(texts[static_cast<std::size_t>(value)]);
        }
        items.as<Item>()[at] = value;
      }
    }
    ArrayData array;
    array.length = static_cast<std::int64_t>(count_);
    count_nulls(writer, array);
    array.buffers.push_back(array.null_count == 0 ? Buffer() : buffer_of(writer.validity));
    array.buffers.push_back(buffer_of(offsets));
    ArrayData item;
    item.length = static_cast<std::int64_t>(total);
    item.null_count = static_cast<std::int64_t>(nulls.size());
    if (nulls.empty()) {
      item.buffers.emplace_back();
    } else {
      std::vector<std::uint8_t> bits(total / 8 + 1, std::uint8_t{0xFF});
      for (const std::size_t at : nulls)
        bits[at / 8] = static_cast<std::uint8_t>(bits[at / 8] & ~(1U << (at % 8)));
      item.buffers.push_back(table::buffer_of(std::move(bits)));
    }
    item.buffers.push_back(buffer_of(items));
    if (target.item == Kind::text)
      set_texts(item, writer.texts);
    array.children.push_back(std::move(item));
    return array;
  }

  static bool is_given(const Writer &writer, std::size_t row) {
    return !writer.nulls || (writer.validity.as<Word>()[row / 64] >> (row % 64) & 1) != 0;
  }

  void count_nulls(const Writer &writer, ArrayData &array) const {
    if (!writer.nulls)
      return;
    const auto *words = writer.validity.as<Word>();
    std::int64_t valid = 0;
    for (std::size_t w = 0; w * 64 < count_; ++w) {
      const std::size_t left = count_ - w * 64;
      valid += std::popcount(left >= 64 ? words[w] : words[w] & ((Word{1} << left) - 1));
    }
    array.null_count = array.length - valid;
  }

  // Puts the rows answered one by one where they belong, and makes the array.
  ArrayData finish_column(Kind kind, Writer &writer, const ArrayData &answered) {
    std::vector<std::string_view> texts;
    if (kind == Kind::text && !rows_.empty())
      texts = texts_of(answered.dictionary.front());
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const auto row = static_cast<std::size_t>(rows_[i]);
      const void *valid = answered.buffers[0].data;
      const bool given = valid == nullptr || bit_at(valid, static_cast<std::int64_t>(i));
      if (!given && !writer.nulls)
        open_validity(writer, chunks_);
      if (writer.nulls)
        set_bit(writer.validity.as<Word>(), row, given);
      const void *data = answered.buffers[1].data;
      if (kind == Kind::boolean) {
        set_bit(writer.data.as<Word>(), row, bit_at(data, static_cast<std::int64_t>(i)));
      } else if (kind == Kind::text) {
        const std::int32_t index = static_cast<const std::int32_t *>(data)[i];
        writer.data.as<std::int32_t>()[row] = given ? writer.number_of(texts[static_cast<std::size_t>(index)]) : 0;
      } else {
        const std::size_t width = width_of(kind);
        std::memcpy(writer.data.as<char>() + row * width, static_cast<const char *>(data) + i * width, width);
      }
    }
    ArrayData array;
    array.length = static_cast<std::int64_t>(count_);
    count_nulls(writer, array);
    array.buffers.push_back(array.null_count == 0 ? Buffer() : buffer_of(writer.validity));
    array.buffers.push_back(writer.data.held == nullptr ? Buffer{nullptr, zeros()} : buffer_of(writer.data));
    if (kind == Kind::text)
      set_texts(array, writer.texts);
    return array;
  }

  static void set_bit(Word *words, std::size_t row, bool value) {
    const Word bit = Word{1} << (row % 64);
    words[row / 64] = value ? words[row / 64] | bit : words[row / 64] & ~bit;
  }

  const ByColumns &by_;
  std::size_t count_, chunks_;
  columns::Batch given_;
  std::vector<std::unique_ptr<std::vector<std::uint8_t>>> masks_;
  std::vector<std::unique_ptr<std::vector<std::int32_t>>> codes_;
  std::vector<Writer> writers_;
  Writer rules_;
  Room status_; // none: every row is determined
  std::size_t expected_ = 0;
};

std::unique_ptr<ByColumns::Piece> ByColumns::begin(const Column &batch, std::int64_t first, std::int64_t count) const {
  if (!is_worth_it())
    return nullptr;
  auto piece = std::make_unique<ColumnsPiece>(*this, count);
  return piece->run(batch, first) ? std::move(piece) : nullptr;
}

} // namespace spie::table
