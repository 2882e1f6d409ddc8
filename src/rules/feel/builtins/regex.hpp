// Regular expressions of XPath and XQuery Functions 3.1 §5.6, which FEEL asks for, over PCRE2.
#pragma once

#include "spie/feel/evaluation.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spie::feel {

// What is wrong with a pattern, or with a search that takes too long; a sentence without its end.
struct RegexError {
  std::string message;
};

// The pattern in the syntax of PCRE2. Whatever XPath does not allow is refused: look-around, \b, \x, possessive forms.
struct TranslatedRegex {
  std::string pattern;
  bool caseless = false;
  bool multiline = false;
};
// Flags: s, m, i, x, q in any order. Throws RegexError.
TranslatedRegex translate_regex(std::string_view pattern, std::string_view flags);

class Regex {
public:
  // Throws RegexError. What it takes, each search too, counts as steps of the evaluation, which outlives it.
  Regex(Evaluation &evaluation, std::string_view pattern, std::string_view flags);
  ~Regex();
  Regex(const Regex &) = delete;
  Regex &operator=(const Regex &) = delete;

  // Each throws RegexError when the search exceeds its limit, or the evaluation its own; texts are UTF-8.
  bool matches(std::string_view text) const;
  // Every match replaced; in `replacement` $1 is a group, $0 the match, \$ and \\ the characters. Stops once the result
  // has `enough` bytes.
  std::string replace(std::string_view text, std::string_view replacement, std::size_t enough) const;
  // The matches, as far as they are `most`.
  std::vector<std::string> find_all(std::string_view text, std::size_t most) const;
  // The parts of the text between the matches, as far as they are `most`.
  std::vector<std::string> split(std::string_view text, std::size_t most) const;

private:
  struct Search;
  void refuse_empty_match() const;
  struct Compiled;
  Evaluation &evaluation_;
  std::unique_ptr<Compiled> compiled_;
  bool literal_ = false; // flag q
};

} // namespace spie::feel
