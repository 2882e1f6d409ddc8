// The registry: one Function for each name, its overloads read from the rows of the families.
#include "rules/feel/builtins/builtins.hpp"

#include "rules/feel/builtins/support.hpp"
#include "rules/feel/text.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>

namespace spie::feel {

namespace {

using Kinds = std::uint16_t; // one bit a kind

constexpr Kinds bit(Kind kind) noexcept { return static_cast<Kinds>(1U << static_cast<unsigned>(kind)); }
constexpr Kinds every_kind = 0x1fff;
constexpr Kinds points = bit(Kind::number) | bit(Kind::text) | bit(Kind::date) | bit(Kind::time) |
                         bit(Kind::date_time) | bit(Kind::days_duration) | bit(Kind::months_duration);

constexpr bool accepts(Kinds kinds, Kind kind) noexcept { return (kinds & bit(kind)) != 0; }

struct NamedKinds {
  std::string_view name;
  Kinds kinds;
  Type::Kind type;
};

constexpr std::array type_names{
    NamedKinds{"any", every_kind, Type::Kind::any},
    NamedKinds{"null", bit(Kind::null), Type::Kind::null},
    NamedKinds{"boolean", bit(Kind::boolean), Type::Kind::boolean},
    NamedKinds{"number", bit(Kind::number), Type::Kind::number},
    NamedKinds{"string", bit(Kind::text), Type::Kind::text},
    NamedKinds{"date", bit(Kind::date), Type::Kind::date},
    NamedKinds{"time", bit(Kind::time), Type::Kind::time},
    NamedKinds{"date and time", bit(Kind::date_time), Type::Kind::date_time},
    NamedKinds{"days and time duration", bit(Kind::days_duration), Type::Kind::days_duration},
    NamedKinds{"years and months duration", bit(Kind::months_duration), Type::Kind::months_duration},
    NamedKinds{"range", bit(Kind::range), Type::Kind::range},
    NamedKinds{"list", bit(Kind::list), Type::Kind::list},
    NamedKinds{"context", bit(Kind::context), Type::Kind::context},
    NamedKinds{"function", bit(Kind::function), Type::Kind::function},
    NamedKinds{"point", points, Type::Kind::any}, // what a range may hold
};

[[noreturn]] void malformed(std::string_view text) {
  throw Error(Diagnostic{Code::api_internal, Level::error, "built-in row cannot be read: " + std::string(text), {}});
}

std::string_view trimmed(std::string_view text) noexcept {
  while (text.starts_with(' '))
    text.remove_prefix(1);
  while (text.ends_with(' '))
    text.remove_suffix(1);
  return text;
}

// Calls `each` with the parts of the text between the separators.
template <typename Each> void split(std::string_view text, char separator, Each each) {
  while (true) {
    const auto end = text.find(separator);
    each(trimmed(text.substr(0, end)));
    if (end == std::string_view::npos)
      return;
    text.remove_prefix(end + 1);
  }
}

// "date | date and time": the kinds, and the type when there is one alone.
std::pair<Kinds, Type> read_types(std::string_view text) {
  Kinds kinds = 0;
  Type type;
  int choices = 0;
  split(text, '|', [&](std::string_view name) {
    const auto *const found = std::find_if(type_names.begin(), type_names.end(),
                                           [name](const NamedKinds &entry) { return entry.name == name; });
    if (found == type_names.end())
      malformed(text);
    kinds |= found->kinds;
    if (found->type != Type::Kind::null && choices++ == 0)
      type = Type(found->type);
  });
  return {kinds, choices == 1 ? type : Type()};
}

Kinds kinds_of(const Type &type) {
  const auto *const found = std::find_if(type_names.begin(), type_names.end(),
                                         [&type](const NamedKinds &entry) { return entry.type == type.kind(); });
  return found->kinds;
}

struct ParameterRow {
  std::string name;
  Kinds kinds = 0;
  Type type;
  bool optional = false;
  bool gathers = false; // the arguments from here on, as a list
};

struct Overload {
  const Signature *signature;
  std::vector<ParameterRow> parameters;
  std::size_t required = 0;
  bool gathers = false;
  Kinds gives = 0;

  const ParameterRow &parameter_of(std::size_t argument) const {
    return parameters[std::min(argument, parameters.size() - 1)];
  }
  bool takes(std::size_t count) const noexcept { return count >= required && (gathers || count <= parameters.size()); }
};

constexpr std::size_t most_parameters = 8;

Overload read_overload(const Signature &signature) {
  Overload overload{&signature, {}, 0, false, read_types(signature.returns).first};
  if (!signature.parameters.empty())
    split(signature.parameters, ',', [&overload](std::string_view text) {
      ParameterRow parameter;
      parameter.gathers = text.starts_with("...");
      if (parameter.gathers)
        text.remove_prefix(3);
      parameter.optional = text.ends_with('?');
      if (parameter.optional)
        text.remove_suffix(1);
      const auto colon = text.find(':');
      if (colon == std::string_view::npos || overload.gathers)
        malformed(text);
      parameter.name = std::string(trimmed(text.substr(0, colon)));
      std::tie(parameter.kinds, parameter.type) = read_types(text.substr(colon + 1));
      overload.gathers = parameter.gathers;
      // Items after a list may be none (append); where there is nothing else, one is needed (TCK 0059 014: all()).
      if (!parameter.optional && !(parameter.gathers && !overload.parameters.empty()))
        overload.required = overload.parameters.size() + 1;
      overload.parameters.push_back(std::move(parameter));
    });
  if (overload.parameters.size() > most_parameters)
    malformed(signature.parameters);
  return overload;
}

// The value as a parameter takes it, by the coercions of DMN 1.5 §10.3.2.9.4; nullopt when it cannot be taken.
std::optional<Value> taken(const ParameterRow &parameter, const Value &value) {
  if (accepts(parameter.kinds, value.kind()))
    return value;
  if (value.is_null())
    return std::nullopt;
  const auto as_instant = [&parameter](const Value &given) -> std::optional<Value> {
    if (given.is(Kind::date) && accepts(parameter.kinds, Kind::date_time))
      return DateTime{given.date(), Time{0, Zone::offset(0)}};
    return std::nullopt;
  };
  if (value.is(Kind::list) && value.list().size() == 1) {
    const Value &only = value.list().front();
    return accepts(parameter.kinds, only.kind()) ? std::optional(only) : as_instant(only);
  }
  if (accepts(parameter.kinds, Kind::list) && !value.is(Kind::list))
    return List{value};
  return as_instant(value);
}

// A null, alone or in a list of one that would be opened: what it lacks is a value, not the right type.
bool is_null_like(const Value &value) {
  return value.is_null() || (value.is(Kind::list) && value.list().size() == 1 && value.list().front().is_null());
}

class Builtin final : public Function {
public:
  explicit Builtin(std::string name) : name_(std::move(name)) {}

  void add(const Signature &signature) { overloads_.push_back(read_overload(signature)); }

  // Overloads by number of arguments, those that gather any number last: `all(null)` is a call of the list form.
  void finish() {
    std::stable_partition(overloads_.begin(), overloads_.end(), [](const Overload &o) { return !o.gathers; });
    by_count_.resize(most_parameters + 2);
    for (std::size_t count = 0; count < by_count_.size(); ++count)
      for (const Overload &overload : overloads_)
        if (overload.takes(count) && (!overload.gathers || by_count_[count].empty()))
          by_count_[count].push_back(&overload);
  }

  Value call(Evaluation &evaluation, std::span<const Value> arguments) const override {
    // Beyond the most that a row lists, the overload that gathers is the only one, whatever the count.
    const auto &candidates = by_count_[std::min(arguments.size(), by_count_.size() - 1)];
    for (const Overload *overload : candidates)
      if (fits(*overload, arguments))
        return invoke(evaluation, *overload, arguments);
    for (const Overload *overload : candidates)
      if (auto coerced = coerce_all(*overload, arguments))
        return invoke(evaluation, *overload, *coerced);
    if (candidates.empty())
      return refuse(evaluation,
                    counted(arguments.size(), "argument") + (arguments.size() == 1 ? " is given" : " are given"));
    return refuse_types(evaluation, candidates, arguments);
  }

  Value call_named(Evaluation &evaluation, std::span<const std::string> names,
                   std::span<const Value> arguments) const override {
    if (names.size() != arguments.size())
      return refuse(evaluation, "as many names as arguments are asked for");
    std::vector<const Overload *> candidates;
    std::vector<std::vector<Value>> ordered;
    for (const bool complete : {true, false}) { // an overload that has all it requires goes first
      for (const Overload &overload : overloads_) {
        if (auto values = order_by_name(overload, names, arguments, complete)) {
          candidates.push_back(&overload);
          ordered.push_back(std::move(*values));
        }
      }
      if (!candidates.empty())
        break;
    }
    for (std::size_t i = 0; i < candidates.size(); ++i)
      if (fits(*candidates[i], ordered[i]))
        return invoke(evaluation, *candidates[i], ordered[i]);
    for (std::size_t i = 0; i < candidates.size(); ++i)
      if (auto coerced = coerce_all(*candidates[i], ordered[i]))
        return invoke(evaluation, *candidates[i], *coerced);
    if (candidates.empty())
      return refuse(evaluation, "its parameters are not those named");
    return refuse_types(evaluation, std::span(candidates).first(1), ordered.front());
  }

  std::vector<Parameter> parameters() const override {
    std::vector<Parameter> result;
    for (const ParameterRow &parameter : overloads_.front().parameters)
      result.push_back({parameter.name, parameter.gathers ? Type::list(parameter.type) : parameter.type});
    return result;
  }

  Type type() const override {
    if (overloads_.size() > 1)
      return Type(Type::Kind::function); // no one signature tells what it takes
    std::vector<Type> types;
    for (Parameter &parameter : parameters())
      types.push_back(std::move(parameter.type));
    return Type::function(std::move(types), read_types(overloads_.front().signature->returns).second);
  }

  // One signature takes all that the type hands over, and what it gives may be what the type asks for: `abs` is a
  // function<number>->number, and `sum` one of a list and one of numbers.
  bool conforms_to(const Type &asked) const override {
    if (!asked.has_signature())
      return Type(Type::Kind::function).conforms_to(asked);
    const std::vector<Type> &given = asked.parameters();
    return std::any_of(overloads_.begin(), overloads_.end(), [&](const Overload &overload) {
      if (!overload.takes(given.size()))
        return false;
      for (std::size_t i = 0; i < given.size(); ++i)
        if ((kinds_of(given[i]) & ~overload.parameter_of(i).kinds) != 0)
          return false;
      return asked.result().is_any() ||
             (overload.gives != every_kind && (overload.gives & kinds_of(asked.result())) != 0);
    });
  }

  std::string name() const override { return name_; }

private:
  static bool fits(const Overload &overload, std::span<const Value> arguments) {
    for (std::size_t i = 0; i < arguments.size(); ++i)
      if (!accepts(overload.parameter_of(i).kinds, arguments[i].kind()))
        return false;
    return true;
  }

  static std::optional<std::vector<Value>> coerce_all(const Overload &overload, std::span<const Value> arguments) {
    std::vector<Value> result;
    result.reserve(arguments.size());
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      auto value = taken(overload.parameter_of(i), arguments[i]);
      if (!value)
        return std::nullopt;
      result.push_back(std::move(*value));
    }
    return result;
  }

  // What the function made, and did not find in its arguments, counts.
  static Value invoke(Evaluation &evaluation, const Overload &overload, std::span<const Value> arguments) {
    Value result = called(evaluation, overload, arguments);
    return !result.is(Kind::text) && result.unique() ? evaluation.made(std::move(result)) : result;
  }

  // A function reads its texts whole, so much of them in the time of a node.
  static bool within_limits(Evaluation &evaluation, std::span<const Value> arguments) {
    constexpr std::size_t in_a_step = 64; // bytes
    std::size_t bytes = 0;
    for (const Value &argument : arguments)
      if (argument.is(Kind::text))
        bytes += argument.text().size();
    return bytes < in_a_step || evaluation.step(static_cast<std::int64_t>(bytes / in_a_step));
  }

  static Value called(Evaluation &evaluation, const Overload &overload, std::span<const Value> arguments) {
    if (!within_limits(evaluation, arguments))
      return evaluation.out_of_limits();
    const std::size_t count = overload.parameters.size();
    if (arguments.size() == count && !overload.gathers)
      return overload.signature->call(evaluation, arguments);
    std::array<Value, most_parameters> values; // what is left out stays null
    const std::size_t plain = overload.gathers ? count - 1 : count;
    std::copy_n(arguments.begin(), std::min(plain, arguments.size()), values.begin());
    if (overload.gathers)
      values[plain] = List(arguments.begin() + static_cast<std::ptrdiff_t>(plain), arguments.end());
    return overload.signature->call(evaluation, std::span<const Value>(values).first(count));
  }

  // The arguments in the order of the parameters, up to the last one given. When `complete`, nullopt if a required one
  // is left out; otherwise it is null (TCK 0103: is(value1: …) compares with null).
  static std::optional<std::vector<Value>> order_by_name(const Overload &overload, std::span<const std::string> names,
                                                         std::span<const Value> arguments, bool complete) {
    std::vector<Value> values(overload.parameters.size());
    std::vector<bool> given(values.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
      const auto found = std::find_if(overload.parameters.begin(), overload.parameters.end(),
                                      [&](const ParameterRow &parameter) { return parameter.name == names[i]; });
      const auto index = static_cast<std::size_t>(found - overload.parameters.begin());
      if (found == overload.parameters.end() || given[index])
        return std::nullopt;
      given[index] = true;
      values[index] = arguments[i];
    }
    std::size_t count = overload.required;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (given[i])
        count = std::max(count, i + 1);
      else if (complete && !overload.parameters[i].optional)
        return std::nullopt;
    }
    // A parameter left out before one that is given has to take a null.
    values.resize(count);
    return values;
  }

  std::string described() const {
    std::string text;
    for (const Overload &overload : overloads_)
      text += (text.empty() ? "" : ", ") + name_ + '(' + std::string(overload.signature->parameters) + ')';
    return text;
  }

  Value refuse(Evaluation &evaluation, const std::string &why) const {
    std::string signatures = described();
    std::string said = '`' + name_ + "`: " + why + "; it is called as " + signatures;
    return evaluation.error(Code::feel_argument, std::move(said), name_, std::move(signatures));
  }

  // Where a null is all that is amiss, the result is null for the same reasons; otherwise a type is wrong.
  Value refuse_types(Evaluation &evaluation, std::span<const Overload *const> candidates,
                     std::span<const Value> arguments) const {
    for (const Overload *overload : candidates) {
      Value result;
      bool only_nulls = true;
      const ParameterRow *first = nullptr;
      for (std::size_t i = 0; i < arguments.size() && only_nulls; ++i) {
        const ParameterRow &parameter = overload->parameter_of(i);
        if (taken(parameter, arguments[i]))
          continue;
        only_nulls = is_null_like(arguments[i]);
        first = first == nullptr ? &parameter : first;
        result = merge_causes(result, builtins::unknown_of(arguments[i]));
      }
      if (!only_nulls || first == nullptr)
        continue;
      if (result.cause() != nullptr)
        return result;
      return evaluation.error(Code::feel_null_operand, '`' + name_ + "`: `" + first->name + "` is null");
    }
    std::string kinds;
    for (const Value &argument : arguments)
      kinds += (kinds.empty() ? "" : ", ") + std::string(feel::name(argument.kind()));
    return refuse(evaluation, "the arguments are of the types (" + kinds + ')');
  }

  std::string name_;
  std::vector<Overload> overloads_;
  std::vector<std::vector<const Overload *>> by_count_;
};

// Keys stand in the rows.
std::unordered_map<std::string_view, std::shared_ptr<const Function>> make_functions(std::span<const Family> families,
                                                                                     auto &&wanted) {
  std::unordered_map<std::string_view, std::shared_ptr<Builtin>> made;
  for (const Family &family : families)
    for (const Signature &signature : family.signatures) {
      if (!wanted(signature.name))
        continue;
      auto &builtin = made[signature.name];
      if (!builtin)
        builtin = std::make_shared<Builtin>(std::string(signature.name));
      builtin->add(signature);
    }
  std::unordered_map<std::string_view, std::shared_ptr<const Function>> functions;
  for (auto &[name, builtin] : made) {
    builtin->finish();
    functions.emplace(name, std::move(builtin));
  }
  return functions;
}

struct Registry {
  std::unordered_map<std::string_view, std::shared_ptr<const Function>> functions;
  std::vector<std::string> names;

  Registry() : functions(make_functions(builtin_families(), [](std::string_view) { return true; })) {
    for (const auto &[name, function] : functions)
      names.emplace_back(name);
    std::sort(names.begin(), names.end());
  }
};

const Registry &registry() {
  static const Registry instance; // immutable, made on first use
  return instance;
}

} // namespace

std::span<const Family> builtin_families() {
  static const std::array families{
      Family{"conversion", conversion_builtins()},
      Family{"boolean", boolean_builtins()},
      Family{"string", string_builtins()},
      Family{"list", list_builtins()},
      Family{"numeric", numeric_builtins()},
      Family{"context", context_builtins()},
      Family{"temporal", temporal_builtins()},
      Family{"range", range_builtins()},
      Family{"sort", sort_builtins()},
      Family{"calendar", calendar_builtins()},
      Family{"unknown facts", unknown_builtins()},
  };
  return families;
}

const std::shared_ptr<const Function> *find_builtin(std::string_view name) {
  const auto &functions = registry().functions;
  const auto found = functions.find(name);
  return found == functions.end() ? nullptr : &found->second;
}

const std::vector<std::string> &builtin_names() { return registry().names; }

std::vector<std::pair<std::string, std::shared_ptr<const Function>>> extended(std::span<const Signature> rows) {
  std::vector<Family> families(builtin_families().begin(), builtin_families().end());
  families.push_back({{}, rows});
  const auto of_rows = [rows](std::string_view name) {
    return std::any_of(rows.begin(), rows.end(), [name](const Signature &row) { return row.name == name; });
  };
  std::vector<std::pair<std::string, std::shared_ptr<const Function>>> result;
  for (auto &[name, function] : make_functions(families, of_rows))
    result.emplace_back(name, std::move(function));
  return result;
}

} // namespace spie::feel
