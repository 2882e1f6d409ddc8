// Words of the pack that tell of health or of justice, found in a text as whole words, whatever their accents, their
// capitals, their gender and their number, their dots ("R.Q.T.H."), their hyphens ("handi-cap") and the digits beside
// them ("aah2021"). A word that mixes scripts is held back as well: to the eye it is another.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace spie::parcours {

bool holds_word(std::string_view text, const std::vector<std::string> &words);

} // namespace spie::parcours
