#include "sqlite/spilled_map.hpp"

#include "tests/catch.hpp"
#include "tests/peak.hpp"

#include <string>

using spie::sqlite::SpilledMap;

TEST_CASE("a spilled map keeps the first number of each key", "[sqlite]") {
  SpilledMap map;
  CHECK_FALSE(map.find("personne:aline"));
  CHECK_FALSE(map.emplace("personne:aline", 4));
  CHECK(map.emplace("personne:aline", 9) == 4);
  CHECK(map.find("personne:aline") == 4);
  CHECK_FALSE(map.find("personne:alin"));
  CHECK_FALSE(map.emplace("", 0));
  CHECK(map.emplace("", 1) == 0);
  SpilledMap other;
  CHECK_FALSE(other.find("personne:aline"));
}

TEST_CASE("a spilled map stays flat in memory", "[sqlite]") {
  constexpr std::int64_t many = 300'000; // some 10 MiB of keys and numbers
  SpilledMap map;
  const auto key = [](std::int64_t i) { return "cle-" + std::to_string(i); };
  for (std::int64_t i = 0; i < many / 10; ++i)
    map.emplace(key(i), i);
  const long before = spie::testing::peak_kib();
  for (std::int64_t i = many / 10; i < many; ++i)
    REQUIRE_FALSE(map.emplace(key(i), i));
  if (spie::testing::sanitized)
    WARN("under a sanitizer memory tells nothing: not checked");
  else
    CHECK(spie::testing::peak_kib() - before < 4'096);
  for (std::int64_t i = 0; i < many; i += 997)
    REQUIRE(map.find(key(i)) == i);
}
