#include "tests/catch.hpp"

#include "crypto/digest.hpp"

#include <string>

using namespace spie::crypto;

TEST_CASE("SHA-256 gives the digests of FIPS 180-4", "[crypto]") {
  CHECK(hex(sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(hex(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(hex(sha256({"ab", "", "c"})) == hex(sha256("abc")));
  Sha256 pieces;
  for (int i = 0; i < 1000; ++i)
    pieces.update(std::string(1000, 'a'));
  CHECK(hex(pieces.finish()) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("SHA-384 and MD5 give the digests of FIPS 180-4 and RFC 1321", "[crypto]") {
  CHECK(hex(sha384("abc")) ==
        "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134"
        "c825a7");
  CHECK(hex(md5("message digest")) == "f96b697d7cb7938d525a2f31aaf161d0");
  CHECK(hex(md5("")) == "d41d8cd98f00b204e9800998ecf8427e");
}

TEST_CASE("HMAC-SHA-256 gives the codes of RFC 4231", "[crypto]") {
  // A key shorter than a block is filled with zeros: its cases 1 and 2 hold for a key of 32 bytes.
  Key key{};
  for (int i = 0; i < 20; ++i)
    key[static_cast<std::size_t>(i)] = 0x0b;
  CHECK(hex(hmac_sha256(key, "Hi There")) == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  const Key jefe{'J', 'e', 'f', 'e'};
  CHECK(hex(hmac_sha256(jefe, "what do ya want for nothing?")) ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST_CASE("hexadecimal digits are read back, and nothing else is", "[crypto]") {
  std::array<std::uint8_t, 3> bytes{};
  CHECK(from_hex("00fFa1", bytes));
  CHECK(hex(bytes) == "00ffa1");
  for (const char *wrong : {"", "00ff", "00ffa", "00ffa1b2", "00ffg1", "0x00ff"}) {
    CAPTURE(wrong);
    CHECK_FALSE(from_hex(wrong, bytes));
  }
  std::array<std::uint8_t, 16> drawn{}, again{};
  system_entropy(drawn);
  system_entropy(again);
  CHECK(drawn != again);
  CHECK(equal(drawn, drawn));
  CHECK_FALSE(equal(drawn, again));
}
