#include "spie/diagnostic_fr.hpp"

#include <array>

namespace spie {

namespace {

struct French {
  Code code;
  std::string_view meaning;
  std::string_view remedy;
};

constexpr std::array registry{
#define SPIE_CODE_FR(name, meaning, remedy) French{Code::name, meaning, remedy},
#include "spie/diagnostic_codes_fr.inc"
#undef SPIE_CODE_FR
};

constexpr Code codes[] = {
#define SPIE_CODE(name, text, meaning, remedy) Code::name,
#include "spie/diagnostic_codes.inc"
#undef SPIE_CODE
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < registry.size(); ++i)
    if (registry[i].code != static_cast<Code>(i))
      return false;
  return registry.size() == std::size(codes);
}
static_assert(in_order(), "every code has its French, in the order of the registry");

const French &entry(Code code) noexcept {
  const auto index = static_cast<std::size_t>(code);
  return registry[index < registry.size() ? index : static_cast<std::size_t>(Code::api_internal)];
}

} // namespace

std::string_view meaning_fr(Code code) noexcept { return entry(code).meaning; }
std::string_view remedy_fr(Code code) noexcept { return entry(code).remedy; }

} // namespace spie
