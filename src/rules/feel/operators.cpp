// Equality, order, three-valued logic, membership and properties (DMN 1.5 §10.3.2.13-10.3.2.15).
#include "rules/feel/operators.hpp"

#include "rules/feel/causes.hpp"
#include "rules/feel/limit.hpp"
#include "rules/feel/text.hpp"
#include "rules/feel/work.hpp"

#include <algorithm>

namespace spie::feel {

namespace {

constexpr int depth_limit = 2'000;

enum class Equality : std::uint8_t {
  no,
  yes,
  null,  // an unknown fact, or two kinds that are not compared
  limit, // too deep or too long
};

// Compares without making values: lists and filters ask for one bit many times. What makes the answer null is kept
// only when it is asked for.
class Comparer {
public:
  Comparer(Evaluation &evaluation, bool explain) : evaluation_(evaluation), explain_(explain) {}

  Equality compare(const Value &a, const Value &b, int depth = 0) {
    if (a.is_null() || b.is_null())
      return nulls(a, b);
    if (a.kind() != b.kind())
      return kinds(a, b);
    switch (a.kind()) {
    case Kind::null:
      return Equality::yes;
    case Kind::boolean:
      return answer(a.boolean() == b.boolean());
    case Kind::number:
      return answer(a.number() == b.number());
    case Kind::text:
      return texts(a.text(), b.text());
    case Kind::date:
      return answer(a.date() == b.date());
    case Kind::time: // a value with a zone is not equal to one without (TCK 0068, time_007)
      return answer(feel::compare(a.time(), b.time()) == 0);
    case Kind::date_time:
      return answer(feel::compare(a.date_time(), b.date_time()) == 0);
    case Kind::days_duration:
      return answer(a.days_duration() == b.days_duration());
    case Kind::months_duration:
      return answer(a.months_duration() == b.months_duration());
    case Kind::range:
      return ranges(a.range(), b.range(), depth + 1);
    case Kind::list:
      return lists(a.list(), b.list(), depth + 1);
    case Kind::context:
      return contexts(a.context(), b.context(), depth + 1);
    case Kind::function:
      return answer(a.function() == b.function());
    }
    return Equality::no;
  }

  Value value(Equality equality) {
    switch (equality) {
    case Equality::no:
      return false;
    case Equality::yes:
      return true;
    case Equality::limit:
      return evaluation_.error(Code::feel_limit, "the values compared are too deep or too large");
    case Equality::null:
      break;
    }
    return left_ == Kind::null ? cause_ : merge_causes(cause_, mismatch());
  }

  // Whether the null is one of kinds alone, with nothing unknown about it.
  bool only_kinds_differ() const { return left_ != Kind::null && !unknown_; }
  const Value &unknown() const { return cause_; }

private:
  static Equality answer(bool equal) { return equal ? Equality::yes : Equality::no; }

  Equality texts(const std::string &a, const std::string &b) {
    if (a.size() != b.size() || &a == &b)
      return answer(&a == &b);
    return work::text(evaluation_, a.size()) ? answer(a == b) : Equality::limit;
  }

  Equality nulls(const Value &a, const Value &b) {
    const bool caused = a.cause() != nullptr || b.cause() != nullptr;
    if (caused && (evaluation_.facts_may_be_unknown || rests_on_limit(a) || rests_on_limit(b))) {
      unknown_ = true;
      if (explain_)
        cause_ = merge_causes(cause_, merge_causes(a, b));
      return Equality::null;
    }
    return answer(a.is_null() && b.is_null());
  }

  Equality kinds(const Value &a, const Value &b) {
    // No length is no length, in months or in seconds (TCK 0068, duration("P0D") = duration("P0Y")).
    if ((a.is(Kind::days_duration) && b.is(Kind::months_duration) && a.days_duration() == DaysDuration{} &&
         b.months_duration() == MonthsDuration{}) ||
        (a.is(Kind::months_duration) && b.is(Kind::days_duration) && a.months_duration() == MonthsDuration{} &&
         b.days_duration() == DaysDuration{}))
      return Equality::yes;
    left_ = a.kind();
    right_ = b.kind();
    return Equality::null;
  }

  bool go_on(int depth) { return depth <= depth_limit && evaluation_.step(); }

  // Three-valued conjunction over the parts; true when the answer is known before the end.
  static bool settle(Equality &whole, Equality part) {
    if (part == Equality::no || part == Equality::limit) {
      whole = part;
      return true;
    }
    if (part == Equality::null)
      whole = Equality::null;
    return false;
  }

  Equality lists(const List &a, const List &b, int depth) {
    if (a.size() != b.size())
      return Equality::no;
    Equality whole = Equality::yes;
    for (std::size_t i = 0; i < a.size(); ++i)
      if (settle(whole, go_on(depth) ? compare(a[i], b[i], depth) : Equality::limit))
        break;
    return whole;
  }

  Equality contexts(const Context &a, const Context &b, int depth) {
    if (a.size() != b.size())
      return Equality::no;
    Equality whole = Equality::yes;
    for (std::size_t i = 0; i < a.size(); ++i) {
      const auto &[key, value] = a.entries()[i];
      const auto &beside = b.entries()[i]; // most often the same key
      const bool beside_it = beside.first == key;
      if (!beside_it && !work::names(evaluation_, b))
        return Equality::limit;
      const Value *other = beside_it ? &beside.second : b.find(key);
      if (other == nullptr)
        return Equality::no;
      if (settle(whole, go_on(depth) ? compare(value, *other, depth) : Equality::limit))
        break;
    }
    return whole;
  }

  Equality ranges(const Range &a, const Range &b, int depth) {
    if (a.start_end != b.start_end || a.end_end != b.end_end || a.form != b.form)
      return Equality::no;
    if (!go_on(depth))
      return Equality::limit;
    Equality whole = Equality::yes;
    if (!settle(whole, compare(a.start, b.start, depth)))
      settle(whole, compare(a.end, b.end, depth));
    return whole;
  }

  Value mismatch() const {
    return evaluation_.error(Code::feel_type,
                             with_article(name(left_)) + " is not compared with " + with_article(name(right_)));
  }

  Evaluation &evaluation_;
  bool explain_;
  bool unknown_ = false;
  Value cause_;            // of the unknown facts met
  Kind left_ = Kind::null; // the last two kinds that are not compared; null: none were met
  Kind right_ = Kind::null;
};

template <typename T> int sign(const T &a, const T &b) { return a < b ? -1 : b < a ? 1 : 0; }

std::string_view symbol(Order order) {
  switch (order) {
  case Order::less:
    return "<";
  case Order::less_or_equal:
    return "<=";
  case Order::greater:
    return ">";
  case Order::greater_or_equal:
    return ">=";
  }
  return "<";
}

bool holds(Order order, int sign) {
  switch (order) {
  case Order::less:
    return sign < 0;
  case Order::less_or_equal:
    return sign <= 0;
  case Order::greater:
    return sign > 0;
  case Order::greater_or_equal:
    return sign >= 0;
  }
  return false;
}

// What an operand that is not a boolean counts for.
Value as_null(Evaluation &evaluation, std::string_view operation, const Value &operand) {
  if (operand.is_null())
    return operand;
  if (operand.is(Kind::boolean))
    return {};
  return evaluation.error(Code::feel_not_a_boolean,
                          "`" + std::string(operation) + "` meets a " + std::string(name(operand.kind())));
}

Value in_list(Evaluation &evaluation, const Value &value, const List &list) {
  List nulls; // the answers that are not known
  if (value.is(Kind::list)) {
    Comparer comparer(evaluation, true);
    const Equality whole = comparer.compare(value, list);
    if (whole == Equality::yes)
      return true;
    if (whole == Equality::limit)
      return comparer.value(whole);
    if (whole == Equality::null && !comparer.only_kinds_differ())
      nulls.push_back(comparer.unknown());
  }
  for (const Value &item : list) {
    if (!evaluation.step())
      return evaluation.error(Code::feel_limit, "the list is too long");
    if (item.is(Kind::range) && !value.is(Kind::range)) {
      Value answer = in_range(evaluation, value, item.range());
      if (answer.is_true())
        return true;
      if (answer.is_null())
        nulls.push_back(std::move(answer));
      continue;
    }
    Comparer comparer(evaluation, true);
    const Equality equality = comparer.compare(value, item);
    if (equality == Equality::yes)
      return true;
    if (equality == Equality::limit)
      return comparer.value(equality);
    // An item of another kind is another value: `true in [false, 2]` is false (TCK 0072, boolean_001_a).
    if (equality == Equality::null && !comparer.only_kinds_differ())
      nulls.push_back(comparer.unknown());
  }
  if (nulls.empty())
    return false;
  auto cause = std::make_shared<Cause>();
  collect_causes(nulls, *cause);
  return Null{std::move(cause)};
}

Value no_such(Evaluation &evaluation, const Value &value, std::string_view property) {
  return evaluation.error(Code::feel_path,
                          with_article(name(value.kind())) + " has no `" + std::string(property) + "`");
}

std::optional<Value> date_property(Date date, std::string_view property) {
  if (property == "year")
    return date.civil().year;
  if (property == "month")
    return date.civil().month;
  if (property == "day")
    return date.civil().day;
  if (property == "weekday")
    return date.weekday();
  return std::nullopt;
}

// `date`: the day of a date and time, on which the offset of a named zone depends.
std::optional<Value> time_property(const Time &time, const Date *date, std::string_view property) {
  if (property == "hour")
    return time.hour();
  if (property == "minute")
    return time.minute();
  if (property == "second")
    return time.second();
  if (property == "time offset") {
    const auto offset = date == nullptr ? time.zone.standard_offset() : time.zone.offset_at(*date, time.nanos);
    return offset ? Value(DaysDuration{*offset, 0}) : Value();
  }
  if (property == "timezone")
    return time.zone.is_named() ? Value(time.zone.id()) : Value();
  return std::nullopt;
}

// The parts of a negative duration are negative, as those of its text.
std::optional<Value> duration_property(DaysDuration duration, std::string_view property) {
  const std::int64_t whole = duration.seconds + (duration.seconds < 0 && duration.nanos > 0 ? 1 : 0); // towards zero
  if (property == "days")
    return whole / seconds_per_day;
  if (property == "hours")
    return whole % seconds_per_day / 3600;
  if (property == "minutes")
    return whole % 3600 / 60;
  if (property == "seconds")
    return whole % 60;
  return std::nullopt;
}

std::optional<Value> duration_property(MonthsDuration duration, std::string_view property) {
  if (property == "years")
    return duration.months / 12;
  if (property == "months")
    return duration.months % 12;
  return std::nullopt;
}

std::optional<Value> range_property(const Range &range, std::string_view property) {
  if (property == "start")
    return range.start;
  if (property == "end")
    return range.end;
  if (property == "start included")
    return range.start_end == Range::End::closed;
  if (property == "end included")
    return range.end_end == Range::End::closed;
  return std::nullopt;
}

Value property_at(Evaluation &evaluation, const Value &value, std::string_view name, int depth) {
  std::optional<Value> found;
  switch (value.kind()) {
  case Kind::null:
    return null_operand(evaluation, "." + std::string(name), value);
  case Kind::context:
    if (!work::names(evaluation, value.context()))
      return evaluation.out_of_limits();
    if (const Value *entry = value.context().find(name))
      return *entry;
    break;
  case Kind::list: {
    List result;
    result.reserve(value.list().size());
    for (const Value &item : value.list()) {
      if (depth > depth_limit || !evaluation.step())
        return evaluation.error(Code::feel_limit, "the list is too long or too deep");
      result.push_back(property_at(evaluation, item, name, depth + 1));
      // An error holds memory of its own: a list of them counts for more.
      if (result.back().is_error() && !evaluation.step(100))
        return evaluation.error(Code::feel_limit, "the list has too many items without '" + std::string(name) + "'");
    }
    return result;
  }
  case Kind::date:
    found = date_property(value.date(), name);
    break;
  case Kind::time:
    found = time_property(value.time(), nullptr, name);
    break;
  case Kind::date_time:
    found = date_property(value.date_time().date, name);
    if (!found)
      found = time_property(value.date_time().time, &value.date_time().date, name);
    break;
  case Kind::days_duration:
    found = duration_property(value.days_duration(), name);
    break;
  case Kind::months_duration:
    found = duration_property(value.months_duration(), name);
    break;
  case Kind::range:
    found = range_property(value.range(), name);
    break;
  default:
    break;
  }
  return found ? std::move(*found) : no_such(evaluation, value, name);
}

} // namespace

Value null_operand(Evaluation &evaluation, std::string_view operation, const Value &a, const Value &b) {
  Value both = merged(evaluation, a, b);
  return both.cause() != nullptr
             ? both
             : evaluation.error(Code::feel_null_operand, "`" + std::string(operation) + "` meets a null");
}

bool rests_on_limit(const Cause &cause) {
  return std::any_of(cause.errors.begin(), cause.errors.end(),
                     [](const Diagnostic &error) { return error.code == Code::feel_limit; });
}

Value equal(Evaluation &evaluation, const Value &a, const Value &b) {
  if (const auto same = equal_scalars(a, b))
    return *same;
  Comparer comparer(evaluation, true);
  return comparer.value(comparer.compare(a, b));
}

bool is_equal(Evaluation &evaluation, const Value &a, const Value &b) {
  if (const auto same = equal_scalars(a, b))
    return *same;
  return Comparer(evaluation, false).compare(a, b) == Equality::yes;
}

std::optional<int> order(const Value &a, const Value &b) {
  if (a.kind() != b.kind())
    return std::nullopt;
  switch (a.kind()) {
  case Kind::number:
    return sign(a.number(), b.number());
  case Kind::text: // by code point: the order of UTF-8 bytes
    return sign(a.text().compare(b.text()), 0);
  case Kind::date:
    return sign(a.date(), b.date());
  case Kind::time:
    return compare(a.time(), b.time());
  case Kind::date_time:
    return compare(a.date_time(), b.date_time());
  case Kind::days_duration:
    return sign(a.days_duration(), b.days_duration());
  case Kind::months_duration:
    return sign(a.months_duration(), b.months_duration());
  default:
    return std::nullopt;
  }
}

std::optional<int> order(Evaluation &evaluation, const Value &a, const Value &b) {
  if (a.is(Kind::text) && b.is(Kind::text) && !work::text(evaluation, std::min(a.text().size(), b.text().size())))
    return 0;
  return order(a, b);
}

Value compare(Evaluation &evaluation, Order order, const Value &a, const Value &b) {
  if (a.is_null() || b.is_null())
    return null_operand(evaluation, symbol(order), a, b);
  if (const auto sign = feel::order(evaluation, a, b))
    return holds(order, *sign);
  std::string message = "`" + std::string(symbol(order)) + "` is not defined between a " + std::string(name(a.kind())) +
                        " and a " + std::string(name(b.kind()));
  if (a.kind() == b.kind() && (a.is(Kind::time) || a.is(Kind::date_time)))
    message = "a value with a time zone and one without have no order";
  return evaluation.error(Code::feel_type, std::move(message));
}

Value logical_and(Evaluation &evaluation, const Value &a, const Value &b) {
  if (a.is_false() || b.is_false())
    return false;
  if (a.is_true() && b.is_true())
    return true;
  return merged(evaluation, as_null(evaluation, "and", a), as_null(evaluation, "and", b));
}

Value logical_or(Evaluation &evaluation, const Value &a, const Value &b) {
  if (a.is_true() || b.is_true())
    return true;
  if (a.is_false() && b.is_false())
    return false;
  return merged(evaluation, as_null(evaluation, "or", a), as_null(evaluation, "or", b));
}

Value in_range(Evaluation &evaluation, const Value &value, const Range &range) {
  if (value.is_null())
    return null_operand(evaluation, "in", value, merge_causes(range.start, range.end));
  if (range.form == Range::Form::unlike) {
    const Value same = equal(evaluation, value, range.start);
    return same.is(Kind::boolean) ? Value(!same.boolean()) : same;
  }
  const auto end = [&](Range::End kind, Order closed, Order open, const Value &bound) -> Value {
    if (kind == Range::End::undefined)
      return true;
    if (bound.is_null())
      return null_operand(evaluation, "in", bound);
    if (const auto sign = order(evaluation, value, bound))
      return holds(kind == Range::End::closed ? closed : open, *sign);
    // In the same words for both ends: the finding stands once.
    return evaluation.error(Code::feel_type, with_article(name(value.kind())) + " has no place in a range of " +
                                                 std::string(name(bound.kind())));
  };
  // One end that excludes the value settles the question, whatever the other.
  const Value above = end(range.start_end, Order::greater_or_equal, Order::greater, range.start);
  if (above.is_false())
    return false;
  return logical_and(evaluation, above, end(range.end_end, Order::less_or_equal, Order::less, range.end));
}

Value in_test(Evaluation &evaluation, const Value &value, const Value &test) {
  if (test.is(Kind::list))
    return in_list(evaluation, value, test.list());
  if (test.is(Kind::range) && !value.is(Kind::range))
    return in_range(evaluation, value, test.range());
  return equal(evaluation, value, test);
}

Value property(Evaluation &evaluation, const Value &value, std::string_view name) {
  return property_at(evaluation, value, name, 0);
}

std::string in_brief(const Value &value) {
  constexpr std::size_t many = 20, longest = 80, most = 64U << 10;
  if (value.is(Kind::list) && (value.list().size() > many || value.unfolded() > most))
    return "a list of " + counted(value.list().size(), "item");
  if (value.is(Kind::context) && value.unfolded() > most)
    return "a context of " + counted(value.context().size(), "entry", "entries");
  std::string text = value.is(Kind::text) ? Value(value.text().substr(0, longest + 4)).to_feel() : value.to_feel();
  if (text.size() > longest) {
    std::size_t end = longest;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) // not inside a character
      --end;
    text.resize(end);
    text += "...";
  }
  return text;
}

} // namespace spie::feel
