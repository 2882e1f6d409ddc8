#include "rules/dmn/admission.hpp"

#include "rules/feel/operators.hpp"
#include "rules/feel/temporal_fault.hpp"
#include "spie/diagnostic.hpp"
#include "spie/json.hpp"
#include "text/suggestion.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

namespace spie::dmn {

using feel::Kind;
using feel::Type;
using feel::Value;

namespace {

std::vector<std::string> member_names(const Type &type) {
  std::vector<std::string> names;
  for (const auto &[name, member] : type.members())
    names.push_back(name);
  return names;
}

// `expected`: what the reader of another language is told to give.
[[noreturn]] void refuse(const Place &place, const std::string &message, std::string expected) {
  const std::string path = place.path();
  throw Error(Diagnostic{Code::dmn_input_type,
                         Level::error,
                         "'" + path + "' " + message,
                         pointer_of(path),
                         {},
                         path,
                         std::move(expected)});
}

Value refused_value(std::string path) {
  auto cause = std::make_shared<feel::Cause>();
  cause->refused.push_back(std::move(path));
  return feel::Null{std::move(cause)};
}

bool lists(const feel::Constraint &constraint, std::string_view word) {
  const feel::List values = constraint.enumerated();
  return std::any_of(values.begin(), values.end(),
                     [&](const Value &value) { return value.is(Kind::text) && value.text() == word; });
}

// The answers that are no answer, where the type lists them: the same word in a free text means nothing special.
std::optional<Value> unanswered(const Value &value, const Type &type, const Place &place) {
  if (!value.is(Kind::text) || type.constraint() == nullptr)
    return std::nullopt;
  const std::string &word = value.text();
  const bool refused = word == "refuse";
  if ((!refused && word != "non_aborde" && word != "ne_sait_pas") || !lists(*type.constraint(), word))
    return std::nullopt;
  return refused ? refused_value(place.path()) : feel::unknown_value(place.path());
}

template <typename T> std::optional<Value> from_text(const Value &value) {
  if (value.is(Kind::text))
    if (const auto read = T::parse(value.text()))
      return Value(*read);
  return std::nullopt;
}

// What facts may be where the type is no list and no context.
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

bool is_temporal(const Type &type) {
  switch (type.kind()) {
  case Type::Kind::date:
  case Type::Kind::time:
  case Type::Kind::date_time:
  case Type::Kind::days_duration:
  case Type::Kind::months_duration:
    return true;
  default:
    return false;
  }
}

} // namespace

std::string pointer_of(const std::string &path) {
  std::string result = "/";
  for (const char c : path)
    if (c == '.' || c == '[')
      result += '/';
    else if (c != ']')
      result += c;
  return result;
}

std::string Place::path() const {
  if (index != std::string::npos)
    return up->path() + '[' + std::to_string(index + 1) + ']';
  return up == nullptr ? std::string(name) : up->path() + '.' + std::string(name);
}

std::string Place::pointer() const {
  if (up == nullptr)
    return {};
  return up->pointer() + '/' + (index != std::string::npos ? std::to_string(index) : std::string(name));
}

Value unknown_of(const Type &type, const std::string &path) {
  if (type.kind() != Type::Kind::context || type.members().empty())
    return feel::unknown_value(path);
  std::vector<feel::Context::Entry> entries;
  entries.reserve(type.members().size());
  for (const auto &[name, member] : type.members())
    entries.emplace_back(name, unknown_of(member, path + "." + name));
  return feel::Context::of_distinct(std::move(entries));
}

std::string allowed_instead(const Value &value, const Type &type) {
  std::vector<std::string> words;
  for (const Value &one : type.constraint()->enumerated())
    words.push_back(one.to_string());
  if (!value.is(Kind::text) || words.empty())
    return type.constraint()->to_string();
  return nearest_or_all(value.text(), words);
}

void FirstFault::not_of_type(const Place &place, const Value &value, const Type &type) {
  if (type.kind() == Type::Kind::date && value.is(Kind::date_time))
    refuse(place, "is a date and time, not a date: give its date alone", "date");
  const std::string expected = Type(type.kind()).to_string();
  std::string message = "is of type " + feel::type_of(value).to_string() + ", not " + expected;
  if (type.kind() == Type::Kind::context)
    message += empty_array_hint(value);
  if (is_temporal(type) && value.is(Kind::text))
    if (const std::string why = feel::temporal_fault(value.text()); !why.empty())
      message += ": " + why;
  refuse(place, message, expected);
}

void FirstFault::not_allowed(const Place &place, const Value &value, const Type &type) {
  refuse(place,
         "is " + feel::in_brief(value) + ", which is not among its allowed values: " + type.constraint()->to_string(),
         allowed_instead(value, type));
}

void FirstFault::not_allowed_whole(const Place &place, const Type &type) {
  refuse(place, "does not hold to its allowed values: " + type.constraint()->to_string(),
         type.constraint()->to_string());
}

void FirstFault::no_member(const Place &place, std::string_view name, const Type &type) {
  const std::string path = place.path();
  throw Error(Diagnostic{Code::dmn_unknown_input, Level::error,
                         "'" + path + "' has no member '" + std::string(name) + "'" +
                             suggestion(std::string(name), member_names(type)),
                         pointer_of(path + "." + std::string(name))});
}

Admission::Admission(Manner manner, FactSource &source, Faults &faults, const EvaluateOptions &options)
    : manner_(manner), iso_texts_(options.iso_texts), source_(source), faults_(faults) {
  evaluation_.facts_may_be_unknown = manner != Manner::standard;
  evaluation_.now = options.now;
  evaluation_.clock = options.clock;
  evaluation_.limits = options.limits;
}

Value Admission::admit(FactSource::Node given, const Type &type, const Place &place, int depth) {
  const FactSource::Shape shape = source_.shape(given);
  if (shape == FactSource::Shape::context && type.kind() == Type::Kind::context && !type.members().empty())
    return allowed_whole(context(given, type, place, depth), type, place);
  if (type.kind() == Type::Kind::list) {
    if (shape == FactSource::Shape::list && (manner_ != Manner::standard || !type.element().is_any()))
      return allowed_whole(list(given, type, place, depth), type, place);
    if (shape == FactSource::Shape::context && manner_ == Manner::unknown) { // one item stands for the list of it
      const Place item{&place, {}, 0};
      return allowed_whole(Value(feel::List{admit(given, type.element(), item, depth)}), type, place);
    }
  }
  return whole(source_.value(given, depth), type, place);
}

class Admission::Open {
public:
  explicit Open(Admission &admission) : admission_(admission) {
    if (admission.open_ == admission.levels_.size())
      admission.levels_.push_back(std::make_unique<Level>());
    ++admission.open_;
  }
  ~Open() { --admission_.open_; }
  Open(const Open &) = delete;
  Open &operator=(const Open &) = delete;
  Level &level() const { return *admission_.levels_[admission_.open_ - 1]; }

private:
  Admission &admission_;
};

Value Admission::context(FactSource::Node given, const Type &type, const Place &place, int depth) {
  const Open open(*this);
  std::vector<FactSource::Entry> &all = open.level().entries;
  std::vector<const FactSource::Entry *> &given_as = open.level().by_member;
  source_.entries(given, all);
  const std::vector<Type::Member> &members = type.members();
  given_as.assign(members.size(), nullptr);
  std::size_t found = 0;
  std::size_t next = 0; // members mostly come in the order of the type
  for (std::size_t i = 0; i < members.size(); ++i)
    for (std::size_t tried = 0; tried < all.size() && given_as[i] == nullptr; ++tried) {
      if (all[next].name == members[i].first) {
        given_as[i] = &all[next];
        ++found;
      }
      next = next + 1 == all.size() ? 0 : next + 1;
    }
  const auto each_other = [&](auto &&call) {
    for (const FactSource::Entry &entry : all)
      if (found < all.size() && type.member(entry.name) == nullptr)
        call(entry);
  };
  const auto refuse_others = [&] {
    each_other([&](const FactSource::Entry &entry) { faults_.no_member(place, entry.name, type); });
  };
  if (manner_ == Manner::facts) // all is told, in the order in which it is given
    refuse_others();
  std::vector<feel::Context::Entry> entries;
  entries.reserve(members.size());
  for (std::size_t i = 0; i < members.size(); ++i) {
    const auto &[name, member] = members[i];
    const Place below{&place, name};
    if (given_as[i] != nullptr)
      entries.emplace_back(name, admit(given_as[i]->node, member, below, depth + 1));
    else
      entries.emplace_back(name, manner_ == Manner::standard ? Value() : unknown_of(member, below.path()));
  }
  if (manner_ == Manner::unknown)
    refuse_others();
  if (manner_ == Manner::standard)
    each_other([&](const FactSource::Entry &entry) {
      entries.emplace_back(std::string(entry.name), source_.value(entry.node, depth + 1));
    });
  return feel::Context::of_distinct(std::move(entries));
}

Value Admission::list(FactSource::Node given, const Type &type, const Place &place, int depth) {
  feel::List items;
  items.reserve(source_.size(given));
  Place item{&place, {}, 0};
  // The size is read anew each time: reading an item may run a caller's code.
  for (; item.index < source_.size(given); ++item.index)
    items.push_back(admit(source_.item(given, item.index), type.element(), item, depth + 1));
  return Value(std::move(items));
}

// What is taken as it is, or refused: scalars, nulls, and whatever the type says nothing of.
Value Admission::whole(Value value, const Type &type, const Place &place) {
  if (is_plain(value, type)) // most facts
    return value;
  if (value.is_null()) {
    const bool kept = manner_ == Manner::facts ? value.is_unknown() : value.cause() != nullptr;
    return manner_ == Manner::standard || kept ? value : unknown_of(type, place.path());
  }
  if (manner_ == Manner::facts && (type.kind() == Type::Kind::list || type.kind() == Type::Kind::context))
    if (type.kind() == Type::Kind::list || !value.is(Kind::context)) {
      faults_.not_of_type(place, value, type);
      return {};
    }
  if (manner_ != Manner::standard)
    if (auto unknown = unanswered(value, type, place))
      return *std::move(unknown);
  if (type.is_any())
    return allowed_whole(std::move(value), type, place);
  return manner_ == Manner::facts && type.kind() != Type::Kind::context ? read(value, type, place)
                                                                        : coerced(value, type, place);
}

Value Admission::read(const Value &value, const Type &type, const Place &place) {
  auto read = scalar(value, type);
  if (!read) {
    faults_.not_of_type(place, value, type);
    return {};
  }
  if (type.constraint() != nullptr && !type.constraint()->allows(evaluation_, *read)) {
    if (evaluation_.exhausted())
      return evaluation_.out_of_limits();
    faults_.not_allowed(place, *read, type);
  }
  return *std::move(read);
}

Value Admission::coerced(const Value &value, const Type &type, const Place &place) {
  if (type.kind() == Type::Kind::date && value.is(Kind::date_time)) {
    // What has no type for a date alone (pandas, spreadsheets) gives its midnight.
    if (value.date_time().is_bare_date())
      return coerced(value.date_time().date, type, place);
    faults_.not_of_type(place, value, type);
    return {};
  }
  if (iso_texts_ && value.is(Kind::text) && is_temporal(type))
    if (const auto written = scalar(value, type))
      return coerced(*written, type, place);
  Value admitted = feel::coerce(evaluation_, value, type);
  if (admitted.is_null() && !evaluation_.exhausted()) {
    if (type.constraint() != nullptr && feel::type_of(value).conforms_to(type))
      faults_.not_allowed(place, value, type);
    else
      faults_.not_of_type(place, value, type);
  }
  return admitted;
}

Value Admission::allowed_whole(Value value, const Type &type, const Place &place) {
  if (type.constraint() != nullptr && !type.constraint()->allows(evaluation_, value)) {
    if (evaluation_.exhausted())
      return evaluation_.out_of_limits();
    faults_.not_allowed_whole(place, type);
  }
  return value;
}

} // namespace spie::dmn
