// What goes wrong, said the same way everywhere: a permanent code, a level, a message, a place and a remedy.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace spie {

// One enumerator per line of diagnostic_codes.inc; a code keeps its meaning for ever.
enum class Code : std::uint16_t {
#define SPIE_CODE(name, text, meaning, remedy) name,
#include "spie/diagnostic_codes.inc"
#undef SPIE_CODE
};

// The permanent text of a code, such as "F001".
std::string_view text(Code code) noexcept;
// What the code means, one English sentence.
std::string_view meaning(Code code) noexcept;
// What to do about it, one English sentence.
std::string_view remedy(Code code) noexcept;
// Every code, in the order of the registry: what the manual page is made from.
const std::vector<Code> &all_codes();

// Only errors refuse a model, a pack or a file; decisions §2.
enum class Level : std::uint8_t { error, warning, note };
std::string_view text(Level level) noexcept;

// A finding. `where` names the place as its reader would look for it: "entree.dmn:12, decision 'entree', rule 3",
// "/freins/2/code" (JSON pointer), "1:14" (line and column of a FEEL text). Empty when there is no place.
struct Diagnostic {
  Code code{};
  Level level = Level::error;
  std::string message;
  std::string where;
  std::string remedy = {};     // empty: the general remedy of the code
  std::string details = {};    // the words at fault, as they were written: what a sentence in another language quotes
  std::string suggestion = {}; // what was probably meant instead of them
};

// "F001 error at 1:14: message (remedy)".
std::string to_string(const Diagnostic &diagnostic);

// Thrown by loads and by misuse of the C++ interface; carries every finding, the first one first.
class Error : public std::runtime_error {
public:
  explicit Error(Diagnostic diagnostic);
  explicit Error(std::vector<Diagnostic> diagnostics); // at least one
  const Diagnostic &first() const noexcept { return diagnostics_.front(); }
  const std::vector<Diagnostic> &diagnostics() const noexcept { return diagnostics_; }

private:
  std::vector<Diagnostic> diagnostics_;
};

} // namespace spie
