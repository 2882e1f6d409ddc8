// What is said of a finding outside of the badge where it was found.
#pragma once

#include "credentials/finding.hpp"

#include <string>
#include <string_view>

namespace spie::credentials {

// Words of a badge, cut when they are long; of a secret key, none.
std::string cut(std::string_view words);
// As an error carries it: its French goes as the words that it quotes, which a surface in French says.
Diagnostic diagnostic_of(const Finding &finding);

} // namespace spie::credentials
