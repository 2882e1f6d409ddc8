// Words of the pack that tell of health or of justice, found in a text as whole words, whatever their accents, their
// capitals, their gender and their number.
#pragma once

#include "insertion/dossier/cles.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace spie::parcours {

inline bool holds_word(std::string_view text, const std::vector<std::string> &words) {
  const std::string said = " " + dossier::normalized_name(text) + " ";
  for (const std::string &word : words)
    for (const char *end : {" ", "E ", "S ", "ES "})
      if (said.find(" " + dossier::normalized_name(word) + end) != std::string::npos)
        return true;
  return false;
}

} // namespace spie::parcours
