// Which counts are told: worked out by hand. What is counted is tested in Python, against plain Python.
#include "tests/catch.hpp"

#include "spie/parcours/ruptures.hpp"

#include <numeric>
#include <random>

using namespace spie::parcours;

namespace {

bool kept(std::size_t count) { return count >= 5; }

std::vector<std::size_t> told(const std::vector<std::size_t> &counts) {
  const auto shown = cases_montrees(counts, kept);
  std::vector<std::size_t> list;
  for (std::size_t i = 0; i < counts.size(); ++i)
    if (shown[i])
      list.push_back(counts[i]);
  return list;
}

} // namespace

TEST_CASE("a small count is not told, nor what would tell it", "[parcours][ruptures]") {
  using Counts = std::vector<std::size_t>;
  CHECK(told({}).empty());
  CHECK(told({7, 9}) == Counts{7, 9});
  CHECK(told({7, 9, 2}) == Counts{9});       // 18 - 7 - 9 would be 2
  CHECK(told({7, 9, 2, 3}) == Counts{7, 9}); // together they are five
  CHECK(told({9, 7, 7, 1}) == Counts{9, 7});
  CHECK(told({7, 2}).empty());
  CHECK(told({1, 1, 1, 1}).empty());
  CHECK(told({0, 6, 8}) == Counts{0, 6, 8}); // nobody is nobody
  CHECK(told({0, 6, 8, 1}) == Counts{0, 8});
}

TEST_CASE("what is left out is nothing, or no small number, whatever the counts", "[parcours][ruptures]") {
  std::mt19937 draw(20221231);
  for (int round = 0; round < 2'000; ++round) {
    std::vector<std::size_t> counts(1 + draw() % 8);
    for (std::size_t &one : counts)
      one = draw() % 12;
    const auto total = std::accumulate(counts.begin(), counts.end(), std::size_t{0});
    const auto shown = told(counts);
    const auto hidden = total - std::accumulate(shown.begin(), shown.end(), std::size_t{0});
    for (const std::size_t one : shown)
      CHECK((one == 0 || one >= 5));
    CHECK((hidden == 0 || hidden >= 5 || hidden == total));
  }
}
