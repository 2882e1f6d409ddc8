#include "tests/catch.hpp"

#include "text/text_ends.hpp"

#include <random>
#include <string>
#include <vector>

using namespace spie;

TEST_CASE("short texts are told apart by their ends alone", "[text]") {
  std::mt19937 draw(20'231'123);
  std::uniform_int_distribution<std::size_t> length(0, TextEnds::whole);
  std::uniform_int_distribution<int> letter(0, 2); // few, and the byte 0 among them, so that many texts are alike
  std::vector<std::string> texts{""};
  for (int i = 0; i < 1'000; ++i) {
    std::string text(length(draw), ' ');
    for (char &one : text)
      one = static_cast<char>(letter(draw));
    texts.push_back(text);
  }
  std::size_t wrong = 0;
  for (const std::string &one : texts)
    for (const std::string &other : texts)
      wrong += (TextEnds(one) == TextEnds(other)) != (one == other) ? 1U : 0U;
  CHECK(wrong == 0);
}

TEST_CASE("longer texts that differ in the middle alone have the same ends", "[text]") {
  CHECK(TextEnds("abcdefgh-ABCDEFGH") == TextEnds("abcdefgh+ABCDEFGH"));
  CHECK(TextEnds("abcdefgh-ABCDEFGH") != TextEnds("abcdefgh-ABCDEFGh"));
  CHECK(TextEnds("abcdefgh-ABCDEFGH") != TextEnds("abcdefghABCDEFGH"));
}
