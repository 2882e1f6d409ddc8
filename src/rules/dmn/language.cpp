#include "rules/dmn/language.hpp"

#include <array>
#include <cctype>
#include <utility>

namespace spie::dmn {

namespace {

struct Sign {
  std::string_view sign, says;
};
constexpr std::array<Sign, 6> anywhere{{{"${", "`${` is of JUEL"},
                                        {"#{", "`#{` is of JUEL"},
                                        {"&&", "`&&` is of JUEL, JavaScript or Groovy"},
                                        {"||", "`||` is of JUEL, JavaScript or Groovy"},
                                        {"===", "`===` is of JavaScript"},
                                        {"function(", "`function(` is of JavaScript"}}};

bool is_name_part(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || (c & 0x80) != 0; }

// A text between single quotation marks; the apostrophe of a name (durée d'inactivité) follows a letter.
bool has_single_quotes(std::string_view text) {
  for (std::size_t at = text.find('\''); at != std::string_view::npos; at = text.find('\'', at + 1))
    if ((at == 0 || !is_name_part(text[at - 1])) && text.find('\'', at + 1) != std::string_view::npos)
      return true;
  return false;
}

// `a==null?b:c`: in FEEL a `?` never follows a value directly.
bool has_conditional(std::string_view text) {
  for (std::size_t at = text.find('?', 1); at < text.size(); at = text.find('?', at + 1)) {
    const char before = text[at - 1];
    if (before == ' '
            ? text.substr(at + 1, 1) == " " && text.find(" : ", at) != std::string_view::npos
            : (is_name_part(before) || before == ')' || before == '"') && text.find(':', at) != std::string_view::npos)
      return true;
  }
  return false;
}

} // namespace

std::optional<std::string> sign_of_another_language(std::string_view text) {
  const std::size_t start = text.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos)
    return std::nullopt;
  text.remove_prefix(start);
  for (const Sign &one : anywhere)
    if (text.find(one.sign) != std::string_view::npos)
      return std::string(one.says);
  if (text.starts_with("=="))
    return "`==` is of JUEL, JavaScript or Groovy";
  if (text.front() == '.' && text.size() > 1 && is_name_part(text[1]) &&
      std::isdigit(static_cast<unsigned char>(text[1])) == 0)
    return "a call on the input, `.name(…)`, is of Groovy, JavaScript or Python";
  if (has_conditional(text))
    return "`… ? … : …` is of JUEL, JavaScript or Groovy";
  if (has_single_quotes(text))
    return "a text between single quotation marks is of JavaScript, Groovy or Python";
  for (const auto &[python, feel] : {std::pair<std::string_view, std::string_view>{"True", "true"}, {"False", "false"}})
    if (text.substr(0, text.find_last_not_of(" \t\r\n") + 1) == python)
      return "`" + std::string(python) + "` is of Python, FEEL writes " + std::string(feel);
  return std::nullopt;
}

void refuse_language(std::string message, std::string place) {
  throw Error(Diagnostic{Code::dmn_language, Level::error, std::move(message), std::move(place)});
}

} // namespace spie::dmn
