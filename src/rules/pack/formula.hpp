// A FEEL text as French readers can follow it: names said by their labels, signs and conjunctions in French. What is
// too much of a program to be read so is left to the decision's description.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace spie::pack {

struct FormulaWords {
  std::function<std::optional<std::string>(const std::string &path)> name; // "depense.date", "part_etat"
  std::function<std::string(const std::string &text)> text;                // how a code or a text is said
};

// Iterations, contexts, filters, what is done of unknown facts: a program rather than a formula.
bool is_program(std::string_view feel);

std::string french_formula(std::string_view feel, const FormulaWords &words);

} // namespace spie::pack
