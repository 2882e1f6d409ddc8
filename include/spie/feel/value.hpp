// FEEL values (DMN 1.5 §10.3.2.3). Immutable, 24 bytes, cheap to copy: what does not fit inline is shared.
#pragma once

#include "spie/diagnostic.hpp"
#include "spie/feel/number.hpp"
#include "spie/feel/temporal.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
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

  Value() noexcept : shared_() {} // a plain null
  Value(Null null) noexcept : shared_(std::move(null.cause)) {}
  Value(bool boolean) noexcept : Value(Kind::boolean, boolean) {}
  Value(int integer) noexcept : Value(Number(integer)) {}
  Value(std::int64_t integer) noexcept : Value(Number(integer)) {}
  Value(Number number) noexcept : Value(Kind::number, number) {}
  Value(std::string text) : Value(Kind::text, std::make_shared<const std::string>(std::move(text))) {}
  Value(std::string_view text) : Value(std::string(text)) {}
  Value(const char *text) : Value(std::string(text)) {}
  Value(Date date) noexcept : Value(Kind::date, date) {}
  Value(Time time) : Value(Kind::time, std::make_shared<const Time>(std::move(time))) {}
  Value(DateTime instant) : Value(Kind::date_time, std::make_shared<const DateTime>(std::move(instant))) {}
  Value(DaysDuration duration) noexcept : Value(Kind::days_duration, duration) {}
  Value(MonthsDuration duration) noexcept : Value(Kind::months_duration, duration) {}
  Value(Range range);
  Value(List list);
  Value(Context context);
  Value(std::shared_ptr<const Function> function);

  Value(const Value &other) noexcept : kind_(other.kind_) {
    if (shares())
      new (&shared_) Shared(other.shared_);
    else
      copy_bytes(other);
  }
  Value(Value &&other) noexcept : kind_(other.kind_) { // leaves a plain null of what was shared
    copy_bytes(other);
    if (shares()) {
      new (&other.shared_) Shared();
      other.kind_ = Kind::null;
    }
  }
  Value &operator=(const Value &other) noexcept { return *this = Value(other); }
  Value &operator=(Value &&other) noexcept {
    if (this != &other) {
      this->~Value();
      new (this) Value(std::move(other));
    }
    return *this;
  }
  ~Value() {
    if (shares())
      shared_.~Shared();
  }

  Kind kind() const noexcept { return kind_; }
  bool is(Kind kind) const noexcept { return kind_ == kind; }
  bool is_null() const noexcept { return kind_ == Kind::null; }
  bool is_true() const noexcept { return is(Kind::boolean) && boolean_; }
  bool is_false() const noexcept { return is(Kind::boolean) && !boolean_; }

  // Each asks for its kind; another one throws std::bad_variant_access, a fault of the caller.
  bool boolean() const { return of(Kind::boolean, boolean_); }
  const Number &number() const { return of(Kind::number, number_); }
  const std::string &text() const { return held<std::string>(Kind::text); }
  Date date() const { return of(Kind::date, date_); }
  const Time &time() const { return held<Time>(Kind::time); }
  const DateTime &date_time() const { return held<DateTime>(Kind::date_time); }
  DaysDuration days_duration() const { return of(Kind::days_duration, days_duration_); }
  MonthsDuration months_duration() const { return of(Kind::months_duration, months_duration_); }
  const Range &range() const { return held<Range>(Kind::range); }
  const List &list() const;
  const Context &context() const;
  const std::shared_ptr<const Function> &function() const {
    return held<std::shared_ptr<const Function>>(Kind::function);
  }

  // Of a null: why; nullptr when it is plain, and for any other kind.
  const Cause *cause() const noexcept { return is_null() ? static_cast<const Cause *>(shared_.get()) : nullptr; }
  bool is_unknown() const noexcept {
    return cause() != nullptr && (!cause()->missing.empty() || !cause()->refused.empty());
  }
  int depth() const; // 0 for what holds no other value
  // Bytes once everything that it shares is written out where it stands, at most SIZE_MAX: a small value may unfold
  // without end, and what crosses a border is unfolded.
  std::size_t unfolded() const;
  bool holds_causes() const;    // a null with a cause, or one inside
  bool unique() const noexcept; // nothing else shares what it holds
  bool is_error() const noexcept { return cause() != nullptr && !cause()->errors.empty(); }

  // The text that string() gives in FEEL: a text as it is, a date as 2024-02-29, "null", [1, "a"], {a: 1}.
  std::string to_string() const;
  // A FEEL literal or call that gives this value back: "a text", date("2024-02-29"). Functions have none.
  std::string to_feel() const;

private:
  using Shared = std::shared_ptr<const void>; // of the very type that the kind says; of a null, its Cause

  template <class Plain> Value(Kind kind, Plain plain) noexcept : shared_(), kind_(kind) {
    static_assert(std::is_trivially_copyable_v<Plain> && sizeof(Plain) <= sizeof(Shared));
    std::memcpy(static_cast<void *>(&shared_), &plain, sizeof plain);
  }
  template <class T> Value(Kind kind, std::shared_ptr<const T> held) noexcept : shared_(std::move(held)), kind_(kind) {}

  bool shares() const noexcept {
    switch (kind_) {
    case Kind::boolean:
    case Kind::number:
    case Kind::date:
    case Kind::days_duration:
    case Kind::months_duration:
      return false;
    default:
      return true;
    }
  }
  void copy_bytes(const Value &other) noexcept {
    std::memcpy(static_cast<void *>(&shared_), static_cast<const void *>(&other.shared_), sizeof shared_);
  }
  [[noreturn]] static void refuse_kind(); // throws std::bad_variant_access
  template <class Plain> const Plain &of(Kind kind, const Plain &plain) const {
    if (kind_ != kind)
      refuse_kind();
    return plain;
  }
  template <class T> const T &held(Kind kind) const {
    if (kind_ != kind)
      refuse_kind();
    return *static_cast<const T *>(shared_.get());
  }

  // A variant whose copies, moves and ends cost no call: most of what an evaluation does with values.
  union {
    Shared shared_;
    bool boolean_;
    Number number_;
    Date date_;
    DaysDuration days_duration_;
    MonthsDuration months_duration_;
  };
  Kind kind_ = Kind::null;
};
static_assert(sizeof(Value) <= 24);

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
  void add(const Value &part);
};
struct HeldList : Held {
  List items;
};
struct HeldContext : Held {
  Context entries;
};
inline const List &Value::list() const { return held<HeldList>(Kind::list).items; }
inline const Context &Value::context() const { return held<HeldContext>(Kind::context).entries; }

// Structural identity, where FEEL's three-valued equality will not do (tests, hashing, distinct facts): same kind and
// same content; 1.10 is 1.1, a null is a null whatever its cause, functions by address, contexts whatever their order.
bool identical(const Value &a, const Value &b);

} // namespace spie::feel
