#include "spie/feel/type.hpp"

#include "rules/feel/operators.hpp"
#include "rules/feel/text.hpp"
#include "rules/feel/work.hpp"
#include "spie/feel/evaluation.hpp"
#include "spie/feel/function.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>
#include <utility>

namespace spie::feel {

namespace {

// Types share their parts, and what walks through one unfolds it: beyond so many parts a type tells its kind alone.
constexpr std::size_t most_parts = 10'000;
// Values below this size are walked as they are; above, each of their parts once.
constexpr std::size_t small_value = 4'096;

} // namespace

struct Type::Detail {
  static std::size_t parts_of(const Type &type) noexcept { return type.detail_ == nullptr ? 1 : type.detail_->parts; }

  std::size_t parts = 1; // once it is written out
  Type element;
  std::vector<Member> members;
  std::vector<Type> parameters;
  Type result;
  bool signature = false;
  std::string name;
  std::shared_ptr<const Constraint> constraint;
};

Type Type::list(Type element) {
  Type type(Kind::list);
  auto detail = std::make_shared<Detail>();
  detail->parts += Detail::parts_of(element);
  detail->element = std::move(element);
  type.detail_ = std::move(detail);
  return type;
}

Type Type::range(Type element) {
  Type type = list(std::move(element));
  type.kind_ = Kind::range;
  return type;
}

Type Type::context(std::vector<Member> members) {
  Type type(Kind::context);
  auto detail = std::make_shared<Detail>();
  for (const auto &[name, member] : members)
    detail->parts += Detail::parts_of(member);
  if (detail->parts > most_parts)
    return type;
  detail->members = std::move(members);
  type.detail_ = std::move(detail);
  return type;
}

Type Type::function(std::vector<Type> parameters, Type result) {
  Type type(Kind::function);
  auto detail = std::make_shared<Detail>();
  for (const Type &parameter : parameters)
    detail->parts += Detail::parts_of(parameter);
  detail->parts += Detail::parts_of(result);
  if (detail->parts > most_parts)
    return type;
  detail->parameters = std::move(parameters);
  detail->result = std::move(result);
  detail->signature = true;
  type.detail_ = std::move(detail);
  return type;
}

std::optional<Type> Type::named(std::string_view name) {
  // Both spellings: that of FEEL and that of typeRef attributes, which older versions of DMN wrote as XSD does.
  using Row = std::pair<std::string_view, Kind>;
  static constexpr std::array names{
      Row{"Any", Kind::any},
      Row{"Null", Kind::null},
      Row{"boolean", Kind::boolean},
      Row{"number", Kind::number},
      Row{"string", Kind::text},
      Row{"date", Kind::date},
      Row{"time", Kind::time},
      Row{"date and time", Kind::date_time},
      Row{"dateTime", Kind::date_time},
      Row{"days and time duration", Kind::days_duration},
      Row{"dayTimeDuration", Kind::days_duration},
      Row{"years and months duration", Kind::months_duration},
      Row{"yearMonthDuration", Kind::months_duration},
      Row{"list", Kind::list},
      Row{"range", Kind::range},
      Row{"context", Kind::context},
      Row{"function", Kind::function},
  };
  for (const auto &[text, kind] : names)
    if (text == name)
      return Type(kind);
  return std::nullopt;
}

Type Type::named_as(std::string name, std::shared_ptr<const Constraint> constraint) const {
  Type type(kind_);
  auto detail = detail_ == nullptr ? std::make_shared<Detail>() : std::make_shared<Detail>(*detail_);
  detail->name = std::move(name);
  detail->constraint = std::move(constraint);
  type.detail_ = std::move(detail);
  return type;
}

const Type &Type::element() const {
  static const Type any;
  return detail_ == nullptr ? any : detail_->element;
}

const std::vector<Type::Member> &Type::members() const {
  static const std::vector<Member> none;
  return detail_ == nullptr ? none : detail_->members;
}

const Type *Type::member(std::string_view name) const {
  for (const Member &member : members())
    if (member.first == name)
      return &member.second;
  return nullptr;
}

const std::vector<Type> &Type::parameters() const {
  static const std::vector<Type> none;
  return detail_ == nullptr ? none : detail_->parameters;
}

bool Type::has_signature() const noexcept { return detail_ != nullptr && detail_->signature; }

const Type &Type::result() const {
  static const Type any;
  return detail_ == nullptr ? any : detail_->result;
}

const std::string &Type::name() const {
  static const std::string none;
  return detail_ == nullptr ? none : detail_->name;
}

const Constraint *Type::constraint() const { return detail_ == nullptr ? nullptr : detail_->constraint.get(); }

bool Type::conforms_to(const Type &other) const {
  if (other.kind_ == Kind::any || kind_ == Kind::null)
    return true;
  if (kind_ != other.kind_)
    return false;
  if (detail_ == other.detail_)
    return true;
  switch (kind_) {
  case Kind::list:
  case Kind::range:
    return element().conforms_to(other.element());
  case Kind::context:
    return std::all_of(other.members().begin(), other.members().end(), [this](const Member &asked) {
      const Type *mine = member(asked.first);
      return mine != nullptr && mine->conforms_to(asked.second);
    });
  case Kind::function:
    // What takes more and gives less can stand for it.
    return !other.has_signature() ||
           (has_signature() && parameters().size() == other.parameters().size() &&
            std::equal(other.parameters().begin(), other.parameters().end(), parameters().begin(),
                       [](const Type &given, const Type &asked) { return given.conforms_to(asked); }) &&
            result().conforms_to(other.result()));
  default:
    return true;
  }
}

bool Type::equivalent_to(const Type &other) const {
  if (kind_ != other.kind_)
    return false;
  if (detail_ == other.detail_)
    return true;
  switch (kind_) {
  case Kind::list:
  case Kind::range:
    return element().equivalent_to(other.element());
  case Kind::context:
    return members().size() == other.members().size() &&
           std::all_of(members().begin(), members().end(), [&other](const Member &mine) {
             const Type *its = other.member(mine.first);
             return its != nullptr && mine.second.equivalent_to(*its);
           });
  case Kind::function:
    return has_signature() == other.has_signature() &&
           std::equal(parameters().begin(), parameters().end(), other.parameters().begin(), other.parameters().end(),
                      [](const Type &a, const Type &b) { return a.equivalent_to(b); }) &&
           result().equivalent_to(other.result());
  default:
    return true;
  }
}

std::string Type::to_string() const {
  if (!name().empty())
    return name();
  switch (kind_) {
  case Kind::any:
    return "Any";
  case Kind::null:
    return "Null";
  case Kind::boolean:
    return "boolean";
  case Kind::number:
    return "number";
  case Kind::text:
    return "string";
  case Kind::date:
    return "date";
  case Kind::time:
    return "time";
  case Kind::date_time:
    return "date and time";
  case Kind::days_duration:
    return "days and time duration";
  case Kind::months_duration:
    return "years and months duration";
  case Kind::list:
    return "list<" + element().to_string() + '>';
  case Kind::range:
    return "range<" + element().to_string() + '>';
  case Kind::context: {
    if (members().empty())
      return "context";
    std::string text = "context<";
    for (const Member &member : members())
      text += (text.size() > 8 ? ", " : "") + member.first + ": " + member.second.to_string();
    return text + '>';
  }
  case Kind::function: {
    if (!has_signature())
      return "function";
    std::string text = "function<";
    for (const Type &parameter : parameters())
      text += (text.size() > 9 ? ", " : "") + parameter.to_string();
    return text + ">->" + result().to_string();
  }
  }
  return "Any";
}

namespace {

// Values nested deeper have the type Any: no data that is read goes so far (the limit of JSON is 512).
constexpr int depth_limit = 1'000;

// The most specific type to which both conform.
Type join(const Type &a, const Type &b) {
  if (a.conforms_to(b))
    return b;
  if (b.conforms_to(a))
    return a;
  if (a.kind() != b.kind())
    return {};
  switch (a.kind()) {
  case Type::Kind::list:
    return Type::list(join(a.element(), b.element()));
  case Type::Kind::range:
    return Type::range(join(a.element(), b.element()));
  case Type::Kind::context: {
    std::vector<Type::Member> members;
    for (const auto &[name, type] : a.members())
      if (const Type *other = b.member(name))
        members.emplace_back(name, join(type, *other));
    return Type::context(std::move(members));
  }
  case Type::Kind::function:
    return Type(Type::Kind::function);
  default:
    return {};
  }
}

// What a list or context is, by where it stands: each part of a value that shares its parts is walked once.
const void *identity(const Value &value) {
  if (value.unfolded() < small_value)
    return nullptr;
  return value.is(Kind::list)      ? static_cast<const void *>(&value.list())
         : value.is(Kind::context) ? static_cast<const void *>(&value.context())
                                   : nullptr;
}

class TypeOf {
public:
  Type at(const Value &value, int depth) {
    const void *const key = identity(value);
    if (key == nullptr)
      return type_at(value, depth);
    if (const auto known = known_.find(key); known != known_.end())
      return known->second;
    return known_[key] = type_at(value, depth);
  }

private:
  Type type_at(const Value &value, int depth);
  std::unordered_map<const void *, Type> known_;
};

Type::Kind scalar(Kind kind) {
  switch (kind) {
  case Kind::boolean:
    return Type::Kind::boolean;
  case Kind::number:
    return Type::Kind::number;
  case Kind::text:
    return Type::Kind::text;
  case Kind::date:
    return Type::Kind::date;
  case Kind::time:
    return Type::Kind::time;
  case Kind::date_time:
    return Type::Kind::date_time;
  case Kind::days_duration:
    return Type::Kind::days_duration;
  case Kind::months_duration:
    return Type::Kind::months_duration;
  default:
    return Type::Kind::any;
  }
}

Type TypeOf::type_at(const Value &value, int depth) {
  switch (value.kind()) {
  case Kind::null:
    return Type::Kind::null;
  case Kind::boolean:
  case Kind::number:
  case Kind::text:
  case Kind::date:
  case Kind::time:
  case Kind::date_time:
  case Kind::days_duration:
  case Kind::months_duration:
    return scalar(value.kind());
  case Kind::range: {
    const Range &range = value.range();
    if (depth > depth_limit)
      return Type::Kind::range;
    return Type::range(join(at(range.start, depth + 1), at(range.end, depth + 1)));
  }
  case Kind::list: {
    if (depth > depth_limit)
      return Type::Kind::list;
    Type element = Type::Kind::null; // of an empty list: it conforms to every list
    for (const Value &item : value.list()) {
      element = join(element, at(item, depth + 1));
      if (element.is_any())
        break;
    }
    return Type::list(std::move(element));
  }
  case Kind::context: {
    if (depth > depth_limit)
      return Type::Kind::context;
    std::vector<Type::Member> members;
    for (const auto &[name, entry] : value.context())
      members.emplace_back(name, at(entry, depth + 1));
    return Type::context(std::move(members));
  }
  case Kind::function:
    return value.function() == nullptr ? Type(Type::Kind::function) : value.function()->type();
  }
  return {};
}

// The parts of a value that were seen to hold to a type; types stand still while they are compared.
class Seen {
public:
  // A small value is walked as often as it stands: that is bounded, and costs less than to remember it.
  Seen(const Value &whole, Evaluation *evaluation) : evaluation_(evaluation), remembers_(whole.unfolded() > small) {}
  // Whether so many items may be walked, or so many members looked up in the context; always, where nobody counts.
  bool may_walk(const List &items) { return evaluation_ == nullptr || work::items(*evaluation_, items.size()); }
  bool may_search(const Context &context, std::size_t members) {
    return evaluation_ == nullptr || work::parts(*evaluation_, context.size() * members, work::names_in_a_step);
  }
  // Whether they were seen before; if not, they are from now on.
  bool before(const Value &value, const Type &type) {
    const void *const key = remembers_ ? identity(value) : nullptr;
    return key != nullptr && !pairs_.insert({key, &type}).second;
  }

private:
  static constexpr std::size_t small = 16U << 10; // bytes
  Evaluation *evaluation_;                        // that counts; nullptr: none does
  bool remembers_;
  std::set<std::pair<const void *, const Type *>> pairs_;
};

// Whether a value, or a part of one, conforms: here null does, as its type conforms to every type.
bool conforms(const Value &value, const Type &type, Seen &seen) {
  if (type.is_any() || value.is_null() || seen.before(value, type))
    return true;
  switch (value.kind()) {
  case Kind::list:
    return type.kind() == Type::Kind::list &&
           (type.element().is_any() || (seen.may_walk(value.list()) &&
                                        std::all_of(value.list().begin(), value.list().end(), [&](const Value &item) {
                                          return conforms(item, type.element(), seen);
                                        })));
  case Kind::range:
    return type.kind() == Type::Kind::range && conforms(value.range().start, type.element(), seen) &&
           conforms(value.range().end, type.element(), seen);
  case Kind::context:
    return type.kind() == Type::Kind::context && seen.may_search(value.context(), type.members().size()) &&
           std::all_of(type.members().begin(), type.members().end(), [&](const Type::Member &member) {
             const Value *entry = value.context().find(member.first);
             return entry != nullptr && conforms(*entry, member.second, seen);
           });
  case Kind::function:
    return type.kind() == Type::Kind::function &&
           (!type.has_signature() || (value.function() != nullptr && value.function()->conforms_to(type)));
  default:
    return type.kind() == scalar(value.kind());
  }
}

bool conforms(const Value &value, const Type &type, Evaluation *evaluation) {
  Seen seen(value, evaluation);
  return conforms(value, type, seen);
}

// The type whose allowed values do not hold the value or a part of it; nullptr when all hold. The value conforms.
const Type *refused_by(Evaluation &evaluation, const Value &value, const Type &type, Seen &seen) {
  if (value.is_null() || seen.before(value, type))
    return nullptr;
  if (type.constraint() != nullptr && !type.constraint()->allows(evaluation, value))
    return &type;
  if (value.is(Kind::list) && type.kind() == Type::Kind::list && !type.element().is_any() &&
      seen.may_walk(value.list()))
    for (const Value &item : value.list())
      if (const Type *refusing = refused_by(evaluation, item, type.element(), seen))
        return refusing;
  if (value.is(Kind::context) && seen.may_search(value.context(), type.members().size()))
    for (const auto &[name, member] : type.members())
      if (const Value *entry = value.context().find(name))
        if (const Type *refusing = refused_by(evaluation, *entry, member, seen))
          return refusing;
  return nullptr;
}

Value allowed(Evaluation &evaluation, const Value &value, const Type &type) {
  Seen seen(value, &evaluation);
  const Type *refusing = refused_by(evaluation, value, type, seen);
  if (refusing == nullptr)
    return value;
  const std::string of = refusing->name().empty() ? "its type" : "`" + refusing->name() + "`";
  return evaluation.error(Code::feel_coercion, in_brief(value) + " does not hold to the allowed values of " + of +
                                                   ": " + refusing->constraint()->to_string());
}

} // namespace

Type type_of(const Value &value) { return TypeOf().at(value, 0); }

namespace {

bool is_instance(const Value &value, const Type &type, Evaluation *evaluation) {
  return value.is_null() ? type.kind() == Type::Kind::null : conforms(value, type, evaluation);
}

} // namespace

bool is_instance(const Value &value, const Type &type) { return is_instance(value, type, nullptr); }

bool is_instance(Evaluation &evaluation, const Value &value, const Type &type) {
  return is_instance(value, type, &evaluation);
}

namespace {

// Of what is not of its type at first sight.
Value coerced(Evaluation &evaluation, const Value &value, const Type &type) {
  if (conforms(value, type, &evaluation))
    return allowed(evaluation, value, type);
  if (type.kind() == Type::Kind::list && !value.is(Kind::list) && conforms(value, type.element(), &evaluation))
    return allowed(evaluation, List{value}, type);
  if (type.kind() != Type::Kind::list && value.is(Kind::list) && value.list().size() == 1 &&
      conforms(value.list().front(), type, &evaluation))
    return allowed(evaluation, value.list().front(), type);
  if (type.kind() == Type::Kind::date_time && value.is(Kind::date))
    return allowed(evaluation, DateTime{value.date(), Time{0, Zone::offset(0)}}, type);
  return evaluation.error(Code::feel_coercion, in_brief(value) + " is not of the type " + type.to_string());
}

} // namespace

Value coerce(Evaluation &evaluation, const Value &value, const Type &type) {
  if (value.is_null())
    return value;
  // Most are scalars of the very kind, or anything.
  if (type.constraint() == nullptr &&
      (type.is_any() || (value.kind() < Kind::range && type.kind() == scalar(value.kind()))))
    return value;
  Value result = coerced(evaluation, value, type);
  return evaluation.exhausted() ? evaluation.out_of_limits() : result; // it was not looked at to its end
}

} // namespace spie::feel
