// A name that is not known, and the one that was probably meant: what every surface says of it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace spie {

// The candidate that the text most looks like (case, French accents, spaces and a few letters apart); nullptr when none
// does.
const std::string *nearest(std::string_view text, const std::vector<std::string> &candidates);
// "there is no decision 'totl', did you mean 'total'?"
std::string unknown(std::string_view what, std::string_view name, const std::vector<std::string> &names);

} // namespace spie
