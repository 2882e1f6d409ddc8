#include "rules/pack/facts.hpp"

#include "spie/json.hpp"
#include "text/suggestion.hpp"

#include <utility>

namespace spie::pack {

namespace {

using dmn::Place;
using feel::Kind;
using feel::Type;
using feel::Value;

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

template <class Say> std::optional<Diagnostic> said(Say &&say) {
  dmn::FirstFault words;
  try {
    say(words);
  } catch (const Error &error) {
    return error.first();
  }
  return std::nullopt;
}

} // namespace

void FactFaults::fault(const Place &place, std::string message, Code code, std::string words,
                       std::string instead) const {
  findings_.push_back(
      {code, Level::error, std::move(message), where_ + place.pointer(), {}, std::move(words), std::move(instead)});
}

void FactFaults::not_of_type(const Place &place, const Value &value, const Type &type) {
  const std::string found = "'" + place.path() + "' is " + shown(value);
  const feel::Constraint *constraint = type.constraint();
  if (constraint != nullptr && !constraint->enumerated().empty())
    fault(place, found + ", not one of " + constraint->to_string(), Code::pack_fact_type, place.path(),
          dmn::allowed_instead(value, type));
  else
    fault(place,
          found + ", " + std::string(expected(type)) + " is expected" +
              (type.kind() == Type::Kind::context                             ? std::string(empty_array_hint(value))
               : type.kind() == Type::Kind::date && value.is(Kind::date_time) ? std::string(": give the date alone")
                                                                              : std::string()),
          Code::pack_fact_type, place.path(), Type(type.kind()).to_string());
}

void FactFaults::not_allowed(const Place &place, const Value &value, const Type &type) {
  if (type.kind() == Type::Kind::context) {
    if (!whole)
      whole = said([&](dmn::Faults &words) { words.not_allowed(place, value, type); });
    return;
  }
  const feel::List allowed = type.constraint()->enumerated();
  std::vector<std::string> words;
  for (const Value &one : allowed)
    words.push_back(one.to_string());
  fault(place,
        "'" + place.path() + "' is " + shown(value) + ", not one of " + type.constraint()->to_string() +
            (value.is(Kind::text) ? suggestion(value.text(), words) : std::string()),
        Code::pack_fact_type, place.path(), dmn::allowed_instead(value, type));
}

void FactFaults::not_allowed_whole(const Place &place, const Type &type) {
  if (!whole)
    whole = said([&](dmn::Faults &words) { words.not_allowed_whole(place, type); });
}

void FactFaults::no_member(const Place &place, std::string_view name, const Type &type) {
  std::vector<std::string> names;
  for (const auto &[member, member_type] : type.members())
    names.push_back(member);
  const Place below{&place, name};
  fault(below, "'" + place.path() + "' has no '" + std::string(name) + "'" + suggestion(std::string(name), names),
        Code::pack_unknown_fact, below.path(), nearest_or_all(name, names));
}

} // namespace spie::pack
