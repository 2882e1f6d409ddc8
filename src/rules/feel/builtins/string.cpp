// Texts (DMN 1.5 §10.3.4.3). Positions and lengths count Unicode code points; texts are UTF-8.
#include "rules/feel/builtins/letter_case.hpp"
#include "rules/feel/builtins/regex.hpp"
#include "rules/feel/builtins/support.hpp"
#include "rules/feel/causes.hpp"
#include "rules/feel/operators.hpp"

#include <algorithm>
#include <array>

namespace spie::feel {

namespace {

using builtins::Arguments;
using builtins::found_in;
using builtins::refused;

bool starts_code_point(char c) noexcept { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }

std::int64_t length_of(std::string_view text) noexcept {
  return std::count_if(text.begin(), text.end(), starts_code_point);
}

// The byte at which the code point of this number starts, from 0; the end of the text when it has fewer.
std::size_t byte_of(std::string_view text, std::int64_t code_point) noexcept {
  for (std::size_t i = 0; i < text.size(); ++i)
    if (starts_code_point(text[i]) && code_point-- == 0)
      return i;
  return text.size();
}

Value substring(Evaluation &evaluation, Arguments a) {
  const std::string_view text = a[0].text();
  const std::int64_t length = length_of(text);
  const auto start = builtins::index_at(a[1].number(), static_cast<std::size_t>(length));
  if (!start)
    return refused(evaluation, "substring", "the start position " + a[1].to_string() + " is outside the text");
  const std::string_view rest = text.substr(byte_of(text, static_cast<std::int64_t>(*start)));
  if (a[2].is_null())
    return rest;
  const auto asked = builtins::truncated(a[2].number());
  if (!asked || *asked < 0)
    return refused(evaluation, "substring", "the length " + a[2].to_string() + " is negative or too large");
  return rest.substr(0, byte_of(rest, *asked));
}

Value string_length(Evaluation &, Arguments a) { return length_of(a[0].text()); }

template <std::optional<std::string> (*change)(std::string_view)>
Value changed_case(Evaluation &evaluation, Arguments a) {
  auto result = change(a[0].text());
  return result ? evaluation.made(std::move(*result))
                : evaluation.error(Code::feel_conversion, "the text is not UTF-8");
}

Value substring_before(Evaluation &, Arguments a) {
  const std::string &text = a[0].text();
  const std::size_t at = found_in(text, a[1].text());
  return at == text.npos ? Value("") : Value(text.substr(0, at));
}

Value substring_after(Evaluation &, Arguments a) {
  const std::string &text = a[0].text();
  const std::size_t at = found_in(text, a[1].text());
  return at == text.npos ? Value("") : Value(text.substr(at + a[1].text().size()));
}

Value contains(Evaluation &, Arguments a) { return found_in(a[0].text(), a[1].text()) != std::string::npos; }
Value starts_with(Evaluation &, Arguments a) { return a[0].text().starts_with(a[1].text()); }
Value ends_with(Evaluation &, Arguments a) { return a[0].text().ends_with(a[1].text()); }

// What `use` does with the pattern and flags; null with F015 when either is amiss or the search takes too long.
template <typename Use>
Value with_regex(Evaluation &evaluation, const Value &pattern, const Value &flags, std::string_view function, Use use) {
  try {
    return use(
        Regex(evaluation, pattern.text(), flags.is_null() ? std::string_view() : std::string_view(flags.text())));
  } catch (const RegexError &error) {
    if (evaluation.exhausted())
      return evaluation.out_of_limits();
    return evaluation.error(Code::feel_regex, "`" + std::string(function) + "` with the pattern " + in_brief(pattern) +
                                                  ": " + error.message);
  }
}

Value matches(Evaluation &evaluation, Arguments a) {
  return with_regex(evaluation, a[1], a[2], "matches",
                    [&](const Regex &regex) -> Value { return regex.matches(a[0].text()); });
}

Value replace(Evaluation &evaluation, Arguments a) {
  return with_regex(evaluation, a[1], a[3], "replace", [&](const Regex &regex) -> Value {
    // One byte too many is enough to know.
    return evaluation.made(regex.replace(a[0].text(), a[2].text(), evaluation.limits.text_size + 1));
  });
}

Value split(Evaluation &evaluation, Arguments a) {
  return with_regex(evaluation, a[1], Value(), "split", [&](const Regex &regex) -> Value {
    List result;
    const auto most = static_cast<std::size_t>(evaluation.limits.list_size);
    for (std::string &part : regex.split(a[0].text(), most + 1)) {
      if (!evaluation.take(sizeof(std::string) + part.size()))
        return evaluation.out_of_limits();
      result.emplace_back(std::move(part));
    }
    if (const auto beyond = builtins::beyond_limits(evaluation, result.size()))
      return *beyond;
    return result;
  });
}

// Nulls are left out (TCK 1140 006); an unknown one makes the whole unknown.
Value string_join(Evaluation &evaluation, Arguments a) {
  const std::string_view delimiter = a[1].is_null() ? std::string_view() : std::string_view(a[1].text());
  if (const auto beyond = builtins::beyond_limits(evaluation, a[0].list().size()))
    return *beyond;
  Causes unknown;
  std::string result;
  bool first = true;
  for (const Value &item : a[0].list()) {
    if (item.is_unknown()) {
      unknown.add(item);
    } else if (item.is_null()) {
      evaluation.consume(item);
    } else if (!item.is(Kind::text)) {
      return refused(evaluation, "string join", "an item is a " + std::string(name(item.kind())) + ", not a string");
    } else {
      if (!first)
        result += delimiter;
      result += item.text();
      first = false;
      if (result.size() > evaluation.limits.text_size)
        break;
    }
  }
  return unknown.none() ? evaluation.made(std::move(result)) : unknown.null();
}

constexpr std::array rows{
    Signature{"substring", "string: string, start position: number, length: number | null?", "string", substring,
              "The text from a position on (from the end when negative), `length` characters or all.",
              "substring(\"foobar\", 3, 3) = \"oba\""},
    Signature{"string length", "string: string", "number", string_length, "The number of characters.",
              "string length(\"élan\") = 4"},
    Signature{"upper case", "string: string", "string", changed_case<upper_case>, "The text in capitals.",
              "upper case(\"été\") = \"ÉTÉ\""},
    Signature{"lower case", "string: string", "string", changed_case<lower_case>, "The text in small letters.",
              "lower case(\"Çà\") = \"çà\""},
    Signature{"substring before", "string: string, match: string", "string", substring_before,
              "The text before the first occurrence; empty when there is none.",
              "substring before(\"foobar\", \"bar\") = \"foo\""},
    Signature{"substring after", "string: string, match: string", "string", substring_after,
              "The text after the first occurrence; empty when there is none.",
              "substring after(\"foobar\", \"ob\") = \"ar\""},
    Signature{"replace", "input: string, pattern: string, replacement: string, flags: string | null?", "string",
              replace, "The text with every match of the pattern replaced; $1 stands for what the first group matched.",
              "replace(\"abcd\", \"(ab)|(a)\", \"[1=$1]\") = \"[1=ab]cd\""},
    Signature{"contains", "string: string, match: string", "boolean", contains, "Whether the text holds the other one.",
              "contains(\"foobar\", \"oba\")"},
    Signature{"starts with", "string: string, match: string", "boolean", starts_with,
              "Whether the text starts with the other one.", "starts with(\"foobar\", \"fo\")"},
    Signature{"ends with", "string: string, match: string", "boolean", ends_with,
              "Whether the text ends with the other one.", "ends with(\"foobar\", \"r\")"},
    Signature{"matches", "input: string, pattern: string, flags: string | null?", "boolean", matches,
              "Whether the pattern is found in the text.", "matches(\"foobar\", \"^fo*b\")"},
    Signature{"split", "string: string, delimiter: string", "list", split,
              "The parts of the text between the matches of the pattern.",
              "split(\"a;b;;\", \";\") = [\"a\", \"b\", \"\", \"\"]"},
    Signature{"string join", "list: list, delimiter: string | null?", "string", string_join,
              "The texts one after the other, with the delimiter between them; nulls are left out.",
              "string join([\"a\", \"b\", null], \"-\") = \"a-b\""},
};

} // namespace

std::span<const Signature> string_builtins() { return rows; }

} // namespace spie::feel
