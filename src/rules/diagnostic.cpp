#include "spie/diagnostic.hpp"

#include "spie/nir.hpp"

#include <array>
#include <utility>

namespace spie {

namespace {

struct Entry {
  std::string_view text;
  std::string_view meaning;
  std::string_view remedy;
};

constexpr std::array registry{
#define SPIE_CODE(name, text, meaning, remedy) Entry{text, meaning, remedy},
#include "spie/diagnostic_codes.inc"
#undef SPIE_CODE
};

const Entry &entry(Code code) noexcept {
  const auto index = static_cast<std::size_t>(code);
  return index < registry.size() ? registry[index] : registry[static_cast<std::size_t>(Code::api_internal)];
}

std::string summary(const std::vector<Diagnostic> &diagnostics) {
  if (diagnostics.empty())
    return {};
  std::string result = to_string(diagnostics.front());
  if (diagnostics.size() > 1)
    result += " [and " + std::to_string(diagnostics.size() - 1) + " more]";
  return result;
}

// Whatever quotes what a caller or a file gave ends in an Error: no NIR stands in any.
std::vector<Diagnostic> masked(std::vector<Diagnostic> diagnostics) {
  for (Diagnostic &one : diagnostics)
    one = masked_finding(std::move(one));
  return diagnostics;
}

// first() must always find something: an error that says nothing is itself a fault of the library.
std::vector<Diagnostic> at_least_one(std::vector<Diagnostic> diagnostics) {
  if (diagnostics.empty())
    diagnostics.push_back({Code::api_internal, Level::error, "an error was raised without a finding", {}});
  return diagnostics;
}

} // namespace

std::string_view text(Code code) noexcept { return entry(code).text; }
std::string_view meaning(Code code) noexcept { return entry(code).meaning; }
std::string_view remedy(Code code) noexcept { return entry(code).remedy; }

const std::vector<Code> &all_codes() {
  static const std::vector<Code> codes = [] {
    std::vector<Code> all;
    for (std::size_t i = 0; i < registry.size(); ++i)
      all.push_back(static_cast<Code>(i));
    return all;
  }();
  return codes;
}

std::string_view text(Level level) noexcept {
  switch (level) {
  case Level::error:
    return "error";
  case Level::warning:
    return "warning";
  case Level::note:
    return "note";
  }
  return "error";
}

std::string to_string(const Diagnostic &diagnostic) {
  std::string result(text(diagnostic.code));
  result += ' ';
  result += text(diagnostic.level);
  if (!diagnostic.where.empty())
    result += " at " + diagnostic.where;
  result += ": " + (diagnostic.message.empty() ? std::string(meaning(diagnostic.code)) : diagnostic.message);
  result += " (" + (diagnostic.remedy.empty() ? std::string(remedy(diagnostic.code)) : diagnostic.remedy) + ")";
  return result;
}

Diagnostic masked_finding(Diagnostic diagnostic) {
  for (std::string *text :
       {&diagnostic.message, &diagnostic.where, &diagnostic.remedy, &diagnostic.details, &diagnostic.suggestion})
    if (find_nir(*text))
      *text = without_nir(*text);
  return diagnostic;
}

Error::Error(Diagnostic diagnostic) : Error(std::vector<Diagnostic>{std::move(diagnostic)}) {}

Error::Error(std::vector<Diagnostic> diagnostics)
    : std::runtime_error(summary(diagnostics = at_least_one(masked(std::move(diagnostics))))),
      diagnostics_(std::move(diagnostics)) {}

} // namespace spie
