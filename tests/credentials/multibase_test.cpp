#include "tests/catch.hpp"

#include "credentials/multibase.hpp"

using namespace spie::credentials;

TEST_CASE("multibase says by its first letter how bytes are written", "[credentials][multibase]") {
  CHECK(to_multibase("Hello World!", Multibase::base58btc) == "z2NEpo7TZRRrLZSi2U");
  CHECK(from_multibase("z2NEpo7TZRRrLZSi2U") == "Hello World!");
  CHECK(to_multibase("foobar", Multibase::base64url) == "uZm9vYmFy");
  CHECK(from_multibase("uZm9vYmFy") == "foobar");
  for (const std::string_view text : {"", "m", "Zm9vYmFy", "MZm9vYmFy", "z0", "uZg=="})
    CHECK_FALSE(from_multibase(text).has_value());
}
