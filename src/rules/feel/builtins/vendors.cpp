// Camunda: docs.camunda.io, "FEEL built-in functions", what the pages of version 8.8 mark as Camunda extensions; and
// docs.camunda.org, "DMN decision table input", for the name of the input in a cell. Left out: uuid() and random
// number(), whose answer could not be replayed; to json(), from json(), fromAi() and date and time(date, timezone).
// KIE: the functions of its own that the editor of Apache KIE lists (the nn … ones). Left out: string(mask, p),
// invoke() and decision table(). Signavio's stand in signavio.cpp.
#include "rules/feel/builtins/vendors.hpp"

#include "rules/feel/builtins/regex.hpp"
#include "rules/feel/builtins/support.hpp"
#include "rules/feel/operators.hpp"
#include "text/base64.hpp"
#include "text/words.hpp"

#include <algorithm>
#include <array>

namespace spie::feel {

namespace {

using builtins::Arguments;
using builtins::beyond_limits;
using builtins::refused;
using vendor::is_defined;
using vendor::standard;

// The names of the functions of the standard that those of vendors rest on.
constexpr char put_name[] = "context put", merge_name[] = "context merge", join_name[] = "string join",
               all_name[] = "all", any_name[] = "any", count_name[] = "count", max_name[] = "max", mean_name[] = "mean",
               median_name[] = "median", min_name[] = "min", mode_name[] = "mode", deviation_name[] = "stddev",
               sum_name[] = "sum";

// --- Camunda ---

Value get_or_else(Evaluation &, Arguments a) { return a[0].is_null() && !a[0].is_unknown() ? a[1] : a[0]; }

Value asserted(Evaluation &evaluation, Arguments a) {
  if (a[1].is_true())
    return a[0];
  if (a[1].is_unknown())
    return a[1];
  return evaluation.error(Code::feel_argument,
                          a[2].is_null() ? "`assert`: the condition does not hold" : "`assert`: " + a[2].text());
}

Value value_at(Evaluation &evaluation, Arguments a) {
  Value at = a[0];
  for (const Value &key : a[1].list()) {
    if (!key.is(Kind::text))
      return refused(evaluation, "get value", "a key is a " + std::string(name(key.kind())) + ", not a string");
    const Value *const below = at.is(Kind::context) ? at.context().find(key.text()) : nullptr;
    at = below == nullptr ? Value() : Value(*below);
  }
  return a[1].list().empty() ? Value() : at;
}

Value duplicate_values(Evaluation &evaluation, Arguments a) {
  const List &items = a[0].list();
  if (auto limit = beyond_limits(evaluation, items.size()))
    return *limit;
  List result;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!evaluation.step(static_cast<std::int64_t>(items.size())))
      return evaluation.out_of_limits();
    const auto equal = [&](const Value &other) { return builtins::same(evaluation, items[i], other); };
    const auto here = items.begin() + static_cast<std::ptrdiff_t>(i);
    if (std::any_of(here + 1, items.end(), equal) && std::none_of(result.begin(), result.end(), equal))
      result.push_back(items[i]);
  }
  return result;
}

Value is_empty(Evaluation &, Arguments a) { return a[0].list().empty(); }

Value partition(Evaluation &evaluation, Arguments a) {
  const List &items = a[0].list();
  const auto size = builtins::truncated(a[1].number());
  if (!size || *size < 1)
    return refused(evaluation, "partition", "the size " + a[1].to_string() + " is less than 1");
  if (auto limit = beyond_limits(evaluation, items.size()))
    return *limit;
  List result;
  for (std::size_t from = 0; from < items.size();) {
    const std::size_t count = std::min(items.size() - from, static_cast<std::size_t>(*size));
    const auto first = items.begin() + static_cast<std::ptrdiff_t>(from);
    result.push_back(evaluation.made(Value(List(first, first + static_cast<std::ptrdiff_t>(count)))));
    from += count;
  }
  return result;
}

Value extract(Evaluation &evaluation, Arguments a) {
  try {
    List result;
    const auto most = static_cast<std::size_t>(evaluation.limits.list_size);
    for (std::string &match : Regex(evaluation, a[1].text(), {}).find_all(a[0].text(), most + 1)) {
      if (!evaluation.take(sizeof(std::string) + match.size()))
        return evaluation.out_of_limits();
      result.emplace_back(std::move(match));
    }
    if (const auto beyond = beyond_limits(evaluation, result.size()))
      return *beyond;
    return result;
  } catch (const RegexError &error) {
    if (evaluation.exhausted())
      return evaluation.out_of_limits();
    return evaluation.error(Code::feel_regex, "`extract` with the pattern " + in_brief(a[1]) + ": " + error.message);
  }
}

Value trim(Evaluation &, Arguments a) { return trimmed(a[0].text()); }
Value is_blank(Evaluation &, Arguments a) { return trimmed(a[0].text()).empty(); }

Value to_base64(Evaluation &evaluation, Arguments a) {
  std::string text = to_base64url(a[0].text());
  std::replace(text.begin(), text.end(), '-', '+');
  std::replace(text.begin(), text.end(), '_', '/');
  text.append((4 - text.size() % 4) % 4, '=');
  return evaluation.made(std::move(text));
}

Value string_join(Evaluation &evaluation, Arguments a) {
  const Value joined = standard<join_name>(evaluation, a.first(2));
  return joined.is(Kind::text) ? evaluation.made(a[2].text() + joined.text() + a[3].text()) : joined;
}

Value last_day_of_month(Evaluation &evaluation, Arguments a) {
  const Date date = a[0].is(Kind::date) ? a[0].date() : a[0].date_time().date;
  const auto next = Date{date.days - date.civil().day + 1}.plus_months(1);
  const auto last = next ? next->plus_days(-1) : std::nullopt;
  return last ? Value(*last) : refused(evaluation, "last day of month", "the date is too far away");
}

constexpr std::array camunda_rows{
    Signature{"is defined", "value: any", "boolean", is_defined<true>,
              "Whether the value is no null; a name or a member that is not given is a null.", "is defined(1)"},
    Signature{"get or else", "value: any, default: any", "any", get_or_else, "The value, or the other for a null.",
              "get or else(null, 2) = 2"},
    Signature{"assert", "value: any, condition: any, cause: string?", "any", asserted,
              "The value where the condition is true, else an error.", "assert(4, 4 > 0) = 4"},
    Signature{"get value", "context: context, keys: list", "any", value_at,
              "The entry under the keys, each in that of the one before.",
              "get value({a: {b: 3}}, [\"a\", \"b\"]) = 3"},
    Signature{"put", "context: context, key: string, value: any", "context", standard<put_name>,
              "The older name of `context put`.", "put({a: 1}, \"b\", 2) = {a: 1, b: 2}"},
    Signature{"put all", "contexts: list", "context", standard<merge_name>, "The older name of `context merge`.",
              "put all([{a: 1}, {b: 2}]) = {a: 1, b: 2}"},
    Signature{"duplicate values", "list: list", "list", duplicate_values,
              "The items that stand more than once, each once.", "duplicate values([1, 2, 3, 2, 1]) = [1, 2]"},
    Signature{"is empty", "list: list", "boolean", is_empty, "Whether the list has no item.", "is empty([])"},
    Signature{"partition", "list: list, size: number", "list", partition, "The items in lists of the size, in order.",
              "partition([1, 2, 3], 2) = [[1, 2], [3]]"},
    Signature{"extract", "string: string, pattern: string", "list", extract, "Each part of the text that matches.",
              "extract(\"a1b22\", \"[0-9]+\") = [\"1\", \"22\"]"},
    Signature{"trim", "string: string", "string", trim, "The text without the blanks at both ends.",
              "trim(\"  a b \") = \"a b\""},
    Signature{"is blank", "string: string", "boolean", is_blank, "Whether the text has nothing but blanks.",
              "is blank(\" \")"},
    Signature{"to base64", "value: string", "string", to_base64, "The text in Base64.",
              "to base64(\"FEEL\") = \"RkVFTA==\""},
    Signature{"string join", "list: list, delimiter: string, prefix: string, suffix: string", "string", string_join,
              "The texts in one, between a prefix and a suffix.",
              "string join([\"a\", \"b\"], \", \", \"[\", \"]\") = \"[a, b]\""},
    Signature{"last day of month", "date: date | date and time", "date", last_day_of_month,
              "The last day of the month of the date.",
              "last day of month(date(\"2022-02-01\")) = date(\"2022-02-28\")"},
};

// --- KIE ---

// The function over the items that are no null; an unknown one is kept, for it to tell.
template <const char *name> Value without_nulls(Evaluation &evaluation, Arguments a) {
  if (auto limit = beyond_limits(evaluation, a[0].list().size()))
    return *limit;
  List items;
  for (const Value &item : a[0].list())
    if (!item.is_null() || item.is_unknown())
      items.push_back(item);
  const std::array<Value, 1> given{Value(std::move(items))};
  return standard<name>(evaluation, given);
}

constexpr std::array kie_rows{
    Signature{"nn all", "list: list", "boolean", without_nulls<all_name>, "`all`, nulls left out.",
              "nn all([true, null])"},
    Signature{"nn all", "...item: any", "boolean", without_nulls<all_name>, "The same over the arguments.",
              "nn all(true, null)"},
    Signature{"nn any", "list: list", "boolean", without_nulls<any_name>, "`any`, nulls left out.",
              "nn any([null, false]) = false"},
    Signature{"nn any", "...item: any", "boolean", without_nulls<any_name>, "The same over the arguments.",
              "nn any(null, true)"},
    Signature{"nn count", "list: list", "number", without_nulls<count_name>, "`count`, nulls left out.",
              "nn count([1, null]) = 1"},
    Signature{"nn count", "...item: any", "number", without_nulls<count_name>, "The same over the arguments.",
              "nn count(1, null, 3) = 2"},
    Signature{"nn max", "list: list", "point", without_nulls<max_name>, "`max`, nulls left out.",
              "nn max([1, null, 3]) = 3"},
    Signature{"nn max", "...item: any", "point", without_nulls<max_name>, "The same over the arguments.",
              "nn max(1, null, 3) = 3"},
    Signature{"nn mean", "list: list", "number", without_nulls<mean_name>, "`mean`, nulls left out.",
              "nn mean([1, null, 3]) = 2"},
    Signature{"nn mean", "...item: any", "number", without_nulls<mean_name>, "The same over the arguments.",
              "nn mean(1, null, 3) = 2"},
    Signature{"nn median", "list: list", "number", without_nulls<median_name>, "`median`, nulls left out.",
              "nn median([1, null, 3]) = 2"},
    Signature{"nn median", "...item: any", "number", without_nulls<median_name>, "The same over the arguments.",
              "nn median(1, null, 3) = 2"},
    Signature{"nn min", "list: list", "point", without_nulls<min_name>, "`min`, nulls left out.",
              "nn min([1, null, 3]) = 1"},
    Signature{"nn min", "...item: any", "point", without_nulls<min_name>, "The same over the arguments.",
              "nn min(1, null, 3) = 1"},
    Signature{"nn mode", "list: list", "list", without_nulls<mode_name>, "`mode`, nulls left out.",
              "nn mode([1, null, 1]) = [1]"},
    Signature{"nn mode", "...item: any", "list", without_nulls<mode_name>, "The same over the arguments.",
              "nn mode(1, null, 1) = [1]"},
    Signature{"nn stddev", "list: list", "number", without_nulls<deviation_name>, "`stddev`, nulls left out.",
              "nn stddev([1, null, 3]) = sqrt(2)"},
    Signature{"nn stddev", "...item: any", "number", without_nulls<deviation_name>, "The same over the arguments.",
              "nn stddev(1, null, 3) = sqrt(2)"},
    Signature{"nn sum", "list: list", "number", without_nulls<sum_name>, "`sum`, nulls left out.",
              "nn sum([1, null, 3]) = 4"},
    Signature{"nn sum", "...item: any", "number", without_nulls<sum_name>, "The same over the arguments.",
              "nn sum(1, null, 3) = 4"},
};

constexpr std::array camunda_left_out{
    LeftOut{"uuid", "its answer cannot be replayed: give it as an input"},
    LeftOut{"random number", "its answer cannot be replayed: give it as an input"},
    LeftOut{"to json", "what is given and answered is JSON already"},
    LeftOut{"from json", "what is given and answered is JSON already"},
    LeftOut{"fromAi", "it asks a model of language, which no decision can replay: give the value as an input"}};
constexpr std::array kie_left_out{
    LeftOut{"invoke", "write the decision that it calls as a requirement"},
    LeftOut{"decision table", "write the table as a decision or a business knowledge model"}};

} // namespace

std::span<const Vendor> vendors() {
  static const std::array registry{Vendor{"camunda", camunda_rows, "cellInput", camunda_left_out, true, true},
                                   Vendor{"kie", kie_rows, {}, kie_left_out},
                                   Vendor{"signavio", signavio_functions(), {}, signavio_left_out(), true}};
  return registry;
}

const Vendor *find_vendor(std::string_view name) {
  for (const Vendor &vendor : vendors())
    if (vendor.name == name)
      return &vendor;
  return nullptr;
}

bool any_vendor(std::span<const std::string> names, bool Vendor::*trait) {
  return std::any_of(names.begin(), names.end(),
                     [trait](const std::string &name) { return find_vendor(name)->*trait; });
}

const std::vector<std::pair<std::string, std::shared_ptr<const Function>>> &functions_of(const Vendor &vendor) {
  static const std::vector made = [] {
    std::vector<std::vector<std::pair<std::string, std::shared_ptr<const Function>>>> each;
    for (const Vendor &one : vendors())
      each.push_back(extended(one.functions));
    return each;
  }();
  return made[static_cast<std::size_t>(&vendor - vendors().data())];
}

} // namespace spie::feel
