#include "rules/record/record.hpp"

#include "spie/diagnostic_fr.hpp"
#include "spie/nir.hpp"

namespace spie::record {

std::string euros_text(const feel::Number &amount) {
  const auto cents = amount.round(2, feel::Rounding::half_up);
  if (!cents)
    throw Error({Code::api_internal, Level::error, "an amount has no cents", {}});
  return cents->to_string();
}

feel::Value written(const Diagnostic &finding, unsigned) {
  const Diagnostic masked = masked_finding(finding); // of a result: it was not thrown
  const std::string_view remedy_text = masked.remedy.empty() ? remedy(masked.code) : masked.remedy;
  const EnFrancais french = en_francais(masked);
  return feel::Context{{"code", text(masked.code)}, {"level", text(masked.level)}, {"message", masked.message},
                       {"where", masked.where},     {"remedy", remedy_text},       {"signification", french.phrase},
                       {"remede", french.remede},   {"details", french.details},   {"suggestion", french.suggestion}};
}

feel::Value written(const Counts &counts, unsigned) {
  feel::List list;
  for (const auto &[reason, count] : counts)
    list.push_back(feel::Context{{"raison", reason}, {"nombre", count}});
  return list;
}

feel::Value written(const Amounts &amounts, unsigned) {
  feel::Context context;
  for (const auto &[name, amount] : amounts)
    context.set(name, euros_text(amount));
  return context;
}

feel::Value written(const Words &words, unsigned) {
  feel::Context context;
  for (const auto &[code, said] : words)
    context.set(code, feel::Value(said));
  return context;
}

feel::Value written(std::string_view value, unsigned form) {
  return (form & or_null) != 0 && value.empty() ? feel::Value() : feel::Value(value);
}

feel::Value written(const feel::Number &value, unsigned form) {
  return (form & euros) != 0 ? feel::Value(euros_text(value)) : feel::Value(value);
}

feel::Value written(feel::Date value, unsigned form) {
  return (form & typed_day) != 0 ? feel::Value(value) : feel::Value(value.to_string());
}

void place(std::vector<feel::Context::Entry> &record, std::string_view key, unsigned form, feel::Value value) {
  if ((form & left_out) != 0 && value.is_null())
    return;
  if (key.empty()) {
    for (const auto &entry : value.context())
      record.push_back(entry);
    return;
  }
  const std::size_t dot = key.find('.');
  if (dot == std::string_view::npos) {
    record.emplace_back(key, std::move(value));
    return;
  }
  const std::string_view outer = key.substr(0, dot);
  if (record.empty() || record.back().first != outer)
    record.emplace_back(outer, feel::Context());
  feel::Context held = record.back().second.context();
  held.set(std::string(key.substr(dot + 1)), std::move(value));
  record.back().second = std::move(held);
}

} // namespace spie::record
