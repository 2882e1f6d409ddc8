// The functions of Signavio's models. Two sources: the words of Signavio's user guide ("Documentation of all literal
// expressions"), as goldmansachs/jdmn quotes them beside SignavioLib, and what the tests of jDMN expect of its Signavio
// library. Left out, since the two disagree or the name means something else in FEEL: weekday (Sunday is 1, Monday is
// 1), mode and remove (a list of modes, a position), date(day, month, year). FEEL's `modulo` stays for a negative
// number. An argument of which they disagree is an error: letters with accents, signs and commas in isNumeric.
#include "rules/feel/builtins/support.hpp"
#include "rules/feel/builtins/vendors.hpp"

#include "rules/feel/causes.hpp"
#include "rules/feel/operators.hpp"
#include "rules/feel/text.hpp"
#include "rules/feel/work.hpp"
#include "text/words.hpp"

#include <algorithm>
#include <array>

namespace spie::feel {

namespace {

using builtins::Arguments;
using builtins::beyond_limits;
using builtins::refused;
using builtins::unknown_among;
using vendor::is_defined;
using vendor::standard;

constexpr char mean_name[] = "mean", length_name[] = "string length", upper_name[] = "upper case",
               lower_name[] = "lower case", starts_name[] = "starts with", ends_name[] = "ends with",
               round_name[] = "round half up", up_name[] = "round up", down_name[] = "round down",
               concatenate_name[] = "concatenate", substring_name[] = "substring";

Value in_dispute(Evaluation &evaluation, std::string_view function, std::string_view what) {
  return refused(evaluation, function, std::string(what) + ": Signavio's guide and jDMN do not agree on its meaning");
}

// --- Numbers ---

Value integer(Evaluation &evaluation, Arguments a) {
  const auto whole = a[0].number().round(0, Rounding::down);
  return whole ? Value(*whole) : refused(evaluation, "integer", "the number is too large");
}

Value percent(Evaluation &evaluation, Arguments a) {
  const auto part = a[0].number().divide(100);
  return part ? Value(*part) : evaluation.error(Code::feel_arithmetic, "`percent` has no result for this number");
}

// jDMN drops the decimals of the exponent, Signavio's guide says nothing of them.
Value power(Evaluation &evaluation, Arguments a) {
  if (!a[1].number().is_integer())
    return in_dispute(evaluation, "power", "the exponent " + a[1].to_string() + " is no whole number");
  const auto result = a[0].number().power(a[1].number());
  return result ? Value(*result) : evaluation.error(Code::feel_arithmetic, "`power` has no result for these numbers");
}

// One form of number: the pattern of java.text.DecimalFormat, digits alone ("#,##0.00").
struct Pattern {
  int least_whole = 0, group = 0, least_decimals = 0, most_decimals = 0;
  bool always_point = false;
};

std::optional<Pattern> read_pattern(std::string_view text) {
  int left = 0, zeros = 0, right = 0, point = -1, group = -1;
  for (const char c : text) {
    if (c == '#') {
      ++(zeros > 0 ? right : left);
    } else if (c == '0') {
      if (right > 0)
        return std::nullopt;
      ++zeros;
    } else if (c == ',' && point < 0) {
      group = 0;
      continue;
    } else if (c == '.' && point < 0) {
      point = left + zeros + right;
      continue;
    } else {
      return std::nullopt;
    }
    if (group >= 0 && point < 0)
      ++group;
  }
  if (zeros == 0 && left > 0 && point >= 0) { // "#.##" writes one digit before the point
    const int whole = std::max(point, 1);
    right = left - whole;
    left = whole - 1;
    zeros = 1;
  }
  const int all = left + zeros + right;
  if (all == 0 || group == 0 || (point < 0 && right > 0) || (point >= 0 && (point < left || point > left + zeros)))
    return std::nullopt;
  Pattern pattern;
  pattern.group = std::max(group, 0);
  pattern.least_whole = (point < 0 ? all : point) - left;
  if (point >= 0) {
    pattern.most_decimals = all - point;
    pattern.least_decimals = left + zeros - point;
    pattern.always_point = point == 0 || point == all;
  }
  return pattern;
}

Value formatted(Evaluation &evaluation, Arguments a) {
  const auto pattern = read_pattern(a[1].text());
  if (!pattern)
    return refused(evaluation, "text", "the format " + in_brief(a[1]) + " is not made of # and 0, a point and a comma");
  const auto rounded = a[0].number().round(pattern->most_decimals, Rounding::half_even);
  std::string digits = rounded ? rounded->abs().to_plain_string() : "E";
  if (digits.find('E') != std::string::npos)
    return refused(evaluation, "text", "the number has too many digits");
  const std::size_t point = std::min(digits.find('.'), digits.size());
  std::string whole = digits.substr(0, point);
  std::string decimals = point < digits.size() ? digits.substr(point + 1) : std::string();
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size()));
  if (decimals.size() < static_cast<std::size_t>(pattern->least_decimals))
    decimals.resize(static_cast<std::size_t>(pattern->least_decimals), '0');
  if (whole.size() < static_cast<std::size_t>(pattern->least_whole))
    whole.insert(0, static_cast<std::size_t>(pattern->least_whole) - whole.size(), '0');
  if (whole.empty() && decimals.empty())
    whole = "0";
  std::string result = a[0].number().is_negative() ? "-" : "";
  for (std::size_t i = 0; i < whole.size(); ++i) {
    if (i > 0 && pattern->group > 0 && (whole.size() - i) % static_cast<std::size_t>(pattern->group) == 0)
      result += ',';
    result += whole[i];
  }
  if (!decimals.empty() || pattern->always_point)
    result += '.' + decimals;
  return evaluation.made(std::move(result));
}

Value number_or(Evaluation &, Arguments a) {
  const auto number = Number::parse(a[0].text());
  return number ? Value(*number) : a[1];
}

// --- Dates ---

Date date_of(const Value &value) { return value.is(Kind::date) ? value.date() : value.date_time().date; }

Value day(Evaluation &, Arguments a) { return static_cast<std::int64_t>(date_of(a[0]).civil().day); }
Value month(Evaluation &, Arguments a) { return static_cast<std::int64_t>(date_of(a[0]).civil().month); }
Value year(Evaluation &, Arguments a) { return date_of(a[0]).civil().year; }

Time time_of(const Value &value) { return value.is(Kind::time) ? value.time() : value.date_time().time; }

Value hour(Evaluation &, Arguments a) { return static_cast<std::int64_t>(time_of(a[0]).hour()); }
Value minute(Evaluation &, Arguments a) { return static_cast<std::int64_t>(time_of(a[0]).minute()); }

// The date, its time kept, moved by so many days, months or years.
enum class Unit : std::uint8_t { day, month, year };

template <Unit unit> Value moved(Evaluation &evaluation, Arguments a) {
  constexpr std::array<std::string_view, 3> names{"dayAdd", "monthAdd", "yearAdd"};
  constexpr std::string_view name = names[static_cast<std::size_t>(unit)];
  const auto count = a[1].number().to_int64();
  if (!count)
    return refused(evaluation, name, a[1].to_string() + " is no whole number");
  constexpr std::int64_t most = 12'000'000'000; // no date lies further
  if (*count > most || *count < -most)
    return refused(evaluation, name, "the date is too far away");
  const Date from = date_of(a[0]);
  const auto to =
      unit == Unit::day ? from.plus_days(*count) : from.plus_months(unit == Unit::year ? *count * 12 : *count);
  if (!to)
    return refused(evaluation, name, "the date is too far away");
  if (a[0].is(Kind::date))
    return *to;
  DateTime result = a[0].date_time();
  result.date = *to;
  return result;
}

template <Unit unit> Value whole_between(Evaluation &, Arguments a) {
  const std::int64_t months = months_between(date_of(a[0]), date_of(a[1])).months;
  return unit == Unit::year ? months / 12 : months;
}

// Whole units of so many seconds from the first to the second, towards zero. Of two zones jDMN compares either the
// clocks or the instants, by the library it is built with.
template <std::int64_t unit, const char *name> Value units_between(Evaluation &evaluation, Arguments a) {
  if (a[0].kind() != a[1].kind())
    return refused(evaluation, name,
                   "a " + std::string(feel::name(a[0].kind())) + " and a " + std::string(feel::name(a[1].kind())));
  if (a[0].is(Kind::date))
    return (a[1].date().days - a[0].date().days) * seconds_per_day / unit;
  if (!(time_of(a[0]).zone == time_of(a[1]).zone))
    return in_dispute(evaluation, name, "times of two zones");
  const auto between =
      a[0].is(Kind::time) ? subtract(a[1].time(), a[0].time()) : subtract(a[1].date_time(), a[0].date_time());
  if (!between)
    return refused(evaluation, name, "the two cannot be compared");
  // Seconds are rounded down and the rest is positive: towards zero, a part of a second makes one more.
  const std::int64_t seconds = between->seconds + (between->seconds < 0 && between->nanos > 0 ? 1 : 0);
  return seconds / unit;
}

constexpr char day_diff_name[] = "dayDiff", hour_diff_name[] = "hourDiff", minutes_diff_name[] = "minutesDiff";

Value date_time(Evaluation &evaluation, Arguments a) {
  std::array<std::int64_t, 6> parts{};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto part = a[i].number().to_int64();
    if (!part)
      return refused(evaluation, "dateTime", a[i].to_string() + " is no whole number");
    parts[i] = *part;
  }
  std::int64_t offset = 0;
  if (!a[6].is_null()) {
    const auto hours = a[6].number().to_int64();
    if (!hours || *hours > 14 || *hours < -14)
      return refused(evaluation, "dateTime", "an offset is a whole number of hours from -14 to 14");
    offset = *hours * 3'600;
  }
  const auto date = Date::from_civil(parts[2], parts[1], parts[0]);
  const auto time = Time::from_parts(parts[3], parts[4], parts[5], 0, Zone::offset(static_cast<std::int32_t>(offset)));
  if (!date || !time)
    return refused(evaluation, "dateTime", "there is no such date and time");
  return DateTime{*date, *time};
}

// --- Lists ---

bool holds(Evaluation &evaluation, const List &items, const Value &sought) {
  return std::any_of(items.begin(), items.end(),
                     [&](const Value &item) { return builtins::same(evaluation, item, sought); });
}

// Every item is compared with every other: the steps that takes.
std::optional<Value> beyond_product(Evaluation &evaluation, const List &a, const List &b) {
  if (!evaluation.step(static_cast<std::int64_t>(a.size() * std::max<std::size_t>(b.size(), 1) / 8)))
    return evaluation.out_of_limits();
  return std::nullopt;
}

Value append_all(Evaluation &evaluation, Arguments a) { return standard<concatenate_name>(evaluation, a); }

Value remove_all(Evaluation &evaluation, Arguments a) {
  const List &items = a[0].list(), &others = a[1].list();
  if (auto limit = beyond_product(evaluation, items, others))
    return *limit;
  for (const List *one : {&items, &others})
    if (auto unknown = unknown_among(*one))
      return *unknown;
  List result;
  std::copy_if(items.begin(), items.end(), std::back_inserter(result),
               [&](const Value &item) { return !holds(evaluation, others, item); });
  return result;
}

Value not_contains_any(Evaluation &evaluation, Arguments a) {
  const List &items = a[0].list(), &others = a[1].list();
  if (auto limit = beyond_product(evaluation, items, others))
    return *limit;
  for (const Value &other : others)
    if (!other.is_unknown() && holds(evaluation, items, other))
      return false;
  if (items.empty() || others.empty())
    return true;
  for (const List *one : {&items, &others})
    if (auto unknown = unknown_among(*one))
      return *unknown;
  return true;
}

Value contains_only(Evaluation &evaluation, Arguments a) {
  const List &items = a[0].list(), &allowed = a[1].list();
  if (auto limit = beyond_product(evaluation, items, allowed))
    return *limit;
  Causes unknown;
  for (const Value &item : items) {
    if (item.is_unknown())
      unknown.add(item);
    else if (!holds(evaluation, allowed, item)) {
      if (const auto open = unknown_among(allowed); !open)
        return false;
      else
        unknown.add(*open);
    }
  }
  return unknown.none() ? Value(true) : unknown.null();
}

Value zip(Evaluation &evaluation, Arguments a) {
  const List &keys = a[0].list(), &columns = a[1].list();
  if (keys.size() != columns.size())
    return refused(evaluation, "zip",
                   counted(keys.size(), "attribute") + " and " + counted(columns.size(), "list") + " of values");
  std::size_t rows = 0;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (columns[i].is_null())
      return builtins::null_item(evaluation, columns, "zip");
    if (!keys[i].is(Kind::text) || !columns[i].is(Kind::list))
      return refused(evaluation, "zip", "an attribute is a string, and its values are a list");
    rows = std::max(rows, columns[i].list().size());
  }
  if (auto limit = beyond_limits(evaluation, rows * std::max<std::size_t>(keys.size(), 1)))
    return *limit;
  List result;
  for (std::size_t row = 0; row < rows; ++row) {
    Context context;
    for (std::size_t i = 0; i < keys.size(); ++i)
      context.set(keys[i].text(), row < columns[i].list().size() ? columns[i].list()[row] : Value());
    result.push_back(evaluation.made(Value(std::move(context))));
  }
  return result;
}

// --- Texts ---

// jDMN's tests give a null for an empty list and for one with a null in it, its code an empty text: an error.
Value concat(Evaluation &evaluation, Arguments a) {
  const List &items = a[0].list();
  if (items.empty())
    return in_dispute(evaluation, "concat", "an empty list");
  std::string result;
  for (const Value &item : items) {
    if (item.is_null())
      return builtins::null_item(evaluation, items, "concat");
    if (!item.is(Kind::text))
      return refused(evaluation, "concat", "an item is a " + std::string(name(item.kind())) + ", not a string");
    result += item.text();
    if (result.size() > evaluation.limits.text_size)
      break;
  }
  return evaluation.made(std::move(result));
}

constexpr bool is_letter(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

// Whether the text has nothing but what `allowed` takes, and something; an error where a character is `disputed`.
template <typename Allowed, typename Disputed>
Value only(Evaluation &evaluation, std::string_view function, const std::string &text, Allowed allowed,
           Disputed disputed) {
  const bool doubtful = std::any_of(text.begin(), text.end(), disputed);
  const bool other = std::any_of(text.begin(), text.end(), [&](char c) { return !allowed(c) && !disputed(c); });
  if (doubtful && !other)
    return in_dispute(evaluation, function, in_brief(Value(text)));
  return !text.empty() && !other;
}

constexpr bool beyond_ascii(char c) noexcept { return (static_cast<unsigned char>(c) & 0x80U) != 0; }

Value is_alpha(Evaluation &evaluation, Arguments a) {
  return only(evaluation, "isAlpha", a[0].text(), is_letter, beyond_ascii);
}
Value is_alphanumeric(Evaluation &evaluation, Arguments a) {
  const auto allowed = [](char c) { return is_letter(c) || is_digit(c); };
  return only(evaluation, "isAlphanumeric", a[0].text(), allowed, beyond_ascii);
}
Value is_numeric(Evaluation &evaluation, Arguments a) {
  const auto disputed = [](char c) { return c == '+' || c == '-' || c == ',' || c == '.' || beyond_ascii(c); };
  return only(evaluation, "isNumeric", a[0].text(), is_digit, disputed);
}
Value is_spaces(Evaluation &evaluation, Arguments a) {
  const auto disputed = [](char c) { return (c >= '\t' && c <= '\r') || beyond_ascii(c); };
  return only(
      evaluation, "isSpaces", a[0].text(), [](char c) { return c == ' '; }, disputed);
}

// Signavio's guide makes one blank of several between words, jDMN leaves them.
Value trim(Evaluation &evaluation, Arguments a) {
  const std::string result(trimmed(a[0].text()));
  if (result.find("  ") != std::string::npos)
    return in_dispute(evaluation, "trim", "several blanks between words");
  return evaluation.made(result);
}

// So many characters of the text from the one at `from`, counted from 0; as many as there are.
Value part(Evaluation &evaluation, const Value &text, std::int64_t from, std::int64_t count) {
  const std::array given{text, Value(from + 1), Value(count)};
  return count == 0 ? Value("") : standard<substring_name>(evaluation, given);
}

// nullopt when the limits are reached.
std::optional<std::int64_t> length_of(Evaluation &evaluation, const Value &text) {
  const std::array given{text};
  const Value length = standard<length_name>(evaluation, given);
  return length.is(Kind::number) ? length.number().to_int64() : std::nullopt;
}

Value mid(Evaluation &evaluation, Arguments a) {
  const auto from = a[1].number().to_int64(), count = a[2].number().to_int64();
  const auto length = length_of(evaluation, a[0]);
  if (!length)
    return evaluation.out_of_limits();
  if (!from || !count || *from < 0 || *count < 0 || *from > *length)
    return refused(evaluation, "mid", "the position is counted from 0 inside the text, the length is not negative");
  return part(evaluation, a[0], *from, std::min(*count, *length - *from));
}

template <bool from_end> Value end_of(Evaluation &evaluation, Arguments a) {
  const auto count = a[1].number().to_int64();
  if (!count || *count < 0)
    return refused(evaluation, from_end ? "right" : "left", "the length is a whole number, not negative");
  const auto length = length_of(evaluation, a[0]);
  if (!length)
    return evaluation.out_of_limits();
  const std::int64_t taken = std::min(*count, *length);
  return part(evaluation, a[0], from_end ? *length - taken : 0, taken);
}

Value occurrences(Evaluation &evaluation, Arguments a) {
  const std::string &sought = a[0].text(), &text = a[1].text();
  if (sought.empty())
    return refused(evaluation, "textOccurrences", "the text to find is empty");
  std::int64_t count = 0;
  std::string_view rest = text;
  for (std::size_t at = 0; (at = builtins::found_in(rest, sought)) != std::string_view::npos; ++count)
    rest.remove_prefix(at + sought.size());
  return count;
}

constexpr std::array rows{
    Signature{"isDefined", "value: any", "boolean", is_defined<true>, "Whether the value is no null.", "isDefined(1)"},
    Signature{"isUndefined", "value: any", "boolean", is_defined<false>, "Whether the value is a null.",
              "isUndefined(null)"},
    Signature{"isValid", "value: any", "boolean", is_defined<true>, "As `isDefined`, for jDMN.", "isValid(1)"},
    Signature{"isInvalid", "value: any", "boolean", is_defined<false>, "As `isUndefined`, for jDMN.",
              "isInvalid(null)"},
    Signature{"round", "number: number, digits: number", "number", standard<round_name>,
              "The number rounded to so many decimals, halves away from zero.", "round(2.235, 2) = 2.24"},
    Signature{"roundUp", "number: number, digits: number", "number", standard<up_name>,
              "The same, always away from zero.", "roundUp(1.344, 2) = 1.35"},
    Signature{"roundDown", "number: number, digits: number", "number", standard<down_name>,
              "The same, always towards zero.", "roundDown(1.3674, 2) = 1.36"},
    Signature{"integer", "number: number", "number", integer, "The number without its decimals.", "integer(-1.6) = -1"},
    Signature{"percent", "number: number", "number", percent, "The hundredth of the number.", "percent(10) = 0.1"},
    Signature{"power", "base: number, exponent: number", "number", power,
              "The number raised to a power that is a whole number.", "power(2.5, 2) = 6.25"},
    Signature{"avg", "list: list", "number", standard<mean_name>, "The mean.", "avg([3, 5]) = 4"},
    Signature{"number", "text: string, default: number", "number", number_or,
              "The number in the text, the other where there is none.", "number(\"5,5\", 10) = 10"},
    Signature{"text", "number: number, format: string", "string", formatted,
              "The number by a format of `#`, `0`, a point, a comma that groups; halves go to the even digit.",
              "text(1999, \"#0,000.00\") = \"1,999.00\""},
    Signature{"day", "datetime: date | date and time", "number", day, "The day of the month.",
              "day(date(\"2015-12-24\")) = 24"},
    Signature{"month", "datetime: date | date and time", "number", month, "The month.",
              "month(date(\"2015-12-24\")) = 12"},
    Signature{"year", "datetime: date | date and time", "number", year, "The year.",
              "year(date(\"2016-02-09\")) = 2016"},
    Signature{"hour", "datetime: time | date and time", "number", hour, "The hour.", "hour(time(\"12:15:00\")) = 12"},
    Signature{"minute", "datetime: time | date and time", "number", minute, "The minute.",
              "minute(time(\"12:15:00\")) = 15"},
    Signature{"dayAdd", "datetime: date | date and time, days: number", "any", moved<Unit::day>,
              "The date so many days later.", "dayAdd(date(\"2015-12-24\"), 360) = date(\"2016-12-18\")"},
    Signature{"monthAdd", "datetime: date | date and time, months: number", "any", moved<Unit::month>,
              "The date so many months later.", "monthAdd(date(\"2015-01-05\"), -2) = date(\"2014-11-05\")"},
    Signature{"yearAdd", "datetime: date | date and time, years: number", "any", moved<Unit::year>,
              "The date so many years later.", "yearAdd(date(\"2015-01-05\"), 12) = date(\"2027-01-05\")"},
    Signature{"dayDiff", "from: date | date and time, to: date | date and time", "number",
              units_between<seconds_per_day, day_diff_name>, "The whole days from one to the other, of one zone.",
              "dayDiff(date(\"2015-12-24\"), date(\"2015-12-25\")) = 1"},
    Signature{"monthDiff", "from: date | date and time, to: date | date and time", "number", whole_between<Unit::month>,
              "The whole months from one date to the other.",
              "monthDiff(date(\"2015-01-05\"), date(\"2016-05-05\")) = 16"},
    Signature{"yearDiff", "from: date | date and time, to: date | date and time", "number", whole_between<Unit::year>,
              "The whole years from one date to the other.",
              "yearDiff(date(\"2016-01-05\"), date(\"2015-05-05\")) = 0"},
    Signature{"hourDiff", "from: time | date and time, to: time | date and time", "number",
              units_between<3'600, hour_diff_name>, "The whole hours from one to the other, of one zone.",
              "hourDiff(time(\"12:15:00\"), time(\"14:15:00\")) = 2"},
    Signature{"minutesDiff", "from: time | date and time, to: time | date and time", "number",
              units_between<60, minutes_diff_name>, "The whole minutes from one to the other, of one zone.",
              "minutesDiff(time(\"12:15:00\"), time(\"13:20:00\")) = 65"},
    Signature{"dateTime",
              "day: number, month: number, year: number, hour: number, minute: number, second: number, "
              "hour offset: number?",
              "date and time", date_time, "The date and time of these parts, of UTC without an offset in hours.",
              "dateTime(25, 12, 2015, 12, 15, 0, 1) = date and time(\"2015-12-25T12:15:00+01:00\")"},
    Signature{"appendAll", "list1: list, list2: list", "list", append_all, "The items of both, in order.",
              "appendAll([1, 2], [3]) = [1, 2, 3]"},
    Signature{"removeAll", "list1: list, list2: list", "list", remove_all, "The items of the first not in the second.",
              "removeAll([1, 2, 1], [1, 3]) = [2]"},
    Signature{"notContainsAny", "list1: list, list2: list", "boolean", not_contains_any,
              "Whether no item of the second is in the first.", "notContainsAny([\"a\", \"b\"], [\"c\"])"},
    Signature{"containsOnly", "list1: list, list2: list", "boolean", contains_only,
              "Whether each item of the first is in the second.", "containsOnly([\"a\"], [\"a\", \"b\"])"},
    Signature{"areElementsOf", "list1: list, list2: list", "boolean", contains_only, "The same.",
              "areElementsOf([2, 3], [1, 2, 3])"},
    Signature{"elementOf", "value: list, list: list", "boolean", contains_only, "The same, for one value too.",
              "elementOf(2, [1, 2, 3])"},
    Signature{"zip", "attributes: list, values: list", "list", zip,
              "One context for each position of the lists of values; null where a list is shorter.",
              "zip([\"id\", \"v\"], [[\"a\", \"b\"], [40]]) = [{id: \"a\", v: 40}, {id: \"b\", v: null}]"},
    Signature{"concat", "texts: list", "string", concat, "The texts in one.",
              "concat([\"Hello \", \"World\", \"!\"]) = \"Hello World!\""},
    Signature{"isAlpha", "text: string", "boolean", is_alpha, "Whether the text has letters from A to Z alone.",
              "isAlpha(\"abcdefg5\") = false"},
    Signature{"isAlphanumeric", "text: string", "boolean", is_alphanumeric, "The same of letters and digits.",
              "isAlphanumeric(\"abcdefg5\")"},
    Signature{"isNumeric", "text: string", "boolean", is_numeric, "The same of digits.", "isNumeric(\"123\")"},
    Signature{"isSpaces", "text: string", "boolean", is_spaces, "The same of spaces.", "isSpaces(\"  \")"},
    Signature{"len", "text: string", "number", standard<length_name>, "The number of characters.", "len(\"five\") = 4"},
    Signature{"lower", "text: string", "string", standard<lower_name>, "The text in small letters.",
              "lower(\"UPPER\") = \"upper\""},
    Signature{"upper", "text: string", "string", standard<upper_name>, "The text in capitals.",
              "upper(\"lower\") = \"LOWER\""},
    Signature{"trim", "text: string", "string", trim, "The text without the blanks at both ends.",
              "trim(\"Hello World! \") = \"Hello World!\""},
    Signature{"mid", "text: string, start: number, count: number", "string", mid,
              "So many characters from a position, counted from 0.", "mid(\"Hello World!\", 6, 5) = \"World\""},
    Signature{"left", "text: string, count: number", "string", end_of<false>, "So many characters of the start.",
              "left(\"Hello World!\", 5) = \"Hello\""},
    Signature{"right", "text: string, count: number", "string", end_of<true>, "So many characters of the end.",
              "right(\"Hello World!\", 6) = \"World!\""},
    Signature{"startsWith", "text: string, prefix: string", "boolean", standard<starts_name>,
              "Whether the text begins so.", "startsWith(\"Hello World!\", \"Hello\")"},
    Signature{"endsWith", "text: string, suffix: string", "boolean", standard<ends_name>, "Whether the text ends so.",
              "endsWith(\"Hello World!\", \"!\")"},
    Signature{"textOccurrences", "text to find: string, text: string", "number", occurrences,
              "How many times the text holds the other one, none over another.",
              "textOccurrences(\"can\", \"Can you can a can as a canner can can a can?\") = 6"},
};

} // namespace

std::span<const LeftOut> signavio_left_out() {
  static constexpr std::array rows{
      LeftOut{"weekday", "1 is Sunday by Signavio's guide, Monday by jDMN: write `date.weekday`, 1 being Monday, or "
                         "`modulo(date.weekday, 7) + 1`, 1 being Sunday"}};
  return rows;
}

std::span<const Signature> signavio_functions() { return rows; }

} // namespace spie::feel
