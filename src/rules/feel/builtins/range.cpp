// Points and ranges on a line (DMN 1.5 §10.3.4.8, table 81), and ranges read from text.
#include "rules/feel/builtins/support.hpp"

#include "rules/feel/operators.hpp"
#include "spie/feel/function.hpp"

#include <algorithm>
#include <array>

namespace spie::feel {

namespace {

using builtins::Arguments;

// An end of a range, or a point: a closed end. One without value lies at infinity.
struct Bound {
  const Value *value; // nullptr at infinity
  bool closed;
  bool upper; // which infinity
};

bool is_bounded(Range::End end, const Value &value) { return end != Range::End::undefined && !value.is_null(); }

Bound start_of(const Value &v) {
  if (!v.is(Kind::range))
    return {&v, true, false};
  const Range &r = v.range();
  return {is_bounded(r.start_end, r.start) ? &r.start : nullptr, r.start_end == Range::End::closed, false};
}

Bound end_of(const Value &v) {
  if (!v.is(Kind::range))
    return {&v, true, true};
  const Range &r = v.range();
  return {is_bounded(r.end_end, r.end) ? &r.end : nullptr, r.end_end == Range::End::closed, true};
}

// The places of two ends on the line. An order that cannot be told makes the answer null, whatever else holds.
class Line {
public:
  explicit Line(Evaluation &evaluation) : evaluation_(evaluation) {}
  int compare(const Bound &a, const Bound &b) {
    if (a.value == nullptr || b.value == nullptr) {
      const int place_a = a.value != nullptr ? 0 : a.upper ? 1 : -1;
      const int place_b = b.value != nullptr ? 0 : b.upper ? 1 : -1;
      return place_a - place_b;
    }
    const auto found = order(evaluation_, *a.value, *b.value);
    ordered_ = ordered_ && found.has_value();
    return found.value_or(0);
  }
  bool less(const Bound &a, const Bound &b) { return compare(a, b) < 0; }
  bool equal(const Bound &a, const Bound &b) { return compare(a, b) == 0; }
  bool ordered() const noexcept { return ordered_; }

  // The first ends before the second starts.
  bool before(const Value &a, const Value &b) {
    const Bound end = end_of(a), start = start_of(b);
    return less(end, start) || (equal(end, start) && !(end.closed && start.closed));
  }
  // They have a point in common, as far as their ends tell.
  bool overlaps(const Value &a, const Value &b) { return !before(a, b) && !before(b, a); }
  // The start of a is not after that of b: nothing of b stands before a.
  bool starts_no_later(const Value &a, const Value &b) {
    const Bound x = start_of(a), y = start_of(b);
    return less(x, y) || (equal(x, y) && (x.closed || !y.closed));
  }
  bool ends_no_sooner(const Value &a, const Value &b) {
    const Bound x = end_of(a), y = end_of(b);
    return less(y, x) || (equal(x, y) && (x.closed || !y.closed));
  }
  bool same_start(const Value &a, const Value &b) {
    const Bound x = start_of(a), y = start_of(b);
    return equal(x, y) && x.closed == y.closed;
  }
  bool same_end(const Value &a, const Value &b) {
    const Bound x = end_of(a), y = end_of(b);
    return equal(x, y) && x.closed == y.closed;
  }

private:
  Evaluation &evaluation_;
  bool ordered_ = true;
};

using Relation = bool (*)(Line &, const Value &, const Value &);

bool before(Line &line, const Value &a, const Value &b) { return line.before(a, b); }

bool meets(Line &line, const Value &a, const Value &b) {
  const Bound end = end_of(a), start = start_of(b);
  return end.closed && start.closed && line.equal(end, start);
}

bool overlaps(Line &line, const Value &a, const Value &b) { return line.overlaps(a, b); }

bool overlaps_before(Line &line, const Value &a, const Value &b) {
  return line.overlaps(a, b) && !line.starts_no_later(b, a) && line.ends_no_sooner(b, a);
}

bool includes(Line &line, const Value &a, const Value &b) {
  return line.starts_no_later(a, b) && line.ends_no_sooner(a, b);
}

bool finishes(Line &line, const Value &a, const Value &b) { return line.same_end(a, b) && line.starts_no_later(b, a); }

bool starts(Line &line, const Value &a, const Value &b) { return line.same_start(a, b) && line.ends_no_sooner(b, a); }

bool coincides(Line &line, const Value &a, const Value &b) { return line.same_start(a, b) && line.same_end(a, b); }

template <Relation relation> bool converse(Line &line, const Value &a, const Value &b) { return relation(line, b, a); }

template <Relation relation> Value related(Evaluation &evaluation, Arguments a) {
  Line line(evaluation);
  const bool result = relation(line, a[0], a[1]);
  if (!line.ordered())
    return evaluation.error(Code::feel_range, "the points and ranges are not of one ordered type");
  return result;
}

// A literal inside the text of a range.
class RangeReader {
public:
  RangeReader(Evaluation &evaluation, std::string_view text) : evaluation_(evaluation), rest_(text) {}

  std::optional<Range> read() {
    Range range;
    skip_blanks();
    if (accept("["))
      range.start_end = Range::End::closed;
    else if (accept("(") || accept("]"))
      range.start_end = Range::End::open;
    else
      return std::nullopt;
    skip_blanks();
    const bool no_start = rest_.starts_with(".."), null_start = accept("null");
    if (!no_start && !null_start && !read_end(range.start))
      return std::nullopt;
    skip_blanks();
    if (!accept(".."))
      return std::nullopt;
    skip_blanks();
    const bool no_end = rest_.starts_with(')') || rest_.starts_with(']') || rest_.starts_with('[');
    const bool null_end = accept("null");
    if (!no_end && !null_end && !read_end(range.end))
      return std::nullopt;
    skip_blanks();
    if (accept("]"))
      range.end_end = Range::End::closed;
    else if (accept(")") || accept("["))
      range.end_end = Range::End::open;
    else
      return std::nullopt;
    skip_blanks();
    // An end without value is open (TCK 1156 004), and one of the two has a value.
    const bool from_infinity = no_start || null_start, to_infinity = no_end || null_end;
    const bool closes_infinity = (from_infinity && range.start_end == Range::End::closed) ||
                                 (to_infinity && range.end_end == Range::End::closed);
    if (!rest_.empty() || (from_infinity && to_infinity) || closes_infinity)
      return std::nullopt;
    if (no_start)
      range.start_end = Range::End::undefined;
    if (no_end)
      range.end_end = Range::End::undefined;
    return range;
  }

private:
  void skip_blanks() {
    const auto start = rest_.find_first_not_of(" \t\n\r");
    rest_.remove_prefix(std::min(start, rest_.size()));
  }

  bool accept(std::string_view text) {
    if (!rest_.starts_with(text))
      return false;
    rest_.remove_prefix(text.size());
    return true;
  }

  bool read_end(Value &value) {
    if (rest_.starts_with('"')) {
      auto text = quoted();
      if (text)
        value = std::move(*text);
      return text.has_value();
    }
    if (accept("@")) {
      const auto text = quoted();
      return text && (from_text(value, Date::parse(*text)) || from_text(value, DateTime::parse(*text)) ||
                      from_text(value, Time::parse(*text)) || from_text(value, DaysDuration::parse(*text)) ||
                      from_text(value, MonthsDuration::parse(*text)));
    }
    if (rest_.starts_with("date") || rest_.starts_with("time") || rest_.starts_with("duration"))
      return read_call(value);
    return read_number(value);
  }

  bool read_number(Value &value) {
    std::size_t length = rest_.starts_with('-') ? 1 : 0;
    while (length < rest_.size() && (is_digit(rest_[length]) || rest_[length] == 'e' || rest_[length] == 'E' ||
                                     (rest_[length] == '.' && !rest_.substr(length).starts_with("..")) ||
                                     ((rest_[length] == '-' || rest_[length] == '+') && length > 0 &&
                                      (rest_[length - 1] == 'e' || rest_[length - 1] == 'E'))))
      ++length;
    const bool found = from_text(value, Number::parse(rest_.substr(0, length)));
    rest_.remove_prefix(length);
    return found;
  }

  // date("…"), date(2020, 1, 1) and the like, of literals; no other call is one.
  bool read_call(Value &value) {
    const auto name_end = rest_.find('(');
    if (name_end == std::string_view::npos)
      return false;
    std::string_view name = rest_.substr(0, name_end);
    while (name.ends_with(' '))
      name.remove_suffix(1);
    if (name != "date" && name != "time" && name != "date and time" && name != "duration")
      return false;
    rest_.remove_prefix(name_end + 1);
    List arguments;
    do {
      skip_blanks();
      Value argument;
      if (rest_.starts_with('"')) {
        auto text = quoted();
        if (!text)
          return false;
        argument = std::move(*text);
      } else if (!read_number(argument)) {
        return false;
      }
      arguments.push_back(std::move(argument));
      skip_blanks();
    } while (accept(","));
    if (!accept(")"))
      return false;
    value = (*find_builtin(name))->call(evaluation_, arguments);
    return !value.is_null();
  }

  template <typename Read> static bool from_text(Value &value, const std::optional<Read> &read) {
    if (read)
      value = *read;
    return read.has_value();
  }

  static bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

  // A string literal with its quotes; of its escapes, those of one letter.
  std::optional<std::string> quoted() {
    if (!accept("\""))
      return std::nullopt;
    std::string text;
    while (!rest_.empty() && rest_.front() != '"') {
      char c = rest_.front();
      rest_.remove_prefix(1);
      if (c == '\\' && !rest_.empty()) {
        c = rest_.front();
        rest_.remove_prefix(1);
        constexpr std::string_view letters = "ntr\"'\\", meant = "\n\t\r\"'\\";
        const auto index = letters.find(c);
        if (index == std::string_view::npos)
          return std::nullopt;
        c = meant[index];
      }
      text += c;
    }
    return accept("\"") ? std::optional(text) : std::nullopt;
  }

  Evaluation &evaluation_;
  std::string_view rest_;
};

Value range_of(Evaluation &evaluation, Arguments a) {
  const auto range = RangeReader(evaluation, a[0].text()).read();
  if (!range)
    return evaluation.error(Code::feel_conversion, in_brief(a[0]) + " is not a range between two literals");
  if (!range->start.is_null() && !range->end.is_null()) {
    const auto found =
        range->start.kind() == range->end.kind() ? order(evaluation, range->start, range->end) : std::nullopt;
    if (!found)
      return evaluation.error(Code::feel_range, "the ends of the range are not of one ordered type");
    if (*found > 0)
      return evaluation.error(Code::feel_range, "the range ends before it starts");
  }
  return *range;
}

constexpr std::array rows{
    Signature{"range", "from: string", "range", range_of, "The range that the text denotes; its ends are literals.",
              "2 in range(\"[1..3)\")"},
    Signature{"before", "point1: point, point2: point", "boolean", related<before>,
              "Whether the first stands before the second.", "before(1, 10)"},
    Signature{"before", "point: point, range: range", "boolean", related<before>, "The same of a point and a range.",
              "before(1, (1..10])"},
    Signature{"before", "range: range, point: point", "boolean", related<before>, "The same of a range and a point.",
              "before([1..10], 11)"},
    Signature{"before", "range1: range, range2: range", "boolean", related<before>, "The same of two ranges.",
              "before([1..10), [10..20])"},
    Signature{"after", "point1: point, point2: point", "boolean", related<converse<before>>,
              "Whether the first stands after the second.", "after(10, 5)"},
    Signature{"after", "point: point, range: range", "boolean", related<converse<before>>,
              "The same of a point and a range.", "after(12, [1..10])"},
    Signature{"after", "range: range, point: point", "boolean", related<converse<before>>,
              "The same of a range and a point.", "after((11..20], 11)"},
    Signature{"after", "range1: range, range2: range", "boolean", related<converse<before>>, "The same of two ranges.",
              "after([11..20], [1..11))"},
    Signature{"meets", "range1: range, range2: range", "boolean", related<meets>,
              "Whether the second starts at the very point at which the first ends.", "meets([1..5], [5..10])"},
    Signature{"met by", "range1: range, range2: range", "boolean", related<converse<meets>>,
              "Whether the first starts at the very point at which the second ends.", "met by([5..10], [1..5])"},
    Signature{"overlaps", "range1: range, range2: range", "boolean", related<overlaps>,
              "Whether the ranges have points in common.", "overlaps([1..5], [3..8])"},
    Signature{"overlaps before", "range1: range, range2: range", "boolean", related<overlaps_before>,
              "Whether the first starts before the second and ends inside it.", "overlaps before([1..5], [3..8])"},
    Signature{"overlaps after", "range1: range, range2: range", "boolean", related<converse<overlaps_before>>,
              "Whether the first starts inside the second and ends after it.", "overlaps after([3..8], [1..5])"},
    Signature{"finishes", "point: point, range: range", "boolean", related<finishes>,
              "Whether the point is the last of the range.", "finishes(10, [1..10])"},
    Signature{"finishes", "range1: range, range2: range", "boolean", related<finishes>,
              "Whether the first lies in the second and ends with it.", "finishes([5..10], [1..10])"},
    Signature{"finished by", "range: range, point: point", "boolean", related<converse<finishes>>,
              "Whether the range ends with the point.", "finished by([1..10], 10)"},
    Signature{"finished by", "range1: range, range2: range", "boolean", related<converse<finishes>>,
              "Whether the second lies in the first and ends with it.", "finished by([1..10], [5..10])"},
    Signature{"includes", "range: range, point: point", "boolean", related<includes>,
              "Whether the point is in the range.", "includes([1..10], 5)"},
    Signature{"includes", "range1: range, range2: range", "boolean", related<includes>,
              "Whether the second lies in the first.", "includes([1..10], (1..10))"},
    Signature{"during", "point: point, range: range", "boolean", related<converse<includes>>,
              "Whether the point is in the range.", "during(5, [1..10])"},
    Signature{"during", "range1: range, range2: range", "boolean", related<converse<includes>>,
              "Whether the first lies in the second.", "during([4..6], [1..10])"},
    Signature{"starts", "point: point, range: range", "boolean", related<starts>,
              "Whether the point is the first of the range.", "starts(1, [1..10])"},
    Signature{"starts", "range1: range, range2: range", "boolean", related<starts>,
              "Whether the first lies in the second and starts with it.", "starts([1..5], [1..10])"},
    Signature{"started by", "range: range, point: point", "boolean", related<converse<starts>>,
              "Whether the range starts with the point.", "started by([1..10], 1)"},
    Signature{"started by", "range1: range, range2: range", "boolean", related<converse<starts>>,
              "Whether the second lies in the first and starts with it.", "started by([1..10], [1..5])"},
    Signature{"coincides", "point1: point, point2: point", "boolean", related<coincides>,
              "Whether the two points are the same.", "coincides(5, 5)"},
    Signature{"coincides", "range1: range, range2: range", "boolean", related<coincides>,
              "Whether the two ranges have the same ends.", "coincides([1..5], (1..5]) = false"},
};

} // namespace

std::span<const Signature> range_builtins() { return rows; }

} // namespace spie::feel
