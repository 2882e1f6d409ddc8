// The one place that knows which Catch2 is installed: Debian 12 ships 2.13 (one header), others ship 3.x.
// Write the subset that both accept: TEST_CASE, SECTION, GENERATE, CHECK, REQUIRE, *_THROWS_AS, CAPTURE, INFO.
#pragma once
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif
