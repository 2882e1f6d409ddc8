// Lists of constants, one a row, against what their keys say.
#include "rules/table/list_writer.hpp"
#include "tests/catch.hpp"

#include <random>

using namespace spie;
using columns::Wide;
using table::ListWriter;

namespace {

// What all the keys give, and where each list begins.
template <class Item>
std::vector<Item> written(const ListWriter<Item> &lists, const std::vector<std::int32_t> &keys,
                          std::vector<std::int32_t> &places) {
  places.resize(keys.size());
  const std::size_t total = lists.places(keys.data(), keys.size(), 0, places.data());
  std::vector<Item> items(total + ListWriter<Item>::beyond);
  lists.write(keys.data(), keys.size(), places.data(), items.data());
  items.resize(total);
  return items;
}

} // namespace

TEST_CASE("lists are written by the sets of what they keep", "[table]") {
  std::mt19937 random(3);
  for (const std::size_t count : {1U, 5U, 8U, 9U, 16U, 31U}) {
    std::vector<std::vector<Wide>> lists;
    for (std::size_t i = 0; i < count; ++i)
      lists.push_back({static_cast<Wide>(i + 1) * 7});
    std::vector<std::int32_t> keys{0, static_cast<std::int32_t>((std::uint32_t{1} << count) - 1)}, places;
    for (int i = 0; i < 500; ++i)
      keys.push_back(static_cast<std::int32_t>(random() & ((std::uint32_t{1} << count) - 1)));
    std::vector<std::int32_t> expected, begins;
    for (const std::int32_t key : keys) {
      begins.push_back(static_cast<std::int32_t>(expected.size()));
      for (std::size_t i = 0; i < count; ++i)
        if ((static_cast<std::uint32_t>(key) >> i & 1) != 0)
          expected.push_back(static_cast<std::int32_t>(lists[i].front()));
    }
    INFO(count);
    CHECK((written(ListWriter<std::int32_t>::of_sets(lists), keys, places) == expected));
    CHECK(places == begins);
    const std::vector<Wide> wide(expected.begin(), expected.end());
    CHECK((written(ListWriter<Wide>::of_sets(lists), keys, places) == wide));
  }
}

TEST_CASE("lists are written by their codes, none by nought", "[table]") {
  const std::vector<std::vector<Wide>> lists{{1, 2, 3}, {}, {4}, {5, 6, 7, 8, 9, 10, 11, 12, 13}};
  std::vector<std::int32_t> places;
  const std::vector<std::int32_t> keys{3, 0, 1, 2, 4, 0};
  const std::vector<std::int32_t> expected{4, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13}, begins{0, 1, 1, 4, 4, 13};
  CHECK((written(ListWriter<std::int32_t>::of_codes(lists), keys, places) == expected));
  CHECK(places == begins);
}
