// FEEL values (DMN 1.5 §10.3.2.3). Immutable, 24 bytes, cheap to copy: what does not fit inline is shared.
#pragma once

#include "spie/diagnostic.hpp"
#include "spie/feel/number.hpp"
#include "spie/feel/temporal.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace spie::feel {

class Value;
class Context;
class Function; // function.hpp
struct Range;
using List = std::vector<Value>;

// Why a value is null. An unknown fact of a pack leaves the path of the fact in `missing` (decisions §1); an operation
// that has no result leaves a finding in `errors`. A plain null, written or given, has no cause.
struct Cause {
  std::vector<Diagnostic> errors;
  std::vector<std::string> missing;
  std::vector<std::string> refused; // facts that the person refused to give: unknown too, and not asked again
};

struct Null {
  std::shared_ptr<const Cause> cause;
};

// The kinds in the order of the variant.
enum class Kind : std::uint8_t {
  null,
  boolean,
  number,
  text,
  date,
  time,
  date_time,
  days_duration,
  months_duration,
  range,
  list,
  context,
  function,
};

// The name that FEEL gives to the kind: "number", "days and time duration".
std::string_view name(Kind kind) noexcept;

struct HeldList;    // a list and a context as values hold them, with what
struct HeldContext; // a walk through them would find

class Value {
public:
  // Lists, contexts and functions within one another, this deep: a deeper one becomes a null with F008, so that
  // whatever walks through a value, its destruction first, is bounded.
  static constexpr int max_depth = 1'000;

  Value() noexcept = default; // a plain null
  Value(Null null) noexcept : held_(std::move(null)) {}
  Value(bool boolean) noexcept : held_(boolean) {}
  Value(int integer) noexcept : held_(Number(integer)) {}
  Value(std::int64_t integer) noexcept : held_(Number(integer)) {}
  Value(Number number) noexcept : held_(number) {}
  Value(std::string text) : held_(std::make_shared<const std::string>(std::move(text))) {}
  Value(std::string_view text) : Value(std::string(text)) {}
  Value(const char *text) : Value(std::string(text)) {}
  Value(Date date) noexcept : held_(date) {}
  Value(Time time) : held_(std::make_shared<const Time>(std::move(time))) {}
  Value(DateTime instant) : held_(std::make_shared<const DateTime>(std::move(instant))) {}
  Value(DaysDuration duration) noexcept : held_(duration) {}
  Value(MonthsDuration duration) noexcept : held_(duration) {}
  Value(Range range);
  Value(List list);
  Value(Context context);
  Value(std::shared_ptr<const Function> function);

  Kind kind() const noexcept { return static_cast<Kind>(held_.index()); }
  bool is(Kind kind) const noexcept { return this->kind() == kind; }
  bool is_null() const noexcept { return held_.index() == 0; }
  bool is_true() const noexcept { return is(Kind::boolean) && *std::get_if<bool>(&held_); }
  bool is_false() const noexcept { return is(Kind::boolean) && !*std::get_if<bool>(&held_); }

  // Each asks for its kind; another one throws std::bad_variant_access, a fault of the caller.
  bool boolean() const { return std::get<bool>(held_); }
  const Number &number() const { return std::get<Number>(held_); }
  const std::string &text() const { return *std::get<std::shared_ptr<const std::string>>(held_); }
  Date date() const { return std::get<Date>(held_); }
  const Time &time() const { return *std::get<std::shared_ptr<const Time>>(held_); }
  const DateTime &date_time() const { return *std::get<std::shared_ptr<const DateTime>>(held_); }
  DaysDuration days_duration() const { return std::get<DaysDuration>(held_); }
  MonthsDuration months_duration() const { return std::get<MonthsDuration>(held_); }
  const Range &range() const { return *std::get<std::shared_ptr<const Range>>(held_); }
  const List &list() const;
  const Context &context() const;
  const std::shared_ptr<const Function> &function() const { return std::get<std::shared_ptr<const Function>>(held_); }

  // Of a null: why; nullptr when it is plain, and for any other kind.
  const Cause *cause() const noexcept {
    const auto *null = std::get_if<Null>(&held_);
    return null == nullptr ? nullptr : null->cause.get();
  }
  bool is_unknown() const noexcept {
    return cause() != nullptr && (!cause()->missing.empty() || !cause()->refused.empty());
  }
  int depth() const noexcept; // 0 for what holds no other value
  // Bytes once everything that it shares is written out where it stands, at most SIZE_MAX: a small value may unfold
  // without end, and what crosses a border is unfolded.
  std::size_t unfolded() const noexcept;
  bool holds_causes() const noexcept; // a null with a cause, or one inside
  bool unique() const noexcept;       // nothing else shares what it holds
  bool is_error() const noexcept { return cause() != nullptr && !cause()->errors.empty(); }

  // The text that string() gives in FEEL: a text as it is, a date as 2024-02-29, "null", [1, "a"], {a: 1}.
  std::string to_string() const;
  // A FEEL literal or call that gives this value back: "a text", date("2024-02-29"). Functions have none.
  std::string to_feel() const;

private:
  std::variant<Null, bool, Number, std::shared_ptr<const std::string>, Date, std::shared_ptr<const Time>,
               std::shared_ptr<const DateTime>, DaysDuration, MonthsDuration, std::shared_ptr<const Range>,
               std::shared_ptr<const HeldList>, std::shared_ptr<const HeldContext>, std::shared_ptr<const Function>>
      held_;
};

// A null with a finding; the words at fault and what was meant, as in Diagnostic.
Value error_value(Code code, std::string message, std::string where = {}, std::string details = {},
                  std::string suggestion = {});
// The null of an unknown fact.
Value unknown_value(std::string path);
// A null that carries all that its operands carry: what an operation over several nulls gives. Operands that are not
// null, or plain, add nothing; with no cause among them the result is a plain null.
Value merge_causes(const Value &a, const Value &b);
// Adds to `into` the causes of every null inside the value, at any depth.
void collect_causes(const Value &value, Cause &into);

// A range value: (1..5], [a..b), or the open-ended ones that unary tests denote: (< 10), (>= 5).
struct Range {
  enum class End : std::uint8_t { undefined, open, closed };
  // `(= 10)` holds what [10..10] holds and is not the same range (TCK 0068); `(!= 10)`, whose ends are undefined, holds
  // all but its start.
  enum class Form : std::uint8_t { interval, equal, unlike };
  End start_end = End::closed;
  Value start;
  Value end;
  End end_end = End::closed;
  Form form = Form::interval;
};

// Named values in the order they were given, each name once.
class Context {
public:
  using Entry = std::pair<std::string, Value>;
  Context() = default;
  Context(std::initializer_list<Entry> entries) : entries_(entries) {}
  // Names already known to differ: what a reader has checked, without a search for each.
  static Context of_distinct(std::vector<Entry> entries) {
    Context context;
    context.entries_ = std::move(entries);
    return context;
  }
  const Value *find(std::string_view key) const noexcept; // nullptr when there is none
  void set(std::string key, Value value);                 // adds at the end, or replaces in place
  bool empty() const noexcept { return entries_.empty(); }
  std::size_t size() const noexcept { return entries_.size(); }
  const std::vector<Entry> &entries() const noexcept { return entries_; }
  auto begin() const noexcept { return entries_.begin(); }
  auto end() const noexcept { return entries_.end(); }

private:
  std::vector<Entry> entries_;
};

struct Held {
  int depth = 1;
  bool causes = false;
  std::size_t unfolded = 0;
  void add(const Value &part) noexcept;
};
struct HeldList : Held {
  List items;
};
struct HeldContext : Held {
  Context entries;
};
inline const List &Value::list() const { return std::get<std::shared_ptr<const HeldList>>(held_)->items; }
inline const Context &Value::context() const { return std::get<std::shared_ptr<const HeldContext>>(held_)->entries; }

// Structural identity, where FEEL's three-valued equality will not do (tests, hashing, distinct facts): same kind and
// same content; 1.10 is 1.1, a null is a null whatever its cause, functions by address, contexts whatever their order.
bool identical(const Value &a, const Value &b);

} // namespace spie::feel
