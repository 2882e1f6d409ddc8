#include "tests/catch.hpp"

#include "credentials/key_forms.hpp"
#include "credentials/multibase.hpp"
#include "text/base58.hpp"
#include "text/base64.hpp"

#include <string>

using namespace spie;
using namespace spie::credentials;
using crypto::KeyError;
using crypto::KeyKind;
using crypto::PrivateKey;
using crypto::PublicKey;

namespace {

template <class Act> std::string refusal(Act act) {
  try {
    act();
  } catch (const KeyError &error) {
    CHECK(error.first().code == Code::badge_key);
    CHECK_FALSE(error.french().empty());
    return error.first().message;
  }
  return "accepted";
}

std::string unhex(std::string_view digits) {
  std::string bytes(digits.size() / 2, '\0');
  REQUIRE(crypto::from_hex(digits, {reinterpret_cast<std::uint8_t *>(bytes.data()), bytes.size()}));
  return bytes;
}

// The key pairs of w3c/vc-di-eddsa@abb673e and w3c/vc-di-ecdsa@00781de (TestVectors/keyPair.json, p256KeyPair.json,
// p384KeyPair.json), and of each a signature over the hashes of its rdfc walk-through, before the public key.
struct Pair {
  KeyKind kind;
  std::string_view multikey, secret, hashes, signature;
};
constexpr Pair pairs[] = {
    {KeyKind::ed25519, "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2",
     "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq",
     "bea7b7acfbad0126b135104024a5f1733e705108f42d59668b05c0c50004c6b0517744132ae165a5349155bef0bb0cf2258fff99dfe1dbd91"
     "4b938d775a36017",
     "4d8e53c2d5b3f2a7891753eb16ca993325bdb0d3cfc5be1093d0a18426f5ef8578cadc0fd4b5f4dd0d1ce0aefd15ab120b7a894d0eb094ffd"
     "a4e6553cd1ed50d"},
    {KeyKind::p256, "zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP",
     "z42twTcNeSYcnqg1FLuSFs2bsGH3ZqbRHFmvS9XMsYhjxvHN",
     "3a8a522f689025727fb9d1f0fa99a618da023e8494ac74f51015d009d35abc2e517744132ae165a5349155bef0bb0cf2258fff99dfe1dbd91"
     "4b938d775a36017",
     "1cb4290918ffb04a55ff7ae1e55e316a9990fda8eec67325eac7fcbf2ddf9dd2b06716a657e72b284c9604df3a172ecbf06a1a475b49ac807"
     "b1d9162df855636"},
    {KeyKind::p384, "z82LkuBieyGShVBhvtE2zoiD6Kma4tJGFtkAhxR5pfkp5QPw4LutoYWhvQCnGjdVn14kujQ",
     "z2fanyY7zgwNpZGxX5fXXibvScNaUWNprHU9dKx7qpVj7mws9J8LLt4mDB5TyH2GLHWkUc",
     "e32805a26492eac777aa7a138f6d8da3c74e0c7be7b296dcaccf97420c3b92eaad7be6449ca565e165031567f5c7cbc18bf6e01df72c5b62f"
     "91b685231915ac4b8c58ea95f002c6b8f6bfafa1b251df476b56b8e01518e317dab099d3ecbff96",
     "177ac088806c2506d49f0bfec16056a6a80ace62cd029888ad561aba22a59d192d77d9b1fc28df80dea5ee6c8bceb16f1b8bff6bd6ff2d8f8"
     "778bdde48bafa7b6cc1f914c0168b5c04499882f632deea9cb7d977e888bb0e1ee9fb20ff03b025"},
};

// RFC 8037 §A.2, RFC 7515 §A.3.1 and §A.2.1.
constexpr std::string_view okp = R"({"crv":"Ed25519","kty":"OKP","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})";
constexpr std::string_view ec =
    R"({"crv":"P-256","kty":"EC","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"})";
constexpr std::string_view rsa =
    R"({"e":"AQAB","kty":"RSA","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"})";

std::string with(std::string_view jwk, std::string_view members) {
  return std::string(jwk.substr(0, jwk.size() - 1)) + ',' + std::string(members) + '}';
}

std::string swap_in(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

} // namespace

TEST_CASE("Multikey and did:key are those of the W3C walk-throughs, whose signatures hold", "[credentials][key]") {
  for (const Pair &pair : pairs) {
    CAPTURE(crypto::name(pair.kind));
    const PublicKey key = read_multikey(pair.multikey);
    CHECK(key.kind() == pair.kind);
    CHECK(to_multikey(key) == pair.multikey);
    CHECK(key.verify(unhex(pair.hashes), unhex(pair.signature)));
    const auto secret = from_multibase(pair.secret); // after its prefix of two bytes
    REQUIRE(secret.has_value());
    CHECK(PrivateKey::from_raw(pair.kind, secret->substr(2)).public_key() == key);
    const std::string did = "did:key:" + std::string(pair.multikey);
    CHECK(to_did(key) == did);
    CHECK(read_did_key(did) == key);
    CHECK(own_method(did) == did + '#' + std::string(pair.multikey));
    CHECK(read_jwk_text(to_jwk(key)) == key);
    CHECK(read_did_jwk(to_did_jwk(key)) == key);
    // a secret where a public key should stand
    CHECK(refusal([&] { read_multikey(pair.secret); }).starts_with("the prefix of the Multikey"));
  }
}

TEST_CASE("JWK are those of the RFC of JOSE", "[credentials][key]") {
  for (const std::string_view text : {okp, ec, rsa}) {
    CAPTURE(text);
    const PublicKey key = read_jwk_text(text);
    CHECK(to_jwk(key) == text);
    const std::string did = to_did_jwk(key);
    CHECK(did == "did:jwk:" + to_base64url(text));
    CHECK(read_did_jwk(did) == key);
    CHECK(own_method(did) == did + "#0");
    CHECK(read_jwk_text(with(text, R"("use":"sig","kid":"1","key_ops":["verify"])")) == key);
  }
  CHECK(to_did(read_jwk_text(rsa)).starts_with("did:jwk:"));
  CHECK_FALSE(to_multikey(read_jwk_text(rsa)).has_value());
  CHECK(own_method("did:web:example.com").empty());
  // RFC 8037 §A.2 is the key of RFC 8032 §7.1, test 1.
  CHECK(read_jwk_text(okp).raw() == unhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"));
}

TEST_CASE("the signatures of the RFC of JOSE hold under their keys", "[credentials][key]") {
  // RFC 8037 §A.4, RFC 7515 §A.3 and §A.2.
  constexpr std::string_view payload =
      "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
  struct Signed {
    std::string_view jwk;
    std::string text;
    std::string_view signature;
  };
  for (const auto &[jwk, text, signature] :
       {Signed{okp, "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc",
               "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"},
        Signed{ec, "eyJhbGciOiJFUzI1NiJ9." + std::string(payload),
               "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"},
        Signed{
            rsa, "eyJhbGciOiJSUzI1NiJ9." + std::string(payload),
            "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9"
            "CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOL"
            "n6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtV"
            "rBp0igcN_IoypGlUPQGe77Rw"}}) {
    CAPTURE(text);
    const PublicKey key = read_jwk_text(jwk);
    CHECK(key.verify(text, from_base64url(signature).value()));
    CHECK_FALSE(key.verify(text + "A", from_base64url(signature).value()));
  }
}

TEST_CASE("a JWK of another spelling, use or kind is refused", "[credentials][key]") {
  for (const std::string_view secret : {"d", "p", "q", "dp", "dq", "qi", "oth", "k"}) {
    const std::string text = with(rsa, '"' + std::string(secret) + R"(":"AQAB")");
    CHECK(refusal([&] { read_jwk_text(text); }) ==
          "the JWK holds a private member, '" + std::string(secret) + "': the key is no secret any more");
  }
  struct Wrong {
    std::string text;
    std::string_view reason;
  };
  const std::string okp_text(okp), ec_text(ec);
  for (const auto &[text, reason] : {
           Wrong{swap_in(okp_text, "HURo", "HURp"), "'x' of the JWK is not in canonical base64url"}, // bits left over
           Wrong{swap_in(okp_text, "HURo", "HURo="), "'x' of the JWK is not in canonical base64url"},
           Wrong{swap_in(okp_text, "HURo", "HUR+"), "'x' of the JWK is not in canonical base64url"},
           Wrong{swap_in(okp_text, "HURo", "HURoAAA"), "'x' of the JWK has not the length that its curve asks for"},
           Wrong{swap_in(okp_text, "Ed25519", "X25519"), "the JWK is neither Ed25519, P-256, P-384 nor RSA"},
           Wrong{swap_in(ec_text, "P-256", "secp256k1"), "the JWK is neither Ed25519, P-256, P-384 nor RSA"},
           Wrong{swap_in(ec_text, "P-256", "P-384"), "'x' of the JWK has not the length that its curve asks for"},
           Wrong{swap_in(ec_text, "I5a0", "I5a4"), "the key is no point of the curve P-256"},
           Wrong{swap_in(ec_text, R"("x":)", R"("z":)"), "the JWK has no text 'x'"},
           Wrong{with(okp, R"("use":"enc")"), "the JWK is not for signatures ('use')"},
           Wrong{with(okp, R"("key_ops":["sign"])"), "the JWK is not for verifying ('key_ops')"},
           Wrong{with(okp, R"("alg":"ES256")"), "'alg' of the JWK does not go with its kind"},
           Wrong{with(rsa, R"("alg":"PS256")"), "'alg' of the JWK does not go with its kind"},
           Wrong{with(okp, R"("kty":"OKP")"), "the JWK is not a JSON object, or gives a member twice"},
           Wrong{"[]", "the JWK is no object"},
           Wrong{"", "the JWK is not a JSON object, or gives a member twice"},
           Wrong{R"({"kty":"oct"})", "the JWK is neither Ed25519, P-256, P-384 nor RSA"},
           Wrong{R"({"kty":"RSA","n":"AQAB","e":"AQAB"})", "an RSA key must have 2,048 to 8,192 bits"},
           Wrong{swap_in(std::string(rsa), R"("e":"AQAB")", R"("e":"AAEAAQ")"),
                 "a number of the RSA key is empty, or begins with a zero"},
           Wrong{swap_in(std::string(rsa), R"("e":"AQAB")", R"("e":"AQ")"),
                 "the exponent of the RSA key is even, 1, or above 64 bits"},
       }) {
    CAPTURE(text);
    CHECK(refusal([&] { read_jwk_text(text); }) == reason);
  }
}

TEST_CASE("a Multikey of another spelling is refused", "[credentials][key]") {
  const std::string known(pairs[0].multikey);
  const std::string bytes = *from_multibase(known);
  const auto written = [](std::string_view content) { return 'z' + to_base58(content); };
  const std::string base = "the key is not written in base58btc, 'z' first";
  CHECK(refusal([&] { read_multikey('u' + to_base64url(bytes)); }) == base);
  CHECK(refusal([&] { read_multikey(known + '0'); }) == base);
  CHECK(refusal([&] { read_multikey(known + ' '); }) == base);
  CHECK(refusal([&] { read_multikey(""); }) == base);
  CHECK(refusal([&] { read_multikey('z' + std::string(2'000, '2')); }) == base);
  CHECK(refusal([&] { read_multikey(written(bytes + "x")); }).ends_with("length of a key Ed25519"));
  CHECK(refusal([&] { read_multikey(written(bytes.substr(0, 33))); }).ends_with("length of a key Ed25519"));
  CHECK(refusal([&] { read_multikey("z1" + known.substr(1)); }).starts_with("the prefix")); // a zero byte in front
  CHECK(refusal([&] { read_multikey(written("\xec\x01" + bytes.substr(2))); }).starts_with("the prefix")); // X25519
  CHECK(refusal([&] { read_multikey(written(bytes.substr(2))); }).starts_with("the prefix"));
  const PublicKey p256 = read_multikey(pairs[1].multikey);
  CHECK(refusal([&] { read_multikey(written("\x80\x24\x04" + p256.first() + p256.second())); }) ==
        "the point of the Multikey is not compressed");
  CHECK_FALSE(refusal([&] { read_did_key("did:web:example.com"); }) == "accepted");
  CHECK_FALSE(refusal([&] { read_did_jwk("did:jwk:" + to_base64url(okp) + "="); }) == "accepted");
  CHECK_FALSE(refusal([&] { read_did_jwk("did:jwk:"); }) == "accepted");
}
