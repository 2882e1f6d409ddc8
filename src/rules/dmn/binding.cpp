#include "rules/dmn/binding.hpp"

namespace spie::dmn {

feel::Type Binding::type(const std::string &type_ref, std::uint32_t line) {
  const std::size_t before = findings_.size();
  if (auto found = types_.resolve(document_, type_ref, place(line)))
    return *found;
  if (findings_.size() > before) { // said by the table of types: it becomes what this element is refused for
    Diagnostic diagnostic = std::move(findings_.back());
    findings_.pop_back();
    throw Error(std::move(diagnostic));
  }
  throw Error(Diagnostic{Code::dmn_type, Level::error, "the type '" + type_ref + "' is not usable", place(line)});
}

} // namespace spie::dmn
