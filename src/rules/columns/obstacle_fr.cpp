#include "rules/columns/program.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace spie::columns {

namespace {

struct Words {
  std::string_view english, french;
};

constexpr std::array words{
#define SPIE_OBSTACLE(english, french) Words{english, french},
#include "rules/columns/obstacles_fr.inc"
#undef SPIE_OBSTACLE
};

// What stands at each `%` of the pattern; false where the text is another one.
bool matches(std::string_view pattern, std::string_view text, std::vector<std::string_view> &named) {
  const std::size_t hole = pattern.find('%');
  if (text.substr(0, std::min(hole, pattern.size())) != pattern.substr(0, hole))
    return false;
  if (hole == std::string_view::npos)
    return text.size() == pattern.size();
  const std::string_view rest = pattern.substr(hole + 1);
  for (std::size_t end = hole + 1; end <= text.size(); ++end) {
    named.push_back(text.substr(hole, end - hole));
    if (matches(rest, text.substr(end), named))
      return true;
    named.pop_back();
  }
  return false;
}

} // namespace

std::string in_french(std::string_view why) {
  for (const Words &one : words) {
    std::vector<std::string_view> named;
    if (!matches(one.english, why, named))
      continue;
    std::string french;
    std::size_t next = 0;
    for (const char c : one.french)
      if (c == '%')
        french += named[next++];
      else
        french += c;
    return french;
  }
  return std::string(why);
}

} // namespace spie::columns
