// Texts in another language than FEEL: declared as such, or known by their signs once they cannot be read. JUEL,
// Groovy, JavaScript and Python stand in many models; nothing of them is run.
#pragma once

#include "rules/feel/node.hpp"
#include "spie/diagnostic.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace spie::dmn {

// What betrays another language: "`${` is of JUEL"; nullopt when nothing does. A text of FEEL may bear such signs too
// (in a string, in a name): ask only of one that FEEL refuses.
std::optional<std::string> sign_of_another_language(std::string_view text);

[[noreturn]] void refuse_language(std::string message, std::string place); // D015

// What `compile` gives of a text; D015 instead of its error where the text is of another language.
template <typename Compile>
feel::NodePtr compile_feel(const std::string &text, const std::string &language, const std::string &place,
                           const Compile &compile) {
  if (!language.empty())
    refuse_language("the expression language `" + language + "` is not FEEL", place);
  try {
    return compile();
  } catch (const Error &) {
    if (const auto sign = sign_of_another_language(text))
      refuse_language("the text is not FEEL: " + *sign, place);
    throw;
  }
}

} // namespace spie::dmn
