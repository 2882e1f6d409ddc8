#include "rules/feel/external.hpp"

#include "rules/feel/operators.hpp"
#include "rules/feel/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>

namespace spie::feel {

namespace {

// What Java would hold in a variable of the type. Its doubles are not FEEL's numbers: a value that is exactly a
// double's shortest text comes back as it was written.
enum class Java : std::uint8_t { none, byte, short_, int_, long_, float_, double_, char_, text, objects };

Java java_type(std::string_view name) {
  if (name == "byte" || name == "java.lang.Byte")
    return Java::byte;
  if (name == "short" || name == "java.lang.Short")
    return Java::short_;
  if (name == "int" || name == "java.lang.Integer")
    return Java::int_;
  if (name == "long" || name == "java.lang.Long")
    return Java::long_;
  if (name == "float" || name == "java.lang.Float")
    return Java::float_;
  if (name == "double" || name == "java.lang.Double")
    return Java::double_;
  if (name == "char" || name == "java.lang.Character")
    return Java::char_;
  if (name == "java.lang.String")
    return Java::text;
  if (name == "[Ljava.lang.Object;" || name == "java.lang.Object...")
    return Java::objects;
  return Java::none;
}

bool is_integral(Java type) { return type >= Java::byte && type <= Java::long_; }
bool is_numeric(Java type) { return type >= Java::byte && type <= Java::double_; }

// The shortest text that reads back as the float, which is how Java hands it on: 456.78f is 456.78.
std::optional<Number> of_float(float value) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value);
  return Number::parse({text.data(), end.ptr});
}

// The number as the Java type holds it; nullopt when it does not fit.
std::optional<Number> held(const Number &number, Java type) {
  if (is_integral(type)) {
    const auto integer = number.to_int64();
    if (!integer)
      return std::nullopt;
    const auto fits = [&](auto limit) {
      using Limits = std::numeric_limits<decltype(limit)>;
      return *integer >= Limits::min() && *integer <= Limits::max();
    };
    const bool good = type == Java::byte     ? fits(std::int8_t{})
                      : type == Java::short_ ? fits(std::int16_t{})
                      : type == Java::int_   ? fits(std::int32_t{})
                                             : true;
    return good ? std::optional(*integer) : std::nullopt;
  }
  if (type == Java::float_) {
    const auto narrow = static_cast<float>(number.to_double());
    return std::isfinite(narrow) ? of_float(narrow) : std::nullopt;
  }
  return Number::from_double(number.to_double());
}

struct Call {
  Evaluation &evaluation;
  std::span<const Value> arguments;
  Java type; // of the first parameter
};

Value of_double(Evaluation &evaluation, double value) {
  if (const auto number = Number::from_double(value))
    return *number;
  return evaluation.error(Code::feel_arithmetic, "the external function gives no number");
}

template <double (*function)(double)> Value real(const Call &call) {
  return of_double(call.evaluation, function(call.arguments[0].number().to_double()));
}
double signum(double x) { return x > 0 ? 1 : x < 0 ? -1 : x; }
double to_radians(double x) { return x / 180 * 3.141592653589793; }
double to_degrees(double x) { return x * 180 / 3.141592653589793; }

Value largest(const Call &call) {
  return call.arguments[0].number() < call.arguments[1].number() ? call.arguments[1] : call.arguments[0];
}
Value smallest(const Call &call) {
  return call.arguments[1].number() < call.arguments[0].number() ? call.arguments[1] : call.arguments[0];
}
Value absolute(const Call &call) { return call.arguments[0].number().abs(); }
Value same(const Call &call) { return call.arguments[0]; }
Value power(const Call &call) {
  return of_double(call.evaluation,
                   std::pow(call.arguments[0].number().to_double(), call.arguments[1].number().to_double()));
}
Value round_half_up(const Call &call) { // Math.round: floor(x + 1/2)
  if (const auto number = Number::from_double(std::floor(call.arguments[0].number().to_double() + 0.5)))
    return *number;
  return call.evaluation.error(Code::feel_arithmetic, "the number cannot be rounded");
}
Value as_text(const Call &call) { return call.arguments[0].to_string(); }

// Integer.valueOf("123"), Double.parseDouble("1234.56").
template <Java type> Value parsed(const Call &call) {
  const auto number = Number::parse(call.arguments[0].text());
  const auto result = number ? held(*number, type) : std::nullopt;
  if (!result)
    return call.evaluation.error(Code::feel_conversion, in_brief(call.arguments[0]) + " is not such a number");
  return *result;
}

// String.format with %s, %d and %%; what it takes beyond them has no stand-in.
Value format(const Call &call) {
  std::string result;
  const std::string &pattern = call.arguments[0].text();
  std::size_t next = 1;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '%') {
      result += pattern[i];
      continue;
    }
    const char kind = ++i < pattern.size() ? pattern[i] : '\0';
    if (kind == '%') {
      result += '%';
      continue;
    }
    if (kind == 'n') {
      result += '\n';
      continue;
    }
    if ((kind != 's' && kind != 'd') || next >= call.arguments.size())
      return call.evaluation.error(Code::feel_argument,
                                   "String.format stands here for %s and %d with an argument each");
    const Value &argument = call.arguments[next++];
    if (kind == 'd' && !(argument.is(Kind::number) && argument.number().is_integer()))
      return call.evaluation.error(Code::feel_argument, "%d takes an integer");
    result += argument.to_string();
    if (result.size() > call.evaluation.limits.text_size)
      break;
  }
  return call.evaluation.made(std::move(result));
}

struct StandIn {
  std::string_view class_name, method;
  std::string_view parameters; // "n" a numeric type, "d" double, "c" char, "s" String, "o" Object...
  Value (*run)(const Call &);
};

constexpr std::array stand_ins{
    StandIn{"java.lang.Math", "max", "nn", largest},
    StandIn{"java.lang.Math", "min", "nn", smallest},
    StandIn{"java.lang.Math", "abs", "n", absolute},
    StandIn{"java.lang.Math", "pow", "dd", power},
    StandIn{"java.lang.Math", "round", "d", round_half_up},
    StandIn{"java.lang.Math", "cos", "d", real<std::cos>},
    StandIn{"java.lang.Math", "sin", "d", real<std::sin>},
    StandIn{"java.lang.Math", "tan", "d", real<std::tan>},
    StandIn{"java.lang.Math", "acos", "d", real<std::acos>},
    StandIn{"java.lang.Math", "asin", "d", real<std::asin>},
    StandIn{"java.lang.Math", "atan", "d", real<std::atan>},
    StandIn{"java.lang.Math", "exp", "d", real<std::exp>},
    StandIn{"java.lang.Math", "log", "d", real<std::log>},
    StandIn{"java.lang.Math", "log10", "d", real<std::log10>},
    StandIn{"java.lang.Math", "sqrt", "d", real<std::sqrt>},
    StandIn{"java.lang.Math", "cbrt", "d", real<std::cbrt>},
    StandIn{"java.lang.Math", "floor", "d", real<std::floor>},
    StandIn{"java.lang.Math", "ceil", "d", real<std::ceil>},
    StandIn{"java.lang.Math", "rint", "d", real<std::nearbyint>},
    StandIn{"java.lang.Math", "signum", "d", real<signum>},
    StandIn{"java.lang.Math", "toRadians", "d", real<to_radians>},
    StandIn{"java.lang.Math", "toDegrees", "d", real<to_degrees>},
    StandIn{"java.lang.Byte", "valueOf", "n", same},
    StandIn{"java.lang.Short", "valueOf", "n", same},
    StandIn{"java.lang.Integer", "valueOf", "n", same},
    StandIn{"java.lang.Long", "valueOf", "n", same},
    StandIn{"java.lang.Float", "valueOf", "n", same},
    StandIn{"java.lang.Double", "valueOf", "n", same},
    StandIn{"java.lang.Byte", "valueOf", "s", parsed<Java::byte>},
    StandIn{"java.lang.Short", "valueOf", "s", parsed<Java::short_>},
    StandIn{"java.lang.Integer", "valueOf", "s", parsed<Java::int_>},
    StandIn{"java.lang.Integer", "parseInt", "s", parsed<Java::int_>},
    StandIn{"java.lang.Long", "valueOf", "s", parsed<Java::long_>},
    StandIn{"java.lang.Long", "parseLong", "s", parsed<Java::long_>},
    StandIn{"java.lang.Float", "valueOf", "s", parsed<Java::float_>},
    StandIn{"java.lang.Float", "parseFloat", "s", parsed<Java::float_>},
    StandIn{"java.lang.Double", "valueOf", "s", parsed<Java::double_>},
    StandIn{"java.lang.Double", "parseDouble", "s", parsed<Java::double_>},
    StandIn{"java.lang.String", "valueOf", "n", as_text},
    StandIn{"java.lang.String", "valueOf", "c", same},
    StandIn{"java.lang.String", "format", "so", format},
};

bool fits(char want, Java type) {
  switch (want) {
  case 'n':
    return is_numeric(type);
  case 'd':
    return type == Java::double_;
  case 'c':
    return type == Java::char_;
  case 's':
    return type == Java::text;
  default:
    return type == Java::objects;
  }
}

class External final : public Function {
public:
  External(const StandIn &stand_in, std::vector<Java> types, std::vector<Parameter> parameters)
      : stand_in_(stand_in), types_(std::move(types)), parameters_(std::move(parameters)) {}

  Value call(Evaluation &evaluation, std::span<const Value> given) const override {
    const bool open = types_.back() == Java::objects;
    if (open ? given.size() + 1 < types_.size() : given.size() != types_.size())
      return evaluation.error(Code::feel_argument, "the external function takes " + counted(types_.size(), "argument"));
    std::vector<Value> arguments;
    for (std::size_t i = 0; i < given.size(); ++i) {
      Value argument = i < parameters_.size() ? coerce(evaluation, given[i], parameters_[i].type) : given[i];
      const Java type = i < types_.size() ? types_[i] : types_.back();
      if (argument.cause() != nullptr)
        return argument;
      std::optional<Value> taken;
      if (type == Java::objects)
        taken = argument;
      else if (is_numeric(type) && argument.is(Kind::number)) {
        if (const auto number = held(argument.number(), type))
          taken = *number;
      } else if (type == Java::text && argument.is(Kind::text))
        taken = argument;
      else if (type == Java::char_ && argument.is(Kind::text) &&
               code_point_at(argument.text(), 0).length == argument.text().size() && !argument.text().empty())
        taken = argument;
      if (!taken)
        return evaluation.error(Code::feel_argument, "argument " + std::to_string(i + 1) +
                                                         " is not of the type that the external function takes");
      arguments.push_back(std::move(*taken));
    }
    return stand_in_.run({evaluation, arguments, types_.front()});
  }
  std::vector<Parameter> parameters() const override { return parameters_; }
  Type type() const override {
    std::vector<Type> types;
    for (const Parameter &parameter : parameters_)
      types.push_back(parameter.type);
    return Type::function(std::move(types), Type());
  }

private:
  const StandIn &stand_in_;
  std::vector<Java> types_;
  std::vector<Parameter> parameters_;
};

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ')
    text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ')
    text.remove_suffix(1);
  return text;
}

} // namespace

std::shared_ptr<const Function> find_external(std::string_view class_name, std::string_view signature,
                                              std::vector<Parameter> parameters) {
  const std::size_t open = signature.find('('), close = signature.rfind(')');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open)
    return nullptr;
  const std::string_view method = trimmed(signature.substr(0, open));
  std::vector<Java> types;
  std::string_view list = trimmed(signature.substr(open + 1, close - open - 1));
  while (!list.empty()) {
    const std::size_t comma = list.find(',');
    types.push_back(java_type(trimmed(list.substr(0, comma))));
    list = comma == std::string_view::npos ? std::string_view() : list.substr(comma + 1);
  }
  for (const StandIn &stand_in : stand_ins)
    if (stand_in.class_name == class_name && stand_in.method == method && stand_in.parameters.size() == types.size() &&
        std::equal(types.begin(), types.end(), stand_in.parameters.begin(),
                   [](Java type, char want) { return fits(want, type); }))
      return std::make_shared<External>(stand_in, std::move(types), std::move(parameters));
  return nullptr;
}

} // namespace spie::feel
