// The parts of what is said of a name that is not known, for sentences of another form.
#pragma once

#include "spie/suggestion.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace spie {

// What was probably meant; else all that could be, separated by ", ".
std::string nearest_or_all(std::string_view text, const std::vector<std::string> &candidates);
// For the end of a message: ", did you mean 'x'?", or nothing.
std::string suggestion(std::string_view name, const std::vector<std::string> &names);

} // namespace spie
