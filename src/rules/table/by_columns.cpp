#include "rules/table/by_columns.hpp"

#include "rules/feel/number_bits.hpp"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <mutex>
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
using Codes = columns::Layout;

constexpr Word all = ~Word{0};
constexpr int most_digits = 18; // that a 64-bit number may be moved by, and stay within 38

// The layout that a program reads; nullopt for a column that goes row by row, and why.
std::optional<Codes> layout_of(const Layout &layout, bool &plain_text, std::string &why) {
  if (layout.dictionary) {
    const Form values = layout.dictionary->form;
    if ((values != Form::text && values != Form::large_text && values != Form::text_view) ||
        layout.dictionary->dictionary) {
      why = "is a dictionary of what is no text";
      return std::nullopt;
    }
    switch (layout.form) {
    case Form::int8:
      return Codes::codes8;
    case Form::uint8:
      return Codes::codes_u8;
    case Form::int16:
      return Codes::codes16;
    case Form::uint16:
      return Codes::codes_u16;
    case Form::int32:
      return Codes::codes32;
    case Form::uint32:
      return Codes::codes_u32;
    default:
      return Codes::codes64;
    }
  }
  switch (layout.form) {
  case Form::null:
    return Codes::absent;
  case Form::boolean:
    return Codes::bits;
  case Form::int8:
    return Codes::int8;
  case Form::uint8:
    return Codes::uint8;
  case Form::int16:
    return Codes::int16;
  case Form::uint16:
    return Codes::uint16;
  case Form::int32:
    return Codes::int32;
  case Form::uint32:
    return Codes::uint32;
  case Form::int64:
    return Codes::int64;
  case Form::uint64:
    return Codes::uint64;
  case Form::float64:
    return Codes::float64;
  case Form::decimal:
    if (layout.width == 16 && layout.scale >= 0 && layout.scale <= most_digits)
      return Codes::decimal128;
    why = "holds decimals of another width than 128 bits, or of more than 18 places";
    return std::nullopt;
  case Form::text:
  case Form::large_text:
  case Form::text_view:
    plain_text = true;
    return Codes::codes32;
  case Form::date_days:
    return Codes::date32;
  case Form::date_millis:
    return Codes::date64;
  case Form::months:
    return Codes::months32;
  case Form::duration:
    return layout.per_second == 1           ? Codes::seconds64
           : layout.per_second == 1'000     ? Codes::milliseconds64
           : layout.per_second == 1'000'000 ? Codes::microseconds64
                                            : Codes::nanoseconds64;
  case Form::list:
  case Form::large_list:
  case Form::list_view:
  case Form::large_list_view:
  case Form::fixed_list:
    why = "holds lists";
    return std::nullopt;
  case Form::timestamp:
  case Form::time32:
  case Form::time64:
    why = "holds times or instants";
    return std::nullopt;
  case Form::float16:
  case Form::float32:
    why = "holds floats of less than 64 bits";
    return std::nullopt;
  default:
    why = "has a layout of its own";
    return std::nullopt;
  }
}

// The large buffers of answers that were given back, for the answers to come: what the system hands out anew costs a
// page fault for every four kilobytes, more than the work itself. It holds a bounded number of bytes; the rest is freed.
class Spare {
public:
  static Spare &shared() {
    static Spare *const spare = new Spare; // answers may be released when the program ends
    return *spare;
  }

  void *take(std::size_t bytes) {
    {
      const std::lock_guard lock(mutex_);
      for (std::size_t i = held_.size(); i > 0; --i) // the last ones are warm
        if (held_[i - 1].bytes == bytes) {
          void *const found = held_[i - 1].at;
          held_.erase(held_.begin() + static_cast<std::ptrdiff_t>(i - 1));
          bytes_ -= bytes;
          return found;
        }
    }
    return std::aligned_alloc(alignment, bytes);
  }

  void give_back(void *at, std::size_t bytes) noexcept {
    if (bytes >= least && bytes <= most / 4) {
      const std::lock_guard lock(mutex_);
      while (!held_.empty() && bytes_ + bytes > most) { // the oldest go
        std::free(held_.front().at);
        bytes_ -= held_.front().bytes;
        held_.erase(held_.begin());
      }
      if (held_.size() < held_.capacity()) {
        held_.push_back({at, bytes});
        bytes_ += bytes;
        return;
      }
    }
    std::free(at);
  }

  static constexpr std::size_t alignment = 64;

private:
  static constexpr std::size_t least = 64U << 10, most = 48U << 20, most_held = 512;
  struct Held {
    void *at;
    std::size_t bytes;
  };
  Spare() { held_.reserve(most_held); }
  std::mutex mutex_;
  std::vector<Held> held_;
  std::size_t bytes_ = 0;
};

// Memory of a whole number of chunks, without the cost of filling it.
struct Room {
  std::shared_ptr<void> held;
  template <class T> T *as() const { return static_cast<T *>(held.get()); }
};

Room room(std::size_t bytes) {
  const std::size_t rounded = std::max<std::size_t>(bytes + Spare::alignment - 1, 1) / Spare::alignment * Spare::alignment;
  void *const made = Spare::shared().take(std::max(rounded, Spare::alignment));
  if (made == nullptr)
    throw std::bad_alloc();
  return {std::shared_ptr<void>(made, [size = std::max(rounded, Spare::alignment)](void *at) {
    Spare::shared().give_back(at, size);
  })};
}

Buffer buffer_of(const Room &room) { return {room.held, room.held.get()}; }

bool bit_at(const void *bits, std::int64_t at) {
  return (static_cast<const std::uint8_t *>(bits)[at / 8] >> (at % 8) & 1) != 0;
}

// An integer of ten to a scale; nullopt where it does not fit.
std::optional<Wide> scaled(const feel::Number &number, int scale) {
  auto [negative, coefficient, exponent] = feel::NumberBits::parts(number);
  int shift = exponent + scale;
  if (shift < 0)
    shift += feel::decimal::strip_zeros(coefficient, -shift);
  if (coefficient == 0)
    return Wide{0};
  if (shift < 0 || shift + feel::decimal::digit_count(coefficient) > 38)
    return std::nullopt;
  const auto magnitude = static_cast<Wide>(coefficient * feel::decimal::ten_to(shift));
  return negative ? -magnitude : magnitude;
}

} // namespace

// --- what is asked ---------------------------------------------------------------------------------------------------

bool ByColumns::add_input(const Layout &layout, const feel::Type &type, std::uint32_t slot,
                          std::vector<std::string> &names, std::vector<std::size_t> &path, const Binding &binding) {
  if (layout.form == Form::structure && type.kind() == feel::Type::Kind::context && !type.members().empty()) {
    const auto members = binding.structs.find(&layout);
    for (std::size_t i = 0; i < layout.children.size(); ++i) {
      const feel::Type *below = type.member(layout.children[i].name);
      if (below == nullptr) {
        const bool ignored =
            members != binding.structs.end() && !members->second.ignored.empty() && members->second.ignored[i];
        if (!ignored)
          request_.opaque.push_back(
              {slot, names, "'" + layout.children[i].name + "' is a member that its type does not have", true});
        continue;
      }
      names.push_back(layout.children[i].name);
      path.push_back(i);
      add_input(layout.children[i], *below, slot, names, path, binding);
      path.pop_back();
      names.pop_back();
    }
    if (members != binding.structs.end())
      for (const std::string &name : members->second.absent) {
        names.push_back(name);
        request_.inputs.push_back({slot, names, Codes::absent, 0});
        sources_.emplace_back();
        names.pop_back();
      }
    return true;
  }
  if ((layout.form == Form::list || layout.form == Form::large_list) && layout.dictionary == nullptr &&
      type.kind() == feel::Type::Kind::list && !type.element().is_any()) {
    add_list(layout, type, slot, names, path, binding);
    return true;
  }
  Source source;
  std::string why;
  const auto read = layout_of(layout, source.plain_text, why);
  if (!read) {
    request_.opaque.push_back({slot, names, "the column '" + layout.name + "' " + why, true});
    return false;
  }
  source.path = path;
  request_.inputs.push_back({slot, names, *read, layout.scale});
  sources_.push_back(std::move(source));
  return true;
}

void ByColumns::add_list(const Layout &layout, const feel::Type &type, std::uint32_t slot,
                         std::vector<std::string> &names, const std::vector<std::size_t> &path,
                         const Binding &binding) {
  Source lists;
  lists.path = path;
  lists.list = true;
  request_.inputs.push_back({slot, names, layout.form == Form::list ? Codes::list32 : Codes::list64, 0});
  sources_.push_back(std::move(lists));
  const Layout &item = layout.children.front();
  names.emplace_back("[]");
  const auto add = [&](const Layout &of, std::optional<std::size_t> member) {
    Source source;
    std::string why;
    const auto read = layout_of(of, source.plain_text, why);
    if (!read) {
      request_.opaque.push_back({slot, names, "the column '" + layout.name + "', of which an item " + why, true});
      return;
    }
    source.path = path;
    source.of_items = true;
    source.member = member;
    request_.inputs.push_back({slot, names, *read, of.scale});
    sources_.push_back(std::move(source));
  };
  const feel::Type &element = type.element();
  if (element.kind() == feel::Type::Kind::context && !element.members().empty() && item.form == Form::structure) {
    const auto members = binding.structs.find(&item);
    const bool known = members != binding.structs.end();
    for (std::size_t i = 0; i < item.children.size(); ++i) {
      const std::string &name = item.children[i].name;
      names.push_back(name);
      if (element.member(name) != nullptr)
        add(item.children[i], i);
      else if (!known || members->second.ignored.empty() || !members->second.ignored[i])
        request_.opaque.push_back({slot, names, "'" + name + "' is a member that its type does not have", true});
      names.pop_back();
    }
    if (known)
      for (const std::string &name : members->second.absent) {
        names.push_back(name);
        request_.inputs.push_back({slot, names, Codes::absent, 0});
        sources_.emplace_back();
        names.pop_back();
      }
  } else {
    add(item, std::nullopt);
  }
  names.pop_back();
}

void ByColumns::add_branch(const Branch &branch, const feel::Type &type, std::uint32_t slot,
                           std::vector<std::string> &names, const Layout &table, const Binding &binding) {
  if (branch.column) {
    std::vector<std::size_t> path{*branch.column};
    add_input(table.children[*branch.column], type, slot, names, path, binding);
    return;
  }
  const auto inside = [&](const std::string &name, auto &&call) {
    names.push_back(name);
    call();
    names.pop_back();
  };
  for (const Branch &member : branch.members) {
    const feel::Type *below = type.member(member.name);
    inside(member.name,
           [&] { add_branch(member, below == nullptr ? feel::Type() : *below, slot, names, table, binding); });
  }
  for (const std::string &name : branch.absent)
    inside(name, [&] {
      request_.inputs.push_back({slot, names, Codes::absent, 0});
      sources_.emplace_back();
    });
}

bool ByColumns::add_list_target(const Shape &shape, std::size_t output, std::string &why) {
  constexpr std::size_t most_items = 31; // one bit each
  const columns::Output &from = program_->outputs()[output];
  const Shape &item = shape.members.front().shape;
  Target target;
  target.kind = Kind::list;
  target.output = output;
  target.item = item.kind;
  target.scale = item.scale;
  if ((item.kind != Kind::text && item.kind != Kind::number && item.kind != Kind::date) ||
      from.form != columns::Form::list || from.items.size() > most_items) {
    why = "it gives a list of what has no column yet, or a long one";
    return false;
  }
  std::unordered_map<std::string, std::int32_t> known;
  const auto add = [&](const feel::Value &value, std::vector<Wide> &into) {
    if (item.kind == Kind::text && value.is(feel::Kind::text)) {
      const auto [found, added] = known.try_emplace(value.text(), static_cast<std::int32_t>(known.size()));
      if (added)
        target.texts.push_back(value.text());
      into.push_back(found->second);
      return true;
    }
    if (item.kind == Kind::date && value.is(feel::Kind::date)) {
      into.push_back(value.date().days);
      return value.date().days == static_cast<std::int32_t>(value.date().days);
    }
    const auto number =
        item.kind == Kind::number && value.is(feel::Kind::number) ? scaled(value.number(), item.scale) : std::nullopt;
    into.push_back(number.value_or(0));
    return number.has_value();
  };
  bool fits = true;
  if (from.pool >= 0) {
    for (const feel::Value &list : program_->pool(from.pool)) {
      target.lists.emplace_back();
      if (list.is(feel::Kind::list))
        for (const feel::Value &value : list.list())
          fits &= add(value, target.lists.back());
    }
  } else {
    for (const feel::Value &value : from.items) {
      target.lists.emplace_back();
      fits &= add(value, target.lists.back());
    }
  }
  if (!fits) {
    why = "an item of the list that it gives does not fit in its column";
    return false;
  }
  targets_.push_back(std::move(target));
  return true;
}

bool ByColumns::add_target(const Shape &shape, std::size_t output, std::string &why) {
  const columns::Output &from = program_->outputs()[output];
  if (shape.kind == Kind::list)
    return add_list_target(shape, output, why);
  Target target;
  target.kind = shape.kind;
  target.scale = shape.scale;
  target.output = output;
  const auto asked = [&]() -> std::optional<columns::Form> {
    switch (shape.kind) {
    case Kind::text:
      return columns::Form::text;
    case Kind::number:
      return columns::Form::number;
    case Kind::boolean:
      return columns::Form::boolean;
    case Kind::date:
      return columns::Form::date;
    case Kind::months:
      return columns::Form::months;
    case Kind::days:
      return columns::Form::days;
    default:
      return std::nullopt;
    }
  }();
  if (!asked || (from.form != columns::Form::null && from.form != *asked)) {
    why = "the type of what it gives is not known before the first row";
    return false;
  }
  if (from.form == columns::Form::number && from.pool < 0 && shape.scale - from.scale > most_digits) {
    why = "what it gives has too many decimals";
    return false;
  }
  if (from.pool >= 0) {
    std::unordered_map<std::string, std::int32_t> known;
    for (const feel::Value &value : program_->pool(from.pool)) {
      std::int32_t narrow = 0;
      Wide wide = 0;
      std::int64_t length = 0;
      bool fits = true;
      if (value.is_null()) {
        // its rows are null
      } else if (shape.kind == Kind::text) {
        const auto [found, added] = known.try_emplace(value.text(), static_cast<std::int32_t>(known.size()));
        if (added)
          target.texts.push_back(value.text());
        narrow = found->second;
      } else if (shape.kind == Kind::number) {
        const auto integer = scaled(value.number(), shape.scale);
        fits = integer.has_value();
        wide = integer.value_or(0);
      } else if (shape.kind == Kind::date) {
        narrow = static_cast<std::int32_t>(value.date().days);
        fits = narrow == value.date().days;
      } else if (shape.kind == Kind::months) {
        narrow = static_cast<std::int32_t>(value.months_duration().months);
        fits = narrow == value.months_duration().months;
      } else if (shape.kind == Kind::days) {
        const auto duration = value.days_duration();
        fits = duration.nanos == 0 && !__builtin_mul_overflow(duration.seconds, std::int64_t{1'000'000}, &length);
      }
      if (!fits) {
        why = "a constant that it gives does not fit in its column";
        return false;
      }
      target.narrow.push_back(narrow);
      target.wide.push_back(wide);
      target.lengths.push_back(length);
      target.truths.push_back(value.is_true() ? 1 : 0);
    }
  }
  targets_.push_back(std::move(target));
  return true;
}

std::unique_ptr<ByColumns> ByColumns::make(const Asked &asked, const Layout &table, const Binding &binding,
                                           const std::vector<Shape::Member> &columns, bool members,
                                           const std::optional<feel::Date> &day, bool reasons, columns::Obstacle &why) {
  const auto &model = dynamic_cast<const dmn::ModelImpl &>(asked.model());
  const dmn::Element &decision = model.elements()[asked.decision().slot];
  std::unique_ptr<ByColumns> made(new ByColumns());
  made->unknowns_ = made->request_.facts_may_be_unknown = asked.unknown_facts();
  made->reasons_ = reasons;
  why.place = decision.place;
  if (binding.dates) {
    why.why = "each row has a day of its own";
    return nullptr;
  }
  if (const auto refused = asked.alike(day, made->request_)) {
    why.why = *refused;
    return nullptr;
  }
  std::vector<std::string> names;
  for (const Branch &branch : binding.inputs) {
    const dmn::Element &element = model.elements()[branch.slot];
    const bool untyped = element.kind == dmn::ElementKind::decision && !element.typed;
    made->add_branch(branch, untyped ? feel::Type() : element.type, branch.slot, names, table, binding);
  }
  made->program_ = columns::Program::compile(model, decision, made->request_, why);
  if (made->program_ == nullptr)
    return nullptr;
  const auto &outputs = made->program_->outputs();
  for (const auto &[name, shape] : columns) {
    const std::vector<std::string> path = members ? std::vector<std::string>{name} : std::vector<std::string>();
    const auto found =
        std::find_if(outputs.begin(), outputs.end(), [&](const columns::Output &one) { return one.path == path; });
    why = {decision.place, "what it gives is a context within a context, or of no known type"};
    if (found == outputs.end() || !made->add_target(shape, static_cast<std::size_t>(found - outputs.begin()), why.why))
      return nullptr;
  }
  why = {};
  return made;
}

ByColumns::~ByColumns() = default;

std::unique_ptr<columns::State> ByColumns::take_state() const {
  {
    const std::lock_guard lock(mutex_);
    if (!states_.empty()) {
      auto state = std::move(states_.back());
      states_.pop_back();
      return state;
    }
  }
  return std::make_unique<columns::State>(program_->state(columns::kernels()));
}

void ByColumns::give_back(std::unique_ptr<columns::State> state) const {
  const std::lock_guard lock(mutex_);
  states_.push_back(std::move(state));
}

// --- a piece ---------------------------------------------------------------------------------------------------------

namespace {

// Texts by the order in which they first come, found by their first and last bytes: most columns hold few of them.
class TextCodes {
public:
  TextCodes() : slots_(least, -1) {}

  std::int32_t code_of(std::string_view text) {
    std::size_t at = hash(text) & (slots_.size() - 1);
    while (slots_[at] >= 0) {
      if (texts_[static_cast<std::size_t>(slots_[at])] == text)
        return slots_[at];
      at = (at + 1) & (slots_.size() - 1);
    }
    const auto code = static_cast<std::int32_t>(texts_.size());
    slots_[at] = code;
    texts_.push_back(text);
    if (texts_.size() * 2 > slots_.size())
      grow();
    return code;
  }
  std::vector<std::string_view> &&texts() { return std::move(texts_); }

private:
  static constexpr std::size_t least = 256;

  // All of a long text is hashed: many may begin and end alike.
  static std::size_t hash(std::string_view text) {
    constexpr std::uint64_t odd = 0x9e37'79b9'7f4a'7c15;
    constexpr std::size_t half = 8, both = 16;
    if (text.size() > both)
      return std::hash<std::string_view>()(text);
    std::uint64_t low = 0, high = 0;
    if (text.size() >= half) {
      std::memcpy(&low, text.data(), half);
      std::memcpy(&high, text.data() + text.size() - half, half);
    } else if (text.size() >= 4) {
      std::uint32_t front = 0, back = 0;
      std::memcpy(&front, text.data(), 4);
      std::memcpy(&back, text.data() + text.size() - 4, 4);
      low = front, high = back;
    } else if (!text.empty()) {
      low = static_cast<unsigned char>(text.front());
      high = static_cast<std::uint64_t>(static_cast<unsigned char>(text[text.size() / 2])) << 8 |
             static_cast<unsigned char>(text.back());
    }
    const std::uint64_t mixed = (low ^ (high * odd) ^ text.size()) * odd;
    return static_cast<std::size_t>(mixed ^ mixed >> 32);
  }

  void grow() {
    slots_.assign(slots_.size() * 2, -1);
    for (std::size_t code = 0; code < texts_.size(); ++code) {
      std::size_t at = hash(texts_[code]) & (slots_.size() - 1);
      while (slots_[at] >= 0)
        at = (at + 1) & (slots_.size() - 1);
      slots_[at] = static_cast<std::int32_t>(code);
    }
  }

  std::vector<std::int32_t> slots_;
  std::vector<std::string_view> texts_;
};

// A column of the answer, filled chunk by chunk.
struct Writer {
  Room data, validity;
  bool nulls = false;
  std::vector<std::string_view> texts;
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
    writers_.resize(by_.targets_.size());
    for (std::size_t t = 0; t < writers_.size(); ++t) {
      const ByColumns::Target &target = by_.targets_[t];
      writers_[t].data = room(target.kind == Kind::boolean ? chunks_ * chunk_words * sizeof(Word)
                                                           : chunks_ * chunk_rows * width_of(target.kind));
      for (const std::string &text : target.texts)
        writers_[t].number_of(text);
      const int column = by_.program_->outputs()[target.output].column;
      if (column >= 0)
        writers_[t].by_code.assign(given_.columns[static_cast<std::size_t>(column)].dictionary.size(), -1);
    }
    status_ = room(chunks_ * chunk_rows * sizeof(std::int32_t));
    auto state = by_.take_state();
    by_.program_->prepare(*state, given_);
    Bits errors, unknowns;
    for (std::size_t chunk = 0; chunk < chunks_; ++chunk) {
      by_.program_->run(*state, chunk * chunk_rows, errors, unknowns);
      for (std::size_t t = 0; t < writers_.size(); ++t)
        write(*state, by_.targets_[t], writers_[t], chunk);
      auto *status = status_.as<std::int32_t>() + chunk * chunk_rows;
      std::memset(status, 0, chunk_rows * sizeof *status);
      for (std::size_t w = 0; w < chunk_words; ++w)
        unknowns[w] &= ~errors[w];
      if (columns::any_bit(unknowns))
        state->k.add_where(unknowns.data(), 1, status);
      if (columns::any_bit(errors))
        state->k.add_where(errors.data(), 2, status);
      for (std::size_t w = 0; w < chunk_words; ++w) {
        Word rest = state->fallback[w] | (by_.reasons_ ? errors[w] | unknowns[w] : 0);
        for (; rest != 0; rest &= rest - 1) {
          const std::size_t row = chunk * chunk_rows + w * 64 + static_cast<unsigned>(std::countr_zero(rest));
          if (row < count_)
            rows_.push_back(static_cast<std::int64_t>(row));
        }
      }
    }
    by_.give_back(std::move(state));
    return true;
  }

  std::vector<ArrayData> finish(const std::vector<ArrayData> &answered) override {
    std::vector<ArrayData> made;
    for (std::size_t t = 0; t < writers_.size(); ++t)
      made.push_back(by_.targets_[t].kind == Kind::list
                         ? finish_list(by_.targets_[t], writers_[t], answered[t])
                         : finish_column(by_.targets_[t].kind, writers_[t], answered[t]));
    Writer status;
    status.data = status_;
    for (const std::string_view text : {"determine", "indetermine", "erreur"})
      status.number_of(text);
    made.push_back(finish_column(Kind::text, status, answered[writers_.size()]));
    if (by_.reasons_) {
      Writer reasons;
      reasons.data = room(chunks_ * chunk_rows * sizeof(std::int32_t));
      std::memset(reasons.data.as<char>(), 0, chunks_ * chunk_rows * sizeof(std::int32_t));
      open_validity(reasons, 0);
      std::memset(reasons.validity.as<char>(), 0, chunks_ * chunk_words * sizeof(Word));
      made.push_back(finish_column(Kind::text, reasons, answered[writers_.size() + 1]));
    }
    return made;
  }

private:
  // The columns of the inputs, where they stand.
  bool open(const Column &batch, std::int64_t first) {
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
      const auto begin = items_before(*column, row), end = items_before(*column, row + static_cast<std::int64_t>(count_));
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
      for (std::size_t w = 0; w < chunk_words; ++w)
        valid[w] = lane.valid_word(w);
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
      state.k.bytes_by_code16(lane.codes.data(), target.truths.data(), state.bytes.data());
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
        state.k.narrow_by_code(lane.codes.data(), target.narrow.data(), into, chunk_rows);
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

  static void write_numbers(columns::State &state, const ByColumns::Target &target, const columns::Output &output,
                            const Lane &lane, Wide *into) {
    if (output.pool >= 0) {
      state.k.sixteen_by_code(lane.codes.data(), target.wide.data(), into);
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
    const auto &dictionary = given_.columns[static_cast<std::size_t>(output.column)].dictionary;
    for (std::size_t i = 0; i < state.rows; ++i) {
      into[i] = 0;
      if ((lane.valid_word(i / 64) >> (i % 64) & 1) == 0)
        continue;
      std::int32_t &number = writer.by_code[static_cast<std::size_t>(lane.texts[i])];
      if (number < 0)
        number = writer.number_of(dictionary[static_cast<std::size_t>(lane.texts[i])]);
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
  ArrayData finish_list(const ByColumns::Target &target, Writer &writer, const ArrayData &answered) {
    const bool by_code = by_.program_->outputs()[target.output].pool >= 0;
    std::unordered_map<std::int32_t, std::vector<Wide>> known;
    const auto list_of = [&](std::int32_t key) -> const std::vector<Wide> & {
      if (by_code)
        return target.lists[static_cast<std::size_t>(key)];
      const auto [found, added] = known.try_emplace(key);
      if (added)
        for (std::size_t i = 0; i < target.lists.size(); ++i)
          if ((static_cast<std::uint32_t>(key) >> i & 1) != 0)
            found->second.push_back(target.lists[i].front());
      return found->second;
    };
    std::vector<std::int32_t> offsets{0};
    offsets.reserve(count_ + 1);
    std::vector<Wide> items;
    std::vector<std::size_t> nulls; // items that are null
    const ArrayData &child = answered.children.front();
    std::vector<std::string_view> texts;
    if (target.item == Kind::text && !rows_.empty())
      texts = texts_of(child.dictionary.front());
    const auto *keys = writer.data.as<std::int32_t>();
    std::size_t alone = 0; // of the rows answered one by one
    for (std::size_t row = 0; row < count_; ++row) {
      if (alone < rows_.size() && rows_[alone] == static_cast<std::int64_t>(row)) {
        const bool given =
            answered.buffers[0].data == nullptr || bit_at(answered.buffers[0].data, static_cast<std::int64_t>(alone));
        if (!given && !writer.nulls)
          open_validity(writer, chunks_);
        if (writer.nulls)
          set_bit(writer.validity.as<Word>(), row, given);
        const auto *ends = static_cast<const std::int32_t *>(answered.buffers[1].data);
        for (std::int32_t i = ends[alone]; given && i < ends[alone + 1]; ++i) {
          if (child.buffers[0].data != nullptr && !bit_at(child.buffers[0].data, i)) {
            nulls.push_back(items.size());
            items.push_back(0);
          } else if (target.item == Kind::number) {
            Wide value = 0;
            std::memcpy(&value, static_cast<const char *>(child.buffers[1].data) + static_cast<std::size_t>(i) * 16, 16);
            items.push_back(value);
          } else {
            const std::int32_t value = static_cast<const std::int32_t *>(child.buffers[1].data)[i];
            items.push_back(target.item == Kind::text ? writer.number_of(texts[static_cast<std::size_t>(value)]) : value);
          }
        }
        ++alone;
      } else if (!writer.nulls || (writer.validity.as<Word>()[row / 64] >> (row % 64) & 1) != 0) {
        const std::vector<Wide> &list = list_of(keys[row]);
        items.insert(items.end(), list.begin(), list.end());
      }
      if (items.size() > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max()))
        throw std::bad_alloc();
      offsets.push_back(static_cast<std::int32_t>(items.size()));
    }
    ArrayData array;
    array.length = static_cast<std::int64_t>(count_);
    count_nulls(writer, array);
    array.buffers.push_back(array.null_count == 0 ? Buffer() : buffer_of(writer.validity));
    array.buffers.push_back(table::buffer_of(std::move(offsets)));
    ArrayData item;
    item.length = static_cast<std::int64_t>(items.size());
    item.null_count = static_cast<std::int64_t>(nulls.size());
    if (nulls.empty()) {
      item.buffers.emplace_back();
    } else {
      std::vector<std::uint8_t> bits(items.size() / 8 + 1, std::uint8_t{0xFF});
      for (const std::size_t at : nulls)
        bits[at / 8] = static_cast<std::uint8_t>(bits[at / 8] & ~(1U << (at % 8)));
      item.buffers.push_back(table::buffer_of(std::move(bits)));
    }
    if (target.item == Kind::number) {
      item.buffers.push_back(table::buffer_of(std::move(items)));
    } else {
      std::vector<std::int32_t> narrow(items.size());
      std::transform(items.begin(), items.end(), narrow.begin(),
                     [](Wide value) { return static_cast<std::int32_t>(value); });
      item.buffers.push_back(table::buffer_of(std::move(narrow)));
    }
    if (target.item == Kind::text)
      set_texts(item, writer.texts);
    array.children.push_back(std::move(item));
    return array;
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
    array.buffers.push_back(buffer_of(writer.data));
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
  Room status_;
};

std::unique_ptr<ByColumns::Piece> ByColumns::begin(const Column &batch, std::int64_t first, std::int64_t count) const {
  auto piece = std::make_unique<ColumnsPiece>(*this, count);
  return piece->run(batch, first) ? std::move(piece) : nullptr;
}

} // namespace spie::table
