#include "rules/pack/facts.hpp"

#include "text/suggestion.hpp"

#include "spie/feel/evaluation.hpp"
#include "spie/json.hpp"

#include <algorithm>
#include <memory>

namespace spie::pack {

namespace {

using feel::Kind;
using feel::Type;
using feel::Value;
using json::Reader;

// Refused is unknown too, and not asked again: it stands in both lists.
Value refused_value(const std::string &path) {
  auto cause = std::make_shared<feel::Cause>();
  cause->missing.push_back(path);
  cause->refused.push_back(path);
  return feel::Null{std::move(cause)};
}

bool lists(const Type &type, std::string_view word) {
  if (type.constraint() == nullptr)
    return false;
  const feel::List values = type.constraint()->enumerated();
  return std::any_of(values.begin(), values.end(),
                     [&](const Value &value) { return value.is(Kind::text) && value.text() == word; });
}

// The answers that are no answer, where the type declares them: the same word in a free text means nothing special.
std::optional<Value> unanswered(const std::string &text, const Type &type, const std::string &path) {
  if (text != "non_aborde" && text != "ne_sait_pas" && text != "refuse")
    return std::nullopt;
  if (!lists(type, text))
    return std::nullopt;
  return text == "refuse" ? refused_value(path) : feel::unknown_value(path);
}

template <typename T> std::optional<Value> from_text(const Value &value) {
  if (value.is(Kind::text))
    if (const auto read = T::parse(value.text()))
      return Value(*read);
  return std::nullopt;
}

std::optional<Value> scalar(const Value &value, const Type &type) {
  switch (type.kind()) {
  case Type::Kind::boolean:
    return value.is(Kind::boolean) ? std::optional(value) : std::nullopt;
  case Type::Kind::number:
    return value.is(Kind::number) ? std::optional(value) : std::nullopt;
  case Type::Kind::text:
    return value.is(Kind::text) ? std::optional(value) : std::nullopt;
  case Type::Kind::date:
    if (value.is(Kind::date_time) && value.date_time().is_bare_date())
      return Value(value.date_time().date);
    return value.is(Kind::date) ? std::optional(value) : from_text<feel::Date>(value);
  case Type::Kind::time:
    return value.is(Kind::time) ? std::optional(value) : from_text<feel::Time>(value);
  case Type::Kind::date_time:
    return value.is(Kind::date_time) ? std::optional(value) : from_text<feel::DateTime>(value);
  case Type::Kind::days_duration:
    return value.is(Kind::days_duration) ? std::optional(value) : from_text<feel::DaysDuration>(value);
  case Type::Kind::months_duration:
    return value.is(Kind::months_duration) ? std::optional(value) : from_text<feel::MonthsDuration>(value);
  default:
    return feel::is_instance(value, type) ? std::optional(value) : std::nullopt;
  }
}

std::string shown(const Value &value) {
  if (value.unfolded() > 4'096)
    return std::string(feel::name(value.kind()));
  std::string text = value.is(Kind::function) ? std::string("a function") : value.to_feel();
  if (text.size() > 60)
    text = std::string(feel::name(value.kind()));
  return text;
}

// What JSON or Python would give for a type, whatever name the model has for it.
std::string_view expected(const Type &type) {
  switch (type.kind()) {
  case Type::Kind::boolean:
    return "a boolean";
  case Type::Kind::number:
    return "a number";
  case Type::Kind::text:
    return "a string";
  case Type::Kind::date:
    return "a date";
  case Type::Kind::time:
    return "a time";
  case Type::Kind::date_time:
    return "a date and time";
  case Type::Kind::days_duration:
    return "a days and time duration";
  case Type::Kind::months_duration:
    return "a years and months duration";
  case Type::Kind::list:
    return "a list";
  case Type::Kind::context:
    return "an object";
  default:
    return "another value";
  }
}

void wrong(const Reader &given, const Type &type, const std::string &path) {
  const std::string found = "'" + path + "' is " + shown(given.value());
  const feel::Constraint *constraint = type.constraint();
  if (constraint != nullptr && !constraint->enumerated().empty())
    given.fault(found + ", not one of " + constraint->to_string(), Code::pack_fact_type);
  else
    given.fault(found + ", " + std::string(expected(type)) + " is expected" +
                    (type.kind() == Type::Kind::context ? std::string(empty_array_hint(given.value()))
                     : type.kind() == Type::Kind::date && given.value().is(Kind::date_time)
                         ? std::string(": give the date alone")
                         : std::string()),
                Code::pack_fact_type);
}

Value read_list(const Reader &given, const Type &type, const std::string &path) {
  if (!given.value().is(Kind::list)) {
    wrong(given, type, path);
    return feel::unknown_value(path);
  }
  feel::List items;
  for (std::size_t i = 0; i < given.value().list().size(); ++i)
    items.push_back(read_fact(given.item(i), type.element(), path + '[' + std::to_string(i + 1) + ']'));
  return Value(std::move(items));
}

Value read_context(const Reader &given, const Type &type, const std::string &path) {
  if (!given.is_context()) {
    wrong(given, type, path);
    return feel::unknown_value(path);
  }
  if (type.members().empty())
    return given.value();
  std::vector<std::string> names;
  for (const auto &[name, member] : type.members())
    names.push_back(name);
  for (const auto &[key, value] : given.value().context())
    if (type.member(key) == nullptr)
      given.member(key, value)
          .fault("'" + path + "' has no '" + key + "'" + suggestion(key, names), Code::pack_unknown_fact);
  static const Value absent;
  std::vector<feel::Context::Entry> entries;
  for (const auto &[name, member] : type.members()) {
    const Value *found = given.value().context().find(name);
    entries.emplace_back(name,
                         read_fact(given.member(name, found == nullptr ? absent : *found), member, path + '.' + name));
  }
  return Value(feel::Context::of_distinct(std::move(entries)));
}

} // namespace

Value read_fact(const json::Reader &given, const Type &type, const std::string &path) {
  const Value &value = given.value();
  if (value.is_unknown())
    return value;
  if (value.is_null()) {
    // Each member by its own name, so that only those read are missed.
    static const Value empty{feel::Context()};
    if (type.kind() == Type::Kind::context && !type.members().empty())
      return read_context(given.as(empty), type, path);
    return feel::unknown_value(path);
  }
  if (type.kind() == Type::Kind::list)
    return read_list(given, type, path);
  if (type.kind() == Type::Kind::context)
    return read_context(given, type, path);
  if (type.is_any())
    return value;
  if (value.is(Kind::text))
    if (auto unknown = unanswered(value.text(), type, path))
      return std::move(*unknown);
  auto read = scalar(value, type);
  if (!read) {
    wrong(given, type, path);
    return feel::unknown_value(path);
  }
  if (type.constraint() != nullptr) {
    feel::Evaluation evaluation;
    if (!type.constraint()->allows(evaluation, *read)) {
      const feel::List allowed = type.constraint()->enumerated();
      std::vector<std::string> words;
      for (const Value &one : allowed)
        words.push_back(one.to_string());
      given.fault("'" + path + "' is " + shown(*read) + ", not one of " + type.constraint()->to_string() +
                      (read->is(Kind::text) ? suggestion(read->text(), words) : std::string()),
                  Code::pack_fact_type);
    }
  }
  return std::move(*read);
}

} // namespace spie::pack
