#include "tests/credentials/vectors.hpp"

#include "credentials/jcs.hpp"

using namespace spie;
using namespace spie::credentials;
using spie::credentials::tests::bytes_of;

namespace {

std::string canonical(std::string_view text) { return canonical_json(json::read_verbatim(text)); }

} // namespace

TEST_CASE("JCS writes the vectors of RFC 8785", "[credentials][jcs]") {
  if (!tests::has_vectors("jcs"))
    return;
  int count = 0;
  for (const auto &entry : std::filesystem::directory_iterator(tests::vectors("jcs") / "input")) {
    CAPTURE(entry.path().filename().string());
    CHECK(canonical(bytes_of(entry.path())) == bytes_of(tests::vectors("jcs") / "output" / entry.path().filename()));
    ++count;
  }
  CHECK(count == 6);
}

// Of RFC 8785, appendix B, and of ECMA-262.
TEST_CASE("JCS writes numbers as ECMAScript does", "[credentials][jcs]") {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"0", "0"},
      {"-0", "0"},
      {"-0.0", "0"},
      {"5e-324", "5e-324"},
      {"-5e-324", "-5e-324"},
      {"1.7976931348623157e308", "1.7976931348623157e+308"},
      {"9007199254740992", "9007199254740992"},
      {"295147905179352830000", "295147905179352830000"},
      {"9.999999999999997e22", "9.999999999999997e+22"},
      {"1e23", "1e+23"},
      {"1.0000000000000001e23", "1.0000000000000001e+23"},
      {"999999999999999900000", "999999999999999900000"},
      {"1000000000000000000000", "1e+21"},
      {"9.999999999999997e-7", "9.999999999999997e-7"},
      {"0.000001", "0.000001"},
      {"333333333.3333332", "333333333.3333332"},
      {"-0.0000033333333333333333", "-0.0000033333333333333333"},
      {"1424953923781206.25", "1424953923781206.2"},
      {"1.50", "1.5"},
      {"4.50e0", "4.5"},
      {"1e-400", "0"},
  };
  for (const auto &[text, expected] : cases) {
    CAPTURE(text);
    CHECK(canonical(text) == expected);
  }
}

TEST_CASE("JCS rounds the digits of a document once", "[credentials][jcs]") {
  // Halfway between two doubles, but for a digit far beyond those that a number keeps.
  CHECK(canonical("9007199254740993.0000000000000000000000000000000000001") == "9007199254740994");
  CHECK(canonical(R"({"a/b":[9007199254740993.0000000000000000000000000000000000001]})") ==
        R"({"a/b":[9007199254740994]})");
}

TEST_CASE("JCS orders keys as UTF-16 does, and escapes no more than it must", "[credentials][jcs]") {
  CHECK(canonical("{\"\xEF\xAC\xB3\":1, \"\xF0\x9F\x98\x80\":2, \"\xED\x9F\xBF\":3, \"a\":4, \"\":5}") ==
        "{\"\":5,\"a\":4,\"\xED\x9F\xBF\":3,\"\xF0\x9F\x98\x80\":2,\"\xEF\xAC\xB3\":1}");
  CHECK(canonical(R"(["é'’œ«/\u007f\u001f\u000b\t\"\\"])") == "[\"é'’œ«/\x7f\\u001f\\u000b\\t\\\"\\\\\"]");
  CHECK(canonical(R"({"b":[{"d":1,"c":null}],"a":true})") == R"({"a":true,"b":[{"c":null,"d":1}]})");
}
