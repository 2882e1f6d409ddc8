#include "rules/feel/builtins/support.hpp"

#include "rules/feel/causes.hpp"
#include "rules/feel/operators.hpp"

#include <cstring>
#include <memory>

namespace spie::feel::builtins {

namespace {

// The causes inside a value as a null; nullopt when there are none.
std::optional<Value> null_of_causes(const Value &value) {
  Cause cause;
  collect_causes(value, cause);
  if (cause.errors.empty() && cause.missing.empty() && cause.refused.empty())
    return std::nullopt;
  return Value(Null{std::make_shared<const Cause>(std::move(cause))});
}

} // namespace

std::optional<std::int64_t> truncated(const Number &number) {
  if (const auto whole = number.to_int64())
    return whole;
  const auto cut = number.round(0, Rounding::down);
  return cut ? cut->to_int64() : std::nullopt;
}

std::optional<std::size_t> index_at(const Number &position, std::size_t size) {
  const auto whole = truncated(position);
  const auto count = static_cast<std::int64_t>(size);
  if (!whole || *whole == 0 || *whole > count || *whole < -count)
    return std::nullopt;
  return static_cast<std::size_t>(*whole > 0 ? *whole - 1 : count + *whole);
}

std::size_t found_in(std::string_view text, std::string_view sought) noexcept {
  const void *const at = memmem(text.data(), text.size(), sought.data(), sought.size());
  return at == nullptr ? text.npos : static_cast<std::size_t>(static_cast<const char *>(at) - text.data());
}

Value null_item(Evaluation &evaluation, const List &items, std::string_view function) {
  Causes causes;
  for (const Value &item : items)
    causes.add(item);
  if (!causes.none())
    return causes.null();
  return evaluation.error(Code::feel_null_operand, "`" + std::string(function) + "`: an item is null");
}

Value unknown_of(const Value &value) { return null_of_causes(value).value_or(Value()); }

bool same(Evaluation &evaluation, const Value &a, const Value &b) {
  if (a.kind() != b.kind())
    return false;
  if (a.is_null())
    return true;
  const std::optional<bool> scalars = equal_scalars(a, b);
  return scalars ? *scalars : is_equal(evaluation, a, b);
}

std::optional<Value> unknown_among(const List &items) {
  Causes causes;
  for (const Value &item : items)
    if (item.is_unknown())
      causes.add(item);
  return causes.none() ? std::nullopt : std::optional(causes.null());
}

std::optional<Value> beyond_limits(Evaluation &evaluation, std::size_t size) {
  const auto count = static_cast<std::int64_t>(size);
  if (count > evaluation.limits.list_size)
    return evaluation.error(Code::feel_limit, "a list of " + std::to_string(size) + " items is too long");
  // A built-in handles an item in a fraction of the time of a node.
  if (!evaluation.step(count / 8))
    return evaluation.out_of_limits();
  return std::nullopt;
}

Value refused(Evaluation &evaluation, std::string_view function, std::string_view message) {
  return evaluation.error(Code::feel_argument, "`" + std::string(function) + "`: " + std::string(message));
}

} // namespace spie::feel::builtins
