// Pages of docs/ hold sections written from the code's own tables; the tests keep them equal. With SPIE_UPDATE set in
// the environment the section is written anew.
#pragma once

#include "tests/catch.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

inline void check_section(const std::string &page, const std::string &name, const std::string &content) {
  const std::string path = std::string(SPIE_SOURCE_DIR) + "/docs/" + page;
  const std::string begin = "<!-- " + name + ": begin -->\n", end = "<!-- " + name + ": end -->";
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto from = text.find(begin), to = text.find(end);
  REQUIRE(from != std::string::npos);
  REQUIRE(to != std::string::npos);
  const std::string expected = text.substr(0, from) + begin + content + text.substr(to);
  if (std::getenv("SPIE_UPDATE") != nullptr)
    std::ofstream(path, std::ios::binary) << expected;
  else
    CHECK((text == expected)); // run the test with SPIE_UPDATE=1 to write the section anew
}
