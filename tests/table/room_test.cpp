// Where answers are put: blocks that their columns share, and what is nought throughout.
#include "rules/table/room.hpp"
#include "spie/dmn/decision.hpp"
#include "tests/dmn/models.hpp"
#include "tests/table/arrays.hpp"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <string>

using namespace models;
namespace a = arrays;
namespace t = spie::table;

namespace {

bool holds(const t::Room &room, std::size_t bytes, char value) {
  return std::all_of(room.as<char>(), room.as<char>() + bytes, [=](char one) { return one == value; });
}

} // namespace

TEST_CASE("rooms lie apart, aligned, and outlive those who made them", "[table]") {
  std::vector<std::pair<t::Room, std::size_t>> taken;
  {
    t::Rooms rooms;
    // Beyond one block, of sizes that leave its end unused, and larger than what was expected.
    for (const std::size_t bytes :
         {1U, 63U, 64U, 65U, 4'096U, 700'000U, 3'000'000U, 700'000U, 900'000U, 5'000'000U, 0U})
      for (const std::size_t expected : {0U, 100'000U, 100'000'000U}) {
        const t::Room made = rooms.take(bytes, expected);
        REQUIRE(reinterpret_cast<std::uintptr_t>(made.as<char>()) % 64 == 0);
        std::fill_n(made.as<char>(), bytes, static_cast<char>(taken.size() + 1));
        taken.emplace_back(made, bytes);
      }
  }
  for (std::size_t i = 0; i < taken.size(); i += 2) // given back in part, and taken anew
    taken[i] = {};
  t::Rooms others;
  for (std::size_t i = 0; i < 8; ++i) {
    const t::Room made = others.take(1'000'000, 100'000'000);
    std::fill_n(made.as<char>(), 1'000'000, 'x');
  }
  for (std::size_t i = 1; i < taken.size(); i += 2)
    CHECK(holds(taken[i].first, taken[i].second, static_cast<char>(i + 1)));
}

TEST_CASE("rooms give all their memory back", "[table]") {
  const auto mappings = [] {
    std::ifstream maps("/proc/self/maps");
    std::string line;
    std::size_t count = 0;
    while (std::getline(maps, line))
      ++count;
    return count;
  };
  const std::size_t before = mappings();
  if (before == 0) {
    WARN("skipped: nothing here says what is mapped");
    return;
  }
  for (std::size_t i = 0; i < 300; ++i) { // more than is kept, of sizes that are no whole pages
    t::Rooms rooms;
    const t::Room made = rooms.take(5'000'000 + i * 64, 0);
    made.as<char>()[0] = 'x';
  }
  CHECK(mappings() < before + 100);
}

TEST_CASE("noughts are nought", "[table]") {
  const auto *bytes = static_cast<const char *>(t::zeros());
  CHECK(std::all_of(bytes, bytes + t::most_zeros, [](char one) { return one == 0; }));
}

TEST_CASE("the status of each row is told, in whichever piece of a table the first that is not determined stands",
          "[table]") {
  const auto prepared =
      dmn::Model::load({{"m.dmn", document(input("x", "number") + decision("r", {"i_x"}, literal("x + 1")))}})
          ->decision("r");
  constexpr std::size_t rows = 70'000; // three pieces
  for (const std::size_t lacking : {rows, std::size_t{0}, std::size_t{1'024}, std::size_t{40'000}, rows - 1}) {
    std::vector<std::optional<std::int64_t>> given;
    for (std::size_t i = 0; i < rows; ++i)
      given.push_back(i == lacking ? std::nullopt : std::optional(static_cast<std::int64_t>(i)));
    a::Stream table(a::structure("", {a::plain("x", "l", given)}));
    ArrowArrayStream answer{};
    t::Options options;
    options.threads = 1;
    t::evaluate(answer, prepared, table.give(), options);
    const a::Read read = a::read(answer);
    REQUIRE(read.rows.size() == rows);
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < rows; ++i) {
      const bool determined = read.at(i, "statut").text() == "determine";
      wrong += determined != (i != lacking);
      wrong += i != lacking && !feel::identical(read.at(i, "r"), Value(static_cast<std::int64_t>(i + 1)));
    }
    INFO(lacking);
    CHECK(wrong == 0);
  }
}
