// Columns of an answer, made value by value.
#include "rules/feel/number_bits.hpp"
#include "rules/table/shape.hpp"
#include "spie/json.hpp"

#include <limits>
#include <unordered_map>

namespace spie::table {

namespace {

using feel::Value;
using feel::decimal::UWide;
using feel::decimal::Wide;
using Kind = Shape::Kind;
using Fault = std::optional<Diagnostic>;

class Validity {
public:
  void add(bool valid) {
    if (count_ % 8 == 0)
      bits_.push_back(0);
    if (valid)
      bits_.back() |= static_cast<std::uint8_t>(1U << (count_ % 8));
    else
      ++nulls_;
    ++count_;
  }
  // The length, the nulls and the first buffer of an array.
  void finish(ArrayData &array) {
    array.length = count_;
    array.null_count = nulls_;
    array.buffers.push_back(nulls_ == 0 ? Buffer() : buffer_of(std::move(bits_)));
    bits_.clear();
    count_ = nulls_ = 0;
  }

private:
  std::vector<std::uint8_t> bits_;
  std::int64_t count_ = 0, nulls_ = 0;
};

void note(Fault &fault, Code code, std::string message, const std::string &name) {
  if (!fault)
    fault = Diagnostic{code, Level::error, std::move(message), name};
}

void wrong_kind(Fault &fault, const Value &value, const std::string &name) {
  note(fault, Code::table_value,
       "the value of '" + name + "' is a " + std::string(feel::name(value.kind())) + ", not of the type of its column",
       name);
}

// A column of values of one size; `fit` gives what stands for a value, nullopt where it does not fit.
template <class Plain> class PlainBuilder : public Builder {
public:
  explicit PlainBuilder(std::string name) : name_(std::move(name)) {}
  void add(const Value &value, Fault &fault) final {
    const std::optional<Plain> plain = value.is_null() ? std::nullopt : fit(value, fault);
    valid_.add(plain.has_value());
    values_.push_back(plain.value_or(Plain()));
  }
  ArrayData finish() final {
    ArrayData array;
    valid_.finish(array);
    array.buffers.push_back(buffer_of(std::exchange(values_, {})));
    return array;
  }

protected:
  virtual std::optional<Plain> fit(const Value &value, Fault &fault) const = 0;
  const std::string &name() const { return name_; }
  std::nullopt_t too_far(Fault &fault, const char *what) const {
    note(fault, Code::table_value, "the value of '" + name_ + "' is beyond the " + what + " that its column holds",
         name_);
    return std::nullopt;
  }
  std::nullopt_t wrong(Fault &fault, const Value &value) const {
    wrong_kind(fault, value, name_);
    return std::nullopt;
  }

private:
  std::string name_;
  Validity valid_;
  std::vector<Plain> values_;
};

struct Decimal {
  std::uint64_t low = 0, high = 0;
};

class NumberBuilder final : public PlainBuilder<Decimal> {
public:
  NumberBuilder(std::string name, int scale) : PlainBuilder(std::move(name)), scale_(scale) {}

private:
  std::optional<Decimal> fit(const Value &value, Fault &fault) const override {
    if (!value.is(feel::Kind::number))
      return wrong(fault, value);
    auto [negative, coefficient, exponent] = feel::NumberBits::parts(value.number());
    int shift = exponent + scale_;
    if (shift < 0)
      shift += feel::decimal::strip_zeros(coefficient, -shift);
    const bool whole = coefficient == 0 || shift >= 0;
    if (!whole || (coefficient != 0 && shift + feel::decimal::digit_count(coefficient) > 38)) {
      note(fault, Code::table_scale,
           "the value " + value.to_string() + " of '" + name() + "' does not fit in 38 digits with " +
               std::to_string(scale_) + " decimals",
           name());
      return std::nullopt;
    }
    if (coefficient != 0)
      coefficient *= feel::decimal::ten_to(shift);
    const UWide bits = negative ? -coefficient : coefficient;
    return Decimal{static_cast<std::uint64_t>(bits), static_cast<std::uint64_t>(bits >> 64)};
  }
  int scale_;
};

class IntegerBuilder final : public PlainBuilder<std::int32_t> {
public:
  using PlainBuilder::PlainBuilder;

private:
  std::optional<std::int32_t> fit(const Value &value, Fault &fault) const override {
    if (!value.is(feel::Kind::number))
      return wrong(fault, value);
    const auto whole = value.number().to_int64();
    if (!whole || *whole < INT32_MIN || *whole > INT32_MAX)
      return too_far(fault, "numbers");
    return static_cast<std::int32_t>(*whole);
  }
};

// Whole numbers of 64 bits: counts, and milliseconds.
class WholeBuilder final : public PlainBuilder<std::int64_t> {
public:
  using PlainBuilder::PlainBuilder;

private:
  std::optional<std::int64_t> fit(const Value &value, Fault &fault) const override {
    if (!value.is(feel::Kind::number))
      return wrong(fault, value);
    const auto whole = value.number().to_int64();
    return whole ? whole : too_far(fault, "numbers");
  }
};

class DateBuilder final : public PlainBuilder<std::int32_t> {
public:
  using PlainBuilder::PlainBuilder;

private:
  std::optional<std::int32_t> fit(const Value &value, Fault &fault) const override {
    if (!value.is(feel::Kind::date))
      return wrong(fault, value);
    const std::int64_t days = value.date().days;
    if (days < INT32_MIN || days > INT32_MAX)
      return too_far(fault, "days");
    return static_cast<std::int32_t>(days);
  }
};

class MonthsBuilder final : public PlainBuilder<std::int32_t> {
public:
  using PlainBuilder::PlainBuilder;

private:
  std::optional<std::int32_t> fit(const Value &value, Fault &fault) const override {
    if (!value.is(feel::Kind::months_duration))
      return wrong(fault, value);
    const std::int64_t months = value.months_duration().months;
    if (months < INT32_MIN || months > INT32_MAX)
      return too_far(fault, "months");
    return static_cast<std::int32_t>(months);
  }
};

// Whole microseconds, or nothing.
std::optional<std::int64_t> micros_of(const feel::DaysDuration &duration) {
  std::int64_t micros = 0;
  if (duration.nanos % 1000 != 0 || __builtin_mul_overflow(duration.seconds, std::int64_t{1'000'000}, &micros) ||
      __builtin_add_overflow(micros, std::int64_t{duration.nanos / 1000}, &micros))
    return std::nullopt;
  return micros;
}

class DaysBuilder final : public PlainBuilder<std::int64_t> {
public:
  using PlainBuilder::PlainBuilder;

private:
  std::optional<std::int64_t> fit(const Value &value, Fault &fault) const override {
    if (!value.is(feel::Kind::days_duration))
      return wrong(fault, value);
    const auto micros = micros_of(value.days_duration());
    return micros ? micros : too_far(fault, "microseconds");
  }
};

class InstantBuilder final : public PlainBuilder<std::int64_t> {
public:
  InstantBuilder(std::string name, bool zoned) : PlainBuilder(std::move(name)), zoned_(zoned) {}

private:
  std::optional<std::int64_t> fit(const Value &value, Fault &fault) const override {
    if (!value.is(feel::Kind::date_time))
      return wrong(fault, value);
    const feel::DateTime &instant = value.date_time();
    if (instant.time.zone.is_local() == zoned_) {
      note(fault, Code::table_value,
           "the value of '" + name() + "' has " +
               (zoned_ ? "no zone, and its column has one" : "a zone, and its column has none"),
           name());
      return std::nullopt;
    }
    const auto micros = micros_of(instant.since_epoch());
    return micros ? micros : too_far(fault, "microseconds");
  }
  bool zoned_;
};

class BooleanBuilder final : public Builder {
public:
  explicit BooleanBuilder(std::string name) : name_(std::move(name)) {}
  void add(const Value &value, Fault &fault) override {
    const bool boolean = value.is(feel::Kind::boolean);
    if (!boolean && !value.is_null())
      wrong_kind(fault, value, name_);
    valid_.add(boolean);
    values_.add(value.is_true());
  }
  ArrayData finish() override {
    ArrayData array, bits;
    valid_.finish(array);
    values_.finish(bits);
    array.buffers.push_back(
        bits.buffers.front().data != nullptr || bits.length == 0
            ? std::move(bits.buffers.front())
            : buffer_of(std::vector<std::uint8_t>(static_cast<std::size_t>(bits.length + 7) / 8, 0xFF)));
    return array;
  }

private:
  std::string name_;
  Validity valid_, values_;
};

// Texts, each kept once.
class TextBuilder final : public Builder {
public:
  TextBuilder(std::string name, Kind kind) : name_(std::move(name)), kind_(kind) {}

  void add(const Value &value, Fault &fault) override {
    std::int32_t index = -1;
    if (value.is_null()) {
      // stays null
    } else if (kind_ == Kind::text) {
      if (value.is(feel::Kind::text))
        index = index_of(value);
      else
        wrong_kind(fault, value, name_);
    } else if (kind_ == Kind::iso) {
      index = index_of(Value(value.to_string()));
    } else {
      try {
        index = index_of(Value(write_json(value)));
      } catch (const Error &error) { // J003: it unfolds without end
        note(fault, error.first().code, error.first().message, name_);
      }
    }
    valid_.add(index >= 0);
    indices_.push_back(std::max(index, 0));
  }

  ArrayData finish() override {
    ArrayData array, texts;
    valid_.finish(array);
    array.buffers.push_back(buffer_of(std::exchange(indices_, {})));
    std::vector<std::int32_t> offsets{0};
    std::string bytes;
    for (const Value &text : texts_) {
      bytes += text.text();
      offsets.push_back(static_cast<std::int32_t>(bytes.size()));
    }
    texts.length = static_cast<std::int64_t>(texts_.size());
    texts.buffers.emplace_back();
    texts.buffers.push_back(buffer_of(std::move(offsets)));
    texts.buffers.push_back(buffer_of(std::vector<char>(bytes.begin(), bytes.end())));
    array.dictionary.push_back(std::move(texts));
    numbers_.clear();
    texts_.clear();
    bytes_ = 0;
    return array;
  }

private:
  std::int32_t index_of(const Value &text) {
    const auto found = numbers_.find(text.text());
    if (found != numbers_.end())
      return found->second;
    bytes_ += text.text().size();
    if (bytes_ > INT32_MAX)
      throw std::bad_alloc();
    texts_.push_back(text);
    return numbers_.emplace(texts_.back().text(), static_cast<std::int32_t>(texts_.size() - 1)).first->second;
  }

  std::string name_;
  Kind kind_;
  Validity valid_;
  std::vector<std::int32_t> indices_;
  std::vector<Value> texts_;
  std::unordered_map<std::string_view, std::int32_t> numbers_; // the texts stand in texts_, whose values share them
  std::size_t bytes_ = 0;
};

// Texts as they are.
class PlainTextBuilder final : public Builder {
public:
  PlainTextBuilder(std::string name, bool json) : name_(std::move(name)), json_(json) {}

  void add(const Value &value, Fault &fault) override {
    const bool text = value.is(feel::Kind::text);
    bool valid = !value.is_null();
    if (valid && json_) {
      try {
        bytes_ += write_json(value);
      } catch (const Error &error) { // J003: it unfolds without end
        note(fault, error.first().code, error.first().message, name_);
        valid = false;
      }
    } else if (text) {
      bytes_ += value.text();
    } else if (valid) {
      wrong_kind(fault, value, name_);
      valid = false;
    }
    if (bytes_.size() > INT32_MAX)
      throw std::bad_alloc();
    offsets_.push_back(static_cast<std::int32_t>(bytes_.size()));
    valid_.add(valid);
  }
  ArrayData finish() override {
    ArrayData array;
    valid_.finish(array);
    array.buffers.push_back(buffer_of(std::exchange(offsets_, {0})));
    array.buffers.push_back(buffer_of(std::vector<char>(bytes_.begin(), bytes_.end())));
    bytes_.clear();
    return array;
  }

private:
  std::string name_;
  bool json_;
  Validity valid_;
  std::vector<std::int32_t> offsets_{0};
  std::string bytes_;
};

// Contexts whose keys no type tells, entry by entry.
class MapBuilder final : public Builder {
public:
  MapBuilder(const std::string &name, const Shape &shape)
      : name_(name), keys_(name + ".key", false), values_(builder_of(name + ".value", shape.members.front().shape)) {}
  void add(const Value &value, Fault &fault) override {
    const bool context = value.is(feel::Kind::context);
    if (!context && !value.is_null())
      wrong_kind(fault, value, name_);
    std::size_t count = 0;
    if (context)
      for (const auto &[key, item] : value.context()) {
        keys_.add(Value(key), fault);
        values_->add(item, fault);
        ++count;
      }
    if (count > static_cast<std::size_t>(INT32_MAX - offsets_.back()))
      throw std::bad_alloc();
    offsets_.push_back(offsets_.back() + static_cast<std::int32_t>(count));
    valid_.add(context);
  }
  ArrayData finish() override {
    ArrayData array, entries;
    valid_.finish(array);
    entries.length = offsets_.back();
    entries.buffers.emplace_back();
    entries.children.push_back(keys_.finish());
    entries.children.push_back(values_->finish());
    array.buffers.push_back(buffer_of(std::exchange(offsets_, {0})));
    array.children.push_back(std::move(entries));
    return array;
  }

private:
  std::string name_;
  Validity valid_;
  std::vector<std::int32_t> offsets_{0};
  PlainTextBuilder keys_;
  std::unique_ptr<Builder> values_;
};

class ListBuilder final : public Builder {
public:
  ListBuilder(std::string name, std::unique_ptr<Builder> items) : name_(std::move(name)), items_(std::move(items)) {}
  void add(const Value &value, Fault &fault) override {
    const bool list = value.is(feel::Kind::list);
    if (!list && !value.is_null())
      wrong_kind(fault, value, name_);
    if (list) {
      if (value.list().size() > static_cast<std::size_t>(INT32_MAX - offsets_.back()))
        throw std::bad_alloc();
      for (const Value &item : value.list())
        items_->add(item, fault);
      offsets_.push_back(offsets_.back() + static_cast<std::int32_t>(value.list().size()));
    } else {
      offsets_.push_back(offsets_.back());
    }
    valid_.add(list);
  }
  ArrayData finish() override {
    ArrayData array;
    valid_.finish(array);
    array.buffers.push_back(buffer_of(std::exchange(offsets_, {0})));
    array.children.push_back(items_->finish());
    return array;
  }

private:
  std::string name_;
  Validity valid_;
  std::vector<std::int32_t> offsets_{0};
  std::unique_ptr<Builder> items_;
};

class StructBuilder final : public Builder {
public:
  StructBuilder(std::string name, const Shape &shape) : name_(std::move(name)) {
    for (const auto &[member, below] : shape.members)
      members_.emplace_back(member, builder_of(name_ + '.' + member, below));
  }
  void add(const Value &value, Fault &fault) override {
    const bool context = value.is(feel::Kind::context);
    if (!context && !value.is_null())
      wrong_kind(fault, value, name_);
    for (const auto &[name, member] : members_) {
      const Value *given = context ? value.context().find(name) : nullptr;
      member->add(given == nullptr ? Value() : *given, fault);
    }
    valid_.add(context);
  }
  ArrayData finish() override {
    ArrayData array;
    valid_.finish(array);
    for (const auto &[name, member] : members_)
      array.children.push_back(member->finish());
    return array;
  }

private:
  std::string name_;
  Validity valid_;
  std::vector<std::pair<std::string, std::unique_ptr<Builder>>> members_;
};

} // namespace

std::unique_ptr<Builder> builder_of(const std::string &name, const Shape &shape) {
  switch (shape.kind) {
  case Kind::text:
  case Kind::iso:
  case Kind::json:
    return std::make_unique<TextBuilder>(name, shape.kind);
  case Kind::number:
    return std::make_unique<NumberBuilder>(name, shape.scale);
  case Kind::integer:
    return std::make_unique<IntegerBuilder>(name);
  case Kind::boolean:
    return std::make_unique<BooleanBuilder>(name);
  case Kind::date:
    return std::make_unique<DateBuilder>(name);
  case Kind::instant:
    return std::make_unique<InstantBuilder>(name, !shape.zone.empty());
  case Kind::months:
    return std::make_unique<MonthsBuilder>(name);
  case Kind::days:
    return std::make_unique<DaysBuilder>(name);
  case Kind::list:
    return std::make_unique<ListBuilder>(name, builder_of(name + "[]", shape.members.front().shape));
  case Kind::structure:
    return std::make_unique<StructBuilder>(name, shape);
  case Kind::plain_text:
  case Kind::plain_json:
    return std::make_unique<PlainTextBuilder>(name, shape.kind == Kind::plain_json);
  case Kind::whole:
  case Kind::millis:
    return std::make_unique<WholeBuilder>(name);
  case Kind::map:
    return std::make_unique<MapBuilder>(name, shape);
  }
  return nullptr;
}

} // namespace spie::table
