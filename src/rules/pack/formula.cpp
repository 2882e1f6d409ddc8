#include "rules/pack/formula.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace spie::pack {

namespace {

using Replacement = std::pair<std::string_view, std::string_view>;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool starts_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

std::size_t end_of_word(std::string_view feel, std::size_t at) {
  while (at < feel.size() && (starts_name(feel[at]) || is_digit(feel[at])))
    ++at;
  return at;
}

std::size_t end_of_path(std::string_view feel, std::size_t at) {
  at = end_of_word(feel, at);
  while (at + 1 < feel.size() && feel[at] == '.' && starts_name(feel[at + 1]))
    at = end_of_word(feel, at + 1);
  return at;
}

// The text after the quote at `at`, its escapes resolved as far as French texts use them.
std::string quoted(std::string_view feel, std::size_t &at) {
  std::string text;
  for (++at; at < feel.size() && feel[at] != '"'; ++at) {
    if (feel[at] == '\\' && at + 1 < feel.size() && (feel[at + 1] == '"' || feel[at + 1] == '\\'))
      ++at;
    text += feel[at];
  }
  at = std::min(at + 1, feel.size());
  return text;
}

std::string_view french_word_of(std::string_view word, bool called) {
  static constexpr std::array<Replacement, 8> words{{{"and", "et"},
                                                     {"or", "ou"},
                                                     {"if", "si"},
                                                     {"then", "alors"},
                                                     {"else", "sinon"},
                                                     {"true", "oui"},
                                                     {"false", "non"},
                                                     {"null", "rien"}}};
  static constexpr std::array<Replacement, 6> functions{{{"floor", "partie entière"},
                                                         {"max", "le plus grand de "},
                                                         {"min", "le plus petit de "},
                                                         {"sum", "somme de "},
                                                         {"count", "nombre de "},
                                                         {"not", "non "}}};
  const auto find = [&](const auto &list) -> std::string_view {
    const auto found =
        std::find_if(list.begin(), list.end(), [&](const Replacement &one) { return one.first == word; });
    return found == list.end() ? word : found->second;
  };
  return called ? find(functions) : find(words);
}

} // namespace

bool is_program(std::string_view feel) {
  for (std::size_t i = 0; i < feel.size();) {
    if (feel[i] == '"') {
      quoted(feel, i);
    } else if (starts_name(feel[i])) {
      const std::size_t end = end_of_word(feel, i);
      const std::string_view word = feel.substr(i, end - i);
      if (word == "for" || word == "some" || word == "every" || word == "function")
        return true;
      // What a decision does of unknown facts is for its description to say.
      const std::string_view rest = feel.substr(i);
      if (rest.starts_with("first known(") || rest.starts_with("unknown fact(") ||
          rest.starts_with("contradictory facts(") || rest.starts_with("add months("))
        return true;
      i = end;
    } else if (feel[i] == '{' || feel[i] == '[' || feel.substr(i, 2) == ").") {
      return true;
    } else {
      ++i;
    }
  }
  return false;
}

std::string french_formula(std::string_view feel, const FormulaWords &words) {
  // Names of functions that hold a conjunction or a number of words stay whole.
  static constexpr std::array<std::string_view, 3> whole{"years and months duration", "date and time", "starts with"};
  static constexpr std::array<Replacement, 7> signs{
      {{">=", "≥"}, {"<=", "≤"}, {"!=", "≠"}, {" - ", " − "}, {" * ", " × "}, {", ", " ; "}, {",", " ; "}}};
  std::string result;
  for (std::size_t i = 0; i < feel.size();) {
    const std::string_view rest = feel.substr(i);
    if (rest.front() == '"') {
      result += words.text(quoted(feel, i));
      continue;
    }
    if (const auto name = std::find_if(whole.begin(), whole.end(), [&](auto one) { return rest.starts_with(one); });
        name != whole.end()) {
      result += *name;
      i += name->size();
      continue;
    }
    if (starts_name(rest.front())) {
      const std::size_t end = end_of_path(feel, i);
      const std::string path(feel.substr(i, end - i));
      if (const auto label = words.name(path))
        result += *label;
      else
        result += french_word_of(path, end < feel.size() && feel[end] == '(');
      i = end;
      continue;
    }
    if (is_digit(rest.front())) {
      for (; i < feel.size() && (is_digit(feel[i]) || (feel[i] == '.' && i + 1 < feel.size() && is_digit(feel[i + 1])));
           ++i)
        result += feel[i] == '.' ? ',' : feel[i];
      continue;
    }
    const auto sign =
        std::find_if(signs.begin(), signs.end(), [&](const Replacement &one) { return rest.starts_with(one.first); });
    if (sign != signs.end()) {
      result += sign->second;
      i += sign->first.size();
      continue;
    }
    const bool space = rest.front() == ' ' || rest.front() == '\n' || rest.front() == '\t' || rest.front() == '\r';
    if (!space)
      result += rest.front();
    else if (!result.empty() && result.back() != ' ')
      result += ' ';
    ++i;
  }
  return result;
}

} // namespace spie::pack
