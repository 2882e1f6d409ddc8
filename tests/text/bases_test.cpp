#include "tests/catch.hpp"

#include "text/base58.hpp"
#include "text/base64.hpp"

using namespace spie;

// RFC 4648 §10, the padding taken away as §3.2 allows.
TEST_CASE("base64url writes the examples of RFC 4648 without their padding, and reads them back", "[text][bases]") {
  const auto [bytes, text] = GENERATE(table<std::string, std::string>({{"", ""},
                                                                       {"f", "Zg"},
                                                                       {"fo", "Zm8"},
                                                                       {"foo", "Zm9v"},
                                                                       {"foob", "Zm9vYg"},
                                                                       {"fooba", "Zm9vYmE"},
                                                                       {"foobar", "Zm9vYmFy"},
                                                                       {"\xFB\xFF\xFE", "-__-"}}));
  CHECK(to_base64url(bytes) == text);
  CHECK(from_base64url(text) == bytes);
}

TEST_CASE("base64url refuses a second spelling of the same bytes", "[text][bases]") {
  for (const std::string_view text : {"Zg==", "Zh", "Zm9", "Z", "Zm9vY", "Zm 8", "+//+", "Zm8\n"}) {
    INFO(text);
    CHECK_FALSE(from_base64url(text).has_value());
  }
}

// The examples of the Internet draft draft-msporny-base58-03 §5.
TEST_CASE("base58 writes the examples of its draft and reads them back", "[text][bases]") {
  const auto [bytes, text] = GENERATE(table<std::string, std::string>(
      {{"Hello World!", "2NEpo7TZRRrLZSi2U"},
       {"The quick brown fox jumps over the lazy dog.", "USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z"},
       {std::string("\x00\x00\x28\x7f\xb4\xcd", 6), "11233QC4"},
       {"", ""}}));
  CHECK(to_base58(bytes) == text);
  CHECK(from_base58(text) == bytes);
}

TEST_CASE("base58 refuses what is no digit, and a text too long to be worked on", "[text][bases]") {
  for (const std::string_view text : {"0", "O", "I", "l", "z 1", "é"})
    CHECK_FALSE(from_base58(text).has_value());
  CHECK(from_base58(std::string(1'024, 'z')).has_value());
  CHECK_FALSE(from_base58(std::string(1'025, 'z')).has_value());
}
