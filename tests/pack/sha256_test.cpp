// Vectors of FIPS 180-4 (NIST's examples and its "long message" of a million a).
#include "catch.hpp"

#include "pack/sha256.hpp"

#include <string>

namespace {

std::string digest(std::string_view text) {
  spie::pack::Sha256 sha;
  sha.update(text);
  return sha.hex();
}

} // namespace

TEST_CASE("SHA-256 gives the digests that NIST publishes", "[pack][sha256]") {
  CHECK(digest("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(digest("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(digest("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrs"
               "mnopqrstnopqrstu") == "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
  CHECK(digest(std::string(1'000'000, 'a')) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("SHA-256 does not depend on how the bytes are cut", "[pack][sha256]") {
  std::string text;
  for (int i = 0; i < 300; ++i)
    text += static_cast<char>('a' + i % 26);
  const std::string whole = digest(text);
  for (std::size_t step : {1U, 3U, 55U, 56U, 63U, 64U, 65U}) {
    spie::pack::Sha256 sha;
    for (std::size_t i = 0; i < text.size(); i += step)
      sha.update(std::string_view(text).substr(i, step));
    CAPTURE(step);
    CHECK(sha.hex() == whole);
  }
}
